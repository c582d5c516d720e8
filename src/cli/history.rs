//! `log`, `restore` and `delete`: the versions of a report of the library, and the trash.
//!
//! Nothing here takes anything away: an older version comes back as a new edit, a deleted report goes to the trash.

use serde::Serialize;

use super::arguments::{Delete, Log, Restore};
use super::print::Output;
use super::set::{self, Change, brief};
use super::{Desk, Error, Status, assignment, library};
use crate::report::{Edit, Report};
use crate::store::{Cause, Id, Version};

/// A version, for other programs.
#[derive(Serialize)]
struct Logged<'a> {
    version: u64,
    cause: &'static str,
    label: &'a str,
    changes: Vec<Change>,
}

/// What became of a report, for other programs.
#[derive(Serialize)]
struct Moved {
    id: String,
    trashed: bool,
}

/// Lists the versions of a report, the latest first.
pub(super) fn log(arguments: &Log, desk: &Desk, output: &mut Output) -> Result<Status, Error> {
    let mut before: Option<Report> = None;
    let mut lines = Vec::new();
    desk.library()?.versions(arguments.id, |version| {
        let edit = before.as_ref().map(|before| before.diff(version.report));
        let changes = before.as_ref().zip(edit.as_ref());
        let changes = changes.map(|(before, edit)| changed(before, version.report, edit)).unwrap_or_default();
        lines.push(if arguments.json {
            let Version { number, cause, label, .. } = version;
            let logged = Logged { version: number, cause: key(cause), label, changes };
            // Maps with text for keys always serialize.
            serde_json::to_string(&logged).unwrap_or_default()
        } else {
            row(&version, before.as_ref(), edit.as_ref())
        });
        before = Some(version.report.clone());
    })?;
    if lines.is_empty() {
        // What cannot be read at all has its own error.
        desk.library()?.read(arguments.id)?;
    }
    let wanted = arguments.last.map_or(lines.len(), std::num::NonZero::get);
    for line in lines.iter().rev().take(wanted) {
        if arguments.json { output.json_text(line) } else { output.line(line) }
    }
    if !arguments.json {
        let id = arguments.id;
        output.note(&format!(
            "看一版：nianbao show {id} --at 第几版；找回一版：nianbao restore {id} 第几版 [位置…]"
        ));
    }
    Ok(Status::Clean)
}

/// Brings an older version back as a new edit, or some places of it; without a version, a report back from the trash.
pub(super) fn restore(arguments: &Restore, desk: &Desk, output: &mut Output) -> Result<Status, Error> {
    let (library, id) = (desk.library()?, arguments.id);
    let Some(number) = arguments.version else {
        library.restore(id)?;
        moved(id, false, arguments.json, output);
        if !arguments.json {
            output.note(&format!("已从回收站找回：{}", library::titled(&library.read(id)?)));
        }
        return Ok(Status::Clean);
    };
    let step = |report: &Report, _: &mut Output| {
        let places = arguments.places.iter().map(|spelling| assignment::place(report.form(), spelling));
        let places = places.collect::<Result<Vec<_>, _>>()?;
        let mut whole = report.diff(&library.version(id, number)?);
        if places.is_empty() {
            return Ok(whole);
        }
        whole.values.retain(|place, _| places.contains(place));
        // What was accepted or noted of other places stays.
        Ok(Edit { values: whole.values, ..Edit::default() })
    };
    let label = format!("找回第 {number} 版{}", if arguments.places.is_empty() { "" } else { "的几处" });
    if set::in_library(id, desk, &label, step, arguments.json, output)? && !arguments.json {
        output.note(&format!("已{label}，算一步，打开报告可以撤销（Ctrl+Z）"));
    }
    Ok(Status::Clean)
}

/// Moves reports to the trash; one that cannot be moved does not stop the rest.
pub(super) fn delete(arguments: &Delete, desk: &Desk, output: &mut Output) -> Result<Status, Error> {
    let library = desk.library()?;
    let mut status = Status::Clean;
    for &id in &arguments.ids {
        match library.trash(id) {
            Ok(()) if arguments.json => moved(id, true, true, output),
            Ok(()) => output.note(&format!("已移到回收站：{id}；找回：nianbao restore {id}")),
            Err(error) => {
                status = Status::Failed;
                output.unreadable(&id.to_string(), &error, arguments.json);
            }
        }
    }
    Ok(status)
}

fn moved(id: Id, trashed: bool, json: bool, output: &mut Output) {
    if json {
        output.json(&Moved { id: id.to_string(), trashed });
    } else {
        output.line(&id.to_string());
    }
}

const fn key(cause: Cause) -> &'static str {
    match cause {
        Cause::Beginning => "beginning",
        Cause::Edit => "edit",
        Cause::Amend => "amend",
        Cause::Undo => "undo",
        Cause::Redo => "redo",
    }
}

fn changed(before: &Report, after: &Report, edit: &Edit) -> Vec<Change> {
    edit.values.keys().map(|&place| Change::new(place, before.get(place), after.get(place))).collect()
}

/// A version in one line: its number, what was done, where.
fn row(version: &Version<'_>, before: Option<&Report>, edit: Option<&Edit>) -> String {
    let Version { number, cause, label, report } = version;
    let place = edit.and_then(|edit| edit.values.keys().next().copied());
    let named = place.map(|place| place.label(report.form()));
    // An edit of one place is often called by it already.
    let label = named.as_deref().and_then(|named| label.strip_suffix(named)).map_or(*label, str::trim_end);
    let done = match cause {
        Cause::Beginning if before.is_none() => "记得的最早一版".to_owned(),
        Cause::Beginning => "从这里接着，当中的几版没有了".to_owned(),
        Cause::Edit => label.to_owned(),
        Cause::Amend => format!("{label}（接着改）"),
        Cause::Undo => format!("撤销“{label}”"),
        Cause::Redo => format!("重做“{label}”"),
    };
    let first = before.zip(edit).zip(place.zip(named.as_deref())).map(|((before, edit), (place, named))| {
        let (old, new) = (brief(place, before.get(place)), brief(place, report.get(place)));
        let more = match edit.values.len() {
            1 => String::new(),
            several => {
                let all = format!("共改 {several} 处");
                format!("（{all}）")
            }
        };
        format!("  {named}：{old} → {new}{more}")
    });
    format!("{number:>4}  {done}{}", first.unwrap_or_default())
}
