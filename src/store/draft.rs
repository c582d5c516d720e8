//! One report of the library: read from its two files, and written while it is open.
//!
//! Truth is the snapshot or the journal, whichever goes further; each alone gives the report. A record is safe when
//! [`Draft::append`] returns. A failed sync is never tried again on the same file: the page cache may call bad data clean.

use std::fs::{File, Metadata};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::journal::{self, Journal, Rest};
use super::lock::Lock;
use super::snapshot::{self, Snapshot, Unusable};
use super::{Id, StoreError, disk};
use crate::report::Place;
use crate::session::{Record, Session};

/// A journal longer than this, in bytes, is begun anew with its last steps when the report is opened.
const LONG_JOURNAL: usize = 4 << 20;

/// How many steps stay undoable then.
const STEPS_KEPT: usize = 500;

/// A report that this process may change. Letting it go lets the lock go; what was appended is safe either way.
#[derive(Debug)]
pub struct Draft {
    directory: PathBuf,
    journal: File,
    /// How long the journal is when nobody else has written to it.
    length: u64,
    /// The number of the last record on disk.
    sequence: u64,
    /// How many of the records that the session has given are on disk.
    written: u64,
    standing: Standing,
    _lock: Lock,
}

/// Whether anything may be added to the journal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Standing {
    Sound,
    /// A write or sync has failed: the journal must be begun anew before anything is added. Behind its end there may be
    /// as many bytes of ours as were being written.
    Broken {
        torn: u64,
    },
    /// Somebody else has changed the files: never again.
    Foreign,
}

/// What was found on opening.
#[derive(Debug)]
pub(super) struct Loaded {
    pub session: Session,
    pub sequence: u64,
    /// What was brought back or set aside, in the clerk's words.
    pub recovered: Option<String>,
    /// A newer version has written what this one does not understand: nothing may be written.
    pub is_newer: bool,
    mend: Mend,
}

/// What has to be done to the files before anything may be added.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
struct Mend {
    /// These are damaged: they are kept under another name.
    keep: Vec<&'static str>,
    /// The journal ends where nothing can be added, or is long.
    rewrite: bool,
}

/// Reads a report from its two files, changing nothing. What was not closed in order is `recovered` only if nobody has it
/// open now.
pub(super) fn load(directory: &Path, id: Id) -> Result<Loaded, StoreError> {
    let read = |name: &str| match std::fs::read(directory.join(name)) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::io("读取", &directory.join(name))(error)),
    };
    let (journal_bytes, snapshot_bytes) = (read(JOURNAL)?, read(SNAPSHOT)?);
    let journal = journal_bytes.as_deref().map(journal::read);
    let snapshot = snapshot_bytes.as_deref().map(snapshot::read);
    let is_unknown = matches!(journal, Some(Err(Unusable::Newer) | Ok(Journal { rest: Rest::Newer, .. })));
    let is_newer = is_unknown || matches!(snapshot, Some(Err(Unusable::Newer)));
    let is_damaged = matches!(snapshot, Some(Err(Unusable::Damaged)));
    let mut loaded = match (journal, snapshot) {
        (Some(Ok(journal)), Some(Ok(snapshot))) if snapshot.sequence > journal.sequence => {
            from_snapshot(snapshot)
        }
        (Some(Ok(journal)), snapshot) => {
            from_journal(journal, snapshot.and_then(Result::ok).as_ref(), is_damaged)
        }
        (_, Some(Ok(snapshot))) => from_snapshot(snapshot),
        (None, None) => return Err(StoreError::NoSuchReport(id)),
        _ if is_newer => return Err(StoreError::Newer(id)),
        _ => return Err(StoreError::Damaged(id)),
    };
    if is_newer {
        return Ok(Loaded { is_newer, recovered: None, ..loaded });
    }
    if journal_bytes.is_some_and(|bytes| bytes.len() > LONG_JOURNAL) && loaded.mend == Mend::default() {
        loaded.session.forget_before(STEPS_KEPT);
        loaded.mend.rewrite = true;
    }
    Ok(loaded)
}

fn from_journal(journal: Journal, snapshot: Option<&Snapshot>, is_snapshot_damaged: bool) -> Loaded {
    let later = snapshot.map_or(0, |snapshot| journal.sequence - snapshot.sequence);
    let mut mend = Mend { keep: Vec::new(), rewrite: matches!(journal.rest, Rest::Torn | Rest::Damaged) };
    let mut said = match journal.rest {
        Rest::Damaged => {
            mend.keep.push(JOURNAL);
            let steps = journal.records.len();
            Some(format!("操作记录在第 {steps} 步之后损坏，已恢复到那一步；损坏的文件另外保留"))
        }
        Rest::Torn => Some("上次意外中断，已恢复到最后一次确认的内容".to_owned()),
        Rest::Nothing | Rest::Newer if later > 0 => {
            Some(format!("上次意外中断，已恢复全部确认过的内容（含最后 {later} 步）"))
        }
        Rest::Nothing | Rest::Newer => None,
    };
    if is_snapshot_damaged {
        mend.keep.push(SNAPSHOT);
        said = Some(match said {
            Some(said) => format!("{said}；报告文件也已损坏，另外保留"),
            None => "报告文件已损坏，已由操作记录完整恢复；损坏的文件另外保留".to_owned(),
        });
    }
    let sequence = journal.sequence;
    let session = Session::replay(journal.base, journal.records);
    Loaded { session, sequence, recovered: said, is_newer: false, mend }
}

fn from_snapshot(snapshot: Snapshot) -> Loaded {
    let said = "操作记录已损坏，内容取自上次保存的报告，之前的步骤不能再撤销；损坏的文件另外保留";
    Loaded {
        session: Session::new(snapshot.report),
        sequence: snapshot.sequence,
        recovered: Some(said.to_owned()),
        is_newer: false,
        mend: Mend { keep: vec![JOURNAL], rewrite: true },
    }
}

impl Draft {
    /// Takes over the files that were loaded, mended first where that is needed.
    pub(super) fn new(directory: &Path, loaded: &Loaded, lock: Lock) -> Result<Self, StoreError> {
        disk::sweep(directory);
        let path = directory.join(JOURNAL);
        let mut sequence = loaded.sequence;
        loaded.mend.keep.iter().try_for_each(|name| keep(&directory.join(name)))?;
        if loaded.mend.rewrite {
            sequence = rewrite(&path, sequence, &loaded.session)?;
        }
        // Whoever put it in its place may have been killed before he could make that last: what is added would go with it.
        disk::confirm(&path)?;
        let (journal, length) = open_end(&path)?;
        let mut draft = Self {
            directory: directory.to_owned(),
            journal,
            length,
            sequence,
            written: loaded.session.given(),
            standing: Standing::Sound,
            _lock: lock,
        };
        if loaded.mend != Mend::default() {
            draft.save(&loaded.session)?;
        }
        Ok(draft)
    }

    /// Adds a record, which `session` already holds; it is on disk when this returns.
    ///
    /// # Errors
    /// If the system refuses: the record is not on disk then, and the next call tries to write it too. Or if somebody else
    /// has changed the files: then every later call is refused as well.
    pub fn append(&mut self, session: &Session, record: &Record) -> Result<(), StoreError> {
        self.expect_unchanged()?;
        if self.standing != Standing::Sound {
            return self.begin_anew(session);
        }
        if self.written == session.given() {
            // A journal begun anew for the record before holds this one too.
            return Ok(());
        }
        let line = journal::record(self.sequence + 1, record);
        if self.journal.write_all(&line).and_then(|()| self.journal.sync_data()).is_err() {
            self.standing = Standing::Broken { torn: line.len() as u64 };
            return self.begin_anew(session);
        }
        (self.sequence, self.written) = (self.sequence + 1, self.written + 1);
        self.length += line.len() as u64;
        Ok(())
    }

    /// Writes the snapshot, and first whatever the journal does not hold yet.
    ///
    /// # Errors
    /// If the system refuses; the journal holds everything then all the same.
    pub fn save(&mut self, session: &Session) -> Result<(), StoreError> {
        self.expect_unchanged()?;
        if self.standing != Standing::Sound || self.written != session.given() {
            self.begin_anew(session)?;
        }
        let bytes = snapshot::write(session.report(), self.sequence, self.length);
        disk::replace(&self.directory.join(SNAPSHOT), &bytes)
    }

    /// Closes the report in order: the snapshot, and where the cursor stood. Then let the draft go; if this fails it is
    /// still open.
    ///
    /// # Errors
    /// As [`Draft::save`].
    pub fn close(&mut self, session: &Session, cursor: Option<Place>) -> Result<(), StoreError> {
        self.save(session)?;
        let view = View { sequence: self.sequence, place: cursor };
        let bytes = serde_json::to_vec(&view).unwrap_or_default();
        // The report is safe already; where the cursor stood is not worth staying for.
        let _ = disk::replace(&self.directory.join(VIEW), &bytes);
        Ok(())
    }

    /// Writes the whole journal afresh, from memory.
    fn begin_anew(&mut self, session: &Session) -> Result<(), StoreError> {
        let path = self.directory.join(JOURNAL);
        let (sequence, bytes) = journal::of_session(self.sequence + 1, session);
        self.journal = disk::place(&path, &bytes)?;
        // From here on this is the file that must be found, whatever comes of it.
        (self.length, self.standing) = (bytes.len() as u64, Standing::Broken { torn: 0 });
        disk::confirm(&path)?;
        (self.sequence, self.written, self.standing) = (sequence, session.given(), Standing::Sound);
        Ok(())
    }

    /// Refuses to go on where the journal is not the file, or not as long, as this process left it; from then on always.
    fn expect_unchanged(&mut self) -> Result<(), StoreError> {
        let path = self.directory.join(JOURNAL);
        let torn = match self.standing {
            Standing::Sound => 0,
            Standing::Broken { torn } => torn,
            Standing::Foreign => return Err(StoreError::ChangedOutside(path)),
        };
        let there = path.symlink_metadata().and_then(|there| Ok((there, self.journal.metadata()?)));
        let file = |metadata: &Metadata| (metadata.dev(), metadata.ino());
        let lengths = self.length..=self.length + torn;
        match there {
            Ok((there, ours)) if file(&there) == file(&ours) && lengths.contains(&there.len()) => Ok(()),
            // Where a write has failed already, the whole place may be gone for a while.
            Err(error) if error.kind() != ErrorKind::NotFound || self.standing != Standing::Sound => {
                // What was to be written now is missing from the journal from here on.
                self.standing = Standing::Broken { torn };
                Err(StoreError::io("核对", &path)(error))
            }
            _ => {
                self.standing = Standing::Foreign;
                Err(StoreError::ChangedOutside(path))
            }
        }
    }
}

/// Writes the two files of a new report into its directory.
pub(super) fn create(directory: &Path, session: &Session) -> Result<(), StoreError> {
    let (_, bytes) = journal::of_session(0, session);
    disk::replace(&directory.join(JOURNAL), &bytes)?;
    let snapshot = snapshot::write(session.report(), 0, bytes.len() as u64);
    disk::replace(&directory.join(SNAPSHOT), &snapshot)
}

/// The report as it was closed, if the journal has not grown since; cheaper than [`load`].
pub(super) fn closed(directory: &Path) -> Option<Snapshot> {
    let snapshot = snapshot::read(&std::fs::read(directory.join(SNAPSHOT)).ok()?).ok()?;
    let length = directory.join(JOURNAL).symlink_metadata().ok()?.len();
    (snapshot.journal_length == length).then_some(snapshot)
}

/// Where the cursor stood: as it was left, or at the last edit if the report was not closed.
pub(super) fn cursor(directory: &Path, loaded: &Loaded) -> Option<Place> {
    let view: Option<View> =
        std::fs::read(directory.join(VIEW)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    match view {
        Some(view) if view.sequence == loaded.sequence => view.place,
        _ => loaded.session.last_step()?.inverse.values.keys().next().copied(),
    }
}

/// The journal.
const JOURNAL: &str = "journal";

/// The snapshot.
const SNAPSHOT: &str = "report.json";

/// Where the cursor stood. Not precious.
const VIEW: &str = "view.json";

#[derive(Serialize, Deserialize)]
struct View {
    sequence: u64,
    place: Option<Place>,
}

/// Writes a journal that holds the session and ends at `sequence` or later; gives where it ends.
fn rewrite(path: &Path, sequence: u64, session: &Session) -> Result<u64, StoreError> {
    let (sequence, bytes) = journal::of_session(sequence, session);
    disk::replace(path, &bytes).map(|()| sequence)
}

/// Keeps a damaged file under another name; it stays in its place until that is written anew, so that a crash loses nothing.
fn keep(path: &Path) -> Result<(), StoreError> {
    let bytes = match std::fs::read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        read => read.map_err(StoreError::io("读取", path))?,
    };
    for number in 1.. {
        let mut kept = path.as_os_str().to_owned();
        kept.push(format!(".damaged-{number}"));
        match disk::add(Path::new(&kept), &bytes) {
            Err(StoreError::Exists(_)) => {}
            done => return done,
        }
    }
    Ok(())
}

fn open_end(path: &Path) -> Result<(File, u64), StoreError> {
    let opened = disk::open_end(path).and_then(|file| {
        let length = file.metadata()?.len();
        Ok((file, length))
    });
    opened.map_err(StoreError::io("打开", path))
}

#[cfg(test)]
mod tests;
