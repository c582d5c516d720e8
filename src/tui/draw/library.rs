//! The list of reports: year, organ, and how far each is.

use ratatui_core::layout::Rect;
use ratatui_core::style::Style;

use super::super::action::Target;
use super::super::app::App;
use super::super::app::shelf::{Listed, Standing};
use super::super::keymap::{Command, Context};
use super::{CURSOR, FAINT, Frame, PLAIN, STRONG, page, said, severity_style};
use crate::check::Severity;
use crate::report::place::field_label;
use crate::width::{fit, width, wrap};

pub(super) fn draw(app: &App, frame: &mut Frame<'_>) {
    let area = frame.area();
    let ambiguous = frame.ambiguous();
    let found = app.shelf.found();
    let count = match &app.shelf.reports {
        Some(reports) => format!("共 {} 份", reports.len()),
        None => "正在读……".to_owned(),
    };
    let count = frame.say(&count).into_owned();
    let right = u16::try_from(width(&count, ambiguous)).unwrap_or_default() + 1;
    let room = area.width.saturating_sub(right);
    frame.tell(1, 0, room.saturating_sub(2), "政府信息公开工作年度报告", STRONG);
    frame.put(room, 0, right, &count, PLAIN);
    let (sought, caret) = app.shelf.sought.seen(usize::from(area.width).saturating_sub(9), ambiguous);
    let at = frame.tell(1, 1, area.width, "查找  ", FAINT);
    frame.put(at, 1, area.width, sought, PLAIN);
    frame.caret(at + caret as u16, 1);
    if app.shelf.is_empty() {
        welcome(app, frame);
    } else if app.shelf.reports.is_some() && found.is_empty() {
        frame.tell(1, 3, area.width, &format!("没有找到。{} 清除查找的字", app.way(Command::Escape)), PLAIN);
    }
    let rows = usize::from(area.height).saturating_sub(6);
    let top = page(app.shelf.selected, rows);
    for (y, (nth, listed)) in (3..).zip(found.iter().enumerate().skip(top).take(rows)) {
        frame.target(Rect { x: 0, y, width: area.width, height: 1 }, Target::Line(nth));
        line(listed, app.shelf.standing(listed), nth == app.shelf.selected, y, frame);
    }
    let foot = Rect { x: 0, y: area.height.saturating_sub(3), width: area.width, height: 2 };
    said(app, None, foot, frame);
}

fn line(listed: &Listed, standing: Option<Standing>, is_selected: bool, y: u16, frame: &mut Frame<'_>) {
    let columns = frame.area().width;
    let ambiguous = frame.ambiguous();
    let (state, style) = standing
        .map_or_else(|| (String::new(), severity_style(Severity::Error)), |standing| state(&standing));
    let state = frame.say(&state).into_owned();
    let right = u16::try_from(width(&state, ambiguous)).unwrap_or_default() + 1;
    let room = usize::from(columns.saturating_sub(right + 2));
    let look = if is_selected { CURSOR } else { PLAIN };
    frame.put(1, y, columns, &fit(&frame.say(&listed.name()), room, ambiguous), look);
    frame.put(columns.saturating_sub(right), y, right, &state, style);
}

/// How far a report is: what the checks find, and what is blank.
fn state(standing: &Standing) -> (String, Style) {
    let counts = [("错", standing.errors), ("提示", standing.warnings), ("空", standing.blanks)];
    let told: Vec<String> = counts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(what, count)| format!("{what} {count}"))
        .collect();
    let style = match standing {
        Standing { errors: 1.., .. } => severity_style(Severity::Error),
        Standing { warnings: 1.., .. } | Standing { unsaid: Some(_), blanks: 0, .. } => {
            severity_style(Severity::Warning)
        }
        _ => PLAIN,
    };
    let told = match standing.unsaid {
        _ if !told.is_empty() => told.join("  "),
        Some(field) => format!("{}不详，没有核对", field_label(field)),
        None => "没有问题".to_owned(),
    };
    (told, style)
}

/// What to do while there is no report.
fn welcome(app: &App, frame: &mut Frame<'_>) {
    let columns = frame.area().width.saturating_sub(3);
    frame.tell(3, 3, columns, &format!("这里还没有报告。{} 年的年度报告可以这样开始：", app.year), PLAIN);
    let offered = [Command::New, Command::Import, Command::Sample, Command::Tour, Command::Undo];
    let binding = |command| app.keys.bindings(Context::Library).find(|binding| binding.command == command);
    let bindings = offered.into_iter().filter_map(binding);
    let bindings: Vec<_> = bindings
        .map(|binding| [binding.key(), binding.explained()].map(|text| frame.say(&text).into_owned()))
        .collect();
    let widest = bindings.iter().map(|[key, _]| width(key, frame.ambiguous())).max().unwrap_or_default();
    let left = 3 + widest as u16 + 2;
    let mut y = 5;
    for [key, text] in bindings {
        frame.put(3, y, columns, &key, STRONG);
        let room = frame.area().width.saturating_sub(left + 2);
        // What is said last stands in the three rows above the keys.
        let foot = frame.area().height.saturating_sub(3);
        for row in wrap(&text, room.into(), frame.ambiguous()).into_iter().take(foot.saturating_sub(y).into())
        {
            frame.put(left, y, columns, &text[row], PLAIN);
            y += 1;
        }
    }
}
