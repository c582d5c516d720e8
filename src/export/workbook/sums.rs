//! The sums of a table in a workbook: formulas for the totals, and checks that say whether every sum closes.
//!
//! A total that was keyed and is no sum stays as it was keyed; the check says so.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Formula, cell_range, row_col_to_cell};

use crate::form::{Equation, Form, Sum};
use crate::number::Decimal;
use crate::report::{Report, Value};

/// Where a cell stands in a sheet: row and column, from 0.
pub(super) type At = (u32, u16);

/// A workbook keeps no more digits of a number.
const SIGNIFICANT: usize = 15;

/// The cells of a table, by their number in the form.
pub(super) struct Sums<'r> {
    pub report: &'r Report,
    pub places: BTreeMap<usize, At>,
}

/// A check of one sum.
pub(super) struct Check<'f> {
    pub equation: &'f Equation,
    /// The place of the first cell of its right side.
    pub at: At,
    pub formula: Formula,
}

/// The number in a cell, as far as a workbook can hold it as one.
pub(super) fn numeric(value: Option<&Value>) -> Option<Decimal> {
    let number = value?.number()?;
    let digits = number.to_string().bytes().filter(u8::is_ascii_digit).count();
    (digits <= SIGNIFICANT).then_some(number)
}

impl Sums<'_> {
    fn form(&self) -> &'static Form {
        self.report.form()
    }

    fn numbers(&self, cells: &[usize]) -> Vec<Decimal> {
        let value = |cell: &usize| numeric(self.report.get(self.form().cells()[*cell].cell));
        cells.iter().filter_map(value).collect()
    }

    /// The formula for a total, where it gives what stands there: nothing where its parts are blank, else their sum.
    pub(super) fn total(&self, cell: usize) -> Option<Formula> {
        let value = self.report.get(self.form().cells()[cell].cell);
        let equations = self.form().equations_of(cell).iter().map(|&nth| &self.form().equations()[nth]);
        let mut totals = equations.filter(|equation| equation.right == [cell]);
        totals.find_map(|equation| {
            let parts = self.numbers(&equation.left);
            let result = match (value, numeric(value)) {
                (None, _) => parts.is_empty().then(String::new)?,
                (_, Some(number)) if !parts.is_empty() && number.compare(added(&parts)).is_eq() => {
                    number.to_string()
                }
                _ => return None,
            };
            let parts = self.spelled(&equation.left)?;
            Some(Formula::new(format!("IF(COUNT({parts})=0,\"\",SUM({parts}))")).set_result(result))
        })
    }

    /// The checks of all sums in the table.
    pub(super) fn checks(&self) -> Vec<Check<'static>> {
        let of_table = self.form().equations().iter().filter_map(|equation| {
            let at = *self.places.get(equation.right.first()?)?;
            Some(Check { equation, at, formula: self.check(equation)? })
        });
        of_table.collect()
    }

    fn check(&self, equation: &Equation) -> Option<Formula> {
        let (left, right) = (self.spelled(&equation.left)?, self.spelled(&equation.right)?);
        let (parts, total) = (self.numbers(&equation.left), self.numbers(&equation.right));
        let all = equation.cells().count();
        let difference = added(&total).plus(added(&parts).times(-1)).trimmed();
        let result = match parts.len() + total.len() {
            0 => String::new(),
            present if present < all => "未填全".to_owned(),
            _ if difference.is_zero() => "平".to_owned(),
            _ => format!("差 {difference}"),
        };
        let difference = format!("ROUND(SUM({right})-SUM({left}),4)");
        let formula = format!(
            "IF(COUNT({left},{right})<{all},IF(COUNT({left},{right})=0,\"\",\"未填全\"),\
             IF({difference}=0,\"平\",\"差 \"&{difference}))"
        );
        Some(Formula::new(formula).set_result(result))
    }

    /// Cells as a formula names them: those beside or below one another as a range.
    fn spelled(&self, cells: &[usize]) -> Option<String> {
        let places: Vec<At> =
            cells.iter().map(|cell| self.places.get(cell).copied()).collect::<Option<_>>()?;
        let (first, last) = (places.first()?, places.last()?);
        let is_run = |step: At| {
            places.windows(2).all(|pair| (pair[0].0 + step.0, pair[0].1 + step.1) == (pair[1].0, pair[1].1))
        };
        Some(match places.len() > 1 && (is_run((0, 1)) || is_run((1, 0))) {
            true => cell_range(first.0, first.1, last.0, last.1),
            false => places.iter().map(|at| row_col_to_cell(at.0, at.1)).collect::<Vec<_>>().join(","),
        })
    }
}

fn added(numbers: &[Decimal]) -> Decimal {
    numbers.iter().fold(Decimal::whole(0), |sum, number| sum.plus(*number))
}

/// Whether the check of a sum stands in a column of its own, rather than in a row below: how far below, from 0.
pub(super) const fn row_below(sum: Sum) -> Option<u32> {
    match sum {
        Sum::Row => None,
        Sum::Outcome | Sum::Dispute => Some(0),
        Sum::Balance => Some(1),
    }
}

/// What a row of checks is called.
pub(super) const fn name(sum: Sum) -> &'static str {
    match sum {
        Sum::Row => "核对：总计等于各类申请人之和",
        Sum::Outcome => "核对：（七）总计等于（一）至（六）各项之和",
        Sum::Dispute => "核对：总计等于四项之和",
        Sum::Balance => "核对：一加二等于三的总计加四",
    }
}
