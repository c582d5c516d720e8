//! A text as sentences of tokens: figures, words of the lexicon, years, marks, and the rest.

use std::ops::Range;

use super::figure::{self, Figure};
use super::lexicon::{self, Word};
use crate::number::half_width;

/// What a stretch of text is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Item {
    /// A number with its measure word.
    Figure(Figure),
    /// A word that means something here.
    Word(Word),
    /// A year: 2024年.
    Year(i64),
    /// A mark that separates.
    Mark(Mark),
    /// Anything else.
    Text,
}

/// A mark of punctuation that separates.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Mark {
    /// ，
    Comma,
    /// 、
    Pause,
    /// ；
    Semicolon,
    /// ：
    Colon,
    /// （
    Open,
    /// ）
    Close,
}

/// A stretch of text and what it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Token {
    /// Where it stands, in bytes of the text.
    pub(super) range: Range<usize>,
    /// What it is.
    pub(super) item: Item,
}

impl Token {
    /// The word, if it is one.
    pub(super) const fn word(&self) -> Option<Word> {
        match self.item {
            Item::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The figure, if it is one.
    pub(super) const fn figure(&self) -> Option<&Figure> {
        match &self.item {
            Item::Figure(figure) => Some(figure),
            _ => None,
        }
    }

    /// Whether it is this mark.
    pub(super) fn is(&self, mark: Mark) -> bool {
        self.item == Item::Mark(mark)
    }
}

/// The most tokens of a sentence.
const LONGEST: usize = 400;

/// The sentences of a text, each ended by 。！？ or a line break.
pub(super) fn sentences(text: &str) -> Vec<Vec<Token>> {
    let mut sentences: Vec<Vec<Token>> = vec![Vec::new()];
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if matches!(c, '。' | '！' | '？' | '\n') {
            sentences.push(Vec::new());
            at += c.len_utf8();
            continue;
        }
        // No sentence is so long; what claims to be one is read in pieces, for every figure looks about in its sentence.
        if sentences.last().is_some_and(|sentence| sentence.len() >= LONGEST) {
            sentences.push(Vec::new());
        }
        let (end, item) = next(text, at, c);
        if let (Some(item), Some(sentence)) = (item, sentences.last_mut()) {
            push(sentence, at..end, item);
        }
        at = end;
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

/// Adds a token; text that nothing is known of joins what stands before it.
fn push(sentence: &mut Vec<Token>, range: Range<usize>, item: Item) {
    match sentence.last_mut() {
        Some(Token { range: before, item: Item::Text }) if item == Item::Text => before.end = range.end,
        _ => sentence.push(Token { range, item }),
    }
}

/// The token that begins at `at` with `c`; none for blanks and quotation marks, which separate nothing.
fn next(text: &str, at: usize, c: char) -> (usize, Option<Item>) {
    let after = at + c.len_utf8();
    match c {
        ' ' | '\t' | '\r' | '\u{3000}' | '“' | '”' | '"' | '‘' | '’' => return (after, None),
        '《' => {
            // One that is not closed swallows nothing.
            let title = text[at..].split(['。', '\n']).next().unwrap_or_default();
            let end = title.find('》').map_or(after, |close| at + close + '》'.len_utf8());
            return (end, Some(Item::Text));
        }
        _ => {}
    }
    if let Some(mark) = mark(c) {
        return (after, Some(Item::Mark(mark)));
    }
    // 12345 names a hotline, but not in 12345.67元 and not in 12345件.
    let is_number = |spelling: &str| {
        spelling.starts_with(|c: char| c.is_ascii_digit()) && figure::read(text, at).is_some()
    };
    let word = lexicon::longest(&text[at..]).filter(|(spelling, _)| !is_number(spelling));
    // 零 is a number before a measure word, and a word of denial elsewhere.
    if let Some((spelling, word)) = word.filter(|(spelling, _)| spelling.chars().nth(1).is_some()) {
        return (at + spelling.len(), Some(Item::Word(word)));
    }
    let found = word.map(|(spelling, word)| (at + spelling.len(), Item::Word(word)));
    // Nearly every character begins no number, and needs no closer look.
    let (end, item) = match figure::may_begin(c) {
        true => number(text, at).or(found).unwrap_or((after, Item::Text)),
        false => found.unwrap_or((after, Item::Text)),
    };
    (end, Some(item))
}

/// The year, the date or the figure that begins at `at`.
fn number(text: &str, at: usize) -> Option<(usize, Item)> {
    if let Some((end, year)) = year(text, at) {
        return Some((end, Item::Year(year)));
    }
    if let Some(end) = date(text, at) {
        let is_hour = text[..end].ends_with(['时', '点']);
        let word =
            if is_hour || is_bound_of_the_year(&text[at..end]) { Word::Filler } else { Word::PartOfYear };
        return Some((end, Item::Word(word)));
    }
    figure::read(text, at).map(|figure| (figure.end, Item::Figure(figure)))
}

const fn mark(c: char) -> Option<Mark> {
    match c {
        '，' | ',' => Some(Mark::Comma),
        '、' => Some(Mark::Pause),
        '；' | ';' => Some(Mark::Semicolon),
        '：' | ':' => Some(Mark::Colon),
        '（' | '(' => Some(Mark::Open),
        '）' | ')' => Some(Mark::Close),
        _ => None,
    }
}

/// The number whose digits begin at `at`, how many these are, and what follows them after blanks.
fn leading_digits(text: &str, at: usize) -> (i64, usize, &str) {
    let (mut number, mut count, mut rest) = (0, 0, &text[at..]);
    // No year and no day has more digits than four.
    while count < 5
        && let Some(c) = rest.chars().next()
        && let Some(digit) = half_width(c).to_digit(10)
    {
        number = 10 * number + i64::from(digit);
        count += 1;
        rest = &rest[c.len_utf8()..];
    }
    (number, count, rest.trim_start_matches(' '))
}

/// A year with 年 or 年度.
fn year(text: &str, at: usize) -> Option<(usize, i64)> {
    let (year, digits, rest) = leading_digits(text, at);
    if digits != 4 || !(1949..2100).contains(&year) {
        return None;
    }
    let rest = rest.strip_prefix("年度").or_else(|| rest.strip_prefix('年'))?;
    Some((text.len() - rest.len(), year))
}

/// A day, a month or an hour: 12月31日, 3月份, 9时.
fn date(text: &str, at: usize) -> Option<usize> {
    let unit = |at: usize, units: &[&str]| {
        let (_, digits, rest) = leading_digits(text, at);
        if !(1..=2).contains(&digits) {
            return None;
        }
        let rest = units.iter().find_map(|unit| rest.strip_prefix(unit))?;
        Some(text.len() - rest.len())
    };
    let end = unit(at, &["月份", "月底", "月末", "月", "日", "时", "点"])?;
    Some(if text[..end].ends_with('月') { unit(end, &["日"]).unwrap_or(end) } else { end })
}

/// Whether a date is the first or the last day of a year, so that what it bounds is the whole year.
fn is_bound_of_the_year(date: &str) -> bool {
    let date: String = date.chars().map(half_width).filter(|c| *c != ' ').collect();
    ["1月1日", "12月31日", "12月底", "12月末"].contains(&date.as_str())
}
