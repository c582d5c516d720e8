//! Shares and growth: a stated percentage against the numbers beside it.
//!
//! A percentage holds if any pair of numbers that it may be meant of gives it, rounded or cut off. Where the numbers are
//! not stated beside it, nothing is said.

mod share;

use std::ops::Range;

use super::figure::{Figure, Measure};
use super::lex::{Item, Mark, Token};
use super::lexicon::Word;
use crate::number::Decimal;

/// A percentage, difference or multiple that its numbers do not give.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShareOff {
    /// Its words, in bytes of the text.
    pub range: Range<usize>,
    /// The numbers that it should follow from, as written: part and whole, or this year's and last year's.
    pub from: [String; 2],
    /// What they give, in words.
    pub gives: String,
}

/// A growth whose base is not stated, so that it can only be compared with last year's report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Growth {
    /// Its words, in bytes of the text.
    pub range: Range<usize>,
    /// The number that grew, in bytes of the text.
    pub number: Range<usize>,
    /// By how many per cent, as units and decimals; negative where it fell.
    pub percent: (i64, u8),
}

impl Growth {
    /// Whether a number that was `old` last year and is `new` now has grown by this.
    pub fn holds(&self, new: Decimal, old: Decimal) -> bool {
        let [new, old] = [new, old].map(scaled_value);
        is_percent(new - old, old, self.percent, false)
    }
}

/// The shares and growths in a text that their numbers do not give, and the growths whose base is not stated.
pub(super) fn shares(text: &str, sentences: &[Vec<Token>]) -> (Vec<ShareOff>, Vec<Growth>) {
    let (mut off, mut growths) = (Vec::new(), Vec::new());
    let mut before: &[Token] = &[];
    for tokens in sentences {
        for at in 0..tokens.len() {
            let Some(figure) = tokens[at].figure().filter(|figure| figure.is_exact) else { continue };
            let sentence = Around { text, before, tokens, at, figure };
            match figure.measure {
                Measure::Percent => match sentence.sign() {
                    Some(sign) => match sentence.growth(sign) {
                        Verdict::Off(share) => off.push(share),
                        Verdict::NoBase(growth) => growths.push(growth),
                        Verdict::Holds => {}
                    },
                    None => off.extend(sentence.share()),
                },
                Measure::Case(_) | Measure::Thing(_) => off.extend(sentence.difference()),
                _ => {}
            }
        }
        before = tokens;
    }
    (off, growths)
}

enum Verdict {
    Holds,
    Off(ShareOff),
    NoBase(Growth),
}

/// A figure in its sentence.
struct Around<'t> {
    text: &'t str,
    before: &'t [Token],
    tokens: &'t [Token],
    at: usize,
    figure: &'t Figure,
}

impl Around<'_> {
    /// The text before the figure, in its sentence.
    fn lead(&self) -> &str {
        &self.text[self.tokens[0].range.start..self.figure.number.start]
    }

    /// The direction of a growth, if the words before the figure state one.
    fn sign(&self) -> Option<i64> {
        let lead = self.lead().trim_end_matches(['了', '约', '为', '达']);
        let ends = |words: &[&str]| words.iter().any(|word| lead.ends_with(word));
        match () {
            () if ends(&["增长", "上升", "提高", "增加", "增幅", "上涨", "提升", "增幅为"]) => {
                Some(1)
            }
            () if ends(&["下降", "减少", "降低", "降幅", "减幅", "下滑", "回落"]) => Some(-1),
            () => None,
        }
    }

    /// The figures of things before this one in the sentence, last first; those of last year and this year apart.
    fn counted(&self, is_last_year: bool) -> Vec<&Figure> {
        let all = (0..self.tokens.len()).filter(|&at| at != self.at);
        let mut found: Vec<&Figure> = all
            .filter(|&at| is_last_year || at < self.at)
            .filter(|&at| is_of_last_year(self.tokens, at) == is_last_year)
            .filter_map(|at| self.tokens[at].figure())
            .filter(|figure| matches!(figure.measure, Measure::Case(_) | Measure::Thing(_) | Measure::Money))
            .filter(|figure| figure.is_exact && !figure.value.is_zero())
            .collect();
        found.reverse();
        found
    }

    /// 较上年增长12.5%, against the numbers of both years where they are stated.
    fn growth(&self, sign: i64) -> Verdict {
        let (news, mut olds) = (self.counted(false), self.counted(true));
        olds.retain(|old| news.first().is_some_and(|new| new.measure.goes_with(old.measure)));
        let (units, scale) = self.figure.value.fraction();
        let percent = (sign * units, scale);
        let Some(new) = news.first() else { return Verdict::Holds };
        let pairs = news.iter().flat_map(|new| olds.iter().map(move |old| (new, old)));
        let holds = |(new, old): (&&Figure, &&Figure)| {
            is_percent(scaled(new) - scaled(old), scaled(old), percent, self.is_tenths())
        };
        if pairs.into_iter().any(holds) {
            return Verdict::Holds;
        }
        let range = self.words();
        match olds[..] {
            [old] if old.measure == new.measure => Verdict::Off(ShareOff {
                range,
                from: [self.written(new), self.written(old)],
                gives: change(scaled(new) - scaled(old), scaled(old)),
            }),
            [] if self.tokens[..self.at].iter().any(is_comparison) => {
                Verdict::NoBase(Growth { range, number: new.number.clone(), percent })
            }
            _ => Verdict::Holds,
        }
    }

    /// 减少15件, against the numbers of both years.
    fn difference(&self) -> Option<ShareOff> {
        let sign = self.sign()?;
        let (news, olds) = (self.counted(false), self.counted(true));
        let ([new, ..], [old]) = (&news[..], &olds[..]) else { return None };
        let stated = i128::from(sign) * scaled(self.figure);
        let holds = news.iter().any(|new| scaled(new) - scaled(old) == stated);
        let alike = new.measure == old.measure && new.measure == self.figure.measure;
        (alike && !holds).then(|| ShareOff {
            range: self.words(),
            from: [self.written(new), self.written(old)],
            gives: format!(
                "{}{}",
                if scaled(new) < scaled(old) { "减少 " } else { "增加 " },
                (scaled(new) - scaled(old)).abs() / SCALE
            ),
        })
    }

    /// The figure with the words before it that make it a share: 占12.5%, 同比下降两成.
    fn words(&self) -> Range<usize> {
        let start = self.tokens[..self.at]
            .iter()
            .rposition(|token| matches!(token.item, Item::Mark(_) | Item::Figure(_)));
        start.map_or(self.tokens[0].range.start, |at| self.tokens[at].range.end)..self.figure.end
    }

    fn written(&self, figure: &Figure) -> String {
        self.text[figure.number.start..figure.end].to_owned()
    }

    /// 两成, 六成: tenths are rounded more widely.
    fn is_tenths(&self) -> bool {
        self.text[..self.figure.end].ends_with('成')
    }
}

/// The figures of a sentence that may be a whole, last first.
fn earlier(tokens: &[Token]) -> impl Iterator<Item = &Figure> {
    tokens
        .iter()
        .rev()
        .filter_map(Token::figure)
        .filter(|figure| matches!(figure.measure, Measure::Case(_) | Measure::Thing(_)))
}

/// Whether the words before a figure, back to the last mark or figure, name last year: 上年60宗, （上年50件）.
fn is_of_last_year(tokens: &[Token], at: usize) -> bool {
    for (index, token) in tokens[..at].iter().enumerate().rev() {
        let follows = |is: fn(&Token) -> bool| index > 0 && is(&tokens[index - 1]);
        match token.item {
            // 较2024年的48件, （2024年为964件）.
            Item::Year(_) if follows(|token| token.is(Mark::Open) || is_comparison(token)) => return true,
            Item::Mark(Mark::Pause) | Item::Figure(_) if is_pair(tokens, at) => {}
            Item::Mark(_) | Item::Figure(_) => return false,
            Item::Word(Word::LastYear) => return true,
            Item::Word(Word::Carry) => return false,
            _ => {}
        }
    }
    false
}

/// Whether a figure stands in a list introduced by 分别: 上年分别为370件、12件.
fn is_pair(tokens: &[Token], at: usize) -> bool {
    let start = tokens[..at]
        .iter()
        .rposition(|token| matches!(token.item, Item::Mark(Mark::Comma | Mark::Open | Mark::Semicolon)))
        .map_or(0, |start| start + 1);
    tokens[start..at].iter().any(|token| token.word() == Some(Word::Respectively))
}

fn is_comparison(token: &Token) -> bool {
    matches!(token.word(), Some(Word::Change | Word::LastYear))
}

/// Values are compared as whole numbers of ten-thousandths.
const SCALE: i128 = 10_000;

fn scaled(figure: &Figure) -> i128 {
    scaled_value(figure.value)
}

fn scaled_value(value: Decimal) -> i128 {
    let (units, scale) = value.fraction();
    i128::from(units) * SCALE / 10_i128.pow(u32::from(scale))
}

/// Whether `part` is the stated percentage of `whole`, rounded or cut off at its last decimal.
fn is_percent(part: i128, whole: i128, percent: (i64, u8), is_tenths: bool) -> bool {
    let power = 10_i128.pow(u32::from(percent.1));
    let allowed = if is_tenths { whole * 5 * power } else { whole };
    whole > 0 && (part * 100 * power - i128::from(percent.0) * whole).abs() < allowed
}

/// What a part is of a whole, to one decimal.
fn percent_of(part: i128, whole: i128) -> String {
    let tenths = (part * 2000 + whole) / (whole * 2);
    format!("{}.{}%", tenths / 10, tenths % 10)
}

fn change(difference: i128, base: i128) -> String {
    let word = if difference < 0 { "下降" } else { "增长" };
    format!("{word} {}", percent_of(difference.abs(), base))
}
