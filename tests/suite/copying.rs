//! What copying does to a report: labels in pieces, page numbers, lines that were wrapped at a margin.

use nianbao::check;
use nianbao::form::terms::Section;
use nianbao::report::{Notice, Place, Value};

use crate::offices::{OFFICIAL, read, with};

#[test]
fn quirks_of_copying_are_no_faults_of_the_report() {
    let row = "一、本年新收政府信息公开申请数量\t1\t2\t0\t0\t0\t0\t3\n";
    let zeros = "0\t".repeat(6) + "0\n";
    for (wrapped, place) in [
        (
            format!(
                "（五）不予处理\t4.无正当理由大量反复申请\t{zeros}\t5.要求行政机关确认或\n重新出具已获取信息\t{zeros}"
            ),
            "confirm_or_reissue",
        ),
        (
            format!(
                "（五）不予处理\t4.无正当理由大量反复申请\t{zeros}5.要求行政机关确认或\n重新出具已获取信息\t{zeros}"
            ),
            "confirm_or_reissue",
        ),
        (
            format!(
                "（六）其他处理\t1.申请人无正当理由逾期不补正、\n行政机关不再处理其\n政府信息公开申请\t{zeros}\t3.其他\t{zeros}"
            ),
            "correction_overdue",
        ),
    ] {
        let report = with(row, &format!("{row}{wrapped}"));
        let cell = Place::parse(&format!("requests/{place}/total")).unwrap();
        assert_eq!(report.get(cell), Some(&Value::count(0)), "{wrapped}");
        assert_eq!(report.notices().collect::<Vec<_>>(), Vec::<&Notice>::new(), "{wrapped}");
    }
    for page in ["— 2 —", "-2-", "－ 12 －", "第 3 页", "第3页 共6页"] {
        let report = with(row, &format!("{row}{page}\n二、上年结转政府信息公开申请数量\t{zeros}"));
        assert_eq!(report.notices().count(), 0, "{page}: {:?}", report.notices().collect::<Vec<_>>());
        let lines = "规章\n0\n0\n0\n".to_owned() + page + "\n行政许可\n5\n";
        let report = with("规章\t0\t0\t0\n", &lines);
        assert_eq!(report.notices().count(), 0, "{page}: {:?}", report.notices().collect::<Vec<_>>());
    }
    // Three cells, of which two are placeholders, are no page.
    let report = with("规章\t0\t0\t0\n", "规章\n- 2 -\n");
    let repealed = Place::parse("proactive/regulations/repealed").unwrap();
    assert_eq!(report.get(repealed), Some(&Value::count(2)));
}

#[test]
fn what_only_the_file_can_mend_is_said_to_be_mended_by_the_export() {
    let row = "一、本年新收政府信息公开申请数量\t1\t2\t0\t0\t0\t0\t3\n";
    let report = with(row, &format!("一、本年新收信息公开申请数量\t{}", row.split_once('\t').unwrap().1));
    let report = [report, with("五、存在的主要问题及改进情况", "五、存在的问题和下一步打算")];
    for (report, rule) in report.iter().zip(["S04", "S02"]) {
        let review = check::check(report);
        let found = review.findings.iter().find(|finding| finding.rule.id == rule).unwrap();
        assert!(
            found.message.starts_with("原文件里") && found.message.contains("导出的"),
            "{}",
            found.message
        );
    }
}

#[test]
fn text_that_was_wrapped_is_joined_into_its_paragraphs() {
    let wrapped = "2025年，县水务局主动公开信息12条，其中通过县政府网站公\n\
                   开8条，通过微信公众号公开4条，均经过保密审查，没有发生\n\
                   泄密事件。\n\
                   （一）依申请公开。全年收到申请3件，上年没有结转，已经全\n\
                   部在法定期限内答复申请人，没有引起行政复议和行政诉讼，也\n\
                   没有收取信息处理费，申请人对答复都表示满意，见 Report\n\
                   — 2 —\n\
                   2025 全文。\n\
                   （二）平台建设。全年维护网站栏目9个，更新政府信息公开指\n\
                   南1次。\n\
                   公开的栏目有：\n\
                   水利工程建设和运行管理\n\
                   水资源管理和节约用水\n";
    let joined = "2025年，县水务局主动公开信息12条，其中通过县政府网站公开8条，通过微信公众号公开4条，均经过保密审查，\
                  没有发生泄密事件。\n\
                  （一）依申请公开。全年收到申请3件，上年没有结转，已经全部在法定期限内答复申请人，没有引起行政复议和行政诉讼，也\
                  没有收取信息处理费，申请人对答复都表示满意，见 Report 2025 全文。\n\
                  （二）平台建设。全年维护网站栏目9个，更新政府信息公开指南1次。\n\
                  公开的栏目有：\n水利工程建设和运行管理\n水资源管理和节约用水";
    let text = OFFICIAL
        .replace("本报告由云岭县水务局编制，所列数据的统计期限自2025年1月1日起至2025年12月31日止。\n", "");
    let report = read(&text.replace("2025年，县水务局主动公开信息12条。\n", wrapped));
    assert_eq!(report.text(Section::Overview), joined);
    // A heading as long as the lines are begins no sentence.
    let heading = "（三）全年按照上级要求组织开展的政府信息公开业务培训情况\n全年培训2次。\n";
    let report = read(&text.replace("2025年，县水务局主动公开信息12条。\n", &format!("{wrapped}{heading}")));
    assert!(
        report.text(Section::Overview).ends_with(heading.trim_end()),
        "{}",
        report.text(Section::Overview)
    );
    // Lines of their own, of all lengths, stay as they are.
    let listed = wrapped.replace("公\n开8条", "公\n开8条，另有一条是公开水利工程名单和责任人的，连同附件一起放在网站的专门栏目里供群众下载查阅和监督");
    let report = read(&text.replace("2025年，县水务局主动公开信息12条。\n", &listed));
    assert_eq!(report.text(Section::Overview).lines().count(), listed.lines().count());
}
