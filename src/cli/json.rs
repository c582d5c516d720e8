//! JSON as it is printed: lines without anything that a terminal obeys, and what several commands say in them.

use std::fmt::Write as _;

use serde::Serialize;

use crate::width;

/// A line of JSON as it is printed.
pub(super) struct Json(String);

impl Json {
    /// The line for a value.
    pub(super) fn new(value: &impl Serialize) -> Self {
        // Maps with text for keys always serialize.
        Self::spelled(&serde_json::to_string(value).unwrap_or_default())
    }

    /// The line for what is JSON already.
    pub(super) fn spelled(json: &str) -> Self {
        let mut line = escaped(json);
        line.push('\n');
        Self(line)
    }

    /// What is printed.
    pub(super) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// A line of JSON for a file that cannot be read.
#[derive(Serialize)]
pub(super) struct Unreadable<'a> {
    pub(super) file: &'a str,
    pub(super) error: &'a str,
}

/// A report that a total or a comparison of units leaves out, and as what: `parent`, `outside`, `unknown`, `last_year`,
/// `other_year` or `other_form`.
#[derive(Serialize)]
pub(super) struct Passed<'a> {
    pub(super) file: &'a str,
    pub(super) agency: &'a str,
    pub(super) year: Option<i64>,
    pub(super) part: &'static str,
}

/// Escapes in JSON what the sanitizer would mark in text: outside strings JSON has no such characters.
fn escaped(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len() + 1);
    let mut end = 0;
    for (at, char) in json.char_indices() {
        // Nearly everything is one of these, and needs no closer look.
        let is_plain = matches!(char, ' '..='~' | '\u{4e00}'..='\u{9fff}' | '，' | '。' | '、' | '“' | '”');
        if is_plain || is_visible(char) {
            continue;
        }
        escaped.push_str(&json[end..at]);
        end = at + char.len_utf8();
        for unit in char.encode_utf16(&mut [0; 2]) {
            // Writing to a string cannot fail.
            let _ = write!(escaped, "\\u{unit:04x}");
        }
    }
    escaped.push_str(&json[end..]);
    escaped
}

fn is_visible(char: char) -> bool {
    let mut bytes = [0; 4];
    let text: &str = char.encode_utf8(&mut bytes);
    width::shown(text) == text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_keeps_its_value_and_loses_what_a_terminal_obeys() {
        let value = serde_json::json!({"文\u{202e}": "a\u{9b}31m\u{200b}\u{1b}[2J\u{e0041}“三安全”\t"});
        let line = escaped(&value.to_string());
        assert!(line.chars().all(|c| width::shown(&c.to_string()) == c.to_string()), "{line}");
        assert!(line.contains("“三安全”") && line.contains("\\u202e") && line.contains("\\udb40\\udc41"));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&line).unwrap(), value);
    }
}
