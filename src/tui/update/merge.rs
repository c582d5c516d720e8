//! A file beside the open report: what of it is marked, and taking that over as one step.

use super::super::action::Effect;
use super::super::app::merging::Merging;
use super::super::app::{App, Overlay};
use super::super::keymap::Command;
use super::overlay::moved;
use super::{apply_and_say, may_write};
use crate::document::recognize::Reading;

/// Asks for the file.
pub(super) fn ask(app: &mut App) {
    if may_write(app) {
        app.overlay = Some(Overlay::path());
    }
}

/// Shows what a file has otherwise.
pub(super) fn begin(app: &mut App, read: &Reading) {
    let Some(open) = &app.open else { return };
    let merging = Merging::between(open.report(), read);
    if merging.lines() == 0 {
        app.overlay = None;
        app.say("文件里有的，这里都有，没有不同");
        return;
    }
    app.overlay = Some(Overlay::Merge(merging));
}

/// Does what a command means while it stands.
pub(super) fn command(app: &mut App, mut merging: Merging, command: Command) -> Vec<Effect> {
    match command {
        Command::Enter if merging.taken() > 0 => {
            let label = format!("读入 {} 处", merging.taken());
            let done = format!("已采用文件里的 {} 处", merging.taken());
            return apply_and_say(app, &label, merging.edit(), |_| done);
        }
        Command::Enter => app.say(format!("没有勾选的；{} 勾选", app.way(Command::Tab))),
        Command::Tab => {
            let last = merging.lines().saturating_sub(1);
            if let Some(one) = merging.differences.get_mut(merging.selected) {
                one.is_taken = !one.is_taken;
            }
            merging.selected = (merging.selected + 1).min(last);
        }
        Command::SelectAll => merging.mark_all(),
        Command::Go(step) => {
            merging.selected = moved(merging.selected, merging.lines().saturating_sub(1), step);
        }
        _ => {}
    }
    app.overlay = Some(Overlay::Merge(merging));
    Vec::new()
}
