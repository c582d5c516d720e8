//! How the cursor gets about in an open report: to a place, to the next finding, to the next blank.
//!
//! It changes no value.

use super::{Cover, Open, Tab};
use crate::check::{Finding, Quote};
use crate::form::terms::Section;
use crate::form::{Cell, Form};
use crate::report::Place;
use crate::tui::editor::Editor;

/// Which way to look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// Towards the end, then from the beginning.
    Next,
    /// Towards the beginning, then from the end.
    Previous,
}

/// Where something stands in the order of the report: its place, then the character in it.
type Rank = (usize, usize);

impl Open {
    /// Goes to a place.
    pub fn go(&mut self, place: Place) {
        self.anchor = None;
        match place {
            Place::Field(_) => {
                self.tab = Tab::Cover;
                self.cover = place;
            }
            Place::Section(section) => self.tab = Tab::Section(section),
            Place::Cell(cell) if self.report().form().index(cell).is_some() => {
                let section = cell.section();
                self.tab = Tab::Section(section);
                let top = self.grids.get(&section).map_or(0, |(_, top)| *top);
                self.grids.insert(section, (cell, top));
            }
            Place::Cell(_) => {}
        }
    }

    /// Goes to what a finding is about; the words that it quotes are shown.
    pub fn go_to_finding(&mut self, finding: &Finding) {
        if let Some(place) = finding.place() {
            self.go(place);
        }
        if let Some(quote) = &finding.quote
            && let Place::Section(section) = quote.place
        {
            let text = self.session.report().text(section);
            let editor = self.editors.entry(section).or_insert_with(|| Editor::new(text));
            editor.show(bytes(editor.text(), quote));
        }
        self.followed = Some(finding.clone());
    }

    /// Goes to the next place that the finding at the cursor is about; `false` if there is none.
    pub fn go_to_involved(&mut self) -> bool {
        let Some(finding) = self.current_finding().cloned() else { return false };
        let here = Some(self.place()).filter(|_| self.tab != Tab::Findings);
        let position = here.and_then(|here| finding.places.iter().position(|&place| place == here));
        let next = position.map_or(0, |position| (position + 1) % finding.places.len());
        let Some(&place) = finding.places.get(next) else { return false };
        self.go(place);
        self.followed = Some(finding);
        true
    }

    /// Whether a finding stands as it did.
    pub fn is_standing(&self, finding: &Finding) -> bool {
        self.session.review().standing().any(|one| is_same(one, finding))
    }

    /// The next finding from the current one, or else from the cursor, in the order of the report.
    pub fn next_finding(&self, way: Way) -> Option<Finding> {
        let form = self.report().form();
        let mut ranked: Vec<(Rank, &Finding)> =
            self.session.review().standing().map(|finding| (rank(form, finding), finding)).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        // Several may share a place: from the one that was gone to it is on by one.
        let followed = self.followed.as_ref().filter(|followed| self.is_at(followed));
        let known = followed.and_then(|followed| ranked.iter().position(|(_, one)| is_same(one, followed)));
        let here = self.here();
        let (before, after) = match known {
            Some(at) => (at, at + 1),
            None => (
                ranked.partition_point(|(rank, _)| *rank < here),
                ranked.partition_point(|(rank, _)| *rank <= here),
            ),
        };
        let found = match way {
            Way::Next => ranked.get(after).or(ranked.first()),
            Way::Previous => before.checked_sub(1).map(|at| &ranked[at]).or(ranked.last()),
        };
        found.map(|(_, finding)| (*finding).clone())
    }

    /// The finding that is shown, explained, accepted and mended: the one selected in the list, the one gone to, or else
    /// the nearest to the cursor.
    pub fn current_finding(&self) -> Option<&Finding> {
        if self.tab == Tab::Findings {
            return self.selected_finding();
        }
        let place = self.place();
        let caret = self.caret();
        let quoted = |finding: &Finding| finding.quote.as_ref().is_some_and(|quote| quote.place == place);
        let findings = self.session.review().findings.iter();
        let here = findings.filter(|finding| finding.places.contains(&place) || quoted(finding));
        here.min_by_key(|finding| {
            let away = finding.quote.as_ref().map_or(0, |quote| {
                if (quote.start..=quote.end).contains(&caret) { 0 } else { 1 + quote.start.abs_diff(caret) }
            });
            (
                !self.followed.as_ref().is_some_and(|followed| is_same(finding, followed)),
                finding.waived.is_some(),
                finding.place() != Some(place),
                away,
                std::cmp::Reverse(finding.severity),
                finding.fixes.len() != 1,
            )
        })
    }

    /// Whether the sums below the table say all of a finding: it was met on the way, not gone to.
    pub fn shows_its_sums(&self, finding: &Finding) -> bool {
        self.is_in_a_table() && !self.followed.as_ref().is_some_and(|followed| is_same(finding, followed))
    }

    /// Whether the cursor is where a finding is about: at one of its places, in prose at its words.
    pub(super) fn is_at(&self, finding: &Finding) -> bool {
        let place = self.place();
        match &finding.quote {
            _ if self.tab == Tab::Findings => false,
            Some(quote) if quote.place == place && self.editor().is_some() => {
                (quote.start..=quote.end).contains(&self.caret())
            }
            Some(quote) if quote.place == place => true,
            _ => finding.places.contains(&place),
        }
    }

    /// The next blank cell from the cursor, down each column in turn, table by table.
    pub fn next_blank(&self, size: (u16, u16)) -> Option<Cell> {
        let tables = self.report().form().decree.tables.iter().map(|table| table.section);
        let order: Vec<Cell> = tables.flat_map(|section| self.sheet(section, size).order()).collect();
        let here = self.cell().and_then(|cell| order.iter().position(|&other| other == cell));
        let start = here.map_or(0, |here| here + 1);
        let blank = |cell: &&Cell| self.report().get(**cell).is_none() && !self.report().is_computed(**cell);
        order[start..].iter().chain(&order[..start]).find(blank).copied()
    }

    /// The tab so many further in the tab line.
    pub fn tab_beside(&self, way: Way) -> Tab {
        let shown = if self.tab == Tab::Section(Section::Lead) { Tab::Cover } else { self.tab };
        let here = Tab::ALL.iter().position(|&tab| tab == shown).unwrap_or_default();
        let count = Tab::ALL.len();
        match way {
            Way::Next => Tab::ALL[(here + 1) % count],
            Way::Previous => Tab::ALL[(here + count - 1) % count],
        }
    }

    /// The line of the cover above or below.
    pub fn cover_beside(&self, way: Way) -> Place {
        let here = Cover::PLACES.iter().position(|&place| place == self.cover).unwrap_or_default();
        match way {
            Way::Next => Cover::PLACES[(here + 1).min(Cover::PLACES.len() - 1)],
            Way::Previous => Cover::PLACES[here.saturating_sub(1)],
        }
    }

    fn here(&self) -> Rank {
        (place_rank(self.report().form(), self.place()), self.caret())
    }

    /// The caret in prose, in characters.
    fn caret(&self) -> usize {
        let Some(editor) = self.editor() else { return 0 };
        let start = editor.selection().map_or(editor.caret(), |range| range.start);
        editor.text()[..start].chars().count()
    }
}

/// Whether two findings are one: of the same rule, at the same place, saying the same.
fn is_same(one: &Finding, other: &Finding) -> bool {
    one.waiver() == other.waiver() && one.quote == other.quote
}

/// The bytes of a text that a quote is of; nothing at its end if the text has become another.
pub fn bytes(text: &str, quote: &Quote) -> std::ops::Range<usize> {
    let at = |nth: usize| text.char_indices().nth(nth).map_or(text.len(), |(at, _)| at);
    let range = at(quote.start)..at(quote.end);
    if text[range.clone()] == quote.text { range } else { text.len()..text.len() }
}

/// Where a finding stands in the order of the report.
pub(super) fn rank(form: &Form, finding: &Finding) -> Rank {
    let place = finding.place().map_or(usize::MAX, |place| place_rank(form, place));
    (place, finding.quote.as_ref().map_or(0, |quote| quote.start))
}

/// The number of a place in the order of the report.
fn place_rank(form: &Form, place: Place) -> usize {
    let section = |section: Section| (section as usize + 1) * 1000;
    match place {
        Place::Field(field) => field as usize,
        Place::Section(of) => section(of),
        Place::Cell(cell) => section(cell.section()) + 1 + form.index(cell).unwrap_or_default(),
    }
}
