//! Sums with gaps in them, the two forms side by side, shares, and which figures stand out and which never do.

use proptest::prelude::*;

use super::outliers::PEERS;
use super::*;
use crate::report::tests::with_counts;
use crate::report::{Edit, Place, Report, Value};

const RECEIVED: &str = "requests/received/total";

/// The figures of a unit's report for a year.
fn figures(agency: &str, year: i64, cells: &[(&str, i64)]) -> Figures {
    let mut report = with_counts(cells);
    report.apply(Report::identity(agency, Level::of_name(agency), year));
    Figures::new(&format!("{agency}-{year}.json"), &report)
}

/// The same from another file.
fn in_file(file: &str, mut figures: Figures) -> Figures {
    file.clone_into(&mut figures.file);
    figures
}

fn township(nth: usize) -> String {
    format!("岚桥县第{nth}镇人民政府")
}

fn with<T>(filed: Vec<Figures>, look: impl Fn(&Trends<'_>) -> T) -> T {
    let units = Units::of_names(filed.iter().map(|one| one.agency.as_str()));
    let scope = Scope { parent: None, units: (0..units.all().len()).collect() };
    look(&Trends::new((&units, false), scope, filed))
}

#[test]
fn a_figure_with_a_blank_or_text_in_it_is_none_and_never_0() {
    let of = |cells: &[(&str, i64)], measure: Measure| measure.of(&with_counts(cells));
    assert_eq!(of(&[(RECEIVED, 0)], Measure::Received), Some(0));
    assert_eq!(of(&[], Measure::Received), None);
    let suits = [("disputes/direct_suit/total", 2), ("disputes/suit_after_reconsideration/total", 3)];
    assert_eq!((of(&suits, Measure::Suits), of(&suits[..1], Measure::Suits)), (Some(5), None));
    let mut report = with_counts(&[("requests/not_held/total", 1), ("requests/unclear/total", 2)]);
    let place = Place::parse("requests/not_existing/total").unwrap();
    report.apply(Edit::set(place, Some(Value::Text("/".to_owned()))));
    assert_eq!((Measure::NotAvailable.of(&report), Measure::NotHeld.of(&report)), (None, Some(1)));
    report.apply(Edit::set(place, Some(Value::count(0))));
    assert_eq!(Measure::NotAvailable.of(&report), Some(3));
    let taken = Figures::new("x", &report);
    for measure in Measure::ALL {
        assert_eq!(taken.count(measure), measure.of(&report), "{measure:?}");
    }
}

#[test]
fn the_outcomes_are_those_of_the_form_and_documents_are_only_in_the_form_of_2021() {
    let full = |form: &'static Form| {
        let mut report = Report::new(form);
        form.cells().iter().for_each(|info| drop(report.apply(Edit::set(info.cell, Some(Value::count(1))))));
        report
    };
    for form in Form::all() {
        let report = full(form);
        for (measure, outcome) in Measure::OUTCOMES.iter().zip(form.outcomes()) {
            assert_eq!(measure.label(), outcome.name(), "{}", form.decree.key);
            assert_eq!(measure.of(&report), i64::try_from(outcome.rows.len()).ok(), "{}", outcome.name());
        }
        let lacking = Measure::ALL.iter().filter(|measure| measure.of(&report).is_none()).count();
        assert_eq!(lacking, if form.decree.key == "2019" { 2 } else { 0 }, "{}", form.decree.key);
    }
}

#[test]
fn a_total_says_of_how_many_units_and_a_change_is_of_those_in_both_years() {
    let [one, two, three] = [1, 2, 3].map(township);
    let filed = vec![
        figures(&one, 2022, &[(RECEIVED, 10)]),
        figures(&two, 2022, &[(RECEIVED, 70)]),
        figures(&one, 2023, &[(RECEIVED, 15)]),
        figures(&two, 2023, &[]),
        figures(&three, 2023, &[(RECEIVED, 100)]),
        figures(&three, 2025, &[(RECEIVED, 5)]),
    ];
    with(filed, |trends| {
        assert_eq!(trends.years().collect::<Vec<_>>(), [2022, 2023, 2025]);
        assert_eq!(trends.sum(2022, Measure::Received), Sum { sum: 80, units: 2 });
        assert_eq!(trends.sum(2023, Measure::Received), Sum { sum: 115, units: 2 });
        assert!(trends.is_partial(2023, Measure::Received) && !trends.is_partial(2022, Measure::Received));
        let change = trends.change(2023, Measure::Received).unwrap();
        assert_eq!(change, Change { units: 1, from: 10, to: 15 });
        assert!(trends.is_apart(2023, Measure::Received, change));
        assert_eq!(
            (change.to_string(), change.ratio()),
            ("1 个单位由 10 变为 15".to_owned(), "增长 50%".to_owned())
        );
        assert_eq!(trends.change(2025, Measure::Received), None, "2024 is missing");
        assert_eq!(trends.change(2022, Measure::Received), None, "it is the first");
        assert_eq!(trends.joined_and_left(2023), Some((vec![2], vec![])));
        let remarks = trends.remarks().concat();
        assert!(remarks.contains("2023 年比上年多 1 个（岚桥县第3镇人民政府）"), "{remarks}");
        assert!(remarks.contains("没有 2024 年的报告，2025 年没有上年可比。"), "{remarks}");
    });
}

#[test]
fn the_years_of_both_forms_stand_beside_one_another() {
    let agency = township(1);
    let old = |year| {
        let mut report = Report::new(&Form::all()[1]);
        report.apply(Report::identity(&agency, None, year));
        report.apply(Edit::set(Place::parse(RECEIVED).unwrap(), Some(Value::count(4))));
        Figures::new(&format!("{year}"), &report)
    };
    let made = "proactive/normative_documents/issued";
    let new = figures(&agency, 2021, &[(RECEIVED, 6), (made, 3)]);
    with(vec![new, old(2020), old(2022)], |trends| {
        let change = trends.change(2021, Measure::Received);
        assert_eq!(change, Some(Change { units: 1, from: 4, to: 6 }));
        assert_eq!(trends.sum(2021, Measure::DocumentsMade), Sum { sum: 3, units: 1 });
        assert_eq!(trends.sum(2020, Measure::DocumentsMade), Sum::default());
        assert_eq!(trends.change(2021, Measure::DocumentsMade), None);
        assert!(trends.remarks().concat().contains("2021 年起换了表样"));
        assert_eq!(trends.years().collect::<Vec<_>>(), [2020, 2021], "2022 is not on the form of its year");
        let told = trends.set_aside();
        assert!(told[0].message.contains("2022 年度的用了 2019 年表样"), "{told:?}");
    });
}

#[test]
fn of_two_reports_of_a_unit_and_a_year_none_is_taken_unless_they_say_the_same() {
    let agency = township(1);
    let again = |cells: &[(&str, i64)]| in_file("再次.docx", figures(&agency, 2025, cells));
    let first = || figures(&agency, 2025, &[(RECEIVED, 5)]);
    with(vec![first(), again(&[(RECEIVED, 6)])], |trends| {
        assert_eq!(trends.years().count(), 0);
        let told = trends.set_aside();
        assert_eq!(told.len(), 1);
        assert!(told[0].message.contains("数不相同，都没有计入"), "{told:?}");
    });
    with(vec![first(), again(&[(RECEIVED, 5)])], |trends| {
        assert_eq!(trends.sum(2025, Measure::Received), Sum { sum: 5, units: 1 });
        assert!(trends.set_aside()[0].message.contains("只计了一份"));
    });
}

#[test]
fn shares_are_of_the_units_own_total_and_of_nothing_there_are_none() {
    let outcomes = |granted: i64, refused: i64| {
        let mut cells: Vec<(String, i64)> = Vec::new();
        for (row, _) in Form::current().outcomes().iter().flat_map(|outcome| &outcome.rows) {
            let count = match row.key() {
                "granted" => granted,
                "state_secret" => refused,
                _ => 0,
            };
            cells.push((format!("requests/{}/total", row.key()), count));
        }
        cells
    };
    let of = |nth, cells: &[(String, i64)]| {
        let cells: Vec<(&str, i64)> = cells.iter().map(|(place, count)| (place.as_str(), *count)).collect();
        figures(&township(nth), 2025, &cells)
    };
    let lacking = &outcomes(9, 9)[1..];
    with(vec![of(1, &outcomes(1, 2)), of(2, &outcomes(0, 0)), of(3, lacking)], |trends| {
        let [first, nothing, unknown] = trends.shares(2025)[..] else { panic!("three units") };
        assert_eq!((first.whole, first.per_mille(0), first.per_mille(2)), (Some(3), Some(333), Some(667)));
        assert_eq!((nothing.whole, nothing.per_mille(0)), (Some(0), None));
        assert_eq!((unknown.whole, unknown.counts[2], unknown.per_mille(2)), (None, Some(9), None));
        let together = trends.shares_together(2025);
        assert_eq!((together.whole, together.per_mille(2)), (Some(3), Some(667)));
    });
}

/// What is said of a unit that had `before` requests last year and has `now`.
fn said(before: i64, now: i64) -> Vec<String> {
    let [before, now] =
        [(2024, before), (2025, now)].map(|(year, count)| figures(&township(1), year, &[(RECEIVED, count)]));
    with(vec![before, now], |trends| {
        trends.outliers(2025).iter().map(|outlier| trends.sentence(outlier)).collect()
    })
}

#[test]
fn a_jump_must_be_large_by_ratio_and_by_difference() {
    assert_eq!(said(15, 45), ["岚桥县第1镇人民政府 2025 年本年新收 45 件，上年 15 件，为 3 倍，多 30 件。"]);
    assert_eq!(
        said(120, 30),
        ["岚桥县第1镇人民政府 2025 年本年新收 30 件，上年 120 件，下降 75%，少 90 件。"]
    );
    assert_eq!(said(0, 30), ["岚桥县第1镇人民政府 2025 年本年新收 30 件，上年 0 件，多 30 件。"]);
    for (before, now) in [(14, 43), (0, 29), (1, 29), (29, 0), (30, 89), (1000, 2999), (7, 7)] {
        assert_eq!(said(before, now), [""; 0], "{before} {now}");
    }
}

#[test]
fn what_follows_from_more_requests_is_not_told_again() {
    let year = |year, received, granted, refused| {
        let others = Form::current().outcomes().into_iter().flat_map(|outcome| outcome.rows);
        let others: Vec<String> = others.map(|(row, _)| format!("requests/{}/total", row.key())).collect();
        let zeros = others.iter().map(|place| (place.as_str(), 0));
        let own = [
            (RECEIVED, received),
            ("requests/granted/total", granted),
            ("requests/state_secret/total", refused),
        ];
        figures(&township(1), year, &zeros.chain(own).collect::<Vec<_>>())
    };
    let told = |before, now| {
        with(vec![before, now], |trends| {
            trends.outliers(2025).iter().map(|outlier| outlier.measure).collect::<Vec<_>>()
        })
    };
    assert_eq!(told(year(2024, 40, 30, 10), year(2025, 160, 120, 40)), [Measure::Received]);
    let other_way = told(year(2024, 100, 10, 90), year(2025, 300, 290, 10));
    assert_eq!(other_way, [Measure::Received, Measure::Refused]);
    let alone = told(year(2024, 100, 90, 10), year(2025, 100, 30, 70));
    assert_eq!(alone, [Measure::Granted, Measure::Refused]);
}

/// The outliers among townships with these numbers of requests.
fn among(counts: &[i64]) -> Vec<Outlier> {
    let filed =
        counts.iter().enumerate().map(|(nth, count)| figures(&township(nth), 2025, &[(RECEIVED, *count)]));
    with(filed.collect(), |trends| trends.outliers(2025))
}

#[test]
fn a_unit_stands_out_among_enough_units_of_its_level() {
    let usual = [9, 10, 10, 11, 12, 12, 13, 14];
    let [found] = among(&[&usual[..], &[60]].concat())[..] else { panic!("one stands out") };
    let Some((level, middle)) = found.peers else { panic!("against the others: {found:?}") };
    assert_eq!((found.count, level, middle.units), (60, Level::Township, 8));
    assert_eq!(middle.quartiles().map(|number| number.to_string()), ["10", "11.5", "12.25"]);
    assert_eq!(middle.half(), (10, 13));
    assert_eq!(among(&[&usual[1..], &[60]].concat()), [], "seven others are too few");
    assert_eq!(among(&[&usual[..], &[38]].concat()), [], "26.5 more than the median is too little");
    let wide = [5, 20, 40, 60, 80, 100, 120, 140];
    assert_eq!(among(&[&wide[..], &[280]].concat()), [], "where they are far apart it has to be farther");
    let low = among(&[100, 100, 100, 101, 101, 101, 102, 102, 20]);
    assert_eq!(low.iter().map(|outlier| outlier.count).collect::<Vec<_>>(), [20]);
    assert_eq!(among(&[0, 0, 0, 0, 0, 0, 0, 0, 30]).len(), 1);
    assert_eq!(among(&[5000]), [], "alone there is nobody to compare with");
    assert_eq!(usual.len(), PEERS);
}

#[test]
fn units_of_other_levels_are_no_peers() {
    let mut filed: Vec<Figures> =
        (1..=9).map(|nth| figures(&township(nth), 2025, &[(RECEIVED, 10)])).collect();
    filed.push(figures("岚桥县财政局", 2025, &[(RECEIVED, 900)]));
    with(filed, |trends| assert_eq!(trends.outliers(2025), []));
}

#[test]
fn the_place_of_all_names_is_left_out_where_there_is_little_room() {
    let of = |agencies: &[&str]| {
        let filed = agencies.iter().map(|agency| figures(agency, 2025, &[])).collect();
        with(filed, |trends| {
            let place = trends.place().to_owned();
            (trends.short_name(0, &place).to_owned(), place)
        })
    };
    let own = |name: &str, place: &str| (name.to_owned(), place.to_owned());
    assert_eq!(of(&["岚桥县财政局", "岚桥县大安镇人民政府"]), own("大安镇人民政府", "岚桥县"));
    assert_eq!(of(&["岚桥县财政局"]), own("岚桥县财政局", ""));
    assert_eq!(of(&["云溪镇人民政府", "云溪乡人民政府"]).1, "");
    assert_eq!(of(&["岚桥县", "岚桥县财政局"]), own("岚桥县", "岚桥县"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Small numbers never stand out, however they are spread over units and years.
    #[test]
    fn small_numbers_never_stand_out(counts in prop::collection::vec((0..30_i64, 0..30_i64), 1..14)) {
        let filed = counts.iter().enumerate().flat_map(|(nth, (before, now))| {
            [(2024, before), (2025, now)].map(|(year, count)| figures(&township(nth), year, &[(RECEIVED, *count)]))
        });
        with(filed.collect(), |trends| {
            for year in [2024, 2025] {
                assert_eq!(trends.outliers(year), []);
            }
        });
    }

    /// Whatever the order of the files, the same comes of them.
    #[test]
    fn the_order_of_the_reports_changes_nothing(
        counts in prop::collection::vec((0..3_usize, 2023..2026_i64, 0..500_i64), 1..14).prop_shuffle()
    ) {
        let filed: Vec<Figures> = counts
            .iter()
            .enumerate()
            .map(|(nth, (unit, year, count))| {
                in_file(&nth.to_string(), figures(&township(*unit), *year, &[(RECEIVED, *count)]))
            })
            .collect();
        let all = |filed| with(filed, |trends| {
            let years: Vec<i64> = trends.years().collect();
            let sums: Vec<Sum> = years.iter().map(|year| trends.sum(*year, Measure::Received)).collect();
            let outliers: Vec<Outlier> = years.iter().flat_map(|year| trends.outliers(*year)).collect();
            (years, sums, outliers, trends.set_aside(), trends.remarks())
        });
        let backwards = filed.iter().rev().cloned().collect();
        prop_assert_eq!(all(filed), all(backwards));
    }

    /// The total of a year is the sum of its units, and of no more units than reported.
    #[test]
    fn a_total_is_the_sum_of_the_units(counts in prop::collection::vec(prop::option::of(0..10_000_i64), 1..14)) {
        let filed = counts.iter().enumerate().map(|(nth, count)| {
            let cell = count.map(|count| (RECEIVED, count));
            figures(&township(nth), 2025, &Vec::from_iter(cell))
        });
        with(filed.collect(), |trends| {
            let there: Vec<i64> = counts.iter().flatten().copied().collect();
            let expected = Sum { sum: there.iter().sum(), units: there.len() };
            assert_eq!(trends.sum(2025, Measure::Received), expected);
        });
    }
}
