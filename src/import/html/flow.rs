//! The content of a page in reading order: every block a paragraph, every table its [`super::table`].

use scraper::node::Element;
use scraper::{ElementRef, Html, Node};

use super::super::raised::Raised;
use super::lines::Lines;
use super::menus::Menus;
use super::tags::{STYLED, is_inline};
use crate::document::Block;
use crate::import::ImportError;

/// What has been read of a page.
#[derive(Default)]
pub(super) struct Page {
    pub blocks: Vec<Block>,
    /// How many pictures were passed.
    pub pictures: usize,
    /// What the page calls itself, without the name of the site.
    pub title: Option<String>,
    /// How many tables have been read.
    pub tables: usize,
    /// How many cells they have.
    pub cells: usize,
    /// Whether text was left out because it is crossed out.
    pub has_struck: bool,
    lines: Lines,
    paragraphs: usize,
    menus: Menus,
}

impl Page {
    /// Reads a whole page.
    pub(super) fn read(html: &Html) -> Result<Self, ImportError> {
        let mut page = Self { menus: Menus::of(html), ..Self::default() };
        page.flow(html.root_element())?;
        page.close();
        Ok(page)
    }

    /// Reads the content of an element.
    pub(super) fn flow(&mut self, parent: ElementRef<'_>) -> Result<(), ImportError> {
        for node in parent.children() {
            if let Node::Text(text) = node.value() {
                self.lines.push(text, is_typed(parent));
            }
            let Some(element) = ElementRef::wrap(node).filter(|element| !is_unseen(element.value())) else {
                continue;
            };
            match element.value().name() {
                _ if is_struck(element.value()) => self.has_struck |= has_text(element),
                _ if let Some((text, raised)) = raised(element) => self.lines.push_raised(&text, raised),
                "x-title" => {
                    let title: String = element.text().collect();
                    self.title = self.title.take().or_else(|| own_title(&title));
                }
                "br" => self.close(),
                "img" => self.pictures += 1,
                "table" if self.menus.has(element) => self.close(),
                "table" => self.table(element)?,
                name if is_inline(name) => self.flow(element)?,
                _ => {
                    self.close();
                    if !self.menus.has(element) {
                        self.flow(element)?;
                        self.close();
                    }
                }
            }
        }
        Ok(())
    }

    /// Ends the paragraph that is open.
    pub(super) fn close(&mut self) {
        for text in self.lines.take() {
            self.paragraphs += 1;
            self.blocks.push(Block::Paragraph { text, at: format!("第 {} 段", self.paragraphs) });
        }
    }
}

/// Whether the text in an element is set as it was typed.
pub(super) fn is_typed(parent: ElementRef<'_>) -> bool {
    let is_pre = |element: ElementRef<'_>| element.value().name() == "pre";
    is_pre(parent) || parent.parent().and_then(ElementRef::wrap).is_some_and(is_pre)
}

/// Whether an element is nothing that a reader of the text sees.
pub(super) fn is_unseen(element: &Element) -> bool {
    element.attr("hidden").is_some() || element.name() == "nav"
}

/// Whether an element is crossed out.
pub(super) fn is_struck(element: &Element) -> bool {
    element.name() == "x-struck" || element.attr("look") == Some("struck")
}

/// Whether a reader sees text in an element.
pub(super) fn has_text(element: ElementRef<'_>) -> bool {
    element.text().any(|text| !text.trim().is_empty())
}

/// The text of an element that stands above or below the line. What is longer than a mark is text like other text.
pub(super) fn raised(element: ElementRef<'_>) -> Option<(String, Raised)> {
    const LONGEST: usize = 20;
    let raised = match (element.value().name(), element.value().attr("look")) {
        ("x-up", _) | ("span" | "x-link" | STYLED, Some("up")) => Raised::Up,
        ("x-down", _) | ("span" | "x-link" | STYLED, Some("down")) => Raised::Down,
        _ => return None,
    };
    let mut mark = String::new();
    for node in element.descendants() {
        match node.value() {
            Node::Text(text) => mark.push_str(text),
            Node::Element(within) if matches!(within.name(), "table" | "img" | "input") => return None,
            _ => {}
        }
        if mark.len() > LONGEST * 4 || mark.trim().chars().nth(LONGEST).is_some() {
            return None;
        }
    }
    Some((mark, raised))
}

/// The longest of the names that the title of a page is made of: those of the text, the department and the site.
fn own_title(title: &str) -> Option<String> {
    let is_between = |c: char| matches!(c, '_' | '|' | '｜' | '-' | '－' | '—' | '–' | '\n');
    let names = title.split(is_between).map(str::trim).filter(|name| !name.is_empty());
    names.max_by_key(|name| name.chars().count()).map(str::to_owned)
}
