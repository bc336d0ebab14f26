//! What the tasks of one grading can reach: the toolchain, the kit and what is built, each no more than it needs.
//! The hidden half of an exercise is in none of them, but for the driver's program.

use std::path::{Path, PathBuf};

use crate::kit::Kit;
use crate::prebuild::Prebuilt;
use crate::sandbox::{Access, Surroundings};
use crate::toolchain::Toolchain;

/// Where a C compiler has its parts, for a toolchain without a linker of its own.
const C_COMPILER: [&str; 3] = ["/bin", "/usr/bin", "/usr/libexec"];

/// The files that a grading works with.
#[derive(Debug, Clone, Copy)]
pub struct Reach<'a> {
    pub toolchain: &'a Toolchain,
    pub kit: &'a Kit,
    pub prebuilt: &'a Prebuilt,
}

impl Reach<'_> {
    /// All that a sandbox holds which compiles in `build` and drives below `drives`.
    pub fn surroundings(&self, build: &Path, drives: &Path) -> Surroundings {
        let mut read = self.compiler();
        read.push(self.kit.libraries());
        read.extend(self.for_adapter());
        read.extend(self.programs());
        read.push(self.prebuilt.driver());
        Surroundings {
            read,
            build: build.to_owned(),
            drives: drives.to_owned(),
        }
    }

    /// What rustc may do for the submission itself.
    pub fn submission(&self, folder: &Path) -> Access {
        self.compiling(folder, self.prebuilt.handed_libraries())
    }

    /// … for the adapter.
    pub fn adapter(&self, folder: &Path) -> Access {
        self.compiling(folder, self.for_adapter())
    }

    /// … for programs that must not compile against it.
    pub fn program(&self, folder: &Path) -> Access {
        let mut files = self.prebuilt.handed_libraries();
        files.extend(self.programs());
        self.compiling(folder, files)
    }

    /// … and the linker.
    pub fn linking(&self, folder: &Path) -> Access {
        self.compiling(folder, vec![self.prebuilt.contract()])
    }

    /// What a driver may do from its start to its second lock-down, in the fresh `folder`.
    pub fn driver(&self, adapter: &Path, folder: &Path) -> Access {
        let second = self.submission_itself(adapter, folder);
        Access {
            run: [vec![self.prebuilt.driver()], second.read.clone()].concat(),
            ..second
        }
    }

    /// … and after it. Whom a task waits on is told by the libraries' symbols.
    pub fn submission_itself(&self, adapter: &Path, folder: &Path) -> Access {
        let mut read = vec![
            adapter.to_owned(),
            self.kit.libraries(),
            self.toolchain.libraries(),
        ];
        read.extend(self.prebuilt.handed_library());
        Access {
            read,
            write: vec![folder.to_owned()],
            ..Access::default()
        }
    }

    fn compiling(&self, folder: &Path, files: Vec<PathBuf>) -> Access {
        let compiler = self.compiler();
        let mut read = compiler.clone();
        read.push(self.kit.libraries());
        read.extend(files);
        Access {
            run: compiler,
            read,
            list: vec![self.prebuilt.libraries().to_owned()],
            write: vec![folder.to_owned()],
        }
    }

    fn compiler(&self) -> Vec<PathBuf> {
        let mut compiler = ["bin", "lib"]
            .map(|part| self.toolchain.sysroot.join(part))
            .to_vec();
        if self.toolchain.linker_in_sysroot().is_none() {
            compiler.extend(C_COMPILER.map(PathBuf::from));
            compiler.push(self.toolchain.linker.clone());
        }
        compiler
    }

    fn programs(&self) -> Option<PathBuf> {
        let has_some = !self.prebuilt.facts.must_not_compile.is_empty();
        has_some.then(|| self.prebuilt.programs())
    }

    fn for_adapter(&self) -> Vec<PathBuf> {
        let mut files = vec![self.prebuilt.adapter_source(), self.prebuilt.contract()];
        files.extend(self.prebuilt.handed_libraries());
        files.extend(self.prebuilt.handed_library());
        files
    }
}
