//! Every version of a report that was ever accepted, from all of its journals: the one in use and those kept beside it.
//!
//! A version has the number of the record that made it. Journals overlap where one was begun anew with what could still be
//! undone; the older one counts, which has every record as it was. What no journal holds any more is left out, never made
//! up.

use std::path::Path;

use super::draft::{DAMAGED, FORMER};
use super::journal::{self, Journal};
use super::load::{JOURNAL, SNAPSHOT};
use super::snapshot;
use super::{Id, StoreError, disk};
use crate::report::Report;
use crate::session::{Record, Session};

/// How a version came about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cause {
    /// Nothing is known from before it.
    Beginning,
    /// An edit.
    Edit,
    /// The edit before it went on.
    Amend,
    /// An edit was taken back.
    Undo,
    /// An edit taken back was applied again.
    Redo,
}

/// One version of a report.
#[derive(Debug)]
pub struct Version<'a> {
    /// Its number.
    pub number: u64,
    /// How it came about.
    pub cause: Cause,
    /// What was done, in the clerk's words; empty at the beginning.
    pub label: &'a str,
    /// The report as it was then.
    pub report: &'a Report,
}

/// Goes through the versions of the report in a directory, oldest first.
pub(super) fn versions(
    directory: &Path,
    id: Id,
    mut each: impl FnMut(Version<'_>),
) -> Result<(), StoreError> {
    let (mut next, mut last) = (0, None);
    let mut pass = |from: u64, number, cause, label: &str, report: &Report| {
        // Where a journal was begun anew it begins with what was there already.
        if number >= next.max(from) && last.as_ref() != Some(report) {
            each(Version { number, cause, label, report });
            last = Some(report.clone());
        }
        next = next.max(number + 1);
        next
    };
    let mut known = 0;
    for journal in journals(directory, id)? {
        let mut number = journal.first();
        // Its steps are merged and so have other numbers than in the journal before, if that is there to its end.
        let fresh = journal.fresh.filter(|fresh| known + 1 >= *fresh);
        let cause = if fresh.is_some() { Cause::Amend } else { Cause::Beginning };
        let from = fresh.unwrap_or_default();
        known = pass(from, number, cause, "", &journal.base);
        Session::retrace(journal.base, journal.records, |record, label, report| {
            number += 1;
            let cause = match record {
                Record::Edit { .. } => Cause::Edit,
                Record::Amend { .. } => Cause::Amend,
                Record::Undo => Cause::Undo,
                Record::Redo => Cause::Redo,
            };
            known = pass(from, number, cause, label, report);
        });
    }
    // What the journal has lost the snapshot may hold.
    let bytes = disk::read_own(&directory.join(SNAPSHOT)).ok().flatten();
    let snapshot = bytes.and_then(|bytes| snapshot::read(&bytes).ok());
    let ours = snapshot.filter(|snapshot| snapshot.id.is_none_or(|whose| whose == id));
    if let Some(snapshot) = ours {
        pass(0, snapshot.sequence, Cause::Beginning, "", &snapshot.report);
    }
    Ok(())
}

/// The journals of a report, as far as they are sound; what goes further stands behind.
fn journals(directory: &Path, id: Id) -> Result<Vec<Journal>, StoreError> {
    let entries = std::fs::read_dir(directory).map_err(StoreError::io("读取目录", directory))?;
    let mut journals = Vec::new();
    for entry in entries.flatten() {
        let name = entry.file_name();
        let is_journal = name
            .to_str()
            .and_then(|name| name.strip_prefix(JOURNAL))
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(DAMAGED) || rest.starts_with(FORMER));
        if is_journal {
            let bytes = disk::read_own(&entry.path()).ok().flatten();
            journals.extend(bytes.and_then(|bytes| journal::read(&bytes).ok()));
        }
    }
    journals.retain(|journal| journal.id.is_none_or(|whose| whose == id));
    // Of two that go as far the one that goes back further has every record as it was.
    journals.sort_by_key(|journal| (journal.sequence, journal.first()));
    Ok(journals)
}
