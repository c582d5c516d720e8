//! The few ways in which files are written and read: whole and synced, or not at all.

use std::fs::{DirBuilder, File, Metadata, OpenOptions, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use rustix::buffer::spare_capacity;
use rustix::fs::{CWD, OFlags, RenameFlags, renameat_with};
use rustix::io::{Errno, read, retry_on_intr};

use super::StoreError;

/// The largest file that is read, in bytes.
pub const LIMIT: u64 = 50 << 20;

/// Whether a file that is there may be replaced.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Overwrite {
    /// It may.
    Yes,
    /// It may not.
    No,
}

/// Reads a whole file that somebody named: a plain file of at most [`LIMIT`] bytes, read once.
///
/// # Errors
/// If it is not there, no plain file, or too large.
pub fn read_input(path: &Path) -> Result<Vec<u8>, StoreError> {
    let failed = |cause| StoreError::io("读取", path)(cause);
    // Asked before opening: opening a pipe would wait for somebody to write into it.
    let metadata = std::fs::metadata(path).map_err(failed)?;
    if !metadata.is_file() {
        return Err(StoreError::NotAFile(path.to_owned()));
    }
    let bytes = read_whole(path, metadata.len()).map_err(failed)?;
    if bytes.len() as u64 > LIMIT {
        return Err(StoreError::TooLarge { path: path.to_owned(), limit: LIMIT });
    }
    Ok(bytes)
}

/// Reads a file that says how long it is; of one that is longer than [`LIMIT`] just enough to see that.
fn read_whole(path: &Path, said: u64) -> io::Result<Vec<u8>> {
    // What says that it is longer is not believed beforehand. There is room for a little more than it says, so that what
    // comes at once and is as long as that is all of it.
    let room = usize::try_from(said.min(LIMIT)).unwrap_or(0) + 64;
    let mut bytes = Vec::with_capacity(room);
    let file = File::open(path)?;
    if retry_on_intr(|| read(&file, spare_capacity(&mut bytes)))? as u64 != said {
        let rest = (LIMIT + 1).saturating_sub(bytes.len() as u64);
        file.take(rest).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// Writes a file whole: beside its place, synced, then renamed into it, so that there is the old one or the new one.
///
/// A file that is replaced keeps who may read it.
///
/// # Errors
/// If it exists and may not be replaced, or the system refuses; then nothing has changed, unless the error says that the
/// new file is there and could not be confirmed.
pub fn write_output(path: &Path, bytes: &[u8], overwrite: Overwrite) -> Result<(), StoreError> {
    stream_output(path, overwrite, |out| out.write_all(bytes))
}

/// The same, for what is written piece by piece and never there at once. Where `write` fails there is no new file.
///
/// # Errors
/// As for [`write_output`]; and what `write` gives, as an error of the system.
pub fn stream_output(
    path: &Path,
    overwrite: Overwrite,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), StoreError> {
    if overwrite == Overwrite::No && path.symlink_metadata().is_ok() {
        return Err(StoreError::Exists(path.to_owned()));
    }
    // Through a link to what it names: a link that somebody made on purpose stays one.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if target.is_dir() {
        return Err(StoreError::NotAFile(path.to_owned()));
    }
    let kept = target.metadata().ok();
    let mode = if kept.is_some() { 0o600 } else { 0o666 };
    put(&target, overwrite, mode, |file| {
        if let Some(kept) = kept {
            give(file, &kept);
            // Where this fails it has fewer rights, never more.
            let _ = file.set_permissions(kept.permissions());
        }
        write(file)
    })?;
    confirm(&target)
}

/// Writes a new file into a directory, which is made if it is not there: under this name, or where that is taken under the
/// name with the first number that is free. Gives its path, and whether it was written: not where one of these files holds
/// just that already.
///
/// # Errors
/// If the system refuses.
pub fn write_beside(
    directory: &Path,
    name: &str,
    extension: &str,
    bytes: &[u8],
) -> Result<(PathBuf, bool), StoreError> {
    make_output_directory(directory)?;
    let mut number = 1;
    loop {
        let numbered = if number == 1 { String::new() } else { format!("（{number}）") };
        let path = directory.join(format!("{name}{numbered}.{extension}"));
        match write_output(&path, bytes, Overwrite::No) {
            Ok(()) => return Ok((path, true)),
            Err(StoreError::Exists(_)) if read_input(&path).is_ok_and(|known| known == bytes) => {
                return Ok((path, false));
            }
            Err(StoreError::Exists(_)) => number += 1,
            Err(error) => return Err(error),
        }
    }
}

/// Makes a directory for what is written for others, and its parents, each synced into the one above. There may be one.
///
/// # Errors
/// If the system refuses.
pub fn make_output_directory(path: &Path) -> Result<(), StoreError> {
    make(path, 0o777, |_| Ok(()))
}

/// Puts a file of ours, which only its owner may read, in the place of `path`.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    place(path, bytes)?;
    confirm(path)
}

/// The first half of [`replace`]: gives the new file, open at its end. It is in its place, but not for certain after a
/// power cut; on an error the old one is.
pub(super) fn place(path: &Path, bytes: &[u8]) -> Result<File, StoreError> {
    put(path, Overwrite::Yes, 0o600, |file| {
        grant_file(file, path)?;
        file.write_all(bytes)
    })
}

/// The second half: makes what was put in its place last.
pub(super) fn confirm(path: &Path) -> Result<(), StoreError> {
    sync_directory(&directory_of(path)).map_err(StoreError::io("文件已写好，确认写入磁盘", path))
}

/// Keeps `bytes` as a file of ours where there is none yet.
pub(super) fn add(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    put(path, Overwrite::No, 0o600, |file| {
        grant_file(file, path)?;
        file.write_all(bytes)
    })?;
    confirm(path)
}

/// Puts a new file at `path`: written beside it, synced, renamed; the directory is not synced yet.
fn put(
    path: &Path,
    overwrite: Overwrite,
    mode: u32,
    write: impl FnOnce(&mut File) -> io::Result<()>,
) -> Result<File, StoreError> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists if overwrite == Overwrite::No => StoreError::Exists(path.to_owned()),
        _ => StoreError::io("保存", path)(error),
    };
    let (beside, mut file) = new_beside(path, mode).map_err(StoreError::io("保存", path))?;
    let written = write(&mut file).and_then(|()| file.sync_all()).and_then(|()| match overwrite {
        Overwrite::Yes => std::fs::rename(&beside, path),
        Overwrite::No => rename_to_new(&beside, path),
    });
    written.map(|()| file).map_err(|error| {
        // What is left beside is of no use; if this fails too, the first error is the one to tell.
        let _ = std::fs::remove_file(&beside);
        failed(error)
    })
}

/// Makes a file beside `path` that nobody else has: a process in another container may have the same number. Its name is
/// short, whatever that of `path` is: one of 255 bytes leaves no room for a suffix.
fn new_beside(path: &Path, mode: u32) -> io::Result<(PathBuf, File)> {
    let mut options = OpenOptions::new();
    options.append(true).create_new(true).mode(mode);
    let mut number = 0_u32;
    loop {
        let beside = directory_of(path).join(format!("{UNFINISHED}{}-{number}", std::process::id()));
        match options.open(&beside) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            opened => return opened.map(|file| (beside, file)),
        }
    }
}

/// Renames a file to a name that nothing has, not even something that came into being just now.
pub(super) fn rename_to_new(from: &Path, to: &Path) -> io::Result<()> {
    match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
        // This file system cannot look and rename in one.
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => match to.symlink_metadata() {
            Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
            Err(_) => std::fs::rename(from, to),
        },
        done => done.map_err(io::Error::from),
    }
}

/// Makes a directory that only its owner can enter, and its parents, each synced into the one above. There may be one.
pub(super) fn make_directory(path: &Path) -> Result<(), StoreError> {
    make(path, 0o700, grant_directory)
}

fn make(path: &Path, mode: u32, grant: fn(&Path) -> io::Result<()>) -> Result<(), StoreError> {
    if path.is_dir() {
        return Ok(());
    }
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        make(parent, mode, grant)?;
    }
    match make_new(path, mode, grant) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        made => made.map_err(StoreError::io("建立目录", path)),
    }
}

/// Makes a directory of ours that must not be there yet.
pub(super) fn new_directory(path: &Path) -> Result<(), StoreError> {
    make_new(path, 0o700, grant_directory).map_err(StoreError::io("建立目录", path))
}

fn make_new(path: &Path, mode: u32, grant: fn(&Path) -> io::Result<()>) -> io::Result<()> {
    DirBuilder::new().mode(mode).create(path)?;
    grant(path)?;
    sync_directory(&directory_of(path))
}

/// Sees to it that its owner may use a file of ours: whatever the mask has left, and whoever made it.
pub(super) fn grant_file(file: &File, path: &Path) -> io::Result<()> {
    let there = file.metadata()?;
    if !there.is_file() {
        return Ok(());
    }
    if there.mode() & 0o600 != 0o600 {
        file.set_permissions(Permissions::from_mode(0o600))?;
    }
    give(file, &directory_of(path).metadata()?);
    Ok(())
}

/// The same for a directory.
pub(super) fn grant_directory(path: &Path) -> io::Result<()> {
    if path.symlink_metadata()?.mode() & 0o700 != 0o700 {
        std::fs::set_permissions(path, Permissions::from_mode(0o700))?;
    }
    let directory = OpenOptions::new().read(true).custom_flags(no_follow()).open(path)?;
    give(&directory, &directory_of(path).metadata()?);
    Ok(())
}

/// Gives what root has made to whom this belongs: he could not open his own reports any more.
fn give(file: &File, to: &Metadata) {
    if rustix::process::geteuid().is_root() {
        // Where it is not taken nothing is lost, and root can still read it.
        let _ = fchown(file, Some(to.uid()), Some(to.gid()));
    }
}

/// Makes what was renamed or made in a directory last.
pub(super) fn sync_directory(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// The largest file of ours that is read, in bytes.
const OWN_LIMIT: u64 = 256 << 20;

/// Reads a file of ours; `None` where something else is in its place: a directory, a pipe, what is larger than ours are.
pub(super) fn read_own(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let file = match open_to_read(path) {
        // A socket.
        Err(error) if Errno::from_io_error(&error) == Some(Errno::NXIO) => return Ok(None),
        opened => opened?,
    };
    let metadata = file.metadata()?;
    if !metadata.is_file() || metadata.len() > OWN_LIMIT {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    file.take(OWN_LIMIT).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// Opens what is there for reading, without waiting where it is a pipe.
pub(super) fn open_to_read(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).custom_flags(nonblocking()).open(path)
}

/// What the names of files begin with that are not yet in their place.
pub(super) const UNFINISHED: &str = ".nianbao-";

/// Takes away what writers that were killed have left in a directory, in which nobody else writes now.
pub(super) fn clear_unfinished(directory: &Path) {
    for entry in std::fs::read_dir(directory).into_iter().flatten().flatten() {
        if entry.file_name().as_encoded_bytes().starts_with(UNFINISHED.as_bytes()) {
            // Where it cannot be removed it does no harm.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Opens a file of ours for reading and writing, made if it is not there; never through a symbolic link.
pub(super) fn open_own(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false).mode(0o600);
    let file = options.custom_flags(no_follow() | nonblocking()).open(path)?;
    grant_file(&file, path)?;
    Ok(file)
}

/// Opens a file of ours that is there for writing at its end; never through a symbolic link.
pub(super) fn open_end(path: &Path) -> io::Result<File> {
    OpenOptions::new().append(true).custom_flags(no_follow()).open(path)
}

/// When the youngest file of a directory was changed, in seconds since 1970; 0 where nobody knows.
pub(super) fn modified(directory: &Path) -> u64 {
    let files = std::fs::read_dir(directory).into_iter().flatten().flatten();
    let times =
        files.filter_map(|file| file.metadata().ok()?.modified().ok()?.duration_since(UNIX_EPOCH).ok());
    times.max().map_or(0, |time| time.as_secs())
}

/// Opening a pipe waits for somebody to open its other end, unless it is said that nobody waits.
fn nonblocking() -> i32 {
    i32::try_from(OFlags::NONBLOCK.bits()).unwrap_or_default()
}

fn no_follow() -> i32 {
    i32::try_from(OFlags::NOFOLLOW.bits()).unwrap_or_default()
}

fn directory_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

#[cfg(test)]
mod tests;
