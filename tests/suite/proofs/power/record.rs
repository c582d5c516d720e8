//! What a program does to a directory, call by call with its contents: traced with `strace` and read from its log.
//!
//! A call that changes files and is not understood stops the test: what is not modelled is not proven.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The calls that change files, or make changes last, or open for writing.
const CALLS: &str = "open,openat,creat,write,pwrite64,writev,fsync,fdatasync,sync,syncfs,sync_file_range,rename,renameat,renameat2,\
                     unlink,unlinkat,mkdir,mkdirat,rmdir,truncate,ftruncate,link,linkat,symlink,symlinkat,fallocate,\
                     copy_file_range,sendfile,mknod,mknodat";

/// One change of a directory, or the wish that changes last. Paths are below the directory.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Op {
    MakeDirectory(PathBuf),
    /// Opened for writing where it was not there, or to be emptied.
    Open {
        path: PathBuf,
        empties: bool,
        appends: bool,
    },
    Write(PathBuf, Vec<u8>),
    Cut(PathBuf, usize),
    Sync(PathBuf),
    Rename(PathBuf, PathBuf),
    Remove(PathBuf),
}

/// A log that grows with every program that is run.
pub(super) struct Recorder {
    root: PathBuf,
    log: PathBuf,
}

impl Recorder {
    /// A recorder of what happens below `root`; `None`, and said aloud, where there is no `strace` that may trace.
    pub(super) fn new(root: &Path, log: PathBuf) -> Option<Self> {
        let tried =
            Command::new("strace").args(["-f", "-o", "/dev/null", "true"]).stderr(Stdio::null()).status();
        if !tried.is_ok_and(|status| status.success()) {
            crate::support::skipped("there is no strace here, or it may not trace");
            return None;
        }
        Some(Self { root: root.canonicalize().unwrap(), log })
    }

    /// The words that have a program traced, before its own; and have it killed at some call, as `fsync:when=2`.
    pub(super) fn words(&self, killed_at: Option<&str>) -> Vec<String> {
        let log = self.log.to_str().unwrap();
        let words =
            ["strace", "-f", "-A", "-y", "-xx", "-s", "99999999", "-e", "signal=none", "-o", log, "-e"];
        let kill = killed_at
            .and_then(|at| at.split_once(':'))
            .map(|(call, when)| format!("inject={call}:signal=KILL:{when}"));
        let kill = kill.into_iter().flat_map(|kill| ["-e".to_owned(), kill]);
        words.into_iter().map(str::to_owned).chain([format!("trace={CALLS}")]).chain(kill).collect()
    }

    /// Runs a program, traced, with its data in the directory; perhaps until it is killed at some call.
    pub(super) fn run(&self, program: &str, arguments: &[&str], killed_at: Option<&str>) -> Output {
        let words = self.words(killed_at);
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).arg(program).args(arguments).current_dir(&self.root);
        command.env("NIANBAO_DATA_DIR", self.root.join("data")).stdin(Stdio::null()).output().unwrap()
    }

    /// How far the log goes now.
    pub(super) fn mark(&self) -> usize {
        std::fs::metadata(&self.log).map_or(0, |log| log.len() as usize)
    }

    /// Everything that was done so far, each with how far the log went then.
    pub(super) fn ops(&self) -> Vec<(usize, Op)> {
        let log = std::fs::read_to_string(&self.log).unwrap_or_default();
        // The last line may not be whole yet.
        let whole = log.rfind('\n').map_or("", |end| &log[..end]);
        let mut begun: Vec<(&str, &str)> = Vec::new();
        let mut ops = Vec::new();
        let mut mark = 0;
        for line in whole.lines() {
            mark += line.len() + 1;
            let Some((process, call)) = line.split_once(char::is_whitespace) else { continue };
            let call = call.trim_start();
            if let Some(start) = call.strip_suffix("<unfinished ...>") {
                begun.push((process, start.trim_end()));
            } else if let Some((_, end)) =
                call.strip_prefix("<... ").and_then(|call| call.split_once(" resumed>"))
            {
                let at = begun.iter().position(|(of, _)| *of == process).unwrap();
                ops.extend(self.op(&format!("{}{end}", begun.remove(at).1)).map(|op| (mark, op)));
            } else {
                ops.extend(self.op(call).map(|op| (mark, op)));
            }
        }
        ops
    }

    /// What a call does below the root; nothing where it failed or is about something else.
    fn op(&self, call: &str) -> Option<Op> {
        let (name, rest) = call.split_once('(')?;
        let (arguments, result) = rest.rsplit_once(" = ")?;
        if result.starts_with('-') || result.starts_with('?') {
            return None;
        }
        let arguments = arguments.trim_end().strip_suffix(')')?;
        let arguments: Vec<&str> = split(arguments);
        let own = |at: usize| self.below(&path(arguments[at]));
        // Of a call that takes a directory and a name in it.
        let named = |at: usize| self.below(&path(arguments[at]).join(path(arguments[at + 1])));
        let at_once = |path: PathBuf| self.root.join(path);
        match name {
            "mkdir" => own(0).map(Op::MakeDirectory),
            "mkdirat" => named(0).map(Op::MakeDirectory),
            "unlink" | "rmdir" => own(0).map(Op::Remove),
            "unlinkat" => named(0).map(Op::Remove),
            "rename" => Some(Op::Rename(own(0)?, own(1).expect("renamed out of the directory"))),
            "renameat" | "renameat2" => {
                Some(Op::Rename(named(0)?, named(2).expect("renamed out of the directory")))
            }
            "open" | "openat" => {
                let first = usize::from(name == "openat");
                let path = if first == 1 { named(0) } else { own(0) }?;
                let has = |flag: &str| arguments[first + 1].split('|').any(|is| is == flag);
                let (empties, appends) = (has("O_TRUNC"), has("O_APPEND"));
                (has("O_CREAT") || has("O_WRONLY") || has("O_RDWR")).then_some(Op::Open {
                    path,
                    empties,
                    appends,
                })
            }
            "write" => {
                let mut bytes = bytes(arguments[1]);
                bytes.truncate(result.split(' ').next()?.parse().unwrap());
                Some(Op::Write(own(0)?, bytes))
            }
            "ftruncate" => Some(Op::Cut(own(0)?, arguments[1].parse().unwrap())),
            "fsync" | "fdatasync" => own(0).map(Op::Sync),
            _ => {
                let elsewhere = !call.contains(&hex(at_once(PathBuf::new()).to_str().unwrap()));
                assert!(elsewhere, "not modelled: {}", &call[..call.len().min(400)]);
                None
            }
        }
    }

    fn below(&self, path: &Path) -> Option<PathBuf> {
        // What was removed while it was open is of no consequence any more.
        let is_gone = path.to_string_lossy().ends_with("(deleted)");
        // Every program is started in the directory.
        self.root.join(path).strip_prefix(&self.root).ok().filter(|_| !is_gone).map(Path::to_owned)
    }
}

/// Arguments, apart at their commas: within quotes and brackets everything is hexadecimal, and there is none.
fn split(arguments: &str) -> Vec<&str> {
    arguments.split(", ").collect()
}

/// The path of an argument: quoted, or that of a descriptor.
fn path(argument: &str) -> PathBuf {
    let quoted = argument.strip_prefix('"').and_then(|rest| rest.split('"').next());
    // A pipe or a socket has a name that is no path.
    let is_path = |name: &&str| name.starts_with("\\x2f");
    let open = || {
        argument
            .split_once('<')
            .and_then(|(_, rest)| rest.split('>').next())
            .filter(is_path)
            .or(Some("\\x2f"))
    };
    let spelled = quoted.or_else(open).unwrap_or_default();
    let deleted = if argument.contains("(deleted)") { " (deleted)" } else { "" };
    let bytes = bytes(spelled);
    use std::os::unix::ffi::OsStringExt as _;
    PathBuf::from(std::ffi::OsString::from_vec([&bytes[..], deleted.as_bytes()].concat()))
}

/// The bytes of `\x61\x62…`, quoted or not.
fn bytes(spelled: &str) -> Vec<u8> {
    let digits = spelled.trim_matches('"').split("\\x").skip(1);
    digits.map(|pair| u8::from_str_radix(&pair[..2], 16).unwrap()).collect()
}

fn hex(text: &str) -> String {
    text.bytes().map(|byte| format!("\\x{byte:02x}")).collect()
}

#[test]
fn a_log_is_read_as_what_was_done() {
    let directory = tempfile::tempdir().unwrap();
    let root = directory.path().join("root");
    std::fs::create_dir(&root).unwrap();
    let Some(recorder) = Recorder::new(&root, directory.path().join("log")) else { return };
    recorder.run(
        "sh",
        &["-c", "printf 一 > a; sync a; mv a b; sync .; mkdir c; rmdir c; printf x >> b; rm b; mv gone b"],
        None,
    );
    let path = PathBuf::from;
    assert_eq!(
        recorder.ops().into_iter().map(|(_, op)| op).collect::<Vec<_>>(),
        [
            Op::Open { path: path("a"), empties: true, appends: false },
            Op::Write(path("a"), "一".into()),
            Op::Sync(path("a")),
            Op::Rename(path("a"), path("b")),
            Op::Sync(path("")),
            Op::MakeDirectory(path("c")),
            Op::Remove(path("c")),
            Op::Open { path: path("b"), empties: false, appends: true },
            Op::Write(path("b"), "x".into()),
            Op::Remove(path("b")),
        ]
    );
}
