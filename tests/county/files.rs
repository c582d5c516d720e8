//! Files as offices send them: five formats, some of them in harder shapes, under the names that offices give them.

use std::io::{Cursor, Read as _, Write as _};

use nianbao::export::{self, Extent, Faces, Kind};
use nianbao::report::Report;

/// The shape of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shape {
    Word,
    Page,
    Text,
    Workbook,
    Json,
    /// Word with a page before the report.
    Covered,
    /// A page in GBK, as old sites serve it.
    PageInGbk,
    /// Text with full-width digits in its tables.
    WideText,
    /// Tables between commas.
    Csv,
    /// A page without styles.
    PlainPage,
}

impl Shape {
    /// The five formats by turns, every other time in a harder shape.
    pub(crate) const ALL: [Self; 10] = [
        Self::Word,
        Self::Page,
        Self::Text,
        Self::Workbook,
        Self::Json,
        Self::Covered,
        Self::PageInGbk,
        Self::WideText,
        Self::Csv,
        Self::PlainPage,
    ];

    pub(crate) fn of(number: usize) -> Self {
        Self::ALL[number % Self::ALL.len()]
    }

    /// The ending of its name.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Word | Self::Covered => "docx",
            Self::Page | Self::PlainPage => "html",
            Self::PageInGbk => "htm",
            Self::Text | Self::WideText => "txt",
            Self::Workbook => "xlsx",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// The file of a report in this shape.
    pub(crate) fn bytes(self, report: &Report) -> Vec<u8> {
        let written = |kind| export::write(report, kind, Extent::default(), &Faces::default()).unwrap();
        let text = |kind| String::from_utf8(written(kind)).unwrap();
        match self {
            Self::Word => written(Kind::Word),
            Self::Page => written(Kind::Page),
            Self::Text => written(Kind::Text),
            Self::Workbook => written(Kind::Workbook),
            Self::Json => written(Kind::Json),
            Self::Csv => written(Kind::Csv),
            Self::PlainPage => written(Kind::Plain),
            Self::Covered => {
                let cover = ["岚桥县政府信息公开材料", "（此件公开发布）", "编制单位：办公室"];
                let cover = cover.map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).concat();
                in_word(&written(Kind::Word), |xml| xml.replacen("<w:body>", &format!("<w:body>{cover}"), 1))
            }
            Self::PageInGbk => {
                let page = text(Kind::Page).replacen("utf-8", "gbk", 1);
                let (bytes, _, is_lossy) = encoding_rs::GBK.encode(&page);
                assert!(!is_lossy, "{page}");
                bytes.into_owned()
            }
            Self::WideText => text(Kind::Text).lines().map(widened).collect::<String>().into_bytes(),
        }
    }
}

/// A line of a text; where it is one of a table, its digits are full-width.
fn widened(line: &str) -> String {
    let wide = |c: char| c.to_digit(10).map_or(c, |digit| char::from_u32(0xFF10 + digit).unwrap());
    match line.starts_with('|') {
        true => line.chars().map(wide).chain(['\n']).collect(),
        false => format!("{line}\n"),
    }
}

/// A Word file with its text changed.
pub(super) fn in_word(file: &[u8], change: impl Fn(&str) -> String) -> Vec<u8> {
    const TEXT: &str = "word/document.xml";
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut xml = String::new();
    archive.by_name(TEXT).unwrap().read_to_string(&mut xml).unwrap();
    let changed = change(&xml);
    assert_ne!(changed, xml, "nothing was changed");
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..archive.len() {
        let part = archive.by_index_raw(number).unwrap();
        if part.name().unwrap() != TEXT {
            writer.raw_copy_file(part).unwrap();
        }
    }
    writer.start_file(TEXT, zip::write::SimpleFileOptions::default()).unwrap();
    writer.write_all(changed.as_bytes()).unwrap();
    writer.finish().unwrap().into_inner()
}

/// The path of a report below the folder of its county.
pub(super) fn name(report: &Report, shape: Shape, number: usize) -> String {
    let (agency, year) = (report.agency(), report.year().unwrap());
    let name = match number % 7 {
        0 => format!("{agency}{year}年年报"),
        1 => format!("{agency}{year}年政府信息公开工作年度报告"),
        2 => format!("{number:03} {agency}{year}年度报告（最终版）"),
        3 => format!("{year}年度报告-{agency}"),
        4 => format!("{agency}（定稿）"),
        5 => format!("附件：{agency}{year}年报 (1)"),
        _ => format!("{}.{agency}", number + 1),
    };
    format!("{year}/{name}.{}", shape.extension())
}
