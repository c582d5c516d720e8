//! A file beside the open report: a line a difference, and below them the words of the selected one.

use ratatui::layout::Rect;

use super::super::action::Target;
use super::super::app::Open;
use super::super::app::merging::Merging;
use super::{CURSOR, FAINT, Frame, PLAIN, STRONG, page, paragraph};
use crate::width::fit;

pub(super) fn draw(open: &Open, merging: &Merging, inside: Rect, frame: &mut Frame<'_>) {
    let (all, taken) = (merging.differences.len(), merging.taken());
    let count = format!("有 {all} 处不同，勾选了 {taken} 处；没有勾选的不动");
    frame.put(inside.x, inside.y, inside.width, &count, STRONG);
    let foot = 4.min(inside.height.saturating_sub(4));
    let rows = usize::from(inside.height.saturating_sub(2 + foot)).max(1);
    let lines = merging.differences.iter().enumerate().skip(page(merging.selected, rows)).take(rows);
    for (y, (nth, one)) in (inside.y + 2..).zip(lines) {
        frame.target(Rect { y, height: 1, ..inside }, Target::Line(nth));
        let mark = if one.is_taken { "[x]" } else { "[ ]" };
        let text = format!("{mark} {}  {}", one.place.label(open.report().form()), one.told());
        let shown = fit(&text, usize::from(inside.width), frame.ambiguous());
        let look = if nth == merging.selected { CURSOR } else { PLAIN };
        frame.put(inside.x, y, inside.width, shown.trim_end(), look);
        if nth == merging.selected {
            frame.caret(inside.x + 1, y);
        }
    }
    let words = merging.differences.get(merging.selected).and_then(|one| one.words());
    let below = |nth: u16| Rect {
        x: inside.x - 1,
        y: inside.bottom() - foot + 2 * nth,
        width: inside.width + 2,
        height: 2.min(foot),
    };
    if let Some((ours, theirs)) = words.filter(|_| foot == 4) {
        paragraph(&format!("现有：{ours}"), FAINT, below(0), frame);
        paragraph(&format!("文件：{theirs}"), PLAIN, below(1), frame);
    }
}
