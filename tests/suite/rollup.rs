//! The total of generated units: every cell the sum, whatever the order; adjustments, what is not whole, R01 to R04.

use nianbao::check::Review;
use nianbao::form::{Cell, Form};
use nianbao::import;
use nianbao::number::Decimal;
use nianbao::report::{Edit, NoticeKind, Place, Report, Value};
use nianbao::rollup::{Adjustment, Gathered, Sum, Total, adjust, compare};
use nianbao::units::{Filed, Units};

use crate::sound::{self, Dice};
use crate::units::read;

/// The units of a county, `unit` of them with the code of their number, and their sound reports.
fn county(form: &'static Form, units: usize, dice: &mut Dice) -> (Units, Vec<Filed>) {
    let year = form.decree.last_year.unwrap_or(2025);
    let mut list = "代码,全称,上级\n0,岚桥县人民政府,\n".to_owned();
    let mut filed = Vec::new();
    for number in 1..=units {
        let name = format!("岚桥县第{number}镇人民政府");
        list += &format!("{number},{name},0\n");
        let mut report = sound::report(form, &sound::counts(form, dice));
        report.apply(Report::identity(&name, None, year));
        filed.push(Filed { file: format!("{number:03}.json"), report });
    }
    (read(&list).unwrap(), filed)
}

fn place(spelling: &str) -> Cell {
    Place::parse(spelling).unwrap().cell().unwrap()
}

fn put(report: &mut Report, spelling: &str, text: &str) {
    let place = Place::parse(spelling).unwrap();
    report.apply(Edit::set(place, Value::read(place, text).0));
}

/// What is done with a county: its reports, the register, and which of both are added up.
fn with<T>(units: &Units, filed: &[Filed], form: &'static Form, then: impl FnOnce(&Gathered<'_>) -> T) -> T {
    let scope = units.scope(None, None).unwrap();
    let year = form.decree.last_year.unwrap_or(2025);
    then(&Gathered::new((units, true), &scope, (year, form), filed))
}

/// Ten-thousandths, an arithmetic of its own to add up in.
fn parts(number: Decimal) -> i128 {
    let (units, scale) = number.fraction();
    i128::from(units) * 10i128.pow(4 - u32::from(scale))
}

#[test]
fn every_cell_is_the_sum_of_the_units_and_of_what_is_adjusted_in_any_order() {
    for form in Form::all() {
        for seed in 0..6 {
            let mut dice = Dice::new(seed);
            let (units, mut filed) = county(form, 1 + dice.below(30), &mut dice);
            let adjustments: Vec<Adjustment> = (0..dice.below(9))
                .map(|number| Adjustment {
                    cell: form.cells()[dice.below(form.cells().len())].cell,
                    amount: Decimal::parse(["-2", "3", "0.25", "-0.0001"][number % 4]).unwrap(),
                    reason: "口径不同".to_owned(),
                })
                .collect();
            let mut first: Option<Report> = None;
            for _ in 0..3 {
                for last in (1..filed.len()).rev() {
                    filed.swap(last, dice.below(last + 1));
                }
                with(&units, &filed, form, |gathered| {
                    let total = gathered.total(adjustments.clone());
                    assert_eq!(total.parts().len(), filed.len());
                    assert_eq!(total.incomplete().count(), 0);
                    holds(&total, &filed, &adjustments);
                    let report = total.report("岚桥县人民政府", None, 2025);
                    assert_eq!(first.get_or_insert_with(|| report.clone()), &report);
                });
            }
        }
    }
}

/// Asserts that every cell is the sum, and that its trace adds up to it, the largest first.
fn holds(total: &Total<'_>, filed: &[Filed], adjustments: &[Adjustment]) {
    assert!([198, 200].contains(&total.sums().count()));
    for (cell, sum) in total.sums() {
        let sum = parts(sum.number().unwrap());
        let of_units: i128 = filed.iter().map(|filed| parts(filed.report.number(cell).unwrap())).sum();
        let adjusted: i128 = adjustments.iter().filter(|a| a.cell == cell).map(|a| parts(a.amount)).sum();
        assert_eq!(sum, of_units + adjusted, "{:?}", Place::Cell(cell));
        let traced: Vec<i128> = total.contributors(cell).iter().map(|(_, number)| parts(*number)).collect();
        let adjusted: i128 = total.adjustments_of(cell).map(|a| parts(a.amount)).sum();
        assert_eq!(traced.iter().sum::<i128>() + adjusted, sum);
        assert!(traced.windows(2).all(|pair| pair[0].abs() >= pair[1].abs()));
    }
}

#[test]
fn a_cell_that_a_unit_leaves_out_is_told_and_is_no_zero() {
    let mut dice = Dice::new(3);
    let (units, mut filed) = county(Form::current(), 3, &mut dice);
    let (licenses, fees) = ("proactive/licenses/decisions", "proactive/fees/amount");
    for (number, text) in ["7", "", "/"].into_iter().enumerate() {
        put(&mut filed[number].report, licenses, text);
        put(&mut filed[number].report, fees, "");
    }
    with(&units, &filed, Form::current(), |gathered| {
        let total = gathered.total(Vec::new());
        assert_eq!(total.sum(place(licenses)), Sum::Number(Decimal::whole(7)));
        assert_eq!(total.sum(place(fees)), Sum::Blank);
        let lacking = total.lacking(place(licenses));
        assert_eq!(lacking, [("岚桥县第2镇人民政府", None), ("岚桥县第3镇人民政府", Some("/"))]);
        assert_eq!(total.incomplete().collect::<Vec<_>>(), [place(licenses), place(fees)]);
        let report = total.report("岚桥县人民政府", None, 2025);
        let notices: Vec<_> = report.notices().filter(|notice| notice.kind == NoticeKind::RolledUp).collect();
        assert_eq!(notices.len(), 2);
        assert_eq!(
            notices.iter().find(|notice| notice.place == Some(place(licenses).into())).unwrap().message,
            "不全：岚桥县第2镇人民政府、岚桥县第3镇人民政府没有填数，合计里没有算上。"
        );
        assert_eq!(Report::from_json(&report.to_json()).unwrap(), report);
    });
}

#[test]
fn a_sum_that_no_cell_can_hold_is_told() {
    let mut dice = Dice::new(4);
    let (units, mut filed) = county(Form::current(), 1200, &mut dice);
    let (licenses, fees) = ("proactive/licenses/decisions", "proactive/fees/amount");
    for filed in &mut filed {
        put(&mut filed.report, fees, "999999999999.9999");
    }
    put(&mut filed[0].report, licenses, "999999999999");
    put(&mut filed[1].report, licenses, "999999999999");
    with(&units, &filed, Form::current(), |gathered| {
        let total = gathered.total(Vec::new());
        assert_eq!([licenses, fees].map(|at| total.sum(place(at))), [Sum::Overflow; 2]);
        let report = total.report("岚桥县人民政府", None, 2025);
        assert_eq!(report.get(place(licenses)), None);
        assert!(report.notices().any(|notice| notice.message.contains("超出一格")));
    });
}

#[test]
fn adjustments_are_read_with_their_reasons_or_refused_by_row() {
    let read = |list: &str| {
        let document = import::list(list.as_bytes()).unwrap();
        let faults =
            |faults: Vec<nianbao::units::Fault>| faults.iter().map(ToString::to_string).collect::<Vec<_>>();
        adjust::read(&document, Form::current()).map_err(faults)
    };
    let label = Place::from(place("requests/received/business")).label(Form::current());
    let list = format!("理由,位置,调整数\n重复计算,requests/received/total,-1\n漏报,“{label}”,＋2\n");
    let read_out: Vec<String> = read(&list)
        .unwrap()
        .iter()
        .map(|a| format!("{} {} {}", Place::Cell(a.cell), a.signed(), a.reason))
        .collect();
    assert_eq!(read_out, ["requests/received/total -1 重复计算", "requests/received/business +2 漏报"]);
    let head = "位置,调整数,理由\n";
    let fault = |row: &str| read(&format!("{head}{row}\n")).unwrap_err().join("");
    assert!(
        fault("requests/received/sum,1,x").starts_with("第 2 行：2021 年表样里没有“requests/received/sum”")
    );
    assert!(fault("requests/received/total,一,x").contains("不是数"));
    assert!(fault("requests/received/total,1,").contains("没有写理由"));
    assert!(read("位置,调整数\nrequests/received/total,1\n").unwrap_err()[0].contains("没有认出表头"));
}

fn messages(review: &Review, rule: &str) -> Vec<String> {
    review.findings.iter().filter(|finding| finding.rule.id == rule).map(|f| f.message.clone()).collect()
}

/// The total of these reports, as the county's own.
fn total_of(units: &Units, filed: &[Filed]) -> Report {
    with(units, filed, Form::current(), |gathered| {
        gathered.total(Vec::new()).report("岚桥县人民政府", None, 2025)
    })
}

fn reviewed(units: &Units, filed: &[Filed], county: &Report) -> Review {
    with(units, filed, Form::current(), |gathered| {
        compare::review(gathered, &gathered.total(Vec::new()), Some(county))
    })
}

#[test]
fn one_unit_that_explains_the_whole_difference_is_named() {
    for seed in 0..8 {
        let mut dice = Dice::new(seed);
        let (units, filed) = county(Form::current(), 12, &mut dice);
        let own = total_of(&units, &filed);
        assert_eq!(messages(&reviewed(&units, &filed, &own), "R01"), [""; 0]);
        // One unit twice in the county's report.
        let odd = &filed[dice.below(12)];
        let copy = Filed { file: "999.json".to_owned(), report: odd.report.clone() };
        let mut twice = copy.clone();
        twice.report.apply(Report::identity("岚桥县第13镇人民政府", None, 2025));
        let (more, _) = county(Form::current(), 13, &mut Dice::new(0));
        let doubled = total_of(&more, &[&filed[..], &[twice]].concat());
        let said = messages(&reviewed(&units, &filed, &doubled), "R01");
        let expected = format!("正好是{}的数，本级报告可能把它算了两次", odd.report.agency());
        assert!(said.len() == 1 && said[0].contains(&expected), "seed {seed}: {said:?}");
        // One unit left out of it.
        let without: Vec<Filed> = filed.iter().filter(|one| one.file != odd.file).cloned().collect();
        let said = messages(&reviewed(&units, &filed, &total_of(&units, &without)), "R01");
        let expected = format!("正好是{}的数，本级报告可能漏了它", odd.report.agency());
        assert!(said.len() == 1 && said[0].contains(&expected), "seed {seed}: {said:?}");
        // Two versions of one unit, of which the county took one.
        let mut other = copy.clone();
        put(&mut other.report, "proactive/licenses/decisions", "4321");
        let both = [&filed[..], &[other]].concat();
        let review = reviewed(&units, &both, &own);
        let said = messages(&review, "R01");
        let expected = format!("正好是{}（{}）的数，这里没有计入合计", odd.report.agency(), odd.file);
        assert!(said.len() == 1 && said[0].contains(&expected), "seed {seed}: {said:?}");
        assert_eq!(messages(&review, "R02").len(), 1);
        // A unit without a report.
        let review = reviewed(&units, &without, &own);
        assert_eq!(messages(&review, "R02").len(), 1);
        let said = messages(&review, "R01");
        assert!(!said.is_empty() && said.iter().all(|said| said.contains("相差 +")), "{said:?}");
    }
}

#[test]
fn a_slip_in_one_cell_is_told_by_how_much() {
    let mut dice = Dice::new(5);
    let (units, filed) = county(Form::current(), 12, &mut dice);
    let mut own = total_of(&units, &filed);
    let cell = place("proactive/licenses/decisions");
    let sum = own.number(cell).unwrap();
    put(&mut own, "proactive/licenses/decisions", &sum.plus(Decimal::whole(-7777)).to_string());
    let said = messages(&reviewed(&units, &filed, &own), "R01");
    let [said] = &said[..] else { panic!("{said:?}") };
    assert!(
        said.contains("相差 -7777。请核对后改正") && said.contains(&format!("各单位之和 {sum}")),
        "{said}"
    );
}

#[test]
fn carry_over_is_compared_through_mergers() {
    let list = "代码,全称,原名\n1,甲镇人民政府,乙乡人民政府、丙乡人民政府\n2,丁镇人民政府,\n";
    let units = read(list).unwrap();
    let total = "requests/carried_in/total";
    let filed = |agency: &str, year, spelling: &str, count: &str| {
        let mut report = Report::new(Form::current());
        for info in Form::current().cells() {
            report.apply(Edit::set(info.cell, Some(Value::count(0))));
        }
        report.apply(Report::identity(agency, None, year));
        put(&mut report, spelling, count);
        Filed { file: format!("{agency}{year}.json"), report }
    };
    let out = "requests/carried_out/total";
    let mut all = vec![
        filed("甲镇人民政府", 2025, total, "5"),
        filed("丁镇人民政府", 2025, total, "1"),
        filed("乙乡人民政府", 2024, out, "2"),
        filed("丙乡人民政府", 2024, out, "3"),
        filed("丁镇人民政府", 2024, out, "1"),
    ];
    let of = |all: &[Filed]| {
        with(&units, all, Form::current(), |gathered| {
            let review = compare::review(gathered, &gathered.total(Vec::new()), None);
            let unknown = review.unknown.iter().find(|unknown| unknown.rule == "R03");
            (messages(&review, "R03"), unknown.map(|unknown| unknown.reason.clone()))
        })
    };
    assert_eq!(of(&all), (vec![], None));
    // Last year's file sent again is no doubt; another one with another number is.
    all.push(filed("丙乡人民政府", 2024, out, "3"));
    assert_eq!(of(&all), (vec![], None));
    put(&mut all[5].report, out, "4");
    assert!(of(&all).1.unwrap().contains("丙乡人民政府上年的报告有两份"));
    all.pop();
    all[0] = filed("甲镇人民政府", 2025, total, "2");
    let (said, _) = of(&all);
    assert!(
        said.len() == 1 && said[0].contains("各单位之和 3，上年各单位结转下年度之和 6，相差 -3"),
        "{said:?}"
    );
    assert!(said[0].contains("甲镇人民政府上年结转 2，去年结转下年度 5。"), "{said:?}");
    all.push(filed("戊乡人民政府", 2024, out, "9"));
    assert!(of(&all).1.unwrap().contains("戊乡人民政府"));
    all.truncate(4);
    assert!(of(&all).1.unwrap().contains("没有丁镇人民政府上年的报告"));
    assert!(of(&all[..2]).1.unwrap().contains("没有各单位上年的报告"));
}
