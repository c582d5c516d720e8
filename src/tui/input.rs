//! What comes from the outside while the program is on a terminal: keys, text, pastes, signals.
//!
//! It sleeps until something comes, without any tick, and never spins when the terminal is gone. It does not know
//! what a key does and does not write to the terminal.

#![expect(
    clippy::disallowed_methods,
    reason = "how long an escape stood alone is measured where keys are read"
)]

mod decode;
mod mouse;

use std::os::fd::{AsFd, OwnedFd};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGWINCH};

use super::signals::Signals;
use super::terminal::size_of;
pub use crate::keymap::{Code, Key};
use crate::width::Ambiguous;
pub use decode::{Decoder, Waiting};
pub use mouse::{Act, Mouse};

/// Something that the program has to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key that is not plain text.
    Key(Key),
    /// Printable characters that were typed, several if they came at once, as from an input method.
    Text(String),
    /// A bracketed paste; lines end in `\n`, everything else is as it was pasted.
    Paste(String),
    /// The mouse, if the terminal was asked for it.
    Mouse(Mouse),
    /// The answer to [`Terminal::probe`](super::terminal::Terminal::probe).
    Width(Ambiguous),
    /// The terminal has a new size (columns, rows).
    Resize(u16, u16),
    /// The program is asked to stop for a while, from the outside.
    Suspend,
    /// The program goes on after it was stopped: call [`Terminal::retake`](super::terminal::Terminal::retake).
    Resume,
    /// The terminal is gone; every later wait says so again, at once.
    Hangup,
    /// The program is asked to end.
    Terminate,
}

/// The most bytes that are taken in before the program gets to answer.
const BURST: usize = 1 << 20;

/// From so many bytes on no hand has typed them, and more may be on the way: a terminal device holds 4,096 at most.
const LONG: usize = 512;

/// How long more is waited for behind so many.
const MORE: Duration = Duration::from_millis(20);

/// Waits for inputs.
#[derive(Debug)]
pub struct Inputs {
    tty: OwnedFd,
    signals: Arc<Signals>,
    decoder: Decoder,
    /// How long an escape is waited on before it counts as the key.
    escape: Duration,
    /// When the last bytes came.
    last: Instant,
    gone: bool,
}

/// What woke a wait.
struct Woken {
    signal: bool,
    bytes: bool,
    gone: bool,
}

impl Inputs {
    /// Starts to read from a terminal (see [`Terminal::reader`](super::terminal::Terminal::reader)) and to answer signals.
    pub fn new(tty: OwnedFd, signals: Arc<Signals>) -> Self {
        // Over a network the bytes of one key may come apart.
        let far = std::env::var_os("SSH_CONNECTION").is_some();
        Self {
            tty,
            signals,
            decoder: Decoder::default(),
            escape: Duration::from_millis(if far { 100 } else { 25 }),
            last: Instant::now(),
            gone: false,
        }
    }

    /// Sleeps until something comes and returns all that has come, so that the caller draws once for it.
    ///
    /// Returns nothing only when `timeout` is over.
    pub fn wait(&mut self, timeout: Option<Duration>) -> Vec<Input> {
        let deadline = timeout.map(|timeout| Instant::now() + timeout);
        while !self.gone {
            let now = Instant::now();
            let patience =
                self.patience().map(|patience| (self.last + patience).saturating_duration_since(now));
            let left = deadline.map(|deadline| deadline.saturating_duration_since(now));
            let woken = self.sleep(patience.into_iter().chain(left).min());
            let inputs = match woken {
                Some(woken) => self.gather(&woken),
                None if patience.is_some_and(|patience| left.is_none_or(|left| patience <= left)) => {
                    self.last = Instant::now();
                    self.decoder.expire()
                }
                None => return Vec::new(),
            };
            if !inputs.is_empty() {
                return inputs;
            }
        }
        vec![Input::Hangup]
    }

    /// Forgets the signals of the keyboard that came while another program had the terminal: they were meant for it.
    pub fn forget_signals(&self) {
        self.signals.forget(&[SIGINT, SIGQUIT, SIGTSTP, SIGCONT]);
    }

    /// Forgets the signals by which the program was stopped and went on.
    pub fn forget_stop(&self) {
        self.signals.forget(&[SIGTSTP, SIGCONT]);
    }

    /// Says how long the decoder waits for what it is in the middle of.
    fn patience(&self) -> Option<Duration> {
        Some(match self.decoder.waiting()? {
            Waiting::Escape | Waiting::PasteEnd => self.escape,
            Waiting::Sequence => Duration::from_millis(500),
            // Long, for a line that stalls; not for ever, for a terminal that never ends its paste.
            Waiting::Paste => Duration::from_secs(5),
        })
    }

    /// Sleeps until bytes or a signal come, or the time is over.
    fn sleep(&self, time: Option<Duration>) -> Option<Woken> {
        let wanted = PollFlags::IN;
        let mut fds =
            [PollFd::from_borrowed_fd(self.signals.as_fd(), wanted), PollFd::new(&self.tty, wanted)];
        let time = time.and_then(|time| Timespec::try_from(time).ok());
        match poll(&mut fds, time.as_ref()) {
            Ok(0) => None,
            Ok(_) => Some(Woken {
                signal: !fds[0].revents().is_empty(),
                bytes: fds[1].revents().contains(PollFlags::IN),
                gone: fds[1].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL),
            }),
            // The signal that interrupted has woken the other descriptor too.
            Err(Errno::INTR | Errno::AGAIN) => Some(Woken { signal: true, bytes: false, gone: false }),
            Err(_) => Some(Woken { signal: false, bytes: false, gone: true }),
        }
    }

    fn gather(&mut self, woken: &Woken) -> Vec<Input> {
        let mut inputs = Vec::new();
        if woken.bytes {
            self.read(&mut inputs);
        } else if woken.gone {
            self.gone = true;
        }
        if woken.signal {
            for signal in self.signals.take() {
                inputs.extend(self.signalled(signal));
            }
        }
        if self.gone {
            inputs.push(Input::Hangup);
        }
        inputs
    }

    /// Reads all that is there.
    fn read(&mut self, inputs: &mut Vec<Input>) {
        let mut burst = Vec::new();
        let mut buffer = [0; 4096];
        loop {
            match rustix::io::read(&self.tty, &mut buffer) {
                Ok(0) => self.gone = true,
                Ok(read) => burst.extend_from_slice(&buffer[..read]),
                Err(Errno::INTR | Errno::AGAIN) => {}
                Err(_) => self.gone = true,
            }
            let patience = if burst.len() < LONG { Duration::ZERO } else { MORE };
            let more = self.sleep(Some(patience)).is_some_and(|woken| woken.bytes);
            if self.gone || !more || burst.len() >= BURST {
                break;
            }
        }
        self.last = Instant::now();
        inputs.append(&mut self.decoder.feed(&burst));
    }

    fn signalled(&self, signal: i32) -> Option<Input> {
        Some(match signal {
            SIGWINCH => {
                let (columns, rows) = size_of(self.tty.as_fd())?;
                Input::Resize(columns, rows)
            }
            SIGTSTP => Input::Suspend,
            SIGCONT => Input::Resume,
            SIGHUP => Input::Hangup,
            _ => Input::Terminate,
        })
    }
}

#[cfg(test)]
mod tests;
