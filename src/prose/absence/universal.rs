//! What 均 and 全部 say of all.

use super::super::claim::Subject;
use super::super::lex::Token;
use super::super::lexicon::{ORGANIZATIONS, OUTCOMES, SUITS, Word};
use super::super::reader::Reader;
use super::{is_of_disputes, none, objects};
use crate::form::terms::{Column, Row};
use crate::number::Decimal;

/// What a clause with 均 or 全部 says of all: that the others are none, or that these are as many as all.
pub(super) fn read(
    reader: &Reader<'_>,
    clause: &[Token],
    all_said: Option<usize>,
    has_figure: bool,
) -> Vec<(Subject, Decimal)> {
    let sentence = &reader.sentence;
    if sentence.is_foreign {
        return Vec::new();
    }
    let last = reader.said().last();
    let of_disputes = last.is_some_and(|claim| is_of_disputes(&claim.subject));
    let numbered = || reader.said().iter().rfind(|claim| claim.number.is_some());
    let is_single = of_disputes && numbered().is_some_and(|claim| claim.value == Decimal::whole(1));
    if all_said.is_none() && !is_single {
        return Vec::new();
    }
    if let Some(all) = all_said
        && is_nought(&clause[all + 1..])
    {
        return noughts(reader, &clause[..all]);
    }
    // 除1件尚在审理外，其余均已审结.
    if clause.iter().any(|token| token.word() == Some(Word::Rest)) {
        return Vec::new();
    }
    let after = match all_said {
        Some(all)
            if !has_figure || of_disputes || clause[..all].iter().any(|token| token.figure().is_some()) =>
        {
            &clause[all + 1..]
        }
        None if is_single && !has_figure => clause,
        _ => return Vec::new(),
    };
    let words: Vec<Word> =
        after.iter().filter_map(Token::word).filter(|word| *word != Word::Filler).collect();
    if after.iter().any(|token| token.figure().is_some()) {
        return Vec::new();
    }
    if all_said.is_some() && words.first() == Some(&Word::Applicant(&[Column::NaturalPerson])) {
        let others = words.iter().filter(|word| matches!(word, Word::Applicant(_))).count() > 1;
        return Vec::from_iter(
            (reader.requests && !others).then_some(none(Subject::Applicants(ORGANIZATIONS.to_vec()))),
        );
    }
    // 全部予以公开: no other outcome.
    if let (Some(_), Some(Word::Outcome(rows)), Some(last)) = (all_said, words.first(), last)
        && last.subject.is_of_requests()
        && !matches!(last.subject, Subject::Outcome(..) | Subject::Applicants(_))
        && (after.len() == 1 || words.len() == 1)
    {
        let others = OUTCOMES.iter().copied().filter(|row| !rows.contains(row)).collect();
        return vec![none(Subject::Outcome(others, None))];
    }
    if sentence.disputes.is_empty() || !sentence.has_disclosure {
        return Vec::new();
    }
    // 一件复议后起诉，尚未审结 is said of that one.
    let single = match numbered().map(|claim| &claim.subject) {
        Some(Subject::Disputes(rows, _)) if all_said.is_none() => Some(&rows[..]),
        _ => None,
    };
    // 作出裁判的十一件全部维持: of these, not of all.
    let own = all_said.and_then(|all| clause[..all].iter().rev().find_map(Token::figure));
    let stated = match single {
        Some(_) => Some(Decimal::whole(1)),
        None => own.map(|figure| figure.value.trimmed()).or_else(|| stated(reader)),
    };
    of_all_disputes(reader, &words, single, stated)
}

/// What 均 says of the disputes named, or a clause of a `single` one: the others are none, or these are all of them.
fn of_all_disputes(
    reader: &Reader<'_>,
    words: &[Word],
    single: Option<&[Row]>,
    stated: Option<Decimal>,
) -> Vec<(Subject, Decimal)> {
    let mut subjects = Vec::new();
    if let Some(Word::Dispute([row])) = words.first()
        && SUITS.contains(row)
    {
        let others: Vec<Row> = SUITS.iter().copied().filter(|suit| suit != row).collect();
        subjects.push(none(Subject::Disputes(others.clone(), others)));
    }
    let results = words.iter().filter_map(|word| match word {
        Word::Verdict(columns) => Some(*columns),
        _ => None,
    });
    if let Some(columns) = results.min_by_key(|columns| columns.len()) {
        let others = [Column::Upheld, Column::Corrected, Column::Other, Column::Pending];
        let others: Vec<Column> = others.into_iter().filter(|column| !columns.contains(column)).collect();
        let rows = single.map_or_else(|| reader.disputed().0, <[Row]>::to_vec);
        match (stated, &others[..]) {
            (Some(stated), [_, _, ..]) => {
                subjects.push((Subject::Verdict(rows.clone(), rows, columns.to_vec()), stated));
            }
            _ => subjects.push(none(Subject::Verdict(rows.clone(), rows, others))),
        }
    }
    subjects
}

/// Whether nothing but 为0 follows 均.
fn is_nought(after: &[Token]) -> bool {
    let mut figures = after.iter().filter_map(Token::figure);
    figures.next().is_some_and(|figure| figure.value.is_zero() && figure.is_exact)
        && figures.next().is_none()
        && after.iter().all(|token| token.figure().is_some() || token.word() == Some(Word::Filler))
}

/// What a list before 均为0 names: 申请数、行政复议数、行政诉讼数均为0.
fn noughts(reader: &Reader<'_>, list: &[Token]) -> Vec<(Subject, Decimal)> {
    let requests = list.iter().any(|token| matches!(token.word(), Some(Word::Request)));
    let others = objects(reader, list).into_iter().filter(|subject| *subject != Subject::Received);
    others.chain(requests.then_some(Subject::Received)).map(none).collect()
}

/// How many disputes the sentence has stated since the last result.
fn stated(reader: &Reader<'_>) -> Option<Decimal> {
    let claims = reader.said();
    let totals = claims.iter().rev().take_while(|claim| matches!(claim.subject, Subject::Disputes(..)));
    let counts = totals.filter_map(|claim| claim.value.as_whole().filter(|_| claim.number.is_some()));
    let counts: Vec<i64> = counts.collect();
    // 3起，其中直接起诉2起、复议后起诉1起: the first is the whole.
    let (whole, parts) = counts.split_last()?;
    let sum = counts.iter().sum::<i64>();
    let is_whole = reader.sentence.is_among && *whole == parts.iter().sum::<i64>();
    Some(Decimal::whole(if is_whole { *whole } else { sum }))
}
