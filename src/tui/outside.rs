//! Another editor for a section of prose: its text goes into a file, the editor gets the terminal, the file is read back.
//!
//! Whatever the editor does – it is not there, fails, is killed, empties or removes the file, writes another encoding –
//! the report keeps what it has unless there is a text to take in, and a text that is not taken in stays in its file,
//! which is named. It decides nothing about the report.

use std::fs::{OpenOptions, remove_file};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use rustix::process::{Pid, Signal, WaitOptions, WaitStatus, kill_process, waitpid};

use super::action::{Answer, Refusal, Task};
use super::terminal::{self, Terminal};
use crate::form::terms::Section;
use crate::import::decode;
use crate::store::{EDITING, read_input};

/// Undoes what an editor that was killed may have left on: its screen, keys for applications, the mouse, colours.
const LEFT_ON: &str = "\x1b[?1049l\x1b[?1l\x1b>\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[m";

/// The editors that are tried where none is named; the first says on its screen how to leave it.
const USUAL: [&str; 2] = ["nano", "vi"];

/// The file that a section is edited in, taken away once its text is taken in.
pub(super) struct Handed {
    path: PathBuf,
    /// What was written to it.
    text: String,
}

/// How an editor ended.
enum Ended {
    Well,
    Status(i32),
    Killed(i32),
}

impl Handed {
    /// Writes a text to a new file that only its owner may read.
    pub(super) fn new(directory: &Path, section: Section, text: &str) -> Result<Self, Answer> {
        let failed = |error: io::Error| {
            let hint = "请检查磁盘空间和数据目录的权限，或者就在这里改。";
            refused(format!("写不出交给外部编辑器的文件（{}）：{error}", directory.display()), hint)
        };
        let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
        for number in 1..1000 {
            let path = directory.join(format!("{EDITING}{}-{number}.txt", section.key()));
            match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
                Ok(mut file) => {
                    let text = text.trim_end_matches('\n').to_owned();
                    let handed = Self { path, text };
                    return match file.write_all(format!("{}\n", handed.text).as_bytes()) {
                        Ok(()) => Ok(handed),
                        Err(error) => {
                            handed.remove();
                            Err(failed(error))
                        }
                    };
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
                Err(error) => return Err(failed(error)),
            }
        }
        Err(failed(last))
    }

    /// Gives the terminal to an editor until it ends, and says what came of it. With it, whether the file is done with.
    pub(super) fn edit(&self, section: Section, terminal: &mut Terminal) -> io::Result<(Answer, bool)> {
        terminal.give_back()?;
        let ended = self.run();
        if !matches!(ended, Ok(Ended::Well)) {
            terminal.writer()?.write_all(LEFT_ON.as_bytes())?;
        }
        terminal.retake()?;
        Ok(match ended {
            Ok(ended) => self.taken(section, &ended),
            Err(refusal) => (refusal, true),
        })
    }

    /// Takes the file away; nothing is lost if that fails.
    pub(super) fn remove(&self) {
        let _ = remove_file(&self.path);
    }

    fn run(&self) -> Result<Ended, Answer> {
        let named = ["VISUAL", "EDITOR"].into_iter().find_map(|name| {
            let value = std::env::var(name).ok().filter(|value| !value.trim().is_empty())?;
            Some((name, value))
        });
        let commands = match &named {
            Some((_, command)) => vec![command.as_str()],
            None => USUAL.to_vec(),
        };
        for command in commands {
            match self.start(command) {
                Ok(child) => return Ok(wait(&child)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => {
                    let hint = "请把环境变量 EDITOR 设为能用的编辑器，如 nano，或者就在这里改。";
                    return Err(refused(format!("外部编辑器 {command} 打不开：{error}"), hint));
                }
            }
        }
        Err(match named {
            Some((name, command)) => {
                let hint = "请改正这个环境变量，如设为 nano，或者就在这里改。";
                refused(format!("没有找到环境变量 {name} 指定的编辑器：{command}"), hint)
            }
            None => {
                let hint = "请安装一种，或者用环境变量 EDITOR 指定，或者就在这里改。";
                refused(format!("没有找到编辑器（{}）", USUAL.join("、")), hint)
            }
        })
    }

    /// Starts an editor on the file; its name may be followed by arguments.
    fn start(&self, command: &str) -> io::Result<Child> {
        let mut words = command.split_whitespace();
        let program = if Path::new(command).exists() { Some(command) } else { words.next() };
        let arguments = words.filter(|_| program != Some(command));
        Command::new(program.unwrap_or_default()).args(arguments).arg(&self.path).spawn()
    }

    /// What came of the file.
    fn taken(&self, section: Section, ended: &Ended) -> (Answer, bool) {
        let how = match ended {
            Ended::Well => String::new(),
            Ended::Status(status) => format!("外部编辑器没有正常结束（退出码 {status}）"),
            Ended::Killed(signal) => format!("外部编辑器被中止（信号 {signal}）"),
        };
        let unchanged = "这一部分没有改";
        let bytes = match read_input(&self.path) {
            Ok(bytes) => bytes,
            Err(error) => {
                let how = if how.is_empty() { "外部编辑器留下的文件读不出来" } else { &how };
                return (refused(format!("{how}：{error}"), &format!("{unchanged}，原来的都在。")), false);
            }
        };
        let (text, is_damaged) = decode(&bytes);
        let text = super::editor::lines(&text);
        let text = text.trim_end_matches('\n').trim_start_matches('\u{feff}');
        let kept = format!("{unchanged}；写好的文字留在 {}，可以从那里复制。", self.path.display());
        let is_same = text == self.text;
        match ended {
            _ if is_same && how.is_empty() => (said("外部编辑器里没有改动"), true),
            _ if is_same => (refused(how, &format!("{unchanged}。")), true),
            _ if text.trim().is_empty() => {
                let why =
                    if how.is_empty() { "外部编辑器留下的文件是空的".to_owned() } else { how };
                (refused(why, &format!("{unchanged}；要清空这一部分，请在这里全部选中后删除。")), true)
            }
            Ended::Status(_) | Ended::Killed(_) => (refused(how, &kept), false),
            Ended::Well if is_damaged => {
                (refused("外部编辑器留下的文件里有认不出的字节".to_owned(), &kept), false)
            }
            Ended::Well => {
                let is_utf8 = std::str::from_utf8(&bytes).is_ok();
                let note = if is_utf8 {
                    ""
                } else {
                    "；文件不是 UTF-8，已按中文编码认出，请看一遍"
                };
                let words = format!("已取回外部编辑器里改的文字{note}");
                (Answer::Rewritten(section, text.to_owned(), words), true)
            }
        }
    }
}

/// Waits until an editor ends. Where it stops itself, as on Ctrl+Z, the program stops with it and goes on with it; if
/// nothing could have them go on, the editor goes on at once.
fn wait(child: &Child) -> Ended {
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    loop {
        match waitpid(pid, WaitOptions::UNTRACED) {
            Ok(Some((_, status))) if status.stopped() => {
                if terminal::can_stop() {
                    let _ = terminal::stop();
                }
                if let Some(pid) = pid {
                    let _ = kill_process(pid, Signal::CONT);
                }
            }
            Ok(Some((_, status))) => return ended(status),
            Ok(None) | Err(rustix::io::Errno::INTR) => {}
            Err(_) => return Ended::Status(-1),
        }
    }
}

fn ended(status: WaitStatus) -> Ended {
    match (status.exit_status(), status.terminating_signal()) {
        (Some(0), _) => Ended::Well,
        (_, Some(signal)) => Ended::Killed(signal),
        (status, None) => Ended::Status(status.unwrap_or(-1)),
    }
}

fn said(words: &str) -> Answer {
    Answer::Noted(words.to_owned())
}

fn refused(message: String, hint: &str) -> Answer {
    Answer::Refused(Refusal { task: Task::Other, message, hint: hint.to_owned() })
}
