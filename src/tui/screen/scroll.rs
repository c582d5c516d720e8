//! Rows moved up or down together, as in a table that scrolls: the terminal moves them (DECSTBM, IL, DL), they are not sent
//! again.
//!
//! Whole rows move, whatever stands in them, so nothing needs to be known of the widths of their characters.

use std::collections::HashMap;
use std::ops::Range;

use super::cells::{Cell, Cells, blank_out, mix};

/// The fewest cells that need not be sent again, for it to be shorter.
const LEAST: usize = 24;

/// Rows that move within an area, others at its edge falling out and blank ones coming in at the other.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Scroll {
    /// The area.
    pub(super) rows: Range<usize>,
    /// By how many rows.
    pub(super) by: usize,
    /// Whether they move up.
    pub(super) is_up: bool,
}

impl Scroll {
    /// Finds what moved between two screens of which these rows changed, if it is worth its own bytes.
    pub(super) fn find(seen: &Cells, next: &Cells, changed: &[bool]) -> Option<Self> {
        // What moves is no more where it was.
        if changed.iter().filter(|is_changed| **is_changed).count() < 2 {
            return None;
        }
        let rows = changed.len();
        let differing = |from: usize, to: usize| {
            let pairs = seen.row(from).iter().zip(next.row(to));
            // What is blank in the end is erased for a few bytes, whatever stood there.
            pairs.filter(|(seen, next)| !next.is_blank() && seen != next).count()
        };
        let unmoved: Vec<usize> = (0..rows).map(|y| if changed[y] { differing(y, y) } else { 0 }).collect();
        // The rows that changed and were all together somewhere else: their number squared is much on a large screen.
        let mut stood: HashMap<u64, Vec<usize>> = HashMap::new();
        for from in (0..rows).filter(|&y| unmoved[y] > 0) {
            stood.entry(print(seen.row(from))).or_default().push(from);
        }
        // How far, up or down, most of what changed is from where it stood.
        let mut distances: Vec<(isize, usize)> = (0..rows)
            .filter(|&to| unmoved[to] > 0)
            .flat_map(|to| stood.get(&print(next.row(to))).into_iter().flatten().map(move |&from| (from, to)))
            .filter(|(from, to)| from != to)
            .map(|(from, to)| (from.cast_signed() - to.cast_signed(), unmoved[to]))
            .collect();
        distances.sort_unstable();
        let groups = distances.chunk_by(|one, other| one.0 == other.0);
        let distance = groups.max_by_key(|group| group.iter().map(|one| one.1).sum::<usize>())?[0].0;
        // Of the rows that may come from there, the neighbours with the most cells that need not be sent.
        let gain = |to: usize| {
            let from = to.checked_add_signed(distance).filter(|&from| from < rows)?;
            Some(unmoved[to].cast_signed() - differing(from, to).cast_signed())
        };
        let (mut best, mut begin, mut sum) = ((0, 0..0), 0, 0);
        for (to, &differed) in unmoved.iter().enumerate() {
            // Of a row that has not changed nothing is gained.
            if sum == 0 && differed == 0 {
                begin = to + 1;
                continue;
            }
            sum = gain(to).map_or(0, |gain| (sum + gain).max(0));
            if sum == 0 {
                begin = to + 1;
            } else if sum > best.0 {
                best = (sum, begin..to + 1);
            }
        }
        let (gained, to) = best;
        let by = distance.unsigned_abs();
        let is_up = distance > 0;
        let area = if is_up { to.start..to.end + by } else { to.start - by..to.end };
        // The rows that come in at the edge are blank, whatever stood there.
        let edge = if is_up { to.end..area.end } else { area.start..to.start };
        let filled = |y: usize| next.row(y).iter().filter(|cell| !cell.is_blank()).count();
        let lost: isize = edge.map(|y| filled(y).cast_signed() - unmoved[y].cast_signed()).sum();
        (gained - lost >= LEAST.cast_signed()).then_some(Self { rows: area, by, is_up })
    }

    /// Does to the cells of a screen what the terminal does.
    pub(super) fn apply(&self, cells: &mut Cells) {
        let by = self.by * usize::from(cells.area().width);
        let area = cells.rows_mut(self.rows.clone());
        let freed = if self.is_up {
            area.rotate_left(by);
            let kept = area.len() - by;
            &mut area[kept..]
        } else {
            area.rotate_right(by);
            &mut area[..by]
        };
        blank_out(freed);
    }
}

/// A number for a row, whatever its blanks look like: the same for the same, and nearly always another for others. A row that
/// is not the same after all costs bytes and no more.
fn print(row: &[Cell]) -> u64 {
    let prints = row.iter().map(|cell| if cell.is_blank() { 0 } else { cell.print() });
    prints.fold(0, mix)
}
