//! A report to bytes, one format a file. Writes no files: it gives bytes.

mod lines;
mod paper;
mod word;

use std::path::Path;

use crate::document::compose::compose;
use crate::report::Report;

/// A format that reports are written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// The saved shape, for other programs.
    Json,
    /// Text with aligned tables, for a terminal.
    Text,
    /// Markdown.
    Markdown,
    /// Word's document, in the official layout.
    Word,
}

impl Kind {
    /// Every format.
    pub const ALL: [Self; 4] = [Self::Json, Self::Text, Self::Markdown, Self::Word];

    /// The ending of its files, which is also its name on the command line.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Word => "docx",
        }
    }

    /// The format with this ending, in upper or lower case.
    pub fn from_extension(extension: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.extension().eq_ignore_ascii_case(extension))
    }

    /// The format that a file's name asks for.
    pub fn of_path(path: &Path) -> Option<Self> {
        Self::from_extension(path.extension()?.to_str()?)
    }
}

/// Writes a report. Read back, it is the same report: Markdown keeps every cell and the prose but for tabs, empty lines,
/// blanks at the ends of lines and characters that are not shown; text the same, as long as no line of prose is itself a
/// heading of a section.
pub fn write(report: &Report, kind: Kind) -> Vec<u8> {
    match kind {
        Kind::Json => (report.to_json() + "\n").into_bytes(),
        Kind::Text => lines::write(&compose(report), lines::Style::Aligned).into_bytes(),
        Kind::Markdown => lines::write(&compose(report), lines::Style::Markdown).into_bytes(),
        Kind::Word => word::write(report),
    }
}
