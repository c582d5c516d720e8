//! Where the parts of a whole begin, and how far their list goes.

use super::super::figure::{Figure, Measure};
use super::super::lex::{Item, Mark, Token};
use super::super::lexicon::Word;
use super::sum;

/// A list of parts: where each begins and its figure, and what its introduction promises.
pub(super) struct List<'t> {
    pub(super) parts: Vec<(usize, &'t Figure)>,
    pub(super) promise: Promise,
}

/// What the introduction of a list says of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Promise {
    /// That these are all of the parts: a colon, 分别, 其余.
    All,
    /// That these are parts: 其中.
    Some,
    /// Nothing; they may be parts.
    Nothing,
}

/// Where the parts of the whole at `at` begin, and what their introduction promises; lists in brackets before them are
/// `asides`.
pub(super) fn opening(
    text: &str,
    tokens: &[Token],
    at: usize,
    asides: &mut Vec<(usize, Promise)>,
) -> Option<(usize, Promise)> {
    let mut next = at + 1;
    // 512宗行政许可（…）: what is counted stands between the number and the bracket.
    let noun =
        tokens[next..].iter().take_while(|token| matches!(token.item, Item::Text | Item::Word(_))).count();
    if tokens.get(next + noun).is_some_and(|token| token.is(Mark::Open)) && noun <= 2 {
        next += noun;
    }
    // 在新收的30件申请中，…
    if tokens.get(at + 1 + noun).is_some_and(|token| token.is(Mark::Comma))
        && text[..tokens[at + 1 + noun].range.start].ends_with('中')
    {
        return Some((at + noun + 2, Promise::Nothing));
    }
    // （含…） and ，较上年… stand between a whole and its parts.
    while let Some(token) = tokens.get(next) {
        match token.item {
            Item::Mark(Mark::Open) => {
                let first = tokens.get(next + 1)?;
                let is_aside = first.word() == Some(Word::Among) && !is_among(text, first);
                let close = next + tokens[next..].iter().position(|token| token.is(Mark::Close))?;
                let figures = tokens[next..close].iter().filter(|token| token.figure().is_some()).count();
                if !is_aside && figures > 1 {
                    return Some((
                        next + 1,
                        if is_among(text, first) { Promise::Some } else { Promise::Nothing },
                    ));
                }
                if figures > 1 {
                    asides.push((next + 1, Promise::Nothing));
                }
                next = close + 1;
            }
            Item::Mark(Mark::Comma) => {
                let after = tokens.get(next + 1)?;
                match after.word() {
                    _ if is_among(text, after) => return Some((next + 2, Promise::Some)),
                    Some(Word::Respectively) => return Some((next + 2, Promise::All)),
                    _ if after.word() == Some(Word::Change)
                        || text[after.range.start..].starts_with('按') =>
                    {
                        next += 1 + tokens[next + 1..].iter().position(|token| token.is(Mark::Comma))?;
                        if text[after.range.start..].starts_with('按') {
                            return Some((next + 1, Promise::Nothing));
                        }
                    }
                    _ if ["分类为", "分为"]
                        .iter()
                        .any(|word| text[after.range.start..].starts_with(word)) =>
                    {
                        return Some((next + 2, Promise::All));
                    }
                    _ => return None,
                }
            }
            Item::Mark(Mark::Colon) => return Some((next + 1, Promise::All)),
            Item::Word(Word::Filler) if &text[token.range.clone()] == "为" => {
                return Some((next + 1, Promise::All));
            }
            _ if is_among(text, token) => return Some((next + 1, Promise::Some)),
            _ => return None,
        }
    }
    None
}

fn is_among(text: &str, token: &Token) -> bool {
    &text[token.range.clone()] == "其中"
}

/// The parts from `start` on, in the measure of the whole.
pub(super) fn read<'t>(
    text: &str,
    tokens: &'t [Token],
    start: usize,
    whole: &Figure,
    promise: Promise,
) -> List<'t> {
    let mut list = List { parts: Vec::new(), promise };
    let (mut depth, mut begin, mut passed) = (0_usize, None, Vec::new());
    for (index, token) in tokens.iter().enumerate().skip(start) {
        match &token.item {
            Item::Mark(Mark::Open) => depth += 1,
            Item::Mark(Mark::Close) if depth == 0 => break,
            Item::Mark(Mark::Close) => depth -= 1,
            _ if depth > 0 => {}
            Item::Mark(Mark::Semicolon)
                if !shares_go_on(tokens, index) && !divides_anew(text, tokens, index, whole, &list) =>
            {
                break;
            }
            Item::Mark(mark) => {
                if promise != Promise::All
                    && *mark != Mark::Pause
                    && begins_something_else(&tokens[index + 1..])
                {
                    break;
                }
                (begin, passed) = (None, Vec::new());
            }
            Item::Figure(figure) if figure.measure.goes_with(whole.measure) => {
                if passed.contains(&Word::Sum) || !figure.is_exact {
                    break;
                }
                if !passed.iter().any(|word| matches!(word, Word::Change | Word::LastYear)) {
                    if passed.iter().any(|word| matches!(word, Word::Rest | Word::Other)) {
                        list.promise = Promise::All;
                    }
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

/// Whether a semicolon begins another division of the same whole: 网络20件、信函16件；按内容分，….
fn divides_anew(text: &str, tokens: &[Token], at: usize, whole: &Figure, list: &List<'_>) -> bool {
    let parts: Vec<&Figure> = list.parts.iter().map(|(_, figure)| *figure).collect();
    let Some(first) = tokens[at + 1..].iter().find_map(Token::figure) else { return false };
    let lead = text[tokens[at].range.end..first.number.start].trim();
    sum(&parts).compare(whole.value).is_eq() && (lead.starts_with(['按', '从']) || lead.ends_with('类'))
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
