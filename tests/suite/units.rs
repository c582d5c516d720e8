//! The register of units: lists as offices keep them, their faults, and which report is whose.

use nianbao::form::Form;
use nianbao::form::terms::Level;
use nianbao::import;
use nianbao::report::{Edit, Place, Report, Value};
use nianbao::units::roster::Part;
use nianbao::units::{By, Filed, Match, Roster, Units};

const REGISTER: &str = "\
名册,,,,,,
序号,全称,简称,代码,上级代码,层级,原名
1,岚桥县人民政府,岚桥县,100,,县级政府,
2,岚桥县青石镇人民政府,青石；青石办,101,100,乡镇,由青石乡人民政府、柳沟乡人民政府合并
3,岚桥县西坪镇人民政府,西坪镇 西坪,102,100,镇,
4,岚桥县财政局,财政局,103,岚桥县人民政府,,
5,岚桥县东关街道办事处,东关街道,104,100,,
";

pub(crate) fn read(list: &str) -> Result<Units, Vec<String>> {
    let document = import::list(list.as_bytes()).unwrap();
    Units::read(&document).map_err(|faults| faults.iter().map(ToString::to_string).collect())
}

fn faults(list: &str) -> Vec<String> {
    read(list).unwrap_err()
}

#[test]
fn columns_are_known_by_their_heads_and_blanks_are_filled_from_the_name() {
    let units = read(REGISTER).unwrap();
    let spelled: Vec<String> = units
        .all()
        .iter()
        .map(|unit| {
            let level = unit.level.map_or("", Level::key);
            let (short, former) = (unit.short_names.join("+"), unit.former_names.join("+"));
            format!("{} {} {level} {:?} {short} {former}", unit.code, unit.name, unit.parent)
        })
        .collect();
    assert_eq!(
        spelled,
        [
            "100 岚桥县人民政府 county None 岚桥县 ",
            "101 岚桥县青石镇人民政府 township Some(0) 青石+青石办 青石乡人民政府+柳沟乡人民政府",
            "102 岚桥县西坪镇人民政府 township Some(0) 西坪镇+西坪 ",
            "103 岚桥县财政局 county_department Some(0) 财政局 ",
            "104 岚桥县东关街道办事处 street Some(0) 东关街道 ",
        ]
    );
    // In another order, between other signs, in another encoding, and without codes.
    for separator in [";", "\t"] {
        let list = REGISTER.replace('；', "、").replace(',', separator);
        let (gbk, _, _) = encoding_rs::GB18030.encode(&list);
        let other = Units::read(&import::list(&gbk).unwrap()).unwrap();
        assert_eq!(other.all(), units.all());
    }
    let bare = read("单位名称,上级单位\n甲县人民政府,\n甲县乙镇人民政府,甲县人民政府\n").unwrap();
    assert_eq!((&bare.all()[1].code[..], bare.all()[1].parent), ("甲县乙镇人民政府", Some(0)));
}

#[test]
fn a_workbook_is_a_list_too() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in REGISTER.lines().enumerate() {
        for (column, text) in line.split(',').enumerate().filter(|(_, text)| !text.is_empty()) {
            let (row, column) = (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
            match text.parse::<u32>() {
                Ok(number) => sheet.write_number(row, column, number).unwrap(),
                Err(_) => sheet.write_string(row, column, text).unwrap(),
            };
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    let units = Units::read(&import::list(&bytes).unwrap()).unwrap();
    assert_eq!(units.all(), read(REGISTER).unwrap().all());
    for other in [&b"%PDF-1.7"[..], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<!DOCTYPE html><p>x"] {
        assert!(import::list(other).unwrap_err().hint().contains("xlsx"));
    }
    assert!(import::list(b"").is_err());
}

#[test]
fn a_province_of_some_thousand_units_is_read() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let mut list = String::new();
    for number in 0..6_000u32 {
        let name = format!("江北省第{number}镇人民政府");
        let texts = match number {
            0 => ["代码", "全称", "层级", "上级"].map(str::to_owned),
            _ => [
                number.to_string(),
                name,
                "乡镇".to_owned(),
                if number == 1 { String::new() } else { "1".to_owned() },
            ],
        };
        for (column, text) in (0..).zip(&texts) {
            sheet.write_string(number, column, text).unwrap();
        }
        list += &(texts.join(",") + "\n");
    }
    let workbook = Units::read(&import::list(&book.save_to_buffer().unwrap()).unwrap()).unwrap();
    assert_eq!(workbook.all().len(), 5_999);
    assert_eq!(workbook.all(), read(&list).unwrap().all());
}

#[test]
fn faults_name_the_row_and_the_remedy() {
    let head = "代码,全称,层级,上级\n";
    let of = |rows: &str| faults(&format!("{head}{rows}"));
    assert_eq!(of("1,甲镇,,\n1,乙镇,,\n"), ["第 3 行：代码“1”与第 2 行的“甲镇”相同。请改正其中一个。"]);
    assert_eq!(
        of("1,甲镇,,\n2,甲 镇,,\n"),
        ["第 3 行：“甲 镇”在第 2 行已经有了。同一个单位请只留一行；不是同一个的，请在前面写上所在的县、市。"]
    );
    assert_eq!(
        of("1,甲镇,,9\n"),
        ["第 2 行：上级“9”不在名册里。请写上级的代码或全称；上级不在名册里的，请先给它加一行，或者留空。"]
    );
    assert_eq!(
        of("1,甲镇,,2\n2,乙镇,,3\n3,丙镇,,2\n"),
        ["第 3 行：上级绕成了一圈：乙镇 → 丙镇 → 乙镇。请改正其中一个的上级。"]
    );
    assert!(of("1,甲镇,,1\n")[0].contains("上级写成了它自己"));
    assert!(of("1,甲镇,大镇,\n")[0].contains("层级“大镇”不认识。请写乡镇、街道、"));
    assert!(of("1,,,\n")[0].starts_with("第 2 行：没有写单位全称"));
    assert!(of(",甲镇,,\n")[0].contains("没有代码"));
    assert_eq!(of("1,甲镇,大镇,9\n1,,,\n").len(), 3, "all of them at once");
    assert!(faults("一,二\n三,四\n")[0].contains("没有认出表头"));
    assert!(faults(head)[0].contains("没有单位"));
}

#[test]
fn a_name_is_a_units_only_if_it_is_one_of_its_names() {
    let units = read(&format!(
        "{REGISTER}6,清河县城关镇人民政府,城关镇,201,,,\n7,岚桥县城关镇人民政府,城关镇,105,100,,\n"
    ))
    .unwrap();
    for (name, found) in [
        ("岚桥县青石镇人民政府", Match::Unit(1, By::Name)),
        (" 岚桥县 青石镇\n人民政府", Match::Unit(1, By::Name)),
        ("青石", Match::Unit(1, By::ShortName)),
        ("柳沟乡人民政府", Match::Unit(1, By::FormerName)),
        ("西坪镇人民政府", Match::Unit(2, By::ShortName)),
        // What resembles a name is told, not taken.
        ("青石镇人民政府", Match::Unsure(vec![1])),
        ("江北省岚桥县财政局", Match::Unsure(vec![3])),
        ("岚桥县柳沟乡人民政府", Match::Unsure(vec![1])),
        ("城关镇", Match::Unsure(vec![5, 6])),
        ("城关镇人民政府", Match::Unsure(vec![5, 6])),
        ("岚桥县大青石镇人民政府", Match::Unknown),
        ("政府", Match::Unknown),
        ("", Match::Unknown),
    ] {
        assert_eq!(units.find(name), found, "{name}");
    }
}

#[test]
fn a_total_is_of_the_units_right_under_one_or_of_those_of_a_level() {
    let units = read("代码,全称,层级,上级\n1,甲市人民政府,市,\n2,乙县人民政府,,1\n3,乙县丙镇人民政府,,2\n4,丁县人民政府,,1\n5,丁县戊镇人民政府,,4\n").unwrap();
    let of = |parent, level| units.scope(parent, level).map(|scope| (scope.parent, scope.units));
    assert_eq!(of(None, None).unwrap(), (Some(0), vec![1, 3]));
    assert_eq!(of(Some("2"), None).unwrap(), (Some(1), vec![2]));
    assert_eq!(of(Some("丁县人民政府"), None).unwrap(), (Some(3), vec![4]));
    assert_eq!(of(None, Some(Level::Township)).unwrap(), (Some(0), vec![2, 4]));
    assert_eq!(of(Some("4"), Some(Level::Township)).unwrap(), (Some(3), vec![4]));
    assert!(of(Some("9"), None).unwrap_err().to_string().contains('9'));
    assert!(of(Some("3"), None).unwrap_err().to_string().contains("乙县丙镇人民政府"));
    assert!(of(None, Some(Level::Street)).unwrap_err().to_string().contains("街道"));
    let flat = read("代码,全称\n1,甲镇人民政府\n2,乙镇人民政府\n").unwrap();
    assert_eq!(flat.scope(None, None).map(|scope| (scope.parent, scope.units)), Ok((None, vec![0, 1])));
}

fn filed(file: &str, agency: &str, form: &str, changes: &[(&str, &str)]) -> Filed {
    let mut report = Report::new(Form::from_key(form).unwrap());
    report.apply(Report::identity(agency, None, 2025));
    for (place, text) in changes {
        let place = Place::parse(place).unwrap();
        report.apply(Edit::set(place, Value::read(place, text).0));
    }
    Filed { file: file.to_owned(), report }
}

#[test]
fn every_report_has_its_part_whatever_the_order() {
    let units = read(REGISTER).unwrap();
    let scope = units.scope(None, None).unwrap();
    let received = "requests/received/total";
    let mut all = vec![
        filed("a", "岚桥县人民政府", "2021", &[]),
        filed("b", "青石", "2021", &[(received, "1")]),
        filed("c", "柳沟乡人民政府", "2021", &[(received, "1"), ("overview", "别的话")]),
        filed("d", "西坪镇", "2021", &[(received, "1")]),
        filed("e", "西坪镇", "2021", &[(received, "2")]),
        filed("f", "财政局", "2019", &[]),
        filed("g", "东关街道", "2021", &[("@year", "2024")]),
        filed("h", "县财政局", "2021", &[]),
        filed("i", "", "2021", &[]),
        filed("j", "岚桥县财政局（含国资）", "2021", &[]),
        filed("k", "江北省岚桥县财政局", "2021", &[]),
    ];
    let expected = [
        Part::Parent,
        Part::Counted(1),
        Part::Again(1),
        Part::Disputed(2),
        Part::Disputed(2),
        Part::OtherForm(3),
        Part::OtherYear,
        Part::Unsure(vec![3]),
        Part::Unknown,
        Part::Unknown,
        Part::Unsure(vec![3]),
    ];
    for turn in 0..all.len() {
        all.rotate_left(1);
        let roster = Roster::new(&units, &scope, 2025, Form::current(), &all);
        for (filed, part) in all.iter().zip(&roster.parts) {
            let index = filed.file.bytes().next().unwrap() - b'a';
            assert_eq!(part, &expected[usize::from(index)], "{} in turn {turn}", filed.file);
        }
        assert_eq!(roster.missing().collect::<Vec<_>>(), [3, 4]);
        let doubled: Vec<_> = roster.doubled().map(|(unit, reports)| (unit, reports.len())).collect();
        assert_eq!(doubled, [(1, 2), (2, 2)]);
        let counted: Vec<_> = roster.counted().map(|(unit, report)| (unit, &all[report].file[..])).collect();
        assert_eq!(counted, [(1, "b")]);
    }
    let town = units.scope(None, Some(Level::Township)).unwrap();
    let roster = Roster::new(&units, &town, 2025, Form::current(), &[filed("x", "东关街道", "2021", &[])]);
    assert_eq!(roster.parts, [Part::Outside(4)]);
}

#[test]
fn a_damaged_list_gives_a_register_or_its_faults() {
    let mut dice = crate::sound::Dice::new(11);
    let signs = [0, b',', b'"', b'\n', b';', 0xff, b'1'];
    for _ in 0..2_000 {
        let mut bytes = REGISTER.as_bytes().to_vec();
        for _ in 0..=dice.below(6) {
            let at = dice.below(bytes.len());
            match dice.below(3) {
                0 => bytes[at] = signs[dice.below(signs.len())],
                1 => bytes.insert(at, signs[dice.below(signs.len())]),
                _ => bytes.truncate(at.max(1)),
            }
        }
        let Ok(document) = import::list(&bytes) else { continue };
        match Units::read(&document) {
            Ok(units) => {
                assert!(units.all().iter().all(|unit| !unit.name.is_empty() && !unit.code.is_empty()));
                assert!(units.scope(None, None).is_ok());
            }
            Err(faults) => assert!(!faults.is_empty() && faults.iter().all(|f| f.message.ends_with('。'))),
        }
    }
}
