//! What is full: the data, what is temporary, where the output goes.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{NEW, done, is_root, program, refused};
use crate::proofs::figure;

/// A small file system in memory, taken away at the end.
struct Room(tempfile::TempDir);

impl Room {
    /// Of so much; `None`, said aloud, where nothing may be mounted.
    fn new(options: &str) -> Option<Self> {
        let room = Self(tempfile::tempdir().unwrap());
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(room.0.path());
        let is_mounted = is_root() && mount.output().is_ok_and(|output| output.status.success());
        if !is_mounted {
            crate::support::skipped("no small file system can be mounted");
        }
        is_mounted.then_some(room)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Whether it may be written to from here on.
    fn remount(&self, options: &str) {
        let options = format!("remount,{options}");
        let status = Command::new("mount").args(["-o", &options]).arg(self.0.path()).status();
        assert!(status.unwrap().success());
    }

    /// Fills it, with bytes or with names.
    fn fill(&self) {
        let _ = std::fs::write(self.path("fill"), vec![1; 1 << 20]);
        (0..10_000).all(|number| std::fs::write(self.path(&format!("fill-{number}")), "").is_ok());
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let _ = Command::new("umount").args(["-l"]).arg(self.0.path()).output();
    }
}

fn value(data: &Path) -> Option<i64> {
    let shown: serde_json::Value =
        serde_json::from_str(&done(program(data, &["show", "1", "--json"]))).unwrap();
    shown["values"]["requests/received/natural_person"].as_i64()
}

#[test]
fn in_a_full_room_everything_can_be_read_and_what_cannot_be_kept_is_said() {
    for options in ["size=64k", "size=8m,nr_inodes=24"] {
        let Some(room) = Room::new(options) else { return };
        let data = room.path("data");
        done(program(&data, &NEW));
        done(program(&data, &["set", "1", "requests/received/natural_person=3"]));
        room.fill();
        // There is room for a line at the end of a file that is there, and for none beside it.
        let set = program(&data, &["set", "1", "requests/received/natural_person=4"]).output().unwrap();
        let said = String::from_utf8(set.stderr).unwrap().replace('\n', "");
        assert!(set.status.success() && said.contains("改动已存"), "{options}: {said}");
        assert!(said.contains("磁盘已满") && !said.contains("屏幕"), "{options}: {said}");
        for arguments in [&NEW[..], &["export", "1", "-o", room.path("out.md").to_str().unwrap()]] {
            let said = refused(&program(&data, arguments).output().unwrap());
            assert!(said.contains("磁盘已满"), "{options} {arguments:?}: {said}");
            assert!(said.contains(room.0.path().to_str().unwrap()), "{options} {arguments:?}: {said}");
        }
        let letters = room.path("意见");
        let letters = ["letters", "1", "--all", "-o", letters.to_str().unwrap()];
        let output = program(&data, &letters).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap().replace('\n', "");
        assert!(output.status.code() == Some(2) && said.contains("磁盘已满"), "{options}: {said}");
        assert_eq!(value(&data), Some(4), "{options}");
        assert_eq!(done(program(&data, &["list", "--json"])).lines().count(), 1);
        assert_ne!(program(&data, &["check", "1"]).output().unwrap().status.code(), Some(2));
        for name in std::fs::read_dir(room.0.path()).unwrap().flatten() {
            if name.file_name().to_string_lossy().starts_with("fill") {
                std::fs::remove_file(name.path()).unwrap();
            }
        }
        done(program(&data, &["set", "1", "requests/received/natural_person=5"]));
        assert_eq!(value(&data), Some(5));
        let left =
            super::below(&data).into_iter().filter(|path| path.to_string_lossy().contains("/.nianbao-"));
        assert_eq!(left.count(), 0, "{options}");
    }
}

#[test]
fn where_nothing_may_be_written_everything_can_be_looked_at() {
    let Some(room) = Room::new("size=4m") else { return };
    let data = room.path("data");
    done(program(&data, &NEW));
    done(program(&data, &["set", "1", "requests/received/natural_person=3"]));
    // It has to be mended before anything may be added to it.
    let journal = OpenOptions::new().append(true).open(data.join("reports/0001/journal"));
    journal.unwrap().write_all(b"0000").unwrap();
    room.remount("ro");
    assert_eq!(value(&data), Some(3));
    done(program(&data, &["list"]));
    let said =
        refused(&program(&data, &["set", "1", "requests/received/natural_person=4"]).output().unwrap());
    assert!(said.contains("只读"), "{said}");
    room.remount("rw");
    done(program(&data, &["set", "1", "requests/received/natural_person=5"]));
    assert_eq!(value(&data), Some(5));
}

#[test]
fn without_room_for_what_is_temporary_everything_is_read_and_written() {
    let root = tempfile::tempdir().unwrap();
    let data = root.path().join("data");
    let full = Room::new("size=64k");
    full.iter().for_each(Room::fill);
    let rooms = [Some(root.path().join("nowhere")), full.as_ref().map(|room| room.0.path().to_owned())];
    done(program(&data, &NEW));
    for (number, room) in rooms.into_iter().flatten().enumerate() {
        for kind in ["docx", "xlsx", "html", "pdf", "csv", "json"] {
            let out = root.path().join(format!("{number}.{kind}"));
            let mut export = program(&data, &["export", "1", "-o", out.to_str().unwrap()]);
            let output = export.env("TMPDIR", &room).output().unwrap();
            if kind == "pdf" && !output.status.success() {
                // A machine without Chinese fonts.
                refused(&output);
                continue;
            }
            assert!(output.status.success(), "{kind}: {output:?}");
            let mut check = program(&data, &["check", out.to_str().unwrap()]);
            let output = check.env("TMPDIR", &room).output().unwrap();
            assert_ne!(output.status.code(), Some(2), "{kind}: {output:?}");
        }
    }
}

#[test]
fn where_the_output_goes_nowhere_the_status_says_so() {
    let root = tempfile::tempdir().unwrap();
    let data = root.path().join("data");
    done(program(&data, &NEW));
    let full = || OpenOptions::new().write(true).open("/dev/full").unwrap();
    let commands: [&[&str]; 13] = [
        &["list"],
        &["show", "1"],
        &["show", "1", "--json"],
        &["check", "1"],
        &["check", "1", "--json"],
        &["export", "1", "-o", "-", "--to", "md"],
        &["path"],
        &["keys"],
        &["--help"],
        &["--version"],
        &["rollup", "1"],
        &["trends", "1"],
        &["check", "1", "--format", "sarif"],
    ];
    for arguments in commands {
        let said = refused(&program(&data, arguments).stdout(full()).output().unwrap());
        assert!(said.contains("写不出去") && said.contains("磁盘已满"), "{arguments:?}: {said}");
        // Nor does anything else happen where not even that can be said.
        let status = program(&data, arguments).stdout(full()).stderr(full()).status().unwrap();
        assert_eq!(status.code(), Some(2), "{arguments:?}");
    }
    // What was done before it could be told is done.
    let set = ["set", "1", "requests/received/natural_person=3"];
    refused(&program(&data, &set).stdout(full()).output().unwrap());
    assert_eq!(value(&data), Some(3));
    let closed = ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"];
    for (streams, value_set) in closed.into_iter().zip(10..) {
        let script = format!("\"$0\" set 1 requests/received/natural_person={value_set} {streams}; exit $?");
        let mut shell = Command::new("sh");
        shell.args(["-c", &script, super::PROGRAM]).env("NIANBAO_DATA_DIR", &data).stdin(Stdio::null());
        assert_eq!(shell.output().unwrap().status.code(), Some(0), "{streams}");
        assert_eq!(value(&data), Some(value_set), "{streams}");
    }
    figure("surroundings", &format!("{} commands into a full device, all with status 2", commands.len()));
}
