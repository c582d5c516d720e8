//! The list of reports on the screen: what is selected, what is told of each, what is asked before there are two of one.

use nianbao::check::Profile;
use nianbao::document::recognize::{Origins, Reading};
use nianbao::form::Form;
use nianbao::form::terms::Field;
use nianbao::report::{Edit, Place, Report, Value};
use nianbao::session::Session;
use nianbao::store::Id;
use nianbao::tui::action::{Action, Answer, Arrival, Effect, Kept, Origin, Refusal, Task};
use nianbao::tui::app::App;
use nianbao::width::Ambiguous;

use crate::keys::SIZE;
use crate::screens::{Desk, sample};

fn report(agency: &str, year: i64) -> Report {
    let mut report = Report::new(Form::current());
    report.apply(Report::identity(agency, None, year));
    report
}

fn id(number: u32) -> Id {
    number.to_string().parse().unwrap()
}

fn kept((number, report): &(u32, Report)) -> Kept {
    let modified = 1_768_875_120 + u64::from(*number) * 3600;
    Kept { id: id(*number), modified, report: Ok(report.clone()) }
}

/// The library with these reports in it, as the world lists them.
fn list(desk: &mut Desk, reports: &[(u32, Report)]) {
    desk.act(Action::Answer(Answer::Listed(reports.iter().map(kept).collect())));
}

fn shelf(reports: &[(u32, Report)]) -> Desk {
    let mut desk = Desk::library(SIZE, &[]);
    list(&mut desk, reports);
    desk
}

fn open(desk: &mut Desk, number: u32, report: &Report) {
    let origin = Origin::Library(id(number));
    let arrival =
        Arrival { session: Session::new(report.clone()), origin, cursor: None, message: None, on_desk: None };
    desk.act(Action::Answer(Answer::Opened(Box::new(arrival))));
}

fn selected(desk: &Desk) -> Option<Id> {
    desk.app.shelf.selected().map(|listed| listed.id)
}

fn created(desk: &Desk) -> usize {
    desk.effects.iter().filter(|effect| matches!(effect, Effect::Create(_))).count()
}

fn three() -> Vec<(u32, Report)> {
    vec![
        (1, report("云溪镇人民政府", 2024)),
        (2, report("云溪镇人民政府", 2025)),
        (3, report("岚桥县财政局", 2025)),
    ]
}

#[test]
fn before_it_is_read_the_library_says_that_it_is_being_read() {
    let app = App::new(SIZE, Ambiguous::Narrow, 2025, Profile::DEFAULT);
    let mut desk = Desk { app, effects: Vec::new() };
    assert!(desk.seen().contains("正在读") && !desk.seen().contains("还没有报告"), "{}", desk.seen());
    list(&mut desk, &three());
    assert!(desk.seen().contains("共 3 份") && !desk.seen().contains("正在读"), "{}", desk.seen());
}

#[test]
fn what_is_told_of_a_report_is_told_beside_its_last_years() {
    let carried = |place: &str, count| Edit::set(Place::parse(place).unwrap(), Some(Value::count(count)));
    let [mut last, mut this] = [2024, 2025].map(|year| report("云溪镇人民政府", year));
    this.apply(carried("requests/carried_in/total", 2));
    let alone = shelf(&[(2, this.clone())]);
    last.apply(carried("requests/carried_out/total", 3));
    let beside = shelf(&[(1, last), (2, this)]);
    let told = |desk: &Desk| desk.seen().lines().find(|line| line.contains("2025 ")).unwrap().to_owned();
    assert_ne!(told(&alone), told(&beside));
}

#[test]
fn what_was_found_stays_selected_and_is_found_by_its_number_too() {
    let mut desk = shelf(&three());
    let selected = |desk: &Desk| desk.app.shelf.selected().unwrap().id.to_string();
    let first = selected(&desk);
    desk.press("0001");
    assert_eq!((desk.app.shelf.found().len(), selected(&desk)), (1, "0001".to_owned()));
    desk.press("Esc");
    assert_eq!((desk.app.shelf.found().len(), selected(&desk)), (3, "0001".to_owned()));
    assert_ne!(first, "0001");
}

#[test]
fn a_new_report_has_its_agency_level_and_year() {
    let mut desk = Desk::library(SIZE, &[]);
    desk.press("C-n 云溪镇人民政府 Enter Right Enter Enter");
    let Some(Effect::Create(report)) = desk.effects.last() else { panic!("{:?}", desk.effects) };
    assert_eq!((report.agency(), report.year()), ("云溪镇人民政府", Some(2025)));
    assert_eq!(report.level().map(|level| level.label()), Some("街道"));
    let mut desk = Desk::library(SIZE, &[]);
    desk.press("C-n 云溪镇人民政府 Enter Enter 202025 Enter");
    assert!(!desk.effects.iter().any(|effect| matches!(effect, Effect::Create(_))), "{:?}", desk.effects);
    assert!(desk.seen().contains("年度请填 2019 至 2099"), "{}", desk.seen());
    let mut desk = Desk::library(SIZE, &[]);
    desk.press("C-n 云溪镇 Enter Enter 2024年度 Enter");
    let Some(Effect::Create(report)) = desk.effects.last() else { panic!("{:?}", desk.effects) };
    assert_eq!(report.year(), Some(2024), "what is typed takes the place of what was offered");
    let mut desk = Desk::library(SIZE, &[]);
    desk.press("C-n Enter Enter Enter 云溪镇人民政府 Enter Enter Enter");
    let Some(Effect::Create(report)) = desk.effects.last() else { panic!("{:?}", desk.effects) };
    assert_eq!(report.agency(), "云溪镇人民政府", "what is typed goes where it was missing");
}

#[test]
fn a_second_report_of_an_organ_and_year_is_asked_about() {
    for keys in ["C-n 云溪镇人民政府 Enter Enter Enter", "云溪 Down C-r"] {
        let mut desk = shelf(&three());
        desk.press(keys);
        let seen = desk.seen();
        assert!(
            seen.contains("云溪镇人民政府 2025 年") && seen.contains("编号 0002，2026-01-20 12:12 改"),
            "{seen}"
        );
        assert_eq!(created(&desk), 0);
        desk.press("Esc");
        assert_eq!(created(&desk), 0);
        desk.press(if keys.starts_with("C-n") { keys } else { "C-r" });
        desk.press("Enter");
        assert_eq!(created(&desk), 1);
    }
    let mut desk = shelf(&three());
    desk.press("C-n 岚桥县民政局 Enter Enter Enter");
    assert_eq!(created(&desk), 1, "there is none yet");
}

#[test]
fn reports_that_would_look_alike_are_told_apart_by_number_and_time() {
    let twin = report("云溪镇人民政府", 2025);
    let mut desk = shelf(&[(1, twin.clone()), (2, twin), (3, sample()), (4, report("岚桥县财政局", 2025))]);
    let seen = desk.seen();
    assert!(
        seen.contains("编号 0001，2026-01-20 11:12 改") && seen.contains("编号 0002，2026-01-20 12:12 改"),
        "{seen}"
    );
    assert!(seen.lines().any(|line| line.contains("岚桥县财政局") && !line.contains("编号")), "{seen}");
    desk.press("Delete");
    assert!(desk.seen().contains("编号 0001"), "{}", desk.seen());
}

#[test]
fn the_list_tells_blanks_and_warnings_side_by_side() {
    let mut desk = shelf(&[(1, report("云溪镇", 2025))]);
    let line = |desk: &mut Desk| desk.seen().lines().find(|line| line.contains("云溪镇")).unwrap().to_owned();
    assert!(line(&mut desk).contains("提示 ") && line(&mut desk).ends_with("空 200"), "{}", desk.seen());
}

#[test]
fn a_report_that_does_not_say_its_year_or_organ_is_not_called_sound() {
    let zeros = vec![0; Form::current().cells().len()];
    let sound = crate::sound::report(Form::current(), &zeros);
    let without = |field: Field| {
        let mut report = sound.clone();
        report.apply(Edit::set(field, None));
        report
    };
    let desk = shelf(&[(1, sound.clone()), (2, without(Field::Year)), (3, without(Field::Agency))]);
    let seen = desk.seen();
    assert_eq!(seen.matches("没有问题").count(), 1, "{seen}");
    // The title says the year that is left out.
    assert_eq!(seen.matches("不详，没有核对").count(), 1, "{seen}");
    assert_eq!(seen.matches("提示 1").count(), 1, "{seen}");
}

#[test]
fn the_cursor_stays_with_the_report_that_was_at_hand() {
    let mut desk = shelf(&three());
    // The list: 0002, 0003 of 2025, then 0001 of 2024.
    open(&mut desk, 1, &three()[0].1);
    desk.press("C-w");
    list(&mut desk, &three());
    assert_eq!(selected(&desk), Some(id(1)));
    // A new one is not in the list yet while it is open.
    let mut four = three();
    four.push((4, report("岚桥县民政局", 2024)));
    open(&mut desk, 4, &four[3].1);
    desk.press("C-w");
    list(&mut desk, &four);
    assert_eq!(selected(&desk), Some(id(4)));
    // One that was thrown away leaves the cursor on the next, and gets it when it is brought back.
    desk.press("Home Down Delete Enter");
    desk.act(Action::Answer(Answer::Trashed(id(3))));
    let rest: Vec<(u32, Report)> = four.iter().filter(|(number, _)| *number != 3).cloned().collect();
    list(&mut desk, &rest);
    assert_eq!(selected(&desk), Some(id(1)));
    desk.press("C-z");
    desk.act(Action::Answer(Answer::Restored(id(3))));
    list(&mut desk, &four);
    assert_eq!(selected(&desk), Some(id(3)));
    // What is sought does not hide it.
    desk.press("云溪");
    open(&mut desk, 3, &four[2].1);
    desk.press("C-w");
    list(&mut desk, &four);
    assert_eq!(selected(&desk), Some(id(3)));
}

#[test]
fn a_file_that_is_read_in_is_stored_before_it_is_shown() {
    let mut desk = shelf(&three());
    desk.press("C-o 报告.tx Enter");
    let refusal =
        Refusal {
            task: Task::Other, message: "没有这个文件".to_owned(), hint: "请核对文件名".to_owned()
        };
    desk.act(Action::Answer(Answer::Refused(refusal)));
    let seen = desk.seen();
    assert!(seen.contains("报告.tx") && seen.contains("没有这个文件") && seen.contains("请核对"), "{seen}");
    desk.press("t Enter");
    assert!(matches!(desk.effects.last(), Some(Effect::Import(_))));
    desk.act(Action::Answer(Answer::Imported(Box::new(Reading {
        report: sample(),
        origins: Origins::new(),
    }))));
    assert_eq!(created(&desk), 0, "there is one of this organ and year");
    assert!(desk.seen().contains("已经有一份了"), "{}", desk.seen());
    desk.press("Enter");
    assert_eq!(created(&desk), 1);
    open(&mut desk, 4, &sample());
    desk.effects.clear();
    desk.act(Action::Answer(Answer::Created(id(4))));
    assert!(matches!(desk.effects[..], [Effect::Open(_), Effect::Again(_)]), "{:?}", desk.effects);
    assert!(desk.seen().contains("读入说明"), "{}", desk.seen());
    desk.press("Esc C-w");
    assert!(desk.app.open.is_none() && desk.app.overlay.is_none());
}

#[test]
fn the_level_is_asked_for_where_the_name_of_the_organ_leaves_it_open() {
    let mut report = Report::new(Form::current());
    report.apply(Report::identity("岚桥市水务局", None, 2023));
    for (answer, level) in [("市级部门 Enter", Some("city_department")), ("以后 Enter", None)] {
        let mut desk = shelf(&three());
        let reading = Reading { report: report.clone(), origins: Origins::new() };
        desk.act(Action::Answer(Answer::Imported(Box::new(reading))));
        assert_eq!(created(&desk), 0);
        assert!(desk.seen().contains("请选定：岚桥市水务局"), "{}", desk.seen());
        desk.press(answer);
        let stored = desk.effects.iter().find_map(|effect| match effect {
            Effect::Create(report) => Some(report.text(Field::Level).to_owned()),
            _ => None,
        });
        assert_eq!(stored.as_deref(), Some(level.unwrap_or_default()));
    }
}

#[test]
fn what_was_thrown_away_long_ago_is_chosen_from_the_trash() {
    let mut desk = shelf(&three());
    desk.press("C-z");
    assert!(matches!(desk.effects.last(), Some(Effect::ListTrash)));
    desk.act(Action::Answer(Answer::Trash(Vec::new())));
    assert!(desk.app.overlay.is_none() && desk.seen().contains("回收站里没有报告"), "{}", desk.seen());
    let thrown = [(7, report("岚桥县水利局", 2025)), (8, report("岚桥县民政局", 2024))];
    desk.act(Action::Answer(Answer::Trash(thrown.iter().map(kept).collect())));
    let seen = desk.seen();
    assert!(seen.contains("岚桥县水利局") && seen.contains("编号 0008"), "{seen}");
    desk.press("民政 Enter");
    assert!(matches!(desk.effects.last(), Some(Effect::Restore(found)) if *found == id(8)));
}

#[test]
fn what_was_said_when_a_report_was_opened_can_be_read_again() {
    let mut desk = shelf(&three());
    let (session, origin) = (Session::new(three()[0].1.clone()), Origin::Library(id(1)));
    let message = Some("操作记录在第 3 步之后损坏，恢复到那一步".to_owned());
    let arrival = Arrival { session, origin, cursor: None, message, on_desk: None };
    desk.act(Action::Answer(Answer::Opened(Box::new(arrival))));
    assert!(desk.seen().contains("第 3 步之后损坏"), "{}", desk.seen());
    desk.press("Down Down");
    assert!(!desk.seen().contains("第 3 步之后损坏"), "{}", desk.seen());
    desk.press("C-l");
    assert!(
        desk.seen().contains("打开时的说明") && desk.seen().contains("第 3 步之后损坏"),
        "{}",
        desk.seen()
    );
}
