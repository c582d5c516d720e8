//! What a terminal shows at a moment: characters in columns, each with its look.
//!
//! It takes in no bytes.

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
