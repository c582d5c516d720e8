//! `set`: changes places of a report, all of them as one edit.
//!
//! On a report of the library the edit goes through its journal, as in the interface; on a saved file the file is
//! replaced as a whole. A file of another format is never written.

use std::path::Path;

use serde::Serialize;

use super::arguments::Set;
use super::assignment::{self, Assignment};
use super::print::Output;
use super::{Desk, Error, Status};
use crate::batch::{self, Source};
use crate::prose::length;
use crate::report::{Edit, Place, Report, Value};
use crate::session::Session;
use crate::store::{self, Access, Id, Library, Opened, Overwrite};

const LABEL: &str = "命令行修改";

/// What a place held and holds now.
#[derive(Serialize)]
pub(super) struct Change {
    place: Place,
    old: Option<serde_json::Value>,
    new: Option<serde_json::Value>,
}

impl Change {
    pub(super) fn new(place: Place, old: Option<&Value>, new: Option<&Value>) -> Self {
        let saved = |value: Option<&Value>| value.map(|value| value.to_json(place));
        Self { place, old: saved(old), new: saved(new) }
    }
}

/// Applies the assignments and prints what changed.
pub(super) fn run(arguments: &Set, desk: &Desk, output: &mut Output) -> Result<Status, Error> {
    // The library's own files are changed through its history only; written over they would be damaged.
    let kept = || Library::report_of(&desk.directory().ok()?, &arguments.report);
    let source = match batch::one(&arguments.report)? {
        Source::File(path) => kept().map_or(Source::File(path), Source::Library),
        source => source,
    };
    match source {
        Source::Library(id) => {
            let step = |report: &Report, output: &mut Output| edit(report, &arguments.values, output);
            in_library(id, desk, LABEL, step, arguments.json, output)?;
        }
        Source::File(path) => {
            let mut session = saved(&store::read_input(&path)?, &path)?;
            let edit = edit(session.report(), &arguments.values, output)?;
            let changed = session.apply(LABEL, edit).is_some();
            if changed {
                let json = format!("{}\n", session.report().to_json());
                store::write_output(&path, json.as_bytes(), Overwrite::Yes)?;
            }
            say_changes(&session, changed, arguments.json, output);
        }
        Source::Stdin => {
            let mut session = saved(&batch::stdin()?, Path::new("-"))?;
            let edit = edit(session.report(), &arguments.values, output)?;
            session.apply(LABEL, edit);
            output.json_text(&session.report().to_json());
        }
    }
    Ok(Status::Clean)
}

/// Changes a report of the library by one step, unless somebody has it open; prints what changed, and says whether
/// anything did.
pub(super) fn in_library(
    id: Id,
    desk: &Desk,
    label: &str,
    edit: impl FnOnce(&Report, &mut Output) -> Result<Edit, Error>,
    json: bool,
    output: &mut Output,
) -> Result<bool, Error> {
    let Opened { mut session, access, recovered, cursor } = desk.library()?.open_session(id)?;
    let mut draft = match access {
        Access::Writable(draft) => draft,
        Access::ReadOnly(why) => return Err(why.into()),
    };
    recovered.iter().for_each(|recovered| output.note(recovered));
    let edit = edit(session.report(), output)?;
    let record = session.apply(label, edit);
    if let Some(record) = &record {
        draft.append(&session, record)?;
        if let Some(error) = draft.close(&session, cursor)? {
            output.note(&format!("改动已存；报告文件没有写成，下次打开时补上：{error}"));
        }
    }
    say_changes(&session, record.is_some(), json, output);
    Ok(record.is_some())
}

/// Opens a saved report; a foreign file would lose by being written back.
fn saved(bytes: &[u8], path: &Path) -> Result<Session, Error> {
    let report =
        Report::from_bytes(bytes).map_err(|cause| Error::NotSaved { path: path.to_owned(), cause })?;
    Ok(Session::new(report))
}

/// All assignments as one edit; says which numbers were read out of another spelling.
fn edit(report: &Report, values: &[String], output: &mut Output) -> Result<Edit, Error> {
    let form = report.form();
    let mut edit = Edit::default();
    for text in values {
        let Assignment { place, value, reread } = assignment::parse(form, text)?;
        if let (Some(written), Some(value)) = (reread, &value) {
            output.note(&format!("{}：写作“{written}”，读作 {value}", place.label(form)));
        }
        if let (Some(_), Some(Value::Text(written))) = (place.cell(), &value) {
            output.note(&format!("{}：“{written}”不是数，先按文字留着", place.label(form)));
        }
        edit = edit.then(Edit::set(place, value));
    }
    Ok(edit)
}

/// Prints what the last step of a session changed, computed totals included.
fn say_changes(session: &Session, changed: bool, json: bool, output: &mut Output) {
    if !changed {
        output.note("内容没有变化");
        return;
    }
    let report = session.report();
    let old = session.last_step().map(|step| &step.inverse.values).into_iter().flatten();
    for (&place, old) in old {
        let new = report.get(place);
        if json {
            output.json(&Change::new(place, old.as_ref(), new));
        } else {
            let label = place.label(report.form());
            output.line(&format!("{label}：{} → {}", brief(place, old.as_ref()), brief(place, new)));
        }
    }
}

/// A value in a line: prose by its length.
pub(super) fn brief(place: Place, value: Option<&Value>) -> String {
    match (place, value) {
        (_, None) => "（空白）".to_owned(),
        (Place::Section(_), Some(prose)) => format!("{} 字", length(&prose.to_string())),
        (_, Some(value)) => value.to_string(),
    }
}
