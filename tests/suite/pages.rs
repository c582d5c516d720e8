//! Reports as sites publish them: menus, layout tables, labels in pieces, lying encodings. All offices are fictional.

use nianbao::document::compose::compose;
use nianbao::document::{Block, GridCell};
use nianbao::form::Form;
use nianbao::form::terms::{Field, Section};
use nianbao::import;
use nianbao::report::{Edit, Report, Value};

use crate::sound::{self, Dice};

/// A report with prose in every section.
fn report(seed: u64) -> Report {
    let form = Form::current();
    let mut report = sound::report(form, &sound::counts(form, &mut Dice::new(seed)));
    for (section, text) in [
        (Section::Lead, "根据《中华人民共和国政府信息公开条例》编制本报告。"),
        (Section::Overview, "2025年，全镇公开信息12条。\n（一）主动公开。公开<意见>3件。"),
        (Section::Problems, "一是公开不够及时。"),
        (Section::OtherMatters, "无收取信息处理费的情况。"),
    ] {
        report.apply(Edit::set(section, Some(Value::Text(text.to_owned()))));
    }
    report.apply(Edit::set(Field::Published, Some(Value::Text("2026-01-15".to_owned()))));
    report
}

/// A text in the spans that an editor leaves, with the source broken between them.
fn spans(text: &str) -> String {
    let spans = text.chars().collect::<Vec<_>>();
    let spans = spans.chunks(3).map(|chars| chars.iter().collect::<String>().replace('<', "&lt;"));
    spans.map(|text| format!("<span style='font-size: 16pt'><font>{text}</font></span>")).collect()
}

/// The article of a page, with a way to write its cells.
fn article(report: &Report, cell: impl Fn(&GridCell) -> String) -> String {
    let block = |block: &Block| match block {
        Block::Heading { text, .. } => format!("<p align=center><b>{}</b></p>\n", spans(text)),
        Block::Paragraph { text, .. } => format!("<p>&nbsp;&nbsp;\u{3000}{}<o:p></o:p></p>\n", spans(text)),
        Block::Grid(grid) => {
            let row =
                |cells: &[GridCell]| format!("<tr>{}</tr>\n", cells.iter().map(&cell).collect::<String>());
            let rows: String = grid.rows.iter().map(|row_of| row(&row_of.cells)).collect();
            format!("<div><table border=1><tbody>{rows}</tbody></table></div>")
        }
    };
    compose(report).blocks.iter().map(block).collect()
}

fn cell(cell: &GridCell) -> String {
    let text = if cell.text.is_empty() { "&nbsp;".to_owned() } else { spans(&cell.text) };
    format!(
        "<td colspan={} rowspan=\"{}\"><p>{text}<o:p>&nbsp;</o:p></p></td>",
        cell.column_span, cell.row_span
    )
}

/// A saved page: the article in layout tables, the site around it.
fn page(article: &str, title: &str) -> String {
    let links = |names: &[&str]| -> String {
        let link = |name: &&str| format!("<li><a href='/{name}.html'>{name}</a></li>");
        names.iter().map(link).collect()
    };
    let menu = links(&["首页", "走进云溪", "政务公开", "互动交流", "2024年政府信息公开工作年度报告"]);
    format!(
        "<!DOCTYPE html><html><head><meta http-equiv=Content-Type content='text/html; charset=gb2312'>\
         <title>{title}_云溪镇_岚桥县人民政府网站</title><style>td {{ color: red }}</style></head><body>\
         <div class=top>今天是2026年2月3日 星期二 <ul>{menu}</ul></div>\
         <div>您所在的位置：<a href=1>首页</a> &gt; <a href=2>政务公开</a> &gt; <a href=3>年报</a></div>\
         <table width=1000><tr><td width=200><ul>{menu}</ul><td>\
         <table class=meta><tr><td>索引号<td>01/2026-1<td>公开日期<td>2026-01-15<tr><td>名称<td colspan=3>{title}</table>\
         <h1>{title}</h1><div>发布时间：2026-01-15 来源：云溪镇 浏览次数：<script>count()</script> 字号：[大 中 小]</div>\
         <div id=zoom>{article}</div>\
         <div>扫一扫在手机打开当前页</div><div>【打印本页】 【关闭窗口】</div></td></tr></table>\
         <div class=foot><p>主办：岚桥县人民政府办公室</p><p>联系电话：0000-1234567</p><p>备案号：某ICP备00000000号</p>\
         <div style='display: none'>统计代码</div></div><script>var x = '<table>';</script></body></html>"
    )
}

fn assert_same(read: &Report, report: &Report) {
    let places =
        |report: &Report| report.values().map(|(place, value)| (place, value.clone())).collect::<Vec<_>>();
    assert_eq!(places(read), places(report), "{:#?}", read.notices().collect::<Vec<_>>());
}

#[test]
fn a_saved_page_gives_the_report_without_the_site_around_it() {
    for seed in 1..4 {
        let report = report(seed);
        let article = article(&report, cell);
        // The title stands in the article, or over it, or both.
        let without = article.split_once("</p>").unwrap().1;
        for article in [article.as_str(), without] {
            let page = page(article, report.text(Field::Title));
            assert_same(&import::read(page.as_bytes()).unwrap(), &report);
            let (gbk, _, _) = encoding_rs::GB18030.encode(&page);
            assert_same(&import::read(&gbk).unwrap(), &report);
        }
    }
}

#[test]
fn a_piece_of_a_page_is_read_too() {
    let report = report(5);
    assert_same(&import::read(article(&report, cell).as_bytes()).unwrap(), &report);
    let as_heads = |c: &GridCell| cell(c).replace("<td", "<th").replace("</td", "</th");
    assert_same(&import::read(article(&report, as_heads).as_bytes()).unwrap(), &report);
}

#[test]
fn blanks_in_a_page_stay_blank() {
    let mut report = report(6);
    let cells: Vec<_> = Form::current().cells().iter().map(|info| info.cell).step_by(3).collect();
    for cell in cells {
        report.apply(Edit::set(cell, None));
    }
    assert_same(
        &import::read(page(&article(&report, cell), report.text(Field::Title)).as_bytes()).unwrap(),
        &report,
    );
}
