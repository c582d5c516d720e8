//! Takes the terminal and gives it back: raw mode, the other screen, bracketed paste.
//!
//! Whatever happens – the end, an error, a panic, a stop – the terminal is left as it was found. It does not draw
//! and does not read keys. The mouse is left alone unless it is asked for, so that text can still be marked with it.

#![expect(clippy::disallowed_methods, reason = "TERM says whether there is a terminal to take")]

mod output;

use std::io::{self, Write as _};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::process::{Signal, getpgrp, getppid, getsid, kill_current_process_group};
use rustix::termios::{
    OptionalActions, QueueSelector, Termios, isatty, tcflush, tcgetattr, tcgetwinsize, tcsetattr,
};

use super::signals::Signals;
pub use output::Output;

const ENTER: &str = "\x1b[?1049h\x1b[?2004h";
const PASTES: &str = "\x1b[?2004h";
/// Presses and the wheel, no motion, in the form that has no largest column.
const MOUSE: &str = "\x1b[?1000h\x1b[?1006h";
const NO_MOUSE: &str = "\x1b[?1006l\x1b[?1000l";
/// Also undoes what a frame that was cut off may have left on, and empties the screen: where there is no other one, as on
/// the console of Linux, the shell would write into the report.
const LEAVE: &str = "\x1b[?2026l\x1b[m\x1b[?2004l\x1b[?25h\x1b[r\x1b[H\x1b[J\x1b[?1049l";

/// The row (from 1) that the width probe is drawn on: in the first, its answer would read as Shift+F3.
pub(super) const PROBE_ROW: u16 = 2;

/// The terminal, for as long as the program has it.
#[derive(Debug)]
pub struct Terminal {
    tty: Arc<Tty>,
}

/// What does the same without the interface.
macro_rules! command_line {
    () => {
        "不开界面也能用：nianbao list 列出报告，nianbao check 文件或编号 检查，全部命令见 nianbao --help。"
    };
}

/// Why the terminal cannot be taken.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TakeError {
    /// Input or output, whichever is named here, is a file or a pipe.
    #[error("{0}不是交互终端，无法打开界面")]
    NotATerminal(&'static str),
    /// Nothing says what kind of terminal it is.
    #[error("不知道这是哪一种终端（环境变量 TERM 没有设置），无法打开界面")]
    Unnamed,
    /// The terminal says that it cannot place text.
    #[error("这个终端（TERM={0}）不能定位光标，无法打开界面")]
    Dumb(String),
    /// The terminal refused.
    #[error("无法设置终端：{0}")]
    Refused(#[from] io::Error),
}

impl TakeError {
    /// Says what to do now.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NotATerminal(_) => concat!("请直接在终端里运行，不接管道、不转向文件；", command_line!()),
            Self::Unnamed => concat!("请先设置 TERM=xterm-256color 再打开；", command_line!()),
            Self::Dumb(_) => concat!("请换用普通终端，或设置 TERM=xterm-256color；", command_line!()),
            Self::Refused(_) => concat!("请重新登录后再试；", command_line!()),
        }
    }
}

/// What is needed to give the terminal back from anywhere.
#[derive(Debug)]
struct Tty {
    input: OwnedFd,
    output: Output,
    before: Termios,
    taken: AtomicBool,
    mouse: AtomicBool,
}

impl Terminal {
    /// Says why there is no terminal to take, if there is none; nothing is touched.
    pub fn check() -> Result<(), TakeError> {
        if !isatty(io::stdin()) {
            return Err(TakeError::NotATerminal("标准输入"));
        }
        if !isatty(io::stdout()) {
            return Err(TakeError::NotATerminal("标准输出"));
        }
        match std::env::var("TERM").unwrap_or_default() {
            term if term.is_empty() => Err(TakeError::Unnamed),
            term if term == "dumb" => Err(TakeError::Dumb(term)),
            _ => Ok(()),
        }
    }

    /// Takes the terminal that the program was started on. Once the signals say that the program is asked to end, nothing
    /// waits any more for a terminal that takes nothing.
    pub fn take(signals: Arc<Signals>) -> Result<Self, TakeError> {
        Self::check()?;
        let (input, output) = (io::stdin(), io::stdout());
        let terminal =
            Self::on(input.as_fd().try_clone_to_owned()?, output.as_fd().try_clone_to_owned()?, signals)?;
        give_back_in_panic(Arc::clone(&terminal.tty));
        Ok(terminal)
    }

    /// Takes the terminal behind these descriptors.
    fn on(input: OwnedFd, output: OwnedFd, signals: Arc<Signals>) -> io::Result<Self> {
        let before = tcgetattr(&input)?;
        let tty = Tty {
            input,
            output: Output::new(output, signals),
            before,
            taken: AtomicBool::new(false),
            mouse: AtomicBool::new(false),
        };
        let mut terminal = Self { tty: Arc::new(tty) };
        terminal.retake()?;
        Ok(terminal)
    }

    /// Returns the terminal's size (columns, rows).
    pub fn size(&self) -> (u16, u16) {
        size_of(self.tty.output.as_fd()).unwrap_or((80, 24))
    }

    /// Gives a writer for [`Screen`](super::screen::Screen).
    pub fn writer(&self) -> io::Result<Output> {
        self.tty.output.try_clone()
    }

    /// Gives a descriptor for [`Inputs`](super::input::Inputs).
    pub fn reader(&self) -> io::Result<OwnedFd> {
        self.tty.input.try_clone()
    }

    /// Asks how wide ambiguous characters are; the answer, if any, comes as an input, and the next frame must draw all.
    pub fn probe(&self) -> io::Result<()> {
        if self.size().1 < PROBE_ROW {
            return Ok(());
        }
        (&self.tty.output).write_all(format!("\x1b[{PROBE_ROW};1H…\x1b[6n").as_bytes())
    }

    /// Takes the mouse, or leaves it to the terminal.
    pub fn take_mouse(&mut self, mouse: bool) -> io::Result<()> {
        if self.tty.mouse.swap(mouse, Ordering::SeqCst) == mouse {
            return Ok(());
        }
        (&self.tty.output).write_all(if mouse { MOUSE } else { NO_MOUSE }.as_bytes())
    }

    /// Gives the terminal back for a while, for another program.
    pub fn give_back(&mut self) -> io::Result<()> {
        self.tty.give_back()
    }

    /// Takes the terminal again, also if it was never given back; the next frame must draw all.
    pub fn retake(&mut self) -> io::Result<()> {
        let again = self.tty.taken.swap(true, Ordering::SeqCst);
        let mut raw = self.tty.before.clone();
        raw.make_raw();
        tcsetattr(&self.tty.input, OptionalActions::Now, &raw)?;
        // Entering the other screen twice would make some terminals forget where the cursor was on the first.
        let mouse = if self.tty.mouse.load(Ordering::SeqCst) { MOUSE } else { "" };
        (&self.tty.output).write_all([if again { PASTES } else { ENTER }, mouse].concat().as_bytes())
    }

    /// Gives the terminal back, stops the program, and takes the terminal again when it goes on.
    pub fn suspend(&mut self) -> io::Result<()> {
        let stopped = self.give_back().and_then(|()| stop());
        self.retake()?;
        stopped
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // Nobody is left to tell, and a terminal that is gone needs nothing.
        let _ = self.tty.give_back();
    }
}

impl Tty {
    fn give_back(&self) -> io::Result<()> {
        if !self.taken.swap(false, Ordering::SeqCst) {
            return Ok(());
        }
        let no_mouse = if self.mouse.load(Ordering::SeqCst) { NO_MOUSE } else { "" };
        let written = (&self.output).write_all([no_mouse, LEAVE].concat().as_bytes());
        // The rest of a paste, or a late answer to the probe, is not for the shell.
        let flushed = tcflush(&self.input, QueueSelector::IFlush);
        tcsetattr(&self.input, OptionalActions::Now, &self.before)?;
        flushed?;
        written
    }
}

/// Whether there is a shell that takes over when the program stops, and can have it go on.
///
/// There is none where the program is the first of its session or in the group of the first, as when a login or a window
/// starts it, or a shell without job control; nor where the shell that started it is gone.
pub(super) fn can_stop() -> bool {
    let session = getsid(None).ok();
    let has_own_group = session.is_some_and(|session| session != getpgrp());
    has_own_group && getppid().is_some_and(|parent| getsid(Some(parent)).ok() == session)
}

/// Stops the program and what was started with it, as Ctrl+Z does elsewhere, until a shell has them go on.
pub(super) fn stop() -> io::Result<()> {
    // The whole group: a shell waits for whoever it has started, which may be a program that started this one. Not
    // SIGTSTP, which is caught here; and not that for the others, who might go on again before this one has stopped.
    Ok(kill_current_process_group(Signal::STOP)?)
}

/// Makes a panic give the terminal back before it is reported.
///
/// A panic of another thread is left to whoever waits for that thread: reporting it would write over the screen.
fn give_back_in_panic(tty: Arc<Tty>) {
    let owner = std::thread::current().id();
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().id() == owner {
            let _ = tty.give_back();
        }
        if !tty.taken.load(Ordering::SeqCst) {
            report(panic);
        }
    }));
}

/// Asks a terminal for its size (columns, rows), if it is one and knows.
pub(super) fn size_of(tty: BorrowedFd<'_>) -> Option<(u16, u16)> {
    let size = tcgetwinsize(tty).ok()?;
    (size.ws_col > 0 && size.ws_row > 0).then_some((size.ws_col, size.ws_row))
}

#[cfg(test)]
mod tests;
