//! Tables between commas, as spreadsheets open them: a field to a cell, a row of one field to a heading or paragraph.
//!
//! Texts are in quotes, and what a spreadsheet would take for a formula has a sign before it that is taken away on import.

use crate::document::Block;
use crate::number::Decimal;
use crate::text::guarded;
use crate::width;

/// Without it, spreadsheets take the file for one in the machine's own encoding.
const BOM: &str = "\u{feff}";

/// Writes a document.
pub(super) fn write(blocks: &[Block]) -> Vec<u8> {
    let mut out = BOM.to_owned();
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph { text, .. } => {
                let text = text.replace(['\n', '\r', '\t'], " ");
                if !text.trim().is_empty() {
                    out.push_str(&row([(text.trim(), false)]));
                }
            }
            Block::Grid(grid) => {
                for places in grid.places() {
                    let field = |cell: &Option<_>| {
                        cell.map_or(("", true), |cell: &crate::document::GridCell| {
                            (cell.text.as_str(), !cell.is_header)
                        })
                    };
                    out.push_str(&row(places.iter().map(field)));
                }
            }
        }
    }
    out.into_bytes()
}

/// A row of texts, each with whether it may be a number.
fn row<'t>(texts: impl IntoIterator<Item = (&'t str, bool)>) -> String {
    let fields = texts.into_iter().map(|(text, may_be_a_number)| match text {
        "" => String::new(),
        number if may_be_a_number && Decimal::parse(number).is_some() => number.to_owned(),
        text => quoted(text),
    });
    fields.collect::<Vec<_>>().join(",") + "\r\n"
}

fn quoted(text: &str) -> String {
    let shown: Vec<String> =
        text.split('\n').map(|line| width::shown(&line.replace('\t', " ")).into_owned()).collect();
    format!("\"{}\"", guarded(&shown.join("\n")).replace('"', "\"\""))
}
