//! `trends`: the key figures of many reports by year and by unit, and those that stand out.
//!
//! What is compared and what stands out is decided by [`trends`](crate::trends), the page is made by
//! [`export`](crate::export::trends); here the files are read and written. A file that cannot be read is told and does not
//! stop the rest.

mod account;
mod spoken;
mod table;

use std::path::Path;

use account::Account;

use super::arguments;
use super::print::Output;
use super::reading::Readers;
use super::{Desk, Error, Status};
use crate::batch::{self, Named, Read, Unread};
use crate::export;
use crate::store::{self, Overwrite};
use crate::trends::{Figures, Told, Trends};
use crate::units::{Scope, Units};

/// What was read, with what there is to say of it.
struct Seen<'t> {
    trends: &'t Trends<'t>,
    /// The year in which units are compared.
    year: i64,
    unreadable: &'t [Unreadable],
    /// What is in no sum.
    told: Vec<Told>,
    output: Option<String>,
}

/// A file that cannot be read.
struct Unreadable {
    file: String,
    error: String,
}

/// Reads the reports that are named, and says or writes what is to be seen in them.
pub(super) fn run(arguments: &arguments::Trends, desk: &Desk, output: &mut Output) -> Result<Status, Error> {
    let register = arguments.units.as_deref().map(|path| register(path, output)).transpose()?;
    let (figures, unreadable) = read(arguments, desk, output)?;
    let has_register = register.is_some();
    let units = register.unwrap_or_else(|| Units::of_names(figures.iter().map(|one| one.agency.as_str())));
    let scope = match has_register {
        true => units.scope(None, None)?,
        false => Scope { parent: None, units: (0..units.all().len()).collect() },
    };
    let trends = Trends::new((&units, has_register), scope, figures);
    let mut told = trends.set_aside();
    told.extend(
        unreadable
            .iter()
            .map(|Unreadable { file, error }| Told {
                lead: "读不了", message: format!("{file}：{error}")
            }),
    );
    let latest = trends.years().next_back();
    let (Some(latest), Some(year)) = (latest, arguments.year.or(latest)) else {
        spoken::set_aside(&told, output);
        return Err(Error::NothingToCompare);
    };
    if trends.reported(year).next().is_none() {
        return Err(Error::NoReportOf { year, latest });
    }
    let mut seen = Seen { trends: &trends, year, unreadable: &unreadable, told, output: None };
    if let Some(out) = &arguments.out {
        let page = export::trends::page(&trends, year, &seen.told)?;
        let overwrite = if arguments.force { Overwrite::Yes } else { Overwrite::No };
        store::write_output(out, page.as_bytes(), overwrite)?;
        seen.output = Some(batch::spelled(out));
    }
    if arguments.json {
        output.json(&Account::new(&seen));
    } else {
        spoken::say(&seen, output);
    }
    Ok(if unreadable.is_empty() { Status::Clean } else { Status::Failed })
}

/// Reads the register of units.
fn register(path: &Path, output: &mut Output) -> Result<Units, Error> {
    let (units, _, remarks) = batch::list(path, Units::read)?;
    remarks.iter().for_each(|remark| output.note(&format!("{}：{remark}", path.display())));
    Ok(units)
}

/// Reads every report that is named, each file once, and keeps its figures only.
fn read(
    arguments: &arguments::Trends,
    desk: &Desk,
    output: &mut Output,
) -> Result<(Vec<Figures>, Vec<Unreadable>), Error> {
    let others = [&arguments.units, &arguments.out].into_iter().flatten().cloned();
    let named = batch::each(&arguments.reports, others);
    if named.is_empty() {
        return Err(Error::Empty(arguments.reports.clone()));
    }
    let (mut figures, mut unreadable) = (Vec::new(), Vec::new());
    let one = |named: &Named, read: Result<Read, Unread>| match read {
        Ok(read) => Ok(Figures::new(&named.name, &read.report)),
        Err(unread) => Err(Unreadable { file: named.name.clone(), error: unread.message }),
    };
    Readers::new(&arguments.batch, desk).each(&named, output, one, |read, _| match read {
        Ok(one) => figures.push(one),
        Err(one) => unreadable.push(one),
    })?;
    unreadable.sort_by(|one, other| one.file.cmp(&other.file));
    Ok((figures, unreadable))
}
