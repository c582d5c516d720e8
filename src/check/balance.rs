//! Family A, the sums of the form: one finding for each sum that does not close.
//!
//! Says what differs and by how much; which cell is the wrong one is [`localize`](super::localize)'s to say.

use super::{Basis, Facts, Fix, Review, Rule, Severity};
use crate::form::{Equation, Sum};
use crate::report::Place;

/// The rules of this file.
pub(super) static RULES: &[&Rule] = &[&A01, &A02, &A03, &A04];

pub(super) static A01: Rule = Rule {
    id: "A01",
    name: "column-balance",
    severity: Severity::Error,
    basis: Basis::Form,
    title: "表三每一列：一、本年新收 + 二、上年结转 = 三（七）总计 + 四、结转下年度",
    explanation: "表三左上角印着这个勾稽关系：第一项加第二项之和，等于第三项加第四项之和。自然人、五类法人或其他组织、\
                  总计共七列，列列都要成立。不成立时先看 A08 指出的格，再核对台账：是不是漏了上年结转，或者年底没有办结的没有计入结转下年度。",
    wrong: &[&[("requests/carried_in/business", "1")], &[("requests/carried_out/total", "9")]],
    right: &[&[], &[("requests/carried_in/business", "")], &[("requests/carried_in/business", "/")]],
    unknown: &[],
    run: |facts, review| sums(&A01, Sum::Balance, facts, review),
};

pub(super) static A02: Rule = Rule {
    id: "A02",
    name: "outcome-sum",
    severity: Severity::Error,
    basis: Basis::Form,
    title: "表三每一列：三（七）总计 = 三（一）至三（六）各项之和",
    explanation: "三（七）总计是本年度各种办理结果的合计，每一列都等于上面各行相加。部分公开的申请只计入（二）部分公开，\
                  不再计入其他情形；一件申请只计一次。",
    wrong: &[&[("requests/concluded/natural_person", "9")], &[("requests/repeated/total", "4")]],
    right: &[&[], &[("requests/concluded/natural_person", "")]],
    unknown: &[],
    run: |facts, review| sums(&A02, Sum::Outcome, facts, review),
};

pub(super) static A03: Rule = Rule {
    id: "A03",
    name: "row-total",
    severity: Severity::Error,
    basis: Basis::Form,
    title: "表三每一行：总计 = 自然人 + 五类法人或其他组织",
    explanation: "表三每一行最右边的总计，等于自然人、商业企业、科研机构、社会公益组织、法律服务机构、其他六格相加。",
    wrong: &[&[("requests/granted/total", "8")], &[("requests/received/research", "5")]],
    right: &[&[], &[("requests/granted/total", "")]],
    unknown: &[],
    run: |facts, review| sums(&A03, Sum::Row, facts, review),
};

pub(super) static A04: Rule = Rule {
    id: "A04",
    name: "dispute-total",
    severity: Severity::Error,
    basis: Basis::Form,
    title: "表四每一组：总计 = 结果维持 + 结果纠正 + 其他结果 + 尚未审结",
    explanation: "行政复议、未经复议直接起诉、复议后起诉三组，每组的总计等于本组四种结果相加；尚未审结的也要计入总计。",
    wrong: &[&[("disputes/reconsideration/total", "7")], &[("disputes/direct_suit/pending", "2")]],
    right: &[&[], &[("disputes/direct_suit/pending", "无")]],
    unknown: &[],
    run: |facts, review| sums(&A04, Sum::Dispute, facts, review),
};

/// Reports every sum of one kind that does not close.
fn sums(rule: &'static Rule, sum: Sum, facts: &Facts<'_>, review: &mut Review) {
    for equation in facts.form.equations().iter().filter(|equation| equation.sum == sum) {
        match facts.sides(equation) {
            None => review.cannot_tell(rule, || {
                format!("{}：有空白或不是数的格，暂时无法核对", subject(facts, equation))
            }),
            Some((left, right)) if left != right => broken(rule, equation, (left, right), facts, review),
            Some(_) => {}
        }
    }
}

fn broken(
    rule: &'static Rule,
    equation: &Equation,
    sides: (i64, i64),
    facts: &Facts<'_>,
    review: &mut Review,
) {
    let (left, right) = sides;
    let difference = (left - right).abs();
    let subject = subject(facts, equation);
    let total = equation.right[0];
    let named = &facts.form.cells()[total];
    let message = match equation.sum {
        Sum::Balance => format!(
            "{subject}：一 + 二 = {} = {left}，三（七）+ 四 = {} = {right}，两边差 {difference}。请核对这四格。",
            added(facts, &equation.left),
            added(facts, &equation.right)
        ),
        Sum::Outcome => format!(
            "{subject}：三（一）至三（六）各项相加为 {left}，{}填的是 {right}，差 {difference}。请核对本列各行或改总计。",
            named.row_name
        ),
        Sum::Row | Sum::Dispute => format!(
            "{subject}：{} = {left}，总计填的是 {right}，差 {difference}。请核对本行各格或改总计。",
            added(facts, &equation.left)
        ),
    };
    let mut places: Vec<Place> = equation.right.iter().map(|&cell| facts.place(cell)).collect();
    places.extend(equation.left.iter().map(|&cell| facts.place(cell)));
    // The localized corrections come first: making the total fit is right only where no other cell is wrong.
    let mut fixes = facts.corrections_touching(equation);
    let own = Fix::count(format!("把总计由 {right} 改为 {left}"), facts.place(total), left);
    if equation.sum != Sum::Balance && fixes.iter().all(|fix| fix.set != own.set) {
        fixes.push(own);
    }
    review.find(rule, message, places).fixes = fixes;
}

/// What an equation is about: its column (`表三 商业企业列`) or its row (`表四 行政复议`).
fn subject(facts: &Facts<'_>, equation: &Equation) -> String {
    let info = &facts.form.cells()[equation.right[0]];
    match equation.sum {
        Sum::Balance | Sum::Outcome => format!("表三“{}”列", info.column_name),
        Sum::Row => format!("表三“{}”行", info.row_name),
        Sum::Dispute => format!("表四“{}”", info.row_name),
    }
}

/// A side with today's numbers: `12 + 3 + 0`.
fn added(facts: &Facts<'_>, cells: &[usize]) -> String {
    let numbers = cells.iter().map(|&cell| facts.counts[cell].map_or_else(String::new, |n| n.to_string()));
    numbers.collect::<Vec<_>>().join(" + ")
}

#[cfg(test)]
mod tests {
    use crate::check::check;
    use crate::form::Form;
    use crate::report::{Edit, Place, Report, Value};

    fn place(key: &str) -> Place {
        Place::parse(key).unwrap()
    }

    #[test]
    fn that_the_total_be_made_to_fit_is_offered_once_and_only_where_one_total_closes_the_sum() {
        for (slip, id, total, fitting, times) in [
            ("requests/granted/business", "A03", "requests/granted/total", 8, 1),
            ("requests/granted/total", "A03", "requests/granted/total", 0, 1),
            ("requests/granted/business", "A02", "requests/concluded/business", 8, 1),
            ("requests/concluded/business", "A02", "requests/concluded/business", 0, 1),
            ("disputes/reconsideration/upheld", "A04", "disputes/reconsideration/total", 8, 1),
            ("disputes/reconsideration/total", "A04", "disputes/reconsideration/total", 0, 1),
            ("requests/carried_out/business", "A01", "requests/concluded/business", 0, 0),
        ] {
            let mut report = Report::new(Form::current());
            for info in Form::current().cells() {
                report.apply(Edit::set(info.cell, Some(Value::count(0))));
            }
            // The other is of a table that has nothing to do with the sum.
            let is_request = slip.starts_with("requests");
            let other = if is_request { "disputes/direct_suit/total" } else { "requests/granted/research" };
            for wrong in [slip, other] {
                report.apply(Edit::set(place(wrong), Some(Value::count(8))));
            }
            let review = check(&report);
            let found = review.findings.iter().find(|finding| finding.rule.id == id).unwrap();
            let fits = [(place(total), Some(Value::count(fitting)))].into();
            let offered = found.fixes.iter().filter(|fix| fix.set == fits).count();
            assert_eq!(offered, times, "{id} {slip}: {:?}", found.fixes);
            let is_in_table = |place: &Place| place.section() == self::place(slip).section();
            assert!(found.fixes.iter().all(|fix| fix.set.keys().all(is_in_table)), "{:?}", found.fixes);
        }
    }
}
