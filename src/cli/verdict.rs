//! The result of checking one file, as other programs read it.
//!
//! The names and their order are relied on and never change; what clerks read is [`check`](super::check)'s.

use serde::Serialize;

use crate::check::{Finding, Review, Severity, Unknown};
use crate::report::Report;

/// One line of `check --json`.
#[derive(Serialize)]
pub(super) struct Verdict<'a> {
    file: &'a str,
    agency: Option<&'a str>,
    year: Option<i64>,
    form: &'static str,
    counts: Counts,
    findings: &'a [Finding],
    unknown: &'a [Unknown],
}

/// How many findings of each severity stand, and how many rules could not be evaluated.
#[derive(Serialize)]
pub(super) struct Counts {
    error: usize,
    warning: usize,
    info: usize,
    unknown: usize,
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
            findings: &review.findings,
            unknown: &review.unknown,
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
