//! Files of the drive's simulated disk: real contents, virtual time.

use std::fs::{Metadata, Permissions};
use std::future::Future;
use std::io;
use std::panic::Location;
use std::path::{Path, PathBuf};
use std::task::{Context, Poll};

pub use lab::disk::{File, FileTimes, OpenOptions};
use lab::disk::{look, operate};
use lab::made::made;
use real::io::{AsyncReadExt, AsyncWriteExt};

/// Reads a whole file.
///
/// # Errors
/// Those of opening and reading it.
#[track_caller]
pub fn read(path: impl AsRef<Path>) -> impl Future<Output = io::Result<Vec<u8>>> {
    made("tokio::fs::read", Location::caller(), async move {
        let mut bytes = Vec::new();
        File::open(path).await?.read_to_end(&mut bytes).await?;
        Ok(bytes)
    })
}

/// Reads a whole file as text.
///
/// # Errors
/// Those of opening and reading it; `InvalidData` when it is not UTF-8.
#[track_caller]
pub fn read_to_string(path: impl AsRef<Path>) -> impl Future<Output = io::Result<String>> {
    made(
        "tokio::fs::read_to_string",
        Location::caller(),
        async move {
            let mut text = String::new();
            File::open(path).await?.read_to_string(&mut text).await?;
            Ok(text)
        },
    )
}

/// Writes a whole file.
///
/// # Errors
/// Those of creating and writing it.
#[track_caller]
pub fn write(
    path: impl AsRef<Path>,
    contents: impl AsRef<[u8]>,
) -> impl Future<Output = io::Result<()>> {
    made("tokio::fs::write", Location::caller(), async move {
        let mut file = File::create(path).await?;
        file.write_all(contents.as_ref()).await?;
        file.flush().await
    })
}

/// Copies a file's contents; answers how many bytes.
///
/// # Errors
/// Those of reading the one and writing the other.
#[track_caller]
pub fn copy(
    from: impl AsRef<Path>,
    to: impl AsRef<Path>,
) -> impl Future<Output = Result<u64, io::Error>> {
    made("tokio::fs::copy", Location::caller(), async move {
        let mut from = File::open(from).await?;
        let mut to = File::create(to).await?;
        let copied = real::io::copy(&mut from, &mut to).await?;
        to.flush().await?;
        Ok(copied)
    })
}

macro_rules! operations {
    ($($name:ident($($argument:ident: $type:ty),*) -> $answer:ty;)*) => {$(
        /// As in std, after the disk's time.
        ///
        /// # Errors
        /// Those of the system.
        #[track_caller]
        pub fn $name($($argument: $type),*) -> impl Future<Output = io::Result<$answer>> {
            let what = concat!("tokio::fs::", stringify!($name));
            made(what, Location::caller(), operate(|| std::fs::$name($($argument),*)))
        }
    )*};
}

operations! {
    canonicalize(path: impl AsRef<Path>) -> PathBuf;
    create_dir(path: impl AsRef<Path>) -> ();
    create_dir_all(path: impl AsRef<Path>) -> ();
    hard_link(original: impl AsRef<Path>, link: impl AsRef<Path>) -> ();
    read_link(path: impl AsRef<Path>) -> PathBuf;
    remove_dir(path: impl AsRef<Path>) -> ();
    remove_dir_all(path: impl AsRef<Path>) -> ();
    remove_file(path: impl AsRef<Path>) -> ();
    rename(from: impl AsRef<Path>, to: impl AsRef<Path>) -> ();
    set_permissions(path: impl AsRef<Path>, permissions: Permissions) -> ();
}

/// What is known of a file or folder, without reading it.
///
/// # Errors
/// Those of the system.
#[track_caller]
pub fn metadata(path: impl AsRef<Path>) -> impl Future<Output = io::Result<Metadata>> {
    made("tokio::fs::metadata", Location::caller(), async move {
        look(|| std::fs::metadata(path))
    })
}

/// What is known of a file, folder or link, without following it.
///
/// # Errors
/// Those of the system.
#[track_caller]
pub fn symlink_metadata(path: impl AsRef<Path>) -> impl Future<Output = io::Result<Metadata>> {
    made(
        "tokio::fs::symlink_metadata",
        Location::caller(),
        async move { look(|| std::fs::symlink_metadata(path)) },
    )
}

/// Whether something is at `path`.
///
/// # Errors
/// Those of looking, other than that nothing is there.
#[track_caller]
pub fn try_exists(path: impl AsRef<Path>) -> impl Future<Output = io::Result<bool>> {
    made("tokio::fs::try_exists", Location::caller(), async move {
        look(|| path.as_ref().try_exists())
    })
}

/// Makes a symbolic link.
///
/// # Errors
/// Those of the system.
#[cfg(unix)]
#[track_caller]
pub fn symlink(
    original: impl AsRef<Path>,
    link: impl AsRef<Path>,
) -> impl Future<Output = io::Result<()>> {
    made("tokio::fs::symlink", Location::caller(), async move {
        operate(|| std::os::unix::fs::symlink(original, link)).await
    })
}

/// The entries of a folder, in order of their names: a directory has no order of its own that two
/// machines would agree on.
///
/// # Errors
/// Those of reading it.
#[track_caller]
pub fn read_dir(path: impl AsRef<Path>) -> impl Future<Output = io::Result<ReadDir>> {
    made("tokio::fs::read_dir", Location::caller(), async move {
        let entries = operate(|| {
            let mut entries = std::fs::read_dir(path)?.collect::<io::Result<Vec<_>>>()?;
            entries.sort_by_key(std::fs::DirEntry::file_name);
            Ok(entries)
        })
        .await?;
        Ok(ReadDir(entries.into_iter()))
    })
}

/// What [`read_dir`] answers.
#[derive(Debug)]
pub struct ReadDir(std::vec::IntoIter<std::fs::DirEntry>);

impl ReadDir {
    /// The next entry.
    ///
    /// # Errors
    /// None here; the signature is tokio's.
    #[track_caller]
    pub fn next_entry(&mut self) -> impl Future<Output = io::Result<Option<DirEntry>>> {
        made("ReadDir::next_entry", Location::caller(), async move {
            Ok(self.0.next().map(DirEntry))
        })
    }

    /// The next entry, which is always there already.
    pub fn poll_next_entry(&mut self, _: &mut Context<'_>) -> Poll<io::Result<Option<DirEntry>>> {
        Poll::Ready(Ok(self.0.next().map(DirEntry)))
    }
}

/// One entry of a folder.
#[derive(Debug)]
pub struct DirEntry(std::fs::DirEntry);

impl DirEntry {
    pub fn path(&self) -> PathBuf {
        self.0.path()
    }

    pub fn file_name(&self) -> std::ffi::OsString {
        self.0.file_name()
    }

    #[cfg(unix)]
    pub fn ino(&self) -> u64 {
        std::os::unix::fs::DirEntryExt::ino(&self.0)
    }

    /// # Errors
    /// Those of the system.
    #[track_caller]
    pub fn metadata(&self) -> impl Future<Output = io::Result<Metadata>> {
        made("DirEntry::metadata", Location::caller(), async move {
            look(|| self.0.metadata())
        })
    }

    /// # Errors
    /// Those of the system.
    #[track_caller]
    pub fn file_type(&self) -> impl Future<Output = io::Result<std::fs::FileType>> {
        made("DirEntry::file_type", Location::caller(), async move {
            look(|| self.0.file_type())
        })
    }
}

/// How a folder is made.
#[derive(Debug)]
pub struct DirBuilder(std::fs::DirBuilder);

impl Default for DirBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl DirBuilder {
    pub fn new() -> Self {
        Self(std::fs::DirBuilder::new())
    }

    pub fn recursive(&mut self, recursive: bool) -> &mut Self {
        self.0.recursive(recursive);
        self
    }

    #[cfg(unix)]
    pub fn mode(&mut self, mode: u32) -> &mut Self {
        std::os::unix::fs::DirBuilderExt::mode(&mut self.0, mode);
        self
    }

    /// Makes the folder, after the disk's time.
    ///
    /// # Errors
    /// Those of the system.
    #[track_caller]
    pub fn create(&self, path: impl AsRef<Path>) -> impl Future<Output = io::Result<()>> {
        made("DirBuilder::create", Location::caller(), async move {
            operate(|| self.0.create(path)).await
        })
    }
}
