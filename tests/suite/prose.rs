//! The rules that read prose, on labelled sentences: our own, and the shared ones where they are there.

use std::collections::BTreeMap;
use std::path::PathBuf;

use nianbao::check::{self, Finding};
use nianbao::form::terms::{Column, Field, Level, Section};
use nianbao::form::{Cell, Form};
use nianbao::report::{Edit, Place, Report, Value};
use serde_json::Value as Json;

use crate::support::shared;

/// The report of a labelled case, with its text or an edited one. With `zeros`, every total of table 3 and every cell of
/// tables 2 and 4 that is not named is 0.
pub(crate) fn report(case: &Json, text: &str) -> Report {
    let string = |key: &str| case[key].as_str().unwrap_or_default();
    let mut report = Report::new(Form::current());
    let level = Level::from_key(string("level"));
    report.apply(Report::identity(string("agency"), level, case["year"].as_i64().unwrap()));
    if !string("title").is_empty() {
        report.apply(Edit::set(Field::Title, Some(Value::Text(string("title").to_owned()))));
    }
    let section = Section::from_key(string("section")).unwrap();
    report.apply(Edit::set(section, Some(Value::Text(text.to_owned()))));
    if case["zeros"] == true {
        let is_zero = |cell: &Cell| cell.section() != Section::Requests || cell.column == Column::Total;
        let zeros = report.form().cells().iter().map(|info| info.cell).filter(is_zero);
        let values = zeros.map(|cell| (cell.into(), Some(Value::count(0)))).collect();
        report.apply(Edit { values, ..Edit::default() });
    }
    set(&mut report, &case["cells"]);
    report
}

fn set(report: &mut Report, cells: &Json) {
    for (spelling, value) in cells.as_object().into_iter().flatten() {
        let place = Place::parse(spelling).unwrap();
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        report.apply(Edit::set(place, Value::read(place, &text).0));
    }
}

fn of_family(report: &Report, family: char) -> Vec<Finding> {
    let findings = check::check(report).findings;
    findings.into_iter().filter(|finding| finding.rule.id.starts_with(family)).collect()
}

/// Whether a finding is of an expected rule and about words that overlap the expected ones.
fn hits(finding: &Finding, text: &str, expected: &Json) -> bool {
    let or = expected["or"].as_array().into_iter().flatten();
    let mut rules = or.chain([&expected["rule"]]).filter_map(Json::as_str);
    let quote = expected["quote"].as_str().unwrap_or_default();
    let at = text.find(quote).map_or(0, |byte| text[..byte].chars().count());
    let end = at + quote.chars().count();
    rules.any(|rule| rule == finding.rule.id)
        && finding.quote.as_ref().is_some_and(|q| q.start < end && at < q.end)
}

#[derive(Default)]
struct Score {
    found: usize,
    misses: Vec<String>,
    alarms: usize,
}

/// Sentences that were written, with the cells that agree and the changes that break them, by somebody who had not seen
/// the reader at work.
const CLAIMS: &str = include_str!("../data/sentences/claims.jsonl");

/// What the reader is known to miss, as case and rule: of `其中文件3份、解读6份` of 11 nobody can tell that it should be all of
/// them; the others are said in words that it does not understand.
const MISSES: &[&str] = &[
    "h006 P09", "h026 P10", "h027 P03", "h031 P03", "h031 P03", "h037 P04", "h037 P04", "h037 P09",
    "h075 P09", "h077 P09", "h086 P10", "k006 P01", "k007 P09", "k025 P09", "k035 P04", "k037 P01",
    "k037 P04", "k037 P10", "k049 P06", "k050 P09", "k061 P08", "k069 P09", "k071 P02", "k071 P10",
    "k072 P10", "s069 P09",
];

#[test]
fn claims_of_our_own_sentences() {
    let score = family_p(CLAIMS);
    assert_eq!(score.misses, MISSES);
    assert_eq!(score.alarms, 0);
}

/// The labelled cases: the shared ones, or another set of the same kind that `NIANBAO_SENTENCES` names.
fn cases() -> Option<PathBuf> {
    std::env::var_os("NIANBAO_SENTENCES").map(PathBuf::from).or_else(|| shared("corpus/prose_cases.jsonl"))
}

#[test]
fn claims_of_labelled_sentences() {
    let Some(path) = cases() else { return };
    let score = family_p(&std::fs::read_to_string(path).unwrap());
    assert!(score.found * 100 >= (score.found + score.alarms) * 98, "precision");
    assert!(score.found * 100 >= (score.found + score.misses.len()) * 92, "recall");
}

/// Which of the expected findings of family P appear, and how many appear that were not expected.
fn family_p(lines: &str) -> Score {
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    for line in lines.lines() {
        let case: Json = serde_json::from_str(line).unwrap();
        if case.get("expect").is_some() {
            continue;
        }
        let (id, text) = (case["id"].as_str().unwrap(), case["text"].as_str().unwrap());
        let sound = report(&case, text);
        for finding in of_family(&sound, 'P') {
            eprintln!("{id} false alarm {}: {}", finding.rule.id, finding.message);
            scores.entry(finding.rule.id.to_owned()).or_default().alarms += 1;
        }
        for broken in case["breaks"].as_array().into_iter().flatten() {
            let mut report = sound.clone();
            set(&mut report, &broken["cells"]);
            score(&mut scores, id, text, &report, broken);
        }
        for broken in case["text_breaks"].as_array().into_iter().flatten() {
            let [from, to] = [0, 1].map(|i| broken["replace"][i].as_str().unwrap());
            let text = text.replace(from, to);
            score(&mut scores, id, &text, &report(&case, &text), broken);
        }
    }
    let mut all = Score::default();
    for (rule, score) in scores {
        eprintln!(
            "{rule}: found {}, missed {}, false alarms {}",
            score.found,
            score.misses.len(),
            score.alarms
        );
        all.found += score.found;
        all.alarms += score.alarms;
        all.misses.extend(score.misses);
    }
    all.misses.sort_unstable();
    eprintln!("family P: found {}, missed {}, false alarms {}", all.found, all.misses.len(), all.alarms);
    all
}

fn score(scores: &mut BTreeMap<String, Score>, id: &str, text: &str, report: &Report, expected: &Json) {
    let rule = expected["rule"].as_str().unwrap();
    let findings = of_family(report, 'P');
    let score = scores.entry(rule.to_owned()).or_default();
    if findings.iter().any(|finding| hits(finding, text, expected)) {
        score.found += 1;
    } else {
        eprintln!("{id} missed {rule}: {}", expected["quote"]);
        score.misses.push(format!("{id} {rule}"));
    }
}

/// Sentences in which the other rules have something to find, or nothing, though it looks like it.
const RULES: &str = include_str!("../data/sentences/rules.jsonl");

#[test]
fn other_rules_on_our_own_sentences() {
    other_rules(RULES);
}

#[test]
fn other_rules_on_labelled_sentences() {
    let Some(path) = cases() else { return };
    other_rules(&std::fs::read_to_string(path).unwrap());
}

/// Asserts that the rules other than family P find what they are expected to find, and nothing where they must be silent.
fn other_rules(lines: &str) {
    let mut failures = Vec::new();
    let mut asked = 0;
    for line in lines.lines() {
        let case: Json = serde_json::from_str(line).unwrap();
        let Some(expected) = case["expect"].as_array() else { continue };
        let (id, text) = (case["id"].as_str().unwrap(), case["text"].as_str().unwrap());
        let title = case["title"].as_str().unwrap_or_default();
        let findings = check::check(&report(&case, text)).findings;
        for expected in expected {
            asked += 1;
            let in_title = title.contains(expected["quote"].as_str().unwrap())
                && !expected["quote"].as_str().unwrap().is_empty();
            let of = if in_title { title } else { text };
            let is_about_nothing = expected["quote"] == "";
            let hit = |finding: &Finding| {
                hits(finding, of, expected) || (is_about_nothing && expected["rule"] == finding.rule.id)
            };
            if !findings.iter().any(hit) {
                failures.push(format!("{id} missed {expected}"));
            }
        }
        for silent in case["silent_rules"].as_array().unwrap() {
            asked += 1;
            let alarms = findings.iter().filter(|finding| *silent == finding.rule.id);
            failures.extend(alarms.map(|finding| format!("{id} false alarm {silent}: {}", finding.message)));
        }
    }
    assert!(asked > 40);
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}
