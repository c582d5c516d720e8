//! Shares and growth: a stated percentage against the numbers beside it.
//!
//! A percentage holds if any pair of numbers that it may be meant of gives it, rounded or cut off. Where the numbers are
//! not stated beside it, nothing is said.

mod share;

use std::ops::Range;

use super::figure::{Figure, Measure};
use super::lex::{Item, Mark, Sentences, Token};
use super::lexicon::Word;
use super::subject::becomes;
use crate::number::Decimal;
use crate::text::Ends;

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
    /// The year that it is compared with, if the words name one (较2024年).
    pub since: Option<i64>,
    by: By,
}

/// By how much something grew; negative where it fell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum By {
    /// Per cent, as units and decimals.
    Percent((i64, u8)),
    /// A number of things, scaled as [`scaled_value`].
    Count(i128),
}

impl Growth {
    /// Whether a number that was `old` last year and is `new` now has grown by this.
    pub fn holds(&self, new: Decimal, old: Decimal) -> bool {
        let [new, old] = [new, old].map(scaled_value);
        match self.by {
            By::Percent(percent) => is_percent(new - old, old, percent, false),
            By::Count(count) => new - old == count,
        }
    }
}

/// The shares and growths in a text that their numbers do not give, and the growths whose base is not stated.
pub(super) fn shares(text: &str, sentences: &Sentences) -> (Vec<ShareOff>, Vec<Growth>) {
    let (mut off, mut growths) = (Vec::new(), Vec::new());
    let mut before: &[Token] = &[];
    for sentence in sentences.iter() {
        let tokens = sentence.tokens;
        for (at, figure) in sentence.figures().filter(|(_, figure)| figure.is_exact) {
            let around = Around { text, before, tokens, at, figure };
            match figure.measure {
                Measure::Percent => match around.sign() {
                    Some(sign) => match around.growth(sign) {
                        Verdict::Off(share) => off.push(share),
                        Verdict::NoBase(growth) => growths.push(growth),
                        Verdict::Holds => {}
                    },
                    None => off.extend(around.share()),
                },
                Measure::Case(_) | Measure::Thing(_) => match around.difference() {
                    Verdict::Off(share) => off.push(share),
                    Verdict::NoBase(growth) => growths.push(growth),
                    Verdict::Holds => {}
                },
                Measure::Times => off.extend(around.times()),
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
        direction(self.lead())
    }

    /// The figures of this kind in this part of the sentence, or else in all of it, last first; of this year and of
    /// differences only those before this one.
    fn counted(&self, year: Of) -> Vec<&Figure> {
        let is_end = |token: &Token| token.is(Mark::Semicolon);
        let start = self.tokens[..self.at].iter().rposition(is_end).map_or(0, |end| end + 1);
        let end =
            self.tokens[self.at..].iter().position(is_end).map_or(self.tokens.len(), |end| self.at + end);
        let within = self.counted_in(start..end, year);
        if within.is_empty() { self.counted_in(0..self.tokens.len(), year) } else { within }
    }

    fn counted_in(&self, tokens: Range<usize>, year: Of) -> Vec<&Figure> {
        let all = tokens.filter(|&at| at != self.at);
        let mut found: Vec<&Figure> = all
            .filter(|&at| year == Of::LastYear || at < self.at)
            .filter(|&at| of(self.text, self.tokens, at) == year)
            .filter_map(|at| self.tokens[at].figure())
            .filter(|figure| matches!(figure.measure, Measure::Case(_) | Measure::Thing(_) | Measure::Money))
            .filter(|figure| figure.is_exact && !figure.value.is_zero())
            .collect();
        found.reverse();
        found
    }

    /// 较上年增长12.5%, against the numbers of both years, or against this year's and the difference.
    fn growth(&self, sign: i64) -> Verdict {
        let news = self.counted(Of::ThisYear);
        let Some(new) = news.first() else { return Verdict::Holds };
        let alike = |figures: Vec<&'_ Figure>| -> Vec<Figure> {
            figures.into_iter().filter(|figure| new.measure.goes_with(figure.measure)).cloned().collect()
        };
        let (olds, differences) = (alike(self.counted(Of::LastYear)), alike(self.counted(Of::Difference)));
        let (units, scale) = self.figure.value.fraction();
        let percent = (sign * units, scale);
        // (this year's, last year's, whose words say so), scaled.
        let stated = news.iter().flat_map(|new| olds.iter().map(move |old| (scaled(new), scaled(old))));
        let derived = news.iter().flat_map(|new| {
            let old = move |difference: &Figure| scaled(new) - i128::from(sign) * scaled(difference);
            differences.iter().map(move |difference| (scaled(new), old(difference)))
        });
        let is_right = |(new, old): (i128, i128)| is_percent(new - old, old, percent, self.is_tenths());
        if stated.chain(derived).any(is_right) {
            return Verdict::Holds;
        }
        let off = |other: &Figure, old: i128| {
            Verdict::Off(ShareOff {
                range: self.words(),
                from: [self.written(new), self.written(other)],
                gives: change(scaled(new) - old, old),
            })
        };
        let base = |difference: &Figure| scaled(new) - i128::from(sign) * scaled(difference);
        match (&olds[..], &differences[..]) {
            ([old], _) if old.measure == new.measure => off(old, scaled(old)),
            ([], [difference, ..]) if difference.measure == new.measure && base(difference) > 0 => {
                off(difference, base(difference))
            }
            ([], []) => self.no_base(new, By::Percent(percent)),
            _ => Verdict::Holds,
        }
    }

    /// A growth that is compared with another year whose number is not stated.
    fn no_base(&self, new: &Figure, by: By) -> Verdict {
        let since = self.tokens[..self.at].iter().rev().find_map(|token| match token.item {
            Item::Year(year) => Some(year),
            _ => None,
        });
        let is_compared = self.tokens[..self.at].iter().any(is_comparison);
        match is_compared {
            true => Verdict::NoBase(Growth { range: self.words(), number: new.number.clone(), since, by }),
            false => Verdict::Holds,
        }
    }

    /// 减少15件, against the numbers of both years.
    fn difference(&self) -> Verdict {
        // Hardly a figure has words of a direction just before it, which is seen at once.
        let Some(sign) = self.sign() else { return Verdict::Holds };
        if !differs(words_before(self.text, self.tokens, self.at)) {
            return Verdict::Holds;
        }
        let (news, olds) = (self.counted(Of::ThisYear), self.counted(Of::LastYear));
        let stated = i128::from(sign) * scaled(self.figure);
        match (&news[..], &olds[..]) {
            ([new, ..], [old]) if new.measure == old.measure && new.measure == self.figure.measure => {
                if news.iter().any(|new| scaled(new) - scaled(old) == stated) {
                    return Verdict::Holds;
                }
                let difference = scaled(new) - scaled(old);
                let word = if difference < 0 { "减少" } else { "增加" };
                Verdict::Off(ShareOff {
                    range: self.words(),
                    from: [self.written(new), self.written(old)],
                    gives: format!("{word} {}", difference.abs() / SCALE),
                })
            }
            ([new, ..], []) if new.measure == self.figure.measure => self.no_base(new, By::Count(stated)),
            _ => Verdict::Holds,
        }
    }

    /// 是上年的2.1倍, against the numbers of both years.
    fn times(&self) -> Option<ShareOff> {
        let is_of_a_year =
            ["上年的", "去年的", "年的", "上年度的"].iter().any(|word| self.lead().ends_with(word));
        let (news, olds) = (self.counted(Of::ThisYear), self.counted(Of::LastYear));
        let ([new, ..], [old]) = (&news[..], &olds[..]) else { return None };
        let (units, scale) = self.figure.value.fraction();
        let power = 10_i128.pow(u32::from(scale));
        let is_near = (scaled(new) * power - i128::from(units) * scaled(old)).abs() < scaled(old);
        (is_of_a_year && new.measure == old.measure && !is_near).then(|| ShareOff {
            range: self.words(),
            from: [self.written(new), self.written(old)],
            gives: times(scaled(new), scaled(old)),
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

/// What a figure is a number of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    ThisYear,
    LastYear,
    /// 增加15件, 多2件: neither year's.
    Difference,
}

/// What a figure is a number of, by the words before it, back to the last mark or figure.
fn of(text: &str, tokens: &[Token], at: usize) -> Of {
    match () {
        () if differs(words_before(text, tokens, at)) => Of::Difference,
        () if is_of_last_year(tokens, at) || becomes(tokens, at) || is_told_apart(tokens, at) => Of::LastYear,
        () => Of::ThisYear,
    }
}

/// The words before a figure, back to the last mark or figure.
fn words_before<'t>(text: &'t str, tokens: &[Token], at: usize) -> &'t str {
    let before = tokens[..at].iter().rfind(|token| matches!(token.item, Item::Figure(_) | Item::Mark(_)));
    &text[before.map_or(tokens[0].range.start, |before| before.range.end)..tokens[at].range.start]
}

/// Whether words before a figure make it a difference.
fn differs(words: &str) -> bool {
    let is_compared = || ["较", "比", "上年", "去年"].iter().any(|word| words.contains(word));
    direction(words).is_some() || words.contains(['多', '少']) && is_compared()
}

/// Whether a clause is of a year of its own while another speaks of this one: 2024年办件3920件，今年增加266件.
fn is_told_apart(tokens: &[Token], at: usize) -> bool {
    let start =
        tokens[..at].iter().rposition(|token| matches!(token.item, Item::Mark(_))).map_or(0, |mark| mark + 1);
    let names_a_year = tokens[start..at].iter().any(|token| matches!(token.item, Item::Year(_)));
    let is_now = |token: &Token| token.word() == Some(Word::ThisYear);
    names_a_year && !tokens[start..at].iter().any(is_now) && tokens[at..].iter().any(is_now)
}

/// Words of a growth.
static UP: Ends =
    Ends::new(&["增长", "上升", "提高", "增加", "增幅", "上涨", "提升", "年多", "度多", "增多", "多出"]);

/// Words of a fall.
static DOWN: Ends =
    Ends::new(&["下降", "减少", "降低", "降幅", "减幅", "下滑", "回落", "年少", "度少", "少了"]);

/// The direction that words end in: 1 for 增加, -1 for 减少.
fn direction(words: &str) -> Option<i64> {
    let words = words.trim_end_matches(['了', '约', '为', '达']);
    if UP.are_at_end(words) { Some(1) } else { DOWN.are_at_end(words).then_some(-1) }
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

/// How many times `old` is in `new`, to one decimal.
fn times(new: i128, old: i128) -> String {
    let tenths = (new * 20 + old) / (old * 2);
    format!("{}.{} 倍", tenths / 10, tenths % 10)
}

fn change(difference: i128, base: i128) -> String {
    let word = if difference < 0 { "下降" } else { "增长" };
    format!("{word} {}", percent_of(difference.abs(), base))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_direction_is_told_by_the_last_word() {
        assert_eq!(
            (direction("同比增长了"), direction("比上年减少"), direction("公开")),
            (Some(1), Some(-1), None)
        );
    }
}
