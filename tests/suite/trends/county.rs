//! A fictional county: twelve units, four years, one of them missing once, one renamed, and figures that stand out.

use nianbao::form::Form;
use nianbao::report::{Edit, Place, Report, Value};

use crate::sound::Dice;

/// Its register.
pub(crate) const REGISTER: &str = "\
代码,全称,简称,层级,上级,原名
100,岚桥县人民政府,岚桥县,县级政府,,
101,岚桥县青石镇人民政府,,乡镇,100,
102,岚桥县西坪镇人民政府,西坪镇,乡镇,100,岚桥县柳沟乡人民政府
103,岚桥县河口镇人民政府,,乡镇,100,
104,岚桥县石门镇人民政府,,乡镇,100,
105,岚桥县双溪镇人民政府,,乡镇,100,
106,岚桥县大安镇人民政府,,乡镇,100,
107,岚桥县白鹭乡人民政府,,乡镇,100,
108,岚桥县南岭乡人民政府,,乡镇,100,
109,岚桥县松林乡人民政府,,乡镇,100,
110,岚桥县东关街道办事处,,街道,100,
111,岚桥县财政局,,县级部门,100,
112,岚桥县自然资源局,,县级部门,100,
";

/// Each unit: its short name, what its name ends with, and its requests in a usual year.
const UNITS: [(&str, &str, i64); 12] = [
    ("青石镇", "人民政府", 24),
    ("西坪镇", "人民政府", 11),
    ("河口镇", "人民政府", 18),
    ("石门镇", "人民政府", 9),
    ("双溪镇", "人民政府", 14),
    ("大安镇", "人民政府", 31),
    ("白鹭乡", "人民政府", 5),
    ("南岭乡", "人民政府", 3),
    ("松林乡", "人民政府", 0),
    ("东关街道", "办事处", 42),
    ("财政局", "", 38),
    ("自然资源局", "", 160),
];

/// Its reports for 2022 to 2025, with the names of their files.
pub(crate) fn reports() -> Vec<(String, Report)> {
    let mut dice = Dice::new(11);
    let mut reports = Vec::new();
    for (unit, ending, usual) in UNITS {
        let (mut carried, mut in_force) = (0, 4 + die(&mut dice, 9));
        for year in 2022..=2025 {
            let name = match (unit, year) {
                ("西坪镇", ..2024) => "柳沟乡",
                _ => unit,
            };
            let received = match (unit, year) {
                ("财政局", 2025) => 152,
                _ => usual + die(&mut dice, usual / 3 + 1) - usual / 6,
            };
            let report = report(
                (&format!("岚桥县{name}{ending}"), year),
                received,
                &mut carried,
                &mut in_force,
                &mut dice,
            );
            let mut report = report;
            if (unit, year) == ("河口镇", 2025) {
                set(&mut report, "proactive/licenses/decisions", 940);
            }
            if (unit, year) == ("双溪镇", 2025) {
                report.apply(Edit::set(place("requests/petition/total"), Some(Value::Text("/".to_owned()))));
            }
            if (unit, year) != ("白鹭乡", 2023) {
                reports.push((format!("{year}-{unit}.json"), report));
            }
        }
    }
    reports
}

fn die(dice: &mut Dice, below: i64) -> i64 {
    i64::try_from(dice.below(usize::try_from(below.max(1)).unwrap())).unwrap()
}

fn place(spelling: &str) -> Place {
    Place::parse(spelling).unwrap()
}

fn set(report: &mut Report, spelling: &str, count: i64) {
    report.apply(Edit::set(place(spelling), Some(Value::count(count))));
}

/// A report in which the totals of table 3 close and what is carried over is carried on.
fn report(
    (agency, year): (&str, i64),
    received: i64,
    carried: &mut i64,
    in_force: &mut i64,
    dice: &mut Dice,
) -> Report {
    let mut report = Report::new(Form::current());
    for info in Form::current().cells() {
        report.apply(Edit::set(info.cell, Some(Value::count(0))));
    }
    report.apply(Report::identity(agency, None, year));
    let all = received + *carried;
    let carried_out = die(dice, all / 8 + 1);
    let mut rest = all - carried_out;
    set(&mut report, "requests/received/total", received);
    set(&mut report, "requests/carried_in/total", *carried);
    set(&mut report, "requests/concluded/total", rest);
    set(&mut report, "requests/carried_out/total", carried_out);
    *carried = carried_out;
    for (row, share) in [
        ("granted_in_part", 12),
        ("third_party_rights", 10),
        ("internal_affairs", 6),
        ("not_held", 40),
        ("unclear", 8),
        ("petition", 10),
        ("handled_otherwise", 6),
    ] {
        let part = die(dice, all * share / 50 + 1).min(rest);
        set(&mut report, &format!("requests/{row}/total"), part);
        rest -= part;
    }
    set(&mut report, "requests/granted/total", rest);
    let disputes = die(dice, received / 12 + 1);
    set(&mut report, "disputes/reconsideration/total", disputes);
    set(&mut report, "disputes/reconsideration/corrected", die(dice, disputes + 1));
    set(&mut report, "disputes/direct_suit/total", die(dice, received / 30 + 1));
    let issued = die(dice, 4);
    *in_force += issued;
    set(&mut report, "proactive/normative_documents/issued", issued);
    set(&mut report, "proactive/normative_documents/in_force", *in_force);
    set(&mut report, "proactive/licenses/decisions", 60 + die(dice, 80));
    set(&mut report, "proactive/penalties/decisions", 5 + die(dice, 30));
    report
}
