//! The library: finding, opening, making and throwing away reports; and what holds everywhere in the program.

use super::super::action::{Effect, Kept};
use super::super::app::overlay::{NewField, NewReport};
use super::super::app::shelf::Listed;
use super::super::app::{App, Asked, Line, Overlay, Pick};
use super::super::keymap::Command;
use super::super::remembered::Remembered;
use super::{overlay, pick, point};
use crate::form::Form;
use crate::form::terms::{Field, Level};
use crate::import;
use crate::report::{Edit, Report, Value};
use crate::width::Ambiguous;

/// The report that comes with the program, as a fictional township sent it.
pub(super) const SAMPLE: &str = include_str!("../../sample/yunxi_town_2025.txt");

/// Does what a command means in the list of reports.
pub(super) fn command(app: &mut App, command: Command) -> Vec<Effect> {
    let last = app.shelf.found().len().saturating_sub(1);
    match command {
        Command::Go(step) => app.shelf.selected = overlay::moved(app.shelf.selected, last, step),
        Command::Backspace => {
            app.shelf.sought.backspace();
            app.shelf.selected = 0;
        }
        Command::Escape => app.shelf.forget_sought(),
        Command::Enter => {
            return app.shelf.selected().map(|listed| Effect::Open(listed.id)).into_iter().collect();
        }
        Command::New => new_report(app),
        Command::Import => {
            app.overlay = Some(Overlay::path());
        }
        Command::RollOver => return roll_over(app),
        Command::Sample => {
            let sample = import::read(SAMPLE.as_bytes()).unwrap_or_else(|_| Report::new(Form::current()));
            return add(app, sample, "这是样例，可以随便改", false);
        }
        Command::Delete => delete(app),
        Command::Undo => match app.shelf.trashed.take() {
            Some(id) => return vec![Effect::Restore(id)],
            None => return vec![Effect::ListTrash],
        },
        Command::Quit => return vec![Effect::Quit],
        _ => return anywhere(app, command),
    }
    Vec::new()
}

/// Does what a command means in the list and in an open report alike.
pub(super) fn anywhere(app: &mut App, command: Command) -> Vec<Effect> {
    match command {
        Command::Palette => pick::palette(app),
        Command::Help => overlay::help(app),
        Command::Suspend => return vec![Effect::Suspend],
        Command::SwitchMouse => return point::switch_mouse(app),
        Command::SwitchWidth => {
            let (next, words) = match app.ambiguous {
                Ambiguous::Narrow => (Ambiguous::Wide, "占两列"),
                Ambiguous::Wide => (Ambiguous::Safe, "换成不会错位的写法"),
                Ambiguous::Safe => (Ambiguous::Narrow, "占一列"),
            };
            app.ambiguous = next;
            let again = app.way(command);
            app.say(format!("引号、省略号等符号：{words}；还错位就再按一次 {again}"));
            return vec![Effect::Remember(Remembered::Width(next))];
        }
        _ => {}
    }
    Vec::new()
}

fn new_report(app: &mut App) {
    let year = Line::offered(&app.year.to_string());
    let form = NewReport { agency: Line::default(), level: 0, year, at: NewField::Agency };
    app.overlay = Some(Overlay::NewReport(form));
}

fn roll_over(app: &mut App) -> Vec<Effect> {
    let last = app.shelf.selected().and_then(|listed| listed.report.as_ref().ok());
    let Some((report, year)) = last.and_then(|last| Some((last, last.year()?))) else {
        app.say(format!("先选中上年的报告（要填有年度），再按 {}", app.way(Command::RollOver)));
        return Vec::new();
    };
    let mut next = Report::new(Form::for_year(year + 1).unwrap_or_else(Form::current));
    next.apply(report.rollover(year + 1));
    let said = format!("已由 {year} 年的报告新建 {} 年的：结转数已带入表三第二行，请核对", year + 1);
    add(app, next, &said, false)
}

/// What is said of a report that was read.
pub(super) const READ: &str = "已读入并存入报告库，以后的修改随时存盘";

/// Puts a report that was read into the library; asks for its level first where the name of the organ leaves it open.
pub(super) fn take_in(app: &mut App, report: Report) -> Vec<Effect> {
    if report.agency().is_empty() || report.get(Field::Level).is_some() {
        return add(app, report, READ, true);
    }
    let of = |level: Level| {
        let mut report = report.clone();
        report.apply(Edit::set(Field::Level, Some(Value::Text(level.key().to_owned()))));
        (level.label().to_owned(), Pick::TakeIn(Box::new(report)))
    };
    let later = ("以后在封面上选".to_owned(), Pick::TakeIn(Box::new(report.clone())));
    let title = format!("从名称看不出是哪一级，请选定：{}", report.agency());
    let items: Vec<(String, Pick)> = Level::ALL.iter().map(|&level| of(level)).chain([later]).collect();
    app.pick(title, items);
    Vec::new()
}

/// Puts a report into the library and says something of it; asks first where the library has one of the same organ and
/// year.
pub(super) fn add(app: &mut App, report: Report, said: &str, is_reading: bool) -> Vec<Effect> {
    app.shelf.is_reading = is_reading;
    let twins: Vec<String> =
        app.shelf.twins(&report).iter().map(|twin| format!("  {}", twin.mark())).collect();
    if twins.is_empty() {
        app.say(said);
        return vec![Effect::Create(Box::new(report))];
    }
    let year = report.year().map_or_else(String::new, |year| format!(" {year} 年"));
    let mut text = vec![format!("报告库里已有 {}{year}的报告：", report.agency())];
    text.extend(twins);
    let (enter, escape) = (app.way(Command::Enter), app.way(Command::Escape));
    text.push(format!("{enter} 再建一份；{escape} 返回，要接着填原来那份，在列表里选中它按 {enter}。"));
    let asked = Asked::Create(Box::new(report), said.to_owned());
    app.overlay = Some(Overlay::question("已经有一份了", text, asked));
    Vec::new()
}

/// Lists what is in the trash, to bring one back.
pub(super) fn from_trash(app: &mut App, trash: Vec<Kept>) {
    if trash.is_empty() {
        return app.say("回收站里没有报告");
    }
    let item = |kept| {
        let listed = Listed::new(kept);
        (listed.full_name(), Pick::Restore(listed.id))
    };
    app.pick("从回收站找回", trash.into_iter().map(item));
}

fn delete(app: &mut App) {
    let Some(listed) = app.shelf.selected() else { return };
    let text =
        vec![listed.name(), format!("移到回收站。以后在列表里按 {} 可以找回。", app.way(Command::Undo))];
    let asked = Asked::Trash(listed.id);
    app.overlay = Some(Overlay::question("删除报告", text, asked));
}
