//! The screen: what is to be seen, what is seen already, and the fewest bytes from one to the other.
//!
//! Two screens of cells of our own and their comparison, because ratatui's buffers take every width from unicode-width and so
//! lose their place on terminals that draw “ ” … in two columns. A wide character stands in its first cell and the cells that
//! it covers are empty, so two rows differ exactly where their cells do, also where half of a wide character was overwritten.
//!
//! It does not lay anything out and does not know modes or keys; the terminal must be in raw mode.

mod cells;
mod pen;
mod scroll;
mod shift;
mod writer;

use std::borrow::Cow;
use std::io::{self, Write};

use ratatui_core::layout::Rect;
use ratatui_core::style::Style;

use super::action::{Spot, Target};
use crate::language::Language;
use crate::width::{Ambiguous, is_certain};
pub use cells::Cell;
use cells::Cells;
use pen::{Ink, Pen};
use scroll::Scroll;
use shift::Shift;
use writer::Writer;

/// From this size on a frame is shown at once (mode 2026) and drawn with the cursor hidden.
const BIG_FRAME: usize = 400;

/// A terminal's screen behind a writer.
pub struct Screen<W> {
    out: W,
    colour: bool,
    ambiguous: Ambiguous,
    /// What the terminal shows.
    seen: Cells,
    /// What it is going to show.
    next: Cells,
    writer: Writer,
    /// Whether `seen` is what the terminal shows.
    known: bool,
    caret_visible: bool,
    /// What was drawn last that can be clicked on.
    targets: Vec<(Rect, Target)>,
}

/// One frame in the making: the surface that everything is drawn on.
pub struct Frame<'a> {
    cells: &'a mut Cells,
    ambiguous: Ambiguous,
    colour: bool,
    language: Language,
    caret: Option<(u16, u16)>,
    targets: Vec<(Rect, Target)>,
}

impl<W: Write> Screen<W> {
    /// Makes a screen of this size (columns, rows); without `colour` only bold, dim, underline and reverse are used.
    ///
    /// The writer should be unbuffered: each frame is passed to it in one piece.
    pub fn new(out: W, size: (u16, u16), ambiguous: Ambiguous, colour: bool) -> Self {
        let empty = Cells::new(size);
        Self {
            out,
            colour,
            ambiguous,
            seen: empty.clone(),
            next: empty,
            writer: Writer::new(size),
            known: false,
            caret_visible: false,
            targets: Vec::new(),
        }
    }

    /// Returns the area that there is to draw on.
    pub fn area(&self) -> Rect {
        self.next.area()
    }

    /// Returns how wide ambiguous characters are taken to be.
    pub fn ambiguous(&self) -> Ambiguous {
        self.ambiguous
    }

    /// Takes ambiguous characters to be this wide from now on.
    pub fn set_ambiguous(&mut self, ambiguous: Ambiguous) {
        // What was drawn for both kinds of terminals is still what this one shows.
        if self.ambiguous != ambiguous && self.ambiguous != Ambiguous::Safe {
            self.forget();
        }
        self.ambiguous = ambiguous;
    }

    /// Takes the terminal to have this size (columns, rows) from now on.
    pub fn resize(&mut self, size: (u16, u16)) {
        let next = Cells::new(size);
        if next.area() != self.next.area() {
            self.seen = next.clone();
            self.next = next;
            self.writer = Writer::new(size);
        }
        self.forget();
    }

    /// Makes the next frame draw everything, because something else may have written to the terminal.
    pub fn forget(&mut self) {
        self.known = false;
    }

    /// Draws a frame and sends what changed in one write; nothing is sent if nothing changed.
    pub fn draw(&mut self, paint: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.next.reset();
        let mut frame = Frame {
            cells: &mut self.next,
            ambiguous: self.ambiguous,
            colour: self.colour,
            language: Language::default(),
            caret: None,
            targets: Vec::new(),
        };
        paint(&mut frame);
        let caret = frame.caret;
        self.targets = frame.targets;
        let changed = if self.known {
            self.scroll()
        } else {
            self.clear();
            vec![true; usize::from(self.next.area().height)]
        };
        for (y, _) in (0..).zip(changed).filter(|(_, is_changed)| *is_changed) {
            self.row(y, caret);
        }
        let bytes = self.finish(caret);
        std::mem::swap(&mut self.seen, &mut self.next);
        if bytes.is_empty() {
            return Ok(());
        }
        self.known = false;
        self.out.write_all(&bytes)?;
        self.out.flush()?;
        self.known = true;
        Ok(())
    }

    /// Says what was drawn last at a place, if it can be clicked on.
    pub fn spot(&self, x: u16, y: u16) -> Option<Spot> {
        let (area, target) = self.targets.iter().rfind(|(area, _)| area.contains((x, y).into()))?;
        Some(Spot { target: *target, x: x - area.x, y: y - area.y })
    }

    fn clear(&mut self) {
        self.seen.reset();
        self.writer.clear();
        self.caret_visible = false;
    }

    /// Has the terminal move the rows that only moved up or down. Says which rows may differ then; most do not.
    fn scroll(&mut self) -> Vec<bool> {
        let rows = self.seen.rows().zip(self.next.rows());
        let mut changed: Vec<bool> = rows.map(|(seen, next)| seen != next).collect();
        if let Some(scroll) = Scroll::find(&self.seen, &self.next, &changed) {
            self.writer.scroll(&scroll);
            scroll.apply(&mut self.seen);
            changed[scroll.rows].fill(true);
        }
        changed
    }

    /// Writes what changed in one row.
    fn row(&mut self, y: u16, caret: Option<(u16, u16)>) {
        self.shift(y);
        let (seen, next) = (self.seen.row(usize::from(y)), self.next.row(usize::from(y)));
        let same = |x: usize| {
            next[x] == seen[x]
                || next[x].is_blank() && seen[x].is_blank() && next[x].pen().like_on_blank(seen[x].pen())
        };
        let is_erased = |cell: &Cell| cell.is_blank() && cell.pen().like_on_blank(Pen::PLAIN);
        let tail = next.iter().rposition(|cell| !is_erased(cell)).map_or(0, |last| last + 1);
        let Some(last) = (0..next.len()).rposition(|x| !same(x)) else {
            return;
        };
        let mut x = 0;
        while x <= last {
            if same(x) {
                x += 1;
                continue;
            }
            self.writer.reach(x as u16, y, next);
            if x >= tail && last - x >= 3 {
                self.writer.erase_tail();
                return;
            }
            let columns = 1 + next[x + 1..].iter().take_while(|cell| cell.is_covered()).count();
            let symbol = next[x].symbol();
            let certain = columns == 1 && symbol.len() == 1 || is_certain(symbol, self.ambiguous);
            self.writer.glyph(symbol, columns as u16, certain, next[x].pen());
            x += columns;
            // Typing in the middle of a row: what is pushed out at its end, and the rows below, come before the caret again.
            if x <= last && caret.is_some_and(|caret| self.writer.is_at(caret)) {
                self.writer.save();
            }
        }
    }

    /// Has the terminal push along what only moves in one row.
    fn shift(&mut self, y: u16) {
        let row = usize::from(y);
        let is_certain = |cell: &Cell| cell.is_covered() || is_certain(cell.symbol(), self.ambiguous);
        if let Some(shift) = Shift::find(self.seen.row(row), self.next.row(row), is_certain) {
            self.writer.shift(shift.at as u16, y, shift.columns, shift.is_right);
            shift.apply(self.seen.rows_mut(row..row + 1));
        }
    }

    /// Puts the caret and gives the whole frame's bytes.
    fn finish(&mut self, caret: Option<(u16, u16)>) -> Vec<u8> {
        let area = self.next.area();
        let caret =
            caret.filter(|_| !area.is_empty()).map(|(x, y)| (x.min(area.width - 1), y.min(area.height - 1)));
        let big = self.writer.len() > BIG_FRAME;
        let mut before = String::new();
        if big {
            before.push_str("\x1b[?2026h");
        }
        if self.caret_visible && (big || caret.is_none()) {
            before.push_str("\x1b[?25l");
            self.caret_visible = false;
        }
        if let Some((x, y)) = caret {
            self.writer.go(x, y);
            if !self.caret_visible {
                self.writer.raw("\x1b[?25h");
                self.caret_visible = true;
            }
        }
        if big {
            self.writer.raw("\x1b[?2026l");
        }
        let mut bytes = before.into_bytes();
        bytes.append(&mut self.writer.take());
        bytes
    }
}

impl Frame<'_> {
    /// Returns the area that there is to draw on.
    pub fn area(&self) -> Rect {
        self.cells.area()
    }

    /// Returns how wide ambiguous characters are, for the functions of [`crate::width`].
    pub fn ambiguous(&self) -> Ambiguous {
        self.ambiguous
    }

    /// Says in which language the program speaks on this frame.
    pub fn speak(&mut self, language: Language) {
        self.language = language;
    }

    /// Whether labels of the form have a gloss in the language of the user.
    pub fn has_glosses(&self) -> bool {
        self.language != Language::Chinese
    }

    /// What the program says, in the language of the user; what is measured is said before.
    pub fn say<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.language.say(text)
    }

    /// Puts what the program says at a place, in the language of the user; see [`put`](Self::put).
    pub fn tell(&mut self, x: u16, y: u16, columns: u16, text: &str, style: impl Into<Style>) -> u16 {
        self.put(x, y, columns, &self.say(text), style)
    }

    /// Puts text at a place as it stands, in at most `columns` and within the screen, and returns the column after it.
    ///
    /// The text is sanitized; its style is laid over that of the cells. A wide character that the text covers by half is
    /// blanked.
    pub fn put(&mut self, x: u16, y: u16, columns: u16, text: &str, style: impl Into<Style>) -> u16 {
        self.cells.put((x, y), columns, text, Ink::of(style.into(), self.colour), self.ambiguous)
    }

    /// Blanks an area, as before an overlay; wide characters that reach into it from outside are blanked whole.
    pub fn blank(&mut self, area: Rect, style: impl Into<Style>) {
        self.cells.blank(area, Ink::of(style.into(), self.colour));
    }

    /// The cells drawn so far, row by row.
    pub fn rows(&self) -> impl Iterator<Item = &[Cell]> {
        self.cells.rows()
    }

    /// Says that what is drawn in an area can be clicked on.
    pub fn target(&mut self, area: Rect, target: Target) {
        self.targets.push((area, target));
    }

    /// Says that nothing drawn so far can be clicked on, because something stands over it.
    pub fn cover_targets(&mut self) {
        self.targets.clear();
    }

    /// Says where the caret stands, which is where an input method opens its window; without this it is hidden.
    pub fn caret(&mut self, x: u16, y: u16) {
        self.caret = Some((x, y));
    }
}

#[cfg(test)]
mod tests;
