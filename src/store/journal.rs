//! The journal: one line a record, each with its length, number and checksum, appended and synced.
//!
//! Its first line holds the report as it was when the journal was begun, so that the journal alone gives the report and
//! every step that can be undone. Order is by number, never by clock. This file knows bytes only; who may write them is
//! [`draft`](super::draft)'s to know.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Id;
use super::snapshot::Unusable;
use crate::report::Report;
use crate::session::{Record, Session};

/// What a line holds.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    Begin {
        begin: serde_json::Value,
        #[serde(default)]
        id: Option<Id>,
        #[serde(default)]
        fresh: Option<u64>,
    },
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
    /// Whose it is, where it says so: an earlier version did not.
    pub id: Option<Id>,
    /// From which number on its records were in no journal before, where it was begun anew after a write that failed and
    /// says so: an earlier version did not.
    pub fresh: Option<u64>,
    /// Where each record's line is, its newline left out.
    pub lines: Vec<Range<usize>>,
    /// What follows them.
    pub rest: Rest,
}

impl Journal {
    /// The number of its beginning.
    pub(super) fn first(&self) -> u64 {
        self.sequence - self.records.len() as u64
    }
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
    /// A record that is what was written, by a version of the program that knows more than this one.
    Newer,
}

/// The line for the beginning of a journal.
fn begin(sequence: u64, id: Id, report: &Report, fresh: Option<u64>) -> Vec<u8> {
    let Id(id) = id;
    let fresh = fresh.map_or_else(String::new, |fresh| format!(r#","fresh":{fresh}"#));
    line(sequence, &format!(r#"{{"begin":{},"id":{id}{fresh}}}"#, report.to_json()))
}

/// The line for a record.
pub(super) fn record(sequence: u64, record: &Record) -> Vec<u8> {
    line(sequence, &serde_json::to_string(record).unwrap_or_default())
}

/// A whole journal that holds the history of a session, and the number that it ends at: `sequence`, or a later one if it
/// has more records than that.
pub(super) fn of_session(sequence: u64, id: Id, session: &Session) -> (u64, Vec<u8>) {
    whole(sequence, id, session, None)
}

/// The same after a write that failed: the journal before has the records up to the number `last`, and all but those that
/// the session has given after `held` of them. It may hold one more, whose number is not used again.
pub(super) fn begun_anew(last: u64, id: Id, session: &Session, held: u64) -> (u64, Vec<u8>) {
    whole(last + 1 + session.fresh_records(held), id, session, Some(last + 2))
}

fn whole(sequence: u64, id: Id, session: &Session, fresh: Option<u64>) -> (u64, Vec<u8>) {
    let (base, records) = session.records();
    let first = sequence.saturating_sub(records.len() as u64);
    let mut bytes = begin(first, id, &base, fresh);
    for (number, step) in (first + 1..).zip(&records) {
        bytes.extend(record(number, step));
    }
    (first + records.len() as u64, bytes)
}

/// The sound part of a journal that was read from `bytes`, word for word: every record that was ever added to it.
pub(super) fn sound_part(journal: &Journal, id: Id, bytes: &[u8]) -> Vec<u8> {
    let mut sound = begin(journal.first(), id, &journal.base, journal.fresh);
    for line in &journal.lines {
        sound.extend(&bytes[line.clone()]);
        sound.push(b'\n');
    }
    sound
}

/// Reads a journal as far as it is sound.
pub(super) fn read(bytes: &[u8]) -> Result<Journal, Unusable> {
    let first = next(bytes, None).ok_or(Unusable::Damaged)?;
    let Ok(Line::Begin { begin, id, fresh }) = serde_json::from_str(first.json) else {
        return Err(Unusable::Newer);
    };
    let base = Report::from_json(&begin.to_string()).map_err(|_| Unusable::Newer)?;
    let (mut sequence, mut sound, mut end) = (first.sequence, first.length, first.end);
    let (mut records, mut lines) = (Vec::new(), Vec::new());
    let rest = loop {
        let left = &bytes[sound..];
        if left.is_empty() {
            break end;
        }
        let Some(framed) = next(left, Some(sequence + 1)) else {
            break if left.contains(&b'\n') || end == Rest::Damaged { Rest::Damaged } else { Rest::Torn };
        };
        let Ok(Line::Record(record)) = serde_json::from_str(framed.json) else { break Rest::Newer };
        records.push(record);
        lines.push(sound..sound + framed.text);
        sequence = framed.sequence;
        sound += framed.length;
        if end != Rest::Damaged {
            end = framed.end;
        }
    };
    Ok(Journal { base, records, sequence, id, fresh, lines, rest })
}

/// `LENGTH SEQUENCE CHECKSUM JSON`: the numbers in fixed width, the checksum over the number and the JSON.
pub(super) fn line(sequence: u64, json: &str) -> Vec<u8> {
    let body = format!("{sequence:016x} {json}");
    format!("{:08x} {:08x} {body}\n", body.len(), crc32fast::hash(body.as_bytes())).into_bytes()
}

/// A line that is what was written, up to its end.
struct Framed<'a> {
    sequence: u64,
    json: &'a str,
    /// How many bytes it takes.
    text: usize,
    /// The same with its end.
    length: usize,
    /// What is wrong with its end.
    end: Rest,
}

/// The first line; `None` if it is not sound or not the one expected.
fn next(bytes: &[u8], expected: Option<u64>) -> Option<Framed<'_>> {
    let hex = |range: Range<usize>| {
        let digits = std::str::from_utf8(bytes.get(range)?).ok()?;
        let lower = digits.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        lower.then(|| u64::from_str_radix(digits, 16).ok()).flatten()
    };
    let length = usize::try_from(hex(0..8)?).ok()?;
    let body = bytes.get(18..18 + length)?;
    let framed = bytes[8] == b' ' && bytes[17] == b' ' && body.get(16) == Some(&b' ');
    if !framed || u64::from(crc32fast::hash(body)) != hex(9..17)? {
        return None;
    }
    let sequence = hex(18..34)?;
    let json = std::str::from_utf8(body.get(17..)?).ok()?;
    // The checksum vouches for the record, whatever became of the newline after it.
    let (end, length) = match bytes.get(18 + length) {
        Some(b'\n') => (Rest::Nothing, 18 + length + 1),
        Some(_) => (Rest::Damaged, 18 + length + 1),
        None => (Rest::Torn, 18 + length),
    };
    expected.is_none_or(|expected| expected == sequence).then_some(Framed {
        sequence,
        json,
        text: 18 + body.len(),
        length,
        end,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_sound_only_with_each_of_its_spaces() {
        // The checksum does not cover the first two, and vouches for the third only as far as it was written so.
        for (spaces, is_sound) in [
            ([' '; 3], true),
            (['\t', ' ', ' '], false),
            ([' ', '\t', ' '], false),
            ([' ', ' ', '\t'], false),
        ] {
            let [a, b, c] = spaces;
            let body = format!("{:016x}{c}{{}}", 1);
            let line = format!("{:08x}{a}{:08x}{b}{body}\n", body.len(), crc32fast::hash(body.as_bytes()));
            assert_eq!(next(line.as_bytes(), Some(1)).is_some(), is_sound, "{line:?}");
        }
    }
}
