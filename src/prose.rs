//! Prose: what the sentences of a report say of its tables.
//!
//! A section is read once, sentence by sentence, into [`Claim`]s: values with their words, subject, year and scope. Knows
//! the words of the trade; comparing is the rules' affair ([`check::claims`](crate::check)). The other way round,
//! [`compose()`] makes sentences of a report's values.

mod absence;
mod claim;
mod compose;
mod figure;
mod gaps;
mod lex;
mod lexicon;
mod meaning;
mod parts;
mod reader;
mod respectively;
mod shares;
mod similarity;
mod subject;

pub use claim::{Claim, Scope, Subject, Time};
pub use compose::{Topic, compose};
pub use figure::{Figure, Measure};
pub use parts::PartsOff;
pub use shares::{Growth, ShareOff};
pub use similarity::{Crowd, Normal, Similarity};

use std::cell::OnceCell;

use crate::text::{Pairs, Words, is_han, places};

/// Whose report the prose stands in, and for which year.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct About {
    /// The year reported on.
    pub year: i64,
    /// Whether it is the report of a people's government above the townships, over all its departments.
    pub is_government: bool,
    /// Whether the reporting organ is a government's office (办公厅, 办公室).
    pub is_office: bool,
}

/// A character, and where it stands in its text, in bytes.
pub type Char = (usize, char);

/// A section taken apart into characters, and into sentences where these are asked for; once for everything that is read
/// in it.
#[derive(Debug)]
pub struct Prose<'a> {
    text: &'a str,
    chars: Vec<Char>,
    /// Those that are no Han characters, by their numbers.
    others: Vec<usize>,
    pairs: Pairs,
    sentences: OnceCell<lex::Sentences>,
}

impl<'a> Prose<'a> {
    /// Takes a section apart.
    pub fn new(text: &'a str) -> Self {
        // Not counted first: room for half as many characters as bytes, and an eighth as many that are no Han, is enough for
        // Chinese, whose characters have three bytes each.
        let (mut chars, mut others) =
            (Vec::with_capacity(text.len() / 2), Vec::with_capacity(text.len() / 8));
        for char in text.char_indices() {
            if !is_han(char.1) {
                others.push(chars.len());
            }
            chars.push(char);
        }
        Self { pairs: Pairs::new(&chars), text, chars, others, sentences: OnceCell::new() }
    }

    fn sentences(&self) -> &lex::Sentences {
        self.sentences.get_or_init(|| lex::Sentences::new(self.text, &self.chars))
    }

    /// The text.
    pub const fn text(&self) -> &'a str {
        self.text
    }

    /// Its characters.
    pub fn chars(&self) -> &[Char] {
        &self.chars
    }

    /// Those of its characters that are no Han characters: marks, digits, letters.
    pub fn others(&self) -> impl Iterator<Item = Char> {
        self.others.iter().map(|nth| self.chars[*nth])
    }

    /// The same, by their numbers among all.
    pub fn others_by_number(&self) -> &[usize] {
        &self.others
    }

    /// Where some words stand in it, one behind the other.
    pub fn find<T: Copy>(&self, words: &'static Words<T>) -> impl Iterator<Item = (usize, &'static str, T)> {
        words.among(self.text, &self.chars, &self.pairs)
    }

    /// The characters, by their numbers, that some words begin at, in order.
    pub fn begins<T: Copy>(&self, words: &Words<T>) -> Vec<usize> {
        words.everywhere(self.text, &self.chars, &self.pairs)
    }

    /// Whether a word stands in it; of one of two characters or more that is told without going through the text.
    pub fn contains(&self, word: &str) -> bool {
        self.places_of(word).next().is_some()
    }

    /// Where a word stands in it, in bytes and in no order.
    pub fn places_of<'w>(&'w self, word: &'w str) -> impl Iterator<Item = usize> + 'w {
        let mut head = word.chars();
        let head = head.next().zip(head.next());
        let begins = head.map(|(one, two)| self.pairs.of([one, two], &self.chars));
        let begins = begins.into_iter().flatten().map(|nth| self.chars[nth].0);
        let found = begins.filter(move |at| self.text[*at..].starts_with(word));
        found.chain(head.is_none().then(|| places(self.text, word)).into_iter().flatten())
    }

    /// How many characters it has, as limits on its length count them: without blanks and line ends.
    pub fn length(&self) -> usize {
        self.chars.len() - self.others().filter(|(_, c)| !has_length(*c)).count()
    }

    /// What it says of the tables.
    pub fn claims(&self, about: &About) -> Vec<Claim> {
        let mut reader = reader::Reader::new(self.text, about);
        for sentence in self.sentences().iter() {
            reader.read(sentence.tokens);
        }
        reader.claims
    }

    /// The lists in it that do not add up.
    pub fn parts_off(&self) -> Vec<PartsOff> {
        parts::parts_off(self)
    }

    /// The shares and growths in it that their numbers do not give, and the growths whose base is not stated.
    pub fn shares(&self) -> (Vec<ShareOff>, Vec<Growth>) {
        shares::shares(self.text, self.sentences())
    }

    /// The places where a measure word lacks its number, each with the words around it, in bytes of the text.
    pub fn missing_numbers(&self) -> Vec<std::ops::Range<usize>> {
        gaps::missing_numbers(self.text, &self.chars)
    }
}

/// Counts the characters of a text as limits on its length do: without blanks and line ends.
pub fn length(text: &str) -> usize {
    text.chars().filter(|c| has_length(*c)).count()
}

fn has_length(c: char) -> bool {
    !c.is_whitespace()
}

#[cfg(test)]
mod tests;
