//! How much of a text stands in another: the share of its characters that lie in stretches of at least
//! [`STRETCH`] characters which the other text has too.
//!
//! Compared is what is left after normalizing: blanks, punctuation and figures (not words for them) are dropped, so that a
//! copied text with this year's numbers is still a copy, and official titles and statutory phrases are taken out.

use std::collections::HashMap;
use std::ops::Range;

/// The shortest stretch that counts, in characters after normalizing.
const STRETCH: usize = 12;

/// What every report may say in the same words.
const COMMON: [&str; 22] = [
    "中华人民共和国政府信息公开条例",
    "国务院办公厅政府信息与政务公开办公室",
    "关于印发中华人民共和国政府信息公开工作年度报告格式的通知",
    "政府信息公开工作年度报告",
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
    "以习近平新时代中国特色社会主义思想为指导",
    "深入贯彻党的二十大和二十届历次全会精神",
    "深入学习贯彻党的二十大精神",
    "坚持以公开为常态不公开为例外",
    "因政府信息公开工作被申请行政复议提起行政诉讼",
    "政府信息公开信息处理费管理办法",
    "未收取政府信息公开信息处理费",
    "没有其他需要报告的事项",
    "无其他需要报告的事项",
    "依申请公开政府信息",
    "主动公开政府信息",
    "政府信息公开申请",
];

/// A text made ready for comparing.
#[derive(Clone, Debug)]
pub struct Normal {
    /// The characters that count, each with the byte at which it stands in the text; `None` is where something was taken
    /// out, so that no stretch runs across it.
    chars: Vec<(Option<char>, usize)>,
    /// The stretch that begins at each of `chars`, as a number.
    grams: Vec<Option<u64>>,
    /// How many characters count.
    length: usize,
}

/// How much of one text stands in another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Similarity {
    /// The share, in per cent, rounded down.
    pub percent: i64,
    /// The common stretches, longest first, in bytes of the first text.
    pub stretches: Vec<Range<usize>>,
}

impl Normal {
    /// Makes a text ready for comparing.
    pub fn new(text: &str) -> Self {
        let mut chars: Vec<(Option<char>, usize)> =
            text.char_indices().filter(|(_, c)| counts(*c)).map(|(at, c)| (Some(c), at)).collect();
        let plain: Vec<char> = chars.iter().filter_map(|(c, _)| *c).collect();
        for phrase in COMMON {
            let phrase: Vec<char> = phrase.chars().collect();
            for at in 0..plain.len().saturating_sub(phrase.len() - 1) {
                if plain[at..at + phrase.len()] == phrase[..] {
                    chars[at..at + phrase.len()].iter_mut().for_each(|(c, _)| *c = None);
                }
            }
        }
        let grams: Vec<Option<u64>> = (0..chars.len()).map(|at| gram(&chars, at)).collect();
        let length = chars.iter().filter(|(c, _)| c.is_some()).count();
        Self { chars, grams, length }
    }

    /// How many characters count.
    pub const fn len(&self) -> usize {
        self.length
    }

    /// Whether no character counts.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How much of this text stands in `other`.
    pub fn within(&self, other: &Self) -> Similarity {
        let mut known: Vec<u64> = other.grams.iter().copied().flatten().collect();
        known.sort_unstable();
        let mut runs: Vec<Range<usize>> = Vec::new();
        for (at, gram) in self.grams.iter().enumerate() {
            if !gram.is_some_and(|gram| known.binary_search(&gram).is_ok()) {
                continue;
            }
            match runs.last_mut() {
                Some(run) if run.end >= at => run.end = at + STRETCH,
                _ => runs.push(at..at + STRETCH),
            }
        }
        runs.sort_by_key(|run| std::cmp::Reverse(run.len()));
        let common: usize = runs.iter().map(ExactSizeIterator::len).sum();
        let percent = percent(common, self.len());
        let last = |run: &Range<usize>| {
            let (c, at) = self.chars[run.end - 1];
            at + c.map_or(1, char::len_utf8)
        };
        let stretches = runs.iter().map(|run| self.chars[run.start].1..last(run)).collect();
        Similarity { percent, stretches }
    }
}

/// Several texts, each to be compared with each of the others.
///
/// Most stretches stand in one text only, and those that others have too stand in long pieces in the same others: the work
/// grows with the number of these pieces and of those who have them. Where all texts are alike but for words of their own, the
/// pieces are as short as what is between these words, and each is compared with each after all.
#[derive(Debug)]
pub struct Crowd {
    texts: Vec<Compared>,
    /// Lists of texts, each in order: those that have a stretch in common.
    holders: Vec<Vec<usize>>,
}

/// A text of a [`Crowd`].
#[derive(Debug)]
struct Compared {
    /// How many of its characters count.
    length: usize,
    /// The pieces that others have too, by their characters, in order, each with its list of [`Crowd::holders`].
    common: Vec<(Range<usize>, usize)>,
}

impl Crowd {
    /// Brings texts together; `None` is a text that is like no other.
    pub fn new(normals: impl IntoIterator<Item = Option<Normal>>) -> Self {
        let mut texts = Vec::new();
        // Every stretch, with the text and the character where it begins.
        let mut stretches: Vec<(u64, usize, usize)> = Vec::new();
        for (number, normal) in normals.into_iter().enumerate() {
            texts.push(Compared { length: normal.as_ref().map_or(0, Normal::len), common: Vec::new() });
            let grams = normal.into_iter().flat_map(|normal| normal.grams).enumerate();
            stretches.extend(grams.filter_map(|(at, gram)| Some((gram?, number, at))));
        }
        stretches.sort_unstable();
        let mut numbers: HashMap<Vec<usize>, usize> = HashMap::new();
        for same in stretches.chunk_by(|one, next| one.0 == next.0) {
            let of_texts = same.chunk_by(|one, next| one.1 == next.1);
            let holders: Vec<usize> = of_texts.map(|of_one| of_one[0].1).collect();
            if holders.len() > 1 {
                let new = numbers.len();
                let list = *numbers.entry(holders).or_insert(new);
                same.iter().for_each(|&(_, number, at)| texts[number].common.push((at..at + STRETCH, list)));
            }
        }
        for text in &mut texts {
            text.common.sort_unstable_by_key(|(stretch, _)| stretch.start);
            text.common.dedup_by(|(next, list), (piece, list_before)| {
                let goes_on = list == list_before && next.start <= piece.end;
                piece.end = if goes_on { next.end } else { piece.end };
                goes_on
            });
            text.common.shrink_to_fit();
        }
        let mut holders = vec![Vec::new(); numbers.len()];
        numbers.into_iter().for_each(|(list, number)| holders[number] = list);
        Self { texts, holders }
    }

    /// How much of a text, by its number, stands in each, in their order, as [`Similarity::percent`] has it; nothing in
    /// itself, and nothing of a text that there is not.
    pub fn percents(&self, number: usize) -> Vec<i64> {
        // How many of its characters each has, and up to which they have been counted.
        let mut counted = vec![(0, 0); self.texts.len()];
        let Some(Compared { length, common }) = self.texts.get(number) else { return vec![0; counted.len()] };
        for (piece, list) in common {
            for &holder in self.holders[*list].iter().filter(|holder| **holder != number) {
                let (count, end) = &mut counted[holder];
                *count += piece.end - piece.start.max(*end);
                *end = piece.end;
            }
        }
        counted.into_iter().map(|(count, _)| percent(count, *length)).collect()
    }
}

/// What share of a text so many of its characters are, in per cent, rounded down.
fn percent(count: usize, length: usize) -> i64 {
    i64::try_from(count * 100 / length.max(1)).unwrap_or(100)
}

/// Whether a character is one that is compared.
fn counts(c: char) -> bool {
    c.is_alphabetic()
}

/// The stretch that begins at a character, as a number (FNV-1a over the characters).
fn gram(chars: &[(Option<char>, usize)], at: usize) -> Option<u64> {
    let stretch = chars.get(at..at + STRETCH)?;
    stretch.iter().try_fold(0xcbf2_9ce4_8422_2325_u64, |hash, (c, _)| {
        Some((hash ^ u64::from(u32::from((*c)?))).wrapping_mul(0x0100_0000_01b3))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Pieces of which several texts have some, so that what they have in common begins, ends, comes twice and is
        /// interrupted anywhere.
        #[test]
        fn a_crowd_finds_of_each_pair_what_the_pair_alone_shows(
            texts in prop::collection::vec(
                prop::option::of(prop::collection::vec((0_usize..6, 1_usize..30), 0..12)),
                1..7,
            )
        ) {
            let written = |pieces: Vec<(usize, usize)>| {
                let piece = |(which, length): (usize, usize)| match which {
                    0 => "主动公开政府信息情况".to_owned(),
                    1 => "甲".repeat(length),
                    _ => ('一'..).skip(which * 100).take(length).collect(),
                };
                Normal::new(&pieces.into_iter().map(piece).collect::<String>())
            };
            let texts: Vec<Option<Normal>> = texts.into_iter().map(|pieces| pieces.map(written)).collect();
            let crowd = Crowd::new(texts.clone());
            for (own, text) in texts.iter().enumerate() {
                let alone = |(other, twin): (usize, &Option<Normal>)| match (text, twin) {
                    (Some(text), Some(twin)) if other != own => text.within(twin).percent,
                    _ => 0,
                };
                let alone: Vec<i64> = texts.iter().enumerate().map(alone).collect();
                prop_assert_eq!(crowd.percents(own), alone);
            }
        }
    }
}
