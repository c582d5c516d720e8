//! What is to be seen in the reports of many units, for the clerk: tables, bars and sentences.
//!
//! What is looked at first comes last, where the prompt is.

use super::Seen;
use super::table::{Table, Tail, WIDE};
use crate::cli::print::Output;
use crate::trends::bar::percent;
use crate::trends::outliers::{DIFFERENCE, RATIO};
use crate::trends::{Measure, Told, Trends};
use crate::width::fit;

/// The most units that are listed; the page has more.
const UNITS: usize = 20;
/// The most outliers that are listed.
const OUTLIERS: usize = 40;
/// The fewest years beside each other, however narrow the terminal is.
const YEARS: usize = 2;

/// Says all of it.
pub(super) fn say(seen: &Seen<'_>, output: &mut Output) {
    let Seen { trends, year, .. } = seen;
    let years: Vec<i64> = trends.years().collect();
    let span = match years[..] {
        [first, .., last] => format!("{first} 至 {last} 年"),
        _ => format!("{year} 年"),
    };
    let reports: usize = years.iter().map(|year| trends.reported(*year).count()).sum();
    let units = trends.by_requests(*year).len();
    let place = Some(trends.place()).filter(|place| !place.is_empty());
    let place = place.map_or_else(String::new, |place| format!("{place} "));
    output.wrapped(
        "",
        &format!("趋势：{place}{units} 个单位，{span}，{reports} 份报告。单位之间比的是 {year} 年。"),
    );
    trends.remarks().iter().for_each(|remark| output.wrapped("  注意：  ", remark));
    set_aside(&seen.told, output);
    let years: Vec<i64> = years.into_iter().filter(|of| of <= year).collect();
    totals(trends, *year, &years, output);
    requests(trends, *year, &years, output);
    outcomes(trends, *year, output);
    outliers(trends, *year, output);
    if let Some(page) = &seen.output {
        output.note(&format!("已写入 {page}"));
    }
}

/// Says which reports are in no sum.
pub(super) fn set_aside(told: &[Told], output: &mut Output) {
    for told in told {
        let [lead, message] = [told.lead, &told.message].map(|text| output.language().say(text));
        output.rows(format!("  {}  ", fit(&lead, 6, WIDE)), &message);
    }
}

/// A number, or that there is none.
fn number(count: Option<i64>) -> String {
    count.map_or_else(|| "没有数".to_owned(), |count| count.to_string())
}

/// Prints a table of years; of those that have no room it says that they are left out.
fn print_years(table: &Table, years: &[i64], output: &mut Output) {
    let left_out = table.print(YEARS, output);
    if left_out > 0 {
        let first = years[left_out];
        output.wrapped("  ", &format!("{first} 年以前的没有列出；写成网页（-o）可以看到。"));
    }
}

/// The totals of the years, and how they changed over the units that are in both of the last two.
fn totals(trends: &Trends<'_>, year: i64, years: &[i64], output: &mut Output) {
    let has_change = Measure::ALL.iter().any(|measure| trends.change(year, *measure).is_some());
    let compared = if has_change { format!("{year} 比上年") } else { String::new() };
    output.line("");
    output.line("各年合计（件）");
    let mut table = Table::default();
    table.row("", years.iter().map(ToString::to_string).collect(), Tail::Text(compared));
    let reported =
        years.iter().map(|year| format!("{}/{}", trends.reported(*year).count(), trends.expected()));
    table.row("报来的单位", reported.collect(), Tail::Text(String::new()));
    let mut otherwise = Vec::new();
    for measure in Measure::ALL {
        let cell = |year: &i64| {
            let sum = trends.sum(*year, measure);
            let mark = if trends.is_partial(*year, measure) { "*" } else { "" };
            number((sum.units > 0).then_some(sum.sum)) + mark
        };
        let change = trends.change(year, measure);
        let ratio = change.map_or_else(String::new, |change| change.ratio());
        table.row(measure.label(), years.iter().map(cell).collect(), Tail::Text(ratio));
        let apart = change.filter(|change| trends.is_apart(year, measure, *change));
        otherwise.extend(apart.map(|change| format!("{} {change}", measure.label())));
    }
    print_years(&table, years, output);
    if years.iter().any(|year| Measure::ALL.iter().any(|measure| trends.is_partial(*year, *measure))) {
        output.wrapped("  ", "带 * 的：有单位没有这个数，没有当作 0，合计里没有算。");
    }
    if !otherwise.is_empty() {
        output.wrapped("  ", &format!("比上年只算两年都有数的单位：{}。", otherwise.join("；")));
    }
}

/// Says that some units are not listed.
fn left_out(units: usize, output: &mut Output) {
    if units > UNITS {
        let left_out = units - UNITS;
        output.wrapped("  ", &format!("另有 {left_out} 个单位没有列出；写成网页（-o）可以看到。"));
    }
}

/// The requests of each unit by year, with a bar for the year that is looked at.
fn requests(trends: &Trends<'_>, year: i64, years: &[i64], output: &mut Output) {
    let units = trends.by_requests(year);
    let of = |unit, year| trends.count(unit, year, Measure::Received);
    let most = units.iter().filter_map(|unit| of(*unit, year)).max().unwrap_or_default();
    let mut table = Table::default();
    table.row("", years.iter().map(ToString::to_string).collect(), Tail::Text(String::new()));
    for unit in units.iter().take(UNITS) {
        let cell = |year: &i64| match trends.report(*unit, *year) {
            None => "未报".to_owned(),
            Some(_) => number(of(*unit, *year)),
        };
        let bar = Tail::Bar(of(*unit, year).unwrap_or_default(), most);
        table.row(trends.short_name(*unit, trends.place()), years.iter().map(cell).collect(), bar);
    }
    output.line("");
    output.line(&format!("各单位本年新收（件，长条是 {year} 年）"));
    print_years(&table, years, output);
    left_out(units.len(), output);
}

/// The outcomes of each unit as shares of its own total.
fn outcomes(trends: &Trends<'_>, year: i64, output: &mut Output) {
    let shares = trends.shares(year);
    let units = shares.len();
    let mut table = Table::default();
    let labels = ["总数"].into_iter().chain(Measure::OUTCOMES.map(Measure::label));
    table.row("", labels.map(str::to_owned).collect(), Tail::Text(String::new()));
    for shares in std::iter::once(trends.shares_together(year)).chain(shares.into_iter().take(UNITS)) {
        let share = |outcome: usize| match shares.per_mille(outcome) {
            Some(share) => percent(share),
            None if shares.whole.is_some() => "-".to_owned(),
            None => number(shares.counts[outcome]),
        };
        let cells = (0..Measure::OUTCOMES.len()).map(share);
        let unit = shares.unit.map_or("合计", |unit| trends.short_name(unit, trends.place()));
        let cells = std::iter::once(number(shares.whole)).chain(cells).collect();
        table.row(unit, cells, Tail::Text(String::new()));
    }
    output.line("");
    output.line(&format!("{year} 年办理结果（各占本单位总数的比例）"));
    table.print(Measure::OUTCOMES.len() + 1, output);
    left_out(units, output);
}

/// The figures that stand out.
fn outliers(trends: &Trends<'_>, year: i64, output: &mut Output) {
    output.line("");
    let outliers = trends.outliers(year);
    let rule = format!("相差 {RATIO} 倍、{DIFFERENCE} 件以上");
    if outliers.is_empty() {
        output.wrapped("", &format!("没有与上年或者同级单位{rule}的数。"));
        return;
    }
    output.wrapped("", &format!("值得看一眼的数（与上年或者同级单位{rule}，不一定有错）"));
    outliers.iter().take(OUTLIERS).for_each(|outlier| output.wrapped("  - ", &trends.sentence(outlier)));
    if outliers.len() > OUTLIERS {
        let left_out = outliers.len() - OUTLIERS;
        output.wrapped("  ", &format!("另有 {left_out} 条没有列出；写成网页（-o）可以看到。"));
    }
}
