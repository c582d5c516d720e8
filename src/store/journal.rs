//! The journal: one line a record, each with its length, number and checksum, appended and synced.
//!
//! Its first line holds the report as it was when the journal was begun, so that the journal alone gives the report and
//! every step that can be undone. Order is by number, never by clock. This file knows bytes only; who may write them is
//! [`draft`](super::draft)'s to know.

use serde::{Deserialize, Serialize};

use crate::report::{Report, SavedError};
use crate::session::{Record, Session};

/// What a line holds.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    Begin { begin: serde_json::Value },
    Record(Record),
}

/// A journal as it was read: as far as it is sound.
#[derive(Debug)]
pub(super) struct Journal {
    /// The report at the beginning, and the records after it.
    pub base: Report,
    /// The records that follow.
    pub records: Vec<Record>,
    /// The number of the last sound record.
    pub sequence: u64,
    /// What follows them.
    pub rest: Rest,
}

/// What follows the last sound record of a journal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Rest {
    /// Nothing.
    Nothing,
    /// A record that was being written when the power went or the process was killed: never acknowledged.
    Torn,
    /// A whole record that is not what was written, or records after such a one: the file was damaged.
    Damaged,
}

/// The line for the beginning of a journal.
pub(super) fn begin(sequence: u64, report: &Report) -> Vec<u8> {
    line(sequence, &format!(r#"{{"begin":{}}}"#, report.to_json()))
}

/// The line for a record.
pub(super) fn record(sequence: u64, record: &Record) -> Vec<u8> {
    line(sequence, &serde_json::to_string(record).unwrap_or_default())
}

/// A whole journal that holds the history of a session, and the number that it ends at: `sequence`, or a later one if it
/// has more records than that.
pub(super) fn of_session(sequence: u64, session: &Session) -> (u64, Vec<u8>) {
    let (base, records) = session.records();
    let first = sequence.saturating_sub(records.len() as u64);
    let mut bytes = begin(first, &base);
    for (number, step) in (first + 1..).zip(&records) {
        bytes.extend(record(number, step));
    }
    (first + records.len() as u64, bytes)
}

/// Reads a journal as far as it is sound; `None` if not even its beginning is.
pub(super) fn read(bytes: &[u8]) -> Option<Journal> {
    let (mut sequence, first, mut sound) = next(bytes, None)?;
    let Ok(Line::Begin { begin }) = serde_json::from_str(first) else { return None };
    let base = read_base(&begin).ok()?;
    let mut records = Vec::new();
    let rest = loop {
        let left = &bytes[sound..];
        if left.is_empty() {
            break Rest::Nothing;
        }
        let read = next(left, Some(sequence + 1)).and_then(|(number, json, length)| {
            let Ok(Line::Record(record)) = serde_json::from_str(json) else { return None };
            Some((number, record, length))
        });
        let Some((number, record, length)) = read else {
            break if left.contains(&b'\n') { Rest::Damaged } else { Rest::Torn };
        };
        records.push(record);
        sequence = number;
        sound += length;
    };
    Some(Journal { base, records, sequence, rest })
}

fn read_base(json: &serde_json::Value) -> Result<Report, SavedError> {
    Report::from_json(json.to_string().as_bytes())
}

/// `LENGTH SEQUENCE CHECKSUM JSON`: the numbers in fixed width, the checksum over the number and the JSON.
fn line(sequence: u64, json: &str) -> Vec<u8> {
    let body = format!("{sequence:016x} {json}");
    format!("{:08x} {:08x} {body}\n", body.len(), crc32fast::hash(body.as_bytes())).into_bytes()
}

/// The number and JSON of the first line, and how many bytes it takes; `None` if it is not sound or not the one expected.
fn next(bytes: &[u8], expected: Option<u64>) -> Option<(u64, &str, usize)> {
    let hex = |range: std::ops::Range<usize>| {
        let digits = std::str::from_utf8(bytes.get(range)?).ok()?;
        let lower = digits.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        lower.then(|| u64::from_str_radix(digits, 16).ok()).flatten()
    };
    let length = usize::try_from(hex(0..8)?).ok()?;
    let body = bytes.get(18..18 + length)?;
    let framed =
        bytes.get(8) == Some(&b' ') && bytes.get(17) == Some(&b' ') && bytes.get(18 + length) == Some(&b'\n');
    if !framed || u64::from(crc32fast::hash(body)) != hex(9..17)? {
        return None;
    }
    let number = hex(18..34)?;
    let json = std::str::from_utf8(body.get(17..)?).ok()?;
    (expected.is_none_or(|expected| expected == number)).then_some((number, json, 18 + length + 1))
}
