//! The numbers of table rows: which fields of a row are its numbers, and which cell each of them is.
//!
//! A row is known by its label, its numbers by their count. Where blanks leave more than one way to count, the other rows
//! of the table decide; where they do not, the row stays blank and is quoted.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use super::heads::{self, Heads};
use super::labels::{Fit, Labels, RowLabel, is_value};
pub(super) mod wrapped;

use super::{EXPORTED, Recognized, disputes};
use crate::form::terms::{Column, Section};
use crate::form::{Cell, Form};
use crate::report::{NoticeKind, Place};
use crate::text::key;
use wrapped::Piece;

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
    /// Whether its label begins in the rows before.
    is_wrapped: bool,
    /// What the heads over it say; nothing where it has none.
    heads: Heads,
}

/// A grid of which at least one row is of a table of the form.
pub(super) struct Found<'l, 'd> {
    labelled: Vec<Labelled<'l, 'd>>,
    others: Vec<&'l Fields<'d>>,
    /// The rows without numbers since the last labelled one.
    over: Vec<&'l [&'d str]>,
    geometry: Geometry,
}

/// Finds the rows of one grid; `None` if none of them is of a table of the form.
pub(super) fn find<'l, 'd>(
    rows: &'l [Fields<'d>],
    has_spans: bool,
    labels: &'l Labels,
    form: &'static Form,
) -> Option<Found<'l, 'd>> {
    let mut labelled: Vec<Labelled<'_, '_>> = Vec::new();
    let mut others = Vec::new();
    let mut over: Vec<&[&str]> = Vec::new();
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
                over.push(&fields.texts);
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
                || is_orphan(fields) && fields.texts.len() == disputes::CELLS
            {
                sections.insert(Section::Disputes);
            }
            sections.extend(fields.texts.iter().find_map(|text| labels.glued(text)).map(|row| row.section));
        }
        sections
    }

    /// Puts its numbers in their cells.
    pub(super) fn place(&self, labels: &Labels, form: &'static Form, to: &mut Recognized) {
        for found in &self.labelled {
            place(found, &self.geometry, to);
        }
        let trouble = LazyCell::new(|| disputes::trouble(&self.over, labels, form));
        for fields in &self.others {
            unlabelled(fields, || trouble.clone(), labels, form, to);
        }
    }
}

/// Finds the label of a row: the last field that names a row of the form. What follows is its content, whatever it says.
fn label<'l, 'd>(fields: &'l Fields<'d>, labels: &'l Labels) -> Option<Labelled<'l, 'd>> {
    let named = |wanted: Option<Fit>| {
        fields.texts.iter().enumerate().rev().filter(|(_, text)| !is_value(text)).find_map(|(label, text)| {
            let (row, fit) = labels.row(text)?;
            let is_wanted = wanted.is_none_or(|wanted| wanted == fit);
            is_wanted.then(|| Labelled::new(fields, label, row, fit))
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
    has_only_values.then(|| Labelled::new(fields, label, row, Fit::Changed))
}

/// The number of the label's field, and of the fields of its row.
type Shape = (usize, usize);

/// Where the numbers of a table stand, as far as its own rows tell.
struct Geometry {
    /// How many fields most rows have.
    width: usize,
    /// The field under the head of the first column, where merged cells make that sure.
    head: Option<usize>,
    /// Whether merged group cells are there as blank fields.
    has_group_blanks: bool,
    /// How many rows have each shape.
    shapes: BTreeMap<Shape, usize>,
    /// Where numbers begin in the rows of a table that leave no doubt, as far as they agree: by the shape of the row,
    /// counted from its label, and without one, counted from the left.
    starts: BTreeMap<(Section, usize, Option<Shape>), Option<usize>>,
}

impl Geometry {
    fn of(rows: &[Fields<'_>], labelled: &[Labelled<'_, '_>], has_spans: bool) -> Self {
        let is_first = |text: &&str| key(text) == "自然人";
        let first = rows.iter().find_map(|fields| fields.texts.iter().position(is_first));
        let mut geometry = Self {
            width: 0,
            head: first.filter(|_| has_spans),
            has_group_blanks: labelled
                .iter()
                .any(|f| f.row.group().is_some() && f.fields.texts[0].is_empty()),
            shapes: BTreeMap::new(),
            starts: BTreeMap::new(),
        };
        let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
        for found in labelled {
            *widths.entry(found.fields.texts.len()).or_default() += 1;
            *geometry.shapes.entry(found.shape()).or_default() += 1;
            if let [start] = windows(found)[..] {
                let (section, n) = (found.row.section, found.row.columns.len());
                let by_shape = ((section, n, Some(found.shape())), start);
                for (key, start) in [by_shape, ((section, n, None), found.label + 1 + start)] {
                    let agreed = geometry.starts.entry(key).or_insert(Some(start));
                    *agreed = agreed.filter(|other| *other == start);
                }
            }
        }
        let all = labelled.iter().map(|found| found.fields.texts.len());
        geometry.width = all.max_by_key(|width| widths.get(width)).unwrap_or_default();
        geometry
    }

    /// Whether a row is as long as most rows are: no row vouches for itself.
    fn is_usual(&self, found: &Labelled<'_, '_>) -> bool {
        let alike = self.shapes.get(&found.shape()).copied().unwrap_or_default();
        found.fields.texts.len() == self.width && alike >= 2
    }

    /// Where the numbers of a row begin after its label, as far as the other rows tell.
    fn start(&self, found: &Labelled<'_, '_>) -> Option<usize> {
        let agreed =
            |shape| self.starts.get(&(found.row.section, found.row.columns.len(), shape)).copied().flatten();
        let by_head = self.head.filter(|_| found.row.section == Section::Requests);
        agreed(Some(found.shape())).or_else(|| {
            by_head.or_else(|| agreed(None)).and_then(|column| column.checked_sub(found.label + 1))
        })
    }
}

impl<'l, 'd> Labelled<'l, 'd> {
    fn new(fields: &'l Fields<'d>, label: usize, row: &'l RowLabel, fit: Fit) -> Self {
        Self { fields, label, row, fit, is_wrapped: false, heads: Heads::default() }
    }

    fn shape(&self) -> Shape {
        (self.label, self.fields.texts.len())
    }
}

/// Puts the numbers of a labelled row in their cells, or says why not.
fn place(found: &Labelled<'_, '_>, geometry: &Geometry, to: &mut Recognized) {
    let columns = &found.row.columns;
    let values = &found.fields.texts[found.label + 1..];
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
    let Some(start) = start(found, geometry) else {
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
fn start(found: &Labelled<'_, '_>, geometry: &Geometry) -> Option<usize> {
    let windows = windows(found);
    let values = &found.fields.texts[found.label + 1..];
    let n = found.row.columns.len();
    let is_full = |start: usize| values[start..start + n].iter().all(|text| !text.trim().is_empty());
    if let [start] = windows[..]
        && (is_full(start) || geometry.head.is_some() || geometry.is_usual(found))
    {
        return Some(start);
    }
    geometry.start(found).filter(|start| geometry.is_usual(found) && windows.contains(start))
}

/// The places where the numbers of a row can begin so that only blanks are left over.
fn windows(found: &Labelled<'_, '_>) -> Vec<usize> {
    let values = &found.fields.texts[found.label + 1..];
    let n = found.row.columns.len();
    let is_filled = |text: &&str| !text.trim().is_empty();
    let most = (values.len() + 1).saturating_sub(n);
    let first = values.iter().position(is_filled).unwrap_or(values.len());
    let behind = values.iter().rposition(is_filled).map_or(0, |last| last + 1);
    (behind.saturating_sub(n)..most.min(first + 1)).collect()
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
        && disputes::read(&fields.texts, trouble, fields.at, form, to)
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
