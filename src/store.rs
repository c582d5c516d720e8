//! The store: the data directory with its library of reports, each a snapshot and a journal, and the trash.
//!
//! Knows nothing of screens and rules' meaning. What it promises: a report on disk is always an old version or a new one;
//! a record that was appended survives a crash; two processes never overwrite each other. Names on disk are numbers, never
//! names of organs.
#![expect(
    clippy::disallowed_methods,
    reason = "the store is an edge: it is where files are read and written"
)]

mod disk;
mod draft;
mod error;
mod examine;
mod history;
mod journal;
mod judgements;
mod load;
mod lock;
mod memory;
mod readings;
mod sealed;
mod snapshot;

use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::str::FromStr;

pub use disk::{
    LIMIT, Overwrite, make_output_directory, read_input, stream_output, write_beside, write_output,
};
pub use draft::Draft;
pub use error::{StoreError, cause};
pub use examine::{Examination, Examined, Found, Grade, examine};
pub use history::{Cause, Version};
pub use judgements::Judged;
pub use lock::Owner;
pub use readings::Readings;

use crate::report::{Place, Report};
use crate::session::Session;
use lock::Lock;

/// The number of a report in the library; never used again, also when the report is in the trash.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize)]
pub struct Id(u32);

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.0)
    }
}

impl FromStr for Id {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// A report in the library, as a list shows it.
#[derive(Debug)]
pub struct Entry {
    /// Its number.
    pub id: Id,
    /// When it was last changed, in seconds since 1970; for people, who tell two reports apart by it.
    pub modified: u64,
    /// The report; or why it cannot be read.
    pub report: Result<Report, StoreError>,
}

impl Entry {
    /// What was only begun when its maker was killed is no report, nor what was thrown away just now.
    fn is_there(&self) -> bool {
        !matches!(self.report, Err(StoreError::NoSuchReport(_) | StoreError::InTrash(_)))
    }
}

/// An open report.
#[derive(Debug)]
pub struct Opened {
    /// The report with its history.
    pub session: Session,
    /// Whether it may be changed.
    pub access: Access,
    /// What was brought back after a crash or damage, in the clerk's words.
    pub recovered: Option<String>,
    /// Where the cursor stood.
    pub cursor: Option<Place>,
}

/// Whether an open report may be changed.
#[derive(Debug)]
pub enum Access {
    /// It is ours until the draft is dropped.
    Writable(Draft),
    /// It can only be looked at: somebody else has it, or a newer version has written it, of which only what this one
    /// understands is shown.
    ReadOnly(StoreError),
}

/// The reports in a data directory.
#[derive(Clone, Debug)]
pub struct Library {
    directory: PathBuf,
}

impl Library {
    /// Where the data belongs: where the caller says, else `NIANBAO_DATA_DIR`, else the user's data directory.
    ///
    /// # Errors
    /// If there is no home directory to look in.
    pub fn locate(said: Option<PathBuf>) -> Result<PathBuf, StoreError> {
        let from_environment =
            || std::env::var_os("NIANBAO_DATA_DIR").filter(|v| !v.is_empty()).map(PathBuf::from);
        let usual =
            || directories::ProjectDirs::from("", "", "nianbao").map(|dirs| dirs.data_dir().to_owned());
        said.or_else(from_environment).or_else(usual).ok_or(StoreError::NoHome)
    }

    /// The report of the library in a data directory that a file is part of.
    pub fn report_of(directory: &Path, file: &Path) -> Option<Id> {
        let reports = directory.join(REPORTS).canonicalize().ok()?;
        let file = file.canonicalize().ok()?;
        named(file.strip_prefix(reports).ok()?.iter().next()?.to_str()?)
    }

    /// Opens the library in a data directory, made if it is not there.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn open(directory: &Path) -> Result<Self, StoreError> {
        let library = Self { directory: directory.to_owned() };
        let made = disk::make_directory(&library.reports())
            .and_then(|()| disk::make_directory(&library.trash_directory()));
        made.map(|()| library).map_err(|cause| StoreError::NoLibrary(Box::new(cause)))
    }

    /// Opens the library that a data directory has: whoever only wants what it holds makes none, least of all where a
    /// name was mistyped.
    ///
    /// # Errors
    /// If it has none, or the system refuses.
    pub fn existing(directory: &Path) -> Result<Self, StoreError> {
        match directory.join(REPORTS).metadata() {
            Ok(_) => Self::open(directory),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                Err(StoreError::NoData(directory.to_owned()))
            }
            // What cannot be looked at may be there.
            Err(error) => {
                Err(StoreError::NoLibrary(Box::new(StoreError::io("读取目录", directory)(error))))
            }
        }
    }

    /// The data directory.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// Every report, by number; what cannot be read is listed too.
    ///
    /// # Errors
    /// If the directory cannot be read.
    pub fn list(&self) -> Result<Vec<Entry>, StoreError> {
        let ids = ids(&self.reports())?;
        let entry = |id| Entry { id, modified: disk::modified(&self.path(id)), report: self.read(id) };
        Ok(ids.into_iter().map(entry).filter(Entry::is_there).collect())
    }

    /// Every report in the trash, as [`Library::list`] has those that are not.
    ///
    /// # Errors
    /// If the directory cannot be read.
    pub fn list_trash(&self) -> Result<Vec<Entry>, StoreError> {
        let trash = self.trash_directory();
        let entry = |id: Id| {
            let directory = trash.join(id.to_string());
            Entry { id, modified: disk::modified(&directory), report: read(&directory, id) }
        };
        Ok(ids(&trash)?.into_iter().map(entry).filter(Entry::is_there).collect())
    }

    /// Goes through every version of a report that was accepted, oldest first.
    ///
    /// # Errors
    /// If there is no such report, or its directory cannot be read.
    pub fn versions(&self, id: Id, each: impl FnMut(Version<'_>)) -> Result<(), StoreError> {
        history::versions(&self.directory_of(id)?, id, each)
    }

    /// A report as it was at one version.
    ///
    /// # Errors
    /// If there is no such report or version, or the directory cannot be read.
    pub fn version(&self, id: Id, number: u64) -> Result<Report, StoreError> {
        let mut found = None;
        self.versions(id, |version| {
            if version.number == number {
                found = Some(version.report.clone());
            }
        })?;
        found.ok_or(StoreError::NoSuchVersion(id, number))
    }

    /// Puts a report into the library.
    ///
    /// # Errors
    /// If the system refuses; then there is no new report.
    pub fn create(&self, report: &Report) -> Result<Id, StoreError> {
        let (here, trashed) = (ids(&self.reports())?, ids(&self.trash_directory())?);
        let in_trash = |id: Id| self.trash_directory().join(id.to_string()).symlink_metadata().is_ok();
        let mut id = here.into_iter().chain(trashed).max().unwrap_or(Id(0));
        loop {
            id.0 += 1;
            if in_trash(id) {
                continue;
            }
            match disk::new_directory(&self.path(id)) {
                // Another process was quicker, and has thrown it away.
                Ok(()) if in_trash(id) => drop(std::fs::remove_dir(self.path(id))),
                Ok(()) => break,
                // Another process was quicker.
                Err(StoreError::Io { source, .. }) if source.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        let path = self.path(id).join(LOCK);
        let created = Lock::take(&path).and_then(|lock| {
            // Nobody opens it before it is whole.
            let _lock = lock.map_err(StoreError::Busy)?;
            draft::create(&self.path(id), id, &Session::new(report.clone()))
        });
        created.inspect_err(|_| {
            // Nothing was acknowledged; an empty directory is no report.
            let _ = std::fs::remove_dir_all(self.path(id));
        })?;
        // Whoever made these may have been killed before he could make them last; not all of them are ours to open.
        self.reports().ancestors().for_each(|directory| drop(disk::sync_directory(directory)));
        Ok(id)
    }

    /// Reads a report without opening it.
    ///
    /// # Errors
    /// If there is none, or it cannot be read.
    pub fn read(&self, id: Id) -> Result<Report, StoreError> {
        read(&self.directory_of(id)?, id)
    }

    /// Opens a report: to change it, or only to read it where somebody else has it open or a newer version has written it.
    ///
    /// # Errors
    /// If there is none, it cannot be read, or its files cannot be mended.
    pub fn open_session(&self, id: Id) -> Result<Opened, StoreError> {
        let directory = self.directory_of(id)?;
        let lock = Lock::take(&directory.join(LOCK))?;
        let loaded = load::load(&directory, id)?;
        let cursor = draft::cursor(&directory, &loaded);
        let (access, recovered) = match lock {
            Ok(_) if loaded.is_newer => (Access::ReadOnly(StoreError::Newer(id)), None),
            Ok(lock) => {
                let draft = Draft::new(&directory, id, &loaded, lock)?;
                (Access::Writable(draft), loaded.recovered)
            }
            // Its writer is at work: what looks unfinished is.
            Err(owner) => (Access::ReadOnly(StoreError::Busy(owner)), None),
        };
        Ok(Opened { session: loaded.session, access, recovered, cursor })
    }

    /// Moves a report to the trash.
    ///
    /// # Errors
    /// If there is none, or somebody has it open.
    pub fn trash(&self, id: Id) -> Result<(), StoreError> {
        let directory = self.directory_of(id)?;
        let _lock = Lock::take(&directory.join(LOCK))?.map_err(StoreError::Busy)?;
        self.carry(&directory, &self.trash_directory().join(id.to_string()))
    }

    /// Brings a report back from the trash.
    ///
    /// # Errors
    /// If there is none in the trash.
    pub fn restore(&self, id: Id) -> Result<(), StoreError> {
        self.restore_after(id, || std::thread::sleep(std::time::Duration::from_millis(10)))
    }

    /// Whoever makes a report may hold its number for a moment, until he sees that it is taken: `wait` lets it pass.
    fn restore_after(&self, id: Id, mut wait: impl FnMut()) -> Result<(), StoreError> {
        const TRIES: u32 = 5;
        let trashed = self.trash_directory().join(id.to_string());
        if !trashed.is_dir() {
            return Err(StoreError::NotInTrash(id));
        }
        for _ in 1..TRIES {
            match self.carry(&trashed, &self.path(id)) {
                Err(StoreError::Io { source, .. }) if source.kind() == ErrorKind::AlreadyExists => {
                    wait();
                }
                done => return done,
            }
        }
        self.carry(&trashed, &self.path(id))
    }

    fn carry(&self, from: &Path, to: &Path) -> Result<(), StoreError> {
        disk::rename_to_new(from, to).map_err(StoreError::io("移动", from))?;
        // Where it is now first: a power cut between the two must not leave it in neither.
        let synced = [to, from].into_iter().filter_map(Path::parent).try_for_each(disk::sync_directory);
        synced.map_err(StoreError::io("已移动，确认写入磁盘", to))
    }

    fn directory_of(&self, id: Id) -> Result<PathBuf, StoreError> {
        let directory = self.path(id);
        match () {
            () if directory.is_dir() => Ok(directory),
            () if self.trash_directory().join(id.to_string()).is_dir() => Err(StoreError::InTrash(id)),
            () => Err(StoreError::NoSuchReport(id)),
        }
    }

    fn path(&self, id: Id) -> PathBuf {
        self.reports().join(id.to_string())
    }

    fn reports(&self) -> PathBuf {
        self.directory.join(REPORTS)
    }

    fn trash_directory(&self) -> PathBuf {
        self.directory.join(TRASH)
    }
}

/// What the names of files in the data directory begin with that hold what was saved when the program failed.
pub const RESCUED: &str = "rescued-";

/// What the names of files in the data directory begin with that were given to an editor of the user's.
pub const EDITING: &str = "editing-";

/// The reports that are not in the trash.
const REPORTS: &str = "reports";

/// The reports that are in the trash.
const TRASH: &str = "trash";

/// The lock file of a report.
const LOCK: &str = "lock";

/// Reads the report in a directory without opening it.
fn read(directory: &Path, id: Id) -> Result<Report, StoreError> {
    match load::closed(directory, id) {
        Some(snapshot) => Ok(snapshot.report),
        None => match load::load(directory, id)? {
            // What this version understands of it is perhaps not what it says now.
            loaded if loaded.is_newer => Err(StoreError::Newer(id)),
            loaded => Ok(loaded.session.report().clone()),
        },
    }
}

/// The report whose directory has this name, which is its number as we write it: "1" is somebody else's.
fn named(name: &str) -> Option<Id> {
    name.parse().ok().filter(|id: &Id| id.to_string() == name)
}

/// The numbers of the reports in a directory, in order.
fn ids(directory: &Path) -> Result<Vec<Id>, StoreError> {
    let entries = std::fs::read_dir(directory).map_err(StoreError::io("读取目录", directory))?;
    let mut ids: Vec<Id> = entries.flatten().filter_map(|entry| named(entry.file_name().to_str()?)).collect();
    ids.sort_unstable();
    Ok(ids)
}

#[cfg(test)]
mod tests;
