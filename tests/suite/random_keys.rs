//! Keys pressed at random: against a simple model of a table, and on every screen.

use std::collections::BTreeMap;

use nianbao::form::terms::{Column, Row, Section};
use nianbao::form::{Cell, Form};
use nianbao::keymap::{BINDINGS, Key, Step};
use nianbao::report::{Edit, Place, Value};
use nianbao::session::Session;
use nianbao::tui::action::{Action, Effect, Origin};
use proptest::prelude::*;

use crate::keys::{SIZE, blank, cursor};
use crate::laws::samples;
use crate::screens::{Desk, sample};

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
    Resize(u16, u16),
}

/// So many keys in all, or as many as `NIANBAO_SAMPLES` says, in runs of about sixty.
fn runs(keys: usize) -> ProptestConfig {
    ProptestConfig::with_cases(u32::try_from(samples(keys).div_ceil(60)).unwrap())
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
        1 => (1u16..140, 1u16..50).prop_map(|(columns, rows)| Press::Resize(columns, rows)),
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
        if matches!(press, Press::Resize(..)) {
            return;
        }
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
            Press::Resize(..) => {}
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
        Press::Resize(columns, rows) => desk.act(Action::Resize(*columns, *rows)),
    }
}

proptest! {
    #![proptest_config(runs(1_440))]

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
            desk.seen();
        }
        let report = desk.app.open.as_ref().unwrap().report();
        let values: BTreeMap<Place, Value> = report.values().map(|(place, value)| (place, value.clone())).collect();
        let expected = model.cells.iter().map(|(&at, text)| (cell_at(at), Value::read(cell_at(at), text).0.unwrap()));
        prop_assert_eq!(values, expected.collect());
    }

    #[test]
    fn random_keys_clicks_and_sizes_never_panic_and_leave_a_report_that_its_records_give(
        keys in prop::collection::vec(anything(), 1..120),
    ) {
        let mut desk = Desk::report(SIZE, sample(), "@agency");
        for key in keys {
            match key {
                Anything::Key(key) => desk.key(key),
                Anything::Type(text) => desk.act(Action::Type(text.to_owned())),
                Anything::Click(x, y, is_double) => desk.click((x, y), is_double),
                Anything::Wheel(step) => desk.act(Action::Wheel(step)),
                Anything::Resize(columns, rows) => desk.act(Action::Resize(columns, rows)),
                Anything::Paste(text) => desk.act(Action::Paste(text.to_owned())),
            }
            desk.seen();
        }
        if let Some(open) = &desk.app.open {
            let records = desk.effects.iter().filter_map(|effect| match effect {
                Effect::Append(record) => Some(record.clone()),
                _ => None,
            });
            let replayed = Session::replay(sample(), records);
            prop_assert_eq!(replayed.report(), open.report());
            let mut session = open.session.clone();
            while session.undo().is_some() {}
            prop_assert_eq!(session.report(), &sample());
        }
    }
}

/// Whatever a clerk and his terminal may do.
#[derive(Clone, Debug)]
enum Anything {
    Key(Key),
    Type(&'static str),
    Click(u16, u16, bool),
    Wheel(Step),
    Resize(u16, u16),
    Paste(&'static str),
}

fn anything() -> impl Strategy<Value = Anything> {
    let keys: Vec<Key> =
        BINDINGS.iter().flat_map(|binding| binding.keys.iter()).map(|(key, _)| *key).collect();
    let typed = prop::sample::select(vec!["12", "，政府", "３", "x\u{301}", "“", "2025", "lbg"]);
    let texts = prop::sample::select(vec!["1\t2\t3\n4\t5\t6", "公开\n12 件", "\x1b[201~\u{7}\x1b[31m", ""]);
    prop_oneof![
        10 => prop::sample::select(keys).prop_map(Anything::Key),
        2 => typed.prop_map(Anything::Type),
        2 => (0u16..100, 0u16..40, any::<bool>()).prop_map(|(x, y, is_double)| Anything::Click(x, y, is_double)),
        1 => prop::sample::select(vec![Step::Up, Step::Down]).prop_map(Anything::Wheel),
        1 => (1u16..140, 1u16..50).prop_map(|(columns, rows)| Anything::Resize(columns, rows)),
        1 => texts.prop_map(Anything::Paste),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

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
    fn any_block_can_be_pasted_and_taken_back(
        tokens in prop::collection::vec(prop::sample::select(vec![
            "\t", "\t", "\t", "\n", "\n", "1", "12件", "/", " ", "规章", "信息内容", "本年制发件数", "总计", "其他",
            "三、本年度办理结果", "（一）予以公开", "2.重复申请", "自然人", "商业企业", "一", "不是标题",
        ]), 0..60),
        cursor in prop::sample::select(vec![
            "proactive/fees/amount", "requests/received/business", "requests/carried_out/total",
            "disputes/direct_suit/other",
        ]),
    ) {
        let mut desk = blank(cursor);
        desk.act(Action::Paste(tokens.concat()));
        desk.seen();
        desk.press("PageDown Enter Enter");
        desk.seen();
        let mut session = desk.app.open.as_ref().unwrap().session.clone();
        while session.undo().is_some() {}
        prop_assert_eq!(session.report().values().count(), 0);
    }
}
