//! A data directory with two reports, kept in memory so that it can be laid out again after every damage; and every state
//! that the reports went through, which were written down when they were accepted.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use nianbao::desk::{Decision, Judgement};
use nianbao::form::Form;
use nianbao::form::terms::Section;
use nianbao::report::{Edit, Place, Report, Value};
use nianbao::store::{Access, Draft, Id, Judged, Library, Opened, Readings};

/// A data directory as it was left, and what is in it.
pub(super) struct Scene {
    _root: tempfile::TempDir,
    pub(super) data: PathBuf,
    /// Every file, by its path below the data directory.
    pub(super) files: BTreeMap<String, Vec<u8>>,
    /// The versions of each report, by their numbers.
    pub(super) versions: BTreeMap<Id, Vec<Report>>,
    /// The number of the version that each snapshot holds.
    pub(super) saved: BTreeMap<Id, usize>,
    pub(super) judgement: Judgement,
    /// The snapshot of each report when it was new.
    pub(super) first: BTreeMap<Id, Vec<u8>>,
}

/// The report that was closed in order, and the one whose program was killed.
pub(super) const CLOSED: &str = "0001";
pub(super) const KILLED: &str = "0002";

/// The name of the file that was judged, and the key of the reading.
pub(super) const HASH: &str = "ab12";

pub(super) fn id(name: &str) -> Id {
    name.parse().unwrap()
}

fn edit(step: usize) -> Edit {
    if step % 3 == 2 {
        return Edit::set(Section::Overview, Some(Value::Text(format!("本年公开 {step} 条。"))));
    }
    let place = Place::from(Form::current().cells()[7 * step].cell);
    Edit::set(place, Value::read(place, &(11 * step + 3).to_string()).0)
}

pub(super) fn writable(opened: Opened) -> (nianbao::session::Session, Draft) {
    match opened.access {
        Access::Writable(draft) => (opened.session, draft),
        refused => panic!("{refused:?}"),
    }
}

impl Scene {
    pub(super) fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let data = root.path().join("data");
        let library = Library::open(&data).unwrap();
        let mut scene = Self {
            _root: root,
            data,
            files: BTreeMap::new(),
            versions: BTreeMap::new(),
            saved: BTreeMap::new(),
            first: BTreeMap::new(),
            judgement: Judgement {
                agency: "云溪镇人民政府".to_owned(),
                decision: Some(Decision::Returned),
                turn: 3,
                ..Judgement::default()
            },
        };
        scene.keep_report(&library, "云溪镇人民政府", &[6], true);
        scene.keep_report(&library, "柳河镇人民政府", &[3, 4], false);
        library.remember("width", "wide");
        let report = &scene.versions[&id(CLOSED)][2];
        Judged::open(&scene.data).unwrap().keep(HASH, None, &scene.judgement, Some(report)).unwrap();
        Readings::open(&scene.data, "1").unwrap().keep(HASH, b"made of it");
        scene.files = files(&scene.data);
        scene
    }

    /// A report with as many records in each sitting; the last one is taken back, and another edit made in its place.
    fn keep_report(&mut self, library: &Library, agency: &str, sittings: &[usize], is_closed: bool) {
        let mut report = Report::new(Form::current());
        report.apply(Report::identity(agency, None, 2025));
        let id = library.create(&report).unwrap();
        self.first.insert(id, fs::read(self.data.join(format!("reports/{id}/report.json"))).unwrap());
        let (mut versions, mut saved) = (vec![report], 0);
        for (sitting, &records) in sittings.iter().enumerate() {
            let (mut session, mut draft) = writable(library.open_session(id).unwrap());
            for step in 0..records {
                let record = match step {
                    2 => session.undo().unwrap(),
                    step => session.apply("填写", edit(10 * sitting + step)).unwrap(),
                };
                draft.append(&session, &record).unwrap();
                versions.push(session.report().clone());
            }
            if is_closed || sitting + 1 < sittings.len() {
                draft.close(&session, Some(Section::Overview.into())).unwrap();
                saved = versions.len() - 1;
            }
        }
        self.saved.insert(id, saved);
        self.versions.insert(id, versions);
    }

    /// Lays the directory out as it was left.
    pub(super) fn lay_out(&self) {
        let _ = fs::remove_dir_all(&self.data);
        Library::open(&self.data).unwrap();
        for (name, bytes) in &self.files {
            let path = self.data.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        private(&self.data);
    }

    pub(super) fn library(&self) -> Library {
        Library::open(&self.data).unwrap()
    }

    /// The bytes of a file of a report.
    pub(super) fn file(&self, report: &str, name: &str) -> &[u8] {
        &self.files[&format!("reports/{report}/{name}")]
    }
}

/// Takes from others what they may do with a directory: as the store makes it, whatever the mask of the tests is.
fn private(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let is_directory = path.is_dir();
    let mode = if is_directory { 0o700 } else { 0o600 };
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    if is_directory {
        fs::read_dir(path).unwrap().for_each(|entry| private(&entry.unwrap().path()));
    }
}

/// The plain files below a directory.
pub(super) fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![root.to_owned()];
    while let Some(directory) = waiting.pop() {
        for entry in fs::read_dir(directory).unwrap().flatten() {
            let (path, kind) = (entry.path(), entry.file_type().unwrap());
            if kind.is_dir() {
                waiting.push(path);
            } else if kind.is_file() {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}
