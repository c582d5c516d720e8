//! Steps, their way back, and that records replayed give the same.

use super::*;
use crate::form::Form;
use crate::form::terms::{Field, Section};
use crate::report::{COMPUTED, Notice};
use std::collections::BTreeMap;

fn set(session: &mut Session, place: &str, count: i64) -> Option<Record> {
    session.apply("填写", Edit::set(Place::parse(place).unwrap(), Some(Value::count(count))))
}

#[test]
fn undo_and_redo_go_to_the_ends_and_an_edit_drops_what_was_undone() {
    let mut session = Session::new(Report::new(Form::current()));
    set(&mut session, "requests/received/business", 1);
    set(&mut session, "requests/received/business", 2);
    let after = session.report().clone();
    while session.undo().is_some() {}
    assert_eq!(session.report(), &Report::new(Form::current()));
    while session.redo().is_some() {}
    assert_eq!(session.report(), &after);
    session.undo();
    set(&mut session, "requests/received/business", 3);
    assert!(session.redo().is_none());
    assert_eq!(session.history().len(), 2);
}

#[test]
fn what_changes_nothing_is_no_step() {
    let mut session = Session::new(Report::new(Form::current()));
    session.apply("合计", Edit::set(Field::Totals, Some(Value::Text(COMPUTED.to_owned()))));
    let zero = session.zero_report().edit;
    session.apply("零报告", zero.clone());
    let steps = session.history().len();
    for edit in [zero, Edit::set(Section::Overview, None), Edit::default(), session.zero_report().edit] {
        assert!(session.apply("填写", edit).is_none());
    }
    let absent =
        session.report().notices().map(|notice| Notice { quote: "无".to_owned(), ..notice.clone() });
    let absent = absent.map(|notice| (notice, false)).collect();
    assert_eq!(session.apply("填写", Edit { notices: absent, ..Edit::default() }), None);
    assert_eq!(session.history().len(), steps);
}

#[test]
fn the_records_of_a_session_replayed_give_the_same_report() {
    let mut session = Session::new(Report::new(Form::current()));
    let mut records = vec![set(&mut session, "requests/received/business", 1)];
    records.push(set(&mut session, "requests/received/research", 2));
    records.push(session.undo());
    let zero = session.zero_report().edit;
    records.push(session.apply("零报告", zero));
    records.push(session.undo());
    records.push(session.redo());
    let lines: Vec<String> = records.iter().flatten().map(|r| serde_json::to_string(r).unwrap()).collect();
    let read = lines.iter().map(|line| serde_json::from_str(line).unwrap());
    let replayed = Session::replay(Report::new(Form::current()), read);
    assert_eq!(replayed.report(), session.report());
    assert_eq!(replayed.history(), session.history());
}

#[test]
fn an_edit_that_goes_on_is_one_step_also_when_replayed() {
    let mut session = Session::new(Report::new(Form::current()));
    let text = |text: &str| Edit::set(Place::parse("overview").unwrap(), Some(Value::Text(text.to_owned())));
    assert!(session.amend(text("无")).is_none(), "there is nothing to go on with");
    let mut records = vec![set(&mut session, "requests/received/business", 1)];
    let before = session.report().clone();
    records.push(session.apply("填写", text("今")));
    records.push(session.amend(text("今年")));
    records.push(session.amend(text("今年公开")));
    let replayed = Session::replay(Report::new(Form::current()), records.into_iter().flatten());
    assert_eq!((replayed.report(), replayed.history()), (session.report(), session.history()));
    let (base, records) = session.records();
    assert_eq!(Session::replay(base, records).report(), session.report());
    session.undo();
    assert_eq!(session.report(), &before);
    session.redo();
    assert_eq!(session.report(), replayed.report());
}

#[test]
fn computed_totals_follow_the_cells_in_the_same_step() {
    let mut session = Session::new(Report::new(Form::current()));
    session.apply("合计", Edit::set(Field::Totals, Some(Value::Text(COMPUTED.to_owned()))));
    set(&mut session, "requests/granted/business", 3);
    set(&mut session, "requests/not_held/natural_person", 4);
    let total = |s: &Session, place| s.report().get(Place::parse(place).unwrap()).cloned();
    assert_eq!(total(&session, "requests/granted/total"), Some(Value::count(3)));
    assert_eq!(total(&session, "requests/concluded/business"), Some(Value::count(3)));
    assert_eq!(total(&session, "requests/concluded/total"), Some(Value::count(7)));
    let cells =
        |values: &BTreeMap<Place, Option<Value>>| values.keys().map(Place::to_string).collect::<Vec<_>>();
    let [row, column] = ["requests/not_held/natural_person", "requests/not_held/total"];
    let sums = ["requests/concluded/natural_person", "requests/concluded/total"];
    assert_eq!(cells(&session.last_step().unwrap().edit.values), [row, column, sums[0], sums[1]]);
    session.undo();
    assert_eq!(total(&session, "requests/concluded/total"), Some(Value::count(3)));
    session.undo();
    assert_eq!(total(&session, "requests/concluded/total"), None);
}

#[test]
fn a_step_that_in_the_end_changes_nothing_is_none() {
    let text = |text: &str| Edit::set(Section::Overview, Some(Value::Text(text.to_owned())));
    let mut session = Session::new(Report::new(Form::current()));
    let mut records = vec![session.apply("填写", text("甲"))];
    let before = session.report().clone();
    records.push(session.apply("输入", text("甲乙")));
    records.push(session.amend(text("甲")));
    assert!(records[2].is_some(), "the report was changed");
    assert_eq!((session.report(), session.history().len()), (&before, 1));
    assert!(session.next_step().is_none() && session.caused().is_empty());
    // What is typed next goes on with the step that is gone, not with the one before it.
    records.push(session.amend(text("甲丙")));
    records.push(session.amend(text("甲丙丁")));
    assert_eq!(
        session.history().iter().map(|step| step.label.as_str()).collect::<Vec<_>>(),
        ["填写", "输入"]
    );
    let replayed = Session::replay(Report::new(Form::current()), records.into_iter().flatten());
    assert_eq!((replayed.report(), replayed.history()), (session.report(), session.history()));
    session.undo();
    assert_eq!(session.report(), &before);
    // Once something else has happened there is nothing left to go on with.
    session.undo();
    session.apply("输入", text("乙"));
    session.amend(Edit::set(Section::Overview, None));
    assert!(session.undo().is_none() && session.amend(text("丙")).is_some());
    session.undo();
    assert!(session.amend(text("丁")).is_none());
}
