//! The library as it is listed: one line a report, found as one types.
//!
//! It reads no files; the reports come with [`Answer::Listed`](crate::tui::action::Answer::Listed).

use super::{Line, Moment};
use crate::check::{self, Background, Profile, Review, Severity};
use crate::report::{Place, Report};
use crate::store::Id;
use crate::tui::action::Kept;

/// A report in the list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its number.
    pub id: Id,
    /// When it was last changed.
    pub modified: Moment,
    /// The report with what is said of it, or why it cannot be read.
    pub content: Result<Summary, String>,
}

/// What the list says of a report.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The report.
    pub report: Report,
    /// How many errors the checks find.
    pub errors: usize,
    /// How many warnings.
    pub warnings: usize,
    /// How many cells are blank.
    pub blanks: usize,
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
}

impl Shelf {
    /// Takes in what the library holds.
    pub fn fill(&mut self, kept: Vec<Kept>, profile: &Profile) {
        let selected = self.aim.or(self.selected().map(|listed| listed.id));
        let all: Vec<&Report> = kept.iter().filter_map(|kept| kept.report.as_ref().ok()).collect();
        let look = |report: &Report| {
            let previous = all.iter().find(|last| report.follows(last)).map(|last| (*last).clone());
            check::check_before(
                report,
                &Background { previous, profile: profile.clone(), ..Background::default() },
            )
        };
        let reviews: Vec<Option<Review>> =
            kept.iter().map(|kept| kept.report.as_ref().ok().map(look)).collect();
        let listed = |(kept, review): (Kept, Option<Review>)| Listed::new(kept, &review.unwrap_or_default());
        let mut reports: Vec<Listed> = kept.into_iter().zip(reviews).map(listed).collect();
        reports.sort_by_key(|listed| {
            let of = |summary: &Summary| (summary.report.year(), summary.report.agency().to_owned());
            let (year, agency) = listed.content.as_ref().map_or((None, String::new()), of);
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
        let is_twin = |listed: &&Listed| match &listed.content {
            Ok(summary) => {
                let of = |report: &Report| (report.agency().to_owned(), report.year());
                !report.agency().is_empty() && of(&summary.report) == of(report)
            }
            Err(_) => false,
        };
        self.reports.iter().flatten().filter(is_twin).collect()
    }

    /// What the list calls a report: by year and organ, and where others are called the same by number and time too.
    pub fn name(&self, listed: &Listed) -> String {
        let label = listed.label();
        let is_only = self.reports.iter().flatten().filter(|other| other.label() == label).count() < 2;
        if is_only { label } else { format!("{label}  {}", listed.mark()) }
    }

    fn holds(&self, id: Id) -> bool {
        self.reports.iter().flatten().any(|listed| listed.id == id)
    }

    /// The reports that match what is sought.
    pub fn found(&self) -> Vec<&Listed> {
        let matches = |listed: &&Listed| {
            let text = listed.label();
            self.sought.text().split_whitespace().all(|word| text.contains(word))
        };
        self.reports.iter().flatten().filter(matches).collect()
    }

    /// The report that is selected.
    pub fn selected(&self) -> Option<&Listed> {
        self.found().get(self.selected).copied()
    }

    /// The report that the same organ made for the year before.
    pub fn last_year(&self, report: &Report) -> Option<&Report> {
        let others = self.reports.iter().flatten().filter_map(|listed| listed.content.as_ref().ok());
        others.map(|summary| &summary.report).find(|last| report.follows(last))
    }

    /// The reports of the same organ for other years, one a year.
    pub fn other_years(&self, report: &Report) -> Vec<&Report> {
        let summaries = self.reports.iter().flatten().filter_map(|listed| listed.content.as_ref().ok());
        let mut others: Vec<&Report> = summaries.map(|summary| &summary.report).collect();
        others.retain(|other| {
            let is_same = !other.agency().is_empty() && other.agency() == report.agency();
            is_same && other.year().is_some() && other.year() != report.year()
        });
        // The list has its years together.
        others.dedup_by_key(|other| other.year());
        others
    }

    /// Whether there is nothing in the library.
    pub fn is_empty(&self) -> bool {
        self.reports.as_ref().is_some_and(Vec::is_empty)
    }
}

impl Listed {
    /// A report with what is said of it.
    pub fn new(kept: Kept, review: &Review) -> Self {
        let modified = Moment::after_1970(kept.modified);
        Self { id: kept.id, modified, content: kept.report.map(|report| summarize(report, review)) }
    }

    /// What tells it from others of the same organ and year.
    pub fn mark(&self) -> String {
        format!("编号 {}，{} 改", self.id, self.modified)
    }

    /// Year and organ.
    pub fn label(&self) -> String {
        match &self.content {
            Ok(Summary { report, .. }) => {
                let year = report.year().map_or_else(|| "年度不明".to_owned(), |year| year.to_string());
                let agency =
                    if report.agency().is_empty() { "（未填机关名称）" } else { report.agency() };
                format!("{year}  {agency}")
            }
            Err(reason) => format!("报告 {} 读不出来：{reason}", self.id),
        }
    }
}

fn summarize(report: Report, review: &Review) -> Summary {
    let blank = |info: &&crate::form::CellInfo| report.get(Place::from(info.cell)).is_none();
    let blanks = report.form().cells().iter().filter(blank).count();
    let (errors, warnings) = (review.count(Severity::Error), review.count(Severity::Warning));
    Summary { errors, warnings, blanks, report }
}
