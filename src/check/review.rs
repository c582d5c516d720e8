//! What the rules say of a report: findings with the ways to mend them, and what could not be told.

use std::collections::BTreeMap;

use super::{Rule, Severity};
use crate::report::edit::Edit;
use crate::report::{Place, Report, Value, Waiver};

/// A stretch of text that a finding is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quote {
    /// The section, or the title.
    pub place: Place,
    /// Where it begins, in characters.
    pub start: usize,
    /// Where it ends, in characters.
    pub end: usize,
    /// The words.
    pub text: String,
}

impl Quote {
    /// Quotes the bytes `range` of `text`, which stands at `place`.
    pub fn of(place: impl Into<Place>, text: &str, range: std::ops::Range<usize>) -> Self {
        let start = text[..range.start].chars().count();
        let words = &text[range];
        Self { place: place.into(), start, end: start + words.chars().count(), text: words.to_owned() }
    }
}

/// One way to mend what a finding is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// What it does, in the clerk's words.
    pub title: String,
    /// The cells and texts that it sets, all of them together.
    pub set: BTreeMap<Place, Option<Value>>,
}

impl Fix {
    /// The fix that puts one count in one place.
    pub fn count(title: String, place: Place, count: i64) -> Self {
        Self { title, set: BTreeMap::from([(place, Some(Value::count(count)))]) }
    }

    /// The fix as an edit.
    pub fn edit(&self) -> Edit {
        Edit { values: self.set.clone(), ..Edit::default() }
    }
}

/// What a rule found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// How grave it is.
    pub severity: Severity,
    /// Both sides with their numbers, the difference, and what to do.
    pub message: String,
    /// The places involved, the one to go to first.
    pub places: Vec<Place>,
    /// The words that it is about.
    pub quote: Option<Quote>,
    /// Ways to mend it, likeliest first.
    pub fixes: Vec<Fix>,
    /// The reason for which it was accepted.
    pub waived: Option<String>,
}

impl Finding {
    /// What is accepted when this finding is.
    pub fn waiver(&self) -> Waiver {
        let (rule, place) = (self.rule.id.to_owned(), self.places.first().copied());
        Waiver { rule, place, finding: self.message.clone() }
    }
}

/// Something that a rule could not evaluate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unknown {
    /// The rule.
    pub rule: &'static str,
    /// What is missing, in the clerk's words.
    pub reason: String,
}

/// The result of running the rules on one report.
#[derive(Clone, Default, Debug)]
pub struct Review {
    /// What was found, in the order of the rules and of the form.
    pub findings: Vec<Finding>,
    /// What could not be evaluated, at most once a rule.
    pub unknown: Vec<Unknown>,
}

impl Review {
    /// Reports a finding of `rule` at its own severity.
    pub fn find(&mut self, rule: &'static Rule, message: String, places: Vec<Place>) -> &mut Finding {
        self.findings.push(Finding {
            rule,
            severity: rule.severity,
            message,
            places,
            quote: None,
            fixes: Vec::new(),
            waived: None,
        });
        let last = self.findings.len() - 1;
        &mut self.findings[last]
    }

    /// Says that `rule` could not be evaluated, whole or in part; the first reason of a rule stands.
    pub fn cannot_tell(&mut self, rule: &'static Rule, reason: impl FnOnce() -> String) {
        if self.unknown.last().is_none_or(|unknown| unknown.rule != rule.id) {
            self.unknown.push(Unknown { rule: rule.id, reason: reason() });
        }
    }

    /// Marks the findings that `report` says are accepted.
    pub fn accept(&mut self, report: &Report) {
        if report.waivers().next().is_some() {
            for finding in &mut self.findings {
                finding.waived = report.waived(&finding.waiver()).map(str::to_owned);
            }
        }
    }

    /// The ways to mend a finding, likeliest first. For a sum that does not close these are the localized corrections that
    /// touch it, before its own: making the total fit is right only where no other cell is wrong.
    pub fn ways<'r>(&'r self, finding: &'r Finding) -> Vec<&'r Fix> {
        let touches = |fix: &&Fix| fix.set.keys().any(|place| finding.places.contains(place));
        let is_sum = ["A02", "A03", "A04"].contains(&finding.rule.id);
        let slips = self.findings.iter().filter(|other| is_sum && other.rule.id == "A08");
        let mut ways: Vec<&Fix> = slips.flat_map(|slip| &slip.fixes).filter(touches).collect();
        let own =
            finding.fixes.iter().filter(|own| ways.iter().all(|way| way.set != own.set)).collect::<Vec<_>>();
        ways.extend(own);
        ways
    }

    /// How many findings of a severity stand, accepted ones left out.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|f| f.severity == severity && f.waived.is_none()).count()
    }
}
