//! What the charts show: how the requests were dealt with, who applied, and the years of the organ side by side.
//!
//! Numbers only, taken from reports that are in the state already; how long a bar is, is for drawing to say. A cell
//! without a count is said to have none and is in no sum.

use super::brief::plain;
use crate::form::terms::{Column, Row, Section};
use crate::form::{Cell, leaves};
use crate::report::Report;
use crate::trends::Measure;
use crate::trends::bar::{per_mille, percent};

/// A row of the charts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Line {
    /// What the rows below it are of.
    Heading(String),
    /// Something that is to be known of them.
    Words(String),
    /// A number as a bar.
    Bar(Bar),
    /// The names of the figures that the years are compared by.
    Heads,
    /// A year.
    Year(Year),
    /// Nothing.
    Gap,
}

/// A number among others that it is compared with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bar {
    /// What is counted.
    pub label: String,
    /// Whether it is a part of the number above it.
    pub is_part: bool,
    /// The number, if there is one.
    pub count: Option<i64>,
    /// The largest that it is compared with.
    pub most: i64,
    /// All of them together.
    pub whole: i64,
}

/// The figures of a year.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Year {
    /// The year, if it is filled in.
    pub year: Option<i64>,
    /// Whether it is that of the report that is open.
    pub is_open: bool,
    /// Each figure of [`FIGURES`], with the largest of all years.
    pub figures: [(Option<i64>, i64); 5],
}

const fn total(row: Row) -> Cell {
    Cell { row, column: Column::Total }
}

/// What the years are compared by, with names for narrow columns.
pub const FIGURES: [(&str, Measure); 5] = [
    ("本年新收", Measure::Received),
    ("办结", Measure::Concluded),
    ("结转下年", Measure::CarriedOut),
    ("复议诉讼", Measure::Disputes),
    ("有效文件", Measure::DocumentsInForce),
];

/// The fewest columns of a screen on which the two parts of the charts stand side by side.
const BESIDE: u16 = 110;

/// The charts of a report and of the other years of its organ, as they stand beside one another on a screen of so many
/// columns.
pub fn charts(report: &Report, others: &[&Report], columns: u16) -> Vec<Vec<Line>> {
    let mut first = outcomes(report);
    first.push(Line::Gap);
    first.extend(applicants(report));
    let years = years(report, others);
    if columns >= BESIDE {
        return vec![first, years];
    }
    first.push(Line::Gap);
    first.extend(years);
    vec![first]
}

impl Bar {
    /// Its share of the whole, as it is printed.
    pub fn share(&self) -> Option<String> {
        per_mille(self.count?, self.whole).map(percent)
    }
}

fn count(report: &Report, cell: Cell) -> Option<i64> {
    report.number(cell)?.as_count()
}

/// The sum of those that are there; nothing if none is.
fn sum(counts: impl Iterator<Item = Option<i64>>) -> Option<i64> {
    counts.flatten().fold(None, |sum, count| Some(sum.unwrap_or(0_i64).saturating_add(count)))
}

/// A group of outcomes: its name, and the rows in it; a row that is in none is its own only part.
type Outcomes = (&'static str, Vec<(&'static str, Option<i64>)>);

/// How the requests were dealt with, by the groups of the form; of the rows in them those that are not 0.
fn outcomes(report: &Report) -> Vec<Line> {
    let counted = |(row, label): (Row, &'static str)| (label, count(report, total(row)));
    let of_form = report.form().outcomes().into_iter();
    let groups: Vec<Outcomes> =
        of_form.map(|outcome| (outcome.label, outcome.rows.into_iter().map(counted).collect())).collect();
    let counts = || groups.iter().flat_map(|(_, rows)| rows.iter().map(|(_, count)| *count));
    let of = |(_, rows): &Outcomes| sum(rows.iter().map(|(_, count)| *count));
    let Some(whole) = sum(counts()) else {
        return vec![Line::Heading("办理结果".to_owned()), Line::Words("没有数，表三还没有填".to_owned())];
    };
    let most = groups.iter().filter_map(of).max().unwrap_or_default();
    let keyed = count(report, total(Row::Concluded)).filter(|&keyed| keyed != whole);
    let keyed = keyed.map_or_else(String::new, |keyed| format!("，表里的总计是 {keyed} 件"));
    let mut lines = vec![Line::Heading(format!("办理结果  {whole} 件{keyed}"))];
    for group @ (name, rows) in &groups {
        let bar = |label: &str, is_part, count| {
            Line::Bar(Bar { label: plain(label).to_owned(), is_part, count, most, whole })
        };
        let added = of(group);
        lines.push(bar(name, false, added));
        let parts = rows.iter().filter(|(_, count)| rows.len() > 1 && added.is_some() && *count != Some(0));
        lines.extend(parts.map(|(label, count)| bar(label, true, *count)));
    }
    let parts = groups.iter().filter(|(_, rows)| rows.len() > 1).flat_map(|(_, rows)| rows);
    let zeros = parts.filter(|(_, count)| *count == Some(0)).count();
    if zeros > 0 {
        lines.push(Line::Words(format!("数是 0 的 {zeros} 个小项没有列出")));
    }
    let lacking = counts().filter(Option::is_none).count();
    if lacking > 0 {
        lines.push(Line::Words(format!("有 {lacking} 项没有数，没有算在内")));
    }
    lines
}

/// Who applied this year.
fn applicants(report: &Report) -> Vec<Line> {
    let blocks = report.form().table(Section::Requests).map_or(&[][..], |table| table.blocks);
    let columns = blocks.iter().flat_map(|block| leaves(block.columns)).filter(|column| !column.is_total);
    let of = |column| count(report, Cell { row: Row::Received, column });
    let applicants: Vec<(&str, Option<i64>)> = columns.map(|column| (column.label, of(column.key))).collect();
    let counts = || applicants.iter().map(|(_, count)| *count);
    let Some(whole) = sum(counts()) else {
        return vec![
            Line::Heading("申请人".to_owned()),
            Line::Words("没有数，表三第一行还没有填".to_owned()),
        ];
    };
    let most = counts().flatten().max().unwrap_or_default();
    let bar = |&(label, count): &(&str, Option<i64>)| {
        Line::Bar(Bar { label: label.to_owned(), is_part: false, count, most, whole })
    };
    let heading = Line::Heading(format!("申请人（本年新收）  {whole} 件"));
    std::iter::once(heading).chain(applicants.iter().map(bar)).collect()
}

/// The years of the organ, the earliest first.
fn years(report: &Report, others: &[&Report]) -> Vec<Line> {
    let mut reports: Vec<&Report> = others.iter().copied().chain([report]).collect();
    reports.sort_by_key(|report| report.year());
    let most = FIGURES
        .map(|(_, measure)| reports.iter().filter_map(|report| measure.of(report)).max().unwrap_or_default());
    let mut lines = vec![Line::Heading("各年对照".to_owned()), Line::Heads];
    lines.extend(reports.iter().map(|one| {
        let figures = std::array::from_fn(|nth| (FIGURES[nth].1.of(one), most[nth]));
        Line::Year(Year { year: one.year(), is_open: std::ptr::eq(*one, report), figures })
    }));
    lines.push(Line::Words("复议诉讼是表四总计之和，有效文件是有效的规范性文件".to_owned()));
    if others.is_empty() {
        lines.push(Line::Words("报告库里没有这个机关其他年度的报告".to_owned()));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Form;
    use crate::report::tests::with_counts as report;

    fn bars(lines: &[Line]) -> Vec<(String, Option<i64>, Option<String>)> {
        let bar = |line: &Line| match line {
            Line::Bar(bar) => Some((bar.label.clone(), bar.count, bar.share())),
            _ => None,
        };
        lines.iter().filter_map(bar).collect()
    }

    #[test]
    fn outcomes_are_added_up_by_the_groups_of_the_form() {
        let report = report(&[
            ("requests/granted/total", 2),
            ("requests/not_held/total", 1),
            ("requests/unclear/total", 3),
            ("requests/not_existing/total", 0),
        ]);
        let lines = outcomes(&report);
        let bars = bars(&lines);
        let of = |name: &str| bars.iter().find(|(label, ..)| label == name).cloned();
        assert_eq!(
            of("（一）予以公开"),
            Some(("（一）予以公开".to_owned(), Some(2), Some("33.3%".to_owned())))
        );
        assert_eq!(of("（四）无法提供").map(|bar| bar.1), Some(Some(4)));
        assert_eq!(of("3.补正后申请内容仍不明确").map(|bar| bar.1), Some(Some(3)));
        assert_eq!(of("2.没有现成信息需要另行制作"), None, "0 of a group is left out");
        assert_eq!(of("（五）不予处理"), Some(("（五）不予处理".to_owned(), None, None)));
        assert_eq!(of("2.重复申请"), None, "nothing is said twice to be blank");
        let words = |text: &str| lines.contains(&Line::Words(text.to_owned()));
        assert!(words("数是 0 的 1 个小项没有列出") && words("有 17 项没有数，没有算在内"), "{lines:?}");
    }

    #[test]
    fn where_there_is_nothing_it_is_said() {
        for form in Form::all() {
            let all = charts(&Report::new(form), &[], 80).concat();
            assert_eq!(bars(&all), []);
            let words =
                all.iter().filter(|line| matches!(line, Line::Words(text) if text.starts_with("没有数")));
            assert_eq!(words.count(), 2);
        }
    }

    #[test]
    fn a_total_that_is_keyed_otherwise_is_said_beside_the_sum() {
        let one = report(&[("requests/granted/total", 2), ("requests/concluded/total", 5)]);
        assert_eq!(outcomes(&one)[0], Line::Heading("办理结果  2 件，表里的总计是 5 件".to_owned()));
        let other = report(&[("requests/granted/total", 2), ("requests/concluded/total", 2)]);
        assert_eq!(outcomes(&other)[0], Line::Heading("办理结果  2 件".to_owned()));
    }

    #[test]
    fn years_stand_in_their_order_and_a_sum_with_a_blank_in_it_is_none() {
        let of = |year, cells: &[(&str, i64)]| {
            let mut report = report(cells);
            report.apply(Report::identity("青岭县人民政府", None, year));
            report
        };
        let now = of(2024, &[("requests/received/total", 5), ("disputes/direct_suit/total", 1)]);
        let [later, before] = [2025, 2023].map(|year| of(year, &[("requests/received/total", 8)]));
        let lines = years(&now, &[&later, &before]);
        let years: Vec<&Year> = lines
            .iter()
            .filter_map(|line| if let Line::Year(year) = line { Some(year) } else { None })
            .collect();
        assert_eq!(
            years.iter().map(|year| year.year).collect::<Vec<_>>(),
            [Some(2023), Some(2024), Some(2025)]
        );
        assert_eq!(years.iter().map(|year| year.is_open).collect::<Vec<_>>(), [false, true, false]);
        assert_eq!(years[1].figures[0], (Some(5), 8));
        assert_eq!(years[1].figures[3], (None, 0));
    }
}
