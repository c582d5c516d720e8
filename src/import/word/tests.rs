//! Word documents with everything that office programs put around text, built here piece by piece.

use super::super::flow::tests::{read_damaged, shown};
use super::super::package::tests::zip;
use super::super::{ImportError, Kind};

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

const STYLES: &str = r#"<w:styles xmlns:w="x">
<w:style w:type="paragraph" w:styleId="a0" w:default="1"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="a1"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 1"/><w:basedOn w:val="a0"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="3"><w:name w:val="own"/><w:basedOn w:val="2"/></w:style>
<w:style w:type="character" w:styleId="c"><w:name w:val="ghost"/><w:rPr><w:vanish/></w:rPr></w:style>
</w:styles>"#;

const NUMBERING: &str = r#"<w:numbering xmlns:w="x">
<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
<w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="japaneseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2.%3"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/>
<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="9"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="8"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>"#;

/// The parts of a document with this body.
fn parts(body: &str) -> Vec<(&'static str, String)> {
    let relation = |kind: &str, target: &str| {
        format!(
            r#"<Relationship Id="r{kind}" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/{kind}" Target="{target}"/>"#
        )
    };
    let relations = |inner: &str| format!(r#"<Relationships xmlns="{RELATIONS}">{inner}</Relationships>"#);
    let main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    vec![
        (
            "[Content_Types].xml",
            format!(r#"<Types><Override PartName="/text/main.xml" ContentType="{main}"/></Types>"#),
        ),
        ("_rels/.rels", relations(&relation("officeDocument", "/text/main.xml"))),
        (
            "text/_rels/main.xml.rels",
            relations(&(relation("styles", "../styles.xml") + &relation("numbering", "numbering.xml"))),
        ),
        ("styles.xml", STYLES.to_owned()),
        ("text/numbering.xml", NUMBERING.to_owned()),
        (
            "text/main.xml",
            format!(
                r#"<?xml version="1.0"?><w:document xmlns:w="{MAIN}"><w:body>{body}</w:body></w:document>"#
            ),
        ),
    ]
}

fn docx(parts: &[(&str, String)]) -> Vec<u8> {
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    zip(&parts)
}

fn read(body: &str) -> Vec<String> {
    let bytes = docx(&parts(body));
    assert_eq!(Kind::of(&bytes), Kind::Word);
    shown(&super::read(&bytes).unwrap())
}

fn refused(body: &str) -> String {
    super::read(&docx(&parts(body))).unwrap_err().to_string()
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn tc(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
}

fn tbl(rows: &[&str]) -> String {
    let rows: String = rows.iter().map(|row| format!("<w:tr>{row}</w:tr>")).collect();
    format!("<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>")
}

#[test]
fn parts_are_found_by_their_relations_in_both_kinds_of_files() {
    let mut parts = parts(&p("云溪镇 &amp; 岚桥县&#x4e00;"));
    assert_eq!(shown(&super::read(&docx(&parts)).unwrap()), ["云溪镇 & 岚桥县一"]);
    let text = &mut parts.last_mut().unwrap().1;
    *text = text.replace(MAIN, STRICT).replace("w:", "ns0:");
    assert_eq!(shown(&super::read(&docx(&parts)).unwrap()), ["云溪镇 & 岚桥县一"]);
    let usual =
        [("word/document.xml", format!("<document><body>{}</body></document>", p("正文").replace("w:", "")))];
    assert_eq!(shown(&super::read(&docx(&usual)).unwrap()), ["正文"]);
    let none = [("word/other.xml", String::new())];
    assert!(super::read(&docx(&none)).is_err());
}

#[test]
fn headings_are_those_of_styles_and_outlines() {
    let body = [
        r#"<w:p><w:pPr><w:pStyle w:val="a1"/></w:pPr><w:r><w:t>题目</w:t></w:r></w:p>"#,
        r#"<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>第二级</w:t></w:r></w:p>"#,
        r#"<w:p><w:pPr><w:pStyle w:val="3"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr><w:r><w:t>第一级</w:t></w:r></w:p>"#,
        r#"<w:p><w:pPr><w:pStyle w:val="3"/><w:outlineLvl w:val="9"/></w:pPr><w:r><w:t>正文</w:t></w:r></w:p>"#,
    ];
    assert_eq!(read(&body.concat()), ["#0 题目", "#2 第二级", "#1 第一级", "一、正文"]);
}

#[test]
fn what_is_raised_or_crossed_out_is_no_digit_of_a_number() {
    let run =
        |properties: &str, text: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>");
    let up = r#"<w:vertAlign w:val="superscript"/>"#;
    let p = |runs: &[String]| format!("<w:p>{}</w:p>", runs.concat());
    let body = [
        p(&[run("", "12"), run(up, "1")]),
        p(&[run("", "12"), run(r#"<w:vertAlign w:val="subscript"/>"#, "1")]),
        p(&[run("", "12"), run(r#"<w:vertAlign w:val="baseline"/>"#, "1")]),
        p(&[run("", "占地12m"), run(up, "2"), run("", "。")]),
        p(&[run("<w:strike/>", "2"), run("", "3")]),
        p(&[run("<w:dstrike/>", "4"), run(r#"<w:strike w:val="0"/>"#, "5")]),
        p(&[run(r#"<w:rStyle w:val="gone"/>"#, "6"), run("", "7")]),
        p(&[run("", "12"), run(r#"<w:position w:val="8"/><w:sz w:val="14"/>"#, "1")]),
        p(&[run(r#"<w:sz w:val="24"/>"#, "12"), run(r#"<w:position w:val="-2"/><w:sz w:val="14"/>"#, "1")]),
        p(&[
            run(r#"<w:position w:val="8"/><w:sz w:val="14"/>"#, "12"),
            run(r#"<w:position w:val="8"/>"#, "1"),
        ]),
        p(&[run("", "12"), run(r#"<w:position w:val="-4"/>"#, "1")]),
        p(&[run("", "12"), run(r#"<w:position w:val="8"/>"#, "1")]),
    ];
    let mut parts = parts(&body.concat());
    let gone =
        r#"<w:style w:type="character" w:styleId="gone"><w:rPr><w:strike/></w:rPr></w:style></w:styles>"#;
    parts[3].1 = STYLES.replace("</w:styles>", gone);
    let lines = shown(&super::read(&docx(&parts)).unwrap());
    assert_eq!(lines[..7], ["12[1]", "12[1]", "121", "占地12m²。", "3", "5", "7"]);
    assert_eq!(lines[7..12], ["12[1]", "12[1]", "121", "121", "12[1]"]);
    assert!(lines[12].contains("划掉"), "{lines:?}");
}

#[test]
fn automatic_numbers_are_given_as_text() {
    let item = |list: usize, level: usize, text: &str| {
        format!(
            r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#
        )
    };
    let heading = |text: &str| {
        format!(r#"<w:p><w:pPr><w:pStyle w:val="2"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#)
    };
    let body = [
        heading("总体情况"),
        item(1, 1, "主动公开"),
        item(1, 1, "依申请公开"),
        item(1, 2, "细目"),
        heading("主动公开情况"),
        item(1, 1, "又一项"),
        item(2, 0, "甲"),
        item(2, 0, "乙"),
        item(3, 0, "点"),
        item(4, 0, "重新"),
        item(1, 0, ""),
        heading("申请情况"),
        item(99, 0, "没有这个编号"),
    ];
    assert_eq!(
        read(&body.concat()),
        [
            "#1 一、总体情况",
            "（一）主动公开",
            "（二）依申请公开",
            "1.2.1细目",
            "#1 二、主动公开情况",
            "（一）又一项",
            "3.甲",
            "4.乙",
            "点",
            "1.重新",
            "#1 四、申请情况",
            "没有这个编号"
        ]
    );
}

#[test]
fn merged_cells_stand_where_they_begin() {
    let wide = r#"<w:gridSpan w:val="2"/>"#;
    let begins = r#"<w:vMerge w:val="restart"/>"#;
    let table = tbl(&[
        &[tc(wide, "甲"), tc(begins, "乙"), tc("", "丙")].concat(),
        &[tc("", "1"), tc("", "2"), tc("<w:vMerge/>", ""), tc("", "3")].concat(),
        // The first three columns are left out before the row, and one behind it.
        &[
            "<w:trPr><w:gridBefore w:val=\"2\"/><w:gridAfter w:val=\"1\"/></w:trPr>".to_owned(),
            tc(r#"<w:vMerge w:val="continue"/>"#, ""),
        ]
        .concat(),
        &[tc("<w:vMerge/>", "单"), tc("", "4"), tc(&[wide, "<w:vMerge/>"].concat(), "")].concat(),
    ]);
    assert_eq!(read(&table), ["|甲(2×1)|乙(1×3)|丙|", "|1|2|3|", "|(2×1)||", "|单|4|(2×1)|"]);
}

#[test]
fn a_row_and_a_cell_say_where_they_stand() {
    let table = tbl(&[&[tc("", "甲"), tc("", "1")].concat()]);
    let document = super::read(&docx(&parts(&[p(""), p("一"), table, p("二")].concat()))).unwrap();
    let at: Vec<&str> = document
        .blocks
        .iter()
        .map(|block| match block {
            crate::document::Block::Grid(grid) => grid.rows[0].at.as_str(),
            crate::document::Block::Heading { at, .. } | crate::document::Block::Paragraph { at, .. } => at,
        })
        .collect();
    assert_eq!(at, ["第 1 段", "表 1 第 1 行", "第 2 段"]);
}

#[test]
fn a_table_in_a_cell_is_a_table_of_its_own() {
    let inner = tbl(&[&[tc("", "规章"), tc("", "3")].concat()]);
    let cell = format!("<w:tc>{}{inner}{}</w:tc>", p("上面"), p("下面"));
    assert_eq!(read(&tbl(&[&cell])), ["上面", "|规章|3|", "下面"]);
    assert_eq!(read(&tbl(&[&[cell, tc("", "旁边")].concat()])), ["|上面\n下面|旁边|", "|规章|3|"]);
}

#[test]
fn what_stands_around_text_does_not_hide_it() {
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let field = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let inline = [
        format!("<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>", run("一")),
        format!("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>", run("单击此处")),
        format!("<w:smartTag><w:smartTagPr/>{}</w:smartTag>", run("二")),
        format!("<w:hyperlink>{}</w:hyperlink><w:fldSimple w:instr=\"DATE\">{}</w:fldSimple>", run("三"), run("四")),
        field("begin"),
        "<w:r><w:instrText>PAGE</w:instrText></w:r>".to_owned(),
        [field("begin"), run("内层公式"), field("separate"), run("内层"), field("end")].concat(),
        [field("separate"), run("五"), field("end")].concat(),
        "<w:r><w:t xml:space=\"preserve\"> 六</w:t><w:tab/><w:t>七</w:t><w:noBreakHyphen/><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:br/><w:t>八</w:t></w:r>"
            .to_owned(),
        "<w:r><w:ruby><w:rt><w:r><w:t>jiu</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>九</w:t></w:r></w:rubyBase></w:ruby></w:r>".to_owned(),
    ];
    assert_eq!(read(&format!("<w:p>{}</w:p>", inline.concat())), ["一二三四五 六\t七-☑", "八九"]);
    // A field that is never ended takes no more than its paragraph.
    let open = [format!("<w:p>{}{}</w:p>", field("begin"), run("公式")), p("后文")];
    assert_eq!(read(&open.concat()), ["后文"]);
    let row = format!(
        "<w:sdt><w:sdtContent><w:tr>{}</w:tr></w:sdtContent></w:sdt>",
        [tc("", "甲"), tc("", "1")].concat()
    );
    assert_eq!(
        read(&format!("<w:sdt><w:sdtContent><w:tbl>{row}</w:tbl></w:sdtContent></w:sdt>")),
        ["|甲|1|"]
    );
}

#[test]
fn text_boxes_are_read_once_and_pictures_are_remarked() {
    let text_box = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(text));
    let twice = format!(
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx>{}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        text_box("框中"),
        text_box("框中")
    );
    let only_old = format!(
        "<w:r><mc:AlternateContent><mc:Choice/><mc:Fallback><w:pict><v:textbox>{}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        text_box("旧框")
    );
    let text = "<w:r><w:t>正文</w:t></w:r>";
    assert_eq!(read(&format!("<w:p>{twice}{text}</w:p>")), ["框中", "正文"]);
    assert_eq!(read(&format!("<w:p>{text}{only_old}</w:p>")), ["正文", "旧框"]);
    let picture =
        "<w:p><w:r><w:drawing><a:graphic><pic:pic><a:blip/></pic:pic></a:graphic></w:drawing></w:r></w:p>";
    let object = "<w:p><w:r><w:object><v:shape><v:imagedata/></v:shape><o:OLEObject/></w:object></w:r></w:p>";
    let read = read(&[picture, object].concat());
    assert_eq!(read.len(), 1);
    assert!(read[0].starts_with("!文件里有 2 张图片"), "{}", read[0]);
}

#[test]
fn changes_are_read_as_accepted_and_remarked() {
    let ins = "<w:ins w:id=\"1\"><w:r><w:t>16</w:t></w:r></w:ins>";
    let del = "<w:del w:id=\"2\"><w:r><w:delText>12</w:delText></w:r></w:del>";
    let moved =
        "<w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新处</w:t></w:r></w:moveTo>";
    let joined = "<w:p><w:pPr><w:rPr><w:del w:id=\"3\"/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p>";
    let row = |properties: &str| {
        format!("<w:tr><w:trPr>{properties}</w:trPr>{}</w:tr>", [tc("", "行"), tc("", "1")].concat())
    };
    let table = format!("<w:tbl>{}{}</w:tbl>", row("<w:del/>"), row("<w:ins/>"));
    let body = [format!("<w:p>{del}{ins}件{moved}</w:p>"), joined.to_owned(), p("后半"), table];
    let read = read(&body.concat());
    assert_eq!(read[..3], ["16新处", "前半后半", "|行|1|"]);
    assert!(read[3].starts_with("!文件里有还没有接受的修订"), "{}", read[3]);
    assert_eq!(read.len(), 4);
}

#[test]
fn what_is_hidden_or_stands_elsewhere_is_no_text() {
    let body = [
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>显</w:t></w:r>",
        "<w:r><w:rPr><w:rStyle w:val=\"c\"/></w:rPr><w:t>藏</w:t></w:r><w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p>",
        "<w:altChunk r:id=\"r1\"/><w:sectPr><w:headerReference r:id=\"r2\"/></w:sectPr>",
    ];
    let read = read(&body.concat());
    assert_eq!(read[0], "显");
    for (remark, words) in read[1..].iter().zip(["隐藏", "脚注", "另一份文件"]) {
        assert!(remark.contains(words), "{remark}");
    }
    assert_eq!(read.len(), 4);
}

#[test]
fn what_no_report_has_is_refused_by_name() {
    let row = [tc("", "甲"), tc("", "1")].concat();
    let nested = |depth: usize| {
        (0..depth).fold(p("底"), |inner, _| format!("<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"))
    };
    assert_eq!(read(&nested(8)), ["底"]);
    for (body, words) in [
        (nested(9), "8 层"),
        (tbl(&[&row]).repeat(201), "200 个"),
        (tbl(&[&tc("<w:gridSpan w:val=\"65\"/>", "宽")]), "64 列"),
        (tbl(&[&tc("<w:gridSpan w:val=\"60\"/>", "宽").repeat(5)]), "256 列"),
        (tbl(&vec!["<w:tc/><w:tc/>"; 10_001]), "20000 格"),
        (p("行").repeat(20_001), "20000 行"),
        (format!("{}{}", "<w:x>".repeat(300), "</w:x>".repeat(300)), "256 层"),
        ("<w:p>".to_owned(), "损坏"),
    ] {
        let error = refused(&body);
        assert!(error.contains(words), "{error}");
    }
    let mut parts = parts("");
    parts.last_mut().unwrap().1 = "<!DOCTYPE x [<!ENTITY a 'b'>]><document/>".to_owned();
    assert!(matches!(super::read(&docx(&parts)), Err(ImportError::Broken(_))));
}

#[test]
fn any_damage_returns() {
    let row = |cells: usize| tc("<w:gridSpan w:val=\"2\"/><w:vMerge w:val=\"restart\"/>", "1").repeat(cells);
    let body = [
        r#"<w:p><w:pPr><w:pStyle w:val="2"/></w:pPr><w:r><w:t>总体情况</w:t></w:r></w:p>"#.to_owned(),
        tbl(&[&row(3), &row(3).replace("restart", "continue"), &format!("<w:tc>{}</w:tc>", tbl(&[&row(2)]))]),
        "<w:p><w:ins><w:r><w:t>增</w:t></w:r></w:ins><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r></w:p>"
            .to_owned(),
    ];
    let parts = parts(&body.concat());
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    assert!(read_damaged(&parts, super::read, 3_000) > 300);
}
