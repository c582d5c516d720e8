//! S11: the numbers of headings and lists.

use std::sync::LazyLock;

use super::{Basis, Facts, MOST_WORDS, Quote, Review, Rule, Severity};
use crate::number::numeral;
use crate::prose::{Char, Prose};
use crate::text::{Chars, Words};

/// The rules of this file.
pub(super) static RULES: &[&Rule] = &[&S11];

pub(super) static S11: Rule = Rule {
    id: "S11",
    name: "heading-numbering",
    severity: Severity::Warning,
    basis: Basis::Practice,
    title: "小标题和列举的序号不跳号、不重号",
    explanation: "（一）之后是（二），一是之后是二是。跳号、重号多半是删改之后忘了调整，或者漏了一段。另起一组从一重新开始的，不算错。",
    wrong: &[
        &[("overview", "（一）主动公开。公开77条。\n（三）平台建设。维护专栏。")],
        &[("problems", "一是栏目更新慢；二是解读少；二是培训少。下一步改进。")],
        &[("problems", "存在的问题：一是栏目更新慢；一是培训少。下一步改进。")],
    ],
    right: &[
        &[("problems", "存在的问题:一是更新慢;二是解读少。下一步改进。")],
        &[(
            "problems",
            "存在的问题：一是渠道不多；二是解读不活。改进措施：一是拓展；二是加强培训；三是检查。",
        )],
    ],
    unknown: &[],
    run: numbering,
};

/// A kind of number: what stands before and after the numeral.
struct Style {
    before: Option<char>,
    after: char,
    /// Whether the numeral is written in digits.
    in_digits: bool,
    /// Whether it may follow any mark rather than only begin a line or sentence.
    is_inline: bool,
}

const STYLES: [Style; 8] = [
    Style { before: Some('（'), after: '）', in_digits: false, is_inline: false },
    Style { before: Some('（'), after: '）', in_digits: true, is_inline: true },
    Style { before: None, after: '、', in_digits: false, is_inline: false },
    Style { before: None, after: '、', in_digits: true, is_inline: false },
    Style { before: None, after: '是', in_digits: false, is_inline: true },
    Style { before: Some('第'), after: '，', in_digits: false, is_inline: false },
    Style { before: None, after: '.', in_digits: true, is_inline: false },
    Style { before: None, after: '．', in_digits: true, is_inline: false },
];

fn numbering(facts: &Facts<'_>, review: &mut Review) {
    for (section, prose) in facts.prose() {
        let (section, text) = (*section, prose.text());
        let numerals = numerals(prose);
        if numerals.is_empty() {
            continue;
        }
        let quotes: Vec<Char> = prose.others().filter(|(_, c)| matches!(c, '“' | '”' | '\n')).collect();
        for style in &STYLES {
            let (mut last, mut end) = (0, 0);
            for (number, range) in numbers(text, &quotes, &numerals, style).take(4 * MOST_WORDS) {
                // 一是…；一是…: within one sentence no list begins again.
                let is_again =
                    number == 1 && last == 1 && !text[end..range.start].contains(['。', '：', '\n']);
                end = range.start;
                if number != last + 1 && number != 1 || is_again {
                    let shown = &text[range.clone()];
                    let message = match (last, number) {
                        (0, _) => format!("列举从“{shown}”开始，前面没有第一项。请核对是否漏了一段。"),
                        (last, number) if number == last => {
                            format!("“{shown}”的序号与前一项重复。请调整序号。")
                        }
                        (last, _) => {
                            format!(
                                "“{shown}”前面应是第 {} 项，序号跳了或者乱了。请核对是否漏了一段。",
                                last + 1
                            )
                        }
                    };
                    review.find(&S11, message, vec![section.into()]).quote =
                        Some(Quote::of(section, text, range));
                }
                last = number;
            }
        }
    }
}

/// A numeral in a text, up to 99, or digits up to 49.
struct Numeral {
    number: i64,
    range: std::ops::Range<usize>,
    in_digits: bool,
    /// What stands behind it; a bracket in full width.
    after: char,
}

/// The numerals of a text, of either kind, that what stands behind them makes numbers of some style.
fn numerals(prose: &Prose<'_>) -> Vec<Numeral> {
    let chars = prose.chars();
    let is_numeral = |nth: usize| chars[nth].1.is_ascii_digit() || NUMERALS.has(chars[nth].1);
    let mut behind: Vec<usize> = prose.begins(&INLINE).into_iter().map(|numeral| numeral + 1).collect();
    for &nth in prose.others_by_number() {
        if MARKS.has(chars[nth].1) && nth > 0 && is_numeral(nth - 1) {
            behind.push(nth);
        }
    }
    behind.sort_unstable();
    let numeral = |end: usize| {
        let (_, last) = chars[end - 1];
        let in_digits = last.is_ascii_digit();
        let after = if chars[end].1 == ')' { '）' } else { chars[end].1 };
        if !STYLES.iter().any(|style| (style.in_digits, style.after) == (in_digits, after)) {
            return None;
        }
        let start = (0..end).rev().take_while(|nth| is_numeral(*nth)).last()?;
        let range = chars[start].0..chars[end].0;
        // 1一、 is neither.
        let is_whole = chars[start..end].iter().all(|(_, c)| c.is_ascii_digit() == in_digits);
        let number = number_of(&prose.text()[range.clone()], in_digits).filter(|_| is_whole)?;
        Some(Numeral { number, range, in_digits, after })
    };
    behind.into_iter().filter_map(numeral).collect()
}

/// What stands behind the numerals of [`STYLES`], brackets in either width.
static MARKS: Chars = Chars::new(&['）', ')', '、', '，', '.', '．']);

/// The numerals of the one style that has a character behind them.
static INLINE: LazyLock<Words<()>> = LazyLock::new(|| {
    Words::of(&["一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是", "十是"])
});

/// The numbers of one style, each with the clause that it heads, in bytes of the text.
fn numbers<'a>(
    text: &'a str,
    quotes: &'a [Char],
    numerals: &'a [Numeral],
    style: &'a Style,
) -> impl Iterator<Item = (i64, std::ops::Range<usize>)> + 'a {
    let of_style = numerals
        .iter()
        .filter(|numeral| (numeral.in_digits, numeral.after) == (style.in_digits, style.after));
    of_style.filter_map(move |Numeral { number, range, .. }| {
        let number = *number;
        let at = strip(&text[..range.start], style.before)?.len();
        let rest = &text[range.end..];
        let after = &rest[rest.chars().next().map_or(0, char::len_utf8)..];
        // 1.2万, 3.5%: a decimal point; but 1.2025年 is the year behind a number.
        let digits = after.chars().take_while(char::is_ascii_digit).count();
        let is_year = digits == 4 && after[digits..].starts_with('年');
        let is_decimal = style.after == '.' && digits > 0 && !is_year;
        // （一）项 of an article.
        let is_cited = after.starts_with('项') || after.starts_with('款');
        // 对此，1.限时…；2.…: the first number of a list may follow any mark.
        let is_number =
            !is_decimal && !is_cited && begins_here(text, quotes, at, style.is_inline || number == 1);
        let end = || after.find(['。', '；', '，', '\n']).unwrap_or(after.len());
        is_number.then(|| (number, at..text.len() - after.len() + end()))
    })
}

/// What stands before a mark at the end of a text; a bracket may have either width.
fn strip(text: &str, mark: Option<char>) -> Option<&str> {
    match mark {
        None => Some(text),
        Some('（') => text.strip_suffix(['（', '(']),
        Some(mark) => text.strip_suffix(mark),
    }
}

static NUMERALS: Chars = Chars::new(&['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']);

/// The number that digits or numerals are.
fn number_of(run: &str, in_digits: bool) -> Option<i64> {
    if in_digits {
        return run.parse().ok().filter(|number| (1..50).contains(number));
    }
    let mut chars = run.chars();
    let number = match [chars.next(), chars.next(), chars.next(), chars.next()] {
        [Some('十'), None, ..] => 10,
        [Some('十'), Some(unit), None, _] => 10 + numeral(unit)?,
        [Some(tens), Some('十'), None, _] => 10 * numeral(tens)?,
        [Some(tens), Some('十'), Some(unit), None] => 10 * numeral(tens)? + numeral(unit)?,
        [Some(unit), None, ..] => numeral(unit)?,
        _ => return None,
    };
    Some(number)
}

/// Whether a number may stand at a place: at the beginning of a line or sentence, and 一是 after any mark.
fn begins_here(text: &str, quotes: &[Char], at: usize, is_inline: bool) -> bool {
    let before = text[..at].trim_end_matches([' ', '\u{3000}']);
    let inline: &[char] = &['，', '：', '；', '。', '、', '\n', '）', '”', ',', ':', ';', '.'];
    let strict: &[char] = &['。', '；', '\n', '：', '！', ':', ';'];
    let is_at_a_mark = before.is_empty() || before.ends_with(if is_inline { inline } else { strict });
    is_at_a_mark && !is_quoted(quotes, at)
}

/// Whether a place is within quotation marks: “一是公开、二是解读” is a saying. `quotes` are the marks that begin or end what is
/// quoted.
fn is_quoted(quotes: &[Char], at: usize) -> bool {
    let before = quotes.partition_point(|(quote, _)| *quote < at);
    before > 0 && quotes[before - 1].1 == '“'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_every_style_are_looked_for() {
        for Style { before, after, in_digits, .. } in &STYLES {
            for (number, numeral) in (1_i64..).zip("一二三四五六七八九十".chars()) {
                let numeral = if *in_digits { number.to_string() } else { numeral.to_string() };
                let text = format!("{}{numeral}{after}公开", before.map_or_else(String::new, String::from));
                let prose = Prose::new(&text);
                let found = numerals(&prose).into_iter().map(|numeral| (numeral.number, numeral.after));
                assert_eq!(found.collect::<Vec<_>>(), [(number, *after)], "{text}");
            }
        }
    }
}
