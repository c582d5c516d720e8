//! Workbooks and tables between commas: what goes out comes back, and what clerks make of sheets is read.

mod sheets;

use std::io::{Cursor, Read};

use nianbao::export::Kind;
use nianbao::form::terms::{Field, Section};
use nianbao::form::{Form, Sum};
use nianbao::import;
use nianbao::report::{Edit, Place, Report, Value};
use proptest::prelude::*;

use crate::import::{report, unnoticed};
use crate::sound::{self, Dice};
use crate::support::written;

fn sample(form: &'static Form) -> Report {
    sound::report(form, &sound::counts(form, &mut Dice::new(3)))
}

fn again(report: &Report, kind: Kind) -> Report {
    unnoticed(import::read(&written(report, kind)).unwrap())
}

/// What makes the report that came back another: nothing, if it is the same.
fn lost(report: &Report, kind: Kind) -> Edit {
    again(report, kind).diff(report)
}

/// The text of a part of a workbook.
fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn set(report: &mut Report, place: &str, text: &str) {
    let place = Place::parse(place).unwrap();
    report.apply(Edit::set(place, Value::read(place, text).0));
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let report = sample(Form::current());
    let bytes = written(&report, Kind::Workbook);
    assert_eq!(bytes, written(&report, Kind::Workbook));
    assert!(part(&bytes, "docProps/core.xml").contains("2000-01-01T00:00:00Z"));
}

#[test]
fn every_sum_is_a_formula_and_has_a_check() {
    for form in Form::all() {
        let bytes = written(&sample(form), Kind::Workbook);
        let sheets = [3, 4].map(|nth| part(&bytes, &format!("xl/worksheets/sheet{nth}.xml")));
        let totals = form.cells().iter().filter(|info| info.is_total).count();
        let formulas: usize = sheets.iter().map(|sheet| sheet.matches("<f>").count()).sum();
        assert_eq!(formulas, totals + form.equations().len());
        let closed: usize = sheets.iter().map(|sheet| sheet.matches("<v>平</v>").count()).sum();
        assert_eq!(closed, form.equations().len());
        assert!(form.equations().iter().any(|equation| equation.sum == Sum::Balance));
        for nth in [1, 2, 5, 6] {
            assert!(!part(&bytes, &format!("xl/worksheets/sheet{nth}.xml")).contains("<f>"));
        }
    }
}

#[test]
fn a_total_that_was_keyed_stays_and_the_check_says_that_it_is_none() {
    let mut report = sample(Form::current());
    let place = "requests/received/total";
    let total = report.number(Place::parse(place).unwrap().cell().unwrap()).unwrap().as_whole().unwrap();
    set(&mut report, place, &(total + 5).to_string());
    set(&mut report, "disputes/direct_suit/total", "约20");
    set(&mut report, "disputes/reconsideration/total", "");
    let bytes = written(&report, Kind::Workbook);
    assert_eq!(lost(&report, Kind::Workbook), Edit::default());
    let requests = part(&bytes, "xl/worksheets/sheet3.xml");
    // Its row, and the balance of its column.
    assert_eq!(requests.matches("<v>差 5</v>").count(), 1, "{requests}");
    assert_eq!(requests.matches("<v>差 -5</v>").count(), 1, "{requests}");
    assert_eq!(part(&bytes, "xl/worksheets/sheet4.xml").matches("<v>未填全</v>").count(), 2);
}

#[test]
fn numbers_keep_their_spelling_and_texts_stay_texts() {
    let mut report = sample(Form::current());
    for (place, text) in [
        ("proactive/fees/amount", "12.50"),
        ("proactive/licenses/decisions", "999999999999"),
        ("proactive/penalties/decisions", "999999999999.9999"),
        ("requests/received/business", "=1+1"),
        ("requests/received/research", "1234567890123"),
        ("requests/granted/business", "+5"),
        ("requests/granted/research", "-3"),
        ("requests/granted/total", "0.50"),
        ("requests/granted/legal_service", "'=1"),
        ("requests/repeated/business", "甲\n乙"),
        ("requests/repeated/research", "_x0041_<&>\"'"),
        ("disputes/direct_suit/upheld", "-"),
    ] {
        set(&mut report, place, text);
        for kind in [Kind::Workbook, Kind::Csv] {
            assert_eq!(lost(&report, kind), Edit::default(), "{text} {kind:?}");
        }
    }
}

#[test]
fn nothing_that_is_hidden_goes_out_and_nothing_in_a_table_is_taken_for_a_formula() {
    let mut report = sample(Form::current());
    for place in ["overview", "@title", "requests/received/business"] {
        set(&mut report, place, "＝1\u{1b}[31m乙\u{202e}");
    }
    let csv = String::from_utf8(written(&report, Kind::Csv)).unwrap();
    assert!(csv.starts_with("\u{feff}\"'＝1[U+001B][31m乙[U+202E]\"\r\n"), "{csv}");
    assert_eq!(csv.matches("\"'＝1[U+001B][31m乙[U+202E]\"").count(), 3, "{csv}");
    let strings = part(&written(&report, Kind::Workbook), "xl/sharedStrings.xml");
    // Title and cell share theirs.
    assert_eq!(strings.matches("＝1[U+001B][31m乙[U+202E]").count(), 2, "{strings}");
}

#[test]
fn a_long_paragraph_and_a_signature_come_back() {
    let mut report = sample(Form::current());
    set(&mut report, "overview", &"今年收到申请12件，均已答复。".repeat(300));
    set(&mut report, "@published", "2026年1月15日");
    for kind in [Kind::Workbook, Kind::Csv] {
        assert_eq!(lost(&report, kind), Edit::default(), "{kind:?}");
    }
    let sheet = part(&written(&report, Kind::Workbook), "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<mergeCell "), "a row is not high enough for so many lines");
}

#[test]
fn files_of_commas_are_known_in_other_encodings_and_with_other_separators() {
    let report = sample(Form::current());
    let csv = String::from_utf8(written(&report, Kind::Csv)).unwrap();
    let bare = csv.trim_start_matches('\u{feff}');
    let (gb, _, _) = encoding_rs::GB18030.encode(bare);
    assert_eq!(import::read(&gb).unwrap(), report);
    assert_eq!(import::read(bare.replace('"', "").replace(',', "\t").as_bytes()).unwrap(), report);
    let semicolons = |line: &str| {
        if line.starts_with('"') && !line.contains("\",") { line.to_owned() } else { line.replace(',', ";") }
    };
    let lines: Vec<String> = bare.lines().map(semicolons).collect();
    assert_eq!(import::read(lines.join("\n").as_bytes()).unwrap(), report);
    // As a spreadsheet saves it: every row as long as the longest.
    let widest = 14;
    let pad = |line: &str| format!("{line}{}", ",".repeat(widest - line.matches(',').count()));
    let padded: Vec<String> = bare.lines().map(pad).collect();
    assert_eq!(import::read(padded.join("\r\n").as_bytes()).unwrap(), report);
}

#[test]
fn the_title_and_the_headings_are_marked() {
    let bytes = written(&sample(Form::current()), Kind::Workbook);
    let title = sample(Form::current()).text(Field::Title).to_owned();
    assert!(part(&bytes, "docProps/core.xml").contains(&format!("<dc:title>{title}</dc:title>")));
    assert!(part(&bytes, "xl/workbook.xml").contains("name=\"四、政府信息公开行政复议、行政诉讼情况\""));
}

#[test]
fn a_workbook_that_another_program_has_saved_is_read_the_same() {
    let data =
        |name: &str| std::fs::read(format!("{}/tests/data/xlsx/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let report = Report::from_bytes(&data("libreoffice.json")).unwrap();
    let saved = import::read(&data("libreoffice.xlsx")).unwrap();
    assert_eq!(saved.notices().count(), 1, "the cell that holds no number");
    assert_eq!(unnoticed(saved).diff(&report), Edit::default());
}

#[test]
fn another_reader_finds_every_text_and_number() {
    let mut report = sample(Form::current());
    set(&mut report, "requests/granted/business", "约20");
    let bytes = Cursor::new(written(&report, Kind::Workbook));
    let format = office_oxide::DocumentFormat::Xlsx;
    let text = office_oxide::Document::from_reader(bytes, format).unwrap().plain_text();
    let values = report.values().filter(|(place, _)| place.section().is_some());
    for (place, value) in values {
        assert!(text.contains(&value.to_string()), "{place} {value}\n{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn workbooks_and_commas_are_read_back(old in report(Form::from_key("2019").unwrap()), new in report(Form::current())) {
        for mut report in [old, new] {
            prop_assert_eq!(lost(&report, Kind::Workbook), Edit::default());
            // Between commas no line is marked as the title.
            let title = Form::title(report.agency(), report.year().unwrap());
            report.apply(Edit::set(Field::Title, Some(Value::Text(title))));
            prop_assert_eq!(lost(&report, Kind::Csv), Edit::default());
        }
    }

    #[test]
    fn prose_in_a_workbook_may_look_like_anything(lines in proptest::collection::vec(
        "二、主动公开政府信息情况|五、存在的主要问题及改进情况|六|规章,1,2,3|# 一、总体情况|某某年度报告|=1[+]1|甲\t乙|.{0,6}字", 1..6),
    ) {
        for form in Form::all() {
            let mut report = sample(form);
            let text = lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join("\n");
            for section in Section::PROSE {
                report.apply(Edit::set(section, Value::read(section.into(), &text).0));
            }
            let is_shown = |line: &str| line.split('\t').all(|piece| nianbao::width::shown(piece) == piece);
            if text.lines().all(is_shown) {
                prop_assert_eq!(lost(&report, Kind::Workbook), Edit::default());
            }
        }
    }
}
