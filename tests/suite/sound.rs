//! Random sound reports: every sum of the form holds. Seeded, so that a failure comes back.

use nianbao::form::terms::{Column, Field, Level, Row, Section};
use nianbao::form::{Cell, Form, Kind, Sum};
use nianbao::number::Decimal;
use nianbao::report::{Edit, Report, Value};

/// A small generator of numbers (xorshift); good enough to vary test data.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 16) % u64::try_from(limit).unwrap()).unwrap()
    }

    /// A count as reports have them: mostly zero, mostly small.
    pub(crate) fn count(&mut self) -> i64 {
        let limit = [1, 1, 3, 10, 60, 1500][self.below(6)];
        i64::try_from(self.below(limit)).unwrap()
    }
}

/// Counts for every cell with which all sums close, as reports have them.
pub(crate) fn counts(form: &Form, dice: &mut Dice) -> Vec<i64> {
    closed(form, || dice.count())
}

/// Counts for every cell with which all sums close, none of them below 11.
#[allow(dead_code, reason = "the bench has no use for it")]
pub(crate) fn spread(form: &Form, dice: &mut Dice) -> Vec<i64> {
    let counts = closed(form, || 11 + i64::try_from(dice.below(189)).unwrap());
    assert!(counts.iter().all(|&count| count > 10));
    counts
}

/// Draws the counts that are free, and computes the others from them.
fn closed(form: &Form, mut draw: impl FnMut() -> i64) -> Vec<i64> {
    let mut counts = vec![0; form.cells().len()];
    for (index, info) in form.cells().iter().enumerate() {
        if !info.is_total && info.cell.section() != Section::Requests {
            counts[index] = draw();
        }
    }
    let outcomes = form.equations().iter().filter(|e| e.sum == Sum::Outcome);
    let balances = form.equations().iter().filter(|e| e.sum == Sum::Balance);
    for (outcome, balance) in outcomes.zip(balances).take(6) {
        for &cell in &outcome.left {
            counts[cell] = draw();
        }
        let [received, carried_in] = balance.left[..] else { panic!("two rows") };
        let [concluded, carried_out] = balance.right[..] else { panic!("two rows") };
        counts[concluded] = outcome.left.iter().map(|&cell| counts[cell]).sum();
        counts[carried_out] = draw();
        let all = counts[concluded] + counts[carried_out];
        counts[carried_in] = draw().min(all);
        counts[received] = all - counts[carried_in];
    }
    for equation in form.equations().iter().filter(|e| matches!(e.sum, Sum::Row | Sum::Dispute)) {
        counts[equation.right[0]] = equation.left.iter().map(|&cell| counts[cell]).sum();
    }
    counts
}

/// A section one that leaves out no topic.
pub(crate) fn overview(year: i64) -> String {
    format!(
        "{year}年，云溪镇人民政府主动公开政府信息77条；依申请公开渠道畅通；修订公开目录，信息发布前逐条保密审查；\
         维护政府网站专栏；组织培训，列入年度考核，接受群众评议，没有责任追究情形。"
    )
}

/// Last year's report of that township, which this one follows from.
#[allow(dead_code, reason = "the bench has no use for it")]
pub(crate) fn last_year(report: &Report) -> Report {
    let mut last = Report::new(report.form());
    last.apply(Report::identity(report.agency(), report.level(), report.year().unwrap_or(2025) - 1));
    let (issued, repealed, in_force) = (Column::Issued, Column::Repealed, Column::InForce);
    for info in report.form().cells() {
        let Cell { row, column } = info.cell;
        let at = |column| report.number(Cell { row, column }).and_then(Decimal::as_whole).unwrap_or(0);
        let value = match (row, column) {
            (Row::CarriedOut, column) => report.get(Cell { row: Row::CarriedIn, column }).cloned(),
            (Row::Regulations | Row::NormativeDocuments, Column::InForce) => {
                Some(Value::count(at(in_force) - at(issued) + at(repealed)))
            }
            (Row::Licenses, column) => Some(Value::count(at(column) + 1)),
            (_, Column::Pending) => Some(Value::count(0)),
            _ => report.get(info.cell).cloned(),
        };
        last.apply(Edit::set(info.cell, value));
    }
    last
}

/// A sound report of a fictional township, with these counts.
pub(crate) fn report(form: &'static Form, counts: &[i64]) -> Report {
    let mut report = Report::new(form);
    let year = form.decree.last_year.unwrap_or(2025);
    let mut edit = Report::identity("云溪镇人民政府", Some(Level::Township), year);
    for (info, &count) in form.cells().iter().zip(counts) {
        let value = match info.kind {
            Kind::Amount => Value::Number(Decimal::parse(&format!("{count}.5")).unwrap()),
            _ => Value::count(count),
        };
        edit = edit.then(Edit::set(info.cell, Some(value)));
    }
    let prose = |section, text: &str| Edit::set(section, Some(Value::Text(text.to_owned())));
    edit = edit.then(prose(Section::Overview, &overview(year)));
    edit = edit.then(prose(Section::Problems, "存在更新不及时的问题。下一步加强培训，按月检查。"));
    edit = edit.then(prose(Section::OtherMatters, "本年度没有收取信息处理费。"));
    report.apply(edit);
    assert_eq!(report.text(Field::Agency), "云溪镇人民政府");
    report
}
