//! PDF out: what is printed is read back, on pages that are set as Chinese typesetting wants it. Skipped, said aloud,
//! where the machine has no font for Chinese.

use std::collections::BTreeMap;

use nianbao::export::{self, ExportError, Extent, Faces, Kind, Role};
use nianbao::faces;
use nianbao::form::Form;
use nianbao::form::terms::{Field, Level, Section};
use nianbao::import;
use nianbao::report::{Edit, Place, Report, Value};
use pdfplumber::Pdf;
use proptest::prelude::*;
use tempfile::TempDir;

use crate::cli::{Desk, saved};
use crate::import::report;
use crate::pdf::{differences, paragraph};
use crate::read_back::as_on_a_page;
use crate::sound::{self, Dice};

/// The fonts of this machine.
fn system() -> Option<Faces> {
    let faces = faces::find(Kind::Pdf, None).unwrap();
    if faces.of(Role::Body).is_empty() {
        crate::support::skipped("there is no font for Chinese here");
        return None;
    }
    Some(faces)
}

fn printed(report: &Report, faces: &Faces) -> Vec<u8> {
    export::write(report, Kind::Pdf, Extent::default(), faces).unwrap()
}

/// A report with numbers everywhere and prose of several pages.
fn full(form: &'static Form, seed: u64) -> Report {
    let mut dice = Dice::new(seed);
    let mut report = sound::report(form, &sound::counts(form, &mut dice));
    for section in Section::PROSE {
        let text: Vec<String> = (0..2 + dice.below(6)).map(|_| paragraph(&mut dice)).collect();
        report.apply(Edit::set(section, Some(Value::Text(text.join("\n")))));
    }
    report.apply(Edit::set(Field::Published, Some(Value::Text("2026-01-06".to_owned()))));
    report
}

/// What is read otherwise, but for being told that a text is no number.
fn wrong(name: &str, report: &Report, bytes: &[u8]) -> Vec<String> {
    differences(name, report, bytes).into_iter().filter(|wrong| !wrong.contains("不是数")).collect()
}

/// The lines of a page, from the top: where each stands, and its text from the left.
fn lines(page: &pdfplumber::Page) -> BTreeMap<i64, String> {
    let mut lines: BTreeMap<i64, Vec<(i64, String)>> = BTreeMap::new();
    for char in page.chars() {
        let line = lines.entry(char.bbox.bottom.round() as i64).or_default();
        line.push((char.bbox.x0.round() as i64, char.text.clone()));
    }
    let text = |mut line: Vec<(i64, String)>| {
        line.sort_by_key(|(x, _)| *x);
        line.into_iter().map(|(_, text)| text).collect()
    };
    lines.into_iter().map(|(y, line)| (y, text(line))).collect()
}

fn pages(bytes: &[u8]) -> Vec<pdfplumber::Page> {
    let pdf = Pdf::open(bytes, None).unwrap();
    pdf.pages_iter().map(Result::unwrap).collect()
}

#[test]
fn every_cell_and_all_prose_is_read_back() {
    let Some(faces) = system() else { return };
    let mut cells = 0;
    for (seed, form) in (0..3).flat_map(|seed| Form::all().iter().map(move |form| (seed, form))) {
        let report = full(form, seed);
        let bytes = printed(&report, &faces);
        let wrong = differences(form.decree.key, &report, &bytes);
        assert!(wrong.is_empty(), "{seed}: {}", wrong.join("\n"));
        assert!(bytes.len() < 400_000, "{} bytes: not the whole font goes in", bytes.len());
        cells += report.values().filter(|(place, _)| place.cell().is_some()).count();
    }
    assert!(cells > 1000, "{cells} cells");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    #[test]
    fn prose_of_any_signs_is_read_back(old in report(Form::from_key("2019").unwrap()), new in report(Form::current())) {
        let Some(faces) = system() else { return Ok(()) };
        for report in [old, new].map(|report| as_on_a_page(&report)) {
            let read = import::read(&printed(&report, &faces)).unwrap();
            for (place, value) in report.values().filter(|(place, _)| *place != Field::Level.into()) {
                let bare = |value: &Value| value.to_string().replace(' ', "");
                prop_assert_eq!(read.get(place).map(bare), Some(bare(value)), "{}", place);
            }
        }
    }
}

#[test]
fn equal_digits_in_narrow_cells_are_read_back() {
    let Some(faces) = system() else { return };
    for digits in ["1111111", "22", "55555", "100000"] {
        let mut report = full(Form::current(), 1);
        for info in Form::current().cells() {
            let place = Place::from(info.cell);
            report.apply(Edit::set(place, Value::read(place, digits).0));
        }
        let wrong = wrong(digits, &report, &printed(&report, &faces));
        assert!(wrong.is_empty(), "{digits}: {}", wrong.join("\n"));
    }
}

#[test]
fn a_title_of_any_length_is_read_back() {
    let Some(faces) = system() else { return };
    for agency in [
        "岚桥县司法局",
        "云溪镇人民政府",
        "岚桥县人民政府政务服务管理局",
        "岚桥县人民政府政务服务和数据管理局",
        "岚桥县政务服务和数据资源发展与综合行政执法协调管理局",
    ] {
        let mut report = full(Form::current(), 4);
        report.apply(Report::identity(agency, Level::of_name(agency), 2025));
        assert_eq!(differences(agency, &report, &printed(&report, &faces)), [""; 0]);
    }
}

#[test]
fn paragraphs_of_a_line_each_are_read_back() {
    let Some(faces) = system() else { return };
    for form in Form::all() {
        let mut report = full(form, 9);
        for (section, text) in [
            (
                Section::Overview,
                "（一）主动公开。全年公开政府信息三条。\n（二）依申请公开。没有收到申请。\n（三）监督保障。开展培训一次。",
            ),
            (Section::Problems, "公开的内容还不够多。\n下一步多公开。"),
            (Section::OtherMatters, "没有收取信息处理费。\n没有其他事项。"),
        ] {
            report.apply(Edit::set(section, Some(Value::Text(text.to_owned()))));
        }
        for place in [Section::Lead.into(), Place::from(Field::Published)] {
            report.apply(Edit::set(place, None));
        }
        assert_eq!(differences(form.decree.key, &report, &printed(&report, &faces)), [""; 0]);
    }
}

#[test]
fn the_same_report_is_the_same_bytes_and_holds_no_day() {
    let Some(faces) = system() else { return };
    let report = full(Form::current(), 7);
    let bytes = printed(&report, &faces);
    assert_eq!(bytes, printed(&report, &system().unwrap()));
    assert_ne!(bytes, printed(&full(Form::current(), 8), &faces));
    let text = String::from_utf8_lossy(&bytes);
    assert!(!text.contains("CreationDate") && !text.contains("ModDate") && !text.contains("CreateDate"));
    assert!(
        text.contains("/Lang(zh-CN)")
            && text.contains("<dc:title>")
            && text.contains(report.text(Field::Title))
    );
}

#[test]
fn no_line_begins_or_ends_with_a_mark_that_must_not_stand_there() {
    let Some(faces) = system() else { return };
    let mut seen = 0;
    for page in pages(&printed(&full(Form::current(), 3), &faces)) {
        for line in lines(&page).values() {
            assert!(!line.starts_with(|c| "，。、；：！？）》”％".contains(c)), "{line}");
            assert!(!line.ends_with(|c| "（《“".contains(c)), "{line}");
            seen += 1;
        }
        // Within the margins of GB/T 9704.
        for char in page.chars() {
            assert!(char.bbox.x0 >= 79.0 && char.bbox.x1 <= 523.0, "{}", char.text);
            assert!(char.bbox.top >= 104.0 && char.bbox.bottom <= 780.0, "{}", char.text);
        }
    }
    assert!(seen > 80, "{seen} lines");
}

#[test]
fn a_long_table_goes_on_under_its_heads_and_no_row_is_split() {
    let Some(faces) = system() else { return };
    let form = Form::current();
    let mut report = full(form, 5);
    let text = "约一千二百件（含上年结转的三件）";
    for info in form.cells().iter().filter(|info| Place::from(info.cell).to_string().starts_with("requests/"))
    {
        report.apply(Edit::set(info.cell, Some(Value::Text(text.to_owned()))));
    }
    let bytes = printed(&report, &faces);
    assert_eq!(wrong("long", &report, &bytes), [""; 0]);
    let pages = pages(&bytes);
    let with_heads = |page: &&pdfplumber::Page| lines(page).values().any(|line| line.contains("申请人情况"));
    assert!(pages.iter().filter(with_heads).count() >= 3);
    let mut tables = 0;
    for page in &pages {
        let mut held = 0;
        for char in page.chars() {
            let (x, y) =
                (f64::midpoint(char.bbox.x0, char.bbox.x1), f64::midpoint(char.bbox.top, char.bbox.bottom));
            let frame = page
                .rects()
                .iter()
                .find(|rect| (rect.x0..rect.x1).contains(&x) && (rect.top..rect.bottom).contains(&y));
            let Some(frame) = frame else { continue };
            let (above, below) = (frame.top - char.bbox.top, char.bbox.bottom - frame.bottom);
            assert!(above.max(below) < 3.0, "{} sticks out", char.text);
            held += 1;
        }
        tables += usize::from(held > 400);
        assert!(page.height() < 843.0);
    }
    assert!(tables >= 3, "{tables} pages of the table");
}

#[test]
fn a_row_that_no_page_holds_is_lost_nowhere() {
    let Some(faces) = system() else { return };
    let mut report = full(Form::current(), 6);
    let cell = Place::parse("requests/received/business").unwrap();
    report.apply(Edit::set(cell, Some(Value::Text("含上年结转的申请".repeat(40)))));
    let bytes = printed(&report, &faces);
    assert_eq!(wrong("tall", &report, &bytes), [""; 0]);
}

#[test]
fn a_character_that_no_font_has_is_named() {
    let Some(faces) = system() else { return };
    let mut report = full(Form::current(), 2);
    report.apply(Edit::set(Section::Overview, Some(Value::Text("公开\u{e123}信息\u{10fffd}。".to_owned()))));
    let error = export::write(&report, Kind::Pdf, Extent::default(), &faces).unwrap_err();
    assert!(matches!(&error, ExportError::NoLetter(chars) if chars == &['\u{e123}', '\u{10fffd}']));
    assert!(error.to_string().contains("U+E123") && error.to_string().contains("U+10FFFD"));
    assert!(error.hint().contains("--font"));
    // What cannot be seen is printed as a mark, as everywhere.
    report
        .apply(Edit::set(Section::Overview, Some(Value::Text("公开\u{200b}\t信息\u{a0}。\u{7}".to_owned()))));
    let read = import::read(&printed(&report, &faces)).unwrap();
    assert_eq!(read.text(Section::Overview).replace(' ', ""), "公开[U+200B]信息。[U+0007]");
}

#[test]
fn without_any_font_the_remedy_is_named() {
    let directory = TempDir::new().unwrap();
    std::fs::write(directory.path().join("broken.ttf"), b"\0\x01\0\0 no font").unwrap();
    let error = export::write(
        &full(Form::current(), 1),
        Kind::Pdf,
        Extent::default(),
        &faces::find_in(directory.path()),
    )
    .unwrap_err();
    assert!(matches!(error, ExportError::NoFont));
    assert!(error.to_string().contains("没有找到中文字体"));
    for remedy in ["apt install fonts-noto-cjk", "dnf install google-noto-sans-cjk-ttc-fonts", "--font"] {
        assert!(error.hint().contains(remedy), "{remedy}");
    }
}

#[test]
fn the_users_font_goes_before_those_of_the_system() {
    let desk = Desk::new();
    let file = desk.write("x.json", saved(&[("overview", "本年公开 3 条。")]));
    let missing = desk.run(&["export", file, "-o", "x.pdf", "--font", "simsun.ttc"]);
    assert!(missing.failed().0.contains("simsun.ttc") && missing.failed().1.contains("--font"));
    let no_font = desk.run(&["convert", file, "x.pdf", "--font", file]);
    assert!(no_font.failed().0.contains("不是中文字体"));
    assert!(!desk.path("x.pdf").exists());
    let Some(faces) = system() else { return };
    // The same file given by name: its font for 简体中文 is found, and is the only one.
    let own = desk.path("own.ttc");
    std::fs::write(&own, faces.of(Role::Heading)[0].data.as_slice()).unwrap();
    desk.run(&["export", file, "-o", "x.pdf", "--font", "own.ttc"]).clean();
    let bytes = std::fs::read(desk.path("x.pdf")).unwrap();
    let fonts: Vec<String> =
        pages(&bytes).iter().flat_map(|page| page.chars()).map(|char| char.fontname.clone()).collect();
    assert!(fonts.iter().all(|font| *font == fonts[0]), "one font");
    assert!(!fonts[0].contains("CJK") || fonts[0].contains("CJKsc"), "{}", fonts[0]);
    assert_eq!(import::read(&bytes).unwrap().text(Section::Overview), "本年公开 3 条。");
}
