//! Reading what offices send: shapes of text, damage, encodings, and the way back from our own exports.

use nianbao::day::Day;
use nianbao::document::compose::compose;
use nianbao::document::recognize::recognize;
use nianbao::export::Kind;
use nianbao::form::Form;
use nianbao::form::terms::{Field, Section};
use nianbao::import;
use nianbao::report::{Edit, NoticeKind, Place, Report, Value};
use proptest::prelude::*;

use crate::sound::{self, Dice};
use crate::support::{shared, spellings, truth, written};

/// The cells of a report.
fn cells(report: &Report) -> Vec<(Place, Value)> {
    report
        .values()
        .filter(|(place, _)| place.cell().is_some())
        .map(|(place, value)| (place, value.clone()))
        .collect()
}

fn kinds(report: &Report) -> Vec<NoticeKind> {
    report.notices().map(|notice| notice.kind).collect()
}

fn bytes(path: &str) -> Option<Vec<u8>> {
    Some(std::fs::read(shared(path)?).unwrap())
}

#[test]
fn the_real_sample_is_read_whole() {
    let Some(file) = bytes("corpus/baliying_town_2024.txt") else { return };
    let report = import::read(&file).unwrap();
    assert_eq!(cells(&report), cells(&truth("baliying_town_2024").unwrap()));
    assert_eq!(report.agency(), "八里营镇人民政府");
    assert_eq!(report.prose().count(), 3);
    assert_eq!(kinds(&report), [NoticeKind::GroupLost]);
    assert_eq!(
        report.notices().next().unwrap().place.unwrap().to_string(),
        "requests/handled_otherwise/total"
    );
    let review = nianbao::check::check(&report);
    let found: Vec<&str> = review.findings.iter().map(|finding| finding.rule.id).collect();
    assert_eq!(found, ["I01", "I02", "S04", "S07", "S10", "G03", "T01"]);
}

/// The sample with other numbers in its cells, one for each 0 that stands alone in a field, in reading order.
fn renumbered(text: &str, mut number: impl FnMut(usize) -> String) -> String {
    let mut count = 0;
    let line = |line: &str| {
        let fields = line.split('\t').map(|field| match field {
            "0" => {
                count += 1;
                number(count - 1)
            }
            _ => field.to_owned(),
        });
        fields.collect::<Vec<_>>().join("\t")
    };
    let lines: Vec<String> = text.lines().map(line).collect();
    lines.join("\n")
}

fn check_renumbered(text: &str) {
    let read = |text: &str| import::read(text.as_bytes()).unwrap();
    let form = Form::current();
    let numbers = |index: usize| (index * 7919 % 99_991).to_string();
    let report = read(&renumbered(text, numbers));
    for (index, info) in form.cells().iter().enumerate() {
        assert_eq!(report.get(info.cell).map(ToString::to_string), Some(numbers(index)), "{}", info.row_name);
    }
    // Every fifth cell blank, every seventh something else.
    let gaps = |index: usize| match index {
        _ if index % 5 == 3 => String::new(),
        _ if index % 7 == 2 => "/".to_owned(),
        _ => numbers(index),
    };
    let report = read(&renumbered(text, gaps));
    let mut placed = 0;
    for (index, info) in form.cells().iter().enumerate() {
        match report.get(info.cell) {
            Some(value) => {
                assert_eq!(value.to_string(), gaps(index), "{}", info.row_name);
                placed += 1;
            }
            None => {
                let excused = report
                    .notices()
                    .any(|n| n.place.and_then(Place::cell).is_some_and(|c| c.row == info.cell.row));
                assert!(gaps(index).is_empty() || excused, "{} {}", info.row_name, info.column_name);
            }
        }
    }
    assert!(placed > 140, "{placed} cells of a report with gaps");
}

#[test]
fn other_numbers_are_read_where_they_stand() {
    check_renumbered(&sample());
    if let Some(file) = bytes("corpus/baliying_town_2024.txt") {
        check_renumbered(&String::from_utf8(file).unwrap());
    }
}

/// The sample that the program brings along, all zero.
fn sample() -> String {
    let text = include_str!("../../src/sample/yunxi_town_2025.txt");
    let zeroed = text.lines().map(|line| {
        let zero = |field: &str| if field.parse::<f64>().is_ok() { "0".to_owned() } else { field.to_owned() };
        line.split('\t').map(zero).collect::<Vec<_>>().join("\t")
    });
    zeroed.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_table_that_is_not_there_is_missing_and_never_zero() {
    let text = sample();
    for (section, from, to) in [
        (Section::Proactive, "第二十条第（一）项", "三、收到"),
        (Section::Requests, "(本列数据", "四、政府信息公开行政复议"),
        (Section::Disputes, "行政复议\t", "五、存在"),
    ] {
        let (start, end) = (text.find(from).unwrap(), text.find(to).unwrap());
        let without = format!("{}{}", &text[..start], &text[end..]);
        let report = import::read(without.as_bytes()).unwrap();
        assert!(cells(&report).iter().all(|(place, _)| place.section() != Some(section)), "{section:?}");
        assert_eq!(
            cells(&report).len(),
            200 - Form::current().cells().iter().filter(|c| c.cell.section() == section).count()
        );
        let missing: Vec<_> =
            report.notices().filter(|n| n.kind == NoticeKind::TableMissing).map(|n| n.place).collect();
        assert_eq!(missing, [Some(section.into())]);
    }
}

#[test]
fn a_scrambled_text_is_never_placed_wrong() {
    let Some(file) = bytes("corpus/shanghai_stcsm_2024.pdftext.md") else { return };
    let (report, truth) = (import::read(&file).unwrap(), truth("shanghai_stcsm_2024").unwrap());
    let read = cells(&report);
    for (place, value) in &read {
        assert_eq!(truth.get(*place).map(|v| v.to_string()), Some(value.to_string()), "{place}");
    }
    eprintln!("scrambled text: {} of {} cells placed, none wrong", read.len(), cells(&truth).len());
    assert!(read.len() > 80);
    let quoted: String = report.notices().map(|notice| notice.quote.as_str()).collect();
    assert!(quoted.contains("8 2 0 0 0 0 10"));
}

#[test]
fn shapes_of_rows() {
    let report = |body: &str| {
        let text =
            format!("云溪镇人民政府2025年政府信息公开工作年度报告\n二、主动公开政府信息情况\n{body}\n");
        import::read(text.as_bytes()).unwrap()
    };
    let at = |report: &Report, place: &str| report.get(Place::parse(place).unwrap()).map(ToString::to_string);
    let issued = "proactive/regulations/issued";
    let in_force = "proactive/regulations/in_force";
    for body in [
        "规章 | 3 | 0 | 12 |",
        "| 规章 | 3 | 0 | 12 |",
        "规章\t3\t0\t12",
        "规 章\n3\n0\n12",
        "规章 3 0 12",
        "规章\t３\t0\t12件",
    ] {
        let read = report(body);
        assert_eq!((at(&read, issued), at(&read, in_force)), (Some("3".into()), Some("12".into())), "{body}");
    }
    for body in ["规章3012", "规章 3 12", "| 规章 | 3 | 12 |", "规章\n3\n12", "\t\t3\t0\t12"] {
        let read = report(body);
        assert_eq!((at(&read, issued), at(&read, in_force)), (None, None), "{body}");
        assert!(kinds(&read).contains(&NoticeKind::NotPlaced), "{body}: {:?}", kinds(&read));
    }
    let twice = report("规章\t3\t0\t12\n规章\t4\t0\t12");
    assert_eq!((at(&twice, issued), at(&twice, in_force)), (None, Some("12".into())));
    assert!(kinds(&twice).contains(&NoticeKind::Conflict));
    assert!(kinds(&report("规章\t1\t2\t3\n小计\t1\t2\t3")).contains(&NoticeKind::ExtraCells));
    let typed = report("规范性文件\t1\t2\t3");
    assert_eq!(at(&typed, "proactive/normative_documents/issued"), Some("1".into()));
    assert!(kinds(&typed).contains(&NoticeKind::LabelChanged));
}

#[test]
fn a_table_is_read_whole_whatever_separates_its_fields() {
    let numbered = renumbered(&sample(), |index| (index * 37 % 1009).to_string());
    let whole = cells(&import::read(numbered.as_bytes()).unwrap());
    assert_eq!(whole.len(), 200);
    let rewritten = |row: &dyn Fn(Vec<&str>) -> String| -> String {
        let line =
            |line: &str| if line.contains('\t') { row(line.split('\t').collect()) } else { line.to_owned() };
        numbered.lines().map(line).collect::<Vec<_>>().join("\n")
    };
    let filled = |row: Vec<&str>, between: &str| {
        row.into_iter().filter(|field| !field.trim().is_empty()).collect::<Vec<_>>().join(between)
    };
    for text in [
        rewritten(&|row| format!("{} |", row.join(" | "))),
        rewritten(&|row| filled(row, "\n")),
        rewritten(&|row| filled(row, " ")),
        rewritten(&|row| filled(row, "\t")),
    ] {
        assert_eq!(cells(&import::read(text.as_bytes()).unwrap()), whole, "{text}");
    }
    let glued = import::read(rewritten(&|row| filled(row, "")).as_bytes()).unwrap();
    assert!(cells(&glued).is_empty() && kinds(&glued).contains(&NoticeKind::NotPlaced));
}

#[test]
fn headings_are_known_through_what_offices_make_of_them() {
    let text = "XX县水务局\n2025年政府信息公开\n工作年度报告\n本报告按规定编制。\n一、总体情况\n甲。\n二\n主动公开政府信息情况\n\
                三、收到和处理政府信息公开申请情况\n五、政府信息公开工作存在的主要问题及改进情况\n乙。\n六、其他需要报告的事项\n无\n\
                2026年1月20日\n";
    let report = import::read(text.as_bytes()).unwrap();
    assert_eq!((report.agency(), report.year()), ("XX县水务局", Some(2025)));
    assert_eq!(report.text(Section::Lead), "本报告按规定编制。");
    assert_eq!((report.text(Section::Overview), report.text(Section::Problems)), ("甲。", "乙。"));
    assert_eq!(report.text(Field::Published), "2026-01-20");
    let about =
        |kind| report.notices().filter(move |n| n.kind == kind).filter_map(|n| n.place).collect::<Vec<_>>();
    assert_eq!(about(NoticeKind::SectionMissing), [Section::Disputes.into()]);
    assert_eq!(about(NoticeKind::SectionTitle), [Section::Problems.into()]);
}

#[test]
fn a_small_table_in_the_prose_stays_prose_where_the_real_one_stands() {
    let read = |own: &str| {
        let text = format!(
            "云溪镇人民政府2025年政府信息公开工作年度报告\n一、总体情况\n甲。\n类别\t数量\n行政许可\t5\n{own}五、存在的主要问题及改进情况\n无\n"
        );
        import::read(text.as_bytes()).unwrap()
    };
    let licenses = Place::parse("proactive/licenses/decisions").unwrap();
    let report = read("二、主动公开政府信息情况\n信息内容\t本年处理决定数量\n行政许可\t37\n");
    assert_eq!(report.get(licenses), Some(&Value::count(37)));
    assert_eq!(report.text(Section::Overview), "甲。\n类别 数量\n行政许可 5");
    // Without the heading of its section a table is looked for everywhere.
    assert_eq!(read("").get(licenses), Some(&Value::count(5)));
}

#[test]
fn the_words_of_the_tables_say_which_form_it_is_and_without_them_the_year() {
    let form = |year: &str, head: &str| {
        let text = format!(
            "云溪镇人民政府{year}年政府信息公开工作年度报告\n一、总体情况\n甲。\n二、主动公开政府信息情况\n{head}\n"
        );
        import::read(text.as_bytes()).unwrap().form().decree.key
    };
    let old = "信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量";
    let new = "信息内容\t本年制发件数\t本年废止件数\t现行有效件数";
    assert_eq!((form("2024", old), form("2020", new)), ("2019", "2021"));
    assert_eq!((form("2020", ""), form("2021", ""), form("2031", "")), ("2019", "2021", "2021"));
}

#[test]
fn random_damage_never_gives_a_wrong_cell_without_a_notice() {
    let form = Form::current();
    let mut dice = Dice::new(99);
    let numbered = renumbered(&sample(), |index| (index + 1000).to_string());
    let (mut right, mut wrong) = (0, 0);
    for _ in 0..400 {
        let mut lines: Vec<String> = numbered.lines().map(str::to_owned).collect();
        let tabbed: Vec<usize> = (0..lines.len()).filter(|&i| lines[i].contains('\t')).collect();
        let line = tabbed[dice.below(tabbed.len())];
        let mut fields: Vec<String> = lines[line].split('\t').map(str::to_owned).collect();
        let field = dice.below(fields.len());
        match dice.below(6) {
            0 => drop(fields.remove(field)),
            1 => fields.insert(field, String::new()),
            2 if field + 1 < fields.len() => {
                let next = fields.remove(field + 1);
                fields[field].push_str(&next);
            }
            3 => fields[field] = fields[field].chars().skip(1).collect(),
            4 => fields[field] = String::new(),
            _ => fields.truncate(field),
        }
        let damaged = fields.join("\t");
        let is_number_lost = damaged.split('\t').filter(|f| f.len() == 4 && f.parse::<u32>().is_ok()).count();
        lines[line] = damaged;
        let Ok(report) = import::read(lines.join("\n").as_bytes()) else { continue };
        for (index, info) in form.cells().iter().enumerate() {
            let Some(value) = report.get(info.cell) else { continue };
            if value.to_string() == (index + 1000).to_string() {
                right += 1;
                continue;
            }
            // A digit cut off a number is that number to any reader; everything else has to be announced.
            let is_cut = (index + 1000).to_string().ends_with(&value.to_string());
            let is_told = report
                .notices()
                .any(|n| n.place.and_then(Place::cell).is_some_and(|c| c.row == info.cell.row));
            assert!(is_cut || is_told, "{} {value} of {is_number_lost}\n{}", info.row_name, lines[line]);
            wrong += 1;
        }
    }
    eprintln!("damaged texts: {right} cells right, {wrong} announced or cut");
    assert!(right > 400 * 190);
}

pub(crate) fn report(form: &'static Form) -> impl Strategy<Value = Report> {
    let line = "[ -~]{0,8}|[“”…—、（）《》0-9一二三①|#\\\\]{1,6}文|收到申请12件，均已答复。";
    let prose = proptest::collection::vec(line, 1..4).prop_map(|lines| {
        lines.iter().map(|l| l.trim()).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n")
    });
    let text = proptest::option::of(prose);
    let odd = proptest::collection::vec((any::<proptest::sample::Index>(), "/|约20|12件左右|无|"), 0..8);
    let title = "[-|#\\\\\\[\\]*_~`<>=+. ]{0,4}";
    let day = (1990_i64..2100, 1_i64..=12, 1_i64..=31, any::<proptest::sample::Index>());
    let day = day.prop_filter_map("in the calendar", |(year, month, day, spelling)| {
        Day::new(year, month, day)?;
        Some(spelling.get(&spellings(year, month, day)).clone())
    });
    let day = proptest::option::of(day);
    let front = (any::<u32>(), title, title, day);
    (front, odd, text.clone(), text.clone(), text.clone(), text).prop_map(
        move |((seed, before, behind, day), odd, a, b, c, d)| {
            let mut report = sound::report(form, &sound::counts(form, &mut Dice::new(u64::from(seed))));
            for (index, text) in odd {
                let cell = form.cells()[index.index(form.cells().len())].cell;
                report.apply(Edit::set(cell, Value::read(cell.into(), &text).0));
            }
            for (section, text) in Section::PROSE.into_iter().zip([a, b, c, d]) {
                let text = text.filter(|text| !text.ends_with('日')).unwrap_or_default();
                report.apply(Edit::set(section, Value::read(section.into(), &text).0));
            }
            // Signs before the name of an organ would be part of it.
            let before = if before.contains('=') { "关于" } else { "" };
            let title = format!("{before}{}{behind}", report.text(Field::Title));
            report.apply(Edit::set(Field::Title, Value::read(Field::Title.into(), &title).0));
            report.apply(Edit::set(Field::Published, day.map(Value::Text)));
            report
        },
    )
}

/// A report without the notices that reading gives to what is no number.
pub(crate) fn unnoticed(mut report: Report) -> Report {
    let notices: Vec<_> = report.notices().cloned().collect();
    report.apply(Edit {
        notices: notices.into_iter().map(|notice| (notice, false)).collect(),
        ..Edit::default()
    });
    report
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn layout_is_lossless(old in report(Form::from_key("2019").unwrap()), new in report(Form::current())) {
        for report in [old, new] {
            prop_assert_eq!(unnoticed(recognize(&compose(&report)).report), report);
        }
    }

    #[test]
    fn prose_may_look_like_anything(lines in proptest::collection::vec(
        "二、主动公开政府信息情况|五、存在的主要问题及改进情况|六|规章 1 2 3|[|] 规章 [|] 1 [|] 2 [|] 3 [|]|# 一、总体情况|[|]---[|]|某某年度报告|.{0,6}字", 1..6),
        blank in 0_usize..3
    ) {
        for form in Form::all() {
            let mut report = sound::report(form, &sound::counts(form, &mut Dice::new(8)));
            let text = lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(&"\n".repeat(blank + 1));
            for section in Section::PROSE {
                report.apply(Edit::set(section, Value::read(section.into(), &text).0));
            }
            prop_assert_eq!(&unnoticed(recognize(&compose(&report)).report), &report);
            if blank == 0 && text.lines().all(|line| nianbao::width::shown(line) == line) {
                prop_assert_eq!(unnoticed(import::read(&written(&report, Kind::Markdown)).unwrap()), report);
            }
        }
    }

    #[test]
    fn exports_are_read_back(report in report(Form::current())) {
        for kind in [Kind::Json, Kind::Markdown] {
            let read = import::read(&written(&report, kind)).unwrap();
            prop_assert_eq!(unnoticed(read), report.clone(), "{:?}", kind);
        }
        let read = import::read(&written(&report, Kind::Text)).unwrap();
        prop_assert_eq!(cells(&read), cells(&report));
    }

    #[test]
    fn any_bytes_return(bytes in proptest::collection::vec(any::<u8>(), 0..600), text in "[\t|#0-9一二三四五六、总体情况规章行政复议\n ]{0,200}") {
        let _ = import::read(&bytes);
        let _ = import::read(text.as_bytes());
    }
}
