//! A text as sentences of tokens: figures, words of the lexicon, years, marks, and the rest.

use std::ops::Range;
use std::sync::LazyLock;

use super::Char;
use super::figure::{self, Figure};
use super::lexicon::{self, Known, Word};
use crate::day::YEARS;
use crate::number::half_width;
use crate::text::{Chars, Filter, Words};

/// What a stretch of text is; with a tag of its own, for every rule asks for it at every token.
#[derive(Clone, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(super) enum Item {
    /// A number with its measure word; there are few of them, and a token is small.
    Figure(Box<Figure>),
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
        matches!(self.item, Item::Mark(other) if other == mark)
    }
}

/// The most tokens of a sentence.
const LONGEST: usize = 400;

/// How many bytes a token has on the whole, at the least: what room is made for beforehand.
const USUAL: usize = 7;

/// A sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sentence<'s> {
    /// Its tokens.
    pub(super) tokens: &'s [Token],
    /// The number of the first of them in its text.
    first: usize,
    /// The numbers of those that are figures, in the text.
    figures: &'s [usize],
}

impl<'s> Sentence<'s> {
    /// The figures, each with its number among the tokens: few tokens are figures, and few rules ask for others.
    pub(super) fn figures(self) -> impl Iterator<Item = (usize, &'s Figure)> {
        let Self { tokens, first, figures } = self;
        figures.iter().filter_map(move |nth| Some((nth - first, tokens[nth - first].figure()?)))
    }
}

/// The sentences of a text, each of one token at least, ended by 。！？ or a line break.
#[derive(Debug)]
pub(super) struct Sentences {
    tokens: Vec<Token>,
    /// The tokens that are figures, by their numbers.
    figures: Vec<usize>,
    /// Where each begins among the tokens, and among the figures; the last is being read, or has nothing in it.
    begins: Vec<(usize, usize)>,
}

impl Sentences {
    /// Takes a text of these characters apart.
    pub(super) fn new(text: &str, chars: &[Char]) -> Self {
        let mut sentences = Self {
            tokens: Vec::with_capacity(text.len() / USUAL),
            figures: Vec::with_capacity(32),
            begins: Vec::with_capacity(32),
        };
        sentences.begins.push((0, 0));
        let lexer = Lexer::new(text);
        let mut rest = chars;
        loop {
            let (unknown, known) = rest.split_at(lexer.unknown(rest));
            if let Some((from, _)) = unknown.first() {
                sentences.push_text(*from..known.first().map_or(text.len(), |(at, _)| *at));
            }
            let Some(&(at, c)) = known.first() else { break };
            let mut read = 1;
            match c {
                '。' | '！' | '？' | '\n' => sentences.end(),
                // Blanks and quotation marks separate nothing.
                ' ' | '\t' | '\r' | '\u{3000}' | '“' | '”' | '"' | '‘' | '’' => {}
                _ => {
                    let item;
                    (read, item) = lexer.next(known);
                    let end = known.get(read).map_or(text.len(), |(at, _)| *at);
                    match item {
                        Item::Text => sentences.push_text(at..end),
                        item => sentences.push(Token { range: at..end, item }),
                    }
                }
            }
            rest = &known[read..];
        }
        sentences.end();
        sentences
    }

    /// One sentence after the other.
    pub(super) fn iter(&self) -> impl Iterator<Item = Sentence<'_>> {
        self.behind(0)
    }

    /// The same behind so many, which are not gone through.
    pub(super) fn behind(&self, read: usize) -> impl Iterator<Item = Sentence<'_>> {
        self.begins[read..].windows(2).map(|pair| {
            let [(first, first_figure), (end, end_of_figures)] = [pair[0], pair[1]];
            let figures = &self.figures[first_figure..end_of_figures];
            Sentence { tokens: &self.tokens[first..end], first, figures }
        })
    }

    /// How many tokens the sentence has that is being read.
    fn length(&self) -> usize {
        self.tokens.len() - self.begins.last().map_or(0, |(first, _)| *first)
    }

    /// Ends the sentence that is being read, if there is anything in it; not inlined, for it is rare where tokens are added.
    #[inline(never)]
    fn end(&mut self) {
        if self.length() > 0 {
            self.begins.push((self.tokens.len(), self.figures.len()));
        }
    }

    /// Adds a token; inlined, for there are hundreds of them in every report and hardly anything is done.
    #[inline(always)]
    fn push(&mut self, token: Token) {
        // No sentence is so long; what claims to be one is read in pieces, for every figure looks about in its sentence.
        if self.length() >= LONGEST {
            self.end();
        }
        if token.figure().is_some() {
            self.figures.push(self.tokens.len());
        }
        self.tokens.push(token);
    }

    /// Adds text that nothing is known of; it joins such text before it.
    fn push_text(&mut self, range: Range<usize>) {
        let goes_on = self.length() > 0;
        match self.tokens.last_mut() {
            Some(Token { range: before, item: Item::Text }) if goes_on => before.end = range.end,
            _ => self.push(Token { range, item: Item::Text }),
        }
    }
}

/// What may begin a figure, and marks.
static SIGNS: LazyLock<Filter> = LazyLock::new(|| {
    static MARKS: Chars = Chars::new(&[
        '，', ',', '、', '；', ';', '：', ':', '（', '(', '）', ')', '。', '！', '？', '\n', '《', ' ', '\t',
        '\r', '\u{3000}', '“', '”', '"', '‘', '’',
    ]);
    Filter::all(&[MARKS.filter(), figure::FIRSTS.filter()])
});

/// What knows the beginnings of tokens.
struct Lexer<'a> {
    text: &'a str,
    /// Marks, and what may begin a figure.
    signs: &'static Filter,
    /// These, and words of one character.
    alone: &'static Filter,
    words: &'static Words<Known>,
}

impl<'a> Lexer<'a> {
    fn new(text: &'a str) -> Self {
        static ALONE: LazyLock<Filter> = LazyLock::new(|| Filter::all(&[&SIGNS, lexicon::words().singles()]));
        Self { text, signs: &SIGNS, alone: &ALONE, words: lexicon::words() }
    }

    /// How many characters surely begin nothing but text that nothing is known of, and end no sentence.
    fn unknown(&self, chars: &[Char]) -> usize {
        let may_know =
            |two: &[Char]| self.alone.may_have(two[0].1) || self.words.may_have([two[0].1, two[1].1]);
        let last = || chars.last().filter(|(_, c)| self.alone.may_have(*c)).map(|_| chars.len() - 1);
        chars.windows(2).position(may_know).or_else(last).unwrap_or(chars.len())
    }

    /// The token that `chars` begin with, and how many of them it is.
    fn next(&self, chars: &[Char]) -> (usize, Item) {
        let text = self.text;
        let Some(&(at, c)) = chars.first() else { return (0, Item::Text) };
        let as_word = |(_, Known { word, length }): (&str, Known)| (length, Item::Word(word));
        if !self.signs.may_have(c) {
            return self.words.at(text, chars).map_or((1, Item::Text), as_word);
        }
        if c == '《' {
            // One that is not closed swallows nothing, and is not looked for to the end of the text.
            let mut title = chars.iter().take(LONGEST).take_while(|(_, c)| !matches!(c, '。' | '\n'));
            return (title.position(|(_, c)| *c == '》').map_or(1, |close| close + 1), Item::Text);
        }
        if let Some(mark) = mark(c) {
            return (1, Item::Mark(mark));
        }
        // 12345 names a hotline, but not in 12345.67元 and not in 12345件.
        let is_number = || c.is_ascii_digit() && figure::read(text, at).is_some();
        let word = self.words.at(text, chars).filter(|_| !is_number()).map(as_word);
        // 零 is a number before a measure word, and a word of denial elsewhere.
        if let Some((length, word)) = word.clone().filter(|(length, _)| *length > 1) {
            return (length, word);
        }
        // Nearly every character begins no number, and needs no closer look.
        let number = figure::FIRSTS.has(c).then(|| number(text, at)).flatten();
        let length = |end| chars.iter().take_while(|(at, _)| *at < end).count();
        let number = number.map(|(end, item)| (length(end), item));
        number.or(word).unwrap_or((1, Item::Text))
    }
}

/// The year, the date or the figure that begins at `at`.
fn number(text: &str, at: usize) -> Option<(usize, Item)> {
    let leading = leading_digits(text, at);
    if let Some((end, year)) = year(text, leading) {
        return Some((end, Item::Year(year)));
    }
    if let Some(end) = date(text, leading) {
        let is_hour = text[..end].ends_with(['时', '点']);
        let word =
            if is_hour || is_bound_of_the_year(&text[at..end]) { Word::Filler } else { Word::PartOfYear };
        return Some((end, Item::Word(word)));
    }
    figure::read(text, at).map(|figure| (figure.end, Item::Figure(Box::new(figure))))
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
    // Blanks are rare, and looking for them by one byte is quick.
    let rest = if rest.starts_with(' ') { rest.trim_start_matches(' ') } else { rest };
    (number, count, rest)
}

/// A year with 年 or 年度, and where it ends.
fn year(text: &str, (year, digits, rest): (i64, usize, &str)) -> Option<(usize, i64)> {
    if digits != 4 || !YEARS.contains(&year) {
        return None;
    }
    let rest = rest.strip_prefix("年度").or_else(|| rest.strip_prefix('年'))?;
    Some((text.len() - rest.len(), year))
}

/// Where a day, a month or an hour ends: 12月31日, 3月份, 9时.
fn date(text: &str, (_, digits, rest): (i64, usize, &str)) -> Option<usize> {
    if !(1..=2).contains(&digits) {
        return None;
    }
    let mut rest = rest.chars();
    let unit = rest.next()?;
    let mut rest = rest.as_str();
    match unit {
        '日' | '时' | '点' => {}
        '月' => {
            let day = |(_, digits, rest): (i64, usize, &'_ str)| {
                rest.strip_prefix('日').filter(|_| (1..=2).contains(&digits)).map(str::len)
            };
            let left = match rest.strip_prefix(['份', '底', '末']) {
                Some(rest) => rest.len(),
                None => day(leading_digits(rest, 0)).unwrap_or(rest.len()),
            };
            rest = &rest[rest.len() - left..];
        }
        _ => return None,
    }
    Some(text.len() - rest.len())
}

/// Whether a date is the first or the last day of a year, so that what it bounds is the whole year.
fn is_bound_of_the_year(date: &str) -> bool {
    let date: String = date.chars().map(half_width).filter(|c| *c != ' ').collect();
    ["1月1日", "12月31日", "12月底", "12月末"].contains(&date.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_begins_something_is_looked_at() {
        for c in '\0'..='\u{ffff}' {
            let text = format!("{c}件》");
            let chars: Vec<Char> = text.char_indices().collect();
            let lexer = Lexer::new(&text);
            if lexer.unknown(&chars) == 0 {
                continue;
            }
            assert_eq!(lexer.next(&chars), (1, Item::Text), "{c:?}");
            assert!(!"。！？\n \t\r\u{3000}“”\"‘’".contains(c), "{c:?}");
        }
    }

    #[test]
    fn sentences_are_told_apart_and_none_is_empty() {
        let of = |text: &str| {
            let chars: Vec<Char> = text.char_indices().collect();
            Sentences::new(text, &chars).iter().map(|sentence| sentence.tokens.len()).collect::<Vec<_>>()
        };
        assert_eq!(of(""), [0; 0]);
        assert_eq!(of("。。\n  。"), [0; 0]);
        // Text that nothing is known of is one token within its sentence, whatever stands before it.
        assert_eq!(of("春天。夏天，秋天！\n冬天"), [1, 3, 1]);
        assert_eq!(of(&"，".repeat(LONGEST + 1)), [LONGEST, 1]);
        assert_eq!(of(&("，".repeat(LONGEST - 1) + "春“春”，")), [LONGEST, 1]);
    }
}
