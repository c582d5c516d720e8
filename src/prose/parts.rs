//! Parts of a whole: `共 158 条，其中 a、b、c`, and lists that end in 共.
//!
//! Parts that add up to more than the whole are wrong, unless they overlap by their own words. Parts that add up to less are
//! wrong only where the list claims to be complete (after a colon, with 其他 or 其余, or before 共), where two digits swapped
//! in one number explain the difference, or where three parts or more make up nearly all: 其中 alone promises nothing.

mod list;

use std::ops::Range;
use std::sync::LazyLock;

use super::Prose;
use super::figure::{Figure, Measure};
use super::lex::{Item, Mark, Sentences, Token};
use super::lexicon::Word;
use crate::number::Decimal;
use crate::text::Words;
use list::{List, Part, Promise, opening};

/// Parts that do not add up to their whole.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PartsOff {
    /// From the first part to the last, or to the whole that follows them, in bytes of the text.
    pub range: Range<usize>,
    /// The whole as it is stated.
    pub whole: Decimal,
    /// The parts.
    pub parts: Vec<Decimal>,
    /// What they add up to.
    pub sum: Decimal,
}

/// The lists in a text that do not add up.
pub(super) fn parts_off(prose: &Prose<'_>) -> Vec<PartsOff> {
    let text = prose.text;
    let ways: Vec<Range<usize>> = prose.find(&CHANNELS).map(|(at, word, ())| at..at + word.len()).collect();
    let mut found = Vec::new();
    let mut before: &[Token] = &[];
    let mut received_so_far = Received { sentences: prose.sentences(), read: 0, figures: Vec::new() };
    for (nth, sentence) in prose.sentences().iter().enumerate() {
        let tokens = sentence.tokens;
        let known = found.len();
        for (at, _) in sentence.figures().filter(|(_, figure)| is_counted(figure)) {
            found.extend(after_whole(text, tokens, at));
            found.extend(before_whole(tokens, at));
        }
        found.extend(across_sentences(text, before, tokens));
        found.extend(channels(&ways, &mut received_so_far, nth, tokens));
        if found.len() > known && says_overlap(text, tokens) {
            found.truncate(known);
        }
        before = tokens;
    }
    found.sort_by_key(|off: &PartsOff| (off.range.start, off.range.end));
    found.dedup_by(|later, earlier| later.range.start < earlier.range.end);
    found
}

/// The requests that were said to have come in so far. They are looked for where they are needed, in each sentence once.
struct Received<'t> {
    sentences: &'t Sentences,
    /// In how many sentences they were looked for.
    read: usize,
    figures: Vec<&'t Figure>,
}

impl<'t> Received<'t> {
    /// Those of so many sentences, no fewer than the last time.
    fn within(&mut self, sentences: usize) -> &[&'t Figure] {
        let unread = self.sentences.behind(self.read).take(sentences - self.read);
        self.figures.extend(unread.flat_map(|sentence| received(sentence.tokens)));
        self.read = sentences;
        &self.figures
    }
}

/// Whether a sentence says that its parts overlap.
fn says_overlap(text: &str, tokens: &[Token]) -> bool {
    let sentence = tokens.first().zip(tokens.last()).map_or("", |(a, b)| &text[a.range.start..b.range.end]);
    ["同步", "重复", "交叉", "重叠"].iter().any(|word| sentence.contains(word))
}

/// The parts that follow the whole at `at`, which is counted.
fn after_whole(text: &str, tokens: &[Token], at: usize) -> Vec<PartsOff> {
    let Some(whole) = tokens[at].figure() else { return Vec::new() };
    let mut openings = Vec::new();
    let last = opening(text, tokens, at, &mut openings);
    openings.extend(last);
    if openings.is_empty() {
        return Vec::new();
    }
    // 较上年增加330条，其中…: the parts are not of the difference.
    let said =
        tokens[..at].iter().rev().take_while(|token| !matches!(token.item, Item::Mark(_) | Item::Figure(_)));
    if said.filter_map(Token::word).any(|word| word == Word::Change) {
        return Vec::new();
    }
    // 受理312件，办结298件，其中…: the parts may be of either.
    let earlier = tokens[..at].iter().filter_map(Token::figure);
    let mut wholes: Vec<&Figure> =
        earlier.filter(|figure| is_counted(figure) && figure.measure.goes_with(whole.measure)).collect();
    wholes.push(whole);
    let off = |(start, promise)| {
        let found = judge(whole, &wholes, &list::read(text, tokens, start, whole, promise))?;
        Some(PartsOff { range: whole.number.start..found.range.end, ..found })
    };
    openings.into_iter().filter_map(off).collect()
}

fn is_counted(figure: &Figure) -> bool {
    figure.is_exact && matches!(figure.measure, Measure::Case(_) | Measure::Thing(_) | Measure::Money)
}

/// The whole at `at`, stated after its parts: 建议11件、提案19件，共30件.
fn before_whole(tokens: &[Token], at: usize) -> Option<PartsOff> {
    let whole = tokens[at].figure()?;
    let comma = tokens[..at].iter().rposition(|token| token.is(Mark::Comma))?;
    let named = &tokens[comma + 1..at];
    let is_sum = named.iter().any(|token| token.word() == Some(Word::Sum))
        && named
            .iter()
            .all(|token| matches!(token.word(), Some(Word::Sum | Word::Filler | Word::All | Word::ThisYear)));
    if !is_sum {
        return None;
    }
    let figures: Vec<&Figure> = tokens[..comma]
        .iter()
        .filter_map(Token::figure)
        .filter(|figure| figure.measure == whole.measure)
        .collect();
    let suffixes = (0..figures.len().saturating_sub(1)).map(|from| &figures[from..]);
    let mut sums = suffixes.map(sum);
    let last = tokens[..comma].last().and_then(Token::figure);
    let run = run_before(tokens, comma, whole);
    let is_list = last.is_some_and(|last| last.measure == whole.measure) && run.len() > 1;
    if !is_list || sums.any(|sum| sum.compare(whole.value).is_eq()) {
        return None;
    }
    off(&run, whole, run.first()?.number.start, whole.end)
}

/// The figures joined by 、 just before a comma; those of parts of a year by commas too: 一季度5件，二季度8件，….
fn run_before<'t>(tokens: &'t [Token], comma: usize, whole: &Figure) -> Vec<&'t Figure> {
    let tokens = &tokens[..comma];
    let is_of_a_part = |at: usize| {
        let clause = tokens[at + 1..].iter().take_while(|token| !token.is(Mark::Comma));
        clause.filter_map(Token::word).any(|word| word == Word::PartOfYear)
    };
    let starts = |at: &usize| match tokens[*at].item {
        Item::Mark(Mark::Semicolon | Mark::Colon | Mark::Open) => true,
        Item::Mark(Mark::Comma) => !is_of_a_part(*at),
        _ => false,
    };
    let start = (0..tokens.len()).rev().find(starts).map_or(0, |at| at + 1);
    tokens[start..]
        .iter()
        .filter_map(Token::figure)
        .filter(|figure| figure.measure == whole.measure)
        .collect()
}

/// The requests that a sentence says came in.
fn received(tokens: &[Token]) -> impl Iterator<Item = &Figure> {
    (0..tokens.len()).filter_map(|at| {
        let figure = tokens[at].figure().filter(|figure| figure.is_exact)?;
        let left = tokens[..at]
            .iter()
            .rev()
            .take_while(|token| !matches!(token.item, Item::Mark(_) | Item::Figure(_)));
        let words = || left.clone().filter_map(Token::word);
        let is_part = words()
            .any(|word| matches!(word, Word::Applicant(_) | Word::LastYear | Word::Change | Word::Among));
        let comes_in = |word| matches!(word, Word::Request | Word::Receive { .. } | Word::Apply);
        (!is_part && words().any(comes_in)).then_some(figure)
    })
}

/// Parts that open a sentence, of a whole in the sentence before: 新收2,315件。其中，网上1,902件 ….
fn across_sentences(text: &str, before: &[Token], tokens: &[Token]) -> Option<PartsOff> {
    let first = tokens.first()?;
    if first.word() != Some(Word::Among) {
        return None;
    }
    let wholes: Vec<&Figure> =
        before.iter().filter_map(Token::figure).filter(|figure| is_counted(figure)).collect();
    let measure = *wholes.first()?;
    let start = 1 + usize::from(tokens.get(1).is_some_and(|token| matches!(token.item, Item::Mark(_))));
    let whole = largest(&wholes)?;
    let found = judge(whole, &wholes, &list::read(text, tokens, start, measure, Promise::Some))?;
    Some(PartsOff { range: whole.number.start..found.range.end, ..found })
}

fn largest<'f>(figures: &[&'f Figure]) -> Option<&'f Figure> {
    figures.iter().copied().max_by(|a, b| a.value.compare(b.value))
}

/// The ways by which requests come in.
static CHANNELS: LazyLock<Words<()>> = LazyLock::new(|| {
    Words::of(&[
        "网络",
        "网上",
        "在线",
        "线上",
        "信函",
        "邮寄",
        "信件",
        "当面",
        "现场",
        "传真",
        "电子邮件",
        "邮件",
    ])
});

/// The numbers by the ways in which requests come in, which are named at `ways`: they make up those received, in this
/// sentence, which is the `nth`, or before it.
fn channels(
    ways: &[Range<usize>],
    known: &mut Received<'_>,
    nth: usize,
    tokens: &[Token],
) -> Option<PartsOff> {
    let (first, last) = tokens.first().zip(tokens.last())?;
    let begin = ways.partition_point(|way| way.start < first.range.start);
    let ways = ways.get(begin..ways.partition_point(|way| way.end <= last.range.end)).unwrap_or_default();
    if ways.is_empty() {
        return None;
    }
    let by_channel = |at: usize| {
        let figure = tokens[at].figure()?;
        let start = tokens[..at]
            .iter()
            .rposition(|token| matches!(token.item, Item::Mark(_) | Item::Figure(_)))
            .map_or(tokens[0].range.start, |before| tokens[before].range.end);
        let is_named = ways.iter().any(|way| start <= way.start && way.end <= figure.number.start);
        is_named.then_some((at, start, figure))
    };
    let found: Vec<(usize, usize, &Figure)> = (0..tokens.len()).filter_map(by_channel).collect();
    let [(_, _, figure), _, ..] = found[..] else { return None };
    let is_part = |whole: &&Figure| found.iter().any(|(.., part)| part == whole);
    let is_whole = |whole: &&Figure| whole.measure == figure.measure && !is_part(whole);
    let wholes: Vec<&Figure> = known.within(nth + 1).iter().copied().filter(is_whole).collect();
    let parts = found.iter().map(|&(_, start, figure)| Part { start, figure, is_anew: false }).collect();
    judge(largest(&wholes)?, &wholes, &List { parts, promise: Promise::Some })
}

/// Whether the parts add up to the whole or to another figure that they may be of, one division after the other.
fn judge(whole: &Figure, wholes: &[&Figure], list: &List<'_>) -> Option<PartsOff> {
    let mut divisions = list.parts.chunk_by(|_, next| !next.is_anew);
    divisions.find_map(|parts| divided(whole, wholes, parts, list.promise))
}

/// Whether one division of a whole does not add up. What follows parts that do is something else.
fn divided(whole: &Figure, wholes: &[&Figure], parts: &[Part<'_>], promise: Promise) -> Option<PartsOff> {
    let is_whole = |sum: Decimal| wholes.iter().any(|whole| whole.value.compare(sum).is_eq());
    let first = parts.first()?;
    // A first number above the whole is of something else, unless it is said to be a part and nothing else is larger.
    let is_above = |part: &Figure, whole: &Figure| part.value.compare(whole.value).is_gt();
    if is_above(first.figure, whole)
        && (promise != Promise::Some || wholes.iter().any(|other| !is_above(first.figure, other)))
    {
        return None;
    }
    let mut cut: Vec<&Figure> = Vec::new();
    for part in parts {
        cut.push(part.figure);
        let sum = sum(&cut);
        if is_whole(sum) {
            return None;
        }
        if sum.compare(whole.value).is_gt() {
            return off(&cut, whole, first.start, part.figure.end);
        }
    }
    let is_wrong = cut.len() > 1
        && (promise == Promise::All
            || swapped_digits_explain(&cut, wholes)
            || promise == Promise::Some && is_nearly_all(&cut, whole));
    is_wrong.then(|| off(&cut, whole, first.start, cut.last()?.end))?
}

/// Whether three parts or more make up nearly all of the whole: a list that leaves out so little says so (其他).
fn is_nearly_all(parts: &[&Figure], whole: &Figure) -> bool {
    let times =
        |value: Decimal, factor| value.trimmed().as_whole().and_then(|value| value.checked_mul(factor));
    let both = times(sum(parts), 100).zip(times(whole.value, 85));
    parts.len() > 2 && both.is_some_and(|(sum, most)| sum >= most)
}

fn off(parts: &[&Figure], whole: &Figure, start: usize, end: usize) -> Option<PartsOff> {
    let values = parts.iter().map(|part| part.value.trimmed()).collect();
    Some(PartsOff { range: start..end, whole: whole.value.trimmed(), parts: values, sum: sum(parts) })
}

fn sum(parts: &[&Figure]) -> Decimal {
    parts.iter().fold(Decimal::whole(0), |sum, part| sum.plus(part.value)).trimmed()
}

/// Whether two neighbouring digits swapped in one part or in a whole make the sum close.
fn swapped_digits_explain(parts: &[&Figure], wholes: &[&Figure]) -> bool {
    let Some(total) = sum(parts).as_whole() else { return false };
    wholes.iter().filter_map(|whole| whole.value.trimmed().as_whole()).any(|whole| {
        let by_part = |part: &&Figure| {
            part.value
                .as_whole()
                .is_some_and(|value| swaps(value).any(|other| total - value + other == whole))
        };
        parts.iter().any(by_part) || swaps(whole).any(|other| other == total)
    })
}

/// The numbers that a swap of two neighbouring digits gives.
fn swaps(value: i64) -> impl Iterator<Item = i64> {
    let digits = value.to_string().into_bytes();
    (1..digits.len()).filter_map(move |at| {
        let mut swapped = digits.clone();
        swapped.swap(at - 1, at);
        String::from_utf8(swapped).ok()?.parse().ok()
    })
}
