//! Paths as they are typed: how they may go on, and which file is meant.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fs::DirEntry;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use encoding_rs::GBK;

use crate::width;

/// The ways in which a typed path may go on, directories with a slash behind.
pub(super) fn completed(path: &str) -> Vec<String> {
    let (directory, begun) = path.split_at(path.rfind('/').map_or(0, |slash| slash + 1));
    let way = |entry: DirEntry| {
        let name = shown(&entry.file_name());
        let is_meant = name.starts_with(begun) && (begun.starts_with('.') || !name.starts_with('.'));
        let slash = if entry.path().is_dir() { "/" } else { "" };
        is_meant.then(|| format!("{directory}{name}{slash}"))
    };
    let mut ways: Vec<String> = entries(&meant(directory)).filter_map(way).collect();
    ways.sort();
    ways
}

/// The file that a typed path means: a name that is no Unicode is typed as it is shown, and a path may come as a file
/// manager or a shell spells it, in quotes, with `~` or `file://`.
pub(super) fn meant(path: &str) -> PathBuf {
    let path = path.trim();
    if Path::new(path).exists() {
        return path.into();
    }
    let quoted = ['"', '\''].into_iter().find_map(|quote| path.strip_prefix(quote)?.strip_suffix(quote));
    let path = quoted.unwrap_or(path).replace("\\ ", " ");
    let path = path.strip_prefix("file://").map_or_else(|| path.clone(), unescaped);
    let home = || std::env::var("HOME").ok();
    let path = match path.strip_prefix("~/").zip(home()) {
        Some((rest, home)) => format!("{home}/{rest}"),
        None => path,
    };
    Path::new(&path).components().fold(PathBuf::new(), |directory, part| {
        let plain = directory.join(part);
        if plain.exists() {
            return plain;
        }
        let other = entries(&directory).find(|entry| shown(&entry.file_name()).as_str() == part.as_os_str());
        other.map_or(plain, |entry| directory.join(entry.file_name()))
    })
}

/// A part of an address without its escapes: `%E5%B9%B4` is 年.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after.get(..2).filter(|_| *first == b'%').and_then(|two| std::str::from_utf8(two).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn entries(directory: &Path) -> impl Iterator<Item = DirEntry> {
    let directory = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
    std::fs::read_dir(directory).into_iter().flatten().flatten()
}

/// A file's name as it is shown, without what a terminal would obey; what is no Unicode is GBK, as archives packed on Windows
/// have it.
fn shown(name: &OsStr) -> String {
    let gbk = || GBK.decode_without_bom_handling_and_without_replacement(name.as_bytes());
    let text = name.to_str().map(Cow::Borrowed).or_else(gbk).unwrap_or_else(|| name.to_string_lossy());
    width::shown(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_no_unicode_is_shown_and_found_as_what_it_was_meant_to_be() {
        let home = tempfile::tempdir().unwrap();
        let (name, _, _) = GBK.encode("年报");
        let directory = home.path().join(OsStr::from_bytes(&name));
        let file = directory.join(OsStr::from_bytes(&[&name[..], b".txt"].concat()));
        std::fs::create_dir(&directory).unwrap();
        std::fs::write(&file, "").unwrap();
        let home = home.path().to_str().unwrap();
        assert_eq!(completed(&format!("{home}/")), [format!("{home}/年报/")]);
        assert_eq!(completed(&format!("{home}/年报/年")), [format!("{home}/年报/年报.txt")]);
        // A name that a terminal would obey is found as it is shown, too.
        let tricky = directory.join("上\x1b[31m报.txt");
        std::fs::write(&tricky, "").unwrap();
        let [way] = &completed(&format!("{home}/年报/上"))[..] else { panic!() };
        assert!(!way.contains(char::is_control) && meant(way) == tricky, "{way:?}");
        assert_eq!(meant(&format!("{home}/年报/年报.txt")), file);
        assert_eq!(meant(&format!("{home}/年报/新.txt")), directory.join("新.txt"));
        for spelled in [
            format!("\"{home}/年报/年报.txt\""),
            format!("'{home}/年报/年报.txt' "),
            format!("file://{home}/%E5%B9%B4%E6%8A%A5/%e5%b9%b4%e6%8a%a5.txt"),
        ] {
            assert_eq!(meant(&spelled), file, "{spelled}");
        }
        assert_eq!(meant("100%.txt"), Path::new("100%.txt"));
    }
}
