//! Reviewing: the queue, decisions, notes.

mod recalled;

use super::super::action::{Effect, Errand, Outcome, Then};
use super::super::app::queue::{OnDesk, Queue};
use super::super::app::{App, Asked, Line, Overlay, Pick, Tab};
use super::super::keymap::{Command, Review};
use super::{library, overlay, report};
use crate::desk::{Decision, Desk, Judgement, Note, State};
use crate::report::Place;

/// Takes in what came of an errand.
pub(super) fn outcome(app: &mut App, outcome: Outcome) -> Vec<Effect> {
    match outcome {
        Outcome::Surveyed(desk, warning) => surveyed(app, *desk, warning),
        Outcome::Judged(number, said) => return judged(app, number, *said),
        Outcome::Recalled(seen) => recalled::recalled(app, &seen),
    }
    Vec::new()
}

/// Does what a command means in the queue.
pub(super) fn command(app: &mut App, command: Command) -> Vec<Effect> {
    let Some(queue) = &mut app.queue else { return Vec::new() };
    let last = queue.found().len().saturating_sub(1);
    match command {
        Command::Go(step) => queue.selected = overlay::moved(queue.selected, last, step),
        Command::Backspace => {
            queue.sought.backspace();
            queue.selected = 0;
        }
        Command::Escape => queue.forget_sought(),
        Command::Review(Review::Reorder) => queue.reorder(),
        Command::Review(Review::Reread) => return vec![Effect::Survey],
        Command::Review(Review::Letters) => return letters(app),
        Command::Review(Review::Total) => total(app),
        Command::Enter => return open_selected(app),
        Command::Quit => return vec![Effect::Quit],
        _ => return anywhere(app, command).unwrap_or_else(|| library::anywhere(app, command)),
    }
    Vec::new()
}

fn open_selected(app: &mut App) -> Vec<Effect> {
    let Some(queue) = &app.queue else { return Vec::new() };
    let Some(row) = queue.selected() else { return Vec::new() };
    match (row.filing, queue.filing(row).map(|filing| &filing.content)) {
        (Some(number), Some(Ok(_))) => return vec![Effect::Desk(Errand::Take(number))],
        (_, Some(Err(reason))) => {
            let text = format!(
                "读不了：{reason}。{} 退回，请对方重新报送",
                app.way(Command::Review(Review::Return))
            );
            app.warn(text);
        }
        _ => app.say("这个单位还没有报来"),
    }
    Vec::new()
}

/// Does what a command means in the queue and in a report under review alike; `None` if it is no such command.
pub(super) fn anywhere(app: &mut App, command: Command) -> Option<Vec<Effect>> {
    let Command::Review(command) = command else { return None };
    if command == Review::Shares {
        shares(app);
        return Some(Vec::new());
    }
    let number = app.reviewed();
    if command == Review::NextFiling && app.queue.is_some() {
        return Some(next(app, number));
    }
    let Some(number) = number else {
        app.say(match app.queue {
            Some(_) => "没有选中报来的报告",
            None => "没有在审阅：用 nianbao review 目录 打开报来的报告，才能批注、通过或退回",
        });
        return Some(Vec::new());
    };
    Some(match command {
        Review::Accept => decide(app, number, Decision::Accepted),
        Review::Return => decide(app, number, Decision::Returned),
        Review::Note => note(app, number),
        Review::SinceDecided => recalled::since_decided(app, number),
        Review::Letter => letter(app, number),
        // These are the queue's and the total's own, or done already.
        Review::Reorder
        | Review::Reread
        | Review::Letters
        | Review::Total
        | Review::Shares
        | Review::NextFiling => Vec::new(),
    })
}

/// Has the letter written on a report. That all is well is only written when somebody has decided that it is.
fn letter(app: &mut App, number: usize) -> Vec<Effect> {
    let Some(queue) = &app.queue else { return Vec::new() };
    let filing = &queue.desk.filings[number];
    let found = filing.content.as_ref().map_or(1, |brief| brief.errors + brief.warnings);
    let is_blameless = found == 0 && queue.judgement(number).notes.is_empty();
    if is_blameless && queue.desk.state(filing) != State::Accepted {
        let [accept, note] = [Review::Accept, Review::Note].map(|command| app.way(Command::Review(command)));
        app.say(format!(
            "没有查出问题，也没有批注：先 {accept} 通过，再写“审核通过”；有意见的先 {note} 批注"
        ));
        return Vec::new();
    }
    // Whoever has just decided is at the next one.
    let state = queue.desk.state(filing);
    if state.is_open() {
        let whose = whose(&queue.judgement(number), &filing.file).to_owned();
        let stands = match state {
            State::Lapsed => "审过以后有变，还没有重新决定",
            State::Unreadable => "这个文件读不了，还没有决定是不是退回",
            _ => "还没有决定是通过还是退回",
        };
        let doubt = format!("{whose}：{stands}。仍然写审核意见吗？");
        confirm(app, doubt, Asked::Letter(number));
        return Vec::new();
    }
    vec![Effect::Desk(Errand::Letters(vec![number]))]
}

/// Whose report is judged: the organ, or the file where it is not known.
fn whose<'j>(said: &'j Judgement, file: &'j str) -> &'j str {
    if said.agency.is_empty() { file } else { &said.agency }
}

/// Asks whether something in doubt is to be done.
fn confirm(app: &mut App, doubt: String, asked: Asked) {
    let ways = format!("{} 是，{} 不。", app.way(Command::Enter), app.way(Command::Escape));
    app.overlay = Some(Overlay::question("请确认", vec![doubt, ways], asked));
}

/// Whether Escape leads back to the queue: from what is under review, where there is nothing to be given up.
pub(super) fn is_left(app: &App) -> bool {
    let Some(open) = app.open.as_ref().filter(|open| open.on_desk.is_some() && app.overlay.is_none()) else {
        return false;
    };
    let is_selected =
        open.anchor.is_some() || open.editor().is_some_and(|editor| editor.selection().is_some());
    let is_sought = open.tab == Tab::Findings && !open.sought.text().is_empty();
    open.entry.is_none() && !is_selected && !is_sought
}

/// Has the letters written on every report that is returned.
fn letters(app: &mut App) -> Vec<Effect> {
    let Some(queue) = &app.queue else { return Vec::new() };
    let returned = queue.rows().iter().filter(|row| row.state == State::Returned && !row.is_replaced);
    let numbers: Vec<usize> = returned.filter_map(|row| row.filing).collect();
    if numbers.is_empty() {
        app.say(format!("还没有退回的；{} 退回选中的一份", app.way(Command::Review(Review::Return))));
        return Vec::new();
    }
    vec![Effect::Desk(Errand::Letters(numbers))]
}

/// Asks which reports are to be added up.
fn total(app: &mut App) {
    let Some(queue) = &app.queue else { return };
    let accepted = queue.rows().iter().filter(|row| row.state == State::Accepted).count();
    let items = vec![
        (format!("只加已通过的（{accepted} 份）"), Pick::Total { accepted: true }),
        ("全部加起来，不管审没审；退回后又报来的只加后来的".to_owned(), Pick::Total { accepted: false }),
    ];
    app.pick("汇总哪些报告", items);
}

/// Shows what there is to say of a total that has just been opened.
pub(super) fn account(app: &mut App) {
    let Some(OnDesk::Total(total)) = app.open.as_ref().and_then(|open| open.on_desk.as_ref()) else { return };
    app.overlay = Some(Overlay::reader("汇总的情况", total.account.clone()));
}

/// Shows what the cell at the cursor is made of; elsewhere what there is to say of the total.
fn shares(app: &mut App) {
    let total = app.open.as_ref().and_then(|open| Some((open, open.on_desk.as_ref()?)));
    let Some((open, OnDesk::Total(total))) = total else {
        app.say(format!("这不是汇总；在待审报告的列表里按 {} 汇总", app.way(Command::Review(Review::Total))));
        return;
    };
    let Some(cell) = open.cell() else { return account(app) };
    let label = Place::from(cell).label(open.report().form());
    let given = total.shares.get(&cell).map_or(&[][..], Vec::as_slice);
    let value = open.report().get(cell).map_or_else(|| "空白".to_owned(), ToString::to_string);
    let mut text = vec![format!("合计 {value}，{} 个单位填了数", given.len())];
    text.extend(given.iter().map(|(unit, number)| format!("  {number}  {}", total.units[*unit])));
    let lacks = |unit: &usize| given.iter().all(|(other, _)| other != unit);
    let lacking: Vec<&str> =
        (0..total.units.len()).filter(lacks).map(|unit| total.units[unit].as_str()).collect();
    if !lacking.is_empty() {
        text.push(format!("没有填数的：{}", lacking.join("、")));
    }
    app.overlay = Some(Overlay::reader(label, text));
}

/// Decides on a filing; asks first where the decision does not go with what was found.
fn decide(app: &mut App, number: usize, decision: Decision) -> Vec<Effect> {
    if is_edited(app) {
        app.warn(format!(
            "这份报告打开后改过，决定要按报来的原件作：先 {} 撤销，或者 {} 另存",
            app.way(Command::Undo),
            app.way(Command::Export)
        ));
        return Vec::new();
    }
    let Some(queue) = &app.queue else { return Vec::new() };
    let filing = &queue.desk.filings[number];
    if queue.desk.state(filing) == State::OtherYear {
        app.say("这一份不是审阅的年度，不用审；要审那一年，打开时用 --year 写明");
        return Vec::new();
    }
    let said = queue.decided(number, decision);
    let whose = whose(&said, &filing.file);
    let (errors, found) =
        filing.content.as_ref().map_or((0, 1), |brief| (brief.errors, brief.errors + brief.warnings));
    let doubt = match said.decision {
        Some(Decision::Accepted) if filing.content.is_err() => {
            app.warn("读不了的文件不能通过");
            return Vec::new();
        }
        Some(Decision::Accepted) if errors > 0 => {
            Some(format!("{whose}：还有 {errors} 处错误。仍然通过吗？"))
        }
        Some(Decision::Returned) if found == 0 && said.notes.is_empty() => {
            Some(format!("{whose}：没有查出问题，也没有批注，对方不知道要改什么。仍然退回吗？"))
        }
        _ => None,
    };
    match doubt {
        None => vec![Effect::Desk(Errand::Judge(number, Box::new(said)))],
        Some(doubt) => {
            confirm(app, doubt, Asked::Judge(number, Box::new(said)));
            Vec::new()
        }
    }
}

/// Takes in that something was said of a filing. After a decision on the one that is open, on to the next.
fn judged(app: &mut App, number: usize, said: Judgement) -> Vec<Effect> {
    let Some(queue) = &mut app.queue else { return Vec::new() };
    let before = queue.judgement(number);
    let file = || queue.desk.filings[number].file.clone();
    let agency = if said.agency.is_empty() { file() } else { said.agency.clone() };
    let done = match said.decision {
        _ if said.notes.len() < before.notes.len() => "批注已删去".to_owned(),
        _ if said.notes != before.notes => "批注已记下".to_owned(),
        Some(Decision::Accepted) => format!("{agency}：已通过"),
        Some(Decision::Returned) => format!("{agency}：已退回"),
        None => format!("{agency}：已取消"),
    };
    let is_decided = said.decision.is_some() && said.notes == before.notes;
    let following = queue.said(number, said).filter(|_| is_decided);
    queue.select(following.unwrap_or(number));
    let can_be_opened = following.is_some_and(|next| queue.desk.filings[next].content.is_ok());
    match following {
        Some(next) if app.open.is_some() && can_be_opened => {
            let due = queue.rows().iter().filter(|row| row.state.is_open()).count();
            app.say(format!("{done}。还要审 {due} 份"));
            vec![Effect::Desk(Errand::Take(next))]
        }
        _ if is_decided && !can_be_opened => {
            let left = left(queue);
            app.open = None;
            app.say(format!("{done}。{left}"));
            Vec::new()
        }
        _ => {
            app.say(done);
            Vec::new()
        }
    }
}

/// What there is still to be done when everything that can be opened is decided on.
fn left(queue: &Queue) -> String {
    match queue.rows().iter().filter(|row| row.state == State::Unreadable).count() {
        0 => "要审的都审完了".to_owned(),
        unread => format!("还有 {unread} 个文件读不了，请退回，或者请对方重新报送"),
    }
}

/// Goes on to the next report that somebody has to decide on.
fn next(app: &mut App, number: Option<usize>) -> Vec<Effect> {
    if is_edited(app) {
        return report::leave(app, Then::Library);
    }
    match app.queue.as_ref().and_then(|queue| queue.next(number)) {
        Some(next) => vec![Effect::Desk(Errand::Take(next))],
        None => {
            app.say("没有别的要审的了");
            Vec::new()
        }
    }
}

/// Whether the report under review was changed here, which is not what came in.
fn is_edited(app: &App) -> bool {
    app.open.as_ref().is_some_and(|open| !open.session.history().is_empty())
}

/// Asks what to note: of the words that are selected, of the cell, of the section; in the queue of the whole report.
fn note(app: &mut App, number: usize) -> Vec<Effect> {
    let (place, quote) = match &app.open {
        None => (None, String::new()),
        Some(open) => {
            let words = open.editor().map_or("", |editor| editor.selected());
            (Some(open.place()), words.to_owned())
        }
    };
    let Some(queue) = &app.queue else { return Vec::new() };
    let notes = queue.judgement(number).notes;
    let mut here = notes.iter().filter(|note| note.place == place);
    // Where nothing is selected, what was noted of words that stand here is meant too.
    let known = match quote.is_empty() {
        true => here.clone().find(|note| note.quote.is_empty()).or_else(|| here.next()),
        false => here.find(|note| note.quote == quote),
    };
    let quote = known.map_or(quote, |note| note.quote.clone());
    let line = Line::new(known.map_or("", |note| note.text.as_str()));
    app.overlay = Some(Overlay::Note { number, place, quote, line });
    Vec::new()
}

/// What is noted on the open report, if it is under review.
pub(super) fn notes_in_words(app: &App) -> Vec<String> {
    let number = app.open.as_ref().and_then(|open| open.on_desk.as_ref()?.number());
    let (Some(queue), Some(number), Some(open)) = (&app.queue, number, &app.open) else { return Vec::new() };
    let form = open.report().form();
    let words = |note: Note| {
        let place = note.place.map_or_else(|| "整份报告".to_owned(), |place| place.label(form));
        let quote = if note.quote.is_empty() { String::new() } else { format!("“{}”", note.quote) };
        format!("批注  {place}{quote}：{}", note.text)
    };
    queue.judgement(number).notes.into_iter().map(words).collect()
}

/// Notes something, or with nothing typed notes it no more.
pub(super) fn noted(app: &mut App, number: usize, note: Note) -> Vec<Effect> {
    let Some(queue) = &app.queue else { return Vec::new() };
    let said = queue.noted(number, note);
    if said == queue.judgement(number) {
        app.say("没有写批注");
        return Vec::new();
    }
    vec![Effect::Desk(Errand::Judge(number, Box::new(said)))]
}

/// Shows what is in the folder.
fn surveyed(app: &mut App, desk: Desk, warning: Option<String>) {
    let language = app.language;
    let queue = app.queue.get_or_insert_with(|| Queue::new(language));
    queue.fill(desk);
    let open = queue.rows().iter().filter(|row| row.state.is_open()).count();
    let missing = queue.rows().iter().filter(|row| row.state == State::Missing).count();
    let missing = if missing > 0 { format!("，缺报 {missing} 个单位") } else { String::new() };
    let files = queue.desk.filings.len();
    match warning {
        Some(warning) => app.warn(warning),
        None => app.say(format!("读了 {files} 个文件，要审 {open} 份{missing}")),
    }
}
