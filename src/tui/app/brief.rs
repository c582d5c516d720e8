//! Short names of rows, for lines that must keep the column and the number too.
//!
//! Only what is shown in one line is shortened; exports, lists of places and explanations have the official labels.

use std::sync::LazyLock;

use crate::check::Fix;
use crate::form::{Cell, Form, mark};
use crate::report::{Place, Value};

/// The most characters of a short name.
const LONGEST: usize = 18;
/// The most cells of a fix that are told.
const TOLD: usize = 2;

/// What is said of how totals come about.
pub const fn totals(are_computed: bool) -> &'static str {
    if are_computed {
        "自动计算（总计由各格相加）"
    } else {
        "手工填写（与各格不符时提示）"
    }
}

/// The name of a row without its remark in brackets and without what all requests are.
pub fn plain(row_name: &str) -> &str {
    let remark = row_name.strip_suffix('）').and_then(|name| name.rfind('（'));
    let name = remark.map_or(row_name, |at| &row_name[..at]);
    name.strip_suffix("政府信息公开申请数量").unwrap_or(name)
}

/// The name of a row in few words: the plain one, or of a long one its number and first words.
pub fn brief(row_name: &str) -> String {
    let name = plain(row_name);
    match name.char_indices().nth(LONGEST) {
        None => name.to_owned(),
        Some(_) => name.chars().take(LONGEST - 2).chain("..".chars()).collect(),
    }
}

/// A text with the long names of rows in it shortened.
pub fn abridged(text: &str) -> String {
    static LONG: LazyLock<Vec<(&str, String)>> = LazyLock::new(|| {
        let names = Form::all().iter().flat_map(Form::cells).map(|info| info.row_name.as_str());
        let mut long: Vec<(&str, String)> = names.map(|name| (name, brief(name))).collect();
        long.retain(|(name, brief)| name != brief);
        long.sort_unstable();
        long.dedup();
        long
    });
    LONG.iter().fold(text.to_owned(), |text, (name, brief)| text.replace(name, brief))
}

/// What the cells of a fix should be, of many the first ones, in so few words that only somebody who sees the table and
/// the sums of the column that the cursor is in can read them: `三（一） 应为 8`, in another column `三（一）自然人 应为 8`.
pub fn should_be(fix: &Fix, here: Option<Cell>, form: &Form) -> String {
    let name = |place: &Place| {
        let label = place.label(form);
        match coordinates(&label) {
            Some((row, _)) if here.is_some_and(|here| is_in_column(place, here)) => {
                row.trim_end_matches(['、', '.']).to_owned()
            }
            Some((row, column)) => format!("{row}{column}"),
            None => abridged(&label),
        }
    };
    let cell = |(place, value): (&Place, &Option<Value>)| {
        let value = value.as_ref().map_or_else(|| "空".to_owned(), ToString::to_string);
        format!("{} 应为 {value}", name(place))
    };
    let told: Vec<String> = fix.set.iter().take(TOLD).map(cell).collect();
    let more = if fix.set.len() > TOLD { format!(" 等 {} 格", fix.set.len()) } else { String::new() };
    format!("{}{more}", told.join("，"))
}

fn is_in_column(place: &Place, here: Cell) -> bool {
    matches!(place, Place::Cell(cell) if cell.column == here.column && cell.section() == here.section())
}

/// The number of the row and the name of the column in the label of a cell, where the row has a number, as those of
/// table 3 have.
fn coordinates(label: &str) -> Option<(&str, &str)> {
    let (row, column) = label.rsplit_once('，')?;
    (number(row) != row).then(|| (number(row), column))
}

/// The number at the head of a row's name, as the form prints it: `一、`, `三（三）1.`; else the whole name.
fn number(row_name: &str) -> &str {
    let first = row_name.chars().next().map_or(0, char::len_utf8);
    let after = &row_name[first..];
    let head = match after.chars().next() {
        Some('、') => "、",
        Some('（') => mark(after),
        _ => return row_name,
    };
    let rest = &after[head.len()..];
    let digits =
        rest.len() - rest.trim_start_matches(|char: char| char.is_ascii_digit() || char == '.').len();
    &row_name[..first + head.len() + digits]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::terms::{Column, Row, Section};

    #[test]
    fn short_names_still_tell_the_rows_of_a_table_apart() {
        for form in Form::all() {
            let mut names: Vec<&str> = form.cells().iter().map(|info| info.row_name.as_str()).collect();
            names.dedup();
            let mut short: Vec<String> = names.iter().map(|name| brief(name)).collect();
            assert!(short.iter().all(|name| name.chars().count() <= LONGEST));
            short.sort();
            short.dedup();
            assert_eq!(short.len(), names.len());
        }
    }

    #[test]
    fn the_numbers_of_rows_tell_them_apart() {
        for form in Form::all() {
            let cells = form.cells().iter().filter(|info| info.cell.section() == Section::Requests);
            let mut numbers: Vec<&str> = cells.map(|info| number(&info.row_name)).collect();
            numbers.dedup();
            let count = numbers.len();
            assert!(numbers.iter().all(|number| number.chars().count() <= 6), "{numbers:?}");
            numbers.sort_unstable();
            numbers.dedup();
            assert_eq!(numbers.len(), count);
        }
    }

    #[test]
    fn what_cells_should_be_is_said_by_number_and_by_column_if_it_is_another() {
        let here = Cell { row: Row::CarriedIn, column: Column::NaturalPerson };
        let told = |cells: &[(&str, i64)]| {
            let fix =
                |(place, count): &(&str, i64)| (Place::parse(place).unwrap(), Some(Value::count(*count)));
            let fix = Fix { title: String::new(), set: cells.iter().map(fix).collect() };
            should_be(&fix, Some(here), Form::current())
        };
        assert_eq!(told(&[("requests/state_secret/natural_person", 1)]), "三（三）1 应为 1");
        assert_eq!(told(&[("requests/received/total", 16)]), "一、总计 应为 16");
        let two = [("requests/received/natural_person", 12), ("requests/granted/business", 8)];
        assert_eq!(told(&two), "一 应为 12，三（一）商业企业 应为 8");
        assert_eq!(told(&[("disputes/reconsideration/upheld", 2)]), "行政复议，结果维持 应为 2");
    }

    #[test]
    fn a_message_is_shortened_where_it_names_rows() {
        let long = "三（二）部分公开（区分处理的，只计这一情形，不计其他情形），商业企业 应为 2";
        assert_eq!(abridged(long), "三（二）部分公开，商业企业 应为 2");
        assert_eq!(brief("一、本年新收政府信息公开申请数量"), "一、本年新收");
        assert_eq!(brief("三（七）总计"), "三（七）总计");
    }
}
