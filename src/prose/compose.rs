//! Sentences composed from the tables, so that their numbers are right by construction.
//!
//! The counterpart of the reader: what is composed here, the reader finds to agree with the report. Which outcomes there
//! are, and what they are called, is read off the form. It chooses no words for the clerk beyond these plain ones.

use crate::form::terms::{Column, Row, Section};
use crate::form::{Cell, Line, mark};
use crate::number::Decimal;
use crate::report::{Place, Report};

/// What a sentence is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Topic {
    /// Requests received, carried over and concluded, with their outcomes.
    Requests,
    /// Reconsiderations and suits, with their results.
    Disputes,
    /// Regulations and normative documents.
    Documents,
    /// Licenses, penalties, compulsion, fees.
    Decisions,
}

impl Topic {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Requests, Self::Disputes, Self::Documents, Self::Decisions];

    /// What it is about, in the clerk's words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Requests => "收到和处理申请",
            Self::Disputes => "行政复议、行政诉讼",
            Self::Documents => "规章、行政规范性文件",
            Self::Decisions => "许可、处罚、强制、收费",
        }
    }

    /// The cells whose numbers the sentence tells, as far as the form of the report has them.
    pub fn cells(self, report: &Report) -> Vec<Cell> {
        let told = |cell: &Cell| match self {
            Self::Requests => cell.section() == Section::Requests && cell.column == Column::Total,
            Self::Disputes => cell.section() == Section::Disputes,
            Self::Documents => {
                matches!(cell.row, Row::Regulations | Row::NormativeDocuments)
                    && matches!(cell.column, Column::Issued | Column::Repealed | Column::InForce)
            }
            Self::Decisions => {
                matches!(cell.row, Row::Licenses | Row::Penalties | Row::Compulsion | Row::Fees)
                    && matches!(cell.column, Column::Decisions | Column::Amount)
            }
        };
        report.form().cells().iter().map(|info| info.cell).filter(told).collect()
    }
}

/// Composes the sentence of a topic; where cells have no number to tell, gives those instead. `None` if the form of the
/// report has no such cells.
pub fn compose(report: &Report, topic: Topic) -> Option<Result<String, Vec<Place>>> {
    let cells = topic.cells(report);
    let is_told = |cell: &Cell| match cell.column {
        Column::Amount => report.number(*cell).is_some_and(|number| !number.is_negative()),
        _ => report.number(*cell).is_some_and(|number| number.as_count().is_some()),
    };
    let missing: Vec<Place> = cells.iter().filter(|cell| !is_told(cell)).map(|&cell| cell.into()).collect();
    if cells.is_empty() {
        return None;
    }
    if !missing.is_empty() {
        return Some(Err(missing));
    }
    let told = Told { report };
    Some(Ok(match topic {
        Topic::Requests => told.requests(),
        Topic::Disputes => told.disputes(),
        Topic::Documents => told.documents(),
        Topic::Decisions => told.decisions(),
    }))
}

/// A report whose cells have the numbers that are told.
struct Told<'a> {
    report: &'a Report,
}

impl Told<'_> {
    fn count(&self, row: Row, column: Column) -> i64 {
        self.report.number(Cell { row, column }).and_then(Decimal::as_count).unwrap_or_default()
    }

    fn total(&self, rows: &[Row]) -> i64 {
        rows.iter().map(|&row| self.count(row, Column::Total)).sum()
    }

    /// The words with their counts, those without any left out.
    fn counted<'a>(&self, parts: impl IntoIterator<Item = (&'a str, i64)>) -> Vec<String> {
        let told = parts.into_iter().filter(|(_, count)| *count > 0);
        told.map(|(words, count)| format!("{words}{count}件")).collect()
    }

    fn requests(&self) -> String {
        let total = |row| self.total(&[row]);
        let (received, concluded) = (total(Row::Received), total(Row::Concluded));
        let (carried_in, carried_out) = (total(Row::CarriedIn), total(Row::CarriedOut));
        let mut came = match received {
            0 => "本年未收到政府信息公开申请".to_owned(),
            _ => format!("本年新收政府信息公开申请{received}件"),
        };
        if carried_in > 0 {
            came.push_str(&format!("，上年结转{carried_in}件"));
        }
        let outcomes = outcomes(self.report);
        let parts = self.counted(outcomes.iter().map(|(name, rows)| (*name, self.total(rows))));
        let went = match parts.as_slice() {
            _ if concluded == 0 => None,
            [] => Some(format!("办结{concluded}件")),
            parts => Some(format!("办结{concluded}件，其中{}", parts.join("、"))),
        };
        let left = (carried_out > 0).then(|| format!("结转下年度{carried_out}件"));
        sentence(std::iter::once(came).chain(went).chain(left))
    }

    fn disputes(&self) -> String {
        const RESULTS: [(Column, &str); 4] = [
            (Column::Upheld, "结果维持"),
            (Column::Corrected, "结果纠正"),
            (Column::Other, "其他结果"),
            (Column::Pending, "尚未审结"),
        ];
        let results = |rows: &[Row]| {
            let of = |column| rows.iter().map(|&row| self.count(row, column)).sum();
            let parts = self.counted(RESULTS.map(|(column, words)| (words, of(column))));
            if parts.is_empty() { String::new() } else { format!("，其中{}", parts.join("、")) }
        };
        let (reviews, suits) = ([Row::Reconsideration], [Row::DirectSuit, Row::SuitAfterReconsideration]);
        let (reviewed, sued) = (self.total(&reviews), self.total(&suits));
        let review = match reviewed {
            0 => "未发生因政府信息公开被申请行政复议的情况".to_owned(),
            _ => format!("因政府信息公开被申请行政复议{reviewed}件{}", results(&reviews)),
        };
        let suit = match sued {
            0 => "未发生因政府信息公开被提起行政诉讼的情况".to_owned(),
            _ => format!("因政府信息公开被提起行政诉讼{sued}件{}", results(&suits)),
        };
        match (reviewed, sued) {
            (0, 0) => "未发生因政府信息公开被申请行政复议、被提起行政诉讼的情况。".to_owned(),
            _ => sentence([review, suit]),
        }
    }

    fn documents(&self) -> String {
        let told = [(Row::Regulations, "规章"), (Row::NormativeDocuments, "行政规范性文件")];
        let parts = told.into_iter().filter_map(|(row, name)| {
            let counts =
                [Column::Issued, Column::Repealed, Column::InForce].map(|column| self.count(row, column));
            let told = ["制发", "废止", "现行有效"].into_iter().zip(counts);
            let mut told = told.filter(|(_, count)| *count > 0);
            // The first says of what it is.
            let (verb, count) = told.next()?;
            let first = format!("{verb}{name}{count}件");
            Some(std::iter::once(first).chain(self.counted(told)).collect::<Vec<_>>().join("，"))
        });
        let parts: Vec<String> = parts.collect();
        match parts.as_slice() {
            [] => "本年未制发行政规范性文件。".to_owned(),
            parts => format!("本年{}", sentence(parts.iter().cloned())),
        }
    }

    fn decisions(&self) -> String {
        let decided = |row| self.count(row, Column::Decisions);
        let mut parts = self.counted([
            ("作出行政许可决定", decided(Row::Licenses)),
            ("作出行政处罚决定", decided(Row::Penalties)),
            ("实施行政强制", decided(Row::Compulsion)),
        ]);
        if parts.is_empty() {
            parts.push("未作出行政许可、行政处罚、行政强制决定".to_owned());
        }
        let fees = self.report.number(Cell { row: Row::Fees, column: Column::Amount });
        let fees = fees.filter(|fees| !fees.is_zero());
        parts.extend(fees.map(|fees| format!("收取行政事业性收费{fees}万元")));
        format!("本年{}。", parts.join("，"))
    }
}

fn sentence(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().collect::<Vec<_>>().join("；") + "。"
}

/// The outcomes of requests by their names on the form, each with the rows that add up to it.
fn outcomes(report: &Report) -> Vec<(&'static str, Vec<Row>)> {
    let rows = report.form().table(Section::Requests).map_or(&[][..], |table| table.blocks[0].rows);
    let lines = rows.iter().find_map(|line| match line {
        Line::Group(_, lines) => Some(*lines),
        Line::Leaf(..) | Line::Total(..) => None,
    });
    let named = |label: &'static str| {
        let name = &label[mark(label).len()..];
        name.split('（').next().unwrap_or(name)
    };
    let outcome = |line: &'static Line<Row>| match line {
        Line::Leaf(row, label) => Some((named(label), vec![*row])),
        Line::Group(label, lines) => {
            Some((named(label), crate::form::leaves(lines).iter().map(|leaf| leaf.key).collect()))
        }
        Line::Total(..) => None,
    };
    lines.unwrap_or_default().iter().filter_map(outcome).collect()
}
