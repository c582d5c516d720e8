//! The lines of text that inline elements make, as a reader sees them: blanks run together, none that is only the
//! source's between Han characters.

use super::super::raised::Raised;
use crate::text::is_han;

/// Lines, one of them open.
#[derive(Default)]
pub(super) struct Lines {
    done: Vec<String>,
    line: String,
    /// The blanks behind the open line.
    blank: Option<Blank>,
}

/// How much blanks mean.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Blank {
    /// Those of the source: where its lines end, or between its tags.
    OfSource,
    /// One that was typed.
    Typed,
}

impl Lines {
    /// Appends a piece of text. Where it is set as it was typed, its lines are lines.
    pub(super) fn push(&mut self, text: &str, is_typed: bool) {
        let is_between_tags = text.chars().all(is_of_source);
        for c in text.chars() {
            match c {
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
                '\n' if is_typed => self.end(),
                _ if is_of_source(c) || c == '\u{a0}' => {
                    let is_typed = c == '\u{a0}' || (c == ' ' && !is_between_tags);
                    let blank = if is_typed { Blank::Typed } else { Blank::OfSource };
                    // A line of the source that is indented ends in the blanks of the source.
                    self.blank = Some(match self.blank {
                        Some(Blank::OfSource) if c != '\u{a0}' => Blank::OfSource,
                        Some(Blank::Typed) if blank == Blank::OfSource && c != ' ' => Blank::OfSource,
                        before => before.map_or(blank, |before| before.max(blank)),
                    });
                }
                _ => {
                    let blank = self.blank.take();
                    let before = self.line.chars().next_back();
                    let is_between_han = before.is_some_and(is_wide) && is_wide(c);
                    if blank.is_some_and(|blank| blank == Blank::Typed || !is_between_han) && before.is_some()
                    {
                        self.line.push(' ');
                    }
                    self.line.push(c);
                }
            }
        }
    }

    /// Appends a text that stands above or below the line.
    pub(super) fn push_raised(&mut self, text: &str, raised: Raised) {
        let before = self.line.chars().next_back().filter(|_| self.blank.is_none());
        self.push(&raised.written(text, before), false);
    }

    /// Ends the open line.
    pub(super) fn end(&mut self) {
        self.blank = None;
        let line = std::mem::take(&mut self.line);
        let line = line.trim();
        if !line.is_empty() {
            self.done.push(line.to_owned());
        }
    }

    /// Takes all lines.
    pub(super) fn take(&mut self) -> Vec<String> {
        self.end();
        std::mem::take(&mut self.done)
    }
}

/// Whether a character is a blank of the source.
const fn is_of_source(c: char) -> bool {
    matches!(c, ' ' | '\n' | '\r' | '\t' | '\x0c')
}

/// Whether a character is set without blanks beside it: Han, and the marks among them.
fn is_wide(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{3001}'..='\u{303f}' | '\u{ff01}'..='\u{ff5e}' | '“' | '”' | '‘' | '’' | '—' | '…')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(pieces: &[&str]) -> Vec<String> {
        let mut lines = Lines::default();
        pieces.iter().for_each(|piece| lines.push(piece, false));
        lines.take()
    }

    #[test]
    fn blanks_of_the_source_are_none_between_han() {
        assert_eq!(
            lines(&["收到申请", "\n  ", "12", "\n", "件，均已\n      答复。"]),
            ["收到申请 12 件，均已答复。"]
        );
        assert_eq!(lines(&["申请人情", " ", "况"]), ["申请人情况"]);
        assert_eq!(lines(&["一、 总体\u{a0}情况", "\u{a0}"]), ["一、 总体 情况"]);
        assert_eq!(lines(&["\u{3000}\u{3000}全镇", "\u{200b}公开 "]), ["全镇公开"]);
        assert!(lines(&["\u{a0}", " \n\u{3000}"]).is_empty());
    }
}
