//! A moment as the clerk reads it: day and time in Beijing; and what is a day.
//!
//! It reads no clock.

use std::fmt;

use crate::number::half_width;

/// How far Beijing is ahead, in seconds.
const BEIJING: u64 = 8 * 3600;
/// The seconds of a day.
const DAY: u64 = 86400;

/// A moment, to the minute.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Moment {
    /// The year.
    pub year: i64,
    /// The month, from 1.
    pub month: u64,
    /// The day, from 1.
    pub day: u64,
    /// The minutes since midnight.
    minutes: u64,
}

impl Moment {
    /// The moment so many seconds after the beginning of 1970 in Greenwich.
    pub fn after_1970(seconds: u64) -> Self {
        let seconds = seconds + BEIJING;
        let (mut year, mut days) = (1970, seconds / DAY);
        while days >= length(year).iter().sum() {
            days -= length(year).iter().sum::<u64>();
            year += 1;
        }
        let mut month = 1;
        for length in length(year) {
            if days < length {
                break;
            }
            days -= length;
            month += 1;
        }
        Self { year, month, day: days + 1, minutes: seconds % DAY / 60 }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day, minutes } = self;
        write!(f, "{year}-{month:02}-{day:02} {:02}:{:02}", minutes / 60, minutes % 60)
    }
}

/// Whether a text is a day as offices write it: `2026-01-15`, `2026年1月15日`, `二〇二六年一月十五日`.
pub fn is_day(text: &str) -> bool {
    let text: String = text.trim().chars().filter(|c| *c != ' ').map(half_width).collect();
    let parts: Vec<&str> = text.trim_end_matches('日').split(['-', '/', '.', '年', '月']).collect();
    let [year, month, day] = parts[..] else { return false };
    let (Some(year), Some(month), Some(day)) = (ordinal(year), ordinal(month), ordinal(day)) else {
        return false;
    };
    let is_in = |length: u64| (1..=length).contains(&day);
    (1900..2200).contains(&year)
        && month
            .checked_sub(1)
            .and_then(|month| length(year.cast_signed()).get(month as usize).copied())
            .is_some_and(is_in)
}

/// A year, month or day in digits, or in Chinese: `二〇二六`, `十五`.
fn ordinal(text: &str) -> Option<u64> {
    const DIGITS: [&str; 10] = ["〇○零", "一元", "二", "三", "四", "五", "六", "七", "八", "九"];
    if text.is_empty() || text.chars().count() > 4 {
        return None;
    }
    let digit = |char: char| {
        let chinese = DIGITS.iter().position(|digits| digits.contains(char)).map(|digit| digit as u64);
        char.to_digit(10).map(u64::from).or(chinese)
    };
    let number = |text: &str| text.chars().try_fold(0, |number, char| Some(number * 10 + digit(char)?));
    match text.split_once('十') {
        None => number(text),
        Some((tens, ones)) => Some(if tens.is_empty() { 10 } else { number(tens)? * 10 } + number(ones)?),
    }
}

/// The days of each month of a year.
const fn length(year: i64) -> [u64; 12] {
    let is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    [31, if is_leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_told_from_other_words() {
        for day in [
            "2026-01-15",
            "2026年1月15日",
            "２０２６年１月１５日",
            "二〇二六年一月十五日",
            "2026.1.15",
            "2026/1/5",
            "二○二四年二月二十九日",
            "2026 年 1 月 31 日",
        ] {
            assert!(is_day(day), "{day}");
        }
        for other in [
            "明天",
            "",
            "2026",
            "2026年1月",
            "2026-13-01",
            "2026-02-29",
            "2026-01-15起",
            "一月十五日",
            "20260115",
            "2026-1-0",
            "2026-0-1",
            "十",
            "99999999999999999999-1-1",
        ] {
            assert!(!is_day(other), "{other}");
        }
    }

    #[test]
    fn moments_are_right_around_new_year_and_leap_days() {
        for (seconds, shown) in [
            (0, "1970-01-01 08:00"),
            (951_753_600, "2000-02-29 00:00"),
            (1_735_660_799, "2024-12-31 23:59"),
            (1_735_660_800, "2025-01-01 00:00"),
            (4_107_513_600, "2100-03-01 00:00"),
        ] {
            assert_eq!(Moment::after_1970(seconds).to_string(), shown);
        }
    }
}
