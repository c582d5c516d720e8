//! What the store keeps of a report: its journal and its snapshot, with sums that hold, so that what is in them is read.
//!
//! The first byte says whether the rest is the file as it is, or what is in it.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use nianbao::form::Form;
use nianbao::report::Report;
use nianbao::store::{Access, Id, Library, Opened};

/// Where it is tried: one directory at a time.
static ONE: Mutex<()> = Mutex::new(());

/// Opens a library with one report, one of whose files is this. Whatever becomes of it, it is the same the second time, and
/// then there is nothing to be brought back.
fn opened(name: &str, bytes: &[u8], has_other: bool) {
    let _one = ONE.lock();
    let home = tempfile::tempdir().unwrap();
    let library = Library::open(home.path()).unwrap();
    let id = library.create(&Report::new(Form::current())).unwrap();
    let of_report = home.path().join("reports").join(id.to_string());
    std::fs::write(of_report.join(name), bytes).unwrap();
    if !has_other {
        let other = if name == JOURNAL { SNAPSHOT } else { JOURNAL };
        std::fs::remove_file(of_report.join(other)).unwrap();
    }
    let before = kept(&of_report);
    let read = library.read(id);
    assert_eq!(kept(&of_report), before, "reading changes nothing");
    let Some((first, recovered)) = session(&library, id) else {
        assert_eq!(kept(&of_report), before, "what cannot be opened is left as it is");
        return;
    };
    let is_damaged = recovered.is_some();
    assert!(recovered.is_none_or(|said| !said.is_empty()));
    assert_eq!(read.ok().as_ref(), Some(&first), "read and opened are two reports");
    let (second, recovered) = session(&library, id).expect("it opens once and not again");
    assert_eq!((&second, recovered), (&first, None));
    let after = kept(&of_report);
    // What was set right may have been the other file: this one was read, and written anew as we write it.
    let is_held = name == SNAPSHOT && Report::from_bytes(bytes).is_ok_and(|held| held == second);
    assert!(
        !is_damaged || is_held || is_there_still(name, bytes, &after),
        "what was damaged is gone: {after:?}"
    );
}

/// Whether what a damaged file held is there still: byte for byte under one name or another, or, where it only had a torn
/// end, up to there.
fn is_there_still(name: &str, bytes: &[u8], after: &[(String, Vec<u8>)]) -> bool {
    let is_it = |(kept, now): &(String, Vec<u8>)| {
        now == bytes || (kept == name && !now.is_empty() && bytes.starts_with(now))
    };
    bytes.is_empty() || after.iter().any(is_it)
}

/// The control of the law: what a store leaves that throws away what it mends.
#[test]
fn what_is_thrown_away_is_missed() {
    let left = |files: &[(&str, &str)]| -> Vec<_> {
        files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.as_bytes().to_vec())).collect()
    };
    let is_there = |files: &[(&str, &str)]| is_there_still(JOURNAL, b"one\ntwo\nthr", &left(files));
    assert!(is_there(&[(JOURNAL, "new\n"), ("journal.damaged", "one\ntwo\nthr")]));
    assert!(is_there(&[(JOURNAL, "one\ntwo\n")]));
    assert!(!is_there(&[(JOURNAL, "new\n"), ("journal.damaged", "one\n")]));
    assert!(!is_there(&[(JOURNAL, ""), ("journal.damaged", "")]));
    assert!(!is_there(&[(SNAPSHOT, "one\n")]));
}

/// The report, and what was brought back, where it may be changed; it is closed as it was opened.
fn session(library: &Library, id: Id) -> Option<(Report, Option<String>)> {
    let Opened { session, access: Access::Writable(mut draft), recovered, .. } =
        library.open_session(id).ok()?
    else {
        return None;
    };
    draft.close(&session, None).unwrap();
    Some((session.report().clone(), recovered))
}

/// The files of a report and what is in them; not the lock, whose owner changes.
fn kept(directory: &Path) -> Vec<(String, Vec<u8>)> {
    let paths = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    let named = |path: PathBuf| {
        (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap())
    };
    let mut kept: Vec<_> = paths.map(named).filter(|(name, _)| !name.starts_with("lock")).collect();
    kept.sort();
    kept
}

const JOURNAL: &str = "journal";

const SNAPSHOT: &str = "report.json";

/// The lines of a journal, with their lengths, numbers and sums; the first is the report that it begins with.
pub(super) fn journal(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let has_other = first & 2 != 0;
    if first % 2 == 1 {
        return opened(JOURNAL, rest, has_other);
    }
    let mut file = Vec::new();
    for (number, line) in rest.split(|&byte| byte == b'\n').enumerate() {
        let json = if number == 0 { [b"{\"begin\":", line, b"}"].concat() } else { line.to_vec() };
        let body = [format!("{:016x} ", number + 1).as_bytes(), &json].concat();
        file.extend_from_slice(format!("{:08x} {:08x} ", body.len(), crc32fast::hash(&body)).as_bytes());
        file.extend_from_slice(&body);
        file.push(b'\n');
    }
    opened(JOURNAL, &file, has_other);
}

/// A snapshot, with its sum.
pub(super) fn snapshot(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let has_other = first & 2 != 0;
    if first % 2 == 1 {
        return opened(SNAPSHOT, rest, has_other);
    }
    let sum = format!(",\"crc32\":\"{:08x}\"}}\n", crc32fast::hash(rest));
    opened(SNAPSHOT, &[rest, sum.as_bytes()].concat(), has_other);
}
