//! What is made of the definitions of the arguments and of the form: completions, the manual, schemas.

use serde_json::{Value, json};

use super::{Desk, saved};
use crate::support::{Readme, skipped};

/// The commands, as the help lists them.
fn commands(desk: &Desk) -> Vec<String> {
    let help = desk.run(&["--help"]);
    let listed = help.clean().split_once("命令：").or(help.out.split_once("命令:")).unwrap().1;
    let lines = listed.lines().skip(1).take_while(|line| line.starts_with("  "));
    lines.filter_map(|line| Some(line.split_whitespace().next()?.to_owned())).collect()
}

/// The options that the help of a command names.
fn options(desk: &Desk, command: &str) -> Vec<String> {
    let help = desk.run(&[command, "--help"]);
    let words = help.clean().lines().filter(|line| line.starts_with("  ")).flat_map(str::split_whitespace);
    let named = words.filter(|word| word.starts_with("--") && word.len() > 2);
    named.map(|word| word.trim_end_matches(',').to_owned()).collect()
}

#[test]
fn a_shell_completes_commands_and_their_options() {
    let desk = Desk::new();
    let commands = commands(&desk);
    assert!(commands.len() > 20, "{commands:?}");
    for shell in ["bash", "zsh", "fish"] {
        let script = desk.run(&["completions", shell]).clean().to_owned();
        assert!(commands.iter().all(|command| script.contains(command.as_str())), "{shell}");
        assert!(["last-year", "no-rule"].iter().all(|option| script.contains(option)), "{shell}");
    }
    let (error, _) = (desk.run(&["completions", "csh"]).err, ());
    assert!(error.contains("csh"), "{error}");
    desk.write("nianbao.bash", desk.run(&["completions", "bash"]).clean());
    let complete = |words: &str, at: usize| {
        let ask = format!(
            "source ./nianbao.bash; COMP_WORDS=({words}); COMP_CWORD={at}; \
             _nianbao nianbao \"${{COMP_WORDS[{at}]}}\" \"${{COMP_WORDS[{}]}}\"; echo \"${{COMPREPLY[@]}}\"",
            at - 1
        );
        let mut bash = std::process::Command::new("bash");
        let done = bash.args(["-c", &ask]).current_dir(desk.path("")).output().ok()?;
        Some(String::from_utf8(done.stdout).unwrap().trim().to_owned())
    };
    match complete("nianbao che", 1) {
        Some(completed) => assert_eq!(completed, "check"),
        None => skipped("there is no bash to complete in"),
    }
    let completes = |words: &str, at: usize, to: &str| {
        assert!(complete(words, at).is_none_or(|completed| completed == to), "{words}");
    };
    completes("nianbao check --last", 2, "--last-year");
    completes("nianbao check --deny w", 3, "warning");
    completes("nianbao new --level town", 3, "township");
    completes("nianbao export --to js", 3, "json jsonl");
    completes("nianbao letters --to do", 3, "docx");
}

#[test]
fn the_manual_has_a_page_of_each_command_with_all_its_options_in_chinese() {
    let desk = Desk::new();
    desk.write("man/.keep", "");
    let written = desk.run(&["man", "man"]);
    assert_eq!(written.clean().lines().count(), commands(&desk).len() + 1);
    let plain = |name: &str| desk.read(&format!("man/{name}.1")).replace("\\-", "-");
    for command in commands(&desk) {
        let page = plain(&format!("nianbao-{command}"));
        for option in options(&desk, &command) {
            assert!(page.contains(&option), "{command} {option}");
        }
        let is_foreign = |heading: &str| heading.chars().any(|char| char.is_ascii_uppercase());
        let headings: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix(".SH ")).collect();
        let (before, _) = page.split_once(".SH").unwrap();
        assert!(before.contains(".cflags"), "{before}");
        assert!(page.contains(&format!(".SH 用法\nnianbao {command} [选项]")), "{page}");
        assert!(page.contains(".SH 参见\nnianbao(1)"), "{page}");
        let version = env!("CARGO_PKG_VERSION");
        assert!(
            page.lines()
                .any(|line| line.starts_with(".TH ") && line.contains(&format!("\"nianbao {version}\""))),
            "{page}"
        );
        assert!(headings.len() > 2 && !headings.iter().any(|heading| is_foreign(heading)), "{headings:?}");
    }
    let page = plain("nianbao");
    assert!(page.contains("退出状态") && page.contains("nianbao-check"), "{page}");
}

/// What a schema that the program prints finds fault with.
fn faults(desk: &Desk, shape: &str, value: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(desk.run(&["schema", shape]).clean()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    validator.iter_errors(value).map(|error| error.to_string()).collect()
}

#[test]
fn what_is_saved_has_the_shape_that_the_schema_says() {
    let desk = Desk::new();
    let parse = |text: &str| -> Value { serde_json::from_str(text).unwrap() };
    let old =
        json!({"schema": 1, "form": "2019", "values": {"proactive/licenses/change": -3}, "notices": []});
    desk.write("旧.json", old.to_string());
    desk.write("年报.txt", "云溪镇人民政府2025年政府信息公开工作年度报告\n一、总体情况\n公开１２件。\n");
    desk.run(&["import", "年报.txt"]).clean();
    desk.run(&["set", "1", "proactive/fees/amount=1.50", "requests/received/total=/"]).clean();
    let kept = std::fs::read_to_string(desk.path("library/reports/0001/report.json")).unwrap();
    let shown = desk.run(&["show", "1", "--json"]).clean().to_owned();
    for report in [parse(&saved(&[])), old, parse(&kept), parse(&shown)] {
        assert_eq!(faults(&desk, "report", &report), [""; 0], "{report}");
    }
    for wrong in [
        json!({"values": {}}),
        json!({"form": "2023", "values": {}}),
        json!({"form": "2021", "values": {"requests/received/nobody": 1}}),
        json!({"form": "2021", "values": {"proactive/licenses/change": -3}}),
        json!({"form": "2021", "values": {"requests/received/total": 1.5}}),
        json!({"schema": 2, "form": "2021", "values": {}}),
    ] {
        assert!(!faults(&desk, "report", &wrong).is_empty(), "{wrong}");
    }
}

#[test]
fn every_line_of_a_check_has_the_shape_that_the_schema_says() {
    let desk = Desk::new();
    let wrong = saved(&[("requests/received/total", "3"), ("overview", "2024年，公开信息77条。。")]);
    desk.write("错.json", wrong);
    desk.write("空.json", r#"{"form":"2021","values":{},"notices":[]}"#);
    let lines = desk.run(&["check", "--json", "错.json", "空.json", "没有.json"]).json();
    assert_eq!(lines.len(), 3);
    assert!(lines[0]["findings"].as_array().unwrap().iter().any(|finding| !finding["quote"].is_null()));
    assert!(lines[0]["findings"].as_array().unwrap().iter().any(|finding| finding["fixes"] != json!([])));
    for line in &lines {
        assert_eq!(faults(&desk, "check", line), [""; 0], "{line}");
    }
    let mut broken = lines[0].clone();
    broken["findings"][0]["rule"] = "Z99".into();
    assert!(!faults(&desk, "check", &broken).is_empty());
    broken.as_object_mut().unwrap().remove("findings");
    assert!(!faults(&desk, "check", &broken).is_empty());
}

/// The lines of the README between two marks, as they are typed.
fn example(name: &str) -> String {
    let readme = Readme::read();
    let lines = readme.part(name).unwrap().lines();
    lines.map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned() + "\n").collect()
}

#[test]
fn the_examples_for_other_programs_give_what_they_say() {
    let desk = Desk::new();
    desk.write("收到的年报/一.json", saved(&[]));
    desk.write("收到的年报/二.json", saved(&[("requests/received/total", "3")]));
    desk.write("收到的年报/坏.docx", "PK\u{3}\u{4}");
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_nianbao")).parent().unwrap().to_owned();
    let path = std::env::var("PATH").unwrap_or_default();
    let run = |shell: &str, code: &str| {
        let mut command = std::process::Command::new(shell);
        command
            .args(["-c", code])
            .current_dir(desk.path(""))
            .env("PATH", format!("{}:{path}", program.display()));
        let done = command.env("NIANBAO_DATA_DIR", desk.path("library")).output().ok()?;
        done.status.success().then(|| String::from_utf8(done.stdout).unwrap())
    };
    match run("sh", "command -v jq") {
        Some(_) => {
            assert_eq!(run("sh", &example("shell")).unwrap(), "云溪镇人民政府\t2\n");
        }
        None => skipped("there is no jq"),
    }
    match run("python3", "") {
        Some(_) => {
            let printed = run("python3", &example("python")).unwrap();
            assert_eq!(printed, "云溪镇人民政府\t0\n云溪镇人民政府\t3\n");
        }
        None => skipped("there is no python3"),
    }
}
