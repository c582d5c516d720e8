//! A text of Word or WPS, as the parser gives it: paragraphs, lists, tables with spans, boxes and notes.

use office_oxide::DocumentIR;
use office_oxide::ir::{Element, ListItem, Table, TableCell, inline_to_text};

use super::Pages;
use crate::document::{Block, Grid, GridCell, GridRow};
use crate::import::ImportError;

/// How deep tables, boxes and lists are followed into each other.
const DEEPEST: usize = 8;
/// The most columns that a cell takes.
const WIDEST: u32 = 64;

/// Where the reading stands.
#[derive(Default)]
struct Place {
    paragraph: usize,
    table: usize,
    depth: usize,
}

/// Reads a text.
pub(super) fn read(text: &DocumentIR, pages: &mut Pages) -> Result<(), ImportError> {
    let mut place = Place::default();
    for section in &text.sections {
        elements(&section.elements, &mut place, pages)?;
    }
    if text.metadata.text_truncated {
        pages.remark("文件没有读全，请对照原文件核对。");
    }
    Ok(())
}

fn elements(elements: &[Element], place: &mut Place, pages: &mut Pages) -> Result<(), ImportError> {
    if place.depth > DEEPEST {
        pages.remark("文件里的表格或文本框套得太深，里面的没有读入，请核对。");
        return Ok(());
    }
    place.depth += 1;
    for element in elements {
        match element {
            Element::Heading(heading) => paragraph(&inline_to_text(&heading.content), place, pages)?,
            Element::Paragraph(words) => paragraph(&inline_to_text(&words.content), place, pages)?,
            Element::CodeBlock(code) => paragraph(&code.content, place, pages)?,
            Element::Table(table) => self::table(table, place, pages)?,
            Element::List(list) => {
                if list.ordered {
                    pages.remark("文件里有自动编号，编号没有读入，请对照原文件核对。");
                }
                items(&list.items, place, pages)?;
            }
            Element::TextBox(text) => self::elements(&text.content, place, pages)?,
            Element::Image(_) => {
                pages.remark("文件里有图片或嵌入的对象，里面的内容没有读入，请核对。");
            }
            Element::Footnote(_) | Element::Endnote(_) => {
                pages.remark("文件里有批注或脚注，没有读入，请核对。");
            }
            _ => {}
        }
    }
    place.depth -= 1;
    Ok(())
}

fn paragraph(text: &str, place: &mut Place, pages: &mut Pages) -> Result<(), ImportError> {
    if text.trim().is_empty() {
        return Ok(());
    }
    place.paragraph += 1;
    pages.text(text, &format!("第 {} 段", place.paragraph))
}

fn items(items: &[ListItem], place: &mut Place, pages: &mut Pages) -> Result<(), ImportError> {
    for item in items {
        elements(&item.content, place, pages)?;
        if let Some(nested) = item.nested.as_ref().filter(|_| place.depth <= DEEPEST) {
            place.depth += 1;
            self::items(&nested.items, place, pages)?;
            place.depth -= 1;
        }
    }
    Ok(())
}

/// Reads a table; tables in its cells stand behind it.
fn table(table: &Table, place: &mut Place, pages: &mut Pages) -> Result<(), ImportError> {
    place.table += 1;
    let mut grid = Grid::default();
    let mut inner = Vec::new();
    for (index, row) in table.rows.iter().enumerate() {
        let cells = row.cells.iter().map(|cell| read_cell(cell, table.rows.len() - index, &mut inner));
        let cells: Vec<GridCell> = cells.collect();
        pages.row(cells.iter().map(|cell| cell.column_span).sum())?;
        grid.rows.push(GridRow { cells, at: format!("表 {} 第 {} 行", place.table, index + 1) });
    }
    pages.document.blocks.push(Block::Grid(grid));
    inner.into_iter().try_for_each(|inner| elements(std::slice::from_ref(inner), place, pages))
}

fn read_cell<'t>(cell: &'t TableCell, rows: usize, inner: &mut Vec<&'t Element>) -> GridCell {
    let mut lines = Vec::new();
    for element in &cell.content {
        match element {
            Element::Heading(heading) => lines.push(inline_to_text(&heading.content)),
            Element::Paragraph(words) => lines.push(inline_to_text(&words.content)),
            Element::List(list) => {
                let contents = list.items.iter().flat_map(|item| &item.content);
                lines.extend(contents.filter_map(|element| match element {
                    Element::Paragraph(words) => Some(inline_to_text(&words.content)),
                    _ => None,
                }));
            }
            other => inner.push(other),
        }
    }
    GridCell {
        column_span: cell.col_span.clamp(1, WIDEST) as usize,
        row_span: (cell.row_span.max(1) as usize).min(rows),
        ..GridCell::new(lines.join("\n").trim())
    }
}
