//! A section of prose: the text as the editor lays it out, with the words underlined that findings are about.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use unicode_segmentation::UnicodeSegmentation;

use super::super::action::Target;
use super::super::app::open::{PROSE_WIDTH, prose_foot, travel};
use super::super::app::{App, Open};
use super::super::editor::{Editor, Row};
use super::{CURSOR, FAINT, Frame, PLAIN, STRONG, said};
use crate::form::terms::Section;
use crate::report::Place;
use crate::width::{width, wrap_indented};

/// The column in which the text begins.
const LEFT: u16 = 1;
/// The row in which the text begins.
const TOP: u16 = 3;
/// The fewest columns in which last year's text is worth reading.
const LEAST_BESIDE: u16 = 30;

pub(super) fn draw(app: &App, open: &Open, section: Section, frame: &mut Frame<'_>) {
    let area = frame.area();
    let Some(editor) = open.editor() else { return };
    let place = Place::Section(section);
    let count = format!("{} 字 ", editor.characters());
    let right = u16::try_from(width(&count, frame.ambiguous())).unwrap_or_default();
    let room = area.width.saturating_sub(right + 1);
    frame.put(LEFT, 2, room, &place.label(open.report().form()), STRONG);
    frame.put(area.width.saturating_sub(right), 2, right, &count, FAINT);
    let quoted = quoted(open, place, editor.text());
    for (y, row) in (TOP..).zip(editor.rows()) {
        text_row(editor, &row, &quoted, y, frame);
    }
    last_year(app, section, frame);
    if editor.text().is_empty() {
        frame.put(LEFT + 2, TOP, area.width, "（在这里输入）", FAINT);
    }
    let rows = area.height.saturating_sub(TOP).saturating_sub(prose_foot(area.height) as u16);
    let text = Rect { x: LEFT, y: TOP, width: PROSE_WIDTH as u16 + 2, height: rows };
    frame.target(text, Target::Prose);
    let (row, column) = editor.caret_place();
    frame.caret(LEFT + column as u16, TOP + row as u16);
    let rows = prose_foot(area.height) as u16;
    let foot = Rect { x: 0, y: area.height.saturating_sub(rows), width: area.width, height: rows - 1 };
    said(app, Some(open), foot, frame);
}

/// The same section of last year's report, beside this year's where there is room.
fn last_year(app: &App, section: Section, frame: &mut Frame<'_>) {
    let area = frame.area();
    let left = LEFT + PROSE_WIDTH as u16 + 4;
    let columns = area.width.saturating_sub(left + 1);
    let Some(last) = app.last_year().filter(|_| columns >= LEAST_BESIDE) else { return };
    let year = last.year().map_or_else(String::new, |year| format!(" {year}"));
    frame.put(left, 2, columns, &format!("上年{year}"), STRONG);
    let text = last.text(section);
    let rows = usize::from(area.height.saturating_sub(TOP)).saturating_sub(prose_foot(area.height));
    let wrapped = wrap_indented(text, 2, usize::from(columns).saturating_sub(1), frame.ambiguous());
    for (y, row) in (TOP..).zip(wrapped.into_iter().take(rows)) {
        let begins = row.start == 0 || text[..row.start].ends_with('\n');
        let x = left + if begins { 2 } else { 0 };
        frame.put(x, y, area.width.saturating_sub(x), &text[row], FAINT);
    }
}

/// The parts of the text that findings are about.
fn quoted(open: &Open, place: Place, text: &str) -> Vec<Range<usize>> {
    let quotes = open.session.review().standing().filter_map(|finding| finding.quote.as_ref());
    quotes.filter(|quote| quote.place == place).map(|quote| travel::bytes(text, quote)).collect()
}

fn text_row(editor: &Editor, row: &Row, quoted: &[Range<usize>], y: u16, frame: &mut Frame<'_>) {
    let selected = editor.selection();
    let look = |at: usize| {
        let mut look = PLAIN;
        if quoted.iter().any(|range| range.contains(&at)) {
            look = Style::new().add_modifier(Modifier::UNDERLINED | Modifier::BOLD);
        }
        if selected.as_ref().is_some_and(|range| range.contains(&at)) {
            look = look.patch(CURSOR);
        }
        look
    };
    let columns = frame.area().width;
    let mut x = LEFT + row.indent as u16;
    for (at, grapheme) in editor.text()[row.bytes.clone()].grapheme_indices(true) {
        x = frame.put(x, y, columns, grapheme, look(row.bytes.start + at));
    }
}
