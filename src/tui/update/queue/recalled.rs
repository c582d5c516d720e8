//! The version of a report that was decided on before, beside the one that is under review.

use super::super::super::action::{Effect, Errand, Recalled};
use super::super::super::app::{App, Overlay};
use crate::check::{self, Background, Finding, Severity};
use crate::compare::{Comparison, FollowUp, Passage};
use crate::desk::{Decision, Note, State};
use crate::report::{Place, Report, Value};

/// Has the version recalled that was decided on before.
pub(super) fn since_decided(app: &mut App, number: usize) -> Vec<Effect> {
    let Some(queue) = &app.queue else { return Vec::new() };
    match queue.desk.decided_before(&queue.desk.filings[number]) {
        Some((hash, _)) => vec![Effect::Desk(Errand::Recall(number, hash.to_owned()))],
        None => {
            app.say(match queue.desk.state(&queue.desk.filings[number]) {
                State::Lapsed => "这一份审过之后没有变，变的是上年的报告；请对照着再审一遍",
                _ => "这个机关的这一年度以前没有审过别的稿",
            });
            Vec::new()
        }
    }
}

/// Shows what a report under review has otherwise than the version that was decided on before; both are checked beside the
/// same report of last year.
pub(super) fn recalled(app: &mut App, recalled: &Recalled) {
    let Recalled { old, new, last } = recalled;
    let background =
        Background { previous: last.clone(), profile: app.profile.clone(), ..Background::default() };
    let [then, now] = [old, new].map(|report| check::check_before(report, &background));
    let follow_up = FollowUp::between(&then, &now);
    let mut text = app.reviewed().map(|number| asked_for(app, number, old)).unwrap_or_default();
    text.extend(told("改好了的问题", follow_up.gone.iter().copied()));
    text.extend(told("仍然有的问题", follow_up.still.iter().map(|(_, now)| *now)));
    text.extend(told("新出现的问题", follow_up.new.iter().copied()));
    let comparison = Comparison::between(old, new);
    let value = |value: &Option<Value>| value.as_ref().map_or_else(|| "空白".to_owned(), ToString::to_string);
    text.push(format!("改了的地方 {} 处", comparison.changes.len()));
    for change in &comparison.changes {
        let label = change.place.label(new.form());
        match change.place {
            Place::Section(_) => {
                text.push(format!("  {label}"));
                text.extend(change.passages().iter().filter_map(sentence));
            }
            _ => text.push(format!("  {label}：{} 改为 {}", value(&change.old), value(&change.new))),
        }
    }
    app.overlay = Some(Overlay::reader("与上次审的那一稿比较", text));
}

/// What was decided on the version before, and what was noted of it: whether that was heeded is for the reviewer to see.
fn asked_for(app: &App, number: usize, old: &Report) -> Vec<String> {
    let queue = app.queue.as_ref();
    let before = queue.and_then(|queue| queue.desk.decided_before(&queue.desk.filings[number]));
    let Some((_, said)) = before else { return Vec::new() };
    let decision = if said.decision == Some(Decision::Returned) { "退回" } else { "通过" };
    let note = |note: &Note| {
        let place = note.place.map_or_else(|| "整份报告".to_owned(), |place| place.label(old.form()));
        let quote = if note.quote.is_empty() { String::new() } else { format!("“{}”", note.quote) };
        format!("  {place}{quote}：{}", note.text)
    };
    let title = format!("上次的决定是{decision}，批注 {} 条", said.notes.len());
    std::iter::once(title).chain(said.notes.iter().map(note)).collect()
}

/// Findings in words, remarks left out, under what they have in common.
fn told<'f>(title: &str, findings: impl Iterator<Item = &'f Finding>) -> Vec<String> {
    let grave = findings.filter(|finding| finding.severity > Severity::Info);
    let mut lines: Vec<String> =
        grave.map(|finding| format!("  {} {}", finding.rule.id, finding.message)).collect();
    lines.insert(0, format!("{title} {} 处", lines.len()));
    lines
}

/// A sentence that is not the same in both.
fn sentence(passage: &Passage<'_>) -> Option<String> {
    match passage {
        Passage::Same(_) => None,
        Passage::Removed(old) => Some(format!("    删去：{old}")),
        Passage::Added(new) => Some(format!("    加上：{new}")),
        Passage::Changed { old, new } => Some(format!("    原来：{old}\n    现在：{new}")),
    }
}
