//! Finding and replacing in prose: one by one, each an edit of its own, or all as one edit.

use super::super::action::Effect;
use super::super::app::replacing::Replacing;
use super::super::app::{App, Line, Overlay};
use super::super::keymap::{Command, Step};
use super::{apply_and_say, may_write, overlay, prose, report};
use crate::report::Edit;

/// The longest selection that is taken for words to be sought, in characters.
const MOST_WORDS: usize = 40;

/// Opens the bar; the words sought are those given, or else those selected.
pub(super) fn begin(app: &mut App, sought: Option<&str>) {
    let Some(editor) = app.open.as_ref().and_then(|open| open.editor()) else { return };
    let selected = editor.selected();
    let is_words = !selected.contains('\n') && selected.chars().count() <= MOST_WORDS;
    let words = sought.unwrap_or(if is_words { selected } else { "" });
    let from = editor.selection().map_or(editor.caret(), |range| range.start);
    let replacing = Replacing { sought: Line::new(words), from, ..Replacing::default() };
    show(app, replacing, true);
}

/// Does what a command means in the bar.
pub(super) fn command(app: &mut App, mut replacing: Replacing, command: Command) -> Vec<Effect> {
    match command {
        Command::Enter if replacing.is_at_with => return replace(app, replacing),
        Command::Enter => {
            let editor = app.open.as_ref().and_then(|open| open.editor());
            replacing.from = editor.map_or(0, |editor| editor.caret());
            show(app, replacing, true);
        }
        Command::ReplaceAll => return replace_all(app, replacing),
        Command::Undo | Command::Redo => {
            app.overlay = Some(Overlay::Replace(replacing));
            return report::command(app, command);
        }
        Command::Tab | Command::BackTab | Command::Go(Step::Up | Step::Down) => {
            replacing.is_at_with = !replacing.is_at_with;
            app.overlay = Some(Overlay::Replace(replacing));
        }
        _ => {
            let before = replacing.sought.text().to_owned();
            overlay::in_line(replacing.line(), command);
            let is_other = replacing.sought.text() != before;
            show(app, replacing, is_other);
        }
    }
    Vec::new()
}

/// Takes in what was typed; the words are sought as far as they are typed.
pub(super) fn typed(app: &mut App, mut replacing: Replacing, text: &str) {
    replacing.line().insert(text);
    let seeks = !replacing.is_at_with;
    show(app, replacing, seeks);
}

/// Shows the bar, and if asked the words that are sought.
fn show(app: &mut App, replacing: Replacing, seeks: bool) {
    if let Some(editor) = app.open.as_mut().and_then(|open| open.editor_mut()).filter(|_| seeks) {
        editor.seek(replacing.sought.text(), replacing.from);
    }
    app.overlay = Some(Overlay::Replace(replacing));
}

/// Replaces the words that are selected, if they are those sought, and goes to where they stand next.
fn replace(app: &mut App, mut replacing: Replacing) -> Vec<Effect> {
    let mut effects = Vec::new();
    let (sought, with) = (replacing.sought.text().to_owned(), replacing.with.text().to_owned());
    let is_found = |app: &App| {
        app.open.as_ref().and_then(|open| open.editor()).is_some_and(|e| e.found_here(&sought).0.is_some())
    };
    if is_found(app) && may_write(app) {
        if let Some(editor) = app.open.as_mut().and_then(|open| open.editor_mut()) {
            let start = editor.selection().map_or(editor.caret(), |range| range.start);
            editor.insert(&with);
            // What was put in is not sought again.
            replacing.from = start + with.len();
        }
        effects = prose::settled_as(app, &format!("替换“{sought}”"));
    }
    show(app, replacing, true);
    effects
}

/// Replaces the words wherever they stand, as one edit.
fn replace_all(app: &mut App, replacing: Replacing) -> Vec<Effect> {
    let (sought, with) = (replacing.sought.text().to_owned(), replacing.with.text().to_owned());
    app.overlay = Some(Overlay::Replace(replacing));
    let Some(open) = app.open.as_ref() else { return Vec::new() };
    let Some(editor) = open.editor() else { return Vec::new() };
    let count = editor.found(&sought).len();
    if count == 0 {
        return Vec::new();
    }
    let place = open.place();
    let (value, _) = crate::report::Value::read(place, &editor.text().replace(&sought, &with));
    let label = format!("全部替换“{sought}”，{count} 处");
    apply_and_say(app, &label, Edit::set(place, value), |_| format!("已替换 {count} 处“{sought}”"))
}
