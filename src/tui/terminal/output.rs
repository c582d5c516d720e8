//! Writes to the terminal, and is not kept for ever by one that takes nothing.
//!
//! It does not know what it writes.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::os::unix::fs::OpenOptionsExt as _;
use std::sync::Arc;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::OFlags;
use rustix::io::Errno;

use super::super::signals::Signals;

/// How long a program that is asked to end waits for a terminal that takes nothing; a line that is only slow takes more in
/// less.
const LAST_WAIT: Timespec = Timespec { tv_sec: 0, tv_nsec: Duration::from_millis(150).as_nanos() as i64 };

/// A writer to the terminal: waits while the terminal takes nothing, but not for long once the program is asked to end.
///
/// Not `Stdout`, which would split frames at line feeds.
#[derive(Debug)]
pub struct Output {
    tty: File,
    signals: Arc<Signals>,
}

impl Output {
    pub(super) fn new(tty: OwnedFd, signals: Arc<Signals>) -> Self {
        Self { tty: own(&tty).unwrap_or_else(|_| File::from(tty)), signals }
    }

    pub(super) fn try_clone(&self) -> io::Result<Self> {
        Ok(Self { tty: self.tty.try_clone()?, signals: Arc::clone(&self.signals) })
    }

    /// Waits until the terminal takes more.
    fn wait(&self) -> io::Result<()> {
        let mut fds = [
            PollFd::new(&self.tty, PollFlags::OUT),
            PollFd::from_borrowed_fd(self.signals.ending(), PollFlags::IN),
        ];
        match poll(&mut fds, None) {
            Ok(_) if fds[0].revents().is_empty() => match poll(&mut fds[..1], Some(&LAST_WAIT)) {
                Ok(0) => Err(ErrorKind::TimedOut.into()),
                Ok(_) | Err(Errno::INTR) => Ok(()),
                Err(error) => Err(error.into()),
            },
            Ok(_) | Err(Errno::INTR) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

impl Write for &Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        loop {
            match (&self.tty).write(bytes) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => self.wait()?,
                done => return done,
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        (&*self).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl AsFd for Output {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.tty.as_fd()
    }
}

/// Opens the terminal once more, so that not to wait is said of our own writing only and not of what the shell has. Where
/// that is not allowed, as after `su`, writing waits as it always does.
fn own(tty: &OwnedFd) -> io::Result<File> {
    let flags = (OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed();
    OpenOptions::new().write(true).custom_flags(flags).open(format!("/dev/fd/{}", tty.as_raw_fd()))
}
