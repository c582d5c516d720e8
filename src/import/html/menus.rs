//! Which elements of a page are menus, or paths to it: nothing but links to several places. Told for all of them in one
//! pass, each from what is in it.

use std::collections::BTreeSet;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::{ElementRef, Html, Node};

use super::flow::is_unseen;

/// A menu leads to so many places.
const FEWEST: usize = 3;

/// A link with more characters says more than where it leads.
const LONGEST: usize = 40;

/// The menus of a page.
#[derive(Default)]
pub(super) struct Menus(BTreeSet<NodeId>);

/// What is in an element.
#[derive(Default)]
struct Content<'h> {
    /// Where its links lead, as far as that matters.
    places: BTreeSet<&'h str>,
    /// Whether it has text that is none of a link,
    has_text: bool,
    /// or that would be too much of one.
    has_long_text: bool,
}

impl Menus {
    /// Finds them.
    pub(super) fn of(html: &Html) -> Self {
        let mut menus = Self::default();
        let mut open: Vec<Content<'_>> = vec![Content::default()];
        for edge in html.tree.root().traverse() {
            match edge {
                Edge::Open(node) => open.push(match node.value() {
                    Node::Text(text) => Content::of_text(text),
                    _ => Content::default(),
                }),
                Edge::Close(node) => {
                    let Some(mut content) = open.pop() else { break };
                    if let Node::Element(element) = node.value() {
                        if is_unseen(element) {
                            continue;
                        }
                        if let Some(place) = element.attr("href").filter(|_| element.name() == "x-link") {
                            content.places.insert(place);
                            // In a link only what is too long is text.
                            content.has_text = content.has_long_text;
                        }
                        if content.places.len() >= FEWEST && !content.has_text {
                            menus.0.insert(node.id());
                        }
                    }
                    if let Some(around) = open.last_mut() {
                        around.take(content);
                    }
                }
            }
        }
        menus
    }

    /// Whether an element is one of them.
    pub(super) fn has(&self, element: ElementRef<'_>) -> bool {
        self.0.contains(&element.id())
    }
}

impl<'h> Content<'h> {
    fn of_text(text: &str) -> Self {
        Self {
            places: BTreeSet::new(),
            has_text: !text.chars().all(is_between_links),
            has_long_text: text.contains('。') || text.chars().nth(LONGEST).is_some(),
        }
    }

    fn take(&mut self, within: Self) {
        self.has_text |= within.has_text;
        self.has_long_text |= within.has_long_text;
        for place in within.places {
            if self.places.len() < FEWEST {
                self.places.insert(place);
            }
        }
    }
}

/// Whether a character stands between links.
fn is_between_links(c: char) -> bool {
    c.is_whitespace() || "|｜>＞›»·•/-[]【】,，、".contains(c)
}
