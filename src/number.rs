//! Exact numbers: what a cell can hold, and how offices write it.
//!
//! Reads `12`, `１２`, `1,234`, `12件` and `96171.6`; never a float, never a guess: what the grammar does not know
//! (`约12`, `3-5`, `1e5`, `251000元`) is no number, and its text is kept by the caller.

use std::cmp::Ordering;
use std::fmt;

/// The longest count a cell may hold, in decimal digits.
pub const MAX_DIGITS: usize = 12;

/// The most decimals an amount may have (fees are printed in 万元, to the yuan).
pub const MAX_DECIMALS: usize = 4;

/// The most decimals that a value can have while it is reckoned with: `10^18` is the last power that fits.
const MOST_DECIMALS: u8 = 18;

/// Words that may follow a count without changing it. A unit of money is not among them: 251000元 stays text.
const MEASURE_WORDS: [&str; 10] = ["人次", "件", "个", "条", "份", "次", "宗", "起", "例", "项"];

/// An exact decimal, `units / 10^scale`, with the decimals that were written (`12.50` keeps both).
///
/// Equality is of spelling (`0.5 ≠ 0.50`); [`Decimal::compare`] compares values.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Decimal {
    units: i64,
    scale: u8,
}

impl Decimal {
    /// The whole number `n`.
    pub const fn whole(n: i64) -> Self {
        Self { units: n, scale: 0 }
    }

    /// The value as a whole number, if it was written without decimals.
    pub const fn as_whole(self) -> Option<i64> {
        if self.scale == 0 { Some(self.units) } else { None }
    }

    /// The value as a count: whole and not negative.
    pub const fn as_count(self) -> Option<i64> {
        if self.scale == 0 && self.units >= 0 { Some(self.units) } else { None }
    }

    /// Whether the value is below zero.
    pub const fn is_negative(self) -> bool {
        self.units < 0
    }

    /// Whether the value is zero, however many decimals it was written with.
    pub const fn is_zero(self) -> bool {
        self.units == 0
    }

    /// Whether a cell can hold the value: it is spelled with no more digits and decimals than [`Decimal::parse`] reads.
    #[inline]
    pub fn fits_a_cell(self) -> bool {
        // By the number of decimals, what has one digit too many.
        const BEYOND: [u64; MAX_DECIMALS + 1] = {
            let mut beyond = [10u64.pow(MAX_DIGITS as u32); MAX_DECIMALS + 1];
            let mut scale = 1;
            while scale <= MAX_DECIMALS {
                beyond[scale] = 10 * beyond[scale - 1];
                scale += 1;
            }
            beyond
        };
        BEYOND.get(usize::from(self.scale)).is_some_and(|beyond| self.units.unsigned_abs() < *beyond)
    }

    /// The value times ten to the power of `power`; `None` if that has too many digits to hold.
    pub fn times_ten_to(self, power: i8) -> Option<Self> {
        let scale = i16::from(self.scale) - i16::from(power);
        if let Ok(scale) = u8::try_from(scale) {
            return (scale <= MOST_DECIMALS).then_some(Self { units: self.units, scale });
        }
        let units = self.units.checked_mul(10i64.checked_pow(u32::from(scale.unsigned_abs()))?)?;
        Some(Self { units, scale: 0 })
    }

    /// The value times a whole number; the largest that fits where it is larger still.
    pub const fn times(self, n: i64) -> Self {
        Self { units: self.units.saturating_mul(n), scale: self.scale }
    }

    /// The sum of two values; `None` where it is too large to hold.
    pub fn checked_plus(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let at = |d: Self| i128::from(d.units) * 10i128.pow(u32::from(scale - d.scale));
        Some(Self { units: i64::try_from(at(self) + at(other)).ok()?, scale })
    }

    /// The sum of two values; the largest number that fits where it is larger still.
    pub fn plus(self, other: Self) -> Self {
        let largest = Self { units: i64::MAX, scale: self.scale.max(other.scale) };
        self.checked_plus(other).unwrap_or(largest)
    }

    /// The same value with as few decimals as it needs.
    pub const fn trimmed(mut self) -> Self {
        while self.scale > 0 && self.units % 10 == 0 {
            self.units /= 10;
            self.scale -= 1;
        }
        self
    }

    /// The value as an exact fraction: numerator, and the power of ten that divides it.
    pub const fn fraction(self) -> (i64, u8) {
        (self.units, self.scale)
    }

    /// Compares two values, whatever their number of decimals.
    pub fn compare(self, other: Self) -> Ordering {
        let at = |d: Self, scale: u8| i128::from(d.units) * 10i128.pow(u32::from(scale - d.scale));
        let scale = self.scale.max(other.scale);
        at(self, scale).cmp(&at(other, scale))
    }

    /// Parses the plain spelling that [`Display`](fmt::Display) writes: ASCII digits, at most one point, a leading `-`.
    pub fn parse(text: &str) -> Option<Self> {
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if !is_digits(whole) || !is_digits(fraction) || digits.ends_with('.') {
            return None;
        }
        let mut digits = whole.bytes().chain(fraction.bytes()).map(|digit| i64::from(digit - b'0'));
        let units = digits.try_fold(0_i64, |units, digit| units.checked_mul(10)?.checked_add(digit))?;
        Self::spelled(sign * units, whole.len(), fraction.len())
    }

    /// The number of so many units, written with so many digits before its point and behind it; `None` if these are more
    /// than a cell holds.
    pub fn spelled(units: i64, whole: usize, decimals: usize) -> Option<Self> {
        let fits = (1..=MAX_DIGITS).contains(&whole) && decimals <= MAX_DECIMALS;
        fits.then_some(Self { units, scale: u8::try_from(decimals).ok()? })
    }

    /// Whether a text that was parsed as this is also how it is written: without noughts before it, and nought without a
    /// sign.
    fn is_spelled(self, text: &str) -> bool {
        let digits = text.strip_prefix('-');
        let has_noughts =
            |digits: &str| digits.starts_with('0') && digits != "0" && !digits.starts_with("0.");
        !has_noughts(digits.unwrap_or(text)) && (digits.is_none() || !self.is_zero())
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.scale == 0 {
            return write!(f, "{}", self.units);
        }
        let one = 10u64.pow(u32::from(self.scale));
        let (sign, units) = (if self.units < 0 { "-" } else { "" }, self.units.unsigned_abs());
        write!(f, "{sign}{}.{:0places$}", units / one, units % one, places = usize::from(self.scale))
    }
}

/// What a text says when it is read as the content of a cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reading {
    /// Nothing: the cell is blank.
    Blank,
    /// A number, spelled plainly.
    Plain(Decimal),
    /// A number after reading `１２`, `1,234`, `12件` or `007`: worth a notice that shows what was written.
    Loose(Decimal),
    /// Anything else, kept as it was written.
    Text,
}

/// Reads what stands in a cell.
pub fn read(text: &str) -> Reading {
    let text = text.trim();
    if text.is_empty() {
        return Reading::Blank;
    }
    if let Some(number) = Decimal::parse(text).filter(|number| number.is_spelled(text)) {
        return Reading::Plain(number);
    }
    let half: String = text.chars().map(half_width).collect();
    let bare = MEASURE_WORDS.iter().find_map(|word| half.strip_suffix(word)).unwrap_or(&half).trim_end();
    without_thousands_commas(bare)
        .and_then(|digits| Decimal::parse(&digits))
        .map_or(Reading::Text, Reading::Loose)
}

/// Whether a cell's content stands for "nothing" without being a number.
pub fn is_placeholder(text: &str) -> bool {
    const PLACEHOLDERS: [&str; 12] = ["/", "／", "\\", "-", "－", "–", "—", "——", "--", "无", "*", "空"];
    PLACEHOLDERS.contains(&text.trim())
}

/// Folds full-width digits and the signs that go with them to ASCII; leaves every other character alone.
#[inline]
pub fn half_width(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '．' => '.',
        '，' => ',',
        '－' | '−' => '-',
        _ => c,
    }
}

/// The value of a numeral below ten: 零, 一, … 九.
pub const fn numeral(c: char) -> Option<i64> {
    Some(match c {
        '零' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// Removes commas that stand before each group of exactly three digits; any other comma makes it no number.
fn without_thousands_commas(text: &str) -> Option<String> {
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(w, f)| (w, Some(f)));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let lead = first.trim_start_matches('-').len();
    let mut digits = first.to_owned();
    let mut grouped = false;
    for group in groups {
        if group.len() != 3 {
            return None;
        }
        grouped = true;
        digits.push_str(group);
    }
    if grouped && !(1..=3).contains(&lead) {
        return None;
    }
    if let Some(fraction) = fraction {
        digits.push('.');
        digits.push_str(fraction);
    }
    Some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loose(text: &str) -> Option<String> {
        match read(text) {
            Reading::Loose(n) => Some(n.to_string()),
            _ => None,
        }
    }

    #[test]
    fn plain_numbers_are_read_as_they_stand() {
        for text in ["0", "12", "999999999999", "-3", "96171.6", "12.50", "0.0001", "0.00"] {
            let Reading::Plain(number) = read(text) else { panic!("{text} is a number") };
            assert_eq!(number.to_string(), text);
        }
    }

    #[test]
    fn loose_spellings_are_read_and_told_apart() {
        for (text, value) in [
            ("１２", "12"),
            ("1,234", "1234"),
            ("12件", "12"),
            ("3 件", "3"),
            ("１，２３４．５", "1234.5"),
            ("－３", "-3"),
            ("−3", "-3"),
            ("007", "7"),
        ] {
            assert_eq!(loose(text).as_deref(), Some(value), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_stays_text() {
        for text in [
            "约12",
            "3-5",
            "1e5",
            "/",
            "-",
            "—",
            "无",
            "O",
            "251000元",
            "1,23",
            "12,34,567",
            "1234,567",
            "1.",
            ".5",
            "1.23456",
            "1234567890123",
            "1 2",
            "+5",
            "--1",
            "十二",
            "1..2",
            "",
        ] {
            assert!(matches!(read(text), Reading::Text | Reading::Blank), "{text}");
        }
    }

    #[test]
    fn what_can_be_reckoned_can_be_written_added_and_compared() {
        let of = |s| Decimal::parse(s).unwrap();
        for (text, power) in [("999999999999.9999", 4), ("0.0001", -14), ("-999999999999", -18), ("1", 12)] {
            let value = of(text).times_ten_to(power).unwrap();
            assert_eq!(value.compare(value.plus(of("0"))), Ordering::Equal, "{value}");
        }
        for (a, b, sum) in [("1.5", "2", "3.5"), ("2", "1.5", "3.5"), ("0.25", "-0.5", "-0.25")] {
            assert_eq!(of(a).plus(of(b)).to_string(), sum, "{a} + {b}");
        }
        assert_eq!(of("0.0001").times_ten_to(-15), None);
        assert_eq!(of("999999999999").times_ten_to(9), None);
        assert_eq!(of("1").times_ten_to(i8::MIN), None);
    }

    #[test]
    fn a_count_is_whole_and_not_negative() {
        let count = |text| Decimal::parse(text).unwrap().as_count();
        let counts = ["12", "0", "-3", "1.5", "12.0", "-0.5"].map(count);
        assert_eq!(counts, [Some(12), Some(0), None, None, None, None]);
    }

    #[test]
    fn only_what_is_parsed_fits_a_cell() {
        let fits = |n: i64| Decimal::whole(n).fits_a_cell();
        assert_eq!(
            [999_999_999_999, 1_000_000_000_000, i64::MAX, i64::MIN].map(fits),
            [true, false, false, false]
        );
        let fee = |power| Decimal::parse("23456.78").unwrap().times_ten_to(power).unwrap().fits_a_cell();
        assert_eq!([-2, -3].map(fee), [true, false]);
    }

    #[test]
    fn values_compare_across_decimals() {
        let of = |s| Decimal::parse(s).unwrap();
        assert_eq!(of("0.5").compare(of("0.50")), Ordering::Equal);
        assert_ne!(of("0.5"), of("0.50"));
        assert_eq!(of("-1").compare(of("0.5")), Ordering::Less);
        assert_eq!(of("-0.25").to_string(), "-0.25");
    }
}
