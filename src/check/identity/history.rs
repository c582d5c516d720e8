//! Whether a year in a text is told of as past: in a comparison, in the name of a document, in the history of an organ.

use super::sentence_around;
use crate::day::{digit, years};

/// Words after a year that make it history, or part of a name or period.
const AFTER: [&str; 55] = [
    "建成的",
    "设立的",
    "开通的",
    "上线的",
    "启用的",
    "发布的",
    "印发的",
    "反馈的",
    "底反馈",
    "度决算",
    "度预算",
    "决算",
    "预算",
    "部门决算",
    "部门预算",
    "度财政",
    "年底前",
    "底前",
    "底以前",
    "报告中",
    "度报告中",
    "年报中",
    "反馈",
    "提出",
    "遗留",
    "以来",
    "以前",
    "之前",
    "前",
    "以后",
    "之后",
    "起",
    "至今",
    "至",
    "到",
    "—",
    "－",
    "-",
    "~",
    "～",
    "）",
    "由",
    "经",
    "成立",
    "设立",
    "组建",
    "建立",
    "制定",
    "出台",
    "修订",
    "印发",
    "颁布",
    "施行",
    "度部门决算",
    "度部门预算",
];

/// Words that make the sentence they stand in a comparison with other years.
const COMPARISONS: [&str; 25] = [
    "今年",
    "上年",
    "上一年",
    "去年",
    "往年",
    "历年",
    "同比",
    "相比",
    "环比",
    "对比",
    "比上",
    "比去",
    "比前",
    "比20",
    "较上",
    "较去",
    "较前",
    "较20",
    "较同期",
    "比同期",
    "增长",
    "增幅",
    "降幅",
    "持平",
    "结转",
];

/// Whether the sentence speaks of the past as such: compares, names a document, tells when something was founded.
pub(super) fn is_history(text: &str, range: &std::ops::Range<usize>, year: i64) -> bool {
    let after = text[range.end..].trim_start();
    let sentence = sentence_around(text, range);
    let is_inside_a_name = is_in_a_title(&text[..range.start]);
    // 2024年12月设立的, 2024年7月1日起: what follows the month or day counts.
    let behind = after.trim_start_matches(|c: char| digit(c).is_some());
    let behind = if behind.len() < after.len() {
        let behind = behind.trim_start_matches(['月', '份', '初', '底']);
        behind.trim_start_matches(|c: char| digit(c).is_some()).trim_start_matches('日')
    } else {
        after
    };
    is_inside_a_name
        || AFTER.iter().any(|word| after.starts_with(word) || behind.starts_with(word))
        || closes_a_period(&text[..range.start])
        || tells_of_a_law(after)
        || COMPARISONS.iter().any(|word| sentence.contains(word))
        || years(sentence).any(|(at, other)| {
            // This year's, or a third one: 2024年收到35件，2023年收到29件.
            let is_another = text[range.clone()] != sentence[at.clone()];
            (other == year || is_another) && !is_in_a_title(&sentence[..at.start])
        })
        || after.split(['，', '。', '；']).next().is_some_and(is_of_that_year)
}

/// Whether the clause behind a year names a thing of that year: 2024年全县政务公开考核中.
fn is_of_that_year(clause: &str) -> bool {
    ["考核", "评估", "测评", "评议", "评比", "排名"].iter().any(|word| clause.contains(word))
        && ["中", "满意", "得分", "反馈", "结果", "通报"].iter().any(|word| clause.contains(word))
}

/// Whether what follows `before` stands inside 《》.
fn is_in_a_title(before: &str) -> bool {
    before.rfind('《').is_some_and(|open| before.rfind('》').is_none_or(|close| close < open))
}

/// Whether a year is the one in which a law was made: 2019年4月3日国务院令第711号修订.
fn tells_of_a_law(after: &str) -> bool {
    let clause = after.split(['，', '。', '；', '）', '、']).next().unwrap_or_default();
    ["令第", "号公布", "号修订", "修订通过", "审议通过", "会议通过"].iter().any(|word| clause.contains(word))
}

/// Whether what stands before a year makes it the end of a period, or part of a name: `2021—`, `〔`.
fn closes_a_period(before: &str) -> bool {
    let before = before.trim_end();
    before.ends_with(['—', '－', '-', '~', '～', '至', '〔', '[', '（', '(']) && !before.ends_with("截至")
}
