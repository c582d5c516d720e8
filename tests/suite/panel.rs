//! The long table: one row a cell, the same in every format, and what a database that knows nothing of us makes of it.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use nianbao::export::Kind;
use nianbao::form::Form;
use nianbao::number::Decimal;
use nianbao::panel::{COLUMNS, State};
use nianbao::report::{Edit, Place, Report, Value};

use crate::cli::Desk;
use crate::sound::{self, Dice};
use crate::support::{Readme, written};

const REGISTER: &str = "\
代码,全称,简称,层级,上级
000,岚桥县人民政府,,县级政府,
001,岚桥县青石镇人民政府,,乡镇,000
002,岚桥县财政局,财政局,县级部门,000
";

/// A sound report of a unit for a year, with these changes.
fn report(agency: &str, year: i64, dice: &mut Dice, changes: &[(&str, &str)]) -> Report {
    let mut report = sound::report(Form::current(), &sound::counts(Form::current(), dice));
    report.apply(Report::identity(agency, None, year));
    for (place, text) in changes {
        let place = Place::parse(place).unwrap();
        report.apply(Edit::set(place, Value::read(place, text).0));
    }
    report
}

/// The rows of a table between commas, as another reader sees them: by the names of the columns, empty ones left out.
fn rows_of_csv(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(names, COLUMNS.each_ref().map(|column| column.name));
    let row = |record: csv::StringRecord| {
        let filled = names.iter().zip(record.iter()).filter(|(_, field)| !field.is_empty());
        filled.map(|(name, field)| (name.clone(), field.to_owned())).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// The same of a table of JSON lines; every line has every column.
fn rows_of_jsonl(text: &str) -> Vec<BTreeMap<String, String>> {
    let row = |line: &str| {
        let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).unwrap();
        assert_eq!(object.len(), COLUMNS.len(), "{line}");
        let filled = object.into_iter().filter(|(_, value)| !value.is_null());
        filled.map(|(name, value)| (name, value.as_str().map_or(value.to_string(), str::to_owned))).collect()
    };
    text.lines().map(row).collect()
}

#[test]
fn every_format_holds_the_same_table_and_every_text_as_it_stands() {
    let desk = Desk::new();
    let texts = [
        ("requests/received/total", "约20,\"多\"\n件"),
        ("requests/received/business", "=1+1"),
        ("requests/received/research", "/"),
        ("proactive/fees/amount", "0.25"),
        ("proactive/licenses/decisions", ""),
        ("proactive/penalties/decisions", "-3"),
    ];
    let report = report("岚桥县青石镇人民政府", 2025, &mut Dice::new(1), &texts);
    desk.write("年报/a,\"b\".json", report.to_json());
    desk.write("名册.csv", REGISTER);
    let table = |format| desk.run(&["export", "年报", "--to", format, "--units", "名册.csv"]);
    let rows = rows_of_csv(table("csv").clean());
    let lines = table("jsonl");
    assert!(lines.clean().contains(r#""value":0.25,"#), "a number, with its digits");
    let others = rows_of_jsonl(&lines.out);
    assert_eq!((rows.len(), others.len()), (200, 200));
    for (row, mut other) in rows.iter().zip(others) {
        // What a spreadsheet would compute has a sign before it there, and only there.
        if other["place"] == "requests/received/business" {
            assert_eq!(other.insert("text".to_owned(), "'=1+1".to_owned()).as_deref(), Some("=1+1"));
        }
        assert_eq!(row, &other);
    }
    let cells = Form::current().cells();
    for (row, info) in rows.iter().zip(cells) {
        assert_eq!(row["place"], Place::from(info.cell).to_string());
        assert_eq!(
            (row["row_label"].as_str(), row["column_label"].as_str()),
            (&*info.row_name, info.column_name)
        );
        let whose =
            ["source", "unit_code", "unit_name", "level", "year", "form"].map(|name| row[name].as_str());
        assert_eq!(whose, ["年报/a,\"b\".json", "001", "岚桥县青石镇人民政府", "township", "2025", "2021"]);
        let holds = report.get(info.cell).map(|value| value.to_string().replace("=1+1", "'=1+1"));
        assert_eq!(row.get("value").or(row.get("text")).cloned(), holds, "{}", row["place"]);
    }
    let state = |place: &str| rows.iter().find(|row| row["place"] == place).unwrap()["state"].clone();
    let states = texts.map(|(place, _)| state(place));
    assert_eq!(states, ["text", "text", "text", "number", "blank", "number"]);
    assert!(State::ALL.iter().all(|(state, _)| !state.key().is_empty()));
}

#[test]
fn a_folder_is_one_table_whatever_lies_in_it_and_however_it_is_named() {
    let desk = Desk::new();
    let mut dice = Dice::new(2);
    desk.write("年报/名册.csv", REGISTER);
    desk.write("年报/a.json", report("岚桥县青石镇人民政府", 2025, &mut dice, &[]).to_json());
    desk.write("年报/b/b.docx", written(&report("财政局", 2025, &mut dice, &[]), Kind::Word));
    desk.write("年报/c.json", report("云溪镇人民政府", 2025, &mut dice, &[]).to_json());
    desk.write("年报/d.txt", "会议通知");
    desk.write("年报/e.json", report("岚桥县青石镇人民政府", 2024, &mut dice, &[]).to_json());
    desk.write("年报/全县.json.manifest.json", "{}");
    let arguments = ["export", "年报", "-o", "年报/长表.csv", "--units", "年报/名册.csv", "--year", "2025"];
    let run = desk.run(&arguments);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert_eq!(
        run.err,
        "年报/c.json：名册里没有“云溪镇人民政府”，unit_code 空着。\n\
         年报/d.txt：没有认出年度报告：找不到标题、六个部分或统计表\n\
         已写入 年报/长表.csv：3 份报告，600 行。\n\
         另有 1 份不是 2025 年的，没有写。\n\
         1 份读不了，见上。\n"
    );
    let table = desk.read("年报/长表.csv");
    let rows = rows_of_csv(&table);
    let unit = |at: usize| {
        ["source", "unit_code", "unit_name", "level"]
            .map(|name| rows[at].get(name).map_or("", String::as_str))
    };
    assert_eq!(unit(0), ["年报/a.json", "001", "岚桥县青石镇人民政府", "township"]);
    assert_eq!(unit(200), ["年报/b/b.docx", "002", "岚桥县财政局", "county_department"]);
    assert_eq!(unit(400), ["年报/c.json", "", "云溪镇人民政府", "township"]);

    assert!(desk.run(&arguments).failed().1.contains("--force"));
    let said = desk.run(&[&arguments[..], &["--force", "--json"]].concat());
    assert_eq!(desk.read("年报/长表.csv"), table);
    let said = &said.json()[0];
    assert_eq!(
        (&said["rows"], &said["other_years"], &said["format"]),
        (&600.into(), &1.into(), &"csv".into())
    );
    assert_eq!(said["unreadable"][0]["file"], "年报/d.txt");
    assert_eq!(said["unknown_units"], serde_json::json!(["年报/c.json"]));
    let named = ["年报/d.txt", "年报/c.json", "./年报/b", "年报/a.json", "年报/e.json", "年报/a.json"];
    let rest = ["--to", "csv", "--units", "年报/名册.csv", "--year", "2025"];
    assert_eq!(desk.run(&[&["export"], &named[..], &rest].concat()).out, table);
}

#[test]
fn what_is_no_long_table_is_refused_or_written_by_itself() {
    let desk = Desk::new();
    let json = report("岚桥县青石镇人民政府", 2025, &mut Dice::new(3), &[]).to_json();
    desk.write("年报/a.json", &json);
    desk.write("b.json", &json);
    for (arguments, says) in [
        (&["年报"][..], "只能导出成一张长表"),
        (&["年报", "-o", "x.docx"], "只能导出成一张长表"),
        (&["年报/a.json", "b.json", "--to", "json"], "只能导出成一张长表"),
        (&["年报", "--to", "csv", "-o", "x.jsonl"], "扩展名却是别的格式"),
        (&["年报", "--to", "jsonl", "-o", "x.xlsx"], "扩展名却是别的格式"),
        (&["b.json", "--to", "docx", "-o", "x.jsonl"], "扩展名却是别的格式"),
        (&["年报", "--to", "csv", "--findings"], "--findings 不能用于长表"),
        (&["b.json", "--to", "csv", "--year", "2025"], "--year 只能用于长表"),
        (&["年报", "--to", "csv", "--json"], "标准输出"),
        (&["年报", "--to", "csv", "--units", "没有.csv"], "没有.csv"),
    ] {
        let run = desk.run(&[&["export"], arguments].concat());
        assert!(run.failed().0.contains(says), "{arguments:?}: {}", run.err);
        assert!(!desk.path("x.jsonl").exists() && !desk.path("x.xlsx").exists());
    }
    // One report in a format of its own is what it always was; JSON lines are the long table of one.
    assert!(desk.run(&["export", "b.json", "--to", "csv"]).clean().starts_with('\u{feff}'));
    desk.run(&["export", "b.json", "-o", "x.jsonl"]).clean();
    assert_eq!(rows_of_jsonl(&desk.read("x.jsonl")).len(), 200);
    #[cfg(not(feature = "parquet"))]
    {
        let run = desk.run(&["export", "年报", "-o", "x.parquet"]);
        assert!(run.failed().0.contains("Parquet") && run.failed().1.contains("--features parquet"));
        assert!(!desk.path("x.parquet").exists());
    }
}

/// What DuckDB answers to a query asked in a directory; `None`, aloud, where it is not installed.
fn duckdb(query: &str, directory: &Path) -> Option<Vec<Vec<Option<String>>>> {
    const ASK: &str = "import duckdb, json, sys\n\
                       rows = duckdb.sql(sys.stdin.read()).fetchall()\n\
                       print(json.dumps([[None if v is None else str(v) for v in row] for row in rows]))";
    let is_here = Command::new("python3").args(["-c", "import duckdb"]).stderr(Stdio::null()).status();
    if !is_here.is_ok_and(|status| status.success()) {
        crate::support::skipped(
            "DuckDB is not here (pip install duckdb), so nothing was asked of the long table",
        );
        return None;
    }
    let mut command = Command::new("python3");
    command.args(["-c", ASK]).env("PYTHONUTF8", "1").current_dir(directory);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(query.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{query}");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

/// The query of the README, and the lines that stand for its second one in other formats.
fn query_of_the_readme() -> (String, Vec<String>) {
    let readme = Readme::read();
    let quoted = readme.part("duckdb").unwrap();
    let code = quoted.lines().filter_map(|line| line.strip_prefix("    ").or(line.is_empty().then_some("")));
    let code: Vec<&str> = code.collect();
    let blocks: Vec<&[&str]> = code.split(|line| line.is_empty()).filter(|block| !block.is_empty()).collect();
    let [query, others] = blocks[..] else { panic!("a query and its other lines: {blocks:?}") };
    (query.join("\n"), others.iter().map(|line| (*line).to_owned()).collect())
}

/// The same query of a table in another format.
fn asked_of(format: &str) -> String {
    let (query, others) = query_of_the_readme();
    let from = query.lines().find(|line| line.starts_with("FROM ")).unwrap().to_owned();
    if format == "csv" {
        return query;
    }
    let other = others.iter().find(|line| line.contains(&format!("'长表.{format}'"))).unwrap();
    query.replace(&from, other)
}

/// A county of twenty units in several kinds of files, some of them with cells left blank or not filled in with numbers.
fn county(desk: &Desk) -> usize {
    let mut dice = Dice::new(4);
    let mut register = "代码,全称,上级\n000,岚桥县人民政府,\n".to_owned();
    let mut lacking = 0;
    for number in 1..=20 {
        let name = format!("岚桥县第{number}镇人民政府");
        register += &format!("{number:03},{name},000\n");
        let place = Place::from(Form::current().cells()[dice.below(200)].cell).to_string();
        let text = ["", "/", "约3", "0"][number % 4];
        lacking += usize::from(text != "0");
        let report = report(&name, 2025, &mut dice, &[("proactive/fees/amount", "0.0001"), (&place, text)]);
        let kind = [Kind::Json, Kind::Word, Kind::Workbook, Kind::Page][number / 4 % 4];
        desk.write(&format!("年报/{number:02}.{}", kind.extension()), written(&report, kind));
    }
    desk.write("名册.csv", register);
    desk.run(&["rollup", "年报", "--units", "名册.csv", "-o", "全县.json"]);
    lacking
}

#[test]
fn a_database_adds_up_the_units_to_the_countys_total_in_all_200_cells() {
    let desk = Desk::new();
    let lacking = county(&desk);
    let total = Report::from_json(&desk.read("全县.json")).unwrap();
    let formats =
        if cfg!(feature = "parquet") { &["csv", "jsonl", "parquet"][..] } else { &["csv", "jsonl"] };
    for format in formats {
        let out = format!("长表.{format}");
        desk.run(&["export", "年报", "-o", &out, "--units", "名册.csv"]).clean();
        let Some(rows) = duckdb(&asked_of(format), &desk.path("")) else { return };
        let mut compared = 0;
        for row in &rows {
            let [year, place, _, _, sum, filled, rest] = &row[..] else { panic!("{row:?}") };
            let place = Place::parse(place.as_deref().unwrap()).unwrap();
            let sum = sum.as_deref().map(|sum| Decimal::parse(sum).unwrap().trimmed());
            let ours = total.get(place).map(|value| value.number().unwrap().trimmed());
            assert_eq!((year.as_deref(), sum), (Some("2025"), ours), "{format}: {place}");
            let counts = [filled, rest].map(|count| count.as_deref().unwrap().parse::<usize>().unwrap());
            assert_eq!(counts[0] + counts[1], 20, "{format}: {place}");
            compared += 1;
        }
        assert_eq!(compared, 200, "{format}");
        let rest: usize = rows.iter().map(|row| row[6].as_deref().unwrap().parse::<usize>().unwrap()).sum();
        assert_eq!(rest, lacking, "{format}");
        eprintln!(
            "panel: {compared} cells of 20 units added up by DuckDB from {format} are the county's total"
        );
    }
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_of_several_groups_is_read_whole_and_typed() {
    use nianbao::panel::{self, Format, Panel};

    let directory = tempfile::tempdir().unwrap();
    let mut report = report("岚桥县青石镇人民政府", 2025, &mut Dice::new(5), &[]);
    let fees = Place::parse("proactive/fees/amount").unwrap();
    let mut write = || {
        let (mut table, mut bytes) = Panel::begin(Format::Parquet).unwrap();
        for number in 0..600 {
            report.apply(Edit::set(fees, Value::read(fees, &format!("99999999999{}.0001", number % 10)).0));
            bytes.extend(table.add(panel::rows(&format!("{number:03}.json"), None, &report)).unwrap());
        }
        bytes.extend(table.end().unwrap());
        bytes
    };
    let bytes = write();
    assert!(bytes == write(), "the same reports give the same bytes");
    std::fs::write(directory.path().join("x.parquet"), &bytes).unwrap();
    let query = "SELECT count(*), count(DISTINCT source), sum(value) FILTER (WHERE place = 'proactive/fees/amount'), \
                 max(typeof(value)), max(typeof(year)), count(unit_code) FROM 'x.parquet'";
    let Some(rows) = duckdb(query, directory.path()) else { return };
    let answer: Vec<&str> = rows[0].iter().map(|field| field.as_deref().unwrap()).collect();
    // 600 × 999999999990.0001, and 60 × (0 + … + 9).
    assert_eq!(answer, ["120000", "600", "599999999996700.0600", "DECIMAL(16,4)", "BIGINT", "0"]);
}
