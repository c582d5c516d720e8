//! How long bars are, and how shares are written: on the screens, in the lines of a terminal and on a page alike.
//!
//! Whole numbers only. A bar begins at 0.

/// How many of so many steps a number takes, the largest taking all; what is not nothing takes one at least.
pub fn length(count: i64, most: i64, steps: i64) -> i64 {
    let (count, most, room) = (i128::from(count), i128::from(most), i128::from(steps));
    let rounded = (count * room * 2 + most).checked_div(most * 2).unwrap_or_default();
    i64::try_from(rounded.max(i128::from(count > 0)).min(room)).unwrap_or(steps)
}

/// The share of a part in a whole, in thousandths, rounded; of nothing there is none.
pub fn per_mille(count: i64, whole: i64) -> Option<i64> {
    let (count, whole) = (i128::from(count), i128::from(whole));
    i64::try_from((count * 2000 + whole).checked_div(whole * 2)?).ok()
}

/// A share as it is printed: `64.7%`.
pub fn percent(per_mille: i64) -> String {
    format!("{}.{}%", per_mille / 10, per_mille % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_fills_its_room_and_one_of_many_is_still_seen() {
        assert_eq!([0, 1, 500, 999, 1000].map(|count| length(count, 1000, 20)), [0, 1, 10, 20, 20]);
        assert_eq!((length(0, 0, 20), length(i64::MAX, i64::MAX, 20), length(3, 5, 0)), (0, 20, 0));
    }

    #[test]
    fn a_share_is_rounded_to_a_thousandth_and_of_nothing_there_is_none() {
        assert_eq!(
            [(2, 3), (1, 3), (1, 2000), (0, 7)].map(|(n, of)| per_mille(n, of)),
            [667, 333, 1, 0].map(Some)
        );
        assert_eq!(per_mille(0, 0), None);
        assert_eq!(
            (percent(667), percent(1000), percent(5)),
            ("66.7%".to_owned(), "100.0%".to_owned(), "0.5%".to_owned())
        );
    }
}
