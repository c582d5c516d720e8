//! Sheets as clerks and other programs make them, and sheets made to break the reader.

use std::io::{Cursor, Write};

use nianbao::form::terms::Section;
use nianbao::import;
use nianbao::report::{NoticeKind, Place, Report};

use crate::sound::Dice;

/// A workbook of these sheets, each with its name, its attributes and the XML of its rows and what follows them.
fn book(sheets: &[(&str, &str, String)], strings: &str) -> Vec<u8> {
    let mut parts = vec![("xl/styles.xml".to_owned(), STYLES.to_owned())];
    let (mut list, mut relations) = (String::new(), String::new());
    for (nth, (name, attributes, xml)) in sheets.iter().enumerate() {
        list += &format!("<sheet name=\"{name}\" sheetId=\"{nth}\" {attributes} r:id=\"r{nth}\"/>");
        relations += &format!("<Relationship Id=\"r{nth}\" Target=\"/xl/worksheets/s{nth}.xml\"/>");
        parts.push((format!("xl/worksheets/s{nth}.xml"), format!("<worksheet>{xml}</worksheet>")));
    }
    parts.push(("xl/workbook.xml".to_owned(), format!("<workbook><sheets>{list}</sheets></workbook>")));
    parts.push(("xl/_rels/workbook.xml.rels".to_owned(), format!("<r>{relations}</r>")));
    parts.push(("xl/sharedStrings.xml".to_owned(), format!("<sst>{strings}</sst>")));
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Style 1 is framed, 2 has two decimals, 3 is a date.
const STYLES: &str = "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"#,##0.00_ \"/></numFmts>\
    <borders><border/><border><left style=\"thin\"/></border></borders>\
    <cellXfs><xf numFmtId=\"0\" borderId=\"0\"/><xf numFmtId=\"0\" borderId=\"1\"/><xf numFmtId=\"170\" borderId=\"1\"/>\
    <xf numFmtId=\"14\" borderId=\"1\"/></cellXfs></styleSheet>";

/// A cell with a text of its own.
fn text(at: &str, text: &str) -> String {
    format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

/// A cell with a text of pieces, each with what is said of it.
fn pieces(at: &str, pieces: &[(&str, &str)]) -> String {
    let piece = |(says, text): &(&str, &str)| format!("<r><rPr>{says}</rPr><t>{text}</t></r>");
    let pieces: String = pieces.iter().map(piece).collect();
    format!("<c r=\"{at}\" t=\"inlineStr\"><is>{pieces}</is></c>")
}

#[test]
fn what_is_raised_or_crossed_out_is_no_digit_of_a_number() {
    let up = "<vertAlign val=\"superscript\"/>";
    let cells = [
        text("A1", "规章"),
        pieces("B1", &[("", "12"), (up, "1")]),
        pieces("C1", &[("<strike/>", "2"), ("", "3")]),
        "<c r=\"D1\" t=\"s\"><v>0</v></c>".to_owned(),
    ];
    let xml = format!("<sheetData><row r=\"1\">{}</row></sheetData>", cells.concat());
    let shared = format!("<si><r><t>占地12m</t></r><r><rPr>{up}</rPr><t>2</t></r></si>");
    let document = import::document(&book(&[("甲", "", xml)], &shared)).unwrap();
    let nianbao::document::Block::Grid(grid) = &document.blocks[0] else { panic!("{document:?}") };
    let texts: Vec<&str> = grid.rows[0].cells.iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(texts, ["规章", "12[1]", "3", "占地12m²"]);
    assert!(document.remarks.iter().any(|remark| remark.contains("划掉")), "{:?}", document.remarks);
}

/// Rows of texts and numbers, framed, from column A on. Nothing is no cell.
fn rows(first: usize, rows: &[&[&str]]) -> String {
    let cell = |row: usize, column: usize, value: &str| {
        let at = format!("{}{row}", char::from(b'A' + u8::try_from(column).unwrap()));
        match value {
            "" => format!("<c r=\"{at}\" s=\"1\"/>"),
            number if number.parse::<f64>().is_ok() => format!("<c r=\"{at}\" s=\"1\"><v>{number}</v></c>"),
            value => format!("<c r=\"{at}\" s=\"1\" t=\"inlineStr\"><is><t>{value}</t></is></c>"),
        }
    };
    let row = |(nth, values): (usize, &&[&str])| {
        let row = first + nth;
        let cells: String =
            values.iter().enumerate().map(|(column, value)| cell(row, column, value)).collect();
        format!("<row r=\"{row}\">{cells}</row>")
    };
    rows.iter().enumerate().map(row).collect()
}

const TITLE: &str = "岚桥县水务局2025年政府信息公开工作年度报告";

fn read(bytes: &[u8]) -> Report {
    import::read(bytes).unwrap()
}

fn value(report: &Report, place: &str) -> String {
    report.get(Place::parse(place).unwrap()).map(ToString::to_string).unwrap_or_default()
}

fn one_sheet(body: &str) -> Vec<u8> {
    book(&[("Sheet1", "", body.to_owned())], "")
}

/// A report on one sheet, as a clerk makes it: all prose in wide merged cells, the tables framed.
fn clerks_sheet() -> String {
    let prose = "2025年，我局主动公开政府信息12条，依申请公开渠道畅通，培训了全体人员，没有责任追究情形。";
    let alone = |row: usize, text: &str| {
        format!(
            "<row r=\"{row}\"><c r=\"A{row}\" s=\"1\" t=\"inlineStr\"><is><t>{text}</t></is></c><c r=\"B{row}\" s=\"1\"/></row>"
        )
    };
    let mut xml = String::from("<sheetData>");
    // Rows need not be in order.
    xml += &alone(3, "一、总体情况");
    xml += &alone(1, TITLE);
    xml += &alone(4, &format!("\u{3000}\u{3000}{prose}\n\u{3000}\u{3000}第二段。"));
    xml += &alone(5, "二、主动公开政府信息情况");
    xml += &alone(6, "第二十条第（一）项");
    xml += &rows(
        7,
        &[
            &["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
            &["规章", "0", "0.0", "0"],
            &["行政规范性文件", "3", "1.0E0", "12"],
        ],
    );
    xml += &alone(10, "第二十条第（八）项");
    xml += "<row r=\"11\"><c r=\"A11\" s=\"1\" t=\"inlineStr\"><is><t>信息内容</t></is></c>\
        <c r=\"B11\" s=\"1\" t=\"inlineStr\"><is><t>本年收费金额（单位：万元）</t></is></c><c r=\"C11\" s=\"1\"/><c r=\"D11\" s=\"1\"/></row>\
        <row r=\"12\"><c r=\"A12\" s=\"1\" t=\"inlineStr\"><is><r><t>行政</t></r><r><t>事业性收费</t></r><rPh><t>xing</t></rPh></is></c>\
        <c r=\"B12\" s=\"2\"><f>1+1</f><v>1234.5</v></c><c r=\"C12\" s=\"1\"/><c r=\"D12\" s=\"1\"/></row>";
    xml += &alone(13, "六、其他需要报告的事项");
    xml += &alone(14, "无。");
    xml += "</sheetData><mergeCells><mergeCell ref=\"B11:D11\"/><mergeCell ref=\"B12:D12\"/>";
    for row in [1, 3, 4, 5, 6, 10, 13, 14] {
        xml += &format!("<mergeCell ref=\"A{row}:D{row}\"/>");
    }
    xml + "</mergeCells>"
}

#[test]
fn a_report_on_one_sheet_is_read_with_its_prose() {
    let report = read(&one_sheet(&clerks_sheet()));
    assert_eq!(report.agency(), "岚桥县水务局");
    let overview = report.text(Section::Overview);
    assert!(overview.starts_with("2025年，我局主动公开") && overview.ends_with("\n第二段。"), "{overview}");
    assert_eq!(report.text(Section::OtherMatters), "无。");
    assert_eq!(value(&report, "proactive/normative_documents/repealed"), "1");
    assert_eq!(value(&report, "proactive/regulations/repealed"), "0");
    assert_eq!(value(&report, "proactive/fees/amount"), "1234.50");
    let kinds: Vec<NoticeKind> = report.notices().map(|notice| notice.kind).collect();
    let missing = |kind: &NoticeKind| matches!(kind, NoticeKind::SectionMissing | NoticeKind::TableMissing);
    assert!(kinds.iter().all(missing), "{:?}", report.notices().collect::<Vec<_>>());
}

#[test]
fn what_stands_beside_a_label_in_a_cell_of_its_own_is_prose_too() {
    let prose = "2025年，我局主动公开政府信息12条，依申请公开渠道畅通，培训了全体人员，没有责任追究情形。";
    let body = format!(
        "<sheetData>{}{}</sheetData>",
        rows(1, &[&[TITLE]]),
        rows(2, &[&["一、总体情况", prose], &["六、其他需要报告的事项", prose]])
    );
    let report = read(&one_sheet(&body));
    assert_eq!(report.text(Section::Overview), prose);
    assert_eq!(report.text(Section::OtherMatters), prose);
}

#[test]
fn the_name_of_a_sheet_is_a_heading_where_it_names_a_section() {
    let table =
        rows(1, &[&["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], &["规章", "1", "2", "3"]]);
    let sheet = |body: &str| format!("<sheetData>{body}</sheetData>");
    let bytes = book(
        &[
            ("总体情况", "", sheet(&(text("A1", TITLE) + &text("A2", "甲。")))),
            ("Sheet2", "", sheet("")),
            ("主动公开政府信息情况", "", sheet(&table)),
            ("六、其他", "", sheet(&text("A1", "乙。"))),
            ("Sheet5", "state=\"hidden\"", sheet(&text("A1", "丙。"))),
        ],
        "",
    );
    let report = read(&bytes);
    assert_eq!(report.text(Section::Overview), "甲。");
    assert_eq!(report.text(Section::OtherMatters), "乙。");
    assert_eq!(value(&report, "proactive/regulations/in_force"), "3");
    let notices: Vec<&str> = report.notices().map(|notice| notice.message.as_str()).collect();
    assert!(notices.iter().any(|message| message.contains("隐藏的工作表没有读入：Sheet5")), "{notices:?}");
}

#[test]
fn what_is_no_plain_number_is_said() {
    let head = rows(
        1,
        &[
            &[TITLE],
            &["二、主动公开政府信息情况"],
            &["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ],
    );
    let body = format!(
        "<sheetData>{head}<row r=\"4\">{}<c r=\"B4\" t=\"b\"><v>1</v></c><c r=\"C4\" t=\"e\"><v>#REF!</v></c>\
         <c r=\"D4\"><f>SUM(B4:C4)</f></c></row><row r=\"5\" hidden=\"1\">{}<c r=\"B5\" s=\"3\"><v>46037</v></c>\
         <c r=\"C5\"><v>0.30000000000000004</v></c><c r=\"D5\"><v>3.0</v></c></row></sheetData><drawing r:id=\"d\"/>",
        text("A4", "规章"),
        text("A5", "行政规范性文件"),
    );
    let report = read(&one_sheet(&body));
    for (place, text) in [
        ("proactive/regulations/issued", "TRUE"),
        ("proactive/regulations/repealed", "#REF!"),
        ("proactive/regulations/in_force", ""),
        ("proactive/normative_documents/issued", "2026年1月15日"),
        ("proactive/normative_documents/repealed", "0.3"),
        ("proactive/normative_documents/in_force", "3"),
    ] {
        assert_eq!(value(&report, place), text, "{place}");
    }
    let notices: Vec<&str> = report.notices().map(|notice| notice.message.as_str()).collect();
    for words in ["B4 格是逻辑值", "C4 格公式出错", "D4 格是没有算过的公式", "隐藏的行或列", "图片或文本框"]
    {
        assert!(notices.iter().any(|message| message.contains(words)), "{words} {notices:?}");
    }
    let text_in_cell = report.notices().find(|notice| notice.kind == NoticeKind::TextInCell).unwrap();
    assert_eq!(text_in_cell.at, "工作表“Sheet1” 第 4 行 B 列");
}

#[test]
fn cells_far_apart_take_no_room() {
    let corner = |body: &str| import::read(&one_sheet(&format!("<sheetData>{body}</sheetData>")));
    assert!(corner(&(text("A1", "甲") + &text("XFD1048576", "乙"))).is_err());
    let diagonal = |cells: usize| -> String {
        let at = |nth: usize| format!("{}{}{nth}", char::from(b'A' + u8::try_from(nth % 26).unwrap()), "B");
        (1..=cells).map(|nth| text(&at(nth), "甲") + &text(&format!("ZZ{nth}"), "乙")).collect()
    };
    assert!(corner(&diagonal(2_000)).is_err());
    let merges = "<mergeCell ref=\"A1:XFD1048576\"/>".repeat(4_000);
    let body = format!(
        "<sheetData>{}</sheetData><mergeCells>{merges}</mergeCells>",
        rows(1, &[&["1", "2"], &["3"]])
    );
    assert!(import::read(&one_sheet(&body)).is_err());
}

#[test]
fn what_is_more_than_a_report_is_refused_by_name() {
    let cells: String = (1..=20_001).map(|row| format!("<c r=\"A{row}\"><v>1</v></c>")).collect();
    let merges = "<mergeCell ref=\"A1:B1\"/>".repeat(5_001);
    let deep = "<a>".repeat(300);
    let long = "甲".repeat(30_000);
    let shared: String = (1..=200).map(|row| format!("<c r=\"A{row}\" t=\"s\"><v>0</v></c>")).collect();
    for (bytes, words) in [
        (one_sheet(&format!("<sheetData>{cells}</sheetData>")), "20000 格"),
        (one_sheet(&format!("<mergeCells>{merges}</mergeCells>")), "5000 处"),
        (one_sheet(&deep), "256 层"),
        (one_sheet("<!DOCTYPE a [<!ENTITY b \"c\">]>"), "损坏"),
        // A reference that nobody declared stays as it is written, and expands to nothing.
        (one_sheet("<sheetData>&b;</sheetData>"), "没有认出"),
        (book(&[("a", "", shared)], &format!("<si><t>{long}</t></si>")), "10 MB"),
        (book(&[("a", "", String::new())], &"<si/>".repeat(100_001)), "100000 条"),
    ] {
        let error = import::read(&bytes).unwrap_err();
        assert!(error.to_string().contains(words), "{error} for {words}");
    }
}

#[test]
fn damaged_workbooks_return() {
    let mut dice = Dice::new(5);
    let good = clerks_sheet();
    let bytes = one_sheet(&good);
    let scraps = [
        "<row>",
        "</row>",
        "<c r=\"A1\">",
        "r=\"XFD9\"",
        "<mergeCell ref=\"A1:Z99\"/>",
        "&#x4e00;",
        "\"",
        ">",
        "9",
        "t=\"s\"",
    ];
    for _ in 0..crate::laws::samples(1_500) {
        let mut xml: Vec<char> = good.chars().collect();
        for _ in 0..=dice.below(3) {
            let (from, length) = (dice.below(xml.len()), dice.below(20));
            let to = (from + length).min(xml.len());
            let scrap = scraps[dice.below(scraps.len())].chars();
            let _ = xml.splice(from..to, scrap.take(length)).count();
        }
        let _ = import::read(&one_sheet(&xml.into_iter().collect::<String>()));
        let mut damaged = bytes.clone();
        for _ in 0..=dice.below(4) {
            let at = dice.below(damaged.len());
            damaged[at] = u8::try_from(dice.below(256)).unwrap();
        }
        let _ = import::read(&damaged);
    }
}
