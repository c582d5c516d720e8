//! What a total is made from: the reports that were named, the register of units, the adjustments.

use std::path::{Path, PathBuf};

use super::super::arguments::Rollup;
use super::super::print::Output;
use super::super::reading::Readers;
use super::super::{Desk, Error};
use super::manifest_of;
use crate::batch::{self, Named, Read, Survey, Unread, sha256};
use crate::desk;
use crate::document::Document;
use crate::form::Form;
use crate::form::terms::Level;
use crate::rollup::Adjustment;
use crate::rollup::adjust;
use crate::store::Judged;
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
pub(super) fn read(
    arguments: &Rollup,
    desk: &Desk,
    output: &mut Output,
) -> Result<(Vec<Input>, Vec<Filed>), Error> {
    let readers = Readers::new(&arguments.batch, desk);
    let mut named = batch::each(arguments.reports.iter().chain(&arguments.last_year), others(arguments));
    if named.is_empty() {
        return Err(Error::Empty(arguments.reports.clone()));
    }
    if arguments.accepted {
        named = accepted(named, arguments, &readers, desk, output)?;
    }
    let (mut inputs, mut filed) = (Vec::new(), Vec::new());
    // Prose is not added up.
    let tables = |named: &Named, read: Result<Read, Unread>| {
        (named.name.clone(), read.map(|read| (read.report.without_prose(), read.sha256)))
    };
    readers.each(&named, output, tables, |(file, read), _| {
        let mut input = Input { file, sha256: String::new(), report: None, failure: None };
        match read {
            Ok((report, sha256)) => {
                (input.report, input.sha256) = (Some(filed.len()), sha256);
                filed.push(Filed { file: input.file.clone(), report });
            }
            Err(Unread { sha256, message }) => {
                (input.failure, input.sha256) = (Some(message), sha256.unwrap_or_default());
            }
        }
        inputs.push(input);
    })?;
    Ok((inputs, filed))
}

/// Those of the reports that were accepted in review, and those of last year.
fn accepted(
    named: Vec<Named>,
    arguments: &Rollup,
    readers: &Readers,
    desk: &Desk,
    output: &mut Output,
) -> Result<Vec<Named>, Error> {
    let profile = desk.config()?.profile;
    let filings = readers.survey(&named, output, |reader, threads, is_wanted, told| {
        Survey { reader, profile: &profile, threads, year: arguments.year }.filings(&named, is_wanted, told)
    })?;
    let year = arguments.year.or_else(|| desk::Desk::latest_year(&filings));
    let units = arguments.units.as_deref().map(|path| list(path, Units::read)).transpose()?;
    let judgements = Judged::at(&desk.directory()?).all()?.0;
    let reviewed = desk::Desk { year, filings, judgements, units: units.map(|(units, _)| units) };
    let taken = reviewed.added_up(true);
    let left_out = reviewed.rows().iter().filter(|row| row.filing.is_some() && row.year == year).count();
    let counted = taken.iter().filter(|number| {
        let whose = reviewed.filings[**number].content.as_ref().ok().map(|brief| brief.whose.year());
        whose == Some(year)
    });
    let counted = counted.count();
    if let count @ 1.. = left_out - counted {
        output.note(&format!("只汇总审阅时已通过的 {counted} 份；另有 {count} 份没有通过，没有计入。"));
    }
    let is_taken = |(number, _): &(usize, Named)| taken.binary_search(number).is_ok();
    Ok(named.into_iter().enumerate().filter(is_taken).map(|(_, named)| named).collect())
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
