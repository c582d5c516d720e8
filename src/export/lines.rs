//! Text and Markdown: lines, with tables between pipes. Both are read back by [`import`](crate::import).

use crate::document::{Block, Document, Grid};
use crate::width::{self, Ambiguous};

/// The two ways to write lines.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// For the eye: columns aligned, paragraphs indented.
    Aligned,
    /// For programs that know Markdown.
    Markdown,
}

/// Writes a document.
pub(super) fn write(document: &Document, style: Style) -> String {
    let mut out = String::new();
    for (index, block) in document.blocks.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        match block {
            Block::Heading { level, text, .. } if style == Style::Markdown => {
                out.push_str(&"#".repeat(usize::from(*level) + 1));
                out.push(' ');
                out.push_str(&escape(&one_line(text)));
            }
            Block::Heading { text, .. } => out.push_str(&escape(&one_line(text))),
            Block::Paragraph { text, .. } => {
                if style == Style::Aligned {
                    out.push_str("\u{3000}\u{3000}");
                }
                out.push_str(&escape(text));
            }
            Block::Grid(grid) => write_grid(grid, style, &mut out),
        }
        out.push('\n');
    }
    out
}

fn write_grid(grid: &Grid, style: Style, out: &mut String) {
    let rows: Vec<Vec<String>> = grid
        .rectangle()
        .into_iter()
        .map(|row| row.into_iter().map(|text| escape(&one_line(text))).collect())
        .collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    // Headings that span columns would make one of them as wide as the whole; only what stands alone counts.
    let spans = grid.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.column_span > 1);
    let spanning: Vec<String> = spans.map(|cell| escape(&one_line(&cell.text))).collect();
    let measure = |text: &String| width::width(text, Ambiguous::Narrow);
    let widest = |column: usize| {
        let texts = rows.iter().filter_map(|row| row.get(column)).filter(|text| !spanning.contains(text));
        texts.map(measure).max().unwrap_or_default().max(3)
    };
    let widths: Vec<usize> = (0..columns).map(widest).collect();
    for (index, row) in rows.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        out.push('|');
        // What a spanning head takes too much, the blank cells behind it give back.
        let mut owed = 0;
        for (text, column) in row.iter().zip(&widths) {
            let room = column.saturating_sub(owed);
            let taken = measure(text);
            owed = (owed + taken).saturating_sub(*column);
            out.push(' ');
            out.push_str(text);
            if style == Style::Aligned {
                out.push_str(&" ".repeat(room.saturating_sub(taken)));
            }
            out.push_str(" |");
        }
        if index == 0 && style == Style::Markdown {
            out.push_str("\n|");
            out.push_str(&" --- |".repeat(columns));
        }
    }
}

/// A text on one line; what breaks lines is blank in a heading or a cell.
fn one_line(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}

/// A text in which nothing is taken for a table, a heading or an escape.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '\\' | '#' => out.extend(['\\', c]),
            '\t' => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}
