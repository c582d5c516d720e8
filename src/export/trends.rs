//! The trends of many units as one web page that stands by itself: charts, and beside each the numbers as a table.
//!
//! The page asks for nothing from anywhere and runs nothing. What a figure is and which stand out is said by
//! [`trends`](crate::trends); here is only where things stand. Every bar begins at 0.

mod drawn;

use minijinja::{Environment, Value, context};

use super::paper::printable;
use super::{ExportError, failed};
use crate::trends::bar::{length, percent};
use crate::trends::outliers::{DIFFERENCE, PEERS, RATIO};
use crate::trends::{Measure, Shares, Told, Trends};

/// The template; its name says that it escapes.
const TEMPLATE: (&str, &str) = ("trends.html", include_str!("trends/trends.html"));
/// The styles of the page.
const STYLES: &str = include_str!("trends/trends.css");

/// What is drawn of the totals, year beside year.
const CHARTED: [Measure; 8] = [
    Measure::Received,
    Measure::Concluded,
    Measure::CarriedOut,
    Measure::Refused,
    Measure::Disputes,
    Measure::Corrected,
    Measure::DocumentsMade,
    Measure::DocumentsInForce,
];

/// The most years in a chart: in more the numbers would run into one another.
const YEARS: usize = 8;
/// The most units in a table: nobody reads further, and a page of a province could not be opened.
const UNITS: usize = 300;
/// The most outliers that are drawn.
const STRIPS: usize = 12;
/// Below so many a share is drawn hollow: one of them is more than a tenth.
const FEW: i64 = 10;

/// What a page is made from.
struct Page<'t> {
    trends: &'t Trends<'t>,
    /// The year that is looked at.
    year: i64,
    years: Vec<i64>,
    /// The units in the tables.
    units: Vec<usize>,
}

/// Writes the page; `told` is what there is to say of files that are in no sum.
///
/// # Errors
/// If the template refuses what it is given.
pub fn page(trends: &Trends<'_>, year: i64, told: &[Told]) -> Result<String, ExportError> {
    let mut units = trends.by_requests(year);
    let left_out = units.len().saturating_sub(UNITS);
    units.truncate(UNITS);
    let page = Page { trends, year, years: trends.years().collect(), units };
    let told: Vec<Value> =
        told.iter().map(|told| context! { lead => told.lead, message => printable(&told.message) }).collect();
    let remarks: Vec<String> = trends.remarks().iter().map(|remark| printable(remark)).collect();
    let outliers = trends.outliers(year);
    let sentences: Vec<String> =
        outliers.iter().map(|outlier| printable(&trends.sentence(outlier))).collect();
    let mut strips: Vec<Value> =
        outliers.iter().filter_map(|outlier| drawn::strip(trends, outlier)).collect();
    let strips_left_out = strips.len().saturating_sub(STRIPS);
    strips.truncate(STRIPS);
    let (widest, charts) = page.charts();
    let context = context! {
        css => STYLES,
        year,
        place => printable(trends.place()),
        years => &page.years,
        is_several => page.years.len() > 1,
        first => page.years.first(),
        last => page.years.last(),
        reports => trends.years().map(|year| trends.reported(year).count()).sum::<usize>(),
        units => trends.by_requests(year).len(),
        left_out,
        remarks,
        told,
        widest,
        charts,
        is_uneven => page.is_uneven(),
        totals => page.totals(),
        sentences,
        strips,
        strips_left_out,
        strips_drawn => STRIPS,
        ratio => RATIO,
        difference => DIFFERENCE,
        peers => PEERS,
        received => page.received(),
        outcomes => Measure::OUTCOMES.map(Measure::label),
        shares => page.shares(),
        few => FEW,
        measures => Measure::ALL.map(Measure::label),
        all => page.all(),
    };
    let mut environment = Environment::new();
    environment.add_template(TEMPLATE.0, TEMPLATE.1).map_err(failed)?;
    environment.get_template(TEMPLATE.0).and_then(|template| template.render(context)).map_err(failed)
}

/// A number in a table, or that there is none.
fn number(count: Option<i64>) -> String {
    count.map_or_else(|| "没有数".to_owned(), |count| count.to_string())
}

/// A cell with a bar of so many hundredths of its width.
fn bar(text: String, count: Option<i64>, most: i64, is_hollow: bool) -> Value {
    context! { text, width => count.map_or(0, |count| length(count, most, 100)), hollow => is_hollow }
}

impl Page<'_> {
    fn name(&self, unit: usize) -> String {
        printable(self.trends.short_name(unit, self.trends.place()))
    }

    /// Whether some units have no report for a year.
    fn is_short(&self, year: i64) -> bool {
        self.trends.reported(year).count() < self.trends.expected()
    }

    /// How wide a chart is, and for each figure the years beside each other.
    fn charts(&self) -> (i64, Vec<Value>) {
        let years = &self.years[self.years.len().saturating_sub(YEARS)..];
        let sums =
            CHARTED.iter().flat_map(|measure| years.iter().map(|year| self.trends.sum(*year, *measure).sum));
        let slot = drawn::slot(sums.max().unwrap_or_default());
        let width = slot * i64::try_from(years.len()).unwrap_or_default();
        let is_uneven = self.is_uneven();
        let column = |year: i64, measure| {
            let sum = self.trends.sum(year, measure);
            drawn::Column {
                year,
                count: (sum.units > 0).then_some(sum.sum),
                units: is_uneven.then(|| self.trends.reported(year).count()),
                is_hollow: self.is_short(year) || self.trends.is_partial(year, measure),
            }
        };
        let chart = |measure: Measure| {
            let columns: Vec<drawn::Column> = years.iter().map(|year| column(*year, measure)).collect();
            drawn::columns(measure.label(), slot, &columns)
        };
        (width, CHARTED.map(chart).into())
    }

    /// Whether the years are not all of the same units.
    fn is_uneven(&self) -> bool {
        self.years.iter().any(|year| self.is_short(*year))
    }

    /// The totals as a table: a row of cells for each figure, the comparison of the last two years behind them.
    fn totals(&self) -> Vec<Value> {
        let expected = self.trends.expected();
        let reported =
            self.years.iter().map(|year| format!("{}/{expected}", self.trends.reported(*year).count()));
        let first = context! { label => "报来的单位", cells => reported.collect::<Vec<_>>(), change => "" };
        let rows = Measure::ALL.map(|measure| {
            let cell = |year: &i64| {
                let sum = self.trends.sum(*year, measure);
                let mark = if self.trends.is_partial(*year, measure) { "*" } else { "" };
                number((sum.units > 0).then_some(sum.sum)) + mark
            };
            let cells: Vec<String> = self.years.iter().map(cell).collect();
            let change = self.trends.change(self.year, measure).map(|change| {
                let apart = self.trends.is_apart(self.year, measure, change);
                change.ratio() + &if apart { format!("（{change}）") } else { String::new() }
            });
            context! { label => measure.label(), cells, change }
        });
        std::iter::once(first).chain(rows).collect()
    }

    /// The requests of each unit by year.
    fn received(&self) -> Vec<Value> {
        let of = |unit, year| self.trends.count(unit, year, Measure::Received);
        let all = self.units.iter().flat_map(|unit| self.years.iter().filter_map(|year| of(*unit, *year)));
        let most = all.max().unwrap_or_default();
        let cell = |unit, year| match self.trends.report(unit, year) {
            None => bar("没有报告".to_owned(), None, most, false),
            Some(_) => bar(number(of(unit, year)), of(unit, year), most, false),
        };
        let row = |unit: &usize| {
            let cells: Vec<Value> = self.years.iter().map(|year| cell(*unit, *year)).collect();
            context! { name => self.name(*unit), cells }
        };
        self.units.iter().map(row).collect()
    }

    /// How the requests of each unit ended in the year that is looked at; those of all together come first.
    fn shares(&self) -> Vec<Value> {
        let row = |shares: Shares| {
            let cell = |outcome: usize| match (shares.per_mille(outcome), shares.whole) {
                (Some(share), whole) => bar(percent(share), Some(share), 1000, whole < Some(FEW)),
                (None, Some(_)) => bar("–".to_owned(), None, 1000, false),
                (None, None) => bar(number(shares.counts[outcome]), None, 1000, false),
            };
            let name = shares.unit.map_or_else(|| "合计".to_owned(), |unit| self.name(unit));
            let cells: Vec<Value> = (0..Measure::OUTCOMES.len()).map(cell).collect();
            context! { name, whole => number(shares.whole), cells }
        };
        let together = std::iter::once(self.trends.shares_together(self.year));
        together.chain(self.trends.shares(self.year).into_iter().take(UNITS)).map(row).collect()
    }

    /// Every figure of each unit and year.
    fn all(&self) -> Vec<Value> {
        let row = |unit: usize, year: i64| {
            let cells = Measure::ALL.map(|measure| number(self.trends.count(unit, year, measure)));
            self.trends.report(unit, year).map(|_| context! { year, cells })
        };
        let unit = |unit: &usize| {
            let rows: Vec<Value> = self.years.iter().filter_map(|year| row(*unit, *year)).collect();
            context! { name => self.name(*unit), span => rows.len(), rows }
        };
        self.units.iter().map(unit).collect()
    }
}
