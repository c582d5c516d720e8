//! Files of old office programs: written by LibreOffice from our layout, read back to the character.

use std::path::PathBuf;

use nianbao::confine;
use nianbao::document::compose::compose;
use nianbao::form::terms::{Field, Level, Section};
use nianbao::import;
use nianbao::report::{Edit, Notice, Place, Report, Value};

use crate::office::{converted, page};
use crate::support::truth;

/// Real numbers, under the names of offices that there are not.
const REPORTS: [(&str, &str, i64); 4] = [
    ("baliying_town_2024", "云溪镇人民政府", 2024),
    ("hangzhou_style_2025", "云岭县水务局", 2025),
    ("suqian_city_2023", "临江市人民政府", 2023),
    ("suqian_city_2024", "岚桥县人民政府", 2024),
];

/// Prose with what writers of files are apt to change.
const PROSE: [(Section, &str); 4] = [
    (Section::Lead, "本报告依照《中华人民共和国政府信息公开条例》编制，数据统计期限为1月1日至12月31日。"),
    (
        Section::Overview,
        "（一）主动公开。全年公开信息1,280条，同比增长3.5%；“两微一端”发布<310>条 & 转载56条。\n\
         （二）依申请公开。按时答复率100%——没有逾期……\n\
         （三）平台建设。网址：http://www.yunxi.example/zwgk?id=1&type=2。",
    ),
    (Section::Problems, "一是更新还不及时；二是解读形式单一。\n下一步：1．按月检查；2．每季培训1次。"),
    (Section::OtherMatters, "2025年没有收取信息处理费。\tㄅ①㎡℃，𠮷野家。"),
];

/// A report with the numbers of a real one, and words of ours.
fn report(name: &str, agency: &str, year: i64) -> Option<Report> {
    let truth = truth(name)?;
    let mut report = Report::new(truth.form());
    for (place, value) in truth.values().filter(|(place, _)| place.cell().is_some()) {
        report.apply(Edit::set(place, Some(value.clone())));
    }
    report.apply(Report::identity(agency, Level::of_name(agency), year));
    report.apply(Edit::set(Field::Published, Some(Value::Text(format!("{}-01-20", year + 1)))));
    for (section, text) in PROSE {
        report.apply(Edit::set(section, Some(Value::Text(text.replace('\t', "　")))));
    }
    Some(report)
}

/// Writes the four reports in a format and reads them back.
fn round_trip(application: &str, filter: &str, read: impl Fn(&[u8]) -> Report) {
    let directory = tempfile::tempdir().unwrap();
    let mut reports = Vec::new();
    for (name, agency, year) in REPORTS {
        let Some(report) = report(name, agency, year) else { return };
        let path = directory.path().join(format!("{name}.html"));
        std::fs::write(&path, page(&compose(&report))).unwrap();
        reports.push((report, path));
    }
    let paths: Vec<PathBuf> = reports.iter().map(|(_, path)| path.clone()).collect();
    let Some(files) = converted(directory.path(), &paths, application, filter) else { return };
    for ((report, _), bytes) in reports.iter().zip(files) {
        same(report, &read(&bytes), filter);
    }
}

/// Asserts that every cell and every word is the same.
#[track_caller]
fn same(report: &Report, read: &Report, name: &str) {
    let notices: Vec<_> = read.notices().map(|notice| (&notice.message, &notice.quote)).collect();
    let missing: Vec<(Place, _)> = report
        .values()
        .filter(|(place, value)| read.get(*place) != Some(*value))
        .map(|(place, value)| (place, (value.to_string(), read.get(place).map(ToString::to_string))))
        .collect();
    assert!(missing.is_empty(), "{name}: {missing:?}\n{notices:?}");
    let more: Vec<_> = read.values().filter(|(place, _)| report.get(*place).is_none()).collect();
    assert!(more.is_empty(), "{name}: {more:?}\n{notices:?}");
    assert!(notices.is_empty(), "{name}: {notices:?}");
}

#[test]
fn reports_as_word_documents_of_before_2007() {
    round_trip("--writer", "doc:MS Word 97", |bytes| import::read(bytes).unwrap());
}

#[test]
fn reports_as_workbooks_of_before_2007() {
    round_trip("--infilter=HTML (StarCalc)", "xls:MS Excel 97", |bytes| import::read(bytes).unwrap());
}

/// Reads what only LibreOffice knows; takes away the remark that it was used, which must be there.
fn read_through_office(bytes: &[u8]) -> Report {
    let mut report = confine::read(bytes).unwrap().report;
    let said: Vec<Notice> =
        report.notices().filter(|notice| notice.message.contains("借助 LibreOffice")).cloned().collect();
    assert_eq!(said.len(), 1);
    let notices = said.into_iter().map(|notice| (notice, false)).collect();
    report.apply(Edit { notices, ..Edit::default() });
    report
}

#[test]
fn reports_as_rich_text() {
    round_trip("--writer", "rtf:Rich Text Format", read_through_office);
}

#[test]
fn reports_as_workbooks_of_opendocument() {
    round_trip("--infilter=HTML (StarCalc)", "ods:calc8", read_through_office);
}
