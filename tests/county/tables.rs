//! The three tables of an office, year after year: every sum closes, and what is carried over is what the next year
//! begins with. Says nothing in words.

use nianbao::form::terms::{Column, Row, Section};
use nianbao::form::{Cell, Form, Sum};
use nianbao::number::Decimal;
use nianbao::report::{Edit, Report, Value};

use crate::sound::Dice;

/// What an office takes over from one year into the next.
#[derive(Clone)]
pub(super) struct Books {
    /// How many requests, licenses and penalties a year brings about.
    usual: [usize; 3],
    in_force: i64,
    /// The requests not concluded, by the six applicants.
    open: [i64; 6],
}

/// Outcomes that requests have, the usual ones more than once.
const OUTCOMES: [Row; 16] = [
    Row::Granted,
    Row::Granted,
    Row::Granted,
    Row::Granted,
    Row::GrantedInPart,
    Row::GrantedInPart,
    Row::ThirdPartyRights,
    Row::InternalAffairs,
    Row::EnforcementFiles,
    Row::AdministrativeInquiry,
    Row::NotHeld,
    Row::NotHeld,
    Row::NotExisting,
    Row::Unclear,
    Row::Petition,
    Row::Repeated,
];

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap()
}

impl Books {
    /// The books of an office of whose past nothing is told.
    pub(super) fn opened(name: &str, dice: &mut Dice) -> Self {
        let is_department = name.ends_with('局') || name.ends_with("委员会");
        let requests = if is_department { 12 + dice.below(60) } else { [0, 0, 2, 5, 9][dice.below(5)] };
        let decisions = if is_department { 120 + dice.below(900) } else { 15 + dice.below(60) };
        Self {
            usual: [requests, decisions, 8 + dice.below(40)],
            in_force: whole(dice.below(9)) + if is_department { 6 } else { 0 },
            open: [whole(dice.below(requests / 12 + 1)), 0, 0, 0, 0, 0],
        }
    }

    /// The books of two offices that have become one.
    pub(super) fn joined(mut self, other: Self) -> Self {
        self.usual = [0, 1, 2].map(|at| self.usual[at] + other.usual[at]);
        self.in_force += other.in_force;
        self.open = std::array::from_fn(|at| self.open[at] + other.open[at]);
        self
    }

    /// The tables of the next year.
    pub(super) fn close_year(&mut self, dice: &mut Dice) -> Report {
        let mut report = Report::new(Form::current());
        let mut set = |row, column, count: i64| {
            report.apply(Edit::set(Cell { row, column }, Some(Value::count(count))));
        };
        for column in [Column::Issued, Column::Repealed, Column::InForce] {
            set(Row::Regulations, column, 0);
        }
        let (issued, repealed) = (whole(dice.below(3)), whole(dice.below(3)).min(self.in_force));
        self.in_force += issued - repealed;
        set(Row::NormativeDocuments, Column::Issued, issued);
        set(Row::NormativeDocuments, Column::Repealed, repealed);
        set(Row::NormativeDocuments, Column::InForce, self.in_force);
        // Between three and five quarters of what is usual.
        let about =
            |usual: usize, dice: &mut Dice| whole(usual * (3 + dice.below(3)) / 4 + dice.below(5) + 1);
        set(Row::Licenses, Column::Decisions, about(self.usual[1], dice));
        set(Row::Penalties, Column::Decisions, about(self.usual[2], dice));
        set(Row::Compulsion, Column::Decisions, whole(dice.below(7)));
        self.requests(dice, &mut set);
        disputes(self.usual[0], dice, &mut set);
        let fees = format!("{}.{}", self.usual[2] / 2 + dice.below(6), 1 + dice.below(99));
        let fees = Value::Number(Decimal::parse(&fees).unwrap());
        report.apply(Edit::set(Cell { row: Row::Fees, column: Column::Amount }, Some(fees)));
        close(&mut report);
        report
    }

    /// Table 3 but for its totals.
    fn requests(&mut self, dice: &mut Dice, set: &mut impl FnMut(Row, Column, i64)) {
        let columns = [
            Column::NaturalPerson,
            Column::Business,
            Column::Research,
            Column::PublicInterest,
            Column::LegalService,
            Column::OtherOrganization,
        ];
        for (at, column) in columns.into_iter().enumerate() {
            let usual = self.usual[0] / [1, 5, 60, 40, 8, 40][at];
            let received = if usual == 0 { 0 } else { usual * 3 / 4 + dice.below(usual / 2 + 2) };
            let all = whole(received) + self.open[at];
            let carried_out = whole(dice.below(received / 10 + 1));
            let mut outcomes = [0; OUTCOMES.len()];
            (0..all - carried_out).for_each(|_| outcomes[dice.below(OUTCOMES.len())] += 1);
            set(Row::Received, column, whole(received));
            set(Row::CarriedIn, column, self.open[at]);
            let rows = Form::current().equations().iter().find(|equation| equation.sum == Sum::Outcome);
            for cell in rows.into_iter().flat_map(|equation| &equation.left) {
                let row = Form::current().cells()[*cell].cell.row;
                let of_row = OUTCOMES.iter().zip(outcomes).filter(|(outcome, _)| **outcome == row);
                set(row, column, of_row.map(|(_, count)| count).sum());
            }
            set(Row::Concluded, column, all - carried_out);
            set(Row::CarriedOut, column, carried_out);
            self.open[at] = carried_out;
        }
    }
}

/// Table 4 but for its totals.
fn disputes(requests: usize, dice: &mut Dice, set: &mut impl FnMut(Row, Column, i64)) {
    for row in [Row::Reconsideration, Row::DirectSuit, Row::SuitAfterReconsideration] {
        for column in [Column::Upheld, Column::Corrected, Column::Other, Column::Pending] {
            let most = if row == Row::DirectSuit { 0 } else { requests / 20 };
            set(row, column, whole(dice.below(most + 1)));
        }
    }
}

/// Fills in the totals of tables 3 and 4.
pub(super) fn close(report: &mut Report) {
    let form = Form::current();
    for equation in form.equations().iter().filter(|equation| matches!(equation.sum, Sum::Row | Sum::Dispute))
    {
        let count = |cell: &usize| report.number(form.cells()[*cell].cell).unwrap().as_whole().unwrap();
        let total: i64 = equation.left.iter().map(count).sum();
        report.apply(Edit::set(form.cells()[equation.right[0]].cell, Some(Value::count(total))));
    }
    assert!(form.cells().iter().all(|info| report.number(info.cell).is_some()));
    assert_eq!(form.cells().iter().filter(|info| info.cell.section() == Section::Requests).count(), 175);
}
