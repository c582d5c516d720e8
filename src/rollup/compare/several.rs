//! R04: what several units may have counted, by the words of their prose. Whether they did, only they know.

use crate::check::Review;
use crate::check::rollup::R04;
use crate::form::Cell;
use crate::form::terms::{Column, Row};
use crate::number::Decimal;
use crate::report::Report;
use crate::rollup::{Gathered, named};

/// A thing that several units can have counted.
struct Shared {
    /// What it is called.
    what: &'static str,
    /// The words that tell of it.
    words: &'static [&'static str],
    /// Words of which one must stand in the same sentence; none if empty.
    beside: &'static [&'static str],
    /// The cells in which it was counted; where all are zero it was not.
    cells: &'static [Cell],
}

const fn cell(row: Row, column: Column) -> Cell {
    Cell { row, column }
}

const SHARED: [Shared; 3] = [
    Shared {
        what: "联合制发文件",
        words: &["联合印发", "联合发文", "联合制发", "联合制定", "联合出台", "联合行文"],
        beside: &[],
        cells: &[
            cell(Row::NormativeDocuments, Column::Issued),
            cell(Row::Regulations, Column::Issued),
            cell(Row::NormativeDocuments, Column::Produced),
            cell(Row::Regulations, Column::Produced),
        ],
    },
    Shared {
        what: "移送、转办申请",
        words: &["移送", "转送", "转办", "转交"],
        beside: &["申请"],
        cells: &[cell(Row::Received, Column::Total)],
    },
    Shared {
        what: "共同被告、共同被申请人",
        words: &["共同被告", "共同被申请人"],
        beside: &[],
        cells: &[
            cell(Row::Reconsideration, Column::Total),
            cell(Row::DirectSuit, Column::Total),
            cell(Row::SuitAfterReconsideration, Column::Total),
            cell(Row::DirectSuit, Column::Pending),
            cell(Row::SuitAfterReconsideration, Column::Pending),
        ],
    },
];

/// Words before it in a clause by which it did not happen.
const NEGATIONS: [&str; 4] = ["没有", "未", "无", "不存在"];

/// Tells of each thing the units that speak of it and have counted it.
pub(super) fn find(gathered: &Gathered<'_>, review: &mut Review) {
    for shared in &SHARED {
        let units: Vec<&str> = gathered
            .roster
            .counted()
            .filter(|(_, report)| shared.is_in(&gathered.filed[*report].report))
            .map(|(unit, _)| gathered.name(unit))
            .collect();
        if units.is_empty() {
            continue;
        }
        let message = format!(
            "正文说到{}的：{}。同一件几个单位都计了数的，合计里就重复了。请核对，重复的写进调整表，注明理由。",
            shared.what,
            named(&units)
        );
        let cells = shared.cells.iter().filter(|cell| gathered.form.index(**cell).is_some());
        review.find(&R04, message, cells.map(|cell| (*cell).into()).collect());
    }
}

impl Shared {
    fn is_in(&self, report: &Report) -> bool {
        let is_counted =
            self.cells.iter().any(|cell| report.number(*cell).is_some_and(|n| !Decimal::is_zero(n)));
        is_counted
            && report.prose().any(|(_, text)| text.split(['。', '；', '\n']).any(|said| self.is_said(said)))
    }

    /// Whether a sentence says that it happened.
    fn is_said(&self, sentence: &str) -> bool {
        let happened = |at: usize| {
            let clause = sentence[..at].rsplit(['，', '、']).next().unwrap_or_default();
            !NEGATIONS.iter().any(|word| clause.contains(word))
        };
        let has_beside = self.beside.is_empty() || self.beside.iter().any(|word| sentence.contains(word));
        has_beside && self.words.iter().any(|word| sentence.match_indices(word).any(|(at, _)| happened(at)))
    }
}
