//! What the rules say of a report: findings with the ways to mend them, and what could not be told.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Rule, Severity};
use crate::number::Decimal;
use crate::report::edit::Edit;
use crate::report::{Place, Report, Value, Waiver};
use crate::text::SENTENCE_ENDS;

/// The most findings of one rule in one section that looks for words: a text with more is not mended one by one, and one
/// made to have a hundred thousand must not take minutes.
pub(super) const MOST_WORDS: usize = 50;

/// A stretch of text that a finding is about.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Quote {
    /// The section, or the title.
    #[serde(rename = "section")]
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
#[derive(Clone, PartialEq, Eq, Debug)]
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
    /// The finding in one paragraph: how grave it is, its rule, what it says, and how it was answered or can be mended.
    pub fn in_words(&self) -> String {
        let answer = match (&self.waived, self.fixes.first()) {
            (Some(reason), _) => format!("已说明：{reason}"),
            (None, Some(fix)) => format!("改法：{}", fix.title),
            (None, None) => String::new(),
        };
        let gap = if answer.is_empty() || self.message.ends_with('。') { "" } else { "。" };
        format!("{} {}：{}{gap}{answer}", self.severity.label(), self.rule.id, self.message)
    }
}

impl Quote {
    /// The sentence in which the words stand in `report`: what is before them, the words, what is behind. A long sentence
    /// is cut, with dots, to `room` characters on either side. `None` if the text was changed since.
    pub fn sentence(&self, report: &Report, room: usize) -> Option<[String; 3]> {
        let text = report.text(self.place);
        let byte = |at: usize| text.char_indices().map(|(byte, _)| byte).chain([text.len()]).nth(at);
        let (start, end) = (byte(self.start)?, byte(self.end)?);
        if text.get(start..end) != Some(self.text.as_str()) {
            return None;
        }
        let before = text[..start].rsplit(SENTENCE_ENDS).next().unwrap_or_default().trim_start();
        let behind = match self.text.ends_with(SENTENCE_ENDS) {
            true => "",
            false => text[end..].split_inclusive(SENTENCE_ENDS).next().unwrap_or_default().trim_end(),
        };
        let surplus = before.chars().count().saturating_sub(room);
        let before = match surplus {
            0 => before.to_owned(),
            _ => "..".chars().chain(before.chars().skip(surplus)).collect(),
        };
        let behind = match behind.chars().count() > room {
            false => behind.to_owned(),
            true => behind.chars().take(room).chain("..".chars()).collect(),
        };
        Some([before, self.text.clone(), behind])
    }
}

impl Finding {
    /// The place that it is to be shown at: that of its words, else the first.
    pub fn place(&self) -> Option<Place> {
        self.quote.as_ref().map(|quote| quote.place).or_else(|| self.places.first().copied())
    }

    /// Whether it is about a sum that does not close, which whoever fills in the table sees for himself.
    pub fn is_of_a_sum(&self) -> bool {
        ["A01", "A02", "A03", "A04", "A08"].contains(&self.rule.id)
    }

    /// What it says but for its numbers, of which place by which rule: findings with equal ones are the same finding.
    pub fn likeness(&self) -> (&'static str, Option<Place>, String) {
        let is_word = |c: &char| !c.is_ascii_digit() && !matches!(c, '.' | '-');
        (self.rule.id, self.place(), self.message.chars().filter(is_word).collect())
    }

    /// What is accepted when this finding is.
    pub fn waiver(&self) -> Waiver {
        let (rule, place) = (self.rule.id.to_owned(), self.places.first().copied());
        Waiver { rule, place, finding: self.message.clone() }
    }
}

/// Something that a rule could not evaluate.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Unknown {
    /// The rule.
    pub rule: &'static str,
    /// What is missing, in the clerk's words.
    pub reason: String,
}

/// The result of running the rules on one report.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize)]
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

    /// The findings that stand, accepted ones left out.
    pub fn standing(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.waived.is_none())
    }

    /// The findings, remarks left out, that stand now and did not before, not even with other numbers, among those that
    /// are about one of `places`: what an edit of these has caused.
    pub fn caused_since<'r>(&'r self, before: &Self, places: &[Place]) -> Vec<&'r Finding> {
        let known: BTreeSet<_> = before.findings.iter().map(Finding::likeness).collect();
        let is_new = |finding: &&Finding| {
            let is_involved = finding.places.iter().any(|place| places.contains(place));
            finding.severity > Severity::Info && is_involved && !known.contains(&finding.likeness())
        };
        self.standing().filter(is_new).collect()
    }

    /// Withdraws the ways to mend that would put a number where no cell can hold it.
    pub fn withdraw_impossible_fixes(&mut self) {
        let is_possible = |value: &Value| value.number().is_none_or(Decimal::fits_a_cell);
        for finding in &mut self.findings {
            finding.fixes.retain(|fix| fix.set.values().flatten().all(is_possible));
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

    /// What could not be told, the rules with one reason together: `("Y01至Y03、Y05", reason)`.
    pub fn untold(&self) -> Vec<(String, &str)> {
        let mut reasons: Vec<(&str, Vec<&'static str>)> = Vec::new();
        for unknown in &self.unknown {
            match reasons.iter_mut().find(|(reason, _)| *reason == unknown.reason) {
                Some((_, rules)) => rules.push(unknown.rule),
                None => reasons.push((&unknown.reason, vec![unknown.rule])),
            }
        }
        reasons.into_iter().map(|(reason, rules)| (spans(&rules), reason)).collect()
    }

    /// How many findings of a severity stand, accepted ones left out.
    pub fn count(&self, severity: Severity) -> usize {
        self.standing().filter(|finding| finding.severity == severity).count()
    }
}

/// Ids of rules, three and more in a row written as a span.
fn spans(rules: &[&'static str]) -> String {
    let follows = |a: &&str, b: &&str| {
        let number = |id: &str| id[1..].parse::<u32>().unwrap_or_default();
        a[..1] == b[..1] && number(a) + 1 == number(b)
    };
    let runs = rules.chunk_by(follows).map(|run| match run {
        [first, _, .., last] => format!("{first}至{last}"),
        few => few.join("、"),
    });
    runs.collect::<Vec<_>>().join("、")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Form;
    use crate::form::terms::Section;

    #[test]
    fn rules_in_a_row_are_written_as_a_span() {
        assert_eq!(spans(&["Y01", "Y02", "Y03", "Y05", "Y06", "G01"]), "Y01至Y03、Y05、Y06、G01");
    }

    #[test]
    fn the_sentence_of_a_quote_is_found_and_cut() {
        let text = "第一句。第二句收到申请12件，其中3件公开；第三句";
        let mut report = Report::new(Form::current());
        report.apply(Edit::set(Section::Overview, Some(Value::Text(text.to_owned()))));
        let sentence = |words: &str, room| {
            let start = text.find(words).unwrap();
            Quote::of(Section::Overview, text, start..start + words.len()).sentence(&report, room).unwrap()
        };
        assert_eq!(sentence("12件", 20), ["第二句收到申请", "12件", "，其中3件公开；"]);
        assert_eq!(sentence("12件", 3), ["..到申请", "12件", "，其中.."]);
        assert_eq!(sentence("第三句", 3), ["", "第三句", ""]);
        assert_eq!(sentence("第一句。", 3), ["", "第一句。", ""]);
        let elsewhere = Quote { place: Section::Problems.into(), start: 0, end: 1, text: "第".to_owned() };
        assert_eq!(elsewhere.sentence(&report, 3), None);
    }

    #[test]
    fn a_number_that_no_cell_can_hold_is_not_offered() {
        let mut report = Report::new(Form::current());
        let fee = Place::parse("proactive/fees/amount").unwrap();
        report.apply(Report::identity("云溪镇人民政府", None, 2025));
        report.apply(Edit::set(fee, Some(Value::count(3))));
        let offered = |said: &str| {
            let mut report = report.clone();
            report.apply(Edit::set(
                Section::Overview,
                Some(Value::Text(format!("收取行政事业性收费{said}元。"))),
            ));
            let review = crate::check::check(&report);
            let finding = review.findings.iter().find(|finding| finding.rule.id == "P07").unwrap();
            finding.fixes.iter().filter(|fix| fix.set.contains_key(&fee)).count()
        };
        assert_eq!((offered("20456"), offered("23456.78")), (1, 0));
    }
}
