//! Finds the fonts of the system that a PDF is set in: those of the official layout by their names, else what stands in
//! for them.
//!
//! Of a file that holds a font for each region it takes the one for 简体中文. It finds what there is: whether that is
//! enough for a report is for [`export`](crate::export) to say.
#![cfg_attr(
    feature = "pdf",
    expect(clippy::disallowed_methods, reason = "an edge: reads the files of fonts")
)]

use std::io;
use std::path::{Path, PathBuf};

use crate::export::{Faces, Kind};

#[cfg(feature = "pdf")]
mod names;
#[cfg(feature = "pdf")]
mod shelf;

/// Why the font that was named is not used.
#[derive(Debug, thiserror::Error)]
pub enum FaceError {
    /// It cannot be read.
    #[error("字体文件“{}”{}", path.display(), if cause.kind() == io::ErrorKind::NotFound { "不存在" } else { "读不了" })]
    Unread {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// It is no font, or none for Chinese.
    #[error("“{}”不是中文字体文件", .0.display())]
    NotChinese(PathBuf),
}

impl FaceError {
    /// Says what to do now.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Unread { .. } => "请检查 --font 后面的文件名和读取权限。",
            Self::NotChinese(_) => {
                "请用 --font 指定一个中文的 ttf、otf 或 ttc 文件，如 simsun.ttc；不写则用系统里的字体。"
            }
        }
    }
}

/// Finds what a format needs: fonts for a PDF, of the system; with a font of the user's, that one before all others.
///
/// # Errors
/// If the user's font cannot be used.
#[cfg_attr(not(feature = "pdf"), expect(unused_variables, reason = "only a PDF needs fonts"))]
pub fn find(kind: Kind, own: Option<&Path>) -> Result<Faces, FaceError> {
    match kind {
        #[cfg(feature = "pdf")]
        Kind::Pdf => {
            let mut shelf = shelf::Shelf::default();
            shelf.put_system();
            shelf.faces(own.map(read).transpose()?)
        }
        _ => Ok(Faces::default()),
    }
}

/// Finds fonts for a PDF in a directory only.
#[cfg(feature = "pdf")]
pub fn find_in(directory: &Path) -> Faces {
    let mut shelf = shelf::Shelf::default();
    shelf.put_directory(directory);
    shelf.faces(None).unwrap_or_default()
}

/// The user's font.
#[cfg(feature = "pdf")]
fn read(path: &Path) -> Result<(PathBuf, Vec<u8>), FaceError> {
    let path = path.to_owned();
    match std::fs::read(&path) {
        Ok(bytes) => Ok((path, bytes)),
        Err(cause) => Err(FaceError::Unread { path, cause }),
    }
}
