//! The automatic numbers of an OpenDocument text, by its styles.
//!
//! What the styles say of text is [`super::looks`]'s.

use std::collections::BTreeMap;

use super::super::ImportError;
use super::super::ordinal::Ordinal;
use super::super::xml::{Element, Xml};
use super::looks::{Look, Looks};

/// How many levels a list has.
const LEVELS: usize = 10;

/// What stands around a number has no more bytes than this.
const LONGEST_TEXT: usize = 100;

/// The list of the headings, which has no name.
const OUTLINE: &str = "";

/// How the numbers of a level look.
#[derive(Default, Debug)]
struct Level {
    start: u32,
    format: Option<Ordinal>,
    /// The number with its surroundings: `%1%、`.
    text: String,
}

/// The styles of a text.
#[derive(Default)]
pub(super) struct Styles {
    lists: BTreeMap<String, BTreeMap<usize, Level>>,
    looks: Looks,
    /// How far each list has been counted.
    counts: BTreeMap<String, [Option<u32>; LEVELS]>,
}

impl Styles {
    /// Takes the styles that stand in the element that has just begun.
    pub(super) fn take(&mut self, xml: &mut Xml<'_>) -> Result<(), ImportError> {
        xml.elements(|xml, element| match element.name() {
            "list-style" => self.take_list(xml, element.attribute("name").unwrap_or_default()),
            "outline-style" => self.take_list(xml, OUTLINE.to_owned()),
            "style" => self.looks.take(xml, &element),
            _ => Ok(()),
        })
    }

    fn take_list(&mut self, xml: &mut Xml<'_>, name: String) -> Result<(), ImportError> {
        let mut levels = BTreeMap::new();
        xml.elements(|_, element| {
            let is_number = matches!(element.name(), "list-level-style-number" | "outline-level-style");
            if let Some(level @ 1..=LEVELS) = element.number("level").filter(|_| is_number) {
                levels.insert(level - 1, look(&element, level));
            }
            Ok(())
        })?;
        self.lists.insert(name, levels);
        Ok(())
    }

    /// How the text of an element looks.
    pub(super) fn look(&self, element: &Element<'_>) -> Look {
        self.looks.of(element)
    }

    /// Begins a list anew.
    pub(super) fn restart(&mut self, list: &str) {
        self.counts.remove(list);
    }

    /// The number of the next heading that is in no list.
    pub(super) fn next_heading(&mut self, level: usize) -> Option<String> {
        self.next(OUTLINE, level, None)
    }

    /// The number of the next item of a list; `None` where it has none or a bullet. `start` is where it begins anew.
    pub(super) fn next(&mut self, list: &str, level: usize, start: Option<u32>) -> Option<String> {
        let levels = self.lists.get(list)?;
        let level = level.min(LEVELS - 1);
        let first = |level: usize| levels.get(&level).map_or(1, |look| look.start);
        let counts = self.counts.entry(list.to_owned()).or_default();
        let next = counts[level].map_or_else(|| first(level), |count| count.saturating_add(1));
        counts[level] = Some(start.unwrap_or(next));
        counts[level + 1..].fill(None);
        let own = levels.get(&level)?;
        own.format?;
        let mut label = own.text.clone();
        for (shown, count) in counts.iter().enumerate().take(level + 1) {
            let number = count.unwrap_or_else(|| first(shown));
            let format = levels.get(&shown).and_then(|look| look.format);
            let written = format.map(|format| format.write(number)).unwrap_or_default();
            label = label.replace(&format!("%{}%", shown + 1), &written);
        }
        Some(label.trim().to_owned()).filter(|label| !label.is_empty())
    }
}

fn look(element: &Element<'_>, level: usize) -> Level {
    let short = |name: &str| element.attribute(name).filter(|text| text.len() <= LONGEST_TEXT);
    let (prefix, suffix) = (short("num-prefix"), short("num-suffix"));
    let first = level.saturating_sub(element.number("display-levels").unwrap_or(1).max(1)) + 1;
    let numbers: Vec<String> = (first..=level).map(|level| format!("%{level}%")).collect();
    let usual = || [prefix.unwrap_or_default(), numbers.join("."), suffix.unwrap_or_default()].concat();
    Level {
        start: element.number("start-value").and_then(|start| u32::try_from(start).ok()).unwrap_or(1),
        format: element.attribute("num-format").and_then(|format| Ordinal::of_open(&format)),
        text: short("num-list-format").unwrap_or_else(usual),
    }
}
