//! What a reviewer has said of reports: one file for what each file held, beside the report as it was then.
//!
//! What a judgement means is [`desk`](crate::desk)'s. The report is kept so that the one that comes in its place can be
//! compared with it.

use std::fs;
use std::path::{Path, PathBuf};

use super::sealed::{self, Seal};
use super::{StoreError, disk};
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
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok((judgements, damaged)),
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
    pub fn said(&self, hash: &str) -> Option<Judgement> {
        read(&self.path(hash, SAID))
    }

    /// Keeps what is said of what a file holds, with the report, where there is one. When this returns both are on disk;
    /// `false` where something else was said meanwhile than what is `known`, and that is still there.
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
        if self.said(hash).as_ref() != known {
            return Ok(false);
        }
        let of_report = self.path(hash, REPORT);
        if let Some(report) = report.filter(|_| !of_report.exists()) {
            disk::replace(&of_report, &sealed::seal(&report.to_json()))?;
        }
        // Maps with text for keys always serialize.
        disk::replace(
            &self.path(hash, SAID),
            &sealed::seal(&serde_json::to_string(said).unwrap_or_default()),
        )?;
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
            Seal::Sound | Seal::Missing => Report::from_json(&bytes).map_err(|_| damaged()),
        }
    }

    fn path(&self, hash: &str, ending: &str) -> PathBuf {
        self.directory.join(format!("{hash}{ending}"))
    }
}

/// What was said, as a file holds it; `None` if it is not what was written.
pub(super) fn read(path: &Path) -> Option<Judgement> {
    let bytes = disk::read_own(path).ok()??;
    match sealed::look(&bytes) {
        Seal::Broken => None,
        Seal::Sound => serde_json::from_slice(&bytes).ok(),
        // Before there were seals. Every member of it may be lacking, but not so that another's file is taken for it.
        Seal::Missing => {
            let json: serde_json::Value = serde_json::from_slice(&bytes).ok()?;
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
        assert_eq!(judged.said("ab").as_ref(), Some(&said));
        assert!(judged.keep("ab", Some(&said), &accepted, Some(&other)).unwrap());
        assert_eq!((&judged.all().unwrap().0["ab"], judged.report("ab").unwrap()), (&accepted, report));
    }
}
