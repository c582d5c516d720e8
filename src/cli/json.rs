//! JSON as it is printed: lines without anything that a terminal obeys, and what several commands say in them. Prints nothing
//! itself.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::width;

/// Bytes enough for most lines, which say what was found in a report.
const USUAL: usize = 4096;

/// A line of JSON as it is printed.
pub(super) struct Json(Vec<u8>);

impl Json {
    /// The line for a value.
    pub(super) fn new(value: &impl Serialize) -> Self {
        let mut line = Vec::with_capacity(USUAL);
        // Maps with text for keys always serialize, and memory takes whatever is written.
        let _ = value.serialize(&mut Serializer::with_formatter(&mut line, Escaping));
        line.push(b'\n');
        Self(line)
    }

    /// The line for what is JSON on one line already: outside strings it has nothing to escape.
    pub(super) fn spelled(json: &str) -> Self {
        let mut line = Vec::with_capacity(json.len() + 1);
        // Memory takes whatever is written.
        let _ = escape(json, &mut line);
        line.push(b'\n');
        Self(line)
    }

    /// What is printed.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
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

/// Writes JSON with escapes for what the sanitizer would mark in text.
struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: Write + ?Sized>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        escape(fragment, out)
    }
}

/// Writes JSON that is on one line, or a part of a string in it, with escapes for what the sanitizer would mark in text.
fn escape<W: Write + ?Sized>(text: &str, out: &mut W) -> io::Result<()> {
    let mut end = 0;
    for (at, char) in text.char_indices() {
        // Nearly everything is one of these, and needs no closer look.
        let is_plain = matches!(char, ' '..='~' | '\u{4e00}'..='\u{9fff}' | '，' | '。' | '、' | '“' | '”');
        if is_plain || is_visible(char) {
            continue;
        }
        out.write_all(&text.as_bytes()[end..at])?;
        end = at + char.len_utf8();
        for unit in char.encode_utf16(&mut [0; 2]) {
            write!(out, "\\u{unit:04x}")?;
        }
    }
    out.write_all(&text.as_bytes()[end..])
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
        let value =
            serde_json::json!({"文\u{202e}": "a\u{9b}31m\u{200b}\u{1b}[2J\u{7f}\u{e0041}“三安全”\t\"\\"});
        let Json(line) = Json::new(&value);
        assert_eq!(line, Json::spelled(&value.to_string()).0);
        let line = String::from_utf8(line).unwrap();
        let line = line.strip_suffix('\n').unwrap();
        assert!(line.chars().all(|c| width::shown(&c.to_string()) == c.to_string()), "{line}");
        assert!(line.contains("“三安全”") && line.contains("\\u202e") && line.contains("\\udb40\\udc41"));
        assert_eq!(serde_json::from_str::<serde_json::Value>(line).unwrap(), value);
    }
}
