//! Faults of who has sent in what: nobody, twice, another year's report, somebody unknown.

use nianbao::form::Form;
use nianbao::form::terms::Field;
use nianbao::report::{Edit, Report, Value};

use super::super::{Filing, LAST_YEAR, Shape};
use super::{Expected, Fault, Planter};

pub(super) fn plant(planter: &mut Planter<'_>) {
    twice(planter);
    another_year(planter);
    unknown(planter);
    by_its_short_name(planter);
    // Last, since the numbers of the reports change.
    let kind = "a missing unit";
    let chosen = planter.choose(kind, LAST_YEAR, |filing| !filing.is_renamed_or_merged);
    planter.note(kind, chosen, vec![Expected::Missing], &[]);
    let last = planter.county.filings.len() - 1;
    planter.county.filings.swap(chosen, last);
    let moved = planter.taken.remove(&last);
    planter.county.filings.pop();
    if !moved {
        planter.taken.remove(&chosen);
    }
}

/// Sends another file of a report.
fn send_again(planter: &mut Planter<'_>, filing: Filing) -> usize {
    planter.county.filings.push(filing);
    planter.taken.insert(planter.county.filings.len() - 1);
    planter.county.filings.len() - 1
}

fn twice(planter: &mut Planter<'_>) {
    for (kind, counted) in [("two versions of one unit", false), ("the same twice", true)] {
        let fits = |filing: &Filing| filing.bytes.is_none() && !filing.is_renamed_or_merged;
        let first = planter.choose(kind, LAST_YEAR, fits);
        let mut second = planter.county.filings[first].clone();
        second.shape = if second.shape == Shape::Json { Shape::Word } else { Shape::Json };
        second.file = format!("2025/修改稿/{}.{}", second.agency(), second.shape.extension());
        if !counted {
            let licenses = second.count("proactive/licenses/decisions") + 9;
            second.put("proactive/licenses/decisions", &licenses.to_string());
            second.retell();
        }
        let rule = (!counted).then_some(Expected::AddedUp { rule: "R02" });
        let expected = std::iter::once(Expected::Doubled { counted }).chain(rule).collect();
        let second = send_again(planter, second);
        planter.note(kind, second, expected, &[]);
    }
}

pub(super) fn another_year(planter: &mut Planter<'_>) {
    for (kind, back, part) in
        [("last year's file sent again", 1, "last_year"), ("a report of another year", 2, "other_year")]
    {
        let fits = |filing: &Filing| filing.bytes.is_none() && !filing.is_renamed_or_merged;
        let chosen = planter.choose(kind, LAST_YEAR, fits);
        let agency = planter.county.filings[chosen].agency().to_owned();
        let is_old = |old: &&Filing| old.year == LAST_YEAR - back && old.agency() == agency;
        let bytes = planter.county.filings.iter().find(is_old).unwrap().bytes();
        planter.county.filings[chosen].bytes = Some(bytes);
        let file = planter.county.filings[chosen].file.clone();
        planter.note(kind, chosen, vec![Expected::Missing, Expected::Passed { file, part }], &[]);
    }
}

fn unknown(planter: &mut Planter<'_>) {
    let kind = "a unit that the register has not";
    let mut filing = planter.county.of_year(LAST_YEAR).next().unwrap().clone();
    let name = "清河县碧水镇人民政府";
    filing.bytes = None;
    filing.report.apply(Report::identity(name, None, LAST_YEAR));
    filing.voice.seed += 77_777;
    filing.voice.number += 60;
    filing.retell();
    filing.file = format!("2025/{name}年报.html");
    filing.shape = Shape::PlainPage;
    let file = filing.file.clone();
    send_again(planter, filing);
    planter.faults.push(Fault {
        kind,
        year: LAST_YEAR,
        unit: name.to_owned(),
        expected: vec![Expected::Passed { file: file.clone(), part: "unknown" }],
        brings: vec![(file, &[])],
    });
}

/// A unit that calls itself by its short name is found in the register, and told.
fn by_its_short_name(planter: &mut Planter<'_>) {
    let kind = "the short name in the title";
    let has_short_name: Vec<bool> =
        planter.county.units.iter().map(|unit| unit.short_name.is_some()).collect();
    let fits = |filing: &Filing| {
        has_short_name[filing.unit] && filing.shape == Shape::Word && filing.bytes.is_none()
    };
    let chosen = planter.choose(kind, LAST_YEAR, fits);
    let short = planter.county.units[planter.county.filings[chosen].unit].short_name.clone().unwrap();
    let report = &mut planter.county.filings[chosen].report;
    report.apply(Edit::set(Field::Title, Some(Value::Text(Form::title(&short, LAST_YEAR)))));
    report.apply(Edit::set(Field::Agency, Some(Value::Text(short))));
    let spot = super::Spot::at("@title");
    planter.found(kind, chosen, "I01", spot, &[]);
}
