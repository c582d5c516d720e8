//! The sections of prose: typing, moving, selecting.
//!
//! What was typed becomes an edit at the end of a phrase, on a pause and before anything else, so that there is one
//! history: the session's.

use super::super::action::Effect;
use super::super::app::{App, Overlay};
use super::super::editor::{Motion, ends_phrase};
use super::super::keymap::{Command, Step};
use super::{apply, apply_and_say, kept, may_write, pick, recorded, replace};
use crate::form::terms::Section;
use crate::report::{Edit, Place, Value};

/// Does what a command means in prose; `None` if it means what it means everywhere in a report.
pub(super) fn command(app: &mut App, command: Command) -> Option<Vec<Effect>> {
    let changes = matches!(
        command,
        Command::Enter
            | Command::Backspace
            | Command::Delete
            | Command::Cut
            | Command::DeletePhrase
            | Command::Compose
            | Command::HandOff
    );
    if changes && !may_write(app) {
        return Some(Vec::new());
    }
    match command {
        Command::Replace => replace::begin(app, None),
        Command::Compose => pick::compose(app),
        Command::LastYear => last_year(app),
        Command::HandOff => return hand_off(app),
        _ => return in_text(app, command),
    }
    Some(Vec::new())
}

/// Does what a command means to the text and its caret.
fn in_text(app: &mut App, command: Command) -> Option<Vec<Effect>> {
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

/// Puts in a text of which there is more to say than that it was typed, as an edit of this name.
pub(super) fn put_in(app: &mut App, label: &str, text: &str) -> Vec<Effect> {
    if let Some(editor) = app.open.as_mut().and_then(|open| open.editor_mut()) {
        editor.insert(text);
    }
    settled_as(app, label)
}

/// Makes what was done to the text an edit of this name.
pub(super) fn settled_as(app: &mut App, label: &str) -> Vec<Effect> {
    let Some(open) = &app.open else { return Vec::new() };
    let Some(editor) = open.editor() else { return Vec::new() };
    let place = open.place();
    let (value, _) = Value::read(place, editor.text());
    apply(app, label, Edit::set(place, value)).unwrap_or_default()
}

/// Shows the same section of last year's report, to be read.
fn last_year(app: &mut App) {
    let Some(open) = &app.open else { return };
    let Place::Section(section) = open.place() else { return };
    let Some(last) = open.last_year() else {
        let import = app.way(Command::Import);
        app.say(format!(
            "报告库里没有本机关上一年度的报告，没有可以对照的；可以在报告列表里按 {import} 读入"
        ));
        return;
    };
    let year = last.year().map_or_else(String::new, |year| year.to_string());
    let title = format!("上年 {year}  {}", Place::Section(section).label(last.form()));
    let text: Vec<String> = match last.text(section) {
        "" => vec![app.language.say("（空白）").into_owned()],
        text => text.lines().map(|paragraph| format!("　　{}", paragraph.trim_start())).collect(),
    };
    app.overlay = Some(Overlay::quoted(title, text));
}

/// Has the section given to another editor.
fn hand_off(app: &App) -> Option<Vec<Effect>> {
    let open = app.open.as_ref()?;
    let Place::Section(section) = open.place() else { return None };
    Some(vec![Effect::HandOff(section, open.editor()?.text().to_owned())])
}

/// Takes in what a section became in another editor, as one edit.
pub(super) fn rewritten(app: &mut App, section: Section, text: &str, said: String) -> Vec<Effect> {
    let (value, _) = Value::read(section.into(), text);
    apply_and_say(app, "用外部编辑器修改", Edit::set(section, value), |_| said)
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
