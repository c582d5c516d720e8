//! The snapshot: the saved shape that other programs read, with the journal position it reflects and a checksum.

use serde::Deserialize;

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
}

/// The bytes of a snapshot: one more object around nothing, so that every reader of saved reports reads it.
pub(super) fn write(report: &Report, sequence: u64, journal_length: u64) -> Vec<u8> {
    let saved = report.to_json();
    let open = saved.strip_suffix('}').unwrap_or(&saved);
    let body = format!(r#"{open},"sequence":{sequence},"journal_length":{journal_length}"#);
    format!("{body}{CHECKSUM}{:08x}\"}}\n", crc32fast::hash(body.as_bytes())).into_bytes()
}

const CHECKSUM: &str = r#","crc32":""#;

/// Reads a snapshot.
pub(super) fn read(bytes: &[u8]) -> Result<Snapshot, Unusable> {
    let damaged = || Unusable::Damaged;
    let text = std::str::from_utf8(bytes).map_err(|_| damaged())?;
    let (body, checksum) = text.rsplit_once(CHECKSUM).ok_or_else(damaged)?;
    if checksum != format!("{:08x}\"}}\n", crc32fast::hash(body.as_bytes())) {
        return Err(damaged());
    }
    let Position { sequence, journal_length } = serde_json::from_str(text).map_err(|_| Unusable::Newer)?;
    let report = Report::from_json(bytes).map_err(|_| Unusable::Newer)?;
    Ok(Snapshot { report, sequence, journal_length })
}
