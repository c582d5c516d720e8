//! Bytes from a terminal in, inputs out, however the bytes are cut.
//!
//! It knows what xterm, the Linux console, PuTTY, rxvt and the VT family send. It does not read and has no clock:
//! whoever reads says when the terminal has been silent for long enough ([`Decoder::expire`]).

use super::{Code, Input, Key, Mouse};
use crate::tui::terminal::PROBE_ROW;
use crate::width::Ambiguous;

const PASTE_START: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

/// Turns bytes into inputs.
#[derive(Debug, Default)]
pub struct Decoder {
    /// Bytes that are not a whole character or sequence yet.
    pending: Vec<u8>,
    /// A paste that has not ended yet.
    paste: Option<Paste>,
}

/// What a decoder is in the middle of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// An escape, which may be the key or the start of a sequence.
    Escape,
    /// A sequence or a character.
    Sequence,
    /// A paste.
    Paste,
    /// A paste whose end mark was seen: what was pasted may hold another.
    PasteEnd,
}

/// What a few bytes stand for.
enum Piece {
    Text(char),
    Key(Key),
    Mouse(Mouse),
    Width(Ambiguous),
    PasteStart,
    Nothing,
}

impl Decoder {
    /// Takes bytes and returns the inputs that are complete now.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Input> {
        self.pending.extend_from_slice(bytes);
        self.decode(false)
    }

    /// Takes silence, and returns what the bytes that wait are on their own.
    pub fn expire(&mut self) -> Vec<Input> {
        self.decode(true)
    }

    /// Tells what more bytes are waited for, if any.
    pub fn waiting(&self) -> Option<Waiting> {
        match (&self.paste, self.pending.as_slice()) {
            (Some(paste), _) => Some(if paste.end.is_some() { Waiting::PasteEnd } else { Waiting::Paste }),
            (None, []) => None,
            (None, [0x1b] | [0x1b, 0x1b]) => Some(Waiting::Escape),
            (None, _) => Some(Waiting::Sequence),
        }
    }

    fn decode(&mut self, mut silent: bool) -> Vec<Input> {
        let mut inputs = Vec::new();
        let mut rest = std::mem::take(&mut self.pending);
        loop {
            if let Some(mut paste) = self.paste.take() {
                paste.take_in(&rest);
                match paste.split(silent) {
                    Ok((content, after)) => {
                        inputs.push(pasted(&content));
                        // What comes behind has waited for the paste to end, not for its own.
                        (rest, silent) = (after, false);
                    }
                    Err(paste) => {
                        self.paste = Some(paste);
                        return inputs;
                    }
                }
            }
            let read = self.keys(&rest, silent, &mut inputs);
            rest.drain(..read);
            if self.paste.is_none() {
                self.pending = rest;
                return inputs;
            }
        }
    }

    /// Reads up to where a paste starts, or something begins that may go on. Gives how far that was.
    fn keys(&mut self, bytes: &[u8], silent: bool, inputs: &mut Vec<Input>) -> usize {
        let mut text = String::new();
        let mut read = 0;
        while self.paste.is_none()
            && let Some((piece, used)) =
                bytes.get(read..).filter(|rest| !rest.is_empty()).and_then(|rest| piece(rest, silent))
        {
            read = (read + used).min(bytes.len());
            if let Piece::Text(char) = piece {
                text.push(char);
                continue;
            }
            if !text.is_empty() {
                inputs.push(Input::Text(std::mem::take(&mut text)));
            }
            match piece {
                Piece::Key(key) => inputs.push(Input::Key(key)),
                Piece::Mouse(mouse) => inputs.push(Input::Mouse(mouse)),
                Piece::Width(ambiguous) => inputs.push(Input::Width(ambiguous)),
                Piece::PasteStart => self.paste = Some(Paste::default()),
                Piece::Text(_) | Piece::Nothing => {}
            }
        }
        if !text.is_empty() {
            inputs.push(Input::Text(text));
        }
        read
    }
}

/// A paste that is coming in.
///
/// It ends with the last end mark before the terminal is silent or another paste starts: a mark before that was in what
/// was pasted, and what follows it was not typed.
#[derive(Debug, Default)]
struct Paste {
    bytes: Vec<u8>,
    /// Where the last end mark is.
    end: Option<usize>,
    /// Where the paste starts that comes next.
    next: Option<usize>,
}

impl Paste {
    /// Takes in more bytes and looks for marks in them, which may have begun in what came before.
    fn take_in(&mut self, bytes: &[u8]) {
        let from = self.bytes.len().saturating_sub(PASTE_END.len() - 1);
        self.bytes.extend_from_slice(bytes);
        let marks = self.bytes.windows(PASTE_END.len()).enumerate().skip(from);
        for (at, mark) in marks {
            match mark {
                PASTE_END => self.end = Some(at),
                PASTE_START if self.end.is_some() => {
                    self.next = Some(at);
                    return;
                }
                _ => {}
            }
        }
    }

    /// Gives what was pasted and what came behind it, or itself if it may go on.
    fn split(mut self, silent: bool) -> Result<(Vec<u8>, Vec<u8>), Self> {
        match (self.end, self.next) {
            (Some(end), next) if silent || next.is_some() => {
                let after = self.bytes.split_off(end);
                Ok((self.bytes, after.get(PASTE_END.len()..).unwrap_or_default().to_vec()))
            }
            (None, _) if silent => Ok((self.bytes, Vec::new())),
            _ => Err(self),
        }
    }
}

/// Makes an input of pasted bytes; terminals send the ends of lines as carriage returns.
fn pasted(bytes: &[u8]) -> Input {
    Input::Paste(String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace('\r', "\n"))
}

/// Reads what the bytes begin with, and how many of them that is; nothing if it may go on.
fn piece(bytes: &[u8], silent: bool) -> Option<(Piece, usize)> {
    match bytes {
        [0x1b, rest @ ..] => escape(rest, silent).map(|(piece, used)| (piece, used + 1)),
        [byte, ..] if byte.is_ascii_control() => Some((Piece::Key(control(*byte)), 1)),
        _ => character(bytes, silent),
    }
}

fn character(bytes: &[u8], silent: bool) -> Option<(Piece, usize)> {
    let first = &bytes[..bytes.len().min(4)];
    let (valid, wrong) = match std::str::from_utf8(first) {
        Ok(text) => (text, None),
        Err(error) => {
            let valid = std::str::from_utf8(&first[..error.valid_up_to()]).unwrap_or_default();
            (valid, Some(error.error_len()))
        }
    };
    match (valid.chars().next(), wrong) {
        // In UTF-8 the controls of the upper half are two bytes; no key sends them.
        (Some(char), _) if char.is_control() => Some((Piece::Nothing, char.len_utf8())),
        (Some(char), _) => Some((Piece::Text(char), char.len_utf8())),
        (None, Some(Some(length))) => Some((Piece::Text(char::REPLACEMENT_CHARACTER), length)),
        _ if silent => Some((Piece::Text(char::REPLACEMENT_CHARACTER), first.len())),
        _ => None,
    }
}

/// Reads a control character as the key that sends it.
fn control(byte: u8) -> Key {
    match byte {
        b'\r' | b'\n' => Key::plain(Code::Enter),
        b'\t' => Key::plain(Code::Tab),
        0x08 | 0x7f => Key::plain(Code::Backspace),
        0x1b => Key::plain(Code::Esc),
        0 => Key::ctrl(' '),
        _ => Key::ctrl(char::from(byte | 0x40).to_ascii_lowercase()),
    }
}

/// Reads what follows an escape.
fn escape(rest: &[u8], silent: bool) -> Option<(Piece, usize)> {
    let alone = (Piece::Key(Key::plain(Code::Esc)), 0);
    match rest {
        [] => silent.then_some(alone),
        [b'[', rest @ ..] => csi(rest, silent).map(|(piece, used)| (piece, used + 1)),
        [b'O', rest @ ..] => ss3(rest, silent).map(|(piece, used)| (piece, used + 1)),
        [0x1b] if !silent => None,
        // Alt with a key that sends a sequence of its own.
        [0x1b, b'[' | b'O', ..] => {
            let (piece, used) = escape(&rest[1..], silent)?;
            let piece = match piece {
                Piece::Key(key) => Piece::Key(key.with_alt()),
                other => other,
            };
            Some((piece, used + 1))
        }
        [0x1b, ..] => Some(alone),
        [byte, ..] if byte.is_ascii_control() => Some((Piece::Key(control(*byte).with_alt()), 1)),
        // In small letters, so that Caps Lock makes no difference.
        [byte, ..] if byte.is_ascii() => {
            Some((Piece::Key(Key::alt(char::from(byte.to_ascii_lowercase()))), 1))
        }
        // No Alt key sends Han: that was the key Escape, and then an input method.
        _ => Some(alone),
    }
}

/// Reads what follows ESC O.
fn ss3(rest: &[u8], silent: bool) -> Option<(Piece, usize)> {
    let digits = rest.iter().take_while(|byte| matches!(byte, b'0'..=b'9' | b';')).count();
    let Some(&end) = rest.get(digits) else {
        return silent.then_some((Piece::Key(Key::alt('O')), 0));
    };
    let modifiers = numbers(&rest[..digits]).last().copied().unwrap_or(1);
    let piece = match end {
        b'a'..=b'd' => Piece::Key(arrow(end.to_ascii_uppercase())?.with_ctrl()),
        b'M' => Piece::Key(Key::plain(Code::Enter)),
        b'j'..=b'y' => Piece::Text(char::from(end - 0x40)),
        _ => match arrow(end).or_else(|| first_four(end)) {
            Some(key) => Piece::Key(key.with(modifiers)),
            None => return Some((Piece::Key(Key::alt('O')), 0)),
        },
    };
    Some((piece, digits + 1))
}

/// Reads what follows ESC [.
fn csi(rest: &[u8], silent: bool) -> Option<(Piece, usize)> {
    if let [b'[', more @ ..] = rest {
        return match more {
            [end @ b'A'..=b'E', ..] => Some((Piece::Key(Key::plain(Code::F(end - b'A' + 1))), 2)),
            [_, ..] => Some((Piece::Nothing, 2)),
            [] => silent.then_some((Piece::Nothing, 1)),
        };
    }
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let length = match rest.get(digits) {
        // rxvt ends its Shift sequences with what is in the middle of others.
        Some(b'$') if digits > 0 => digits,
        _ => rest.iter().take_while(|byte| matches!(byte, 0x20..=0x3f)).count(),
    };
    match rest.get(length) {
        Some(&end) if !end.is_ascii_control() && end.is_ascii() => {
            Some((sequence(&rest[..length], end), length + 1))
        }
        // Cut off by something that belongs to no sequence.
        Some(_) => Some((Piece::Nothing, length)),
        None if !silent => None,
        None if rest.is_empty() => Some((Piece::Key(Key::alt('[')), 0)),
        None => Some((Piece::Nothing, length)),
    }
}

fn sequence(parameters: &[u8], end: u8) -> Piece {
    if let ([b'<', parameters @ ..], b'M') = (parameters, end) {
        return Mouse::read(&numbers(parameters)).map_or(Piece::Nothing, Piece::Mouse);
    }
    if parameters.first().is_some_and(|byte| matches!(byte, b'<'..=b'?')) {
        return Piece::Nothing;
    }
    let numbers = numbers(parameters);
    let number = |nth: usize| numbers.get(nth).copied();
    let modifiers = number(1).unwrap_or(1);
    let key = match end {
        b'~' if number(0) == Some(200) => return Piece::PasteStart,
        b'~' if number(0) == Some(27) => number(2).and_then(code_point).map(|key| key.with(modifiers)),
        b'~' => number(0).and_then(numbered).map(|key| key.with(modifiers)),
        b'$' => number(0).and_then(numbered).map(Key::with_shift),
        b'^' => number(0).and_then(numbered).map(Key::with_ctrl),
        b'@' => number(0).and_then(numbered).map(|key| key.with_ctrl().with_shift()),
        b'u' => number(0).and_then(code_point).map(|key| key.with(modifiers)),
        b'Z' => Some(Key::plain(Code::Tab).with_shift().with(modifiers)),
        b'R' if number(0).unwrap_or(1) != 1 => return cursor_report(&numbers),
        b'a'..=b'd' => arrow(end.to_ascii_uppercase()).map(Key::with_shift),
        _ => arrow(end).or_else(|| first_four(end)).map(|key| key.with(modifiers)),
    };
    key.map_or(Piece::Nothing, Piece::Key)
}

/// Reads where the cursor was after the width probe.
fn cursor_report(numbers: &[u32]) -> Piece {
    match *numbers {
        [row, 2] if row == u32::from(PROBE_ROW) => Piece::Width(Ambiguous::Narrow),
        [row, 3] if row == u32::from(PROBE_ROW) => Piece::Width(Ambiguous::Wide),
        _ => Piece::Nothing,
    }
}

fn numbers(parameters: &[u8]) -> Vec<u32> {
    let text = std::str::from_utf8(parameters).unwrap_or_default();
    // What follows a colon only details the number before it.
    text.split(';').map(|one| one.split(':').next().and_then(|one| one.parse().ok()).unwrap_or(1)).collect()
}

fn arrow(end: u8) -> Option<Key> {
    Some(Key::plain(match end {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'H' => Code::Home,
        b'F' => Code::End,
        _ => return None,
    }))
}

fn first_four(end: u8) -> Option<Key> {
    (b'P'..=b'S').contains(&end).then(|| Key::plain(Code::F(end - b'P' + 1)))
}

fn numbered(number: u32) -> Option<Key> {
    Some(Key::plain(match number {
        1 | 7 => Code::Home,
        2 => Code::Insert,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        11..=15 => Code::F(number as u8 - 10),
        17..=21 => Code::F(number as u8 - 11),
        23 | 24 => Code::F(number as u8 - 12),
        _ => return None,
    }))
}

/// Reads a key that is sent as the number of its character.
fn code_point(number: u32) -> Option<Key> {
    let char = char::from_u32(number)?;
    Some(match u8::try_from(number) {
        Ok(byte) if byte.is_ascii_control() => control(byte),
        _ => Key::plain(Code::Char(char.to_ascii_lowercase())),
    })
}
