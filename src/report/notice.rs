//! Notices: what an import could not place, had to change or found missing, and acts worth recording.
//!
//! A notice stays with the report until its place is edited. The rules of family S are evaluated on notices.

use serde::{Deserialize, Serialize};

use super::place::Place;
use crate::form::Form;

/// What a notice tells. The spellings go to disk.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeKind {
    /// A section that the form has was not found.
    SectionMissing,
    /// A section was found twice.
    SectionDoubled,
    /// A section stands in another place than in the form.
    SectionOrder,
    /// A section has another title or number than the official one.
    SectionTitle,
    /// A table was not found; it may have been a picture.
    TableMissing,
    /// A row or column has another label than the official one.
    LabelChanged,
    /// The group cell of a row was lost.
    GroupLost,
    /// A row or column that the form does not have.
    ExtraCells,
    /// Text that could not be placed; it is quoted.
    NotPlaced,
    /// A number written in another way (１２, 1,234, 12件) was read as the number.
    NumberReread,
    /// A cell holds text that is no number; it was kept as written.
    TextInCell,
    /// Whose report it is or for which year was not where it belongs: taken from elsewhere, or not found.
    Identity,
    /// Two different values were found for one place.
    Conflict,
    /// The file could not be read whole (broken encoding, a limit reached).
    Damaged,
    /// 零报告: every blank was filled with 0 in one deliberate act.
    ZeroReport,
    /// 汇总: the total of several units has something to say of this cell: who is not in it, what was adjusted.
    RolledUp,
}

impl NoticeKind {
    /// Every kind.
    pub const ALL: [Self; 16] = [
        Self::SectionMissing,
        Self::SectionDoubled,
        Self::SectionOrder,
        Self::SectionTitle,
        Self::TableMissing,
        Self::LabelChanged,
        Self::GroupLost,
        Self::ExtraCells,
        Self::NotPlaced,
        Self::NumberReread,
        Self::TextInCell,
        Self::Identity,
        Self::Conflict,
        Self::Damaged,
        Self::ZeroReport,
        Self::RolledUp,
    ];

    /// Whether something that may have stood in the source is not in the report.
    pub const fn is_loss(self) -> bool {
        match self {
            Self::SectionMissing | Self::TableMissing | Self::ExtraCells | Self::NotPlaced => true,
            Self::Conflict | Self::Damaged | Self::Identity => true,
            Self::SectionDoubled | Self::SectionOrder | Self::SectionTitle | Self::LabelChanged => false,
            Self::GroupLost | Self::NumberReread | Self::TextInCell => false,
            Self::ZeroReport | Self::RolledUp => false,
        }
    }
}

/// Something that the reader of a report should know about where its content came from.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Notice {
    /// What it tells.
    pub kind: NoticeKind,
    /// The place that it is about, if it is about one.
    pub place: Option<Place>,
    /// The words of the source that it is about; may be empty.
    #[serde(default)]
    pub quote: String,
    /// Where in the source: `第 41 行`; may be empty.
    #[serde(default)]
    pub at: String,
    /// The notice in the clerk's words, with what to do.
    #[serde(default)]
    pub message: String,
}

impl Notice {
    /// The notice in one paragraph: of which place, what, where in the source, in which words.
    pub fn in_words(&self, form: &Form) -> String {
        let place = self.place.map(|place| format!("{}：", place.label(form))).unwrap_or_default();
        let at = if self.at.is_empty() { String::new() } else { format!("（{}）", self.at) };
        let quote = if self.quote.is_empty() { String::new() } else { format!("  原文：{}", self.quote) };
        format!("{place}{}{at}{quote}", self.message)
    }

    /// Whether an edit of `place` makes this notice lapse: it is about that place, or about the table that it is in.
    pub fn lapses_with(&self, place: Place) -> bool {
        let about_its_table = || self.place == place.section().map(Place::Section) && place.cell().is_some();
        self.place.is_some() && (self.place == Some(place) || about_its_table())
    }
}
