//! Family A, the content of single cells: blanks, placeholders, and what is no count.

use std::collections::BTreeMap;

use super::{Basis, Facts, Fix, Review, Rule, Severity};
use crate::form::terms::{Row, Section};
use crate::form::{CellInfo, Kind};
use crate::number;
use crate::report::{Place, Value};

/// The rules of this file.
pub(super) static RULES: &[&Rule] = &[&A05, &A06, &A07];

pub(super) static A05: Rule = Rule {
    id: "A05",
    name: "not-a-count",
    severity: Severity::Error,
    basis: Basis::Form,
    title: "格里填的不是数：件数须是不小于 0 的整数，收费金额可以有小数",
    explanation: "表里除收费金额外都填件数，是 0 或正整数；收费金额单位是万元，可以有小数。格里只写数，不写“约”“余”，\
                  也不写单位：251000元 应换算成 25.1 再填。",
    wrong: &[
        &[("requests/received/business", "-1")],
        &[("requests/received/business", "1.5")],
        &[("requests/received/business", "约20")],
        &[("proactive/fees/amount", "-0.5")],
        &[("proactive/fees/amount", "251000元")],
    ],
    right: &[
        &[],
        &[("proactive/fees/amount", "12.5")],
        &[("requests/received/business", "")],
        &[("requests/received/business", "/")],
    ],
    unknown: &[],
    run: not_a_count,
};

pub(super) static A06: Rule = Rule {
    id: "A06",
    name: "blank-cell",
    severity: Severity::Warning,
    basis: Basis::Form,
    title: "有空白格：没有发生的填 0，不留空白",
    explanation: "空白看不出是没有还是漏填，也没法核对合计。没有发生的填 0；漏填的补上。同一行的空白合成一条，\
                  能由合计推出的直接给出应填的数。整份都是零的，可以用“零报告”一次填完。",
    wrong: &[&[("requests/received/business", "")], &[("proactive/fees/amount", "")]],
    right: &[
        &[],
        &[("requests/received/business", "/")],
        &[("requests/received/business", ""), ("!table-missing", "requests")],
    ],
    unknown: &[],
    run: |facts, review| gaps(&A06, |value| value.is_none(), facts, review),
};

pub(super) static A07: Rule = Rule {
    id: "A07",
    name: "placeholder-cell",
    severity: Severity::Warning,
    basis: Basis::Form,
    title: "用“/”“-”“无”等代替了数：没有发生的填 0",
    explanation: "统计表要能汇总，没有发生的填 0，不用“/”“-”“—”“无”代替。同一行的合成一条。",
    wrong: &[&[("requests/received/business", "/")], &[("disputes/direct_suit/other", "无")]],
    right: &[&[], &[("requests/received/business", "")], &[("requests/received/business", "约20")]],
    unknown: &[],
    run: |facts, review| gaps(&A07, |value| value.is_some_and(is_placeholder), facts, review),
};

/// Whether a cell's content stands for "nothing" without being a number.
pub fn is_placeholder(value: &Value) -> bool {
    value.text().is_some_and(number::is_placeholder)
}

fn not_a_count(facts: &Facts<'_>, review: &mut Review) {
    for (info, value) in facts.form.cells().iter().zip(&facts.cells) {
        let Some(value) = value else { continue };
        let Some(wrong) = objection(info.kind, value) else { continue };
        let place = Place::from(info.cell);
        let message = format!("{}：填的是“{value}”，{wrong}", place.label(facts.form));
        review.find(&A05, message, vec![place]);
    }
}

/// Why a value may not stand in a cell of this kind; nothing if it may, or if another rule says so.
fn objection(kind: Kind, value: &Value) -> Option<&'static str> {
    let Some(number) = value.number() else {
        let unit = value.text().is_some_and(|text| text.trim_end().ends_with('元'));
        let unreadable = match (is_placeholder(value), kind, unit) {
            (true, ..) => return None,
            (_, Kind::Amount, true) => "带了单位。请换算成本栏的单位，只写数。",
            _ => "读不成一个数。请只写一个数，不写“约”“余”和单位。",
        };
        return Some(unreadable);
    };
    match kind {
        Kind::Change => number.as_whole().is_none().then_some("增减项目数应是整数。"),
        Kind::Amount => number.is_negative().then_some("金额不能小于 0。"),
        Kind::Count if number.is_negative() => Some("件数不能小于 0。"),
        Kind::Count => number.as_whole().is_none().then_some("件数应是整数。"),
    }
}

/// Reports the cells that hold no number for a reason that `is_gap` knows, one finding a row.
fn gaps(rule: &'static Rule, is_gap: fn(Option<&Value>) -> bool, facts: &Facts<'_>, review: &mut Review) {
    let mut rows: BTreeMap<Row, Vec<usize>> = BTreeMap::new();
    let absent: Vec<Section> =
        facts.form.decree.tables.iter().map(|t| t.section).filter(|s| facts.is_without_table(*s)).collect();
    for (index, info) in facts.form.cells().iter().enumerate() {
        if is_gap(facts.cells[index]) && !absent.contains(&info.cell.section()) {
            rows.entry(info.cell.row).or_default().push(index);
        }
    }
    if rows.is_empty() {
        return;
    }
    let mut determined = facts.counts.clone();
    determine(facts, &mut determined);
    for cells in rows.values() {
        let fixes = filled(facts, cells, &determined);
        let is_determined = cells.iter().any(|&cell| determined[cell].is_some());
        let advice = match fixes.first() {
            None => "合计推不出唯一的数，请查台账后填写。".to_owned(),
            Some(fix) if is_determined => format!("按合计应{}，请核对后采用。", fix.title),
            Some(_) => "没有发生的填 0。".to_owned(),
        };
        let message = format!("{}{advice}", gap(facts, cells));
        review.find(rule, message, cells.iter().map(|&cell| facts.place(cell)).collect()).fixes = fixes;
    }
}

/// What is the matter with the gaps of one row: `三（一）予以公开：总计是空白。`
fn gap(facts: &Facts<'_>, cells: &[usize]) -> String {
    let infos: Vec<&CellInfo> = cells.iter().map(|&cell| &facts.form.cells()[cell]).collect();
    let row = infos[0].cell.row;
    let is_whole =
        cells.len() > 1 && facts.form.cells().iter().filter(|i| i.cell.row == row).count() == cells.len();
    let columns: Vec<&str> = infos.iter().map(|info| info.column_name).collect();
    let gaps = if is_whole { "整行".to_owned() } else { columns.join("、") };
    let held = infos.iter().find_map(|info| facts.report.get(info.cell));
    let what = held.map_or_else(|| "是空白".to_owned(), |value| format!("填的是“{value}”"));
    format!("{}：{gaps}{what}。", infos[0].row_name)
}

/// The ways to fill the gaps of one row: what the sums determine, and 0 where that contradicts no sum.
fn filled(facts: &Facts<'_>, cells: &[usize], determined: &[Option<i64>]) -> Vec<Fix> {
    let mut counts = determined.to_vec();
    let undetermined: Vec<usize> = cells.iter().copied().filter(|&cell| counts[cell].is_none()).collect();
    let mut zeroed = counts.clone();
    for &cell in &undetermined {
        zeroed[cell] = Some(0);
    }
    if undetermined.iter().all(|&cell| fits(facts, &zeroed, cell)) {
        counts = zeroed;
    }
    let mut fixes = Vec::from_iter(fill(facts, cells, &counts));
    // Two sums that want different numbers: both are offered.
    if let &[cell] = cells {
        for &equation in facts.form.equations_of(cell) {
            if let Some(value) = wanted(facts, &facts.counts, equation, cell) {
                let mut other = counts.clone();
                other[cell] = Some(value);
                fixes.extend(fill(facts, cells, &other).filter(|fix| !fixes.contains(fix)));
            }
        }
    }
    fixes
}

/// The fix that puts `counts` into the gaps; none if they are not known there either.
fn fill(facts: &Facts<'_>, cells: &[usize], counts: &[Option<i64>]) -> Option<Fix> {
    let known: Vec<(usize, i64)> = cells.iter().filter_map(|&cell| Some((cell, counts[cell]?))).collect();
    let first = known.first()?.1;
    let title = if known.len() == cells.len() && known.iter().all(|&(_, value)| value == first) {
        format!("填 {first}")
    } else {
        let each =
            known.iter().map(|&(cell, value)| format!("{} {value}", facts.form.cells()[cell].column_name));
        format!("填 {}", each.collect::<Vec<_>>().join("、"))
    };
    let set = known.iter().map(|&(cell, value)| (facts.place(cell), Some(Value::count(value)))).collect();
    Some(Fix { title, set })
}

/// Fills in every cell that is the only gap of some sum, until no sum gives another.
fn determine(facts: &Facts<'_>, counts: &mut [Option<i64>]) {
    loop {
        let mut changed = false;
        for cell in 0..counts.len() {
            if counts[cell].is_none()
                && let Some(value) =
                    facts.form.equations_of(cell).iter().find_map(|&e| wanted(facts, counts, e, cell))
            {
                counts[cell] = Some(value);
                changed = true;
            }
        }
        if !changed {
            return;
        }
    }
}

/// The value that a sum determines for its only gap, if that is a count.
fn wanted(facts: &Facts<'_>, counts: &[Option<i64>], equation: usize, gap: usize) -> Option<i64> {
    let equation = &facts.form.equations()[equation];
    let add = |cells: &[usize]| {
        cells.iter().filter(|&&cell| cell != gap).try_fold(0, |sum, &cell| Some(sum + counts[cell]?))
    };
    let (left, right) = (add(&equation.left)?, add(&equation.right)?);
    let value = if equation.left.contains(&gap) { right - left } else { left - right };
    (value >= 0).then_some(value)
}

/// Whether every sum of a cell that has no gap left closes.
fn fits(facts: &Facts<'_>, counts: &[Option<i64>], cell: usize) -> bool {
    facts.form.equations_of(cell).iter().all(|&equation| {
        let sides = facts.form.equations()[equation].sides(counts);
        sides.is_none_or(|(left, right)| left == right)
    })
}
