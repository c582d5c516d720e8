//! U1: files made to break a reader, each read by the real program. It lives, says in Chinese which file it is and what to
//! do, keeps within its memory, ends, and leaves nothing behind but what was asked for.
//!
//! What the files are is told in the modules below, by kind; here they are read and judged. The judge knows nothing of how
//! the program confines itself: it looks at its processes from outside.

mod bombs;
mod files;
mod old;
mod office;
#[cfg(feature = "pdf")]
mod paper;
mod plain;
mod sheets;
mod web;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use super::{figure, scale};

const PROGRAM: &str = env!("CARGO_BIN_EXE_nianbao");

/// The most memory that the program may take with what it starts, in KiB.
const MOST_MEMORY: u64 = 512 << 10;

/// The most work that the program may make of a file with what it starts, in hundredths of a second of a processor. A child
/// may take ten seconds, by its own limit; as much again is for what waits for it, which is built without optimizing.
const MOST_WORK: u64 = 2_000;

/// How often its processes are looked at.
const TICK: Duration = Duration::from_millis(4);

/// How many ticks a run is waited for before it counts as one that never ends: minutes, on a machine that is busy.
const MOST_TICKS: usize = 60_000;

/// What has to come of a file.
#[derive(Clone, Debug)]
pub(super) enum Fate {
    /// It is refused with one of these words in the message.
    Refused(&'static [&'static str]),
    /// It is read; what is damaged in it is not in the report.
    Read,
    /// One or the other.
    Any,
}

/// A file made to break a reader.
pub(super) struct Hostile {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    pub(super) fate: Fate,
}

/// A file, to be made when its turn comes: some are large.
pub(super) struct Made {
    pub(super) name: &'static str,
    pub(super) fate: Fate,
    pub(super) make: Box<dyn Fn() -> Vec<u8>>,
}

/// What the limits of a process are called, for files that break one of them before any limit of a format. That it broke
/// down is none of them: a reader that is held to a limit says to which.
pub(super) const CONFINED: &[&str] = &["处理器时间超过 10 秒", "内存超过 448 MB", "解压后的内容超过"];

pub(super) fn made(name: &'static str, fate: Fate, make: impl Fn() -> Vec<u8> + 'static) -> Made {
    Made { name, fate, make: Box::new(make) }
}

/// What was seen of a run.
struct Seen {
    /// The exit status; none where a signal ended it, or where it had to be ended.
    status: Option<i32>,
    out: String,
    err: String,
    /// The most memory that its processes had together, in KiB.
    memory: u64,
    /// How much its processes have worked together, in hundredths of a second of a processor.
    work: u64,
    /// How much they may work.
    most_work: u64,
    /// What was written where nothing is to be written.
    written: Vec<PathBuf>,
}

/// Where a file is read: a directory with nothing else in it, and one for everything that a program may write to.
struct Room {
    home: tempfile::TempDir,
    /// After how much work a program is ended.
    most_work: u64,
}

impl Room {
    fn new() -> Self {
        Self::with(MOST_WORK)
    }

    fn with(most_work: u64) -> Self {
        let home = tempfile::tempdir().unwrap();
        for name in ["in", "home", "temporary"] {
            std::fs::create_dir(home.path().join(name)).unwrap();
        }
        Self { home, most_work }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Runs a program, which is held to no limit but its own: what goes beyond is seen, and ended.
    fn run(&self, program: &str, arguments: &[&str]) -> Seen {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(self.path("in"))
            .env("HOME", self.path("home"))
            .env("TMPDIR", self.path("temporary"));
        command.env("NIANBAO_DATA_DIR", self.path("library")).env_remove("NIANBAO_CONFIG");
        command.env_remove("XDG_DATA_HOME").env_remove("XDG_CONFIG_HOME").stdin(Stdio::null());
        // Into files: a pipe that is full would stop what is looked at.
        let [out, err] = ["out", "err"].map(|name| self.path(name));
        command.stdout(std::fs::File::create(&out).unwrap()).stderr(std::fs::File::create(&err).unwrap());
        let mut child = command.spawn().unwrap();
        let mut used = BTreeMap::new();
        let mut status = None;
        for tick in 0..=MOST_TICKS {
            if let Some(end) = child.try_wait().unwrap() {
                status = end.code();
                break;
            }
            look(child.id(), &mut used);
            let [memory, work] = sum(&used);
            if tick == MOST_TICKS || memory > MOST_MEMORY || work > self.most_work {
                descendants(child.id()).into_iter().chain([child.id()]).for_each(end);
                child.wait().unwrap();
                break;
            }
            std::thread::sleep(TICK);
        }
        let written =
            ["home", "temporary", "in"].iter().flat_map(|name| files_in(&self.path(name))).collect();
        let text = |path| String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
        let [memory, work] = sum(&used);
        Seen { status, out: text(out), err: text(err), memory, work, most_work: self.most_work, written }
    }
}

/// Everything below a directory.
fn files_in(directory: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(directory).into_iter().flatten().flatten().map(|entry| entry.path());
    entries
        .flat_map(|path| {
            if path.is_dir() && !path.is_symlink() {
                [vec![path.clone()], files_in(&path)].concat()
            } else {
                vec![path]
            }
        })
        .collect()
}

fn end(process: u32) {
    if let Some(process) = i32::try_from(process).ok().and_then(Pid::from_raw) {
        let _ = kill_process(process, Signal::KILL);
    }
}

/// The processes that a process has started, and those that they have.
fn descendants(process: u32) -> Vec<u32> {
    let children =
        std::fs::read_to_string(format!("/proc/{process}/task/{process}/children")).unwrap_or_default();
    let children: Vec<u32> = children.split_whitespace().filter_map(|child| child.parse().ok()).collect();
    let below: Vec<u32> = children.iter().flat_map(|&child| descendants(child)).collect();
    [children, below].concat()
}

/// Takes down the most memory that each of the processes has had so far, and how much it has worked.
fn look(process: u32, used: &mut BTreeMap<u32, [u64; 2]>) {
    for process in descendants(process).into_iter().chain([process]) {
        let told = |name| std::fs::read_to_string(format!("/proc/{process}/{name}")).unwrap_or_default();
        let (status, times) = (told("status"), told("stat"));
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
        // Behind its name, which may have anything in it: the time in the program and the time in the system.
        let times = times.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
        let number = |text: &str| text.parse::<u64>().unwrap_or_default();
        let now = [peak.map_or(0, number), times.map(number).sum()];
        let known = used.entry(process).or_default();
        *known = [known[0].max(now[0]), known[1].max(now[1])];
    }
}

/// What all of the processes have used together.
fn sum(used: &BTreeMap<u32, [u64; 2]>) -> [u64; 2] {
    [0, 1].map(|what| used.values().map(|used| used[what]).sum())
}

/// What is wrong with what was seen of the reading of a file.
fn complaints(seen: &Seen, name: &str, fate: &Fate, known: &[PathBuf]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut complain = |is_wrong: bool, what: String| wrong.extend(is_wrong.then_some(what));
    let (read, refused) = (matches!(seen.status, Some(0 | 1)), seen.status == Some(2));
    complain(!read && !refused, format!("it ended with {:?}", seen.status));
    complain(read && matches!(fate, Fate::Refused(_)), "it was read".to_owned());
    complain(refused && matches!(fate, Fate::Read), "it was refused".to_owned());
    if refused {
        // A long name is broken over lines.
        let said = seen.err.replace('\n', "");
        // Where several files may be read, each that cannot has a line; where it is one, the remedy is said too.
        let has_remedy = said.contains("错误：") && said.contains("提示：");
        let is_named = [format!("{name}："), format!("“{name}”")].iter().any(|named| said.contains(named));
        let has_line = is_named || said.contains("\"error\"");
        complain(!has_remedy && !has_line, "no error with a remedy".to_owned());
        complain(!said.contains(name), "the file is not named".to_owned());
        if let Fate::Refused(words) = fate {
            complain(!words.iter().any(|word| said.contains(word)), format!("none of {words:?} is said"));
        }
    }
    let is_obeyed = |c: char| c != '\n' && crate::targets::is_obeyed(c);
    complain(
        seen.out.contains(is_obeyed) || seen.err.contains(is_obeyed),
        "it sends what a terminal obeys".to_owned(),
    );
    complain(seen.err.contains("panicked"), "it panicked".to_owned());
    complain(seen.memory > MOST_MEMORY, format!("it took {} MiB", seen.memory >> 10));
    let took = seen.work;
    complain(took > seen.most_work, format!("it worked for {}.{:02} s", took / 100, took % 100));
    let stray: Vec<&PathBuf> = seen.written.iter().filter(|path| !known.contains(path)).collect();
    complain(!stray.is_empty(), format!("it wrote {stray:?}"));
    wrong
}

/// The commands that a file is read with, in turn; the library is the only place that one of them writes to.
const COMMANDS: [&[&str]; 4] = [&["check"], &["show"], &["import"], &["check", "--json"]];

/// Reads a file with a command, and gives what is wrong; and the memory and the work that it took.
fn read(number: usize, hostile: &Hostile) -> (Vec<String>, [u64; 2]) {
    let room = Room::new();
    let file = room.path("in").join(&hostile.name);
    std::fs::write(&file, &hostile.bytes).unwrap();
    let command = COMMANDS[number % COMMANDS.len()];
    let arguments = [command, &[hostile.name.as_str()]].concat();
    let mut seen = room.run(PROGRAM, &arguments);
    if command.contains(&"--json") && seen.status == Some(2) {
        // There the error is a line of JSON and the remedy is said beside it.
        seen.err += &seen.out;
    }
    let wrong = complaints(&seen, &hostile.name, &hostile.fate, &[file]);
    let told = |wrong: String| {
        let said: String = seen.err.chars().take(300).collect();
        format!("{} with {}: {wrong}; {said}", hostile.name, command[0])
    };
    (wrong.into_iter().map(told).collect(), [seen.memory, seen.work])
}

/// A document of Word with this for its text.
pub(super) fn package(text: &str) -> Vec<u8> {
    bombs::document(text)
}

#[test]
fn hostile_files_are_refused_or_read_within_the_limits() {
    let kinds = [bombs::all(), office::all(), sheets::all(), web::all(), plain::all(), old::all()];
    let all: Vec<Made> = kinds.into_iter().flatten().collect();
    #[cfg(feature = "pdf")]
    let all: Vec<Made> = all.into_iter().chain(paper::all()).collect();
    assert!(all.len() >= 100, "only {}", all.len());
    let count = all.len();
    let chosen: Vec<(usize, Made)> = scale().of(all.into_iter().enumerate().collect(), 12, 30);
    let tried = chosen.len();
    let (mut wrong, mut most) = (Vec::new(), [0; 2]);
    for (number, made) in chosen {
        let hostile = Hostile { name: made.name.to_owned(), bytes: (made.make)(), fate: made.fate };
        let (complaints, used) = read(number, &hostile);
        // At once: all of them take a while.
        complaints.iter().for_each(|complaint| figure("U1", complaint));
        wrong.extend(complaints);
        most = [0, 1].map(|what| most[what].max(used[what]));
    }
    figure(
        "U1",
        &format!(
            "{tried} of {count} hostile files read, at most {} MiB and {} s of a processor, {} complaints",
            most[0] >> 10,
            most[1].div_ceil(100),
            wrong.len()
        ),
    );
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Readers that are broken, each in a way of its own.
const BROKEN: [(&str, &str); 9] = [
    ("kill -SEGV $$", "ended with"),
    ("echo '错误：bomb.docx 坏了'; exit 2", "no error"),
    ("echo '错误：文件太大\n提示：请核对。' >&2; exit 2", "not named"),
    ("head -c 700000000 /dev/zero | tail -c 600000000 | tail -n 1 >/dev/null; exit 0", "it took"),
    ("echo x > ../home/.profile; exit 0", "it wrote"),
    ("printf '\\033]0;x\\007'; exit 0", "obeys"),
    ("exit 0", "it was read"),
    ("while :; do :; done", "it worked"),
    ("(while :; do :; done) & wait", "it worked"),
];

#[test]
fn a_reader_without_limits_is_found_out() {
    // A tenth of the work is enough to see that it does not end.
    let room = Room::with(MOST_WORK / 10);
    for (script, words) in BROKEN {
        let seen = room.run("/bin/sh", &["-c", script]);
        let wrong = complaints(&seen, "bomb.docx", &Fate::Refused(&["100 MB"]), &[]);
        assert!(wrong.iter().any(|wrong| wrong.contains(words)), "{script}: {wrong:?}");
        for path in files_in(&room.path("home")) {
            std::fs::remove_file(path).unwrap();
        }
    }
    // Our own reader, with its limits off: what it is given is only kept within them by them.
    let room = Room::with(u64::MAX);
    let file = room.path("in").join("heavy.json");
    std::fs::write(&file, plain::heavy()).unwrap();
    let script = format!("'{PROGRAM}' --read-confined 100000 1000 < heavy.json | cat >/dev/null");
    let seen = room.run("/bin/sh", &["-c", &script]);
    let wrong = complaints(&seen, "heavy.json", &Fate::Any, &[file]);
    figure(
        "U1",
        &format!("without its limits the reader takes more than {} MiB, and that is seen", seen.memory >> 10),
    );
    assert!(wrong.iter().any(|wrong| wrong.contains("it took")), "{wrong:?} {}", seen.memory);
}
