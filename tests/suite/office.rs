//! Reports that another office program wrote: LibreOffice makes files of a plain page, and they are read back whole.

use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use nianbao::document::compose::compose;
use nianbao::document::{Block, Document, GridCell};
use nianbao::form::terms::{Field, Section};
use nianbao::import;
use nianbao::report::{Edit, NoticeKind, Place, Report, Value};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::support::{shared, truth};

/// Real numbers, and the fictional office that they are given to.
const REPORTS: [(&str, &str); 4] = [
    ("baliying_town_2024", "云溪镇人民政府"),
    ("hangzhou_style_2025", "岚桥县人民政府"),
    ("suqian_city_2023", "澄江市水务局"),
    ("suqian_city_2024", "青浦岭街道办事处"),
];

/// A report with real numbers, and prose with everything that a format may lose.
fn report(name: &str, agency: &str) -> Option<Report> {
    let mut report = truth(name)?;
    let year = name[name.len() - 4..].parse().unwrap();
    report.apply(Report::identity(agency, None, year));
    let prose = [
        (
            Section::Lead,
            "根据《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号，编制本报告。\n电子版可在“政务公开”栏目（https://example.test/?a=1&b=2）下载。",
        ),
        (
            Section::Overview,
            "（一）主动公开\n全年发布信息1,286条 & 政策解读12篇，其中A类<重点>3篇。\n（二）依申请公开\n1.受理：按时答复率100%；2.复核：0件。\n（三）政府信息管理——“三审三校”\u{a0}·\u{a0}全流程　留痕",
        ),
        (Section::Problems, "一是'更新'不够及时，二是队伍 建设有待加强。\n下一步：①加强培训，②落实责任；③……"),
        (Section::OtherMatters, "本年度收取信息处理费0元，较上年 ±0%。"),
    ];
    for (section, text) in prose {
        report.apply(Edit::set(section, Some(Value::Text(text.to_owned()))));
    }
    report.apply(Edit::set(Field::Published, Some(Value::Text(format!("{}-01-20", year + 1)))));
    Some(report)
}

/// A document as a plain page, with the spans of its tables.
pub(crate) fn page(document: &Document) -> String {
    let escaped = |text: &str| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        text.replace('\u{a0}', "&nbsp;").replace('\n', "<br>")
    };
    let cell = |cell: &GridCell| {
        let (rows, columns) = (cell.row_span, cell.column_span);
        format!("<td rowspan={rows} colspan={columns}>{}</td>", escaped(&cell.text))
    };
    let mut page = "<!DOCTYPE html><html><head><meta charset=utf-8></head><body>".to_owned();
    for block in &document.blocks {
        page += &match block {
            Block::Heading { level, text, .. } => format!("<h{0}>{1}</h{0}>\n", level + 1, escaped(text)),
            Block::Paragraph { text, .. } => format!("<p>{}</p>\n", escaped(text)),
            Block::Grid(grid) => {
                let rows = grid.rows.iter().map(|row| row.cells.iter().map(cell).collect::<String>());
                let rows: String = rows.map(|row| format!("<tr>{row}</tr>\n")).collect();
                format!("<table border=1>{rows}</table>\n")
            }
        };
    }
    page + "</body></html>"
}

/// Has LibreOffice write files in another format; `None`, said aloud, where it is not installed.
pub(crate) fn converted(
    directory: &Path,
    files: &[PathBuf],
    application: &str,
    filter: &str,
) -> Option<Vec<Vec<u8>>> {
    let profile = format!("-env:UserInstallation=file://{}/profile", directory.display());
    let mut soffice = Command::new("soffice");
    soffice.args([&profile, "--headless", application, "--convert-to", filter, "--outdir"]);
    soffice.arg(directory).args(files);
    let Ok(status) = soffice.stdout(Stdio::null()).stderr(Stdio::null()).status() else {
        crate::support::skipped("LibreOffice is not here");
        return None;
    };
    assert!(status.success());
    let extension = filter.split(':').next().unwrap();
    Some(files.iter().map(|file| std::fs::read(file.with_extension(extension)).unwrap()).collect())
}

fn cells(report: &Report) -> Vec<(Place, Value)> {
    let values = report.values().filter(|(place, _)| place.cell().is_some());
    values.map(|(place, value)| (place, value.clone())).collect()
}

#[test]
fn what_libreoffice_writes_is_read_back_whole() {
    let directory = tempfile::tempdir().unwrap();
    let mut pages = Vec::new();
    for (name, agency) in REPORTS {
        let Some(report) = report(name, agency) else { return };
        pages.push(directory.path().join(format!("{name}.html")));
        std::fs::write(pages.last().unwrap(), page(&compose(&report))).unwrap();
    }
    for ending in ["docx", "odt"] {
        let files = converted(directory.path(), &pages, "--infilter=HTML (StarWriter)", ending);
        let Some(files) = files else { return };
        for ((name, agency), file) in REPORTS.into_iter().zip(files) {
            let report = report(name, agency).unwrap();
            let read = import::read(&file).unwrap();
            let notices: Vec<String> = read.notices().map(|notice| notice.message.clone()).collect();
            assert!(notices.is_empty(), "{name}.{ending}: {notices:?}");
            assert_eq!(cells(&read), cells(&report), "{name}.{ending}");
            assert_eq!(
                read.prose().collect::<Vec<_>>(),
                report.prose().collect::<Vec<_>>(),
                "{name}.{ending}"
            );
            for field in [Field::Title, Field::Agency, Field::Year, Field::Published] {
                assert_eq!(read.text(field), report.text(field), "{name}.{ending}");
            }
        }
    }
}

/// The official form, with what `fill` makes of the text of its document.
fn blank_form(fill: impl Fn(&str) -> String) -> Option<Vec<u8>> {
    let file = std::fs::read(shared("corpus/blank_form_2021.docx")?).unwrap();
    let mut archive = ZipArchive::new(Cursor::new(file)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if name == "word/document.xml" {
            bytes = fill(std::str::from_utf8(&bytes).unwrap()).into_bytes();
        }
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    Some(writer.finish().unwrap().into_inner())
}

#[test]
fn the_blank_form_has_no_value_and_nothing_is_said_of_its_tables() {
    let Some(file) = blank_form(str::to_owned) else { return };
    let report = import::read(&file).unwrap();
    assert_eq!(cells(&report), []);
    let said: Vec<(NoticeKind, Option<Place>)> = report.notices().map(|n| (n.kind, n.place)).collect();
    let unknown = |field: Field| (NoticeKind::Identity, Some(Place::from(field)));
    assert_eq!(said, [unknown(Field::Agency), unknown(Field::Year)]);
}

#[test]
fn every_cell_of_the_blank_form_is_found_once_it_is_filled_in() {
    let fill = |text: &str| {
        let mut number = 0;
        let cells = text.split_inclusive("</w:tc>").map(|cell| {
            let begins = cell.rfind("<w:tc>").unwrap_or(cell.len());
            let has_text = cell[begins..].split("<w:t").skip(1).any(|text| {
                let written = text.split_once('>').filter(|_| text.starts_with([' ', '>']));
                written.is_some_and(|(_, text)| !text.split('<').next().unwrap().trim().is_empty())
            });
            let goes_on =
                cell[begins..].contains("w:val=\"continue\"") || cell[begins..].contains("<w:vMerge/>");
            let Some(end) = cell.rfind("</w:p>").filter(|end| *end > begins && !has_text && !goes_on) else {
                return cell.to_owned();
            };
            number += 1;
            format!("{}<w:r><w:t>{number}</w:t></w:r>{}", &cell[..end], &cell[end..])
        });
        cells.collect()
    };
    let Some(file) = blank_form(fill) else { return };
    let report = import::read(&file).unwrap();
    let form = report.form();
    let numbered = form.cells().iter().zip(1..).map(|(info, n)| (Place::from(info.cell), Value::count(n)));
    assert_eq!(cells(&report), numbered.collect::<Vec<_>>());
    assert_eq!(report.notices().count(), 2);
}
