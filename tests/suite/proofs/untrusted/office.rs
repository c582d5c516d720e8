//! Documents of Word and OpenDocument whose tables, lists and styles are made to break a reader.
#![expect(clippy::too_many_lines, reason = "a list of files, each made in a few lines")]

use super::bombs::{REPORT, body, zip};
use super::{CONFINED, Fate, Made, made};

const TABLES: Fate = Fate::Refused(&["表格超过 200"]);
const CELLS: Fate = Fate::Refused(&["20000 格", "20000 行", "处理器时间"]);
const LINES: Fate = Fate::Refused(&["20000 行"]);

fn table(rows: &str) -> String {
    format!("<w:tbl>{rows}</w:tbl>")
}

fn cell(properties: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>")
}

/// A document with more parts than its text.
fn related(parts: &[(&str, &str)]) -> Vec<u8> {
    let relations = "<Relationships><Relationship Id='a' Type='x/styles' Target='styles.xml'/>\
        <Relationship Id='b' Type='x/numbering' Target='numbering.xml'/>\
        <Relationship Id='c' Type='x/image' TargetMode='External' Target='http://192.0.2.1/a.png'/>\
        <Relationship Id='d' Type='x/attachedTemplate' TargetMode='External' Target='file:///etc/passwd'/>\
        <Relationship Id='e' Type='x/settings' Target='../../../../etc/passwd'/></Relationships>";
    let text = format!(
        "<w:document><w:body>{REPORT}<w:p><w:pPr><w:pStyle w:val='1'/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p></w:body></w:document>"
    );
    let mut all: Vec<(&str, &[u8])> =
        vec![("word/document.xml", text.as_bytes()), ("word/_rels/document.xml.rels", relations.as_bytes())];
    all.extend(parts.iter().map(|(name, text)| (*name, text.as_bytes())));
    zip(&all)
}

fn word() -> Vec<Made> {
    let span = |span: &'static str| {
        move || body(&table(&format!("<w:tr>{}</w:tr>", cell(&format!("<w:gridSpan w:val='{span}'/>")))))
    };
    vec![
        made("many-tables.docx", TABLES, || body(&table(&format!("<w:tr>{}</w:tr>", cell(""))).repeat(201))),
        made("span-65.docx", Fate::Any, span("65")),
        made("span-giant.docx", Fate::Any, span("4294967295")),
        made("span-more-than-a-number.docx", Fate::Any, span("99999999999999999999999")),
        made("span-negative.docx", Fate::Any, span("-1")),
        made("tables-in-tables.docx", Fate::Refused(&["8 层"]), || {
            let inner = (0..9)
                .fold(String::new(), |inner, _| table(&format!("<w:tr><w:tc>{inner}<w:p/></w:tc></w:tr>")));
            body(&inner)
        }),
        made("tables-80-deep.docx", Fate::Refused(&["8 层", "256 层"]), || {
            body(&["<w:tbl><w:tr><w:tc>".repeat(80), "</w:tc></w:tr></w:tbl>".repeat(80)].concat())
        }),
        made("many-cells.docx", CELLS, || {
            body(&table(&format!("<w:tr>{}</w:tr>", cell("").repeat(200)).repeat(101)))
        }),
        made("row-of-many-cells.docx", Fate::Refused(&["20000 格", "256 列", "列"]), || {
            body(&table(&format!("<w:tr>{}</w:tr>", cell("").repeat(300_000))))
        }),
        made("merged-rows.docx", Fate::Any, || {
            let row = |value: &str| format!("<w:tr>{}</w:tr>", cell(&format!("<w:vMerge{value}/>")));
            body(&table(&(row(" w:val='restart'") + &row("").repeat(19_000))))
        }),
        made("begins-far-right.docx", Fate::Any, || {
            body(&table(
                &format!("<w:tr><w:trPr><w:gridBefore w:val='1000000000'/></w:trPr>{}</w:tr>", cell(""))
                    .repeat(100),
            ))
        }),
        made("many-paragraphs.docx", LINES, || body(&"<w:p><w:r><w:t>甲</w:t></w:r></w:p>".repeat(20_001))),
        made("many-breaks.docx", Fate::Any, || {
            body(&format!("<w:p><w:r>{}</w:r></w:p>", "<w:br/><w:t>甲</w:t>".repeat(500_000)))
        }),
        made("many-tabs.docx", Fate::Any, || {
            body(&format!("<w:p><w:r>{}</w:r></w:p>", "<w:tab/>".repeat(2_000_000)))
        }),
        made("outside-relations.docx", Fate::Read, || related(&[])),
        made("styles-in-a-circle.docx", Fate::Any, || {
            let style = |id: usize, base: usize| {
                format!("<w:style w:type='paragraph' w:styleId='{id}'><w:basedOn w:val='{base}'/></w:style>")
            };
            related(&[(
                "word/styles.xml",
                &format!("<w:styles>{}{}{}</w:styles>", style(1, 2), style(2, 1), style(3, 3)),
            )])
        }),
        made("chain-of-styles.docx", Fate::Any, || {
            let styles: String = (1..50_000)
                .map(|id| {
                    format!(
                        "<w:style w:type='paragraph' w:styleId='{id}'><w:basedOn w:val='{}'/></w:style>",
                        id + 1
                    )
                })
                .collect();
            related(&[("word/styles.xml", &format!("<w:styles>{styles}</w:styles>"))])
        }),
        made("lists-without-end.docx", Fate::Any, || {
            let level = "<w:lvl w:ilvl='999999999'><w:start w:val='999999999999999999'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='%1%2%3%4%5%6%7%8%9'/></w:lvl>";
            let numbering = format!(
                "<w:numbering><w:abstractNum w:abstractNumId='1'>{level}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num></w:numbering>"
            );
            related(&[("word/numbering.xml", &numbering)])
        }),
        made("long-numbers-of-a-list.docx", Fate::Any, || {
            let text = "%1".repeat(100_000);
            let numbering = format!(
                "<w:numbering><w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:numFmt w:val='decimal'/><w:lvlText w:val='{text}'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num></w:numbering>"
            );
            let items = "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>".repeat(15_000);
            let relations = "<Relationships><Relationship Id='b' Type='x/numbering' Target='numbering.xml'/></Relationships>";
            zip(&[
                (
                    "word/document.xml",
                    format!("<w:document><w:body>{REPORT}{items}</w:body></w:document>").as_bytes(),
                ),
                ("word/_rels/document.xml.rels", relations.as_bytes()),
                ("word/numbering.xml", numbering.as_bytes()),
            ])
        }),
        made("fields.docx", Fate::Read, || {
            body(
                "<w:p><w:fldSimple w:instr='INCLUDETEXT \"file:///etc/passwd\"'><w:r><w:t>甲</w:t></w:r></w:fldSimple>\
                  <w:r><w:instrText>DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe \"/k calc\"</w:instrText></w:r></w:p><w:altChunk r:id='c'/>",
            )
        }),
    ]
}

/// A text of OpenDocument with this in it, behind what makes it a report.
fn open(inner: &str) -> Vec<u8> {
    let head = "<text:p>云岭县水务局2025年政府信息公开工作年度报告</text:p><text:p>一、总体情况</text:p><text:p>主动公开信息12条。</text:p>";
    let content = format!(
        "<office:document-content><office:body><office:text>{head}{inner}</office:text></office:body></office:document-content>"
    );
    zip(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())])
}

fn open_text() -> Vec<Made> {
    let cell =
        |attributes: &str| format!("<table:table-cell {attributes}><text:p>1</text:p></table:table-cell>");
    let table = move |row: &str, attributes: &str| {
        open(&format!(
            "<table:table><table:table-row {row}>{}</table:table-row></table:table>",
            cell(attributes)
        ))
    };
    vec![
        made("rows-repeated.odt", Fate::Any, move || table("table:number-rows-repeated='1000000000'", "")),
        made("columns-repeated.odt", Fate::Any, move || {
            table("", "table:number-columns-repeated='4000000000'")
        }),
        made("columns-spanned.odt", Fate::Any, move || {
            table("", "table:number-columns-spanned='4294967295'")
        }),
        made("rows-spanned.odt", Fate::Any, move || {
            table("", "table:number-rows-spanned='18446744073709551615'")
        }),
        made("blanks.odt", Fate::Any, || {
            open(&"<text:p>甲<text:s text:c='4000000000'/>乙</text:p>".repeat(100))
        }),
        made("many-tables.odt", TABLES, || {
            open(&"<table:table><table:table-row><table:table-cell><text:p>1</text:p></table:table-cell></table:table-row></table:table>".repeat(201))
        }),
        made("tables-in-tables.odt", Fate::Refused(&["8 层"]), || {
            open(
                &[
                    "<table:table><table:table-row><table:table-cell>".repeat(9),
                    "<text:p>1</text:p>".to_owned(),
                    "</table:table-cell></table:table-row></table:table>".repeat(9),
                ]
                .concat(),
            )
        }),
        made("lists-in-lists.odt", Fate::Any, || {
            open(
                &["<text:list><text:list-item>".repeat(120), "</text:list-item></text:list>".repeat(120)]
                    .concat(),
            )
        }),
        made("many-items.odt", Fate::Any, || {
            open(&format!(
                "<text:list>{}</text:list>",
                "<text:list-item text:start-value='999999999'><text:p>甲</text:p></text:list-item>"
                    .repeat(19_000)
            ))
        }),
        made("encrypted.odt", Fate::Refused(&["密码"]), || {
            zip(&[
                ("mimetype", b"application/vnd.oasis.opendocument.text"),
                ("META-INF/manifest.xml", b"<m><encryption-data/></m>"),
                ("content.xml", b"\x01\x02"),
            ])
        }),
        made("doctype.odt", Fate::Refused(&["损坏"]), || {
            zip(&[
                ("mimetype", b"application/vnd.oasis.opendocument.text"),
                ("content.xml", b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"),
            ])
        }),
        made("styles-in-a-circle.odt", Fate::Any, || {
            let styles = "<office:document-styles><office:styles><style:style style:name='a' style:family='paragraph' style:parent-style-name='b'/>\
                          <style:style style:name='b' style:family='paragraph' style:parent-style-name='a'/></office:styles></office:document-styles>";
            let content = "<office:document-content><office:body><office:text><text:p text:style-name='a'>甲</text:p></office:text></office:body></office:document-content>";
            zip(&[
                ("mimetype", b"application/vnd.oasis.opendocument.text"),
                ("content.xml", content.as_bytes()),
                ("styles.xml", styles.as_bytes()),
            ])
        }),
        made("bomb.odt", Fate::Refused(CONFINED), || {
            zip(&[
                ("mimetype", b"application/vnd.oasis.opendocument.text"),
                ("content.xml", &vec![b' '; 101 << 20]),
            ])
        }),
        made("ods-that-is-none.ods", Fate::Refused(&["LibreOffice", "损坏", "没有认出"]), || {
            zip(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"<a>")])
        }),
    ]
}

pub(super) fn all() -> Vec<Made> {
    word().into_iter().chain(open_text()).collect()
}
