//! Files made to break the reader: each of the limits, and shapes whose rows or cells could be compared with all others.

use nianbao::form::terms::Section;
use nianbao::import;
use nianbao::report::{NoticeKind, Place, Report};

const HEAD: &str = "云岭县水务局2025年政府信息公开工作年度报告\n一、总体情况\n甲。\n";

fn read(text: &str) -> Report {
    import::read(text.as_bytes()).unwrap()
}

fn count(report: &Report, kind: NoticeKind) -> usize {
    report.notices().filter(|notice| notice.kind == kind).count()
}

#[test]
fn more_cells_or_lines_than_a_report_can_have_are_refused_by_name() {
    let cells = |rows: usize, by: &str| format!("{HEAD}{}", format!("甲{by}乙{by}丙{by}丁\n").repeat(rows));
    for by in ["\t", "|"] {
        assert_eq!(read(&cells(5_000, by)).text(Section::Overview).matches('丁').count(), 5_000);
        let error = import::read(cells(5_001, by).as_bytes()).unwrap_err();
        assert!(error.to_string().contains("20000 格") && error.hint().contains("年度报告"), "{error}");
    }
    for row in ["\t".repeat(3_000_000), "|".repeat(3_000_000)] {
        assert!(import::read(format!("{HEAD}{row}\n").as_bytes()).is_err());
    }
    let lines = |lines: usize| format!("{HEAD}{}", "五、\n".repeat(lines));
    assert!(import::read(lines(19_000).as_bytes()).is_ok());
    let error = import::read(lines(30_000).as_bytes()).unwrap_err();
    assert!(error.to_string().contains("20000 行"), "{error}");
}

#[test]
fn lines_are_counted_before_anything_is_made_of_them() {
    for end in ["\n", "\r", "\r\n"] {
        let error = import::read(format!("{HEAD}{}五、", end.repeat(5 << 20)).as_bytes()).unwrap_err();
        assert!(error.to_string().contains("200000 行"), "{error}");
    }
    let blank = format!("{HEAD}{}二、主动公开政府信息情况\n", "\n".repeat(150_000));
    assert_eq!(read(&blank).text(Section::Overview), "甲。");
}

#[test]
fn a_section_that_is_too_long_is_cut_and_said_to_be() {
    for lines in [vec!["编制".repeat(200_000)], vec!["编制由".repeat(50); 5_000]] {
        let report = read(&format!("{HEAD}{}\n二、主动公开政府信息情况\n规章\t1\t2\t3\n", lines.join("\n")));
        let text = report.text(Section::Overview);
        assert!(text.len() <= 150_000 && text.starts_with("甲。\n编制"), "{}", text.len());
        let damaged: Vec<_> = report.notices().filter(|notice| notice.kind == NoticeKind::Damaged).collect();
        assert_eq!(damaged.len(), 1);
        assert!(
            damaged[0].message.contains("一、总体情况") && damaged[0].place == Some(Section::Overview.into())
        );
        assert!(report.get(Place::parse("proactive/regulations/issued").unwrap()).is_some());
        let lead = read(&format!(
            "云岭县水务局2025年政府信息公开工作年度报告\n{}\n一、总体情况\n甲。\n",
            lines.join("\n")
        ));
        assert!(lead.text(Section::Lead).len() <= 150_000 && count(&lead, NoticeKind::Damaged) == 1);
    }
}

#[test]
fn many_small_grids_stay_in_the_prose_in_their_order() {
    let grids: String = (0..6_600).map(|at| format!("甲\t{at}\n行{at}\n")).collect();
    let report = read(&format!("{HEAD}{grids}"));
    let text = report.text(Section::Overview);
    assert!(text.len() <= 150_000 && text.starts_with("甲。\n甲 0\n行0\n甲 1\n行1\n"));
}

#[test]
fn many_rows_of_one_label_are_one_conflict_a_cell() {
    let rows: String = (0..4_900).map(|at| format!("规章\t{at}\t0\t1\n")).collect();
    let report = read(&format!("{HEAD}二、主动公开政府信息情况\n{rows}"));
    let issued = Place::parse("proactive/regulations/issued").unwrap();
    assert_eq!(report.get(issued), None);
    assert_eq!(count(&report, NoticeKind::Conflict), 4_899);
    let in_force = Place::parse("proactive/regulations/in_force").unwrap();
    assert!(report.get(in_force).is_some());
}

#[test]
fn rows_of_very_many_fields_and_labels_of_very_many_words_are_no_rows() {
    let requests = "三、收到和处理政府信息公开申请情况";
    let heads = format!("项目\t{}", "自然人\t小计\t".repeat(9_000));
    let report = read(&format!("{HEAD}{requests}\n{heads}\n（一）予以公开\t1\t2\t3\t4\t5\t6\t21\n"));
    assert_eq!(report.values().filter(|(place, _)| place.cell().is_some()).count(), 0);
    let groups = "三、本年度办理结果".repeat(100_000);
    for by in ["\t", " ", ""] {
        let report =
            read(&format!("{HEAD}{requests}\n{groups}（一）予以公开{by}1{by}2{by}3{by}4{by}5{by}6{by}21\n"));
        assert_eq!(report.values().filter(|(place, _)| place.cell().is_some()).count(), 0);
        assert!(count(&report, NoticeKind::NotPlaced) + count(&report, NoticeKind::ExtraCells) > 0);
    }
    // The row of table 4 over and over, all under the same heads, which are not those of the form.
    let disputes = "0\t".repeat(14) + "0\n";
    let text = format!(
        "{HEAD}四、政府信息公开行政复议、行政诉讼情况\n行政复议\t行政诉讼\n{}{}",
        "总计\t甲\n".repeat(4_000),
        disputes.repeat(600)
    );
    assert_eq!(count(&read(&text), NoticeKind::NotPlaced), 600);
}

#[test]
fn what_is_not_read_is_named_with_its_remedy() {
    for (bytes, name, remedy) in [
        (&b"Rar!\x1a\x07"[..], "压缩包", "解压"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n", "mht", "浏览器"),
        (
            b"<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument>",
            "Word 2003",
            "docx",
        ),
        (b"<?xml version=\"1.0\"?><office:document xmlns:office=\"x\">", "OpenDocument", "docx"),
    ] {
        let error = import::read(bytes).unwrap_err();
        assert!(
            error.to_string().contains(name) && error.hint().contains(remedy),
            "{error} {}",
            error.hint()
        );
    }
}
