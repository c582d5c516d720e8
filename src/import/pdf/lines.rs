//! Lines of text out of characters, and what stands on them joined again where a line was only full. Knows neither
//! pages nor tables.

use super::super::raised::Raised;
use super::page::{Area, Glyph, POINT, Turn};

/// What no line begins with, and what none ends with.
pub(super) const CLOSING: &str = "，。、；：？！）》〉」』】〕”’…—,.;:?!)]}%％";
const OPENING: &str = "（《〈「『【〔“‘([{";

/// What sentences end with.
pub(super) const ENDS: [char; 5] = ['。', '！', '？', '；', '：'];

/// A line of text.
#[derive(Clone, Default, Debug)]
pub(super) struct Line {
    /// Its words, with the blanks at its ends.
    pub text: String,
    /// Where they stand, without those blanks.
    pub area: Area,
    /// The font of its first Chinese character.
    pub font: String,
    /// The size of its type.
    pub size: i64,
    /// How wide the piece is that it begins with and that cannot be broken.
    pub first: i64,
    /// Where its last character ends that is no closing mark: these may hang over the edge.
    pub solid: i64,
}

/// The lines of upright characters, top to bottom.
pub(super) fn lines(glyphs: &[&Glyph]) -> Vec<Line> {
    let mut glyphs: Vec<&Glyph> = glyphs.to_vec();
    glyphs.sort_by_key(|glyph| glyph.area.middle().1);
    let mut rows: Vec<(Area, Vec<&Glyph>)> = Vec::new();
    for glyph in glyphs {
        let middle = glyph.area.middle().1;
        match rows.last_mut() {
            Some((tallest, row))
                if (tallest.top..=tallest.bottom).contains(&middle)
                    || (glyph.area.top..=glyph.area.bottom).contains(&tallest.middle().1) =>
            {
                if glyph.area.height() > tallest.height() {
                    *tallest = glyph.area;
                }
                row.push(glyph);
            }
            _ => rows.push((glyph.area, vec![glyph])),
        }
    }
    rows.into_iter().filter_map(|(_, row)| line(row)).collect()
}

/// The line that characters make; `None` if it is blank.
fn line(mut glyphs: Vec<&Glyph>) -> Option<Line> {
    glyphs.sort_by_key(|glyph| glyph.area.left);
    let mut line = Line { text: written(&glyphs), ..Line::default() };
    let inked: Vec<&Glyph> = glyphs.into_iter().filter(|glyph| !glyph.is_blank()).collect();
    line.area = inked.iter().map(|glyph| glyph.area).reduce(Area::union)?;
    line.size = inked.iter().map(|glyph| glyph.size()).max()?;
    let han = inked.iter().find(|glyph| glyph.text.chars().any(is_han));
    // Before a plus sign stands the name of a part of the font.
    line.font = han.and_then(|glyph| Some(glyph.font.rsplit('+').next()?.to_owned())).unwrap_or_default();
    let solid = inked.iter().rev().find(|glyph| !is_one_of(glyph, CLOSING));
    line.solid = solid.map_or(line.area.right, |glyph| glyph.area.right);
    line.first = first_piece(&inked);
    Some(line)
}

/// The text of the characters of a line: those that stand above or below it are no digits of a number in it.
fn written(glyphs: &[&Glyph]) -> String {
    let Some(tallest) = glyphs.iter().filter(|glyph| !glyph.is_blank()).max_by_key(|glyph| glyph.size())
    else {
        return String::new();
    };
    let mut text = String::new();
    let mut before: Option<&Glyph> = None;
    // A piece that stands apart, and where.
    let mut piece = (Raised::No, String::new());
    for glyph in glyphs {
        let stands = if glyph.is_blank() { Raised::No } else { raised(glyph, tallest) };
        let has_gap = before.is_some_and(|before| has_gap(before, glyph));
        if stands != piece.0 || has_gap {
            text.push_str(&piece.0.written(&piece.1, text.chars().next_back()));
            piece = (stands, String::new());
            if has_gap {
                text.push(' ');
            }
        }
        piece.1.push_str(&glyph.text);
        before = Some(glyph);
    }
    text.push_str(&piece.0.written(&piece.1, text.chars().next_back()));
    text
}

/// Where a character stands beside the tallest of its line: one that is only smaller ends nearly as low.
fn raised(glyph: &Glyph, tallest: &Glyph) -> Raised {
    let size = tallest.size();
    match glyph.area.bottom - tallest.area.bottom {
        _ if glyph.size() * 5 > size * 4 => Raised::No,
        lower if lower * 20 > size => Raised::Down,
        lower if -lower * 4 > size => Raised::Up,
        _ => Raised::No,
    }
}

/// Whether characters of a line stand so far apart that there must be a blank between them.
fn has_gap(one: &Glyph, other: &Glyph) -> bool {
    let gap = other.area.left - one.area.right;
    let is_latin = is_word(one.text.chars().last()) && is_word(other.text.chars().next());
    let size = one.size().max(other.size());
    !one.is_blank() && !other.is_blank() && gap > if is_latin { size / 4 } else { size * 3 / 2 }
}

/// How wide the piece is that a line begins with: a character with the marks that stay with it, or a run of letters.
fn first_piece(glyphs: &[&Glyph]) -> i64 {
    let opening = glyphs.iter().take_while(|glyph| is_one_of(glyph, OPENING)).count();
    let is_ascii = |glyph: &&&Glyph| glyph.text.bytes().all(|byte| byte.is_ascii_graphic());
    let run = glyphs[opening..].iter().take_while(is_ascii).count().max(1);
    let closing = glyphs.iter().skip(opening + run).take_while(|glyph| is_one_of(glyph, CLOSING)).count();
    let last = (opening + run + closing).min(glyphs.len());
    match (glyphs.first(), glyphs[..last].last()) {
        (Some(first), Some(last)) => last.area.right - first.area.left,
        _ => 0,
    }
}

fn is_one_of(glyph: &Glyph, marks: &str) -> bool {
    glyph.text.chars().all(|c| marks.contains(c))
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_alphanumeric())
}

/// Appends a line to the text of which it is the next line.
pub(super) fn join(text: &mut String, next: &str) {
    // Marks of addresses: what has them is broken where there is no blank.
    const OF_ADDRESSES: [char; 6] = ['/', '@', '.', ':', '_', '-'];
    let had_blank = text.ends_with(' ');
    text.truncate(text.trim_end().len());
    let next = next.trim_start();
    let run_before = text.rsplit(|c: char| !c.is_ascii_graphic()).next().unwrap_or_default();
    let run_behind = next.split(|c: char| !c.is_ascii_graphic()).next().unwrap_or_default();
    let (before, behind) = (text.chars().last(), next.chars().next());
    let is_address = run_before.contains(OF_ADDRESSES) || run_behind.contains(OF_ADDRESSES);
    let is_between_words = is_word(before) && is_word(behind) && !is_address;
    if is_between_words || had_blank && (is_word(before) || is_word(behind)) {
        text.push(' ');
    }
    text.push_str(next);
}

/// What is written in a cell.
#[derive(Clone, Default, Debug)]
pub(super) struct Written {
    pub text: String,
    /// How much room its last line leaves.
    pub room: i64,
    /// How wide the piece is that its first line begins with and that cannot be broken.
    pub first: i64,
}

/// What is written in a cell: a line that was full goes on in the next one, other lines stay apart.
pub(super) fn cell(glyphs: &[&Glyph], area: Area) -> Written {
    /// The usual distance of text from both sides of its cell together.
    const PADDING: i64 = 11 * POINT;
    let mut written = Written::default();
    for (turn, width) in
        [(Turn::Upright, area.width()), (Turn::Right, area.height()), (Turn::Left, area.height())]
    {
        let turned: Vec<Glyph> = glyphs.iter().filter(|g| g.turn == turn).map(|g| upright(g)).collect();
        for (index, line) in lines(&turned.iter().collect::<Vec<_>>()).into_iter().enumerate() {
            if written.text.is_empty() {
                written.first = line.first;
                written.text.push_str(line.text.trim());
            } else if index > 0 && written.room < line.first {
                join(&mut written.text, &line.text);
            } else {
                written.text.push('\n');
                written.text.push_str(line.text.trim());
            }
            written.room = width - PADDING - line.area.width();
        }
    }
    written.text.truncate(written.text.trim_end().len());
    written
}

/// A character as it would stand if its line ran from left to right.
fn upright(glyph: &Glyph) -> Glyph {
    let Area { left, top, right, bottom } = glyph.area;
    let area = match glyph.turn {
        Turn::Upright => glyph.area,
        Turn::Right => Area { left: top, right: bottom, top: -right, bottom: -left },
        Turn::Left => Area { left: -bottom, right: -top, top: left, bottom: right },
    };
    Glyph { area, turn: Turn::Upright, ..glyph.clone() }
}
