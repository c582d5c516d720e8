//! What is to be seen in the reports of many units, as other programs read it.
//!
//! The names and their order are relied on; what clerks read is [`spoken`](super::spoken)'s.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::json::{Passed, Unreadable};
use super::Seen;
use crate::form::Form;
use crate::form::terms::Level;
use crate::trends::{Measure, Outlier, Shares, Trends};

/// What `trends --json` prints.
#[derive(Serialize)]
pub(super) struct Account<'a> {
    /// The year in which units are compared.
    year: i64,
    register: bool,
    expected: usize,
    years: Vec<Year<'a>>,
    units: Vec<Unit<'a>>,
    outcomes: Vec<Outcomes<'a>>,
    outliers: Vec<Standing<'a>>,
    duplicates: Vec<Doubled<'a>>,
    not_counted: Vec<Passed<'a>>,
    unreadable: Vec<Unreadable<'a>>,
    remarks: Vec<String>,
    output: Option<&'a str>,
}

/// A year over all units.
#[derive(Serialize)]
struct Year<'a> {
    year: i64,
    form: Option<&'static str>,
    reported: usize,
    missing: Vec<&'a str>,
    totals: BTreeMap<&'static str, Total>,
    /// Each figure beside that of the year before, over the units that have it in both.
    changes: BTreeMap<&'static str, Change>,
}

#[derive(Serialize)]
struct Total {
    sum: i64,
    units: usize,
}

#[derive(Serialize)]
struct Change {
    units: usize,
    from: i64,
    to: i64,
}

/// The years of a unit; a figure that it has no number for is `null`.
#[derive(Serialize)]
struct Unit<'a> {
    code: &'a str,
    name: &'a str,
    level: Option<&'static str>,
    years: Vec<Filed<'a>>,
}

#[derive(Serialize)]
struct Filed<'a> {
    year: i64,
    file: &'a str,
    figures: BTreeMap<&'static str, Option<i64>>,
}

/// The outcomes of a unit, in thousandths of its own total.
#[derive(Serialize)]
struct Outcomes<'a> {
    name: &'a str,
    total: Option<i64>,
    per_mille: BTreeMap<&'static str, Option<i64>>,
}

/// A figure that stands out; `last_year` and `peers` are `null` where it does not against that.
#[derive(Serialize)]
struct Standing<'a> {
    unit: &'a str,
    year: i64,
    figure: &'static str,
    count: i64,
    last_year: Option<i64>,
    peers: Option<Peers>,
    message: String,
}

/// The other units of the level.
#[derive(Serialize)]
struct Peers {
    level: &'static str,
    units: usize,
    /// Lower quartile, median and upper quartile, as decimals.
    quartiles: [String; 3],
}

#[derive(Serialize)]
struct Doubled<'a> {
    name: &'a str,
    year: i64,
    files: Vec<&'a str>,
    /// Whether one of them is counted, since all have the same figures.
    counted: bool,
}

impl<'a> Account<'a> {
    pub(super) fn new(seen: &'a Seen<'_>) -> Self {
        let Seen { trends, year, .. } = *seen;
        let doubled = trends.doubled().iter().map(|doubled| Doubled {
            name: trends.name(doubled.unit),
            year: doubled.year,
            files: doubled.reports.iter().map(|report| trends.filed[*report].file.as_str()).collect(),
            counted: doubled.is_taken,
        });
        let passed = trends.filed.iter().zip(&trends.parts).map(|(one, part)| Passed {
            file: &one.file,
            agency: &one.agency,
            year: one.year,
            part: part.key(),
        });
        let unreadable = seen.unreadable.iter();
        Self {
            year,
            register: trends.has_register,
            expected: trends.scope.units.len(),
            years: trends.years().map(|year| Year::new(trends, year)).collect(),
            units: trends.by_requests(year).into_iter().map(|unit| Unit::new(trends, unit)).collect(),
            outcomes: trends.shares(year).iter().map(|shares| Outcomes::new(trends, shares)).collect(),
            outliers: trends.outliers(year).iter().map(|outlier| Standing::new(trends, outlier)).collect(),
            duplicates: doubled.collect(),
            not_counted: passed.filter(|one| !["counted", "again", "disputed"].contains(&one.part)).collect(),
            unreadable: unreadable.map(|one| Unreadable { file: &one.file, error: &one.error }).collect(),
            remarks: trends.remarks(),
            output: seen.output.as_deref(),
        }
    }
}

impl<'a> Year<'a> {
    fn new(trends: &'a Trends<'_>, year: i64) -> Self {
        let total = |measure: Measure| {
            let sum = trends.sum(year, measure);
            (sum.units > 0).then_some((measure.key(), Total { sum: sum.sum, units: sum.units }))
        };
        let change = |measure: Measure| {
            let crate::trends::Change { units, from, to } = trends.change(year, measure)?;
            Some((measure.key(), Change { units, from, to }))
        };
        Self {
            year,
            form: Form::for_year(year).map(|form| form.decree.key),
            reported: trends.reported(year).count(),
            missing: trends.missing(year).into_iter().map(|unit| trends.name(unit)).collect(),
            totals: Measure::ALL.into_iter().filter_map(total).collect(),
            changes: Measure::ALL.into_iter().filter_map(change).collect(),
        }
    }
}

impl<'a> Unit<'a> {
    fn new(trends: &'a Trends<'_>, unit: usize) -> Self {
        let filed = trends.years().filter_map(|year| {
            let one = trends.report(unit, year)?;
            let figures = Measure::ALL.map(|measure| (measure.key(), one.count(measure)));
            Some(Filed { year, file: &one.file, figures: figures.into() })
        });
        Self {
            code: &trends.units.all()[unit].code,
            name: trends.name(unit),
            level: trends.level(unit).map(Level::key),
            years: filed.collect(),
        }
    }
}

impl<'a> Outcomes<'a> {
    fn new(trends: &'a Trends<'_>, shares: &Shares) -> Self {
        let share = |(nth, outcome): (usize, Measure)| (outcome.key(), shares.per_mille(nth));
        Self {
            name: shares.unit.map_or("", |unit| trends.name(unit)),
            total: shares.whole,
            per_mille: Measure::OUTCOMES.into_iter().enumerate().map(share).collect(),
        }
    }
}

impl<'a> Standing<'a> {
    fn new(trends: &'a Trends<'_>, outlier: &Outlier) -> Self {
        let peers = outlier.peers.map(|(level, middle)| Peers {
            level: level.key(),
            units: middle.units,
            quartiles: middle.quartiles().map(|number| number.to_string()),
        });
        Self {
            unit: trends.name(outlier.unit),
            year: outlier.year,
            figure: outlier.measure.key(),
            count: outlier.count,
            last_year: outlier.last_year,
            peers,
            message: trends.sentence(outlier),
        }
    }
}
