//! `letters`: a file for each report that needs one, a table of all of them, and what could not be done.

use super::{Desk, report, saved};
use nianbao::report::{Edit, Report};

/// A slip that a rule of severity error finds fault with.
const SLIP: (&str, &str) = ("requests/received/total", "3");

/// A report of another township with that slip.
fn of(agency: &str) -> String {
    let mut report: Report = report(&[SLIP]);
    report.apply(Report::identity(agency, None, 2025));
    let prose: Vec<_> = report.prose().map(|(section, text)| (section, text.to_owned())).collect();
    prose.into_iter().for_each(|(section, text)| {
        let text = nianbao::report::Value::Text(text.replace("云溪镇", "沙湾镇"));
        report.apply(Edit::set(section, Some(text)));
    });
    report.to_json()
}

fn files(desk: &Desk, directory: &str) -> Vec<String> {
    let entries = std::fs::read_dir(desk.path(directory)).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_letter_is_written_for_each_report_that_needs_one() {
    let desk = Desk::new();
    desk.write("年报/一.json", saved(&[SLIP]));
    desk.write("年报/三.json", of("岚桥县沙湾镇人民政府"));
    desk.write("年报/二.json", saved(&[("other_matters", "未收取信息处理费。")]));
    let run = desk.run(&["letters", "年报", "-o", "意见/第一批", "--to", "txt"]);
    let letters = ["审核意见－云溪镇人民政府.txt", "审核意见－岚桥县沙湾镇人民政府.txt"];
    assert_eq!(files(&desk, "意见/第一批"), letters);
    let rows: Vec<&str> = run.clean().lines().collect();
    assert_eq!(rows.len(), 4, "{}", run.out);
    assert!(rows[0].ends_with("意见/第一批/审核意见－云溪镇人民政府.txt"), "{}", run.out);
    assert!(rows.iter().any(|row| row.starts_with("云溪镇人民政府，2025 年") && row.ends_with("不用写")));
    assert_eq!(rows[3], "写了审核意见 2 份，不用写的 1 份。");
    let letter = desk.read("意见/第一批/审核意见－云溪镇人民政府.txt");
    assert!(letter.contains("建议：一、本年新收政府信息公开申请数量，总计由3改为0"), "{letter}");
    assert!(!letter.contains("年报/") && !letter.contains("一.json"), "{letter}");
}

#[test]
fn two_reports_of_one_unit_have_two_letters() {
    let desk = Desk::new();
    desk.write("年报/一.json", saved(&[SLIP]));
    desk.write("年报/二.json", saved(&[("requests/received/total", "7")]));
    desk.write("年报/三.json", saved(&[]));
    desk.run(&["letters", "年报", "-o", "意见", "--to", "md", "--all"]).clean();
    let letters = [
        "审核意见－云溪镇人民政府.md",
        "审核意见－云溪镇人民政府（2）.md",
        "审核意见－云溪镇人民政府（3）.md",
    ];
    assert_eq!(files(&desk, "意见"), letters);
    let all: String = letters.map(|letter| desk.read(&format!("意见/{letter}"))).concat();
    assert!(all.contains("由3改为0") && all.contains("由7改为0") && all.contains("审核通过"), "{all}");
}

#[test]
fn who_signs_and_until_when_is_said() {
    let desk = Desk::new();
    let slip = desk.write("一.json", saved(&[SLIP]));
    let said = ["--from", "岚桥县人民政府办公室", "--date", "2026年1月20日", "--deadline", "2026-01-26"];
    desk.run(&[&["letters", slip, "-o", "意见", "--to", "txt"], &said[..]].concat()).clean();
    let letter = desk.read("意见/审核意见－云溪镇人民政府.txt");
    assert!(letter.contains("于2026年1月26日前重新报送"), "{letter}");
    assert!(letter.ends_with("岚桥县人民政府办公室\n\n\u{3000}\u{3000}2026年1月20日\n"), "{letter}");
    let run = desk.run(&["letters", slip, "-o", "意见", "--date", "一月"]);
    assert!(run.failed().0.contains("--date"), "{}", run.err);
    assert!(
        desk.run(&["letters", slip, "-o", "意见", "--to", "xlsx"]).failed().0.contains("docx、md 或 txt")
    );
}

#[test]
fn one_unit_is_chosen_by_its_name() {
    let desk = Desk::new();
    desk.write("年报/一.json", saved(&[SLIP]));
    desk.write("年报/三.json", of("岚桥县沙湾镇人民政府"));
    desk.run(&["letters", "年报", "-o", "意见", "--unit", "沙湾镇"]).clean();
    assert_eq!(files(&desk, "意见"), ["审核意见－岚桥县沙湾镇人民政府.docx"]);
    let run = desk.run(&["letters", "年报", "-o", "别处", "--unit", "青石镇"]);
    assert!(run.failed().0.contains("没有“青石镇”的"), "{}", run.err);
    assert!(!desk.path("别处").exists());
}

#[test]
fn what_cannot_be_read_or_written_does_not_stop_the_rest() {
    let desk = Desk::new();
    desk.write("年报/一.json", saved(&[SLIP]));
    desk.write("年报/二.json", of("岚桥县沙湾镇人民政府"));
    desk.write("年报/坏.json", "{");
    desk.write("意见/审核意见－云溪镇人民政府.txt", "旧的");
    let arguments = ["letters", "年报", "-o", "意见", "--to", "txt"];
    let run = desk.run(&arguments);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("年报/坏.json：") && run.err.contains("已经存在"), "{}", run.err);
    assert!(
        run.out.ends_with("写了审核意见 1 份，不用写的 0 份，没有写成的 1 份，读不了的 1 份。\n"),
        "{}",
        run.out
    );
    assert_eq!(desk.read("意见/审核意见－云溪镇人民政府.txt"), "旧的");
    assert_eq!(files(&desk, "意见").len(), 2);
    let run = desk.run(&[&arguments[..], &["--force", "--json"]].concat());
    let lines = run.json();
    assert_eq!((run.status, lines.len()), (2, 3));
    assert_eq!(lines[0]["letter"], "意见/审核意见－云溪镇人民政府.txt");
    assert_eq!(
        (&lines[0]["errors"], &lines[0]["notes"], &lines[0]["error"]),
        (&2.into(), &0.into(), &serde_json::Value::Null)
    );
    assert_eq!((&lines[2]["file"], lines[2]["error"].is_string()), (&"年报/坏.json".into(), true));
    assert_ne!(desk.read("意见/审核意见－云溪镇人民政府.txt"), "旧的");
}

#[test]
fn a_name_is_one_that_every_file_system_takes() {
    let desk = Desk::new();
    let long = format!("{}人民政府", "云溪".repeat(200));
    for (nth, agency) in
        ["../甲:乙?", "云溪镇人民政府\n沙湾镇人民政府", "\u{202e}甲", &long].iter().enumerate()
    {
        desk.write(format!("年报/{nth}.json").leak(), of(agency));
    }
    desk.run(&["letters", "年报", "-o", "意见", "--to", "txt"]).clean();
    let letters = files(&desk, "意见");
    assert_eq!(letters.len(), 4, "{letters:?}");
    assert!(
        letters.iter().all(|name| name.len() < 255 && !name.contains([':', '?', '/', '\u{202e}', '\n'])),
        "{letters:?}"
    );
    assert!(letters.contains(&"审核意见－云溪镇人民政府、沙湾镇人民政府.txt".to_owned()), "{letters:?}");
}
