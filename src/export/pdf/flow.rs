//! Text on pages: lines broken as Chinese typesetting wants it, one below the other, on as many pages as they take.

use std::ops::Range;

use super::super::faces::Role;
use super::super::paper;
use super::letters::{Letter, Letters};
use super::{INDENT, POINT, TWIP};
use crate::width::wrap_measured;

/// A4, with the margins of GB/T 9704: 37 mm above, 35 below, 28 on the left.
pub(super) const PAGE_WIDTH: usize = 11906 * TWIP;
pub(super) const PAGE_HEIGHT: usize = 16838 * TWIP;
const TOP: usize = 2098 * TWIP;
const BELOW: usize = 1984 * TWIP;
pub(super) const LEFT: usize = 1588 * TWIP;
pub(super) const WIDTH: usize = paper::TEXT_WIDTH * TWIP;
/// The room for text on a page.
pub(super) const ROOM: usize = PAGE_HEIGHT - TOP - BELOW;
/// The number of the page: its base line above the edge, 四号, a character in from the margin.
const NUMBER_ABOVE: usize = 1490 * TWIP;
const NUMBER_SIZE: usize = 14 * POINT;
const NUMBER_IN: usize = 320 * TWIP;
/// A row is not stretched by more than this part of a character between two.
const STRETCH: usize = 8;

/// How a paragraph is set.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub(super) role: Role,
    pub(super) size: usize,
    /// From one base line to the next.
    pub(super) line: usize,
    /// How far its first row is set in.
    pub(super) indent: usize,
    pub(super) side: Side,
}

/// Where the rows of a paragraph stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Flush on both sides, the last row on the left.
    Both,
    /// In the middle.
    Centre,
    /// On the right, two characters in.
    Right,
}

/// A row of text where it stands.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) letters: Vec<Letter>,
    pub(super) size: usize,
    pub(super) x: usize,
    /// The base line, from the top of the page.
    pub(super) y: usize,
}

/// A box of lines around a cell.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) width: usize,
    pub(super) height: usize,
}

/// A page.
#[derive(Debug)]
pub(super) struct Page {
    /// More than that of A4 only where a single row of a table takes more.
    pub(super) height: usize,
    pub(super) rows: Vec<Row>,
    pub(super) frames: Vec<Frame>,
}

/// The pages so far, and how far the last one is filled.
pub(super) struct Flow<'l, 'f> {
    letters: &'l Letters<'f>,
    pages: Vec<Page>,
    y: usize,
}

impl<'l, 'f> Flow<'l, 'f> {
    pub(super) fn new(letters: &'l Letters<'f>) -> Self {
        let mut flow = Self { letters, pages: Vec::new(), y: TOP };
        flow.turn();
        flow
    }

    pub(super) const fn letters(&self) -> &'l Letters<'f> {
        self.letters
    }

    /// Goes on to the next page.
    pub(super) fn turn(&mut self) {
        self.pages.push(Page { height: PAGE_HEIGHT, rows: Vec::new(), frames: Vec::new() });
        self.y = TOP;
    }

    /// What is left of the page.
    pub(super) const fn left(&self) -> usize {
        (PAGE_HEIGHT - BELOW).saturating_sub(self.y)
    }

    pub(super) const fn is_fresh(&self) -> bool {
        self.y == TOP
    }

    /// Leaves a blank.
    pub(super) fn skip(&mut self, height: usize) {
        self.y += height;
    }

    /// Takes a piece of the page, however much it is: where it begins, and the page.
    pub(super) fn take(&mut self, height: usize) -> (usize, &mut Page) {
        let y = self.y;
        self.y += height;
        let last = self.pages.len() - 1;
        let page = &mut self.pages[last];
        page.height = page.height.max(self.y + BELOW);
        (y, page)
    }

    /// How many rows a paragraph takes.
    pub(super) fn rows(&self, text: &str, style: Style) -> usize {
        self.broken(text, 0, style).len()
    }

    /// Sets a paragraph, the first bytes of which may be a heading; its last row stays on a page with what is `kept` of
    /// the text behind it.
    pub(super) fn text(&mut self, text: &str, head: usize, style: Style, kept: usize) {
        let rows = self.broken(text, head, style);
        let last = rows.last().cloned();
        for row in rows {
            let kept = if Some(&row) == last.as_ref() { kept } else { 0 };
            if style.line + kept > self.left() && !self.is_fresh() {
                self.turn();
            }
            let is_first = row.start == 0 || text[..row.start].ends_with('\n');
            let is_last = row.end == text.len() || text[row.end..].starts_with('\n');
            let row = row.start..row.start + text[row].trim_end_matches(' ').len();
            let mut letters = self.letters_of(text, row, head, style);
            let indent = if is_first { style.indent } else { 0 };
            let slack = (WIDTH - indent).saturating_sub(length(&letters));
            let blank = match style.side {
                Side::Both => indent,
                Side::Centre => slack / 2,
                Side::Right => slack.saturating_sub(INDENT),
            };
            if style.side == Side::Both && !is_last {
                stretch(&mut letters, slack, style.size);
            }
            let (top, page) = self.take(style.line);
            let y = top + base(style.line, style.size);
            page.rows.push(Row { letters, size: style.size, x: LEFT + blank, y });
        }
    }

    /// The rows that a paragraph is broken into.
    fn broken(&self, text: &str, head: usize, style: Style) -> Vec<Range<usize>> {
        wrap_measured(text, style.indent, WIDTH, |at, grapheme| {
            length(&self.letters_of(text, at..at + grapheme.len(), head, style))
        })
    }

    fn letters_of(&self, text: &str, part: Range<usize>, head: usize, style: Style) -> Vec<Letter> {
        let letters = text[part.clone()].char_indices();
        letters
            .map(|(at, char)| {
                let role = if part.start + at < head { Role::Subheading } else { style.role };
                self.letters.letter(char, role, style.size)
            })
            .collect()
    }

    /// The pages, each with its number outside.
    pub(super) fn finish(mut self) -> Vec<Page> {
        for (index, page) in self.pages.iter_mut().enumerate() {
            let number = format!("— {} —", index + 1);
            let letters: Vec<Letter> =
                number.chars().map(|char| self.letters.letter(char, Role::Table, NUMBER_SIZE)).collect();
            let x = if index % 2 == 0 { WIDTH - NUMBER_IN - length(&letters) } else { NUMBER_IN };
            page.rows.push(Row { letters, size: NUMBER_SIZE, x: LEFT + x, y: page.height - NUMBER_ABOVE });
        }
        self.pages
    }
}

/// How long a row is.
pub(super) fn length(row: &[Letter]) -> usize {
    row.iter().map(|letter| letter.advance).sum()
}

/// Where in a line of this height the base line is, so that Han characters stand in its middle.
pub(super) const fn base(line: usize, size: usize) -> usize {
    (line - size) / 2 + size * 88 / 100
}

/// Spreads a row to the full width, but for a blank that would be seen.
fn stretch(row: &mut [Letter], slack: usize, size: usize) {
    let is_word = |letter: &Letter| letter.char.is_ascii_graphic();
    let gaps: Vec<usize> =
        (1..row.len()).filter(|&at| !is_word(&row[at - 1]) || !is_word(&row[at])).collect();
    if gaps.is_empty() || slack > gaps.len() * size / STRETCH {
        return;
    }
    for (nth, at) in gaps.iter().enumerate() {
        row[at - 1].advance += slack / gaps.len() + usize::from(nth < slack % gaps.len());
    }
}
