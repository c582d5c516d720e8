//! Where every cell was found, told for every format that is read.

use nianbao::document::recognize::Reading;
use nianbao::export::Kind;
use nianbao::form::Form;
use nianbao::import;
use nianbao::report::Place;

use crate::cli::Desk;
use crate::support::{shared, written};

/// A report without a blank cell.
fn full() -> nianbao::report::Report {
    let form = Form::current();
    crate::sound::report(form, &crate::sound::counts(form, &mut crate::sound::Dice::new(11)))
}

fn origin(reading: &Reading, place: &str) -> String {
    reading.origins[&Place::parse(place).unwrap()].clone()
}

#[test]
fn every_cell_of_every_format_tells_where_it_was_found() {
    for (kind, first, last) in [
        (Kind::Text, "第 29 行 第 4 列", " 行 第 15 列"),
        (Kind::Markdown, "第 31 行 第 4 列", " 行 第 15 列"),
        (Kind::Word, "表 2 第 4 行 第 4 列", "表 3 第 4 行 第 15 列"),
        (Kind::Page, "表 2 第 4 行 第 4 列", "表 3 第 4 行 第 15 列"),
        (Kind::Plain, "表 2 第 4 行 第 4 列", "表 3 第 4 行 第 15 列"),
        (Kind::Workbook, "行 D 列", "行 O 列"),
        (Kind::Csv, " 行 第 4 列", " 行 第 15 列"),
    ] {
        let reading = import::locate(&written(&full(), kind)).unwrap();
        let cells = reading.report.form().cells();
        let lost: Vec<Place> = cells
            .iter()
            .map(|info| Place::from(info.cell))
            .filter(|place| !reading.origins.contains_key(place))
            .collect();
        assert_eq!(lost, [], "{kind:?}");
        assert!(
            origin(&reading, "requests/received/natural_person").contains(first),
            "{kind:?} {}",
            origin(&reading, "requests/received/natural_person")
        );
        assert!(
            origin(&reading, "disputes/suit_after_reconsideration/total").contains(last),
            "{kind:?} {}",
            origin(&reading, "disputes/suit_after_reconsideration/total")
        );
        assert!(reading.origins.keys().any(|place| place.cell().is_none()), "{kind:?}: the sections");
    }
}

#[test]
fn the_blank_form_tells_where_each_of_its_cells_stands() {
    let Some(path) = shared("corpus/blank_form_2021.docx") else { return };
    let reading = import::locate(&std::fs::read(path).unwrap()).unwrap();
    let cells = reading.report.form().cells();
    assert!(cells.iter().all(|info| reading.report.get(info.cell).is_none()));
    assert!(cells.iter().all(|info| reading.origins.contains_key(&info.cell.into())));
}

#[test]
fn what_was_not_found_is_said_to_be_missing() {
    let desk = Desk::new();
    let text = "云岭县水务局2025年政府信息公开工作年度报告\n一、总体情况\n好。\n二、主动公开政府信息情况\n规章\t3\t2\t约3\n";
    let file = desk.write("上报.txt", text);
    let told = desk.run(&["convert", "--explain", file]);
    let lines: Vec<&str> = told.out.lines().collect();
    assert_eq!(lines.len(), 206);
    assert!(lines[0].starts_with("第 5 行 第 2 列  规章，本年制发件数  3"), "{}", lines[0]);
    assert_eq!(lines.iter().filter(|line| line.starts_with("没有找到")).count(), 201);
    let told = desk.run(&["convert", "--explain", "--json", file]);
    let json: serde_json::Value = serde_json::from_str(&told.out).unwrap();
    assert_eq!(json[2]["place"], "proactive/regulations/in_force");
    assert_eq!(json[2]["at"], "第 5 行 第 4 列");
    assert_eq!(json[200]["at"], "第 2 行");
}
