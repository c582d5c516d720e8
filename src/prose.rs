//! Prose: what the sentences of a report say of its tables.
//!
//! A section is read once, sentence by sentence, into [`Claim`]s: values with their words, subject, year and scope. Knows
//! the words of the trade and nothing of a report's values; comparing is the rules' affair
//! ([`check::claims`](crate::check)).

mod absence;
mod claim;
mod figure;
mod gaps;
mod lex;
mod lexicon;
mod meaning;
mod parts;
mod reader;
mod shares;
mod similarity;
mod subject;

pub use claim::{Claim, Scope, Subject, Time};
pub use figure::{Figure, Measure};
pub use gaps::missing_numbers;
pub use parts::{PartsOff, parts_off};
pub use shares::{Growth, ShareOff, shares};
pub use similarity::{Normal, STRETCH, Similarity};

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

/// The claims of a section.
pub fn claims(text: &str, about: &About) -> Vec<Claim> {
    let mut reader = reader::Reader::new(text, about);
    for sentence in lex::sentences(text) {
        reader.read(&sentence);
    }
    reader.claims
}

#[cfg(test)]
mod tests;
