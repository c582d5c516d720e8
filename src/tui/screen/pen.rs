//! The look of characters: sixteen colours, bold, dim, underline, reverse, and the shortest way from one look to another.
//!
//! It knows no other colours (they count as the terminal's own) and no blinking, italics or strokes.

use std::fmt::Write as _;

use ratatui_core::style::{Color, Modifier, Style};

/// What a character looks like, on the terminal or in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pen {
    /// The code that selects the foreground.
    fg: u8,
    /// The code that selects the background.
    bg: u8,
    modifier: Modifier,
}

const KNOWN: Modifier =
    Modifier::BOLD.union(Modifier::DIM).union(Modifier::UNDERLINED).union(Modifier::REVERSED);

impl Pen {
    /// The terminal's own colours and nothing else.
    pub(super) const PLAIN: Self = Self { fg: 39, bg: 49, modifier: Modifier::empty() };

    /// The look that comes of laying another one over it.
    pub(super) fn with(self, ink: Ink) -> Self {
        let modifier = (self.modifier | ink.more) - ink.less;
        Self { fg: ink.fg.unwrap_or(self.fg), bg: ink.bg.unwrap_or(self.bg), modifier }
    }

    /// Whether it is all of this: bold, dim, underlined, reversed.
    pub(super) const fn is(self, look: Modifier) -> bool {
        self.modifier.contains(look)
    }

    /// The look as a number.
    pub(super) fn number(self) -> u64 {
        u64::from(self.fg) << 24 | u64::from(self.bg) << 16 | u64::from(self.modifier.bits())
    }

    /// Tells whether a blank looks the same in both.
    pub(super) fn like_on_blank(self, other: Self) -> bool {
        let drawn = Modifier::UNDERLINED | Modifier::REVERSED;
        self == other
            || (self.bg == other.bg && !self.modifier.intersects(drawn) && !other.modifier.intersects(drawn))
    }

    /// Writes what changes the terminal from one look (if known) to this one.
    pub(super) fn select(self, from: Option<Self>, out: &mut Vec<u8>) {
        if from == Some(self) {
            return;
        }
        let mut whole = String::from("0");
        self.add(Self::PLAIN, &mut whole);
        if self == Self::PLAIN {
            whole.clear();
        }
        let step = from.map(|from| {
            let mut step = String::new();
            self.add(self.take(from, &mut step), &mut step);
            step.split_off(1)
        });
        let codes = step.filter(|step| step.len() < whole.len()).unwrap_or(whole);
        out.extend_from_slice(b"\x1b[");
        out.extend_from_slice(codes.as_bytes());
        out.push(b'm');
    }

    /// Writes the codes that switch off what this look has not, and returns the look after that.
    fn take(self, from: Self, codes: &mut String) -> Self {
        let mut now = from;
        let gone = from.modifier - self.modifier;
        for (group, code) in [
            (Modifier::BOLD | Modifier::DIM, ";22"),
            (Modifier::UNDERLINED, ";24"),
            (Modifier::REVERSED, ";27"),
        ] {
            if gone.intersects(group) {
                codes.push_str(code);
                now.modifier -= group;
            }
        }
        now
    }

    /// Writes the codes that add to `from` what this look has more.
    fn add(self, from: Self, codes: &mut String) {
        let more = self.modifier - from.modifier;
        for (modifier, code) in
            [(Modifier::BOLD, 1), (Modifier::DIM, 2), (Modifier::UNDERLINED, 4), (Modifier::REVERSED, 7)]
        {
            if more.contains(modifier) {
                push(codes, code);
            }
        }
        if self.fg != from.fg {
            push(codes, self.fg);
        }
        if self.bg != from.bg {
            push(codes, self.bg);
        }
    }
}

/// What a style changes of a look.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ink {
    fg: Option<u8>,
    bg: Option<u8>,
    more: Modifier,
    less: Modifier,
}

impl Ink {
    /// Of a style; without `colour` its colours are left out.
    pub(super) fn of(style: Style, colour: bool) -> Self {
        let coded = |color: Option<Color>| color.filter(|_| colour).map(code);
        Self {
            fg: coded(style.fg),
            bg: coded(style.bg).map(|code| code + 10),
            more: style.add_modifier & KNOWN,
            less: style.sub_modifier,
        }
    }
}

fn push(codes: &mut String, code: u8) {
    // Writing to a String cannot fail.
    let _ = write!(codes, ";{code}");
}

/// Gives the code that selects a colour as foreground.
fn code(color: Color) -> u8 {
    match color {
        Color::Black => 30,
        Color::Red => 31,
        Color::Green => 32,
        Color::Yellow => 33,
        Color::Blue => 34,
        Color::Magenta => 35,
        Color::Cyan => 36,
        Color::Gray => 37,
        Color::DarkGray => 90,
        Color::LightRed => 91,
        Color::LightGreen => 92,
        Color::LightYellow => 93,
        Color::LightBlue => 94,
        Color::LightMagenta => 95,
        Color::LightCyan => 96,
        Color::White => 97,
        Color::Indexed(index @ 0..=7) => 30 + index,
        Color::Indexed(index @ 8..=15) => 90 + index - 8,
        Color::Reset | Color::Indexed(_) | Color::Rgb(..) => 39,
    }
}
