//! `check`: runs the rules on files, directories and reports of the library, each on its own.
//!
//! What is found and how it is worded is the rules' affair; how it is laid out for other programs is
//! [`verdict`](super::verdict)'s, and for clerks [`digest`](super::digest)'s.

use super::arguments::{Check, Format};
use super::digest;
use super::print::Output;
use super::source::{self, Named};
use super::verdict::Verdict;
use super::{Desk, Status};
use crate::check::{self, Review, Severity};

/// What has been checked so far.
#[derive(Default)]
struct Tally {
    checked: usize,
    unreadable: usize,
    /// The gravest finding that stands.
    gravest: Option<Severity>,
}

/// Checks everything named, in the order given; what cannot be read does not stop the rest.
pub(super) fn run(arguments: &Check, desk: &Desk, output: &mut Output) -> Status {
    let format = if arguments.json { Format::Json } else { arguments.format };
    let mut tally = Tally::default();
    for named in arguments.reports.iter().flat_map(|named| source::all(named)) {
        one(named, desk, format, &mut tally, output);
    }
    if format == Format::Human && tally.checked + tally.unreadable != 1 {
        output.line("");
        output.line(&format!("共检查 {} 份，另有 {} 份读不了。", tally.checked, tally.unreadable));
    }
    tally.status(arguments.deny)
}

/// Checks one report and prints what was found.
fn one(named: Named, desk: &Desk, format: Format, tally: &mut Tally, output: &mut Output) {
    let report = match named.source.and_then(|source| source.read(desk)) {
        Ok(report) => report,
        Err(error) => {
            tally.unreadable += 1;
            output.unreadable(&named.name, &error, format == Format::Json);
            return;
        }
    };
    let review = check::check(&report);
    tally.add(&review);
    match format {
        Format::Json => output.json(&Verdict::new(&named.name, &report, &review)),
        Format::Human => {
            if tally.checked > 1 {
                output.line("");
            }
            digest::print(&named.name, &report, &review, output);
        }
    }
}

impl Tally {
    fn add(&mut self, review: &Review) {
        self.checked += 1;
        let standing = review.findings.iter().filter(|finding| finding.waived.is_none());
        self.gravest = self.gravest.max(standing.map(|finding| finding.severity).max());
    }

    fn status(&self, deny: Severity) -> Status {
        match self.gravest {
            _ if self.unreadable > 0 => Status::Failed,
            Some(gravest) if gravest >= deny => Status::Found,
            _ => Status::Clean,
        }
    }
}
