//! What the words behind a figure say of it: 3件补正后仍不明确, 1件复议案件尚在审理, 4件未到期，转入下年.

use super::super::claim::Subject;
use super::super::figure::Figure;
use super::super::lex::{Item, Mark, Token};
use super::super::lexicon::Word;
use super::super::meaning::{applicants, carried, verdict};
use super::super::reader::Reader;
use crate::form::terms::{Column, Row};

/// Reads the words to the right: 3件补正后仍不明确, 1件结转下年.
pub(super) fn from_right(
    reader: &mut Reader<'_>,
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
    let last = reader.said().last();
    if says(Word::Carry) && last.is_none_or(|last| last.subject.is_of_requests()) {
        return Some(carried(reader, &[], right));
    }
    // 3件答复被申请行政复议.
    let accused = right.iter().find_map(|token| match token.word() {
        Some(Word::Dispute(rows)) if reader.text[token.range.clone()].starts_with('被') => {
            Some(rows.to_vec())
        }
        _ => None,
    });
    if let Some(rows) = accused {
        reader.sentence.has_disclosure = true;
        return Some(Subject::Disputes(rows.clone(), rows));
    }
    for token in right {
        match token.word() {
            Some(Word::Filler | Word::All | Word::Plain | Word::Own) => {}
            Some(Word::Reason(row)) => return Some(Subject::Outcome(vec![row], None)),
            Some(Word::Verdict(columns)) => {
                return verdict(reader, columns).or_else(|| said_behind(reader, right));
            }
            Some(Word::Decision(row)) => return Some(Subject::Decision(row)),
            Some(Word::Dispute(rows)) => return of_disputes(reader, rows, right, figure),
            _ => break,
        }
    }
    said_behind(reader, listed(tokens, at, right)).or_else(|| later(reader, tokens, at, right, is_rest))
}

/// The words behind a figure, with the outcomes that 、 adds to them: 30件按照不予公开、无法提供、不予处理等情形.
fn listed<'t>(tokens: &'t [Token], at: usize, right: &'t [Token]) -> &'t [Token] {
    let rest = &tokens[at + 1..];
    let is_outcome = |token: &Token| matches!(token.word(), Some(Word::Outcome(_)));
    let ends = |token: &Token| {
        token.figure().is_some() || matches!(token.item, Item::Mark(mark) if mark != Mark::Pause)
    };
    let long = &rest[..rest.iter().position(ends).unwrap_or(rest.len())];
    match right.iter().any(is_outcome) && long.len() > right.len() && long.starts_with(right) {
        true => long,
        false => right,
    }
}

/// What words further behind say of a part of what the sentence is about: 2件经补正后逾期未补正, 一件予以公开, 1件被撤销并责令重新答复.
fn said_behind(reader: &Reader<'_>, right: &[Token]) -> Option<Subject> {
    let last = reader.said().last();
    let mut words = right.iter().filter_map(Token::word);
    // 3件申请因申请人逾期未补正不再处理.
    let names_requests = words.clone().any(|word| matches!(word, Word::Request | Word::Apply));
    if last.map_or(names_requests, |last| last.subject.is_of_requests()) {
        let is_pending = |word| matches!(word, Word::Verdict(columns) if columns == [Column::Pending]);
        let reason = words.clone().find_map(|word| match word {
            Word::Reason(row) => Some(vec![row]),
            _ => None,
        });
        let outcomes = words.clone().filter_map(|word| match word {
            Word::Outcome(rows) => Some(rows),
            _ => None,
        });
        let rows = reason.unwrap_or_else(|| outcomes.flatten().copied().collect());
        // 由企业和社会组织提出: one of them is not understood.
        let is_understood =
            right.iter().all(|token| token.item != Item::Text || token.range.len() <= "来自".len());
        return match () {
            () if !rows.is_empty() => Some(Subject::Outcome(rows, None)),
            () if words.any(is_pending) => Some(Subject::CarriedOut),
            () if is_understood => applicants(right).map(Subject::Applicants),
            () => None,
        };
    }
    let is_of_disputes =
        last.is_some_and(|last| matches!(last.subject, Subject::Disputes(..) | Subject::Verdict(..)));
    let columns = words.find_map(|word| match word {
        Word::Verdict(columns) => Some(columns),
        _ => None,
    });
    columns.filter(|_| is_of_disputes).and_then(|columns| verdict(reader, columns))
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

fn is_of_carrying(token: &Token) -> bool {
    matches!(token.word(), Some(Word::Carry | Word::NextYear)) || matches!(token.item, Item::Year(_))
}

/// What stands a little further to the right: 其余7件均在法定期限内予以答复; 4件未到期，转入下年.
fn later(
    reader: &Reader<'_>,
    tokens: &[Token],
    at: usize,
    right: &[Token],
    is_rest: bool,
) -> Option<Subject> {
    let last = right.iter().rev().find_map(Token::word);
    match last {
        Some(Word::Conclude) if is_rest && reader.speaks_of_requests(tokens) => Some(Subject::Concluded),
        Some(Word::Verdict(columns)) if is_rest => verdict(reader, columns),
        _ => {
            let is_plain = |token: &Token| {
                let word = token.word();
                token.item == Item::Text
                    || matches!(
                        word,
                        Some(Word::Filler | Word::Plain | Word::No | Word::Conclude | Word::Handle)
                    )
                    || matches!(
                        word,
                        Some(Word::Request | Word::Apply | Word::PartOfYear | Word::Receive { .. })
                    )
            };
            // The clauses behind, as long as they are of this figure.
            let rest = &tokens[at + 1..];
            let ends = |token: &Token| token.figure().is_some() || token.is(Mark::Semicolon);
            let rest = &rest[..rest.iter().position(ends).unwrap_or(rest.len())];
            let mut clauses = rest.split(|token| token.is(Mark::Comma) || token.is(Mark::Pause));
            let own = clauses.next().unwrap_or_default();
            let carry = clauses
                .take_while(|clause| clause.iter().all(|token| is_plain(token) || is_of_carrying(token)))
                .find(|clause| clause.iter().any(|token| token.word() == Some(Word::Carry)));
            carry.filter(|_| own.iter().all(is_plain)).map(|clause| carried(reader, &[], clause))
        }
    }
}
