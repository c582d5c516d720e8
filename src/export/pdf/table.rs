//! Tables on pages: fixed columns, merged cells, heads that are repeated, no row split.

use std::ops::Range;

use super::super::faces::Role;
use super::super::paper::{self, Slot};
use super::flow::{Flow, Frame, LEFT, ROOM, Row, base, length};
use super::letters::{Letter, Letters};
use super::{LINE, POINT, TWIP};
use crate::document::Grid;
use crate::width::wrap_measured;

/// The lowest row, and the blank above and below the text of a cell.
const LOWEST: usize = 340 * TWIP;
const PAD: usize = 20 * TWIP;
/// The blank at the left and the right edge of a cell.
const EDGE: usize = paper::CELL_EDGE * TWIP;

/// The room for a table on a page that begins with its heading.
const UNDER_HEADING: usize = ROOM - LINE;

/// A cell that is ready to be placed.
struct Cell {
    rows: Range<usize>,
    /// Where it begins, from the margin.
    x: usize,
    width: usize,
    size: usize,
    is_flush: bool,
    text: Vec<Vec<Letter>>,
}

impl Cell {
    fn new(slot: &Slot<'_>, row: usize, widths: &[usize], is_flush: bool, letters: &Letters<'_>) -> Self {
        let width = widths[slot.columns()].iter().sum::<usize>();
        let size = paper::text_size(slot.cell, width) * POINT / 2;
        let letter = |char| letters.letter(char, Role::Table, size);
        let text = super::shown(&slot.cell.text);
        let room = width.saturating_sub(2 * paper::edge(slot.cell, width, is_flush)) * TWIP;
        let rows = wrap_measured(&text, 0, room, |_, grapheme| {
            grapheme.chars().map(|char| letter(char).advance).sum()
        });
        Self {
            rows: row..row + slot.cell.row_span,
            x: widths[..slot.column].iter().sum::<usize>() * TWIP,
            width: width * TWIP,
            size,
            is_flush,
            text: rows
                .into_iter()
                .map(|row| text[row].trim_end_matches(' ').chars().map(letter).collect())
                .collect(),
        }
    }

    /// From one base line to the next.
    const fn line(&self) -> usize {
        self.size * 6 / 5
    }

    /// The height that its text takes.
    fn height(&self) -> usize {
        self.text.len() * self.line() + 2 * PAD
    }
}

/// A table that is ready to be placed.
pub(super) struct Table {
    cells: Vec<Cell>,
    heights: Vec<usize>,
    /// How many rows stand again at the top of every page.
    repeated: usize,
}

impl Table {
    pub(super) fn new(grid: &Grid, letters: &Letters<'_>) -> Self {
        let rows = paper::rows(grid);
        let (widths, labels) = (paper::widths(&rows), paper::label_columns(&rows));
        let mut cells = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            let begun = row.iter().filter(|slot| slot.begins);
            cells
                .extend(begun.map(|slot| {
                    Cell::new(slot, index, &widths, paper::is_flush(slot, row, labels), letters)
                }));
        }
        // A merged cell may ask more than the rows beside it have; its last one gives that.
        cells.sort_by_key(|cell| cell.rows.len());
        let mut heights = vec![LOWEST; rows.len()];
        for cell in &cells {
            let has: usize = heights[cell.rows.clone()].iter().sum();
            heights[cell.rows.end - 1] += cell.height().saturating_sub(has);
        }
        Self { cells, heights, repeated: paper::repeated(&rows) }
    }

    /// How much of it a heading above it is kept with: all, if that fits on a page with the heading.
    pub(super) fn kept(&self) -> usize {
        let (whole, beginning) = (self.height(0..self.heights.len()), self.height(0..self.beginning()));
        if whole <= UNDER_HEADING { whole } else { beginning.min(UNDER_HEADING) }
    }

    /// Places it where the page goes on, as a whole if a page has room for that.
    pub(super) fn place(&self, flow: &mut Flow<'_, '_>) {
        let count = self.heights.len();
        if self.kept() > flow.left() {
            flow.turn();
        }
        let mut from = 0;
        while from < count {
            if from > 0 {
                flow.turn();
                self.draw(0..self.repeated, flow);
            }
            let to = self.end(from, flow.left());
            self.draw(from..to, flow);
            from = to;
        }
    }

    /// The rows that a page must have room for when the table begins on it.
    fn beginning(&self) -> usize {
        (self.repeated + 1).min(self.heights.len())
    }

    fn height(&self, rows: Range<usize>) -> usize {
        self.heights[rows].iter().sum()
    }

    /// The row to go on with on the next page, if these have so much room: no row is split, and no text of a merged cell.
    fn end(&self, from: usize, room: usize) -> usize {
        let least = if from == 0 { self.beginning() } else { from + 1 };
        let fits = |to: &usize| self.height(from..*to) <= room;
        let mut to = (least..=self.heights.len()).take_while(fits).last().unwrap_or(least);
        let is_split = |cell: &&Cell, to: usize| {
            let rows = &cell.rows;
            (least..to).contains(&rows.start) && rows.end > to && cell.height() > self.height(rows.start..to)
        };
        while let Some(cell) = self.cells.iter().find(|cell| is_split(cell, to)) {
            to = cell.rows.start;
        }
        to
    }

    /// Draws some of the rows; a cell that goes on from rows above them is there, without its text.
    fn draw(&self, rows: Range<usize>, flow: &mut Flow<'_, '_>) {
        let (top, page) = flow.take(self.height(rows.clone()));
        for cell in &self.cells {
            let (first, end) = (cell.rows.start.max(rows.start), cell.rows.end.min(rows.end));
            if first >= end {
                continue;
            }
            let (y, height) = (top + self.height(rows.start..first), self.height(first..end));
            page.frames.push(Frame { x: LEFT + cell.x, y, width: cell.width, height });
            if first > cell.rows.start {
                continue;
            }
            let above = height.saturating_sub(cell.text.len() * cell.line()) / 2;
            for (index, text) in cell.text.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                let blank = if cell.is_flush { EDGE } else { cell.width.saturating_sub(length(text)) / 2 };
                let y = y + above + index * cell.line() + base(cell.line(), cell.size);
                page.rows.push(Row { letters: text.clone(), size: cell.size, x: LEFT + cell.x + blank, y });
            }
        }
    }
}
