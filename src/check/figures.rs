//! Family P, second part: numbers of the prose against each other, and numbers that are missing.

use super::{Basis, Facts, MOST_WORDS, Quote, Review, Rule, Severity};
use crate::form::terms::Section;
use crate::prose::{Claim, Growth};

/// The rules of this file.
pub(super) static RULES: &[&Rule] = &[&P09, &P10, &P11];

pub(super) static P09: Rule = Rule {
    id: "P09",
    name: "parts-do-not-add-up",
    severity: Severity::Warning,
    basis: Basis::Form,
    title: "正文里“共……，其中……”的各部分相加等于总数",
    explanation: "写“共 158 条，其中 a 条、b 条、其他 c 条”的，各部分相加要等于总数；写明有重复计算（如“含同步发布”）的不在此列。\
                  只写了一部分、没有写“其他”的，相加小于总数不算错。",
    wrong: &[
        &[("overview", "公开政府信息158条，其中民生实事97条，乡村动态14条，其他20条。")],
        &[("overview", "发布132条，其中原创18条、转发141条。")],
        &[("overview", "承办建议11件、提案17件，共30件。")],
    ],
    right: &[
        &[("overview", "公开政府信息158条，其中民生实事97条，乡村动态41条，其他20条。")],
        &[("overview", "公开政府信息300条，其中政策文件50条、政策解读20条。")],
        &[("overview", "公开信息1260条，其中网站850条，公众号530条（含与网站同步发布120条）。")],
    ],
    unknown: &[],
    run: parts,
};

pub(super) static P10: Rule = Rule {
    id: "P10",
    name: "share-or-growth-off",
    severity: Severity::Info,
    basis: Basis::Form,
    title: "正文里的占比、增幅与所依据的数相符",
    explanation: "占比等于部分除以总数，增幅等于今年与上年之差除以上年。正文里写了依据的数就按那些数算；没有写上年数、\
                  而手边有上年报告的，按上年报告算。四舍五入和去尾都算对。",
    wrong: &[
        &[("overview", "收到政府信息公开申请45件，上年为60件，降幅35%。")],
        &[("overview", "发布信息200条，其中政策文件50条，占35%。")],
    ],
    right: &[
        &[("overview", "收到政府信息公开申请45件，上年为60件，降幅25%。")],
        &[("overview", "发布信息200条，其中政策文件50条，占25%；按时办结率99.4%。")],
    ],
    unknown: &[],
    run: shares,
};

pub(super) static P11: Rule = Rule {
    id: "P11",
    name: "number-missing",
    severity: Severity::Warning,
    basis: Basis::Form,
    title: "量词前面没有漏填的数",
    explanation: "“公开信息条（其中……”“收到申请××件”这样的，是照着模板写、忘了填数。请补上数。",
    wrong: &[
        &[("overview", "公开重点领域信息条（其中民生保障20条）。")],
        &[("overview", "收到政府信息公开申请××件。")],
    ],
    right: &[
        &[("overview", "件件有回音，事事有着落；发送邮件、软件和信件，转办案件。")],
        &[("overview", "公开重点领域信息56条（其中民生保障20条）。")],
    ],
    unknown: &[],
    run: missing,
};

fn parts(facts: &Facts<'_>, review: &mut Review) {
    for (section, prose) in facts.prose() {
        for off in prose.parts_off() {
            let parts: Vec<String> = off.parts.iter().map(ToString::to_string).collect();
            let message = format!(
                "总数写的是 {}，各部分相加 {} = {}，对不上。请核对总数和各部分。",
                off.whole,
                parts.join(" + "),
                off.sum
            );
            review.find(&P09, message, vec![(*section).into()]).quote =
                Some(Quote::of(*section, prose.text(), off.range));
        }
    }
}

fn shares(facts: &Facts<'_>, review: &mut Review) {
    for (section, prose) in facts.prose() {
        let (section, text) = (*section, prose.text());
        let (off, growths) = prose.shares();
        for share in off {
            let words = &text[share.range.clone()];
            let [one, other] = &share.from;
            let message = format!("写的是“{words}”，按 {one} 和 {other} 算是{}。请核对。", share.gives);
            review.find(&P10, message, vec![section.into()]).quote =
                Some(Quote::of(section, text, share.range));
        }
        for growth in growths {
            against_last_year(section, text, &growth, facts, review);
        }
    }
}

/// A growth without its base, against last year's report.
fn against_last_year(section: Section, text: &str, growth: &Growth, facts: &Facts<'_>, review: &mut Review) {
    let is_of = |(at, claim): &&(Section, Claim)| {
        *at == section && claim.number.as_ref() == Some(&growth.number) && claim.is_ours()
    };
    let Some((_, claim)) = facts.claims().iter().find(is_of) else { return };
    let Some(previous) = facts.previous else { return };
    if growth.since.is_some_and(|since| Some(since) != previous.year()) {
        return;
    }
    let last = Facts::new(previous);
    let bases: Vec<_> =
        claim.subject.readings(facts.form).iter().filter_map(|reading| last.added(reading)).collect();
    let Some(base) = bases.first() else { return };
    if bases.iter().any(|base| growth.holds(claim.value, *base)) {
        return;
    }
    let words = &text[growth.range.clone()];
    let message = format!("写的是“{words}”，今年是 {}，上年报告是 {base}，对不上。请核对。", claim.value);
    review.find(&P10, message, vec![section.into()]).quote =
        Some(Quote::of(section, text, growth.range.clone()));
}

fn missing(facts: &Facts<'_>, review: &mut Review) {
    for (section, prose) in facts.prose() {
        let (section, text) = (*section, prose.text());
        for range in prose.missing_numbers().into_iter().take(MOST_WORDS) {
            let message = format!("“{}”少了数，可能是照模板写、忘了填。请补上。", &text[range.clone()]);
            review.find(&P11, message, vec![section.into()]).quote = Some(Quote::of(section, text, range));
        }
    }
}
