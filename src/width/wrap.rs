//! Breaking a paragraph into rows as Chinese typesetting wants it (避头尾).
//!
//! A row never begins with a closing mark and never ends with an opening one, numbers and Latin words stay whole.
//! It does not justify, hyphenate or trim: the rows together are the whole text less its line ends.

use std::ops::Range;

use unicode_linebreak::linebreaks;
use unicode_segmentation::UnicodeSegmentation;

use super::{Ambiguous, grapheme_width, graphemes, is_plain, width};

/// Breaks the text into rows of at most `columns`, as byte ranges.
///
/// Blanks at the end of a row may stick out; so may one closing mark where nothing else fits.
pub fn wrap(text: &str, columns: usize, ambiguous: Ambiguous) -> Vec<Range<usize>> {
    if !text.contains('\n') && width(text, ambiguous) <= columns {
        return std::iter::once(0..text.len()).collect();
    }
    wrap_indented(text, 0, columns, ambiguous)
}

/// What a line begins with that the rows in which it goes on are indented by: its blanks, and a name with a gap behind it,
/// as the key before what it does.
pub fn lead(line: &str) -> &str {
    let start = line.len() - line.trim_start_matches(' ').len();
    let gap = line[start..].find("  ").map_or(start, |gap| start + gap);
    &line[..line.len() - line[gap..].trim_start_matches(' ').len()]
}

/// Breaks the text into rows, the first row of each paragraph shorter by `indent` columns.
pub fn wrap_indented(text: &str, indent: usize, columns: usize, ambiguous: Ambiguous) -> Vec<Range<usize>> {
    wrap_measured(text, indent, columns, |_, grapheme| measure(grapheme, ambiguous))
}

/// The same in any unit of length: `measure` says how long a grapheme is, which begins at a byte of the text.
pub fn wrap_measured(
    text: &str,
    indent: usize,
    length: usize,
    measure: impl Fn(usize, &str) -> usize,
) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let measure = |at: usize, grapheme: &str| measure(start + at, grapheme);
        let mut wrapper = Wrapper::new(line, length.saturating_sub(indent), measure);
        let mut breaks = breaks(line).into_iter().peekable();
        for (at, grapheme) in graphemes(line) {
            while breaks.next_if(|&offset| offset < at).is_some() {}
            wrapper.add(at, grapheme, breaks.peek() == Some(&at), length);
        }
        wrapper.rows.push(wrapper.start..line.len());
        rows.extend(wrapper.rows.into_iter().map(|row| start + row.start..start + row.end));
        start += line.len() + 1;
    }
    rows
}

/// The state of breaking one line.
struct Wrapper<'l, M> {
    line: &'l str,
    measure: M,
    rows: Vec<Range<usize>>,
    /// Where the present row starts.
    start: usize,
    /// The length it has taken so far.
    used: usize,
    /// The length it may take.
    limit: usize,
    /// The last place where it may be broken, and the length up to there.
    last: Option<(usize, usize)>,
}

impl<'l, M: Fn(usize, &str) -> usize> Wrapper<'l, M> {
    fn new(line: &'l str, limit: usize, measure: M) -> Self {
        Self { line, measure, rows: Vec::new(), start: 0, used: 0, limit, last: None }
    }

    fn add(&mut self, at: usize, grapheme: &str, may_break: bool, length: usize) {
        if may_break && at > self.start {
            self.last = Some((at, self.used));
        }
        let long = (self.measure)(at, grapheme);
        while self.used + long > self.limit && grapheme != " " {
            let (end, used) = match self.last.take() {
                Some(place) => place,
                None if at == self.start => break,
                None if self.used <= self.limit && grapheme.starts_with(is_closing) => break,
                None => self.forced(at),
            };
            self.rows.push(self.start..end);
            (self.start, self.used, self.limit) = (end, self.used - used, length);
        }
        self.used += long;
    }

    /// Finds where to break a row that has no good place: before `at`, or before opening marks that would end it.
    fn forced(&self, at: usize) -> (usize, usize) {
        let kept = self.line[self.start..at].trim_end_matches(is_opening);
        if kept.is_empty() || kept.len() == at - self.start {
            return (at, self.used);
        }
        let end = self.start + kept.len();
        let marks = self.line[end..at].grapheme_indices(true);
        (end, self.used - marks.map(|(offset, mark)| (self.measure)(end + offset, mark)).sum::<usize>())
    }
}

/// Measures a grapheme of the stored text; the common ones without a look at what they are drawn as.
fn measure(grapheme: &str, ambiguous: Ambiguous) -> usize {
    match grapheme.chars().next() {
        Some('\u{3000}'..='\u{303f}' | '\u{3400}'..='\u{9fff}') if grapheme.len() == 3 => 2,
        _ if is_plain(grapheme) => grapheme_width(grapheme, ambiguous),
        _ => width(grapheme, ambiguous),
    }
}

/// Lists the byte offsets at which a row may end and the next begin.
///
/// The Unicode algorithm, with Chinese habits about quotation marks (it does not know which way “ and ” face
/// between Han) and about marks that it takes for letters.
fn breaks(line: &str) -> Vec<usize> {
    let mut regular = linebreaks(line).map(|(offset, _)| offset).peekable();
    let mut result = Vec::new();
    let mut before = None;
    // Whether a word goes on that begins with a hyphen, as an option does.
    let mut is_option = false;
    for (at, after) in line.char_indices() {
        while regular.next_if(|&offset| offset < at).is_some() {}
        if let Some(before) = before {
            let quoted = (is_opening(after) && is_east_asian(before))
                || (matches!(before, '”' | '’') && (is_east_asian(after) || is_opening(after)));
            let allowed = regular.peek() == Some(&at) || quoted;
            let is_within = is_option && before == '-';
            if allowed && !is_opening(before) && !is_closing(after) && !is_within {
                result.push(at);
            }
        }
        is_option = after != ' ' && (is_option || after == '-' && matches!(before, None | Some(' ')));
        before = Some(after);
    }
    result
}

/// Tells whether a row must not begin with this mark.
fn is_closing(char: char) -> bool {
    "，。、；：！？）》】」』〉〕］｝”’…·・％‰℃～．,.;:!?)]}%".contains(char)
}

/// Tells whether a row must not end with this mark.
fn is_opening(char: char) -> bool {
    "（《【「『〈〔［｛“‘￥¥([{".contains(char)
}

/// Tells whether the character is Han or the punctuation that goes with it.
fn is_east_asian(char: char) -> bool {
    matches!(char, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}
