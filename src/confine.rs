//! Reads files from anybody: those whose readers may abort or eat memory in a child process of ourselves, and those that
//! only LibreOffice knows through it.
//!
//! The child gets the bytes on its standard input, holds itself to limits before it reads them, and gives the report back
//! through a pipe. It opens no file and writes none. What the bytes mean is [`import::read`]'s to find out, there as here.
#![expect(clippy::disallowed_methods, reason = "an edge: starts processes and measures how long they take")]

mod child;
mod office;

use std::ffi::OsString;
use std::io::{self, Read as _, Write as _};
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use child::{ARGUMENT, Answer};

use crate::document::recognize::Reading;
use crate::import::{self, ImportError, Kind};
use crate::report::{Place, Report};

/// What a child is held to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Its address space, in MiB.
    pub megabytes: u64,
    /// How long it may use a processor, in seconds.
    pub seconds: u64,
    /// How long it may take altogether, however busy the machine is.
    pub patience: Duration,
}

impl Limits {
    /// Far more than any report needs; with the program itself, which holds the file, no more than 512 MiB.
    pub const USUAL: Self = Self { megabytes: 448, seconds: 10, patience: Duration::from_secs(60) };
}

/// The most bytes of an answer.
const LONGEST_ANSWER: u64 = 64 << 20;

/// How often somebody who waits is asked whether the report is still wanted.
const TICK: Duration = Duration::from_millis(50);

/// This program, where it has said that it can be started as a child.
static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Does the work of a child where the program was started as one. Otherwise it is to be called first of all, and
/// from then on the program can be started as one.
pub fn serve(arguments: impl IntoIterator<Item = OsString>) -> Option<ExitCode> {
    if let Some(limits) = child::limits(arguments) {
        return Some(child::run(limits));
    }
    // Found out now: when the program is replaced while it runs, its path leads to the new one.
    if let Ok(program) = std::env::current_exe() {
        let _ = PROGRAM.set(program);
    }
    None
}

/// Reads the report in a file's bytes, whatever the file is called and whoever made it.
///
/// # Errors
/// If it is of a kind that cannot be read, or no report, or reading it breaks a limit.
pub fn read(bytes: &[u8]) -> Result<Reading, ImportError> {
    read_while(bytes, &mut || true)
}

/// The same, as long as it is wanted; this is asked several times a second.
///
/// # Errors
/// As [`read`]; and if it is not wanted any more.
pub fn read_while(bytes: &[u8], is_wanted: &mut dyn FnMut() -> bool) -> Result<Reading, ImportError> {
    let read = |bytes: &[u8], is_wanted: &mut dyn FnMut() -> bool| {
        let kind = Kind::of(bytes);
        match PROGRAM.get() {
            Some(program) if !is_harmless(kind, import::extent(kind, bytes)) => {
                read_in(program, bytes, Limits::USUAL, is_wanted)
            }
            // Of a saved report everything is ours, and folders of thousands are read through here.
            _ if kind == Kind::Saved => import::locate_as(kind, bytes),
            // A program that has not said so, as a test is, cannot be its own child.
            _ => apart(|| import::locate_as(kind, bytes)),
        }
    };
    match read(bytes, is_wanted) {
        Err(error) if error.is_foreign() => {
            let Some(converted) = office::Office::default().convert(bytes, is_wanted)? else {
                return Err(error);
            };
            match read(&converted, is_wanted) {
                Ok(mut reading) => {
                    let remark =
                        "文件是借助 LibreOffice 转换后读入的，个别文字和格式可能有变化，请对照原文件核对。";
                    import::remark(&mut reading.report, [remark.to_owned()]);
                    Ok(reading)
                }
                // Nothing is converted twice.
                Err(again) if again.is_foreign() => Err(ImportError::NotConverted),
                Err(error) => Err(error),
            }
        }
        read => read,
    }
}

/// Reads in a thread of its own: a reader that breaks off takes neither a session nor a folder with it. A panic that is
/// caught in the thread of the screens would still have given the terminal back.
fn apart(read: impl FnOnce() -> Result<Reading, ImportError> + Send) -> Result<Reading, ImportError> {
    let read = thread::scope(|scope| scope.spawn(read).join());
    read.unwrap_or_else(|_| Err(ImportError::Crashed("程序自己的错".to_owned())))
}

/// A file with no more bytes to be read is read here, where its reader is ours.
///
/// Reports have some 100 to 300 KB, and what is read here is there at once, without the few thousandths of a second that a
/// child takes to begin, for each of the files of a folder. What is larger is no report as offices write them: there the
/// limits, and that it can be stopped, are worth the wait.
const SMALL: u64 = 1 << 20;

/// Whether a file of a kind and an [extent](import::extent) is read here: one whose reader is ours and holds to its limits,
/// and which is small; and one that is told at a glance to be no report.
///
/// A table of OpenDocument may repeat a cell thousands of times, with all that is in it.
const fn is_harmless(kind: Kind, extent: u64) -> bool {
    match kind {
        Kind::Saved | Kind::Text | Kind::Page | Kind::Word | Kind::Workbook => extent <= SMALL,
        Kind::Rtf
        | Kind::Picture
        | Kind::Archive
        | Kind::Ofd
        | Kind::WebArchive
        | Kind::FlatXml
        | Kind::Unknown => true,
        Kind::OpenText | Kind::OpenOther | Kind::Compound | Kind::Pdf => false,
    }
}

/// Reads a file in a child, which is `program` held to `limits`.
///
/// # Errors
/// As [`read_while`].
pub fn read_in(
    program: &Path,
    bytes: &[u8],
    limits: Limits,
    is_wanted: &mut dyn FnMut() -> bool,
) -> Result<Reading, ImportError> {
    let (mut answer, theirs) = io::pipe().map_err(ImportError::NotStarted)?;
    let mut child = start(program, limits, theirs).map_err(ImportError::NotStarted)?;
    // Nothing where the patience is without end.
    let deadline = Instant::now().checked_add(limits.patience);
    let input = child.stdin.take();
    let (send, receive) = channel();
    let (said, end) = thread::scope(|scope| {
        scope.spawn(move || {
            // A child that does not take it all has its reason, and says it.
            input.map(|mut input| input.write_all(bytes))
        });
        scope.spawn(move || {
            let mut said = Vec::new();
            let read = answer.by_ref().take(LONGEST_ANSWER).read_to_end(&mut said);
            let _ = send.send(read.map(|_| said));
        });
        let end = loop {
            match receive.recv_timeout(TICK) {
                Ok(said) => break Ok(said.unwrap_or_default()),
                Err(RecvTimeoutError::Disconnected) => break Ok(Vec::new()),
                Err(RecvTimeoutError::Timeout) if !is_wanted() => break Err(ImportError::Stopped),
                Err(RecvTimeoutError::Timeout) if deadline.is_some_and(|end| Instant::now() >= end) => {
                    let seconds = usize::try_from(limits.patience.as_secs()).unwrap_or(usize::MAX);
                    break Err(ImportError::TooMuch("读取的时间", seconds, "秒"));
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        };
        // Whatever it is still at is of no use any more; this also frees the threads.
        let _ = child.kill();
        (end, child.wait())
    });
    outcome(&said?, end.map_err(ImportError::NotStarted)?, limits)
}

/// Starts a child. What it says at its end goes into the pipe too: an answer with anything else in it is none.
fn start(program: &Path, limits: Limits, answer: io::PipeWriter) -> io::Result<Child> {
    let mut command = Command::new(program);
    command.arg(ARGUMENT).args([limits.megabytes.to_string(), limits.seconds.to_string()]);
    // One arena: glibc otherwise reserves address space for each thread, which counts.
    command.env_clear().env("MALLOC_ARENA_MAX", "1").current_dir("/");
    command.stdin(Stdio::piped()).stderr(answer.try_clone()?).stdout(answer).spawn()
}

/// What came of a child.
fn outcome(said: &[u8], end: ExitStatus, limits: Limits) -> Result<Reading, ImportError> {
    let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    match serde_json::from_slice(said) {
        Ok(Answer::Read { report, origins }) => {
            let origins = origins.into_iter().filter_map(|(place, at)| Some((Place::parse(&place)?, at)));
            Ok(Reading { report: Report::from_json(&report)?, origins: origins.collect() })
        }
        Ok(Answer::Refused { message, hint, is_foreign }) => {
            Err(ImportError::Said { message, hint, is_foreign })
        }
        Err(_) if end.signal() == Some(child::OUT_OF_TIME) => {
            Err(ImportError::TooMuch("读取所用的处理器时间", number(limits.seconds), "秒"))
        }
        Err(_) if String::from_utf8_lossy(said).contains("memory allocation of") => {
            Err(ImportError::TooMuch("读取所需的内存", number(limits.megabytes), "MB"))
        }
        Err(_) => Err(ImportError::Crashed(match (end.signal(), end.code()) {
            (Some(signal), _) => format!("信号 {signal}"),
            (None, code) => format!("退出码 {}", code.unwrap_or_default()),
        })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{self, Extent, Faces};
    use crate::form::Form;
    use crate::form::terms::Section;
    use crate::report::{Edit, Value};

    #[test]
    fn what_may_take_long_is_read_in_a_child() {
        for kind in [Kind::Saved, Kind::Text, Kind::Page, Kind::Word, Kind::Workbook] {
            assert!(is_harmless(kind, SMALL) && !is_harmless(kind, SMALL + 1), "{kind:?}");
        }
        for kind in [Kind::OpenText, Kind::OpenOther, Kind::Compound, Kind::Pdf] {
            assert!(!is_harmless(kind, 0), "{kind:?}");
        }
    }

    #[test]
    fn a_reader_that_breaks_off_is_an_error_and_no_end() {
        let broken = apart(|| panic!("as a reader may"));
        assert!(matches!(broken, Err(ImportError::Crashed(_))));
        assert!(apart(|| import::locate_as(Kind::Text, "一、总体情况".as_bytes())).is_ok());
    }

    #[test]
    fn of_a_package_its_text_counts_as_it_is_unpacked() {
        let prose = |kind: export::Kind, length: usize| -> Vec<u8> {
            let mut report = Report::new(Form::current());
            let text = Value::Text("公开信息。".repeat(length / 5));
            report.apply(Edit::set(Section::Overview, Some(text)));
            export::write(&report, kind, Extent::default(), &Faces::default()).unwrap()
        };
        for (kind, written) in [(Kind::Word, export::Kind::Word), (Kind::Workbook, export::Kind::Workbook)] {
            let usual = prose(written, 1_000);
            assert!(import::extent(kind, &usual) > usual.len() as u64);
            assert!(import::extent(kind, &usual) <= SMALL);
        }
        let large = prose(export::Kind::Word, 400_000);
        assert!((large.len() as u64) < SMALL / 8 && import::extent(Kind::Word, &large) > SMALL);
    }
}
