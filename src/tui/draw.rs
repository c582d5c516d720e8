//! What is to be seen: the state, drawn. It changes nothing and knows no keys but by their names.
//!
//! The program's own words use only characters that have one width everywhere: ASCII, Han and full-width punctuation.
//! A finding is a sign and a colour, and can be read without the colour.

mod charts;
mod cover;
mod findings;
mod grid;
mod heads;
mod library;
mod merge;
mod overlay;
mod prose;
mod queue;
mod replace;

use ratatui_core::layout::Rect;
use ratatui_core::style::{Color, Modifier, Style};

use super::action::{Origin, Target};
use super::app::brief::{abridged, should_be};
use super::app::mark::sign;
use super::app::queue::OnDesk;
use super::app::{App, Message, Open, Saved, Tab, Tour};
use super::keymap::{Binding, Command};
use super::screen::Frame;
use crate::check::{Finding, Severity};
use crate::form::terms::Section;
use crate::form::{Cell, Form};
use crate::report::{Place, Report};
use crate::width::{fit, width, wrap};

/// The plain look.
const PLAIN: Style = Style::new();
/// Where the cursor is.
const CURSOR: Style = Style::new().add_modifier(Modifier::REVERSED);
/// Titles and heads.
const STRONG: Style = Style::new().add_modifier(Modifier::BOLD);
/// What is there to be looked past.
const FAINT: Style = Style::new().add_modifier(Modifier::DIM);

/// Draws everything.
pub fn draw(app: &App, frame: &mut Frame<'_>) {
    frame.speak(app.language);
    let area = frame.area();
    if area.is_empty() {
        return;
    }
    match (&app.open, &app.queue) {
        (None, Some(queue)) => queue::draw(app, queue, frame),
        (None, None) => library::draw(app, frame),
        (Some(open), _) => {
            header(app, open, frame);
            tabs(app, open, frame);
            match open.tab {
                Tab::Cover => cover::draw(app, open, frame),
                Tab::Findings => findings::draw(app, open, frame),
                Tab::Section(section) if section.is_table() => grid::draw(app, open, section, frame),
                Tab::Section(section) => prose::draw(app, open, section, frame),
            }
        }
    }
    if app.overlay.is_some() {
        frame.cover_targets();
    }
    match app.tour.filter(|_| app.overlay.is_none()) {
        Some(tour) => guide(app, tour, frame),
        None => hints(app, frame),
    }
    if let Some(overlay) = &app.overlay {
        overlay::draw(app, overlay, frame);
    }
}

/// The look of a finding's severity.
const fn severity_style(severity: Severity) -> Style {
    match severity {
        Severity::Error => Style::new().fg(Color::Red).add_modifier(Modifier::BOLD),
        Severity::Warning => Style::new().fg(Color::Yellow),
        Severity::Info => PLAIN,
    }
}

/// Whose report it is, for which year.
fn title(open: &Open) -> String {
    let report = open.report();
    let year = report.year().map_or_else(String::new, |year| format!(" {year} 年"));
    let agency = if report.agency().is_empty() { "（未填机关名称）" } else { report.agency() };
    format!("{agency}{year}")
}

/// Whose report it is, how many findings there are, and whether it is on disk.
fn header(app: &App, open: &Open, frame: &mut Frame<'_>) {
    let title = format!("{}政府信息公开工作年度报告", title(open));
    let review = open.session.review();
    let (errors, warnings) = (review.count(Severity::Error), review.count(Severity::Warning));
    let saved = match (&open.origin, &open.saved) {
        (Origin::Locked(..), _) => "只读",
        (Origin::File(_), _) => under_review(app, open),
        // What is typed into a cell is told by the cell; here stands whether what was confirmed is on disk.
        (Origin::Library(_), _) if open.entry.is_some() && !open.is_in_a_table() => "输入中",
        // As wide as what it stands for: with the first character of a phrase nothing moves.
        (Origin::Library(_), _) if open.is_unsettled() && !open.is_in_a_table() => "未存",
        (_, Saved::Safe) => "已存",
        (_, Saved::Asked | Saved::Loose) => "未存",
        (_, Saved::Failed) => "没有存上",
    };
    let counts = frame.say(&format!("  错 {errors}  提示 {warnings}  ")).into_owned();
    let saved = frame.say(saved);
    let state = format!("{counts}{saved}");
    let columns = frame.area().width;
    let ambiguous = frame.ambiguous();
    let right = u16::try_from(width(&state, ambiguous)).unwrap_or(columns).min(columns);
    let room = usize::from(columns - right).saturating_sub(1);
    frame.put(1, 0, columns, &fit(&title, room, ambiguous), STRONG);
    let style = if errors > 0 { severity_style(Severity::Error) } else { STRONG };
    let end = frame.put(columns - right, 0, right, &counts, style);
    let style = if open.saved == Saved::Failed { severity_style(Severity::Error) } else { PLAIN };
    frame.put(end, 0, columns - end, &saved, style);
}

/// How a file that is looked at stands.
fn under_review(app: &App, open: &Open) -> &'static str {
    match (&app.queue, &open.on_desk) {
        (Some(queue), Some(OnDesk::Filing { number, .. })) => {
            queue.desk.state(&queue.desk.filings[*number]).label()
        }
        (_, Some(OnDesk::Total(total))) if total.coverage.0 < total.coverage.1 => "汇总，不全",
        (_, Some(OnDesk::Total(_))) => "汇总",
        _ => "审阅，未入库",
    }
}

/// The parts of the report, the one that is shown in reverse, each with its gravest findings; and last year's report, if it
/// is there to be compared with. Where a sign may come there is room for it, so that no name moves when one does.
fn tabs(app: &App, open: &Open, frame: &mut Frame<'_>) {
    let columns = frame.area().width;
    let shown = if open.tab == Tab::Section(Section::Lead) { Tab::Cover } else { open.tab };
    let before = if columns < SPACED { "" } else { " " };
    let room = if columns < ROOMY { 2 } else { 3 };
    let name = |tab| match tab {
        Tab::Cover => frame.say("封面").into_owned(),
        Tab::Findings => frame.say("检查").into_owned(),
        Tab::Section(section) => {
            let numeral = open.report().form().heading(section).map_or("", |heading| heading.numeral);
            let name = if columns < FULL { &tab_name(section)[..6] } else { tab_name(section) };
            frame.say(&format!("{numeral}{name}")).into_owned()
        }
    };
    let names = Tab::ALL.map(|tab| before.to_owned() + &name(tab));
    let all: usize = names.iter().map(|name| width(name, frame.ambiguous()) + room).sum();
    // Where there is no room for all of them, the last one's sign aside, each is cut, so that no tab is missing.
    let most = match columns {
        columns if all < usize::from(columns) + room => columns,
        columns => ((columns - 1) / names.len() as u16).saturating_sub(room as u16),
    };
    let mut x = 1;
    for (nth, (tab, name)) in (0..).zip(Tab::ALL.into_iter().zip(&names)) {
        let style = if tab == shown { CURSOR } else { PLAIN };
        let end = frame.put(x, 1, columns.saturating_sub(x).min(most), name, style);
        let (sign, said) = heat(open, tab, room);
        let after = frame.put(
            end,
            1,
            columns.saturating_sub(end),
            &fit(&sign, room, frame.ambiguous()),
            style.patch(said),
        );
        frame.target(Rect { x, y: 1, width: after - x, height: 1 }, Target::Command(Command::ShowTab(nth)));
        x = after;
    }
    let Some(year) = app.last_year().and_then(Report::year) else { return };
    let place = |text: &String| columns.saturating_sub(width(text, frame.ambiguous()) as u16);
    let texts = [format!("参照上年 {year} "), format!("上年 {year} ")];
    let texts = texts.map(|text| frame.say(&text).into_owned());
    if let Some(text) = texts.iter().find(|text| place(text) > x) {
        frame.put(place(text), 1, columns, text, FAINT);
    }
}

/// From so many columns on the names in the tab line have a blank before them,
const SPACED: u16 = 70;
/// are not shortened,
const FULL: u16 = 86;
/// and have room for two digits behind them.
const ROOMY: u16 = 100;

/// The sign and the number of the gravest findings, of errors and warnings, that stand in a part, in so many columns: `!2`,
/// `?1`, or `!+` where the number has no room.
fn heat(open: &Open, tab: Tab, room: usize) -> (String, Style) {
    let standing = open.session.review().standing().filter(|finding| finding.severity > Severity::Info);
    let here: Vec<Severity> =
        standing.filter(|finding| tab_of(finding) == tab).map(|finding| finding.severity).collect();
    let Some(&worst) = here.iter().max() else { return (String::new(), PLAIN) };
    let count = here.iter().filter(|&&severity| severity == worst).count().to_string();
    let count = if count.len() < room { &count } else { "+" };
    (format!("{}{count}", sign(worst)), severity_style(worst))
}

/// The part of the report that a finding is in.
fn tab_of(finding: &Finding) -> Tab {
    match finding.place().and_then(Place::section) {
        None | Some(Section::Lead) => Tab::Cover,
        Some(section) => Tab::Section(section),
    }
}

/// The name of a section in the tab line; at least two characters.
const fn tab_name(section: Section) -> &'static str {
    match section {
        Section::Lead => "引言",
        Section::Overview => "总体",
        Section::Proactive => "公开",
        Section::Requests => "申请",
        Section::Disputes => "复议诉讼",
        Section::Problems => "问题",
        Section::OtherMatters => "其他",
    }
}

/// The step of the tour, in the row of the keys.
fn guide(app: &App, tour: Tour, frame: &mut Frame<'_>) {
    let area = frame.area();
    let row = Rect { y: area.height - 1, height: 1, ..area };
    let text = format!(" {}", frame.say(&tour.says(app)));
    let end = frame.say(&format!("  {} 结束 ", app.way(Command::Tour))).into_owned();
    let room = usize::from(area.width).saturating_sub(width(&end, frame.ambiguous()));
    let shown = fit(&text, room, frame.ambiguous()) + &end;
    frame.blank(row, CURSOR);
    frame.put(0, row.y, area.width, &shown, CURSOR);
}

/// The keys that matter here, in the last row.
fn hints(app: &App, frame: &mut Frame<'_>) {
    let area = frame.area();
    let ambiguous = frame.ambiguous();
    let room = usize::from(area.width).saturating_sub(1);
    let hint = |binding: &Binding| {
        let [key, hint] = [&binding.key(), binding.hint].map(|text| frame.say(text).into_owned());
        (format!("{key} {hint}"), binding.command)
    };
    let bindings = app
        .keys
        .bindings(app.context())
        .filter(|binding| !binding.hint.is_empty() && !binding.keys.is_empty() && app.offers(binding));
    let mut hints: Vec<(String, Command)> = bindings.map(hint).collect();
    // Help comes last in the table and is always shown; what has no room goes from the end before it.
    let last = hints.pop();
    let length = |hints: &[(String, Command)]| -> usize {
        hints.iter().map(|(one, _)| width(one, ambiguous) + 2).sum()
    };
    let needed = last.as_ref().map_or(0, |(last, _)| width(last, ambiguous));
    while !hints.is_empty() && length(&hints) + needed > room {
        hints.pop();
    }
    hints.extend(last);
    frame.blank(Rect { y: area.height - 1, height: 1, ..area }, PLAIN);
    let (mut x, y) = (1, area.height - 1);
    for (hint, command) in hints {
        let after = frame.put(x, y, area.width, &hint, FAINT);
        frame.target(Rect { x, y, width: after - x, height: 1 }, Target::Command(command));
        x = frame.put(after, y, area.width, "  ", FAINT);
    }
}

/// What was last said, else the finding at the cursor, in these rows: as much of it as there is room for.
fn said(app: &App, open: Option<&Open>, area: Rect, frame: &mut Frame<'_>) {
    let finding = open.and_then(Open::current_finding);
    let say = |text: &str| frame.say(text).into_owned();
    let (words, style) = match (&app.message, finding) {
        (Some(message @ Message::Trouble(_)), _) => {
            (vec![say(message.text())], severity_style(Severity::Error))
        }
        (Some(message @ Message::Done(_)), _) => (vec![say(message.text())], STRONG),
        (None, Some(Finding { rule, message, waived: Some(reason), .. })) => {
            let ways = format!("{} 改理由或取消", app.way(Command::Waive));
            let [explained, message, ways] = ["已说明", message, &ways].map(say);
            (vec![format!("{} {explained}：{reason}  （{message}）{ways}", rule.id)], FAINT)
        }
        (None, Some(finding))
            if finding.is_of_a_sum()
                && let Some(open) = open.filter(|open| open.shows_its_sums(finding)) =>
        {
            (
                vec![say(&beside_its_sums(finding, open.cell(), open.report().form()))],
                severity_style(finding.severity),
            )
        }
        (None, Some(finding)) => {
            let fix = say(&mended(finding, &app.way(Command::Mend)));
            (about(finding.rule.id, &say(&finding.message), &fix), severity_style(finding.severity))
        }
        (None, None) => return,
    };
    let columns = usize::from(area.width).saturating_sub(2);
    let fits = |text: &String| wrap(text, columns, frame.ambiguous()).len() <= usize::from(area.height);
    let shorter = || words.iter().map(|text| abridged(text));
    let text = words.first().filter(|text| fits(text)).cloned();
    let text = text.or_else(|| shorter().find(fits)).or_else(|| shorter().next_back()).unwrap_or_default();
    as_rows(&text, style, area, frame);
}

/// A finding in words: its rule, what it says, what can be done at once; first all of it, then the first sentence only.
fn about(rule: &str, message: &str, fix: &str) -> Vec<String> {
    [message, first_sentence(message)].map(|message| format!("{rule} {message}{fix}")).to_vec()
}

/// The first sentence of a message, in either language; behind a digit a full stop may be that of a number.
fn first_sentence(message: &str) -> &str {
    let full = || message.find('。').map(|at| at + '。'.len_utf8());
    let mut stops = message.match_indices(". ").map(|(at, _)| at);
    let is_end = |at: &usize| !message[..*at].ends_with(|char: char| char.is_ascii_digit());
    full().or_else(|| stops.find(is_end).map(|at| at + 1)).map_or(message, |end| &message[..end])
}

/// A sum that does not close, where its numbers stand above and the key that mends it below: what should be what.
fn beside_its_sums(finding: &Finding, here: Option<Cell>, form: &Form) -> String {
    let said = match finding.fixes.as_slice() {
        [] => "不平".to_owned(),
        [fix] => should_be(fix, here, form),
        ways @ [likeliest, ..] => {
            format!("可能是 {}，共 {} 种改法", should_be(likeliest, here, form), ways.len())
        }
    };
    format!("{} {said}", finding.rule.id)
}

/// What can be done about a finding at once.
fn mended(finding: &Finding, mend: &str) -> String {
    match finding.fixes.as_slice() {
        [] => String::new(),
        [fix] => format!("  {mend} {}", fix.title),
        ways @ [likeliest, ..] => format!("  {mend} 有 {} 种改法，最可能是 {}", ways.len(), likeliest.title),
    }
}

/// Tells something in an area; what does not fit ends in two dots.
fn paragraph(text: &str, style: Style, area: Rect, frame: &mut Frame<'_>) {
    as_rows(&frame.say(text), style, area, frame);
}

/// Wraps what was said already into an area.
fn as_rows(text: &str, style: Style, area: Rect, frame: &mut Frame<'_>) {
    let ambiguous = frame.ambiguous();
    let columns = usize::from(area.width).saturating_sub(2);
    let rows = wrap(text, columns, ambiguous);
    for (nth, row) in (0..area.height).zip(&rows) {
        let is_cut = nth + 1 == area.height && rows.len() > usize::from(area.height);
        let shown =
            if is_cut { fit(&text[row.start..], columns, ambiguous) } else { text[row.clone()].to_owned() };
        frame.put(area.x + 1, area.y + nth, area.width, &shown, style);
    }
}

/// The first line that is seen of a list in which this one is selected.
fn page(selected: usize, rows: usize) -> usize {
    selected / rows.max(1) * rows.max(1)
}
