//! `check`: runs the rules on files, directories and reports of the library; those of one run are compared with each
//! other too.
//!
//! What is found and how it is worded is the rules' affair; how it is laid out is [`digest`](super::digest)'s for clerks,
//! [`verdict`](super::verdict)'s and [`sarif`](super::sarif)'s for other programs.

use std::path::Path;

use super::arguments::{Check, Format};
use super::print::Output;
use super::source::{self, Named};
use super::verdict::Verdict;
use super::{Desk, Error, Status, digest, rules, sarif};
use crate::check::{self, Background, Profile, RULES, Review, Severity, copies};
use crate::report::Report;

/// A report that was named, with what was found, or why it cannot be read.
pub(super) struct Checked {
    /// As it was named.
    pub(super) name: String,
    /// The report and what the rules say of it.
    pub(super) outcome: Result<(Report, Review), Error>,
}

/// Checks everything named, in the order given; what cannot be read does not stop the rest.
pub(super) fn run(arguments: &Check, desk: &Desk, output: &mut Output) -> Result<Status, Error> {
    let profile = profile(arguments, desk)?;
    let past = Past::new(arguments.last_year.as_deref(), desk)?;
    let named: Vec<Named> = arguments.reports.iter().flat_map(|named| source::all(named)).collect();
    let mut checked: Vec<Checked> =
        named.into_iter().map(|named| one(named, &profile, &past, desk, output)).collect();
    compare(&mut checked, &profile);
    match if arguments.json { Format::Json } else { arguments.format } {
        Format::Human => print(&checked, output),
        Format::Json => checked.iter().for_each(|checked| match &checked.outcome {
            Ok((report, review)) => output.json(&Verdict::new(&checked.name, report, review)),
            Err(error) => output.unreadable(&checked.name, error, true),
        }),
        Format::Sarif => output.json(&sarif::log(&checked)),
    }
    Ok(status(&checked, arguments.deny))
}

/// What the user decided, with the rules that this run leaves out.
fn profile(arguments: &Check, desk: &Desk) -> Result<Profile, Error> {
    let mut profile = desk.config()?.profile;
    if !arguments.rule.is_empty() {
        let wanted = rules::named(&arguments.rule)?;
        profile.off = RULES.iter().map(|rule| rule.id).filter(|id| !wanted.contains(id)).collect();
    }
    profile.off.extend(rules::named(&arguments.no_rule)?);
    Ok(profile)
}

fn one(named: Named, profile: &Profile, past: &Past, desk: &Desk, output: &mut Output) -> Checked {
    let outcome = named.source.and_then(|source| source.read(desk)).map(|report| {
        let previous = past.before(&report, output);
        let review = check::check_before(&report, &Background { previous, profile: profile.clone() });
        (report, review)
    });
    Checked { name: named.name, outcome }
}

/// Compares the reports of one run with each other.
fn compare(checked: &mut [Checked], profile: &Profile) {
    if profile.off.contains("G01") {
        return;
    }
    let read = checked.iter().filter_map(|one| Some((one.name.as_str(), &one.outcome.as_ref().ok()?.0)));
    let copies = copies::among(&read.collect::<Vec<_>>(), profile.similarity);
    let reviewed = checked.iter_mut().filter_map(|one| one.outcome.as_mut().ok());
    for ((report, review), copied) in reviewed.zip(copies) {
        review.findings.extend(copied);
        review.accept(report);
    }
}

fn print(checked: &[Checked], output: &mut Output) {
    for (nth, one) in checked.iter().enumerate() {
        if nth > 0 {
            output.line("");
        }
        match &one.outcome {
            Ok((report, review)) => digest::print(&one.name, report, review, output),
            Err(error) => output.unreadable(&one.name, error, false),
        }
    }
    if checked.len() != 1 {
        let unreadable = checked.iter().filter(|one| one.outcome.is_err()).count();
        output.line("");
        output.line(&format!("共检查 {} 份，另有 {unreadable} 份读不了。", checked.len() - unreadable));
    }
}

fn status(checked: &[Checked], deny: Severity) -> Status {
    let reviews = checked.iter().filter_map(|one| one.outcome.as_ref().ok());
    let standing = reviews.flat_map(|(_, review)| review.standing());
    match standing.map(|finding| finding.severity).max() {
        _ if checked.iter().any(|one| one.outcome.is_err()) => Status::Failed,
        Some(gravest) if gravest >= deny => Status::Found,
        _ => Status::Clean,
    }
}

/// The reports of the year before, as far as they were named.
enum Past {
    /// One report, for whatever is checked.
    One(Box<Report>),
    /// Several, for the organs that they are of.
    Several(Vec<Report>),
}

impl Past {
    fn new(said: Option<&Path>, desk: &Desk) -> Result<Self, Error> {
        let Some(said) = said else { return Ok(Self::Several(Vec::new())) };
        if said == Path::new("auto") {
            let kept = desk.library()?.list()?;
            return Ok(Self::Several(kept.into_iter().filter_map(|entry| entry.report.ok()).collect()));
        }
        if said.is_dir() {
            // What cannot be read here is no report of last year; the rules say that there is none.
            let reports =
                source::all(said).into_iter().filter_map(|named| named.source.ok()?.read(desk).ok());
            return Ok(Self::Several(reports.collect()));
        }
        Ok(Self::One(Box::new(source::one(said)?.read(desk)?)))
    }

    /// The report that `report` follows; says so if the one that was named is of another year.
    fn before(&self, report: &Report, output: &mut Output) -> Option<Report> {
        match self {
            Self::One(last) => {
                if last.year() != report.year().map(|year| year - 1) {
                    let year = |report: &Report| {
                        report.year().map_or("看不出年度".to_owned(), |year| format!("是 {year} 年的"))
                    };
                    output.note(&format!(
                        "--last-year 的报告{}，要检查的报告{}，不相连，没有用上。",
                        year(last),
                        year(report)
                    ));
                }
                Some((**last).clone())
            }
            Self::Several(reports) => reports.iter().find(|last| report.follows(last)).cloned(),
        }
    }
}
