//! How one number relates to another, in whole per mille: no float is needed, and none is printed.

use std::fmt;

use crate::number::Decimal;

/// How a new number relates to an old one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ratio {
    /// The new one is so many thousandths of the old one, rounded; the order says on which side of the old one it is.
    PerMille(i64, std::cmp::Ordering),
    /// The old one is 0, so that there is nothing to relate the new one to.
    NoBase,
    /// One of them is below zero, where a ratio would mislead.
    Negative,
}

impl Ratio {
    /// Relates `new` to `old`.
    pub fn between(old: Decimal, new: Decimal) -> Self {
        if old.is_negative() || new.is_negative() {
            return Self::Negative;
        }
        if old.is_zero() {
            return Self::NoBase;
        }
        let ((old_units, old_scale), (new_units, new_scale)) = (old.fraction(), new.fraction());
        let power = |scale: u8| 10i128.checked_pow(u32::from(scale));
        let product = |units: i64, factor: i128, scale: u8| {
            i128::from(units).checked_mul(factor)?.checked_mul(power(scale)?)
        };
        let (Some(over), Some(under)) =
            (product(new_units, 2000, old_scale), product(old_units, 1, new_scale))
        else {
            return Self::PerMille(i64::MAX, new.compare(old));
        };
        // Half a thousandth is rounded up.
        let rounded = (over / under + 1) / 2;
        Self::PerMille(i64::try_from(rounded).unwrap_or(i64::MAX), new.compare(old))
    }

    /// The thousandths, if there is such a number.
    pub const fn per_mille(self) -> Option<i64> {
        match self {
            Self::PerMille(thousandths, _) => Some(thousandths),
            Self::NoBase | Self::Negative => None,
        }
    }
}

/// In the clerk's words: `增长 12.5%`, `为 3.2 倍`.
impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |thousandths: i64| match (thousandths / 10, thousandths % 10) {
            (0, 0) => "不到 0.1%".to_owned(),
            (whole, 0) => format!(" {whole}%"),
            (whole, tenths) => format!(" {whole}.{tenths}%"),
        };
        match *self {
            Self::PerMille(_, std::cmp::Ordering::Equal) => f.write_str("持平"),
            Self::PerMille(all @ 2000.., _) => {
                match (all.saturating_add(50) / 1000, all.saturating_add(50) / 100 % 10) {
                    (times, 0) => write!(f, "为 {times} 倍"),
                    (times, tenths) => write!(f, "为 {times}.{tenths} 倍"),
                }
            }
            Self::PerMille(all, std::cmp::Ordering::Greater) => write!(f, "增长{}", percent(all - 1000)),
            Self::PerMille(all, std::cmp::Ordering::Less) => write!(f, "下降{}", percent(1000 - all)),
            Self::NoBase => f.write_str("基数为 0"),
            Self::Negative => f.write_str("有负数"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_is_said_as_clerks_say_it() {
        let number = |text| Decimal::parse(text).unwrap();
        for (old, new, said) in [
            ("100", "112", "增长 12%"),
            ("8", "9", "增长 12.5%"),
            ("3", "2", "下降 33.3%"),
            ("5", "3", "下降 40%"),
            ("7", "0", "下降 100%"),
            ("2", "3", "增长 50%"),
            ("10", "15.0", "增长 50%"),
            ("10", "20", "为 2 倍"),
            ("4", "13", "为 3.3 倍"),
            ("0.5", "0.50", "持平"),
            ("2.5", "25", "为 10 倍"),
            ("100000", "100001", "增长不到 0.1%"),
            ("100000", "99999", "下降不到 0.1%"),
            ("0", "5", "基数为 0"),
            ("0.0", "5", "基数为 0"),
            ("-3", "5", "有负数"),
            ("3", "-5", "有负数"),
        ] {
            assert_eq!(Ratio::between(number(old), number(new)).to_string(), said, "{old} {new}");
        }
        let huge = Ratio::between(number("0.0001"), number("999999999999"));
        assert_eq!(huge.per_mille(), Some(i64::MAX));
        assert!(huge.to_string().ends_with("倍"));
    }
}
