//! The tables of a Word document: rows of cells, and which cells are one where they are merged downwards.

use super::super::ImportError;
use super::super::flow::{Budget, Cell, Piece};

/// A row that is being read.
#[derive(Default)]
pub(super) struct Row {
    cells: Vec<(Cell, Merge)>,
    /// The columns that it has so far.
    pub columns: usize,
    pub after: usize,
    pub is_left_out: bool,
}

/// Whether a cell is merged downwards.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Merge {
    No,
    Begins,
    GoesOn,
}

/// A cell that is being read.
pub(super) struct CellDraft {
    pub span: usize,
    pub merge: Merge,
    pub pieces: Vec<Piece>,
}

impl Row {
    pub(super) fn push(&mut self, draft: CellDraft, budget: &mut Budget) -> Result<(), ImportError> {
        let column = self.columns;
        self.columns = budget.cell(column, draft.span)?;
        let cell = Cell { column, column_span: draft.span, row_span: 1, pieces: draft.pieces };
        self.cells.push((cell, draft.merge));
        Ok(())
    }
}

/// The rows with cells that are merged downwards as one: a cell goes on in the next row where one stands that says so,
/// in the same columns. One that goes on from nothing is a cell of its own.
pub(super) fn merged(rows: Vec<Row>) -> Vec<Vec<Cell>> {
    let mut merged: Vec<Vec<Cell>> = Vec::new();
    // For each column, the cell of the row above that may go on: its row and its number there.
    let mut above: Vec<Option<(usize, usize)>> = Vec::new();
    for (index, row) in rows.into_iter().enumerate() {
        let mut own = vec![None; row.columns];
        let mut cells: Vec<Cell> = Vec::new();
        for (cell, merge) in row.cells {
            let begun = above.get(cell.column).copied().flatten().filter(|_| merge == Merge::GoesOn);
            let over = begun.and_then(|(row, nth)| merged.get_mut(row)?.get_mut(nth));
            match over.filter(|over| over.column == cell.column && over.column_span == cell.column_span) {
                Some(over) => {
                    over.row_span += 1;
                    own[cell.column] = begun;
                }
                None => {
                    own[cell.column] = Some((index, cells.len())).filter(|_| merge != Merge::No);
                    cells.push(cell);
                }
            }
        }
        merged.push(cells);
        above = own;
    }
    merged
}
