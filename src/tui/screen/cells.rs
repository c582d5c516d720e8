//! The cells of a screen: what stands in each, and how it looks.
//!
//! They are small and lie side by side, so that one screen is held against another in no time. A wide character stands in its
//! first cell, and those that it covers are empty, so that it owns exactly the cells that the terminal gives it.
//!
//! Text is not wrapped or aligned; what does not fit is cut without a sign (see [`crate::width::fit`]).

use ratatui_core::layout::Rect;
use ratatui_core::style::Modifier;

use super::pen::{Ink, Pen};
use crate::width::{self, Ambiguous, drawn, grapheme_width, graphemes};

/// A cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cell {
    bytes: [u8; width::LONGEST],
    len: u8,
    pen: Pen,
}

impl Cell {
    /// A blank in the terminal's own look.
    const BLANK: Self = {
        let mut bytes = [0; width::LONGEST];
        bytes[0] = b' ';
        Self { bytes, len: 1, pen: Pen::PLAIN }
    };

    /// What stands in it; nothing if the character to its left covers it.
    pub fn symbol(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.len)]).unwrap_or_default()
    }

    /// Whether it is bold, dim, underlined or reversed.
    pub fn is(&self, look: Modifier) -> bool {
        self.pen.is(look)
    }

    pub(super) const fn pen(&self) -> Pen {
        self.pen
    }

    pub(super) const fn is_blank(&self) -> bool {
        self.len == 1 && self.bytes[0] == b' '
    }

    /// Whether the character to its left covers it.
    pub(super) const fn is_covered(&self) -> bool {
        self.len == 0
    }

    /// A number for it: the same for the same, and nearly always another for others.
    pub(super) fn print(&self) -> u64 {
        let (words, _) = self.bytes.as_chunks();
        words.iter().map(|word| u64::from_le_bytes(*word)).chain([self.pen.number()]).fold(0, mix)
    }

    /// Puts something in it that is no longer than there is room, and lays a look over its own.
    fn write(&mut self, symbol: &str, ink: Ink) {
        self.bytes = [0; width::LONGEST];
        self.bytes[..symbol.len()].copy_from_slice(symbol.as_bytes());
        self.len = symbol.len() as u8;
        self.pen = self.pen.with(ink);
    }

    /// Takes out what stands in it.
    fn clear(&mut self) {
        *self = Self { pen: self.pen, ..Self::BLANK };
    }
}

/// Mixes a word into a number (FNV-1a, by words): a keyed hash costs more than what it saves here.
pub(super) const fn mix(print: u64, word: u64) -> u64 {
    (print ^ word).wrapping_mul(0x0100_0000_01b3)
}

/// The cells of a screen, row by row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Cells {
    area: Rect,
    cells: Vec<Cell>,
}

impl Cells {
    /// Blank ones, for a screen of this size (columns, rows).
    pub(super) fn new((columns, rows): (u16, u16)) -> Self {
        let area = Rect::new(0, 0, columns, rows);
        Self { area, cells: vec![Cell::BLANK; usize::from(columns) * usize::from(rows)] }
    }

    pub(super) const fn area(&self) -> Rect {
        self.area
    }

    /// Makes all of them blank.
    pub(super) fn reset(&mut self) {
        blank_out(&mut self.cells);
    }

    /// The rows, from the first to the last.
    pub(super) fn rows(&self) -> impl ExactSizeIterator<Item = &[Cell]> {
        self.cells.chunks(usize::from(self.area.width).max(1))
    }

    /// One of them.
    pub(super) fn row(&self, y: usize) -> &[Cell] {
        let width = usize::from(self.area.width);
        &self.cells[y * width..(y + 1) * width]
    }

    /// Some of them, cell behind cell.
    pub(super) fn rows_mut(&mut self, rows: std::ops::Range<usize>) -> &mut [Cell] {
        let width = usize::from(self.area.width);
        &mut self.cells[rows.start * width..rows.end * width]
    }

    /// Puts text at a place, in at most `columns` and within the screen, and returns the column after it.
    ///
    /// The text is sanitized; its look is laid over that of the cells. A wide character that the text covers by half is
    /// blanked.
    pub(super) fn put(
        &mut self,
        (x, y): (u16, u16),
        columns: u16,
        text: &str,
        ink: Ink,
        ambiguous: Ambiguous,
    ) -> u16 {
        let Some(row) = self.row_from(x, y) else {
            return x;
        };
        let left = usize::from(x);
        let end = row.len().min(left + usize::from(columns));
        let mut at = left;
        for (_, grapheme) in graphemes(&drawn(text, ambiguous)) {
            let wide = grapheme_width(grapheme, ambiguous);
            // Marks that had no more room beside their letter.
            if wide == 0 {
                continue;
            }
            if at + wide > end {
                break;
            }
            if at == left {
                free_left(row, at);
            }
            row[at].write(grapheme, ink);
            let covered = Cell { bytes: [0; width::LONGEST], len: 0, pen: row[at].pen };
            row[at + 1..at + wide].fill(covered);
            at += wide;
        }
        if at > left {
            free_right(row, at);
        }
        at as u16
    }

    /// Blanks an area and gives it a look; wide characters that reach into it from outside are blanked whole.
    pub(super) fn blank(&mut self, area: Rect, ink: Ink) {
        let area = area.intersection(self.area);
        let blank = Cell { pen: Pen::PLAIN.with(ink), ..Cell::BLANK };
        for y in area.top()..area.bottom() {
            let Some(row) = self.row_from(area.x, y) else {
                return;
            };
            let (left, end) = (usize::from(area.left()), usize::from(area.right()));
            free_left(row, left);
            free_right(row, end);
            row[left..end].fill(blank);
        }
    }

    /// The row of a place, if this is on the screen.
    fn row_from(&mut self, x: u16, y: u16) -> Option<&mut [Cell]> {
        let row = usize::from(y);
        self.area.contains((x, y).into()).then(|| self.rows_mut(row..row + 1))
    }
}

/// Makes some cells blank.
pub(super) fn blank_out(cells: &mut [Cell]) {
    cells.fill(Cell::BLANK);
}

/// Blanks the wide character that reaches over this cell from the left, if one does.
fn free_left(row: &mut [Cell], at: usize) {
    if row.get(at).is_some_and(Cell::is_covered) {
        let first = row[..at].iter().rposition(|cell| !cell.is_covered()).unwrap_or(0);
        row[first..at].iter_mut().for_each(Cell::clear);
    }
}

/// Blanks what is left, from this cell on, of a wide character that lost its beginning.
fn free_right(row: &mut [Cell], at: usize) {
    row[at..].iter_mut().take_while(|cell| cell.is_covered()).for_each(Cell::clear);
}
