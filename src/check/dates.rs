//! Dates and what they rest on: I04 to I06.

use super::{Basis, Facts, MOST_WORDS, Quote, Review, Rule, Severity};
use crate::form::terms::{Field, Level};
use crate::number::half_width;

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

/// A day in a text: year if written, month, day, and the bytes that it takes.
struct Day {
    year: Option<i64>,
    month: i64,
    day: i64,
    range: std::ops::Range<usize>,
}

/// The days (`2025年1月1日`, `１月１日`) of a text, in order; of a month that stands alone (`2025年1月至10月`) day 0.
fn days(text: &str) -> Vec<Day> {
    let number_before = |end: usize| {
        let before = text[..end].trim_end_matches(' ');
        let len: usize =
            before.chars().rev().take_while(|c| half_width(*c).is_ascii_digit()).map(char::len_utf8).sum();
        let start = before.len() - len;
        let digits: String = before[start..].chars().map(half_width).collect();
        digits.parse::<i64>().ok().map(|number| (number, start))
    };
    let day = |(yue, word): (usize, &str)| {
        let (month, start) = number_before(yue)?;
        let year =
            text[..start].trim_end_matches(' ').strip_suffix('年').and_then(|y| number_before(y.len()));
        let start = year.map_or(start, |(_, start)| start);
        let end = yue + word.len();
        let ri = text[end..].find('日').map(|at| end + at);
        let day = ri.and_then(|ri| {
            Some((number_before(ri).filter(|(_, start)| text[end..*start].trim().is_empty())?.0, ri))
        });
        let (day, end) = day.map_or((0, end), |(day, ri)| (day, ri + '日'.len_utf8()));
        Some(Day { year: year.map(|(year, _)| year), month, day, range: start..end })
    };
    text.match_indices('月').filter_map(day).collect()
}

fn period(facts: &Facts<'_>, review: &mut Review) {
    let Some(year) = facts.report.year() else {
        review.cannot_tell(&I04, || "不知道报告年度，没有核对统计期限".to_owned());
        return;
    };
    for (section, text) in facts.report.prose() {
        for range in periods(text)
            .into_iter()
            .take(MOST_WORDS)
            .filter(|(is_whole, years, _)| !is_whole || years.iter().flatten().any(|stated| *stated != year))
        {
            let (.., range) = range;
            let message = format!(
                "统计期限写的是“{}”，应为 {year} 年 1 月 1 日至 12 月 31 日。请核对数据是否算到年底。",
                &text[range.clone()]
            );
            review.find(&I04, message, vec![section.into()]).quote = Some(Quote::of(section, text, range));
        }
    }
}

/// The periods of the data that a text states, the first one of each sentence: whether it goes from the first day of a
/// year to the last, the years as far as they are written, and the bytes that it takes.
pub fn periods(text: &str) -> Vec<(bool, [Option<i64>; 2], std::ops::Range<usize>)> {
    const ENDS: [char; 3] = ['。', '；', '\n'];
    let (days, mut found, mut end_of_last) = (days(text), Vec::new(), 0);
    for pair in days.windows(2) {
        let [from, to] = pair else { continue };
        let between = &text[from.range.end..to.range.start];
        let is_range =
            ["起至", "至", "到", "—", "——", "－", "-", "～", "~", "起到"].contains(&between.trim());
        if !is_range {
            continue;
        }
        let before = &text[..from.range.start];
        let start =
            before.rfind(ENDS).map_or(0, |end| end + before[end..].chars().next().map_or(0, char::len_utf8));
        let after: String = text[to.range.end..].chars().take(12).collect();
        // 1月1日至12月30日 can be meant of nothing else.
        let is_nearly_whole = (from.month, from.day, to.month) == (1, 1, 12) && to.day != 31;
        if start < end_of_last || !(is_nearly_whole || speaks_of_data(&before[start..], &after)) {
            continue;
        }
        end_of_last = to.range.end;
        let is_whole = (from.month, to.month) == (1, 12) && matches!((from.day, to.day), (1, 31) | (0, 0));
        found.push((is_whole, [from.year, to.year], from.range.start..to.range.end));
    }
    // 统计数据截至2024年12月31日.
    let until = days.iter().filter(|day| {
        let before = text[..day.range.start].trim_end();
        let sentence = before.rsplit(ENDS).next().unwrap_or_default();
        day.day > 0
            && ["截至", "截止", "截止到"].iter().any(|word| before.ends_with(word))
            && ["统计数据", "数据统计", "统计期限", "所列数据"].iter().any(|word| sentence.contains(word))
    });
    found.extend(until.map(|day| ((day.month, day.day) == (12, 31), [day.year, None], day.range.clone())));
    found
}

/// Whether the words around a period say that it is the period of the data.
fn speaks_of_data(before: &str, after: &str) -> bool {
    let is_of_accounts = ["决算", "预算", "会计"].iter().any(|word| before.contains(word));
    let words = ["统计", "期限", "数据", "报告期", "本报告", "年度报告"];
    !is_of_accounts && words.iter().any(|word| before.contains(word) || after.contains(word))
}

fn superseded_basis(facts: &Facts<'_>, review: &mut Review) {
    const OLD: [(&str, &str, i64); 4] = [
        ("国办公开办函〔2019〕60号", "国办公开办函〔2021〕30号", 2021),
        ("国办公开办函[2019]60号", "国办公开办函〔2021〕30号", 2021),
        ("国务院令第492号", "国务院令第711号", 2019),
        ("国务院第492号令", "国务院令第711号", 2019),
    ];
    let Some(year) = facts.report.year() else {
        review.cannot_tell(&I05, || "不知道报告年度，没有核对所依据的文件".to_owned());
        return;
    };
    for (section, text) in facts.report.prose() {
        for (old, new, _) in OLD.iter().filter(|(.., since)| year >= *since) {
            for (at, words) in text.match_indices(old).take(MOST_WORDS) {
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
    let day = days(published)
        .into_iter()
        .next()
        .filter(|day| day.day > 0)
        .map(|day| (day.year, day.month, day.day))
        .or_else(|| iso(published));
    let (Some((Some(year), month, day)), Some(reported)) = (day, facts.report.year()) else {
        review.cannot_tell(&I06, || "没有发布日期或者不知道年度，没有核对期限".to_owned());
        return;
    };
    let deadline = match facts.report.level() {
        Some(Level::County | Level::City | Level::Province) => 331,
        Some(Level::Township | Level::Street) => facts.profile.township_deadline,
        _ => 131,
    };
    let message = if year <= reported {
        format!("发布日期是 {published}，{reported} 年还没有结束，数据不会是全年的。请核对日期。")
    } else if year > reported + 1 || month * 100 + day > deadline {
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

/// A day as files spell it: `2026-01-20`.
fn iso(text: &str) -> Option<(Option<i64>, i64, i64)> {
    let mut numbers = text.trim().split(['-', '/', '.']).map(|part| part.parse().ok());
    let (year, month, day) = (numbers.next()??, numbers.next()??, numbers.next()??);
    numbers.next().is_none().then_some((Some(year), month, day))
}
