//! The cover: who reports, at what level, for which year; the title and the day.

use super::super::action::Effect;
use super::super::app::brief;
use super::super::app::open::travel::Way;
use super::super::app::open::{Entry, Keeps};
use super::super::app::{App, Line, Pick};
use super::super::keymap::{Command, Step};
use super::{apply, apply_and_say, may_write};
use crate::form::Form;
use crate::form::terms::{Field, Level};
use crate::report::{Edit, Place, Value};

/// Does what a command means on the cover; `None` if it means what it means everywhere in a report.
pub(super) fn command(app: &mut App, command: Command) -> Option<Vec<Effect>> {
    let open = app.open.as_mut()?;
    if let Some(entry) = &mut open.entry {
        match command {
            Command::Escape | Command::Undo => open.entry = None,
            Command::Backspace => entry.line.backspace(),
            Command::Delete => entry.line.delete(),
            Command::Paste => entry.line.insert(&app.clipboard),
            Command::Go(step) => go_in_line(&mut entry.line, step),
            _ => return None,
        }
        return Some(Vec::new());
    }
    match command {
        Command::Go(Step::Up | Step::PageUp) | Command::BackTab => {
            open.cover = open.cover_beside(Way::Previous)
        }
        Command::Go(Step::Down | Step::PageDown) | Command::Tab => open.cover = open.cover_beside(Way::Next),
        Command::Enter => enter(app),
        Command::Edit => edit(app),
        Command::Delete | Command::Backspace => {
            let place = open.cover;
            let label = format!("清空 {}", place.label(open.report().form()));
            return Some(match place {
                Place::Field(_) => apply(app, &label, Edit::set(place, None)).unwrap_or_default(),
                _ => Vec::new(),
            });
        }
        Command::ComposeTitle => return Some(compose_title(app)),
        Command::Go(_) => {}
        _ => return None,
    }
    Some(Vec::new())
}

/// Types into the line; the first character replaces what stands there.
pub(super) fn typed(app: &mut App, text: &str) {
    if !may_write(app) {
        return;
    }
    let Some(open) = &mut app.open else { return };
    match open.cover {
        Place::Field(Field::Level | Field::Totals) | Place::Section(_) => {
            app.say(format!("这一项不用输入，按 {} 打开或选择", app.way(Command::Enter)));
        }
        _ => {
            let fresh = || Entry { line: Line::default(), keeps: Keeps::Nothing };
            open.entry.get_or_insert_with(fresh).line.insert(text);
        }
    }
}

/// Moves the caret in a line.
pub(super) fn go_in_line(line: &mut Line, step: Step) {
    match step {
        Step::Left => line.left(),
        Step::Right => line.right(),
        Step::LineStart | Step::Start => line.home(),
        Step::LineEnd | Step::End => line.end(),
        _ => {}
    }
}

/// Opens the line: a list, the lead, or its text to be changed.
fn enter(app: &mut App) {
    let Some(open) = &mut app.open else { return };
    match open.cover {
        Place::Field(Field::Level) => {
            let items = Level::ALL.iter().map(|&level| (level.label().to_owned(), Pick::Level(level)));
            app.pick("层级", items);
        }
        Place::Field(Field::Totals) => {
            // The way that is taken comes first: who goes on pressing Enter changes nothing.
            let are_computed = open.report().computes_totals();
            let other = Pick::Command(Command::SwitchTotals);
            let items = [(are_computed, Pick::Stay), (!are_computed, other)];
            let said = |(are_computed, pick)| (brief::totals(are_computed).to_owned(), pick);
            app.pick("合计方式", items.map(said));
        }
        Place::Section(section) => open.go(section.into()),
        _ => edit(app),
    }
}

fn edit(app: &mut App) {
    if !may_write(app) {
        return;
    }
    let Some(open) = &mut app.open else { return };
    if !matches!(open.cover, Place::Field(Field::Level | Field::Totals) | Place::Section(_)) {
        let text = open.report().get(open.cover).map(ToString::to_string).unwrap_or_default();
        open.entry = Some(Entry { line: Line::new(&text), keeps: Keeps::Content });
    }
}

fn compose_title(app: &mut App) -> Vec<Effect> {
    if !may_write(app) {
        return Vec::new();
    }
    let Some(open) = &mut app.open else { return Vec::new() };
    open.cover = Place::Field(Field::Title);
    match (open.report().agency().to_owned(), open.report().year()) {
        (agency, Some(year)) if !agency.is_empty() => {
            let edit = Edit::set(Field::Title, Some(Value::Text(Form::title(&agency, year))));
            apply_and_say(app, "写标题", edit, |_| "已按机关全称和年度写好标题".to_owned())
        }
        _ => {
            app.warn("先填机关全称和年度，再写标题");
            Vec::new()
        }
    }
}
