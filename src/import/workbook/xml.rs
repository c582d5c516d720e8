//! The XML of a workbook's parts, piece by piece: elements and texts, references resolved.
//!
//! It does not know what its elements mean. Names are compared without their prefixes.

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::super::ImportError;

/// Elements stand in one another no deeper than this.
const DEEPEST: usize = 256;

/// A part that is being read.
pub(super) struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    depth: usize,
}

/// A piece of a part. An element without content begins and ends too.
pub(super) enum Piece<'x> {
    Begin(Element<'x>),
    End(String),
    Text(String),
}

/// The beginning of an element.
pub(super) struct Element<'x>(BytesStart<'x>);

impl Element<'_> {
    /// Its name, without its prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// An attribute, by its name without its prefix.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        // The check for doubles would be quadratic.
        let mut attributes = self.0.attributes();
        let mut found = attributes.with_checks(false).flatten();
        let found = found.find(|attribute| attribute.key.local_name().into_inner() == name)?;
        Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
    }

    /// An attribute that is a number.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.get(name)?.trim().parse().ok()
    }

    /// Whether an attribute is there and says yes.
    pub(super) fn is(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value == "1" || value == "true")
    }
}

impl<'x> Xml<'x> {
    /// Begins to read.
    pub(super) fn new(text: &'x str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, depth: 0 }
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// If it is no XML, has a document type, or is deeper than any workbook.
    pub(super) fn next(&mut self) -> Result<Option<Piece<'x>>, ImportError> {
        loop {
            return Ok(Some(match self.reader.read_event().map_err(|_| super::DAMAGED)? {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(super::DAMAGED);
                    }
                    Piece::Begin(Element(start))
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    Piece::End(end.local_name().into_inner().to_owned())
                }
                Event::Text(text) => Piece::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Piece::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(reference) => {
                    let char = reference.resolve_char_ref().map_err(|_| super::DAMAGED)?;
                    let named = || resolve_predefined_entity(&reference).map(str::to_owned);
                    Piece::Text(char.map(String::from).or_else(named).ok_or(super::DAMAGED)?)
                }
                Event::DocType(_) => return Err(super::DAMAGED),
                Event::Eof => return Ok(None),
                _ => continue,
            }));
        }
    }
}
