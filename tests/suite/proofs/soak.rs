//! Edited at random and killed at random, hundreds of times in one data directory (D6): no confirmed cell is lost.
//!
//! What should be there is kept by a model of its own: numbers in a grid, a text, and the states before for undoing. It is
//! compared with what the program prints when it is started afresh.

mod eager;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use nianbao::form::Form;
use nianbao::form::terms::Section;
use nianbao::report::Place;

use super::{Scale, examined, figure, private, scale};
use crate::pty::{alt, ctrl, row};
use crate::sound::Dice;
use crate::terminal::Terminal;

/// All of table 3 is seen at once.
const SIZE: (u16, u16) = (96, 48);
const PROGRAM: &str = env!("CARGO_BIN_EXE_nianbao");
const ENTER: &str = "\r";
const ROWS: usize = 25;
const COLUMNS: usize = 7;

/// How often one report is edited before the next is begun.
const ROUNDS_A_REPORT: usize = 125;

/// What is in a report.
#[derive(Clone, Default, Debug)]
struct State {
    numbers: BTreeMap<(usize, usize), u64>,
    prose: String,
    /// The numbers before each step that stands; none before a step that was no number.
    before: Vec<Option<BTreeMap<(usize, usize), u64>>>,
}

impl State {
    fn is_as(&self, other: &Self) -> bool {
        self.numbers == other.numbers && self.prose == other.prose
    }
}

/// One step of an edit.
#[derive(Clone, Debug)]
enum Act {
    Number((usize, usize), u64),
    Blank((usize, usize)),
    Block((usize, usize), [u64; 3]),
    Undo,
    Phrase(u64),
}

impl Act {
    /// Something that can be done now; every number is new.
    fn any(state: &State, dice: &mut Dice, number: &mut u64) -> Self {
        *number += 3;
        let at = (dice.below(ROWS - 1), dice.below(COLUMNS - 2));
        let filled: Vec<_> = state.numbers.keys().copied().filter(|(row, _)| row + 1 < ROWS).collect();
        match dice.below(10) {
            0 if !filled.is_empty() => Self::Blank(filled[dice.below(filled.len())]),
            1 => Self::Block(at, [*number, *number + 1, *number + 2]),
            2 | 3 if matches!(state.before.last(), Some(Some(_))) => Self::Undo,
            4 => Self::Phrase(*number),
            _ => Self::Number(at, *number),
        }
    }

    fn after(&self, state: &State) -> State {
        let mut after = state.clone();
        if !matches!(self, Self::Undo) {
            after.before.push((!matches!(self, Self::Phrase(_))).then(|| state.numbers.clone()));
        }
        match *self {
            Self::Number(at, number) => drop(after.numbers.insert(at, number)),
            Self::Blank(at) => drop(after.numbers.remove(&at)),
            Self::Block((row, column), block) => {
                after.numbers.extend((column..).zip(block).map(|(column, number)| ((row, column), number)));
            }
            Self::Undo => after.numbers = after.before.pop().flatten().unwrap(),
            Self::Phrase(number) => after.prose += &phrase(number),
        }
        after
    }
}

fn phrase(number: u64) -> String {
    format!("第{number}句。")
}

/// A program that keeps numbers.
trait Keeper: Sync {
    /// A new report; gives its number.
    fn create(&self, data: &Path, name: &str) -> String;
    fn start(&self, data: &Path, name: &str) -> Terminal;
    /// Waits until the report can be edited.
    fn open(&self, terminal: &mut Terminal, name: &str) -> bool;
    /// What is done next.
    fn any(&self, state: &State, dice: &mut Dice, number: &mut u64) -> Act {
        Act::any(state, dice, number)
    }

    /// Types all of an act but its last key, and gives that, and how it is seen that all of it is saved.
    fn begin(&self, terminal: &mut Terminal, act: &Act) -> (String, Seen);
    /// What a fresh start finds.
    fn found(&self, data: &Path, id: &str) -> Result<State, String>;
    /// Whether what is there has nothing in it that somebody would have to see to.
    fn examined(&self, data: &Path) -> Result<(), String>;
}

/// How it is seen that what was done last is saved.
type Seen = Box<dyn Fn(&Terminal) -> bool>;

/// The program.
struct Clerk;

impl Clerk {
    fn run(data: &Path, arguments: &[&str]) -> Result<String, String> {
        let done = Command::new(PROGRAM).args(arguments).env("NIANBAO_DATA_DIR", data).output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        if done.status.success() { Ok(String::from_utf8(done.stdout).unwrap()) } else { Err(said) }
    }

    /// The places of table 3, as they are spelled, in the order of its rows.
    fn places() -> Vec<String> {
        let cells = Form::current().cells().iter().map(|info| info.cell);
        cells
            .filter(|cell| cell.section() == Section::Requests)
            .map(|cell| Place::from(cell).to_string())
            .collect()
    }

    fn go(terminal: &mut Terminal, (row, column): (usize, usize)) {
        let place = &Self::places()[row * COLUMNS + column];
        terminal.send(&ctrl('g'));
        terminal.wait_for("转到");
        terminal.send(place);
        terminal.wait_for(place);
        terminal.send(ENTER);
        let is_there = |t: &Terminal| !t.text().contains("转到哪里") && t.text().contains("已存");
        assert!(terminal.settle_until(|t| is_there(t)), "{}", terminal.text());
    }
}

impl Keeper for Clerk {
    fn create(&self, data: &Path, name: &str) -> String {
        let made = Self::run(data, &["new", "--agency", name, "--year", "2025"]).unwrap();
        made.split_whitespace().next().unwrap().to_owned()
    }

    fn start(&self, data: &Path, _: &str) -> Terminal {
        Terminal::start(data, &[], SIZE)
    }

    fn open(&self, terminal: &mut Terminal, name: &str) -> bool {
        terminal.wait_for("共 ");
        terminal.send(name);
        let is_alone = |t: &Terminal| t.text().lines().filter(|line| line.starts_with(" 2025")).count() == 1;
        assert!(terminal.settle_until(|t| is_alone(t)), "{}", terminal.text());
        terminal.send(ENTER);
        terminal.settle_until(|t| t.text().contains("已存"))
    }

    fn begin(&self, terminal: &mut Terminal, act: &Act) -> (String, Seen) {
        let is_saved = |t: &Terminal| t.text().contains("已存");
        match *act {
            Act::Number(at, number) => {
                Self::go(terminal, at);
                // With its name: with a longer number than before the rows may move.
                let before = row(terminal);
                (format!("{number}{ENTER}"), Box::new(move |t| is_saved(t) && row(t) != before))
            }
            Act::Blank(at) => {
                Self::go(terminal, at);
                let blank = terminal.text();
                let is_changed = move |t: &Terminal| t.text() != blank;
                ("\x1b[3~".to_owned(), Box::new(move |t| is_saved(t) && is_changed(t)))
            }
            Act::Block(at, block) => {
                Self::go(terminal, at);
                terminal.send(&format!("\x1b[200~{}\t{}\t{}\x1b[201~", block[0], block[1], block[2]));
                terminal.wait_for("Esc 返回");
                (ENTER.to_owned(), Box::new(move |t| is_saved(t) && !t.text().contains("Esc 返回")))
            }
            Act::Undo => {
                Self::go(terminal, (0, 0));
                (ctrl('z'), Box::new(move |t| is_saved(t) && t.text().contains("撤销：")))
            }
            Act::Phrase(number) => {
                terminal.send(&alt('5'));
                terminal.wait_for("第五部分");
                // At the end, wherever the caret was.
                let said = phrase(number);
                let keys = format!("\x1b[1;5F{said}");
                let squeezed = |t: &Terminal| t.text().split_whitespace().collect::<String>();
                (keys, Box::new(move |t| is_saved(t) && squeezed(t).contains(&said)))
            }
        }
    }

    fn found(&self, data: &Path, id: &str) -> Result<State, String> {
        let shown = Self::run(data, &["show", id, "--json"])?;
        let shown: serde_json::Value = serde_json::from_str(&shown).map_err(|error| error.to_string())?;
        let mut found = State::default();
        for (at, place) in Self::places().iter().enumerate() {
            if let Some(value) = shown["values"].get(place) {
                let number = value.as_u64().ok_or_else(|| format!("{place}: {value}"))?;
                found.numbers.insert((at / COLUMNS, at % COLUMNS), number);
            }
        }
        found.prose = shown["values"]["problems"].as_str().unwrap_or_default().to_owned();
        Ok(found)
    }

    fn examined(&self, data: &Path) -> Result<(), String> {
        examined(data)
    }
}

/// What came of many rounds.
#[derive(Default)]
struct Outcome {
    kills: usize,
    acknowledged: usize,
    /// In how many rounds what was being done when the program was killed was found.
    found_later: usize,
    lost: Vec<String>,
}

/// One report, and what should be in it.
struct Report<'a> {
    keeper: &'a dyn Keeper,
    data: PathBuf,
    name: String,
    id: String,
    state: State,
    number: u64,
}

impl Report<'_> {
    /// Edits until the program is killed, and compares; from what is found it goes on.
    fn round(&mut self, dice: &mut Dice, outcome: &mut Outcome) {
        let mut terminal = self.keeper.start(&self.data, &self.name);
        let mut states = vec![self.state.clone()];
        if dice.below(8) == 0 {
            // While it starts and opens.
            std::thread::sleep(Duration::from_micros(dice.below(60_000) as u64));
        } else if self.keeper.open(&mut terminal, &self.name) {
            let acts = 1 + dice.below(3);
            for act in 1..=acts {
                let doing = self.keeper.any(&states[states.len() - 1], dice, &mut self.number);
                let (keys, is_saved) = self.keeper.begin(&mut terminal, &doing);
                states.push(doing.after(&states[states.len() - 1]));
                terminal.send(&keys);
                if act == acts && dice.below(4) > 0 {
                    std::thread::sleep(Duration::from_micros(dice.below(15_000) as u64));
                    break;
                }
                if !terminal.settle_until(|t| is_saved(t)) {
                    outcome.lost.push(format!("{doing:?} is never saved\n{}", terminal.text()));
                    break;
                }
                states.remove(0);
                outcome.acknowledged += 1;
            }
        } else {
            outcome.lost.push(format!("it cannot be opened\n{}", terminal.text()));
        }
        terminal.kill();
        outcome.kills += 1;
        outcome.lost.extend(self.keeper.examined(&self.data).err());
        let found = match self.keeper.found(&self.data, &self.id) {
            Ok(found) => found,
            Err(error) => return outcome.lost.push(error),
        };
        match states.iter().rposition(|state| state.is_as(&found)) {
            Some(at) => {
                outcome.found_later += at;
                self.state = states.swap_remove(at);
            }
            None => {
                outcome.lost.push(format!("{}: found {found:?}, not {states:?}", self.name));
                self.state = found;
            }
        }
    }
}

/// So many kills in one data directory, by two clerks at once, each at their own reports.
fn soak(keeper: &dyn Keeper, kills: usize) -> Outcome {
    let data = private();
    let left = AtomicUsize::new(kills);
    let clerk = |clerk: usize| {
        let (mut dice, mut outcome) = (Dice::new(clerk as u64 + 60), Outcome::default());
        for report in 1.. {
            let name = format!("{}{report}镇人民政府", ["甲", "乙"][clerk]);
            let id = keeper.create(data.path(), &name);
            let data = data.path().to_owned();
            let mut report = Report { keeper, data, name, id, state: State::default(), number: 100_000 };
            for _ in 0..ROUNDS_A_REPORT {
                let goes_on =
                    left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
                if goes_on.is_err() {
                    return outcome;
                }
                assert!(report.data.exists(), "somebody else has removed the directory");
                report.round(&mut dice, &mut outcome);
            }
            let so_far = (kills - left.load(Ordering::SeqCst), outcome.lost.len());
            figure("D6", &format!("{} kills so far, {} lost by this clerk", so_far.0, so_far.1));
        }
        outcome
    };
    let mut outcome = std::thread::scope(|scope| {
        let other = scope.spawn(|| clerk(1));
        let mut outcome = clerk(0);
        let other = other.join().unwrap();
        outcome.kills += other.kills;
        outcome.acknowledged += other.acknowledged;
        outcome.found_later += other.found_later;
        outcome.lost.extend(other.lost);
        outcome
    });
    outcome.lost.extend(left_behind(data.path(), kills));
    outcome
}

/// The files that were begun when the program was killed: few, and they do not pile up.
fn left_behind(data: &Path, kills: usize) -> Option<String> {
    let mut directories = vec![data.to_owned()];
    let mut names = BTreeSet::new();
    while let Some(directory) = directories.pop() {
        for entry in std::fs::read_dir(directory).unwrap().flatten() {
            if entry.path().is_dir() {
                directories.push(entry.path());
            } else if entry.file_name().to_string_lossy().starts_with('.') {
                names.insert(entry.path());
            }
        }
    }
    (names.len() > 5 + kills / 50).then(|| format!("{} files are left behind: {names:?}", names.len()))
}

#[test]
fn edited_and_killed_at_random_no_confirmed_cell_is_lost() {
    let kills = match scale() {
        Scale::Sample => 16,
        Scale::Quick => 200,
        Scale::Full => 5_000,
    };
    let Outcome { kills, acknowledged, found_later, lost } = soak(&Clerk, kills);
    let done =
        format!("{kills} kills, {acknowledged} steps confirmed, {found_later} found that were not yet");
    figure("D6", &format!("{done}, {} lost", lost.len()));
    assert!(lost.is_empty(), "{}", lost.join("\n"));
    // Else the kills come too early or too late to prove anything.
    assert!(scale() == Scale::Sample || (found_later > kills / 20 && found_later < kills), "{found_later}");
}

#[test]
fn a_saver_that_speaks_too_soon_is_caught() {
    let outcome = soak(&eager::Eager, 16);
    figure(
        "D6",
        &format!(
            "control: of a saver that speaks too soon, {} of {} kills lose",
            outcome.lost.len(),
            outcome.kills
        ),
    );
    assert!(!outcome.lost.is_empty());
}
