//! A saved report as this program writes it, every value behind the one before it, in the order of the places, and no white
//! space between them: read with far less work than any JSON is.
//!
//! What stands otherwise than expected is left to `serde_json`, the whole of it; here, too, it reads every text, and all that
//! is not a value.

use std::borrow::Cow;

use memchr::{memchr, memchr2};
use serde::Deserialize;

use super::{Shape, is_numeric};
use crate::number::MAX_DIGITS;
use crate::report::{Place, Value};

/// How many places a report has that is filled in.
const USUAL: usize = 256;

/// Reads a report: its shape without values, and these; `None` where only a reader of any JSON can tell what it is.
pub(super) fn read(json: &str) -> Option<(Shape, Vec<(Place, Value)>)> {
    let first = memchr(b'{', json.strip_prefix('{')?.as_bytes())? + 2;
    let (head, values) = json.split_at(first);
    // The first brace within is that of the values. No quotation mark behind a comma or a brace is escaped: it begins a name.
    if !head.ends_with(",\"values\":{") && head != "{\"values\":{" {
        return None;
    }
    let (values, rest) = entries(values)?;
    Some((serde_json::from_str(&[head, rest].concat()).ok()?, values))
}

/// The values up to the brace that closes them, and everything from there.
fn entries(mut json: &str) -> Option<(Vec<(Place, Value)>, &str)> {
    let (mut entries, mut places) = (Vec::with_capacity(USUAL), Place::spelled());
    loop {
        let named = json.strip_prefix('"')?;
        let at = |(place, spelled)| Some((place, named.strip_prefix(spelled)?.strip_prefix("\":")?));
        let (place, value) = places.find_map(at)?;
        let (value, rest) = if value.starts_with('"') { text(place, value)? } else { count(place, value)? };
        entries.push((place, value));
        match rest.as_bytes().first()? {
            b',' => json = &rest[1..],
            b'}' => return Some((entries, rest)),
            _ => return None,
        }
    }
}

/// The number that something begins with, and what follows it.
fn count(place: Place, json: &str) -> Option<(Value, &str)> {
    // What no cell holds is cut off here: a digit follows then, neither comma nor brace, and it is left to serde_json.
    let digits = json.bytes().take(MAX_DIGITS).map_while(|byte| char::from(byte).to_digit(10));
    let (number, length) =
        digits.fold((0, 0), |(number, length), digit| (10 * number + i64::from(digit), length + 1));
    let is_json = length == 1 || length > 1 && !json.starts_with('0');
    (is_json && is_numeric(place)).then(|| (Value::count(number), &json[length..]))
}

/// The value of the text that something begins with, and what follows it; `None` too where it is blank, or a number that is
/// written so that a notice has to tell of it.
fn text(place: Place, json: &str) -> Option<(Value, &str)> {
    // serde borrows a Cow only in a field that says so; a bare one is copied.
    #[derive(Deserialize)]
    struct Text<'a>(#[serde(borrow)] Cow<'a, str>);
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
    let Text(text) = serde_json::from_str(text).ok()?;
    match Value::read(place, &text) {
        (Some(value), false) => Some((value, rest)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::form::Form;
    use crate::report::Report;

    fn as_written(json: &str) -> Option<Result<Report, String>> {
        read(json).map(|(shape, values)| Report::from_shape(shape, values).map_err(|error| error.to_string()))
    }

    fn as_any(json: &str) -> Option<Result<Report, String>> {
        let shape = serde_json::from_str(json).ok()?;
        Some(Report::from_shape(shape, Vec::new()).map_err(|error| error.to_string()))
    }

    fn report(form: &'static Form, step: usize) -> Report {
        let mut report = Report::new(form);
        for (nth, place) in Place::all().filter(|place| place.is_in(form)).enumerate().step_by(step) {
            let text = ["12", "0", "1.50", "/", "引“号”\n\"\\\u{7}{}"][nth / step % 5];
            if let Some(value) = Value::read(place, text).0 {
                report.values.insert(place, value);
            }
        }
        report
    }

    #[test]
    fn what_this_program_writes_is_read_as_any_json() {
        for form in Form::all() {
            for step in [1, 7] {
                let report = report(form, step);
                let json = report.to_json();
                assert_eq!(as_written(&json), Some(Ok(report.clone())), "{json}");
                assert_eq!(as_any(&json), Some(Ok(report)), "{json}");
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
            r#""@year":"２０２５""#,
            r#""overview":5"#,
            r#""overview":"""#,
            r#""@year":2025,"@year":2024"#,
            r#""overview":"好","@year":2025"#,
            r#""@years":2025"#,
            r#""overview":"好"#,
            r#""overview":"\"#,
            "\"overview\":\"好\n\"",
        ] {
            assert!(read(&of(values)).is_none(), "{values}");
        }
        for json in [
            r#"{"form":"2021","notices":[{"values":{"@year":2025}}],"values":{}}"#,
            r#"{"x\"values":{"@year":2025},"form":"2021","values":{}}"#,
            r#"{"form":"2021","values":{"@year":2025},"values":{"@year":2024}}"#,
        ] {
            assert!(read(json).is_none(), "{json}");
        }
    }

    const PARTS: [&str; 9] = [
        r#""schema":1"#,
        r#""form":"2021""#,
        r#""values":{"@year":2025,"overview":"好"}"#,
        r#""values":{}"#,
        r#""x\"values":{"@year":2025}"#,
        r#""val\u0065s":{"@year":2024}"#,
        r#""x":{"values":{"@year":2024}}"#,
        r#""x":",\"values\":{\"@year\":2024}""#,
        r#""notices":[{"kind":"number-reread","place":null,"quote":"}","at":"","message":",\"values\":{"}]"#,
    ];

    proptest! {
        #[test]
        fn however_it_is_put_together_it_is_read_as_any_json(parts in proptest::collection::vec(0..PARTS.len(), 0..6)) {
            let json = format!("{{{}}}", parts.iter().map(|nth| PARTS[*nth]).collect::<Vec<_>>().join(","));
            let read = as_written(&json);
            prop_assert!(read.is_none() || read == as_any(&json), "{}", json);
        }

        #[test]
        fn no_change_makes_it_another_report(
            at in 0_usize..10_000,
            cut in 0_usize..4,
            put in r#"["\\{}:,0-9.e\- n]{0,3}"#,
        ) {
            let json = report(&Form::all()[0], 9).to_json();
            let chars: Vec<char> = json.chars().collect();
            let at = at % chars.len();
            let rest = &chars[chars.len().min(at + cut)..];
            let changed: String = chars[..at].iter().copied().chain(put.chars()).chain(rest.iter().copied()).collect();
            let read = as_written(&changed);
            prop_assert!(read.is_none() || read == as_any(&changed), "{}", changed);
        }
    }
}
