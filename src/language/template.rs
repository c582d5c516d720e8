//! A phrase with holes, and what of a message stands in them.

use std::borrow::Cow;

/// What belongs together: a message is not taken apart within.
const BRACKETS: [(char, char); 5] = [('“', '”'), ('《', '》'), ('（', '）'), ('〔', '〕'), ('(', ')')];

/// A phrase with holes in Chinese, `{label}：原 {old}，改为 {new}`, and its English.
#[derive(Debug)]
pub(super) struct Template {
    /// Its own words, before, between and behind the holes.
    words: Vec<String>,
    /// Which characters its words have.
    print: Print,
    /// The English: words, each with the hole behind it.
    pub(super) english: Vec<(String, Option<Hole>)>,
}

/// A hole in the English of a phrase.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Hole {
    /// Which hole of the Chinese is meant.
    pub(super) nth: usize,
    /// What may be said of what stands in it.
    pub(super) how: How,
}

/// How what stands in a hole is said.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum How {
    /// As far as it is known.
    Freely,
    /// If it is known throughout, `{value!}`: it may be somebody else's words.
    Throughout,
    /// If it is a label of the form: it stands between quotes. What is the program's own in spite of them is `{step?}`.
    Label,
}

/// Which characters a text has, roughly: where one print is not within another, the characters are not either.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Print(u64);

impl Print {
    pub(super) fn of(text: &str) -> Self {
        Self(text.chars().fold(0, |print, char| print | 1 << (u32::from(char) % 64)))
    }

    const fn is_within(self, other: Self) -> bool {
        self.0 & other.0 == self.0
    }
}

impl Template {
    /// The template of a pair; none if it has no hole.
    pub(super) fn of(chinese: &str, english: &str) -> Option<Self> {
        let (words, holes) = taken_apart(chinese);
        if holes.is_empty() {
            return None;
        }
        let (texts, asked) = taken_apart(english);
        let mut free: Vec<Option<&str>> = holes.iter().map(|hole| Some(hole.as_str())).collect();
        let mut take = |asked: &str| {
            let nth = free.iter().position(|hole| *hole == Some(unmarked(asked)))?;
            free[nth] = None;
            let is_quoted = words[nth].ends_with('“') && words[nth + 1].starts_with('”');
            let how = match () {
                () if asked.ends_with('!') => How::Throughout,
                () if is_quoted && !asked.ends_with('?') => How::Label,
                () => How::Freely,
            };
            Some(Hole { nth, how })
        };
        let asked: Vec<Option<Hole>> = asked.iter().map(|hole| take(hole)).chain([None]).collect();
        let print = Print::of(&words.concat());
        Some(Self { words, print, english: texts.into_iter().zip(asked).collect() })
    }

    /// Whether words of its own stand behind a hole.
    pub(super) fn goes_on(&self, nth: usize) -> bool {
        self.words.get(nth + 1).is_some_and(|words| !words.is_empty())
    }

    /// How much of a message its own words are.
    pub(super) fn weight(&self) -> usize {
        self.words.iter().map(String::len).sum()
    }

    /// What stands in the holes of a message, whose print is given, if it was made of this phrase. A hole holds brackets with
    /// both their ends.
    pub(super) fn holes<'t>(&self, message: &'t str, print: Print) -> Option<Vec<&'t str>> {
        if !self.print.is_within(print) {
            return None;
        }
        let (first, rest) = self.words.split_first()?;
        let (last, _) = rest.split_last()?;
        let mut left = message.strip_prefix(first.as_str())?.strip_suffix(last.as_str())?;
        let mut holes = Vec::with_capacity(rest.len());
        for (nth, pair) in self.words.windows(2).enumerate() {
            let is_quoted = pair[0].ends_with('“') && pair[1].starts_with('”');
            let may_end = |at: &usize| is_quoted || is_balanced(&left[..*at]);
            let is_last = nth + 1 == rest.len();
            let mut places = left.match_indices(pair[1].as_str()).map(|(at, _)| at);
            let end = if is_last { Some(left.len()).filter(may_end)? } else { places.find(may_end)? };
            holes.push(&left[..end]);
            left = if is_last { "" } else { &left[end + pair[1].len()..] };
        }
        Some(holes)
    }
}

/// Words in which what is counted is said of one and of many, `[cell differs|cells differ]`: of one where what stands in the
/// hole before them is 1.
pub(super) fn counted<'w>(hole: &str, words: &'w str) -> Cow<'w, str> {
    let choose = |(before, rest): (&str, &str)| {
        let (choice, behind) = rest.split_once(']')?;
        let (one, many) = choice.split_once('|')?;
        let chosen = if hole == "1" { one } else { many };
        Some(format!("{before}{chosen}{}", counted(hole, behind)))
    };
    words.split_once('[').and_then(choose).map_or(Cow::Borrowed(words), Cow::Owned)
}

/// A hole of the English as the Chinese has it.
pub(super) fn unmarked(hole: &str) -> &str {
    hole.trim_end_matches(['!', '?'])
}

/// The words of a phrase and the holes between them, `{name` and so on; holes that touch are one. `{{` and `}}` are braces.
pub(super) fn taken_apart(phrase: &str) -> (Vec<String>, Vec<String>) {
    let (mut words, mut holes, mut word) = (Vec::new(), Vec::<String>::new(), String::new());
    let mut chars = phrase.chars().peekable();
    while let Some(char) = chars.next() {
        if char != '{' || chars.next_if_eq(&'{').is_some() {
            word.push(char);
            // The second of two closing ones.
            _ = (char == '}').then(|| chars.next_if_eq(&'}'));
            continue;
        }
        let hole: String =
            std::iter::once('{').chain(chars.by_ref().take_while(|char| *char != '}')).collect();
        match holes.last_mut() {
            Some(last) if word.is_empty() => *last += &hole,
            _ => {
                holes.push(hole);
                words.push(std::mem::take(&mut word));
            }
        }
    }
    words.push(word);
    (words, holes)
}

/// What stands before and behind each joint that stands outside of quotes and brackets.
pub(super) fn parted<'t>(
    message: &'t str,
    joint: &str,
) -> impl DoubleEndedIterator<Item = (&'t str, &'t str)> {
    let places: Vec<usize> = message.match_indices(joint).map(|(at, _)| at).collect();
    let outside = places.into_iter().filter(|at| is_balanced(&message[..*at]));
    let length = joint.len();
    outside.map(move |at| (&message[..at], &message[at + length..]))
}

/// Tells whether every bracket of a text has its other end in it, and behind it.
fn is_balanced(text: &str) -> bool {
    let mut open = Vec::new();
    let closes = |char: char| {
        if let Some((_, close)) = BRACKETS.iter().find(|(open, _)| *open == char) {
            open.push(*close);
            return true;
        }
        !BRACKETS.iter().any(|(_, close)| *close == char) || open.pop() == Some(char)
    };
    text.chars().all(closes) && open.is_empty()
}

/// What stands before the brackets that a text ends with, and in them.
pub(super) fn bracketed(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_suffix('）')?;
    let opens =
        inside.match_indices('（').map(|(at, bracket)| (&inside[..at], &inside[at + bracket.len()..]));
    opens.rev().find(|(_, inside)| is_balanced(inside))
}
