//! What the styles of an OpenDocument text say of text that is not read as it stands: hidden, crossed out, raised.
//!
//! How anything looks otherwise is not read.

use std::collections::BTreeMap;

use super::super::ImportError;
use super::super::raised::Raised;
use super::super::xml::{Element, Xml};

/// A style is based on no more others in a row than this.
const LONGEST_CHAIN: usize = 16;

/// How text looks; what nothing is said of is as around it.
#[derive(Clone, Copy, Default)]
pub(super) struct Look {
    /// Whether it is not shown, whatever is said within.
    pub is_hidden: bool,
    is_struck: Option<bool>,
    raised: Option<Raised>,
}

impl Look {
    /// Whether it is crossed out.
    pub(super) fn is_struck(self) -> bool {
        self.is_struck.unwrap_or_default()
    }

    /// Whether it is no text of the document.
    pub(super) fn is_unread(self) -> bool {
        self.is_hidden || self.is_struck()
    }

    /// Where it stands.
    pub(super) fn raised(self) -> Raised {
        self.raised.unwrap_or_default()
    }

    /// What stands in it and has a look of its own.
    pub(super) fn with(self, own: Self) -> Self {
        Self {
            is_hidden: self.is_hidden || own.is_hidden,
            is_struck: own.is_struck.or(self.is_struck),
            raised: own.raised.or(self.raised),
        }
    }

    fn take(&mut self, properties: &Element<'_>) {
        self.is_hidden |= properties.attribute("display").is_some_and(|display| display == "none");
        for name in ["text-line-through-style", "text-line-through-type"] {
            if let Some(line) = properties.attribute(name) {
                self.is_struck = Some(line != "none");
            }
        }
        // `super 58%`, `sub 58%`, or how far above the line: `33% 58%`.
        if let Some(position) = properties.attribute("text-position") {
            let word = position.split_whitespace().next().unwrap_or_default();
            let is_zero = !word.contains(|c: char| ('1'..='9').contains(&c));
            self.raised = Some(match word {
                "super" => Raised::Up,
                "sub" => Raised::Down,
                _ if is_zero => Raised::No,
                _ if word.starts_with('-') => Raised::Down,
                _ => Raised::Up,
            });
        }
    }
}

/// The looks of styles by their family and name, each with the style that it is based on.
#[derive(Default)]
pub(super) struct Looks(BTreeMap<(String, String), (Option<String>, Look)>);

impl Looks {
    /// Takes the style that has just begun.
    pub(super) fn take(&mut self, xml: &mut Xml<'_>, style: &Element<'_>) -> Result<(), ImportError> {
        let mut look = Look::default();
        xml.elements(|_, properties| {
            if properties.name() == "text-properties" {
                look.take(&properties);
            }
            Ok(())
        })?;
        let of_text = || "text".to_owned();
        if let Some(name) = style.attribute("name") {
            let family = style.attribute("family").unwrap_or_else(of_text);
            self.0.insert((family, name), (style.attribute("parent-style-name"), look));
        }
        Ok(())
    }

    /// How the text of an element looks.
    pub(super) fn of(&self, element: &Element<'_>) -> Look {
        let family = if matches!(element.name(), "p" | "h") { "paragraph" } else { "text" };
        let mut look = Look::default();
        let mut next = element.attribute("style-name");
        for _ in 0..LONGEST_CHAIN {
            let Some((parent, own)) = next.and_then(|name| self.0.get(&(family.to_owned(), name))) else {
                break;
            };
            look = own.with(look);
            next = parent.clone();
        }
        look
    }
}
