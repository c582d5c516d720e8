//! Containers that are bombs, or that are not what they say, and XML that grows.
#![expect(clippy::too_many_lines, reason = "a list of files, each made in a few lines")]

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{CONFINED, Fate, Made, made};

const DAMAGED: Fate = Fate::Refused(&["损坏"]);
const TOO_LARGE: Fate = Fate::Refused(CONFINED);

/// The body of a document that is a report.
pub(super) const REPORT: &str = "<w:p><w:r><w:t>云岭县水务局2025年政府信息公开工作年度报告</w:t></w:r></w:p>\
    <w:p><w:r><w:t>一、总体情况</w:t></w:r></w:p><w:p><w:r><w:t>主动公开信息12条。</w:t></w:r></w:p>";

/// A container with these parts, deflated.
pub(super) fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let deflated = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(1));
    for (name, bytes) in parts {
        writer.start_file(*name, deflated).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A document of Word with this part for its text.
pub(super) fn document(xml: &str) -> Vec<u8> {
    zip(&[("word/document.xml", xml.as_bytes())])
}

/// A document of Word with this in its body, behind what makes it a report.
pub(super) fn body(inner: &str) -> Vec<u8> {
    document(&format!("<w:document><w:body>{REPORT}{inner}</w:body></w:document>"))
}

/// A sound document, and where the directory of its container begins.
fn sound() -> (Vec<u8>, usize) {
    let bytes = body("");
    let directory = position(&bytes, b"PK\x01\x02");
    (bytes, directory)
}

fn position(bytes: &[u8], what: &[u8]) -> usize {
    bytes.windows(what.len()).position(|window| window == what).unwrap()
}

/// A sound document with bytes written over, counted from the beginning of the directory.
fn patched(patches: &'static [(usize, &'static [u8])]) -> impl Fn() -> Vec<u8> {
    move || {
        let (mut bytes, directory) = sound();
        for (at, patch) in patches {
            bytes[directory + at..directory + at + patch.len()].copy_from_slice(patch);
        }
        bytes
    }
}

/// A sound document with another part of this name in it.
fn with(name: &'static str) -> impl Fn() -> Vec<u8> {
    move || {
        zip(&[
            ("word/document.xml", format!("<w:document><w:body>{REPORT}</w:body></w:document>").as_bytes()),
            (name, b"x"),
        ])
    }
}

/// Two parts of the same length, the second renamed to the first behind the writer's back.
fn doubled(first: &'static str, second: &'static str) -> impl Fn() -> Vec<u8> {
    move || {
        let text = format!("<w:document><w:body>{REPORT}</w:body></w:document>");
        let mut bytes = zip(&[(first, text.as_bytes()), (second, b"<a/>")]);
        while let Some(at) = bytes.windows(second.len()).position(|window| window == second.as_bytes()) {
            bytes[at..at + first.len()].copy_from_slice(first.as_bytes());
        }
        bytes
    }
}

fn containers() -> Vec<Made> {
    let zeros = |megabytes: usize| vec![b' '; megabytes << 20];
    vec![
        made("flat-bomb.docx", TOO_LARGE, move || zip(&[("word/document.xml", &zeros(101))])),
        made("references.docx", Fate::Any, || {
            body(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "&amp;".repeat(19 << 20)))
        }),
        made("bombs-in-all.docx", TOO_LARGE, move || {
            let relations = "<Relationships><Relationship Id='a' Type='x/styles' Target='styles.xml'/>\
                             <Relationship Id='b' Type='x/numbering' Target='numbering.xml'/></Relationships>";
            zip(&[
                ("word/document.xml", &zeros(90)),
                ("word/_rels/document.xml.rels", relations.as_bytes()),
                ("word/styles.xml", &zeros(90)),
                ("word/numbering.xml", &zeros(90)),
            ])
        }),
        made("bomb-among-types.docx", Fate::Refused(&["压缩包"]), move || {
            zip(&[("[Content_Types].xml", &zeros(150)), ("a.xml", b"x")])
        }),
        made("nested.docx", Fate::Refused(&["压缩包"]), || {
            (0..20).fold(body(""), |inner, _| zip(&[("a.zip", &inner)]))
        }),
        made("many-entries.docx", Fate::Refused(&["2000 个"]), || {
            let names: Vec<String> = (0..2001).map(|number| format!("word/{number}.xml")).collect();
            let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
            zip(&parts)
        }),
        made("million-entries.docx", Fate::Refused(&["2000 个"]), || {
            [&b"PK\x03\x04"[..], &[&b"PK\x01\x02"[..], &[0; 42]].concat().repeat(1_000_000)].concat()
        }),
        made("outside.docx", DAMAGED, with("../../../var/outside")),
        made("inside-outside.docx", DAMAGED, with("word/../../outside")),
        made("absolute.docx", DAMAGED, with("/var/absolute")),
        made("backslash.docx", DAMAGED, with("..\\..\\outside")),
        made("drive.docx", Fate::Any, with("C:\\windows\\outside")),
        made("nul-in-name.docx", DAMAGED, with("word/a\0b.xml")),
        made("escape-in-name.docx", Fate::Any, with("word/\x1b]0;x\x07.xml")),
        made("same-name.docx", Fate::Any, doubled("word/document.xml", "word/documenT.xml")),
        made("same-name-but-case.docx", DAMAGED, with("WORD/Document.xml")),
        made("encrypted.docx", Fate::Refused(&["密码"]), patched(&[(8, &[1, 0])])),
        made("says-small.docx", Fate::Any, patched(&[(24, &[1, 0, 0, 0])])),
        made("says-giant.docx", Fate::Any, patched(&[(20, &[0xff; 4]), (24, &[0xfe; 4])])),
        made("says-elsewhere.docx", DAMAGED, patched(&[(42, &[0xfe; 4])])),
        made("unknown-method.docx", DAMAGED, patched(&[(10, &[99, 0])])),
        made("wrong-sum.docx", DAMAGED, patched(&[(16, &[1, 2, 3, 4])])),
        made("long-name.docx", DAMAGED, patched(&[(28, &[0xff, 0xff])])),
        made("half.docx", DAMAGED, || sound().0[..200].to_vec()),
        made("no-directory.docx", DAMAGED, || {
            let (bytes, directory) = sound();
            bytes[..directory].to_vec()
        }),
        made("directory-of-65535.docx", Fate::Any, || {
            let (mut bytes, _) = sound();
            let end = bytes.len();
            bytes[end - 14..end - 10].copy_from_slice(&[0xff; 4]);
            bytes
        }),
        made("overlapping.docx", Fate::Any, || {
            // Entries of the directory that all lead to one part.
            let (bytes, directory) = sound();
            let end = position(&bytes, b"PK\x05\x06");
            let entry = &bytes[directory..end];
            let mut all = bytes[..directory].to_vec();
            for number in 0..1000 {
                let mut entry = entry.to_vec();
                let at = position(&entry, b"word/document.xml");
                entry[at..at + 8].copy_from_slice(format!("w{number:07}").as_bytes());
                all.extend_from_slice(if number == 0 { &bytes[directory..end] } else { &entry });
            }
            let mut last = bytes[end..].to_vec();
            last[8..12].copy_from_slice(&[0xe8, 3, 0xe8, 3]);
            let size = u32::try_from(all.len() - directory).unwrap();
            last[12..16].copy_from_slice(&size.to_le_bytes());
            [all, last].concat()
        }),
    ]
}

fn markup() -> Vec<Made> {
    const DEEP: Fate = Fate::Refused(&["嵌套超过 256 层"]);
    let laughs = || {
        let entities: String =
            (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
        document(&format!(
            "<!DOCTYPE d [<!ENTITY l0 \"ha\">{entities}]><w:document><w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>"
        ))
    };
    vec![
        made("deep.docx", DEEP, || document(&["<a>".repeat(257), "</a>".repeat(257)].concat())),
        made("very-deep.docx", DEEP, || document(&"<w:p>".repeat(5_000_000))),
        made("laughs.docx", DAMAGED, laughs),
        made("doctype.docx", DAMAGED, || {
            document(&format!("<!DOCTYPE html><w:document><w:body>{REPORT}</w:body></w:document>"))
        }),
        made("outside-entity.docx", DAMAGED, || {
            document(
                "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><w:document><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>",
            )
        }),
        made("undeclared-entity.docx", Fate::Read, || body("<w:p><w:r><w:t>&x;&x;</w:t></w:r></w:p>")),
        made("giant-attribute.docx", Fate::Any, || body(&format!("<w:p w:x='{}'/>", "a".repeat(40 << 20)))),
        made("many-attributes.docx", Fate::Any, || {
            let attributes: String = (0..500_000).map(|number| format!(" a{number}='1'")).collect();
            body(&format!("<w:p{attributes}/>"))
        }),
        made("giant-name.docx", Fate::Any, || body(&format!("<{0}></{0}>", "a".repeat(5 << 20)))),
        made("unclosed.docx", DAMAGED, || document(&format!("<w:document><w:body>{REPORT}"))),
        made("crossed.docx", DAMAGED, || document("<a><b></a></b>")),
        made("open-comment.docx", DAMAGED, || document(&format!("<a><!-- {}", "x".repeat(20 << 20)))),
        made("open-cdata.docx", DAMAGED, || document(&format!("<a><![CDATA[{}", "x".repeat(20 << 20)))),
        made("no-character.docx", Fate::Read, || {
            body("<w:p><w:r><w:t>&#x110000;&#0;&#xd800;&#99999999999;</w:t></w:r></w:p>")
        }),
        made("not-unicode.docx", Fate::Any, || {
            zip(&[("word/document.xml", &[b"<a>".to_vec(), vec![0xff; 1 << 20], b"</a>".to_vec()].concat())])
        }),
        made("empty-part.docx", Fate::Any, || document("")),
    ]
}

pub(super) fn all() -> Vec<Made> {
    containers().into_iter().chain(markup()).collect()
}
