//! The language that the program speaks, and that what it says in English is English.

use super::{Desk, report};
use crate::english::left_over;

/// Every command.
pub(super) const COMMANDS: [&str; 23] = [
    "new",
    "list",
    "show",
    "set",
    "log",
    "restore",
    "delete",
    "check",
    "review",
    "compare",
    "convert",
    "letters",
    "rollup",
    "trends",
    "rules",
    "import",
    "export",
    "keys",
    "doctor",
    "path",
    "schema",
    "completions",
    "man",
];

/// What stays Chinese: a unit of an example, the names of letters, the heads that a table of adjustments has to have.
const NAMES: [&str; 5] = ["审核意见－云溪镇人民政府", "云溪镇人民政府", "云溪镇", "调整数", "理由"];

#[test]
fn the_language_is_what_is_said_then_the_environment_then_the_configuration() {
    let desk = Desk::new();
    let config = desk.write("english.toml", "lang = \"en\"\n");
    let spoken = |arguments: &[&str], environment: Option<&str>| {
        let mut command = desk.command(arguments);
        command.env_remove("NIANBAO_LANG").env("XDG_CONFIG_HOME", desk.path("none"));
        command.envs(environment.map(|tag| ("NIANBAO_LANG", tag)));
        let output = command.output().unwrap();
        String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
    };
    for (arguments, environment, is_english) in [
        (&["--help"][..], None, false),
        (&["--help"], Some("en_US.UTF-8"), true),
        (&["--help"], Some("zh"), false),
        (&["--lang", "en", "--help"], Some("zh"), true),
        (&["--lang=en", "--help"], None, true),
        (&["--lang", "zh", "--help"], Some("en"), false),
        (&["--config", config, "--help"], None, true),
        (&["--config", config, "--help"], Some("zh"), false),
        (&["show", "--", "--lang=en"], None, false),
    ] {
        let said = spoken(arguments, environment);
        assert_eq!(
            said.contains("Usage:") || said.contains("Error:"),
            is_english,
            "{arguments:?} {environment:?}: {said}"
        );
    }
    for (arguments, environment) in [(&["list"][..], Some("fr")), (&["--lang", "fr", "list"], None)] {
        let said = spoken(arguments, environment);
        assert!(said.contains("zh 或 en"), "{said}");
    }
}

#[test]
fn what_is_said_in_english_is_english() {
    let desk = Desk::new();
    let own = report(&[]);
    desk.write("own.json", own.to_json());
    desk.write("other.json", report(&[("requests/granted/total", "8"), ("@short_name", "云溪镇")]).to_json());
    desk.write("broken.json", "{\"schema\":1");
    let english = |arguments: &[&str]| desk.run(&[&["--lang", "en"], arguments].concat());
    let helps = COMMANDS.iter().map(|name| vec![*name, "--help"]);
    let uses = [
        &["--help"][..],
        &["import", "own.json"],
        &["list"],
        &["set", "1", "requests/granted/total=9"],
        &["set", "1", "requests/granted/totals=9"],
        &["log", "1"],
        &["check", "1"],
        &["check", "own.json", "other.json", "broken.json", "none.json"],
        &["compare", "own.json", "other.json"],
        &["rules"],
        &["doctor"],
        &["delete", "1"],
        &["restore", "7"],
        &["check"],
        &["check", "own.json", "--deny", "x"],
        &["chek"],
        &["convert", "own.json", "out.xyz"],
    ];
    let mut chinese = Vec::new();
    for arguments in helps.chain(uses.iter().map(|arguments| arguments.to_vec())) {
        let run = english(&arguments);
        // Without the breaks of lines, which may be within what is quoted.
        let said: String = run.out.lines().chain(run.err.lines()).map(str::trim_start).collect();
        let said = NAMES.iter().fold(said, |said, name| said.replace(name, ""));
        let left = left_over(&said);
        chinese.extend((!left.is_empty()).then(|| format!("{arguments:?}: {left}\n{}{}", run.out, run.err)));
    }
    assert!(chinese.is_empty(), "{}", chinese.join("\n"));
    let listed = english(&["compare", "own.json", "other.json"]).out;
    assert!(listed.contains("Short name") && listed.contains("blank → 云溪镇"), "{listed}");
}
