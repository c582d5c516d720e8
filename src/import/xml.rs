//! The XML of Word, OpenDocument and workbooks: elements by their local names, references resolved; children by children,
//! or piece by piece.
//!
//! It is walked without being kept, so that a large file takes no more memory than its text. It does not know what the
//! elements mean.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::ImportError;

/// The deepest that elements may stand in one another.
const DEEPEST: usize = 256;

/// A part that is being walked.
pub(super) struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    depth: usize,
}

/// What stands in an element.
pub(super) enum Node<'x> {
    /// An element; what is in it comes next.
    Element(Element<'x>),
    /// Text.
    Text(Cow<'x, str>),
    /// The end of the element of this name.
    End(String),
}

/// The beginning of an element.
pub(super) struct Element<'x>(BytesStart<'x>);

impl Element<'_> {
    /// Its name, without the prefix: files of the strict kind have other namespaces and the same names.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of an attribute, by its name without the prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        // The check for doubles would be quadratic.
        let mut found = attributes.with_checks(false).flatten();
        let value = found.find(|attribute| attribute.key.local_name().into_inner() == name)?.value;
        Some(unescape(&value).map_or_else(|_| value.to_string(), Cow::into_owned))
    }

    /// Whether an attribute is there and says yes.
    pub(super) fn is(&self, name: &str) -> bool {
        self.attribute(name).is_some_and(|value| value == "1" || value == "true")
    }

    /// The value of an attribute that is a number.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.attribute(name)?.trim().parse().ok()
    }
}

impl<'x> Xml<'x> {
    /// Begins to walk a part.
    pub(super) fn new(text: &'x str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, depth: 0 }
    }

    /// Gives the children of the element that has just begun, one after the other; those that `each` does not walk into
    /// are passed over.
    ///
    /// # Errors
    /// If the part is damaged, declares a document type or is nested too deeply, and those of `each`.
    pub(super) fn children(
        &mut self,
        mut each: impl FnMut(&mut Self, Node<'x>) -> Result<(), ImportError>,
    ) -> Result<(), ImportError> {
        let own = self.depth;
        while let Some(node) = self.next()? {
            if self.depth < own {
                return Ok(());
            }
            each(self, node)?;
            while self.depth > own {
                self.next()?;
            }
        }
        Ok(())
    }

    /// Gives the children that are elements.
    ///
    /// # Errors
    /// As [`Xml::children`].
    pub(super) fn elements(
        &mut self,
        mut each: impl FnMut(&mut Self, Element<'x>) -> Result<(), ImportError>,
    ) -> Result<(), ImportError> {
        self.children(|xml, node| match node {
            Node::Element(element) => each(xml, element),
            Node::Text(_) | Node::End(_) => Ok(()),
        })
    }

    /// The text of the element that has just begun, without that of elements in it.
    ///
    /// # Errors
    /// As [`Xml::children`].
    pub(super) fn written(&mut self) -> Result<String, ImportError> {
        let mut written = String::new();
        self.children(|_, node| {
            if let Node::Text(text) = node {
                written.push_str(&text);
            }
            Ok(())
        })?;
        Ok(written)
    }

    /// The next piece; the end of the part is `None`.
    ///
    /// # Errors
    /// If the part is damaged, declares a document type or is nested too deeply.
    pub(super) fn next(&mut self) -> Result<Option<Node<'x>>, ImportError> {
        const BROKEN: ImportError = ImportError::Broken("文档里的内容");
        Ok(Some(match self.reader.read_event().map_err(|_| BROKEN)? {
            Event::Start(start) => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err(ImportError::TooMuch("内容的嵌套", DEEPEST, "层"));
                }
                Node::Element(Element(start))
            }
            Event::End(end) => {
                self.depth = self.depth.saturating_sub(1);
                Node::End(end.local_name().into_inner().to_owned())
            }
            Event::Text(text) => Node::Text(text.xml10_content()),
            Event::CData(text) => Node::Text(text.xml10_content()),
            Event::GeneralRef(reference) => Node::Text(resolved(&reference)),
            // A document type can declare entities that grow without bound, and no office program writes one.
            Event::DocType(_) => return Err(BROKEN),
            Event::Eof if self.depth > 0 => return Err(BROKEN),
            Event::Eof => return Ok(None),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {
                Node::Text(Cow::Borrowed(""))
            }
        }))
    }
}

/// What a reference stands for; one that nobody declared stays as it is written.
fn resolved(reference: &BytesRef<'_>) -> Cow<'static, str> {
    if reference.is_char_ref() {
        let char = reference.resolve_char_ref().ok().flatten();
        return Cow::Owned(char.unwrap_or(char::REPLACEMENT_CHARACTER).to_string());
    }
    resolve_predefined_entity(reference).map_or_else(|| format!("&{};", &**reference).into(), Cow::Borrowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every text of a part, and the names of its elements.
    fn walked(text: &str) -> Result<String, ImportError> {
        fn walk(xml: &mut Xml<'_>, out: &mut String) -> Result<(), ImportError> {
            xml.children(|xml, node| {
                match node {
                    Node::Text(text) => out.push_str(&text),
                    Node::End(_) => {}
                    Node::Element(element) => {
                        out.push_str(&format!("<{}", element.name()));
                        out.extend(element.attribute("v").map(|value| format!("={value}")));
                        walk(xml, out)?;
                        out.push('>');
                    }
                }
                Ok(())
            })
        }
        let mut out = String::new();
        walk(&mut Xml::new(text), &mut out).map(|()| out)
    }

    #[test]
    fn references_are_resolved_and_prefixes_left_out() {
        let text = "<?xml version='1.0'?><w:a w:v='1&lt;2'>&amp;&#x4e00;<!-- x --><![CDATA[<&]]><b/>&nbsp;&#0;</w:a>";
        assert_eq!(walked(text).unwrap(), "<a=1<2&一<&<b>&nbsp;\u{fffd}>");
    }

    #[test]
    fn what_is_not_walked_into_is_passed_over() {
        let mut names = Vec::new();
        let mut xml = Xml::new("<a><b>x<c/>y</b><d/></a>");
        xml.elements(|xml, _| {
            xml.elements(|_, element| {
                names.push(element.name().to_owned());
                Ok(())
            })
        })
        .unwrap();
        assert_eq!(names, ["b", "d"]);
    }

    #[test]
    fn what_is_no_part_of_a_document_is_refused() {
        for (text, words) in [
            ("<a>".repeat(DEEPEST + 1), "256"),
            ("<!DOCTYPE a [<!ENTITY b 'bb'>]><a>&b;</a>".to_owned(), "损坏"),
            ("<a><b></a>".to_owned(), "损坏"),
            ("<a>".to_owned(), "损坏"),
        ] {
            let error = walked(&text).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        }
        let deep = ["<a>".repeat(DEEPEST), "</a>".repeat(DEEPEST)].concat();
        assert!(walked(&deep).is_ok());
    }
}
