//! The program, or another, in a real pseudo-terminal, with an emulator that shows what the clerk would see.

mod emulator;
mod picture;
mod tests;

use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use nianbao::width::{Ambiguous, grapheme_width};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal};

pub(crate) use emulator::Emulator;
pub(crate) use picture::Picture;

/// The program.
const PROGRAM: &str = env!("CARGO_BIN_EXE_nianbao");

/// How long a screen may take to show what a test waits for; far more than it needs.
const PATIENCE: Duration = Duration::from_secs(20);

/// How soon the pieces of a frame follow each other.
const PIECES: Duration = Duration::from_millis(3);

/// The line between the program and the screen.
#[derive(Clone, Copy)]
pub(crate) struct Line {
    /// The bytes that the program gets through in a tenth of a second.
    pub(crate) pace: usize,
    /// How long each byte is on the way, there and back.
    pub(crate) delay: Duration,
}

impl Line {
    /// A terminal on the same machine.
    pub(crate) const NEAR: Self = Self { pace: usize::MAX, delay: Duration::ZERO };
}

/// Bytes on the way, with the moment at which they arrive.
type Sent = (Instant, Vec<u8>);

/// A running program and its screen.
pub(crate) struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    keys: Sender<Sent>,
    output: Receiver<Sent>,
    line: Line,
    /// Everything that the program has sent.
    pub(crate) received: Vec<u8>,
    screen: Emulator,
    master: Box<dyn MasterPty + Send>,
    /// Whether nobody takes any more of what the program sends.
    stalled: Arc<AtomicBool>,
}

impl Terminal {
    /// Starts the program on a data directory, in a terminal of this size.
    pub(crate) fn start(data: &Path, arguments: &[&str], size: (u16, u16)) -> Self {
        Self::start_with(data, arguments, size, "")
    }

    /// Starts the program with this as the clerk's other editor; none if empty.
    pub(crate) fn start_with(data: &Path, arguments: &[&str], size: (u16, u16), editor: &str) -> Self {
        Self::start_behind(Line::NEAR, data, arguments, size, &[("EDITOR", editor)])
    }

    /// Starts the program in a terminal that draws ambiguous characters so wide.
    pub(crate) fn start_as(kind: Ambiguous, data: &Path, arguments: &[&str], size: (u16, u16)) -> Self {
        let mut terminal = Self::start(data, arguments, size);
        // Nothing was read yet.
        terminal.screen = Emulator::new(kind, size);
        terminal
    }

    /// Starts the program behind a line, with what else there is in its environment.
    pub(crate) fn start_behind(
        line: Line,
        data: &Path,
        arguments: &[&str],
        size: (u16, u16),
        environment: &[(&str, &str)],
    ) -> Self {
        let mut command = CommandBuilder::new(PROGRAM);
        command.args(arguments);
        Self::run(line, command, data, size, environment)
    }

    /// Starts a shell on a script in which `$NIANBAO` is the program, to be started as the script will.
    pub(crate) fn start_script(data: &Path, script: &str, size: (u16, u16)) -> Self {
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", script]);
        Self::run(Line::NEAR, command, data, size, &[("NIANBAO", PROGRAM)])
    }

    /// Starts any program, such as one that this one is reached by.
    pub(crate) fn run(
        line: Line,
        mut command: CommandBuilder,
        data: &Path,
        (columns, rows): (u16, u16),
        environment: &[(&str, &str)],
    ) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        command.env("NIANBAO_DATA_DIR", data);
        command.env("TERM", "xterm-256color");
        command.env_remove("SSH_CONNECTION");
        command.env_remove("NO_COLOR");
        command.env_remove("VISUAL");
        command.env_remove("EDITOR");
        for (name, value) in environment {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let stalled = Arc::new(AtomicBool::new(false));
        let output = carry_output(pair.master.try_clone_reader().unwrap(), line, Arc::clone(&stalled));
        let keys = carry_keys(pair.master.take_writer().unwrap());
        let screen = Emulator::new(Ambiguous::Narrow, (columns, rows));
        Self { child, keys, output, line, received: Vec::new(), screen, master: pair.master, stalled }
    }

    /// Sends bytes as the keyboard would.
    pub(crate) fn send(&mut self, keys: &str) {
        // A program that has just been killed takes no keys; the test looks at what is left.
        let _ = self.keys.send((Instant::now() + self.line.delay, keys.as_bytes().to_vec()));
    }

    /// Sends keys and waits until the program has read them: a signal that is sent then does not overtake them.
    pub(crate) fn press(&mut self, keys: &str) {
        let before = self.bytes_read();
        self.send(keys);
        assert!(until(|| self.bytes_read() >= before + keys.len()), "{keys:?} is never read");
    }

    /// How many bytes the program has read so far, from wherever.
    fn bytes_read(&self) -> usize {
        let io = std::fs::read_to_string(format!("/proc/{}/io", self.child.process_id().unwrap())).unwrap();
        io.lines().find_map(|line| line.strip_prefix("rchar: ")?.parse().ok()).unwrap()
    }

    /// Waits until the screen shows `text`; the screen is in the panic if it never does.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, text: &str) {
        let found = self.wait_until(|terminal| terminal.text().contains(text));
        assert!(found, "never saw {text:?} on\n{}", self.text());
    }

    /// Waits until the screen satisfies a condition; `false` if it never does or the program ends first.
    pub(crate) fn wait_until(&mut self, shows: impl Fn(&Self) -> bool) -> bool {
        let end = Instant::now() + PATIENCE;
        loop {
            if shows(self) {
                return true;
            }
            match self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(sent) => self.take_in(sent),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return shows(self),
            }
        }
    }

    /// Shows what has come, without waiting.
    pub(crate) fn take_in_all(&mut self) {
        while let Ok(sent) = self.output.try_recv() {
            self.take_in(sent);
        }
    }

    /// The screen as text, one line a row, trailing blanks left out.
    pub(crate) fn text(&self) -> String {
        let rows: Vec<String> = (0..self.screen.height()).map(|y| self.screen.text(y)).collect();
        rows.join("\n")
    }

    /// The cursor, as row and column from 0.
    pub(crate) fn cursor(&self) -> (u16, u16) {
        let (x, y) = self.screen.cursor();
        (y as u16, x as u16)
    }

    /// What is to be seen.
    pub(crate) fn picture(&self) -> Picture {
        self.screen.picture()
    }

    /// What should not have been sent to a terminal, since this was asked last.
    pub(crate) fn take_faults(&mut self) -> Vec<String> {
        std::mem::take(&mut self.screen.faults)
    }

    /// The same of a whole frame: a small one is not marked as one, and may come in pieces.
    pub(crate) fn settle_until(&mut self, shows: impl Fn(&Self) -> bool) -> bool {
        let end = Instant::now() + PATIENCE;
        while self.wait_until(|terminal| !terminal.screen.is_drawing() && shows(terminal)) {
            match self.output.recv_timeout(PIECES) {
                Ok(sent) => self.take_in(sent),
                Err(_) => return true,
            }
            if Instant::now() > end {
                break;
            }
        }
        false
    }

    /// The number of the process that was started.
    pub(crate) fn process(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Has the program draw everything anew, and gives what was to be seen before that; `None` if it does not.
    pub(crate) fn drawn_anew(&mut self) -> Option<Picture> {
        let count = self.screen.before.len();
        self.signal(Signal::WINCH);
        self.wait_until(|terminal| terminal.screen.before.len() > count && !terminal.screen.is_drawing());
        self.screen.before.get(count).cloned()
    }

    /// Kills the program as `kill -9` does.
    pub(crate) fn kill(&mut self) {
        // Not the child's own `kill`: that asks with SIGHUP first, and the program would end in order.
        self.signal(Signal::KILL);
        let _ = self.child.wait();
    }

    /// Ends the program as a session that is closed does.
    pub(crate) fn terminate(&mut self) {
        self.signal(Signal::TERM);
    }

    /// Gives the window another size.
    pub(crate) fn resize(&mut self, (columns, rows): (u16, u16)) {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.screen.resize((columns, rows));
        self.master.resize(size).unwrap();
    }

    /// Takes no more of what the program sends, and has it send more than the terminal holds.
    pub(crate) fn stall(&mut self) {
        self.stalled.store(true, Ordering::SeqCst);
        for time in 0..200 {
            self.resize((120 + time % 2, 60));
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Sends a signal, unless the program has ended already.
    fn signal(&mut self, signal: Signal) {
        let process = self.child.process_id().and_then(|id| Pid::from_raw(id.cast_signed()));
        if let (Some(process), Ok(None)) = (process, self.child.try_wait()) {
            let _ = rustix::process::kill_process(process, signal);
        }
    }

    /// Waits for the program to end by itself, and gives its exit status.
    #[track_caller]
    pub(crate) fn exit_status(&mut self) -> u32 {
        loop {
            match self.output.recv_timeout(PATIENCE) {
                Ok(sent) => self.take_in(sent),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("never ended\n{}", self.text()),
            }
        }
        self.child.wait().unwrap().exit_code()
    }

    /// Waits for the program to end, whatever it sends; `false` if it never does.
    pub(crate) fn ends(&mut self) -> bool {
        until(|| self.child.try_wait().unwrap().is_some())
    }

    /// Whether the terminal was given back: no alternate screen, cursor shown, no bracketed paste, no mouse, no
    /// frame left open.
    pub(crate) fn is_restored(&self) -> bool {
        let modes = [7, 12, 25, 1000, 1006, 1049, 2004, 2026];
        let set: Vec<u16> = modes.into_iter().filter(|&mode| self.screen.is_set(mode)).collect();
        let is_restored = set == [7, 25] && self.screen.scrolls_whole();
        if !is_restored {
            eprintln!(
                "left set: {set:?}; the last that came: {:?}",
                String::from_utf8_lossy(&self.received[self.received.len().saturating_sub(400)..])
            );
        }
        is_restored
    }

    /// Shows bytes on the screen and answers the questions that a terminal answers.
    fn take_in(&mut self, (due, bytes): Sent) {
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        self.screen.feed(&bytes);
        self.received.extend_from_slice(&bytes);
        let answers = std::mem::take(&mut self.screen.answers);
        if !answers.is_empty() {
            self.send(&answers);
        }
    }
}

/// Waits until something holds that the screen does not show; `false` if it never does.
pub(crate) fn until(mut holds: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + PATIENCE;
    while !holds() {
        if Instant::now() > end {
            return false;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    true
}

/// Carries what the program sends, as fast as the line is.
fn carry_output(mut reader: Box<dyn Read + Send>, line: Line, stalled: Arc<AtomicBool>) -> Receiver<Sent> {
    let (sender, output) = channel();
    std::thread::spawn(move || {
        let mut buffer = vec![0; line.pace.min(65536)];
        let mut read = || match reader.read(&mut buffer) {
            // The last that a program has written may come after the word that it is gone.
            Ok(0) | Err(_) => {
                std::thread::sleep(Duration::from_millis(20));
                reader.read(&mut buffer).map(|n| buffer[..n].to_vec())
            }
            Ok(n) => Ok(buffer[..n].to_vec()),
        };
        while let Ok(bytes) = read()
            && !bytes.is_empty()
        {
            // For good: the thread ends with the tests.
            while stalled.load(Ordering::SeqCst) {
                std::thread::park();
            }
            if sender.send((Instant::now() + line.delay, bytes)).is_err() {
                return;
            }
            if line.pace < usize::MAX {
                std::thread::sleep(Duration::from_millis(100));
            }
        }
    });
    output
}

/// Carries keys to the program, each when it is due.
fn carry_keys(mut writer: Box<dyn Write + Send>) -> Sender<Sent> {
    let (keys, pressed) = channel::<Sent>();
    std::thread::spawn(move || {
        while let Ok((due, bytes)) = pressed.recv() {
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            if writer.write_all(&bytes).and_then(|()| writer.flush()).is_err() {
                return;
            }
        }
    });
    keys
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.kill();
        if !std::thread::panicking() {
            assert!(self.screen.faults.is_empty(), "{:#?}", self.screen.faults);
        }
    }
}
