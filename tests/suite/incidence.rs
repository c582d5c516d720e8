//! Every cell of the form in force, wrong in six ways: the rules of arithmetic find exactly what the sums predict.
//!
//! Which sums a cell is in is said here from the printed form and not asked of [`Form::equations`], so that a sum that
//! lacks a cell shows.

use std::collections::{BTreeMap, BTreeSet};

use nianbao::check::{self, Finding};
use nianbao::form::terms::{Column, Row, Section};
use nianbao::form::{Cell, Form};
use nianbao::report::{Edit, Place, Report, Value};

use crate::arithmetic::sides;
use crate::sound::{self, Dice};

/// The cells that a slip changes, with what they hold after it.
type Slip = Vec<(usize, Option<i64>)>;

/// What is said of a report's arithmetic.
#[derive(PartialEq, Debug)]
struct Said {
    /// The findings, one a line: a violated sum with its left side less its right, a row's blanks, a system searched.
    findings: Vec<String>,
    /// The rules that could not evaluate all of their sums.
    unknown: Vec<&'static str>,
}

/// The sums that a cell is in: the rule, the cell that names the sum (of its right side, the first), and 1 where the cell
/// is on the left side, −1 where it is on the right.
fn sums_of(cell: Cell) -> Vec<(&'static str, Cell, i64)> {
    let Cell { row, column } = cell;
    let across = |rule| {
        let side = if column == Column::Total { -1 } else { 1 };
        (rule, Cell { row, column: Column::Total }, side)
    };
    let down = |rule, side| (rule, Cell { row: Row::Concluded, column }, side);
    match (cell.section(), row) {
        (Section::Requests, Row::Received | Row::CarriedIn) => vec![across("A03"), down("A01", 1)],
        (Section::Requests, Row::CarriedOut) => vec![across("A03"), down("A01", -1)],
        (Section::Requests, Row::Concluded) => vec![across("A03"), down("A01", -1), down("A02", -1)],
        (Section::Requests, _) => vec![across("A03"), down("A02", 1)],
        (Section::Disputes, _) => vec![across("A04")],
        _ => Vec::new(),
    }
}

/// The system of sums that a cell is searched with: table 3 as a whole, or one block of table 4.
fn system(cell: Cell) -> String {
    match cell.section() {
        Section::Disputes => format!("disputes/{}", cell.row.key()),
        section => section.key().to_owned(),
    }
}

/// What a slip in a report with these counts, which is sound, has to bring to light.
fn predicted(form: &Form, counts: &[i64], slip: &Slip) -> Said {
    let mut findings = BTreeSet::new();
    // By how much each sum is off; `None` where it has a blank in it and cannot be evaluated.
    let mut off: BTreeMap<(&str, Cell), Option<i64>> = BTreeMap::new();
    for &(index, now) in slip {
        let cell = form.cells()[index].cell;
        for (rule, name, side) in sums_of(cell) {
            let off = off.entry((rule, name)).or_insert(Some(0));
            *off = off.zip(now).map(|(off, now)| off + side * (now - counts[index]));
        }
        if now.is_none() {
            findings.insert(format!("A06 {}", Place::from(cell)));
        }
    }
    for (&(rule, name), by) in off.iter().filter_map(|(sum, off)| Some((sum, off.filter(|&by| by != 0)?))) {
        findings.insert(format!("{rule} {} {by:+}", Place::from(name)));
        findings.insert(format!("A08 {}", system(name)));
    }
    let unknown: BTreeSet<&str> =
        off.iter().filter(|(_, off)| off.is_none()).map(|(&(rule, _), _)| rule).collect();
    Said { findings: findings.into_iter().collect(), unknown: unknown.into_iter().collect() }
}

/// What the program says.
fn said(report: &Report) -> Said {
    let review = check::check(report);
    let of_family = |rule: &&str| rule.starts_with('A');
    let mut findings: Vec<String> =
        review.findings.iter().filter(|finding| of_family(&finding.rule.id)).map(line).collect();
    findings.sort();
    Said { findings, unknown: review.unknown.iter().map(|unknown| unknown.rule).filter(of_family).collect() }
}

/// A finding as a line of [`Said`].
fn line(finding: &Finding) -> String {
    let rule = finding.rule.id;
    let about = match rule {
        "A01" | "A02" | "A03" | "A04" => {
            let (left, right) = sides(&finding.message);
            format!("{} {:+}", finding.places[0], left - right)
        }
        "A08" => {
            let systems = finding.places.iter().map(|place| system(place.cell().unwrap()));
            systems.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(" ")
        }
        _ => finding.places.iter().map(Place::to_string).collect::<Vec<_>>().join(" "),
    };
    format!("{rule} {about}")
}

/// The slips that are tried on a cell; no digits are swapped in a number like 77.
fn slips(form: &Form, counts: &[i64], cell: usize) -> impl Iterator<Item = Slip> {
    let count = counts[cell];
    let wrong = [Some(count + 1), Some(count - 1), Some(count * 10), with_digits_swapped(count)];
    let wrong = wrong.into_iter().flatten().map(move |wrong| vec![(cell, Some(wrong))]);
    let blank = vec![(cell, None)];
    let moved = vec![(cell, None), (beside(form, cell), Some(count))];
    wrong.chain([blank, moved])
}

/// The number with the first two neighbouring digits swapped that differ.
fn with_digits_swapped(count: i64) -> Option<i64> {
    let mut digits = count.to_string().into_bytes();
    let at = digits.windows(2).position(|pair| pair[0] != pair[1])?;
    digits.swap(at, at + 1);
    String::from_utf8(digits).unwrap().parse().ok()
}

/// The next cell of the table; for its last, the one before.
fn beside(form: &Form, cell: usize) -> usize {
    let section = |cell: usize| form.cells().get(cell).map(|info| info.cell.section());
    if section(cell + 1) == section(cell) { cell + 1 } else { cell - 1 }
}

#[test]
fn every_cell_broken_in_six_ways_gives_exactly_what_the_sums_predict() {
    let form = Form::current();
    let counts = sound::spread(form, &mut Dice::new(30));
    let sound = sound::report(form, &counts);
    let mut tried = 0;
    for cell in 0..form.cells().len() {
        for slip in slips(form, &counts, cell) {
            let mut report = sound.clone();
            for &(cell, now) in &slip {
                report.apply(Edit::set(form.cells()[cell].cell, now.map(Value::count)));
            }
            let place = Place::from(form.cells()[cell].cell);
            assert_eq!(said(&report), predicted(form, &counts, &slip), "{place} {} {slip:?}", counts[cell]);
            tried += 1;
        }
    }
    assert!(tried > 5 * 200 + 180, "{tried}");
}

/// The prediction itself, on cells for which it can be said by heart.
#[test]
fn what_the_sums_predict_is_what_the_form_says() {
    let form = Form::current();
    let counts = vec![50; form.cells().len()];
    let predict = |changes: &[(&str, Option<i64>)]| {
        let index = |spelling| form.index(Place::parse(spelling).unwrap().cell().unwrap()).unwrap();
        let slip = changes.iter().map(|&(spelling, now)| (index(spelling), now)).collect();
        let Said { findings, unknown } = predicted(form, &counts, &slip);
        [findings.join(", "), unknown.join(", ")]
    };
    for (changes, findings, unknown) in [
        (
            &[("requests/granted/business", Some(51))][..],
            "A02 requests/concluded/business +1, A03 requests/granted/total +1, A08 requests",
            "",
        ),
        (
            &[("requests/concluded/total", Some(40))],
            "A01 requests/concluded/total +10, A02 requests/concluded/total +10, \
             A03 requests/concluded/total +10, A08 requests",
            "",
        ),
        (
            &[("requests/carried_in/research", None), ("requests/carried_in/public_interest", Some(48))],
            "A01 requests/concluded/public_interest -2, A06 requests/carried_in/research, A08 requests",
            "A01, A03",
        ),
        (
            &[("disputes/direct_suit/total", Some(52))],
            "A04 disputes/direct_suit/total -2, A08 disputes/direct_suit",
            "",
        ),
        (&[("proactive/fees/amount", None)], "A06 proactive/fees/amount", ""),
        (&[("proactive/licenses/decisions", Some(7))], "", ""),
    ] {
        assert_eq!(predict(changes), [findings, unknown], "{changes:?}");
    }
    let summed = form.cells().iter().flat_map(|info| sums_of(info.cell));
    assert_eq!(summed.map(|(rule, name, _)| (rule, name)).collect::<BTreeSet<_>>().len(), 42);
}
