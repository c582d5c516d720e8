//! What the clerk reaches from where he is: blocks of cells, rows and words, files, last year's report.

use nianbao::report::{Place, Report};
use nianbao::session::Session;
use nianbao::tui::action::{Action, Answer, Arrival, Effect, Origin};

use crate::keys::{SIZE, blank, cursor, shown};
use crate::screens::{Desk, sample};

#[test]
fn a_block_is_selected_copied_and_cleared_as_one_step() {
    let mut desk = blank("requests/received/natural_person");
    desk.press("1 Tab 2 Down 4 Left 3 Up");
    let before = desk.app.open.as_ref().unwrap().report().clone();
    desk.press("S-Down S-Right C-c");
    let copied =
        desk.effects.iter().any(|effect| matches!(effect, Effect::Copy(text) if text == "1\t2\n3\t4"));
    assert!(copied, "{:?}", desk.app.clipboard);
    desk.press("Delete");
    for place in
        ["received/natural_person", "received/business", "carried_in/natural_person", "carried_in/business"]
    {
        assert_eq!(shown(&desk, &format!("requests/{place}")), None);
    }
    desk.press("C-z");
    assert_eq!(desk.app.open.as_ref().unwrap().report(), &before);
    desk.press("S-Down Down Delete");
    assert_eq!(shown(&desk, "requests/received/natural_person").as_deref(), Some("1"));
}

#[test]
fn rows_and_words_are_found_by_a_part_of_them() {
    let mut desk = Desk::report(SIZE, sample(), "requests/received/business");
    desk.press("C-f 出版物 Enter");
    assert_eq!(cursor(&desk), "requests/publications/business");
    desk.press("M-1 C-f 查阅点 Enter");
    let open = desk.app.open.as_ref().unwrap();
    assert_eq!(open.editor().unwrap().selected(), "查阅点");
}

#[test]
fn a_path_is_completed_as_far_as_it_is_certain() {
    let mut desk = Desk::library(SIZE, &[]);
    desk.press("C-o 报 Tab");
    assert!(matches!(desk.effects.last(), Some(Effect::Complete(path)) if path == "报"));
    let ways =
        |names: &[&str]| Action::Answer(Answer::Completed(names.iter().map(|&n| n.to_owned()).collect()));
    desk.act(ways(&["报告2024.txt", "报告2025.txt"]));
    let seen = desk.seen();
    assert!(seen.contains("报告202\n") && seen.contains("报告2024.txt"), "{seen}");
    desk.press("5");
    assert!(!desk.seen().contains("报告2024.txt"));
    desk.act(ways(&["报告2025.txt"]));
    desk.press("Enter");
    assert!(matches!(desk.effects.last(), Some(Effect::Import(path)) if path == "报告2025.txt"));
    desk.press("C-o");
    desk.act(ways(&[]));
    assert!(desk.app.message.is_some());
}

#[test]
fn last_year_stands_beside_this_year() {
    let mut last = sample();
    last.apply(Report::identity("云溪镇人民政府", None, 2024));
    let mut other = last.clone();
    other.apply(Report::identity("青岭镇人民政府", None, 2024));
    let mut desk = Desk::library((130, 40), &[other, last]);
    let arrival = Arrival {
        session: Session::new(sample()),
        origin: Origin::Library("1".parse().unwrap()),
        cursor: Place::parse("requests/received/natural_person"),
        message: None,
        on_desk: None,
    };
    desk.act(Action::Answer(Answer::Opened(Box::new(arrival))));
    assert!(desk.seen().contains("参照上年 2024") && desk.seen().contains("上年 12"), "{}", desk.seen());
    desk.press("M-1");
    assert_eq!(desk.seen().matches("专人维护镇政府专栏").count(), 2, "{}", desk.seen());
    desk.act(Action::Resize(80, 24));
    assert_eq!(desk.seen().matches("专人维护镇政府专栏").count(), 1);
}

#[test]
fn f3_goes_through_all_cells_of_a_finding_and_round_again() {
    let mut desk = blank("disputes/direct_suit/total");
    desk.press("5 Enter");
    desk.act(Action::Answer(Answer::Appended));
    for cell in ["upheld", "corrected", "other", "pending"] {
        desk.press(&format!("C-g disputes/direct_suit/{cell} Enter 1 Enter"));
    }
    desk.press("C-g disputes/direct_suit/total Enter");
    let place = |desk: &Desk| desk.app.open.as_ref().unwrap().place().to_string();
    let mut seen = vec![place(&desk)];
    for _ in 0..5 {
        desk.press("F3");
        seen.push(place(&desk));
    }
    assert_eq!(seen.first(), seen.last());
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 5, "{seen:?}");
}
