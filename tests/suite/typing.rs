//! What an input method, a hasty keyboard and the clipboard send, on every screen that has text.

use nianbao::form::terms::{Column, Row, Section};
use nianbao::form::{Cell, Form};
use nianbao::keymap::Context;
use nianbao::report::{Edit, NoticeKind, Place, Report, Value};
use nianbao::tui::action::Action;
use nianbao::tui::app::Overlay;
use nianbao::tui::app::overlay::NewField;
use nianbao::tui::input::{Decoder, Input};

use crate::keys::{SIZE, shown};
use crate::pty::{alt, ctrl, open_sample};
use crate::screens::{Desk, sample};
use crate::terminal::Terminal;

/// The ways to every screen with text, from the list of reports or from the open sample.
const SCREENS: [(Context, &str, bool); 10] = [
    (Context::Library, "", false),
    (Context::NewReport, "C-n", false),
    (Context::Path, "C-o", false),
    (Context::Field, "M-0 Up Enter", true),
    (Context::Cell, "M-3 F2", true),
    (Context::Prose, "M-6 C-End", true),
    (Context::Findings, "F7", true),
    (Context::Picker, "C-g", true),
    (Context::Reason, "F8 M-s", true),
    (Context::Picker, "C-p", true),
];

fn at(keys: &str, is_open: bool) -> Desk {
    let mut desk =
        if is_open { Desk::report(SIZE, sample(), "@short_name") } else { Desk::library(SIZE, &[sample()]) };
    desk.press(keys);
    desk
}

/// The text that is being typed into.
fn text(desk: &Desk) -> String {
    let open = desk.app.open.as_ref();
    match (&desk.app.overlay, open) {
        (
            Some(
                Overlay::Picker { sought: line, .. }
                | Overlay::Path { line, .. }
                | Overlay::Reason { line, .. },
            ),
            _,
        ) => line.text().to_owned(),
        (Some(Overlay::NewReport(form)), _) if form.at == NewField::Agency => form.agency.text().to_owned(),
        (Some(other), _) => panic!("{other:?}"),
        (None, None) => desk.app.shelf.sought.text().to_owned(),
        (None, Some(open)) => match (&open.entry, open.editor()) {
            (Some(entry), _) => entry.line.text().to_owned(),
            (None, Some(editor)) => editor.text().to_owned(),
            (None, None) => open.sought.text().to_owned(),
        },
    }
}

/// Does what bytes of a terminal ask for.
fn receive(desk: &mut Desk, bytes: &[&[u8]]) {
    let mut decoder = Decoder::default();
    let mut inputs: Vec<Input> = bytes.iter().flat_map(|part| decoder.feed(part)).collect();
    inputs.append(&mut decoder.expire());
    for input in inputs {
        match input {
            Input::Key(key) => {
                if let Some(command) = desk.app.command(key) {
                    desk.act(Action::Command(command));
                }
            }
            Input::Text(text) => desk.act(Action::Type(text)),
            Input::Paste(text) => desk.act(Action::Paste(text)),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn everywhere_a_burst_is_taken_whole_and_ctrl_h_takes_a_character_back() {
    let burst = "政府信息公开".repeat(334);
    for (context, keys, is_open) in SCREENS {
        let mut desk = at(keys, is_open);
        assert_eq!(desk.app.context(), context, "{keys}");
        let before = text(&desk);
        receive(&mut desk, &[burst.as_bytes()]);
        assert_eq!(text(&desk), format!("{before}{burst}"), "{context:?}");
        receive(&mut desk, &[b"\x08", b"\x7f", "开".as_bytes()]);
        assert_eq!(text(&desk), format!("{before}{}开", burst.strip_suffix("公开").unwrap()), "{context:?}");
        desk.seen();
    }
}

#[test]
fn everywhere_a_paste_is_data_however_it_comes_apart() {
    let sent = "\x1b[200~甲\x1b[201~\x11\x1b[31m\x07乙\x1b[201~";
    let parts: Vec<&[u8]> = sent.as_bytes().chunks(1).collect();
    for (context, keys, is_open) in SCREENS {
        let mut desk = at(keys, is_open);
        let before = text(&desk);
        receive(&mut desk, &parts);
        assert_eq!(desk.app.context(), context, "nothing of it was a key");
        let pasted = text(&desk);
        let pasted = pasted.strip_prefix(&before).unwrap();
        assert!(pasted.starts_with('甲') && pasted.ends_with('乙'), "{context:?}: {pasted:?}");
        assert!(pasted.contains("[201~") && pasted.contains("[31m"), "{context:?}: {pasted:?}");
        assert!(desk.seen().chars().all(|char| char == '\n' || !char.is_control()), "{context:?}");
    }
}

#[test]
fn two_thousand_characters_at_once_are_one_frame_and_one_step_to_undo() {
    let data = tempfile::tempdir().unwrap();
    let library = nianbao::store::Library::open(data.path()).unwrap();
    library.create(&Report::new(Form::current())).unwrap();
    let mut terminal = Terminal::start(data.path(), &[], SIZE);
    terminal.wait_for("共 1 份");
    terminal.send("\r");
    terminal.wait_for("已存");
    terminal.send(&alt('1'));
    terminal.wait_for("在这里输入");
    terminal.received.clear();
    // With marks that would each end a phrase.
    terminal.send(&"主动公开，及时。".repeat(250));
    terminal.wait_for("2000 字");
    terminal.wait_for("已存");
    let frames = terminal.received.windows(8).filter(|part| part == b"\x1b[?2026h").count();
    assert_eq!(frames, 1, "{}", String::from_utf8_lossy(&terminal.received));
    terminal.send(&ctrl('z'));
    terminal.wait_for("在这里输入");
}

#[test]
fn what_was_pasted_with_control_characters_does_not_reach_the_terminal() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(data.path(), &[], SIZE);
    open_sample(&mut terminal);
    terminal.send(&alt('6'));
    terminal.wait_for("六、");
    terminal.received.clear();
    terminal.send("\x1b[200~甲\x07\x1b]0;标题\x1b\\\x1b[5m乙\x1b[201~");
    terminal.wait_for("乙");
    for bad in [b"\x07".as_slice(), b"\x1b]0;", b"\x1b[5m"] {
        assert!(!terminal.received.windows(bad.len()).any(|part| part == bad), "{bad:?}");
    }
}

#[test]
fn a_burst_into_prose_in_an_open_report_is_one_step() {
    let mut desk = at("M-6 C-End", true);
    let before = shown(&desk, "other_matters");
    receive(&mut desk, &["主动公开，及时。".repeat(250).as_bytes()]);
    assert_ne!(shown(&desk, "other_matters"), before);
    desk.press("C-z");
    assert_eq!(shown(&desk, "other_matters"), before);
    assert!(Section::ALL.len() > 6);
}

#[test]
fn behind_the_last_cell_digits_are_refused_in_so_many_words() {
    let mut desk = Desk::report(SIZE, sample(), "proactive/fees/amount");
    desk.press("6 Enter");
    assert!(desk.seen().contains("这张表填到最后一格了"), "{}", desk.seen());
    desk.press("9");
    assert!(desk.seen().contains("没有填进去。这张表"), "{}", desk.seen());
    assert_eq!(shown(&desk, "proactive/fees/amount").as_deref(), Some("6"));
}

/// A report with these values, and what F6 asks of it.
fn zero_report(values: &[(&str, &str)]) -> (Desk, String) {
    let mut report = Report::new(Form::current());
    for (place, text) in values {
        let place = Place::parse(place).unwrap();
        report.apply(Edit::set(place, Value::read(place, text).0));
    }
    let mut desk = Desk::report(SIZE, report, "requests/received/natural_person");
    desk.press("F6");
    let asked = desk.seen();
    desk.press("Enter");
    for (place, text) in values {
        assert_eq!(shown(&desk, place).as_deref(), Some(*text), "what is filled in stays");
    }
    (desk, asked)
}

#[test]
fn what_is_left_blank_beside_a_wrong_total_is_filled_with_sums() {
    let (desk, asked) = zero_report(&[
        ("requests/received/natural_person", "3"),
        ("requests/received/business", "2"),
        ("requests/granted/natural_person", "3"),
        ("requests/granted/business", "2"),
        ("requests/granted/total", "7"),
    ]);
    assert!(asked.contains("（一）予以公开，总计 填的是 7，各格之和是 5"), "{asked}");
    let open = desk.app.open.as_ref().unwrap();
    let counts = open.report().counts();
    let broken =
        Form::current().equations().iter().filter(|one| one.sides(&counts).is_none_or(|(a, b)| a != b));
    let granted = Cell { row: Row::Granted, column: Column::Total };
    let cells = Form::current().cells();
    assert!(
        broken.clone().all(|one| one.cells().any(|nth| cells[nth].cell == granted)),
        "the wrong one, which stays for whoever knows better, is the only one that is"
    );
    assert_eq!(shown(&desk, "requests/concluded/total").as_deref(), Some("5"));
    let totals = cells.iter().filter(|info| info.is_total).count();
    let notice = open.report().notices().find(|notice| notice.kind == NoticeKind::ZeroReport).unwrap();
    assert!(
        notice.message.contains(&format!(" {} 个空白格", cells.len() - totals - 4)),
        "{}",
        notice.message
    );
}

#[test]
fn a_zero_report_takes_no_total_away_that_cannot_be_added_up() {
    let most = "999999999999";
    let (_, asked) = zero_report(&[
        ("requests/granted/natural_person", most),
        ("requests/granted/business", "2"),
        ("requests/granted/total", "7"),
    ]);
    assert!(asked.contains("填的是 7，它的格里有的不是数，加不出来"), "{asked}");
    for text in ["约3", "-3", "1.5"] {
        let (desk, asked) =
            zero_report(&[("requests/granted/natural_person", text), ("requests/granted/total", "3")]);
        assert!(asked.contains("填的是 3，它的格里有的不是数，加不出来"), "{asked}");
        assert_eq!(shown(&desk, "requests/received/total").as_deref(), Some("0"));
        assert_eq!(shown(&desk, "requests/concluded/total"), None, "what is no count is in it");
        // With its total blank nothing is computed either.
        let (desk, asked) = zero_report(&[("requests/granted/natural_person", text)]);
        assert!(asked.contains("加不出来，仍旧空着") && asked.contains("仍旧手工填写"), "{asked}");
        assert_eq!(shown(&desk, "requests/granted/total"), None);
    }
    let (desk, asked) = zero_report(&[("disputes/reconsideration/total", "/")]);
    assert!(asked.contains("填的是 /，各格之和是 0"), "{asked}");
    assert_eq!(shown(&desk, "disputes/direct_suit/total").as_deref(), Some("0"));
}

#[test]
fn where_only_totals_are_blank_these_are_filled_and_where_nothing_is_nothing_is_asked() {
    let cells = Form::current().cells().iter();
    let zeros = |with_totals: bool| {
        let cells = cells.clone().filter(move |info| with_totals || !info.is_total);
        cells.map(|info| (info.cell.into(), Some(Value::count(0)))).collect()
    };
    let desk = |with_totals: bool| {
        let mut report = Report::new(Form::current());
        report.apply(Edit { values: zeros(with_totals), ..Edit::default() });
        let mut desk = Desk::report(SIZE, report, "requests/received/natural_person");
        desk.press("F6");
        desk
    };
    assert!(desk(true).seen().contains("没有空白格，不需要零报告"), "{}", desk(true).seen());
    let mut desk = desk(false);
    assert!(desk.seen().contains("空着的总计有 34 格，按各格之和填"), "{}", desk.seen());
    assert!(!desk.seen().contains("填为 0"), "{}", desk.seen());
    desk.press("Enter");
    assert_eq!(shown(&desk, "requests/received/total").as_deref(), Some("0"));
    assert!(desk.app.open.as_ref().unwrap().report().notices().next().is_none());
}

#[test]
fn the_finding_that_an_edit_has_caused_is_the_next() {
    let paste = |keys: &str| {
        let mut desk = Desk::report(SIZE, sample(), "overview");
        desk.press("C-End");
        desk.act(Action::Paste("截至2023年12月31日，工作全部完成。".to_owned()));
        let seen = desk.seen();
        assert!(seen.contains("这一改带来新问题：I0"), "{seen}");
        desk.press(keys);
        let open = desk.app.open.as_ref().unwrap();
        let quoted = open.current_finding().and_then(|finding| finding.quote.as_ref());
        quoted.is_some_and(|quote| quote.text.contains("2023年"))
    };
    // The caret stands behind it, and in the order of the report another one follows.
    assert!(paste("F8"));
    assert!(!paste("M-2 F8"), "whatever is done before, it is announced no longer");
}
