//! The checks on real reports and labelled sentences, where the shared material is there.

use nianbao::check::{self, Finding};
use nianbao::form::Form;
use nianbao::form::terms::{Field, Section};
use nianbao::import;
use nianbao::report::{Edit, Place, Report, Value};

use crate::sound::Dice;
use crate::support::{shared, truth};

#[test]
fn every_slip_in_a_real_table_3_is_localized_first() {
    let Some(sound) = truth("hangzhou_style_2025") else { return };
    let form = sound.form();
    let mut tried = 0;
    for (index, info) in
        form.cells().iter().enumerate().filter(|(_, i)| i.cell.section() == Section::Requests)
    {
        let right = sound.counts()[index].unwrap();
        let place = Place::from(info.cell);
        for wrong in crate::laws::slips(right) {
            let mut report = sound.clone();
            report.apply(Edit::set(place, Some(Value::count(wrong))));
            let fixes = fixes(&report, "A08");
            assert_eq!(fixes[0], [(place, Some(Value::count(right)))].into(), "{place} {wrong} for {right}");
            tried += 1;
        }
        let mut report = sound.clone();
        report.apply(Edit::set(place, None));
        assert!(fixes(&report, "A08").is_empty());
        assert_eq!(fixes(&report, "A06")[0], [(place, Some(Value::count(right)))].into(), "{place} blank");
    }
    assert!(tried > 300);
}

/// The fixes of the first finding of a rule.
fn fixes(report: &Report, rule: &str) -> Vec<std::collections::BTreeMap<Place, Option<Value>>> {
    let review = check::check(report);
    let finding = review.findings.iter().find(|finding| finding.rule.id == rule);
    finding.map(|f| f.fixes.iter().map(|fix| fix.set.clone()).collect()).unwrap_or_default()
}

#[test]
fn two_slips_in_a_real_table_3_are_among_the_first_three() {
    let Some(sound) = truth("hangzhou_style_2025") else { return };
    let form = sound.form();
    let counts: Vec<i64> = sound.counts().into_iter().map(Option::unwrap_or_default).collect();
    let requests: Vec<usize> =
        (0..form.cells().len()).filter(|&c| form.cells()[c].cell.section() == Section::Requests).collect();
    let mut dice = Dice::new(20_250_131);
    let (mut tried, mut among_three, mut only) = (0, 0, 0);
    while tried < crate::laws::samples(2_000) {
        let pair = [requests[dice.below(requests.len())], requests[dice.below(requests.len())]];
        if pair[0] == pair[1] {
            continue;
        }
        let mut report = sound.clone();
        let mut expected = std::collections::BTreeMap::new();
        for cell in pair {
            let slips = crate::laws::slips(counts[cell]);
            let place = Place::from(form.cells()[cell].cell);
            report.apply(Edit::set(place, Some(Value::count(slips[dice.below(slips.len())]))));
            expected.insert(place, Some(Value::count(counts[cell])));
        }
        let fixes = fixes(&report, "A08");
        tried += 1;
        among_three += usize::from(fixes.iter().take(3).any(|fix| *fix == expected));
        only += usize::from(fixes == [expected]);
    }
    eprintln!(
        "double slips: {tried} tried, {among_three} among the first three, {only} the only smallest set"
    );
    assert!(among_three * 100 >= tried * 95);
}

#[test]
fn the_arithmetic_of_real_reports() {
    let rules = |name: &str| -> Option<Vec<(&str, String)>> {
        let findings = check::check(&truth(name)?).findings;
        let of_sums = |f: &Finding| matches!(f.rule.id, "A01" | "A02" | "A03" | "A04" | "A05" | "A08");
        Some(findings.iter().filter(|f| of_sums(f)).map(|f| (f.rule.id, f.places[0].to_string())).collect())
    };
    let Some(hongze) = rules("hongze_2023") else { return };
    let totals = ["disputes/reconsideration/total", "disputes/suit_after_reconsideration/total"];
    let expected: Vec<(&str, String)> =
        ["A04", "A08"].into_iter().flat_map(|rule| totals.map(|place| (rule, place.to_owned()))).collect();
    assert_eq!(hongze, expected);
    for sound in ["baliying_town_2024", "hangzhou_style_2025", "suqian_city_2023", "suqian_city_2024"] {
        assert_eq!(rules(sound), Some(Vec::new()), "{sound}");
    }
    let Some(stcsm) = truth("shanghai_stcsm_2024") else { return };
    let total = Place::parse("requests/carried_out/total").unwrap();
    assert_eq!(fixes(&stcsm, "A06")[0], [(total, Some(Value::count(1)))].into());
}

/// Asserts that a file gives every cell as it was checked by hand, blanks too; the report for what else is in it.
fn read_whole(name: &str, kind: &str) -> Option<Report> {
    let report = import::read(&std::fs::read(shared(&format!("corpus/{name}.{kind}"))?).unwrap()).unwrap();
    let truth = truth(name)?;
    assert_eq!(report.form().decree.key, truth.form().decree.key);
    for info in truth.form().cells() {
        assert_eq!(report.get(info.cell), truth.get(info.cell), "{name}: {}", Place::from(info.cell));
    }
    Some(report)
}

#[test]
fn real_pages_are_read_whole() {
    for (name, title, agency, year, published) in [
        ("hangzhou_style_2025", "测试市2025年政府信息公开工作年度报告", "测试市", 2025, ""),
        (
            "shuyang_fgj_2023",
            "沭阳县发展和改革局2023年政府信息公开年度报告",
            "沭阳县发展和改革局",
            2023,
            "2024-01-17",
        ),
        (
            "shanghai_office_2019",
            "2019年上海市人民政府办公厅政府信息公开工作年度报告",
            "上海市人民政府办公厅",
            2019,
            "2020-01-31",
        ),
    ] {
        let Some(report) = read_whole(name, "html") else { continue };
        assert_eq!((report.text(Field::Title), report.agency(), report.year()), (title, agency, Some(year)));
        assert_eq!(report.text(Field::Published), published);
        let (first, last) = match name {
            "hangzhou_style_2025" => ("根据《中华", "实际收取信息处理费共计400元。"),
            "shuyang_fgj_2023" => ("根据《中华", "政府信息公开未发生收费情况。"),
            _ => ("本年度报告根据《中华", "无。"),
        };
        let (lead, last_section) = (report.text(Section::Lead), report.text(Section::OtherMatters));
        assert!(lead.starts_with(first) && !lead.contains('\n'), "{lead}");
        assert!(last_section.ends_with(last) && !last_section.contains('\n'), "{last_section}");
        let problems = report.text(Section::Problems);
        assert!(problems.ends_with(['。']) && problems.lines().count() <= 4, "{problems}");
    }
}

#[test]
fn the_prose_of_real_pages_is_whole() {
    let Some(shuyang) = read_whole("shuyang_fgj_2023", "html") else { return };
    let overview = shuyang.text(Section::Overview);
    assert_eq!(overview.lines().count(), 11);
    assert!(overview.contains("全年共审核发布各类公开政府信息249条，其中：发布行政公文和政策解读信息9条；"));
    assert!(shuyang.text(Section::Lead).contains("统计时限为2023年1月1日至2023年12月31日。"));
    let Some(shanghai) = read_whole("shanghai_office_2019", "html") else { return };
    let overview = shanghai.text(Section::Overview);
    assert!(overview.contains("《上海市贯彻<长江三角洲区域一体化发展规划纲要>实施方案》"));
    assert_eq!(overview.lines().filter(|line| line.starts_with('（')).count(), 5);
}

#[test]
fn titles_and_years_of_the_labelled_sentences() {
    let Some(path) = shared("corpus/prose_cases.jsonl") else { return };
    let mut checked = 0;
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| case[key].as_str().unwrap_or_default();
        let mut report = Report::new(Form::current());
        report.apply(Report::identity(text("agency"), None, case["year"].as_i64().unwrap()));
        let title = Some(Value::Text(text("title").to_owned())).filter(|_| !text("title").is_empty());
        report.apply(Edit::set(Field::Title, title));
        let section = Section::from_key(text("section")).unwrap();
        report.apply(Edit::set(section, Some(Value::Text(text("text").to_owned()))));
        let review = check::check(&report);
        for rule in ["I01", "I02"] {
            let found: Vec<&Finding> = review.findings.iter().filter(|f| f.rule.id == rule).collect();
            let expects = case["expect"].as_array().into_iter().flatten();
            let expected: Vec<&str> =
                expects.filter(|e| e["rule"] == rule).filter_map(|e| e["quote"].as_str()).collect();
            let silent = case["silent_rules"].as_array().into_iter().flatten().any(|r| r == rule);
            for quote in &expected {
                let hit = |f: &&Finding| {
                    f.quote.as_ref().is_some_and(|q| q.text.contains(quote) || quote.contains(&q.text))
                };
                assert!(found.iter().any(hit), "{} misses {quote} in {}", rule, text("id"));
            }
            let only_labelled = rule == "I02" || silent;
            assert!(
                !only_labelled || expected.len() >= found.len(),
                "{}: {:?}",
                text("id"),
                found[0].message
            );
            checked += 1;
        }
    }
    assert!(checked > 100);
}

#[cfg(feature = "pdf")]
#[test]
fn a_district_s_pdf_is_read_to_the_last_cell() {
    let (Some(path), Some(truth)) = (shared("corpus/hongze_2023.pdf"), truth("hongze_2023")) else { return };
    let read = import::read(&std::fs::read(path).unwrap()).unwrap();
    for info in truth.form().cells() {
        assert_eq!(read.get(info.cell), truth.get(info.cell), "{:?}", info.cell);
    }
    // The title leaves the city out, which only the lead has.
    assert!(read.agency().ends_with("洪泽区人民政府"));
    assert_eq!(read.year(), Some(2023));
    assert!(read.text(Field::Title).ends_with("洪泽区人民政府2023年政府信息公开工作年度报告"));
    let single = Place::parse("requests/handled_otherwise/total").unwrap();
    assert!(read.notices().any(|notice| notice.place == Some(single)), "（六）其他处理");
    // Each section of prose, from its first words to its last, and how many paragraphs it has.
    for (section, begins, ends, paragraphs, characters) in [
        (Section::Lead, "本报告由", "hzzwgk@126.com）。", 1, 192),
        (Section::Overview, "2023年，洪泽区", "建立政府网站日常监测机制。", 7, 640),
        (Section::Problems, "2023年，洪泽区", "业务工作水平。", 1, 291),
        (Section::OtherMatters, "2023年，区政府", "信息处理费0元。", 1, 49),
    ] {
        let text = read.text(section);
        assert!(text.starts_with(begins) && text.ends_with(ends), "{text}");
        assert_eq!(text.lines().count(), paragraphs, "{text}");
        assert_eq!(text.chars().filter(|c| !c.is_whitespace()).count(), characters, "{text}");
    }
}
