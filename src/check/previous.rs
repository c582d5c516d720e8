//! Family Y, first part: this year's numbers against last year's.

use super::{Basis, Facts, Fix, Review, Rule, Severity};
use crate::form::terms::{Column, Row, Section};
use crate::form::{Cell, Kind};
use crate::number::Decimal;
use crate::report::{Place, Report, Value};

/// The rules of this file.
pub(super) static RULES: &[&Rule] = &[&Y01, &Y02, &Y03, &Y04, &Y05, &Y06, &Y07];

pub(super) static Y01: Rule = Rule {
    id: "Y01",
    name: "carry-over",
    severity: Severity::Warning,
    basis: Basis::Form,
    title: "上年结转 = 上年报告的结转下年度，总计和各列都要一致",
    explanation: "今年“二、上年结转”就是去年“四、结转下年度继续办理”，总计和六类申请人都应当一致。最常见的是忘了填。\
                  去年的数确有更正的，请在第六部分说明。",
    wrong: &[
        &[("requests/carried_in/total", "0"), ("last:requests/carried_out/total", "3")],
        &[("requests/carried_in/business", "1"), ("last:requests/carried_out/business", "2")],
    ],
    right: &[&[]],
    unknown: &[&[("last:", "")], &[("last:requests/carried_out/total", "")]],
    run: carry_over,
};

pub(super) static Y02: Rule = Rule {
    id: "Y02",
    name: "in-force-roll-forward",
    severity: Severity::Warning,
    basis: Basis::Form,
    title: "现行有效 = 上年现行有效 + 本年制发 - 本年废止",
    explanation: "规章、行政规范性文件的现行有效件数，等于去年的现行有效件数加今年制发、减今年废止。对不上的，\
                  可能是清理口径变了，请核对或者说明。",
    wrong: &[&[
        ("proactive/normative_documents/issued", "2"),
        ("proactive/normative_documents/repealed", "0"),
        ("proactive/normative_documents/in_force", "9"),
        ("last:proactive/normative_documents/in_force", "5"),
    ]],
    right: &[&[]],
    unknown: &[&[("last:", "")], &[("proactive/regulations/issued", "")]],
    run: roll_forward,
};

pub(super) static Y03: Rule = Rule {
    id: "Y03",
    name: "repealed-too-many",
    severity: Severity::Warning,
    basis: Basis::Form,
    title: "本年废止不多于上年现行有效与本年制发之和",
    explanation: "废止的只能是原来有效的，或者当年制发的；废止的件数比两者之和还多，总有一个数不对。",
    wrong: &[&[
        ("proactive/normative_documents/issued", "0"),
        ("proactive/normative_documents/repealed", "9"),
        ("last:proactive/normative_documents/in_force", "5"),
    ]],
    right: &[&[]],
    unknown: &[&[("last:", "")]],
    run: repealed_too_many,
};

pub(super) static Y04: Rule = Rule {
    id: "Y04",
    name: "in-force-too-few",
    severity: Severity::Warning,
    basis: Basis::Form,
    title: "现行有效不少于本年制发减本年废止",
    explanation: "今年制发、又没有废止的，年底总是有效的；现行有效件数比它们还少，总有一个数不对。",
    wrong: &[&[
        ("proactive/normative_documents/issued", "5"),
        ("proactive/normative_documents/repealed", "1"),
        ("proactive/normative_documents/in_force", "2"),
    ]],
    right: &[&[]],
    unknown: &[&[("proactive/normative_documents/in_force", "")]],
    run: in_force_too_few,
};

pub(super) static Y05: Rule = Rule {
    id: "Y05",
    name: "pending-vanished",
    severity: Severity::Info,
    basis: Basis::Form,
    title: "上年尚未审结的复议诉讼，今年有下文",
    explanation: "去年表四有“尚未审结”，今年表四却全是 0：这些案件今年的结果漏填了，还是统计口径变了？",
    wrong: &[&[
        ("last:disputes/direct_suit/pending", "2"),
        ("disputes/reconsideration/total", "0"),
        ("disputes/direct_suit/total", "0"),
        ("disputes/suit_after_reconsideration/total", "0"),
    ]],
    right: &[&[]],
    unknown: &[&[("last:", "")]],
    run: pending_vanished,
};

pub(super) static Y06: Rule = Rule {
    id: "Y06",
    name: "jump",
    severity: Severity::Info,
    basis: Basis::Practice,
    title: "与上年相比增减五倍以上",
    explanation: "与去年相差五倍以上的数，值得看一眼：是实情，就不必改；常见的是多打或少打了一位。小数目的变动不提示。",
    wrong: &[&[("proactive/licenses/decisions", "900"), ("last:proactive/licenses/decisions", "100")]],
    right: &[
        &[("proactive/licenses/decisions", "300"), ("last:proactive/licenses/decisions", "100")],
        &[("proactive/licenses/decisions", "9"), ("last:proactive/licenses/decisions", "1")],
    ],
    unknown: &[&[("last:", "")]],
    run: |facts, review| compared(&Y06, facts, review),
};

pub(super) static Y07: Rule = Rule {
    id: "Y07",
    name: "unit-slip",
    severity: Severity::Warning,
    basis: Basis::Form,
    title: "与上年相差约一万倍：单位可能错了",
    explanation: "收费金额的单位是万元，件数的单位是件。与去年相差约一万倍，多半是把元填成了万元，或者把万件填成了件。",
    wrong: &[&[("proactive/fees/amount", "251000"), ("last:proactive/fees/amount", "25.1")]],
    right: &[&[("proactive/fees/amount", "251"), ("last:proactive/fees/amount", "25.1")]],
    unknown: &[&[("last:", "")]],
    run: |facts, review| compared(&Y07, facts, review),
};

/// What is said where there is no report of the year before.
pub(super) const NO_LAST_YEAR: &str = "没有上年报告，未核对";

/// Last year's report, or the word that there is none.
pub(super) fn last<'a>(rule: &'static Rule, facts: &Facts<'a>, review: &mut Review) -> Option<&'a Report> {
    if facts.previous.is_none() {
        review.cannot_tell(rule, || NO_LAST_YEAR.to_owned());
    }
    facts.previous
}

fn carry_over(facts: &Facts<'_>, review: &mut Review) {
    let Some(last) = last(&Y01, facts, review) else { return };
    let mut columns: Vec<(Column, i64, i64)> = Vec::new();
    let at = |row, column| Cell { row, column };
    for &column in Column::ALL {
        let now = at(Row::CarriedIn, column);
        if facts.form.index(now).is_none() {
            continue;
        }
        let counted = |report: &Report, cell| report.number(cell).and_then(Decimal::as_count);
        match (counted(facts.report, now), counted(last, at(Row::CarriedOut, column))) {
            (Some(now), Some(then)) if now != then => columns.push((column, now, then)),
            (Some(_), Some(_)) => {}
            _ => review.cannot_tell(&Y01, || "今年或者上年的结转有空白，没有逐列核对".to_owned()),
        }
    }
    if columns.is_empty() {
        return;
    }
    let name = |column| facts.form.cell(at(Row::CarriedIn, column)).map_or("", |info| info.column_name);
    let each =
        columns.iter().map(|&(column, now, then)| format!("{}填的是 {now}，上年报告是 {then}", name(column)));
    let message = format!(
        "“二、上年结转”与上年报告的“四、结转下年度继续办理”不一致：{}。请按上年报告填写；上年数有更正的请说明。",
        each.collect::<Vec<_>>().join("；")
    );
    let places = columns.iter().map(|&(column, ..)| at(Row::CarriedIn, column).into()).collect();
    let set = columns
        .iter()
        .map(|&(column, _, then)| (at(Row::CarriedIn, column).into(), Some(Value::count(then))));
    let fix = Fix { title: "按上年报告填写上年结转".to_owned(), set: set.collect() };
    review.find(&Y01, message, places).fixes = vec![fix];
}

/// The two rows of texts, with what was issued, repealed and is in force; `None` where a cell has no count.
fn texts(report: &Report) -> [(Row, [Option<i64>; 3]); 2] {
    [Row::Regulations, Row::NormativeDocuments].map(|row| {
        let counts = [Column::Issued, Column::Repealed, Column::InForce]
            .map(|column| report.number(Cell { row, column }).and_then(Decimal::as_count));
        (row, counts)
    })
}

fn in_force(row: Row) -> Place {
    Cell { row, column: Column::InForce }.into()
}

/// The name of a row of texts.
fn row_name<'f>(facts: &'f Facts<'_>, row: Row) -> &'f str {
    facts.form.cell(Cell { row, column: Column::InForce }).map_or("", |info| info.row_name.as_str())
}

fn roll_forward(facts: &Facts<'_>, review: &mut Review) {
    let Some(last) = last(&Y02, facts, review) else { return };
    for ((row, now), (_, then)) in texts(facts.report).into_iter().zip(texts(last)) {
        let (Some(issued), Some(repealed), Some(stands), Some(before)) = (now[0], now[1], now[2], then[2])
        else {
            review.cannot_tell(&Y02, || "今年或者上年的规章、规范性文件件数有空白，没有核对".to_owned());
            continue;
        };
        let due = before + issued - repealed;
        if stands != due {
            let message = format!(
                "{}：上年现行有效 {before} + 本年制发 {issued} - 本年废止 {repealed} = {due}，现行有效填的是 {stands}。请核对。",
                row_name(facts, row)
            );
            let fix = (due >= 0).then(|| Fix::count(format!("现行有效改为 {due}"), in_force(row), due));
            review.find(&Y02, message, vec![in_force(row)]).fixes = fix.into_iter().collect();
        }
    }
}

fn repealed_too_many(facts: &Facts<'_>, review: &mut Review) {
    let Some(last) = last(&Y03, facts, review) else { return };
    for ((row, now), (_, then)) in texts(facts.report).into_iter().zip(texts(last)) {
        if let (Some(issued), Some(repealed), Some(before)) = (now[0], now[1], then[2])
            && repealed > before + issued
        {
            let message = format!(
                "{}：本年废止 {repealed} 件，比上年现行有效 {before} 件与本年制发 {issued} 件之和还多。请核对这几个数。",
                row_name(facts, row)
            );
            review.find(&Y03, message, vec![Cell { row, column: Column::Repealed }.into(), in_force(row)]);
        }
    }
}

fn in_force_too_few(facts: &Facts<'_>, review: &mut Review) {
    for (row, counts) in texts(facts.report) {
        if facts.form.index(Cell { row, column: Column::InForce }).is_none() {
            continue;
        }
        let [Some(issued), Some(repealed), Some(stands)] = counts else {
            review.cannot_tell(&Y04, || "规章、规范性文件件数有空白，没有核对".to_owned());
            continue;
        };
        if stands < issued - repealed {
            let message = format!(
                "{}：本年制发 {issued} - 本年废止 {repealed} = {}，现行有效填的是 {stands}，少了。请核对。",
                row_name(facts, row),
                issued - repealed
            );
            review.find(&Y04, message, vec![in_force(row)]);
        }
    }
}

fn pending_vanished(facts: &Facts<'_>, review: &mut Review) {
    let Some(last) = last(&Y05, facts, review) else { return };
    let rows = [Row::Reconsideration, Row::DirectSuit, Row::SuitAfterReconsideration];
    let added = |report: &Report, column| {
        rows.iter()
            .map(|&row| report.number(Cell { row, column }).and_then(Decimal::as_count))
            .sum::<Option<i64>>()
    };
    if let (Some(pending @ 1..), Some(0)) = (added(last, Column::Pending), added(facts.report, Column::Total))
    {
        let message =
            format!("上年报告有 {pending} 件尚未审结，今年表四全是 0。请核对这些案件今年的结果是否漏填。");
        review.find(&Y05, message, vec![Place::Section(Section::Disputes)]);
    }
}

/// The numbers worth comparing from year to year, with the smallest that is worth a word.
const COMPARED: [(Row, Column, i64); 8] = [
    (Row::Received, Column::Total, 50),
    (Row::Concluded, Column::Total, 50),
    (Row::NormativeDocuments, Column::InForce, 50),
    (Row::Licenses, Column::Decisions, 100),
    (Row::Penalties, Column::Decisions, 100),
    (Row::Compulsion, Column::Decisions, 100),
    (Row::Fees, Column::Amount, 50),
    (Row::Reconsideration, Column::Total, 20),
];

/// Y06 and Y07: a number far from last year's; about 10,000 times is a matter of units.
fn compared(rule: &'static Rule, facts: &Facts<'_>, review: &mut Review) {
    let Some(last) = last(rule, facts, review) else { return };
    for (row, column, floor) in COMPARED {
        let cell = Cell { row, column };
        let (Some(now), Some(then), Some(info)) =
            (facts.number_in(cell), last.number(cell), facts.form.cell(cell))
        else {
            continue;
        };
        let [small, large] = if now.compare(then).is_lt() { [now, then] } else { [then, now] };
        if small.is_zero() || small.is_negative() {
            continue;
        }
        let at_least = |times: i64| large.compare(small.times(times)).is_ge();
        let is_unit = at_least(8_000) && !at_least(12_500);
        let is_jump = at_least(5) && large.compare(Decimal::whole(floor)).is_ge() && !is_unit;
        let label = Place::from(cell).label(facts.form);
        let advice = match info.kind {
            Kind::Amount => "单位是万元，请核对是不是按元填的。",
            _ => "请核对单位是件还是万件。",
        };
        if is_unit && std::ptr::eq(rule, &Y07) {
            let message = format!("{label}：今年 {now}，上年 {then}，相差约一万倍。{advice}");
            review.find(&Y07, message, vec![cell.into()]);
        }
        if is_jump && std::ptr::eq(rule, &Y06) {
            let message = format!(
                "{label}：今年 {now}，上年 {then}，相差五倍以上。属实的不必改，请看一眼是否多打或少打了一位。"
            );
            review.find(&Y06, message, vec![cell.into()]);
        }
    }
}
