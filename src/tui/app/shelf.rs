//! The library as it is listed: one line a report, found as one types.
//!
//! It reads no files; the reports come with [`Answer::Listed`](crate::tui::action::Answer::Listed).

use std::cell::OnceCell;
use std::collections::HashMap;

use super::{Line, Moment};
use crate::check::{self, Background, Profile, Review, Severity};
use crate::form::terms::Field;
use crate::report::Report;
use crate::store::Id;
use crate::tui::action::Kept;

/// A report in the list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its number.
    pub id: Id,
    /// When it was last changed.
    pub modified: Moment,
    /// The report, or why it cannot be read.
    pub report: Result<Report, String>,
    /// Year and organ.
    label: String,
    /// The year reported on.
    year: Option<i64>,
    /// Whether another report is called the same.
    has_namesake: bool,
    /// How far it is; found out when it is first seen, for of a thousand reports most are not.
    standing: OnceCell<Standing>,
}

/// How far a report is.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// How many errors the checks find.
    pub errors: usize,
    /// How many warnings.
    pub warnings: usize,
    /// How many cells are blank.
    pub blanks: usize,
    /// What it does not say of itself; without that most rules cannot tell.
    pub unsaid: Option<Field>,
}

/// The library.
#[derive(Clone, Default, Debug)]
pub struct Shelf {
    /// Its reports, latest year first; nothing until it was listed.
    pub reports: Option<Vec<Listed>>,
    /// What is sought.
    pub sought: Line,
    /// Which of those found is selected.
    pub selected: usize,
    /// The report that was put into the trash last.
    pub trashed: Option<Id>,
    /// The report that is to be selected once it is listed.
    aim: Option<Id>,
    /// Whether the report that is being put into the library was read from a file.
    pub is_reading: bool,
    /// By what custom the reports are checked.
    profile: Profile,
}

impl Shelf {
    /// Takes in what the library holds.
    pub fn fill(&mut self, kept: Vec<Kept>, profile: &Profile) {
        let selected = self.aim.or(self.selected().map(|listed| listed.id));
        self.profile = profile.clone();
        let mut reports: Vec<Listed> = kept.into_iter().map(Listed::new).collect();
        let mut called: HashMap<String, usize> = HashMap::new();
        for listed in &reports {
            *called.entry(listed.label.clone()).or_default() += 1;
        }
        for listed in &mut reports {
            listed.has_namesake = called.get(&listed.label).is_some_and(|count| *count > 1);
        }
        reports.sort_by_cached_key(|listed| {
            let of = |report: &Report| (report.year(), report.agency().to_owned());
            let (year, agency) = listed.report.as_ref().map_or((None, String::new()), of);
            (std::cmp::Reverse(year), agency, listed.id)
        });
        self.reports = Some(reports);
        self.selected = 0;
        if let Some(id) = selected {
            self.select(id);
        }
        self.aim = None;
    }

    /// Selects a report; if it is not listed yet, as soon as it is.
    pub fn select(&mut self, id: Id) {
        self.aim = Some(id);
        if self.found().iter().all(|listed| listed.id != id) && self.holds(id) {
            self.sought = Line::default();
        }
        self.selected = self.found().iter().position(|listed| listed.id == id).unwrap_or(self.selected);
    }

    /// Seeks nothing any more; what is selected stays so.
    pub fn forget_sought(&mut self) {
        let selected = self.selected().map(|listed| listed.id);
        self.sought = Line::default();
        let is_it = |listed: &&Listed| Some(listed.id) == selected;
        self.selected = self.found().iter().position(is_it).unwrap_or_default();
    }

    /// Selects the report after one that goes, or if there is none the one before.
    pub fn select_beside(&mut self, id: Id) {
        let ids: Vec<Id> = self.found().iter().map(|listed| listed.id).collect();
        let here = ids.iter().position(|&other| other == id);
        let beside =
            here.and_then(|here| ids.get(here + 1).or(here.checked_sub(1).and_then(|at| ids.get(at))));
        if let Some(&beside) = beside {
            self.select(beside);
        }
    }

    /// The reports of the same organ for the same year.
    pub fn twins(&self, report: &Report) -> Vec<&Listed> {
        let is_twin = |listed: &&Listed| match &listed.report {
            Ok(other) => {
                let of = |report: &Report| (report.agency().to_owned(), report.year());
                !report.agency().is_empty() && of(other) == of(report)
            }
            Err(_) => false,
        };
        self.reports.iter().flatten().filter(is_twin).collect()
    }

    /// How far a report is, checked beside its last year's; nothing of one that cannot be read.
    pub fn standing(&self, listed: &Listed) -> Option<Standing> {
        let report = listed.report.as_ref().ok()?;
        let find_out = || {
            let background = Background {
                previous: self.last_year(report).cloned(),
                profile: self.profile.clone(),
                ..Background::default()
            };
            Standing::of(report, &check::check_before(report, &background))
        };
        Some(*listed.standing.get_or_init(find_out))
    }

    fn holds(&self, id: Id) -> bool {
        self.reports.iter().flatten().any(|listed| listed.id == id)
    }

    /// The reports that match what is sought: words of the line, or the number as commands have it.
    pub fn found(&self) -> Vec<&Listed> {
        let has = |listed: &Listed, word: &str| listed.label.contains(word) || listed.id.to_string() == word;
        let matches = |listed: &&Listed| self.sought.text().split_whitespace().all(|word| has(listed, word));
        self.reports.iter().flatten().filter(matches).collect()
    }

    /// The report that is selected.
    pub fn selected(&self) -> Option<&Listed> {
        self.found().get(self.selected).copied()
    }

    /// The report that the same organ made for the year before.
    pub fn last_year(&self, report: &Report) -> Option<&Report> {
        let year = report.year()? - 1;
        // Of thousands of reports few are of that year, and their names are looked at last.
        let of_year = self.reports.iter().flatten().filter(|listed| listed.year == Some(year));
        of_year.filter_map(|listed| listed.report.as_ref().ok()).find(|last| report.follows(last))
    }

    /// The reports of the same organ for other years, one a year.
    pub fn other_years(&self, report: &Report) -> Vec<&Report> {
        let mut others: Vec<&Report> = self.readable().collect();
        others.retain(|other| {
            let is_same = !other.agency().is_empty() && other.agency() == report.agency();
            is_same && other.year().is_some() && other.year() != report.year()
        });
        // The list has its years together.
        others.dedup_by_key(|other| other.year());
        others
    }

    /// The reports that can be read.
    fn readable(&self) -> impl Iterator<Item = &Report> {
        self.reports.iter().flatten().filter_map(|listed| listed.report.as_ref().ok())
    }

    /// Whether there is nothing in the library.
    pub fn is_empty(&self) -> bool {
        self.reports.as_ref().is_some_and(Vec::is_empty)
    }
}

impl Listed {
    /// A report as it is kept.
    pub fn new(kept: Kept) -> Self {
        let label = match &kept.report {
            Ok(report) => {
                let year = report.year().map_or_else(|| "年度不明".to_owned(), |year| year.to_string());
                let agency =
                    if report.agency().is_empty() { "（未填机关名称）" } else { report.agency() };
                format!("{year}  {agency}")
            }
            Err(reason) => format!("报告 {} 读不出来：{reason}", kept.id),
        };
        Self {
            id: kept.id,
            modified: Moment::after_1970(kept.modified),
            year: kept.report.as_ref().ok().and_then(Report::year),
            report: kept.report,
            label,
            has_namesake: false,
            standing: OnceCell::new(),
        }
    }

    /// What the list calls it: by year and organ, and where others are called the same by number and time too.
    pub fn name(&self) -> String {
        if self.has_namesake { self.full_name() } else { self.label.clone() }
    }

    /// The same with what tells it from every other.
    pub fn full_name(&self) -> String {
        format!("{}  {}", self.label, self.mark())
    }

    /// What tells it from others of the same organ and year.
    pub fn mark(&self) -> String {
        format!("编号 {}，{} 改", self.id, self.modified)
    }
}

impl Standing {
    fn of(report: &Report, review: &Review) -> Self {
        let (errors, warnings) = (review.count(Severity::Error), review.count(Severity::Warning));
        let blanks = report.cells().iter().filter(|value| value.is_none()).count();
        let unsaid = [(Field::Year, report.year().is_none()), (Field::Agency, report.agency().is_empty())];
        let unsaid = unsaid.into_iter().find_map(|(field, is_unsaid)| is_unsaid.then_some(field));
        Self { errors, warnings, blanks, unsaid }
    }
}
