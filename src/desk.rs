//! The desk of a reviewer: the reports that came in, what is said of each, and how each stands.
//!
//! A decision is taken on what a file holds, beside what last year's report holds: it is found by the hash of the one and
//! lapses with either. Nothing here depends on what files are called. Reads and writes no files.

mod state;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
pub use state::State;

use crate::check::Finding;
use crate::form::terms::Level;
use crate::report::{Place, Report};
use crate::units::{Match, Units, own_name, unit_of};

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

impl Filing {
    /// What is in it, where that can be read.
    pub fn brief(&self) -> Option<&Brief> {
        self.content.as_ref().ok()
    }

    /// What was found to be copied from another report on the desk.
    pub fn copied(&self) -> Option<&Finding> {
        self.brief()?.copied.as_ref()
    }
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
    /// Whether it was published after the day on which it was due (I06). 逾期
    pub is_late: bool,
    /// How many errors the checks find.
    pub errors: usize,
    /// How many warnings.
    pub warnings: usize,
    /// How many rules could not be evaluated.
    pub untold: usize,
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
    /// Whether it was published after the day on which it was due.
    pub is_late: bool,
    /// Whether much of one of its sections stands in another report on the desk; who copied is not known.
    pub is_alike: bool,
    /// Whether it was returned, and another one of the same organ for the same year is there in its place.
    pub is_replaced: bool,
    /// Whether it is a unit's of the register.
    pub unit: Unit,
}

impl Row {
    /// What is odd about it beside its state.
    pub fn marks(&self) -> impl Iterator<Item = &'static str> {
        let marks = [
            (self.is_duplicate, "重复"),
            (self.is_late, "逾期"),
            (self.is_replaced, "有新稿"),
            (self.is_alike, "雷同"),
            (self.unit == Unit::Unknown, "名册外"),
            (matches!(self.unit, Unit::Unsure(_)), "认不准"),
        ];
        marks.into_iter().filter(|(is_so, _)| *is_so).map(|(_, mark)| mark)
    }
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

/// What was said, with the hash of what it was said of.
pub type Said<'d> = (&'d str, &'d Judgement);

/// What is looked up of many filings at once.
struct Index<'d> {
    /// What tells the organ of each filing apart, and what the register says of it.
    organs: Vec<(String, Unit)>,
    /// What was decided of each organ and year, with the hash of what it was decided on.
    decided: BTreeMap<(String, Option<i64>), Vec<Said<'d>>>,
    /// The hashes of all filings.
    hashes: BTreeSet<&'d str>,
}

impl Desk {
    /// The year that is reviewed where nobody says which: the one for which reports are `due`, if there is one for it; else
    /// the one that most are for, of several the latest. One report with a mistaken year decides nothing.
    pub fn year_of(filings: &[Filing], due: i64) -> Option<i64> {
        let mut years: BTreeMap<i64, usize> = BTreeMap::new();
        for year in filings.iter().filter_map(|filing| filing.brief()?.whose.year()) {
            *years.entry(year).or_default() += 1;
        }
        let most = years.iter().max_by_key(|(year, count)| (**count, **year)).map(|(year, _)| *year);
        years.contains_key(&due).then_some(due).or(most)
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
        let index = self.index();
        let mut rows: Vec<Row> = (0..self.filings.len()).map(|number| self.row(number, &index)).collect();
        let is_held =
            |row: &Row| !matches!(row.state, State::Returned | State::Unreadable | State::OtherYear);
        let organ = |row: &Row| row.filing.map_or("", |filing| index.organs[filing].0.as_str());
        let mut held: BTreeMap<&str, usize> = BTreeMap::new();
        for row in rows.iter().filter(|row| is_held(row) && !organ(row).is_empty()) {
            *held.entry(organ(row)).or_default() += 1;
        }
        for row in &mut rows {
            let held = held.get(organ(row)).copied().unwrap_or_default();
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
        let rows = self.rows().into_iter().filter(is_taken);
        let mut taken: Vec<usize> = rows.filter_map(|row| row.filing).collect();
        taken.sort_unstable();
        taken
    }

    fn index(&self) -> Index<'_> {
        let organ = |filing: &Filing| match &filing.content {
            Ok(brief) => self.organ(own_name(&brief.whose)),
            Err(_) => (String::new(), Unit::Known),
        };
        let mut decided: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (hash, said) in self.judgements.iter().filter(|(_, said)| said.decision.is_some()) {
            let key = (self.organ(&said.agency).0, said.year);
            decided.entry(key).or_default().push((hash.as_str(), said));
        }
        let hashes = self.filings.iter().filter_map(|filing| filing.sha256.as_deref()).collect();
        Index { organs: self.filings.iter().map(organ).collect(), decided, hashes }
    }

    fn row(&self, number: usize, index: &Index<'_>) -> Row {
        let filing = &self.filings[number];
        let whose = filing.brief().map(|brief| &brief.whose);
        let (organ, unit) = &index.organs[number];
        let before = whose.and_then(|whose| {
            let of_it = index.decided.get(&(organ.clone(), whose.year()))?;
            last_decided(of_it, filing)
        });
        Row {
            filing: Some(number),
            agency: whose.map_or_else(String::new, |whose| own_name(whose).to_owned()),
            level: whose.and_then(Report::level),
            year: whose.and_then(Report::year),
            state: self.state_after(filing, before.filter(|_| !organ.is_empty()), |hash| {
                index.hashes.contains(hash)
            }),
            is_duplicate: false,
            is_late: filing.content.as_ref().is_ok_and(|brief| brief.is_late),
            is_alike: filing.copied().is_some(),
            is_replaced: false,
            unit: unit.clone(),
        }
    }

    /// How a filing stands.
    pub fn state(&self, filing: &Filing) -> State {
        let here = |hash: &str| self.filings.iter().any(|filing| filing.sha256.as_deref() == Some(hash));
        self.state_after(filing, self.decided_before(filing), here)
    }

    /// How a filing stands after what was decided on another version of it.
    fn state_after(&self, filing: &Filing, before: Option<Said<'_>>, here: impl Fn(&str) -> bool) -> State {
        let judgement = self.judgement(filing);
        let decision = judgement.and_then(|judgement| judgement.decision);
        let Ok(brief) = &filing.content else {
            return if decision == Some(Decision::Returned) { State::Returned } else { State::Unreadable };
        };
        if brief.whose.year() != self.year && brief.whose.year().is_some() {
            return State::OtherYear;
        }
        // Where last year's report is not at hand it cannot be told to be another.
        let is_current =
            judgement.is_some_and(|judgement| brief.last.is_none() || judgement.last == brief.last);
        match decision {
            Some(Decision::Accepted) if is_current => State::Accepted,
            Some(Decision::Returned) if is_current => State::Returned,
            Some(_) => State::Lapsed,
            None => match before.and_then(|(_, judgement)| judgement.decision) {
                Some(Decision::Returned) => State::Revised,
                // What was accepted is here too: this is a second one, and no change of it.
                Some(Decision::Accepted) if before.is_some_and(|(hash, _)| here(hash)) => State::New,
                Some(Decision::Accepted) => State::Lapsed,
                None => State::New,
            },
        }
    }

    /// What was decided last on another version of a filing, and the hash of that.
    pub fn decided_before(&self, filing: &Filing) -> Option<Said<'_>> {
        let whose = &filing.brief()?.whose;
        let organ = self.organ(own_name(whose)).0;
        if organ.is_empty() {
            return None;
        }
        let is_of_it = |(_, said): &(&String, &Judgement)| {
            said.decision.is_some() && said.year == whose.year() && self.organ(&said.agency).0 == organ
        };
        let of_it = self.judgements.iter().filter(is_of_it).map(|(hash, said)| (hash.as_str(), said));
        last_decided(&of_it.collect::<Vec<_>>(), filing)
    }

    /// What tells organs apart, the unit of the register or else the name; and what the register says of it.
    fn organ(&self, name: &str) -> (String, Unit) {
        let Some(units) = self.units.as_ref().filter(|_| !name.is_empty()) else {
            return (name.to_owned(), Unit::Known);
        };
        match units.find(name) {
            Match::Unit(unit, _) => (units.all()[unit].code.clone(), Unit::Known),
            Match::Unsure(alike) => {
                let alike = alike.into_iter().map(|unit| units.all()[unit].name.clone()).collect();
                (name.to_owned(), Unit::Unsure(alike))
            }
            Match::Unknown => (name.to_owned(), Unit::Unknown),
        }
    }

    /// The units of the register that have sent nothing for the year; those that others are under add theirs up.
    fn missing(&self) -> Vec<Row> {
        let Some(units) = &self.units else { return Vec::new() };
        let briefs = self.filings.iter().filter_map(|filing| filing.brief());
        let of_year = briefs.filter(|brief| brief.whose.year() == self.year);
        let there: BTreeSet<usize> = of_year
            .filter_map(|brief| match unit_of(units, &brief.whose) {
                Match::Unit(unit, _) => Some(unit),
                Match::Unsure(_) | Match::Unknown => None,
            })
            .collect();
        let parents: BTreeSet<usize> = units.all().iter().filter_map(|unit| unit.parent).collect();
        let is_missing = |unit: &usize| !there.contains(unit) && !parents.contains(unit);
        let row = |unit: usize| Row {
            filing: None,
            agency: units.all()[unit].name.clone(),
            level: units.all()[unit].level,
            year: self.year,
            state: State::Missing,
            is_duplicate: false,
            is_late: false,
            is_alike: false,
            is_replaced: false,
            unit: Unit::Known,
        };
        (0..units.all().len()).filter(is_missing).map(row).collect()
    }
}

/// What was decided last, but for what was decided on the filing itself.
fn last_decided<'d>(decided: &[Said<'d>], filing: &Filing) -> Option<Said<'d>> {
    let others = decided.iter().filter(|(hash, _)| Some(*hash) != filing.sha256.as_deref());
    others.max_by_key(|(_, said)| (said.turn, said.decision == Some(Decision::Returned))).copied()
}

#[cfg(test)]
mod tests;
