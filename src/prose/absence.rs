//! Claims without a number: 未收到申请, 未发生行政复议, 均获维持, 均为自然人. Each says that some cells are zero.

mod universal;

use super::claim::{Claim, Subject};
use super::lex::{Item, Mark, Token};
use super::lexicon::Word;
use super::meaning::applicants;
use super::reader::Reader;
use crate::form::terms::Row;
use crate::number::Decimal;

/// What was seen of a clause on the way through it: most clauses are known by it to make no claim without a number.
#[derive(Default)]
pub(super) struct Seen {
    /// The first token that denies, and the first that speaks of all.
    denial: Option<usize>,
    all: Option<usize>,
    has_disputes: bool,
    /// Whether there is a figure.
    pub(super) has_figure: bool,
}

impl Seen {
    /// Sees a word, by its number among the tokens of the clause.
    pub(super) const fn word(&mut self, word: Word, at: usize) {
        match word {
            Word::No if self.denial.is_none() => self.denial = Some(at),
            Word::All if self.all.is_none() => self.all = Some(at),
            Word::Dispute(_) => self.has_disputes = true,
            _ => {}
        }
    }
}

/// Reads the claims without a number in a clause.
pub(super) fn read(reader: &mut Reader<'_>, clause: &[Token], seen: Seen) {
    let Seen { denial, all, has_disputes, has_figure } = seen;
    let no = denial.or_else(|| has_disputes.then(|| nothing(reader, clause)).flatten());
    let subjects = match no {
        Some(no) if denial.is_none() => {
            objects(reader, &clause[no..]).into_iter().filter(is_of_disputes).map(none).collect()
        }
        Some(no) if !has_figure => denied(reader, clause, no).into_iter().map(none).collect(),
        Some(_) => Vec::new(),
        None => universal::read(reader, clause, all, has_figure),
    };
    if subjects.is_empty() {
        return;
    }
    let Some((from, to)) = extent(clause, no) else { return };
    for (subject, value) in subjects {
        let claim = Claim {
            range: from..to,
            number: None,
            is_denial: no.is_some(),
            value,
            time: reader.time(),
            scope: reader.scope(&subject),
            subject,
        };
        reader.add(claim);
    }
}

/// Where 不存在 denies that there were disputes; said of information, it is an outcome.
fn nothing(reader: &Reader<'_>, clause: &[Token]) -> Option<usize> {
    const NOTHING: &str = "不存在";
    let is_nothing =
        |token: &Token| token.range.len() == NOTHING.len() && &reader.text[token.range.clone()] == NOTHING;
    let at = clause.iter().position(is_nothing)?;
    clause[at..].iter().any(|token| matches!(token.word(), Some(Word::Dispute(_)))).then_some(at)
}

const fn is_of_disputes(subject: &Subject) -> bool {
    matches!(subject, Subject::Disputes(..))
}

/// The claim that there are none.
const fn none(subject: Subject) -> (Subject, Decimal) {
    (subject, Decimal::whole(0))
}

/// From the first word that says something to the last, in bytes of the text.
fn extent(clause: &[Token], no: Option<usize>) -> Option<(usize, usize)> {
    let says = |token: &&Token| {
        token
            .word()
            .is_some_and(|word| !matches!(word, Word::Filler | Word::ThisYear | Word::Own | Word::Plain))
    };
    let first = clause.iter().find(says)?;
    let start = match no {
        Some(no) if clause[..no].iter().all(|token| !is_object(token)) => clause[no].range.start,
        _ => first.range.start,
    };
    Some((start, clause.iter().rev().find(says)?.range.end))
}

/// Whether a token names something that the tables count.
fn is_object(token: &Token) -> bool {
    matches!(
        token.word(),
        Some(
            Word::Request
                | Word::OnRequest
                | Word::Apply
                | Word::Dispute(_)
                | Word::Decision(_)
                | Word::Applicant(_)
                | Word::Fee
        )
    )
}

/// What a clause with 未, 没有 or 无 denies.
fn denied(reader: &Reader<'_>, clause: &[Token], no: usize) -> Vec<Subject> {
    let (head, tail) = (&clause[..no], &clause[no + 1..]);
    let says = |word: Word| tail.iter().any(|token| token.word() == Some(word));
    if says(Word::Foreign) || says(Word::Other) || reader.sentence.is_foreign {
        return Vec::new();
    }
    let found = denied_in(reader, head, tail);
    if !found.is_empty() {
        return found;
    }
    let is_plain = |token: &Token| {
        matches!(token.word(), Some(Word::Filler | Word::Receive { .. } | Word::Handle))
            || token.item == Item::Text
    };
    if !tail.iter().all(is_plain) {
        return Vec::new();
    }
    // 依申请公开情况：无。
    let is_answer = tail.is_empty() && head.last().is_some_and(|token| token.is(Mark::Colon));
    let is_of_requests = |token: &Token| matches!(token.word(), Some(Word::Request | Word::OnRequest));
    if is_answer && head.iter().any(is_of_requests) {
        return vec![Subject::Received];
    }
    if tail.is_empty() {
        // “不予公开”“不予处理”的均无.
        let outcomes = head.iter().filter_map(|token| match token.word() {
            Some(Word::Outcome(rows)) if rows != [Row::Granted] => {
                Some(Subject::Outcome(rows.to_vec(), None))
            }
            _ => None,
        });
        let outcomes: Vec<Subject> = outcomes.filter(|_| reader.requests).collect();
        if !outcomes.is_empty() {
            return outcomes;
        }
    }
    objects(reader, head)
}

/// What is denied by the words after 未, 没有 or 无.
fn denied_in(reader: &Reader<'_>, head: &[Token], tail: &[Token]) -> Vec<Subject> {
    let words: Vec<Word> = tail.iter().filter_map(Token::word).collect();
    let first = words.iter().copied().find(|word| *word != Word::Filler);
    let verdict = words.iter().find_map(|word| match word {
        Word::Verdict(columns) => Some(*columns),
        _ => None,
    });
    if let Some(columns) = verdict {
        let has_context = !reader.sentence.disputes.is_empty() && reader.sentence.has_disclosure;
        let (all, last) = reader.disputed();
        return Vec::from_iter(has_context.then(|| Subject::Verdict(all, last, columns.to_vec())));
    }
    // 年末无在办件, 年末在办：无.
    let is_at_the_end = |token: &Token| {
        token.word() == Some(Word::CarriedOut)
            || ["年末", "年底"].iter().any(|end| reader.text[token.range.clone()].ends_with(end))
    };
    if words.contains(&Word::CarriedOut) || words.contains(&Word::InHand) && head.iter().any(is_at_the_end) {
        return vec![Subject::CarriedOut];
    }
    if words.contains(&Word::CarriedIn) {
        return vec![Subject::CarriedIn];
    }
    if words.contains(&Word::Carry) {
        let is_in = tail.iter().chain(head).any(|token| token.word() == Some(Word::LastYear))
            && !words.contains(&Word::NextYear);
        return vec![if is_in { Subject::CarriedIn } else { Subject::CarriedOut }];
    }
    if let Some(Word::Deed(_)) = first {
        return undone(reader, &words);
    }
    let has_disputes = words.iter().any(|word| matches!(word, Word::Dispute(_)));
    if !has_disputes && words.contains(&Word::Conclude) {
        return Vec::new();
    }
    // 无不予公开、不予处理情形; 公开 alone is said of anything.
    let outcomes = words.iter().filter_map(|word| match word {
        Word::Outcome(rows) if *rows != [Row::Granted] => Some(Subject::Outcome(rows.to_vec(), None)),
        _ => None,
    });
    if let Some(Word::Outcome(_) | Word::Decide) = first
        && outcomes.clone().next().is_some()
        && reader.requests
    {
        return outcomes.collect();
    }
    objects_of(reader, head, tail, &words)
}

/// 未制发和废止规范性文件.
fn undone(reader: &Reader<'_>, words: &[Word]) -> Vec<Subject> {
    let mut rows: Vec<Row> = words
        .iter()
        .filter_map(|word| match word {
            Word::Text(row) => Some(*row),
            _ => None,
        })
        .collect();
    if rows.is_empty() {
        rows.extend(reader.sentence.text.or(reader.text_before));
    }
    let deeds = words.iter().filter_map(|word| match word {
        Word::Deed(column) => Some(*column),
        _ => None,
    });
    deeds.flat_map(|column| rows.iter().map(move |&row| Subject::Text(row, column))).collect()
}

/// The things counted that are named after 未, 没有 or 无.
fn objects_of(reader: &Reader<'_>, head: &[Token], tail: &[Token], words: &[Word]) -> Vec<Subject> {
    let applicants = applicants(head).or_else(|| applicants(tail));
    let receives = words.iter().any(|word| matches!(word, Word::Receive { .. }));
    let last = tail.iter().rposition(is_object);
    // 没有申请超期: something is said of the requests, not that there were none.
    let is_said_of = last.is_some_and(|last| tail[last + 1..].iter().any(|token| token.item == Item::Text));
    if is_said_of || is_of_some_only(reader, tail) {
        return Vec::new();
    }
    let requests = words.contains(&Word::Request)
        || words.contains(&Word::OnRequest)
        || (words.contains(&Word::Apply) && (receives || reader.requests || applicants.is_some()));
    let has_others = words.iter().any(|word| matches!(word, Word::Dispute(_) | Word::Decision(_)));
    match (applicants, requests) {
        (Some(columns), true) => vec![Subject::Applicants(columns)],
        (None, true) if !has_others => vec![Subject::Received],
        // 未收到申请、行政复议; but 未发生因申请引发的行政复议.
        (None, true) if is_listed(tail) => {
            let others = objects(reader, tail).into_iter().filter(|subject| *subject != Subject::Received);
            std::iter::once(Subject::Received).chain(others).collect()
        }
        _ => objects(reader, tail),
    }
}

/// Whether a request is one of several things listed with 、.
fn is_listed(tail: &[Token]) -> bool {
    tail.windows(2).any(|pair| {
        matches!(pair[0].word(), Some(Word::Request | Word::OnRequest | Word::Apply))
            && pair[1].is(Mark::Pause)
    })
}

/// Whether only some requests are denied: 没有收到涉及商业秘密的申请, 未收到涉密申请; not by the ways in which they come.
fn is_of_some_only(reader: &Reader<'_>, tail: &[Token]) -> bool {
    const WAYS: [&str; 9] = ["渠道", "形式", "方式", "途径", "书面", "当面", "任何", "提出", "提交"];
    let is_request =
        |token: &Token| matches!(token.word(), Some(Word::Request | Word::OnRequest | Word::Apply));
    let Some(at) = tail.iter().position(is_request) else { return false };
    let beside = tail[..at].iter().rev().find(|token| token.word() != Some(Word::Filler));
    beside.is_some_and(|token| {
        let word = &reader.text[token.range.clone()];
        matches!(token.word(), Some(Word::Reason(_) | Word::Vague))
            || token.item == Item::Text
                && word.chars().count() > 1
                && !WAYS.iter().any(|way| word.ends_with(way))
    })
}

/// Disputes, decisions and fees that are named.
fn objects(reader: &Reader<'_>, tokens: &[Token]) -> Vec<Subject> {
    let mut disputes: Vec<Row> = Vec::new();
    let mut subjects = Vec::new();
    for token in tokens {
        match token.word() {
            // 未经复议直接起诉的行政诉讼 is a kind of the other, and so is the order the other way round.
            Some(Word::Dispute(rows)) if disputes.iter().any(|row| rows.contains(row)) => {}
            Some(Word::Dispute(rows)) => disputes.extend(rows),
            Some(Word::Decision(row)) => subjects.push(Subject::Decision(row)),
            Some(Word::Fee) => subjects.push(Subject::Fees),
            Some(Word::Request) if reader.requests => subjects.push(Subject::Received),
            _ => {}
        }
    }
    if !disputes.is_empty() {
        subjects.retain(|subject| *subject != Subject::Received);
        disputes.sort_unstable();
        disputes.dedup();
        subjects.push(Subject::Disputes(disputes.clone(), disputes));
    }
    subjects
}
