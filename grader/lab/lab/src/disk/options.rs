//! `OpenOptions`, as tokio has it.

use std::future::Future;
use std::io;
use std::panic::Location;
use std::path::Path;

use trace::Closing;

use super::{File, begin, open_fault, seek_time};
use crate::made::made;
use crate::recorder::inside;

/// How a file is opened.
#[derive(Debug, Clone)]
pub struct OpenOptions(std::fs::OpenOptions);

impl Default for OpenOptions {
    fn default() -> Self {
        Self::new()
    }
}

impl From<std::fs::OpenOptions> for OpenOptions {
    fn from(options: std::fs::OpenOptions) -> Self {
        Self(options)
    }
}

macro_rules! flags {
    ($($flag:ident)*) => {$(
        pub fn $flag(&mut self, $flag: bool) -> &mut Self {
            self.0.$flag($flag);
            self
        }
    )*};
}

impl OpenOptions {
    pub fn new() -> Self {
        Self(std::fs::OpenOptions::new())
    }

    flags! { read write append truncate create create_new }

    #[cfg(unix)]
    pub fn mode(&mut self, mode: u32) -> &mut Self {
        std::os::unix::fs::OpenOptionsExt::mode(&mut self.0, mode);
        self
    }

    #[cfg(unix)]
    pub fn custom_flags(&mut self, flags: i32) -> &mut Self {
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut self.0, flags);
        self
    }

    /// Opens the file. It counts as open from the first poll until it is dropped.
    ///
    /// # Errors
    /// Those of opening it, and the faults that a check injects.
    #[track_caller]
    pub fn open(&self, path: impl AsRef<Path>) -> impl Future<Output = io::Result<File>> {
        made("OpenOptions::open", Location::caller(), async move {
            let path = path.as_ref().to_owned();
            let call = begin(&path);
            seek_time().await;
            let opened = match open_fault(&path) {
                Some(kind) => Err(io::Error::from(kind)),
                None => inside(|| self.0.open(&path)),
            };
            match opened {
                Ok(file) => Ok(File::new(file, Some(path), Some(call))),
                Err(error) => {
                    call.failed(&format!("{:?}", error.kind()));
                    call.close(Closing::Failed);
                    Err(error)
                }
            }
        })
    }
}
