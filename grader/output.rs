//! Reports in files: opened before the work starts, written whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use clap::ValueEnum;
use tempfile::NamedTempFile;

use crate::error::{Error, Result};
use crate::interrupt::{self, Guard};
use crate::report::context::Context;
use crate::report::{self, Format};
use crate::suggestion;
use crate::verdict::Verdict;

/// `FORMAT=PATH` of the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub format: Format,
    pub path: PathBuf,
}

impl FromStr for Named {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (format, path) = text
            .split_once('=')
            .filter(|(_, path)| !path.is_empty())
            .ok_or("it is FORMAT=PATH, such as junit=report.xml")?;
        let known = Format::value_variants().iter();
        let format = Format::from_str(format, false).map_err(|_| {
            let names: Vec<_> = known.map(|format| format.name()).collect();
            match suggestion::nearest(format, names.iter().map(String::as_str)) {
                Some(near) => format!("there is no format `{format}`; did you mean `{near}`?"),
                None => format!(
                    "there is no format `{format}`; there are {}",
                    names.join(", ")
                ),
            }
        })?;
        Ok(Self {
            format,
            path: path.into(),
        })
    }
}

/// The files of one run; its clones are one and the same, and are written once.
#[derive(Debug, Clone)]
pub struct Outputs(Arc<Mutex<Option<Vec<Output>>>>);

#[derive(Debug)]
struct Output {
    format: Format,
    path: PathBuf,
    target: Target,
}

#[derive(Debug)]
enum Target {
    /// Written beside the file, which it then replaces.
    Staged(NamedTempFile, Guard),
    /// A pipe or a device, which nothing can replace.
    Direct(File),
}

impl Outputs {
    /// Opens every file; `-` is not one.
    ///
    /// # Errors
    /// When one cannot be written, two are the same, or a format lacks what it needs.
    pub fn open(named: &[Named], context: &Context) -> Result<Self> {
        let mut all: Vec<Output> = Vec::new();
        for Named { format, path } in named.iter().filter(|named| named.path != Path::new("-")) {
            format.check(context)?;
            let output = Output::open(*format, path)?;
            if all.iter().any(|other| other.path == output.path) {
                let sentence = format!("two reports cannot both be {}", path.display());
                return Err(Error::usage(sentence));
            }
            all.push(output);
        }
        Ok(Self(Arc::new(Mutex::new(Some(all)))))
    }

    /// Writes them all, the first time.
    ///
    /// # Errors
    /// When one cannot be written; the others are, all the same.
    pub fn write(&self, verdict: &Verdict, context: &Context) -> Result<()> {
        let mut all = self.all();
        let outputs = all.take().unwrap_or_default();
        let written = outputs.into_iter().map(|output| {
            let text = report::render(output.format, verdict, context)?;
            context.note_for_github(output.format, verdict)?;
            output.write(&text)
        });
        // Every one is tried before the first failure is told.
        let written: Vec<_> = written.collect();
        written.into_iter().collect()
    }

    pub fn are_written(&self) -> bool {
        self.all().is_none()
    }

    fn all(&self) -> MutexGuard<'_, Option<Vec<Output>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Output {
    fn open(format: Format, path: &Path) -> Result<Self> {
        let failed = |error: std::io::Error| {
            let sentence = format!("failed to write {}: {error}", path.display());
            Error::usage(sentence).hint("--output takes a file in a folder that is there")
        };
        // A link stays one: what it leads to is replaced.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let target = match fs::metadata(&path) {
            Ok(metadata) if metadata.is_dir() => {
                return Err(failed(std::io::ErrorKind::IsADirectory.into()));
            }
            Ok(metadata) if !metadata.is_file() => {
                Target::Direct(OpenOptions::new().write(true).open(&path).map_err(failed)?)
            }
            found => {
                let folder = path
                    .parent()
                    .filter(|folder| !folder.as_os_str().is_empty());
                let mut builder = tempfile::Builder::new();
                builder.prefix(".grade-output-");
                // Others may read it: a platform's harness is another user.
                #[cfg(unix)]
                builder.permissions(permissions(found.as_ref().ok()));
                let signals = interrupt::hold_back();
                let staged = builder
                    .tempfile_in(folder.unwrap_or(Path::new(".")))
                    .map_err(failed)?;
                let guard = signals.remove(staged.path());
                Target::Staged(staged, guard)
            }
        };
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let folder = fs::canonicalize(folder.unwrap_or(Path::new("."))).map_err(failed)?;
        Ok(Self {
            format,
            path: folder.join(path.file_name().unwrap_or_default()),
            target,
        })
    }

    fn write(self, text: &str) -> Result<()> {
        let text = anstream::adapter::strip_str(text).to_string();
        let failed = |error: &std::io::Error| {
            Error::grader(format!("failed to write {}: {error}", self.path.display()))
        };
        match self.target {
            Target::Direct(mut file) => match file.write_all(text.as_bytes()) {
                Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
                written => written.map_err(|e| failed(&e)),
            },
            Target::Staged(mut staged, _guard) => {
                staged
                    .write_all(text.as_bytes())
                    .and_then(|()| staged.flush())
                    .map_err(|e| failed(&e))?;
                staged.persist(&self.path).map_err(|e| failed(&e.error))?;
                Ok(())
            }
        }
    }
}

/// Those of the file that is replaced, else what the user's mask leaves of 0666.
#[cfg(unix)]
fn permissions(replaced: Option<&fs::Metadata>) -> fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    replaced.map_or_else(
        || fs::Permissions::from_mode(0o666),
        |metadata| fs::Permissions::from_mode(metadata.permissions().mode() & 0o777),
    )
}
