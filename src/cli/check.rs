//! `check`: runs the rules on files, directories and reports of the library, each by itself; with `--across` they are
//! compared with each other too.
//!
//! What is found and how it is worded is the rules' affair; how it is laid out is [`digest`](super::digest)'s for clerks,
//! [`verdict`](super::verdict)'s and [`sarif`](super::sarif)'s for other programs.

use std::path::Path;

use super::arguments::{Check, Format};
use super::print::Output;
use super::source::{self, Named, Source};
use super::verdict::Verdict;
use super::{Desk, Error, Status, digest, rules, sarif};
use crate::check::{self, Background, Profile, RULES, Review, Severity, copies};
use crate::report::Report;

/// What `--last-year` says for the reports of the library.
pub(super) const AUTO: &str = "auto";

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
    if named.is_empty() {
        return Err(Error::Empty(arguments.reports.clone()));
    }
    // A report of the library has its last year's there, unless another was named.
    let is_kept =
        |named: &Named| arguments.last_year.is_none() && matches!(named.source, Ok(Source::Library(_)));
    let kept = Past::new(named.iter().any(is_kept).then_some(Path::new(AUTO)), desk)?;
    let mut checked = Vec::new();
    for named in named {
        let past = if is_kept(&named) { &kept } else { &past };
        checked.push(one(named, &profile, past, desk, output));
    }
    if arguments.across {
        compare(&mut checked, &profile);
    }
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

/// Reviews one report by what the user decided; one of the library beside its last year's.
pub(super) fn review(
    named: &Path,
    report: &Report,
    desk: &Desk,
    output: &mut Output,
) -> Result<Review, Error> {
    let is_kept = matches!(source::one(named), Ok(Source::Library(_)));
    let past = Past::new(is_kept.then_some(Path::new(AUTO)), desk)?;
    let background = Background { previous: past.before(report, output), profile: desk.config()?.profile };
    Ok(check::check_before(report, &background))
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
    for one in checked {
        match &one.outcome {
            Ok((report, review)) => {
                digest::print(&one.name, report, review, output);
                if checked.len() > 1 {
                    output.line("");
                }
            }
            Err(error) => output.unreadable(&one.name, error, false),
        }
    }
    if checked.len() != 1 {
        let read = || checked.iter().filter_map(|one| Some((one, &one.outcome.as_ref().ok()?.1)));
        let unreadable = checked.len() - read().count();
        output.line(&format!("共检查 {} 份，另有 {unreadable} 份读不了：", checked.len() - unreadable));
        for (one, review) in read() {
            output.wrapped("  ", &format!("{}  {}", digest::counts(review), one.name));
        }
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
pub(super) enum Past {
    /// One report, for whatever is checked.
    One(Box<Report>),
    /// Several, for the organs that they are of.
    Several(Vec<Report>),
}

impl Past {
    pub(super) fn new(said: Option<&Path>, desk: &Desk) -> Result<Self, Error> {
        let Some(said) = said else { return Ok(Self::Several(Vec::new())) };
        if said == Path::new(AUTO) {
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
    pub(super) fn before(&self, report: &Report, output: &mut Output) -> Option<Report> {
        match self {
            // A report without a name is taken for what it was named as.
            Self::One(last)
                if report.is_of_the_year_after(last)
                    && (last.agency().is_empty() || report.may_be_of_one_organ(last)) =>
            {
                Some((**last).clone())
            }
            Self::One(last) => {
                output.note(&format!(
                    "--last-year 的报告是{}的，要检查的是{}的，对不上，没有用上。",
                    whose(last),
                    whose(report)
                ));
                None
            }
            Self::Several(reports) => {
                let exact = reports.iter().find(|last| report.follows(last));
                let mut like = reports
                    .iter()
                    .filter(|last| report.is_of_the_year_after(last) && report.may_be_of_one_organ(last));
                // 柳河镇人民政府 may be 云岭县柳河镇人民政府, if only one is.
                let only = like.next().filter(|_| like.next().is_none());
                exact.or(only).cloned()
            }
        }
    }
}

/// Whose report it is, and for which year: `柳河镇人民政府 2024 年`.
fn whose(report: &Report) -> String {
    let agency = Some(report.agency()).filter(|agency| !agency.is_empty()).unwrap_or("看不出哪个机关");
    report.year().map_or_else(|| format!("{agency}年度不详"), |year| format!("{agency} {year} 年"))
}
