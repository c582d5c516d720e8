//! Numbers as a workbook shows them: exact, in the number format of their cell, without the noise of binary fractions.
//!
//! Signs that only group digits (thousands commas, brackets around negative numbers) are left out.

use crate::day::Day;

/// What a number is shown as.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Shown {
    pub text: String,
    /// Whether the cell shows something else than the number in the file: it is rounded, or shown as a day that is none.
    pub differs: bool,
}

/// A number format.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) enum Format {
    /// The number as it is.
    #[default]
    General,
    /// A day.
    Day,
    /// By sections: positive, negative, zero.
    Sections(Vec<Section>),
}

/// One of the sections of a number format.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Section {
    before: String,
    after: String,
    decimals: usize,
    has_digits: bool,
    is_percent: bool,
    /// Whether it shows the number otherwise than with its digits: scaled, as a fraction, with an exponent.
    is_other: bool,
}

/// More digits than a workbook keeps of a number.
const SIGNIFICANT: usize = 15;

/// A number with more digits before or behind the point is left as it was written.
const LONGEST: usize = 30;

/// A format has no more characters than this.
const LONGEST_FORMAT: usize = 255;

impl Format {
    /// One of the formats that have only a number.
    pub(super) fn built_in(id: usize) -> Self {
        match id {
            1 | 3 | 37 | 38 | 41 => Self::of("0"),
            2 | 4 | 39 | 40 | 43 => Self::of("0.00"),
            5 | 6 | 42 => Self::of("¥0"),
            7 | 8 | 44 => Self::of("¥0.00"),
            9 => Self::of("0%"),
            10 => Self::of("0.00%"),
            14..=22 | 27..=36 | 45..=47 | 50..=58 => Self::Day,
            _ => Self::General,
        }
    }

    /// Reads a format: `#,##0.00_);[Red]\-0.00`.
    pub(super) fn of(code: &str) -> Self {
        let mut sections = vec![Section::default()];
        let mut chars = code.chars().take(LONGEST_FORMAT).peekable();
        let mut has_point = false;
        while let Some(c) = chars.next() {
            let Some(section) = sections.last_mut() else { break };
            match c {
                ';' => {
                    sections.push(Section::default());
                    has_point = false;
                }
                '"' => {
                    let literal: String = chars.by_ref().take_while(|c| *c != '"').collect();
                    section.push(&literal);
                }
                '\\' | '!' => section.push(&chars.next().map(String::from).unwrap_or_default()),
                '_' | '*' => drop(chars.next()),
                '[' => {
                    let inner: String = chars.by_ref().take_while(|c| *c != ']').collect();
                    match inner.strip_prefix('$') {
                        Some(sign) => section.push(sign.split('-').next().unwrap_or_default()),
                        None if !inner.is_empty() && inner.to_lowercase().chars().all(is_of_time) => {
                            return Self::Day;
                        }
                        None => {}
                    }
                }
                '0' | '#' | '?' => {
                    section.is_other |= !section.after.is_empty();
                    section.has_digits = true;
                    section.decimals += usize::from(has_point && c != '#');
                }
                '.' => has_point = true,
                ',' => {
                    let is_grouping = matches!(chars.peek(), Some('0' | '#' | '?'));
                    section.is_other |= section.has_digits && !is_grouping;
                }
                '%' => {
                    section.is_percent = true;
                    section.push("%");
                }
                'E' | 'e' if matches!(chars.peek(), Some('+' | '-')) => section.is_other = true,
                '/' => section.is_other |= section.has_digits,
                'G' | 'g' => {
                    let word: String = std::iter::once(c).chain(chars.by_ref().take(6)).collect();
                    section.is_other |= word.eq_ignore_ascii_case("general");
                }
                '(' | ')' | ' ' | '-' | '+' | '@' => {}
                c if is_of_time(c.to_ascii_lowercase()) => return Self::Day,
                c => section.push(&c.to_string()),
            }
        }
        Self::Sections(sections)
    }
}

fn is_of_time(c: char) -> bool {
    matches!(c, 'y' | 'm' | 'd' | 'h' | 's')
}

impl Section {
    fn push(&mut self, literal: &str) {
        if self.has_digits { &mut self.after } else { &mut self.before }.push_str(literal);
    }
}

/// What a number in the file is shown as. What is no number is shown as it was written.
pub(super) fn shown(written: &str, format: &Format, is_from_1904: bool) -> Shown {
    let exactly = |text: String| Shown { text, differs: false };
    let Some(number) = Number::read(written.trim()) else { return exactly(written.trim().to_owned()) };
    let general = || exactly(number.plain(0).unwrap_or_else(|| written.trim().to_owned()));
    match format {
        Format::General => general(),
        Format::Day => number.day(is_from_1904).map_or_else(|| Shown { differs: true, ..general() }, exactly),
        Format::Sections(sections) => {
            let nth = match () {
                () if number.is_negative && sections.len() > 1 => 1,
                () if number.digits.is_empty() && sections.len() > 2 => 2,
                () => 0,
            };
            let section = &sections[nth];
            if !section.has_digits || section.is_other {
                return general();
            }
            let seen = if section.is_percent { number.shifted(2) } else { number.clone() };
            let (seen, is_rounded) = seen.rounded(section.decimals);
            let Some(digits) = seen.plain(section.decimals) else { return general() };
            let text = [section.before.trim(), &digits, section.after.trim()].concat();
            Shown { text, differs: is_rounded }
        }
    }
}

/// A number by its decimal digits: `0.digits × 10^point`, the first digit not zero.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Number {
    is_negative: bool,
    digits: Vec<u8>,
    point: i32,
}

impl Number {
    fn read(text: &str) -> Option<Self> {
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

    fn shifted(&self, by: i32) -> Self {
        Self { point: self.point + by, ..self.clone() }
    }

    /// The number with no more decimals than this, and whether that changed it.
    fn rounded(self, decimals: usize) -> (Self, bool) {
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
    fn plain(&self, decimals: usize) -> Option<String> {
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
    fn day(&self, is_from_1904: bool) -> Option<String> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn text(written: &str, code: &str) -> String {
        let format = if code == "General" { Format::General } else { Format::of(code) };
        let shown = shown(written, &format, false);
        shown.text + if shown.differs { "~" } else { "" }
    }

    #[test]
    fn numbers_are_shown_without_noise() {
        for (written, plain) in [
            ("3.0", "3"),
            ("1.2E-1", "0.12"),
            ("0.30000000000000004", "0.3"),
            ("1234567.8899999999", "1234567.89"),
            ("12", "12"),
            ("-3", "-3"),
            ("0", "0"),
            ("-0", "0"),
            ("0.0001", "0.0001"),
            ("1e3", "1000"),
            ("999999999999.999999", "1000000000000"),
            ("123456789012345678", "123456789012346000"),
            ("1E+300", "1E+300"),
            ("NaN", "NaN"),
            ("", ""),
        ] {
            assert_eq!(text(written, "General"), plain, "{written}");
        }
    }

    #[test]
    fn number_formats_say_how_a_number_is_shown() {
        for (written, code, seen) in [
            ("12.5", "0.00", "12.50"),
            ("1234", "#,##0", "1234"),
            ("1234.5", "#,##0.00_);[Red](#,##0.00)", "1234.50"),
            ("-1234.5", "#,##0.00_);[Red](#,##0.00)", "-1234.50"),
            ("0.12", "0%", "12%"),
            ("0.1234", "0.0%", "12.3%~"),
            ("12.5", "0", "13~"),
            ("0.4", "0", "0~"),
            ("99.96", "0.0", "100.0~"),
            ("12", "0\"件\"", "12件"),
            ("12", "\"约\"0", "约12"),
            ("251000", "¥#,##0.00", "¥251000.00"),
            ("251000", "[$¥-804]#,##0", "¥251000"),
            ("0", "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ", "0"),
            ("5", ";;;", "5"),
            ("120000", "0!.0,", "120000"),
            ("120000", "0,", "120000"),
            ("1.5", "0.00E+00", "1.5"),
            ("0.5", "# ?/?", "0.5"),
            ("12", "General", "12"),
            ("12", "G/通用格式", "12"),
            ("45306", "yyyy\"年\"m\"月\"d\"日\"", "2024年1月15日"),
            ("46037.5", "m/d", "2026年1月15日"),
            ("0.5", "h:mm", "0.5~"),
            ("12", "yyyy-mm-dd", "12~"),
            ("17899", "yyyy-mm-dd", "1949年1月1日"),
        ] {
            assert_eq!(text(written, code), seen, "{written} {code}");
        }
        assert_eq!(shown("0", &Format::Day, true).text, "0");
        assert_eq!(shown("44575", &Format::Day, true).text, "2026年1月15日");
    }
}
