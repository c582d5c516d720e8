//! Web pages: paragraphs and tables of what a reader sees, however a site has wrapped them. Says nothing of what they
//! mean.
//!
//! Menus (lists of nothing but links) are no text; where the report begins and ends in the rest is not known here.

mod flow;
mod lines;
mod menus;
mod table;
mod tags;

use scraper::Html;

use super::ImportError;
use super::remarks::STRUCK;
use crate::document::{Block, Document};
use flow::Page;

/// The most bytes that a page may have.
const LARGEST: usize = 10 << 20;

/// Makes a document of a page, or of a piece of one.
///
/// # Errors
/// If there is more of it than a report can have, or nothing in it but pictures.
pub(super) fn read(text: &str) -> Result<Document, ImportError> {
    if text.len() > LARGEST {
        return Err(ImportError::TooMuch("网页", LARGEST >> 20, "MB"));
    }
    let html = Html::parse_document(&tags::cleaned(text)?);
    let Page { mut blocks, pictures, title, has_struck, .. } = Page::read(&html)?;
    let has_pictures = pictures > 0;
    if blocks.is_empty() {
        return Err(if has_pictures { ImportError::Picture } else { ImportError::Empty });
    }
    let mut remarks: Vec<String> = has_struck.then(|| STRUCK.to_owned()).into_iter().collect();
    if has_pictures && !blocks.iter().any(|block| matches!(block, Block::Grid(_))) {
        remarks.push(format!(
            "网页里没有表格，有 {pictures} 张图片；图片里的表格和文字读不出来，请对照原网页填写。"
        ));
    }
    if let Some(text) = title {
        blocks.insert(0, Block::Paragraph { text, at: "网页标题".to_owned() });
    }
    Ok(Document { blocks, remarks })
}

#[cfg(test)]
mod tests;
