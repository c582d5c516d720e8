//! The program wherever it may be started: every kind of terminal, every size, no locale, no home, no terminal at all.
//!
//! What cannot be done is said in Chinese with what to do instead, and leaves nothing behind.

use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use nianbao::form::Form;
use nianbao::form::terms::Section;
use nianbao::report::{Place, Report, Value};
use nianbao::store::Library;
use nianbao::width::Ambiguous;

use crate::pty::{alt, ctrl, go_to, open_sample, report, seen};
use crate::terminal::{Emulator, Terminal};

const PROGRAM: &str = env!("CARGO_BIN_EXE_nianbao");
const SIZE: (u16, u16) = (80, 24);

/// Starts the program itself behind what a script does to its environment.
fn started(data: &Path, before: &str, size: (u16, u16)) -> Terminal {
    Terminal::start_script(data, &format!("{before}\nexec \"$NIANBAO\""), size)
}

fn leave(terminal: &mut Terminal) {
    terminal.send(&ctrl('q'));
    assert_eq!(terminal.exit_status(), 0, "{}", terminal.text());
    assert!(terminal.is_restored());
}

/// The codes of every look that was sent.
fn looks(received: &[u8]) -> Vec<u16> {
    let sent = String::from_utf8_lossy(received).into_owned();
    let looks = sent.split("\x1b[").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != ';')?;
        rest[end..].starts_with('m').then(|| rest[..end].to_owned())
    });
    looks.flat_map(|look| look.split(';').filter_map(|code| code.parse().ok()).collect::<Vec<_>>()).collect()
}

/// Whether nothing was put into a data directory.
fn is_untouched(data: &Path) -> bool {
    std::fs::read_dir(data).unwrap().next().is_none()
}

#[test]
fn every_terminal_and_every_locale_shows_the_same() {
    let mut screens = Vec::new();
    for before in [
        "export LANG=zh_CN.UTF-8 TERM=xterm-256color",
        "export TERM=xterm",
        "export TERM=linux",
        "export TERM=vt100",
        "export TERM=screen",
        "export TERM=tmux-256color",
        "export TERM=xterm LANG=C; unset LC_ALL",
        "export TERM=xterm LC_ALL=POSIX",
        "unset LANG LC_ALL LC_CTYPE LANGUAGE",
    ] {
        let data = tempfile::tempdir().unwrap();
        let mut terminal = started(data.path(), before, SIZE);
        open_sample(&mut terminal);
        go_to(&mut terminal, "requests/received/business");
        terminal.send("77\r");
        assert!(terminal.wait_until(|t| t.text().contains("77") && t.text().contains("已存")));
        terminal.send("\x1b1");
        terminal.wait_for("专人维护镇政府专栏");
        terminal.send(&ctrl('s'));
        terminal.wait_for("已存盘");
        screens.push((before, seen(&terminal)));
        leave(&mut terminal);
    }
    for (before, screen) in &screens {
        assert_eq!(*screen, screens[0].1, "{before}");
    }
}

#[test]
fn a_terminal_without_a_second_screen_is_left_clean() {
    for (script, words) in
        [("exec \"$NIANBAO\"", ""), ("set -m; \"$NIANBAO\"; echo shell has it; read x", "shell has it")]
    {
        let data = tempfile::tempdir().unwrap();
        let mut terminal = Terminal::start_script(data.path(), &format!("export TERM=linux; {script}"), SIZE);
        open_sample(&mut terminal);
        if words.is_empty() {
            leave(&mut terminal);
        } else {
            terminal.send(&ctrl('p'));
            terminal.wait_for("拼音首字母");
            terminal.send("gq");
            terminal.wait_for("gq");
            terminal.send("\r");
            terminal.wait_for(words);
        }
        // What such a terminal makes of it: the modes are unknown to it.
        let sent =
            String::from_utf8_lossy(&terminal.received).replace("\x1b[?1049h", "").replace("\x1b[?1049l", "");
        let mut plain = Emulator::new(Ambiguous::Narrow, SIZE);
        plain.feed(&sent);
        let rows: Vec<String> = (0..plain.height()).map(|y| plain.text(y)).collect();
        assert_eq!(rows.concat().trim(), words);
    }
}

#[test]
fn a_terminal_that_cannot_place_text_is_refused_in_words() {
    for (before, words) in [
        ("export TERM=dumb", "TERM=dumb"),
        ("unset TERM", "TERM 没有设置"),
        ("export TERM=", "TERM 没有设置"),
    ] {
        let data = tempfile::tempdir().unwrap();
        let mut terminal = Terminal::start_script(
            data.path(),
            &format!("{before}; \"$NIANBAO\"; stty -a; echo left with $?"),
            (200, 24),
        );
        terminal.wait_for("left with");
        let text = terminal.text();
        for part in
            [words, "错误：", "提示：", "TERM=xterm-256color", "nianbao check", "nianbao --help", " icanon"]
        {
            assert!(text.contains(part), "{before}: {part}\n{text}");
        }
        assert!(!terminal.received.contains(&0x1b), "{before}: {text}");
        assert!(is_untouched(data.path()), "{before}");
        let status = format!("{before}; \"$NIANBAO\" > /dev/null; exit $?");
        assert_eq!(Terminal::start_script(data.path(), &status, SIZE).exit_status(), 2, "{before}");
    }
}

#[test]
fn without_colour_reverse_and_bold_remain() {
    let is_colour = |code: &u16| matches!(code, 30..=49 | 90..=107);
    for (before, coloured) in
        [("export NO_COLOR=1", false), ("export NO_COLOR=", true), ("unset NO_COLOR", true)]
    {
        let data = tempfile::tempdir().unwrap();
        let mut terminal = started(data.path(), before, SIZE);
        open_sample(&mut terminal);
        for key in ["\x1b3", "\x1b[19~", "\x1b7", "\x1b1", "\x1b8"] {
            let before = terminal.received.len();
            terminal.send(key);
            assert!(terminal.wait_until(|t| t.received.len() > before), "{key:?}");
        }
        // The charts let the way out through.
        leave(&mut terminal);
        let looks = looks(&terminal.received);
        assert!(looks.contains(&7) && looks.contains(&1), "{before}: {looks:?}");
        assert_eq!(looks.iter().any(is_colour), coloured, "{before}: {looks:?}");
    }
}

const SIZES: [(u16, u16); 7] = [(1, 1), (2, 2), (10, 3), (500, 200), (1, 200), (500, 1), (80, 24)];

/// Gives the window another size and waits until the program has drawn for it.
fn resize(terminal: &mut Terminal, size: (u16, u16)) {
    terminal.take_in_all();
    let before = terminal.received.len();
    terminal.resize(size);
    assert!(terminal.wait_until(|t| t.received.len() > before), "{size:?}");
}

#[test]
fn it_starts_and_is_left_in_a_window_of_any_size() {
    for size in SIZES {
        let data = tempfile::tempdir().unwrap();
        let mut terminal = Terminal::start(data.path(), &[], size);
        assert!(terminal.wait_until(|t| t.received.len() > 20));
        terminal.send(&ctrl('e'));
        if size != SIZE {
            resize(&mut terminal, SIZE);
        }
        terminal.wait_for("已存");
        resize(&mut terminal, (size.0.max(2) - 1, size.1));
        leave(&mut terminal);
        assert_eq!(report(data.path(), "1").agency(), "云溪镇人民政府");
    }
}

#[test]
fn what_is_being_typed_survives_every_size_of_the_window() {
    let data = tempfile::tempdir().unwrap();
    Library::open(data.path()).unwrap().create(&Report::new(Form::current())).unwrap();
    let mut terminal = Terminal::start(data.path(), &[], SIZE);
    terminal.wait_for("共 1 份");
    terminal.send("\r");
    terminal.wait_for("已存");
    go_to(&mut terminal, "requests/received/business");
    for (digit, size) in (1..).zip(SIZES) {
        resize(&mut terminal, size);
        terminal.send(&digit.to_string());
    }
    // As much of it as the cell has room for.
    terminal.wait_for("4567");
    terminal.send("\r");
    terminal.wait_for("1234567");

    terminal.send(&alt('1'));
    terminal.wait_for("在这里输入");
    let words = ["今年", "主动", "公开", "政府", "信息", "七件", "。"];
    for (word, size) in words.into_iter().zip(SIZES) {
        resize(&mut terminal, size);
        terminal.send(word);
    }
    terminal.wait_for(&words.concat());
    leave(&mut terminal);
    let kept = report(data.path(), "1");
    let place = Place::parse("requests/received/business").unwrap();
    assert_eq!(kept.get(place), Some(&Value::count(1_234_567)));
    assert_eq!(kept.text(Section::Overview), words.concat());
}

/// A run with nothing but this in its environment.
fn bare(arguments: &[&str], environment: &[(&str, &Path)]) -> Command {
    let mut command = Command::new(PROGRAM);
    command
        .args(arguments)
        .env_clear()
        .envs(environment.iter().copied())
        .current_dir("/")
        .stdin(Stdio::null());
    command
}

/// Somebody who is in no list of users, if the tests may start programs as somebody else.
fn as_nobody(command: &mut Command) -> Option<Output> {
    let output = command.uid(61_234).output();
    if output.is_err() {
        crate::support::skipped("only root may run a program as somebody else");
    }
    output.ok()
}

/// Asserts that a run failed, and gives what it said in one line.
#[track_caller]
fn refused(output: &Output) -> String {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(output.stdout.is_empty() && said.starts_with("错误：") && said.contains("\n提示："), "{said}");
    assert!(!said.contains('\x1b'), "{said}");
    said.replace('\n', "")
}

#[test]
fn without_a_home_in_the_environment_it_is_that_of_the_user_or_said_how_to_name_a_place() {
    let user = rustix::process::getuid().as_raw().to_string();
    let users = std::fs::read_to_string("/etc/passwd").unwrap();
    let homes = users.lines().filter_map(|line| {
        let fields: Vec<&str> = line.split(':').collect();
        (fields.get(2) == Some(&user.as_str())).then(|| fields[5].to_owned())
    });
    let output = bare(&["path"], &[]).output().unwrap();
    match homes.into_iter().next() {
        Some(home) => {
            let path = String::from_utf8(output.stdout).unwrap();
            assert_eq!(path.trim_end(), format!("{home}/.local/share/nianbao"));
        }
        None => assert!(refused(&output).contains("--data-dir")),
    }
    for command in ["path", "list"] {
        let Some(output) = as_nobody(&mut bare(&[command], &[])) else { return };
        let said = refused(&output);
        for part in ["HOME", "--data-dir", "NIANBAO_DATA_DIR"] {
            assert!(said.contains(part), "{command}: {part}: {said}");
        }
    }
    // What needs no library needs no home.
    let output = as_nobody(&mut bare(&["rules", "A08"], &[])).unwrap();
    assert!(output.status.success(), "{output:?}");
    let data = tempfile::tempdir().unwrap();
    std::fs::set_permissions(data.path(), PermissionsExt::from_mode(0o777)).unwrap();
    let output = as_nobody(&mut bare(&["list"], &[("NIANBAO_DATA_DIR", data.path())])).unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn a_home_that_cannot_be_written_to_is_said_with_how_to_name_another_place() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("file");
    std::fs::write(&file, "").unwrap();
    let runs = [("HOME", file.as_path()), ("XDG_DATA_HOME", file.as_path())];
    let mut runs: Vec<Output> =
        runs.into_iter().map(|home| bare(&["list"], &[home]).output().unwrap()).collect();
    std::fs::set_permissions(home.path(), PermissionsExt::from_mode(0o555)).unwrap();
    runs.extend(as_nobody(&mut bare(
        &["new", "--agency", "云溪镇人民政府", "--year", "2025"],
        &[("HOME", home.path())],
    )));
    for output in runs {
        let said = refused(&output);
        for part in ["数据目录", "--data-dir", "NIANBAO_DATA_DIR"] {
            assert!(said.contains(part), "{part}: {said}");
        }
    }
    std::fs::set_permissions(home.path(), PermissionsExt::from_mode(0o755)).unwrap();
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 1);
    // The interface says the same, on the screen that it has not taken.
    let script = format!(
        "unset NIANBAO_DATA_DIR; export XDG_DATA_HOME={}; \"$NIANBAO\"; echo left with $?",
        file.display()
    );
    let mut terminal = Terminal::start_script(home.path(), &script, (200, 24));
    terminal.wait_for("left with 2");
    assert!(
        terminal.text().contains("NIANBAO_DATA_DIR") && !terminal.received.contains(&0x1b),
        "{}",
        terminal.text()
    );
}

#[test]
fn where_input_or_output_is_no_terminal_it_says_so_and_leaves_nothing() {
    let words = ["交互终端", "nianbao check", "nianbao --help"];
    for (redirected, which) in [
        ("\"$NIANBAO\" </dev/null", "标准输入"),
        ("echo 1 | \"$NIANBAO\"", "标准输入"),
        ("\"$NIANBAO\" <&-", "标准输入"),
        ("\"$NIANBAO\" >\"$NIANBAO_DATA_DIR.out\"", "标准输出"),
        ("\"$NIANBAO\" >&-", "标准输出"),
        ("\"$NIANBAO\" <&- >&-", "标准输入"),
    ] {
        let directory = tempfile::tempdir().unwrap();
        let data = directory.path().join("data");
        std::fs::create_dir(&data).unwrap();
        let script = format!("cd \"$NIANBAO_DATA_DIR\"; {redirected}; echo left with $?; stty -a");
        let mut terminal = Terminal::start_script(&data, &script, (200, 24));
        assert_eq!(terminal.exit_status(), 0);
        let text = terminal.text();
        for part in words.into_iter().chain([which, "left with 2", " icanon"]) {
            assert!(text.contains(part), "{redirected}: {part}\n{text}");
        }
        assert!(!terminal.received.contains(&0x1b), "{redirected}");
        assert!(is_untouched(&data), "{redirected}");
        let out = std::fs::read(directory.path().join("data.out")).unwrap_or_default();
        assert_eq!(out, b"", "{redirected}");
    }
    // With nowhere to say it the status still does.
    let data = tempfile::tempdir().unwrap();
    let silent = "\"$NIANBAO\" <&- >&- 2>&-; exit $?";
    assert_eq!(Terminal::start_script(data.path(), silent, SIZE).exit_status(), 2);
    assert!(is_untouched(data.path()));
}

#[test]
fn no_command_sends_an_escape_sequence_into_a_pipe_or_reads_the_locale() {
    let data = tempfile::tempdir().unwrap();
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/src/sample/yunxi_town_2025.txt");
    let commands: [&[&str]; 8] = [
        &["--help"],
        &["import", sample],
        &["list"],
        &["show", "1"],
        &["check", "1"],
        &["rules"],
        &["keys"],
        &["no-such-file"],
    ];
    for arguments in commands {
        let run = |locale: &[(&str, &str)]| {
            let mut command = bare(arguments, &[("NIANBAO_DATA_DIR", data.path()), ("HOME", data.path())]);
            command.env("TERM", "xterm-256color").envs(locale.iter().copied()).output().unwrap()
        };
        let output = run(&[("LANG", "zh_CN.UTF-8")]);
        assert!(
            !output.stdout.contains(&0x1b) && !output.stderr.contains(&0x1b),
            "{arguments:?}: {output:?}"
        );
        if arguments[0] == "import" {
            continue;
        }
        for locale in [&[("LANG", "C")][..], &[("LC_ALL", "POSIX")], &[]] {
            assert_eq!(run(locale), output, "{arguments:?} {locale:?}");
        }
    }
}
