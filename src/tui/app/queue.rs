//! The queue of reports to review: one line a report, found as one types, in one of several orders.
//!
//! It reads no files; what is in it comes with [`Outcome::Surveyed`](crate::tui::action::Outcome::Surveyed).

use std::collections::BTreeMap;

use super::Line;
use crate::desk::{Decision, Desk, Filing, Judgement, Note, Row, State};
use crate::form::Cell;
use crate::language::Language;
use crate::number::Decimal;
use crate::report::Report;
use crate::units::own_name;

/// The queue.
#[derive(Clone, Default, Debug)]
pub struct Queue {
    /// The reports with what was said of them.
    pub desk: Desk,
    /// Its lines, in order.
    rows: Vec<Row>,
    /// What is sought, in either language.
    pub sought: Line,
    language: Language,
    /// Which of those found is selected.
    pub selected: usize,
    /// How it is ordered.
    pub order: Order,
}

/// An order of the queue.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Order {
    /// What is to be done first.
    #[default]
    State,
    /// By the names of the organs.
    Agency,
    /// Those with the most errors first, then those with the most warnings.
    Findings,
}

impl Order {
    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::State => "按该办的先后",
            Self::Agency => "按机关名称",
            Self::Findings => "按问题多少",
        }
    }

    /// The one after it.
    pub const fn next(self) -> Self {
        match self {
            Self::State => Self::Agency,
            Self::Agency => Self::Findings,
            Self::Findings => Self::State,
        }
    }
}

/// What an open report is to a reviewer.
#[derive(Clone, Debug)]
pub enum OnDesk {
    /// It is one of those under review.
    Filing {
        /// Which of the desk's.
        number: usize,
        /// The report of the same organ for the year before, beside which it is checked.
        last: Option<Report>,
    },
    /// It is the total of them.
    Total(Box<Totalled>),
}

/// The total of the reports under review.
#[derive(Clone, Debug)]
pub struct Totalled {
    /// The total of the year before, as far as there are reports of it.
    pub last: Option<Report>,
    /// How many units are in it, of how many.
    pub coverage: (usize, usize),
    /// Who is in it and who is not, and what else there is to say.
    pub account: Vec<String>,
    /// The names of the units that are in it.
    pub units: Vec<String>,
    /// What each unit gives to each cell, the largest first; units are numbers in the list.
    pub shares: BTreeMap<Cell, Vec<(usize, Decimal)>>,
}

impl OnDesk {
    /// Which of those under review it is, if it is one.
    pub const fn number(&self) -> Option<usize> {
        match self {
            Self::Filing { number, .. } => Some(*number),
            Self::Total(_) => None,
        }
    }

    /// The report of the year before.
    pub const fn last(&self) -> Option<&Report> {
        match self {
            Self::Filing { last, .. } => last.as_ref(),
            Self::Total(total) => total.last.as_ref(),
        }
    }
}

impl Queue {
    /// An empty one, in which is sought in this language too.
    pub fn new(language: Language) -> Self {
        Self { language, ..Self::default() }
    }

    /// Takes in what was read; what was selected stays selected.
    pub fn fill(&mut self, desk: Desk) {
        let file = self.selected().and_then(|row| self.filing(row)).map(|filing| filing.file.clone());
        self.desk = desk;
        self.arrange();
        let is_same = |row: &&Row| self.filing(row).map(|filing| &filing.file) == file.as_ref();
        self.selected =
            self.found().into_iter().position(|row| file.is_some() && is_same(&row)).unwrap_or_default();
    }

    /// Puts the lines in order again.
    fn arrange(&mut self) {
        let mut rows = self.desk.rows();
        match self.order {
            Order::State => {}
            Order::Agency => rows.sort_by(|one, other| one.agency.cmp(&other.agency)),
            Order::Findings => rows.sort_by_key(|row| {
                let brief = row.filing.and_then(|filing| self.desk.filings[filing].brief());
                std::cmp::Reverse(brief.map_or((0, 0), |brief| (brief.errors, brief.warnings)))
            }),
        }
        self.rows = rows;
    }

    /// Orders the lines in the next way.
    pub fn reorder(&mut self) {
        self.order = self.order.next();
        self.arrange();
        self.selected = 0;
    }

    /// Every line.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The lines that match what is sought.
    pub fn found(&self) -> Vec<&Row> {
        let matches = |row: &&Row| {
            let file = self.filing(row).map_or("", |filing| filing.file.as_str());
            let level = row.level.map_or("", |level| level.label());
            let year = row.year.map_or_else(String::new, |year| year.to_string());
            let names = [&row.agency, year.as_str(), file];
            let words: Vec<&str> = [row.state.label(), level].into_iter().chain(row.marks()).collect();
            self.language.has_words(&names, &words, self.sought.text())
        };
        self.rows.iter().filter(matches).collect()
    }

    /// The line that is selected.
    pub fn selected(&self) -> Option<&Row> {
        self.found().get(self.selected).copied()
    }

    /// The filing of a line.
    pub fn filing(&self, row: &Row) -> Option<&Filing> {
        row.filing.map(|filing| &self.desk.filings[filing])
    }

    /// The next filing, after this one in the queue, that somebody has to decide on and that can be opened; from the top
    /// again behind the last. Those that were found go before the others.
    pub fn next(&self, after: Option<usize>) -> Option<usize> {
        self.behind(after).into_iter().find(|number| self.is_due(*number))
    }

    /// The filings behind one, and from the top again those before it.
    fn behind(&self, after: Option<usize>) -> Vec<usize> {
        let (found, all): (Vec<&Row>, Vec<&Row>) = (self.found(), self.rows.iter().collect());
        let from = |rows: &[&Row]| -> Vec<usize> {
            let at = rows.iter().position(|row| after.is_some() && row.filing == after);
            let (before, behind) = rows.split_at(at.map_or(0, |at| at + 1));
            behind.iter().chain(before).filter_map(|row| row.filing).collect()
        };
        let both = [from(&found), from(&all)].concat();
        both.into_iter().filter(|number| Some(*number) != after).collect()
    }

    fn is_due(&self, number: usize) -> bool {
        let filing = &self.desk.filings[number];
        filing.content.is_ok() && self.desk.state(filing).is_open()
    }

    /// Selects the line of a filing.
    pub fn select(&mut self, number: usize) {
        if self.found().iter().all(|row| row.filing != Some(number)) {
            self.sought = Line::default();
        }
        self.selected =
            self.found().iter().position(|row| row.filing == Some(number)).unwrap_or(self.selected);
    }

    /// What is said of a filing, with what else is to be known of it.
    pub fn judgement(&self, number: usize) -> Judgement {
        let filing = &self.desk.filings[number];
        let mut said = self.desk.judgement(filing).cloned().unwrap_or_default();
        if let Ok(brief) = &filing.content {
            said.agency = own_name(&brief.whose).to_owned();
            said.year = brief.whose.year();
        }
        said
    }

    /// The same with a decision, which is taken beside last year's report as it is now; taken a second time it is none.
    pub fn decided(&self, number: usize, decision: Decision) -> Judgement {
        let mut said = self.judgement(number);
        let filing = &self.desk.filings[number];
        let is_again = said.decision == Some(decision) && !self.desk.state(filing).is_open();
        said.decision = (!is_again).then_some(decision);
        said.turn = self.desk.next_turn();
        said.last = filing.brief().and_then(|brief| brief.last.clone());
        said
    }

    /// The same with what is noted of a place and words in it; nothing noted is no note.
    pub fn noted(&self, number: usize, note: Note) -> Judgement {
        let mut said = self.judgement(number);
        said.notes.retain(|known| known.place != note.place || known.quote != note.quote);
        if !note.text.is_empty() {
            said.notes.push(note);
        }
        said
    }

    /// Takes in what was said of a filing. Gives the next that somebody has to decide on, as the queue was until now; where
    /// there is none that can be opened, one that cannot.
    pub fn said(&mut self, number: usize, said: Judgement) -> Option<usize> {
        let behind = self.behind(Some(number));
        if let Some(hash) = &self.desk.filings[number].sha256 {
            self.desk.judgements.insert(hash.clone(), said);
        }
        self.arrange();
        let is_unread = |number: &usize| self.desk.state(&self.desk.filings[*number]) == State::Unreadable;
        let due = behind.iter().find(|number| self.is_due(**number));
        due.or_else(|| behind.iter().find(|number| is_unread(number))).copied()
    }

    /// Seeks nothing any more; what is selected stays so.
    pub fn forget_sought(&mut self) {
        let selected = self.selected().and_then(|row| row.filing);
        self.sought = Line::default();
        self.selected = 0;
        if let Some(number) = selected {
            self.select(number);
        }
    }
}
