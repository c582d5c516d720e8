//! Workbooks whose cells, ranges, texts and numbers are made to break a reader.
#![expect(clippy::too_many_lines, reason = "a list of files, each made in a few lines")]

use super::bombs::zip;
use super::{CONFINED, Fate, Made, made};

/// A workbook with this sheet and these shared texts.
fn workbook(sheet: &str, strings: &str) -> Vec<u8> {
    let book = "<workbook><sheets><sheet name='表' sheetId='1' r:id='a'/></sheets></workbook>";
    zip(&[
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ("xl/sharedStrings.xml", format!("<sst>{strings}</sst>").as_bytes()),
    ])
}

fn sheet(data: &str, behind: &str) -> String {
    format!("<worksheet><sheetData>{data}</sheetData>{behind}</worksheet>")
}

/// A sheet with this in it, behind what makes it a report.
fn report(data: &str, behind: &str) -> Vec<u8> {
    let line = |row: usize, text: &str| {
        format!("<row r='{row}'><c r='A{row}' t='inlineStr'><is><t>{text}</t></is></c></row>")
    };
    let head = line(1, "云岭县水务局2025年政府信息公开工作年度报告")
        + &line(2, "一、总体情况")
        + &line(3, "主动公开信息12条。");
    workbook(&sheet(&(head + data), behind), "")
}

fn with_styles(styles: &str, data: &str) -> Vec<u8> {
    let book = "<workbook><sheets><sheet name='表' sheetId='1' r:id='a'/></sheets></workbook>";
    zip(&[
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet(data, "").as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
    ])
}

/// A workbook of so many sheets, over as many parts or fewer: each of 99 rows that together have frames in 980 columns.
fn framed(sheets: usize, parts: usize) -> Vec<u8> {
    let named: String =
        (0..sheets).map(|nth| format!("<sheet name='{nth}' r:id='r{}'/>", nth % parts)).collect();
    let related: String = (0..parts)
        .map(|nth| format!("<Relationship Id='r{nth}' Target='worksheets/sheet{nth}.xml'/>"))
        .collect();
    let row = |row: usize| {
        let cells: String =
            (0..10).map(|nth| format!("<c r='{}{row}' s='1'/>", letters(row * 10 + nth))).collect();
        format!("<row r='{row}'><c r='A{row}'><v>1</v></c>{cells}<c r='ALL{row}'><v>1</v></c></row>")
    };
    let sheet = sheet(&(1..100).map(row).collect::<String>(), "");
    let styles = "<styleSheet><borders><border/><border><left style='thin'/><right style='thin'/></border></borders>\
                  <cellXfs><xf/><xf borderId='1'/></cellXfs></styleSheet>";
    let (book, related) = (
        format!("<workbook><sheets>{named}</sheets></workbook>"),
        format!("<Relationships>{related}</Relationships>"),
    );
    let names: Vec<String> = (0..parts).map(|nth| format!("xl/worksheets/sheet{nth}.xml")).collect();
    let mut all: Vec<(&str, &[u8])> = vec![
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", related.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
    ];
    all.extend(names.iter().map(|name| (name.as_str(), sheet.as_bytes())));
    zip(&all)
}

/// The name of a column.
fn letters(column: usize) -> String {
    let mut column = column;
    let mut letters = Vec::new();
    while column > 0 {
        letters.push(char::from(b'A' + u8::try_from((column - 1) % 26).unwrap()));
        column = (column - 1) / 26;
    }
    letters.iter().rev().collect()
}

fn number(value: &'static str) -> impl Fn() -> Vec<u8> {
    move || report(&format!("<row r='4'><c r='A4'><v>{value}</v></c></row>"), "")
}

fn structure() -> Vec<Made> {
    vec![
        made("two-corners.xlsx", Fate::Read, || {
            report("<row r='1048576'><c r='XFD1048576' t='inlineStr'><is><t>甲</t></is></c></row>", "")
        }),
        made("merged-all.xlsx", Fate::Any, || {
            report(
                "",
                &format!("<mergeCells>{}</mergeCells>", "<mergeCell ref='A1:XFD1048576'/>".repeat(200_000)),
            )
        }),
        made("merged-across.xlsx", Fate::Any, || {
            let merged: String =
                (1..=1000).map(|row| format!("<mergeCell ref='A{row}:XFD{}'/>", row + 500_000)).collect();
            report("", &format!("<mergeCells>{merged}</mergeCells>"))
        }),
        made("many-cells.xlsx", Fate::Refused(&["20000 格"]), || {
            let cells: String =
                (4..20_010).map(|row| format!("<row r='{row}'><c r='A{row}'><v>1</v></c></row>")).collect();
            report(&cells, "")
        }),
        made("million-empty-cells.xlsx", Fate::Any, || {
            report(&format!("<row r='4'>{}</row>", "<c r='A4'/>".repeat(1_000_000)), "")
        }),
        made("many-rows.xlsx", Fate::Any, || report(&"<row/>".repeat(2_000_000), "")),
        made("row-beyond-all.xlsx", Fate::Any, || {
            report("<row r='4294967296'><c r='A4294967296'><v>1</v></c></row>", "")
        }),
        made("row-beyond-numbers.xlsx", Fate::Any, || {
            report("<row r='99999999999999999999'><c r='A18446744073709551615'><v>1</v></c></row>", "")
        }),
        made("column-beyond-all.xlsx", Fate::Any, || {
            report("<row r='4'><c r='ZZZZZZZZZZZZZZZZZZ4'><v>1</v></c></row>", "")
        }),
        made("rows-backwards.xlsx", Fate::Any, || {
            let rows: String = (4..15_000)
                .rev()
                .map(|row| format!("<row r='{row}'><c r='A{row}'><v>1</v></c></row>"))
                .collect();
            report(&rows, "")
        }),
        made("one-place-twice.xlsx", Fate::Any, || {
            report(&"<row r='4'><c r='A4'><v>1</v></c></row>".repeat(15_000), "")
        }),
        made("columns-without-end.xlsx", Fate::Any, || {
            report("", "<cols><col min='1' max='4294967295' hidden='1'/></cols>")
        }),
        made("many-sheets.xlsx", Fate::Refused(&["200 张"]), || {
            let sheets: String =
                (0..201).map(|number| format!("<sheet name='{number}' r:id='a'/>")).collect();
            zip(&[("xl/workbook.xml", format!("<workbook><sheets>{sheets}</sheets></workbook>").as_bytes())])
        }),
        made("one-sheet-many-times.xlsx", Fate::Refused(&["损坏"]), || framed(199, 1)),
        made("many-framed-sheets.xlsx", Fate::Refused(&["100000 格"]), || framed(30, 30)),
        made("many-names.xlsx", Fate::Any, || {
            let names = "<definedName name='核对'>'表'!$A$1:$B$2</definedName>".repeat(300_000);
            zip(&[(
                "xl/workbook.xml",
                format!("<workbook><definedNames>{names}</definedNames></workbook>").as_bytes(),
            )])
        }),
        made("sheet-elsewhere.xlsx", Fate::Refused(&["损坏"]), || {
            let book = "<workbook><sheets><sheet name='表' sheetId='1' r:id='a'/></sheets></workbook>";
            let relations =
                "<Relationships><Relationship Id='a' Target='../../../../etc/passwd'/></Relationships>";
            zip(&[("xl/workbook.xml", book.as_bytes()), ("xl/_rels/workbook.xml.rels", relations.as_bytes())])
        }),
        made("sheet-is-the-book.xlsx", Fate::Any, || {
            let book = "<workbook><sheets><sheet name='表' sheetId='1' r:id='a'/></sheets></workbook>";
            let relations = "<Relationships><Relationship Id='a' Target='workbook.xml'/></Relationships>";
            zip(&[("xl/workbook.xml", book.as_bytes()), ("xl/_rels/workbook.xml.rels", relations.as_bytes())])
        }),
        made("hidden.xlsx", Fate::Any, || {
            zip(&[(
                "xl/workbook.xml",
                b"<workbook><sheets><sheet name='a' r:id='a' state='veryHidden'/></sheets></workbook>",
            )])
        }),
        made("deep.xlsx", Fate::Refused(&["256 层"]), || report(&"<row>".repeat(300), "")),
        made("doctype.xlsx", Fate::Refused(&["损坏"]), || {
            zip(&[("xl/workbook.xml", b"<!DOCTYPE a [<!ENTITY b 'b'>]><workbook>&b;</workbook>")])
        }),
    ]
}

fn texts() -> Vec<Made> {
    let shared = |count: usize| {
        let cells: String =
            (1..=count).map(|row| format!("<row r='{row}'><c r='A{row}' t='s'><v>0</v></c></row>")).collect();
        sheet(&cells, "")
    };
    vec![
        made("many-strings.xlsx", Fate::Refused(&["100000"]), || {
            workbook(&sheet("", ""), &"<si><t>a</t></si>".repeat(100_001))
        }),
        made("one-long-string-for-all.xlsx", Fate::Any, move || {
            workbook(&shared(19_000), &format!("<si><t>{}</t></si>", "甲".repeat(1 << 20)))
        }),
        made("giant-string.xlsx", Fate::Any, move || {
            workbook(&shared(3), &format!("<si><t>{}</t></si>", "a".repeat(90 << 20)))
        }),
        made("string-of-many-runs.xlsx", Fate::Any, move || {
            workbook(&shared(1), &format!("<si>{}</si>", "<r><t>a</t></r>".repeat(1_000_000)))
        }),
        made("string-that-is-not-there.xlsx", Fate::Any, || {
            workbook(
                &sheet(
                    "<row r='1'><c r='A1' t='s'><v>999999999</v></c><c r='B1' t='s'><v>-1</v></c></row>",
                    "",
                ),
                "",
            )
        }),
        made("bomb.xlsx", Fate::Refused(CONFINED), || {
            zip(&[("xl/workbook.xml", b"<workbook/>"), ("xl/sharedStrings.xml", &vec![b' '; 101 << 20])])
        }),
        made("giant-number.xlsx", Fate::Any, number("1e308")),
        made("endless-number.xlsx", Fate::Any, number("1e999999999")),
        made("no-number.xlsx", Fate::Any, number("NaN")),
        made("long-number.xlsx", Fate::Any, || {
            report(&format!("<row r='4'><c r='A4'><v>{}</v></c></row>", "9".repeat(1_000_000)), "")
        }),
        made("many-long-numbers.xlsx", Fate::Any, || {
            let row = format!("<row><c><v>0.{}</v></c></row>", "3".repeat(2_000));
            report(&row.repeat(15_000), "")
        }),
        made("long-format.xlsx", Fate::Any, || {
            let format = "#,##0.00_ ;[Red]".repeat(20_000);
            let styles = format!(
                "<styleSheet><numFmts><numFmt numFmtId='200' formatCode='{format}'/></numFmts><cellXfs><xf numFmtId='200'/></cellXfs></styleSheet>"
            );
            let rows: String = (1..15_000)
                .map(|row| format!("<row r='{row}'><c r='A{row}' s='0'><v>45000.5</v></c></row>"))
                .collect();
            with_styles(&styles, &rows)
        }),
        made("dates-beyond-time.xlsx", Fate::Any, || {
            let styles = "<styleSheet><cellXfs><xf numFmtId='14'/></cellXfs></styleSheet>";
            with_styles(
                styles,
                "<row r='1'><c r='A1' s='0'><v>9e18</v></c><c r='B1' s='0'><v>-9e18</v></c></row>",
            )
        }),
        made("formula-without-result.xlsx", Fate::Any, || {
            report("<row r='4'><c r='A4'><f>WEBSERVICE(\"http://192.0.2.1/\")</f></c></row>", "")
        }),
        made("many-styles.xlsx", Fate::Any, || {
            with_styles(
                &format!(
                    "<styleSheet><cellXfs>{}</cellXfs></styleSheet>",
                    "<xf numFmtId='14'/>".repeat(1_000_000)
                ),
                "",
            )
        }),
    ]
}

pub(super) fn all() -> Vec<Made> {
    structure().into_iter().chain(texts()).collect()
}
