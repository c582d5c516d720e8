//! Reads reports from wherever they were named. What was read before is found by the hash of the bytes.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::UNIX_EPOCH;

use sha2::{Digest as _, Sha256};

use super::{Last, Named, Source, caught};
use crate::confine;
use crate::document::recognize::{Origins, Reading};
use crate::import::{ImportError, Kind};
use crate::report::Report;
use crate::store::{self, Entry, LIMIT, Library, Readings, StoreError};

/// Why a report cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Neither a file nor a report of the library has this name.
    #[error("没有“{}”这个文件或目录，库里也没有这个编号", .0.display())]
    NoReport(PathBuf),
    /// A directory stands where one report is needed.
    #[error("“{}”是一个目录", .0.display())]
    Directory(PathBuf),
    /// A directory cannot be listed.
    #[error("目录“{}”读不了：{}", path.display(), store::cause(cause))]
    Unlisted {
        /// The directory.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// Standard input cannot be read.
    #[error("标准输入读不了：{}", store::cause(.0))]
    Stdin(io::Error),
    /// The file gives no report.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The file, or the library, cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ReadError {
    /// What to do now.
    pub fn hint(&self) -> &str {
        match self {
            Self::NoReport(_) => "请检查文件名；用 nianbao list 看库里的编号，用 nianbao --help 看命令。",
            Self::Directory(_) => "请写一个文件；整个目录可以用 nianbao check 检查，用 nianbao rollup 汇总。",
            Self::Unlisted { .. } => "请检查这个目录的读取权限。",
            Self::Stdin(_) => "请检查管道前面的命令，或改写文件名。",
            Self::Import(cause) => cause.hint(),
            Self::Store(cause) => cause.hint(),
        }
    }
}

/// A report that was read.
#[derive(Clone, Debug)]
pub struct Read {
    /// The report.
    pub report: Report,
    content: Arc<Content>,
}

impl Read {
    /// The SHA-256 of its file; of its saved shape, where it is of the library.
    pub fn sha256(&self) -> &str {
        self.content.sha256()
    }
}

/// The bytes of a file. Their hash is made when it is asked for: most reports are checked without.
#[derive(Debug)]
struct Content {
    bytes: Vec<u8>,
    sha256: OnceLock<String>,
}

impl Content {
    fn new(bytes: Vec<u8>) -> Arc<Self> {
        Arc::new(Self { bytes, sha256: OnceLock::new() })
    }

    fn sha256(&self) -> &str {
        self.sha256.get_or_init(|| sha256(&self.bytes))
    }
}

/// A file or report that gives none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unread {
    /// The SHA-256 of its bytes, where these could be read.
    pub sha256: Option<String>,
    /// Why.
    pub message: String,
    /// What to do now; empty where the message says it.
    pub hint: String,
}

/// What is at a source.
enum Fetched {
    /// A report of the library.
    Kept(Box<Read>),
    /// A file.
    File(Arc<Content>),
}

/// Reads reports, and remembers what it has read if it is to. Checking costs less than remembering would.
#[derive(Debug)]
pub struct Reader {
    /// The data directory, where it was named.
    data_dir: Option<PathBuf>,
    readings: Option<Readings>,
    /// What came on standard input, which can be read once only.
    stdin: OnceLock<Vec<u8>>,
}

impl Reader {
    /// A reader beside a data directory: the one that was named, else the usual one.
    pub fn new(data_dir: Option<PathBuf>) -> Self {
        Self { data_dir, readings: None, stdin: OnceLock::new() }
    }

    /// One that remembers; what is remembered so far is forgotten first if everything is to be read anew. Where nothing can
    /// be kept it reads everything each time.
    pub fn remembering(data_dir: Option<PathBuf>, afresh: bool) -> Self {
        let place = Library::locate(data_dir.clone()).ok();
        if let Some(directory) = place.as_ref().filter(|_| afresh) {
            Readings::forget(directory);
        }
        let readings =
            place.zip(maker()).and_then(|(directory, maker)| Readings::open(&directory, &maker).ok());
        Self { data_dir, readings, stdin: OnceLock::new() }
    }

    /// Opens the library.
    ///
    /// # Errors
    /// If there is none.
    pub fn library(&self) -> Result<Library, StoreError> {
        Library::existing(&Library::locate(self.data_dir.clone())?)
    }

    /// Whose reports the library has, for which years.
    ///
    /// # Errors
    /// If it cannot be listed.
    pub fn kept(&self) -> Result<Vec<Last>, StoreError> {
        let last = |entry: Entry| {
            Some(Last { whose: entry.report.ok()?.identified(), source: Source::Library(entry.id) })
        };
        match self.library() {
            Err(StoreError::NoData(_)) => Ok(Vec::new()),
            library => Ok(library?.list()?.into_iter().filter_map(last).collect()),
        }
    }

    /// Reads a report, as long as it is wanted.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn read(&self, source: &Source, is_wanted: &dyn Fn() -> bool) -> Result<Read, ReadError> {
        match self.fetch(source)? {
            Fetched::Kept(read) => Ok(*read),
            Fetched::File(content) => Ok(Read { report: self.understand(&content, is_wanted)?, content }),
        }
    }

    /// The same for one of many, where what cannot be read is told and passed over.
    ///
    /// # Errors
    /// If it cannot be read, or the program breaks off at it.
    pub fn read_named(&self, named: &Named, is_wanted: &dyn Fn() -> bool) -> Result<Read, Unread> {
        let unread = |error: &ReadError| Unread {
            sha256: None,
            message: error.to_string(),
            hint: error.hint().to_owned(),
        };
        let source = named.source.as_ref().map_err(unread)?;
        let content = match self.fetch(source).map_err(|error| unread(&error))? {
            Fetched::Kept(read) => return Ok(*read),
            Fetched::File(content) => content,
        };
        let told = |error: ImportError| (error.to_string(), error.hint().to_owned());
        let read = caught(|| self.understand(&content, is_wanted).map_err(told));
        match read.unwrap_or_else(|message| Err((message, String::new()))) {
            Ok(report) => Ok(Read { report, content }),
            Err((message, hint)) => Err(Unread { sha256: Some(content.sha256().to_owned()), message, hint }),
        }
    }

    fn fetch(&self, source: &Source) -> Result<Fetched, ReadError> {
        Ok(match source {
            Source::Library(id) => {
                let report = self.library()?.read(*id)?;
                Fetched::Kept(Box::new(Read { content: Content::new(report.to_json().into_bytes()), report }))
            }
            Source::File(path) => Fetched::File(Content::new(store::read_input(path)?)),
            Source::Stdin => {
                if self.stdin.get().is_none() {
                    let _ = self.stdin.set(stdin()?);
                }
                Fetched::File(Content::new(self.stdin.get().cloned().unwrap_or_default()))
            }
        })
    }

    fn understand(&self, content: &Content, is_wanted: &dyn Fn() -> bool) -> Result<Report, ImportError> {
        let bytes = &content.bytes[..];
        // A saved report is read as quickly from its own file.
        let readings = self.readings.as_ref().filter(|_| Kind::of(bytes) != Kind::Saved);
        let known = readings.and_then(|readings| Report::from_bytes(&readings.find(content.sha256())?).ok());
        if let Some(report) = known {
            return Ok(report);
        }
        let report = confine::read_while(bytes, &mut || is_wanted())?.report;
        if let Some(readings) = readings {
            readings.keep(content.sha256(), report.to_json().as_bytes());
        }
        Ok(report)
    }

    /// Reads a report, with where in its file everything was found.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn locate(&self, source: &Source, is_wanted: &dyn Fn() -> bool) -> Result<Reading, ReadError> {
        match self.fetch(source)? {
            Fetched::Kept(read) => Ok(Reading { report: read.report, origins: Origins::new() }),
            Fetched::File(content) => Ok(confine::read_while(&content.bytes, &mut || is_wanted())?),
        }
    }
}

/// Reads standard input to its end; it may be as long as a file.
///
/// # Errors
/// If it cannot be read, or is longer.
pub fn stdin() -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(LIMIT + 1).read_to_end(&mut bytes).map_err(ReadError::Stdin)?;
    if bytes.len() as u64 > LIMIT {
        return Err(StoreError::TooLarge { path: Path::new("-").to_owned(), limit: LIMIT }.into());
    }
    Ok(bytes)
}

/// What reads and checks: this very program. Another build of one version may find something else.
fn maker() -> Option<String> {
    let metadata = std::env::current_exe().ok()?.metadata().ok()?;
    let built = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("{}-{:x}-{:x}", env!("CARGO_PKG_VERSION"), metadata.len(), built.as_nanos()))
}

/// The SHA-256 of some bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    let digit = |value| char::from_digit(value, 16).unwrap_or_default();
    let spelled = |byte: u8| [digit(u32::from(byte >> 4)), digit(u32::from(byte & 15))];
    Sha256::digest(bytes).into_iter().flat_map(spelled).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Form;

    #[test]
    fn what_was_read_before_is_asked_for_by_what_the_file_holds() {
        let home = tempfile::tempdir().unwrap();
        let data = || Some(home.path().join("data"));
        let (one, same) = (home.path().join("一.txt"), home.path().join("二.txt"));
        let text = "云溪镇人民政府2025年政府信息公开工作年度报告\n一、总体情况\n全镇公开信息12条。\n";
        std::fs::write(&one, text).unwrap();
        let read =
            |reader: &Reader, path: &Path| reader.read(&Source::File(path.to_owned()), &|| true).unwrap();
        let reader = Reader::remembering(data(), false);
        let first = read(&reader, &one);
        assert_eq!(first.report.agency(), "云溪镇人民政府");
        // What is kept is told from what would be found by being something else.
        let mut other = Report::new(Form::current());
        other.apply(Report::identity("柳河镇人民政府", None, 2025));
        reader.readings.as_ref().unwrap().keep(first.sha256(), other.to_json().as_bytes());
        std::fs::write(&same, text).unwrap();
        assert_eq!(read(&reader, &same).report, other, "the same bytes under another name");
        assert_eq!(read(&Reader::new(data()), &one).report, first.report, "read anew");
        std::fs::write(&one, format!("{text}二、主动公开政府信息情况\n")).unwrap();
        assert_eq!(read(&reader, &one).report.agency(), "云溪镇人民政府", "changed, so read again");
    }
}
