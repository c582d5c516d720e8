//! What a reviewer has said of reports: one file for what each file held, beside the report as it was then.
//!
//! What a judgement means is [`desk`](crate::desk)'s. The report is kept so that the one that comes in its place can be
//! compared with it.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::sealed::{self, Seal};
use super::{StoreError, disk, draft};
use crate::desk::{Judgement, Judgements};
use crate::report::Report;

/// Their directory in the data directory.
pub(super) const DESK: &str = "desk";

/// What the names of judgements end with.
pub(super) const SAID: &str = ".said.json";

/// What the names of the reports that were judged end with.
pub(super) const REPORT: &str = ".report.json";

/// What one holds who is about to say something.
pub(super) const LOCK: &str = "lock";

/// The judgements in a data directory.
#[derive(Clone, Debug)]
pub struct Judged {
    directory: PathBuf,
}

impl Judged {
    /// Those in a data directory, whose own directory is made if it is not there.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn open(data: &Path) -> Result<Self, StoreError> {
        let directory = data.join(DESK);
        disk::make_directory(&directory)?;
        Ok(Self { directory })
    }

    /// The same, only to be read: nothing is made where there is nothing.
    pub fn at(data: &Path) -> Self {
        Self { directory: data.join(DESK) }
    }

    /// Everything that was said, by the hash of what it was said of; and the files that cannot be read.
    ///
    /// # Errors
    /// If the directory cannot be listed.
    pub fn all(&self) -> Result<(Judgements, Vec<PathBuf>), StoreError> {
        let (mut judgements, mut damaged) = (Judgements::new(), Vec::new());
        let entries = match fs::read_dir(&self.directory) {
            // Nothing was said yet.
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok((judgements, damaged)),
            entries => entries.map_err(StoreError::io("读取目录", &self.directory))?,
        };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let Some(hash) = name.to_str().and_then(|name| name.strip_suffix(SAID)) else { continue };
            match read(&entry.path()) {
                Some(said) => drop(judgements.insert(hash.to_owned(), said)),
                None => damaged.push(entry.path()),
            }
        }
        damaged.sort();
        Ok((judgements, damaged))
    }

    /// What was said of what one file holds.
    ///
    /// # Errors
    /// If it is damaged, or the system refuses to say.
    pub fn said(&self, hash: &str) -> Result<Option<Judgement>, StoreError> {
        let path = self.path(hash, SAID);
        match disk::read_own(&path) {
            Ok(bytes) => match bytes.and_then(|bytes| understood(&bytes)) {
                Some(said) => Ok(Some(said)),
                None => Err(StoreError::DamagedFile(path)),
            },
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError::io("读取", &path)(error)),
        }
    }

    /// Keeps what is said of what a file holds, with the report, where there is one. When this returns both are on disk, and
    /// what was damaged in their places is kept aside; `false` where something else was said meanwhile than what is `known`, and that is still there.
    ///
    /// # Errors
    /// If the system refuses; then what was said before is still there.
    pub fn keep(
        &self,
        hash: &str,
        known: Option<&Judgement>,
        said: &Judgement,
        report: Option<&Report>,
    ) -> Result<bool, StoreError> {
        // Held for as long as two small files take to be written.
        let lock = self.directory.join(LOCK);
        let _held = disk::open_own(&lock)
            .and_then(|file| file.lock().map(|()| file))
            .map_err(StoreError::io("锁定", &lock))?;
        let of_judgement = self.path(hash, SAID);
        match self.said(hash) {
            Ok(there) if there.as_ref() != known => return Ok(false),
            Ok(_) => {}
            // Nobody has said anything in its stead: what is said now may be.
            Err(StoreError::DamagedFile(_)) => draft::keep(&of_judgement)?,
            Err(error) => return Err(error),
        }
        if let Some(report) = report {
            let of_report = self.path(hash, REPORT);
            let is_to_be_written = match self.report(hash) {
                Ok(_) => false,
                Err(StoreError::DamagedFile(_)) => draft::keep(&of_report).map(|()| true)?,
                Err(StoreError::Io { source, .. }) if source.kind() == ErrorKind::NotFound => true,
                Err(error) => return Err(error),
            };
            if is_to_be_written {
                disk::replace(&of_report, &sealed::seal(&report.to_json()))?;
            }
        }
        // Maps with text for keys always serialize.
        disk::replace(&of_judgement, &sealed::seal(&serde_json::to_string(said).unwrap_or_default()))?;
        Ok(true)
    }

    /// The report that was judged, as it was then.
    ///
    /// # Errors
    /// If it was not kept, or cannot be read.
    pub fn report(&self, hash: &str) -> Result<Report, StoreError> {
        let path = self.path(hash, REPORT);
        let damaged = || StoreError::DamagedFile(path.clone());
        let bytes = disk::read_own(&path).map_err(StoreError::io("读取", &path))?.ok_or_else(damaged)?;
        match sealed::look(&bytes) {
            Seal::Broken => Err(damaged()),
            Seal::Sound | Seal::Missing => Report::from_bytes(&bytes).map_err(|_| damaged()),
        }
    }

    fn path(&self, hash: &str, ending: &str) -> PathBuf {
        self.directory.join(format!("{hash}{ending}"))
    }
}

/// What was said, as a file holds it; `None` if it is not what was written.
pub(super) fn read(path: &Path) -> Option<Judgement> {
    understood(&disk::read_own(path).ok()??)
}

fn understood(bytes: &[u8]) -> Option<Judgement> {
    match sealed::look(bytes) {
        Seal::Broken => None,
        Seal::Sound => serde_json::from_slice(bytes).ok(),
        // Before there were seals. Every member of it may be lacking, but not so that another's file is taken for it.
        Seal::Missing => {
            let json: serde_json::Value = serde_json::from_slice(bytes).ok()?;
            json.get("decision")?;
            serde_json::from_value(json).ok()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Decision;
    use crate::form::Form;

    #[test]
    fn what_was_said_is_found_again_with_the_report_as_it_was() {
        let home = tempfile::tempdir().unwrap();
        let judged = Judged::open(home.path()).unwrap();
        let mut report = Report::new(Form::current());
        report.apply(Report::identity("云溪镇人民政府", None, 2025));
        let said = Judgement { decision: Some(Decision::Returned), ..Judgement::default() };
        assert!(judged.keep("ab", None, &said, Some(&report)).unwrap());
        assert!(judged.keep("cd", None, &Judgement::default(), None).unwrap());
        fs::write(judged.path("ef", SAID), "{").unwrap();
        let judged = Judged::open(home.path()).unwrap();
        let (all, damaged) = judged.all().unwrap();
        assert_eq!((all.len(), &all["ab"], &all["cd"]), (2, &said, &Judgement::default()));
        assert_eq!(damaged, [judged.path("ef", SAID)]);
        assert_eq!(judged.report("ab").unwrap(), report);
        assert!(judged.report("cd").is_err());
        // What is said later takes its place; the report that it was said of stays.
        let accepted = Judgement { decision: Some(Decision::Accepted), ..Judgement::default() };
        let other = Report::new(Form::current());
        assert!(!judged.keep("ab", None, &accepted, Some(&other)).unwrap(), "somebody has said something");
        assert_eq!(judged.said("ab").unwrap().as_ref(), Some(&said));
        assert!(judged.keep("ab", Some(&said), &accepted, Some(&other)).unwrap());
        assert_eq!((&judged.all().unwrap().0["ab"], judged.report("ab").unwrap()), (&accepted, report));
    }
    #[test]
    fn a_judgement_that_is_damaged_is_kept_aside_and_one_that_cannot_be_read_is_not_replaced() {
        let home = tempfile::tempdir().unwrap();
        let judged = Judged::open(home.path()).unwrap();
        let report = Report::new(Form::current());
        let said = Judgement { decision: Some(Decision::Returned), ..Judgement::default() };
        assert!(judged.keep("ab", None, &said, Some(&report)).unwrap());
        let endings = [SAID, REPORT];
        for known in [None, Some(&said)] {
            for ending in endings {
                fs::write(judged.path("ab", ending), format!("damaged {}", known.is_some())).unwrap();
            }
            assert!(matches!(judged.said("ab"), Err(StoreError::DamagedFile(_))));
            assert!(judged.keep("ab", known, &said, Some(&report)).unwrap(), "nobody else has said anything");
            assert_eq!(
                (judged.said("ab").unwrap().as_ref(), judged.report("ab").unwrap()),
                (Some(&said), report.clone())
            );
        }
        for (number, damaged) in [(1, "damaged false"), (2, "damaged true")] {
            for ending in endings {
                let kept = judged.path("ab", &format!("{ending}.damaged-{number}"));
                assert_eq!(fs::read_to_string(kept).unwrap(), damaged);
            }
        }
        let path = judged.path("ef", SAID);
        std::os::unix::fs::symlink(&path, &path).unwrap();
        assert!(matches!(judged.keep("ef", None, &said, None), Err(StoreError::Io { .. })), "nobody knows");
        assert!(path.is_symlink());
        let path = judged.path("gh", REPORT);
        std::os::unix::fs::symlink(&path, &path).unwrap();
        assert!(matches!(judged.keep("gh", None, &said, Some(&report)), Err(StoreError::Io { .. })));
        assert!(path.is_symlink() && judged.said("gh").unwrap().is_none());
        fs::write(home.path().join("file"), b"").unwrap();
        let nowhere = Judged { directory: home.path().join("file") };
        assert!(nowhere.all().is_err(), "what cannot be listed is not nothing");
    }
}
