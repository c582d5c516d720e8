//! The prose editor as a clerk uses it: length, marks, finding and replacing, sentences from the tables, last year's text.

use nianbao::report::{Edit, Place, Report, Value};
use nianbao::tui::action::{Action, Answer, Effect};
use nianbao::tui::draw;
use nianbao::tui::screen::Screen;
use nianbao::width::Ambiguous;
use ratatui_core::style::Modifier;

use crate::keys::{SIZE, blank, shown};
use crate::screens::{Desk, sample};
use crate::support::snapshot;

fn with_text(text: &str) -> Report {
    let mut report = sample();
    report.apply(Edit::set(Place::parse("overview").unwrap(), Some(Value::Text(text.to_owned()))));
    report
}

fn steps(desk: &Desk) -> usize {
    desk.app.open.as_ref().unwrap().session.history().len()
}

fn last_year() -> Report {
    let mut last = sample();
    last.apply(Report::identity("云溪镇人民政府", None, 2024));
    last
}

/// The sample with last year's report in the library.
fn with_last_year(size: (u16, u16)) -> Desk {
    let mut desk = Desk::report(size, sample(), "overview");
    let kept = [last_year(), sample()].into_iter().zip(1..).map(|(report, nth)| nianbao::tui::action::Kept {
        id: nth.to_string().parse().unwrap(),
        modified: 0,
        report: Ok(report),
    });
    desk.act(Action::Answer(Answer::Listed(kept.collect())));
    desk
}

/// The characters that are underlined.
fn underlined(desk: &Desk) -> String {
    let mut words = String::new();
    let mut screen = Screen::new(std::io::sink(), desk.app.size, desk.app.ambiguous, true);
    let paint = |frame: &mut nianbao::tui::screen::Frame<'_>| {
        draw::draw(&desk.app, frame);
        let marked = frame.rows().flatten().filter(|cell| cell.is(Modifier::UNDERLINED));
        words = marked.map(|cell| cell.symbol()).collect();
    };
    screen.draw(paint).unwrap();
    words
}

#[test]
fn the_editor_looks_as_kept() {
    for (name, keys) in
        [("replace", "M-1 M-r 公开 Tab 公示"), ("replace-none", "M-1 M-r 没有这个词"), ("compose", "M-1 M-i")]
    {
        let mut desk = Desk::report(SIZE, sample(), "@agency");
        desk.press(keys);
        snapshot(&format!("screens/{name}.txt"), &desk.seen());
    }
    snapshot("screens/overview-120x40.txt", &with_last_year((120, 40)).seen());
    let mut small = Desk::report((60, 20), sample(), "overview");
    snapshot("screens/overview-60x20.txt", &small.seen());
    small.press("M-r 公开");
    snapshot("screens/replace-60x20.txt", &small.seen());
}

#[test]
fn no_size_is_minded_with_the_bar_or_last_year() {
    for keys in ["", "M-r 公开 Tab 公示", "M-i", "M-l"] {
        let mut desk = with_last_year(SIZE);
        desk.press(keys);
        for columns in [1, 2, 5, 40, 60, 80, 109, 110, 112, 200] {
            for rows in [1, 2, 3, 5, 7, 8, 12, 22, 60] {
                for ambiguous in [Ambiguous::Narrow, Ambiguous::Wide, Ambiguous::Safe] {
                    desk.app.ambiguous = ambiguous;
                    desk.act(Action::Resize(columns, rows));
                    assert_eq!(
                        desk.seen().lines().count(),
                        usize::from(rows),
                        "{keys} at {columns} x {rows}"
                    );
                }
            }
        }
    }
}

#[test]
fn words_are_replaced_one_by_one_each_as_a_step() {
    let mut desk = Desk::report(SIZE, with_text("甲公开。乙公开。丙公开。"), "overview");
    // From an input method words come in bursts.
    desk.press("M-r 公 开");
    assert!(desk.seen().contains("第 1 处，共 3 处"), "{}", desk.seen());
    desk.press("Enter Tab 公示 Enter");
    assert_eq!(shown(&desk, "overview").as_deref(), Some("甲公开。乙公示。丙公开。"));
    assert!(desk.seen().contains("第 2 处，共 2 处"), "{}", desk.seen());
    desk.press("Enter");
    assert_eq!(shown(&desk, "overview").as_deref(), Some("甲公开。乙公示。丙公示。"));
    assert_eq!(steps(&desk), 2);
    desk.press("C-z");
    assert_eq!(shown(&desk, "overview").as_deref(), Some("甲公开。乙公示。丙公开。"));
    desk.press("Esc C-z");
    assert_eq!(shown(&desk, "overview").as_deref(), Some("甲公开。乙公开。丙公开。"));
}

#[test]
fn all_words_are_replaced_as_one_step_also_by_words_that_hold_them() {
    let mut desk = Desk::report(SIZE, with_text("公开，公开公开。"), "overview");
    desk.press("M-r 公开 Tab 主动公开 M-a");
    assert_eq!(shown(&desk, "overview").as_deref(), Some("主动公开，主动公开主动公开。"));
    assert_eq!(steps(&desk), 1);
    desk.press("C-z");
    assert_eq!(shown(&desk, "overview").as_deref(), Some("公开，公开公开。"));
    // Words put in are not found again while one goes on.
    desk.press("Enter Enter Enter Enter");
    assert_eq!(shown(&desk, "overview").as_deref(), Some("主动公开，主动公开主动公开。"));
    // Nothing in their place.
    desk.press("Esc C-z C-z C-z M-r 公开 M-a");
    assert_eq!(shown(&desk, "overview").as_deref(), Some("，。"));
}

#[test]
fn what_is_not_found_leaves_the_bar_open_and_the_text_as_it_is() {
    let mut desk = Desk::report(SIZE, with_text("甲公开。"), "overview");
    desk.press("M-r 申请 Enter Tab 乙 Enter M-a");
    assert!(desk.seen().contains("没有找到"), "{}", desk.seen());
    assert_eq!((steps(&desk), shown(&desk, "overview").as_deref()), (0, Some("甲公开。")));
    desk.press("Esc Backspace");
    assert_eq!(desk.app.open.as_ref().unwrap().editor().unwrap().text(), "甲公开。");
    // From the list of sentences the words are taken along, and so is a selection.
    desk.press("C-f 公开 M-r Esc C-c");
    assert_eq!(desk.app.clipboard, "公开");
    desk.press("M-r");
    assert!(desk.seen().contains("共 1 处"), "{}", desk.seen());
}

#[test]
fn the_length_is_always_in_view_against_its_limit() {
    let mut desk = Desk::report(SIZE, with_text("公开 12\n条。"), "overview");
    assert!(desk.seen().contains("第一部分 6 字，上限 1000"), "{}", desk.seen());
    desk.app.profile.overview_limit = 6;
    desk.press("甲，");
    assert!(desk.seen().contains("第一部分 8 字，超过上限 6"), "{}", desk.seen());
    desk.app.profile.overview_limit = 0;
    assert!(desk.seen().contains("第一部分 8 字\n"), "{}", desk.seen());
    desk.press("M-5");
    assert!(desk.seen().contains("第五部分") && !desk.seen().contains("上限"), "{}", desk.seen());
}

#[test]
fn the_words_of_findings_stay_underlined_while_one_types_until_they_are_accepted() {
    let mut desk = Desk::report(SIZE, sample(), "overview");
    assert!(underlined(&desk).starts_with("2024 年"), "{}", underlined(&desk));
    let before = underlined(&desk);
    desk.press("C-End 甲 C-Home 乙");
    assert_eq!(underlined(&desk), before, "typing before and behind them");
    desk.act(Action::Pause);
    desk.press("Backspace C-End Backspace M-0");
    let at_words = |desk: &Desk| {
        desk.app.open.as_ref().unwrap().editor().is_some_and(|editor| editor.selected() == "2024 年")
    };
    assert!((0..9).any(|_| {
        desk.press("F8");
        at_words(&desk)
    }));
    assert!(desk.seen().contains("I02"), "{}", desk.seen());
    desk.press("M-s 说明原因 Enter");
    assert!(!underlined(&desk).contains("2024"), "{}", underlined(&desk));
}

#[test]
fn last_year_is_read_over_the_text_where_there_is_no_room_beside_it() {
    let mut desk = with_last_year(SIZE);
    desk.press("M-l");
    assert!(
        desk.seen().contains("上年 2024") && desk.seen().contains("专人维护镇政府专栏"),
        "{}",
        desk.seen()
    );
    desk.press("Esc");
    assert!(desk.app.overlay.is_none());
    let mut alone = Desk::report(SIZE, sample(), "overview");
    alone.press("M-l");
    assert!(alone.seen().contains("上一年度的报告"), "{}", alone.seen());
}

#[test]
fn last_year_scrolls_along_by_paragraphs() {
    let mut last = last_year();
    let long: String = (1..=60).map(|nth| format!("第{nth}段。\n")).collect();
    let place = Place::parse("overview").unwrap();
    last.apply(Edit::set(place, Some(Value::Text(long.trim().to_owned()))));
    let mut desk = Desk::report((120, 24), with_text(&"本年。\n".repeat(59)), "overview");
    let kept = nianbao::tui::action::Kept { id: "2".parse().unwrap(), modified: 0, report: Ok(last) };
    desk.act(Action::Answer(Answer::Listed(vec![kept])));
    assert!(desk.seen().contains("第1段。") && !desk.seen().contains("第30段。"));
    for _ in 1..30 {
        desk.press("Down");
    }
    let row = desk.seen().lines().find(|row| row.contains("第30段。")).map(str::to_owned);
    assert!(row.unwrap().contains("本年。"), "{}", desk.seen());
    desk.press("C-End");
    assert!(desk.seen().contains("第59段。"), "{}", desk.seen());
}

#[test]
fn a_sentence_from_the_tables_is_put_in_as_one_step_and_where_cells_are_blank_they_are_gone_to() {
    let mut desk = Desk::report(SIZE, with_text("甲。"), "overview");
    desk.press("C-End M-i Enter");
    let text = shown(&desk, "overview").unwrap();
    assert!(text.starts_with("甲。本年新收政府信息公开申请16件，上年结转1件；办结17件"), "{text}");
    assert_eq!(steps(&desk), 1);
    desk.press("C-z");
    assert_eq!(shown(&desk, "overview").as_deref(), Some("甲。"));
    let mut desk = blank("overview");
    desk.press("M-i");
    assert!(desk.seen().contains("写不成") && desk.seen().contains("一、本年新收"), "{}", desk.seen());
    desk.press("Enter");
    assert_eq!(crate::keys::cursor(&desk), "requests/received/total");
}

#[test]
fn a_section_goes_to_another_editor_as_it_is_typed_and_comes_back_as_one_step() {
    let mut desk = Desk::report(SIZE, with_text("甲。"), "overview");
    desk.press("C-End 乙 M-e");
    let handed = desk.effects.iter().find_map(|effect| match effect {
        Effect::HandOff(section, text) => Some((*section, text.clone())),
        _ => None,
    });
    let (section, text) = handed.unwrap();
    assert_eq!((text.as_str(), shown(&desk, "overview").as_deref()), ("甲。乙", Some("甲。乙")));
    let before = steps(&desk);
    desk.act(Action::Answer(Answer::Rewritten(section, "丙。\n丁。\n".to_owned(), "已取回".to_owned())));
    assert_eq!(shown(&desk, "overview").as_deref(), Some("丙。\n丁。"));
    assert_eq!(steps(&desk), before + 1);
    assert!(desk.seen().contains("丁。") && desk.seen().contains("已取回"), "{}", desk.seen());
    desk.press("C-z");
    assert_eq!(shown(&desk, "overview").as_deref(), Some("甲。乙"));
}

#[test]
fn a_character_typed_costs_few_bytes_wherever_it_is_typed() {
    // Where the caret is, and the most bytes of one frame there; the first character also says that it is not saved.
    for (keys, most) in [("C-End", 3), ("C-End Up End", 20), ("C-Home Down Right Right", 20), ("C-Home", 38)]
    {
        let mut desk = Desk::report(SIZE, sample(), "overview");
        desk.press(keys);
        let sent = std::rc::Rc::new(std::cell::RefCell::new(Vec::new()));
        let mut screen = Screen::new(Sent(sent.clone()), SIZE, Ambiguous::Narrow, true);
        let mut draw = |desk: &Desk| {
            screen.draw(|frame| draw::draw(&desk.app, frame)).unwrap();
            std::mem::take(&mut *sent.borrow_mut())
        };
        draw(&desk);
        for (nth, han) in ["县", "乡", "镇", "村", "街", "道"].into_iter().enumerate() {
            desk.press(han);
            let writes = draw(&desk);
            let [bytes] = writes[..] else { panic!("{keys}: {writes:?}") };
            assert!(bytes <= if nth == 0 { most + 21 } else { most }, "{keys}: {bytes} for {han}");
        }
    }
}

/// Remembers how long each write was.
struct Sent(std::rc::Rc<std::cell::RefCell<Vec<usize>>>);

impl std::io::Write for Sent {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().push(bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
