//! Whose report it is and for which year, as far as the title and the name say for certain.

use super::Recognized;
use crate::form::terms::{Field, Level};
use crate::number::half_width;
use crate::report::Value;

/// Takes the title, and from it the organ, the year and, where the name makes it certain, the level.
pub(super) fn read_title(title: &str, to: &mut Recognized) {
    to.set(Field::Title, Value::Text(title.to_owned()));
    let squeezed: String = title.chars().filter(|c| !c.is_whitespace()).map(half_width).collect();
    let Some((before, year, after)) = split_at_year(&squeezed) else { return };
    to.set(Field::Year, Value::count(year));
    // 2024年XX局政府信息公开工作年度报告: the organ behind the year.
    let behind = after.trim_start_matches("度").split("政府信息公开").next().unwrap_or_default();
    let name = if before.is_empty() { behind } else { before };
    if name.chars().count() < 2 {
        return;
    }
    let full = full_name(name);
    if full != name {
        to.set(Field::ShortName, Value::Text(name.to_owned()));
    }
    if let Some(level) = Level::of_name(&full) {
        to.set(Field::Level, Value::Text(level.key().to_owned()));
    }
    to.set(Field::Agency, Value::Text(full));
}

/// Takes the day of publishing, if a text ends in a line that is a date and nothing else.
pub(super) fn read_date(text: &str, to: &mut Recognized) {
    let Some(line) = text.lines().rev().find(|line| !line.trim().is_empty()) else { return };
    let digits: String = line.chars().filter(|c| !c.is_whitespace()).map(half_width).collect();
    let Some(parts) = digits.strip_suffix('日').and_then(|rest| rest.split_once('年')) else { return };
    let Some((month, day)) = parts.1.split_once('月') else { return };
    if let (Ok(year), Ok(month @ 1..=12), Ok(day @ 1..=31)) =
        (parts.0.parse::<u16>(), month.parse::<u8>(), day.parse::<u8>())
    {
        to.set(Field::Published, Value::Text(format!("{year:04}-{month:02}-{day:02}")));
    }
}

/// Whether a line is the name of an organ and nothing else.
pub(super) fn is_name(line: &str) -> bool {
    const ENDS: [&str; 14] = [
        "局",
        "政府",
        "委员会",
        "办事处",
        "办公室",
        "办公厅",
        "厅",
        "部",
        "院",
        "中心",
        "镇",
        "乡",
        "街道",
        "委",
    ];
    let line = line.trim();
    line.chars().count() <= 30 && ENDS.iter().any(|end| line.ends_with(end))
}

/// The text before the first year, the year, and the text after 年.
fn split_at_year(title: &str) -> Option<(&str, i64, &str)> {
    title.match_indices('年').find_map(|(at, _)| {
        let digits = title[..at]
            .rfind(|c: char| !c.is_ascii_digit())
            .map_or(0, |last| last + title[last..].chars().next().map_or(0, char::len_utf8));
        let year = title[digits..at].parse().ok().filter(|year| (1990..2100).contains(year))?;
        Some((&title[..digits], year, &title[at + '年'.len_utf8()..]))
    })
}

/// The full name of an organ: of a township or street there is only one that reports.
fn full_name(name: &str) -> String {
    match name.chars().last() {
        Some('镇' | '乡') => format!("{name}人民政府"),
        _ if name.ends_with("街道") => format!("{name}办事处"),
        _ => name.to_owned(),
    }
}
