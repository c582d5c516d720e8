//! What a key word beside a figure means in its sentence.

use super::claim::Subject;
use super::figure::Figure;
use super::lex::{Item, Token};
use super::lexicon::{NOT_AVAILABLE, NOT_PROCESSED, SUITS, Word};
use super::reader::Reader;
use crate::form::terms::{Column, Row};

/// The applicants that are named, taken together; nothing if these are all there are: 公民和法人 name everybody.
pub(super) fn applicants<'t>(tokens: impl IntoIterator<Item = &'t Token>) -> Option<Vec<Column>> {
    let mut columns: Vec<Column> = Vec::new();
    for token in tokens {
        match token.word() {
            Some(Word::Everybody) => return None,
            Some(Word::Applicant(named)) => columns.extend(named),
            _ => {}
        }
    }
    columns.sort_unstable();
    columns.dedup();
    let is_everybody = columns.len() > 1 && columns.contains(&Column::NaturalPerson);
    (!columns.is_empty() && !is_everybody).then_some(columns)
}

/// 收到, 办结 and their like, without a noun.
pub(super) const fn dealt_with(word: Word) -> Option<Subject> {
    match word {
        Word::CarriedIn => Some(Subject::CarriedIn),
        Word::CarriedOut => Some(Subject::CarriedOut),
        Word::Receive { new: true } => Some(Subject::NewlyReceived),
        Word::Receive { new: false } => Some(Subject::Received),
        Word::Conclude => Some(Subject::Concluded),
        Word::Handle => Some(Subject::Handled),
        Word::InHand => Some(Subject::InHand),
        _ => None,
    }
}

/// 申请17件, with what was done to them before.
pub(super) fn requested(
    reader: &mut Reader<'_>,
    tokens: &[Token],
    left: &[&Token],
    noun: Word,
) -> Option<Subject> {
    let before = &left[..left.len() - 1];
    let words = || before.iter().rev().filter_map(|token| token.word());
    if noun == Word::Apply {
        // 登记申请, 法律援助申请: requests of another kind.
        let is_of_a_kind = |token: &&&Token| ["类", "等", "各"].contains(&&reader.text[token.range.clone()]);
        let beside = before.iter().rev().find(|token| !is_of_a_kind(token));
        let is_other = beside.is_some_and(|token| {
            let is_way = ["转来", "转交", "转办", "转送", "渠道", "模块"]
                .iter()
                .any(|way| reader.text[token.range.clone()].ends_with(way));
            !is_way && (token.item == Item::Text || token.word() == Some(Word::Plain))
        });
        let is_foreign = before
            .last()
            .is_some_and(|token| matches!(token.word(), Some(Word::Foreign | Word::Decision(_))));
        if is_other || is_foreign {
            reader.sentence.is_foreign = true;
        }
        if reader.sentence.is_foreign || (!reader.requests && words().next().is_none()) {
            return None;
        }
    }
    if reader.sentence.is_foreign && noun != Word::Request {
        return None;
    }
    // 收到居民政府信息公开申请3件 are all that came in.
    let is_everybody = |token: &&&Token| {
        reader.text[token.range.clone()].ends_with("居民")
            && words().any(|word| matches!(word, Word::Receive { .. }))
    };
    if let Some(columns) = applicants(before.iter().filter(|token| !is_everybody(token)).copied()) {
        let is_believed = noun != Word::Apply || reader.speaks_of_requests(tokens);
        return is_believed.then_some(Subject::Applicants(columns));
    }
    for word in words() {
        match word {
            Word::Outcome(rows) => return Some(Subject::Outcome(rows.to_vec(), None)),
            Word::Reason(row) => return Some(Subject::Outcome(vec![row], None)),
            Word::Vague | Word::Other => return None,
            // 登记政府信息公开申请 is receiving them.
            Word::Foreign if noun == Word::Request => return Some(Subject::Received),
            Word::Foreign => return None,
            _ => {}
        }
        if let Some(subject) = dealt_with(word) {
            reader.requests = true;
            return Some(subject);
        }
    }
    reader.requests = true;
    (noun != Word::Apply || before.iter().any(|token| token.word() == Some(Word::Filler)))
        .then_some(Subject::Received)
}

/// 结转, by the years that are named beside it.
pub(super) fn carried(reader: &Reader<'_>, left: &[&Token], right: &[Token]) -> Subject {
    let year = reader.about.year;
    let tokens = || left.iter().copied().chain(right);
    let is_out = |token: &Token| {
        matches!(token.item, Item::Year(y) if y > year) || token.word() == Some(Word::NextYear)
    };
    let is_in = |token: &Token| {
        matches!(token.item, Item::Year(y) if y < year) || token.word() == Some(Word::LastYear)
    };
    let (is_out, is_in) = (tokens().any(is_out), tokens().any(is_in));
    if is_out && !reader.sentence.disputes.is_empty() && !reader.requests_are_the_topic() {
        let (all, last) = reader.disputed();
        return Subject::Verdict(all, last, vec![Column::Pending]);
    }
    match (is_out, is_in) {
        (true, _) => Subject::CarriedOut,
        (_, true) => Subject::CarriedIn,
        _ => Subject::Carried,
    }
}

/// An outcome by its name, by its reason, or several together.
pub(super) fn outcome(
    reader: &Reader<'_>,
    tokens: &[Token],
    left: &[&Token],
    key: &Token,
) -> Option<Subject> {
    let mut reasons: Vec<Row> = Vec::new();
    let mut named: Vec<&'static [Row]> = Vec::new();
    for token in left {
        match token.word() {
            Some(Word::Reason(row)) if reasons.contains(&row) => {}
            Some(Word::Reason(row)) => reasons.push(row),
            Some(Word::Outcome(rows)) => named.push(rows),
            Some(Word::Vague) => return None,
            _ => {}
        }
    }
    if reader.sentence.is_foreign {
        return None;
    }
    let spelled = &reader.text[key.range.clone()];
    let is_general = ["公开", "不公开", "不予公开", "全部公开", "依法公开", "同意公开"].contains(&spelled)
        && reasons.is_empty();
    let said = reader.said().iter().any(|claim| claim.subject.is_of_requests());
    let is_believed = match spelled {
        "公开" | "不公开" | "全部公开" | "依法公开" => said,
        _ => reader.speaks_of_requests(tokens) || (!is_general && reader.requests),
    };
    let group = named.last().copied();
    match (reasons.as_slice(), group) {
        // 因本机关不掌握等原因无法提供 is the whole group.
        ([_], Some(group)) if says_and_so_on(reader, left) => Some(Subject::Outcome(group.to_vec(), None)),
        ([row], Some(group)) if group == NOT_AVAILABLE || group == NOT_PROCESSED => {
            Some(Subject::Outcome(vec![*row], Some(group)))
        }
        ([row], _) => Some(Subject::Outcome(vec![*row], None)),
        ([_, ..], Some(group)) => Some(Subject::Outcome(group.to_vec(), None)),
        ([], Some(rows)) if is_believed => {
            let joined: Vec<Row> = named.iter().flat_map(|rows| rows.iter().copied()).collect();
            let is_loose = rows == [Row::Granted] && spelled != "予以公开" && named.len() == 1;
            Some(Subject::Outcome(joined, is_loose.then_some(GRANTED_AT_ALL)))
        }
        _ => None,
    }
}

/// Whether 等 stands behind a reason: it is one of several.
fn says_and_so_on(reader: &Reader<'_>, left: &[&Token]) -> bool {
    let last = left.iter().rposition(|token| matches!(token.word(), Some(Word::Reason(_))));
    let behind = last.and_then(|last| left.get(last + 1));
    behind.is_some_and(|token| reader.text[token.range.clone()].starts_with('等'))
}

/// 公开 may be meant of both kinds.
const GRANTED_AT_ALL: &[Row] = &[Row::Granted, Row::GrantedInPart];

/// 行政复议3件; where that claims nothing, the results behind it do not either.
pub(super) fn disputed(
    reader: &mut Reader<'_>,
    tokens: &[Token],
    left: &[&Token],
    rows: &[Row],
    figure: &Figure,
) -> Option<Subject> {
    let subject = disputes(reader, tokens, left, rows, figure);
    if subject.is_none() && !left.iter().any(|token| token.word() == Some(Word::Decide)) {
        reader.sentence.disputes.clear();
    }
    subject
}

/// 政府信息公开类3件, of the disputes named last.
pub(super) fn disputes_named_before(reader: &mut Reader<'_>) -> Option<Subject> {
    if reader.sentence.last_dispute.is_empty() || reader.sentence.is_foreign {
        return None;
    }
    if reader.sentence.disputes.is_empty() {
        reader.sentence.disputes = reader.sentence.last_dispute.clone();
    }
    let (all, last) = reader.disputed();
    Some(Subject::Disputes(all, last))
}

fn disputes(
    reader: &mut Reader<'_>,
    tokens: &[Token],
    left: &[&Token],
    rows: &[Row],
    figure: &Figure,
) -> Option<Subject> {
    let says = |word: Word| left.iter().any(|token| token.word() == Some(word));
    // 受理, 办理 and 审结 are said by the organ that decides, not by the one complained of.
    let words = left.first().map_or("", |first| &reader.text[first.range.start..figure.number.start]);
    let decides =
        ["受理", "办理", "审理", "审结"].iter().any(|word| words.contains(word)) && !says(Word::Accused);
    reader.sentence.is_foreign |= decides && !figure.value.is_zero();
    let is_told_apart = tokens.iter().any(|token| token.word() == Some(Word::Disclosure));
    let is_about_us = reader.sentence.has_disclosure || (reader.requests && !is_told_apart);
    let is_believed = figure.value.is_zero() || (is_about_us && !decides);
    if reader.sentence.is_foreign || says(Word::Decide) || !is_believed {
        return None;
    }
    reader.sentence.has_disclosure |= is_believed && !figure.value.is_zero();
    let mut all: Vec<Row> = left
        .iter()
        .filter_map(|token| match token.word() {
            Some(Word::Dispute(rows)) => Some(rows),
            _ => None,
        })
        .flatten()
        .copied()
        .collect();
    if rows == [Row::SuitAfterReconsideration] && all.len() > 2 {
        return Some(Subject::Disputes(rows.to_vec(), SUITS.to_vec()));
    }
    all.sort_unstable();
    all.dedup();
    // 行政复议、行政诉讼共9件 are both together; 未经复议直接起诉的行政诉讼 is a kind of the other.
    let behind = left.last().map_or("", |key| &reader.text[key.range.end..figure.number.start]);
    let is_sum = ["共", "计"].iter().any(|sum| behind.contains(sum)) && all.contains(&Row::Reconsideration);
    let last = rows.to_vec();
    Some(Subject::Disputes(if is_sum { all } else { last.clone() }, last))
}

/// 维持2件.
pub(super) fn verdict(reader: &Reader<'_>, columns: &[Column]) -> Option<Subject> {
    let sentence = &reader.sentence;
    if sentence.disputes.is_empty() || !sentence.has_disclosure || sentence.is_foreign {
        return None;
    }
    let (all, last) = reader.disputed();
    Some(Subject::Verdict(all, last, columns.to_vec()))
}

/// What was done to the texts that are named.
pub(super) fn deed(left: &[&Token]) -> Option<Column> {
    left.iter().rev().find_map(|token| match token.word() {
        Some(Word::Deed(column)) => Some(column),
        _ => None,
    })
}

/// 废止2件, of the texts named before.
pub(super) fn written(reader: &Reader<'_>, left: &[&Token], column: Column) -> Option<Subject> {
    // 印发, 发布, 公布 are said of anything; what was named in another sentence does not count.
    let key = left.last().map_or("", |token| &reader.text[token.range.clone()]);
    let is_loose = !key.contains("制") && !key.contains("废") && !key.contains("有效");
    let named = left.iter().rev().find_map(|token| match token.word() {
        Some(Word::Text(row)) => Some(row),
        _ => None,
    });
    let row = named.or(reader.sentence.text).or(reader.text_before.filter(|_| !is_loose))?;
    let is_part = column == Column::InForce && reader.sentence.is_clean_up;
    (!is_part && !reader.sentence.is_foreign).then_some(Subject::Text(row, column))
}

/// Whether other words than verbs qualify what stands at `key`: 食品类行政处罚, 涉企行政事业性收费 are parts of it.
pub(super) fn is_qualified(text: &str, left: &[&Token], key: usize) -> bool {
    const VERBS: [&str; 14] = [
        "完成",
        "查处",
        "收取",
        "征收",
        "收缴",
        "取得",
        "缴纳",
        "入库",
        "依法",
        "开展",
        "执行",
        "均",
        "本地区",
        "实现",
    ];
    let Some(before) = key.checked_sub(1).and_then(|before| left.get(before)) else { return false };
    let word = &text[before.range.clone()];
    word == "类" || before.item == Item::Text && !VERBS.iter().any(|verb| word.ends_with(verb))
}

/// 作出24件, of the decisions named before or after.
pub(super) fn decided(reader: &Reader<'_>, left: &[&Token], right: &[Token]) -> Option<Subject> {
    let in_left = left.iter().rev().find_map(|token| match token.word() {
        Some(Word::Decision(row)) => Some(row),
        _ => None,
    });
    let in_right = || match right.first()?.word() {
        Some(Word::Decision(row)) => Some(row),
        _ => None,
    };
    let before = || reader.sentence.decision.filter(|_| reader.sentence.is_among);
    let row = in_left.or_else(in_right).or_else(before)?;
    (!reader.sentence.is_foreign).then_some(Subject::Decision(row))
}
