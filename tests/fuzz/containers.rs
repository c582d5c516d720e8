//! Files that have others in them: made here around the bytes, so that these get to the reader of what is inside.
//!
//! The first byte says whether the rest is a part as it is, or elements that are well formed.

use std::io::{Cursor, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};

use nianbao::import;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::imported;
use super::words::elements;

/// A container with these parts, not compressed.
pub(crate) fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in parts {
        writer.start_file(*name, stored).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The part that bytes stand for, in this element.
fn part(root: &str, vocabulary: &[&str], bytes: &[u8]) -> String {
    match bytes.split_first() {
        Some((first, rest)) if first % 2 == 0 => {
            let name = root.split(' ').next().unwrap_or_default();
            format!("<{root}>{}</{name}>", elements(vocabulary, rest))
        }
        Some((_, rest)) => String::from_utf8_lossy(rest).into_owned(),
        None => String::new(),
    }
}

/// Bytes at a mark that stands for nothing in XML: the parts of a file.
fn split(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|&byte| byte == 0x1e)
}

const WORD: [&str; 40] = [
    "w:p",
    "w:r",
    "w:t",
    "w:tbl",
    "w:tr",
    "w:tc",
    "w:tcPr",
    "w:gridSpan w:val=\"#\"/",
    "w:vMerge/",
    "w:vMerge w:val=\"restart\"/",
    "w:gridBefore w:val=\"#\"/",
    "w:trPr",
    "w:pPr",
    "w:rPr",
    "w:pStyle w:val=\"#\"/",
    "w:numPr",
    "w:numId w:val=\"#\"/",
    "w:ilvl w:val=\"#\"/",
    "w:vanish/",
    "w:strike/",
    "w:br/",
    "w:tab/",
    "w:sym w:char=\"F0A#\"/",
    "w:ins",
    "w:del",
    "w:delText",
    "w:sdt",
    "w:sdtContent",
    "w:hyperlink",
    "w:fldSimple w:instr=\"x\"",
    "w:instrText",
    "w:fldChar w:fldCharType=\"begin\"/",
    "w:fldChar w:fldCharType=\"separate\"/",
    "w:fldChar w:fldCharType=\"end\"/",
    "mc:AlternateContent",
    "mc:Choice",
    "mc:Fallback",
    "w:txbxContent",
    "w:outlineLvl w:val=\"#\"/",
    "w:drawing",
];

const STYLES: [&str; 14] = [
    "w:style w:type=\"paragraph\" w:styleId=\"#\"",
    "w:basedOn w:val=\"#\"/",
    "w:name w:val=\"heading #\"/",
    "w:pPr",
    "w:rPr",
    "w:numPr",
    "w:numId w:val=\"#\"/",
    "w:outlineLvl w:val=\"#\"/",
    "w:vanish/",
    "w:abstractNum w:abstractNumId=\"#\"",
    "w:lvl w:ilvl=\"#\"",
    "w:numFmt w:val=\"chineseCounting\"/",
    "w:lvlText w:val=\"%#、\"/",
    "w:num w:numId=\"#\"",
];

pub(super) fn word(bytes: &[u8]) {
    let mut parts = split(bytes);
    let mut next = |root: &str, vocabulary: &[&str]| part(root, vocabulary, parts.next().unwrap_or_default());
    let body = next("w:document", &WORD);
    let styles = next("w:styles", &STYLES);
    let numbering = next("w:numbering", &STYLES);
    let relations = "<Relationships><Relationship Id=\"a\" Type=\"x/styles\" Target=\"styles.xml\"/>\
                     <Relationship Id=\"b\" Type=\"x/numbering\" Target=\"numbering.xml\"/></Relationships>";
    imported(&zipped(&[
        ("word/document.xml", body.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
        ("word/numbering.xml", numbering.as_bytes()),
    ]));
}

const OPEN_TEXT: [&str; 30] = [
    "text:p",
    "text:h text:outline-level=\"#\"",
    "text:span text:style-name=\"#\"",
    "text:s text:c=\"#\"/",
    "text:tab/",
    "text:line-break/",
    "table:table",
    "table:table-row table:number-rows-repeated=\"#\"",
    "table:table-row",
    "table:table-cell table:number-columns-spanned=\"#\"",
    "table:table-cell table:number-rows-spanned=\"#\"",
    "table:table-cell table:number-columns-repeated=\"#\"",
    "table:table-cell",
    "table:covered-table-cell/",
    "table:table-header-rows",
    "table:table-column table:number-columns-repeated=\"#\"/",
    "text:list",
    "text:list-item",
    "text:list text:style-name=\"#\"",
    "text:list-item text:start-value=\"#\"",
    "text:note",
    "text:note-body",
    "office:annotation",
    "text:tracked-changes",
    "draw:frame",
    "draw:text-box",
    "text:section",
    "text:p text:style-name=\"#\"",
    "text:a",
    "text:soft-page-break/",
];

pub(super) fn open_text(bytes: &[u8]) {
    let mut parts = split(bytes);
    let body = part(
        "office:document-content><office:body><office:text",
        &OPEN_TEXT,
        parts.next().unwrap_or_default(),
    )
    .replace(
        "</office:document-content><office:body><office:text>",
        "</office:text></office:body></office:document-content>",
    );
    let styles = part("office:document-styles", &OPEN_TEXT, parts.next().unwrap_or_default());
    imported(&zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", body.as_bytes()),
        ("styles.xml", styles.as_bytes()),
    ]));
}

const SHEET: [&str; 22] = [
    "sheetData",
    "row r=\"#\"",
    "row",
    "c r=\"A#\" t=\"n\"",
    "c r=\"XFD#\"",
    "c t=\"s\"",
    "c t=\"inlineStr\"",
    "c t=\"str\"",
    "c t=\"b\"",
    "c t=\"e\"",
    "c s=\"#\"",
    "v",
    "is",
    "t",
    "f",
    "mergeCells",
    "mergeCell ref=\"A1:C#\"/",
    "mergeCell ref=\"A1:XFD1048576\"/",
    "c r=\"B#\" t=\"s\"",
    "cols",
    "col min=\"#\" max=\"#\" hidden=\"1\"/",
    "row r=\"#\" hidden=\"1\"",
];

const STRINGS: [&str; 12] = [
    "si",
    "t",
    "r",
    "rPr",
    "strike/",
    "rPh",
    "numFmt numFmtId=\"#\" formatCode=\"0.00%\"/",
    "cellXfs",
    "xf numFmtId=\"#\"/",
    "numFmts",
    "fonts",
    "font",
];

pub(super) fn workbook(bytes: &[u8]) {
    let mut parts = split(bytes);
    let mut next = |root: &str, vocabulary: &[&str]| part(root, vocabulary, parts.next().unwrap_or_default());
    let sheet = next("worksheet", &SHEET);
    let strings = next("sst", &STRINGS);
    let styles = next("styleSheet", &STRINGS);
    let book = b"<workbook><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>";
    let file = zipped(&[
        ("xl/workbook.xml", book),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
    ]);
    imported(&file);
    let _ = import::list(&file);
}

const PAGE: [&str; 36] = [
    "p",
    "div",
    "table",
    "tr",
    "td",
    "th",
    "td colspan=\"#\"",
    "td rowspan=\"#\"",
    "td colspan=\"#\" rowspan=\"#\"",
    "thead",
    "tbody",
    "caption",
    "br/",
    "ul",
    "li",
    "ol",
    "a href=\"x\"",
    "span",
    "h1",
    "h2",
    "script",
    "style",
    "title",
    "pre",
    "textarea",
    "select",
    "option",
    "template",
    "svg",
    "math",
    "s",
    "del",
    "b",
    "img src=\"x\"/",
    "p style=\"display:none\"",
    "noscript",
];

pub(super) fn page(bytes: &[u8]) {
    imported(part("html", &PAGE, bytes).as_bytes());
}

/// Plain bytes as a container.
pub(super) fn package(bytes: &[u8]) {
    imported(&[b"PK\x03\x04", bytes].concat());
    if let Some((first, rest)) = bytes.split_first() {
        // The directory of it, with bytes of ours in its names and sizes.
        let mut file = zipped(&[("word/document.xml", b"<a/>"), ("xl/workbook.xml", b"<a/>")]);
        let length = file.len();
        for (at, byte) in rest.chunks_exact(2).map(|pair| (usize::from(pair[0]), pair[1])) {
            file[(at + usize::from(*first)) % length] = byte;
        }
        imported(&file);
    }
}

/// A page of a PDF with these bytes on it, or a PDF as it is.
pub(super) fn pdf(bytes: &[u8]) {
    quiet();
    if bytes.windows(5).take(1024).any(|window| window == b"%PDF-") {
        return imported(bytes);
    }
    let font = "/F1 << /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /UniGB-UCS2-H /DescendantFonts \
                [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) \
                /Ordering (GB1) /Supplement 2 >> /DW 1000 >>] >>";
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << {font} >> >> >>")
            .into_bytes(),
        [format!("<< /Length {} >>\nstream\n", bytes.len()).as_bytes(), bytes, b"\nendstream"].concat(),
    ];
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut table = "xref\n0 5\n0000000000 65535 f \n".to_owned();
    for (number, object) in (1..).zip(objects) {
        table += &format!("{:010} 00000 n \n", file.len());
        file.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        file.extend_from_slice(&object);
        file.extend_from_slice(b"\nendobj\n");
    }
    let end = format!("{table}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n", file.len());
    file.extend_from_slice(end.as_bytes());
    imported(&file);
}

/// A compound file with the records of a workbook or the streams of a document, or as it is. Its parser may panic: that ends
/// the child that it runs in and is an error of ours.
pub(super) fn compound(bytes: &[u8]) {
    quiet();
    let Some((&first, rest)) = bytes.split_first() else { return };
    let file = match first % 3 {
        0 => [b"\xd0\xcf\x11\xe0", rest].concat(),
        1 => container(&[("Workbook", records(rest))]),
        _ => {
            let mut parts = split(rest).map(<[u8]>::to_vec);
            container(&[
                ("WordDocument", parts.next().unwrap_or_default()),
                ("1Table", parts.next().unwrap_or_default()),
            ])
        }
    };
    let _ = catch_unwind(AssertUnwindSafe(|| import::locate(&file))).map(|read| {
        if let Ok(reading) = read {
            super::is_saved_and_read(&reading.report);
        }
    });
}

/// The records of a workbook: a kind, a length, and so many bytes each.
fn records(bytes: &[u8]) -> Vec<u8> {
    const KINDS: [u16; 16] =
        [0x809, 0x85, 0xfc, 0x3c, 0xa, 0x203, 0xfd, 0x27e, 0xbd, 0x204, 0x6, 0xe5, 0x200, 0x208, 0x42, 0x207];
    let mut out = vec![9, 8, 16, 0, 0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let mut rest = bytes;
    while let [kind, length, behind @ ..] = rest {
        let (body, after) = behind.split_at(usize::from(*length).min(behind.len()));
        out.extend_from_slice(&KINDS[usize::from(*kind) % KINDS.len()].to_le_bytes());
        out.extend_from_slice(&u16::try_from(body.len()).unwrap().to_le_bytes());
        out.extend_from_slice(body);
        rest = after;
    }
    out
}

fn container(streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in streams {
        file.create_stream(name).unwrap().write_all(bytes).unwrap();
    }
    file.into_inner().into_inner()
}

/// Lets a panic that is caught on its way pass in silence; one that is not still ends the run.
fn quiet() {
    std::panic::set_hook(Box::new(|panic| {
        if !std::thread::current().name().is_some_and(|name| name.contains("::")) {
            let _ = writeln!(std::io::stderr(), "{panic}");
        }
    }));
}
