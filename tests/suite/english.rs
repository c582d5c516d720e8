//! The English interface: every message is in the phrasebook, and the phrasebook has none that there is not.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use nianbao::check::RULES;
use nianbao::form::Form;
use nianbao::form::terms::Section;
use nianbao::language::Language;
use nianbao::report::Place;
use nianbao::text::is_han;

use crate::support::snapshot;

/// Files whose Chinese is recognized in reports or written into them, and is not said to the user. What a rule says is tried on
/// its examples.
const SILENT: [&str; 9] = [
    "src/check",
    "src/day.rs",
    "src/language",
    "src/letter",
    "src/number.rs",
    "src/prose",
    "src/text",
    "src/text.rs",
    "src/prose.rs",
];

/// The Chinese string literals of a source file as they are written, blanks at their ends and line breaks left out.
fn literals(source: &str) -> Vec<String> {
    let code = source.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
    let (mut found, mut rest) = (Vec::new(), code);
    while let Some(at) = rest.find(['"', '/', '\'']) {
        let tail = &rest[at..];
        rest = if tail.starts_with("//") {
            &tail[tail.find('\n').unwrap_or(tail.len())..]
        } else if tail.starts_with('"') && rest[..at].ends_with("r#") {
            let end = tail.find("\"#").unwrap_or(tail.len());
            found.push(tail[1..end].replace('"', "\\\"").replace('\n', "\\n"));
            tail.get(end + 2..).unwrap_or_default()
        } else if let Some(inside) = tail.strip_prefix('"') {
            let end = closing(inside);
            found.push(joined(&inside[..end]));
            inside.get(end + 1..).unwrap_or_default()
        } else if let Some(quoted) = tail.strip_prefix("'\"'").or(tail.strip_prefix("'\\\"'")) {
            quoted
        } else {
            &tail[1..]
        };
    }
    let says = |literal: &String| without_holes(literal).chars().any(is_han);
    found.iter().map(|literal| literal.trim().to_owned()).filter(says).collect()
}

/// Where a literal ends: at the first quote that is not escaped.
fn closing(inside: &str) -> usize {
    let mut is_escaped = false;
    let ends = |char| {
        let ends = char == '"' && !is_escaped;
        is_escaped = char == '\\' && !is_escaped;
        ends
    };
    inside.find(ends).unwrap_or(inside.len())
}

/// A literal whose lines are continued, in one line.
fn joined(literal: &str) -> String {
    let mut lines = literal.split("\\\n");
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |joined, line| joined + line.trim_start())
}

fn without_holes(literal: &str) -> String {
    let mut depth = 0;
    let outside = |char: &char| {
        depth += i32::from(*char == '{') - i32::from(*char == '}');
        depth == 0 && *char != '}'
    };
    literal.chars().filter(outside).collect()
}

/// Every literal of the program with the files that it stands in.
fn said() -> BTreeMap<String, BTreeSet<String>> {
    fn walk(directory: &Path, said: &mut BTreeMap<String, BTreeSet<String>>) {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                walk(&path, said);
            } else if name.ends_with(".rs") && !name.contains("/tests") {
                for literal in literals(&fs::read_to_string(&path).unwrap()) {
                    said.entry(literal).or_default().insert(name.clone());
                }
            }
        }
    }
    let mut said = BTreeMap::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut said);
    said
}

/// The Chinese of the phrasebook.
#[derive(Default)]
struct Known {
    /// What has an English.
    pairs: BTreeSet<String>,
    /// Those of them that are put together of parts that the source has.
    composed: BTreeSet<String>,
    /// What is marked as never shown.
    silent: BTreeSet<String>,
}

fn known() -> Known {
    let mut known = Known::default();
    for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/language/english")).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        let mut lines = text.lines().filter(|line| !line.is_empty());
        let mut is_composed = false;
        while let Some(line) = lines.next() {
            if line.starts_with("# src/") {
                is_composed = line.ends_with(", put together");
            } else if let Some(word) = line.strip_prefix("- ") {
                assert!(known.silent.insert(word.to_owned()), "twice: {word}");
            } else {
                assert!(known.pairs.insert(line.to_owned()), "twice: {line}");
                assert!(lines.next().is_some(), "without an English: {line}");
                if is_composed {
                    known.composed.insert(line.to_owned());
                }
            }
        }
    }
    known
}

#[test]
fn the_literals_of_a_source_are_those_that_it_says() {
    let source = "// “不”\nlet a = ' ';\nf(\"一 {名}\", '\"', r#\"甲\"乙\"#);\nlet b = \"二\\\n     三\\\"四 \"; \"{空}\"\n\
                  #[cfg(test)]\nmod tests { \"五\" }";
    assert_eq!(literals(source), ["一 {名}", "甲\\\"乙", "二三\\\"四"]);
}

#[test]
fn every_message_has_an_english() {
    let Known { pairs, silent, .. } = known();
    let is_silent = |file: &String| SILENT.iter().any(|silent| file.starts_with(silent));
    let missing: Vec<String> = said()
        .into_iter()
        .filter(|(literal, files)| {
            !files.iter().all(is_silent) && !pairs.contains(literal) && !silent.contains(literal)
        })
        .map(|(literal, files)| format!("{files:?}: {literal}"))
        .collect();
    assert!(
        missing.is_empty(),
        "{} without an English: a pair of lines each, under the source in src/language/english:\n{}",
        missing.len(),
        missing.join("\n")
    );
}

#[test]
fn the_phrasebook_has_nothing_that_is_not_said() {
    let Known { pairs, composed, silent } = known();
    let said = said();
    let stale: Vec<&String> = pairs
        .iter()
        .chain(&silent)
        .filter(|phrase| !said.contains_key(*phrase) && !composed.contains(*phrase))
        .collect();
    assert!(stale.is_empty(), "{} that nobody says: {stale:#?}", stale.len());
}

#[test]
fn every_label_of_the_forms_has_a_gloss() {
    let pairs = known().pairs;
    let labels = Form::all().iter().flat_map(|form| {
        let of_cells =
            form.cells().iter().flat_map(|info| [info.row_name.clone(), info.column_name.to_owned()]);
        let sections = Section::ALL.iter().map(|section| Place::Section(*section));
        let others = Place::all().filter(|place| place.cell().is_none()).chain(sections);
        of_cells.chain(others.map(|place| place.label(form))).collect::<Vec<_>>()
    });
    let missing: BTreeSet<String> = labels.filter(|label| !pairs.contains(label)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

/// Names that stay as they are: of decrees, of units with a gloss, of what stands in reports.
const OFFICIAL: [&str; 18] = [
    "四、结转下年度继续办理",
    "云溪镇人民政府",
    "沙湾镇人民政府",
    // Of the examples.
    "45件",
    "60件",
    "50条",
    "200条",
    "251000元",
    "原文件与表样不同",
    "国办公开办函〔2021〕30号",
    "国办公开办函〔2016〕201号",
    "〔2019〕60号",
    "年政府信息公开工作年度报告",
    "二、上年结转",
    "一是",
    "二是",
    "规章",
    "万元",
];

/// What is left of Chinese in an English message: not what is quoted or in brackets, a label before its gloss, or the numeral
/// of a row.
pub(crate) fn left_over(message: &str) -> String {
    let message = OFFICIAL.iter().fold(message.to_owned(), |message, name| message.replace(name, ""));
    let is_of_label =
        |char: char| is_han(char) || char.is_ascii_digit() || "、，.：（）“”〔〕".contains(char);
    let without_labels: String = message
        .split_inclusive(" (")
        .map(|part| match part.strip_suffix(" (") {
            Some(before) => before.trim_end_matches(is_of_label).to_owned() + "(",
            None => part.to_owned(),
        })
        .collect();
    let (mut depth, mut is_quoted) = (0, false);
    let outside = |char: &char| {
        match char {
            '"' => is_quoted = !is_quoted,
            '“' | '（' | '《' | '【' | '(' => depth += 1,
            '”' | '）' | '》' | '】' | ')' => depth -= 1,
            _ => {}
        }
        depth == 0 && !is_quoted && is_han(*char) && !"一二三四五六七八九十".contains(*char)
    };
    without_labels.chars().filter(outside).collect()
}

#[test]
fn every_rule_explains_itself_in_english() {
    let texts = RULES
        .iter()
        .flat_map(|rule| [rule.title.to_owned(), rule.explanation.to_owned(), rule.basis.label()]);
    assert_said(texts);
}

/// The messages and fixes of every rule on its examples, to be read over.
#[test]
fn what_the_rules_find_is_said_in_english() {
    let messages = crate::rules::messages();
    // Behind a message stands what it quotes, before a reason that it is one.
    let messages = messages.lines().map(|line| match line.rsplit_once('【') {
        Some((message, _)) if line.ends_with('】') => message,
        _ => line.strip_prefix("  未核对：").unwrap_or(line),
    });
    let messages: Vec<String> = messages.map(str::to_owned).collect();
    let said: Vec<String> = messages.iter().map(|text| Language::English.say(text).into_owned()).collect();
    assert_said(messages.into_iter());
    snapshot("messages-english.txt", &(said.join("\n") + "\n"));
}

fn assert_said(texts: impl Iterator<Item = String>) {
    let said = texts.map(|text| (Language::English.say(&text).into_owned(), text));
    let missing: Vec<String> = said
        .filter(|(said, _)| !left_over(said).is_empty())
        .map(|(said, text)| format!("{text}\n    {said}"))
        .collect();
    assert!(
        missing.is_empty(),
        "{} without an English: a pair of lines each in src/language/english/rules.txt:\n{}",
        missing.len(),
        missing.join("\n")
    );
}
