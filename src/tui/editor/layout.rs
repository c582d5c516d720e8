//! Which part of the text stands in which row, kept up to date paragraph by paragraph.
//!
//! It does not know the caret and does not hold the text.

use std::ops::Range;

use crate::width::{Ambiguous, wrap_indented};

/// The columns by which a paragraph's first row is shown indented.
const INDENT: usize = 2;

/// A row as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The part of the text that stands in it, without a line end.
    pub bytes: Range<usize>,
    /// The columns that are blank before it.
    pub indent: usize,
    /// Which paragraph it belongs to, from 0.
    pub paragraph: usize,
    /// Whether it is the last of its paragraph.
    pub is_last: bool,
}

/// The rows of a text.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    columns: usize,
    ambiguous: Ambiguous,
    paragraphs: Vec<Paragraph>,
}

#[derive(Clone, Debug)]
struct Paragraph {
    /// Its length in bytes, without the line end.
    length: usize,
    /// Its rows, as parts of it; never empty.
    rows: Vec<Range<usize>>,
}

impl Layout {
    pub(super) fn new(text: &str, columns: usize, ambiguous: Ambiguous) -> Self {
        let mut layout = Self { columns, ambiguous, paragraphs: Vec::new() };
        layout.paragraphs = text.split('\n').map(|paragraph| layout.lay_out(paragraph)).collect();
        layout
    }

    pub(super) fn is_for(&self, columns: usize, ambiguous: Ambiguous) -> bool {
        self.columns == columns && self.ambiguous == ambiguous
    }

    pub(super) fn ambiguous(&self) -> Ambiguous {
        self.ambiguous
    }

    pub(super) fn row_count(&self) -> usize {
        self.paragraphs.iter().map(|paragraph| paragraph.rows.len()).sum()
    }

    /// Follows a change of the text: `range` of the old text has become `length` bytes of the new.
    pub(super) fn splice(&mut self, text: &str, range: Range<usize>, length: usize) {
        let (first, start, _) = self.paragraph_at(range.start);
        let (last, last_start, _) = self.paragraph_at(range.end);
        let old_end = last_start + self.paragraphs[last].length;
        let new_end = old_end - range.len() + length;
        let changed: Vec<Paragraph> = text[start..new_end].split('\n').map(|one| self.lay_out(one)).collect();
        self.paragraphs.splice(first..=last, changed);
    }

    /// Returns the rows from the nth on.
    pub(super) fn rows(&self, from: usize, count: usize) -> Vec<Row> {
        let (mut start, mut before) = (0, 0);
        let mut rows = Vec::new();
        for (nth, paragraph) in self.paragraphs.iter().enumerate() {
            let skipped = from.saturating_sub(before).min(paragraph.rows.len());
            let seen = skipped..paragraph.rows.len().min(skipped + count - rows.len());
            rows.extend(seen.map(|row| self.row(nth, start, row)));
            if rows.len() == count {
                break;
            }
            start += paragraph.length + 1;
            before += paragraph.rows.len();
        }
        rows
    }

    /// Returns the row that a place in the text is in; one between two rows is at the end of the first, or begins the
    /// second.
    pub(super) fn row_at(&self, offset: usize, at_row_end: bool) -> (usize, Row) {
        let (nth, start, before) = self.paragraph_at(offset);
        let inside = offset.saturating_sub(start);
        let rows = &self.paragraphs[nth].rows;
        let mut row = rows.partition_point(|row| row.start <= inside).saturating_sub(1);
        if at_row_end && row > 0 && rows[row].start == inside {
            row -= 1;
        }
        (before + row, self.row(nth, start, row))
    }

    fn row(&self, paragraph: usize, start: usize, row: usize) -> Row {
        let rows = &self.paragraphs[paragraph].rows;
        Row {
            bytes: start + rows[row].start..start + rows[row].end,
            indent: if row == 0 { self.indent() } else { 0 },
            paragraph,
            is_last: row + 1 == rows.len(),
        }
    }

    /// Finds the paragraph that a place is in: its number, where it starts, and the rows before it.
    fn paragraph_at(&self, offset: usize) -> (usize, usize, usize) {
        let (mut start, mut before) = (0, 0);
        let last = self.paragraphs.len() - 1;
        for (nth, paragraph) in self.paragraphs[..last].iter().enumerate() {
            if offset <= start + paragraph.length {
                return (nth, start, before);
            }
            start += paragraph.length + 1;
            before += paragraph.rows.len();
        }
        (last, start, before)
    }

    fn lay_out(&self, paragraph: &str) -> Paragraph {
        Paragraph {
            length: paragraph.len(),
            rows: wrap_indented(paragraph, self.indent(), self.columns, self.ambiguous),
        }
    }

    fn indent(&self) -> usize {
        // In a very narrow place the text itself needs the room.
        if self.columns < 4 * INDENT { 0 } else { INDENT }
    }
}
