//! Keys, as the program knows them.
//!
//! Not here: what a key does (the keymap), and printable characters without Ctrl or Alt, which are text.

/// A key that is not plain text, with the modifiers held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key it is.
    pub code: Code,
    /// Whether Ctrl was held.
    pub ctrl: bool,
    /// Whether Alt was held.
    pub alt: bool,
    /// Whether Shift was held; never set for characters, which come as what Shift makes of them.
    pub shift: bool,
}

/// A key without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// A character; a letter held with Ctrl is in lower case.
    Char(char),
    /// F1 to F12.
    F(u8),
    /// Enter, also on the keypad.
    Enter,
    /// Tab; the other way round it is Tab with Shift.
    Tab,
    /// Backspace, also as Ctrl+H.
    Backspace,
    /// Escape.
    Esc,
    /// Insert.
    Insert,
    /// Delete.
    Delete,
    /// Cursor up.
    Up,
    /// Cursor down.
    Down,
    /// Cursor left.
    Left,
    /// Cursor right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
}

impl Key {
    /// Makes the key without modifiers.
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// Makes Ctrl with a character, given in lower case.
    pub const fn ctrl(char: char) -> Self {
        Self::plain(Code::Char(char)).with_ctrl()
    }

    /// Makes Alt with a character.
    pub const fn alt(char: char) -> Self {
        Self::plain(Code::Char(char)).with_alt()
    }

    /// Returns the key with Ctrl held.
    pub const fn with_ctrl(self) -> Self {
        Self { ctrl: true, ..self }
    }

    /// Returns the key with Alt held.
    pub const fn with_alt(self) -> Self {
        Self { alt: true, ..self }
    }

    /// Returns the key with Shift held.
    pub const fn with_shift(self) -> Self {
        Self { shift: true, ..self }
    }

    /// Adds modifiers in the encoding of xterm: one more than the sum of 1 Shift, 2 Alt, 4 Ctrl, 8 Meta.
    pub(crate) fn with(self, code: u32) -> Self {
        let bits = code.saturating_sub(1);
        Self {
            shift: self.shift || (bits & 1 != 0 && !matches!(self.code, Code::Char(_))),
            alt: self.alt || bits & 10 != 0,
            ctrl: self.ctrl || bits & 4 != 0,
            ..self
        }
    }
}
