//! The letter: 审核意见 on one report, to the office that handed it in.
//!
//! What is wrong, where, and what it should be, in the order of the report, with what the reviewer says beside it. The
//! words of a finding are its rule's; what the office has no use for is left out: names of rules, what is only worth a
//! look, what was accepted with a reason, files of whoever reviews. It writes no files.

mod points;
mod wording;

pub use points::{Point, points};

use crate::check::{Review, Severity};
use crate::day::Day;
use crate::desk::Note;
use crate::document::Block;
use crate::document::compose::Composed;
use crate::report::Report;
use crate::width;
use wording::Wording;

/// Who sends a letter and when, and what is asked of the office.
#[derive(Clone, Default, Debug)]
pub struct Sender {
    /// The office that sends it; not signed where nobody is named.
    pub name: String,
    /// The day under it.
    pub date: Option<Day>,
    /// The day by which the report is to be there again.
    pub deadline: Option<Day>,
    /// Whether what is only worth a look is said too.
    pub with_remarks: bool,
}

/// Whether there is anything that the office must mend, check or read.
pub fn is_due(review: &Review, notes: &[Note]) -> bool {
    !notes.is_empty() || review.standing().any(|finding| finding.severity > Severity::Info)
}

/// Writes the letter on a report.
pub fn compose(report: &Report, review: &Review, notes: &[Note], sender: &Sender) -> Composed {
    let points = points(report, review, notes, sender.with_remarks);
    let mut blocks = vec![Block::Heading { level: 0, text: title(report), at: String::new() }];
    let paragraph = |text: String| Block::Paragraph { text, at: String::new() };
    blocks.push(paragraph(format!("{}：", addressee(report))));
    let addressed = 1..2;
    blocks.push(paragraph(opening(report, &points)));
    let wording = Wording::new(report, review);
    for (number, point) in (1..).zip(&points) {
        let said = wording.point(number, point);
        blocks.extend(said.lines().map(|line| paragraph(line.to_owned())));
    }
    blocks.extend(closing(&points, sender).map(paragraph));
    let begin = blocks.len();
    let name = Some(sender.name.clone()).filter(|name| !name.is_empty());
    blocks.extend(name.into_iter().chain(sender.date.map(Day::as_signed)).map(paragraph));
    let signed = begin..blocks.len();
    Composed { blocks, addressed, signed }
}

/// The office that handed the report in, in one line; organs that report together side by side.
pub fn addressee(report: &Report) -> String {
    let organs: Vec<&str> =
        report.agency().lines().map(str::trim).filter(|organ| !organ.is_empty()).collect();
    if organs.is_empty() { "报送单位".to_owned() } else { organs.join("、") }
}

/// The most bytes of a file's name before its ending; most file systems take 255.
const LONGEST_NAME: usize = 200;

/// What the file of a letter to `whose` is called, without its ending: a name that every file system takes, without signs
/// that mean something there, and not too long.
pub fn file_name(whose: &str) -> String {
    let is_meant = |c: char| matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let shown = width::shown(whose);
    let mut safe: String = shown.chars().map(|c| if is_meant(c) { '_' } else { c }).collect();
    while safe.len() > LONGEST_NAME {
        safe.pop();
    }
    let trimmed = safe.trim_matches(|c: char| c == '.' || c.is_whitespace());
    format!("审核意见－{}", if trimmed.is_empty() { "报送单位" } else { trimmed })
}

/// What was handed in: `2025年政府信息公开工作年度报告`.
fn work(report: &Report) -> String {
    let year = report.year().map_or_else(String::new, |year| format!("{year}年"));
    format!("{year}政府信息公开工作年度报告")
}

fn title(report: &Report) -> String {
    let organ = if report.agency().trim().is_empty() { String::new() } else { addressee(report) };
    format!("关于{organ}{}的审核意见", work(report))
}

/// What was handed in and what came of it.
fn opening(report: &Report, points: &[Point<'_>]) -> String {
    let received = format!("你单位报送的{}收悉。经审核，", work(report));
    let count = |grade: Option<Severity>| points.iter().filter(|point| point.severity() == grade).count();
    let [wrong, doubtful, worth_a_look, noted] =
        [Some(Severity::Error), Some(Severity::Warning), Some(Severity::Info), None].map(count);
    if points.is_empty() {
        return received + "未发现问题，审核通过。";
    }
    if worth_a_look == points.len() {
        return received + "没有需要改正的问题，审核通过。以下各项供参考：";
    }
    let kinds = [(wrong, "需要改正"), (doubtful, "请核对"), (worth_a_look, "供参考"), (noted, "另提意见")];
    let kinds = kinds.into_iter().filter(|(count, _)| *count > 0);
    let counted: Vec<String> = kinds.map(|(count, kind)| format!("{count}项{kind}")).collect();
    format!("{received}有{}，具体如下：", counted.join("、"))
}

/// What the office is asked to do; nothing where there is nothing to mend.
fn closing(points: &[Point<'_>], sender: &Sender) -> Option<String> {
    let is_due = |point: &Point<'_>| point.severity() != Some(Severity::Info);
    if !points.iter().any(is_due) {
        return None;
    }
    let by = sender.deadline.map_or_else(String::new, |day| format!("于{}前", day.as_signed()));
    let is_doubtful = |point: &Point<'_>| point.severity() == Some(Severity::Warning);
    let if_right = if points.iter().any(is_doubtful) {
        "请核对的事项确属无误的，请一并说明。"
    } else {
        ""
    };
    Some(format!("请对照以上意见修改报告，{by}重新报送。{if_right}"))
}
