//! What the style of a cell says of its content: how numbers are shown, and whether it has a frame.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::super::ImportError;
use super::super::xml::{Element, Node, Xml};
use super::formats::Format;

/// A workbook has no more styles than this.
const MOST: usize = 65_536;

/// The style of a cell.
#[derive(Clone, Default, Debug)]
pub(super) struct Style {
    pub format: Rc<Format>,
    /// Whether it has a line on any side.
    pub is_framed: bool,
}

/// Reads the styles that cells name by number.
pub(super) fn read(text: &str) -> Result<Vec<Style>, ImportError> {
    let mut reader = Styles::default();
    let mut xml = Xml::new(text);
    while let Some(piece) = xml.next()? {
        match piece {
            Node::Element(element) => reader.take(&element),
            Node::End(name) if LISTS.contains(&name.as_str()) => reader.list = "",
            Node::End(_) | Node::Text(_) => {}
        }
        if reader.styles.len().max(reader.frames.len()).max(reader.formats.len()) > MOST {
            return Err(ImportError::TooMuch("单元格格式", MOST, "种"));
        }
    }
    Ok(reader.styles)
}

/// The lists that say something here.
const LISTS: [&str; 3] = ["numFmts", "borders", "cellXfs"];

#[derive(Default)]
struct Styles {
    /// The list that is being read; nothing outside of all.
    list: &'static str,
    formats: BTreeMap<usize, Rc<Format>>,
    frames: Vec<bool>,
    styles: Vec<Style>,
}

impl Styles {
    fn take(&mut self, element: &Element<'_>) {
        match (self.list, element.name()) {
            ("", name) => {
                self.list = LISTS.into_iter().find(|list| *list == name).unwrap_or_default();
            }
            ("numFmts", "numFmt") => {
                if let (Some(id), Some(code)) = (element.number("numFmtId"), element.attribute("formatCode"))
                {
                    self.formats.insert(id, Rc::new(Format::of(&code)));
                }
            }
            ("borders", "border") => self.frames.push(false),
            ("borders", "left" | "right" | "top" | "bottom") => {
                let has_line = element.attribute("style").is_some_and(|style| style != "none");
                if let Some(frame) = self.frames.last_mut() {
                    *frame |= has_line;
                }
            }
            ("cellXfs", "xf") => {
                let id = element.number("numFmtId").unwrap_or_default();
                let format = self.formats.entry(id).or_insert_with(|| Rc::new(Format::built_in(id))).clone();
                let frame = element.number("borderId").and_then(|border| self.frames.get(border));
                self.styles.push(Style { format, is_framed: frame.copied().unwrap_or_default() });
            }
            _ => {}
        }
    }
}
