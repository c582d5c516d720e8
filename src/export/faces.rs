//! The fonts that a PDF is set in, by what they are for. It looks for none: they are given to it.

use std::sync::Arc;

/// What a font is for, in the official layout.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// The title.
    /// 小标宋
    Title,
    /// The text.
    /// 仿宋
    Body,
    /// The headings of the sections.
    /// 黑体
    Heading,
    /// The headings within a section.
    /// 楷体
    Subheading,
    /// The tables, and the numbers of the pages.
    /// 宋体
    Table,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 5] = [Self::Title, Self::Body, Self::Heading, Self::Subheading, Self::Table];
}

/// One font: a file that may hold several, and which of them.
#[derive(Clone, Debug)]
pub struct Face {
    /// The file.
    pub data: Arc<Vec<u8>>,
    /// Which font of the file.
    pub index: u32,
    /// The weight that is wanted of a font that has them all.
    pub weight: u16,
}

/// The fonts for each role, those to be preferred first; a character is set in the first one that has it.
#[derive(Clone, Default, Debug)]
pub struct Faces([Vec<Face>; Role::ALL.len()]);

impl Faces {
    /// Adds a font to those of a role, as the last.
    pub fn add(&mut self, role: Role, face: Face) {
        self.0[role as usize].push(face);
    }

    /// The fonts of a role.
    pub fn of(&self, role: Role) -> &[Face] {
        &self.0[role as usize]
    }
}
