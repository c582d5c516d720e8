//! What the screens show: snapshots as text under `tests/data/screens`, and what must hold for every screen at any size.
//!
//! After a change that is meant, `NIANBAO_SNAPSHOTS=write cargo test screens` writes the snapshots anew, to be read in the diff.

use nianbao::check::Profile;
use nianbao::form::Form;
use nianbao::language::Language;
use nianbao::report::{Edit, Place, Report, Value};
use nianbao::session::Session;
use nianbao::store::Id;
use nianbao::tui::action::{Action, Answer, Arrival, Effect, Kept, Origin, Spot};
use nianbao::tui::app::App;
use nianbao::tui::input::{Code, Key};
use nianbao::tui::screen::{Cell, Screen};
use nianbao::tui::{draw, update};
use nianbao::width::Ambiguous;
use ratatui_core::style::Modifier;

use crate::support::snapshot;

/// The report that comes with the program.
const SAMPLE: &str = include_str!("../../src/sample/yunxi_town_2025.txt");

/// A screen without a terminal, and a world in which everything succeeds.
pub(crate) struct Desk {
    /// The state.
    pub(crate) app: App,
    /// What the world was asked to do.
    pub(crate) effects: Vec<Effect>,
}

impl Desk {
    /// The library, with these reports in it.
    pub(crate) fn library(size: (u16, u16), reports: &[Report]) -> Self {
        let app = App::new(size, Ambiguous::Narrow, 2025, Profile::DEFAULT);
        let mut desk = Self { app, effects: Vec::new() };
        let kept = |(nth, report): (usize, &Report)| Kept {
            id: id(nth),
            modified: 1_768_875_120 + nth as u64 * 60,
            report: Ok(report.clone()),
        };
        desk.act(Action::Answer(Answer::Listed(reports.iter().enumerate().map(kept).collect())));
        desk
    }

    /// A report, open.
    pub(crate) fn report(size: (u16, u16), report: Report, cursor: &str) -> Self {
        Self::report_in(Language::Chinese, size, report, cursor)
    }

    /// The same in a program that speaks this language.
    pub(crate) fn report_in(language: Language, size: (u16, u16), report: Report, cursor: &str) -> Self {
        let mut desk = Self::library(size, std::slice::from_ref(&report));
        desk.app.language = language;
        let arrival = Arrival {
            session: Session::new(report),
            origin: Origin::Library(id(0)),
            cursor: Place::parse(cursor),
            message: None,
            on_desk: None,
        };
        desk.act(Action::Answer(Answer::Opened(Box::new(arrival))));
        desk
    }

    /// Acts, and answers what is asked of the world.
    pub(crate) fn act(&mut self, action: Action) {
        for effect in update::update(&mut self.app, action) {
            match &effect {
                Effect::Again(action) => self.act(action.clone()),
                Effect::Append(_) => self.act(Action::Answer(Answer::Appended)),
                Effect::Close(_, then) => self.act(Action::Answer(Answer::Closed(*then, None))),
                _ => {}
            }
            self.effects.push(effect);
        }
    }

    /// Presses a key.
    pub(crate) fn key(&mut self, key: Key) {
        if let Some(command) = self.app.command(key) {
            self.act(Action::Command(command));
        }
    }

    /// Presses keys: `Enter`, `C-z`, `M-3`, `F8`, `S-F8`; anything else is typed.
    pub(crate) fn press(&mut self, keys: &str) {
        for word in keys.split_whitespace() {
            match key(word) {
                Some(key) => self.key(key),
                None => self.act(Action::Type(word.to_owned())),
            }
        }
    }

    /// What is drawn at the places of the screen that can be clicked on.
    pub(crate) fn spots(&self) -> Vec<((u16, u16), Spot)> {
        let mut screen = Screen::new(std::io::sink(), self.app.size, self.app.ambiguous, true);
        screen.draw(|frame| draw::draw(&self.app, frame)).unwrap();
        let places = (0..self.app.size.1).flat_map(|y| (0..self.app.size.0).map(move |x| (x, y)));
        places.filter_map(|(x, y)| Some(((x, y), screen.spot(x, y)?))).collect()
    }

    /// Clicks on a place, twice if `is_double`.
    pub(crate) fn click(&mut self, place: (u16, u16), is_double: bool) {
        for is_double in [false, true].into_iter().take(1 + usize::from(is_double)) {
            let spot = self.spots().into_iter().find(|(at, _)| *at == place);
            if let Some((_, spot)) = spot {
                self.act(Action::Click { spot, is_double });
            }
        }
    }

    /// Where a text is seen first.
    #[track_caller]
    pub(crate) fn find(&self, text: &str) -> (u16, u16) {
        let seen = self.seen();
        let at =
            seen.lines().enumerate().find_map(|(y, row)| Some((row.find(text).map(|at| &row[..at])?, y)));
        let (before, y) = at.unwrap_or_else(|| panic!("{text:?} is not on\n{seen}"));
        (u16::try_from(nianbao::width::width(before, Ambiguous::Narrow)).unwrap(), u16::try_from(y).unwrap())
    }

    /// What is to be seen, row by row.
    pub(crate) fn seen(&self) -> String {
        self.shown(|cell| cell.symbol().to_owned())
    }

    /// What is to be seen, blanks in reverse as `#`.
    pub(crate) fn seen_with_bars(&self) -> String {
        let is_bar = |cell: &Cell| cell.symbol() == " " && cell.is(Modifier::REVERSED);
        self.shown(|cell| if is_bar(cell) { "#" } else { cell.symbol() }.to_owned())
    }

    fn shown(&self, symbol: impl Fn(&Cell) -> String) -> String {
        let mut rows = String::new();
        let mut screen = Screen::new(std::io::sink(), self.app.size, self.app.ambiguous, true);
        screen
            .draw(|frame| {
                draw::draw(&self.app, frame);
                for row in frame.rows() {
                    let text: String = row.iter().map(&symbol).collect();
                    rows.push_str(text.trim_end());
                    rows.push('\n');
                }
            })
            .unwrap();
        rows
    }
}

fn id(nth: usize) -> Id {
    (nth + 1).to_string().parse().unwrap()
}

pub(crate) fn sample() -> Report {
    nianbao::import::read(SAMPLE.as_bytes()).unwrap()
}

fn key(word: &str) -> Option<Key> {
    let code = |name: &str| {
        Some(match name {
            "Enter" => Code::Enter,
            "Tab" => Code::Tab,
            "Esc" => Code::Esc,
            "Backspace" => Code::Backspace,
            "Delete" => Code::Delete,
            "Up" => Code::Up,
            "Down" => Code::Down,
            "Left" => Code::Left,
            "Right" => Code::Right,
            "Home" => Code::Home,
            "End" => Code::End,
            "PageUp" => Code::PageUp,
            "PageDown" => Code::PageDown,
            _ => Code::F(name.strip_prefix('F')?.parse().ok()?),
        })
    };
    let char = |name: &str| name.chars().next().filter(|_| name.chars().count() == 1).map(Code::Char);
    let either = |name: &str| code(name).or_else(|| char(name)).map(Key::plain);
    match word.split_once('-') {
        Some(("C", name)) => either(name).map(Key::with_ctrl),
        Some(("M", name)) => either(name).map(Key::with_alt),
        Some(("S", name)) => code(name).map(Key::plain).map(Key::with_shift),
        _ => code(word).map(Key::plain),
    }
}

/// The ways to every screen and overlay, from the open sample.
const WAYS: [(&str, &str); 17] = [
    ("cover", ""),
    ("cover-typing", "Down Enter 云溪"),
    ("cover-level", "Down Down Enter"),
    ("proactive", "M-2"),
    ("requests", "M-3"),
    ("requests-end", "M-3 C-End"),
    ("requests-typing", "M-3 Down １２"),
    ("requests-computed", "M-3 C-t Right Right Right Right Right Right 5"),
    ("disputes", "M-4"),
    ("overview", "M-1"),
    ("findings", "F7"),
    ("mend", "M-3 F8 F9"),
    ("explain", "F8 C-d"),
    ("help", "M-3 F1"),
    ("go-to", "C-g 信访"),
    ("palette", "C-p lbg"),
    ("charts-alone", "M-8"),
];

fn assert_snapshot(name: &str, seen: &str) {
    snapshot(&format!("screens/{name}.txt"), seen);
}

#[test]
fn the_screens_are_as_kept() {
    for (name, keys) in WAYS {
        let mut desk = Desk::report((80, 24), sample(), "@agency");
        desk.press(keys);
        assert_snapshot(name, &desk.seen());
    }
    for (name, size, keys) in [
        ("requests-120x40", (120, 40), "M-3"),
        ("requests-100x48", (100, 48), "M-3"),
        ("requests-60x20", (60, 20), "M-3"),
        ("disputes-60x20", (60, 20), "M-4"),
        ("proactive-60x20", (60, 20), "M-2"),
    ] {
        let mut desk = Desk::report(size, sample(), "@agency");
        desk.press(keys);
        assert_snapshot(name, &desk.seen());
    }
}

#[test]
fn the_screens_in_english_are_as_kept() {
    for (name, keys) in WAYS {
        let mut desk = Desk::report_in(Language::English, (80, 24), sample(), "@agency");
        desk.press(keys);
        assert_snapshot(&format!("english-{name}"), &desk.seen());
    }
    let mut desk = Desk::library((80, 24), &[]);
    desk.app.language = Language::English;
    desk.press("C-n 云溪镇人民政府 Enter");
    assert_snapshot("english-new-report", &desk.seen());
}

#[test]
fn in_english_findings_are_sought_in_either_language() {
    for (words, is_found) in
        [("ORIGINAL row", true), ("错行", false), ("S04", true), ("其他", true), ("nowhere", false)]
    {
        let mut desk = Desk::report_in(Language::English, (80, 24), sample(), "@agency");
        desk.press("F7");
        desk.act(Action::Type(words.to_owned()));
        assert_eq!(desk.seen().contains("Warn S04"), is_found, "{words}: {}", desk.seen());
    }
}

#[test]
fn the_library_is_as_kept() {
    let mut desk = Desk::library((80, 24), &[]);
    assert_snapshot("library-empty", &desk.seen());
    desk.press("C-n 云溪镇人民政府 Enter");
    assert_snapshot("new-report", &desk.seen());
    let mut desk = Desk::library((80, 24), &[sample(), Report::new(Form::current())]);
    assert_snapshot("library", &desk.seen());
    desk.press("云溪");
    assert_snapshot("library-found", &desk.seen());
    desk.press("Delete");
    assert_snapshot("library-delete", &desk.seen());
    let old = Form::from_key("2019").unwrap();
    let mut desk = Desk::report((80, 24), Report::new(old), "@agency");
    desk.press("M-2");
    assert_snapshot("proactive-2019", &desk.seen());
    desk.press("F6");
    assert_snapshot("zero-report", &desk.seen());
}

#[test]
fn on_a_narrow_screen_a_number_stays_whole_while_it_is_typed_and_so_does_its_sum() {
    let mut report = sample();
    report.apply(Edit::set(Place::parse("requests/granted/total").unwrap(), Some(Value::count(1234))));
    report.apply(Edit::set(Place::parse("requests/received/total").unwrap(), Some(Value::count(17))));
    let mut desk = Desk::report((60, 20), report, "requests/received/business");
    assert!(desk.seen().contains("本行  12 + 3 + 0 + 0 + 1 + 0 = 16 总计 17  差 1"), "{}", desk.seen());
    desk.press("4567");
    assert!(desk.seen().contains(" 4567    0"), "{}", desk.seen());
}

#[test]
fn on_a_narrow_screen_nothing_is_cut_of_what_there_is_to_begin_with() {
    let seen: String = Desk::library((60, 20), &[]).seen().split_whitespace().collect();
    assert!(seen.contains("Word、WPS、Excel、PDF、网页、文本都可以") && seen.contains("随便改"), "{seen}");
}

#[test]
fn no_screen_minds_any_size() {
    for (_, keys) in WAYS {
        let mut desk = Desk::report((80, 24), sample(), "@agency");
        desk.press(keys);
        for columns in [1, 2, 5, 40, 60, 77, 80, 200] {
            for rows in [1, 2, 3, 5, 7, 8, 12, 22, 30, 60] {
                for (ambiguous, language) in [
                    (Ambiguous::Narrow, Language::Chinese),
                    (Ambiguous::Wide, Language::English),
                    (Ambiguous::Safe, Language::Chinese),
                ] {
                    desk.act(Action::Resize(columns, rows));
                    (desk.app.ambiguous, desk.app.language) = (ambiguous, language);
                    let seen = desk.seen();
                    assert_eq!(seen.lines().count(), usize::from(rows), "{keys} at {columns} x {rows}");
                }
            }
        }
    }
}

#[test]
fn the_chrome_has_no_character_whose_width_terminals_disagree_on() {
    // The help shows such characters on purpose, as a test of the terminal; labels of the form and findings may too.
    for (name, keys) in [
        ("cover", ""),
        ("proactive", "M-2"),
        ("disputes", "M-4"),
        ("blank", "F6"),
        ("palette", "C-p"),
        ("charts", "M-8"),
    ] {
        let mut desk = Desk::report((80, 24), Report::new(Form::current()), "@agency");
        desk.press(keys);
        desk.app.message = None;
        let seen: String = desk.seen().lines().filter(|line| !line.contains("表样")).collect();
        let findings: String = desk
            .app
            .open
            .iter()
            .flat_map(|open| &open.session.review().findings)
            .map(|f| f.message.clone())
            .collect();
        let odd: Vec<char> = seen
            .chars()
            .filter(|&char| {
                let text = char.to_string();
                nianbao::width::width(&text, Ambiguous::Narrow)
                    != nianbao::width::width(&text, Ambiguous::Wide)
            })
            .filter(|char| !findings.contains(*char))
            .collect();
        assert!(odd.is_empty(), "{name}: {odd:?}\n{seen}");
    }
}
