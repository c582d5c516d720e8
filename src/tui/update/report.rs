//! What holds everywhere in an open report: history, ways about, findings, the acts on the whole of it.

use super::super::action::{Effect, Origin, Then};
use super::super::app::exporting::Exporting;
use super::super::app::open::travel::Way;
use super::super::app::{App, Asked, Grouping, Open, Overlay, Pick, Tab};
use super::super::keymap::Command;
use super::{apply, apply_and_say, library, may_write, merge, overlay, pick, queue, recorded};
use crate::check::{Finding, Fix};
use crate::form::terms::{Field, Section};
use crate::report::{COMPUTED, Edit, Place, Value};
use crate::session::{Record, Step as Done};

/// Does what a command means in the list of findings; `None` if it means what it means everywhere in a report.
pub(super) fn in_findings(app: &mut App, command: Command) -> Option<Vec<Effect>> {
    let open = app.open.as_mut()?;
    let last = open.found().len().saturating_sub(1);
    match command {
        Command::Go(step) => open.selected = overlay::moved(open.selected, last, step),
        Command::Regroup => regroup(open),
        Command::Escape => open.forget_sought(),
        Command::Backspace => open.sought.backspace(),
        Command::Delete => open.sought.delete(),
        Command::Enter => {
            if let Some(finding) = open.selected_finding().cloned() {
                open.go_to_finding(&finding);
            }
        }
        // As in the parts of the report, the first comes behind the last.
        Command::NextFinding => open.selected = if open.selected < last { open.selected + 1 } else { 0 },
        Command::PreviousFinding => open.selected = open.selected.checked_sub(1).unwrap_or(last),
        _ => return None,
    }
    open.selected = open.selected.min(open.found().len().saturating_sub(1));
    Some(Vec::new())
}

/// Groups the findings the other way; the same one stays selected.
fn regroup(open: &mut Open) {
    let selected = open.selected_finding().map(Finding::waiver);
    open.grouping = match open.grouping {
        Grouping::Section => Grouping::Severity,
        Grouping::Severity => Grouping::Section,
    };
    if let Some(selected) = selected {
        open.select_finding(&selected);
    }
}

/// Does what a command means everywhere in a report.
pub(super) fn command(app: &mut App, command: Command) -> Vec<Effect> {
    match command {
        Command::Undo | Command::Redo => return history(app, command),
        Command::NextFinding => go_to_finding(app, Way::Next),
        Command::PreviousFinding => go_to_finding(app, Way::Previous),
        Command::Mend => return mend(app),
        Command::Waive => overlay::waive(app),
        Command::Explain => overlay::explain(app),
        Command::NextBlank => go_to_blank(app),
        Command::NextInvolved => go_to_involved(app),
        Command::ShowTab(_) | Command::NextTab | Command::PreviousTab => show_tab(app, command),
        Command::Charts => app.overlay = Some(Overlay::Charts { top: 0 }),
        Command::Find => pick::find(app),
        Command::GoTo => pick::go_to(app),
        Command::ZeroReport => zero_report(app),
        Command::SwitchTotals => return switch_totals(app),
        Command::ComposeTitle => return super::cover::command(app, command).unwrap_or_default(),
        Command::Save => return save(app),
        Command::Export => export(app),
        Command::Merge => merge::ask(app),
        Command::Notices => overlay::notices(app),
        Command::Close => return leave(app, Then::Library),
        Command::Quit => return leave(app, Then::Quit),
        _ => return queue::anywhere(app, command).unwrap_or_else(|| library::anywhere(app, command)),
    }
    Vec::new()
}

/// Changes between computed and keyed totals.
pub(super) fn switch_totals(app: &mut App) -> Vec<Effect> {
    let Some(open) = &app.open else { return Vec::new() };
    if open.report().computes_totals() {
        let edit = Edit::set(Field::Totals, None);
        let done = "合计改为手工填写：可以直接填，与各格不符时会提示";
        return apply_and_say(app, "合计改为手工填写", edit, |_| done.to_owned());
    }
    apply_and_say(app, "合计改为自动计算", computed(), |open| {
        let changed = open.session.last_step().map_or(0, |step| step.inverse.values.len().saturating_sub(1));
        format!("合计改为自动计算，{changed} 格合计随之更新")
    })
}

/// The edit that has totals computed.
fn computed() -> Edit {
    Edit::set(Field::Totals, Some(Value::Text(COMPUTED.to_owned())))
}

/// Takes back or redoes a step, says which, and goes to its place.
fn history(app: &mut App, command: Command) -> Vec<Effect> {
    if !may_write(app) {
        return Vec::new();
    }
    let Some(open) = &mut app.open else { return Vec::new() };
    let (step, verb): (Option<Done>, _) = match command {
        Command::Undo => (open.session.last_step().cloned(), "已撤销"),
        _ => (open.session.next_step().cloned(), "已重做"),
    };
    let Some(step) = step else {
        app.say(if command == Command::Undo {
            "没有可以撤销的了"
        } else {
            "没有可以重做的了"
        });
        return Vec::new();
    };
    let record: Option<Record> =
        if command == Command::Undo { open.session.undo() } else { open.session.redo() };
    open.refresh();
    // In the list of findings one stays in the list.
    if let Some(place) = step.inverse.values.keys().next()
        && open.tab != Tab::Findings
    {
        open.go(*place);
    }
    app.say(format!("{verb}：{}", step.label));
    recorded(app, record)
}

fn go_to_finding(app: &mut App, way: Way) {
    let Some(open) = &mut app.open else { return };
    let announced = open.announced.take().filter(|finding| way == Way::Next && open.is_standing(finding));
    match announced.or_else(|| open.next_finding(way)) {
        Some(finding) => open.go_to_finding(&finding),
        None => app.say("没有问题"),
    }
}

fn go_to_involved(app: &mut App) {
    let Some(open) = &mut app.open else { return };
    if !open.go_to_involved() {
        app.say(overlay::no_finding(app));
    }
}

/// Applies the fix of the current finding; of several, asks which.
fn mend(app: &mut App) -> Vec<Effect> {
    let Some(open) = &app.open else { return Vec::new() };
    let Some(finding) = open.current_finding() else {
        app.say(overlay::no_finding(app));
        return Vec::new();
    };
    let id = finding.rule.id;
    if finding.waived.is_some() {
        let waive = app.way(Command::Waive);
        app.say(format!("{id} 已说明，不用改；{waive} 改理由，清空理由就是取消说明"));
        return Vec::new();
    }
    let fixes: Vec<Fix> = finding.fixes.clone();
    if fixes.is_empty() {
        let explain = app.way(Command::Explain);
        app.say(format!("{id} 没有可以直接采用的改法，要自己改；{explain} 看讲解"));
        return Vec::new();
    }
    if let [fix] = fixes.as_slice() {
        return apply_fix(app, fix);
    }
    let items = fixes.into_iter().map(|fix| (fix.title.clone(), Pick::Fix(fix)));
    app.pick("采用哪一种改法（最可能的在前）", items);
    Vec::new()
}

/// Applies a fix and goes to where it changed something.
pub(super) fn apply_fix(app: &mut App, fix: &Fix) -> Vec<Effect> {
    let Some(effects) = apply(app, &format!("采用：{}", fix.title), fix.edit()) else { return Vec::new() };
    if let Some(open) = &mut app.open
        && let Some(place) = fix.set.keys().next()
        && open.tab != Tab::Findings
    {
        open.go(*place);
    }
    // What the fix has caused is said already, and matters more.
    if app.message.is_none() {
        app.say(format!("已采用：{}；{} 可以撤销", fix.title, app.way(Command::Undo)));
    }
    effects
}

fn go_to_blank(app: &mut App) {
    let size = app.size;
    let Some(open) = &mut app.open else { return };
    match open.next_blank(size) {
        Some(cell) => open.go(Place::Cell(cell)),
        None => app.say("三张表都没有空着的格"),
    }
}

fn show_tab(app: &mut App, command: Command) {
    let Some(open) = &mut app.open else { return };
    let current = open.current_finding().map(Finding::waiver);
    open.tab = match command {
        Command::NextTab => open.tab_beside(Way::Next),
        Command::PreviousTab => open.tab_beside(Way::Previous),
        Command::ShowTab(number) => Tab::ALL.get(usize::from(number)).copied().unwrap_or(open.tab),
        _ => open.tab,
    };
    // In the list one goes on with what was before one's eyes.
    if let (Tab::Findings, Some(current)) = (open.tab, current) {
        open.select_finding(&current);
    }
}

/// Asks whether every blank is to be 0. The totals are computed from then on: what is filled in later changes them, and
/// nobody would look for a 0 in a total. Only where a total was keyed that the cells do not add up to they stay keyed.
fn zero_report(app: &mut App) {
    /// The most totals that are named because their sums differ.
    const MOST: usize = 3;
    if !may_write(app) {
        return;
    }
    let Some(open) = &app.open else { return };
    let report = open.report();
    let filled = open.session.zero_report();
    if filled.edit.is_empty() {
        app.say(match filled.lacking.len() {
            0 => "没有空白格，不需要零报告".to_owned(),
            lacking => format!("空着的只有 {lacking} 格总计，它们的格里有的不是数，加不出来"),
        });
        return;
    }
    let of = |section: Section| filled.zeros.iter().filter(|place| place.section() == Some(section)).count();
    let (zeros, sums) = (filled.zeros.len(), filled.sums.len());
    let undo = app.way(Command::Undo);
    let mut text = Vec::new();
    if zeros > 0 {
        text.push(format!(
            "把 {zeros} 个空白格填为 0（总计不在内）：表二 {} 格，表三 {} 格，表四 {} 格。",
            of(Section::Proactive),
            of(Section::Requests),
            of(Section::Disputes)
        ));
        text.push(format!("已经填了的格不动。这一步记入报告的说明，可以用 {undo} 整体撤销。"));
        text.push("0 和空白是两回事：确实没有发生的才填 0。".to_owned());
    }
    if sums > 0 {
        text.push(format!("空着的总计有 {sums} 格，按各格之和填。"));
    }
    let switch = app.way(Command::SwitchTotals);
    if filled.computes(report) {
        text.push(format!(
            "合计同时改为自动计算：以后填了哪一格，总计自己跟着变；要手工填写总计，按 {switch}。"
        ));
    } else if !report.computes_totals() {
        text.push(format!("合计仍旧手工填写；核对之后按 {switch} 可以改为自动计算："));
        text.extend(filled.kept.iter().take(MOST).map(|(place, sum)| {
            let label = place.label(report.form());
            let value = report.get(*place).map(ToString::to_string).unwrap_or_default();
            match sum {
                Some(sum) => format!("{label} 填的是 {value}，各格之和是 {sum}"),
                None => format!("{label} 填的是 {value}，它的格里有的不是数，加不出来"),
            }
        }));
        if filled.kept.len() > MOST {
            text.push(format!("另有 {} 格总计与各格之和不符", filled.kept.len() - MOST));
        }
        if !filled.lacking.is_empty() {
            let lacking = filled.lacking.len();
            text.push(format!("空着的总计有 {lacking} 格加不出来，仍旧空着：它们的格里有的不是数"));
        }
    }
    let label = if zeros > 0 { format!("零报告 {zeros} 格") } else { format!("补填总计 {sums} 格") };
    app.overlay = Some(Overlay::question("零报告", text, Asked::Apply(label, filled.edit)));
}

/// What is said of a file that was looked at and is stored now.
const STORED: &str = "已存入报告库，以后的修改随时存盘";

fn save(app: &mut App) -> Vec<Effect> {
    match app.open.as_ref().map(|open| &open.origin) {
        Some(Origin::Library(_)) => vec![Effect::Save],
        Some(Origin::File(_)) => {
            let report = app.open.as_ref().map(|open| open.report().clone());
            report.map(|report| library::add(app, report, STORED, false)).unwrap_or_default()
        }
        _ => {
            may_write(app);
            Vec::new()
        }
    }
}

fn export(app: &mut App) {
    let Some(open) = &app.open else { return };
    let year = open.report().year().map_or_else(String::new, |year| year.to_string());
    let name = format!("{}{year}", open.report().agency());
    app.overlay = Some(Overlay::Export(Exporting::new(&name, app.export)));
}

/// Leaves the report; asks first where that would lose something.
pub(super) fn leave(app: &mut App, then: Then) -> Vec<Effect> {
    let Some(open) = &app.open else { return vec![Effect::Quit] };
    if matches!(open.origin, Origin::File(_)) && !open.session.history().is_empty() {
        ask_to_leave(app, "这份文件只是打开审阅，改动没有存入报告库", then);
        return Vec::new();
    }
    // What could not be saved before is tried again: what kept it may be gone.
    close(app, then)
}

/// Closes the report in order.
pub(super) fn close(app: &App, then: Then) -> Vec<Effect> {
    app.open.iter().map(|open| Effect::Close(open.place(), then)).collect()
}

/// Leaves the report, whatever is lost by it.
pub(super) fn leave_at_once(app: &mut App, then: Then) -> Vec<Effect> {
    match then {
        Then::Quit => vec![Effect::Quit],
        Then::Library => {
            app.open = None;
            vec![Effect::Drop, Effect::List]
        }
    }
}

/// Asks whether to leave although something is lost by it. What Enter would do first loses nothing: it is the key that has
/// just been pressed many times.
pub(super) fn ask_to_leave(app: &mut App, why: &str, then: Then) {
    let ways = [
        ("回去".to_owned(), Pick::Stay),
        ("另存为文件".to_owned(), Pick::Command(Command::Export)),
        ("放弃这些改动，离开".to_owned(), Pick::Leave(then)),
    ];
    app.pick(why, ways);
}
