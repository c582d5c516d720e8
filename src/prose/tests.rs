//! The reader on sentences: what each claims, of which year, and whose figures.

use super::*;

/// The claims of a text in a township's report for 2025, each as its words, value and subject.
fn read(text: &str) -> Vec<String> {
    let about = About { year: 2025, is_government: false, is_office: false };
    let spelled = |claim: Claim| {
        let ours = if claim.is_ours() { "" } else { " not ours" };
        format!("{} = {} {:?}{ours}", &text[claim.range.clone()], claim.value, claim.subject)
    };
    Prose::new(text).claims(&about).into_iter().map(spelled).collect()
}

#[test]
fn claims_have_their_words_value_and_subject() {
    assert_eq!(
        read("全年登记办理政府信息公开申请55件，其中去年结转3件，今年新收五十二件。"),
        [
            "登记办理政府信息公开申请55件 = 55 Handled",
            "去年结转3件 = 3 CarriedIn",
            "新收五十二件 = 52 NewlyReceived"
        ]
    );
    assert_eq!(
        read("答复申请人16件，其中予以公开12件，部分公开3件，1件转入2026年。"),
        [
            "答复申请人16件 = 16 Concluded",
            "予以公开12件 = 12 Outcome([Granted], None)",
            "部分公开3件 = 3 Outcome([GrantedInPart], None)",
            "1件转入2026年 = 1 CarriedOut"
        ]
    );
}

#[test]
fn other_years_and_other_circles_are_told_apart() {
    assert_eq!(read("近三年共收到政府信息公开申请45件。").len(), 1);
    for text in [
        "近三年共收到政府信息公开申请45件。",
        "2024年，我镇收到政府信息公开申请9件。",
        "全县共收到政府信息公开申请133件。",
        "下一步，计划办理政府信息公开申请20件。",
        "各分局受理的政府信息公开申请58件，不计入本报告。",
    ] {
        assert!(read(text).iter().all(|claim| claim.ends_with("not ours")), "{:?}", read(text));
    }
}

#[test]
fn a_part_of_the_year_is_not_the_year() {
    for text in [
        "12月下旬收到政府信息公开申请1件。",
        "上半年，我镇收到政府信息公开申请3件。",
        "2025年3月收到政府信息公开申请1件。",
    ] {
        assert!(read(text).iter().all(|claim| claim.ends_with("not ours")), "{:?}", read(text));
    }
    for text in [
        "2025年1月1日至12月31日，我镇收到政府信息公开申请3件。",
        "截至12月底，全年共收到政府信息公开申请3件。",
        "我镇于6月20日更新指南，全年收到政府信息公开申请3件。",
    ] {
        assert!(read(text).iter().any(|claim| claim.ends_with("= 3 Received")), "{:?}", read(text));
    }
}

#[test]
fn the_number_of_a_hotline_may_be_a_number() {
    assert_eq!(read("收取行政事业性收费12345.67元。")[0], "行政事业性收费12345.67元 = 1.234567 Fees");
    assert_eq!(read("新收政府信息公开申请12345件。")[0], "新收政府信息公开申请12345件 = 12345 NewlyReceived");
    assert_eq!(read("受理12345热线工单956件。"), Vec::<String>::new());
}

#[test]
fn other_things_counted_alike_are_no_claims() {
    for text in [
        "受理12345热线工单956件，按期办结950件，结转下月6件。",
        "承办人大代表建议9件、政协提案14件，均已答复。",
        "公文属性认定：主动公开56件，依申请公开12件，不予公开8件。",
        "受理法律援助申请145件，办结140件。",
        "清理规范性文件35件，其中继续有效30件、修改2件。",
        "走访企业12家，收到企业意见建议9件。",
        "县司法局办理政府信息公开类行政复议案件6件，维持4件，纠正2件。",
        "对每一件申请限时办结，件件有回音。",
        "收到家长来信41封，约30件已答复。",
    ] {
        assert_eq!(read(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn what_is_denied_and_what_is_said_of_all() {
    assert_eq!(read("全年未收到政府信息公开申请。"), ["未收到政府信息公开申请 = 0 Received"]);
    assert_eq!(
        read("因政府信息公开被申请行政复议2件，均获维持。")[1],
        "均获维持 = 2 Verdict([Reconsideration], [Reconsideration], [Upheld])"
    );
    assert_eq!(read("全年未收到其他政府信息公开申请。"), Vec::<String>::new());
    assert_eq!(read("未收到群众对政府信息公开工作的投诉举报。"), Vec::<String>::new());
}

#[test]
fn parts_and_shares() {
    assert!(Prose::new("公开信息300条，其中政策文件50条、解读20条。").parts_off().is_empty());
    let [off] = &Prose::new("公开信息158条，其中民生97条、动态14条、其他20条。").parts_off()[..]
    else {
        panic!()
    };
    assert_eq!((off.whole.to_string(), off.sum.to_string()), ("158".to_owned(), "131".to_owned()));
    let prose = Prose::new("收到45件，上年为60件，降幅25%。发布信息200条，较上年增长10%。");
    let (off, growths) = prose.shares();
    assert!(off.is_empty());
    assert_eq!(growths.len(), 1);
}

#[test]
fn any_text_is_read() {
    for text in
        ["", "件", "12件", "（（（", "百分之", "其中，", "未", "共件", "1,2,3件", "9999999999999999件"]
    {
        let prose = Prose::new(text);
        prose.claims(&About { year: 2025, is_government: true, is_office: true });
        prose.parts_off();
        prose.shares();
        prose.missing_numbers();
    }
}

#[test]
fn words_and_length_are_those_of_the_text() {
    let text = "公开　信息12条。\n\t公开信息，H5页面\u{0}。";
    let prose = Prose::new(text);
    for word in
        ["公开", "信息", "公开信息", "12条", "。\n", "H5页面", "信息公开", "条公", "页面\u{0}", "面。", "开"]
    {
        assert_eq!(prose.contains(word), text.contains(word), "{word:?}");
        let all = text.match_indices(word).map(|(at, _)| at);
        let mut places: Vec<usize> = prose.places_of(word).collect();
        places.sort_unstable();
        assert_eq!(places, all.collect::<Vec<_>>(), "{word:?}");
    }
    assert_eq!(prose.length(), length(text));
    assert!(!Prose::new("").contains("公开") && !Prose::new("公").contains("公开"));
}
