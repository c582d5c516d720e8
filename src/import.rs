//! Bytes to a report: what kind of file it is, told by its content; its encoding; its format. One format a file.
//!
//! What the document means is [`recognize`]'s to find out. Reads no files: it is given bytes.

mod compound;
mod flow;
mod kind;
mod open_text;
mod ordinal;
mod package;
mod remarks;
mod text;
mod word;
mod xml;

use std::io;

use encoding_rs::{Encoding, GB18030, UTF_8};
pub use kind::Kind;

use crate::document::Document;
use crate::document::recognize::recognize;
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
    /// It is a picture.
    #[error("这是图片，里面的表格和文字读不出来")]
    Picture,
    /// It is damaged.
    #[error("{0}已经损坏，读不出来")]
    Broken(&'static str),
    /// It asks for a password.
    #[error("文件有密码，读不出来")]
    Encrypted,
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
                "请用 WPS 或 Word 打开，另存为“纯文本（.txt）”，或者全选、复制，粘贴到一个文本文件里再读。"
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
            Self::Picture => "请向报送单位要文字版，或者对照图片在这里逐格填写。",
            Self::TooMuch(..) => "请核对是不是选错了文件；只留年度报告的内容，另存后再读。",
            Self::Empty => "请核对是不是选错了文件。",
            Self::NoReport => "请核对是不是选错了文件；报告应有“一、总体情况”等六个部分的标题。",
        }
    }

    /// Whether another program may know the file.
    pub const fn is_foreign(&self) -> bool {
        matches!(self, Self::Foreign(_) | Self::Said { is_foreign: true, .. })
    }
}

/// Reads the report in a file's bytes, whatever the file is called.
///
/// # Errors
/// If it is of a kind that cannot be read, or no report.
pub fn read(bytes: &[u8]) -> Result<Report, ImportError> {
    if Kind::of(bytes) == Kind::Saved {
        return Ok(Report::from_json(decode(bytes).0.trim().as_bytes())?);
    }
    let document = document(bytes)?;
    let mut report = recognize(&document);
    if !report.has_substance() {
        return Err(ImportError::NoReport);
    }
    remark(&mut report, document.remarks);
    Ok(report)
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

/// Reads what stands in a file that is no saved report.
fn document(bytes: &[u8]) -> Result<Document, ImportError> {
    let unsupported = |name| Err(ImportError::Unsupported(name));
    match Kind::of(bytes) {
        Kind::Saved | Kind::Text => plain(bytes),
        Kind::Page => unsupported("网页"),
        Kind::Word => word::read(bytes),
        Kind::Workbook => unsupported("工作簿（xlsx）"),
        Kind::OpenText => open_text::read(bytes),
        Kind::OpenOther => Err(ImportError::Foreign("OpenDocument 表格")),
        Kind::Compound => compound::read(bytes),
        Kind::Rtf => Err(ImportError::Foreign("RTF 文档")),
        Kind::Pdf => unsupported("PDF 文档"),
        Kind::Archive => unsupported("压缩包"),
        Kind::Picture => Err(ImportError::Picture),
        Kind::Unknown => unsupported("二进制文件"),
    }
}

fn plain(bytes: &[u8]) -> Result<Document, ImportError> {
    let (text, is_damaged) = decode(bytes);
    if text.trim().is_empty() {
        return Err(ImportError::Empty);
    }
    let mut document = text::read(&text)?;
    if is_damaged {
        document.remarks.push("文件里有不能识别的字节，读出来的文字可能有缺失，请核对。".to_owned());
    }
    Ok(document)
}

/// The text, and whether some of its bytes could not be read.
pub(crate) fn decode(bytes: &[u8]) -> (String, bool) {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => guess(bytes),
    };
    let (text, _, is_damaged) = encoding.decode(bytes);
    (text.into_owned(), is_damaged)
}

/// The likeliest encoding of bytes that are not quite UTF-8; GBK is read as GB18030, which holds it.
fn guess(bytes: &[u8]) -> &'static Encoding {
    // UTF-8 with a few broken bytes reads better as UTF-8 than as anything else.
    let broken = String::from_utf8_lossy(bytes).matches('\u{fffd}').count();
    if broken * 100 < bytes.len() {
        return UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guessed = detector.guess(Some(b"cn"), chardetng::Utf8Detection::Allow);
    if guessed == encoding_rs::GBK { GB18030 } else { guessed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_cannot_be_read_are_named_with_the_remedy() {
        for (bytes, words) in [
            (&b"PK\x03\x04rest"[..], "压缩"),
            (b"%PDF-1.7", "PDF"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", "doc"),
            (b"\x89PNG\r\n", "图片"),
            (b"<!DOCTYPE html><html>", "网页"),
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
    fn chinese_encodings_are_told_apart() {
        let text = "云溪镇人民政府2025年政府信息公开工作年度报告\n一、总体情况\n全镇公开信息。\n".repeat(3);
        let utf16: Vec<u8> = std::iter::once(0xfeff)
            .chain(text.encode_utf16())
            .flat_map(|unit: u16| unit.to_le_bytes())
            .collect();
        let (gbk, _, _) = GB18030.encode(&text);
        for bytes in [text.as_bytes(), &gbk, &utf16, &[b"\xef\xbb\xbf", text.as_bytes()].concat()] {
            assert_eq!(decode(bytes), (text.clone(), false));
        }
        let mut broken = text.clone().into_bytes();
        broken[100] = 0xff;
        let (read, is_damaged) = decode(&broken);
        assert!(is_damaged && read.contains("政府信息公开"));
    }
}
