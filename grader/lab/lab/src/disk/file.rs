//! An open file.

use std::fs::{Metadata, Permissions};
use std::future::{Future, poll_fn};
use std::io::{self, Read, Seek, SeekFrom};
#[cfg(unix)]
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::panic::Location;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::SystemTime;

use tokio::io::{AsyncRead, AsyncSeek, AsyncWrite, ReadBuf};
use trace::{Closing, Kind};

use super::busy::Busy;
use super::{FileTimes, OpenOptions, begin, cost_ms, look, operate, read_fault, take_room};
use crate::made::made;
use crate::recorder::{self, Role, inside, record};
use crate::service::Call;

/// The most bytes one read or write moves, as in tokio.
const MAX_PIECE: usize = 2 * 1024 * 1024;

/// A file of the simulated disk: real contents, read and written in virtual time.
#[derive(Debug)]
pub struct File {
    file: std::fs::File,
    /// What it was opened as; a file made of std's has no name.
    path: Option<PathBuf>,
    call: Option<Call>,
    /// Reading past this many bytes fails.
    fault: Option<(u64, io::ErrorKind)>,
    /// Bytes moved so far, and so paid for.
    moved: u64,
    /// The time that the last piece takes.
    busy: Busy,
    /// What was read and is not yet handed out: it is once the time has passed.
    piece: Vec<u8>,
    handed: usize,
    sought: u64,
    max_piece: usize,
}

impl File {
    pub(super) fn new(file: std::fs::File, path: Option<PathBuf>, call: Option<Call>) -> Self {
        let fault = path.as_deref().and_then(read_fault);
        Self {
            file,
            path,
            call,
            fault,
            moved: 0,
            busy: Busy::default(),
            piece: Vec::new(),
            handed: 0,
            sought: 0,
            max_piece: MAX_PIECE,
        }
    }

    /// Opens a file for reading.
    ///
    /// # Errors
    /// Those of opening it.
    #[track_caller]
    pub fn open(path: impl AsRef<Path>) -> impl Future<Output = io::Result<Self>> {
        made("File::open", Location::caller(), async move {
            OpenOptions::new().read(true).open(path).await
        })
    }

    /// Opens a file for writing, empty.
    ///
    /// # Errors
    /// Those of opening it.
    #[track_caller]
    pub fn create(path: impl AsRef<Path>) -> impl Future<Output = io::Result<Self>> {
        made("File::create", Location::caller(), async move {
            OpenOptions::new()
                .write(true)
                .create(true)
                .truncate(true)
                .open(path)
                .await
        })
    }

    /// Opens a file that was not there for reading and writing.
    ///
    /// # Errors
    /// Those of opening it; `AlreadyExists`.
    #[track_caller]
    pub fn create_new<P: AsRef<Path>>(path: P) -> impl Future<Output = io::Result<Self>> {
        made("File::create_new", Location::caller(), async move {
            OpenOptions::new()
                .read(true)
                .write(true)
                .create_new(true)
                .open(path)
                .await
        })
    }

    pub fn options() -> OpenOptions {
        OpenOptions::new()
    }

    pub fn from_std(file: std::fs::File) -> Self {
        Self::new(file, None, None)
    }

    /// # Errors
    /// Those of the system.
    #[track_caller]
    pub fn sync_all(&self) -> impl Future<Output = io::Result<()>> {
        made("File::sync_all", Location::caller(), async move {
            self.idle().await?;
            operate(|| self.file.sync_all()).await
        })
    }

    /// # Errors
    /// Those of the system.
    #[track_caller]
    pub fn sync_data(&self) -> impl Future<Output = io::Result<()>> {
        made("File::sync_data", Location::caller(), async move {
            self.idle().await?;
            operate(|| self.file.sync_data()).await
        })
    }

    /// # Errors
    /// Those of the system.
    #[track_caller]
    pub fn set_len(&self, size: u64) -> impl Future<Output = io::Result<()>> {
        made("File::set_len", Location::caller(), async move {
            self.idle().await?;
            operate(|| self.file.set_len(size)).await
        })
    }

    /// # Errors
    /// Those of the system.
    #[track_caller]
    pub fn metadata(&self) -> impl Future<Output = io::Result<Metadata>> {
        made("File::metadata", Location::caller(), async move {
            self.idle().await?;
            look(|| self.file.metadata())
        })
    }

    /// # Errors
    /// Those of the system.
    #[track_caller]
    pub fn set_permissions(
        &self,
        permissions: Permissions,
    ) -> impl Future<Output = io::Result<()>> {
        made("File::set_permissions", Location::caller(), async move {
            operate(|| self.file.set_permissions(permissions)).await
        })
    }

    /// # Errors
    /// Those of the system.
    #[expect(clippy::needless_pass_by_value, reason = "the signature is tokio's")]
    #[track_caller]
    pub fn set_times(&self, times: FileTimes) -> impl Future<Output = io::Result<()>> {
        made("File::set_times", Location::caller(), async move {
            operate(|| self.file.set_times(times.0)).await
        })
    }

    /// # Errors
    /// Those of the system.
    #[track_caller]
    pub fn set_modified(&self, time: SystemTime) -> impl Future<Output = io::Result<()>> {
        self.set_times(FileTimes::new().set_modified(time))
    }

    /// # Errors
    /// Those of the system.
    #[track_caller]
    pub fn try_clone(&self) -> impl Future<Output = io::Result<Self>> {
        made("File::try_clone", Location::caller(), async move {
            self.idle().await?;
            let file = operate(|| self.file.try_clone()).await?;
            // A second handle is a second open file.
            let call = self.path.as_deref().map(begin);
            Ok(Self::new(file, self.path.clone(), call))
        })
    }

    /// The file as std's, whose calls hold the thread that makes them.
    #[track_caller]
    pub fn into_std(self) -> impl Future<Output = std::fs::File> {
        made("File::into_std", Location::caller(), async move {
            // What went wrong shows no more: tokio's says nothing either.
            let _ = self.idle().await;
            self.to_std().expect("an open file can be opened once more")
        })
    }

    fn to_std(&self) -> io::Result<std::fs::File> {
        if recorder::role() == Role::Executor {
            let by = "std::fs::File, made by into_std,".to_owned();
            record(Kind::Blocked {
                by,
                ms: 0,
                place: inside(crate::place::here),
            });
        }
        inside(|| self.file.try_clone())
    }

    /// # Errors
    /// The file itself, while a read or write is under way.
    #[expect(clippy::result_large_err, reason = "the signature is tokio's")]
    pub fn try_into_std(self) -> Result<std::fs::File, Self> {
        match self.to_std() {
            Ok(file) if self.busy.is_idle() => Ok(file),
            _ => Err(self),
        }
    }

    pub fn set_max_buf_size(&mut self, bytes: usize) {
        self.max_piece = bytes.max(1);
    }

    pub fn max_buf_size(&self) -> usize {
        self.max_piece
    }

    /// Waits until the last piece has had its time.
    fn poll_idle(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.busy.poll_over(&self.file, cx)
    }

    async fn idle(&self) -> io::Result<()> {
        poll_fn(|cx| self.poll_idle(cx)).await
    }

    /// What `bytes` more cost, in virtual milliseconds.
    fn charge(&mut self, bytes: usize) -> u64 {
        let before = self.moved;
        self.moved += bytes as u64;
        cost_ms(before, self.moved)
    }

    fn failed(&self, kind: io::ErrorKind) -> io::Error {
        if let Some(call) = &self.call {
            call.failed(&format!("{kind:?}"));
        }
        kind.into()
    }

    /// Reads the next piece, of at most `room` bytes; an empty one is the end of the file.
    fn read_piece(&mut self, room: usize) -> io::Result<()> {
        let mut room = room.min(self.max_piece);
        if let Some((limit, kind)) = self.fault {
            let left = limit.saturating_sub(self.moved);
            if left == 0 {
                return Err(self.failed(kind));
            }
            room = room.min(usize::try_from(left).unwrap_or(room));
        }
        let read = inside(|| {
            self.piece.resize(room, 0);
            let read = self.file.read(&mut self.piece);
            self.piece.truncate(*read.as_ref().unwrap_or(&0));
            read
        });
        let read = match read {
            Ok(read) => read,
            Err(error) => {
                self.failed(error.kind());
                return Err(error);
            }
        };
        self.handed = 0;
        let ms = self.charge(read);
        if ms > 0 {
            self.busy.take(ms);
        }
        Ok(())
    }
}

impl AsyncRead for File {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        // Reading goes through tokio's budget, as all its resources do.
        let budget = ready!(tokio::task::coop::poll_proceed(cx));
        if buffer.remaining() == 0 {
            return Poll::Ready(Ok(()));
        }
        ready!(self.poll_idle(cx))?;
        if self.handed == self.piece.len() {
            self.read_piece(buffer.remaining())?;
            ready!(self.poll_idle(cx))?;
        }
        budget.made_progress();
        let handed = self.handed;
        let ready = (self.piece.len() - handed).min(buffer.remaining());
        buffer.put_slice(&self.piece[handed..handed + ready]);
        self.handed += ready;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for File {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let budget = ready!(tokio::task::coop::poll_proceed(cx));
        ready!(self.poll_idle(cx))?;
        budget.made_progress();
        let wanted = bytes.len().min(self.max_piece);
        let room = take_room(wanted);
        if room == 0 && wanted > 0 {
            return Poll::Ready(Err(self.failed(io::ErrorKind::StorageFull)));
        }
        let ms = self.charge(room);
        self.busy.write(&self.file, &bytes[..room], ms)?;
        Poll::Ready(Ok(room))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_idle(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_flush(cx)
    }
}

impl AsyncSeek for File {
    fn start_seek(mut self: Pin<&mut Self>, position: SeekFrom) -> io::Result<()> {
        self.busy.land(&self.file)?;
        // What was read ahead and not handed out has not been read, to the one who seeks.
        let ahead = i64::try_from(self.piece.len() - self.handed).unwrap_or(0);
        let position = match position {
            SeekFrom::Current(by) => SeekFrom::Current(by - ahead),
            absolute => absolute,
        };
        self.sought = inside(|| self.file.seek(position))?;
        self.handed = self.piece.len();
        Ok(())
    }

    fn poll_complete(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<u64>> {
        self.poll_idle(cx).map_ok(|()| self.sought)
    }
}

impl From<std::fs::File> for File {
    fn from(file: std::fs::File) -> Self {
        Self::from_std(file)
    }
}

#[cfg(unix)]
impl From<OwnedFd> for File {
    fn from(fd: OwnedFd) -> Self {
        Self::from_std(fd.into())
    }
}

#[cfg(unix)]
impl AsFd for File {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.file.as_fd()
    }
}

#[cfg(unix)]
impl AsRawFd for File {
    fn as_raw_fd(&self) -> RawFd {
        self.file.as_raw_fd()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        if let Some(call) = self.call.take() {
            call.close(Closing::Answered);
        }
        self.busy.abandon();
        inside(|| drop(std::mem::take(&mut self.piece)));
    }
}
