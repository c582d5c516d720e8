//! The list of findings, by section or by severity, and at the end what could not be checked.

use ratatui_core::layout::Rect;
use ratatui_core::style::{Modifier, Style};

use super::super::action::Target;
use super::super::app::brief::abridged;
use super::super::app::{App, Grouping, Open};
use super::super::keymap::Command;
use super::{CURSOR, FAINT, Frame, PLAIN, STRONG, as_rows, page, said, severity_style};
use crate::check::Finding;
use crate::report::Place;
use crate::width::{fit, width, wrap};

pub(super) fn draw(app: &App, open: &Open, frame: &mut Frame<'_>) {
    let area = frame.area();
    let ambiguous = frame.ambiguous();
    let (sought, caret) = open.sought.seen(usize::from(area.width).saturating_sub(9), ambiguous);
    let at = frame.tell(1, 2, area.width, "查找  ", FAINT);
    frame.put(at, 2, area.width, sought, PLAIN);
    frame.caret(at + caret as u16, 2);
    let found = open.found();
    let detail = if area.height >= 20 { 6 } else { 2 };
    let rows = usize::from(area.height).saturating_sub(3 + detail + 1);
    let lines = lines(app, open, &found);
    let selected = lines.iter().position(|line| line.is_at(open.selected)).unwrap_or_default();
    let top = page(selected, rows);
    for (y, line) in (3..).zip(lines.iter().skip(top).take(rows)) {
        line.draw(open, y, frame);
    }
    let below = lines.len().saturating_sub(top + rows);
    if below > 0 {
        let text = frame.say(&format!("下面还有 {below} 行")).into_owned();
        let x = area.width.saturating_sub(width(&text, ambiguous) as u16 + 1);
        if x > at + width(sought, ambiguous) as u16 + 1 {
            frame.put(x, 2, area.width, &text, FAINT);
        }
    }
    let foot = Rect {
        x: 0,
        y: area.height.saturating_sub(detail as u16 + 1),
        width: area.width,
        height: detail as u16,
    };
    match open.selected_finding() {
        Some(finding) if app.message.is_none() => details(finding, open, foot, frame),
        _ => said(app, None, foot, frame),
    }
}

/// A line of the list.
enum Line<'a> {
    Heading(String),
    Finding(usize, &'a Finding),
    Words(String),
}

impl Line<'_> {
    fn is_at(&self, selected: usize) -> bool {
        matches!(self, Self::Finding(nth, _) if *nth == selected)
    }

    fn draw(&self, open: &Open, y: u16, frame: &mut Frame<'_>) {
        let columns = frame.area().width;
        match self {
            Self::Heading(text) => frame.tell(1, y, columns, text, STRONG),
            Self::Words(text) => {
                let text = fit(&frame.say(text), usize::from(columns.saturating_sub(4)), frame.ambiguous());
                frame.put(3, y, columns, text.trim_end(), FAINT)
            }
            Self::Finding(nth, finding) => {
                frame.target(Rect { x: 0, y, width: columns, height: 1 }, Target::Line(*nth));
                let is_here = *nth == open.selected;
                let (style, plain) =
                    if finding.waived.is_some() { (FAINT, FAINT) } else { (look(finding), PLAIN) };
                let [style, plain] = [style, plain].map(|style| if is_here { CURSOR } else { style });
                let label = format!("{} {} ", frame.say(label(finding)), finding.rule.id);
                let at = frame.put(3, y, columns, &label, style);
                let room = usize::from(columns.saturating_sub(at + 1));
                let message = frame.say(&finding.message);
                let is_long = width(&message, frame.ambiguous()) > room;
                let text = fit(
                    &if is_long { abridged(&message) } else { message.into_owned() },
                    room,
                    frame.ambiguous(),
                );
                frame.put(at, y, columns, text.trim_end(), plain)
            }
        };
    }
}

const fn look(finding: &Finding) -> Style {
    severity_style(finding.severity)
}

/// The severity of a finding in the clerk's words, or that it is accepted.
const fn label(finding: &Finding) -> &'static str {
    if finding.waived.is_some() { "说明" } else { finding.severity.label() }
}

/// The findings under the names of their groups, then what could not be checked.
fn lines<'a>(app: &App, open: &Open, found: &[&'a Finding]) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    let mut before = None;
    for (nth, finding) in found.iter().enumerate() {
        let group = group(open, finding);
        if before.as_ref() != Some(&group) {
            lines.push(Line::Heading(group.clone()));
            before = Some(group);
        }
        lines.push(Line::Finding(nth, finding));
    }
    let review = open.session.review();
    if review.findings.is_empty() {
        lines.push(Line::Words("没有发现问题".to_owned()));
    } else if found.is_empty() {
        lines.push(Line::Words(format!("没有找到；{} 清除查找的字", app.way(Command::Escape))));
    }
    if !review.unknown.is_empty() && open.sought.is_empty() {
        lines.push(Line::Heading("暂时无法核对的".to_owned()));
        let untold = review.untold().into_iter();
        lines.extend(untold.map(|(rules, reason)| Line::Words(format!("{rules}：{reason}"))));
    }
    lines
}

/// The group that a finding is listed in.
fn group(open: &Open, finding: &Finding) -> String {
    match open.grouping {
        Grouping::Section => finding
            .place()
            .and_then(Place::section)
            .map_or_else(|| "封面".to_owned(), |section| Place::Section(section).label(open.report().form())),
        Grouping::Severity if finding.waived.is_some() => "已说明".to_owned(),
        Grouping::Severity => finding.severity.label().to_owned(),
    }
}

/// All of the selected finding: what it says, its sentence, the reason it was accepted for, the ways to mend it.
fn details(finding: &Finding, open: &Open, area: Rect, frame: &mut Frame<'_>) {
    let columns = usize::from(area.width).saturating_sub(2);
    let text = format!("{} {}", finding.rule.id, frame.say(&finding.message));
    let rows = (wrap(&text, columns, frame.ambiguous()).len() as u16).min(area.height);
    as_rows(&text, look(finding), Rect { height: rows, ..area }, frame);
    let mut rest = area.y + rows..area.y + area.height;
    let original = format!("{}    ", frame.say("原文"));
    // Two columns a character, on either side of the words.
    let sentence = finding.quote.as_ref().and_then(|quote| {
        let room = columns
            .saturating_sub(width(&original, frame.ambiguous()) + width(&quote.text, frame.ambiguous()));
        quote.sentence(open.report(), room / 4)
    });
    if let (Some([before, words, behind]), true) = (sentence, rest.len() > 1)
        && let Some(y) = rest.next()
    {
        let at = frame.put(1, y, area.width, &(original + &before), PLAIN);
        let at = frame.put(
            at,
            y,
            area.width.saturating_sub(at),
            &words,
            STRONG.add_modifier(Modifier::UNDERLINED),
        );
        frame.put(at, y, area.width.saturating_sub(at), &behind, PLAIN);
    }
    if let Some(reason) = &finding.waived
        && let Some(y) = rest.next()
    {
        frame.put(1, y, area.width, &format!("{}  {reason}", frame.say("已说明")), STRONG);
    }
    for (nth, (fix, y)) in (1..).zip(finding.fixes.iter().zip(rest)) {
        let text = abridged(&format!("改法 {nth}  {}", fix.title));
        frame.put(1, y, area.width, fit(&frame.say(&text), columns, frame.ambiguous()).trim_end(), PLAIN);
    }
}
