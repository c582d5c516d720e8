//! Who signs a report and when: under the text, under the title, and between the lines of a web page.

use nianbao::form::terms::{Field, Section};
use nianbao::report::NoticeKind;

use crate::offices::{OFFICIAL, findings, identity, notices, read, with};

#[test]
fn a_signature_is_no_prose() {
    let end = "没有收取信息处理费。\n";
    for signature in [
        "云岭县水务局\n2026年1月16日\n",
        "云岭县水务局\n2026 年 1 月 16 日\n",
        "云岭县水务局\n二〇二六年一月十六日\n",
        "云岭县水务局\n二○二六年一月十六日\n",
        "云岭县水务局\n2026-01-16\n",
        "云岭县水务局\n2026.1.16\n",
        "云岭县水务局　　2026年1月16日\n",
        "云 岭 县 水 务 局\n\n2026年1月16日\n",
        "2026年1月16日\n云岭县水务局\n",
        "（2026年1月16日）\n",
        "2026年1月16日\n",
    ] {
        let report = with(end, signature);
        assert_eq!(report.text(Field::Published), "2026-01-16", "{signature}");
        assert_eq!(report.text(Section::OtherMatters), "", "{signature}");
        assert!(findings(&report).contains(&"S10") && report.notices().count() == 0, "{signature}");
        let report = with(end, &format!("{end}{signature}"));
        assert_eq!(report.text(Section::OtherMatters), end.trim(), "{signature}");
        assert!(!findings(&report).contains(&"S10"));
        // Under the title.
        let report = with("本报告由", &format!("{signature}本报告由"));
        assert_eq!(report.text(Field::Published), "2026-01-16", "{signature}");
        assert_eq!(report.text(Section::Lead), read(OFFICIAL).text(Section::Lead), "{signature}");
    }
    for line in ["截至2026年1月16日", "2026年1月16日召开会议", "2026年13月1日", "见2026年1月16日\n公告"]
    {
        let report = with(end, &format!("{line}\n"));
        assert_eq!((report.text(Field::Published), report.text(Section::OtherMatters)), ("", line));
    }
}

#[test]
fn closing_lines_do_not_hide_a_signature() {
    let end = "没有收取信息处理费。\n";
    let signed = "云岭县水务局\n2026年1月16日\n";
    for closing in [
        "（此件公开发布）",
        "附件：统计表",
        "附件1.统计表",
        "[打印本页] [关闭窗口]",
        "【打印】【关闭】",
        "主办：云岭县人民政府办公室",
        "版权所有：云岭县人民政府",
        "某ICP备12345678号-1",
        "浏览次数：128",
        "附件：统计表\n（此件公开发布）",
        "主办单位：云岭县水务局\n版权所有 云岭县水务局 某ICP备12345678号",
    ] {
        for signature in [signed, "2026年1月16日\n"] {
            let report = with(end, &format!("{end}{signature}{closing}\n"));
            assert_eq!(report.text(Field::Published), "2026-01-16", "{closing}");
            assert_eq!(report.text(Section::OtherMatters), end.trim(), "{closing}");
            let quoted: Vec<&str> = notices(&report, NoticeKind::NotPlaced)
                .into_iter()
                .map(|notice| notice.quote.as_str())
                .collect();
            assert_eq!(quoted, [closing]);
        }
        // Without a signature above it only the words of the foot of a page tell that a line is no prose.
        let report = with(end, &format!("{end}{closing}\n"));
        let quoted = notices(&report, NoticeKind::NotPlaced).iter().any(|notice| notice.quote == closing);
        let kept = if quoted { end.trim().to_owned() } else { format!("{end}{closing}") };
        assert_eq!(report.text(Section::OtherMatters), kept);
        let is_foot = ["主办", "版权所有", "某ICP备"].iter().any(|word| closing.starts_with(word));
        assert_eq!(quoted, is_foot, "{closing}");
    }
    for prose in ["下一步按月检查。", "（一）公开\n（二）答复\n（三）培训", "附件所列事项均已公开。"]
    {
        let report = with(end, &format!("{end}{signed}{prose}\n"));
        let text = format!("{end}{signed}{prose}");
        assert_eq!((report.text(Field::Published), report.text(Section::OtherMatters)), ("", text.as_str()));
    }
}

#[test]
fn what_a_web_page_says_under_the_title_is_no_introduction() {
    let lead = read(OFFICIAL).text(Section::Lead).to_owned();
    for (lines, is_quoted) in [
        ("发布时间：2025-01-20 09:12 来源：云岭县水务局 浏览次数：128 字号：[大 中 小]", true),
        ("发布日期：2025-01-20", false),
        ("【发布时间：2025年1月20日】", false),
        ("发布日期： 2025年1月20日 来源：县水务局", true),
        ("来源：云岭县水务局　发布时间：2025/1/20 9:12", true),
        (
            "信息来源：云岭县水务局\n发布时间：二〇二五年一月二十日\n浏览次数：[128]次\n字体：【大 中 小】 打印",
            true,
        ),
        ("日期：2025-01-20\n作者：办公室", true),
        ("云岭县水务局\n发布时间：2025-01-20", false),
    ] {
        let report = with("本报告由", &format!("{lines}\n本报告由"));
        assert_eq!(report.text(Field::Published), "2025-01-20", "{lines}");
        assert_eq!(report.text(Section::Lead), lead, "{lines}");
        let quoted = notices(&report, NoticeKind::NotPlaced);
        assert_eq!(quoted.len(), usize::from(is_quoted), "{lines}");
        assert!(
            quoted.iter().all(|notice| lines.contains(&notice.quote) && notice.at == "第 2 行"),
            "{quoted:?}"
        );
    }
    // Not a day, and not of publishing: quoted, and nothing read.
    for line in ["发布时间：昨天", "来源：云岭县水务局 更新时间：2025-01-20"] {
        let report = with("本报告由", &format!("{line}\n本报告由"));
        assert_eq!((report.text(Field::Published), report.text(Section::Lead)), ("", lead.as_str()));
        assert_eq!(notices(&report, NoticeKind::NotPlaced)[0].quote, line);
    }
    for prose in ["发布日期以网站所载为准。", "来源可靠，数据属实。", "浏览次数有所增加。"]
    {
        let report = with("本报告由", &format!("{prose}\n本报告由"));
        assert_eq!(report.text(Section::Lead), format!("{prose}\n{lead}"));
    }
}

#[test]
fn two_days_of_publishing_are_told() {
    let text = OFFICIAL.replace("本报告由", "发布时间：2026-01-20\n本报告由");
    let report = read(&(text + "云岭县水务局\n2026年1月16日\n"));
    assert_eq!(report.text(Field::Published), "2026-01-16");
    let told = notices(&report, NoticeKind::Identity);
    assert_eq!(told.len(), 1);
    assert!(told[0].place == Some(Field::Published.into()) && told[0].message.contains("2026年1月20日"));
}

#[test]
fn a_signature_of_another_organ_is_kept_and_told() {
    let end = "没有收取信息处理费。\n";
    let report = with(end, &format!("{end}云岭县农业局\n2026年1月16日\n"));
    assert_eq!(report.text(Section::OtherMatters), "没有收取信息处理费。\n云岭县农业局");
    assert_eq!(report.text(Field::Published), "2026-01-16");
    assert_eq!(identity(&report), ("云岭县水务局", Some(2025), vec![Field::Agency]));
    // The same organ by a shorter name.
    let report = with(end, &format!("{end}水务局\n2026年1月16日\n"));
    assert_eq!(report.text(Section::OtherMatters), end.trim());
    assert_eq!(identity(&report).2, [Field::Agency]);
}
