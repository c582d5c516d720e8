//! Sentences composed from the tables, read back by the program's own reader: they agree, until a cell is changed.

use nianbao::check::{self, Finding};
use nianbao::form::Form;
use nianbao::form::terms::Section;
use nianbao::prose::{Topic, compose};
use nianbao::report::{Edit, Place, Report, Value};

use crate::laws::samples;
use crate::sound::{Dice, counts, report, spread};

fn sentence(report: &Report, topic: Topic) -> String {
    compose(report, topic).unwrap().unwrap()
}

/// The report with this alone as section one.
fn saying(report: &Report, text: &str) -> Report {
    let mut report = report.clone();
    report.apply(Edit::set(Section::Overview, Some(Value::Text(text.to_owned()))));
    report
}

/// What family P finds in section one.
fn found(report: &Report) -> Vec<Finding> {
    let is_of_prose = |finding: &Finding| {
        finding.rule.id.starts_with('P') && finding.places.contains(&Section::Overview.into())
    };
    check::check(report).findings.into_iter().filter(is_of_prose).collect()
}

#[test]
fn what_is_composed_agrees_with_the_report_that_it_came_from() {
    for seed in 0..samples(150) {
        let mut dice = Dice::new(seed as u64 + 1);
        for form in Form::all() {
            let report = report(form, &counts(form, &mut dice));
            let all: Vec<String> = Topic::ALL
                .into_iter()
                .filter_map(|topic| compose(&report, topic))
                .map(Result::unwrap)
                .collect();
            for text in all.iter().chain([&all.concat(), &all.join("\n")]) {
                let alarms: Vec<String> =
                    found(&saying(&report, text)).into_iter().map(|finding| finding.message).collect();
                assert!(alarms.is_empty(), "seed {seed}: {text}\n{}", alarms.join("\n"));
            }
        }
    }
}

#[test]
fn what_is_composed_agrees_no_more_once_a_cell_that_it_tells_is_changed() {
    for seed in 0..samples(12) {
        let mut dice = Dice::new(seed as u64 + 77);
        let report = report(Form::current(), &spread(Form::current(), &mut dice));
        for topic in Topic::ALL {
            let said = saying(&report, &sentence(&report, topic));
            for cell in topic.cells(&report) {
                let mut changed = said.clone();
                changed.apply(Edit::set(cell, Some(Value::count(7000))));
                assert!(!found(&changed).is_empty(), "{cell:?}: {}", changed.text(Section::Overview));
            }
        }
    }
}

#[test]
fn parts_without_any_are_left_out_and_nothing_at_all_is_said() {
    let form = Form::current();
    let mut zero = Report::new(form);
    zero.apply(Edit {
        values: form.cells().iter().map(|c| (c.cell.into(), Some(Value::count(0)))).collect(),
        ..Edit::default()
    });
    let said = Topic::ALL.map(|topic| sentence(&zero, topic));
    assert_eq!(
        said,
        [
            "本年未收到政府信息公开申请。",
            "未发生因政府信息公开被申请行政复议、被提起行政诉讼的情况。",
            "本年未制发行政规范性文件。",
            "本年未作出行政许可、行政处罚、行政强制决定。",
        ]
    );
    let sample = crate::screens::sample();
    assert_eq!(
        Topic::ALL.map(|topic| sentence(&sample, topic)),
        [
            "本年新收政府信息公开申请16件，上年结转1件；办结17件，其中予以公开11件、部分公开3件、无法提供2件、不予处理1件。",
            "未发生因政府信息公开被申请行政复议、被提起行政诉讼的情况。",
            "本年制发行政规范性文件1件，现行有效4件。",
            "本年作出行政许可决定37件，作出行政处罚决定5件。",
        ]
    );
}

#[test]
fn where_cells_have_no_number_it_is_said_which() {
    let mut report = crate::screens::sample();
    let blank = Place::parse("requests/not_held/total").unwrap();
    let wrong = Place::parse("disputes/direct_suit/upheld").unwrap();
    report.apply(Edit::set(blank, None).then(Edit::set(wrong, Some(Value::Text("约3".to_owned())))));
    assert_eq!(compose(&report, Topic::Requests), Some(Err(vec![blank])));
    assert_eq!(compose(&report, Topic::Disputes), Some(Err(vec![wrong])));
    assert!(matches!(compose(&report, Topic::Documents), Some(Ok(_))));
    let old = Report::new(Form::from_key("2019").unwrap());
    assert_eq!(compose(&old, Topic::Documents), None);
}
