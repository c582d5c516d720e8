//! The tables of a page: rows of data are a grid, rows that only lay the page out are read in order.

use scraper::node::Element;
use scraper::{ElementRef, Node};

use super::flow::{Page, has_text, is_struck, is_typed, is_unseen, raised};
use super::lines::Lines;
use super::tags::is_inline;
use crate::document::{Block, Grid, GridCell, GridRow};
use crate::import::ImportError;

/// The most cells that the tables of a page may have; those of a report have some 500.
const MOST_CELLS: usize = 20_000;

/// The most columns that a cell may take.
const WIDEST: usize = 1000;

/// A table with fewer cells in a cell of data is part of its text.
const LEAST_CELLS: usize = 6;

/// A cell with more characters than this has a text of its own,
const LONGEST_CELL: usize = 600;
/// and one with more than this where nothing stands beside it.
const LONGEST_ALONE: usize = 80;

/// A row of the source.
struct Row<'t> {
    /// Its number in the table, from 1 on.
    number: usize,
    cells: Vec<ElementRef<'t>>,
}

impl Page {
    /// Reads a table.
    pub(super) fn table(&mut self, table: ElementRef<'_>) -> Result<(), ImportError> {
        self.close();
        for caption in seen(table).filter(|child| name(*child) == "caption") {
            self.flow(caption)?;
            self.close();
        }
        let rows = rows(table);
        let is_column = rows.iter().all(|row| row.cells.len() <= 1);
        let number = self.tables + 1;
        let mut data: Vec<Row<'_>> = Vec::new();
        for row in rows {
            if !is_column && !is_layout(&row) {
                data.push(row);
                continue;
            }
            self.grid(&std::mem::take(&mut data), number)?;
            for cell in row.cells {
                self.flow(cell)?;
                self.close();
            }
        }
        self.grid(&data, number)
    }

    /// Makes a grid of rows of data.
    fn grid(&mut self, rows: &[Row<'_>], number: usize) -> Result<(), ImportError> {
        let mut grid = Grid::default();
        for (index, row) in rows.iter().enumerate() {
            let mut cells = Vec::new();
            for cell in &row.cells {
                let within = cell.descendants().filter_map(ElementRef::wrap);
                self.has_struck |= within.filter(|within| is_struck(within.value())).any(has_text);
                let cell = grid_cell(*cell, rows.len() - index);
                self.cells += cell.column_span * cell.row_span;
                if self.cells > MOST_CELLS {
                    return Err(ImportError::TooMuch("表格", MOST_CELLS, "格"));
                }
                cells.push(cell);
            }
            grid.rows.push(GridRow { cells, at: format!("表 {number} 第 {} 行", row.number) });
        }
        if grid.rows.iter().flat_map(|row| &row.cells).any(|cell| !cell.text.is_empty()) {
            self.tables = number;
            self.blocks.push(Block::Grid(grid));
        }
        Ok(())
    }
}

fn name<'t>(element: ElementRef<'t>) -> &'t str {
    element.value().name()
}

/// The elements in an element that a reader sees.
fn seen<'t>(parent: ElementRef<'t>) -> impl Iterator<Item = ElementRef<'t>> {
    parent.child_elements().filter(|child| !is_unseen(child.value()))
}

/// The rows of a table, without those of tables in it.
fn rows(table: ElementRef<'_>) -> Vec<Row<'_>> {
    let bodies = seen(table).filter(|body| name(*body) == "tbody");
    let rows = bodies.flat_map(seen).filter(|row| name(*row) == "tr");
    let rows = rows.map(|row| seen(row).filter(|cell| matches!(name(*cell), "td" | "th")).collect());
    rows.enumerate().map(|(index, cells)| Row { number: index + 1, cells }).collect()
}

/// Whether a row only lays the page out: it has a table in it, or a text of its own.
fn is_layout(row: &Row<'_>) -> bool {
    let has_table = |cell: &ElementRef<'_>| {
        let within = cell.descendants().skip(1).filter_map(ElementRef::wrap);
        let cells = within.filter(|element| matches!(name(*element), "td" | "th"));
        cells.take(LEAST_CELLS).count() == LEAST_CELLS
    };
    if row.cells.iter().any(has_table) {
        return true;
    }
    let texts: Vec<String> =
        row.cells.iter().map(|cell| text(*cell)).filter(|text| !text.is_empty()).collect();
    let is_long = |text: &str, longest: usize| text.chars().nth(longest).is_some();
    match texts.as_slice() {
        [text] => is_long(text, LONGEST_ALONE) || text.contains('。'),
        texts => texts.iter().any(|text| is_long(text, LONGEST_CELL)),
    }
}

/// A cell with as many rows below its first as there are.
fn grid_cell(cell: ElementRef<'_>, rows: usize) -> GridCell {
    let span = |attribute: &str| -> Option<usize> {
        let text = cell.value().attr(attribute)?.trim_start();
        let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        // More digits than any number of columns has are as good as the most.
        if digits > 9 { Some(usize::MAX) } else { text[..digits].parse().ok() }
    };
    let row_span = match span("rowspan") {
        // To the last row.
        Some(0) => rows,
        span => span.unwrap_or(1).clamp(1, rows),
    };
    GridCell {
        text: text(cell),
        column_span: span("colspan").unwrap_or(1).clamp(1, WIDEST),
        row_span,
        is_header: name(cell) == "th",
    }
}

/// The text of a cell, a line for each of its blocks.
fn text(cell: ElementRef<'_>) -> String {
    let mut lines = Lines::default();
    if !is_struck(cell.value()) {
        gather(cell, &mut lines);
    }
    lines.take().join("\n")
}

fn gather(parent: ElementRef<'_>, lines: &mut Lines) {
    for node in parent.children() {
        if let Node::Text(text) = node.value() {
            lines.push(text, is_typed(parent));
        }
        let Some(element) = ElementRef::wrap(node).filter(|element| !is_unseen(element.value())) else {
            continue;
        };
        match name(element) {
            _ if is_struck(element.value()) => {}
            _ if let Some((text, raised)) = raised(element) => lines.push_raised(&text, raised),
            name if is_inline(name) => gather(element, lines),
            "input" => lines.push(typed_in(element.value()), true),
            _ => {
                lines.end();
                gather(element, lines);
                lines.end();
            }
        }
    }
}

/// What is typed into a field.
fn typed_in(input: &Element) -> &str {
    let kind = input.attr("type").unwrap_or("text").trim().to_ascii_lowercase();
    let is_text = matches!(kind.as_str(), "text" | "number" | "");
    input.attr("value").filter(|_| is_text).unwrap_or_default()
}
