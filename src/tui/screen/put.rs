//! Text into cells, so that every wide character owns exactly the cells that the terminal gives it.
//!
//! It does not wrap or align; text that does not fit is cut without a sign (see [`crate::width::fit`]).

use std::borrow::Cow;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::width::{Ambiguous, drawn, grapheme_width, graphemes};

/// Puts text at a place, in at most `columns` and within the buffer, and returns the column after it.
///
/// The text is sanitized; its style is laid over the style that the cells have. A wide character that the text
/// covers by half is blanked.
pub fn put(
    buffer: &mut Buffer,
    x: u16,
    y: u16,
    columns: u16,
    text: &str,
    style: impl Into<Style>,
    ambiguous: Ambiguous,
) -> u16 {
    let style = style.into();
    let Some((row, left, room)) = row_from(buffer, x, y) else {
        return x;
    };
    let end = left + room.min(usize::from(columns));
    let mut at = left;
    for (_, grapheme) in graphemes(&drawn(text, ambiguous)) {
        let wide = grapheme_width(grapheme, ambiguous);
        if at + wide > end {
            break;
        }
        if at == left {
            free_left(row, at);
        }
        row[at].set_symbol(grapheme).set_style(style);
        for covered in &mut row[at + 1..at + wide] {
            covered.set_symbol("").set_style(style);
        }
        at += wide;
    }
    if at > left {
        free_right(row, at);
    }
    x + (at - left) as u16
}

/// Blanks an area and gives it a style; wide characters that reach into it from outside are blanked whole.
pub fn blank(buffer: &mut Buffer, area: Rect, style: impl Into<Style>) {
    let style = style.into();
    let area = area.intersection(buffer.area);
    for y in area.top()..area.bottom() {
        let Some((row, left, room)) = row_from(buffer, area.x, y) else {
            return;
        };
        let end = left + room.min(usize::from(area.width));
        free_left(row, left);
        free_right(row, end);
        for cell in &mut row[left..end] {
            cell.reset();
            cell.set_style(style);
        }
    }
}

/// Makes every row well-formed, whoever wrote to it: a wide character and the empty cells that it covers.
pub(super) fn settle(buffer: &mut Buffer, ambiguous: Ambiguous) {
    let width = usize::from(buffer.area.width).max(1);
    for row in buffer.content.chunks_mut(width) {
        let mut x = 0;
        while x < row.len() {
            x += settle_cell(&mut row[x..], ambiguous);
        }
    }
}

/// Settles the first of these cells, and returns how many it takes.
fn settle_cell(cells: &mut [Cell], ambiguous: Ambiguous) -> usize {
    let symbol = cells[0].symbol();
    if symbol.len() == 1 && !symbol.as_bytes()[0].is_ascii_control() {
        return 1;
    }
    let wide = grapheme_width(symbol, ambiguous);
    // Ratatui's own widgets leave untouched cells, not empty ones, behind a wide character.
    let covered = |cell: &Cell| cell.symbol().is_empty() || *cell == Cell::EMPTY;
    let whole = wide > 0 && cells.len() >= wide && cells[1..wide].iter().all(covered);
    if !whole || matches!(drawn(symbol, ambiguous), Cow::Owned(_)) {
        cells[0].set_symbol(" ");
        return 1;
    }
    let style = cells[0].style();
    for cell in &mut cells[1..wide] {
        cell.reset();
        cell.set_symbol("").set_style(style);
    }
    wide
}

/// Gives the row's cells, the index of column `x` in them, and how many cells there are from there on.
fn row_from(buffer: &mut Buffer, x: u16, y: u16) -> Option<(&mut [Cell], usize, usize)> {
    let area = buffer.area;
    if !area.contains((x, y).into()) {
        return None;
    }
    let width = usize::from(area.width);
    let (row, left) = (usize::from(y - area.y), usize::from(x - area.x));
    let cells = buffer.content.get_mut(row * width..(row + 1) * width)?;
    Some((cells, left, width - left))
}

/// Blanks the wide character that reaches over this cell from the left, if one does.
fn free_left(row: &mut [Cell], at: usize) {
    if row.get(at).is_some_and(|cell| cell.symbol().is_empty()) {
        let first = row[..at].iter().rposition(|cell| !cell.symbol().is_empty()).unwrap_or(0);
        for cell in &mut row[first..at] {
            cell.set_symbol(" ");
        }
    }
}

/// Blanks what is left, from this cell on, of a wide character that lost its beginning.
fn free_right(row: &mut [Cell], at: usize) {
    for cell in row.iter_mut().skip(at).take_while(|cell| cell.symbol().is_empty()) {
        cell.set_symbol(" ");
    }
}
