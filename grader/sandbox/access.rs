//! Landlock: which files a task may open, and no port, abstract socket or signal of others.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// The files that a task may use. A folder stands for all that is in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    pub run: Vec<PathBuf>,
    pub read: Vec<PathBuf>,
    /// Folders whose names may be listed, and no more.
    pub list: Vec<PathBuf>,
    /// Folders in which files and folders may be made, written and removed.
    pub write: Vec<PathBuf>,
}

/// What a program needs of the system to start: its loader and the libraries of C.
pub const SYSTEM: [&str; 7] = [
    "/lib",
    "/lib32",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/nix/store",
    "/gnu/store",
];
/// Files of the system that a task may read too.
pub const SYSTEM_FILES: [&str; 2] = ["/etc/ld.so.cache", "/dev/urandom"];
/// Devices that a task may read and write.
pub const DEVICES: [&str; 1] = ["/dev/null"];

#[cfg(target_os = "linux")]
pub use linux::{Ruleset, is_offered};

#[cfg(target_os = "linux")]
mod linux {
    use std::os::fd::OwnedFd;
    use std::path::Path;

    use landlock::{
        ABI, Access as _, AccessFs, AccessNet, BitFlags, LandlockStatus, PathBeneath, PathFd,
        RulesetAttr, RulesetCreated, RulesetCreatedAttr, RulesetError, Scope,
    };

    use super::{Access, DEVICES, SYSTEM, SYSTEM_FILES};

    /// The newest of Landlock's versions whose rights are handled here; an older kernel handles fewer.
    const NEWEST: ABI = ABI::V6;

    /// Whether the kernel has Landlock; if not, why. A thread that restricts itself finds out.
    pub fn is_offered() -> Result<(), String> {
        let restricted = std::thread::spawn(|| {
            let ruleset = landlock::Ruleset::default().handle_access(AccessFs::Execute)?;
            ruleset.create()?.restrict_self()
        });
        let restricted = restricted.join().map_err(|_| "it panicked".to_owned())?;
        match restricted.map_err(|e| e.to_string())?.landlock {
            LandlockStatus::Available { .. } => Ok(()),
            LandlockStatus::NotEnabled => Err("the kernel was started without it".to_owned()),
            LandlockStatus::NotImplemented => {
                Err("the kernel is older than 5.13, or was built without it".to_owned())
            }
        }
    }

    /// A ruleset that is made and not yet in force.
    #[derive(Debug)]
    pub struct Ruleset(RulesetCreated);

    impl Ruleset {
        /// What `access` allows, with what every program of the system needs if `starts_programs`.
        pub fn of(access: &Access, starts_programs: bool) -> Result<Self, RulesetError> {
            let file = AccessFs::ReadFile | AccessFs::WriteFile | AccessFs::Truncate;
            let mut rules = landlock::Ruleset::default()
                .handle_access(AccessFs::from_all(NEWEST))?
                .handle_access(AccessNet::from_all(NEWEST))?
                .scope(Scope::from_all(NEWEST))?
                .create()?;
            if starts_programs {
                let read = AccessFs::from_read(NEWEST);
                rules = allow(rules, SYSTEM, read)?;
                rules = allow(rules, SYSTEM_FILES, AccessFs::ReadFile.into())?;
                rules = allow(rules, DEVICES, AccessFs::ReadFile | AccessFs::WriteFile)?;
            }
            rules = allow(rules, &access.run, AccessFs::Execute | AccessFs::ReadFile)?;
            rules = allow(rules, &access.read, AccessFs::ReadFile | AccessFs::ReadDir)?;
            rules = allow(rules, &access.list, AccessFs::ReadDir.into())?;
            let made = AccessFs::MakeReg
                | AccessFs::MakeDir
                | AccessFs::RemoveFile
                | AccessFs::RemoveDir
                | AccessFs::Refer;
            let write = file | made | AccessFs::ReadDir;
            rules = allow(rules, &access.write, write)?;
            Ok(Self(rules))
        }

        /// From here on this thread, and what it starts, has no more than this.
        pub fn restrict(self) -> Result<(), RulesetError> {
            self.0.restrict_self().map(drop)
        }

        /// The ruleset as a descriptor, for another process to put itself under.
        pub fn into_descriptor(self) -> Option<OwnedFd> {
            self.0.into()
        }
    }

    /// What is not there needs no rule.
    fn allow<P: AsRef<Path>>(
        mut rules: RulesetCreated,
        paths: impl IntoIterator<Item = P>,
        rights: BitFlags<AccessFs>,
    ) -> Result<RulesetCreated, RulesetError> {
        for path in paths {
            let Ok(opened) = PathFd::new(path.as_ref()) else {
                continue;
            };
            let rights = if path.as_ref().is_dir() {
                rights
            } else {
                rights & AccessFs::from_file(NEWEST)
            };
            if !rights.is_empty() {
                rules = rules.add_rule(PathBeneath::new(opened, rights))?;
            }
        }
        Ok(rules)
    }
}
