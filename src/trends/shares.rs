//! How the requests of each unit ended: its outcomes as shares of its own total.

use super::bar::per_mille;
use super::{Measure, Trends};

/// The outcomes of a unit in a year.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Shares {
    /// The unit; nothing where they are of all units together.
    pub unit: Option<usize>,
    /// All outcomes together, if each of them has a number.
    pub whole: Option<i64>,
    /// The number of each of [`Measure::OUTCOMES`].
    pub counts: [Option<i64>; 6],
}

impl Shares {
    fn new(unit: Option<usize>, counts: [Option<i64>; 6]) -> Self {
        let whole = counts.iter().try_fold(0_i64, |sum, count| Some(sum.saturating_add((*count)?)));
        Self { unit, whole, counts }
    }

    /// The share of an outcome in the whole, in thousandths; none where the whole is 0 or not known.
    pub fn per_mille(&self, outcome: usize) -> Option<i64> {
        per_mille(self.counts[outcome]?, self.whole?)
    }
}

impl Trends<'_> {
    /// The outcomes of each unit in a year, the one with the most first.
    pub fn shares(&self, year: i64) -> Vec<Shares> {
        let of =
            |unit| Shares::new(Some(unit), Measure::OUTCOMES.map(|outcome| self.count(unit, year, outcome)));
        let mut shares: Vec<Shares> = self.reported(year).map(of).collect();
        // Those without a number come last, behind a 0.
        shares.sort_by_key(|shares| -shares.whole.unwrap_or(-1));
        shares
    }

    /// The outcomes of those units together of which all are known.
    pub fn shares_together(&self, year: i64) -> Shares {
        let known: Vec<Shares> =
            self.shares(year).into_iter().filter(|shares| shares.whole.is_some()).collect();
        let counts = std::array::from_fn(|outcome| {
            let sum =
                known.iter().filter_map(|shares| shares.counts[outcome]).fold(0_i64, i64::saturating_add);
            (!known.is_empty()).then_some(sum)
        });
        Shares::new(None, counts)
    }
}
