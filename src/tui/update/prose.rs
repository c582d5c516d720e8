//! The sections of prose: typing, moving, selecting.
//!
//! What was typed becomes an edit at the end of a phrase, on a pause and before anything else, so that there is one
//! history: the session's.

use super::super::action::Effect;
use super::super::app::App;
use super::super::editor::{Motion, ends_phrase};
use super::super::keymap::{Command, Step};
use super::{kept, may_write, recorded};
use crate::report::Place;

/// Does what a command means in prose; `None` if it means what it means everywhere in a report.
pub(super) fn command(app: &mut App, command: Command) -> Option<Vec<Effect>> {
    let changes = matches!(
        command,
        Command::Enter | Command::Backspace | Command::Delete | Command::Cut | Command::DeletePhrase
    );
    if changes && !may_write(app) {
        return Some(Vec::new());
    }
    let editor = app.open.as_mut()?.editor_mut()?;
    match command {
        Command::Go(step) => editor.go(motion(step), false),
        Command::Extend(step) => editor.go(motion(step), true),
        Command::SelectAll => editor.select_all(),
        Command::Escape => editor.go(Motion::Left, false),
        Command::Backspace => editor.backspace(),
        Command::Delete => editor.delete(),
        Command::DeletePhrase => editor.delete_to(Motion::PhraseLeft),
        Command::Enter => {
            editor.enter();
            return Some(settle(app));
        }
        Command::Copy => {
            app.clipboard = editor.selected().to_owned();
            return Some(copied(app));
        }
        Command::Cut => {
            app.clipboard = editor.cut();
            let mut effects = settle(app);
            effects.extend(copied(app));
            return Some(effects);
        }
        Command::Paste => {
            let text = app.clipboard.clone();
            return Some(pasted(app, &text));
        }
        _ => return None,
    }
    Some(Vec::new())
}

/// Puts in what was typed; at the end of a phrase it becomes an edit.
pub(super) fn typed(app: &mut App, text: &str) -> Vec<Effect> {
    if !may_write(app) {
        return Vec::new();
    }
    let Some(editor) = app.open.as_mut().and_then(|open| open.editor_mut()) else { return Vec::new() };
    editor.insert(text);
    if text.ends_with(ends_phrase) { settle(app) } else { Vec::new() }
}

/// Puts in what was pasted, as an edit of its own.
pub(super) fn pasted(app: &mut App, text: &str) -> Vec<Effect> {
    if !may_write(app) {
        return Vec::new();
    }
    let mut effects = settle(app);
    if let Some(open) = &mut app.open {
        open.unfinished = None;
        if let Some(editor) = open.editor_mut() {
            // Cells copied from a table come with tabs.
            editor.insert(&text.replace('\t', " "));
        }
    }
    effects.extend(settle(app));
    effects
}

/// Keeps what there is of a phrase that is being typed. Nothing is said of it: half a sentence says little.
pub(super) fn keep(app: &mut App) -> Vec<Effect> {
    let Some(open) = app.open.as_mut().filter(|open| open.entry.is_none()) else { return Vec::new() };
    let Place::Section(section) = open.place() else { return Vec::new() };
    let Some((record, _)) = open.settle() else { return Vec::new() };
    open.unfinished = Some(section);
    kept(app, record)
}

fn settle(app: &mut App) -> Vec<Effect> {
    let record = app.open.as_mut().and_then(|open| open.settle()).map(|(record, _)| record);
    recorded(app, record)
}

fn copied(app: &mut App) -> Vec<Effect> {
    if app.clipboard.is_empty() {
        app.say("先用 Shift+方向键选中文字，再复制");
        return Vec::new();
    }
    app.say(format!("已复制 {} 个字", app.clipboard.chars().count()));
    vec![Effect::Copy(app.clipboard.clone())]
}

const fn motion(step: Step) -> Motion {
    match step {
        Step::Up => Motion::Up,
        Step::Down => Motion::Down,
        Step::Left => Motion::Left,
        Step::Right => Motion::Right,
        Step::LineStart => Motion::RowStart,
        Step::LineEnd => Motion::RowEnd,
        Step::PageUp => Motion::PageUp,
        Step::PageDown => Motion::PageDown,
        Step::Start => Motion::TextStart,
        Step::End => Motion::TextEnd,
        Step::PhraseLeft => Motion::PhraseLeft,
        Step::PhraseRight => Motion::PhraseRight,
    }
}
