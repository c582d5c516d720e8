//! A sheet with one of the three tables: the form's own merges, formulas, checks, and what may be typed in.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    ConditionalFormatText, ConditionalFormatTextRule, DataValidation, DataValidationRule, Format, Formula,
    Worksheet, XlsxError, cell_range, cell_range_absolute, quote_sheet_name, row_col_to_cell,
};

use super::sums::{self, At, Sums};
use super::{cut, look, shown};
use crate::document::compose;
use crate::document::{Grid, GridCell};
use crate::form::terms::Section;
use crate::form::{Form, Kind, Table};
use crate::report::{Edit, Report, Value};

/// Writes a table under its heading; gives the ranges of its checks, as names of a workbook refer to them.
pub(super) fn write(
    table: &Table,
    heading: &str,
    report: &Report,
    sheet: &mut Worksheet,
) -> Result<Vec<String>, XlsxError> {
    let grid = compose::grid(table, report);
    let numbers = numbers(table, report.form());
    let rows = grid.places();
    let width = rows.iter().map(Vec::len).max().unwrap_or(1);
    let (last_column, bottom) = (column(width - 1), row(rows.len()));
    let first = numbers.values().map(|at| at.0).min().unwrap_or(1);
    let sums = Sums { report, places: numbers };
    let cells: BTreeMap<At, usize> = sums.places.iter().map(|(cell, at)| (*at, *cell)).collect();
    look::page(sheet, table.section == Section::Disputes);
    // A formula that gives nothing has an empty text for its result, not 0.
    sheet.set_formula_result_default("");
    set_widths(table.section, last_column, sheet)?;
    sheet.merge_range(0, 0, 0, last_column, heading, &look::heading())?;
    sheet.set_row_height(0, 30)?;
    for (number, places) in rows.iter().enumerate() {
        let at_row = row(number + 1);
        let has_numbers = cells.range((at_row, 0)..(at_row + 1, 0)).next().is_some();
        let mut height = 20;
        for (place, cell) in places.iter().enumerate() {
            let Some(cell) = cell else { continue };
            let at = (at_row, column(place));
            if cell.row_span == 1 {
                let columns = (place..place + cell.column_span).map(|nth| width_of(table.section, nth)).sum();
                height = height.max(look::table_height(&cell.text, columns));
            }
            match cells.get(&at) {
                Some(number) => value(*number, at, cell, &sums, sheet)?,
                None => label(at, cell, has_numbers, sheet)?,
            }
        }
        sheet.set_row_height(at_row, height)?;
    }
    validate(&sums, sheet)?;
    let checks = check(&sums, (first, last_column, bottom), sheet)?;
    sheet.set_print_area(0, 0, bottom, last_column)?;
    // Blocks that stand below one another have heads of their own.
    if table.blocks.len() == 1 {
        sheet.set_freeze_panes(first, if table.section == Section::Requests { 3 } else { 0 })?;
        sheet.set_repeat_rows(1, first - 1)?;
    } else {
        sheet.set_freeze_panes(1, 0)?;
    }
    let name = quote_sheet_name(heading);
    Ok(checks.into_iter().map(|range| format!("={name}!{range}")).collect())
}

fn row(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn column(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

fn width_of(section: Section, column: usize) -> u16 {
    let widths = look::widths(section);
    widths[column.min(widths.len() - 1)]
}

fn set_widths(section: Section, last: u16, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    for column in 0..=last {
        sheet.set_column_width(column, width_of(section, usize::from(column)))?;
    }
    sheet.set_column_width(last + 1, 12)?;
    Ok(())
}

/// Where the cells of a table stand in its sheet, one row below where they stand in its grid. They are found by laying
/// out a report in which every cell holds its own number.
fn numbers(table: &Table, form: &'static Form) -> BTreeMap<usize, At> {
    let mut report = Report::new(form);
    let numbered =
        (0..).zip(form.cells()).map(|(number, info)| (info.cell.into(), Some(Value::count(number))));
    report.apply(Edit { values: numbered.collect(), ..Edit::default() });
    let grid: Grid = compose::grid(table, &report);
    let mut numbers = BTreeMap::new();
    for (at_row, places) in grid.places().into_iter().enumerate() {
        for (place, cell) in places.into_iter().enumerate() {
            if let Some(cell) = cell.filter(|cell| !cell.is_header)
                && let Ok(number) = cell.text.parse()
            {
                numbers.insert(number, (row(at_row + 1), column(place)));
            }
        }
    }
    numbers
}

/// Writes a cell that begins here, merged over its spans.
fn put(at: At, cell: &GridCell, text: &str, format: &Format, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let (rows, columns) = (row(cell.row_span - 1), column(cell.column_span - 1));
    if (rows, columns) != (0, 0) {
        sheet.merge_range(at.0, at.1, at.0 + rows, at.1 + columns, text, format)?;
    } else if text.is_empty() {
        sheet.write_blank(at.0, at.1, format)?;
    } else {
        sheet.write_string_with_format(at.0, at.1, text, format)?;
    }
    Ok(())
}

/// Writes a label: those of single rows to the left, the others in the middle.
fn label(at: At, cell: &GridCell, has_numbers: bool, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let is_of_row = has_numbers && cell.row_span == 1;
    put(at, cell, &cell.text, &if is_of_row { look::label() } else { look::head() }, sheet)
}

/// Writes what stands in a cell of the form: a formula, a number, or a text.
fn value(
    number: usize,
    at: At,
    cell: &GridCell,
    sums: &Sums<'_>,
    sheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    let info = &sums.report.form().cells()[number];
    let value = sums.report.get(info.cell);
    let decimal = sums::numeric(value);
    let decimals = decimal.map_or(0, |decimal| usize::from(decimal.fraction().1));
    let format = match (decimal, value) {
        (None, Some(_)) => look::text(),
        (None, None) if info.kind == Kind::Amount => look::head(),
        _ => look::number(decimals),
    };
    let text = if decimal.is_some() { String::new() } else { shown(&cell.text) };
    put(at, cell, cut(&text), &format, sheet)?;
    if let Some(formula) = sums.total(number) {
        sheet.write_formula_with_format(at.0, at.1, formula, &format)?;
    } else if let Some(number) = decimal.and_then(|decimal| decimal.to_string().parse::<f64>().ok()) {
        sheet.write_number_with_format(at.0, at.1, number, &format)?;
    }
    Ok(())
}

/// Says what may be typed into the cells.
fn validate(sums: &Sums<'_>, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let cells = sums.report.form().cells();
    for kind in [Kind::Count, Kind::Change, Kind::Amount] {
        let places: Vec<At> = sums
            .places
            .iter()
            .filter(|(number, _)| cells[**number].kind == kind)
            .map(|(_, at)| *at)
            .collect();
        let Some(&first) = places.first() else { continue };
        let cell = row_col_to_cell(first.0, first.1);
        let (rule, title, message) = match kind {
            Kind::Count => (
                DataValidation::new().allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0)),
                "这里填件数",
                "请填不小于 0 的整数，不写“件”字；没有的填 0。",
            ),
            Kind::Change => (
                DataValidation::new()
                    .allow_whole_number(DataValidationRule::Between(-999_999_999, 999_999_999)),
                "这里填增减数",
                "请填整数，减少的前面写减号；没有增减的填 0。",
            ),
            Kind::Amount => (
                DataValidation::new().allow_custom(Formula::new(format!(
                    "=AND(ISNUMBER({cell}),{cell}>=0,ROUND({cell},4)={cell})"
                ))),
                "这里填金额",
                "单位是万元：请填不小于 0 的数，最多四位小数，不写单位；没有的填 0。",
            ),
        };
        let rule = rule.set_error_title(title)?.set_error_message(message)?;
        let rule = rule.set_multi_range(runs(&places).join(" "));
        sheet.add_data_validation(first.0, first.1, first.0, first.1, &rule)?;
    }
    Ok(())
}

/// Places as ranges, those beside one another together.
fn runs(places: &[At]) -> Vec<String> {
    let beside = |a: &At, b: &At| a.0 == b.0 && a.1 + 1 == b.1;
    let runs = places.chunk_by(beside).filter_map(|run| Some((run.first()?, run.last()?)));
    runs.map(|(first, last)| cell_range(first.0, first.1, last.0, last.1)).collect()
}

/// Writes the checks of the sums beside the table and below it, and gives their ranges.
fn check(
    sums: &Sums<'_>,
    (first, last_column, bottom): (u32, u16, u32),
    sheet: &mut Worksheet,
) -> Result<Vec<String>, XlsxError> {
    let mut ranges = Vec::new();
    let alarm = ConditionalFormatText::new()
        .set_rule(ConditionalFormatTextRule::BeginsWith("差".to_owned()))
        .set_format(look::alarm());
    let mut named: Vec<(u32, u16)> = Vec::new();
    for check in sums.checks() {
        let sum = check.equation.sum;
        let below = sums::row_below(sum);
        let place = match below {
            None => (check.at.0, last_column + 1),
            Some(below) => (bottom + 1 + below, check.at.1),
        };
        let name_at = if below.is_some() { (place.0, 0) } else { (1, place.1) };
        if !named.contains(&name_at) {
            named.push(name_at);
            let range = match below {
                None => (1, place.1, bottom, place.1),
                Some(_) => (place.0, 0, place.0, last_column),
            };
            let label = match below {
                None => (1, place.1, first - 1, place.1),
                // The first check has the columns before it free.
                Some(_) => (place.0, 0, place.0, check.at.1 - 1),
            };
            sheet.merge_range(label.0, label.1, label.2, label.3, sums::name(sum), &look::check())?;
            sheet.add_conditional_format(range.0, range.1, range.2, range.3, &alarm)?;
            ranges.push(cell_range_absolute(range.0, range.1, range.2, range.3));
        }
        sheet.write_formula_with_format(place.0, place.1, check.formula, &look::check())?;
    }
    Ok(ranges)
}
