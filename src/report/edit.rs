//! An edit: a patch of a report. Applying it returns its inverse.
//!
//! Undo, redo, the journal, fixes, automatic totals, imports, paste and the difference of two reports are all edits.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::notice::Notice;
use super::place::Place;
use super::waiver::{self, Waiver, Waivers};
use super::{Report, Value};

/// A patch of a report: new values (or blanks) for places, notices and waivers that come or go.
///
/// Notices about an edited place lapse by themselves when the edit is applied, unless the edit names them.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Edit {
    /// The new content of each place; `None` blanks it.
    pub values: BTreeMap<Place, Option<Value>>,
    /// Notices to add (`true`) or to remove (`false`).
    pub notices: BTreeMap<Notice, bool>,
    /// Findings to accept, with the reason, or (`None`) to accept no longer.
    pub waivers: Waivers,
}

impl Edit {
    /// The edit that puts one value in one place.
    pub fn set(place: impl Into<Place>, value: Option<Value>) -> Self {
        Self { values: BTreeMap::from([(place.into(), value)]), ..Self::default() }
    }

    /// The edit that accepts a finding for a reason, or (`None`) accepts it no longer.
    pub fn waive(waiver: Waiver, reason: Option<String>) -> Self {
        Self { waivers: Waivers::from([(waiver, reason)]), ..Self::default() }
    }

    /// Whether the edit changes nothing, whatever it is applied to.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty() && self.notices.is_empty() && self.waivers.is_empty()
    }

    /// The same edit with every value as it will stand at its place.
    pub fn as_it_stands(mut self) -> Self {
        for (place, value) in &mut self.values {
            *value = value.as_ref().and_then(|value| value.standing_at(*place));
        }
        self
    }

    /// Adds a later edit; where both speak of one place, the later one counts.
    pub fn then(mut self, later: Self) -> Self {
        self.values.extend(later.values);
        self.notices.extend(later.notices);
        self.waivers.extend(later.waivers);
        self
    }
}

impl Report {
    /// Applies an edit and returns the edit that takes it back exactly, which is empty if nothing changed. Places that the
    /// form does not have are left out.
    ///
    /// Its values are taken [as they will stand](Edit::as_it_stands): a report holds nothing that could not be read back.
    pub fn apply(&mut self, edit: Edit) -> Edit {
        let edit = edit.as_it_stands();
        let mut inverse = Edit::default();
        for (place, value) in edit.values {
            if !place.is_in(self.form()) {
                continue;
            }
            let before = match value {
                Some(value) => self.values.insert(place, value),
                None => self.values.remove(place),
            };
            if before.as_ref() == self.values.get(place) {
                continue;
            }
            inverse.values.insert(place, before);
            let lapsed =
                self.notices.iter().filter(|n| n.lapses_with(place) && !edit.notices.contains_key(n));
            let lapsed: Vec<Notice> = lapsed.cloned().collect();
            for notice in lapsed {
                self.notices.remove(&notice);
                inverse.notices.insert(notice, true);
            }
        }
        for (notice, stays) in edit.notices {
            let was = if stays { !self.notices.insert(notice.clone()) } else { self.notices.remove(&notice) };
            // Named also where only the way back would let the notice lapse.
            if was != stays || (stays && inverse.values.keys().any(|place| notice.lapses_with(*place))) {
                inverse.notices.insert(notice, was);
            }
        }
        for (waiver, reason) in edit.waivers {
            let before = match &reason {
                Some(reason) => self.waivers.insert(waiver.clone(), reason.clone()),
                None => self.waivers.remove(&waiver),
            };
            if before != reason {
                inverse.waivers.insert(waiver, before);
            }
        }
        inverse
    }

    /// The edit that turns this report into `other`, a report on the same form.
    pub fn diff(&self, other: &Self) -> Edit {
        let mut edit = Edit::default();
        for place in self.values.places().chain(other.values.places()) {
            if self.get(place) != other.get(place) {
                edit.values.insert(place, other.get(place).cloned());
            }
        }
        let kept = |notice: &&Notice| edit.values.keys().any(|place| notice.lapses_with(*place));
        edit.notices.extend(self.notices.difference(&other.notices).map(|n| (n.clone(), false)));
        edit.notices.extend(other.notices.difference(&self.notices).map(|n| (n.clone(), true)));
        let kept: Vec<_> = self.notices.intersection(&other.notices).filter(kept).cloned().collect();
        edit.notices.extend(kept.into_iter().map(|n| (n, true)));
        for waiver in self.waivers.keys().chain(other.waivers.keys()) {
            let reason = other.waivers.get(waiver);
            if self.waivers.get(waiver) != reason {
                edit.waivers.insert(waiver.clone(), reason.cloned());
            }
        }
        edit
    }
}

/// The values of an edit in the saved spelling: `{"requests/received/total": 12, "overview": null}`.
#[derive(Clone, Copy, Debug)]
pub struct Patch<'a>(pub &'a BTreeMap<Place, Option<Value>>);

impl Serialize for Patch<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (place, value) in self.0 {
            map.serialize_entry(place, &value.as_ref().map(|value| value.to_json(*place)))?;
        }
        map.end()
    }
}

impl Serialize for Edit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let sides = |stays: bool| -> Vec<&Notice> {
            self.notices.iter().filter(|(_, s)| **s == stays).map(|(n, _)| n).collect()
        };
        let (added, removed) = (sides(true), sides(false));
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("set", &Patch(&self.values))?;
        if !added.is_empty() {
            map.serialize_entry("add_notices", &added)?;
        }
        if !removed.is_empty() {
            map.serialize_entry("remove_notices", &removed)?;
        }
        if !self.waivers.is_empty() {
            let waivers = self.waivers.iter().map(|(waiver, reason)| (waiver, reason.as_ref()));
            map.serialize_entry("waive", &waiver::to_saved(waivers))?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Edit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // What this version does not know must not be dropped when it writes the edit again.
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Shape {
            set: BTreeMap<Place, serde_json::Value>,
            #[serde(default)]
            add_notices: Vec<Notice>,
            #[serde(default)]
            remove_notices: Vec<Notice>,
            #[serde(default)]
            waive: Vec<waiver::Saved>,
        }
        let shape = Shape::deserialize(deserializer)?;
        let mut edit = Self::default();
        for (place, json) in shape.set {
            edit.values.insert(place, Value::from_json(place, &json).map_err(D::Error::custom)?);
        }
        edit.notices.extend(shape.add_notices.into_iter().map(|n| (n, true)));
        edit.notices.extend(shape.remove_notices.into_iter().map(|n| (n, false)));
        edit.waivers.extend(waiver::from_saved(shape.waive));
        Ok(edit)
    }
}
