//! Days, years and periods as offices write them, and the calendar: the one reader of dates.
//!
//! Reads `2026-01-15`, `2026年1月15日`, `2026.1.15`, `２０２６／１／１５` and `二〇二六年一月十五日`. It reads no clock, and what a
//! date means for a report is for others to say.

mod moment;

use std::fmt;
use std::ops::Range;

pub use moment::Moment;

use crate::number::{half_width, numeral};
use crate::text::{behind_last, places};

/// The years that a text can speak of; those that a report can be of are [`Form::years`](crate::form::Form::years).
pub const YEARS: Range<i64> = 1949..2100;

/// A day that the calendar has.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Day {
    year: i64,
    month: u8,
    day: u8,
}

impl Day {
    /// The day with these numbers, months and days from 1; `None` if the calendar has no such day.
    pub fn new(year: i64, month: i64, day: i64) -> Option<Self> {
        let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        let length = month_lengths(year).into_iter().nth(usize::from(month.checked_sub(1)?))?;
        (YEARS.contains(&year) && (1..=length).contains(&day)).then_some(Self { year, month, day })
    }

    /// Reads a text that is a day and nothing else.
    pub fn read(text: &str) -> Option<Self> {
        let (day, length) = Self::leading(text)?;
        text[length..].trim().is_empty().then_some(day)
    }

    /// Reads the day that a text begins with, and how many bytes it takes.
    pub fn leading(text: &str) -> Option<(Self, usize)> {
        let mut rest = text.trim_start();
        let (year, first) = (leading_number(&mut rest)?, leading_sign(&mut rest)?);
        let (month, second) = (leading_number(&mut rest)?, leading_sign(&mut rest)?);
        let day = leading_number(&mut rest)?;
        match (first, second) {
            ('年', '月') => rest = rest.strip_prefix(['日', '号']).unwrap_or(rest),
            ('-', '-') | ('/', '/') | ('.', '.') => {}
            _ => return None,
        }
        Some((Self::new(year, month, day)?, text.len() - rest.len()))
    }

    /// The year.
    pub const fn year(self) -> i64 {
        self.year
    }

    /// The month and the day as one number: 131 for the 31st of January.
    pub fn in_year(self) -> i64 {
        i64::from(self.month) * 100 + i64::from(self.day)
    }

    /// The day as it stands under a report: `2026年1月6日`.
    pub fn as_signed(self) -> String {
        format!("{}年{}月{}日", self.year, self.month, self.day)
    }
}

/// The spelling of the saved file: `2026-01-06`.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day } = self;
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// The days of each month of a year.
pub const fn month_lengths(year: i64) -> [u8; 12] {
    let is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    [31, if is_leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
}

/// The digit that a character of a date is, whichever way it is written.
pub const fn digit(c: char) -> Option<i64> {
    match c {
        '0'..='9' => Some(c as i64 - '0' as i64),
        '０'..='９' => Some(c as i64 - '０' as i64),
        '〇' | '○' | '◯' => Some(0),
        _ => numeral(c),
    }
}

/// Whether a character can be part of a number of a date.
fn is_of_a_number(c: char) -> bool {
    digit(c).is_some() || matches!(c, '十' | '元')
}

/// The value of a year, month or day in digits or numerals: `2026`, `二〇二六`, `十五`; 元 of 元月 is 1.
fn number(text: &str) -> Option<i64> {
    let positional = |text: &str, most: usize| match text.chars().nth(most) {
        None => text.chars().try_fold(0, |number, c| Some(number * 10 + digit(c)?)),
        Some(_) => None,
    };
    match text.split_once('十') {
        _ if text.is_empty() => None,
        _ if text == "元" => Some(1),
        None => positional(text, 4),
        Some(("", ones)) => Some(10 + positional(ones, 1)?),
        Some((tens, ones)) => Some(positional(tens, 1)? * 10 + positional(ones, 1)?),
    }
}

/// Takes the number that a text begins with, and the blanks behind it.
fn leading_number(rest: &mut &str) -> Option<i64> {
    let end = rest.find(|c| !is_of_a_number(c)).unwrap_or(rest.len());
    let (digits, behind) = rest.split_at(end);
    *rest = behind.trim_start();
    number(digits)
}

/// Takes the sign between two numbers, and the blanks behind it.
fn leading_sign(rest: &mut &str) -> Option<char> {
    let sign = rest.chars().next()?;
    *rest = rest[sign.len_utf8()..].trim_start();
    Some(if sign == '／' { '/' } else { half_width(sign) })
}

/// The years (`2024年`, `２０２４ 年`, `二〇二四年`) of a text, each with its bytes up to and with 年.
pub fn years(text: &str) -> impl Iterator<Item = (Range<usize>, i64)> {
    places(text, "年").filter_map(move |nian| {
        let before = text[..nian].trim_end();
        let start = before.trim_end_matches(|c| digit(c).is_some()).len();
        let year = number(&before[start..]).filter(|year| YEARS.contains(year))?;
        Some((start..nian + "年".len(), year))
    })
}

/// A day of the year that prose speaks of.
struct Mention {
    /// The year, if it is written.
    year: Option<i64>,
    month: i64,
    /// The day; 0 where the month stands alone (`2025年1月至10月`).
    day: i64,
    /// The bytes that it takes.
    range: Range<usize>,
}

/// The days (`2025年1月1日`, `１月１日`, `十二月三十一日`) and months of a text, in order.
fn mentions(text: &str) -> Vec<Mention> {
    let number_before = |end: usize| {
        let before = text[..end].trim_end_matches(' ');
        let start = before.trim_end_matches(is_of_a_number).len();
        number(&before[start..]).map(|number| (number, start))
    };
    let mention = |yue: usize| {
        let (month, start) = number_before(yue).filter(|(month, _)| (1..=12).contains(month))?;
        let year =
            text[..start].trim_end_matches(' ').strip_suffix('年').and_then(|y| number_before(y.len()));
        let start = year.map_or(start, |(_, start)| start);
        let end = yue + "月".len();
        // Near: the whole text is not looked through from every month.
        let ri = text[end..].char_indices().take(12).find(|(_, c)| *c == '日').map(|(at, _)| end + at);
        let day = ri.and_then(|ri| {
            let (day, start) = number_before(ri).filter(|(day, _)| (1..=31).contains(day))?;
            text[end..start].trim().is_empty().then_some((day, ri))
        });
        let (day, end) = day.map_or((0, end), |(day, ri)| (day, ri + '日'.len_utf8()));
        Some(Mention { year: year.map(|(year, _)| year), month, day, range: start..end })
    };
    places(text, "月").filter_map(mention).collect()
}

/// The periods of the data that a text states, the first one of each sentence: whether it goes from the first day of a
/// year to the last, the years as far as they are written, and the bytes that it takes.
pub fn periods(text: &str) -> Vec<(bool, [Option<i64>; 2], Range<usize>)> {
    const ENDS: [char; 3] = ['。', '；', '\n'];
    let (days, mut found, mut end_of_last) = (mentions(text), Vec::new(), 0);
    for pair in days.windows(2) {
        let [from, to] = pair else { continue };
        let between = &text[from.range.end..to.range.start];
        let is_range =
            ["起至", "至", "到", "—", "——", "－", "-", "～", "~", "起到"].contains(&between.trim());
        if !is_range {
            continue;
        }
        let before = &text[..from.range.start];
        let start = behind_last(before, &ENDS);
        let after: String = text[to.range.end..].chars().take(12).collect();
        // 1月1日至12月30日 can be meant of nothing else.
        let is_nearly_whole = (from.month, from.day, to.month) == (1, 1, 12) && to.day != 31;
        if start < end_of_last || !(is_nearly_whole || speaks_of_data(&before[start..], &after)) {
            continue;
        }
        end_of_last = to.range.end;
        let is_whole = (from.month, to.month) == (1, 12) && matches!((from.day, to.day), (1, 31) | (0, 0));
        found.push((is_whole, [from.year, to.year], from.range.start..to.range.end));
    }
    // 统计数据截至2024年12月31日.
    let until = days.iter().filter(|day| {
        let before = text[..day.range.start].trim_end();
        let sentence = before.rsplit(ENDS).next().unwrap_or_default();
        day.day > 0
            && ["截至", "截止", "截止到"].iter().any(|word| before.ends_with(word))
            && ["统计数据", "数据统计", "统计期限", "所列数据"].iter().any(|word| sentence.contains(word))
    });
    found.extend(until.map(|day| ((day.month, day.day) == (12, 31), [day.year, None], day.range.clone())));
    found
}

/// Whether the words around a period say that it is the period of the data.
fn speaks_of_data(before: &str, after: &str) -> bool {
    let is_of_accounts = ["决算", "预算", "会计"].iter().any(|word| before.contains(word));
    let words = ["统计", "期限", "数据", "报告期", "本报告", "年度报告"];
    !is_of_accounts && words.iter().any(|word| before.contains(word) || after.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_in_every_spelling() {
        for (text, day) in [
            ("2026-01-15", "2026-01-15"),
            ("2026年1月15日", "2026-01-15"),
            ("2026年01月15号", "2026-01-15"),
            ("２０２６年１月１５日", "2026-01-15"),
            ("二〇二六年一月十五日", "2026-01-15"),
            ("二零二六年元月二十日", "2026-01-20"),
            ("二○二四年二月二十九日", "2024-02-29"),
            ("二〇二五年十二月三十一日", "2025-12-31"),
            ("2026.1.15", "2026-01-15"),
            ("2026/1/5", "2026-01-05"),
            ("２０２６／１／５", "2026-01-05"),
            ("2026 年 1 月 31 日 ", "2026-01-31"),
        ] {
            assert_eq!(Day::read(text).map(|day| day.to_string()).as_deref(), Some(day), "{text}");
        }
    }

    #[test]
    fn what_the_calendar_does_not_have_is_no_day() {
        for text in [
            "明天",
            "",
            "2026",
            "2026年1月",
            "2026-13-01",
            "2026-02-29",
            "2026年2月30日",
            "二〇二六年四月三十一日",
            "2026-01-15起",
            "一月十五日",
            "20260115",
            "2026-1-0",
            "2026-0-1",
            "2026-1-15月",
            "2026年1-15",
            "1899-1-1",
            "2100-1-1",
            "2026-1-1-1",
            "二〇二六年一月十五五日",
            "十",
            "99999999999999999999-1-1",
            "2026-9223372036854775807-1",
        ] {
            assert_eq!(Day::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_ends_where_its_digits_end() {
        let leading =
            |text: &str| Day::leading(text).map(|(day, end)| (day.to_string(), text[end..].to_owned()));
        let day = || "2026-01-02".to_owned();
        assert_eq!(leading("2026-1-2 09:12 来源：云岭县"), Some((day(), "09:12 来源：云岭县".to_owned())));
        assert_eq!(leading("二〇二六年一月二日发布"), Some((day(), "发布".to_owned())));
        assert_eq!(leading("2026-1-209:12"), None);
    }

    #[test]
    fn periods_are_read_in_digits_and_numerals() {
        let period = |text: &str| {
            periods(text).into_iter().map(|(is_whole, years, _)| (is_whole, years)).collect::<Vec<_>>()
        };
        for text in [
            "统计期限自2025年1月1日起至2025年12月31日止。",
            "统计期限自二〇二五年一月一日起至二〇二五年十二月三十一日止。",
        ] {
            assert_eq!(period(text), [(true, [Some(2025), Some(2025)])], "{text}");
        }
        assert_eq!(period("统计期限为2025年13月1日至14月2日。"), []);
        assert_eq!(period("数据统计期限为2025年1月1日至12月32日。"), [(false, [Some(2025), None])]);
    }
}
