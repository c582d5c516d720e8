//! The saved shape, the lapse of notices, waivers, the new year from the last.

use super::*;
use crate::form::terms::{Column, Row};

const RECEIVED: Cell = Cell { row: Row::Received, column: Column::NaturalPerson };

fn notice(place: impl Into<Place>) -> Notice {
    Notice {
        kind: NoticeKind::TextInCell,
        place: Some(place.into()),
        quote: "/".to_owned(),
        at: "第 3 行".to_owned(),
        message: "不是数".to_owned(),
    }
}

fn with(places: &[(&str, &str)]) -> Report {
    let mut report = Report::new(Form::current());
    for (place, text) in places {
        let place = Place::parse(place).unwrap();
        report.apply(Edit::set(place, Value::read(place, text).0));
    }
    report
}

/// A report with these counts.
pub(crate) fn with_counts(cells: &[(&str, i64)]) -> Report {
    let mut report = Report::new(Form::current());
    for (place, count) in cells {
        report.apply(Edit::set(Place::parse(place).unwrap(), Some(Value::count(*count))));
    }
    report
}

#[test]
fn the_saved_shape_is_the_one_that_other_programs_rely_on() {
    let report = with(&[
        ("@agency", "云溪镇人民政府"),
        ("@year", "2024"),
        ("overview", "2024 年"),
        ("requests/received/natural_person", "１２"),
        ("requests/received/business", "/"),
        ("proactive/fees/amount", "96171.60"),
        ("proactive/fees/amount", "96171.6"),
    ]);
    assert_eq!(
        report.to_json(),
        r#"{"schema":1,"form":"2021","values":{"@agency":"云溪镇人民政府","@year":2024,"overview":"2024 年","proactive/fees/amount":"96171.6","requests/received/natural_person":12,"requests/received/business":"/"},"notices":[]}"#
    );
    assert_eq!(Report::from_json(&report.to_json()).unwrap(), report);
}

#[test]
fn whatever_is_put_in_a_report_is_read_back_as_it_stands() {
    let mut report = Report::new(Form::current());
    let fee = Place::parse("proactive/fees/amount").unwrap();
    for (place, value) in [
        (RECEIVED.into(), Value::count(1_000_000_000_000)),
        (fee, Value::Number(Decimal::parse("2.3456").unwrap().times_ten_to(-2).unwrap())),
        (Section::Overview.into(), Value::Text("\n一\r\n二\r三\n".to_owned())),
        (Section::Problems.into(), Value::Text(String::new())),
        (Field::Agency.into(), Value::Text(" 云溪镇人民政府\n".to_owned())),
    ] {
        report.apply(Edit::set(place, Some(value)));
        assert_eq!(Report::from_json(&report.to_json()).unwrap(), report);
    }
    let spelled: Vec<String> = report.values().map(|(place, value)| format!("{place}={value}")).collect();
    assert_eq!(
        spelled,
        [
            "@agency=云溪镇人民政府",
            "overview=一\n二\n三",
            "proactive/fees/amount=0.023456",
            "requests/received/natural_person=1000000000000",
        ]
    );
    assert!(
        report.values().all(|(_, value)| value.number().is_none()),
        "text, for no cell holds it as a number"
    );
}

#[test]
fn a_number_that_no_cell_holds_is_read_as_text() {
    let json = r#"{"form":"2021","values":{"requests/received/natural_person":1000000000000}}"#;
    let report = Report::from_json(json).unwrap();
    assert_eq!(report.get(RECEIVED), Some(&Value::Text("1000000000000".to_owned())));
}

#[test]
fn a_count_is_read_as_it_stands_however_the_json_is_laid_out() {
    for (spelled, count) in [("999999999999", 999_999_999_999), ("-5", -5)] {
        for blank in ["", " "] {
            let values =
                format!(r#"{{"@year":{blank}2025,"requests/received/natural_person":{blank}{spelled}}}"#);
            let report = Report::from_json(&format!(r#"{{"form":"2021","values":{values}}}"#)).unwrap();
            assert_eq!(report.get(RECEIVED), Some(&Value::count(count)), "{values}");
            assert_eq!((report.year(), report.notices().count()), (Some(2025), 0), "{values}");
        }
    }
}

#[test]
fn blank_text_and_zero_stay_three_things() {
    let report = with(&[("requests/received/natural_person", "0"), ("requests/received/business", "无")]);
    let cell = |column| report.get(Cell { row: Row::Received, column });
    assert_eq!(cell(Column::NaturalPerson), Some(&Value::count(0)));
    assert_eq!(cell(Column::Business), Some(&Value::Text("无".to_owned())));
    assert_eq!(cell(Column::Research), None);
}

#[test]
fn a_notice_lapses_with_its_place_and_comes_back_with_undo() {
    let mut report = Report::new(Form::current());
    let table = Notice { kind: NoticeKind::TableMissing, ..notice(Section::Requests) };
    report.apply(Edit {
        notices: [(notice(RECEIVED), true), (table.clone(), true), (notice(Section::Problems), true)].into(),
        ..Edit::default()
    });
    let before = report.clone();
    let inverse = report.apply(Edit::set(RECEIVED, Some(Value::count(3))));
    assert_eq!(report.notices().collect::<Vec<_>>(), [&notice(Section::Problems)]);
    report.apply(inverse);
    assert_eq!(report, before);
}

#[test]
fn the_same_value_again_is_no_edit() {
    let mut report = with(&[("requests/received/natural_person", "3")]);
    report.apply(Edit { notices: [(notice(RECEIVED), true)].into(), ..Edit::default() });
    let inverse = report.apply(Edit::set(RECEIVED, Some(Value::count(3))));
    assert!(inverse.is_empty());
    assert_eq!(report.notices().count(), 1);
}

#[test]
fn foreign_files_are_refused_by_name() {
    let error = |json: &str| Report::from_json(json).unwrap_err().to_string();
    assert!(error("{").contains("不是本程序保存的报告"));
    assert!(error(r#"{"schema":2,"rows":[]}"#).contains("更新的版本"));
    assert!(error(r#"{"schema":1,"form":"2030","values":{}}"#).contains("2030"));
    assert!(
        error(r#"{"form":"2021","values":{"requests/received/all":1}}"#).contains("requests/received/all")
    );
    assert!(error(r#"{"form":"2021","values":{"proactive/procurement/projects":1}}"#).contains("表样 2021"));
    assert!(error(r#"{"form":"2021","values":{"overview":[1]}}"#).contains("overview"));
}

#[test]
fn the_new_year_takes_the_carry_over_and_nothing_else() {
    let last = with(&[
        ("@agency", "云溪镇人民政府"),
        ("@year", "2024"),
        ("@level", "township"),
        ("overview", "去年的话"),
        ("requests/received/total", "7"),
        ("requests/carried_out/natural_person", "2"),
        ("requests/carried_out/total", "2"),
    ]);
    assert!(
        last.rollover(2026).values.keys().all(|place| place.cell().is_none()),
        "a year is missing between"
    );
    let mut next = Report::new(Form::current());
    next.apply(last.rollover(2025));
    let spelled: Vec<String> = next.values().map(|(place, value)| format!("{place}={value}")).collect();
    assert_eq!(
        spelled,
        [
            "@agency=云溪镇人民政府",
            "@level=township",
            "@year=2025",
            "@title=云溪镇人民政府2025年政府信息公开工作年度报告",
            "requests/carried_in/natural_person=2",
            "requests/carried_in/total=2",
        ]
    );
}

#[test]
fn a_year_is_read_with_its_unit_and_nothing_else() {
    let read = |text| Value::read(Field::Year.into(), text);
    for text in ["2025年", " 2025年度 ", "２０２５"] {
        assert_eq!(read(text), (Some(Value::count(2025)), true), "{text}");
    }
    assert_eq!(read("2025"), (Some(Value::count(2025)), false));
    for text in ["2025度", "2025年年", "去年", "年"] {
        assert_eq!(read(text), (Some(Value::Text(text.to_owned())), false), "{text}");
    }
    assert_eq!(read("  "), (None, false));
}

#[test]
fn a_waiver_is_patched_saved_and_taken_back_like_a_value() {
    let mut report = Report::new(Form::current());
    let waiver = |finding: &str| Waiver {
        rule: "P01".to_owned(),
        place: Some(Section::Overview.into()),
        finding: finding.to_owned(),
    };
    let blank = report.clone();
    let inverse = report.apply(Edit::waive(waiver("12 与 13"), Some("口径不同".to_owned())));
    assert_eq!(report.waived(&waiver("12 与 13")), Some("口径不同"));
    assert_eq!(report.waived(&waiver("12 与 14")), None);
    assert_eq!(
        report.to_json(),
        r#"{"schema":1,"form":"2021","values":{},"notices":[],"waivers":[{"rule":"P01","place":"overview","finding":"12 与 13","reason":"口径不同"}]}"#
    );
    assert_eq!(Report::from_json(&report.to_json()).unwrap(), report);
    let edit: Edit = serde_json::from_str(&serde_json::to_string(&inverse).unwrap()).unwrap();
    report.apply(edit);
    assert_eq!(report, blank);
}

#[test]
fn of_a_place_that_is_saved_twice_the_last_counts() {
    let read = |values: &str| {
        let saved = format!(r#"{{"schema":1,"form":"2021","values":{{{values}}},"notices":[]}}"#);
        let report = Report::from_json(&saved).unwrap();
        let place = Place::parse("requests/received/total").unwrap();
        (report.get(place).map(ToString::to_string), report.notices().count())
    };
    let twice = |one: &str, other: &str| {
        read(&format!(r#""requests/received/total":{one},"overview":"甲","requests/received/total":{other}"#))
    };
    assert_eq!(twice("5", "7"), (Some("7".to_owned()), 0));
    assert_eq!(twice("5", "null"), (None, 0));
    assert_eq!(twice("5", r#""""#), (None, 0));
    assert_eq!(twice("[]", "7"), (Some("7".to_owned()), 0), "what does not count is no error");
    assert_eq!(twice(r#""１２件""#, "7"), (Some("7".to_owned()), 0), "and needs no notice");
}
