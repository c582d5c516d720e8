//! Every rule on its own examples, and the table of rules as a whole.

use nianbao::check::profile::SETTINGS;
use nianbao::check::{self, Background, Basis, Example, Profile, RULES, Review, Severity};
use nianbao::form::Form;
use nianbao::report::{Edit, Notice, Place, Report, Value};
use nianbao::rollup::{Gathered, compare};
use nianbao::units::{Filed, Units};

use crate::sound;
use crate::support::snapshot;

/// A sound report and its background after an example's patch: places of the report, `last:` and a place of last year's,
/// `last:` alone for no last year, `last:=` for last year's tables like this year's, `profile:` and a setting, `other:`
/// and a place of another unit's report, `own:` or `unit:` and a place of one of the two reports that this one is the total
/// of (`unit:` alone: it is not there), `!form`, and `!kind-of-notice` with the place that it is about.
struct Tried {
    report: Report,
    background: Background,
    other: Report,
    /// The reports that this one is the total of, this year's and last year's: one like it, and one of zeros.
    units: Vec<Filed>,
}

fn patch(report: &mut Report, spelling: &str, text: &str) {
    let place = Place::parse(spelling).unwrap();
    report.apply(Edit::set(place, Value::read(place, text).0));
}

fn after(example: Example) -> Tried {
    let form = example.iter().find(|(place, _)| *place == "!form").map_or("2021", |(_, form)| *form);
    let form = Form::from_key(form).unwrap();
    let mut report = sound::report(form, &quiet(form));
    patch(&mut report, "@published", "2026-01-20");
    let mut last = Some(sound::last_year(&report));
    let mut other = Report::new(form);
    other.apply(Report::identity("沙湾镇人民政府", None, 2025));
    let mut profile = Profile::DEFAULT;
    let (mut own, mut unit) = (report.clone(), Some(zeros(form)));
    for &(spelling, text) in example.iter().filter(|(place, _)| *place != "!form") {
        if let Some(place) = spelling.strip_prefix("own:") {
            patch(&mut own, place, text);
        } else if spelling == "unit:" {
            unit = None;
        } else if let Some(place) = spelling.strip_prefix("unit:") {
            patch(unit.as_mut().unwrap(), place, text);
        } else if let Some(kind) = spelling.strip_prefix('!') {
            report.apply(Edit { notices: [(notice(kind, text), true)].into(), ..Edit::default() });
        } else if let Some(key) = spelling.strip_prefix("profile:") {
            let setting = SETTINGS.iter().find(|setting| setting.key == key).unwrap();
            (setting.set)(&mut profile, text.parse().unwrap());
        } else if let Some(place) = spelling.strip_prefix("other:") {
            patch(&mut other, place, text);
        } else if spelling == "last:=" {
            let year = report.year().unwrap() - 1;
            let last = last.insert(report.clone());
            last.apply(Report::identity("云溪镇人民政府", None, year));
        } else if spelling == "last:" {
            last = None;
        } else if let Some(place) = spelling.strip_prefix("last:") {
            patch(last.as_mut().unwrap(), place, text);
        } else {
            patch(&mut report, spelling, text);
        }
    }
    let of_last = last.iter().flat_map(|last| [last.clone(), year_before(&zeros(form))]);
    let units = std::iter::once(own).chain(unit).chain(of_last).map(|report| {
        let file = format!("{}{:?}", report.agency(), report.year());
        Filed { file, report }
    });
    let units = units.collect();
    Tried { report, background: Background { previous: last, copied: None, profile }, other, units }
}

/// The report of another unit, zero in every cell.
fn zeros(form: &'static Form) -> Report {
    let mut report = sound::report(form, &vec![0; form.cells().len()]);
    report.apply(Edit::set(Place::parse("proactive/fees/amount").unwrap(), Some(Value::count(0))));
    report.apply(Edit::set(Place::parse("overview").unwrap(), None));
    report.apply(Report::identity(SECOND, None, report.year().unwrap()));
    report
}

fn year_before(report: &Report) -> Report {
    let mut last = report.clone();
    last.apply(Report::identity(report.agency(), None, report.year().unwrap() - 1));
    last
}

/// The second unit of the total.
const SECOND: &str = "沙湾镇人民政府";

/// Counts with which nothing is worth a word: a few requests, a few texts, some licenses.
fn quiet(form: &'static Form) -> Vec<i64> {
    let mut report = Report::new(form);
    for (place, count) in [
        ("proactive/normative_documents/issued", 1),
        ("proactive/normative_documents/in_force", 6),
        ("proactive/licenses/decisions", 120),
        ("requests/received/natural_person", 5),
        ("requests/received/business", 2),
        ("requests/carried_in/natural_person", 1),
        ("requests/granted/natural_person", 4),
        ("requests/not_held/natural_person", 1),
        ("requests/not_held/business", 2),
        ("requests/carried_out/natural_person", 1),
        ("disputes/reconsideration/upheld", 2),
    ] {
        let place = Place::parse(place).unwrap();
        report.apply(Edit::set(place, place.is_in(form).then(|| Value::count(count))));
    }
    let mut counts: Vec<i64> = report.counts().into_iter().map(Option::unwrap_or_default).collect();
    for equation in form.equations() {
        if let [total] = equation.right[..] {
            counts[total] = equation.left.iter().map(|&cell| counts[cell]).sum();
        }
    }
    counts
}

impl Tried {
    fn review(&self) -> Review {
        let mut review = check::check_before(&self.report, &self.background);
        let reports = [("own", &self.report), ("other", &self.other)];
        let twins = check::copies::among(&reports, self.background.profile.similarity, &mut || true);
        review.findings.extend(twins.into_iter().flatten().next().flatten());
        let total = self.rolled_up();
        review.findings.extend(total.findings);
        review.unknown.extend(total.unknown);
        review
    }

    /// What is found where the report is the total of two units.
    fn rolled_up(&self) -> Review {
        let list = format!("全称,上级\n总,\n云溪镇人民政府,总\n{SECOND},总\n");
        let units = Units::read(&nianbao::import::list(list.as_bytes()).unwrap()).unwrap();
        let scope = units.scope(None, None).unwrap();
        let year = self.units[0].report.year().unwrap();
        let gathered = Gathered::new((&units, true), &scope, (year, self.report.form()), &self.units);
        compare::review(&gathered, &gathered.total(Vec::new()), Some(&self.report))
    }
}

fn notice(kind: &str, place: &str) -> Notice {
    let json = serde_json::json!({"kind": kind, "place": place, "message": "原文件与表样不同。"});
    serde_json::from_value(json).unwrap()
}

fn found(rule: &str, tried: &Tried) -> usize {
    tried.review().findings.iter().filter(|finding| finding.rule.id == rule).count()
}

#[test]
fn every_rule_finds_its_wrong_examples_and_leaves_its_right_ones_alone() {
    for rule in RULES.iter() {
        assert!(!rule.wrong.is_empty() && !rule.right.is_empty(), "{}", rule.id);
        for example in rule.wrong {
            assert!(found(rule.id, &after(example)) > 0, "{} misses {example:?}", rule.id);
        }
        for example in rule.right {
            assert_eq!(found(rule.id, &after(example)), 0, "{} at {example:?}", rule.id);
        }
        for example in rule.unknown {
            let review = after(example).review();
            let says = review.unknown.iter().any(|unknown| unknown.rule == rule.id);
            assert!(says, "{} passes {example:?}", rule.id);
            assert_eq!(found(rule.id, &after(example)), 0, "{} at {example:?}", rule.id);
        }
    }
}

#[test]
fn every_rule_that_is_written_is_in_the_table() {
    let is_head = |line: &&str| {
        let id = line.split_once("static ").map(|(_, rest)| rest.as_bytes());
        line.starts_with("claim_rule!(")
            || line.contains(": Rule = Rule {") && id.is_some_and(|id| id[0].is_ascii_uppercase())
    };
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/src/check");
    let files = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    let sources = files.filter(|path| path.is_file()).map(|path| std::fs::read_to_string(path).unwrap());
    let written: usize = sources.map(|source| source.lines().filter(is_head).count()).sum();
    assert_eq!(written, RULES.len());
}

#[test]
fn ids_are_distinct_and_of_a_family_and_errors_cite_a_text() {
    let families = "AYPISLGTR";
    let order = |rule: &check::Rule| (families.find(&rule.id[..1]).unwrap(), rule.id);
    assert!(RULES.windows(2).all(|pair| order(pair[0]) < order(pair[1])));
    for rule in RULES.iter() {
        assert!(rule.severity != Severity::Error || rule.basis != Basis::Practice, "{}", rule.id);
        assert!(rule.explanation.chars().count() > 20, "{}", rule.id);
        assert_eq!(check::rule(&rule.id.to_lowercase()).map(|r| r.id), Some(rule.id));
    }
}

#[test]
fn every_message_says_where_and_what_to_do() {
    for rule in RULES.iter() {
        for example in rule.wrong {
            let review = after(example).review();
            for finding in review.findings.iter().filter(|f| f.rule.id == rule.id) {
                assert!(finding.message.ends_with('。'), "{}", finding.message);
                assert!(!finding.places.is_empty(), "{}", finding.message);
            }
        }
    }
}

#[test]
fn messages_read_as_a_clerk_needs_them() {
    let first = |rule: &str, example: Example| {
        let review = after(example).review();
        review.findings.iter().find(|f| f.rule.id == rule).unwrap().message.clone()
    };
    assert_eq!(
        first(
            "A04",
            &[
                ("disputes/reconsideration/upheld", "10"),
                ("disputes/reconsideration/corrected", "1"),
                ("disputes/reconsideration/other", "0"),
                ("disputes/reconsideration/pending", "0"),
                ("disputes/reconsideration/total", "0")
            ]
        ),
        "表四“行政复议”：10 + 1 + 0 + 0 = 11，总计填的是 0，差 11。请核对本行各格或改总计。"
    );
    assert_eq!(
        first("A05", &[("requests/received/business", "约20")]),
        "一、本年新收政府信息公开申请数量，商业企业：填的是“约20”，读不成一个数。请只写一个数，不写“约”“余”和单位。"
    );
    assert_eq!(
        first("I02", &[("overview", "2024 年，全镇公开信息77条。")]),
        "写的是“2024 年”，报告年度是 2025 年。沿用上年文稿漏改的，请改为 2025 年。"
    );
}

#[test]
fn a_blank_that_the_sums_determine_is_offered_with_its_value() {
    let report = after(&[("requests/concluded/business", "")]);
    let right = after(&[]).report;
    let review = check::check(&report.report);
    assert!(review.findings.iter().all(|f| !matches!(f.rule.id, "A01" | "A02" | "A03" | "A04" | "A08")));
    let fix = &review.findings.iter().find(|f| f.rule.id == "A06").unwrap().fixes[0];
    let mut mended = report.report;
    mended.apply(fix.edit());
    assert!(mended == right);
}

#[test]
fn what_can_be_seen_stays_where_what_cannot_is_removed() {
    let mut report = after(&[("overview", "cafe\u{301}\u{200b}公开\u{202e}हिन्दी")]).report;
    let review = check::check(&report);
    let fix = &review.findings.iter().find(|f| f.rule.id == "T03").unwrap().fixes[0];
    report.apply(fix.edit());
    assert_eq!(report.text(nianbao::form::terms::Section::Overview), "cafe\u{301}公开हिन्दी");
}

#[test]
fn what_cannot_be_evaluated_is_said() {
    let review = check::check(&Report::new(Form::current()));
    let unknown: Vec<&str> = review.unknown.iter().map(|unknown| unknown.rule).collect();
    let no_last_year = ["Y01", "Y02", "Y03", "Y05", "Y06", "Y07", "Y08", "Y09"];
    let expected: Vec<&str> = ["A01", "A02", "A03", "A04"].into_iter().chain(no_last_year).collect();
    assert!(expected.iter().all(|rule| unknown.contains(rule)), "{unknown:?}");
    let review = after(&[]).review();
    assert!(review.unknown.is_empty() && review.findings.is_empty(), "{:?}", review.findings);
}

/// The messages and fixes of every rule on its wrong examples, as the clerk reads them.
pub(crate) fn messages() -> String {
    let mut all = String::new();
    for rule in RULES.iter() {
        all += &format!("{} {} {}\n", rule.id, rule.name, rule.severity.label());
        for example in rule.wrong {
            let review = after(example).review();
            for finding in review.findings.iter().filter(|finding| finding.rule.id == rule.id) {
                let quote =
                    finding.quote.as_ref().map_or(String::new(), |quote| format!("【{}】", quote.text));
                all += &format!("  {}{quote}\n", finding.message.replace('\n', "/"));
                for fix in &finding.fixes {
                    all += &format!("    改法：{}\n", fix.title.replace('\n', "/"));
                }
            }
        }
        for example in rule.unknown {
            let review = after(example).review();
            for unknown in review.unknown.iter().filter(|unknown| unknown.rule == rule.id) {
                all += &format!("  未核对：{}\n", unknown.reason);
            }
        }
    }
    all
}

#[test]
fn messages_are_the_ones_that_were_read_over() {
    snapshot("messages.txt", &messages());
}

#[test]
fn a_section_made_to_have_thousands_of_faults_has_a_bounded_number_of_findings() {
    let pieces = [
        "（》",
        "2024年，",
        "身份证号420999199003078883，",
        "×××条。",
        "（二）一是三是、",
        "收到申请9件，其中自然人8件。",
        "占5%，3件，增长4%，",
        "国家机密。",
        "国务院令第492号，",
        "特此报告，",
        "沙湾镇将认真。",
        "公开了件，",
    ];
    for piece in pieces {
        let form = Form::current();
        let mut report = sound::report(form, &quiet(form));
        patch(&mut report, "overview", &piece.repeat(300));
        let review = check::check(&report);
        for rule in RULES.iter() {
            let count = review.findings.iter().filter(|finding| finding.rule.id == rule.id).count();
            assert!(count <= 210, "{count} findings of {} on {piece}", rule.id);
        }
    }
}
