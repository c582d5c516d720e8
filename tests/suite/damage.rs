//! Damage at random, in every shape of text: a number that is placed wrong has to be announced.

use nianbao::export::Kind;
use nianbao::form::Form;
use nianbao::import;
use nianbao::report::{Edit, NoticeKind, Place, Report, Value};

use crate::sound::{self, Dice};
use crate::support::written;

/// The number that stands in a cell before the damage; no two cells have the same.
fn number(index: usize) -> String {
    (index + 1000).to_string()
}

/// The sample with its own number in every cell, in the shapes that offices send.
fn shapes() -> Vec<(&'static str, &'static Form, String)> {
    let new = Form::current();
    let mut index = 0;
    let mut field = |field: &str| {
        let is_number = field.parse::<u32>().is_ok();
        index += usize::from(is_number);
        if is_number { number(index - 1) } else { field.to_owned() }
    };
    let sample = include_str!("../../src/sample/yunxi_town_2025.txt");
    let lines = sample.lines().map(|line| line.split('\t').map(&mut field).collect::<Vec<_>>().join("\t"));
    let tabs = lines.collect::<Vec<_>>().join("\n");
    let write = |form: &'static Form, kind| {
        let mut report = sound::report(form, &vec![0; form.cells().len()]);
        for (index, info) in form.cells().iter().enumerate() {
            let value = Value::read(info.cell.into(), &number(index)).0;
            report.apply(Edit::set(info.cell, value));
        }
        String::from_utf8(written(&report, kind)).unwrap()
    };
    let filled = |line: &str, by: &str| {
        line.split('\t').filter(|field| !field.is_empty()).collect::<Vec<_>>().join(by)
    };
    let old = Form::from_key("2019").unwrap();
    vec![
        ("pipes", new, tabs.replace('\t', " | ")),
        ("words", new, tabs.lines().map(|line| filled(line, " ")).collect::<Vec<_>>().join("\n")),
        ("one cell a line", new, tabs.lines().map(|line| filled(line, "\n")).collect::<Vec<_>>().join("\n")),
        ("Markdown", new, write(new, Kind::Markdown)),
        ("text", new, write(new, Kind::Text)),
        ("Markdown 2019", old, write(old, Kind::Markdown)),
        ("text 2019", old, write(old, Kind::Text)),
        ("tabs", new, tabs),
    ]
}

/// Damages one line, or joins it with the next.
fn damage(lines: &mut Vec<String>, dice: &mut Dice) {
    let separator = |line: &str| ["\t", "|", " "].into_iter().find(|s| line.contains(s)).unwrap_or("\t");
    let tables: Vec<usize> = (0..lines.len()).filter(|&i| lines[i].chars().count() < 300).collect();
    let line = tables[dice.below(tables.len())];
    let separator = separator(&lines[line]);
    let mut fields: Vec<String> = lines[line].split(separator).map(str::to_owned).collect();
    let field = dice.below(fields.len());
    match dice.below(14) {
        0 => drop(fields.remove(field)),
        1 => fields.insert(field, String::new()),
        2 if field + 1 < fields.len() => {
            let next = fields.remove(field + 1);
            fields[field].push_str(&next);
        }
        3 => fields[field] = String::new(),
        4 => fields.truncate(field),
        5 => fields = fields.split_off(field),
        6 => return drop(lines.remove(line)),
        7 if line + 1 < lines.len() => {
            let next = lines.remove(line + 1);
            let by = ["", " ", "\t", separator][dice.below(4)];
            lines[line] += &format!("{by}{next}");
            return;
        }
        // A number that is there twice can make up for one that is gone: no reader could tell.
        8 if lines[line].contains(char::is_alphabetic) => return lines.insert(line, lines[line].clone()),
        9 => {
            let rest = fields.split_off(field);
            lines.insert(line + 1, rest.join(separator));
        }
        10 => {
            lines[line] = fields.concat();
            return;
        }
        11 => {
            lines[line] = fields.join(" ");
            return;
        }
        12 => {
            let text: Vec<char> = fields[field].chars().collect();
            let gone = dice.below(text.len().max(1));
            let is_digit = text.get(gone).is_none_or(char::is_ascii_digit);
            fields[field] =
                text.iter().enumerate().filter(|(at, _)| *at != gone || is_digit).map(|(_, c)| c).collect();
        }
        _ => fields.retain(|field| !field.trim().is_empty()),
    }
    lines[line] = fields.join(separator);
}

/// Whether some notice speaks of the row of a cell, or of its whole table.
fn is_told(report: &Report, place: Place, value: &str) -> bool {
    report.notices().any(|notice| {
        let row = |place: Place| place.cell().map(|cell| cell.row);
        notice.place.is_some_and(|about| {
            row(about) == row(place) || Some(about) == place.section().map(Place::Section)
        }) || notice.quote.contains(value)
    })
}

#[test]
fn damage_never_places_a_number_wrong_in_silence() {
    let mut dice = Dice::new(404);
    for (shape, form, text) in shapes() {
        let (mut right, mut told) = (0, 0);
        let tries = crate::laws::samples(60);
        for _ in 0..tries {
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            for _ in 0..=dice.below(4) {
                damage(&mut lines, &mut dice);
            }
            let damaged = lines.join("\n");
            let Ok(report) = import::read(damaged.as_bytes()) else { continue };
            for (index, info) in form.cells().iter().enumerate() {
                let Some(value) = report.get(info.cell).map(ToString::to_string) else { continue };
                if value == number(index) {
                    right += 1;
                } else {
                    told += 1;
                    let at = damaged.lines().filter(|line| line.contains(&value)).collect::<Vec<_>>();
                    assert!(
                        is_told(&report, info.cell.into(), &value),
                        "{shape}: {} {} has {value} for {}\n{at:#?}",
                        info.row_name,
                        info.column_name,
                        number(index)
                    );
                }
            }
        }
        eprintln!(
            "{shape}: {} cells of {} right, {told} wrong and announced",
            right,
            tries * form.cells().len()
        );
    }
}

/// A table under the heading of its section, separated by tabs, by blanks or not on lines of its own.
fn tables(heading: &str, rows: &str) -> Vec<Report> {
    let read = |by: &str| {
        let rows = rows.replace(' ', by);
        let text = format!(
            "云溪镇人民政府2025年政府信息公开工作年度报告\n{heading}\n{rows}\n五、存在的主要问题及改进情况\n无\n"
        );
        import::read(text.as_bytes()).unwrap()
    };
    ["\t", " | ", " ", "\n"].map(read).into()
}

fn cells(report: &Report) -> usize {
    report.values().filter(|(place, _)| place.cell().is_some()).count()
}

#[test]
fn columns_that_are_not_those_of_the_form_are_never_read_as_if_they_were() {
    let requests = "三、收到和处理政府信息公开申请情况";
    let row = "一、本年新收政府信息公开申请数量 1 2 3 4 5 6 7";
    for (heading, rows) in [
        (
            "二、主动公开政府信息情况",
            "信息内容 现行有效件数 本年制发件数 本年废止件数\n规章 12 3 1\n行政规范性文件 4 5 6",
        ),
        (requests, &format!("项目 自然人 商业企业 科研机构 社会公益组织 法律服务机构 小计 总计\n{row}")),
        (requests, &format!("自然人 科研机构 商业企业 社会公益组织 法律服务机构 其他 总计\n{row}")),
        (
            "四、政府信息公开行政复议、行政诉讼情况",
            "行政诉讼  行政复议\n结果维持 结果纠正 其他结果 尚未审结 总计\n1 2 3 4 5 6 7 8 9 10 11 12 13 14 15",
        ),
    ] {
        for report in tables(heading, rows) {
            assert_eq!(cells(&report), 0, "{rows}: {}", report.to_json());
            let not_placed =
                report.notices().filter(|n| n.kind == NoticeKind::NotPlaced && n.place.is_some());
            assert!(not_placed.count() > 0, "{rows}");
        }
    }
}

#[test]
fn columns_under_another_name_are_read_and_told() {
    for report in
        tables("二、主动公开政府信息情况", "信息内容 本年收费金额（单位：元）\n行政事业性收费 251000")
    {
        let fee = Place::parse("proactive/fees/amount").unwrap();
        assert_eq!(report.get(fee).map(ToString::to_string).as_deref(), Some("251000"));
        assert!(report.notices().any(|n| n.kind == NoticeKind::LabelChanged && n.place == Some(fee)));
    }
    let rows = "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 合计 备注\n一、本年新收政府信息公开申请数量 1 2 3 4 5 6 7 ";
    let report = &tables("三、收到和处理政府信息公开申请情况", rows)[0];
    assert_eq!(cells(report), 7);
    let kinds: Vec<NoticeKind> = report.notices().map(|notice| notice.kind).collect();
    assert!(
        kinds.contains(&NoticeKind::LabelChanged) && kinds.contains(&NoticeKind::ExtraCells),
        "{kinds:?}"
    );
}

#[test]
fn every_shape_is_read_whole() {
    for (shape, form, text) in shapes() {
        let report = import::read(text.as_bytes()).unwrap();
        for (index, info) in form.cells().iter().enumerate() {
            let value = report.get(info.cell).map(ToString::to_string);
            assert_eq!(value, Some(number(index)), "{shape}: {} {}", info.row_name, info.column_name);
        }
        let told: Vec<NoticeKind> = report.notices().map(|notice| notice.kind).collect();
        assert!(told.iter().all(|kind| *kind == NoticeKind::GroupLost), "{shape}: {told:?}");
    }
}

#[test]
fn all_of_six_in_one_row_goes_to_its_last_row_and_is_told() {
    let rows = "三、本年度办理结果 （六）其他处理 1 2 3 4 5 6 21\n（七）总计 1 2 3 4 5 6 21";
    for report in tables("三、收到和处理政府信息公开申请情况", rows) {
        let total = Place::parse("requests/handled_otherwise/total").unwrap();
        assert_eq!((report.get(total), cells(&report)), (Some(&Value::count(21)), 14));
        assert!(report.notices().any(|n| n.kind == NoticeKind::LabelChanged && n.place == Some(total)));
    }
}

#[test]
fn numbers_before_a_label_and_labels_run_together_are_quoted() {
    for rows in [
        "3 0 12 规章",
        "规章 3 0 12 行政规范性文件 4 5 6",
        "行政规范性文件4 5 6行政许可 7 8 9",
        "行政规范性文件 4 5 6 行政规范性文件 7 8 9",
    ] {
        for report in &tables("二、主动公开政府信息情况", rows)[..3] {
            let first = Place::parse("proactive/regulations/issued").unwrap();
            assert_eq!(report.get(first), None, "{rows}");
            assert!(
                report.notices().any(|n| n.kind == NoticeKind::NotPlaced && !n.quote.is_empty()),
                "{rows}"
            );
        }
    }
}

#[test]
fn a_row_by_itself_does_not_tell_where_its_blank_belongs() {
    let heading = "三、收到和处理政府信息公开申请情况";
    let row = "一、本年新收政府信息公开申请数量  1 2 3 4 5 6";
    for report in &tables(heading, row)[..2] {
        assert_eq!(cells(report), 0);
        assert!(report.notices().any(|notice| notice.quote.ends_with("1 2 3 4 5 6")));
    }
    let like_it = format!("{row}\n二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0");
    for report in &tables(heading, &like_it)[..2] {
        assert_eq!(cells(report), 13);
    }
}

#[test]
fn placeholders_are_read_wherever_they_stand() {
    let heading = "三、收到和处理政府信息公开申请情况";
    for sign in ["/", "\\", "*", "空", "--", "——"] {
        let row = format!("1.属于国家秘密 {}", [sign; 7].join(" "));
        for report in tables(heading, &format!("（一）予以公开 1 2 3 4 5 6 21\n{row}")) {
            assert_eq!(cells(&report), 14, "{row}: {:?}", report.notices().collect::<Vec<_>>());
        }
    }
    // A whole row of them, without its label, is quoted.
    let rows = format!("（一）予以公开 1 2 3 4 5 6 21\n{}\n（七）总计 1 2 3 4 5 6 21", ["--"; 7].join(" "));
    for report in &tables(heading, &rows)[..3] {
        assert!(report.notices().any(|notice| notice.quote.contains("-- -- --")), "{}", report.to_json());
    }
    let text =
        format!("{heading}\n| 项目 | 自然人 |\n| --- | :---: |\n| -- | -- |\n| （一）予以公开 | 1 |\n");
    let report = import::read(text.as_bytes()).unwrap();
    assert_eq!(report.notices().filter(|notice| notice.quote == "-- --").count(), 1);
}

#[test]
fn a_line_that_holds_more_than_a_label_is_quoted() {
    let heading = "三、收到和处理政府信息公开申请情况";
    for line in
        ["1.属于国家秘密 ？ ？ ？ ？ ？ ？ ？", "？ ？ ？ ？ ？ ？ ？", "（一）予以公开 ○ ○ ○ ○ ○ ○ ○"]
    {
        let report = &tables(heading, &format!("{line}\n（七）总计 1 2 3 4 5 6 21"))[2];
        assert_eq!(cells(report), 7, "{line}");
        assert!(report.notices().any(|notice| notice.quote.contains(line)), "{line}");
    }
    for line in [
        "( 二 ) 部分公开 （ 区分处理的 ， 只计这一情形 ）",
        "2.其他法律行政法规禁",
        "------------",
        "3. 危及 “ 三安全一稳定 ”",
    ] {
        let report = &tables(heading, &format!("{line}\n（七）总计 1 2 3 4 5 6 21"))[2];
        assert!(report.notices().all(|notice| notice.kind != NoticeKind::NotPlaced), "{line}");
    }
}
