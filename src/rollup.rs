//! The total of the reports of several units: each cell their sum, with adjustments that have a reason.
//!
//! Every cell is added up by itself, sums of the form too, so that a unit whose own sums do not close is seen in the total.
//! A cell that a unit leaves blank, or where it has text, is no zero: the total is of the others, and says so. Which
//! report is whose is not decided here, but by the [`Roster`].

pub mod adjust;
pub mod compare;

pub use adjust::Adjustment;

use crate::form::terms::Level;
use crate::form::{Cell, Equation, Form};
use crate::number::Decimal;
use crate::report::{Edit, Notice, NoticeKind, Place, Report, Value};
use crate::units::{Filed, Roster, Scope, Units};

/// A report that is added up, with the name of its unit.
#[derive(Clone, Copy, Debug)]
pub struct Part<'r> {
    /// The name of the unit.
    pub unit: &'r str,
    /// Its report.
    pub report: &'r Report,
}

/// What came in for a total: the reports, beside the units that have to report.
#[derive(Clone, Debug)]
pub struct Gathered<'r> {
    /// The units.
    pub units: &'r Units,
    /// Whether they are of a register, so that it can be said who is missing; else they are those that reported.
    pub has_register: bool,
    /// Those whose reports are added up.
    pub scope: &'r Scope,
    /// The reports.
    pub filed: &'r [Filed],
    /// The year that the total is for.
    pub year: i64,
    /// The form of that year.
    pub form: &'static Form,
    /// Which report is whose.
    pub roster: Roster,
}

impl<'r> Gathered<'r> {
    /// Finds the unit of each report.
    pub fn new(
        (units, has_register): (&'r Units, bool),
        scope: &'r Scope,
        (year, form): (i64, &'static Form),
        filed: &'r [Filed],
    ) -> Self {
        let roster = Roster::new(units, scope, year, form, filed);
        Self { units, has_register, scope, filed, year, form, roster }
    }

    /// The full name of a unit.
    pub fn name(&self, unit: usize) -> &'r str {
        &self.units.all()[unit].name
    }

    /// The total of the reports that are added up.
    pub fn total(&self, adjustments: Vec<Adjustment>) -> Total<'r> {
        let part = |(unit, report): (usize, usize)| Part {
            unit: self.name(unit),
            report: &self.filed[report].report,
        };
        Total::new(self.form, self.roster.counted().map(part).collect(), adjustments)
    }
}

/// What a cell of a total holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sum {
    /// Nothing: no unit has a number there, and nothing was adjusted.
    Blank,
    /// A number that a cell can hold.
    Number(Decimal),
    /// More than a cell can hold.
    Overflow,
}

impl Sum {
    /// A number more.
    fn plus(self, number: Decimal) -> Self {
        match self {
            Self::Blank => Self::Number(number),
            Self::Number(sum) => sum.checked_plus(number).map_or(Self::Overflow, Self::Number),
            Self::Overflow => Self::Overflow,
        }
    }

    /// The same as it is filled in.
    fn filled_in(self) -> Self {
        match self {
            Self::Number(sum) if sum.trimmed().fits_a_cell() => Self::Number(sum.trimmed()),
            Self::Number(_) | Self::Overflow => Self::Overflow,
            Self::Blank => Self::Blank,
        }
    }

    /// The number, if it is one.
    pub const fn number(self) -> Option<Decimal> {
        match self {
            Self::Number(number) => Some(number),
            Self::Blank | Self::Overflow => None,
        }
    }
}

/// The total of some reports on one form.
#[derive(Clone, Debug)]
pub struct Total<'r> {
    form: &'static Form,
    parts: Vec<Part<'r>>,
    adjustments: Vec<Adjustment>,
    /// What each cell of the form adds up to.
    sums: Vec<Sum>,
    /// For each cell of the form the parts that have no number there.
    lacking: Vec<Vec<usize>>,
}

impl<'r> Total<'r> {
    /// Adds up reports on `form`, in the order of their units.
    pub fn new(form: &'static Form, parts: Vec<Part<'r>>, adjustments: Vec<Adjustment>) -> Self {
        debug_assert!(
            parts.iter().all(|part| part.report.form().decree.key == form.decree.key),
            "places of two forms do not mean the same"
        );
        let mut sums = vec![Sum::Blank; form.cells().len()];
        let mut lacking = vec![Vec::new(); form.cells().len()];
        // Report by report, not cell by cell: there may be more of them than a processor has at hand at once.
        for (nth, part) in parts.iter().enumerate() {
            for (index, info) in form.cells().iter().enumerate() {
                match part.report.number(info.cell) {
                    Some(number) => sums[index] = sums[index].plus(number),
                    None => lacking[index].push(nth),
                }
            }
        }
        for adjustment in &adjustments {
            if let Some(index) = form.index(adjustment.cell) {
                sums[index] = sums[index].plus(adjustment.amount);
            }
        }
        let sums = sums.into_iter().map(Sum::filled_in).collect();
        Self { form, parts, adjustments, sums, lacking }
    }

    /// The form that it is on.
    pub const fn form(&self) -> &'static Form {
        self.form
    }

    /// The reports that were added up.
    pub fn parts(&self) -> &[Part<'r>] {
        &self.parts
    }

    /// Every cell of the form with its sum.
    pub fn sums(&self) -> impl Iterator<Item = (Cell, Sum)> {
        self.form.cells().iter().map(|info| info.cell).zip(self.sums.iter().copied())
    }

    /// What a cell adds up to; blank if the form has no such cell.
    pub fn sum(&self, cell: Cell) -> Sum {
        self.form.index(cell).map_or(Sum::Blank, |index| self.sums[index])
    }

    /// The units that have a number in a cell, with it, the largest first, however it is signed.
    pub fn contributors(&self, cell: Cell) -> Vec<(&'r str, Decimal)> {
        let number = |part: &Part<'r>| Some((part.unit, part.report.number(cell)?));
        let mut found: Vec<_> = self.parts.iter().filter_map(number).collect();
        let size = |number: Decimal| if number.is_negative() { number.times(-1) } else { number };
        found.sort_by(|(_, one), (_, other)| size(*other).compare(size(*one)));
        found
    }

    /// The units that have no number in a cell of the form, each with the text that stands there instead, if one does.
    pub fn lacking(&self, cell: Cell) -> Vec<(&'r str, Option<&'r str>)> {
        let lacking = self.form.index(cell).map_or(&[][..], |index| &self.lacking[index]);
        let parts = lacking.iter().map(|nth| &self.parts[*nth]);
        parts.map(|part| (part.unit, part.report.get(cell).and_then(Value::text))).collect()
    }

    /// The adjustments of a cell, in the order in which they were made.
    pub fn adjustments_of(&self, cell: Cell) -> impl Iterator<Item = &Adjustment> {
        self.adjustments.iter().filter(move |adjustment| adjustment.cell == cell)
    }

    /// The cells to which some unit gives no number, in the order of the form.
    pub fn incomplete(&self) -> impl Iterator<Item = Cell> {
        let cells = self.form.cells().iter().map(|info| info.cell).zip(&self.lacking);
        cells.filter(|(_, lacking)| !lacking.is_empty()).map(|(cell, _)| cell)
    }

    /// The units of which the report has sums of the form that do not close.
    pub fn unbalanced(&self) -> Vec<&'r str> {
        let is_unbalanced = |part: &&Part<'r>| broken_sums(part.report) > 0;
        self.parts.iter().filter(is_unbalanced).map(|part| part.unit).collect()
    }

    /// The total as a report of `agency`, with a notice on every cell that is incomplete, adjusted or too large.
    pub fn report(&self, agency: &str, level: Option<Level>, year: i64) -> Report {
        let mut report = Report::new(self.form);
        let mut edit = Report::identity(agency, level, year);
        for (cell, sum) in self.sums() {
            edit = edit.then(Edit::set(cell, sum.number().map(Value::Number)));
            edit.notices.extend(self.remark(cell).map(|message| (notice(cell, message), true)));
        }
        report.apply(edit);
        report
    }

    /// What whoever reads a cell of the total should know of it.
    fn remark(&self, cell: Cell) -> Option<String> {
        let mut said = Vec::new();
        if self.sum(cell) == Sum::Overflow {
            said.push("各单位之和超出一格能写的位数，没有填。请核对位数最多的单位".to_owned());
        }
        let lacking = self.lacking(cell);
        if !lacking.is_empty() && !self.parts.is_empty() {
            let units: Vec<&str> = lacking.iter().map(|(unit, _)| *unit).collect();
            said.push(format!("不全：{}没有填数，合计里没有算上", named(&units)));
        }
        for adjustment in self.adjustments_of(cell) {
            said.push(format!("调整 {}：{}", adjustment.signed(), adjustment.reason));
        }
        (!said.is_empty()).then(|| said.join("；") + "。")
    }
}

/// How many sums of the form do not close in a report; those with a cell that is no count are not among them.
pub fn broken_sums(report: &Report) -> usize {
    broken(report).count()
}

/// Whether a cell is in a sum that does not close.
pub fn is_in_a_broken_sum(cell: Cell, report: &Report) -> bool {
    let cells = report.form().cells();
    broken(report).any(|equation| equation.cells().any(|nth| cells[nth].cell == cell))
}

fn broken(report: &Report) -> impl Iterator<Item = &'static Equation> {
    let counts = report.counts();
    let is_broken = |(left, right): (i64, i64)| left != right;
    let equations = report.form().equations().iter();
    equations.filter(move |equation| equation.sides(&counts).is_some_and(is_broken))
}

/// Some names as a sentence gives them: the first of many, and how many there are.
pub fn named(names: &[&str]) -> String {
    const SAID: usize = 5;
    let rest = if names.len() > SAID { format!("等 {} 个单位", names.len()) } else { String::new() };
    names[..names.len().min(SAID)].join("、") + &rest
}

fn notice(cell: Cell, message: String) -> Notice {
    let (quote, at) = (String::new(), String::new());
    Notice { kind: NoticeKind::RolledUp, place: Some(Place::Cell(cell)), quote, at, message }
}
