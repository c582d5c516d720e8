//! The bar of finding and replacing, below the text, which stays in view.

use ratatui_core::layout::Rect;

use super::super::action::Target;
use super::super::app::open::prose_foot;
use super::super::app::replacing::Replacing;
use super::super::app::{App, Line};
use super::{FAINT, Frame, PLAIN, STRONG};
use crate::width::fit;

pub(super) fn draw(app: &App, replacing: &Replacing, frame: &mut Frame<'_>) {
    let area = frame.area();
    // Above the hints, in place of what is said of findings; on the smallest screens over the last row of text.
    let rows = (prose_foot(area.height) as u16).saturating_sub(1).clamp(1, 2).min(area.height);
    let y = area.height.saturating_sub(1 + rows);
    let bar = Rect { x: 0, y, width: area.width, height: rows };
    frame.blank(bar, PLAIN);
    let lines = [("查找", &replacing.sought, false), ("替换为", &replacing.with, true)];
    let shown = lines.into_iter().filter(|(.., is_with)| rows > 1 || *is_with == replacing.is_at_with);
    for (y, (name, line, is_with)) in (bar.y..bar.bottom()).zip(shown) {
        frame.target(Rect { y, height: 1, ..bar }, Target::Line(usize::from(is_with)));
        field(name, line, is_with == replacing.is_at_with, y, frame);
    }
    told(app, replacing, bar, frame);
}

/// A line to type in, in the left half.
fn field(name: &str, line: &Line, is_here: bool, y: u16, frame: &mut Frame<'_>) {
    let name = fit(&frame.say(name), 8, frame.ambiguous());
    let at = frame.put(1, y, frame.area().width, &name, if is_here { STRONG } else { FAINT });
    let room = usize::from((frame.area().width / 2).saturating_sub(at));
    let (seen, caret) = line.seen(room, frame.ambiguous());
    frame.put(at, y, room as u16, seen, PLAIN);
    if is_here {
        frame.caret(at + caret as u16, y);
    }
}

/// How often the words stand in the text, and what was done, in the right half.
fn told(app: &App, replacing: &Replacing, bar: Rect, frame: &mut Frame<'_>) {
    let Some(editor) = app.open.as_ref().and_then(|open| open.editor()) else { return };
    let count = match editor.found_here(replacing.sought.text()) {
        _ if replacing.sought.is_empty() => "输入要找的词句".to_owned(),
        (_, 0) => "没有找到".to_owned(),
        (Some(nth), count) => format!("第 {} 处，共 {count} 处", nth + 1),
        (None, count) => format!("共 {count} 处"),
    };
    let left = bar.width / 2 + 1;
    let room = bar.width.saturating_sub(left + 1);
    let message = app.message.as_ref().map(|message| message.text());
    let rows =
        if bar.height > 1 { vec![Some(count.as_str()), message] } else { vec![message.or(Some(&count))] };
    for (y, text) in (bar.y..bar.bottom()).zip(rows) {
        let text = fit(&frame.say(text.unwrap_or_default()), usize::from(room), frame.ambiguous());
        frame.put(left, y, room, text.trim_end(), STRONG);
    }
}
