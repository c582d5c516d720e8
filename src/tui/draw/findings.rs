//! The list of findings, section by section, and at the end what could not be checked.

use ratatui::layout::Rect;

use super::super::app::{App, Open};
use super::{CURSOR, FAINT, Frame, PLAIN, STRONG, page, paragraph, said, severity_style};
use crate::check::{Finding, Review};
use crate::report::Place;
use crate::width::{fit, wrap};

pub(super) fn draw(app: &App, open: &Open, frame: &mut Frame<'_>) {
    let area = frame.area();
    let ambiguous = frame.ambiguous();
    let (sought, caret) = open.sought.seen(usize::from(area.width).saturating_sub(9), ambiguous);
    let at = frame.put(1, 2, area.width, "查找  ", FAINT);
    frame.put(at, 2, area.width, sought, PLAIN);
    frame.caret(at + caret as u16, 2);
    let found = open.found();
    let detail = if area.height >= 20 { 6 } else { 2 };
    let rows = usize::from(area.height).saturating_sub(3 + detail + 1);
    let lines = lines(open, &found);
    let selected = lines.iter().position(|line| line.is_at(open.selected)).unwrap_or_default();
    for (y, line) in (3..).zip(lines.iter().skip(page(selected, rows)).take(rows)) {
        line.draw(open, y, frame);
    }
    let foot = Rect {
        x: 0,
        y: area.height.saturating_sub(detail as u16 + 1),
        width: area.width,
        height: detail as u16,
    };
    match open.selected_finding() {
        Some(finding) if app.message.is_none() => details(finding, open.session.review(), foot, frame),
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
            Self::Heading(text) => frame.put(1, y, columns, text, STRONG),
            Self::Words(text) => frame.put(3, y, columns, text, FAINT),
            Self::Finding(nth, finding) => {
                let is_here = *nth == open.selected;
                let style = if is_here { CURSOR } else { severity_style(finding.severity) };
                let head = format!("{} {}", finding.severity.label(), finding.rule.id);
                let at = frame.put(3, y, columns, &head, style) + 1;
                let room = usize::from(columns.saturating_sub(at + 1));
                let text = fit(&finding.message, room, frame.ambiguous());
                frame.put(at, y, columns, text.trim_end(), if is_here { CURSOR } else { PLAIN })
            }
        };
    }
}

/// The findings under the names of their sections, then what could not be checked.
fn lines<'a>(open: &Open, found: &[&'a Finding]) -> Vec<Line<'a>> {
    let form = open.report().form();
    let mut lines = Vec::new();
    let mut before = None;
    for (nth, finding) in found.iter().enumerate() {
        let place =
            finding.quote.as_ref().map(|quote| quote.place).or_else(|| finding.places.first().copied());
        let section = place.and_then(Place::section);
        if before != Some(section) {
            let name =
                section.map_or_else(|| "封面".to_owned(), |section| Place::Section(section).label(form));
            lines.push(Line::Heading(name));
            before = Some(section);
        }
        lines.push(Line::Finding(nth, finding));
    }
    let unknown = &open.session.review().unknown;
    if found.is_empty() {
        lines.push(Line::Words("没有发现问题".to_owned()));
    }
    if !unknown.is_empty() && open.sought.is_empty() {
        lines.push(Line::Heading("暂时无法核对的".to_owned()));
        lines.extend(unknown.iter().map(|one| Line::Words(format!("{} {}", one.rule, one.reason))));
    }
    lines
}

/// All of the selected finding, with its ways to mend it.
fn details(finding: &Finding, review: &Review, area: Rect, frame: &mut Frame<'_>) {
    let columns = usize::from(area.width).saturating_sub(2);
    let text = format!("{} {}", finding.rule.id, finding.message);
    let rows = (wrap(&text, columns, frame.ambiguous()).len() as u16).min(area.height);
    paragraph(&text, severity_style(finding.severity), Rect { height: rows, ..area }, frame);
    let fixes = review.ways(finding).into_iter().zip(area.y + rows..area.y + area.height);
    for (nth, (fix, y)) in (1..).zip(fixes) {
        frame.put(1, y, area.width, &format!("改法 {nth}  {}", fix.title), PLAIN);
    }
}
