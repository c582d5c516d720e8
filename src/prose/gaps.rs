//! Numbers that were never filled in: `公开信息条（其中…`, `收到申请××件`, `公开了件`.

use std::ops::Range;

/// Measure words that cannot stand without a number after the words of [`LEADS`].
const MEASURES: [&str; 6] = ["条", "件", "篇", "份", "宗", "次"];

/// What stands for a number that is still to come.
const BLANKS: [char; 12] = ['×', 'X', 'x', 'Ｘ', '_', '＿', '*', '＊', '…', '〇', '○', '□'];

/// Words after which a bare measure word lacks its number.
const LEADS: [&str; 16] = [
    "信息",
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
];

/// What may follow a measure word that lacks its number; anything else makes it part of a word.
const FOLLOWERS: [char; 8] = ['，', '。', '；', '、', '（', '：', '\n', '其'];

/// The places where a measure word lacks its number, each with the words around it, in bytes of the text.
pub fn missing_numbers(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for measure in MEASURES {
        for (at, _) in text.match_indices(measure) {
            let end = at + measure.len();
            let before = &text[..at];
            let bare = before.trim_end_matches(BLANKS);
            if bare.len() < before.len() {
                if is_blank(&before[bare.len()..]) {
                    found.push(bare.len()..end);
                }
                continue;
            }
            // A gap of blanks where the number was to be typed.
            let lead = before.trim_end_matches([' ', '\u{3000}']);
            let follows = text[end..].chars().next().is_none_or(|c| FOLLOWERS.contains(&c));
            let lead_word = LEADS.iter().find(|word| lead.ends_with(**word));
            if let Some(word) = lead_word.filter(|_| follows) {
                let next = text[end..].chars().next().map_or(0, char::len_utf8);
                found.push(lead.len() - word.len()..end + next);
            }
        }
    }
    found.sort_by_key(|range| range.start);
    found
}

/// A single Latin letter may be part of a name (H5, App); two or more, or any other sign, stand for a number.
fn is_blank(signs: &str) -> bool {
    signs.chars().count() > 1 || !signs.starts_with(|c: char| c.is_ascii_alphabetic() || c == '〇')
}
