//! What is told by one sign: where a cell's value comes from, and how many findings are in each part.

use nianbao::form::Form;
use nianbao::language::Language;
use nianbao::report::{Edit, Place, Report, Value};
use nianbao::tui::action::Action;
use nianbao::tui::app::mark::{Mark, marks};

use crate::keys::{SIZE, blank};
use crate::screens::{Desk, sample};

fn mark(desk: &Desk, place: &str) -> Option<Mark> {
    let cell = Place::parse(place).unwrap().cell().unwrap();
    marks(desk.app.open.as_ref().unwrap(), cell.section()).get(&cell).copied()
}

/// The row of the tab line.
fn tabs(desk: &Desk) -> String {
    desk.seen().lines().nth(1).unwrap().to_owned()
}

#[test]
fn what_was_changed_in_a_table_that_was_read_is_marked_until_it_is_as_it_was() {
    let place = "requests/repeated/other_organization";
    let mut desk = Desk::report(SIZE, sample(), place);
    assert_eq!(mark(&desk, place), None, "what was read is plain");
    desk.press("4 Enter");
    assert_eq!(mark(&desk, place), Some(Mark::SetHere));
    assert!(desk.seen().contains("4*"), "{}", desk.seen());
    desk.press("Up 0 Enter");
    assert_eq!(mark(&desk, place), None, "it is what was read again");
    desk.press("Up Delete");
    assert!(matches!(mark(&desk, place), Some(Mark::Finding(_))), "that a number is missing matters more");
    desk.press("C-z");
    assert_eq!(mark(&desk, place), None);
}

#[test]
fn what_was_carried_over_is_marked_in_a_table_that_is_being_keyed() {
    let mut last = sample();
    last.apply(Edit::set(Place::parse("requests/carried_out/business").unwrap(), Some(Value::count(2))));
    let mut next = Report::new(Form::current());
    next.apply(last.rollover(2026));
    let carried = "requests/carried_in/business";
    let mut desk = Desk::report(SIZE, next, "requests/received/business");
    assert_eq!(mark(&desk, carried), Some(Mark::ComeAlong));
    desk.press("5 Enter");
    assert_eq!(mark(&desk, "requests/received/business"), None, "what is keyed is plain");
    desk.press("3 Enter");
    assert_eq!(mark(&desk, carried), None);
}

#[test]
fn a_computed_total_and_a_finding_come_before_where_the_value_comes_from() {
    let mut desk = Desk::report(SIZE, sample(), "requests/granted/natural_person");
    desk.press("C-t 9 Enter");
    assert_eq!(mark(&desk, "requests/granted/natural_person"), Some(Mark::SetHere));
    assert_eq!(mark(&desk, "requests/granted/total"), Some(Mark::Computed));
    let mut desk = blank("requests/received/natural_person");
    desk.press("１.5 Enter");
    assert!(matches!(mark(&desk, "requests/received/natural_person"), Some(Mark::Finding(_))));
}

#[test]
fn the_tab_line_counts_the_gravest_findings_of_each_part() {
    let mut desk = Desk::report((120, 40), sample(), "@agency");
    assert!(tabs(&desk).contains("三申请!2"), "{}", tabs(&desk));
    assert!(tabs(&desk).contains("一总体?"), "{}", tabs(&desk));
    for size in [(80, 24), (60, 20)] {
        desk.act(Action::Resize(size.0, size.1));
        assert!(tabs(&desk).contains("三申请!2"), "{}", tabs(&desk));
        assert!(tabs(&desk).ends_with("检查"), "{}", tabs(&desk));
    }
}

#[test]
fn where_there_is_no_room_for_the_names_every_tab_is_there() {
    for (language, columns, line) in [
        (Language::Chinese, 40, " 封?1一?1二  三!2四  五  六  检"),
        (Language::English, 60, " Cover?11Gen.?12Publ  3Requ!24Disp  5Issu  6Othe  Check"),
        (Language::English, 40, " Co?11G?12P  3R!24D  5I  6O  Ch"),
    ] {
        assert_eq!(tabs(&Desk::report_in(language, (columns, 24), sample(), "@agency")), line);
    }
}

#[test]
fn no_name_in_the_tab_line_moves_when_findings_come_and_go() {
    for columns in [60, 80, 100, 120] {
        let mut desk = Desk::report((columns, 24), Report::new(Form::current()), "requests/granted/business");
        let at = |desk: &Desk| {
            let line = tabs(desk);
            ["一", "二", "三", "四", "五", "六", "检查"].map(|name| line.find(name).unwrap())
        };
        let before = at(&desk);
        desk.press("x Enter x Enter x Enter x Enter x Enter x Enter x Enter x Enter x Enter x Enter x Enter");
        assert!(
            tabs(&desk).contains("三申请!") && tabs(&desk).contains(if columns < 100 { "!+" } else { "!1" }),
            "{}",
            tabs(&desk)
        );
        assert_eq!(at(&desk), before, "{columns}");
    }
}

#[test]
fn the_help_of_the_tables_tells_every_sign() {
    let mut desk = Desk::report((80, 60), sample(), "requests/received/business");
    desk.press("F1 End");
    for mark in Mark::ALL {
        assert!(desk.seen().contains(&format!("  {}  {}", mark.sign(), mark.meaning())), "{}", desk.seen());
    }
}
