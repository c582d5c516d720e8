//! `review --list`: what is told of each file and of whoever has sent nothing, and what the exit status says.

use super::{Desk, saved};

const SLIP: (&str, &str) = ("requests/received/total", "3");

const REGISTER: &str = "代码,全称,简称,上级\nX,岚桥县,,\n1,云溪镇人民政府,,X\n2,岚桥县财政局,,X\n3,南川县柳河镇人民政府,,X\n4,西坪镇人民政府,,X\n";

/// A folder with a report in order, two of one office, one whose unit is not sure and one whose unit is none, one of last
/// year, and a file that is no report.
fn folder() -> Desk {
    let desk = Desk::new();
    desk.write("名册.csv", REGISTER);
    desk.write("报送/1.json", saved(&[("@level", "township")]));
    desk.write("报送/2.json", saved(&[("@agency", "岚桥县财政局"), SLIP]));
    desk.write("报送/3.json", saved(&[("@agency", "岚桥县财政局")]));
    desk.write("报送/4.json", saved(&[("@agency", "柳河镇人民政府")]));
    desk.write("报送/5.json", saved(&[("@agency", "某某公司")]));
    desk.write("报送/6.json", saved(&[("@year", "2024")]));
    desk.write("报送/7.docx", "not a document");
    desk
}

#[test]
fn a_line_of_json_is_spelled_as_other_programs_expect() {
    let desk = folder();
    let run = desk.run(&["review", "报送", "--units", "名册.csv", "--json"]);
    assert_eq!((run.status, run.err.as_str()), (2, ""));
    let lines = run.json();
    let told: Vec<(&str, &str, &str)> = lines
        .iter()
        .map(|line| {
            let text = |key: &str| line[key].as_str().unwrap_or("-");
            (text("file"), text("agency"), text("state"))
        })
        .collect();
    let expected = [
        ("报送/1.json", "云溪镇人民政府", "new"),
        ("报送/2.json", "岚桥县财政局", "new"),
        ("报送/3.json", "岚桥县财政局", "new"),
        ("报送/4.json", "柳河镇人民政府", "new"),
        ("报送/5.json", "某某公司", "new"),
        ("报送/7.docx", "", "unreadable"),
        ("-", "南川县柳河镇人民政府", "missing"),
        ("-", "西坪镇人民政府", "missing"),
        ("报送/6.json", "云溪镇人民政府", "other_year"),
    ];
    assert_eq!(told, expected);
    let marks = |nth: usize| {
        let line = &lines[nth];
        (line["duplicate"] == true, line["unknown_unit"] == true, line["perhaps"].to_string())
    };
    assert_eq!(marks(0), (false, false, "[]".to_owned()));
    assert_eq!((marks(1).0, marks(2).0), (true, true));
    assert_eq!(marks(3), (false, false, "[\"南川县柳河镇人民政府\"]".to_owned()));
    assert_eq!(marks(4), (false, true, "[]".to_owned()));
    assert_eq!((&lines[1]["error"], &lines[2]["error"]), (&2.into(), &0.into()));
    for nth in [5, 6, 8] {
        assert!(lines[nth]["error"].is_null() && lines[nth]["warning"].is_null(), "{}", lines[nth]);
    }
    assert!(lines[5]["unreadable"].as_str().is_some_and(|reason| !reason.is_empty()));
    assert_eq!(lines[5]["sha256"].as_str().map(str::len), Some(64));
    assert!(lines[6]["sha256"].is_null() && lines[6]["unreadable"].is_null());
    let hash = lines[0]["sha256"].as_str().unwrap();
    let whole = format!(
        r#"{{"file":"报送/1.json","agency":"云溪镇人民政府","level":"township","year":2025,"state":"new","duplicate":false,"late":false,"alike":false,"unknown_unit":false,"perhaps":[],"error":0,"warning":{},"untold":{},"unreadable":null,"sha256":"{hash}"}}"#,
        lines[0]["warning"], lines[0]["untold"],
    );
    assert_eq!(run.out.lines().next(), Some(whole.as_str()));
    assert_eq!(desk.run(&["review", "报送", "--units", "名册.csv", "--list", "--json"]).out, run.out);
}

#[test]
fn the_clerk_reads_the_same_in_columns_with_the_sum() {
    let desk = folder();
    let out = desk.run(&["review", "报送", "--units", "名册.csv", "--list"]).out;
    let line = |words: &str| {
        out.lines().find(|line| line.contains(words)).unwrap_or_else(|| panic!("{words}\n{out}"))
    };
    for (file, state, errors) in [
        ("1.json", "未审", 0),
        ("2.json", "未审、重复", 2),
        ("4.json", "未审、认不准", 0),
        ("5.json", "未审、名册外", 0),
    ] {
        let columns = nianbao::width::fit(state, 14, nianbao::width::Ambiguous::Wide);
        assert!(line(file).starts_with(&format!("{columns}错误 {errors} 提示 ")), "{out}");
    }
    assert!(line("西坪").starts_with("缺报 ") && line("西坪").ends_with("2025  西坪镇人民政府"), "{out}");
    assert!(line("2024").starts_with("其他年度 "), "{out}");
    assert!(out.ends_with("共 9 行：未审 5，读不了 1，缺报 2，其他年度 1\n"), "{out}");
    let seven = out.split("报送/7.docx：").nth(1).unwrap();
    assert!(seven.chars().take(10).collect::<String>().trim().chars().count() > 4, "{out}");
}

#[test]
fn the_exit_status_says_whether_anything_is_left_to_do() {
    let desk = folder();
    let status = |arguments: &[&str]| desk.run(&[&["review", "--list"], arguments].concat()).status;
    assert_eq!(status(&["报送"]), 2, "a file cannot be read");
    assert_eq!(status(&["报送/1.json", "报送/6.json"]), 1, "one is to be reviewed");
    desk.write("一家.csv", "代码,全称\n1,岚桥县审计局\n");
    assert_eq!(status(&["报送/6.json", "--year", "2025", "--units", "一家.csv"]), 1, "a unit is missing");
    assert_eq!(status(&["报送/6.json", "--year", "2025"]), 0);
    std::fs::create_dir(desk.path("空")).unwrap();
    for (arguments, said) in [
        (&["没有"][..], "没有“没有”"),
        (&["空"], "空"),
        (&["报送", "--units", "没有.csv"], "没有.csv"),
        (&["报送", "--units", "报送/1.json"], "1.json"),
    ] {
        let run = desk.run(&[&["review", "--list"], arguments].concat());
        let (error, hint) = run.failed();
        assert!(error.contains(said) && !hint.is_empty(), "{run:?}");
        assert_eq!(run.out, "");
    }
}

#[test]
fn listing_makes_nothing_but_what_was_read() {
    let desk = folder();
    desk.run(&["review", "报送", "--units", "名册.csv", "--list"]);
    let entries = std::fs::read_dir(desk.path("library")).unwrap();
    let made: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(made, ["readings"]);
}

#[test]
fn what_was_decided_is_listed_and_what_cannot_be_read_of_it_is_named() {
    let desk = folder();
    let list = |desk: &Desk| desk.run(&["review", "报送", "--json"]);
    let hash = list(&desk).json()[0]["sha256"].as_str().unwrap().to_owned();
    let said = r#"{"agency":"云溪镇人民政府","year":2025,"decision":"returned","last":null,"notes":[]}"#;
    desk.write("library/desk/0.said.json", said);
    let state = |run: &super::Run| {
        let lines = run.json();
        lines.iter().find(|line| line["file"] == "报送/1.json").unwrap()["state"].as_str().unwrap().to_owned()
    };
    assert_eq!(state(&list(&desk)), "revised");
    let last =
        list(&desk).json().iter().find(|line| line["file"] == "报送/6.json").unwrap()["sha256"].clone();
    std::fs::write(
        desk.path(&format!("library/desk/{hash}.said.json")),
        said.replace("\"last\":null", &format!("\"last\":{last}")),
    )
    .unwrap();
    assert_eq!(state(&list(&desk)), "returned");
    desk.write("library/desk/1.said.json", "{");
    let run = list(&desk);
    assert_eq!(state(&run), "returned");
    assert!(run.err.contains("1.said.json") && run.err.contains("没有算上"), "{}", run.err);
}

#[test]
fn the_same_file_named_twice_is_there_once() {
    let desk = folder();
    let run = desk.run(&["review", "报送/1.json", "报送/2.json", "报送/1.json", "./报送/2.json", "--json"]);
    assert_eq!(run.json().len(), 2, "{}", run.out);
}

#[test]
fn what_was_published_after_the_day_on_which_it_was_due_is_marked() {
    let desk = Desk::new();
    for (file, day) in [("早", "2025-12-20"), ("准时", "2026-01-20"), ("晚", "2026-04-20")] {
        desk.write(&format!("报送/{file}.json"), saved(&[("@published", day)]));
    }
    let rows = desk.run(&["review", "报送", "--json"]).json();
    let late = |file: &str| {
        rows.iter().find(|row| row["file"] == format!("报送/{file}.json")).unwrap()["late"] == true
    };
    assert_eq!([late("早"), late("准时"), late("晚")], [false, false, true]);
    assert!(desk.run(&["review", "报送", "--list"]).out.contains("、逾期"));
}
