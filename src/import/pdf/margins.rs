//! What of the lines of all pages is no text of the document: page numbers and running heads. And where the text stands
//! between the margins.

use std::collections::{BTreeMap, BTreeSet};

use super::Sheet;
use super::lines::{ENDS, Line};
use super::page::{Area, POINT};
use crate::document::is_page_number;

/// A page has no more lines above its text, or below, than this.
const MOST_LINES: usize = 3;

/// So many full lines show where the edge of the text is.
const LEAST_FULL: usize = 3;

/// Takes page numbers and running heads away.
pub(super) fn leave_heads_out(sheets: &mut [Sheet]) {
    for _ in 0..MOST_LINES {
        let heads = repeated(sheets, |sheet| sheet.lines.first().filter(|line| is_in_margin(sheet, line)));
        let feet = repeated(sheets, |sheet| sheet.lines.last().filter(|line| is_in_margin(sheet, line)));
        for sheet in sheets.iter_mut() {
            let is_left_out = |line: Option<&Line>, repeated: &BTreeSet<String>| {
                let line = line.filter(|line| is_in_margin(sheet, line));
                line.is_some_and(|line| {
                    is_number_of(sheet.number, &line.text) || repeated.contains(&pattern(&line.text))
                })
            };
            let (head, foot) = (
                is_left_out(sheet.lines.first(), &heads),
                sheet.lines.len() > 1 && is_left_out(sheet.lines.last(), &feet),
            );
            sheet.lines.truncate(sheet.lines.len() - usize::from(foot));
            sheet.lines.drain(..usize::from(head));
        }
    }
}

/// Whether a line stands outside of every table, near the upper or the lower edge of its page.
fn is_in_margin(sheet: &Sheet, line: &Line) -> bool {
    let (top, bottom) = (line.area.top, line.area.bottom);
    let near = sheet.area.height() * 3 / 20;
    let is_outermost = |is_beyond: &dyn Fn(i64, i64) -> bool| {
        sheet.tables.iter().all(|table| is_beyond(table.area.top, table.area.bottom))
    };
    bottom < near && is_outermost(&|table_top, _| bottom <= table_top)
        || top > sheet.area.height() - near && is_outermost(&|_, table_bottom| top >= table_bottom)
}

/// The lines that two pages have in common, but for their digits.
fn repeated<'s>(sheets: &'s [Sheet], line: impl Fn(&'s Sheet) -> Option<&'s Line>) -> BTreeSet<String> {
    let mut seen: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for line in sheets.iter().filter_map(line) {
        seen.entry(pattern(&line.text)).or_default().push(line.area.top);
    }
    let is_repeated = |tops: &Vec<i64>| tops.windows(2).any(|pair| (pair[0] - pair[1]).abs() <= 3 * POINT);
    seen.into_iter().filter(|(_, tops)| is_repeated(tops)).map(|(pattern, _)| pattern).collect()
}

/// A line with its digits taken for one.
fn pattern(text: &str) -> String {
    let digits = |c: char| if c.is_ascii_digit() { '#' } else { c };
    text.chars().filter(|c| !c.is_whitespace()).map(digits).collect()
}

/// Whether a line is the number of a page: spelled as one, or the bare number of this one, perhaps with that of all.
fn is_number_of(page: usize, text: &str) -> bool {
    let mut numbers = text.split('/').map(|number| number.trim().parse::<usize>());
    is_page_number(text)
        || matches!(numbers.next(), Some(Ok(number)) if number == page) && numbers.all(|n| n.is_ok())
}

/// Where the lines of a kind of page begin and end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub left: i64,
    pub right: i64,
    /// How far the middles of lines of a paragraph are apart.
    pub leading: i64,
}

impl Column {
    /// The column that lines stand in. Where each of them is set in, as the edges of the widest table show, and none goes on
    /// to its edge, those are the edges.
    fn of(lines: &[&Line], width: i64, widest: Option<Area>, leading: i64) -> Self {
        let size = median(lines.iter().map(|line| line.size).collect());
        let body = || lines.iter().filter(|line| (line.size - size).abs() * 5 <= size);
        let right = supported(body().map(|line| -line.solid).collect(), size).map(|right| -right);
        let right = right.unwrap_or_default();
        let goes_on = |line: &&&Line| line.area.right > right - size && !line.text.trim_end().ends_with(ENDS);
        let is_all_set_in = |table: &Area| {
            body().all(|line| line.area.left >= table.left + size * 3 / 2)
                && body().filter(goes_on).count() < 2
        };
        if let Some(table) = widest.filter(is_all_set_in) {
            return Self { left: table.left, right: table.right, leading };
        }
        let full = body().filter(|line| line.area.right > right - 3 * size);
        let left = supported(full.map(|line| line.area.left).collect(), size / 2);
        let left = left.unwrap_or_default();
        // Where the longest lines end is the edge where that is about as far from the side of the page as they begin, or
        // where several go on behind it. Otherwise all lines are short, and none of them is full.
        let edge = widest.map_or(width - left, |table| table.right.min(width - left));
        let is_full =
            |line: &&&Line| goes_on(line) && line.solid > right - size && line.area.width() * 2 > width;
        let is_edge = right >= edge - 3 * size || body().filter(is_full).count() >= LEAST_FULL;
        Self { left, right: if is_edge { right } else { edge }, leading }
    }
}

/// The columns of text of odd and of even pages, for each width of paper.
pub(super) struct Columns(BTreeMap<(i64, usize), Column>);

impl Columns {
    pub(super) fn of(sheets: &[Sheet]) -> Self {
        let mut kinds: BTreeMap<(i64, usize), Vec<&Line>> = BTreeMap::new();
        let mut steps = Vec::new();
        for sheet in sheets {
            kinds.entry(sheet.kind()).or_default().extend(&sheet.lines);
            let step = |pair: &[Line]| pair[1].area.middle().1 - pair[0].area.middle().1;
            steps.extend(sheet.lines.windows(2).map(step));
        }
        steps.sort_unstable();
        let leading = steps.get(steps.len() / 4).copied().unwrap_or_default();
        let of_kind = |(kind, lines): (&(i64, usize), &Vec<&Line>)| {
            let tables =
                sheets.iter().filter(|sheet| sheet.kind().0 == kind.0).flat_map(|sheet| &sheet.tables);
            let widest = tables.map(|table| table.area).max_by_key(|area| area.width());
            (*kind, Column::of(lines, kind.0, widest, leading))
        };
        let mut columns: BTreeMap<(i64, usize), Column> = kinds.iter().map(of_kind).collect();
        // Odd and even pages have the same margins unless they differ by more than chance.
        for width in kinds.keys().map(|(width, _)| *width).collect::<BTreeSet<i64>>() {
            let pair = [columns.get(&(width, 0)).copied(), columns.get(&(width, 1)).copied()];
            let [Some(even), Some(odd)] = pair else { continue };
            let few = |parity: usize| kinds.get(&(width, parity)).is_none_or(|lines| lines.len() < 8);
            let (left, right) = (even.left.min(odd.left), even.right.max(odd.right));
            for (parity, column) in [(0, even), (1, odd)] {
                let is_shifted = (even.left - odd.left) * (even.right - odd.right) > 0
                    && (column.left - left).max(right - column.right) > 6 * POINT;
                if few(parity) || !is_shifted {
                    columns.insert((width, parity), Column { left, right, ..column });
                }
            }
        }
        Self(columns)
    }

    pub(super) fn get(&self, sheet: &Sheet) -> Column {
        let nowhere = Column { left: 0, right: sheet.area.right, leading: 0 };
        self.0.get(&sheet.kind()).copied().unwrap_or(nowhere)
    }
}

/// The least of the places beside which there is another one; the least of all if no two are so close.
fn supported(mut places: Vec<i64>, close: i64) -> Option<i64> {
    places.sort_unstable();
    let pair = places.windows(2).find(|pair| pair[1] - pair[0] <= close).map(|pair| pair[0]);
    pair.or_else(|| places.first().copied())
}

fn median(mut numbers: Vec<i64>) -> i64 {
    numbers.sort_unstable();
    numbers.get(numbers.len() / 2).copied().unwrap_or_default()
}
