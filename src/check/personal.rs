//! T02: numbers of persons in what is published: identity cards, mobile telephones, accounts.
//!
//! An office's own ways of contact are none, nor is what is masked already.

use super::{Basis, Facts, Fix, MOST_WORDS, Quote, Review, Rule, Severity};
use crate::number::half_width;
use crate::prose::Prose;
use crate::report::{Place, Value};

/// The rules of this file.
pub(super) static RULES: &[&Rule] = &[&T02];

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

fn personal_data(facts: &Facts<'_>, review: &mut Review) {
    for (section, prose) in facts.prose().iter().filter(|(_, prose)| has_long_number(prose)) {
        let (section, text) = (*section, prose.text());
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

/// The fewest digits of a number of a person: those of a mobile telephone.
const FEWEST: usize = 11;

/// Whether so many digits stand together in a text, but for blanks: hardly any text has them.
fn has_long_number(prose: &Prose<'_>) -> bool {
    // Digits and blanks are no Han characters: where so few of these stand together nothing is counted.
    let mut runs = prose.others_by_number().windows(FEWEST);
    if !runs.any(|run| run[FEWEST - 1] - run[0] == FEWEST - 1) {
        return false;
    }
    let (mut digits, mut end) = (0, 0);
    prose.others().any(|(at, c)| {
        digits = match c {
            '0'..='9' | '０'..='９' if at == end => digits + 1,
            '0'..='9' | '０'..='９' => 1,
            ' ' if at == end => digits,
            _ => 0,
        };
        end = at + c.len_utf8();
        digits >= FEWEST
    })
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
        if !folded.is_ascii_digit() && !is_check {
            continue;
        }
        match runs.last_mut() {
            Some((range, run))
                if folded.is_ascii_digit() && run.len() > 2 && joins_groups(text, range.end, at) =>
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
