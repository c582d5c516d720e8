//! A workbook (xlsx): one sheet a section, in the order of the report, each named by its official heading.
//!
//! The same report gives the same bytes. Read back, it is the same report but for what [`write`](super::write) says.

mod look;
mod sums;
mod tables;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use crate::document::Block;
use crate::document::compose::{APPENDIX, Composed};
use crate::import::CHECKS;
use crate::report::Report;
use crate::width;

/// A cell has no more characters than this; a paragraph that is longer goes on in the next.
const LONGEST: usize = 16_000;

/// Writes a report.
pub(super) fn write(report: &Report, composed: &Composed) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let mut properties = DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    if let Some(Block::Heading { level: 0, text, .. }) = composed.blocks.first() {
        properties = properties.set_title(one_line(text));
    }
    book.set_properties(&properties);
    let mut names = Vec::new();
    let mut blocks = composed.blocks.iter().peekable();
    for official in report.form().decree.headings {
        let heading = format!("{}、{}", official.numeral, official.title);
        let sheet = book.add_worksheet().set_name(&heading)?;
        // What stands before the first heading stands on the first sheet.
        let mut own: Vec<&Block> = Vec::new();
        let is_of_next =
            |own: &[&Block], block: &Block| is_heading(block) && own.iter().any(|own| is_heading(own));
        while let Some(block) = blocks.next_if(|block| !is_of_next(&own, block)) {
            own.push(block);
        }
        match report.form().table(official.section) {
            Some(table) => names.extend(tables::write(table, &heading, report, sheet)?),
            None => text(&own, sheet)?,
        }
    }
    let appendix: Vec<&Block> = blocks.collect();
    if !appendix.is_empty() {
        text(&appendix, book.add_worksheet().set_name(APPENDIX)?)?;
    }
    for (number, range) in (1..).zip(names) {
        book.define_name(format!("{CHECKS}{number}"), &range)?;
    }
    book.save_to_buffer()
}

fn is_heading(block: &Block) -> bool {
    matches!(block, Block::Heading { level: 1, .. })
}

/// Writes a sheet of prose: a row a paragraph, or several rows where it is long.
fn text(blocks: &[&Block], sheet: &mut Worksheet) -> Result<(), XlsxError> {
    look::page(sheet, false);
    look::prose_width(sheet)?;
    let mut row = 0;
    for block in blocks {
        match block {
            Block::Heading { level, text, .. } => {
                let text = one_line(text);
                let (format, height) = match level {
                    0 => (look::title(), look::title_height(&text)),
                    _ => (look::heading(), look::heading_height(&text)),
                };
                sheet.write_string_with_format(row, 0, cut(&text), &format)?;
                sheet.set_row_height(row, height)?;
                row += 1;
            }
            Block::Paragraph { text, .. } => paragraph(text, &mut row, sheet)?,
            Block::Grid(_) => {}
        }
    }
    Ok(())
}

fn paragraph(text: &str, row: &mut u32, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let mut rest = shown(text.trim());
    while !rest.is_empty() {
        let behind = rest.split_off(cut(&rest).len());
        let text = format!("\u{3000}\u{3000}{rest}");
        let (rows, height) = look::prose_rows(&text);
        if rows == 1 {
            sheet.write_string_with_format(*row, 0, &text, &look::prose())?;
        } else {
            sheet.merge_range(*row, 0, *row + rows - 1, 0, &text, &look::prose())?;
        }
        for row in *row..*row + rows {
            sheet.set_row_height(row, height)?;
        }
        *row += rows;
        rest = behind;
    }
    Ok(())
}

/// As much of a text as a cell has room for.
fn cut(text: &str) -> &str {
    &text[..text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at)]
}

/// A text on one line; what breaks lines is blank in a heading.
fn one_line(text: &str) -> String {
    shown(&text.replace(['\n', '\r', '\t'], " "))
}

/// A text as it goes out: line by line, tabs kept, and nothing hidden.
fn shown(text: &str) -> String {
    let piece = |piece: &str| width::shown(piece).into_owned();
    let line = |line: &str| line.split('\t').map(piece).collect::<Vec<_>>().join("\t");
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}
