//! The result of checking one file, as other programs read it.
//!
//! The names and their order are relied on and never change; what clerks read is [`check`](super::check)'s.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::check::{Finding, Fix, Quote, Review, Severity, Unknown};
use crate::report::edit::Patch;
use crate::report::{Place, Report, Value};

/// One line of `check --json`.
#[derive(Serialize)]
pub(super) struct Verdict<'a> {
    file: &'a str,
    agency: Option<&'a str>,
    year: Option<i64>,
    form: &'static str,
    counts: Counts,
    findings: Vec<Found<'a>>,
    unknown: Vec<Untold<'a>>,
}

/// A rule that could not be evaluated.
#[derive(Serialize)]
pub(super) struct Untold<'a> {
    rule: &'static str,
    reason: &'a str,
}

impl<'a> From<&'a Unknown> for Untold<'a> {
    fn from(unknown: &'a Unknown) -> Self {
        Self { rule: unknown.rule, reason: &unknown.reason }
    }
}

/// How many findings of each severity stand, and how many rules could not be evaluated.
#[derive(Serialize)]
pub(super) struct Counts {
    error: usize,
    warning: usize,
    info: usize,
    unknown: usize,
}

#[derive(Serialize)]
struct Found<'a> {
    rule: &'static str,
    name: &'static str,
    severity: &'static str,
    message: &'a str,
    places: &'a [Place],
    quote: Option<Quoted<'a>>,
    fixes: Vec<Mended<'a>>,
    waived: Option<&'a str>,
}

#[derive(Serialize)]
struct Quoted<'a> {
    section: Place,
    start: usize,
    end: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct Mended<'a> {
    title: &'a str,
    #[serde(serialize_with = "patch")]
    set: &'a BTreeMap<Place, Option<Value>>,
}

impl<'a> Verdict<'a> {
    /// What `review` says of `report`, read from `file`.
    pub(super) fn new(file: &'a str, report: &'a Report, review: &'a Review) -> Self {
        Self {
            file,
            agency: Some(report.agency()).filter(|agency| !agency.is_empty()),
            year: report.year(),
            form: report.form().decree.key,
            counts: Counts::new(review),
            findings: review.findings.iter().map(Found::new).collect(),
            unknown: review.unknown.iter().map(Untold::from).collect(),
        }
    }
}

impl Counts {
    /// Counts what `review` found.
    pub(super) fn new(review: &Review) -> Self {
        Self {
            error: review.count(Severity::Error),
            warning: review.count(Severity::Warning),
            info: review.count(Severity::Info),
            unknown: review.unknown.len(),
        }
    }
}

impl<'a> Found<'a> {
    fn new(finding: &'a Finding) -> Self {
        Self {
            rule: finding.rule.id,
            name: finding.rule.name,
            severity: finding.severity.key(),
            message: &finding.message,
            places: &finding.places,
            quote: finding.quote.as_ref().map(Quoted::new),
            fixes: finding.fixes.iter().map(Mended::new).collect(),
            waived: finding.waived.as_deref(),
        }
    }
}

impl<'a> Quoted<'a> {
    fn new(quote: &'a Quote) -> Self {
        Self { section: quote.place, start: quote.start, end: quote.end, text: &quote.text }
    }
}

impl<'a> Mended<'a> {
    fn new(fix: &'a Fix) -> Self {
        Self { title: &fix.title, set: &fix.set }
    }
}

fn patch<S: Serializer>(set: &&BTreeMap<Place, Option<Value>>, serializer: S) -> Result<S::Ok, S::Error> {
    Patch(set).serialize(serializer)
}
