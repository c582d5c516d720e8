//! What is said of a cell by one sign behind its number: that a finding begins at it, that it is computed, that the
//! clerk has changed it.
//!
//! Where a value comes from follows from the history alone: what stood in a cell before the first step that stands has
//! *come along*, read from a file or carried over from last year; what stands there now and is something else was
//! *set here*. (Steps that the store has forgotten count as come along.) Whichever of the two is the rule in a table has
//! no sign, so that a report that was read is plain until it is changed, and one that is being keyed is plain but for
//! what was carried over.

use std::collections::BTreeMap;

use super::Open;
use crate::check::Severity;
use crate::form::Cell;
use crate::form::terms::Section;
use crate::report::{Place, Value};
use crate::session::Session;

/// What is said of a cell. Of two the later one is said.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Mark {
    /// It has come along, in a table that is being keyed.
    ComeAlong,
    /// It was set here, in a table that has come along.
    SetHere,
    /// It is a total that is computed.
    Computed,
    /// A finding begins at it.
    Finding(Severity),
}

impl Mark {
    /// Every one, gravest first.
    pub const ALL: [Self; 6] = [
        Self::Finding(Severity::Error),
        Self::Finding(Severity::Warning),
        Self::Finding(Severity::Info),
        Self::Computed,
        Self::SetHere,
        Self::ComeAlong,
    ];

    /// The sign.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::ComeAlong => "<",
            Self::SetHere => "*",
            Self::Computed => "=",
            Self::Finding(severity) => sign(severity),
        }
    }

    /// What the sign says, in the clerk's words.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::ComeAlong => "带过来还没动过，如上年结转（表大多是读入的就不标）",
            Self::SetHere => "读入以后改过或补填的（表大多是自己填的就不标）",
            Self::Computed => "自动合计",
            Self::Finding(Severity::Error) => "有错，光标移过去看是什么错",
            Self::Finding(Severity::Warning) => "有提示，要核对或者说明",
            Self::Finding(Severity::Info) => "供参考：如可能就错在这一格，或者与上年相差五倍以上",
        }
    }
}

/// The sign of a severity, in the cells and beside the names of the parts.
pub const fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "!",
        Severity::Warning => "?",
        Severity::Info => "~",
    }
}

/// What is said of the cells of a table; of most of them nothing.
pub fn marks(open: &Open, section: Section) -> BTreeMap<Cell, Mark> {
    let in_table = |place: Place| place.cell().filter(|cell| cell.section() == section);
    let form = open.report().form();
    let cells: Vec<Cell> =
        form.cells().iter().map(|info| info.cell).filter(|cell| cell.section() == section).collect();
    let mut marks = origins(&open.session, &cells);
    marks.extend(
        cells.iter().filter(|&&cell| open.report().is_computed(cell)).map(|&cell| (cell, Mark::Computed)),
    );
    for finding in open.session.review().standing() {
        if let Some(cell) = finding.places.first().copied().and_then(in_table) {
            let mark = Mark::Finding(finding.severity);
            marks.entry(cell).and_modify(|before| *before = mark.max(*before)).or_insert(mark);
        }
    }
    marks
}

/// Which of these cells, all those of a table, have come along or were set here, whichever is not the rule.
fn origins(session: &Session, cells: &[Cell]) -> BTreeMap<Cell, Mark> {
    let mut before: BTreeMap<Place, Option<&Value>> = BTreeMap::new();
    for step in session.history() {
        for (place, value) in &step.inverse.values {
            before.entry(*place).or_insert(value.as_ref());
        }
    }
    let stands = |cell: Cell| session.report().get(cell);
    let stood = |cell: Cell| before.get(&cell.into()).copied().unwrap_or_else(|| stands(cell));
    let has_come_along = cells.iter().filter(|&&cell| stood(cell).is_some()).count() * 2 >= cells.len();
    let origin = |&cell: &Cell| match (stood(cell), stands(cell)) {
        (stood, stands) if stood != stands => has_come_along.then_some((cell, Mark::SetHere)),
        (Some(_), _) => (!has_come_along).then_some((cell, Mark::ComeAlong)),
        (None, _) => None,
    };
    cells.iter().filter_map(origin).collect()
}
