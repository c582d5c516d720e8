//! The 零报告: what it fills in, and which totals it leaves alone.

use super::Session;
use crate::form::Form;
use crate::form::terms::Field;
use crate::number::Decimal;
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
        let cells = self.report.form().cells();
        let is_blank = |nth: &usize| self.report.get(cells[*nth].cell).is_none();
        let (totals, others): (Vec<usize>, Vec<usize>) =
            (0..cells.len()).partition(|nth| cells[*nth].is_total);
        let zeros: Vec<Place> =
            others.into_iter().filter(is_blank).map(|nth| cells[nth].cell.into()).collect();
        let values = zeros.iter().map(|place| (*place, Some(Value::count(0)))).collect();
        let mut edit = Edit { values, ..Edit::default() };
        if !zeros.is_empty() {
            edit.notices.insert(zero_notice(zeros.len()), true);
        }
        let mut filled = ZeroReport { zeros, ..ZeroReport::default() };
        if !self.report.computes_totals() {
            let mut report = self.report.clone();
            report.apply(edit.clone());
            let counts = report.counts();
            for total in totals {
                let place = Place::from(cells[total].cell);
                let sum = sum(total, report.form(), &counts);
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

/// What the cells of a total add up to; `None` where one is no count, or a cell cannot hold it.
fn sum(total: usize, form: &Form, counts: &[Option<i64>]) -> Option<Value> {
    fn add(total: usize, form: &Form, counts: &[Option<i64>]) -> Option<i64> {
        let equation = form.equations().iter().find(|equation| equation.right == [total])?;
        equation.left.iter().try_fold(0_i64, |sum, &cell| {
            let is_total = form.cells()[cell].is_total;
            sum.checked_add(if is_total { add(cell, form, counts)? } else { counts[cell]? })
        })
    }
    let sum = Decimal::whole(add(total, form, counts)?);
    sum.fits_a_cell().then_some(Value::Number(sum))
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
