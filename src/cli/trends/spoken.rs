//! What is to be seen in the reports of many units, for the clerk: tables, bars and sentences in the columns there are.
//!
//! Bars and frames are ASCII, which is of one width on every terminal. What is looked at first comes last, where the
//! prompt is.

use super::Seen;
use crate::cli::print::Output;
use crate::trends::bar::{length, percent};
use crate::trends::outliers::{DIFFERENCE, RATIO};
use crate::trends::{Measure, Told, Trends};
use crate::width::{Ambiguous, fit, pad_left, width};

/// What is said where there is no number.
const NOTHING: &str = "没有数";
/// The columns of a number, the blanks before it included.
const NUMBER: usize = 9;
/// The most years beside each other.
const YEARS: usize = 6;
/// The most units that are listed; the page has more.
const UNITS: usize = 20;
/// The widest column of names, and the narrowest.
const NAME: [usize; 2] = [34, 10];

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
    trends.remarks().iter().for_each(|remark| output.wrapped("  说明    ", remark));
    set_aside(&seen.told, output);
    totals(trends, *year, &years[years.len().saturating_sub(YEARS)..], output);
    requests(trends, *year, &years[years.len().saturating_sub(YEARS)..], output);
    outcomes(trends, *year, output);
    outliers(trends, *year, output);
    if let Some(page) = &seen.output {
        output.note(&format!("已写入 {page}"));
    }
}

/// Says which reports are in no sum.
pub(super) fn set_aside(told: &[Told], output: &mut Output) {
    told.iter().for_each(|told| output.wrapped(&format!("  {}  ", fit(told.lead, 6, WIDE)), &told.message));
}

/// In doubt letters that are of one or two columns count as two, as where text is wrapped.
const WIDE: Ambiguous = Ambiguous::Wide;

fn number(count: Option<i64>) -> String {
    pad_left(&count.map_or_else(|| NOTHING.to_owned(), |count| count.to_string()), NUMBER, WIDE)
}

fn heads<'h>(lead: &str, columns: usize, heads: impl IntoIterator<Item = &'h str>) -> String {
    let heads: String = heads.into_iter().map(|head| pad_left(head, NUMBER, WIDE)).collect();
    format!("  {}{heads}", fit(lead, columns, WIDE))
}

/// The totals of the years, and how they changed over the units that are in both of the last two.
fn totals(trends: &Trends<'_>, year: i64, years: &[i64], output: &mut Output) {
    let label = Measure::ALL.iter().map(|measure| width(measure.label(), WIDE)).max().unwrap_or_default();
    let has_change = Measure::ALL.iter().any(|measure| trends.change(year, *measure).is_some());
    let compared = if has_change { format!("{year} 比上年") } else { String::new() };
    output.line("");
    output.line("各年合计（件）");
    let said: Vec<String> = years.iter().map(ToString::to_string).collect();
    output.line(format!("{}  {compared}", heads("", label, said.iter().map(String::as_str))).trim_end());
    let reported: Vec<String> = years
        .iter()
        .map(|year| format!("{}/{}", trends.reported(*year).count(), trends.expected()))
        .collect();
    output.line(&heads("报来的单位", label, reported.iter().map(String::as_str)));
    let (mut is_partial, mut otherwise) = (false, Vec::new());
    for measure in Measure::ALL {
        let cell = |year: &i64| {
            let sum = trends.sum(*year, measure);
            let mark = if trends.is_partial(*year, measure) { "*" } else { "" };
            let text = if sum.units > 0 { format!("{}{mark}", sum.sum) } else { NOTHING.to_owned() };
            pad_left(&text, NUMBER, WIDE)
        };
        let mut row =
            format!("  {}{}", fit(measure.label(), label, WIDE), years.iter().map(cell).collect::<String>());
        is_partial |= years.iter().any(|year| trends.is_partial(*year, measure));
        if let Some(change) = trends.change(year, measure) {
            row += &format!("  {}", change.ratio());
            if trends.is_apart(year, measure, change) {
                otherwise.push(format!("{} {change}", measure.label()));
            }
        }
        output.line(&row);
    }
    if is_partial {
        output.wrapped("  ", "带 * 的：有单位没有这个数，没有当作 0，合计里没有算。");
    }
    if !otherwise.is_empty() {
        output.wrapped("  ", &format!("比上年只算两年都有数的单位：{}。", otherwise.join("；")));
    }
}

/// The columns that names take, where the rest of a row takes so many.
fn name_columns<'n>(names: impl Iterator<Item = &'n str>, rest: usize, output: &Output) -> usize {
    let longest = names.map(|name| width(name, WIDE)).max().unwrap_or_default();
    longest.min(NAME[0]).min(output.columns().saturating_sub(rest + 2)).max(NAME[1])
}

/// The requests of each unit by year, with a bar for the year that is looked at.
fn requests(trends: &Trends<'_>, year: i64, years: &[i64], output: &mut Output) {
    let mut units = trends.by_requests(year);
    let left_out = units.len().saturating_sub(UNITS);
    units.truncate(UNITS);
    // As many years as leave room for the names and the bars.
    let room = output.columns().saturating_sub(NAME[0] + 2) / NUMBER;
    let years = &years[years.len().saturating_sub(room.max(2))..];
    let place = trends.place();
    let names = units.iter().map(|unit| trends.short_name(*unit, place));
    let name = name_columns(names, years.len() * NUMBER + 2, output);
    let bar = output.columns().saturating_sub(2 + name + years.len() * NUMBER + 2).min(30);
    let of = |unit, year| trends.count(unit, year, Measure::Received);
    let most = units.iter().filter_map(|unit| of(*unit, year)).max().unwrap_or_default();
    output.line("");
    let drawn = if bar > 0 { format!("，长条是 {year} 年") } else { String::new() };
    output.line(&format!("各单位本年新收（件{drawn}）"));
    let said: Vec<String> = years.iter().map(ToString::to_string).collect();
    output.line(&heads("", name, said.iter().map(String::as_str)));
    for unit in units {
        let counts: String = years
            .iter()
            .map(|year| match trends.report(unit, *year) {
                None => pad_left("未报", NUMBER, WIDE),
                Some(_) => number(of(unit, *year)),
            })
            .collect();
        let long = length(of(unit, year).unwrap_or_default(), most, i64::try_from(bar).unwrap_or_default());
        let bar = "#".repeat(usize::try_from(long).unwrap_or_default());
        output
            .line(format!("  {}{counts}  {bar}", fit(trends.short_name(unit, place), name, WIDE)).trim_end());
    }
    if left_out > 0 {
        output.wrapped("  ", &format!("另有 {left_out} 个单位没有列出；写成网页（-o）可以看到。"));
    }
}

/// The outcomes of each unit as shares of its own total.
fn outcomes(trends: &Trends<'_>, year: i64, output: &mut Output) {
    let shares = trends.shares(year);
    let left_out = shares.len().saturating_sub(UNITS);
    let place = trends.place();
    let units = shares.iter().take(UNITS).filter_map(|shares| shares.unit);
    let names = units.map(|unit| trends.short_name(unit, place));
    let name = name_columns(names, (Measure::OUTCOMES.len() + 1) * NUMBER, output);
    output.line("");
    output.line(&format!("{year} 年办理结果（各占本单位总数的比例）"));
    let labels = ["总数"].into_iter().chain(Measure::OUTCOMES.map(Measure::label));
    output.line(&heads("", name, labels));
    let together = std::iter::once(trends.shares_together(year));
    for shares in together.chain(shares.into_iter().take(UNITS)) {
        let said = (0..Measure::OUTCOMES.len()).map(|outcome| match shares.per_mille(outcome) {
            Some(share) => pad_left(&percent(share), NUMBER, WIDE),
            None if shares.whole.is_some() => pad_left("-", NUMBER, WIDE),
            None => number(shares.counts[outcome]),
        });
        let said: String = said.collect();
        let unit = shares.unit.map_or("合计", |unit| trends.short_name(unit, place));
        output.line(&format!("  {}{}{said}", fit(unit, name, WIDE), number(shares.whole)));
    }
    if left_out > 0 {
        output.wrapped("  ", &format!("另有 {left_out} 个单位没有列出；写成网页（-o）可以看到。"));
    }
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
    outliers.iter().for_each(|outlier| output.wrapped("  - ", &trends.sentence(outlier)));
}
