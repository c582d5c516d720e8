//! What stands over the screens, drawn over them.

use std::borrow::Cow;

use ratatui_core::layout::Rect;

use super::super::action::Target;
use super::super::app::exporting::{ExportField, Exporting};
use super::super::app::overlay::{NewField, NewReport, found, rows, spoken};
use super::super::app::{App, Line, Overlay, Pick};
use super::super::keymap::Command;
use super::{
    CURSOR, FAINT, Frame, PLAIN, STRONG, as_rows, charts, merge, page, paragraph, replace, severity_style,
};
use crate::check::Severity;
use crate::export::Kind;
use crate::form::terms::Level;
use crate::width::{fit, width, wrap};

pub(super) fn draw(app: &App, overlay: &Overlay, frame: &mut Frame<'_>) {
    let area = frame.area();
    let whole = Rect { height: area.height.saturating_sub(1), ..area };
    let box_of = |rows: usize| {
        let height = (rows as u16 + 3).min(whole.height);
        Rect { y: whole.height - height, height, ..whole }
    };
    match overlay {
        Overlay::Reader { title, text, is_quoted, top } => {
            let inside = opened(whole, title, frame);
            reader(&spoken(text, *is_quoted, app.language), *top, inside, frame);
        }
        Overlay::Charts { top } => {
            let about = app.open.as_ref().map(|open| super::title(open)).unwrap_or_default();
            let inside = opened(whole, &format!("图表：{about}"), frame);
            charts::draw(app, *top, inside, frame);
        }
        Overlay::Question { title, text, top, .. } => {
            question(title, &spoken(text, false, app.language), *top, box_of, frame)
        }
        Overlay::Picker { title, items, sought, selected } => {
            let inside = opened(whole, title, frame);
            line("查找", sought, inside, true, frame);
            picker(app, &found(items, sought.text()), *selected, inside, frame);
        }
        Overlay::NewReport(form) => {
            let inside = opened(box_of(7), "新建报告", frame);
            new_report(app, form, inside, frame);
        }
        Overlay::Path { line: path, ways } => {
            let inside = opened(box_of(5 + ways.len()), "读入文件", frame);
            line("路径", path, inside, true, frame);
            ways_on(ways, Rect { y: inside.y + 1, height: inside.height.saturating_sub(3), ..inside }, frame);
            trouble(app, inside, frame);
        }
        Overlay::Export(form) => {
            let inside = opened(box_of(7 + form.ways.len()), "另存为文件", frame);
            export(form, inside, frame);
            trouble(app, inside, frame);
        }
        Overlay::Merge(merging) => {
            let inside = opened(whole, &format!("读入并比较：{}", merging.about), frame);
            if let Some(open) = &app.open {
                merge::draw(open, merging, inside, frame);
            }
        }
        Overlay::Replace(replacing) => replace::draw(app, replacing, frame),
        Overlay::Note { place, quote, line: note, .. } => {
            let form = app.open.as_ref().map(|open| open.report().form());
            let about =
                place.zip(form).map_or_else(|| "整份报告".to_owned(), |(place, form)| place.label(form));
            let about = if quote.is_empty() { about } else { format!("{about}：“{quote}”") };
            remark("批注，写进给这个单位的审核意见", ("批注", note), &about, box_of(5), frame);
        }
        Overlay::Reason { waiver, line: reason } => {
            let about = format!("{} {}", waiver.rule, waiver.finding);
            remark("写明理由，这一处就不再算问题", ("理由", reason), &about, box_of(5), frame);
        }
    }
}

/// A line to write a remark in, and what it is about.
fn remark(title: &str, (name, remark): (&str, &Line), about: &str, area: Rect, frame: &mut Frame<'_>) {
    let inside = opened(area, title, frame);
    line(name, remark, inside, true, frame);
    let below = Rect { x: inside.x - 1, y: inside.y + 2, height: 2, width: inside.width + 2 };
    paragraph(about, FAINT, below, frame);
}

/// A question, with which of its rows are seen where not all are.
fn question(
    title: &str,
    text: &[Cow<'_, str>],
    top: usize,
    box_of: impl Fn(usize) -> Rect,
    frame: &mut Frame<'_>,
) {
    let columns = usize::from(frame.area().width).saturating_sub(4);
    let length = rows(text, columns, frame.ambiguous()).len();
    let place = box_of(length);
    let seen = usize::from(place.height.saturating_sub(2));
    let title = match length.saturating_sub(seen) {
        0 => title.to_owned(),
        most => {
            let first = 1 + top.min(most);
            format!("{title}  第 {first} 至 {} 行，共 {length} 行，上下键翻看", first + seen - 1)
        }
    };
    reader(text, top, opened(place, &title, frame), frame);
}

/// Blanks the area of an overlay, puts its title on top, and gives what is left inside.
fn opened(area: Rect, title: &str, frame: &mut Frame<'_>) -> Rect {
    frame.blank(area, PLAIN);
    let bar = Rect { height: 1.min(area.height), ..area };
    frame.blank(bar, CURSOR);
    let after = frame.tell(area.x + 1, area.y, area.width, title, CURSOR);
    frame.caret(after, area.y);
    Rect {
        x: area.x + 2,
        y: area.y + 2,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(2),
    }
}

/// A list to choose from; what is too long for its line is shown whole below the list.
fn picker(app: &App, found: &[&(String, Pick)], selected: usize, inside: Rect, frame: &mut Frame<'_>) {
    if found.is_empty() {
        let back = app.way(Command::Escape);
        let text = match app.open {
            Some(_) => format!("没有找到。换一个说法，或者按 {back} 返回"),
            None => format!("没有找到。填报告用的命令，要先打开一份报告；{back} 返回"),
        };
        frame.tell(inside.x, inside.y + 2, inside.width, &text, PLAIN);
    }
    let rows = usize::from(inside.height).saturating_sub(6).max(1);
    if let Some((text, _)) = found.get(selected)
        && width(text, frame.ambiguous()) > usize::from(inside.width)
    {
        let whole = Rect {
            y: inside.bottom().saturating_sub(3),
            height: 3,
            x: inside.x - 1,
            width: inside.width + 2,
        };
        as_rows(text, STRONG, whole, frame);
    }
    let top = page(selected, rows);
    for (y, (nth, (text, _))) in (inside.y + 2..).zip(found.iter().enumerate().skip(top).take(rows)) {
        frame.target(Rect { y, height: 1, ..inside }, Target::Line(nth));
        let look = if nth == selected { CURSOR } else { PLAIN };
        let shown = fit(text, usize::from(inside.width), frame.ambiguous());
        frame.put(inside.x, y, inside.width, shown.trim_end(), look);
    }
}

fn reader(text: &[Cow<'_, str>], top: usize, inside: Rect, frame: &mut Frame<'_>) {
    let rows = rows(text, usize::from(inside.width), frame.ambiguous());
    let top = top.min(rows.len().saturating_sub(usize::from(inside.height)));
    for (y, (margin, row)) in (inside.y..inside.bottom()).zip(rows.iter().skip(top)) {
        let margin = *margin as u16;
        frame.put(inside.x + margin, y, inside.width + 2 - margin, row, PLAIN);
    }
}

/// A line to type in, after its name.
fn line(name: &str, line: &Line, inside: Rect, is_here: bool, frame: &mut Frame<'_>) {
    line_behind(&(frame.say(name).into_owned() + "  "), line, inside, is_here, frame);
}

/// The same, behind what is put as it stands.
fn line_behind(lead: &str, line: &Line, inside: Rect, is_here: bool, frame: &mut Frame<'_>) {
    let style = if is_here { STRONG } else { PLAIN };
    let at = frame.put(inside.x, inside.y, inside.width, lead, style);
    let room = usize::from(inside.right().saturating_sub(at));
    let (seen, caret) = line.seen(room, frame.ambiguous());
    let style = if is_here && line.is_offered() { CURSOR } else { PLAIN };
    frame.put(at, inside.y, inside.width, seen, style);
    if is_here {
        frame.caret(at + caret as u16, inside.y);
    }
}

/// The name of a field, of eight columns at the least: most are as wide.
fn named(name: &str, frame: &Frame<'_>) -> String {
    const LEAST: usize = 8;
    let said = frame.say(name);
    let columns = width(&said, frame.ambiguous()).max(LEAST);
    fit(&said, columns, frame.ambiguous()) + "  "
}

/// One of several values, after the name of what is chosen.
fn choice(name: &str, chosen: &str, inside: Rect, is_here: bool, frame: &mut Frame<'_>) {
    let style = if is_here { STRONG } else { PLAIN };
    let after = frame.put(inside.x, inside.y, inside.width, &named(name, frame), style);
    let end = frame.tell(after, inside.y, inside.width, chosen, if is_here { CURSOR } else { PLAIN });
    if is_here {
        frame.tell(end + 2, inside.y, inside.width, "左右键选择", FAINT);
        frame.caret(after, inside.y);
    }
}

fn new_report(app: &App, form: &NewReport, inside: Rect, frame: &mut Frame<'_>) {
    let at = |nth: u16| Rect { y: inside.y + nth, ..inside };
    for nth in 0..NewField::ALL.len() {
        frame.target(Rect { height: 1, ..at(nth as u16) }, Target::Line(nth));
    }
    line_behind(&named("机关全称", frame), &form.agency, at(0), form.at == NewField::Agency, frame);
    let level = Level::ALL.get(form.level).map_or("", |level| level.label());
    choice("层级", level, at(1), form.at == NewField::Level, frame);
    line_behind(&named("报告年度", frame), &form.year, at(2), form.at == NewField::Year, frame);
    if app.message.is_some() {
        return trouble(app, inside, frame);
    }
    // What belongs there, behind a blank row, as far as there are rows left.
    let guidance = form.at.field().guidance();
    let mut y = inside.y + NewField::ALL.len() as u16 + 1;
    for text in [guidance.meaning.to_owned(), guidance.warned()] {
        let said = frame.say(&text).into_owned();
        let rows = wrap(&said, usize::from(inside.width), frame.ambiguous()).len() as u16;
        let area = Rect { x: inside.x - 1, y, width: inside.width + 2, height: rows };
        as_rows(&said, FAINT, area.intersection(around(inside)), frame);
        y += rows;
    }
}

/// The ways in which a path may go on.
fn ways_on(ways: &[String], area: Rect, frame: &mut Frame<'_>) {
    for (y, way) in (area.y..area.bottom()).zip(ways) {
        frame.put(area.x, y, area.width, way, FAINT);
    }
}

/// The form for saving the report as a file: the path, and a line for each thing to choose.
fn export(form: &Exporting, inside: Rect, frame: &mut Frame<'_>) {
    let chosen = |field| match field {
        ExportField::Path => "",
        ExportField::Kind => form.kind().map_or("文件名没有写明", Kind::label),
        ExportField::Lead if form.has_lead => "写",
        ExportField::Lead => "不写第一部分前面的引言",
        ExportField::Findings if form.has_findings => "附在报告后面",
        ExportField::Findings => "不附",
    };
    for (nth, (field, y)) in ExportField::ALL.into_iter().zip(inside.y..inside.bottom()).enumerate() {
        frame.target(Rect { y, height: 1, ..inside }, Target::Line(nth));
        let is_here = field == form.at;
        if field == ExportField::Path {
            line_behind(&named("文件", frame), &form.line, inside, is_here, frame);
            continue;
        }
        choice(field.label(), chosen(field), Rect { y, ..inside }, is_here, frame);
    }
    let fields = ExportField::ALL.len() as u16;
    let below = Rect { y: inside.y + fields, height: inside.height.saturating_sub(fields + 2), ..inside };
    ways_on(&form.ways, below, frame);
    if form.ways.is_empty() {
        frame.tell(below.x, below.y, below.width, "上下键到下一项、上一项", FAINT);
    }
}

/// What is wrong with what was given, in the last two rows.
fn trouble(app: &App, inside: Rect, frame: &mut Frame<'_>) {
    if let Some(message) = &app.message {
        paragraph(message.text(), severity_style(Severity::Error), foot(inside), frame);
    }
}

/// The last rows of a form, for what is said of it.
fn foot(inside: Rect) -> Rect {
    let rows = 2.min(inside.height);
    Rect { y: inside.bottom() - rows, height: rows, ..around(inside) }
}

/// The inside of a form with the columns beside it, which a paragraph leaves free.
fn around(inside: Rect) -> Rect {
    Rect { x: inside.x - 1, width: inside.width + 2, ..inside }
}
