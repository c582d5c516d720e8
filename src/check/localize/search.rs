//! Every smallest set of cells whose change closes a system of sums.
//!
//! The search is exhaustive up to [`MOST`] cells. In a smallest set some sum that is open is closed by one cell alone:
//! otherwise every sum would hold two cells of the set, the cells would form a cycle through rows and columns, and in
//! tables of this shape the changes along a cycle of up to four cells depend on one another, so that one of them could be
//! spared. So it is enough to try, for every open sum and every cell in it, the one change that closes that sum, and to
//! go on with what is still open.

use std::collections::BTreeSet;

use crate::form::{Form, Sum};

/// The largest set of cells that is looked for.
pub(super) const MOST: usize = 4;

/// The smallest count that has too many digits for a cell.
const TOO_LARGE: i64 = 1_000_000_000_000;

/// Every smallest set of cells with the counts that close all of `equations` whose cells are known; no count is
/// negative or too long. Empty if none of up to [`MOST`] cells does.
pub(super) fn smallest(
    form: &Form,
    counts: &[Option<i64>],
    equations: &[usize],
) -> BTreeSet<Vec<(usize, i64)>> {
    let mut search = Search {
        form,
        counts,
        open: 0,
        known: 0,
        kinds: [Sum::Balance, Sum::Outcome, Sum::Row, Sum::Dispute].map(|kind| {
            let of_kind = form.equations().iter().enumerate().filter(|(_, equation)| equation.sum == kind);
            of_kind.fold(0, |mask, (number, _)| mask | (1 << number))
        }),
        residuals: vec![0; form.equations().len()],
        changes: Vec::with_capacity(MOST),
        found: BTreeSet::new(),
    };
    for &number in equations {
        let equation = &form.equations()[number];
        if let Some((left, right)) = equation.sides(counts) {
            search.known |= 1 << number;
            search.move_residual(number, left - right);
        }
    }
    for size in 1..=MOST {
        search.deepen(size);
        if !search.found.is_empty() {
            break;
        }
    }
    search.found
}

struct Search<'a> {
    form: &'a Form,
    counts: &'a [Option<i64>],
    /// The equations that do not close, one bit each.
    open: u64,
    /// The equations whose cells are all known, one bit each.
    known: u64,
    /// The equations of each kind, one bit each.
    kinds: [u64; 4],
    /// Left side less right side of each equation, after the changes so far.
    residuals: Vec<i64>,
    changes: Vec<(usize, i64)>,
    found: BTreeSet<Vec<(usize, i64)>>,
}

impl Search<'_> {
    /// Tries every way to close all sums with `more` further cells.
    fn deepen(&mut self, more: usize) {
        if more == 0 {
            if self.open == 0 {
                let mut changes = self.changes.clone();
                changes.sort_unstable();
                self.found.insert(changes);
            }
            return;
        }
        // A cell is in at most one sum of each kind, so it closes at most one of each.
        let too_many = |kind: &u64| (self.open & kind).count_ones() as usize > more;
        if self.open == 0 || self.kinds.iter().any(too_many) {
            return;
        }
        for equation in self.promising(more) {
            for side in [&self.form.equations()[equation].left, &self.form.equations()[equation].right] {
                for &cell in side {
                    self.try_cell(cell, equation, more);
                }
            }
        }
    }

    /// The open sums to try: the last cell has to close them all, so one is enough then, the shortest.
    fn promising(&self, more: usize) -> Vec<usize> {
        let open = (0..self.residuals.len()).filter(|&e| self.open & (1 << e) != 0);
        if more > 1 {
            return open.collect();
        }
        open.min_by_key(|&e| self.form.equations()[e].cells().count()).into_iter().collect()
    }

    /// Changes `cell` so that `equation` closes, goes on, and takes the change back.
    fn try_cell(&mut self, cell: usize, equation: usize, more: usize) {
        let Some(before) = self.counts[cell] else { return };
        if self.changes.iter().any(|&(changed, _)| changed == cell) {
            return;
        }
        if more == 1 && !self.closes_all(cell) {
            return;
        }
        let by = -self.residuals[equation] * self.sign(cell, equation);
        let after = before + by;
        if !(0..TOO_LARGE).contains(&after) {
            return;
        }
        self.shift(cell, by);
        self.changes.push((cell, after));
        self.deepen(more - 1);
        self.changes.pop();
        self.shift(cell, -by);
    }

    /// Whether all open sums hold the cell.
    fn closes_all(&self, cell: usize) -> bool {
        let of_cell = self.form.equations_of(cell).iter().fold(0u64, |mask, &e| mask | (1 << e));
        self.open & !of_cell == 0
    }

    /// Adds `by` to a cell, as far as the known sums see it.
    fn shift(&mut self, cell: usize, by: i64) {
        for &equation in self.form.equations_of(cell) {
            if self.known & (1 << equation) != 0 {
                self.move_residual(equation, by * self.sign(cell, equation));
            }
        }
    }

    fn move_residual(&mut self, equation: usize, by: i64) {
        self.residuals[equation] += by;
        let bit = 1 << equation;
        if self.residuals[equation] == 0 { self.open &= !bit } else { self.open |= bit }
    }

    /// 1 for a cell of the left side, −1 for one of the right.
    fn sign(&self, cell: usize, equation: usize) -> i64 {
        if self.form.equations()[equation].right.contains(&cell) { -1 } else { 1 }
    }
}
