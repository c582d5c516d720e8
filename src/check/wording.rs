//! Wording: I07, G02 and G03.

use std::sync::LazyLock;

use super::{Basis, Facts, Fix, MOST_WORDS, Quote, Review, Rule, Severity};
use crate::form::terms::{Field, Section};
use crate::prose::Prose;
use crate::report::{Place, Value};
use crate::text::{Chars, Words, is_han, places};

/// The rules of this file.
pub(super) static RULES: &[&Rule] = &[&I07, &G02, &G03];

pub(super) static I07: Rule = Rule {
    id: "I07",
    name: "letter-style",
    severity: Severity::Warning,
    basis: Basis::Practice,
    title: "年度报告不写成上报的公函",
    explanation: "年度报告面向社会公布，不是给上级的公函：去掉“根据贵办通知要求”“特此报告”“妥否，请批示”一类的话。",
    wrong: &[&[("lead", "根据贵办通知要求，现将有关情况报告如下。")], &[("other_matters", "特此报告。")]],
    right: &[&[("overview", "请示类内部公文（含“妥否，请批示”等用语）作为过程性信息不予公开。")]],
    unknown: &[],
    run: letter_style,
};

pub(super) static G02: Rule = Rule {
    id: "G02",
    name: "filler",
    severity: Severity::Warning,
    basis: Basis::Practice,
    title: "没有模板里的占位文字；第一部分写的是本机关的事",
    explanation: "“XX镇”“×××”“此处填写”“示例”是模板里留给填报人改的。第一部分通篇没有机关名称也没有一个数的，\
                  放在哪个机关都成立，等于没有报告。",
    wrong: &[
        &[("overview", "XX镇2025年公开信息73条。")],
        &[("problems", "此处填写存在的问题，下一步改进。")],
        &[(
            "overview",
            "高度重视政府信息公开，不断加强组织领导，持续优化公开平台，扎实开展监督保障，各项工作取得新的成效。",
        )],
    ],
    right: &[
        &[("overview", "云溪镇公示对象身份证号均作隐去处理（如420999********0007），公开信息12条。")],
        &[("overview", "发布H5、App等数字产品6个，为某部门提供示范。")],
    ],
    unknown: &[],
    run: filler,
};

pub(super) static G03: Rule = Rule {
    id: "G03",
    name: "term",
    severity: Severity::Info,
    basis: Basis::Regulations("第十四条、第四十九条"),
    title: "用条例的说法：国家秘密、政府信息公开",
    explanation: "条例里写的是“国家秘密”，不是“国家机密”；报告的名称是“政府信息公开工作年度报告”，\
                  标题里不写“政务公开”“政务信息公开”。",
    wrong: &[
        &[("overview", "涉及国家机密的信息不予公开。")],
        &[("@title", "云溪镇人民政府2025年政务公开工作年度报告")],
    ],
    right: &[&[("overview", "涉及国家秘密的信息不予公开，推进政务公开。")]],
    unknown: &[],
    run: term,
};

/// What is said in letters between offices.
static PHRASES: LazyLock<Words<()>> = LazyLock::new(|| {
    Words::of(&[
        "贵室",
        "贵办",
        "贵局",
        "贵单位",
        "贵委",
        "贵厅",
        "特此报告",
        "特此上报",
        "特此函复",
        "专此报告",
        "妥否",
        "请批示",
        "请审示",
        "请审阅",
        "请予审阅",
        "当否",
        "请指示",
        "以上报告如有不妥",
        "此复",
        "现上报如下",
        "现呈报如下",
    ])
});

fn letter_style(facts: &Facts<'_>, review: &mut Review) {
    for (section, prose) in facts.prose() {
        let (section, text) = (*section, prose.text());
        let mut end_of_last = 0;
        for (at, phrase, ()) in prose.find(&PHRASES).take(MOST_WORDS) {
            if at < end_of_last || is_quoted(text, at) {
                continue;
            }
            end_of_last =
                at + text[at..].find(['，', '。', '\n']).map_or(phrase.len(), |end| end.max(phrase.len()));
            let message = format!("“{phrase}”是公函的写法。年度报告向社会公布，请删去或者改写。");
            review.find(&I07, message, vec![section.into()]).quote =
                Some(Quote::of(section, text, at..at + phrase.len()));
        }
    }
}

/// Whether a place stands inside quotation marks.
fn is_quoted(text: &str, at: usize) -> bool {
    let before = &text[..at];
    before.rfind('“').is_some_and(|open| before.rfind('”').is_none_or(|close| close < open))
}

/// What templates say of themselves.
static FILLERS: LazyLock<Words<()>> = LazyLock::new(|| {
    Words::of(&[
        "【填写",
        "【请",
        "【单位",
        "【机关",
        "此处填写",
        "请填写",
        "此处插入",
        "（示例",
        "示例文字",
        "某某",
        "某镇",
        "某乡",
        "某街道",
        "某县",
        "某局",
        "某市",
        "待补充",
        "待填写",
        "此处省略",
        "×镇",
        "×乡",
        "×局",
        "×县",
        "填写单位",
    ])
});

fn filler(facts: &Facts<'_>, review: &mut Review) {
    let title = &Prose::new(facts.report.text(Field::Title));
    let sections = facts.prose().iter().map(|(section, prose)| (Place::Section(*section), prose));
    for (place, prose) in std::iter::once((Place::from(Field::Title), title)).chain(sections) {
        let text = prose.text();
        let mut found: Vec<std::ops::Range<usize>> = placeholders(prose);
        let words = prose.find(&FILLERS).map(|(at, word, ())| (at, word));
        // 申请填写说明, 某乡、某村 and 张某某 are no blanks to be filled in.
        let is_blank = |(at, word): &(usize, &str)| {
            let (before, after) = (&text[..*at], &text[at + word.len()..]);
            let is_person = *word == "某某" && before.ends_with(is_han) && !after.starts_with(UNITS);
            !before.ends_with(['申', '“'])
                && !after.starts_with("、某")
                && !before.ends_with('、')
                && !is_person
        };
        found.extend(words.filter(is_blank).map(|(at, word)| at..at + word.len()));
        found.sort_by_key(|range| range.start);
        found.dedup_by(|later, earlier| later.start < earlier.end);
        for range in found.into_iter().take(MOST_WORDS) {
            let message = format!("“{}”像是模板里留的占位文字，请换成实际内容。", &text[range.clone()]);
            review.find(&G02, message, vec![place]).quote = Some(Quote::of(place, text, range));
        }
    }
    says_nothing(facts, review);
}

/// Reports a section one that would do for any organ.
fn says_nothing(facts: &Facts<'_>, review: &mut Review) {
    let overview = facts.report.text(Section::Overview);
    // Nearly every one has a number, near its beginning.
    if has_number(overview) || overview.chars().nth(30).is_none() {
        return;
    }
    let agency = facts.report.agency();
    let core: String =
        agency.chars().rev().skip(if agency.ends_with("人民政府") { 4 } else { 0 }).take(3).collect();
    let core: String = core.chars().rev().collect();
    let has_name = !core.is_empty() && overview.contains(&core);
    if !has_name {
        let message =
            "第一部分通篇没有机关名称，也没有一个数，放在哪个机关都成立。请写本机关今年做了什么、做了多少。"
                .to_owned();
        review.find(&G02, message, vec![Section::Overview.into()]);
    }
}

/// What may follow a placeholder for a name of a place or organ.
const UNITS: [char; 9] = ['镇', '乡', '县', '市', '区', '局', '村', '街', '省'];

/// Whether a text has a number in it, in digits or in numerals before a measure word: 一百五十六条.
fn has_number(text: &str) -> bool {
    const NUMERALS: &str = "一二三四五六七八九十百千万两";
    const MEASURES: [char; 8] = ['条', '件', '次', '个', '期', '场', '篇', '份'];
    let mut before = ' ';
    text.chars().any(|c| {
        let counts = MEASURES.contains(&c) && NUMERALS.contains(before);
        before = c;
        counts || crate::number::half_width(c).is_ascii_digit()
    })
}

/// Runs of signs that stand for something to fill in: XX镇, ×××. Masked numbers (4209********07) and hidden names (“李××”)
/// are none.
fn placeholders(prose: &Prose<'_>) -> Vec<std::ops::Range<usize>> {
    static SIGNS: Chars = Chars::new(&['X', 'x', 'Ｘ', '×', '*', '＊', '＿', '_']);
    let text = prose.text();
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, c) in prose.others().filter(|(_, c)| SIGNS.has(*c)) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end = at + c.len_utf8(),
            _ => runs.push(at..at + c.len_utf8()),
        }
    }
    runs.retain(|run| {
        let beside = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || "./:@-".contains(c));
        let joins = beside(text[..run.start].chars().next_back()) || beside(text[run.end..].chars().next());
        text[run.clone()].chars().count() > 1 && !joins
    });
    runs.truncate(4 * MOST_WORDS);
    runs.retain(|run| {
        let sentence = text[..run.start].rsplit(['。', '\n']).next().unwrap_or_default();
        let after = text[run.end..].split(['。', '\n']).next().unwrap_or_default();
        let says_so = ["隐去", "脱敏", "匿名", "隐名"];
        !says_so.iter().any(|word| sentence.contains(word) || after.contains(word))
    });
    runs
}

fn term(facts: &Facts<'_>, review: &mut Review) {
    const WORD: &str = "国家机密";
    for (section, prose) in facts.prose().iter().filter(|(_, prose)| prose.contains(WORD)) {
        let (section, text) = (*section, prose.text());
        for at in places(text, WORD).filter(|at| !is_quoted(text, *at)).take(MOST_WORDS) {
            let message = "条例里写的是“国家秘密”，请把“国家机密”改过来。".to_owned();
            let mended = format!("{}国家秘密{}", &text[..at], &text[at + WORD.len()..]);
            let finding = review.find(&G03, message, vec![section.into()]);
            finding.quote = Some(Quote::of(section, text, at..at + WORD.len()));
            finding.fixes = vec![Fix {
                title: "“国家机密”改为“国家秘密”".to_owned(),
                set: [(section.into(), Some(Value::Text(mended)))].into(),
            }];
        }
    }
    let title = facts.report.text(Field::Title);
    // The organ itself may be called so: 政务公开办公室.
    let name = if title.starts_with(facts.report.agency()) { facts.report.agency().len() } else { 0 };
    let found = ["政务信息公开", "政务公开"]
        .iter()
        .find_map(|word| title[name..].find(word).map(|at| (name + at, *word)));
    if let Some((at, word)) = found {
        let message = format!("标题里的“{word}”应为“政府信息公开”。");
        review.find(&G03, message, vec![Field::Title.into()]).quote =
            Some(Quote::of(Field::Title, title, at..at + word.len()));
    }
}
