//! What follows from an action: a change of the state, and what the world is asked to do.
//!
//! Deterministic and pure. Whatever was typed is settled into the report before anything else may rely on it.

mod answer;
mod block;
mod cover;
mod forms;
mod grid;
mod library;
mod merge;
mod overlay;
mod pick;
mod point;
mod prose;
mod queue;
mod replace;
mod report;

use super::action::{Action, Effect, Origin, Then};
use super::app::open::Keeps;
use super::app::{App, Message, Open, Saved, Tour};
use super::keymap::{Command, Context, Step};
use super::remembered::Remembered;
use crate::check::Finding;
use crate::report::Edit;
use crate::session::Record;

/// Changes the state as an action asks, and says what is to be done in the world.
pub fn update(app: &mut App, action: Action) -> Vec<Effect> {
    if matches!(action, Action::Command(_) | Action::Click { .. } | Action::Type(_) | Action::Paste(_)) {
        app.message = None;
        if let Some(open) = &mut app.open
            && !matches!(action, Action::Command(Command::NextFinding))
        {
            open.announced = None;
        }
    }
    let (tour, was_covered) = (app.tour, app.overlay.is_some());
    let command = if let Action::Command(command) = action { Some(command) } else { None };
    let mut effects = settled_first(app, &action).unwrap_or_else(|| {
        ended(app, &action);
        act(app, action.clone())
    });
    effects.extend(tried_again(app, action));
    // Where it has been begun or ended just now, it stands as it is.
    if tour == app.tour {
        app.tour = tour.and_then(|tour| tour.after(app, command, was_covered));
    }
    app.look_back();
    let (size, ambiguous) = (app.size, app.ambiguous);
    if let Some(open) = &mut app.open {
        open.follow(size, ambiguous);
    }
    effects
}

fn act(app: &mut App, action: Action) -> Vec<Effect> {
    match action {
        Action::After(action) => act(app, *action),
        Action::Resize(columns, rows) => {
            app.size = (columns, rows);
            Vec::new()
        }
        Action::Width(ambiguous) => {
            app.ambiguous = ambiguous;
            vec![Effect::Remember(Remembered::Width(ambiguous))]
        }
        Action::Pause => Vec::new(),
        Action::Keep => prose::keep(app),
        Action::Answer(answer) => answer::answer(app, answer),
        Action::Command(command) => command_at(app, command),
        Action::Click { spot, is_double } => point::click(app, spot, is_double),
        Action::Wheel(step) => point::wheel(app, step),
        Action::Type(text) => typed(app, &text),
        Action::Paste(text) => pasted(app, &text),
    }
}

fn command_at(app: &mut App, command: Command) -> Vec<Effect> {
    if command == Command::Escape && queue::is_left(app) {
        return report::leave(app, Then::Library);
    }
    if command == Command::Tour {
        app.tour = if app.tour.is_some() { None } else { Some(Tour::default()) };
        return Vec::new();
    }
    match app.context() {
        Context::Library => library::command(app, command),
        Context::Queue => queue::command(app, command),
        Context::Reader
        | Context::Question
        | Context::Picker
        | Context::NewReport
        | Context::Path
        | Context::Reason
        | Context::Note
        | Context::Replace
        | Context::Merge => overlay::command(app, command),
        context => {
            let done = match context {
                Context::Cover | Context::Field => cover::command(app, command),
                Context::Grid | Context::Cell => grid::command(app, command),
                Context::Prose => prose::command(app, command),
                _ => report::in_findings(app, command),
            };
            done.unwrap_or_else(|| report::command(app, command))
        }
    }
}

fn typed(app: &mut App, text: &str) -> Vec<Effect> {
    match app.context() {
        Context::Library => {
            app.shelf.sought.insert(text);
            app.shelf.selected = 0;
        }
        Context::Queue => {
            if let Some(queue) = &mut app.queue {
                queue.sought.insert(text);
                queue.selected = 0;
            }
        }
        Context::Cover | Context::Field => cover::typed(app, text),
        Context::Grid | Context::Cell => grid::typed(app, text),
        Context::Prose => return prose::typed(app, text),
        Context::Findings => {
            if let Some(open) = &mut app.open {
                open.sought.insert(text);
                open.selected = 0;
            }
        }
        _ => overlay::typed(app, text),
    }
    Vec::new()
}

fn pasted(app: &mut App, text: &str) -> Vec<Effect> {
    match app.context() {
        Context::Grid if text.trim_end_matches('\n').contains(['\t', '\n']) => grid::paste_block(app, text),
        Context::Prose => prose::pasted(app, text),
        _ => typed(app, text),
    }
}

/// After a change was refused because somebody else has the report: opens it again and does the same again, once.
fn tried_again(app: &mut App, action: Action) -> Vec<Effect> {
    let Some(open) = &mut app.open else { return Vec::new() };
    match (std::mem::take(&mut open.is_refused), &open.origin, action) {
        (false, ..) | (_, _, Action::After(_)) => Vec::new(),
        (true, Origin::Locked(id, _), action) => {
            vec![Effect::Open(*id), Effect::Again(Action::After(Box::new(action)))]
        }
        _ => Vec::new(),
    }
}

/// Settles what was typed where the action needs that; the action then comes again.
fn settled_first(app: &mut App, action: &Action) -> Option<Vec<Effect>> {
    if app.overlay.is_some() {
        return None;
    }
    let open = app.open.as_mut()?;
    let settles = match action {
        Action::Command(command) => !stays_in_entry(open, *command),
        Action::Pause => open.entry.is_none(),
        Action::Click { .. } => true,
        _ => false,
    };
    if !settles || !open.is_unsettled() {
        return None;
    }
    if let Some(refusal) = open.refusal() {
        app.warn(format!("{refusal}；{} 放弃", app.way(Command::Escape)));
        return Some(Vec::new());
    }
    // On the cover Enter confirms and goes on; there a second Enter would open the line again.
    let on = match (open.context(), action) {
        (Context::Field, Action::Command(Command::Enter)) => Action::Command(Command::Go(Step::Down)),
        _ => action.clone(),
    };
    let record = open.settle().map(|(record, message)| {
        app.message = message;
        record
    });
    let mut effects = recorded(app, record);
    effects.push(Effect::Again(Action::After(Box::new(on))));
    Some(effects)
}

/// Ends what an action does not go on with: a phrase, the standing at the end of a table.
fn ended(app: &mut App, action: &Action) {
    let Some(open) = &mut app.open else { return };
    let goes_on = match action {
        Action::Command(command) => stays_in_entry(open, *command),
        Action::Pause | Action::Click { .. } => false,
        _ => true,
    };
    open.unfinished = open.unfinished.filter(|_| goes_on);
    open.is_filled &= match action {
        Action::Command(command) => *command == Command::Enter,
        action => !matches!(action, Action::Click { .. }),
    };
}

/// Whether a command goes on with what is being typed.
fn stays_in_entry(open: &Open, command: Command) -> bool {
    match (command, &open.entry) {
        (Command::Backspace | Command::Delete, _) => true,
        (Command::Escape | Command::Undo | Command::Paste, Some(_)) => true,
        (Command::Go(Step::Left | Step::Right | Step::LineStart | Step::LineEnd), Some(entry)) => {
            entry.keeps == Keeps::Content
        }
        (Command::Enter | Command::Copy | Command::SelectAll, None) => true,
        _ => false,
    }
}

/// Applies an edit to the open report and has it put on disk. `None` if that is not allowed, or changes nothing.
fn apply(app: &mut App, label: &str, edit: Edit) -> Option<Vec<Effect>> {
    if !may_write(app) {
        return None;
    }
    let open = app.open.as_mut()?;
    let record = open.session.apply(label, edit)?;
    open.refresh();
    announce(app, |_| true);
    Some(kept(app, record))
}

/// Applies an edit and says what was done, before what that has caused.
fn apply_and_say(app: &mut App, label: &str, edit: Edit, done: impl FnOnce(&Open) -> String) -> Vec<Effect> {
    let Some(effects) = apply(app, label, edit) else {
        if app.message.is_none() {
            app.say("没有变化：本来就是这样");
        }
        return Vec::new();
    };
    let done = app.open.as_deref().map(done).unwrap_or_default();
    match app.message.take() {
        Some(caused) => app.warn(format!("{done}。{}", caused.text())),
        None => app.say(format!("{done}；{} 可以撤销", app.way(Command::Undo))),
    }
    effects
}

/// Says what findings the last change has caused, of those that are `told`, unless something else was said of it.
fn announce(app: &mut App, told: impl Fn(&Finding) -> bool) {
    let Some(open) = app.open.as_mut().filter(|_| app.message.is_none()) else { return };
    let mut caused: Vec<&Finding> =
        open.session.caused().into_iter().filter(|finding| told(finding)).collect();
    caused.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let first = caused.first().map(|finding| (*finding).clone());
    let text = match caused[..] {
        [] => return,
        [finding] => format!("这一改带来新问题：{} {}", finding.rule.id, finding.message),
        [finding, ref others @ ..] => {
            let mut rules: Vec<&str> = others.iter().map(|finding| finding.rule.id).collect();
            rules.dedup();
            let first = format!("{} {}", finding.rule.id, finding.message);
            format!("这一改带来 {} 处新问题（另有 {}）：{first}", others.len() + 1, rules.join("、"))
        }
    };
    open.announced = first;
    app.warn(text);
}

/// Whether a finding is of a sum: while a row or column is being filled in it is not full yet, and how its sums stand is
/// told by the lines below the table.
fn is_of_a_sum(finding: &Finding) -> bool {
    finding.is_of_a_sum()
}

/// Has what was typed put on disk and says what it has caused.
fn recorded(app: &mut App, record: Option<Record>) -> Vec<Effect> {
    let Some(record) = record else { return Vec::new() };
    announce(app, |finding| !is_of_a_sum(finding));
    kept(app, record)
}

/// Has a record put on disk, if the report is one of the library.
fn kept(app: &mut App, record: Record) -> Vec<Effect> {
    match &mut app.open {
        Some(open) if matches!(open.origin, Origin::Library(_)) => {
            open.saved = Saved::Asked;
            vec![Effect::Append(record)]
        }
        _ => Vec::new(),
    }
}

/// Whether the open report may be changed; if not, says why.
fn may_write(app: &mut App) -> bool {
    let Some(open) = &mut app.open else { return false };
    let Origin::Locked(_, why) = &open.origin else { return true };
    let text = format!("只读，不能改：{why}；情况变了以后，再按一次就可以改");
    open.is_refused = true;
    app.message = Some(Message::Trouble(text));
    false
}
