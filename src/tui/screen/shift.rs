//! Text pushed along its row, as by a character typed in the middle: the terminal moves it (ICH, DCH), it is not sent again.
//!
//! Only where the terminal surely has every character in the columns that we think.

use super::cells::{Cell, blank_out};

/// The most columns that text is pushed by.
const MOST: usize = 16;
/// The fewest cells that need not be sent again, for it to be shorter.
const LEAST: usize = 8;

/// Cells of a row to be pushed right, with blanks put in before them, or pulled left over cells that go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Shift {
    /// The column from which on cells move.
    pub(super) at: usize,
    /// How many columns they move.
    pub(super) columns: usize,
    /// Whether they are pushed right.
    pub(super) is_right: bool,
}

impl Shift {
    /// Finds the shift that leaves the fewest cells to be sent, if it is worth its own bytes.
    pub(super) fn find(seen: &[Cell], next: &[Cell], is_certain: impl Fn(&Cell) -> bool) -> Option<Self> {
        let at = seen.iter().zip(next).position(|(seen, next)| seen != next)?;
        let (seen, next) = (&seen[at..], &next[at..]);
        // A list that grows or shrinks: there is nothing to push, or nothing left of it.
        if [seen, next].iter().any(|row| row.iter().all(Cell::is_blank)) {
            return None;
        }
        // They are held against each other many times. A shift that is none after all costs bytes and no more.
        let prints = |cells: &[Cell]| cells.iter().map(Cell::print).collect::<Vec<u64>>();
        let (seen_prints, next_prints) = (prints(seen), prints(next));
        let differing =
            |seen: &[u64], next: &[u64]| seen.iter().zip(next).filter(|(seen, next)| seen != next).count();
        let unmoved = differing(&seen_prints, &next_prints);
        if unmoved < LEAST || !seen.iter().all(is_certain) {
            return None;
        }
        let ways = (1..=MOST.min(seen.len() - 1)).flat_map(|columns| {
            let shift = |is_right| Self { at, columns, is_right };
            // What is pushed out of the row must not be half of a character.
            let room = seen[seen.len() - columns..].iter().all(Cell::is_blank);
            let right = room.then(|| columns + differing(&seen_prints, &next_prints[columns..]));
            // What goes must be whole characters.
            let is_whole = !seen[columns].is_covered();
            let left = is_whole.then(|| differing(&seen_prints[columns..], &next_prints) + columns);
            right.map(|cost| (cost, shift(true))).into_iter().chain(left.map(|cost| (cost, shift(false))))
        });
        let begins = !seen[0].is_covered();
        let (cost, shift) = ways.filter(|_| begins).min_by_key(|(cost, _)| *cost)?;
        (cost + LEAST <= unmoved).then_some(shift)
    }

    /// Does to the cells of a row what the terminal does.
    pub(super) fn apply(self, row: &mut [Cell]) {
        let moved = &mut row[self.at..];
        let freed = if self.is_right {
            moved.rotate_right(self.columns);
            &mut moved[..self.columns]
        } else {
            moved.rotate_left(self.columns);
            let kept = moved.len() - self.columns;
            &mut moved[kept..]
        };
        blank_out(freed);
    }
}
