//! What the rules read: a report, its background, and what follows from both at once.

use super::Finding;
use super::localize;
use super::profile::Profile;
use crate::form::terms::{Level, Section};
use crate::form::{Cell, Equation, Form};
use crate::number::Decimal;
use crate::prose::{About, Claim, Prose};
use crate::report::{Notice, NoticeKind, Place, Report, Value, counts_of};

/// What a report is checked against, beside its form.
#[derive(Clone, Default, Debug)]
pub struct Background {
    /// Last year's report of the same organ.
    pub previous: Option<Report>,
    /// What [`copies::among`](super::copies::among) found of the report, where it was compared with those of others.
    pub copied: Option<Finding>,
    /// What custom decides.
    pub profile: Profile,
}

/// What the rules read: the report and what follows from it at once.
#[derive(Debug)]
pub struct Facts<'a> {
    /// The report.
    pub report: &'a Report,
    /// The year reported on; none where that is blank, no year, or one for which there was no form.
    pub year: Option<i64>,
    /// Last year's report of the same organ, if there is one.
    pub previous: Option<&'a Report>,
    /// What was found to be copied from another's report.
    pub copied: Option<&'a Finding>,
    /// What custom decides.
    pub profile: &'a Profile,
    /// Its form.
    pub form: &'static Form,
    /// What stands in its cells, in the order of [`Form::cells`]; `None` is blank.
    pub cells: Vec<Option<&'a Value>>,
    /// Its counts, in the same order.
    pub counts: Vec<Option<i64>>,
    pub(super) localized: std::cell::OnceCell<Vec<localize::Localization>>,
    prose: std::cell::OnceCell<Vec<(Section, Prose<'a>)>>,
    claims: std::cell::OnceCell<Vec<(Section, Claim)>>,
}

impl<'a> Facts<'a> {
    /// Gathers what the rules read of a report by itself.
    pub fn new(report: &'a Report) -> Self {
        static ALONE: Background = Background { previous: None, copied: None, profile: Profile::DEFAULT };
        Self::before(report, &ALONE)
    }

    /// Gathers what the rules read of a report before its background. A report of another year than the last is no
    /// report of last year.
    pub fn before(report: &'a Report, background: &'a Background) -> Self {
        let year = report.year().filter(|year| Form::for_year(*year).is_some());
        let is_last = |previous: &&Report| match (previous.year(), year) {
            (Some(last), Some(year)) => last + 1 == year,
            _ => false,
        };
        let cells = report.cells();
        Self {
            report,
            year,
            previous: background.previous.as_ref().filter(is_last),
            copied: background.copied.as_ref(),
            profile: &background.profile,
            form: report.form(),
            counts: counts_of(&cells),
            cells,
            localized: std::cell::OnceCell::new(),
            prose: std::cell::OnceCell::new(),
            claims: std::cell::OnceCell::new(),
        }
    }

    /// The sections of prose, taken apart.
    pub fn prose(&self) -> &[(Section, Prose<'a>)] {
        let read = |(section, text)| (section, Prose::new(text));
        self.prose.get_or_init(|| self.report.prose().map(read).collect())
    }

    /// One of them; nothing where it is blank.
    pub fn prose_of(&self, section: Section) -> Option<&Prose<'a>> {
        self.prose().iter().find(|(of, _)| *of == section).map(|(_, prose)| prose)
    }

    /// The sections of prose, as they are written.
    pub fn texts(&self) -> impl Iterator<Item = (Section, &'a str)> {
        self.prose().iter().map(|(section, prose)| (*section, prose.text()))
    }

    /// What the prose says of the tables; nothing where the year of the report is not known.
    pub fn claims(&self) -> &[(Section, Claim)] {
        self.claims.get_or_init(|| {
            let Some(about) = self.about() else { return Vec::new() };
            let of = |(section, prose): &(Section, Prose<'_>)| {
                let section = *section;
                prose.claims(&about).into_iter().map(move |claim| (section, claim))
            };
            self.prose().iter().flat_map(of).collect()
        })
    }

    /// Whose report it is, for the reader of prose.
    fn about(&self) -> Option<About> {
        let agency = self.report.agency();
        let is_of_government =
            matches!(self.report.level(), Some(Level::County | Level::City | Level::Province));
        Some(About {
            year: self.year?,
            is_government: is_of_government || agency.ends_with("人民政府") && self.report.level().is_none(),
            is_office: is_of_government && agency.ends_with(['厅', '室']),
        })
    }

    /// Whether the source of the report lacks a section, heading and all: then S01 says so, and nothing else has to.
    pub fn is_missing(&self, section: Section) -> bool {
        self.lacks(NoticeKind::SectionMissing, section)
    }

    /// Whether the source of the report has no table in a section: then S03 says so, and its cells are no blanks.
    pub fn is_without_table(&self, section: Section) -> bool {
        self.lacks(NoticeKind::TableMissing, section)
    }

    fn lacks(&self, kind: NoticeKind, section: Section) -> bool {
        let is_about = |notice: &Notice| notice.kind == kind && notice.place == Some(section.into());
        self.report.notices().any(is_about)
    }

    /// Both sides of an equation; `None` where a cell is blank or no count.
    pub fn sides(&self, equation: &Equation) -> Option<(i64, i64)> {
        equation.sides(&self.counts)
    }

    /// The place of a cell, by its number in the form.
    pub fn place(&self, cell: usize) -> Place {
        self.form.cells()[cell].cell.into()
    }

    /// What stands in a cell, as a decimal, by its number in the form.
    pub fn number(&self, cell: usize) -> Option<Decimal> {
        self.cells[cell]?.number()
    }

    /// The same, by the cell itself.
    pub fn number_in(&self, cell: Cell) -> Option<Decimal> {
        self.number(self.form.index(cell)?)
    }
}
