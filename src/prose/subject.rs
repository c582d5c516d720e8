//! What a figure speaks of: the words beside it.

use super::claim::{Subject, Time};
use super::figure::{Figure, Measure};
use super::lex::{Item, Mark, Token};
use super::lexicon::Word;
use super::meaning::{carried, dealt_with, decided, deed, disputed, outcome, requested, verdict, written};
use super::reader::Reader;
use crate::form::terms::Row;

/// The subject of a figure, and where its words begin and end, in bytes of the text.
pub(super) struct Found {
    pub(super) subject: Subject,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) is_past: bool,
}

/// What the figure at `at` speaks of; nothing if the words beside it are not understood.
pub(super) fn of_figure(
    reader: &mut Reader<'_>,
    tokens: &[Token],
    at: usize,
    figure: &Figure,
) -> Option<Found> {
    let left = left(tokens, at);
    let says = |word: Word| left.iter().any(|token| token.word() == Some(word));
    if [Word::Respectively, Word::No, Word::Change].into_iter().any(says) {
        return None;
    }
    let right = right(tokens, at);
    let is_past = says(Word::LastYear) || is_of_a_past_year(&left, reader);
    let key = left.iter().rposition(|token| !is_passed_over(token));
    let subject = match key {
        Some(key) => from_left(reader, tokens, &left, key, right, figure),
        None if says(Word::Sum) || is_told_as_share(tokens, at) => from_sum(reader, tokens, at, &left),
        None => from_right(reader, tokens, at, right, says(Word::Rest), figure),
    }?;
    let carries = matches!(subject, Subject::CarriedIn | Subject::CarriedOut | Subject::Carried);
    let from = key.map_or(figure.number.start, |_| begin(&left));
    let to = if key.is_none() && !says(Word::Sum) {
        right.last().map_or(figure.end, |token| token.range.end)
    } else {
        figure.end
    };
    fits(&subject, figure).then_some(Found { subject, from, to, is_past: is_past && !carries })
}

/// Where the words of a claim begin: at the first that says something.
fn begin(left: &[&Token]) -> usize {
    let says_something = |token: &&&Token| {
        !matches!(token.item, Item::Text | Item::Year(_) | Item::Mark(_))
            && !matches!(
                token.word(),
                Some(Word::Filler | Word::ThisYear | Word::Own | Word::Wide | Word::Among)
            )
    };
    left.iter().find(says_something).or(left.last()).map_or(0, |token| token.range.start)
}

/// Whether a measure word goes with a subject.
fn fits(subject: &Subject, figure: &Figure) -> bool {
    let words: &[&str] = match subject {
        Subject::Fees => return figure.measure == Measure::Money,
        Subject::Text(..) => &["件", "部", "个", "份", "项"],
        Subject::Decision(_) => &["件", "宗", "起", "例", "个"],
        Subject::Disputes(..) | Subject::Verdict(..) => &["件", "宗", "起", "例", "个"],
        _ => &["件", "宗", "条", "份", "起", "例"],
    };
    match figure.measure {
        Measure::Case(word) => words.contains(&word),
        Measure::None => true,
        _ => false,
    }
}

/// The tokens before a figure that may speak of it, back to the last figure, comma or open bracket. A bracket without a
/// figure is part of them; a figure alone in a bracket speaks of what stands before the bracket.
fn left(tokens: &[Token], at: usize) -> Vec<&Token> {
    let mut found: Vec<&Token> = Vec::new();
    let mut depth = 0;
    for (index, token) in tokens[..at].iter().enumerate().rev() {
        match &token.item {
            Item::Figure(_) | Item::Mark(Mark::Comma | Mark::Semicolon) => break,
            Item::Mark(Mark::Close) => depth += 1,
            Item::Mark(Mark::Open) if depth > 0 => depth -= 1,
            Item::Mark(Mark::Open)
                if found.is_empty() && tokens.get(at + 1).is_some_and(|t| t.is(Mark::Close)) => {}
            Item::Mark(Mark::Open) => break,
            Item::Mark(Mark::Colon) if index + 1 < at => break,
            Item::Mark(Mark::Colon | Mark::Pause) => {}
            _ => found.push(token),
        }
    }
    found.reverse();
    found
}

/// The tokens after a figure that may speak of it, up to the next mark; none if the next figure comes first.
fn right(tokens: &[Token], at: usize) -> &[Token] {
    let rest = &tokens[at + 1..];
    let end = rest.iter().position(|token| matches!(token.item, Item::Mark(_) | Item::Figure(_)));
    match end {
        Some(end) if rest[end].figure().is_some() => &[],
        Some(end) => &rest[..end],
        None => rest,
    }
}

/// Words that may stand between a figure and what it speaks of.
fn is_passed_over(token: &Token) -> bool {
    matches!(
        token.word(),
        Some(
            Word::Filler
                | Word::Sum
                | Word::All
                | Word::Among
                | Word::Rest
                | Word::Except
                | Word::ThisYear
                | Word::LastYear
                | Word::NextYear
                | Word::Wide
                | Word::Own
                | Word::Accused
        )
    ) || matches!(token.item, Item::Year(_))
        || (token.item == Item::Text && token.range.len() <= "年末".len())
}

fn is_of_a_past_year(left: &[&Token], reader: &Reader<'_>) -> bool {
    let mut years = left.iter().filter_map(|token| match token.item {
        Item::Year(year) => Some(year),
        _ => None,
    });
    years.next_back().is_some_and(|year| year < reader.about.year)
}

/// Reads the words to the left, the last of which is the key.
fn from_left(
    reader: &mut Reader<'_>,
    tokens: &[Token],
    left: &[&Token],
    key: usize,
    right: &[Token],
    figure: &Figure,
) -> Option<Subject> {
    let (all, left) = (left, &left[..=key]);
    let key = left.last()?;
    let Some(word) = key.word() else {
        // 受理劳动争议142件: from here on the talk is of something else.
        reader.sentence.is_foreign |=
            left.iter().any(|token| matches!(token.word(), Some(Word::Receive { .. })));
        return None;
    };
    let is_beside = right.first().is_some_and(|token| token.word() == Some(Word::Apply));
    reader.requests |= is_beside && !reader.sentence.is_foreign;
    let requests = reader.speaks_of_requests(tokens);
    let has = |is: fn(Word) -> bool| left.iter().find_map(|token| token.word().filter(|word| is(*word)));
    if has(|word| word == Word::Carry).is_some() && !reader.sentence.is_foreign {
        // 结转信访事项17件, 结转的行政复议案件1件: other things are carried over too.
        let carries_others = has(|word| matches!(word, Word::Reason(_) | Word::Dispute(_))).is_some();
        reader.sentence.is_foreign |= carries_others;
        return (!carries_others).then(|| carried(reader, all, right));
    }
    match word {
        Word::Request | Word::OnRequest | Word::Apply => requested(reader, tokens, left, word),
        Word::Receive { .. } | Word::Conclude | Word::Handle | Word::InHand => {
            let is_general = word != Word::Handle || reader.requests;
            dealt_with(word).filter(|_| requests && is_general)
        }
        Word::Outcome(_) | Word::Reason(_) => outcome(reader, tokens, left, key),
        Word::Applicant(columns) => {
            (requests && !is_case_of("个", figure)).then_some(Subject::Applicants(columns))
        }
        Word::Dispute(rows) => {
            let subject = disputed(reader, tokens, left, rows, figure);
            if subject.is_none() && !left.iter().any(|token| token.word() == Some(Word::Decide)) {
                reader.sentence.disputes.clear();
            }
            subject
        }
        Word::Disclosure if !reader.sentence.last_dispute.is_empty() => {
            if reader.sentence.disputes.is_empty() {
                reader.sentence.disputes = reader.sentence.last_dispute.clone();
            }
            let (all, last) = reader.disputed();
            Some(Subject::Disputes(all, last))
        }
        Word::Verdict(columns) => verdict(reader, columns),
        Word::Text(row) => deed(left).map(|column| Subject::Text(row, column)),
        Word::Deed(column) => written(reader, left, column),
        Word::Decision(row) => (!reader.sentence.is_foreign).then_some(Subject::Decision(row)),
        Word::Decide => decided(reader, left, right),
        Word::Fee => Some(Subject::Fees),
        _ => None,
    }
}

fn is_case_of(word: &str, figure: &Figure) -> bool {
    matches!(figure.measure, Measure::Case(measure) if measure == word)
}

/// Whether a share stands between what a figure speaks of and the figure: 予以公开的占一半，为27件.
fn is_told_as_share(tokens: &[Token], at: usize) -> bool {
    let Some(comma) = tokens[..at].iter().rposition(|token| token.is(Mark::Comma)) else { return false };
    let is_filler = |token: &Token| token.word() == Some(Word::Filler);
    tokens[comma + 1..at].iter().all(is_filler)
        && clause_before(tokens, comma).iter().any(|token| token.word() == Some(Word::Change))
}

/// The clause that ends at a comma.
fn clause_before(tokens: &[Token], comma: usize) -> &[Token] {
    let is_end = |token: &Token| token.is(Mark::Comma) || token.is(Mark::Semicolon) || token.is(Mark::Colon);
    &tokens[tokens[..comma].iter().rposition(is_end).map_or(0, |end| end + 1)..comma]
}

/// 两项合计31件; 予以公开和部分公开占六成，共96件; 新收187件，上年结转5件，共192件.
fn from_sum(reader: &mut Reader<'_>, tokens: &[Token], at: usize, left: &[&Token]) -> Option<Subject> {
    let sum = left.iter().find(|token| token.word() == Some(Word::Sum));
    let spelled = sum.map_or("", |token| &reader.text[token.range.clone()]);
    let both = last_two(reader);
    if spelled.starts_with('两') {
        return both.map(|(one, other)| Subject::Both(Box::new(one), Box::new(other)));
    }
    let comma = tokens[..at].iter().rposition(|token| token.is(Mark::Comma))?;
    let clause = clause_before(tokens, comma);
    let is_case = |token: &Token| token.figure().is_some_and(|f| matches!(f.measure, Measure::Case(_)));
    if clause.iter().any(is_case) {
        let came_in = |subject: &Subject| matches!(subject, Subject::Received | Subject::NewlyReceived);
        return both
            .filter(|(one, other)| {
                came_in(one) && *other == Subject::CarriedIn || came_in(other) && *one == Subject::CarriedIn
            })
            .map(|_| Subject::InHand);
    }
    let named: Vec<&Token> = clause.iter().take_while(|token| token.figure().is_none()).collect();
    let is_key = |token: &&Token| matches!(token.word(), Some(Word::Outcome(_) | Word::Applicant(_)));
    let key = named.iter().rposition(is_key)?;
    match named[key].word() {
        Some(Word::Applicant(columns)) => {
            reader.speaks_of_requests(tokens).then_some(Subject::Applicants(columns))
        }
        _ => outcome(reader, tokens, &named[..=key], named[key]),
    }
}

/// What the last two figures of the sentence speak of, if both are of this year.
fn last_two(reader: &Reader<'_>) -> Option<(Subject, Subject)> {
    let [.., one, other] = &reader.claims[reader.sentence.first_claim..] else { return None };
    let ours = one.time == Time::ThisYear && other.time == Time::ThisYear;
    ours.then(|| (one.subject.clone(), other.subject.clone()))
}

/// Reads the words to the right: 3件补正后仍不明确, 1件结转下年.
fn from_right(
    reader: &Reader<'_>,
    tokens: &[Token],
    at: usize,
    right: &[Token],
    is_rest: bool,
    figure: &Figure,
) -> Option<Subject> {
    if reader.sentence.is_foreign {
        return None;
    }
    let says = |word: Word| right.iter().any(|token| token.word() == Some(word));
    if says(Word::Carry) {
        return Some(carried(reader, &[], right));
    }
    for token in right {
        match token.word() {
            Some(Word::Filler | Word::All | Word::Plain | Word::Own) => {}
            Some(Word::Reason(row)) => return Some(Subject::Outcome(vec![row], None)),
            Some(Word::Verdict(columns)) => return verdict(reader, columns),
            Some(Word::Decision(row)) => return Some(Subject::Decision(row)),
            Some(Word::Dispute(rows)) => return of_disputes(reader, rows, right, figure),
            _ => return later(reader, tokens, at, right, is_rest),
        }
    }
    later(reader, tokens, at, right, is_rest)
}

/// 1件复议案件尚在审理, 一件直接起诉, 零行政诉讼.
fn of_disputes(
    reader: &Reader<'_>,
    rows: &'static [Row],
    right: &[Token],
    figure: &Figure,
) -> Option<Subject> {
    let rows = rows.to_vec();
    let is_known = reader.sentence.has_disclosure && !reader.sentence.disputes.is_empty();
    let verdict = right.iter().find_map(|token| match token.word() {
        Some(Word::Verdict(columns)) => Some(columns),
        _ => None,
    });
    match verdict {
        Some(columns) if is_known => Some(Subject::Verdict(rows.clone(), rows, columns.to_vec())),
        None if figure.value.is_zero() || is_known && rows.len() == 1 => {
            Some(Subject::Disputes(rows.clone(), rows))
        }
        _ => None,
    }
}

/// What stands a little further to the right: 其余7件均在法定期限内予以答复; 4件未到期，转入下年.
fn later(
    reader: &Reader<'_>,
    tokens: &[Token],
    at: usize,
    right: &[Token],
    is_rest: bool,
) -> Option<Subject> {
    let _ = (tokens, at);
    let last = right.iter().rev().find_map(Token::word);
    match last {
        Some(Word::Conclude) if is_rest && reader.speaks_of_requests(tokens) => Some(Subject::Concluded),
        Some(Word::Verdict(columns)) if is_rest => verdict(reader, columns),
        _ => {
            let next = &tokens[at + 1 + right.len()..];
            let is_plain = right.iter().all(|token| {
                let word = token.word();
                token.item == Item::Text
                    || matches!(word, Some(Word::Filler | Word::Plain | Word::No | Word::Conclude))
                    || matches!(word, Some(Word::Request | Word::Apply))
            });
            let follows = next.first().is_some_and(|token| token.is(Mark::Comma))
                && next.get(1).is_some_and(|token| token.word() == Some(Word::Carry));
            let clause = next.get(1..).unwrap_or_default();
            let end =
                clause.iter().position(|token| matches!(token.item, Item::Mark(_))).unwrap_or(clause.len());
            (is_plain && follows).then(|| carried(reader, &[], &clause[..end]))
        }
    }
}
