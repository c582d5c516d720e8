//! What came of the effects.

use super::super::action::{Action, Answer, Arrival, Effect, Origin, Refusal, Task, Then, Writing};
use super::super::app::queue::OnDesk;
use super::super::app::{App, Asked, Open, Overlay, Saved, Tab};
use super::super::keymap::Command;
use super::super::remembered::Remembered;
use super::{forms, library, merge, overlay, prose, queue, report};
use crate::check::Severity;
use crate::store::{Id, Overwrite};

/// Takes in what the world did.
pub(super) fn answer(app: &mut App, answer: Answer) -> Vec<Effect> {
    match answer {
        Answer::Listed(kept) => app.shelf.fill(kept, &app.profile),
        Answer::Opened(arrival) => opened(app, *arrival),
        Answer::Imported(reading) if app.open.is_some() => merge::begin(app, &reading),
        Answer::Imported(reading) => {
            app.overlay = None;
            return library::take_in(app, reading.report);
        }
        Answer::Created(id) => {
            let notices = Effect::Again(Action::Command(Command::Notices));
            let is_read = std::mem::take(&mut app.shelf.is_reading);
            return std::iter::once(Effect::Open(id)).chain(is_read.then_some(notices)).collect();
        }
        Answer::Appended => saved(app, Saved::Safe),
        Answer::Saved => {
            saved(app, Saved::Safe);
            app.say("已存盘");
        }
        Answer::Closed(Then::Quit, _) => return vec![Effect::Quit],
        Answer::Closed(Then::Library, untold) => {
            untold.into_iter().for_each(|untold| app.warn(untold));
            if let Some(Origin::Library(id)) = app.open.take().map(|open| open.origin) {
                app.shelf.select(id);
            }
            return vec![Effect::List];
        }
        Answer::Trashed(id) => {
            app.shelf.select_beside(id);
            app.shelf.trashed = Some(id);
            app.say(format!("已移到回收站；{} 找回", app.way(Command::Undo)));
            return vec![Effect::List];
        }
        Answer::Trash(trash) => library::from_trash(app, trash),
        Answer::Restored(id) => {
            app.shelf.select(id);
            app.say("已找回");
            return vec![Effect::List];
        }
        Answer::Completed(found) => forms::completed(app, found),
        Answer::Written(writing) => {
            app.overlay = None;
            app.export = writing.choice;
            let written = format!("已写到 {}", writing.path);
            let count = |severity| app.open.as_ref().map_or(0, |open| open.session.review().count(severity));
            match (count(Severity::Error), count(Severity::Warning)) {
                (0, 0) => app.say(written),
                (errors, warnings) => app.warn(format!(
                    "{written}；里面还有错误 {errors} 处、提示 {warnings} 处，{} 查看",
                    app.way(Command::ShowTab(7))
                )),
            }
            return vec![Effect::Remember(Remembered::Export(writing.choice))];
        }
        Answer::Occupied(writing) => occupied(app, *writing),
        Answer::Desk(outcome) => return queue::outcome(app, outcome),
        Answer::Noted(words) => app.say(words),
        Answer::Rewritten(section, text, said) => return prose::rewritten(app, section, &text, said),
        Answer::Refused(refusal) => refused(app, refusal),
    }
    Vec::new()
}

/// Asks whether to write a file over the one that is there.
fn occupied(app: &mut App, writing: Writing) {
    let Some(Overlay::Export(form)) = app.overlay.take() else { return };
    let [enter, escape] = [Command::Enter, Command::Escape].map(|command| app.way(command));
    let text =
        format!("已经有 {}。{enter} 用这份报告覆盖它，{escape} 不覆盖，换个文件名再存。", writing.path);
    let writing = Writing { overwrite: Overwrite::Yes, ..writing };
    let asked = Asked::Overwrite(Box::new(writing), Box::new(form));
    app.overlay = Some(Overlay::question("覆盖文件", vec![text], asked));
}

/// Says what could not be done; where the report could not be closed, asks what then.
fn refused(app: &mut App, refusal: Refusal) {
    let [save, export] = [Command::Save, Command::Export].map(|command| app.way(command));
    // First of all, because a small screen shows only the beginning.
    let ways = match refusal.task {
        Task::Keep => format!("{save} 重试，{export} 另存为文件。"),
        Task::Close(_) | Task::Other => String::new(),
    };
    app.warn(format!("错误：{}。提示：{ways}{}", refusal.message, refusal.hint));
    match refusal.task {
        Task::Keep => saved(app, Saved::Failed),
        Task::Close(then) if app.open.as_ref().is_some_and(|open| open.saved == Saved::Failed) => {
            report::ask_to_leave(app, "最后的修改没有存上", then);
        }
        Task::Close(then) => {
            let [enter, escape] = [Command::Enter, Command::Escape].map(|command| app.way(command));
            saved(app, Saved::Failed);
            let quit = app.way(Command::Quit);
            let ways = format!(
                "{enter} 再试一次；{escape} 回去，{export} 另存为文件；不存就离开，回去以后按 {quit} 再选。"
            );
            let asked = Asked::Close(then);
            app.overlay = Some(Overlay::question("没有存上", vec![refusal.message, ways], asked));
        }
        Task::Other => {}
    }
}

fn saved(app: &mut App, saved: Saved) {
    if let Some(open) = &mut app.open {
        open.saved = saved;
    }
}

/// Shows a report that has arrived. One that is open already, looked at or locked until now, stays as it is on the screen.
fn opened(app: &mut App, arrival: Arrival) {
    let is_new = matches!(arrival.origin, Origin::File(_));
    let message = arrival.message.clone();
    let mut open = Open::new(arrival, app.language);
    if let Some(before) = app.open.take() {
        let same = |one: &Open| library_id(one).is_some_and(|id| library_id(&open) == Some(id));
        let is_same_text = before.report() == open.report();
        match (before.is_writable(), open.is_writable()) {
            // Nothing has happened.
            (false, false) if same(&before) && is_same_text => return app.open = Some(before),
            (false, true) if same(&before) => app.say("现在可以修改了；内容已更新到最新"),
            _ => {}
        }
        if same(&before) || is_same_text {
            open.go(before.place());
            open.grids = before.grids;
            open.tab = before.tab;
        }
    }
    if let Some(message) = message {
        app.warn(message);
    }
    // A reviewer goes through many: what could not be read cleanly is among the findings.
    let noticed = is_new && open.on_desk.is_none() && open.report().notices().next().is_some();
    if let (Some(queue), Some(number)) = (&mut app.queue, open.on_desk.as_ref().and_then(OnDesk::number)) {
        queue.select(number);
        // A reviewer begins with what the checks found, where they found something.
        let brief = queue.desk.filings.get(number).and_then(|filing| filing.brief());
        if brief.is_some_and(|brief| brief.errors + brief.warnings > 0) {
            open.tab = Tab::Findings;
        }
    }
    app.open = Some(Box::new(open));
    if noticed {
        overlay::notices(app);
    }
    queue::account(app);
}

/// The number of an open report, if it is one of the library.
const fn library_id(open: &Open) -> Option<Id> {
    match &open.origin {
        Origin::Library(id) | Origin::Locked(id, _) => Some(*id),
        Origin::File(_) => None,
    }
}
