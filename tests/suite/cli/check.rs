//! `check`: one line a file, in the order given, each on its own; directories; exit statuses.

use super::{Desk, saved};

/// Prose that a rule of severity warning finds fault with.
const STALE: (&str, &str) = ("other_matters", "2024年，我镇未收取信息处理费。");

/// A slip that a rule of severity error finds fault with.
const SLIP: (&str, &str) = ("requests/received/total", "3");

#[test]
fn a_line_of_json_is_spelled_as_other_programs_expect() {
    let desk = Desk::new();
    let sound = desk.write("一.json", saved(&[]));
    let stale = desk.write("二.json", saved(&[STALE]));
    let run = desk.run(&["check", "--json", "--no-rule", "I06,L,Y02,Y03,Y05,Y06,Y07,Y08,Y09", stale, sound]);
    let stale = r#"{"file":"二.json","agency":"云溪镇人民政府","year":2025,"form":"2021","counts":{"error":0,"warning":1,"info":0,"unknown":1},"findings":[{"rule":"I02","name":"stale-year","severity":"warning","message":"写的是“2024年”，报告年度是 2025 年。沿用上年文稿漏改的，请改为 2025 年。","places":["other_matters"],"quote":{"section":"other_matters","start":0,"end":5,"text":"2024年"},"fixes":[{"title":"“2024年”改为“2025年”","set":{"other_matters":"2025年，我镇未收取信息处理费。"}}],"waived":null}],"unknown":[{"rule":"Y01","reason":"没有上年报告，未核对"}]}"#;
    let sound = r#"{"file":"一.json","agency":"云溪镇人民政府","year":2025,"form":"2021","counts":{"error":0,"warning":0,"info":0,"unknown":1},"findings":[],"unknown":[{"rule":"Y01","reason":"没有上年报告，未核对"}]}"#;
    assert_eq!(run.clean(), format!("{stale}\n{sound}\n"));
    assert_eq!(run.err, "");
    let line = |arguments: &[&str]| desk.run(&[&["check", "二.json"], arguments].concat()).out;
    assert_eq!(line(&["--format", "json"]), line(&["--json"]));
}

#[test]
fn what_is_not_known_is_null_and_counted() {
    let desk = Desk::new();
    let blank = desk.write("blank.json", r#"{"schema":1,"form":"2021","values":{},"notices":[]}"#);
    let line = &desk.run(&["check", "--json", blank]).json()[0];
    assert_eq!((&line["agency"], &line["year"]), (&serde_json::Value::Null, &serde_json::Value::Null));
    assert!(line["counts"]["unknown"].as_u64() > Some(0));
    let slip = desk.write("slip.json", saved(&[SLIP]));
    let findings = desk.run(&["check", "--json", slip]).json()[0]["findings"].clone();
    let first = &findings[0];
    assert_eq!((&first["rule"], &first["severity"]), (&"A01".into(), &"error".into()));
    assert_eq!(first["quote"], serde_json::Value::Null);
    let slips = findings.as_array().unwrap().iter().find(|finding| finding["rule"] == "A08").unwrap();
    assert_eq!(slips["fixes"][0]["set"], serde_json::json!({"requests/received/total": 0}));
}

#[test]
fn a_file_that_cannot_be_read_is_a_line_and_does_not_stop_the_rest() {
    let desk = Desk::new();
    let sound = desk.write("sound.json", saved(&[]));
    let newer = desk.write("newer.json", r#"{"schema":9,"form":"2021","values":{}}"#);
    let run = desk.run(&["check", "--json", "nowhere.json", newer, sound]);
    assert_eq!(run.status, 2);
    let lines = run.json();
    assert_eq!(lines.len(), 3);
    for (line, file) in lines.iter().zip(["nowhere.json", "newer.json"]) {
        assert_eq!(line["file"], file);
        assert!(!line["error"].as_str().unwrap().is_empty());
        assert_eq!(line.as_object().unwrap().len(), 2);
    }
    assert_eq!(lines[2]["findings"], serde_json::json!([]));
}

#[test]
fn neither_the_others_nor_their_order_change_a_line() {
    let desk = Desk::new();
    let files = ["a.json", "b.json", "c.json"];
    for (file, changes) in files.iter().zip([vec![SLIP], vec![], vec![STALE, SLIP]]) {
        desk.write(file, saved(&changes));
    }
    let alone: Vec<String> = files.iter().map(|file| desk.run(&["check", "--json", file]).out).collect();
    assert_eq!(desk.run(&["check", "--json", "a.json", "b.json", "c.json"]).out, alone.concat());
    let reversed: String = alone.iter().rev().map(String::as_str).collect();
    assert_eq!(desk.run(&["check", "c.json", "b.json", "a.json", "--json"]).out, reversed);
}

#[test]
fn a_directory_is_read_to_the_bottom_in_byte_order() {
    let desk = Desk::new();
    for name in ["年报/b.json", "年报/a/z.json", "年报/a.json", "年报/a-1.json", "年报/乙/深/x.json"]
    {
        desk.write(name, saved(&[]));
    }
    for hidden in ["年报/.swp.json", "年报/~$b.docx", "年报/.git/x.json"] {
        desk.write(hidden, "not a report");
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink("..", desk.path("年报/a/loop")).unwrap();
    let run = desk.run(&["check", "--json", "年报"]);
    let files: Vec<String> =
        run.json().iter().map(|line| line["file"].as_str().unwrap().to_owned()).collect();
    assert_eq!(files, ["年报/a-1.json", "年报/a.json", "年报/a/z.json", "年报/b.json", "年报/乙/深/x.json"]);
    assert_eq!(run.status, 0, "{}", run.err);
}

#[test]
fn the_exit_status_is_what_was_asked_to_count() {
    let desk = Desk::new();
    desk.write("sound.json", saved(&[]));
    desk.write("stale.json", saved(&[STALE]));
    desk.write("slip.json", saved(&[SLIP]));
    for (arguments, status) in [
        (&["sound.json", "--deny", "info"][..], 0),
        (&["stale.json"], 0),
        (&["stale.json", "--deny", "error"], 0),
        (&["stale.json", "--deny", "warning"], 1),
        (&["stale.json", "--deny", "info", "--json"], 1),
        (&["slip.json"], 1),
        (&["sound.json", "slip.json", "sound.json"], 1),
        (&["slip.json", "nowhere.json"], 2),
    ] {
        let run = desk.run(&[&["check"], arguments].concat());
        assert_eq!(run.status, status, "{arguments:?}");
    }
}

#[test]
fn the_clerk_reads_findings_by_section_with_what_to_do() {
    let desk = Desk::new();
    let file = desk.write("x.json", saved(&[STALE, SLIP, ("@title", "")]));
    let out = desk.run(&["check", file]).out;
    let at = |text: &str| out.find(text).unwrap_or_else(|| panic!("{text} is not in\n{out}"));
    assert!(at("封面") < at("I01") && at("I01") < at("三、收到和处理政府信息公开申请情况"), "{out}");
    assert!(at("三、收到和处理政府信息公开申请情况") < at("I02"), "{out}");
    assert!(at("改法：“2024年”改为“2025年”") < at("合计：错误 2，提示 2，参考 1"), "{out}");
    let widest = out.lines().map(|line| nianbao::width::width(line, Default::default())).max();
    assert!(widest <= Some(82), "{widest:?}: one closing mark may stick out\n{out}");
}

#[test]
fn standard_input_is_a_file() {
    let desk = Desk::new();
    let run = desk.feed(&["check", "--json", "-"], saved(&[STALE]).as_bytes());
    assert_eq!(run.json()[0]["file"], "-");
    assert_eq!(run.json()[0]["counts"]["warning"], 1);
}

#[test]
fn rules_are_chosen_by_id_name_or_family() {
    let desk = Desk::new();
    let file = desk.write("x.json", saved(&[STALE, SLIP]));
    let found = |arguments: &[&str]| -> Vec<String> {
        let line = &desk.run(&[&["check", "--json", file], arguments].concat()).json()[0];
        let rules =
            line["findings"].as_array().unwrap().iter().map(|finding| finding["rule"].as_str().unwrap());
        rules.map(str::to_owned).collect()
    };
    assert_eq!(found(&[]), ["A01", "A03", "A08", "I02"]);
    assert_eq!(found(&["--rule", "i02,row-total"]), ["A03", "I02"]);
    assert_eq!(found(&["--rule", "A", "--no-rule", "A08"]), ["A01", "A03"]);
    assert_eq!(found(&["--no-rule", "A", "--no-rule", "stale-year"]), [""; 0]);
    let run = desk.run(&["check", file, "--rule", "Q"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("没有“Q”这条规则"), "{}", run.err);
}

#[test]
fn a_fix_that_mends_several_findings_is_said_in_full_once() {
    let desk = Desk::new();
    let twice = [("requests/granted/natural_person", "9"), ("requests/granted/total", "9")];
    let run = desk.run(&["check", desk.write("x.json", saved(&twice))]);
    // Of the three findings that it mends the first says it in full.
    let whole = run.out.matches("（几处分别填错）").count();
    let begun = run.out.lines().filter(|line| line.contains("改法：") && line.ends_with("..")).count();
    assert_eq!((whole, begun), (1, 2), "{}", run.out);
}

#[test]
fn last_year_is_a_file_a_directory_or_found_in_the_library() {
    let desk = Desk::new();
    let now = desk.write("now.json", saved(&[]));
    let then = [
        ("@year", "2024"),
        ("requests/carried_out/natural_person", "2"),
        ("requests/carried_out/total", "2"),
    ];
    desk.write("2024/a.json", saved(&then));
    desk.write("2024/b.json", saved(&[("@year", "2024"), ("@agency", "白石镇人民政府")]));
    desk.write("2023.json", saved(&[("@year", "2023")]));
    let y01 = |last: &str| {
        let run = desk.run(&["check", "--json", "--rule", "Y01", now, "--last-year", last]);
        let line = &run.json()[0];
        (line["findings"].as_array().unwrap().len(), line["counts"]["unknown"].as_u64().unwrap(), run.err)
    };
    assert_eq!(y01("2024/a.json"), (1, 0, String::new()));
    assert_eq!(y01("2024"), (1, 0, String::new()));
    assert_eq!(y01("auto"), (0, 1, String::new()));
    desk.run(&["import", "2024/a.json", "2024/b.json"]);
    assert_eq!(y01("auto"), (1, 0, String::new()));
    let (found, unknown, said) = y01("2023.json");
    assert_eq!((found, unknown), (0, 1));
    assert!(said.contains("云溪镇人民政府 2023 年的"), "{said}");
    let (found, unknown, said) = y01("2024/b.json");
    assert_eq!((found, unknown), (0, 1));
    assert!(said.contains("白石镇人民政府 2024 年的"), "{said}");
    assert_eq!(desk.run(&["check", now, "--last-year", "nowhere.json"]).status, 2);
}

#[test]
fn copies_are_found_among_the_reports_of_one_run_where_it_is_asked_for() {
    let desk = Desk::new();
    let prose = "围绕群众关心的惠农补贴、村庄规划和集体资产管理开展公开，在便民服务大厅设查阅点，每月逢集到各村宣讲，印制明白纸并入户发放；\
                 对群众提出的疑问由驻村干部现场解答，答复不了的登记转办并在十日内回话。年内修订公开目录，压缩重复栏目，把低保、危房改造等事项集中到一张清单上。";
    desk.write("all/a.json", saved(&[("overview", prose)]));
    desk.write("all/b.json", saved(&[("overview", prose), ("@agency", "白石镇人民政府")]));
    desk.write("all/c.json", saved(&[("@agency", "青岩镇人民政府")]));
    let lines = desk.run(&["check", "--json", "--rule", "G01", "--across", "all"]).json();
    let found = |nth: usize| lines[nth]["findings"].as_array().unwrap().len();
    assert_eq!([found(0), found(1), found(2)], [1, 1, 0]);
    assert!(lines[0]["findings"][0]["message"].as_str().unwrap().contains("白石镇人民政府"));
    for alone in [&["all/a.json", "--across"][..], &["all"]] {
        let lines = desk.run(&[&["check", "--json", "--rule", "G01"], alone].concat()).json();
        assert_eq!(lines[0]["findings"], serde_json::json!([]));
    }
    let told =
        |arguments: &[&str]| desk.run(&[&["check", "all"], arguments].concat()).err.contains("G01 没有查");
    assert!(told(&["--rule", "A01,G01"]));
    assert!(!told(&["--rule", "A01,G01", "--no-rule", "G01"]));
    assert!(!told(&["--rule", "G01", "--across"]) && !told(&["--rule", "A01"]) && !told(&[]));
}

#[test]
fn the_sentence_is_shown_with_the_words_marked() {
    let desk = Desk::new();
    let file = desk.write("x.json", saved(&[STALE]));
    let out = desk.run(&["check", file]).out;
    assert!(out.contains("原文：【2024年】，我镇未收取信息处理费。"), "{out}");
    assert!(out.contains("Y01至Y03、Y05至Y09：没有上年报告，未核对"), "{out}");
}

/// The schema of SARIF 2.1.0 (OASIS), its descriptions left out and the pattern of languages, which is none, put right.
const SARIF: &str = include_str!("../../data/sarif-2.1.0.json");

#[test]
fn the_sarif_log_is_one_by_the_schema_of_the_standard() {
    let schema = serde_json::from_str(SARIF).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let desk = Desk::new();
    let file = desk.write("报送 1/x#1.json", saved(&[STALE, SLIP, ("overview", "公开信息77条。。")]));
    let run = desk.run(&["check", "--format", "sarif", file, "nowhere.json"]);
    let log = &run.json()[0];
    let faults: Vec<String> = validator.iter_errors(log).map(|error| error.to_string()).collect();
    assert!(faults.is_empty(), "{faults:?}");
    let results = log["runs"][0]["results"].as_array().unwrap();
    let found =
        |rule: &str| results.iter().any(|result| result["ruleId"] == rule && result["kind"] != "open");
    assert!(found("A01") && found("I02") && found("T01"));
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
    // The validator is one: without its version the log is none.
    let mut broken = log.clone();
    broken.as_object_mut().unwrap().remove("version");
    assert!(!validator.is_valid(&broken));
}

#[test]
fn a_file_that_cannot_be_read_is_named_with_the_remedy() {
    let desk = Desk::new();
    let (hello, broken) =
        (desk.write("hello.txt", "你好"), desk.write("broken.json", "{\"schema\":1,\n\"form\":}"));
    let alone = desk.run(&["check", hello]);
    assert!(alone.err.contains("hello.txt：") && alone.err.contains("提示："), "{}", alone.err);
    let several = desk.run(&["check", hello, broken]).err;
    assert!(!several.contains("提示："), "{several}");
    // What the reader of JSON says in English is put into words.
    assert!(several.contains("第 2 行第 8 个字节不合写法"), "{several}");
    assert!(!several.contains("expected") && !several.contains("column"), "{several}");
}
