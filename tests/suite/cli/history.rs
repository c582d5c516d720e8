//! `log`, `restore`, `delete` and `doctor`: what a report was before, the trash, and whether the data is sound.

use nianbao::report::{Edit, Waiver};
use nianbao::store::{Access, Library};

use super::{Desk, Run};

/// A report that was changed four times; its id and the place that was changed.
fn changed(desk: &Desk) -> (String, &'static str) {
    let run = desk.run(&["new", "--agency", "云溪镇人民政府", "--level", "township", "--year", "2025"]);
    let id = run.clean().trim_end().to_owned();
    for value in ["3", "4", "", "5"] {
        desk.run(&["set", &id, &format!("requests/received/total={value}")]).clean();
    }
    (id, "requests/received/total")
}

fn value(run: &Run, place: &str) -> serde_json::Value {
    run.json()[0]["values"][place].clone()
}

#[test]
fn every_version_is_listed_shown_and_brought_back_as_a_new_edit() {
    let desk = Desk::new();
    let (id, place) = changed(&desk);
    let versions = desk.run(&["log", &id, "--json"]).json();
    let numbers: Vec<u64> = versions.iter().map(|version| version["version"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [4, 3, 2, 1, 0]);
    assert_eq!(versions[2]["changes"], serde_json::json!([{"place": place, "old": 3, "new": 4}]));
    let said = desk.run(&["log", &id, "-n", "2"]);
    assert!(said.clean().lines().count() == 2 && said.out.contains("4 → （空白）"), "{}", said.out);
    assert_eq!(said.out.lines().next().unwrap().matches("新收").count(), 1, "{}", said.out);
    assert_eq!(value(&desk.run(&["show", &id, "--at", "2", "--json"]), place), 4);
    let run = desk.run(&["restore", &id, "2"]);
    assert!(run.clean().contains("5 → 4") && run.err.contains("可以撤销"), "{run:?}");
    assert_eq!(value(&desk.run(&["show", &id, "--json"]), place), 4);
    // Nothing is lost by it: what it replaced is a version too.
    assert_eq!(desk.run(&["log", &id, "--json"]).json()[0]["label"], "找回第 2 版");
    desk.run(&["restore", &id, "4"]).clean();
    assert_eq!(value(&desk.run(&["show", &id, "--json"]), place), 5);
    assert!(desk.run(&["restore", &id, "4"]).err.contains("没有变化"));
    let lacking = desk.run(&["restore", &id, "99"]);
    assert!(lacking.failed().0.contains("没有第 99 版") && lacking.failed().1.contains("nianbao log"));
    assert!(desk.run(&["show", "nowhere", "--at", "1"]).status == 2);
}

#[test]
fn computed_totals_come_back_as_they_were() {
    let desk = Desk::new();
    let (id, place) = changed(&desk);
    desk.run(&["set", &id, "@totals=computed", "requests/received/business=7"]).clean();
    let then = desk.run(&["show", &id, "--json"]);
    assert_eq!(value(&then, place), 7);
    desk.run(&["set", &id, "requests/received/business=8"]).clean();
    let version = |back: usize| desk.run(&["log", &id, "--json"]).json()[back]["version"].to_string();
    desk.run(&["restore", &id, &version(1)]).clean();
    assert_eq!(desk.run(&["show", &id, "--json"]).out, then.out);
    desk.run(&["restore", &id, "4"]).clean();
    assert_eq!(value(&desk.run(&["show", &id, "--json"]), place), 5);
}

#[test]
fn a_deleted_report_is_in_the_trash_and_comes_back() {
    let desk = Desk::new();
    let (id, place) = changed(&desk);
    let run = desk.run(&["delete", &id, "77"]);
    assert!(
        run.status == 2 && run.err.contains(&format!("nianbao restore {id}")) && run.err.contains("0077"),
        "{run:?}"
    );
    assert_eq!(desk.run(&["list", "--json"]).clean(), "");
    assert_eq!(desk.run(&["list", "--trash", "--json"]).json()[0]["id"], *id);
    for command in [vec!["show", &id], vec!["restore", &id, "1"], vec!["log", &id], vec!["delete", &id]] {
        let run = desk.run(&command);
        assert!(run.status == 2 && run.err.contains("回收站"), "{run:?}");
    }
    assert_eq!(desk.run(&["restore", &id]).clean().trim_end(), id);
    assert_eq!(value(&desk.run(&["show", &id, "--json"]), place), 5);
    let again = desk.run(&["restore", &id]);
    assert!(again.failed().0.contains("回收站里没有") && again.failed().1.contains("第几版"));
    let nothing = desk.run(&["list", "--trash"]);
    assert_eq!((nothing.clean(), nothing.err.contains("回收站里没有报告")), ("", true), "{}", nothing.err);
}

#[test]
fn the_doctor_says_what_is_sound_and_ends_as_it_found() {
    let desk = Desk::new();
    let absent = desk.run(&["doctor"]);
    assert!(absent.failed().0.contains("这里没有本程序的数据"), "{absent:?}");
    let (id, _) = changed(&desk);
    let sound = desk.run(&["doctor"]);
    assert!(sound.clean().contains("云溪镇人民政府：完好，可以找回 5 版"), "{}", sound.out);
    desk.write("library/reports/旧的/x.doc", "y");
    let found = desk.run(&["doctor"]);
    assert!(found.status == 1 && found.out.contains("旧的") && found.out.contains("不认识"), "{}", found.out);
    for name in ["journal", "report.json"] {
        let path = format!("library/reports/{id}/{name}");
        desk.write(&path, "");
    }
    let lost = desk.run(&["doctor", "--json"]);
    assert_eq!((lost.status, &lost.json()[0]["findings"][0]["grade"]), (2, &"lost".into()), "{}", lost.out);
}

#[test]
fn what_a_newer_version_has_written_the_doctor_leaves_to_it() {
    let desk = Desk::new();
    let (id, _) = changed(&desk);
    let path = format!("library/reports/{id}/journal");
    let body = r#"0000000000000005 {"do":"attach","file":"台账.xlsx"}"#;
    let line = format!("{:08x} {:08x} {body}\n", body.len(), crc32fast::hash(body.as_bytes()));
    desk.write(&path, desk.read(&path) + &line);
    let before = desk.read(&path);
    let run = desk.run(&["doctor"]);
    assert!(run.status == 1 && run.out.contains("更新的版本"), "{}", run.out);
    assert!(desk.run(&["restore", &id, "1"]).failed().0.contains("更新的版本"));
    assert_eq!(desk.read(&path), before);
}

#[test]
fn what_is_left_of_a_report_is_not_called_nothing() {
    let desk = Desk::new();
    let (id, _) = changed(&desk);
    let of = |name: &str| desk.path(&format!("library/reports/{id}/{name}"));
    std::fs::rename(of("journal"), of("journal.former-1")).unwrap();
    std::fs::remove_file(of("report.json")).unwrap();
    let doctor = desk.run(&["doctor"]);
    assert_eq!(doctor.status, 2, "{}", doctor.out);
    assert!(doctor.out.contains("不要删除") && !doctor.out.contains("可以删除"), "{}", doctor.out);
    std::fs::remove_file(of("journal.former-1")).unwrap();
    let _ = std::fs::remove_file(of("view.json"));
    let doctor = desk.run(&["doctor"]);
    assert_eq!(doctor.status, 0, "{}", doctor.out);
    assert!(doctor.out.contains("建立报告时被中断"), "{}", doctor.out);
}

#[test]
fn the_journal_of_another_report_that_was_kept_is_not_to_be_moved_away() {
    let desk = Desk::new();
    let (one, _) = changed(&desk);
    let (other, _) = changed(&desk);
    let journal = |id: &str| desk.path(&format!("library/reports/{id}/journal"));
    let (of_one, of_other) = (std::fs::read(journal(&one)).unwrap(), std::fs::read(journal(&other)).unwrap());
    std::fs::write(journal(&one), of_other).unwrap();
    std::fs::write(journal(&other), of_one).unwrap();
    assert_eq!(desk.run(&["set", &one, "requests/received/total=4"]).status, 0);
    let doctor = desk.run(&["doctor"]);
    assert_eq!(doctor.status, 1, "{}", doctor.out);
    assert!(doctor.out.contains(&format!("是报告 {other} 的操作记录，它以前的各版在里面")), "{}", doctor.out);
    assert!(doctor.out.contains("不要删除"), "{}", doctor.out);
}

#[test]
fn a_copy_of_another_reports_journal_may_be_moved_away() {
    let desk = Desk::new();
    let (one, _) = changed(&desk);
    let (other, _) = changed(&desk);
    let journal = |id: &str| desk.path(&format!("library/reports/{id}/journal"));
    std::fs::copy(journal(&other), journal(&one)).unwrap();
    assert_eq!(desk.run(&["set", &one, "requests/received/total=4"]).status, 0);
    let doctor = desk.run(&["doctor"]);
    assert_eq!(doctor.status, 0, "{}", doctor.out);
    assert!(doctor.out.contains(&format!("是报告 {other} 操作记录的副本")), "{}", doctor.out);
}

#[test]
fn one_cell_of_an_older_version_comes_back_alone() {
    let desk = Desk::new();
    let (id, _) = changed(&desk);
    let cells = ["proactive/regulations/issued", "proactive/penalties/decisions"];
    let [one, other] = cells;
    desk.run(&["set", &id, &format!("{one}=7"), &format!("{other}=8")]).clean();
    let at = desk.run(&["log", &id, "-n", "1"]).out.split_whitespace().next().unwrap().to_owned();
    desk.run(&["set", &id, &format!("{one}=70"), &format!("{other}=80")]).clean();
    desk.run(&["restore", &id, &at, one]).clean();
    let shown = desk.run(&["show", &id, "--json"]);
    assert_eq!(cells.map(|cell| value(&shown, cell)), [7, 80]);
    let unknown = desk.run(&["restore", &id, &at, "proactive/regulations/isued"]);
    assert!(unknown.status == 2 && unknown.err.contains(one), "{}", unknown.err);
    let number = desk.run(&["restore", &id, "abc"]);
    assert!(number.status == 2 && number.err.contains("请写第几版"), "{}", number.err);
}

#[test]
fn what_was_accepted_since_stays_where_only_a_cell_comes_back() {
    let desk = Desk::new();
    let (id, place) = changed(&desk);
    let library = Library::open(&desk.path("library")).unwrap();
    let opened = library.open_session(id.parse().unwrap()).unwrap();
    let (mut session, Access::Writable(mut draft)) = (opened.session, opened.access) else { panic!() };
    let waiver = Waiver { rule: "A06".to_owned(), place: None, finding: "整行是空白".to_owned() };
    let record = session.apply("说明", Edit::waive(waiver.clone(), Some("确实没有".to_owned()))).unwrap();
    draft.append(&session, &record).unwrap();
    drop(draft);
    desk.run(&["restore", &id, "2", place]).clean();
    let restored = library.read(id.parse().unwrap()).unwrap();
    assert_eq!(restored.waived(&waiver), Some("确实没有"));
    assert_eq!(value(&desk.run(&["show", &id, "--json"]), place), 4);
}
