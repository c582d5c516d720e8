//! Every rule on its own examples, and the table of rules as a whole.

use nianbao::check::{self, Basis, Example, RULES, Severity};
use nianbao::form::Form;
use nianbao::report::{Edit, Notice, Place, Report, Value};

use crate::sound::{self, Dice};

/// A sound report with an example's patch: places, `!form`, and `!kind-of-notice` with the place that it is about.
fn after(example: Example) -> Report {
    let form = example.iter().find(|(place, _)| *place == "!form").map_or("2021", |(_, form)| *form);
    let form = Form::from_key(form).unwrap();
    let mut report = sound::report(form, &sound::counts(form, &mut Dice::new(7)));
    for (spelling, text) in example.iter().filter(|(place, _)| *place != "!form") {
        let edit = match spelling.strip_prefix('!') {
            Some(kind) => Edit { notices: [(notice(kind, text), true)].into(), ..Edit::default() },
            None => {
                let place = Place::parse(spelling).unwrap();
                Edit::set(place, Value::read(place, text).0)
            }
        };
        report.apply(edit);
    }
    report
}

fn notice(kind: &str, place: &str) -> Notice {
    let json = serde_json::json!({"kind": kind, "place": place, "message": "原文件与表样不同。"});
    serde_json::from_value(json).unwrap()
}

fn found(rule: &str, report: &Report) -> usize {
    check::check(report).findings.iter().filter(|finding| finding.rule.id == rule).count()
}

#[test]
fn every_rule_finds_its_wrong_examples_and_leaves_its_right_ones_alone() {
    for rule in RULES {
        assert!(!rule.wrong.is_empty() && !rule.right.is_empty(), "{}", rule.id);
        for example in rule.wrong {
            assert!(found(rule.id, &after(example)) > 0, "{} misses {example:?}", rule.id);
        }
        for example in rule.right {
            assert_eq!(found(rule.id, &after(example)), 0, "{} at {example:?}", rule.id);
        }
    }
}

#[test]
fn ids_are_in_order_and_errors_cite_a_text() {
    assert!(RULES.windows(2).all(|pair| pair[0].id < pair[1].id));
    for rule in RULES {
        assert!(rule.severity != Severity::Error || rule.basis != Basis::Practice, "{}", rule.id);
        assert!(rule.explanation.chars().count() > 20, "{}", rule.id);
        assert_eq!(check::rule(&rule.id.to_lowercase()).map(|r| r.id), Some(rule.id));
    }
}

#[test]
fn every_message_says_where_and_what_to_do() {
    for rule in RULES {
        for example in rule.wrong {
            let review = check::check(&after(example));
            for finding in review.findings.iter().filter(|f| f.rule.id == rule.id) {
                assert!(finding.message.ends_with('。'), "{}", finding.message);
                assert!(!finding.places.is_empty(), "{}", finding.message);
            }
        }
    }
}

#[test]
fn messages_read_as_a_clerk_needs_them() {
    let first = |rule: &str, example: Example| {
        let review = check::check(&after(example));
        review.findings.iter().find(|f| f.rule.id == rule).unwrap().message.clone()
    };
    assert_eq!(
        first(
            "A04",
            &[
                ("disputes/reconsideration/upheld", "10"),
                ("disputes/reconsideration/corrected", "1"),
                ("disputes/reconsideration/other", "0"),
                ("disputes/reconsideration/pending", "0"),
                ("disputes/reconsideration/total", "0")
            ]
        ),
        "表四“行政复议”：10 + 1 + 0 + 0 = 11，总计填的是 0，差 11。请核对本行各格或改总计。"
    );
    assert_eq!(
        first("A05", &[("requests/received/business", "约20")]),
        "一、本年新收政府信息公开申请数量，商业企业：填的是“约20”，读不成一个数。请只写一个数，不写“约”“余”和单位。"
    );
    assert_eq!(
        first("I02", &[("overview", "2024 年，全镇公开信息77条。")]),
        "写的是“2024 年”，报告年度是 2025 年。沿用上年文稿漏改的，请改为 2025 年。"
    );
}

#[test]
fn a_blank_that_the_sums_determine_is_offered_with_its_value() {
    let report = after(&[("requests/concluded/business", "")]);
    let right = sound::report(Form::current(), &sound::counts(Form::current(), &mut Dice::new(7)));
    let review = check::check(&report);
    assert!(review.findings.iter().all(|f| !matches!(f.rule.id, "A01" | "A02" | "A03" | "A04" | "A08")));
    let fix = &review.findings.iter().find(|f| f.rule.id == "A06").unwrap().fixes[0];
    let mut mended = report;
    mended.apply(fix.edit());
    assert_eq!(mended, right);
}

#[test]
fn what_cannot_be_evaluated_is_said() {
    let review = check::check(&Report::new(Form::current()));
    let unknown: Vec<&str> = review.unknown.iter().map(|unknown| unknown.rule).collect();
    assert_eq!(unknown, ["A01", "A02", "A03", "A04", "I01", "I02", "S06"]);
    let review = check::check(&after(&[]));
    assert!(review.unknown.is_empty() && review.findings.is_empty(), "{:?}", review.findings);
}
