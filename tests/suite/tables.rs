//! The tables of the README, held in step with the values that they are printed from.

use nianbao::check::RULES;
use nianbao::keymap::{BINDINGS, Context, Keymap};
use nianbao::panel::{COLUMNS, State};

fn readme() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap()
}

/// What stands between `<!-- name -->` and `<!-- /name -->`.
fn between<'a>(readme: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = readme.split_once(&format!("<!-- {name} -->\n"))?;
    Some(rest.split_once(&format!("<!-- /{name} -->"))?.0)
}

#[test]
fn the_table_of_rules_is_the_rules() {
    let mut expected = "| 编号 | 名称 | 级别 | 检查什么 |\n| --- | --- | --- | --- |\n".to_owned();
    for rule in RULES {
        let title = rule.title.replace('|', "\\|");
        expected += &format!("| {} | {} | {} | {title} |\n", rule.id, rule.name, rule.severity.label());
    }
    assert_eq!(between(&readme(), "rules"), Some(expected.as_str()), "put this into README.md:\n{expected}");
}

#[test]
fn the_table_of_keys_is_the_keymap() {
    let mut expected = "| 键 | 作用 | 在哪里 |\n| --- | --- | --- |\n".to_owned();
    for binding in BINDINGS {
        let rooms: Vec<&str> = binding.on.iter().copied().map(Context::label).collect();
        let key = match binding.key() {
            key if key.is_empty() => Keymap::default().way(binding.command),
            key => key,
        };
        expected += &format!("| {key} | {} | {} |\n", binding.explained(), rooms.join("、"));
    }
    assert_eq!(between(&readme(), "keys"), Some(expected.as_str()), "put this into README.md:\n{expected}");
}

#[test]
fn the_tables_of_the_long_table_are_its_columns_and_states() {
    let mut expected = "| 列 | 是什么 |\n| --- | --- |\n".to_owned();
    COLUMNS.iter().for_each(|column| expected += &format!("| `{}` | {} |\n", column.name, column.meaning));
    assert_eq!(
        between(&readme(), "columns"),
        Some(expected.as_str()),
        "put this into README.md:\n{expected}"
    );
    let mut expected = "| `state` | 这一格 |\n| --- | --- |\n".to_owned();
    State::ALL
        .iter()
        .for_each(|(state, meaning)| expected += &format!("| `{}` | {meaning} |\n", state.key()));
    assert_eq!(between(&readme(), "states"), Some(expected.as_str()), "put this into README.md:\n{expected}");
}
