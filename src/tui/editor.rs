//! The prose editor: a text, a caret, and what can be done to them.
//!
//! A pure value. Paragraphs are separated by `\n`; each is shown with its first row indented by two columns, which
//! the text does not have. Places in the text are byte offsets between graphemes. It does not draw (the drawer asks
//! for [`Editor::rows`] and [`Editor::caret_place`]), knows no keys, and has no history: the session has.

mod find;
mod layout;
mod motion;

use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use crate::width::{Ambiguous, width};
use layout::Layout;
pub use layout::Row;
pub use motion::{Motion, ends_phrase};

/// A text being edited.
#[derive(Clone, Debug)]
pub struct Editor {
    text: String,
    caret: usize,
    /// Whether a caret between two rows of a paragraph stands at the end of the first of them.
    at_row_end: bool,
    /// The other end of the selection.
    anchor: Option<usize>,
    /// Whether the selection only shows something: what is typed stands behind it and not in its place.
    is_shown: bool,
    /// The column that moves up and down aim at.
    goal: Option<usize>,
    layout: Layout,
    /// The first row that is seen, and how many are.
    top: usize,
    height: usize,
}

impl Editor {
    /// Starts to edit a text, with the caret at its beginning.
    pub fn new(text: &str) -> Self {
        let text = lines(text);
        let layout = Layout::new(&text, 76, Ambiguous::default());
        Self {
            text,
            caret: 0,
            at_row_end: false,
            anchor: None,
            is_shown: false,
            goal: None,
            layout,
            top: 0,
            height: 20,
        }
    }

    /// Says how many columns and rows there are to show the text in.
    ///
    /// The drawer should leave two more columns free on the right, for a closing mark that hangs and for the caret.
    pub fn resize(&mut self, columns: usize, height: usize, ambiguous: Ambiguous) {
        if !self.layout.is_for(columns, ambiguous) {
            self.layout = Layout::new(&self.text, columns, ambiguous);
            self.goal = None;
        }
        self.height = height.max(1);
        self.follow_caret();
    }

    /// Returns the text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns where the caret is in the text.
    pub fn caret(&self) -> usize {
        self.caret
    }

    /// Returns the part of the text that is selected, if any is.
    pub fn selection(&self) -> Option<Range<usize>> {
        let anchor = self.anchor.filter(|&anchor| anchor != self.caret)?;
        Some(anchor.min(self.caret)..anchor.max(self.caret))
    }

    /// Returns the text that is selected, for a copy.
    pub fn selected(&self) -> &str {
        self.selection().map_or("", |range| &self.text[range])
    }

    /// Returns the rows that are seen, from the top.
    pub fn rows(&self) -> Vec<Row> {
        self.layout.rows(self.top, self.height)
    }

    /// Returns how many rows there are above those that are seen, and how many in all.
    pub fn scrolled(&self) -> (usize, usize) {
        (self.top, self.layout.row_count())
    }

    /// Returns the row (of those that are seen) and the column that the caret is in.
    pub fn caret_place(&self) -> (usize, usize) {
        let (row, _) = self.caret_row();
        (row.saturating_sub(self.top), self.caret_column())
    }

    /// Returns how many rows below the top the paragraph of the caret begins; 0 if it begins above.
    pub fn paragraph_height(&self) -> usize {
        let start = self.text[..self.caret].rfind('\n').map_or(0, |end| end + 1);
        self.layout.row_at(start, false).0.saturating_sub(self.top)
    }

    /// Moves the caret; with `select` the text on the way is selected.
    pub fn go(&mut self, motion: Motion, select: bool) {
        let collapsed = self.selection().filter(|_| !select).and_then(|range| match motion {
            Motion::Left => Some(range.start),
            Motion::Right => Some(range.end),
            _ => None,
        });
        let goal = motion.is_vertical().then(|| self.goal.unwrap_or_else(|| self.caret_column()));
        let (caret, at_row_end) = match collapsed {
            Some(edge) => (edge, false),
            None => self.target(motion, goal.unwrap_or_default()),
        };
        self.anchor = if select { self.anchor.or(Some(self.caret)) } else { None };
        (self.caret, self.at_row_end, self.goal, self.is_shown) = (caret, at_row_end, goal, false);
        self.follow_caret();
    }

    /// Shows a part of the text, as when a finding is jumped to. It can be copied and cut, and is not replaced by what is typed.
    pub fn show(&mut self, range: Range<usize>) {
        self.select(range);
        self.is_shown = true;
    }

    /// Selects a part of the text.
    pub fn select(&mut self, range: Range<usize>) {
        self.anchor = Some(self.snap(range.start));
        self.place(range.end);
    }

    /// Selects the whole text.
    pub fn select_all(&mut self) {
        self.select(0..self.text.len());
    }

    /// Puts in what was typed or pasted, in place of the selection.
    pub fn insert(&mut self, typed: &str) {
        let range = self.taken().unwrap_or(self.caret..self.caret);
        self.change(range, &lines(typed));
    }

    /// Begins a new paragraph.
    pub fn enter(&mut self) {
        self.insert("\n");
    }

    /// Deletes the selection, or the character before the caret.
    pub fn backspace(&mut self) {
        self.erase(Motion::Left);
    }

    /// Deletes the selection, or the character after the caret.
    pub fn delete(&mut self) {
        self.erase(Motion::Right);
    }

    /// Deletes the selection, or up to where a motion would lead.
    pub fn delete_to(&mut self, motion: Motion) {
        self.erase(motion);
    }

    /// Takes the selection out and returns it.
    pub fn cut(&mut self) -> String {
        let cut = self.selected().to_owned();
        if let Some(range) = self.selection() {
            self.change(range, "");
        }
        cut
    }

    /// The selection, to be replaced; what is only shown is shown no longer.
    fn taken(&mut self) -> Option<Range<usize>> {
        if std::mem::take(&mut self.is_shown) {
            self.anchor = None;
        }
        self.selection()
    }

    /// Makes the text another one, as after a fix.
    pub fn set_text(&mut self, text: &str) {
        let text = lines(text);
        let (start, end) = same_ends(&self.text, &text);
        self.change(start..self.text.len() - end, &text[start..text.len() - end]);
    }

    fn erase(&mut self, motion: Motion) {
        if let Some(range) = self.taken() {
            self.change(range, "");
            return;
        }
        let (to, _) = self.target(motion, self.caret_column());
        self.change(to.min(self.caret)..to.max(self.caret), "");
    }

    fn change(&mut self, range: Range<usize>, with: &str) {
        if self.text[range.clone()] == *with {
            return;
        }
        self.text.replace_range(range.clone(), with);
        self.layout.splice(&self.text, range.clone(), with.len());
        self.anchor = None;
        self.place(range.start + with.len());
    }

    fn place(&mut self, caret: usize) {
        (self.caret, self.at_row_end, self.goal, self.is_shown) = (self.snap(caret), false, None, false);
        self.follow_caret();
    }

    /// Finds the next place between graphemes, from this offset on.
    fn snap(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset += 1;
        }
        let mut cursor = GraphemeCursor::new(offset, self.text.len(), true);
        match cursor.is_boundary(&self.text, 0) {
            Ok(false) => cursor.next_boundary(&self.text, 0).ok().flatten().unwrap_or(self.text.len()),
            _ => offset,
        }
    }

    fn follow_caret(&mut self) {
        let (row, _) = self.caret_row();
        let last_top = self.layout.row_count().saturating_sub(self.height);
        self.top = self.top.min(last_top).clamp((row + 1).saturating_sub(self.height), row);
    }

    fn caret_row(&self) -> (usize, Row) {
        self.layout.row_at(self.caret, self.at_row_end)
    }

    fn caret_column(&self) -> usize {
        let (_, row) = self.caret_row();
        row.indent + width(&self.text[row.bytes.start..self.caret], self.layout.ambiguous())
    }
}

/// How many bytes two texts have in common at their beginnings, and beyond those at their ends.
pub fn same_ends(one: &str, other: &str) -> (usize, usize) {
    let same = |pair: &(char, char)| pair.0 == pair.1;
    let bytes = |sum: usize, (char, _): (char, char)| sum + char.len_utf8();
    let start = one.chars().zip(other.chars()).take_while(same).fold(0, bytes);
    let (one, other) = (&one[start..], &other[start..]);
    (start, one.chars().rev().zip(other.chars().rev()).take_while(same).fold(0, bytes))
}

/// Gives the text with `\n` as the only line end, as the editor has it.
pub fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests;
