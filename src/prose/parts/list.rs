//! Where the parts of a whole begin, and how far their list goes.

use super::super::figure::{Figure, Measure};
use super::super::lex::{Item, Mark, Token};
use super::super::lexicon::Word;
use super::sum;

/// A list of parts, and what its introduction promises.
pub(super) struct List<'t> {
    pub(super) parts: Vec<Part<'t>>,
    pub(super) promise: Promise,
}

/// A part: where its words begin, in bytes of the text, and its figure.
pub(super) struct Part<'t> {
    pub(super) start: usize,
    pub(super) figure: &'t Figure,
    /// Whether another division of the same whole begins with it.
    pub(super) is_anew: bool,
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
                    return Some((next + 1 + usize::from(is_among(text, first)), Promise::Some));
                }
                if figures > 1 {
                    asides.push((next + 1, Promise::Nothing));
                }
                next = close + 1;
            }
            Item::Mark(Mark::Comma) => match behind_comma(text, tokens, next)? {
                Behind::List(start, promise) => return Some((start, promise)),
                Behind::Comma(comma) => next = comma,
            },
            Item::Mark(Mark::Colon) => return Some((next + 1, Promise::All)),
            // 158条，为动态97条、…; but 7件为网上申请 says what these are.
            Item::Word(Word::Filler)
                if &text[token.range.clone()] == "为" && names_a_part(tokens, next + 1) =>
            {
                return Some((next + 1, Promise::All));
            }
            _ if is_among(text, token) => return Some((next + 1, Promise::Some)),
            _ => return None,
        }
    }
    None
}

/// What stands behind a comma after a whole.
enum Behind {
    /// Its parts, from here on, with what introduces them.
    List(usize, Promise),
    /// A remark (较上年增长5%), up to the comma here.
    Comma(usize),
}

fn behind_comma(text: &str, tokens: &[Token], comma: usize) -> Option<Behind> {
    let rest = &tokens[comma + 1..];
    let after = rest.first()?;
    let starts = |words: &[&str]| words.iter().any(|word| text[after.range.start..].starts_with(word));
    match () {
        () if is_among(text, after) => return Some(Behind::List(comma + 2, Promise::Some)),
        () if after.word() == Some(Word::Respectively) || starts(&["分类为", "分为"]) => {
            return Some(Behind::List(comma + 2, Promise::All));
        }
        () if after.word() == Some(Word::Change) || starts(&["按"]) => {}
        () => return None,
    }
    let next = rest.iter().position(|token| token.is(Mark::Comma))?;
    // 301件，占92.9%；法人23件，其中…: that is another whole.
    let goes_on = !rest[..next].iter().any(|token| token.is(Mark::Semicolon));
    let next = comma + 1 + next;
    goes_on.then_some(if starts(&["按"]) {
        Behind::List(next + 1, Promise::Nothing)
    } else {
        Behind::Comma(next)
    })
}

/// Whether a number stands before the next comma or semicolon.
fn names_a_part(tokens: &[Token], from: usize) -> bool {
    let ends = |token: &&Token| token.is(Mark::Comma) || token.is(Mark::Semicolon);
    tokens[from..].iter().take_while(|token| !ends(token)).any(|token| token.figure().is_some())
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
    let (mut is_anew, mut is_nested) = (false, false);
    let of_first =
        tokens.iter().skip(start).take_while(|token| token.figure().is_none()).filter_map(Token::word).last();
    for (index, token) in tokens.iter().enumerate().skip(start) {
        match &token.item {
            Item::Mark(Mark::Open) => depth += 1,
            Item::Mark(Mark::Close) if depth == 0 => break,
            Item::Mark(Mark::Close) => depth -= 1,
            _ if depth > 0 => {}
            Item::Mark(mark) => {
                let is_end = *mark == Mark::Semicolon;
                let begins_anew = is_end && divides_anew(text, tokens, index, whole, &list);
                if is_end && !begins_anew && !is_nested && !shares_go_on(tokens, index) {
                    break;
                }
                if promise != Promise::All
                    && *mark != Mark::Pause
                    && begins_something_else(text, &tokens[index + 1..], of_first)
                {
                    break;
                }
                is_anew |= begins_anew;
                is_nested &= !is_end;
                (begin, passed) = (None, Vec::new());
            }
            // 网站1310条，其中动态742条、公告268条；微信521条: parts of a part.
            Item::Word(Word::Among) if !list.parts.is_empty() && is_among(text, token) => is_nested = true,
            _ if is_nested => {}
            Item::Figure(figure) if figure.measure.goes_with(whole.measure) => {
                if passed.contains(&Word::Sum) || !figure.is_exact {
                    break;
                }
                if !passed.iter().any(|word| matches!(word, Word::Change | Word::LastYear)) {
                    if passed.iter().any(|word| matches!(word, Word::Rest | Word::Other)) {
                        list.promise = Promise::All;
                    }
                    list.parts.push(Part { start: begin.unwrap_or(figure.number.start), figure, is_anew });
                    is_anew = false;
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
    let parts: Vec<&Figure> = list.parts.iter().map(|part| part.figure).collect();
    let Some(first) = tokens[at + 1..].iter().find_map(Token::figure) else { return false };
    let lead = text[tokens[at].range.end..first.number.start].trim();
    let says_so = ["按", "从", "涉及", "主要涉及", "内容涉及"].iter().any(|word| lead.starts_with(word));
    says_so || sum(&parts).compare(whole.value).is_eq() && lead.ends_with('类')
}

/// Whether a clause turns to something else than the next part: 办结58件, 结转3件, 另有12件. Where the first part was named
/// by such a word, the others may be.
fn begins_something_else(text: &str, rest: &[Token], of_first: Option<Word>) -> bool {
    let lead = rest.first().map_or("", |token| &text[token.range.start..]);
    if ["另有", "另外", "此外", "同时"].iter().any(|word| lead.starts_with(word)) {
        return true;
    }
    let names = rest.iter().take_while(|token| token.figure().is_none()).filter_map(Token::word).last();
    let first = rest.iter().find_map(Token::word);
    let turns = matches!(
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
    );
    turns && names != of_first
}
