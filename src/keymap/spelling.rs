//! Keys as they are written: `Ctrl+Z`, `F8`, `Alt+1`; and which of them a terminal can send at all.
//!
//! What it refuses would be a key that never comes, or one that an input method takes for itself.

use std::fmt;

use super::key::{Code, Key};

/// The keys that have a name, with it.
const NAMED: [(Code, &str); 13] = [
    (Code::Enter, "Enter"),
    (Code::Tab, "Tab"),
    (Code::Backspace, "Backspace"),
    (Code::Esc, "Esc"),
    (Code::Insert, "Insert"),
    (Code::Delete, "Delete"),
    (Code::Up, "Up"),
    (Code::Down, "Down"),
    (Code::Left, "Left"),
    (Code::Right, "Right"),
    (Code::Home, "Home"),
    (Code::End, "End"),
    (Code::PageUp, "PageUp"),
];

/// What may be written, in the clerk's words.
const MAY: &str = "可以写 F1 至 F12，Ctrl+字母，Alt+字母或数字，Enter、Tab、Esc、Backspace、Insert、Delete、Up、Down、Left、\
                   Right、Home、End、PageUp、PageDown；方向键、Home 一类和 F 键前面可以加 Ctrl+、Alt+、Shift+";

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, modifier) in [(self.ctrl, "Ctrl+"), (self.alt, "Alt+"), (self.shift, "Shift+")] {
            f.write_str(if held { modifier } else { "" })?;
        }
        match self.code {
            Code::Char(' ') => f.write_str("Space"),
            Code::Char(char) => write!(f, "{}", char.to_ascii_uppercase()),
            Code::F(number) => write!(f, "F{number}"),
            code => f.write_str(
                NAMED.iter().find(|(known, _)| *known == code).map_or("PageDown", |named| named.1),
            ),
        }
    }
}

/// Reads a key as it is written in the configuration, in small letters or capitals.
///
/// # Errors
/// If it is no key, or one that cannot be had; says why, and what may stand there.
pub fn read(text: &str) -> Result<Key, String> {
    let key = spelled(text).ok_or_else(|| format!("“{text}”不是键的写法，{MAY}"))?;
    match refusal(key) {
        Some(reason) => Err(format!("{key} 用不了：{reason}；{MAY}")),
        None => Ok(key),
    }
}

/// Reads the modifiers and the name of a key, whether it can be had or not.
fn spelled(text: &str) -> Option<Key> {
    let mut name = text.trim();
    let mut key = Key::plain(Code::Enter);
    // The last character may be a plus itself.
    while let Some((modifier, rest)) = name.split_once('+').filter(|(_, rest)| !rest.is_empty()) {
        match modifier.trim().to_ascii_lowercase().as_str() {
            "ctrl" if !key.ctrl => key.ctrl = true,
            "alt" if !key.alt => key.alt = true,
            "shift" if !key.shift => key.shift = true,
            _ => return None,
        }
        name = rest.trim();
    }
    let is = |other: &str| other.eq_ignore_ascii_case(name);
    let number = name.strip_prefix(['f', 'F']).and_then(|number| number.parse().ok());
    let mut chars = name.chars();
    key.code = match (chars.next(), chars.next()) {
        (Some(char), None) => Code::Char(char.to_ascii_lowercase()),
        _ if is("Space") => Code::Char(' '),
        _ if is("PageDown") => Code::PageDown,
        _ => match number {
            Some(number @ 1..=12) => Code::F(number),
            _ => NAMED.iter().find(|(_, known)| is(known))?.0,
        },
    };
    Some(key)
}

/// Why a key cannot be had; nothing if it can.
fn refusal(key: Key) -> Option<&'static str> {
    let Key { code, ctrl, alt, shift } = key;
    let Code::Char(char) = code else {
        return match code {
            Code::Enter if ctrl || shift => Some("终端里它和 Enter 分不开"),
            Code::Tab if ctrl || alt => Some("终端或窗口系统留着自己用"),
            Code::Backspace if ctrl || shift => Some("终端里它和 Backspace 分不开"),
            Code::Esc if ctrl || alt || shift => Some("终端里它和 Esc 分不开"),
            _ => None,
        };
    };
    match char {
        _ if !ctrl && !alt => Some("单个字符要留给输入法和填写的内容"),
        ' ' => Some("输入法用它切换中英文"),
        _ if shift => Some("终端里它和不按 Shift 的分不开"),
        'h' if ctrl => Some("终端里它就是 Backspace"),
        'i' if ctrl => Some("终端里它就是 Tab"),
        'j' | 'm' if ctrl => Some("终端里它就是 Enter"),
        '[' if ctrl => Some("终端里它就是 Esc"),
        _ if ctrl && !matches!(char, 'a'..='z' | '\\' | ']' | '_') => Some("终端不送这个键"),
        '[' => Some("别的键在终端里以它开头"),
        _ if !char.is_ascii_graphic() => Some("终端不送这个键"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::BINDINGS;

    #[test]
    fn every_key_of_the_table_is_read_as_it_is_written() {
        for (key, _) in BINDINGS.iter().flat_map(|binding| binding.keys.iter()) {
            assert_eq!(read(&key.to_string()), Ok(*key));
            assert_eq!(read(&key.to_string().to_lowercase()), Ok(*key));
        }
        assert_eq!(read(" ctrl + pagedown "), Ok(Key::plain(Code::PageDown).with_ctrl()));
        assert_eq!(read("Alt+Shift+F12"), Ok(Key::plain(Code::F(12)).with_alt().with_shift()));
        assert_eq!(read("Alt++"), Ok(Key::alt('+')));
    }

    #[test]
    fn what_is_no_key_is_refused_with_what_may_be_written() {
        for wrong in
            ["", "F0", "F13", "Super+A", "Ctrl+", "Ctrl+Ctrl+A", "Ctrl+Enterr", "回车", "Ctrl-N", "Hyper"]
        {
            let said = read(wrong).unwrap_err();
            assert!(said.contains("F1 至 F12"), "{wrong}: {said}");
        }
    }

    #[test]
    fn what_no_terminal_sends_and_what_an_input_method_needs_is_refused_with_the_reason() {
        for (wrong, reason) in [
            ("Ctrl+Enter", "Enter 分不开"),
            ("Shift+Enter", "Enter 分不开"),
            ("Ctrl+Tab", "留着自己用"),
            ("Ctrl+Backspace", "Backspace 分不开"),
            ("Shift+Esc", "Esc 分不开"),
            ("n", "输入法"),
            ("5", "输入法"),
            ("Shift+N", "输入法"),
            ("，", "输入法"),
            ("Space", "输入法"),
            ("Ctrl+Space", "输入法"),
            ("Ctrl+Shift+N", "Shift"),
            ("Ctrl+H", "就是 Backspace"),
            ("Ctrl+I", "就是 Tab"),
            ("Ctrl+M", "就是 Enter"),
            ("Ctrl+[", "就是 Esc"),
            ("Ctrl+1", "不送"),
            ("Alt+[", "开头"),
            ("Alt+字", "不送"),
        ] {
            let said = read(wrong).unwrap_err();
            assert!(said.contains(reason) && said.contains("F1 至 F12"), "{wrong}: {said}");
        }
    }
}
