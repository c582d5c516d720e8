//! Rows of a table that a page break has cut: the label goes on on the next page, the numbers stand on one of the two.
//!
//! Joins nothing that could be two rows: no two texts that stand in the same column, but for a label of which the first
//! piece fills its line.

use super::lines;
use super::table::{Cell, Fragment};

/// Puts a part of a table under the rows above: its cells, with their rows counted from the top of the table, and how
/// many rows it adds. Where its first row is the rest of the last one above, it is joined to that.
pub(super) fn joined(above: &mut [Cell], part: Fragment, rows: usize, slack: i64) -> (Vec<Cell>, usize) {
    let Fragment { cells: mut below, rows: added, .. } = part;
    let mut pairs = Vec::new();
    for (index, cell) in below.iter().enumerate().filter(|(_, cell)| cell.row == 0) {
        let is_over = |over: &Cell| {
            over.row + over.row_span == rows
                && (over.area.left - cell.area.left).abs() <= slack
                && (over.area.right - cell.area.right).abs() <= slack
        };
        pairs.push((above.iter().position(is_over), index));
    }
    let is_rest = is_rest(above, &below, &pairs);
    if !is_rest {
        below.iter_mut().for_each(|cell| cell.row += rows);
        return (below, added);
    }
    for (over, index) in &pairs {
        let Some(over) = over.map(|over| &mut above[over]) else { continue };
        let rest = &below[*index];
        lines::join(&mut over.written.text, &rest.written.text);
        over.row_span += rest.row_span - 1;
    }
    below.retain(|cell| cell.row > 0);
    below.iter_mut().for_each(|cell| cell.row += rows - 1);
    (below, added - 1)
}

/// Whether the first row below is the rest of the last one above.
fn is_rest(above: &[Cell], below: &[Cell], pairs: &[(Option<usize>, usize)]) -> bool {
    let (mut goes_on, mut is_on_one_side) = (false, false);
    for (over, index) in pairs {
        let Some(over) = over.map(|over| &above[over]) else { return false };
        let rest = &below[*index];
        match (over.written.text.as_str(), rest.written.text.as_str()) {
            ("", "") => {}
            (_, "") | ("", _) => is_on_one_side |= over.row_span == 1 && rest.row_span == 1,
            (_, text) => {
                let is_numbered = text.starts_with(|c: char| c.is_ascii_digit() || "（(".contains(c));
                if is_numbered || over.written.room >= rest.written.first {
                    return false;
                }
                goes_on = true;
            }
        }
    }
    goes_on && is_on_one_side
}
