//! A workbook of Excel or WPS, as the parser gives it: rows that hold one text are prose, the others tables.
//!
//! Formula cells are read by the value that was saved with them.

use std::collections::{BTreeMap, BTreeSet};

use office_oxide::ir::SheetKind;
use office_oxide::xls::{CellValue, Sheet, XlsDocument};

use super::Pages;
use super::records::Records;
use crate::document::{Block, Grid, GridCell, GridRow};
use crate::import::ImportError;
use crate::import::workbook::{Met, letters, remark, shown};

/// The most merged ranges of a sheet.
const MOST_MERGES: usize = 5_000;

/// A merged range: its rows and columns.
type Merge = (usize, usize, usize, usize);

/// Reads the sheets that can be seen.
pub(super) fn read(workbook: &XlsDocument, records: &Records, pages: &mut Pages) -> Result<(), ImportError> {
    for sheet in &workbook.sheets {
        match () {
            () if sheet.rows.is_empty() => {}
            () if sheet.hidden => pages.remark("工作簿里有隐藏的工作表，没有读入，请核对。"),
            () if sheet.kind == SheetKind::Worksheet => read_sheet(sheet, records, pages)?,
            () => {}
        }
        if !sheet.comments.is_empty() {
            pages.remark("文件里有批注或脚注，没有读入，请核对。");
        }
    }
    if records.has_hidden {
        pages.remark("工作簿里有隐藏的行或列，也读入了，请核对。");
    }
    if !workbook.images().is_empty() {
        pages.remark("文件里有图片或嵌入的对象，里面的内容没有读入，请核对。");
    }
    if workbook.truncated() {
        pages.remark("文件没有读全，请对照原文件核对。");
    }
    Ok(())
}

fn read_sheet(sheet: &Sheet, records: &Records, pages: &mut Pages) -> Result<(), ImportError> {
    if sheet.merged_cells.len() > MOST_MERGES {
        return Err(ImportError::TooMuch("合并的单元格", MOST_MERGES, "处"));
    }
    let merges = merges(sheet);
    let mut rows: Vec<Row> = Vec::new();
    // The merged ranges that the row stands in.
    let mut open: Vec<Merge> = Vec::new();
    let mut met = BTreeMap::new();
    for row in 0..sheet.rows.len() {
        open.retain(|merge| merge.1 >= row);
        let is_below = !open.is_empty();
        open.extend(merges.get(&row).into_iter().flatten());
        let at = format!("工作表“{}”第 {} 行", sheet.name, row + 1);
        let texts = texts(sheet, row, records, &mut met);
        let written: Vec<&String> = texts.iter().filter(|text| !text.trim().is_empty()).collect();
        if let (false, [] | [_]) = (is_below, &written[..]) {
            flush(&mut rows, pages);
            for text in written {
                pages.text(text, &at)?;
            }
            continue;
        }
        let cells = cells(&texts, row, &open);
        pages.row(cells.len())?;
        rows.push((cells, at));
    }
    flush(&mut rows, pages);
    remark(&met, &sheet.name, &mut pages.document.remarks);
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
fn cells(texts: &[String], row: usize, open: &[Merge]) -> Vec<(usize, GridCell)> {
    let ends = open.iter().map(|merge| merge.3 + 1).chain([texts.len()]).max().unwrap_or_default();
    let mut cells = Vec::new();
    let mut column = 0;
    while column < ends {
        let merge = open.iter().find(|merge| (merge.2..=merge.3).contains(&column));
        let (rows, columns) = merge.map_or((1, 1), |merge| (merge.1 - merge.0 + 1, merge.3 + 1 - column));
        if merge.is_none_or(|merge| merge.0 == row) {
            let text = texts.get(column).map_or("", |text| text.trim());
            let cell = GridCell { row_span: rows, column_span: columns, ..GridCell::new(text) };
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

/// The texts of a row: what is shown in its cells. What is not as it is shown is remembered.
fn texts(
    sheet: &Sheet,
    row: usize,
    records: &Records,
    met: &mut BTreeMap<Met, (usize, String)>,
) -> Vec<String> {
    let styles = sheet.xf.get(row);
    let values = sheet.rows.get(row).into_iter().flatten().enumerate();
    let text = |(column, value): (usize, &CellValue)| {
        let style = styles.and_then(|styles| styles.get(column)).copied().unwrap_or_default();
        let (text, kind) = match value {
            CellValue::Number(_) => {
                let shown = shown(&value.as_text(), &records.format(style), records.is_from_1904);
                let kind = if shown.text.is_empty() { Met::NotShown } else { Met::Differs };
                (shown.text, shown.differs.then_some(kind))
            }
            CellValue::Bool(_) => (value.as_text(), Some(Met::Truth)),
            CellValue::Error(_) => (value.as_text(), Some(Met::Error)),
            CellValue::Empty | CellValue::String(_) => (value.as_text(), None),
        };
        if let Some(kind) = kind {
            let place = || (0, format!("{}{}", letters(column + 1), row + 1));
            met.entry(kind).or_insert_with(place).0 += 1;
        }
        text
    };
    values.map(text).collect()
}
