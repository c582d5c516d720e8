//! A table: heads and labels that stay, the cells around the cursor, and below them the sums that the cursor is in.

use std::collections::BTreeMap;

use ratatui_core::layout::Rect;
use ratatui_core::style::{Color, Modifier, Style};

use super::super::action::Target;
use super::super::app::brief::{brief, plain};
use super::super::app::mark::{Mark, marks};
use super::super::app::open::{foot, table_rows};
use super::super::app::sheet::{Line, Sheet};
use super::super::app::sums::{self, Explained, Standing};
use super::super::app::{App, Open};
use super::{CURSOR, FAINT, Frame, PLAIN, STRONG, heads, said, severity_style};
use crate::check::Severity;
use crate::form::Cell;
use crate::form::terms::Section;
use crate::report::Value;
use crate::width::{fit, pad_left, width};

pub(super) fn draw(app: &App, open: &Open, section: Section, frame: &mut Frame<'_>) {
    let area = frame.area();
    let sheet = open.sheet(section, (area.width, area.height));
    let Some(&(here, top)) = open.grids.get(&section) else { return };
    let selected = open.block((area.width, area.height)).into_iter().flatten().collect();
    let view = View { open, sheet: &sheet, here, selected, marks: marks(open, section) };
    heads::frozen(&sheet, 2, frame);
    let first = 2 + sheet.head_rows(area.height) as u16;
    let rows = table_rows(&sheet, area.height);
    for (y, line) in (first..).zip(sheet.lines.iter().skip(top).take(rows)) {
        match line {
            Line::Heading(text) => {
                frame.put(1, y, area.width, text, STRONG);
            }
            Line::Heads(corner, heads) => heads::within(&sheet, corner, heads, y, frame),
            Line::Row(label, cells) => row(&view, label, cells, y, frame),
        }
    }
    below(app, open, here, &sheet, frame);
}

/// A table as it is seen: which cell the cursor is at, which are selected, what is said of them.
struct View<'a> {
    open: &'a Open,
    sheet: &'a Sheet,
    here: Cell,
    selected: Vec<Cell>,
    marks: BTreeMap<Cell, Mark>,
}

fn row(view: &View<'_>, label: &str, cells: &[Cell], y: u16, frame: &mut Frame<'_>) {
    let sheet = view.sheet;
    let ambiguous = frame.ambiguous();
    let room = sheet.label.saturating_sub(2);
    let label = if width(label, ambiguous) > room { plain(label) } else { label };
    frame.put(1, y, sheet.label as u16, &fit(label, room, ambiguous), PLAIN);
    for (nth, &cell) in cells.iter().enumerate() {
        let x = (sheet.label + nth * sheet.column) as u16;
        frame.target(Rect { x, y, width: sheet.column as u16, height: 1 }, Target::Place(cell.into()));
        if cell == view.here && view.open.entry.is_some() {
            typing(view.open, sheet, x, y, frame);
        } else {
            value(view, cell, (x, y), frame);
        }
    }
}

/// A cell as it stands: the value, and behind it a sign if there is something to say of it.
fn value(view: &View<'_>, cell: Cell, (x, y): (u16, u16), frame: &mut Frame<'_>) {
    let room = view.sheet.column.saturating_sub(1);
    let value = view.open.report().get(cell);
    let text = value.map(ToString::to_string).unwrap_or_default();
    let shown = pad_left(&text, room, frame.ambiguous());
    let mark = view.marks.get(&cell);
    let said = mark.map_or(PLAIN, |&mark| mark_style(mark));
    let look = match value {
        _ if view.selected.contains(&cell) => CURSOR,
        Some(Value::Text(_)) => said.add_modifier(Modifier::UNDERLINED),
        _ => said,
    };
    if look == CURSOR {
        frame.blank(Rect { x, y, width: room as u16, height: 1 }, CURSOR);
    }
    frame.put(x, y, room as u16, &shown, look);
    frame.put(x + room as u16, y, 1, mark.map_or(" ", |mark| mark.sign()), said);
    if cell == view.here {
        frame.caret((x + room as u16).saturating_sub(1), y);
    }
}

/// The look of a cell of which something is said.
const fn mark_style(mark: Mark) -> Style {
    match mark {
        Mark::Finding(severity) => severity_style(severity),
        Mark::SetHere => Style::new().fg(Color::Cyan),
        Mark::Computed | Mark::ComeAlong => FAINT,
    }
}

/// The cell that is being typed, at the right as numbers stand, the caret behind what was typed: so a digit changes little
/// of what is seen.
fn typing(open: &Open, sheet: &Sheet, x: u16, y: u16, frame: &mut Frame<'_>) {
    let Some(entry) = &open.entry else { return };
    let room = sheet.column.saturating_sub(1);
    // The caret behind the last digit stands where the sign of the cell would.
    let (seen, caret) = entry.line.seen(room + 1, frame.ambiguous());
    let shown = pad_left(seen, room, frame.ambiguous());
    let indent = room.saturating_sub(width(seen, frame.ambiguous()));
    frame.put(x, y, room as u16, &shown, CURSOR);
    frame.caret(x + (indent + caret) as u16, y);
}

/// The equations, the finding, the place.
fn below(app: &App, open: &Open, here: Cell, sheet: &Sheet, frame: &mut Frame<'_>) {
    let area = frame.area();
    let rows = foot(area.height) as u16;
    if rows < 2 {
        return;
    }
    let top = area.height - rows;
    let report = open.report();
    let digits = sheet.digits(report);
    let (column, row) = (sums::of_column(report, here, digits), sums::of_row(report, here, digits));
    if column.is_empty() && row.is_empty() {
        frame.tell(1, top, area.width, "这一格不在任何合计里，按实际数填", FAINT);
    } else {
        let row_name = if here.section() == Section::Disputes { "本组" } else { "本行" };
        let lines = [("本列", column), (row_name, row)];
        let lines = lines.into_iter().filter(|(_, explained)| !explained.is_empty());
        for ((name, explained), y) in lines.zip(top..) {
            equations(name, &explained, y, frame);
        }
    }
    said(app, Some(open), Rect { x: 0, y: top + 2, width: area.width, height: rows - 4 }, frame);
    position(app, open, here, (sheet, area.height - 2), frame);
}

/// The equations of a row or column, as much of them as there is room for.
fn equations(name: &str, explained: &[Explained], y: u16, frame: &mut Frame<'_>) {
    let columns = frame.area().width;
    let ambiguous = frame.ambiguous();
    let mut x = frame.tell(1, y, columns, name, STRONG) + 2;
    for (nth, one) in explained.iter().enumerate() {
        let style = match one.standing {
            Standing::Differs(_) => severity_style(Severity::Error),
            Standing::Holds => PLAIN,
            Standing::Lacks(_) => FAINT,
        };
        let standing = frame.say(&one.standing.label()).into_owned();
        let room = usize::from(columns.saturating_sub(x)).saturating_sub(width(&standing, ambiguous) + 4);
        // The columns that its numbers are set in go before anything of what it says.
        let text = frame.say(&one.text).into_owned();
        let tight = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let whole = [&text, &tight].into_iter().find(|text| width(text, ambiguous) <= room);
        let text = match whole {
            Some(whole) => whole.clone(),
            // Of one that adds up, a part says nothing.
            None if nth > 0 && one.standing == Standing::Holds => continue,
            None => fit(&tight, room, ambiguous).trim_end().to_owned(),
        };
        if !text.is_empty() {
            x = frame.put(x, y, columns, &text, PLAIN) + 2;
        }
        x = frame.put(x, y, columns, &standing, style) + 3;
    }
}

/// The official label of the row where the table has no room for all of it or it has a gloss, and what stood in the cell
/// last year. What the table shows already is not said again.
fn position(app: &App, open: &Open, here: Cell, (sheet, y): (&Sheet, u16), frame: &mut Frame<'_>) {
    let columns = frame.area().width;
    let ambiguous = frame.ambiguous();
    let last = app.last_year().filter(|last| last.form().cell(here).is_some());
    let last = last.map_or_else(String::new, |last| match last.get(here) {
        None => "上年 空 ".to_owned(),
        Some(value) => format!("上年 {value} "),
    });
    let last = frame.say(&last).into_owned();
    let wide = u16::try_from(width(&last, ambiguous)).unwrap_or_default().min(columns);
    let Some(info) = open.report().form().cell(here) else { return };
    let is_cut = sheet.label_of(here).is_none_or(|label| width(label, ambiguous) > sheet.label_room());
    if is_cut || frame.has_glosses() {
        let room = usize::from(columns.saturating_sub(wide + 2));
        let names = match frame.has_glosses() {
            true => {
                let whole = frame.say(&format!("{}，{}", info.row_name, info.column_name)).into_owned();
                [
                    whole,
                    [info.row_name.as_str(), info.column_name].map(|label| gloss(label, frame)).join(", "),
                ]
            }
            false => [info.row_name.clone(), brief(&info.row_name)],
        };
        let cut = || fit(&names[1], room, ambiguous);
        let name = names.iter().find(|name| width(name, ambiguous) <= room).cloned().unwrap_or_else(cut);
        frame.put(1, y, columns, name.trim_end(), STRONG);
    }
    frame.put(columns - wide, y, wide, &last, FAINT);
}

/// What a label of the form means in the language of the user, without the label.
fn gloss(label: &str, frame: &Frame<'_>) -> String {
    let said = frame.say(label);
    let gloss = said.strip_prefix(label).and_then(|rest| rest.strip_prefix(" (")?.strip_suffix(')'));
    gloss.unwrap_or(&said).to_owned()
}
