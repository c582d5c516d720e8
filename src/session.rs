//! An open report: its value, its history, its findings. The only owner of a report that changes.
//!
//! Every change gives a [`Record`]; the records of a session, replayed, give the same report and the same history. The
//! session writes nothing: the store does.

mod zero;

use serde::{Deserialize, Serialize};

use crate::check::{self, Background, Finding, Review};
use crate::number::Decimal;
use crate::report::edit::Edit;
use crate::report::{Place, Report, Value};

pub use zero::ZeroReport;

/// One step of a session, as the journal keeps it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "lowercase", deny_unknown_fields)]
pub enum Record {
    /// An edit was applied; everything that was undone before is gone.
    Edit {
        /// What it was, in the clerk's words.
        label: String,
        /// The edit, automatic totals included.
        edit: Edit,
    },
    /// The last edit goes on: this one and it are one step.
    Amend {
        /// What is added to it.
        edit: Edit,
    },
    /// The last edit that stood was taken back.
    Undo,
    /// The last edit taken back was applied again.
    Redo,
}

/// An edit that was applied, with its way back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// What it was, in the clerk's words.
    pub label: String,
    /// The edit.
    pub edit: Edit,
    /// The edit that takes it back.
    pub inverse: Edit,
}

/// An open report.
#[derive(Clone, Debug)]
pub struct Session {
    report: Report,
    steps: Vec<Step>,
    /// How many records had been given when each of them was last changed, as far as that is known; else long ago.
    changed: Vec<u64>,
    /// How many of the steps stand; the rest were undone.
    standing: usize,
    /// The label of the step that went on until it changed nothing, where nothing has happened since.
    dropped: Option<String>,
    /// How many records it has given.
    given: u64,
    background: Background,
    review: Review,
    /// What the checks said before the last change, and the places that it touched.
    before: (Review, Vec<Place>),
}

impl Session {
    /// Opens a report without a history.
    pub fn new(report: Report) -> Self {
        Self::replay(report, [])
    }

    /// Opens a report as it was after `records`.
    pub fn replay(report: Report, records: impl IntoIterator<Item = Record>) -> Self {
        let mut session = Self::unchecked(report);
        for record in records {
            session.step(record);
        }
        session.review = check::check(&session.report);
        session
    }

    fn unchecked(report: Report) -> Self {
        let (background, review) = (Background::default(), Review::default());
        let before = (Review::default(), Vec::new());
        Self {
            report,
            steps: Vec::new(),
            changed: Vec::new(),
            standing: 0,
            dropped: None,
            given: 0,
            background,
            review,
            before,
        }
    }

    /// Goes through the reports that `records` lead to from `report`, one after the other; `each` is given every record, the
    /// label of the step that it is about, and the report after it.
    pub fn retrace(
        report: Report,
        records: impl IntoIterator<Item = Record>,
        mut each: impl FnMut(&Record, &str, &Report),
    ) {
        let mut session = Self::unchecked(report);
        for record in records {
            let step = match &record {
                Record::Edit { .. } => None,
                Record::Amend { .. } | Record::Undo => session.last_step(),
                Record::Redo => session.next_step(),
            };
            let label = match &record {
                Record::Edit { label, .. } => label.clone(),
                _ => step.map_or_else(String::new, |step| step.label.clone()),
            };
            session.step(record.clone());
            each(&record, &label, &session.report);
        }
    }

    /// Checks the report against a background from now on.
    pub fn set_background(&mut self, background: Background) {
        self.background = background;
        self.review = check::check_before(&self.report, &self.background);
    }

    /// What the report is checked against.
    pub const fn background(&self) -> &Background {
        &self.background
    }

    /// The report as it stands.
    pub const fn report(&self) -> &Report {
        &self.report
    }

    /// What the checks say of it as it stands.
    pub const fn review(&self) -> &Review {
        &self.review
    }

    /// The findings that the last change has caused.
    pub fn caused(&self) -> Vec<&Finding> {
        self.review.caused_since(&self.before.0, &self.before.1)
    }

    /// The steps that stand, oldest first.
    pub fn history(&self) -> &[Step] {
        &self.steps[..self.standing]
    }

    /// Applies an edit, with the totals that follow from it where they are computed. `None` if it changes nothing.
    pub fn apply(&mut self, label: &str, edit: Edit) -> Option<Record> {
        let edit = self.with_totals(edit.as_it_stands());
        let record = Record::Edit { label: label.to_owned(), edit };
        self.perform(record)
    }

    /// Adds an edit to the last step that stands, so that both are undone as one; if they take each other back, there is no
    /// step, and what is added next begins it anew. `None` if it changes nothing, or there is no such step.
    pub fn amend(&mut self, edit: Edit) -> Option<Record> {
        if let Some(label) = self.dropped.clone() {
            return self.apply(&label, edit);
        }
        let edit = self.with_totals(edit.as_it_stands());
        self.perform(Record::Amend { edit })
    }

    /// Takes back the last edit that stands; `None` if there is none.
    pub fn undo(&mut self) -> Option<Record> {
        self.perform(Record::Undo)
    }

    /// Applies the last edit taken back again; `None` if there is none.
    pub fn redo(&mut self) -> Option<Record> {
        self.perform(Record::Redo)
    }

    /// The step that [`Session::undo`] would take back.
    pub fn last_step(&self) -> Option<&Step> {
        self.history().last()
    }

    /// The step that [`Session::redo`] would apply.
    pub fn next_step(&self) -> Option<&Step> {
        self.steps.get(self.standing)
    }

    /// How many records it has given since it was opened.
    pub const fn given(&self) -> u64 {
        self.given
    }

    /// How many of the last of [`Session::records`] came about after the first `given` ones were given. Where since then
    /// steps were only undone or applied again it is one: what lies between was there before.
    pub fn fresh_records(&self, given: u64) -> u64 {
        let undone = self.steps.len() - self.standing;
        match self.changed.iter().filter(|changed| **changed > given).count() {
            0 => u64::from(self.given > given),
            changed => (changed + undone) as u64,
        }
    }

    /// The report as it was before the first step, and the records that lead from it to here, undone steps included.
    pub fn records(&self) -> (Report, Vec<Record>) {
        let mut base = self.report.clone();
        for step in self.history().iter().rev() {
            base.apply(step.inverse.clone());
        }
        let edits = self.steps.iter().map(|s| Record::Edit { label: s.label.clone(), edit: s.edit.clone() });
        let undone = self.steps.len() - self.standing;
        (base, edits.chain(std::iter::repeat_n(Record::Undo, undone)).collect())
    }

    /// Forgets the oldest steps, so that at most `most` can be undone. The report stays as it is.
    pub fn forget_before(&mut self, most: usize) {
        let forgotten = self.standing.saturating_sub(most);
        self.steps.drain(..forgotten);
        self.changed.drain(..forgotten.min(self.changed.len()));
        self.standing -= forgotten;
    }

    fn perform(&mut self, record: Record) -> Option<Record> {
        let step = match record {
            Record::Edit { .. } | Record::Amend { .. } => None,
            Record::Undo => self.last_step().cloned(),
            Record::Redo => self.next_step().cloned(),
        };
        let changed = self.step(record.clone());
        if changed {
            let step = step.as_ref().or(self.last_step());
            let touched = step.map(|step| step.inverse.values.keys().copied().collect()).unwrap_or_default();
            let review = check::check_before(&self.report, &self.background);
            let before = std::mem::replace(&mut self.review, review);
            // What a step has caused, it has caused since it began.
            match record {
                Record::Amend { .. } => self.before.1 = touched,
                _ => self.before = (before, touched),
            }
            self.given += 1;
            self.changed.resize(self.steps.len(), 0);
            let is_of_a_step = matches!(record, Record::Edit { .. } | Record::Amend { .. });
            if let Some(changed) = self.changed[..self.standing].last_mut()
                && is_of_a_step
                && self.dropped.is_none()
            {
                *changed = self.given;
            }
        }
        changed.then_some(record)
    }

    /// Does what a record says; `false` if that changes nothing.
    fn step(&mut self, record: Record) -> bool {
        match record {
            Record::Edit { label, edit } => {
                let inverse = self.report.apply(edit.clone());
                if inverse.is_empty() {
                    return false;
                }
                self.steps.truncate(self.standing);
                self.steps.push(Step { label, edit, inverse });
                self.standing += 1;
                self.dropped = None;
                true
            }
            Record::Amend { edit } => {
                let Some(last) = self.standing.checked_sub(1) else { return false };
                let inverse = self.report.apply(edit.clone());
                if inverse.is_empty() {
                    return false;
                }
                self.steps.truncate(self.standing);
                let step = &mut self.steps[last];
                step.inverse = inverse.then(std::mem::take(&mut step.inverse));
                // Merely put together, the edits would keep a notice that the first one brings and the second lets lapse.
                let again = self.report.apply(step.inverse.clone());
                step.edit = again.clone();
                if again.is_empty() {
                    self.dropped = self.steps.pop().map(|step| step.label);
                    self.standing = last;
                }
                self.report.apply(again);
                true
            }
            Record::Undo => {
                let Some(step) = self.standing.checked_sub(1).map(|last| &self.steps[last]) else {
                    return false;
                };
                self.report.apply(step.inverse.clone());
                self.standing -= 1;
                self.dropped = None;
                true
            }
            Record::Redo => {
                let Some(step) = self.steps.get(self.standing) else { return false };
                self.report.apply(step.edit.clone());
                self.standing += 1;
                self.dropped = None;
                true
            }
        }
    }

    /// Adds to an edit the totals that follow from it, if the report computes them once the edit is applied.
    ///
    /// A total is the sum of the numbers that are there; it stays blank while none is, or where no cell can hold it.
    fn with_totals(&self, edit: Edit) -> Edit {
        let mut after = self.report.clone();
        after.apply(edit.clone());
        if !after.computes_totals() {
            return edit;
        }
        let sums = sums(&after, |parts| parts.flatten().reduce(|sum, part| sum + part));
        let changed = sums.into_iter().filter(|(place, sum)| after.get(*place) != sum.as_ref());
        edit.then(Edit { values: changed.collect(), ..Edit::default() })
    }
}

/// What stands in the totals of a report if each is what `add` makes of the counts in its cells; nothing where no cell can
/// hold it.
fn sums(
    report: &Report,
    add: impl Fn(&mut dyn Iterator<Item = Option<i64>>) -> Option<i64>,
) -> Vec<(Place, Option<Value>)> {
    let form = report.form();
    let mut counts = report.counts();
    // A total that others are made of comes before them.
    for equation in form.equations() {
        if let [total] = equation.right[..] {
            counts[total] = add(&mut equation.left.iter().map(|&cell| counts[cell]));
        }
    }
    let held = |sum: i64| Some(Decimal::whole(sum)).filter(|sum| sum.fits_a_cell()).map(Value::Number);
    let totals = form.cells().iter().zip(counts).filter(|(info, _)| info.is_total);
    totals.map(|(info, sum)| (info.cell.into(), sum.and_then(held))).collect()
}

#[cfg(test)]
mod tests;
