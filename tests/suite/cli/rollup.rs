//! `rollup`: a folder of reports in several formats, a register, and what is written and said.

use nianbao::desk::{Decision, Judgement};
use nianbao::export::Kind;
use nianbao::form::Form;
use nianbao::report::{Place, Report, Value};
use nianbao::store::Judged;

use super::{Desk, Run, report};
use crate::support::written;

const REGISTER: &str = "\
代码,全称,简称,层级,上级,原名
100,岚桥县人民政府,岚桥县,县级政府,,
101,岚桥县青石镇人民政府,,乡镇,100,
102,岚桥县西坪镇人民政府,西坪镇,乡镇,100,柳沟乡人民政府
103,岚桥县财政局,,县级部门,100,
104,岚桥县东关街道办事处,,街道,100,
";

const LICENSES: &str = "proactive/licenses/decisions";
const FEES: &str = "proactive/fees/amount";

/// A report of a unit with so many licenses.
fn of(agency: &str, licenses: &str, changes: &[(&str, &str)]) -> Report {
    let title = format!("{agency}2025年政府信息公开工作年度报告");
    let own = [("@agency", agency), ("@title", &title), (LICENSES, licenses)];
    report(&[&own, changes].concat())
}

/// A desk with the register, and a report of each of its four units, each in another format.
fn county() -> Desk {
    let desk = Desk::new();
    desk.write("名册.csv", REGISTER);
    let unit = |file: &str, agency: &str, licenses: &str, kind| {
        desk.write(file, written(&of(agency, licenses, &[(FEES, "0.25")]), kind));
    };
    unit("年报/a.json", "岚桥县青石镇人民政府", "5", Kind::Json);
    unit("年报/b.docx", "西坪镇", "40", Kind::Word);
    unit("年报/c.html", "岚桥县财政局", "300", Kind::Page);
    unit("年报/d.xlsx", "岚桥县东关街道办事处", "0", Kind::Workbook);
    desk
}

fn account(run: &Run) -> serde_json::Value {
    run.json().pop().unwrap()
}

#[test]
fn only_what_was_accepted_in_review_is_added_up_where_that_is_asked_for() {
    let desk = county();
    let rows = desk.run(&["review", "年报", "--units", "名册.csv", "--json"]).json();
    let judged = Judged::open(&desk.path("library")).unwrap();
    for (row, decision) in rows.iter().zip([Decision::Accepted, Decision::Returned]) {
        let said = Judgement {
            agency: row["agency"].as_str().unwrap().to_owned(),
            year: Some(2025),
            decision: Some(decision),
            ..Judgement::default()
        };
        judged.keep(row["sha256"].as_str().unwrap(), None, &said, None).unwrap();
    }
    let run = desk.run(&["rollup", "年报", "--units", "名册.csv", "--accepted", "--json"]);
    assert_eq!(run.err, "只汇总审阅时已通过的 1 份；另有 3 份没有通过，没有计入。\n");
    let total = account(&run);
    assert_eq!((&total["expected"], &total["counted"]), (&4.into(), &1.into()));
    assert_eq!(total["missing"].as_array().unwrap().len(), 3);
    // The report that was accepted is another one now.
    desk.write("年报/a.json", of("岚桥县青石镇人民政府", "6", &[]).to_json());
    let run = desk.run(&["rollup", "年报", "--units", "名册.csv", "--accepted", "--json"]);
    assert_eq!(run.status, 2, "{run:?}");
}

#[test]
fn a_folder_of_several_formats_is_one_total() {
    let desk = county();
    let run = desk.run(&["rollup", "年报", "--units", "名册.csv", "-o", "全县.json"]);
    assert!(
        run.clean().starts_with("汇总：岚桥县人民政府，2025 年（2021 年表样）\n共 4 个单位，计入 4 个。\n"),
        "{run:?}"
    );
    assert_eq!(run.err, "已写入 全县.json，清单在 全县.json.manifest.json\n");
    let total = Report::from_json(&desk.read("全县.json")).unwrap();
    assert_eq!((total.agency(), total.year()), ("岚桥县人民政府", Some(2025)));
    let at = |place| total.get(Place::parse(place).unwrap()).map(ToString::to_string);
    assert_eq!((at(LICENSES).as_deref(), at(FEES).as_deref()), (Some("345"), Some("1")));
    let cells = total.values().filter(|(place, _)| place.cell().is_some()).count();
    assert_eq!(cells, Form::current().cells().len());
    for out in ["全县.xlsx", "全县.docx", "全县.csv", "全县.md"] {
        desk.run(&["rollup", "年报", "--units", "名册.csv", "-o", out]).clean();
        let read = desk.run(&["show", "--json", out]);
        let read = Report::from_json(&read.out).unwrap();
        assert_eq!(read.get(Place::parse(LICENSES).unwrap()), Some(&Value::count(345)), "{out}");
    }
}

#[test]
fn the_manifest_is_the_same_again_in_any_order() {
    let desk = county();
    desk.write("调整.csv", format!("位置,调整数,理由\n{LICENSES},-1,重复\n"));
    let rest = ["--units", "名册.csv", "--adjust", "调整.csv", "--force", "-o", "年报/全县.json"];
    let mut first: Option<(String, String)> = None;
    for named in [
        &["年报"][..],
        &["./年报/"],
        &["年报/d.xlsx", "年报"],
        &["年报/d.xlsx", "年报/a.json", "年报/c.html", "年报/b.docx", "年报/a.json", "./年报/b.docx"],
    ] {
        let run = desk.run(&[&["rollup"], named, &rest].concat());
        assert!(run.clean().contains("计入 4 个"), "{run:?}");
        let now = (desk.read("年报/全县.json"), desk.read("年报/全县.json.manifest.json"));
        assert!(*first.get_or_insert_with(|| now.clone()) == now, "{named:?}: {}", now.1);
    }
    let manifest: serde_json::Value = serde_json::from_str(&first.unwrap().1).unwrap();
    assert_eq!((&manifest["expected"], &manifest["counted"]), (&4.into(), &4.into()));
    assert_eq!((&manifest["parent"], &manifest["level"]), (&"100".into(), &serde_json::Value::Null));
    assert_eq!(manifest["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(manifest["adjustments"][0]["reason"], "重复");
    let inputs = manifest["inputs"].as_array().unwrap();
    let spelled: Vec<_> =
        inputs.iter().map(|input| (&input["file"], &input["part"], &input["unit"])).collect();
    assert_eq!(spelled[1], (&"年报/b.docx".into(), &"counted".into(), &"102".into()));
    assert!(inputs.iter().all(|input| input["sha256"].as_str().unwrap().len() == 64));
    // Known from elsewhere: the hash of an empty file.
    desk.write("空/x.json", "");
    desk.write("空/y.json", of("岚桥县财政局", "1", &[]).to_json());
    let run = desk.run(&["rollup", "空", "--agency", "岚桥县人民政府", "-o", "空.json"]);
    assert_eq!(run.status, 2, "{run:?}");
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert!(desk.read("空.json.manifest.json").contains(empty));
}

#[test]
fn whoever_is_missing_doubled_unsure_or_unknown_is_told() {
    let desk = county();
    std::fs::remove_file(desk.path("年报/a.json")).unwrap();
    let json = |file: &str, report: Report| {
        desk.write(&format!("年报/{file}"), report.to_json());
    };
    json("e.json", of("青石镇人民政府", "5", &[]));
    json("f.json", of("岚桥县财政局", "301", &[]));
    json("g.json", of("清河县财政局", "1", &[]));
    json("h.json", of("岚桥县人民政府", "1", &[]));
    json("i.json", of("柳沟乡人民政府", "40", &[("@year", "2024")]));
    json("l.json", of("岚桥县财政局", "1", &[("@year", "2020")]));
    json("j.json", of("岚桥县东关街道办事处", "0", &[(FEES, "0.25"), ("problems", "不同的话。")]));
    desk.write("年报/k.txt", "明天下午开会。");
    let arguments = ["rollup", "年报", "--units", "名册.csv", "--year", "2025"];
    let run = desk.run(&arguments);
    assert_eq!(run.status, 2);
    for words in [
        "共 4 个单位，计入 2 个，缺报 1 个，报了几份而数不同的 1 个。",
        "缺报    岚桥县青石镇人民政府（101），有一份可能是它的（年报/e.json），见下",
        "岚桥县财政局有 2 份 2025 年度的报告（年报/c.html、年报/f.json），数不相同",
        "东关街道办事处有 2 份 2025 年度的报告（年报/d.xlsx、年报/j.json），各格的数相同",
        "认不准  年报/e.json：写的是“青石镇人民政府”，可能是岚桥县青石镇人民政府",
        "不认识  年报/g.json：清河县财政局",
        "未计入  年报/h.json：岚桥县人民政府，是本级自己的报告",
        "上年    2024 年的报告 1 份，没有计入，用来核对结转。",
        "未计入  年报/l.json：岚桥县财政局，是 2020 年的",
        "读不了  年报/k.txt：没有认出年度报告",
    ] {
        let said = run.out.replace('\n', "").replace("            ", "");
        let squeezed = |text: &str| text.replace([' ', '\n'], "");
        assert!(squeezed(&said).contains(&squeezed(words)), "{words}:\n{}", run.out);
    }
    let account = account(&desk.run(&[&arguments[..], &["--json"]].concat()));
    assert_eq!(account["missing"], serde_json::json!([{"code": "101", "name": "岚桥县青石镇人民政府"}]));
    assert_eq!(account["duplicates"][0]["counted"], false);
    assert_eq!(account["duplicates"][1]["counted"], true);
    assert_eq!(account["unsure"][0]["candidates"][0]["code"], "101");
    let passed = account["not_counted"].as_array().unwrap();
    let parts: Vec<_> = passed.iter().map(|one| one["part"].as_str().unwrap()).collect();
    assert_eq!(parts, ["unknown", "parent", "last_year", "other_year"]);
    assert_eq!(account["unreadable"][0]["file"], "年报/k.txt");
    let rules: Vec<_> = account["findings"].as_array().unwrap().iter().map(|f| f["rule"].clone()).collect();
    assert_eq!(rules, ["R02", "R02", "R02"]);
    let message = account["findings"][0]["message"].as_str().unwrap();
    assert_eq!(
        message,
        "岚桥县青石镇人民政府没有能计入合计的 2025 年度报告，有一份可能是它的（年报/e.json）。请核对。"
    );
    let mut old = Report::new(Form::from_key("2019").unwrap());
    old.apply(Report::identity("岚桥县青石镇人民政府", None, 2025));
    old.apply(nianbao::report::Edit::set(Place::parse(LICENSES).unwrap(), Some(Value::count(9))));
    json("e.json", old);
    let run = desk.run(&arguments);
    let said = run.out.replace([' ', '\n'], "");
    assert!(
        said.contains("缺报岚桥县青石镇人民政府（101），有一份用的是2019年表样（年报/e.json）"),
        "{}",
        run.out
    );
    assert!(said.contains("未计入年报/e.json：岚桥县青石镇人民政府，用的是2019年表样"), "{}", run.out);
}

#[test]
fn what_is_not_whole_is_told_by_unit_and_a_cell_is_traced_to_its_units() {
    let desk = county();
    desk.write("年报/a.json", of("岚桥县青石镇人民政府", "/", &[(FEES, "")]).to_json());
    desk.write("调整.csv", format!("位置,调整数,理由\n{LICENSES},-3,联合许可重复计算\n"));
    let arguments = ["rollup", "年报", "--units", "名册.csv", "--adjust", "调整.csv", "--trace", LICENSES];
    let run = desk.run(&arguments);
    assert!(run.clean().contains("合计不全的有 2 格"), "{run:?}");
    assert!(run.out.contains("岚桥县青石镇人民政府：2 格"), "{}", run.out);
    let traced = "\
行政许可，本年处理决定数量：337
       300  岚桥县财政局
        40  岚桥县西坪镇人民政府
        -3  调整：联合许可重复计算
         0  另有 1 个单位
            没有填数：岚桥县青石镇人民政府
";
    assert!(run.out.ends_with(traced), "{}", run.out);
    let account = account(&desk.run(&[&arguments[..], &["--json"]].concat()));
    assert_eq!(
        account["incomplete"][0]["units"],
        serde_json::json!([{"name": "岚桥县青石镇人民政府", "text": "/"}])
    );
    assert_eq!(account["trace"][0]["total"], "337");
    assert_eq!(account["trace"][0]["units"][0], serde_json::json!({"name": "岚桥县财政局", "value": "300"}));
    assert_eq!(account["report"]["values"][LICENSES], 337);
    desk.write(
        "年报/c.html",
        written(&of("岚桥县财政局", "300", &[("requests/received/total", "2")]), Kind::Page),
    );
    let run = desk.run(&arguments);
    let said = run.clean().replace([' ', '\n'], "");
    assert!(said.contains("汇总后有2处勾稽不平：岚桥县财政局自己的报告就不平，请退回改正。"), "{said}");
    // What an adjustment breaks is not blamed on a unit alone.
    desk.write("调整.csv", "位置,调整数,理由\nrequests/received/total,-1,重复计算\n");
    let said = desk.run(&arguments).clean().replace([' ', '\n'], "");
    assert!(said.contains("请退回改正；调整表改了一格的，它的合计也要一起调整。"), "{said}");
    let label = desk.run(&["rollup", "年报", "--units", "名册.csv", "--trace", "行政许可 本年处理决定数量"]);
    assert!(label.clean().contains("本年处理决定数量：340\n"), "{label:?}");
}

#[test]
fn a_countys_own_report_is_compared_cell_by_cell() {
    let desk = county();
    let fees = (FEES, "1");
    desk.write("年报/本级.json", of("岚桥县人民政府", "345", &[fees]).to_json());
    let against =
        |desk: &Desk| desk.run(&["rollup", "年报", "--units", "名册.csv", "--against", "年报/本级.json"]);
    assert!(!against(&desk).clean().contains("R01"), "{}", against(&desk).out);
    desk.write("年报/本级.json", of("岚桥县人民政府", "45", &[fees]).to_json());
    let said = against(&desk);
    let said = said.clean().replace([' ', '\n'], "");
    assert!(
        said.contains("本级报告45，各单位之和345，相差-300，正好是岚桥县财政局的数，本级报告可能漏了它"),
        "{said}"
    );
    let last_year = of("岚桥县人民政府", "345", &[fees, ("@year", "2024")]);
    desk.write("年报/本级.json", last_year.to_json());
    assert!(against(&desk).err.contains("是 2024 年的，汇总的是 2025 年"));
}

#[test]
fn what_cannot_be_done_is_said_with_what_to_do() {
    let desk = county();
    let failed = |arguments: &[&str]| {
        let run = desk.run(&[&["rollup", "年报"], arguments].concat());
        let (error, hint) = run.failed();
        (error.to_owned(), hint.to_owned())
    };
    let (error, hint) = failed(&["-o", "全县.json"]);
    assert!(error.contains("哪个机关") && hint.contains("--agency"), "{error}");
    desk.write("坏.csv", "代码,全称,上级\n1,甲镇,\n1,乙镇,9\n");
    let (error, hint) = failed(&["--units", "坏.csv"]);
    assert!(error.contains("“坏.csv”有 2 处要改：\n  第 3 行：代码“1”"), "{error}");
    assert!(hint.contains("看表头"), "{hint}");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, text) in (0..).zip(["代码", "全称"]) {
        sheet.write_string(0, column, text).unwrap();
    }
    sheet.write_number(1, 0, 1).unwrap();
    sheet.write_string(1, 1, "岚桥县财政局").unwrap();
    book.add_worksheet().set_name("乡镇").unwrap().set_hidden(true);
    desk.write("名册.xlsx", book.save_to_buffer().unwrap());
    let hidden = desk.run(&["rollup", "年报", "--units", "名册.xlsx"]);
    assert!(
        hidden.clean().contains("共 1 个单位，计入 1 个")
            && hidden.err.contains("隐藏的工作表没有读入：乡镇")
    );
    assert!(failed(&["--units", "名册.csv", "--parent", "999"]).0.contains("999"));
    assert!(failed(&["--parent", "100"]).0.contains("缺少 --units"));
    assert!(
        failed(&["--units", "名册.csv", "--trace", "requests/recieved/total"])
            .1
            .contains("requests/received/total")
    );
    assert!(failed(&["--units", "名册.csv", "-o", "全县"]).0.contains("什么格式"));
    desk.write("年报/z.json", of("岚桥县财政局", "1", &[("@year", "2024")]).to_json());
    let (error, hint) = failed(&["--units", "名册.csv"]);
    assert!(error.contains("2024 年 1 份、2025 年 4 份") && hint.contains("--year"), "{error}");
    desk.write("全县.json", "不是汇总");
    let (error, _) = failed(&["--units", "名册.csv", "--year", "2025", "-o", "全县.json"]);
    assert!(error.contains("全县.json"), "{error}");
    assert_eq!(desk.read("全县.json"), "不是汇总");
    assert!(!desk.path("全县.json.manifest.json").exists());
}

#[test]
fn without_a_register_every_organ_is_a_unit_and_nobody_can_be_missed() {
    let desk = county();
    desk.write("年报/本级.json", of("岚桥县人民政府", "345", &[]).to_json());
    let run = desk.run(&["rollup", "年报", "--agency", "岚桥县人民政府", "-o", "全县.json"]);
    assert!(
        run.clean().contains("共 4 个单位，计入 4 个。没有单位名册（--units），看不出谁缺报。"),
        "{run:?}"
    );
    assert!(desk.read("全县.json").contains("\"proactive/licenses/decisions\":345"));
}

#[test]
fn last_years_reports_may_lie_elsewhere_and_are_compared_through_mergers() {
    let desk = county();
    let carried = ("requests/carried_out/natural_person", "2");
    for (file, agency, changes) in [
        ("去年/a.json", "岚桥县青石镇人民政府", &[carried][..]),
        ("去年/b.json", "柳沟乡人民政府", &[]),
        ("去年/c.json", "岚桥县财政局", &[]),
        ("去年/d.json", "岚桥县东关街道办事处", &[]),
    ] {
        desk.write(file, of(agency, "1", &[&[("@year", "2024")], changes].concat()).to_json());
    }
    let arguments = ["rollup", "年报", "--last-year", "去年", "--units", "名册.csv"];
    let run = desk.run(&arguments);
    assert!(run.clean().contains("2024 年的报告 4 份"), "{run:?}");
    let account = account(&desk.run(&[&arguments[..], &["--json"]].concat()));
    let finding = &account["findings"][0];
    assert_eq!(
        (&finding["rule"], &finding["places"][0]),
        (&"R03".into(), &"requests/carried_in/natural_person".into())
    );
    let message = finding["message"].as_str().unwrap();
    assert!(message.contains("相差 -2。差在：岚桥县青石镇人民政府上年结转 0"), "{message}");
    assert_eq!(account["findings"].as_array().unwrap().len(), 1);
    let unregistered = desk.run(&["rollup", "年报", "--last-year", "去年"]);
    assert!(unregistered.clean().contains("计入 4 个"), "{unregistered:?}");
}
