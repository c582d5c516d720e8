//! The numbers that word processors put before paragraphs by themselves: 一、, 1., ①.
//!
//! Which paragraph has which number is the formats' to find out.

use crate::number::half_width;

/// How a number is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ordinal {
    /// 1
    Decimal,
    /// 01
    Padded,
    /// １
    FullWidth,
    /// 一, 十二, 一百零三
    Chinese,
    /// 壹, 拾贰
    Formal,
    /// 一, 一二
    Digits,
    /// 甲
    Stem,
    /// ①
    Circle,
    /// I
    UpperRoman,
    /// i
    LowerRoman,
    /// A
    UpperLetter,
    /// a
    LowerLetter,
}

impl Ordinal {
    /// What Word calls it; `None` for bullets and for no number.
    pub(super) fn of_word(format: &str) -> Option<Self> {
        Some(match format {
            "bullet" | "none" => return None,
            "decimalZero" => Self::Padded,
            "decimalFullWidth" | "decimalFullWidth2" => Self::FullWidth,
            "chineseCounting"
            | "chineseCountingThousand"
            | "japaneseCounting"
            | "taiwaneseCounting"
            | "taiwaneseCountingThousand" => Self::Chinese,
            "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => Self::Formal,
            "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => Self::Digits,
            "ideographTraditional" => Self::Stem,
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Self::Circle,
            "upperRoman" => Self::UpperRoman,
            "lowerRoman" => Self::LowerRoman,
            "upperLetter" => Self::UpperLetter,
            "lowerLetter" => Self::LowerLetter,
            _ => Self::Decimal,
        })
    }

    /// What OpenDocument calls it, by its first number: `一, 二, 三, ...`; `None` for no number.
    pub(super) fn of_open(format: &str) -> Option<Self> {
        Some(match format.chars().next()? {
            '0' => Self::Padded,
            '１' => Self::FullWidth,
            '一' => Self::Chinese,
            '壹' => Self::Formal,
            '〇' => Self::Digits,
            '甲' => Self::Stem,
            '①' => Self::Circle,
            'I' => Self::UpperRoman,
            'i' => Self::LowerRoman,
            'A' => Self::UpperLetter,
            'a' => Self::LowerLetter,
            _ => Self::Decimal,
        })
    }

    /// Writes a number; in digits where this way of writing does not reach it.
    pub(super) fn write(self, number: u32) -> String {
        let nth = |first: char, most: u32| {
            let number = Some(number).filter(|number| (1..=most).contains(number))?;
            char::from_u32(u32::from(first) + number - 1).map(String::from)
        };
        let written = match self {
            Self::Decimal => None,
            Self::Padded => Some(format!("{number:02}")),
            Self::FullWidth => Some(number.to_string().chars().map(full_width).collect()),
            Self::Chinese => counted(number, "零一二三四五六七八九", "十百千"),
            Self::Formal => counted(number, "零壹贰叁肆伍陆柒捌玖", "拾佰仟"),
            Self::Digits => {
                Some(number.to_string().chars().filter_map(|c| digit(c, "〇一二三四五六七八九")).collect())
            }
            Self::Stem => {
                "甲乙丙丁戊己庚辛壬癸".chars().nth((number as usize).wrapping_sub(1)).map(String::from)
            }
            Self::Circle => nth('①', 20),
            Self::UpperRoman => roman(number),
            Self::LowerRoman => roman(number).map(|text| text.to_lowercase()),
            Self::UpperLetter => nth('A', 26),
            Self::LowerLetter => nth('a', 26),
        };
        written.unwrap_or_else(|| number.to_string())
    }
}

/// A label: `%1、` with the numbers of its levels put in. What stands between it and the text is a blank only where the
/// two would run into one number.
pub(super) fn before(label: &str, text: &str) -> String {
    const MARKS: [char; 6] = ['.', '．', '、', ',', '，', '-'];
    let ends_in_number = label.ends_with(|c: char| c.is_alphanumeric());
    let is_digit = |c: char| half_width(c).is_ascii_digit();
    let is_half_a_number = label.strip_suffix(MARKS).is_some_and(|number| number.ends_with(is_digit));
    let is_run_on = ends_in_number && text.starts_with(|c: char| half_width(c).is_ascii_alphanumeric())
        || is_half_a_number && text.starts_with(is_digit);
    [label, if is_run_on { " " } else { "" }, text].concat()
}

fn full_width(digit: char) -> char {
    digit.to_digit(10).and_then(|digit| char::from_u32(u32::from('０') + digit)).unwrap_or(digit)
}

fn digit(c: char, digits: &str) -> Option<char> {
    digits.chars().nth(c.to_digit(10)? as usize)
}

/// A number in words: 十二, 一百零三.
fn counted(number: u32, digits: &str, units: &str) -> Option<String> {
    if !(1..10_000).contains(&number) {
        return None;
    }
    let places = number.to_string().into_bytes();
    let mut out = String::new();
    let mut is_behind_zero = false;
    for (index, digit) in places.iter().map(|byte| usize::from(byte - b'0')).enumerate() {
        let power = places.len() - 1 - index;
        if digit == 0 {
            is_behind_zero = true;
            continue;
        }
        if is_behind_zero {
            out.extend(digits.chars().next());
        }
        is_behind_zero = false;
        // 十二, not 一十二.
        if !(index == 0 && power == 1 && digit == 1) {
            out.extend(digits.chars().nth(digit));
        }
        out.extend(power.checked_sub(1).and_then(|unit| units.chars().nth(unit)));
    }
    Some(out)
}

fn roman(number: u32) -> Option<String> {
    const PARTS: [(u32, &str); 9] =
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut left = number;
    let mut out = String::new();
    for (value, sign) in PARTS {
        while left >= value && number < 400 {
            out.push_str(sign);
            left -= value;
        }
    }
    (1..400).contains(&number).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_word_processor_shows_them() {
        let chinese = [
            (1, "一"),
            (10, "十"),
            (12, "十二"),
            (20, "二十"),
            (103, "一百零三"),
            (110, "一百一十"),
            (2005, "二千零五"),
            (0, "0"),
            (12345, "12345"),
        ];
        for (number, words) in chinese {
            assert_eq!(Ordinal::Chinese.write(number), words);
        }
        for (ordinal, words) in [
            (Ordinal::Decimal, "14"),
            (Ordinal::Padded, "14"),
            (Ordinal::FullWidth, "１４"),
            (Ordinal::Formal, "拾肆"),
            (Ordinal::Digits, "一四"),
            (Ordinal::Stem, "14"),
            (Ordinal::Circle, "⑭"),
            (Ordinal::UpperRoman, "XIV"),
            (Ordinal::LowerRoman, "xiv"),
            (Ordinal::UpperLetter, "N"),
            (Ordinal::LowerLetter, "n"),
        ] {
            assert_eq!(ordinal.write(14), words, "{ordinal:?}");
            for number in [0, 1, 27, u32::MAX] {
                assert!(!ordinal.write(number).is_empty());
            }
        }
        assert_eq!(Ordinal::Stem.write(2), "乙");
    }

    #[test]
    fn a_number_does_not_run_into_the_text() {
        assert_eq!(before("一、", "总体情况"), "一、总体情况");
        assert_eq!(before("1", "2件"), "1 2件");
        assert_eq!(before("1.", "2025年收到"), "1. 2025年收到");
        assert_eq!(before("１．", "２０２５年"), "１． ２０２５年");
        assert_eq!(before("1、", "12件"), "1、 12件");
        assert_eq!(before("1.", "全年"), "1.全年");
        assert_eq!(before("一、", "2025年"), "一、2025年");
        assert_eq!(before("（1）", "2025年"), "（1）2025年");
    }
}
