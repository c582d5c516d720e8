//! How a point of a letter is worded: where, how grave, what is wrong, the sentence, what it should be.
//!
//! What is one point is [`points`](super::points)' to say.

use super::points::{Point, begin, split};
use crate::check::localize::DENIED;
use crate::check::{Finding, Fix, Quote, Review, Severity};
use crate::desk::Note;
use crate::document::recognize::{BY_HAND, EXPORTED};
use crate::report::{Edit, Place, Report, Value};
use crate::text::squeezed;

/// How many characters of a sentence are shown on either side of the words that a point is about.
const AROUND: usize = 16;
/// Words that are longer are shown by their beginning.
const LONGEST: usize = 64;
/// How many ways to mend a point are named; the likeliest come first.
const MOST_WAYS: usize = 2;
/// How many characters the names of several rows may take; longer ones are named by their numbers.
const LONGEST_NAMES: usize = 30;
/// What a personal number is hidden behind.
const HIDDEN: &str = "*";

/// What the points of one letter share.
pub(super) struct Wording {
    /// The report as it may be quoted.
    shown: Report,
}

impl Wording {
    pub(super) fn new(report: &Report, review: &Review) -> Self {
        Self { shown: quotable(report, review) }
    }

    /// A point, in one paragraph; a note of several lines in as many.
    pub(super) fn point(&self, number: usize, point: &Point<'_>) -> String {
        let head = format!("（{}）{}，{}。", numeral(number), self.location(point), grade(point.severity()));
        match point.note {
            Some(note) if note.place.is_none() => {
                format!("（{}）其他意见。{}", numeral(number), closed(&note.text))
            }
            Some(note) => head + &self.note(note),
            None => head + &self.fault(point),
        }
    }

    /// The part of the report, by its number.
    fn location(&self, point: &Point<'_>) -> String {
        let form = self.shown.form();
        let heading = point.place().and_then(Place::section).and_then(|section| form.heading(section));
        match (heading, point.place()) {
            (Some(heading), _) => format!("第{}部分", heading.numeral),
            (None, Some(place)) => place.label(form),
            (None, None) => "整份报告".to_owned(),
        }
    }

    fn fault(&self, point: &Point<'_>) -> String {
        let ways = ways(point);
        let is_of_a_sum = point.findings.iter().any(|finding| finding.is_of_a_sum());
        let asks = is_of_a_sum && !ways.is_empty() || ways.len() > 1;
        let mut said = facts(&point.findings, asks);
        let mut quotes: Vec<String> = Vec::new();
        for quote in point.findings.iter().filter_map(|finding| finding.quote.as_ref()) {
            quotes.extend(self.sentence(quote).filter(|sentence| !quotes.contains(sentence)));
        }
        if !quotes.is_empty() {
            said += &format!("原文：{}。", quotes.join("；"));
        }
        said += &advice(&ways, is_of_a_sum);
        if let Some((_, denial)) = point.slip.and_then(|slip| slip.message.split_once(DENIED)) {
            said += &format!("{DENIED}{denial}");
        }
        said
    }

    fn note(&self, note: &Note) -> String {
        let place = note.place.filter(|place| place.cell().is_some());
        let of = place.map_or_else(String::new, |place| format!("“{}”：", place.label(self.shown.form())));
        let quote = begin(&self.shown, note).zip(note.place).map(|(start, place)| Quote {
            place,
            start,
            end: start + note.quote.chars().count(),
            text: note.quote.clone(),
        });
        let quoted = quote.and_then(|quote| self.sentence(&quote));
        let quoted = quoted.map_or_else(String::new, |quoted| format!("原文：{quoted}。"));
        format!("{quoted}{of}{}", closed(&note.text))
    }

    /// The sentence that some words stand in, with the words between marks; none of a title, which messages quote whole.
    fn sentence(&self, quote: &Quote) -> Option<String> {
        quote.place.section()?;
        let words = self.shown.text(quote.place).chars().skip(quote.start).take(quote.end - quote.start);
        let shown = Quote { text: words.collect(), ..quote.clone() };
        let [before, words, behind] = shown.sentence(&self.shown, AROUND)?;
        let dots = |text: String| {
            if text.starts_with("..") || text.ends_with("..") { text.replace("..", "……") } else { text }
        };
        let (before, mut behind) = (dots(before), dots(behind));
        let mut words = words;
        if words.chars().count() > LONGEST {
            words = words.chars().take(LONGEST).chain("……".chars()).collect();
            behind.clear();
        }
        let sentence = format!("{before}【{words}】{behind}").replace('\n', " ");
        Some(sentence.trim_end_matches(['。', '；']).to_owned())
    }
}

fn grade(severity: Option<Severity>) -> &'static str {
    match severity {
        Some(Severity::Error) => "需要改正",
        Some(Severity::Warning) => "请核对",
        Some(Severity::Info) => "供参考",
        None => "另提意见",
    }
}

/// What some findings say, what is said of several rows once; without the request at the end where what `asks` is behind.
fn facts(findings: &[&Finding], asks: bool) -> String {
    let mut said: Vec<(Vec<String>, String)> = Vec::new();
    for finding in findings {
        let message = addressed(&finding.message);
        let (subject, rest) = split(if asks { unasked(&message) } else { &message });
        let known = match said.iter().position(|(_, known)| known == rest) {
            Some(known) => known,
            None => {
                said.push((Vec::new(), rest.to_owned()));
                said.len() - 1
            }
        };
        if !subject.is_empty() && said[known].0.iter().all(|known| known != subject) {
            said[known].0.push(subject.to_owned());
        }
    }
    let joined = said.into_iter().map(|(subjects, rest)| match subjects.is_empty() {
        true => closed(&rest),
        false => closed(&format!("{}：{rest}", named(&subjects))),
    });
    joined.collect()
}

/// What something is said of, side by side; of many rows their numbers.
fn named(subjects: &[String]) -> String {
    const NUMERALS: &str = "一二三四五六七八九十（）";
    let number = |subject: &String| {
        let is_of_it = |c: char| c.is_ascii_digit() || NUMERALS.contains(c);
        let number: String = subject.chars().take_while(|&c| is_of_it(c)).collect();
        if number.is_empty() { subject.clone() } else { number }
    };
    let names = subjects.join("；");
    if subjects.len() == 1 || names.chars().count() <= LONGEST_NAMES {
        return names;
    }
    let numbers: Vec<String> = subjects.iter().map(number).collect();
    format!("{}（共{}行）", numbers.join("、"), numbers.len())
}

/// A message as it is said to whoever has only his own file.
fn addressed(message: &str) -> String {
    let message = tight(&message.replace('\n', " ")).replace(BY_HAND, "。请改报可以编辑的表格。");
    match message.split_once(EXPORTED) {
        Some((fault, at)) => format!("{}{at}，请改正。", fault.trim_end_matches('。')),
        None => message,
    }
}

/// A message without the request that it ends with.
fn unasked(message: &str) -> &str {
    let inner = message.strip_suffix('。').unwrap_or(message);
    let last = inner.rfind('。').map(|at| at + '。'.len_utf8());
    last.filter(|&at| message[at..].starts_with('请')).map_or(message, |at| &message[..at])
}

/// The ways to mend a point that its words do not name already, likeliest first.
fn ways<'a>(point: &Point<'a>) -> Vec<&'a str> {
    let Some(first) = point.findings.first() else { return Vec::new() };
    let has = |finding: &Finding, title: &str| finding.fixes.iter().any(|fix| fix.title == title);
    let titles = point.slip.unwrap_or(first).fixes.iter().map(|fix: &'a Fix| fix.title.as_str());
    let is_of_all =
        |title: &&str| point.slip.is_some() || point.findings.iter().all(|finding| has(finding, title));
    titles.filter(is_of_all).filter(|title| !is_named(title, &first.message)).collect()
}

/// Whether a message names a way to mend already, or the way has no value to name.
fn is_named(title: &str, message: &str) -> bool {
    let bare = |text: &str| squeezed(text).replace(['“', '”'], "");
    let Some((_, value)) = title.rsplit_once("改为") else { return true };
    ["改为", "应为", "应填"].iter().any(|word| bare(message).contains(&format!("{word}{}", bare(value))))
}

fn advice(ways: &[&str], is_of_a_sum: bool) -> String {
    if ways.is_empty() {
        return String::new();
    }
    let named = ways.iter().take(MOST_WAYS).copied().collect::<Vec<_>>().join("；或者");
    let more =
        if ways.len() > MOST_WAYS { format!("；共有{}种可能", ways.len()) } else { String::new() };
    let check = if is_of_a_sum { "，请核对台账后修改" } else { "" };
    tight(&format!("建议：{named}{more}{check}。"))
}

/// A text without the blanks around numbers, which official documents do not set; what it quotes stays as it was written.
fn tight(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '“' => depth += 1,
            '”' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if c != ' ' || depth > 0 {
            out.push(c);
        }
    }
    out
}

/// A text that ends as a sentence does.
fn closed(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['。', '！', '？', '）', '”']) { text.to_owned() } else { format!("{text}。") }
}

/// The report without the personal numbers that were found in it, which a letter must not carry on.
fn quotable(report: &Report, review: &Review) -> Report {
    let mut shown = report.clone();
    let personal = review.findings.iter().filter(|finding| finding.rule.id == "T02");
    for quote in personal.filter_map(|finding| finding.quote.as_ref()) {
        let hidden = shown.text(quote.place).chars().enumerate().map(|(at, c)| {
            if (quote.start..quote.end).contains(&at) && !c.is_whitespace() {
                HIDDEN.to_owned()
            } else {
                c.to_string()
            }
        });
        let hidden = Value::Text(hidden.collect());
        shown.apply(Edit::set(quote.place, Some(hidden)));
    }
    shown
}

/// A number as points are numbered: 一, 十二, 二十.
fn numeral(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (number / 10, number % 10) {
        (tens @ 10.., ones) => (10 * tens + ones).to_string(),
        (0, ones) => DIGITS[ones].to_owned(),
        (1, ones) => format!("十{}", DIGITS[ones]),
        (tens, ones) => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_numbered_as_documents_are() {
        let numbered = [1, 9, 10, 11, 20, 35, 99, 100].map(numeral);
        assert_eq!(numbered, ["一", "九", "十", "十一", "二十", "三十五", "九十九", "100"]);
    }

    #[test]
    fn blanks_are_set_in_quotations_only() {
        assert_eq!(tight("共 3 + 4 = 7，写的是“2024 年 1 月”。 差 1"), "共3+4=7，写的是“2024 年 1 月”。差1");
        assert_eq!(tight("””“ 甲 ” 乙"), "””“ 甲 ”乙");
    }

    #[test]
    fn a_request_at_the_end_goes_where_a_way_to_mend_is_named() {
        assert_eq!(unasked("差 5。请核对本行各格。"), "差 5。");
        assert_eq!(unasked("请核对。"), "请核对。");
        assert_eq!(unasked("差 5。没有发生的填 0。"), "差 5。没有发生的填 0。");
    }

    #[test]
    fn a_way_that_is_named_or_has_no_value_is_not_named_again() {
        let said = "写的是“2024 年”，报告年度是 2025 年。请改为 2025 年。";
        assert!(is_named("“2024 年”改为“2025年”", said));
        assert!(is_named("隐去手机号", said));
        assert!(!is_named("正文里的 17 改为 71", "正文写的是“17件”，表里是 71。请核对。"));
    }

    #[test]
    fn many_rows_are_named_by_their_numbers() {
        let named = |subjects: &[&str]| named(&subjects.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>());
        assert_eq!(named(&["规章", "行政许可"]), "规章；行政许可");
        let rows = [
            "一、本年新收政府信息公开申请数量",
            "三（三）2.其他法律行政法规禁止公开",
            "三（七）总计",
            "行政许可",
        ];
        assert_eq!(named(&rows), "一、三（三）2、三（七）、行政许可（共4行）");
    }

    #[test]
    fn what_only_this_program_can_do_is_not_said() {
        let message = format!("原文件里“甲”写作“乙”。{EXPORTED}（原文件第 9 行）");
        assert_eq!(addressed(&message), "原文件里“甲”写作“乙”（原文件第9行），请改正。");
    }
}
