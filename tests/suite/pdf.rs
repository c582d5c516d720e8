//! PDF in: real reports with prose of our own, written by LibreOffice and a browser, and files that are none.

use std::path::{Path, PathBuf};
use std::process::Command;

use nianbao::document::{Block, Document, Grid, compose};
use nianbao::form::Form;
use nianbao::form::terms::{Field, Section};
use nianbao::import;
use nianbao::report::{Edit, Place, Report, Value};
use tempfile::TempDir;

use crate::sound::{self, Dice};
use crate::support::truth;

/// The reports whose numbers the files are made with, and the offices that they are given to.
const REPORTS: [(&str, &str); 4] = [
    ("baliying_town_2024", "云溪镇人民政府"),
    ("hangzhou_style_2025", "岚桥市人民政府"),
    ("suqian_city_2023", "青浦岭市人民政府"),
    ("suqian_city_2024", "岚桥县人民政府"),
];

/// How a paragraph of the page is told from the next one.
#[derive(Clone, Copy)]
enum Style {
    /// Its first line is set in.
    Indented,
    /// It stands apart.
    Spaced,
}

#[test]
fn libre_office_writes_pdf_of_a_page_that_reads_back() {
    let directory = TempDir::new().unwrap();
    let reports = pages(directory.path());
    if reports.is_empty() || !office(&directory, "pdf:writer_pdf_Export", "html") {
        return;
    }
    read_back(directory.path(), &reports);
}

#[test]
fn libre_office_writes_pdf_of_a_word_file_that_reads_back() {
    let directory = TempDir::new().unwrap();
    let reports = pages(directory.path());
    if reports.is_empty()
        || !office(&directory, "docx:MS Word 2007 XML", "html")
        || !office(&directory, "pdf", "docx")
    {
        return;
    }
    read_back(directory.path(), &reports);
}

#[test]
fn a_browser_writes_pdf_that_reads_back() {
    let directory = TempDir::new().unwrap();
    let reports = pages(directory.path());
    if reports.is_empty() {
        return;
    }
    for (name, _) in &reports {
        let page = directory.path().join(format!("{name}.html"));
        let pdf = directory.path().join(format!("{name}.pdf"));
        let mut browser = Command::new("chromium");
        browser.args(["--headless", "--no-sandbox", "--disable-gpu"]);
        browser.arg(format!("--user-data-dir={}", directory.path().join("browser").display()));
        browser.arg(format!("--print-to-pdf={}", pdf.display())).arg(page);
        if !runs(&mut browser) {
            return;
        }
    }
    read_back(directory.path(), &reports);
}

/// Reports with numbers of real ones and prose of our own, and a web page of each in a directory.
fn pages(directory: &Path) -> Vec<(String, Report)> {
    let mut reports = Vec::new();
    for (index, (name, agency)) in REPORTS.into_iter().enumerate() {
        let Some(mut report) = truth(name) else { return Vec::new() };
        let year = 2023 + i64::try_from(index % 3).unwrap();
        report.apply(Report::identity(agency, None, year));
        let mut dice = Dice::new(index as u64 + 40);
        for (section, paragraphs) in
            [(Section::Lead, 1), (Section::Overview, 7), (Section::Problems, 4), (Section::OtherMatters, 2)]
        {
            let text: Vec<String> = (0..paragraphs).map(|_| paragraph(&mut dice)).collect();
            report.apply(Edit::set(section, Some(Value::Text(text.join("\n")))));
        }
        for (style, suffix) in [(Style::Indented, "indented"), (Style::Spaced, "spaced")] {
            let name = format!("{name}_{suffix}");
            std::fs::write(directory.join(format!("{name}.html")), page(&compose::compose(&report), style))
                .unwrap();
            reports.push((name, report.clone()));
        }
    }
    reports
}

/// A paragraph of sentences as reports have them.
pub(crate) fn paragraph(dice: &mut Dice) -> String {
    const SENTENCES: [&str; 16] = [
        "全年通过门户网站主动公开政府信息1,136条，其中政务动态820条、通知公告193条。",
        "加强政务公开机构建设，明确1名分管领导、2名专职人员负责此项工作；",
        "严格执行“分级审核、先审后发”程序，落实三审三校制度。",
        "政策解读的形式还不够丰富（以文字为主，图表、视频较少），针对性有待增强。",
        "电话：0599-7000000，电子邮箱：gongkai@yunxi.example.cn。",
        "公开目录（2023版）共有23个一级类目、118个二级类目，网址为 http://www.lanqiao.example.cn/zwgk/index.html 。",
        "（一）主动公开。",
        "依申请公开的受理、审核、处理、答复各个环节均有专人负责，答复率为100%，没有超过期限的。",
        "下一步，将继续抓好《中华人民共和国政府信息公开条例》的学习宣传。",
        "组织业务培训3次、参加人员累计256人次。",
        "政务微信公众号、微博、抖音等3个政务新媒体全年发布信息2,415条，阅读量12.6万次！",
        "二是部分干部对公开工作的认识不足，",
        "个别单位更新不及时，长的超过30天；",
        "制定《政务公开工作要点》，把任务分解到16个部门、9个乡镇（街道）。",
        "本镇没有单独的政府网站，信息统一在县政府门户网站公开。",
        "Web 端与 App 端同步更新，可用率达99.95%。",
    ];
    (0..1 + dice.below(6)).map(|_| SENTENCES[dice.below(SENTENCES.len())]).collect::<String>() + "特此说明。"
}

/// A document as a web page.
fn page(document: &Document, style: Style) -> String {
    let css = match style {
        Style::Indented => "p{text-indent:24pt;margin:0;line-height:1.8}",
        Style::Spaced => "p{margin:1em 0}",
    };
    let mut html = format!(
        "<!DOCTYPE html><html lang=\"zh\"><head><meta charset=\"utf-8\"><style>body{{font-size:12pt}}h1{{text-align:center}}\
         table{{border-collapse:collapse;font-size:7pt}}td,th{{border:1px solid #000;padding:1px;font-size:7pt;text-align:center}}{css}\
         </style></head><body>"
    );
    for block in &document.blocks {
        match block {
            Block::Heading { level, text, .. } => {
                html += &format!("<h{0}>{1}</h{0}>\n", level + 1, escaped(text));
            }
            Block::Paragraph { text, .. } => html += &format!("<p>{}</p>\n", escaped(text)),
            Block::Grid(grid) => html += &table(grid),
        }
    }
    html + "</body></html>"
}

fn table(grid: &Grid) -> String {
    let mut html = "<table border=\"1\" cellspacing=\"0\" width=\"600\">\n".to_owned();
    for row in &grid.rows {
        html += "<tr>";
        for cell in &row.cells {
            let (down, across) = (cell.row_span, cell.column_span);
            html += &format!("<td rowspan=\"{down}\" colspan=\"{across}\">{}</td>", escaped(&cell.text));
        }
        html += "</tr>\n";
    }
    html + "</table>\n"
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// Turns the files of a directory with one ending into another kind; `false` where LibreOffice is not installed.
fn office(directory: &TempDir, to: &str, from: &str) -> bool {
    let mut office = Command::new("soffice");
    office.arg(format!("-env:UserInstallation=file://{}", directory.path().join("office").display()));
    if from == "html" {
        office.arg("--infilter=HTML (StarWriter)");
    }
    office.args(["--headless", "--convert-to", to, "--outdir"]).arg(directory.path());
    office.args(files(directory.path(), from));
    runs(&mut office)
}

fn files(directory: &Path, extension: &str) -> Vec<PathBuf> {
    let paths = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|found| found == extension)).collect()
}

/// Runs a program; `false`, said aloud, where it is not installed.
fn runs(program: &mut Command) -> bool {
    match program.output() {
        Ok(output) => {
            assert!(output.status.success(), "{program:?}: {}", String::from_utf8_lossy(&output.stderr));
            true
        }
        Err(_) => {
            crate::support::skipped(&format!("{} is not installed", program.get_program().display()));
            false
        }
    }
}

/// Reads every report back from its PDF: every cell, and the prose but for blanks, which a PDF does not keep where a line
/// ends.
fn read_back(directory: &Path, reports: &[(String, Report)]) {
    let mut wrong = Vec::new();
    for (name, report) in reports {
        wrong.extend(differences(
            name,
            report,
            &std::fs::read(directory.join(format!("{name}.pdf"))).unwrap(),
        ));
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Every place that is read otherwise than it was written.
pub(crate) fn differences(name: &str, report: &Report, bytes: &[u8]) -> Vec<String> {
    let mut wrong = Vec::new();
    let bare = |text: String| text.replace(' ', "");
    let read = import::read(bytes).unwrap();
    for (place, value) in report.values() {
        let found = read.get(place).map(ToString::to_string).unwrap_or_default();
        let (expected, found) = (bare(value.to_string()), bare(found));
        if expected != found {
            wrong.push(format!("{name} {place}: {}", difference(&expected, &found)));
        }
    }
    let is_derived = |place: Place| place == Field::Level.into();
    let strangers = read.values().filter(|(place, _)| report.get(*place).is_none() && !is_derived(*place));
    wrong.extend(strangers.map(|(place, value)| format!("{name} {place}: {value} from nowhere")));
    wrong.extend(read.notices().map(|notice| format!("{name}: {}", notice.message)));
    wrong
}

/// Where two texts begin to differ.
fn difference(expected: &str, found: &str) -> String {
    let same = expected.chars().zip(found.chars()).take_while(|(one, other)| one == other).count();
    let around = |text: &str| text.chars().skip(same.saturating_sub(8)).take(24).collect::<String>();
    format!("{:?} is read as {:?}", around(expected), around(found))
}

/// The report in the files under `tests/data/pdf`, which reportlab has written: every number another one, a running head
/// and a page number on every page, a font of UniGB-UCS2-H codes that nothing maps to characters.
fn kept() -> Report {
    let form = Form::current();
    let mut report = Report::new(form);
    report.apply(Report::identity("云溪镇人民政府", None, 2025));
    for (info, count) in form.cells().iter().zip(sound::spread(form, &mut Dice::new(7))) {
        report.apply(Edit::set(info.cell, Some(Value::count(count))));
    }
    let mut dice = Dice::new(5);
    for section in [Section::Overview, Section::Problems, Section::OtherMatters] {
        let text = format!("{}\n{}", paragraph(&mut dice), paragraph(&mut dice));
        let text = text.replace("http://www.lanqiao.example.cn/zwgk/index.html", "云溪镇网站");
        report.apply(Edit::set(section, Some(Value::Text(text))));
    }
    report
}

fn file(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/pdf").join(name)).unwrap()
}

#[test]
fn codes_that_nothing_maps_to_characters_are_read_as_what_they_are() {
    let bytes = file("unigb.pdf");
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("UniGB-UCS2-H") && !text.contains("ToUnicode"));
    let wrong = differences("unigb", &kept(), &bytes);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_no_text_is_named_and_never_zeros() {
    assert!(matches!(import::read(&file("scanned.pdf")), Err(import::ImportError::Picture)));
    assert!(matches!(import::read(&file("encrypted.pdf")), Err(import::ImportError::Encrypted)));
}

#[test]
fn a_file_that_only_must_not_be_changed_is_read() {
    let wrong = differences("permissions", &kept(), &file("permissions.pdf"));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
