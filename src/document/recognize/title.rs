//! The title: which line it is, and what it says of organ and year, however it is worded.

use std::ops::Range;

use super::Line;
use super::signature::is_name;
use crate::day::years;
use crate::text::squeezed;

/// The title stands among this many lines: a page may have many before it.
const FIRST: usize = 1000;

/// A title is broken over no more lines than this.
const PIECES: usize = 4;

/// A title has no more characters than this.
const LONGEST: usize = 80;

/// Words that a title names the work with.
const WORK: [&str; 3] = ["政府信息公开", "政务公开", "信息公开"];

/// The lines of the title, among those before the first section. A heading marked as the title is it, whatever it says.
pub(super) fn find(lines: &[Line<'_>], is_marked: &[bool]) -> Option<Range<usize>> {
    let marked = || (0..lines.len()).filter(|&at| is_marked[at]);
    if let Some(first) = marked().next() {
        // One of them, or several that follow each other: a title that is broken over lines.
        let ranges = (1..=PIECES).flat_map(|pieces| marked().map(move |at| at..at + pieces));
        let mut ranges = ranges.filter(|range| range.clone().all(|at| is_marked.get(at) == Some(&true)));
        let says_all = |range: &Range<usize>| {
            let whole = joined(&lines[range.clone()]);
            is_whole(&whole) && !read(&whole).says_nothing()
        };
        return ranges.find(says_all).or(Some(first..first + 1));
    }
    let found: Vec<Range<usize>> = (0..lines.len().min(FIRST)).filter_map(|end| ending(lines, end)).collect();
    // What says as much and comes later is nearer to the report: a page has its title in its head and its menus too.
    found.into_iter().max_by_key(|range| {
        let said = read(&joined(&lines[range.clone()]));
        (said.year.is_some(), said.organ.is_some())
    })
}

/// The lines as one text.
pub(super) fn joined(lines: &[Line<'_>]) -> String {
    lines.iter().map(|(text, _)| text.trim()).collect()
}

/// The title that has its last words in this line.
fn ending(lines: &[Line<'_>], end: usize) -> Option<Range<usize>> {
    let text = |at: usize| lines[at].0.as_str();
    if !ends(text(end)) || !is_piece(text(end)) {
        return None;
    }
    let whole = |start: usize| joined(&lines[start..=end]);
    let earliest = (end + 1).saturating_sub(PIECES);
    let mut start = end;
    while start > earliest && !names_the_work(&whole(start)) && is_piece(text(start - 1)) {
        start -= 1;
    }
    if !is_whole(&whole(start)) {
        return None;
    }
    let is_year = |at: usize| is_piece(text(at)) && years(text(at)).next().is_some();
    let last = if lines.get(end + 1).is_some_and(|line| is_year_alone(&line.0)) { end + 1 } else { end };
    if start > earliest && last == end && years(&whole(start)).next().is_none() && is_year(start - 1) {
        start -= 1;
    }
    if start > earliest && read(&whole(start)).organ.is_none() && is_name(text(start - 1)) {
        start -= 1;
    }
    Some(start..last + 1)
}

/// Whether a text says what a title says: the work, and that it is a report.
fn is_whole(text: &str) -> bool {
    is_piece(text) && names_the_work(text) && ends(text)
}

fn names_the_work(text: &str) -> bool {
    WORK.iter().any(|work| squeezed(text).contains(work))
}

/// Whether a text ends as a title does, but for a year in brackets.
fn ends(text: &str) -> bool {
    let text = text.trim_end();
    let bare =
        text.strip_suffix(['）', ')']).and_then(|text| text.rsplit_once(['（', '('])).map_or(text, |b| b.0);
    ["报告", "年报", "总结"].iter().any(|word| bare.trim_end().ends_with(word))
}

/// Whether a line may be a piece of a title: short, and no sentence, label or path.
fn is_piece(text: &str) -> bool {
    text.chars().nth(LONGEST).is_none()
        && !text.contains(['，', '。', '；', '：', ':', '>', '》', '！', '？'])
}

/// Whether a line is a year in brackets: （2025年度）.
fn is_year_alone(text: &str) -> bool {
    let text = squeezed(text);
    let inner = text.strip_prefix(['（', '(']).and_then(|text| text.strip_suffix(['）', ')']));
    inner.is_some_and(|inner| {
        years(inner)
            .next()
            .is_some_and(|(range, _)| range.start == 0 && inner[range.end..].trim_matches('度').is_empty())
    })
}

/// What a title says.
#[derive(Debug)]
pub(super) struct Title {
    /// The organ, as written but for blanks.
    pub organ: Option<String>,
    /// The year.
    pub year: Option<i64>,
}

impl Title {
    const fn says_nothing(&self) -> bool {
        self.organ.is_none() && self.year.is_none()
    }
}

/// Takes organ and year out of a title.
pub(super) fn read(title: &str) -> Title {
    let title = squeezed(title);
    let year = years(&title).next();
    let (before, after) = year.as_ref().map_or((title.as_str(), ""), |(range, _)| {
        (&title[..range.start], title[range.end..].trim_start_matches('度'))
    });
    let rest = [before.trim_end_matches(['（', '(']), after].concat();
    let rest = rest.strip_prefix("关于").unwrap_or(&rest);
    let end = WORK.iter().chain(&["关于"]).filter_map(|word| rest.find(word)).min();
    // Without the work, what stands before the year.
    let name = end.map_or(if year.is_some() { before } else { "" }, |end| &rest[..end]);
    let name = name.trim_end_matches(['的', '《', '“', '"']);
    // 柳河镇人民政府信息公开: 政府 is said once, and belongs to the name.
    let is_cut =
        name.ends_with("人民") && rest.strip_prefix(name).is_some_and(|rest| rest.starts_with("政府"));
    let government = if is_cut { "政府" } else { "" };
    let organ = (name.chars().count() >= 2).then(|| [name, government].concat());
    Title { organ, year: year.map(|(_, year)| year) }
}
