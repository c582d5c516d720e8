//! P12: how many parts a report says that it has, against the parts that it lists.

use std::ops::Range;
use std::sync::LazyLock;

use super::{Basis, Facts, Quote, Review, Rule, Severity};
use crate::form::{Form, Heading};
use crate::number::half_width;
use crate::prose::Prose;
use crate::text::Words;

/// The rules of this file.
pub(super) static RULES: &[&Rule] = &[&P12];

pub(super) static P12: Rule = Rule {
    id: "P12",
    name: "parts-announced",
    severity: Severity::Info,
    basis: Basis::Decree("附件规定的六个部分"),
    title: "“由……N 个部分组成”与列出的部分一致",
    explanation: "正文说“本报告由……六个部分组成”的，列出几个部分就写几个，规定是六个部分。",
    wrong: &[
        &[(
            "lead",
            "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、\
                    存在的主要问题及改进情况、其他需要报告的事项七个部分组成。",
        )],
        &[("lead", "本报告由七个部分组成。")],
    ],
    right: &[
        &[(
            "lead",
            "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、\
                    存在的主要问题及改进情况、其他需要报告的事项六个部分组成。",
        )],
        &[("lead", "全文共六部分。")],
    ],
    unknown: &[],
    run: announced,
};

fn announced(facts: &Facts<'_>, review: &mut Review) {
    let due = facts.form.decree.headings.len();
    for (section, prose) in facts.prose() {
        let (section, text) = (*section, prose.text());
        for (range, stated) in numbered(prose) {
            let sentence = sentence_around(text, &range);
            let (before, after) = (&text[sentence.start..range.start], &text[range.end..sentence.end]);
            let listed = listed(facts, before, after);
            let is_about_report = listed.titles >= 3 || announces(before, after, &text[range.clone()]);
            let parts = if listed.titles > 1 { listed.parts } else { due };
            if !is_about_report || (stated, parts) == (due, due) {
                continue;
            }
            let what = if listed.titles > 1 { format!("列出的是 {parts} 个，") } else { String::new() };
            let words = &text[range.clone()];
            let message = format!("写的是“{words}”，{what}年度报告规定是 {due} 个部分。请改成一致。");
            review.find(&P12, message, vec![section.into()]).quote = Some(Quote::of(section, text, range));
        }
    }
}

/// The sentence that some words stand in, semicolons included: 一是…；二是….
fn sentence_around(text: &str, words: &Range<usize>) -> Range<usize> {
    let start = text[..words.start].rfind(['。', '\n']).map_or(0, |end| end + 1);
    let start = (start..=words.start).find(|&at| text.is_char_boundary(at)).unwrap_or(words.start);
    let end = text[words.end..].find(['。', '\n']).map_or(text.len(), |end| words.end + end);
    start..end
}

static PARTS: LazyLock<Words<()>> = LazyLock::new(|| Words::of(&["部分", "方面"]));

/// `六个部分`, `8部分`, `五个方面`: the words and the number.
fn numbered(prose: &Prose<'_>) -> Vec<(Range<usize>, usize)> {
    const NUMERALS: [char; 9] = ['二', '三', '四', '五', '六', '七', '八', '九', '十'];
    let text = prose.text();
    let of = |(at, word): (usize, &str)| {
        let before = text[..at].trim_end_matches(['个', '大', ' ']);
        let last = before.chars().next_back()?;
        let start = before.len() - last.len_utf8();
        let number = match NUMERALS.iter().position(|numeral| *numeral == last) {
            Some(at) => at + 2,
            None => usize::try_from(half_width(last).to_digit(10)?).ok()?,
        };
        // 第六部分, 十六个方面 are no such numbers.
        let is_alone = !text[..start]
            .ends_with(|c: char| c == '第' || NUMERALS.contains(&c) || half_width(c).is_ascii_digit());
        is_alone.then_some((start..at + word.len(), number))
    };
    prose.find(&PARTS).filter_map(|(at, word, ())| of((at, word))).collect()
}

/// Whether the words around a number of parts say that the report has them.
fn announces(before: &str, after: &str, words: &str) -> bool {
    let composes = ["组成", "内容", "构成"].iter().any(|word| after.starts_with(word));
    let leads = ["全文共", "报告共", "报告分", "报告分为", "共分", "全文分", "共分为", "全文分为"];
    words.ends_with("部分") && (composes || leads.iter().any(|lead| before.ends_with(lead)))
}

/// What a sentence lists: how many official titles, and how many parts in all.
struct Listed {
    titles: usize,
    parts: usize,
}

/// The parts listed before their number (由…组成, 包括…，共…) or behind it (：…, 分别为…), wherever the titles stand.
fn listed(facts: &Facts<'_>, before: &str, after: &str) -> Listed {
    let openers = ["由", "包括", "包含", "分为"];
    let opened = openers.iter().filter_map(|word| before.find(word).map(|at| at + word.len())).min();
    let before = count(facts, opened.map_or("", |at| &before[at..]));
    let after = count(facts, after);
    if before.titles >= after.titles { before } else { after }
}

fn count(facts: &Facts<'_>, list: &str) -> Listed {
    if list.is_empty() {
        return Listed { titles: 0, parts: 0 };
    }
    // Between titles the pauses stand for what separates them; within, they are part of a title.
    let mut rest = squeezed(list);
    let mut known = 0;
    for spellings in titles(facts.form) {
        if let Some(title) = spellings.iter().find(|title| rest.contains(title.as_str())) {
            rest = rest.replacen(title, "，", 1);
            known += 1;
        }
    }
    let is_part = |piece: &&str| {
        let bare = piece.trim_start_matches("组成").trim_end_matches('等');
        bare.chars().count() > 1 && !bare.ends_with(['是', '为', '共']) && !bare.starts_with(['并', '附'])
    };
    let others = rest.split(['，', '；', '：', '以', '（', '）']).filter(is_part).count();
    Listed { titles: known, parts: known + others }
}

/// The titles of a form's headings, each in all its spellings, squeezed: made once.
fn titles(form: &Form) -> &'static [Vec<String>] {
    /// The key of a decree, and the titles of its form.
    type Titles = (&'static str, Vec<Vec<String>>);
    static OF_FORMS: LazyLock<Vec<Titles>> = LazyLock::new(|| {
        let spelled = |heading: &Heading| {
            std::iter::once(heading.title).chain(heading.variants.iter().copied()).map(squeezed).collect()
        };
        let of = |form: &'static Form| (form.decree.key, form.decree.headings.iter().map(spelled).collect());
        Form::all().iter().map(of).collect()
    });
    let of_form = OF_FORMS.iter().find(|(key, _)| *key == form.decree.key);
    of_form.map_or(&[], |(_, titles)| titles)
}

/// A text without what joins the words of a list, and without blanks and quotation marks.
fn squeezed(text: &str) -> String {
    text.replace(['、', '和', '及', '与', '“', '”', ' '], "")
}
