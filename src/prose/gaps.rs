//! Numbers that were never filled in: `公开信息条（其中…`, `收到申请××件`, `公开了件`.

use std::ops::Range;

use super::Char;
use crate::text::{Chars, Ends, is_han};

/// Measure words that cannot stand without a number after the words of [`LEADS`].
static MEASURES: Chars = Chars::new(&['条', '件', '篇', '份', '宗', '次', '个']);

/// What stands for a number that is still to come.
const BLANKS: [char; 12] = ['×', 'X', 'x', 'Ｘ', '_', '＿', '*', '＊', '…', '〇', '○', '□'];

/// Words after which a bare measure word lacks its number.
static LEADS: Ends = Ends::new(&[
    "收到申请",
    "受理申请",
    "新收申请",
    "办结申请",
    "信息",
    "其他",
    "公开了",
    "收到了",
    "办结了",
    "发布了",
    "制发了",
    "公开信息共",
    "信息共",
    "申请共",
    "共计",
    "信息公开申请",
    "动态",
    "文件共",
    "累计",
    "答复了",
    "受理了",
]);

/// What may follow a measure word that lacks its number; anything else makes it part of a word.
const FOLLOWERS: [char; 8] = ['，', '。', '；', '、', '（', '：', '\n', '其'];

/// The places where a measure word lacks its number, each with the words around it, in bytes of the text.
pub(super) fn missing_numbers(text: &str, chars: &[Char]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut before = ' ';
    for &(at, c) in chars {
        // Nearly all have their number.
        if MEASURES.has(c) && !before.is_ascii_digit() {
            found.extend(gap(text, at..at + c.len_utf8()));
        }
        before = c;
    }
    found.sort_by_key(|range| range.start);
    found
}

/// The gap before a measure word, with the words around it.
fn gap(text: &str, measure: Range<usize>) -> Option<Range<usize>> {
    let before = &text[..measure.start];
    let lead = before.trim_end_matches([' ', '\u{3000}']);
    let bare = lead.trim_end_matches(BLANKS);
    if bare.len() < lead.len() {
        return is_blank(&lead[bare.len()..]).then_some(bare.len()..measure.end);
    }
    if let Some(inside) = lead.strip_suffix(['）', ')']) {
        let open = inside.trim_end_matches([' ', '\u{3000}']);
        let is_empty = open.ends_with(['（', '(']) && before.len() == lead.len();
        return is_empty
            .then(|| open.len() - open.chars().next_back().map_or(0, char::len_utf8)..measure.end);
    }
    let next = text[measure.end..].chars().next();
    if next.is_some_and(|c| !FOLLOWERS.contains(&c)) {
        return None;
    }
    let end = measure.end + next.map_or(0, char::len_utf8);
    // Two blanks are a gap where the number was to be typed; one may be left by a line break.
    let is_typed_gap = before[lead.len()..].chars().count() > 1 && lead.ends_with(is_han);
    let word = LEADS.end(lead).map(|word| lead.len() - word.len());
    word.or(is_typed_gap.then_some(lead.len())).map(|start| start..end)
}

/// A single Latin letter may be part of a name (H5, App); two or more, or any other sign, stand for a number.
fn is_blank(signs: &str) -> bool {
    signs.chars().count() > 1 || !signs.starts_with(|c: char| c.is_ascii_alphabetic() || c == '〇')
}
