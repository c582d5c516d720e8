//! The official layout of a report, as a document: title, lead, six sections, three tables with the form's own merges.
//!
//! Everything is derived from the axes of the form. The day of publishing is printed as reports are signed, under the
//! name of the organ; what the layout does not print (level, short name) is not in the document.

use std::ops::Range;

use super::{Block, Document, Grid, GridCell, GridRow};
use crate::check::{Finding, Severity};
use crate::day::Day;
use crate::form::terms::{Column, Field, Row, Section};
use crate::form::{self, Cell, Layout, Line, Table};
use crate::report::Report;

/// The heading of what the checks say of a report, behind the report itself and no part of it.
pub const APPENDIX: &str = "附：本程序检查的结果";

const NO_RESULT: &str = "没有发现问题。";

/// Whether a line is one of the appendix: `3. 错误 A01：…`.
pub(super) fn is_result(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let said = rest.strip_prefix('.').filter(|_| rest.len() < line.len()).map(str::trim_start);
    let is_grave = |said: &str, severity: &Severity| {
        said.strip_prefix(severity.label()).is_some_and(|rest| rest.starts_with(' '))
    };
    line == NO_RESULT
        || said.is_some_and(|said| Severity::ALL.iter().any(|severity| is_grave(said, severity)))
}

/// A report or a letter laid out, and what of it is set in a way of its own.
#[derive(Clone, Debug)]
pub struct Composed {
    /// Its blocks.
    pub blocks: Vec<Block>,
    /// Those that say to whom it goes, flush with the margin; a report goes to nobody by name.
    pub addressed: Range<usize>,
    /// Those that sign it: the organ and the day of publishing.
    pub signed: Range<usize>,
}

/// Lays a report out.
pub fn compose(report: &Report) -> Document {
    Document { blocks: composed(report, None).blocks, remarks: Vec::new() }
}

/// The same, with what the checks have found in an appendix where that is wanted.
pub fn composed(report: &Report, findings: Option<&[Finding]>) -> Composed {
    let mut blocks = Vec::new();
    let title = report.text(Field::Title);
    if !title.is_empty() {
        blocks.push(heading(0, title.to_owned()));
    }
    paragraphs(report.text(Section::Lead), &mut blocks);
    for official in report.form().decree.headings {
        blocks.push(heading(1, format!("{}、{}", official.numeral, official.title)));
        match report.form().table(official.section) {
            Some(table) => blocks.push(Block::Grid(grid(table, report))),
            None => paragraphs(report.text(official.section), &mut blocks),
        }
    }
    let begin = blocks.len();
    for line in signature(report) {
        paragraphs(&line, &mut blocks);
    }
    let signed = begin..blocks.len();
    if let Some(findings) = findings {
        blocks.push(heading(1, APPENDIX.to_owned()));
        let numbered =
            (1..).zip(findings).map(|(number, finding)| format!("{number}. {}", finding.in_words()));
        numbered.for_each(|line| paragraphs(&line.replace('\n', " "), &mut blocks));
        if findings.is_empty() {
            paragraphs(NO_RESULT, &mut blocks);
        }
    }
    Composed { blocks, addressed: 0..0, signed }
}

/// The lines that a report is signed with, the last of its layout: the organ and the day of publishing, if that is known.
fn signature(report: &Report) -> Vec<String> {
    let Some(day) = Day::read(report.text(Field::Published)) else { return Vec::new() };
    let organ = report.agency().lines().map(str::to_owned);
    organ.chain([day.as_signed()]).collect()
}

fn heading(level: u8, text: String) -> Block {
    Block::Heading { level, text, at: String::new() }
}

fn paragraphs(text: &str, blocks: &mut Vec<Block>) {
    if !text.is_empty() {
        blocks.extend(
            text.split('\n').map(|line| Block::Paragraph { text: line.to_owned(), at: String::new() }),
        );
    }
}

/// One of the three tables with its numbers.
pub fn grid(table: &Table, report: &Report) -> Grid {
    let mut rows: Vec<Vec<GridCell>> = Vec::new();
    let width = table.blocks.iter().map(|block| depth(block.rows) + form::leaves(block.columns).len()).max();
    for block in table.blocks {
        match table.layout {
            Layout::Down => down(block, width.unwrap_or_default(), report, &mut rows),
            Layout::Across => across(block, report, &mut rows),
        }
    }
    Grid::new(rows.into_iter().map(|cells| GridRow { cells, at: String::new() }).collect())
}

/// A block with its row labels on the left and its column heads on top.
fn down(block: &form::Block, width: usize, report: &Report, rows: &mut Vec<Vec<GridCell>>) {
    let (labels, heads) = (depth(block.rows), depth(block.columns));
    let columns = form::leaves(block.columns);
    // The last column takes what the widest block has more: table 2 stacks its blocks on one grid.
    let spare = width - labels - columns.len();
    if !block.caption.is_empty() {
        rows.push(vec![GridCell::header(block.caption, 1, width)]);
    }
    let mut head = vec![Vec::new(); heads];
    head[0].push(GridCell::header(block.corner, heads, labels));
    column_heads(block.columns, 0, &mut head);
    if let Some(last) = head.iter_mut().rev().find_map(|row| row.last_mut().filter(|_| spare > 0)) {
        last.column_span += spare;
    }
    rows.extend(head);
    let mut body = Vec::new();
    row_labels(block.rows, labels, &mut body);
    for (mut cells, row) in body {
        for column in &columns {
            cells.push(content(report, Cell { row, column: column.key }));
        }
        if let Some(last) = cells.last_mut() {
            last.column_span += spare;
        }
        rows.push(cells);
    }
}

/// A block whose rows stand side by side, all numbers in one line.
fn across(block: &form::Block, report: &Report, rows: &mut Vec<Vec<GridCell>>) {
    let (tops, columns) = (depth(block.rows), form::leaves(block.columns));
    let mut head = vec![Vec::new(); tops];
    block_heads(block.rows, 0, columns.len(), &mut head);
    rows.extend(head);
    let each = form::leaves(block.rows);
    let labels = each.iter().flat_map(|_| columns.iter().map(|column| GridCell::header(column.label, 1, 1)));
    rows.push(labels.collect());
    let numbers =
        each.iter().flat_map(|row| columns.iter().map(|column| Cell { row: row.key, column: column.key }));
    rows.push(numbers.map(|cell| content(report, cell)).collect());
}

fn content(report: &Report, cell: Cell) -> GridCell {
    GridCell::new(report.get(cell).map(ToString::to_string).unwrap_or_default())
}

/// How many levels an axis has.
fn depth<K>(lines: &[Line<K>]) -> usize {
    let below = |line: &Line<K>| match line {
        Line::Group(_, lines) => 1 + depth(lines),
        Line::Leaf(..) | Line::Total(..) => 1,
    };
    lines.iter().map(below).max().unwrap_or_default()
}

/// How many leaves an axis has.
fn breadth<K>(lines: &[Line<K>]) -> usize {
    let leaves = |line: &Line<K>| match line {
        Line::Group(_, lines) => breadth(lines),
        Line::Leaf(..) | Line::Total(..) => 1,
    };
    lines.iter().map(leaves).sum()
}

/// The heads of columns: groups span what is under them, leaves go down to the numbers.
fn column_heads(lines: &[Line<Column>], level: usize, head: &mut [Vec<GridCell>]) {
    for line in lines {
        match line {
            Line::Leaf(_, label) | Line::Total(_, label) => {
                head[level].push(GridCell::header(*label, head.len() - level, 1));
            }
            Line::Group(label, lines) => {
                head[level].push(GridCell::header(*label, 1, breadth(lines)));
                column_heads(lines, level + 1, head);
            }
        }
    }
}

/// The heads of blocks that stand side by side, each over its own columns.
fn block_heads(lines: &[Line<Row>], level: usize, columns: usize, head: &mut [Vec<GridCell>]) {
    for line in lines {
        match line {
            Line::Leaf(_, label) | Line::Total(_, label) => {
                head[level].push(GridCell::header(*label, head.len() - level, columns));
            }
            Line::Group(label, lines) => {
                head[level].push(GridCell::header(*label, 1, breadth(lines) * columns));
                block_heads(lines, level + 1, columns, head);
            }
        }
    }
}

/// The labels of rows: groups span what is beside them, leaves go on to the numbers.
fn row_labels(lines: &[Line<Row>], levels: usize, body: &mut Vec<(Vec<GridCell>, Row)>) {
    for line in lines {
        match line {
            Line::Leaf(row, label) | Line::Total(row, label) => {
                body.push((vec![GridCell::header(*label, 1, levels)], *row));
            }
            Line::Group(label, lines) => {
                let first = body.len();
                row_labels(lines, levels - 1, body);
                body[first].0.insert(0, GridCell::header(*label, breadth(lines), 1));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Form;

    fn shape(section: Section, form: &'static Form) -> Vec<usize> {
        let report = Report::new(form);
        grid(form.table(section).unwrap(), &report).rectangle().iter().map(Vec::len).collect()
    }

    #[test]
    fn every_table_fills_the_rectangle_that_the_form_has() {
        for form in Form::all() {
            let requests = if form.decree.key == "2021" { 28 } else { 26 };
            assert_eq!(shape(Section::Requests, form), vec![10; requests]);
            assert_eq!(shape(Section::Disputes, form), vec![15; 4]);
            assert!(shape(Section::Proactive, form).iter().all(|&columns| columns == 4));
        }
    }

    #[test]
    fn merges_are_those_of_the_form() {
        let form = Form::current();
        let grid = grid(form.table(Section::Requests).unwrap(), &Report::new(form));
        let spans = |text: &str| {
            let cells = grid.rows.iter().flat_map(|row| &row.cells);
            cells
                .filter(|cell| cell.text == text)
                .map(|cell| (cell.row_span, cell.column_span))
                .collect::<Vec<_>>()
        };
        assert_eq!(spans("三、本年度办理结果"), [(22, 1)]);
        assert_eq!(spans("（三）不予公开"), [(8, 1)]);
        assert_eq!(spans("（一）予以公开"), [(1, 2)]);
        assert_eq!(spans("法人或其他组织"), [(1, 5)]);
        assert_eq!(spans("自然人"), [(2, 1)]);
        assert_eq!(spans("申请人情况"), [(1, 7)]);
        assert_eq!(spans(form.decree.tables[1].blocks[0].corner), [(3, 3)]);
    }
}
