//! A workbook of Excel or WPS, as the parser gives it: rows that hold one text are prose, the others tables.
//!
//! Formula cells are read by the value that was saved with them.

use std::collections::{BTreeMap, BTreeSet};

use office_oxide::ir::SheetKind;
use office_oxide::xls::{CellValue, Sheet, XlsDocument};

use super::Pages;
use crate::day::Day;
use crate::document::{Block, Grid, GridCell, GridRow};
use crate::import::ImportError;

/// The most merged ranges of a sheet.
const MOST_MERGES: usize = 5_000;

/// A merged range: its rows and columns.
type Merge = (usize, usize, usize, usize);

/// Reads the sheets that can be seen.
pub(super) fn read(workbook: &XlsDocument, pages: &mut Pages) -> Result<(), ImportError> {
    for sheet in &workbook.sheets {
        match () {
            () if sheet.rows.is_empty() => {}
            () if sheet.hidden => pages.remark("工作簿里有隐藏的工作表，没有读入，请核对。"),
            () if sheet.kind == SheetKind::Worksheet => read_sheet(sheet, pages)?,
            () => {}
        }
        if !sheet.comments.is_empty() {
            pages.remark("文件里有批注或脚注，没有读入，请核对。");
        }
    }
    if !workbook.images().is_empty() {
        pages.remark("文件里有图片或嵌入的对象，里面的内容没有读入，请核对。");
    }
    if workbook.truncated() {
        pages.remark("文件没有读全，请对照原文件核对。");
    }
    Ok(())
}

fn read_sheet(sheet: &Sheet, pages: &mut Pages) -> Result<(), ImportError> {
    if sheet.merged_cells.len() > MOST_MERGES {
        return Err(ImportError::TooMuch("合并的单元格", MOST_MERGES, "处"));
    }
    let merges = merges(sheet);
    let mut rows: Vec<Row> = Vec::new();
    // The merged ranges that the row stands in.
    let mut open: Vec<Merge> = Vec::new();
    for (row, values) in sheet.rows.iter().enumerate() {
        open.retain(|merge| merge.1 >= row);
        let is_below = !open.is_empty();
        open.extend(merges.get(&row).into_iter().flatten());
        let at = format!("工作表“{}”第 {} 行", sheet.name, row + 1);
        let columns = 0..values.len();
        let written: Vec<usize> =
            columns.filter(|&column| !text(sheet, row, column).trim().is_empty()).collect();
        if let (false, [] | [_]) = (is_below, &written[..]) {
            flush(&mut rows, pages);
            for &column in &written {
                pages.text(&text(sheet, row, column), &at)?;
            }
            continue;
        }
        let cells = cells(sheet, row, &open);
        pages.row(cells.len())?;
        rows.push((cells, at));
    }
    flush(&mut rows, pages);
    Ok(())
}

/// The cells that begin in a row, each with its column, and where the row stands.
type Row = (Vec<(usize, GridCell)>, String);

/// Ends a table. Its columns are those in which something begins; merges that go on below it end with it.
fn flush(rows: &mut Vec<Row>, pages: &mut Pages) {
    let begins = |(_, cell): &&(usize, GridCell)| cell.column_span > 1 || !cell.text.is_empty();
    let cells = rows.iter().flat_map(|(cells, _)| cells);
    let columns: BTreeSet<usize> = cells.filter(begins).map(|(column, _)| *column).collect();
    let count = rows.len();
    let mut grid = Grid::default();
    for (index, (cells, at)) in std::mem::take(rows).into_iter().enumerate() {
        let cells = cells.into_iter().filter(|(column, _)| columns.contains(column));
        let cells = cells.map(|(column, cell)| GridCell {
            column_span: columns.range(column..column + cell.column_span).count(),
            row_span: cell.row_span.min(count - index),
            ..cell
        });
        grid.rows.push(GridRow { cells: cells.collect(), at });
    }
    if count > 0 {
        pages.document.blocks.push(Block::Grid(grid));
    }
}

/// The cells that begin in a row, each with its column.
fn cells(sheet: &Sheet, row: usize, open: &[Merge]) -> Vec<(usize, GridCell)> {
    let width = sheet.rows.get(row).map_or(0, Vec::len);
    let ends = open.iter().map(|merge| merge.3 + 1).chain([width]).max().unwrap_or_default();
    let mut cells = Vec::new();
    let mut column = 0;
    while column < ends {
        let merge = open.iter().find(|merge| (merge.2..=merge.3).contains(&column));
        let (rows, columns) = merge.map_or((1, 1), |merge| (merge.1 - merge.0 + 1, merge.3 + 1 - column));
        if merge.is_none_or(|merge| merge.0 == row) {
            let text = text(sheet, row, column);
            let cell = GridCell { row_span: rows, column_span: columns, ..GridCell::new(text.trim()) };
            cells.push((column, cell));
        }
        column += columns;
    }
    cells
}

/// The merged ranges by the row that they begin in, kept to what the sheet has.
fn merges(sheet: &Sheet) -> BTreeMap<usize, Vec<Merge>> {
    let width = sheet.rows.iter().map(Vec::len).max().unwrap_or_default();
    let mut merges: BTreeMap<usize, Vec<Merge>> = BTreeMap::new();
    for &(top, bottom, left, right) in &sheet.merged_cells {
        let (top, left) = (usize::from(top), usize::from(left));
        let bottom = usize::from(bottom).min(sheet.rows.len().saturating_sub(1));
        let right = usize::from(right).min(width.saturating_sub(1));
        if top <= bottom && left <= right {
            merges.entry(top).or_default().push((top, bottom, left, right));
        }
    }
    merges
}

/// What stands in a cell: a number as it is, not as it is shown; a day as a day.
fn text(sheet: &Sheet, row: usize, column: usize) -> String {
    let Some(value) = sheet.rows.get(row).and_then(|row| row.get(column)) else { return String::new() };
    let shown = sheet.display_text(row, column).filter(|_| matches!(value, CellValue::Number(_)));
    match shown.filter(|shown| Day::read(shown).is_some()) {
        Some(day) => day.into_owned(),
        None => value.as_text(),
    }
}
