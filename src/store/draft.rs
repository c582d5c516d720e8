//! One report of the library: read from its two files, and written while it is open.
//!
//! Truth is the snapshot or the journal, whichever goes further; each alone gives the report. A record is safe when
//! [`Draft::append`] returns. A failed sync is never tried again on the same file: the page cache may call bad data clean.

use std::fs::{File, OpenOptions};
use std::io::Write;
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
    standing: Standing,
    _lock: Lock,
}

/// Whether anything may be added to the journal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Standing {
    Sound,
    /// A write or sync has failed: the journal must be begun anew before anything is added.
    Broken,
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
    journal_length: u64,
    mend: Mend,
}

/// What has to be done to the files before anything may be added.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mend {
    Nothing,
    /// The journal ends in a torn record, or is long.
    Journal,
    /// The journal is damaged: it is kept under another name.
    KeepJournal,
    /// The snapshot is damaged: it is kept under another name.
    KeepSnapshot,
}

/// Reads a report from its two files, changing nothing. What was not closed in order is `recovered` only if nobody has it
/// open now.
pub(super) fn load(directory: &Path, id: Id) -> Result<Loaded, StoreError> {
    let read = |name: &str| match std::fs::read(directory.join(name)) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::io("读取", &directory.join(name))(error)),
    };
    let (journal_bytes, snapshot_bytes) = (read(JOURNAL)?, read(SNAPSHOT)?);
    let journal_length = journal_bytes.as_ref().map_or(0, Vec::len);
    let snapshot = match snapshot_bytes.as_deref().map(snapshot::read) {
        Some(Err(Unusable::Newer(newer))) => {
            return Err(StoreError::Damaged { id, reason: newer.to_string() });
        }
        Some(Ok(snapshot)) => Some(snapshot),
        Some(Err(Unusable::Damaged)) | None => None,
    };
    let journal = journal_bytes.as_deref().and_then(journal::read);
    let is_snapshot_damaged = snapshot_bytes.is_some() && snapshot.is_none();
    let mut loaded = match (journal, snapshot) {
        (Some(journal), snapshot) if snapshot.as_ref().is_none_or(|s| s.sequence <= journal.sequence) => {
            from_journal(journal, snapshot.as_ref(), is_snapshot_damaged)
        }
        (_, Some(snapshot)) => from_snapshot(snapshot),
        (_, None) if journal_bytes.is_none() && snapshot_bytes.is_none() => {
            return Err(StoreError::NoSuchReport(id));
        }
        (_, None) => {
            return Err(StoreError::Damaged {
                id, reason: "报告文件和记录文件都读不出来".to_owned()
            });
        }
    };
    loaded.journal_length = journal_length as u64;
    if loaded.mend == Mend::Nothing && journal_length > LONG_JOURNAL {
        loaded.session.forget_before(STEPS_KEPT);
        loaded.mend = Mend::Journal;
    }
    Ok(loaded)
}

fn from_journal(journal: Journal, snapshot: Option<&Snapshot>, is_snapshot_damaged: bool) -> Loaded {
    let later = snapshot.map_or(0, |snapshot| journal.sequence - snapshot.sequence);
    let (mend, recovered) = match journal.rest {
        Rest::Damaged => (
            Mend::KeepJournal,
            Some(format!(
                "操作记录在第 {} 步之后损坏，已恢复到那一步；损坏的文件另外保留",
                journal.records.len()
            )),
        ),
        Rest::Torn => (Mend::Journal, Some("上次意外中断，已恢复到最后一次确认的内容".to_owned())),
        Rest::Nothing if is_snapshot_damaged => {
            (Mend::KeepSnapshot, Some("报告文件已损坏，已由操作记录完整恢复；损坏的文件另外保留".to_owned()))
        }
        Rest::Nothing if later > 0 => {
            (Mend::Nothing, Some(format!("上次意外中断，已恢复全部确认过的内容（含最后 {later} 步）")))
        }
        Rest::Nothing => (Mend::Nothing, None),
    };
    let sequence = journal.sequence;
    let session = Session::replay(journal.base, journal.records);
    Loaded { session, sequence, recovered, journal_length: 0, mend }
}

fn from_snapshot(snapshot: Snapshot) -> Loaded {
    Loaded {
        session: Session::new(snapshot.report),
        sequence: snapshot.sequence,
        recovered: Some(
            "操作记录已损坏，内容取自上次保存的报告，之前的步骤不能再撤销；损坏的文件另外保留".to_owned(),
        ),
        journal_length: 0,
        mend: Mend::KeepJournal,
    }
}

impl Draft {
    /// Takes over the files that were loaded, mended first where that is needed.
    pub(super) fn new(directory: &Path, loaded: &Loaded, lock: Lock) -> Result<Self, StoreError> {
        let path = directory.join(JOURNAL);
        let mut sequence = loaded.sequence;
        match loaded.mend {
            Mend::Nothing => {}
            Mend::Journal => sequence = rewrite(&path, sequence, &loaded.session)?,
            Mend::KeepJournal => {
                keep(&path)?;
                sequence = rewrite(&path, sequence, &loaded.session)?;
            }
            Mend::KeepSnapshot => keep(&directory.join(SNAPSHOT))?,
        }
        let (journal, length) = open_end(&path)?;
        let mut draft = Self {
            directory: directory.to_owned(),
            journal,
            length,
            sequence,
            standing: Standing::Sound,
            _lock: lock,
        };
        if loaded.mend != Mend::Nothing {
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
        if self.standing == Standing::Broken {
            return self.begin_anew(session);
        }
        let line = journal::record(self.sequence + 1, record);
        if self.journal.write_all(&line).and_then(|()| self.journal.sync_data()).is_err() {
            self.standing = Standing::Broken;
            return self.begin_anew(session);
        }
        self.sequence += 1;
        self.length += line.len() as u64;
        Ok(())
    }

    /// Writes the snapshot.
    ///
    /// # Errors
    /// If the system refuses; the journal holds everything then all the same.
    pub fn save(&mut self, session: &Session) -> Result<(), StoreError> {
        self.expect_unchanged()?;
        if self.standing == Standing::Broken {
            self.begin_anew(session)?;
        }
        let bytes = snapshot::write(session.report(), self.sequence, self.length);
        disk::replace(&self.directory.join(SNAPSHOT), &bytes, 0o600)
    }

    /// Closes the report in order: the snapshot, and where the cursor stood.
    ///
    /// # Errors
    /// As [`Draft::save`].
    pub fn close(mut self, session: &Session, cursor: Option<Place>) -> Result<(), StoreError> {
        self.save(session)?;
        let view = View { sequence: self.sequence, place: cursor };
        let bytes = serde_json::to_vec(&view).unwrap_or_default();
        disk::replace(&self.directory.join(VIEW), &bytes, 0o600)
    }

    /// Writes the whole journal afresh, from memory.
    fn begin_anew(&mut self, session: &Session) -> Result<(), StoreError> {
        let path = self.directory.join(JOURNAL);
        let sequence = rewrite(&path, self.sequence + 1, session)?;
        (self.journal, self.length) = open_end(&path)?;
        (self.sequence, self.standing) = (sequence, Standing::Sound);
        Ok(())
    }

    /// Refuses to go on where the journal is not the file, or not as long, as this process left it; from then on always.
    fn expect_unchanged(&mut self) -> Result<(), StoreError> {
        let path = self.directory.join(JOURNAL);
        if self.standing == Standing::Sound {
            let failed = || StoreError::io("核对", &path);
            let ours = self.journal.metadata().map_err(failed())?;
            let is_ours = match path.symlink_metadata() {
                Ok(there) => (there.dev(), there.ino(), there.len()) == (ours.dev(), ours.ino(), self.length),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
                Err(error) => return Err(failed()(error)),
            };
            if !is_ours {
                self.standing = Standing::Foreign;
            }
        }
        if self.standing == Standing::Foreign { Err(StoreError::ChangedOutside(path)) } else { Ok(()) }
    }
}

/// Writes the two files of a new report into its directory.
pub(super) fn create(directory: &Path, session: &Session) -> Result<(), StoreError> {
    let (_, bytes) = journal::of_session(0, session);
    disk::replace(&directory.join(JOURNAL), &bytes, 0o600)?;
    let snapshot = snapshot::write(session.report(), 0, bytes.len() as u64);
    disk::replace(&directory.join(SNAPSHOT), &snapshot, 0o600)
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
    disk::replace(path, &bytes, 0o600).map(|()| sequence)
}

/// Keeps a damaged file under another name; the place itself stays until it is replaced, so that a crash loses nothing.
fn keep(path: &Path) -> Result<(), StoreError> {
    for number in 1.. {
        let mut kept = path.as_os_str().to_owned();
        kept.push(format!(".damaged-{number}"));
        match std::fs::hard_link(path, &kept) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            done => return done.map_err(StoreError::io("保留损坏的文件", path)),
        }
    }
    Ok(())
}

fn open_end(path: &Path) -> Result<(File, u64), StoreError> {
    let opened = OpenOptions::new().append(true).open(path).and_then(|file| {
        let length = file.metadata()?.len();
        Ok((file, length))
    });
    opened.map_err(StoreError::io("打开", path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Form;
    use crate::form::terms::Section;
    use crate::report::{Edit, Report, Value};

    #[test]
    fn after_a_failed_write_the_journal_is_written_afresh_from_memory() {
        let directory = tempfile::tempdir().unwrap();
        let mut session = Session::new(Report::new(Form::current()));
        create(directory.path(), &session).unwrap();
        let loaded = load(directory.path(), Id(1)).unwrap();
        let lock = Lock::take(&directory.path().join("lock")).unwrap().unwrap();
        let mut draft = Draft::new(directory.path(), &loaded, lock).unwrap();
        for text in ["一", "一二", "一二三"] {
            // Every write to this file fails, as on a full disk.
            draft.journal = File::open(directory.path().join(JOURNAL)).unwrap();
            let record =
                session.apply("填写", Edit::set(Section::Overview, Some(Value::Text(text.into())))).unwrap();
            draft.append(&session, &record).unwrap();
            assert_eq!(load(directory.path(), Id(1)).unwrap().session.history(), session.history());
        }
    }

    #[test]
    fn what_could_not_be_written_is_not_called_written_and_is_written_later() {
        let directory = tempfile::tempdir().unwrap();
        let home = directory.path().join("report");
        std::fs::create_dir(&home).unwrap();
        let mut session = Session::new(Report::new(Form::current()));
        create(&home, &session).unwrap();
        let loaded = load(&home, Id(1)).unwrap();
        let lock = Lock::take(&home.join("lock")).unwrap().unwrap();
        let mut draft = Draft::new(&home, &loaded, lock).unwrap();
        draft.journal = File::open(home.join(JOURNAL)).unwrap();
        draft.directory = directory.path().join("nowhere");
        draft.standing = Standing::Broken;
        let record =
            session.apply("填写", Edit::set(Section::Overview, Some(Value::Text("一".into())))).unwrap();
        let error = draft.append(&session, &record).unwrap_err();
        assert!(error.to_string().contains("nowhere"), "{error}");
        draft.directory = home.clone();
        let record =
            session.apply("填写", Edit::set(Section::Overview, Some(Value::Text("二".into())))).unwrap();
        draft.append(&session, &record).unwrap();
        let after = load(&home, Id(1)).unwrap();
        assert_eq!(after.session.history(), session.history());
        assert_eq!(after.sequence, 2);
    }
}
