//! `rollup`: the reports of many units as one total, with who is missing, there twice or not known.
//!
//! Which report is whose, and what the total is, is decided by [`units`](crate::units) and [`rollup`](crate::rollup);
//! here the files are read and written. A file that cannot be read is told and does not stop the rest.

mod account;
mod gathering;
mod manifest;
mod spoken;

use std::path::{Path, PathBuf};

use account::Account;
use gathering::{Gathering, Input, Listed};

use super::arguments::Rollup;
use super::print::Output;
use super::{Desk, Error, Status, assignment};
use crate::batch;
use crate::check::{Review, Severity};
use crate::export::{self, Extent, Kind};
use crate::faces;
use crate::form::terms::Level;
use crate::form::{Cell, Form};
use crate::report::{Place, Report};
use crate::rollup::{Gathered, Sum, Total, compare};
use crate::store::{self, Overwrite, StoreError};
use crate::units::Filed;

/// A total that was worked out, with everything that there is to say of it.
struct Worked<'r> {
    gathered: &'r Gathered<'r>,
    total: &'r Total<'r>,
    /// The total as a report.
    report: Report,
    review: Review,
    inputs: &'r [Input],
    listed: &'r Listed,
    traced: Vec<Cell>,
    written: Option<Written>,
    /// Whether only what was accepted in review was added up.
    accepted: bool,
}

/// The files that were written.
struct Written {
    output: String,
    manifest: String,
}

/// Adds up the reports that are named, writes the total, and says what there is to say.
pub(super) fn run(arguments: &Rollup, desk: &Desk, output: &mut Output) -> Result<Status, Error> {
    let Gathering { inputs, filed, year: named } = gathering::read(arguments, desk, output)?;
    let (year, form) = year(arguments, named, &filed)?;
    let traced: Vec<Cell> = arguments.trace.iter().map(|said| cell(form, said)).collect::<Result<_, _>>()?;
    let listed = Listed::read(arguments, (year, form), &filed)?;
    for list in [&listed.register, &listed.adjusted_by].into_iter().flatten() {
        list.remarks.iter().for_each(|remark| output.note(&format!("{}：{remark}", list.file)));
    }
    let gathered =
        Gathered::new((&listed.units, listed.register.is_some()), &listed.scope, (year, form), &filed);
    let total = gathered.total(listed.adjustments.clone());
    let county = arguments.against.as_deref().map(|named| desk.read(named)).transpose()?;
    if let Some(county) = county.as_ref().filter(|county| county.year() != Some(year)) {
        let said = county.year().map_or_else(|| "年度不详".to_owned(), |year| format!("是 {year} 年的"));
        output.note(&format!("--against 的报告{said}，汇总的是 {year} 年，请核对。"));
    }
    let review = compare::review(&gathered, &total, county.as_ref());
    let agency = agency(arguments, &listed);
    let level = listed.scope.parent.and_then(|parent| listed.units.all()[parent].level);
    let named = agency.as_deref().unwrap_or_default();
    let report = total.report(named, level.or_else(|| Level::of_name(named)), year);
    let mut worked = Worked {
        gathered: &gathered,
        total: &total,
        report,
        review,
        inputs: &inputs,
        listed: &listed,
        traced,
        written: None,
        accepted: arguments.accepted,
    };
    if let Some(out) = &arguments.out {
        agency.ok_or(Error::WhoseTotal)?;
        worked.written = Some(worked.write(out, arguments)?);
    }
    if arguments.json {
        output.json(&Account::new(&worked));
    } else {
        spoken::say(&worked, output);
    }
    Ok(worked.status())
}

/// The year of the total: the one that was named, else the only one that the reports are of.
fn year(arguments: &Rollup, named: Option<i64>, filed: &[Filed]) -> Result<(i64, &'static Form), Error> {
    let year = match named {
        Some(year) => year,
        None => {
            let mut years: Vec<i64> = filed.iter().filter_map(|filed| filed.report.year()).collect();
            years.sort_unstable();
            match years.chunk_by(|one, other| one == other).collect::<Vec<_>>()[..] {
                [] => return Err(Error::WhichYear("没有一份报告写明年度".to_owned())),
                [only] => only[0],
                [last, this] if arguments.last_year.is_some() && last[0] + 1 == this[0] => this[0],
                ref several => {
                    let said = several.iter().map(|of| format!("{} 年 {} 份", of[0], of.len()));
                    return Err(Error::WhichYear(said.collect::<Vec<_>>().join("、")));
                }
            }
        }
    };
    Ok((year, Form::for_year(year).ok_or(Error::NoForm(year))?))
}

/// The cell that is spelled as in files, or as messages name it.
fn cell(form: &Form, said: &str) -> Result<Cell, Error> {
    let unknown = |near| Error::UnknownPlace { spelling: said.to_owned(), form: form.decree.key, near };
    match crate::rollup::adjust::cell(form, said) {
        Some(cell) => Ok(cell),
        None => {
            let place = assignment::place(form, said)?;
            place.cell().ok_or_else(|| unknown(vec!["requests/received/total".to_owned()]))
        }
    }
}

/// Whose total it is: who was named, else the unit above those that are added up.
fn agency(arguments: &Rollup, listed: &Listed) -> Option<String> {
    let parent = listed.scope.parent.map(|parent| listed.units.all()[parent].name.clone());
    arguments.agency.clone().or(parent)
}

impl Worked<'_> {
    /// Writes the total, and beside it what it was made from.
    fn write(&self, out: &Path, arguments: &Rollup) -> Result<Written, Error> {
        let kind = Kind::of_path(out).ok_or_else(|| Error::NoKind(out.to_owned()))?;
        let faces = faces::find(kind, arguments.font.as_deref())?;
        let bytes = export::write(&self.report, kind, Extent::default(), &faces)?;
        let manifest = manifest_of(out);
        let overwrite = if arguments.force { Overwrite::Yes } else { Overwrite::No };
        if overwrite == Overwrite::No && manifest.symlink_metadata().is_ok() {
            return Err(StoreError::Exists(manifest).into());
        }
        let json = manifest::of(self, &bytes);
        store::write_output(out, &bytes, overwrite)?;
        store::write_output(&manifest, json.as_bytes(), overwrite)?;
        Ok(Written { output: batch::spelled(out), manifest: batch::spelled(&manifest) })
    }

    /// The cells that hold more than can be written.
    fn overflowing(&self) -> impl Iterator<Item = Cell> {
        self.total.sums().filter(|(_, sum)| *sum == Sum::Overflow).map(|(cell, _)| cell)
    }

    fn label(&self, cell: Cell) -> String {
        Place::Cell(cell).label(self.total.form())
    }

    fn status(&self) -> Status {
        match () {
            () if self.inputs.iter().any(|input| input.failure.is_some()) => Status::Failed,
            () if self.review.count(Severity::Error) > 0 || self.overflowing().next().is_some() => {
                Status::Found
            }
            () => Status::Clean,
        }
    }
}

/// The name of the file that says what a total was made from.
fn manifest_of(out: &Path) -> PathBuf {
    let mut name = out.as_os_str().to_owned();
    name.push(batch::MANIFEST);
    PathBuf::from(name)
}
