//! Labels that were broken over several rows, as Word breaks a line within a cell.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::super::labels::{Labels, RowLabel, is_value};
use super::Fields;
use crate::document::{Block, Grid, GridCell, GridRow};

/// A label is broken over no more rows than this before the one with the numbers.
const MOST: usize = 3;

/// A label in pieces has no more bytes than this.
const LONGEST: usize = 300;

/// A row that has a piece of a label.
pub(super) enum Piece<'l> {
    /// The label goes on in the next row.
    Begins,
    /// It ends in this row, in the field with this number, and is the label of its numbers.
    Ends(&'l RowLabel, usize),
}

/// The rows that have a piece of a label, by number.
pub(super) fn pieces<'l>(rows: &[Fields<'_>], labels: &'l Labels) -> BTreeMap<usize, Piece<'l>> {
    let mut pieces = BTreeMap::new();
    for (index, fields) in rows.iter().enumerate() {
        let Some(at) = end_of_label(&fields.texts, labels) else { continue };
        let above = rows[..index].iter().rev().map(|fields| last_text(&fields.texts));
        if let Some((row, back)) = ends(fields.texts[at], above, labels) {
            pieces.insert(index, Piece::Ends(row, at));
            pieces.extend((index - back..index).map(|piece| (piece, Piece::Begins)));
        }
    }
    pieces
}

/// The blocks of a section with the grids that a piece of a label on a line of its own has torn apart in one piece.
pub(in super::super) fn mended<'d>(blocks: &[&'d Block], labels: &Labels) -> Vec<Cow<'d, Block>> {
    let mut mended: Vec<Cow<'d, Block>> = Vec::new();
    for block in blocks {
        let Some(torn) = torn_off(&mended, block, labels) else {
            mended.push(Cow::Borrowed(block));
            continue;
        };
        let lines = mended.split_off(mended.len() - torn);
        let rows = lines.into_iter().filter_map(|line| match line.into_owned() {
            Block::Paragraph { text, at } | Block::Heading { text, at, .. } => {
                Some(GridRow { cells: vec![GridCell::new(text)], at })
            }
            Block::Grid(_) => None,
        });
        if !matches!(mended.last().map(Cow::as_ref), Some(Block::Grid(_))) {
            mended.push(Cow::Owned(Block::Grid(Grid::default())));
        }
        if let (Some(Block::Grid(above)), Block::Grid(below)) = (mended.last_mut().map(Cow::to_mut), block) {
            above.rows.extend(rows.chain(below.rows.iter().cloned()));
        }
    }
    mended
}

/// How many lines before a grid belong to the label of its first row; `None` if none do.
fn torn_off(before: &[Cow<'_, Block>], grid: &Block, labels: &Labels) -> Option<usize> {
    let Block::Grid(Grid { rows, .. }) = grid else { return None };
    let first: Vec<&str> = rows.first()?.cells.iter().map(|cell| cell.text.as_str()).collect();
    let at = end_of_label(&first, labels)?;
    let lines = before.iter().rev().take(MOST).map_while(|block| match block.as_ref() {
        Block::Paragraph { text, .. } => Some(text.as_str()),
        _ => None,
    });
    let lines: Vec<&str> = lines.collect();
    let above = before.iter().rev().nth(lines.len()).and_then(|block| match block.as_ref() {
        Block::Grid(grid) => grid.rows.last(),
        _ => None,
    });
    let above: Vec<&str> =
        above.into_iter().flat_map(|row| &row.cells).map(|cell| cell.text.as_str()).collect();
    let all = lines.iter().map(|line| Some(*line)).chain(std::iter::once(last_text(&above)));
    let (_, back) = ends(first[at], all, labels)?;
    Some(back.min(lines.len())).filter(|torn| *torn > 0)
}

/// The field of a row that may be the end of a label: the first text, if no label by itself and numbers follow.
fn end_of_label(texts: &[&str], labels: &Labels) -> Option<usize> {
    let at = texts.iter().position(|text| !text.trim().is_empty())?;
    let has_numbers = texts[at + 1..].iter().any(|text| is_value(text));
    let is_label = || is_value(texts[at]) || labels.exact(texts[at]).is_some();
    (has_numbers && !is_label()).then_some(at)
}

/// The row whose label ends in a text and begins in those above it, nearest first, and how many of them it takes.
fn ends<'t, 'l>(
    end: &str,
    above: impl Iterator<Item = Option<&'t str>>,
    labels: &'l Labels,
) -> Option<(&'l RowLabel, usize)> {
    let mut whole = end.to_owned();
    for (index, piece) in above.take(MOST).enumerate() {
        let piece = piece.filter(|piece| piece.len() + whole.len() < LONGEST)?;
        whole.insert_str(0, piece);
        if let Some(row) = labels.exact(&whole) {
            return Some((row, index + 1));
        }
    }
    None
}

/// The last text of a row without values.
fn last_text<'t>(texts: &[&'t str]) -> Option<&'t str> {
    let text = texts.iter().copied().rev().find(|text| !text.trim().is_empty())?;
    (!texts.iter().any(|text| is_value(text))).then_some(text)
}
