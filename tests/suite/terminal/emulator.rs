//! A terminal that does what the program sends, and draws ambiguous characters in one column or in two.
//!
//! It is strict: what no terminal should be sent, or what terminals do differently, it does in some way and notes as a
//! fault; only what is printed after the terminal was given back, or was resized, is not looked at so. It knows no sequence that the
//! program does not send. The unit tests of the screen include this file too.

use std::collections::BTreeSet;
use std::ops::Range;

use super::picture::{Cell, Look, Picture};
use super::{Ambiguous, grapheme_width};

/// What stands for the half that is left of a wide character when its other half is overwritten.
const HALF: &str = "\u{fffd}";

/// The modes that the program may set: wrapping, blinking, caret, mouse, the other screen, pastes, whole frames.
const MODES: [u16; 8] = [7, 12, 25, 1000, 1006, 1049, 2004, 2026];

/// A column and a row.
type Place = (usize, usize);

/// The terminal.
pub(crate) struct Emulator {
    kind: Ambiguous,
    width: usize,
    rows: Vec<Vec<Cell>>,
    /// Where the next character goes, as column and row; behind the last column after that was printed.
    pub(crate) at: Place,
    pen: Look,
    pub(crate) caret: bool,
    modes: BTreeSet<u16>,
    /// The rows that scroll.
    region: Range<usize>,
    /// The place and the pen that ESC 7 keeps.
    kept: (Place, Look),
    /// The rows and the place on the first screen, while the other is shown.
    first: Option<(Vec<Vec<Cell>>, Place)>,
    /// Whether the terminal was given back.
    is_given_back: bool,
    /// Whether it has had another size, which what is sent may be meant for.
    is_resized: bool,
    /// The beginning of what has not come whole.
    unread: Vec<u8>,
    /// What the program has asked and is to be told.
    pub(crate) answers: String,
    /// What should not have been sent.
    pub(crate) faults: Vec<String>,
    /// What was to be seen before the frame that is being drawn, if one is.
    begun: Option<Picture>,
    /// What was to be seen each time before everything was drawn anew.
    pub(crate) before: Vec<Picture>,
}

impl Emulator {
    /// A terminal that shows something else yet.
    pub(crate) fn new(kind: Ambiguous, size: (u16, u16)) -> Self {
        let (width, height) = (usize::from(size.0), usize::from(size.1));
        Self {
            kind,
            width,
            rows: vec![vec![Cell::new("?", Look::UNKNOWN); width]; height],
            at: (3.min(width - 1), 1.min(height - 1)),
            pen: Look::UNKNOWN,
            caret: true,
            modes: BTreeSet::from([7, 25]),
            region: 0..height,
            kept: ((0, 0), Look::PLAIN),
            first: None,
            is_given_back: false,
            is_resized: false,
            unread: Vec::new(),
            answers: String::new(),
            faults: Vec::new(),
            begun: None,
            before: Vec::new(),
        }
    }

    /// Takes in bytes, which may end anywhere.
    pub(crate) fn feed(&mut self, bytes: &(impl AsRef<[u8]> + ?Sized)) {
        self.unread.extend_from_slice(bytes.as_ref());
        let bytes = std::mem::take(&mut self.unread);
        let mut rest = bytes.as_slice();
        while let Some(end) = whole(rest) {
            let (token, behind) = rest.split_at(end);
            match std::str::from_utf8(token) {
                Ok(token) => self.take_in(token),
                Err(_) => self.fault(&format!("{token:?} is no text")),
            }
            rest = behind;
        }
        self.unread = rest.to_vec();
    }

    /// Takes another size. From then on nothing is a fault: what comes may have been meant for any size before.
    pub(crate) fn resize(&mut self, size: (u16, u16)) {
        let (width, height) = (usize::from(size.0), usize::from(size.1));
        let blank = Cell::new(" ", Look::PLAIN);
        for rows in [Some(&mut self.rows), self.first.as_mut().map(|(rows, _)| rows)].into_iter().flatten() {
            rows.resize(height, Vec::new());
            rows.iter_mut().for_each(|row| row.resize(width, blank.clone()));
        }
        (self.width, self.region, self.is_resized) = (width, 0..height, true);
        for (x, y) in [&mut self.at, &mut self.kept.0] {
            (*x, *y) = ((*x).min(width - 1), (*y).min(height - 1));
        }
    }

    /// What is to be seen.
    pub(crate) fn picture(&self) -> Picture {
        Picture { rows: self.rows.clone(), caret: self.caret.then(|| self.cursor()) }
    }

    /// The cursor, as column and row.
    pub(crate) fn cursor(&self) -> Place {
        (self.at.0.min(self.width - 1), self.at.1)
    }

    /// A row as text, without the blanks at its end.
    pub(crate) fn text(&self, y: usize) -> String {
        self.rows[y].iter().map(|cell| cell.text.as_str()).collect::<String>().trim_end().to_owned()
    }

    pub(crate) fn height(&self) -> usize {
        self.rows.len()
    }

    /// Whether a frame has begun and not ended.
    pub(crate) fn is_drawing(&self) -> bool {
        self.begun.is_some()
    }

    /// Whether all rows scroll together.
    pub(crate) fn scrolls_whole(&self) -> bool {
        self.region == (0..self.rows.len())
    }

    pub(crate) fn is_set(&self, mode: u16) -> bool {
        self.modes.contains(&mode)
    }

    fn fault(&mut self, what: &str) {
        if !self.is_given_back && !self.is_resized {
            self.faults.push(format!("{what}, at {:?}", self.at));
        }
    }

    fn take_in(&mut self, token: &str) {
        if let Some(sequence) = token.strip_prefix("\x1b[") {
            let (parameters, end) = sequence.split_at(sequence.len() - 1);
            return self.sequence(parameters, end);
        }
        match token {
            "\r" => self.at.0 = 0,
            "\n" => self.line_feed(),
            "\u{8}" => self.step(-1, 0),
            "\u{7}" => {}
            "\t" if self.is_given_back => self.at.0 = (self.at.0 / 8 * 8 + 8).min(self.width - 1),
            "\x1b7" => self.kept = (self.at, self.pen),
            "\x1b8" => (self.at, self.pen) = self.kept,
            "\x1bM" if self.at.1 == self.region.start => self.roll(self.region.clone(), 1, false),
            "\x1bM" => self.step(0, -1),
            _ if token.starts_with("\x1b]") => {}
            _ if token.starts_with(char::is_control) => self.fault(&format!("{token:?} is not known")),
            _ => self.print(token),
        }
    }

    fn sequence(&mut self, parameters: &str, end: &str) {
        let given = |nth: usize| parameters.split(';').nth(nth).and_then(|text| text.parse::<usize>().ok());
        let number = |nth: usize| given(nth).unwrap_or(1).max(1);
        let steps = || isize::try_from(number(0)).unwrap_or(isize::MAX);
        let (width, height, y) = (self.width, self.rows.len(), self.at.1);
        match (end, parameters) {
            ("H", _) => {
                if number(1) > width || number(0) > height {
                    self.fault(&format!("goes to {parameters}, off the screen"));
                }
                self.at = (number(1).min(width) - 1, number(0).min(height) - 1);
            }
            ("A", _) => self.step(0, -steps()),
            ("B", _) => self.step(0, steps()),
            ("C", _) => self.step(steps(), 0),
            ("D", _) => self.step(-steps(), 0),
            ("K", "" | "0") => self.erase(y, self.at.0..width),
            ("K", "1") => self.erase(y, 0..self.at.0 + 1),
            ("K", "2") => self.erase(y, 0..width),
            ("J", "" | "0") => {
                self.erase(y, self.at.0..width);
                (y + 1..height).for_each(|y| self.erase(y, 0..width));
            }
            ("J", "2") => {
                let before = self.begun.clone().unwrap_or_else(|| self.picture());
                self.before.push(before);
                (0..height).for_each(|y| self.erase(y, 0..width));
            }
            ("@" | "P", _) => self.push(number(0), end == "@"),
            ("L" | "M", _) if self.region.contains(&y) => {
                self.roll(y..self.region.end, number(0), end == "M");
                self.at.0 = 0;
            }
            ("L" | "M", _) => {}
            ("S" | "T", _) => self.roll(self.region.clone(), number(0), end == "S"),
            ("r", "") => (self.region, self.at) = (0..height, (0, 0)),
            ("r", _) => {
                let bottom = given(1).unwrap_or(height).min(height);
                self.region = number(0) - 1..bottom;
                if self.region.len() < 2 {
                    self.fault(&format!("{parameters}r is no region"));
                    self.region = 0..height;
                }
                self.at = (0, 0);
            }
            ("m", _) => self.dip(parameters),
            ("n", "6") => {
                let (x, y) = self.cursor();
                self.answers.push_str(&format!("\x1b[{};{}R", y + 1, x + 1));
            }
            ("c", "" | "0") => self.answers.push_str("\x1b[?62c"),
            ("h" | "l", _) if parameters.starts_with('?') => {
                parameters[1..].split(';').for_each(|mode| self.switch(mode, end == "h"));
            }
            _ => self.fault(&format!("CSI {parameters}{end} is not known")),
        }
    }

    fn switch(&mut self, mode: &str, is_on: bool) {
        let Some(mode) = mode.parse().ok().filter(|mode| MODES.contains(mode)) else {
            return self.fault(&format!("mode {mode} is not known"));
        };
        let was_on = self.modes.contains(&mode);
        if is_on {
            self.modes.insert(mode)
        } else {
            self.modes.remove(&mode)
        };
        // A frame begins with the first of both, and ends when neither holds any more.
        if matches!(mode, 25 | 2026) {
            let before = self.begun.take().unwrap_or_else(|| self.picture());
            self.caret = self.is_set(25);
            self.begun = (!self.caret || self.is_set(2026)).then_some(before);
        }
        match mode {
            1049 if is_on != was_on => {
                self.is_given_back = !is_on;
                if is_on {
                    let blank = vec![vec![Cell::new(" ", Look::PLAIN); self.width]; self.rows.len()];
                    self.first = Some((std::mem::replace(&mut self.rows, blank), self.at));
                } else if let Some(first) = self.first.take() {
                    (self.rows, self.at) = first;
                }
            }
            _ => {}
        }
    }

    fn dip(&mut self, parameters: &str) {
        for code in parameters.split(';').map(|code| if code.is_empty() { "0" } else { code }) {
            match code.parse().ok().and_then(|code| self.pen.dipped(code)) {
                Some(pen) => self.pen = pen,
                None => self.fault(&format!("{code}m is not known")),
            }
        }
    }

    /// Notes what terminals do differently behind the last column.
    fn leave_the_edge(&mut self, what: &str) {
        if self.at.0 == self.width {
            self.fault(&format!("{what} from behind the last column"));
            self.at.0 -= 1;
        }
    }

    fn step(&mut self, right: isize, down: isize) {
        self.leave_the_edge("moves");
        let (x, y) = (self.at.0.checked_add_signed(right), self.at.1.checked_add_signed(down));
        let (width, height) = (self.width, self.rows.len());
        match (x.filter(|&x| x < width), y.filter(|&y| y < height)) {
            (Some(x), Some(y)) => self.at = (x, y),
            _ => self.fault(&format!("moves by ({right}, {down}), off the screen")),
        }
    }

    fn line_feed(&mut self) {
        if self.at.1 + 1 == self.region.end {
            if self.region == (0..self.rows.len()) {
                self.fault("scrolls");
            }
            self.roll(self.region.clone(), 1, true);
        } else {
            self.at.1 = (self.at.1 + 1).min(self.rows.len() - 1);
        }
    }

    /// Moves rows up over those before them, or down; blank ones come in.
    fn roll(&mut self, rows: Range<usize>, by: usize, is_up: bool) {
        let blank = vec![self.blank(); self.width];
        let rows = &mut self.rows[rows];
        let by = by.min(rows.len());
        if is_up {
            rows.rotate_left(by);
        } else {
            rows.rotate_right(by);
        }
        let freed = if is_up { rows.len() - by..rows.len() } else { 0..by };
        rows[freed].fill(blank);
    }

    /// Moves what stands in the row from the cursor on, right or left.
    fn push(&mut self, columns: usize, is_right: bool) {
        self.leave_the_edge("pushes");
        let (x, y) = self.at;
        let columns = columns.min(self.width - x);
        for edge in [x, if is_right { self.width - columns } else { x + columns }] {
            if self.rows[y].get(edge).is_some_and(|cell| cell.text.is_empty()) {
                self.fault("half of a character is moved");
            }
        }
        let blank = self.blank();
        let row = &mut self.rows[y][x..];
        if is_right {
            row.rotate_right(columns);
        } else {
            row.rotate_left(columns);
        }
        let freed = if is_right { 0..columns } else { row.len() - columns..row.len() };
        row[freed].fill(blank);
    }

    fn erase(&mut self, y: usize, columns: Range<usize>) {
        self.leave_the_edge("erases");
        let columns = columns.start.min(self.width - 1)..columns.end;
        self.split(columns.start, y);
        self.split(columns.end, y);
        let blank = self.blank();
        self.rows[y][columns].fill(blank);
    }

    /// A blank as it comes in: with the background of the pen.
    fn blank(&mut self) -> Cell {
        if self.pen.is_drawn_on_blank() {
            self.fault("blanks come in underlined or reversed");
        }
        Cell::new(" ", self.pen)
    }

    fn print(&mut self, char: &str) {
        let wide = grapheme_width(char, self.kind);
        let (x, y) = self.at;
        if wide == 0 {
            let before = self.rows[y][..x].iter_mut().rev().find(|cell| !cell.text.is_empty());
            return before.into_iter().for_each(|cell| cell.text.push_str(char));
        }
        if x + wide > self.width {
            self.fault(&format!("{char:?} is printed over the edge"));
            self.at.0 = 0;
            self.line_feed();
        }
        let (x, y) = self.at;
        let columns = x..(x + wide).min(self.width);
        self.split(columns.start, y);
        self.split(columns.end, y);
        self.at.0 = columns.end;
        let pen = self.pen;
        self.rows[y][columns].fill(Cell::new("", pen));
        char.clone_into(&mut self.rows[y][x].text);
    }

    /// Takes a wide character apart of which one half, up to column `x` or from it, is going to be overwritten.
    fn split(&mut self, x: usize, y: usize) {
        let row = &mut self.rows[y];
        if x < row.len() && row[x].text.is_empty() {
            let first = row[..x].iter().rposition(|cell| !cell.text.is_empty()).unwrap_or_default();
            let end = (x..row.len()).find(|&x| !row[x].text.is_empty()).unwrap_or(row.len());
            row[first..end].iter_mut().for_each(|cell| HALF.clone_into(&mut cell.text));
        }
    }
}

/// The end of the character or sequence that bytes begin with, if it is there.
fn whole(bytes: &[u8]) -> Option<usize> {
    let length = match bytes {
        [] => return None,
        [0x1b, b'[', rest @ ..] => 3 + rest.iter().position(|byte| (0x40..=0x7e).contains(byte))?,
        [0x1b, b']', ..] => {
            let end =
                |end: &[u8]| bytes.windows(end.len()).position(|part| part == end).map(|at| at + end.len());
            end(b"\x07").into_iter().chain(end(b"\x1b\\")).min()?
        }
        [0x1b, ..] => 2,
        [0xf0..=0xff, ..] => 4,
        [0xe0..=0xef, ..] => 3,
        [0xc0..=0xdf, ..] => 2,
        _ => 1,
    };
    (length <= bytes.len()).then_some(length)
}
