//! The numbers of table rows: which fields of a row are its numbers, and which cell each of them is.
//!
//! A row is known by its label, its numbers by their count. Where blanks leave more than one way to count, the other rows
//! of the table decide; where they do not, the row stays blank and is quoted.

use super::Recognized;
use super::heads::{self, Heads};
use super::labels::{Fit, Labels, RowLabel, is_value};
use crate::form::terms::{Column, Section};
use crate::form::{self, Cell, Form};
use crate::report::{NoticeKind, Place};

/// A row of a foreign table, on a rectangle.
pub(super) struct Fields<'d> {
    pub texts: Vec<&'d str>,
    pub at: &'d str,
}

/// What a row was found to be.
struct Labelled<'l, 'd> {
    fields: &'l Fields<'d>,
    /// Where its label stands.
    label: usize,
    row: &'l RowLabel,
    fit: Fit,
    /// What the heads over it say; nothing where it has none.
    heads: Heads,
}

/// Reads all rows of one grid; `false` if none of them is of a table of the form.
pub(super) fn read(
    rows: &[Fields<'_>],
    has_spans: bool,
    labels: &Labels,
    form: &'static Form,
    to: &mut Recognized,
) -> bool {
    let mut labelled: Vec<Labelled<'_, '_>> = Vec::new();
    let mut others = Vec::new();
    // The rows without numbers since the last labelled one.
    let mut over: Vec<Vec<&str>> = Vec::new();
    for fields in rows {
        let Some(mut found) = label(fields, labels) else {
            if !fields.texts.iter().any(|text| is_value(text)) {
                over.push(fields.texts.clone());
            }
            others.push(fields);
            continue;
        };
        let above = labelled.last().filter(|above| above.row.columns == found.row.columns);
        found.heads = heads::read(&over, &found.row.column_labels(form), labels)
            .or_else(|| above.map(|above| above.heads.below()))
            .unwrap_or_default();
        labelled.push(found);
        over.clear();
    }
    let disputes =
        others.iter().any(|fields| fields.texts.iter().any(|text| labels.is_head(text) && is_dispute(text)));
    if labelled.is_empty() && !disputes && !others.iter().any(|fields| is_orphan(fields)) {
        return false;
    }
    let geometry = Geometry::of(rows, &labelled, has_spans);
    for found in &labelled {
        place(found, &labelled, &geometry, to);
    }
    for fields in others {
        unlabelled(fields, &over, labels, form, to);
    }
    true
}

/// Finds the label of a row: the last field that names a row of the form. What follows is its content, whatever it says.
fn label<'l, 'd>(fields: &'l Fields<'d>, labels: &'l Labels) -> Option<Labelled<'l, 'd>> {
    let named = |wanted: Option<Fit>| {
        fields.texts.iter().enumerate().rev().filter(|(_, text)| !is_value(text)).find_map(|(label, text)| {
            let (row, fit) = labels.row(text)?;
            wanted.is_none_or(|wanted| wanted == fit).then(|| Labelled {
                fields,
                label,
                row,
                fit,
                heads: Heads::default(),
            })
        })
    };
    named(Some(Fit::Exact)).or_else(|| named(None)).or_else(|| single_row(fields, labels))
}

/// （六） as a single row: its numbers follow the group cell, with no other text between.
fn single_row<'l, 'd>(fields: &'l Fields<'d>, labels: &'l Labels) -> Option<Labelled<'l, 'd>> {
    let (label, row) =
        fields.texts.iter().enumerate().find_map(|(at, text)| Some((at, labels.single(text)?)))?;
    let mut content = fields.texts[label + 1..].iter().filter(|text| !text.trim().is_empty()).peekable();
    let has_only_values = content.peek().is_some() && content.all(|text| is_value(text));
    has_only_values.then(|| Labelled { fields, label, row, fit: Fit::Changed, heads: Heads::default() })
}

/// Where the numbers of a table stand, as far as its own rows tell.
struct Geometry {
    /// How many fields most rows have.
    width: usize,
    /// The field under the head of the first column, where merged cells make that sure.
    head: Option<usize>,
    /// Whether merged group cells are there as blank fields.
    has_group_blanks: bool,
}

impl Geometry {
    fn of(rows: &[Fields<'_>], labelled: &[Labelled<'_, '_>], has_spans: bool) -> Self {
        let widths: Vec<usize> = labelled.iter().map(|found| found.fields.texts.len()).collect();
        let count = |width: &usize| widths.iter().filter(|w| *w == width).count();
        let is_first = |text: &&str| super::labels::key(text) == "自然人";
        let first = rows.iter().find_map(|fields| fields.texts.iter().position(is_first));
        Self {
            width: widths.iter().copied().max_by_key(count).unwrap_or_default(),
            head: first.filter(|_| has_spans),
            has_group_blanks: labelled
                .iter()
                .any(|f| f.row.group().is_some() && f.fields.texts[0].is_empty()),
        }
    }

    /// Whether a row is as long as most rows are: no row vouches for itself.
    fn is_usual(&self, found: &Labelled<'_, '_>, all: &[Labelled<'_, '_>]) -> bool {
        let width = found.fields.texts.len();
        let alike =
            |other: &&Labelled<'_, '_>| other.fields.texts.len() == width && other.label == found.label;
        width == self.width && all.iter().filter(alike).count() >= 2
    }
}

/// Puts the numbers of a labelled row in their cells, or says why not.
fn place(found: &Labelled<'_, '_>, all: &[Labelled<'_, '_>], geometry: &Geometry, to: &mut Recognized) {
    let columns = &found.row.columns;
    let values = &found.fields.texts[found.label + 1..];
    let anchor = Place::from(Cell { row: found.row.row, column: columns[columns.len() - 1] });
    let at = found.fields.at;
    to.tables.insert(found.row.section);
    if found.fit == Fit::Changed {
        let text = found.fields.texts[found.label];
        let message = format!("行名“{}”与表样的“{}”不同，请照表样改。", text.trim(), found.row.label);
        to.notice(NoticeKind::LabelChanged, Some(anchor), text, at, message);
    }
    if found.label == 0
        && geometry.has_group_blanks
        && let Some(group) = found.row.group()
    {
        let message = format!("“{}”这一行丢了所属的大项“{group}”，请照表样补上。", found.row.label);
        to.notice(NoticeKind::GroupLost, Some(anchor), found.fields.texts[0], at, message);
    }
    let before = found.fields.texts[..found.label].iter().filter(|text| is_value(text)).count();
    let is_blank = values.iter().all(|text| text.trim().is_empty());
    // A single number before a label that numbers follow is the number of the row.
    if before > 1 || (before == 1 && is_blank) {
        let message = format!("“{}”的前面还有数，没有读入，请对照原文件核对。", found.row.label);
        to.notice(NoticeKind::NotPlaced, Some(anchor), &quote(found.fields), at, message);
    }
    if is_blank {
        return;
    }
    to.heads(found.row, &found.heads, at);
    if let Some(trouble) = &found.heads.trouble {
        let message = format!("{trouble}，“{}”这一行没有读入，请逐格填写。", found.row.label);
        to.notice(NoticeKind::NotPlaced, Some(anchor), &quote(found.fields), at, message);
        return;
    }
    let Some(start) = start(found, all, geometry) else {
        let message = format!(
            "“{}”这一行应有 {} 个数，认不准哪个数在哪一列，没有读入，请逐格填写。",
            found.row.label,
            columns.len()
        );
        to.notice(NoticeKind::NotPlaced, Some(anchor), &quote(found.fields), at, message);
        return;
    };
    for (column, text) in columns.iter().zip(&values[start..]) {
        to.value(Cell { row: found.row.row, column: *column }, text, at);
    }
}

/// Where among the fields after the label the first number stands; `None` if that is not sure.
fn start(found: &Labelled<'_, '_>, all: &[Labelled<'_, '_>], geometry: &Geometry) -> Option<usize> {
    let windows = windows(found);
    let values = &found.fields.texts[found.label + 1..];
    let n = found.row.columns.len();
    let is_full = |start: usize| values[start..start + n].iter().all(|text| !text.trim().is_empty());
    if let [start] = windows[..]
        && (is_full(start) || geometry.head.is_some() || geometry.is_usual(found, all))
    {
        return Some(start);
    }
    if !geometry.is_usual(found, all) {
        return None;
    }
    let same_table =
        |other: &&Labelled<'_, '_>| other.row.section == found.row.section && other.row.columns.len() == n;
    let sure = |other: &Labelled<'_, '_>| match self::windows(other)[..] {
        [start] => Some((other.label, other.fields.texts.len(), start)),
        _ => None,
    };
    let votes: Vec<(usize, usize, usize)> = all.iter().filter(same_table).filter_map(sure).collect();
    let shape = |vote: &&(usize, usize, usize)| (vote.0, vote.1) == (found.label, found.fields.texts.len());
    let alike = agreed(votes.iter().filter(shape).map(|vote| vote.2));
    let absolute = agreed(votes.iter().map(|(label, _, start)| label + 1 + start));
    let by_head = geometry.head.filter(|_| found.row.section == Section::Requests);
    let chosen =
        alike.or_else(|| by_head.or(absolute).and_then(|column| column.checked_sub(found.label + 1)));
    chosen.filter(|start| windows.contains(start))
}

/// The places where the numbers of a row can begin so that only blanks are left over.
fn windows(found: &Labelled<'_, '_>) -> Vec<usize> {
    let values = &found.fields.texts[found.label + 1..];
    let n = found.row.columns.len();
    let is_blank = |text: &&str| text.trim().is_empty();
    let fits =
        |start: &usize| values[..*start].iter().all(is_blank) && values[start + n..].iter().all(is_blank);
    (0..(values.len() + 1).saturating_sub(n)).filter(fits).collect()
}

/// The value that all agree on.
fn agreed(mut votes: impl Iterator<Item = usize>) -> Option<usize> {
    let first = votes.next()?;
    votes.all(|vote| vote == first).then_some(first)
}

/// A row without a label of the form: the numbers of table 4, a row too many, or numbers that lost their label.
fn unlabelled(
    fields: &Fields<'_>,
    heads: &[Vec<&str>],
    labels: &Labels,
    form: &'static Form,
    to: &mut Recognized,
) {
    let values = fields.texts.iter().filter(|text| is_value(text)).count();
    let texts: Vec<&str> =
        fields.texts.iter().copied().filter(|t| !t.trim().is_empty() && !is_value(t)).collect();
    if texts.iter().any(|text| is_dispute(text)) {
        to.tables.insert(Section::Disputes);
    }
    if let Some(glued) = texts.iter().find_map(|text| labels.glued(text)) {
        to.glued(glued, &quote(fields), fields.at);
    } else if values == 0 {
        // Heads and captions.
    } else if !texts.iter().any(|text| labels.is_fragment(text))
        && disputes(&fields.texts, heads, fields.at, labels, form, to)
    {
    } else if texts.is_empty() || texts.iter().all(|text| labels.is_fragment(text)) {
        let message = "这一行数没有行名，不知道是哪一行，没有读入，请对照原文件填写。".to_owned();
        to.notice(NoticeKind::NotPlaced, None, &quote(fields), fields.at, message);
    } else {
        let message = format!("表样里没有“{}”这一行，没有读入。", texts.join(" ").trim());
        to.notice(NoticeKind::ExtraCells, None, &quote(fields), fields.at, message);
    }
}

/// Reads the one row of table 4; `false` if there are not as many fields as it has cells.
pub(super) fn disputes(
    texts: &[&str],
    heads: &[Vec<&str>],
    at: &str,
    labels: &Labels,
    form: &'static Form,
    to: &mut Recognized,
) -> bool {
    const BLOCKS: [&str; 4] = ["行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"];
    let Some(table) = form.table(Section::Disputes) else { return false };
    let (rows, columns) = (form::leaves(table.blocks[0].rows), form::leaves(table.blocks[0].columns));
    let cells = rows.iter().flat_map(|row| columns.iter().map(|c| Cell { row: row.key, column: c.key }));
    let cells: Vec<Cell> = cells.collect();
    if texts.len() != cells.len() {
        return false;
    }
    to.tables.insert(Section::Disputes);
    let results: Vec<&str> = columns.iter().map(|column| column.label).collect();
    let trouble = [&BLOCKS[..], &results]
        .into_iter()
        .find_map(|official| heads::read(heads, official, labels).and_then(|heads| heads.trouble));
    if let Some(trouble) = trouble {
        let message = format!("{trouble}，表四的数没有读入，请逐格填写。");
        to.notice(NoticeKind::NotPlaced, Some(Section::Disputes.into()), &texts.join(" "), at, message);
        return true;
    }
    for (cell, text) in cells.into_iter().zip(texts) {
        to.value(cell, text, at);
    }
    true
}

/// Whether a text heads a block of table 4.
fn is_dispute(text: &str) -> bool {
    ["行政复议", "行政诉讼"].contains(&super::labels::key(text).as_str())
}

/// Whether a row has numbers and nothing else: the row of table 4, or numbers that lost their label.
fn is_orphan(fields: &Fields<'_>) -> bool {
    let filled: Vec<&&str> = fields.texts.iter().filter(|text| !text.trim().is_empty()).collect();
    filled.len() >= 5 && filled.iter().all(|text| is_value(text))
}

fn quote(fields: &Fields<'_>) -> String {
    let filled: Vec<&str> =
        fields.texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    filled.join(" ")
}

impl Recognized {
    /// What the heads over a row have that the form has not.
    pub(super) fn heads(&mut self, row: &RowLabel, heads: &Heads, at: &str) {
        for (column, text) in &heads.changed {
            let cell = Cell { row: row.row, column: row.columns[*column] };
            let message = format!("列名“{}”与表样的不同，请照表样改，并核对这一列的数和单位。", text.trim());
            self.notice(NoticeKind::LabelChanged, Some(cell.into()), text, at, message);
        }
        for text in &heads.extra {
            let message = format!("表样里没有“{}”这一列，没有读入。", text.trim());
            self.notice(NoticeKind::ExtraCells, Some(row.section.into()), text, "", message);
        }
    }

    /// A label with its numbers run into it.
    pub(super) fn glued(&mut self, row: &RowLabel, quote: &str, at: &str) {
        self.tables.insert(row.section);
        let cell = Cell { row: row.row, column: row.columns.first().copied().unwrap_or(Column::Total) };
        let message = format!("“{quote}”里的数连在一起，分不清各是几，没有读入，请逐格填写。");
        self.notice(NoticeKind::NotPlaced, Some(cell.into()), quote, at, message);
    }
}
