//! What is written for other programs, read back: the same report, for every format that travels.

use nianbao::document::Block;
use nianbao::export::Kind;
use nianbao::form::Form;
use nianbao::form::terms::{Field, Level, Section};
use nianbao::import;
use nianbao::report::{Edit, Report, Value};
use proptest::prelude::*;

use crate::import::{report, unnoticed};
use crate::support::written;

const PAGES: [Kind; 3] = [Kind::Page, Kind::Fragment, Kind::Plain];

/// The report as a page can tell it: several blanks in a row are one, and a title is what looks like one.
pub(crate) fn as_on_a_page(report: &Report) -> Report {
    let mut report = report.clone();
    for section in Section::PROSE {
        let words =
            |line: &str| line.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        let text = report.text(section).lines().map(words).collect::<Vec<_>>().join("\n");
        report.apply(Edit::set(section, Value::read(section.into(), &text).0));
    }
    let title = format!("{}{}年政府信息公开工作年度报告", report.agency(), report.year().unwrap());
    report.apply(Edit::set(Field::Title, Some(Value::Text(title))));
    report
}

fn read_back(report: &Report, kind: Kind) -> Report {
    unnoticed(import::read(&written(report, kind)).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_word_document_is_read_back(old in report(Form::from_key("2019").unwrap()), new in report(Form::current())) {
        for report in [old, new] {
            prop_assert_eq!(read_back(&report, Kind::Word), report);
        }
    }

    #[test]
    fn a_page_is_read_back(old in report(Form::from_key("2019").unwrap()), new in report(Form::current())) {
        for report in [old, new] {
            let report = as_on_a_page(&report);
            for kind in PAGES {
                prop_assert_eq!(read_back(&report, kind), report.clone(), "{:?}", kind);
            }
        }
    }
}

/// Of every format there is, and of a blank report too. What a PDF keeps is tried where there are fonts (`pdf`).
#[test]
fn every_format_is_read_back() {
    for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Pdf) {
        for form in Form::all() {
            let filled =
                crate::sound::report(form, &crate::sound::counts(form, &mut crate::sound::Dice::new(3)));
            let mut blank = Report::new(form);
            blank.apply(Report::identity("云溪镇人民政府", Some(Level::Township), form.decree.first_year));
            assert_eq!(import::read(&written(&filled, kind)).unwrap(), filled, "{kind:?}");
            assert_eq!(read_back(&blank, kind).diff(&blank), Edit::default(), "{kind:?}");
        }
    }
}

#[test]
fn prose_that_looks_like_the_form_is_read_back() {
    let prose = "（一）主动公开。公开“三安全一稳定”信息77条——占56%。\n（二）依申请公开\n收到申请12件，均已答复。\n\
                 1.完善目录。\n（三）政府信息管理\n<b>&amp;</b> ]]> | # \\ it's \"x\" {{ 7*7 }}";
    for form in Form::all() {
        let mut report =
            crate::sound::report(form, &crate::sound::counts(form, &mut crate::sound::Dice::new(5)));
        for section in Section::PROSE {
            report.apply(Edit::set(section, Some(Value::Text(prose.to_owned()))));
        }
        report.apply(Edit::set(Field::Published, Some(Value::Text("2026-01-06".to_owned()))));
        for kind in PAGES.into_iter().chain([Kind::Word]) {
            let read = import::read(&written(&report, kind)).unwrap();
            assert_eq!(read.notices().count(), 0, "{kind:?} {:?}", read.notices().collect::<Vec<_>>());
            assert_eq!(read, report, "{kind:?}");
        }
    }
}

#[test]
fn a_title_that_takes_two_rows_breaks_after_the_year_and_is_read_as_one() {
    for (agency, is_broken) in [
        ("云溪镇人民政府", true),
        ("岚桥县水务局", true),
        ("岚桥县农业农村和乡村振兴工作局", true),
        ("县局", false),
    ] {
        let form = Form::current();
        let mut report =
            crate::sound::report(form, &crate::sound::counts(form, &mut crate::sound::Dice::new(5)));
        report.apply(Report::identity(agency, None, 2025));
        let bytes = written(&report, Kind::Word);
        let headings = import::document(&bytes).unwrap().blocks.into_iter().filter_map(|block| match block {
            Block::Heading { level: 0, text, .. } => Some(text),
            _ => None,
        });
        let headings: Vec<String> = headings.collect();
        assert_eq!(headings.len(), if is_broken { 2 } else { 1 }, "{headings:?}");
        assert!(!is_broken || headings[1] == "政府信息公开工作年度报告", "{headings:?}");
        let read = import::read(&bytes).unwrap();
        assert_eq!((read.agency(), read.text(Field::Title)), (agency, report.text(Field::Title)));
    }
}
