//! The charts: labels, aligned numbers, and bars of blanks in reverse, which are of one width on every terminal.
//!
//! What is in them is said by [`charts`](crate::tui::app::charts).

use ratatui_core::layout::Rect;
use ratatui_core::style::Style;

use super::super::app::App;
use super::super::app::charts::{Bar, FIGURES, Line, Year};
use super::{CURSOR as BAR, FAINT, Frame, PLAIN, STRONG};
use crate::trends::bar::length;
use crate::width::{Ambiguous, fit, pad_left, width};

/// What is said where there is no number.
const NOTHING: &str = "没有数";
/// The columns of a share, the blank before it included.
const SHARE: u16 = 7;
/// The columns of a year.
const YEAR: u16 = 6;
/// The widest column of labels.
const LABEL: u16 = 36;

/// Draws the rows from `top` on.
pub(super) fn draw(app: &App, top: usize, inside: Rect, frame: &mut Frame<'_>) {
    let panes = app.charts();
    let height = panes.iter().map(Vec::len).max().unwrap_or_default();
    let top = top.min(height.saturating_sub(inside.height.into()));
    let columns = inside.width / (panes.len() as u16).max(1);
    for (pane, nth) in panes.iter().zip(0..) {
        let digits = digits(pane, frame);
        for (line, y) in pane.iter().skip(top).zip(inside.y..inside.bottom()) {
            let room = Rect { x: inside.x + nth * columns, y, width: columns, height: 1 };
            match line {
                Line::Heading(text) => put(text, STRONG, room, frame),
                Line::Words(text) => put(text, FAINT, behind(room, 2), frame),
                Line::Bar(one) => bar(one, digits, room, frame),
                Line::Heads => {
                    for ((name, _), place) in FIGURES.iter().zip(places(room)) {
                        put(name, FAINT, place, frame);
                    }
                }
                Line::Year(one) => year(one, room, frame),
                Line::Gap => {}
            }
        }
    }
}

fn put(text: &str, style: Style, room: Rect, frame: &mut Frame<'_>) {
    let shown = fit(&frame.say(text), room.width.into(), frame.ambiguous());
    frame.put(room.x, room.y, room.width, shown.trim_end(), style);
}

/// What is left of a row behind its first columns.
fn behind(room: Rect, columns: u16) -> Rect {
    Rect { x: room.x + columns, width: room.width.saturating_sub(columns), ..room }
}

/// The columns that the numbers of bars take, or the words that there is none.
fn digits(lines: &[Line], frame: &Frame<'_>) -> u16 {
    let digits = lines.iter().filter_map(|line| match line {
        Line::Bar(bar) => Some(bar.most.to_string().len()),
        _ => None,
    });
    digits.chain([width(&frame.say(NOTHING), Ambiguous::Narrow)]).max().unwrap_or_default() as u16
}

/// A label, its number, its share of the whole, and the bar.
fn bar(bar: &Bar, digits: u16, room: Rect, frame: &mut Frame<'_>) {
    let label = LABEL.min(room.width * 2 / 5);
    let indent = if bar.is_part { 2 } else { 0 };
    put(&bar.label, PLAIN, Rect { width: label.saturating_sub(indent), ..behind(room, indent) }, frame);
    let room = behind(room, label + 1);
    let text = bar.count.map_or_else(|| frame.say(NOTHING), |count| count.to_string().into());
    let style = if bar.count.unwrap_or_default() == 0 { FAINT } else { PLAIN };
    put(&pad_left(&text, digits.into(), frame.ambiguous()), style, room, frame);
    let room = behind(room, digits);
    let share = bar.share().unwrap_or_default();
    put(&pad_left(&share, SHARE.into(), frame.ambiguous()), style, room, frame);
    let style = if bar.is_part { BAR.patch(FAINT) } else { BAR };
    blanks(bar.count, bar.most, style, behind(room, SHARE + 2), frame);
}

/// A year, and each of its figures with a bar.
fn year(year: &Year, room: Rect, frame: &mut Frame<'_>) {
    let style = if year.is_open { STRONG } else { PLAIN };
    let name = year.year.map_or_else(|| "未填".to_owned(), |year| year.to_string());
    put(&name, style, Rect { width: YEAR, ..room }, frame);
    for (&(count, most), place) in year.figures.iter().zip(places(room)) {
        let Some(count) = count else {
            put(NOTHING, FAINT, place, frame);
            continue;
        };
        let digits = most.to_string().len();
        put(&pad_left(&count.to_string(), digits, frame.ambiguous()), style, place, frame);
        blanks(Some(count), most, BAR, behind(place, digits as u16 + 1), frame);
    }
}

/// Where the figures of a year stand, a blank column behind each.
fn places(room: Rect) -> impl Iterator<Item = Rect> {
    let rest = behind(room, YEAR);
    let columns = rest.width / FIGURES.len() as u16;
    (0..FIGURES.len() as u16).map(move |nth| Rect {
        x: rest.x + nth * columns,
        width: columns.saturating_sub(1),
        ..rest
    })
}

/// A bar.
fn blanks(count: Option<i64>, most: i64, style: Style, room: Rect, frame: &mut Frame<'_>) {
    let columns = i64::from(room.width.saturating_sub(1));
    let width = u16::try_from(length(count.unwrap_or_default(), most, columns)).unwrap_or_default();
    frame.blank(Rect { width, ..room }, style);
}
