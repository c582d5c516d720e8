//! `compare`: two versions, two years, two forms; what is said, what other programs read, exit statuses.

use nianbao::export::Kind;
use nianbao::form::Form;
use nianbao::report::{Edit, Place, Report, Value};

use super::{Desk, Run, report, saved};
use crate::support::written;

/// What the office handed in,
const RETURNED: &[(&str, &str)] = &[
    ("requests/received/business", "3"),
    ("requests/received/total", "3"),
    ("problems", "存在更新不及时的问题，下一步按月检查。人员力量不足。"),
    ("other_matters", "2024年，我镇未收取信息处理费。"),
];

/// and what came back.
const MENDED: &[(&str, &str)] = &[
    ("@published", "2026-01-15"),
    ("requests/received/business", "3"),
    ("requests/received/total", "3"),
    ("requests/carried_out/total", "2"),
    ("problems", "存在更新有时不及时的问题，下一步按月检查。已增加专人。"),
    ("other_matters", "2025年，我镇未收取信息处理费。"),
];

const LAST_YEAR: &[(&str, &str)] = &[
    ("@year", "2024"),
    ("overview", "2024年，我镇主动公开信息7条，举办培训1次。收到依申请公开1件。"),
    ("proactive/licenses/decisions", "40"),
    ("proactive/fees/amount", "3.5"),
    ("requests/received/business", "12"),
];

const THIS_YEAR: &[(&str, &str)] = &[
    ("overview", "2025年，我镇主动公开信息12条，举办培训3次。加强了审核。"),
    ("proactive/licenses/decisions", "50"),
    ("proactive/fees/amount", "10.5"),
    ("proactive/penalties/decisions", "4"),
];

fn desk(files: [&[(&str, &str)]; 2]) -> Desk {
    let desk = Desk::new();
    desk.write("原.json", saved(files[0]));
    desk.write("新.json", saved(files[1]));
    desk
}

fn differing(desk: &Desk, arguments: &[&str]) -> Run {
    let run = desk.run(&[&["compare"], arguments].concat());
    assert_eq!((run.status, run.err.as_str()), (1, ""), "{run:?}");
    run
}

#[test]
fn a_returned_report_is_told_by_section_with_its_findings() {
    let out = differing(&desk([RETURNED, MENDED]), &["原.json", "新.json"]).out;
    let expected = "\
前一份：原.json：云溪镇人民政府，2025 年（2021 年表样）
后一份：新.json：云溪镇人民政府，2025 年（2021 年表样）

封面
  发布日期  空白 → 2026-01-15

三、收到和处理政府信息公开申请情况
  0 → 2  +2  四、结转下年度继续办理，总计

五、存在的主要问题及改进情况
  改动  前：存在更新不及时的问题，下一步按月检查。
        后：存在更新【有时】不及时的问题，下一步按月检查。
  删去  人员力量不足。
  增加  已增加专人。

六、其他需要报告的事项
  改动  前：【2024】年，我镇未收取信息处理费。
        后：【2025】年，我镇未收取信息处理费。

已经改好的问题（";
    assert!(out.starts_with(expected), "{out}");
    let (gone, rest) = out.split_once("新出现的问题（").unwrap();
    let (new, still) = rest.split_once("仍然有的问题（").unwrap();
    assert!(gone.contains("提示 I02  六、其他需要报告的事项：写的是“2024年”"), "{out}");
    assert!(new.contains("错误 A03") && !new.contains("I02"), "{out}");
    // The column of the totals still does not close, with other numbers.
    assert!(still.contains("错误 A01") && still.contains("0 + 2 = 2"), "{out}");
    assert!(still.contains("合计：1 格、2 部分文字、1 项封面内容不同，另有 199 格相同"), "{out}");
}

#[test]
fn two_years_are_told_with_differences_and_ratios_and_without_findings() {
    let out = differing(&desk([LAST_YEAR, THIS_YEAR]), &["原.json", "新.json"]).out;
    let expected = "\
前一份：原.json：云溪镇人民政府，2024 年（2021 年表样）
后一份：新.json：云溪镇人民政府，2025 年（2021 年表样）

封面
  年度  2024 → 2025

一、总体情况
  改动  前：【2024】年，我镇主动公开信息【7】条，举办培训【1】次。
        后：【2025】年，我镇主动公开信息【12】条，举办培训【3】次。
  删去  收到依申请公开1件。
  增加  加强了审核。

二、主动公开政府信息情况
   40 →   50   +10  增长 25%  行政许可，本年处理决定数量
    0 →    4    +4  基数为 0  行政处罚，本年处理决定数量
  3.5 → 10.5  +7.0   为 3 倍  行政事业性收费，本年收费金额（单位：万元）

三、收到和处理政府信息公开申请情况
  12 → 0  -12  下降 100%  一、本年新收政府信息公开申请数量，商业企业

合计：4 格、1 部分文字、1 项封面内容不同，另有 196 格相同。
";
    assert_eq!(out, expected);
}

#[test]
fn a_line_of_json_is_spelled_as_other_programs_expect() {
    let years = differing(&desk([LAST_YEAR, THIS_YEAR]), &["--json", "原.json", "新.json"]);
    let expected = r#"{"old":{"file":"原.json","agency":"云溪镇人民政府","year":2024,"form":"2021"},"new":{"file":"新.json","agency":"云溪镇人民政府","year":2025,"form":"2021"},"occasion":"years","warnings":[],"fields":[{"place":"@year","old":2024,"new":2025}],"cells":[{"place":"proactive/licenses/decisions","old":40,"new":50,"difference":10,"per_mille":1250},{"place":"proactive/penalties/decisions","old":0,"new":4,"difference":4,"per_mille":null},{"place":"proactive/fees/amount","old":"3.5","new":"10.5","difference":"7.0","per_mille":3000},{"place":"requests/received/business","old":12,"new":0,"difference":-12,"per_mille":0}],"prose":[{"place":"overview","same":0,"sentences":[{"change":"changed","old":"2024年，我镇主动公开信息7条，举办培训1次。","new":"2025年，我镇主动公开信息12条，举办培训3次。","words":[["2024","2025"],["年，我镇主动公开信息","年，我镇主动公开信息"],["7","12"],["条，举办培训","条，举办培训"],["1","3"],["次。","次。"]]},{"change":"removed","old":"收到依申请公开1件。","new":null,"words":[]},{"change":"added","old":null,"new":"加强了审核。","words":[]}]}],"same_cells":196,"left_out":{"old":0,"new":0},"findings":null}"#;
    assert_eq!(years.out, format!("{expected}\n"));
    let line = &differing(&desk([RETURNED, MENDED]), &["--json", "原.json", "新.json"]).json()[0];
    assert_eq!(line["occasion"], "versions");
    let gone = &line["findings"]["gone"].as_array().unwrap().last().unwrap();
    assert_eq!((&gone["rule"], &gone["places"]), (&"I02".into(), &serde_json::json!(["other_matters"])));
    let still = line["findings"]["still"].as_array().unwrap();
    let with_other_numbers = still.iter().filter(|finding| !finding["before"].is_null()).count();
    assert!(with_other_numbers > 0 && with_other_numbers < still.len(), "{still:?}");
}

#[test]
fn the_same_report_in_another_format_or_from_elsewhere_does_not_differ() {
    let desk = desk([RETURNED, RETURNED]);
    assert!(desk.run(&["compare", "原.json", "新.json"]).clean().contains("合计：内容没有不同"));
    let whole = saved(RETURNED);
    for arguments in [["-", "新.json"], ["新.json", "-"]] {
        let run = desk.feed(&[&["compare"][..], &arguments].concat(), whole.as_bytes());
        assert_eq!(run.status, 0, "{run:?}");
    }
    let id = desk.run(&["import", "原.json"]).clean().trim().to_owned();
    assert_eq!(desk.run(&["compare", &id, "新.json"]).status, 0);
    assert_eq!(desk.run(&["compare", "新.json", &id, "--json"]).status, 0);
    desk.write("页.html", written(&report(RETURNED), Kind::Page));
    let out = differing(&desk, &["原.json", "页.html"]).out;
    assert!(out.contains("合计：0 格、0 部分文字"), "{out}");
}

#[test]
fn of_two_forms_and_two_organs_what_cannot_be_compared_is_said() {
    let desk = desk([&[], THIS_YEAR]);
    let mut old = Report::new(Form::from_key("2019").unwrap());
    old.apply(Report::identity("青石镇人民政府", None, 2020));
    for (place, count) in [("requests/received/total", 7), ("proactive/regulations/produced", 2)] {
        old.apply(Edit::set(Place::parse(place).unwrap(), Some(Value::count(count))));
    }
    desk.write("旧表.json", old.to_json());
    let out = differing(&desk, &["旧表.json", "新.json"]).out.replace("\n      ", "");
    assert!(out.contains("机关不同：前一份是“青石镇人民政府”，后一份是“云溪镇人民政府”"), "{out}");
    assert!(out.contains("前一份另有 1 格、后一份另有 "), "{out}");
    assert!(out.contains("一、本年新收政府信息公开申请数量，总计") && out.contains("7 → "), "{out}");
    let line = &differing(&desk, &["--json", "旧表.json", "新.json"]).json()[0];
    assert_eq!(line["left_out"]["old"], 1);
    assert_eq!(line["warnings"].as_array().unwrap().len(), 2);
}

#[test]
fn between_two_years_what_was_not_read_cleanly_is_said_beside_the_result() {
    let desk = desk([LAST_YEAR, THIS_YEAR]);
    let plain = r#""proactive/licenses/decisions":50"#;
    desk.write("新.json", saved(THIS_YEAR).replace(plain, r#""proactive/licenses/decisions":"50件""#));
    let run = desk.run(&["compare", "原.json", "新.json"]);
    assert!(run.err.contains("新.json：读入时有 1 处请核对") && !run.err.contains("原.json"), "{run:?}");
    assert_eq!(run.status, 1);
    assert!(run.out.contains("40 →   50"), "{run:?}");
}

#[test]
fn what_cannot_be_read_is_named_and_is_trouble() {
    let desk = desk([&[], &[]]);
    desk.write("坏.json", r#"{"schema":9,"form":"2021","values":{}}"#);
    for (arguments, says) in [
        (["-", "-"], "标准输入"),
        (["原.json", "没有.json"], "没有.json"),
        (["坏.json", "新.json"], "坏.json"),
        (["原.json", "坏.json"], "坏.json"),
    ] {
        let run = desk.run(&[&["compare"][..], &arguments].concat());
        assert!(run.failed().0.contains(says) && run.out.is_empty(), "{run:?}");
    }
    let help = desk.run(&["compare", "--help"]);
    assert!(help.clean().contains("退出状态：0 没有不同；1 有不同；2 没能做成。"), "{}", help.out);
}

#[test]
fn both_are_checked_against_the_same_last_year() {
    let desk = desk([&[("requests/carried_in/business", "1")], &[("requests/carried_in/business", "2")]]);
    desk.write("去年.json", saved(&[("@year", "2024"), ("requests/carried_out/business", "2")]));
    let out = differing(&desk, &["原.json", "新.json", "--last-year", "去年.json"]).out;
    let (gone, _) = out.split_once("合计：").unwrap();
    assert!(gone.contains("已经改好的问题") && gone.contains("Y01"), "{out}");
}
