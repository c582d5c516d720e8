//! Pages, read as browsers read them: nothing runs, nothing is fetched, every number names its headings.

use scraper::{ElementRef, Html, Selector};

use super::*;
use crate::document::compose::composed;
use crate::form::terms::{Column, Row, Section};
use crate::form::{Cell, Form};
use crate::report::{Edit, Place, Value};

fn write(report: &Report, look: Look) -> String {
    super::write(report, &composed(report, None), look).unwrap()
}

const LOOKS: [Look; 3] = [Look::Page, Look::Fragment, Look::Plain];

fn report(changes: &[(Place, &str)]) -> Report {
    let mut report = Report::new(Form::current());
    let identity = Report::identity("云溪镇人民政府", None, 2025);
    report.apply(changes.iter().fold(identity, |edit, (place, text)| {
        edit.then(Edit::set(*place, Some(Value::Text((*text).to_owned()))))
    }));
    report
}

fn all<'h>(html: &'h Html, selector: &str) -> Vec<ElementRef<'h>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect()
}

#[test]
fn what_a_report_says_is_text_and_nothing_else() {
    let awkward =
        "</p><script>alert(1)</script><img src=x onerror=alert(1)> & &amp; \"' {{ 7*7 }} \u{0}\u{1b}[m";
    let cell = Cell { row: Row::Received, column: Column::Business };
    let changes = [
        (Field::Title.into(), awkward),
        (Section::Overview.into(), awkward),
        (cell.into(), awkward),
        (Field::Agency.into(), awkward),
        (Field::Published.into(), "2026-01-06"),
    ];
    for look in LOOKS {
        let written = write(&report(&changes), look);
        let html = Html::parse_document(&written);
        let shown = "</p><script>alert(1)</script><img src=x onerror=alert(1)> & &amp; \"' {{ 7*7 }} [U+0000][U+001B][m";
        let shown_in =
            |selector| all(&html, selector).into_iter().filter(|e| text(*e).contains(shown)).count();
        assert_eq!((shown_in("h1"), shown_in("p"), shown_in("td")), (1, 2, 1), "{written}");
        for element in all(&html, "*") {
            assert!(!["script", "img", "link", "iframe", "a"].contains(&element.value().name()));
            let fetching =
                |name: &str| name.starts_with("on") || ["src", "href", "background"].contains(&name);
            assert!(!element.value().attrs().any(|(name, _)| fetching(name)), "{written}");
        }
        assert!(!written.contains("url(") && !written.contains("@import"));
    }
}

#[test]
fn each_look_has_the_styles_that_it_may() {
    let changes = [(Section::Overview.into(), "（一）主动公开。公开77条。\n（二）依申请公开")];
    let count = |look, selector| all(&Html::parse_document(&write(&report(&changes), look)), selector).len();
    let counts =
        |look| ["[style]", "[class]", "[id]", "style", "table", "b", "h3"].map(|what| count(look, what));
    let page = counts(Look::Page);
    assert_eq!((page[0], page[3], page[4..].to_vec()), (0, 1, vec![3, 1, 1]));
    let fragment = counts(Look::Fragment);
    assert!(fragment[0] > 200);
    assert_eq!(fragment[1..], [0, 0, 0, 3, 1, 1]);
    assert_eq!(counts(Look::Plain), [0, 0, 0, 0, 3, 0, 1]);
    let whole = write(&report(&changes), Look::Page);
    assert!(
        whole.starts_with("<!DOCTYPE html>\n<html lang=\"zh-CN\">") && whole.contains("default-src 'none'")
    );
}

#[test]
fn every_number_names_the_headings_that_it_stands_under() {
    let cells = [
        (
            Cell { row: Row::StateSecret, column: Column::Business },
            "申请人情况 法人或其他组织 商业企业 三、本年度办理结果 （三）不予公开 1.属于国家秘密",
        ),
        (
            Cell { row: Row::Received, column: Column::Total },
            "申请人情况 总计 一、本年新收政府信息公开申请数量",
        ),
        (
            Cell { row: Row::Fees, column: Column::Amount },
            "第二十条第（八）项 本年收费金额（单位：万元） 行政事业性收费",
        ),
        (Cell { row: Row::Regulations, column: Column::Repealed }, "第二十条第（一）项 本年废止件数 规章"),
        (Cell { row: Row::DirectSuit, column: Column::Pending }, "行政诉讼 未经复议直接起诉 尚未审结"),
    ];
    let mut report = report(&[]);
    for (cell, headings) in cells {
        report.apply(Edit::set(cell, Some(Value::Text(headings.to_owned()))));
    }
    let html = Html::parse_document(&write(&report, Look::Page));
    let mut seen = 0;
    for number in all(&html, "td") {
        let ids = number.value().attr("headers").unwrap().split(' ');
        let headings = ids.map(|id| {
            let found = all(&html, &format!("th#{id}"));
            assert_eq!(found.len(), 1, "{id}");
            text(found[0])
        });
        let headings = headings.collect::<Vec<_>>().join(" ");
        if !text(number).is_empty() {
            assert_eq!(headings, text(number));
            seen += 1;
        }
    }
    assert_eq!((seen, all(&html, "td").len(), all(&html, "caption").len()), (cells.len(), 200, 3));
}

#[test]
fn a_table_spans_as_the_form_does() {
    for look in LOOKS {
        let html = Html::parse_document(&write(&report(&[]), look));
        let group = all(&html, "th").into_iter().find(|th| text(*th) == "三、本年度办理结果").unwrap();
        assert_eq!((group.value().attr("rowspan"), group.value().attr("colspan")), (Some("22"), None));
        let head = all(&html, "th").into_iter().find(|th| text(*th) == "法人或其他组织").unwrap();
        assert_eq!((head.value().attr("rowspan"), head.value().attr("colspan")), (None, Some("5")));
    }
}
