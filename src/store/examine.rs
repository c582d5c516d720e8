//! Looks at every file of a data directory, changing nothing: what is sound, what is not, and what to do then.
//!
//! A file that it does not know is told too: what is called sound is a directory of which every file is accounted for. How
//! it is said to whom is the command's.

mod report;

use std::fs::{DirEntry, Metadata};
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::draft::DAMAGED;
use super::memory::MEMORY;
use super::sealed::{self, Seal};
use super::{EDITING, Id, Judged, REPORTS, RESCUED, StoreError, TRASH, disk, judgements, named, readings};
use crate::report::Report;

/// How grave a finding is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// Nothing is to be done.
    Note,
    /// Something is not as it should be; nothing that was accepted is lost by it now.
    Attention,
    /// Something cannot be read.
    Lost,
}

/// Something that was found.
#[derive(Debug)]
pub struct Found {
    /// The file or directory, below the data directory.
    pub path: PathBuf,
    /// How grave it is.
    pub grade: Grade,
    /// What it is, in the clerk's words.
    pub said: String,
    /// What to do, if there is something to do.
    pub remedy: &'static str,
}

/// A report that was looked at.
#[derive(Debug)]
pub struct Examined {
    /// Its number.
    pub id: Id,
    /// Whether it is in the trash.
    pub is_trashed: bool,
    /// The report, if it can be read.
    pub report: Option<Report>,
    /// How many versions can be brought back.
    pub versions: u64,
    /// What was found.
    pub found: Vec<Found>,
}

/// What was found in a data directory.
#[derive(Default, Debug)]
pub struct Examination {
    /// The reports, those in the trash last.
    pub reports: Vec<Examined>,
    /// How many judgements were kept.
    pub judgements: usize,
    /// How many readings were kept.
    pub readings: usize,
    /// What was found beside the reports.
    pub found: Vec<Found>,
}

impl Examination {
    /// Everything that was found.
    pub fn all(&self) -> impl Iterator<Item = &Found> {
        self.reports.iter().flat_map(|report| &report.found).chain(&self.found)
    }

    /// How grave the gravest finding is, if there is one.
    pub fn worst(&self) -> Option<Grade> {
        self.all().map(|found| found.grade).max()
    }
}

/// Less free space than this, in bytes, is told.
const LITTLE_SPACE: u64 = 16 << 20;

const KEPT: &str = "以前损坏的文件，修复时另外保留的";
const UNKNOWN: &str = "不认识的文件或目录";
const FOREIGN: &str = "不是本程序的文件，不影响使用；请看看是谁放的，移到别处。";
const UNFINISHED: &str = "被中断的程序留下的临时文件";
const DELETE: &str = "可以删除。";

/// Looks at every file of a data directory.
///
/// # Errors
/// If there is no such directory, or it cannot be listed.
pub fn examine(data: &Path) -> Result<Examination, StoreError> {
    match data.metadata() {
        Ok(metadata) if metadata.is_dir() => {}
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(StoreError::io("读取目录", data)(error));
        }
        _ => return Err(StoreError::NoData(data.to_owned())),
    }
    let mut look = Look { data, done: Examination::default(), open: Vec::new(), strange: Vec::new() };
    look.whose(data);
    for entry in entries(data)? {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        match &name[..] {
            REPORTS | TRASH if look.is_directory(&path) => look.reports(&path, name == TRASH),
            judgements::DESK if look.is_directory(&path) => look.judgements(&path),
            readings::READINGS if look.is_directory(&path) => look.readings(&path),
            MEMORY => look.memory(&path),
            _ if name.starts_with(RESCUED) => {
                look.whose(&path);
                look.say(&path, Grade::Note, "程序出错时救下的内容", "用 nianbao import 读入，核对后删除。");
            }
            _ if name.starts_with(EDITING) => {
                look.whose(&path);
                let said = "交给外部编辑器的文字，当时没有收回";
                look.say(&path, Grade::Note, said, "看看还要不要，不要就删除。");
            }
            _ => look.other(&path, &name),
        }
    }
    look.done.reports.sort_by_key(|report| (report.is_trashed, report.id));
    look.space(free_space(data));
    look.sum_up();
    Ok(look.done)
}

/// The examination as it goes on.
struct Look<'a> {
    data: &'a Path,
    done: Examination,
    /// What others may read.
    open: Vec<PathBuf>,
    /// What is another user's.
    strange: Vec<PathBuf>,
}

impl Look<'_> {
    fn found(&self, path: &Path, grade: Grade, said: impl Into<String>, remedy: &'static str) -> Found {
        let within = path.strip_prefix(self.data).ok().filter(|within| !within.as_os_str().is_empty());
        Found { path: within.unwrap_or(path).to_owned(), grade, said: said.into(), remedy }
    }

    fn say(&mut self, path: &Path, grade: Grade, said: impl Into<String>, remedy: &'static str) {
        let found = self.found(path, grade, said, remedy);
        self.done.found.push(found);
    }

    /// Looks at whose a file is and who may read it; gives what is known of it.
    fn whose(&mut self, path: &Path) -> Option<Metadata> {
        let metadata = path.symlink_metadata().ok()?;
        if !metadata.is_symlink() {
            if metadata.mode() & 0o077 != 0 {
                self.open.push(path.to_owned());
            }
            // Not compared with ourselves: an administrator looks at the directories of others.
            if self.data.metadata().is_ok_and(|data| data.uid() != metadata.uid()) {
                self.strange.push(path.to_owned());
            }
        }
        Some(metadata)
    }

    fn is_directory(&mut self, path: &Path) -> bool {
        self.whose(path).is_some_and(|metadata| metadata.is_dir())
    }

    /// What nobody of ours has put there, unless a writer of ours was killed.
    fn other(&mut self, path: &Path, name: &str) {
        if has_gone(path) {
            return;
        }
        if name.starts_with(disk::UNFINISHED) {
            self.say(path, Grade::Note, UNFINISHED, DELETE);
        } else {
            self.say(path, Grade::Attention, UNKNOWN, FOREIGN);
        }
    }

    /// The entries of a directory; where it cannot be listed that is said.
    fn entries(&mut self, directory: &Path) -> Vec<DirEntry> {
        entries(directory).unwrap_or_else(|error| {
            self.say(directory, Grade::Lost, error.to_string(), "请检查这个目录的权限，或从备份恢复。");
            Vec::new()
        })
    }

    fn reports(&mut self, directory: &Path, is_trashed: bool) {
        for entry in self.entries(directory) {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            match named(&name) {
                Some(id) if self.is_directory(&path) => {
                    let examined = self.report(&path, id, is_trashed);
                    self.done.reports.extend(examined);
                }
                _ => self.other(&path, &name),
            }
        }
    }

    fn judgements(&mut self, directory: &Path) {
        let lost = "请从备份恢复，或移走这个文件，对这份报告重新审阅。";
        for entry in self.entries(directory) {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            if name.ends_with(judgements::SAID) {
                self.whose(&path);
                self.done.judgements += 1;
                if judgements::read(&path).is_none() {
                    self.say(&path, Grade::Lost, "审阅的决定和批注读不出来", lost);
                }
            } else if let Some(hash) = name.strip_suffix(judgements::REPORT) {
                self.whose(&path);
                if Judged::at(self.data).report(hash).is_err() {
                    self.say(&path, Grade::Lost, "审阅时留下的报告读不出来，不能再与它比较", lost);
                }
            } else if is_kept(&name, &[judgements::SAID, judgements::REPORT]) {
                self.say(&path, Grade::Note, KEPT, "核对审阅的决定无误后可以移走。");
            } else if name == judgements::LOCK {
                self.whose(&path);
            } else {
                self.other(&path, &name);
            }
        }
    }

    /// The directories in one in which there should be nothing else.
    fn directories(&mut self, directory: &Path) -> Vec<PathBuf> {
        let mut directories = Vec::new();
        for entry in self.entries(directory) {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            if self.is_directory(&path) {
                directories.push(path);
            } else {
                self.other(&path, &name);
            }
        }
        directories
    }

    fn readings(&mut self, directory: &Path) {
        let mut damaged = 0;
        let makers = self.directories(directory);
        let shelves: Vec<_> = makers.iter().flat_map(|maker| self.directories(maker)).collect();
        let entries: Vec<_> = shelves.iter().flat_map(|shelf| self.entries(shelf)).collect();
        for entry in entries {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            if readings::is_key(&name) {
                self.whose(&path);
                self.done.readings += 1;
                damaged += usize::from(!readings::is_sound(&path));
            } else {
                self.other(&path, &name);
            }
        }
        if damaged > 0 {
            let said = format!("有 {damaged} 份读过的结果不完整，用到时会重新读");
            self.say(directory, Grade::Note, said, "不用管，也可以把这个目录删除。");
        }
    }

    fn memory(&mut self, path: &Path) {
        self.whose(path);
        let bytes = disk::read_own(path).ok().flatten();
        let is_sound = bytes.is_some_and(|bytes| {
            sealed::look(&bytes) != Seal::Broken
                && serde_json::from_slice::<std::collections::BTreeMap<String, String>>(&bytes).is_ok()
        });
        if !is_sound {
            self.say(path, Grade::Note, "记着的界面设置读不出来，按默认的来", "不用管，也可以删除。");
        }
    }

    fn space(&mut self, free: Option<u64>) {
        if let Some(free) = free.filter(|free| *free < LITTLE_SPACE) {
            let said = format!("磁盘只剩 {} KiB，可能存不下新的内容", free >> 10);
            self.say(self.data, Grade::Attention, said, "请清理磁盘。");
        }
    }

    /// Says in one line what holds of many files.
    fn sum_up(&mut self) {
        let (open, strange) = (std::mem::take(&mut self.open), std::mem::take(&mut self.strange));
        if let Some(first) = open.first() {
            let said = format!("别的用户能读（共 {} 处）", open.len());
            let remedy = "在命令行里运行 chmod -R go= 数据目录，只留给本人。";
            self.say(first, Grade::Attention, said, remedy);
        }
        if let Some(first) = strange.first() {
            let said = format!("属于另一个用户（共 {} 处），可能存不进去", strange.len());
            let remedy = "请管理员用 chown -R 改回来；不要用 sudo 运行本程序。";
            self.say(first, Grade::Attention, said, remedy);
        }
    }
}

/// How many bytes may still be written into a directory; `None` where nobody knows.
fn free_space(directory: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(directory).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// Whether a file is a damaged one that was kept under a name that ends with one of these and a number.
fn is_kept(name: &str, endings: &[&str]) -> bool {
    let number =
        name.rsplit_once(DAMAGED).filter(|(of, _)| endings.iter().any(|ending| of.ends_with(ending)));
    number.is_some_and(|(_, number)| number.parse::<u32>().is_ok())
}

/// Whether what was listed has been taken away or moved meanwhile: the program may be at work beside us.
fn has_gone(path: &Path) -> bool {
    path.symlink_metadata().is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

/// The entries of a directory, in the order of their names.
fn entries(directory: &Path) -> Result<Vec<DirEntry>, StoreError> {
    let listed = std::fs::read_dir(directory).and_then(|entries| entries.collect::<Result<Vec<_>, _>>());
    let mut entries = listed.map_err(StoreError::io("读取目录", directory))?;
    entries.sort_by_key(DirEntry::file_name);
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_space_is_told_before_there_is_none() {
        for (free, is_told) in
            [(None, false), (Some(LITTLE_SPACE), false), (Some(LITTLE_SPACE - 1), true), (Some(0), true)]
        {
            let data = Path::new("data");
            let done = Examination::default();
            let mut look = Look { data, done, open: Vec::new(), strange: Vec::new() };
            look.space(free);
            assert_eq!(look.done.worst(), is_told.then_some(Grade::Attention), "{free:?}");
        }
        assert!(free_space(&std::env::temp_dir()).is_some_and(|free| free > 1));
    }

    #[test]
    fn only_what_is_not_there_has_gone() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("file");
        std::fs::write(&file, b"").unwrap();
        let gone = [root.path().join("gone"), file.join("below"), file];
        assert_eq!(gone.map(|path| has_gone(&path)), [true, false, false]);
    }
}
