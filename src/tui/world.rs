//! Performs effects: the only place of the interface from which files and the clipboard are reached.
//!
//! It decides nothing; what came of an effect goes back as an answer.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use super::action::{Answer, Arrival, Effect, Kept, Origin, Refusal, Task};
use super::app::App;
use super::{WIDTH, width_name};
use crate::import;
use crate::report::Place;
use crate::session::Session;
use crate::store::{Access, Draft, Id, Library, Opened, Overwrite, StoreError, read_input, write_output};

/// The library, the report that is open in it, the terminal.
pub(super) struct World {
    library: Library,
    draft: Option<Draft>,
    terminal: File,
}

impl World {
    pub(super) fn new(library: Library, terminal: File) -> Self {
        Self { library, draft: None, terminal }
    }

    /// Does what an effect asks.
    pub(super) fn perform(&mut self, app: &App, effect: Effect) -> Option<Answer> {
        let session = app.open.as_ref().map(|open| &open.session);
        let (task, done) = match effect {
            Effect::List => (Task::Other, self.list()),
            Effect::Open(id) => (Task::Other, self.open(id)),
            Effect::Append(record) => {
                let draft = self.draft.as_mut().zip(session);
                let done = draft.map(|(draft, session)| draft.append(session, &record));
                (Task::Keep, done.transpose().map(|done| done.map(|()| Answer::Appended)))
            }
            Effect::Save => {
                let draft = self.draft.as_mut().zip(session);
                let done = draft.map(|(draft, session)| draft.save(session));
                (Task::Keep, done.transpose().map(|done| done.map(|()| Answer::Saved)))
            }
            Effect::Close(place, then) => {
                let closed = self.close(session, place);
                (Task::Close(then), closed.map(|()| Some(Answer::Closed(then))))
            }
            Effect::Drop => {
                self.draft = None;
                return None;
            }
            Effect::Create(report) => {
                (Task::Other, self.library.create(&report).map(|id| Some(Answer::Created(id))))
            }
            Effect::Trash(id) => (Task::Other, self.library.trash(id).map(|()| Some(Answer::Trashed(id)))),
            Effect::Restore(id) => {
                (Task::Other, self.library.restore(id).map(|()| Some(Answer::Restored(id))))
            }
            Effect::Read(path) => return Some(read(&path)),
            Effect::Write { path, bytes } => {
                let done = write_output(Path::new(&path), &bytes, Overwrite::No);
                (Task::Other, done.map(|()| Some(Answer::Written(path))))
            }
            Effect::Complete(path) => return Some(Answer::Completed(completed(&path))),
            Effect::Copy(text) => {
                self.copy(&text);
                return None;
            }
            Effect::RememberWidth(ambiguous) => {
                self.library.remember(WIDTH, width_name(ambiguous));
                return None;
            }
            // Not of the world: the loop sees to them.
            Effect::Again(_) | Effect::Quit => return None,
        };
        done.unwrap_or_else(|error| Some(Answer::Refused(refusal(task, &error))))
    }

    fn list(&self) -> Result<Option<Answer>, StoreError> {
        let kept = self
            .library
            .list()?
            .into_iter()
            .map(|entry| Kept { id: entry.id, report: entry.report.map_err(|error| error.to_string()) });
        Ok(Some(Answer::Listed(kept.collect())))
    }

    fn open(&mut self, id: Id) -> Result<Option<Answer>, StoreError> {
        let Opened { session, access, recovered, cursor } = self.library.open_session(id)?;
        let (origin, message) = match access {
            Access::Writable(draft) => {
                self.draft = Some(draft);
                (Origin::Library(id), recovered)
            }
            Access::ReadOnly(owner) => self.locked(id, format!("报告正由{owner}打开着")),
            Access::Newer => self.locked(id, "报告由更新的版本保存，显示的可能不是最新内容".to_owned()),
        };
        Ok(Some(Answer::Opened(Box::new(Arrival { session, origin, cursor, message }))))
    }

    fn locked(&mut self, id: Id, why: String) -> (Origin, Option<String>) {
        self.draft = None;
        let said = format!("只读：{why}");
        (Origin::Locked(id, why), Some(said))
    }

    /// Closes the report; if it cannot be put on disk it stays open.
    fn close(&mut self, session: Option<&Session>, cursor: Place) -> Result<(), StoreError> {
        let Some((draft, session)) = self.draft.as_mut().zip(session) else { return Ok(()) };
        draft.close(session, Some(cursor))?;
        self.draft = None;
        Ok(())
    }

    /// Gives text to the terminal's clipboard. Many terminals ignore it, so nothing is promised.
    fn copy(&mut self, text: &str) {
        let _ = self.terminal.write_all(format!("\x1b]52;c;{}\x07", base64(text.as_bytes())).as_bytes());
    }
}

/// The ways in which a path may go on, directories with a slash behind.
fn completed(path: &str) -> Vec<String> {
    let (directory, begun) = path.split_at(path.rfind('/').map_or(0, |slash| slash + 1));
    let listed = std::fs::read_dir(if directory.is_empty() { "." } else { directory });
    let way = |entry: std::fs::DirEntry| {
        let name = entry.file_name().into_string().ok()?;
        let is_meant = name.starts_with(begun) && (begun.starts_with('.') || !name.starts_with('.'));
        let slash = if entry.path().is_dir() { "/" } else { "" };
        is_meant.then(|| format!("{directory}{name}{slash}"))
    };
    let mut ways: Vec<String> = listed.into_iter().flatten().flatten().filter_map(way).collect();
    ways.sort();
    ways
}

/// Reads a report from a file, to be looked at.
fn read(path: &str) -> Answer {
    let bytes = match read_input(Path::new(path)) {
        Ok(bytes) => bytes,
        Err(error) => return Answer::Refused(refusal(Task::Other, &error)),
    };
    match import::read(&bytes) {
        Ok(report) => Answer::Opened(Box::new(Arrival {
            session: Session::new(report),
            origin: Origin::File(path.to_owned()),
            cursor: None,
            message: None,
        })),
        Err(error) => Answer::Refused(Refusal {
            task: Task::Other,
            message: format!("{path}：{error}"),
            hint: error.hint().to_owned(),
        }),
    }
}

fn refusal(task: Task, error: &StoreError) -> Refusal {
    Refusal { task, message: error.to_string(), hint: error.hint().to_owned() }
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
    use super::base64;

    #[test]
    fn base64_is_padded() {
        let encoded = ["", "1", "12", "123", "年"].map(|text| base64(text.as_bytes()));
        assert_eq!(encoded, ["", "MQ==", "MTI=", "MTIz", "5bm0"]);
    }
}
