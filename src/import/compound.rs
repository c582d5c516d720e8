//! The files of Office before 2007 and of WPS: doc, wps, xls, et. Which of them a file is, is told by its streams.
//!
//! The container and the records are read by another program's parser; here its words become a document. It does not
//! believe which paragraphs are headings, because that parser guesses them. Run in a child process, see
//! [`confine`](crate::confine).

mod records;
mod sheets;
mod words;

use std::io::Cursor;

use office_oxide::cfb::CfbReader;
use office_oxide::doc::DocError;
use office_oxide::xls::XlsError;
use office_oxide::{Document as Foreign, DocumentFormat, OfficeError};

use records::Records;

use super::ImportError;
use crate::document::{Block, Document};

/// The most cells that the tables of a file may have,
const MOST_CELLS: usize = 20_000;
/// and the most paragraphs and rows.
const MOST_LINES: usize = 20_000;

/// What such a file is called.
const NAME: &str = "旧格式的 Office 或 WPS 文档（doc、xls、wps）";

/// What such a file is called that the parser does not know.
const OLDER: &str = "很旧的 WPS 或 Office 文档";

/// Makes a document of a compound file.
///
/// # Errors
/// If it is damaged, encrypted or holds something else.
pub(super) fn read(bytes: &[u8]) -> Result<Document, ImportError> {
    let format = format(bytes)?;
    let foreign = Foreign::from_reader(Cursor::new(bytes.to_vec()), format).map_err(refusal)?;
    let mut pages = Pages::default();
    match foreign.as_xls() {
        Some(workbook) => sheets::read(workbook, &records(bytes), &mut pages)?,
        None => words::read(&foreign.to_ir(), &mut pages)?,
    }
    Ok(pages.document)
}

/// What a file holds, told by the streams at its top.
fn format(bytes: &[u8]) -> Result<DocumentFormat, ImportError> {
    let container = CfbReader::new(Cursor::new(bytes)).map_err(|_| ImportError::Broken(NAME))?;
    let has = |name| container.has_stream(name);
    match () {
        () if has("WordDocument") => Ok(DocumentFormat::Doc),
        () if has("Workbook") || has("Book") => Ok(DocumentFormat::Xls),
        () if has("EncryptedPackage") => Err(ImportError::Encrypted),
        () if has("PowerPoint Document") => Err(ImportError::Unsupported("演示文稿（ppt）")),
        // Its directory is gone, or was never whole.
        () if container.entries().len() < 2 => Err(ImportError::Broken(NAME)),
        () => Err(ImportError::Foreign(OLDER)),
    }
}

/// What the records of a workbook say besides.
fn records(bytes: &[u8]) -> Records {
    let container = CfbReader::new(Cursor::new(bytes)).ok();
    let stream = container.and_then(|mut container| {
        let name = if container.has_stream("Workbook") { "Workbook" } else { "Book" };
        container.open_stream(name).ok()
    });
    stream.map_or_else(Records::default, |stream| Records::read(&stream))
}

/// What the parser refuses, in our words.
fn refusal(error: OfficeError) -> ImportError {
    match error {
        OfficeError::Doc(DocError::Encrypted) => ImportError::Encrypted,
        OfficeError::Xls(XlsError::Encrypted | XlsError::EncryptionNotSupported(_)) => ImportError::Encrypted,
        OfficeError::Doc(DocError::UnsupportedVersion(_))
        | OfficeError::Xls(XlsError::UnsupportedVersion(_)) => ImportError::Foreign(OLDER),
        _ => ImportError::Broken(NAME),
    }
}

/// A document being made, within the limits.
#[derive(Default)]
struct Pages {
    document: Document,
    lines: usize,
    cells: usize,
}

impl Pages {
    /// Adds the lines of a text as paragraphs; blank ones are left out.
    fn text(&mut self, text: &str, at: &str) -> Result<(), ImportError> {
        for line in text.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
            self.line()?;
            self.document.blocks.push(Block::Paragraph { text: line.to_owned(), at: at.to_owned() });
        }
        Ok(())
    }

    /// Counts a paragraph or a row.
    fn line(&mut self) -> Result<(), ImportError> {
        self.lines += 1;
        if self.lines > MOST_LINES { Err(ImportError::TooMuch("文字", MOST_LINES, "行")) } else { Ok(()) }
    }

    /// Counts the cells of a row.
    fn row(&mut self, cells: usize) -> Result<(), ImportError> {
        self.cells = self.cells.saturating_add(cells);
        if self.cells > MOST_CELLS {
            return Err(ImportError::TooMuch("表格", MOST_CELLS, "格"));
        }
        self.line()
    }

    fn remark(&mut self, remark: &str) {
        if !self.document.remarks.iter().any(|said| said == remark) {
            self.document.remarks.push(remark.to_owned());
        }
    }
}

#[cfg(test)]
mod tests;
