//! Family P, first part: what the prose says, against the cells that it speaks of.
//!
//! The sentences are read by [`prose`](crate::prose); here a claim is compared with every way to read it, and is broken
//! only when none agrees.

use super::{Basis, Facts, Fix, MOST_WORDS, Quote, Review, Rule, Severity};
use crate::form::terms::{Row, Section};
use crate::form::{Cell, Equation, Kind, Sum};
use crate::number::Decimal;
use crate::prose::{Claim, Subject};
use crate::report::{Place, Value};

/// Declares a rule of the family.
macro_rules! claim_rule {
    ($id:ident, $name:literal, $severity:ident, $title:literal, $explanation:literal,
     wrong: $wrong:expr, right: $right:expr, unknown: $unknown:expr) => {
        pub(super) static $id: Rule = Rule {
            id: stringify!($id),
            name: $name,
            severity: Severity::$severity,
            basis: Basis::Form,
            title: $title,
            explanation: $explanation,
            wrong: $wrong,
            right: $right,
            unknown: $unknown,
            run: |facts, review| compare(&$id, facts, review),
        };
    };
}

claim_rule!(P01, "received-differs", Warning,
    "正文里收到、新收、受理申请的件数与表三一致",
    "正文写的“收到（新收、受理）申请……件”要与表三对得上。“收到”有几种口径：本年新收；新收加上年结转；办理结果总计加结转下年。\
     与其中任何一种一致都算对，都对不上才提示。写“新收”的只与“一、本年新收”比。",
    wrong: &[&[("overview", "2025年，我镇新收政府信息公开申请17件。"), ("requests/received/total", "71")]],
    right: &[
        &[("overview", "2025年，我镇新收政府信息公开申请17件。"), ("requests/received/total", "17")],
        &[
            ("overview", "2025年，我镇收到政府信息公开申请17件。"),
            ("requests/received/total", "15"),
            ("requests/carried_in/total", "2"),
        ],
        &[("overview", "2025年，我镇受理信访事项17件，办结12345热线工单203件。")],
    ],
    unknown: &[&[("overview", "2025年，我镇新收政府信息公开申请17件。"), ("requests/received/total", "")]]
);

claim_rule!(P02, "carry-over-differs", Warning,
    "正文里的上年结转、结转下年与表三一致",
    "正文写的“上年结转……件”“结转下年……件”，分别与表三“二、上年结转”“四、结转下年度继续办理”的总计一致。",
    wrong: &[&[("overview", "我镇新收政府信息公开申请8件，上年结转2件。"), ("requests/carried_in/total", "0")]],
    right: &[&[
        ("overview", "政府信息公开申请中，2024年结转至2025年的2件已办结，结转至2026年办理的3件。"),
        ("requests/carried_in/total", "2"),
        ("requests/carried_out/total", "3"),
    ]],
    unknown: &[&[("overview", "上年结转政府信息公开申请2件。"), ("requests/carried_in/total", "")]]
);

claim_rule!(P03, "outcome-differs", Warning,
    "正文里的办结、答复和各类办理结果与表三一致",
    "正文写的办结（答复）总数，予以公开、部分公开、不予公开、无法提供、不予处理、其他处理的件数，以及具体情形的件数，\
     要与表三第三部分的总计列一致。",
    wrong: &[
        &[
            ("overview", "办结政府信息公开申请9件，其中予以公开5件。"),
            ("requests/concluded/total", "9"),
            ("requests/granted/total", "4"),
        ],
        &[
            ("overview", "办结政府信息公开申请9件，其中予以公开5件。"),
            ("requests/concluded/total", "9"),
            ("requests/granted/natural_person", "12"),
            ("requests/granted/total", ""),
        ],
    ],
    right: &[&[
        ("overview", "办结政府信息公开申请9件，其中予以公开5件。"),
        ("requests/concluded/total", "9"),
        ("requests/granted/total", "5"),
    ]],
    unknown: &[
        &[("overview", "办结政府信息公开申请9件。"), ("requests/concluded/total", "约9")],
        &[
            ("overview", "办结政府信息公开申请9件，其中予以公开5件。"),
            ("requests/concluded/total", "9"),
            ("requests/granted/total", ""),
        ],
    ]
);

claim_rule!(P04, "applicants-differ", Warning,
    "正文里各类申请人的件数与表三一致",
    "正文写的自然人、法人或其他组织、商业企业等提出申请的件数，要与表三各列一致（本年新收，或新收加上年结转）。",
    wrong: &[&[
        ("overview", "收到政府信息公开申请，其中自然人申请21件。"),
        ("requests/received/natural_person", "12"),
        ("requests/carried_in/natural_person", "0"),
        ("requests/concluded/natural_person", "12"),
        ("requests/carried_out/natural_person", "0"),
    ]],
    right: &[&[
        ("overview", "收到政府信息公开申请，其中自然人申请21件。"),
        ("requests/received/natural_person", "21"),
    ]],
    unknown: &[&[
        ("overview", "收到政府信息公开申请，其中自然人申请21件。"),
        ("requests/received/natural_person", ""),
        ("requests/concluded/natural_person", ""),
    ]]
);

claim_rule!(P05, "disputes-differ", Warning,
    "正文里行政复议、行政诉讼的件数和结果与表四一致",
    "正文写的因政府信息公开被申请行政复议、被提起行政诉讼的件数和结果，要与表四一致；写“均获维持”的，\
     表四就不应有纠正、其他结果或者尚未审结的。本机关作为复议机关办理的案件、其他类别的案件不在此列。",
    wrong: &[&[
        ("overview", "因政府信息公开被申请行政复议3件，均获维持。"),
        ("disputes/reconsideration/total", "3"),
        ("disputes/reconsideration/pending", "1"),
    ]],
    right: &[
        &[
            ("overview", "因政府信息公开被申请行政复议3件。"),
            ("disputes/reconsideration/total", "3"),
        ],
        &[("overview", "我镇履行行政复议职责，受理行政复议案件89件。")],
    ],
    unknown: &[&[("overview", "因政府信息公开被申请行政复议3件。"), ("disputes/reconsideration/total", "")]]
);

claim_rule!(P06, "documents-differ", Warning,
    "正文里规章、规范性文件的件数与表二一致",
    "正文写的规章、行政规范性文件制发、废止、现行有效的件数，要与表二一致。",
    wrong: &[&[("overview", "制发行政规范性文件2件。"), ("proactive/normative_documents/issued", "3")]],
    right: &[&[("overview", "制发行政规范性文件2件。"), ("proactive/normative_documents/issued", "2")]],
    unknown: &[&[("overview", "制发行政规范性文件2件。"), ("proactive/normative_documents/issued", "")]]
);

claim_rule!(P07, "decisions-differ", Info,
    "正文里许可、处罚、强制的件数和收费金额与表二一致",
    "正文写的行政许可、行政处罚、行政强制件数和行政事业性收费金额，要与表二一致；口径不同的，在正文里说明。",
    wrong: &[&[("overview", "作出行政处罚决定52件。"), ("proactive/penalties/decisions", "25")]],
    right: &[
        &[("overview", "作出行政处罚决定52件。"), ("proactive/penalties/decisions", "52")],
        &[("overview", "收取行政事业性收费251000元。"), ("proactive/fees/amount", "25.1")],
    ],
    unknown: &[&[("overview", "作出行政处罚决定52件。"), ("proactive/penalties/decisions", "/")]]
);

claim_rule!(P08, "none-but-some", Warning,
    "正文说没有的，表里是零；表里是零的，正文不说有",
    "正文写“未收到申请”“未发生行政复议、行政诉讼”“没有制发规范性文件”，表里相应的格应当是 0；整张表都是 0 的，\
     正文也不应写收到申请或者发生复议诉讼。",
    wrong: &[
        &[
            ("overview", "全年未收到政府信息公开申请。"),
            ("requests/received/total", "1"),
            ("requests/concluded/total", "1"),
        ],
        &[("overview", "未发生行政复议、行政诉讼。"), ("disputes/direct_suit/total", "1")],
    ],
    right: &[
        &[
            ("overview", "全年未收到政府信息公开申请。"),
            ("requests/received/total", "0"),
        ],
        &[("overview", "全年未收到对政府信息公开工作的投诉举报。")],
    ],
    unknown: &[&[
        ("overview", "全年未收到政府信息公开申请。"),
        ("requests/received/total", "约1"),
        ("requests/concluded/total", "约1"),
    ]]
);

/// The rule that a claim belongs to. What denies belongs to P08, and so does what asserts where a whole table is zero.
fn rule_of(claim: &Claim, facts: &Facts<'_>) -> &'static Rule {
    if claim.is_denial {
        return &P08;
    }
    match &claim.subject {
        Subject::Received | Subject::NewlyReceived | Subject::InHand | Subject::Handled => {
            if facts.is_all_zero(Section::Requests) { &P08 } else { &P01 }
        }
        Subject::CarriedIn | Subject::CarriedOut | Subject::Carried => &P02,
        Subject::Concluded | Subject::Outcome(..) | Subject::Both(..) => &P03,
        Subject::Applicants(_) => &P04,
        Subject::Disputes(..) if facts.is_all_zero(Section::Disputes) => &P08,
        Subject::Disputes(..) | Subject::Verdict(..) => &P05,
        Subject::Text(..) => &P06,
        Subject::Decision(_) | Subject::Fees => &P07,
    }
}

/// Compares every claim of a rule with the cells.
fn compare(rule: &'static Rule, facts: &Facts<'_>, review: &mut Review) {
    let mut broken = 0;
    for (section, claim) in facts.claims().iter().filter(|(_, claim)| claim.is_ours()) {
        if !std::ptr::eq(rule_of(claim, facts), rule) {
            continue;
        }
        let readings = claim.subject.readings(facts.form);
        let values: Vec<Option<Decimal>> = readings.iter().map(|reading| facts.added(reading)).collect();
        let agrees = |value: &Option<Decimal>| value.is_some_and(|value| value.compare(claim.value).is_eq());
        if values.iter().any(agrees) || is_of_a_part(*section, claim, facts) {
            continue;
        }
        let bounds: Vec<Option<Decimal>> = readings.iter().map(|reading| facts.at_least(reading)).collect();
        let exceeds = |bound: &Option<Decimal>| bound.is_some_and(|bound| bound.compare(claim.value).is_gt());
        if !readings.is_empty() && values.iter().any(Option::is_none) && bounds.iter().all(exceeds) {
            falls_short(rule, *section, claim, (&readings[0], bounds[0]), facts, review);
            continue;
        }
        if readings.is_empty() || values.iter().any(Option::is_none) {
            let words = &facts.report.text(*section)[claim.range.clone()];
            review.cannot_tell(rule, || format!("“{words}”说到的格有空白或不是数，没有核对"));
            continue;
        }
        differs(rule, *section, claim, &readings, &values, facts, review);
        broken += 1;
        if broken == MOST_WORDS {
            break;
        }
    }
}

/// Whether a number that agrees with no cell is a part of one that does: 通过信函收到申请3件, beside 收到申请6件. That is so
/// where the section states a larger number of the same thing that agrees, or where such numbers add up to the cell.
fn is_of_a_part(section: Section, claim: &Claim, facts: &Facts<'_>) -> bool {
    let Some(thing) = thing(&claim.subject) else { return false };
    let agrees = |value: Decimal, subject: &Subject| {
        let readings = subject.readings(facts.form);
        readings.iter().any(|reading| facts.added(reading).is_some_and(|added| added.compare(value).is_eq()))
    };
    let (mut sum, mut count) = (Decimal::whole(0), 0);
    let is_alike = |subject: &Subject| {
        self::thing(subject) == Some(thing)
            || thing == Row::Received && matches!(subject, Subject::NewlyReceived | Subject::InHand)
    };
    for (_, other) in facts.claims().iter().filter(|(at, other)| {
        *at == section && other.scope == claim.scope && other.number.is_some() && is_alike(&other.subject)
    }) {
        if agrees(other.value, &other.subject) {
            if other.is_ours() && claim.value.compare(other.value).is_lt() {
                return true;
            }
        } else {
            (sum, count) = (sum.plus(other.value), count + 1);
        }
    }
    count > 1 && agrees(sum.trimmed(), &claim.subject)
}

/// What loose words count, of which a sentence may state parts; nothing for what names one cell.
const fn thing(subject: &Subject) -> Option<Row> {
    match subject {
        Subject::Received | Subject::Handled => Some(Row::Received),
        Subject::Concluded => Some(Row::Concluded),
        Subject::Decision(row) => Some(*row),
        _ => None,
    }
}

fn differs(
    rule: &'static Rule,
    section: Section,
    claim: &Claim,
    readings: &[Vec<Cell>],
    values: &[Option<Decimal>],
    facts: &Facts<'_>,
    review: &mut Review,
) {
    let text = facts.report.text(section);
    let words = &text[claim.range.clone()];
    let (Some(first), Some(Some(value))) = (readings.first(), values.first()) else { return };
    let cells = described(first, facts);
    let mut told = vec![*value];
    let mut others: Vec<String> = Vec::new();
    for (reading, value) in readings.iter().zip(values).skip(1) {
        if let Some(value) = value.filter(|value| !told.contains(value)) {
            told.push(value);
            others.push(format!("{}是 {value}", described(reading, facts)));
        }
    }
    let also = if others.is_empty() {
        String::new()
    } else {
        format!("（{}，也对不上）", others.join("；"))
    };
    let advice = if claim.number.is_some() {
        "请改正文里的数，或者核对表里的数。"
    } else {
        "请改正文，或者核对表里的数。"
    };
    let message = format!("正文写的是“{words}”，{cells}是 {value}{also}。{advice}");
    let mut places = vec![Place::Section(section)];
    places.extend(first.iter().map(|&cell| Place::from(cell)));
    let fixes = fixes(section, claim, first, *value, facts);
    let finding = review.find(rule, message, places);
    finding.quote = Some(Quote::of(section, text, claim.range.clone()));
    finding.fixes = fixes;
}

/// A number below what the rows that it speaks of hold already, though their totals are blank.
fn falls_short(
    rule: &'static Rule,
    section: Section,
    claim: &Claim,
    (reading, bound): (&[Cell], Option<Decimal>),
    facts: &Facts<'_>,
    review: &mut Review,
) {
    let Some(bound) = bound else { return };
    let text = facts.report.text(section);
    let message = format!(
        "正文写的是“{}”，{}没有填总计，各列已经填的相加就有 {bound}。请核对正文和表，并填上总计。",
        &text[claim.range.clone()],
        described(reading, facts)
    );
    let mut places = vec![Place::Section(section)];
    places.extend(reading.iter().map(|&cell| Place::from(cell)));
    review.find(rule, message, places).quote = Some(Quote::of(section, text, claim.range.clone()));
}

/// The cells of a reading by their labels.
fn described(reading: &[Cell], facts: &Facts<'_>) -> String {
    let label = |cell: &Cell| Place::from(*cell).label(facts.form);
    match reading {
        [] => String::new(),
        [cell] => format!("“{}”", label(cell)),
        [one, other] => format!("“{}”与“{}”合计", label(one), label(other)),
        [first, .., last] => format!("“{}”至“{}”等 {} 格合计", label(first), label(last), reading.len()),
    }
}

/// Both ways out: the number into the prose, or the cell put right.
fn fixes(section: Section, claim: &Claim, reading: &[Cell], value: Decimal, facts: &Facts<'_>) -> Vec<Fix> {
    let mut fixes = Vec::new();
    if let Some(number) = &claim.number {
        let text = facts.report.text(section);
        let written = match claim.subject {
            Subject::Fees if !text[number.end..].trim_start().starts_with("万元") => None,
            _ => Some(value.trimmed().to_string()),
        };
        if let Some(written) = written {
            let mended = format!("{}{written}{}", &text[..number.start], &text[number.end..]);
            let title = format!("正文里的 {} 改为 {written}", &text[number.clone()]);
            fixes.push(Fix { title, set: [(section.into(), Some(Value::Text(mended)))].into() });
        }
    }
    // What prose denies is no number for a cell.
    if let [cell] = reading
        && !claim.is_denial
    {
        let title = format!("表里的 {value} 改为 {}", claim.value);
        fixes.push(Fix { title, set: [(Place::from(*cell), Some(Value::Number(claim.value)))].into() });
    }
    fixes
}

impl Facts<'_> {
    /// What some cells add up to; `None` where one holds no number.
    pub(super) fn added(&self, cells: &[Cell]) -> Option<Decimal> {
        match cells {
            [cell] => self.report.number(*cell),
            _ => {
                let counts = cells.iter().map(|&cell| self.counts[self.form.index(cell)?]);
                counts.sum::<Option<i64>>().map(Decimal::whole)
            }
        }
    }

    /// What some cells add up to at the least: a blank total is no less than the numbers that stand in its row.
    fn at_least(&self, cells: &[Cell]) -> Option<Decimal> {
        let row = |index: usize| {
            let of_row = |sum: &&Equation| sum.sum == Sum::Row && sum.right == [index];
            let equation = self.form.equations().iter().find(of_row)?;
            equation.left.iter().filter_map(|&cell| self.counts[cell]).reduce(|sum, count| sum + count)
        };
        let least = |&cell: &Cell| {
            let index = self.form.index(cell)?;
            self.counts[index]
                .or_else(|| self.report.get(cell).is_none().then(|| row(index)).flatten().or(Some(0)))
        };
        cells.iter().map(least).sum::<Option<i64>>().map(Decimal::whole)
    }

    /// Whether every count of a table is zero.
    fn is_all_zero(&self, table: Section) -> bool {
        let cells = self.form.cells().iter().zip(&self.counts);
        let mut counts = cells.filter(|(info, _)| info.cell.section() == table && info.kind == Kind::Count);
        counts.all(|(_, count)| *count == Some(0))
    }
}
