//! What is pointed at: a click goes there, a second one opens it, the wheel goes three lines.
//!
//! Where a thing is on the screen it does not know: whoever draws it says so (see [`Frame::target`]).
//!
//! [`Frame::target`]: crate::tui::screen::Frame::target

use super::super::action::{Action, Effect, Spot, Target};
use super::super::app::overlay::NewField;
use super::super::app::{App, Overlay};
use super::super::keymap::{Command, Context, Step};

/// How many lines the wheel goes.
const WHEEL: usize = 3;

/// Goes to what was clicked on; opens it on the second click.
pub(super) fn click(app: &mut App, spot: Spot, is_double: bool) -> Vec<Effect> {
    // What was clicked on may have been covered since it was drawn.
    if app.overlay.is_some() && matches!(spot.target, Target::Place(_) | Target::Prose) {
        return Vec::new();
    }
    let again = |command| vec![Effect::Again(Action::Command(command))];
    match spot.target {
        Target::Command(command) => return again(command),
        Target::Place(place) => {
            if let Some(open) = &mut app.open {
                open.go(place);
            }
            if is_double {
                return again(if place.cell().is_some() { Command::Edit } else { Command::Enter });
            }
        }
        Target::Prose => {
            if let Some(editor) = app.open.as_mut().and_then(|open| open.editor_mut()) {
                editor.point(spot.y.into(), spot.x.into());
            }
        }
        Target::Line(line) => {
            match (&mut app.overlay, &mut app.open) {
                (Some(Overlay::Picker { selected, .. }), _) => *selected = line,
                (Some(Overlay::Merge(merging)), _) => {
                    merging.selected = line;
                    return if is_double { again(Command::Tab) } else { Vec::new() };
                }
                (Some(Overlay::NewReport(form)), _) => {
                    form.at = NewField::ALL.get(line).copied().unwrap_or(form.at);
                    return Vec::new();
                }
                (Some(Overlay::Replace(replacing)), _) => {
                    replacing.is_at_with = line > 0;
                    return Vec::new();
                }
                (Some(_), _) => return Vec::new(),
                (None, Some(open)) => open.selected = line,
                (None, None) => match &mut app.queue {
                    Some(queue) => queue.selected = line,
                    None => app.shelf.selected = line,
                },
            }
            if is_double {
                return again(Command::Enter);
            }
        }
    }
    Vec::new()
}

/// Goes up or down as the wheel was turned, where there are lines.
pub(super) fn wheel(app: &App, step: Step) -> Vec<Effect> {
    match app.context() {
        Context::Field
        | Context::Cell
        | Context::NewReport
        | Context::Path
        | Context::Reason
        | Context::Note
        | Context::Replace => Vec::new(),
        _ => vec![Effect::Again(Action::Command(Command::Go(step))); WHEEL],
    }
}

/// Takes the mouse, or leaves it to the terminal.
pub(super) fn switch_mouse(app: &mut App) -> Vec<Effect> {
    app.mouse = !app.mouse;
    let again = app.way(Command::SwitchMouse);
    app.say(if app.mouse {
        format!(
            "鼠标已打开：点一下到那里，点两下修改或打开。要选中屏幕上的文字，按住 Shift，或者再按 {again}"
        )
    } else {
        format!("鼠标已关闭，可以选中屏幕上的文字；{again} 再打开")
    });
    vec![Effect::TakeMouse(app.mouse)]
}
