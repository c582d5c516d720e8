//! What the styles of a Word document say of paragraphs and runs: headings, numbers, text that is
//! hidden, crossed out or raised.
//!
//! How anything looks otherwise is not read.

use std::collections::BTreeMap;

use super::super::ImportError;
use super::super::raised::Raised;
use super::super::xml::{Element, Xml};

/// A style is based on no more others in a row than this.
const LONGEST_CHAIN: usize = 16;

/// What a style or a paragraph says.
#[derive(Clone, Default, Debug)]
pub(super) struct Properties {
    /// The style that it is based on.
    pub style: Option<String>,
    /// The level of a heading: 0 for the title.
    pub level: Option<u8>,
    /// Whether it is plain text, whatever its style says.
    pub is_body: bool,
    /// The list that it is numbered in; 0 for none.
    pub list: Option<usize>,
    /// The level in that list, from 0.
    pub list_level: Option<usize>,
    /// Whether its text is hidden.
    pub is_hidden: Option<bool>,
    /// Whether its text is crossed out.
    pub is_struck: Option<bool>,
    /// Whether its text stands above or below the line.
    pub raised: Option<Raised>,
    /// How far it is moved up, in half points,
    pub position: Option<i32>,
    /// and its size.
    pub size: Option<usize>,
    /// Whether its mark was inserted,
    pub is_inserted: bool,
    /// or deleted, so that it is one with the next.
    pub is_deleted: bool,
}

impl Properties {
    /// Reads `pPr`.
    pub(super) fn read(xml: &mut Xml<'_>) -> Result<Self, ImportError> {
        let mut properties = Self::default();
        xml.elements(|xml, element| properties.take(xml, &element))?;
        Ok(properties)
    }

    fn take(&mut self, xml: &mut Xml<'_>, element: &Element<'_>) -> Result<(), ImportError> {
        match element.name() {
            "pStyle" | "rStyle" | "basedOn" => self.style = element.attribute("val"),
            // 10 levels of outlines, of which the last is plain text.
            "outlineLvl" => match element.number("val").and_then(|level| u8::try_from(level).ok()) {
                Some(level @ 0..=8) => self.level = Some(level + 1),
                _ => self.is_body = true,
            },
            "vanish" | "specVanish" => self.is_hidden = Some(is_on(element)),
            "strike" | "dstrike" => {
                self.is_struck = Some(is_on(element) || self.is_struck.unwrap_or_default());
            }
            "position" => self.position = element.attribute("val").and_then(|value| value.parse().ok()),
            "sz" => self.size = element.number("val"),
            "vertAlign" => {
                self.raised = Some(match element.attribute("val").as_deref() {
                    Some("superscript") => Raised::Up,
                    Some("subscript") => Raised::Down,
                    _ => Raised::No,
                });
            }
            "rPr" => {
                return xml.elements(|_, element| {
                    self.is_inserted |= matches!(element.name(), "ins" | "moveTo");
                    self.is_deleted |= matches!(element.name(), "del" | "moveFrom");
                    Ok(())
                });
            }
            "numPr" => {
                return xml.elements(|_, element| {
                    match element.name() {
                        "numId" => self.list = element.number("val"),
                        "ilvl" => self.list_level = element.number("val"),
                        _ => {}
                    }
                    Ok(())
                });
            }
            _ => {}
        }
        Ok(())
    }

    /// What is not said here is as the other says.
    fn or(mut self, other: &Self) -> Self {
        self.level = self.level.or(other.level).filter(|_| !self.is_body);
        self.is_body |= other.is_body && self.level.is_none();
        self.list = self.list.or(other.list);
        self.list_level = self.list_level.or(other.list_level);
        self.is_hidden = self.is_hidden.or(other.is_hidden);
        self.is_struck = self.is_struck.or(other.is_struck);
        self.raised = self.raised.or(other.raised);
        self.position = self.position.or(other.position);
        self.size = self.size.or(other.size);
        self
    }
}

/// Whether a property is on, as it is where it says nothing else.
pub(super) fn is_on(element: &Element<'_>) -> bool {
    !element.attribute("val").is_some_and(|value| matches!(value.as_str(), "0" | "false" | "off" | "none"))
}

/// The styles of a document.
#[derive(Default)]
pub(super) struct Styles {
    by_id: BTreeMap<String, Properties>,
    /// The style of paragraphs that name none.
    default: Option<String>,
}

impl Styles {
    /// Reads the part of the styles.
    pub(super) fn read(text: &str) -> Result<Self, ImportError> {
        let mut styles = Self::default();
        Xml::new(text).elements(|xml, _| {
            xml.elements(|xml, element| match element.name() {
                "style" => styles.take(xml, &element),
                _ => Ok(()),
            })
        })?;
        Ok(styles)
    }

    fn take(&mut self, xml: &mut Xml<'_>, style: &Element<'_>) -> Result<(), ImportError> {
        let Some(id) = style.attribute("styleId") else { return Ok(()) };
        let is_default = style.attribute("default").is_some_and(|value| value == "1" || value == "true");
        if is_default && style.attribute("type").is_some_and(|kind| kind == "paragraph") {
            self.default = Some(id.clone());
        }
        let mut properties = Properties::default();
        let mut level = None;
        xml.elements(|xml, element| match element.name() {
            "name" => {
                level = element.attribute("val").and_then(|name| level_of(&name));
                Ok(())
            }
            "pPr" | "rPr" => xml.elements(|xml, element| properties.take(xml, &element)),
            _ => properties.take(xml, &element),
        })?;
        properties.level = level.or(properties.level);
        self.by_id.insert(id, properties);
        Ok(())
    }

    /// What a paragraph or a run says, with what its style says.
    pub(super) fn complete(&self, mut properties: Properties, is_paragraph: bool) -> Properties {
        let own = properties.style.as_ref().filter(|style| self.by_id.contains_key(*style));
        let mut next = own.or(self.default.as_ref().filter(|_| is_paragraph));
        for _ in 0..LONGEST_CHAIN {
            let Some(style) = next.and_then(|id| self.by_id.get(id)) else { break };
            properties = properties.or(style);
            next = style.style.as_ref();
        }
        properties
    }
}

/// The level that a built-in style has by its name, which is the same in every language.
fn level_of(name: &str) -> Option<u8> {
    let name = name.trim().to_lowercase();
    if matches!(name.as_str(), "title" | "标题") {
        return Some(0);
    }
    let level = name.strip_prefix("heading").or_else(|| name.strip_prefix("标题"))?;
    level.trim().parse().ok().filter(|level| (1..=9).contains(level))
}
