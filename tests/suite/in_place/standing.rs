//! Where things stand on each kind of screen, read off what the terminal shows; complaints, if they do not.
//!
//! Nothing here knows how a screen was laid out: what belongs together is found by its words.

use crate::terminal::Picture;

/// What is to be said against a screen.
pub(super) type Complaints = Vec<String>;

/// What must hold for one kind of screen.
pub(super) type Check = fn(&Picture, &mut Complaints);

const SIGNS: [char; 6] = ['!', '?', '~', '*', '=', '<'];

fn width(picture: &Picture) -> usize {
    picture.rows[0].len()
}

/// The column behind what stands last in a row.
fn end(picture: &Picture, y: usize) -> usize {
    picture.words(y).last().map_or(0, |(columns, _)| columns.end)
}

fn assert_end(picture: &Picture, y: usize, expected: usize, complaints: &mut Complaints) {
    let end = end(picture, y);
    if end != expected {
        complaints.push(format!("row {y} ends at {end}, not at {expected}: {:?}", picture.text(y)));
    }
}

/// What holds for every screen.
pub(super) fn everywhere(picture: &Picture, complaints: &mut Complaints) {
    if picture.caret.is_none() {
        complaints.push("there is no caret".to_owned());
    }
    for y in 0..picture.rows.len() {
        if picture.rows[y][0].text != " " {
            complaints.push(format!("row {y} has no margin: {:?}", picture.text(y)));
        }
    }
    let first = picture.text(0);
    if first.contains("  错 ") && first.contains("  提示 ") {
        assert_end(picture, 0, width(picture), complaints);
    }
}

/// The numbers and other values that a row ends with, with the columns behind them, marks left out.
pub(super) fn values(picture: &Picture, y: usize) -> Vec<(usize, String)> {
    let value = |(columns, word): &(std::ops::Range<usize>, String)| {
        let bare = word.trim_end_matches(SIGNS);
        let is_value = bare.parse::<u64>().is_ok() || ["—", "－", "/"].contains(&bare);
        is_value.then(|| (columns.end - (word.len() - bare.len()), bare.to_owned()))
    };
    let mut values: Vec<_> = picture.words(y).iter().rev().map_while(value).collect();
    values.reverse();
    values
}

/// The columns behind the heads, if a row consists of the heads of columns.
fn heads(picture: &Picture, y: usize) -> Option<Vec<usize>> {
    let words = picture.words(y);
    let first = match (words.first()?.1.as_str(), words.last()?.1.as_str()) {
        ("信息内容", _) if words.len() > 1 => 1,
        (_, "总计") if words.len() > 4 => 0,
        _ => return None,
    };
    Some(words[first..].iter().map(|(columns, _)| columns.end).collect())
}

/// The rows of a table that have values, each with the columns behind the heads that they stand under.
pub(super) fn table(picture: &Picture) -> Vec<(usize, Vec<usize>)> {
    let mut under = None;
    let mut rows = Vec::new();
    for y in 2..picture.rows.len() {
        under = heads(picture, y).or(under);
        // In the foot stands last year's value of one cell.
        if picture.words(y).iter().any(|(_, word)| word == "上年") {
            break;
        }
        if let Some(heads) = under.as_ref().filter(|heads| values(picture, y).len() >= heads.len()) {
            rows.push((y, heads.clone()));
        }
    }
    rows
}

/// A table: every value ends where the head of its column ends, and the caret is on the last column of a cell in reverse.
pub(super) fn grid(picture: &Picture, complaints: &mut Complaints) {
    let rows = table(picture);
    if rows.is_empty() {
        complaints.push("there is no row of values".to_owned());
    }
    for (y, heads) in &rows {
        let values = values(picture, *y);
        let ends: Vec<usize> = values[values.len() - heads.len()..].iter().map(|(end, _)| *end).collect();
        if ends != *heads {
            complaints.push(format!("row {y} ends at {ends:?} under heads that end at {heads:?}"));
        }
    }
    let Some((x, y)) = picture.caret else { return };
    let is_under_a_head = rows.iter().any(|(row, heads)| *row == y && heads.contains(&(x + 1)));
    let is_end_of_cell = picture.reversed(y).iter().any(|run| run.end == x + 1);
    if !is_under_a_head || !is_end_of_cell {
        complaints.push(format!("the caret at ({x}, {y}) is not on a cell: {:?}", picture.text(y)));
    }
}

/// A cell that is being typed: it ends where the head ends, and the caret is in it or behind it.
pub(super) fn typing(picture: &Picture, complaints: &mut Complaints) {
    let Some((x, y)) = picture.caret else { return };
    let ends: Vec<usize> = table(picture).into_iter().flat_map(|(_, heads)| heads).collect();
    let is_cell =
        picture.reversed(y).iter().any(|run| ends.contains(&run.end) && (run.start..=run.end).contains(&x));
    if !is_cell {
        complaints.push(format!("({x}, {y}) is not in a cell that is typed in: {:?}", picture.text(y)));
    }
}

/// The list of reports: the count, and how far each report is, end one column before the edge.
pub(super) fn library(picture: &Picture, complaints: &mut Complaints) {
    assert_end(picture, 0, width(picture) - 1, complaints);
    for y in 3..picture.rows.len() - 4 {
        if picture.text(y).contains("  20") || picture.text(y).starts_with(" 20") {
            assert_end(picture, y, width(picture) - 1, complaints);
        }
    }
}

/// The cover: the labels begin in one column, what is filled in in another.
pub(super) fn cover(picture: &Picture, complaints: &mut Complaints) {
    let labels = ["机关全称", "简称", "层级", "年度", "标题", "发布日期", "合计方式", "引言"];
    for label in labels {
        let mut rows = (2..picture.rows.len()).map(|y| (y, picture.words(y)));
        let row = rows.find(|(_, words)| words.first().is_some_and(|(_, word)| word == label));
        let starts: Vec<usize> =
            row.iter().flat_map(|(_, words)| words.iter().take(2).map(|word| word.0.start)).collect();
        if starts != [1, 14] {
            complaints.push(format!("{label} and what is filled in begin at {starts:?}"));
        }
        if let Some((y, _)) = row.filter(|(y, _)| end(picture, *y) >= width(picture)) {
            complaints.push(format!("{label} reaches the edge: {:?}", picture.text(y)));
        }
    }
}

/// The list of findings: severity, rule and words each begin in one column; nothing reaches the edge.
pub(super) fn findings(picture: &Picture, complaints: &mut Complaints) {
    let severities = ["错误", "提示", "参考", "说明"];
    let mut count = 0;
    for y in 3..picture.rows.len() - 1 {
        let words = picture.words(y);
        if words.first().is_none_or(|(_, word)| !severities.contains(&word.as_str())) || words.len() < 3 {
            continue;
        }
        count += 1;
        let starts: Vec<usize> = words.iter().take(3).map(|word| word.0.start).collect();
        if starts != [3, 8, 12] || end(picture, y) >= width(picture) {
            complaints.push(format!("the finding in row {y} is not in its columns: {:?}", picture.text(y)));
        }
    }
    let is_whole = |y| picture.reversed(y).len() == 1 && picture.reversed(y)[0].start == 3;
    if count == 0 || !(3..picture.rows.len() - 1).any(is_whole) {
        complaints.push("there is no finding, or none is selected from its severity to its end".to_owned());
    }
}

/// Prose: the count ends before the edge or before last year's text; the rule between the two is straight and free.
pub(super) fn prose(picture: &Picture, complaints: &mut Complaints) {
    let columns = width(picture);
    let rule = picture.rows[3].iter().position(|cell| cell.text == "|").filter(|_| columns >= 110);
    let edge = rule.unwrap_or(columns);
    let before =
        |y: usize| picture.words(y).iter().rfind(|word| word.0.end <= edge).map_or(0, |word| word.0.end);
    if before(2) != edge - 1 {
        complaints.push(format!("the count ends at {}, not at {}", before(2), edge - 1));
    }
    for y in 3..picture.rows.len() - 6 {
        if let Some(rule) = rule {
            let is_free = picture.rows[y][rule - 1].text == " " && picture.rows[y][rule + 1].text == " ";
            if picture.rows[y][rule].text != "|" || !is_free {
                complaints.push(format!("the rule is broken in row {y}: {:?}", picture.text(y)));
            }
        }
        if picture.words(y).first().is_some_and(|word| ![1, 3].contains(&word.0.start) && word.0.start < edge)
        {
            complaints.push(format!("row {y} does not begin at the margin: {:?}", picture.text(y)));
        }
    }
}

/// What stands over the whole screen: its title in reverse from edge to edge, what is in it between its margins.
pub(super) fn overlay(picture: &Picture, complaints: &mut Complaints) {
    let bar = (0..picture.rows.len()).rfind(|&y| picture.reversed(y).contains(&(0..width(picture))));
    let Some(bar) = bar else {
        return complaints.push("no title goes from edge to edge".to_owned());
    };
    for y in bar + 1..picture.rows.len() - 1 {
        let margin = picture.rows[y][1..2].iter().chain(&picture.rows[y][width(picture) - 1..]);
        if margin.clone().any(|cell| cell.text != " ") && picture.words(y)[0].0.start != 1 {
            complaints.push(format!("row {y} leaves its margins: {:?}", picture.text(y)));
        }
    }
}

/// A list to choose from: what is sought is at the caret, the items begin in one column.
pub(super) fn list(picture: &Picture, complaints: &mut Complaints) {
    overlay(picture, complaints);
    let words = picture.words(2);
    let is_sought = words.first().is_some_and(|(columns, word)| columns.start == 2 && word == "查找");
    let caret = words.last().map_or(8, |word| word.0.end.max(8));
    if !is_sought || picture.caret != Some((caret, 2)) {
        complaints.push(format!("what is sought is not at the caret {:?}: {words:?}", picture.caret));
    }
    for y in 4..picture.rows.len() - 5 {
        // A command without a key has its name where the others have theirs.
        if picture.words(y).first().is_some_and(|word| ![2, 12].contains(&word.0.start))
            || end(picture, y) > width(picture) - 2
        {
            complaints.push(format!("row {y} is not in its columns: {:?}", picture.text(y)));
        }
    }
}

/// The end of the help: the two rows that test the terminal end in the same column.
pub(super) fn test_lines(picture: &Picture, complaints: &mut Complaints) {
    overlay(picture, complaints);
    let rows: Vec<usize> = (0..picture.rows.len()).filter(|&y| picture.text(y).ends_with('|')).collect();
    let ends: Vec<usize> = rows.iter().map(|&y| end(picture, y)).collect();
    if ends.len() != 2 || ends[0] != ends[1] {
        complaints.push(format!("the test lines end at {ends:?}"));
    }
}

/// The charts: numbers and shares end in one column each, and the bars begin in one.
pub(super) fn charts(picture: &Picture, complaints: &mut Complaints) {
    overlay(picture, complaints);
    let mut rows = Vec::new();
    for y in 2..picture.rows.len() - 1 {
        let words = picture.words(y);
        if let Some(share) = words.iter().position(|(_, word)| word.ends_with('%')) {
            let end = words[share].0.end;
            // What begins further right is a bar of another year.
            let bar = picture.reversed(y).first().map(|run| run.start - end).filter(|gap| *gap < 20);
            rows.push((words[share - 1].0.end, end, bar));
        }
    }
    let bars: Vec<usize> = rows.iter().filter_map(|row| row.2).collect();
    let first = rows.first().copied().unwrap_or_default();
    if rows.is_empty() || rows.iter().any(|row| (row.0, row.1) != (first.0, first.1)) {
        complaints.push(format!("numbers and shares end at {rows:?}"));
    }
    if bars.is_empty() || bars.iter().any(|bar| *bar != bars[0]) {
        complaints.push(format!("the bars begin {bars:?} columns behind the shares"));
    }
}

/// The bar of finding and replacing: the words to find at the margin, what is told in the right half.
pub(super) fn replacing(picture: &Picture, complaints: &mut Complaints) {
    let y = picture.rows.len() - 3;
    let words = picture.words(y);
    let starts: Vec<usize> = words.iter().map(|word| word.0.start).collect();
    let (Some(1), true) = (starts.first(), starts.contains(&(width(picture) / 2 + 1))) else {
        return complaints.push(format!("the bar is not in its halves: {words:?}"));
    };
    let typed = words.iter().rfind(|word| word.0.start <= width(picture) / 2).map_or(0, |word| word.0.end);
    if picture.caret != Some((typed.max(9), y)) {
        complaints.push(format!("the caret {:?} is not behind {words:?}", picture.caret));
    }
}

/// Nothing more than what holds everywhere.
pub(super) fn anything(_: &Picture, _: &mut Complaints) {}
