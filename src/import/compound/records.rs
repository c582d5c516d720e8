//! What the parser of old workbooks keeps to itself: the number formats of cells, and whether rows or columns are hidden.
//!
//! The records are walked only for that. What is damaged in them is left out.

use std::collections::{BTreeMap, BTreeSet};

use super::super::decode;
use super::super::workbook::Format;

/// The kinds of records that say something here.
const BEGIN: u16 = 0x0809;
const SHEET: u16 = 0x0085;
const FORMAT: u16 = 0x041e;
const STYLE: u16 = 0x00e0;
const DAYS: u16 = 0x0022;
const COLUMNS: u16 = 0x007d;
const ROW: u16 = 0x0208;

/// What was found.
#[derive(Default)]
pub(super) struct Records {
    formats: BTreeMap<u16, Format>,
    /// The format of each style.
    styles: Vec<u16>,
    /// Whether days are counted from 1904.
    pub is_from_1904: bool,
    /// Whether a sheet that can be seen has rows or columns that cannot.
    pub has_hidden: bool,
}

impl Records {
    /// Walks the stream of a workbook.
    pub(super) fn read(stream: &[u8]) -> Self {
        let mut records = Self::default();
        let mut seen: BTreeSet<usize> = BTreeSet::new();
        let (mut at, mut is_seen, mut is_wide) = (0, false, true);
        while let (Some(kind), Some(length)) = (number(stream, at), number(stream, at + 2)) {
            let Some(data) = stream.get(at + 4..at + 4 + usize::from(length)) else { break };
            let flag = |place, bit: u16| number(data, place).is_some_and(|flags| flags & bit != 0);
            match kind {
                BEGIN => {
                    is_seen = seen.contains(&at);
                    is_wide = number(data, 0) == Some(0x0600);
                }
                SHEET if data.get(4).is_some_and(|state| state & 3 == 0) => {
                    let low = number(data, 0).unwrap_or_default();
                    let high = number(data, 2).unwrap_or_default();
                    seen.insert(usize::from(high) << 16 | usize::from(low));
                }
                FORMAT => {
                    let code = data.get(2..).and_then(|data| if is_wide { wide(data) } else { narrow(data) });
                    if let (Some(id), Some(code)) = (number(data, 0), code) {
                        records.formats.insert(id, Format::of(&code));
                    }
                }
                STYLE => records.styles.push(number(data, 2).unwrap_or_default()),
                DAYS => records.is_from_1904 = flag(0, 1),
                COLUMNS => records.has_hidden |= is_seen && flag(8, 1),
                ROW => records.has_hidden |= is_seen && flag(12, 0x20),
                _ => {}
            }
            at += 4 + usize::from(length);
        }
        records
    }

    /// The number format of a style.
    pub(super) fn format(&self, style: u16) -> Format {
        let Some(id) = self.styles.get(usize::from(style)) else { return Format::General };
        self.formats.get(id).cloned().unwrap_or_else(|| Format::built_in(usize::from(*id)))
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes([bytes[0], bytes[1]]))
}

/// A text of the files since 1997: its length, whether its characters have two bytes, and they.
fn wide(data: &[u8]) -> Option<String> {
    let (length, is_double) = (usize::from(number(data, 0)?), data.get(2)? & 1 == 1);
    if !is_double {
        return Some(data.get(3..3 + length)?.iter().map(|byte| char::from(*byte)).collect());
    }
    let units: Vec<u16> = (0..length).map_while(|nth| number(data, 3 + 2 * nth)).collect();
    Some(String::from_utf16_lossy(&units))
}

/// A text of older files.
fn narrow(data: &[u8]) -> Option<String> {
    let length = usize::from(*data.first()?);
    Some(decode(data.get(1..1 + length)?).0.into_owned())
}
