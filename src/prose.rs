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
pub use similarity::{Normal, STRETCH, Similarity};

use crate::text;

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

/// A section taken apart into sentences, once for everything that is read in it.
#[derive(Debug)]
pub struct Prose<'a> {
    text: &'a str,
    marks: Vec<text::Mark>,
    sentences: Vec<Vec<lex::Token>>,
}

impl<'a> Prose<'a> {
    /// Takes a section apart.
    pub fn new(text: &'a str) -> Self {
        Self { text, marks: text::marks(text), sentences: lex::sentences(text) }
    }

    /// The text.
    pub const fn text(&self) -> &'a str {
        self.text
    }

    /// Its marks: see [`text::marks`].
    pub fn marks(&self) -> &[text::Mark] {
        &self.marks
    }

    /// What it says of the tables.
    pub fn claims(&self, about: &About) -> Vec<Claim> {
        let mut reader = reader::Reader::new(self.text, about);
        for sentence in &self.sentences {
            reader.read(sentence);
        }
        reader.claims
    }

    /// The lists in it that do not add up.
    pub fn parts_off(&self) -> Vec<PartsOff> {
        parts::parts_off(self.text, &self.sentences)
    }

    /// The shares and growths in it that their numbers do not give, and the growths whose base is not stated.
    pub fn shares(&self) -> (Vec<ShareOff>, Vec<Growth>) {
        shares::shares(self.text, &self.sentences)
    }

    /// The places where a measure word lacks its number, each with the words around it, in bytes of the text.
    pub fn missing_numbers(&self) -> Vec<std::ops::Range<usize>> {
        gaps::missing_numbers(self.text)
    }
}

/// Counts the characters of a text as limits on its length do: without blanks and line ends.
pub fn length(text: &str) -> usize {
    text.chars().filter(|char| !char.is_whitespace()).count()
}

#[cfg(test)]
mod tests;
