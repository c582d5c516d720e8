//! A section of prose: the text as the editor lays it out, with the words underlined that findings are about, how long it
//! is, and last year's text beside it.
//!
//! What is drawn on the way to the next pause changes with each character only where the character stands: the count is
//! that of the text as it was last kept.

use std::ops::Range;

use ratatui_core::layout::Rect;
use ratatui_core::style::{Modifier, Style};

use super::super::action::Target;
use super::super::app::open::page::Page;
use super::super::app::open::prose_foot;
use super::super::app::{App, Open};
use super::super::editor::{Editor, Row};
use super::super::keymap::Command;
use super::{CURSOR, FAINT, Frame, PLAIN, STRONG, said, severity_style};
use crate::check::Severity;
use crate::form::terms::Section;
use crate::prose::length;
use crate::report::Place;
use crate::width::{fit, graphemes, width};

/// The row in which the text begins.
const TOP: u16 = 3;

pub(super) fn draw(app: &App, open: &Open, section: Section, frame: &mut Frame<'_>) {
    let area = frame.area();
    let Some(editor) = open.editor() else { return };
    let page = open.page((area.width, area.height));
    let left = page.left as u16;
    heading(app, open, section, page, frame);
    let marked = open.marked(section);
    for (y, row) in (TOP..).zip(editor.rows()) {
        text_row(editor, &row, &marked, (left, y), frame);
    }
    last_year(open, section, page, frame);
    if editor.text().is_empty() {
        let [compose, last_year] = [Command::Compose, Command::LastYear].map(|command| app.way(command));
        let hint = format!("（在这里输入；{compose} 插入表中数字的句子，{last_year} 看上年怎么写的）");
        frame.tell(left + 2, TOP, page.columns as u16, &hint, FAINT);
    }
    let text = Rect { x: left, y: TOP, width: page.columns as u16 + 2, height: page.rows as u16 };
    frame.target(text, Target::Prose);
    let (row, column) = editor.caret_place();
    frame.caret(left + column as u16, TOP + row as u16);
    let rows = prose_foot(area.height) as u16;
    let foot = Rect { x: 0, y: area.height.saturating_sub(rows), width: area.width, height: rows - 1 };
    said(app, Some(open), foot, frame);
}

/// Which section it is, and how long against how long it may be.
fn heading(app: &App, open: &Open, section: Section, page: Page, frame: &mut Frame<'_>) {
    let columns = page.beside.map_or(frame.area().width, |(left, _)| left as u16 - 2);
    let form = open.report().form();
    let part = form.heading(section).map_or_else(|| "引言".to_owned(), |h| format!("第{}部分", h.numeral));
    let count = length(open.report().text(section));
    let limit = Some(app.profile.overview_limit).filter(|limit| section == Section::Overview && *limit > 0);
    let is_over = limit.is_some_and(|limit| i64::try_from(count).is_ok_and(|count| count > limit));
    let limit = match limit {
        Some(limit) if is_over => format!("，超过上限 {limit}"),
        Some(limit) => format!("，上限 {limit}"),
        None => String::new(),
    };
    let count = frame.say(&format!("{part} {count} 字{limit} ")).into_owned();
    let right = u16::try_from(width(&count, frame.ambiguous())).unwrap_or_default();
    let start = columns.saturating_sub(right);
    let room = usize::from(start.saturating_sub(2));
    let label = fit(&frame.say(&Place::Section(section).label(form)), room, frame.ambiguous());
    frame.put(1, 2, start, label.trim_end(), STRONG);
    let style = if is_over { severity_style(Severity::Warning).add_modifier(Modifier::BOLD) } else { PLAIN };
    frame.put(start, 2, right, &count, style);
}

/// The same section of last year's report, beside this year's where there is room.
fn last_year(open: &Open, section: Section, page: Page, frame: &mut Frame<'_>) {
    let (Some((left, columns)), Some(last)) = (page.beside, open.last_year()) else { return };
    let (left, columns) = (left as u16, columns as u16);
    let year = last.year().map_or_else(String::new, |year| format!(" {year}"));
    let text = match last.text(section) {
        "" => format!("上年{year}：空白"),
        text => format!("上年{year}，{} 字", length(text)),
    };
    frame.tell(left, 2, columns, &text, FAINT);
    for y in TOP..TOP + page.rows as u16 {
        frame.put(left - 2, y, 1, "|", FAINT);
    }
    for (y, (text, begins)) in (TOP..).zip(open.rows_beside(section, page, frame.ambiguous())) {
        frame.put(left + if begins { 2 } else { 0 }, y, columns + 2, text, FAINT);
    }
}

type Marked = (Range<usize>, Severity);

fn text_row(editor: &Editor, row: &Row, marked: &[Marked], (left, y): (u16, u16), frame: &mut Frame<'_>) {
    let selected = editor.selection();
    let look = |at: usize| {
        // Of several findings the gravest shows.
        let gravest =
            marked.iter().filter(|(range, _)| range.contains(&at)).map(|(_, severity)| *severity).max();
        let look = gravest.map_or(PLAIN, |severity| {
            severity_style(severity).add_modifier(Modifier::UNDERLINED | Modifier::BOLD)
        });
        match &selected {
            Some(range) if range.contains(&at) => look.patch(CURSOR),
            _ => look,
        }
    };
    let columns = frame.area().width;
    let mut x = left + row.indent as u16;
    for (at, grapheme) in graphemes(&editor.text()[row.bytes.clone()]) {
        let style: Style = look(row.bytes.start + at);
        x = frame.put(x, y, columns.saturating_sub(x), grapheme, style);
    }
}
