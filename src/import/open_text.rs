//! The text of OpenDocument (odt), as LibreOffice, WPS and Word write it.
//!
//! Headers, footers, notes and comments are not read, nor what is hidden or deleted. Nothing outside the file is fetched.

mod body;
mod lists;
mod looks;
#[cfg(test)]
mod tests;

use super::package::Package;
use super::remarks::Remarks;
use super::xml::Xml;
use super::{ImportError, decode, flow, remarks};
use crate::document::Document;
use body::Body;
use lists::Styles;

/// Makes a document of the bytes of an odt file.
///
/// # Errors
/// If it is damaged, encrypted, or larger than a report.
pub(super) fn read(bytes: &[u8]) -> Result<Document, ImportError> {
    let mut package = Package::open(bytes)?;
    if package.part("META-INF/manifest.xml")?.is_some_and(|manifest| has(&manifest, b"encryption-data")) {
        return Err(ImportError::Encrypted);
    }
    let mut styles = Styles::default();
    if let Some(bytes) = package.part("styles.xml")? {
        let (text, _) = decode(&bytes);
        Xml::new(&text).elements(|xml, _| {
            xml.elements(|xml, element| match element.name() {
                "styles" => styles.take(xml),
                _ => Ok(()),
            })
        })?;
    }
    let bytes = package.part("content.xml")?.ok_or(ImportError::Broken("OpenDocument 文档"))?;
    let (text, is_damaged) = decode(&bytes);
    let mut body = Body::new(styles);
    let pieces = body.read(&mut Xml::new(&text))?;
    let remarks = Remarks { is_damaged, ..body.remarks };
    Ok(Document { blocks: flow::blocks(pieces), remarks: remarks::sentences(&remarks) })
}

fn has(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}
