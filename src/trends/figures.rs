//! The few figures of a report that trends are made of, and the value that holds them while thousands are read.
//!
//! Counts only: amounts of money are no counts, and what is compared here is told in 件. A figure that the form of a
//! report does not have, or in which a cell is blank or holds text, is none; it is never 0.

use crate::form::terms::{Column, Level, Row};
use crate::form::{Cell, Form};
use crate::number::Decimal;
use crate::report::Report;
use crate::units::roster::own_name;

/// A figure by which years and units are compared.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Measure {
    /// Requests that came in this year.
    Received,
    /// Requests carried over from last year.
    CarriedIn,
    /// Requests that were dealt with.
    Concluded,
    /// Of these, granted.
    Granted,
    /// Granted in part.
    GrantedInPart,
    /// Refused.
    Refused,
    /// Not available.
    NotAvailable,
    /// Of these, not held.
    NotHeld,
    /// Not processed.
    NotProcessed,
    /// Handled otherwise.
    OtherHandling,
    /// Requests carried over into next year.
    CarriedOut,
    /// Administrative reconsiderations.
    Reconsiderations,
    /// Lawsuits of both kinds.
    Suits,
    /// Both together.
    Disputes,
    /// Of both, those in which the result was corrected.
    Corrected,
    /// Normative documents made this year.
    DocumentsMade,
    /// Normative documents in force.
    DocumentsInForce,
    /// Decisions on licenses.
    Licenses,
    /// Decisions on penalties.
    Penalties,
    /// Decisions on compulsion.
    Compulsion,
}

const fn total(row: Row) -> Cell {
    Cell { row, column: Column::Total }
}

const fn corrected(row: Row) -> Cell {
    Cell { row, column: Column::Corrected }
}

impl Measure {
    /// Every measure, in the order of the form.
    pub const ALL: [Self; 20] = [
        Self::Received,
        Self::CarriedIn,
        Self::Concluded,
        Self::Granted,
        Self::GrantedInPart,
        Self::Refused,
        Self::NotAvailable,
        Self::NotHeld,
        Self::NotProcessed,
        Self::OtherHandling,
        Self::CarriedOut,
        Self::Reconsiderations,
        Self::Suits,
        Self::Disputes,
        Self::Corrected,
        Self::DocumentsMade,
        Self::DocumentsInForce,
        Self::Licenses,
        Self::Penalties,
        Self::Compulsion,
    ];

    /// The groups of outcomes, as [`Form::outcomes`] has them.
    pub const OUTCOMES: [Self; 6] = [
        Self::Granted,
        Self::GrantedInPart,
        Self::Refused,
        Self::NotAvailable,
        Self::NotProcessed,
        Self::OtherHandling,
    ];

    /// The key by which other programs know it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::CarriedIn => "carried_in",
            Self::Concluded => "concluded",
            Self::Granted => "granted",
            Self::GrantedInPart => "granted_in_part",
            Self::Refused => "refused",
            Self::NotAvailable => "not_available",
            Self::NotHeld => "not_held",
            Self::NotProcessed => "not_processed",
            Self::OtherHandling => "other_handling",
            Self::CarriedOut => "carried_out",
            Self::Reconsiderations => "reconsiderations",
            Self::Suits => "suits",
            Self::Disputes => "disputes",
            Self::Corrected => "corrected",
            Self::DocumentsMade => "documents_made",
            Self::DocumentsInForce => "documents_in_force",
            Self::Licenses => "licenses",
            Self::Penalties => "penalties",
            Self::Compulsion => "compulsion",
        }
    }

    /// Its name in the clerk's words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Received => "本年新收",
            Self::CarriedIn => "上年结转",
            Self::Concluded => "办结",
            Self::Granted => "予以公开",
            Self::GrantedInPart => "部分公开",
            Self::Refused => "不予公开",
            Self::NotAvailable => "无法提供",
            Self::NotHeld => "其中不掌握",
            Self::NotProcessed => "不予处理",
            Self::OtherHandling => "其他处理",
            Self::CarriedOut => "结转下年",
            Self::Reconsiderations => "行政复议",
            Self::Suits => "行政诉讼",
            Self::Disputes => "复议诉讼",
            Self::Corrected => "结果纠正",
            Self::DocumentsMade => "规范性文件制发",
            Self::DocumentsInForce => "规范性文件有效",
            Self::Licenses => "行政许可",
            Self::Penalties => "行政处罚",
            Self::Compulsion => "行政强制",
        }
    }

    /// The cells of a form that it is the sum of; some of them may not be in the form.
    fn cells(self, form: &Form) -> Vec<Cell> {
        const DISPUTES: [Row; 3] = [Row::Reconsideration, Row::DirectSuit, Row::SuitAfterReconsideration];
        let decisions = |row| vec![Cell { row, column: Column::Decisions }];
        let documents = |column| vec![Cell { row: Row::NormativeDocuments, column }];
        if let Some(nth) = Self::OUTCOMES.iter().position(|outcome| *outcome == self) {
            let outcomes = form.outcomes();
            return outcomes
                .get(nth)
                .map_or_else(Vec::new, |outcome| outcome.rows.iter().map(|(row, _)| total(*row)).collect());
        }
        match self {
            Self::Received => vec![total(Row::Received)],
            Self::CarriedIn => vec![total(Row::CarriedIn)],
            Self::Concluded => vec![total(Row::Concluded)],
            Self::NotHeld => vec![total(Row::NotHeld)],
            Self::CarriedOut => vec![total(Row::CarriedOut)],
            Self::Reconsiderations => vec![total(Row::Reconsideration)],
            Self::Suits => vec![total(Row::DirectSuit), total(Row::SuitAfterReconsideration)],
            Self::Disputes => DISPUTES.map(total).to_vec(),
            Self::Corrected => DISPUTES.map(corrected).to_vec(),
            // The form of 2019 counts what was produced and disclosed, which is something else.
            Self::DocumentsMade => documents(Column::Issued),
            Self::DocumentsInForce => documents(Column::InForce),
            Self::Licenses => decisions(Row::Licenses),
            Self::Penalties => decisions(Row::Penalties),
            Self::Compulsion => decisions(Row::Compulsion),
            _ => Vec::new(),
        }
    }

    /// What a report has of it; nothing where one of its cells has no count.
    pub fn of(self, report: &Report) -> Option<i64> {
        let cells = self.cells(report.form());
        let count = |cell: &Cell| report.number(*cell).and_then(Decimal::as_count);
        let sum = || cells.iter().try_fold(0_i64, |sum, cell| Some(sum.saturating_add(count(cell)?)));
        if cells.is_empty() { None } else { sum() }
    }
}

/// What trends take from a report: small, so that thousands of them are.
#[derive(Clone, PartialEq, Debug)]
pub struct Figures {
    /// The file, as it was named.
    pub file: String,
    /// The name that the report gives its organ.
    pub agency: String,
    /// The level that it gives its organ.
    pub level: Option<Level>,
    /// Its year.
    pub year: Option<i64>,
    /// The key of its form.
    form: &'static str,
    counts: [Option<i64>; Measure::ALL.len()],
}

impl Figures {
    /// Takes the figures from a report.
    pub fn new(file: &str, report: &Report) -> Self {
        let agency = own_name(report).to_owned();
        Self {
            file: file.to_owned(),
            level: report.level().or_else(|| Level::of_name(&agency)),
            agency,
            year: report.year(),
            form: report.form().decree.key,
            counts: Measure::ALL.map(|measure| measure.of(report)),
        }
    }

    /// One of the figures.
    pub fn count(&self, measure: Measure) -> Option<i64> {
        self.counts[measure as usize]
    }

    /// The form of the report.
    pub fn form(&self) -> &'static Form {
        Form::from_key(self.form).unwrap_or_else(Form::current)
    }

    /// Whether both reports say the same in every figure.
    pub fn says_the_same(&self, other: &Self) -> bool {
        self.form == other.form && self.counts == other.counts
    }
}
