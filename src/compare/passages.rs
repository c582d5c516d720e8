//! Two texts sentence by sentence: what both have, what was changed, what came and what went.
//!
//! Sentences are changed where they are alike, whatever their numbers; what that means is not asked.

use std::ops::Range;

use super::align;
use crate::number::half_width;
use crate::text;

/// How alike two sentences must be to be one that was changed, in per cent.
const ALIKE: u32 = 45;

/// The most bytes that are looked at to pair the sentences of one gap, which two texts of 20,000 characters without a
/// common sentence stay below; in a longer gap sentences only come and go.
const MOST: usize = 1 << 27;

/// A sentence of two texts. Blanks around sentences are not part of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Passage<'a> {
    /// A sentence that both have.
    Same(&'a str),
    /// A sentence that was changed.
    Changed {
        /// As it was.
        old: &'a str,
        /// As it is.
        new: &'a str,
    },
    /// A sentence that only the old text has.
    Removed(&'a str),
    /// A sentence that only the new text has.
    Added(&'a str),
}

/// Puts two texts side by side, in the order of both. Texts that differ in blanks and line breaks only have the same
/// passages.
pub fn passages<'a>(old: &'a str, new: &'a str) -> Vec<Passage<'a>> {
    let of = |text: &'a str| text::sentences(text).map(|range| text[range].trim()).collect::<Vec<_>>();
    let (old, new) = (of(old), of(new));
    let mut all = Vec::new();
    let (mut a, mut b) = (0, 0);
    for (next_a, next_b) in align::equal(&old, &new).into_iter().chain([(old.len(), new.len())]) {
        fill(&old[a..next_a], &new[b..next_b], &mut all);
        all.extend(old.get(next_a).map(|same| Passage::Same(same)));
        (a, b) = (next_a + 1, next_b + 1);
    }
    all
}

/// Adds what stands between two sentences that both texts have.
fn fill<'a>(old: &[&'a str], new: &[&'a str], all: &mut Vec<Passage<'a>>) {
    let (mut a, mut b) = (0, 0);
    let only = |old_range: Range<usize>, new_range: Range<usize>, all: &mut Vec<Passage<'a>>| {
        all.extend(old[old_range].iter().map(|sentence| Passage::Removed(sentence)));
        all.extend(new[new_range].iter().map(|sentence| Passage::Added(sentence)));
    };
    for (next_a, next_b) in changed(old, new) {
        only(a..next_a, b..next_b, all);
        all.push(Passage::Changed { old: old[next_a], new: new[next_b] });
        (a, b) = (next_a + 1, next_b + 1);
    }
    only(a..old.len(), b..new.len(), all);
}

/// The sentences of a gap that are alike, those first that are most.
fn changed(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let length = |all: &[&str]| all.iter().map(|sentence| sentence.len()).sum::<usize>();
    if length(old) * new.len() + length(new) * old.len() > MOST {
        return Vec::new();
    }
    // As with equal ones: the same pairs, whichever side is the old one.
    if old > new {
        return changed(new, old).into_iter().map(|(new, old)| (old, new)).collect();
    }
    let (old, new): (Vec<_>, Vec<_>) =
        (old.iter().map(|s| pairs(s)).collect(), new.iter().map(|s| pairs(s)).collect());
    let weight =
        |a: usize, b: usize| Some(alike(&old[a], &new[b])).filter(|alike| *alike >= ALIKE).unwrap_or(0);
    align::heaviest(old.len(), new.len(), weight)
}

/// Every two characters of a sentence that stand side by side, sorted; a number is one character, whatever it is.
fn pairs(sentence: &str) -> Vec<(char, char)> {
    let folded = sentence.chars().map(half_width).map(|c| if c.is_numeric() { '0' } else { c });
    let mut chars: Vec<char> = folded.filter(|c| c.is_alphanumeric()).collect();
    chars.dedup_by(|a, b| *a == '0' && *b == '0');
    let mut pairs: Vec<_> = chars.iter().copied().zip(chars.iter().copied().skip(1).chain(['。'])).collect();
    pairs.sort_unstable();
    pairs
}

/// The share of the pairs that both have, in per cent.
fn alike(old: &[(char, char)], new: &[(char, char)]) -> u32 {
    let (mut a, mut b, mut common) = (0, 0, 0);
    while let (Some(one), Some(other)) = (old.get(a), new.get(b)) {
        match one.cmp(other) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => {
                (a, b, common) = (a + 1, b + 1, common + 1);
            }
        }
    }
    u32::try_from(200 * common / (old.len() + new.len()).max(1)).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::Passage::{Added, Changed, Removed, Same};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_sentence_with_other_numbers_or_words_is_a_changed_one() {
        let old = "2024年，青石镇主动公开政府信息312条。举办业务培训2次。存在的问题：更新不及时。\n没有收取信息处理费。";
        let new = "2025年，青石镇主动公开政府信息87条。开通了政务新媒体。存在的问题：更新有时不够及时。\n没有收取信息处理费。";
        assert_eq!(
            passages(old, new),
            [
                Changed {
                    old: "2024年，青石镇主动公开政府信息312条。",
                    new: "2025年，青石镇主动公开政府信息87条。"
                },
                Removed("举办业务培训2次。"),
                Added("开通了政务新媒体。"),
                Changed {
                    old: "存在的问题：更新不及时。", new: "存在的问题：更新有时不够及时。"
                },
                Same("没有收取信息处理费。"),
            ]
        );
    }

    #[test]
    fn of_several_the_most_alike_is_the_changed_one() {
        let old = "收到申请3件，其中自然人2件。";
        let new = "收到投诉。收到申请5件，其中自然人4件。收到申请很少。";
        assert_eq!(
            passages(old, new),
            [
                Added("收到投诉。"),
                Changed { old, new: "收到申请5件，其中自然人4件。" },
                Added("收到申请很少。"),
            ]
        );
        assert_eq!(passages("无。", "有。"), [Removed("无。"), Added("有。")]);
    }

    #[test]
    fn blanks_and_line_breaks_are_no_other_sentence() {
        assert_eq!(passages("甲。乙。", "\u{3000}甲。\n乙。"), [Same("甲。"), Same("乙。")]);
        assert_eq!(passages("", ""), []);
    }

    #[test]
    fn a_text_as_long_as_none_is_still_put_side_by_side() {
        let text = |seed: usize| -> String {
            let char = |n: usize| char::from_u32(0x4e00 + u32::try_from(n % 997).unwrap()).unwrap();
            (0..50_000).map(|n| if n % 2 == 1 { '。' } else { char(n * seed) }).collect()
        };
        let (old, new) = (text(7), text(11));
        let all = passages(&old, &new);
        let kept = all.iter().filter(|one| !matches!(one, Added(_))).count();
        assert_eq!(kept, 25_000);
    }

    proptest! {
        #[test]
        fn either_text_is_there_whole_and_the_other_way_round_is_the_mirror(
            old in "([甲乙丙丁]{1,4}[0-9]{0,2}[。；]){0,7}",
            new in "([甲乙丙丁]{1,4}[0-9]{0,2}[。；]){0,7}",
        ) {
            let all = passages(&old, &new);
            let side = |is_old: bool| all.iter().map(|one| match one {
                Same(same) => same,
                Changed { old, new } => if is_old { old } else { new },
                Removed(old) => if is_old { old } else { "" },
                Added(new) => if is_old { "" } else { new },
            }).collect::<String>();
            prop_assert_eq!((side(true), side(false)), (old.clone(), new.clone()));
            let changed = |all: &[Passage<'_>], is_back: bool| all.iter().filter_map(|one| match *one {
                Changed { old, new } if is_back => Some((new.to_owned(), old.to_owned())),
                Changed { old, new } => Some((old.to_owned(), new.to_owned())),
                _ => None,
            }).collect::<Vec<_>>();
            prop_assert_eq!(changed(&all, false), changed(&passages(&new, &old), true));
            prop_assert!(passages(&old, &old).iter().all(|one| matches!(one, Same(_))));
        }
    }
}
