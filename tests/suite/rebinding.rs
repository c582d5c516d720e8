//! Keys of the configuration: they work, and everything that names a key names them.

use std::process::Command as Process;

use nianbao::config;
use nianbao::form::Form;
use nianbao::keymap::{BINDINGS, Command, Context, Keymap};

use nianbao::report::Report;

use crate::keys::{SIZE, blank, cursor};
use crate::screens::{Desk, sample};

fn keymap(text: &str) -> Keymap {
    config::parse(format!("[keys]\n{text}").as_bytes()).unwrap().keys
}

#[test]
fn a_key_of_the_configuration_works_and_the_one_before_does_not() {
    let mut desk = Desk::report(SIZE, sample(), "requests/received/natural_person");
    desk.app.keys =
        keymap("next_finding = \"Ctrl+B\"\nprevious_finding = []\nright = [\"Right\", \"F12\"]\n");
    desk.press("F8 C-n");
    assert_eq!(cursor(&desk), "requests/received/natural_person");
    desk.press("F12");
    assert_eq!(cursor(&desk), "requests/received/business");
    let before = cursor(&desk);
    desk.press("C-b");
    assert_ne!(cursor(&desk), before);
}

#[test]
fn hints_help_palette_and_messages_say_the_keys_in_force() {
    let mut desk = Desk::report(SIZE, sample(), "requests/received/natural_person");
    desk.app.keys = keymap(
        "next_finding = [\"F12\", \"Alt+N\"]\nundo = \"Alt+U\"\nmend = \"Alt+V\"\nhelp = \"F11\"\nsave = []\npalette = \"Alt+D\"\n",
    );
    assert!(desk.seen().contains("F12 下一处  ") && desk.seen().contains("F11 帮助"), "{}", desk.seen());
    desk.press("F11");
    assert!(desk.seen().contains("F12                   到下一处问题，也可以按 Alt+N"), "{}", desk.seen());
    desk.press("Esc M-d 保存");
    assert!(desk.seen().lines().nth(4).unwrap().trim_start().starts_with("保存"), "{}", desk.seen());
    desk.press("Esc F12");
    assert!(desk.seen().contains("  Alt+V "), "{}", desk.seen());
    desk.press("M-v");
    assert!(desk.seen().contains("Alt+U 可以撤销"), "{}", desk.seen());
    desk.press("M-1 F7 没有这样的");
    assert_eq!(desk.app.way(Command::Save), "Alt+D 保存");
}

/// The keys of the table as they come, each changed to one that is nowhere in it.
fn all_other_keys() -> Keymap {
    let mut free = (1..=12).flat_map(|f| {
        ["Alt+", "Ctrl+", "Ctrl+Alt+", "Alt+Shift+", "Ctrl+Shift+"].map(|m| format!("{m}F{f}"))
    });
    let list: String = Command::all()
        .into_iter()
        .filter(|command| command.is_in_palette() || *command == Command::Palette)
        .map(|command| format!("{} = \"{}\"\n", command.name(), free.next().unwrap()))
        .collect();
    keymap(&list)
}

#[test]
fn no_screen_names_a_key_that_is_not_in_force() {
    let keys = all_other_keys();
    let gone: Vec<String> = Command::all()
        .into_iter()
        .filter(|command| keys.keys(*command) != Keymap::default().keys(*command))
        .flat_map(|command| Keymap::default().keys(command))
        .filter(|key| Context::ALL.iter().all(|&context| keys.command(context, *key).is_none()))
        .map(|key| key.to_string())
        .collect();
    assert!(gone.len() > 40, "{gone:?}");
    for commands in [
        vec![Command::Help],
        vec![Command::Palette],
        vec![Command::NextFinding],
        vec![Command::NextFinding, Command::Explain],
        vec![Command::NextFinding, Command::Mend, Command::Enter],
        vec![Command::NextFinding, Command::Waive],
        vec![Command::ZeroReport],
        vec![Command::SwitchTotals],
        vec![Command::SwitchWidth],
        vec![Command::SwitchMouse],
        vec![Command::Explain],
        vec![Command::ShowTab(7)],
        vec![Command::Export],
        vec![Command::Find],
        vec![Command::LastYear],
        vec![Command::Replace],
        vec![Command::Compose],
    ] {
        // In a table, in prose, and where nothing is written yet.
        let blank = || Report::new(Form::current());
        for (report, cursor) in
            [(sample(), "requests/received/natural_person"), (sample(), "overview"), (blank(), "overview")]
        {
            let mut desk = Desk::report((120, 60), report, cursor);
            desk.app.keys = keys.clone();
            for command in &commands {
                desk.key(keys.keys(*command)[0]);
            }
            assert_names_none(&desk.seen(), &gone);
        }
    }
}

/// Asserts that a screen names none of these keys; words of a message do not break over two rows on a wide one.
fn assert_names_none(seen: &str, keys: &[String]) {
    for key in keys {
        let named = seen.match_indices(key.as_str()).any(|(at, _)| {
            let before = seen[..at].chars().next_back().unwrap_or(' ');
            let after = seen[at + key.len()..].chars().next().unwrap_or(' ');
            before != '+' && !after.is_ascii_alphanumeric()
        });
        assert!(!named, "{key}:\n{seen}");
    }
}

#[test]
fn the_palette_finds_a_command_by_its_words_its_pinyin_and_its_initials() {
    for sought in ["零报告", "lingbaogao", "lbg", "lingbg", "LBG"] {
        let mut desk = blank("requests/received/natural_person");
        desk.press(&format!("C-p {sought} Enter"));
        assert!(desk.seen().contains("166 个空白格"), "{sought}:\n{}", desk.seen());
    }
    // Every command of the palette, by its title in pinyin as it is spelled.
    for (title, pinyin) in [
        ("下一处问题", "xiayichuwenti"),
        ("重做", "chongzuo"),
        ("撤销", "chexiao"),
        ("合计自动计算", "hejizidongjisuan"),
        ("回到报告列表", "huidaobaogaoliebiao"),
        ("读入说明", "durushuoming"),
        // Its initials are also within what is said of others.
        ("挂起", "gq"),
    ] {
        assert!(BINDINGS.iter().any(|binding| binding.title == title), "{title}");
        let mut desk = blank("requests/received/natural_person");
        desk.press(&format!("C-p {pinyin}"));
        assert!(desk.seen().lines().nth(4).unwrap().contains(title), "{pinyin}:\n{}", desk.seen());
    }
}

fn nianbao(arguments: &[&str]) -> (String, String, Option<i32>) {
    let done = Process::new(env!("CARGO_BIN_EXE_nianbao")).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(done.stdout), text(done.stderr), done.status.code())
}

#[test]
fn what_keys_prints_is_a_configuration_that_gives_the_same_keys() {
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(path("own.toml"), "mouse = true\n[keys]\nundo = [\"F12\", \"Alt+U\"]\nexport = []\n")
        .unwrap();
    let (printed, _, status) = nianbao(&["--config", &path("own.toml"), "keys"]);
    assert_eq!(status, Some(0));
    assert!(
        printed.contains("undo = [\"F12\", \"Alt+U\"]") && printed.contains("配置文件第 3 行"),
        "{printed}"
    );
    assert!(printed.contains("\nexport = []\n"), "{printed}");
    // Behind the profile, as both are printed.
    let (profile, ..) = nianbao(&["--config", &path("own.toml"), "rules", "--profile"]);
    std::fs::write(path("printed.toml"), profile + &printed).unwrap();
    let settings = |text: &str| -> Vec<String> {
        text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
    };
    let (again, said, _) = nianbao(&["--config", &path("printed.toml"), "keys"]);
    assert_eq!(settings(&again), settings(&printed), "{said}");
    let (json, ..) = nianbao(&["--config", &path("own.toml"), "keys", "--json"]);
    let undo = json.lines().find(|line| line.contains("\"undo\"")).unwrap();
    let undo: serde_json::Value = serde_json::from_str(undo).unwrap();
    assert_eq!(undo["keys"], serde_json::json!(["F12", "Alt+U"]));
}

#[test]
fn the_example_of_the_readme_can_be_followed() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let example = &readme[readme.find("    [keys]\n").unwrap()..];
    let example: String =
        example.lines().take_while(|line| !line.is_empty()).map(|line| format!("{line}\n")).collect();
    assert!(example.lines().count() > 2, "{example}");
    config::parse(example.as_bytes()).unwrap();
}

#[test]
fn a_fault_in_the_keys_stops_the_program_and_names_the_line() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("own.toml");
    std::fs::write(&path, "[keys]\nundo = \"F8\"\n").unwrap();
    let path = path.to_str().unwrap();
    for command in
        [&["keys"][..], &["list"], &["show", "1"], &["log", "1"], &["check", "1"], &["rules", "--profile"]]
    {
        let (_, said, status) = nianbao(&[&["--config", path], command].concat());
        assert_eq!(status, Some(2), "{command:?}");
        let said = said.replace('\n', "");
        assert!(said.contains("第 2 行：F8 在") && said.contains("既是 next_finding 又是 undo"), "{said}");
    }
    // What is asked when nothing goes as it should does not depend on it.
    for command in [&["path"][..], &["rules", "A08"]] {
        assert_eq!(nianbao(&[&["--config", path], command].concat()).2, Some(0), "{command:?}");
    }
}
