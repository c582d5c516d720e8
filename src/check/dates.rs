//! Dates and what they rest on: I04 to I06.

use std::sync::LazyLock;

use super::{Basis, Facts, MOST_WORDS, Quote, Review, Rule, Severity};
use crate::day::{Day, periods};
use crate::form::terms::{Field, Level};
use crate::text::Words;

/// The rules of this file.
pub(super) static RULES: &[&Rule] = &[&I04, &I05, &I06];

pub(super) static I04: Rule = Rule {
    id: "I04",
    name: "period",
    severity: Severity::Warning,
    basis: Basis::Regulations("第四十九条、第五十条"),
    title: "数据的统计期限是报告年度的 1 月 1 日至 12 月 31 日",
    explanation: "年度报告写的是上一年度的工作，数据从 1 月 1 日算到 12 月 31 日。统计期限写成别的起止日期，\
                  多半是沿用了旧稿，或者数据没有算到年底。",
    wrong: &[
        &[("lead", "本报告所列数据的统计期限自2025年1月1日起至2025年11月30日止。")],
        &[("lead", "统计数据截至2024年12月31日。")],
    ],
    right: &[
        &[("lead", "本报告所列数据的统计期限自2025年1月1日起至2025年12月31日止。")],
        &[("overview", "2025年3月1日至5月31日开展专项行动，公开信息12条。")],
    ],
    unknown: &[&[("@year", "")]],
    run: period,
};

pub(super) static I05: Rule = Rule {
    id: "I05",
    name: "superseded-basis",
    severity: Severity::Warning,
    basis: Basis::Decree("自 2021 年度的报告起使用新格式"),
    title: "依据的文件现行有效",
    explanation: "2021 年度起，年度报告的格式依据是国办公开办函〔2021〕30号，不再是〔2019〕60号；\
                  《政府信息公开条例》是 2019 年修订的国务院令第711号，不再是第492号。",
    wrong: &[
        &[(
            "lead",
            "根据《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）编制。",
        )],
        &[("lead", "根据《中华人民共和国政府信息公开条例》（国务院令第492号）编制。")],
    ],
    right: &[
        &[(
            "lead",
            "根据《中华人民共和国政府信息公开条例》（国务院令第711号）和国办公开办函〔2021〕30号编制。",
        )],
        &[("lead", "国办公开办函〔2019〕60号已经废止，本报告按新格式编制。")],
    ],
    unknown: &[&[("@year", "")]],
    run: superseded_basis,
};

pub(super) static I06: Rule = Rule {
    id: "I06",
    name: "early-or-late",
    severity: Severity::Warning,
    basis: Basis::Regulations("第四十九条"),
    title: "发布日期在年度终了之后、规定期限之前",
    explanation: "部门在次年 1 月 31 日前、县级以上人民政府在 3 月 31 日前向社会公布上一年度的报告。\
                  年度没有结束就落款、发布的，数据不会是全年的。乡镇、街道的期限依各地规定，可以在配置里改。",
    wrong: &[&[("@published", "2025-12-20")], &[("@published", "2026-02-10")]],
    right: &[
        &[("@published", "2026-01-20")],
        &[("@published", "2026-03-20"), ("@level", "county"), ("@agency", "云溪县人民政府")],
    ],
    unknown: &[&[("@published", "")], &[("@published", "年初")]],
    run: early_or_late,
};

fn period(facts: &Facts<'_>, review: &mut Review) {
    let Some(year) = facts.year else {
        review.cannot_tell(&I04, || "不知道报告年度，没有核对统计期限".to_owned());
        return;
    };
    for (section, text) in facts.texts() {
        for (.., range) in periods(text)
            .into_iter()
            .take(MOST_WORDS)
            .filter(|(is_whole, years, _)| !is_whole || years.iter().flatten().any(|stated| *stated != year))
        {
            let message = format!(
                "统计期限写的是“{}”，应为 {year} 年 1 月 1 日至 12 月 31 日。请核对数据是否算到年底。",
                &text[range.clone()]
            );
            review.find(&I04, message, vec![section.into()]).quote = Some(Quote::of(section, text, range));
        }
    }
}

/// Decrees and regulations that others have taken the place of: their successor, and since which year's reports.
static OLD: LazyLock<Words<(&str, i64)>> = LazyLock::new(|| {
    Words::new([
        ("国办公开办函〔2019〕60号", ("国办公开办函〔2021〕30号", 2021)),
        ("国办公开办函[2019]60号", ("国办公开办函〔2021〕30号", 2021)),
        ("国务院令第492号", ("国务院令第711号", 2019)),
        ("国务院第492号令", ("国务院令第711号", 2019)),
    ])
});

fn superseded_basis(facts: &Facts<'_>, review: &mut Review) {
    let Some(year) = facts.year else {
        review.cannot_tell(&I05, || "不知道报告年度，没有核对所依据的文件".to_owned());
        return;
    };
    for (section, prose) in facts.prose() {
        let (section, text) = (*section, prose.text());
        let old = prose.find(&OLD).filter(|(.., (_, since))| year >= *since);
        for (at, words, (new, _)) in old.take(MOST_WORDS) {
            if tells_its_end(text, at, words, new) {
                continue;
            }
            let message = format!(
                "“{words}”已经不是依据，{year} 年度的报告依据是{new}。请改正，并核对格式是不是旧的。"
            );
            review.find(&I05, message, vec![section.into()]).quote =
                Some(Quote::of(section, text, at..at + words.len()));
        }
    }
}

/// Whether a sentence that names a superseded text says that it is one: it names its successor too, or its end, or calls
/// it the former one.
fn tells_its_end(text: &str, at: usize, words: &str, new: &str) -> bool {
    const ENDS: [char; 2] = ['。', '\n'];
    let (before, after) = (&text[..at], &text[at + words.len()..]);
    let before = before.rsplit(ENDS).next().unwrap_or_default();
    let after = after.split(ENDS).next().unwrap_or_default();
    let near: String = after.chars().take(16).collect();
    let says_so = ["废止", "失效", "不再", "代替", "替代", "修订"].iter().any(|word| near.contains(word));
    let is_former = before.contains("原《") || before.contains("旧版") || before.contains("旧的");
    says_so || is_former || before.contains(new) || after.contains(new)
}

fn early_or_late(facts: &Facts<'_>, review: &mut Review) {
    let published = facts.report.text(Field::Published);
    let (Some(day), Some(reported)) = (Day::read(published), facts.year) else {
        review.cannot_tell(&I06, || match published {
            "" => "没有发布日期或者不知道年度，没有核对期限".to_owned(),
            _ => format!("发布日期“{published}”不是日期，或者不知道年度，没有核对期限"),
        });
        return;
    };
    let deadline = match facts.report.level() {
        Some(Level::County | Level::City | Level::Province) => 331,
        Some(Level::Township | Level::Street) => facts.profile.township_deadline,
        _ => 131,
    };
    let message = if day.year() <= reported {
        format!("发布日期是 {published}，{reported} 年还没有结束，数据不会是全年的。请核对日期。")
    } else if day.year() > reported + 1 || day.in_year() > deadline {
        format!(
            "发布日期是 {published}，晚于规定的 {} 年 {} 月 {} 日。请核对日期；确已逾期的，尽快发布。",
            reported + 1,
            deadline / 100,
            deadline % 100
        )
    } else {
        return;
    };
    review.find(&I06, message, vec![Field::Published.into()]);
}
