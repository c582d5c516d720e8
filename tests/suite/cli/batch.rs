//! Many files on the command line: the same bytes however many threads read them, whatever was read before and whatever
//! has become of that; stopped, killed and gone on with; and what cannot be read stops nothing.

use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use nianbao::export::Kind;
use rustix::process::{Pid, Signal, kill_process};

use super::{Desk, Run, report};
use crate::support::written;
use crate::terminal::until;

const KINDS: [Kind; 6] = [Kind::Text, Kind::Word, Kind::Workbook, Kind::Markdown, Kind::Page, Kind::Csv];

/// So many reports, each of its own office, in all formats, some with slips.
fn folder(count: usize) -> Desk {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("报送")).unwrap();
    for nth in 0..count {
        let (agency, number) = (format!("岚桥县第{nth}镇人民政府"), (nth % 5).to_string());
        let report = report(&[("@agency", &agency), ("requests/received/total", &number)]);
        let kind = KINDS[nth % KINDS.len()];
        let path = desk.path(&format!("报送/{nth:03}.{}", kind.extension()));
        std::fs::write(path, written(&report, kind)).unwrap();
    }
    desk
}

fn check(desk: &Desk, arguments: &[&str]) -> Run {
    desk.run(&[&["check", "报送", "--json"], arguments].concat())
}

/// What becomes of one of all entries.
type Damage = fn(&[Vec<u8>], usize) -> Vec<u8>;

/// The files that hold what was made of files before.
fn entries(desk: &Desk) -> Vec<PathBuf> {
    fn walk(directory: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(directory).into_iter().flatten().flatten() {
            match entry.path().is_dir() {
                true => walk(&entry.path(), found),
                false => found.push(entry.path()),
            }
        }
    }
    let mut found = Vec::new();
    walk(&desk.path("library/readings"), &mut found);
    found.sort();
    found
}

/// In place of LibreOffice: says that it was begun, and waits until it is let go; then gives nothing.
fn waiting_office(desk: &Desk) -> String {
    let (begun, go) = (desk.path("begun"), desk.path("go"));
    let script = format!(
        "#!/bin/sh\n: > '{}'\nwhile [ ! -e '{}' ]; do sleep 0.02; done\nexit 1\n",
        begun.display(),
        go.display()
    );
    desk.write("programs/soffice", script);
    let executable = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(desk.path("programs/soffice"), executable).unwrap();
    format!("{}:/usr/bin:/bin", desk.path("programs").display())
}

fn spawn(command: &mut Command) -> Child {
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

#[test]
fn the_bytes_are_the_same_however_many_read_and_whatever_was_read_before() {
    let desk = folder(13);
    let first = check(&desk, &["--fresh", "--jobs", "1"]);
    assert_eq!((first.status, first.json().len()), (1, 13), "{}", first.err);
    for round in 0..20 {
        let arguments = [["--jobs", "1"], ["--jobs", "2"]][round % 2];
        let fresh = if round % 4 < 2 { &["--fresh"][..] } else { &[] };
        let run = check(&desk, &[&arguments, fresh].concat());
        assert_eq!((run.status, run.err.as_str()), (1, ""));
        assert!(
            run.out == first.out,
            "round {round} with {arguments:?} {fresh:?}\n{}\n{}",
            first.out,
            run.out
        );
    }
    assert!(!entries(&desk).is_empty());
    let mut lines: Vec<(String, &str)> = first
        .out
        .lines()
        .enumerate()
        .map(|(nth, line)| (first.json()[nth]["file"].as_str().unwrap().to_owned(), line))
        .collect();
    for turn in 0..6 {
        lines.rotate_left(turn);
        lines.swap(0, 5);
        let files: Vec<&str> = lines.iter().map(|(file, _)| file.as_str()).collect();
        let run = desk.run(&[&["check", "--json", "--jobs", "2"], &files[..]].concat());
        let expected: Vec<&str> = lines.iter().map(|(_, line)| *line).collect();
        assert_eq!(run.out.lines().collect::<Vec<_>>(), expected, "{files:?}");
    }
}

#[test]
fn killed_in_the_middle_it_gives_the_same_when_it_is_run_again() {
    let desk = folder(200);
    let undisturbed = check(&desk, &[]).out;
    std::fs::remove_dir_all(desk.path("library")).unwrap();
    for some in [3, 40] {
        let mut child = spawn(&mut desk.command(&["check", "报送", "--json"]));
        let output = child.stdout.take().unwrap();
        let read = std::thread::spawn(|| std::io::read_to_string(output).unwrap_or_default());
        assert!(until(|| entries(&desk).len() >= some), "nothing is kept");
        kill_process(Pid::from_child(&child), Signal::KILL).unwrap();
        child.wait().unwrap();
        let got = read.join().unwrap();
        assert!(got.len() < undisturbed.len() && undisturbed.starts_with(&got), "it had ended");
    }
    let kept = entries(&desk).len();
    assert!(check(&desk, &[]).out == undisturbed);
    assert!(kept < entries(&desk).len(), "it was not in the middle");
    assert!(check(&desk, &[]).out == undisturbed);
}

#[test]
fn whatever_becomes_of_what_was_read_before_the_same_is_found() {
    let desk = folder(12);
    let sound = check(&desk, &[]).out;
    let damages: [(&str, Damage); 6] = [
        ("truncated", |all, nth| all[nth][..all[nth].len() / 2].to_vec()),
        ("empty", |_, _| Vec::new()),
        ("zeros", |all, nth| vec![0; all[nth].len()]),
        ("another's", |all, nth| all[(nth + 1) % all.len()].clone()),
        ("a digit changed", |all, nth| {
            let mut bytes = all[nth].clone();
            let at = bytes.iter().rposition(u8::is_ascii_digit).unwrap();
            bytes[at] = if bytes[at] == b'7' { b'8' } else { b'7' };
            bytes
        }),
        ("longer", |all, nth| [all[nth].as_slice(), b" "].concat()),
    ];
    for (name, damage) in damages {
        let paths = entries(&desk);
        let all: Vec<Vec<u8>> = paths.iter().map(|path| std::fs::read(path).unwrap()).collect();
        assert!(all.len() >= 12, "{} entries", all.len());
        for (nth, path) in paths.iter().enumerate() {
            std::fs::write(path, damage(&all, nth)).unwrap();
        }
        assert!(check(&desk, &[]).out == sound, "{name}");
        let mended: Vec<Vec<u8>> = paths.iter().map(|path| std::fs::read(path).unwrap()).collect();
        assert!(mended == all, "{name}: they are not as they were");
    }
    // In the place of an entry stands something that is no file.
    for path in entries(&desk) {
        std::fs::remove_file(&path).unwrap();
        std::fs::create_dir(&path).unwrap();
    }
    assert!(check(&desk, &[]).out == sound);
}

#[test]
fn what_cannot_be_read_stops_nothing() {
    let desk = folder(4);
    let sound = check(&desk, &[]);
    desk.write("报送/0015.docx", "PK\u{3}\u{4} broken");
    desk.write("报送/0016.txt", "");
    let run = check(&desk, &["--jobs", "2"]);
    assert_eq!(run.status, 2);
    let mut lines = run.json();
    assert_eq!(lines.len(), 6);
    for name in ["报送/0015.docx", "报送/0016.txt"] {
        let line = lines.iter().find(|line| line["file"] == name).unwrap();
        assert!(line["error"].as_str().is_some_and(|reason| !reason.is_empty()), "{line}");
    }
    lines.retain(|line| line.get("error").is_none());
    assert_eq!(lines, sound.json());
    // The same again when it is remembered.
    assert_eq!(check(&desk, &[]).out, run.out);
}

#[test]
fn a_directory_that_may_not_be_listed_stops_nothing() {
    let desk = folder(2);
    desk.write("报送/密/3.txt", "");
    let set = |mode| {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(mode);
        std::fs::set_permissions(desk.path("报送/密"), mode).unwrap();
    };
    set(0o000);
    if std::fs::read_dir(desk.path("报送/密")).is_ok() {
        crate::support::skipped("nothing is forbidden to this user");
    } else {
        let run = check(&desk, &[]);
        assert_eq!((run.status, run.json().len()), (2, 3), "{}", run.out);
        assert!(run.out.contains("报送/密"));
    }
    set(0o755);
}

#[test]
fn a_file_that_is_gone_before_its_turn_stops_nothing() {
    let desk = folder(4);
    let sound = check(&desk, &["--fresh"]).json();
    desk.write("报送/0.rtf", "{\\rtf1 x}");
    let programs = waiting_office(&desk);
    let mut command = desk.command(&["check", "报送", "--json", "--jobs", "1", "--fresh"]);
    let child = spawn(command.env("PATH", programs));
    assert!(until(|| desk.path("begun").exists()), "the conversion never began");
    std::fs::remove_file(desk.path("报送/002.xlsx")).unwrap();
    desk.write("go", "");
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let out = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<serde_json::Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 5, "{out}");
    assert!(lines[0]["error"].is_string() && lines[3]["error"].is_string(), "{out}");
    assert_eq!([&lines[1], &lines[2], &lines[4]], [&sound[0], &sound[1], &sound[3]]);
}

#[test]
fn interrupted_it_ends_as_the_signal_has_it_and_says_how_to_go_on() {
    let desk = folder(3);
    let sound = check(&desk, &[]).out;
    desk.write("报送/1.rtf", "{\\rtf1 x}");
    let programs = waiting_office(&desk);
    for arguments in
        [&["check", "报送", "--json", "--jobs", "1"][..], &["review", "报送", "--json", "--jobs", "1"]]
    {
        let _ = std::fs::remove_file(desk.path("begun"));
        let child = spawn(desk.command(arguments).env("PATH", &programs));
        assert!(until(|| desk.path("begun").exists()), "the conversion never began");
        kill_process(Pid::from_child(&child), Signal::INT).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.signal(), Some(Signal::INT.as_raw()));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("再运行一次就接着来"), "{said}");
        let out = String::from_utf8(output.stdout).unwrap();
        let expected = if arguments[0] == "check" { sound.as_str() } else { "" };
        assert_eq!(out, expected, "{arguments:?}");
    }
}

#[test]
fn where_nothing_can_be_kept_nothing_is_remembered_and_all_is_found() {
    let desk = folder(4);
    let sound = check(&desk, &[]);
    std::fs::remove_dir_all(desk.path("library")).unwrap();
    let run = |change: &dyn Fn(&mut Command), arguments: &[&str]| {
        let mut command = desk.command(arguments);
        change(&mut command);
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let no_place = |command: &mut Command| {
        command.env("NIANBAO_DATA_DIR", "/proc/nowhere");
    };
    let no_home = |command: &mut Command| {
        command.env_remove("NIANBAO_DATA_DIR").env_remove("XDG_DATA_HOME").env("HOME", "/proc/nowhere");
    };
    for change in [&no_place as &dyn Fn(&mut Command), &no_home] {
        for _ in 0..2 {
            let got = run(change, &["check", "报送", "--json"]);
            assert_eq!(got, (Some(sound.status), sound.out.clone(), String::new()));
        }
        let (status, out, said) = run(change, &["review", "报送", "--json"]);
        assert_eq!((status, out.lines().count(), said.as_str()), (Some(1), 4, ""), "{out}");
    }
    assert!(!desk.path("library").exists());
}

#[test]
fn a_name_of_two_lines_is_said_on_one() {
    let desk = Desk::new();
    desk.write(
        "甲.json：没有发现问题\n合计：错误 0，提示 0\n乙.json",
        super::saved(&[("requests/received/total", "3")]),
    );
    let run = desk.run(&["check", "."]);
    assert_eq!(run.status, 1);
    assert!(!run.out.lines().any(|line| line.starts_with("合计：错误 0")), "{}", run.out);
    assert!(run.out.contains("没有发现问题[U+000A]合计"), "{}", run.out);
}
