//! Faults planted in a county, each with where it has to be found: in which file, by which rule, at which place; or
//! what has to be said of a unit. What it brings about besides is named too, so that everything else is a false alarm.

mod in_files;
mod in_prose;
mod in_tables;
mod of_units;

use std::collections::BTreeSet;

use super::{County, Filing, LAST_YEAR};

/// A fault, where it was planted.
#[derive(Debug)]
pub(crate) struct Fault {
    /// What kind of fault it is.
    pub(crate) kind: &'static str,
    /// The year of the folder that it is in.
    pub(crate) year: i64,
    /// The full name of the unit, as the register or the report has it.
    pub(crate) unit: String,
    /// All that has to be said of it.
    pub(crate) expected: Vec<Expected>,
    /// The files that it is in, with the rules by which more may be found in each.
    pub(crate) brings: Vec<(String, &'static [&'static str])>,
}

/// What has to be said of a fault.
#[derive(Debug)]
pub(crate) enum Expected {
    /// `check` finds it in this file by this rule at this place; its first fix sets the place to what is right.
    Found { file: String, rule: &'static str, place: String, right: Option<String> },
    /// `check` cannot read this file.
    Unreadable { file: String },
    /// `rollup` misses the unit.
    Missing,
    /// `rollup` has several reports of the unit, and adds up one of them or none.
    Doubled { counted: bool },
    /// `rollup` passes a file over, as such a part.
    Passed { file: String, part: &'static str },
    /// `rollup` finds it by this rule, and names the unit.
    AddedUp { rule: &'static str },
}

/// A fault of one place of one report, of a kind that can be planted anywhere.
struct Planted {
    kind: &'static str,
    rule: &'static str,
    /// The rules by which the same fault is found besides.
    also: &'static [&'static str],
    /// Whether it can be planted in a report.
    fits: fn(&Filing) -> bool,
    /// Plants it.
    plant: fn(&mut Filing) -> Spot,
}

/// Where a fault is, and what is right there, where that can be told from the report.
struct Spot {
    place: String,
    right: Option<String>,
}

impl Spot {
    fn at(place: &str) -> Self {
        Self { place: place.to_owned(), right: None }
    }

    fn mended(place: &str, right: impl ToString) -> Self {
        Self { right: Some(right.to_string()), ..Self::at(place) }
    }
}

/// Who plants: no report gets two faults.
struct Planter<'c> {
    county: &'c mut County,
    taken: BTreeSet<usize>,
    faults: Vec<Fault>,
}

/// Plants one fault of every kind, and of some kinds several.
pub(crate) fn plant(county: &mut County) -> Vec<Fault> {
    let mut planter = Planter { county, taken: BTreeSet::new(), faults: Vec::new() };
    in_files::plant(&mut planter);
    of_units::plant(&mut planter);
    in_prose::copied(&mut planter);
    in_tables::ALL.iter().for_each(|planted| planter.one(LAST_YEAR, planted));
    in_prose::ALL.iter().for_each(|planted| planter.one(LAST_YEAR - 1, planted));
    planter.faults
}

/// Plants what the carry-over of a whole county is wrong by, and last year's files sent again, which hide nothing of it.
pub(crate) fn plant_carry_over(county: &mut County) -> Vec<Fault> {
    let mut planter = Planter { county, taken: BTreeSet::new(), faults: Vec::new() };
    of_units::another_year(&mut planter);
    let of_carry_over = in_tables::ALL.iter().filter(|planted| planted.rule == "Y01");
    of_carry_over.for_each(|planted| planter.one(LAST_YEAR, planted));
    for fault in planter.faults.iter_mut().filter(|fault| fault.kind.contains("carry-over")) {
        fault.expected.push(Expected::AddedUp { rule: "R03" });
    }
    planter.faults
}

impl Planter<'_> {
    /// A report of a year that has no fault yet and that one can be planted in.
    fn choose(&mut self, kind: &str, year: i64, fits: impl Fn(&Filing) -> bool) -> usize {
        let is_free = |number: &usize| !self.taken.contains(number);
        let fit =
            |number: &usize| self.county.filings[*number].year == year && fits(&self.county.filings[*number]);
        let chosen = (0..self.county.filings.len()).find(|number| is_free(number) && fit(number));
        let chosen = chosen.unwrap_or_else(|| panic!("no report is left for {kind}"));
        self.taken.insert(chosen);
        chosen
    }

    /// Plants a fault of one place.
    fn one(&mut self, year: i64, planted: &Planted) {
        let chosen = self.choose(planted.kind, year, planted.fits);
        let spot = (planted.plant)(&mut self.county.filings[chosen]);
        self.found(planted.kind, chosen, planted.rule, spot, planted.also);
    }

    /// Notes a fault that `check` finds in one file.
    fn found(
        &mut self,
        kind: &'static str,
        chosen: usize,
        rule: &'static str,
        spot: Spot,
        also: &'static [&'static str],
    ) {
        let file = self.county.filings[chosen].file.clone();
        let expected = vec![Expected::Found { file, rule, place: spot.place, right: spot.right }];
        self.note(kind, chosen, expected, also);
    }

    /// Notes a fault in one file.
    fn note(
        &mut self,
        kind: &'static str,
        chosen: usize,
        expected: Vec<Expected>,
        also: &'static [&'static str],
    ) {
        let filing = &self.county.filings[chosen];
        let unit = self.county.units[filing.unit].name.clone();
        let brings = vec![(filing.file.clone(), also)];
        self.faults.push(Fault { kind, year: filing.year, unit, expected, brings });
    }

    /// The report that the same office made the year before.
    fn before(&self, chosen: usize) -> Option<&Filing> {
        let filing = &self.county.filings[chosen];
        let is_last = |last: &&Filing| last.year == filing.year - 1 && last.agency() == filing.agency();
        self.county.filings.iter().find(is_last)
    }
}
