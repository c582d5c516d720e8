//! Pages whose elements, tables and texts are made to break a reader.
#![expect(clippy::too_many_lines, reason = "a list of files, each made in a few lines")]

use super::{Fate, Made, made};

const DEEP: Fate = Fate::Refused(&["512 层", "200000"]);

/// A page with this in it, behind what makes it a report.
fn page(inner: &str) -> Vec<u8> {
    format!("<!DOCTYPE html><html><body><h1>云岭县水务局2025年政府信息公开工作年度报告</h1><h2>一、总体情况</h2><p>主动公开信息12条。</p>{inner}")
        .into_bytes()
}

fn repeated(piece: &'static str, count: usize) -> impl Fn() -> Vec<u8> {
    move || page(&piece.repeat(count))
}

pub(super) fn all() -> Vec<Made> {
    let with = |attributes: &'static str| {
        move || {
            page(&format!("<table><tr><td {attributes}>规章</td><td>1</td></tr><tr><td>2</td></tr></table>"))
        }
    };
    vec![
        made("40000-deep.html", DEEP, repeated("<div>", 40_000)),
        made("tables-40000-deep.html", DEEP, repeated("<table><tr><td>", 40_000)),
        made("lists-40000-deep.html", DEEP, repeated("<ul><li>", 40_000)),
        made("templates-40000-deep.html", Fate::Any, repeated("<template>", 40_000)),
        made("graphics-40000-deep.html", Fate::Any, repeated("<svg><math>", 40_000)),
        made("bold-never-closed.html", Fate::Any, repeated("<b><p>", 100_000)),
        made("fonts-never-closed.html", Fate::Any, || {
            page(&(0..100_000).map(|n| format!("<font color='{n}'>")).collect::<String>())
        }),
        made("links-in-links.html", Fate::Any, repeated("<a href=x><a href=y>甲", 50_000)),
        made("foster-parents.html", Fate::Any, repeated("<table><b>甲", 60_000)),
        made("text-between-rows.html", Fate::Any, || {
            page(&format!("<table>{}", "甲<tr>乙<td>丙".repeat(60_000)))
        }),
        made("options.html", Fate::Any, repeated("<select><option>", 60_000)),
        made("buttons.html", Fate::Any, repeated("<button>", 100_000)),
        made("headings-in-headings.html", Fate::Any, repeated("<h1><h2>", 100_000)),
        made("spans-40000-deep.html", DEEP, repeated("<span>", 40_000)),
        made("unknown-elements.html", Fate::Any, repeated("<x-y>", 200_000)),
        made("colspan-1001.html", Fate::Any, with("colspan=1001")),
        made("colspan-giant.html", Fate::Any, with("colspan=4294967296")),
        made("rowspan-giant.html", Fate::Any, with("rowspan=99999999999999999999")),
        made("both-spans.html", Fate::Any, with("colspan=1000 rowspan=65534")),
        made("many-wide-cells.html", Fate::Any, || {
            page(&format!("<table>{}</table>", "<tr><td colspan=1000>甲".repeat(10_000)))
        }),
        made("many-high-cells.html", Fate::Any, || {
            page(&format!(
                "<table><tr>{}{}</table>",
                "<td rowspan=65000>甲".repeat(200),
                "<tr><td>乙".repeat(10_000)
            ))
        }),
        made("many-cells.html", Fate::Refused(&["20000 格"]), || {
            page(&format!("<table>{}</table>", "<tr><td>1<td>2".repeat(10_100)))
        }),
        made("too-large.html", Fate::Refused(&["10 MB"]), || page(&"甲".repeat(4 << 20))),
        made("open-script.html", Fate::Any, || page(&format!("<script>{}", "x<".repeat(4 << 20)))),
        made("open-comment.html", Fate::Any, || page(&format!("<!--{}", "-".repeat(9 << 20)))),
        made("open-plaintext.html", Fate::Any, || page(&format!("<plaintext>{}", "<div>".repeat(1 << 20)))),
        made("open-attribute.html", Fate::Any, || page(&format!("<p title=\"{}", "x ".repeat(4 << 20)))),
        made("open-tag.html", Fate::Any, || page(&"<".repeat(9 << 20))),
        made("many-attributes.html", Fate::Any, || {
            page(&format!("<p {}>", (0..300_000).map(|n| format!("a{n}=1 ")).collect::<String>()))
        }),
        made("many-entities.html", Fate::Any, || {
            page(&format!("<p>{}", "&CounterClockwiseContourIntegral;&#x110000;&amp".repeat(150_000)))
        }),
        made("nul.html", Fate::Any, || page(&"\0<p\0>甲".repeat(50_000))),
        made("only-closing.html", Fate::Any, repeated("</p></div></table></b>", 100_000)),
        made("many-paragraphs.html", Fate::Any, repeated("<p>甲", 100_000)),
        made("many-breaks.html", Fate::Any, repeated("<br>甲", 150_000)),
        made("other-encoding.html", Fate::Any, || {
            [&b"<meta charset='utf-7'><p>+ADw-script+AD4-"[..], &[0xff; 1000]].concat()
        }),
        made("scripts.html", Fate::Read, || {
            page(
                "<script>document.title='x'</script><img src=http://192.0.2.1/ onerror=alert(1)><iframe src='file:///etc/passwd'></iframe>",
            )
        }),
    ]
}
