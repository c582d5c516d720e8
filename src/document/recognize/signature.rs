//! Signatures at the end and bylines under the title: an organ's name and a day, on lines of their own.

use super::{Line, page};
use crate::day::Day;
use crate::text::squeezed;

/// A longer line is no signature.
const LONGEST: usize = 60;

/// No more lines than this are passed over below a signature: the foot of a page.
const MOST_CLOSING: usize = 40;

/// What a signature says.
#[derive(Debug)]
pub(super) struct Signature {
    /// The organ, as written but for blanks.
    pub organ: Option<String>,
    /// The day.
    pub day: Option<Day>,
    /// Where it stands.
    pub at: String,
}

/// What a line is, for a signature.
enum Piece {
    Organ(String),
    Day(Day),
    Both(String, Day),
    Other,
}

/// Takes the signature off the end of a text, and the lines that close the text below it.
pub(super) fn at_end<'d>(lines: &mut Vec<Line<'d>>) -> Option<(Signature, Vec<Line<'d>>)> {
    let ends = (0..=lines.len().min(MOST_CLOSING)).map(|closing| lines.len() - closing);
    let mut ends = ends.filter(|end| *end == lines.len() || page::is_foot(&lines[*end..]));
    let (end, (signature, taken)) = ends.find_map(|end| Some((end, last(&lines[..end])?)))?;
    let closing = lines.split_off(end);
    lines.truncate(end - taken);
    Some((signature, closing))
}

/// The signature that the last lines are, a day with an organ's name beside it or not, and how many lines it takes.
fn last(lines: &[Line<'_>]) -> Option<(Signature, usize)> {
    let nth = |n: usize| lines.len().checked_sub(n).and_then(|at| lines.get(at));
    let at = nth(1)?.1;
    let (organ, day, taken) = match (nth(2).map_or(Piece::Other, |line| piece(&line.0)), piece(&nth(1)?.0)) {
        (_, Piece::Both(organ, day)) => (Some(organ), day, 1),
        (Piece::Organ(organ), Piece::Day(day)) | (Piece::Day(day), Piece::Organ(organ)) => {
            (Some(organ), day, 2)
        }
        (_, Piece::Day(day)) => (None, day, 1),
        _ => return None,
    };
    Some((Signature { organ, day: Some(day), at: at.to_owned() }, taken))
}

/// Takes the byline off the top of a text: a day, an organ's name, or both.
pub(super) fn at_top(lines: &mut Vec<Line<'_>>) -> Option<Signature> {
    let at = lines.first()?.1;
    let second = lines.get(1).map_or(Piece::Other, |line| piece(&line.0));
    let (organ, day, taken) = match (piece(&lines[0].0), second) {
        (Piece::Both(organ, day), _) => (Some(organ), Some(day), 1),
        (Piece::Organ(organ), Piece::Day(day)) | (Piece::Day(day), Piece::Organ(organ)) => {
            (Some(organ), Some(day), 2)
        }
        (Piece::Day(day), _) => (None, Some(day), 1),
        (Piece::Organ(organ), _) => (Some(organ), None, 1),
        _ => return None,
    };
    lines.drain(..taken);
    Some(Signature { organ, day, at: at.to_owned() })
}

fn piece(line: &str) -> Piece {
    if line.chars().nth(LONGEST).is_some() {
        return Piece::Other;
    }
    let squeezed = squeezed(line);
    let bare = squeezed.trim_end_matches(['）', ')']);
    let split = bare
        .char_indices()
        .find_map(|(at, _)| Some((bare[..at].trim_end_matches(['（', '(']), Day::read(&bare[at..])?)));
    match split {
        Some(("", day)) => Piece::Day(day),
        Some((organ, day)) if is_name(organ) => Piece::Both(organ.to_owned(), day),
        None if is_name(&squeezed) => Piece::Organ(squeezed),
        _ => Piece::Other,
    }
}

/// Whether a line is the name of an organ and nothing else.
pub(super) fn is_name(line: &str) -> bool {
    const ENDS: [&str; 20] = [
        "局",
        "政府",
        "会",
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
        "社",
        "站",
        "所",
        "队",
        "学校",
        "公司",
    ];
    let line = line.trim();
    let is_name =
        |c: char| c.is_alphanumeric() || c.is_whitespace() || matches!(c, '（' | '）' | '(' | ')' | '、');
    line.chars().count() <= 30 && ENDS.iter().any(|end| line.ends_with(end)) && line.chars().all(is_name)
}
