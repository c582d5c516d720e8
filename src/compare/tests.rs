//! Two reports side by side, and the follow-up of their findings.

use super::*;
use crate::check;
use crate::form::Form;
use crate::report::Edit;

fn report_on(form: &str, values: &[(&str, &str)]) -> Report {
    let mut report = Report::new(Form::from_key(form).unwrap());
    for (place, text) in values {
        let place = Place::parse(place).unwrap();
        assert!(place.is_in(report.form()), "{place}");
        report.apply(Edit::set(place, Value::read(place, text).0));
    }
    report
}

fn report(values: &[(&str, &str)]) -> Report {
    report_on("2021", values)
}

const OURS: [(&str, &str); 2] = [("@agency", "岚桥县青石镇人民政府"), ("@year", "2025")];

fn with(values: &[(&str, &str)]) -> Report {
    report(&[&OURS, values].concat())
}

#[test]
fn what_differs_is_told_in_the_order_of_the_report() {
    let old = with(&[
        ("requests/received/business", "3"),
        ("requests/received/research", "5"),
        ("overview", "公开七件。"),
        ("other_matters", "没有。"),
    ]);
    let new = with(&[
        ("@published", "2026-01-15"),
        ("requests/received/business", "4"),
        ("requests/received/research", "5"),
        ("proactive/fees/amount", "0.5"),
        ("overview", "公开八件。"),
        ("other_matters", "没有。"),
        ("@totals", "computed"),
    ]);
    let comparison = Comparison::between(&old, &new);
    let places: Vec<String> = comparison.changes.iter().map(|change| change.place.to_string()).collect();
    assert_eq!(places, ["@published", "overview", "proactive/fees/amount", "requests/received/business"]);
    assert_eq!((comparison.occasion, comparison.same, comparison.left_out), (Occasion::Versions, 1, [0, 0]));
    assert_eq!(comparison.warnings, [""; 0]);
    let differences: Vec<_> = comparison.changes.iter().map(Change::difference).collect();
    assert_eq!(differences, [None, None, None, Some(Decimal::whole(1))]);
    assert!(Comparison::between(&new, &new).is_empty());
}

#[test]
fn the_years_say_whether_it_is_a_version_or_another_year() {
    let year = |year: &str| report(&[OURS[0], ("@year", year), ("requests/received/total", year)]);
    let comparison = Comparison::between(&year("2024"), &year("2025"));
    assert_eq!((comparison.occasion, &comparison.warnings), (Occasion::Years, &Vec::new()));
    // The year itself is a number, and has no difference that anybody asks for.
    assert_eq!(comparison.changes[0].difference(), None);
    assert_eq!(comparison.changes[1].ratio().unwrap().per_mille(), Some(1000));
    let backwards = Comparison::between(&year("2025"), &year("2024"));
    assert_eq!(backwards.occasion, Occasion::Years);
    assert!(backwards.warnings[0].contains("年份倒了"), "{:?}", backwards.warnings);
    let unknown = Comparison::between(&report(&OURS[..1]), &year("2025"));
    assert_eq!(unknown.occasion, Occasion::Versions);
    assert!(unknown.warnings[0].contains("没有写明年度"), "{:?}", unknown.warnings);
}

#[test]
fn another_organ_is_said_and_a_left_out_county_is_none() {
    let of = |agency: &str| report(&[("@agency", agency), OURS[1]]);
    let warned = |one: &str, other: &str| Comparison::between(&of(one), &of(other)).warnings;
    assert_eq!(warned("青石镇人民政府", "岚桥县青石镇人民政府"), [""; 0]);
    assert!(warned("青石镇人民政府", "云溪镇人民政府")[0].contains("“云溪镇人民政府”"));
    assert!(warned("青石镇人民政府", "")[0].contains("没有写明机关"));
    assert_eq!(warned("", "").len(), 1);
}

#[test]
fn of_two_forms_only_what_both_have_is_compared() {
    let old = report_on(
        "2019",
        &[
            OURS[0],
            ("@year", "2020"),
            ("proactive/regulations/produced", "2"),
            ("requests/received/total", "7"),
        ],
    );
    let new = with(&[
        ("requests/received/total", "9"),
        ("proactive/regulations/issued", "2"),
        ("proactive/regulations/in_force", "4"),
    ]);
    let comparison = Comparison::between(&old, &new);
    let cells: Vec<_> = comparison.changes.iter().filter(|change| change.place.cell().is_some()).collect();
    assert_eq!(cells.len(), 1);
    assert_eq!(comparison.left_out, [1, 2]);
    assert!(comparison.warnings[0].contains("前一份另有 1 格、后一份另有 2 格"), "{:?}", comparison.warnings);
    assert!(!Comparison::between(&old, &report_on("2021", &[])).is_empty());
}

#[test]
fn a_finding_is_gone_new_or_still_there_if_with_other_numbers() {
    let sums = |received: &str, column: &str, total: &str| {
        with(&[
            (&format!("requests/received/{column}"), received),
            ("requests/received/total", total),
            ("requests/carried_in/total", "0"),
        ])
    };
    let review = |report: &Report| {
        let mut review = check::check(report);
        review.findings.retain(|finding| finding.rule.id == "I02" || finding.is_of_a_sum());
        review
    };
    let stale = |report: &Report, text: &str| {
        let mut report = report.clone();
        report.apply(Edit::set(Section::OtherMatters, Some(Value::Text(text.to_owned()))));
        review(&report)
    };
    let zero = |mut report: Report| {
        let blanks =
            report.form().cells().iter().map(|info| info.cell).filter(|cell| report.get(*cell).is_none());
        let blanks: Vec<_> = blanks.collect();
        for cell in blanks {
            report.apply(Edit::set(cell, Some(Value::count(0))));
        }
        report
    };
    let base = zero(sums("3", "business", "5"));
    let old = stale(&base, "2023年没有收取信息处理费。");
    let new = stale(&zero(sums("3", "business", "6")), "没有收取信息处理费。");
    let rules = |findings: &[&Finding]| findings.iter().map(|finding| finding.rule.id).collect::<Vec<_>>();
    let follow_up = FollowUp::between(&old, &new);
    assert_eq!(rules(&follow_up.gone), ["I02"]);
    assert!(follow_up.new.is_empty() && !follow_up.is_empty());
    assert!(!follow_up.still.is_empty());
    assert!(follow_up.still.iter().any(|(then, now)| then.message != now.message && then.rule.id == "A03"));
    let back = FollowUp::between(&new, &old);
    assert_eq!((rules(&back.new), back.gone.len()), (vec!["I02"], 0));
    assert_eq!(back.still.len(), follow_up.still.len());
    let none = FollowUp::between(&old, &old);
    assert!(none.is_empty() && none.still.iter().all(|(then, now)| then.message == now.message));
    assert_eq!(none.still.len(), old.findings.len());
}

#[test]
fn of_two_like_findings_the_one_in_the_same_words_stays() {
    let review = |totals: &[i64]| {
        let mut review = Review::default();
        for total in totals {
            let place = Place::parse("requests/received/total").unwrap();
            review.find(check::rule("A01").unwrap(), format!("合计 {total}，不符"), vec![place]);
        }
        review
    };
    let (old, new) = (review(&[1, 2]), review(&[2]));
    let follow_up = FollowUp::between(&old, &new);
    assert_eq!(follow_up.gone[0].message, "合计 1，不符");
    assert_eq!(follow_up.still[0].0.message, "合计 2，不符");
    assert_eq!(FollowUp::between(&review(&[7]), &review(&[8])).still.len(), 1);
}
