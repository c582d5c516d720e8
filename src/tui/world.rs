//! Performs effects: the only place of the interface from which files and the clipboard are reached.
//!
//! It decides nothing; what came of an effect goes back as an answer.

mod paths;
mod reviewing;
mod totalling;

use std::io::Write;
use std::path::{Path, PathBuf};

use paths::{completed, meant};
pub(super) use reviewing::Reviewing;

use super::action::{Answer, Arrival, Effect, Kept, Origin, Refusal, Task, Writing};
use super::app::App;
use super::app::exporting::Choice;
use crate::batch::spelled;
use crate::document::recognize::Reading;
use crate::export::{self, Extent};
use crate::report::{Edit, Place, Report, Value};
use crate::session::Session;
use crate::store::{
    Access, Draft, Entry, Id, Library, Opened, Overwrite, RESCUED, StoreError, read_input, write_output,
};
use crate::{confine, faces};

/// The library, the report that is open in it, the terminal.
pub(super) struct World {
    library: Library,
    draft: Option<Draft>,
    /// The folder under review, if there is one.
    reviewing: Option<Reviewing>,
    terminal: Box<dyn Write>,
}

impl World {
    pub(super) fn new(library: Library, terminal: Box<dyn Write>) -> Self {
        Self { library, draft: None, reviewing: None, terminal }
    }

    /// The same with a folder to review.
    pub(super) fn reviewing(self, reviewing: Option<Reviewing>) -> Self {
        Self { reviewing, ..self }
    }

    /// Reads the folder under review; `told` hears how many of how many files are done, and says whether to go on.
    pub(super) fn survey(&mut self, app: &App, told: &mut dyn FnMut(usize, usize) -> bool) -> Option<Answer> {
        let surveyed = self.reviewing.as_mut()?.survey(&app.profile, told);
        Some(surveyed.unwrap_or_else(|error| Answer::Refused(refusal(Task::Other, &error))))
    }

    /// Where files of ours are put.
    pub(super) fn directory(&self) -> &Path {
        self.library.directory()
    }

    /// Does what an effect asks; a file is read as long as it is wanted.
    pub(super) fn perform(
        &mut self,
        app: &App,
        effect: Effect,
        is_wanted: &mut dyn FnMut() -> bool,
    ) -> Option<Answer> {
        let session = app.open.as_ref().map(|open| &open.session);
        let (task, done) = match effect {
            Effect::List => (Task::Other, self.list()),
            Effect::Open(id) => (Task::Other, self.open(id)),
            Effect::Append(record) => {
                (Task::Keep, self.keep(session, Answer::Appended, |draft, of| draft.append(of, &record)))
            }
            Effect::Save => (Task::Keep, self.keep(session, Answer::Saved, Draft::save)),
            Effect::Close(place, then) => {
                let closed = self.close(session, place);
                (Task::Close(then), closed.map(|untold| Some(Answer::Closed(then, untold))))
            }
            Effect::Drop => {
                self.draft = None;
                return None;
            }
            Effect::Create(report) => {
                (Task::Other, self.library.create(&report).map(|id| Some(Answer::Created(id))))
            }
            Effect::Trash(id) => (Task::Other, self.library.trash(id).map(|()| Some(Answer::Trashed(id)))),
            Effect::ListTrash => (Task::Other, self.trash()),
            Effect::Restore(id) => {
                (Task::Other, self.library.restore(id).map(|()| Some(Answer::Restored(id))))
            }
            Effect::Review(path) => {
                return Some(read(&path, is_wanted, |reading| {
                    Answer::Opened(looked_at(reading.report, &path))
                }));
            }
            Effect::Desk(errand) => {
                let desk = &app.queue.as_ref()?.desk;
                return Some(self.reviewing.as_ref()?.perform(desk, &app.profile, errand));
            }
            Effect::Import(path) => {
                let answer = |reading| Answer::Imported(Box::new(reading));
                return Some(read(&meant(&path), is_wanted, answer));
            }
            Effect::Write(writing) => return Some(write(writing)),
            Effect::Complete(path) => return Some(Answer::Completed(completed(&path))),
            Effect::Copy(text) => {
                self.copy(&text);
                return None;
            }
            Effect::Remember(remembered) => {
                remembered.store(&self.library);
                return None;
            }
            // Not of the world: the loop sees to them.
            Effect::TakeMouse(_)
            | Effect::Survey
            | Effect::Again(_)
            | Effect::HandOff(..)
            | Effect::Suspend
            | Effect::Quit => return None,
        };
        done.unwrap_or_else(|error| Some(Answer::Refused(refusal(task, &error))))
    }

    /// Puts what the session has done on disk, if its report may be written to.
    fn keep(
        &mut self,
        session: Option<&Session>,
        answer: Answer,
        keep: impl FnOnce(&mut Draft, &Session) -> Result<(), StoreError>,
    ) -> Result<Option<Answer>, StoreError> {
        let open = self.draft.as_mut().zip(session);
        open.map(|(draft, session)| keep(draft, session).map(|()| answer)).transpose()
    }

    fn trash(&self) -> Result<Option<Answer>, StoreError> {
        Ok(Some(Answer::Trash(self.library.list_trash()?.into_iter().map(kept).collect())))
    }

    fn list(&self) -> Result<Option<Answer>, StoreError> {
        Ok(Some(Answer::Listed(self.library.list()?.into_iter().map(kept).collect())))
    }

    fn open(&mut self, id: Id) -> Result<Option<Answer>, StoreError> {
        let Opened { session, access, recovered, cursor } = self.library.open_session(id)?;
        let (origin, message) = match access {
            Access::Writable(draft) => {
                self.draft = Some(draft);
                (Origin::Library(id), recovered)
            }
            Access::ReadOnly(why) => self.locked(id, why.to_string()),
        };
        Ok(Some(Answer::Opened(Box::new(Arrival { session, origin, cursor, message, on_desk: None }))))
    }

    fn locked(&mut self, id: Id, why: String) -> (Origin, Option<String>) {
        self.draft = None;
        let said = format!("只读：{why}");
        (Origin::Locked(id, why), Some(said))
    }

    /// Closes the report; if it cannot be put on disk it stays open. Gives what is to be said where only the snapshot could
    /// not be written.
    fn close(&mut self, session: Option<&Session>, cursor: Place) -> Result<Option<String>, StoreError> {
        let Some((draft, session)) = self.draft.as_mut().zip(session) else { return Ok(None) };
        let untold = draft.close(session, Some(cursor))?;
        self.draft = None;
        Ok(untold
            .map(|error| format!("改动都已存；报告文件没有写成，下次打开时补上：{error}。{}", error.hint())))
    }

    /// Writes the open report, with what was being typed, to a file of its own if that is more than the library has; after
    /// a panic, in the simplest way there is. Gives the file.
    pub(super) fn rescue(&self, app: &App) -> Option<PathBuf> {
        let open = app.open.as_ref().filter(|open| open.is_writable())?;
        let mut report = open.report().clone();
        if let Some((place, text)) = open.typed() {
            report.apply(Edit::set(place, Value::read(place, &text).0));
        }
        let is_kept = match &open.origin {
            Origin::Library(id) => self.library.read(*id).is_ok_and(|kept| kept == report),
            Origin::File(_) | Origin::Locked(..) => {
                open.session.history().is_empty() && report == *open.report()
            }
        };
        let paths = (1..1000).map(|number| self.library.directory().join(format!("{RESCUED}{number}.json")));
        let json = report.to_json();
        let write = |path: &PathBuf| write_output(path, json.as_bytes(), Overwrite::No).is_ok();
        (!is_kept).then(|| paths.into_iter().find(write)).flatten()
    }

    /// Gives text to the terminal's clipboard. Many terminals ignore it, so nothing is promised.
    fn copy(&mut self, text: &str) {
        let _ = self.terminal.write_all(format!("\x1b]52;c;{}\x07", base64(text.as_bytes())).as_bytes());
    }
}

fn kept(Entry { id, modified, report }: Entry) -> Kept {
    Kept { id, modified, report: report.map_err(|error| error.to_string()) }
}

/// Reads a report from a file and answers with it.
fn read(path: &Path, is_wanted: &mut dyn FnMut() -> bool, answer: impl FnOnce(Reading) -> Answer) -> Answer {
    let bytes = match read_input(path) {
        Ok(bytes) => bytes,
        Err(error) => return Answer::Refused(refusal(Task::Other, &error)),
    };
    match confine::read_while(&bytes, is_wanted) {
        Ok(reading) => answer(reading),
        Err(error) => Answer::Refused(Refusal {
            task: Task::Other,
            message: format!("{}：{error}", path.display()),
            hint: error.hint().to_owned(),
        }),
    }
}

/// Writes a report to the file that was typed.
fn write(mut writing: Box<Writing>) -> Answer {
    let refused =
        |message, hint: &str| Answer::Refused(Refusal { task: Task::Other, message, hint: hint.to_owned() });
    let Choice { kind, has_lead, .. } = writing.choice;
    let faces = match faces::find(kind, None) {
        Ok(faces) => faces,
        Err(error) => return refused(error.to_string(), error.hint()),
    };
    let extent = Extent { has_lead, findings: writing.findings.as_deref() };
    let bytes = match export::write(&writing.report, kind, extent, &faces) {
        Ok(bytes) => bytes,
        Err(error) => return refused(error.to_string(), error.hint()),
    };
    match write_output(&meant(&writing.path), &bytes, writing.overwrite) {
        // Where that is nobody has to guess.
        Ok(()) => {
            if let Ok(path) = std::path::absolute(meant(&writing.path)) {
                writing.path = spelled(&path);
            }
            Answer::Written(writing)
        }
        Err(StoreError::Exists(_)) => Answer::Occupied(writing),
        Err(error) => Answer::Refused(refusal(Task::Other, &error)),
    }
}

/// A report that is only looked at.
fn looked_at(report: Report, path: &Path) -> Box<Arrival> {
    let origin = Origin::File(path.to_owned());
    Box::new(Arrival { session: Session::new(report), origin, cursor: None, message: None, on_desk: None })
}

fn refusal(task: Task, error: &StoreError) -> Refusal {
    let is_shown = matches!(task, Task::Keep | Task::Close(_));
    let hint = format!("{}{}", error.hint(), if is_shown { "屏幕上的内容还在。" } else { "" });
    Refusal { task, message: error.to_string(), hint }
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * place)) as usize & 63];
            text.push(if place <= three.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::Kind;
    use crate::form::Form;
    use crate::form::terms::Section;
    use crate::tui::action::Action;
    use crate::tui::update::update;
    use crate::width::Ambiguous;

    #[test]
    fn after_a_panic_everything_that_is_not_on_disk_is_in_a_file_that_can_be_read_in() {
        let home = tempfile::tempdir().unwrap();
        let library = Library::open(home.path()).unwrap();
        let id = library.create(&Report::new(Form::current())).unwrap();
        let mut world = World::new(library, Box::new(std::io::sink()));
        let mut app = App::new((80, 24), Ambiguous::Narrow, 2025, crate::check::Profile::DEFAULT);
        let opened = world.perform(&app, Effect::Open(id), &mut || true).unwrap();
        update(&mut app, Action::Answer(opened));
        assert_eq!(world.rescue(&app), None, "everything is on disk");
        let cell = Place::parse("requests/received/business").unwrap();
        app.open.as_mut().unwrap().go(cell);
        // Typed, then confirmed, then typed into prose; nothing of it was put on disk.
        update(&mut app, Action::Type("12".to_owned()));
        let rescued =
            |app: &App| confine::read(&std::fs::read(world.rescue(app).unwrap()).unwrap()).unwrap().report;
        assert_eq!(rescued(&app).get(cell), Some(&Value::count(12)));
        app.open.as_mut().unwrap().settle();
        assert_eq!(rescued(&app).get(cell), Some(&Value::count(12)));
        app.open.as_mut().unwrap().go(Section::Overview.into());
        update(&mut app, Action::Pause);
        update(&mut app, Action::Type("今年公开".to_owned()));
        let last = rescued(&app);
        assert_eq!((last.get(cell), last.text(Section::Overview)), (Some(&Value::count(12)), "今年公开"));
        assert!(home.path().join("rescued-3.json").exists());
    }

    #[test]
    fn a_report_is_written_in_the_format_of_its_name_or_the_remedy_is_said() {
        let home = tempfile::tempdir().unwrap();
        let mut world = World::new(Library::open(home.path()).unwrap(), Box::new(std::io::sink()));
        let app = App::new((80, 24), Ambiguous::Narrow, 2025, crate::check::Profile::DEFAULT);
        let report = Report::new(Form::current());
        for (kind, mark) in [(Kind::Json, &b"{"[..]), (Kind::Word, b"PK"), (Kind::Pdf, b"%PDF-")] {
            let path = home.path().join(format!("out.{}", kind.extension()));
            let writing = Writing {
                path: path.to_str().unwrap().to_owned(),
                choice: Choice { kind, ..Choice::default() },
                report: report.clone(),
                findings: None,
                overwrite: Overwrite::No,
            };
            let mut write = |writing| world.perform(&app, Effect::Write(Box::new(writing)), &mut || true);
            match write(writing.clone()) {
                Some(Answer::Written(_)) => {
                    assert!(std::fs::read(&path).unwrap().starts_with(mark));
                    std::fs::write(&path, "").unwrap();
                    assert!(matches!(write(writing.clone()), Some(Answer::Occupied(_))));
                    assert_eq!(std::fs::read(&path).unwrap(), b"", "not unasked");
                    let again = write(Writing { overwrite: Overwrite::Yes, ..writing });
                    assert!(matches!(again, Some(Answer::Written(_))));
                    assert!(std::fs::read(&path).unwrap().starts_with(mark));
                }
                // Where there is no font, or PDF is left out of the program.
                Some(Answer::Refused(refusal)) if kind == Kind::Pdf => {
                    assert!(refusal.message.contains("PDF") && !refusal.hint.is_empty());
                }
                other => panic!("{kind:?}: {other:?}"),
            }
        }
    }

    #[test]
    fn base64_is_padded() {
        let encoded = ["", "1", "12", "123", "年"].map(|text| base64(text.as_bytes()));
        assert_eq!(encoded, ["", "MQ==", "MTI=", "MTIz", "5bm0"]);
    }
}
