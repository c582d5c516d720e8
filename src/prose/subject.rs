//! What a figure speaks of: the words beside it.

mod behind;

use super::claim::{Subject, Time};
use super::figure::{Figure, Measure};
use super::lex::{Item, Mark, Token};
use super::lexicon::Word;
use super::meaning::{
    applicants, carried, dealt_with, decided, deed, disputed, disputes_named_before, is_qualified, outcome,
    requested, verdict, written,
};
use super::reader::Reader;
use crate::form::terms::Column;

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
    let mut left = left_of(tokens, at);
    let says = |left: &[&Token], word: Word| left.iter().any(|token| token.word() == Some(word));
    // 未到答复期限、需结转下年的25件 are carried out.
    let denies = says(&left, Word::No) && !says(&left, Word::Carry);
    let is_apart =
        [Word::Respectively, Word::Change, Word::Average].into_iter().any(|word| says(&left, word));
    if denies || is_apart {
        return None;
    }
    let right = right(tokens, at);
    let mut is_past = says(&left, Word::LastYear) || is_of_a_past_year(&left, reader) || becomes(tokens, at);
    if says(&left, Word::Became) {
        // 由80件降至68件: what both speak of stands before the first.
        let first = tokens[..at].iter().rposition(|token| token.figure().is_some())?;
        is_past = is_of_a_past_year(&left, reader);
        left = left_of(tokens, first);
    }
    let left = left;
    let says = |word: Word| says(&left, word);
    let key = left.iter().rposition(|token| !is_passed_over(token));
    let subject = match key {
        Some(key) => from_left(reader, tokens, &left, key, right, figure),
        None if says(Word::Sum) || is_told_as_share(tokens, at) => from_sum(reader, tokens, at, &left),
        None => behind::from_right(reader, tokens, at, right, says(Word::Rest), figure),
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

/// What a figure speaks of whose name is the last of these words.
pub(super) fn of_name(
    reader: &mut Reader<'_>,
    tokens: &[Token],
    name: &[&Token],
    figure: &Figure,
) -> Option<Subject> {
    let key = name.len().checked_sub(1)?;
    let subject = from_left(reader, tokens, name, key, &[], figure)?;
    fits(&subject, figure).then_some(subject)
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
        Measure::Thing("件次") => matches!(subject, Subject::Decision(_)),
        Measure::None => true,
        _ => false,
    }
}

/// Whether a figure is only what another one began as: 由80件降至68件.
pub(super) fn becomes(tokens: &[Token], at: usize) -> bool {
    let ends = |token: &&Token| token.figure().is_some() || matches!(token.item, Item::Mark(_));
    tokens[at + 1..].iter().take_while(|token| !ends(token)).any(|token| token.word() == Some(Word::Became))
}

/// The tokens before a figure that may speak of it, back to the last figure, comma or open bracket. A bracket without a
/// figure is part of them; a figure alone in a bracket speaks of what stands before the bracket, and before a share there.
fn left_of(tokens: &[Token], at: usize) -> Vec<&Token> {
    let mut found: Vec<&Token> = Vec::with_capacity(16);
    // 4件维持、1件撤销: what stands before 、 is said of the figure before it.
    let previous = tokens[..at].iter().rposition(|token| token.figure().is_some());
    let is_listed =
        at > 0 && tokens[at - 1].is(Mark::Pause) && previous.is_some_and(|previous| previous + 2 < at);
    if is_listed {
        return found;
    }
    let mut depth = 0;
    for (index, token) in tokens[..at].iter().enumerate().rev() {
        match &token.item {
            Item::Figure(figure)
                if figure.measure == Measure::Percent
                    && found.is_empty()
                    && tokens[index + 1].is(Mark::Open) => {}
            Item::Figure(_) | Item::Mark(Mark::Comma | Mark::Semicolon) => break,
            Item::Mark(Mark::Close) => depth += 1,
            Item::Mark(Mark::Open) if depth > 0 => depth -= 1,
            Item::Mark(Mark::Open)
                if found.is_empty() && tokens.get(at + 1).is_some_and(|t| t.is(Mark::Close)) => {}
            Item::Mark(Mark::Open) => break,
            Item::Mark(Mark::Colon) if index + 1 < at => break,
            Item::Mark(Mark::Colon | Mark::Pause) => {}
            _ if depth > 0 => {}
            _ => found.push(token),
        }
    }
    found.reverse();
    found
}

/// The tokens after a figure that may speak of it, up to the next mark; none if the next figure comes first. A share in
/// brackets is passed over: 13件（占52%）为予以公开.
fn right(tokens: &[Token], at: usize) -> &[Token] {
    let rest = &tokens[at + 1..];
    let is_share = |token: &Token| token.figure().is_some_and(|figure| figure.measure == Measure::Percent);
    let close = rest.iter().position(|token| token.is(Mark::Close)).unwrap_or(0);
    let opens = rest.first().is_some_and(|token| token.is(Mark::Open));
    let rest = if opens && close > 0 && is_share(&rest[close - 1]) { &rest[close + 1..] } else { rest };
    let end = rest.iter().position(|token| matches!(token.item, Item::Mark(_) | Item::Figure(_)));
    match end {
        Some(end) if rest[end].figure().is_some() => &[],
        // 终止审理（其他结果）.
        Some(end)
            if rest[end].is(Mark::Open) && rest.get(end + 2).is_some_and(|token| token.is(Mark::Close)) =>
        {
            &rest[..end + 3]
        }
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

/// Whether something is received or handled: 受理劳动争议142件, from where on the talk is of something else.
fn is_handled(left: &[&Token]) -> bool {
    left.iter().any(|token| matches!(token.word(), Some(Word::Receive { .. } | Word::Handle)))
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
        reader.sentence.is_foreign |= is_handled(left);
        return None;
    };
    let is_beside = right.first().is_some_and(|token| token.word() == Some(Word::Apply));
    reader.requests |= is_beside && !reader.sentence.is_foreign;
    let requests = reader.speaks_of_requests(tokens);
    let has = |is: fn(Word) -> bool| left.iter().find_map(|token| token.word().filter(|word| is(*word)));
    if has(|word| word == Word::Carry).is_some() && !reader.sentence.is_foreign {
        // 结转信访事项17件, 结转的行政复议案件1件, 行政处罚198件，其中上年结转31件: other things are carried over too.
        let is_of_decisions = reader.sentence.decision.is_some() && !reader.requests_are_the_topic();
        let carries_others =
            is_of_decisions || has(|word| matches!(word, Word::Reason(_) | Word::Dispute(_))).is_some();
        reader.sentence.is_foreign |= carries_others;
        return (!carries_others).then(|| carried(reader, all, right));
    }
    let beside = left.len().checked_sub(2).map(|before| left[before]);
    match word {
        Word::Plain => {
            reader.sentence.is_foreign |= is_handled(left);
            None
        }
        Word::Request | Word::OnRequest | Word::Apply => requested(reader, tokens, left, word),
        // 给予公开答复5件 is an outcome.
        Word::Conclude | Word::Handle
            if let Some(said) = beside
                && matches!(said.word(), Some(Word::Outcome(_))) =>
        {
            outcome(reader, tokens, &left[..left.len() - 1], said)
        }
        // 维持我局答复4件.
        Word::Conclude if let Some(columns) = ruled(left) => verdict(reader, columns),
        Word::Receive { .. }
        | Word::Conclude
        | Word::Handle
        | Word::InHand
        | Word::CarriedIn
        | Word::CarriedOut => {
            let is_general = word != Word::Handle || reader.requests;
            dealt_with(word).filter(|_| requests && is_general)
        }
        // 受理信访事项58件: what is handled is no request.
        Word::Reason(_) if is_handled(left) && !left.iter().any(is_request) => {
            reader.sentence.is_foreign = true;
            None
        }
        Word::Outcome(_) | Word::Reason(_) => outcome(reader, tokens, left, key),
        Word::Applicant(_) if requests && !is_case_of("个", figure) => {
            applicants(left.iter().copied()).map(Subject::Applicants)
        }
        Word::Dispute(rows) => disputed(reader, tokens, left, rows, figure),
        Word::Disclosure => disputes_named_before(reader),
        Word::Verdict(columns) => verdict(reader, columns),
        Word::Text(row) => deed(left).map(|column| Subject::Text(row, column)),
        Word::Deed(column) => written(reader, left, column),
        Word::Decision(_) | Word::Fee if is_qualified(reader.text, left, left.len() - 1) => None,
        Word::Decision(row) => (!reader.sentence.is_foreign).then_some(Subject::Decision(row)),
        Word::Decide => decided(reader, left, right),
        Word::Fee => Some(Subject::Fees),
        _ => None,
    }
}

fn is_request(token: &&Token) -> bool {
    matches!(token.word(), Some(Word::Request | Word::OnRequest | Word::Apply))
}

/// What became of an answer that was disputed: 维持我局答复.
fn ruled(left: &[&Token]) -> Option<&'static [Column]> {
    let (_, before) = left.split_last()?;
    match before.iter().rev().find(|token| !matches!(token.word(), Some(Word::Own | Word::Filler)))?.word() {
        Some(Word::Verdict(columns)) => Some(columns),
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
    comma + 1 < at
        && tokens[comma + 1..at].iter().all(is_filler)
        && clause_before(tokens, comma).iter().any(|token| token.word() == Some(Word::Change))
}

/// The clause that ends at a token, with what stands of it before that.
pub(super) fn clause_before(tokens: &[Token], at: usize) -> &[Token] {
    let is_end = |token: &Token| token.is(Mark::Comma) || token.is(Mark::Semicolon) || token.is(Mark::Colon);
    &tokens[tokens[..at].iter().rposition(is_end).map_or(0, |end| end + 1)..at]
}

/// 两项合计31件; 予以公开和部分公开占六成，共96件; 新收187件，上年结转5件，共192件.
fn from_sum(reader: &mut Reader<'_>, tokens: &[Token], at: usize, left: &[&Token]) -> Option<Subject> {
    let sum = left.iter().find(|token| token.word() == Some(Word::Sum));
    let spelled = sum.map_or("", |token| &reader.text[token.range.clone()]);
    let both = last_two(reader);
    // 一季度收到5件，二季度8件，…，全年合计22件.
    let of_parts = reader.said().first();
    if let Some(part) = of_parts.filter(|part| part.time == Time::PartOfYear)
        && left.iter().any(|token| token.word() == Some(Word::ThisYear))
    {
        return Some(part.subject.clone());
    }
    if spelled.starts_with(['两', '二']) {
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
    let is_key = |token: &&Token| {
        matches!(token.word(), Some(Word::Outcome(_) | Word::Applicant(_) | Word::Dispute(_)))
    };
    let key = named.iter().rposition(is_key)?;
    match named[key].word() {
        Some(Word::Dispute(rows)) => {
            let figure = tokens[at].figure()?;
            disputed(reader, tokens, &named[..=key], rows, figure)
        }
        Some(Word::Applicant(columns)) => {
            reader.speaks_of_requests(tokens).then(|| Subject::Applicants(columns.to_vec()))
        }
        _ => outcome(reader, tokens, &named[..=key], named[key]),
    }
}

/// What the last two figures of the sentence speak of, if both are of this year.
fn last_two(reader: &Reader<'_>) -> Option<(Subject, Subject)> {
    let [.., one, other] = reader.said() else { return None };
    let ours = one.time == Time::ThisYear && other.time == Time::ThisYear;
    ours.then(|| (one.subject.clone(), other.subject.clone()))
}
