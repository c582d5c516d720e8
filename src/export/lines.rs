//! Text and Markdown: lines, with tables between pipes. Both are read back by [`import`](crate::import).

use crate::document::compose::Composed;
use crate::document::{Block, Grid, GridCell};
use crate::width::{self, Ambiguous};

/// The two ways to write lines.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// For the eye: columns aligned, paragraphs indented.
    Aligned,
    /// For programs that know Markdown.
    Markdown,
}

/// Writes a report or a letter.
pub(super) fn write(composed: &Composed, style: Style) -> String {
    let mut out = String::new();
    for (index, block) in composed.blocks.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        match block {
            Block::Heading { level, text, .. } if style == Style::Markdown => {
                out.push_str(&"#".repeat(usize::from(*level) + 1));
                out.push(' ');
                out.push_str(&inert(&cell(text)));
            }
            Block::Heading { text, .. } => out.push_str(&escape(&one_line(text))),
            Block::Paragraph { text, .. } => {
                if style == Style::Aligned && !composed.addressed.contains(&index) {
                    out.push_str("\u{3000}\u{3000}");
                }
                let text = escape(text);
                out.push_str(&if style == Style::Markdown { inert(&text) } else { text });
            }
            Block::Grid(grid) => write_grid(grid, style, &mut out),
        }
        out.push('\n');
    }
    out
}

fn write_grid(grid: &Grid, style: Style, out: &mut String) {
    let rows = match style {
        Style::Aligned => aligned(grid),
        Style::Markdown => {
            let inert = |text: &&str| inert(&cell(text));
            grid.rectangle().iter().map(|row| row.iter().map(inert).collect()).collect()
        }
    };
    for (index, row) in rows.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        out.push('|');
        for text in row {
            out.extend([" ", text, " |"]);
        }
        if index == 0 && style == Style::Markdown {
            out.push_str("\n|");
            out.push_str(&" --- |".repeat(rows.iter().map(Vec::len).max().unwrap_or_default()));
        }
    }
}

/// The texts of a grid, padded to the widths of their columns. A text that spans columns stands in the first of them
/// that it does not make twice as wide, or else in the widest.
fn aligned(grid: &Grid) -> Vec<Vec<String>> {
    let measure = |text: &str| width::width(text, Ambiguous::Narrow);
    let places = grid.places();
    let columns = places.iter().map(Vec::len).max().unwrap_or_default();
    let mut widths = vec![3; columns];
    let cells =
        || places.iter().flat_map(|row| row.iter().enumerate()).filter_map(|(at, cell)| Some((at, (*cell)?)));
    for (at, single) in cells().filter(|(_, cell)| cell.column_span == 1) {
        widths[at] = widths[at].max(measure(&cell(&single.text)));
    }
    let of_singles = widths.clone();
    let column_of = |at: usize, spanning: &GridCell| {
        let columns = at..at + spanning.column_span;
        let holds = |column: &usize| 2 * of_singles[*column] >= measure(&cell(&spanning.text));
        let widest = || columns.clone().rev().max_by_key(|column| of_singles[*column]);
        columns.clone().find(holds).or_else(widest).unwrap_or(at)
    };
    for (at, spanning) in cells() {
        let column = column_of(at, spanning);
        widths[column] = widths[column].max(measure(&cell(&spanning.text)));
    }
    let row = |row: &Vec<Option<&GridCell>>| {
        let mut texts = vec![String::new(); row.len()];
        for (at, found) in row.iter().enumerate().filter_map(|(at, cell)| Some((at, (*cell)?))) {
            texts[column_of(at, found)] = cell(&found.text);
        }
        for (text, width) in texts.iter_mut().zip(&widths) {
            text.push_str(&" ".repeat(width - measure(text)));
        }
        texts
    };
    places.iter().map(row).collect()
}

/// The text of a cell, as it goes out.
fn cell(text: &str) -> String {
    escape(&one_line(text))
}

/// A text on one line; what breaks lines is blank in a heading or a cell.
fn one_line(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}

/// A text as it goes out: nothing in it is taken for a table, a heading or an escape, and nothing is hidden.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in width::shown(&text.replace('\t', " ")).chars() {
        if matches!(c, '|' | '\\' | '#') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A text in which Markdown finds no HTML, no link and no picture: what makes one of `<a>`, `[甲](乙)` and `[甲]: 乙` is
/// escaped, and no more, so that it is read as it was written.
fn inert(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '<' || c == ']' && matches!(chars.peek(), Some('(' | ':')) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
