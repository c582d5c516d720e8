//! X1 and T1: text that comes from outside stays text, whatever it is written into and wherever it is shown.
//!
//! Each payload is put into every source of text, and what goes out is read as the program reads it that opens it: nothing may
//! be in it that is not there where the texts are harmless. What an office program and a browser really do is in `opened`.

mod judges;
mod opened;
mod payloads;
mod spoken;

use nianbao::check;
use nianbao::export::{self, Extent, Faces, Kind, Opener};
use nianbao::form::Form;
use nianbao::form::terms::{Field, Section};
use nianbao::import;
use nianbao::report::{Edit, Notice, NoticeKind, Place, Report, Value};

use super::{figure, scale};
use judges::Means;

/// What the texts of a report are where they are harmless.
const HARMLESS: &str = "甲乙丙";

/// A report with a text in every place that can hold one: fields, cells, prose, what was noticed and what was explained.
fn report(text: &str) -> Report {
    let mut report = Report::new(Form::current());
    report.apply(Report::identity("云溪镇人民政府", None, 2025));
    let fields = [Field::Agency, Field::ShortName, Field::Title, Field::Published].map(Place::from);
    let prose = Section::PROSE.iter().map(|&section| Place::from(section));
    let cells = Form::current().cells().iter().map(|info| Place::from(info.cell)).step_by(3);
    for place in fields.into_iter().chain(cells) {
        report.apply(Edit::set(place, Value::read(place, text).0));
    }
    // Alone, and behind other words, from one to the next.
    for (place, words) in prose.zip([text.to_owned(), format!("{text}\n甲{text}乙")].iter().cycle()) {
        report.apply(Edit::set(place, Value::read(place, words).0));
    }
    let notice = Notice {
        kind: NoticeKind::NotPlaced,
        place: Some(Section::Overview.into()),
        quote: text.to_owned(),
        at: text.to_owned(),
        message: text.to_owned(),
    };
    report.apply(Edit { notices: [(notice, true)].into(), ..Edit::default() });
    report
}

/// What is in a file of this format that could do something.
fn means(kind: Kind, bytes: &[u8]) -> Means {
    match kind.opener() {
        Opener::Browser => judges::of_page(bytes),
        Opener::Office => judges::of_package(bytes),
        Opener::Spreadsheet => {
            judges::of_table(bytes).into_iter().chain(judges::of_terminal(bytes)).collect()
        }
        Opener::MarkdownReader => {
            judges::of_markdown(bytes).into_iter().chain(judges::of_terminal(bytes)).collect()
        }
        Opener::Terminal => judges::of_terminal(bytes),
        Opener::Program => {
            let json: serde_json::Value = serde_json::from_slice(bytes).unwrap();
            json.as_object().unwrap().keys().cloned().collect()
        }
        #[cfg(feature = "pdf")]
        Opener::PdfReader => judges::of_pdf(bytes),
        #[cfg(not(feature = "pdf"))]
        Opener::PdfReader => Means::new(),
    }
}

/// A report as a format has it, with what the checks have found; none where no font has the characters.
fn written(report: &Report, kind: Kind, faces: &Faces) -> Option<Vec<u8>> {
    // The first of them are enough: they quote the places that the payload is in.
    let review = check::check(report);
    let findings: Vec<_> = review.findings.into_iter().take(30).collect();
    let extent = Extent { findings: Some(&findings), ..Extent::default() };
    match export::write(report, kind, extent, faces) {
        Ok(bytes) => Some(bytes),
        // No font has what nobody sees.
        Err(_) if kind == Kind::Pdf => None,
        Err(error) => panic!("{kind:?}: {error}"),
    }
}

/// What a file has beside what a harmless one of the same shape has.
fn stray(kind: Kind, bytes: &[u8], harmless: &Means) -> Vec<String> {
    means(kind, bytes).difference(harmless).cloned().collect()
}

/// What harmless reports have: one whose texts are short, and one whose texts are of several kinds of characters.
fn harmless(kind: Kind, faces: &Faces) -> Means {
    let texts = [HARMLESS, "1", "甲\n乙", " 甲  乙 ", "（一）甲", "abc-12", "甲\t乙"];
    texts
        .iter()
        .filter_map(|text| written(&report(text), kind, faces))
        .flat_map(|bytes| means(kind, &bytes))
        .collect()
}

#[test]
fn no_payload_is_more_than_text_in_any_format() {
    let payloads = payloads::all();
    assert_eq!(payloads.len(), 80);
    let faces = nianbao::faces::find(Kind::Pdf, None).unwrap_or_default();
    let chosen = scale().of(payloads, 8, 80);
    let (mut files, mut wrong) = (0, Vec::new());
    for kind in Kind::ALL {
        let harmless = harmless(kind, &faces);
        for payload in &chosen {
            let Some(bytes) = written(&report(payload), kind, &faces) else { continue };
            files += 1;
            let stray = stray(kind, &bytes, &harmless);
            wrong.extend((!stray.is_empty()).then(|| format!("{payload:?} in {kind:?}: {stray:?}")));
        }
    }
    figure(
        "X1",
        &format!(
            "{} payloads in {files} files of {} formats, {} did more than text",
            chosen.len(),
            Kind::ALL.len(),
            wrong.len()
        ),
    );
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn what_is_neutralized_comes_back_unchanged() {
    let cell = Place::parse("requests/received/business").unwrap();
    let mut wrong = Vec::new();
    // What nobody can see goes out as a mark that can be seen, and stays one.
    let visible = payloads::all().into_iter().filter(|payload| nianbao::width::shown(payload) == *payload);
    for payload in scale().of(visible.collect(), 12, 80) {
        // A PDF is not written without fonts.
        for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Pdf) {
            let mut report = Report::new(Form::current());
            report.apply(Report::identity("云溪镇人民政府", None, 2025));
            report.apply(Edit::set(cell, Value::read(cell, payload).0));
            let bytes = written(&report, kind, &Faces::default()).unwrap();
            let read = import::read(&bytes).map(|read| read.get(cell).map(ToString::to_string));
            // A cell is one line there.
            let expected = report.get(cell).map(|value| value.to_string().replace('\n', " "));
            let is_same =
                read.as_ref().is_ok_and(|read| read.as_ref().map(|text| text.replace('\n', " ")) == expected);
            wrong.extend((!is_same).then(|| format!("{payload:?} through {kind:?} is {read:?}")));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Exporters that do not escape or neutralize, and with what they are found out.
#[test]
fn an_exporter_that_does_not_escape_is_found_out() {
    let find = |kind, text: String, words: &str| {
        let stray = stray(
            kind,
            text.as_bytes(),
            &Means::from(["<html>", "<head>", "<body>", "<p>"].map(str::to_owned)),
        );
        assert!(stray.iter().any(|what| what.contains(words)), "{kind:?} {text:?}: {stray:?}");
    };
    let pages = payloads::all().into_iter().filter(|payload| {
        payload.contains("<script>") || payload.contains("onerror") || payload.contains("<iframe")
    });
    assert!(pages.clone().count() > 8);
    for payload in pages {
        let page = format!("<p title=\"甲\">{payload}</p>");
        assert!(
            !stray(Kind::Page, page.as_bytes(), &judges::of_page(b"<p title=\"\"></p>")).is_empty(),
            "{payload}"
        );
    }
    for payload in ["=1+1", "+1+1", "-1+1", "@SUM(1+1)", "＝1+1", "=cmd|'/c calc'!A1"] {
        find(Kind::Csv, format!("甲,{payload}\r\n"), "computes");
    }
    find(Kind::Csv, "甲,\"\u{1b}[2J\"\r\n".to_owned(), "U+001B");
    find(Kind::Markdown, "[点我](javascript:x)".to_owned(), "a link");
    find(Kind::Markdown, "<script>x</script>".to_owned(), "an element");
    find(Kind::Markdown, "甲\n<b>乙</b>".to_owned(), "an element");
    find(Kind::Markdown, "|甲|\n|-|\n|<javascript:x>|".to_owned(), "a link");
    find(Kind::Markdown, "[甲][乙]\n\n[乙]: javascript:x".to_owned(), "a link");
    find(Kind::Markdown, "![甲](http://192.0.2.1/)".to_owned(), "a picture");
    find(Kind::Text, "甲\u{202e}".to_owned(), "U+202E");
    find(Kind::Json, "{\"values\":{},\"level\":\"error\"}".to_owned(), "level");
    let sound = judges::of_package(&super::untrusted::package("<w:document><w:body/></w:document>"));
    for body in ["<w:instrText>DDEAUTO</w:instrText>", "<w:fldSimple w:instr=\"x\"/>", "<f>1+1</f>"] {
        let package = super::untrusted::package(&format!("<w:document><w:body>{body}</w:body></w:document>"));
        assert!(!stray(Kind::Word, &package, &sound).is_empty(), "{body}");
    }
}
