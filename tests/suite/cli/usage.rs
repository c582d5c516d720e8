//! Help, misuse, and the ways in which output can end.

use std::process::Stdio;

use nianbao::width::{Ambiguous, width};

use super::language::COMMANDS;
use super::{Desk, saved};
use crate::terminal::Terminal;

#[test]
fn every_command_explains_itself_in_chinese() {
    let desk = Desk::new();
    let whole = desk.run(&["--help"]);
    for command in COMMANDS {
        assert!(whole.clean().contains(&format!("\n  {command} ")), "{command}");
        let help = desk.run(&[command, "--help"]);
        assert!(help.clean().contains(&format!("用法：nianbao {command}")), "{}", help.out);
        for english in
            ["Usage", "Options", "Arguments", "Commands", "OPTIONS", "Print", "possible", "default"]
        {
            assert!(!help.out.contains(english) && !whole.out.contains(english), "{english} in {command}");
        }
        assert_eq!(help.err, "");
    }
}

#[test]
fn no_line_of_help_is_wider_than_the_terminal() {
    let desk = Desk::new();
    for arguments in std::iter::once(vec!["--help"]).chain(COMMANDS.map(|command| vec![command, "--help"])) {
        for language in ["zh", "en"] {
            let help = desk.run(&[&["--lang", language], &arguments[..]].concat());
            let wide = help.clean().lines().find(|line| width(line, Ambiguous::Wide) > 80);
            assert_eq!(wide, None, "{language} {arguments:?}");
        }
    }
    // What an option does goes on beside it, and where there is no room below it.
    let help = desk.run(&["export", "--help"]);
    let goes_on = format!("\n{}", " ".repeat(25));
    let beside = help
        .clean()
        .split_once("--to <")
        .map(|(_, behind)| behind.split("\n      --").next().is_some_and(|said| said.contains(&goes_on)));
    assert_eq!(beside, Some(true), "{}", help.out);
    let mut narrow = Terminal::start_script(&desk.path("library"), "\"$NIANBAO\" check --help", (50, 100));
    narrow.wait_for("\n          全部重新读");
}

#[test]
fn misuse_is_explained_in_chinese() {
    let desk = Desk::new();
    for (arguments, says) in [
        (&["check"][..], "缺少 <文件|目录|编号>"),
        (&["check", "x", "--deny", "fatal"], "fatal"),
        (&["check", "x", "--jsn"], "是不是 --json？"),
        (&["check", "x", "--format", "xml"], "human、json"),
        (&["check", "x", "--format"], "后面缺少内容"),
        (&["new", "--agency", "云溪镇", "--year", "去年"], "2019 至 2099"),
        (&["new", "--agency", "云溪镇", "--year", "2025", "--level", "镇"], "乡镇"),
        (&["new", "--year", "2025"], "--agency"),
        (&["list", "--json", "--json"], "只能写一次"),
        (&["rules", "A01", "A02"], "A02"),
        (&["set", "x"], "位置=值"),
        (&["x.json", "check", "y.json"], "文件名"),
        (&["--frobnicate"], "--frobnicate"),
        (&["chekc", "x"], "没有“chekc”这个命令"),
        (&["lst"], "没有“lst”这个命令，也没有这个文件"),
        (&["export", "x", "--to", "word"], "只能是 csv、docx、"),
    ] {
        let run = desk.run(arguments);
        let (error, hint) = run.failed();
        assert!(error.contains(says), "{arguments:?}: {error}");
        assert!(hint.contains("--help") && run.out.is_empty(), "{arguments:?}: {hint}");
        assert!(!error.contains("error:") && !error.contains("Usage"), "{arguments:?}: {error}");
    }
    assert_eq!(
        desk.run(&["--lang", "zh", "check", "x", "--jsn"]).failed().1,
        "用 nianbao check --help 看用法。"
    );
}

#[test]
fn without_a_terminal_the_interface_names_the_commands() {
    let desk = Desk::new();
    desk.write("x.json", saved(&[]));
    for arguments in [&[][..], &["x.json"], &["--ambiguous", "2", "x.json"]] {
        let run = desk.run(arguments);
        assert!(run.failed().0.contains("交互终端") && run.failed().1.contains("nianbao --help"), "{run:?}");
    }
    assert!(desk.run(&["--ambiguous", "3"]).failed().0.contains("safe"));
}

#[test]
fn a_rule_is_explained_by_id_or_name() {
    let desk = Desk::new();
    let by_id = desk.run(&["rules", "a08"]);
    assert_eq!(by_id.clean(), desk.run(&["rules", "suspected-slip"]).clean());
    let rule = nianbao::check::rule("A08").unwrap();
    assert!(
        by_id.out.contains(rule.title) && by_id.out.contains("依据：") && by_id.out.contains("这样会报：")
    );
    assert_eq!(desk.run(&["rules"]).clean().matches(" 错误 ").count(), rules_of("错误"));
    let described = desk.run(&["rules", "--json"]).json();
    assert_eq!(described.len(), nianbao::check::RULES.len());
    assert_eq!(described[0]["id"], "A01");
    let unknown = desk.run(&["rules", "Z99"]);
    assert!(unknown.failed().0.contains("Z99") && unknown.failed().1.contains("A01、A02"));
}

fn rules_of(severity: &str) -> usize {
    nianbao::check::RULES.iter().filter(|rule| rule.severity.label() == severity).count()
}

#[test]
fn a_reader_that_goes_away_changes_no_status() {
    let desk = Desk::new();
    desk.write("slip.json", saved(&[("requests/received/total", "3")]));
    for (arguments, status) in [(&["rules"][..], 0), (&["check", "slip.json", "--json"], 1), (&["--help"], 0)]
    {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = desk.command(arguments).stdout(writer).stderr(Stdio::piped()).output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{arguments:?}");
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_an_error() {
    let desk = Desk::new();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = desk.command(&["rules"]).stdout(full).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().starts_with("错误：结果写不出去"));
}

#[test]
fn nothing_that_a_terminal_obeys_comes_through() {
    let desk = Desk::new();
    let hostile = "云\u{1b}[2J溪\u{202e}镇\u{9b}31m\u{200b}";
    let file = "x\u{1b}]0;y\u{7}.json";
    desk.write(file, saved(&[("@agency", hostile), ("overview", hostile), ("@title", hostile)]));
    let other = desk.write("other.json", saved(&[]));
    let list = desk.write("list.csv", format!("代码,全称,层级\n1,{hostile},{hostile}\n1,甲镇人民政府,\n"));
    let obeyed = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{200b}' | '\u{202e}');
    for arguments in [
        &["check", file][..],
        &["check", "--json", file],
        &["check", "no\u{1b}[31m.json"],
        &["show", file],
        &["rollup", file, other],
        &["rollup", "--json", file, other],
        &["rollup", file, other, "--units", list],
        &["show", "--json", file],
        &["compare", file, other],
        &["compare", "--json", file, other],
        &["set", file, "\u{1b}[31m=1"],
        &["rules", "\u{1b}[31m"],
        &["--\u{1b}[31m"],
        &["convert", file, "-", "--to", "md"],
    ] {
        let run = desk.run(arguments);
        assert!(!run.out.contains(obeyed) && !run.err.contains(obeyed), "{arguments:?}: {run:?}");
        assert!(!run.out.is_empty() || !run.err.is_empty());
    }
    let kept = &desk.run(&["show", "--json", file]).json()[0];
    assert_eq!(kept["values"]["overview"], hostile);
}
