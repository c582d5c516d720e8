//! The automatic numbers of a Word document: which paragraph of which list has which number, written as Word shows it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::ImportError;
use super::super::ordinal::Ordinal;
use super::super::xml::{Element, Xml};
use super::styles::is_on;

/// How many levels a list has.
const LEVELS: usize = 9;

/// What stands around a number has no more bytes than this.
const LONGEST_TEXT: usize = 100;

/// How the numbers of a level look.
#[derive(Clone, Default, Debug)]
struct Level {
    start: Option<u32>,
    format: String,
    /// The number with its surroundings: `%1、`.
    text: String,
    /// Whether the numbers of the levels above are written in digits.
    is_legal: bool,
    /// The level whose numbers begin this one again, from 1; 0 for none.
    restart: Option<usize>,
}

type Levels = BTreeMap<usize, Level>;

/// A list that paragraphs name.
#[derive(Default, Debug)]
struct List {
    /// What it is made after.
    pattern: usize,
    overrides: Levels,
    /// Where its levels begin anew.
    starts: BTreeMap<usize, u32>,
}

/// The lists of a document, and how far each has been counted.
#[derive(Default)]
pub(super) struct Numbering {
    patterns: BTreeMap<usize, Levels>,
    lists: BTreeMap<usize, List>,
    /// Patterns that stand for a list of a style: the style's name, by the pattern that points to it.
    links: BTreeMap<usize, String>,
    /// The pattern that defines a style of lists.
    definitions: BTreeMap<String, usize>,
    counts: BTreeMap<usize, [Option<u32>; LEVELS]>,
    begun: BTreeSet<usize>,
}

impl Numbering {
    /// Reads the part of the lists.
    pub(super) fn read(text: &str) -> Result<Self, ImportError> {
        let mut numbering = Self::default();
        Xml::new(text).elements(|xml, _| {
            xml.elements(|xml, element| match element.name() {
                "abstractNum" => numbering.take_pattern(xml, &element),
                "num" => numbering.take_list(xml, &element),
                _ => Ok(()),
            })
        })?;
        Ok(numbering)
    }

    fn take_pattern(&mut self, xml: &mut Xml<'_>, pattern: &Element<'_>) -> Result<(), ImportError> {
        let Some(id) = pattern.number("abstractNumId") else { return Ok(()) };
        let mut levels = Levels::new();
        xml.elements(|xml, element| {
            match element.name() {
                "lvl" => return take_level(xml, &element, &mut levels),
                "numStyleLink" => {
                    self.links.extend(element.attribute("val").map(|name| (id, name)));
                }
                "styleLink" => {
                    self.definitions.extend(element.attribute("val").map(|name| (name, id)));
                }
                _ => {}
            }
            Ok(())
        })?;
        self.patterns.insert(id, levels);
        Ok(())
    }

    fn take_list(&mut self, xml: &mut Xml<'_>, list: &Element<'_>) -> Result<(), ImportError> {
        let Some(id) = list.number("numId") else { return Ok(()) };
        let mut taken = List::default();
        xml.elements(|xml, element| match element.name() {
            "abstractNumId" => {
                taken.pattern = element.number("val").unwrap_or_default();
                Ok(())
            }
            "lvlOverride" => {
                let level = element.number("ilvl").unwrap_or_default();
                xml.elements(|xml, element| match element.name() {
                    "startOverride" => {
                        let start = element.number("val").and_then(|start| u32::try_from(start).ok());
                        taken.starts.extend(start.map(|start| (level, start)));
                        Ok(())
                    }
                    "lvl" => take_level(xml, &element, &mut taken.overrides),
                    _ => Ok(()),
                })
            }
            _ => Ok(()),
        })?;
        self.lists.insert(id, taken);
        Ok(())
    }

    /// The number of the next paragraph of a list; `None` where it has none or a bullet.
    pub(super) fn next(&mut self, list: usize, level: usize) -> Option<String> {
        let level = level.min(LEVELS - 1);
        let taken = self.lists.get(&list)?;
        let link = self.links.get(&taken.pattern).and_then(|style| self.definitions.get(style));
        let pattern = link.copied().unwrap_or(taken.pattern);
        let levels = self.patterns.get(&pattern)?;
        let look = |level: usize| taken.overrides.get(&level).or_else(|| levels.get(&level));
        let start = |level: usize| look(level).and_then(|look| look.start).unwrap_or(1);
        let counts = self.counts.entry(pattern).or_default();
        if self.begun.insert(list) {
            for (&level, &start) in taken.starts.iter().filter(|(level, _)| **level < LEVELS) {
                counts[level] = start.checked_sub(1);
                counts[level + 1..].fill(None);
            }
        }
        counts[level] = Some(counts[level].map_or_else(|| start(level), |count| count.saturating_add(1)));
        for (deeper, count) in counts.iter_mut().enumerate().skip(level + 1) {
            // Without a word on it, a level begins again under each number of those above.
            if look(deeper).and_then(|look| look.restart).is_none_or(|restart| restart > level) {
                *count = None;
            }
        }
        let own = look(level)?;
        Ordinal::of_word(&own.format)?;
        let mut label = own.text.clone();
        for (shown, count) in counts.iter().enumerate().take(level + 1) {
            let format = look(shown).and_then(|look| Ordinal::of_word(&look.format));
            let is_digits = own.is_legal && shown < level;
            let format = if is_digits { Some(Ordinal::Decimal) } else { format };
            let number = count.unwrap_or_else(|| start(shown));
            let written = format.map(|format| format.write(number)).unwrap_or_default();
            label = label.replace(&format!("%{}", shown + 1), &written);
        }
        Some(label.trim().to_owned()).filter(|label| !label.is_empty())
    }
}

fn take_level(xml: &mut Xml<'_>, level: &Element<'_>, levels: &mut Levels) -> Result<(), ImportError> {
    let Some(index) = level.number("ilvl") else { return Ok(()) };
    let mut look = Level { format: "decimal".to_owned(), ..Level::default() };
    xml.elements(|xml, element| {
        match element.name() {
            "start" => look.start = element.number("val").and_then(|start| u32::try_from(start).ok()),
            "numFmt" => look.format = element.attribute("val").unwrap_or_default(),
            "lvlText" => {
                let text = element.attribute("val").filter(|text| text.len() <= LONGEST_TEXT);
                look.text = text.unwrap_or_default();
            }
            "isLgl" => look.is_legal = is_on(&element),
            "lvlRestart" => look.restart = element.number("val"),
            // A format that only newer versions know stands beside the one that all know.
            "AlternateContent" => {
                return xml.elements(|xml, branch| match branch.name() {
                    "Fallback" => xml.elements(|_, element| {
                        if element.name() == "numFmt" {
                            look.format = element.attribute("val").unwrap_or_default();
                        }
                        Ok(())
                    }),
                    _ => Ok(()),
                });
            }
            _ => {}
        }
        Ok(())
    })?;
    levels.insert(index, look);
    Ok(())
}
