//! Word's document (docx), as Word, WPS and LibreOffice write it: its parts by their relationships, its text and tables.
//!
//! Headers, footers, notes and comments are not read, nor what is hidden or deleted. Nothing outside the file is fetched.

mod body;
mod numbering;
mod styles;
mod symbol;
mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::package::Package;
use super::remarks::Remarks;
use super::xml::Xml;
use super::{ImportError, decode, flow, remarks};
use crate::document::Document;
use body::Body;
use numbering::Numbering;
use styles::Styles;

/// Makes a document of the bytes of a docx file.
///
/// # Errors
/// If it is damaged, encrypted, or larger than a report.
pub(super) fn read(bytes: &[u8]) -> Result<Document, ImportError> {
    let mut package = Package::open(bytes)?;
    let main = main_part(&mut package)?;
    let parts = related(&mut package, &main)?;
    let mut is_damaged = false;
    let mut read = |name: Option<&String>| -> Result<Option<String>, ImportError> {
        let Some(bytes) = name.map(|name| package.part(name)).transpose()?.flatten() else { return Ok(None) };
        let (text, has_damage) = decode(&bytes);
        is_damaged |= has_damage;
        Ok(Some(text.into_owned()))
    };
    let styles =
        read(parts.get("styles"))?.map_or_else(|| Ok(Styles::default()), |text| Styles::read(&text))?;
    let numbering = read(parts.get("numbering"))?
        .map_or_else(|| Ok(Numbering::default()), |text| Numbering::read(&text))?;
    let text = read(Some(&main))?.ok_or(ImportError::Broken("Word 文档"))?;
    let mut body = Body::new(styles, numbering);
    let pieces = body.read(&mut Xml::new(&text))?;
    let remarks = Remarks { is_damaged, ..body.remarks };
    Ok(Document { blocks: flow::blocks(pieces), remarks: remarks::sentences(&remarks) })
}

/// The name of the part that holds the text.
fn main_part(package: &mut Package<'_>) -> Result<String, ImportError> {
    let found = related(package, "")?.remove("officeDocument");
    let usual = || "word/document.xml".to_owned();
    Ok(found.filter(|name| package.has(name)).unwrap_or_else(usual))
}

/// The parts that a part names, by the last word of their kind: `styles`. The whole file is the part with no name.
fn related(package: &mut Package<'_>, part: &str) -> Result<BTreeMap<String, String>, ImportError> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let mut parts = BTreeMap::new();
    let Some(bytes) = package.part(resolved(folder, &format!("_rels/{name}.rels")).as_str())? else {
        return Ok(parts);
    };
    let (text, _) = decode(&bytes);
    Xml::new(&text).elements(|xml, _| {
        xml.elements(|_, relation| {
            let is_outside = relation.attribute("TargetMode").is_some_and(|mode| mode == "External");
            if let (Some(kind), Some(target), false) =
                (relation.attribute("Type"), relation.attribute("Target"), is_outside)
            {
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                parts.entry(kind).or_insert_with(|| resolved(folder, &target));
            }
            Ok(())
        })
    })?;
    Ok(parts)
}

/// The name of a part as another one in a folder writes it: `../styles.xml`, `/word/styles.xml`.
fn resolved(folder: &str, target: &str) -> String {
    let whole = if target.starts_with('/') { target.to_owned() } else { format!("{folder}/{target}") };
    let mut names: Vec<&str> = Vec::new();
    for name in whole.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                names.pop();
            }
            name => names.push(name),
        }
    }
    names.join("/")
}
