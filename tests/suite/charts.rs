//! The charts: what they show of a report and of the other years, and that one comes to them and back.

use nianbao::form::Form;
use nianbao::report::{Edit, Place, Report, Value};
use nianbao::session::Session;
use nianbao::tui::action::{Action, Answer, Arrival, Origin};

use crate::screens::{Desk, sample};
use crate::support::snapshot;

/// The sample among the reports of its organ for other years, and one of another organ.
fn desk(size: (u16, u16)) -> Desk {
    let year = |year: i64, cells: &[(&str, i64)]| {
        let mut report = sample();
        report.apply(Report::identity("云溪镇人民政府", None, year));
        for (place, count) in cells {
            report.apply(Edit::set(Place::parse(place).unwrap(), Some(Value::count(*count))));
        }
        report
    };
    let now = year(2025, &[]);
    let mut other = year(2021, &[]);
    other.apply(Report::identity("青岭镇人民政府", None, 2021));
    let mut blank = Report::new(Form::current());
    blank.apply(Report::identity("云溪镇人民政府", None, 2022));
    let before = [
        year(2023, &[("requests/received/total", 40), ("disputes/reconsideration/total", 2)]),
        year(2024, &[("requests/received/total", 8), ("requests/carried_out/total", 1)]),
    ];
    let reports = [&[now.clone(), other, blank], &before[..]].concat();
    let mut desk = Desk::library(size, &reports);
    let arrival = Arrival {
        session: Session::new(now),
        origin: Origin::Library("1".parse().unwrap()),
        cursor: None,
        message: None,
        on_desk: None,
    };
    desk.act(Action::Answer(Answer::Opened(Box::new(arrival))));
    desk
}

#[test]
fn the_charts_are_as_kept() {
    for (name, size) in [("charts", (80, 24)), ("charts-60x20", (60, 20)), ("charts-120x40", (120, 40))] {
        let mut desk = desk(size);
        desk.press("M-8");
        snapshot(&format!("screens/{name}.txt"), &desk.seen_with_bars());
    }
    let mut desk = desk((60, 20));
    desk.press("M-8 End");
    snapshot("screens/charts-60x20-end.txt", &desk.seen_with_bars());
}

#[test]
fn a_blank_report_has_no_numbers_to_show_and_says_so() {
    let mut desk = Desk::report((80, 24), Report::new(Form::current()), "@agency");
    desk.press("C-p tb Enter");
    snapshot("screens/charts-blank.txt", &desk.seen_with_bars());
}

#[test]
fn one_comes_back_from_the_charts_to_where_one_was() {
    let mut desk = desk((60, 20));
    desk.press("M-3 Down Right");
    let before = desk.seen();
    desk.press("M-8");
    assert_ne!(desk.seen(), before);
    desk.press("Down Down PageDown PageUp Esc");
    assert_eq!(desk.seen(), before);
    desk.press("M-8 M-2");
    assert!(desk.app.overlay.is_none(), "another part is reached from the charts");
    // What is being typed is in the charts.
    desk.press("C-g requests/granted/total Enter 5 0 0");
    desk.press("M-8");
    assert!(desk.seen().contains("表里的总计"), "{}", desk.seen());
}

#[test]
fn scrolling_ends_where_the_last_row_is_seen() {
    let mut desk = desk((60, 20));
    desk.press("M-8 End");
    let end = desk.seen();
    desk.press("Down PageDown Up");
    assert_ne!(desk.seen(), end);
    desk.press("Down Down");
    assert_eq!(desk.seen(), end);
    desk.press("Home");
    assert!(desk.seen().contains("办理结果"));
}
