//! Numbers in Chinese sentences: `12件`, `１２ 件`, `1,234条`, `1.2万件`, `二十七件`, `346.85万元`.
//!
//! A figure is a number with its measure word. Years, dates, articles of statutes (第三十六条), numbers of documents and
//! numbers in names (12345热线) are none. 约, 近, 余 and 多 make a figure inexact: it says nothing that could be compared.

use std::ops::Range;
use std::sync::LazyLock;

use crate::number::{Decimal, half_width, numeral};
use crate::text::{Chars, Ends, Words};

/// A number in a sentence, with its measure word.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Figure {
    /// The number as it is written, without measure word, in bytes of the text.
    pub number: Range<usize>,
    /// Where the measure word ends, in bytes of the text.
    pub end: usize,
    /// The value; of an amount of money, in 元.
    pub value: Decimal,
    /// What is counted.
    pub measure: Measure,
    /// Whether the number is meant exactly.
    pub is_exact: bool,
}

/// The measure word of a figure.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Measure {
    /// 件, 宗, 起 …: what the tables of the form count.
    Case(&'static str),
    /// 条, 篇, 人次 …: anything else that is counted.
    Thing(&'static str),
    /// 元, 万元, 亿元.
    Money,
    /// ％, 成, 百分之: the value is in per cent.
    Percent,
    /// 倍.
    Times,
    /// None: only a bare nought is read without one.
    None,
}

impl Measure {
    /// Whether figures of both may be parts of one whole: the same, or 场 with 场次, 人 with 家.
    pub(super) fn goes_with(self, other: Self) -> bool {
        const WHO: [&str; 5] = ["人", "名", "位", "户", "家"];
        match (self, other) {
            (Self::Thing(one) | Self::Case(one), Self::Thing(other) | Self::Case(other)) => {
                let is_who = |word: &str| WHO.contains(&word);
                one.trim_end_matches('次') == other.trim_end_matches('次')
                    && !one.trim_end_matches('次').is_empty()
                    || one == other
                    || is_who(one) && is_who(other)
            }
            (one, other) => one == other,
        }
    }
}

/// Measure words of what the tables count.
const CASES: [&str; 9] = ["件", "宗", "起", "例", "份", "部", "个", "项", "条"];

/// Measure words that contain one of those, or count other things.
const THINGS: [&str; 40] = [
    "人次", "场次", "批次", "件次", "条次", "块次", "份次", "余次", "期", "场", "名", "人", "户", "家", "处",
    "张", "种", "封", "次", "页", "批", "轮", "套", "台", "本", "册", "天", "届", "块", "类", "所", "幅",
    "则", "篇", "款", "号", "位", "字", "小时", "版",
];

/// What may follow 个 to make it a measure of time or of size.
const AFTER_GE: [&str; 8] = ["工作日", "自然日", "月", "百分点", "小时", "季度", "年", "乡镇"];

/// Words that make a number inexact, before it.
static ABOUT: Ends = Ends::new(&[
    "约",
    "近",
    "超",
    "逾",
    "超过",
    "不少于",
    "不低于",
    "不超过",
    "至少",
    "最多",
    "接近",
    "将近",
    "达到或超过",
    "每",
]);

/// The characters that a figure may begin with.
pub(super) static FIRSTS: Chars = Chars::new(&[
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '０', '１', '２', '３', '４', '５', '６', '７', '８',
    '９', '〇', '零', '一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '万',
]);

/// Words that make a number inexact, behind its measure word.
static BEHIND: LazyLock<Words<()>> = LazyLock::new(|| Words::of(&["左右", "以上", "以内", "以下", "多"]));

/// What stands before digits that are no number of things.
const NO_NUMBER_BEHIND: [char; 11] = ['第', '〔', '[', '.', '-', '/', ':', '每', '逐', '数', '几'];

/// Reads the figure that begins at byte `at` of `text`, if one does.
pub(super) fn read(text: &str, at: usize) -> Option<Figure> {
    let before = &text[..at];
    if before.chars().next_back().is_some_and(|c| NO_NUMBER_BEHIND.contains(&c) || c.is_ascii_alphabetic()) {
        return None;
    }
    let percent_of = text[at..].strip_prefix("百分之").map(|_| at + "百分之".len());
    let (value, end) = number(text, percent_of.unwrap_or(at))?;
    let is_meant = || !ABOUT.are_at_end(before);
    if percent_of.is_some() {
        let is_exact = is_meant();
        return Some(Figure { number: at..end, end, value, measure: Measure::Percent, is_exact });
    }
    let rest = &text[end..];
    let blank = rest.len() - rest.trim_start_matches([' ', '\u{3000}']).len();
    let (loose, about) = match rest[blank..].chars().next() {
        Some(c @ ('余' | '多' | '来')) => (true, blank + c.len_utf8()),
        _ => (false, blank),
    };
    let (measure, len) = measure(&rest[about..], before, value)?;
    let value = match measure {
        Measure::Money if rest[about..].starts_with("万元") => value.times_ten_to(4)?,
        Measure::Money if rest[about..].starts_with("亿元") => value.times_ten_to(8)?,
        Measure::Percent if rest[about..].starts_with('成') => value.times_ten_to(1)?,
        _ => value,
    };
    // Beyond what a cell holds, ten times over for an amount in 元, nothing can be compared.
    if !value.times_ten_to(-4).unwrap_or(value).fits_a_cell() && !value.fits_a_cell() {
        return None;
    }
    let end_of_measure = end + about + len;
    let is_exact = is_meant() && !loose && BEHIND.beginning(&text[end_of_measure..]).is_none();
    Some(Figure { number: at..end, end: end_of_measure, value, measure, is_exact })
}

/// The measure word that `rest` begins with, and its length in bytes.
fn measure(rest: &str, before: &str, value: Decimal) -> Option<(Measure, usize)> {
    static MEASURES: LazyLock<Words<Measure>> = LazyLock::new(|| {
        let money = ["万元", "亿元", "元"].map(|word| (word, Measure::Money));
        let others = [("%", Measure::Percent), ("％", Measure::Percent), ("倍", Measure::Times)];
        let things = THINGS.map(|word| (word, Measure::Thing(word)));
        let cases = CASES.map(|word| (word, Measure::Case(word)));
        Words::new(money.into_iter().chain(others).chain(things).chain(cases))
    });
    let known = MEASURES.beginning(rest);
    if let Some((word, measure)) = known.filter(|(_, measure)| !matches!(measure, Measure::Case(_))) {
        return Some((measure, word.len()));
    }
    if rest.starts_with('成') && !rest.starts_with("成立") && !rest.starts_with("成果") {
        return Some((Measure::Percent, "成".len()));
    }
    if let Some((case, _)) = known {
        let after = &rest[case.len()..];
        let is_time = case == "个" && AFTER_GE.iter().any(|word| after.starts_with(word));
        let is_part = case == "部" && (after.starts_with('分') || after.starts_with('门'));
        // 一件件, 件件有回音; 一起, 一个个.
        let is_idiom = after.starts_with(case) || (case == "起" && before.is_empty());
        return (!is_time && !is_part && !is_idiom).then_some((Measure::Case(case), case.len()));
    }
    let stands_alone = || rest.is_empty() || rest.starts_with(['，', '。', '；', '、', '\n']);
    (value.is_zero() && before.ends_with(['为', '是', '：', ':']) && stands_alone())
        .then_some((Measure::None, 0))
}

/// The number that begins at byte `at`, and where it ends.
fn number(text: &str, at: usize) -> Option<(Decimal, usize)> {
    digits(text, at).or_else(|| numerals(text, at))
}

/// A number in digits of either width, with thousands commas, decimals, 万 or 亿.
fn digits(text: &str, at: usize) -> Option<(Decimal, usize)> {
    let is_digit = |c: char| half_width(c).is_ascii_digit();
    if !text[at..].starts_with(is_digit) || text[..at].ends_with(is_digit) {
        return None;
    }
    let (mut units, mut whole, mut decimals) = (0_i64, 0, 0);
    let mut rest = text[at..].chars();
    let (mut is_wide, mut has_point) = (false, false);
    loop {
        let mut ahead = rest.clone();
        let Some(c) = ahead.next() else { break };
        let folded = half_width(c);
        match folded {
            '0'..='9' => {
                units = units.checked_mul(10)?.checked_add(i64::from(folded.to_digit(10)?))?;
                *if has_point { &mut decimals } else { &mut whole } += 1;
            }
            // １，２４０: between full-width digits the comma is full-width too.
            ',' if (c == ',' || is_wide) && is_group(ahead.clone()) => {
                rest = ahead;
                is_wide = false;
                continue;
            }
            '.' if !has_point && ahead.as_str().starts_with(is_digit) => {
                has_point = true;
            }
            _ => break,
        }
        is_wide = folded.is_ascii_digit() && folded != c;
        rest = ahead;
    }
    let value = Decimal::spelled(units, whole, decimals)?;
    let (rest, end) = (rest.as_str(), text.len() - rest.as_str().len());
    Some(match rest.chars().next() {
        Some('万') if !rest.starts_with("万元") => (value.times_ten_to(4)?, end + '万'.len_utf8()),
        Some('亿') if !rest.starts_with("亿元") => (value.times_ten_to(8)?, end + '亿'.len_utf8()),
        _ => (value, end),
    })
}

/// Whether three digits follow, and no fourth.
fn is_group(rest: std::str::Chars<'_>) -> bool {
    rest.take(4).take_while(|c| half_width(*c).is_ascii_digit()).count() == 3
}

const fn is_numeral(c: char) -> bool {
    numeral(c).is_some() || matches!(c, '〇' | '两' | '十' | '百' | '千' | '万')
}

/// A number in Chinese numerals.
fn numerals(text: &str, at: usize) -> Option<(Decimal, usize)> {
    if text[..at].ends_with(is_numeral) {
        return None;
    }
    let rest = &text[at..];
    let end = rest.char_indices().take(16).find(|(_, c)| !is_numeral(*c)).map(|(end, _)| end);
    let end = end.unwrap_or_else(|| rest.chars().take(16).map(char::len_utf8).sum());
    let run = &rest[..end];
    let (mut total, mut section, mut pending) = (0_i64, 0_i64, None);
    for c in run.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            '万' => {
                total = (section + pending.take().unwrap_or(0)).max(1) * 10_000;
                section = 0;
                continue;
            }
            '两' => {
                pending = Some(2);
                continue;
            }
            '〇' => {
                pending = Some(0);
                continue;
            }
            _ => {
                // 二〇二五 is no quantity.
                if pending.is_some_and(|n| n != 0) {
                    return None;
                }
                pending = Some(numeral(c)?);
                continue;
            }
        };
        section += pending.take().unwrap_or(1) * unit;
    }
    let value = total + section + pending.unwrap_or(0);
    (!run.is_empty()).then(|| (Decimal::whole(value), at + run.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first figure of a text, as value and measure word.
    fn first(text: &str) -> Option<(String, Measure, bool)> {
        let figure = text.char_indices().find_map(|(at, _)| read(text, at))?;
        Some((figure.value.trimmed().to_string(), figure.measure, figure.is_exact))
    }

    #[test]
    fn numbers_in_every_spelling() {
        for (text, value) in [
            ("12件", "12"),
            ("共１２ 件", "12"),
            ("1,234件", "1234"),
            ("1.2万件", "12000"),
            ("二十七件", "27"),
            ("十二件", "12"),
            ("两件", "2"),
            ("一百二十七件", "127"),
            ("一千零五件", "1005"),
            ("零件", "0"),
        ] {
            let (read, measure, exact) = first(text).unwrap();
            assert_eq!((read.as_str(), exact), (value, true), "{text}");
            assert!(matches!(measure, Measure::Case("件")), "{text}");
        }
        assert_eq!(first("收取346.85万元"), Some(("3468500".to_owned(), Measure::Money, true)));
        assert_eq!(first("下降两成（上年"), Some(("20".to_owned(), Measure::Percent, true)));
        assert_eq!(first("共培训1,800余人次"), Some(("1800".to_owned(), Measure::Thing("人次"), false)));
    }

    #[test]
    fn every_character_that_a_figure_begins_with_is_known() {
        let begins = |c: &char| read(&format!("{c}件"), 0).is_some() || is_numeral(*c);
        let missed: Vec<char> = ('\0'..='\u{ffff}').filter(begins).filter(|c| !FIRSTS.has(*c)).collect();
        assert!(missed.is_empty(), "{missed:?}");
    }

    #[test]
    fn what_is_no_figure() {
        for text in [
            "2025年",
            "第三十六条",
            "〔2021〕30",
            "3个工作日",
            "每一件",
            "12345热线",
            "六部分",
            "8080/",
            "第3条",
        ] {
            assert_eq!(first(text), None, "{text}");
        }
        assert!(!first("约12件").unwrap().2);
    }
}
