//! Family I: whose report it is and for which year.

mod history;

use history::is_history;

use super::{Basis, Facts, Fix, MOST_WORDS, Quote, Review, Rule, Severity};
use crate::day::{digit, years};
use crate::form::Form;
use crate::form::terms::{Field, Section};
use crate::report::{Place, Value};
use crate::text::{behind_last, first_clause, squeezed};

/// The rules of this file.
pub(super) static RULES: &[&Rule] = &[&I01, &I02];

pub(super) static I01: Rule = Rule {
    id: "I01",
    name: "title-form",
    severity: Severity::Warning,
    basis: Basis::Form,
    title: "标题 = 机关全称 + 年份 + 年政府信息公开工作年度报告",
    explanation: "标题写机关全称和报告年度，如“云溪镇人民政府2025年政府信息公开工作年度报告”。不写“2025年度……年度报告”，\
                  不写成“工作报告”“工作总结”，机关名称和年份都不能少。年度没有填、填的不是年份的，也在这里提示。",
    wrong: &[
        &[("@title", "云溪镇人民政府2025年政府信息公开工作报告")],
        &[("@title", "云溪镇人民政府2025年度政府信息公开工作年度报告")],
        &[("@title", "2025年政府信息公开工作年度报告")],
        &[("@title", "云溪镇人民政府政府信息公开工作年度报告")],
        &[("@title", "")],
        &[("@year", "")],
        &[("@year", ""), ("@title", "")],
        &[("@year", "去年")],
        &[("@year", "202025")],
        &[("@year", "2018"), ("@title", "云溪镇人民政府2018年政府信息公开工作年度报告")],
    ],
    right: &[&[], &[("@title", "云溪镇人民政府\n2025 年政府信息公开工作年度报告")]],
    unknown: &[],
    run: title_form,
};

pub(super) static I02: Rule = Rule {
    id: "I02",
    name: "stale-year",
    severity: Severity::Warning,
    basis: Basis::Regulations("第四十九条、第五十条"),
    title: "正文里的年份是报告年度（沿用上年文稿时最容易漏改）",
    explanation: "年度报告报告的是上一年度的工作。照着去年的文稿改，最容易漏掉句首的年份。与往年比较、文件名称和文号、\
                  机构沿革里的年份不在此列。标题里的年份写错按错误计。",
    wrong: &[
        &[("overview", "2024年，我镇主动公开政府信息77条。")],
        &[("problems", "截至2024 年12月31日，仍存在公开不及时的问题。")],
        &[("@title", "云溪镇人民政府2024年政府信息公开工作年度报告")],
        &[("overview", "二〇二四年，我镇认真落实《云溪县2025年政务公开工作要点》，公开信息77条。")],
        &[("problems", "存在更新不及时的问题。2025年，我镇将加强培训。")],
    ],
    right: &[
        &[],
        &[(
            "overview",
            "2024年收到申请35件，2023年收到29件。2024年度社会评议满意率95%，今年提高1个百分点。在2024年全县政务公开考核中得分94分。",
        )],
        &[(
            "overview",
            "自2024年7月1日起施行的《办法》已公开，2024年10月15日印发的方案继续执行，2024年8月1日成立的专班运行正常。",
        )],
        &[(
            "overview",
            "2023年建成的政务公开专区继续开放。2024年12月设立的查阅点运行正常，2024年底反馈的3个问题已整改。",
        )],
        &[("overview", "2025年，我镇主动公开政府信息77条，较2024年增加12条。")],
        &[(
            "overview",
            "按照《2024年政务公开工作要点》（云政办发〔2024〕8号），公开了2021年以来仍有效的文件。",
        )],
        &[("problems", "2026年，我镇将继续加强培训。")],
    ],
    unknown: &[],
    run: stale_year,
};

fn title_form(facts: &Facts<'_>, review: &mut Review) {
    let (report, agency) = (facts.report, facts.report.agency());
    let Some(year) = facts.year else {
        review.cannot_tell(&I01, || "不知道报告年度，没有核对标题".to_owned());
        return year_unknown(facts, review);
    };
    if agency.is_empty() {
        return review.cannot_tell(&I01, || "不知道机关全称，没有核对标题".to_owned());
    }
    let expected = Form::title(agency, year);
    let title = report.text(Field::Title);
    let squeezed = squeezed(title);
    if squeezed == expected
        || facts.year_in_title().is_some_and(|(_, found)| found != year && is_sound(title, found))
    {
        return;
    }
    let message = if squeezed.is_empty() {
        format!("没有标题，应为“{expected}”。")
    } else {
        format!("标题是“{title}”，应为“{expected}”。")
    };
    let finding = review.find(&I01, message, vec![Field::Title.into()]);
    if !title.is_empty() {
        // The organ's name right: the fault is in what follows.
        let start = if title.starts_with(agency) { agency.len() } else { 0 };
        finding.quote = Some(Quote::of(Field::Title, title, start..title.len()));
    }
    finding.fixes = vec![set_to(Field::Title.into(), format!("标题改为“{expected}”"), Value::Text(expected))];
}

/// Reports a year that is blank or no report's; the title may say it.
fn year_unknown(facts: &Facts<'_>, review: &mut Review) {
    let years = Form::years();
    let (first, last) = (years.start, years.end - 1);
    let told = facts.year_in_title().map(|(_, year)| year).filter(|year| years.contains(year));
    let message = match (facts.report.get(Field::Year), told) {
        (None, None) => "没有填年度，标题里也没有写。请填上报告的年份。".to_owned(),
        (None, Some(year)) => format!("没有填年度，标题写的是 {year} 年。请核对后填上。"),
        (Some(stands), Some(year)) => {
            format!("年度填的是“{stands}”，应在 {first} 至 {last} 年之间；标题写的是 {year} 年。请改过来。")
        }
        (Some(stands), None) => format!("年度填的是“{stands}”，应在 {first} 至 {last} 年之间。请改过来。"),
    };
    let finding = review.find(&I01, message, vec![Field::Year.into()]);
    let fix = |year| set_to(Field::Year.into(), format!("年度填 {year}"), Value::count(year));
    finding.fixes = told.map(fix).into_iter().collect();
}

/// Whether a title is sound but for its year: then only the year is worth a finding, and I02 reports it.
fn is_sound(title: &str, year: i64) -> bool {
    let squeezed = squeezed(title);
    squeezed.ends_with(&Form::title("", year)) && !squeezed.starts_with(&year.to_string())
}

fn stale_year(facts: &Facts<'_>, review: &mut Review) {
    let Some(year) = facts.year else {
        review.cannot_tell(&I02, || "不知道报告年度，没有核对正文里的年份".to_owned());
        return;
    };
    if let Some((range, found)) = facts.year_in_title()
        && found != year
    {
        let title = facts.report.text(Field::Title);
        stale(Field::Title.into(), title, range, year, review).severity = Severity::Error;
    }
    for section in Section::PROSE {
        let text = facts.report.text(section);
        for (range, found) in years(text).take(4 * MOST_WORDS) {
            let is_left_over =
                found < year && is_the_topic(text, &range, year - found) && !is_history(text, &range, year);
            let is_ahead = found == year + 1 && section == Section::Overview && is_told_as_done(text, &range);
            if is_left_over || is_ahead {
                stale(section.into(), text, range, year, review);
            } else if found == year && section == Section::Problems && is_planned(text, &range) {
                planned(text, range, year, review);
            }
        }
    }
}

/// Whether a year opens a sentence that tells of no plan: 2026年，局网站公开信息9条.
fn is_told_as_done(text: &str, range: &std::ops::Range<usize>) -> bool {
    let sentence = sentence_around(text, range);
    let is_planned =
        ["将", "拟", "计划", "下一步", "力争", "打算"].iter().any(|word| sentence.contains(word));
    let opens = text[range.end..].trim_start().starts_with(['，', ',']);
    opens && !is_planned && clause_before(text, range.start).is_empty()
}

/// Whether what is planned is planned for this year: 2025年，我镇将….
fn is_planned(text: &str, range: &std::ops::Range<usize>) -> bool {
    let after = text[range.end..].trim_start().trim_start_matches(['，', ',']);
    let head = first_clause(after, 10);
    clause_before(text, range.start).is_empty() && ["将", "拟", "计划"].iter().any(|word| head.contains(word))
}

/// A plan for the year reported on, which is over when the report is published.
fn planned(text: &str, range: std::ops::Range<usize>, year: i64, review: &mut Review) {
    let (words, next) = (&text[range.clone()], year + 1);
    let corrected = format!("{}{next}年{}", &text[..range.start], &text[range.end..]);
    let message = format!(
        "下一步打算写的是“{words}”，报告发布时 {year} 年已经过去。沿用上年文稿漏改的，请改为 {next} 年。"
    );
    let finding = review.find(&I02, message, vec![Section::Problems.into()]);
    finding.fixes =
        vec![set_to(Section::Problems.into(), format!("“{words}”改为“{next}年”"), Value::Text(corrected))];
    finding.quote = Some(Quote::of(Section::Problems, text, range));
}

fn stale<'r>(
    place: Place,
    text: &str,
    range: std::ops::Range<usize>,
    year: i64,
    review: &'r mut Review,
) -> &'r mut super::Finding {
    let words = &text[range.clone()];
    let corrected = format!(
        "{}{year}{}",
        &text[..range.start],
        text[range.start..].trim_start_matches(|c| digit(c).is_some())
    );
    let advice = if words.contains(&(year + 1).to_string()) { "" } else { "沿用上年文稿漏改的，" };
    let message = format!("写的是“{words}”，报告年度是 {year} 年。{advice}请改为 {year} 年。");
    let finding = review.find(&I02, message, vec![place]);
    finding.fixes = vec![set_to(place, format!("“{words}”改为“{year}年”"), Value::Text(corrected))];
    finding.quote = Some(Quote::of(place, text, range));
    finding
}

fn set_to(place: Place, title: String, value: Value) -> Fix {
    Fix { title, set: [(place, Some(value))].into() }
}

impl Facts<'_> {
    /// The first year in the title, with the bytes that it takes.
    fn year_in_title(&self) -> Option<(std::ops::Range<usize>, i64)> {
        years(self.report.text(Field::Title)).next()
    }
}

/// Whether a year says what its sentence is about: it opens a clause, or 政府信息公开 follows, or a period ends in it. A
/// year that no file of late was copied from has to stand for itself: 2019年加挂牌子 tells of the past.
fn is_the_topic(text: &str, range: &std::ops::Range<usize>, age: i64) -> bool {
    const OPENERS: [&str; 20] = [
        "截至",
        "截止",
        "截止到",
        "自",
        "从",
        "在",
        "全镇",
        "全乡",
        "全街道",
        "全县",
        "全市",
        "全区",
        "全局",
        "我镇",
        "我乡",
        "我街道",
        "我县",
        "我市",
        "我区",
        "我局",
    ];
    const WORK: [&str; 4] = ["政府信息公开", "政务公开", "度政府信息公开", "度政务公开"];
    let clause = clause_before(text, range.start);
    let after = text[range.end..].trim_start();
    // 落实2024年度政务公开测评反馈意见 is of that year.
    let is_obeyed =
        ["落实", "按照", "根据", "针对", "对照", "依据"].iter().any(|word| clause.ends_with(word));
    let is_work = !is_obeyed && WORK.iter().any(|work| after.starts_with(work));
    let stands_for_itself = age <= 2 || after.starts_with(['，', ',', '度', '全']);
    is_work || stands_for_itself && (clause.is_empty() || OPENERS.contains(&clause))
}

/// The words of the clause before `at`, blanks and a leading number （一） left out.
fn clause_before(text: &str, at: usize) -> &str {
    const ENDS: [char; 15] =
        ['。', '，', '；', '：', '！', '？', '\n', ',', ';', ':', '）', ')', '、', '.', '\u{3000}'];
    text[..at].rfind(ENDS).map_or(&text[..at], |end| text[end..at].trim_start_matches(ENDS)).trim()
}

/// The sentence that `range` stands in.
fn sentence_around<'t>(text: &'t str, range: &std::ops::Range<usize>) -> &'t str {
    const ENDS: [char; 6] = ['。', '！', '？', '；', '\n', ';'];
    let start = behind_last(&text[..range.start], &ENDS);
    let end = text[range.end..].find(ENDS).map_or(text.len(), |end| range.end + end);
    &text[start..end]
}
