//! Reading in a child process: the same report comes back, the limits are really on, and whatever a child does the parent
//! says so and lives.

use std::io::Write as _;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use nianbao::confine::{Limits, read_in};
use nianbao::import::{self, ImportError};
use nianbao::report::Report;

use rustix::process::{Pid, Signal, kill_process};

use crate::cli::Desk;
use crate::pty::ctrl;
use crate::terminal::{Line, Terminal, until};

const PROGRAM: &str = env!("CARGO_BIN_EXE_nianbao");

fn read(program: &str, bytes: &[u8], limits: Limits) -> Result<Report, ImportError> {
    read_in(Path::new(program), bytes, limits, &mut || true).map(|reading| reading.report)
}

/// A text of 30 MB that nobody has said the encoding of: much to keep, and much to do.
fn heavy() -> Vec<u8> {
    encoding_rs::GBK.encode("云岭县水务局：编制说明，依申请公开。\n").0.repeat(850_000)
}

#[test]
fn a_report_comes_back_as_it_was_read_with_its_notices() {
    let text = "云岭县水务局2025年政府信息公开工作年度报告\n一、总体情况\n“甲”\\ \u{2028}𠮷。\n\
                二、主动公开政府信息情况\n规章\t１\t2件\t约3\n";
    let here = import::read(text.as_bytes()).unwrap();
    assert!(here.notices().count() > 2);
    assert_eq!(read(PROGRAM, text.as_bytes(), Limits::USUAL).unwrap(), here);
    let there = read_in(Path::new(PROGRAM), text.as_bytes(), Limits::USUAL, &mut || true).unwrap();
    assert!(there.origins.len() > 3);
    assert_eq!(there, import::locate(text.as_bytes()).unwrap());
    let patient = Limits { patience: Duration::MAX, ..Limits::USUAL };
    assert_eq!(read(PROGRAM, text.as_bytes(), patient).unwrap(), here);
    for bytes in [&b"PK\x03\x04"[..], b"\xd0\xcf\x11\xe0", b"", b"{\\rtf1 x}"] {
        let (here, there) =
            (import::read(bytes).unwrap_err(), read(PROGRAM, bytes, Limits::USUAL).unwrap_err());
        assert_eq!((here.to_string(), here.hint()), (there.to_string(), there.hint()));
        assert_eq!(here.is_foreign(), there.is_foreign());
    }
}

#[test]
fn each_limit_ends_in_an_error_that_names_it() {
    let heavy = heavy();
    let usual = Limits::USUAL;
    for (limits, words) in [
        (Limits { megabytes: 100, ..usual }, "内存超过 100 MB"),
        (Limits { seconds: 1, ..usual }, "处理器时间超过 1 秒"),
        (Limits { patience: Duration::from_millis(100), ..usual }, "读取的时间超过 0 秒"),
    ] {
        let error = read(PROGRAM, &heavy, limits).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
        assert!(error.hint().contains("选错了文件"), "{}", error.hint());
    }
    let error = read_in(Path::new(PROGRAM), &heavy, usual, &mut || false).unwrap_err();
    assert!(matches!(error, ImportError::Stopped));
}

#[test]
fn files_of_nothing_but_short_lines_are_refused_within_the_limits() {
    let long = "编制说明".repeat(70) + "\n";
    for (line, words) in
        [("a\n", "200000 行"), ("甲\r\n", "200000 行"), ("\n\n\n\n、\n", "200000 行"), (&long, "20000 行")]
    {
        let error =
            read(PROGRAM, line.repeat(48_000_000 / line.len()).as_bytes(), Limits::USUAL).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
    }
}

#[test]
fn whatever_a_child_does_instead_of_answering_is_an_error() {
    for program in ["true", "false", "echo", "yes", "sh"] {
        let program = ["/usr/bin", "/bin"].map(|directory| format!("{directory}/{program}"));
        let Some(program) = program.iter().find(|program| Path::new(program).exists()) else { continue };
        let error = read(program, &[b'x'; 1 << 20], Limits::USUAL).unwrap_err();
        assert!(matches!(error, ImportError::Crashed(_)), "{program}: {error}");
        assert!(error.hint().ends_with('。'));
    }
    let error = read("/no/such/program", b"x", Limits::USUAL).unwrap_err();
    assert!(matches!(error, ImportError::NotStarted(_)), "{error}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_child_is_held_to_its_limits_before_it_reads() {
    let mut child = Command::new(PROGRAM);
    child.args(["--read-confined", "512", "10"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = child.spawn().unwrap();
    // As long as its input has no end it only waits.
    let mut input = child.stdin.take().unwrap();
    input.write_all("年报".as_bytes()).unwrap();
    let limits = || std::fs::read_to_string(format!("/proc/{}/limits", child.id())).unwrap();
    // The last that is set; the time is only there so that a program that never does it fails here.
    let is_held = |limits: &str| row(limits, "Max open files") == ["3", "3"];
    let held = (0..600).map(|_| limits()).find(|limits| {
        std::thread::sleep(Duration::from_millis(50));
        is_held(limits)
    });
    let held = held.expect("no limit was set");
    assert_eq!(row(&held, "Max address space"), ["536870912", "536870912"]);
    assert_eq!(row(&held, "Max cpu time"), ["10", "12"]);
    assert_eq!(row(&held, "Max core file size"), ["0", "0"]);
    assert_eq!(row(&held, "Max file size"), ["0", "0"]);
    drop(input);
    let answer = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    assert!(answer.contains("没有认出年度报告"), "{answer}");
}

/// The soft and the hard limit of a row.
fn row<'l>(limits: &'l str, name: &str) -> Vec<&'l str> {
    let row = limits.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    row.split_whitespace().take(2).collect()
}

#[test]
fn half_of_the_arguments_of_a_child_make_none() {
    let desk = Desk::new();
    let error = desk.run(&["--read-confined"]).err;
    assert!(error.starts_with("错误："), "{error}");
}

#[test]
fn where_there_is_no_libreoffice_the_error_names_the_remedy() {
    let desk = Desk::new();
    let file = desk.write("年报.rtf", "{\\rtf1\\ansi hello}");
    let output = desk.command(&["show", file]).env("PATH", desk.path("nothing")).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("LibreOffice") && said.contains("请安装 LibreOffice") && said.contains("txt"),
        "{said}"
    );
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn in_the_interface_escape_stops_the_reading_of_a_file_and_a_signal_ends_the_program() {
    let home = tempfile::tempdir().unwrap();
    let hangs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/office/hangs.sh");
    std::os::unix::fs::symlink(hangs, home.path().join("soffice")).unwrap();
    let file = home.path().join("report.rtf");
    std::fs::write(&file, "{\\rtf1 x}").unwrap();
    let programs = format!("{}:/usr/bin:/bin", home.path().display());
    let data = home.path().join("library");
    let mut terminal =
        Terminal::start_behind(Line::NEAR, &data, &[], (80, 24), &[("PATH", programs.as_str())]);
    terminal.wait_for("Ctrl+E");
    terminal.send(&ctrl('o'));
    terminal.wait_for("读入文件");
    terminal.send(file.to_str().unwrap());
    terminal.send("\r");
    terminal.wait_for("正在读取文件，按 Esc 停止");
    terminal.send("\x1b");
    terminal.wait_for("已停止读取");
    // The path still stands there.
    terminal.send("\r");
    terminal.wait_for("正在读取文件，按 Esc 停止");
    terminal.terminate();
    assert!(terminal.ends());
}

#[test]
fn on_the_command_line_a_signal_ends_what_was_started_and_then_the_program() {
    let desk = Desk::new();
    let hangs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/office/hangs.sh");
    std::os::unix::fs::symlink(hangs, desk.path("soffice")).unwrap();
    std::fs::create_dir(desk.path("temporary")).unwrap();
    let file = desk.write("年报.rtf", "{\\rtf1 x}");
    let programs = format!("{}:/usr/bin:/bin", desk.path("").display());
    let left = || std::fs::read_dir(desk.path("temporary")).unwrap().count();
    let begun = || std::fs::read_dir(desk.path("")).unwrap().count();
    let before = begun();
    let commands = [&["show", file][..], &["export", file, "-o", "长表.jsonl"]];
    for (arguments, signal) in commands.iter().flat_map(|of| [(of, Signal::INT), (of, Signal::TERM)]) {
        let mut command = desk.command(arguments);
        let mut child = command.env("PATH", &programs).env("TMPDIR", desk.path("temporary")).spawn().unwrap();
        assert!(until(|| left() == 1), "the conversion never began");
        kill_process(Pid::from_child(&child), signal).unwrap();
        assert_eq!(child.wait().unwrap().signal(), Some(signal.as_raw()));
        assert_eq!(
            (left(), begun()),
            (0, before + usize::from(desk.path("library").exists())),
            "{arguments:?}"
        );
    }
}
