//! A total and everything that there is to say of it, as other programs read it.
//!
//! The names and their order are relied on; what clerks read is [`spoken`](super::spoken)'s.

use serde::Serialize;

use super::super::json::{Passed, Unreadable};
use super::Worked;
use super::gathering::Input;
use crate::check::{Finding, Unknown};
use crate::form::Cell;
use crate::report::{Place, Report};
use crate::rollup::{broken_sums, is_in_a_broken_sum};
use crate::units::roster::Part;

/// What `rollup --json` prints.
#[derive(Serialize)]
pub(super) struct Account<'a> {
    agency: &'a str,
    year: i64,
    form: &'static str,
    expected: usize,
    counted: usize,
    missing: Vec<Unit<'a>>,
    duplicates: Vec<Doubled<'a>>,
    unsure: Vec<Unsure<'a>>,
    not_counted: Vec<Passed<'a>>,
    unreadable: Vec<Unreadable<'a>>,
    incomplete: Vec<Incomplete<'a>>,
    overflow: Vec<Place>,
    broken_sums: usize,
    unbalanced: Vec<&'a str>,
    adjustments: Vec<Adjusted<'a>>,
    findings: &'a [Finding],
    unknown: &'a [Unknown],
    trace: Vec<Trace<'a>>,
    report: &'a Report,
    output: Option<&'a str>,
    manifest: Option<&'a str>,
}

#[derive(Serialize)]
struct Unit<'a> {
    code: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct Doubled<'a> {
    #[serde(flatten)]
    unit: Unit<'a>,
    files: Vec<&'a str>,
    /// Whether one of them is in the total, since all say the same.
    counted: bool,
}

#[derive(Serialize)]
struct Unsure<'a> {
    file: &'a str,
    agency: &'a str,
    candidates: Vec<Unit<'a>>,
}

#[derive(Serialize)]
struct Incomplete<'a> {
    place: Place,
    label: String,
    units: Vec<Lacking<'a>>,
}

#[derive(Serialize)]
struct Lacking<'a> {
    name: &'a str,
    text: Option<&'a str>,
}

/// An adjustment of a cell.
#[derive(Serialize)]
pub(super) struct Adjusted<'a> {
    place: Place,
    amount: String,
    reason: &'a str,
}

/// From where a cell comes, the largest number first.
#[derive(Serialize)]
struct Trace<'a> {
    place: Place,
    label: String,
    total: Option<String>,
    units: Vec<Given<'a>>,
    adjustments: Vec<Adjusted<'a>>,
    lacking: Vec<Lacking<'a>>,
}

#[derive(Serialize)]
struct Given<'a> {
    name: &'a str,
    value: String,
}

impl<'a> Account<'a> {
    pub(super) fn new(worked: &'a Worked<'_>) -> Self {
        let gathered = worked.gathered;
        let (filed, roster) = (gathered.filed, &gathered.roster);
        let doubled = roster.doubled().map(|(unit, reports)| Doubled {
            unit: worked.unit(unit),
            files: reports.iter().map(|report| filed[*report].file.as_str()).collect(),
            counted: reports.iter().any(|report| matches!(roster.parts[*report], Part::Counted(_))),
        });
        let unreadable = worked
            .inputs
            .iter()
            .filter_map(|input| Some(Unreadable { file: &input.file, error: input.failure.as_deref()? }));
        let written = worked.written.as_ref();
        Self {
            agency: worked.report.agency(),
            year: gathered.year,
            form: gathered.form.decree.key,
            expected: gathered.scope.units.len(),
            counted: worked.total.parts().len(),
            missing: roster.missing().map(|unit| worked.unit(unit)).collect(),
            duplicates: doubled.collect(),
            unsure: worked.unsure(),
            not_counted: worked.passed(),
            unreadable: unreadable.collect(),
            incomplete: worked.total.incomplete().map(|cell| worked.incomplete(cell)).collect(),
            overflow: worked.overflowing().map(Place::Cell).collect(),
            broken_sums: broken_sums(&worked.report),
            unbalanced: worked.total.unbalanced(),
            adjustments: worked.adjusted(),
            findings: &worked.review.findings,
            unknown: &worked.review.unknown,
            trace: worked.traced.iter().map(|cell| worked.trace(*cell)).collect(),
            report: &worked.report,
            output: written.map(|written| written.output.as_str()),
            manifest: written.map(|written| written.manifest.as_str()),
        }
    }
}

impl Worked<'_> {
    /// What a file is to the total, in one word, and the unit that its report is of.
    pub(super) fn part(&self, input: &Input) -> (&'static str, Option<usize>) {
        let Some(report) = input.report else { return ("unreadable", None) };
        let part = &self.gathered.roster.parts[report];
        let key = match part {
            Part::OtherYear if self.is_of_last_year(report) => "last_year",
            part => part.key(),
        };
        let unit = match part {
            Part::Counted(unit) | Part::Again(unit) | Part::Disputed(unit) => Some(*unit),
            Part::Outside(unit) | Part::OtherForm(unit) => Some(*unit),
            Part::Parent => self.gathered.scope.parent,
            Part::Unsure(_) | Part::Unknown | Part::OtherYear => None,
        };
        (key, unit)
    }

    /// Whether a report is of the year before, by which the carry-over is checked.
    pub(super) fn is_of_last_year(&self, report: usize) -> bool {
        self.gathered.filed[report].report.year() == Some(self.gathered.year - 1)
    }

    /// The code of a unit.
    pub(super) fn code(&self, unit: usize) -> &str {
        &self.gathered.units.all()[unit].code
    }

    fn unit(&self, unit: usize) -> Unit<'_> {
        Unit { code: self.code(unit), name: self.gathered.name(unit) }
    }

    /// Whether a sum that does not close has an adjusted cell in it.
    pub(super) fn unbalances(&self) -> bool {
        let mut cells = self.listed.adjustments.iter().map(|adjustment| adjustment.cell);
        cells.any(|cell| is_in_a_broken_sum(cell, &self.report))
    }

    /// Every adjustment, in the order in which they were made.
    pub(super) fn adjusted(&self) -> Vec<Adjusted<'_>> {
        self.listed.adjustments.iter().map(Adjusted::new).collect()
    }

    fn unsure(&self) -> Vec<Unsure<'_>> {
        let gathered = self.gathered;
        let unsure =
            gathered.filed.iter().zip(&gathered.roster.parts).filter_map(|(filed, part)| match part {
                Part::Unsure(units) => Some(Unsure {
                    file: &filed.file,
                    agency: filed.report.agency(),
                    candidates: units.iter().map(|unit| self.unit(*unit)).collect(),
                }),
                _ => None,
            });
        unsure.collect()
    }

    /// The reports that are not added up for another reason than a doubt.
    fn passed(&self) -> Vec<Passed<'_>> {
        let inputs = self.inputs.iter().filter_map(|input| {
            let filed = &self.gathered.filed[input.report?];
            let (part, _) = self.part(input);
            let is_passed =
                ["parent", "outside", "unknown", "last_year", "other_year", "other_form"].contains(&part);
            let (file, agency, year) = (&filed.file, filed.report.agency(), filed.report.year());
            is_passed.then_some(Passed { file, agency, year, part })
        });
        inputs.collect()
    }

    fn incomplete(&self, cell: Cell) -> Incomplete<'_> {
        Incomplete { place: cell.into(), label: self.label(cell), units: self.lacking(cell) }
    }

    fn lacking(&self, cell: Cell) -> Vec<Lacking<'_>> {
        self.total.lacking(cell).into_iter().map(|(name, text)| Lacking { name, text }).collect()
    }

    fn trace(&self, cell: Cell) -> Trace<'_> {
        let given = |(name, value): (_, crate::number::Decimal)| Given { name, value: value.to_string() };
        Trace {
            place: cell.into(),
            label: self.label(cell),
            total: self.total.sum(cell).number().map(|sum| sum.to_string()),
            units: self.total.contributors(cell).into_iter().map(given).collect(),
            adjustments: self.total.adjustments_of(cell).map(Adjusted::new).collect(),
            lacking: self.lacking(cell),
        }
    }
}

impl<'a> Adjusted<'a> {
    fn new(adjustment: &'a crate::rollup::Adjustment) -> Self {
        Self {
            place: adjustment.cell.into(),
            amount: adjustment.amount.to_string(),
            reason: &adjustment.reason,
        }
    }
}
