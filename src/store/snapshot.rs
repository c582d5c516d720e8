//! The snapshot: the saved shape that other programs read, with the journal position it reflects and a checksum.

use serde::Deserialize;

use super::Id;
use super::sealed::{self, Seal};
use crate::report::Report;

/// A snapshot as it was read.
#[derive(Debug)]
pub(super) struct Snapshot {
    /// The report.
    pub report: Report,
    /// The number of the last record that it reflects.
    pub sequence: u64,
    /// How long the journal was, in bytes.
    pub journal_length: u64,
    /// Whose it is, where it says so: an earlier version did not.
    pub id: Option<Id>,
}

/// Why a file cannot be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Unusable {
    /// It is not what was written.
    Damaged,
    /// It is what was written, by a version of the program that knows more than this one.
    Newer,
}

#[derive(Deserialize)]
struct Position {
    sequence: u64,
    journal_length: u64,
    #[serde(default)]
    id: Option<Id>,
}

/// The bytes of a snapshot: one more object around nothing, so that every reader of saved reports reads it.
pub(super) fn write(report: &Report, id: Id, sequence: u64, journal_length: u64) -> Vec<u8> {
    let saved = report.to_json();
    let open = saved.strip_suffix('}').unwrap_or(&saved);
    let Id(id) = id;
    sealed::seal(&format!(r#"{open},"id":{id},"sequence":{sequence},"journal_length":{journal_length}}}"#))
}

/// Reads a snapshot.
pub(super) fn read(bytes: &[u8]) -> Result<Snapshot, Unusable> {
    if sealed::look(bytes) != Seal::Sound {
        return Err(Unusable::Damaged);
    }
    let position = serde_json::from_slice(bytes).map_err(|_| Unusable::Newer)?;
    let Position { sequence, journal_length, id } = position;
    let report = Report::from_bytes(bytes).map_err(|_| Unusable::Newer)?;
    Ok(Snapshot { report, sequence, journal_length, id })
}
