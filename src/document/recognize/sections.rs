//! The sections of a foreign document: which heading begins which of the six.

use super::labels::{NUMERALS, key};
use crate::document::Block;
use crate::form::Form;
use crate::form::terms::Section;

/// A stretch of the document from one heading to the next.
#[derive(Debug)]
pub(super) struct Part<'d> {
    /// The section; `None` before the first heading.
    pub section: Option<Section>,
    /// The heading as it was written.
    pub heading: String,
    /// Where the heading stands.
    pub at: &'d str,
    /// Whether the heading is the official one.
    pub is_official: bool,
    /// What follows it.
    pub blocks: Vec<&'d Block>,
}

/// Cuts a document into its sections.
///
/// Where sections have headings that are marked as such, only those count for them: prose may look like a heading.
pub(super) fn cut<'d>(blocks: &'d [Block], form: &Form) -> Vec<Part<'d>> {
    let marked: Vec<Section> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading { level: 1.., text, .. } => heading(text, form).map(|(section, _)| section),
            _ => None,
        })
        .collect();
    let mut parts =
        vec![Part { section: None, heading: String::new(), at: "", is_official: true, blocks: Vec::new() }];
    let mut skipped = false;
    for (index, block) in blocks.iter().enumerate() {
        if std::mem::take(&mut skipped) {
            continue;
        }
        let found = match block {
            Block::Heading { level: 1.., text, at } => {
                heading(text, form).map(|(s, o)| (s, o, text.clone(), at))
            }
            Block::Paragraph { text, at } => {
                let next = blocks.get(index + 1).and_then(paragraph).filter(|_| is_numeral(text));
                let whole =
                    next.map_or_else(|| text.clone(), |next| format!("{}、{}", text.trim(), next.trim()));
                let found = heading(&whole, form).filter(|(section, _)| !marked.contains(section));
                skipped = found.is_some() && next.is_some();
                found.map(|(section, is_official)| (section, is_official, whole, at))
            }
            _ => None,
        };
        match found {
            Some((section, is_official, heading, at)) => {
                parts.push(Part { section: Some(section), heading, at, is_official, blocks: Vec::new() });
            }
            None => {
                let last = parts.len() - 1;
                parts[last].blocks.push(block);
            }
        }
    }
    without_contents(parts)
}

/// Leaves out a table of contents: headings with nothing under them that come again.
fn without_contents(mut parts: Vec<Part<'_>>) -> Vec<Part<'_>> {
    let sections: Vec<Option<Section>> = parts.iter().map(|part| part.section).collect();
    let mut index = 0;
    parts.retain(|part| {
        index += 1;
        !part.blocks.is_empty() || part.section.is_none() || !sections[index..].contains(&part.section)
    });
    parts
}

fn paragraph(block: &Block) -> Option<&str> {
    match block {
        Block::Paragraph { text, .. } | Block::Heading { text, .. } => Some(text),
        Block::Grid(_) => None,
    }
}

/// Whether a line is a number of a section and nothing else.
fn is_numeral(text: &str) -> bool {
    let key = key(text);
    key.chars().count() == 1 && NUMERALS.contains(&key)
}

/// The section that a heading begins, and whether it is the official one.
fn heading(text: &str, form: &Form) -> Option<(Section, bool)> {
    let found = key(text);
    if found.chars().count() > 32 || text.trim_end().ends_with(['。', '；', '，']) {
        return None;
    }
    let numeral =
        found.chars().next().filter(|c| NUMERALS.contains(*c)).map(String::from).unwrap_or_default();
    let title = found.strip_prefix(&numeral).unwrap_or(&found);
    let headings = form.decree.headings;
    if let Some(official) = headings.iter().find(|official| key(official.title) == title) {
        return Some((official.section, official.numeral == numeral));
    }
    let variant = headings.iter().find(|o| o.variants.iter().any(|variant| key(variant) == title));
    let alike = || {
        headings.iter().find(|o| !numeral.is_empty() && o.numeral == numeral && speaks_of(o.section, title))
    };
    variant.or_else(alike).map(|official| (official.section, false))
}

/// Whether a title under the right number has the words of its section.
fn speaks_of(section: Section, title: &str) -> bool {
    let words: &[&str] = match section {
        Section::Overview => &["总体", "情况"],
        Section::Proactive => &["主动公开", "情况"],
        Section::Requests => &["申请", "情况"],
        Section::Disputes => &["行政复议", "诉讼"],
        Section::Problems => &["问题", "改进"],
        Section::OtherMatters => &["其他", "事项"],
        Section::Lead => return false,
    };
    words.iter().all(|word| title.contains(word))
}
