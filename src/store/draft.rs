//! One report of the library while it is open, written record by record; first its files are mended, where they need it.
//!
//! A record is safe when [`Draft::append`] returns. A failed sync is never tried again on the same file: the page cache may
//! call bad data clean. A journal that is begun anew with less than it held stays beside the new one.

use std::fs::{File, Metadata};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::load::{Anew, JOURNAL, Loaded, SNAPSHOT};
use super::lock::Lock;
use super::sealed::{self, Seal};
use super::{Id, StoreError, disk, journal, snapshot};
use crate::report::Place;
use crate::session::{Record, Session};

/// A report that this process may change. Letting it go lets the lock go; what was appended is safe either way.
#[derive(Debug)]
pub struct Draft {
    id: Id,
    directory: PathBuf,
    journal: File,
    /// How long the journal is when nobody else has written to it.
    length: u64,
    /// The checksum of what it holds then.
    sum: u32,
    /// The checksum of the snapshot that was last read or written; `None` if there was none.
    snapshot: Option<u32>,
    /// The number of the last record on disk.
    sequence: u64,
    /// How many of the records that the session has given are on disk.
    written: u64,
    /// How many of them the journal in its place holds, for certain or not.
    held: u64,
    standing: Standing,
    /// Whether the journal that is in its place is kept beside it already.
    is_kept: bool,
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

impl Draft {
    /// Takes over the files that were loaded, mended first where that is needed.
    pub(super) fn new(directory: &Path, id: Id, loaded: &Loaded, lock: Lock) -> Result<Self, StoreError> {
        let path = directory.join(JOURNAL);
        let mut sequence = loaded.sequence;
        disk::clear_unfinished(directory);
        if let Some(mend) = &loaded.mend {
            mend.keep.iter().try_for_each(|name| keep(&directory.join(name)))?;
            match &mend.journal {
                Some(Anew::Sound(bytes)) => disk::replace(&path, bytes)?,
                // One that is only long, and whose versions would be lost, stays as it is.
                Some(Anew::Session) if !mend.keep.contains(&JOURNAL) && !keep_former(&path) => {}
                Some(Anew::Session) => {
                    let bytes;
                    (sequence, bytes) = journal::of_session(sequence, id, &loaded.session);
                    disk::replace(&path, &bytes)?;
                }
                None => {}
            }
        }
        // Whoever put it in its place may have been killed before he could make that last: what is added would go with it.
        disk::confirm(&path)?;
        let (journal, bytes) = open_end(&path)?;
        let snapshot = held_by(&directory.join(SNAPSHOT))?;
        let mut draft = Self {
            id,
            directory: directory.to_owned(),
            journal,
            length: bytes.len() as u64,
            sum: crc32fast::hash(&bytes),
            snapshot,
            sequence,
            written: loaded.session.given(),
            held: loaded.session.given(),
            standing: Standing::Sound,
            is_kept: false,
            _lock: lock,
        };
        if loaded.mend.is_some() {
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
        self.held = self.written;
        self.length += line.len() as u64;
        let mut sum = crc32fast::Hasher::new_with_initial(self.sum);
        sum.update(&line);
        self.sum = sum.finalize();
        Ok(())
    }

    /// Writes the snapshot, and first whatever the journal does not hold yet.
    ///
    /// # Errors
    /// If the system refuses; the journal holds everything then all the same.
    pub fn save(&mut self, session: &Session) -> Result<(), StoreError> {
        self.expect_unchanged()?;
        if !self.holds_all(session) {
            self.begin_anew(session)?;
        }
        let path = self.directory.join(SNAPSHOT);
        // One that was taken away is only put back.
        if held_by(&path)?.is_some_and(|sum| Some(sum) != self.snapshot) {
            self.standing = Standing::Foreign;
            return Err(StoreError::ChangedOutside(path));
        }
        let bytes = snapshot::write(session.report(), self.id, self.sequence, self.length);
        disk::place(&path, &bytes)?;
        self.snapshot = Some(crc32fast::hash(&bytes));
        disk::confirm(&path)
    }

    /// Closes the report in order: the snapshot, and where the cursor stood. Then let the draft go; if this fails it is
    /// still open. Where only the snapshot could not be written, that is given: it is made up for when the report is opened
    /// next.
    ///
    /// # Errors
    /// If not everything that the session has done is on disk.
    pub fn close(
        &mut self,
        session: &Session,
        cursor: Option<Place>,
    ) -> Result<Option<StoreError>, StoreError> {
        match self.save(session) {
            Err(error) if self.holds_all(session) => return Ok(Some(error)),
            saved => saved?,
        }
        let view = View { sequence: self.sequence, place: cursor };
        let bytes = sealed::seal(&serde_json::to_string(&view).unwrap_or_default());
        // The report is safe already; where the cursor stood is not worth staying for.
        let _ = disk::replace(&self.directory.join(VIEW), &bytes);
        Ok(None)
    }

    /// Whether everything that the session has done is on disk, for certain.
    fn holds_all(&self, session: &Session) -> bool {
        self.standing == Standing::Sound && self.written == session.given()
    }

    /// Writes the whole journal afresh, from memory; the one before stays beside it.
    fn begin_anew(&mut self, session: &Session) -> Result<(), StoreError> {
        let path = self.directory.join(JOURNAL);
        let (sequence, bytes) = journal::begun_anew(self.sequence, self.id, session, self.held);
        self.is_kept = self.is_kept || keep_former(&path);
        self.journal = disk::place(&path, &bytes)?;
        // From here on this is the file that must be found, whatever comes of it.
        (self.sequence, self.held, self.is_kept) = (sequence, session.given(), false);
        (self.length, self.sum) = (bytes.len() as u64, crc32fast::hash(&bytes));
        self.standing = Standing::Broken { torn: 0 };
        disk::confirm(&path)?;
        (self.written, self.standing) = (session.given(), Standing::Sound);
        Ok(())
    }

    /// Refuses to go on where the journal is not the file, or does not hold, what this process left; from then on always.
    fn expect_unchanged(&mut self) -> Result<(), StoreError> {
        let path = self.directory.join(JOURNAL);
        let torn = match self.standing {
            Standing::Sound => 0,
            Standing::Broken { torn } => torn,
            Standing::Foreign => return Err(StoreError::ChangedOutside(path)),
        };
        let there = path
            .symlink_metadata()
            .and_then(|there| Ok((there, self.journal.metadata()?, disk::read_own(&path)?)));
        let file = |metadata: &Metadata| (metadata.dev(), metadata.ino());
        let is_left = |bytes: &[u8]| {
            let (length, all) = (usize::try_from(self.length).unwrap_or(usize::MAX), bytes.len() as u64);
            let ours = bytes.get(..length);
            all <= self.length + torn && ours.is_some_and(|ours| crc32fast::hash(ours) == self.sum)
        };
        match there {
            Ok((there, ours, bytes))
                if file(&there) == file(&ours) && bytes.as_deref().is_some_and(is_left) =>
            {
                Ok(())
            }
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
pub(super) fn create(directory: &Path, id: Id, session: &Session) -> Result<(), StoreError> {
    let (_, bytes) = journal::of_session(0, id, session);
    disk::replace(&directory.join(JOURNAL), &bytes)?;
    let snapshot = snapshot::write(session.report(), id, 0, bytes.len() as u64);
    disk::replace(&directory.join(SNAPSHOT), &snapshot)
}

/// Where the cursor stood: as it was left, or at the last edit if the report was not closed.
pub(super) fn cursor(directory: &Path, loaded: &Loaded) -> Option<Place> {
    let bytes = disk::read_own(&directory.join(VIEW)).ok().flatten();
    let sound = bytes.filter(|bytes| sealed::look(bytes) != Seal::Broken);
    let view: Option<View> = sound.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    match view {
        Some(view) if view.sequence == loaded.sequence => view.place,
        _ => loaded.session.last_step()?.inverse.values.keys().next().copied(),
    }
}

/// Where the cursor stood. Not precious.
pub(super) const VIEW: &str = "view.json";

#[derive(Serialize, Deserialize)]
struct View {
    sequence: u64,
    place: Option<Place>,
}

/// Keeps a damaged file under another name; it stays in its place until that is written anew, so that a crash loses nothing.
pub(super) fn keep(path: &Path) -> Result<(), StoreError> {
    let found = if path.is_symlink() { Ok(None) } else { disk::read_own(path) };
    let bytes = match found {
        Ok(Some(bytes)) => bytes,
        // What is no file of ours is not copied: it may be anybody's, and nothing could be put in its place.
        Ok(None) => return numbered(path, DAMAGED, |kept| disk::rename_to_new(path, kept)),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(StoreError::io("读取", path)(error)),
    };
    numbered(path, DAMAGED, |kept| match add_new(kept, &bytes) {
        // It was kept when the report was opened before, and could not be mended then.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => match disk::read_own(kept) {
            Ok(Some(before)) if before == bytes => Ok(()),
            _ => Err(error),
        },
        added => added,
    })
}

/// Keeps a journal that is about to be begun anew, for the versions that only it holds; `false` if it cannot be: what is
/// to be saved now goes before.
fn keep_former(path: &Path) -> bool {
    keep_linked(path, |path, kept| std::fs::hard_link(path, kept))
}

fn keep_linked(path: &Path, link: impl Fn(&Path, &Path) -> std::io::Result<()>) -> bool {
    let copied = |kept: &Path| match disk::read_own(path)? {
        Some(bytes) => add_new(kept, &bytes),
        None => Err(ErrorKind::InvalidInput.into()),
    };
    numbered(path, FORMER, |kept| match link(path, kept) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
        // Not every file system knows a file under two names.
        linked => linked.or_else(|_| copied(kept)),
    })
    .is_ok()
}

fn add_new(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    match disk::add(path, bytes) {
        Err(StoreError::Exists(_)) => Err(ErrorKind::AlreadyExists.into()),
        Err(StoreError::Io { source, .. }) => Err(source),
        Err(other) => Err(std::io::Error::other(other)),
        Ok(()) => Ok(()),
    }
}

/// Keeps a file under its name with this ending and the first number that is free.
fn numbered(
    path: &Path,
    ending: &str,
    mut keep: impl FnMut(&Path) -> std::io::Result<()>,
) -> Result<(), StoreError> {
    let mut number = 1;
    loop {
        let mut kept = path.as_os_str().to_owned();
        kept.push(format!("{ending}{number}"));
        match keep(Path::new(&kept)) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => number += 1,
            done => return done.map_err(StoreError::io("另外保留", path)),
        }
    }
}

/// What the names of damaged files end with that were kept, before a number.
pub(super) const DAMAGED: &str = ".damaged-";

/// What the names of journals end with that were begun anew, before a number.
pub(super) const FORMER: &str = ".former-";

fn open_end(path: &Path) -> Result<(File, Vec<u8>), StoreError> {
    let opened = disk::open_end(path).and_then(|file| Ok((file, disk::read_own(path)?)));
    match opened.map_err(StoreError::io("打开", path))? {
        (file, Some(bytes)) => Ok((file, bytes)),
        (_, None) => Err(StoreError::NotAFile(path.to_owned())),
    }
}

/// The checksum of what a file of ours holds; `None` if there is none. What is in its place and is no file holds nothing.
fn held_by(path: &Path) -> Result<Option<u32>, StoreError> {
    match disk::read_own(path) {
        Ok(bytes) => Ok(Some(crc32fast::hash(&bytes.unwrap_or_default()))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::io("核对", path)(error)),
    }
}

#[cfg(test)]
mod tests;
