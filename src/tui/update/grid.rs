//! The tables: the cursor among the cells, typing into them, blocks pasted.

use super::super::action::Effect;
use super::super::app::open::travel::Way;
use super::super::app::open::{Entry, Keeps};
use super::super::app::{App, Asked, Line, Overlay};
use super::super::keymap::{Command, Step};
use super::{apply, block, may_write};
use crate::form::Cell;
use crate::report::{Edit, Place};

/// Does what a command means in a table; `None` if it means what it means everywhere in a report.
pub(super) fn command(app: &mut App, command: Command) -> Option<Vec<Effect>> {
    let open = app.open.as_mut()?;
    if let Some(entry) = &mut open.entry {
        match (command, entry.keeps) {
            (Command::Escape | Command::Undo, _) => open.entry = None,
            (Command::Backspace, _) => entry.line.backspace(),
            (Command::Delete, _) => entry.line.delete(),
            (Command::Paste, _) => entry.line.insert(&app.clipboard),
            (Command::Go(step), Keeps::Content) => super::cover::go_in_line(&mut entry.line, step),
            _ => return None,
        }
        return Some(Vec::new());
    }
    match command {
        Command::Go(step) => go(app, step),
        Command::Extend(step) => {
            let anchor = open.anchor.or(open.cell());
            go(app, step);
            if let Some(open) = &mut app.open {
                open.anchor = anchor.filter(|anchor| open.cell() != Some(*anchor));
            }
        }
        Command::Escape => open.anchor = None,
        Command::Enter => on(app),
        Command::Tab => beside(app, 1),
        Command::BackTab => beside(app, -1),
        Command::Delete | Command::Backspace => return Some(blank(app)),
        Command::Edit => edit(app),
        Command::Copy => return Some(copy(app)),
        Command::Cut => {
            let mut effects = copy(app);
            effects.extend(blank(app));
            return Some(effects);
        }
        Command::Paste => {
            let text = app.clipboard.clone();
            return Some(super::pasted(app, &text));
        }
        _ => return None,
    }
    Some(Vec::new())
}

/// Types into the cell; the first character replaces what stands there.
pub(super) fn typed(app: &mut App, text: &str) {
    if !may_fill(app) {
        return;
    }
    if app.open.as_ref().is_some_and(|open| open.is_filled) {
        return app.warn(format!("没有填进去。{}", filled(app)));
    }
    if let Some(open) = &mut app.open {
        open.anchor = None;
        let fresh = || Entry { line: Line::default(), keeps: Keeps::Nothing };
        open.entry.get_or_insert_with(fresh).line.insert(text);
    }
}

/// Shows what goes where if a block is pasted at the cursor, and asks.
pub(super) fn paste_block(app: &mut App, text: &str) -> Vec<Effect> {
    if !may_write(app) {
        return Vec::new();
    }
    let Some(open) = &app.open else { return Vec::new() };
    let Some(cell) = open.cell() else { return Vec::new() };
    let plan = block::plan(open, &open.sheet(cell.section(), app.size), cell, text);
    if plan.edit.values.is_empty() {
        app.warn("粘贴的内容没有一格放得下");
    } else {
        let label = format!("粘贴 {} 格", plan.edit.values.len());
        let asked = Asked::Apply(label, plan.edit);
        app.overlay = Some(Overlay::question("粘贴", plan.preview, asked));
    }
    Vec::new()
}

/// Begins to change what stands in the cell.
fn edit(app: &mut App) {
    if !may_fill(app) {
        return;
    }
    if let Some(open) = &mut app.open {
        let text = open.report().get(open.place()).map(ToString::to_string).unwrap_or_default();
        open.entry = Some(Entry { line: Line::new(&text), keeps: Keeps::Content });
    }
}

/// Copies what is selected, a line a row, tabs between.
fn copy(app: &mut App) -> Vec<Effect> {
    let Some(open) = &app.open else { return Vec::new() };
    let spelled = |cell: &Cell| open.report().get(*cell).map_or_else(String::new, ToString::to_string);
    let rows = open.block(app.size);
    let line = |row: &Vec<Cell>| row.iter().map(spelled).collect::<Vec<_>>().join("\t");
    let text = rows.iter().map(line).collect::<Vec<_>>().join("\n");
    app.clipboard.clone_from(&text);
    match rows.iter().map(Vec::len).sum::<usize>() {
        1 => app.say(format!("已复制：{text}")),
        cells => app.say(format!("已复制 {cells} 格")),
    }
    vec![Effect::Copy(text)]
}

/// Blanks what is selected, computed totals left alone.
fn blank(app: &mut App) -> Vec<Effect> {
    let Some(open) = &app.open else { return Vec::new() };
    if open.anchor.is_none() && !may_fill(app) {
        return Vec::new();
    }
    let Some(open) = &app.open else { return Vec::new() };
    let cells = open.block(app.size).into_iter().flatten();
    let filled = |cell: &Cell| open.report().get(*cell).is_some() && !open.report().is_computed(*cell);
    let cells: Vec<Cell> = cells.filter(filled).collect();
    let label = match cells[..] {
        [cell] => format!("清空 {}", Place::Cell(cell).label(open.report().form())),
        _ => format!("清空 {} 格", cells.len()),
    };
    let edit = cells.into_iter().fold(Edit::default(), |edit, cell| edit.then(Edit::set(cell, None)));
    apply(app, &label, edit).unwrap_or_default()
}

/// Whether the cell at the cursor may be filled in; if not, says why.
fn may_fill(app: &mut App) -> bool {
    if !may_write(app) {
        return false;
    }
    let computed = app.open.as_ref().is_some_and(|open| open.report().is_computed(open.place()));
    if computed {
        let switch = app.way(Command::SwitchTotals);
        app.warn(format!("这一格是自动合计，由其他格算出，不能直接填。要手工填写合计，请先按 {switch}"));
    }
    !computed
}

fn go(app: &mut App, step: Step) {
    let size = app.size;
    let Some(open) = &mut app.open else { return };
    let Some(cell) = open.cell() else { return };
    let sheet = open.sheet(cell.section(), size);
    let rows: Vec<&[Cell]> = sheet.rows().collect();
    let Some((row, column)) = sheet.find(cell) else { return };
    let last = rows.len() - 1;
    let page = super::super::app::open::table_rows(&sheet, size.1).saturating_sub(1).max(1);
    let (row, column) = match step {
        Step::Up => (row.saturating_sub(1), column),
        Step::Down => ((row + 1).min(last), column),
        Step::Left | Step::PhraseLeft => (row, column.saturating_sub(1)),
        Step::Right | Step::PhraseRight => (row, column + 1),
        Step::LineStart => (row, 0),
        Step::LineEnd => (row, usize::MAX),
        Step::PageUp => (row.saturating_sub(page), column),
        Step::PageDown => ((row + page).min(last), column),
        Step::Start => (0, 0),
        Step::End => (last, usize::MAX),
    };
    if let Some(&target) = rows[row].get(column.min(rows[row].len().saturating_sub(1))) {
        open.go(Place::Cell(target));
    }
}

/// What is said on the last cell of a table.
fn filled(app: &App) -> String {
    let [on, edit, blank] =
        [Command::Enter, Command::Edit, Command::NextBlank].map(|command| app.way(command));
    format!("这张表填到最后一格了：{on} 到下一部分，{edit} 改这一格，{blank} 找还空着的格")
}

/// Goes to the cell that Enter leads to; from the last one, when that was said, to the next part.
fn on(app: &mut App) {
    let size = app.size;
    let Some(open) = &mut app.open else { return };
    let Some(cell) = open.cell() else { return };
    let order = open.sheet(cell.section(), size).order();
    let here = order.iter().position(|&other| other == cell).unwrap_or_default();
    match order.get(here + 1) {
        Some(&next) => open.go(Place::Cell(next)),
        None if open.is_filled => {
            open.is_filled = false;
            open.tab = open.tab_beside(Way::Next);
        }
        None => {
            open.is_filled = true;
            app.say(filled(app));
        }
    }
}

/// Goes so many cells on, line by line.
fn beside(app: &mut App, by: isize) {
    let size = app.size;
    let Some(open) = &mut app.open else { return };
    let Some(cell) = open.cell() else { return };
    let cells: Vec<Cell> = open.sheet(cell.section(), size).rows().flatten().copied().collect();
    let here = cells.iter().position(|&other| other == cell).unwrap_or_default();
    if let Some(&next) = here.checked_add_signed(by).and_then(|next| cells.get(next)) {
        open.go(Place::Cell(next));
    }
}
