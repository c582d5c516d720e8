//! Names and wording: I03 and I07, G02 and G03.

use super::{Basis, Facts, Fix, Quote, Review, Rule, Severity};
use crate::form::terms::{Field, Level, Section};
use crate::report::{Place, Value};

pub(super) static I03: Rule = Rule {
    id: "I03",
    name: "organ-name",
    severity: Severity::Warning,
    basis: Basis::Practice,
    title: "该写本机关名称的地方没有写成别的机关",
    explanation: "照着别的乡镇、部门的稿子改，最容易漏改机关名称。正文里以别的乡镇、街道或者别的部门作主语的，请看一眼是不是漏改；\
                  确实说的是别的机关的，可以填理由说明。",
    wrong: &[
        &[("overview", "云溪镇人民政府公开信息73条。沙湾镇党委、政府多次召开会议研究部署。")],
        &[("overview", "2025年，沙湾镇人民政府认真贯彻条例，公开信息73条。")],
    ],
    right: &[
        &[("overview", "云溪镇党委、政府高度重视政府信息公开，各镇政府、乡镇政府和县镇政府网站同步发布。")],
        &[("overview", "我镇与县财政局联合印发工作方案，安排专人维护镇政府网站，加强镇政府信息公开专栏。")],
    ],
    unknown: &[&[("@agency", "")]],
    run: organ_name,
};

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

/// What township organs are called, and what is said of them.
const TOWNSHIP_ORGANS: [&str; 11] = [
    "镇党委",
    "镇人民政府",
    "镇政府",
    "镇党政",
    "乡党委",
    "乡人民政府",
    "乡政府",
    "街道办事处",
    "街道党工委",
    "街道办",
    "街道工委",
];

/// Characters that stand before a township's name or in place of it, but are not part of it.
const NOT_A_NAME: &str = "各本我该全市县区州旗由与和同及在向对被让使请乡两个村城是以为经从至到据按照，。、；：（）“”《》的年月日了镇街";

/// What a sentence goes on with where its subject is the reporting organ.
const DEEDS: [&str; 22] = [
    "认真",
    "高度重视",
    "严格",
    "深入",
    "坚持",
    "积极",
    "按照",
    "围绕",
    "主动公开",
    "全年",
    "持续",
    "切实",
    "贯彻",
    "紧紧",
    "始终",
    "扎实",
    "依法",
    "不断",
    "以习近平",
    "政府信息公开",
    "共公开",
    "共主动",
];

fn organ_name(facts: &Facts<'_>, review: &mut Review) {
    let agency = facts.report.agency();
    if agency.is_empty() {
        review.cannot_tell(&I03, || "不知道机关全称，没有核对正文里的机关名称".to_owned());
        return;
    }
    let own = [agency, facts.report.text(Field::ShortName)];
    for (section, text) in facts.report.prose() {
        let is_local = matches!(facts.report.level(), Some(Level::Township | Level::Street) | None);
        let towns = if is_local { other_townships(text, agency) } else { Vec::new() };
        let mut found: Vec<std::ops::Range<usize>> = towns;
        found.extend(other_subjects(text, own));
        found.sort_by_key(|range| range.start);
        found.dedup_by(|later, earlier| later.start < earlier.end);
        for range in found {
            let message = format!("正文里出现“{}”，本机关是{agency}。漏改的请改过来。", &text[range.clone()]);
            review.find(&I03, message, vec![section.into()]).quote = Some(Quote::of(section, text, range));
        }
    }
}

/// Organs of other townships: 沙湾镇党委.
fn other_townships(text: &str, agency: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    for organ in TOWNSHIP_ORGANS {
        let kind =
            organ.chars().next().map_or("", |c| if c == '街' { "街道" } else { &organ[..c.len_utf8()] });
        for (at, _) in text.match_indices(organ) {
            let follows = &text[at + organ.len()..];
            if ["网站", "门户", "信息公开", "公告栏", "大院", "机关", "办公"]
                .iter()
                .any(|word| follows.starts_with(word))
            {
                continue;
            }
            let name: Vec<char> = text[..at]
                .chars()
                .rev()
                .take_while(|c| ('\u{4e00}'..='\u{9fff}').contains(c) && !NOT_A_NAME.contains(*c))
                .take(5)
                .collect();
            let name: String = name.into_iter().rev().collect();
            // 大槐树镇 is called by the end of its name too; 石梁镇 follows whatever stands before it.
            let is_own = (0..name.chars().count()).any(|skip| {
                let short: String = name.chars().skip(skip).collect();
                short.chars().count() > 1 && agency.contains(&format!("{short}{kind}"))
            });
            // 加强镇政府…, 专人维护镇政府…: where it is no name, a longer run of words or a clause goes before it.
            let lead = text[..at - name.len()].chars().next_back();
            let is_loose = organ.ends_with("政府") && !organ.ends_with("人民政府") || organ.ends_with('办');
            let begins = lead.is_none_or(|c| !is_loose || "。\n县区市".contains(c))
                || text[..at - name.len()].ends_with("年，");
            if (2..=3).contains(&name.chars().count()) && begins && !is_own {
                found.push(at - name.len()..at + organ.len());
            }
        }
    }
    found
}

/// Other organs that a sentence begins with, in the place of the reporting one: 2025年，望禾县财政局认真贯彻 ….
fn other_subjects(text: &str, own: [&str; 2]) -> Vec<std::ops::Range<usize>> {
    const ENDS: [&str; 8] = ["人民政府", "办事处", "委员会", "局", "街道", "镇", "乡", "厅"];
    const LONGEST: usize = 16;
    let mut found = Vec::new();
    let starts = text.match_indices(['。', '\n', '，']).map(|(at, mark)| at + mark.len());
    for start in std::iter::once(0).chain(starts) {
        let after_comma = text[..start].ends_with('，');
        // After a comma only where a year or a stock phrase opens the sentence.
        if after_comma
            && !["年，", "年度，", "以来，", "一年，"].iter().any(|lead| text[..start].ends_with(lead))
        {
            continue;
        }
        let rest = text[start..].trim_start_matches([' ', '\u{3000}']);
        let start = text.len() - text[start..].len() + (text[start..].len() - rest.len());
        // A name is short, so that its verb is near; the whole text is not looked through from every sentence.
        let mut ends = rest.char_indices().map(|(end, _)| end).take(LONGEST + 1);
        let Some(verb) = ends.find(|&end| DEEDS.iter().any(|deed| rest[end..].starts_with(deed))) else {
            continue;
        };
        let name = &rest[..verb];
        let is_name = (3..=LONGEST).contains(&name.chars().count())
            && name.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
            && ENDS.iter().any(|end| name.ends_with(end));
        let is_generic = name.starts_with(['我', '本', '全', '各', '该']);
        if is_name && !is_generic && !own.iter().any(|own| shares_its_name(own, name)) {
            found.push(start..start + name.len());
        }
    }
    found
}

/// Whether a name may be meant of the organ: one is part of the other (县财政局 for 白苇县财政局, 石梁镇 for 石梁镇人民政府).
fn shares_its_name(own: &str, name: &str) -> bool {
    let core = |name: &str| {
        let name =
            ["人民政府", "办事处", "政府"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
        name.to_owned()
    };
    let (own, name) = (core(own), core(name));
    if own.is_empty() {
        return false;
    }
    // 市人力资源和社会保障局 and 市人社局 share their place and their kind.
    let tail: String = name.chars().skip_while(|c| !"省市县区州旗镇乡".contains(*c)).skip(1).collect();
    let is_short = name.starts_with(['省', '市', '县', '区', '州', '旗', '镇', '乡', '街']);
    own.contains(&name)
        || name.contains(&own)
        || is_short
        || (tail.chars().count() > 1 && own.ends_with(&tail))
}

fn letter_style(facts: &Facts<'_>, review: &mut Review) {
    const PHRASES: [&str; 22] = [
        "根据贵",
        "按照贵",
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
    ];
    for (section, text) in facts.report.prose() {
        let mut end_of_last = 0;
        let mut hits: Vec<(usize, &str)> =
            PHRASES.iter().flat_map(|phrase| text.match_indices(phrase)).collect();
        hits.sort_unstable();
        for (at, phrase) in hits {
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

fn filler(facts: &Facts<'_>, review: &mut Review) {
    const WORDS: [&str; 20] = [
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
    ];
    let places = facts.report.prose().map(|(section, text)| (Place::Section(section), text));
    let title = facts.report.text(Field::Title);
    for (place, text) in std::iter::once((Place::from(Field::Title), title)).chain(places) {
        let mut found: Vec<std::ops::Range<usize>> = placeholders(text);
        found.extend(
            WORDS.iter().flat_map(|word| text.match_indices(word).map(|(at, word)| at..at + word.len())),
        );
        found.sort_by_key(|range| range.start);
        found.dedup_by(|later, earlier| later.start < earlier.end);
        for range in found {
            let message = format!("“{}”像是模板里留的占位文字，请换成实际内容。", &text[range.clone()]);
            review.find(&G02, message, vec![place]).quote = Some(Quote::of(place, text, range));
        }
    }
    let overview = facts.report.text(Section::Overview);
    let is_long = overview.chars().count() > 30;
    let has_number = overview.chars().any(|c| crate::number::half_width(c).is_ascii_digit());
    let names =
        ["我镇", "我乡", "我局", "我街道", "本机关", "我委", "我县", "我市", "我区", "我办", "我厅", "我省"];
    let agency = facts.report.agency();
    let core: String =
        agency.chars().rev().skip(if agency.ends_with("人民政府") { 4 } else { 0 }).take(3).collect();
    let core: String = core.chars().rev().collect();
    let has_name =
        (!core.is_empty() && overview.contains(&core)) || names.iter().any(|name| overview.contains(name));
    if is_long && !has_number && !has_name {
        let message =
            "第一部分通篇没有机关名称，也没有一个数，放在哪个机关都成立。请写本机关今年做了什么、做了多少。"
                .to_owned();
        review.find(&G02, message, vec![Section::Overview.into()]);
    }
}

/// Runs of signs that stand for something to fill in: XX镇, ×××. Masked numbers (4209********07) are none.
fn placeholders(text: &str) -> Vec<std::ops::Range<usize>> {
    const SIGNS: [char; 8] = ['X', 'x', 'Ｘ', '×', '*', '＊', '＿', '_'];
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| SIGNS.contains(c)) {
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
    runs
}

fn term(facts: &Facts<'_>, review: &mut Review) {
    for (section, text) in facts.report.prose() {
        for (at, word) in text.match_indices("国家机密") {
            let message = "条例里写的是“国家秘密”，请把“国家机密”改过来。".to_owned();
            let mended = format!("{}国家秘密{}", &text[..at], &text[at + word.len()..]);
            let finding = review.find(&G03, message, vec![section.into()]);
            finding.quote = Some(Quote::of(section, text, at..at + word.len()));
            finding.fixes = vec![Fix {
                title: "“国家机密”改为“国家秘密”".to_owned(),
                set: [(section.into(), Some(Value::Text(mended)))].into(),
            }];
        }
    }
    let title = facts.report.text(Field::Title);
    if let Some((at, word)) =
        ["政务信息公开", "政务公开"].iter().find_map(|word| title.find(word).map(|at| (at, *word)))
    {
        let message = format!("标题里的“{word}”应为“政府信息公开”。");
        review.find(&G03, message, vec![Field::Title.into()]).quote =
            Some(Quote::of(Field::Title, title, at..at + word.len()));
    }
}
