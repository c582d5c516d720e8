//! Number formats of a workbook, as far as they say what a number is shown as: `#,##0.00_);[Red]\-0.00`.
//!
//! Colours, fillers and signs that only group digits are left out.

use std::cmp::Ordering;

use super::numeral::Number;

/// A number format.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(in crate::import) enum Format {
    /// The number as it is.
    #[default]
    General,
    /// A day.
    Day,
    /// By sections: positive, negative, zero; or by their conditions.
    Sections(Vec<Section>),
}

/// What a section shows of a number.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(in crate::import) enum Look {
    /// No digit of it.
    #[default]
    Nothing,
    /// The number as it is.
    General,
    /// Its digits, with signs around and between them.
    Digits,
    /// A fraction, an exponent, or what is not known here.
    Other,
}

/// One of the sections of a number format.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(in crate::import) struct Section {
    pub look: Look,
    pub before: String,
    pub after: String,
    /// What stands between the digits before the point, each with how many of their places stand before it.
    pub within: Vec<(usize, String)>,
    /// The places before the point, and how many of them are always shown.
    places: usize,
    zeros: usize,
    pub decimals: usize,
    pub is_percent: bool,
    /// How many times the number is divided by a thousand.
    pub thousands: i32,
    /// Whether it says by itself that the number is negative.
    pub has_sign: bool,
    pub condition: Option<Condition>,
    has_point: bool,
    /// Signs behind a digit that are shown only where another follows.
    gap: String,
}

/// Which numbers a section is for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::import) struct Condition {
    sign: String,
    /// What they are compared with; `None` where that is no number.
    bound: Option<Number>,
}

/// A format has no more characters than this.
const LONGEST: usize = 255;

impl Format {
    /// One of the formats that have only a number.
    pub(in crate::import) fn built_in(id: usize) -> Self {
        match id {
            1 | 3 | 37 | 38 | 41 => Self::of("0"),
            2 | 4 | 39 | 40 | 43 => Self::of("0.00"),
            5 | 6 | 42 => Self::of("¥0"),
            7 | 8 | 44 => Self::of("¥0.00"),
            9 => Self::of("0%"),
            10 => Self::of("0.00%"),
            11 | 48 => Self::of("0.00E+00"),
            12 | 13 => Self::of("# ?/?"),
            14..=22 | 27..=36 | 45..=47 | 50..=58 => Self::Day,
            _ => Self::General,
        }
    }

    /// Reads a format.
    pub(in crate::import) fn of(code: &str) -> Self {
        let mut sections = vec![Section::default()];
        let mut chars = code.chars().take(LONGEST).peekable();
        while let Some(c) = chars.next() {
            let Some(section) = sections.last_mut() else { break };
            match c {
                ';' => sections.push(Section::default()),
                '"' => {
                    let literal: String = chars.by_ref().take_while(|c| *c != '"').collect();
                    section.push(&literal);
                }
                '\\' | '!' => section.push(&chars.next().map(String::from).unwrap_or_default()),
                '_' | '*' => drop(chars.next()),
                '[' => {
                    let inner: String = chars.by_ref().take_while(|c| *c != ']').collect();
                    if section.bracket(&inner) {
                        return Self::Day;
                    }
                }
                '0' | '#' | '?' => section.place(c),
                '.' => section.has_point = true,
                ',' => {
                    let is_grouping = matches!(chars.peek(), Some('0' | '#' | '?'));
                    section.thousands += i32::from(section.look != Look::Nothing && !is_grouping);
                }
                '%' => {
                    section.is_percent = true;
                    section.push("%");
                }
                'E' | 'e' if matches!(chars.peek(), Some('+' | '-')) => section.look = Look::Other,
                '/' if section.look != Look::Nothing => section.look = Look::Other,
                'G' | 'g' => {
                    let word: String = std::iter::once(c).chain(chars.by_ref().take(6)).collect();
                    let is_general = ["general", "g/通用格式"].contains(&word.to_ascii_lowercase().as_str());
                    section.look = if is_general { Look::General } else { Look::Other };
                }
                '@' => section.look = Look::General,
                c if is_of_time(c.to_ascii_lowercase()) => return Self::Day,
                '(' | ')' | ' ' | '-' | '+' => section.grouping(c),
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
        self.has_sign |= literal.contains(['-', '－', '(', '（', '负']);
        if self.look == Look::Nothing { &mut self.before } else { &mut self.after }.push_str(literal);
    }

    /// A sign that only says that the number is negative, or keeps it apart, unless it stands between digits.
    fn grouping(&mut self, c: char) {
        self.has_sign |= matches!(c, '-' | '(');
        if self.look == Look::Digits {
            self.gap.push(c);
        }
    }

    /// Takes the place of a digit.
    fn place(&mut self, c: char) {
        let is_apart = !self.after.is_empty() || !self.gap.is_empty();
        match self.look {
            Look::Nothing => self.look = Look::Digits,
            Look::Digits if self.has_point && (is_apart || self.is_behind_decimals()) => {
                self.look = Look::Other
            }
            Look::Digits if is_apart => self
                .within
                .push((self.places, std::mem::take(&mut self.after) + &std::mem::take(&mut self.gap))),
            Look::General => self.look = Look::Other,
            Look::Digits | Look::Other => {}
        }
        if self.has_point {
            self.decimals += usize::from(c != '#');
        } else {
            self.places += 1;
            self.zeros += usize::from(c == '0' || self.zeros > 0);
        }
    }

    /// Whether the number has been divided behind decimals already, where no more places can stand.
    const fn is_behind_decimals(&self) -> bool {
        self.decimals > 0 && self.thousands > 0
    }

    /// Takes what stands in square brackets: a currency, a condition, a colour; `true` if it is a time.
    fn bracket(&mut self, inner: &str) -> bool {
        if let Some(sign) = inner.strip_prefix('$') {
            self.push(sign.split('-').next().unwrap_or_default());
        } else if inner.starts_with(['<', '>', '=']) {
            let (sign, bound) = inner.split_at(inner.find(|c| !"<>=".contains(c)).unwrap_or(inner.len()));
            self.condition = Some(Condition { sign: sign.to_owned(), bound: Number::read(bound.trim()) });
        } else {
            return !inner.is_empty() && inner.to_lowercase().chars().all(is_of_time);
        }
        false
    }

    /// Digits with the signs that stand between them; `None` where not all of their places are taken.
    pub(super) fn with_signs(&self, digits: &str) -> Option<String> {
        if self.within.is_empty() {
            return Some(digits.to_owned());
        }
        let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
        let (whole, fraction) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
        let mut whole = "0".repeat(self.zeros.saturating_sub(whole.len())) + whole;
        for (places, literal) in self.within.iter().rev() {
            let at = whole
                .len()
                .checked_sub(self.places - places)
                .filter(|at| *at > 0 && whole.is_char_boundary(*at))?;
            whole.insert_str(at, literal);
        }
        Some([sign, &whole, fraction].concat())
    }
}

impl Condition {
    /// Whether a number fulfils it; `None` where it is not understood.
    pub(super) fn holds(&self, number: &Number) -> Option<bool> {
        let order = number.compare(self.bound.as_ref()?);
        Some(match self.sign.as_str() {
            "<" => order == Ordering::Less,
            "<=" => order != Ordering::Greater,
            ">" => order == Ordering::Greater,
            ">=" => order != Ordering::Less,
            "=" => order == Ordering::Equal,
            "<>" => order != Ordering::Equal,
            _ => return None,
        })
    }
}
