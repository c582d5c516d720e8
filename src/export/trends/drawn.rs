//! The drawings of the page: columns year beside year, and a figure among those of the other units.
//!
//! Where each mark stands, in whole steps; what they look like is the template's.

use minijinja::{Value, context};

use super::printable;
use crate::number::Decimal;
use crate::trends::bar::length;
use crate::trends::{Outlier, Trends};

/// A year of a chart.
pub(super) struct Column {
    pub(super) year: i64,
    pub(super) count: Option<i64>,
    /// How many units reported, where that is not the same in all years.
    pub(super) units: Option<usize>,
    /// Whether it is not of all units.
    pub(super) is_hollow: bool,
}

/// The steps from left to right that a column has at the least, with what is left free beside it, and that a digit has.
const SLOT: i64 = 40;
const DIGIT: i64 = 8;
/// The tallest column, and where the base line is.
const TALLEST: i64 = 92;
const BASE: i64 = 116;

/// How much room each column has, so that the largest number of all charts can be written over it.
pub(super) fn slot(most: i64) -> i64 {
    let digits = i64::try_from(most.to_string().len()).unwrap_or_default();
    SLOT.max((digits + 1) * DIGIT)
}

/// The columns of a figure.
pub(super) fn columns(title: &str, slot: i64, columns: &[Column]) -> Value {
    let most = columns.iter().filter_map(|column| column.count).max().unwrap_or_default();
    let column = |(nth, column): (i64, &Column)| {
        let height = column.count.map_or(0, |count| length(count, most, TALLEST));
        let wide = slot * 3 / 5;
        context! {
            x => nth * slot + (slot - wide) / 2,
            middle => nth * slot + slot / 2,
            width => wide,
            y => BASE - height,
            height,
            above => BASE - height - 6,
            hollow => column.is_hollow,
            number => super::number(column.count),
            is_none => column.count.is_none(),
            year => column.year,
            units => column.units,
        }
    };
    let said = columns.iter().map(|column| match column.count {
        Some(count) => format!("{} 年 {count} 件", column.year),
        None => format!("{} 年没有数", column.year),
    });
    let said = format!("{title}：{}", said.collect::<Vec<_>>().join("，"));
    let width = slot * i64::try_from(columns.len()).unwrap_or(1);
    let columns: Vec<Value> = (0..).zip(columns).map(column).collect();
    context! { title, said, width, base => BASE, columns }
}

/// Where the strip begins, and how long it is.
const LEFT: i64 = 12;
const LENGTH: i64 = 336;

/// Where a number of hundredths stands on a strip that ends at `most`.
fn along(hundredths: i64, most: i64) -> i64 {
    LEFT + length(hundredths, most.saturating_mul(100), LENGTH)
}

/// Where a text stands that belongs to a place on the strip, so that it does not run out of it.
fn anchor(x: i64) -> &'static str {
    match x - LEFT {
        at if at < LENGTH / 4 => "start",
        at if at > LENGTH * 3 / 4 => "end",
        _ => "middle",
    }
}

/// A figure that stands out, among those of the other units of its level.
pub(super) fn strip(trends: &Trends<'_>, outlier: &Outlier) -> Option<Value> {
    let Outlier { unit, year, measure, count, .. } = outlier;
    let (level, middle) = outlier.peers?;
    let numbers = trends.of_level(level, *year, *measure);
    let most = numbers.iter().map(|(_, count)| *count).max().unwrap_or_default();
    let others = numbers.iter().filter(|(other, _)| other != unit);
    let dots: Vec<i64> = others.map(|(_, count)| along(count.saturating_mul(100), most)).collect();
    let hundredths = |number: Decimal| number.times_ten_to(2).and_then(Decimal::as_whole).unwrap_or_default();
    let [low, median, high] = middle.quartiles().map(|number| along(hundredths(number), most));
    let own = along(count.saturating_mul(100), most);
    Some(context! {
        title => format!("{year} 年{}：{} {} 个单位", measure.label(), level.label(), numbers.len()),
        said => printable(&trends.sentence(outlier)),
        name => printable(trends.name(*unit)),
        count,
        own,
        own_anchor => anchor(own),
        dots,
        low,
        breadth => (high - low).max(2),
        median,
        median_anchor => anchor(median),
        median_count => middle.quartiles()[1].to_string(),
        most,
        left => LEFT,
        right => LEFT + LENGTH,
    })
}
