//! What the queue shows, in which order, what is found in it, and its screens.

use nianbao::check::{Finding, copies};
use nianbao::desk::{Decision, Desk as Filed, Judgement, State};
use nianbao::form::Form;
use nianbao::form::terms::Section;
use nianbao::report::{Edit, Report, Value};
use nianbao::tui::action::Action;

use super::{CLOUD, FINANCE, Review, SIZE, WATER, WEST, WILLOW, desk, filing, report, review};
use crate::screens::Desk;
use crate::support::snapshot;

#[test]
fn the_queue_is_in_the_order_of_what_is_to_be_done_of_names_or_of_findings() {
    let mut review = review(SIZE);
    // 水务局 has sent last year's alone.
    let by_state = [CLOUD, WILLOW, FINANCE, "报送/04民政局.pdf", WATER, WEST, WATER];
    assert_eq!(review.lines(), by_state);
    assert_eq!(review.selected(), Some(0));
    review.press("Down Tab");
    assert!(review.desk.seen().contains("按机关名称"), "{}", review.desk.seen());
    assert_eq!(review.lines(), ["报送/04民政局.pdf", CLOUD, WILLOW, WATER, WATER, WEST, FINANCE]);
    review.press("Tab");
    assert_eq!(review.lines()[..2], [CLOUD, FINANCE], "{}", review.desk.seen());
    assert!(review.desk.seen().contains("按问题多少"));
    review.press("Tab");
    assert_eq!(review.lines(), by_state);
}

#[test]
fn what_is_typed_finds_lines_by_organ_state_file_and_mark() {
    let mut review = review(SIZE);
    for (words, found) in [
        ("柳河", &[WILLOW][..]),
        ("缺报", &[WATER, WEST]),
        ("xlsx", &[FINANCE]),
        ("读不了", &["报送/04民政局.pdf"]),
        ("乡镇 未审", &[CLOUD, WILLOW]),
        ("没有这个", &[]),
    ] {
        for word in words.split(' ') {
            review.desk.act(Action::Type(format!("{word} ")));
        }
        assert_eq!(review.lines(), found, "{words}");
        if found.is_empty() {
            assert!(review.seen().contains("没有找到。Esc清除查找的字"), "{}", review.desk.seen());
        }
        review.press("Esc");
        assert_eq!(review.lines().len(), 7);
    }
    // What goes on to the next shows it, whatever is sought.
    review.press("柳河 M-y");
    assert_eq!((review.state(1), review.selected()), (State::Accepted, Some(2)));
}

#[test]
fn for_a_unit_that_has_sent_nothing_there_is_nothing_to_do_and_that_is_said() {
    let mut review = review(SIZE);
    review.press("西坪");
    assert!(review.seen().contains("这个单位还没有报来"));
    for (keys, said) in [
        ("Enter", "还没有报来"),
        ("M-y", "没有选中报来的报告"),
        ("M-t", "没有选中报来的报告"),
        ("M-p", "没有选中报来的报告"),
        ("M-c", "没有选中报来的报告"),
        ("M-x", "没有选中报来的报告"),
    ] {
        review.press(keys);
        assert!(review.seen().contains(said), "{keys}\n{}", review.desk.seen());
    }
    assert!(review.errands.is_empty(), "{:?}", review.errands);
    // There is a next one all the same.
    review.press("M-j");
    assert_eq!(review.open(), Some(0), "{}", review.desk.seen());
}

#[test]
fn the_next_one_is_sought_from_the_top_again_behind_the_last() {
    let mut review = review(SIZE);
    review.press("Enter M-j");
    assert_eq!(review.open(), Some(1));
    review.press("M-j M-j");
    assert_eq!(review.open(), Some(0));
    review.press("M-y Enter M-y M-j");
    assert_eq!((review.open(), review.selected()), (Some(2), Some(2)));
    assert!(review.seen().contains("没有别的要审的了"), "{}", review.desk.seen());
}

/// Gives reports the same text; what is found of the last of them.
fn copied(reports: &mut [Report]) -> Finding {
    let prose = "围绕群众关心的惠农补贴、村庄规划和集体资产管理开展公开，在便民服务大厅设查阅点，每月逢集到各村宣讲，印制明白纸并入户发放；\
                 对群众提出的疑问由驻村干部现场解答，答复不了的登记转办并在十日内回话。年内修订公开目录，压缩重复栏目，把低保、危房改造等事项集中到一张清单上。";
    for report in &mut *reports {
        report.apply(Edit::set(Section::Overview, Some(Value::Text(prose.to_owned()))));
    }
    let all: Vec<(&str, &Report)> = reports.iter().map(|report| ("报送/一份", report)).collect();
    copies::among(&all, 80, &mut || true).unwrap().pop().flatten().unwrap()
}

#[test]
fn what_was_copied_is_seen_in_the_report_that_is_opened() {
    let (mut filed, mut reports) = desk();
    let copied = copied(&mut reports[..2]);
    let brief = filed.filings[1].content.as_mut().unwrap();
    brief.copied = Some(copied);
    brief.warnings = 1;
    let mut review = Review::new(SIZE, filed, reports);
    // It is marked, and can be looked for.
    assert!(review.desk.seen().contains("柳河镇人民政府  雷同"), "{}", review.desk.seen());
    review.press("雷同 Enter");
    assert!(review.desk.seen().contains("G01"), "{}", review.desk.seen());
    // It is looked for again after an edit, and is still there.
    review.press("M-3 Down 7 Enter F7");
    assert!(review.desk.seen().contains("G01"), "{}", review.desk.seen());
}

#[test]
fn when_the_folder_is_read_again_the_cursor_stays_with_its_file() {
    let mut review = review(SIZE);
    review.press("Down Down");
    let (mut filed, _) = desk();
    filed.filings.remove(0);
    review.survey(filed);
    assert_eq!(
        review.selected().map(|number| review.filing(number).file.clone()).unwrap(),
        "报送/03财政局.xlsx"
    );
    assert!(review.seen().contains("读了4个文件，要审3份，缺报3个单位"), "{}", review.desk.seen());
}

#[test]
fn without_a_folder_the_keys_of_reviewing_say_how_to_open_one() {
    let mut desk = Desk::report(SIZE, Report::new(Form::current()), "@agency");
    desk.press("M-y");
    assert!(desk.seen().contains("nianbao review 目录"), "{}", desk.seen());
}

/// Many lines in every state, with every mark.
fn full() -> (Filed, Vec<Report>) {
    let (mut filed, mut reports) = desk();
    for (agency, year) in [
        (WILLOW, 2025),
        ("岚桥县乡村振兴与农业产业融合发展示范园区管理委员会", 2025),
        ("柳河镇人民政府", 2025),
    ] {
        let nth = reports.len();
        reports.push(report(agency, year));
        filed.filings.push(filing(nth, &format!("报送/{:02}.docx", nth + 1), &reports[nth], 12, 105));
    }
    let brief = filed.filings.last_mut().unwrap().content.as_mut().unwrap();
    (brief.is_late, brief.copied) = (true, Some(copied(&mut reports.clone()[..2])));
    let said = |agency: &str, decision| Judgement {
        agency: agency.to_owned(),
        year: Some(2025),
        decision: Some(decision),
        ..Judgement::default()
    };
    filed.judgements.insert("old".to_owned(), said(CLOUD, Decision::Returned));
    filed.judgements.insert("02".to_owned(), said(FINANCE, Decision::Accepted));
    filed.judgements.insert("03".to_owned(), said("", Decision::Returned));
    (filed, reports)
}

#[test]
fn the_queue_is_as_kept() {
    for size in [(80, 24), (120, 40), (60, 20)] {
        let (filed, reports) = full();
        let mut review = Review::new(size, filed, reports);
        let keep = |name: &str, review: &Review| {
            snapshot(&format!("screens/{name}-{}x{}.txt", size.0, size.1), &review.desk.seen());
        };
        keep("review-queue", &review);
        review.press("Down Down Up");
        review.desk.app.message = None;
        keep("review-selected", &review);
        review.press("Down Down M-p 请写明依据");
        keep("review-note", &review);
        review.press("Esc M-y");
        keep("review-asked", &review);
        review.press("Esc Home Enter");
        keep("review-open", &review);
    }
}

#[test]
fn no_line_of_the_queue_is_cut_where_it_matters() {
    for size in [(80, 24), (120, 40), (60, 20)] {
        let (filed, reports) = full();
        let review = Review::new(size, filed, reports);
        let seen = review.desk.seen();
        for words in [
            "改后重报",
            "重复",
            "逾期",
            "雷同",
            "名册外",
            "认不准",
            "缺报",
            "已退回",
            "已通过",
            "其他年度",
            "2024 年",
        ] {
            assert!(seen.contains(words), "{words} at {size:?}\n{seen}");
        }
        // Of how many lines there are of a state there is always something to be seen.
        assert!(seen.lines().next().unwrap().contains("未审 "), "{size:?}\n{seen}");
    }
}
