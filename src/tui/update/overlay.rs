//! What stands over the screens: what is in it when it comes, and what its keys do.

use std::path::Path;

use super::super::action::{Effect, Then};
use super::super::app::overlay::{NewField, NewReport, PathFor, found, rows};
use super::super::app::{App, Asked, Line, Overlay, Pick};
use super::super::keymap::{self, Command, Context, Step};
use super::{apply, cover, report};
use crate::export;
use crate::form::Form;
use crate::form::terms::{Field, Level, Section};
use crate::report::{Edit, Place, Report, Value, Waiver};
use crate::width::{Ambiguous, fit, width};

/// Shows every key that means something here, and where the rules stand.
pub(super) fn help(app: &mut App) {
    let context = app.context();
    app.overlay =
        Some(Overlay::reader(format!("帮助：{}", context.label()), help_text(context, app.ambiguous)));
}

/// The help on one context, as it is printed from the table of keys.
fn help_text(context: Context, ambiguous: Ambiguous) -> Vec<String> {
    let keys = keymap::bindings(context).map(|binding| (binding.key(), binding.help));
    let mut text: Vec<String> =
        keys.map(|(key, help)| format!("{}{help}", fit(&key, 22, Ambiguous::Safe))).collect();
    text.push(String::new());
    match context {
        Context::Grid | Context::Cell => text.push(
            "直接输入就是重填这一格，１２、1,234、12件 都认得；不是数的内容照样留着，会有提示。".to_owned(),
        ),
        Context::Prose => text.push("输入后停一下就自动存盘；每一句是一步，可以逐句撤销。".to_owned()),
        Context::Library => text.push("直接输入就是按年度、机关名称查找。".to_owned()),
        _ => {}
    }
    text.push("符号宽度测试（下面两行右端应当对齐，不齐请按 Alt+W）：".to_owned());
    const MARKS: &str = "“引号”……——·①  ";
    text.push(format!("{MARKS}|"));
    text.push(format!("{}|", " ".repeat(width(MARKS, ambiguous))));
    text
}

/// Explains the rule of the finding at the cursor.
pub(super) fn explain(app: &mut App) {
    let Some(open) = &app.open else { return };
    let Some(finding) = open.findings_here().first().copied() else {
        app.say("光标处没有问题；F8 到下一处问题");
        return;
    };
    let rule = finding.rule;
    let mut text = vec![finding.message.clone(), String::new()];
    text.extend(finding.fixes.iter().map(|fix| format!("改法：{}", fix.title)));
    text.extend(finding.waived.iter().map(|reason| format!("已说明：{reason}")));
    text.extend([
        String::new(),
        format!("规则 {}：{}", rule.id, rule.title),
        rule.explanation.to_owned(),
        format!("依据：{}", rule.basis.label()),
    ]);
    app.overlay = Some(Overlay::reader(format!("{} {}", finding.severity.label(), rule.id), text));
}

/// Asks for the reason for which the finding at the cursor is accepted.
pub(super) fn waive(app: &mut App) {
    if !super::may_write(app) {
        return;
    }
    let finding = app.open.as_ref().and_then(|open| open.findings_here().first().copied());
    let Some(finding) = finding else {
        app.say("光标处没有问题；F8 到下一处问题");
        return;
    };
    let line = Line::new(finding.waived.as_deref().unwrap_or_default());
    app.overlay = Some(Overlay::Reason { waiver: finding.waiver(), line });
}

/// Accepts a finding for a reason; without one it is accepted no longer.
fn reason_given(app: &mut App, waiver: Waiver, reason: &str) -> Vec<Effect> {
    let reason = reason.trim();
    let was = app.open.as_ref().and_then(|open| open.report().waived(&waiver).map(str::to_owned));
    if reason.is_empty() && was.is_none() {
        app.say("没有写理由，这一处仍算问题");
        return Vec::new();
    }
    let rule = waiver.rule.clone();
    let (label, said) = match reason {
        "" => (format!("取消说明 {rule}"), "已取消说明，这一处又算问题"),
        _ => (format!("说明 {rule}"), "已记下理由，这一处不再算问题；数或者文字变了会自动失效"),
    };
    let reason = (!reason.is_empty()).then(|| reason.to_owned());
    let effects = apply(app, &label, Edit::waive(waiver, reason));
    app.say(format!("{said}；Ctrl+Z 可以撤销"));
    effects
}

/// Shows what the import had to say.
pub(super) fn notices(app: &mut App) {
    let Some(open) = &app.open else { return };
    let form = open.report().form();
    let text: Vec<String> = open
        .report()
        .notices()
        .map(|notice| {
            let place = notice.place.map(|place| format!("{}：", place.label(form))).unwrap_or_default();
            let at = if notice.at.is_empty() { String::new() } else { format!("（{}）", notice.at) };
            let quote =
                if notice.quote.is_empty() { String::new() } else { format!("  原文：{}", notice.quote) };
            format!("{place}{}{at}{quote}", notice.message)
        })
        .collect();
    if text.is_empty() {
        app.say("没有读入说明");
    } else {
        app.overlay = Some(Overlay::reader(format!("读入说明（{} 条）", text.len()), text));
    }
}

/// Lists every place to go to, by its label and its spelling.
pub(super) fn go_to(app: &mut App) {
    let Some(open) = &app.open else { return };
    let form = open.report().form();
    let sections = Section::ALL.iter().map(|&section| Place::Section(section));
    let fields = Field::ALL.iter().map(|&field| Place::Field(field));
    let cells = form.cells().iter().map(|info| Place::Cell(info.cell));
    let items = sections
        .chain(fields)
        .chain(cells)
        .map(|place| (format!("{}  {place}", place.label(form)), Pick::Place(place)));
    app.overlay = Some(Overlay::picker("转到（输入标题或位置的一部分，空格隔开）", items.collect()));
}

/// Lists the rows of the table, or the sentences of the prose.
pub(super) fn find(app: &mut App) {
    let Some(open) = &app.open else { return };
    let items: Vec<(String, Pick)> = match (open.cell(), open.editor()) {
        (Some(cell), _) => {
            let sheet = open.sheet(cell.section(), app.size);
            let column = sheet.find(cell).map_or(0, |(_, column)| column);
            let cells = sheet.rows().filter_map(|row| row.get(column).or(row.last())).copied();
            cells
                .map(|cell| (Place::Cell(cell).label(open.report().form()), Pick::Place(cell.into())))
                .collect()
        }
        (None, Some(editor)) => sentences(editor.text()),
        (None, None) => return,
    };
    app.overlay = Some(Overlay::picker("在这一部分里查找", items));
}

/// The sentences of a text, with where they stand.
fn sentences(text: &str) -> Vec<(String, Pick)> {
    let mut start = 0;
    let mut items = Vec::new();
    for sentence in text.split_inclusive(['。', '；', '\n']) {
        let end = start + sentence.len();
        if !sentence.trim().is_empty() {
            items.push((sentence.trim().to_owned(), Pick::Words(start..end)));
        }
        start = end;
    }
    items
}

/// Lists every command that has a name here.
pub(super) fn palette(app: &mut App) {
    let bindings = keymap::bindings(app.context()).filter(|binding| !binding.initials.is_empty());
    let items = bindings.map(|binding| {
        let key = fit(&binding.key(), 10, Ambiguous::Safe);
        (format!("{key}{}  {}", binding.help, binding.initials), Pick::Command(binding.command))
    });
    app.overlay = Some(Overlay::picker("命令（输入名称或拼音首字母）", items.collect()));
}

/// Does what a command means while an overlay stands.
pub(super) fn command(app: &mut App, command: Command) -> Vec<Effect> {
    if command == Command::Escape {
        app.overlay = None;
        return Vec::new();
    }
    match app.overlay.take() {
        Some(Overlay::Reader { title, text, top }) => {
            let (columns, height) = (usize::from(app.size.0), usize::from(app.size.1));
            let rows = rows(&text, columns.saturating_sub(4), app.ambiguous).len();
            let top = match command {
                Command::Go(step) => moved(top, rows.saturating_sub(height.saturating_sub(3)), step),
                Command::Enter => return Vec::new(),
                _ => top,
            };
            app.overlay = Some(Overlay::Reader { title, text, top });
        }
        Some(Overlay::Question { asked, .. }) if command == Command::Enter => return answered(app, asked),
        Some(Overlay::Picker { title, items, mut sought, mut selected }) => {
            if command == Command::Enter {
                let picked = found(&items, sought.text()).get(selected).map(|(_, pick)| pick.clone());
                return picked.map(|pick| chosen(app, pick, sought.text())).unwrap_or_default();
            }
            let last = found(&items, sought.text()).len().saturating_sub(1);
            match command {
                Command::Go(step) => selected = moved(selected, last, step),
                Command::Backspace => {
                    sought.backspace();
                    selected = 0;
                }
                _ => {}
            }
            app.overlay = Some(Overlay::Picker { title, items, sought, selected });
        }
        Some(Overlay::NewReport(form)) => return in_new_report(app, form, command),
        Some(Overlay::Path { wanted, mut line, ways }) => {
            if command == Command::Enter {
                return path_given(app, wanted, line);
            }
            let asked = (command == Command::Tab).then(|| Effect::Complete(line.text().to_owned()));
            in_line(&mut line, command);
            app.overlay = Some(Overlay::Path { wanted, line, ways });
            return asked.into_iter().collect();
        }
        Some(Overlay::Reason { waiver, mut line }) => {
            if command == Command::Enter {
                return reason_given(app, waiver, line.text());
            }
            in_line(&mut line, command);
            app.overlay = Some(Overlay::Reason { waiver, line });
        }
        other => app.overlay = other,
    }
    Vec::new()
}

/// Types into the line of an overlay, if it has one.
pub(super) fn typed(app: &mut App, text: &str) {
    match &mut app.overlay {
        Some(Overlay::Picker { sought, selected, .. }) => {
            sought.insert(text);
            *selected = 0;
        }
        Some(Overlay::NewReport(form)) => match form.at {
            NewField::Agency => form.agency.insert(text),
            NewField::Year => form.year.insert(text),
            NewField::Level => {}
        },
        Some(Overlay::Path { line, ways, .. }) => {
            line.insert(text);
            ways.clear();
        }
        Some(Overlay::Reason { line, .. }) => line.insert(text),
        _ => {}
    }
}

/// The number of a list's line that a step leads to.
pub(super) fn moved(selected: usize, last: usize, step: Step) -> usize {
    const PAGE: usize = 10;
    match step {
        Step::Up => selected.saturating_sub(1),
        Step::Down => (selected + 1).min(last),
        Step::PageUp => selected.saturating_sub(PAGE),
        Step::PageDown => (selected + PAGE).min(last),
        Step::Start | Step::LineStart => 0,
        Step::End | Step::LineEnd => last,
        Step::Left | Step::Right | Step::PhraseLeft | Step::PhraseRight => selected,
    }
}

fn answered(app: &mut App, asked: Asked) -> Vec<Effect> {
    match asked {
        Asked::Trash(id) => vec![Effect::Trash(id)],
        Asked::Apply(label, edit) => {
            let effects = apply(app, &label, edit);
            app.say(format!("{label}：已完成，Ctrl+Z 可以撤销"));
            effects
        }
        Asked::Leave(Then::Quit) => vec![Effect::Quit],
        Asked::Leave(Then::Library) => {
            app.open = None;
            vec![Effect::Drop, Effect::List]
        }
    }
}

fn chosen(app: &mut App, pick: Pick, sought: &str) -> Vec<Effect> {
    match pick {
        Pick::Words(range) => {
            if let Some(editor) = app.open.as_mut().and_then(|open| open.editor_mut()) {
                // The words themselves, where they stand together.
                let at = editor.text().get(range.clone()).and_then(|sentence| sentence.find(sought));
                let at = at.filter(|_| !sought.is_empty()).map(|at| range.start + at);
                editor.select(at.map_or(range, |at| at..at + sought.len()));
            }
            Vec::new()
        }
        Pick::Level(level) => {
            let value = Value::Text(level.key().to_owned());
            apply(app, &format!("层级：{}", level.label()), Edit::set(Field::Level, Some(value)))
        }
        Pick::Fix(fix) => report::apply_fix(app, &fix),
        Pick::Place(place) => {
            if let Some(open) = &mut app.open {
                open.go(place);
            }
            Vec::new()
        }
        Pick::Command(command) => super::command_at(app, command),
    }
}

fn in_new_report(app: &mut App, mut form: NewReport, command: Command) -> Vec<Effect> {
    let at = NewField::ALL.iter().position(|&field| field == form.at).unwrap_or_default();
    let last = NewField::ALL.len() - 1;
    match (command, form.at) {
        (Command::Enter, NewField::Year) => return create(app, form),
        (Command::Enter | Command::Tab | Command::Go(Step::Down), _) => {
            let named = Level::of_name(form.agency.text().trim()).filter(|_| form.at == NewField::Agency);
            if let Some(level) = Level::ALL.iter().position(|&level| Some(level) == named) {
                form.level = level;
            }
            form.at = NewField::ALL[(at + 1).min(last)];
        }
        (Command::BackTab | Command::Go(Step::Up), _) => form.at = NewField::ALL[at.saturating_sub(1)],
        (Command::Go(Step::Left), NewField::Level) => form.level = form.level.saturating_sub(1),
        (Command::Go(Step::Right), NewField::Level) => {
            form.level = (form.level + 1).min(Level::ALL.len() - 1);
        }
        (_, NewField::Agency) => in_line(&mut form.agency, command),
        (_, NewField::Year) => in_line(&mut form.year, command),
        (_, NewField::Level) => {}
    }
    app.overlay = Some(Overlay::NewReport(form));
    Vec::new()
}

fn create(app: &mut App, form: NewReport) -> Vec<Effect> {
    let agency = form.agency.text().trim().to_owned();
    let year = Value::read(Field::Year.into(), form.year.text()).0;
    let year = year.as_ref().and_then(Value::number).and_then(crate::number::Decimal::as_whole);
    let prescribed = year.and_then(|year| Some((year, Form::for_year(year)?)));
    match prescribed {
        Some((year, prescribed)) if !agency.is_empty() => {
            let mut report = Report::new(prescribed);
            report.apply(Report::identity(&agency, Level::ALL.get(form.level).copied(), year));
            vec![Effect::Create(Box::new(report))]
        }
        _ => {
            app.warn(if agency.is_empty() {
                "请填机关全称"
            } else {
                "年度请填 2019 及以后的年份"
            });
            app.overlay = Some(Overlay::NewReport(form));
            Vec::new()
        }
    }
}

fn path_given(app: &mut App, wanted: PathFor, line: Line) -> Vec<Effect> {
    let path = line.text().trim().to_owned();
    if path.is_empty() {
        return Vec::new();
    }
    if wanted == PathFor::Import {
        return vec![Effect::Read(path)];
    }
    let Some(open) = &app.open else { return Vec::new() };
    match export::Kind::of_path(Path::new(&path)) {
        Some(kind) => vec![Effect::Write { bytes: export::write(open.report(), kind), path }],
        None => {
            app.warn("看不出要写成哪种文件：文件名请以 .txt、.md 或 .json 结尾");
            app.overlay = Some(Overlay::path(wanted, &path));
            Vec::new()
        }
    }
}

/// Takes in the ways in which a path may go on: puts in what they share, and shows them where they are several.
pub(super) fn completed(app: &mut App, found: Vec<String>) {
    let Some(Overlay::Path { line, ways, .. }) = &mut app.overlay else { return };
    let Some(first) = found.first() else {
        return app.warn("没有这样开头的文件");
    };
    let shared = found.iter().fold(first.as_str(), |shared, one| {
        let same = shared.char_indices().zip(one.chars()).take_while(|((_, a), b)| a == b).last();
        &shared[..same.map_or(0, |((at, char), _)| at + char.len_utf8())]
    });
    if shared.len() > line.text().len() {
        *line = Line::new(shared);
    }
    *ways = if found.len() > 1 { found } else { Vec::new() };
}

fn in_line(line: &mut Line, command: Command) {
    match command {
        Command::Backspace => line.backspace(),
        Command::Delete => line.delete(),
        Command::DeletePhrase => *line = Line::default(),
        Command::Go(step) => cover::go_in_line(line, step),
        _ => {}
    }
}
