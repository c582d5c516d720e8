//! `check`: runs the rules on files, directories and reports of the library, each by itself; with `--across` they are
//! compared with each other too.
//!
//! What is found and how it is worded is the rules' affair; how it is laid out is [`digest`](super::digest)'s for clerks,
//! [`verdict`](super::verdict)'s and [`sarif`](super::sarif)'s for other programs.

use std::path::{Path, PathBuf};

use super::arguments::{Check, Format};
use super::json::{Json, Unreadable};
use super::past::{self, AUTO};
use super::print::Output;
use super::reading::Readers;
use super::verdict::Verdict;
use super::{Desk, Error, Status, digest, rules, sarif};
use crate::batch::{self, Named, Read, Source, Unread};
use crate::check::{Background, Profile, RULES, Review, Severity, copies};
use crate::report::Report;

/// A report that was named, with what was found, or why it cannot be read.
pub(super) struct Checked {
    /// As it was named.
    pub(super) name: String,
    /// The report and what the rules say of it; or why there is none.
    pub(super) outcome: Result<(Report, Review), Unread>,
}

/// A report that was checked, on its way to be printed.
enum Finished {
    /// It is printed when it is its turn, or compared with others.
    Whole(Checked),
    /// Its line of JSON, and what is kept of it.
    Line(Json, Tally),
}

/// What is kept of a report that was printed.
struct Tally {
    name: String,
    is_read: bool,
    /// The counts of its findings, in words for people; empty for programs.
    counts: String,
    gravest: Option<Severity>,
}

/// Checks everything named, in the order given; what cannot be read does not stop the rest.
pub(super) fn run(arguments: &Check, desk: &Desk, output: &mut Output) -> Result<Status, Error> {
    let profile = profile(arguments, desk)?;
    let readers = Readers::new(&arguments.batch, desk);
    let named = named(&arguments.reports)?;
    let format = if arguments.json { Format::Json } else { arguments.format };
    let is_alone = named.len() == 1;
    let mut tallies = Vec::new();
    let mut held = Vec::new();
    // What is not compared with the others is put into words where it was checked, and goes.
    let finish = |checked: Checked| match format {
        Format::Json if !arguments.across => Finished::Line(line(&checked), Tally::of(checked, format)),
        _ => Finished::Whole(checked),
    };
    let named = &named[..];
    each(named, arguments.last_year.as_deref(), &profile, &readers, output, finish, |finished, output| {
        match finished {
            Finished::Whole(checked) if arguments.across || format == Format::Sarif => held.push(checked),
            Finished::Whole(checked) => {
                print(&checked, format, is_alone, output);
                tallies.push(Tally::of(checked, format));
            }
            Finished::Line(line, tally) => {
                output.json_line(&line);
                tallies.push(tally);
            }
        }
    })?;
    if arguments.across {
        compare(&mut held, &profile);
    } else if !arguments.rule.is_empty() && !profile.off.contains("G01") {
        output.note("G01 没有查：加上 --across 才把各份报告互相比对。");
    }
    if format == Format::Sarif {
        output.json(&sarif::log(&held));
    }
    for checked in held {
        print(&checked, format, is_alone, output);
        tallies.push(Tally::of(checked, format));
    }
    if format == Format::Human && !is_alone {
        sum_up(&tallies, output);
    }
    Ok(status(&tallies, arguments.deny))
}

/// Every report that is named, directories for all that is in them.
pub(super) fn named(reports: &[PathBuf]) -> Result<Vec<Named>, Error> {
    let named: Vec<Named> = reports.iter().flat_map(|named| batch::all(named)).collect();
    if named.is_empty() { Err(Error::Empty(reports.to_vec())) } else { Ok(named) }
}

/// Reads and checks what is named, each report beside its last year's, and does `finish` with it, in parallel; gives what
/// that makes of them in order to `take`.
pub(super) fn each<F: Send>(
    named: &[Named],
    last_year: Option<&Path>,
    profile: &Profile,
    readers: &Readers,
    output: &mut Output,
    finish: impl Fn(Checked) -> F + Sync,
    mut take: impl FnMut(F, &mut Output),
) -> Result<(), Error> {
    let past = past::named(last_year, readers, output)?;
    // A report of the library has its last year's there, unless another was named.
    let is_kept = |named: &Named| last_year.is_none() && matches!(named.source, Ok(Source::Library(_)));
    let kept = past::named(named.iter().any(is_kept).then_some(Path::new(AUTO)), readers, output)?;
    let one = |named: &Named, read: Result<Read, Unread>| {
        let past = if is_kept(named) { &kept } else { &past };
        let name = named.name.clone();
        match read {
            Ok(read) => {
                let checked = past.review(&read, profile, None);
                (finish(Checked { name, outcome: Ok((read.report, checked.review)) }), checked.remark)
            }
            Err(unread) => (finish(Checked { name, outcome: Err(unread) }), None),
        }
    };
    readers.each(named, output, one, |(finished, remark), output| {
        remark.iter().for_each(|remark| output.note(remark));
        take(finished, output);
    })
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

/// Compares the reports of one run with each other.
fn compare(checked: &mut [Checked], profile: &Profile) {
    if profile.off.contains("G01") {
        return;
    }
    let read = checked.iter().filter_map(|one| Some((one.name.as_str(), &one.outcome.as_ref().ok()?.0)));
    let copies = copies::among(&read.collect::<Vec<_>>(), profile.similarity, &mut || true);
    let reviewed = checked.iter_mut().filter_map(|one| one.outcome.as_mut().ok());
    for ((report, review), copied) in reviewed.zip(copies.into_iter().flatten()) {
        review.findings.extend(copied);
        review.accept(report);
    }
}

fn print(checked: &Checked, format: Format, is_alone: bool, output: &mut Output) {
    match (&checked.outcome, format) {
        (_, Format::Sarif) => {}
        (_, Format::Json) => output.json_line(&line(checked)),
        (Ok((report, review)), Format::Human) => {
            digest::print(&checked.name, report, review, output);
            if !is_alone {
                output.line("");
            }
        }
        (Err(unread), Format::Human) => {
            output.unreadable(&checked.name, &unread.message, false);
            if is_alone && !unread.hint.is_empty() {
                output.hint(&unread.hint);
            }
        }
    }
}

/// The line of JSON for a report, or for why there is none.
fn line(Checked { name, outcome }: &Checked) -> Json {
    match outcome {
        Ok((report, review)) => Json::new(&Verdict::new(name, report, review)),
        Err(unread) => Json::new(&Unreadable { file: name, error: &unread.message }),
    }
}

impl Tally {
    fn of(checked: Checked, format: Format) -> Self {
        let review = checked.outcome.as_ref().ok().map(|(_, review)| review);
        let counts = |review| if format == Format::Human { digest::counts(review) } else { String::new() };
        Self {
            is_read: review.is_some(),
            counts: review.map(counts).unwrap_or_default(),
            gravest: review.and_then(|review| review.standing().map(|finding| finding.severity).max()),
            name: checked.name,
        }
    }
}

fn sum_up(tallies: &[Tally], output: &mut Output) {
    let read = || tallies.iter().filter(|tally| tally.is_read);
    let unreadable = tallies.len() - read().count();
    let checked = tallies.len() - unreadable;
    let besides = if unreadable > 0 { format!("，另有 {unreadable} 份读不了") } else { String::new() };
    output.line(&format!("共检查 {checked} 份{besides}{}", if checked > 0 { "：" } else { "。" }));
    for Tally { name, counts, .. } in read() {
        let counts = output.language().say(counts).into_owned();
        output.quoted("  ", &format!("{counts}  {name}"));
    }
}

fn status(tallies: &[Tally], deny: Severity) -> Status {
    match tallies.iter().filter_map(|tally| tally.gravest).max() {
        _ if tallies.iter().any(|tally| !tally.is_read) => Status::Failed,
        Some(gravest) if gravest >= deny => Status::Found,
        _ => Status::Clean,
    }
}

/// Reviews one report by what the user decided; one of the library beside its last year's.
pub(super) fn review(
    named: &Path,
    report: &Report,
    desk: &Desk,
    output: &mut Output,
) -> Result<Review, Error> {
    let is_kept = matches!(batch::one(named), Ok(Source::Library(_)));
    let readers = Readers::plain(desk);
    let past = past::named(is_kept.then_some(Path::new(AUTO)), &readers, output)?;
    let (previous, remark) = past.before(report);
    remark.iter().for_each(|remark| output.note(remark));
    let background = Background {
        previous: previous.map(|read| read.report),
        profile: desk.config()?.profile,
        ..Background::default()
    };
    Ok(crate::check::check_before(report, &background))
}
