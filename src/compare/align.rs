//! Aligns two sequences: which elements of one stand opposite which of the other, in the order of both.
//!
//! Knows nothing of what the elements are. The work is bounded: where two stretches are too long to be compared element
//! by element, nothing of them is aligned beyond their common beginning and end.

/// The most pairs of elements that are looked at in one alignment. Two texts of 50,000 characters have fewer pairs of
/// sentences.
const MOST: usize = 1 << 23;

/// The equal elements of two sequences, as many as can be had in the order of both. The other way round they are the same.
pub(super) fn equal<T: Ord>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    // Where several alignments are equally long, the choice must not depend on which side is the old one.
    if old > new {
        return equal(new, old).into_iter().map(|(new, old)| (old, new)).collect();
    }
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old_end, new_end) = (old.len() - tail, new.len() - tail);
    let weight = |a: usize, b: usize| u32::from(old[head + a] == new[head + b]);
    let middle = heaviest(old_end - head, new_end - head, weight);
    let mut pairs: Vec<_> = (0..head).map(|at| (at, at)).collect();
    pairs.extend(middle.into_iter().map(|(a, b)| (head + a, head + b)));
    pairs.extend((0..tail).map(|at| (old_end + at, new_end + at)));
    pairs
}

/// The pairs, in the order of both sequences, whose weights add up to most; what weighs nothing is not paired.
pub(super) fn heaviest(old: usize, new: usize, weight: impl Fn(usize, usize) -> u32) -> Vec<(usize, usize)> {
    if old == 0 || new == 0 || old.saturating_mul(new) > MOST {
        return Vec::new();
    }
    let width = new + 1;
    // At [a][b]: the most that can be had of the elements from a and b on.
    let mut most = vec![0u32; (old + 1) * width];
    for a in (0..old).rev() {
        for b in (0..new).rev() {
            let at = a * width + b;
            let skipped = most[at + 1].max(most[at + width]);
            let together = match weight(a, b) {
                0 => 0,
                weight => most[at + width + 1] + weight,
            };
            most[at] = skipped.max(together);
        }
    }
    let mut pairs = Vec::new();
    let (mut a, mut b) = (0, 0);
    while a < old && b < new {
        let at = a * width + b;
        if most[at] == most[at + width] {
            a += 1;
        } else if most[at] == most[at + 1] {
            b += 1;
        } else {
            pairs.push((a, b));
            (a, b) = (a + 1, b + 1);
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_aligned_is_equal_in_order_and_the_same_both_ways(a in "[甲乙丙]{0,12}", b in "[甲乙丙]{0,12}") {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            let pairs = equal(&a, &b);
            prop_assert!(pairs.iter().all(|&(x, y)| a[x] == b[y]));
            prop_assert!(pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
            let back: Vec<_> = equal(&b, &a).into_iter().map(|(x, y)| (y, x)).collect();
            prop_assert_eq!(&pairs, &back);
            prop_assert_eq!(equal(&a, &a).len(), a.len());
            // As long as the longest of all common subsequences, found by trying them all.
            let is_in = |some: &[char]| {
                let mut rest = b.iter();
                some.iter().all(|c| rest.any(|d| c == d))
            };
            let longest = (0..1usize << a.len())
                .map(|mask| (0..a.len()).filter(|at| mask >> at & 1 == 1).map(|at| a[at]).collect::<Vec<_>>())
                .filter(|some| is_in(some))
                .map(|some| some.len())
                .max();
            prop_assert_eq!(Some(pairs.len()), longest);
        }
    }

    #[test]
    fn what_is_too_long_is_aligned_at_its_ends_only() {
        let text = |middle: char| {
            let mut text = vec![middle; 4000];
            text[..2].fill('头');
            text[3997..].fill('尾');
            text
        };
        assert_eq!(equal(&text('甲'), &text('乙')).len(), 5);
    }
}
