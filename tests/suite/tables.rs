//! The tables of the README, held in step with the values that they are printed from.

use nianbao::check::{RULES, Rule};
use nianbao::export::Kind;
use nianbao::keymap::{BINDINGS, Binding, Context, Keymap};
use nianbao::panel::{COLUMNS, Column, State};
use nianbao::tui::app::mark::Mark;

use crate::support::{Readme, as_code, is_writing};

/// A table with this head; the cells of a row come joined.
fn table(head: &[&str], rows: impl Iterator<Item = String>) -> String {
    let head = format!("| {} |\n|{}\n", head.join(" | "), " --- |".repeat(head.len()));
    rows.fold(head, |table, row| table + "| " + &row + " |\n")
}

#[test]
fn the_table_of_rules_is_the_rules() {
    let row = |rule: &&Rule| {
        let title = rule.title.replace('|', "\\|");
        format!("{} | {} | {} | {title}", rule.id, rule.name, rule.severity.label())
    };
    Readme::hold("rules", &table(&["编号", "名称", "级别", "检查什么"], RULES.iter().map(row)));
}

/// The screens that it shows are those that the program draws: the snapshots, which other tests hold in step.
#[test]
fn the_screens_are_the_snapshots() {
    if is_writing() {
        return; // Each is written with its snapshot.
    }
    let readme = Readme::read();
    let shown: Vec<&str> = readme.parts("screens/").collect();
    assert!(shown.len() >= 4, "{shown:?}");
    for name in shown {
        let path = format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"));
        Readme::hold(name, &as_code(&std::fs::read_to_string(path).unwrap()));
    }
}

#[test]
fn the_table_of_endings_is_the_formats() {
    let row = |kind: &Kind| format!("`.{}` | {}", kind.extension(), kind.label());
    Readme::hold("endings", &table(&["结尾", "是什么"], Kind::ALL.iter().map(row)));
}

#[test]
fn the_table_of_signs_is_the_marks() {
    let row = |mark: &Mark| format!("`{}` | {}", mark.sign(), mark.meaning());
    Readme::hold("signs", &table(&["记号", "意思"], Mark::ALL.iter().map(row)));
}

#[test]
fn the_table_of_keys_is_the_keymap() {
    let row = |binding: &Binding| {
        let rooms: Vec<&str> = binding.on.iter().copied().map(Context::label).collect();
        let key = match binding.key() {
            key if key.is_empty() => Keymap::default().way(binding.command),
            key => key,
        };
        format!("{key} | {} | {}", binding.explained(), rooms.join("、"))
    };
    Readme::hold("keys", &table(&["键", "作用", "在哪里"], BINDINGS.iter().map(row)));
}

#[test]
fn the_tables_of_the_long_table_are_its_columns_and_states() {
    let row = |column: &Column| format!("`{}` | {}", column.name, column.meaning);
    Readme::hold("columns", &table(&["列", "是什么"], COLUMNS.iter().map(row)));
    let row = |(state, meaning): &(State, &str)| format!("`{}` | {meaning}", state.key());
    Readme::hold("states", &table(&["`state`", "这一格"], State::ALL.iter().map(row)));
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
    let readme = Readme::read();
    let walks = named(readme.part("walks").unwrap());
    assert!(walks.len() >= 12, "{walks:?}");
    let lost: Vec<_> = walks.iter().filter(|walk| !is_there(walk)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    assert!(!is_there(&("RULE".to_owned(), "src/check.rs".to_owned())), "a part of a name is none");
}
