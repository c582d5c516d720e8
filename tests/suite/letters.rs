//! The letters to offices: their whole words once, and that nothing is left out or said twice.

use nianbao::check::{self, Finding, RULES, Review, Severity};
use nianbao::day::Day;
use nianbao::desk::Note;
use nianbao::document::{Block, Document};
use nianbao::export::{self, Kind};
use nianbao::form::Form;
use nianbao::form::terms::Section;
use nianbao::import;
use nianbao::letter::{self, Sender};
use nianbao::report::{Edit, Place, Report, Value, Waiver};

use crate::sound::{self, Dice};
use crate::support::snapshot;

fn patch(report: &mut Report, place: &str, text: &str) {
    let place = Place::parse(place).unwrap();
    report.apply(Edit::set(place, Value::read(place, text).0));
}

/// A sound report of 云溪镇 for 2025 with these changes.
fn report(changes: &[(&str, &str)]) -> Report {
    let form = Form::current();
    let mut report = sound::report(form, &sound::spread(form, &mut Dice::new(8)));
    for place in ["regulations/issued", "regulations/repealed", "regulations/in_force"] {
        patch(&mut report, &format!("proactive/{place}"), "0");
    }
    changes.iter().for_each(|(place, text)| patch(&mut report, place, text));
    report
}

fn sender() -> Sender {
    Sender {
        name: "岚桥县人民政府办公室".to_owned(),
        date: Day::new(2026, 1, 20),
        deadline: Day::new(2026, 1, 26),
        with_remarks: false,
    }
}

fn note(place: &str, quote: &str, text: &str) -> Note {
    Note { place: Place::parse(place), quote: quote.to_owned(), text: text.to_owned() }
}

fn text(report: &Report, notes: &[Note], sender: &Sender) -> String {
    let letter = letter::compose(report, &check::check(report), notes, sender);
    String::from_utf8(export::letter(&letter, &sender.name, Kind::Text).unwrap()).unwrap()
}

/// One digit of one cell wrong, which breaks the sums of its row and of its column.
fn slipped() -> Report {
    let mut report = report(&[
        ("@title", "云溪镇2025年政府信息公开工作报告"),
        ("problems", "2024年存在更新不及时的问题，下一步按月检查。申请人手机号13900139000。"),
        ("proactive/licenses/decisions", ""),
    ]);
    let place = Place::parse("requests/granted/business").unwrap();
    let right = report.number(place.cell().unwrap()).unwrap().as_count().unwrap();
    patch(&mut report, "requests/granted/business", &(10 * right).to_string());
    report
}

#[test]
fn a_letter_says_what_is_wrong_and_where_and_what_it_should_be() {
    let notes = [
        note("", "", "请同时报送纸质件一份。"),
        note("other_matters", "信息处理费", "收取情况请写明依据"),
        note("requests/granted/business", "", "请附台账。\n电话已告知。"),
    ];
    snapshot("letter.txt", &text(&slipped(), &notes, &sender()));
}

#[test]
fn a_report_without_fault_passes() {
    let sound = report(&[]);
    let review = check::check(&sound);
    assert!(!letter::is_due(&review, &[]) && letter::is_due(&review, &[note("", "", "好")]));
    let said = text(&sound, &[], &Sender::default());
    assert_eq!(
        said,
        "关于云溪镇人民政府2025年政府信息公开工作年度报告的审核意见\n\n云溪镇人民政府：\n\n\
         \u{3000}\u{3000}你单位报送的2025年政府信息公开工作年度报告收悉。经审核，未发现问题，审核通过。\n"
    );
    let nobody = text(&Report::new(Form::current()), &[], &Sender::default());
    assert!(nobody.starts_with("关于政府信息公开工作年度报告的审核意见\n\n报送单位：\n"), "{nobody}");
}

#[test]
fn what_is_only_worth_a_look_is_said_where_it_is_asked_for() {
    let report = report(&[("problems", "存在,更新不及时的问题，下一步按月检查。")]);
    assert!(!text(&report, &[], &sender()).contains("半角"));
    let asked = text(&report, &[], &Sender { with_remarks: true, ..sender() });
    assert!(asked.contains("供参考。中文之间用了半角“,”"), "{asked}");
    assert!(asked.contains("审核通过") && !asked.contains("重新报送"), "{asked}");
}

#[test]
fn what_was_accepted_is_left_out() {
    let mut report = report(&[("problems", "2024年存在更新不及时的问题，下一步按月检查。")]);
    assert!(text(&report, &[], &sender()).contains("请改为2025年"));
    let waivers: Vec<Waiver> = check::check(&report).findings.iter().map(Finding::waiver).collect();
    let waivers = waivers.into_iter().map(|waiver| (waiver, Some("属实".to_owned()))).collect();
    report.apply(Edit { waivers, ..Edit::default() });
    assert!(text(&report, &[], &sender()).contains("审核通过"));
}

#[test]
fn a_personal_number_is_not_carried_on() {
    let said = text(&slipped(), &[note("problems", "申请人手机号13900139000", "请删去")], &sender());
    assert!(!said.contains("13900139000"), "{said}");
    assert!(said.contains("【***********】"), "{said}");
}

#[test]
fn neither_names_of_rules_nor_what_this_program_can_do_are_said() {
    for (report, review) in broken() {
        let letter = letter::compose(&report, &review, &[], &sender());
        let said = String::from_utf8(export::letter(&letter, "", Kind::Text).unwrap()).unwrap();
        assert!(!said.contains("本程序"), "{said}");
        assert!(RULES.iter().all(|rule| !said.contains(rule.id)), "{said}");
    }
}

/// Reports that break several rules each.
fn broken() -> Vec<(Report, Review)> {
    let plain = |(place, _): &(&str, &str)| Place::parse(place).is_some();
    let examples = RULES.iter().flat_map(|rule| rule.wrong).filter(|example| example.iter().all(plain));
    let examples: Vec<_> = examples.collect();
    assert!(examples.len() > 60);
    let mut dice = Dice::new(4);
    let tried = (0..120).map(|_| {
        let mut report = report(&[]);
        for _ in 0..=dice.below(6) {
            let example = examples[dice.below(examples.len())];
            example.iter().for_each(|(place, text)| patch(&mut report, place, text));
        }
        let review = check::check(&report);
        (report, review)
    });
    tried.collect()
}

#[test]
fn every_finding_that_stands_is_said_once() {
    let mut together = 0;
    for (report, review) in broken() {
        let points = letter::points(&report, &review, &[], false);
        let said: Vec<*const Finding> = points
            .iter()
            .flat_map(|point| &point.findings)
            .map(|finding| std::ptr::from_ref(*finding))
            .collect();
        let due: Vec<&Finding> =
            review.standing().filter(|finding| finding.severity > Severity::Info).collect();
        assert_eq!(said.len(), due.len(), "{points:#?}");
        together += said.len() - points.len();
        let letter = letter::compose(&report, &review, &[], &sender());
        let text = String::from_utf8(export::letter(&letter, "", Kind::Text).unwrap()).unwrap();
        for finding in due {
            assert!(said.contains(&std::ptr::from_ref(finding)));
            let facts = facts(finding);
            let among =
                points.iter().filter(|point| point.findings.iter().any(|f| self::facts(f).contains(&facts)));
            let times = text.replace(' ', "").matches(&facts).count();
            assert!((1..=among.count()).contains(&times), "{facts} {times} times in\n{text}");
        }
    }
    assert!(together > 40, "{together} findings stand beside another one of the same fault");
}

/// What a finding says, without what it is about, the request at its end, and blanks, as the letter prints it.
fn facts(finding: &Finding) -> String {
    let rest = finding.message.split_once('：').map_or(finding.message.as_str(), |(_, rest)| rest);
    let end = rest.find("。请").unwrap_or(rest.len());
    let facts = rest[..end].replace('\n', " ");
    facts.replace(' ', "").replace('|', "\\|").replace('#', "\\#")
}

#[test]
fn points_stand_in_the_order_of_the_report() {
    for (report, review) in broken() {
        let points = letter::points(&report, &review, &[], true);
        let sections: Vec<Option<Section>> =
            points.iter().filter_map(|point| point.place()).map(Place::section).collect();
        assert!(sections.is_sorted(), "{sections:?}");
    }
}

/// All that a document says, in order.
fn whole(document: &Document) -> String {
    let text = |block: &Block| match block {
        Block::Heading { text, .. } | Block::Paragraph { text, .. } => text.clone(),
        Block::Grid(grid) => panic!("a table: {grid:?}"),
    };
    document.blocks.iter().map(text).collect()
}

#[test]
fn a_word_document_says_the_same_when_it_is_opened() {
    let reports = broken().into_iter().take(12).map(|(report, _)| report).chain([slipped()]);
    for report in reports {
        let letter = letter::compose(&report, &check::check(&report), &[note("", "", "甲\n乙")], &sender());
        let written = export::letter(&letter, &sender().name, Kind::Word).unwrap();
        let meant = Document { blocks: letter.blocks, remarks: Vec::new() };
        assert_eq!(whole(&import::document(&written).unwrap()), whole(&meant));
    }
}

#[test]
fn other_formats_are_refused() {
    let sound = report(&[]);
    let letter = letter::compose(&sound, &check::check(&sound), &[], &sender());
    for kind in Kind::ALL {
        let is_of_letters = export::letter(&letter, "", kind).is_ok();
        assert_eq!(is_of_letters, Kind::OF_LETTERS.contains(&kind), "{kind:?}");
    }
}
