//! Signals as something that can be waited for together with the terminal, to read or to write.
//!
//! It does not decide what a signal means for the program.

use std::io::{self, Read as _};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use signal_hook::SigId;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::{flag, low_level};

const WATCHED: [i32; 7] = [SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGWINCH, SIGTSTP, SIGCONT];

/// Those after which the program ends, whatever else it was about to do. What the keyboard sends may be meant for an
/// editor that has the terminal.
const ENDING: [i32; 2] = [SIGHUP, SIGTERM];

/// Watches the signals that concern a program on a terminal, until it is dropped.
#[derive(Debug)]
pub struct Signals {
    /// Becomes readable when a signal has come.
    wake: UnixStream,
    /// Becomes readable when the program is asked to end, and stays so.
    ending: UnixStream,
    came: Vec<(i32, Arc<AtomicBool>)>,
    registered: Vec<SigId>,
}

impl Signals {
    /// Begins to watch.
    pub fn watch() -> io::Result<Self> {
        let (wake, ring) = UnixStream::pair()?;
        let (ending, last_ring) = UnixStream::pair()?;
        wake.set_nonblocking(true)?;
        let mut signals = Self { wake, ending, came: Vec::new(), registered: Vec::new() };
        for signal in WATCHED {
            let flag = Arc::new(AtomicBool::new(false));
            // The flag first: whoever is woken must find it set.
            signals.registered.push(flag::register(signal, Arc::clone(&flag))?);
            signals.registered.push(low_level::pipe::register(signal, ring.try_clone()?)?);
            signals.came.push((signal, flag));
        }
        for signal in ENDING {
            signals.registered.push(low_level::pipe::register(signal, last_ring.try_clone()?)?);
        }
        Ok(signals)
    }

    pub(super) fn as_fd(&self) -> BorrowedFd<'_> {
        self.wake.as_fd()
    }

    /// A descriptor that becomes readable when the program is asked to end, and stays so.
    pub(super) fn ending(&self) -> BorrowedFd<'_> {
        self.ending.as_fd()
    }

    /// Whether the program has been asked to end.
    pub(super) fn is_ending(&self) -> bool {
        let mut fds = [PollFd::new(&self.ending, PollFlags::IN)];
        poll(&mut fds, Some(&Timespec { tv_sec: 0, tv_nsec: 0 })).is_ok_and(|ready| ready > 0)
    }

    /// Takes these signals not to have come.
    pub(super) fn forget(&self, signals: &[i32]) {
        for (_, flag) in self.came.iter().filter(|(signal, _)| signals.contains(signal)) {
            flag.store(false, Ordering::SeqCst);
        }
    }

    /// Returns the signals that have come since the last time.
    pub(super) fn take(&self) -> Vec<i32> {
        // Emptied before the flags are read: a signal in between then wakes once too often, not once too seldom.
        while (&self.wake).read(&mut [0; 64]).is_ok_and(|read| read > 0) {}
        let came = self.came.iter().filter(|(_, flag)| flag.swap(false, Ordering::SeqCst));
        came.map(|&(signal, _)| signal).collect()
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        for &id in &self.registered {
            low_level::unregister(id);
        }
    }
}
