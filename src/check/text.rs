//! Family T: punctuation, personal data, and characters that must not be published.

use super::{Basis, Facts, Fix, MOST_WORDS, Quote, Review, Rule, Severity};
use crate::form::terms::Section;
use crate::number::half_width;
use crate::report::{Place, Value};
use crate::text::{behind_last, is_han};
use crate::width;

pub(super) static T01: Rule = Rule {
    id: "T01",
    name: "punctuation",
    severity: Severity::Info,
    basis: Basis::Statute("《标点符号用法》（GB/T 15834—2011）"),
    title: "标点：中文之间用全角，不重复，括号引号成对",
    explanation: "中文之间的逗号、句号、冒号、分号用全角；“。。”“，，”去掉一个；括号和引号要成对。",
    wrong: &[
        &[("overview", "公开信息,方便群众。")],
        &[("overview", "公开信息77条。。")],
        &[("overview", "来信22件.")],
        &[("overview", "覆盖15个村(社区)。")],
        &[("overview", "开设“惠农政策专栏，公开补贴信息62条（其中耕地补贴21条。")],
    ],
    right: &[
        &[(
            "overview",
            "网站（http://dsj.example.gov.cn:8080/）访问量1,204,386次，响应0.8秒，开放时间为9:00-17:30。",
        )],
        &[("overview", "落实《关于进一步加强\n政策归集工作的通知》要求，公开信息62条。")],
    ],
    unknown: &[],
    run: punctuation,
};

pub(super) static T02: Rule = Rule {
    id: "T02",
    name: "personal-data",
    severity: Severity::Error,
    basis: Basis::Statute("《中华人民共和国个人信息保护法》第十三条、第二十八条"),
    title: "没有身份证号、私人手机号、银行账号",
    explanation: "报告要向社会公布，不能带个人的身份证号、手机号和银行账号。联系方式里机关的电话不在此列。请删去或者隐去。",
    wrong: &[
        &[("overview", "申请人张某（身份证号420999199003078883）已领取答复。")],
        &[("overview", "申请人手机号13900139000，已电话告知。")],
        &[("other_matters", "退款至申请人账户6222020200112233445。")],
    ],
    right: &[
        &[("lead", "联系电话：0999-1234567，手机：13900139000；邮编：400000。")],
        &[(
            "overview",
            "流水号420999198501010003，统一社会信用代码12420999MB0X00000K，身份证号420999********0007。",
        )],
    ],
    unknown: &[],
    run: personal_data,
};

pub(super) static T03: Rule = Rule {
    id: "T03",
    name: "control-characters",
    severity: Severity::Error,
    basis: Basis::Form,
    title: "没有控制字符、反向书写和看不见的字符",
    explanation: "从网页和聊天窗口粘贴来的文字可能带有看不见的字符：有的会打乱显示，有的会让搜索和核对失灵。这里显示成 [U+…]，\
                  不会送到终端和导出的文件里；请清除。",
    wrong: &[&[("overview", "公开信息\u{200B}77条\u{202E}。")]],
    right: &[&[]],
    unknown: &[],
    run: control_characters,
};

fn punctuation(facts: &Facts<'_>, review: &mut Review) {
    for (section, text) in facts.report.prose() {
        let mut found: Vec<(std::ops::Range<usize>, String)> = Vec::new();
        half_width_marks(section, text, review);
        found.extend(doubled_marks(text));
        found.extend(unpaired(text));
        found.sort_by_key(|(range, _)| range.start);
        for (range, message) in found.into_iter().take(MOST_WORDS) {
            review.find(&T01, message, vec![section.into()]).quote = Some(Quote::of(section, text, range));
        }
    }
}

/// Half-width marks between Chinese characters: all of them in one finding, the first one quoted, and full-width ones
/// as the fix.
fn half_width_marks(section: Section, text: &str, review: &mut Review) {
    let is_between_han = |(at, c): &(usize, char)| {
        let before = text[..*at].chars().next_back();
        let after = text[at + c.len_utf8()..].chars().take(4).find(|c| *c != ' ');
        let ends_sentence = *c == '.' && matches!(after, None | Some('\n'));
        let is_bracket = matches!(c, '(' | ')');
        full_width(*c).is_some()
            && !is_bracket
            && before.is_some_and(is_han)
            && (after.is_some_and(is_han) || ends_sentence)
    };
    let mut marks: Vec<(usize, char)> = text.char_indices().filter(is_between_han).collect();
    marks.extend(half_width_brackets(text));
    marks.sort_unstable();
    let Some(&(first, c)) = marks.first() else { return };
    let message = match marks.len() {
        1 => format!("中文之间用了半角“{c}”，请改成全角。"),
        count => format!("中文之间用了半角标点，共 {count} 处，第一处是“{c}”。请改成全角。"),
    };
    let mut mended = String::with_capacity(text.len() + 2 * marks.len());
    let mut end = 0;
    for &(at, c) in &marks {
        mended.push_str(&text[end..at]);
        mended.push(full_width(c).unwrap_or(c));
        end = at + c.len_utf8();
    }
    mended.push_str(&text[end..]);
    let finding = review.find(&T01, message, vec![section.into()]);
    finding.quote = Some(Quote::of(section, text, clause_around(text, first)));
    finding.fixes = vec![Fix {
        title: "全部改成全角".to_owned(),
        set: [(section.into(), Some(Value::Text(mended)))].into(),
    }];
}

/// Half-width brackets around Chinese characters within a sentence, both of each pair.
fn half_width_brackets(text: &str) -> Vec<(usize, char)> {
    let mut found = Vec::new();
    let mut open: Vec<(usize, bool)> = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '(' => {
                let around = text[..at].chars().next_back().is_some_and(is_han)
                    && text[at + 1..].chars().next().is_some_and(is_han);
                open.push((at, around));
            }
            ')' => {
                if let Some((start, true)) = open.pop() {
                    found.extend([(start, '('), (at, ')')]);
                }
            }
            '\n' => open.clear(),
            _ => {}
        }
    }
    found
}

/// The full-width mark for a half-width one.
const fn full_width(c: char) -> Option<char> {
    match c {
        ',' => Some('，'),
        ';' => Some('；'),
        ':' => Some('：'),
        '?' => Some('？'),
        '!' => Some('！'),
        '.' => Some('。'),
        '(' => Some('（'),
        ')' => Some('）'),
        _ => None,
    }
}

/// A mark with the characters on both sides.
fn clause_around(text: &str, at: usize) -> std::ops::Range<usize> {
    let start = text[..at].char_indices().rev().nth(1).map_or(0, |(start, _)| start);
    let end = text[at..].char_indices().nth(3).map_or(text.len(), |(len, _)| at + len);
    start..end
}

/// Marks that stand twice: 。。 and ，。.
fn doubled_marks(text: &str) -> Vec<(std::ops::Range<usize>, String)> {
    const MARKS: [char; 5] = ['。', '，', '、', '；', '：'];
    let mut found: Vec<(std::ops::Range<usize>, String)> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let Some(&(next, other)) = chars.peek() else { break };
        if MARKS.contains(&c) && MARKS.contains(&other) {
            let start = text[..at].char_indices().next_back().map_or(at, |(start, _)| start);
            let range = start..next + other.len_utf8();
            found.push((range, format!("“{c}{other}”：标点重复，请去掉一个。")));
        }
    }
    found
}

/// The paragraphs of a text, each with where it begins. A line that ends within a sentence goes on in the next one: text
/// copied out of a PDF breaks anywhere.
fn paragraphs(text: &str) -> Vec<(usize, &str)> {
    const ENDS: [char; 8] = ['。', '！', '？', '；', '：', '.', ';', ':'];
    let (mut starts, mut last) = (vec![0], ' ');
    for (at, c) in text.char_indices() {
        if c == '\n' && ENDS.contains(&last) {
            starts.push(at + c.len_utf8());
        }
        if !c.is_whitespace() {
            last = c;
        }
    }
    starts.push(text.len());
    starts.windows(2).map(|pair| (pair[0], &text[pair[0]..pair[1]])).collect()
}

/// Brackets and quotation marks that are not paired within their paragraph.
fn unpaired(text: &str) -> Vec<(std::ops::Range<usize>, String)> {
    const PAIRS: [(char, char); 6] =
        [('（', '）'), ('“', '”'), ('《', '》'), ('〔', '〕'), ('(', ')'), ('‘', '’')];
    let mut found = Vec::new();
    for (from, paragraph) in paragraphs(text) {
        let mut open: Vec<(usize, char)> = Vec::new();
        for (at, c) in paragraph.char_indices() {
            let at = from + at;
            if open.len() + found.len() > 4 * MOST_WORDS {
                return found;
            }
            if PAIRS.iter().any(|(left, _)| *left == c) {
                open.push((at, c));
            } else if let Some((left, _)) = PAIRS.iter().find(|(_, right)| *right == c) {
                // （…) is a pair, though of two widths.
                let matches = |other: char| other == *left || matches!((other, c), ('（', ')') | ('(', '）'));
                match open.iter().rposition(|(_, other)| matches(*other)) {
                    Some(pair) => {
                        let (start, other) = open.remove(pair);
                        if other != *left {
                            let message = format!("括号一边全角、一边半角（“{other}”和“{c}”），请统一。");
                            found.push((start..at + c.len_utf8(), message));
                        }
                    }
                    // 1）, 2): the bracket of a number in a list.
                    None if is_list_number(&text[from..at]) => {}
                    None => found.push((
                        before(text, from, at)..at + c.len_utf8(),
                        format!("“{c}”没有配对的“{left}”。请补上或者去掉。"),
                    )),
                }
            }
        }
        for (at, c) in open {
            let right = PAIRS.iter().find(|(left, _)| *left == c).map_or(c, |(_, right)| *right);
            let rest = &text[at..from + paragraph.len()];
            let end = at + rest.find(['，', '。', '；', '\n']).unwrap_or(rest.len());
            found.push((at..end, format!("“{c}”没有配对的“{right}”。请补上或者去掉。")));
        }
    }
    found
}

fn is_list_number(before: &str) -> bool {
    let digits = before.trim_end_matches(|c: char| half_width(c).is_ascii_digit());
    digits.len() < before.len() && (digits.is_empty() || digits.ends_with(['。', '；', '：', '，', ' ']))
}

/// Where the clause before a mark begins, no further than its paragraph.
fn before(text: &str, from: usize, at: usize) -> usize {
    from + behind_last(&text[from..at], &['，', '。', '；', '：', '\n'])
}

fn personal_data(facts: &Facts<'_>, review: &mut Review) {
    for (section, text) in facts.report.prose() {
        for (range, run) in digit_runs(text).into_iter().take(4 * MOST_WORDS) {
            let what = match run.len() {
                18 if is_identity_number(&run) => "身份证号",
                11 if is_mobile(&run) && !is_contact(text, range.start) && !is_amount(text, range.end) => {
                    "手机号"
                }
                16..=19 if is_account(text, range.start) => "银行账号",
                _ => continue,
            };
            let message = format!("有{what}“{}”。报告要向社会公布，请删去或者隐去。", masked(&run));
            let hidden: String =
                text[range.clone()].chars().map(|c| if c == ' ' { c } else { '*' }).collect();
            let mended = format!("{}{hidden}{}", &text[..range.start], &text[range.end..]);
            let finding = review.find(&T02, message, vec![section.into()]);
            finding.fixes = vec![Fix {
                title: format!("隐去{what}"),
                set: [(Place::Section(section), Some(Value::Text(mended)))].into(),
            }];
            finding.quote = Some(Quote::of(section, text, range));
        }
    }
}

/// Whether a number is one of money or things: 13900130000元.
fn is_amount(text: &str, end: usize) -> bool {
    text[end..].trim_start().starts_with(['元', '万', '亿', '件', '条', '次', '人', '户'])
}

/// The runs of digits (the last may be X) that stand for themselves, in bytes, folded to ASCII. Groups of three digits and
/// more with one blank between them are one run, as card and telephone numbers are written.
fn digit_runs(text: &str) -> Vec<(std::ops::Range<usize>, String)> {
    let mut runs: Vec<(std::ops::Range<usize>, String)> = Vec::new();
    for (at, c) in text.char_indices() {
        let folded = half_width(c);
        let is_check = matches!(folded, 'X' | 'x');
        match runs.last_mut() {
            Some((range, run))
                if joins_groups(text, range.end, at) && folded.is_ascii_digit() && run.len() > 2 =>
            {
                range.end = at + c.len_utf8();
                run.push(folded);
            }
            Some((range, run))
                if range.end == at && (folded.is_ascii_digit() || (is_check && run.len() == 17)) =>
            {
                range.end = at + c.len_utf8();
                run.push(folded.to_ascii_uppercase());
            }
            _ if folded.is_ascii_digit() => runs.push((at..at + c.len_utf8(), folded.to_string())),
            _ => {}
        }
    }
    let joined = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || "-_*/".contains(c));
    runs.retain(|(range, _)| {
        !joined(text[..range.start].chars().next_back()) && !joined(text[range.end..].chars().next())
    });
    runs
}

/// Whether one blank stands between two groups of digits, the second of three digits and more.
fn joins_groups(text: &str, end: usize, at: usize) -> bool {
    let digits = || text[at..].chars().take(3).take_while(|c| half_width(*c).is_ascii_digit()).count();
    at > end && &text[end..at] == " " && digits() > 2
}

/// Whether 18 characters are an identity-card number: a date in them, and the check character right (GB 11643).
fn is_identity_number(run: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits: Vec<u32> = run.chars().take(17).filter_map(|c| c.to_digit(10)).collect();
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let check = "10X98765432".chars().nth((sum % 11) as usize);
    let number =
        |range: std::ops::Range<usize>| run.get(range).and_then(|text| text.parse::<u32>().ok()).unwrap_or(0);
    let is_date = (1900..2100).contains(&number(6..10))
        && (1..=12).contains(&number(10..12))
        && (1..=31).contains(&number(12..14));
    digits.len() == 17 && is_date && check == run.chars().last()
}

fn is_mobile(run: &str) -> bool {
    run.starts_with('1') && run.chars().nth(1).is_some_and(|c| ('3'..='9').contains(&c))
}

/// Whether a number stands among an office's ways of contact.
fn is_contact(text: &str, at: usize) -> bool {
    let before: String = text[..at].chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
    let sentence = before.rsplit(['。', '\n']).next().unwrap_or_default();
    let is_applicants =
        ["申请人", "身份证", "当事人", "群众", "村民"].iter().any(|word| sentence.contains(word));
    let ways = [
        "联系电话",
        "联系方式",
        "联系人",
        "咨询电话",
        "监督电话",
        "办公电话",
        "请与",
        "邮编",
        "传真",
        "地址",
        "联系",
    ];
    !is_applicants && ways.iter().any(|word| sentence.contains(word))
}

fn is_account(text: &str, at: usize) -> bool {
    let before: String = text[..at].chars().rev().take(20).collect::<Vec<_>>().into_iter().rev().collect();
    ["账号", "账户", "帐号", "帐户", "卡号", "开户"].iter().any(|word| before.contains(word))
}

/// A number of which a message shows only the ends.
fn masked(run: &str) -> String {
    let (head, tail) = (&run[..3], &run[run.len() - 2..]);
    format!("{head}…{tail}")
}

fn control_characters(facts: &Facts<'_>, review: &mut Review) {
    for (place, value) in facts.report.values() {
        let Some(text) = value.text() else { continue };
        let lines: Vec<String> =
            text.split('\n').map(|line| width::shown(&line.replace('\t', " ")).into_owned()).collect();
        let shown = lines.join("\n");
        if shown == text.replace('\t', " ") {
            continue;
        }
        let clean: String = text
            .chars()
            .filter(|c| *c == '\n' || *c == '\t' || width::shown(&c.to_string()) == c.to_string())
            .collect();
        let first =
            shown.split_once("[U+").and_then(|(_, rest)| rest.split_once(']')).map_or("", |(code, _)| code);
        let message = format!("文字里有看不见的字符（[U+{first}] 等），可能打乱显示和核对。请清除。");
        let finding = review.find(&T03, message, vec![place]);
        finding.fixes = vec![Fix {
            title: "清除看不见的字符".to_owned(),
            set: [(place, Some(Value::Text(clean)))].into(),
        }];
    }
}
