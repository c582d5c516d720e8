//! Waivers: findings that somebody accepted, each with the reason.
//!
//! A finding is accepted as it was said. When a number or a word in it changes it is another finding, so a waiver lapses
//! by itself, whatever the change was: a cell, a sentence, last year's report.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::place::Place;

/// A finding that was accepted.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Waiver {
    /// The id of the rule.
    pub rule: String,
    /// The place that the finding names first.
    pub place: Option<Place>,
    /// The finding as it was said, with its numbers.
    pub finding: String,
}

/// What becomes of waivers: the reason of each; `None` takes the waiver back.
pub type Waivers = BTreeMap<Waiver, Option<String>>;

/// A waiver with its reason, as it is saved.
#[derive(Serialize, Deserialize)]
pub(super) struct Saved {
    #[serde(flatten)]
    waiver: Waiver,
    #[serde(default)]
    reason: Option<String>,
}

/// Waivers as they are saved.
pub(super) fn to_saved<'a>(waivers: impl Iterator<Item = (&'a Waiver, Option<&'a String>)>) -> Vec<Saved> {
    waivers.map(|(waiver, reason)| Saved { waiver: waiver.clone(), reason: reason.cloned() }).collect()
}

/// Waivers from what was saved.
pub(super) fn from_saved(saved: Vec<Saved>) -> impl Iterator<Item = (Waiver, Option<String>)> {
    saved.into_iter().map(|Saved { waiver, reason }| (waiver, reason))
}
