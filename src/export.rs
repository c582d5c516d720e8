//! A report to bytes, one format a file. Writes no files: it gives bytes.

mod csv;
mod faces;
mod lines;
mod page;
mod paper;
#[cfg(feature = "pdf")]
mod pdf;
pub mod trends;
mod word;
mod workbook;

use std::borrow::Cow;
use std::path::Path;

use crate::check::Finding;
use crate::document::compose::{Composed, composed};
use crate::form::terms::Section;
use crate::report::{Edit, Report};

pub use faces::{Face, Faces, Role};

/// The formats, an entry each, so that none can be left out anywhere.
macro_rules! kinds {
    ($($(#[$doc:meta])+ $kind:ident {
        extension: $extension:literal, opened_by: $opener:ident, label: $label:literal, write: $write:expr
    },)+) => {
        /// A format that reports are written in.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Kind {
            $($(#[$doc])+ $kind,)+
        }

        impl Kind {
            /// Every format.
            pub const ALL: [Self; [$(Self::$kind),+].len()] = [$(Self::$kind),+];

            /// The ending of its files, which is also its name on the command line.
            pub const fn extension(self) -> &'static str {
                match self {
                    $(Self::$kind => $extension,)+
                }
            }

            /// What opens its files.
            pub const fn opener(self) -> Opener {
                match self {
                    $(Self::$kind => Opener::$opener,)+
                }
            }

            /// What it is for, for whoever has to choose one.
            pub const fn label(self) -> &'static str {
                match self {
                    $(Self::$kind => $label,)+
                }
            }

            /// Writes it.
            fn writer(self) -> fn(&Task<'_>) -> Result<Vec<u8>, ExportError> {
                match self {
                    $(Self::$kind => $write,)+
                }
            }
        }
    };
}

kinds! {
    /// Word's document, in the official layout.
    Word {
        extension: "docx", opened_by: Office, label: "Word 文档，公文版式",
        write: |task| word::write(task.report.agency(), task.composed).map_err(failed)
    },
    /// PDF, in the official layout.
    Pdf { extension: "pdf", opened_by: PdfReader, label: "PDF，公文版式", write: in_pdf },
    /// A whole web page.
    Page {
        extension: "html", opened_by: Browser, label: "网页",
        write: |task| on_a_page(task, page::Look::Page)
    },
    /// A piece of a web page, for the editor of a site.
    Fragment {
        extension: "fragment.html", opened_by: Browser, label: "网页片段，粘到网站后台的编辑器里",
        write: |task| on_a_page(task, page::Look::Fragment)
    },
    /// A piece of a web page without styles, for editors that strip them.
    Plain {
        extension: "plain.html", opened_by: Browser, label: "不带样式的网页片段，后台编辑器会去掉样式时用",
        write: |task| on_a_page(task, page::Look::Plain)
    },
    /// A workbook, with formulas.
    Workbook {
        extension: "xlsx", opened_by: Office, label: "工作簿，合计是公式，带核对",
        write: |task| workbook::write(task.report, task.composed).map_err(failed)
    },
    /// Tables between commas, for spreadsheets.
    Csv {
        extension: "csv", opened_by: Spreadsheet, label: "逗号分隔的表格，用 WPS 或 Excel 打开",
        write: |task| Ok(csv::write(&task.composed.blocks))
    },
    /// Text with aligned tables, for a terminal.
    Text {
        extension: "txt", opened_by: Terminal, label: "纯文本",
        write: |task| Ok(lines::write(task.composed, lines::Style::Aligned).into_bytes())
    },
    /// Markdown.
    Markdown {
        extension: "md", opened_by: MarkdownReader, label: "Markdown",
        write: |task| Ok(lines::write(task.composed, lines::Style::Markdown).into_bytes())
    },
    /// The saved shape, for other programs.
    Json {
        extension: "json", opened_by: Program, label: "本程序保存的格式",
        write: |task| Ok((task.report.to_json() + "\n").into_bytes())
    },
}

/// What opens a file that goes out, and so what in it could do harm.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Opener {
    /// Another program, which reads it as data.
    Program,
    /// A terminal or an editor, which shows it as it is.
    Terminal,
    /// What makes a page of Markdown.
    MarkdownReader,
    /// A browser.
    Browser,
    /// A word processor or a spreadsheet, as a package of parts in XML.
    Office,
    /// A spreadsheet, as plain text in which it looks for formulas.
    Spreadsheet,
    /// What shows PDF.
    PdfReader,
}

/// A report that is to be written: itself, what of it is printed in which order, and the fonts.
struct Task<'a> {
    report: &'a Report,
    composed: &'a Composed,
    #[cfg_attr(not(feature = "pdf"), expect(dead_code, reason = "only a PDF needs fonts"))]
    faces: &'a Faces,
}

fn on_a_page(task: &Task<'_>, look: page::Look) -> Result<Vec<u8>, ExportError> {
    page::write(task.report, task.composed, look).map(String::into_bytes).map_err(failed)
}

#[cfg(feature = "pdf")]
fn in_pdf(task: &Task<'_>) -> Result<Vec<u8>, ExportError> {
    pdf::write(task.report, task.composed, task.faces)
}

#[cfg(not(feature = "pdf"))]
const fn in_pdf(_: &Task<'_>) -> Result<Vec<u8>, ExportError> {
    Err(ExportError::NotBuilt)
}

impl Kind {
    /// The formats that letters are written in.
    pub const OF_LETTERS: [Self; 3] = [Self::Word, Self::Markdown, Self::Text];

    /// Whether it is text that a screen can show; what begins with a byte order mark is not.
    pub const fn is_text(self) -> bool {
        !matches!(self.opener(), Opener::Office | Opener::Spreadsheet | Opener::PdfReader)
    }

    /// The format with this ending, in upper or lower case.
    pub fn from_extension(extension: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.extension().eq_ignore_ascii_case(extension))
    }

    /// The format that a file's name asks for: the one with the longest ending that the name has.
    pub fn of_path(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        name.match_indices('.')
            .filter(|(at, _)| *at > 0)
            .find_map(|(at, _)| Self::from_extension(&name[at + 1..]))
    }

    /// The endings to choose from, as a sentence names them; those that are more special than another are left out.
    pub fn endings() -> String {
        let endings = Self::ALL.map(Self::extension).into_iter().filter(|ending| !ending.contains('.'));
        let endings: Vec<String> = endings.map(|ending| format!(".{ending}")).collect();
        endings
            .split_last()
            .map_or_else(String::new, |(last, others)| format!("{} 或 {last}", others.join("、")))
    }
}

/// Why a report cannot be written in a format.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// This program was built without the format.
    #[error("这个程序编译时没有带上写 PDF 的功能")]
    NotBuilt,
    /// There is no font to set it in.
    #[error("没有找到中文字体，写不成 PDF")]
    NoFont,
    /// No font has these characters.
    #[error("找到的字体里没有{}，写不成 PDF", named(.0))]
    NoLetter(Vec<char>),
    /// The writer of the format has given up.
    #[error("写不成这种格式：{0}")]
    Failed(String),
    /// Letters are not written in this format.
    #[error("审核意见不写成 .{}", .0.extension())]
    NotOfLetters(Kind),
    /// A font is damaged.
    #[error("字体文件有损坏，写不成 PDF")]
    BadFont,
}

impl ExportError {
    /// Says what to do now.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::NotBuilt => "请换用带这个功能的程序；或者先写成 .docx，用 WPS 或 Word 打开，另存为 PDF。",
            Self::Failed(_) => "请换一种格式再存，如 .docx、.txt；报告本身没有变。",
            Self::NotOfLetters(_) => "请改用 .docx、.md 或 .txt。",
            Self::NoFont => {
                "请安装中文字体：Debian、Ubuntu、UOS 用 sudo apt install fonts-noto-cjk，Fedora、openEuler 用 sudo dnf \
                 install google-noto-sans-cjk-ttc-fonts；或者用 nianbao export 的 --font 指定字体文件，如 --font simsun.ttc。"
            }
            Self::NoLetter(_) => {
                "请在报告里查找并换成别的字；生僻字可以安装收字更多的字体，或者用 nianbao export 的 --font 指定字体文件。"
            }
            Self::BadFont => "请重新安装中文字体，或者用 nianbao export 的 --font 指定另一个字体文件。",
        }
    }
}

fn failed(error: impl std::fmt::Display) -> ExportError {
    ExportError::Failed(error.to_string())
}

/// The first of some characters, as a sentence names them.
fn named(chars: &[char]) -> String {
    const SAID: usize = 5;
    let said: Vec<String> =
        chars.iter().take(SAID).map(|&char| format!("“{char}”（U+{:04X}）", char as u32)).collect();
    let rest = if chars.len() > SAID { format!("等 {} 个字", chars.len()) } else { String::new() };
    said.join("、") + &rest
}

/// How much of a report is written, and what with it.
#[derive(Clone, Copy, Debug)]
pub struct Extent<'f> {
    /// Whether the paragraph before section one is written, which offices print or not.
    pub has_lead: bool,
    /// What the checks have found, to be written behind the report; not in the saved shape.
    pub findings: Option<&'f [Finding]>,
}

impl Default for Extent<'_> {
    fn default() -> Self {
        Self { has_lead: true, findings: None }
    }
}

/// Writes a report; only a PDF needs fonts. Read back, it is the same report: Word keeps all but control characters, a
/// page also tells several blanks in a row as one; Markdown keeps every cell and the prose but for tabs, empty lines,
/// blanks at the ends of lines and characters that are not shown; workbooks the same, and tabs; text and tables between
/// commas the same as Markdown, as long as no line of prose is itself a heading of a section; a PDF keeps what Markdown
/// keeps but for blanks.
///
/// # Errors
/// If a PDF cannot be set in the fonts that there are, or the writer of a format gives up.
pub fn write(report: &Report, kind: Kind, extent: Extent<'_>, faces: &Faces) -> Result<Vec<u8>, ExportError> {
    let mut report = Cow::Borrowed(report);
    if !extent.has_lead {
        report.to_mut().apply(Edit::set(Section::Lead, None));
    }
    let report = report.as_ref();
    let composed = &composed(report, extent.findings);
    kind.writer()(&Task { report, composed, faces })
}

/// Writes a letter that `author` signs, in one of the formats [of letters](Kind::OF_LETTERS).
///
/// # Errors
/// If it is another format, or the writer of the format gives up.
pub fn letter(letter: &Composed, author: &str, kind: Kind) -> Result<Vec<u8>, ExportError> {
    match kind {
        Kind::Word => word::write(author, letter).map_err(failed),
        Kind::Markdown => Ok(lines::write(letter, lines::Style::Markdown).into_bytes()),
        Kind::Text => Ok(lines::write(letter, lines::Style::Aligned).into_bytes()),
        other => Err(ExportError::NotOfLetters(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_ending_of_a_name_is_its_format() {
        for (name, kind) in [
            ("年报.docx", Some(Kind::Word)),
            ("a/b.c/年报.HTML", Some(Kind::Page)),
            ("云溪镇.2025.html", Some(Kind::Page)),
            ("年报.fragment.html", Some(Kind::Fragment)),
            ("年报.Plain.html", Some(Kind::Plain)),
            ("fragment.html", Some(Kind::Page)),
            (".html", None),
            ("年报.doc", None),
            ("年报", None),
        ] {
            assert_eq!(Kind::of_path(Path::new(name)), kind, "{name}");
        }
        assert!(Kind::ALL.iter().all(|kind| Kind::from_extension(kind.extension()) == Some(*kind)));
    }

    #[test]
    fn the_endings_are_named_but_for_those_that_are_more_special() {
        let endings = Kind::endings();
        let named: Vec<&str> = endings.split("、").flat_map(|ending| ending.split(" 或 ")).collect();
        let is_named = |kind: &Kind| named.contains(&format!(".{}", kind.extension()).as_str());
        let left_out: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| !is_named(kind)).collect();
        assert_eq!(left_out, [Kind::Fragment, Kind::Plain], "{endings}");
        assert!(endings.starts_with(".docx、") && endings.contains(" 或 ."), "{endings}");
    }
}
