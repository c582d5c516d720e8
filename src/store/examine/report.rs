//! Looks at the directory of one report.

use std::path::Path;

use super::{DELETE, Examined, FOREIGN, Found, Grade, KEPT, Look, UNFINISHED, UNKNOWN, entries, has_gone};
use crate::store::draft::{DAMAGED, FORMER, VIEW};
use crate::store::journal::{self, Journal, Rest};
use crate::store::load::{self, Anew, JOURNAL, Loaded, Mend, SNAPSHOT};
use crate::store::lock::Lock;
use crate::store::sealed::{self, Seal};
use crate::store::{Id, LOCK, REPORTS, StoreError, TRASH, disk, history};

const OPEN: &str = "打开这份报告一次就会修好。";

/// What is to be said of a file that is not of ours.
struct Strange(Found);

impl Look<'_> {
    /// Looks at a report; `None` for what was only begun when its maker was killed.
    pub(super) fn report(&mut self, directory: &Path, id: Id, is_trashed: bool) -> Option<Examined> {
        let mut found = Vec::new();
        let mut is_bare = true;
        for entry in self.entries(directory) {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            is_bare &= name == LOCK || name.starts_with(disk::UNFINISHED);
            let said = self.file(&path, &name, id);
            if said.is_ok() && !kept(&name, DAMAGED) {
                self.whose(&path);
            }
            found.extend(said.unwrap_or_else(|Strange(found)| Some(found)));
        }
        let owner = Lock::owner(&directory.join(LOCK));
        let mut loaded = load::load(directory, id);
        if owner.is_some() && self.standing(directory, &loaded, true).is_some() {
            // Whoever has it open may have saved after the journal was read and before the snapshot was.
            loaded = load::load(directory, id);
        }
        if let (Err(StoreError::NoSuchReport(_)), true, true) = (&loaded, owner.is_none(), is_bare) {
            let said = "建立报告时被中断，里面没有报告";
            self.say(directory, Grade::Note, said, DELETE);
            self.done.found.extend(found);
            return None;
        }
        let mut versions = 0;
        // Where the directory cannot be listed that was said already.
        let _ = history::versions(directory, id, |_| versions += 1);
        let is_open = owner.is_some();
        let opened = owner.map(|owner| self.found(directory, Grade::Note, format!("正由{owner}打开着"), ""));
        found.extend(opened);
        found.extend(self.standing(directory, &loaded, is_open));
        let report = loaded.ok().map(|loaded| loaded.session.report().clone());
        Some(Examined { id, is_trashed, report, versions, found })
    }

    /// What is to be said of a report; not what is so because somebody is at work on it.
    fn standing(
        &self,
        directory: &Path,
        loaded: &Result<Loaded, StoreError>,
        is_open: bool,
    ) -> Option<Found> {
        let Loaded { recovered, is_newer, mend, .. } = match loaded {
            Ok(loaded) => loaded,
            Err(error @ StoreError::Newer(_)) => {
                return Some(self.found(directory, Grade::Attention, error.to_string(), error.hint()));
            }
            Err(error @ StoreError::Damaged(_)) => {
                let remedy = "用 nianbao log 看还能找回哪些版；或者从备份恢复，或用原来的文件重新导入。";
                return Some(self.found(directory, Grade::Lost, error.to_string(), remedy));
            }
            // It was there once: what lies beside its files is left of it.
            Err(StoreError::NoSuchReport(_)) => {
                let remedy = "不要删除。用 nianbao log 看还能找回哪些版；或者从备份恢复。";
                return Some(self.found(directory, Grade::Lost, "报告的两个文件都不见了", remedy));
            }
            Err(error) => return Some(self.found(directory, Grade::Lost, error.to_string(), error.hint())),
        };
        if *is_newer {
            let said = "由更新的版本保存，本版本只能看，不能改，也核对不全";
            return Some(self.found(directory, Grade::Attention, said, "请换用新版本的程序。"));
        }
        // Begun anew only for its length, it is sound.
        let said = recovered.as_deref()?;
        let is_torn = |mend: &Mend| {
            mend.keep.is_empty() && !mend.is_adopted && matches!(mend.journal, Some(Anew::Sound(_)))
        };
        let grade = match mend {
            Some(mend) if !is_torn(mend) => Grade::Attention,
            // A record that is being written, a snapshot that is written only when it is closed.
            _ if is_open => return None,
            _ => Grade::Note,
        };
        if is_open {
            let remedy = "请正打开着它的人另存一份，关闭后再打开一次就会修好。";
            return Some(self.found(directory, grade, said, remedy));
        }
        Some(self.found(directory, grade, said, OPEN))
    }

    /// Whether another report has everything that a journal of its own holds.
    fn is_held_by(&self, whose: Id, journal: &[u8]) -> bool {
        let directories = [REPORTS, TRASH].map(|shelf| self.data.join(shelf).join(whose.to_string()));
        directories.iter().flat_map(|directory| entries(directory).unwrap_or_default()).any(|entry| {
            let is_journal =
                entry.file_name().to_str().is_some_and(|name| name == JOURNAL || kept(name, FORMER));
            is_journal
                && disk::read_own(&entry.path()).ok().flatten().is_some_and(|own| own.starts_with(journal))
        })
    }

    /// What is to be said of one file of a report.
    fn file(&self, path: &Path, name: &str, id: Id) -> Result<Option<Found>, Strange> {
        let say = |grade, said: &str, remedy| Ok(Some(self.found(path, grade, said, remedy)));
        let is_plain = path.symlink_metadata().is_ok_and(|metadata| metadata.is_file());
        match name {
            JOURNAL | SNAPSHOT if path.is_symlink() => {
                say(Grade::Attention, "是符号链接，这样存不进去", "请把它指着的文件移到这里来。")
            }
            JOURNAL | SNAPSHOT => Ok(None),
            LOCK if is_plain => Ok(None),
            LOCK => say(Grade::Attention, "不是普通文件，报告可能打不开", "请把它移走。"),
            VIEW if is_plain => {
                let bytes = disk::read_own(path).ok().flatten().unwrap_or_default();
                let is_sound = sealed::look(&bytes) != Seal::Broken
                    && serde_json::from_slice::<serde_json::Value>(&bytes).is_ok();
                let said = "记着的光标位置读不出来，打开时从头开始";
                if is_sound { Ok(None) } else { say(Grade::Note, said, "不用管。") }
            }
            _ if has_gone(path) => Ok(None),
            _ if name.starts_with(disk::UNFINISHED) => say(Grade::Note, UNFINISHED, DELETE),
            _ if kept(name, DAMAGED) && name.starts_with(JOURNAL) => {
                let bytes = disk::read_own(path).ok().flatten().unwrap_or_default();
                let whose = journal::read(&bytes).ok().and_then(|journal| journal.id);
                match whose.filter(|whose| *whose != id) {
                    Some(whose) if self.is_held_by(whose, &bytes) => {
                        let said = format!("是报告 {whose} 操作记录的副本，修复时另外保留的");
                        say(Grade::Note, &said, "可以移走，那份报告里都有。")
                    }
                    Some(whose) => {
                        let said = format!("是报告 {whose} 的操作记录，它以前的各版在里面");
                        let remedy = "不要删除。关闭程序，把它移到那份报告的目录里，改名为 journal.former-1，就能找回。";
                        say(Grade::Attention, &said, remedy)
                    }
                    None => {
                        say(Grade::Note, KEPT, "核对报告无误后可以移走；能读的部分 nianbao log 还会列出来。")
                    }
                }
            }
            _ if kept(name, DAMAGED) => say(Grade::Note, KEPT, "核对报告无误后可以移走。"),
            _ if kept(name, FORMER) && is_plain => {
                let bytes = disk::read_own(path).ok().flatten().unwrap_or_default();
                match journal::read(&bytes) {
                    // The directory was copied or renamed: its versions are listed where it was.
                    Ok(Journal { id: Some(whose), .. }) if whose != id => {
                        let said = format!("是报告 {whose} 以前的操作记录，其中的各版不算在这份报告里");
                        say(Grade::Note, &said, "要找回其中的版，请在原来的报告里找；不要就可以移走。")
                    }
                    Ok(journal) if journal.rest != Rest::Damaged => Ok(None),
                    _ => say(
                        Grade::Attention,
                        "以前的操作记录读不全，其中几版找不回来",
                        "报告本身不受影响；有备份的，可以从备份恢复这个文件。",
                    ),
                }
            }
            _ => Err(Strange(self.found(path, Grade::Attention, UNKNOWN, FOREIGN))),
        }
    }
}

/// Whether a file was kept beside another, with this ending and a number.
fn kept(name: &str, ending: &str) -> bool {
    let number = name.rsplit_once(ending).filter(|(of, _)| [JOURNAL, SNAPSHOT].contains(of));
    number.is_some_and(|(_, number)| number.parse::<u32>().is_ok())
}

#[cfg(test)]
mod tests;
