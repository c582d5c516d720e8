//! The long table as one JSON object a line: every column in every line, `null` for nothing.
//!
//! Numbers are JSON numbers with the digits that were written; who reads them as binary fractions loses what those lose.

use super::{COLUMNS, Datum, Row};

/// Writes rows.
pub(super) fn write<'r>(rows: impl Iterator<Item = Row<'r>>) -> Vec<u8> {
    let mut out = String::new();
    for row in rows {
        for (number, column) in COLUMNS.iter().enumerate() {
            out.push(if number == 0 { '{' } else { ',' });
            // Names of columns need no escapes.
            out += &format!("\"{}\":", column.name);
            match column.of(&row) {
                Datum::Empty => out += "null",
                Datum::Text(text) => out += &serde_json::Value::from(text).to_string(),
                Datum::Whole(number) => out += &number.to_string(),
                Datum::Decimal(number) => out += &number.to_string(),
            }
        }
        out += "}\n";
    }
    out.into_bytes()
}
