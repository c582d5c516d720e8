//! Words in the text: where they stand, and which of them is meant next.
//!
//! Words are found as they are written; case, width and blanks count.

use std::ops::Range;

use super::Editor;

impl Editor {
    /// Lists where the words stand, none overlapping; nowhere if there are no words.
    pub fn found(&self, words: &str) -> Vec<Range<usize>> {
        if words.is_empty() {
            return Vec::new();
        }
        self.text.match_indices(words).map(|(at, words)| at..at + words.len()).collect()
    }

    /// Selects the words where they stand next from an offset on, or else first; `false` if they stand nowhere.
    pub fn seek(&mut self, words: &str, from: usize) -> bool {
        let found = self.found(words);
        let next = found.iter().find(|range| range.start >= from).or(found.first()).cloned();
        match next {
            Some(range) => self.select(range),
            None => self.select(self.caret..self.caret),
        }
        !found.is_empty()
    }

    /// Tells which of the places where the words stand is selected, from 0, and how many there are.
    pub fn found_here(&self, words: &str) -> (Option<usize>, usize) {
        let found = self.found(words);
        (found.iter().position(|range| Some(range) == self.selection().as_ref()), found.len())
    }
}
