//! The checks: one value a rule, one table of rules, one function that runs them.
//!
//! A rule holds, is broken, or cannot tell; the last is said, never passed over. Rules read [`Facts`] and write
//! [`Review`]; they know nothing of files, screens or history, and cannot fail.

pub mod balance;
pub mod complete;
pub mod identity;
pub mod localize;
pub mod structure;

use std::collections::BTreeMap;

use crate::form::{Equation, Form};
use crate::number::Decimal;
use crate::report::edit::Edit;
use crate::report::{Place, Report, Value};

/// How grave a finding is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Worth a look.
    Info,
    /// Explain it or mend it.
    Warning,
    /// The form itself or a statute is broken.
    Error,
}

impl Severity {
    /// Every severity, gravest first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Info];

    /// The key in JSON and on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The severity in the clerk's words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Info => "参考",
            Self::Warning => "提示",
            Self::Error => "错误",
        }
    }
}

/// What a rule rests on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Basis {
    /// What the tables of the form print or imply.
    Form,
    /// 国办公开办函〔2021〕30号, with the place in it.
    Decree(&'static str),
    /// 政府信息公开条例, with the article.
    Regulations(&'static str),
    /// Another statute, with the article.
    Statute(&'static str),
    /// Local notices and evaluators' custom; never worded as if the decree said it.
    Practice,
}

impl Basis {
    /// The basis in words.
    pub fn label(self) -> String {
        match self {
            Self::Form => "统计表本身的勾稽关系和填报格式（国办公开办函〔2021〕30号附件）".to_owned(),
            Self::Decree(clause) => format!("国办公开办函〔2021〕30号，{clause}"),
            Self::Regulations(article) => format!("《中华人民共和国政府信息公开条例》{article}"),
            Self::Statute(article) => article.to_owned(),
            Self::Practice => "各地通行做法（不是国办文件的规定）".to_owned(),
        }
    }
}

/// A patch of a sound report, in the spelling of places, on which a rule is tried.
pub type Example = &'static [(&'static str, &'static str)];

/// A check: what it is, why, and the function that runs it.
#[derive(Debug)]
pub struct Rule {
    /// Its id; never changes its meaning once released.
    pub id: &'static str,
    /// Its name in kebab-case.
    pub name: &'static str,
    /// How grave its findings are; a finding may be graver.
    pub severity: Severity,
    /// What it rests on.
    pub basis: Basis,
    /// What it checks, in one line.
    pub title: &'static str,
    /// What it is about and what to do, for the clerk.
    pub explanation: &'static str,
    /// Patches after which it must find something.
    pub wrong: &'static [Example],
    /// Patches after which it must not.
    pub right: &'static [Example],
    /// Runs it.
    pub run: fn(&Facts<'_>, &mut Review),
}

/// Every rule, in the order of their ids.
pub static RULES: &[&Rule] = &[
    &balance::A01,
    &balance::A02,
    &balance::A03,
    &balance::A04,
    &complete::A05,
    &complete::A06,
    &complete::A07,
    &localize::A08,
    &identity::I01,
    &identity::I02,
    &structure::S01,
    &structure::S02,
    &structure::S03,
    &structure::S04,
    &structure::S05,
    &structure::S06,
];

/// The rule with this id, in upper or lower case.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id.eq_ignore_ascii_case(id))
}

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
        Edit { values: self.set.clone(), notices: BTreeMap::new() }
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

/// What the rules read: the report and what follows from it at once.
#[derive(Debug)]
pub struct Facts<'a> {
    /// The report.
    pub report: &'a Report,
    /// Its form.
    pub form: &'static Form,
    /// Its counts, in the order of [`Form::cells`].
    pub counts: Vec<Option<i64>>,
    localized: std::cell::OnceCell<Vec<localize::Localization>>,
}

impl<'a> Facts<'a> {
    /// Gathers what the rules read.
    pub fn new(report: &'a Report) -> Self {
        Self { report, form: report.form(), counts: report.counts(), localized: std::cell::OnceCell::new() }
    }

    /// Both sides of an equation; `None` where a cell is blank or no count.
    pub fn sides(&self, equation: &Equation) -> Option<(i64, i64)> {
        equation.sides(&self.counts)
    }

    /// The place of a cell, by its number in the form.
    pub fn place(&self, cell: usize) -> Place {
        self.form.cells()[cell].cell.into()
    }

    /// What stands in a cell, as a decimal.
    pub fn number(&self, cell: usize) -> Option<Decimal> {
        self.report.number(self.form.cells()[cell].cell)
    }
}

/// Runs every rule on a report.
pub fn check(report: &Report) -> Review {
    let facts = Facts::new(report);
    let mut review = Review::default();
    for rule in RULES {
        (rule.run)(&facts, &mut review);
    }
    review
}
