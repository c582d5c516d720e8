//! What goes out: safe to show, aligned for the eye, signed.

use nianbao::check;
use nianbao::document::Block;
use nianbao::export::{self, Extent, Faces, Kind};
use nianbao::form::Form;
use nianbao::form::terms::{Field, Section};
use nianbao::import;
use nianbao::report::{Edit, Place, Report, Value};
use nianbao::width::{self, Ambiguous};

use crate::sound::{self, Dice};
use crate::support::written;

fn exported(report: &Report, kind: Kind) -> String {
    String::from_utf8(written(report, kind)).unwrap()
}

fn sound_report(form: &'static Form) -> Report {
    sound::report(form, &sound::counts(form, &mut Dice::new(3)))
}

#[test]
fn the_pipes_of_every_table_line_up() {
    for form in Form::all() {
        let mut report = sound_report(form);
        let fees = Place::parse("requests/received/business").unwrap();
        report.apply(Edit::set(fees, Some(Value::Text("约二十件（含上年结转的三件）".to_owned()))));
        let text = exported(&report, Kind::Text);
        let mut tables: Vec<Vec<Vec<usize>>> = vec![Vec::new()];
        for line in text.lines() {
            if !line.starts_with('|') {
                tables.push(Vec::new());
                continue;
            }
            let pipe = |(at, _): (usize, &str)| width::width(&line[..at], Ambiguous::Narrow);
            tables.last_mut().unwrap().push(line.match_indices('|').map(pipe).collect());
        }
        tables.retain(|table| !table.is_empty());
        assert_eq!(tables.len(), 3);
        for table in tables {
            assert!(table.iter().all(|pipes| *pipes == table[0]), "{text}");
            assert!(table[0].last() < Some(&240), "{text}");
        }
        assert_eq!(import::read(text.as_bytes()).unwrap().get(fees), report.get(fees));
    }
}

#[test]
fn nothing_that_a_terminal_obeys_or_hides_goes_out() {
    let mut report = sound_report(Form::current());
    let bad = "甲\u{1b}[31m乙\u{202e}丙\u{200b}丁\u{7}";
    let cell = Place::parse("requests/received/business").unwrap();
    for place in [Field::Title.into(), Section::Overview.into(), Section::OtherMatters.into(), cell] {
        report.apply(Edit::set(place, Some(Value::Text(bad.to_owned()))));
    }
    for kind in [Kind::Text, Kind::Markdown] {
        let text = exported(&report, kind);
        assert_eq!(text.matches("甲[U+001B]").count(), 4, "{kind:?}");
        assert!(text.lines().all(|line| width::shown(line) == line), "{kind:?}");
    }
    assert_eq!(Report::from_json(exported(&report, Kind::Json).trim()).unwrap(), report);
}

#[test]
fn the_day_of_publishing_goes_out_as_the_signature() {
    let mut report = sound_report(Form::current());
    report.apply(Edit::set(Field::Published, Some(Value::Text("2026-01-06".to_owned()))));
    for kind in [Kind::Text, Kind::Markdown] {
        let text = exported(&report, kind);
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        assert_eq!(lines[lines.len() - 2..], ["云溪镇人民政府", "2026年1月6日"], "{kind:?}");
        assert_eq!(import::read(text.as_bytes()).unwrap(), report, "{kind:?}");
    }
}

#[test]
fn a_day_goes_out_and_is_checked_however_it_was_written() {
    for written in [
        "2026-03-15",
        "2026.3.15",
        "2026/3/15",
        "2026年3月15日",
        "２０２６年３月１５日",
        "2026 年 3 月 15 日",
        "二〇二六年三月十五日",
    ] {
        let mut report = sound_report(Form::current());
        report.apply(Edit::set(Field::Published, Some(Value::Text(written.to_owned()))));
        assert_eq!(report.text(Field::Published), "2026-03-15", "{written}");
        assert!(
            exported(&report, Kind::Text).ends_with("云溪镇人民政府\n\n　　2026年3月15日\n"),
            "{written}"
        );
        let review = check::check(&report);
        assert!(review.findings.iter().any(|finding| finding.rule.id == "I06"), "{written}");
    }
    // What is no day stays as it was written, and the rule says that it is none.
    for written in ["年初", "2026年2月30日", "2026-9223372036854775807-1"] {
        let mut report = sound_report(Form::current());
        report.apply(Edit::set(Field::Published, Some(Value::Text(written.to_owned()))));
        assert_eq!(report.text(Field::Published), written);
        let review = check::check(&report);
        let said = review.unknown.iter().find(|unknown| unknown.rule == "I06").unwrap();
        assert!(said.reason.contains(written), "{}", said.reason);
    }
}

/// The formats that have a place for more than the report, and need no fonts.
fn with_room() -> impl Iterator<Item = Kind> {
    Kind::ALL.into_iter().filter(|kind| !matches!(kind, Kind::Json | Kind::Pdf))
}

#[test]
fn what_the_checks_say_goes_out_behind_the_report_and_is_no_part_of_it() {
    let mut report = sound_report(Form::current());
    report.apply(Edit::set(Field::Published, Some(Value::Text("2026-01-06".to_owned()))));
    report.apply(Edit::set(Section::OtherMatters, Some(Value::Text("无其他事项。".to_owned()))));
    let total = Place::parse("requests/granted/total").unwrap();
    report.apply(Edit::set(total, Some(Value::count(99_999))));
    let review = check::check(&report);
    assert!(review.findings.len() > 1);
    for kind in with_room() {
        for findings in [review.findings.as_slice(), &[]] {
            let extent = Extent { findings: Some(findings), ..Extent::default() };
            let bytes = export::write(&report, kind, extent, &Faces::default()).unwrap();
            let document = import::document(&bytes).unwrap();
            let text = |block: &Block| match block {
                Block::Heading { text, .. } | Block::Paragraph { text, .. } => text.clone(),
                Block::Grid(_) => String::new(),
            };
            let text: Vec<String> = document.blocks.iter().map(text).collect();
            let said = text.join("\n");
            assert!(said.contains("附：本程序检查的结果"), "{kind:?}");
            match findings {
                [] => assert!(said.contains("没有发现问题。"), "{kind:?}"),
                [first, ..] => {
                    assert!(said.contains(&first.rule.id.to_owned()) && said.contains("99999"), "{kind:?}")
                }
            }
            assert_eq!(import::read(&bytes).unwrap(), report, "{kind:?}");
        }
    }
}

#[test]
fn the_paragraph_before_section_one_is_left_out_on_demand() {
    let mut report = sound_report(Form::current());
    report.apply(Edit::set(Section::Lead, Some(Value::Text("本报告根据条例编制。".to_owned()))));
    let mut without = report.clone();
    without.apply(Edit::set(Section::Lead, None));
    for kind in with_room().chain([Kind::Json]) {
        let extent = Extent { has_lead: false, findings: None };
        let read = import::read(&export::write(&report, kind, extent, &Faces::default()).unwrap()).unwrap();
        assert_eq!(read, without, "{kind:?}");
        assert_eq!(import::read(&written(&report, kind)).unwrap(), report, "{kind:?}");
    }
}
