//! A sheet as blocks: its rows of several cells as tables, what stands in a row alone as paragraphs.
//!
//! The rows and columns of a table are those in which something begins; what only fills space between them, or lies under
//! a merged cell, is not there.

use std::collections::{BTreeMap, BTreeSet};

use super::super::ImportError;
use super::sheet::{Range, Row, Sheet, letters};
use crate::document::{Block, Grid, GridCell, GridRow};

/// The most cells of the tables of a workbook, blank ones too.
const MOST_CELLS: usize = 100_000;

/// The most rows that all merges together take.
const MOST_MERGED: usize = 500_000;

/// A text of so many characters that has a full stop is prose, even beside another.
const PROSE: usize = 40;

/// A caption within a table has no more characters than this.
const CAPTION: usize = 30;

/// Makes blocks of a sheet, except for what stands in some ranges; `place` says where a row stands. `cells` is how many
/// the tables have so far.
pub(super) fn blocks(
    mut sheet: Sheet,
    except: &[Range],
    cells: &mut usize,
    place: impl Fn(usize) -> String,
) -> Result<Vec<Block>, ImportError> {
    for (&number, row) in &mut sheet.rows {
        let is_left_out = |column: &usize| except.iter().any(|range| range.has((number, *column)));
        row.texts.retain(|column, _| !is_left_out(column));
        row.framed.retain(|column| !is_left_out(column));
    }
    let merges = merges(&mut sheet)?;
    let (mut blocks, mut table) = (Vec::new(), Vec::new());
    let mut leads_to_table = false;
    for (&number, row) in &sheet.rows {
        let may_be_caption = leads_to_table || !table.is_empty();
        if !is_prose(number, row, &merges) || may_be_caption && is_caption(number, row, &merges) {
            table.push(number);
            continue;
        }
        leads_to_table = row.texts.values().next().is_some_and(|text| super::names_a_section(text));
        blocks.extend(grid(&std::mem::take(&mut table), &sheet, &merges, cells, &place)?);
        for line in row.texts.values().flat_map(|text| text.lines()) {
            let text = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').to_owned();
            if !text.is_empty() {
                blocks.push(Block::Paragraph { text, at: place(number) });
            }
        }
    }
    blocks.extend(grid(&table, &sheet, &merges, cells, &place)?);
    Ok(blocks)
}

/// The merges over each row that has something in it.
type Merges = BTreeMap<usize, Vec<Merge>>;

/// A merge, with how many of the rows that are there it takes.
#[derive(Clone, Copy)]
struct Merge {
    range: Range,
    rows: usize,
}

/// Sorts the merges by row, and forgets what lies under them, and the rows that have nothing else.
fn merges(sheet: &mut Sheet) -> Result<Merges, ImportError> {
    let mut taken = 0;
    for range in &sheet.merges {
        for (number, row) in sheet.rows.range_mut(range.from.0..=range.to.0) {
            taken += 1;
            let is_under = |column: usize| range.has((*number, column)) && (*number, column) != range.from;
            row.texts.retain(|column, _| !is_under(*column));
        }
        if taken > MOST_MERGED {
            return Err(ImportError::TooMuch("合并的单元格", MOST_MERGED, "行"));
        }
    }
    sheet.rows.retain(|_, row| !row.texts.is_empty());
    let mut merges = Merges::new();
    for range in &sheet.merges {
        let rows: Vec<usize> =
            sheet.rows.range(range.from.0..=range.to.0).map(|(number, _)| *number).collect();
        for number in &rows {
            merges.entry(*number).or_default().push(Merge { range: *range, rows: rows.len() });
        }
    }
    Ok(merges)
}

fn over(merges: &Merges, row: usize, column: usize) -> Option<Merge> {
    merges.get(&row)?.iter().find(|merge| merge.range.has((row, column))).copied()
}

/// Whether a place lies under a merged cell that begins elsewhere.
fn is_covered(merges: &Merges, row: usize, column: usize) -> bool {
    over(merges, row, column).is_some_and(|merge| merge.range.from != (row, column))
}

/// Whether a row is no row of a table: what stands in it alone, with no frames of blank cells beside it and no merged
/// cell that ties it to others; or one or two texts of which the last is long prose.
fn is_prose(number: usize, row: &Row, merges: &Merges) -> bool {
    let is_tied = merges.get(&number).is_some_and(|merges| merges.iter().any(|merge| merge.rows > 1));
    let is_long = |text: &String| text.contains('。') && text.chars().nth(PROSE).is_some();
    if is_tied || row.texts.len() > 2 {
        return false;
    }
    let frames = row.framed.iter().filter(|column| !is_covered(merges, number, **column));
    row.texts.values().next_back().is_some_and(is_long) || row.texts.len() == 1 && frames.count() < 2
}

/// Whether a text that stands alone in its row heads a part of a table: framed, merged over other columns, and short.
fn is_caption(number: usize, row: &Row, merges: &Merges) -> bool {
    let Some((column, text)) = row.texts.first_key_value() else { return false };
    let is_wide = over(merges, number, *column).is_some_and(|merge| merge.range.to.1 > merge.range.from.1);
    let is_short = text.chars().nth(CAPTION).is_none() && !text.contains(['。', '\n']);
    row.framed.contains(column) && is_wide && is_short && !super::names_a_section(text)
}

/// The columns in which something of some rows begins: tables that stand over each other need not share theirs.
fn columns(rows: &[usize], sheet: &Sheet, merges: &Merges) -> Vec<usize> {
    let columns: BTreeSet<usize> = rows
        .iter()
        .filter_map(|number| Some((number, sheet.rows.get(number)?)))
        .flat_map(|(number, row)| {
            let begins = |column: &usize| !is_covered(merges, *number, *column);
            row.texts.keys().chain(&row.framed).copied().filter(begins).collect::<Vec<_>>()
        })
        .collect();
    columns.into_iter().collect()
}

/// The table that some rows are; nothing if there are none.
fn grid(
    rows: &[usize],
    sheet: &Sheet,
    merges: &Merges,
    cells: &mut usize,
    place: &impl Fn(usize) -> String,
) -> Result<Option<Block>, ImportError> {
    let (Some(&top), Some(&bottom)) = (rows.first(), rows.last()) else { return Ok(None) };
    let columns = columns(rows, sheet, merges);
    let used = || rows.iter().filter_map(|row| sheet.rows.get(row)).flat_map(|row| row.texts.keys());
    let (left, right) = (used().min().copied().unwrap_or(1), used().max().copied().unwrap_or(1));
    // The merged cell that reaches furthest, as a caption does.
    let reach = rows.iter().flat_map(|row| merges.get(row).into_iter().flatten());
    let reach = reach.map(|merge| merge.range).filter(|range| range.from.1 <= right).map(|range| range.to.1);
    let right = right.max(reach.max().unwrap_or(right));
    let columns: Vec<usize> =
        columns.iter().copied().filter(|column| (left..=right).contains(column)).collect();
    *cells += rows.len() * columns.len();
    if *cells > MOST_CELLS {
        return Err(ImportError::TooMuch("表格", MOST_CELLS, "格"));
    }
    let among = |list: &[usize], from: usize, to: usize| {
        let after = list.partition_point(|at| *at <= to);
        after - list.partition_point(|at| *at < from)
    };
    let row = |number: usize| {
        let mut cells: Vec<GridCell> = Vec::new();
        for &column in &columns {
            let text = sheet.rows.get(&number).and_then(|row| row.texts.get(&column));
            let mut cell = GridCell::new(text.cloned().unwrap_or_default());
            if let Some(Merge { range, .. }) = over(merges, number, column) {
                // The first of its rows and columns that is in this table is where it begins.
                let begins_here = among(rows, range.from.0, number) == 1;
                let begins_at_this = among(&columns, range.from.1, column) == 1;
                if !begins_here || !begins_at_this {
                    continue;
                }
                cell.row_span = among(rows, range.from.0.max(top), range.to.0.min(bottom)).max(1);
                cell.column_span = among(&columns, range.from.1, range.to.1).max(1);
            }
            cells.push(cell);
        }
        GridRow { cells, at: place(number) }
    };
    Ok(Some(Block::Grid(Grid {
        rows: rows.iter().map(|number| row(*number)).collect(),
        columns: columns.iter().map(|column| letters(*column)).collect(),
    })))
}
