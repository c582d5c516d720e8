//! Where the numbers of a row stand: by their count, and where blanks leave more than one way to count, by the other rows.

use std::collections::BTreeMap;

use super::{Fields, Labelled};
use crate::form::terms::Section;
use crate::text::key;

/// The number of the label's field, and of the fields of its row.
type Shape = (usize, usize);

/// Where the numbers of a table stand, as far as its own rows tell.
pub(super) struct Geometry {
    /// How many fields most rows have.
    width: usize,
    /// The field under the head of the first column, where merged cells make that sure.
    head: Option<usize>,
    /// Whether merged group cells are there as blank fields.
    pub has_group_blanks: bool,
    /// How many rows have each shape.
    shapes: BTreeMap<Shape, usize>,
    /// Where numbers begin in the rows of a table that leave no doubt, as far as they agree: by the shape of the row,
    /// counted from its label, and without one, counted from the left.
    starts: BTreeMap<(Section, usize, Option<Shape>), Option<usize>>,
}

impl Geometry {
    pub(super) fn of(rows: &[Fields<'_>], labelled: &[Labelled<'_, '_>], has_spans: bool) -> Self {
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
            *geometry.shapes.entry(shape(found)).or_default() += 1;
            if let [start] = windows(found)[..]
                && (is_full(found, start) || has_heads(found))
            {
                let (section, n) = (found.row.section, found.row.columns.len());
                let by_shape = ((section, n, Some(shape(found))), start);
                for (key, start) in [by_shape, ((section, n, None), found.values[start].0)] {
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
        let alike = self.shapes.get(&shape(found)).copied().unwrap_or_default();
        found.fields.texts.len() == self.width && alike >= 2
    }

    /// Where the numbers of a row begin after its label, as far as the other rows tell.
    fn start(&self, found: &Labelled<'_, '_>) -> Option<usize> {
        let agreed =
            |shape| self.starts.get(&(found.row.section, found.row.columns.len(), shape)).copied().flatten();
        let by_head = self.head.filter(|_| found.row.section == Section::Requests);
        let under = |field: usize| found.values.iter().position(|(at, _)| *at == field);
        agreed(Some(shape(found))).or_else(|| by_head.or_else(|| agreed(None)).and_then(under))
    }

    /// Whether the heads do not speak against the place of a row's numbers: they stand over them where merged cells make
    /// that sure, and are as many elsewhere.
    fn agrees_with_heads(&self, found: &Labelled<'_, '_>, start: usize) -> bool {
        let known = found.under.iter().flatten().count();
        let lacks_some = known * 2 > found.under.len() && known < found.under.len();
        if self.head.is_some() { is_under_heads(found, start) } else { !lacks_some }
    }

    /// Where among the fields after the label the first number stands; `None` if that is not sure.
    pub(super) fn sure_start(&self, found: &Labelled<'_, '_>) -> Option<usize> {
        let n = found.row.columns.len();
        if found.heads.behind > 0 {
            // The heads have named all columns and those behind them: a row with as many fields has no room for doubt.
            let start = found.values.len().checked_sub(n + found.heads.behind)?;
            return found.values[..start].iter().all(|(_, text)| text.trim().is_empty()).then_some(start);
        }
        let windows = windows(found);
        let is_full = |start: usize| is_full(found, start);
        // Where a field among blanks is one too many or too few, nothing but the heads says which; in a piece without
        // heads, a row without blanks.
        let fits = |start: usize| is_full(start) || self.agrees_with_heads(found, start);
        let is_vouched = || has_heads(found) || self.start(found).is_some();
        if let [start] = windows[..]
            && fits(start)
            && (is_full(start)
                || (self.is_usual(found) || (self.head.is_some() && found.values.len() == n)) && is_vouched())
        {
            return Some(start);
        }
        self.start(found).filter(|start| windows.contains(start) && fits(*start) && self.is_usual(found))
    }
}

/// Whether the numbers of a row that begin there are all filled in.
fn is_full(found: &Labelled<'_, '_>, start: usize) -> bool {
    let numbers = &found.values[start..start + found.row.columns.len()];
    numbers.iter().all(|(_, text)| !text.trim().is_empty())
}

/// Whether heads stand over the columns of a row.
fn has_heads(found: &Labelled<'_, '_>) -> bool {
    found.under.iter().any(Option::is_some)
}

/// The places where the numbers of a row can begin so that only blanks are left over.
fn windows(found: &Labelled<'_, '_>) -> Vec<usize> {
    let (values, n) = (&found.values, found.row.columns.len());
    let is_filled = |(_, text): &(usize, &str)| !text.trim().is_empty();
    let most = (values.len() + 1).saturating_sub(n);
    let first = values.iter().position(is_filled).unwrap_or(values.len());
    let behind = values.iter().rposition(is_filled).map_or(0, |last| last + 1);
    (behind.saturating_sub(n)..most.min(first + 1)).collect()
}

/// Whether the numbers of a row stand under the heads of their columns, as far as those are there: all of them, or all as
/// far beside.
fn is_under_heads(found: &Labelled<'_, '_>, start: usize) -> bool {
    let heads = found.under.iter().zip(&found.values[start..]);
    // Heads may stand further right than their numbers.
    const WIDE: usize = 1 << 20;
    let mut beside = heads.filter_map(|(head, (field, _))| field.checked_add(WIDE)?.checked_sub((*head)?));
    let first = beside.next();
    beside.all(|other| Some(other) == first)
}

fn shape(found: &Labelled<'_, '_>) -> Shape {
    (found.label, found.fields.texts.len())
}
