//! The equations of the row and the column of a cell, with today's numbers in them.
//!
//! It explains; whether a sum is broken is for the checks to say, which read the same equations of the form.

use crate::form::{Cell, Equation, Form, Sum, mark};
use crate::report::{Report, Value};

/// How an equation stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Both sides are equal.
    Holds,
    /// They differ by so much.
    Differs(i64),
    /// So many cells are blank or no numbers.
    Lacks(usize),
}

/// An equation in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Explained {
    /// Its two sides with their numbers; nothing of a row that adds up.
    pub text: String,
    /// How it stands.
    pub standing: Standing,
}

impl Standing {
    /// The standing in the clerk's words.
    pub fn label(self) -> String {
        match self {
            Self::Holds => "平".to_owned(),
            Self::Differs(by) => format!("差 {by}"),
            Self::Lacks(cells) => format!("还缺 {cells} 格"),
        }
    }
}

/// The equations of the row that a cell is in, each number in at least `digits` columns.
pub fn of_row(report: &Report, cell: Cell, digits: usize) -> Vec<Explained> {
    of(report, cell, digits, |sum| matches!(sum, Sum::Row | Sum::Dispute))
}

/// The equations of the column that a cell is in, those that do not hold first, each number in at least `digits` columns.
pub fn of_column(report: &Report, cell: Cell, digits: usize) -> Vec<Explained> {
    of(report, cell, digits, |sum| matches!(sum, Sum::Balance | Sum::Outcome))
}

fn of(report: &Report, cell: Cell, digits: usize, wanted: impl Fn(Sum) -> bool) -> Vec<Explained> {
    let form = report.form();
    let Some(index) = form.index(cell) else { return Vec::new() };
    let equations = form.equations_of(index).iter().map(|&number| &form.equations()[number]);
    let explain = |equation| explain(report, equation, digits);
    let mut explained: Vec<Explained> =
        equations.filter(|equation| wanted(equation.sum)).map(explain).collect();
    explained.sort_by_key(|one| !matches!(one.standing, Standing::Differs(_)));
    explained
}

fn explain(report: &Report, equation: &Equation, digits: usize) -> Explained {
    let form = report.form();
    let named = equation.sum == Sum::Balance;
    let (left, left_sum) = side(report, form, &equation.left, (named, digits));
    let (right, right_sum) = side(report, form, &equation.right, (named, digits));
    let lacking = equation.cells().filter(|&index| count(report, form, index).is_none()).count();
    let standing = match (left_sum, right_sum) {
        (Some(left), Some(right)) if left == right => Standing::Holds,
        (Some(left), Some(right)) => Standing::Differs((left - right).abs()),
        _ => Standing::Lacks(lacking),
    };
    let text = match equation.sum {
        Sum::Balance => format!("{left} = {right}"),
        // A row stands on the screen already: while it adds up there is nothing to add.
        Sum::Row | Sum::Dispute if standing == Standing::Holds => String::new(),
        Sum::Row | Sum::Dispute => format!("{}   总计 {right}", closed(&left, left_sum)),
        Sum::Outcome if standing == Standing::Holds => format!("（一）至（六） {left} = 三（七） {right}"),
        Sum::Outcome => format!("（一）至（六） {}   三（七） {right}", closed(&left, left_sum)),
    };
    Explained { text, standing }
}

/// The numbers of one side, added up if all are there. Zeros among many are left out; of few, each takes as many columns
/// whatever it is, so that little changes on the screen from one cell to the next.
fn side(
    report: &Report,
    form: &Form,
    cells: &[usize],
    (named, digits): (bool, usize),
) -> (String, Option<i64>) {
    let many = cells.len() > 7;
    let mut terms = Vec::new();
    for &index in cells {
        let info = &form.cells()[index];
        let shown = match (report.get(info.cell), count(report, form, index)) {
            (_, Some(0)) if many => continue,
            (None, _) if many => continue,
            (_, Some(count)) if many => count.to_string(),
            (_, Some(count)) => format!("{count:>digits$}"),
            (None, None) => "空".to_owned(),
            (Some(Value::Number(number)), None) => number.to_string(),
            (Some(Value::Text(text)), None) => text.clone(),
        };
        terms.push(if named { format!("{} {shown}", head(&info.row_name)) } else { shown });
    }
    let sum = cells.iter().try_fold(0, |sum, &index| Some(sum + count(report, form, index)?));
    if terms.is_empty() {
        terms.push(if sum == Some(0) { "0" } else { "空" }.to_owned());
    }
    (terms.join(" + "), sum)
}

fn closed(terms: &str, sum: Option<i64>) -> String {
    match sum {
        Some(sum) if terms.trim_start() != sum.to_string() => format!("{terms} = {sum}"),
        _ => terms.to_owned(),
    }
}

/// The number of a row as the form prints it: `一`, `三（七）`.
fn head(row_name: &str) -> String {
    match row_name.strip_prefix('三') {
        Some(rest) => format!("三{}", mark(rest)),
        None => mark(row_name).to_owned(),
    }
}

fn count(report: &Report, form: &Form, index: usize) -> Option<i64> {
    report.number(form.cells()[index].cell)?.as_count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::terms::{Column, Row};
    use crate::report::tests::with_counts as report;

    #[test]
    fn the_column_says_both_sides_and_the_difference() {
        let report = report(&[
            ("requests/received/business", 12),
            ("requests/carried_in/business", 1),
            ("requests/concluded/business", 13),
            ("requests/carried_out/business", 1),
        ]);
        let explained = of_column(&report, Cell { row: Row::CarriedOut, column: Column::Business }, 2);
        assert_eq!(explained.len(), 1);
        assert_eq!(explained[0].text, "一 12 + 二  1 = 三（七） 13 + 四  1");
        assert_eq!(explained[0].standing, Standing::Differs(1));
    }

    #[test]
    fn a_row_is_said_only_while_it_does_not_add_up() {
        let mut cells = vec![("requests/received/natural_person", 3), ("requests/received/business", 2)];
        let others = ["research", "public_interest", "legal_service", "other_organization"]
            .map(|one| format!("requests/received/{one}"));
        cells.extend(others.iter().map(|place| (place.as_str(), 0)));
        for (total, text, standing) in
            [(5, "", Standing::Holds), (6, " 3 +  2 +  0 +  0 +  0 +  0 = 5   总计  6", Standing::Differs(1))]
        {
            let report = report(&[cells.as_slice(), &[("requests/received/total", total)]].concat());
            let explained = of_row(&report, Cell { row: Row::Received, column: Column::Business }, 2);
            assert_eq!(explained, [Explained { text: text.to_owned(), standing }]);
        }
    }

    #[test]
    fn what_is_blank_is_called_blank_and_counted() {
        let report = report(&[("requests/received/business", 2)]);
        let explained = of_row(&report, Cell { row: Row::Received, column: Column::Business }, 2);
        assert_eq!(explained[0].text, "空 +  2 + 空 + 空 + 空 + 空   总计 空");
        assert_eq!(explained[0].standing, Standing::Lacks(6));
    }

    #[test]
    fn the_total_of_outcomes_is_in_two_sums_of_its_column() {
        let cell = Cell { row: Row::Concluded, column: Column::Research };
        assert_eq!(of_column(&Report::new(Form::current()), cell, 2).len(), 2);
    }
}
