//! What kind of slip a correction looks like, and how likely that slip is beside others.
//!
//! Costs are ranks, not probabilities: the lower, the likelier. They order corrections of one size only.

use crate::form::{Cell, Form};

/// The cost and the name of the likeliest slip that explains a set of changes.
pub(super) fn likeliest(
    form: &Form,
    counts: &[Option<i64>],
    changes: &[(usize, i64)],
) -> (u32, &'static str) {
    let changes: Vec<Change> = changes
        .iter()
        .map(|&(index, now)| Change { index, was: counts[index].unwrap_or_default(), now })
        .collect();
    if let [one] = &changes[..] {
        return single(form, one);
    }
    if let Some(slip) = joint(form, &changes) {
        return slip;
    }
    let cost = changes.iter().map(|change| single(form, change).0).sum();
    (cost, "几处分别填错")
}

struct Change {
    index: usize,
    was: i64,
    now: i64,
}

impl Change {
    fn cell(&self, form: &Form) -> Cell {
        form.cells()[self.index].cell
    }
}

/// A slip in one cell by itself.
fn single(form: &Form, change: &Change) -> (u32, &'static str) {
    let (was, now) = (change.was.to_string(), change.now.to_string());
    if form.cells()[change.index].is_total && change.was == 0 {
        (8, "总计漏填")
    } else if change.was == 0 {
        (20, "漏填")
    } else if has_swapped_digits(&was, &now) {
        (10, "相邻两位数字颠倒")
    } else if was.strip_suffix('0') == Some(&now) {
        (10, "末尾多打了一个 0")
    } else if now.strip_suffix('0') == Some(&was) {
        (10, "末尾漏打了一个 0")
    } else if lacks_one_digit(&was, &now) {
        (12, "多打了一位数字")
    } else if lacks_one_digit(&now, &was) {
        (12, "漏打了一位数字")
    } else if was.len() == now.len() && was.bytes().zip(now.bytes()).filter(|(a, b)| a != b).count() == 1 {
        // Neighbours on the keyboard, or a miscount by one, before any other digit.
        (if (change.was - change.now).abs() == 1 { 16 } else { 18 }, "有一位数字不对")
    } else if (change.was - change.now).abs() == 1 {
        (17, "多计或少计了一件")
    } else {
        (30, "数填错了")
    }
}

/// A slip that explains several cells at once.
fn joint(form: &Form, changes: &[Change]) -> Option<(u32, &'static str)> {
    if let [a, b] = changes {
        let beside = is_beside(form, a, b);
        if a.now == b.was && b.now == a.was {
            let into_blank = a.was == 0 || b.was == 0;
            return Some(match (beside, into_blank) {
                (true, true) => (8, "填到了旁边的格"),
                (true, false) => (9, "相邻两格填反了"),
                (false, true) => (24, "填错了格"),
                (false, false) => (26, "两格填反了"),
            });
        }
        if beside && (is_split(a, b) || is_split(b, a)) {
            return Some((10, "一个数拆成了两格"));
        }
    }
    is_shifted(form, changes).then_some((12, "一行里错了一格"))
}

/// Whether two cells are neighbours in a row or in a column of the form.
fn is_beside(form: &Form, a: &Change, b: &Change) -> bool {
    let (first, last) = (a.index.min(b.index), a.index.max(b.index));
    let (a, b) = (a.cell(form), b.cell(form));
    let between = &form.cells()[first + 1..last];
    (a.row == b.row && between.is_empty())
        || (a.column == b.column && between.iter().all(|info| info.cell.column != a.column))
}

/// Whether the number that belongs in `whole` was written over both cells: `12`, `0` as `1`, `2`.
fn is_split(whole: &Change, rest: &Change) -> bool {
    rest.now == 0 && format!("{}{}", whole.was, rest.was) == whole.now.to_string()
}

/// Whether neighbouring cells of one row hold what belongs one cell to the right or to the left.
fn is_shifted(form: &Form, changes: &[Change]) -> bool {
    let in_a_row = changes
        .windows(2)
        .all(|w| w[0].cell(form).row == w[1].cell(form).row && is_beside(form, &w[0], &w[1]));
    let to_the_right = changes.windows(2).all(|w| w[0].now == w[1].was);
    let to_the_left = changes.windows(2).all(|w| w[1].now == w[0].was);
    changes.len() > 2 && in_a_row && (to_the_right || to_the_left)
}

/// Whether one is the other with two neighbouring digits swapped.
fn has_swapped_digits(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let differing: Vec<usize> =
        if a.len() == b.len() { (0..a.len()).filter(|&i| a[i] != b[i]).collect() } else { Vec::new() };
    matches!(differing[..], [i, j] if j == i + 1 && a[i] == b[j] && a[j] == b[i])
}

/// Whether `short` is `long` without one of its digits.
fn lacks_one_digit(long: &str, short: &str) -> bool {
    long.len() == short.len() + 1 && (0..long.len()).any(|i| [&long[..i], &long[i + 1..]].concat() == short)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::terms::{Column, Row};

    fn named(changes: &[(Row, Column, i64, i64)]) -> &'static str {
        let form = Form::current();
        let mut counts = vec![Some(0); form.cells().len()];
        let mut now = Vec::new();
        for &(row, column, was, should) in changes {
            let cell = form.index(Cell { row, column }).unwrap();
            counts[cell] = Some(was);
            now.push((cell, should));
        }
        likeliest(form, &counts, &now).1
    }

    #[test]
    fn slips_are_named_for_what_they_look_like() {
        use Column::{Business, NaturalPerson, Research, Total};
        use Row::{Granted, NotHeld};
        for (was, now, name) in [
            (21, 12, "相邻两位数字颠倒"),
            (120, 12, "末尾多打了一个 0"),
            (12, 120, "末尾漏打了一个 0"),
            (112, 12, "多打了一位数字"),
            (2, 12, "漏打了一位数字"),
            (18, 12, "有一位数字不对"),
            (10, 9, "多计或少计了一件"),
            (0, 7, "漏填"),
            (118, 112, "有一位数字不对"),
            (77, 12, "数填错了"),
            (254, 217, "数填错了"),
        ] {
            assert_eq!(named(&[(Granted, Business, was, now)]), name, "{was} for {now}");
        }
        assert_eq!(named(&[(Granted, Total, 0, 12)]), "总计漏填");
        assert_eq!(named(&[(Granted, Business, 5, 0), (Granted, Research, 0, 5)]), "填到了旁边的格");
        assert_eq!(named(&[(Granted, Business, 5, 3), (Granted, Research, 3, 5)]), "相邻两格填反了");
        assert_eq!(named(&[(Granted, Business, 1, 12), (Granted, Research, 2, 0)]), "一个数拆成了两格");
        for apart in [
            [(Granted, Business, 5, 3), (Granted, Research, 3, 9)],
            [(Granted, Business, 1, 12), (NotHeld, Research, 2, 0)],
        ] {
            assert_eq!(named(&apart), "几处分别填错", "{apart:?}");
        }
        assert_eq!(named(&[(Granted, Business, 5, 3), (NotHeld, Research, 3, 5)]), "两格填反了");
        assert_eq!(
            named(&[(Granted, NaturalPerson, 0, 4), (Granted, Business, 4, 2), (Granted, Research, 2, 0)]),
            "一行里错了一格"
        );
    }

    #[test]
    fn one_number_in_two_cells_is_told_from_two_numbers() {
        use Column::{Business, Research};
        for (first, second, name) in [
            ((1, 12), (2, 0), "一个数拆成了两格"),
            ((2, 0), (1, 12), "一个数拆成了两格"),
            ((1, 12), (2, 5), "几处分别填错"),
            ((5, 8), (3, 0), "几处分别填错"),
            ((0, 8), (3, 5), "几处分别填错"),
        ] {
            let changes = [(Business, first), (Research, second)]
                .map(|(column, (was, now))| (Row::Granted, column, was, now));
            assert_eq!(named(&changes), name, "{changes:?}");
        }
    }

    #[test]
    fn a_row_that_is_off_by_one_cell_has_no_gap_and_is_one_row() {
        use Column::{Business, NaturalPerson, PublicInterest, Research};
        use Row::{Granted, GrantedInPart, StateSecret};
        let row = [(Granted, NaturalPerson), (Granted, Business), (Granted, Research)];
        let gap = [(Granted, NaturalPerson), (Granted, Business), (Granted, PublicInterest)];
        let column = [(Granted, Business), (GrantedInPart, Business), (StateSecret, Business)];
        let (to_the_right, to_the_left) = ([(0, 4), (4, 2), (2, 0)], [(4, 0), (2, 4), (0, 2)]);
        let neither = [(0, 4), (4, 2), (7, 0)];
        let (off, apart) = ("一行里错了一格", "几处分别填错");
        for (cells, counts, name) in [
            (row, to_the_right, off),
            (row, to_the_left, off),
            (row, neither, apart),
            (gap, to_the_right, apart),
            (column, to_the_right, apart),
            (column, to_the_left, apart),
        ] {
            let changes: Vec<_> = cells
                .iter()
                .zip(counts)
                .map(|(&(row, column), (was, now))| (row, column, was, now))
                .collect();
            assert_eq!(named(&changes), name, "{changes:?}");
        }
    }

    #[test]
    fn beside_one_another_are_neighbours_of_a_row_or_of_a_column_and_no_other_cells() {
        use Column::{Business, NaturalPerson, PublicInterest, Research, Total};
        use Row::{Granted, GrantedInPart, Received};
        for (one, other, name) in [
            ((Granted, Business), (Granted, Research), "填到了旁边的格"),
            ((Granted, Business), (GrantedInPart, Business), "填到了旁边的格"),
            ((Granted, Business), (Granted, PublicInterest), "填错了格"),
            ((Received, Business), (GrantedInPart, Business), "填错了格"),
            ((Granted, Business), (GrantedInPart, Research), "填错了格"),
            // The end of one row and the beginning of the next.
            ((Granted, Total), (GrantedInPart, NaturalPerson), "填错了格"),
        ] {
            assert_eq!(named(&[(one.0, one.1, 5, 0), (other.0, other.1, 0, 5)]), name, "{one:?} {other:?}");
        }
    }

    #[test]
    fn a_digit_that_is_off_by_one_is_likelier_than_a_count_and_that_than_another_digit() {
        let form = Form::current();
        let cost = |was, now| single(form, &Change { index: 9, was, now }).0;
        assert!(cost(12, 13) < cost(9, 10) && cost(9, 10) < cost(12, 17) && cost(12, 17) < cost(77, 12));
        assert_eq!((cost(13, 12), cost(10, 9)), (cost(12, 13), cost(9, 10)));
    }
}
