//! What was made of files before, found again by what they hold.
//!
//! Not precious, and so never waited for: an entry that is torn, or another's, is none, and all of them may be deleted at any time. What
//! an entry means is whoever keeps it to say.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{StoreError, disk};

/// The directory of what was made of files, in the data directory.
pub(super) const READINGS: &str = "readings";

/// How many characters of an entry's sum stand before it.
const SUM: usize = 8;

/// What one version of the program has made of files.
#[derive(Clone, Debug)]
pub struct Readings {
    directory: PathBuf,
}

impl Readings {
    /// What `maker` has made, in a data directory, which is made if it is not there. What other makers have left goes: it
    /// would never be asked for again.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn open(data: &Path, maker: &str) -> Result<Self, StoreError> {
        let all = data.join(READINGS);
        // Through a link what lies elsewhere would be taken for that of other makers.
        if all.is_symlink() {
            return Err(StoreError::NotADirectory(all));
        }
        let directory = all.join(maker);
        disk::make_directory(&directory)?;
        for other in fs::read_dir(&all).into_iter().flatten().flatten() {
            if other.file_name().to_str() != Some(maker) {
                // Where it cannot be removed it does no harm.
                let _ = fs::remove_dir_all(other.path());
            }
        }
        Ok(Self { directory })
    }

    /// Forgets what anybody has made, in a data directory.
    pub fn forget(data: &Path) {
        // What cannot be removed is told by its sum if it is damaged, and else is right.
        let _ = fs::remove_dir_all(data.join(READINGS));
    }

    /// What was made of a file with this key, a text of hexadecimal digits.
    pub fn find(&self, key: &str) -> Option<Vec<u8>> {
        let mut entry = disk::read_own(&self.path(key)).ok()??;
        if entry.len() < SUM {
            return None;
        }
        let made = entry.split_off(SUM);
        (sum_of(key, &made).as_bytes() == entry).then_some(made)
    }

    /// Keeps what was made of a file. Where it cannot be kept it will be made again.
    pub fn keep(&self, key: &str, made: &[u8]) {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let path = self.path(key);
        let Some(parent) = path.parent() else { return };
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let beside = parent.join(format!("{}{}-{number}", disk::UNFINISHED, std::process::id()));
        let entry = [sum_of(key, made).as_bytes(), made].concat();
        let written = directory(parent)
            .and_then(|()| {
                OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)
            })
            .and_then(|mut file| disk::grant_file(&file, &beside).and_then(|()| file.write_all(&entry)))
            .and_then(|()| fs::rename(&beside, &path));
        if written.is_err() {
            let _ = fs::remove_file(&beside);
        }
    }

    fn path(&self, key: &str) -> PathBuf {
        // Some hundred directories, so that none of them is long.
        self.directory.join(key.get(..2).unwrap_or(key)).join(key)
    }
}

/// Makes one of the directories of entries, which nobody waits for to last.
fn directory(path: &Path) -> io::Result<()> {
    match fs::DirBuilder::new().mode(0o700).create(path) {
        Ok(()) => disk::grant_directory(path),
        // It is there; where it is not, neither will be what is put into it.
        Err(_) => Ok(()),
    }
}

/// Whether a name is one that an entry may have.
pub(super) fn is_key(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether an entry is what was kept under its name.
pub(super) fn is_sound(path: &Path) -> bool {
    let key = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let entry = disk::read_own(path).ok().flatten().unwrap_or_default();
    let (sum, made) = entry.split_at(SUM.min(entry.len()));
    sum_of(key, made).as_bytes() == sum
}

/// The sum of an entry. Its key is in it, so that an entry in the place of another is none.
fn sum_of(key: &str, made: &[u8]) -> String {
    let mut sum = crc32fast::Hasher::new();
    sum.update(key.as_bytes());
    sum.update(made);
    format!("{:0SUM$x}", sum.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_found_again_unless_it_is_torn_or_of_another_maker() {
        let home = tempfile::tempdir().unwrap();
        let readings = Readings::open(home.path(), "1").unwrap();
        assert_eq!(readings.find("abcd"), None);
        readings.keep("abcd", "年报".as_bytes());
        readings.keep("abff", b"");
        assert_eq!(readings.find("abcd").as_deref(), Some("年报".as_bytes()));
        assert_eq!(readings.find("abff").as_deref(), Some(&b""[..]));
        let path = readings.path("abcd");
        let whole = fs::read(&path).unwrap();
        let others = fs::read(readings.path("abff")).unwrap();
        for torn in [&whole[..0], &whole[..5], &whole[..whole.len() - 1], &[0; 20], &others] {
            fs::write(&path, torn).unwrap();
            assert_eq!(readings.find("abcd"), None);
        }
        readings.keep("abcd", b"again");
        assert_eq!(Readings::open(home.path(), "1").unwrap().find("abcd").as_deref(), Some(&b"again"[..]));
        assert_eq!(Readings::open(home.path(), "2").unwrap().find("abcd"), None);
        assert!(!path.exists());
        Readings::forget(home.path());
        assert!(!home.path().join(READINGS).exists());
    }
}
