//! Parts of a whole: `共 158 条，其中 a、b、c`, and lists that end in 共.
//!
//! Parts that add up to more than the whole are wrong, unless they overlap by their own words. Parts that add up to less are
//! wrong only where the list claims to be complete (after a colon, with 其他 or 其余, or before 共), or where two digits
//! swapped in one number explain the difference: 其中 alone promises nothing.

use std::ops::Range;

use super::figure::{Figure, Measure};
use super::lex::{self, Item, Mark, Token};
use super::lexicon::Word;
use crate::number::Decimal;

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
pub fn parts_off(text: &str) -> Vec<PartsOff> {
    let mut found = Vec::new();
    let (mut before, mut all_received): (Vec<Token>, Vec<Figure>) = (Vec::new(), Vec::new());
    for tokens in lex::sentences(text) {
        let says_overlap = ["同步", "重复", "交叉", "重叠"].iter().any(|word| {
            tokens
                .first()
                .zip(tokens.last())
                .is_some_and(|(a, b)| text[a.range.start..b.range.end].contains(word))
        });
        all_received.extend(received(&tokens));
        if !says_overlap {
            for at in 0..tokens.len() {
                found.extend(after_whole(text, &tokens, at));
                found.extend(before_whole(&tokens, at));
            }
            found.extend(across_sentences(&before, &tokens));
            found.extend(channels(text, &all_received, &tokens));
        }
        before = tokens;
    }
    found.sort_by_key(|off: &PartsOff| (off.range.start, off.range.end));
    found.dedup_by(|later, earlier| later.range.start < earlier.range.end);
    found
}

/// A list of parts: where each begins and its figure, and whether the list claims to be complete.
struct List<'t> {
    parts: Vec<(usize, &'t Figure)>,
    is_complete: bool,
}

/// The whole at `at` and the parts that follow it.
fn after_whole(text: &str, tokens: &[Token], at: usize) -> Option<PartsOff> {
    let whole = tokens[at].figure().filter(|figure| is_counted(figure))?;
    let (start, list_is_complete) = opening(text, tokens, at)?;
    let list = list(tokens, start, whole, list_is_complete);
    let found = judge(&[whole], &list)?;
    Some(PartsOff { range: whole.number.start..found.range.end, ..found })
}

fn is_counted(figure: &Figure) -> bool {
    figure.is_exact && matches!(figure.measure, Measure::Case(_) | Measure::Thing(_) | Measure::Money)
}

/// Where the parts of the whole at `at` begin, and whether their introduction promises all of them.
fn opening(text: &str, tokens: &[Token], at: usize) -> Option<(usize, bool)> {
    let mut next = at + 1;
    // 512宗行政许可（…）: what is counted stands between the number and the bracket.
    let noun =
        tokens[next..].iter().take_while(|token| matches!(token.item, Item::Text | Item::Word(_))).count();
    if tokens.get(next + noun).is_some_and(|token| token.is(Mark::Open)) && noun <= 2 {
        next += noun;
    }
    // （含…） and ，较上年… stand between a whole and its parts.
    while let Some(token) = tokens.get(next) {
        match token.item {
            Item::Mark(Mark::Open) => {
                let first = tokens.get(next + 1)?;
                let is_aside =
                    matches!(first.word(), Some(Word::Among)) && &text[first.range.clone()] != "其中";
                let close = next + tokens[next..].iter().position(|token| token.is(Mark::Close))?;
                let figures = tokens[next..close].iter().filter(|token| token.figure().is_some()).count();
                if !is_aside && figures > 1 {
                    return Some((next + 1, false));
                }
                next = close + 1;
            }
            Item::Mark(Mark::Comma) => {
                let after = tokens.get(next + 1)?;
                match after.word() {
                    Some(Word::Among) if &text[after.range.clone()] == "其中" => {
                        return Some((next + 2, false));
                    }
                    Some(Word::Respectively) => return Some((next + 2, true)),
                    Some(Word::Change) => {
                        next += 1 + tokens[next + 1..].iter().position(|token| token.is(Mark::Comma))?
                    }
                    _ if ["分类为", "分为"]
                        .iter()
                        .any(|word| text[after.range.start..].starts_with(word)) =>
                    {
                        return Some((next + 2, true));
                    }
                    _ => return None,
                }
            }
            Item::Mark(Mark::Colon) => return Some((next + 1, true)),
            Item::Word(Word::Filler) if &text[token.range.clone()] == "为" => return Some((next + 1, true)),
            Item::Word(Word::Among) if &text[token.range.clone()] == "其中" => {
                return Some((next + 1, false));
            }
            _ => return None,
        }
    }
    None
}

/// The parts from `start` on, in the measure of the whole.
fn list<'t>(tokens: &'t [Token], start: usize, whole: &Figure, is_complete: bool) -> List<'t> {
    let mut list = List { parts: Vec::new(), is_complete };
    let (mut depth, mut begin, mut passed) = (0_usize, None, Vec::new());
    for (index, token) in tokens.iter().enumerate().skip(start) {
        match &token.item {
            Item::Mark(Mark::Open) => depth += 1,
            Item::Mark(Mark::Close) if depth == 0 => break,
            Item::Mark(Mark::Close) => depth -= 1,
            _ if depth > 0 => {}
            Item::Mark(Mark::Semicolon) if !shares_go_on(tokens, index) => break,
            Item::Mark(mark) => {
                if !is_complete && *mark != Mark::Pause && begins_something_else(&tokens[index + 1..]) {
                    break;
                }
                (begin, passed) = (None, Vec::new());
            }
            Item::Figure(figure) if figure.measure == whole.measure => {
                if passed.contains(&Word::Sum) || !figure.is_exact {
                    break;
                }
                if !passed.iter().any(|word| matches!(word, Word::Change | Word::LastYear)) {
                    list.is_complete |= passed.iter().any(|word| matches!(word, Word::Rest | Word::Other));
                    list.parts.push((begin.unwrap_or(figure.number.start), figure));
                }
                (begin, passed) = (None, Vec::new());
            }
            _ => {
                begin.get_or_insert(token.range.start);
                passed.extend(token.word());
            }
        }
    }
    list
}

/// Whether both sides of a semicolon state shares: 网上1,902件，占82.2%；信函398件，占17.2%.
fn shares_go_on(tokens: &[Token], at: usize) -> bool {
    let is_share = |token: &Token| token.figure().is_some_and(|figure| figure.measure == Measure::Percent);
    let end = tokens[at + 1..]
        .iter()
        .position(|token| token.is(Mark::Semicolon))
        .map_or(tokens.len(), |end| at + 1 + end);
    at > 0 && is_share(&tokens[at - 1]) && tokens[at + 1..end].iter().any(is_share)
}

/// Whether a clause turns to something else than the next part: 办结58件, 结转3件, 废止1件.
fn begins_something_else(rest: &[Token]) -> bool {
    let first = rest.iter().find_map(Token::word);
    matches!(
        first,
        Some(
            Word::Receive { .. }
                | Word::Conclude
                | Word::Handle
                | Word::Carry
                | Word::Deed(_)
                | Word::Own
                | Word::ThisYear
        )
    )
}

/// The whole at `at`, stated after its parts: 建议11件、提案19件，共30件.
fn before_whole(tokens: &[Token], at: usize) -> Option<PartsOff> {
    let whole = tokens[at].figure().filter(|figure| is_counted(figure))?;
    let comma = tokens[..at].iter().rposition(|token| token.is(Mark::Comma))?;
    let named = &tokens[comma + 1..at];
    let is_sum = named.iter().any(|token| token.word() == Some(Word::Sum))
        && named.iter().all(|token| matches!(token.word(), Some(Word::Sum | Word::Filler | Word::All)));
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

/// The figures joined by 、 just before a comma.
fn run_before<'t>(tokens: &'t [Token], comma: usize, whole: &Figure) -> Vec<&'t Figure> {
    let tokens = &tokens[..comma];
    let start = tokens
        .iter()
        .rposition(|token| {
            matches!(token.item, Item::Mark(Mark::Comma | Mark::Semicolon | Mark::Colon | Mark::Open))
        })
        .map_or(0, |at| at + 1);
    tokens[start..]
        .iter()
        .filter_map(Token::figure)
        .filter(|figure| figure.measure == whole.measure)
        .collect()
}

/// The requests that a sentence says came in.
fn received(tokens: &[Token]) -> impl Iterator<Item = Figure> {
    (0..tokens.len()).filter_map(|at| {
        let figure = tokens[at].figure().filter(|figure| figure.is_exact)?;
        let left = tokens[..at]
            .iter()
            .rev()
            .take_while(|token| !matches!(token.item, Item::Mark(_) | Item::Figure(_)));
        let words: Vec<Word> = left.filter_map(Token::word).collect();
        let is_part = words
            .iter()
            .any(|word| matches!(word, Word::Applicant(_) | Word::LastYear | Word::Change | Word::Among));
        let comes_in = |word: &Word| matches!(word, Word::Request | Word::Receive { .. } | Word::Apply);
        (!is_part && words.iter().any(comes_in)).then(|| figure.clone())
    })
}

/// Parts that open a sentence, of a whole in the sentence before: 新收2,315件。其中，网上1,902件 ….
fn across_sentences(before: &[Token], tokens: &[Token]) -> Option<PartsOff> {
    let first = tokens.first()?;
    if first.word() != Some(Word::Among) {
        return None;
    }
    let wholes: Vec<&Figure> =
        before.iter().filter_map(Token::figure).filter(|figure| is_counted(figure)).collect();
    let measure = *wholes.first()?;
    let start = 1 + usize::from(tokens.get(1).is_some_and(|token| matches!(token.item, Item::Mark(_))));
    judge(&wholes, &list(tokens, start, measure, false))
}

/// The ways by which requests come in: their numbers make up those received.
fn channels(text: &str, received: &[Figure], tokens: &[Token]) -> Option<PartsOff> {
    const CHANNELS: [&str; 12] =
        ["网络", "网上", "在线", "线上", "信函", "邮寄", "信件", "当面", "现场", "传真", "电子邮件", "邮件"];
    let by_channel = |at: usize| {
        let figure = tokens[at].figure()?;
        let start = tokens[..at]
            .iter()
            .rposition(|token| matches!(token.item, Item::Mark(_) | Item::Figure(_)))
            .map_or(tokens[0].range.start, |before| tokens[before].range.end);
        let words = &text[start..figure.number.start];
        CHANNELS.iter().any(|word| words.contains(word)).then_some((at, start, figure))
    };
    let found: Vec<(usize, usize, &Figure)> = (0..tokens.len()).filter_map(by_channel).collect();
    let [(_, _, figure), _, ..] = found[..] else { return None };
    let wholes: Vec<&Figure> = received.iter().filter(|whole| whole.measure == figure.measure).collect();
    let parts = found.iter().map(|(_, start, figure)| (*start, *figure)).collect();
    judge(&wholes, &List { parts, is_complete: false })
}

/// Whether the parts add up to one of the wholes, one cut after the other.
fn judge(wholes: &[&Figure], list: &List<'_>) -> Option<PartsOff> {
    let whole = *wholes.iter().max_by(|a, b| a.value.compare(b.value))?;
    let is_whole = |sum: Decimal| wholes.iter().any(|whole| whole.value.compare(sum).is_eq());
    let (mut cut, mut start): (Vec<&Figure>, usize) = (Vec::new(), 0);
    for &(begin, figure) in &list.parts {
        // A first number above the whole is of something else.
        if cut.is_empty() && figure.value.compare(whole.value).is_gt() {
            return None;
        }
        if cut.is_empty() {
            start = begin;
        }
        cut.push(figure);
        let sum = sum(&cut);
        if is_whole(sum) {
            cut.clear();
        } else if sum.compare(whole.value).is_gt() {
            return off(&cut, whole, start, figure.end);
        }
    }
    let end = cut.last()?.end;
    let is_wrong = cut.len() > 1 && (list.is_complete || swapped_digits_explain(&cut, wholes));
    is_wrong.then(|| off(&cut, whole, start, end))?
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
