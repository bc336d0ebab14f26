//! Reads what a driver says, for as long as a drive may take.

use std::io::Read;
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use nix::unistd::Pid;

use crate::process;

/// The grader's end of the socket, which goes quiet when the time of a drive is up. It is the time of
/// the processors, so that a machine with other work gives the same verdict; and as much real time with
/// none of it, for what waits for good.
#[derive(Debug)]
pub struct Patient {
    socket: UnixStream,
    /// How long the socket waits for more.
    waits: Duration,
    process: Option<Pid>,
    limit: Duration,
    /// Whether nothing of this drive was waited for yet.
    is_fresh: bool,
    /// What the process had used when the drive was first waited for.
    before: Duration,
    /// What it had used when it was last seen to get on, and when that was.
    got_on: (Duration, Instant),
    is_over: bool,
}

/// What counts as getting on.
const A_BIT: Duration = Duration::from_millis(1);

impl Patient {
    pub fn new(socket: UnixStream, process: Option<Pid>, limit: Duration) -> Self {
        Self {
            socket,
            waits: Duration::ZERO,
            process,
            limit,
            is_fresh: true,
            before: Duration::ZERO,
            got_on: (Duration::ZERO, Instant::now()),
            is_over: false,
        }
    }

    /// A drive begins. What came of it already costs no question.
    pub fn begin(&mut self) {
        self.is_fresh = true;
    }

    /// From here on a drive has no more than that.
    pub fn hurry(&mut self, limit: Duration) {
        self.limit = self.limit.min(limit);
    }

    pub fn socket(&self) -> &UnixStream {
        &self.socket
    }

    /// Whether the time of the drive was up.
    pub fn is_over(&self) -> bool {
        self.is_over
    }

    /// Has the socket wait about that long.
    fn wait_for(&mut self, left: Duration) -> std::io::Result<()> {
        if self.waits > left + self.limit / 64 || self.waits < left / 2 {
            self.socket.set_read_timeout(Some(left))?;
            self.waits = left;
        }
        Ok(())
    }

    fn used(&self) -> Option<Duration> {
        self.process.and_then(process::used)
    }

    /// How long it can take at least until the time is up.
    fn left(&mut self) -> Duration {
        let used = self.used();
        if std::mem::take(&mut self.is_fresh) {
            self.before = used.unwrap_or_default();
            self.got_on = (self.before, Instant::now());
        }
        let Some(used) = used else {
            // It is gone, and so is what it could still say; or the system does not tell.
            return self.limit.saturating_sub(self.got_on.1.elapsed());
        };
        if used >= self.got_on.0 + A_BIT {
            self.got_on = (used, Instant::now());
        }
        let busy = self.limit.saturating_sub(used.saturating_sub(self.before));
        let idle = self.limit.saturating_sub(self.got_on.1.elapsed());
        busy.min(idle)
    }
}

impl Read for Patient {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        loop {
            let left = self.left();
            self.is_over |= left.is_zero();
            if self.is_over {
                return Ok(0);
            }
            self.wait_for(left.max(A_BIT))?;
            match self.socket.read(buffer) {
                Err(e) if e.kind() == std::io::ErrorKind::WouldBlock => {}
                other => return other,
            }
        }
    }
}
