//! A08, error localization: the smallest set of cells whose change closes every sum (Fellegi and Holt 1976).
//!
//! Table 3 is one system of sums; each block of table 4 is one by itself. `search` finds every smallest set,
//! `slip` says which is likeliest and what kind of slip it looks like.

mod search;
mod slip;

/// How a finding of A08 begins to say that the prose is against it.
pub const DENIED: &str = "但正文写的";

use super::{Basis, Facts, Fix, Review, Rule, Severity};
use crate::form::terms::{Row, Section};
use crate::form::{Cell, Equation};
use crate::number::Decimal;
use crate::report::{Place, Report, Value};

/// The rules of this file.
pub(super) static RULES: &[&Rule] = &[&A08];

pub(super) static A08: Rule = Rule {
    id: "A08",
    name: "suspected-slip",
    severity: Severity::Info,
    basis: Basis::Form,
    title: "指出最可能填错的格和应填的数",
    explanation: "合计不平时，逐一试遍“最少改几格就能让所有合计同时成立”，给出应改的格、应填的数，以及像哪一种笔误：\
                  两位数字颠倒、多打或漏打一位、填到了旁边的格、一个数拆成了两格。有几种同样少的改法时全部列出，最像的在前。\
                  这是推断，改之前请核对台账。",
    wrong: &[&[("requests/granted/business", "8")], &[("disputes/reconsideration/total", "7")]],
    right: &[&[], &[("requests/granted/business", "")]],
    unknown: &[],
    run: suspected_slip,
};

/// One system of sums that is searched as a whole, and the smallest corrections that close it, likeliest first.
#[derive(Debug)]
pub struct Localization {
    /// The equations of the system, as indexes into the form's.
    pub equations: &'static [usize],
    /// Every smallest correction; empty where all sums close or too many cells would have to change.
    pub corrections: Vec<Correction>,
    /// Whether some sum does not close.
    pub is_broken: bool,
    /// The words of the prose that agree with the cells as they are, and would not after the likeliest correction.
    pub denied_by: Option<String>,
}

/// A set of cells whose change closes every sum.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Correction {
    /// The cells, as indexes into the form's, with the values that they should have; in the order of the form.
    pub changes: Vec<(usize, i64)>,
    /// The kind of slip that it looks like, in the clerk's words.
    pub slip: &'static str,
}

/// Localizes the errors of table 3 and of each block of table 4, in the order of the form.
pub fn localize(facts: &Facts<'_>) -> Vec<Localization> {
    facts.form.systems().iter().map(|equations| localize_one(facts, equations)).collect()
}

fn localize_one(facts: &Facts<'_>, equations: &'static [usize]) -> Localization {
    let is_open =
        |e: &usize| facts.sides(&facts.form.equations()[*e]).is_some_and(|(left, right)| left != right);
    if !equations.iter().any(is_open) {
        return Localization { equations, corrections: Vec::new(), is_broken: false, denied_by: None };
    }
    // A total that is computed follows its cells, and is never a slip of its own.
    let is_possible = |changes: &Vec<(usize, i64)>| {
        !facts.report.computes_totals() || changes.iter().all(|(cell, _)| !facts.form.cells()[*cell].is_total)
    };
    let mut ranked: Vec<(u32, Correction)> = search::smallest(facts.form, &facts.counts, equations)
        .into_iter()
        .filter(is_possible)
        .map(|changes| {
            let (cost, slip) = slip::likeliest(facts.form, &facts.counts, &changes);
            (cost, Correction { changes, slip })
        })
        .collect();
    let told = told(facts);
    // What last year's report or the prose confirms is changed last; of slips that are as likely a total comes first, which
    // is worked out where the others are copied.
    ranked.sort_by_cached_key(|(cost, correction)| {
        let is_confirmed = correction.changes.iter().any(|(cell, _)| is_confirmed(facts, *cell));
        let is_copied = correction.changes.iter().any(|(cell, _)| !facts.form.cells()[*cell].is_total);
        (is_confirmed, denied_by(&told, facts, correction).is_some(), *cost, is_copied)
    });
    let corrections: Vec<Correction> = ranked.into_iter().map(|(_, correction)| correction).collect();
    let denied_by = corrections.first().and_then(|likeliest| denied_by(&told, facts, likeliest));
    Localization { equations, denied_by: denied_by.map(str::to_owned), corrections, is_broken: true }
}

/// Whether a cell says how many were carried in, and last year's report says so too.
fn is_confirmed(facts: &Facts<'_>, cell: usize) -> bool {
    let Cell { row, column } = facts.form.cells()[cell].cell;
    let carried_out =
        |last: &Report| last.number(Cell { row: Row::CarriedOut, column }).and_then(Decimal::as_count);
    row == Row::CarriedIn && facts.previous.is_some_and(|last| carried_out(last) == facts.counts[cell])
}

/// A number of the prose that agrees with the cells as they are.
struct Told<'a> {
    words: &'a str,
    number: i64,
    /// The sums of cells that it may be, each with what they add up to now.
    readings: Vec<(i64, Vec<Cell>)>,
}

/// What the prose tells of the cells as they are.
fn told<'a>(facts: &'a Facts<'_>) -> Vec<Told<'a>> {
    let claims = facts.claims().iter().filter(|(_, claim)| claim.is_ours() && claim.number.is_some());
    let told = claims.filter_map(|(section, claim)| {
        let number = claim.value.as_count()?;
        let readings = claim.subject.readings(facts.form).into_iter();
        let readings: Vec<(i64, Vec<Cell>)> =
            readings.filter_map(|cells| Some((facts.added(&cells)?.as_count()?, cells))).collect();
        let words = &facts.report.text(*section)[claim.range.clone()];
        readings.iter().any(|(now, _)| *now == number).then_some(Told { words, number, readings })
    });
    told.collect()
}

/// The words of the prose that a correction would make untrue.
fn denied_by<'a>(told: &[Told<'a>], facts: &Facts<'_>, correction: &Correction) -> Option<&'a str> {
    let change = |cell: &Cell| {
        let index = facts.form.index(*cell);
        let changed = correction.changes.iter().find(|(changed, _)| Some(*changed) == index);
        changed.map_or(0, |(cell, value)| value - facts.counts[*cell].unwrap_or_default())
    };
    let agrees = |told: &Told<'_>| {
        told.readings.iter().any(|(now, cells)| now + cells.iter().map(change).sum::<i64>() == told.number)
    };
    told.iter().find(|told| !agrees(told)).map(|told| told.words)
}

impl Correction {
    /// The correction as a fix.
    pub fn fix(&self, facts: &Facts<'_>) -> Fix {
        let change = |&(cell, value): &(usize, i64)| {
            let before = facts.counts[cell].unwrap_or_default();
            format!("{} 由 {before} 改为 {value}", facts.place(cell).label(facts.form))
        };
        let changes: Vec<String> = self.changes.iter().map(change).collect();
        Fix {
            title: format!("{}（{}）", changes.join("；"), self.slip),
            set: self.changes.iter().map(|&(c, value)| (facts.place(c), Some(Value::count(value)))).collect(),
        }
    }
}

fn suspected_slip(facts: &Facts<'_>, review: &mut Review) {
    for system in facts.localizations() {
        match &system.corrections[..] {
            [] if system.is_broken && facts.report.computes_totals() => review.cannot_tell(&A08, || {
                "合计是自动计算的，单凭合计推不出是哪一格填错；请按不平的那一列逐格核对".to_owned()
            }),
            [] if system.is_broken => review.cannot_tell(&A08, || {
                format!(
                    "要改 {} 格以上才能让合计全部成立，无法推断是哪一格；请先按 A01 至 A03 逐行逐列核对",
                    search::MOST
                )
            }),
            [] => {}
            [first, others @ ..] => {
                let mut places: Vec<Place> = Vec::new();
                for &(cell, _) in system.corrections.iter().flat_map(|correction| &correction.changes) {
                    if !places.contains(&facts.place(cell)) {
                        places.push(facts.place(cell));
                    }
                }
                let message =
                    said(facts, first, others.len(), places[0].section(), system.denied_by.as_deref());
                review.find(&A08, message, places).fixes =
                    system.corrections.iter().map(|correction| correction.fix(facts)).collect();
            }
        }
    }
}

fn said(
    facts: &Facts<'_>,
    first: &Correction,
    others: usize,
    section: Option<Section>,
    denied_by: Option<&str>,
) -> String {
    let should = |&(cell, value): &(usize, i64)| {
        let now = facts.counts[cell].unwrap_or_default();
        let label = facts.place(cell).label(facts.form);
        match others {
            0 => format!("{label} 应为 {value}（现为 {now}）"),
            _ => format!("{label} 可能应为 {value}（现为 {now}）"),
        }
    };
    let cells: Vec<String> = first.changes.iter().map(should).collect();
    let rest = match (others, section) {
        (0, _) => "改动最少、能让全部合计成立的只有这一种改法，请核对台账后采用。".to_owned(),
        (n, Some(Section::Disputes)) => {
            format!("本组只有一个合计，单凭合计分不清是哪一格，另有 {n} 种改法一并列出，请查台账。")
        }
        (n, _) => format!("同样少的改法另有 {n} 种，一并列出，请查台账。"),
    };
    let but =
        denied_by.map_or_else(String::new, |words| format!("{DENIED}“{words}”与此不符，请先核对正文。"));
    format!("{}，像是{}。{rest}{but}", cells.join("；"), first.slip)
}

impl Facts<'_> {
    /// The localizations of the report, worked out once.
    pub fn localizations(&self) -> &[Localization] {
        self.localized.get_or_init(|| localize(self))
    }

    /// The corrections that change a cell of `equation`, as fixes.
    pub(super) fn corrections_touching(&self, equation: &Equation) -> Vec<Fix> {
        let touches =
            |c: &&Correction| c.changes.iter().any(|(cell, _)| equation.cells().any(|e| e == *cell));
        let all = self.localizations().iter().flat_map(|system| &system.corrections);
        all.filter(touches).map(|correction| correction.fix(self)).collect()
    }
}

#[cfg(test)]
mod tests;
