//! Numbers as a workbook shows them: exact, in the number format of their cell, without the noise of binary fractions.
//!
//! Signs that only group digits (thousands commas, brackets around negative numbers) are left out. What the formats say is
//! [`super::formats`]'s.

use super::formats::{Format, Look, Section};
use super::numeral::Number;

/// What a number is shown as.
#[derive(PartialEq, Eq, Debug)]
pub(in crate::import) struct Shown {
    /// Blank where it is not shown at all, or cannot be told.
    pub text: String,
    /// Whether the cell shows something else than the number in the file: it is rounded, scaled or hidden, or shown as a
    /// day that is none.
    pub differs: bool,
}

/// What a number in the file is shown as. What is no number is shown as it was written.
pub(in crate::import) fn shown(written: &str, format: &Format, is_from_1904: bool) -> Shown {
    let exactly = |text: String| Shown { text, differs: false };
    let Some(number) = Number::read(written.trim()) else { return exactly(written.trim().to_owned()) };
    let plain = || number.plain(0).unwrap_or_else(|| written.trim().to_owned());
    match format {
        Format::General => exactly(plain()),
        Format::Day => {
            let day = number.day(is_from_1904);
            day.map_or_else(|| Shown { text: plain(), differs: true }, exactly)
        }
        Format::Sections(sections) => {
            let Some((section, keeps_sign)) = section(sections, &number) else {
                return Shown { text: String::new(), differs: true };
            };
            // A minus that the format does not show is one all the same.
            let differs = number.is_negative && !keeps_sign && !section.has_sign;
            let text = match section.look {
                Look::Digits => {
                    let shown = digits(section, &number);
                    return Shown { differs: differs || shown.differs, ..shown };
                }
                Look::General => [section.before.trim(), &plain(), section.after.trim()].concat(),
                Look::Other => return Shown { text: plain(), differs: true },
                // Zeros are often not shown, or as a dash; where nothing is, the cell is as good as blank.
                Look::Nothing
                    if number.is_zero() && sections.iter().any(|section| section.look != Look::Nothing) =>
                {
                    return exactly(plain());
                }
                Look::Nothing => return Shown { text: section.before.trim().to_owned(), differs: true },
            };
            Shown { text, differs }
        }
    }
}

/// The section that a number is shown by, and whether its minus is shown by itself there; `None` where Excel does not say.
fn section<'s>(sections: &'s [Section], number: &Number) -> Option<(&'s Section, bool)> {
    let numeric = &sections[..sections.len().min(3)];
    if numeric.iter().all(|section| section.condition.is_none()) {
        let nth = match () {
            () if number.is_negative && numeric.len() > 1 => 1,
            () if number.is_zero() && numeric.len() > 2 => 2,
            () => 0,
        };
        return numeric.get(nth).map(|section| (section, nth == 0));
    }
    let mut holds = Vec::new();
    for section in numeric {
        let condition = section.condition.as_ref();
        holds.push(match condition {
            Some(condition) => Some(condition.holds(number)?),
            None => None,
        });
    }
    // What is not said of the second of three is that it is for what is below zero.
    let nth = match holds[..] {
        [Some(true), ..] => 0,
        [Some(false), second] if second != Some(false) => 1,
        [Some(false), second, _] if second.unwrap_or(number.is_negative) => 1,
        [Some(false), _, None] => 2,
        _ => return None,
    };
    // Excel shows a minus by itself in some of these and in some not.
    Some((&numeric[nth], false))
}

/// The digits that a section shows of a number; blank where it is not sure which.
fn digits(section: &Section, number: &Number) -> Shown {
    let power = if section.is_percent { 2 } else { 0 } - 3 * section.thousands;
    let (seen, is_rounded) = number.shifted(power).rounded(section.decimals);
    let differs = is_rounded || section.thousands > 0 || !section.within.is_empty();
    let digits = seen.plain(section.decimals).and_then(|digits| section.with_signs(&digits));
    let whole = |digits: String| [section.before.trim(), &digits, section.after.trim()].concat();
    match digits {
        Some(digits) => Shown { text: whole(digits), differs },
        None if differs => Shown { text: String::new(), differs },
        None => Shown { text: number.plain(0).unwrap_or_default(), differs: true },
    }
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
            ("5", ";;;", "~"),
            ("0", ";;;", "~"),
            ("0", "0;-0;;@", "0"),
            ("0", "[=0]\"\";G/通用格式", "0"),
            ("5", "[=0]\"\";G/通用格式", "5"),
            ("5", "0;-0;\"无\"", "5"),
            ("5", "\"有\"", "有~"),
            ("-5", "0;", "~"),
            ("-5", "0;[Red]0", "-5~"),
            ("5", "@", "5"),
            ("120000", "0!.0,", "12.0~"),
            ("123456", "0!.0,\"万\"", "12.3万~"),
            ("500", "0!.0,", "0.1~"),
            ("500", "#!.0,", "~"),
            ("123456", "0\".\"0000", "12.3456~"),
            ("1234567", "000-0000", "123-4567~"),
            ("120000", "0,", "120~"),
            ("120000", "#,##0.0,", "120.0~"),
            ("251000000", "0.00,,", "251.00~"),
            ("120000", "[>=10000]0!.0,;0", "12.0~"),
            ("9999", "[>=10000]0!.0,;0", "9999"),
            ("-3", "[>=10000]0!.0,;0", "-3~"),
            ("50", "[<10]0;[<100]0.0;0,", "50.0"),
            ("5000", "[<10]0;[<100]0.0;0,", "5~"),
            ("5", "[>100]0", "~"),
            ("5", "[>100]0;[<0]-0", "~"),
            ("-5", "[>100]0;[<0]-0", "-5"),
            ("5", "[<>5]0;0.0", "5.0"),
            ("5", "[=x]0;0.0", "~"),
            ("1.5", "0.00E+00", "1.5~"),
            ("0.5", "# ?/?", "0.5~"),
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
