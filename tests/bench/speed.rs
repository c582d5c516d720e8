//! What people wait for, work by work: `cargo bench --bench speed`, each in microseconds, the median, the 99th of a hundred
//! and the longest of so many.
//!
//! `-- --only NAME --times N` does one work N times and prints nothing: what `tests/bench/speed.py` counts instructions of.
//! Figures only; nothing here can fail a build.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench reads its files and the clock, prints, and stops where it cannot go on"
)]
#![allow(dead_code, reason = "faults are planted by the suite")]

#[path = "../county/generated.rs"]
mod generated;
#[path = "../suite/sound.rs"]
mod sound;

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

use nianbao::check::localize::localize;
use nianbao::check::{self, Facts, Profile};
use nianbao::desk::{Brief, Desk as Filed, Filing};
use nianbao::export::{self, Extent, Faces, Kind};
use nianbao::form::Form;
use nianbao::form::terms::Section;
use nianbao::keymap::{Code, Key};
use nianbao::report::{Edit, Report, Value};
use nianbao::session::Session;
use nianbao::tui::action::{Action, Answer, Arrival, Effect, Errand, Kept, Origin, Outcome};
use nianbao::tui::app::App;
use nianbao::tui::screen::Screen;
use nianbao::tui::{draw, update};
use nianbao::width::Ambiguous;
use nianbao::{confine, import};
use sound::Dice;

/// One turn of a work, by its number.
type Turn = Box<dyn FnMut(usize)>;

/// What is measured: a name, how often, and what makes it ready.
struct Work {
    name: String,
    times: usize,
    ready: Box<dyn FnOnce() -> Turn>,
}

fn work<T: FnMut(usize) + 'static>(
    name: impl Into<String>,
    times: usize,
    ready: impl FnOnce() -> T + 'static,
) -> Work {
    Work { name: name.into(), times, ready: Box::new(|| Box::new(ready())) }
}

fn main() -> ExitCode {
    // What may break its reader is read in a child, which is this very program.
    if let Some(status) = confine::serve(std::env::args_os()) {
        return status;
    }
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1).cloned()
    };
    let only = value("--only");
    for work in works().into_iter().filter(|work| only.as_ref().is_none_or(|only| *only == work.name)) {
        match value("--times") {
            Some(times) => (0..times.parse().unwrap()).for_each((work.ready)()),
            None => println!("{}", measured(work)),
        }
    }
    ExitCode::SUCCESS
}

/// One line: name, median, 99th of a hundred, longest, in microseconds, and how often.
fn measured(work: Work) -> String {
    let mut turn = (work.ready)();
    // What is made at the first turn is made once.
    let first = work.times.div_ceil(20);
    (0..first).for_each(&mut turn);
    let mut took: Vec<u128> = (first..first + work.times)
        .map(|nth| {
            let begin = Instant::now();
            turn(nth);
            begin.elapsed().as_nanos()
        })
        .collect();
    took.sort_unstable();
    let at = |hundredth: usize| took[(took.len() - 1) * hundredth / 100];
    let micros = |nanos: u128| format!("{}.{}", nanos / 1000, nanos / 100 % 10);
    let [median, most, longest] = [50, 99, 100].map(|hundredth| micros(at(hundredth)));
    format!("{}\t{median}\t{most}\t{longest}\t{}", work.name, took.len())
}

fn works() -> Vec<Work> {
    let mut works = checks();
    works.extend(files());
    works.extend(frames());
    works
}

/// Reports with `slips` wrong cells in table 3 each.
fn wrong(slips: usize) -> Vec<Report> {
    let form = Form::current();
    let requests: Vec<usize> =
        (0..form.cells().len()).filter(|&c| form.cells()[c].cell.section() == Section::Requests).collect();
    let mut dice = Dice::new(8);
    let one = |_| {
        let counts = sound::counts(form, &mut dice);
        let mut report = sound::report(form, &counts);
        for _ in 0..slips {
            let cell = requests[dice.below(requests.len())];
            let count = counts[cell] + 1 + dice.count();
            report.apply(Edit::set(form.cells()[cell].cell, Some(Value::count(count))));
        }
        report
    };
    (0..200).map(one).collect()
}

/// Reports that differ in prose and numbers.
fn county() -> Vec<Report> {
    generated::generate(20_250_131, 50, 4).filings.into_iter().map(|filing| filing.report).collect()
}

/// What a review and a batch do.
fn checks() -> Vec<Work> {
    let sums = work("sums of 200 reports in memory, 5 times", 200, || {
        let reports = wrong(0);
        let form = Form::current();
        let counts: Vec<_> = reports.iter().map(Report::counts).collect();
        move |_| {
            for counts in counts.iter().cycle().take(1000) {
                let sides = form.equations().iter().filter_map(|equation| equation.sides(counts));
                black_box(sides.filter(|(left, right)| left != right).count());
            }
        }
    });
    let saved = work("saved report read and checked", 2000, || {
        let saved: Vec<String> = county().iter().map(Report::to_json).collect();
        move |nth| {
            let report = Report::from_json(&saved[nth % saved.len()]).unwrap();
            black_box(check::check(&report));
        }
    });
    let localized = |slips| {
        work(format!("localization of {slips} wrong cells"), 1000, move || {
            let reports = wrong(slips);
            move |nth| {
                black_box(localize(&Facts::new(&reports[nth % reports.len()])));
            }
        })
    };
    let compared = |name: &str, reports: fn() -> Vec<Report>| {
        work(format!("1,000 reports compared with each other{name}"), 20, move || {
            let reports = reports();
            move |_| {
                let named: Vec<_> = reports.iter().map(|report| ("", report)).collect();
                black_box(check::copies::among(&named, Profile::DEFAULT.similarity, &mut || true));
            }
        })
    };
    let counties = || {
        let filings = (0..20).flat_map(|number| generated::numbered(20_250_131, number, 50, 1).filings);
        filings.map(|filing| filing.report).collect()
    };
    // A text that was handed down, with words of one's own in ten places.
    let alike = || {
        let text: Vec<char> = ('一'..).take(1500).collect();
        let mut dice = Dice::new(9);
        let one = |number| {
            let mut own = text.clone();
            (0..10).for_each(|_| own[dice.below(text.len())] = ('龟'..).nth(number).unwrap());
            let mut report = Report::new(Form::current());
            report.apply(Edit::set(Section::Overview, Some(Value::Text(own.into_iter().collect()))));
            report
        };
        (0..1000).map(one).collect()
    };
    let compared = [compared("", counties), compared(", all written from one text", alike)];
    [sums, saved].into_iter().chain(compared).chain([1, 2, 3].map(localized)).collect()
}

/// Reading and writing, by format; the real files where they are at hand.
fn files() -> Vec<Work> {
    let written =
        |kind, report: &Report| export::write(report, kind, Extent::default(), &Faces::default()).unwrap();
    let report = || county().swap_remove(7);
    let mut works = Vec::new();
    for (name, kind) in [("DOCX", Kind::Word), ("XLSX", Kind::Workbook), ("HTML", Kind::Page)] {
        works.push(work(format!("{name} written"), 300, move || {
            let report = report();
            move |_| {
                black_box(written(kind, &report));
            }
        }));
        works.push(reading(format!("{name} of ours read"), 300, move || written(kind, &report())));
    }
    let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    for (name, times) in [("shuyang_fgj_2023.html", 200), ("hongze_2023.pdf", 20)] {
        match std::fs::read(corpus.join(name)) {
            Ok(bytes) => {
                if let (true, Ok(page)) = (name.ends_with(".html"), String::from_utf8(bytes.clone())) {
                    works.push(work(format!("{name} parsed, and no more"), times, move || {
                        move |_| {
                            black_box(scraper::Html::parse_document(&page));
                        }
                    }));
                }
                works.push(reading(format!("{name} read"), times, move || bytes));
            }
            Err(_) => println!("skipped: {name} is not at hand"),
        }
    }
    works
}

fn reading(name: String, times: usize, bytes: impl FnOnce() -> Vec<u8> + 'static) -> Work {
    work(name, times, move || {
        let bytes = bytes();
        move |_| {
            black_box(confine::read(&bytes).unwrap());
        }
    })
}

/// The report that comes with the program.
const SAMPLE: &str = include_str!("../../src/sample/yunxi_town_2025.txt");

/// What a session on a screen begins with.
#[derive(Clone, Copy)]
enum Begin {
    /// A library of 1,000 reports.
    Library,
    /// The sample, opened from it.
    Opened,
    /// The desk of a review with a folder of fifty.
    Review,
}
use Begin::{Library, Opened, Review};

/// Each screen: what it begins with, the keys that lead to it, and those that are pressed there in turn, in the spelling of
/// [`key`]; anything else is typed.
const SCREENS: [(&str, Begin, &str, &str); 12] = [
    ("library of 1,000", Library, "", "Down Down Up 云 Esc"),
    ("review of 50", Review, "", "Down Down M-y Up M-t 镇 Esc"),
    ("cover", Opened, "M-0", "Down Enter 镇 Esc Up"),
    ("prose", Opened, "M-1", "公 7 Left Down Up Right Backspace Backspace"),
    ("table 2", Opened, "M-2", "7 Enter Up 1 Enter"),
    ("table 3", Opened, "M-3", "7 Enter Down 1 2 Enter Right Up"),
    ("table 4", Opened, "M-4", "3 Enter Down Right Left"),
    ("findings", Opened, "F7", "Down Down Tab Up"),
    ("charts", Opened, "M-8", "Down Down Up"),
    ("help", Opened, "M-3 F1", "Down PageDown Up PageUp"),
    ("palette", Opened, "C-p", "信 Down Backspace"),
    ("go to", Opened, "C-g", "信 访 Down Backspace Backspace"),
];

/// A key and the frame behind it: what it does to the report, all rules, the drawing and the bytes for the terminal.
fn frames() -> Vec<Work> {
    let screen = |&(name, begin, way, keys): &(&str, Begin, &'static str, &'static str)| {
        work(format!("key to frame, {name}"), 2000, move || {
            let mut desk = Desk::at(begin, way);
            let keys: Vec<&str> = keys.split_whitespace().collect();
            move |nth| desk.press(keys[nth % keys.len()])
        })
    };
    SCREENS.iter().map(screen).collect()
}

/// A screen of 200 by 60 whose bytes go nowhere, and a world in which everything succeeds.
struct Desk {
    app: App,
    screen: Screen<std::io::Sink>,
}

impl Desk {
    /// What a session begins with, gone through these keys.
    fn at(begin: Begin, way: &str) -> Self {
        const SIZE: (u16, u16) = (200, 60);
        let app = App::new(SIZE, Ambiguous::Narrow, 2025, Profile::DEFAULT);
        let mut desk = Self { app, screen: Screen::new(std::io::sink(), SIZE, Ambiguous::Narrow, true) };
        let sample = import::read(SAMPLE.as_bytes()).unwrap();
        let kept = |nth: u64| Kept {
            id: (nth + 1).to_string().parse().unwrap(),
            modified: 1_768_875_120 + nth * 60,
            report: Ok(sample.clone()),
        };
        desk.act(Action::Answer(Answer::Listed((0..1000).map(kept).collect())));
        if let Review = begin {
            desk.act(Action::Answer(Answer::Desk(Outcome::Surveyed(Box::new(filed()), None))));
        }
        if let Opened = begin {
            let arrival = Arrival {
                session: Session::new(sample.clone()),
                origin: Origin::Library("1".parse().unwrap()),
                cursor: None,
                message: None,
                on_desk: None,
            };
            desk.act(Action::Answer(Answer::Opened(Box::new(arrival))));
        }
        way.split_whitespace().for_each(|key| desk.press(key));
        desk
    }

    /// Does what is asked, as far as it takes no world but one in which everything succeeds.
    fn act(&mut self, action: Action) {
        for effect in update::update(&mut self.app, action) {
            match &effect {
                Effect::Again(action) => self.act(action.clone()),
                Effect::Append(_) => self.act(Action::Answer(Answer::Appended)),
                Effect::Desk(Errand::Judge(number, said)) => {
                    self.act(Action::Answer(Answer::Desk(Outcome::Judged(*number, said.clone()))));
                }
                _ => {}
            }
        }
    }

    fn press(&mut self, word: &str) {
        match key(word) {
            Some(key) => {
                if let Some(command) = self.app.command(key) {
                    self.act(Action::Command(command));
                }
            }
            None => self.act(Action::Type(word.to_owned())),
        }
        let Self { app, screen } = self;
        screen.draw(|frame| draw::draw(app, frame)).unwrap();
    }
}

/// A folder of fifty as the review finds it, every third with an error.
fn filed() -> Filed {
    let brief = |(nth, report): (usize, Report)| Filing {
        file: format!("报送/{nth:02}.docx"),
        sha256: Some(nth.to_string()),
        content: Ok(Brief {
            whose: report.identified(),
            last: None,
            copied: None,
            is_late: false,
            errors: usize::from(nth % 3 == 0),
            warnings: nth % 5,
            untold: 0,
        }),
    };
    let filings = county().into_iter().take(50).enumerate().map(brief).collect();
    Filed { year: Some(2025), filings, ..Filed::default() }
}

/// The key that a word names: `Down`, `F7`, `C-p`, `M-3`; nothing if it is typed.
fn key(word: &str) -> Option<Key> {
    let plain = match word {
        "Enter" => Code::Enter,
        "Tab" => Code::Tab,
        "Esc" => Code::Esc,
        "Backspace" => Code::Backspace,
        "Up" => Code::Up,
        "Down" => Code::Down,
        "Left" => Code::Left,
        "Right" => Code::Right,
        "PageUp" => Code::PageUp,
        "PageDown" => Code::PageDown,
        _ => match word.split_once('-') {
            Some(("C", char)) => return Some(Key::plain(Code::Char(char.chars().next()?)).with_ctrl()),
            Some(("M", char)) => return Some(Key::plain(Code::Char(char.chars().next()?)).with_alt()),
            _ => Code::F(word.strip_prefix('F')?.parse().ok()?),
        },
    };
    Some(Key::plain(plain))
}
