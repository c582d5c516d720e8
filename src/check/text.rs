//! Family T: punctuation, and characters that must not be published.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::{Basis, Facts, Fix, MOST_WORDS, Quote, Review, Rule, Severity};
use crate::form::terms::{Field, Section};
use crate::number::half_width;
use crate::prose::Char;
use crate::report::{Place, Value};
use crate::text::{Chars, behind_last, is_han};
use crate::width;

/// The rules of this file.
pub(super) static RULES: &[&Rule] = &[&T01, &T03];

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

pub(super) static T03: Rule = Rule {
    id: "T03",
    name: "control-characters",
    severity: Severity::Error,
    basis: Basis::Form,
    title: "没有控制字符、反向书写和看不见的字符",
    explanation: "从网页和聊天窗口粘贴来的文字可能带有看不见的字符：有的会打乱显示，有的会让搜索和核对失灵。这里显示成 [U+…]；\
                  不清除的，会跟着进导出的文件。请清除。",
    wrong: &[&[("overview", "公开信息\u{200B}77条\u{202E}。")]],
    right: &[&[]],
    unknown: &[],
    run: control_characters,
};

fn punctuation(facts: &Facts<'_>, review: &mut Review) {
    for (section, prose) in facts.prose() {
        let (section, text) = (*section, prose.text());
        let mut marks: Vec<Char> = Vec::with_capacity(prose.others_by_number().len());
        marks.extend(prose.others().filter(|(_, c)| !c.is_ascii_alphanumeric()));
        let marks = &marks[..];
        let mut found: Vec<(Range<usize>, String)> = Vec::new();
        half_width_marks(section, text, marks, review);
        found.extend(doubled_marks(text, marks));
        found.extend(unpaired(text, marks));
        found.sort_by_key(|(range, _)| range.start);
        for (range, message) in found.into_iter().take(MOST_WORDS) {
            review.find(&T01, message, vec![section.into()]).quote = Some(Quote::of(section, text, range));
        }
    }
}

/// Half-width marks between Chinese characters: all of them in one finding, the first one quoted, and full-width ones
/// as the fix.
fn half_width_marks(section: Section, text: &str, marks: &[Char], review: &mut Review) {
    let is_mark = |(_, c): &(usize, char)| full_width(*c).is_some() && !matches!(c, '(' | ')');
    let is_between_han = |(at, c): &(usize, char)| {
        let before = text[..*at].chars().next_back();
        let after = text[at + c.len_utf8()..].chars().take(4).find(|c| *c != ' ');
        let ends_sentence = *c == '.' && matches!(after, None | Some('\n'));
        before.is_some_and(is_han) && (after.is_some_and(is_han) || ends_sentence)
    };
    let found = marks.iter().copied().filter(is_mark).filter(is_between_han);
    let mut marks: Vec<(usize, char)> = found.chain(half_width_brackets(text, marks)).collect();
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
fn half_width_brackets(text: &str, marks: &[Char]) -> Vec<(usize, char)> {
    let mut found = Vec::new();
    let mut open: Vec<(usize, bool)> = Vec::new();
    for &(at, c) in marks {
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
fn clause_around(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].char_indices().rev().nth(1).map_or(0, |(start, _)| start);
    let end = text[at..].char_indices().nth(3).map_or(text.len(), |(len, _)| at + len);
    start..end
}

/// Marks that stand twice: 。。 and ，。.
fn doubled_marks(text: &str, marks: &[Char]) -> Vec<(Range<usize>, String)> {
    const MARKS: [char; 5] = ['。', '，', '、', '；', '：'];
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    for (&(at, c), &(next, other)) in marks.iter().zip(marks.iter().skip(1)) {
        if next == at + c.len_utf8() && MARKS.contains(&c) && MARKS.contains(&other) {
            let start = text[..at].char_indices().next_back().map_or(at, |(start, _)| start);
            let range = start..next + other.len_utf8();
            found.push((range, format!("“{c}{other}”：标点重复，请去掉一个。")));
        }
    }
    found
}

/// The paragraphs of a text, each with its marks. A line that ends within a sentence goes on in the next one: text
/// copied out of a PDF breaks anywhere.
fn paragraphs<'m>(text: &str, marks: &'m [Char]) -> Vec<(Range<usize>, &'m [Char])> {
    const ENDS: [char; 8] = ['。', '！', '？', '；', '：', '.', ';', ':'];
    let mut paragraphs = Vec::with_capacity(16);
    // Where one begins, in the text and among the marks.
    let (mut begin, mut first) = (0, 0);
    // The last mark that is no blank, and where it and the blanks behind it end.
    let (mut last, mut end) = (' ', 0);
    for (nth, &(at, c)) in marks.iter().enumerate() {
        if c == '\n' && end == at && ENDS.contains(&last) {
            let next = at + c.len_utf8();
            paragraphs.push((begin..next, &marks[first..=nth]));
            (begin, first) = (next, nth + 1);
        }
        if !c.is_whitespace() {
            last = c;
        } else if end != at {
            continue;
        }
        end = at + c.len_utf8();
    }
    paragraphs.push((begin..text.len(), &marks[first..]));
    paragraphs
}

/// Brackets and quotation marks that are not paired within their paragraph.
fn unpaired(text: &str, marks: &[Char]) -> Vec<(Range<usize>, String)> {
    const PAIRS: [(char, char); 6] =
        [('（', '）'), ('“', '”'), ('《', '》'), ('〔', '〕'), ('(', ')'), ('‘', '’')];
    const BOTH: [char; 2 * PAIRS.len()] = {
        let (mut both, mut nth) = ([' '; 2 * PAIRS.len()], 0);
        while nth < PAIRS.len() {
            (both[2 * nth], both[2 * nth + 1]) = PAIRS[nth];
            nth += 1;
        }
        both
    };
    static SIDES: Chars = Chars::new(&BOTH);
    let mut found = Vec::new();
    if !marks.iter().any(|(_, c)| SIDES.has(*c)) {
        return found;
    }
    // Empty between paragraphs; only its room is kept.
    let mut open: Vec<(usize, char)> = Vec::new();
    for (paragraph, marks) in paragraphs(text, marks) {
        let from = paragraph.start;
        for &(at, c) in marks {
            if open.len() + found.len() > 4 * MOST_WORDS {
                return found;
            }
            if !SIDES.has(c) {
                continue;
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
        for (at, c) in open.drain(..) {
            let right = PAIRS.iter().find(|(left, _)| *left == c).map_or(c, |(_, right)| *right);
            let rest = &text[at..paragraph.end];
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

fn control_characters(facts: &Facts<'_>, review: &mut Review) {
    let fields =
        Field::ALL.iter().map(|field| Place::from(*field)).map(|place| (place, facts.report.text(place)));
    let sections = facts.texts().map(|(section, text)| (Place::from(section), text));
    let cells = facts.form.cells().iter().zip(&facts.cells);
    let cells = cells.filter_map(|(info, value)| Some((Place::from(info.cell), value.as_ref()?.text()?)));
    for (place, text) in fields.chain(sections).chain(cells) {
        let is_shown = |part: &str| matches!(width::shown(part), Cow::Borrowed(_));
        let is_ordinary = |char| matches!(char, '\n' | '\t') || width::is_ordinary(char);
        // Han characters are ordinary.
        let prose = match place {
            Place::Section(section) => facts.prose_of(section),
            _ => None,
        };
        let is_plain = match prose {
            Some(prose) => prose.others().all(|(_, mark)| is_ordinary(mark)),
            None => text.chars().all(is_ordinary),
        };
        if is_plain || text.split(['\n', '\t']).all(is_shown) {
            continue;
        }
        let lines: Vec<String> =
            text.split('\n').map(|line| width::shown(&line.replace('\t', " ")).into_owned()).collect();
        let shown = lines.join("\n");
        if shown == text.replace('\t', " ") {
            continue;
        }
        let is_kept = |part: &str| matches!(part, "\n" | "\t") || width::shown(part) == part;
        // A mark on a letter is seen, and by itself it is not.
        let clean = |grapheme: &str| match is_kept(grapheme) {
            true => grapheme.to_owned(),
            false => grapheme.chars().filter(|c| is_kept(&c.to_string())).collect(),
        };
        let clean: String = text.graphemes(true).map(clean).collect();
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
