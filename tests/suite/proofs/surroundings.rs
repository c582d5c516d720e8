//! The surroundings: whoever runs the program, wherever its data lies, whatever things are called and whatever is full.
//! What cannot be done is said in Chinese with place and remedy, and nothing outside is touched.

mod names;
mod owners;
mod rooms;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const PROGRAM: &str = env!("CARGO_BIN_EXE_nianbao");
const NEW: [&str; 5] = ["new", "--agency", "岚桥县青石镇人民政府", "--year", "2025"];

/// Somebody who is in no list of users.
const USER: u32 = 61_234;

/// The program with nothing but a data directory around it.
fn program(data: impl AsRef<OsStr>, arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).env_clear().env("NIANBAO_DATA_DIR", data);
    command
}

/// What a run that had to do its work has printed.
#[track_caller]
fn done(mut command: Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What a run that could not do its work has said, in one line; it never speaks as a programmer would.
#[track_caller]
fn refused(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).replace('\n', "");
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("错误：") && said.contains("提示："), "{said}");
    for words in ["os error", "panicked", "Error", "denied", "No space"] {
        assert!(!said.contains(words), "{words}: {said}");
    }
    said
}

/// Everything below a directory, in order.
fn below(directory: &Path) -> Vec<PathBuf> {
    let mut all = vec![directory.to_owned()];
    let mut next = 0;
    while let Some(path) = all.get(next).cloned() {
        if path.symlink_metadata().unwrap().is_dir() {
            all.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        }
        next += 1;
    }
    all.sort();
    all
}

/// Whether the tests may become somebody else; if not, it is said.
fn is_root() -> bool {
    let is_root = rustix::process::geteuid().is_root();
    if !is_root {
        crate::support::skipped("only root may run a program as somebody else, or mount");
    }
    is_root
}

/// What these proofs look at is seen where it is wrong.
#[test]
fn a_program_that_speaks_as_a_programmer_would_or_litters_is_caught() {
    let root = tempfile::tempdir().unwrap();
    let says = |script: &str| {
        let output = Command::new("sh").args(["-c", script]).current_dir(root.path()).output().unwrap();
        std::panic::catch_unwind(|| refused(&output)).is_ok()
    };
    assert!(says("echo '错误：磁盘已满\n提示：请清理' >&2; exit 2"));
    assert!(!says("echo '错误：No space left on device (os error 28)\n提示：请清理' >&2; exit 2"));
    assert!(!says("echo '错误：磁盘已满' >&2; exit 2"));
    assert!(!says("echo '错误：磁盘已满\n提示：请清理' >&2; exit 1"));
    assert!(!says("echo 'thread main panicked' >&2; exit 101"));
    let before = below(root.path());
    says("mkdir stray; touch stray/file");
    assert_eq!(below(root.path()).len(), before.len() + 2);
}
