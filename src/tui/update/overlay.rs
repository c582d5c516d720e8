//! What stands over the screens: what is in it when it comes, and what its keys do.

use super::super::action::{Action, Effect, Errand};
use super::super::app::mark::Mark;
use super::super::app::overlay::{NewField, found, rows, spoken};
use super::super::app::{App, Asked, Line, Overlay, Tab};
use super::super::keymap::{Binding, Command, Context, Step};
use super::{apply_and_say, cover, forms, merge, pick, queue, replace, report};
use crate::desk::Note;
use crate::form::Guidance;
use crate::report::{Edit, Place, Waiver};
use crate::width::{Ambiguous, fit, width};

/// Shows every key that means something here, and where the rules stand.
pub(super) fn help(app: &mut App) {
    let context = app.context();
    app.overlay = Some(Overlay::reader(format!("帮助：{}", context.label()), help_text(app)));
}

/// The help on one context, as it is printed from the table of keys.
fn help_text(app: &App) -> Vec<String> {
    let context = app.context();
    let lines = app.keys.bindings(context).filter(|line| !line.keys.is_empty() && app.offers(line));
    let mut text = place_text(app);
    let said =
        |line: &Binding| [line.key(), line.explained()].map(|text| app.language.say(&text).into_owned());
    text.extend(lines.map(said).map(|[key, explained]| in_column(&key) + &explained));
    text.push(String::new());
    match context {
        Context::Grid | Context::Cell => {
            text.push(
                "直接输入就是重填这一格，１２、1,234、12件 都认得；不是数的内容照样留着，会有提示。"
                    .to_owned(),
            );
            text.push("数后面的记号（没有记号的是平常的格；空着的是没有填；下划线的不是数）：".to_owned());
            text.extend(Mark::ALL.map(|mark| format!("  {}  {}", mark.sign(), mark.meaning())));
        }
        Context::Prose => text.push("输入后停一下就自动存盘；每一句是一步，可以逐句撤销。".to_owned()),
        Context::Library => text.push("直接输入就是按年度、机关名称查找。".to_owned()),
        Context::Queue => {
            text.push("直接输入就是按机关、情况、层级、文件名查找，如“未审”“退回”。".to_owned());
            text.push(
                "决定与文件的内容绑定：文件或者上年的报告变了，决定就作废，重新列为要审的。".to_owned(),
            );
        }
        _ => {}
    }
    text.push(format!("符号宽度测试（下面两行右端应当对齐，不齐请按 {}）：", app.way(Command::SwitchWidth)));
    const MARKS: &str = "“引号”……——·①  ";
    text.push(format!("{MARKS}|"));
    text.push(format!("{}|", " ".repeat(width(MARKS, app.ambiguous))));
    text
}

/// What belongs where the cursor is; nothing where it is in no report.
fn place_text(app: &App) -> Vec<String> {
    let Some(open) = app.open.as_ref().filter(|open| open.tab != Tab::Findings) else { return Vec::new() };
    let (place, form) = (open.place(), open.report().form());
    let of = |name: &str, guidance: Guidance| {
        [
            format!("{name}：{}", guidance.meaning),
            format!("  依据：{}", guidance.cited()),
            format!("  {}", guidance.warned()),
        ]
    };
    let said = match place {
        Place::Cell(cell) => {
            let Some(info) = form.cell(cell) else { return Vec::new() };
            [of(&info.row_name, cell.guidance()), of(info.column_name, cell.column_guidance())].concat()
        }
        Place::Field(field) => of(&place.label(form), field.guidance()).to_vec(),
        Place::Section(section) => of(&place.label(form), section.guidance()).to_vec(),
    };
    said.into_iter().chain([String::new(), "这里的按键：".to_owned()]).collect()
}

/// A key in the column of the keys; a longer one pushes what follows.
fn in_column(key: &str) -> String {
    if width(key, Ambiguous::Safe) < 21 { fit(key, 22, Ambiguous::Safe) } else { format!("{key}  ") }
}

/// What is said where there is no finding at the cursor.
pub(super) fn no_finding(app: &App) -> String {
    format!("光标处没有问题；{} 到下一处问题", app.way(Command::NextFinding))
}

/// Explains the rule of the finding at the cursor.
pub(super) fn explain(app: &mut App) {
    let Some(open) = &app.open else { return };
    let Some(finding) = open.current_finding() else {
        app.say(no_finding(app));
        return;
    };
    let rule = finding.rule;
    let mut text = vec![finding.message.clone(), String::new()];
    match &finding.waived {
        Some(reason) => {
            text.push(format!("已说明：{reason}。要改理由或者取消说明，按 {}。", app.way(Command::Waive)))
        }
        None => text.extend(finding.fixes.iter().map(|fix| format!("改法：{}", fix.title))),
    }
    text.extend([
        String::new(),
        format!("规则 {}：{}", rule.id, rule.title),
        rule.explanation.to_owned(),
        format!("依据：{}", rule.basis.label()),
    ]);
    let kind = if finding.waived.is_some() { "已说明" } else { finding.severity.label() };
    app.overlay = Some(Overlay::reader(format!("{kind} {}", rule.id), text));
}

/// Asks for the reason for which the finding at the cursor is accepted.
pub(super) fn waive(app: &mut App) {
    if !super::may_write(app) {
        return;
    }
    let finding = app.open.as_ref().and_then(|open| open.current_finding());
    let Some(finding) = finding else {
        app.say(no_finding(app));
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
    let (label, done) = match reason {
        "" => (format!("取消说明 {rule}"), "已取消说明，这一处又算问题"),
        _ => (format!("说明 {rule}"), "已记下理由，这一处不再算问题；数或者文字变了会自动失效"),
    };
    let reason = (!reason.is_empty()).then(|| reason.to_owned());
    apply_and_say(app, &label, Edit::waive(waiver, reason), |_| done.to_owned())
}

/// Shows what was said when the report was opened, what a reviewer has noted, and what the import had to say.
pub(super) fn notices(app: &mut App) {
    let Some(open) = &app.open else { return };
    let report = open.report();
    let notices = report.notices_gravest_first();
    let noted = queue::notes_in_words(app);
    let arrived = open.arrived.iter().map(|said| format!("打开时：{said}"));
    let counted = [("批注", noted.len()), ("读入说明", notices.len())].into_iter().filter(|part| part.1 > 0);
    let counted = counted.map(|(what, count)| format!("{what}（{count} 条）"));
    let title: Vec<String> = open.arrived.iter().map(|_| "打开时的说明".to_owned()).chain(counted).collect();
    let said = notices.into_iter().map(|notice| notice.in_words(report.form()));
    let text: Vec<String> = arrived.chain(noted).chain(said).collect();
    if text.is_empty() {
        app.say("打开和读入时都没有要说明的");
    } else {
        app.overlay = Some(Overlay::reader(title.join("、"), text));
    }
}

/// Does what a command means while an overlay stands.
pub(super) fn command(app: &mut App, command: Command) -> Vec<Effect> {
    // What is only read, any way out leaves.
    let is_read = command == Command::Enter && app.context() == Context::Reader;
    if command == Command::Escape || is_read {
        app.overlay = match app.overlay.take() {
            Some(Overlay::Question { asked: Asked::Overwrite(_, form), .. }) => Some(Overlay::Export(*form)),
            _ => None,
        };
        return Vec::new();
    }
    match app.overlay.take() {
        Some(Overlay::Reader { title, text, is_quoted, top }) => {
            let top = match command {
                Command::Go(step) => moved(top, last_top(app, &text, is_quoted), step),
                // A way through to the screen below.
                _ => return vec![Effect::Again(Action::Command(command))],
            };
            app.overlay = Some(Overlay::Reader { title, text, is_quoted, top });
        }
        Some(Overlay::Charts { top }) => return in_charts(app, top, command),
        Some(Overlay::Question { title, text, asked, top }) => {
            let top = match command {
                Command::Enter => return answered(app, asked),
                Command::Go(step) => moved(top, last_top(app, &text, false), step),
                _ => top,
            };
            app.overlay = Some(Overlay::Question { title, text, asked, top });
        }
        Some(picker @ Overlay::Picker { .. }) => return in_picker(app, picker, command),
        Some(Overlay::Replace(replacing)) => return replace::command(app, replacing, command),
        Some(Overlay::Merge(merging)) => return merge::command(app, merging, command),
        Some(Overlay::NewReport(form)) => return forms::in_new_report(app, form, command),
        Some(Overlay::Export(form)) => return forms::in_export(app, form, command),
        Some(Overlay::Path { mut line, ways }) => {
            if command == Command::Enter {
                return forms::path_given(app, line);
            }
            let asked = (command == Command::Tab).then(|| Effect::Complete(line.text().to_owned()));
            in_line(&mut line, command);
            app.overlay = Some(Overlay::Path { line, ways });
            return asked.into_iter().collect();
        }
        Some(Overlay::Reason { waiver, mut line }) => {
            if command == Command::Enter {
                return reason_given(app, waiver, line.text());
            }
            in_line(&mut line, command);
            app.overlay = Some(Overlay::Reason { waiver, line });
        }
        Some(Overlay::Note { number, place, quote, mut line }) => {
            if command == Command::Enter {
                let note = Note { place, quote, text: line.text().trim().to_owned() };
                return queue::noted(app, number, note);
            }
            in_line(&mut line, command);
            app.overlay = Some(Overlay::Note { number, place, quote, line });
        }
        other => app.overlay = other,
    }
    Vec::new()
}

/// Scrolls the charts; anything else leads through to the screen below.
fn in_charts(app: &mut App, top: usize, command: Command) -> Vec<Effect> {
    let Command::Go(step) = command else { return vec![Effect::Again(Action::Command(command))] };
    let rows = app.charts().iter().map(Vec::len).max().unwrap_or_default();
    let last = rows.saturating_sub(usize::from(app.size.1).saturating_sub(3));
    app.overlay = Some(Overlay::Charts { top: moved(top, last, step) });
    Vec::new()
}

/// Does what a command means in a list to choose from.
fn in_picker(app: &mut App, picker: Overlay, command: Command) -> Vec<Effect> {
    let Overlay::Picker { title, items, mut sought, mut selected } = picker else { return Vec::new() };
    if command == Command::Replace {
        replace::begin(app, Some(sought.text()));
        return Vec::new();
    }
    if command == Command::Enter {
        let picked = found(&items, sought.text()).get(selected).map(|(_, pick)| pick.clone());
        if let Some(pick) = picked {
            return pick::chosen(app, pick, sought.text());
        }
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
    Vec::new()
}

/// The last row that a text that fills the screen can begin with.
fn last_top(app: &App, text: &[String], is_quoted: bool) -> usize {
    let (columns, height) = (usize::from(app.size.0), usize::from(app.size.1));
    let text = spoken(text, is_quoted, app.language);
    rows(&text, columns.saturating_sub(4), app.ambiguous).len().saturating_sub(height.saturating_sub(3))
}

/// Types into the line of an overlay, if it has one.
pub(super) fn typed(app: &mut App, text: &str) {
    if let Some(Overlay::Replace(replacing)) = &app.overlay {
        return replace::typed(app, replacing.clone(), text);
    }
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
        Some(Overlay::Export(form)) => form.typed(text),
        Some(Overlay::Path { line, ways }) => {
            line.insert(text);
            ways.clear();
        }
        Some(Overlay::Reason { line, .. } | Overlay::Note { line, .. }) => line.insert(text),
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
        Asked::Create(report, said) => {
            app.say(said);
            vec![Effect::Create(report)]
        }
        Asked::Apply(label, edit) => apply_and_say(app, &label, edit, |_| format!("{label}：已完成")),
        Asked::Overwrite(writing, form) => {
            app.overlay = Some(Overlay::Export(*form));
            vec![Effect::Write(writing)]
        }
        Asked::Letter(number) => vec![Effect::Desk(Errand::Letters(vec![number]))],
        Asked::Judge(number, said) => vec![Effect::Desk(Errand::Judge(number, said))],
        Asked::Close(then) => report::close(app, then),
    }
}

/// Does what a command means in a line of an overlay.
pub(super) fn in_line(line: &mut Line, command: Command) {
    match command {
        Command::Backspace => line.backspace(),
        Command::Delete => line.delete(),
        Command::DeletePhrase => *line = Line::default(),
        Command::Go(step) => cover::go_in_line(line, step),
        _ => {}
    }
}
