//! The 零报告: what it fills in, and which totals it leaves alone.

use super::{Session, sums};
use crate::form::CellInfo;
use crate::form::terms::Field;
use crate::report::edit::Edit;
use crate::report::{COMPUTED, Notice, NoticeKind, Place, Report, Value};

/// What a 零报告 fills in, and which totals it leaves alone.
#[derive(Default, Debug)]
pub struct ZeroReport {
    /// The edit; empty where there is nothing to fill in.
    pub edit: Edit,
    /// The cells that become 0.
    pub zeros: Vec<Place>,
    /// The blank totals, with what their cells add up to.
    pub sums: Vec<(Place, Value)>,
    /// The blank totals that stay so: a cell of theirs is no count.
    pub lacking: Vec<Place>,
    /// The totals that are filled in with something else than their sums, and these where there is one.
    pub kept: Vec<(Place, Option<Value>)>,
}

impl ZeroReport {
    /// Whether the totals of the report, which are keyed so far, are computed with it.
    pub fn computes(&self, report: &Report) -> bool {
        !report.computes_totals() && self.kept.is_empty() && self.lacking.is_empty()
    }
}

impl Session {
    /// What the 零报告 fills in: 0 in every blank cell that is no total, with the notice that it was done, and every blank
    /// total with its sum. Where totals are keyed, and all are or become what their cells add up to, they are computed from
    /// then on.
    pub fn zero_report(&self) -> ZeroReport {
        let cells = self.report.form().cells().iter();
        let is_blank = |info: &&CellInfo| !info.is_total && self.report.get(info.cell).is_none();
        let zeros: Vec<Place> = cells.filter(is_blank).map(|info| info.cell.into()).collect();
        let values = zeros.iter().map(|place| (*place, Some(Value::count(0)))).collect();
        let mut edit = Edit { values, ..Edit::default() };
        if !zeros.is_empty() {
            edit.notices.insert(zero_notice(zeros.len()), true);
        }
        let mut filled = ZeroReport { zeros, ..ZeroReport::default() };
        if !self.report.computes_totals() {
            let mut report = self.report.clone();
            report.apply(edit.clone());
            for (place, sum) in sums(&report, |parts| parts.sum()) {
                match (self.report.get(place), sum) {
                    (None, Some(sum)) => filled.sums.push((place, sum)),
                    (None, None) => filled.lacking.push(place),
                    (Some(value), sum) if sum.as_ref() != Some(value) => filled.kept.push((place, sum)),
                    (Some(_), _) => {}
                }
            }
        }
        let is_any_blank = !edit.is_empty() || !filled.sums.is_empty();
        if filled.computes(&self.report) && is_any_blank {
            edit = edit.then(Edit::set(Field::Totals, Some(Value::Text(COMPUTED.to_owned()))));
        } else {
            edit.values.extend(filled.sums.iter().map(|(place, sum)| (*place, Some(sum.clone()))));
        }
        ZeroReport { edit, ..filled }
    }
}

fn zero_notice(zeros: usize) -> Notice {
    Notice {
        kind: NoticeKind::ZeroReport,
        place: None,
        quote: String::new(),
        at: String::new(),
        message: format!("零报告：填报人一次把 {zeros} 个空白格填为 0"),
    }
}
