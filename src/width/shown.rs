//! The sanitizer: what a terminal would obey, reorder or hide becomes a visible mark.
//!
//! Everything that this program writes to a screen, to standard output or to standard error passes through here.
//! It does not judge or repair the text: the marks are for display, the stored text keeps what it has.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Replaces control, direction and invisible characters by marks such as `[U+202E]`.
///
/// Line ends and tabs are replaced too: whoever prints several lines passes them one by one.
pub fn shown(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_ordinary) || !text.graphemes(true).any(hides_something) {
        return Cow::Borrowed(text);
    }
    let mut result = String::with_capacity(text.len() + 8);
    for grapheme in text.graphemes(true) {
        // A combining mark that has lost its letter would settle on the neighbour of the place it is drawn at.
        let bare = hides_something(grapheme);
        for char in grapheme.chars() {
            if is_hidden(char) || (bare && char.width() == Some(0)) {
                // Writing to a String cannot fail.
                let _ = write!(result, "[U+{:04X}]", char as u32);
            } else {
                result.push(char);
            }
        }
    }
    Cow::Owned(result)
}

/// Whether a character is one of those that nearly all text is of: each of them is seen, and settles on no other.
pub const fn is_ordinary(char: char) -> bool {
    matches!(char, ' '..='~' | '“'..='”' | '、'..='】' | '一'..='鿿' | '！'..='～')
}

fn hides_something(grapheme: &str) -> bool {
    match grapheme.as_bytes() {
        [byte] => byte.is_ascii_control(),
        _ => grapheme.chars().any(is_hidden) || grapheme.width() == 0,
    }
}

/// Tells whether the character is one that cannot be seen, or that changes how others are seen.
fn is_hidden(char: char) -> bool {
    char.is_control()
        || matches!(char,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
        || (char as u32) & 0xfffe == 0xfffe
}
