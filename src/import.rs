//! Bytes to a report: what kind of file it is, told by its content; its encoding; its format. One format a file.
//!
//! What the document means is [`recognize`]'s to find out. Reads no files: it is given bytes.

mod csv;
mod compound;
mod flow;
mod html;
mod kind;
mod open_text;
mod ordinal;
mod package;
mod raised;
mod remarks;
#[cfg(feature = "pdf")]
mod pdf;
mod text;
mod word;
mod workbook;
mod xml;

use std::borrow::Cow;
use std::io;

use encoding_rs::{Encoding, GB18030, UTF_8};
pub use kind::Kind;
pub(crate) use workbook::CHECKS;

use crate::document::Document;
use crate::document::recognize::{Origins, Reading, has_substance, recognize};
use crate::report::{Edit, Notice, NoticeKind, Report, SavedError};

/// Why a file gives no report.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It is a saved report that cannot be read.
    #[error("{0}")]
    Saved(#[from] SavedError),
    /// It is of a kind that this version does not read.
    #[error("这是{0}，本版本还不能直接读取")]
    Unsupported(&'static str),
    /// It is an archive of other files.
    #[error("这是压缩包")]
    Archive,
    /// It is a picture.
    #[error("这是图片，里面的表格和文字读不出来")]
    Picture,
    /// It is damaged.
    #[error("{0}已经损坏，读不出来")]
    Broken(&'static str),
    /// It asks for a password.
    #[error("文件有密码，读不出来")]
    Encrypted,
    /// Its text is coded in a way of its own, so that it can be seen but not read.
    #[error("文件里的文字没有标明是什么字，读出来是乱码")]
    Garbled,
    /// Only another program can read it, see [`confine::read`](crate::confine::read), and that is not here.
    #[error("这是{0}，要借助 LibreOffice 来读，这台机器上没有找到它")]
    Foreign(&'static str),
    /// It has more of something than any report.
    #[error("文件太大：{0}超过 {1} {2}")]
    TooMuch(&'static str, usize, &'static str),
    /// Another process, to read it in, cannot be started.
    #[error("要另开一个进程来读这个文件，没有开成：{0}")]
    NotStarted(io::Error),
    /// The process that read it broke off.
    #[error("读到一半出错停下了（{0}），文件可能已经损坏")]
    Crashed(String),
    /// LibreOffice made nothing of it.
    #[error("LibreOffice 也打不开这个文件")]
    NotConverted,
    /// It is not wanted any more.
    #[error("已停止读取")]
    Stopped,
    /// The process that read it says why it is none.
    #[error("{message}")]
    Said {
        /// What went wrong.
        message: String,
        /// What to do now.
        hint: String,
        /// Whether it is [`Foreign`](Self::Foreign).
        is_foreign: bool,
    },
    /// It has nothing in it.
    #[error("文件是空的")]
    Empty,
    /// A list was to be read, and it is no kind of file that holds one.
    #[error("名册和调整表只能是 xlsx 或 csv，这是别的文件")]
    NotAList,
    /// It is text, but nothing in it is of a report.
    #[error("没有认出年度报告：找不到标题、六个部分或统计表")]
    NoReport,
}

impl ImportError {
    /// What to do now.
    pub fn hint(&self) -> &str {
        match self {
            Self::Saved(_) => "请用原来的文件重新导入，或换用新版本的程序。",
            Self::Unsupported(_) => {
                "请用 WPS、Word 或者浏览器打开，另存为 docx 或“纯文本（.txt）”，或者全选、复制，粘贴到一个文本文件里再读；打不开的是坏了，请对方重新发送。"
            }
            Self::Foreign(_) => {
                "请安装 LibreOffice 后再读，或者用 WPS、Word 打开，另存为 docx 或“纯文本（.txt）”。"
            }
            Self::NotStarted(_) => "请检查临时目录的权限和磁盘空间，关掉一些程序后再读。",
            Self::Stopped => "需要时请再读一次。",
            Self::Said { hint, .. } => hint,
            Self::Broken(_) | Self::Crashed(_) | Self::NotConverted => {
                "请用 WPS 或 Word 打开看看，能打开就另存一份再读；打不开请对方重新发送。"
            }
            Self::Encrypted => "请用 WPS 或 Word 打开，去掉密码，另存一份再读。",
            Self::Archive => "请先解压，再读里面的文件。",
            Self::Picture => "请向报送单位要文字版，或者对照图片在这里逐格填写。",
            Self::Garbled => {
                "请向报送单位要 Word 文档；或者用 WPS 打开这个 PDF，转成 Word 或另存为“纯文本（.txt）”再读。"
            }
            Self::TooMuch(..) => "请核对是不是选错了文件；只留年度报告的内容，另存后再读。",
            Self::NotAList => "请用 WPS 或 Excel 打开，另存为 xlsx 或 csv。",
            Self::Empty => "请核对是不是选错了文件。",
            Self::NoReport => "请核对是不是选错了文件；报告应有“一、总体情况”等六个部分的标题。",
        }
    }

    /// Whether another program may know the file.
    pub const fn is_foreign(&self) -> bool {
        matches!(self, Self::Foreign(_) | Self::Said { is_foreign: true, .. })
    }
}

/// The most bytes of prose that a section of a saved report may have: more than a book, and little enough to be checked.
const LONGEST_SECTION: usize = 1 << 20;

/// Reads the report in a file's bytes, whatever the file is called.
///
/// # Errors
/// If it is of a kind that cannot be read, or no report.
pub fn read(bytes: &[u8]) -> Result<Report, ImportError> {
    locate(bytes).map(|reading| reading.report)
}

/// The same, with where in the file everything was found; a saved report does not say.
///
/// # Errors
/// As [`read`].
pub fn locate(bytes: &[u8]) -> Result<Reading, ImportError> {
    locate_as(Kind::of(bytes), bytes)
}

/// The same where the kind of the file is known.
///
/// # Errors
/// As [`read`].
pub(crate) fn locate_as(kind: Kind, bytes: &[u8]) -> Result<Reading, ImportError> {
    if kind == Kind::Saved {
        let report = Report::from_json(decode(bytes).0.trim())?;
        if report.prose().any(|(_, text)| text.len() > LONGEST_SECTION) {
            return Err(ImportError::TooMuch("一个部分的文字", LONGEST_SECTION >> 20, "MB"));
        }
        return Ok(Reading { report, origins: Origins::new() });
    }
    let document = document_of(kind, bytes)?;
    let mut reading = recognize(&document);
    if !has_substance(&reading.report) {
        return Err(ImportError::NoReport);
    }
    remark(&mut reading.report, document.remarks);
    Ok(reading)
}

/// Puts down what whoever reads a report should know of its file.
pub(crate) fn remark(report: &mut Report, remarks: impl IntoIterator<Item = String>) {
    let notice = |message| Notice {
        kind: NoticeKind::Damaged,
        place: None,
        quote: String::new(),
        at: String::new(),
        message,
    };
    let notices = remarks.into_iter().map(|remark| (notice(remark), true)).collect();
    report.apply(Edit { notices, ..Edit::default() });
}

/// How many bytes there are to be read in a file of a kind: its own, or those of a package unpacked.
pub(crate) fn extent(kind: Kind, bytes: &[u8]) -> u64 {
    match kind {
        // One that cannot be opened is refused at once.
        Kind::Word | Kind::Workbook => package::Package::open(bytes).map_or(0, |package| package.extent()),
        _ => bytes.len() as u64,
    }
}

/// Reads what stands in a file that is no saved report.
///
/// # Errors
/// If it is of a kind that cannot be read.
pub fn document(bytes: &[u8]) -> Result<Document, ImportError> {
    document_of(Kind::of(bytes), bytes)
}

/// The longest list, in bytes: several times one of every organ of the country.
const LONGEST_LIST: usize = 16 << 20;

/// Reads a file that holds a list, as a register of units: a workbook, or a text, which is a table between commas,
/// semicolons or tabs, whatever stands in it.
///
/// # Errors
/// If it is of another kind; whoever keeps a list can save it as one of these, so that no parser is needed that may abort.
pub fn list(bytes: &[u8]) -> Result<Document, ImportError> {
    if bytes.len() > LONGEST_LIST {
        return Err(ImportError::TooMuch("名册或调整表", LONGEST_LIST >> 20, "MB"));
    }
    match Kind::of(bytes) {
        Kind::Saved | Kind::Text => written(bytes, csv::list),
        Kind::Workbook => workbook::list(bytes),
        _ => Err(ImportError::NotAList),
    }
}

fn document_of(kind: Kind, bytes: &[u8]) -> Result<Document, ImportError> {
    let unsupported = |name| Err(ImportError::Unsupported(name));
    match kind {
        Kind::Saved | Kind::Text => written(bytes, plain),
        Kind::Page => written(bytes, html::read),
        Kind::Word => word::read(bytes),
        Kind::Workbook => workbook::read(bytes),
        Kind::OpenText => open_text::read(bytes),
        Kind::OpenOther => Err(ImportError::Foreign("OpenDocument 表格")),
        Kind::Compound => compound::read(bytes),
        Kind::Rtf => Err(ImportError::Foreign("RTF 文档")),
        #[cfg(feature = "pdf")]
        Kind::Pdf => pdf::read(bytes),
        #[cfg(not(feature = "pdf"))]
        Kind::Pdf => unsupported("PDF 文档"),
        Kind::Archive => {
            if bytes.starts_with(kind::PACKAGE) {
                package::Package::open(bytes)?;
            }
            Err(ImportError::Archive)
        }
        Kind::Ofd => unsupported("OFD 文档"),
        Kind::WebArchive => unsupported("单个文件的网页（mht）"),
        Kind::FlatXml => unsupported("Word 2003 或 OpenDocument 的 XML 文档"),
        Kind::Picture => Err(ImportError::Picture),
        Kind::Unknown => unsupported("二进制文件"),
    }
}

/// Reads plain text, which may be tables between commas.
fn plain(text: &str) -> Result<Document, ImportError> {
    text::count(text)?;
    csv::read(text)?.map_or_else(|| text::read(text), Ok)
}

/// Reads a file that is text, in whatever encoding.
fn written(
    bytes: &[u8],
    read: impl Fn(&str) -> Result<Document, ImportError>,
) -> Result<Document, ImportError> {
    let (text, is_damaged) = decode(bytes);
    if text.trim().is_empty() {
        return Err(ImportError::Empty);
    }
    let mut document = read(&text)?;
    if is_damaged {
        document.remarks.push("文件里有不能识别的字节，读出来的文字可能有缺失，请核对。".to_owned());
    }
    Ok(document)
}

/// The text, and whether some of its bytes could not be read.
pub(crate) fn decode(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    let declared = || declared(bytes).filter(|encoding| !encoding.decode(bytes).2);
    let as_utf_8 = || UTF_8.decode_without_bom_handling_and_without_replacement(bytes);
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => match as_utf_8() {
            Some(text) => return (text, false),
            None if is_nearly_utf_8(bytes) => UTF_8,
            None => declared().unwrap_or_else(|| guess(bytes)),
        },
    };
    let (text, _, is_damaged) = encoding.decode(bytes);
    (text, is_damaged)
}

/// Whether bytes are UTF-8 but for a few broken ones, and so read better as UTF-8 than as anything else.
fn is_nearly_utf_8(bytes: &[u8]) -> bool {
    let broken = String::from_utf8_lossy(bytes).matches('\u{fffd}').count();
    broken * 10 < bytes.iter().filter(|byte| !byte.is_ascii()).count()
}

/// The encoding that a page says it is in, where that can be told from another: any bytes are Latin letters.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let named = ["charset=", "encoding="].iter().find_map(|word| Some(head.find(word)? + word.len()))?;
    let label = head[named..].trim_start_matches(['"', '\'', ' ']);
    let label = &label[..label.find(|c: char| !c.is_ascii_alphanumeric() && !"-_".contains(c))?];
    let encoding = if label == "cp936" { GB18030 } else { Encoding::for_label(label.as_bytes())? };
    Some(widest(encoding)).filter(|encoding| !encoding.is_single_byte() && *encoding != UTF_8)
}

/// The likeliest encoding of bytes that do not say it.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    widest(detector.guess(Some(b"cn"), chardetng::Utf8Detection::Allow))
}

/// GBK is read as GB18030, which holds it.
fn widest(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == encoding_rs::GBK { GB18030 } else { encoding }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_cannot_be_read_are_named_with_the_remedy() {
        for (bytes, words) in [
            (&b"PK\x03\x04rest"[..], "损坏"),
            (b"%PDF-1.7", "PDF"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", "doc"),
            (b"\x89PNG\r\n", "图片"),
            (b"<!DOCTYPE html><html>", "空的"),
            (b"<p><img src='1.jpg'></p>", "图片"),
            (b"", "空的"),
            (b" \n", "空的"),
            ("明天下午开会。".as_bytes(), "没有认出"),
            ("# 使用说明\n\n先装工具。".as_bytes(), "没有认出"),
            (b"{\"form\":\"1999\",\"values\":{}}", "1999"),
        ] {
            let error = read(bytes).unwrap_err();
            assert!(error.to_string().contains(words), "{error}");
            assert!(error.hint().ends_with('。'));
        }
    }

    #[test]
    fn a_list_that_is_longer_than_any_is_refused_at_once() {
        let error = list(&vec![b'1'; LONGEST_LIST + 1]).unwrap_err();
        assert_eq!(error.to_string(), "文件太大：名册或调整表超过 16 MB");
        assert!(list("名称,层级\n云溪镇人民政府,乡镇\n".as_bytes()).is_ok());
    }

    #[test]
    fn chinese_encodings_are_told_apart() {
        let text = "云溪镇人民政府2025年政府信息公开工作年度报告\n一、总体情况\n全镇公开信息。\n".repeat(3);
        let utf16: Vec<u8> = std::iter::once(0xfeff)
            .chain(text.encode_utf16())
            .flat_map(|unit: u16| unit.to_le_bytes())
            .collect();
        let (gbk, _, _) = GB18030.encode(&text);
        for bytes in [text.as_bytes(), &gbk, &utf16, &[b"\xef\xbb\xbf", text.as_bytes()].concat()] {
            assert_eq!(decode(bytes), (text.as_str().into(), false));
        }
        // What a page says of its encoding is believed where it can be true.
        for label in ["gb2312", "cp936", "GBK", "utf-8", "iso-8859-1", "big5", "nonsense"] {
            let page = format!("<meta charset=\"{label}\"><p class='{}'>{text}", "x".repeat(20_000));
            for bytes in [page.as_bytes(), &GB18030.encode(&page).0] {
                assert!(decode(bytes) == (page.as_str().into(), false), "{label}");
            }
        }
        let page = "<?xml version='1.0' encoding='Big5'?><p>總體情況，全鎮公開資訊。".repeat(3);
        assert_eq!(decode(&encoding_rs::BIG5.encode(&page).0), (page.clone().into(), false));
        let mut broken = text.clone().into_bytes();
        broken[100] = 0xff;
        let (read, is_damaged) = decode(&broken);
        assert!(is_damaged && read.contains("政府信息公开"));
    }
}
