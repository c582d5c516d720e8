//! Pages with the quirks of sites, all of fictional offices.

use super::*;

fn document(page: &str) -> Document {
    read(page).unwrap()
}

/// The paragraphs of a page.
fn paragraphs(page: &str) -> Vec<String> {
    let text = |block| match block {
        Block::Paragraph { text, .. } => Some(text),
        _ => None,
    };
    document(page).blocks.into_iter().filter_map(text).collect()
}

/// The tables of a page: their rows, each cell with its spans where it has any.
fn tables(page: &str) -> Vec<Vec<String>> {
    let grid = |block| match block {
        Block::Grid(grid) => Some(grid),
        _ => None,
    };
    let cell = |cell: &crate::document::GridCell| match (cell.column_span, cell.row_span) {
        (1, 1) => cell.text.clone(),
        (columns, rows) => format!("{}[{columns}x{rows}]", cell.text),
    };
    let row = |row: &crate::document::GridRow| row.cells.iter().map(cell).collect::<Vec<_>>().join("|");
    document(page)
        .blocks
        .into_iter()
        .filter_map(grid)
        .map(|grid| grid.rows.iter().map(row).collect())
        .collect()
}

#[test]
fn every_block_is_a_paragraph_and_what_no_reader_sees_is_no_text() {
    let page = "<!DOCTYPE html><head><title>年度报告-云溪镇</title><style>p { color: red }</style>\
        <script>if (a < b) document.write('<p>甲</p>')</script></head><body><!-- <p>乙</p> -->\
        <h1>云溪镇人民政府<br>2025年<b>年度</b>报告</h1><p>全镇\n   公开<span>12</span>\n<span>条</span>信息。<o:p>&nbsp;</o:p>\
        <p>收到&nbsp;申请&lt;3&gt;件<p style='DISPLAY : none'>丙</p><div hidden>丁</div><noscript>戊</noscript>\
        <textarea>己</textarea><select><option>庚</select><button>辛</button><iframe>壬</iframe>a < b<!>";
    assert_eq!(
        paragraphs(page),
        ["年度报告", "云溪镇人民政府", "2025年年度报告", "全镇公开12 条信息。", "收到 申请<3>件", "a < b"]
    );
}

#[test]
fn what_a_style_hides_is_no_text() {
    let page = "<p style='/* display:none */'>甲</p><p style='/* 旧稿 */display:none'>乙</p><p style='x-display:none'>丙</p>\
        <p style='color:red;/*;*/ visibility:/**/hidden'>丁</p><p style='/* display:none'>戊</p>\
        <p style='font-family:宋体; MSO-HIDE : All'>己</p><p style='display:\u{3000}none'>庚</p><p style='mso-hide:al中'>辛</p>";
    assert_eq!(paragraphs(page), ["甲", "丙", "戊", "庚", "辛"]);
}

#[test]
fn of_what_contradicts_itself_the_same_counts_as_in_a_browser() {
    for (attributes, is_seen) in [
        ("style='display:none;display:block'", true),
        ("style='display:block;display:none'", false),
        ("style='visibility:hidden;display:block'", false),
        ("style='visibility:hidden;visibility:collapse'", false),
        ("style='visibility:hidden;visibility:visible'", true),
        ("style='display:none;display:'", false),
        ("style='display:none;display:无'", false),
        ("style='display:none;display:-webkit-box'", true),
        ("style='display:none !important;display:block'", false),
        ("style='display:none ! important ;display:block'", false),
        ("style='display:none!IMPORTANT;display:block!important'", true),
        ("style='display:none' style='display:block'", false),
        ("style='display:block' style='display:none'", true),
        ("hidden", false),
        ("hidden style='display:block'", true),
        ("hidden style='visibility:visible'", false),
    ] {
        let seen = if is_seen { "甲|乙" } else { "乙" };
        assert_eq!(paragraphs(&format!("<p {attributes}>甲</p>乙")).join("|"), seen, "{attributes}");
    }
    for (style, seen) in [
        ("text-decoration:line-through;text-decoration:none", "12"),
        ("text-decoration:none;text-decoration-line:line-through", "2"),
        ("text-decoration:line-through;text-decoration-color:red", "2"),
        ("vertical-align:super;vertical-align:baseline", "12"),
        ("vertical-align:sub;vertical-align:super", "[1]2"),
        ("vertical-align:super;vertical-align:", "[1]2"),
        ("vertical-align:super;vertical-align:4pt", "[1]2"),
    ] {
        assert_eq!(paragraphs(&format!("<p><span style='{style}'>1</span>2</p>")), [seen], "{style}");
    }
}

#[test]
fn chinese_in_a_tag_breaks_nothing() {
    let page = "<p甲>子</p甲><p 甲=乙 title=“丙”>丑</p><p style='显示:无;display:无'>寅</p><p 甲='乙>卯</p><table><tr><td 甲='乙>3<td>4</table>";
    assert_eq!(paragraphs(page), ["子", "丑", "寅", "卯"]);
    assert_eq!(tables(page), [["3|4"]]);
}

#[test]
fn menus_are_no_text_but_links_in_the_text_are() {
    let page = "<ul><li><a href=1>首页</a><li><a href=2>公开</a><li><a href=3>互动</a></ul>\
        <div><a href=1>首页</a> &gt; <a href=2>公开</a> &gt; <a href=3>年报</a></div><nav>导航</nav>\
        <table><tr><td><a href=1>甲</a><td><a href=2>乙</a><td><a href=3>丙</a></table>\
        <p>见<a href=1>本镇网站</a>、<a href=2>公报</a>、<a href=3>公开栏</a>。<p><a href=4>附件</a>";
    assert_eq!(paragraphs(page), ["见本镇网站、公报、公开栏。", "附件"]);
    assert!(tables(page).is_empty());
    // A link that is not closed goes on to the end of the page.
    let endless = "<a href=1><p>一、总体情况</p><p>甲</p><p>乙</p>";
    assert_eq!(paragraphs(endless), ["一、总体情况", "甲", "乙"]);
}

#[test]
fn tables_that_lay_the_page_out_are_read_in_order() {
    let data = "<table><tr><td colspan=2>第二十条第（一）项<tr><td>规<span>章</span><td>3<tr><td>行政<br>许可<td>&nbsp;</table>";
    let page = format!(
        "<table><tr><td>栏目<td><table><tr><td><p>二、主动公开</p>{data}<p>三、申请</p></table></table>\
         <table><tr><td>全镇公开信息。</table>"
    );
    assert_eq!(paragraphs(&page), ["栏目", "二、主动公开", "三、申请", "全镇公开信息。"]);
    assert_eq!(tables(&page), [["第二十条第（一）项[2x1]", "规章|3", "行政\n许可|"]]);
    // A whole report in one table: its prose between the rows of data.
    let one = "<table><tr><td colspan=3>全年共收到申请12件，均已按期答复。<tr><td>规章<td>3<td>4</table>";
    assert_eq!(
        (paragraphs(one), tables(one)),
        (vec!["全年共收到申请12件，均已按期答复。".into()], vec![vec!["规章|3|4".into()]])
    );
    // A small table in a cell is how somebody wrote its text.
    let small = "<table><tr><td>规章<td><table><tr><td>12</table><td>4</table>";
    assert_eq!(tables(small), [["规章|12|4"]]);
}

#[test]
fn spans_are_numbers_and_end_with_the_table() {
    let page = "<table><tr><th rowspan=22>结果<td colspan=' 2 '>甲<td rowspan=0>乙<td rowspan=-1>丙<td colspan=x>丁\
                <tr><td colspan=99999999999999999999>戊</table>";
    assert_eq!(tables(page), [["结果[1x2]|甲[2x1]|乙[1x2]|丙|丁", "戊[1000x1]"]]);
    let Block::Grid(grid) = &document(page).blocks[0] else { panic!() };
    assert_eq!((grid.rows[1].at.as_str(), grid.rows[0].cells[0].is_header), ("表 1 第 2 行", true));
}

#[test]
fn a_quote_that_lost_its_end_takes_no_other_cell() {
    let page = "<table><tr><td>行政处罚<td colspan=\"3?>5</td></tr><tr><td title='<b>1</b>'>行政强制<td colspan=\"3\">7</table>";
    assert_eq!(tables(page), [["行政处罚|5[3x1]", "行政强制|7[3x1]"]]);
    assert_eq!(paragraphs("<p title='甲>乙<p>丙"), ["乙", "丙"]);
}

#[test]
fn fields_that_were_typed_in_are_cells() {
    let page =
        "<input value=检索><table><tr><td>规章<td><input value='3'><td><input type=hidden value=9></table>";
    assert_eq!((paragraphs(page), tables(page)), (Vec::<String>::new(), vec![vec!["规章|3|".into()]]));
}

#[test]
fn what_is_raised_or_crossed_out_is_no_digit_of_a_number() {
    let page = "<table><tr><td>规章<td>12<sup>1</sup><td><del>2</del><ins>3</ins><td><s>4</s>5<td>6<sub>7</sub>\
        <tr><td>许可<td>1<span style='vertical-align: super'>2</span><td><strike>8</strike>9<td>\
        <span style='text-decoration:line-through'>1</span>2<td style='text-decoration: line-through'>3\
        <tr><td>处罚<td>1<span style='vertical-align:sub'>2</span><td>\
        <span style='text-decoration:underline LINE-THROUGH;vertical-align:super'>1</span>2<td>\
        1<span style='vertical-align:supe中'>2</span></table>\
        <p>占地12m<sup>2</sup>，公开<del>3</del>4件<sup><a href=1>[1]</a></sup>。";
    assert_eq!(tables(page), [["规章|12[1]|3|5|6[7]", "许可|1[2]|9|2|", "处罚|1[2]|2|12"]]);
    assert_eq!(paragraphs(page), ["占地12m²，公开4件[1]。"]);
    assert!(document(page).remarks[0].contains("划掉"));
    // What only lost its end takes no cell and no paragraph with it.
    let open = "<table><tr><td>12<sup>1<td><s>4<td>5</table><p><sup>全镇公开政府信息，全年没有收到申请，各项数字均为零。";
    assert_eq!(tables(open), [["12[1]||5"]]);
    assert_eq!(paragraphs(open), ["全镇公开政府信息，全年没有收到申请，各项数字均为零。"]);
    assert!(document("<p>甲<del> </del></p>").remarks.is_empty());
}

#[test]
fn a_style_counts_on_whatever_changes_the_look() {
    for name in ["span", "a", "font", "b", "strong", "EM", "u", "ins", "label", "i", "nobr"] {
        let of = |style: &str, within: &str| format!("<{name} style='{style}'>{within}</{name}>");
        let (up, struck, hidden) = (
            of("vertical-align:super", "1"),
            of("text-decoration:line-through", "9"),
            of("display:none", "9"),
        );
        let page =
            format!("<table><tr><td>规章<td>12{up}<td>{struck}12<td>{hidden}12</table><p>{hidden}甲</p>");
        assert_eq!(tables(&page), [["规章|12[1]|12|12"]], "{name}");
        assert_eq!(paragraphs(&page), ["甲"], "{name}");
        assert!(document(&page).remarks[0].contains("划掉"), "{name}");
    }
    // Others of the same name within, and what is not closed or closed twice.
    let page =
        "<p><b style='display:none'>子<b>丑</b>寅</b>卯<b>辰</b></b>巳<p><font style='display:none'>午<p>未";
    assert_eq!(paragraphs(page), ["卯辰巳", "未"]);
    // Ended across a block, a list or another element: what follows is seen. What began before a table is not ended in a cell.
    for (page, seen) in [
        ("<strong style='display:none'><p>甲</strong><p>乙", "乙"),
        ("<div><b style='display:none'><div><ul><li>甲</b>乙</ul></div></div><p>丙", "乙|丙"),
        ("<p><font style='display:none'><span>甲</font>乙", "乙"),
        ("<p><b hidden>子<p>丑<span style='text-decoration:line-through'>1</b>9</span>寅", "丑寅"),
        ("<div>甲<i hidden>乙<table><tr><td>丙</i>丁</table>戊</div><p>己", "甲|己"),
    ] {
        assert_eq!(paragraphs(page).join("|"), seen, "{page}");
    }
}

#[test]
fn pictures_are_said_to_be_pictures() {
    assert!(matches!(read("<p><img src=1.jpg></p>"), Err(ImportError::Picture)));
    assert!(matches!(read("<html><script>1</script>"), Err(ImportError::Empty)));
    let remarks = document("<p>二、主动公开</p><img><img>").remarks;
    assert!(remarks[0].contains("2 张图片"), "{remarks:?}");
    assert!(document("<img><table><tr><td>规章<td>3</table>").remarks.is_empty());
}

#[test]
fn pages_without_end_are_refused_by_name() {
    let error = |page: &str| read(page).unwrap_err().to_string();
    for tag in ["<div>", "<span>", "<ul><li>", "<table><tr><td>", "<div><p>", "<x><div>", "<blockquote/>"] {
        assert!(error(&tag.repeat(20_000)).contains("512"), "{tag}");
    }
    assert!(error(&"<p>甲".repeat(MANY)).contains("200000"));
    assert!(error(&"甲".repeat(LARGEST)).contains("10 MB"));
    assert!(error(&"<table><tr><td>1<td colspan=1000>2</table>".repeat(21)).contains("20000"));
    // What is only written without its ends is not deep.
    for tag in ["<p>甲", "<b>甲", "<font color=red>甲", "<a>甲</a>", "<br>甲", "<li>甲", "<dd>甲"] {
        assert!(read(&tag.repeat(2000)).is_ok(), "{tag}");
    }
    let rows = format!("<table>{}</table>", "<tr><td>甲<td>1".repeat(2000));
    assert_eq!(tables(&rows)[0].len(), 2000);
}

const MANY: usize = 200_001;

#[test]
fn tags_that_are_no_tags_do_not_hide_others() {
    // Each of these is deeper than it looks.
    let deep = "<div>".repeat(3000);
    for before in [
        "<svg><title>",
        "<svg><![CDATA[>",
        "<script><!--<script></script><a x=\"--></script>",
        "<style>",
        "<!--",
        "<!",
        "<a title='>",
        "<textarea>",
        "<select>",
        "<math><mtext>",
        "<template>",
        "<plaintext>",
        "<noscript>",
    ] {
        // Whatever is read of it, it is not for long: html5ever is given no more than was counted.
        let _ = read(&format!("{before}{deep}"));
        assert!(
            tags::cleaned(&format!("{before}{deep}")).is_err_and(|e| e.to_string().contains("512"))
                || tags::cleaned(&format!("{before}{deep}"))
                    .is_ok_and(|text| text.matches("<div").count() <= 512),
            "{before}"
        );
    }
}

/// How deep elements stand in one another when html5ever has read them.
fn depth(page: &str) -> usize {
    let html = Html::parse_document(page);
    let deepest = html.tree.nodes().map(|node| node.ancestors().count()).max();
    deepest.unwrap_or_default()
}

#[test]
fn mutated_pages_return_and_are_never_deeper_than_was_counted() {
    let page = "<title>云溪镇</title><div><p style='font-family:宋体;display:none'>一、<b>总体</b>情况<ul><li>甲<li>乙</ul><dl><dt>子<dd>丑</dl>\
                <table><caption>表</caption><tr><td colspan=2 rowspan=2>规章<td>3<tr><th>4</table><pre>a\nb</pre></div>";
    let pieces = [
        "<div>",
        "</div>",
        "<table>",
        "<tr>",
        "<td rowspan=9>",
        "</table>",
        "<li>",
        "<p>",
        "</p>",
        "<span>",
        "\"",
        "<!--",
        "<",
        ">",
        "<caption>",
        "</span>",
        "<ul>",
        "<dd>",
        "<a href=1>",
        "</a>",
        "<b hidden>",
        "<b>",
        "</b>",
        "&nbsp",
        "<tbody>",
        "<th>",
        "<pre>",
    ];
    let mut seed: u64 = 20_250;
    let mut below = |limit: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % limit
    };
    for _ in 0..1500 {
        let mut text: Vec<char> = page.chars().collect();
        for _ in 0..1 + below(12) {
            let at = below(text.len());
            match below(3) {
                0 => drop(text.drain(at..(at + below(9)).min(text.len()))),
                1 => drop(text.splice(at..at, pieces[below(pieces.len())].repeat(1 + below(40)).chars())),
                _ => text[at] = ['<', '>', '"', '=', '/', '甲', '\0'][below(7)],
            }
        }
        let text: String = text.into_iter().collect();
        let _ = read(&text);
        if let Ok(cleaned) = tags::cleaned(&text) {
            // The document, html and body, and the text are not counted; a table may stand for two more than it says.
            assert!(depth(&cleaned) <= DEEPEST_READ, "{text}");
        }
    }
}

const DEEPEST_READ: usize = 520;

/// The page that a clock showed: many deep paths, each with many links.
fn deep(blocks: usize, depth: usize, links: usize) -> String {
    let link = |nth| format!("<a href={nth}>甲</a>");
    let links: String = (0..links).map(link).collect();
    format!("{}{links}{}", "<div>".repeat(depth), "</div>".repeat(depth)).repeat(blocks)
}

#[test]
fn pages_that_are_deep_in_many_places_are_refused_by_name() {
    let error = read(&(deep(150, 500, 300) + "<p>一、总体情况")).unwrap_err().to_string();
    assert!(error.contains("嵌套合计"), "{error}");
    assert!(read(&(deep(20, 50, 300) + "<p>一、总体情况")).is_ok());
    assert!(read(&(deep(1, 500, 300) + "<p>一、总体情况")).is_ok());
}
