//! Two screens, and a screen and the command line, on one report.

use std::path::Path;
use std::process::{Command, Output};

use crate::pty::{FIRST_ROWS, ctrl, go_to, key_in, report};
use crate::terminal::{Line, Terminal};

use super::{PROGRAM, number};

const SIZE: (u16, u16) = (160, 24);
const NEW: [&str; 5] = ["new", "--agency", "岚桥县青石镇人民政府", "--year", "2025"];

fn run(data: &Path, arguments: &[&str]) -> Output {
    Command::new(PROGRAM).args(arguments).env("NIANBAO_DATA_DIR", data).current_dir(data).output().unwrap()
}

fn clean(data: &Path, arguments: &[&str]) -> String {
    let output = run(data, arguments);
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// A screen with the only report open, for a user of this name.
fn opened(data: &Path, user: &str) -> Terminal {
    let mut terminal = Terminal::start_behind(Line::NEAR, data, &[], SIZE, &[("USER", user)]);
    terminal.wait_for("共 1 份");
    terminal.send("\r");
    assert!(
        terminal.wait_until(|t| t.text().contains("已存") || t.text().contains("只读")),
        "{}",
        terminal.text()
    );
    terminal
}

/// A data directory with one report.
fn data() -> tempfile::TempDir {
    let data = tempfile::tempdir().unwrap();
    clean(data.path(), &NEW);
    data
}

#[test]
fn the_second_screen_is_told_who_and_the_next_one_after_a_kill_may_write() {
    let data = data();
    let mut first = opened(data.path(), "wang");
    go_to(&mut first, "requests/state_secret/natural_person");
    key_in(&mut first, "11");
    let mut second = opened(data.path(), "li");
    let host = rustix::system::uname();
    let said = second.text();
    for part in ["只读", "用户 wang", &host.nodename().to_string_lossy(), "进程", "刚刚"] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    assert!(said.contains("11"), "what was keyed in already\n{said}");
    go_to(&mut second, "requests/barred_by_law/natural_person");
    second.send("5");
    second.wait_for("不能改");
    // Killed, it holds nothing any more.
    first.kill();
    second.send("5");
    assert!(second.wait_until(|t| !t.text().contains("只读")), "{}", second.text());
    assert!(second.text().contains("上次意外中断，恢复"), "what the kill left is told\n{}", second.text());
    key_in(&mut second, "");
    second.send(&ctrl('q'));
    assert_eq!(second.exit_status(), 0);
    let kept = report(data.path(), "1");
    assert_eq!([4, 5].map(|row| number(&kept, FIRST_ROWS[row])), [11, 5]);
}

#[test]
fn the_command_line_reads_beside_an_open_screen_and_writes_only_elsewhere() {
    let data = data();
    let mut screen = opened(data.path(), "wang");
    go_to(&mut screen, "requests/state_secret/natural_person");
    key_in(&mut screen, "11");
    let output = run(data.path(), &["set", "1", "requests/received/natural_person=3"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), &output.stdout[..]), (Some(2), &b""[..]), "{said}");
    for part in ["用户 wang", "进程", "提示："] {
        assert!(said.contains(part), "{part}: {said}");
    }
    // What was acknowledged is seen at once, by everything that reads.
    assert!(
        clean(data.path(), &["show", "1", "--json"]).contains("\"requests/state_secret/natural_person\":11")
    );
    assert_ne!(run(data.path(), &["check", "1"]).status.code(), Some(2));
    assert_eq!(clean(data.path(), &["list", "--json"]).lines().count(), 1);
    clean(data.path(), &["export", "1", "-o", "out.json"]);
    assert_eq!(clean(data.path(), &["import", "out.json"]).trim(), "0002");
    clean(data.path(), &["set", "2", "requests/state_secret/natural_person=12"]);
    key_in(&mut screen, "13");
    screen.send(&ctrl('q'));
    assert_eq!(screen.exit_status(), 0);
    clean(data.path(), &["set", "1", "requests/received/natural_person=3"]);
    let kept = report(data.path(), "1");
    assert_eq!([4, 5, 0].map(|row| number(&kept, FIRST_ROWS[row])), [11, 13, 3]);
    assert_eq!(number(&report(data.path(), "2"), FIRST_ROWS[4]), 12);
}
