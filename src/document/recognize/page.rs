//! Lines that are no part of a report: what a web page says of it under the title, and what closes a page or a letter.
//!
//! Knows single lines only; whether one may be left out where it stands is for its readers to say.

use super::Line;
use crate::day::Day;

/// A longer line is prose.
const LONGEST: usize = 100;

/// Names of the day of publishing.
const PUBLISHED: [&str; 4] = ["发布时间", "发布日期", "公开时间", "公开日期"];

/// Names of what else a page says of a text.
const DATA: [&str; 31] = [
    "日期",
    "更新时间",
    "更新日期",
    "成文日期",
    "生成日期",
    "发文日期",
    "发文字号",
    "文号",
    "索引号",
    "发文机关",
    "发布机构",
    "发布单位",
    "发布人",
    "来源",
    "信息来源",
    "文章来源",
    "稿件来源",
    "作者",
    "编辑",
    "责任编辑",
    "浏览次数",
    "浏览量",
    "点击数",
    "点击次数",
    "点击率",
    "阅读次数",
    "阅读量",
    "访问量",
    "字号",
    "字体",
    "字体大小",
];

/// Words at the foot of a page, with which a line begins.
const FOOT: [&str; 21] = [
    "主办",
    "承办",
    "版权所有",
    "打印本页",
    "关闭窗口",
    "上一篇",
    "下一篇",
    "扫一扫",
    "分享到",
    "返回顶部",
    "上一条",
    "下一条",
    "网站地图",
    "站点地图",
    "联系我们",
    "关于我们",
    "友情链接",
    "相关链接",
    "技术支持",
    "网站声明",
    "Copyright",
];

/// Words that no line has but one at the foot of a page.
const REGISTERED: [&str; 3] = ["ICP备", "公网安备", "网站标识码"];

/// Brackets around a whole line, or between the lines of data.
const OPENING: [char; 5] = ['（', '(', '[', '【', '〔'];
const CLOSING: [char; 5] = ['）', ')', ']', '】', '〕'];

/// Whether a line says something of a text by name: 发布时间：2025-01-20 来源：….
pub(super) fn is_data(line: &str) -> bool {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || OPENING.contains(&c));
    let is_named =
        |name: &&str| line.strip_prefix(*name).is_some_and(|rest| rest.trim_start().starts_with(['：', ':']));
    is_short(line) && PUBLISHED.iter().chain(&DATA).any(is_named)
}

/// Whether a line closes a letter or a page: （此件公开发布）, 附件：统计表, [打印本页], 版权所有….
pub(super) fn is_closing(line: &str) -> bool {
    let line = line.trim();
    let is_bracketed = line.starts_with(OPENING) && line.ends_with(CLOSING);
    let names_an_annex = line.strip_prefix("附件").is_some_and(|rest| {
        let rest = rest.trim_start();
        rest.is_empty() || rest.starts_with(|c| "：:".contains(c) || crate::day::digit(c).is_some())
    });
    is_short(line) && (is_bracketed || names_an_annex || is_at_foot(line) || is_data(line))
}

/// Whether lines stand below a text: short ones, at least one of which only a page or a letter has there.
pub(super) fn is_foot(lines: &[Line<'_>]) -> bool {
    lines.iter().all(|(line, _)| is_short(line)) && lines.iter().any(|(line, _)| is_closing(line))
}

/// Takes the foot of a page off the end of a text that no signature ends.
pub(super) fn take_foot<'d>(lines: &mut Vec<Line<'d>>) -> Vec<Line<'d>> {
    let begins = |(line, _): &Line<'_>| is_at_foot(line.trim());
    let at = lines.iter().position(begins).filter(|&at| is_foot(&lines[at..]));
    at.map(|at| lines.split_off(at)).unwrap_or_default()
}

/// Whether a line is one of those at the foot of a page.
fn is_at_foot(line: &str) -> bool {
    FOOT.iter().any(|word| line.starts_with(word)) || REGISTERED.iter().any(|word| line.contains(word))
}

/// Whether a line is short, and no sentence.
fn is_short(line: &str) -> bool {
    line.chars().nth(LONGEST).is_none() && !line.trim_end().ends_with(['。', '；'])
}

/// The day of publishing that lines of data say, and whether they say nothing else.
pub(super) fn published(lines: &[Line<'_>]) -> (Option<Day>, bool) {
    let mut found = None;
    let mut is_all = true;
    for (line, _) in lines {
        match day(line) {
            Some((day, is_alone)) => {
                found = found.or(Some(day));
                is_all &= is_alone && found == Some(day);
            }
            None => is_all = false,
        }
    }
    (found, is_all)
}

/// The day of publishing in a line of data, and whether nothing stands beside it.
fn day(line: &str) -> Option<(Day, bool)> {
    const BLANK: [char; 3] = ['：', ':', ' '];
    let line = line.trim_matches(|c: char| c.is_whitespace() || OPENING.contains(&c) || CLOSING.contains(&c));
    let named = PUBLISHED.iter().filter_map(|name| Some((line.find(name)?, name.len())));
    let (at, length) = named.min().or_else(|| line.starts_with("日期").then_some((0, "日期".len())))?;
    let rest = line[at + length..].trim_start_matches(BLANK);
    let (day, end) = Day::leading(rest.trim_start_matches(OPENING))?;
    let behind = &rest.trim_start_matches(OPENING)[end..];
    Some((day, at == 0 && behind.trim().is_empty()))
}
