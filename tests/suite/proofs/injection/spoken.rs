//! T1: what the program says of text from outside: on a terminal, on standard output and error, as JSON, in letters, in the
//! page of trends and in the long table.

use std::fs::File;
use std::path::PathBuf;

use nianbao::desk::{Decision, Judgement, Note};
use nianbao::report::Report;
use nianbao::store::{Judged, Library};
use sha2::{Digest as _, Sha256};

use super::{HARMLESS, judges, payloads, report};
use crate::cli::Desk;
use crate::proofs::{figure, scale};
use crate::terminal::Terminal;

/// A payload as the name of a file can have it.
fn as_name(payload: &str) -> String {
    payload.replace(['/', '\0'], "").chars().take(60).collect()
}

/// A desk with a report in a directory, both named by a payload, and a register, a judgement, a configuration and a lock that
/// have it in them; and the name, where the system takes it.
fn desk(payload: &str) -> (Desk, Option<String>) {
    let desk = Desk::new();
    let name = as_name(payload);
    let file = format!("年报{name}/a{name}.json");
    let saved = report(payload).to_json();
    let path = desk.path(&file);
    let is_taken =
        std::fs::create_dir_all(path.parent().unwrap()).and_then(|()| std::fs::write(path, &saved)).is_ok();
    let quoted = payload.replace('"', "\"\"");
    desk.write("名册.csv", format!("代码,全称,简称\n1,\"{quoted}\",\"甲{quoted}\"\n2,\"甲{quoted}\",\n"));
    let hash: String = Sha256::digest(saved.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let note = Note { place: None, quote: payload.to_owned(), text: payload.to_owned() };
    let said = Judgement {
        agency: payload.to_owned(),
        decision: Some(Decision::Returned),
        turn: 1,
        notes: vec![note],
        ..Judgement::default()
    };
    let data = desk.path("library");
    Library::open(&data).unwrap().create(&report(payload)).unwrap();
    Judged::open(&data).unwrap().keep(&hash, None, &said, Some(&Report::from_json(&saved).unwrap())).unwrap();
    (desk, is_taken.then_some(file))
}

/// What is said and written with every command, of a payload; each with what it was. None where the system refuses the name.
fn said(payload: &str) -> Option<Vec<(String, Vec<u8>)>> {
    let (desk, file) = desk(payload);
    let file = file?;
    let directory = file.split('/').next().unwrap();
    let argument = payload.replace('\0', "");
    let quoted = format!("[profile]\n{} = 1\n", toml_key(payload));
    desk.write("config.toml", quoted);
    let commands: Vec<Vec<&str>> = vec![
        vec!["check", directory],
        vec!["check", directory, "--json"],
        vec!["check", directory, "--format", "sarif"],
        vec!["check", directory, "--units", "名册.csv", "--last-year", directory],
        vec!["show", &file],
        vec!["compare", &file, &file],
        vec!["list"],
        vec!["list", "--json"],
        vec!["review", directory, "--list"],
        vec!["review", directory, "--json"],
        vec!["trends", directory],
        vec!["trends", directory, "--json"],
        vec!["rollup", directory, "--units", "名册.csv", "-o", "全县.json"],
        vec!["--config", "config.toml", "check", directory],
        vec!["show", &argument],
        vec!["rules", &argument],
        vec!["set", "1", &argument],
        vec!["export", &file, "--to", &argument],
        vec!["check", &file, "--rule", &argument],
        vec!["trends", directory, "-o", "趋势.html", "--force"],
        vec!["export", directory, "-o", "长表.csv", "--force"],
        vec!["export", directory, "-o", "长表.jsonl", "--force"],
        vec!["letters", directory, "-o", "意见", "--all", "--to", "docx"],
        vec!["letters", directory, "-o", "意见", "--all", "--to", "md"],
        vec!["letters", directory, "-o", "意见", "--all", "--to", "txt"],
    ];
    let mut said = Vec::new();
    for command in commands {
        let output = desk.command(&command).output().unwrap();
        said.push((format!("{} out", command.join(" ")), output.stdout));
        said.push((format!("{} err", command.join(" ")), output.stderr));
    }
    for path in written(desk.path("意见"))
        .into_iter()
        .chain(["趋势.html", "长表.csv", "长表.jsonl"].map(|name| desk.path(name)))
    {
        if let Ok(bytes) = std::fs::read(&path) {
            said.push((path.extension().unwrap().to_string_lossy().into_owned(), bytes));
        }
    }
    Some(said)
}

/// The kinds of the files that were written, in order.
fn kinds(said: &[(String, Vec<u8>)]) -> Vec<&str> {
    let mut kinds: Vec<&str> =
        said.iter().map(|(what, _)| what.as_str()).filter(|what| !what.contains(' ')).collect();
    kinds.sort_unstable();
    kinds
}

/// A payload as a key of TOML.
fn toml_key(payload: &str) -> String {
    serde_json::to_string(payload).unwrap()
}

fn written(directory: PathBuf) -> Vec<PathBuf> {
    std::fs::read_dir(directory).into_iter().flatten().map(|entry| entry.unwrap().path()).collect()
}

/// What is wrong with what was said or written.
fn wrong(what: &str, bytes: &[u8], harmless: &[(String, Vec<u8>)]) -> Vec<String> {
    let same = |judge: fn(&[u8]) -> judges::Means| -> judges::Means {
        harmless.iter().filter(|(other, _)| other == what).flat_map(|(_, bytes)| judge(bytes)).collect()
    };
    let beside = |judge: fn(&[u8]) -> judges::Means| judge(bytes).difference(&same(judge)).cloned().collect();
    match what {
        "html" => beside(judges::of_page),
        "docx" => beside(judges::of_package),
        "csv" => beside(judges::of_table),
        "md" => [beside(judges::of_markdown), beside(judges::of_terminal)].concat(),
        // A file of lines of JSON is for programs; that each line is one is all.
        "jsonl" => {
            let lines = String::from_utf8_lossy(bytes);
            lines
                .lines()
                .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).err())
                .map(|error| error.to_string())
                .collect()
        }
        _ => judges::of_terminal(bytes).into_iter().collect(),
    }
}

#[test]
fn no_payload_is_obeyed_where_it_is_said_or_written() {
    let plain = said(HARMLESS).unwrap();
    let written = kinds(&plain);
    assert_eq!(written, ["csv", "docx", "html", "jsonl", "md", "txt"]);
    let harmless: Vec<_> = plain.iter().cloned().chain(said("甲\t乙").unwrap()).collect();
    let (mut count, mut refused, mut faults) = (0, 0, Vec::new());
    let chosen = scale().of(payloads::all(), 3, 80);
    for payload in &chosen {
        let Some(said) = said(payload) else {
            refused += 1;
            continue;
        };
        if kinds(&said) != written {
            faults.push(format!("{payload:?}: only {:?} were written", kinds(&said)));
        }
        for (what, bytes) in said {
            count += 1;
            faults.extend(
                wrong(&what, &bytes, &harmless)
                    .into_iter()
                    .map(|wrong| format!("{payload:?} with {what:?}: {wrong}")),
            );
            assert!(!bytes.windows(8).any(|window| window == b"panicked"), "{payload:?} with {what}");
        }
    }
    figure(
        "T1",
        &format!(
            "{} payloads in {count} outputs, {refused} refused as names, {} were obeyed",
            chosen.len(),
            faults.len()
        ),
    );
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    // The control: something that says it as it is.
    let control = wrong("show x out", "甲\u{1b}]0;x\u{7}".as_bytes(), &[]);
    assert_eq!(control.len(), 2, "{control:?}");
}

/// What a terminal was sent that is none of the program's own: what the emulator does not know, and what no screen of ours has.
fn screen(terminal: &mut Terminal, payload: &str, own: &[&[u8]]) -> Vec<String> {
    let mut faults = terminal.take_faults();
    let has = |bytes: &[u8]| bytes.windows(payload.len()).any(|window| window == payload.as_bytes());
    if payload.contains(char::is_control) && has(&terminal.received) && !own.iter().any(|own| has(own)) {
        faults.push("it was sent as it is".to_owned());
    }
    let text = String::from_utf8_lossy(&terminal.received).into_owned();
    let is_hidden = |c: &char| !c.is_ascii() && crate::targets::is_obeyed(*c);
    faults.extend(text.chars().filter(is_hidden).map(|c| format!("U+{:04X} was sent", c as u32)));
    for (name, introducer) in
        [("OSC", &b"\x1b]"[..]), ("DCS", b"\x1bP"), ("APC", b"\x1b_"), ("PM", b"\x1b^"), ("BEL", b"\x07")]
    {
        let count =
            |bytes: &[u8]| bytes.windows(introducer.len()).filter(|window| *window == introducer).count();
        let most = own.iter().map(|bytes| count(bytes)).max().unwrap_or_default();
        if count(&terminal.received) > most {
            faults.push(format!("{name} was sent"));
        }
    }
    faults
}

/// Shows a report with a payload everywhere: its sections one by one, what was found, the library, and a file that is refused.
fn shown(payload: &str, own: &[&[u8]]) -> (Vec<String>, Vec<u8>) {
    let (desk, file) = desk(payload);
    let data = desk.path("library");
    // Somebody else has it open, by their own account.
    let owner = serde_json::json!({"user": payload, "uid": 0, "host": payload, "process": 1, "since": 1});
    let lock = data.join("reports/0001/lock");
    std::fs::write(&lock, owner.to_string()).unwrap();
    let held = File::options().read(true).write(true).open(&lock).unwrap();
    held.lock().unwrap();
    let mut faults = Vec::new();
    let mut received = Vec::new();
    // Where the system refuses the name, the library is looked at alone.
    let path = file.map(|file| desk.path(&file));
    let path = path.as_ref().map(|path| path.to_str().unwrap());
    for argument in path.map(Some).into_iter().chain([None]) {
        let mut terminal = Terminal::start(&data, argument.as_slice(), (100, 40));
        let is_drawn = |terminal: &Terminal| ["Ctrl+", "Esc"].iter().any(|key| terminal.text().contains(key));
        assert!(terminal.wait_until(is_drawn), "nothing is shown: {}", terminal.text());
        for keys in [
            "\r", "\x1b[6~", "\x1b[6~", "\x1b[6~", "\x1b[6~", "\x1b[6~", "\x1b[6~", "\x1bOQ", "\x1b",
            "\x1b[5~", "\t", "\r", "\x1b",
        ] {
            terminal.press(keys);
        }
        terminal.take_in_all();
        faults.extend(screen(&mut terminal, payload, own));
        received.extend_from_slice(&terminal.received);
        terminal.kill();
    }
    (faults, received)
}

#[test]
fn no_payload_is_obeyed_on_the_screen() {
    let (faults, own) = shown(HARMLESS, &[&[b'\x07'; 64], &b"\x1b]\x1bP\x1b_\x1b^".repeat(64)]);
    assert!(faults.is_empty(), "a harmless report is no fault: {faults:?}");
    let controls: Vec<&str> = payloads::all().into_iter().skip(60).collect();
    let chosen = scale().of(controls, 2, 20);
    let mut wrong = Vec::new();
    for payload in &chosen {
        let (faults, _) = shown(payload, &[&own]);
        wrong.extend(faults.into_iter().map(|fault| format!("{payload:?}: {fault}")));
    }
    figure("T1", &format!("{} payloads on the screen, {} faults", chosen.len(), wrong.len()));
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The control: a program that shows a text as it is.
#[test]
fn a_program_that_shows_text_as_it_is_is_found_out() {
    let home = tempfile::tempdir().unwrap();
    for payload in payloads::all()
        .into_iter()
        .skip(60)
        .filter(|payload| payload.contains('\u{1b}') || payload.contains('\u{202e}'))
    {
        std::fs::write(home.path().join("text"), format!("\x1b[?1049h{payload}!")).unwrap();
        let script = format!("cat '{}'; sleep 60", home.path().join("text").display());
        let mut terminal = Terminal::start_script(home.path(), &script, (80, 24));
        terminal.wait_for("!");
        let faults = screen(&mut terminal, payload, &[]);
        terminal.kill();
        assert!(!faults.is_empty(), "{payload:?} is not seen");
    }
}
