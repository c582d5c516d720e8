//! What offices make of headings, titles and signatures: known for what they are, and never dropped.

use nianbao::form::terms::Section;
use nianbao::import;
use nianbao::report::{Notice, NoticeKind, Report};

/// A report of a fictional office, all of whose parts have their official wording.
const OFFICIAL: &str = "云岭县水务局2025年政府信息公开工作年度报告\n\
     本报告由云岭县水务局编制，所列数据的统计期限自2025年1月1日起至2025年12月31日止。\n\
     一、总体情况\n2025年，县水务局主动公开信息12条。\n\
     二、主动公开政府信息情况\n规章\t0\t0\t0\n行政规范性文件\t1\t0\t4\n\
     三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量\t1\t2\t0\t0\t0\t0\t3\n\
     四、政府信息公开行政复议、行政诉讼情况\n0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\n\
     五、存在的主要问题及改进情况\n个别栏目更新慢。下一步按月检查。\n\
     六、其他需要报告的事项\n没有收取信息处理费。\n";

fn read(text: &str) -> Report {
    import::read(text.as_bytes()).unwrap()
}

fn notices(report: &Report, kind: NoticeKind) -> Vec<&Notice> {
    report.notices().filter(|notice| notice.kind == kind).collect()
}

/// The official report with one of its lines written otherwise.
fn with(line: &str, other: &str) -> Report {
    assert!(OFFICIAL.contains(line), "{line}");
    read(&OFFICIAL.replace(line, other))
}

#[test]
fn a_numbered_heading_in_its_place_is_its_section_whatever_its_words() {
    for (section, official, others) in [
        (
            Section::Overview,
            "一、总体情况",
            &[
                "一、基本情况",
                "一、概述",
                "一、2025年工作开展情况",
                "一．总体情况",
                "一、全局",
                "1、总体情况",
            ][..],
        ),
        (Section::Proactive, "二、主动公开政府信息情况", &["二、主动公开情况", "二、 统计表"]),
        (Section::Requests, "三、收到和处理政府信息公开申请情况", &["三、依申请公开情况"]),
        (Section::Disputes, "四、政府信息公开行政复议、行政诉讼情况", &["四、复议诉讼情况"]),
        (
            Section::Problems,
            "五、存在的主要问题及改进情况",
            &[
                "五、存在的问题和下一步打算",
                "五、工作中存在的问题及下一步工作打算",
                "五、存在的主要问题和改进措施",
                "五、不足之处",
                "四、存在的问题和改进措施。",
                "## 存在的问题和下一步打算",
                "存在的主要问题和改进情况",
            ],
        ),
        (Section::OtherMatters, "六、其他需要报告的事项", &["六、其他", "六、需要说明的事项："]),
    ] {
        for other in others {
            let report = with(official, other);
            let missing = notices(&report, NoticeKind::SectionMissing);
            assert!(missing.is_empty(), "{other}: {missing:?}");
            let titles = notices(&report, NoticeKind::SectionTitle);
            let is_told = titles.iter().any(|notice| notice.place == Some(section.into()));
            assert_eq!(is_told, *other != "一．总体情况", "{other}: {titles:?}");
            let official = read(OFFICIAL);
            assert_eq!(report.prose().collect::<Vec<_>>(), official.prose().collect::<Vec<_>>(), "{other}");
            let cells = |report: &Report| report.values().filter(|(p, _)| p.cell().is_some()).count();
            assert_eq!(cells(&report), cells(&official), "{other}");
        }
    }
}

#[test]
fn numbered_lines_within_a_section_begin_no_other() {
    let sub =
        "一、主动公开\n公开12条。\n二、依申请公开\n收到3件。\n五、监督保障\n接受监督。\n六、其他工作\n无。";
    let report = with("2025年，县水务局主动公开信息12条。", sub);
    assert_eq!(report.text(Section::Overview), sub);
    assert_eq!(report.text(Section::OtherMatters), "没有收取信息处理费。");
    // A section that is really missing is missing, though its number stands in the prose of another.
    let text = OFFICIAL.replace("五、存在的主要问题及改进情况\n个别栏目更新慢。下一步按月检查。\n", "");
    let report = read(&text.replace("2025年，县水务局主动公开信息12条。", sub));
    assert_eq!(report.text(Section::Overview), sub);
    assert_eq!(notices(&report, NoticeKind::SectionMissing).len(), 1);
}

#[test]
fn a_list_of_contents_is_not_the_report() {
    let contents = "目录\n一、概述\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n\
                    四、政府信息公开行政复议、行政诉讼情况\n五、存在的主要问题及改进情况\n六、其他需要报告的事项\n一、概述";
    let report = with("一、总体情况", contents);
    assert_eq!(report.text(Section::Overview), "2025年，县水务局主动公开信息12条。");
    assert_eq!(notices(&report, NoticeKind::SectionDoubled).len(), 0);
}

#[test]
fn what_stands_on_the_line_of_its_heading_is_kept() {
    let report = with("六、其他需要报告的事项\n没有", "六、其他需要报告的事项：没有");
    assert_eq!(report.text(Section::OtherMatters), "没有收取信息处理费。");
    let report = with("五、存在的主要问题及改进情况\n个别", "五、存在的问题及改进措施。个别");
    assert_eq!(report.text(Section::Problems), "个别栏目更新慢。下一步按月检查。");
    assert_eq!(notices(&report, NoticeKind::SectionTitle).len(), 1);
}
