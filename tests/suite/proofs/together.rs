//! C1: several at once. Nobody's change is lost, no number is given twice, nobody who reads sees anything half.

mod falsified;
mod hosts;
mod screens;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use nianbao::desk::Note;
use nianbao::form::terms::{Column, Row};
use nianbao::form::{Cell, Form};
use nianbao::report::{Edit, Report, Value};
use nianbao::store::{Access, Id, Judged, Library, Overwrite, StoreError, write_output};

use super::{Scale, examined, figure, private, scale};
use crate::pty::FIRST_ROWS;
use crate::sound::Dice;

const PROGRAM: &str = env!("CARGO_BIN_EXE_nianbao");

/// How many work in this process, each on its own row.
const WORKERS: usize = 4;

/// The row that everybody counts up and its twin, which every edit keeps equal.
const SHARED: [Row; 2] = [FIRST_ROWS[0], FIRST_ROWS[1]];

/// The row that is set from the command line.
const COMMAND_LINE: Row = FIRST_ROWS[2];

/// What was acknowledged, and what was seen that should not be.
#[derive(Default)]
struct Ledger {
    created: Vec<(Id, String)>,
    counted: BTreeMap<Id, i64>,
    by_command: BTreeMap<Id, i64>,
    noted: usize,
    wrong: Vec<String>,
}

/// Everybody's data directory, and what they were told.
struct Office<'a> {
    data: &'a Path,
    library: Library,
    judged: Judged,
    ledger: Mutex<Ledger>,
    acts: AtomicUsize,
}

fn number(report: &Report, row: Row) -> i64 {
    let number = report.number(Cell { row, column: Column::NaturalPerson });
    number.and_then(|number| number.as_count()).unwrap_or(0)
}

fn set(row: Row, value: i64) -> Edit {
    Edit::set(Cell { row, column: Column::NaturalPerson }, Some(Value::count(value)))
}

/// Whether somebody else has it, or it is in the trash just now, or back already.
fn is_elsewhere(error: &StoreError) -> bool {
    use StoreError::{Busy, InTrash, NoSuchReport, NotInTrash};
    use std::io::ErrorKind::{AlreadyExists, NotFound};
    matches!(error, NoSuchReport(_) | InTrash(_) | NotInTrash(_) | Busy(_))
        || matches!(error, StoreError::Io { source, .. } if matches!(source.kind(), NotFound | AlreadyExists))
}

impl<'a> Office<'a> {
    fn new(data: &'a Path) -> Self {
        let library = Library::open(data).unwrap();
        let judged = Judged::open(data).unwrap();
        let office = Self { data, library, judged, ledger: Mutex::default(), acts: AtomicUsize::new(0) };
        office.create("0-0".to_owned());
        office
    }

    fn wrong(&self, what: String) {
        self.ledger.lock().unwrap().wrong.push(what);
    }

    fn allow<T>(&self, what: &str, done: Result<T, StoreError>) -> Option<T> {
        done.map_err(|error| {
            if !is_elsewhere(&error) {
                self.wrong(format!("{what}: {error}"))
            }
        })
        .ok()
    }

    fn create(&self, name: String) {
        let mut report = Report::new(Form::current());
        report.apply(Report::identity(&name, None, 2025));
        match self.library.create(&report) {
            Ok(id) => self.ledger.lock().unwrap().created.push((id, name)),
            Err(error) => self.wrong(format!("create: {error}")),
        }
    }

    /// Counts up what is there, the twin with it.
    fn count_up(&self, id: Id, is_closed: bool) {
        let Some(opened) = self.allow("open", self.library.open_session(id)) else { return };
        let (mut session, Access::Writable(mut draft)) = (opened.session, opened.access) else { return };
        let next = number(session.report(), SHARED[0]) + 1;
        let edit = set(SHARED[0], next).then(set(SHARED[1], next));
        let record = session.apply("填写", edit).unwrap();
        if let Err(error) = draft.append(&session, &record) {
            return self.wrong(format!("append: {error}"));
        }
        *self.ledger.lock().unwrap().counted.entry(id).or_default() += 1;
        if is_closed && let Err(error) = draft.close(&session, None) {
            self.wrong(format!("close: {error}"));
        }
    }

    /// What a reader must see: the twins equal, and never less than he has seen before.
    fn look(&self, id: Id, report: &Report, seen: &mut BTreeMap<Id, i64>) {
        let [one, two] = SHARED.map(|row| number(report, row));
        let before = seen.insert(id, one).unwrap_or(0);
        if one != two || one < before || report.agency().is_empty() {
            self.wrong(format!("{id}: {one} and {two} after {before}"));
        }
    }

    fn read(&self, id: Id, seen: &mut BTreeMap<Id, i64>) {
        if let Some(report) = self.allow("read", self.library.read(id)) {
            self.look(id, &report, seen);
        }
    }

    fn list(&self, seen: &mut BTreeMap<Id, i64>) {
        for entry in self.library.list().unwrap() {
            match entry.report {
                Ok(report) => self.look(entry.id, &report, seen),
                Err(error) => self.wrong(format!("list: {error}")),
            }
        }
    }

    /// Adds a note to what is said of one file, as the screen does: on top of what was read.
    fn note(&self) {
        let known = self.judged.said("ab").unwrap();
        let mut said = known.clone().unwrap_or_default();
        said.notes.push(Note { place: None, quote: String::new(), text: "见附件".repeat(99) });
        let report = Report::new(Form::current());
        match self.judged.keep("ab", known.as_ref(), &said, Some(&report)) {
            Ok(is_kept) => self.ledger.lock().unwrap().noted += usize::from(is_kept),
            Err(error) => self.wrong(format!("judge: {error}")),
        }
        let (_, damaged) = self.judged.all().unwrap();
        if !damaged.is_empty() || self.judged.report("ab").is_err() {
            self.wrong(format!("half a judgement: {damaged:?}"));
        }
    }

    fn remember(&self, key: &str, value: usize) {
        self.library.remember(key, &value.to_string());
        let memory = std::fs::read(self.data.join("memory.json")).unwrap();
        if serde_json::from_slice::<BTreeMap<String, String>>(&memory).is_err() {
            self.wrong("half a memory".to_owned());
        }
    }

    fn some(&self, dice: &mut Dice) -> Id {
        let created = &self.ledger.lock().unwrap().created;
        created[dice.below(created.len())].0
    }

    /// What one of those in this process does, at random.
    fn work(&self, worker: usize, acts: usize) {
        let (mut dice, mut seen) = (Dice::new(worker as u64 + 100), BTreeMap::new());
        for act in 0..acts {
            let id = self.some(&mut dice);
            match dice.below(16) {
                0..6 => self.count_up(id, act % 2 == 0),
                6 | 7 => self.create(format!("{worker}-{act}")),
                8 => drop(self.allow("trash", self.library.trash(id))),
                9 => drop(self.allow("restore", self.library.restore(id))),
                10 | 11 => self.read(id, &mut seen),
                12 => self.list(&mut seen),
                13 | 14 => self.note(),
                _ => self.remember(&worker.to_string(), act),
            }
            self.acts.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// What somebody does from the command line.
    fn command(&self, acts: i64) {
        let mut dice = Dice::new(99);
        for value in 1..=acts {
            let id = self.some(&mut dice);
            let set = format!("requests/{}/natural_person={value}", COMMAND_LINE.key());
            let mut command = Command::new(PROGRAM);
            command.args(["set", &id.to_string(), &set]).env("NIANBAO_DATA_DIR", self.data);
            let output = command.output().unwrap();
            match output.status.code() {
                Some(0) => drop(self.ledger.lock().unwrap().by_command.insert(id, value)),
                Some(2) => {}
                _ => self.wrong(format!("{output:?}")),
            }
            self.acts.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// What is wrong now that everybody is done.
    fn account(self) -> (Vec<String>, usize, i64) {
        let mut ledger = self.ledger.into_inner().unwrap();
        let ids: BTreeSet<Id> = ledger.created.iter().map(|(id, _)| *id).collect();
        if ids.len() != ledger.created.len() {
            ledger.wrong.push(format!("{} reports have {} numbers", ledger.created.len(), ids.len()));
        }
        for (id, name) in &ledger.created {
            let _ = self.library.restore(*id);
            let report = match self.library.read(*id) {
                Ok(report) => report,
                Err(error) => {
                    ledger.wrong.push(format!("{id}: {error}"));
                    continue;
                }
            };
            let counted = ledger.counted.get(id).copied().unwrap_or(0);
            let commanded = ledger.by_command.get(id).copied().unwrap_or(0);
            let held = (number(&report, SHARED[0]), number(&report, COMMAND_LINE), report.agency());
            if held != (counted, commanded, name) {
                ledger.wrong.push(format!("{id}: {held:?}, not {:?}", (counted, commanded, name)));
            }
        }
        let noted = self.judged.said("ab").unwrap().map_or(0, |said| said.notes.len());
        if noted != ledger.noted {
            ledger.wrong.push(format!("{noted} notes of {}", ledger.noted));
        }
        ledger.wrong.extend(examined(self.data).err());
        (ledger.wrong, ids.len(), ledger.counted.values().sum())
    }
}

#[test]
fn whatever_many_do_at_once_nothing_is_lost_or_half() {
    let acts = match scale() {
        Scale::Sample => 60,
        Scale::Quick => 500,
        Scale::Full => 10_000,
    };
    let data = private();
    let office = Office::new(data.path());
    std::thread::scope(|scope| {
        let office = &office;
        (0..WORKERS).for_each(|worker| drop(scope.spawn(move || office.work(worker, acts))));
        scope.spawn(move || office.command(acts as i64 / 4));
    });
    let done = office.acts.load(Ordering::Relaxed);
    let (wrong, reports, counted) = office.account();
    let what = format!("{done} acts of {} at once on {reports} reports, {counted} counted up", WORKERS + 1);
    figure("C1", &format!("{what}, {} wrong", wrong.len()));
    assert!(wrong.is_empty(), "{} of them, as\n{}", wrong.len(), wrong[..wrong.len().min(12)].join("\n"));
}

/// The store itself, with its lock taken away under it: what is left is the look at the journal before each write.
#[test]
fn without_the_lock_the_look_before_each_write_refuses_the_second() {
    let data = tempfile::tempdir().unwrap();
    let library = Library::open(data.path()).unwrap();
    let id = library.create(&Report::new(Form::current())).unwrap();
    let open = || {
        let _ = std::fs::remove_file(data.path().join(format!("reports/{id}/lock")));
        let opened = library.open_session(id).unwrap();
        match opened.access {
            Access::Writable(draft) => (opened.session, draft),
            other => panic!("{other:?}"),
        }
    };
    let [mut first, mut second] = [open(), open()];
    let write = |(session, draft): &mut (_, nianbao::store::Draft), value| {
        let session: &mut nianbao::session::Session = session;
        let record = session.apply("填写", set(SHARED[0], value)).unwrap();
        draft.append(session, &record).and_then(|()| draft.close(session, None))
    };
    write(&mut first, 1).unwrap();
    assert!(matches!(write(&mut second, 2), Err(StoreError::ChangedOutside(_))));
    write(&mut first, 3).unwrap();
    assert_eq!(number(&library.read(id).unwrap(), SHARED[0]), 3);
}

#[test]
fn numbers_are_never_given_twice_whatever_becomes_of_the_reports() {
    let rounds = scale().of((0..2000).collect::<Vec<i32>>(), 60, 500).len();
    let data = tempfile::tempdir().unwrap();
    let library = Library::open(data.path()).unwrap();
    let given = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for worker in 0..WORKERS {
            let (library, given) = (&library, &given);
            scope.spawn(move || {
                for round in 0..rounds {
                    let name = format!("{worker}-{round}");
                    let mut report = Report::new(Form::current());
                    report.apply(Report::identity(&name, None, 2025));
                    let id = library.create(&report).unwrap();
                    library.trash(id).unwrap();
                    if round % 2 == 0 {
                        library.restore(id).unwrap();
                    }
                    given.lock().unwrap().push((id, name));
                }
            });
        }
    });
    let given = given.into_inner().unwrap();
    let numbers: BTreeSet<Id> = given.iter().map(|(id, _)| *id).collect();
    figure(
        "C1",
        &format!("{} reports made and thrown away at once have {} numbers", given.len(), numbers.len()),
    );
    assert_eq!(numbers.len(), given.len());
    for (id, name) in given {
        let _ = library.restore(id);
        assert_eq!(library.read(id).unwrap().agency(), name);
    }
}

/// As two do who have the same number of process, each in a container of his own.
#[test]
fn a_file_that_several_write_at_once_is_one_of_theirs() {
    let rounds = scale().of((0..20_000).collect::<Vec<i32>>(), 200, 2000).len();
    let data = tempfile::tempdir().unwrap();
    let (file, wrong) = (data.path().join("out.txt"), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for worker in 0..WORKERS {
            let (file, wrong) = (&file, &wrong);
            scope.spawn(move || {
                for round in 0..rounds {
                    let text = format!("{worker} {} 完", "长".repeat(round % 500));
                    let written = write_output(file, text.as_bytes(), Overwrite::Yes);
                    let read = std::fs::read_to_string(file).unwrap_or_default();
                    if written.is_err() || !read.ends_with(" 完") {
                        wrong.lock().unwrap().push(format!("{written:?} {read:?}"));
                    }
                }
            });
        }
    });
    let (wrong, left) = (wrong.into_inner().unwrap(), std::fs::read_dir(data.path()).unwrap().count() - 1);
    figure("C1", &format!("a file written {} times at once: {} wrong", rounds * WORKERS, wrong.len()));
    assert!(wrong.is_empty() && left == 0, "{left} left; {} as {:?}", wrong.len(), wrong.first());
}
