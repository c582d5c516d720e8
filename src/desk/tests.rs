//! How filings stand, tried on small desks.

use super::*;
use crate::document::{Block, Document, Grid, GridCell, GridRow};
use crate::form::Form;

fn filing(file: &str, hash: &str, agency: &str, year: i64) -> Filing {
    let mut whose = Report::new(Form::current());
    whose.apply(Report::identity(agency, None, year));
    let brief = Brief { whose, last: None, copied: None, is_late: false, errors: 0, warnings: 0, untold: 0 };
    Filing { file: file.to_owned(), sha256: Some(hash.to_owned()), content: Ok(brief) }
}

fn judged(agency: &str, decision: Decision, last: Option<&str>) -> Judgement {
    Judgement {
        agency: agency.to_owned(),
        year: Some(2025),
        decision: Some(decision),
        turn: 0,
        last: last.map(str::to_owned),
        notes: Vec::new(),
    }
}

fn desk(filings: Vec<Filing>, judgements: &[(&str, Judgement)]) -> Desk {
    let judgements = judgements.iter().map(|(hash, said)| ((*hash).to_owned(), said.clone())).collect();
    Desk { year: Some(2025), filings, judgements, units: None }
}

fn states(desk: &Desk) -> Vec<State> {
    desk.filings.iter().map(|filing| desk.state(filing)).collect()
}

#[test]
fn a_decision_is_of_what_was_read_and_lapses_with_it_or_with_last_years_report() {
    let cloud = "云溪镇人民政府";
    let accepted = || [("a", judged(cloud, Decision::Accepted, None))];
    assert_eq!(states(&desk(vec![filing("1", "a", cloud, 2025)], &[])), [State::New]);
    assert_eq!(states(&desk(vec![filing("1", "a", cloud, 2025)], &accepted())), [State::Accepted]);
    // Under another name it is the same; with other content it is another.
    assert_eq!(states(&desk(vec![filing("2", "a", cloud, 2025)], &accepted())), [State::Accepted]);
    assert_eq!(states(&desk(vec![filing("1", "b", cloud, 2025)], &accepted())), [State::Lapsed]);
    let beside = [("a", judged(cloud, Decision::Accepted, Some("x")))];
    let with_last = |last: Option<&str>| {
        let mut filing = filing("1", "a", cloud, 2025);
        filing.content.as_mut().unwrap().last = last.map(str::to_owned);
        vec![filing]
    };
    assert_eq!(states(&desk(with_last(Some("x")), &beside)), [State::Accepted]);
    assert_eq!(states(&desk(with_last(Some("y")), &beside)), [State::Lapsed]);
    assert_eq!(states(&desk(with_last(None), &beside)), [State::Accepted], "it is not at hand");
    assert_eq!(states(&desk(with_last(Some("y")), &accepted())), [State::Lapsed], "it was not there");
    let twice = vec![filing("1", "a", cloud, 2025), filing("2", "b", cloud, 2025)];
    assert_eq!(states(&desk(twice, &accepted())), [State::Accepted, State::New], "a second one is no change");
    let returned = [("a", judged(cloud, Decision::Returned, None))];
    assert_eq!(states(&desk(vec![filing("1", "a", cloud, 2025)], &returned)), [State::Returned]);
    let both = vec![filing("1", "a", cloud, 2025), filing("2", "b", cloud, 2025)];
    assert_eq!(states(&desk(both, &returned)), [State::Returned, State::Revised]);
    // Of another organ or year nothing was decided.
    let others = vec![filing("1", "b", "柳河镇人民政府", 2025), filing("2", "c", cloud, 2024)];
    assert_eq!(states(&desk(others, &returned)), [State::New, State::OtherYear]);
}

#[test]
fn the_last_decision_on_what_an_organ_sent_before_counts() {
    let cloud = "云溪镇人民政府";
    let turn = |turn, decision| Judgement { turn, ..judged(cloud, decision, None) };
    let (accepted, returned) = (Decision::Accepted, Decision::Returned);
    for (first, second, state) in [
        (turn(1, returned), turn(2, returned), State::Revised),
        (turn(1, returned), turn(2, accepted), State::Lapsed),
        (turn(1, accepted), turn(2, returned), State::Revised),
    ] {
        for (one, two) in [("x", "y"), ("y", "x")] {
            let said = [(one, first.clone()), (two, second.clone())];
            let desk = desk(vec![filing("3", "z", cloud, 2025)], &said);
            assert_eq!(desk.decided_before(&desk.filings[0]), Some((two, &second)));
            assert_eq!((desk.state(&desk.filings[0]), desk.next_turn()), (state, 3));
        }
    }
}

#[test]
fn a_second_report_is_a_duplicate_unless_the_first_was_returned() {
    let cloud = "云溪镇人民政府";
    let both = || vec![filing("1", "a", cloud, 2025), filing("2", "b", cloud, 2025)];
    let doubled = |desk: &Desk| desk.rows().iter().map(|row| row.is_duplicate).collect::<Vec<_>>();
    assert_eq!(doubled(&desk(both(), &[])), [true, true]);
    let returned = [("a", judged(cloud, Decision::Returned, None))];
    assert_eq!(doubled(&desk(both(), &returned)), [false, false]);
    // Whatever becomes of the second, it stands in the place of the first.
    for second in [None, Some(Decision::Accepted), Some(Decision::Returned)] {
        let said = second.map(|second| ("b", judged(cloud, second, None)));
        let desk = desk(both(), &[&returned[..], said.as_slice()].concat());
        let replaced: Vec<_> =
            desk.rows().into_iter().filter(|row| row.is_replaced).map(|row| row.filing).collect();
        let expected = if second == Some(Decision::Returned) { vec![] } else { vec![Some(0)] };
        assert_eq!(replaced, expected, "{second:?}");
        let added_up = if expected.is_empty() { vec![0, 1] } else { vec![1] };
        assert_eq!(desk.added_up(false), added_up, "{second:?}");
    }
    let with_last = vec![filing("1", "a", cloud, 2025), filing("2", "b", cloud, 2024)];
    assert_eq!(doubled(&desk(with_last, &[])), [false, false]);
}

#[test]
fn what_is_to_be_done_comes_first_and_the_register_says_who_is_missing_or_unknown() {
    let cells = [
        ["代码", "全称", "上级", "原名"],
        ["A", "岚桥县", "", ""],
        ["B", "云溪镇人民政府", "A", ""],
        ["C", "柳河镇人民政府", "A", "老柳河乡人民政府"],
        ["D", "西坪镇人民政府", "A", ""],
    ];
    let row = |cells: [&str; 4]| GridRow { cells: cells.map(GridCell::new).to_vec(), at: String::new() };
    let grid = Block::Grid(Grid::new(cells.map(row).to_vec()));
    let units = Units::read(&Document { blocks: vec![grid], remarks: Vec::new() }).unwrap();
    let mut desk = desk(
        vec![
            filing("1", "a", "云溪镇人民政府", 2025),
            filing("2", "b", "老柳河乡人民政府", 2025),
            filing("3", "c", "某某局", 2025),
        ],
        &[("a", judged("云溪镇人民政府", Decision::Accepted, None))],
    );
    desk.units = Some(units);
    desk.filings.push(Filing { file: "4".to_owned(), sha256: None, content: Err("空的".to_owned()) });
    let told: Vec<(String, State, bool)> =
        desk.rows().into_iter().map(|row| (row.agency, row.state, row.unit == Unit::Unknown)).collect();
    let expected = [
        ("老柳河乡人民政府", State::New, false),
        ("某某局", State::New, true),
        ("", State::Unreadable, false),
        ("西坪镇人民政府", State::Missing, false),
        ("云溪镇人民政府", State::Accepted, false),
    ];
    assert_eq!(told, expected.map(|(agency, state, unknown)| (agency.to_owned(), state, unknown)));
    // What was decided under a former name holds under the new one.
    desk.judgements =
        Judgements::from([("z".to_owned(), judged("柳河镇人民政府", Decision::Returned, None))]);
    assert_eq!(desk.state(&desk.filings[1]), State::Revised);
}

#[test]
fn a_total_is_of_what_is_accepted_or_of_all_that_has_not_come_again() {
    let (cloud, willow) = ("云溪镇人民政府", "柳河镇人民政府");
    let filings = vec![
        filing("1", "a", cloud, 2025),
        filing("2", "b", willow, 2025),
        filing("3", "c", "西坪镇人民政府", 2025),
        filing("4", "d", cloud, 2025),
        filing("5", "e", cloud, 2024),
        filing("6", "f", cloud, 2023),
    ];
    let said = [
        ("a", judged(cloud, Decision::Returned, None)),
        ("b", judged(willow, Decision::Returned, None)),
        ("c", judged("西坪镇人民政府", Decision::Accepted, None)),
    ];
    let desk = desk(filings, &said);
    assert_eq!(desk.added_up(true), [2, 4]);
    assert_eq!(desk.added_up(false), [1, 2, 3, 4], "what came again is there in its new version only");
}

#[test]
fn what_was_said_is_kept_in_a_shape_that_older_files_have() {
    let note =
        Note { place: Place::parse("overview"), quote: "2023年".to_owned(), text: "年份".to_owned() };
    let said =
        Judgement { notes: vec![note], ..judged("云溪镇人民政府", Decision::Returned, Some("x")) };
    let json = serde_json::to_string(&said).unwrap();
    assert_eq!(serde_json::from_str::<Judgement>(&json).unwrap(), said);
    assert_eq!(serde_json::from_str::<Judgement>("{}").unwrap(), Judgement::default());
}
