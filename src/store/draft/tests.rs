//! Writes that fail, files that are damaged, and files of a newer version.

use proptest::prelude::*;

use super::*;
use crate::form::Form;
use crate::form::terms::{Field, Section};
use crate::report::{COMPUTED, Edit, Report, Value};

#[test]
fn after_a_failed_write_the_journal_is_written_afresh_from_memory() {
    let directory = tempfile::tempdir().unwrap();
    let mut session = Session::new(Report::new(Form::current()));
    create(directory.path(), &session).unwrap();
    let loaded = load(directory.path(), Id(1)).unwrap();
    let lock = Lock::take(&directory.path().join("lock")).unwrap().unwrap();
    let mut draft = Draft::new(directory.path(), &loaded, lock).unwrap();
    for text in ["一", "一二", "一二三"] {
        // Every write to this file fails, as on a full disk.
        draft.journal = File::open(directory.path().join(JOURNAL)).unwrap();
        let record =
            session.apply("填写", Edit::set(Section::Overview, Some(Value::Text(text.into())))).unwrap();
        draft.append(&session, &record).unwrap();
        assert_eq!(load(directory.path(), Id(1)).unwrap().session.history(), session.history());
    }
}

#[test]
fn what_could_not_be_written_is_not_called_written_and_is_written_later() {
    let directory = tempfile::tempdir().unwrap();
    let home = directory.path().join("report");
    std::fs::create_dir(&home).unwrap();
    let mut session = Session::new(Report::new(Form::current()));
    create(&home, &session).unwrap();
    let loaded = load(&home, Id(1)).unwrap();
    let lock = Lock::take(&home.join("lock")).unwrap().unwrap();
    let mut draft = Draft::new(&home, &loaded, lock).unwrap();
    draft.journal = File::open(home.join(JOURNAL)).unwrap();
    draft.directory = directory.path().join("nowhere");
    draft.standing = Standing::Broken;
    let record = session.apply("填写", Edit::set(Section::Overview, Some(Value::Text("一".into())))).unwrap();
    let error = draft.append(&session, &record).unwrap_err();
    assert!(error.to_string().contains("nowhere"), "{error}");
    draft.directory = home.clone();
    let record = session.apply("填写", Edit::set(Section::Overview, Some(Value::Text("二".into())))).unwrap();
    draft.append(&session, &record).unwrap();
    let after = load(&home, Id(1)).unwrap();
    assert_eq!(after.session.history(), session.history());
    assert_eq!(after.sequence, 2);
}

#[test]
fn records_that_a_fresh_journal_holds_already_are_not_added_again() {
    for fails in [false, true] {
        let (directory, _) = edited(true);
        let loaded = load(directory.path(), Id(1)).unwrap();
        let lock = Lock::take(&directory.path().join("lock")).unwrap().unwrap();
        let mut draft = Draft::new(directory.path(), &loaded, lock).unwrap();
        let mut session = loaded.session;
        let edit = Edit::set(Section::Overview, Some(Value::Text("五".into())));
        // Both happen before either is put on disk.
        let records = [session.apply("填写", edit).unwrap(), session.undo().unwrap()];
        if fails {
            draft.journal = File::open(directory.path().join(JOURNAL)).unwrap();
        }
        for record in records {
            draft.append(&session, &record).unwrap();
        }
        let found = load(directory.path(), Id(1)).unwrap().session;
        assert_eq!((found.report(), found.history()), (session.report(), session.history()));
        session.undo().unwrap();
        draft.save(&session).unwrap();
        let found = load(directory.path(), Id(1)).unwrap().session;
        assert_eq!(
            (found.report(), found.history()),
            (session.report(), session.history()),
            "never appended"
        );
    }
}

/// A directory with a report of four records; `closed` says whether it was closed after two of them or after all.
fn edited(closed: bool) -> (tempfile::TempDir, Vec<Report>) {
    let directory = tempfile::tempdir().unwrap();
    let mut session = Session::new(Report::new(Form::current()));
    create(directory.path(), &session).unwrap();
    let loaded = load(directory.path(), Id(1)).unwrap();
    let lock = Lock::take(&directory.path().join("lock")).unwrap().unwrap();
    let mut draft = Draft::new(directory.path(), &loaded, lock).unwrap();
    let mut states = vec![session.report().clone()];
    for step in 1..=4 {
        let edit = Edit::set(Section::Overview, Some(Value::Text("一二三四"[..3 * step].into())));
        let record = if step == 4 { session.undo() } else { session.apply("填写", edit) };
        draft.append(&session, &record.unwrap()).unwrap();
        states.push(session.report().clone());
        if step == 2 || (step == 4 && closed) {
            draft.save(&session).unwrap();
        }
    }
    (directory, states)
}

#[test]
fn either_file_alone_gives_the_report_whatever_was_cut_off_or_flipped_in_the_other() {
    for (closed, file) in [(true, JOURNAL), (false, JOURNAL), (true, SNAPSHOT)] {
        let (directory, states) = edited(closed);
        let path = directory.path().join(file);
        let sound = std::fs::read(&path).unwrap();
        let cut = (0..sound.len()).map(|length| sound[..length].to_vec());
        let flipped = (0..sound.len() * 8).map(|bit| {
            let mut flipped = sound.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            flipped
        });
        for damage in cut.chain(flipped) {
            std::fs::write(&path, &damage).unwrap();
            let what = || format!("{file} {closed}: {}", String::from_utf8_lossy(&damage));
            let loaded = load(directory.path(), Id(1)).unwrap_or_else(|error| panic!("{error}: {}", what()));
            let held = if file == SNAPSHOT || closed { 4 } else { 2 };
            let is_shown = states[held..].contains(loaded.session.report());
            assert!(is_shown, "{} {}", loaded.session.report().to_json(), what());
            // A journal that ends after an earlier record is as it was then: nothing can tell.
            let is_earlier = file == JOURNAL && sound.starts_with(&damage) && damage.ends_with(b"\n");
            assert!(loaded.recovered.is_some() || is_earlier, "not told: {}", what());
            let is_cut = file == JOURNAL && sound.starts_with(&damage);
            assert!(loaded.mend.keep.contains(&file) || is_cut, "not kept: {}", what());
            assert!(!loaded.is_newer, "{}", what());
        }
    }
}

#[test]
fn a_record_is_sound_whatever_became_of_the_newline_after_it() {
    let (directory, states) = edited(false);
    let path = directory.path().join(JOURNAL);
    let sound = std::fs::read(&path).unwrap();
    let ends = (0..sound.len()).filter(|&at| sound[at] == b'\n');
    let flipped = ends.map(|at| [&sound[..at], b"\x0b", &sound[at + 1..]].concat());
    for damaged in flipped.chain([sound[..sound.len() - 1].to_vec()]) {
        std::fs::write(&path, damaged).unwrap();
        let loaded = load(directory.path(), Id(1)).unwrap();
        assert_eq!((loaded.session.report(), loaded.session.history().len()), (&states[4], 2));
        assert!(loaded.mend.rewrite && loaded.recovered.is_some());
    }
}

#[test]
fn of_two_damaged_files_both_are_kept() {
    let (directory, _) = edited(true);
    for name in [JOURNAL, SNAPSHOT] {
        let mut bytes = std::fs::read(directory.path().join(name)).unwrap();
        let near_the_end = bytes.len() - 20;
        bytes[near_the_end] ^= 1;
        std::fs::write(directory.path().join(name), bytes).unwrap();
    }
    let loaded = load(directory.path(), Id(1)).unwrap();
    assert_eq!(loaded.session.report().text(Section::Overview), "一二三");
    let lock = Lock::take(&directory.path().join("lock")).unwrap().unwrap();
    drop(Draft::new(directory.path(), &loaded, lock).unwrap());
    for name in [JOURNAL, SNAPSHOT] {
        assert!(directory.path().join(format!("{name}.damaged-1")).exists(), "{name}");
    }
    assert_eq!(load(directory.path(), Id(1)).unwrap().recovered, None);
}

#[test]
fn what_a_newer_version_has_written_is_read_as_far_as_it_is_understood() {
    let (directory, states) = edited(false);
    let journal = std::fs::read(directory.path().join(JOURNAL)).unwrap();
    for json in [
        r#"{"do":"attach","file":"台账.xlsx"}"#,
        r#"{"do":"edit","label":"填写","edit":{"set":{},"attach":["台账.xlsx"]}}"#,
        r#"{"do":"edit","label":"填写","edit":{"set":{"@region":"云溪"}}}"#,
        r#"{"do":"edit","label":"填写","edit":{"set":{}},"by":"王"}"#,
    ] {
        let bytes = [&journal[..], &journal::line(5, json)].concat();
        std::fs::write(directory.path().join(JOURNAL), &bytes).unwrap();
        let loaded = load(directory.path(), Id(1)).unwrap();
        assert!(loaded.is_newer, "{json}");
        assert_eq!(loaded.session.report(), &states[4]);
    }
    let begin = journal::line(0, r#"{"begin":{"schema":2,"form":"2021","values":{}}}"#);
    std::fs::write(directory.path().join(JOURNAL), &begin).unwrap();
    let loaded = load(directory.path(), Id(1)).unwrap();
    assert_eq!((loaded.is_newer, loaded.session.report()), (true, &states[2]), "the snapshot can be read");
    std::fs::remove_file(directory.path().join(SNAPSHOT)).unwrap();
    assert!(matches!(load(directory.path(), Id(1)), Err(StoreError::Newer(_))));
}

/// What happens to an open report.
#[derive(Clone, Debug)]
enum Event {
    Edit(Edit),
    Undo,
    Redo,
    /// The next write to the journal fails, as on a full disk; a new file can be written.
    Broken,
    /// The report is found here from now on: where it is, nowhere, or where nothing can be.
    Found(&'static str),
    Save,
    /// The process is killed, perhaps while it appends a record, and the report opened again.
    Killed(Option<Vec<u8>>),
    /// The report is closed in order and opened again.
    Closed,
}

fn event() -> impl Strategy<Value = Event> {
    let cells: Vec<Place> = Form::current().cells().iter().map(|info| info.cell.into()).collect();
    let set = (proptest::sample::select(cells), "[0-9]{0,12}|/")
        .prop_map(|(place, text)| Event::Edit(Edit::set(place, Value::read(place, &text).0)));
    let totals = any::<bool>().prop_map(|computed| {
        let value = computed.then(|| Value::Text(COMPUTED.to_owned()));
        Event::Edit(Edit::set(Field::Totals, value))
    });
    let prose =
        "[一二\r\n]{0,4}".prop_map(|text| Event::Edit(Edit::set(Section::Overview, Some(Value::Text(text)))));
    let torn = proptest::option::of(prop_oneof![Just(b"0000".to_vec()), Just(vec![0; 30])]);
    prop_oneof![
        6 => set,
        2 => totals,
        2 => prose,
        3 => Just(Event::Undo),
        2 => Just(Event::Redo),
        1 => Just(Event::Broken),
        1 => proptest::sample::select(vec!["report", "report", "nowhere", "report/journal"]).prop_map(Event::Found),
        1 => Just(Event::Save),
        2 => torn.prop_map(Event::Killed),
        1 => Just(Event::Closed),
    ]
}

/// A report that is edited, and what of it must be found again.
struct Desk {
    root: tempfile::TempDir,
    session: Session,
    draft: Option<Draft>,
    /// The states since the last one that was acknowledged, that one included.
    since: Vec<Report>,
    is_found: bool,
    /// It was told that somebody else has changed the files.
    is_foreign: bool,
}

impl Desk {
    fn home(&self) -> PathBuf {
        self.root.path().join("report")
    }

    /// Opens the report and looks at what is found: everything acknowledged, or more of what was asked for.
    fn open(&mut self) {
        self.draft = None;
        let loaded = load(&self.home(), Id(1)).unwrap();
        assert!(self.since.contains(loaded.session.report()), "{}", loaded.session.report().to_json());
        if self.since.len() == 1 {
            assert_eq!(loaded.session.history(), self.session.history());
            assert_eq!(loaded.session.next_step(), self.session.next_step());
        }
        let lock = Lock::take(&self.home().join("lock")).unwrap().unwrap();
        self.draft = Some(Draft::new(&self.home(), &loaded, lock).unwrap());
        self.session = loaded.session;
        self.since = vec![self.session.report().clone()];
        (self.is_found, self.is_foreign) = (true, false);
        let again = load(&self.home(), Id(1)).unwrap();
        assert_eq!(
            (again.session.report(), again.session.history()),
            (self.session.report(), self.session.history())
        );
    }

    fn happen(&mut self, event: Event) {
        let draft = self.draft.as_mut().unwrap();
        let record = match event {
            Event::Edit(edit) => self.session.apply("填写", edit),
            Event::Undo => self.session.undo(),
            Event::Redo => self.session.redo(),
            Event::Broken => {
                draft.journal = File::open(self.root.path().join("report").join(JOURNAL)).unwrap();
                None
            }
            Event::Found(name) => {
                self.is_found = name == "report";
                draft.directory = self.root.path().join(name);
                None
            }
            Event::Save | Event::Closed => {
                let done = draft.save(&self.session);
                self.done(&done);
                None
            }
            Event::Killed(ref torn) => {
                let mut bytes = std::fs::read(self.root.path().join("report").join(JOURNAL)).unwrap();
                bytes.extend(torn.iter().flatten());
                std::fs::write(self.root.path().join("report").join(JOURNAL), bytes).unwrap();
                None
            }
        };
        if let Some(record) = record {
            self.since.push(self.session.report().clone());
            let done = self.draft.as_mut().unwrap().append(&self.session, &record);
            self.done(&done);
        }
    }

    /// Takes note of whether something was acknowledged, which it must be exactly where it can be.
    fn done(&mut self, done: &Result<(), StoreError>) {
        assert_eq!(done.is_ok(), self.is_found && !self.is_foreign, "{done:?}");
        self.is_foreign |= matches!(done, Err(StoreError::ChangedOutside(_)));
        if done.is_ok() {
            self.since = vec![self.session.report().clone()];
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn whatever_happens_what_was_acknowledged_is_found_again(
        events in proptest::collection::vec(event(), 0..40)
    ) {
        let root = tempfile::tempdir().unwrap();
        let session = Session::new(Report::new(Form::current()));
        std::fs::create_dir(root.path().join("report")).unwrap();
        create(&root.path().join("report"), &session).unwrap();
        let since = vec![session.report().clone()];
        let mut desk = Desk { root, session, draft: None, since, is_found: true, is_foreign: false };
        desk.open();
        for event in events.into_iter().chain([Event::Killed(None)]) {
            let reopens = matches!(event, Event::Killed(_) | Event::Closed);
            desk.happen(event);
            if reopens {
                desk.open();
            }
        }
    }
}
