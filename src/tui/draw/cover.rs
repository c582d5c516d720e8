//! The cover: one line for each thing that is known of the report as a whole.

use ratatui_core::layout::Rect;

use super::super::action::Target;
use super::super::app::{App, Cover, Open, brief};
use super::{CURSOR, FAINT, Frame, PLAIN, STRONG, said};
use crate::form::terms::Field;
use crate::report::Place;
use crate::width::{fit, width};

/// The column in which what is filled in begins.
const LEFT: u16 = 14;

pub(super) fn draw(app: &App, open: &Open, frame: &mut Frame<'_>) {
    let area = frame.area();
    let spread = if area.height >= 24 { 2 } else { 1 };
    for (nth, place) in (0..).zip(Cover::PLACES) {
        line(open, place, 3 + nth * spread, frame);
    }
    let form = open.report().form().decree;
    let about = format!("表样：{}", form.document);
    frame.tell(1, area.height.saturating_sub(4), area.width, &about, FAINT);
    let foot = Rect { x: 0, y: area.height.saturating_sub(3), width: area.width, height: 2 };
    said(app, Some(open), foot, frame);
}

fn line(open: &Open, place: Place, y: u16, frame: &mut Frame<'_>) {
    let columns = frame.area().width;
    let ambiguous = frame.ambiguous();
    frame.target(Rect { x: 0, y, width: columns, height: 1 }, Target::Place(place));
    let is_here = open.cover == place;
    let label = place.label(open.report().form());
    frame.tell(1, y, LEFT - 2, &label, if is_here { STRONG } else { PLAIN });
    let room = usize::from(columns.saturating_sub(LEFT + 1));
    if let Some(entry) = open.entry.as_ref().filter(|_| is_here) {
        let (seen, caret) = entry.line.seen(room, ambiguous);
        frame.put(LEFT, y, columns, &fit(seen, room, ambiguous), CURSOR);
        frame.caret(LEFT + caret as u16, y);
        return;
    }
    let (text, style) = match shown(open, place) {
        text if text.is_empty() => (frame.say("（未填）").into_owned(), FAINT),
        text if matches!(place, Place::Field(Field::Level | Field::Totals)) => {
            (frame.say(&text).into_owned(), PLAIN)
        }
        text => (text, PLAIN),
    };
    let text = if width(&text, ambiguous) > room { fit(&text, room, ambiguous) } else { text };
    frame.put(LEFT, y, columns, &text, if is_here { CURSOR } else { style });
    if is_here {
        frame.caret(LEFT, y);
    }
}

/// What a line says.
fn shown(open: &Open, place: Place) -> String {
    let report = open.report();
    match place {
        Place::Field(Field::Level) => match report.level() {
            Some(level) => level.label().to_owned(),
            None => report.text(place).to_owned(),
        },
        Place::Field(Field::Totals) => brief::totals(report.computes_totals()).to_owned(),
        Place::Section(_) => report.text(place).replace('\n', " "),
        _ => report.get(place).map(ToString::to_string).unwrap_or_default(),
    }
}
