//! Who has a report open: a lock on a file of its own, and in that file the owner, because a lock says nothing of whom.

use std::fmt;
use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::{StoreError, disk};

/// Who has a report open.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Owner {
    /// The name of the user; empty if it is not known.
    pub user: String,
    /// The number of the user.
    pub uid: u32,
    /// The name of the machine.
    pub host: String,
    /// The number of the process; 0 if nothing is known of the owner.
    pub process: u32,
    /// When it was opened, in seconds since 1970.
    pub since: u64,
}

impl Owner {
    /// This process, now.
    fn ourselves() -> Self {
        let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        let uid = rustix::process::getuid().as_raw();
        let listed = || user_name(&std::fs::read_to_string("/etc/passwd").ok()?, uid);
        Self {
            user: variable("USER").or_else(|| variable("LOGNAME")).or_else(listed).unwrap_or_default(),
            uid,
            host: rustix::system::uname().nodename().to_string_lossy().into_owned(),
            process: std::process::id(),
            since: seconds_now(),
        }
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.process == 0 {
            return f.write_str("另一个程序");
        }
        match &self.user[..] {
            "" => write!(f, "编号 {} 的用户", self.uid)?,
            name => write!(f, "用户 {name}")?,
        }
        let minutes = seconds_now().saturating_sub(self.since) / 60;
        let since = match minutes {
            0 => "刚刚".to_owned(),
            1..60 => format!("{minutes} 分钟前"),
            60..1440 => format!("{} 小时前", minutes / 60),
            _ => format!("{} 天前", minutes / 1440),
        };
        write!(f, " 在 {} 上（进程 {}，{since}）", self.host, self.process)
    }
}

/// The name that a list of users like `/etc/passwd` has for a number.
fn user_name(list: &str, uid: u32) -> Option<String> {
    let mut users = list.lines().map(|line| line.split(':'));
    let name = |mut fields: std::str::Split<'_, char>| {
        let name = fields.next()?;
        let is_meant = fields.nth(1)?.parse() == Ok(uid);
        (is_meant && !name.is_empty()).then(|| name.to_owned())
    };
    users.find_map(name)
}

/// The longest owner record that is read, in bytes.
const OWNER_LIMIT: u64 = 4096;

/// A report held by this process. Let go when dropped, also when the process is killed.
#[derive(Debug)]
pub(super) struct Lock {
    // Held for its lock only.
    _file: File,
}

impl Lock {
    /// Who has a lock, if somebody has it now; nothing is written.
    pub(super) fn owner(path: &Path) -> Option<Owner> {
        let mut file = disk::open_to_read(path).ok()?;
        match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => Some(said(&mut file)),
            _ => None,
        }
    }

    /// Takes the lock, or says who has it.
    pub(super) fn take(path: &Path) -> Result<Result<Self, Owner>, StoreError> {
        let failed = || StoreError::io("锁定", path);
        let mut file = disk::open_own(path).map_err(failed())?;
        match try_for_a_moment(&file) {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Ok(Err(said(&mut file)));
            }
            Err(TryLockError::Error(error)) => return Err(failed()(error)),
        }
        let json = serde_json::to_vec(&Owner::ourselves()).unwrap_or_default();
        // On a full disk nobody is told who has it; it can be opened, read and carried elsewhere all the same.
        let _ = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(&json));
        Ok(Ok(Self { _file: file }))
    }
}

/// What a lock file says of its owner, who may have taken the lock just now and not have written its name yet.
fn said(file: &mut File) -> Owner {
    let mut json = String::new();
    let _ = file.take(OWNER_LIMIT).read_to_string(&mut json);
    serde_json::from_str(&json).unwrap_or_default()
}

/// Tries to lock a file a few times: a program that its last owner was just starting holds a copy of it until it runs.
fn try_for_a_moment(file: &File) -> Result<(), TryLockError> {
    const TRIES: u32 = 5;
    const BETWEEN: Duration = Duration::from_millis(10);
    for _ in 1..TRIES {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => std::thread::sleep(BETWEEN),
            done => return done,
        }
    }
    file.try_lock()
}

/// Seconds since 1970.
fn seconds_now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_does_not_keep_a_report_shut() {
        assert!(Lock::take(Path::new("/dev/full")).unwrap().is_ok());
    }

    #[test]
    fn an_owner_is_called_by_name_or_else_by_number() {
        let list =
            "root:x:0:0:root:/root:/bin/sh\n\nbroken\n:x:7:7::/:\nwang:x:1000:1000:王:/home/wang:/bin/sh\n";
        assert_eq!(
            [0, 1000, 7, 8].map(|uid| user_name(list, uid)),
            [Some("root".to_owned()), Some("wang".to_owned()), None, None]
        );
        let owner = Owner { user: "wang".to_owned(), uid: 1000, process: 7, ..Owner::default() };
        assert!(owner.to_string().starts_with("用户 wang 在 "), "{owner}");
        let nameless = Owner { user: String::new(), ..owner };
        assert!(nameless.to_string().starts_with("编号 1000 的用户 在 "), "{nameless}");
        assert_eq!(Owner::default().to_string(), "另一个程序");
        for (seconds, since) in [
            (30, "刚刚"),
            (90, "1 分钟前"),
            (59 * 60, "59 分钟前"),
            (90 * 60, "1 小时前"),
            (50 * 3600, "2 天前"),
        ] {
            let owner = Owner { since: seconds_now() - seconds, ..nameless.clone() }.to_string();
            assert!(owner.ends_with(&format!("（进程 7，{since}）")), "{owner}");
        }
    }
}
