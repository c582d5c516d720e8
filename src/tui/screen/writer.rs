//! The bytes of a frame: knows where the terminal's cursor stands and what its pen is, and says no more than needed.
//!
//! It does not compare frames and does not send anything.

use std::fmt::Write as _;

use super::cells::Cell;
use super::pen::Pen;
use super::scroll::Scroll;

/// Collects the bytes of one frame after another.
pub(super) struct Writer {
    bytes: Vec<u8>,
    size: (u16, u16),
    /// Where the cursor stands, if that is certain.
    cursor: Option<(u16, u16)>,
    /// What the terminal's pen is, if that is certain.
    pen: Option<Pen>,
    /// What the terminal was told to remember in this frame.
    saved: Option<((u16, u16), Option<Pen>)>,
}

impl Writer {
    pub(super) fn new(size: (u16, u16)) -> Self {
        Self { bytes: Vec::new(), size, cursor: None, pen: None, saved: None }
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Gives the bytes collected since the last time.
    pub(super) fn take(&mut self) -> Vec<u8> {
        self.saved = None;
        std::mem::take(&mut self.bytes)
    }

    /// Tells whether the cursor is surely here.
    pub(super) fn is_at(&self, place: (u16, u16)) -> bool {
        self.cursor == Some(place)
    }

    /// Has the terminal remember where the cursor is, to go back there at the end of the frame.
    pub(super) fn save(&mut self) {
        self.saved = self.cursor.map(|cursor| (cursor, self.pen));
        self.raw("\x1b7");
    }

    /// Adds a sequence that neither moves the cursor nor changes the pen.
    pub(super) fn raw(&mut self, sequence: &str) {
        self.bytes.extend_from_slice(sequence.as_bytes());
    }

    /// Hides the cursor and blanks the screen, whatever it shows and whatever part of it scrolls.
    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.raw("\x1b[?25l\x1b[m\x1b[r\x1b[H\x1b[2J");
        (self.cursor, self.pen) = (Some((0, 0)), Some(Pen::PLAIN));
    }

    /// Blanks from the cursor to the end of the row.
    pub(super) fn erase_tail(&mut self) {
        self.select(Pen::PLAIN, true);
        self.raw("\x1b[K");
    }

    /// Pushes what stands from a column on some columns right, or pulls it left over as many.
    pub(super) fn shift(&mut self, x: u16, y: u16, columns: usize, is_right: bool) {
        self.go(x, y);
        // The blanks that come in take the pen's background.
        self.select(Pen::PLAIN, true);
        self.raw(&format!("\x1b[{columns}{}", if is_right { '@' } else { 'P' }));
    }

    /// Moves rows up or down within an area, and blank ones in.
    pub(super) fn scroll(&mut self, scroll: &Scroll) {
        let Scroll { rows, by, is_up } = scroll;
        // The blanks that come in take the pen's background.
        self.select(Pen::PLAIN, true);
        // An area that ends with the screen needs no edge.
        let has_edge = rows.end < usize::from(self.size.1);
        if has_edge {
            self.raw(&format!("\x1b[{};{}r", rows.start + 1, rows.end));
            // It goes to the first cell, but not everywhere.
            self.cursor = None;
        }
        self.go(0, rows.start as u16);
        let mut way = String::new();
        step(*by as u16, if *is_up { 'M' } else { 'L' }, &mut way);
        self.raw(&way);
        if has_edge {
            self.raw("\x1b[r");
        }
        self.cursor = None;
    }

    /// Writes a character at the cursor.
    pub(super) fn glyph(&mut self, symbol: &str, columns: u16, certain: bool, pen: Pen) {
        self.select(pen, symbol == " ");
        if certain {
            self.raw(symbol);
            self.advance(columns);
            return;
        }
        // Whatever the terminal makes of it, the columns that belong to it are blank and what follows is placed
        // absolutely.
        let Some((x, y)) = self.cursor else {
            return;
        };
        for _ in 0..columns {
            self.raw(" ");
        }
        self.advance(columns);
        self.go(x, y);
        self.raw(symbol);
        self.cursor = None;
    }

    /// Moves right to a cell by writing the unchanged cells before it, where that is shorter, or else by moving.
    pub(super) fn reach(&mut self, x: u16, y: u16, row: &[Cell]) {
        if let Some((now, same_row)) = self.cursor
            && same_row == y
            && now < x
            && let Some(gap) = row.get(usize::from(now)..usize::from(x))
            && gap.len() <= 3
            && gap.iter().all(|cell| cell.symbol().len() == 1 && Some(cell.pen()) == self.pen)
        {
            for cell in gap {
                self.raw(cell.symbol());
            }
            self.cursor = Some((x, y));
            return;
        }
        self.go(x, y);
    }

    /// Moves the cursor by the shortest sequence.
    pub(super) fn go(&mut self, x: u16, y: u16) {
        if self.cursor == Some((x, y)) {
            return;
        }
        let mut best = match (y, x) {
            (0, 0) => "\x1b[H".to_owned(),
            (_, 0) => format!("\x1b[{}H", y + 1),
            _ => format!("\x1b[{};{}H", y + 1, x + 1),
        };
        if let Some((from_x, from_y)) = self.cursor {
            let mut down = String::new();
            vertical(from_y, y, &mut down);
            for start in [None, Some("\r")] {
                let mut way = down.clone();
                way.push_str(start.unwrap_or_default());
                horizontal(if start.is_some() { 0 } else { from_x }, x, &mut way);
                if way.len() < best.len() {
                    best = way;
                }
            }
        }
        // Back to where the terminal was told to remember, with the pen of then.
        if let Some((saved, pen)) = self.saved
            && saved == (x, y)
            && best.len() > "\x1b8".len()
        {
            best = "\x1b8".to_owned();
            self.pen = pen;
        }
        self.raw(&best);
        self.cursor = Some((x, y));
    }

    fn select(&mut self, pen: Pen, on_blank: bool) {
        if self.pen.is_some_and(|now| now == pen || (on_blank && now.like_on_blank(pen))) {
            return;
        }
        pen.select(self.pen, &mut self.bytes);
        self.pen = Some(pen);
    }

    fn advance(&mut self, columns: u16) {
        // Terminals differ in where the cursor is after the last column.
        self.cursor = self.cursor.map(|(x, y)| (x + columns, y)).filter(|&(x, _)| x < self.size.0);
    }
}

/// Writes the way between two rows, in the same column.
fn vertical(from: u16, to: u16, way: &mut String) {
    match to.checked_sub(from) {
        Some(0) => {}
        // In raw mode a line feed only goes down, and above the last row it does not scroll.
        Some(rows @ 1..=3) => way.extend(std::iter::repeat_n('\n', usize::from(rows))),
        Some(rows) => step(rows, 'B', way),
        None => step(from - to, 'A', way),
    }
}

/// Writes the way between two columns of a row.
fn horizontal(from: u16, to: u16, way: &mut String) {
    match to.checked_sub(from) {
        Some(0) => {}
        Some(columns) => step(columns, 'C', way),
        None if from - to <= 3 => way.extend(std::iter::repeat_n('\u{8}', usize::from(from - to))),
        None => step(from - to, 'D', way),
    }
}

/// Writes a sequence that takes a count, which is 1 where none stands.
fn step(count: u16, direction: char, way: &mut String) {
    // Writing to a String cannot fail.
    let _ = match count {
        1 => write!(way, "\x1b[{direction}"),
        _ => write!(way, "\x1b[{count}{direction}"),
    };
}
