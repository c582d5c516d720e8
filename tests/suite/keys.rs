//! Keys and what becomes of the report: a few by hand, and thousands at random against a simple model.

use std::collections::BTreeMap;

use nianbao::form::Cell;
use nianbao::form::Form;
use nianbao::form::terms::{Column, Row, Section};
use nianbao::report::{Edit, Place, Report, Value};
use nianbao::session::Session;
use nianbao::tui::action::{Action, Answer, Arrival, Effect, Origin, Refusal, Task, Then};
use proptest::prelude::*;

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
fn a_block_is_shown_first_and_then_pasted_as_one_step() {
    let mut desk = blank("requests/received/other_organization");
    desk.act(Action::Paste("1\t2\t3\n\n12件\tx\n".to_owned()));
    assert_eq!(shown(&desk, "requests/received/total"), None);
    assert!(desk.seen().contains("有 1 格超出了表"), "{}", desk.seen());
    desk.press("Enter");
    assert_eq!(shown(&desk, "requests/received/total").as_deref(), Some("2"));
    assert_eq!(shown(&desk, "requests/granted/other_organization").as_deref(), Some("12"));
    assert_eq!(shown(&desk, "requests/granted/total").as_deref(), Some("x"));
    desk.press("C-z");
    assert_eq!(desk.app.open.as_ref().unwrap().report(), &Report::new(Form::current()));
}

#[test]
fn the_zero_report_is_asked_about_and_fills_only_blanks() {
    let mut desk = blank("requests/received/natural_person");
    desk.press("3 Enter F6");
    assert_eq!(shown(&desk, "requests/carried_in/natural_person"), None);
    assert!(desk.seen().contains("199 个空白格"), "{}", desk.seen());
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
fn a_new_report_has_its_agency_level_and_year() {
    let mut desk = Desk::library(SIZE, &[]);
    desk.press("C-n 云溪镇人民政府 Enter Right Enter Enter");
    let Some(Effect::Create(report)) = desk.effects.last() else { panic!("{:?}", desk.effects) };
    assert_eq!((report.agency(), report.year()), ("云溪镇人民政府", Some(2025)));
    assert_eq!(report.level().map(|level| level.label()), Some("街道"));
}

#[test]
fn what_could_not_be_kept_is_said_until_it_is_and_leaving_asks() {
    let mut desk = blank("requests/received/natural_person");
    desk.press("5 Enter");
    assert!(desk.seen().lines().next().unwrap().ends_with("已存"));
    let refusal = Refusal {
        task: Task::Keep,
        message: "写入失败：/data/journal（磁盘已满）".to_owned(),
        hint: "请清理磁盘后再存".to_owned(),
    };
    desk.act(Action::Answer(Answer::Refused(refusal)));
    assert!(desk.seen().contains("没有存上") && desk.seen().contains("/data/journal（磁盘已满）"));
    desk.press("Down");
    assert!(desk.seen().lines().next().unwrap().ends_with("没有存上"));
    desk.press("C-q");
    assert!(!desk.effects.iter().any(|effect| matches!(effect, Effect::Quit)));
    desk.press("Esc C-s");
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
fn a_file_that_is_looked_at_is_stored_only_when_asked() {
    let mut desk = Desk::library(SIZE, &[]);
    let origin = Origin::File("年报.txt".to_owned());
    let arrival = Arrival { session: Session::new(sample()), origin, cursor: None, message: None };
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

/// A key of the random test, with what it means for the model.
#[derive(Clone, Debug)]
enum Press {
    Count(u16),
    Enter,
    Tab,
    Arrow(&'static str),
    Blank,
    Escape,
    Undo,
    Redo,
}

fn press() -> impl Strategy<Value = Press> {
    prop_oneof![
        4 => (0u16..2000).prop_map(Press::Count),
        2 => Just(Press::Enter),
        2 => Just(Press::Tab),
        3 => prop::sample::select(vec!["Up", "Down", "Left", "Right"]).prop_map(Press::Arrow),
        1 => Just(Press::Blank),
        1 => Just(Press::Escape),
        1 => Just(Press::Undo),
        1 => Just(Press::Redo),
    ]
}

/// What stands in table 3, by row and column.
type Cells = BTreeMap<(usize, usize), String>;

/// Table 3 as the simplest thing that could be right: numbers, a cursor, what is typed, and copies of it all for undo.
#[derive(Default)]
struct Model {
    cells: Cells,
    at: (usize, usize),
    typed: String,
    /// Enter was pressed on the last cell: nothing is typed until something else is pressed.
    is_filled: bool,
    done: Vec<(Cells, (usize, usize))>,
    undone: Vec<(Cells, (usize, usize))>,
}

const ROWS: usize = 25;
const COLUMNS: usize = 7;

impl Model {
    fn set(&mut self, text: Option<String>) {
        let mut cells = self.cells.clone();
        match text {
            Some(text) => cells.insert(self.at, text),
            None => cells.remove(&self.at),
        };
        if cells != self.cells {
            self.done.push((std::mem::replace(&mut self.cells, cells), self.at));
            self.undone.clear();
        }
    }

    fn settle(&mut self) {
        let typed = std::mem::take(&mut self.typed);
        if let Ok(count) = typed.parse::<u64>() {
            self.set(Some(count.to_string()));
        } else if !typed.is_empty() {
            self.set(Some(typed));
        }
    }

    fn press(&mut self, press: &Press) {
        if !matches!(press, Press::Count(_) | Press::Blank | Press::Escape | Press::Undo) {
            self.settle();
        }
        let (row, column) = self.at;
        let was_filled = self.is_filled;
        self.is_filled &= matches!(press, Press::Count(_));
        match press {
            Press::Count(_) if was_filled => {}
            Press::Count(count) => self.typed.push_str(&count.to_string()),
            Press::Enter if row + 1 < ROWS => self.at.0 += 1,
            Press::Enter if column + 1 < COLUMNS => self.at = (0, column + 1),
            Press::Tab if column + 1 < COLUMNS => self.at.1 += 1,
            Press::Tab if row + 1 < ROWS => self.at = (row + 1, 0),
            Press::Enter => self.is_filled = true,
            Press::Tab => {}
            Press::Arrow("Up") => self.at.0 = row.saturating_sub(1),
            Press::Arrow("Down") => self.at.0 = (row + 1).min(ROWS - 1),
            Press::Arrow("Left") => self.at.1 = column.saturating_sub(1),
            Press::Arrow(_) => self.at.1 = (column + 1).min(COLUMNS - 1),
            Press::Blank if self.typed.is_empty() => self.set(None),
            // While something is typed the key deletes after the caret, where nothing is.
            Press::Blank => {}
            Press::Escape => self.typed.clear(),
            Press::Undo if !self.typed.is_empty() => self.typed.clear(),
            Press::Undo => {
                if let Some((cells, at)) = self.done.pop() {
                    self.undone.push((std::mem::replace(&mut self.cells, cells), at));
                    self.at = at;
                }
            }
            Press::Redo => {
                if let Some((cells, at)) = self.undone.pop() {
                    self.done.push((std::mem::replace(&mut self.cells, cells), at));
                    self.at = at;
                }
            }
        }
    }
}

fn cell_at((row, column): (usize, usize)) -> Place {
    let first = Row::ALL.iter().position(|&row| row == Row::Received).unwrap();
    let rows: Vec<Row> = Row::ALL[first..]
        .iter()
        .copied()
        .filter(|&row| Form::current().index(Cell { row, column: Column::NaturalPerson }).is_some())
        .collect();
    let columns = [
        Column::NaturalPerson,
        Column::Business,
        Column::Research,
        Column::PublicInterest,
        Column::LegalService,
        Column::OtherOrganization,
        Column::Total,
    ];
    Place::Cell(Cell { row: rows[row], column: columns[column] })
}

fn type_in(desk: &mut Desk, press: &Press) {
    match press {
        Press::Count(count) => desk.press(&count.to_string()),
        Press::Enter => desk.press("Enter"),
        Press::Tab => desk.press("Tab"),
        Press::Arrow(name) => desk.press(name),
        Press::Blank => desk.press("Delete"),
        Press::Escape => desk.press("Esc"),
        Press::Undo => desk.press("C-z"),
        Press::Redo => desk.press("C-y"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn random_keys_do_to_the_report_what_they_do_to_a_simple_model(keys in prop::collection::vec(press(), 1..120)) {
        let mut desk = blank("requests/received/natural_person");
        let mut model = Model::default();
        for key in &keys {
            if model.is_filled && matches!(key, Press::Enter) {
                // That leaves the table.
                continue;
            }
            type_in(&mut desk, key);
            model.press(key);
            prop_assert_eq!(cursor(&desk), cell_at(model.at).to_string());
        }
        let report = desk.app.open.as_ref().unwrap().report();
        let values: BTreeMap<Place, Value> = report.values().map(|(place, value)| (place, value.clone())).collect();
        let expected = model.cells.iter().map(|(&at, text)| (cell_at(at), Value::read(cell_at(at), text).0.unwrap()));
        prop_assert_eq!(values, expected.collect());
    }

    #[test]
    fn looking_at_every_part_of_any_report_changes_nothing(
        texts in prop::collection::vec("[\r\n\t 政府，a\u{7}\u{feff}“]{0,12}", 6),
        is_locked in any::<bool>(),
    ) {
        let mut report = sample();
        for (section, text) in Section::PROSE.iter().zip(texts) {
            report.apply(Edit::set(*section, (!text.is_empty()).then_some(Value::Text(text))));
        }
        let mut desk = Desk::report(SIZE, report.clone(), "@agency");
        if is_locked {
            desk.app.open.as_mut().unwrap().origin = Origin::Locked("1".parse().unwrap(), "王".to_owned());
        }
        for keys in ["M-0", "End", "Down Down Down Down Down Down Down Enter", "M-1", "C-End", "M-2", "M-3", "M-4", "M-5",
            "M-6", "C-Home", "F7", "F8", "M-1", "M-0"]
        {
            desk.press(keys);
            desk.act(Action::Pause);
            desk.seen();
            let open = desk.app.open.as_ref().unwrap();
            prop_assert!(!open.is_unsettled(), "{keys}");
            prop_assert_eq!(open.report(), &report);
        }
    }

    #[test]
    fn random_keys_never_panic_on_any_screen(
        keys in prop::collection::vec(prop::sample::select(vec![
            "Enter", "Tab", "S-Tab", "Esc", "Up", "Down", "Left", "Right", "Home", "End", "PageUp", "PageDown",
            "C-Home", "C-End", "C-Left", "S-Right", "S-Down", "Backspace", "Delete", "C-Backspace", "F1", "F2", "F4",
            "F5", "F6", "F7", "F8", "S-F8", "F9", "M-0", "M-1", "M-2", "M-3", "M-4", "M-5", "M-6", "C-PageUp",
            "C-PageDown", "C-a", "C-c", "C-d", "C-e", "C-g", "C-l", "C-p", "C-s", "C-t", "C-u", "C-v", "C-x", "C-y",
            "C-z", "C-w", "M-w", "12", "，政府", "３", "x\u{301}", "“", "2025",
        ]), 1..150),
        columns in 1u16..130,
        rows in 1u16..50,
    ) {
        let mut desk = Desk::report((columns, rows), sample(), "@agency");
        for key in keys {
            desk.press(key);
            desk.seen();
        }
        if let Some(open) = &desk.app.open {
            let mut session = open.session.clone();
            while session.undo().is_some() {}
            prop_assert_eq!(session.report(), &sample());
        }
    }
}
