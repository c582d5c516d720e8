//! `new`, `list`, `import` and `path`: the reports of the library as a whole.
//!
//! An id is printed alone on its line, so that a script can take it; what else there is to say goes to standard error.

use std::path::Path;

use serde::Serialize;

use super::arguments::{Import, List, New, Path as PathArguments};
use super::convert::say_notices;
use super::print::Output;
use super::reading::Readers;
use super::verdict::Counts;
use super::{Desk, Error, Status, digest};
use crate::batch;
use crate::check;
use crate::form::Form;
use crate::form::terms::{Field, Level};
use crate::report::{Edit, Notice, Report, Value};
use crate::store::{Id, Library, StoreError};

/// A report of the library, for other programs.
#[derive(Serialize)]
struct Listed<'a> {
    id: &'a str,
    agency: Option<&'a str>,
    year: Option<i64>,
    form: &'static str,
    counts: Counts,
}

/// A report that was put into the library, for other programs.
#[derive(Serialize)]
struct Added<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    id: String,
    agency: Option<&'a str>,
    year: Option<i64>,
    form: &'static str,
    notices: Vec<&'a Notice>,
}

/// Makes a new report in the library, blank or from last year's.
pub(super) fn new(arguments: &New, desk: &Desk, output: &mut Output) -> Result<Status, Error> {
    let last = match &arguments.from {
        Some(last) => Some(desk.read(last)?),
        None => None,
    };
    let report = begin(arguments, last.as_ref())?;
    let library = desk.library_or_new()?;
    let twins = twins(&readable(&library)?, &report);
    let id = library.create(&report)?;
    if arguments.json {
        output.json(&Added::new(None, id, &report));
    } else {
        output.line(&id.to_string());
        output.note(&format!("已新建：{}", report.text(Field::Title)));
    }
    if let Some(last) = &last {
        say_carried(last, &report, output);
    }
    say_twins(&twins, output);
    Ok(Status::Clean)
}

/// Says what the clerk would not expect of the numbers that were carried over from last year, or were not.
fn say_carried(last: &Report, report: &Report, output: &mut Output) {
    let due = report.year().unwrap_or_default() - 1;
    match last.year() {
        Some(year) if year != due => {
            output.note(&format!("--from 的是 {year} 年度的报告，不是 {due} 年度的，没有带入结转数"));
        }
        None => output.note("--from 的报告没有年度，没有带入结转数；请自己核对填写"),
        Some(_) if last.agency() != report.agency() => {
            let agency = last.agency();
            output.note(&format!("结转数取自“{agency}”的报告，机关名称不同，请核对；简称没有带入"));
        }
        Some(_) => {}
    }
}

/// The report that is to be made.
fn begin(arguments: &New, last: Option<&Report>) -> Result<Report, Error> {
    let named = arguments.agency.as_deref();
    let agency = named.or(last.map(Report::agency)).filter(|agency| !agency.is_empty());
    let agency = agency.ok_or(Error::NotInLastYear("机关全称"))?;
    let year = arguments.year.or_else(|| Some(last?.year()? + 1)).ok_or(Error::NotInLastYear("年度"))?;
    let level = arguments.level.or_else(|| last?.level());
    let mut report = Report::new(Form::for_year(year).ok_or(Error::NoForm(year))?);
    if let Some(last) = last {
        report.apply(last.rollover(year));
        if last.agency() != agency {
            report.apply(Edit::set(Field::ShortName, None));
        }
    }
    report.apply(Report::identity(agency, level, year));
    if let Some(name) = &arguments.short_name {
        report.apply(Edit::set(Field::ShortName, Some(Value::Text(name.clone()))));
    }
    Ok(report)
}

/// Lists the reports of the library; one that cannot be read does not stop the rest.
pub(super) fn list(arguments: &List, desk: &Desk, output: &mut Output) -> Result<Status, Error> {
    let mut status = Status::Clean;
    let library = match desk.library() {
        // A first look at nothing is no failure.
        Err(error @ Error::Store(StoreError::NoData(_))) => {
            output.note(&format!("{error}。{}", error.hint()));
            return Ok(status);
        }
        library => library?,
    };
    let entries = if arguments.trash { library.list_trash()? } else { library.list()? };
    if entries.is_empty() && !arguments.json {
        output.note(match arguments.trash {
            true => "回收站里没有报告。",
            false => "库里还没有报告。用 nianbao new 新建，或用 nianbao import 导入。",
        });
    }
    for entry in entries {
        let id = entry.id.to_string();
        match &entry.report {
            Ok(report) if arguments.json => output.json(&Listed::new(&id, report)),
            Ok(report) => output.line(&row(&id, report)),
            Err(error) => {
                status = Status::Failed;
                output.unreadable(&id, error, arguments.json);
            }
        }
    }
    Ok(status)
}

/// Puts files into the library; one that cannot be read does not stop the rest.
pub(super) fn import(arguments: &Import, desk: &Desk, output: &mut Output) -> Result<Status, Error> {
    let mut status = Status::Clean;
    let library = desk.library_or_new()?;
    let mut kept = readable(&library)?;
    for file in &arguments.files {
        let name = batch::spelled(file);
        match add(file, &library, desk) {
            Ok((id, report)) => {
                if arguments.json {
                    output.json(&Added::new(Some(&name), id, &report));
                } else {
                    output.line(&id.to_string());
                    say_notices(&report, output);
                    if !report.agency().is_empty() && report.get(Field::Level).is_none() {
                        let levels: Vec<&str> = Level::ALL.iter().map(|level| level.label()).collect();
                        output.note(&format!(
                            "从“{}”看不出是哪一级，请用 nianbao set {id} @level=… 写明：{}",
                            report.agency(),
                            levels.join("、")
                        ));
                    }
                }
                say_twins(&twins(&kept, &report), output);
                kept.push((id, report));
            }
            Err(error) => {
                status = Status::Failed;
                output.unreadable(&name, &error, arguments.json);
                if !arguments.json {
                    output.note(&format!("提示：{}", error.hint()));
                }
            }
        }
    }
    Ok(status)
}

/// Prints where the library is.
pub(super) fn path(arguments: &PathArguments, desk: &Desk, output: &mut Output) -> Result<Status, Error> {
    let directory = desk.directory()?;
    let path = batch::spelled(&std::path::absolute(&directory).unwrap_or(directory));
    if arguments.json {
        output.json(&serde_json::json!({ "data_dir": path }));
    } else {
        output.line(&path);
    }
    Ok(Status::Clean)
}

impl<'a> Listed<'a> {
    fn new(id: &'a str, report: &'a Report) -> Self {
        Self {
            id,
            agency: agency(report),
            year: report.year(),
            form: report.form().decree.key,
            counts: Counts::new(&check::check(report)),
        }
    }
}

impl<'a> Added<'a> {
    fn new(file: Option<&'a str>, id: Id, report: &'a Report) -> Self {
        Self {
            file,
            id: id.to_string(),
            agency: agency(report),
            year: report.year(),
            form: report.form().decree.key,
            notices: report.notices().collect(),
        }
    }
}

pub(super) fn agency(report: &Report) -> Option<&str> {
    Some(report.agency()).filter(|agency| !agency.is_empty())
}

fn row(id: &str, report: &Report) -> String {
    let form = report.form().decree.key;
    let titled = titled(report);
    format!("{id}  {titled}（{form} 年表样）  {}", digest::counts(&check::check(report)))
}

/// The year and the organ of a report, by which a clerk knows it.
pub(super) fn titled(report: &Report) -> String {
    let year = report.year().map_or_else(|| "----".to_owned(), |year| year.to_string());
    format!("{year}  {}", agency(report).unwrap_or("（机关不详）"))
}

/// The reports that are of the same organ and year, as far as these are known.
fn twins(kept: &[(Id, Report)], report: &Report) -> Vec<String> {
    let is_twin = |other: &Report| {
        let known = !report.agency().is_empty() && report.year().is_some();
        known && other.agency() == report.agency() && other.year() == report.year()
    };
    kept.iter().filter(|(_, other)| is_twin(other)).map(|(id, _)| id.to_string()).collect()
}

/// The reports of the library that can be read.
fn readable(library: &Library) -> Result<Vec<(Id, Report)>, Error> {
    Ok(library.list()?.into_iter().filter_map(|entry| Some((entry.id, entry.report.ok()?))).collect())
}

fn say_twins(twins: &[String], output: &mut Output) {
    if !twins.is_empty() {
        output.note(&format!("库里原来就有同一机关、同一年度的报告：{}", twins.join("、")));
    }
}

/// Reads a file into the library.
fn add(file: &Path, library: &Library, desk: &Desk) -> Result<(Id, Report), Error> {
    // Whoever says why a file cannot be read names it.
    let report = Readers::plain(desk).one(&batch::one(file)?)?.report;
    let id = library.create(&report)?;
    Ok((id, report))
}
