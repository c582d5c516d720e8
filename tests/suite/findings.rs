//! Findings on the screens: grouped, sought, accepted with a reason, announced when an edit causes them.

use nianbao::form::Form;
use nianbao::form::terms::Section;
use nianbao::report::{Edit, Place, Report, Value};
use nianbao::tui::action::{Action, Answer, Effect, Kept};
use nianbao::width::Ambiguous;

use crate::keys::SIZE;
use crate::screens::{Desk, sample};

fn open_findings() -> Desk {
    let mut desk = Desk::report(SIZE, sample(), "@agency");
    desk.press("F7");
    desk
}

/// The severities and rules in the list, from the top.
fn listed(desk: &Desk) -> Vec<String> {
    let open = desk.app.open.as_ref().unwrap();
    open.found().iter().map(|finding| finding.rule.id.to_owned()).collect()
}

fn standing(desk: &Desk) -> usize {
    desk.app.open.as_ref().unwrap().session.review().standing().count()
}

fn report(desk: &Desk) -> &Report {
    desk.app.open.as_ref().unwrap().report()
}

#[test]
fn the_list_goes_round_and_says_what_stands_below() {
    let mut desk = Desk::report((80, 20), sample(), "@agency");
    desk.press("F7");
    let last = listed(&desk).len() - 1;
    let selected = |desk: &Desk| desk.app.open.as_ref().unwrap().selected;
    assert!(last > 0 && desk.seen().contains("下面还有"), "{}", desk.seen());
    desk.press("S-F8");
    assert_eq!(selected(&desk), last);
    assert!(!desk.seen().contains("下面还有"), "{}", desk.seen());
    desk.press("F8");
    assert_eq!(selected(&desk), 0);
    desk.press("Up");
    assert_eq!(selected(&desk), 0, "an arrow stays at the end");
}

#[test]
fn a_finding_is_accepted_with_a_reason_and_the_waiver_is_an_edit() {
    let mut desk = open_findings();
    let before = (standing(&desk), report(&desk).clone());
    desk.press("M-s 上级文件要求这样写 Enter");
    assert_eq!(standing(&desk), before.0 - 1);
    let seen = desk.seen();
    assert!(seen.contains("说明 I01") && seen.contains("已记下理由"), "{seen}");
    desk.press("Up");
    assert!(desk.seen().contains("已说明  上级文件要求这样写"), "{}", desk.seen());
    desk.press("C-z");
    assert_eq!(report(&desk), &before.1);
    desk.press("C-y");
    assert_eq!(standing(&desk), before.0 - 1);
    // Emptied, it is taken back.
    desk.press("F7 M-s");
    for _ in 0.."上级文件要求这样写".chars().count() {
        desk.press("Backspace");
    }
    desk.press("Enter");
    assert_eq!(standing(&desk), before.0);
}

#[test]
fn a_waiver_lapses_when_the_numbers_change_and_revives_with_them() {
    let mut desk = Desk::report(SIZE, sample(), "requests/granted/total");
    let rules = |desk: &Desk| -> Vec<&str> {
        desk.app.open.as_ref().unwrap().session.review().standing().map(|finding| finding.rule.id).collect()
    };
    assert!(rules(&desk).contains(&"A03"));
    desk.press("F7 A03 M-s 以归档台账为准 Enter");
    assert!(!rules(&desk).contains(&"A03"));
    let total = Place::parse("requests/granted/total").unwrap();
    desk.app.open.as_mut().unwrap().session.apply("", Edit::set(total, Some(Value::count(17))));
    assert!(rules(&desk).contains(&"A03"), "another number is another finding");
    desk.app.open.as_mut().unwrap().session.undo();
    assert!(!rules(&desk).contains(&"A03"));
}

#[test]
fn findings_are_grouped_by_section_or_by_severity_and_the_same_stays_selected() {
    let mut desk = open_findings();
    let by_section = listed(&desk);
    desk.press("Down Down");
    let selected = |desk: &Desk| desk.app.open.as_ref().unwrap().selected_finding().unwrap().rule.id;
    let before = selected(&desk);
    desk.press("Tab");
    let by_severity = listed(&desk);
    assert_eq!(selected(&desk), before);
    assert_ne!(by_section, by_severity);
    assert!(by_severity.iter().position(|id| id == "A02") < by_severity.iter().position(|id| id == "I01"));
    assert!(desk.seen().contains("\n 错误\n"), "{}", desk.seen());
    desk.press("Tab");
    assert_eq!(listed(&desk), by_section);
    desk.press("Tab M-s 已核对 Enter");
    assert!(desk.seen().contains("\n 已说明\n"), "{}", desk.seen());
}

#[test]
fn the_list_begins_with_the_finding_that_was_before_ones_eyes() {
    let mut desk = Desk::report(SIZE, sample(), "@agency");
    for _ in 0..4 {
        desk.press("F8");
        let before = current(&desk);
        desk.press("F7");
        assert_eq!(current(&desk), before);
        desk.press("Enter");
        assert_eq!(current(&desk), before);
    }
}

#[test]
fn the_list_is_sought_as_one_types() {
    let mut desk = open_findings();
    desk.press("A08");
    assert_eq!(listed(&desk), ["A08"]);
    desk.press("Esc");
    assert!(listed(&desk).len() > 3);
    assert_eq!(
        desk.app.open.as_ref().unwrap().selected_finding().unwrap().rule.id,
        "A08",
        "found, and stays selected"
    );
    desk.press("不在里面");
    assert!(desk.seen().contains("没有找到"), "{}", desk.seen());
    desk.press("Esc");
    assert!(listed(&desk).len() > 3);
}

#[test]
fn what_an_edit_causes_is_announced_and_what_it_mends_is_gone() {
    let mut desk = Desk::report(SIZE, sample(), "requests/received/total");
    let before = standing(&desk);
    desk.press("7 7 Enter");
    let seen = desk.seen();
    assert!(standing(&desk) > before);
    assert!(seen.contains("这一改带来新问题：P0") && seen.contains("16 件"), "{seen}");
    desk.press("C-z");
    assert_eq!(standing(&desk), before);
    assert!(!desk.seen().contains("新问题"));
}

#[test]
fn sums_that_are_still_being_filled_are_told_by_the_lines_below_and_not_announced() {
    let mut desk = Desk::report(SIZE, Report::new(Form::current()), "requests/received/natural_person");
    desk.press("F6 Enter C-t");
    for number in ["12", "1", "8", "3"] {
        desk.press(number);
        assert!(
            !desk.seen().contains(&format!("{number:>2} +  0 +  0")),
            "not before it is confirmed: {}",
            desk.seen()
        );
        desk.press("Enter");
        assert!(!desk.seen().contains("新问题"), "{}", desk.seen());
        desk.press("Up");
        assert!(desk.seen().contains(&format!(" 本行  {number:>2} +  0 +  0")), "{}", desk.seen());
        desk.press("Down");
    }
    assert!(standing(&desk) > 4);
}

#[test]
fn what_a_paste_or_a_zero_report_causes_is_said_and_nothing_is_said_to_be_done_that_was_not() {
    let mut desk = Desk::report(SIZE, sample(), "requests/received/natural_person");
    desk.act(Action::Paste("50\t3\n1\t0".to_owned()));
    desk.press("Enter");
    let seen = desk.seen();
    assert!(seen.contains("粘贴 4 格：已完成。这一改带来") && seen.contains("A0"), "{seen}");
    let history = desk.app.open.as_ref().unwrap().session.history().len();
    desk.act(Action::Paste("50\t3\n1\t0".to_owned()));
    desk.press("Enter");
    assert!(desk.seen().contains("没有变化") && !desk.seen().contains("撤销\n"), "{}", desk.seen());
    assert_eq!(desk.app.open.as_ref().unwrap().session.history().len(), history);
    // What was filled in before is not 0, and then the total of its row is wrong.
    let mut desk = Desk::report(SIZE, Report::new(Form::current()), "requests/received/natural_person");
    desk.press("3 Right 3 End 9 Enter F6 Enter");
    assert!(desk.seen().contains("已完成。这一改带来") && desk.seen().contains("A03"), "{}", desk.seen());
}

#[test]
fn totals_are_computed_after_a_zero_report_unless_one_was_keyed_that_does_not_add_up() {
    let mut desk = Desk::report(SIZE, Report::new(Form::current()), "requests/received/natural_person");
    desk.press("3 Right 4 Right F6");
    assert!(desk.seen().contains("自动计算") && desk.seen().contains("Ctrl+T"), "{}", desk.seen());
    desk.press("Enter");
    let count = |desk: &Desk, place: &str| report(desk).get(Place::parse(place).unwrap()).cloned();
    assert_eq!(count(&desk, "requests/received/total"), Some(Value::count(7)));
    desk.press("2 Enter");
    assert_eq!(count(&desk, "requests/received/total"), Some(Value::count(9)));
    desk.press("C-z C-z");
    assert_eq!(report(&desk).values().count(), 2);
    desk.press("M-3 Home End 8 Enter F6");
    assert!(desk.seen().contains("总计 填的是 8，各格之和是 7"), "{}", desk.seen());
    desk.press("Enter");
    assert_eq!(count(&desk, "requests/received/total"), Some(Value::count(8)));
}

#[test]
fn taking_back_what_was_mended_from_the_list_stays_in_the_list() {
    let mut desk = open_findings();
    let before = (standing(&desk), listed(&desk));
    desk.press("F9");
    assert_eq!(standing(&desk), before.0 - 1);
    desk.press("C-z");
    assert_eq!((standing(&desk), listed(&desk)), before);
    assert!(desk.seen().contains("查找"), "{}", desk.seen());
}

#[test]
fn the_report_of_last_year_in_the_library_is_what_is_checked_against() {
    let mut last = sample();
    last.apply(Edit::set(nianbao::form::terms::Field::Year, Some(Value::count(2024))));
    let mut desk = Desk::report(SIZE, sample(), "@agency");
    let untold = |desk: &Desk| {
        let review = desk.app.open.as_ref().unwrap().session.review();
        review.unknown.iter().filter(|unknown| unknown.rule.starts_with('Y')).count()
    };
    assert!(untold(&desk) > 5);
    let kept = [sample(), last].map(Ok);
    let kept = kept.into_iter().zip(["1", "2"]).map(|(report, id)| Kept {
        id: id.parse().unwrap(),
        modified: 0,
        report,
    });
    desk.act(Action::Answer(Answer::Listed(kept.collect())));
    assert_eq!(untold(&desk), 0);
    assert!(
        desk.app.open.as_ref().unwrap().session.review().standing().any(|finding| finding.rule.id == "Y08")
    );
    // Another year has another report before it.
    desk.press("Down Down Down 2 0 2 6 Enter");
    assert!(untold(&desk) == 0, "2026 follows 2025");
    desk.press("Up 2 0 3 0 Enter");
    assert!(untold(&desk) > 5, "nothing follows 2030's year before");
}

#[test]
fn words_that_a_finding_quotes_are_shown_in_their_sentence() {
    let mut desk = open_findings();
    desk.press("I02");
    let text = report(&desk).text(Section::Overview).to_owned();
    let sentence = text.split('。').find(|sentence| sentence.contains("2024 年")).unwrap();
    let begin: String = sentence.chars().skip_while(|c| c.is_whitespace()).take(10).collect();
    assert!(desk.seen().contains(&format!("原文    {begin}")), "{}", desk.seen());
}

/// A report whose overview says several things that are wrong, some in the same words.
fn with_overview(text: &str) -> Report {
    let mut report = sample();
    report.apply(Edit::set(Section::Overview, Some(Value::Text(text.to_owned()))));
    report
}

/// What the status line says of the current finding.
fn current(desk: &Desk) -> (String, String) {
    let finding = desk.app.open.as_ref().unwrap().current_finding().unwrap();
    (finding.rule.id.to_owned(), finding.message.clone())
}

#[test]
fn the_finding_that_is_gone_to_is_the_current_one_also_where_several_share_a_place() {
    // One cell with several findings, and one sentence with several.
    let mut report = with_overview("2024年，新收政府信息公开申请16件，予以公开50件，占300%。");
    for place in ["requests/received/total", "requests/granted/natural_person"] {
        report.apply(Edit::set(Place::parse(place).unwrap(), Some(Value::count(99))));
    }
    let mut desk = Desk::report(SIZE, report, "@agency");
    desk.press("F7");
    let count = listed(&desk).len();
    let mut shared = 0;
    for nth in 0..count {
        desk.press("F7 C-Home Home");
        (0..nth).for_each(|_| desk.press("Down"));
        let selected = current(&desk);
        desk.press("Enter");
        assert_eq!(current(&desk), selected, "{}", desk.seen());
        let said: String = selected.1.chars().take(6).collect();
        assert!(desk.seen().contains(&format!("{} {said}", selected.0)), "{said}: {}", desk.seen());
        desk.press("M-s");
        assert!(desk.seen().contains("写明理由") && desk.seen().contains(&said), "{}", desk.seen());
        desk.press("Esc C-d");
        assert!(desk.seen().contains(&selected.0), "{}", desk.seen());
        desk.press("Esc");
        let open = desk.app.open.as_ref().unwrap();
        let place = open.current_finding().unwrap().place();
        shared += usize::from(open.found().iter().filter(|one| one.place() == place).count() > 1);
    }
    assert!(count > 8 && shared > 3, "{count} findings, {shared} with others at their place");
    // F8 goes through all of them, one by one.
    desk.press("M-0 C-Home");
    let mut seen = Vec::new();
    for _ in 0..count {
        desk.press("F8");
        seen.push(current(&desk));
    }
    let back: Vec<_> = (0..count).map(|_| (current(&desk), desk.press("S-F8")).0).collect();
    assert!(seen.iter().rev().eq(&back));
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), count);
}

#[test]
fn the_current_finding_is_let_go_when_the_cursor_leaves_it() {
    let mut desk = Desk::report(SIZE, with_overview("2024年，发生争议。共计300%。"), "@agency");
    desk.press("F7 I02 Enter");
    assert_eq!(current(&desk).0, "I02");
    desk.press("C-End C-Home");
    assert!(desk.app.open.as_ref().unwrap().followed.is_none());
    let mut desk = Desk::report(SIZE, sample(), "@agency");
    desk.press("F7 A03 Enter");
    assert_eq!(current(&desk).0, "A03");
    desk.press("Up Down");
    let open = desk.app.open.as_ref().unwrap();
    assert!(open.followed.is_none() && open.current_finding().is_some());
}

#[test]
fn an_accepted_finding_is_shown_as_accepted_and_no_longer_offered_to_be_mended() {
    let mut desk = Desk::report(SIZE, sample(), "overview");
    let before = report(&desk).clone();
    desk.press("M-s 引用的是上年数据 Enter Left");
    let seen = desk.seen();
    assert!(seen.contains("I02 已说明：引用的是上年数据") && !seen.contains("F9 “2024"), "{seen}");
    let text = report(&desk).text(Section::Overview).to_owned();
    desk.press("F9");
    assert!(desk.seen().contains("已说明，不用改"), "{}", desk.seen());
    assert_eq!(report(&desk).text(Section::Overview), text);
    desk.press("C-d");
    let seen = desk.seen();
    assert!(seen.contains("已说明 I02") && !seen.contains("改法："), "{seen}");
    desk.press("Esc M-s M-Backspace Enter");
    assert_eq!(report(&desk), &before);
}

#[test]
fn the_name_of_the_row_and_the_advice_are_seen_however_long_the_name_is() {
    let mut report = sample();
    report
        .apply(Edit::set(Place::parse("requests/granted_in_part/business").unwrap(), Some(Value::count(7))));
    report.apply(Edit::set(Place::parse("requests/granted/natural_person").unwrap(), Some(Value::count(8))));
    let form = report.form();
    // Blanks may have become line ends.
    let squeezed = |seen: &str| seen.replace([' ', '\n'], "");
    for size in [(80, 24), (60, 20)] {
        for ambiguous in [Ambiguous::Narrow, Ambiguous::Wide] {
            let mut desk = Desk::report(size, report.clone(), "requests/granted_in_part/business");
            desk.app.ambiguous = ambiguous;
            desk.act(Action::Resize(size.0, size.1));
            let said = squeezed(&desk.seen());
            assert!(said.contains("三（二）部分公开"), "{}", desk.seen());
            desk.press("F7 A08 Enter");
            let said = squeezed(&desk.seen());
            assert!(said.contains("部分公开，商业企业应为1（现为7）"), "{}", desk.seen());
            let fix = "F9三（二）部分公开，商业企业由7改为1";
            assert!(size.0 < 80 || said.contains(fix), "{}", desk.seen());
            // A row whose label the table cuts is named below it, as far as there is room.
            for info in form.cells().iter().filter(|info| info.cell.section() == Section::Requests) {
                desk.app.open.as_mut().unwrap().go(Place::Cell(info.cell));
                desk.act(Action::Pause);
                let name: String = info.row_name.chars().take(9).collect();
                let labels = squeezed(&desk.seen());
                let own: String = name.trim_start_matches(|c| "三一二四五六七（）".contains(c)).to_owned();
                assert!(labels.contains(&own), "{name}\n{}", desk.seen());
            }
        }
    }
}

#[test]
fn a_file_that_is_written_of_a_report_with_errors_says_so() {
    for (report, said) in [
        (sample(), "已写到 云溪镇人民政府2025.docx；里面还有错误 2 处、提示 3 处，F7 查看"),
        (Report::new(Form::current()), "已写到 年报.docx；里面还有错误 0 处、提示 37 处，F7 查看"),
    ] {
        let mut desk = Desk::report(SIZE, report, "@agency");
        desk.press("C-e Enter");
        let written = desk.effects.iter().find_map(|effect| match effect {
            Effect::Write(writing) => Some(writing.clone()),
            _ => None,
        });
        let written = written.unwrap_or_else(|| panic!("{}", desk.seen()));
        desk.act(Action::Answer(Answer::Written(written)));
        assert!(desk.seen().contains(said), "{}", desk.seen());
    }
}
