//! What is named as a file and is none, or changes while it is read; names that a terminal would obey; registers.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{FileTypeExt as _, symlink};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rustix::fs::{CWD, FileType, Mode, mknodat};

use super::{Fate, PROGRAM, Room, bombs, complaints, files_in, sheets};
use crate::proofs::figure;

const NO_FILE: Fate = Fate::Refused(&["普通文件"]);
const NOT_READ: Fate = Fate::Refused(&["没有", "读不了", "读取"]);

/// Reads what is named with every command that reads, and asserts that nothing is wrong with it.
fn assert_told(room: &Room, named: &str, fate: &Fate) {
    let known = files_in(&room.path("in"));
    for command in [&["check"][..], &["show"], &["import"], &["compare", named]] {
        let seen = room.run(PROGRAM, &[command, &[named]].concat());
        let wrong = complaints(&seen, named, fate, &known);
        assert!(wrong.is_empty(), "{command:?} {named}: {wrong:?}; {} {}", seen.err, seen.out);
    }
}

#[test]
fn what_is_no_plain_file_is_refused_at_once() {
    let room = Room::new();
    let within = room.path("in");
    mknodat(CWD, within.join("pipe.docx"), FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    symlink("pipe.docx", within.join("link.docx")).unwrap();
    symlink("loop.docx", within.join("loop.docx")).unwrap();
    symlink("/no/such/file", within.join("dangling.docx")).unwrap();
    symlink("/dev/zero", within.join("zero.docx")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(within.join("socket.docx")).unwrap();
    for name in ["pipe.docx", "link.docx", "zero.docx", "socket.docx", "/dev/zero", "/dev/full"] {
        assert_told(&room, name, &NO_FILE);
    }
    for name in ["loop.docx", "dangling.docx", "no-such.docx"] {
        assert_told(&room, name, &NOT_READ);
    }
    assert!(within.join("pipe.docx").symlink_metadata().unwrap().file_type().is_fifo());
    // Made up by the kernel while it is read, and of no size; or not to be read at all.
    assert_told(&room, "/proc/self/maps", &Fate::Any);
    assert_told(&room, "/proc/self/mem", &Fate::Any);
}

#[test]
fn a_file_with_nothing_in_it_but_its_size_is_refused_by_it() {
    let room = Room::new();
    File::create(room.path("in").join("sparse.docx")).unwrap().set_len(60 << 20).unwrap();
    assert_told(&room, "sparse.docx", &Fate::Refused(&["50 MB"]));
    File::create(room.path("in").join("giant.docx")).unwrap().set_len(1 << 40).unwrap();
    assert_told(&room, "giant.docx", &Fate::Refused(&["50 MB"]));
}

/// Reads a file again and again while something is done to it.
fn while_it_changes(change: impl Fn(&Path) + Send + Sync) {
    let room = Room::new();
    let path = room.path("in").join("changing.txt");
    fs::write(&path, "x").unwrap();
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(Ordering::Relaxed) {
                change(&path);
            }
        });
        let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let known = [path.clone()];
            for command in ["check", "import"] {
                let seen = room.run(PROGRAM, &[command, "changing.txt"]);
                let wrong = complaints(&seen, "changing.txt", &Fate::Any, &known);
                assert!(wrong.is_empty(), "{command}: {wrong:?}; {} {}", seen.err, seen.out);
            }
        }));
        is_over.store(true, Ordering::Relaxed);
        ended.unwrap();
    });
}

#[test]
fn a_file_that_grows_or_shrinks_is_read_once() {
    while_it_changes(|path| {
        // As fast as it is read, and with no end but that of the disk.
        let mut file = fs::OpenOptions::new().append(true).open(path).unwrap();
        if file.metadata().unwrap().len() > 70 << 20 {
            file.set_len(0).unwrap();
        }
        file.write_all(&[b'\n'; 1 << 16]).unwrap();
    });
    while_it_changes(|path| {
        let whole = "云岭县水务局2025年政府信息公开工作年度报告\n一、总体情况\n甲。\n".repeat(1000);
        fs::write(path, whole).unwrap();
        File::options().write(true).open(path).unwrap().set_len(7).unwrap();
        std::thread::sleep(Duration::from_micros(200));
    });
}

#[test]
fn a_name_is_shown_and_never_obeyed() {
    let names: [&[u8]; 7] = [
        b"\x1b]0;owned\x07.docx",
        b"\x1b[2J\x1b[H.docx",
        "年报\u{202e}xcod.docx".as_bytes(),
        b"a\rb\nc.docx",
        b"\xff\xfe\x80.docx",
        b"\xc2\x9b31m.docx",
        "\u{e0041}\u{200b}.docx".as_bytes(),
    ];
    for name in names {
        let room = Room::new();
        let file = room.path("in").join(OsStr::from_bytes(name));
        fs::write(&file, "明天下午开会。").unwrap();
        for command in ["check", "show", "import"] {
            // Named by its directory, so that no name is taken for an argument; and all that is there.
            let seen = room.run(PROGRAM, &[command, "."]);
            let wrong = complaints(&seen, "", &Fate::Any, std::slice::from_ref(&file));
            let wrong: Vec<_> = wrong.iter().filter(|wrong| !wrong.contains("no error")).collect();
            assert!(wrong.is_empty(), "{command} {name:?}: {wrong:?}; {:?} {:?}", seen.err, seen.out);
        }
    }
}

/// A register is read by the program itself: no parser that may abort, and the same limits.
#[test]
fn a_hostile_register_is_refused_within_the_limits() {
    let mut most = 0;
    let all: Vec<super::Made> =
        bombs::all().into_iter().chain(sheets::all()).chain(super::plain::all()).collect();
    let chosen = crate::proofs::scale().of(all, 3, 40);
    let count = chosen.len();
    let mut all_wrong = Vec::new();
    for hostile in chosen {
        let room = Room::new();
        let (units, report) = (room.path("in").join(hostile.name), room.path("in").join("a.json"));
        fs::write(&units, (hostile.make)()).unwrap();
        fs::write(&report, crate::cli::saved(&[])).unwrap();
        let seen = room.run(PROGRAM, &["rollup", "a.json", "--units", hostile.name, "-o", "-"]);
        let wrong = complaints(&seen, hostile.name, &Fate::Any, &[units, report]);
        all_wrong.extend(wrong.into_iter().map(|wrong| format!("{}: {wrong}; {}", hostile.name, seen.err)));
        most = most.max(seen.memory);
    }
    figure("U1", &format!("{count} hostile registers read, at most {} MiB", most >> 10));
    assert!(all_wrong.is_empty(), "\n{}", all_wrong.join("\n"));
}
