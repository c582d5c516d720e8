//! What a terminal shows at a moment: characters in columns, each with its look.
//!
//! It takes in no bytes.

use std::ops::Range;

/// What characters look like: the codes of the colours, and a bit for the code of each attribute.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Look {
    fg: u8,
    bg: u8,
    marks: u16,
}

impl Look {
    pub(crate) const PLAIN: Self = Self { fg: 39, bg: 49, marks: 0 };
    /// That of a terminal which somebody else has used before.
    pub(crate) const UNKNOWN: Self = Self { fg: 0, bg: 0, marks: 0 };

    pub(crate) const fn is_reverse(self) -> bool {
        self.marks >> 7 & 1 == 1
    }

    /// Whether a blank shows more of it than the background.
    pub(crate) const fn is_drawn_on_blank(self) -> bool {
        self.is_reverse() || self.marks >> 4 & 1 == 1
    }

    /// Whether a blank looks the same in both.
    pub(crate) fn is_like_on_blank(self, other: Self) -> bool {
        self == other || self.bg == other.bg && !self.is_drawn_on_blank() && !other.is_drawn_on_blank()
    }

    /// The look after a code; `None` if it is none that is known.
    pub(crate) fn dipped(self, code: u8) -> Option<Self> {
        let without = |bits: u16| Self { marks: self.marks & !bits, ..self };
        Some(match code {
            0 => Self::PLAIN,
            1 | 2 | 4 | 7 => Self { marks: self.marks | 1 << code, ..self },
            22 => without(1 << 1 | 1 << 2),
            24 => without(1 << 4),
            27 => without(1 << 7),
            30..=37 | 39 | 90..=97 => Self { fg: code, ..self },
            40..=47 | 49 | 100..=107 => Self { bg: code, ..self },
            _ => return None,
        })
    }
}

/// One column of a row. A wide character stands in its first column; the others that it takes are empty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) look: Look,
}

impl Cell {
    pub(crate) fn new(text: &str, look: Look) -> Self {
        Self { text: text.to_owned(), look }
    }
}

/// What is to be seen at a moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Picture {
    pub(crate) rows: Vec<Vec<Cell>>,
    /// Where the caret is, as column and row, if it is shown.
    pub(crate) caret: Option<(usize, usize)>,
}

impl Picture {
    /// A row as text, without the blanks at its end.
    pub(crate) fn text(&self, y: usize) -> String {
        self.rows[y].iter().map(|cell| cell.text.as_str()).collect::<String>().trim_end().to_owned()
    }

    /// What stands between blanks in a row, with the columns that it takes.
    pub(crate) fn words(&self, y: usize) -> Vec<(Range<usize>, String)> {
        let mut words: Vec<(Range<usize>, String)> = Vec::new();
        for (x, cell) in self.rows[y].iter().enumerate().filter(|(_, cell)| cell.text != " ") {
            match words.last_mut().filter(|(columns, _)| columns.end == x) {
                Some((columns, word)) => {
                    columns.end = x + 1;
                    word.push_str(&cell.text);
                }
                None => words.push((x..x + 1, cell.text.clone())),
            }
        }
        words
    }

    /// The columns of a row that are drawn in reverse, in runs.
    pub(crate) fn reversed(&self, y: usize) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for (x, _) in self.rows[y].iter().enumerate().filter(|(_, cell)| cell.look.is_reverse()) {
            match runs.last_mut().filter(|run| run.end == x) {
                Some(run) => run.end = x + 1,
                None => runs.push(x..x + 1),
            }
        }
        runs
    }

    /// The first row in which something else is to be seen in the other.
    pub(crate) fn differs(&self, other: &Self) -> Option<String> {
        let alike = |(a, b): (&Cell, &Cell)| {
            a.text == b.text && (a.look == b.look || a.text == " " && a.look.is_like_on_blank(b.look))
        };
        let rows = self.rows.iter().zip(&other.rows);
        let row = rows.map(|(a, b)| a.iter().zip(b).all(alike)).position(|is_alike| !is_alike);
        let in_row = row.map(|y| format!("row {y}: {:?} and {:?}", self.text(y), other.text(y)));
        let caret = format!("caret: {:?} and {:?}", self.caret, other.caret);
        in_row.or_else(|| (self.caret != other.caret).then_some(caret))
    }
}
