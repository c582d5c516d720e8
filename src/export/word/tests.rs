//! A Word document, walked through as XML: well-formed, complete, and the same each time.

use std::io::Read as _;

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::*;
use crate::document::compose::composed;
use crate::form::Form;
use crate::form::terms::{Field, Section};
use crate::report::{Edit, Report, Value};

fn write(report: &Report) -> Vec<u8> {
    super::write(report.agency(), &composed(report, None)).unwrap()
}

fn report(changes: &[(crate::report::Place, &str)]) -> Report {
    let mut report = Report::new(Form::current());
    let identity = Report::identity("云溪镇人民政府", None, 2025);
    report.apply(changes.iter().fold(identity, |edit, (place, text)| {
        edit.then(Edit::set(*place, Some(Value::Text((*text).to_owned()))))
    }));
    report
}

fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let part = |index| {
        let mut part = archive.by_index(index).unwrap();
        assert_eq!(part.last_modified(), Some(zip::DateTime::DEFAULT));
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        (part.name().unwrap().into_owned(), text)
    };
    (0..ZipArchive::new(Cursor::new(bytes)).unwrap().len()).map(part).collect()
}

fn part(bytes: &[u8], name: &str) -> String {
    parts(bytes).into_iter().find(|(each, _)| each == name).unwrap().1
}

/// Everything between `<name` and `</name>`, where none stands within another.
fn elements<'x>(xml: &'x str, name: &str) -> Vec<&'x str> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    xml.split(&open).skip(1).map(|rest| rest.split(&close).next().unwrap()).collect()
}

fn number(xml: &str, before: &str) -> Option<usize> {
    let rest = &xml[xml.find(before)? + before.len()..];
    rest[..rest.find('"')?].parse().ok()
}

#[test]
fn every_part_is_well_formed_and_refers_to_nothing_outside() {
    let bytes = write(&report(&[]));
    let parts = parts(&bytes);
    for (name, text) in &parts {
        let mut reader = Reader::from_str(text);
        while !matches!(reader.read_event().unwrap(), Event::Eof) {}
        assert!(!text.contains("TargetMode"), "{name}");
    }
    for (relations, folder) in [("_rels/.rels", ""), ("word/_rels/document.xml.rels", "word/")] {
        for target in part(&bytes, relations).split("Target=\"").skip(1) {
            let target = format!("{folder}{}", target.split('"').next().unwrap());
            assert!(parts.iter().any(|(name, _)| *name == target), "{target}");
        }
    }
    for declared in part(&bytes, "[Content_Types].xml").split("PartName=\"/").skip(1) {
        let declared = declared.split('"').next().unwrap();
        assert!(parts.iter().any(|(name, _)| name == declared), "{declared}");
    }
}

#[test]
fn the_same_report_is_the_same_bytes() {
    let changes =
        [(Section::Overview.into(), "公开“三安全一稳定”。"), (Field::Published.into(), "2026-01-06")];
    assert_eq!(write(&report(&changes)), write(&report(&changes)));
    assert_ne!(write(&report(&changes)), write(&report(&changes[1..])));
}

#[test]
fn every_style_that_is_named_is_there() {
    let bytes = write(&report(&[(Section::Overview.into(), "（一）主动公开。公开77条。\n（二）依申请公开")]));
    let (styles, text) = (part(&bytes, "word/styles.xml"), part(&bytes, "word/document.xml"));
    for named in text.split("Style w:val=\"").skip(1) {
        let named = named.split('"').next().unwrap();
        assert!(styles.contains(&format!("w:styleId=\"{named}\"")), "{named}");
    }
}

#[test]
fn tables_fill_the_page_with_the_merges_of_the_form() {
    let text = part(&write(&report(&[])), "word/document.xml");
    let tables = elements(&text, "w:tbl");
    assert_eq!(tables.len(), 3);
    for (table, (columns, rows, repeated)) in tables.iter().zip([(4, 14, 0), (10, 28, 3), (15, 4, 3)]) {
        let grid: Vec<usize> =
            table.split("<w:gridCol ").skip(1).map(|c| number(c, "w:w=\"").unwrap()).collect();
        assert_eq!((grid.len(), grid.iter().sum::<usize>()), (columns, paper::TEXT_WIDTH));
        let trs = elements(table, "w:tr");
        assert_eq!(trs.len(), rows);
        assert_eq!(trs.iter().filter(|row| row.contains("<w:tblHeader/>")).count(), repeated);
        for (index, row) in trs.iter().enumerate() {
            assert!(row.contains("<w:cantSplit/>") && row.contains("<w:tblHeader/>") == (index < repeated));
            let mut at = 0;
            for cell in elements(row, "w:tc") {
                let span = number(cell, "<w:gridSpan w:val=\"").unwrap_or(1);
                assert_eq!(number(cell, "<w:tcW w:w=\""), Some(grid[at..at + span].iter().sum()));
                assert!(cell.contains("<w:vAlign w:val=\"center\"/>"));
                at += span;
            }
            assert_eq!(at, columns);
        }
    }
    let count = |what: &str| tables[1].matches(what).count();
    // The corner, 自然人, 总计, 三, and the four groups below it.
    assert_eq!(count("w:val=\"restart\""), 8);
    assert_eq!(count("w:val=\"continue\""), 2 + 1 + 1 + 21 + 7 + 2 + 4 + 2);
}

#[test]
fn text_comes_out_as_it_is_or_visibly_marked() {
    let awkward = "<w:p/> & \"'> ]]> “”…—\u{200d}\t甲\u{1}  乙 ";
    let bytes = write(&report(&[(Section::Overview.into(), awkward), (Field::Title.into(), awkward)]));
    let text = part(&bytes, "word/document.xml");
    let shown = "&lt;w:p/&gt; &amp; &quot;&apos;&gt; ]]&gt; “”…—\u{200d}</w:t><w:tab/>\
                 <w:t xml:space=\"preserve\">甲[U+0001]  乙 </w:t>";
    assert!(text.contains(shown), "{text}");
    assert!(part(&bytes, "docProps/core.xml").contains("&lt;w:p/&gt; &amp;"));
}

#[test]
fn heads_in_prose_and_the_signature_have_their_styles() {
    let overview = "（一）主动公开。公开77条。\n（二）依申请公开\n收到3件。";
    let changes = [(Section::Overview.into(), overview), (Field::Published.into(), "2026-01-06")];
    let text = part(&write(&report(&changes)), "word/document.xml");
    let styles: Vec<&str> = text
        .split("<w:pStyle w:val=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .filter(|style| *style != "TableText")
        .collect();
    let expected = "Title Heading1 BodyText Heading2 BodyText Heading1 Heading1 Heading1 Heading1 Heading1 \
                    Signature Signature";
    assert_eq!(styles.join(" "), expected);
    assert_eq!(text.matches("<w:rStyle w:val=\"RunInHead\"/>").count(), 1);
}

#[test]
fn a_letter_is_addressed_at_the_margin_and_signed_on_the_right() {
    let paragraph = |text: &str| Block::Paragraph { text: text.to_owned(), at: String::new() };
    let title = "关于云溪镇人民政府2025年政府信息公开工作年度报告的审核意见".to_owned();
    let mut blocks = vec![Block::Heading { level: 0, text: title, at: String::new() }];
    blocks.extend(
        ["云溪镇人民政府：", "收悉。", "（一）标题，请核对。缺字。", "请改。", "县政府"].map(paragraph),
    );
    let bytes = super::write("县政府", &Composed { blocks, addressed: 1..2, signed: 5..6 }).unwrap();
    let text = part(&bytes, "word/document.xml");
    let styles: Vec<&str> =
        text.split("<w:pStyle w:val=\"").skip(1).map(|p| p.split('"').next().unwrap()).collect();
    assert_eq!(styles, ["Title", "Salutation", "LetterText", "LetterText", "LetterEnd", "Signature"]);
    assert!(text.contains("2025年</w:t><w:br/>"), "{text}");
    let core = part(&bytes, "docProps/core.xml");
    assert!(core.contains("的审核意见</dc:title><dc:creator>县政府</dc:creator>"), "{core}");
}
