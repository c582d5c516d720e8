//! Where the caret goes: by character, phrase, row, page.
//!
//! It only finds places; it moves nothing.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::Editor;
use super::layout::Row;
use crate::width::width;

/// A way for the caret to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// One character back.
    Left,
    /// One character on.
    Right,
    /// One row up, in the same column.
    Up,
    /// One row down, in the same column.
    Down,
    /// To the beginning of this or the phrase before: Han up to a mark, a number, a Latin word.
    PhraseLeft,
    /// To the beginning of the next phrase.
    PhraseRight,
    /// To the beginning of the row.
    RowStart,
    /// To the end of the row.
    RowEnd,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// To the beginning of the text.
    TextStart,
    /// To the end of the text.
    TextEnd,
}

impl Motion {
    pub(super) fn is_vertical(self) -> bool {
        matches!(self, Self::Up | Self::Down | Self::PageUp | Self::PageDown)
    }
}

impl Editor {
    /// Puts the caret where somebody points: a row of those that are seen, and a column.
    pub fn point(&mut self, row: usize, column: usize) {
        let row = self.layout.rows(self.top + row, 1);
        let target = row.first().map_or((self.text.len(), false), |row| self.place_in(row, column));
        (self.caret, self.at_row_end) = target;
        (self.anchor, self.goal) = (None, None);
        self.follow_caret();
    }

    /// Finds where a motion leads, and whether that is at the end of its row; up and down aim at the column `goal`.
    pub(super) fn target(&self, motion: Motion, goal: usize) -> (usize, bool) {
        let page = self.height.saturating_sub(1).max(1);
        let offset = match motion {
            Motion::Left => self.step_back(),
            Motion::Right => self.step_on(),
            Motion::PhraseLeft => self.snap(phrase_before(&self.text, self.caret)),
            Motion::PhraseRight => self.snap(phrase_after(&self.text, self.caret)),
            Motion::TextStart => 0,
            Motion::TextEnd => self.text.len(),
            Motion::RowStart => self.caret_row().1.bytes.start,
            Motion::RowEnd => {
                let (_, row) = self.caret_row();
                return (row.bytes.end, !row.is_last);
            }
            Motion::Up => return self.row_target(-1, goal),
            Motion::Down => return self.row_target(1, goal),
            Motion::PageUp => return self.row_target(-(page as isize), goal),
            Motion::PageDown => return self.row_target(page as isize, goal),
        };
        (offset, false)
    }

    fn step_back(&self) -> usize {
        let mut cursor = GraphemeCursor::new(self.caret, self.text.len(), true);
        cursor.prev_boundary(&self.text, 0).ok().flatten().unwrap_or(0)
    }

    fn step_on(&self) -> usize {
        let mut cursor = GraphemeCursor::new(self.caret, self.text.len(), true);
        cursor.next_boundary(&self.text, 0).ok().flatten().unwrap_or(self.text.len())
    }

    /// Finds the place nearest to a column, some rows up or down; beyond the first and last row are the text's ends.
    fn row_target(&self, rows: isize, column: usize) -> (usize, bool) {
        let (now, _) = self.caret_row();
        let last = self.layout.row_count() - 1;
        if rows < 0 && now == 0 {
            return (0, false);
        }
        if rows > 0 && now == last {
            return (self.text.len(), false);
        }
        match self.layout.rows(now.saturating_add_signed(rows).min(last), 1).first() {
            Some(row) => self.place_in(row, column),
            None => (self.caret, false),
        }
    }

    fn place_in(&self, row: &Row, column: usize) -> (usize, bool) {
        let mut left = row.indent;
        for (at, grapheme) in self.text[row.bytes.clone()].grapheme_indices(true) {
            let wide = width(grapheme, self.layout.ambiguous());
            if column < left + wide.div_ceil(2) {
                return (row.bytes.start + at, false);
            }
            left += wide;
        }
        (row.bytes.end, !row.is_last)
    }
}

/// Tells whether a character ends a phrase, so that what is typed after it is another step to undo.
pub fn ends_phrase(char: char) -> bool {
    kind_of(char) == CharKind::Between
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum CharKind {
    Han,
    Word,
    /// Blanks and marks.
    Between,
}

fn kind_of(char: char) -> CharKind {
    match char {
        '々'
        | '〇'
        | '\u{2e80}'..='\u{2fdf}'
        | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => CharKind::Han,
        _ if char.is_alphanumeric() => CharKind::Word,
        _ => CharKind::Between,
    }
}

fn phrase_after(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    let first = rest.chars().next().map(kind_of);
    let between = rest.find(|char| Some(kind_of(char)) != first).unwrap_or(rest.len());
    if first == Some(CharKind::Between) {
        return from + between;
    }
    let next =
        rest[between..].find(|char| kind_of(char) != CharKind::Between).unwrap_or(rest.len() - between);
    from + between + next
}

fn phrase_before(text: &str, from: usize) -> usize {
    let phrase = text[..from].trim_end_matches(|char| kind_of(char) == CharKind::Between);
    let last = phrase.chars().next_back().map(kind_of);
    phrase.trim_end_matches(|char| Some(kind_of(char)) == last).len()
}
