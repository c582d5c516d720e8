//! What helps whoever has never seen the program: the tour, and what the help says of a cell.

use nianbao::form::Form;
use nianbao::report::Report;

use crate::keys::SIZE;
use crate::screens::{Desk, sample};

/// What the tour says, in the last row.
fn step(desk: &Desk) -> String {
    desk.seen().lines().last().unwrap().trim().to_owned()
}

#[test]
fn the_tour_goes_on_with_what_has_come_about_and_can_be_ended_and_begun_again() {
    let mut desk = Desk::library(SIZE, &[]);
    assert!(desk.seen().contains("Alt+Z"), "{}", desk.seen());
    desk.press("M-z");
    assert!(step(&desk).starts_with("导览 1/6  按 Ctrl+E 打开样例"), "{}", desk.seen());
    // What else is done meanwhile takes the tour no further.
    desk.press("Down Up");
    assert!(step(&desk).starts_with("导览 1/6"));
    desk.press("M-z");
    assert!(desk.app.tour.is_none() && !desk.seen().contains("导览 1/6"));

    let mut desk = Desk::report(SIZE, sample(), "@title");
    desk.press("M-z Down");
    assert!(step(&desk).starts_with("导览 2/6  按 Alt+3"), "{}", desk.seen());
    desk.press("M-3");
    assert!(step(&desk).starts_with("导览 3/6  改一个数"), "{}", desk.seen());
    desk.press("7 Esc");
    assert!(step(&desk).starts_with("导览 3/6"), "nothing was kept: {}", desk.seen());
    desk.press("7 Down F8");
    assert!(step(&desk).starts_with("导览 5/6  按 F9"), "{}", desk.seen());
    let given = |desk: &Desk| desk.app.open.as_ref().unwrap().session.given();
    let before = given(&desk);
    for _ in 0..10 {
        desk.press("F9 Enter");
        if given(&desk) > before {
            break;
        }
        assert!(step(&desk).starts_with("导览 5/6"), "nothing was mended: {}", desk.seen());
        desk.press("Esc F8");
    }
    assert!(step(&desk).starts_with("导览 6/6  按 Ctrl+E"), "{}", desk.seen());
    desk.press("C-e Esc");
    assert!(step(&desk).starts_with("导览完了"), "{}", desk.seen());
    desk.press("Down");
    assert!(desk.app.tour.is_none());
}

#[test]
fn the_tour_leads_away_from_somebodys_own_report() {
    let mut desk = Desk::report(SIZE, Report::new(Form::current()), "requests/received/natural_person");
    desk.press("M-z 7 Enter");
    assert!(step(&desk).starts_with("导览 1/6  按 Ctrl+W 回到报告列表"), "{}", desk.seen());
}

#[test]
fn the_help_begins_with_what_belongs_where_the_cursor_is() {
    let said = |place: &str| {
        let mut desk = Desk::report((80, 40), sample(), place);
        desk.press("F1");
        desk.seen().split_whitespace().collect::<String>()
    };
    let cell = said("requests/granted_in_part/legal_service");
    for words in [
        "（二）部分公开",
        "条例第三十七条",
        "区分处理的只计在这一行",
        "律师代理当事人申请的，按当事人算",
        "这里的按键",
    ] {
        assert!(cell.contains(words), "{words}\n{cell}");
    }
    assert!(said("@year").contains("不是公布的那一年"));
    assert!(said("problems").contains("只写问题，不写改进"));
}

#[test]
fn what_is_no_year_is_refused_on_the_cover() {
    let mut desk = Desk::report(SIZE, sample(), "@year");
    desk.press("2026-1-15 Enter");
    assert!(desk.seen().contains("不是年度。请写报告的年份，如 2025"), "{}", desk.seen());
    desk.press("Esc 2024 Enter");
    assert_eq!(desk.app.open.as_ref().unwrap().report().year(), Some(2024), "{}", desk.seen());
}
