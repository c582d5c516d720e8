//! Which glyph of which font a character is, and how wide.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use krilla::text::{Font, Tag};
use ttf_parser::Face as Outlines;

use super::super::ExportError;
use super::super::faces::{Face, Faces, Role};

/// The axis of the weight, in a font that has all of them.
const WEIGHT: [u8; 4] = *b"wght";

/// A character as it is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letter {
    pub(super) char: char,
    /// Which of the fonts it is in.
    pub(super) font: usize,
    /// Which glyph of that font it is.
    pub(super) glyph: u32,
    /// How far it takes the line on.
    pub(super) advance: usize,
}

/// The fonts, and what was asked of them in vain.
pub(super) struct Letters<'f> {
    fonts: Vec<(&'f Face, Outlines<'f>, Font)>,
    by_role: [Vec<usize>; Role::ALL.len()],
    missing: RefCell<BTreeSet<char>>,
}

impl<'f> Letters<'f> {
    /// Opens the fonts.
    pub(super) fn new(faces: &'f Faces) -> Result<Self, ExportError> {
        let mut letters =
            Self { fonts: Vec::new(), by_role: Default::default(), missing: RefCell::default() };
        for role in Role::ALL {
            for face in faces.of(role) {
                let is_same = |one: &Face| {
                    Arc::ptr_eq(&one.data, &face.data) && (one.index, one.weight) == (face.index, face.weight)
                };
                let known = letters.fonts.iter().position(|(one, ..)| is_same(one));
                let at = known.unwrap_or(letters.fonts.len());
                if known.is_none() {
                    letters.fonts.push(open(face).ok_or(ExportError::BadFont)?);
                }
                letters.by_role[role as usize].push(at);
            }
        }
        Ok(letters)
    }

    /// A character in the first font of a role that has it, in a size.
    pub(super) fn letter(&self, char: char, role: Role, size: usize) -> Letter {
        let order = &self.by_role[role as usize];
        let found = |char| {
            order.iter().find_map(|&font| {
                let (_, outlines, _) = &self.fonts[font];
                outlines.glyph_index(char).filter(|glyph| glyph.0 != 0).map(|glyph| (font, glyph))
            })
        };
        // The blanks of other scripts are blanks.
        let Some((font, glyph)) = found(char).or_else(|| found(' ').filter(|_| char.is_whitespace())) else {
            self.missing.borrow_mut().insert(char);
            return Letter { char, font: order[0], glyph: 0, advance: size };
        };
        let (_, outlines, _) = &self.fonts[font];
        let advance = usize::from(outlines.glyph_hor_advance(glyph).unwrap_or_default());
        let advance = size * advance / usize::from(outlines.units_per_em().max(1));
        Letter { char, font, glyph: glyph.0.into(), advance }
    }

    /// A font, to paint with.
    pub(super) fn font(&self, at: usize) -> Font {
        self.fonts[at].2.clone()
    }

    /// Whether every character was found.
    pub(super) fn complete(&self) -> Result<(), ExportError> {
        let missing = self.missing.borrow();
        if missing.is_empty() {
            Ok(())
        } else {
            Err(ExportError::NoLetter(missing.iter().copied().collect()))
        }
    }
}

fn open(face: &Face) -> Option<(&Face, Outlines<'_>, Font)> {
    let mut outlines = Outlines::parse(&face.data, face.index).ok()?;
    let axis = ttf_parser::Tag::from_bytes(&WEIGHT);
    let has_weights = outlines.variation_axes().into_iter().any(|one| one.tag == axis);
    let wanted = if has_weights { vec![(Tag::new(&WEIGHT), f32::from(face.weight))] } else { Vec::new() };
    if has_weights {
        outlines.set_variation(axis, face.weight.into())?;
    }
    let font = Font::new_variable(Arc::clone(&face.data).into(), face.index, &wanted)?;
    Some((face, outlines, font))
}
