//! The laws of the house on generated reports: edits, spelling, sums, localization.

use nianbao::check;
use nianbao::compare::{Comparison, FollowUp};
use nianbao::form::Form;
use nianbao::form::terms::{Field, Section};
use nianbao::report::{Edit, Notice, NoticeKind, Place, Report, Value, Waiver};
use nianbao::session::{Record, Session};
use proptest::prelude::*;

use crate::sound::{self, Dice};

/// Any place that a report on `form` can hold a value at.
fn place(form: &'static Form) -> impl Strategy<Value = Place> {
    let cells = form.cells().iter().map(|info| Place::from(info.cell));
    let fields = Field::ALL.iter().filter(|field| **field != Field::Totals).map(|&field| Place::from(field));
    let prose = Section::PROSE.iter().map(|&section| Place::from(section));
    proptest::sample::select(cells.chain(fields).chain(prose).collect::<Vec<_>>())
}

fn edit(form: &'static Form) -> impl Strategy<Value = Edit> {
    let text = prop_oneof![
        Just(String::new()),
        "[0-9]{1,4}",
        "9{12}|[0-9]{9,13}|[0-9]{1,12}\\.[0-9]{1,6}",
        "/|约20|１２|第一段\n第二段“引号”|\u{3000}空 白",
    ];
    let values = proptest::collection::vec((place(form), text), 0..4);
    let notices = proptest::collection::btree_map(notice(form), any::<bool>(), 0..2);
    let reason = proptest::option::of("已核[对实]{0,1}");
    let waivers = proptest::collection::btree_map(waiver(form), reason, 0..2);
    (values, notices, waivers).prop_map(|(values, notices, waivers)| Edit {
        values: values.into_iter().map(|(place, text)| (place, Value::read(place, &text).0)).collect(),
        notices,
        waivers,
    })
}

fn notice(form: &'static Form) -> impl Strategy<Value = Notice> {
    let place = prop_oneof![Just(None), Just(Some(Section::Requests.into())), place(form).prop_map(Some)];
    (place, "[甲乙丙]{0,2}").prop_map(|(place, quote)| Notice {
        kind: NoticeKind::NotPlaced,
        place,
        quote,
        at: String::new(),
        message: String::new(),
    })
}

fn waiver(form: &'static Form) -> impl Strategy<Value = Waiver> {
    (proptest::option::of(place(form)), "[AP]0[12]", "差[12]").prop_map(|(place, rule, finding)| Waiver {
        rule,
        place,
        finding,
    })
}

fn reports() -> impl Strategy<Value = (Report, Report, Vec<Edit>)> {
    prop_oneof![Just("2021"), Just("2019")].prop_flat_map(|key| {
        let form = Form::from_key(key).unwrap();
        let edits = || proptest::collection::vec(edit(form), 0..12);
        (edits(), edits(), edits()).prop_map(move |(a, b, more)| {
            let after = |edits: Vec<Edit>| {
                let mut report = Report::new(form);
                for edit in edits {
                    report.apply(edit);
                }
                report
            };
            (after(a), after(b), more)
        })
    })
}

proptest! {
    #[test]
    fn a_comparison_is_complete_and_the_same_both_ways((a, b, _) in reports()) {
        prop_assert!(Comparison::between(&a, &a).is_empty());
        let (there, back) = (Comparison::between(&a, &b), Comparison::between(&b, &a));
        let mut after = a.clone();
        for change in &there.changes {
            after.apply(Edit::set(change.place, change.new.clone()));
        }
        prop_assert!(after.values().eq(b.values()));
        let mirrored: Vec<_> = back.changes.into_iter().map(|c| (c.place, c.new, c.old)).collect();
        let changes: Vec<_> = there.changes.into_iter().map(|c| (c.place, c.old, c.new)).collect();
        prop_assert_eq!(changes, mirrored);
        prop_assert_eq!((there.same, there.occasion), (back.same, back.occasion));
    }

    #[test]
    fn every_cell_of_two_forms_is_compared_or_counted((a, _, _) in reports(), (b, _, _) in reports()) {
        let comparison = Comparison::between(&a, &b);
        let count = |report: &Report| report.values().filter(|(place, _)| place.cell().is_some()).count();
        let cells = comparison.changes.iter().filter(|change| change.place.cell().is_some());
        let [old, new] = [cells.clone().filter(|c| c.old.is_some()).count(), cells.filter(|c| c.new.is_some()).count()];
        prop_assert_eq!(comparison.left_out[0] + comparison.same + old, count(&a));
        prop_assert_eq!(comparison.left_out[1] + comparison.same + new, count(&b));
    }

    #[test]
    fn every_finding_is_gone_new_or_still_there((a, b, _) in reports()) {
        let (a, b) = (check::check(&a), check::check(&b));
        let (there, back) = (FollowUp::between(&a, &b), FollowUp::between(&b, &a));
        prop_assert_eq!(there.gone.len() + there.still.len(), a.findings.len());
        prop_assert_eq!(there.new.len() + there.still.len(), b.findings.len());
        let messages = |findings: &[&check::Finding]| findings.iter().map(|f| f.message.clone()).collect::<Vec<_>>();
        prop_assert_eq!(messages(&there.gone), messages(&back.new));
        prop_assert!(FollowUp::between(&a, &a).is_empty());
    }

    #[test]
    fn undo_is_exact((mut report, _, edits) in reports()) {
        for edit in edits {
            let before = report.clone();
            let inverse = report.apply(edit);
            let after = report.clone();
            prop_assert_eq!(inverse.is_empty(), after == before);
            let again = report.apply(inverse);
            prop_assert_eq!(&report, &before);
            report.apply(again);
            prop_assert_eq!(&report, &after);
        }
    }

    #[test]
    fn diff_is_complete((mut a, b, _) in reports()) {
        let edit = a.diff(&b);
        a.apply(edit);
        prop_assert_eq!(a, b);
    }

    #[test]
    fn what_is_saved_is_read_back((report, _, _) in reports()) {
        prop_assert_eq!(Report::from_json(&report.to_json()).unwrap(), report);
    }

    #[test]
    fn undo_to_the_start_and_redo_to_the_end((report, _, edits) in reports(), computed: bool, goes_on in proptest::collection::vec(0..3, 1..8)) {
        let mut session = Session::new(report.clone());
        let mut records = Vec::new();
        if computed {
            let totals = Edit::set(Field::Totals, Some(Value::Text("computed".to_owned())));
            records.extend(session.apply("合计", totals));
        }
        for (edit, goes_on) in edits.into_iter().zip(goes_on.into_iter().cycle()) {
            let edit = match goes_on {
                // What the last step did is taken back by hand.
                2 => session.last_step().map_or(edit, |step| step.inverse.clone()),
                _ => edit,
            };
            records.extend(if goes_on > 0 { session.amend(edit) } else { session.apply("填写", edit) });
        }
        let end = session.report().clone();
        let mut before = end.clone();
        while let Some(record) = session.undo() {
            prop_assert_ne!(session.report(), &before, "a step that changed nothing");
            before = session.report().clone();
            records.push(record);
        }
        prop_assert_eq!(session.report(), &report);
        while let Some(record) = session.redo() {
            records.push(record);
        }
        prop_assert_eq!(session.report(), &end);
        let lines: Vec<String> = records.iter().map(|record| serde_json::to_string(record).unwrap()).collect();
        let read = lines.iter().map(|line| serde_json::from_str(line).unwrap());
        let replayed = Session::replay(report, read);
        prop_assert_eq!(replayed.report(), &end);
        prop_assert_eq!(replayed.history(), session.history());
    }
}

proptest! {
    // Every step is checked anew, so few cases.
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn what_fixes_and_computed_totals_write_is_read_back((report, _, edits) in reports()) {
        let mut session = Session::new(report.clone());
        let totals = Edit::set(Field::Totals, Some(Value::Text("computed".to_owned())));
        let prose = Edit::set(Section::Overview, Some(Value::Text(CLAIMED.concat())));
        let prose = prose.then(Report::identity("云溪镇人民政府", None, 2025));
        let ones = CLAIMED_OF.map(|place| Edit::set(Place::parse(place).unwrap(), Some(Value::count(1))));
        let prose = ones.into_iter().fold(prose, Edit::then);
        let mut records: Vec<_> = session.apply("填写", prose).into_iter().collect();
        let mut tried = 0;
        for edit in std::iter::once(totals).chain(edits) {
            records.extend(session.apply("填写", edit));
            let findings = session.review().findings.clone();
            let of_claims = |finding: &&check::Finding| finding.rule.id.starts_with('P');
            let fixes = || findings.iter().flat_map(|finding| &finding.fixes).take(3);
            let claimed = || findings.iter().filter(of_claims).flat_map(|finding| &finding.fixes);
            tried += claimed().count();
            records.extend(fixes().chain(claimed()).filter_map(|fix| session.apply("改正", fix.edit())));
        }
        prop_assert!(tried > 2, "{tried} numbers taken from the prose");
        prop_assert_eq!(&Report::from_json(&session.report().to_json()).unwrap(), session.report());
        let lines = records.iter().map(|record| serde_json::to_string(record).unwrap());
        let read: Vec<Record> = lines.map(|line| serde_json::from_str(&line).unwrap()).collect();
        prop_assert_eq!(&read, &records);
        let replayed = Session::replay(report, read);
        prop_assert_eq!(replayed.report(), session.report());
    }
}

/// Claims of numbers that a cell just holds, or just does not.
const CLAIMED: [&str; 5] = [
    "收取行政事业性收费23456.78元。",
    "2025年收到政府信息公开申请9999亿件。",
    "作出行政处罚决定999999999999件，作出行政许可决定99999亿件。",
    "制发行政规范性文件99999999.9万件。",
    "收取行政事业性收费999999999999.9999万元。",
];

/// The cells that they are of, as far as every form has them.
const CLAIMED_OF: [&str; 3] =
    ["requests/received/total", "proactive/penalties/decisions", "proactive/licenses/decisions"];

#[test]
fn every_claim_at_the_edge_of_what_a_cell_holds_is_one() {
    for claim in CLAIMED {
        let mut report = sound::report(Form::current(), &sound::counts(Form::current(), &mut Dice::new(6)));
        report.apply(Edit::set(Section::Overview, Some(Value::Text(claim.to_owned()))));
        let findings = check::check(&report).findings;
        assert!(findings.iter().any(|finding| finding.rule.id.starts_with('P')), "{claim}");
    }
}

/// Findings of family A, by rule.
fn arithmetic(report: &Report) -> Vec<&'static str> {
    let findings = check::check(report).findings;
    findings.iter().map(|finding| finding.rule.id).filter(|id| id.starts_with('A')).collect()
}

#[test]
fn what_adds_up_is_never_found_fault_with() {
    let mut dice = Dice::new(2025);
    for form in Form::all() {
        for _ in 0..samples(2_000) {
            let report = sound::report(form, &sound::counts(form, &mut dice));
            assert_eq!(arithmetic(&report), Vec::<&str>::new(), "{}", report.to_json());
        }
    }
}

#[test]
fn no_cell_of_a_sum_changes_unseen() {
    let mut dice = Dice::new(2026);
    for form in Form::all() {
        let summed: Vec<usize> =
            (0..form.cells().len()).filter(|&cell| !form.equations_of(cell).is_empty()).collect();
        for _ in 0..samples(2_000) {
            let counts = sound::counts(form, &mut dice);
            let mut report = sound::report(form, &counts);
            let cell = summed[dice.below(summed.len())];
            let changed = (counts[cell] + 1 + dice.count()).rem_euclid(100_000);
            report.apply(Edit::set(form.cells()[cell].cell, Some(Value::count(changed))));
            assert!(changed == counts[cell] || !arithmetic(&report).is_empty(), "{}", report.to_json());
        }
    }
}

/// How many random reports a law is tried on: `usually`, or as many as `NIANBAO_SAMPLES` says for the whole proof.
#[expect(clippy::disallowed_methods, reason = "the size of the proof is asked for from outside")]
pub(crate) fn samples(usually: usize) -> usize {
    std::env::var("NIANBAO_SAMPLES").ok().and_then(|n| n.parse().ok()).unwrap_or(usually)
}

#[test]
fn every_slip_of_one_cell_is_localized() {
    let form = Form::current();
    let mut dice = Dice::new(3);
    for _ in 0..4 {
        let counts = sound::counts(form, &mut dice);
        for (index, info) in
            form.cells().iter().enumerate().filter(|(_, i)| i.cell.section() == Section::Requests)
        {
            let right = counts[index];
            for wrong in slips(right) {
                let mut report = sound::report(form, &counts);
                report.apply(Edit::set(info.cell, Some(Value::count(wrong))));
                let review = check::check(&report);
                let finding = review.findings.iter().find(|finding| finding.rule.id == "A08").unwrap();
                let expected = [(Place::from(info.cell), Some(Value::count(right)))].into();
                assert_eq!(finding.fixes[0].set, expected, "{} {wrong}", info.row_name);
            }
        }
    }
}

/// The slips of issue and rule: one more, one less, a digit too many, two digits swapped, nothing counted.
pub(crate) fn slips(right: i64) -> Vec<i64> {
    let digits = right.to_string();
    let swapped: String = match digits.as_bytes() {
        [a, b, rest @ ..] => [&[*b, *a], rest].concat().iter().map(|&b| char::from(b)).collect(),
        _ => digits.clone(),
    };
    let mut slips = vec![right + 1, right - 1, right * 10, swapped.parse().unwrap(), 0];
    slips.retain(|&wrong| wrong != right && wrong >= 0);
    slips.dedup();
    slips
}

#[test]
fn two_slips_are_localized_among_the_first_three_suggestions() {
    let form = Form::current();
    let requests: Vec<usize> =
        (0..form.cells().len()).filter(|&c| form.cells()[c].cell.section() == Section::Requests).collect();
    let mut dice = Dice::new(4);
    let (mut tried, mut among_three, mut only) = (0, 0, 0);
    let counts = sound::counts(form, &mut Dice::new(11));
    while tried < samples(2_000) {
        let pair = [requests[dice.below(requests.len())], requests[dice.below(requests.len())]];
        let wrong = pair.map(|cell| {
            let slips = slips(counts[cell]);
            slips[dice.below(slips.len())]
        });
        if pair[0] == pair[1] {
            continue;
        }
        let mut report = sound::report(form, &counts);
        let mut expected = Edit::default();
        for (cell, wrong) in pair.into_iter().zip(wrong) {
            report.apply(Edit::set(form.cells()[cell].cell, Some(Value::count(wrong))));
            expected = expected.then(Edit::set(form.cells()[cell].cell, Some(Value::count(counts[cell]))));
        }
        let review = check::check(&report);
        let fixes =
            review.findings.iter().find(|f| f.rule.id == "A08").map(|f| &f.fixes[..]).unwrap_or_default();
        tried += 1;
        among_three += usize::from(fixes.iter().take(3).any(|fix| fix.set == expected.values));
        only += usize::from(fixes.len() == 1 && fixes[0].set == expected.values);
    }
    eprintln!(
        "double slips: {tried} tried, {among_three} among the first three, {only} the only smallest set"
    );
    assert!(among_three * 100 >= tried * 95);
}

#[test]
fn a_blanked_cell_is_no_slip() {
    let form = Form::current();
    let counts = sound::counts(form, &mut Dice::new(5));
    for (index, info) in
        form.cells().iter().enumerate().filter(|(_, i)| i.cell.section() == Section::Requests)
    {
        let mut report = sound::report(form, &counts);
        report.apply(Edit::set(info.cell, None));
        assert_eq!(arithmetic(&report), ["A06"]);
        let review = check::check(&report);
        let expected = [(Place::from(info.cell), Some(Value::count(counts[index])))].into();
        assert_eq!(review.findings[0].fixes[0].set, expected);
    }
}
