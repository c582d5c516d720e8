//! Text that stands above or below the line: `m²` stays one word, and the mark of a note does not run into a number.
//!
//! Which text is raised is the formats' to find out.

use crate::number::half_width;

/// Where text stands.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) enum Raised {
    /// On the line.
    #[default]
    No,
    /// Above it.
    Up,
    /// Below it.
    Down,
}

/// Digits and signs on the line, above it and below it.
const SIGNS: [(char, char, char); 12] = [
    ('0', '⁰', '₀'),
    ('1', '¹', '₁'),
    ('2', '²', '₂'),
    ('3', '³', '₃'),
    ('4', '⁴', '₄'),
    ('5', '⁵', '₅'),
    ('6', '⁶', '₆'),
    ('7', '⁷', '₇'),
    ('8', '⁸', '₈'),
    ('9', '⁹', '₉'),
    ('+', '⁺', '₊'),
    ('-', '⁻', '₋'),
];

impl Raised {
    /// A text that stands here, as it is written on the line behind a character: with signs of its own behind a letter
    /// (`m²`, `CO₂`), otherwise in brackets where it could be taken for digits of the number before or behind it.
    pub(super) fn written(self, text: &str, before: Option<char>) -> String {
        let inner = text.trim();
        if self == Self::No || inner.is_empty() {
            return text.to_owned();
        }
        let signs = inner.chars().map(|c| self.sign(half_width(c))).collect::<Option<String>>();
        let goes_on =
            |c: char| c.is_ascii_alphabetic() || SIGNS.iter().any(|(_, up, down)| c == *up || c == *down);
        match signs {
            Some(signs) if before.is_some_and(goes_on) => signs,
            _ if is_number_like(inner) => format!("[{inner}]"),
            _ => text.to_owned(),
        }
    }

    fn sign(self, c: char) -> Option<char> {
        let (_, up, down) = SIGNS.iter().find(|(plain, ..)| *plain == c)?;
        Some(if self == Self::Up { *up } else { *down })
    }
}

/// Whether a text could be part of a number, as one in brackets cannot.
fn is_number_like(text: &str) -> bool {
    const PARTS: &str = "〇零一二三四五六七八九十百千万亿.,%％-";
    let is_bracketed = text.starts_with(['[', '(', '（', '［', '〔', '【'])
        && text.ends_with([']', ')', '）', '］', '〕', '】']);
    !is_bracketed && text.chars().map(half_width).any(|c| c.is_ascii_digit() || PARTS.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_raised_is_no_digit_of_the_number_before_it() {
        for (before, text, how, written) in [
            ("12", "1", Raised::Up, "[1]"),
            ("12", "１", Raised::Down, "[１]"),
            ("", "12", Raised::Up, "[12]"),
            ("公开", "1,2", Raised::Up, "[1,2]"),
            ("12", "[1]", Raised::Up, "[1]"),
            ("12", "①", Raised::Up, "①"),
            ("12", "万", Raised::Up, "[万]"),
            ("12", "", Raised::Up, ""),
            ("12m", "2", Raised::Up, "²"),
            ("m⁻", "1", Raised::Up, "¹"),
            ("CO", "2", Raised::Down, "₂"),
            ("甲", "注", Raised::Up, "注"),
            ("12", "1", Raised::No, "1"),
        ] {
            assert_eq!(how.written(text, before.chars().next_back()), written, "{before} {text}");
        }
    }
}
