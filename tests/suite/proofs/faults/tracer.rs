//! A running program, stopped at every system call of every thread: to list the calls, to kill it at one, to have one fail.
//!
//! It decides nothing about what is right. x86_64 only: the registers are those of that machine.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use nix::errno::Errno;
use nix::libc::{self, user_regs_struct};
use nix::sys::ptrace::{self, Options};
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;

use super::calls::{self, Call, Counts, Point, Unsynced};

/// What is done to the program, and where.
#[derive(Clone, Debug)]
pub(super) struct Strike {
    pub(super) at: Point,
    pub(super) what: What,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum What {
    /// Killed before the call does anything.
    KilledBefore,
    /// Killed when the call has been done.
    KilledAfter,
    /// The call fails, and for good: so do all later ones of its kind on files beside it.
    Fails { errno: Errno, for_good: bool },
    /// Half of it is written; for good: and from then on nothing, because the disk is full.
    Short { for_good: bool },
}

/// What was seen of the program.
#[derive(Default)]
pub(super) struct Seen {
    /// The calls on files, in order, and whether each changes something.
    pub(super) points: Vec<(Point, bool)>,
    /// Whether what was to happen has happened.
    pub(super) is_struck: bool,
    /// How many calls were made to fail.
    pub(super) failures: usize,
    /// What was not safe on disk when something was last shown.
    pub(super) unsynced_when_shown: Unsynced,
    /// How the program has ended: its exit status, or none if it was killed.
    pub(super) ended: Option<Option<i32>>,
    /// Why it could not be traced any more.
    pub(super) fault: Option<String>,
}

/// A program that is being traced.
pub(super) struct Tracer {
    seen: Arc<Mutex<Seen>>,
    process: Pid,
    worker: Option<JoinHandle<()>>,
}

impl Tracer {
    /// Takes hold of a process; from here on its calls are seen. The error is that the system does not allow it.
    pub(super) fn take(process: u32, root: &Path, strike: Option<Strike>) -> Result<Self, Errno> {
        let process = Pid::from_raw(process.cast_signed());
        let seen = Arc::new(Mutex::new(Seen::default()));
        let (taken, is_taken) = channel();
        let mut work = Work {
            process,
            root: root.to_owned(),
            strike,
            seen: Arc::clone(&seen),
            counts: Counts::default(),
            unsynced: Unsynced::default(),
            under_way: BTreeMap::new(),
            turn: 0,
        };
        // What is traced belongs to the thread that traces it.
        let worker = std::thread::spawn(move || {
            let options = Options::PTRACE_O_TRACESYSGOOD
                | Options::PTRACE_O_TRACECLONE
                | Options::PTRACE_O_TRACEFORK
                | Options::PTRACE_O_TRACEVFORK
                | Options::PTRACE_O_TRACEEXEC
                | Options::PTRACE_O_EXITKILL;
            let held = ptrace::seize(process, options).and_then(|()| ptrace::interrupt(process));
            let goes_on = held.is_ok();
            let _ = taken.send(held);
            if goes_on {
                work.follow();
            }
        });
        is_taken.recv().unwrap_or(Err(Errno::ESRCH))?;
        Ok(Self { seen, process, worker: Some(worker) })
    }

    /// Asks what was seen so far.
    pub(super) fn seen<T>(&self, ask: impl FnOnce(&Seen) -> T) -> T {
        ask(&self.seen.lock().unwrap())
    }

    /// Kills the program and waits until it is gone; gives what was seen.
    pub(super) fn kill(mut self) -> Seen {
        self.end();
        std::mem::take(&mut self.seen.lock().unwrap())
    }

    fn end(&mut self) {
        let Some(worker) = self.worker.take() else { return };
        if self.seen(|seen| seen.ended.is_none()) {
            let _ = kill(self.process, Signal::SIGKILL);
        }
        let _ = worker.join();
    }
}

impl Drop for Tracer {
    fn drop(&mut self) {
        self.end();
    }
}

/// What is to become of a call when it is done.
struct UnderWay {
    call: Call,
    /// It is not done at all, and gives this.
    instead: Option<Errno>,
    /// The program is killed then.
    kills: bool,
}

/// The work of the thread that traces.
struct Work {
    process: Pid,
    root: PathBuf,
    strike: Option<Strike>,
    seen: Arc<Mutex<Seen>>,
    counts: Counts,
    unsynced: Unsynced,
    under_way: BTreeMap<Pid, UnderWay>,
    /// How many calls were candidates since the strike; every other one is interrupted.
    turn: usize,
}

impl Work {
    /// Follows the program until nothing of it is left.
    fn follow(&mut self) {
        loop {
            // Only what this thread traces: the other threads of the tests have children of their own.
            let status = match waitpid(None, Some(WaitPidFlag::__WALL | WaitPidFlag::__WNOTHREAD)) {
                Err(Errno::EINTR) => continue,
                Err(_) => return,
                Ok(status) => status,
            };
            let (thread, signal) = match status {
                WaitStatus::Exited(thread, code) => {
                    self.note_end(thread, Some(code));
                    continue;
                }
                WaitStatus::Signaled(thread, ..) => {
                    self.note_end(thread, None);
                    continue;
                }
                WaitStatus::PtraceSyscall(thread) => {
                    if let Err(error) = self.stopped(thread) {
                        self.note_fault(error);
                    }
                    (thread, None)
                }
                WaitStatus::Stopped(thread, signal) => (thread, Some(signal)),
                WaitStatus::PtraceEvent(thread, ..) => (thread, None),
                _ => continue,
            };
            // One that was killed meanwhile is waited for next.
            let _ = ptrace::syscall(thread, signal);
        }
    }

    fn note_end(&mut self, thread: Pid, code: Option<i32>) {
        if thread == self.process {
            self.seen.lock().unwrap().ended = Some(code);
        }
    }

    /// A thread that vanishes between two questions was killed, which is nothing to tell.
    fn note_fault(&mut self, error: Errno) {
        if error != Errno::ESRCH {
            self.seen.lock().unwrap().fault = Some(error.to_string());
        }
    }

    /// A thread stands before or behind a call.
    fn stopped(&mut self, thread: Pid) -> Result<(), Errno> {
        let is_before = ptrace::syscall_info(thread)?.op == libc::PTRACE_SYSCALL_INFO_ENTRY;
        let regs = ptrace::getregs(thread)?;
        if is_before { self.before(thread, regs) } else { self.behind(thread, regs) }
    }

    fn before(&mut self, thread: Pid, regs: user_regs_struct) -> Result<(), Errno> {
        if calls::shows(thread, &regs) {
            self.seen.lock().unwrap().unsynced_when_shown = self.unsynced.clone();
        }
        let Some(call) = calls::read(thread, &regs) else { return Ok(()) };
        let point = self.counts.point(&call, &self.root);
        let (is_first, what) = self.is_meant(&call, &point);
        {
            let mut seen = self.seen.lock().unwrap();
            seen.points.push((point, call.changes));
            seen.is_struck |= is_first;
        }
        let mut under_way = UnderWay { call, instead: None, kills: false };
        match what {
            None => {}
            Some(What::KilledBefore) => {
                // Not done, whatever comes first: the word that it is killed or the call.
                ptrace::setregs(thread, user_regs_struct { orig_rax: u64::MAX, ..regs })?;
                return kill(self.process, Signal::SIGKILL);
            }
            Some(What::KilledAfter) => under_way.kills = true,
            Some(What::Fails { errno, .. }) => under_way.instead = Some(errno),
            Some(What::Short { .. }) if is_first => {
                let half = (regs.rdx / 2).max(1);
                ptrace::setregs(thread, user_regs_struct { rdx: half, ..regs })?;
            }
            Some(What::Short { .. }) => under_way.instead = Some(Errno::ENOSPC),
        }
        if under_way.instead.is_some() {
            self.seen.lock().unwrap().failures += 1;
            ptrace::setregs(thread, user_regs_struct { orig_rax: u64::MAX, ..regs })?;
        }
        self.under_way.insert(thread, under_way);
        Ok(())
    }

    fn behind(&mut self, thread: Pid, regs: user_regs_struct) -> Result<(), Errno> {
        let Some(under_way) = self.under_way.remove(&thread) else { return Ok(()) };
        if under_way.kills {
            return kill(self.process, Signal::SIGKILL);
        }
        if let Some(errno) = under_way.instead {
            let failed = u64::from_ne_bytes((-i64::from(errno as i32)).to_ne_bytes());
            return ptrace::setregs(thread, user_regs_struct { rax: failed, ..regs });
        }
        if regs.rax.cast_signed() >= 0 {
            self.unsynced.after(&under_way.call);
        }
        Ok(())
    }

    /// Whether something is to happen to this call: whether it is the first one, and what.
    fn is_meant(&mut self, call: &Call, point: &Point) -> (bool, Option<What>) {
        let Some(strike) = &self.strike else { return (false, None) };
        if strike.at == *point {
            return (true, Some(strike.what));
        }
        let is_struck = self.seen.lock().unwrap().is_struck;
        let beside = |path: &Path| path.strip_prefix(&self.root).ok()?.iter().next().map(ToOwned::to_owned);
        let first = Path::new(&strike.at.path).iter().next().map(ToOwned::to_owned);
        let goes_on = match strike.what {
            What::Fails { errno: Errno::EINTR, for_good: true } => {
                // Nothing is interrupted for ever: every other call is.
                self.turn += 1;
                self.turn.is_multiple_of(2)
            }
            What::Fails { for_good, .. } | What::Short { for_good } => for_good,
            What::KilledBefore | What::KilledAfter => false,
        };
        let is_meant = is_struck && goes_on && call.kind == strike.at.kind && beside(&call.path) == first;
        (false, is_meant.then_some(strike.what))
    }
}
