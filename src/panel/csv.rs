//! The long table between commas, as RFC 4180 has it: UTF-8 without a mark, lines ending in CRLF, an empty field for
//! nothing.
//!
//! Unlike the tables that spreadsheets open, no sign is put before what looks like a formula: who counts and joins needs
//! the text that stands in the report, and the names in it are keys.

use super::{COLUMNS, Datum, Row};

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
                Datum::Text(text) => field(&text, &mut out),
                Datum::Whole(number) => out += &number.to_string(),
                Datum::Decimal(number) => out += &number.to_string(),
            }
        }
        out += "\r\n";
    }
    out.into_bytes()
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
