//! A fictional county of fifty units and three years: what is sound is left alone, every fault that was planted is found
//! where it is, and the total is the sum.

#[path = "../county/generated.rs"]
mod generated;

use std::collections::{BTreeMap, BTreeSet};

use generated::faults::{Expected, Fault};
use generated::{County, LAST_YEAR};
use nianbao::check::{self, Background, Severity, copies};
use nianbao::form::terms::Section;
use nianbao::report::{Place, Report};
use serde_json::Value as Json;

use crate::cli::Desk;
use crate::laws::samples;

const SEED: u64 = 20_250_131;

/// Writes what was sent in, and the register.
fn written(county: &County) -> Desk {
    let desk = Desk::new();
    desk.write("名册.csv", county.register());
    for filing in &county.filings {
        desk.write(&filing.file, filing.bytes());
    }
    desk
}

/// What `check` says of the reports of a year, one value a file.
fn checked(desk: &Desk, year: i64) -> Vec<Json> {
    let (year, last) = (year.to_string(), (year - 1).to_string());
    let past: &[&str] = if desk.path(&last).exists() { &["--last-year", &last] } else { &[] };
    desk.run(&[&["check", &year, "--across", "--json"], past].concat()).json()
}

/// What `rollup` says of the last year.
fn added_up(desk: &Desk, named: &[&str]) -> Json {
    let (year, last) = (LAST_YEAR.to_string(), (LAST_YEAR - 1).to_string());
    let options = ["--year", &year, "--last-year", &last, "--units", "名册.csv", "--json"];
    desk.run(&[&["rollup"], named, &options].concat()).json().pop().unwrap()
}

fn list<'j>(value: &'j Json, key: &str) -> &'j [Json] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// Every error and warning, with the file and the rule.
fn grave(verdicts: &[Json]) -> impl Iterator<Item = (&str, &str, String)> {
    verdicts.iter().flat_map(|verdict| {
        let file = verdict["file"].as_str().unwrap();
        let grave = list(verdict, "findings").iter().filter(|finding| finding["severity"] != "info");
        grave.map(move |finding| {
            let rule = finding["rule"].as_str().unwrap();
            let quote = &finding["quote"]["text"];
            (file, rule, format!("{file}: {rule} {} {} {quote}", finding["places"], finding["message"]))
        })
    })
}

#[test]
fn nothing_is_found_in_a_hundred_and_fifty_sound_reports() {
    let county = generated::generate(SEED, 50, 3);
    assert_eq!(county.filings.len(), 50 + 51 + 51, "one unit was two");
    let desk = written(&county);
    for year in LAST_YEAR - 2..=LAST_YEAR {
        let verdicts = checked(&desk, year);
        assert_eq!(verdicts.len(), county.of_year(year).count());
        let alarms: Vec<String> = grave(&verdicts).map(|(.., alarm)| alarm).collect();
        assert!(alarms.is_empty(), "{}", alarms.join("\n"));
        for (verdict, filing) in verdicts.iter().zip(sorted(&county, year)) {
            assert_eq!(verdict["agency"], filing.agency(), "{verdict}");
            assert_eq!(verdict["year"], year);
        }
    }
    let total = added_up(&desk, &["2025"]);
    assert_eq!((&total["expected"], &total["counted"]), (&50.into(), &50.into()));
    let told = |key| list(&total, key).iter().filter(|told| told["severity"] != "info").count();
    assert_eq!(["findings", "unsure", "unreadable", "missing", "duplicates"].map(told), [0; 5], "{total}");
}

/// The reports of a year in the order in which the program names them.
fn sorted(county: &County, year: i64) -> Vec<&generated::Filing> {
    let mut filings: Vec<_> = county.of_year(year).collect();
    filings.sort_by_key(|filing| &filing.file);
    filings
}

#[test]
fn nothing_is_found_in_other_sound_counties() {
    for number in 1..=samples(1) {
        let county = generated::numbered(SEED, number, 20, 3);
        for year in LAST_YEAR - 2..=LAST_YEAR {
            let filings = sorted(&county, year);
            let reports: Vec<_> = filings.iter().map(|one| (one.file.as_str(), &one.report)).collect();
            let copied = copies::among(&reports, 80, &mut || true).unwrap();
            assert!(copied.iter().all(Option::is_none), "{copied:?}");
            for filing in filings {
                let last = county.of_year(year - 1).find(|last| filing.report.follows(&last.report));
                let previous = last.map(|last| last.report.clone());
                let review =
                    check::check_before(&filing.report, &Background { previous, ..Background::default() });
                let grave = review.findings.iter().filter(|finding| finding.severity != Severity::Info);
                assert_eq!(grave.count(), 0, "{} {:?}", filing.file, review.findings);
                for section in [Section::Overview, Section::Problems, Section::OtherMatters] {
                    let length = filing.report.text(section).chars().count();
                    assert!((200..=600).contains(&length), "{} {length}", filing.report.text(section));
                }
            }
        }
    }
}

#[test]
fn every_county_of_a_nation_has_a_name_of_its_own() {
    let names: BTreeSet<String> = (0..4_000).map(generated::name).collect();
    assert_eq!((names.len(), generated::name(0).as_str()), (4_000, "岚桥县人民政府"));
}

#[test]
fn the_total_is_the_sum_of_the_units_in_every_cell_whatever_the_order_of_the_files() {
    let county = generated::generate(SEED, 50, 2);
    let desk = written(&county);
    let mut files: Vec<&str> = county.of_year(LAST_YEAR).map(|filing| filing.file.as_str()).collect();
    let mut totals = vec![added_up(&desk, &["2025"])];
    totals.push(added_up(&desk, &files));
    files.reverse();
    totals.push(added_up(&desk, &files));
    files.rotate_left(17);
    totals.push(added_up(&desk, &files));
    let sums = county.sums(LAST_YEAR);
    assert_eq!(sums.len(), 200);
    assert!(sums.iter().filter(|(_, sum)| *sum != 0).count() > 60, "too little to add up");
    for total in &totals {
        let total = Report::from_json(&total["report"].to_string()).unwrap();
        for (cell, sum) in &sums {
            let (units, scale) = total.number(*cell).unwrap().fraction();
            assert_eq!(i128::from(units) * 10i128.pow(4 - u32::from(scale)), *sum, "{}", Place::Cell(*cell));
        }
    }
    assert!(totals.iter().all(|total| total == &totals[0]), "another order, another account");
}

#[test]
fn every_planted_fault_is_found_at_its_place() {
    let mut county = generated::generate(SEED, 50, 3);
    let faults = generated::faults::plant(&mut county);
    let kinds: BTreeSet<&str> = faults.iter().map(|fault| fault.kind).collect();
    assert_eq!((faults.len(), kinds.len()), (57, 49), "faults and their kinds");
    all_are_found(&county, &faults, &[LAST_YEAR - 1, LAST_YEAR]);
}

#[test]
fn a_wrong_carry_over_is_found_in_the_total_too() {
    let mut county = generated::generate(SEED, 50, 3);
    let faults = generated::faults::plant_carry_over(&mut county);
    assert_eq!(faults.len(), 4);
    all_are_found(&county, &faults, &[LAST_YEAR]);
}

/// Runs the program on a county, prints what it says of each fault, and asserts that nothing is missed and nothing else
/// is said.
fn all_are_found(county: &County, faults: &[Fault], years: &[i64]) {
    let desk = written(county);
    let verdicts: Vec<Json> = years.iter().flat_map(|year| checked(&desk, *year)).collect();
    let total = added_up(&desk, &["2025"]);
    let by_file: BTreeMap<&str, &Json> =
        verdicts.iter().map(|verdict| (verdict["file"].as_str().unwrap(), verdict)).collect();
    let mut missed = Vec::new();
    for (fault, expected) in faults.iter().flat_map(|fault| fault.expected.iter().map(move |e| (fault, e))) {
        let found = found(expected, fault, &by_file, &total);
        let says = found.as_deref().unwrap_or("NOT FOUND");
        eprintln!("{} | {} | {} | {expected:?} | {says}", fault.year, fault.kind, fault.unit);
        if found.is_none() {
            missed.push(format!("{fault:?} {expected:?}"));
        }
    }
    let alarms = alarms(faults, &verdicts, &total);
    alarms.iter().for_each(|alarm| eprintln!("false alarm: {alarm}"));
    assert!(missed.is_empty(), "{} not found:\n{}", missed.len(), missed.join("\n"));
    assert_eq!(alarms, [""; 0], "false alarms");
}

/// What was said of a fault as it was expected.
fn found(
    expected: &Expected,
    fault: &Fault,
    by_file: &BTreeMap<&str, &Json>,
    total: &Json,
) -> Option<String> {
    let names = |told: &&Json| told["name"] == fault.unit.as_str();
    let whole = |told: &Json| Some(told.to_string());
    match expected {
        Expected::Found { file, rule, place, right } => {
            let is_there = |finding: &&Json| {
                let is_right = right.as_ref().is_none_or(|right| {
                    let set = &finding["fixes"][0]["set"][place];
                    set.to_string().trim_matches('"') == right
                });
                finding["rule"] == *rule
                    && list(finding, "places").iter().any(|at| at == place.as_str())
                    && is_right
            };
            list(by_file.get(file.as_str())?, "findings").iter().find(is_there)?["message"]
                .as_str()
                .map(str::to_owned)
        }
        Expected::Unreadable { file } => {
            let said = by_file.get(file.as_str())?["error"].as_str()?;
            list(total, "unreadable").iter().find(|one| one["file"] == file.as_str()).map(|_| said.to_owned())
        }
        Expected::Missing => list(total, "missing").iter().find(names).and_then(whole),
        Expected::Doubled { counted } => list(total, "duplicates")
            .iter()
            .filter(|one| one["counted"] == *counted)
            .find(names)
            .and_then(whole),
        Expected::Passed { file, part } => {
            let is_it = |one: &&Json| one["file"] == file.as_str() && one["part"] == *part;
            list(total, "not_counted").iter().find(is_it).and_then(whole)
        }
        Expected::AddedUp { rule } => {
            let message = |finding: &Json| finding["message"].as_str().unwrap_or_default().to_owned();
            let of_rule = list(total, "findings").iter().filter(|finding| finding["rule"] == *rule);
            of_rule.map(message).find(|message| message.contains(&fault.unit))
        }
    }
}

/// What was found or said where no fault was planted that explains it.
fn alarms(faults: &[Fault], verdicts: &[Json], total: &Json) -> Vec<String> {
    let expects = |file: &str, rule: &str| {
        faults.iter().any(|fault| {
            let is_found = |expected: &Expected| {
                matches!(expected, Expected::Found { file: at, rule: by, .. } if at == file && *by == rule)
            };
            fault.expected.iter().any(is_found)
                || fault.brings.iter().any(|(at, rules)| at == file && rules.contains(&rule))
        })
    };
    let is_damaged = |file: &str| {
        let is_it = |expected: &Expected| matches!(expected, Expected::Unreadable { file: at } if at == file);
        faults.iter().any(|fault| fault.expected.iter().any(is_it))
    };
    let in_files = grave(verdicts).filter(|(file, rule, _)| !expects(file, rule)).map(|(.., alarm)| alarm);
    let unread = verdicts.iter().filter(|verdict| verdict["findings"].is_null());
    let unread = unread.filter(|verdict| !is_damaged(verdict["file"].as_str().unwrap())).map(Json::to_string);
    // Of units: what is said must be of a unit or a file that something was planted in.
    let is_planted = |told: &Json| {
        let told = told.to_string();
        faults.iter().filter(|fault| fault.year == LAST_YEAR).any(|fault| {
            told.contains(&fault.unit) || fault.brings.iter().any(|(file, _)| told.contains(file.as_str()))
        })
    };
    let of_units = ["missing", "duplicates", "unsure", "not_counted", "unreadable", "findings"].into_iter();
    let of_units = of_units.flat_map(|key| list(total, key)).filter(|told| told["severity"] != "info");
    // Last year's reports are there to be compared with.
    let is_there_for_that =
        |told: &&Json| told["part"] == "last_year" && told["file"].as_str().unwrap().starts_with("2024/");
    let of_units = of_units.filter(|told| !is_there_for_that(told) && !is_planted(told)).map(Json::to_string);
    in_files.chain(unread).chain(of_units).collect()
}
