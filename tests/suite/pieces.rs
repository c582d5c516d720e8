//! Tables that come in pieces: what the heads say of one piece holds for the next, and what only retells a table is none.

use std::collections::BTreeSet;

use nianbao::form::Form;
use nianbao::form::terms::Section;
use nianbao::import;
use nianbao::report::{NoticeKind, Place, Report};

const APPLICANTS: &str = "自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计";

/// A page with these headings and tables, a line of text between the tables of one heading; rows are lines of fields.
fn page(parts: &[(&str, &[&str])]) -> Report {
    let mut page = "<h1>云溪镇人民政府2025年政府信息公开工作年度报告</h1>".to_owned();
    for (heading, tables) in parts {
        page += &format!("<h2>{heading}</h2>");
        for (nth, table) in tables.iter().enumerate() {
            page += if nth > 0 { "<p>（续表）</p>" } else { "" };
            let row = |line: &str| format!("<tr><td>{}</td></tr>", line.replace('\t', "</td><td>"));
            page += &format!("<table>{}</table>", table.lines().map(row).collect::<String>());
        }
    }
    import::read(page.as_bytes()).unwrap()
}

fn cells(report: &Report) -> Vec<String> {
    let cells = report.values().filter(|(place, _)| place.cell().is_some());
    cells.map(|(place, value)| format!("{place}={value}")).collect()
}

/// The places of which something is said.
fn told(report: &Report, kind: NoticeKind) -> Vec<String> {
    let notices = report.notices().filter(|notice| notice.kind == kind);
    notices.filter_map(|notice| notice.place).map(|place| place.to_string()).collect()
}

#[test]
fn columns_in_another_order_are_so_in_every_piece() {
    let moved = "\t总计\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\n一、本年新收政府信息公开申请数量\t10\t4\t3\t2\t1\t0\t0";
    let next = "二、上年结转政府信息公开申请数量\t9\t5\t4\t0\t0\t0\t0\n（一）予以公开\t9\t5\t4\t0\t0\t0\t0";
    let report = page(&[("三、收到和处理政府信息公开申请情况", &[moved, next])]);
    assert_eq!(cells(&report), [""; 0]);
    let rows = ["received", "carried_in", "granted"].map(|row| format!("requests/{row}/total"));
    assert!(rows.iter().all(|row| told(&report, NoticeKind::NotPlaced).contains(row)));

    let swapped = "信息内容\t本年制发件数\t现行有效件数\t本年废止件数\n规章\t1\t2\t3";
    let report = page(&[("二、主动公开政府信息情况", &[swapped, "行政规范性文件\t4\t5\t6"])]);
    assert_eq!(cells(&report), [""; 0]);
}

#[test]
fn heads_in_a_piece_of_their_own_stand_over_the_next() {
    let total_first = ["总计\t结果维持\t结果纠正\t其他结果\t尚未审结"; 3].join("\t");
    let numbers = "9\t1\t2\t3\t3\t5\t1\t1\t1\t2\t4\t1\t1\t1\t1";
    let section = "四、政府信息公开行政复议、行政诉讼情况";
    let report = page(&[(section, &[&total_first, numbers])]);
    assert_eq!(cells(&report), [""; 0]);
    assert!(told(&report, NoticeKind::NotPlaced).contains(&"disputes".to_owned()));
    let in_order = ["结果维持\t结果纠正\t其他结果\t尚未审结\t总计"; 3].join("\t");
    assert_eq!(cells(&page(&[(section, &[&in_order, numbers])])).len(), 15);

    let unit = "信息内容\t本年收费金额（单位：元）";
    let report = page(&[("二、主动公开政府信息情况", &[unit, "行政事业性收费\t251000"])]);
    assert_eq!(told(&report, NoticeKind::LabelChanged), ["proactive/fees/amount"]);
}

#[test]
fn a_column_behind_the_others_is_left_out_in_every_piece_and_moves_nothing() {
    let first = format!("\t{APPLICANTS}\t上年总计\n一、本年新收政府信息公开申请数量\t\t3\t2\t1\t0\t0\t6\t99");
    let next = "二、上年结转政府信息公开申请数量\t\t4\t0\t0\t0\t0\t4\t77";
    let report = page(&[("三、收到和处理政府信息公开申请情况", &[&first, next])]);
    let business =
        ["received", "carried_in"].map(|row| Place::parse(&format!("requests/{row}/business")).unwrap());
    let read = business.map(|place| report.get(place).map(ToString::to_string));
    assert_eq!(read, [Some("3".to_owned()), Some("4".to_owned())]);
    assert!(cells(&report).iter().all(|cell| !cell.contains("natural_person") && !cell.ends_with("99")));
}

#[test]
fn rows_in_the_prose_are_not_the_table_that_is_missing_where_it_should_stand() {
    let retold = "行政许可\t3500\n行政处罚\t1200\n规章\t1\t2\t3";
    let parts: [(&str, &[&str]); 2] = [("一、总体情况", &[retold]), ("二、主动公开政府信息情况", &[])];
    let report = page(&parts);
    assert_eq!(cells(&report), [""; 0]);
    assert!(report.text(Section::Overview).contains("行政许可 3500"));
    assert!(told(&report, NoticeKind::TableMissing).contains(&"proactive".to_owned()));
}

#[test]
fn only_what_the_program_has_written_behind_a_report_is_left_out() {
    let text = |tail: &str| {
        let text =
            format!("云溪镇人民政府2025年政府信息公开工作年度报告\n六、其他需要报告的事项\n无。\n{tail}");
        import::read(text.as_bytes()).unwrap().text(Section::OtherMatters).to_owned()
    };
    let appendix = "附：本程序检查的结果\n1. 错误 A01：不平。改法：填 3\n2. 提示 A06：空白。\n";
    assert_eq!(text(appendix), "无。");
    assert_eq!(text(&format!("{appendix}另，补充一句。\n")), "无。\n另，补充一句。");
    assert_eq!(text("附：本程序检查的结果\n没有发现问题。\n"), "无。");
    assert_eq!(text("附：本程序检查的结果\n见另页。\n"), "无。\n附：本程序检查的结果\n见另页。");
}

#[test]
fn a_table_that_comes_again_in_the_prose_is_told() {
    let table = format!("\t{APPLICANTS}\n")
        + &Form::current()
            .cells()
            .iter()
            .filter(|info| info.cell.section() == Section::Requests)
            .map(|info| info.row_name.clone())
            .collect::<BTreeSet<String>>()
            .iter()
            .map(|row| format!("{row}\t1\t0\t0\t0\t0\t0\t1\n"))
            .collect::<String>();
    let parts: [(&str, &[&str]); 2] =
        [("三、收到和处理政府信息公开申请情况", &[&table]), ("六、其他需要报告的事项", &[&table])];
    let report = page(&parts);
    assert!(told(&report, NoticeKind::NotPlaced).contains(&"other_matters".to_owned()));
    assert!(!told(&page(&parts[..1]), NoticeKind::NotPlaced).contains(&"other_matters".to_owned()));
}
