//! A file beside the open report: a line a difference, and below them the words of the selected one.

use ratatui_core::layout::Rect;

use super::super::action::Target;
use super::super::app::Open;
use super::super::app::merging::Merging;
use super::{CURSOR, FAINT, Frame, PLAIN, STRONG, as_rows, page, paragraph};
use crate::width::{fit, width};

pub(super) fn draw(open: &Open, merging: &Merging, inside: Rect, frame: &mut Frame<'_>) {
    let form = open.report().form();
    let (all, taken) = (merging.differences.len(), merging.taken());
    let said = match merging.notices.len() {
        0 => String::new(),
        notices => format!("；下面另有读入说明 {notices} 条"),
    };
    let count = format!("有 {all} 处不同，勾选了 {taken} 处；没有勾选的不动{said}");
    frame.tell(inside.x, inside.y, inside.width, &count, STRONG);
    let foot = 4.min(inside.height.saturating_sub(4));
    let rows = usize::from(inside.height.saturating_sub(2 + foot)).max(1);
    let differences = merging.differences.iter().map(|one| {
        let mark = if one.is_taken { "[x]" } else { "[ ]" };
        format!("{mark} {}  {}", one.place.label(form), one.told())
    });
    let notices = merging.notices.iter().map(|notice| format!("说明 {}", notice.in_words(form)));
    let lines = differences.chain(notices).map(|line| line.replace('\n', " "));
    let lines: Vec<String> = lines.map(|line| frame.say(&line).into_owned()).collect();
    let seen = lines.iter().enumerate().skip(page(merging.selected, rows)).take(rows);
    for (y, (nth, line)) in (inside.y + 2..).zip(seen) {
        frame.target(Rect { y, height: 1, ..inside }, Target::Line(nth));
        let shown = fit(line, usize::from(inside.width), frame.ambiguous());
        let look = if nth == merging.selected { CURSOR } else { PLAIN };
        frame.put(inside.x, y, inside.width, shown.trim_end(), look);
        if nth == merging.selected {
            frame.caret(inside.x + 1, y);
        }
    }
    let below = |nth: u16, height: u16| Rect {
        x: inside.x - 1,
        y: inside.bottom() - foot + nth,
        width: inside.width + 2,
        height,
    };
    if foot < 4 {
        return;
    }
    let words = merging.differences.get(merging.selected).and_then(|one| one.words());
    match (words, lines.get(merging.selected)) {
        (Some((ours, theirs)), _) => {
            paragraph(&format!("现有：{ours}"), FAINT, below(0, 2), frame);
            paragraph(&format!("文件：{theirs}"), PLAIN, below(2, 2), frame);
        }
        // What has no room in its line stands here whole.
        (None, Some(line)) if width(line, frame.ambiguous()) > usize::from(inside.width) => {
            as_rows(line, PLAIN, below(0, 4), frame);
        }
        _ => {}
    }
}
