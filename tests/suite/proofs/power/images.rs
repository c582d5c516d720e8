//! The same on real file systems: an image whose machine stops while the program works on it, and starts again.
//!
//! What was not flushed is gone with the machine: the file system is told to stop without writing its journal
//! (`FS_IOC_SHUTDOWN`), is taken down, and replays its journal when it is mounted again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::record::Recorder;
use super::session::{PROGRAM, cells, listed};
use super::{FIRST_ROWS, SIZE, go_to, key_in, kills};
use crate::proofs::{examined, figure, scale};
use crate::support::skipped;
use crate::terminal::Terminal;

/// `FS_IOC_SHUTDOWN`, which both file systems know, without a flush of the journal.
const STOP: &str = "import fcntl, os, struct, sys
fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587d, struct.pack('I', 2))";

/// A file system in a file, mounted.
struct Image {
    directory: tempfile::TempDir,
    kind: &'static str,
}

fn run(program: &str, arguments: &[&str]) -> Result<Output, String> {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).output();
    match output {
        Ok(output) if output.status.success() => Ok(output),
        Ok(output) => Err(format!("{program}: {}", String::from_utf8_lossy(&output.stderr).trim())),
        Err(error) => Err(format!("{program}: {error}")),
    }
}

impl Image {
    /// A fresh one; where this machine cannot make, mount or stop it, that is said aloud.
    fn new(kind: &'static str) -> Option<Self> {
        let image = Self { directory: tempfile::tempdir().unwrap(), kind };
        let made = image.make().and_then(|()| image.stop()).and_then(|()| image.start());
        made.map_err(|why| skipped(&format!("no {kind} image: {why}"))).ok().map(|()| image)
    }

    fn make(&self) -> Result<(), String> {
        let (file, size) = (self.directory.path().join("image"), if self.kind == "xfs" { 320 } else { 48 });
        std::fs::File::create(&file).unwrap().set_len(size << 20).unwrap();
        std::fs::create_dir(self.mount()).unwrap();
        let force = if self.kind == "xfs" { "-f" } else { "-F" };
        run(&format!("mkfs.{}", self.kind), &["-q", force, file.to_str().unwrap()])?;
        self.start()
    }

    fn mount(&self) -> PathBuf {
        self.directory.path().join("mount")
    }

    fn start(&self) -> Result<(), String> {
        let (file, mount) = (self.directory.path().join("image"), self.mount());
        run("mount", &["-o", "loop", file.to_str().unwrap(), mount.to_str().unwrap()]).map(drop)
    }

    /// Stops the machine: nothing more reaches the disk.
    fn cut(&self) -> Result<(), String> {
        run("python3", &["-c", STOP, self.mount().to_str().unwrap()]).map(drop)
    }

    /// Stops the machine and takes the file system down.
    fn stop(&self) -> Result<(), String> {
        self.cut()?;
        self.take_down()
    }

    fn take_down(&self) -> Result<(), String> {
        let mount = self.mount();
        let mut done = Err(String::new());
        // A process that was just killed may still be leaving.
        let is_down = crate::terminal::until(|| {
            done = run("umount", &[mount.to_str().unwrap()]);
            done.is_ok()
        });
        if is_down { Ok(()) } else { done.map(drop) }
    }

    /// The power goes and comes back.
    fn restart(&self) {
        self.stop().and_then(|()| self.start()).unwrap();
    }

    fn data(&self) -> PathBuf {
        self.mount().join("data")
    }

    /// Runs the program until it is killed at some call or ends.
    fn program(&self, arguments: &[&str], killed_at: Option<&str>) -> Output {
        let Some(at) = killed_at else {
            return Command::new(PROGRAM)
                .args(arguments)
                .env("NIANBAO_DATA_DIR", self.data())
                .output()
                .unwrap();
        };
        let recorder = Recorder::new(&self.mount(), self.directory.path().join("log")).unwrap();
        recorder.run(PROGRAM, arguments, Some(at))
    }
}

impl Drop for Image {
    fn drop(&mut self) {
        // Also where the test has failed; lazily, so that nothing keeps it.
        let _ = run("umount", &["-l", self.mount().to_str().unwrap()]);
    }
}

/// Every image that this machine can make.
fn images() -> impl Iterator<Item = Image> {
    ["ext4", "xfs"].into_iter().filter_map(Image::new)
}

fn place(row: usize) -> String {
    format!("requests/{}/natural_person", FIRST_ROWS[row].key())
}

/// What is shown of report 1 beside totals.
fn shown(data: &Path) -> BTreeMap<String, i64> {
    let own: Vec<String> = (0..FIRST_ROWS.len()).map(place).collect();
    let mut cells = cells(data, "1").unwrap();
    cells.retain(|place, _| own.contains(place));
    cells
}

#[test]
fn the_power_goes_while_a_command_is_at_work() {
    for image in images() {
        let data = image.data();
        let identity = ["--agency", "岚桥县青石镇人民政府", "--year", "2025"];
        let new = [&["new"][..], &identity].concat();
        assert!(image.program(&new, None).status.success());
        image.restart();
        let (mut reports, mut held, mut points) = (1, BTreeMap::new(), 0);
        let calls = kills(&[
            ("fdatasync", 1),
            ("write", 5),
            ("fsync", 4),
            ("rename", 2),
            ("unlink", 2),
            ("openat", 40),
        ]);
        for (number, at) in scale().of(calls, 3, 24).iter().enumerate() {
            let (place, value) = (place(number % 12), 100 + i64::try_from(number).unwrap());
            let cell = format!("{place}={value}");
            let is_killed = !image.program(&["set", "1", &cell], Some(at)).status.success();
            image.restart();
            let now = shown(&data);
            let mut after = held.clone();
            after.insert(place.clone(), value);
            assert!(now == after || (is_killed && now == held), "{} {at}: {now:?}", image.kind);
            // What is acknowledged is there however soon the power goes.
            assert!(image.program(&["set", "1", &format!("{place}={}", value + 500)], None).status.success());
            image.restart();
            after.insert(place, value + 500);
            held = after;
            assert_eq!(shown(&data), held, "{} {at}", image.kind);
            points += 2;
        }
        let calls = kills(&[("mkdir", 1), ("fsync", 5), ("write", 2), ("rename", 2), ("openat", 30)]);
        for at in scale().of(calls, 1, 12) {
            let untold = usize::from(!image.program(&new, Some(&at)).status.success());
            image.restart();
            let now = listed(&data).unwrap().len();
            assert!((reports + 1 - untold..=reports + 1).contains(&now), "{} {at}: {now}", image.kind);
            assert!(image.program(&new, None).status.success());
            image.restart();
            assert_eq!(listed(&data).unwrap().len(), now + 1, "{} {at}", image.kind);
            (reports, points) = (now + 1, points + 2);
        }
        assert_eq!(shown(&data), held);
        examined(&data).unwrap();
        figure("D3", &format!("{}: the power went {points} times under a command, 0 lost", image.kind));
    }
}

#[test]
fn the_power_goes_while_the_screen_is_open() {
    for image in images() {
        let (data, rounds) = (image.data(), scale().of((1..=8).collect(), 1, 4));
        let mut keyed = 0;
        let mut held = BTreeMap::new();
        let identity = ["new", "--agency", "岚桥县青石镇人民政府", "--year", "2025"];
        assert!(image.program(&identity, None).status.success());
        for &count in &rounds {
            let mut terminal = Terminal::start(&data, &[], SIZE);
            terminal.wait_for("共 1 份");
            terminal.send("\r");
            terminal.wait_for("已存");
            go_to(&mut terminal, &place(4));
            for row in 4..4 + count.min(7) {
                keyed += 1;
                key_in(&mut terminal, &(7000 + keyed).to_string());
                held.insert(place(row), 7000 + keyed);
            }
            image.cut().unwrap();
            // From now on nothing can be kept, and nothing may be called kept.
            terminal.send("6\r");
            assert!(
                terminal.wait_until(|t| t.text().contains("没存上") || t.text().contains("失败")),
                "{}",
                terminal.text()
            );
            assert!(!terminal.text().contains("已存"), "{}", terminal.text());
            terminal.kill();
            image.take_down().and_then(|()| image.start()).unwrap();
            assert_eq!(shown(&data), held, "{}", image.kind);
            examined(&data).unwrap();
        }
        figure(
            "D3",
            &format!(
                "{}: the power went {} times under the screen, {keyed} cells, 0 lost",
                image.kind,
                rounds.len()
            ),
        );
    }
}

#[test]
fn a_saver_that_does_not_sync_loses_what_it_has_told() {
    for image in images() {
        let mount = image.mount();
        let save = |script: &str| {
            let output = Command::new("sh").args(["-c", script]).current_dir(&mount).output().unwrap();
            assert!(output.status.success(), "{output:?}");
            image.restart();
            std::fs::read_to_string(mount.join("f")).unwrap_or_default()
        };
        assert_eq!(save("printf 一 > t && sync t && mv t f && sync ."), "一");
        for broken in ["printf 二 > t && mv t f", "printf 二 > f", "printf 二 > t && sync t && mv t f"] {
            assert_ne!(save(broken), "二", "{}: {broken} was kept", image.kind);
            assert_eq!(save("printf 一 > t && sync t && mv t f && sync ."), "一");
        }
        figure("D3", &format!("{}: 3 of 3 savers that do not sync caught", image.kind));
    }
}
