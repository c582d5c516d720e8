//! A table of the form laid out for a screen: its lines, the widths of its columns, its heads.
//!
//! Everything comes from the axes of the form. It holds no values and draws nothing; the cursor moves by it, so that what
//! is above another cell on the screen is above it for the arrow keys too.

use std::ops::RangeInclusive;

use crate::form::terms::Section;
use crate::form::{Block, Cell, Form, Layout, Leaf, Table, leaves};
use crate::report::Report;
use crate::width::{Ambiguous, width};

/// A column head: the labels above it, outermost first, and its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Head {
    /// The labels of the groups that it is in.
    pub groups: Vec<&'static str>,
    /// Its own official label.
    pub label: &'static str,
}

/// A line of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Line {
    /// A heading of its own: of a block, or of a group of rows.
    Heading(String),
    /// Column heads that hold from here on, after the text of the corner.
    Heads(&'static str, Vec<Head>),
    /// A row with its cells.
    Row(String, Vec<Cell>),
}

/// A table as it is laid out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sheet {
    /// The heads that stay in sight above the lines; empty if the lines have their own.
    pub heads: Vec<Head>,
    /// The lines, of which those around the cursor are seen.
    pub lines: Vec<Line>,
    /// The columns of the screen that the row labels take.
    pub label: usize,
    /// The columns of the screen that each column takes, its mark included.
    pub column: usize,
}

/// The room that a table has on the screen, and the longest number in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Room {
    /// The columns of the screen.
    pub columns: usize,
    /// The rows for the lines of the table.
    pub rows: usize,
    /// The columns that the longest number takes.
    pub longest: usize,
}

impl Sheet {
    /// Lays out the table that a section is; empty for prose.
    pub fn new(form: &'static Form, section: Section, room: Room) -> Self {
        let Some(table) = form.table(section) else {
            return Self { heads: Vec::new(), lines: Vec::new(), label: 0, column: 1 };
        };
        match table.layout {
            Layout::Across if room.columns >= ACROSS => Self::across(table, room),
            Layout::Down if table.blocks.len() == 1 => Self::tall(&table.blocks[0], room),
            Layout::Across | Layout::Down => Self::stacked(table, room),
        }
    }

    /// The rows of cells, from the top.
    pub fn rows(&self) -> impl Iterator<Item = &[Cell]> {
        self.lines.iter().filter_map(|line| match line {
            Line::Row(_, cells) => Some(cells.as_slice()),
            Line::Heading(_) | Line::Heads(..) => None,
        })
    }

    /// The row (among [`Sheet::rows`]) and column of a cell.
    pub fn find(&self, cell: Cell) -> Option<(usize, usize)> {
        self.rows().enumerate().find_map(|(row, cells)| {
            cells.iter().position(|&other| other == cell).map(|column| (row, column))
        })
    }

    /// The label of the row that a cell is in.
    pub fn label_of(&self, cell: Cell) -> Option<&str> {
        self.lines.iter().find_map(|line| match line {
            Line::Row(label, cells) if cells.contains(&cell) => Some(label.as_str()),
            _ => None,
        })
    }

    /// The columns of the screen that a row's label may take.
    pub const fn label_room(&self) -> usize {
        self.label.saturating_sub(2)
    }

    /// The columns that the longest number of the table takes in `report`, two at the least.
    pub fn digits(&self, report: &Report) -> usize {
        let counts = self.rows().flatten().filter_map(|&cell| report.number(cell)?.as_count());
        counts.max().map_or(2, |most| most.to_string().len().max(2))
    }

    /// The line that a cell is in.
    pub fn line_of(&self, cell: Cell) -> usize {
        let is_it = |line: &Line| matches!(line, Line::Row(_, cells) if cells.contains(&cell));
        self.lines.iter().position(is_it).unwrap_or_default()
    }

    /// All cells in the order in which Enter goes through them: down each column under heads that hold for the whole
    /// table, else as the form is read, row by row.
    pub fn order(&self) -> Vec<Cell> {
        if self.heads.is_empty() {
            return self.rows().flatten().copied().collect();
        }
        let rows: Vec<&[Cell]> = self.rows().collect();
        let widest = rows.iter().map(|row| row.len()).max().unwrap_or_default();
        (0..widest).flat_map(|column| rows.iter().filter_map(move |row| row.get(column).copied())).collect()
    }

    /// Whether the groups of the heads are shown on a terminal with so many rows: always where they tell the cells apart.
    pub fn shows_groups(&self, rows: u16) -> bool {
        rows >= ROOMY || self.lines.len() == 1
    }

    /// The rows that the labels of the heads take, and the Han in each, on a terminal with so many rows.
    pub fn head_label(&self, rows: u16) -> (usize, usize) {
        let per_row = (self.column.saturating_sub(1) / 2).max(1);
        let longest = self.heads.iter().map(|head| head.label.chars().count()).max().unwrap_or_default();
        let most = if rows >= ROOMY { 3 } else { 2 };
        (longest.div_ceil(per_row).min(most), per_row)
    }

    /// The rows that the heads above the lines take.
    pub fn head_rows(&self, rows: u16) -> usize {
        let groups = self.heads.iter().map(|head| head.groups.len()).max().unwrap_or_default();
        self.head_label(rows).0 + if self.shows_groups(rows) { groups } else { 0 }
    }

    /// One long list of rows under one head (table 3).
    fn tall(block: &'static Block, room: Room) -> Self {
        let rows = leaves(block.rows);
        let columns = leaves(block.columns);
        let full = with_headings(&rows, &columns);
        let lines = if full.len() <= room.rows { full } else { without_headings(&rows, &columns) };
        let heads = columns.iter().map(head).collect();
        let (label, column) = widths(&lines, columns.len(), room, (LEAST_LABEL, 6..=14));
        Self { heads, lines, label, column }
    }

    /// Everything in one line of numbers, as the form has it (table 4).
    fn across(table: &'static Table, room: Room) -> Self {
        let mut heads = Vec::new();
        let mut cells = Vec::new();
        for block in table.blocks {
            for row in leaves(block.rows) {
                for column in leaves(block.columns) {
                    let groups = row.groups.iter().copied().chain([row.label]).collect();
                    heads.push(Head { groups, label: column.label });
                    cells.push(Cell { row: row.key, column: column.key });
                }
            }
        }
        let column = (room.columns.saturating_sub(2) / heads.len().max(1)).clamp(5, 14);
        Self { heads, lines: vec![Line::Row(String::new(), cells)], label: 1, column }
    }

    /// Blocks below one another, each with its own heads (table 2; table 4 where it is narrow).
    fn stacked(table: &'static Table, room: Room) -> Self {
        let mut lines = Vec::new();
        let mut widest = 1;
        for block in table.blocks {
            let columns = leaves(block.columns);
            widest = widest.max(columns.len());
            if !block.caption.is_empty() {
                lines.push(Line::Heading(block.caption.to_owned()));
            }
            lines.push(Line::Heads(block.corner, columns.iter().map(head).collect()));
            lines.extend(without_headings(&leaves(block.rows), &columns));
        }
        let several = |line: &Line| match line {
            Line::Heads(_, heads) if heads.len() > 1 => {
                heads.iter().map(|head| width(head.label, Ambiguous::Wide) + 1).max()
            }
            _ => None,
        };
        let widest_head = lines.iter().filter_map(several).max().unwrap_or_default().min(MOST_COLUMN);
        let wide = widest_head..=MOST_COLUMN;
        let (label, column) = widths(&lines, widest, room, (LEAST_LABEL - 4, wide));
        Self { heads: Vec::new(), lines, label, column }
    }
}

/// The narrowest screen on which table 4 is one line of numbers.
const ACROSS: usize = 77;

/// From so many rows on, heads are drawn in full.
pub const ROOMY: u16 = 30;

/// The widest that a column of a block is drawn.
const MOST_COLUMN: usize = 16;

/// The columns that row labels need at least, to be told apart.
const LEAST_LABEL: usize = 18;

/// Shares the room between labels and columns: the columns get what their numbers need, then the labels what they need.
fn widths(
    lines: &[Line],
    columns: usize,
    room: Room,
    (least, wide): (usize, RangeInclusive<usize>),
) -> (usize, usize) {
    let longest_label = lines.iter().map(|line| match line {
        Line::Row(label, _) => width(label, Ambiguous::Wide) + 3,
        // The first head of a block reaches back over the labels, as far as the corner.
        Line::Heads(corner, heads) => {
            let first = heads.first().map_or(0, |head| width(head.label, Ambiguous::Wide));
            (width(corner, Ambiguous::Wide) + 4 + first).saturating_sub(*wide.end())
        }
        Line::Heading(_) => 0,
    });
    let wanted = longest_label.max().unwrap_or_default().max(least);
    let columns = columns.max(1);
    let spare = room.columns.saturating_sub(wanted + 1) / columns;
    let possible = room.columns.saturating_sub(least + 1) / columns;
    let column = spare.clamp(*wide.start(), *wide.end()).max(room.longest + 1).min(possible).max(2);
    (room.columns.saturating_sub(column * columns + 1).min(wanted).max(1), column)
}

fn head<K>(leaf: &Leaf<K>) -> Head {
    Head { groups: leaf.groups.clone(), label: leaf.label }
}

type Rows = [Leaf<crate::form::terms::Row>];
type Columns = [Leaf<crate::form::terms::Column>];

fn cells(row: &Leaf<crate::form::terms::Row>, columns: &Columns) -> Vec<Cell> {
    columns.iter().map(|column| Cell { row: row.key, column: column.key }).collect()
}

/// Rows with a line for each group that they are in.
fn with_headings(rows: &Rows, columns: &Columns) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut open: &[&str] = &[];
    for row in rows {
        let same = open.iter().zip(&row.groups).take_while(|(a, b)| a == b).count();
        for (depth, group) in row.groups.iter().enumerate().skip(same) {
            lines.push(Line::Heading(format!("{}{group}", " ".repeat(depth * 2))));
        }
        open = &row.groups;
        let indent = " ".repeat(row.groups.len() * 2);
        lines.push(Line::Row(format!("{indent}{}", row.label), cells(row, columns)));
    }
    lines
}

/// Rows where only the outermost group has a line; the first row of an inner group bears its number.
fn without_headings(rows: &Rows, columns: &Columns) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut open: &[&str] = &[];
    for row in rows {
        let same = open.iter().zip(&row.groups).take_while(|(a, b)| a == b).count();
        if same == 0
            && let Some(group) = row.groups.first()
        {
            lines.push(Line::Heading((*group).to_owned()));
        }
        let mark = row.groups.get(1).map_or("", |group| crate::form::mark(group));
        let before = match row.groups.len() {
            0 => String::new(),
            1 => " ".repeat(2),
            depth if same < depth => format!("  {mark}"),
            _ => " ".repeat(2 + width(mark, Ambiguous::Narrow)),
        };
        open = &row.groups;
        lines.push(Line::Row(format!("{before}{}", row.label), cells(row, columns)));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(form: &'static Form, section: Section, columns: usize, rows: usize) -> Sheet {
        Sheet::new(form, section, Room { columns, rows, longest: 3 })
    }

    #[test]
    fn every_cell_of_every_form_is_on_its_sheet_once_whatever_the_room() {
        for form in Form::all() {
            for (columns, rows) in [(1, 1), (60, 12), (80, 15), (200, 60)] {
                let mut cells: Vec<Cell> = [Section::Proactive, Section::Requests, Section::Disputes]
                    .iter()
                    .flat_map(|&section| sheet(form, section, columns, rows).order())
                    .collect();
                cells.sort_unstable();
                let mut all: Vec<Cell> = form.cells().iter().map(|info| info.cell).collect();
                all.sort_unstable();
                assert_eq!(cells, all, "{columns} x {rows}");
            }
        }
    }

    #[test]
    fn columns_fit_the_screen_and_grow_for_long_numbers() {
        for columns in 40..200 {
            let sheet = sheet(Form::current(), Section::Requests, columns, 15);
            assert!(sheet.label + 7 * sheet.column < columns, "{columns}");
        }
        let room = Room { columns: 100, rows: 15, longest: 9 };
        assert_eq!(Sheet::new(Form::current(), Section::Requests, room).column, 10);
    }

    #[test]
    fn table_four_is_one_line_where_there_is_room() {
        assert_eq!(sheet(Form::current(), Section::Disputes, 80, 15).rows().count(), 1);
        assert_eq!(sheet(Form::current(), Section::Disputes, 60, 15).rows().count(), 3);
    }

    #[test]
    fn inner_groups_have_lines_where_there_is_room() {
        let headings = |rows| {
            let lines = sheet(Form::current(), Section::Requests, 80, rows).lines;
            lines.iter().filter(|line| matches!(line, Line::Heading(_))).count()
        };
        assert_eq!((headings(15), headings(31)), (1, 5));
    }
}
