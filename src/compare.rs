//! Compares two reports: the places at which they differ, their prose sentence by sentence, and what has become of the
//! findings.
//!
//! Two versions of one year's report, two years of one organ, or any two reports; which it is follows from the years.
//! Nothing is changed and nothing taken over: that is what an [`Edit`](crate::report::Edit) is for.

mod align;
mod passages;
mod ratio;
mod words;

use std::collections::{BTreeMap, VecDeque};

pub use passages::{Passage, passages};
pub use ratio::Ratio;
pub use words::{Words, words};

use crate::check::{Finding, Review};
use crate::form::terms::{Field, Section};
use crate::number::Decimal;
use crate::report::{Place, Report, Value};

/// What two reports are to each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Occasion {
    /// Two versions of the report for one year, as after one was returned; also where a year is not known.
    Versions,
    /// The reports for two years.
    Years,
}

/// Two reports side by side.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Comparison {
    /// What they are to each other.
    pub occasion: Occasion,
    /// Where they differ, in the order of the report.
    pub changes: Vec<Change>,
    /// How many cells hold the same in both; blank ones are not counted.
    pub same: usize,
    /// How many cells of the old one and of the new one are filled in and not compared, for the form of the other does
    /// not have them.
    pub left_out: [usize; 2],
    /// What the reader must know before he trusts the comparison, in the clerk's words.
    pub warnings: Vec<String>,
}

/// A place at which two reports differ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// The place, which the forms of both have.
    pub place: Place,
    /// What stands there in the old report.
    pub old: Option<Value>,
    /// What stands there in the new one.
    pub new: Option<Value>,
}

/// What has become of the findings of an old report in a new one.
#[derive(Clone, Debug)]
pub struct FollowUp<'r> {
    /// Those that the new report has no more, in the order of the old one.
    pub gone: Vec<&'r Finding>,
    /// Those that the old report did not have.
    pub new: Vec<&'r Finding>,
    /// Those that both have, if with other numbers: as it was, and as it is.
    pub still: Vec<(&'r Finding, &'r Finding)>,
}

impl Comparison {
    /// Puts two reports side by side.
    pub fn between(old: &Report, new: &Report) -> Self {
        let is_in_both = |place: &Place| place.is_in(old.form()) && place.is_in(new.form());
        let left_out = [old, new].map(|one| one.values().filter(|(place, _)| !is_in_both(place)).count());
        let is_same =
            |(place, value): &(Place, &Value)| place.cell().is_some() && new.get(*place) == Some(*value);
        Self {
            occasion: match (old.year(), new.year()) {
                (Some(then), Some(now)) if then != now => Occasion::Years,
                _ => Occasion::Versions,
            },
            changes: changes(old, new),
            same: old.values().filter(is_same).count(),
            left_out,
            warnings: warnings(old, new, left_out),
        }
    }

    /// Whether nothing differs, and nothing was left out.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.left_out == [0, 0]
    }
}

/// The places at which two reports differ, in the order of the report, as far as the forms of both have them. How totals
/// came about is no difference.
pub fn changes(old: &Report, new: &Report) -> Vec<Change> {
    let cells = |section: Section| {
        let cells = new.form().cells().iter().map(|info| info.cell);
        cells
            .filter(move |cell| cell.section() == section && old.form().index(*cell).is_some())
            .map(Place::from)
    };
    let fields = Field::ALL.iter().filter(|field| **field != Field::Totals).map(|&field| Place::from(field));
    let sections = Section::ALL.iter().flat_map(|&section| {
        let prose = (!section.is_table()).then_some(Place::from(section));
        prose.into_iter().chain(cells(section))
    });
    let differs = |place: &Place| old.get(*place) != new.get(*place);
    let change = |place| Change { place, old: old.get(place).cloned(), new: new.get(place).cloned() };
    fields.chain(sections).filter(differs).map(change).collect()
}

fn warnings(old: &Report, new: &Report, left_out: [usize; 2]) -> Vec<String> {
    let mut warnings = Vec::new();
    match (old.agency(), new.agency()) {
        ("", _) | (_, "") => {
            warnings.push("有报告没有写明机关，看不出是不是同一个机关的。".to_owned());
        }
        (then, now) if !old.may_be_of_one_organ(new) => {
            warnings.push(format!("机关不同：前一份是“{then}”，后一份是“{now}”。请确认没有拿错文件。"));
        }
        _ => {}
    }
    match (old.year(), new.year()) {
        (Some(then), Some(now)) if then > now => warnings
            .push(format!("前一份是 {then} 年的，后一份是 {now} 年的，年份倒了：增减都是从前一份到后一份。")),
        (Some(_), Some(_)) => {}
        _ => warnings.push("有报告没有写明年度，当作同一年度的两稿比较。".to_owned()),
    }
    let (then, now) = (old.form().decree.key, new.form().decree.key);
    if then != now {
        warnings.push(format!(
            "表样不同（{then} 年、{now} 年），只比较两种表样都有的格；前一份另有 {} 格、后一份另有 {} 格填了数，没有比较。",
            left_out[0], left_out[1]
        ));
    }
    warnings
}

impl Change {
    /// By how much the number went up; `None` unless there is a number on both sides.
    pub fn difference(&self) -> Option<Decimal> {
        let (old, new) = self.numbers()?;
        Some(new.plus(old.times(-1)))
    }

    /// How the new number relates to the old one; `None` unless there is a number on both sides.
    pub fn ratio(&self) -> Option<Ratio> {
        let (old, new) = self.numbers()?;
        Some(Ratio::between(old, new))
    }

    /// The prose of a section, side by side.
    pub fn passages(&self) -> Vec<Passage<'_>> {
        let [old, new] =
            [&self.old, &self.new].map(|value| value.as_ref().and_then(Value::text).unwrap_or_default());
        passages(old, new)
    }

    /// The numbers in a cell, on both sides.
    fn numbers(&self) -> Option<(Decimal, Decimal)> {
        self.place.cell()?;
        Some((self.old.as_ref()?.number()?, self.new.as_ref()?.number()?))
    }
}

impl<'r> FollowUp<'r> {
    /// Compares what was found in an old report with what is found in a new one.
    pub fn between(old: &'r Review, new: &'r Review) -> Self {
        let (old, new) = (&old.findings, &new.findings);
        let (mut gone, mut come): (Vec<_>, Vec<_>) = ((0..old.len()).collect(), (0..new.len()).collect());
        // What is said in the same words belongs together before what is said with other numbers.
        let mut still = pair(&mut gone, &mut come, |nth| old[nth].waiver(), |nth| new[nth].waiver());
        still.extend(pair(&mut gone, &mut come, |nth| old[nth].likeness(), |nth| new[nth].likeness()));
        still.sort_unstable_by_key(|&(_, now)| now);
        Self {
            gone: gone.into_iter().map(|nth| &old[nth]).collect(),
            new: come.into_iter().map(|nth| &new[nth]).collect(),
            still: still.into_iter().map(|(then, now)| (&old[then], &new[now])).collect(),
        }
    }

    /// Whether no finding came or went.
    pub const fn is_empty(&self) -> bool {
        self.gone.is_empty() && self.new.is_empty()
    }
}

/// Takes from two lists what has the same key, in the order of both.
fn pair<K: Ord>(
    old: &mut Vec<usize>,
    new: &mut Vec<usize>,
    old_key: impl Fn(usize) -> K,
    new_key: impl Fn(usize) -> K,
) -> Vec<(usize, usize)> {
    let mut waiting: BTreeMap<K, VecDeque<usize>> = BTreeMap::new();
    for nth in old.drain(..) {
        waiting.entry(old_key(nth)).or_default().push_back(nth);
    }
    let mut pairs = Vec::new();
    new.retain(|&nth| match waiting.get_mut(&new_key(nth)).and_then(VecDeque::pop_front) {
        Some(then) => {
            pairs.push((then, nth));
            false
        }
        None => true,
    });
    old.extend(waiting.into_values().flatten());
    old.sort_unstable();
    pairs
}

#[cfg(test)]
mod tests;
