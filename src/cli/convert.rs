//! `convert`, `export` and `show`: one report, read from anywhere, written in a format.
//!
//! What could not be read cleanly is said on standard error and kept in the report as notices; it is no failure.

use std::path::Path;

use serde::Serialize;

use super::arguments::{Convert, Export, Show, Target};
use super::print::Output;
use super::{Desk, Error, Status, check, digest, interrupt, panel};
use crate::batch::{self, Reader, Source};
use crate::check::{Review, Severity};
use crate::document::recognize::Reading;
use crate::export::{self, Extent, Faces, Kind};
use crate::faces;
use crate::report::{Notice, NoticeKind, Place, Report};
use crate::store::{self, Overwrite};
use crate::width::{Ambiguous, fit, width};

/// How many notices are said in full.
const SAID: usize = 5;

/// What was written, for other programs.
#[derive(Serialize)]
struct Written<'a> {
    file: String,
    output: String,
    form: &'static str,
    notices: Vec<&'a Notice>,
}

/// Where a place was found, for other programs.
#[derive(Serialize)]
struct Found<'a> {
    place: String,
    label: String,
    value: Option<String>,
    at: Option<&'a str>,
}

/// Prints one report: as text, or in the saved shape.
pub(super) fn show(arguments: &Show, desk: &Desk, output: &mut Output) -> Result<Status, Error> {
    let report = match (arguments.at, batch::one(&arguments.report)?) {
        (None, _) => desk.read(&arguments.report)?,
        (Some(number), Source::Library(id)) => desk.library()?.version(id, number)?,
        (Some(_), _) => return Err(Error::Misuse("--at 只用于库里的报告，请写编号".to_owned())),
    };
    let kind = if arguments.json { Kind::Json } else { Kind::Text };
    print(&export::write(&report, kind, Extent::default(), &Faces::default())?, kind, output);
    if !arguments.json {
        say_notices(&report, output);
    }
    Ok(Status::Clean)
}

/// Reads a file and writes it in another format.
pub(super) fn convert(arguments: &Convert, desk: &Desk, output: &mut Output) -> Result<Status, Error> {
    let reading = located(&arguments.from, desk)?;
    let target = &arguments.target;
    if arguments.explain {
        // Two results on one output are none.
        match arguments.out.as_deref() {
            Some(out) if out == Path::new("-") => output.note(&explained(&reading, target.json)),
            _ if target.json => output.json_text(&explained(&reading, true)),
            _ => output.text(&explained(&reading, false)),
        }
    }
    match &arguments.out {
        Some(out) => {
            let target = Target { json: target.json && !arguments.explain, ..target.clone() };
            write((&arguments.from, &reading.report), out, arguments.to, &target, desk, output)
        }
        None => {
            say_notices(&reading.report, output);
            Ok(Status::Clean)
        }
    }
}

/// Reads a report with where in its file everything was found.
fn located(named: &Path, desk: &Desk) -> Result<Reading, Error> {
    let (reader, source) = (Reader::new(desk.data_dir.clone()), batch::one(named)?);
    Ok(interrupt::guarded(|is_wanted| reader.locate(&source, is_wanted))?)
}

/// Where each cell and each section of a report was found.
fn explained(reading: &Reading, as_json: bool) -> String {
    let Reading { report, origins } = reading;
    let cells = report.form().cells().iter().map(|info| Place::from(info.cell));
    let sections = report.form().decree.headings.iter().map(|heading| Place::from(heading.section));
    let found = |place: Place| Found {
        place: place.to_string(),
        label: place.label(report.form()),
        value: report.get(place).filter(|_| place.cell().is_some()).map(ToString::to_string),
        at: origins.get(&place).map(String::as_str),
    };
    let all: Vec<Found<'_>> = cells.chain(sections).map(found).collect();
    if as_json {
        return serde_json::to_string(&all).unwrap_or_default();
    }
    let at = |one: &Found<'_>| one.at.unwrap_or("没有找到").to_owned();
    let columns = all.iter().map(|one| width(&at(one), Ambiguous::Narrow)).max().unwrap_or_default();
    let line = |one: &Found<'_>| {
        let at = fit(&at(one), columns, Ambiguous::Narrow);
        format!("{at}  {}  {}\n", one.label, one.value.as_deref().unwrap_or_default())
    };
    all.iter().map(line).collect()
}

/// Writes a report in a format, or many as one long table.
pub(super) fn export(arguments: &Export, desk: &Desk, output: &mut Output) -> Result<Status, Error> {
    if let Some(format) = panel::format(arguments)? {
        return panel::run(arguments, format, desk, output);
    }
    let Export { reports, out, to, target, .. } = arguments;
    let [named] = &reports[..] else { return Err(Error::OnlyPanel) };
    let to = to.and_then(|to| to.report);
    if out.is_none() && to.is_none() && !target.json && output.is_screen() {
        return Err(Error::NoOutput);
    }
    let report = desk.read(named)?;
    write((named, &report), arguments.place(), to, target, desk, output)
}

/// Says what is found in a report that is written to be handed in, unless that is remarks only.
fn say_faults(from: &Path, review: &Review, output: &mut Output) {
    if review.standing().all(|finding| finding.severity == Severity::Info) {
        return;
    }
    let (counts, from) = (digest::counts(review), batch::spelled(from));
    output.note(&match from.as_str() {
        // What came in by a pipe is there no more.
        "-" => format!("{counts}。上报前请核对"),
        from if from.contains(' ') => format!("{counts}。上报前请看 nianbao check '{from}'"),
        from => format!("{counts}。上报前请看 nianbao check {from}"),
    });
}

/// Says how many notices a report has, and the first of them.
pub(super) fn say_notices(report: &Report, output: &mut Output) {
    let mut notices = report.notices_gravest_first();
    // The clerk's own deed, which is told where it was done and to who reviews.
    notices.retain(|notice| notice.kind != NoticeKind::ZeroReport);
    let count = notices.len();
    if count == 0 {
        return;
    }
    let lost = notices.iter().filter(|notice| notice.kind.is_loss()).count();
    let lost =
        if lost > 0 { format!("，其中 {lost} 处没有读入或者没有找到") } else { String::new() };
    output.note(&format!("需要核对 {count} 处{lost}："));
    for notice in notices.into_iter().take(SAID) {
        let at = if notice.at.is_empty() { String::new() } else { format!("{}：", notice.at) };
        output.note(&format!("  {at}{}", notice.message));
    }
    if count > SAID {
        output.note("  ……其余的用 nianbao show --json 查看");
    }
}

fn write(
    (from, report): (&Path, &Report),
    to: &Path,
    asked: Option<Kind>,
    target: &Target,
    desk: &Desk,
    output: &mut Output,
) -> Result<Status, Error> {
    let to_stdout = to == Path::new("-");
    let named = Kind::of_path(to);
    let kind = match asked {
        Some(kind) if named.is_some_and(|named| !kind.extension().ends_with(named.extension())) => {
            return Err(Error::Disagreeing { path: to.to_owned(), extension: kind.extension() });
        }
        Some(kind) => kind,
        None if to_stdout => Kind::Json,
        None => named.ok_or_else(|| Error::NoKind(to.to_owned()))?,
    };
    if to_stdout && !kind.is_text() && output.is_screen() {
        return Err(Error::NotForScreen { label: kind.label(), extension: kind.extension() });
    }
    let faces = faces::find(kind, target.font.as_deref())?;
    let is_handed_in = !to_stdout && !target.json && kind != Kind::Json;
    let is_reviewed = target.findings || is_handed_in;
    let review = is_reviewed.then(|| check::review(from, report, desk, output)).transpose()?;
    let findings = review.as_ref().filter(|_| target.findings).map(|review| review.findings.as_slice());
    let bytes = export::write(report, kind, Extent { has_lead: !target.no_lead, findings }, &faces)?;
    if to_stdout {
        print(&bytes, kind, output);
        say_notices(report, output);
        return Ok(Status::Clean);
    }
    let overwrite = if target.force { Overwrite::Yes } else { Overwrite::No };
    store::write_output(to, &bytes, overwrite)?;
    let (file, written) = (batch::spelled(from), batch::spelled(to));
    if target.json {
        let (form, notices) = (report.form().decree.key, report.notices().collect());
        output.json(&Written { file, output: written, form, notices });
    } else {
        say_notices(report, output);
        output.note(&format!("已写入 {written}"));
    }
    if let Some(review) = review.filter(|_| is_handed_in) {
        say_faults(from, &review, output);
    }
    Ok(Status::Clean)
}

/// Prints a report that is written in a format.
fn print(bytes: &[u8], kind: Kind, output: &mut Output) {
    match kind {
        Kind::Json => output.json_text(String::from_utf8_lossy(bytes).trim_end()),
        _ if kind.is_text() => output.text(&String::from_utf8_lossy(bytes)),
        _ => output.file(bytes),
    }
}
