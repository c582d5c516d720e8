//! A text of Word or WPS, as the parser gives it: paragraphs, lists, tables with spans, boxes and notes.

use office_oxide::DocumentIR;
use office_oxide::ir::{Element, InlineContent, List, ListItem, Table, TableCell, VerticalAlign};

use super::Pages;
use crate::document::{Block, Grid, GridCell, GridRow};
use crate::import::ImportError;
use crate::import::raised::Raised;
use crate::import::remarks::STRUCK;

/// How deep tables, boxes and lists are followed into each other.
const DEEPEST: usize = 8;
/// The most columns that a cell takes.
const WIDEST: u32 = 64;

/// What is said where it goes deeper.
const TOO_DEEP: &str = "文件里的表格、列表或文本框套得太深，里面的没有读入，请核对。";

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
        pages.remark(TOO_DEEP);
        return Ok(());
    }
    place.depth += 1;
    for element in elements {
        match element {
            Element::Heading(heading) => {
                let text = written(&heading.content, pages);
                paragraph(&text, place, pages)?;
            }
            Element::Paragraph(words) => {
                let text = written(&words.content, pages);
                paragraph(&text, place, pages)?;
            }
            Element::CodeBlock(code) => paragraph(&code.content, place, pages)?,
            Element::Table(table) => self::table(table, place, pages)?,
            Element::List(list) => {
                number(list, pages);
                items(&list.items, place, pages)?;
            }
            Element::TextBox(text) => self::elements(&text.content, place, pages)?,
            Element::Image(_) => {
                pages.remark("文件里有图片或嵌入的对象，里面的内容没有读入，请核对。");
            }
            Element::Footnote(_) | Element::Endnote(_) => {
                pages.remark("文件里有批注或脚注，没有读入，请核对。");
            }
            Element::Shape(_) | Element::ThematicBreak | Element::PageBreak | Element::ColumnBreak => {}
            _ => pages.remark("文件里有本版本不认识的内容，没有读入，请对照原文件核对。"),
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
        let Some(nested) = &item.nested else { continue };
        if place.depth > DEEPEST {
            pages.remark(TOO_DEEP);
            continue;
        }
        number(nested, pages);
        place.depth += 1;
        self::items(&nested.items, place, pages)?;
        place.depth -= 1;
    }
    Ok(())
}

/// Reads a table; tables in its cells stand behind it.
fn table(table: &Table, place: &mut Place, pages: &mut Pages) -> Result<(), ImportError> {
    place.table += 1;
    let mut grid = Grid::default();
    let mut inner = Vec::new();
    for (index, row) in table.rows.iter().enumerate() {
        let mut cells = Vec::with_capacity(row.cells.len());
        for cell in &row.cells {
            cells.push(read_cell(cell, table.rows.len() - index, &mut inner, pages));
        }
        pages.row(cells.iter().map(|cell| cell.column_span).sum())?;
        grid.rows.push(GridRow { cells, at: format!("表 {} 第 {} 行", place.table, index + 1) });
    }
    pages.document.blocks.push(Block::Grid(grid));
    inner.into_iter().try_for_each(|inner| elements(std::slice::from_ref(inner), place, pages))
}

fn read_cell<'t>(
    cell: &'t TableCell,
    rows: usize,
    inner: &mut Vec<&'t Element>,
    pages: &mut Pages,
) -> GridCell {
    let mut lines = Vec::new();
    gather(&cell.content, 0, &mut lines, inner, pages);
    GridCell {
        column_span: cell.col_span.clamp(1, WIDEST) as usize,
        row_span: (cell.row_span.max(1) as usize).min(rows),
        ..GridCell::new(lines.join("\n").trim())
    }
}

/// The lines of a cell, those of its lists too; what is no line goes to `inner`.
fn gather<'t>(
    content: &'t [Element],
    depth: usize,
    lines: &mut Vec<String>,
    inner: &mut Vec<&'t Element>,
    pages: &mut Pages,
) {
    for element in content {
        match element {
            Element::Heading(heading) => lines.push(written(&heading.content, pages)),
            Element::Paragraph(words) => lines.push(written(&words.content, pages)),
            Element::List(_) if depth > DEEPEST => pages.remark(TOO_DEEP),
            Element::List(list) => gather_items(list, depth + 1, lines, inner, pages),
            other => inner.push(other),
        }
    }
}

fn gather_items<'t>(
    list: &'t List,
    depth: usize,
    lines: &mut Vec<String>,
    inner: &mut Vec<&'t Element>,
    pages: &mut Pages,
) {
    number(list, pages);
    for item in &list.items {
        gather(&item.content, depth, lines, inner, pages);
        match &item.nested {
            Some(_) if depth > DEEPEST => pages.remark(TOO_DEEP),
            Some(nested) => gather_items(nested, depth + 1, lines, inner, pages),
            None => {}
        }
    }
}

/// Says that the numbers of a list are not read.
fn number(list: &List, pages: &mut Pages) {
    if list.ordered {
        pages.remark("文件里有自动编号，编号没有读入，请对照原文件核对。");
    }
}

/// The text of pieces, without what is crossed out.
fn written(pieces: &[InlineContent], pages: &mut Pages) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            InlineContent::Text(span) if span.strikethrough && !span.text.trim().is_empty() => {
                pages.remark(STRUCK);
            }
            InlineContent::Text(span) => {
                let raised = match span.vertical_align {
                    Some(VerticalAlign::Superscript) => Raised::Up,
                    Some(VerticalAlign::Subscript) => Raised::Down,
                    _ => Raised::No,
                };
                text.push_str(&raised.written(&span.text, text.chars().next_back()));
            }
            InlineContent::LineBreak => text.push('\n'),
            InlineContent::FootnoteRef(_) | InlineContent::EndnoteRef(_) => {
                pages.remark("文件里有批注或脚注，没有读入，请核对。");
            }
            _ => {}
        }
    }
    text
}
