//! Where a report that is named comes from: a file, standard input or the library.
//!
//! A file goes before a report of the library with the same name.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::ReadError;
use crate::store::Id;

/// What the names of files end with that say what a total was made from.
pub const MANIFEST: &str = ".manifest.json";

/// Where a report comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Source {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
    /// A report of the library.
    Library(Id),
}

/// A report as it was named, and where it comes from, if that could be found out.
#[derive(Debug)]
pub struct Named {
    /// As it was named, or found below a directory that was.
    pub name: String,
    /// Where it comes from.
    pub source: Result<Source, ReadError>,
}

/// The one report that is named.
///
/// # Errors
/// If there is none, or a directory of this name.
pub fn one(named: &Path) -> Result<Source, ReadError> {
    if named == Path::new("-") {
        return Ok(Source::Stdin);
    }
    if named.is_dir() {
        return Err(ReadError::Directory(named.to_owned()));
    }
    if named.exists() {
        return Ok(Source::File(named.to_owned()));
    }
    let id = named.to_str().and_then(|text| text.parse().ok());
    id.map(Source::Library).ok_or_else(|| ReadError::NoReport(named.to_owned()))
}

/// The report that is named, or every file in the directory that is named, in byte order of their paths.
pub fn all(named: &Path) -> Vec<Named> {
    if !named.is_dir() {
        return vec![Named { name: spelled(named), source: one(named) }];
    }
    let mut found = walk(named);
    // What was written beside a total is no report.
    found.retain(|(path, _)| !path.as_os_str().as_encoded_bytes().ends_with(MANIFEST.as_bytes()));
    found.sort_by(|(a, _), (b, _)| a.as_os_str().as_encoded_bytes().cmp(b.as_os_str().as_encoded_bytes()));
    let named = |(path, failure): (PathBuf, Option<io::Error>)| Named {
        name: spelled(&path),
        source: match failure {
            None => Ok(Source::File(path)),
            Some(cause) => Err(ReadError::Unlisted { path, cause }),
        },
    };
    found.into_iter().map(named).collect()
}

/// Every file and report that is named, each once, in byte order of their names; but not `others`, which are no reports
/// although they may lie among them, and not what was written beside a total.
pub fn each<'p>(
    reports: impl IntoIterator<Item = &'p PathBuf>,
    others: impl IntoIterator<Item = PathBuf>,
) -> Vec<Named> {
    let mut named: Vec<Named> = reports.into_iter().flat_map(|named| all(named)).collect();
    for one in &mut named {
        // The same file has the same name, however it was named.
        if let Ok(Source::File(path)) = &one.source {
            let plain = path.components().filter(|part| *part != Component::CurDir);
            one.name = spelled(&plain.collect::<PathBuf>());
        }
    }
    named.sort_by(|one, other| one.name.cmp(&other.name));
    let mut seen: BTreeSet<PathBuf> =
        others.into_iter().filter_map(|path| path.canonicalize().ok()).collect();
    named.retain(|named| match &named.source {
        Ok(Source::File(path)) => {
            let is_manifest = named.name.ends_with(MANIFEST);
            !is_manifest && path.canonicalize().ok().is_none_or(|path| seen.insert(path))
        }
        _ => true,
    });
    named
}

/// A path as it is printed, on one line: what stood on the next one would be taken for a result.
pub fn spelled(path: &Path) -> String {
    let name = path.to_string_lossy();
    match name.contains(['\n', '\r']) {
        true => name.replace('\n', "[U+000A]").replace('\r', "[U+000D]"),
        false => name.into_owned(),
    }
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
