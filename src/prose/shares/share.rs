//! A share against its part and its whole: 占12.5%, （12.5%）, 办结率95.3%.

use super::super::figure::{Figure, Measure};
use super::super::lex::{Item, Mark, Token};
use super::super::lexicon::Word;
use super::{Around, Of, ShareOff, earlier, is_percent, percent_of, scaled};
use crate::number::Decimal;

impl Around<'_> {
    /// 占12.5%, （12.5%）, 办结率95.3%: against the part and the whole beside it.
    pub(super) fn share(&self) -> Option<ShareOff> {
        let lead = self.lead();
        let bare = lead.trim_end_matches(['为', '达', '到', '是', '：']);
        let is_rate = bare.ends_with('率');
        let words = &self.text[self.words().start..self.figure.number.start];
        let is_share = words.contains('占');
        let is_bracketed =
            lead.ends_with('（') && self.tokens.get(self.at + 1).is_some_and(|token| token.is(Mark::Close));
        // 占全县总量的17.9%, 占比分别为…: of a whole, or in an order, that is not read here.
        let is_unread =
            ["全县", "全市", "全区", "全省", "全国", "分别"].iter().any(|word| words.contains(word));
        let hundred = self.figure.value.compare(Decimal::whole(100)).is_eq();
        if hundred || is_unread || !(is_rate || is_share || is_bracketed) {
            return None;
        }
        let numbers = self.counted_in(0..self.tokens.len(), Of::ThisYear);
        let sums = self.sums_behind();
        let largest = self.tokens.iter().filter_map(Token::figure).map(scaled).max();
        let total = sums.iter().copied().find(|sum| largest == Some(scaled(sum)));
        let wholes: Vec<&Figure> =
            sums.into_iter().chain(numbers.iter().copied()).chain(earlier(self.before)).collect();
        let holds = |part: i128| {
            let percent = self.figure.value.fraction();
            wholes.iter().any(|whole| is_percent(part, scaled(whole), percent, self.is_tenths()))
        };
        let off = |part: i128, written: String, like: &Figure| {
            let is_whole = |whole: &Figure| {
                whole.measure == like.measure && scaled(whole) > part && !self.has_a_share(whole)
            };
            let whole = total.or_else(|| wholes.iter().copied().find(|whole| is_whole(whole)))?;
            let gives = percent_of(part, scaled(whole));
            Some(ShareOff { range: self.words(), from: [written, self.written(whole)], gives })
        };
        if is_share && let Some([one, other]) = self.two_together(words, &numbers) {
            let both = scaled(one) + scaled(other);
            let written = format!("{} + {}", self.written(other), self.written(one));
            return if holds(both) { None } else { off(both, written, one) };
        }
        let after = self.tokens[self.at + 1..].iter().find_map(Token::figure);
        let candidates: Vec<&Figure> = match is_rate {
            true => numbers.iter().copied().chain(after).collect(),
            false => self.part_beside().into_iter().chain(after).collect(),
        };
        if candidates.into_iter().any(|part| holds(scaled(part))) {
            return None;
        }
        let part = match is_rate {
            true => self.part_of_rate(bare).or_else(|| self.part_in_bracket())?,
            false => {
                self.part_beside().filter(|part| self.stands_beside(part)).or_else(|| self.part_behind())?
            }
        };
        off(scaled(part), self.written(part), part)
    }

    /// Whether a share is stated of a number, so that it is a part itself: 36件，占45%; 占45%，共36件.
    fn has_a_share(&self, part: &Figure) -> bool {
        let at = self.tokens.iter().position(|token| token.figure() == Some(part));
        let is_share =
            |token: &Token| token.figure().is_some_and(|figure| figure.measure == Measure::Percent);
        let is_between = |token: &&Token| {
            matches!(token.item, Item::Mark(_))
                || matches!(token.word(), Some(Word::Filler | Word::Sum | Word::Change))
        };
        at.is_some_and(|at| {
            let behind = self.tokens[at + 1..].iter().find(|token| !is_between(token));
            let before = self.tokens[..at].iter().rev().find(|token| !is_between(token));
            behind.is_some_and(is_share) || before.is_some_and(is_share)
        })
    }

    /// Two numbers that a share is of together: 二者合计占61.6%.
    fn two_together<'n>(&self, words: &str, numbers: &[&'n Figure]) -> Option<[&'n Figure; 2]> {
        let says_two = ["二者", "两者", "两项", "两类"].iter().any(|word| words.contains(word));
        match numbers {
            [one, other, ..] if says_two => Some([*one, *other]),
            _ => None,
        }
    }

    /// A total that is stated after the shares of it: 合计89件.
    fn sums_behind(&self) -> Vec<&Figure> {
        let is_sum = |at: &usize| {
            let words = self.tokens[..*at]
                .iter()
                .rev()
                .take_while(|token| !matches!(token.item, Item::Mark(_) | Item::Figure(_)));
            words.filter_map(Token::word).any(|word| word == Word::Sum)
        };
        let behind = self.at + 1..self.tokens.len();
        behind.filter(is_sum).filter_map(|at| self.tokens[at].figure()).collect()
    }

    /// The number that stands just behind its share: 占94.3%，为166件.
    fn part_behind(&self) -> Option<&Figure> {
        let rest = self.tokens.get(self.at + 1..)?;
        let (comma, rest) = rest.split_first()?;
        let is_said = |token: &&Token| matches!(token.word(), Some(Word::Filler | Word::Sum));
        let said = rest.iter().take_while(is_said).count();
        rest.get(said)?.figure().filter(|_| comma.is(Mark::Comma) && said > 0)
    }

    /// The number that stands in brackets behind its rate: 维持率66.7%（14件）.
    fn part_in_bracket(&self) -> Option<&Figure> {
        let [open, part, close, ..] = self.tokens.get(self.at + 1..)? else { return None };
        part.figure().filter(|_| open.is(Mark::Open) && close.is(Mark::Close))
    }

    /// The number that a share is of: the last one before it that does not stand in a bracket of its own.
    fn part_beside(&self) -> Option<&Figure> {
        let mut depth = 0_usize;
        self.tokens[..self.at].iter().rev().find_map(|token| {
            match token.item {
                Item::Mark(Mark::Close) => depth += 1,
                Item::Mark(Mark::Open) => depth = depth.saturating_sub(1),
                _ => {}
            }
            token
                .figure()
                .filter(|figure| depth == 0 && matches!(figure.measure, Measure::Case(_) | Measure::Thing(_)))
        })
    }

    /// The number that a rate is of: 办结320件，办结率98.2%. A rate of keeping in time is of what was done in time.
    fn part_of_rate(&self, bare: &str) -> Option<&Figure> {
        let name = bare.strip_suffix('率')?;
        let in_time = ["按时", "按期", "及时", "期限内"].iter().find(|word| {
            let rest = name.chars().count().saturating_sub(2);
            name.chars().take(rest).collect::<String>().ends_with(*word)
        });
        let stem: String = name.chars().skip(name.chars().count().saturating_sub(2)).collect();
        let stem = in_time.map_or_else(|| stem.clone(), |in_time| format!("{in_time}{stem}"));
        (0..self.at).rev().find_map(|at| {
            let figure = self.tokens[at].figure()?;
            let start = self.tokens[..at]
                .iter()
                .rposition(|t| t.figure().is_some())
                .map_or(0, |t| self.tokens[t].range.end);
            // 办结320件, and 15件予以公开.
            let end = self.tokens[at + 1..].iter().find(|token| matches!(token.item, Item::Mark(_)));
            let end = end.map_or(figure.end, |end| end.range.start);
            let words = &self.text[start.max(self.tokens[0].range.start)..end];
            (matches!(figure.measure, Measure::Case(_)) && words.contains(&stem)).then_some(figure)
        })
    }

    /// Whether nothing but a comma and a bracket stands between a part and its share.
    fn stands_beside(&self, part: &Figure) -> bool {
        let between = &self.text[part.end..self.figure.number.start];
        let bracket =
            between.split_once('（').map_or("", |(_, rest)| rest.rsplit('）').next().unwrap_or_default());
        let bare = if between.contains('）') { bracket } else { between };
        let bare = bare.split('占').next().unwrap_or_default();
        bare.chars().all(|c| "，（比为达、 ".contains(c))
    }
}
