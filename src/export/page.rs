//! Web pages: a whole page, a piece for the editor of a site, and a piece for editors that strip styles.
//!
//! One template writes all three and escapes by itself. Nothing in them runs, and nothing in them is fetched. Several
//! blanks in a row are one to whoever reads a page.

use minijinja::{Environment, Value, context};

use super::paper::{self, Slot};
use crate::document::compose::Composed;
use crate::document::{Block, Grid};
use crate::form::terms::Field;
use crate::report::Report;

/// The template of all three; its name says that it escapes.
const TEMPLATE: (&str, &str) = ("page.html", include_str!("page/page.html"));
/// The styles of a whole page.
const STYLES: &str = include_str!("page/page.css");

/// What is written of a page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// All of it.
    Page,
    /// A piece whose styles stand in it.
    Fragment,
    /// A piece without styles.
    Plain,
}

/// Writes a report.
pub(super) fn write(report: &Report, composed: &Composed, look: Look) -> Result<String, minijinja::Error> {
    let name = match look {
        Look::Page => "page",
        Look::Fragment => "fragment",
        Look::Plain => "plain",
    };
    let title = paper::printable(report.text(Field::Title));
    let context = context! { look => name, title, css => STYLES, blocks => blocks(composed, look) };
    let mut environment = Environment::new();
    environment.add_template(TEMPLATE.0, TEMPLATE.1)?;
    environment.get_template(TEMPLATE.0)?.render(context)
}

/// The blocks for the template. On a whole page the heading before a table is the caption of the table.
fn blocks(composed: &Composed, look: Look) -> Vec<Value> {
    let Composed { blocks, signed, .. } = composed;
    let mut written = Vec::new();
    let mut section = String::new();
    for (index, block) in blocks.iter().enumerate() {
        match block {
            Block::Heading { level: 0, text, .. } => written.push(line("title", text)),
            Block::Heading { text, .. } => {
                section.clone_from(text);
                if look != Look::Page || !matches!(blocks.get(index + 1), Some(Block::Grid(_))) {
                    written.push(line("section", text));
                }
            }
            Block::Paragraph { text, .. } if signed.contains(&index) => written.push(line("signed", text)),
            Block::Paragraph { text, .. } => written.push(prose(text)),
            Block::Grid(grid) => written.push(table(grid, &section, index)),
        }
    }
    written
}

fn line(kind: &str, text: &str) -> Value {
    context! { kind, text => paper::printable(text) }
}

/// A paragraph of prose, with the heading that it begins with.
fn prose(text: &str) -> Value {
    let (head, rest) = paper::split_head(text);
    if !head.is_empty() && rest.is_empty() && !head.ends_with('。') {
        return line("head", text);
    }
    context! { kind => "prose", head => paper::printable(head), text => paper::printable(rest) }
}

fn table(grid: &Grid, section: &str, index: usize) -> Value {
    let rows = paper::rows(grid);
    let repeated = paper::repeated(&rows);
    let written = |row: usize| {
        let begun = rows[row].iter().filter(|slot| slot.begins);
        begun.map(|slot| cell(slot, row, &rows, index)).collect::<Vec<Value>>()
    };
    context! {
        kind => "table",
        section,
        heads => (0..repeated).map(written).collect::<Vec<_>>(),
        rows => (repeated..rows.len()).map(written).collect::<Vec<_>>(),
    }
}

fn cell(slot: &Slot<'_>, row: usize, rows: &[Vec<Slot<'_>>], table: usize) -> Value {
    let in_head = paper::is_head(&rows[row]);
    let scope = match (in_head, slot.cell.column_span, slot.cell.row_span) {
        (true, 1, _) => "col",
        (true, ..) => "colgroup",
        (false, _, 1) => "row",
        (false, ..) => "rowgroup",
    };
    let text = paper::printable(&slot.cell.text);
    let lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    context! {
        tag => if slot.cell.is_header { "th" } else { "td" },
        rows => slot.cell.row_span,
        columns => slot.cell.column_span,
        id => id(table, row, slot),
        scope,
        flush => paper::is_flush(slot, &rows[row], paper::label_columns(rows)),
        headers => if slot.cell.is_header { String::new() } else { headers(slot, row, rows, table) },
        lines,
    }
}

/// The name of a heading on the page.
fn id(table: usize, row: usize, slot: &Slot<'_>) -> String {
    format!("t{table}r{row}c{}", slot.column)
}

/// The headings of a content cell: those over it in the nearest rows of headings above, and those beside it.
fn headers(slot: &Slot<'_>, row: usize, rows: &[Vec<Slot<'_>>], table: usize) -> String {
    let bottom = (0..row).rev().find(|&above| paper::is_head(&rows[above]));
    let heads = bottom.into_iter().flat_map(|bottom| {
        (0..=bottom).rev().take_while(|&above| paper::is_head(&rows[above])).collect::<Vec<_>>()
    });
    let over = |head: &Slot<'_>| head.column < slot.columns().end && slot.column < head.columns().end;
    let mut ids: Vec<String> = Vec::new();
    for above in heads.collect::<Vec<_>>().into_iter().rev() {
        ids.extend(
            rows[above].iter().filter(|head| head.begins && over(head)).map(|head| id(table, above, head)),
        );
    }
    for label in rows[row].iter().filter(|label| label.cell.is_header) {
        // A group that goes on from above is named where it begins.
        let begins =
            |&above: &usize| rows[above].iter().any(|s| s.begins && std::ptr::eq(s.cell, label.cell));
        ids.extend((0..=row).rev().find(begins).map(|above| id(table, above, label)));
    }
    ids.join(" ")
}

#[cfg(test)]
mod tests;
