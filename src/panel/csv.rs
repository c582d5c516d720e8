//! The long table between commas, as RFC 4180 has it: UTF-8 without a mark, lines ending in CRLF, an empty field for
//! nothing.
//!
//! A spreadsheet opens it too: what it would take for a formula has a sign before it, as in every table of ours between
//! commas. Lines of JSON and Parquet, which no spreadsheet evaluates, have every text as it stands.

use std::borrow::Cow;

use super::{COLUMNS, Datum, Row};
use crate::text::guarded;

/// The line of column names.
pub(super) fn head() -> Vec<u8> {
    let names: Vec<&str> = COLUMNS.iter().map(|column| column.name).collect();
    (names.join(",") + "\r\n").into_bytes()
}

/// Writes rows.
pub(super) fn write<'r>(rows: impl Iterator<Item = Row<'r>>) -> Vec<u8> {
    let mut out = String::new();
    for row in rows {
        for (number, column) in COLUMNS.iter().enumerate() {
            if number > 0 {
                out.push(',');
            }
            match column.of(&row) {
                Datum::Empty => {}
                Datum::Text(text) => field(&inert(&text), &mut out),
                Datum::Whole(number) => out += &number.to_string(),
                Datum::Decimal(number) => out += &number.to_string(),
            }
        }
        out += "\r\n";
    }
    out.into_bytes()
}

/// A text that no spreadsheet computes. A sign alone, which offices write for nothing, computes nothing and stays.
fn inert(text: &str) -> Cow<'_, str> {
    if text.chars().nth(1).is_some() { guarded(text) } else { text.into() }
}

fn field(text: &str, out: &mut String) {
    // Blanks at the ends are in quotes too: some readers trim what is not.
    if text.contains(['"', ',', '\r', '\n']) || text.trim().len() < text.len() {
        out.push('"');
        *out += &text.replace('"', "\"\"");
        out.push('"');
    } else {
        *out += text;
    }
}
