//! A report: a form and a sparse map from places to values; blank is absent.
//!
//! Knows nothing of files, screens or rules. Changes only by [`Report::apply`]; what changes over time belongs to
//! [`Session`](crate::session::Session).

pub mod edit;
pub mod notice;
pub mod place;
pub mod rollover;
mod saved;
mod values;
pub mod waiver;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

pub use edit::Edit;
pub use notice::{Notice, NoticeKind};
pub use place::Place;
pub use saved::{SCHEMA, SavedError};
use values::Values;
pub use waiver::Waiver;

use crate::day::Day;
use crate::form::terms::{Field, Level, Section};
use crate::form::{Cell, Form};
use crate::number::{self, Decimal, Reading};
use crate::text::differ_by_place;

/// What stands in a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    /// A number.
    Number(Decimal),
    /// Prose; or in a cell, what is no number, as it was written.
    Text(String),
}

impl Value {
    /// The whole number `n`.
    pub const fn count(n: i64) -> Self {
        Self::Number(Decimal::whole(n))
    }

    /// Reads what was typed or found at a place. The flag says that a number was written loosely (１２, 1,234, 12件).
    ///
    /// Lines end in `\n` only; a day of publishing is spelled `2026-01-15`, however it was written. What is spelled from a value that was read is read as the same value.
    pub fn read(place: Place, text: &str) -> (Option<Self>, bool) {
        // Whole sections are looked through here, and memchr takes many bytes at a time.
        let text = &match memchr::memchr(b'\r', text.as_bytes()).is_some() {
            true => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
            false => Cow::Borrowed(text),
        };
        let as_text = |text: &str| (!text.is_empty()).then(|| Self::Text(text.to_owned()));
        match place {
            Place::Field(Field::Year) => {
                let text = text.trim();
                let bare = text.strip_suffix("年度").or_else(|| text.strip_suffix('年'));
                match number::read(bare.unwrap_or(text)) {
                    Reading::Plain(number) => (Some(Self::Number(number)), bare.is_some()),
                    Reading::Loose(number) => (Some(Self::Number(number)), true),
                    Reading::Blank | Reading::Text => (as_text(text), false),
                }
            }
            Place::Cell(_) => match number::read(text) {
                Reading::Blank => (None, false),
                Reading::Plain(number) => (Some(Self::Number(number)), false),
                Reading::Loose(number) => (Some(Self::Number(number)), true),
                Reading::Text => (as_text(text.trim()), false),
            },
            Place::Field(Field::Published) => {
                let day = Day::read(text).map(|day| Self::Text(day.to_string()));
                (day.or_else(|| as_text(text.trim())), false)
            }
            Place::Field(_) => (as_text(text.trim()), false),
            Place::Section(_) => (as_text(text.trim_matches('\n')), false),
        }
    }

    /// The value as it stands at `place`: as its spelling is read there, so that what is saved is what stood there. A
    /// number that no cell can hold stands as text.
    pub fn standing_at(&self, place: Place) -> Option<Self> {
        Self::read(place, &self.to_string()).0
    }

    /// The number, if it is one.
    pub const fn number(&self) -> Option<Decimal> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(_) => None,
        }
    }

    /// The count, if it is a whole number of zero or more.
    pub fn as_count(&self) -> Option<i64> {
        self.number()?.as_count()
    }

    /// The text, if it is no number.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Number(_) => None,
            Self::Text(text) => Some(text),
        }
    }
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// A report on one form.
#[derive(Clone)]
pub struct Report {
    form: &'static Form,
    values: Values,
    notices: BTreeSet<Notice>,
    /// The accepted findings with their reasons.
    waivers: BTreeMap<Waiver, String>,
}

impl std::fmt::Debug for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.to_json())
    }
}

impl PartialEq for Report {
    fn eq(&self, other: &Self) -> bool {
        self.form.decree.key == other.form.decree.key
            && self.values == other.values
            && self.notices == other.notices
            && self.waivers == other.waivers
    }
}

impl Eq for Report {}

impl Report {
    /// A blank report on `form`.
    pub const fn new(form: &'static Form) -> Self {
        Self { form, values: Values::new(), notices: BTreeSet::new(), waivers: BTreeMap::new() }
    }

    /// The form that it is on.
    pub const fn form(&self) -> &'static Form {
        self.form
    }

    /// What stands at a place; `None` is blank.
    pub fn get(&self, place: impl Into<Place>) -> Option<&Value> {
        self.values.get(place.into())
    }

    /// Everything that is not blank, in the order of the report.
    pub fn values(&self) -> impl Iterator<Item = (Place, &Value)> {
        self.values.iter()
    }

    /// The notices that stand.
    pub fn notices(&self) -> impl Iterator<Item = &Notice> {
        self.notices.iter()
    }

    /// The same, what was not read first.
    pub fn notices_gravest_first(&self) -> Vec<&Notice> {
        let mut notices: Vec<&Notice> = self.notices().collect();
        notices.sort_by_key(|notice| !notice.kind.is_loss());
        notices
    }

    /// The findings that were accepted, with the reasons; some may have lapsed.
    pub fn waivers(&self) -> impl Iterator<Item = (&Waiver, &str)> {
        self.waivers.iter().map(|(waiver, reason)| (waiver, reason.as_str()))
    }

    /// The reason for which a finding was accepted.
    pub fn waived(&self, waiver: &Waiver) -> Option<&str> {
        self.waivers.get(waiver).map(String::as_str)
    }

    /// The number in a cell; `None` if it is blank or text.
    pub fn number(&self, cell: Cell) -> Option<Decimal> {
        self.get(cell)?.number()
    }

    /// The text of a field or section; empty if blank.
    pub fn text(&self, place: impl Into<Place>) -> &str {
        self.get(place).and_then(Value::text).unwrap_or_default()
    }

    /// The full name of the reporting organ; empty if not known.
    pub fn agency(&self) -> &str {
        self.text(Field::Agency)
    }

    /// The year reported on.
    pub fn year(&self) -> Option<i64> {
        self.get(Field::Year)?.number()?.as_whole()
    }

    /// What it says of itself, its fields, without cells and sections: enough to know whose it is and for which year.
    pub fn identified(&self) -> Self {
        let mut identified = Self::new(self.form());
        let fields = self.values.iter().filter(|(place, _)| matches!(place, Place::Field(_)));
        identified.values = Values::in_order(fields.map(|(place, value)| (place, value.clone())).collect());
        identified
    }

    /// The same without its sections.
    pub fn without_prose(mut self) -> Self {
        self.values.retain(|place| !matches!(place, Place::Section(_)));
        self
    }

    /// Whether this is the report of the same organ for the year after `last`.
    pub fn follows(&self, last: &Self) -> bool {
        !self.agency().is_empty() && self.agency() == last.agency() && self.is_of_the_year_after(last)
    }

    /// Whether this is a report for the year after `last`, of whatever organ.
    pub fn is_of_the_year_after(&self, last: &Self) -> bool {
        self.year().is_some_and(|year| last.year() == Some(year - 1))
    }

    /// Whether both may be of one organ: the names are equal, or one has the place before it that the other leaves out.
    pub fn may_be_of_one_organ(&self, other: &Self) -> bool {
        let (own, other) = (self.agency(), other.agency());
        !own.is_empty() && own == other || differ_by_place(own, other)
    }

    /// The level of the organ.
    pub fn level(&self) -> Option<Level> {
        Level::from_key(self.text(Field::Level))
    }

    /// Whether totals are computed from the other cells rather than keyed.
    pub fn computes_totals(&self) -> bool {
        self.text(Field::Totals) == COMPUTED
    }

    /// Whether a place holds a total that is computed.
    pub fn is_computed(&self, place: impl Into<Place>) -> bool {
        let info = place.into().cell().and_then(|cell| self.form.cell(cell));
        self.computes_totals() && info.is_some_and(|info| info.is_total)
    }

    /// What stands in all cells, in the order of [`Form::cells`]; `None` is blank.
    pub fn cells(&self) -> Vec<Option<&Value>> {
        let mut cells = vec![None; self.form.cells().len()];
        for (place, value) in self.values.iter() {
            if let Some(index) = place.cell().and_then(|cell| self.form.index(cell)) {
                cells[index] = Some(value);
            }
        }
        cells
    }

    /// The counts of all cells, in the same order; `None` where there is no whole number of zero or more.
    pub fn counts(&self) -> Vec<Option<i64>> {
        counts_of(&self.cells())
    }

    /// The prose sections that are not blank, with their text.
    pub fn prose(&self) -> impl Iterator<Item = (Section, &str)> {
        Section::PROSE
            .iter()
            .map(|&section| (section, self.text(section)))
            .filter(|(_, text)| !text.is_empty())
    }
}

/// The counts among what stands in cells.
pub fn counts_of(cells: &[Option<&Value>]) -> Vec<Option<i64>> {
    cells.iter().map(|value| value.and_then(Value::as_count)).collect()
}

/// The value of [`Field::Totals`] when totals are computed.
pub const COMPUTED: &str = "computed";

#[cfg(test)]
pub(crate) mod tests;
