//! What a word processor writes, in reading order: lines and tables that stand in one another, laid out as a document.
//!
//! Word and OpenDocument share it, with the limits of both. It reads no files and knows nothing of the form.

#[cfg(test)]
pub(super) mod tests;

use std::ops::Range;

use super::ImportError;
use crate::document::{Block, Grid, GridCell, GridRow};

/// The most tables that a file may have,
const MOST_TABLES: usize = 200;
/// how deep they may stand in one another,
const DEEPEST_TABLE: usize = 8;
/// the most cells that they may have together; those of a report have some 500,
const MOST_CELLS: usize = 20_000;
/// and the most lines of text.
const MOST_LINES: usize = 20_000;
/// The most columns that a cell may take; Word has no more in a whole table.
const WIDEST_CELL: usize = 64;
/// The most columns that a table may have.
const MOST_COLUMNS: usize = 256;

/// A line or a table.
pub(super) enum Piece {
    /// A paragraph; line breaks in it are `\n`.
    Line {
        /// The level of a heading: 0 for the title.
        level: Option<u8>,
        text: String,
    },
    /// A table: its rows, each with the cells that begin in it.
    Table(Vec<Vec<Cell>>),
}

/// A cell of a table.
pub(super) struct Cell {
    /// The column that it begins in.
    pub column: usize,
    pub column_span: usize,
    pub row_span: usize,
    pub pieces: Vec<Piece>,
}

impl Cell {
    fn is_filled(&self) -> bool {
        self.pieces.iter().any(|piece| match piece {
            Piece::Line { text, .. } => !text.trim().is_empty(),
            Piece::Table(_) => true,
        })
    }

    fn has_table(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Table(_)))
    }
}

/// What has been read of a file so far.
#[derive(Default)]
pub(super) struct Budget {
    tables: usize,
    open_tables: usize,
    cells: usize,
    lines: usize,
}

impl Budget {
    /// Counts a table that begins.
    pub(super) fn open_table(&mut self) -> Result<(), ImportError> {
        self.open_tables += 1;
        if self.open_tables > DEEPEST_TABLE {
            return Err(ImportError::TooMuch("表格里套的表格", DEEPEST_TABLE, "层"));
        }
        take(&mut self.tables, MOST_TABLES, ("表格", "个"))
    }

    /// Counts a table that ends.
    pub(super) fn close_table(&mut self) {
        self.open_tables = self.open_tables.saturating_sub(1);
    }

    /// Counts a cell that begins in a column and takes `span` of them; gives the column behind it.
    pub(super) fn cell(&mut self, column: usize, span: usize) -> Result<usize, ImportError> {
        take(&mut self.cells, MOST_CELLS, ("表格", "格"))?;
        if span > WIDEST_CELL {
            return Err(ImportError::TooMuch("一格所占的列", WIDEST_CELL, "列"));
        }
        match column + span.max(1) {
            end if end > MOST_COLUMNS => Err(ImportError::TooMuch("表格的列", MOST_COLUMNS, "列")),
            end => Ok(end),
        }
    }

    /// Counts a line of text.
    pub(super) fn line(&mut self) -> Result<(), ImportError> {
        take(&mut self.lines, MOST_LINES, ("文字", "行"))
    }
}

fn take(
    count: &mut usize,
    most: usize,
    (what, unit): (&'static str, &'static str),
) -> Result<(), ImportError> {
    *count += 1;
    if *count > most { Err(ImportError::TooMuch(what, most, unit)) } else { Ok(()) }
}

/// Lays pieces out as the blocks of a document.
///
/// A table of one column is a frame around text, and so is a row with nothing but a table in it: what is in them stands
/// in the document as if the frame were not there. A table in a cell beside others comes after the table that it is in.
pub(super) fn blocks(pieces: Vec<Piece>) -> Vec<Block> {
    let mut layout = Layout::default();
    layout.lay(pieces, None);
    layout.blocks
}

#[derive(Default)]
struct Layout {
    blocks: Vec<Block>,
    paragraphs: usize,
    tables: usize,
}

impl Layout {
    fn lay(&mut self, pieces: Vec<Piece>, within: Option<&str>) {
        for piece in pieces {
            match piece {
                Piece::Line { text, .. } if text.trim().is_empty() => {}
                Piece::Line { level, text } => {
                    self.paragraphs += usize::from(within.is_none());
                    let at = within.map_or_else(|| format!("第 {} 段", self.paragraphs), str::to_owned);
                    for line in text.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
                        let (text, at) = (line.to_owned(), at.clone());
                        self.blocks.push(match level {
                            Some(level) => Block::Heading { level, text, at },
                            None => Block::Paragraph { text, at },
                        });
                    }
                }
                Piece::Table(rows) => self.table(rows),
            }
        }
    }

    fn table(&mut self, rows: Vec<Vec<Cell>>) {
        self.tables += 1;
        let number = self.tables;
        let is_frame = rows.iter().all(|row| row.len() <= 1);
        let (mut whole, mut behind) = (Vec::new(), Vec::new());
        for (index, row) in rows.into_iter().enumerate() {
            let at = format!("表 {number} 第 {} 行", index + 1);
            let is_around_table =
                row.iter().any(Cell::has_table) && row.iter().filter(|cell| cell.is_filled()).count() == 1;
            if is_frame || is_around_table {
                self.grid(&mut whole, &mut behind);
                for cell in row {
                    self.lay(cell.pieces, Some(&at));
                }
            } else {
                let cells = row.into_iter().map(|cell| placed(cell, &mut behind)).collect();
                whole.push((cells, at));
            }
        }
        self.grid(&mut whole, &mut behind);
    }

    /// Puts down the rows so far, and behind them the tables that are in their cells.
    fn grid(&mut self, rows: &mut Vec<(Vec<Placed>, String)>, behind: &mut Vec<Piece>) {
        let rows = settled(std::mem::take(rows));
        if !rows.is_empty() {
            self.blocks.push(Block::Grid(Grid::new(rows)));
        }
        self.lay(std::mem::take(behind), None);
    }
}

/// A cell with the column that it begins in.
type Placed = (usize, GridCell);

/// A cell with its text; tables in it go to `behind`.
fn placed(cell: Cell, behind: &mut Vec<Piece>) -> Placed {
    let mut lines = Vec::new();
    for piece in cell.pieces {
        match piece {
            Piece::Line { text, .. } => lines.push(text),
            Piece::Table(_) => behind.push(piece),
        }
    }
    let text = lines.iter().flat_map(|text| text.split('\n')).map(str::trim).filter(|line| !line.is_empty());
    let mut grid_cell = GridCell::new(text.collect::<Vec<_>>().join("\n"));
    (grid_cell.column_span, grid_cell.row_span) = (cell.column_span.max(1), cell.row_span.max(1));
    (cell.column, grid_cell)
}

/// A cell above that goes on in a column: its row, its number there, and the first row that is free again.
type Above = (usize, usize, usize);

/// The rows so that every place left of a cell is taken by another: holes become blank cells, and a cell that would lie
/// over one that begins below it is cut off there. No cell goes on below the last row.
fn settled(rows: Vec<(Vec<Placed>, String)>) -> Vec<GridRow> {
    let count = rows.len();
    let mut settled: Vec<GridRow> = Vec::new();
    let mut above: Vec<Above> = Vec::new();
    for (index, (cells, at)) in rows.into_iter().enumerate() {
        for (begins, cell) in &cells {
            cut_off(index, *begins..begins + cell.column_span, &mut above, &mut settled);
        }
        let mut row = GridRow { cells: Vec::new(), at };
        let mut column = 0;
        for (begins, mut cell) in cells {
            let is_hole = |column: &usize| above.get(*column).is_none_or(|(_, _, free)| *free <= index);
            let holes = (column..begins).filter(is_hole).count();
            row.cells.extend((0..holes).map(|_| GridCell::new("")));
            column = begins + cell.column_span;
            cell.row_span = cell.row_span.min(count - index);
            above.resize(above.len().max(column), (0, 0, 0));
            above[begins..column].fill((index, row.cells.len(), index + cell.row_span));
            row.cells.push(cell);
        }
        settled.push(row);
    }
    settled
}

/// Ends the cells that reach from above into these columns before this row.
fn cut_off(index: usize, columns: Range<usize>, above: &mut [Above], settled: &mut [GridRow]) {
    let reaching: Vec<Above> = columns
        .filter_map(|column| above.get(column).copied())
        .filter(|(_, _, free)| *free > index)
        .collect();
    for (row, number, _) in reaching {
        if let Some(cell) = settled.get_mut(row).and_then(|row| row.cells.get_mut(number)) {
            cell.row_span = index - row;
        }
        for taken in above.iter_mut().filter(|taken| (taken.0, taken.1) == (row, number)) {
            taken.2 = index;
        }
    }
}
