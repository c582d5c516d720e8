//! The blocks of a document out of the lines and tables of its pages: lines joined into paragraphs, tables over pages.
//!
//! A paragraph ends where the next line is set in, stands apart or is of another size, and where the line had room for
//! what the next one begins with. What a PDF does not say cannot be known: whether a paragraph ends with a line that is
//! just full, where the next one is not set in; and blanks at the end of a line between Chinese characters.

use super::lines::{self, Line};
use super::margins::{Column, Columns};
use super::page::POINT;
use super::table::{Cell, Fragment, clustered};
use super::{MOST_CELLS, Sheet, split};
use crate::document::{Block, Document, Grid, GridCell, GridRow};
use crate::import::ImportError;

/// The outer edges of the parts of a table on different pages are no farther apart than this.
const SLACK: i64 = 6 * POINT;

/// What has been read so far.
#[derive(Default)]
pub(super) struct Flow {
    blocks: Vec<Block>,
    paragraph: Option<Paragraph>,
    /// The parts of the table that was read last, with their pages, as long as nothing stands behind it.
    table: Vec<(usize, Fragment)>,
    tables: usize,
    cells: usize,
    /// The page that is read, and how many paragraphs begin on it.
    page: usize,
    paragraphs: usize,
}

/// A paragraph that may go on.
struct Paragraph {
    text: String,
    at: String,
    page: usize,
    /// How many lines it has, and the last one.
    count: usize,
    last: Line,
    column: Column,
}

impl Flow {
    /// Reads a page: its lines and tables from top to bottom.
    ///
    /// # Errors
    /// If the tables have more cells than any report's.
    pub(super) fn page(&mut self, sheet: Sheet, columns: &Columns) -> Result<(), ImportError> {
        let column = columns.get(&sheet);
        (self.page, self.paragraphs) = (sheet.number, 0);
        let mut tables = sheet.tables.into_iter().peekable();
        let mut lines = sheet.lines.into_iter().peekable();
        let mut is_first = true;
        loop {
            let above = |line: &Line| tables.peek().is_none_or(|table| line.area.middle().1 < table.area.top);
            if let Some(line) = lines.next_if(above) {
                self.line(line, column);
            } else if let Some(table) = tables.next() {
                self.fragment(table, is_first)?;
            } else if let Some(line) = lines.next() {
                self.line(line, column);
            } else {
                return Ok(());
            }
            is_first = false;
        }
    }

    pub(super) fn document(mut self) -> Document {
        self.end_paragraph();
        self.end_table();
        Document { blocks: self.blocks, remarks: Vec::new() }
    }

    fn line(&mut self, line: Line, column: Column) {
        self.end_table();
        let page = self.page;
        if let Some(paragraph) = self.paragraph.as_mut().filter(|before| before.goes_on(&line, page, column))
        {
            lines::join(&mut paragraph.text, &line.text);
            paragraph.count += 1;
            (paragraph.last, paragraph.column, paragraph.page) = (line, column, page);
            return;
        }
        self.end_paragraph();
        self.paragraphs += 1;
        let at = format!("第 {page} 页 第 {} 段", self.paragraphs);
        let text = line.text.trim_start().to_owned();
        self.paragraph = Some(Paragraph { text, at, page, count: 1, last: line, column });
    }

    fn end_paragraph(&mut self) {
        if let Some(Paragraph { text, at, .. }) = self.paragraph.take() {
            self.blocks.push(Block::Paragraph { text: text.trim_end().to_owned(), at });
        }
    }

    fn fragment(&mut self, fragment: Fragment, is_first: bool) -> Result<(), ImportError> {
        self.cells += fragment.cells.len();
        if self.cells > MOST_CELLS {
            return Err(ImportError::TooMuch("表格", MOST_CELLS, "格"));
        }
        let goes_on = self.table.last().is_some_and(|(page, above)| {
            let is_beside = |one: i64, other: i64| (one - other).abs() <= SLACK;
            is_first
                && *page + 1 == self.page
                && is_beside(above.area.left, fragment.area.left)
                && is_beside(above.area.right, fragment.area.right)
        });
        if !goes_on {
            self.end_paragraph();
            self.end_table();
        }
        self.table.push((self.page, fragment));
        Ok(())
    }

    /// Makes a grid of the parts of a table.
    fn end_table(&mut self) {
        let parts = std::mem::take(&mut self.table);
        if parts.is_empty() {
            return;
        }
        self.tables += 1;
        // Parts may be shifted against each other a little, and each has only the edges that its own rows have.
        let edges = clustered(parts.iter().flat_map(|(_, part)| part.columns.iter().copied()).collect());
        let column =
            |at: i64| (0..edges.len()).min_by_key(|edge| (edges[*edge] - at).abs()).unwrap_or_default();
        let mut cells: Vec<Cell> = Vec::new();
        let mut pages: Vec<usize> = Vec::new();
        for (page, part) in parts {
            let (below, rows) = split::joined(&mut cells, part, pages.len(), SLACK);
            pages.extend(std::iter::repeat_n(page, rows));
            cells.extend(below);
        }
        let at = |(row, page): (usize, &usize)| format!("第 {page} 页 表 {} 第 {} 行", self.tables, row + 1);
        let row = |at| GridRow { cells: Vec::new(), at };
        let mut grid = Grid::new(pages.iter().enumerate().map(at).map(row).collect());
        for Cell { area, row, row_span, written } in cells {
            let column_span = (column(area.right) - column(area.left)).max(1);
            let cell = GridCell { text: written.text, column_span, row_span, is_header: false };
            grid.rows[row].cells.push(cell);
        }
        self.blocks.push(Block::Grid(grid));
    }
}

impl Paragraph {
    /// Whether a line belongs to it.
    fn goes_on(&self, line: &Line, page: usize, column: Column) -> bool {
        let em = self.last.size.max(1);
        if (line.size - em).abs() * 7 > em {
            return false;
        }
        if begins_section(&line.text) && !self.last.text.trim_end().ends_with(['第', '、']) {
            return false;
        }
        let indent = line.area.left - column.left;
        let before = self.last.area.left - self.column.left;
        let is_set_in = indent > em * 4 / 5;
        let as_before = self.count > 1 && (indent - before).abs() * 3 < em;
        // Between a letter and a Chinese character there is a narrow space, which is not drawn where the line ends.
        let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_graphic());
        let (end, start) = (self.last.text.trim_end().chars().last(), line.text.trim_start().chars().next());
        let space = if is_latin(end) || is_latin(start) { em / 3 } else { 0 };
        let ends_sentence = self.last.text.trim_end().ends_with(lines::ENDS);
        // Programs leave more room than they must; but no paragraph ends without a mark shortly before the edge.
        let spare = if ends_sentence { 0 } else { 3 * em };
        let has_room = self.column.right - self.last.area.right >= line.first + space + spare
            && !line.text.trim_start().starts_with(|c| lines::CLOSING.contains(c));
        // A title over two lines: both stand in the middle, and the first was full.
        let is_title = is_centred(&self.last, self.column)
            && is_centred(line, column)
            && self.last.area.width() + line.first > column.right - column.left
            && !ends_sentence;
        if is_set_in && !as_before && !is_title {
            return false;
        }
        let step = line.area.middle().1 - self.last.area.middle().1;
        let leading = column.leading.max(if is_title { em * 3 / 2 } else { em });
        if page == self.page && column.leading > 0 && step * 20 > leading * 27 {
            return false;
        }
        let has_another_font =
            !self.last.font.is_empty() && !line.font.is_empty() && self.last.font != line.font;
        if has_another_font && (ends_sentence || is_numbered(&line.text)) {
            return false;
        }
        is_title || !has_room
    }
}

/// Whether a line stands in the middle of its column.
fn is_centred(line: &Line, column: Column) -> bool {
    (line.area.left - column.left - (column.right - line.area.right)).abs() <= line.size
}

/// Whether a line begins as the headings of the sections do: with the number of one, and no other number behind it.
fn begins_section(text: &str) -> bool {
    const NUMERALS: [char; 6] = ['一', '二', '三', '四', '五', '六'];
    let behind = text.trim_start().strip_prefix(NUMERALS).and_then(|rest| rest.strip_prefix('、'));
    behind.is_some_and(|behind| !behind.trim_start().starts_with(|c| "一二三四五六七八九十".contains(c)))
}

/// Whether a line begins with a number of its own: 一、 or （二）.
fn is_numbered(text: &str) -> bool {
    const NUMERALS: &str = "一二三四五六七八九十";
    let inner = text.trim_start().trim_start_matches(['（', '(']);
    let behind = inner.trim_start_matches(|c| NUMERALS.contains(c));
    behind.len() < inner.len() && behind.starts_with(['、', '）', ')', '．', '.'])
}
