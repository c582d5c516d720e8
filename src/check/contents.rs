//! Family S, second part: what the prose sections have to contain. S07 to S10.

mod words;

use words::{LACKS, MEASURES, OF_GOVERNMENTS, PROBLEMS, TOPICS, Topic};

use super::{Basis, Facts, Quote, Review, Rule, Severity};
use crate::form::terms::{Level, Section};
use crate::prose::Prose;
use crate::text::first_clause;

/// The rules of this file.
pub(super) static RULES: &[&Rule] = &[&S07, &S08, &S09, &S10];

pub(super) static S07: Rule = Rule {
    id: "S07",
    name: "topics-missing",
    severity: Severity::Warning,
    basis: Basis::Decree("附件第一部分"),
    title: "第一部分写到五个方面：主动公开、依申请公开、政府信息管理、平台建设、监督保障",
    explanation: "总体情况要写主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障五个方面；\
                  各级人民政府还要写工作考核、社会评议和责任追究（条例第五十条）。不要求用小标题，内容写到就行。",
    wrong: &[&[("overview", "2025年，云溪镇主动公开信息77条，未收到依申请公开。")], &[("overview", "")]],
    right: &[&[], &[("overview", ""), ("!section-missing", "overview")]],
    unknown: &[],
    run: topics,
};

pub(super) static S08: Rule = Rule {
    id: "S08",
    name: "overview-long",
    severity: Severity::Info,
    basis: Basis::Practice,
    title: "第一部分不超过一千字",
    explanation: "不少地方要求总体情况控制在一千字以内，不写与政府信息公开无关的工作。字数上限可以在配置里改，0 为不限。",
    wrong: &[&[
        ("profile:overview_limit", "20"),
        ("overview", "2025年，云溪镇人民政府主动公开政府信息77条。"),
    ]],
    right: &[&[]],
    unknown: &[],
    run: overview_long,
};

pub(super) static S09: Rule = Rule {
    id: "S09",
    name: "problems-empty",
    severity: Severity::Warning,
    basis: Basis::Decree("附件第五部分"),
    title: "第五部分既写问题，也写改进",
    explanation: "存在的主要问题及改进情况，要写出今年的实际问题和改进的做法，不能空着，也不能只写“无”，\
                  只写问题或者只写打算的也不完整。",
    wrong: &[&[("problems", "无。")], &[("problems", "")], &[("problems", "下一步，加强培训，完善制度。")]],
    right: &[
        &[(
            "problems",
            "年内发现个别栏目更新慢、答复文书说理弱两个短板，现已建立栏目日巡查和文书双审机制加以改进。",
        )],
        &[("problems", "信息更新不及时的问题仍有。2026年将由专人负责。")],
    ],
    unknown: &[],
    run: problems,
};

pub(super) static S10: Rule = Rule {
    id: "S10",
    name: "other-empty",
    severity: Severity::Info,
    basis: Basis::Practice,
    title: "第六部分不空着，写明信息处理费收取情况",
    explanation: "没有其他事项的，写明没有；收取信息处理费的情况在这一部分报告，没有收取的不少地方也要求写明。\
                  不要求的，可以在配置里关掉。",
    wrong: &[&[("other_matters", "")], &[("other_matters", "无。")]],
    right: &[&[("other_matters", "本年度未收取信息处理费，没有其他需要报告的事项。")]],
    unknown: &[],
    run: other_matters,
};

fn topics(facts: &Facts<'_>, review: &mut Review) {
    let prose = facts.prose_of(Section::Overview);
    let is_written_of = |word: &&str| prose.is_some_and(|prose| prose.contains(word));
    let is_of_government = matches!(
        facts.report.level(),
        Some(Level::Township | Level::Street | Level::County | Level::City | Level::Province)
    );
    let more: &[Topic] = if is_of_government { &OF_GOVERNMENTS } else { &[] };
    let missing = TOPICS.iter().chain(more).filter(|(_, words)| !words.iter().any(is_written_of));
    let missing: Vec<&str> = missing.map(|(name, _)| *name).collect();
    let message = match missing.len() {
        0 => return,
        _ if facts.is_missing(Section::Overview) => return,
        _ if prose.is_none() => "第一部分是空白，请写总体情况。".to_owned(),
        _ => format!("第一部分没有写到：{}。请补写，没有发生的也写明。", missing.join("、")),
    };
    review.find(&S07, message, vec![Section::Overview.into()]);
}

fn overview_long(facts: &Facts<'_>, review: &mut Review) {
    let length = facts.prose_of(Section::Overview).map_or(0, Prose::length);
    let limit = facts.profile.overview_limit;
    if limit > 0 && i64::try_from(length).is_ok_and(|length| length > limit) {
        let message = format!("第一部分有 {length} 字，通行的要求是不超过 {limit} 字。请压缩。");
        review.find(&S08, message, vec![Section::Overview.into()]);
    }
}

/// Whether a text tells of a measure.
fn tells_of_a_measure(prose: &Prose<'_>) -> bool {
    let text = prose.text();
    let lacks = |before: &str| LACKS.iter().any(|word| before.ends_with(word));
    // 规范掌握不够 is a problem too.
    let falls_short = |after: &str| {
        let clause = first_clause(after, 8);
        ["不够", "不足", "不高", "不强", "不到位", "不及时"].iter().any(|word| clause.contains(word))
    };
    let tells = |word: &str, at: usize| !lacks(&text[..at]) && !falls_short(&text[at + word.len()..]);
    MEASURES.iter().any(|word| prose.places_of(word).any(|at| tells(word, at)))
}

fn problems(facts: &Facts<'_>, review: &mut Review) {
    let text = facts.report.text(Section::Problems);
    let prose = facts.prose_of(Section::Problems);
    let bare = text.trim().trim_end_matches(['。', '.']);
    let message = match () {
        () if facts.is_missing(Section::Problems) => return,
        () if bare.is_empty() => "第五部分是空白，请写今年的实际问题和改进的做法。",
        () if is_none(bare) || prose.is_some_and(denies_all) => {
            "第五部分只写了“没有”。请写今年的实际问题和改进的做法。"
        }
        () if !PROBLEMS.iter().any(|word| prose.is_some_and(|prose| prose.contains(word))) => {
            "第五部分没有写存在的问题。请补写今年的实际问题。"
        }
        () if !prose.is_some_and(tells_of_a_measure) => "第五部分没有写改进的做法。请补写怎么改进。",
        () => return,
    };
    let finding = review.find(&S09, message.to_owned(), vec![Section::Problems.into()]);
    if !bare.is_empty() {
        finding.quote = Some(Quote::of(Section::Problems, text, whole(text)));
    }
}

/// Whether a section says that there is nothing to mend, and no more: 不存在需要改进的问题.
fn denies_all(prose: &Prose<'_>) -> bool {
    let text = prose.text();
    let says = |words: &[&str]| words.iter().any(|word| prose.contains(word));
    let denies = ["不存在", "没有", "未发现"].iter().any(|word| {
        prose.places_of(word).any(|at| {
            let clause = first_clause(&text[at + word.len()..], 12);
            clause.ends_with("问题") && !clause.starts_with("得到")
        })
    });
    denies && !says(&["一是", "（一）", "1.", "主要问题", "以下", "不足", "下一步"])
}

/// The text without blanks around it, in bytes.
fn whole(text: &str) -> std::ops::Range<usize> {
    let start = text.len() - text.trim_start().len();
    start..start + text.trim().len()
}

/// Whether a section says only that there is nothing.
fn is_none(bare: &str) -> bool {
    let bare = bare.trim_end_matches(['！', '；', '，']);
    !bare.chars().any(char::is_alphanumeric) && !bare.is_empty()
        || ["无", "没有", "暂无", "不存在", "无问题", "没有问题", "暂无问题", "不存在问题", "无存在问题"]
            .contains(&bare)
}

fn other_matters(facts: &Facts<'_>, review: &mut Review) {
    let text = facts.report.text(Section::OtherMatters);
    let bare = text.trim().trim_end_matches(['。', '.']);
    let says_nothing = is_none(bare)
        || ["无其他需要报告的事项", "没有其他需要报告的事项", "无其他事项", "暂无其他需要报告的事项"]
            .contains(&bare);
    let message = match () {
        () if facts.is_missing(Section::OtherMatters) => return,
        () if !bare.chars().any(char::is_alphanumeric) => {
            "第六部分是空白。没有其他事项的也请写明，并写明信息处理费的收取情况。"
        }
        () if says_nothing && facts.profile.fee_statement => {
            "第六部分没有写信息处理费的收取情况。没有收取的，也请写明“未收取信息处理费”。"
        }
        () => return,
    };
    let finding = review.find(&S10, message.to_owned(), vec![Section::OtherMatters.into()]);
    if !bare.is_empty() {
        finding.quote = Some(Quote::of(Section::OtherMatters, text, whole(text)));
    }
}
