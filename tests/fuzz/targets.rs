//! What is fuzzed: a function from bytes for each reader of ours, with the law that has to hold of what it gives.
//!
//! The fuzzer runs them on what it makes up, the suite on what it has kept (`tests/fuzz/corpus`). Where plain bytes would
//! get no further than a container or a checksum, the container is made here and the bytes are what is in it.

mod containers;
mod stored;
mod words;

use nianbao::check;
use nianbao::config;
use nianbao::desk::Judgement;
use nianbao::export::{self, Extent, Faces, Kind};
use nianbao::import;
use nianbao::number::{self, Decimal, MAX_DECIMALS, MAX_DIGITS, Reading};
use nianbao::prose::{About, Prose};
use nianbao::report::{Place, Report};
use nianbao::tui::input::{Decoder, Input};
use nianbao::units::Units;
use nianbao::width::shown;

/// A target: its name, and the law that any bytes have to keep.
type Target = (&'static str, fn(&[u8]));

/// Every target, by its name.
pub(crate) const ALL: [Target; 18] = [
    ("compound", containers::compound),
    ("config", configuration),
    ("docx", containers::word),
    ("html", containers::page),
    ("journal", stored::journal),
    ("judgement", judgement),
    ("keys", keys),
    ("number", number),
    ("odt", containers::open_text),
    ("package", containers::package),
    ("pdf", containers::pdf),
    ("prose", prose),
    ("register", register),
    ("saved", saved),
    ("shown", sanitized),
    ("snapshot", stored::snapshot),
    ("text", text),
    ("xlsx", containers::workbook),
];

/// The longest section that is taken from a file, in bytes.
const LONGEST_SECTION: usize = 150_000;

/// Reads a file: what comes of it is a report within its limits, which is the same after it was saved; or an error that
/// says what to do.
pub(crate) fn imported(bytes: &[u8]) {
    match import::locate(bytes) {
        Ok(reading) => {
            let report = reading.report;
            for (section, text) in report.prose() {
                assert!(text.len() <= LONGEST_SECTION, "{section:?} has {} bytes", text.len());
            }
            is_saved_and_read(&report);
            assert!(!shown_lines(&report).contains(is_obeyed));
        }
        Err(error) => {
            assert!(error.hint().ends_with('。'), "{error}");
            assert!(!shown(&error.to_string()).contains(is_obeyed));
        }
    }
}

/// Whatever a report says of itself, as a screen shows it.
fn shown_lines(report: &Report) -> String {
    let values = report.values().map(|(_, value)| value.to_string());
    let notices = report.notices().flat_map(|notice| [notice.quote.clone(), notice.message.clone()]);
    values.chain(notices).map(|text| shown(&text).into_owned()).collect()
}

fn is_saved_and_read(report: &Report) {
    let again = Report::from_json(&report.to_json());
    assert_eq!(again.as_ref().ok(), Some(report), "saved and read it is another: {:?}", again.as_ref().err());
}

/// What a terminal obeys or what reorders or hides text, as the Unicode standard and ECMA-48 list it: written anew here, not
/// asked of the sanitizer.
pub(crate) fn is_obeyed(c: char) -> bool {
    matches!(c, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

fn text(bytes: &[u8]) {
    imported(bytes);
    let text = String::from_utf8_lossy(bytes);
    imported(&encoding_rs::GBK.encode(&text).0);
    // Below a title and a heading prose is prose, and a table is a table.
    imported(format!("云岭县水务局2025年政府信息公开工作年度报告\n一、总体情况\n{text}").as_bytes());
}

fn register(bytes: &[u8]) {
    let Ok(document) = import::list(bytes) else { return };
    match Units::read(&document) {
        Ok(units) => {
            for unit in units.all() {
                // The first of that name, or several.
                let _ = units.find(&unit.name);
                assert!(!unit.name.is_empty());
            }
        }
        Err(faults) => assert!(!faults.is_empty() && faults.iter().all(|fault| !fault.message.is_empty())),
    }
}

fn saved(bytes: &[u8]) {
    imported(bytes);
    let Ok(report) = Report::from_bytes(bytes) else { return };
    is_saved_and_read(&report);
    let review = check::check(&report);
    // Not all of them each time: the length says which.
    let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Pdf).collect();
    let kind = kinds[bytes.len() % kinds.len()];
    let extent = Extent { findings: Some(&review.findings), ..Extent::default() };
    let written = export::write(&report, kind, extent, &Faces::default());
    assert!(written.is_ok(), "{kind:?}: {:?}", written.err());
}

fn judgement(bytes: &[u8]) {
    let Ok(judgement) = serde_json::from_slice::<Judgement>(bytes) else { return };
    let written = serde_json::to_vec(&judgement).unwrap();
    assert_eq!(serde_json::from_slice::<Judgement>(&written).unwrap(), judgement);
}

fn configuration(bytes: &[u8]) {
    let lines = 1 + bytes.iter().filter(|&&byte| byte == b'\n').count();
    if let Err(faults) = config::parse(bytes) {
        assert!(!faults.is_empty());
        for fault in faults {
            assert!((1..=lines).contains(&fault.line) && !fault.reason.is_empty(), "{fault}");
        }
    }
}

fn number(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Reading::Plain(number) | Reading::Loose(number) = number::read(&text) {
        let written = number.to_string();
        assert_eq!(Decimal::parse(&written), Some(number), "{text}");
        assert_eq!(number::read(&written), Reading::Plain(number), "{text}");
        let (whole, fraction) = written.trim_start_matches('-').split_once('.').unwrap_or((&written, ""));
        assert!(whole.trim_start_matches('-').len() <= MAX_DIGITS && fraction.len() <= MAX_DECIMALS);
        // No digit that was not written, and none lost but zeros before them.
        let digits: String = text.chars().map(number::half_width).filter(char::is_ascii_digit).collect();
        let of_number: String = written.chars().filter(char::is_ascii_digit).collect();
        assert_eq!(digits.trim_start_matches('0'), of_number.trim_start_matches('0'), "{text}");
    }
    if let Some(place) = Place::parse(&text) {
        assert_eq!(place.to_string(), text);
    }
}

fn prose(bytes: &[u8]) {
    let text = words::sentence(bytes);
    let prose = Prose::new(&text);
    for (year, is_government) in [(2025, false), (2023, true)] {
        for claim in prose.claims(&About { year, is_government, is_office: false }) {
            assert!(text.get(claim.range.clone()).is_some_and(|words| !words.is_empty()), "{claim:?}");
            assert!(claim.number.is_none_or(|number| text.get(number).is_some()), "of {text}");
        }
    }
    assert!(prose.missing_numbers().into_iter().all(|range| text.get(range).is_some()));
    let _ = (prose.parts_off(), prose.shares());
}

fn sanitized(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let safe = shown(&text);
    assert!(!safe.contains(is_obeyed), "{safe:?}");
    assert_eq!(shown(&safe), safe, "twice is once");
    if !text.contains(is_obeyed) && text.is_ascii() {
        assert_eq!(safe, text, "what is safe is left as it is");
    }
}

/// However the bytes of keys are cut, they are the same keys.
fn keys(bytes: &[u8]) {
    let (&cut, bytes) = bytes.split_first().unwrap_or((&1, bytes));
    let decoded = |size: usize| {
        let mut decoder = Decoder::default();
        let mut inputs: Vec<Input> = bytes.chunks(size).flat_map(|piece| decoder.feed(piece)).collect();
        for _ in 0..=bytes.len() {
            if decoder.waiting().is_none() {
                break;
            }
            inputs.extend(decoder.expire());
        }
        assert_eq!(decoder.waiting(), None, "it waits for ever");
        joined(inputs)
    };
    let whole = decoded(bytes.len().max(1));
    assert_eq!(decoded(usize::from(cut).max(1)), whole);
    for input in whole {
        if let Input::Text(text) = input {
            assert!(!text.contains(char::is_control), "{text:?} is no text");
        }
    }
}

/// Text that came in several pieces is one.
fn joined(inputs: Vec<Input>) -> Vec<Input> {
    let mut joined: Vec<Input> = Vec::new();
    for input in inputs {
        match (joined.last_mut(), input) {
            (Some(Input::Text(before)), Input::Text(text)) => before.push_str(&text),
            (_, input) => joined.push(input),
        }
    }
    joined
}
