//! The system calls that change files: which of them a program makes, on what, and what is not safe on disk yet.
//!
//! It looks at a thread that has been stopped; it stops none.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

use nix::libc::{self, user_regs_struct};
use nix::unistd::Pid;

/// A moment of a session that is found again in the next: the so-manieth call of this kind on this file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Point {
    pub(super) kind: &'static str,
    /// The file, with what is different in each session left out.
    pub(super) path: String,
    pub(super) number: usize,
}

/// What is done to the descriptor or the path of a call.
#[derive(Clone, Copy)]
enum On {
    /// The first argument is a descriptor.
    Descriptor,
    /// The argument of this number is a path, and the one after it too if there are two.
    Path(usize),
    Paths(usize, usize),
}

/// The calls that change a file, a name or a lock.
const CHANGING: [(i64, &str, On); 33] = [
    (libc::SYS_write, "write", On::Descriptor),
    (libc::SYS_pwrite64, "write", On::Descriptor),
    (libc::SYS_writev, "write", On::Descriptor),
    (libc::SYS_pwritev, "write", On::Descriptor),
    (libc::SYS_sendfile, "write", On::Descriptor),
    (libc::SYS_fsync, "sync", On::Descriptor),
    (libc::SYS_fdatasync, "sync", On::Descriptor),
    (libc::SYS_ftruncate, "truncate", On::Descriptor),
    (libc::SYS_fallocate, "allocate", On::Descriptor),
    (libc::SYS_fchmod, "chmod", On::Descriptor),
    (libc::SYS_fchown, "chown", On::Descriptor),
    (libc::SYS_flock, "lock", On::Descriptor),
    (libc::SYS_fsetxattr, "setxattr", On::Descriptor),
    (libc::SYS_truncate, "truncate", On::Path(0)),
    (libc::SYS_mkdir, "mkdir", On::Path(0)),
    (libc::SYS_rmdir, "unlink", On::Path(0)),
    (libc::SYS_unlink, "unlink", On::Path(0)),
    (libc::SYS_chmod, "chmod", On::Path(0)),
    (libc::SYS_chown, "chown", On::Path(0)),
    (libc::SYS_lchown, "chown", On::Path(0)),
    (libc::SYS_mknod, "mknod", On::Path(0)),
    (libc::SYS_mkdirat, "mkdir", On::Path(1)),
    (libc::SYS_unlinkat, "unlink", On::Path(1)),
    (libc::SYS_fchmodat, "chmod", On::Path(1)),
    (libc::SYS_fchownat, "chown", On::Path(1)),
    (libc::SYS_mknodat, "mknod", On::Path(1)),
    (libc::SYS_rename, "rename", On::Paths(0, 1)),
    (libc::SYS_link, "link", On::Paths(0, 1)),
    (libc::SYS_symlink, "link", On::Paths(0, 1)),
    (libc::SYS_renameat, "rename", On::Paths(1, 3)),
    (libc::SYS_renameat2, "rename", On::Paths(1, 3)),
    (libc::SYS_linkat, "link", On::Paths(1, 3)),
    (libc::SYS_symlinkat, "link", On::Paths(0, 2)),
];

/// Ways to change a file that no call would show, and calls that are not looked into: the program must have none of them.
const UNSEEN: [i64; 6] = [
    libc::SYS_io_uring_setup,
    libc::SYS_copy_file_range,
    libc::SYS_openat2,
    libc::SYS_creat,
    libc::SYS_open,
    libc::SYS_pwritev2,
];

/// A call on a file, as it is made.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) kind: &'static str,
    pub(super) path: PathBuf,
    /// The second path of a call that has two.
    other: Option<PathBuf>,
    /// Whether it changes something: not so a file that is opened to be read.
    pub(super) changes: bool,
}

/// Reads the arguments of a call that a thread is about to make; `None` if it is of no concern. Panics over a way to change
/// files that would not be seen.
pub(super) fn read(thread: Pid, regs: &user_regs_struct) -> Option<Call> {
    let number = regs.orig_rax.cast_signed();
    let is_shared_mapping = number == libc::SYS_mmap
        && regs.r10 & libc::MAP_SHARED as u64 != 0
        && regs.rdx & libc::PROT_WRITE as u64 != 0
        && of_descriptor(thread, regs.r8).is_some_and(|path| is_file(&path));
    assert!(!UNSEEN.contains(&number) && !is_shared_mapping, "call {number} changes files unseen");
    let arguments = [regs.rdi, regs.rsi, regs.rdx, regs.r10, regs.r8];
    let path = |at: usize| path_at(thread, arguments[at]);
    let call = |kind, path: PathBuf, other| Call { kind, path, other, changes: true };
    let call = if number == libc::SYS_openat {
        let flags = regs.rdx.cast_signed() as i32;
        let makes = flags & (libc::O_CREAT | libc::O_TRUNC) != 0;
        Call { changes: makes, ..call(if makes { "create" } else { "open" }, path(1)?, None) }
    } else {
        let (_, kind, on) = CHANGING.into_iter().find(|(changing, ..)| *changing == number)?;
        match on {
            On::Descriptor => call(kind, of_descriptor(thread, regs.rdi)?, None),
            On::Path(at) => call(kind, path(at)?, None),
            On::Paths(from, to) => call(kind, path(from)?, Some(path(to)?)),
        }
    };
    is_file(&call.path).then_some(call)
}

/// The bytes that a thread is about to write to a terminal, if that is what it is about to do.
pub(super) fn shows(thread: Pid, regs: &user_regs_struct) -> bool {
    regs.orig_rax.cast_signed() == libc::SYS_write
        && of_descriptor(thread, regs.rdi).is_some_and(|path| path.starts_with("/dev/pts"))
}

fn is_file(path: &Path) -> bool {
    path.is_absolute()
        && !["/dev/pts", "/dev/tty", "/dev/null", "/proc", "/sys"].iter().any(|root| path.starts_with(root))
}

fn of_descriptor(thread: Pid, descriptor: u64) -> Option<PathBuf> {
    std::fs::read_link(format!("/proc/{thread}/fd/{descriptor}")).ok()
}

/// The path that stands in the memory of a thread.
fn path_at(thread: Pid, address: u64) -> Option<PathBuf> {
    let memory = File::open(format!("/proc/{thread}/mem")).ok()?;
    let mut bytes = vec![0; libc::PATH_MAX as usize];
    let read = memory.read_at(&mut bytes, address).ok()?;
    let end = bytes[..read].iter().position(|&byte| byte == 0)?;
    let path = PathBuf::from(String::from_utf8(bytes[..end].to_vec()).ok()?);
    Some(if path.is_absolute() {
        path
    } else {
        std::fs::read_link(format!("/proc/{thread}/cwd")).ok()?.join(path)
    })
}

/// How often each call was made so far, so that a point has its number.
#[derive(Default)]
pub(super) struct Counts(BTreeMap<(&'static str, String), usize>);

impl Counts {
    /// The point at which this call is made, in a session under this root.
    pub(super) fn point(&mut self, call: &Call, root: &Path) -> Point {
        let path = call.path.strip_prefix(root).unwrap_or(&call.path);
        let path: Vec<String> = path.iter().map(|part| pattern(&part.to_string_lossy())).collect();
        let path = path.join("/");
        let count = self.0.entry((call.kind, path.clone())).or_default();
        *count += 1;
        Point { kind: call.kind, path, number: *count }
    }
}

/// A name with the number of the process left out.
fn pattern(name: &str) -> String {
    match name.strip_prefix(".nianbao-").and_then(|rest| rest.split_once('-')) {
        Some((_, rest)) => format!(".nianbao-PID-{rest}"),
        None => name.to_owned(),
    }
}

/// What would be lost if the power went now, as far as the calls tell: files written and not synced, and names made or moved
/// in directories that were not synced since.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(super) struct Unsynced {
    files: BTreeSet<PathBuf>,
    names: BTreeSet<PathBuf>,
}

impl Unsynced {
    /// Takes in a call that has succeeded.
    pub(super) fn after(&mut self, call: &Call) {
        let path = call.path.clone();
        match call.kind {
            "write" | "truncate" | "allocate" => drop(self.files.insert(path)),
            "create" | "mkdir" => drop(self.names.insert(path)),
            "unlink" => {
                self.files.remove(&path);
                self.names.remove(&path);
            }
            "rename" | "link" => {
                let Some(to) = call.other.clone() else { return };
                let was_unsynced = self.files.remove(&path);
                self.files.remove(&to);
                self.names.remove(&path);
                if was_unsynced {
                    self.files.insert(to.clone());
                }
                self.names.insert(to);
            }
            "sync" => {
                self.files.remove(&path);
                self.names.retain(|name| name.parent() != Some(&path));
            }
            _ => {}
        }
    }

    /// The paths of those for which it would matter.
    pub(super) fn precious(&self, matters: impl Fn(&Path) -> bool) -> Vec<PathBuf> {
        self.files.union(&self.names).filter(|path| matters(path)).cloned().collect()
    }
}
