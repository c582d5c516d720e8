//! The fonts that there are, told by the names that they give themselves.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fontdb::{Database, FaceInfo, ID, Source, Style};

use super::{FaceError, names};
use crate::export::{Face, Faces, Role};

/// Characters that every font for 简体中文 has.
const SAMPLE: &str = "政府信息公开工作年度报告";
/// The weights of a text, and of a title that is not set in 小标宋, which is heavier.
const REGULAR: u16 = 400;
const BOLD: u16 = 700;

/// The fonts that there are, and the files of those that were taken.
#[derive(Default)]
pub(super) struct Shelf {
    database: Database,
    files: BTreeMap<PathBuf, Arc<Vec<u8>>>,
}

impl Shelf {
    pub(super) fn put_system(&mut self) {
        self.database.load_system_fonts();
    }

    pub(super) fn put_directory(&mut self, directory: &Path) {
        self.database.load_fonts_dir(directory);
    }

    /// The fonts for each role: the user's, that of the role, those that stand in for it, those for what they lack.
    pub(super) fn faces(mut self, own: Option<(PathBuf, Vec<u8>)>) -> Result<Faces, FaceError> {
        let own = own.map(|(path, bytes)| chinese(&path, bytes)).transpose()?;
        let mut faces = Faces::default();
        for role in Role::ALL {
            let weight = if role == Role::Title { BOLD } else { REGULAR };
            let mut found: Vec<(ID, u16)> = Vec::new();
            let first = |names: &[&str], weight| {
                names.iter().find_map(|name| self.named(name, weight)).map(|id| (id, weight))
            };
            found.extend(first(names::own(role), REGULAR));
            let mut general = [first(&names::SERIF, weight), first(&names::SANS, weight)];
            if role == Role::Heading {
                general.reverse();
            }
            found.extend(general.into_iter().flatten());
            if found.is_empty() {
                found.extend(self.any_chinese().map(|id| (id, weight)));
            }
            let rare =
                names::RARE.iter().filter_map(|name| self.named(name, REGULAR)).map(|id| (id, REGULAR));
            // Fonts for signs alone are no fonts for a report.
            if !found.is_empty() || own.is_some() {
                found.extend(rare);
            }
            if let Some((data, index)) = &own {
                faces.add(role, Face { data: Arc::clone(data), index: *index, weight });
            }
            for (id, weight) in found {
                if let Some((data, index)) = self.file(id) {
                    faces.add(role, Face { data, index, weight });
                }
            }
        }
        Ok(faces)
    }

    /// The font of this name, in any of the languages of its file, whose weight is the nearest.
    fn named(&self, name: &str, weight: u16) -> Option<ID> {
        let is_named = |face: &&FaceInfo| {
            face.style == Style::Normal
                && face.families.iter().any(|(family, _)| family.eq_ignore_ascii_case(name))
        };
        let named = self.database.faces().filter(is_named);
        // Of two files with the same font the order of the directory must not decide.
        let order = |face: &&FaceInfo| (face.weight.0.abs_diff(weight), path(&face.source), face.index);
        named.min_by_key(order).map(|face| face.id)
    }

    /// Some font with the characters of a report.
    fn any_chinese(&self) -> Option<ID> {
        let has_them = |face: &&FaceInfo| {
            face.style == Style::Normal && self.database.with_face_data(face.id, has_sample) == Some(true)
        };
        let order = |face: &&FaceInfo| (face.weight.0.abs_diff(REGULAR), path(&face.source), face.index);
        self.database.faces().filter(has_them).min_by_key(order).map(|face| face.id)
    }

    /// The file of a font, read once.
    fn file(&mut self, id: ID) -> Option<(Arc<Vec<u8>>, u32)> {
        let face = self.database.face(id)?;
        let (key, index) = (path(&face.source), face.index);
        let data = match self.files.get(&key) {
            Some(data) => Arc::clone(data),
            None => Arc::new(self.database.with_face_data(id, |data, _| data.to_vec())?),
        };
        self.files.insert(key, Arc::clone(&data));
        Some((data, index))
    }
}

/// The font for 简体中文 in the user's file: the one that says so by its name, else the first with the characters.
fn chinese(path: &Path, bytes: Vec<u8>) -> Result<(Arc<Vec<u8>>, u32), FaceError> {
    let data = Arc::new(bytes);
    let mut database = Database::new();
    database.load_font_source(Source::Binary(data.clone()));
    let fits = database.faces().filter(|face| has_sample(&data, face.index));
    let is_simplified = |face: &FaceInfo| {
        face.families.iter().any(|(name, _)| ["SC", "CN", "GB"].iter().any(|region| name.ends_with(region)))
    };
    let face = fits.min_by_key(|face| (!is_simplified(face), face.index));
    let index = face.ok_or_else(|| FaceError::NotChinese(path.to_owned()))?.index;
    Ok((data, index))
}

fn has_sample(data: &[u8], index: u32) -> bool {
    ttf_parser::Face::parse(data, index)
        .is_ok_and(|face| SAMPLE.chars().all(|char| face.glyph_index(char).is_some()))
}

fn path(source: &Source) -> PathBuf {
    match source {
        Source::File(path) | Source::SharedFile(path, _) => path.clone(),
        Source::Binary(_) => PathBuf::new(),
    }
}
