//! What lies on a reviewer's desk: which files, who has to report, for which year.

use std::num::NonZero;
use std::path::{Path, PathBuf};

use super::{Named, ReadError, all, each};
use crate::document::Document;
use crate::import::{self, ImportError};
use crate::store::{self, StoreError};
use crate::units::{Fault, Units};

/// What is to be reviewed, as it was named.
#[derive(Clone, Default, Debug)]
pub struct Folder {
    /// Directories, with those below, and files.
    pub paths: Vec<PathBuf>,
    /// The register of units, if there is one.
    pub units: Option<PathBuf>,
    /// The year, if it was named.
    pub year: Option<i64>,
    /// Reports of last year, to be looked back on and not reviewed.
    pub last_year: Option<PathBuf>,
    /// How many reports are read at once, if it was said.
    pub jobs: Option<NonZero<usize>>,
    /// Whether everything is to be read anew.
    pub is_fresh: bool,
}

/// Why a list of units or adjustments cannot be followed.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// It cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It is no list.
    #[error("“{}”：{cause}", path.display())]
    Import {
        /// The list.
        path: PathBuf,
        /// Why.
        cause: ImportError,
    },
    /// It has faults.
    #[error("“{}”有 {} 处要改：\n{}", path.display(), faults.len(), faults.iter().map(|fault| format!("  {fault}")).collect::<Vec<_>>().join("\n"))]
    Faults {
        /// The list.
        path: PathBuf,
        /// What is wrong in it, row by row.
        faults: Vec<Fault>,
    },
}

impl ListError {
    /// What to do now.
    pub fn hint(&self) -> &str {
        match self {
            Self::Store(cause) => cause.hint(),
            Self::Import { cause, .. } => cause.hint(),
            Self::Faults { .. } => "请改好这个文件再来；列的先后不限，看表头。",
        }
    }
}

/// Reads a list with what is to be made of it; gives its bytes and what to know of the file too.
///
/// # Errors
/// If it is no list, or has faults.
pub fn list<T>(
    path: &Path,
    read: impl Fn(&Document) -> Result<T, Vec<Fault>>,
) -> Result<(T, Vec<u8>, Vec<String>), ListError> {
    let bytes = store::read_input(path)?;
    let document =
        import::list(&bytes).map_err(|cause| ListError::Import { path: path.to_owned(), cause })?;
    let read = read(&document).map_err(|faults| ListError::Faults { path: path.to_owned(), faults })?;
    Ok((read, bytes, document.remarks))
}

impl Folder {
    /// Every file that is named, each once, in byte order of their names; but not the register.
    pub fn named(&self) -> Vec<Named> {
        each(&self.paths, self.units.clone())
    }

    /// Every file that is named for last year.
    pub fn before(&self) -> Vec<Named> {
        self.last_year.iter().flat_map(|path| all(path)).collect()
    }

    /// The register, where there is one.
    ///
    /// # Errors
    /// If it cannot be followed.
    pub fn register(&self) -> Result<Option<Units>, ListError> {
        self.units.as_deref().map(|path| Ok(list(path, Units::read)?.0)).transpose()
    }

    /// Whether there is such a folder.
    ///
    /// # Errors
    /// If there is not.
    pub fn check(&self) -> Result<(), ReadError> {
        match self.paths.iter().chain(&self.last_year).find(|path| !path.exists()) {
            Some(path) => Err(ReadError::NoReport(path.clone())),
            None => Ok(()),
        }
    }
}
