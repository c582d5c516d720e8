//! The reports that came in, beside the units that have to report: who is there, who is missing, who is there twice.
//!
//! A report is a unit's by the name that it gives itself; never by its file's name, its place in the folder or its order.

use super::{Match, Scope, Units, normal};
use crate::form::Form;
use crate::form::terms::Field;
use crate::report::Report;

/// A report with the name of its file.
#[derive(Clone, Debug)]
pub struct Filed {
    /// The file, as it was named.
    pub file: String,
    /// The report.
    pub report: Report,
}

/// What a report is to a total; units and reports are numbers in their lists.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part {
    /// It is the one report of a unit, and is added up.
    Counted(usize),
    /// It says in every cell what the one of its unit that is added up says.
    Again(usize),
    /// It is one of several of its unit that differ; none of them is added up.
    Disputed(usize),
    /// It is of the unit whose total this is.
    Parent,
    /// It is of a unit that is not added up.
    Outside(usize),
    /// It may be one of these units'.
    Unsure(Vec<usize>),
    /// It is of no unit of the register, or does not say whose it is.
    Unknown,
    /// It is of another year, or does not say of which.
    OtherYear,
    /// It is of a unit, but on another form than the year's; its places mean other things.
    OtherForm(usize),
}

impl Part {
    /// What it is in one word, for other programs.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Counted(_) => "counted",
            Self::Again(_) => "again",
            Self::Disputed(_) => "disputed",
            Self::Parent => "parent",
            Self::Outside(_) => "outside",
            Self::Unsure(_) => "unsure",
            Self::Unknown => "unknown",
            Self::OtherYear => "other_year",
            Self::OtherForm(_) => "other_form",
        }
    }
}

/// Who has reported, and what each report is to the total.
#[derive(Clone, Debug)]
pub struct Roster {
    /// What each report is, in the order of the reports.
    pub parts: Vec<Part>,
    /// The reports of each unit of the scope, in the order of the register, by the names of their files.
    pub units: Vec<(usize, Vec<usize>)>,
}

impl Roster {
    /// Finds the unit of each report for a year on its form.
    pub fn new(units: &Units, scope: &Scope, year: i64, form: &Form, filed: &[Filed]) -> Self {
        let mut roster = Self {
            parts: filed.iter().map(|filed| part(units, scope, year, form, &filed.report)).collect(),
            units: scope.units.iter().map(|unit| (*unit, Vec::new())).collect(),
        };
        for (report, part) in roster.parts.iter().enumerate() {
            if let Part::Counted(unit) = part
                && let Ok(at) = roster.units.binary_search_by_key(unit, |(unit, _)| *unit)
            {
                roster.units[at].1.push(report);
            }
        }
        for (unit, reports) in &mut roster.units {
            reports.sort_by_key(|report| &filed[*report].file);
            let Some((first, others)) = reports.split_first() else { continue };
            let is_same = |other: &usize| same_cells(&filed[*first].report, &filed[*other].report);
            let are_same = others.iter().all(is_same);
            for report in reports.iter() {
                roster.parts[*report] = match are_same {
                    true if report == first => Part::Counted(*unit),
                    true => Part::Again(*unit),
                    false => Part::Disputed(*unit),
                };
            }
        }
        roster
    }

    /// The reports that are added up, each with its unit, in the order of the register.
    pub fn counted(&self) -> impl Iterator<Item = (usize, usize)> {
        let counted = |report: &usize| matches!(self.parts[*report], Part::Counted(_));
        self.units
            .iter()
            .filter_map(move |(unit, of_unit)| Some((*unit, of_unit.iter().copied().find(counted)?)))
    }

    /// The units without a report.
    pub fn missing(&self) -> impl Iterator<Item = usize> {
        self.units.iter().filter(|(_, reports)| reports.is_empty()).map(|(unit, _)| *unit)
    }

    /// The units with several reports.
    pub fn doubled(&self) -> impl Iterator<Item = (usize, &[usize])> {
        self.units
            .iter()
            .filter(|(_, reports)| reports.len() > 1)
            .map(|(unit, reports)| (*unit, &reports[..]))
    }
}

fn part(units: &Units, scope: &Scope, year: i64, form: &Form, report: &Report) -> Part {
    if report.year() != Some(year) {
        return Part::OtherYear;
    }
    part_of(scope, unit_of(units, report), report.form(), form)
}

/// What a report of a year is by itself, from the unit that was found for it, its form and that of the year.
pub fn part_of(scope: &Scope, found: Match, own: &Form, form: &Form) -> Part {
    let found = match found {
        Match::Unknown => return Part::Unknown,
        Match::Unsure(units) => return Part::Unsure(units),
        Match::Unit(unit, _) => unit,
    };
    match found {
        unit if Some(unit) == scope.parent => Part::Parent,
        unit if scope.units.binary_search(&unit).is_err() => Part::Outside(unit),
        unit if own.decree.key != form.decree.key => Part::OtherForm(unit),
        unit => Part::Counted(unit),
    }
}

/// The unit that a report is of.
pub fn unit_of(units: &Units, report: &Report) -> Match {
    units.find(own_name(report))
}

/// The name by which the unit of a report is found: that of its organ, or where it has none the one it goes by.
pub fn own_name(report: &Report) -> &str {
    match normal(report.agency()).is_empty() {
        true => report.text(Field::ShortName),
        false => report.agency(),
    }
}

/// Whether two reports say the same in every cell.
fn same_cells(one: &Report, other: &Report) -> bool {
    let cells = |report: &Report| -> Vec<_> {
        let cells = report.values().filter(|(place, _)| place.cell().is_some());
        cells.map(|(place, value)| (place, value.clone())).collect()
    };
    cells(one) == cells(other)
}
