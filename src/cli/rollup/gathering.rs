//! What a total is made from: the reports that were named, the register of units, the adjustments.

use std::path::{Path, PathBuf};

use super::super::arguments::Rollup;
use super::super::print::Output;
use super::super::reading::Readers;
use super::super::{Desk, Error};
use super::manifest_of;
use crate::batch::{self, Named, Read, Unread, sha256};
use crate::desk::State;
use crate::document::Document;
use crate::form::Form;
use crate::form::terms::Level;
use crate::rollup::Adjustment;
use crate::rollup::adjust;
use crate::units::{Fault, Filed, Match, Scope, Units};

/// A file that was named, with its hash, or why it gives no report.
pub(super) struct Input {
    pub(super) file: String,
    /// SHA-256 of its bytes; of the saved shape, for a report of the library. Empty if it could not be read.
    pub(super) sha256: String,
    /// Where it gives a report: which of them.
    pub(super) report: Option<usize>,
    pub(super) failure: Option<String>,
}

/// The reports that were named.
pub(super) struct Gathering {
    pub(super) inputs: Vec<Input>,
    pub(super) filed: Vec<Filed>,
    /// The year of the total, where it was named or follows from what was reviewed.
    pub(super) year: Option<i64>,
}

/// A list that was named, with its hash.
pub(super) struct List {
    pub(super) file: String,
    pub(super) sha256: String,
    /// What whoever wrote it should know of the file.
    pub(super) remarks: Vec<String>,
}

/// Who has to report, and what is adjusted.
pub(super) struct Listed {
    pub(super) units: Units,
    /// The register, if there is one; else the units are those that reported.
    pub(super) register: Option<List>,
    pub(super) scope: Scope,
    /// The only level that is added up, where one was named.
    pub(super) level: Option<Level>,
    pub(super) adjustments: Vec<Adjustment>,
    pub(super) adjusted_by: Option<List>,
}

/// Reads every report that is named, each file once, in byte order of their names.
pub(super) fn read(arguments: &Rollup, desk: &Desk, output: &mut Output) -> Result<Gathering, Error> {
    let readers = Readers::new(&arguments.batch, desk);
    let mut named = batch::each(arguments.reports.iter().chain(&arguments.last_year), others(arguments));
    if named.is_empty() {
        return Err(Error::Empty(arguments.reports.clone()));
    }
    let mut year = arguments.year;
    if arguments.accepted {
        (named, year) = accepted(named, arguments, &readers, desk, output)?;
    }
    let (mut inputs, mut filed) = (Vec::new(), Vec::new());
    // Prose is not added up.
    let tables = |named: &Named, read: Result<Read, Unread>| {
        (named.name.clone(), read.map(|read| (read.sha256().to_owned(), read.report.without_prose())))
    };
    readers.each(&named, output, tables, |(file, read), _| {
        let mut input = Input { file, sha256: String::new(), report: None, failure: None };
        match read {
            Ok((sha256, report)) => {
                (input.report, input.sha256) = (Some(filed.len()), sha256);
                filed.push(Filed { file: input.file.clone(), report });
            }
            Err(Unread { sha256, message, .. }) => {
                (input.failure, input.sha256) = (Some(message), sha256.unwrap_or_default());
            }
        }
        inputs.push(input);
    })?;
    Ok(Gathering { inputs, filed, year })
}

/// Those of the reports that were accepted in review, with the year that was reviewed, and those of the year before. What
/// cannot be read stays, to be told.
fn accepted(
    named: Vec<Named>,
    arguments: &Rollup,
    readers: &Readers,
    desk: &Desk,
    output: &mut Output,
) -> Result<(Vec<Named>, Option<i64>), Error> {
    let units = arguments.units.as_deref().map(|path| list(path, Units::read)).transpose()?;
    let units = units.map(|(units, _)| units);
    let reviewed = readers.desk((&named, &[]), (arguments.year, units), desk, output)?.desk;
    let taken = reviewed.added_up(true);
    let rows = reviewed.rows();
    let count = |is: fn(State) -> bool| rows.iter().filter(|row| is(row.state)).count();
    let counted = count(|state| state == State::Accepted);
    if counted == 0 {
        return Err(Error::NothingAccepted);
    }
    let lapsed = count(|state| state == State::Lapsed);
    let waiting = count(|state| matches!(state, State::New | State::Revised | State::Returned)) + lapsed;
    if waiting > 0 {
        output.note(&format!("只汇总审阅时已通过的 {counted} 份；另有 {waiting} 份没有通过，没有计入。"));
    }
    if lapsed > 0 {
        output.note(&format!(
            "其中 {lapsed} 份通过以后文件或者上年的报告变了。上年的报告不在这里的，请用 --last-year 写上审阅时用的；\
             不然请用 nianbao review 重新审。"
        ));
    }
    let is_taken = |(number, _): &(usize, Named)| {
        taken.binary_search(number).is_ok() || reviewed.filings[*number].content.is_err()
    };
    let named = named.into_iter().enumerate().filter(is_taken).map(|(_, named)| named);
    Ok((named.collect(), reviewed.year))
}

/// The files of a run that are no reports of units, although they may lie among them.
fn others(arguments: &Rollup) -> impl Iterator<Item = PathBuf> {
    let Rollup { units, adjust, against, out, .. } = arguments;
    let manifest = out.as_deref().map(manifest_of);
    [units, adjust, against, out].into_iter().flatten().cloned().chain(manifest)
}

impl Listed {
    /// Reads the register and the adjustments, where they were named.
    pub(super) fn read(
        arguments: &Rollup,
        (year, form): (i64, &Form),
        filed: &[Filed],
    ) -> Result<Self, Error> {
        let (units, register) = match &arguments.units {
            Some(path) => {
                let (units, list) = list(path, Units::read)?;
                (units, Some(list))
            }
            None => {
                let of_year = filed.iter().filter(|filed| filed.report.year() == Some(year));
                (Units::of_names(of_year.map(|filed| filed.report.agency())), None)
            }
        };
        let mut scope = match register {
            Some(_) => units.scope(arguments.parent.as_deref(), arguments.level)?,
            None => Scope { parent: None, units: (0..units.all().len()).collect() },
        };
        if let (None, Some(agency)) = (&register, &arguments.agency)
            && let Match::Unit(parent, _) = units.find(agency)
        {
            // Its own report is no part of its total.
            scope.parent = Some(parent);
            scope.units.retain(|unit| *unit != parent);
        }
        let (adjustments, adjusted_by) = match &arguments.adjust {
            Some(path) => {
                let (adjustments, list) = list(path, |document| adjust::read(document, form))?;
                (adjustments, Some(list))
            }
            None => (Vec::new(), None),
        };
        Ok(Self { units, register, scope, level: arguments.level, adjustments, adjusted_by })
    }
}

/// Reads a list.
fn list<T>(path: &Path, read: impl Fn(&Document) -> Result<T, Vec<Fault>>) -> Result<(T, List), Error> {
    let (read, bytes, remarks) = batch::list(path, read)?;
    Ok((read, List { file: batch::spelled(path), sha256: sha256(&bytes), remarks }))
}
