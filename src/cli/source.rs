//! Where a report named on the command line comes from: a file, standard input or the library.
//!
//! A file goes before a report of the library with the same name. Reading the bytes is the store's, understanding them
//! the importers' affair.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::{Desk, Error, interrupt};
use crate::document::recognize::{Origins, Reading};
use crate::report::Report;
use crate::store::{self, Id, LIMIT, StoreError};

/// Where a report comes from.
#[derive(Debug)]
pub(super) enum Source {
    Stdin,
    File(PathBuf),
    Library(Id),
}

/// A report as it was named, and where it comes from, if that could be found out.
pub(super) struct Named {
    pub(super) name: String,
    pub(super) source: Result<Source, Error>,
}

/// The one report that is named.
pub(super) fn one(named: &Path) -> Result<Source, Error> {
    if named == Path::new("-") {
        return Ok(Source::Stdin);
    }
    if named.is_dir() {
        return Err(Error::Directory(named.to_owned()));
    }
    if named.exists() {
        return Ok(Source::File(named.to_owned()));
    }
    let id = named.to_str().and_then(|text| text.parse().ok());
    id.map(Source::Library).ok_or_else(|| Error::NoReport(named.to_owned()))
}

/// The report that is named, or every file in the directory that is named, in byte order of their paths.
pub(super) fn all(named: &Path) -> Vec<Named> {
    if !named.is_dir() {
        return vec![Named { name: spelled(named), source: one(named) }];
    }
    let mut found = walk(named);
    found.sort_by(|(a, _), (b, _)| a.as_os_str().as_encoded_bytes().cmp(b.as_os_str().as_encoded_bytes()));
    let named = |(path, failure): (PathBuf, Option<io::Error>)| Named {
        name: spelled(&path),
        source: match failure {
            None => Ok(Source::File(path)),
            Some(cause) => Err(Error::Unlisted { path, cause }),
        },
    };
    found.into_iter().map(named).collect()
}

/// A path as it is printed.
pub(super) fn spelled(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

impl Source {
    /// Reads the report.
    pub(super) fn read(&self, desk: &Desk) -> Result<Report, Error> {
        self.locate(desk).map(|reading| reading.report)
    }

    /// Reads the report, with where in its file everything was found.
    pub(super) fn locate(&self, desk: &Desk) -> Result<Reading, Error> {
        match self {
            Self::Library(id) => Ok(Reading { report: desk.library()?.read(*id)?, origins: Origins::new() }),
            Self::File(path) => Ok(interrupt::read(&store::read_input(path)?)?),
            Self::Stdin => Ok(interrupt::read(&stdin()?)?),
        }
    }
}

/// Reads standard input to its end; it may be as long as a file.
pub(super) fn stdin() -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(LIMIT + 1).read_to_end(&mut bytes).map_err(Error::Stdin)?;
    if bytes.len() as u64 > LIMIT {
        return Err(StoreError::TooLarge { path: PathBuf::from("-"), limit: LIMIT }.into());
    }
    Ok(bytes)
}

/// The regular files below a directory, and the directories that could not be listed with the reason.
///
/// Left out: hidden files, the lock files of office programs (`~$…`), and symbolic links, which may lead in circles.
fn walk(root: &Path) -> Vec<(PathBuf, Option<io::Error>)> {
    let mut found = Vec::new();
    let mut waiting = vec![root.to_owned()];
    while let Some(directory) = waiting.pop() {
        let listed = fs::read_dir(&directory).and_then(|entries| {
            for entry in entries {
                let entry = entry?;
                let (path, kind) = (entry.path(), entry.file_type()?);
                match () {
                    () if is_passed_over(&path) => {}
                    () if kind.is_dir() => waiting.push(path),
                    () if kind.is_file() => found.push((path, None)),
                    () => {}
                }
            }
            Ok(())
        });
        if let Err(cause) = listed {
            found.push((directory, Some(cause)));
        }
    }
    found
}

fn is_passed_over(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.as_encoded_bytes()).unwrap_or_default();
    name.starts_with(b".") || name.starts_with(b"~$")
}
