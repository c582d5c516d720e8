//! Localization on single and double slips and in the blocks of table 4, and against brute force.

use super::*;
use crate::check::Background;
use crate::form::terms::{Column, Field, Row};
use crate::form::{Cell, Form, Sum};
use crate::report::{COMPUTED, Edit, Report};

/// Table 3 of a sound report with numbers of one to three digits, and a sound table 4.
fn sound() -> Report {
    let form = Form::current();
    let mut counts = vec![0; form.cells().len()];
    for (index, info) in form.cells().iter().enumerate() {
        if !info.is_total && info.cell.section() != Section::Proactive {
            counts[index] = i64::try_from(index * 37 % 101).unwrap();
        }
    }
    let total = |counts: &mut Vec<i64>, sum: Sum| {
        for equation in form.equations().iter().filter(|e| e.sum == sum) {
            counts[equation.right[0]] = equation.left.iter().map(|&c| counts[c]).sum();
        }
    };
    total(&mut counts, Sum::Outcome);
    for equation in form.equations().iter().filter(|e| e.sum == Sum::Balance) {
        let [received, carried_in] = equation.left[..] else { panic!("two rows") };
        let [concluded, carried_out] = equation.right[..] else { panic!("two rows") };
        counts[received] = counts[concluded] + counts[carried_out];
        counts[carried_in] = 0;
    }
    total(&mut counts, Sum::Row);
    total(&mut counts, Sum::Dispute);
    total(&mut counts, Sum::Outcome);
    let mut report = Report::new(form);
    for (info, count) in form.cells().iter().zip(counts) {
        report.apply(Edit::set(info.cell, Some(Value::count(count))));
    }
    report
}

fn after(changes: &[(Cell, i64)]) -> (Report, Vec<Localization>) {
    let mut report = sound();
    for &(cell, count) in changes {
        report.apply(Edit::set(cell, Some(Value::count(count))));
    }
    let localizations = localize(&Facts::new(&report));
    (report, localizations)
}

fn cell(row: Row, column: Column) -> Cell {
    Cell { row, column }
}

#[test]
fn a_computed_total_is_no_slip_of_its_own() {
    let places = [Row::Granted, Row::Concluded]
        .map(|row| [Column::NaturalPerson, Column::Total].map(|c| cell(row, c)));
    let mut report = sound();
    for cell in places.concat() {
        let count = report.number(cell).and_then(Decimal::as_count).unwrap();
        report.apply(Edit::set(cell, Some(Value::count(count + 1))));
    }
    let offers = |report: &Report| {
        let localizations = localize(&Facts::new(report));
        assert!(localizations[0].is_broken);
        localizations[0].corrections.len()
    };
    assert!(offers(&report) > 0);
    report.apply(Edit::set(Field::Totals, Some(Value::Text(COMPUTED.to_owned()))));
    assert_eq!(offers(&report), 0);
    let review = crate::check::check(&report);
    assert!(review.unknown.iter().any(|unknown| unknown.rule == "A08"), "{:?}", review.unknown);
}

#[test]
fn a_sound_report_has_nothing_to_localize() {
    let (_, localizations) = after(&[]);
    assert_eq!(localizations.len(), 4);
    assert!(localizations.iter().all(|l| !l.is_broken && l.corrections.is_empty()));
}

#[test]
fn every_single_slip_in_table_3_is_the_only_smallest_correction() {
    let form = Form::current();
    let report = sound();
    for (index, info) in
        form.cells().iter().enumerate().filter(|(_, i)| i.cell.section() == Section::Requests)
    {
        let right = report.counts()[index].unwrap();
        for wrong in [right + 1, right * 10 + 3, right + 25] {
            let (_, localizations) = after(&[(info.cell, wrong)]);
            let found: Vec<_> = localizations[0].corrections.iter().map(|c| &c.changes[..]).collect();
            assert_eq!(found, [&[(index, right)][..]], "{} {wrong}", info.row_name);
        }
    }
}

#[test]
fn two_slips_of_different_size_are_told_apart() {
    let form = Form::current();
    let (a, b) = (cell(Row::Granted, Column::Business), cell(Row::Concluded, Column::Research));
    let right = |c: Cell| sound().counts()[form.index(c).unwrap()].unwrap();
    let (_, localizations) = after(&[(a, right(a) + 5), (b, right(b) + 2)]);
    let mut expected = vec![(form.index(a).unwrap(), right(a)), (form.index(b).unwrap(), right(b))];
    expected.sort_unstable();
    assert_eq!(localizations[0].corrections[0].changes, expected);
}

#[test]
fn every_candidate_of_a_dispute_block_is_listed_and_none_is_negative() {
    let form = Form::current();
    let total = cell(Row::DirectSuit, Column::Total);
    let (report, localizations) = after(&[(total, 0)]);
    let candidates = &localizations[2].corrections;
    let counts = report.counts();
    assert_eq!(candidates[0].changes[0].0, form.index(total).unwrap(), "总计漏填 is the likeliest");
    assert!(candidates.iter().all(|c| c.changes.iter().all(|&(_, value)| value >= 0)));
    let parts: i64 = candidates[0].changes[0].1;
    let lowered = |column| counts[form.index(cell(Row::DirectSuit, column)).unwrap()].unwrap() >= parts;
    let possible = [Column::Upheld, Column::Corrected, Column::Other, Column::Pending]
        .into_iter()
        .filter(|c| lowered(*c));
    assert_eq!(candidates.len(), 1 + possible.count());
}

#[test]
fn a_value_in_the_next_cell_ranks_before_the_other_ways() {
    let form = Form::current();
    let (a, b) = (cell(Row::Petition, Column::Business), cell(Row::Petition, Column::Research));
    let counts = sound().counts();
    let (was_a, was_b) = (counts[form.index(a).unwrap()].unwrap(), counts[form.index(b).unwrap()].unwrap());
    assert_ne!(was_a, was_b);
    let (_, localizations) = after(&[(a, was_b), (b, was_a)]);
    let first = &localizations[0].corrections[0];
    assert_eq!(first.changes, [(form.index(a).unwrap(), was_a), (form.index(b).unwrap(), was_b)]);
    assert_eq!(first.slip, "相邻两格填反了");
    assert!(localizations[0].corrections.len() > 1);
}

#[test]
fn every_correction_closes_every_sum() {
    let (report, localizations) = after(&[
        (cell(Row::Granted, Column::Business), 71),
        (cell(Row::Repeated, Column::Total), 3),
        (cell(Row::CarriedOut, Column::Research), 88),
    ]);
    assert!(!localizations[0].corrections.is_empty());
    for correction in &localizations[0].corrections {
        let mut mended = report.clone();
        mended.apply(correction.fix(&Facts::new(&report)).edit());
        assert!(localize(&Facts::new(&mended)).iter().all(|l| !l.is_broken));
    }
}

/// Every pair of cells that closes all sums, found the slow way: each pair, solved and tried on every equation.
fn pairs_by_brute_force(report: &Report) -> Vec<Vec<(usize, i64)>> {
    let form = report.form();
    let counts: Vec<i64> = report.counts().into_iter().map(Option::unwrap).collect();
    let equations: Vec<&Equation> = form.equations().iter().filter(|e| e.sum != Sum::Dispute).collect();
    let sign = |e: &Equation, cell| i64::from(e.left.contains(&cell)) - i64::from(e.right.contains(&cell));
    let residual = |e: &Equation| e.cells().map(|cell| sign(e, cell) * counts[cell]).sum::<i64>();
    let cells: Vec<usize> =
        (0..counts.len()).filter(|&c| form.cells()[c].cell.section() == Section::Requests).collect();
    let mut found = Vec::new();
    for (i, &a) in cells.iter().enumerate() {
        for &b in &cells[i + 1..] {
            let alone = |x, y| equations.iter().copied().find(|e| sign(e, x) != 0 && sign(e, y) == 0);
            let by = |x, y| alone(x, y).map_or(0, |e| -residual(e) * sign(e, x));
            let (by_a, by_b) = (by(a, b), by(b, a));
            let closes = equations.iter().all(|e| residual(e) + by_a * sign(e, a) + by_b * sign(e, b) == 0);
            if closes && by_a != 0 && by_b != 0 && counts[a] + by_a >= 0 && counts[b] + by_b >= 0 {
                found.push(vec![(a, counts[a] + by_a), (b, counts[b] + by_b)]);
            }
        }
    }
    found
}

#[test]
fn the_search_finds_every_smallest_pair_and_no_other() {
    let cells = |row: usize, column: usize| cell(Row::ALL[8 + row], Column::ALL[11 + column]);
    let mut compared = 0;
    for (row, other, column, next, by) in [
        (2, 5, 0, 3, 4),
        (2, 2, 1, 2, 1),
        (7, 9, 4, 4, 2),
        (0, 3, 0, 0, 6),
        (12, 13, 5, 1, 1),
        (1, 24, 2, 3, 3),
    ] {
        let (a, b) = (cells(row, column), cells(other, next));
        let counts = sound().counts();
        let Some((is_a, is_b)) = Form::current().index(a).zip(Form::current().index(b)) else { continue };
        let (report, localizations) =
            after(&[(a, counts[is_a].unwrap() + by), (b, counts[is_b].unwrap() + by)]);
        let mut found: Vec<_> = localizations[0].corrections.iter().map(|c| c.changes.clone()).collect();
        found.sort();
        assert_eq!(found, pairs_by_brute_force(&report), "{a:?} {b:?}");
        assert!(!found.is_empty());
        compared += 1;
    }
    assert!(compared >= 5);
}

#[test]
fn what_the_prose_confirms_is_changed_last() {
    let mut report = Report::new(Form::current());
    report.apply(Report::identity("云溪镇人民政府", None, 2025));
    for (result, count) in [("upheld", 1), ("corrected", 1), ("other", 0), ("pending", 0), ("total", 3)] {
        let place = Place::parse(&format!("disputes/reconsideration/{result}")).unwrap();
        report.apply(Edit::set(place, Some(Value::count(count))));
    }
    let total = Place::parse("disputes/reconsideration/total").unwrap();
    let ways = |report: &Report| {
        let review = crate::check::check(report);
        review.findings.into_iter().find(|finding| finding.rule.id == "A08").unwrap()
    };
    let changes_total = |fix: &Fix| fix.set.contains_key(&total);
    for (text, position) in
        [("因政府信息公开被申请行政复议3件。", 4), ("2024年因政府信息公开被申请行政复议3件。", 0)]
    {
        report.apply(Edit::set(Section::Overview, Some(Value::Text(text.to_owned()))));
        let found = ways(&report);
        assert_eq!(found.fixes.len(), 5);
        assert_eq!(found.fixes.iter().position(changes_total), Some(position), "{text} {:?}", found.fixes);
        assert!(!found.message.contains("与此不符"), "{}", found.message);
    }
}

#[test]
fn a_finding_names_the_cell_what_it_holds_and_what_it_should_and_how_sure_that_is() {
    let said = |cell: Cell, by: i64| {
        let mut report = sound();
        let right = report.counts()[Form::current().index(cell).unwrap()].unwrap();
        report.apply(Edit::set(cell, Some(Value::count(right + by))));
        let review = crate::check::check(&report);
        let found = review.findings.into_iter().find(|finding| finding.rule.id == "A08").unwrap();
        (found.message, format!("应为 {right}（现为 {}）", right + by))
    };
    let (message, values) = said(cell(Row::Granted, Column::Business), 40);
    let only = message.contains("商业企业") && message.contains("只有这一种改法");
    assert!(message.contains(&values) && only && message.contains("像是"), "{message}");
    let (message, _) = said(cell(Row::DirectSuit, Column::Total), 1);
    assert!(message.contains("本组只有一个合计") && message.contains("另有 4 种改法"), "{message}");
}

#[test]
fn what_last_years_report_confirms_is_changed_last() {
    let mut report = sound();
    report.apply(Report::identity("云溪镇人民政府", None, 2025));
    let set = |report: &mut Report, row, column, count: Option<i64>| {
        report.apply(Edit::set(cell(row, column), count.map(Value::count)));
    };
    // Only the sum of the column tells: the totals of these rows are not there yet.
    for row in [Row::Received, Row::CarriedIn, Row::CarriedOut] {
        set(&mut report, row, Column::Total, None);
    }
    let index = |row| Form::current().index(cell(row, Column::Business)).unwrap();
    let concluded = report.counts()[index(Row::Concluded)].unwrap();
    for (row, count) in [(Row::CarriedOut, 100), (Row::Received, concluded + 100 - 12), (Row::CarriedIn, 21)]
    {
        set(&mut report, row, Column::Business, Some(count));
    }
    let position = |carried_out| {
        let mut previous = Report::new(Form::current());
        previous.apply(Report::identity("云溪镇人民政府", None, 2024));
        set(&mut previous, Row::CarriedOut, Column::Business, carried_out);
        let background = Background { previous: Some(previous), ..Background::default() };
        let localizations = localize(&Facts::before(&report, &background));
        let corrections = &localizations[0].corrections;
        assert_eq!(corrections.len(), 3);
        corrections.iter().position(|correction| correction.changes == [(index(Row::CarriedIn), 12)])
    };
    assert_eq!([None, Some(12), Some(21)].map(position), [Some(0), Some(0), Some(2)]);
}

#[test]
fn prose_is_against_a_correction_that_makes_it_untrue_however_it_is_read() {
    let mut report = sound();
    report.apply(Report::identity("云溪镇人民政府", None, 2025));
    let index = |row, column| Form::current().index(cell(row, column)).unwrap();
    let received = |column| sound().counts()[index(Row::Received, column)].unwrap();
    for column in [Column::NaturalPerson, Column::Total] {
        report.apply(Edit::set(cell(Row::CarriedIn, column), Some(Value::count(7))));
        report.apply(Edit::set(cell(Row::Received, column), Some(Value::count(received(column) - 7))));
    }
    // What was carried in is counted here too, by mistake.
    let all = received(Column::Total);
    report.apply(Edit::set(cell(Row::Received, Column::Total), Some(Value::count(all))));
    for (text, is_against) in [("本年度共收到政府信息公开申请", false), ("本年度新收政府信息公开申请", true)]
    {
        let text = format!("{text}{all}件。");
        report.apply(Edit::set(Section::Overview, Some(Value::Text(text.clone()))));
        let localization = &localize(&Facts::new(&report))[0];
        assert_eq!(localization.corrections[0].changes, [(index(Row::Received, Column::Total), all - 7)]);
        assert_eq!(localization.denied_by.is_some(), is_against, "{text} {:?}", localization.denied_by);
    }
}

#[test]
fn prose_with_several_readings_is_true_as_long_as_one_of_them_is() {
    let (a, b) = (cell(Row::Granted, Column::Business), cell(Row::NotHeld, Column::Business));
    let mut report = sound();
    for (cell, count) in [(a, 12), (b, 2)] {
        report.apply(Edit::set(cell, Some(Value::count(count))));
    }
    let facts = Facts::new(&report);
    let index = |cell| Form::current().index(cell).unwrap();
    let is_denied = |readings: &[(i64, &[Cell])], changes: &[(Cell, i64)]| {
        let readings = readings.iter().map(|(now, cells)| (*now, cells.to_vec())).collect();
        let told = [Told { words: "12件", number: 12, readings }];
        let changes = changes.iter().map(|&(cell, value)| (index(cell), value)).collect();
        denied_by(&told, &facts, &Correction { changes, slip: "" }).is_some()
    };
    assert!(is_denied(&[(12, &[a])], &[(a, 10)]));
    assert!(!is_denied(&[(12, &[a])], &[(b, 10)]), "of another cell");
    assert!(!is_denied(&[(12, &[a]), (14, &[a, b])], &[(a, 10)]));
    assert!(is_denied(&[(12, &[a]), (14, &[a, b])], &[(a, 10), (b, 5)]));
}

#[test]
fn where_too_many_cells_would_have_to_change_it_is_said_and_only_there() {
    let unknown = |slips: usize| {
        let mut report = sound();
        let counts = report.counts();
        for slip in 0..slips {
            let cell = cell(Row::ALL[10 + slip], Column::ALL[11 + slip]);
            let count = counts[Form::current().index(cell).unwrap()].unwrap();
            report.apply(Edit::set(cell, Some(Value::count(count + 100 + 7 * i64::try_from(slip).unwrap()))));
        }
        let review = crate::check::check(&report);
        let reasons = review.unknown.into_iter().filter(|unknown| unknown.rule == "A08");
        reasons.map(|unknown| unknown.reason).collect::<Vec<_>>()
    };
    assert_eq!([0, 1, 4].map(unknown), [const { Vec::<String>::new() }; 3]);
    let said = unknown(6);
    assert!(said.len() == 1 && said[0].starts_with("要改 4 格以上"), "{said:?}");
}
