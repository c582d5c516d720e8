//! A number as a workbook writes it, by its decimal digits: scaled, rounded, compared and spelled without binary fractions.
//!
//! What it is shown as is [`super::figures`]'s.

use std::cmp::Ordering;

use crate::day::Day;

/// More digits than a workbook keeps of a number.
const SIGNIFICANT: usize = 15;

/// A number with more digits before or behind the point is left as it was written.
const LONGEST: usize = 30;

/// A number by its decimal digits: `0.digits × 10^point`, the first digit not zero.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Number {
    pub(super) is_negative: bool,
    digits: Vec<u8>,
    point: i32,
}

impl Number {
    /// Reads a number as a workbook writes it.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (is_negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
        if digits.is_empty() || digits.len() > 400 || !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let exponent: i32 = exponent.parse().ok().filter(|e| (-400..=400).contains(e))?;
        let point = i32::try_from(whole.len()).ok()? + exponent;
        let number = Self { is_negative, digits: digits.iter().map(|digit| digit - b'0').collect(), point };
        Some(number.cut(SIGNIFICANT).0)
    }

    /// Whether it is zero.
    pub(super) fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// Which of two numbers is the larger.
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        let sign = |number: &Self| match number {
            _ if number.is_zero() => 0,
            _ if number.is_negative => -1,
            _ => 1,
        };
        let size = |number: &Self| (number.point, number.digits.clone());
        sign(self).cmp(&sign(other)).then_with(|| match self.is_negative {
            true => size(other).cmp(&size(self)),
            false => size(self).cmp(&size(other)),
        })
    }

    /// The number with no more digits than this, rounded, and whether that changed it.
    fn cut(mut self, most: usize) -> (Self, bool) {
        let zeros = self.digits.iter().take_while(|digit| **digit == 0).count();
        self.digits.drain(..zeros);
        self.point -= i32::try_from(zeros).unwrap_or_default();
        self.keep(most)
    }

    fn keep(mut self, most: usize) -> (Self, bool) {
        let dropped = if self.digits.len() > most { self.digits.split_off(most) } else { Vec::new() };
        let is_changed = dropped.iter().any(|digit| *digit > 0);
        if dropped.first().is_some_and(|digit| *digit >= 5) {
            while self.digits.last() == Some(&9) {
                self.digits.pop();
            }
            match self.digits.last_mut() {
                Some(last) => *last += 1,
                None => {
                    self.digits.push(1);
                    self.point += 1;
                }
            }
        }
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        if self.digits.is_empty() {
            (self.point, self.is_negative) = (0, false);
        }
        (self, is_changed)
    }

    /// The number times a power of ten.
    pub(super) fn shifted(&self, by: i32) -> Self {
        Self { point: self.point + by, ..self.clone() }
    }

    /// The number with no more decimals than this, and whether that changed it.
    pub(super) fn rounded(self, decimals: usize) -> (Self, bool) {
        let kept = self.point + i32::try_from(decimals).unwrap_or_default();
        match usize::try_from(kept) {
            Ok(kept) => self.keep(kept),
            Err(_) => {
                let is_changed = !self.digits.is_empty();
                (Self { is_negative: false, digits: Vec::new(), point: 0 }, is_changed)
            }
        }
    }

    /// Its plain spelling with at least so many decimals; `None` if that is very long.
    pub(super) fn plain(&self, decimals: usize) -> Option<String> {
        let mut digits: String = self.digits.iter().map(|digit| char::from(b'0' + digit)).collect();
        let mut point = self.point;
        if point < 0 {
            let zeros = usize::try_from(-point).ok().filter(|zeros| *zeros <= LONGEST)?;
            digits.insert_str(0, &"0".repeat(zeros));
            point = 0;
        }
        let point = usize::try_from(point).ok().filter(|point| *point <= LONGEST)?;
        digits.push_str(&"0".repeat((point + decimals).saturating_sub(digits.len())));
        let (whole, fraction) = digits.split_at(point);
        let sign = if self.is_negative { "-" } else { "" };
        let whole = if whole.is_empty() { "0" } else { whole };
        let dot = if fraction.is_empty() { "" } else { "." };
        Some([sign, whole, dot, fraction].concat())
    }

    /// The day that it is the number of; `None` if it is none.
    pub(super) fn day(&self, is_from_1904: bool) -> Option<String> {
        let whole = self.plain(0)?;
        let number: i64 = whole.split('.').next()?.parse().ok()?;
        // Workbooks count a 29 February 1900, which never was.
        let since_1970 = match is_from_1904 {
            true => number - 24_107,
            false if number > 60 => number - 25_569,
            false => number - 25_568,
        };
        if !(1..3_000_000).contains(&number) {
            return None;
        }
        let (year, month, day) = civil(since_1970);
        Some(Day::new(year, month, day)?.as_signed())
    }
}

/// The date that is so many days after 1 January 1970.
const fn civil(days: i64) -> (i64, i64, i64) {
    // Eras of 400 years that begin on 1 March.
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + if month <= 2 { 1 } else { 0 }, month, day)
}
