//! What offices make of headings and titles: known for what they are, and never dropped.

use nianbao::check;
use nianbao::form::terms::{Field, Level, Section};
use nianbao::import;
use nianbao::report::{Edit, Notice, NoticeKind, Place, Report, Value};

/// A report of a fictional office, all of whose parts have their official wording.
pub(crate) const OFFICIAL: &str = "云岭县水务局2025年政府信息公开工作年度报告\n\
     本报告由云岭县水务局编制，所列数据的统计期限自2025年1月1日起至2025年12月31日止。\n\
     一、总体情况\n2025年，县水务局主动公开信息12条。\n\
     二、主动公开政府信息情况\n规章\t0\t0\t0\n行政规范性文件\t1\t0\t4\n\
     三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量\t1\t2\t0\t0\t0\t0\t3\n\
     四、政府信息公开行政复议、行政诉讼情况\n0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\n\
     五、存在的主要问题及改进情况\n个别栏目更新慢。下一步按月检查。\n\
     六、其他需要报告的事项\n没有收取信息处理费。\n";

pub(crate) fn read(text: &str) -> Report {
    import::read(text.as_bytes()).unwrap()
}

pub(crate) fn notices(report: &Report, kind: NoticeKind) -> Vec<&Notice> {
    report.notices().filter(|notice| notice.kind == kind).collect()
}

pub(crate) fn findings(report: &Report) -> Vec<&'static str> {
    check::check(report).findings.iter().map(|finding| finding.rule.id).collect()
}

/// The official report with one of its lines written otherwise.
pub(crate) fn with(line: &str, other: &str) -> Report {
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
                "**五、存在的问题和改进措施**",
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
    // Not even by the name of a section, where the section has its own heading.
    let named = "（一）主动公开政府信息情况\n公开12条。\n二、收到和处理政府信息公开申请情况\n收到3件。";
    let report = with("2025年，县水务局主动公开信息12条。", named);
    assert_eq!(report.text(Section::Overview), named);
    assert_eq!(report.notices().count(), 0);
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

const TITLE: &str = "云岭县水务局2025年政府信息公开工作年度报告";

/// Organ, year, and the fields about which there is a notice that says where they come from.
pub(crate) fn identity(report: &Report) -> (&str, Option<i64>, Vec<Field>) {
    let about = notices(report, NoticeKind::Identity).into_iter().filter_map(|notice| match notice.place {
        Some(Place::Field(field)) => Some(field),
        _ => None,
    });
    (report.agency(), report.year(), about.collect())
}

#[test]
fn a_title_in_other_words_is_kept_and_names_organ_and_year() {
    for title in [
        "云岭县水务局2025年政府信息公开工作年报",
        "云岭县水务局2025年政务公开工作总结",
        "云岭县水务局二〇二五年政府信息公开工作年度报告",
        "云岭县水务局政府信息公开工作年度报告（2025年）",
        "云岭县水务局政府信息公开工作年度报告(２０２５年度)",
        "云岭县水务局关于2025年政府信息公开工作情况的报告",
        "关于2025年云岭县水务局政府信息公开工作的报告",
        "2025年度云岭县水务局政府信息公开工作年度报告",
        "云岭县水务局2025年度信息公开工作报告",
        "云岭县水务局 2025 年政府信息公开工作年度报告",
    ] {
        let report = with(TITLE, title);
        assert_eq!(identity(&report), ("云岭县水务局", Some(2025), vec![]), "{title}");
        assert_eq!(report.text(Field::Title), title);
        assert!(!report.text(Section::Lead).contains("公开工作"), "{title}");
        let is_right = title == TITLE || title.contains(' ');
        assert_eq!(!findings(&report).contains(&"I01"), is_right, "{title}: {:?}", findings(&report));
    }
    for (title, joined) in [
        ("云岭县水务局\n2025年政府信息公开\n工作年度报告", "云岭县水务局2025年政府信息公开工作年度报告"),
        (
            "云岭县水务局\n政府信息公开工作年度报告\n（2025年）",
            "云岭县水务局政府信息公开工作年度报告（2025年）",
        ),
    ] {
        let report = with(TITLE, title);
        assert_eq!(identity(&report), ("云岭县水务局", Some(2025), vec![]), "{title}");
        assert_eq!(report.text(Field::Title), joined);
    }
}

#[test]
fn a_government_before_the_work_keeps_its_whole_name() {
    for title in [
        "柳河镇人民政府信息公开工作年度报告（2025年）",
        "2025年柳河镇人民政府信息公开工作年度报告",
        "柳河镇人民政府2025年政府信息公开工作年度报告",
        "柳河镇人民政府政府信息公开工作年度报告（2025年）",
    ] {
        let report = with(TITLE, title);
        assert_eq!(identity(&report), ("柳河镇人民政府", Some(2025), vec![]), "{title}");
        assert_eq!(report.level(), Some(Level::Township), "{title}");
    }
    assert_eq!(with(TITLE, "# 关于测试人民2025年总结").year(), Some(2025));
}

#[test]
fn a_name_that_is_of_no_organ_is_kept_and_told() {
    for (name, is_told) in [
        ("测试市", true),
        ("云岭县", true),
        ("测试", true),
        ("云岭县档案馆", false),
        ("云岭海关", false),
        ("云岭大学", false),
    ] {
        let report = with(TITLE, &format!("{name}2025年政府信息公开工作年度报告"));
        assert_eq!(report.agency(), name);
        assert_eq!(identity(&report).2, if is_told { vec![Field::Agency] } else { vec![] }, "{name}");
    }
}

#[test]
fn what_the_title_leaves_out_is_taken_from_the_rest_and_told() {
    use Field::{Agency, Year};
    let signed = |title: &str| {
        let text = OFFICIAL.replace(TITLE, title).replace("由云岭县水务局编制，", "");
        read(&format!("{text}云岭县水务局\n2026年1月16日\n"))
    };
    let title = "2025年政府信息公开工作年度报告";
    assert_eq!(identity(&with(TITLE, title)), ("云岭县水务局", Some(2025), vec![Agency]));
    assert_eq!(identity(&signed(title)), ("云岭县水务局", Some(2025), vec![Agency]));
    let title = "云岭县水务局政府信息公开工作年度报告";
    assert_eq!(identity(&with(TITLE, title)), ("云岭县水务局", Some(2025), vec![Year]));
    assert_eq!(identity(&signed("政府信息公开年报")), ("云岭县水务局", Some(2025), vec![Agency, Year]));
    assert!(findings(&signed("政府信息公开年报")).contains(&"I01"));
    // Without a title at all.
    assert_eq!(identity(&with(&format!("{TITLE}\n"), "")), ("云岭县水务局", Some(2025), vec![Agency, Year]));
    let unknown = read(
        &OFFICIAL.replace(TITLE, "政府信息公开年报").replace("由云岭县水务局编制，", "由局办公室编制，"),
    );
    assert_eq!(identity(&unknown), ("", Some(2025), vec![Agency, Year]));
    let lead = OFFICIAL
        .replace(TITLE, "2025年政府信息公开年报")
        .replace("本报告由云岭县水务局编制，", "现将云岭县水务局2025年度政府信息公开工作情况报告如下。");
    assert_eq!(identity(&read(&lead)), ("云岭县水务局", Some(2025), vec![Agency]));
}

#[test]
fn the_year_is_what_most_of_the_report_says_and_the_title_decides_a_draw() {
    let report = |title: i64, period: i64, prose: i64, signed: &str| {
        let text = OFFICIAL
            .replace("局2025年", &format!("局{title}年"))
            .replace("自2025年1月1日起至2025年", &format!("自{period}年1月1日起至{period}年"))
            .replace("2025年，县", &format!("{prose}年，县"));
        read(&(text + signed))
    };
    let signed = "云岭县水务局\n2026年1月16日\n";
    for (title, period, prose, signature, year) in [
        (2024, 2025, 2025, signed, 2025),
        (2024, 2025, 2025, "", 2025),
        (2026, 2025, 2025, signed, 2025),
        // An introduction that was copied, or a first sentence.
        (2025, 2024, 2025, signed, 2025),
        (2025, 2025, 2024, "", 2025),
        (2025, 2024, 2024, signed, 2025),
        // All the text may have been copied from last year's report, but not the title.
        (2025, 2024, 2024, "", 2025),
        (2024, 2024, 2025, signed, 2024),
    ] {
        let report = report(title, period, prose, signature);
        let case = format!("{title} {period} {prose} {signature}");
        assert_eq!(report.year(), Some(year), "{case}");
        assert_eq!(identity(&report).2.contains(&Field::Year), title != year, "{case}");
        let review = check::check(&report);
        let named = review.findings.iter().any(|f| f.rule.id == "I02" && f.places[0] == Field::Title.into());
        assert_eq!(named, title != year, "{case}");
    }
}

#[test]
fn what_stands_before_the_title_is_quoted() {
    let report = with(
        TITLE,
        &format!("索引号：YL-2026-001\n云水发〔2026〕1号\n首页 > 政府信息公开 > 政府信息公开年报\n{TITLE}"),
    );
    assert_eq!(report.text(Field::Title), TITLE);
    assert_eq!(report.text(Section::Lead), read(OFFICIAL).text(Section::Lead));
    let quoted = notices(&report, NoticeKind::NotPlaced);
    assert_eq!(quoted.len(), 1);
    assert_eq!(
        quoted[0].quote,
        "索引号：YL-2026-001\n云水发〔2026〕1号\n首页 > 政府信息公开 > 政府信息公开年报"
    );
    assert_eq!(quoted[0].at, "第 1 行");
    let marked = with(TITLE, &format!("# 正文\n云水发〔2026〕1号\n# {TITLE}"));
    assert_eq!(marked.text(Field::Title), TITLE);
    assert_eq!(notices(&marked, NoticeKind::NotPlaced)[0].quote, "正文\n云水发〔2026〕1号");
}

#[test]
fn what_is_missing_is_said_once() {
    let cut = |from: &str, to: &str| {
        let (start, end) = (OFFICIAL.find(from).unwrap(), OFFICIAL.find(to).unwrap());
        read(&format!("{}{}", &OFFICIAL[..start], &OFFICIAL[end..]))
    };
    let of = |report: &Report, section: Section| -> Vec<&'static str> {
        let review = check::check(report);
        let places = |f: &check::Finding| f.places.iter().any(|place| place.section() == Some(section));
        review.findings.iter().filter(|f| places(f)).map(|f| f.rule.id).collect()
    };
    // A picture in place of the table, and a section that is not there at all.
    assert_eq!(of(&cut("一、本年新收", "四、政府"), Section::Requests), ["S03"]);
    assert_eq!(of(&cut("三、收到", "四、政府"), Section::Requests), ["S01"]);
    assert_eq!(of(&cut("五、存在", "六、其他"), Section::Problems), ["S01"]);
    assert_eq!(of(&read(OFFICIAL.split_once("六、其他").unwrap().0), Section::OtherMatters), ["S01"]);
    let overview = of(&cut("一、总体", "二、主动"), Section::Overview);
    assert_eq!(overview, ["S01"]);
    // The first number that is keyed in makes the other cells of the table blank.
    let mut report = cut("一、本年新收", "四、政府");
    let received = Place::parse("requests/received/business").unwrap();
    report.apply(Edit::set(received, Some(Value::count(3))));
    assert!(of(&report, Section::Requests).contains(&"A06"));
}
