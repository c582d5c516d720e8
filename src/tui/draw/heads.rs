//! The heads of a table's columns, merged as the form has them where there is room, else shortened.

use super::super::app::sheet::{Head, Sheet};
use super::{Frame, STRONG};
use crate::width::{Ambiguous, fit, pad_left, width};

/// Draws the heads that stay above the lines, from row `y` on.
pub(super) fn frozen(sheet: &Sheet, y: u16, frame: &mut Frame<'_>) {
    let rows = frame.area().height;
    let (label_rows, per_row) = sheet.head_label(rows);
    let groups = sheet.heads.iter().map(|head| head.groups.len()).max().unwrap_or_default();
    let groups = if sheet.shows_groups(rows) { groups } else { 0 };
    for depth in 0..groups {
        merged(sheet, depth, y + depth as u16, frame);
    }
    for (nth, head) in sheet.heads.iter().enumerate() {
        let chars: Vec<char> = head.label.chars().collect();
        // In as many rows as it needs, and those about equally long: 结果/维持, not 结果维/持.
        let per_row =
            chars.len().div_ceil(chars.len().div_ceil(per_row).clamp(1, label_rows.max(1))).min(per_row);
        let pieces: Vec<String> =
            chars.chunks(per_row).take(label_rows).map(|chunk| chunk.iter().collect()).collect();
        let x = (sheet.label + nth * sheet.column) as u16;
        for (piece, row) in pieces.iter().zip(0..) {
            let shown = pad_left(piece, sheet.column.saturating_sub(1), frame.ambiguous());
            frame.put(x, y + groups as u16 + row, sheet.column as u16, &shown, STRONG);
        }
    }
}

/// Draws the heads of a block in a line of the table.
pub(super) fn within(sheet: &Sheet, corner: &str, heads: &[Head], y: u16, frame: &mut Frame<'_>) {
    frame.put(1, y, sheet.label as u16, corner, STRONG);
    for (nth, head) in heads.iter().enumerate() {
        let right = sheet.label + (nth + 1) * sheet.column - 1;
        // The first head may reach over the labels: the one of the fees is long.
        let room = if nth == 0 {
            right.saturating_sub(width(corner, frame.ambiguous()) + 2)
        } else {
            sheet.column - 1
        };
        let wide = width(head.label, frame.ambiguous()).min(room);
        let shown = fit(head.label, wide, frame.ambiguous());
        frame.put((right - wide) as u16, y, wide as u16, &shown, STRONG);
    }
}

/// Draws one level of groups, each over the columns that it holds.
fn merged(sheet: &Sheet, depth: usize, y: u16, frame: &mut Frame<'_>) {
    let mut nth = 0;
    while let Some(head) = sheet.heads.get(nth) {
        let over = &head.groups[..head.groups.len().min(depth + 1)];
        let span =
            sheet.heads[nth..].iter().take_while(|other| other.groups.starts_with(over)).count().max(1);
        if let Some(label) = head.groups.get(depth) {
            let columns = span * sheet.column - 1;
            let x = (sheet.label + nth * sheet.column + 1) as u16;
            frame.put(
                x,
                y,
                columns.saturating_sub(1) as u16,
                &ruled(label, columns.saturating_sub(1)),
                STRONG,
            );
        }
        nth += if head.groups.len() > depth { span } else { 1 };
    }
}

/// A label in the middle of a rule.
fn ruled(label: &str, columns: usize) -> String {
    let spare = columns.saturating_sub(width(label, Ambiguous::Narrow) + 2);
    if columns < width(label, Ambiguous::Narrow) + 2 {
        return label.to_owned();
    }
    format!("{} {label} {}", "-".repeat(spare / 2), "-".repeat(spare - spare / 2))
}
