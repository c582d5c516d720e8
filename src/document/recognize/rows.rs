//! The numbers of table rows: which fields of a row are its numbers, and which cell each of them is.
//!
//! A row is known by its label, its numbers by their count. Where blanks leave more than one way to count, the other rows
//! of the table decide; where they do not, the row stays blank and is quoted.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use super::heads::{self, Above, Heads};
use super::labels::{Fit, Labels, RowLabel, is_near, is_value};
mod geometry;
pub(super) mod wrapped;

use super::{EXPORTED, Recognized, disputes};
use crate::document::{Grid, GridCell, GridRow};
use crate::form::terms::{Column, Row, Section};
use crate::form::{Cell, Form};
use crate::report::{NoticeKind, Place};
use crate::text::key;
use geometry::Geometry;
use wrapped::Piece;

/// A row of a foreign table, on a rectangle.
pub(super) struct Fields<'d> {
    pub texts: Vec<&'d str>,
    /// The fields in which no cell begins: a merged one goes on there.
    merged: Vec<usize>,
    pub at: &'d str,
    grid: &'d Grid,
}

impl<'d> Fields<'d> {
    /// The fields of a row of a grid.
    pub(super) fn of(places: &[Option<&'d GridCell>], row: &'d GridRow, grid: &'d Grid) -> Self {
        let texts = places.iter().map(|place| place.map_or("", |cell| cell.text.as_str())).collect();
        let merged = (0..places.len()).filter(|at| places[*at].is_none()).collect();
        Self { texts, merged, at: &row.at, grid }
    }

    /// The fields from one on, with their numbers, as far as they are cells of their own.
    fn from(&self, first: usize) -> impl Iterator<Item = (usize, &'d str)> {
        let fields = self.texts.iter().copied().enumerate().skip(first);
        fields.filter(|(at, _)| !self.merged.contains(at))
    }

    /// The fields that are cells of their own, each with where it stands.
    fn own(&self) -> Vec<(String, &'d str)> {
        self.from(0).map(|(field, text)| (self.spot(field), text)).collect()
    }

    /// Where a field stands in the source; empty when composed.
    fn spot(&self, field: usize) -> String {
        if self.at.is_empty() { String::new() } else { format!("{} {}", self.at, self.grid.column(field)) }
    }
}

/// What a row was found to be.
struct Labelled<'l, 'd> {
    fields: &'l Fields<'d>,
    /// Where its label stands.
    label: usize,
    /// What stands behind it, each with the number of its field.
    values: Vec<(usize, &'d str)>,
    row: &'l RowLabel,
    fit: Fit,
    /// Whether its label begins in the rows before.
    is_wrapped: bool,
    /// Whether it is known by the name of its group alone.
    is_single: bool,
    /// What the heads over it say; nothing where it has none.
    heads: Heads,
    /// The fields in which the heads of its columns stand, as far as they are there.
    under: Vec<Option<usize>>,
}

/// A grid of which at least one row is of a table of the form.
pub(super) struct Found<'l, 'd> {
    labelled: Vec<Labelled<'l, 'd>>,
    others: Vec<&'l Fields<'d>>,
    /// The rows without numbers since the last labelled one, also of a piece of the table before.
    over: Vec<Vec<&'d str>>,
    geometry: Geometry,
}

/// Finds the rows of one grid, below what was said `above` it; `None` if none of them is of a table of the form.
pub(super) fn find<'l, 'd>(
    rows: &'l [Fields<'d>],
    has_spans: bool,
    above_it: &'d Above,
    labels: &'l Labels,
    form: &'static Form,
) -> Option<Found<'l, 'd>> {
    let mut labelled: Vec<Labelled<'_, '_>> = Vec::new();
    let mut others = Vec::new();
    let mut over = above_it.rows();
    let pieces = wrapped::pieces(rows, labels);
    for (index, fields) in rows.iter().enumerate() {
        let found = match pieces.get(&index) {
            Some(Piece::Begins) => continue,
            Some(Piece::Ends(row, label)) => {
                Some(Labelled { is_wrapped: true, ..Labelled::new(fields, *label, row, Fit::Exact) })
            }
            None => label(fields, labels),
        };
        let Some(mut found) = found else {
            if !fields.texts.iter().any(|text| is_value(text)) {
                over.push(fields.texts.clone());
            }
            others.push(fields);
            continue;
        };
        let above = labelled.last().filter(|above| above.row.columns == found.row.columns);
        found.heads = heads::read(&over, &found.row.column_labels(form), labels)
            .or_else(|| above.map(|above| above.heads.below()))
            .or_else(|| above_it.heads(found.row.section, &found.row.columns).filter(|_| labelled.is_empty()))
            .unwrap_or_default();
        found.under = match above.filter(|_| over.is_empty()) {
            Some(above) => above.under.clone(),
            None => found.row.column_labels(form).iter().map(|label| field_of(label, &over)).collect(),
        };
        labelled.push(found);
        over.clear();
    }
    // A group that has rows of its own has no single row: what stands behind its name has lost its label.
    let has_own_row = |group| labelled.iter().any(|found| !found.is_single && found.row.group() == group);
    let is_doubtful = |found: &Labelled<'_, '_>| found.is_single && has_own_row(found.row.group());
    let doubtful: Vec<usize> = (0..labelled.len()).filter(|&at| is_doubtful(&labelled[at])).collect();
    others.extend(doubtful.into_iter().rev().map(|at| labelled.remove(at).fields));
    let has_disputes =
        others.iter().any(|fields| disputes::has_head(&fields.texts, labels) || is_orphan(fields));
    if labelled.is_empty() && !has_disputes {
        return None;
    }
    let geometry = Geometry::of(rows, &labelled, has_spans);
    Some(Found { labelled, others, over, geometry })
}

impl Found<'_, '_> {
    /// The tables that the grid has rows of.
    pub(super) fn sections(&self, labels: &Labels) -> BTreeSet<Section> {
        let mut sections: BTreeSet<Section> = self.labelled.iter().map(|found| found.row.section).collect();
        for fields in &self.others {
            if disputes::has_head(&fields.texts, labels)
                || is_orphan(fields) && fields.own().len() == disputes::CELLS
            {
                sections.insert(Section::Disputes);
            }
            sections.extend(fields.texts.iter().find_map(|text| labels.glued(text)).map(|row| row.section));
        }
        sections
    }

    /// Whether it has more than half of the rows of a table; the one row of table 4 is all of it.
    pub(super) fn has_most(&self, section: Section, form: &Form) -> bool {
        let rows = |cells: &mut dyn Iterator<Item = Row>| cells.collect::<BTreeSet<Row>>().len();
        let cells = form.cells().iter().map(|info| info.cell);
        let all = rows(&mut cells.filter(|cell| cell.section() == section).map(|cell| cell.row));
        let here = self.labelled.iter().filter(|found| found.row.section == section);
        section == Section::Disputes || 2 * rows(&mut here.map(|found| found.row.row)) > all
    }

    /// Remembers its heads for those that go on below it.
    pub(super) fn go_on(&self, above: &mut Above) {
        if let Some(found) = self.labelled.last() {
            above.row(found.row, &found.heads);
        }
        above.over(&self.over);
    }

    /// Puts its numbers in their cells.
    pub(super) fn place(&self, labels: &Labels, form: &'static Form, to: &mut Recognized) {
        for found in &self.labelled {
            place(found, &self.geometry, to);
        }
        let trouble = LazyCell::new(|| disputes::trouble(&self.over, labels, form));
        let has_disputes = self.others.iter().any(|fields| disputes::has_head(&fields.texts, labels));
        for fields in &self.others {
            if has_disputes && fields.texts.iter().all(|text| text.trim().is_empty()) {
                disputes::blank(&fields.own(), form, to);
                continue;
            }
            let moved = || disputes::moved(&fields.from(0).collect::<Vec<_>>(), &self.over, form);
            unlabelled(fields, || trouble.clone().or_else(moved), labels, form, to);
        }
    }
}

/// The field in which a head stands in the rows over a table.
fn field_of(head: &str, over: &[Vec<&str>]) -> Option<usize> {
    let official = key(head);
    let at = |is_it: &dyn Fn(&str) -> bool| {
        over.iter().rev().find_map(|texts| texts.iter().position(|text| is_it(&key(text))))
    };
    at(&|found| found == official).or_else(|| at(&|found| is_near(found, &official)))
}

/// Finds the label of a row: the last field that names a row of the form. What follows is its content, whatever it says.
fn label<'l, 'd>(fields: &'l Fields<'d>, labels: &'l Labels) -> Option<Labelled<'l, 'd>> {
    let texts = || fields.texts.iter().enumerate().rev().filter(|(_, text)| !is_value(text));
    let exact = texts().find_map(|(at, text)| Some((at, labels.exact(text)?, Fit::Exact)));
    let near = || texts().find_map(|(at, text)| labels.row(text).map(|(row, fit)| (at, row, fit)));
    exact
        .or_else(near)
        .map(|(at, row, fit)| Labelled::new(fields, at, row, fit))
        .or_else(|| single_row(fields, labels))
}

/// （六） as a single row: its numbers follow the group cell, with no other text between.
fn single_row<'l, 'd>(fields: &'l Fields<'d>, labels: &'l Labels) -> Option<Labelled<'l, 'd>> {
    let (label, row) =
        fields.texts.iter().enumerate().find_map(|(at, text)| Some((at, labels.single(text)?)))?;
    let mut content = fields.texts[label + 1..].iter().filter(|text| !text.trim().is_empty()).peekable();
    let has_only_values = content.peek().is_some() && content.all(|text| is_value(text));
    let found = || Labelled { is_single: true, ..Labelled::new(fields, label, row, Fit::Changed) };
    has_only_values.then(found)
}

impl<'l, 'd> Labelled<'l, 'd> {
    fn new(fields: &'l Fields<'d>, label: usize, row: &'l RowLabel, fit: Fit) -> Self {
        let values = fields.from(label + 1).collect();
        Self {
            fields,
            label,
            values,
            row,
            fit,
            is_wrapped: false,
            is_single: false,
            heads: Heads::default(),
            under: Vec::new(),
        }
    }
}

/// Puts the numbers of a labelled row in their cells, or says why not.
fn place(found: &Labelled<'_, '_>, geometry: &Geometry, to: &mut Recognized) {
    let columns = &found.row.columns;
    let anchor = Place::from(Cell { row: found.row.row, column: columns[columns.len() - 1] });
    let at = found.fields.at;
    to.tables.insert(found.row.section);
    if found.fit == Fit::Changed {
        let text = found.fields.texts[found.label];
        let message = format!("原文件里行名写作“{}”，表样是“{}”。{EXPORTED}", text.trim(), found.row.label);
        to.notice(NoticeKind::LabelChanged, Some(anchor), text, at, message);
    }
    if found.label == 0
        && !found.is_wrapped
        && geometry.has_group_blanks
        && let Some(group) = found.row.group()
    {
        let message = format!("原文件里“{}”这一行缺所属的大项“{group}”。{EXPORTED}", found.row.label);
        to.notice(NoticeKind::GroupLost, Some(anchor), found.fields.texts[0], at, message);
    }
    let before = found.fields.texts[..found.label].iter().filter(|text| is_value(text)).count();
    let is_blank = found.values.iter().all(|(_, text)| text.trim().is_empty());
    let start = geometry.sure_start(found).filter(|_| found.heads.trouble.is_none());
    let cells = |start: usize| {
        let values = columns.iter().zip(&found.values[start..]);
        values.map(|(&column, (field, text))| {
            (Cell { row: found.row.row, column }, *text, found.fields.spot(*field))
        })
    };
    // A single number before a label that numbers follow is the number of the row.
    if before > 1 || (before == 1 && is_blank) {
        let message = format!("“{}”的前面还有数，没有读入，请对照原文件核对。", found.row.label);
        to.notice(NoticeKind::NotPlaced, Some(anchor), &quote(found.fields), at, message);
    }
    if is_blank {
        for (cell, _, spot) in start.into_iter().flat_map(cells) {
            to.origin(cell, spot);
        }
        return;
    }
    to.heads(found.row, &found.heads, at);
    if let Some(trouble) = &found.heads.trouble {
        let message = format!("{trouble}，“{}”这一行没有读入，请逐格填写。", found.row.label);
        to.notice(NoticeKind::NotPlaced, Some(anchor), &quote(found.fields), at, message);
        return;
    }
    let Some(start) = start else {
        let message = format!(
            "“{}”这一行应有 {} 个数，认不准哪个数在哪一列，没有读入，请逐格填写。",
            found.row.label,
            columns.len()
        );
        to.notice(NoticeKind::NotPlaced, Some(anchor), &quote(found.fields), at, message);
        return;
    };
    for (cell, text, spot) in cells(start) {
        to.value(cell, text, &spot);
    }
}

/// A row without a label of the form: the numbers of table 4, a row too many, or numbers that lost their label.
fn unlabelled(
    fields: &Fields<'_>,
    trouble: impl FnOnce() -> Option<String>,
    labels: &Labels,
    form: &'static Form,
    to: &mut Recognized,
) {
    let values = fields.texts.iter().filter(|text| is_value(text)).count();
    let texts: Vec<&str> =
        fields.texts.iter().copied().filter(|t| !t.trim().is_empty() && !is_value(t)).collect();
    if texts.iter().any(|text| disputes::is_block(text)) {
        to.tables.insert(Section::Disputes);
    }
    if let Some(glued) = texts.iter().find_map(|text| labels.glued(text)) {
        to.glued(glued, &quote(fields), fields.at);
    } else if values == 0 {
        // Heads and captions.
    } else if !texts.iter().any(|text| labels.is_fragment(text))
        && disputes::read(&fields.own(), trouble, fields.at, form, to)
    {
    } else if texts.is_empty() || texts.iter().all(|text| labels.is_fragment(text)) {
        let message = "这一行数没有行名，不知道是哪一行，没有读入，请对照原文件填写。".to_owned();
        to.notice(NoticeKind::NotPlaced, None, &quote(fields), fields.at, message);
    } else {
        let message = format!("表样里没有“{}”这一行，没有读入。", texts.join(" ").trim());
        to.notice(NoticeKind::ExtraCells, None, &quote(fields), fields.at, message);
    }
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
            let message = format!(
                "原文件里列名写作“{}”，与表样的不同，请核对这一列的数和单位。{EXPORTED}",
                text.trim()
            );
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
