//! The desk of a reviewer: the reports that came in, what is said of each, and how each stands.
//!
//! A decision is taken on what a file holds, beside what last year's report holds: it is found by the hash of the one and
//! lapses with either. Nothing here depends on what files are called. Reads and writes no files.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::check::Finding;
use crate::form::terms::Level;
use crate::report::{Place, Report};
use crate::units::{Match, Units, unit_of};

/// What a reviewer says of a report, beside what the rules find.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Note {
    /// The cell or section that it is about; none where it is about the report.
    pub place: Option<Place>,
    /// The words of the report that it is about; may be empty.
    #[serde(default)]
    pub quote: String,
    /// What is said.
    pub text: String,
}

/// What was decided.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// It is accepted. 通过
    Accepted,
    /// It goes back to its unit. 退回
    Returned,
}

/// What a reviewer has said of what a file holds.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Judgement {
    /// Whose report it is.
    #[serde(default)]
    pub agency: String,
    /// The year that it is for.
    #[serde(default)]
    pub year: Option<i64>,
    /// What was decided, if something was.
    #[serde(default)]
    pub decision: Option<Decision>,
    /// Which decision that was, counted over all of the desk's; the later of two is the greater.
    #[serde(default)]
    pub turn: u64,
    /// The hash of last year's report, beside which that was decided.
    #[serde(default)]
    pub last: Option<String>,
    /// What was noted.
    #[serde(default)]
    pub notes: Vec<Note>,
}

/// What was said of files, by the hash of what they hold.
pub type Judgements = BTreeMap<String, Judgement>;

/// A file that came in.
#[derive(Clone, Debug)]
pub struct Filing {
    /// Its path, as it is named on the desk.
    pub file: String,
    /// The hash of what it holds; none if it cannot be read at all.
    pub sha256: Option<String>,
    /// What is in it, or why that cannot be read.
    pub content: Result<Brief, String>,
}

/// What the desk keeps of a report.
#[derive(Clone, Debug)]
pub struct Brief {
    /// Whose it is and for which year, and nothing else.
    pub whose: Report,
    /// The hash of last year's report, beside which it was checked.
    pub last: Option<String>,
    /// What was found to be copied from another report on the desk.
    pub copied: Option<Finding>,
    /// How many errors the checks find.
    pub errors: usize,
    /// How many warnings.
    pub warnings: usize,
    /// How many rules could not be evaluated.
    pub untold: usize,
}

/// How a report stands, what is to be done first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum State {
    /// It was returned, and here is another one in its place. 改后重报
    Revised,
    /// It was decided on, and then it or last year's report changed. 审后有变
    Lapsed,
    /// Nothing was decided yet. 未审
    New,
    /// It cannot be read. 读不了
    Unreadable,
    /// The unit has sent nothing. 缺报
    Missing,
    /// It was returned. 已退回
    Returned,
    /// It is accepted. 已通过
    Accepted,
    /// It is of another year, to be looked at beside those of this one. 其他年度
    OtherYear,
}

impl State {
    /// All of them, what is to be done first.
    pub const ALL: [Self; 8] = [
        Self::Revised,
        Self::Lapsed,
        Self::New,
        Self::Unreadable,
        Self::Missing,
        Self::Returned,
        Self::Accepted,
        Self::OtherYear,
    ];

    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Revised => "改后重报",
            Self::Lapsed => "审后有变",
            Self::New => "未审",
            Self::Unreadable => "读不了",
            Self::Missing => "缺报",
            Self::Returned => "已退回",
            Self::Accepted => "已通过",
            Self::OtherYear => "其他年度",
        }
    }

    /// Its name for other programs.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Revised => "revised",
            Self::Lapsed => "lapsed",
            Self::New => "new",
            Self::Unreadable => "unreadable",
            Self::Missing => "missing",
            Self::Returned => "returned",
            Self::Accepted => "accepted",
            Self::OtherYear => "other_year",
        }
    }

    /// Whether somebody has to look at the file and decide.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Revised | Self::Lapsed | Self::New | Self::Unreadable)
    }
}

/// A line of the queue.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// The filing, by its number; none where a unit has sent nothing.
    pub filing: Option<usize>,
    /// Whose it is, as well as that is known.
    pub agency: String,
    /// The level of that organ.
    pub level: Option<Level>,
    /// The year that it is for.
    pub year: Option<i64>,
    /// How it stands.
    pub state: State,
    /// Whether there is another one of the same organ for the same year that was not returned.
    pub is_duplicate: bool,
    /// Whether it was returned, and another one of the same organ for the same year is there in its place.
    pub is_replaced: bool,
    /// Whether it is a unit's of the register.
    pub unit: Unit,
}

/// What the register says of the organ of a report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unit {
    /// It is one of its units; or there is no register, or nobody is named.
    Known,
    /// It may be one of these.
    Unsure(Vec<String>),
    /// It is none of them.
    Unknown,
}

/// A folder of reports with what was said of them.
#[derive(Clone, Default, Debug)]
pub struct Desk {
    /// The year that is reviewed.
    pub year: Option<i64>,
    /// What came in, in byte order of the paths.
    pub filings: Vec<Filing>,
    /// What was said of it, and of what came in before.
    pub judgements: Judgements,
    /// Who has to report, if there is a register.
    pub units: Option<Units>,
}

impl Desk {
    /// The year that is reviewed where nobody says which: the latest that a report is for.
    pub fn latest_year(filings: &[Filing]) -> Option<i64> {
        filings.iter().filter_map(|filing| filing.content.as_ref().ok()?.whose.year()).max()
    }

    /// What was said of a filing.
    pub fn judgement(&self, filing: &Filing) -> Option<&Judgement> {
        self.judgements.get(filing.sha256.as_ref()?)
    }

    /// The number of the next decision.
    pub fn next_turn(&self) -> u64 {
        self.judgements.values().map(|said| said.turn + 1).max().unwrap_or(1)
    }

    /// Every line of the queue, what is to be done first, and then by the order of the files.
    pub fn rows(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = (0..self.filings.len()).map(|number| self.row(number)).collect();
        let is_held =
            |row: &Row| !matches!(row.state, State::Returned | State::Unreadable | State::OtherYear);
        let mut organs: BTreeMap<String, usize> = BTreeMap::new();
        for row in rows.iter().filter(|row| is_held(row) && !row.agency.is_empty()) {
            *organs.entry(self.organ(&row.agency)).or_default() += 1;
        }
        for row in &mut rows {
            let held = organs.get(&self.organ(&row.agency)).copied().unwrap_or_default();
            row.is_duplicate = is_held(row) && held > 1;
            row.is_replaced = row.state == State::Returned && held > 0;
        }
        rows.extend(self.missing());
        rows.sort_by_key(|row| row.state);
        rows
    }

    /// The filings that a total of the year is made of: those that are accepted, or all that were not returned for another
    /// one to come in its place; and those of the year before, by which what was carried over is checked.
    pub fn added_up(&self, accepted: bool) -> Vec<usize> {
        let is_taken = |row: &Row| match row.state {
            State::Accepted => true,
            State::OtherYear => row.year.map(|year| year + 1) == self.year,
            State::New | State::Revised | State::Lapsed => !accepted,
            State::Returned => !accepted && !row.is_replaced,
            State::Unreadable | State::Missing => false,
        };
        let mut taken: Vec<usize> =
            self.rows().into_iter().filter(is_taken).filter_map(|row| row.filing).collect();
        taken.sort_unstable();
        taken
    }

    fn row(&self, number: usize) -> Row {
        let filing = &self.filings[number];
        let whose = filing.content.as_ref().ok().map(|brief| &brief.whose);
        let found = whose.and_then(|whose| Some((self.units.as_ref()?, whose)));
        let unit = found.map_or(Unit::Known, |(units, whose)| match unit_of(units, whose) {
            Match::Unit(..) => Unit::Known,
            Match::Unsure(alike) => {
                Unit::Unsure(alike.into_iter().map(|unit| units.all()[unit].name.clone()).collect())
            }
            Match::Unknown => Unit::Unknown,
        });
        Row {
            filing: Some(number),
            agency: whose.map_or_else(String::new, |whose| whose.agency().to_owned()),
            level: whose.and_then(Report::level),
            year: whose.and_then(Report::year),
            state: self.state(filing),
            is_duplicate: false,
            is_replaced: false,
            unit,
        }
    }

    /// How a filing stands.
    pub fn state(&self, filing: &Filing) -> State {
        let judgement = self.judgement(filing);
        let decision = judgement.and_then(|judgement| judgement.decision);
        let Ok(brief) = &filing.content else {
            return if decision == Some(Decision::Returned) { State::Returned } else { State::Unreadable };
        };
        if brief.whose.year() != self.year && brief.whose.year().is_some() {
            return State::OtherYear;
        }
        let is_current = judgement.is_some_and(|judgement| judgement.last == brief.last);
        match decision {
            Some(Decision::Accepted) if is_current => State::Accepted,
            Some(Decision::Returned) if is_current => State::Returned,
            Some(_) => State::Lapsed,
            None => match self.decided_before(filing).and_then(|(_, judgement)| judgement.decision) {
                Some(Decision::Returned) => State::Revised,
                Some(Decision::Accepted) => State::Lapsed,
                None => State::New,
            },
        }
    }

    /// What was decided on another content of the same organ for the same year, and the hash of that: what was decided
    /// last.
    pub fn decided_before(&self, filing: &Filing) -> Option<(&str, &Judgement)> {
        let whose = &filing.content.as_ref().ok()?.whose;
        if whose.agency().is_empty() {
            return None;
        }
        let organ = self.organ(whose.agency());
        let is_of_it = |(hash, judgement): &(&String, &Judgement)| {
            Some(*hash) != filing.sha256.as_ref()
                && judgement.decision.is_some()
                && judgement.year == whose.year()
                && self.organ(&judgement.agency) == organ
        };
        let of_it = self.judgements.iter().filter(is_of_it);
        let found = of_it.max_by_key(|(_, said)| (said.turn, said.decision == Some(Decision::Returned)));
        found.map(|(hash, judgement)| (hash.as_str(), judgement))
    }

    /// What tells organs apart: the unit of the register, else the name.
    fn organ(&self, agency: &str) -> String {
        match self.units.as_ref().map(|units| (units, units.find(agency))) {
            Some((units, Match::Unit(unit, _))) => units.all()[unit].code.clone(),
            _ => agency.to_owned(),
        }
    }

    /// The units of the register that have sent nothing for the year; those that others are under add theirs up.
    fn missing(&self) -> Vec<Row> {
        let Some(units) = &self.units else { return Vec::new() };
        let briefs = self.filings.iter().filter_map(|filing| filing.content.as_ref().ok());
        let of_year = briefs.filter(|brief| brief.whose.year() == self.year);
        let there: Vec<usize> = of_year
            .filter_map(|brief| match unit_of(units, &brief.whose) {
                Match::Unit(unit, _) => Some(unit),
                Match::Unsure(_) | Match::Unknown => None,
            })
            .collect();
        let adds_up = |unit: usize| units.all().iter().any(|other| other.parent == Some(unit));
        let is_missing = |unit: &usize| !there.contains(unit) && !adds_up(*unit);
        let row = |unit: usize| Row {
            filing: None,
            agency: units.all()[unit].name.clone(),
            level: units.all()[unit].level,
            year: self.year,
            state: State::Missing,
            is_duplicate: false,
            is_replaced: false,
            unit: Unit::Known,
        };
        (0..units.all().len()).filter(is_missing).map(row).collect()
    }
}

#[cfg(test)]
mod tests;
