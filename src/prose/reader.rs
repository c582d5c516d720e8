//! Reads the claims of one section, sentence by sentence, figure by figure.
//!
//! What a figure speaks of stands to its left, since the last figure or comma (`新收政府信息公开申请17件`), or to its right
//! (`3件补正后仍不明确`). A figure next to words that are not understood claims nothing: a false alarm costs more than a miss.

use super::About;
use super::absence::{self, Seen};
use super::claim::{Claim, Scope, Subject, Time};
use super::figure::{Figure, Measure};
use super::lex::{Item, Mark, Token};
use super::lexicon::{DISPUTES, Word};
use super::{respectively, subject};
use crate::form::terms::Row;

/// What is known on the way through a section.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) about: &'a About,
    /// Whether requests for information were spoken of in this section.
    pub(super) requests: bool,
    /// The kind of text named last, in a sentence before.
    pub(super) text_before: Option<Row>,
    pub(super) claims: Vec<Claim>,
    pub(super) sentence: Sentence,
}

/// What is known on the way through a sentence.
#[derive(Default)]
pub(super) struct Sentence {
    /// The first of [`Reader::claims`] that belongs to the sentence.
    pub(super) first_claim: usize,
    /// The first of them that belongs to the part since the last semicolon.
    first_of_part: usize,
    /// The first token of that part.
    part: usize,
    /// Whether the talk is of other things counted in 件.
    pub(super) is_foreign: bool,
    /// Whether it is of another organ's work.
    is_elsewhere: bool,
    /// Whether it is of a wider circle, or of a government's office alone.
    is_other_circle: bool,
    is_past: bool,
    is_plan: bool,
    /// Whether it is of a part of the year.
    is_part_of_year: bool,
    /// Whether it is of several years together.
    is_span: bool,
    /// Whether the disputes are about disclosure.
    pub(super) has_disclosure: bool,
    /// The disputes that results belong to: all since the last result, and those named last.
    pub(super) disputes: Vec<Row>,
    pub(super) last_dispute: Vec<Row>,
    had_verdict: bool,
    /// The kind of text and of decision named last.
    pub(super) text: Option<Row>,
    pub(super) decision: Option<Row>,
    /// Whether parts of a review of texts are listed.
    pub(super) is_clean_up: bool,
    /// Whether 其中 was said.
    pub(super) is_among: bool,
    /// How many brackets are open.
    brackets: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, about: &'a About) -> Self {
        Self {
            text,
            about,
            requests: false,
            text_before: None,
            claims: Vec::new(),
            sentence: Sentence::default(),
        }
    }

    /// The claims of the sentence so far.
    pub(super) fn said(&self) -> &[Claim] {
        &self.claims[self.sentence.first_claim..]
    }

    /// Reads a sentence.
    pub(super) fn read(&mut self, tokens: &[Token]) {
        let first = self.claims.len();
        self.text_before = self.sentence.text.or(self.text_before);
        // 其中行政复议5件, 复议维持率 go on with what the sentence before was about.
        let goes_on = tokens.iter().find_map(Token::word);
        let goes_on = matches!(goes_on, Some(Word::Among | Word::Dispute(_) | Word::Verdict(_)));
        let has_disclosure = goes_on && self.sentence.has_disclosure;
        self.sentence =
            Sentence { first_claim: first, first_of_part: first, has_disclosure, ..Sentence::default() };
        // Where the clause begins, and what was seen of it.
        let (mut clause, mut seen) = (0, Seen::default());
        for (at, token) in tokens.iter().enumerate() {
            match &token.item {
                Item::Text => {}
                Item::Word(word) => {
                    seen.word(*word, at - clause);
                    self.follow_word(*word, tokens, at);
                    if matches!(word, Word::Respectively) {
                        respectively::read(self, tokens, at);
                    }
                }
                Item::Figure(figure) => {
                    seen.has_figure = true;
                    self.figure(tokens, at, figure);
                }
                Item::Year(year) => self.follow_year(*year, tokens, at),
                Item::Mark(mark) => {
                    if matches!(mark, Mark::Comma | Mark::Semicolon) {
                        absence::read(self, &tokens[clause..at], std::mem::take(&mut seen));
                        clause = at + 1;
                    }
                    self.follow_mark(*mark);
                    if *mark == Mark::Semicolon {
                        self.end_part(tokens, at);
                    }
                }
            }
        }
        absence::read(self, &tokens[clause..], seen);
        self.end_part(tokens, tokens.len());
    }

    /// What a year says of everything that follows it in the sentence.
    fn follow_year(&mut self, year: i64, tokens: &[Token], at: usize) {
        let sentence = &mut self.sentence;
        match year.cmp(&self.about.year) {
            // 公布了2024年度行政执法数据，其中…: a whole year named as such.
            std::cmp::Ordering::Less => {
                let is_named = self.text[tokens[at].range.clone()].ends_with("年度");
                let is_compared = tokens[..at].last().is_some_and(|token| token.word() == Some(Word::Change));
                sentence.is_past |=
                    opens_the_past(tokens, at) || is_named && !is_compared && !speaks_of_carrying(tokens, at);
            }
            std::cmp::Ordering::Equal => {
                (sentence.is_past, sentence.is_plan, sentence.is_part_of_year) = (false, false, false);
            }
            std::cmp::Ordering::Greater => sentence.is_plan |= !speaks_of_carrying(tokens, at),
        }
    }

    /// The same of a mark.
    const fn follow_mark(&mut self, mark: Mark) {
        let sentence = &mut self.sentence;
        match mark {
            Mark::Open => sentence.brackets += 1,
            Mark::Close => sentence.brackets = sentence.brackets.saturating_sub(1),
            Mark::Semicolon => {
                sentence.is_past = false;
                sentence.is_elsewhere = false;
                sentence.is_other_circle = false;
                sentence.is_part_of_year = false;
            }
            Mark::Comma | Mark::Pause | Mark::Colon => {}
        }
    }

    /// The same of a word.
    fn follow_word(&mut self, word: Word, tokens: &[Token], at: usize) {
        let about = self.about;
        let sentence = &mut self.sentence;
        match word {
            Word::Request => {
                (self.requests, sentence.is_foreign) = (true, false);
                sentence.has_disclosure = true;
            }
            Word::OnRequest => {
                self.requests |= !sentence.is_foreign;
                sentence.has_disclosure = true;
            }
            Word::Disclosure | Word::Accused => sentence.has_disclosure = true,
            Word::Foreign => sentence.is_foreign = true,
            Word::Elsewhere => sentence.is_elsewhere = true,
            Word::Own => (sentence.is_elsewhere, sentence.is_other_circle) = (false, false),
            Word::Wide => sentence.is_other_circle = !about.is_government || about.is_office,
            Word::Office if about.is_office => sentence.is_other_circle = false,
            Word::Office if about.is_government => sentence.is_other_circle = true,
            Word::Office | Word::Government if about.is_government => {}
            Word::Office | Word::Government => sentence.is_elsewhere |= acts(self.text, tokens, at),
            Word::LastYear => sentence.is_past |= opens_the_past(tokens, at),
            Word::ThisYear => {
                (sentence.is_past, sentence.is_plan, sentence.is_span) = (false, false, false);
                sentence.is_part_of_year = false;
            }
            Word::PartOfYear => sentence.is_part_of_year = true,
            Word::NextYear => sentence.is_plan |= !speaks_of_carrying(tokens, at),
            Word::Span => (sentence.is_span, sentence.is_past) = (true, false),
            Word::Plan => sentence.is_plan = true,
            Word::Text(row) => (sentence.text, sentence.is_foreign) = (Some(row), false),
            Word::CleanUp => {
                let is_divided = tokens[at..].iter().any(|token| token.word() == Some(Word::Among));
                sentence.is_clean_up |= is_divided || lists_other_parts(self.text, tokens);
            }
            Word::Decision(row) => (sentence.decision, sentence.is_foreign) = (Some(row), false),
            Word::Among => sentence.is_among = true,
            Word::Verdict(_) => sentence.had_verdict = true,
            Word::Dispute(rows) => {
                sentence.is_foreign = false;
                if sentence.had_verdict {
                    sentence.disputes.clear();
                    sentence.had_verdict = false;
                }
                sentence
                    .disputes
                    .extend(rows.iter().filter(|row| !sentence.disputes.contains(row)).collect::<Vec<_>>());
                sentence.disputes.sort_unstable();
                sentence.last_dispute = rows.to_vec();
            }
            _ => {}
        }
    }

    /// Reads a figure.
    fn figure(&mut self, tokens: &[Token], at: usize, figure: &Figure) {
        if !figure.is_exact {
            return;
        }
        let found = subject::of_figure(self, tokens, at, figure);
        let Some(found) = found else { return };
        let range = found.from.min(figure.number.start)..found.to.max(figure.end);
        let value = match figure.measure {
            Measure::Money => figure.value.times_ten_to(-4).map(crate::number::Decimal::trimmed),
            _ => Some(figure.value.trimmed()),
        };
        let Some(value) = value else { return };
        // A review of texts goes back years, and what is in force now is this year's figure all the same.
        let is_of_years = self.sentence.is_span && !matches!(found.subject, Subject::Text(..));
        let is_past = found.is_past || is_of_years;
        let claim = Claim {
            range,
            number: Some(figure.number.clone()),
            is_denial: false,
            value,
            time: if is_past { Time::Past } else { self.time() },
            scope: self.scope(&found.subject),
            subject: found.subject,
        };
        self.add(claim);
    }

    /// Adds a claim, unless it repeats a part of what was said: 制发2件，其中联合制发1件; 制定、修订3件（制定1件）.
    pub(super) fn add(&mut self, claim: Claim) {
        let before = self.said();
        let is_part = (self.sentence.is_among || self.sentence.brackets > 0)
            && claim.number.is_some()
            && before.iter().any(|whole| {
                whole.subject == claim.subject && whole.number.is_some() && whole.scope == claim.scope
            });
        if !is_part {
            self.claims.push(claim);
        }
    }

    pub(super) const fn time(&self) -> Time {
        match &self.sentence {
            Sentence { is_plan: true, .. } => Time::Plan,
            Sentence { is_past: true, .. } => Time::Past,
            Sentence { is_part_of_year: true, .. } => Time::PartOfYear,
            _ => Time::ThisYear,
        }
    }

    /// Whose figure it is. A government's texts are also those of its office.
    pub(super) fn scope(&self, subject: &Subject) -> Scope {
        let sentence = &self.sentence;
        let is_text = self.about.is_government && matches!(subject, Subject::Text(..));
        if sentence.is_elsewhere || (sentence.is_other_circle && !is_text) {
            Scope::Others
        } else {
            Scope::Ours
        }
    }

    /// At the end of a part: what is said to stand outside the report does.
    fn end_part(&mut self, tokens: &[Token], end: usize) {
        let claims = &mut self.claims[self.sentence.first_of_part..];
        let excludes = |token: &Token| token.word() == Some(Word::Excluded);
        if !claims.is_empty() && tokens[self.sentence.part..end].iter().any(excludes) {
            claims.iter_mut().for_each(|claim| claim.scope = Scope::Others);
        }
        (self.sentence.first_of_part, self.sentence.part) = (self.claims.len(), end + 1);
    }

    /// Whether figures of requests may be believed here.
    pub(super) fn speaks_of_requests(&self, tokens: &[Token]) -> bool {
        let speaks = |token: &Token| match token.word() {
            Some(Word::Request | Word::OnRequest | Word::Carry | Word::CarriedIn | Word::CarriedOut) => true,
            // 企业 and 个人 are named in many sentences; who hands something in is an applicant.
            Some(Word::Applicant(_)) => {
                let rest = &self.text[token.range.clone()];
                rest.contains("自然人")
                    || rest.contains("法人")
                    || self.text[token.range.end..].starts_with("提出")
            }
            _ => false,
        };
        let mut outcomes = tokens.iter().filter_map(|token| match token.word() {
            Some(Word::Outcome(rows)) if &self.text[token.range.clone()] != "公开" => Some(rows),
            _ => None,
        });
        let mut has_outcomes = || {
            let first = outcomes.next();
            first.is_some_and(|first| outcomes.any(|rows| rows != first))
        };
        !self.sentence.is_foreign && (self.requests || has_outcomes() || tokens.iter().any(speaks))
    }

    /// Whether the last claim of the sentence was one of requests.
    pub(super) fn requests_are_the_topic(&self) -> bool {
        self.said().last().is_some_and(|claim| claim.subject.is_of_requests())
    }

    /// The disputes that a result belongs to, and those of the kind named last.
    pub(super) fn disputed(&self) -> (Vec<Row>, Vec<Row>) {
        let sentence = &self.sentence;
        if sentence.disputes.is_empty() {
            (DISPUTES.to_vec(), DISPUTES.to_vec())
        } else {
            (sentence.disputes.clone(), sentence.last_dispute.clone())
        }
    }
}

/// The tokens of the clause that `at` stands in.
fn clause(tokens: &[Token], at: usize) -> &[Token] {
    let is_end = |token: &Token| token.is(Mark::Comma) || token.is(Mark::Semicolon);
    let start = tokens[..at].iter().rposition(is_end).map_or(0, |end| end + 1);
    let end = tokens[at..].iter().position(is_end).map_or(tokens.len(), |end| at + end);
    &tokens[start..end]
}

fn speaks_of_carrying(tokens: &[Token], at: usize) -> bool {
    clause(tokens, at).iter().any(|token| token.word() == Some(Word::Carry))
}

/// Whether a year gone by opens its part of the sentence, so that what follows is of that year. 较上年, （上年5件） do not.
fn opens_the_past(tokens: &[Token], at: usize) -> bool {
    let start = tokens[..at].iter().rposition(|token| token.is(Mark::Semicolon)).map_or(0, |end| end + 1);
    let is_first = tokens[start..at].iter().all(|token| {
        matches!(token.item, Item::Text | Item::Mark(Mark::Comma | Mark::Close))
            || matches!(token.word(), Some(Word::Filler | Word::Plain | Word::LastYear | Word::Own))
    });
    is_first && !speaks_of_carrying(tokens, at)
}

/// Whether a government that is named acts here, rather than being obeyed (按照县政府要求) or addressed (向县政府报送).
fn acts(text: &str, tokens: &[Token], at: usize) -> bool {
    let before = &text[..tokens[at].range.start];
    !["按照", "根据", "按", "依据", "落实", "在", "向", "经", "对", "报", "被", "受", "与"]
        .iter()
        .any(|word| before.ends_with(word))
}

/// Whether a sentence on a review of texts lists what was changed: then 继续有效 is one of its parts.
fn lists_other_parts(text: &str, tokens: &[Token]) -> bool {
    tokens.windows(2).any(|pair| {
        let word = &text[pair[0].range.clone()];
        (word.ends_with("修改") || word.ends_with("修订")) && pair[1].item != Item::Text
    })
}
