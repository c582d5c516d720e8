//! What can stand over a screen: something to read, a question, a list to choose from, a small form, a path.
//!
//! Each owns the keys while it stands; what follows from an answer is decided in `update`.

use std::borrow::Cow;
use std::ops::Range;

use super::Line;
use super::exporting::Exporting;
use super::merging::Merging;
use super::pinyin::{spells, spells_beginning};
use super::replacing::Replacing;
use crate::check::Fix;
use crate::desk::Judgement;
use crate::form::terms::{Field, Level};
use crate::keymap::{Command, Context};
use crate::language::Language;
use crate::report::{Edit, Place, Report, Waiver};
use crate::store::Id;
use crate::tui::action::{Then, Writing};
use crate::width::{Ambiguous, lead, width, wrap};

/// What stands over the screen.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// Something to read.
    Reader {
        /// Its title.
        title: String,
        /// Its paragraphs.
        text: Vec<String>,
        /// Whether somebody else wrote them, whose words stay as they are.
        is_quoted: bool,
        /// The first row that is seen.
        top: usize,
    },
    /// The charts of the open report.
    Charts {
        /// The first row that is seen.
        top: usize,
    },
    /// A question to answer with Enter or Esc.
    Question {
        /// Its title.
        title: String,
        /// What is asked, with all that is needed to answer.
        text: Vec<String>,
        /// What Enter does.
        asked: Asked,
        /// The first row that is seen.
        top: usize,
    },
    /// A list to choose from.
    Picker {
        /// Its title.
        title: String,
        /// What there is to choose.
        items: Vec<(String, Pick)>,
        /// What is sought among them.
        sought: Line,
        /// Which of those found is selected.
        selected: usize,
    },
    /// The form of a new report.
    NewReport(NewReport),
    /// A path to type.
    Path {
        /// The path of a file to read.
        line: Line,
        /// The ways in which it may go on, if there are several.
        ways: Vec<String>,
    },
    /// The form for saving the report as a file.
    Export(Exporting),
    /// The reason for which a finding is accepted.
    Reason {
        /// The finding.
        waiver: Waiver,
        /// The reason.
        line: Line,
    },
    /// What is noted on a report under review.
    Note {
        /// The report, by its number on the desk.
        number: usize,
        /// The place that it is about; none where it is about the report.
        place: Option<Place>,
        /// The words that it is about; may be empty.
        quote: String,
        /// What is noted.
        line: Line,
    },
    /// Words to find in the prose that is shown, and to replace.
    Replace(Replacing),
    /// A file, with what it has otherwise than the open report.
    Merge(Merging),
}

/// What a question is about.
#[derive(Clone, Debug)]
pub enum Asked {
    /// Throw a report away.
    Trash(Id),
    /// Put a report into the library although it has one of the same organ and year, and say this of it.
    Create(Box<Report>, String),
    /// Apply an edit, under this label.
    Apply(String, Edit),
    /// Write a file over the one that is there; the form that asked for it, to go back to.
    Overwrite(Box<Writing>, Box<Exporting>),
    /// Keep a decision on a report under review.
    Judge(usize, Box<Judgement>),
    /// Write the letter on a report of which nothing is decided.
    Letter(usize),
    /// Close the report, which has failed before.
    Close(Then),
}

/// Something to choose.
#[derive(Clone, Debug)]
pub enum Pick {
    /// A level, for the cover.
    Level(Level),
    /// A report that was read, with or without a level, to be put into the library.
    TakeIn(Box<Report>),
    /// A way to mend a finding.
    Fix(Fix),
    /// A place to go to.
    Place(Place),
    /// A part of the prose that is shown, in bytes.
    Words(Range<usize>),
    /// A sentence to put into the prose that is shown.
    Sentence(String),
    /// A report in the trash, to be brought back.
    Restore(Id),
    /// A command.
    Command(Command),
    /// Which reports are added up: those that are accepted, or all.
    Total {
        /// Whether only what is accepted is added up.
        accepted: bool,
    },
    /// To stay where one is.
    Stay,
    /// To leave a report, whatever is lost by it.
    Leave(Then),
}

/// The form of a new report.
#[derive(Clone, Debug)]
pub struct NewReport {
    /// The full name of the organ.
    pub agency: Line,
    /// Its level, by its number in [`Level::ALL`].
    pub level: usize,
    /// The year reported on.
    pub year: Line,
    /// Which of the three is being filled in.
    pub at: NewField,
}

/// A field of that form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NewField {
    /// The organ.
    Agency,
    /// Its level.
    Level,
    /// The year.
    Year,
}

impl NewField {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::Agency, Self::Level, Self::Year];

    /// The field of the report that it becomes.
    pub const fn field(self) -> Field {
        match self {
            Self::Agency => Field::Agency,
            Self::Level => Field::Level,
            Self::Year => Field::Year,
        }
    }
}

impl Overlay {
    /// Where keys go while it stands.
    pub const fn context(&self) -> Context {
        match self {
            Self::Reader { .. } | Self::Charts { .. } => Context::Reader,
            Self::Question { .. } => Context::Question,
            Self::Picker { .. } => Context::Picker,
            Self::NewReport(_) => Context::NewReport,
            Self::Path { .. } | Self::Export(_) => Context::Path,
            Self::Reason { .. } => Context::Reason,
            Self::Note { .. } => Context::Note,
            Self::Replace(_) => Context::Replace,
            Self::Merge(_) => Context::Merge,
        }
    }

    /// The path of a file to read, to be typed.
    pub fn path() -> Self {
        Self::Path { line: Line::default(), ways: Vec::new() }
    }

    /// A list to choose from, nothing sought yet.
    pub fn picker(title: impl Into<String>, items: Vec<(String, Pick)>) -> Self {
        Self::Picker { title: title.into(), items, sought: Line::default(), selected: 0 }
    }

    /// A question to answer with Enter or Esc.
    pub fn question(title: impl Into<String>, text: Vec<String>, asked: Asked) -> Self {
        Self::Question { title: title.into(), text, asked, top: 0 }
    }

    /// Something to read.
    pub fn reader(title: impl Into<String>, text: Vec<String>) -> Self {
        Self::Reader { title: title.into(), text, is_quoted: false, top: 0 }
    }

    /// Something to read that somebody else wrote.
    pub fn quoted(title: impl Into<String>, text: Vec<String>) -> Self {
        Self::Reader { title: title.into(), text, is_quoted: true, top: 0 }
    }
}

/// The items of a picker that match what is sought, every word of it; behind those with the words themselves the ones
/// of which a part begins so in pinyin, as the title of a command does, and then those that have it within.
pub fn found<'a>(items: &'a [(String, Pick)], sought: &str) -> Vec<&'a (String, Pick)> {
    let sought = sought.to_lowercase();
    let words: Vec<&str> = sought.split_whitespace().collect();
    let is_pinyin = |word: &str| word.chars().all(|char| char.is_ascii_alphanumeric());
    // How far the words are from standing there themselves; nothing if one is not there at all.
    let distance = |text: &str| -> Option<usize> {
        // Names of places and commands are Han mostly, which have no other case.
        let lower =
            if text.contains(char::is_uppercase) { text.to_lowercase().into() } else { Cow::Borrowed(text) };
        let one = |word: &&str| match lower.contains(word) {
            true => Some(0),
            false if !is_pinyin(word) => None,
            false if spells_beginning(text, word) => Some(1),
            false => spells(text, word).then_some(2),
        };
        words.iter().map(one).sum()
    };
    let near = items.iter().filter_map(|item| Some((distance(&item.0)?, item)));
    let mut near: Vec<(usize, &(String, Pick))> = near.collect();
    near.sort_by_key(|(distance, _)| *distance);
    near.into_iter().map(|(_, item)| item).collect()
}

/// Paragraphs in the language of the user, but for what somebody else wrote.
pub fn spoken(text: &[String], is_quoted: bool, language: Language) -> Vec<Cow<'_, str>> {
    let say = |line| if is_quoted { Cow::Borrowed(line) } else { language.say(line) };
    text.iter().map(|line| say(line.as_str())).collect()
}

/// Lines as the rows in which they are read in so many columns, each with the column that it begins in: what goes on is
/// indented as its line is, if there is room.
pub fn rows(text: &[impl AsRef<str>], columns: usize, ambiguous: Ambiguous) -> Vec<(usize, &str)> {
    let mut rows = Vec::new();
    for line in text.iter().map(AsRef::as_ref) {
        let lead = Some(lead(line)).filter(|lead| width(lead, ambiguous) <= columns / 2).unwrap_or_default();
        let (margin, text) = (width(lead, ambiguous), &line[lead.len()..]);
        let mut wrapped = wrap(text, columns - margin, ambiguous).into_iter();
        let first = wrapped.next().map_or(0, |row| row.end);
        rows.push((0, &line[..lead.len() + first]));
        rows.extend(wrapped.map(|row| (margin, &text[row])));
    }
    rows
}
