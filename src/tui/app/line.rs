//! One line of text being typed: a cell, a field, something sought.
//!
//! A pure value. It knows no keys, draws nothing and has no history: a line is confirmed or given up as a whole.

use unicode_segmentation::UnicodeSegmentation;

use crate::width::{Ambiguous, width};

/// A line of text with a caret between two of its graphemes.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Line {
    text: String,
    caret: usize,
    /// Whether the text was put there for the user and not touched yet: what is typed takes its place.
    is_offered: bool,
}

impl Line {
    /// Starts with a text, the caret behind it.
    pub fn new(text: &str) -> Self {
        let mut line = Self::default();
        line.insert(text);
        line
    }

    /// Starts with a text in whose place comes what is typed; whoever moves in it or deletes goes on with it.
    pub fn offered(text: &str) -> Self {
        Self { is_offered: true, ..Self::new(text) }
    }

    /// Whether the text was offered, and stands there still.
    pub fn is_offered(&self) -> bool {
        self.is_offered
    }

    /// Returns the text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Puts in what was typed or pasted; line ends and tabs become blanks.
    pub fn insert(&mut self, typed: &str) {
        let typed: String =
            typed.trim_matches(['\n', '\r']).chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        if std::mem::take(&mut self.is_offered) {
            self.text.clear();
            self.caret = 0;
        }
        self.text.insert_str(self.caret, &typed);
        self.caret += typed.len();
    }

    /// Deletes the character before the caret.
    pub fn backspace(&mut self) {
        self.is_offered = false;
        let start = self.before();
        self.text.replace_range(start..self.caret, "");
        self.caret = start;
    }

    /// Deletes the character after the caret.
    pub fn delete(&mut self) {
        self.is_offered = false;
        let end = self.after();
        self.text.replace_range(self.caret..end, "");
    }

    /// Moves the caret back by a character.
    pub fn left(&mut self) {
        self.is_offered = false;
        self.caret = self.before();
    }

    /// Moves the caret on by a character.
    pub fn right(&mut self) {
        self.is_offered = false;
        self.caret = self.after();
    }

    /// Moves the caret to the beginning.
    pub fn home(&mut self) {
        self.is_offered = false;
        self.caret = 0;
    }

    /// Moves the caret to the end.
    pub fn end(&mut self) {
        self.is_offered = false;
        self.caret = self.text.len();
    }

    /// Gives the part of the line that is seen in `columns`, and the column of the caret in it.
    ///
    /// There is always room for the caret behind the last character.
    pub fn seen(&self, columns: usize, ambiguous: Ambiguous) -> (&str, usize) {
        let room = columns.saturating_sub(1);
        let mut start = 0;
        for (at, _) in self.text.grapheme_indices(true) {
            start = at;
            if width(&self.text[at..self.caret.max(at)], ambiguous) <= room {
                break;
            }
        }
        if width(&self.text[start..self.caret.max(start)], ambiguous) > room {
            start = self.caret;
        }
        let mut end = start;
        for (at, grapheme) in self.text[start..].grapheme_indices(true) {
            if width(&self.text[start..start + at + grapheme.len()], ambiguous) > room {
                break;
            }
            end = start + at + grapheme.len();
        }
        (&self.text[start..end], width(&self.text[start..self.caret.max(start)], ambiguous))
    }

    fn before(&self) -> usize {
        self.text[..self.caret].grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        let next = self.text[self.caret..].graphemes(true).next();
        self.caret + next.map_or(0, str::len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_takes_the_place_of_what_was_offered() {
        let typed = |touch: fn(&mut Line)| {
            let mut line = Line::offered("2025");
            touch(&mut line);
            line.insert("24");
            line.insert("6");
            line.text().to_owned()
        };
        assert_eq!(typed(|_| {}), "246");
        assert_eq!([typed(Line::end), typed(Line::right)], ["2025246", "2025246"]);
        assert_eq!([typed(Line::backspace), typed(Line::home)], ["202246", "2462025"]);
    }

    #[test]
    fn characters_come_and_go_whole_at_the_caret() {
        let mut line = Line::new("云溪镇\n");
        line.left();
        line.insert("12\t");
        assert_eq!(line.text(), "云溪12 镇");
        line.delete();
        line.backspace();
        line.backspace();
        line.home();
        line.delete();
        assert_eq!(line.text(), "溪1");
        line.backspace();
        line.end();
        line.right();
        line.backspace();
        assert_eq!(line.text(), "溪");
    }

    #[test]
    fn a_long_line_shows_the_part_with_the_caret() {
        let mut line = Line::new("一二三四五六");
        assert_eq!(line.seen(7, Ambiguous::Narrow), ("四五六", 6));
        line.home();
        assert_eq!(line.seen(7, Ambiguous::Narrow), ("一二三", 0));
        line.right();
        assert_eq!(line.seen(80, Ambiguous::Narrow), ("一二三四五六", 2));
        for columns in 0..4 {
            let (seen, caret) = line.seen(columns, Ambiguous::Wide);
            assert!(width(seen, Ambiguous::Wide) <= columns && caret <= columns, "{columns}: {seen} {caret}");
        }
    }
}
