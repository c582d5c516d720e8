//! What several subjects need: the material beside the project, where it is there, and snapshots under `tests/data`.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use nianbao::export::{self, Extent, Faces, Kind};
use nianbao::form::Form;
use nianbao::report::{Edit, Place, Report, Value};

/// Says that something was not tested, and why: past the capture of the test harness, which shows what a test prints only
/// when it fails.
pub(crate) fn skipped(why: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {why}");
}

/// The path of a file of the shared material; where it is absent, `None`, and the test says that it is skipped.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared").join(path);
    if !file.exists() {
        skipped(&format!("{} is not here", file.display()));
        return None;
    }
    Some(file)
}

/// The cells of a real report, checked by hand.
pub(crate) fn truth(name: &str) -> Option<Report> {
    let json = std::fs::read(shared(&format!("corpus/truth/{name}.json"))?).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let mut report = Report::new(Form::from_key(json["form"].as_str().unwrap()).unwrap());
    for (spelling, value) in json["values"].as_object().unwrap() {
        let place = Place::parse(spelling).unwrap();
        report.apply(Edit::set(place, Value::from_json(place, value).unwrap()));
    }
    Some(report)
}

/// A report in a format that needs no fonts.
pub(crate) fn written(report: &Report, kind: Kind) -> Vec<u8> {
    export::write(report, kind, Extent::default(), &Faces::default()).unwrap()
}

/// Compares a text with the file of this name under `tests/data`, or writes it with `NIANBAO_SNAPSHOTS=write`.
pub(crate) fn snapshot(name: &str, text: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    if is_writing() {
        std::fs::write(&path, text).unwrap();
        if Readme::read().part(name).is_some() {
            Readme::hold(name, &as_code(text));
        }
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert_kept(&path.display().to_string(), &kept, text);
}

/// Compares a text with the one that is kept, line by line.
fn assert_kept(name: &str, kept: &str, text: &str) {
    let changed = text.lines().zip(kept.lines()).find(|(now, then)| now != then);
    let what = changed.map_or_else(
        || format!("{} bytes, not {}, behind the lines that both have", text.len(), kept.len()),
        |(now, then)| format!("\n  then: {then}\n  now:  {now}"),
    );
    assert!(
        kept == text,
        "{name} is another text now: {what}\nNIANBAO_SNAPSHOTS=write cargo test writes it, to be read over.",
    );
}

/// A text as the README shows it, line by line.
pub(crate) fn as_code(text: &str) -> String {
    format!("```text\n{text}```\n")
}

/// Whether what is compared with a kept text is to be written instead.
pub(crate) fn is_writing() -> bool {
    std::env::var_os("NIANBAO_SNAPSHOTS").is_some_and(|value| value == "write")
}

/// The README; several tests read it and write parts of it.
pub(crate) struct Readme(String);

/// Held by who reads or writes it, so that nobody reads half of it.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

impl Readme {
    const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

    pub(crate) fn read() -> Self {
        let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        Self::now()
    }

    fn now() -> Self {
        Self(std::fs::read_to_string(Self::PATH).unwrap())
    }

    /// The names of its parts that begin so.
    pub(crate) fn parts<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> {
        let begun = self.0.split("<!-- ").skip(1).filter_map(|rest| rest.split(" -->").next());
        begun.filter(move |name| name.starts_with(prefix))
    }

    /// What stands between `<!-- name -->` and `<!-- /name -->`.
    pub(crate) fn part(&self, name: &str) -> Option<&str> {
        let (_, rest) = self.0.split_once(&format!("<!-- {name} -->\n"))?;
        Some(rest.split_once(&format!("<!-- /{name} -->"))?.0)
    }

    /// Compares a part with a text, or writes it with `NIANBAO_SNAPSHOTS=write`.
    pub(crate) fn hold(name: &str, text: &str) {
        let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let readme = Self::now();
        let kept = readme.part(name).unwrap_or_else(|| panic!("no part {name} in README.md"));
        if is_writing() && kept != text {
            let (begins, ends) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
            let written =
                readme.0.replace(&[&begins, kept, &ends].concat(), &[&begins, text, &ends].concat());
            return std::fs::write(Self::PATH, written).unwrap();
        }
        assert_kept(&format!("{name} in README.md"), kept, text);
    }
}

/// The ways in which offices write a day.
pub(crate) fn spellings(year: i64, month: i64, day: i64) -> Vec<String> {
    let numerals: Vec<char> = "〇一二三四五六七八九".chars().collect();
    let numeral = |c: char| c.to_digit(10).map_or(c, |digit| numerals[digit as usize]);
    let full = |c: char| c.to_digit(10).map_or(c, |digit| char::from_u32(0xFF10 + digit).unwrap());
    let spoken = |number: i64| -> String {
        let (tens, ones) = (number / 10, number % 10);
        let tens = ["", "十", "二十", "三十"][usize::try_from(tens).unwrap()];
        format!("{tens}{}", if ones > 0 { ones.to_string() } else { String::new() })
    };
    let words = format!("{year}年{month}月{day}日");
    let in_numerals: String =
        format!("{year}年{}月{}日", spoken(month), spoken(day)).chars().map(numeral).collect();
    vec![
        format!("{year}-{month:02}-{day:02}"),
        format!("{year}-{month}-{day}"),
        format!("{year}.{month}.{day}"),
        format!("{year}/{month}/{day}"),
        format!("{year} 年 {month} 月 {day} 日"),
        words.chars().map(full).collect(),
        words,
        in_numerals.replace('〇', "○"),
        in_numerals,
    ]
}
