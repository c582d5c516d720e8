//! The sections of a foreign document: which heading begins which of the six.
//!
//! A heading is known by its name; where no line has the name of a section, by its number, its place among the others
//! and its words. Prose has numbered headings of its own, so a number alone counts only between its neighbours.

use super::labels::{NUMERALS, is_near};
use crate::document::Block;
use crate::form::{Form, Heading, terms::Section};
use crate::text::key;

/// A heading has no more characters than this.
const LONGEST: usize = 32;

/// A stretch of the document from one heading to the next.
#[derive(Default, Debug)]
pub(super) struct Part<'d> {
    /// The section; `None` before the first heading.
    pub section: Option<Section>,
    /// The heading as it was written.
    pub heading: String,
    /// Where the heading stands.
    pub at: &'d str,
    /// Whether the heading is the official one.
    pub is_official: bool,
    /// What stands behind the heading on its own line.
    pub run_in: &'d str,
    /// What follows it.
    pub blocks: Vec<&'d Block>,
}

/// Cuts a document into its sections.
pub(super) fn cut<'d>(blocks: &'d [Block], form: &Form) -> Vec<Part<'d>> {
    let lines = lines(blocks);
    let mut starts = named(&lines, form);
    leave_contents_out(&mut starts, blocks.len());
    for official in form.decree.headings {
        if !starts.iter().any(|start| start.section == official.section) {
            starts.extend(meant(official, &lines, &starts, blocks, form));
            starts.sort_by_key(|start| start.line.index);
        }
    }
    let mut parts = vec![Part { is_official: true, ..Part::default() }];
    let mut starts = starts.into_iter().peekable();
    let mut headings = 0;
    for (index, block) in blocks.iter().enumerate() {
        if let Some(start) = starts.next_if(|start| start.line.index == index) {
            headings = index + start.line.blocks;
            if !start.is_contents {
                parts.push(start.part());
            }
        }
        if index >= headings
            && let Some(part) = parts.last_mut()
        {
            part.blocks.push(block);
        }
    }
    parts
}

/// A line that may be a heading.
#[derive(Clone, Debug)]
struct Line<'d> {
    /// The number of its block.
    index: usize,
    /// How many blocks it takes: two where the number stands on a line of its own.
    blocks: usize,
    text: std::borrow::Cow<'d, str>,
    at: &'d str,
    /// Whether the document marks it as a heading below the title.
    is_marked: bool,
}

/// The beginning of a section.
#[derive(Debug)]
struct Start<'d> {
    section: Section,
    line: Line<'d>,
    is_official: bool,
    run_in: &'d str,
    /// Whether it is a line of a table of contents.
    is_contents: bool,
}

impl<'d> Start<'d> {
    fn part(self) -> Part<'d> {
        Part {
            section: Some(self.section),
            heading: self.line.text.into_owned(),
            at: self.line.at,
            is_official: self.is_official,
            run_in: self.run_in,
            blocks: Vec::new(),
        }
    }
}

/// The lines of a document, a number and the heading under it together.
fn lines(blocks: &[Block]) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let (Block::Heading { text, at, .. } | Block::Paragraph { text, at }) = block else { continue };
        let next = blocks.get(index + 1).and_then(written).filter(|_| is_numeral(text));
        let whole = next.map(|next| format!("{}、{}", text.trim(), next.trim()).into());
        lines.push(Line {
            index,
            blocks: 1 + usize::from(next.is_some()),
            text: whole.unwrap_or_else(|| text.into()),
            at,
            is_marked: matches!(block, Block::Heading { level: 1.., .. }),
        });
    }
    lines
}

fn written(block: &Block) -> Option<&str> {
    match block {
        Block::Paragraph { text, .. } | Block::Heading { text, .. } => Some(text),
        Block::Grid(_) => None,
    }
}

/// Whether a line is a number of a section and nothing else.
fn is_numeral(text: &str) -> bool {
    let mut key = text.chars().filter(|c| c.is_alphanumeric());
    key.next().is_some_and(|c| NUMERALS.contains(&c)) && key.next().is_none()
}

/// The headings that have the name of a section. Prose may look like a heading: where a section has one that is marked,
/// only marked ones count for it; where it has one with its own number, none with another, as within section one.
fn named<'d>(lines: &[Line<'d>], form: &Form) -> Vec<Start<'d>> {
    let mut starts: Vec<Start<'d>> = Vec::new();
    for line in lines {
        if starts.last().is_some_and(|start| line.index < start.line.index + start.line.blocks) {
            continue;
        }
        let start = |(section, is_official, run_in)| Start {
            section,
            line: line.clone(),
            is_official,
            run_in,
            is_contents: false,
        };
        let whole = || name(&line.text, form).map(|(section, is_official)| (section, is_official, ""));
        starts.extend(whole().or_else(|| run_in(line, form)).map(start));
    }
    let has_own_number = |start: &Start<'_>| {
        form.heading(start.section)
            .is_some_and(|official| bare(&start.line.text).starts_with(official.numeral))
    };
    let has_another_number =
        |start: &Start<'_>| start.line.text.contains(|c| NUMERALS.contains(&c)) && !has_own_number(start);
    prefer(&mut starts, |start| start.line.is_marked, |start| !start.line.is_marked);
    prefer(&mut starts, has_own_number, has_another_number);
    starts
}

/// Leaves out the lesser headings of sections that have a better one.
fn prefer<'d>(
    starts: &mut Vec<Start<'d>>,
    is_better: impl Fn(&Start<'d>) -> bool,
    is_lesser: impl Fn(&Start<'d>) -> bool,
) {
    let mut better: Vec<Section> =
        starts.iter().filter(|start| is_better(start)).map(|s| s.section).collect();
    better.sort_unstable();
    better.dedup();
    starts.retain(|start| !(is_lesser(start) && better.contains(&start.section)));
}

/// The section that a heading names, and whether it is the official heading.
fn name(text: &str, form: &Form) -> Option<(Section, bool)> {
    if !is_short(text) || text.trim_end().ends_with(['。', '；', '，']) {
        return None;
    }
    let found = key(text);
    let numeral = numeral(&found);
    let title = found.strip_prefix(numeral).unwrap_or(&found);
    let headings = form.decree.headings;
    if let Some(official) = headings.iter().find(|official| key(official.title) == title) {
        return Some((official.section, official.numeral == numeral));
    }
    let variant = headings.iter().find(|o| o.variants.iter().any(|variant| key(variant) == title));
    variant.map(|official| (official.section, false))
}

/// The number that a heading begins with; empty where it has none.
fn numeral(text: &str) -> &str {
    let is_number = |c: char| NUMERALS.contains(&c) || ('1'..='6').contains(&c);
    text.chars().next().filter(|c| is_number(*c)).map_or("", |c| &text[..c.len_utf8()])
}

/// Whether a line is no longer than a heading is, without taking the whole of a long one apart.
fn is_short(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphanumeric()).nth(LONGEST).is_none()
}

/// A heading with its number and name, and on the same line what stands under it: 六、其他需要报告的事项：无。
fn run_in<'d>(line: &Line<'d>, form: &Form) -> Option<(Section, bool, &'d str)> {
    const BREAKS: [char; 5] = ['：', ':', '。', ' ', '\u{3000}'];
    let std::borrow::Cow::Borrowed(text) = line.text else { return None };
    let numeral = NUMERALS.into_iter().find(|numeral| text.trim_start().starts_with(*numeral))?;
    let breaks = text.char_indices().take(2 * LONGEST).filter(|(_, c)| BREAKS.contains(c));
    breaks.map(|(at, _)| text.split_at(at)).find_map(|(heading, rest)| {
        let (section, is_official) = name(heading, form)?;
        let rest = rest.trim_start_matches(BREAKS);
        (!rest.is_empty() && heading.trim_start().len() > numeral.len_utf8()).then_some((
            section,
            is_official,
            rest,
        ))
    })
}

/// Finds the table of contents: headings with nothing under them that come again, and the one that ends it.
fn leave_contents_out(starts: &mut [Start<'_>], end: usize) {
    let mut later: Vec<Section> = Vec::new();
    let mut next = end;
    let mut coming_again = vec![false; starts.len()];
    for (start, comes_again) in starts.iter_mut().zip(&mut coming_again).rev() {
        *comes_again = later.contains(&start.section);
        start.is_contents =
            *comes_again && start.run_in.is_empty() && start.line.index + start.line.blocks == next;
        next = start.line.index;
        if !*comes_again {
            later.push(start.section);
        }
    }
    for at in 1..starts.len() {
        starts[at].is_contents |= coming_again[at] && starts[at - 1].is_contents;
    }
}

/// The line that is meant for the heading of a section that no line names: between its neighbours, with its number and
/// its words, with its words alone, or as the only one with its number.
fn meant<'d>(
    official: &Heading,
    lines: &[Line<'d>],
    starts: &[Start<'d>],
    blocks: &[Block],
    form: &Form,
) -> Option<Start<'d>> {
    let order = |section| form.decree.headings.iter().position(|heading| heading.section == section);
    let own = order(official.section);
    let others = || starts.iter().filter(|start| !start.is_contents);
    let after = others().filter(|s| order(s.section) < own).map(|s| s.line.index + s.line.blocks).max();
    let before = others().filter(|s| order(s.section) > own).map(|s| s.line.index).min();
    let between = after.unwrap_or_default()..before.unwrap_or(usize::MAX);
    let candidates = lines.iter().filter(|line| between.contains(&line.index) && is_short(&line.text));
    let candidates: Vec<&Line<'d>> =
        candidates.filter(|line| !line.text.trim_end().ends_with(['；', '，'])).collect();
    let has_number = |line: &&&Line<'d>| bare(&line.text).starts_with(official.numeral) && is_numbered(line);
    let speaks = |line: &&&Line<'d>| speaks_of(official.section, &line.text);
    let is_heading = |line: &&&Line<'d>| {
        is_numbered(line) || line.is_marked || is_near(&key(&line.text), &key(official.title))
    };
    let numbered: Vec<&Line<'d>> = candidates.iter().filter(has_number).copied().collect();
    let by_both: Vec<&Line<'d>> = numbered.iter().filter(speaks).copied().collect();
    let found = if official.section.is_table() {
        // The headings of section one that are numbered like those of the report come before them.
        let leads_to_a_table = |line: &&Line<'d>| {
            let is_of_another = form.decree.headings.iter().any(|h| speaks_of(h.section, &line.text));
            matches!(blocks.get(line.index + line.blocks), Some(Block::Grid(_))) && !is_of_another
        };
        by_both.last().copied().or_else(|| numbered.last().copied().filter(leads_to_a_table))
    } else {
        let is_only = |line: &&Line<'d>| {
            let own = official.section;
            let others = form.decree.headings.iter().filter(|heading| heading.section != own);
            numbered.len() == 1 && !others.into_iter().any(|h| speaks_of(h.section, &line.text))
        };
        let by_words = || candidates.iter().filter(is_heading).find(speaks).copied();
        let first = by_both.first().copied().or_else(by_words);
        // What comes again in the same words was in the table of contents before.
        let again = |first: &&Line<'d>| candidates.iter().rev().find(|line| line.text == first.text).copied();
        first.as_ref().and_then(again).or_else(|| numbered.first().copied().filter(is_only))
    };
    found.map(|line| Start {
        section: official.section,
        line: line.clone(),
        is_official: false,
        run_in: "",
        is_contents: false,
    })
}

/// Whether a line begins with the number of a section: 五、.
fn is_numbered(line: &Line<'_>) -> bool {
    let mut chars = bare(&line.text).chars();
    let is_numeral = chars.next().is_some_and(|c| NUMERALS.contains(&c));
    is_numeral && chars.next().is_some_and(|c| "、．.，, ：:\u{3000}".contains(c))
}

/// A line without blanks and Markdown's bold signs before it.
fn bare(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_whitespace() || c == '*')
}

/// Whether a heading has a word of a section.
fn speaks_of(section: Section, text: &str) -> bool {
    let words: &[&str] = match section {
        Section::Overview => &["总体", "整体", "概述", "概况", "基本情况", "工作情况", "工作开展"],
        Section::Proactive => &["主动公开"],
        Section::Requests => &["申请"],
        Section::Disputes => &["复议", "诉讼"],
        Section::Problems => &["问题", "不足", "短板", "改进", "打算", "下一步"],
        Section::OtherMatters => &["其他", "其它", "事项"],
        Section::Lead => return false,
    };
    words.iter().any(|word| text.contains(word))
}
