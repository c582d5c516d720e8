//! The tables of a Word document: fixed columns, merged cells, borders, heads that are repeated.

use std::io;

use super::{Xml, empty, run, value, within};
use crate::document::Grid;
use crate::export::paper::{self, Slot};

/// The lines around and between the cells.
const BORDERS: [&str; 6] = ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"];

/// Writes a table.
pub(super) fn write(xml: &mut Xml, grid: &Grid) -> io::Result<()> {
    let rows = paper::rows(grid);
    let (widths, labels) = (paper::widths(&rows), paper::label_columns(&rows));
    let repeated = paper::repeated(&rows);
    within(xml, "w:tbl", |xml| {
        within(xml, "w:tblPr", properties)?;
        within(xml, "w:tblGrid", |xml| {
            widths
                .iter()
                .try_for_each(|width| empty(xml, "w:gridCol", &[("w:w", width.to_string().as_str())]))
        })?;
        for (index, slots) in rows.iter().enumerate() {
            within(xml, "w:tr", |xml| {
                within(xml, "w:trPr", |xml| {
                    empty(xml, "w:cantSplit", &[])?;
                    empty(xml, "w:trHeight", &[("w:val", "340"), ("w:hRule", "atLeast")])?;
                    if index < repeated { empty(xml, "w:tblHeader", &[]) } else { Ok(()) }
                })?;
                // A table stays on one page if it can, its head with its rows if it cannot.
                let keeps = index + 1 < rows.len();
                slots.iter().try_for_each(|slot| {
                    cell(xml, slot, &widths, keeps, paper::is_flush(slot, slots, labels))
                })
            })?;
        }
        Ok(())
    })
}

fn properties(xml: &mut Xml) -> io::Result<()> {
    let width = paper::TEXT_WIDTH.to_string();
    empty(xml, "w:tblW", &[("w:w", &width), ("w:type", "dxa")])?;
    value(xml, "w:jc", "center")?;
    within(xml, "w:tblBorders", |xml| {
        let line = [("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", "auto")];
        BORDERS.iter().try_for_each(|side| empty(xml, side, &line))
    })?;
    // Every program keeps to the widths that are written, whatever stands in the cells.
    empty(xml, "w:tblLayout", &[("w:type", "fixed")])?;
    within(xml, "w:tblCellMar", |xml| sides(xml, paper::CELL_EDGE))
}

/// The blank at both sides of a cell.
fn sides(xml: &mut Xml, edge: usize) -> io::Result<()> {
    let edge = edge.to_string();
    let side = |side| empty(&mut *xml, side, &[("w:w", edge.as_str()), ("w:type", "dxa")]);
    ["w:left", "w:right"].into_iter().try_for_each(side)
}

/// A cell, or the place of one that goes on from the row above.
fn cell(xml: &mut Xml, slot: &Slot<'_>, widths: &[usize], keeps: bool, is_flush: bool) -> io::Result<()> {
    let width = widths[slot.columns()].iter().sum::<usize>();
    let text = if slot.begins { slot.cell.text.as_str() } else { "" };
    within(xml, "w:tc", |xml| {
        within(xml, "w:tcPr", |xml| {
            empty(xml, "w:tcW", &[("w:w", width.to_string().as_str()), ("w:type", "dxa")])?;
            if slot.cell.column_span > 1 {
                value(xml, "w:gridSpan", &slot.cell.column_span.to_string())?;
            }
            if slot.cell.row_span > 1 {
                value(xml, "w:vMerge", if slot.begins { "restart" } else { "continue" })?;
            }
            let edge = paper::edge(slot.cell, width, is_flush);
            if edge != paper::CELL_EDGE {
                within(xml, "w:tcMar", |xml| sides(xml, edge))?;
            }
            value(xml, "w:vAlign", "center")
        })?;
        within(xml, "w:p", |xml| {
            within(xml, "w:pPr", |xml| {
                value(xml, "w:pStyle", "TableText")?;
                if keeps {
                    empty(xml, "w:keepNext", &[])?;
                }
                value(xml, "w:jc", if is_flush { "left" } else { "center" })
            })?;
            match paper::text_size(slot.cell, width) {
                paper::TABLE_TEXT => run(xml, text, &[]),
                smaller => {
                    let smaller = smaller.to_string();
                    run(xml, text, &[("w:sz", &smaller), ("w:szCs", &smaller)])
                }
            }
        })
    })
}
