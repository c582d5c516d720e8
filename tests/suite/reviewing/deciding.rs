//! Decisions and notes on the screen: what is asked first, what follows, what is taken back.

use nianbao::desk::{Decision, Judgement, Note, State};
use nianbao::form::terms::Section;
use nianbao::report::{Edit, Place, Value};
use nianbao::tui::action::{Action, Answer, Errand, Outcome, Recalled};
use nianbao::tui::input::{Code, Key};

use super::{CLOUD, Review, SIZE, desk, review};
use crate::support::snapshot;

#[test]
fn a_decision_on_the_open_report_goes_on_to_the_next_that_is_undecided() {
    let mut review = review(SIZE);
    review.press("Down Enter");
    assert_eq!(review.open(), Some(1));
    review.press("M-y");
    // On in the queue, not back to the first, which was passed over.
    assert_eq!((review.state(1), review.open()), (State::Accepted, Some(2)));
    assert!(review.seen().contains("柳河镇人民政府：已通过。还要审3份"), "{}", review.desk.seen());
    review.press("M-t");
    assert_eq!((review.state(2), review.open()), (State::Returned, Some(0)), "from the top again");
    review.press("C-w");
    assert_eq!((review.open(), review.selected()), (None, Some(0)), "{}", review.desk.seen());
}

#[test]
fn pressed_again_a_decision_is_taken_back() {
    let mut review = review(SIZE);
    review.press("Down M-y");
    assert_eq!(review.state(1), State::Accepted);
    review.press("柳河 M-y");
    assert_eq!((review.state(1), review.said(1).decision), (State::New, None));
    assert!(review.seen().contains("已取消"), "{}", review.desk.seen());
    assert_eq!(review.selected(), Some(1), "it stays selected");
    // The other decision takes the place of the first.
    review.press("M-y");
    review.press("Esc 柳河 M-t Enter");
    assert_eq!(review.state(1), State::Returned);
}

#[test]
fn it_is_asked_before_errors_are_accepted_and_before_nothing_is_returned() {
    let mut review = review(SIZE);
    review.press("M-y");
    assert!(
        review.seen().contains("岚桥县云溪镇人民政府：还有2处错误。仍然通过吗？"),
        "{}",
        review.desk.seen()
    );
    review.press("Esc");
    assert_eq!((review.judged(), review.state(0)), (0, State::New));
    review.press("M-y Enter");
    assert_eq!(review.state(0), State::Accepted);
    assert_eq!(review.selected(), Some(1));
    review.press("M-t");
    assert!(review.seen().contains("对方不知道要改什么"), "{}", review.desk.seen());
    review.press("Esc");
    assert_eq!(review.state(1), State::New);
    // With a note there is something to mend.
    review.press("M-p 标题用全称 Enter M-t");
    assert_eq!(review.state(1), State::Returned, "{}", review.desk.seen());
    // Warnings are something.
    review.press("财政 M-t");
    assert_eq!(review.state(2), State::Returned);
}

#[test]
fn a_report_that_was_edited_is_not_decided_on() {
    let mut review = review(SIZE);
    review.press("Down Enter M-3 Down 7 Enter");
    assert!(!review.desk.app.open.as_ref().unwrap().session.history().is_empty());
    for keys in ["M-y", "M-t"] {
        review.press(keys);
        assert!(review.seen().contains("决定要按报来的原件作"), "{}", review.desk.seen());
    }
    assert_eq!((review.judged(), review.open()), (0, Some(1)));
    // Nor is it left for the next one without a word.
    review.press("M-j");
    assert!(review.seen().contains("放弃这些改动"), "{}", review.desk.seen());
    review.press("Esc C-z M-y");
    assert_eq!(review.state(1), State::Accepted, "{}", review.desk.seen());
}

#[test]
fn a_note_is_of_the_report_of_a_cell_or_of_the_words_that_are_selected() {
    let mut review = review(SIZE);
    let note = |place: &str, quote: &str, text: &str| (place.to_owned(), quote.to_owned(), text.to_owned());
    review.press("Down M-p 附上公章页 Enter");
    assert_eq!(review.notes(1), [note("", "", "附上公章页")]);
    assert!(review.seen().contains("批注已记下"), "{}", review.desk.seen());
    review.press("Enter M-3 M-p 请核对台账 Enter");
    let text = review.reports[1].text(Section::Overview).to_owned();
    let first: String = text.chars().take(3).collect();
    review.press("M-1 C-Home");
    for _ in 0..3 {
        review.desk.key(Key::plain(Code::Right).with_shift());
    }
    review.press("M-p");
    assert!(review.seen().contains(&first), "{}", review.desk.seen());
    review.press("年份写错了 Enter");
    let expected = [
        note("", "", "附上公章页"),
        note("requests/received/natural_person", "", "请核对台账"),
        note("overview", &first, "年份写错了"),
    ];
    assert_eq!(review.notes(1), expected);
    // No decision was taken by it, and the report is as it came.
    assert_eq!((review.state(1), review.open()), (State::New, Some(1)));
    // It is there again to be worded otherwise, and gone with nothing in it.
    review.press("M-3 M-p");
    assert!(review.seen().contains("请核对台账"), "{}", review.desk.seen());
    review.press("后附 Enter");
    assert_eq!(review.notes(1).last(), Some(&note("requests/received/natural_person", "", "请核对台账后附")));
    review.press("M-p");
    (0..7).for_each(|_| review.press("Backspace"));
    review.press("Enter");
    assert_eq!(review.notes(1), [expected[0].clone(), expected[2].clone()]);
    assert!(review.seen().contains("批注已删去"), "{}", review.desk.seen());
    let judged = review.judged();
    review.press("M-4 M-p Enter");
    assert_eq!(review.judged(), judged, "nothing was noted");
    review.press("M-4 M-p 不要了 Esc");
    assert_eq!(review.judged(), judged, "it was left");
    review.press("M-t");
    assert_eq!(
        (review.state(1), review.notes(1).len()),
        (State::Returned, 2),
        "the notes stay with the decision"
    );
}

#[test]
fn a_file_that_cannot_be_read_is_returned_but_neither_opened_nor_accepted() {
    let mut review = review(SIZE);
    review.press("民政局 Enter");
    assert_eq!(review.open(), None);
    assert!(
        review.seen().contains("这个PDF有密码") && review.seen().contains("Alt+T退回"),
        "{}",
        review.desk.seen()
    );
    review.press("M-y");
    assert!(review.seen().contains("读不了的文件不能通过"), "{}", review.desk.seen());
    assert_eq!((review.judged(), review.state(3)), (0, State::Unreadable));
    review.press("M-t");
    assert_eq!(review.state(3), State::Returned, "{}", review.desk.seen());
    review.press("Esc 民政局 M-t");
    assert_eq!(review.state(3), State::Unreadable);
}

#[test]
fn when_all_is_decided_the_queue_says_so_and_what_is_left() {
    let mut review = review(SIZE);
    review.press("Enter M-y Enter M-y M-y");
    assert_eq!(review.open(), None);
    let seen = review.seen();
    assert!(seen.contains("已通过") && seen.contains("还有1个文件读不了"), "{}", review.desk.seen());
    assert!(!seen.contains("都审完了"), "{}", review.desk.seen());
    review.press("民政局 M-t");
    assert!(review.seen().contains("要审的都审完了"), "{}", review.desk.seen());
}

#[test]
fn what_came_instead_of_a_returned_report_is_shown_beside_it() {
    let (mut filed, reports) = desk();
    let returned = Judgement {
        agency: CLOUD.to_owned(),
        year: Some(2025),
        decision: Some(Decision::Returned),
        notes: vec![Note {
            place: Place::parse("requests/received/total"),
            quote: String::new(),
            text: "请对照台账".to_owned(),
        }],
        ..Judgement::default()
    };
    filed.judgements.insert("old".to_owned(), returned);
    let mut review = Review::new(SIZE, filed, reports.clone());
    assert_eq!(review.state(0), State::Revised);
    review.press("M-c");
    assert!(
        matches!(&review.errands[..], [Errand::Recall(0, hash)] if hash == "old"),
        "{:?}",
        review.errands
    );
    let mut old = reports[0].clone();
    let slip = Place::parse("requests/received/natural_person").unwrap();
    old.apply(Edit::set(slip, Some(Value::count(9999))));
    let recalled = Recalled { old, new: reports[0].clone(), last: None };
    review.desk.act(Action::Answer(Answer::Desk(Outcome::Recalled(Box::new(recalled)))));
    let seen = review.seen();
    assert!(seen.contains("上次的决定是退回，批注1条"), "{}", review.desk.seen());
    assert!(seen.contains("申请数量，总计：请对照台账"), "{}", review.desk.seen());
    assert!(seen.contains("改好了的问题") && seen.contains("9999改为"), "{}", review.desk.seen());
    snapshot("screens/review-since.txt", &review.desk.seen());
    review.press("Esc Down M-c");
    assert!(review.seen().contains("以前没有审过别的稿"), "{}", review.desk.seen());
}

#[test]
fn letters_are_written_on_those_that_are_returned() {
    let mut review = review(SIZE);
    review.press("M-a");
    assert!(review.seen().contains("还没有退回的；Alt+T退回选中的一份"), "{}", review.desk.seen());
    review.press("M-t 财政 M-t M-a");
    assert!(
        matches!(&review.errands.last(), Some(Errand::Letters(all)) if all == &[0, 2]),
        "{:?}",
        review.errands
    );
    review.press("M-h");
    assert!(review.seen().contains("只加已通过的（0份）"), "{}", review.desk.seen());
}

#[test]
fn a_letter_on_a_report_that_nobody_has_decided_on_is_asked_about() {
    let mut review = review(SIZE);
    let letters =
        |review: &Review| review.errands.iter().filter(|one| matches!(one, Errand::Letters(_))).count();
    review.press("M-t");
    assert_eq!(review.state(0), State::Returned);
    // It is at the next one now, as is whoever means the one just returned.
    review.press("财政局 M-x");
    assert!(review.seen().contains("岚桥县财政局：还没有决定是通过还是退回"), "{}", review.desk.seen());
    review.press("Esc");
    assert_eq!(letters(&review), 0);
    review.press("M-x Enter");
    assert_eq!(letters(&review), 1);
    review.press("Esc 云溪 M-x");
    assert_eq!(letters(&review), 2, "{}", review.desk.seen());
}
