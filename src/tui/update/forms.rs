//! The small forms: a new report, a path.

use super::super::action::{Effect, Writing};
use super::super::app::exporting::{ExportField, Exporting};
use super::super::app::overlay::{NewField, NewReport};
use super::super::app::{App, Line, Overlay};
use super::super::keymap::{Command, Step};
use super::library;
use super::overlay::in_line;
use crate::export::Kind;
use crate::form::Form;
use crate::form::terms::{Field, Level};
use crate::report::{Report, Value};
use crate::store::Overwrite;

/// Does what a command means in the form of a new report.
pub(super) fn in_new_report(app: &mut App, mut form: NewReport, command: Command) -> Vec<Effect> {
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
    let years = Form::years();
    let prescribed = year.and_then(|year| Some((year, Form::for_year(year)?)));
    match prescribed {
        Some((year, prescribed)) if !agency.is_empty() => {
            let mut report = Report::new(prescribed);
            report.apply(Report::identity(&agency, Level::ALL.get(form.level).copied(), year));
            library::add(app, report, "新报告已建好", false)
        }
        _ => {
            let (at, lacks) = match agency.is_empty() {
                true => (NewField::Agency, "请填机关全称".to_owned()),
                false => {
                    (NewField::Year, format!("年度请填 {} 至 {} 之间的年份", years.start, years.end - 1))
                }
            };
            app.warn(lacks);
            app.overlay = Some(Overlay::NewReport(NewReport { at, ..form }));
            Vec::new()
        }
    }
}

/// Reads the file that a path names. The form stays until that is done, so that a slip can be mended.
pub(super) fn path_given(app: &mut App, line: Line) -> Vec<Effect> {
    let path = line.text().trim().to_owned();
    app.overlay = Some(Overlay::Path { line, ways: Vec::new() });
    if path.is_empty() { Vec::new() } else { vec![Effect::Import(path)] }
}

/// Does what a command means in the form for saving the report as a file.
pub(super) fn in_export(app: &mut App, mut form: Exporting, command: Command) -> Vec<Effect> {
    let is_path = form.at == ExportField::Path;
    let mut effects = Vec::new();
    match command {
        Command::Enter => return export(app, form),
        Command::Go(Step::Down) => form.go(1),
        Command::Go(Step::Up) => form.go(-1),
        Command::Tab if is_path => effects.push(Effect::Complete(form.line.text().to_owned())),
        Command::Tab => form.go(1),
        Command::Go(step @ (Step::Left | Step::Right)) if !is_path => form.turn(step == Step::Right),
        _ if is_path => in_line(&mut form.line, command),
        _ => {}
    }
    app.overlay = Some(Overlay::Export(form));
    effects
}

/// Writes the report to the file that the form names. It stays until that is done, so that a slip can be mended.
fn export(app: &mut App, form: Exporting) -> Vec<Effect> {
    let (choice, path) = (form.choice(), form.line.text().trim().to_owned());
    app.overlay = Some(Overlay::Export(form));
    let Some(open) = &app.open else { return Vec::new() };
    let Some(choice) = choice else {
        app.warn(format!("看不出要写成哪种文件：文件名请以 {} 结尾", Kind::endings()));
        return Vec::new();
    };
    let findings = choice.has_findings.then(|| open.session.review().findings.clone());
    let report = open.report().clone();
    vec![Effect::Write(Box::new(Writing { path, choice, report, findings, overwrite: Overwrite::No }))]
}

/// Takes in the ways in which a path may go on: puts in what they share, and shows them where they are several.
pub(super) fn completed(app: &mut App, found: Vec<String>) {
    let Some(Overlay::Path { line, ways } | Overlay::Export(Exporting { line, ways, .. })) = &mut app.overlay
    else {
        return;
    };
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
