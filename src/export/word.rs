//! Word: the official layout after GB/T 9704, in a package that is the same bytes for the same report.
//!
//! What is the same in every report are the parts beside this file; here are the text and its tables. Digits and Latin
//! letters are set in the font of the text around them: GB/T 9704 asks 仿宋 for all of the body, and quotation marks,
//! which fonts share between the scripts, never come out half as wide. It refers to nothing outside the package.

mod table;

use std::io::{self, Cursor, Write as _};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::paper;
use crate::document::Block;
use crate::document::compose::{APPENDIX, Composed};
use crate::width::{Ambiguous, width};

/// An XML text that is being written.
type Xml = Writer<Vec<u8>>;

/// The parts that are the same in every report.
const PARTS: [(&str, &str); 7] = [
    ("[Content_Types].xml", include_str!("word/types.xml")),
    ("_rels/.rels", include_str!("word/package.rels")),
    ("docProps/app.xml", include_str!("word/app.xml")),
    ("word/_rels/document.xml.rels", include_str!("word/document.rels")),
    ("word/styles.xml", include_str!("word/styles.xml")),
    ("word/settings.xml", include_str!("word/settings.xml")),
    ("word/fontTable.xml", include_str!("word/fonts.xml")),
];
/// The number of the page, outside: on the right of odd pages, on the left of even ones.
const FOOTER: &str = include_str!("word/footer.xml");
const FOOTERS: [(&str, &str); 2] = [("word/footer1.xml", "right"), ("word/footer2.xml", "left")];

/// The names of XML that the text uses.
const NAMES: [(&str, &str); 2] = [
    ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
];
/// The names of XML that the properties use.
const PROPERTY_NAMES: [(&str, &str); 2] = [
    ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
];

/// Writes a report or a letter that `author` answers for.
pub(super) fn write(author: &str, composed: &Composed) -> io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // The date of every part is the first that the format has, on every machine.
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::DEFAULT);
    let mut put = |name: &str, bytes: &[u8]| -> io::Result<()> {
        zip.start_file(name, options)?;
        zip.write_all(bytes)
    };
    for (name, text) in PARTS {
        put(name, text.as_bytes())?;
    }
    for (name, side) in FOOTERS {
        put(name, FOOTER.replace("SIDE", side).as_bytes())?;
    }
    put("docProps/core.xml", &properties(author, composed)?)?;
    put("word/document.xml", &text(composed)?)?;
    Ok(zip.finish()?.into_inner())
}

fn part(
    root: &str,
    names: [(&str, &str); 2],
    content: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<Vec<u8>> {
    let mut xml = Writer::new(Vec::new());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))?;
    xml.create_element(root).with_attributes(names).write_inner_content(content)?;
    Ok(xml.into_inner())
}

/// Title and author, without days: the file says when it was made.
fn properties(author: &str, composed: &Composed) -> io::Result<Vec<u8>> {
    let title = composed.blocks.iter().find_map(|block| match block {
        Block::Heading { level: 0, text, .. } => Some(text.as_str()),
        _ => None,
    });
    part("cp:coreProperties", PROPERTY_NAMES, |xml| {
        for (name, text) in
            [("dc:title", title.unwrap_or_default()), ("dc:creator", author), ("dc:language", "zh-CN")]
        {
            let text = paper::printable(text);
            xml.create_element(name).write_text_content(BytesText::new(&text))?;
        }
        Ok(())
    })
}

fn text(composed: &Composed) -> io::Result<Vec<u8>> {
    let is_letter = !composed.addressed.is_empty();
    let style = if is_letter { "LetterText" } else { "BodyText" };
    part("w:document", NAMES, |xml| {
        within(xml, "w:body", |xml| {
            for (index, block) in composed.blocks.iter().enumerate() {
                match block {
                    Block::Heading { level: 0, text, .. } => {
                        paragraph(xml, "Title", &paper::broken_title(text, title_rows))?;
                    }
                    Block::Heading { text, .. } if text == APPENDIX => paragraph(xml, "Appendix", text)?,
                    Block::Heading { text, .. } => paragraph(xml, "Heading1", text)?,
                    Block::Paragraph { text, .. } if composed.addressed.contains(&index) => {
                        paragraph(xml, "Salutation", text)?
                    }
                    Block::Paragraph { text, .. } if composed.signed.contains(&index) => {
                        paragraph(xml, "Signature", text)?
                    }
                    // Who signs does not stand alone on a page.
                    Block::Paragraph { text, .. } if is_letter && index + 1 == composed.signed.start => {
                        paragraph(xml, "LetterEnd", text)?
                    }
                    Block::Paragraph { text, .. } => prose(xml, text, style)?,
                    Block::Grid(grid) => table::write(xml, grid)?,
                }
            }
            page(xml)
        })
    })
}

/// The size of the title, in twentieths of a point, as `styles.xml` has it.
const TITLE_SIZE: usize = 440;

/// A4 with the margins of GB/T 9704: 37 mm above, 35 below, 28 on the left, 26 on the right.
fn page(xml: &mut Xml) -> io::Result<()> {
    within(xml, "w:sectPr", |xml| {
        empty(xml, "w:footerReference", &[("w:type", "default"), ("r:id", "rId4")])?;
        empty(xml, "w:footerReference", &[("w:type", "even"), ("r:id", "rId5")])?;
        empty(xml, "w:pgSz", &[("w:w", "11906"), ("w:h", "16838")])?;
        let margins = [("w:top", "2098"), ("w:right", "1474"), ("w:bottom", "1984"), ("w:left", "1588")];
        let rest = [("w:header", "851"), ("w:footer", "1418"), ("w:gutter", "0")];
        empty(xml, "w:pgMar", &[&margins[..], &rest[..]].concat())
    })
}

/// How many rows a title takes, each line of it by itself.
fn title_rows(title: &str) -> usize {
    // Its characters are as wide as its size, 二号, and a digit half as wide.
    let room = 2 * paper::TEXT_WIDTH / TITLE_SIZE;
    title.split('\n').map(|line| width(line, Ambiguous::Wide).div_ceil(room).max(1)).sum()
}

fn paragraph(xml: &mut Xml, style: &str, text: &str) -> io::Result<()> {
    within(xml, "w:p", |xml| {
        within(xml, "w:pPr", |xml| value(xml, "w:pStyle", style))?;
        run(xml, text, &[])
    })
}

/// A paragraph of prose; the heading that it begins with is set in 楷体.
fn prose(xml: &mut Xml, text: &str, style: &str) -> io::Result<()> {
    let (head, rest) = paper::split_head(text);
    if !head.is_empty() && rest.is_empty() && !head.ends_with('。') {
        return paragraph(xml, "Heading2", text);
    }
    within(xml, "w:p", |xml| {
        within(xml, "w:pPr", |xml| value(xml, "w:pStyle", style))?;
        run(xml, head, &[("w:rStyle", "RunInHead")])?;
        run(xml, rest, &[])
    })
}

/// A stretch of text, with what is special about its letters (in the order of the schema).
fn run(xml: &mut Xml, text: &str, special: &[(&str, &str)]) -> io::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    within(xml, "w:r", |xml| {
        within(xml, "w:rPr", |xml| {
            let (style, sizes): (Vec<_>, Vec<_>) = special.iter().partition(|(name, _)| *name == "w:rStyle");
            style.into_iter().try_for_each(|(name, is)| value(xml, name, is))?;
            // Word takes quotation marks from the Latin font where it is not told so.
            empty(xml, "w:rFonts", &[("w:hint", "eastAsia")])?;
            sizes.into_iter().try_for_each(|(name, is)| value(xml, name, is))
        })?;
        for piece in paper::printable(text).split_inclusive(['\n', '\t']) {
            let words = piece.trim_end_matches(['\n', '\t']);
            if !words.is_empty() {
                let element = xml.create_element("w:t").with_attribute(("xml:space", "preserve"));
                element.write_text_content(BytesText::new(words))?;
            }
            match piece.as_bytes().last() {
                Some(b'\n') => empty(xml, "w:br", &[])?,
                Some(b'\t') => empty(xml, "w:tab", &[])?,
                _ => {}
            }
        }
        Ok(())
    })
}

fn within(xml: &mut Xml, name: &str, content: impl FnOnce(&mut Xml) -> io::Result<()>) -> io::Result<()> {
    xml.create_element(name).write_inner_content(content).map(drop)
}

fn empty(xml: &mut Xml, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
    xml.create_element(name).with_attributes(attributes.iter().copied()).write_empty().map(drop)
}

fn value(xml: &mut Xml, name: &str, value: &str) -> io::Result<()> {
    empty(xml, name, &[("w:val", value)])
}

#[cfg(test)]
mod tests;
