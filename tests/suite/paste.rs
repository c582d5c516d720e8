//! Blocks pasted into a table: with labels and without, shown before they are taken.

use nianbao::form::Form;
use nianbao::report::Report;
use nianbao::tui::action::Action;

use crate::keys::{blank, shown};
use crate::screens::Desk;

fn pasted(cursor: &str, block: &str) -> Desk {
    let mut desk = blank(cursor);
    desk.act(Action::Paste(block.to_owned()));
    desk
}

#[test]
fn a_block_is_shown_first_and_then_pasted_as_one_step() {
    let mut desk = blank("requests/received/other_organization");
    desk.act(Action::Paste("1\t2\t3\n\n12件\tx\n".to_owned()));
    assert_eq!(shown(&desk, "requests/received/total"), None);
    assert!(desk.seen().contains("有 1 格超出了表"), "{}", desk.seen());
    desk.press("Enter");
    assert_eq!(shown(&desk, "requests/received/total").as_deref(), Some("2"));
    assert_eq!(shown(&desk, "requests/granted/other_organization").as_deref(), Some("12"));
    assert_eq!(shown(&desk, "requests/granted/total").as_deref(), Some("x"));
    desk.press("C-z");
    assert_eq!(desk.app.open.as_ref().unwrap().report(), &Report::new(Form::current()));
}

#[test]
fn rows_with_their_labels_go_where_the_labels_say() {
    let mut desk = pasted("proactive/regulations/issued", "规章\t0\t0\t0\n行政规范性文件\t2\t1\t7");
    assert!(desk.seen().contains("按行名填入 6 格"), "{}", desk.seen());
    desk.press("Enter");
    assert_eq!(shown(&desk, "proactive/regulations/issued").as_deref(), Some("0"));
    assert_eq!(shown(&desk, "proactive/normative_documents/in_force").as_deref(), Some("7"));
    // Wherever the cursor is, in whatever order, with heads, and spelled as offices do.
    let block = "第二十条第（一）项\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n行政规范性文件\t２\t1\t7件\n\
                 规 章\t0\t\t3\n\n信息内容\t本年处理决定数量\n行政强制\t5\n";
    let mut desk = pasted("proactive/fees/amount", block);
    desk.press("Enter");
    let of = |desk: &Desk, place: &str| shown(desk, &format!("proactive/{place}"));
    assert_eq!(of(&desk, "normative_documents/issued").as_deref(), Some("2"));
    assert_eq!(of(&desk, "regulations/in_force").as_deref(), Some("3"));
    assert_eq!(of(&desk, "regulations/repealed"), None);
    assert_eq!(of(&desk, "compulsion/decisions").as_deref(), Some("5"));
}

#[test]
fn table_three_is_pasted_with_the_labels_of_its_merged_cells() {
    let block = "一、本年新收政府信息公开申请数量\t\t\t12\t3\t0\t0\t1\t0\t16\n\
                 三、本年度办理结果\t（一）予以公开\t\t8\t2\t0\t0\t1\t0\t11\n\
                 \t（二）部分公开\t\t2\t1\t0\t0\t0\t0\t3\n\
                 \t（六）其他处理\t3.其他\t1\t0\t0\t0\t0\t0\t1\n\
                 \t（七）总计\t\t11\t3\t0\t0\t1\t0\t15";
    let mut desk = pasted("requests/received/natural_person", block);
    assert!(desk.seen().contains("按行名填入 35 格"), "{}", desk.seen());
    desk.press("Enter");
    for (place, number) in [
        ("received/natural_person", "12"),
        ("granted/business", "2"),
        ("granted_in_part/total", "3"),
        ("handled_otherwise/natural_person", "1"),
        ("concluded/total", "15"),
    ] {
        assert_eq!(shown(&desk, &format!("requests/{place}")).as_deref(), Some(number), "{place}");
    }
}

#[test]
fn heads_say_which_columns_the_numbers_are_of() {
    let block = "统计指标\t\t申请人情况\n\t\t自然人\t法人或其他组织\t\t总计\n\t\t\t商业企业\t其他\n\
                 一、本年新收政府信息公开申请数量\t\t12\t3\t1\t16\n三、本年度办理结果\t（七）总计\t11\t2\t\t13\n";
    let mut desk = pasted("requests/granted/research", block);
    desk.press("Enter");
    for (place, number) in [
        ("received/natural_person", "12"),
        ("received/business", "3"),
        ("received/other_organization", "1"),
        ("received/total", "16"),
        ("concluded/natural_person", "11"),
        ("concluded/total", "13"),
    ] {
        assert_eq!(shown(&desk, &format!("requests/{place}")).as_deref(), Some(number), "{place}");
    }
    assert_eq!(desk.app.open.as_ref().unwrap().report().values().count(), 7);
}

#[test]
fn labels_that_are_not_all_known_are_left_out_and_the_numbers_go_from_the_cursor_on() {
    let mut desk = pasted("requests/granted/natural_person", "（一）予以公开\t8\t2\n（二）半公开\t3\t1");
    assert!(desk.seen().contains("从光标起填入 4 格"), "{}", desk.seen());
    desk.press("Enter");
    assert_eq!(shown(&desk, "requests/granted/natural_person").as_deref(), Some("8"));
    assert_eq!(shown(&desk, "requests/granted_in_part/business").as_deref(), Some("1"));
    let mut desk = pasted("requests/received/natural_person", "2.重复申请\t/\t1\n属于国家秘密\t-\t0");
    desk.press("Enter");
    assert_eq!(shown(&desk, "requests/repeated/natural_person").as_deref(), Some("/"));
    assert_eq!(shown(&desk, "requests/state_secret/business").as_deref(), Some("0"));
    // Heads above numbers without labels.
    let mut desk = pasted("disputes/reconsideration/upheld", "结果维持\t结果纠正\t其他结果\n4\t1\t0");
    desk.press("Enter");
    assert_eq!(shown(&desk, "disputes/reconsideration/corrected").as_deref(), Some("1"));
    assert_eq!(desk.app.open.as_ref().unwrap().report().values().count(), 3);
}

#[test]
fn all_of_a_large_block_can_be_looked_at_before_it_is_taken() {
    let row = ["1"; 7].join("\t");
    let mut desk = pasted("requests/received/natural_person", &[row.as_str(); 25].join("\n"));
    assert!(desk.seen().contains("填入 175 格") && desk.seen().contains("上下键翻看"), "{}", desk.seen());
    assert!(!desk.seen().contains("四、结转下年度继续办理，总计：1"));
    for _ in 0..30 {
        desk.press("PageDown");
    }
    assert!(desk.seen().contains("四、结转下年度继续办理，总计：1"), "{}", desk.seen());
    desk.press("Up PageUp Enter");
    assert_eq!(shown(&desk, "requests/carried_out/total").as_deref(), Some("1"));
}
