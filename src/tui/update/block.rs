//! A block of text (tabs and line ends) laid over a table: by the labels of its rows where it has them, else from the
//! cursor on.
//!
//! It only plans: the clerk sees the plan and decides.

use std::collections::{BTreeMap, BTreeSet};

use super::super::app::Open;
use super::super::app::sheet::Sheet;
use crate::form::terms::{Row, Section};
use crate::form::{Cell, Form, leaves, mark};
use crate::number::{self, Reading};
use crate::report::{Edit, Place, Value};
use crate::text::key;

/// What would become of a block.
pub(super) struct Plan {
    /// The edit, as one step.
    pub edit: Edit,
    /// What goes where, in the clerk's words.
    pub preview: Vec<String>,
}

/// Plans a block. Empty cells of the block leave what stands there.
pub(super) fn plan(open: &Open, sheet: &Sheet, at: Cell, text: &str) -> Plan {
    let labels = Labels::new(open.report().form(), at.section());
    let rows: Vec<Vec<&str>> =
        text.trim_end_matches('\n').split('\n').map(|line| line.split('\t').collect()).collect();
    let rows: Vec<Pasted<'_>> = rows.into_iter().map(|cells| labels.part(cells)).collect();
    let (how, laid) = match by_labels(open.report().form(), sheet, at, &rows) {
        Some(laid) => ("按行名", laid),
        None => ("从光标起", from_cursor(sheet, at, &rows)),
    };
    let mut edit = Edit::default();
    let (mut outside, mut computed, mut texts) = (0, 0, 0);
    let mut lines = Vec::new();
    for (target, written) in laid {
        let Some(place) = target.map(Place::Cell) else {
            outside += 1;
            continue;
        };
        if open.report().is_computed(place) {
            computed += 1;
            continue;
        }
        let (value, _) = Value::read(place, written);
        texts += usize::from(value.as_ref().is_some_and(|value| value.text().is_some()));
        lines.push(describe(open, place, value.as_ref()));
        edit.values.insert(place, value);
    }
    let mut preview = vec![format!("{how}填入 {} 格，作为一步，可以撤销。", edit.values.len())];
    for (count, what) in
        [(outside, "格超出了表，不填"), (computed, "格是自动合计，不动"), (texts, "格不是数，先按文字留着")]
    {
        if count > 0 {
            preview.push(format!("有 {count} {what}。"));
        }
    }
    preview.extend(lines);
    Plan { edit, preview }
}

fn describe(open: &Open, place: Place, value: Option<&Value>) -> String {
    let label = place.label(open.report().form());
    let new = value.map_or_else(|| "空".to_owned(), ToString::to_string);
    match open.report().get(place) {
        Some(old) if Some(old) != value => format!("{label}：原 {old}，改为 {new}"),
        _ => format!("{label}：{new}"),
    }
}

/// Where something that was pasted goes, if anywhere, and what it is.
type Laid<'a> = (Option<Cell>, &'a str);

/// Lays each row into the one that its label names; `None` if one with numbers has no label of the form.
fn by_labels<'a>(form: &Form, sheet: &Sheet, at: Cell, rows: &[Pasted<'a>]) -> Option<Vec<Laid<'a>>> {
    let mut laid = Vec::new();
    let longest = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
    let labels = rows.iter().map(Pasted::labels).max().unwrap_or_default();
    let (_, here) = sheet.find(at).unwrap_or_default();
    let mut heads: Vec<&str> = Vec::new();
    for row in rows {
        match &row.kind {
            Kind::Head => under(&mut heads, row),
            Kind::Other if row.cells.iter().all(|cell| cell.trim().is_empty()) => {}
            Kind::Other => return None,
            Kind::Labelled(named, label) => {
                let cells: Vec<Cell> =
                    sheet.rows().flatten().copied().filter(|cell| cell.row == *named).collect();
                let numbers = row.numbers(*label, labels, longest, cells.len());
                let start = row.cells.len() - numbers.len();
                let headed = filled(numbers).map(|(nth, written)| {
                    let head = key(heads.get(start + nth)?);
                    let column =
                        |cell: &&Cell| form.cell(**cell).is_some_and(|info| key(info.column_name) == head);
                    Some((Some(*cells.iter().find(column)?), written))
                });
                // Without heads a whole row begins with the first column, wherever the cursor is.
                let first =
                    if numbers.len() >= cells.len() { 0 } else { here.min(cells.len() - numbers.len()) };
                let in_turn =
                    filled(numbers).map(|(nth, written)| (cells.get(first + nth).copied(), written));
                laid.extend(headed.collect::<Option<Vec<Laid<'a>>>>().unwrap_or_else(|| in_turn.collect()));
            }
        }
    }
    rows.iter().any(|row| matches!(row.kind, Kind::Labelled(..))).then_some(laid)
}

/// Puts a row of heads under those above it: of several in a column the lowest counts.
fn under<'a>(heads: &mut Vec<&'a str>, row: &Pasted<'a>) {
    heads.resize(heads.len().max(row.cells.len()), "");
    for (head, cell) in heads.iter_mut().zip(&row.cells).filter(|(_, cell)| !cell.trim().is_empty()) {
        *head = cell;
    }
}

/// Lays the rows out from the cursor on, heads above them and labels before them left out.
fn from_cursor<'a>(sheet: &Sheet, at: Cell, rows: &[Pasted<'a>]) -> Vec<Laid<'a>> {
    let targets: Vec<&[Cell]> = sheet.rows().collect();
    let (first_row, first_column) = sheet.find(at).unwrap_or_default();
    let heads = rows.iter().take_while(|row| matches!(row.kind, Kind::Head)).count();
    let rows = &rows[heads..];
    // A column that holds numbers in some row is none of labels.
    let is_free =
        |column: usize| rows.iter().all(|row| row.cells.get(column).is_none_or(|cell| !is_value(cell)));
    let most = rows.iter().map(Pasted::labels).max().unwrap_or_default();
    let labels = (0..most).take_while(|&column| is_free(column)).count();
    let mut laid = Vec::new();
    for (nth, row) in rows.iter().enumerate() {
        let cells = targets.get(first_row + nth).copied().unwrap_or_default();
        let numbers = row.cells.get(labels..).unwrap_or_default();
        laid.extend(filled(numbers).map(|(nth, written)| (cells.get(first_column + nth).copied(), written)));
    }
    laid
}

/// The cells that are not empty, with their numbers.
fn filled<'a, 'b>(cells: &'b [&'a str]) -> impl Iterator<Item = (usize, &'a str)> + use<'a, 'b> {
    cells.iter().copied().enumerate().filter(|(_, written)| !written.trim().is_empty())
}

/// A row of a block.
struct Pasted<'a> {
    cells: Vec<&'a str>,
    kind: Kind,
}

impl<'a> Pasted<'a> {
    /// How many columns its labels take.
    fn labels(&self) -> usize {
        match self.kind {
            Kind::Labelled(_, label) => label + 1,
            Kind::Head | Kind::Other => 0,
        }
    }

    /// The numbers behind its label. Merged cells leave blanks behind a label of an outer group: up to the column where the
    /// labels of all rows end, if the row is as long as the others, and never fewer than leave `most` numbers.
    fn numbers(&self, label: usize, labels: usize, longest: usize, most: usize) -> &[&'a str] {
        let is_blank = |cell: &&str| cell.trim().is_empty();
        let behind = &self.cells[label + 1..];
        let merged = labels.saturating_sub(label + 1).min(behind.len());
        let is_merged = self.cells.len() == longest && behind[..merged].iter().all(is_blank);
        let behind = if is_merged { &behind[merged..] } else { behind };
        let surplus = behind.len().saturating_sub(most);
        &behind[behind.iter().take(surplus).take_while(|cell| is_blank(cell)).count()..]
    }
}

/// What a row of a block is.
enum Kind {
    /// Labels of the form and no number.
    Head,
    /// Numbers behind the label of this row, which is in this column.
    Labelled(Row, usize),
    /// Anything else.
    Other,
}

/// The labels of a table, as they are compared.
struct Labels {
    rows: BTreeMap<String, Row>,
    /// Those of columns, groups and corners.
    heads: BTreeSet<String>,
}

impl Labels {
    fn new(form: &Form, section: Section) -> Self {
        let (mut rows, mut heads) = (BTreeMap::new(), BTreeSet::from([key("统计指标"), key("申请人情况")]));
        for block in form.table(section).into_iter().flat_map(|table| table.blocks) {
            heads.extend([block.caption, block.corner].map(key));
            for leaf in leaves(block.columns) {
                heads.extend(leaf.groups.iter().chain([&leaf.label]).map(|label| key(label)));
            }
            for leaf in leaves(block.rows) {
                heads.extend(leaf.groups.iter().map(|label| key(label)));
                // As it is printed, without its remark, and without its number.
                let plain =
                    leaf.label.rfind('（').filter(|at| *at > 0).map_or(leaf.label, |at| &leaf.label[..at]);
                let bare = plain.strip_prefix(mark(plain)).filter(|bare| !bare.is_empty()).unwrap_or(plain);
                let bare = bare.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '、'));
                rows.extend([leaf.label, plain, bare].map(|label| (key(label), leaf.key)));
            }
        }
        heads.remove("");
        Self { rows, heads }
    }

    /// Tells labels and numbers of a row apart.
    fn part<'a>(&self, cells: Vec<&'a str>) -> Pasted<'a> {
        let before = cells.iter().take_while(|cell| !is_value(cell)).count();
        let named = (0..before).rev().find_map(|at| Some((*self.rows.get(&key(cells[at]))?, at)));
        let mut labels = cells.iter().map(|cell| key(cell)).filter(|key| !key.is_empty()).peekable();
        let kind = match named {
            Some((row, at)) if cells[at + 1..].iter().any(|cell| is_value(cell)) => Kind::Labelled(row, at),
            _ if labels.peek().is_some()
                && labels.all(|key| self.rows.contains_key(&key) || self.heads.contains(&key)) =>
            {
                Kind::Head
            }
            _ => Kind::Other,
        };
        Pasted { cells, kind }
    }
}

/// Whether a cell holds what stands in number cells: a number, or a mark such as `/` that is no word.
fn is_value(cell: &str) -> bool {
    let is_number = matches!(number::read(cell), Reading::Plain(_) | Reading::Loose(_));
    is_number || (!cell.trim().is_empty() && key(cell).is_empty())
}
