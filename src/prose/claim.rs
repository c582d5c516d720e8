//! A claim: a number in a sentence, and the cells that it speaks of.

use std::ops::Range;
use std::sync::LazyLock;

use super::lexicon::HANDLED_OTHERWISE;
use crate::form::terms::{Column, Row};
use crate::form::{Cell, Form};
use crate::number::Decimal;

/// What a sentence says of the tables.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claim {
    /// The words that make the claim, in bytes of the text.
    pub range: Range<usize>,
    /// The number within them; nothing where it is not written (未收到, 均获维持).
    pub number: Option<Range<usize>>,
    /// Whether it denies: 未收到, 没有.
    pub is_denial: bool,
    /// The value: a count, or an amount in 万元.
    pub value: Decimal,
    /// What it speaks of.
    pub subject: Subject,
    /// The year that it speaks of.
    pub time: Time,
    /// Whose figures they are.
    pub scope: Scope,
}

impl Claim {
    /// Whether it speaks of this report's tables: this organ's figures of this year.
    pub fn is_ours(&self) -> bool {
        self.time == Time::ThisYear && self.scope == Scope::Ours
    }
}

/// The year that a claim speaks of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Time {
    /// The year of the report.
    ThisYear,
    /// A part of it: 12月下旬, 上半年.
    PartOfYear,
    /// A year before.
    Past,
    /// A plan.
    Plan,
}

/// Whose figures a claim gives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    /// Those of the reporting organ.
    Ours,
    /// Those of another organ, a wider or a narrower circle, or figures said to stand outside the report.
    Others,
}

/// What a claim speaks of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Subject {
    /// 收到, 受理: new ones, or with those carried in.
    Received,
    /// 新收.
    NewlyReceived,
    /// 在办: new and carried in.
    InHand,
    /// 上年结转.
    CarriedIn,
    /// 结转下年.
    CarriedOut,
    /// 结转, either way.
    Carried,
    /// 办结, 答复.
    Concluded,
    /// 办理: received or concluded.
    Handled,
    /// Outcomes: the rows added up; or the rows of a group.
    Outcome(Vec<Row>, Option<&'static [Row]>),
    /// Applicants: the columns added up.
    Applicants(Vec<Column>),
    /// Disputes: the blocks added up; or those of the kind that was named last.
    Disputes(Vec<Row>, Vec<Row>),
    /// What became of disputes: the blocks and results added up; or the blocks of the kind that was named last.
    Verdict(Vec<Row>, Vec<Row>, Vec<Column>),
    /// 规章, 规范性文件: made, repealed, in force.
    Text(Row, Column),
    /// 行政许可, 行政处罚, 行政强制.
    Decision(Row),
    /// 行政事业性收费.
    Fees,
    /// Two claims taken together.
    Both(Box<Self>, Box<Self>),
}

impl Subject {
    /// The ways to read the claim: each is a set of cells of `form` that add up to its value.
    pub fn readings(&self, form: &Form) -> Vec<Vec<Cell>> {
        let mut readings = self.all_readings();
        for reading in &mut readings {
            reading.retain(|cell| form.index(*cell).is_some());
        }
        readings.retain(|reading| !reading.is_empty());
        readings.dedup();
        readings
    }

    /// Whether it is of table 3.
    pub const fn is_of_requests(&self) -> bool {
        !matches!(
            self,
            Self::Disputes(..) | Self::Verdict(..) | Self::Text(..) | Self::Decision(_) | Self::Fees
        )
    }

    fn all_readings(&self) -> Vec<Vec<Cell>> {
        const TOTAL: &[Column] = &[Column::Total];
        match self {
            Self::Received => received(TOTAL),
            Self::NewlyReceived => vec![cells(&[Row::Received], TOTAL)],
            Self::InHand => received(TOTAL).split_off(1),
            Self::CarriedIn => vec![cells(&[Row::CarriedIn], TOTAL)],
            Self::CarriedOut => vec![cells(&[Row::CarriedOut], TOTAL)],
            Self::Carried => vec![cells(&[Row::CarriedOut], TOTAL), cells(&[Row::CarriedIn], TOTAL)],
            Self::Concluded => concluded(),
            Self::Handled => [received(TOTAL), concluded()].concat(),
            Self::Outcome(rows, group) => {
                let group = group.iter().map(|rows| cells(rows, TOTAL));
                std::iter::once(cells(rows, TOTAL)).chain(group).collect()
            }
            Self::Applicants(columns) => received(columns),
            Self::Disputes(all, last) => vec![cells(all, TOTAL), cells(last, TOTAL)],
            Self::Verdict(all, last, columns) => vec![cells(all, columns), cells(last, columns)],
            Self::Text(row, column) => vec![cells(&[*row], &[*column])],
            Self::Decision(row) => vec![cells(&[*row], &[Column::Decisions])],
            Self::Fees => vec![cells(&[Row::Fees], &[Column::Amount])],
            Self::Both(one, other) => {
                let (one, other) = (one.all_readings(), other.all_readings());
                one.iter().zip(&other).map(|(a, b)| [a.clone(), b.clone()].concat()).collect()
            }
        }
    }
}

fn cells(rows: &[Row], columns: &[Column]) -> Vec<Cell> {
    rows.iter().flat_map(|&row| columns.iter().map(move |&column| Cell { row, column })).collect()
}

/// 收到 N: new ones, new and carried in, or what became of them.
fn received(columns: &[Column]) -> Vec<Vec<Cell>> {
    vec![
        cells(&[Row::Received], columns),
        cells(&[Row::Received, Row::CarriedIn], columns),
        cells(&[Row::Concluded, Row::CarriedOut], columns),
    ]
}

/// 办结 N: the total, or every outcome that is an answer.
fn concluded() -> Vec<Vec<Cell>> {
    // Asked for with every claim of what was concluded or handled.
    static ANSWERS: LazyLock<Vec<Row>> = LazyLock::new(|| {
        let is_answer = |row: &Row| {
            (Row::Granted..=Row::FeeOverdue).contains(row)
                && (!HANDLED_OTHERWISE.contains(row)
                    || matches!(row, Row::CorrectionOverdue | Row::FeeOverdue))
        };
        Row::ALL.iter().copied().filter(is_answer).collect()
    });
    vec![cells(&[Row::Concluded], &[Column::Total]), cells(&ANSWERS, &[Column::Total])]
}
