//! `export` of many reports: the long table, one report after another, into a file or a pipe.
//!
//! What a row is, and how it is written, is [`panel`](crate::panel)'s. A file that cannot be read is told and does not
//! stop the rest; a report of no known unit is in the table, without a code.

use std::io;
use std::path::Path;

use serde::Serialize;

use super::arguments::{Export, To};
use super::print::Output;
use super::reading::Readers;
use super::{Desk, Error, Status, interrupt};
use crate::batch::{self, Named, Read, Unread};
use crate::export::Kind;
use crate::panel::{self, Format, Panel};
use crate::report::Report;
use crate::store::{self, Overwrite};
use crate::units::{self, Match, Unit, Units};

/// What was written, for other programs.
#[derive(Default, Serialize)]
struct Written {
    output: String,
    format: &'static str,
    reports: usize,
    rows: usize,
    /// Of another year than the one that was asked for.
    other_years: usize,
    /// In the table without a code.
    unknown_units: Vec<String>,
    unreadable: Vec<Unreadable>,
}

#[derive(Serialize)]
struct Unreadable {
    file: String,
    error: String,
}

/// The reports that are written, and whose they may be.
struct Run<'a> {
    named: Vec<Named>,
    units: Option<&'a Units>,
    year: Option<i64>,
    readers: Readers,
}

/// The format of the long table that is asked for; `None` where one report is to be written by itself.
///
/// # Errors
/// If what is asked for does not go together.
pub(super) fn format(arguments: &Export) -> Result<Option<Format>, Error> {
    let Export { reports, to, target, units, year, batch, .. } = arguments;
    let out = arguments.place();
    let is_of_many = reports.len() > 1 || reports.iter().any(|named| named.is_dir());
    let named = Format::of_path(out);
    let format = match to {
        Some(To { panel: Some(format), report }) if is_of_many || report.is_none() => Some(*format),
        Some(To { report: Some(_), .. }) if is_of_many => return Err(Error::OnlyPanel),
        Some(_) => None,
        None if is_of_many => Some(named.ok_or(Error::OnlyPanel)?),
        None => named.filter(|_| Kind::of_path(out).is_none()),
    };
    let (asked, other) = match (format, to) {
        (Some(format), _) => (format.extension(), Kind::of_path(out).map(Kind::extension)),
        (None, Some(To { report: Some(kind), .. })) => (kind.extension(), None),
        (None, _) => ("", None),
    };
    if let Some(ending) = named.map(Format::extension).or(other).filter(|_| !asked.is_empty())
        && ending != asked
    {
        return Err(Error::Disagreeing { path: out.to_owned(), extension: asked });
    }
    let misused = match format {
        Some(_) => [
            ("--font", target.font.is_some()),
            ("--no-lead", target.no_lead),
            ("--findings", target.findings),
        ],
        None => [("--units", units.is_some()), ("--year", year.is_some()), ("--jobs", batch.jobs.is_some())],
    };
    match misused.iter().find(|(_, is_said)| *is_said) {
        Some((option, _)) if format.is_some() => Err(Error::Misuse(format!("{option} 不能用于长表"))),
        Some((option, _)) => {
            Err(Error::Misuse(format!("{option} 只能用于长表：请写目录或几份报告，或者用 --to jsonl")))
        }
        None => Ok(format),
    }
}

/// Writes the long table of every report that is named.
pub(super) fn run(
    arguments: &Export,
    format: Format,
    desk: &Desk,
    output: &mut Output,
) -> Result<Status, Error> {
    let Export { reports, target, units: register, year, batch, .. } = arguments;
    let out = arguments.place();
    let to_stdout = out == Path::new("-");
    if to_stdout && output.is_screen() {
        return Err(Error::NotForScreen { label: format.label(), extension: format.extension() });
    }
    if to_stdout && target.json {
        return Err(Error::Misuse("--json 和长表不能都写到标准输出".to_owned()));
    }
    let named = batch::each(reports, register.iter().chain(&arguments.out).cloned());
    if named.is_empty() {
        return Err(Error::Empty(reports.clone()));
    }
    let units = match register {
        Some(path) => {
            let (units, _, remarks) = batch::list(path, Units::read)?;
            remarks.iter().for_each(|remark| output.note(&format!("{}：{remark}", batch::spelled(path))));
            Some(units)
        }
        None => None,
    };
    let begun = Panel::begin(format)?;
    let run = Run { named, units: units.as_ref(), year: *year, readers: Readers::new(batch, desk) };
    let mut written =
        Written { output: batch::spelled(out), format: format.extension(), ..Written::default() };
    if to_stdout {
        let mut put = |bytes: &[u8], output: &mut Output| {
            output.file(bytes);
            Ok(())
        };
        run.write(begun, &mut written, output, &mut put).map_err(Error::Output)?;
    } else {
        let overwrite = if target.force { Overwrite::Yes } else { Overwrite::No };
        // A run that is stopped takes away what it has begun before it ends.
        interrupt::guarded(|is_wanted| {
            store::stream_output(out, overwrite, |file| {
                let mut put = |bytes: &[u8], _: &mut Output| file.write_all(bytes);
                run.write(begun, &mut written, output, &mut put)?;
                if is_wanted() { Ok(()) } else { Err(io::ErrorKind::Interrupted.into()) }
            })
        })?;
    }
    say(&written, target.json, year.unwrap_or_default(), to_stdout, output);
    Ok(if written.unreadable.is_empty() { Status::Clean } else { Status::Failed })
}

/// Takes the next bytes of the table.
type Put<'p> = dyn FnMut(&[u8], &mut Output) -> io::Result<()> + 'p;

impl Run<'_> {
    /// Reads the reports and puts down their rows, in order, so that only a few reports are there at a time.
    fn write(
        &self,
        (mut table, head): (Panel, Vec<u8>),
        written: &mut Written,
        output: &mut Output,
        put: &mut Put<'_>,
    ) -> io::Result<()> {
        // What fails first is told; what comes after it is not written.
        let mut result = put(&head, output);
        // No row is of prose.
        let tables = |named: &Named, read: Result<Read, Unread>| {
            (named.name.clone(), read.map(|read| read.report.without_prose()))
        };
        let read = self.readers.each(&self.named, output, tables, |(name, read), output| match read {
            _ if result.is_err() => {}
            Ok(report) => result = self.add(&name, &report, &mut table, written, output, put),
            Err(Unread { message: error, .. }) => {
                output.unreadable(&name, &error, false);
                written.unreadable.push(Unreadable { file: name, error });
            }
        });
        read.map_err(io::Error::other)?;
        result?;
        put(&table.end().map_err(io::Error::other)?, output)
    }

    /// Puts down the rows of one report, if it is of the year that was asked for.
    fn add(
        &self,
        name: &str,
        report: &Report,
        table: &mut Panel,
        written: &mut Written,
        output: &mut Output,
        put: &mut Put<'_>,
    ) -> io::Result<()> {
        if self.year.is_some_and(|year| report.year() != Some(year)) {
            written.other_years += 1;
            return Ok(());
        }
        let unit = self.units.map(|units| unit_of(report, units));
        if let Some(Err(reason)) = &unit {
            output.note(&format!("{name}：{reason}，unit_code 空着。"));
            written.unknown_units.push(name.to_owned());
        }
        let rows = panel::rows(name, unit.and_then(Result::ok), report);
        put(&table.add(rows).map_err(io::Error::other)?, output)?;
        written.reports += 1;
        written.rows += report.form().cells().len();
        Ok(())
    }
}

/// The unit that a report is of, or why nobody knows.
fn unit_of<'u>(report: &Report, units: &'u Units) -> Result<&'u Unit, String> {
    let agency = units::own_name(report);
    match units::unit_of(units, report) {
        Match::Unit(unit, _) => Ok(&units.all()[unit]),
        Match::Unsure(several) => {
            let names: Vec<&str> = several.iter().map(|unit| units.all()[*unit].name.as_str()).collect();
            Err(format!("认不准“{agency}”是不是名册里的{}", names.join("、")))
        }
        Match::Unknown if agency.is_empty() => Err("报告没有写明机关".to_owned()),
        Match::Unknown => Err(format!("名册里没有“{agency}”")),
    }
}

fn say(written: &Written, as_json: bool, year: i64, to_stdout: bool, output: &mut Output) {
    if as_json {
        return output.json(written);
    }
    let Written { reports, rows, other_years, unreadable, .. } = written;
    let to = if to_stdout { "标准输出" } else { &written.output };
    output.note(&format!("已写入 {to}：{reports} 份报告，{rows} 行。"));
    if *other_years > 0 {
        output.note(&format!("另有 {other_years} 份不是 {year} 年的，没有写。"));
    }
    if !unreadable.is_empty() {
        output.note(&format!("{} 份读不了，见上。", unreadable.len()));
    }
}
