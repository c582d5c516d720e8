//! The mouse: what is clicked on is what is drawn there, and without it the terminal is not told of any.

use nianbao::form::Form;
use nianbao::keymap::Step;
use nianbao::report::Report;
use nianbao::tui::action::{Action, Effect, Target};
use nianbao::tui::app::Tab;
use nianbao::tui::draw;
use nianbao::tui::screen::Screen;
use ratatui_core::style::Modifier;

use crate::keys::{SIZE, blank, cursor, shown};
use crate::screens::{Desk, sample};
use crate::terminal::Terminal;

#[test]
fn a_click_goes_to_what_is_drawn_there() {
    let mut desk = Desk::report(SIZE, sample(), "requests/received/natural_person");
    let (x, y) = desk.find("（二）部分公开");
    desk.click((x + 40, y), false);
    assert!(cursor(&desk).starts_with("requests/granted_in_part/"), "{}", cursor(&desk));
    desk.click(desk.find("一总体"), false);
    assert_eq!(cursor(&desk), "overview");
    desk.click(desk.find("检查"), false);
    assert_eq!(desk.app.open.as_ref().unwrap().tab, Tab::Findings);
    desk.click(desk.find("封面"), false);
    desk.click(desk.find("发布日期"), false);
    assert_eq!(cursor(&desk), "@published");
    // A hint is a key.
    desk.click(desk.find("F1 帮助"), false);
    assert!(desk.seen().contains("帮助：封面"), "{}", desk.seen());
    desk.click(desk.find("Esc 返回"), false);
    assert!(desk.app.overlay.is_none());
}

#[test]
fn every_cell_is_clicked_on_where_it_is_drawn_at_any_size() {
    for size in [(80, 24), (120, 40), (60, 20), (40, 12), (200, 60)] {
        for tab in ["M-2", "M-3", "M-4"] {
            let mut desk = Desk::report(size, sample(), "@agency");
            desk.press(tab);
            let mut cells = 0;
            for ((x, y), spot) in desk.spots() {
                let Target::Place(place) = spot.target else { continue };
                if spot.x > 0 {
                    continue;
                }
                cells += 1;
                let mut there = Desk { app: desk.app.clone(), effects: Vec::new() };
                there.act(Action::Click { spot, is_double: false });
                assert_eq!(cursor(&there), place.to_string());
                assert!(is_reversed(&there, (x, y)), "{place} at {x}, {y} of {size:?}\n{}", there.seen());
            }
            assert!(cells > 4, "{tab} at {size:?}: {cells}");
        }
    }
}

fn is_reversed(desk: &Desk, place: (u16, u16)) -> bool {
    let mut screen = Screen::new(std::io::sink(), desk.app.size, desk.app.ambiguous, true);
    let mut is_reversed = false;
    screen
        .draw(|frame| {
            draw::draw(&desk.app, frame);
            let (x, y) = (usize::from(place.0), usize::from(place.1));
            is_reversed = frame.rows().nth(y).unwrap()[x].is(Modifier::REVERSED);
        })
        .unwrap();
    is_reversed
}

#[test]
fn a_click_confirms_what_was_typed_and_a_double_click_edits() {
    let mut desk = blank("requests/received/natural_person");
    let (x, y) = desk.find("二、上年结转");
    desk.press("1 2");
    desk.click((x + 40, y), false);
    assert_eq!(shown(&desk, "requests/received/natural_person").as_deref(), Some("12"));
    assert!(cursor(&desk).starts_with("requests/carried_in/"));
    let (x, y) = desk.find(" 12");
    desk.click((x + 2, y), true);
    desk.press("5 Enter");
    assert_eq!(shown(&desk, "requests/received/natural_person").as_deref(), Some("125"));
    // What is no day is not left behind.
    let mut desk = blank("@published");
    desk.press("明天");
    desk.click(desk.find("检查"), false);
    assert!(desk.seen().contains("不是日期"), "{}", desk.seen());
    assert_eq!(cursor(&desk), "@published");
}

#[test]
fn a_click_in_prose_puts_the_caret_there() {
    let mut desk = blank("overview");
    desk.press("公开信息十二条。 Enter 没有收费。 Down");
    let (x, y) = desk.find("公开信息十二");
    for (right, expected) in [(4, "公开、信息"), (10, "公开、信息、十二"), (60, "十二条。、")]
    {
        desk.click((x + right, y), false);
        desk.press("、");
        let text = desk.app.open.as_ref().unwrap().editor().unwrap().text().to_owned();
        assert!(text.contains(expected), "{text}");
    }
    desk.click((x, y + 5), false);
    desk.press("完");
    assert!(shown(&desk, "overview").unwrap().contains("没有收费。"));
    assert!(desk.app.open.as_ref().unwrap().editor().unwrap().text().ends_with("没有收费。完"));
}

#[test]
fn a_click_on_what_has_been_covered_since_does_nothing() {
    let mut desk = Desk::report(SIZE, sample(), "requests/received/natural_person");
    let before = cursor(&desk);
    let spots = desk.spots();
    desk.press("F1");
    for (_, spot) in spots.into_iter().filter(|(_, spot)| matches!(spot.target, Target::Place(_))) {
        desk.act(Action::Click { spot, is_double: true });
        assert_eq!(cursor(&desk), before);
    }
}

#[test]
fn lines_of_lists_are_selected_and_opened() {
    let mut other = sample();
    other.apply(Report::identity("岚桥县青石镇人民政府", None, 2024));
    let mut desk = Desk::library(SIZE, &[sample(), other]);
    desk.click(desk.find("青石镇"), false);
    assert_eq!(desk.app.shelf.selected, 1);
    assert!(desk.effects.is_empty());
    desk.click(desk.find("青石镇"), true);
    assert!(desk.effects.iter().any(|effect| matches!(effect, Effect::Open(_))));
    // Nothing below an overlay is clicked on.
    desk.press("C-n");
    for (_, spot) in desk.spots() {
        assert!(matches!(spot.target, Target::Command(_) | Target::Line(0..3)), "{spot:?}");
    }
    desk.click(desk.find("报告年度"), false);
    desk.press("Backspace Backspace 2 6");
    assert!(desk.seen().contains("2026"), "{}", desk.seen());

    let mut desk = Desk::report(SIZE, sample(), "@agency");
    desk.press("F7");
    desk.click(desk.find("A08"), true);
    assert!(cursor(&desk).starts_with("requests/"), "{}", cursor(&desk));
    desk.press("C-g 重复申请");
    desk.click(desk.find("requests/repeated/business"), true);
    assert_eq!(cursor(&desk), "requests/repeated/business");
}

#[test]
fn the_wheel_goes_three_lines_where_there_are_lines_and_leaves_what_is_typed_alone() {
    let mut desk = Desk::report(SIZE, sample(), "requests/received/natural_person");
    desk.act(Action::Wheel(Step::Down));
    assert_eq!(cursor(&desk), "requests/granted_in_part/natural_person");
    desk.press("7");
    desk.act(Action::Wheel(Step::Down));
    assert_eq!(cursor(&desk), "requests/granted_in_part/natural_person");
    desk.press("Esc F1");
    let before = desk.seen();
    desk.act(Action::Wheel(Step::Down));
    assert_ne!(desk.seen(), before);
    let mut desk = Desk::report(SIZE, Report::new(Form::current()), "@agency");
    desk.press("F7");
    desk.act(Action::Wheel(Step::Down));
    assert_eq!(desk.app.open.as_ref().unwrap().selected, 3);
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn no_mouse_mode_is_sent_unless_it_is_asked_for() {
    let data = tempfile::tempdir().unwrap();
    let config = data.path().join("config.toml");
    std::fs::write(&config, "mouse = true\n").unwrap();
    let config = config.to_str().unwrap();
    for (arguments, takes) in [
        (vec![], false),
        (vec!["--mouse"], true),
        (vec!["--no-mouse"], false),
        (vec!["--config", config], true),
        (vec!["--config", config, "--no-mouse"], false),
    ] {
        let mut terminal = Terminal::start(data.path(), &arguments, SIZE);
        terminal.wait_for("Ctrl+E");
        terminal.send("\x11");
        assert_eq!(terminal.exit_status(), 0);
        let sent = &terminal.received;
        for mode in ["1000", "1006"] {
            assert_eq!(holds(sent, format!("\x1b[?{mode}h").as_bytes()), takes, "{arguments:?}");
            assert_eq!(holds(sent, format!("\x1b[?{mode}l").as_bytes()), takes, "{arguments:?}");
        }
        for mode in ["1002", "1003", "1005", "1015"] {
            assert!(!holds(sent, format!("[?{mode}").as_bytes()), "{arguments:?}");
        }
        assert!(terminal.is_restored());
    }
}

#[test]
fn the_mouse_works_in_a_terminal_and_is_switched_off_and_on() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(data.path(), &["--mouse"], SIZE);
    terminal.wait_for("Ctrl+E");
    terminal.send("\x05");
    terminal.wait_for("已存");
    // The third section in the line of the tabs.
    let line = terminal.text().lines().nth(1).unwrap().to_owned();
    let before = &line[..line.find("三申请").unwrap()];
    let column = nianbao::width::width(before, nianbao::width::Ambiguous::Narrow) + 1;
    terminal.send(&format!("\x1b[<0;{column};2M\x1b[<0;{column};2m"));
    terminal.wait_for("一、本年新收");
    terminal.send("\x1bm");
    terminal.wait_for("鼠标已关闭");
    assert!(holds(&terminal.received, b"\x1b[?1000l"));
    terminal.send("\x1bm");
    terminal.wait_for("鼠标已打开");
    terminal.send("\x1b[<65;10;10M");
    // The fourth row: the first with a number that the table begins with is below a heading.
    terminal.wait_for("本列  （一）至（六）");
    let (row, column) = terminal.cursor();
    // The row above, which has a 3: what is typed goes behind it.
    let click = format!("\x1b[<0;{};{row}M", column + 1);
    terminal.send(&click);
    terminal.send(&click);
    terminal.send("5\r");
    terminal.wait_for("（一）予以公开                       35");
}
