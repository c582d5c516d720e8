//! A saved report as this program writes it: every value behind the one before it, in the order of the places, and no blank
//! between them. That is read in a third of the time, and a folder of such reports is checked by a twentieth sooner for it.
//!
//! What JSON is stays the business of `serde_json`: it reads every text, and all that is not a value; and where something
//! stands otherwise than expected, it reads the whole.

use memchr::{memchr, memchr2};
use serde_json::Value;

use super::{Entries, Shape};
use crate::report::Place;

/// How many places a report has that is filled in.
const USUAL: usize = 256;

/// Reads a report; `None` where only a reader of any JSON can tell what it is.
pub(super) fn read(json: &str) -> Option<(Shape, Entries)> {
    let first = memchr(b'{', json.strip_prefix('{')?.as_bytes())? + 2;
    let (head, values) = json.split_at(first);
    // The first brace within is that of the values; in a text their name would be followed by a backslash.
    if !head.ends_with("\"values\":{") {
        return None;
    }
    let (entries, rest) = entries(values)?;
    // Without its values it is a short one.
    let shape = serde_json::from_str(&[head, rest].concat()).ok()?;
    Some((shape, entries))
}

/// The values up to the brace that closes them, and everything from there.
fn entries(mut json: &str) -> Option<(Entries, &str)> {
    let (mut entries, mut places) = (Vec::with_capacity(USUAL), Place::spelled());
    loop {
        let named = json.strip_prefix('"')?;
        let at = |(place, spelled)| Some((place, named.strip_prefix(spelled)?.strip_prefix("\":")?));
        let (place, value) = places.find_map(at)?;
        let (value, rest) = if value.starts_with('"') { text(value)? } else { whole(value)? };
        entries.push((place, value));
        match rest.as_bytes().first()? {
            b',' => json = &rest[1..],
            b'}' => return Some((entries, rest)),
            _ => return None,
        }
    }
}

/// The number that something begins with, and what follows it.
fn whole(json: &str) -> Option<(Value, &str)> {
    // A cell holds fewer, and what has more goes to the reader of any JSON: no comma follows these.
    const MOST: usize = 15;
    let digits = json.bytes().take(MOST).map_while(|byte| char::from(byte).to_digit(10));
    let (number, count) =
        digits.fold((0, 0), |(number, count), digit| (10 * number + u64::from(digit), count + 1));
    let is_json = count == 1 || count > 1 && !json.starts_with('0');
    is_json.then(|| (number.into(), &json[count..]))
}

/// The text that something begins with, and what follows it.
fn text(json: &str) -> Option<(Value, &str)> {
    let bytes = json.as_bytes();
    let mut end = 1;
    loop {
        end += memchr2(b'"', b'\\', bytes.get(end..)?)?;
        if bytes[end] == b'"' {
            break;
        }
        end += 2;
    }
    let (text, rest) = json.split_at(end + 1);
    Some((Value::String(serde_json::from_str(text).ok()?), rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::form::Form;
    use crate::report::{Notice, Report, Value as Held, waiver};

    /// What there is to know of a report that was read.
    type Known = (u64, String, Entries, Vec<Notice>, usize);

    fn known((shape, entries): (Shape, Entries)) -> Known {
        let Shape { schema, form, values: _, notices, waivers } = shape;
        (schema, form, entries, notices, waiver::from_saved(waivers).count())
    }

    fn report(form: &'static Form, step: usize) -> Report {
        let mut report = Report::new(form);
        for (nth, place) in Place::all().filter(|place| place.is_in(form)).enumerate().step_by(step) {
            let text = ["12", "0", "1.50", "/", "引“号”\n\"\\\u{7}{}"][nth / step % 5];
            if let Some(value) = Held::read(place, text).0 {
                report.values.insert(place, value);
            }
        }
        report
    }

    #[test]
    fn what_this_program_writes_is_read_as_any_json() {
        for form in Form::all() {
            for step in [1, 7] {
                let json = report(form, step).to_json();
                let read = read(&json).map(known);
                assert!(read.is_some(), "not as it is written: {json}");
                assert_eq!(read, super::super::read(&json).ok().map(known));
            }
        }
    }

    #[test]
    fn whatever_else_is_left_to_the_reader_of_any_json() {
        let of = |values: &str| format!(r#"{{"schema":1,"form":"2021","values":{{{values}}},"notices":[]}}"#);
        assert!(read(&of(r#""@year":2025,"overview":"\\""#)).is_some());
        for values in [
            "",
            r#""@year": 2025"#,
            r#""@year":2025 "#,
            r#""@year":02025"#,
            r#""@year":-1"#,
            r#""@year":1234567890123456"#,
            r#""@year":2025.0"#,
            r#""@year":null"#,
            r#""@year":2025,"@year":2024"#,
            r#""overview":"好","@year":2025"#,
            r#""@years":2025"#,
            r#""overview":"好"#,
            r#""overview":"\"#,
            "\"overview\":\"好\n\"",
        ] {
            assert!(read(&of(values)).is_none(), "{values}");
        }
        let nested = r#"{"form":"2021","notices":[{"values":{"@year":2025}}],"values":{}}"#;
        assert!(read(nested).is_none());
    }

    proptest! {
        #[test]
        fn no_change_makes_it_another_report(at in 0_usize..10_000, cut in 0_usize..4, put in r#"["\\{}:,0-9.e\- n]{0,3}"#) {
            let json = report(&Form::all()[0], 9).to_json();
            let chars: Vec<char> = json.chars().collect();
            let at = at % chars.len();
            let end = chars.len().min(at + cut);
            let changed: String = chars[..at].iter().copied().chain(put.chars()).chain(chars[end..].iter().copied()).collect();
            if let Some(read) = read(&changed).map(known) {
                prop_assert_eq!(Some(read), super::super::read(&changed).ok().map(known), "{}", changed);
            }
        }
    }
}
