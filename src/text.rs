//! Characters, clauses and sentences of Chinese text, as everybody who reads it takes them.

mod pairs;
mod words;

use std::borrow::Cow;
use std::ops::Range;

pub use pairs::Pairs;
pub use words::{Chars, Ends, Filter, Words};

use crate::number::half_width;

/// What ends a sentence, where sentences are shown or compared one by one.
pub const SENTENCE_ENDS: [char; 5] = ['。', '！', '？', '；', '\n'];

/// What may stand behind the end of a sentence and still belongs to it.
const CLOSERS: [char; 10] = ['”', '’', '）', '」', '』', '》', '。', '！', '？', '；'];

/// The marks that end a clause on the line.
const CLAUSE_ENDS: [char; 4] = ['，', '。', '；', '、'];

/// Signs that a spreadsheet takes for the beginning of a formula, and their full-width twins.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// The sign before a text that is no formula.
const GUARD: char = '\'';

/// Whether a character is one of the common Han characters.
#[inline]
pub fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// A text without blanks, its digits and signs half-width.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(half_width).collect()
}

/// What makes a label itself: its Han characters, letters and digits, without blanks and punctuation.
pub fn key(label: &str) -> String {
    let mut key = String::with_capacity(label.len());
    key.extend(label.chars().map(half_width).filter(|c| is_han(*c) || c.is_alphanumeric()));
    key
}

/// The full name of an organ: of a township or street there is only one that reports.
pub fn full_name(name: &str) -> String {
    match name.chars().last() {
        Some('镇' | '乡') => format!("{name}人民政府"),
        _ if name.ends_with("街道") => format!("{name}办事处"),
        _ => name.to_owned(),
    }
}

/// Whether two names differ only by the place before one of them: 岚桥县青石镇人民政府 and 青石镇人民政府.
pub fn differ_by_place(one: &str, other: &str) -> bool {
    let has_place = |long: &str, short: &str| {
        let place = long.strip_suffix(short).filter(|_| !short.is_empty());
        place.is_some_and(|place| place.ends_with(['省', '市', '县', '区', '州', '旗', '盟']))
    };
    has_place(one, other) || has_place(other, one)
}

/// Where a word, which is not empty, stands in a text, in bytes: as [`str::match_indices`], and quicker in whole sections.
pub fn places<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    memchr::memmem::find_iter(text.as_bytes(), word)
}

/// Whether a word stands in a text: as [`places`].
pub fn has(text: &str, word: &str) -> bool {
    places(text, word).next().is_some()
}

/// The byte behind the last of these marks in a text; 0 if there is none.
pub fn behind_last(text: &str, marks: &[char]) -> usize {
    text.trim_end_matches(|c| !marks.contains(&c)).len()
}

/// The clause that a text begins with, no more than so many characters of it.
pub fn first_clause(text: &str, most: usize) -> String {
    text.chars().take_while(|c| !CLAUSE_ENDS.contains(c)).take(most).collect()
}

/// The sentences of a text in bytes, each with what ends it; blank ones are left out.
pub fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    let next = move || {
        let rest = &text[start..];
        let end = rest.find(SENTENCE_ENDS).map_or(rest.len(), |end| {
            let mark = rest[end..].chars().next().map_or(0, char::len_utf8);
            let behind = &rest[end + mark..];
            end + mark + behind.len() - behind.trim_start_matches(CLOSERS).len()
        });
        let from = start;
        start += end;
        (end > 0).then_some(from..start)
    };
    std::iter::from_fn(next).filter(|range| !text[range.clone()].trim().is_empty())
}

/// Puts a sign before a text that a spreadsheet would take for a formula, and before one that has the sign already.
pub fn guarded(text: &str) -> Cow<'_, str> {
    match is_formula(text) {
        true => Cow::Owned(format!("{GUARD}{text}")),
        false => Cow::Borrowed(text),
    }
}

fn is_formula(text: &str) -> bool {
    text.trim_start_matches(GUARD).starts_with(FORMULA)
}

/// Takes the sign of [`guarded`] away.
pub fn unguarded(text: &str) -> &str {
    text.strip_prefix(GUARD).filter(|_| is_formula(text)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_has_its_end_and_what_closes_behind_it() {
        let of = |text| sentences(text).map(|range| &text[range]).collect::<Vec<_>>();
        assert_eq!(
            of("公开七件。\n\n他说：“好。”受理（见附件。）；没有收费"),
            ["公开七件。", "他说：“好。”", "受理（见附件。）；", "没有收费"]
        );
        assert_eq!(of(""), [""; 0]);
        assert_eq!(of(" \n\n"), [""; 0]);
        assert_eq!(of("第一行\n第二行"), ["第一行\n", "第二行"]);
    }

    #[test]
    fn a_clause_ends_at_its_mark_or_where_enough_of_it_is_seen() {
        assert_eq!(first_clause("没有问题，下一步", 10), "没有问题");
        assert_eq!(first_clause("没有问题，下一步", 3), "没有问");
        assert_eq!(behind_last("甲，乙。丙", &['，', '。']), "甲，乙。".len());
        assert_eq!(behind_last("甲乙", &['，']), 0);
    }

    #[test]
    fn names_may_differ_by_their_place() {
        assert!(differ_by_place("岚桥县青石镇人民政府", "青石镇人民政府"));
        assert!(differ_by_place("青石镇人民政府", "岚桥县青石镇人民政府"));
        assert!(!differ_by_place("大青石镇人民政府", "青石镇人民政府"));
        assert!(!differ_by_place("青石镇人民政府", "青石镇人民政府") && !differ_by_place("岚桥县", ""));
    }

    #[test]
    fn a_label_is_itself_without_blanks_and_marks() {
        assert_eq!(key("（三） １.属于 国家秘密"), "三1属于国家秘密");
        assert_eq!(squeezed("２０２５ 年（试行）"), "2025年（试行）");
    }

    #[test]
    fn a_word_is_found_where_it_stands() {
        for (text, word) in [("年年有余2025年", "年"), ("甲甲甲", "甲甲"), ("甲乙", "丙"), ("", "甲")]
        {
            let all: Vec<usize> = text.match_indices(word).map(|(at, _)| at).collect();
            assert_eq!(places(text, word).collect::<Vec<_>>(), all, "{word}");
            assert_eq!(has(text, word), text.contains(word), "{word}");
        }
    }

    #[test]
    fn signs_of_formulas_are_guarded_and_come_back() {
        for text in ["=1+1", "+5", "-", "@a", "＝1", "'=1", "''=1", "\t", "'", "甲=1", "'甲", ""] {
            assert_eq!(unguarded(&guarded(text)), text);
            assert!(!guarded(text).starts_with(FORMULA), "{text}");
        }
        assert_eq!(guarded("甲=1"), "甲=1");
        assert_eq!(guarded("'甲"), "'甲");
    }
}
