//! Trends over a fictional county: what is said in the terminal, what is on the page, and what other programs read.

mod county;
mod page;

use nianbao::trends::Measure;
use serde_json::Value as Json;

use crate::cli::{Desk, Run};
use crate::support::snapshot;

/// A desk with the register and the reports of the county.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("名册.csv", county::REGISTER);
    for (file, report) in county::reports() {
        desk.write(&format!("年报/{file}"), report.to_json());
    }
    desk
}

fn account(run: &Run) -> Json {
    run.json().pop().unwrap()
}

#[test]
fn the_terminal_shows_what_is_kept() {
    let run = desk().run(&["trends", "年报", "--units", "名册.csv"]);
    let (fits, wide) = (80, nianbao::width::Ambiguous::Wide);
    for line in run.clean().lines() {
        let columns = nianbao::width::width(line, wide);
        assert!(columns <= fits, "{columns}: {line}");
        let narrow = nianbao::width::width(line, nianbao::width::Ambiguous::Narrow);
        let is_aligned = line.contains('#') || line.ends_with('%');
        assert!(!is_aligned || columns == narrow, "of one width on every terminal: {line}");
    }
    snapshot("screens/trends.txt", &run.out);
}

#[test]
fn a_number_is_printed_whole_however_long_it_is() {
    let desk = Desk::new();
    for (file, year) in [("a.json", "2024"), ("b.json", "2025")] {
        desk.write(file, crate::cli::saved(&[("@year", year), ("requests/received/total", "123456789012")]));
    }
    let run = desk.run(&["trends", "a.json", "b.json"]);
    assert!(run.clean().contains("  123456789012  123456789012  持平"), "{run:?}");
    assert!(run.out.contains("  123456789012  123456789012  ####"), "{run:?}");
}

#[test]
fn the_order_of_files_changes_nothing() {
    let desk = desk();
    let files: Vec<String> = county::reports().into_iter().map(|(file, _)| format!("年报/{file}")).collect();
    let mut expected: Option<(String, String)> = None;
    for turn in [0, 1, 17, 40] {
        let mut files = files.clone();
        files.rotate_left(turn);
        if turn % 2 == 1 {
            files.reverse();
        }
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        let rest = ["--units", "名册.csv", "--json", "--force", "-o", "趋势.html"];
        let run = desk.run(&[&["trends"], &files[..], &rest].concat());
        let now = (run.clean().to_owned(), desk.read("趋势.html"));
        assert!(*expected.get_or_insert_with(|| now.clone()) == now, "{turn}");
    }
}

#[test]
fn other_programs_read_every_figure_by_name() {
    let run = desk().run(&["trends", "年报", "--units", "名册.csv", "--json"]);
    assert_eq!(run.status, 0, "{run:?}");
    let account = account(&run);
    assert_eq!((&account["year"], &account["expected"]), (&2025.into(), &12.into()));
    let year = |year: i64| {
        let years = account["years"].as_array().unwrap();
        years.iter().find(|one| one["year"] == year).unwrap().clone()
    };
    assert_eq!(
        (&year(2023)["reported"], &year(2023)["missing"][0]),
        (&11.into(), &"岚桥县白鹭乡人民政府".into())
    );
    assert_eq!(year(2024)["changes"]["received"]["units"], 11, "only those that reported in both years");
    let units = account["units"].as_array().unwrap();
    for measure in Measure::ALL {
        let of =
            |one: &Json| one["years"].as_array().unwrap().iter().find(|one| one["year"] == 2025).cloned();
        let counts: Vec<i64> =
            units.iter().filter_map(|one| of(one)?["figures"][measure.key()].as_i64()).collect();
        let total = &year(2025)["totals"][measure.key()];
        assert_eq!(total["sum"], counts.iter().sum::<i64>(), "{}", measure.key());
        assert_eq!(total["units"], counts.len(), "{}", measure.key());
    }
    // 西坪镇 was 柳沟乡 until 2023.
    let renamed = units.iter().find(|one| one["name"] == "岚桥县西坪镇人民政府").unwrap();
    assert_eq!(renamed["years"].as_array().unwrap().len(), 4);
    let outliers = account["outliers"].as_array().unwrap();
    let planted: Vec<(&str, &str, &str)> = outliers
        .iter()
        .map(|one| {
            let against = if one["peers"].is_null() { "last_year" } else { "peers" };
            (one["unit"].as_str().unwrap(), one["figure"].as_str().unwrap(), against)
        })
        .collect();
    assert!(planted.contains(&("岚桥县财政局", "received", "last_year")), "{planted:?}");
    assert!(planted.contains(&("岚桥县河口镇人民政府", "licenses", "peers")), "{planted:?}");
}

#[test]
fn what_is_not_counted_is_told_and_stops_nothing() {
    let desk = desk();
    let other = |file: &str, changes: &[(&str, &str)]| {
        desk.write(&format!("年报/{file}"), crate::cli::saved(changes));
    };
    other("a.json", &[("@agency", "岚桥县财政局"), ("@year", "2022"), ("requests/received/total", "9")]);
    other("b.json", &[("@agency", "青石镇人民政府")]);
    other("c.json", &[("@agency", "岚桥县人民政府")]);
    other("d.json", &[("@agency", "岚桥县财政局"), ("@year", "2018")]);
    other("e.json", &[("@agency", "岚桥县财政局"), ("@year", "2020")]);
    other("f.json", &[("@agency", "清河县财政局")]);
    desk.write("年报/z.txt", "明天下午开会。");
    let run = desk.run(&["trends", "年报", "--units", "名册.csv"]);
    assert_eq!(run.status, 2, "{run:?}");
    let said = run.out.replace([' ', '\n'], "");
    for words in [
        "重报岚桥县财政局有2份2022年度的报告（年报/2022-财政局.json、年报/a.json），数不相同，都没有计入。",
        "认不准年报/b.json：写的是“青石镇人民政府”，可能是岚桥县青石镇人民政府",
        "未计入年报/c.json：岚桥县人民政府，是本级自己的报告",
        "未计入年报/d.json：岚桥县财政局，写的是2018年，那时没有统一的表样",
        "未计入年报/e.json：岚桥县财政局，2020年度的用了2021年表样",
        "不认识年报/f.json：清河县财政局",
        "读不了年报/z.txt：",
    ] {
        assert!(said.contains(words), "{words}:\n{}", run.out);
    }
    let account = account(&desk.run(&["trends", "年报", "--units", "名册.csv", "--json"]));
    assert_eq!(account["unreadable"][0]["file"], "年报/z.txt");
    assert_eq!(
        (&account["duplicates"][0]["year"], &account["duplicates"][0]["counted"]),
        (&2022.into(), &false.into())
    );
    let parts: Vec<&str> =
        account["not_counted"].as_array().unwrap().iter().map(|one| one["part"].as_str().unwrap()).collect();
    assert_eq!(parts, ["unsure", "parent", "other_year", "other_form", "unknown"]);
}

#[test]
fn what_cannot_be_done_is_said_with_what_to_do() {
    let desk = desk();
    let (error, hint) = {
        let run = desk.run(&["trends", "年报", "--year", "2031"]);
        (run.failed().0.to_owned(), run.failed().1.to_owned())
    };
    assert_eq!(
        (error.as_str(), hint.as_str()),
        ("没有 2031 年度的报告", "请核对 --year；最近的是 2025 年。")
    );
    desk.write("空/x.json", crate::cli::saved(&[("@year", "")]));
    let run = desk.run(&["trends", "空"]);
    assert!(run.err.contains("没有可以比较的报告") && run.out.contains("没有写明年度"), "{run:?}");
    desk.write("趋势.html", "别的");
    let run = desk.run(&["trends", "年报", "-o", "趋势.html"]);
    assert!(run.failed().0.contains("趋势.html"), "{run:?}");
    assert_eq!(desk.read("趋势.html"), "别的");
}

#[test]
fn without_a_register_every_organ_is_a_unit_and_a_year_alone_will_do() {
    let desk = desk();
    let run = desk.run(&["trends", "年报/2025-财政局.json"]);
    assert!(run.clean().starts_with("趋势：1 个单位，2025 年，1 份报告。"), "{run:?}");
    assert!(
        run.out.contains("没有单位名册（--units）") && run.out.contains("没有与上年或者同级单位"),
        "{run:?}"
    );
    let year = desk.run(&["trends", "年报", "--year", "2023"]);
    assert!(year.clean().contains("单位之间比的是 2023 年"), "{year:?}");
    assert!(year.out.contains("更名的算作两个单位"), "{year:?}");
}
