//! Findings on the screens: grouped, sought, accepted with a reason, announced when an edit causes them.

use nianbao::form::terms::Section;
use nianbao::report::{Edit, Place, Report, Value};
use nianbao::tui::action::{Action, Answer, Kept};

use crate::keys::SIZE;
use crate::screens::{Desk, sample};

fn open_findings() -> Desk {
    let mut desk = Desk::report(SIZE, sample(), "@agency");
    desk.press("F7");
    desk
}

/// The severities and rules in the list, from the top.
fn listed(desk: &Desk) -> Vec<String> {
    let open = desk.app.open.as_ref().unwrap();
    open.found().iter().map(|finding| finding.rule.id.to_owned()).collect()
}

fn standing(desk: &Desk) -> usize {
    desk.app.open.as_ref().unwrap().session.review().standing().count()
}

fn report(desk: &Desk) -> &Report {
    desk.app.open.as_ref().unwrap().report()
}

#[test]
fn a_finding_is_accepted_with_a_reason_and_the_waiver_is_an_edit() {
    let mut desk = open_findings();
    let before = (standing(&desk), report(&desk).clone());
    desk.press("M-s 上级文件要求这样写 Enter");
    assert_eq!(standing(&desk), before.0 - 1);
    let seen = desk.seen();
    assert!(seen.contains("说明 I01") && seen.contains("已记下理由"), "{seen}");
    desk.press("Up");
    assert!(desk.seen().contains("已说明  上级文件要求这样写"), "{}", desk.seen());
    desk.press("C-z");
    assert_eq!(report(&desk), &before.1);
    desk.press("C-y");
    assert_eq!(standing(&desk), before.0 - 1);
    // Emptied, it is taken back.
    desk.press("F7 M-s");
    for _ in 0.."上级文件要求这样写".chars().count() {
        desk.press("Backspace");
    }
    desk.press("Enter");
    assert_eq!(standing(&desk), before.0);
}

#[test]
fn a_waiver_lapses_when_the_numbers_change_and_revives_with_them() {
    let mut desk = Desk::report(SIZE, sample(), "requests/granted/total");
    let rules = |desk: &Desk| -> Vec<&str> {
        desk.app.open.as_ref().unwrap().session.review().standing().map(|finding| finding.rule.id).collect()
    };
    assert!(rules(&desk).contains(&"A03"));
    desk.press("F7 A03 M-s 以归档台账为准 Enter");
    assert!(!rules(&desk).contains(&"A03"));
    let total = Place::parse("requests/granted/total").unwrap();
    desk.app.open.as_mut().unwrap().session.apply("", Edit::set(total, Some(Value::count(17))));
    assert!(rules(&desk).contains(&"A03"), "another number is another finding");
    desk.app.open.as_mut().unwrap().session.undo();
    assert!(!rules(&desk).contains(&"A03"));
}

#[test]
fn findings_are_grouped_by_section_or_by_severity_and_the_same_stays_selected() {
    let mut desk = open_findings();
    let by_section = listed(&desk);
    desk.press("Down Down");
    let selected = |desk: &Desk| desk.app.open.as_ref().unwrap().selected_finding().unwrap().rule.id;
    let before = selected(&desk);
    desk.press("Tab");
    let by_severity = listed(&desk);
    assert_eq!(selected(&desk), before);
    assert_ne!(by_section, by_severity);
    assert!(by_severity.iter().position(|id| id == "A02") < by_severity.iter().position(|id| id == "I01"));
    assert!(desk.seen().contains("\n 错误\n"), "{}", desk.seen());
    desk.press("Tab");
    assert_eq!(listed(&desk), by_section);
    desk.press("Tab M-s 已核对 Enter");
    assert!(desk.seen().contains("\n 已说明\n"), "{}", desk.seen());
}

#[test]
fn the_list_is_sought_as_one_types() {
    let mut desk = open_findings();
    desk.press("A08");
    assert_eq!(listed(&desk), ["A08"]);
    desk.press("不在里面");
    assert!(desk.seen().contains("没有找到"), "{}", desk.seen());
    desk.press("Esc");
    assert!(listed(&desk).len() > 3);
}

#[test]
fn what_an_edit_causes_is_announced_and_what_it_mends_is_gone() {
    let mut desk = Desk::report(SIZE, sample(), "requests/not_held/natural_person");
    let before = standing(&desk);
    desk.press("7 7 Enter");
    let seen = desk.seen();
    assert!(standing(&desk) > before);
    assert!(seen.contains("这一改带来新问题：A03"), "{seen}");
    desk.press("C-z");
    assert_eq!(standing(&desk), before);
    assert!(!desk.seen().contains("新问题"));
}

#[test]
fn the_report_of_last_year_in_the_library_is_what_is_checked_against() {
    let mut last = sample();
    last.apply(Edit::set(nianbao::form::terms::Field::Year, Some(Value::count(2024))));
    let mut desk = Desk::report(SIZE, sample(), "@agency");
    let untold = |desk: &Desk| {
        let review = desk.app.open.as_ref().unwrap().session.review();
        review.unknown.iter().filter(|unknown| unknown.rule.starts_with('Y')).count()
    };
    assert!(untold(&desk) > 5);
    let kept = [sample(), last].map(Ok);
    let kept = kept.into_iter().zip(["1", "2"]).map(|(report, id)| Kept { id: id.parse().unwrap(), report });
    desk.act(Action::Answer(Answer::Listed(kept.collect())));
    assert_eq!(untold(&desk), 0);
    assert!(
        desk.app.open.as_ref().unwrap().session.review().standing().any(|finding| finding.rule.id == "Y08")
    );
    // Another year has another report before it.
    desk.press("Down Down Down 2 0 2 6 Enter");
    assert!(untold(&desk) == 0, "2026 follows 2025");
    desk.press("Up 2 0 3 0 Enter");
    assert!(untold(&desk) > 5, "nothing follows 2030's year before");
}

#[test]
fn words_that_a_finding_quotes_are_shown_in_their_sentence() {
    let mut desk = open_findings();
    desk.press("I02");
    let text = report(&desk).text(Section::Overview).to_owned();
    let sentence = text.split('。').find(|sentence| sentence.contains("2024 年")).unwrap();
    let begin: String = sentence.chars().skip_while(|c| c.is_whitespace()).take(10).collect();
    assert!(desk.seen().contains(&format!("原文    {begin}")), "{}", desk.seen());
}
