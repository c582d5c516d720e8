//! The one row of table 4, which has no label: known by the number of its fields and the heads over it.

use super::Recognized;
use super::heads;
use super::labels::Labels;
use crate::form::terms::Section;
use crate::form::{self, Cell, Form};
use crate::report::NoticeKind;
use crate::text::key;

/// How many numbers it has.
pub(super) const CELLS: usize = 15;

/// Reads the one row of table 4; `false` if there are not as many fields as it has cells.
pub(super) fn read(
    fields: &[(String, &str)],
    trouble: impl FnOnce() -> Option<String>,
    at: &str,
    form: &'static Form,
    to: &mut Recognized,
) -> bool {
    let cells = cells(form);
    if fields.len() != cells.len() {
        return false;
    }
    to.tables.insert(Section::Disputes);
    if let Some(trouble) = trouble() {
        let message = format!("{trouble}，表四的数没有读入，请逐格填写。");
        let quote: Vec<&str> = fields.iter().map(|(_, text)| *text).collect();
        to.notice(NoticeKind::NotPlaced, Some(Section::Disputes.into()), &quote.join(" "), at, message);
        return true;
    }
    for (cell, (spot, text)) in cells.into_iter().zip(fields) {
        to.value(cell, text, spot);
    }
    true
}

/// Remembers where the cells of table 4 stand, if there are as many blank fields.
pub(super) fn blank(fields: &[(String, &str)], form: &'static Form, to: &mut Recognized) {
    let cells = cells(form);
    if fields.len() == cells.len() {
        for (cell, (spot, _)) in cells.into_iter().zip(fields) {
            to.origin(cell, spot.clone());
        }
    }
}

/// The cells of table 4, left to right.
fn cells(form: &'static Form) -> Vec<Cell> {
    let cells = form.cells().iter().map(|info| info.cell);
    cells.filter(|cell| cell.section() == Section::Disputes).collect()
}

/// Why the heads over the row of table 4 do not let its numbers be told apart.
pub(super) fn trouble<'d>(
    heads: &[impl AsRef<[&'d str]>],
    labels: &Labels,
    form: &'static Form,
) -> Option<String> {
    const BLOCKS: [&str; 4] = ["行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"];
    let table = form.table(Section::Disputes)?;
    let results: Vec<&str> =
        form::leaves(table.blocks[0].columns).iter().map(|column| column.label).collect();
    [&BLOCKS[..], &results]
        .into_iter()
        .find_map(|official| heads::read(heads, official, labels).and_then(|heads| heads.trouble))
}

/// Why blanks among the numbers of table 4 do not let them be told apart: the heads stand over others.
pub(super) fn moved(numbers: &[(usize, &str)], over: &[Vec<&str>], form: &'static Form) -> Option<String> {
    let table = form.table(Section::Disputes)?;
    let results: Vec<String> =
        form::leaves(table.blocks[0].columns).iter().map(|column| key(column.label)).collect();
    let head = |field: usize| {
        let texts = over.iter().rev().filter_map(|texts| texts.get(field));
        texts.map(|text| key(text)).find(|text| results.contains(text))
    };
    let is_moved = |(nth, (field, _)): (usize, &(usize, &str))| {
        head(*field).is_some_and(|head| head != results[nth % results.len()])
    };
    let has_blanks = numbers.iter().any(|(_, text)| text.trim().is_empty());
    (has_blanks && numbers.iter().enumerate().any(is_moved)).then(|| "数里有空格，与列名对不齐".to_owned())
}

/// Whether a row has the heads of the table.
pub(super) fn has_head(texts: &[&str], labels: &Labels) -> bool {
    texts.iter().any(|text| labels.is_head(text) && is_block(text))
}

/// Whether a text heads a block of the table.
pub(super) fn is_block(text: &str) -> bool {
    ["行政复议", "行政诉讼"].contains(&key(text).as_str())
}
