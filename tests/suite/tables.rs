//! The tables of the README, held in step with the values that they are printed from.

use nianbao::check::RULES;
use nianbao::export::Kind;
use nianbao::keymap::{BINDINGS, Context, Keymap};
use nianbao::panel::{COLUMNS, State};
use nianbao::tui::app::mark::Mark;

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

/// The screens that it shows are those that the program draws: the snapshots, which other tests hold in step.
#[test]
fn the_screens_are_the_snapshots() {
    let readme = readme();
    let shown: Vec<&str> =
        readme.split("<!-- screens/").skip(1).filter_map(|rest| rest.split(" -->").next()).collect();
    assert!(shown.len() >= 4, "{shown:?}");
    for name in shown {
        let path = format!("{}/tests/data/screens/{name}", env!("CARGO_MANIFEST_DIR"));
        let drawn = std::fs::read_to_string(path).unwrap();
        let expected = format!("```text\n{drawn}```\n");
        let name = format!("screens/{name}");
        assert_eq!(between(&readme, &name), Some(expected.as_str()), "put {name} into README.md");
    }
}

/// The table of formats says more of each than the program does, and leaves none out.
#[test]
fn the_table_of_endings_has_every_format() {
    let readme = readme();
    let table = between(&readme, "endings").unwrap();
    let written = |ending: &str| table.contains(&format!("`.{ending}`"));
    let missing = Kind::ALL.map(Kind::extension).into_iter().filter(|ending| !written(ending));
    assert_eq!(missing.collect::<Vec<_>>(), [""; 0], "a line of the table of endings in README.md");
    assert!(!written("doc"));
}

#[test]
fn the_table_of_signs_is_the_marks() {
    let mut expected = "| 记号 | 意思 |\n| --- | --- |\n".to_owned();
    Mark::ALL.iter().for_each(|mark| expected += &format!("| `{}` | {} |\n", mark.sign(), mark.meaning()));
    assert_eq!(between(&readme(), "signs"), Some(expected.as_str()), "put this into README.md:\n{expected}");
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

/// What the walks name: `NAME` in `FILE`, or several names before a file, however the lines are broken.
fn named(walks: &str) -> Vec<(String, String)> {
    let words = walks.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_name = |code: &str| code.chars().all(|char| char.is_alphanumeric() || char == '_' || char == ':');
    let (mut all, mut before, mut names) = (Vec::new(), "", Vec::new());
    for (nth, piece) in words.split('`').enumerate() {
        match nth % 2 {
            0 => {
                if piece.contains(['.', ';', ':']) {
                    names.clear();
                }
                before = piece.trim();
            }
            _ if piece.contains('/') && before.ends_with("in") => {
                all.extend(names.drain(..).map(|name: &str| (name.to_owned(), piece.to_owned())));
            }
            _ => names.extend(is_name(piece).then_some(piece)),
        }
    }
    all
}

#[test]
fn walks_name_what_is_there() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let is_there = |(name, file): &(String, String)| {
        std::fs::read_to_string(root.join(file)).is_ok_and(|text| {
            let ends = |rest: &str| !rest.starts_with(|char: char| char.is_alphanumeric() || char == '_');
            text.match_indices(name.as_str()).any(|(at, _)| ends(&text[at + name.len()..]))
        })
    };
    let readme = readme();
    let walks = named(between(&readme, "walks").unwrap());
    assert!(walks.len() >= 12, "{walks:?}");
    let lost: Vec<_> = walks.iter().filter(|walk| !is_there(walk)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    assert!(!is_there(&("RULE".to_owned(), "src/check.rs".to_owned())), "a part of a name is none");
}
