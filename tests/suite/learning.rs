//! What helps whoever has never seen the program: the tour, and what the help says of a cell.

use crate::keys::SIZE;
use crate::screens::{Desk, sample};

#[test]
fn the_tour_goes_on_with_what_is_done_and_ends_behind_its_last_step() {
    let mut desk = Desk::library(SIZE, &[]);
    assert!(desk.seen().contains("Alt+Z"), "{}", desk.seen());
    let step = |desk: &Desk| desk.seen().lines().last().unwrap().trim().to_owned();
    desk.press("M-z");
    assert!(step(&desk).starts_with("导览 1/6  按 Ctrl+E 打开样例"), "{}", desk.seen());
    // What else is done meanwhile takes the tour no further.
    desk.press("Down Up");
    assert!(step(&desk).starts_with("导览 1/6"));
    let mut desk = Desk::report(SIZE, sample(), "requests/received/natural_person");
    desk.press("M-0 M-z");
    assert!(step(&desk).starts_with("导览 2/6  按 Alt+3"), "{}", desk.seen());
    desk.press("M-3 7");
    assert!(step(&desk).starts_with("导览 3/6  按 Enter"), "{}", desk.seen());
    desk.press("Enter F8");
    assert!(step(&desk).starts_with("导览 5/6  按 F9"), "{}", desk.seen());
    desk.press("F9 Esc C-e");
    assert!(desk.app.tour.is_none());
    let mut again = Desk::library(SIZE, &[]);
    again.press("M-z M-z");
    assert!(again.app.tour.is_none() && !again.seen().contains("导览 1/6"));
}

#[test]
fn the_help_on_a_cell_begins_with_what_belongs_there() {
    let mut desk = Desk::report((80, 40), sample(), "requests/granted_in_part/legal_service");
    desk.press("F1");
    let seen: String = desk.seen().split_whitespace().collect();
    for words in [
        "（二）部分公开",
        "第三十七条",
        "区分处理的只计在这一行",
        "律师代理当事人申请的，按当事人算",
        "这里的按键",
    ] {
        assert!(seen.contains(words), "{words}\n{}", desk.seen());
    }
}
