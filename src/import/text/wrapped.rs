//! Text that was wrapped at a margin, as it is copied from a PDF: its lines, joined into paragraphs again.
//!
//! Our own exports have an empty line between paragraphs, and nothing is joined over one.

use std::borrow::Cow;

use crate::document::is_page_number;
use crate::width::{Ambiguous, width};

/// A line that was broken at the margin is at most this much shorter, in columns: the first of a paragraph has lost its
/// indent of four, and no word or number is broken.
const RAGGED: usize = 10;

/// Margins of wrapped text, in columns; where lines are longer, they are paragraphs.
const MARGINS: std::ops::RangeInclusive<usize> = 40..=110;

/// The lines of a text with their numbers from 1 on; those that were one line before the text was wrapped, as one.
pub(super) fn lines(text: &str) -> Vec<(usize, Cow<'_, str>)> {
    let numbered = text.lines().enumerate().map(|(index, line)| (index + 1, line));
    let Some(margin) = margin(text) else {
        return numbered.map(|(number, line)| (number, line.into())).collect();
    };
    let mut lines: Vec<(usize, Cow<'_, str>)> = Vec::new();
    // The last line that was looked at, where a paragraph may go on in the next.
    let mut open: Option<&str> = None;
    for (number, line) in numbered {
        if is_page_number(line) {
            continue;
        }
        match (open, lines.last_mut()) {
            (Some(last), Some((_, whole))) if goes_on(last, line, margin) => {
                let is_word = |c: char| c.is_ascii_alphanumeric();
                if last.trim_end().ends_with(is_word) && line.trim_start().starts_with(is_word) {
                    whole.to_mut().push(' ');
                }
                whole.to_mut().push_str(line.trim());
            }
            _ => lines.push((number, line.trim_end().into())),
        }
        open = Some(line);
    }
    lines
}

/// The width at which a text was wrapped: that of its longest lines, but for a few, where many are nearly as long and
/// most of those are broken off.
fn margin(text: &str) -> Option<usize> {
    let measured = text.lines().filter(|line| is_prose(line)).map(|line| (columns(line), line));
    let mut lines: Vec<(usize, &str)> = measured.collect();
    lines.sort_by_key(|(width, _)| std::cmp::Reverse(*width));
    let (longest, _) = lines.first().filter(|(longest, _)| MARGINS.contains(longest))?;
    let (margin, _) = lines[lines.len() / 20];
    let reaching = |least: usize| lines.iter().take_while(move |(width, _)| *width >= least);
    let full = reaching(longest.saturating_sub(RAGGED));
    let broken_off =
        full.clone().filter(|(_, line)| line.trim_end().ends_with(char::is_alphanumeric)).count();
    let (full, all) = (full.count(), reaching(longest / 2).count());
    (full >= 6 && broken_off * 2 >= full && full * 5 >= all * 2).then_some(margin)
}

fn columns(line: &str) -> usize {
    // What is longer than any margin need not be measured.
    let line = line.trim();
    if line.len() > 1000 { usize::MAX / 2 } else { width(line, Ambiguous::Wide) }
}

/// Whether a line is neither blank nor part of a table.
fn is_prose(line: &str) -> bool {
    !line.trim().is_empty() && !line.contains(['\t', '|'])
}

/// Whether a line was broken off at the margin and goes on in the next.
fn goes_on(last: &str, next: &str, margin: usize) -> bool {
    let is_broken_off = is_prose(last)
        && columns(last) + RAGGED >= margin
        && !last.trim_end().ends_with(['。', '！', '？', '；', '：', '.', '!', '?', ';', ':']);
    // A heading that is as long as a line has no mark in it.
    let is_heading = is_item(last) && !last.contains(['，', '。', '；', '：', ',']);
    let has_words = next.chars().any(char::is_alphabetic);
    is_broken_off
        && !is_heading
        && is_prose(next)
        && has_words
        && !next.starts_with(char::is_whitespace)
        && !is_item(next)
}

/// Whether a line begins a heading or an item of a list: 一、, （一）, 1., #.
fn is_item(line: &str) -> bool {
    const NUMERALS: &str = "一二三四五六七八九十";
    let is_number = |c: char| NUMERALS.contains(c) || c.is_ascii_digit();
    let bare = line.trim_start_matches(['（', '(']);
    let rest = bare.trim_start_matches(is_number);
    line.starts_with('#')
        || rest.len() < bare.len()
            && (rest.starts_with(['、', '．', '）', ')'])
                || rest.strip_prefix('.').is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit())))
}
