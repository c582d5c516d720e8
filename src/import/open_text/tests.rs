//! OpenDocument texts with everything that office programs put around text, built here piece by piece.

use super::super::flow::tests::{read_damaged, shown};
use super::super::package::tests::zip;
use super::super::{ImportError, Kind};

const STYLES: &str = r#"<office:document-styles><office:styles>
<text:outline-style><text:outline-level-style text:level="1" style:num-format=""/></text:outline-style>
<text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/>
<text:list-level-style-number text:level="2" style:num-format="1" loext:num-list-format="%1%.%2%"/>
<text:list-level-style-bullet text:level="3" text:bullet-char="•"/></text:list-style>
</office:styles></office:document-styles>"#;

fn parts(body: &str) -> Vec<(&'static str, String)> {
    let automatic =
        r#"<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>"#;
    let content = format!(
        "<office:document-content><office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    vec![
        ("mimetype", "application/vnd.oasis.opendocument.text".to_owned()),
        ("META-INF/manifest.xml", "<manifest:manifest/>".to_owned()),
        ("styles.xml", STYLES.to_owned()),
        ("content.xml", content),
    ]
}

fn odt(parts: &[(&str, String)]) -> Vec<u8> {
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    zip(&parts)
}

fn read(body: &str) -> Vec<String> {
    let bytes = odt(&parts(body));
    assert_eq!(Kind::of(&bytes), Kind::OpenText);
    shown(&super::read(&bytes).unwrap())
}

fn p(text: &str) -> String {
    format!("<text:p>{text}</text:p>")
}

fn cell(attributes: &str, text: &str) -> String {
    format!("<table:table-cell {attributes}>{}</table:table-cell>", p(text))
}

fn table(rows: &[String]) -> String {
    let rows: String = rows.iter().map(|row| format!("<table:table-row>{row}</table:table-row>")).collect();
    format!("<table:table><table:table-column table:number-columns-repeated=\"3\"/>{rows}</table:table>")
}

#[test]
fn text_keeps_its_blanks_breaks_and_references() {
    let body = p(
        "  云溪镇\n  &amp;<text:s text:c=\"2\"/><text:span>岚桥县</text:span><text:tab/><text:a>链接</text:a><text:line-break/>下行",
    );
    assert_eq!(read(&body), ["云溪镇 &  岚桥县\t链接", "下行"]);
    let ruby =
        p("<text:ruby><text:ruby-base>九</text:ruby-base><text:ruby-text>jiu</text:ruby-text></text:ruby>");
    assert_eq!(read(&ruby), ["九"]);
}

#[test]
fn headings_and_automatic_numbers() {
    let heading = |text: &str| format!("<text:h text:outline-level=\"1\">{text}</text:h>");
    let item = |inner: &str| format!("<text:list-item>{inner}</text:list-item>");
    let list = |attributes: &str, inner: &str| {
        format!("<text:list text:style-name=\"L1\" {attributes}>{inner}</text:list>")
    };
    let deeper = item(&format!("<text:list>{}</text:list>", [item(&p("甲")), item(&p("乙"))].concat()));
    let body = [
        "<text:p text:style-name=\"Title\">题目</text:p>".to_owned(),
        heading("没有编号"),
        list("", &[item(&heading("总体情况")), deeper].concat()),
        list("text:continue-numbering=\"true\"", &item(&[heading("主动公开情况"), p("第二段")].concat())),
        list(
            "",
            &["<text:list-header><text:p>无号</text:p></text:list-header>".to_owned(), item(&p("重新"))]
                .concat(),
        ),
    ];
    assert_eq!(
        read(&body.concat()),
        [
            "#0 题目",
            "#1 没有编号",
            "#1 一、总体情况",
            "一.1甲",
            "一.2乙",
            "#1 二、主动公开情况",
            "第二段",
            "无号",
            "一、重新"
        ]
    );
}

#[test]
fn covered_cells_are_no_cells() {
    let covered =
        |count: usize| format!("<table:covered-table-cell table:number-columns-repeated=\"{count}\"/>");
    let rows = [
        [
            cell("table:number-columns-spanned=\"2\" table:number-rows-spanned=\"2\"", "甲"),
            covered(1),
            cell("", "乙"),
        ]
        .concat(),
        [covered(2), cell("", "1")].concat(),
        // Covered by nothing: a blank.
        [covered(1), cell("table:number-columns-repeated=\"2\"", "0")].concat(),
    ];
    assert_eq!(read(&table(&rows)), ["|甲(2×2)|乙|", "|1|", "||0|0|"]);
    let endless = format!(
        "<table:table><table:table-row table:number-rows-repeated=\"1048576\">{}</table:table-row></table:table>",
        "<table:table-cell table:number-columns-repeated=\"16384\"/>"
    );
    assert_eq!(read(&endless).len(), 64);
}

#[test]
fn what_stands_around_text_does_not_hide_it() {
    let inner = table(&[[cell("", "规章"), cell("", "3")].concat()]);
    let body = [
        format!("<text:section>{}</text:section>", p("节中")),
        format!(
            "<text:p><draw:frame><draw:text-box>{}{inner}</draw:text-box></draw:frame>正文</text:p>",
            p("框中")
        ),
        format!(
            "<text:table-of-content><text:table-of-content-source><text:index-title-template>目录</text:index-title-template></text:table-of-content-source><text:index-body>{}</text:index-body></text:table-of-content>",
            p("目录项")
        ),
        p("<draw:frame><draw:image/></draw:frame>"),
    ];
    let read = read(&body.concat());
    assert_eq!(read[..5], ["节中", "框中", "|规章|3|", "正文", "目录项"]);
    assert!(read[5].starts_with("!文件里有 1 张图片"), "{}", read[5]);
    assert_eq!(read.len(), 6);
}

#[test]
fn what_is_hidden_deleted_or_said_beside_is_no_text() {
    let body = [
        format!(
            "<text:tracked-changes><text:changed-region><text:deletion>{}</text:deletion></text:changed-region></text:tracked-changes>",
            p("删去")
        ),
        p(
            "<text:change-start/>增<text:change-end/><text:span text:style-name=\"T1\">藏<text:s/></text:span><office:annotation><text:p>批注</text:p></office:annotation><text:note><text:note-body><text:p>脚注</text:p></text:note-body></text:note>",
        ),
        format!("<text:section text:display=\"none\">{}</text:section>", p("藏")),
    ];
    let read = read(&body.concat());
    assert_eq!(read[0], "增");
    for (remark, words) in read[1..].iter().zip(["修订", "隐藏", "脚注"]) {
        assert!(remark.contains(words), "{remark}");
    }
    assert_eq!(read.len(), 4);
}

#[test]
fn a_file_with_a_password_and_one_that_is_too_much_are_refused() {
    let mut locked = parts("");
    locked[1].1 = "<manifest:encryption-data/>".to_owned();
    assert!(matches!(super::read(&odt(&locked)), Err(ImportError::Encrypted)));
    let refused = |body: &str| super::read(&odt(&parts(body))).unwrap_err().to_string();
    let nested = (0..9).fold(p("底"), |inner, _| {
        format!("<table:table><table:table-row><table:table-cell>{inner}</table:table-cell></table:table-row></table:table>")
    });
    assert!(refused(&nested).contains("8 层"));
    assert!(refused(&p("行").repeat(20_001)).contains("20000 行"));
    assert!(refused(&table(&[cell("", "")]).repeat(201)).contains("200 个"));
    assert!(
        refused(&table(&["<table:covered-table-cell table:number-columns-repeated=\"60\"/>".repeat(9)]))
            .contains("256 列")
    );
    assert!(matches!(super::read(&zip(&[("mimetype", b"x")])), Err(ImportError::Broken(_))));
}

#[test]
fn any_damage_returns() {
    let span = "table:number-columns-spanned=\"2\" table:number-rows-spanned=\"3\" table:number-columns-repeated=\"2\"";
    let body = [
        "<text:list text:style-name=\"L1\"><text:list-item><text:h text:outline-level=\"1\">总体情况</text:h></text:list-item></text:list>".to_owned(),
        table(&[[cell(span, "甲"), cell("", "1")].concat(), [cell("", "乙"), cell("", &table(&[cell("", "2")]))].concat()]),
        p("<draw:frame><draw:text-box><text:p>框<text:s text:c=\"3\"/></text:p></draw:text-box></draw:frame>"),
    ];
    let parts = parts(&body.concat());
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    assert!(read_damaged(&parts, super::read, 3_000) > 300);
}

#[test]
fn what_is_raised_or_crossed_out_is_no_digit_of_a_number() {
    let style = |name: &str, parent: &str, says: &str| {
        format!(
            r#"<style:style style:name="{name}" style:family="text" style:parent-style-name="{parent}"><style:text-properties {says}/></style:style></office:automatic-styles>"#
        )
    };
    let span =
        |style: &str, text: &str| format!(r#"<text:span text:style-name="{style}">{text}</text:span>"#);
    let body = [
        p(&format!("12{}", span("U", "1"))),
        p(&format!("12{}", span("V", "1"))),
        p(&format!("12{}", span("N", "1"))),
        p(&format!("12m{}", span("U", "2"))),
        p(&format!("{}3", span("S", "2"))),
        p(&format!("{}5", span("B", "4"))),
        p(&format!("{}7", span("S", &span("X", "6")))),
    ];
    let mut parts = parts(&body.concat());
    for (name, parent, says) in [
        ("U", "", r#"style:text-position="super 58%""#),
        ("V", "", r#"style:text-position="-33% 58%""#),
        ("N", "", r#"style:text-position="0% 100%""#),
        ("S", "", r#"style:text-line-through-style="solid" style:text-line-through-type="single""#),
        ("B", "S", r#"fo:color="red""#),
        ("X", "", r#"style:text-line-through-style="none""#),
    ] {
        parts[3].1 = parts[3].1.replace("</office:automatic-styles>", &style(name, parent, says));
    }
    let lines = shown(&super::read(&odt(&parts)).unwrap());
    assert_eq!(lines[..7], ["12[1]", "12[1]", "121", "12m²", "3", "5", "67"]);
    assert!(lines[7].contains("划掉"), "{lines:?}");
}
