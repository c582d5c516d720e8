//! Reads one report of the library from its two files, changing nothing, and says what has to be done to them.
//!
//! Truth is the snapshot or the journal, whichever goes further; each alone gives the report. Both say whose they are: a
//! file of another report is taken for this one's as little as a damaged one.

use std::io::ErrorKind;
use std::path::Path;

use super::journal::{self, Journal, Rest};
use super::snapshot::{self, Snapshot, Unusable};
use super::{Id, StoreError, disk};
use crate::session::Session;

/// The journal.
pub(super) const JOURNAL: &str = "journal";

/// The snapshot.
pub(super) const SNAPSHOT: &str = "report.json";

/// A journal longer than this, in bytes, is begun anew with its last steps when the report is opened.
const LONG_JOURNAL: usize = 4 << 20;

/// How many steps stay undoable then.
const STEPS_KEPT: usize = 500;

/// What was found on opening.
#[derive(Debug)]
pub(super) struct Loaded {
    pub session: Session,
    pub sequence: u64,
    /// What was brought back or set aside, in the clerk's words.
    pub recovered: Option<String>,
    /// A newer version has written what this one does not understand: nothing may be written.
    pub is_newer: bool,
    /// What has to be done to the files before anything may be added.
    pub mend: Option<Mend>,
}

/// What has to be done to files that are not as they should be; the snapshot is always written anew then.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Mend {
    /// These are damaged, or another report's: they are kept under another name.
    pub keep: Vec<&'static str>,
    /// How the journal is begun anew, if it is.
    pub journal: Option<Anew>,
    /// Whether the files were another report's.
    pub is_adopted: bool,
}

/// How a journal is begun anew.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Anew {
    /// With every sound record of the one before.
    Sound(Vec<u8>),
    /// With the report and the steps that can be undone; the one before stays beside it.
    Session,
}

/// What a file was found to be.
enum Found<T> {
    Absent,
    /// It cannot be used, and why, in the clerk's words.
    Unusable(String),
    Newer,
    Sound(T),
}

impl<T> Found<T> {
    /// Reads a file of the report; `title` is what the clerk calls it.
    fn read(
        path: &Path,
        title: &str,
        understood: impl FnOnce(&[u8]) -> Result<T, Unusable>,
    ) -> Result<Self, StoreError> {
        Ok(match disk::read_own(path) {
            Ok(Some(bytes)) => match understood(&bytes) {
                Ok(sound) => Self::Sound(sound),
                Err(Unusable::Newer) => Self::Newer,
                Err(Unusable::Damaged) => Self::Unusable(format!("{title}已损坏")),
            },
            Ok(None) => Self::Unusable(format!("{title}不是普通文件")),
            Err(error) if error.kind() == ErrorKind::NotFound => Self::Absent,
            Err(error) => return Err(StoreError::io("读取", path)(error)),
        })
    }

    fn is_newer(&self) -> bool {
        matches!(self, Self::Newer)
    }

    /// The same, unusable if it is of another report.
    fn unless_foreign(self, title: &str, whose: Option<Id>, id: Id) -> Self {
        match whose {
            Some(other) if other != id => Self::Unusable(format!("{title}是报告 {other} 的")),
            _ => self,
        }
    }
}

const OF_JOURNAL: &str = "操作记录";
const OF_SNAPSHOT: &str = "报告文件";

/// A journal with its sound part, as bytes that say whose it is now.
type Whole = (Journal, Vec<u8>);

/// Reads a report from its two files. What was not closed in order is `recovered` only if nobody has it open now.
pub(super) fn load(directory: &Path, id: Id) -> Result<Loaded, StoreError> {
    let mut length = 0;
    let journal = Found::read(&directory.join(JOURNAL), OF_JOURNAL, |bytes| {
        length = bytes.len();
        journal::read(bytes).map(|journal| {
            let sound = journal::sound_part(&journal, id, bytes);
            (journal, sound)
        })
    })?;
    let snapshot = Found::read(&directory.join(SNAPSHOT), OF_SNAPSHOT, snapshot::read)?;
    let (journal, snapshot, adopted) = owned(journal, snapshot, id);
    let is_unknown = matches!(&journal, Found::Sound((Journal { rest: Rest::Newer, .. }, _)));
    let is_newer = is_unknown || journal.is_newer() || snapshot.is_newer();
    let mut loaded = match (journal, snapshot) {
        (Found::Sound((journal, _)), Found::Sound(snapshot)) if snapshot.sequence > journal.sequence => {
            let why = match journal.rest {
                Rest::Nothing | Rest::Newer => "操作记录比报告文件旧",
                Rest::Torn | Rest::Damaged => "操作记录已损坏",
            };
            from_snapshot(snapshot, why)
        }
        (Found::Sound(journal), snapshot) => from_journal(journal, snapshot, adopted.is_some()),
        (Found::Unusable(why), Found::Sound(snapshot)) => from_snapshot(snapshot, &why),
        (Found::Absent, Found::Sound(snapshot)) => Loaded {
            recovered: Some(format!("操作记录不见了，{FROM_SNAPSHOT}")),
            ..from_snapshot(snapshot, "")
        },
        (Found::Newer, Found::Sound(snapshot)) => from_snapshot(snapshot, ""),
        (Found::Absent, Found::Absent) => return Err(StoreError::NoSuchReport(id)),
        _ if is_newer => return Err(StoreError::Newer(id)),
        _ => return Err(StoreError::Damaged(id)),
    };
    if is_newer {
        return Ok(Loaded { is_newer, ..loaded });
    }
    if let Some(former) = adopted {
        let also = loaded.recovered.map_or_else(String::new, |said| format!("；{said}"));
        loaded.recovered = Some(format!("这里的文件原来是报告 {former} 的，从现在起归报告 {id}{also}"));
    }
    if length > LONG_JOURNAL && loaded.mend.is_none() {
        loaded.session.forget_before(STEPS_KEPT);
        loaded.mend = Some(Mend { journal: Some(Anew::Session), ..Mend::default() });
    }
    Ok(loaded)
}

/// The two files as far as they are this report's; and whose they were, where both together are another's: somebody has
/// copied or renamed the directory.
fn owned(
    journal: Found<Whole>,
    snapshot: Found<Snapshot>,
    id: Id,
) -> (Found<Whole>, Found<Snapshot>, Option<Id>) {
    let of_journal = if let Found::Sound((journal, _)) = &journal { journal.id } else { None };
    let of_snapshot = if let Found::Sound(snapshot) = &snapshot { snapshot.id } else { None };
    let alone = match (&journal, &snapshot) {
        (Found::Sound(_), Found::Sound(_)) => (of_journal == of_snapshot).then_some(of_journal),
        _ => Some(of_journal.or(of_snapshot)),
    };
    match alone {
        Some(whose) => (journal, snapshot, whose.filter(|whose| *whose != id)),
        None => (
            journal.unless_foreign(OF_JOURNAL, of_journal, id),
            snapshot.unless_foreign(OF_SNAPSHOT, of_snapshot, id),
            None,
        ),
    }
}

fn from_journal((journal, sound): Whole, snapshot: Found<Snapshot>, is_adopted: bool) -> Loaded {
    let mut mend = Mend { is_adopted, ..Mend::default() };
    let mut said = Vec::new();
    let mut is_lacking = false;
    let steps = journal.records.len();
    match journal.rest {
        Rest::Damaged => {
            mend.keep.push(JOURNAL);
            said.push(format!("操作记录在第 {steps} 步之后损坏，恢复到那一步；损坏的文件另外保留"));
        }
        Rest::Torn => said.push("上次意外中断，恢复到最后一次确认的内容".to_owned()),
        Rest::Nothing | Rest::Newer => {}
    }
    if is_adopted || matches!(journal.rest, Rest::Torn | Rest::Damaged) {
        mend.journal = Some(Anew::Sound(sound));
    }
    match snapshot {
        Found::Sound(snapshot) if said.is_empty() && journal.sequence > snapshot.sequence => {
            let later = journal.sequence - snapshot.sequence;
            said.push(format!("上次意外中断，恢复全部确认过的内容（含最后 {later} 步）"));
        }
        Found::Sound(_) | Found::Newer => {}
        Found::Absent => {
            is_lacking = true;
            said.push("报告文件不见了，由操作记录恢复".to_owned());
        }
        Found::Unusable(why) => {
            mend.keep.push(SNAPSHOT);
            said.push(format!("{why}，由操作记录恢复；原来的文件另外保留"));
        }
    }
    let is_to_be_mended = is_lacking || mend != Mend::default();
    Loaded {
        sequence: journal.sequence,
        session: Session::replay(journal.base, journal.records),
        recovered: (!said.is_empty()).then(|| said.join("；")),
        is_newer: false,
        mend: is_to_be_mended.then_some(mend),
    }
}

const FROM_SNAPSHOT: &str = "内容取自上次保存的报告，之前的步骤不能再撤销";

fn from_snapshot(snapshot: Snapshot, why: &str) -> Loaded {
    Loaded {
        session: Session::new(snapshot.report),
        sequence: snapshot.sequence,
        recovered: Some(format!("{why}，{FROM_SNAPSHOT}；原来的操作记录另外保留")),
        is_newer: false,
        mend: Some(Mend { keep: vec![JOURNAL], journal: Some(Anew::Session), is_adopted: false }),
    }
}

/// The report as it was closed, if the journal has not grown since; cheaper than [`load`].
pub(super) fn closed(directory: &Path, id: Id) -> Option<Snapshot> {
    let snapshot = snapshot::read(&disk::read_own(&directory.join(SNAPSHOT)).ok()??).ok()?;
    let length = directory.join(JOURNAL).symlink_metadata().ok()?.len();
    let is_ours = snapshot.id.is_none_or(|whose| whose == id);
    (is_ours && snapshot.journal_length == length).then_some(snapshot)
}
