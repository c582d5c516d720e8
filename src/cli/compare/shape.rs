//! The comparison of two reports, as other programs read it.
//!
//! The names and their order are relied on and never change; what clerks read is [`compare`](super)'s.

use serde::Serialize;

use super::Side;
use crate::check::Finding;
use crate::compare::{Change, Comparison, FollowUp, Occasion, Passage, Ratio, Words, words};
use crate::report::{Place, Value};

/// The one line of `compare --json`.
#[derive(Serialize)]
pub(super) struct Compared<'a> {
    /// The first report that was named.
    old: Whose<'a>,
    /// The second one.
    new: Whose<'a>,
    /// `versions`: both are for one year, or a year is not known; `years`: they are for two years.
    occasion: &'static str,
    /// What to know before trusting the comparison, in Chinese; empty in the plain case.
    warnings: &'a [String],
    /// The fields that differ.
    fields: Vec<Differing<'a>>,
    /// The cells that differ.
    cells: Vec<DifferingCell<'a>>,
    /// The sections of prose that differ.
    prose: Vec<DifferingProse<'a>>,
    /// How many filled cells hold the same in both.
    same_cells: usize,
    /// How many filled cells were not compared, because the form of the other report does not have them.
    left_out: LeftOut,
    /// What has become of the findings; `null` between two years.
    findings: Option<Followed<'a>>,
}

/// A report that was compared.
#[derive(Serialize)]
struct Whose<'a> {
    /// As it was named.
    file: &'a str,
    /// The organ; `null` if not known.
    agency: Option<&'a str>,
    /// The year; `null` if not known.
    year: Option<i64>,
    /// The key of its form.
    form: &'static str,
}

/// A place with what stands there, as in a saved report; `null` is blank.
#[derive(Serialize)]
struct Differing<'a> {
    place: &'a Place,
    old: Option<serde_json::Value>,
    new: Option<serde_json::Value>,
}

/// A cell, with what follows from two numbers.
#[derive(Serialize)]
struct DifferingCell<'a> {
    #[serde(flatten)]
    values: Differing<'a>,
    /// The new number less the old one, spelled as they are; `null` unless both are numbers.
    difference: Option<serde_json::Value>,
    /// The new number in thousandths of the old one, rounded; `null` also where the old one is 0 or one is negative.
    per_mille: Option<i64>,
}

/// A section of prose; without sentences where blanks and line breaks are all that differs.
#[derive(Serialize)]
struct DifferingProse<'a> {
    place: &'a Place,
    /// How many sentences both have.
    same: usize,
    /// The others, in the order of both texts.
    sentences: Vec<Sentence<'a>>,
}

/// A sentence that is not the same in both.
#[derive(Serialize)]
struct Sentence<'a> {
    /// `removed`, `added` or `changed`.
    change: &'static str,
    /// As it was; `null` if it was added.
    old: Option<&'a str>,
    /// As it is; `null` if it was removed.
    new: Option<&'a str>,
    /// Of a changed one its stretches in order, `[old, new]` each, equal where nothing changed; else empty.
    words: Vec<[String; 2]>,
}

/// Counts of cells by side.
#[derive(Serialize)]
struct LeftOut {
    old: usize,
    new: usize,
}

/// What has become of the findings. How they can be mended is told by `check --json`.
#[derive(Serialize)]
struct Followed<'a> {
    /// Those that the old report had and the new one has not.
    gone: Vec<Told<'a>>,
    /// Those that the old report did not have.
    new: Vec<Told<'a>>,
    /// Those that both have, if with other numbers, as the new report has them.
    still: Vec<Told<'a>>,
}

/// A finding.
#[derive(Serialize)]
struct Told<'a> {
    rule: &'static str,
    name: &'static str,
    severity: &'static str,
    message: &'a str,
    /// What was said of the old report, if it still stands with other numbers; else `null`.
    before: Option<&'a str>,
    places: &'a [Place],
    /// The reason for which it was accepted; `null` if it was not.
    waived: Option<&'a str>,
}

impl<'a> Compared<'a> {
    /// The shape of a comparison.
    pub(super) fn new(
        [old, new]: [&'a Side; 2],
        comparison: &'a Comparison,
        follow_up: Option<&FollowUp<'a>>,
    ) -> Self {
        let of = |is: fn(&Change) -> bool| comparison.changes.iter().filter(move |change| is(change));
        Self {
            old: Whose::new(old),
            new: Whose::new(new),
            occasion: match comparison.occasion {
                Occasion::Versions => "versions",
                Occasion::Years => "years",
            },
            warnings: &comparison.warnings,
            fields: of(|change| matches!(change.place, Place::Field(_))).map(Differing::new).collect(),
            cells: of(|change| change.place.cell().is_some()).map(DifferingCell::new).collect(),
            prose: of(|change| matches!(change.place, Place::Section(_))).map(DifferingProse::new).collect(),
            same_cells: comparison.same,
            left_out: LeftOut { old: comparison.left_out[0], new: comparison.left_out[1] },
            findings: follow_up.map(Followed::new),
        }
    }
}

impl<'a> Whose<'a> {
    fn new(side: &'a Side) -> Self {
        let report = &side.report;
        Self {
            file: &side.name,
            agency: Some(report.agency()).filter(|agency| !agency.is_empty()),
            year: report.year(),
            form: report.form().decree.key,
        }
    }
}

impl<'a> Differing<'a> {
    fn new(change: &'a Change) -> Self {
        let saved = |value: &Option<Value>| value.as_ref().map(|value| value.to_json(change.place));
        Self { place: &change.place, old: saved(&change.old), new: saved(&change.new) }
    }
}

impl<'a> DifferingCell<'a> {
    fn new(change: &'a Change) -> Self {
        Self {
            values: Differing::new(change),
            difference: change.difference().map(|difference| Value::Number(difference).to_json(change.place)),
            per_mille: change.ratio().and_then(Ratio::per_mille),
        }
    }
}

impl<'a> DifferingProse<'a> {
    fn new(change: &'a Change) -> Self {
        let passages = change.passages();
        let sentences: Vec<_> = passages.iter().filter_map(Sentence::new).collect();
        Self { place: &change.place, same: passages.len() - sentences.len(), sentences }
    }
}

impl<'a> Sentence<'a> {
    fn new(passage: &Passage<'a>) -> Option<Self> {
        let stretch = |words: Words| match words {
            Words::Same(same) => [same.clone(), same],
            Words::Other { old, new } => [old, new],
        };
        let (change, old, new) = match *passage {
            Passage::Same(_) => return None,
            Passage::Removed(old) => ("removed", Some(old), None),
            Passage::Added(new) => ("added", None, Some(new)),
            Passage::Changed { old, new } => ("changed", Some(old), Some(new)),
        };
        let stretches = old.zip(new).map(|(old, new)| words(old, new).into_iter().map(stretch).collect());
        Some(Self { change, old, new, words: stretches.unwrap_or_default() })
    }
}

impl<'a> Followed<'a> {
    fn new(follow_up: &FollowUp<'a>) -> Self {
        let told = |findings: &[&'a Finding]| findings.iter().map(|finding| Told::new(finding)).collect();
        let still = follow_up.still.iter().map(|&(then, now)| {
            let before = Some(then.message.as_str()).filter(|before| *before != now.message);
            Told { before, ..Told::new(now) }
        });
        Self { gone: told(&follow_up.gone), new: told(&follow_up.new), still: still.collect() }
    }
}

impl<'a> Told<'a> {
    fn new(finding: &'a Finding) -> Self {
        Self {
            rule: finding.rule.id,
            name: finding.rule.name,
            severity: finding.severity.key(),
            message: &finding.message,
            before: None,
            places: &finding.places,
            waived: finding.waived.as_deref(),
        }
    }
}
