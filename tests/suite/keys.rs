//! Keys and what becomes of the report, by hand; at random they are pressed in `random_keys`.

use nianbao::form::Form;
use nianbao::keymap::Command;
use nianbao::report::{Place, Report};
use nianbao::session::Session;
use nianbao::tui::action::{Action, Answer, Arrival, Effect, Origin, Refusal, Task, Then};

use nianbao::tui::update::update;

use crate::screens::{Desk, sample};

pub(crate) const SIZE: (u16, u16) = (80, 24);

pub(crate) fn blank(cursor: &str) -> Desk {
    Desk::report(SIZE, Report::new(Form::current()), cursor)
}

pub(crate) fn shown(desk: &Desk, place: &str) -> Option<String> {
    let open = desk.app.open.as_ref().unwrap();
    open.report().get(Place::parse(place).unwrap()).map(ToString::to_string)
}

pub(crate) fn cursor(desk: &Desk) -> String {
    desk.app.open.as_ref().unwrap().place().to_string()
}

#[test]
fn typing_replaces_and_each_key_confirms_in_its_direction() {
    let mut desk = blank("requests/received/natural_person");
    desk.press("1 2 Enter");
    assert_eq!(shown(&desk, "requests/received/natural_person").as_deref(), Some("12"));
    assert_eq!(cursor(&desk), "requests/carried_in/natural_person");
    desk.press("１２ Tab");
    assert_eq!(shown(&desk, "requests/carried_in/natural_person").as_deref(), Some("12"));
    assert_eq!(cursor(&desk), "requests/carried_in/business");
    desk.press("3 S-Tab Up 4 5 Right Left");
    assert_eq!(shown(&desk, "requests/received/natural_person").as_deref(), Some("45"));
    desk.press("9 Esc");
    assert_eq!(shown(&desk, "requests/received/natural_person").as_deref(), Some("45"));
    desk.press("约12 Enter Up");
    assert_eq!(shown(&desk, "requests/received/natural_person").as_deref(), Some("约12"));
    desk.press("Delete");
    assert_eq!(shown(&desk, "requests/received/natural_person"), None);
}

#[test]
fn enter_goes_through_each_table_as_the_form_is_read() {
    let mut desk = blank("proactive/regulations/issued");
    desk.press("1 Enter 2 Enter 3 Enter 4 Enter 5 Enter 7 Enter 31 Enter 4 Enter 6 Enter 8 Enter");
    for (place, number) in [
        ("regulations/issued", "1"),
        ("regulations/repealed", "2"),
        ("regulations/in_force", "3"),
        ("normative_documents/issued", "4"),
        ("normative_documents/repealed", "5"),
        ("normative_documents/in_force", "7"),
        ("licenses/decisions", "31"),
        ("penalties/decisions", "4"),
        ("compulsion/decisions", "6"),
        ("fees/amount", "8"),
    ] {
        assert_eq!(shown(&desk, &format!("proactive/{place}")).as_deref(), Some(number), "{place}");
    }
    for size in [SIZE, (60, 20)] {
        let mut desk = Desk::report(size, Report::new(Form::current()), "disputes/reconsideration/pending");
        desk.press("1 Enter 2 Enter 3 Enter");
        assert_eq!(cursor(&desk), "disputes/direct_suit/corrected");
    }
    let mut desk = blank("requests/carried_out/natural_person");
    desk.press("1 Enter");
    assert_eq!(cursor(&desk), "requests/received/business");
}

#[test]
fn on_the_last_cell_of_a_table_nothing_is_overwritten_and_enter_goes_on() {
    let mut desk = blank("proactive/fees/amount");
    desk.press("7 Enter");
    assert!(desk.seen().contains("最后一格"), "{}", desk.seen());
    desk.press("3 1");
    assert!(desk.seen().contains("最后一格"), "{}", desk.seen());
    desk.press("Up Down");
    assert_eq!(shown(&desk, "proactive/fees/amount").as_deref(), Some("7"));
    desk.press("Enter Enter");
    assert_eq!(cursor(&desk), "requests/received/natural_person");
    desk.press("M-2 Enter 3 F2 5 Enter");
    assert_eq!(shown(&desk, "proactive/fees/amount").as_deref(), Some("75"));
}

#[test]
fn what_is_not_found_keeps_the_list_open_and_types_into_no_cell() {
    let mut desk = blank("requests/received/natural_person");
    for keys in ["C-f", "C-g", "C-p"] {
        desk.press(keys);
        desk.press("没有这一行 Enter 7 7 Enter");
        assert!(desk.seen().contains("没有找到"), "{keys}:\n{}", desk.seen());
        desk.press("Esc");
    }
    assert_eq!(cursor(&desk), "requests/received/natural_person");
    assert_eq!(desk.app.open.as_ref().unwrap().report(), &Report::new(Form::current()));
}

#[test]
fn rows_places_and_sentences_are_found_by_pinyin_initials() {
    let mut desk = blank("requests/received/business");
    desk.press("C-f cfsq Enter");
    assert_eq!(cursor(&desk), "requests/repeated/business");
    desk.press("C-g fyhqs jjwc Enter");
    assert_eq!(cursor(&desk), "requests/repeated/business", "nothing is called so");
    desk.press("Esc C-g fyhqs qtjg Enter");
    assert_eq!(cursor(&desk), "disputes/suit_after_reconsideration/other");
    desk.press("M-1 公开平稳。下一步抓落实。 C-f xyb Enter C-c");
    assert_eq!(desk.app.clipboard, "下一步抓落实。");
}

#[test]
fn every_record_asked_to_be_kept_gives_the_report_when_replayed() {
    let mut desk = blank("requests/received/natural_person");
    desk.press(
        "1 Enter 2 Enter C-z C-z C-y F6 Enter C-t M-1 今年公开政府信息。 再接再厉 C-z M-3 Enter 7 M-1 C-z",
    );
    let open = desk.app.open.as_ref().unwrap();
    let records = desk.effects.iter().filter_map(|effect| match effect {
        Effect::Append(record) => Some(record.clone()),
        _ => None,
    });
    let replayed = Session::replay(Report::new(Form::current()), records);
    assert_eq!(replayed.report(), open.report());
    assert_eq!(replayed.history(), open.session.history());
}

#[test]
fn a_computed_total_is_not_typed_into_and_says_which_key_changes_that() {
    let mut desk = blank("requests/received/natural_person");
    desk.press("5 Enter C-t Up End");
    assert_eq!(cursor(&desk), "requests/received/total");
    assert_eq!(shown(&desk, "requests/received/total").as_deref(), Some("5"));
    desk.press("6");
    assert!(desk.app.message.as_ref().unwrap().text().contains("Ctrl+T"));
    desk.press("C-t 6 Enter");
    assert_eq!(shown(&desk, "requests/received/total").as_deref(), Some("6"));
}

#[test]
fn on_the_cover_the_way_of_the_totals_is_chosen() {
    let mut desk = Desk::report(SIZE, sample(), "@totals");
    let computes = |desk: &Desk| desk.app.open.as_ref().unwrap().report().computes_totals();
    // Whoever only confirms changes nothing.
    desk.press("Enter");
    assert!(desk.seen().contains("合计方式\n"), "{}", desk.seen());
    desk.press("Enter");
    assert!(!computes(&desk));
    desk.press("Enter Down Enter");
    assert!(computes(&desk) && desk.seen().contains("合计改为自动计算"), "{}", desk.seen());
    desk.press("Enter Enter");
    assert!(computes(&desk));
    desk.press("Enter Down Enter");
    assert!(!computes(&desk));
}

#[test]
fn f8_finds_the_slip_of_the_sample_and_f9_mends_it() {
    let mut desk = Desk::report(SIZE, sample(), "requests/received/natural_person");
    let errors = |desk: &Desk| {
        let review = desk.app.open.as_ref().unwrap().session.review();
        review.count(nianbao::check::Severity::Error)
    };
    assert_eq!(errors(&desk), 2);
    desk.press("F8 F9 Enter");
    assert_eq!(errors(&desk), 0);
    desk.press("M-1 F9");
    assert!(!shown(&desk, "overview").unwrap().contains("2024 年"));
    desk.press("C-z C-z");
    assert_eq!(errors(&desk), 2);
    assert_eq!(desk.app.open.as_ref().unwrap().report(), &sample());
}

#[test]
fn the_zero_report_is_asked_about_and_fills_only_blanks() {
    let mut desk = blank("requests/received/natural_person");
    desk.press("3 Enter F6");
    assert_eq!(shown(&desk, "requests/carried_in/natural_person"), None);
    assert!(desk.seen().contains("165 个空白格"), "{}", desk.seen());
    desk.press("Enter");
    assert_eq!(shown(&desk, "requests/carried_in/natural_person").as_deref(), Some("0"));
    assert_eq!(shown(&desk, "requests/received/natural_person").as_deref(), Some("3"));
    desk.press("F4");
    assert!(desk.app.message.as_ref().unwrap().text().contains("没有空着的格"));
}

#[test]
fn prose_is_kept_on_a_pause_and_undone_by_phrases() {
    let mut desk = blank("overview");
    desk.press("今年公开，");
    desk.press("情况良好");
    assert_eq!(shown(&desk, "overview").as_deref(), Some("今年公开，"));
    desk.act(Action::Pause);
    assert_eq!(shown(&desk, "overview").as_deref(), Some("今年公开，情况良好"));
    desk.press("C-z");
    assert_eq!(shown(&desk, "overview").as_deref(), Some("今年公开，"));
    assert_eq!(desk.app.open.as_ref().unwrap().editor().unwrap().text(), "今年公开，");
    desk.press("。 C-z C-z");
    assert_eq!(shown(&desk, "overview"), None);
}

#[test]
fn a_phrase_kept_while_it_is_typed_is_still_one_step() {
    let mut desk = blank("overview");
    desk.press("今年公开，");
    for piece in ["情", "况", "良", "好"] {
        desk.press(piece);
        desk.act(Action::Keep);
        assert!(shown(&desk, "overview").unwrap().ends_with(piece));
    }
    desk.press("。");
    let steps = |desk: &Desk| desk.app.open.as_ref().unwrap().session.history().len();
    assert_eq!(steps(&desk), 2);
    desk.press("C-z");
    assert_eq!(shown(&desk, "overview").as_deref(), Some("今年公开，"));
    // A pause, a move and a paste end it.
    desk.press("C-y 甲");
    desk.act(Action::Keep);
    desk.act(Action::Pause);
    desk.press("乙");
    desk.act(Action::Keep);
    desk.press("Left Right 丙");
    desk.act(Action::Keep);
    desk.act(Action::Paste("丁".to_owned()));
    assert_eq!(steps(&desk), 6);
    assert_eq!(shown(&desk, "overview").as_deref(), Some("今年公开，情况良好。甲乙丙丁"));
}

#[test]
fn what_is_no_day_is_refused_and_stays_to_be_mended() {
    let mut desk = blank("@published");
    desk.press("明天 Enter");
    assert!(desk.seen().contains("不是日期") && desk.seen().contains("2026年1月15日"), "{}", desk.seen());
    desk.press("F7");
    assert_eq!(shown(&desk, "@published"), None);
    assert_eq!(cursor(&desk), "@published");
    desk.press("Esc 二〇二六年一月十五日 Enter");
    assert_eq!(shown(&desk, "@published").as_deref(), Some("2026-01-15"));
    desk.press("Up Up Up Up Up Up 任何文字 Enter");
    assert_eq!(shown(&desk, "@agency").as_deref(), Some("任何文字"));
}

#[test]
fn something_to_read_lets_the_ways_to_other_places_through() {
    for (keys, seen) in [("F7", "查找"), ("M-1", "一、总体情况"), ("C-g", "转到"), ("Enter", "机关全称")]
    {
        let mut desk = Desk::library(SIZE, &[]);
        let origin = Origin::File("年报.txt".into());
        let arrival =
            Arrival { session: Session::new(sample()), origin, cursor: None, message: None, on_desk: None };
        desk.act(Action::Answer(Answer::Opened(Box::new(arrival))));
        desk.press("Right 7 PageDown");
        assert!(desk.seen().contains("读入说明"), "what only moves or types does not: {}", desk.seen());
        desk.press(keys);
        assert!(!desk.seen().contains("读入说明（") && desk.seen().contains(seen), "{keys}: {}", desk.seen());
    }
}

#[test]
fn tabs_pasted_into_prose_are_blanks() {
    let mut desk = blank("overview");
    desk.act(Action::Paste("公开\t12\t件\n收到\t3\t件".to_owned()));
    assert_eq!(shown(&desk, "overview").as_deref(), Some("公开 12 件\n收到 3 件"));
}

#[test]
fn what_could_not_be_kept_is_said_until_it_is_and_leaving_asks() {
    let mut desk = blank("requests/received/natural_person");
    desk.press("5 Enter");
    assert!(desk.seen().lines().next().unwrap().ends_with("已存"));
    let refusal = Refusal {
        task: Task::Keep,
        message: "保存失败：/home/wangxiaoming/.local/share/nianbao/reports/0001/journal（磁盘已满）"
            .to_owned(),
        hint: "请清理磁盘后再存，或另存到别的位置。屏幕上的内容还在。".to_owned(),
    };
    let said = [refusal.message.clone(), "Ctrl+S 重试，Ctrl+E 另存为文件".to_owned()];
    let not_closed = Refusal { task: Task::Close(Then::Quit), ..refusal.clone() };
    desk.act(Action::Answer(Answer::Refused(refusal)));
    // Where, why and what to do, on the smallest usual screen.
    let seen: String = desk.seen().split_whitespace().collect();
    assert!(said.iter().all(|part| seen.contains(&part.replace(' ', ""))), "{}", desk.seen());
    assert!(seen.contains("没有存上"));
    desk.press("Down");
    assert!(desk.seen().lines().next().unwrap().ends_with("没有存上"));
    // It is tried again first: the disk may have room by now.
    let leave = |desk: &mut Desk| {
        let asked = update(&mut desk.app, Action::Command(Command::Quit));
        assert!(matches!(asked[..], [Effect::Close(_, Then::Quit)]));
        desk.act(Action::Answer(Answer::Refused(not_closed.clone())));
    };
    // The key that was pressed all along loses nothing; what loses something has to be chosen.
    let quits = |desk: &Desk| desk.effects.iter().any(|effect| matches!(effect, Effect::Quit));
    leave(&mut desk);
    desk.press("Enter");
    assert!(!quits(&desk) && desk.app.overlay.is_none() && desk.app.open.is_some());
    leave(&mut desk);
    desk.press("放弃 Enter");
    assert!(quits(&desk));
    desk.press("C-s");
    assert!(matches!(desk.effects.last(), Some(Effect::Save)));
    desk.act(Action::Answer(Answer::Saved));
    desk.press("C-q");
    assert!(matches!(desk.effects.last(), Some(Effect::Close(_, Then::Quit))));
}

#[test]
fn a_locked_report_is_shown_with_its_owner_and_not_changed() {
    let mut desk = Desk::library(SIZE, &[]);
    let arrival = Arrival {
        session: Session::new(sample()),
        origin: Origin::Locked("1".parse().unwrap(), "用户 王 在 办公室 上（进程 7，刚刚）".to_owned()),
        cursor: Place::parse("requests/received/natural_person"),
        message: None,
        on_desk: None,
    };
    desk.act(Action::Answer(Answer::Opened(Box::new(arrival))));
    for keys in [
        "5",
        "Delete",
        "F8 F9",
        "F6",
        "C-t",
        "C-z",
        "F2",
        "M-1 字",
        "M-1 Enter",
        "M-1 Backspace",
        "M-0 Delete",
        "M-0 F5",
    ] {
        desk.press(keys);
        let seen = desk.seen();
        assert!(seen.contains("只读") && seen.contains("用户 王"), "{keys}:\n{seen}");
        desk.press("Esc M-3");
    }
    assert_eq!(desk.app.open.as_ref().unwrap().report(), &sample());
}

#[test]
fn a_locked_report_is_tried_again_at_each_change_and_goes_on_with_what_the_other_has_done() {
    let arrival = |report: &Report, origin: Origin| Arrival {
        session: Session::new(report.clone()),
        origin,
        cursor: None,
        message: None,
        on_desk: None,
    };
    let opened = |arrival: Arrival| Action::Answer(Answer::Opened(Box::new(arrival)));
    let id: nianbao::store::Id = "1".parse().unwrap();
    let locked = || Origin::Locked(id, "用户 王".to_owned());
    let mut desk = Desk::library(SIZE, &[]);
    desk.act(opened(arrival(&sample(), locked())));
    desk.press("M-3 Down Right");
    assert!(desk.effects.is_empty(), "moving asks for nothing: {:?}", desk.effects);
    for keys in ["5", "C-s", "Delete"] {
        desk.effects.clear();
        desk.press(keys);
        assert!(
            matches!(desk.effects[..], [Effect::Open(_), Effect::Again(_)]),
            "{keys}: {:?}",
            desk.effects
        );
    }
    // Still locked.
    desk.act(opened(arrival(&sample(), locked())));
    assert!(desk.seen().contains("只读"), "{}", desk.seen());
    // Let go, and changed meanwhile.
    let mut changed = sample();
    changed.apply(nianbao::report::Edit::set(Place::parse("requests/granted/business").unwrap(), None));
    let effects = update(&mut desk.app, Action::Type("5".to_owned()));
    let [Effect::Open(_), Effect::Again(again)] = &effects[..] else { panic!("{effects:?}") };
    desk.act(opened(arrival(&changed, Origin::Library(id))));
    desk.act(again.clone());
    assert!(desk.seen().contains("现在可以修改了"), "{}", desk.seen());
    desk.press("Enter");
    assert_eq!(shown(&desk, "requests/carried_in/business").as_deref(), Some("5"));
    assert_eq!(shown(&desk, "requests/granted/business"), None);
}

#[test]
fn a_file_that_is_looked_at_is_stored_only_when_asked() {
    let mut desk = Desk::library(SIZE, &[]);
    let origin = Origin::File("年报.txt".into());
    let arrival =
        Arrival { session: Session::new(sample()), origin, cursor: None, message: None, on_desk: None };
    desk.act(Action::Answer(Answer::Opened(Box::new(arrival))));
    assert!(desk.seen().contains("读入说明"), "{}", desk.seen());
    desk.press("Esc M-3 5 Enter");
    assert!(desk.effects.iter().all(|effect| matches!(effect, Effect::Again(_))), "{:?}", desk.effects);
    desk.press("C-q");
    assert!(desk.seen().contains("没有存入报告库"), "{}", desk.seen());
    desk.press("Esc C-s");
    let Some(Effect::Create(report)) = desk.effects.last() else { panic!("{:?}", desk.effects) };
    assert_eq!(report.as_ref(), desk.app.open.as_ref().unwrap().report());
}
