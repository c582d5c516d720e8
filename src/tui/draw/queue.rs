//! The queue of reports to review: state, findings, organ, file.

use ratatui_core::layout::Rect;
use ratatui_core::style::Style;

use super::super::action::Target;
use super::super::app::App;
use super::super::app::queue::Queue;
use super::super::keymap::{Command, Review};
use super::{CURSOR, FAINT, Frame, PLAIN, STRONG, page, said, severity_style};
use crate::check::Severity;
use crate::desk::{Row, State, Unit};
use crate::width::{fit, pad_left, width};

/// The columns of the state and of each number of findings.
const STATE: usize = 10;
const COUNT: usize = 5;
/// From so many columns on there is room for the level and the file.
const WIDE: u16 = 100;
/// The columns of the level and of the file.
const LEVEL: usize = 14;

pub(super) fn draw(app: &App, queue: &Queue, frame: &mut Frame<'_>) {
    let area = frame.area();
    let ambiguous = frame.ambiguous();
    let found = queue.found();
    title(queue, frame);
    let (sought, caret) = queue.sought.seen(usize::from(area.width).saturating_sub(9), ambiguous);
    let at = frame.tell(1, 1, area.width, "查找  ", FAINT);
    frame.put(at, 1, area.width, sought, PLAIN);
    frame.caret(at + caret as u16, 1);
    head(queue, frame);
    if found.is_empty() {
        let text = match queue.rows().is_empty() {
            true => format!("这里还没有读到报告。{} 重新读目录", app.way(Command::Review(Review::Reread))),
            false => format!("没有找到。{} 清除查找的字", app.way(Command::Escape)),
        };
        frame.tell(1, 3, area.width, &text, PLAIN);
    }
    let rows = usize::from(area.height).saturating_sub(6);
    let top = page(queue.selected, rows);
    for (y, (nth, row)) in (3..).zip(found.iter().enumerate().skip(top).take(rows)) {
        frame.target(Rect { x: 0, y, width: area.width, height: 1 }, Target::Line(nth));
        line(queue, row, nth == queue.selected, y, frame);
    }
    let foot = Rect { x: 0, y: area.height.saturating_sub(3), width: area.width, height: 2 };
    match (&app.message, queue.selected()) {
        (None, Some(row)) => about(queue, row, foot, frame),
        _ => said(app, None, foot, frame),
    }
}

/// What is reviewed, in short where there is no room, and how many there are of each state: as many as there is room for,
/// what is to be done first.
fn title(queue: &Queue, frame: &mut Frame<'_>) {
    let (columns, ambiguous) = (frame.area().width, frame.ambiguous());
    let count = |state: State| (state.label(), queue.rows().iter().filter(|row| row.state == state).count());
    let told = State::ALL.map(count).into_iter().filter(|(_, count)| *count > 0);
    let told: Vec<String> = told.map(|(label, count)| format!("{} {count}", frame.say(label))).collect();
    let year = queue.desk.year.map_or_else(String::new, |year| format!(" {year} 年"));
    let titles = [format!("审阅{year}政府信息公开工作年度报告"), format!("审阅{year}")];
    let [long, short] = titles.map(|title| frame.say(&title).into_owned());
    let room = usize::from(columns);
    let needs = |title: &str, told: &str| width(title, ambiguous) + width(told, ambiguous) + 4;
    let all = told.join("  ");
    let title = if needs(&long, &all) <= room { long } else { short };
    let fitting = (0..=told.len()).rev().map(|count| told[..count].join("  "));
    let counts = fitting.into_iter().find(|told| needs(&title, told) <= room).unwrap_or_default();
    frame.put(1, 0, columns, &title, STRONG);
    let right = width(&counts, ambiguous) as u16 + 1;
    frame.put(columns.saturating_sub(right), 0, right, &counts, PLAIN);
}

fn head(queue: &Queue, frame: &mut Frame<'_>) {
    let columns = frame.area().width;
    let ambiguous = frame.ambiguous();
    let level = if columns >= WIDE { fit(&frame.say("层级"), LEVEL, ambiguous) } else { String::new() };
    let [errors, warnings] = [("错", COUNT), ("提示", COUNT + 1)]
        .map(|(name, columns)| pad_left(&frame.say(name), columns, ambiguous));
    let state = fit(&frame.say("情况"), STATE, ambiguous);
    let agency = format!("机关（{}）", queue.order.label());
    let text = format!("{state}{errors}{warnings}  {level}{}", frame.say(&agency));
    frame.put(1, 2, columns, &text, FAINT);
}

fn line(queue: &Queue, row: &Row, is_selected: bool, y: u16, frame: &mut Frame<'_>) {
    let columns = frame.area().width;
    let ambiguous = frame.ambiguous();
    let look = if is_selected { CURSOR } else { PLAIN };
    let mut x = frame.put(
        1,
        y,
        columns,
        &fit(&frame.say(row.state.label()), STATE, ambiguous),
        state_style(row.state),
    );
    let brief = queue.filing(row).and_then(|filing| filing.brief());
    let brief = brief.filter(|_| row.state != State::OtherYear);
    let (errors, warnings) = brief.map_or((0, 0), |brief| (brief.errors, brief.warnings));
    for (count, room, severity) in
        [(errors, COUNT, Severity::Error), (warnings, COUNT + 1, Severity::Warning)]
    {
        let shown = if brief.is_some() { count.to_string() } else { String::new() };
        let style = if count > 0 { severity_style(severity) } else { PLAIN };
        x = frame.put(x, y, columns, &pad_left(&shown, room, ambiguous), style);
    }
    x += 2;
    if columns >= WIDE {
        let level = &frame.say(row.level.map_or("", |level| level.label()));
        x = frame.put(x, y, columns, &fit(level, LEVEL, ambiguous), PLAIN);
    }
    let file = queue.filing(row).map_or("", |filing| filing.file.as_str());
    let agency = match (row.agency.is_empty(), row.filing) {
        (true, Some(_)) => file.to_owned(),
        _ => row.agency.clone(),
    };
    let year = row.year.filter(|_| row.state == State::OtherYear).map(|year| format!("{year} 年"));
    let year = year.map(|year| format!("  {}", frame.say(&year)));
    let marks = row.marks().enumerate().map(|(nth, mark)| {
        let gap = if nth == 0 { "  " } else { " " };
        format!("{gap}{}", frame.say(mark))
    });
    let odd: String = year.into_iter().chain(marks).collect();
    let room = usize::from(columns.saturating_sub(x + 1));
    // Of a long name the end goes, not what is odd about it.
    let most = room.saturating_sub(width(&odd, ambiguous));
    let name = match width(&agency, ambiguous) > most {
        true => fit(&agency, most, ambiguous) + &odd,
        false => agency + &odd,
    };
    let of_file = width(file, ambiguous) + 2;
    let has_file = columns >= WIDE && !row.agency.is_empty() && width(&name, ambiguous) + of_file < room;
    frame.put(x, y, columns, &fit(&name, if has_file { room - of_file } else { room }, ambiguous), look);
    if has_file {
        frame.put(columns.saturating_sub(of_file as u16 - 1), y, columns, file, FAINT);
    }
}

/// What is to be known of the line that is selected.
fn about(queue: &Queue, row: &Row, foot: Rect, frame: &mut Frame<'_>) {
    let Some(filing) = queue.filing(row) else {
        return super::paragraph("这个单位还没有报来。", PLAIN, foot, frame);
    };
    let notes = queue.desk.judgement(filing).map_or(0, |said| said.notes.len());
    let mut text = filing.file.clone();
    match &filing.content {
        Err(reason) => text += &format!("：{reason}"),
        Ok(brief) if row.state != State::OtherYear => {
            text += if brief.last.is_some() { "  有上年报告" } else { "  没有找到上年报告" };
            if brief.untold > 0 {
                text += &format!("  {} 条规则查不了", brief.untold);
            }
        }
        Ok(_) => {}
    }
    if let Unit::Unsure(perhaps) = &row.unit {
        text += &format!("  可能是{}：是的话，请写进名册的简称一栏", perhaps.join("、"));
    }
    if notes > 0 {
        text += &format!("  批注 {notes} 条");
    }
    super::paragraph(&text, FAINT, foot, frame);
}

const fn state_style(state: State) -> Style {
    match state {
        State::Revised | State::Lapsed | State::New => STRONG,
        State::Unreadable | State::Missing => severity_style(Severity::Error),
        State::Returned => severity_style(Severity::Warning),
        State::Accepted => PLAIN,
        State::OtherYear => FAINT,
    }
}
