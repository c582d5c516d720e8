//! The key figures of many reports: their totals by year, the years of each unit, how its requests ended, and the figures
//! that stand out.
//!
//! It is given [`Figures`], which are small, in any order; which report is whose is decided as for a roll-up. What is not
//! there is told and is in no sum. Reads no files and lays nothing out. Whole numbers only.

pub mod bar;
mod figures;
mod names;
pub mod outliers;
mod shares;
mod told;

use std::collections::{BTreeMap, BTreeSet};

pub use figures::{Figures, Measure};
pub use outliers::Outlier;
pub use shares::Shares;
pub use told::Told;

use crate::compare::Ratio;
use crate::form::Form;
use crate::form::terms::Level;
use crate::number::Decimal;
use crate::units::roster::{Part, part_of};
use crate::units::{Scope, Units};

/// The figures of units over years.
#[derive(Clone, Debug)]
pub struct Trends<'u> {
    /// The units.
    pub units: &'u Units,
    /// Whether they are of a register, so that it can be said who is missing; else they are those that reported.
    pub has_register: bool,
    /// Those that are looked at.
    pub scope: Scope,
    /// The figures of every report, by the names of their files.
    pub filed: Vec<Figures>,
    /// What each report is.
    pub parts: Vec<Part>,
    /// For each year its units, each with its report.
    taken: BTreeMap<i64, BTreeMap<usize, usize>>,
    /// The units with several reports for a year.
    doubled: Vec<Doubled>,
}

/// A unit with several reports for a year.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Doubled {
    /// The unit.
    pub unit: usize,
    /// The year.
    pub year: i64,
    /// Its reports.
    pub reports: Vec<usize>,
    /// Whether one of them is taken, since all have the same figures.
    pub is_taken: bool,
}

/// A figure added up over units.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Sum {
    /// What it adds up to.
    pub sum: i64,
    /// The units that have the figure.
    pub units: usize,
}

/// A figure in a year and the year before it, added up over the units that have it in both.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Change {
    /// The units.
    pub units: usize,
    /// The year before.
    pub from: i64,
    /// The year.
    pub to: i64,
}

impl Change {
    /// How the two relate, in words: `增长 81.3%`.
    pub fn ratio(&self) -> String {
        match Ratio::between(Decimal::whole(self.from), Decimal::whole(self.to)) {
            Ratio::NoBase if self.to == 0 => "持平".to_owned(),
            Ratio::NoBase => "上年为 0".to_owned(),
            ratio => ratio.to_string(),
        }
    }
}

/// `11 个单位由 160 变为 290`.
impl std::fmt::Display for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} 个单位由 {} 变为 {}", self.units, self.from, self.to)
    }
}

impl<'u> Trends<'u> {
    /// Puts the figures of reports to their units and years, in whatever order they come.
    pub fn new((units, has_register): (&'u Units, bool), scope: Scope, mut filed: Vec<Figures>) -> Self {
        filed.sort_by(|one, other| one.file.cmp(&other.file));
        let mut parts: Vec<Part> = filed.iter().map(|one| part(units, &scope, one)).collect();
        let mut groups: BTreeMap<(i64, usize), Vec<usize>> = BTreeMap::new();
        for (report, part) in parts.iter().enumerate() {
            if let (Part::Counted(unit), Some(year)) = (part, filed[report].year) {
                groups.entry((year, *unit)).or_default().push(report);
            }
        }
        let (mut taken, mut doubled) = (BTreeMap::<i64, BTreeMap<usize, usize>>::new(), Vec::new());
        for ((year, unit), reports) in groups {
            let first = reports[0];
            let are_same = reports.iter().all(|other| filed[first].says_the_same(&filed[*other]));
            if are_same {
                taken.entry(year).or_default().insert(unit, first);
            }
            if let [_, _, ..] = reports[..] {
                for report in &reports {
                    parts[*report] = match are_same {
                        true if *report == first => Part::Counted(unit),
                        true => Part::Again(unit),
                        false => Part::Disputed(unit),
                    };
                }
                doubled.push(Doubled { unit, year, reports, is_taken: are_same });
            }
        }
        Self { units, has_register, scope, filed, parts, taken, doubled }
    }

    /// The years of which there is a report, the earliest first.
    pub fn years(&self) -> impl DoubleEndedIterator<Item = i64> + '_ {
        self.taken.keys().copied()
    }

    /// The units that have a report for a year.
    pub fn reported(&self, year: i64) -> impl Iterator<Item = usize> + '_ {
        self.taken.get(&year).into_iter().flat_map(|of_year| of_year.keys().copied())
    }

    /// The units that have none, as far as a register says who has to have one.
    pub fn missing(&self, year: i64) -> Vec<usize> {
        let lacks = |unit: &usize| self.has_register && self.report(*unit, year).is_none();
        self.scope.units.iter().copied().filter(lacks).collect()
    }

    /// The units that report in a year and not in the year before it, and those of which it is the other way round;
    /// nothing where nobody reported in the year before.
    pub fn joined_and_left(&self, year: i64) -> Option<(Vec<usize>, Vec<usize>)> {
        let units = |year| self.reported(year).collect::<BTreeSet<usize>>();
        let (now, before) = (units(year), units(year - 1));
        let less = |one: &BTreeSet<usize>, other| one.difference(other).copied().collect();
        (!before.is_empty()).then(|| (less(&now, &before), less(&before, &now)))
    }

    /// The units with several reports for a year, by year.
    pub fn doubled(&self) -> &[Doubled] {
        &self.doubled
    }

    /// The full name of a unit.
    pub fn name(&self, unit: usize) -> &str {
        &self.units.all()[unit].name
    }

    /// The level of a unit: by the register, else by what its latest report says.
    pub fn level(&self, unit: usize) -> Option<Level> {
        let said = || self.taken.values().rev().find_map(|of_year| self.filed[*of_year.get(&unit)?].level);
        self.units.all()[unit].level.or_else(said)
    }

    /// A figure of a unit in a year.
    pub fn count(&self, unit: usize, year: i64, measure: Measure) -> Option<i64> {
        self.report(unit, year)?.count(measure)
    }

    /// A figure of a year, added up over the units that have it.
    pub fn sum(&self, year: i64, measure: Measure) -> Sum {
        let counts = self.reported(year).filter_map(|unit| self.count(unit, year, measure));
        counts.fold(Sum::default(), |Sum { sum, units }, count| Sum {
            sum: sum.saturating_add(count),
            units: units + 1,
        })
    }

    /// A figure of a year beside that of the year before it, over the units that have it in both; nothing where none has.
    pub fn change(&self, year: i64, measure: Measure) -> Option<Change> {
        let both = self.reported(year).filter_map(|unit| {
            Some((self.count(unit, year - 1, measure)?, self.count(unit, year, measure)?))
        });
        let change = both.fold(Change::default(), |Change { units, from, to }, (before, now)| Change {
            units: units + 1,
            from: from.saturating_add(before),
            to: to.saturating_add(now),
        });
        (change.units > 0).then_some(change)
    }

    /// Whether a change is of other sums than those of all units of the two years.
    pub fn is_apart(&self, year: i64, measure: Measure, change: Change) -> bool {
        [change.from, change.to] != [year - 1, year].map(|year| self.sum(year, measure).sum)
    }

    /// Whether some units that report in a year do not have the figure, while others have.
    pub fn is_partial(&self, year: i64, measure: Measure) -> bool {
        let units = self.sum(year, measure).units;
        units > 0 && units < self.reported(year).count()
    }

    /// How many units there could be reports of: by the register, else those that reported in any year.
    pub fn expected(&self) -> usize {
        match self.has_register {
            true => self.scope.units.len(),
            false => self.by_requests(0).len(),
        }
    }

    /// The units that have a report for any year, the one with the most requests of `year` first.
    pub fn by_requests(&self, year: i64) -> Vec<usize> {
        let reported: BTreeSet<usize> = self.taken.values().flat_map(BTreeMap::keys).copied().collect();
        let mut units: Vec<usize> = reported.into_iter().collect();
        // Those without a number come last, behind a 0.
        units.sort_by_key(|unit| -self.count(*unit, year, Measure::Received).unwrap_or(-1));
        units
    }

    /// The report of a unit for a year.
    pub fn report(&self, unit: usize, year: i64) -> Option<&Figures> {
        self.taken.get(&year)?.get(&unit).map(|report| &self.filed[*report])
    }
}

/// What a report is by itself. One of a year that had no form is of no year.
fn part(units: &Units, scope: &Scope, one: &Figures) -> Part {
    match one.year.and_then(Form::for_year) {
        Some(form) => part_of(scope, units.find(&one.agency), one.form(), form),
        None => Part::OtherYear,
    }
}

#[cfg(test)]
mod tests;
