//! Where something stands in a report: one type, one spelling, everywhere.
//!
//! `requests/received/business` is a cell, `overview` a section, `@year` a field. The spellings are on disk, in
//! findings, in fixtures and on the command line, and never change.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::LazyLock;

use crate::form::terms::{Field, Section};
use crate::form::{Cell, Form};

/// A place of a report. Ordered as the report is read: fields, sections, cells.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Place {
    /// What is known of the report as a whole.
    Field(Field),
    /// A section: its prose, or a table as a whole (then it names no value, only where a finding or notice is about).
    Section(Section),
    /// A cell of a table.
    Cell(Cell),
}

/// The places of all forms, in their order, with their spellings.
static SPELLED: LazyLock<Vec<(String, Place)>> = LazyLock::new(|| {
    let cells = Form::all().iter().flat_map(Form::cells).map(|info| Place::Cell(info.cell));
    let fields = Field::ALL.iter().map(|field| Place::Field(*field));
    let sections = Section::ALL.iter().map(|section| Place::Section(*section));
    let places: BTreeSet<Place> = fields.chain(sections).chain(cells).collect();
    places.into_iter().map(|place| (place.to_string(), place)).collect()
});

impl Place {
    /// Every place of every form, in their order.
    pub fn all() -> impl Iterator<Item = Self> {
        SPELLED.iter().map(|(_, place)| *place)
    }

    /// The same with their spellings.
    pub(super) fn spelled() -> impl Iterator<Item = (Self, &'static str)> {
        SPELLED.iter().map(|(spelled, place)| (*place, spelled.as_str()))
    }

    /// Reads the spelling that [`Display`](fmt::Display) writes; `None` if no form has such a place.
    pub fn parse(spelling: &str) -> Option<Self> {
        static BY_SPELLING: LazyLock<HashMap<&str, Place>> =
            LazyLock::new(|| Place::spelled().map(|(place, spelled)| (spelled, place)).collect());
        BY_SPELLING.get(spelling).copied()
    }

    /// The cell, if it is one.
    pub const fn cell(self) -> Option<Cell> {
        match self {
            Self::Cell(cell) => Some(cell),
            _ => None,
        }
    }

    /// The section that the place is in; `None` for a field.
    pub fn section(self) -> Option<Section> {
        match self {
            Self::Field(_) => None,
            Self::Section(section) => Some(section),
            Self::Cell(cell) => Some(cell.section()),
        }
    }

    /// Whether a report on `form` can hold a value here.
    pub fn is_in(self, form: &Form) -> bool {
        match self {
            Self::Field(_) => true,
            Self::Section(section) => !section.is_table(),
            Self::Cell(cell) => form.index(cell).is_some(),
        }
    }

    /// The place in the clerk's words: `三（三）4.保护第三方合法权益，商业企业`.
    pub fn label(self, form: &Form) -> String {
        match self {
            Self::Field(field) => field_label(field).to_owned(),
            Self::Section(Section::Lead) => "引言".to_owned(),
            Self::Section(section) => {
                form.heading(section).map_or_else(String::new, |h| format!("{}、{}", h.numeral, h.title))
            }
            Self::Cell(cell) => form
                .cell(cell)
                .map_or_else(|| self.to_string(), |c| format!("{}，{}", c.row_name, c.column_name)),
        }
    }
}

/// A field in the clerk's words.
pub const fn field_label(field: Field) -> &'static str {
    match field {
        Field::Agency => "机关全称",
        Field::ShortName => "简称",
        Field::Level => "层级",
        Field::Year => "年度",
        Field::Title => "标题",
        Field::Published => "发布日期",
        Field::Totals => "合计方式",
    }
}

impl From<Field> for Place {
    fn from(field: Field) -> Self {
        Self::Field(field)
    }
}

impl From<Section> for Place {
    fn from(section: Section) -> Self {
        Self::Section(section)
    }
}

impl From<Cell> for Place {
    fn from(cell: Cell) -> Self {
        Self::Cell(cell)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(field) => write!(f, "@{}", field.key()),
            Self::Section(section) => f.write_str(section.key()),
            Self::Cell(cell) => {
                write!(f, "{}/{}/{}", cell.section().key(), cell.row.key(), cell.column.key())
            }
        }
    }
}

impl serde::Serialize for Place {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Place {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spelling = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&spelling).ok_or_else(|| serde::de::Error::custom(format!("没有这个位置：{spelling}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_of_every_form_is_parsed_from_its_spelling() {
        for form in Form::all() {
            for info in form.cells() {
                let place = Place::from(info.cell);
                assert_eq!(Place::parse(&place.to_string()), Some(place));
                assert!(place.is_in(form));
            }
        }
        for place in Field::ALL.iter().map(|&f| f.into()).chain(Section::ALL.iter().map(|&s| Place::from(s)))
        {
            assert_eq!(Place::parse(&place.to_string()), Some(place));
        }
    }

    #[test]
    fn what_no_form_has_is_no_place() {
        for spelling in [
            "",
            "@",
            "@nobody",
            "requests",
            "requests/received",
            "requests/received/issued",
            "disputes/received/total",
        ] {
            assert!(
                Place::parse(spelling).is_none_or(|place| place == Section::Requests.into()),
                "{spelling}"
            );
        }
    }

    #[test]
    fn places_have_the_spellings_of_the_saved_file() {
        for spelling in [
            "proactive/regulations/issued",
            "proactive/fees/amount",
            "requests/received/natural_person",
            "requests/concluded/total",
            "disputes/direct_suit/pending",
            "proactive/procurement/projects",
            "other_matters",
            "@published",
        ] {
            assert_eq!(Place::parse(spelling).map(|place| place.to_string()).as_deref(), Some(spelling));
        }
    }
}
