//! Family L: what an organ may do, and what is plausible.

use super::{Basis, Facts, Quote, Review, Rule, Severity};
use crate::form::Cell;
use crate::form::terms::{Column, Level, Row, Section};
use crate::number::{Decimal, half_width};
use crate::prose::Subject;
use crate::report::Place;
use crate::text::{behind_last, has, places};

/// The rules of this file.
pub(super) static RULES: &[&Rule] = &[&L01, &L02, &L03, &L04, &L05, &L06, &L07];

pub(super) static L01: Rule = Rule {
    id: "L01",
    name: "rules-without-power",
    severity: Severity::Error,
    basis: Basis::Statute("《中华人民共和国立法法》第九十一条、第九十三条"),
    title: "没有规章制定权的机关，“规章”一行应为 0",
    explanation: "只有国务院部门，省、自治区、直辖市和设区的市、自治州的人民政府可以制定规章。乡镇、街道、县级政府和地方各级部门\
                  制定的是行政规范性文件或者内部制度，不是规章，不填在“规章”一行，正文里也不要称为规章。",
    wrong: &[&[("proactive/regulations/issued", "1")], &[("overview", "我镇全年制定规章3件。")]],
    right: &[
        &[("overview", "健全各项规章制度，本镇不具有规章制定权，全年未制定规章。")],
        &[("proactive/regulations/issued", "1"), ("@level", "city")],
    ],
    unknown: &[&[("@level", "")]],
    run: rules_without_power,
};

pub(super) static L02: Rule = Rule {
    id: "L02",
    name: "fee-statement",
    severity: Severity::Info,
    basis: Basis::Statute("《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"),
    title: "信息处理费：第六部分、表三“逾期未缴费”与表二收费金额相互对得上",
    explanation: "发出收费通知、申请人逾期没有缴费的，表三有一行；收了信息处理费的，要在第六部分写明，\
                  金额也包含在表二的行政事业性收费里。三处写的要对得上。",
    wrong: &[
        &[("requests/fee_overdue/total", "1"), ("other_matters", "没有其他需要报告的事项。")],
        &[("other_matters", "全年收取信息处理费760元。"), ("proactive/fees/amount", "0")],
    ],
    right: &[&[
        ("other_matters", "全年收取信息处理费760元，另有1件逾期未缴费。"),
        ("proactive/fees/amount", "12.5"),
    ]],
    unknown: &[&[("other_matters", "全年收取信息处理费760元。"), ("proactive/fees/amount", "")]],
    run: fee_statement,
};

pub(super) static L03: Rule = Rule {
    id: "L03",
    name: "rare-row",
    severity: Severity::Info,
    basis: Basis::Practice,
    title: "乡镇、街道少见的办理结果：看一眼是不是填错了行",
    explanation: "乡镇、街道的申请很少因国家秘密、三安全一稳定不予公开，也很少有要求提供公开出版物、要求确认或者重新出具信息的。\
                  有数的，看一眼是不是上下错了一行。",
    wrong: &[&[("requests/publications/total", "3")]],
    right: &[&[("requests/publications/total", "3"), ("@level", "city")]],
    unknown: &[&[("@level", "")]],
    run: rare_row,
};

pub(super) static L04: Rule = Rule {
    id: "L04",
    name: "large-carry-over",
    severity: Severity::Info,
    basis: Basis::Regulations("第三十三条"),
    title: "结转下年的不超过新收的六分之一",
    explanation: "申请在二十个工作日内答复，可以延长二十个工作日，年底没有办结的一般不超过全年新收的六分之一。\
                  超过的，看一眼是不是把办结的也算进了结转。比例可以在配置里改。",
    wrong: &[&[("requests/received/total", "30"), ("requests/carried_out/total", "12")]],
    right: &[&[("requests/received/total", "30"), ("requests/carried_out/total", "4")]],
    unknown: &[&[("requests/received/total", "")]],
    run: large_carry_over,
};

pub(super) static L05: Rule = Rule {
    id: "L05",
    name: "other-large",
    severity: Severity::Info,
    basis: Basis::Practice,
    title: "“其他处理”中的“其他”不占多数",
    explanation: "三（六）3.“其他”只填归不进别的行的结果。占得太多的，看一眼是不是有能归到具体行的。比例可以在配置里改。",
    wrong: &[&[("requests/handled_otherwise/total", "20"), ("requests/concluded/total", "40")]],
    right: &[&[("requests/handled_otherwise/total", "2"), ("requests/concluded/total", "40")]],
    unknown: &[&[("requests/concluded/total", "")]],
    run: other_large,
};

pub(super) static L06: Rule = Rule {
    id: "L06",
    name: "suits-without-requests",
    severity: Severity::Info,
    basis: Basis::Practice,
    title: "有复议诉讼，就有申请",
    explanation: "今年和去年都没有收到申请，表四却有复议诉讼：看一眼是不是把别的行政案件填进来了。",
    wrong: &[NOTHING_BUT_SUITS],
    right: &[&[]],
    unknown: &[NOTHING_BUT_SUITS_AND_NO_LAST_YEAR],
    run: suits_without_requests,
};

pub(super) static L07: Rule = Rule {
    id: "L07",
    name: "direct-suit",
    severity: Severity::Info,
    basis: Basis::Statute("《中华人民共和国行政复议法》（2023 年修订）第二十三条"),
    title: "2024 年起，政府信息公开案件一般先复议后诉讼",
    explanation: "新行政复议法施行后，对不予公开政府信息不服的，应当先申请行政复议。2024 年起“未经复议直接起诉”有数的，\
                  看一眼是不是填错了组；属于其他情形的不必改。",
    wrong: &[&[("disputes/direct_suit/total", "1"), ("disputes/direct_suit/upheld", "1")]],
    right: &[
        &[("disputes/direct_suit/total", "0")],
        &[("disputes/direct_suit/total", "1"), ("@year", "2023")],
    ],
    unknown: &[&[("@year", "")]],
    run: direct_suit,
};

const NOTHING_BUT_SUITS: super::Example = &[
    ("disputes/reconsideration/total", "1"),
    ("requests/received/total", "0"),
    ("requests/carried_in/total", "0"),
    ("requests/concluded/total", "0"),
    ("requests/carried_out/total", "0"),
    ("last:requests/received/total", "0"),
    ("last:requests/carried_in/total", "0"),
];
const NOTHING_BUT_SUITS_AND_NO_LAST_YEAR: super::Example = &[
    ("disputes/reconsideration/total", "1"),
    ("requests/received/total", "0"),
    ("requests/carried_in/total", "0"),
    ("requests/concluded/total", "0"),
    ("requests/carried_out/total", "0"),
    ("last:", ""),
];

impl Facts<'_> {
    /// The count in a row's total column.
    fn total(&self, row: Row) -> Option<i64> {
        self.number_in(Cell { row, column: Column::Total }).and_then(Decimal::as_count)
    }
}

fn total(row: Row) -> Place {
    Cell { row, column: Column::Total }.into()
}

fn rules_without_power(facts: &Facts<'_>, review: &mut Review) {
    let Some(level) = facts.report.level() else {
        review.cannot_tell(&L01, || "不知道机关的层级，没有核对规章制定权".to_owned());
        return;
    };
    if matches!(level, Level::City | Level::Province | Level::Ministry) {
        return;
    }
    let cells = facts.form.cells().iter().filter(|info| info.cell.row == Row::Regulations);
    let filled: Vec<Place> = cells
        .filter(|info| facts.number_in(info.cell).is_some_and(|number| !number.is_zero()))
        .map(|info| info.cell.into())
        .collect();
    if !filled.is_empty() {
        let names: Vec<String> = filled.iter().map(|place| place.label(facts.form)).collect();
        let message = format!(
            "{}没有规章制定权，“规章”一行应为 0：{}有数。请核对是否应填在“行政规范性文件”一行。",
            level.label(),
            names.join("、")
        );
        review.find(&L01, message, filled);
    }
    let claimed = facts.claims().iter().filter(|(_, claim)| {
        matches!(claim.subject, Subject::Text(Row::Regulations, _))
            && claim.is_ours()
            && !claim.value.is_zero()
    });
    let mut called: Vec<(Section, std::ops::Range<usize>)> =
        claimed.map(|(section, claim)| (*section, claim.range.clone())).collect();
    for (section, prose) in facts.prose().iter().filter(|(_, prose)| prose.contains("规章")) {
        let (section, text) = (*section, prose.text());
        for behind in places(text, "规章").map(|at| at + "规章".len()) {
            let (before, after) = (&text[..behind - "规章".len()], &text[behind..]);
            let is_listed = before.ends_with('等') && after.starts_with(|c| half_width(c).is_ascii_digit());
            // 《…》《…》两部规章.
            let is_counted = before.strip_suffix('部').is_some_and(|before| {
                before.ends_with(|c| half_width(c).is_ascii_digit() || "一二两三四五六七八九十".contains(c))
            }) && !after.starts_with('制');
            if is_listed {
                called.push((section, before.len()..behind))
            }
            if is_counted {
                called.push((section, before.len() - "部".len()..behind))
            }
        }
    }
    for (section, range) in called {
        let message = format!(
            "{}没有规章制定权，正文里的“规章”应是行政规范性文件或者内部制度。请改称。",
            level.label()
        );
        let finding = review.find(&L01, message, vec![Place::Section(section)]);
        finding.severity = Severity::Info;
        finding.quote = Some(Quote::of(section, facts.report.text(section), range));
    }
}

fn fee_statement(facts: &Facts<'_>, review: &mut Review) {
    let text = facts.report.text(Section::OtherMatters);
    let speaks = has(text, "处理费") || has(text, "收费");
    let overdue = facts.total(Row::FeeOverdue);
    if let Some(overdue @ 1..) = overdue {
        let denies = denial_of_fees(text);
        if !speaks || denies.is_some() {
            let message = format!(
                "表三“逾期未缴纳费用”有 {overdue} 件，说明发过收费通知，第六部分{}。请写明收费通知的件数和收取的金额。",
                denies
                    .clone()
                    .map_or("没有写信息处理费".to_owned(), |words| format!("却写“{}”", &text[words]))
            );
            let finding =
                review.find(&L02, message, vec![Section::OtherMatters.into(), total(Row::FeeOverdue)]);
            finding.quote = denies.map(|words| Quote::of(Section::OtherMatters, text, words));
        }
    }
    let Some((yuan, range)) = fee_in(text) else { return };
    let fees = Cell { row: Row::Fees, column: Column::Amount };
    let Some(amount) = facts.number_in(fees) else {
        review.cannot_tell(&L02, || "第六部分写了信息处理费，表二的收费金额是空白，没有核对".to_owned());
        return;
    };
    if amount.times(10_000).compare(yuan).is_lt() {
        let message = format!(
            "第六部分写的是“{}”，表二行政事业性收费只有 {amount} 万元。信息处理费应包含在内，请核对。",
            &text[range.clone()]
        );
        let finding = review.find(&L02, message, vec![Section::OtherMatters.into(), fees.into()]);
        finding.quote = Some(Quote::of(Section::OtherMatters, text, range));
    }
}

/// Where a text says that no notice of fees was sent, in bytes: 未向任何申请人发出信息处理费收费通知.
fn denial_of_fees(text: &str) -> Option<std::ops::Range<usize>> {
    let said = ["收费通知", "产生信息处理费", "发生信息处理费"];
    let ends = said.iter().flat_map(|words| text.match_indices(words)).map(|(at, words)| at + words.len());
    ends.filter_map(|end| {
        let start = behind_last(&text[..end], &['，', '。', '；', '\n']);
        let denial = ["未", "没有", "无"].iter().filter_map(|word| text[start..end].find(word)).min()?;
        // 未按收费通知要求缴纳 says that there was one.
        (!text[start + denial..end].starts_with("未按")).then_some(start + denial..end)
    })
    .next()
}

/// The amount of 信息处理费 that a text states, in 元, with its words.
fn fee_in(text: &str) -> Option<(Decimal, std::ops::Range<usize>)> {
    let at = text.find("处理费")?;
    let end = at + text[at..].find(['。', '；', '\n']).unwrap_or(text.len() - at);
    let sentence = &text[at..end];
    let (yuan, _) = sentence.match_indices('元').next()?;
    let (bare, power) = match sentence[..yuan].strip_suffix('万') {
        Some(bare) => (bare, 4),
        None => (&sentence[..yuan], 0),
    };
    let digits: Vec<char> = bare
        .chars()
        .rev()
        .map(half_width)
        .take_while(|c| c.is_ascii_digit() || *c == '.' || *c == ',')
        .collect();
    let spelled: String = digits.iter().rev().filter(|c| **c != ',').collect();
    let value = Decimal::parse(&spelled)?.times_ten_to(power)?;
    let start = behind_last(&text[..at], &['，', '。', '；', '\n']);
    (!value.is_zero()).then_some((value, start..at + yuan + '元'.len_utf8()))
}

fn rare_row(facts: &Facts<'_>, review: &mut Review) {
    match facts.report.level() {
        None => review.cannot_tell(&L03, || "不知道机关的层级，没有核对".to_owned()),
        Some(Level::Township | Level::Street) => {
            for row in [Row::StateSecret, Row::SecurityAndStability, Row::Publications, Row::ConfirmOrReissue]
            {
                if let Some(count @ 1..) = facts.total(row) {
                    let label = total(row).label(facts.form);
                    let message =
                        format!("{label}填了 {count}，乡镇、街道少见。请看一眼是不是上下错了一行。");
                    review.find(&L03, message, vec![total(row)]);
                }
            }
        }
        _ => {}
    }
}

fn large_carry_over(facts: &Facts<'_>, review: &mut Review) {
    let (Some(received), Some(carried)) = (facts.total(Row::Received), facts.total(Row::CarriedOut)) else {
        review.cannot_tell(&L04, || "新收或者结转下年的总计是空白，没有核对".to_owned());
        return;
    };
    if carried >= 5 && carried * 100 > received * facts.profile.carry_over {
        let message = format!(
            "结转下年 {carried} 件，新收 {received} 件，结转偏多。请看一眼是不是把办结的也算进了结转。"
        );
        review.find(&L04, message, vec![total(Row::CarriedOut), total(Row::Received)]);
    }
}

fn other_large(facts: &Facts<'_>, review: &mut Review) {
    let other = facts.total(Row::HandledOtherwise).or_else(|| facts.total(Row::OtherHandling));
    let (Some(other), Some(concluded)) = (other, facts.total(Row::Concluded)) else {
        review.cannot_tell(&L05, || "办理结果的总计是空白，没有核对".to_owned());
        return;
    };
    let has_row = facts.form.index(Cell { row: Row::HandledOtherwise, column: Column::Total }).is_some();
    if has_row && concluded >= 10 && other * 100 > concluded * facts.profile.other_outcomes {
        let message = format!(
            "三（六）3.“其他”有 {other} 件，占办理结果 {concluded} 件的一大块。请看一眼有没有能归到具体行的。"
        );
        review.find(&L05, message, vec![total(Row::HandledOtherwise)]);
    }
}

fn suits_without_requests(facts: &Facts<'_>, review: &mut Review) {
    let disputes: Option<i64> = [Row::Reconsideration, Row::DirectSuit, Row::SuitAfterReconsideration]
        .map(|row| facts.total(row))
        .into_iter()
        .sum();
    let requests: Option<i64> = [Row::Received, Row::CarriedIn, Row::Concluded, Row::CarriedOut]
        .map(|row| facts.total(row))
        .into_iter()
        .sum();
    let (Some(disputes @ 1..), Some(0)) = (disputes, requests) else { return };
    let Some(last) = facts.previous else {
        review.cannot_tell(&L06, || super::previous::NO_LAST_YEAR.to_owned());
        return;
    };
    let last = Facts::new(last);
    if last.total(Row::Received) == Some(0) && last.total(Row::CarriedIn) == Some(0) {
        let message = format!(
            "表四有 {disputes} 件复议诉讼，今年和上年都没有申请。请看一眼是不是把别的行政案件填进来了。"
        );
        review.find(&L06, message, vec![Section::Disputes.into()]);
    }
}

fn direct_suit(facts: &Facts<'_>, review: &mut Review) {
    let Some(year) = facts.year else {
        review.cannot_tell(&L07, || "不知道报告年度，没有核对".to_owned());
        return;
    };
    if let Some(count @ 1..) = facts.total(Row::DirectSuit).filter(|_| year >= 2024) {
        let message = format!(
            "“未经复议直接起诉”有 {count} 件。2024 年起，不服不予公开的应当先申请行政复议，请看一眼是不是填错了组。"
        );
        review.find(&L07, message, vec![total(Row::DirectSuit)]);
    }
}
