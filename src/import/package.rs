//! The container of Word, workbooks and OpenDocument: a ZIP file, within limits that are counted while it is inflated.
//!
//! It does not know what its parts mean.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::ImportError;

/// The most parts that a file may have.
const MOST_PARTS: usize = 2_000;
/// What an entry of the directory begins with.
const ENTRY: &[u8] = b"PK\x01\x02";
/// The most bytes that a part may have when inflated,
const LARGEST_PART: u64 = 100 << 20;
/// and all that are read of a file.
const LARGEST: u64 = 200 << 20;

/// An open container.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Where each part is, by its name as [`key`] has it.
    places: BTreeMap<String, usize>,
    /// How many bytes its parts have when inflated, by what it says.
    extent: u64,
    /// How many bytes have been inflated.
    inflated: u64,
}

impl<'b> Package<'b> {
    /// Opens a container.
    ///
    /// # Errors
    /// If it is damaged, encrypted, or has parts that no office program writes.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, ImportError> {
        let damaged = |_| ImportError::Broken("压缩格式的文档");
        let too_many = || Err(ImportError::TooMuch("文档的组成部分", MOST_PARTS, "个"));
        // Counted before they are read: every part has its entry in the directory, whatever the end of it says of them.
        let is_entry = |bytes: &&[u8]| *bytes == ENTRY;
        if bytes.windows(ENTRY.len()).filter(is_entry).nth(MOST_PARTS).is_some() {
            return too_many();
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        if archive.len() > MOST_PARTS {
            return too_many();
        }
        let mut places = BTreeMap::new();
        let mut extent: u64 = 0;
        for index in 0..archive.len() {
            let part = archive.by_index_raw(index).map_err(damaged)?;
            if part.encrypted() {
                return Err(ImportError::Encrypted);
            }
            let name = part.name().map_err(damaged)?.into_owned();
            let is_inside = part.enclosed_name().is_some() && !name.starts_with(['/', '\\']);
            let key = key(&name);
            if !is_never_read(&key) {
                extent = extent.saturating_add(part.size());
            }
            if !is_inside || places.insert(key, index).is_some() {
                return Err(ImportError::Broken("压缩格式的文档"));
            }
        }
        Ok(Self { archive, places, extent, inflated: 0 })
    }

    /// How many bytes its parts have when inflated, but for pictures and other files in it. No part is larger than it says.
    pub(super) const fn extent(&self) -> u64 {
        self.extent
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.place(name).is_some()
    }

    /// Where a part is that may be read.
    fn place(&self, name: &str) -> Option<usize> {
        let key = key(name);
        self.places.get(&key).copied().filter(|_| !is_never_read(&key))
    }

    /// Inflates the beginning of a part, as far as it is sound; `None` if there is none of this name.
    pub(super) fn head(&mut self, name: &str, most: u64) -> Option<Vec<u8>> {
        let part = self.archive.by_index(self.place(name)?).ok()?;
        let mut bytes = Vec::new();
        // What could be read before a fault is enough to tell a kind by.
        let _ = part.take(most).read_to_end(&mut bytes);
        Some(bytes)
    }

    /// Inflates a part; `None` if there is none of this name.
    ///
    /// # Errors
    /// If it is damaged or larger than any report.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, ImportError> {
        let Some(index) = self.place(name) else { return Ok(None) };
        let room = LARGEST_PART.min(LARGEST.saturating_sub(self.inflated));
        let mut bytes = Vec::new();
        let damaged = ImportError::Broken("压缩格式的文档");
        let Ok(part) = self.archive.by_index(index) else { return Err(damaged) };
        let size = part.size();
        if size > room {
            let most = if room < LARGEST_PART { LARGEST } else { LARGEST_PART };
            return Err(ImportError::TooMuch("解压后的内容", (most >> 20) as usize, "MB"));
        }
        // Held to what it says by ourselves: on that rests what is read outside the child.
        if part.take(size + 1).read_to_end(&mut bytes).is_err() || bytes.len() as u64 > size {
            return Err(damaged);
        }
        self.inflated += bytes.len() as u64;
        Ok(Some(bytes))
    }
}

/// A name as parts are looked up by it: upper and lower case are the same, and some packers write backslashes.
fn key(name: &str) -> String {
    name.replace('\\', "/").to_ascii_lowercase()
}

/// Whether a part holds a picture, a font or another file, which no reader of ours looks into.
fn is_never_read(key: &str) -> bool {
    ["/media/", "/embeddings/", "/fonts/", "pictures/"].iter().any(|folder| key.contains(folder))
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use zip::write::SimpleFileOptions;
    use zip::{CompressionMethod, ZipWriter};

    use super::*;

    /// A container with these parts.
    pub(in super::super) fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
        packed(parts, CompressionMethod::Stored)
    }

    fn packed(parts: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn parts_are_inflated_by_name() {
        let parts: [(&str, &[u8]); 2] = [("word/document.xml", b"<a/>"), ("mimetype", b"x")];
        let bytes = packed(&parts, CompressionMethod::Deflated);
        let mut package = Package::open(&bytes).unwrap();
        assert!(package.has("mimetype"));
        assert_eq!(package.part("word/document.xml").unwrap().unwrap(), b"<a/>");
        assert!(package.part("nothing").unwrap().is_none());
        let bytes = zip(&[("Word\\Document.xml", b"<b/>")]);
        assert_eq!(Package::open(&bytes).unwrap().part("word/document.xml").unwrap().unwrap(), b"<b/>");
    }

    #[test]
    fn a_container_that_is_no_document_is_refused_by_name() {
        let many: Vec<String> = (0..=MOST_PARTS).map(|nth| nth.to_string()).collect();
        let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
        for (bytes, words) in [
            (zip(&[("../../etc/passwd", b"x")]), "损坏"),
            (zip(&[("/etc/passwd", b"x")]), "损坏"),
            (zip(&[("../../word/media/passwd", b"x")]), "损坏"),
            (zip(&many), "2000"),
            // There is no directory to be read, but its entries are too many already.
            ([&b"PK\x03\x04"[..], &[ENTRY, &[0; 42]].concat().repeat(MOST_PARTS + 1)].concat(), "2000"),
            (zip(&[("a", b"x")])[..20].to_vec(), "损坏"),
        ] {
            let error = Package::open(&bytes).map(|_| ()).unwrap_err();
            assert!(error.to_string().contains(words), "{error}");
        }
    }

    #[test]
    fn what_inflates_to_more_than_a_report_is_stopped() {
        let bomb = vec![0; (LARGEST_PART + 1) as usize];
        let bytes = packed(&[("bomb", &bomb)], CompressionMethod::Deflated);
        assert!(bytes.len() < 1 << 20);
        let error = Package::open(&bytes).unwrap().part("bomb").unwrap_err();
        assert!(error.to_string().contains("100"), "{error}");
    }

    #[test]
    fn what_inflates_to_more_than_it_says_is_damaged() {
        let size = 5_000_u32;
        let parts: [(&str, &[u8]); 3] =
            [("a.xml", &vec![b'x'; size as usize]), ("word/media/a.png", &[0; 9_000]), ("b", b"xy")];
        let sound = packed(&parts, CompressionMethod::Deflated);
        assert_eq!(Package::open(&sound).unwrap().extent(), u64::from(size) + 2);
        assert!(Package::open(&sound).unwrap().part("word/media/a.png").unwrap().is_none());
        let (said, less) = (size.to_le_bytes(), 50_u32.to_le_bytes());
        let mut lying = sound;
        let at: Vec<usize> = (0..lying.len() - 4).filter(|&at| lying[at..at + 4] == said).collect();
        at.iter().for_each(|&at| lying[at..at + 4].copy_from_slice(&less));
        let mut package = Package::open(&lying).unwrap();
        assert_eq!(package.extent(), 52);
        let error = package.part("a.xml").unwrap_err();
        assert!(error.to_string().contains("损坏"), "{error}");
    }
}
