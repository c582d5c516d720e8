//! An open report on the screen: its session, the tab that is shown, the cursor, what is being typed.
//!
//! What is being typed is not in the report until it is settled. It puts nothing on disk; that follows from the records
//! that it gives.

pub mod page;
pub mod travel;
mod typing;

pub use typing::{Entry, Keeps};

use std::collections::BTreeMap;

use super::Line;
use super::queue::OnDesk;
use super::sheet::{ROOMY, Room, Sheet};
use crate::check::Finding;
use crate::form::Cell;
use crate::form::terms::{Field, Section};
use crate::keymap::Context;
use crate::language::Language;
use crate::report::{Place, Report, Value, Waiver};
use crate::session::Session;
use crate::tui::action::{Arrival, Origin};
use crate::tui::editor::Editor;
use crate::width::{Ambiguous, width};

/// An open report.
#[derive(Clone, Debug)]
pub struct Open {
    /// The report with its history and findings.
    pub session: Session,
    /// Where it comes from.
    pub origin: Origin,
    /// What it is to a reviewer, if somebody reviews.
    pub on_desk: Option<OnDesk>,
    /// What was said of it when it was opened, as what was brought back.
    pub arrived: Option<String>,
    /// Whether the last edit is on disk.
    pub saved: Saved,
    /// Whether something was refused because somebody else has the report: it is to be asked whether that is so still.
    pub is_refused: bool,
    /// What is shown of it.
    pub tab: Tab,
    /// Which line of the cover is selected.
    pub cover: Place,
    /// The cell that is selected, and the first line seen, in each table.
    pub grids: BTreeMap<Section, (Cell, usize)>,
    /// The other corner of the block that is selected in the table that is shown.
    pub anchor: Option<Cell>,
    /// What is being typed into a cell or a line of the cover.
    pub entry: Option<Entry>,
    /// The prose that was shown, with the carets.
    pub editors: BTreeMap<Section, Editor>,
    /// The section in which a phrase is being typed of which some is in the report: the rest is of the same step.
    pub unfinished: Option<Section>,
    /// What is sought among the findings, in either language.
    pub sought: Line,
    language: Language,
    /// Which of those found is selected.
    pub selected: usize,
    /// How the findings are grouped.
    pub grouping: Grouping,
    /// Whether Enter was pressed on the last cell of a table: what is typed then is not meant for that cell.
    pub is_filled: bool,
    /// The finding that the last act has caused, as long as it is announced: the next one to go to.
    pub announced: Option<Finding>,
    /// The finding that was gone to; it is the current one until the cursor leaves its places.
    pub followed: Option<Finding>,
}

/// Whether the last edit is on disk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Saved {
    /// It is.
    Safe,
    /// The store has been asked.
    Asked,
    /// The store could not.
    Failed,
    /// Nothing is kept: the report is not in the library.
    Loose,
}

/// How the list of findings is grouped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Grouping {
    /// By the part of the report, in its order.
    Section,
    /// By severity, gravest first; accepted ones last.
    Severity,
}

/// A part of an open report that fills the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tab {
    /// Who reports, for when; the title and the lead.
    Cover,
    /// A section; the lead too, which is reached from the cover.
    Section(Section),
    /// What the checks found.
    Findings,
}

/// The lines of the cover.
pub struct Cover;

impl Cover {
    /// All of them, from the top.
    pub const PLACES: [Place; 8] = [
        Place::Field(Field::Agency),
        Place::Field(Field::ShortName),
        Place::Field(Field::Level),
        Place::Field(Field::Year),
        Place::Field(Field::Title),
        Place::Field(Field::Published),
        Place::Field(Field::Totals),
        Place::Section(Section::Lead),
    ];
}

impl Tab {
    /// All of them, in the order of the tab line.
    pub const ALL: [Self; 8] = [
        Self::Cover,
        Self::Section(Section::Overview),
        Self::Section(Section::Proactive),
        Self::Section(Section::Requests),
        Self::Section(Section::Disputes),
        Self::Section(Section::Problems),
        Self::Section(Section::OtherMatters),
        Self::Findings,
    ];
}

impl Open {
    /// Shows a report that has arrived, at the place where it was left.
    pub fn new(arrival: Arrival, language: Language) -> Self {
        let saved = match arrival.origin {
            Origin::Library(_) => Saved::Safe,
            Origin::Locked(..) | Origin::File(_) => Saved::Loose,
        };
        let form = arrival.session.report().form();
        let wide = Room { columns: 80, rows: 24, longest: 1 };
        let first = |table: &'static crate::form::Table| {
            let first = Sheet::new(form, table.section, wide).order().first().copied();
            first.map(|cell| (table.section, (cell, 0)))
        };
        let grids = form.decree.tables.iter().filter_map(first).collect();
        let mut open = Self {
            session: arrival.session,
            origin: arrival.origin,
            on_desk: arrival.on_desk,
            arrived: arrival.message,
            saved,
            is_refused: false,
            tab: Tab::Cover,
            cover: Cover::PLACES[0],
            grids,
            anchor: None,
            entry: None,
            editors: BTreeMap::new(),
            unfinished: None,
            sought: Line::default(),
            language,
            selected: 0,
            grouping: Grouping::Section,
            is_filled: false,
            announced: None,
            followed: None,
        };
        if let Some(place) = arrival.cursor {
            open.go(place);
        }
        open
    }

    /// The report as it stands.
    pub const fn report(&self) -> &Report {
        self.session.report()
    }

    /// Whether edits are allowed.
    pub const fn is_writable(&self) -> bool {
        !matches!(self.origin, Origin::Locked(..))
    }

    /// Whether a table is shown.
    pub const fn is_in_a_table(&self) -> bool {
        matches!(self.tab, Tab::Section(section) if section.is_table())
    }

    /// Where keys go.
    pub fn context(&self) -> Context {
        match (self.tab, &self.entry) {
            (Tab::Cover, None) => Context::Cover,
            (Tab::Cover, Some(_)) => Context::Field,
            (Tab::Findings, _) => Context::Findings,
            (Tab::Section(section), _) if !section.is_table() => Context::Prose,
            (Tab::Section(_), None) => Context::Grid,
            (Tab::Section(_), Some(_)) => Context::Cell,
        }
    }

    /// The place that the cursor is at.
    pub fn place(&self) -> Place {
        match self.tab {
            Tab::Cover => self.cover,
            Tab::Section(section) => {
                self.grids.get(&section).map_or(Place::Section(section), |(cell, _)| Place::Cell(*cell))
            }
            Tab::Findings => self
                .selected_finding()
                .and_then(|finding| finding.places.first().copied())
                .unwrap_or(self.cover),
        }
    }

    /// The cell that the cursor is at, in a table.
    pub fn cell(&self) -> Option<Cell> {
        match self.tab {
            Tab::Section(section) => self.grids.get(&section).map(|(cell, _)| *cell),
            Tab::Cover | Tab::Findings => None,
        }
    }

    /// The cells that are selected, row by row, on a terminal of this size: a block, or the one at the cursor.
    pub fn block(&self, size: (u16, u16)) -> Vec<Vec<Cell>> {
        let Some(cell) = self.cell() else { return Vec::new() };
        let sheet = self.sheet(cell.section(), size);
        let Some(here) = sheet.find(cell) else { return Vec::new() };
        let other = self.anchor.and_then(|anchor| sheet.find(anchor)).unwrap_or(here);
        let (left, right) = (here.1.min(other.1), here.1.max(other.1));
        let rows = sheet.rows().skip(here.0.min(other.0)).take(here.0.abs_diff(other.0) + 1);
        rows.map(|row| row.iter().skip(left).take(right + 1 - left).copied().collect()).collect()
    }

    /// The prose being edited, if a section of prose is shown.
    pub fn editor(&self) -> Option<&Editor> {
        match self.tab {
            Tab::Section(section) => self.editors.get(&section),
            Tab::Cover | Tab::Findings => None,
        }
    }

    /// The prose being edited, to be changed.
    pub fn editor_mut(&mut self) -> Option<&mut Editor> {
        match self.tab {
            Tab::Section(section) => self.editors.get_mut(&section),
            Tab::Cover | Tab::Findings => None,
        }
    }

    /// The table that is shown, laid out for a terminal of this size (columns, rows).
    pub fn sheet(&self, section: Section, size: (u16, u16)) -> Sheet {
        let report = self.report();
        let in_table = |(place, value): (Place, &Value)| {
            let here = place.cell().is_some_and(|cell| cell.section() == section);
            (here && value.number().is_some()).then(|| width(&value.to_string(), Ambiguous::Narrow))
        };
        let longest = report.values().filter_map(in_table).max().unwrap_or(1).max(4);
        let heads = if size.1 >= ROOMY { 5 } else { 2 };
        let rows = usize::from(size.1).saturating_sub(2 + heads + foot(size.1));
        Sheet::new(report.form(), section, Room { columns: size.0.into(), rows, longest })
    }

    /// Fits what is shown to the size of the terminal: the lines that are seen follow the cursor.
    pub fn follow(&mut self, size: (u16, u16), ambiguous: Ambiguous) {
        self.followed = self.followed.take().filter(|finding| self.is_at(finding));
        let Tab::Section(section) = self.tab else { return };
        if section.is_table() {
            let sheet = self.sheet(section, size);
            let rows = table_rows(&sheet, size.1);
            if let Some((cell, top)) = self.grids.get_mut(&section) {
                let line = sheet.line_of(*cell);
                let last = sheet.lines.len().saturating_sub(rows);
                // The first row takes its headings along.
                let first = if sheet.rows().next().is_some_and(|row| row.contains(cell)) { 0 } else { line };
                *top = (*top).min(last).clamp((line + 1).saturating_sub(rows).min(first), first);
            }
            return;
        }
        let page = self.page(size);
        let text = self.session.report().text(section);
        let editor = self.editors.entry(section).or_insert_with(|| Editor::new(text));
        editor.resize(page.columns, page.rows, ambiguous);
    }

    /// The findings that match what is sought, in the order of the report.
    pub fn found(&self) -> Vec<&Finding> {
        let form = self.report().form();
        let matches = |finding: &&Finding| {
            let places: Vec<String> = finding.places.iter().map(|place| place.label(form)).collect();
            let severity = finding.severity.label();
            let own: Vec<&str> = std::iter::once(&finding.message)
                .chain(&places)
                .map(String::as_str)
                .chain([severity])
                .collect();
            self.language.has_words(&[finding.rule.id], &own, self.sought.text())
        };
        let mut found: Vec<&Finding> = self.session.review().findings.iter().filter(matches).collect();
        found.sort_by_key(|finding| {
            let group = match self.grouping {
                Grouping::Section => None,
                Grouping::Severity => Some((finding.waived.is_some(), std::cmp::Reverse(finding.severity))),
            };
            (group, travel::rank(form, finding))
        });
        found
    }

    /// Seeks nothing in the list any more; what is selected stays so.
    pub fn forget_sought(&mut self) {
        let selected = self.selected_finding().map(Finding::waiver);
        self.sought = Line::default();
        if let Some(selected) = selected {
            self.select_finding(&selected);
        }
    }

    /// Selects a finding in the list, if it is there.
    pub fn select_finding(&mut self, finding: &Waiver) {
        let at = self.found().iter().position(|found| found.waiver() == *finding);
        self.selected = at.unwrap_or(self.selected);
    }

    /// The finding that is selected in the list.
    pub fn selected_finding(&self) -> Option<&Finding> {
        self.found().get(self.selected).copied()
    }
}

/// The rows below a table: two equations, the finding, the place, the hints.
pub const fn foot(rows: u16) -> usize {
    match rows {
        0..8 => 1,
        8..18 => 5,
        _ => 6,
    }
}

/// The rows below prose: the finding, the hints.
pub const fn prose_foot(rows: u16) -> usize {
    match rows {
        0..8 => 1,
        8..18 => 2,
        _ => 3,
    }
}

/// The rows in which the lines of a table are seen.
pub fn table_rows(sheet: &Sheet, rows: u16) -> usize {
    usize::from(rows).saturating_sub(2 + foot(rows) + sheet.head_rows(rows)).max(1)
}
