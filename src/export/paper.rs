//! What the formats for paper and for pages share: where the cells of a table stand and how wide its columns are, what
//! in a paragraph is a heading, and which characters go out.
//!
//! Lengths are whole twentieths of a point, as Word counts them. It writes no format.

use std::fmt::Write as _;

use crate::document::{Grid, GridCell};
use crate::text::is_han;

/// The width of the text of an A4 page within the margins of GB/T 9704: 210 − 28 − 26 mm.
pub(super) const TEXT_WIDTH: usize = 8844;
/// The text of a table, in halves of a point: 五号.
pub(super) const TABLE_TEXT: usize = 21;
/// The smallest text that a long number is set in, in halves of a point.
const SMALLEST_TEXT: usize = 11;
/// The blank at the left and the right edge of a cell.
pub(super) const CELL_EDGE: usize = 20;
/// A column of labels that holds a group: three characters in a line.
const GROUP_WIDTH: usize = 672;
/// The column of the labels beside the numbers: thirteen characters, so that few labels of table 3 take two lines and all
/// of it stands on one page.
const LABEL_WIDTH: usize = 2775;
/// The longest heading of the second level, in characters.
const LONGEST_HEAD: usize = 40;

/// A place of a row that a cell takes: where the cell begins, or where it goes on from a row above.
#[derive(Clone, Copy)]
pub(super) struct Slot<'g> {
    pub(super) cell: &'g GridCell,
    /// The first column that it takes.
    pub(super) column: usize,
    /// Whether the cell begins in this row.
    pub(super) begins: bool,
}

impl Slot<'_> {
    /// The columns that it takes.
    pub(super) const fn columns(&self) -> std::ops::Range<usize> {
        self.column..self.column + self.cell.column_span
    }
}

/// The rows of a table with a slot for every cell that takes part in them, left to right.
pub(super) fn rows(grid: &Grid) -> Vec<Vec<Slot<'_>>> {
    // What goes on into the next row, by column, with the rows that it has left.
    let mut open: Vec<(Slot<'_>, usize)> = Vec::new();
    let mut rows = Vec::with_capacity(grid.rows.len());
    for row in &grid.rows {
        let mut slots: Vec<Slot<'_>> = open.iter().map(|(slot, _)| Slot { begins: false, ..*slot }).collect();
        let mut column = 0;
        for cell in &row.cells {
            while let Some((above, _)) = open.iter().find(|(above, _)| above.columns().contains(&column)) {
                column = above.columns().end;
            }
            slots.push(Slot { cell, column, begins: true });
            column += cell.column_span;
        }
        slots.sort_by_key(|slot| slot.column);
        open.retain_mut(|(_, left)| {
            *left -= 1;
            *left > 0
        });
        let opened = slots.iter().filter(|slot| slot.begins && slot.cell.row_span > 1);
        open.extend(opened.map(|slot| (*slot, slot.cell.row_span - 1)));
        rows.push(slots);
    }
    rows
}

/// A title that takes two rows with its break after the year, so that the organ and the year make one row and what they
/// report, and what is said of it, the other; `rows` says how many rows a text takes.
pub(super) fn broken_title(title: &str, rows: impl Fn(&str) -> usize) -> String {
    const WORKS: [&str; 2] = ["政府信息公开工作年度报告", "政府信息公开工作年度报告的审核意见"];
    let broken = WORKS.iter().find_map(|work| {
        let before = title.strip_suffix(work).filter(|before| before.ends_with('年'))?;
        Some(format!("{before}\n{work}"))
    });
    broken.filter(|broken| rows(title) == 2 && rows(broken) == 2).unwrap_or_else(|| title.to_owned())
}

/// Whether a row is of headings only.
pub(super) fn is_head(row: &[Slot<'_>]) -> bool {
    row.iter().all(|slot| slot.cell.is_header)
}

/// How many rows stand again at the top of every page: the headings that the table begins with, if they are of all of it.
pub(super) fn repeated(rows: &[Vec<Slot<'_>>]) -> usize {
    let heads = rows.iter().take_while(|row| is_head(row)).count();
    if rows[heads..].iter().any(|row| is_head(row)) { 0 } else { heads }
}

/// How many columns on the left hold labels only.
pub(super) fn label_columns(rows: &[Vec<Slot<'_>>]) -> usize {
    let contents = rows.iter().flatten().filter(|slot| !slot.cell.is_header);
    contents.map(|slot| slot.column).min().unwrap_or_default()
}

/// Whether a cell is set flush left rather than centred: a label of a table that has several columns of them, and a
/// caption over a block of rows.
pub(super) fn is_flush(slot: &Slot<'_>, row: &[Slot<'_>], labels: usize) -> bool {
    let is_label = labels > 1 && slot.column < labels && slot.cell.row_span == 1;
    is_label && !is_head(row) || is_head(row) && row.len() == 1
}

/// The widths of the columns of a table, which fill the page together.
pub(super) fn widths(rows: &[Vec<Slot<'_>>]) -> Vec<usize> {
    let count = rows.iter().flatten().map(|slot| slot.columns().end).max().unwrap_or_default();
    let mut widths = match label_columns(rows) {
        0 => Vec::new(),
        labels => [vec![GROUP_WIDTH; labels - 1], vec![LABEL_WIDTH]].concat(),
    };
    let (left, columns) = (TEXT_WIDTH - widths.iter().sum::<usize>(), count - widths.len());
    // What cannot be shared evenly goes to the first columns, a twentieth of a point each.
    widths.extend((0..columns).map(|column| left / columns + usize::from(column < left % columns)));
    widths
}

/// The size of the text of a cell that is so wide, in halves of a point: a number that would be broken is set smaller.
pub(super) fn text_size(cell: &GridCell, width: usize) -> usize {
    let is_number = !cell.text.is_empty() && cell.text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let room = width.saturating_sub(2 * CELL_EDGE);
    // A digit of 宋体 is half as wide as it is high, one of the fonts that stand in for it two thirds.
    let fitting = 3 * room / (20 * cell.text.len().max(1));
    if is_number { fitting.clamp(SMALLEST_TEXT, TABLE_TEXT) } else { TABLE_TEXT }
}

/// The blank at the left and the right edge of a cell that is so wide. A heading that is centred and takes several lines is
/// given so much that these are about equally long: 商业/企业, not 商业企/业. In its text no line is broken, so that it is
/// found as it is.
pub(super) fn edge(cell: &GridCell, width: usize, is_flush: bool) -> usize {
    const CHARACTER: usize = 10 * TABLE_TEXT;
    let (count, most) = (cell.text.chars().count(), width.saturating_sub(2 * CELL_EDGE) / CHARACTER);
    if is_flush || !cell.is_header || count <= most || most == 0 || !cell.text.chars().all(is_han) {
        return CELL_EDGE;
    }
    let even = count.div_ceil(count.div_ceil(most));
    // Half a character more: no program makes it one less for a hair's breadth.
    let room = even * CHARACTER + CHARACTER / 2;
    if even == most { CELL_EDGE } else { (width - room) / 2 }
}

/// The heading of the second level that a paragraph begins with (`（一）主动公开。`), which may be all of it.
pub(super) fn split_head(text: &str) -> (&str, &str) {
    let is_numbered =
        text.strip_prefix('（').and_then(|rest| rest.split_once('）')).is_some_and(|(numeral, _)| {
            !numeral.is_empty() && numeral.chars().all(|c| "一二三四五六七八九十".contains(c))
        });
    let end = text.find('。').map_or(text.len(), |at| at + '。'.len_utf8());
    let is_head = is_numbered && text[..end].chars().count() <= LONGEST_HEAD;
    text.split_at(if is_head { end } else { 0 })
}

/// A text as it goes out: what no XML can hold, and what no reader shows but obeys, becomes a visible mark.
pub(super) fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() && !matches!(c, '\n' | '\t') || (c as u32) & 0xfffe == 0xfffe {
            // Writing to a string cannot fail.
            let _ = write!(out, "[U+{:04X}]", c as u32);
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::compose::grid;
    use crate::form::Form;
    use crate::report::Report;

    #[test]
    fn every_row_of_a_table_is_filled_and_as_wide_as_the_page() {
        for form in Form::all() {
            for table in form.decree.tables {
                let grid = grid(table, &Report::new(form));
                let rows = rows(&grid);
                let widths = widths(&rows);
                assert_eq!(widths.iter().sum::<usize>(), TEXT_WIDTH);
                for row in &rows {
                    let columns: Vec<usize> = row.iter().flat_map(Slot::columns).collect();
                    assert_eq!(columns, (0..widths.len()).collect::<Vec<_>>());
                }
                let begun = rows.iter().flatten().filter(|slot| slot.begins).count();
                assert_eq!(begun, grid.rows.iter().map(|row| row.cells.len()).sum::<usize>());
            }
        }
    }

    #[test]
    fn heads_are_repeated_where_they_are_of_the_whole_table() {
        let form = Form::current();
        let heads = form.decree.tables.iter().map(|table| repeated(&rows(&grid(table, &Report::new(form)))));
        assert_eq!(heads.collect::<Vec<_>>(), [0, 3, 3]);
    }

    #[test]
    fn a_number_is_set_so_that_it_is_not_broken() {
        let size = |text: &str| text_size(&GridCell::new(text), 675);
        assert_eq!(
            ["0", "1234", "123456", "999999999999", "约一千二百件左右"].map(size),
            [21, 21, 15, 11, 21]
        );
    }

    #[test]
    fn a_heading_is_broken_into_lines_of_one_length() {
        let in_a_line = |text: &str, width: usize| {
            let head = GridCell { is_header: true, ..GridCell::new(text) };
            (width - 2 * edge(&head, width, false)) / (10 * TABLE_TEXT)
        };
        let heads = ["自然人", "商业企业", "社会公益组织", "其他行政机关"];
        assert_eq!(heads.map(|head| in_a_line(head, 675)), [3, 2, 3, 3]);
        assert_eq!(in_a_line("（三）不予公开", 675), 3, "its marks have rules of their own");
        assert_eq!(edge(&GridCell::new("商业企业"), 675, false), CELL_EDGE, "no heading");
        let head = GridCell { is_header: true, ..GridCell::new("商业企业") };
        assert_eq!(edge(&head, 675, true), CELL_EDGE, "set flush left");
    }

    #[test]
    fn a_heading_of_the_second_level_ends_with_its_sentence() {
        for (text, head) in [
            ("（一）主动公开", "（一）主动公开"),
            ("（十二）平台建设。维护专栏。", "（十二）平台建设。"),
            ("（试行）办法。", ""),
            ("（）办法。", ""),
            ("全年公开 3 条。", ""),
            (&format!("（一）{}", "公开".repeat(30)), ""),
        ] {
            assert_eq!(split_head(text), (head, &text[head.len()..]));
        }
    }

    #[test]
    fn what_a_file_cannot_hold_is_seen() {
        assert_eq!(
            printable("甲\u{0}\u{1b}[m乙\u{ffff}\u{85}\t丙\n"),
            "甲[U+0000][U+001B][m乙[U+FFFF][U+0085]\t丙\n"
        );
        assert_eq!(printable("“三安全一稳定”\u{200d}🀄"), "“三安全一稳定”\u{200d}🀄");
    }
}
