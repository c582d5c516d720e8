//! What stands in the places of a report: a list in the order of the places. A report is read from its file far more often
//! than anything in it changes, and a tree takes twice as long to be made.

use super::{Place, Value};

/// Values by their places, in order, each place once.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Values(Vec<(Place, Value)>);

impl Values {
    /// None.
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    /// Those that come in order already, each place once.
    pub(super) fn in_order(values: Vec<(Place, Value)>) -> Self {
        debug_assert!(values.is_sorted_by(|(one, _), (next, _)| one < next), "{values:?}");
        Self(values)
    }

    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.0.len()
    }

    /// What stands at a place.
    pub(super) fn get(&self, place: Place) -> Option<&Value> {
        let nth = match place {
            Place::Cell(_) => self.find(place).ok()?,
            // There are few of them, before all cells, and they are asked for most often.
            _ => self.places().take_while(|other| other.cell().is_none()).position(|other| other == place)?,
        };
        Some(&self.0[nth].1)
    }

    /// Puts a value at a place; gives what stood there.
    pub(super) fn insert(&mut self, place: Place, value: Value) -> Option<Value> {
        match self.find(place) {
            Ok(nth) => Some(std::mem::replace(&mut self.0[nth].1, value)),
            Err(nth) => {
                self.0.insert(nth, (place, value));
                None
            }
        }
    }

    /// Blanks a place; gives what stood there.
    pub(super) fn remove(&mut self, place: Place) -> Option<Value> {
        self.find(place).ok().map(|nth| self.0.remove(nth).1)
    }

    /// Keeps only the values at such places.
    pub(super) fn retain(&mut self, is_kept: impl Fn(Place) -> bool) {
        self.0.retain(|(place, _)| is_kept(*place));
    }

    /// One after the other.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Place, &Value)> {
        self.0.iter().map(|(place, value)| (*place, value))
    }

    /// The places.
    pub(super) fn places(&self) -> impl Iterator<Item = Place> {
        self.0.iter().map(|(place, _)| *place)
    }

    /// The number of a place, or of the one that it would stand before.
    fn find(&self, place: Place) -> Result<usize, usize> {
        self.0.binary_search_by_key(&place, |(place, _)| *place)
    }
}
