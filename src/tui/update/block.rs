//! A block of text (tabs and line ends) laid over a table from the cursor on.
//!
//! It only plans: the clerk sees the plan and decides.

use super::super::app::Open;
use super::super::app::sheet::Sheet;
use crate::form::Cell;
use crate::report::{Edit, Place, Value};

/// What would become of a block.
pub(super) struct Plan {
    /// The edit, as one step.
    pub edit: Edit,
    /// What goes where, in the clerk's words.
    pub preview: Vec<String>,
}

/// The most cells that a preview names one by one.
const NAMED: usize = 40;

/// Plans a block with its first cell at the cursor. Empty cells of the block leave what stands there.
pub(super) fn plan(open: &Open, sheet: &Sheet, at: Cell, text: &str) -> Plan {
    let rows: Vec<&[Cell]> = sheet.rows().collect();
    let (first_row, first_column) = sheet.find(at).unwrap_or_default();
    let mut edit = Edit::default();
    let (mut outside, mut computed, mut texts) = (0, 0, 0);
    let mut lines = Vec::new();
    for (row, line) in text.trim_end_matches('\n').split('\n').enumerate() {
        for (column, written) in
            line.split('\t').enumerate().filter(|(_, written)| !written.trim().is_empty())
        {
            let target = rows.get(first_row + row).and_then(|cells| cells.get(first_column + column));
            let Some(place) = target.map(|&cell| Place::Cell(cell)) else {
                outside += 1;
                continue;
            };
            if open.is_computed(place) {
                computed += 1;
                continue;
            }
            let (value, _) = Value::read(place, written);
            texts += usize::from(value.as_ref().is_some_and(|value| value.text().is_some()));
            lines.push(describe(open, place, value.as_ref()));
            edit.values.insert(place, value);
        }
    }
    let mut preview = vec![format!("从光标起填入 {} 格，作为一步，可以撤销。", edit.values.len())];
    for (count, what) in
        [(outside, "格超出了表，不填"), (computed, "格是自动合计，不动"), (texts, "格不是数，先按文字留着")]
    {
        if count > 0 {
            preview.push(format!("有 {count} {what}。"));
        }
    }
    let more = lines.len().saturating_sub(NAMED);
    lines.truncate(NAMED);
    preview.extend(lines);
    if more > 0 {
        preview.push(format!("以及另外 {more} 格"));
    }
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
