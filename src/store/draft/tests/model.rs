//! Whatever happens to an open report, in any order: what was acknowledged is found again, what others wrote is kept.

use proptest::prelude::*;

use super::super::super::load::load;
use super::super::*;
use crate::form::Form;
use crate::form::terms::{Field, Section};
use crate::report::{COMPUTED, Edit, Report, Value};
use crate::store::history;

/// What happens to an open report.
#[derive(Clone, Debug)]
enum Event {
    Edit(Edit),
    Undo,
    Redo,
    /// The next write to the journal fails, as on a full disk; a new file can be written.
    Broken,
    /// Somebody else adds a line to the journal, perhaps after a record could not be written because nothing could be
    /// found.
    Meddled {
        broken: bool,
    },
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
        1 => any::<bool>().prop_map(|broken| Event::Meddled { broken }),
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
    /// The journal as somebody else has left it.
    meddled: Option<Vec<u8>>,
    /// Every state that was ever acknowledged.
    accepted: Vec<Report>,
}

impl Desk {
    fn home(&self) -> PathBuf {
        self.root.path().join("report")
    }

    /// Opens the report and looks at what is found: everything acknowledged, or more of what was asked for.
    fn open(&mut self) {
        self.draft = None;
        self.expect_kept();
        self.meddled = None;
        let loaded = load(&self.home(), Id(1)).unwrap();
        assert!(self.since.contains(loaded.session.report()), "{}", loaded.session.report().to_json());
        if self.since.len() == 1 {
            assert_eq!(loaded.session.history(), self.session.history());
            assert_eq!(loaded.session.next_step(), self.session.next_step());
        }
        let lock = Lock::take(&self.home().join("lock")).unwrap().unwrap();
        self.draft = Some(Draft::new(&self.home(), Id(1), &loaded, lock).unwrap());
        self.session = loaded.session;
        self.since = vec![self.session.report().clone()];
        (self.is_found, self.is_foreign) = (true, false);
        self.expect_every_version();
        let again = load(&self.home(), Id(1)).unwrap();
        assert_eq!(
            (again.session.report(), again.session.history()),
            (self.session.report(), self.session.history())
        );
    }

    /// Whatever was acknowledged can be brought back.
    fn expect_every_version(&self) {
        let mut versions = Vec::new();
        let mut last = None;
        history::versions(&self.home(), Id(1), |version| {
            assert!(last < Some(version.number), "{last:?} {}", version.number);
            last = Some(version.number);
            versions.push(version.report.clone());
        })
        .unwrap();
        let lacking = self.accepted.iter().find(|accepted| !versions.contains(accepted));
        assert!(lacking.is_none(), "{}", lacking.unwrap().to_json());
        assert_eq!(versions.last(), Some(self.session.report()));
    }

    /// What somebody else has written must stand as it was left.
    fn expect_kept(&self) {
        if let Some(left) = &self.meddled {
            assert!(&std::fs::read(self.home().join(JOURNAL)).unwrap() == left, "overwritten");
        }
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
            Event::Meddled { broken } => {
                if broken {
                    self.happen(Event::Found("report/journal"));
                    self.happen(Event::Edit(Edit::set(Section::Problems, Some(Value::Text("未写".into())))));
                    self.happen(Event::Found("report"));
                }
                self.expect_kept();
                let mut bytes = std::fs::read(self.home().join(JOURNAL)).unwrap();
                bytes.extend("别人写的\n".as_bytes());
                std::fs::write(self.home().join(JOURNAL), &bytes).unwrap();
                self.meddled = Some(bytes);
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
                self.expect_kept();
                self.meddled = None;
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
        assert_eq!(done.is_ok(), self.is_found && !self.is_foreign && self.meddled.is_none(), "{done:?}");
        self.expect_kept();
        self.is_foreign |= matches!(done, Err(StoreError::ChangedOutside(_)));
        if done.is_ok() {
            self.since = vec![self.session.report().clone()];
            self.accepted.push(self.session.report().clone());
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
        create(&root.path().join("report"), Id(1), &session).unwrap();
        let since = vec![session.report().clone()];
        let accepted = since.clone();
        let (draft, meddled) = (None, None);
        let mut desk = Desk { root, session, draft, since, is_found: true, is_foreign: false, meddled, accepted };
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
