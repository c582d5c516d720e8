//! PDF with a text layer: what stands where on its pages, made into paragraphs and ruled tables.
//!
//! Pictures are not read: pages that are nothing else are said to be pictures. Tables without rules are lines of text.

mod flow;
mod lines;
mod margins;
mod open;
mod page;
mod split;
mod table;

use std::panic::{AssertUnwindSafe, catch_unwind};

use flow::Flow;
use lines::Line;
use margins::Columns;
use page::{Area, Page, Turn};
use table::Fragment;

use super::ImportError;
use super::remarks::STRUCK;
use crate::document::Document;

/// The most cells that the tables of a file may have; those of a report have some 500.
const MOST_CELLS: usize = 20_000;

/// The most characters that a file may have.
const MOST_CHARACTERS: usize = 1_000_000;

const BROKEN: ImportError = ImportError::Broken("PDF 文档");

/// A page with its tables and the lines around them.
struct Sheet {
    number: usize,
    area: Area,
    tables: Vec<Fragment>,
    lines: Vec<Line>,
}

impl Sheet {
    /// What pages with the same margins have in common.
    fn kind(&self) -> (i64, usize) {
        (self.area.width(), self.number % 2)
    }
}

/// Makes a document of a PDF.
///
/// # Errors
/// If it is damaged, encrypted, a picture, has text that cannot be read, or more of something than a report can have.
pub(super) fn read(bytes: &[u8]) -> Result<Document, ImportError> {
    // The parser panics on some damaged files.
    catch_unwind(AssertUnwindSafe(|| read_pages(bytes))).unwrap_or(Err(BROKEN))
}

fn read_pages(bytes: &[u8]) -> Result<Document, ImportError> {
    let pdf = open::open(bytes)?;
    let mut pages = Vec::new();
    let mut characters = 0;
    for (index, page) in pdf.pages().into_iter().enumerate() {
        let page = Page::new(index + 1, &page.map_err(|_| BROKEN)?);
        characters += page.glyphs.len();
        if characters > MOST_CHARACTERS {
            return Err(ImportError::TooMuch("文字", MOST_CHARACTERS, "字"));
        }
        pages.push(page);
    }
    let mut remarks = left_out(&pages)?;
    remarks.extend(unreadable(&pages)?);
    let mut sheets = Vec::with_capacity(pages.len());
    for mut page in pages {
        let tables = table::take(&mut page)?;
        let upright: Vec<_> = page.glyphs.iter().filter(|glyph| glyph.turn == Turn::Upright).collect();
        let lines = lines::lines(&upright);
        sheets.push(Sheet { number: page.number, area: page.area, tables, lines });
    }
    margins::leave_heads_out(&mut sheets);
    let columns = Columns::of(&sheets);
    let mut flow = Flow::default();
    for sheet in sheets {
        flow.page(sheet, &columns)?;
    }
    Ok(Document { remarks, ..flow.document() })
}

/// What is to be said of the pictures on the pages, and of text that is no part of them.
///
/// # Errors
/// If there is nothing but pictures, or nothing at all.
fn left_out(pages: &[Page]) -> Result<Vec<String>, ImportError> {
    let has_text = |page: &&Page| page.glyphs.iter().any(|glyph| !glyph.is_blank());
    if !pages.iter().any(|page| has_text(&page)) {
        let has_pictures = pages.iter().any(|page| !page.pictures.is_empty());
        return Err(if has_pictures { ImportError::Picture } else { ImportError::Empty });
    }
    let share = |page: &Page, picture: &Area| {
        let of_page = page.area.width().max(1) * page.area.height().max(1);
        picture.width() * picture.height() * 100 / of_page
    };
    let mut remarks = Vec::new();
    for page in pages {
        let largest = page.pictures.iter().map(|picture| share(page, picture)).max().unwrap_or_default();
        let number = page.number;
        match largest {
            60.. if has_text(&page) => remarks.push(format!(
                "第 {number} 页整页有一张图片，读到的是附在上面的文字，可能与图片不一致，请对照原文件核对。"
            )),
            10.. => remarks
                .push(format!("第 {number} 页有图片，图片里如有文字或表格，没有读入，请对照原文件核对。")),
            _ => {}
        }
        if page.beside > 0 {
            remarks.push(format!(
                "第 {number} 页有 {} 个字在页面之外，看不到，没有读入；多半是表格太宽，请对照原文件核对。",
                page.beside
            ));
        }
        if page.struck > 0 && !remarks.iter().any(|said| said == STRUCK) {
            remarks.push(STRUCK.to_owned());
        }
        if page.aslant > 0 {
            remarks.push(format!("第 {number} 页有斜着写的字，多半是水印，没有读入。"));
        }
    }
    Ok(remarks)
}

/// What is to be said of characters that cannot be read.
///
/// # Errors
/// If there are so many of them that the rest cannot be trusted, or no Chinese at all.
fn unreadable(pages: &[Page]) -> Result<Option<String>, ImportError> {
    let is_private = |c: char| matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
    let (mut all, mut unreadable, mut has_chinese) = (0, 0, false);
    let glyphs = pages.iter().flat_map(|page| &page.glyphs);
    for c in glyphs.flat_map(|glyph| glyph.text.chars()).filter(|c| !c.is_whitespace()) {
        all += 1;
        unreadable += usize::from(c == char::REPLACEMENT_CHARACTER || is_private(c) || c.is_control());
        has_chinese |= lines::is_han(c);
    }
    if unreadable * 50 > all || !has_chinese {
        return Err(ImportError::Garbled);
    }
    let remark = || format!("有 {unreadable} 个字没有标明是什么字，读不出来，请对照原文件核对。");
    Ok((unreadable > 0).then(remark))
}

#[cfg(test)]
mod tests;
