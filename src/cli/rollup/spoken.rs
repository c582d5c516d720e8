//! A total and everything that there is to say of it, for the clerk: who is in it, who is not and why, what to do.

use std::collections::BTreeMap;

use super::super::print::Output;
use super::Worked;
use crate::form::Cell;
use crate::number::Decimal;
use crate::report::Place;
use crate::rollup::adjust::signed;
use crate::rollup::{broken_sums, compare, named};
use crate::units::roster::Part;

/// How many places are named of a unit that leaves more of them blank.
const PLACES: usize = 2;

/// Says all of it.
pub(super) fn say(worked: &Worked<'_>, output: &mut Output) {
    coverage(worked, output);
    let gathered = worked.gathered;
    let mut of_last_year = 0;
    for (report, (filed, part)) in gathered.filed.iter().zip(&gathered.roster.parts).enumerate() {
        if worked.is_of_last_year(report) {
            of_last_year += 1;
        } else if let Some((lead, message)) = passed_over(worked, part, &filed.report) {
            output.wrapped(lead, &format!("{}：{message}", filed.file));
        }
    }
    if of_last_year > 0 {
        let year = gathered.year - 1;
        output.wrapped("  上年    ", &format!("{year} 年的报告 {of_last_year} 份，没有计入，用来核对结转。"));
    }
    for input in worked.inputs {
        if let Some(error) = &input.failure {
            output.wrapped("  读不了  ", &format!("{}：{error}", input.file));
        }
    }
    incomplete(worked, output);
    sums(worked, output);
    findings(worked, output);
    for cell in &worked.traced {
        trace(worked, *cell, output);
    }
    if let Some(written) = &worked.written {
        output.note(&format!("已写入 {}，清单在 {}", written.output, written.manifest));
    }
}

/// Whose total it is, and of how many units; then those that are missing or there twice.
fn coverage(worked: &Worked<'_>, output: &mut Output) {
    let gathered = worked.gathered;
    let agency = Some(worked.report.agency()).filter(|agency| !agency.is_empty());
    let year = format!("{} 年（{} 年表样）", gathered.year, gathered.form.decree.key);
    let whose = agency.map_or_else(|| format!("汇总：{year}"), |agency| format!("汇总：{agency}，{year}"));
    output.wrapped("", &whose);
    let (expected, counted) = (gathered.scope.units.len(), worked.total.parts().len());
    let missing: Vec<usize> = gathered.roster.missing().collect();
    let rest = expected - counted - missing.len();
    let mut line = format!("共 {expected} 个单位，计入 {counted} 个");
    if !missing.is_empty() {
        line += &format!("，缺报 {} 个", missing.len());
    }
    if rest > 0 {
        line += &format!("，报了几份而数不同的 {rest} 个");
    }
    if !gathered.has_register {
        line += "。没有单位名册（--units），看不出谁缺报";
    }
    output.wrapped("", &(line + "。"));
    for unit in missing {
        let (name, code) = (gathered.name(unit), worked.code(unit));
        let code = if code == name { String::new() } else { format!("（{code}）") };
        let set_aside =
            compare::set_aside(gathered, unit).map(|said| format!("，{said}，见下")).unwrap_or_default();
        output.wrapped("  缺报    ", &format!("{name}{code}{set_aside}"));
    }
    for (unit, reports) in gathered.roster.doubled() {
        output.wrapped("  重报    ", &compare::doubled(gathered, unit, reports));
    }
}

/// Why a report is not added up, unless its unit has several, and what to do.
fn passed_over(
    worked: &Worked<'_>,
    part: &Part,
    report: &crate::report::Report,
) -> Option<(&'static str, String)> {
    let agency = Some(report.agency()).filter(|agency| !agency.is_empty());
    let whose = agency.unwrap_or("没有写明机关");
    let unit = |unit: &usize| worked.gathered.name(*unit);
    Some(match part {
        Part::Counted(_) | Part::Again(_) | Part::Disputed(_) => return None,
        Part::Unsure(units) => {
            let units: Vec<&str> = units.iter().map(unit).collect();
            let message = format!(
                "写的是“{whose}”，可能是{}，没有计入。是的话，请在名册里它的简称一栏写上“{whose}”。",
                named(&units)
            );
            ("  认不准  ", message)
        }
        Part::Unknown => {
            let remedy = match agency {
                Some(_) if worked.gathered.has_register => {
                    "名册里没有，没有计入。该报的请加进名册，改了名的请写在原名一栏。"
                }
                _ => "没有计入。请在报告里补上机关全称。",
            };
            ("  不认识  ", format!("{whose}，{remedy}"))
        }
        Part::Parent => ("  未计入  ", format!("{whose}，是本级自己的报告；要核对请用 --against。")),
        Part::Outside(_) => ("  未计入  ", format!("{whose}，不在这次汇总的单位里。")),
        Part::OtherYear => {
            let year =
                report.year().map_or_else(|| "没有写明年度".to_owned(), |year| format!("是 {year} 年的"));
            ("  未计入  ", format!("{whose}，{year}。"))
        }
        Part::OtherForm(_) => {
            let (own, form) = (report.form().decree.key, worked.gathered.form.decree.key);
            (
                "  未计入  ",
                format!("{whose}，用的是 {own} 年表样，各格的口径与 {form} 年表样不同。请退回改用新表样。"),
            )
        }
    })
}

/// The cells that are not whole, unit by unit, and those that are too large.
fn incomplete(worked: &Worked<'_>, output: &mut Output) {
    let mut of_units: BTreeMap<&str, Vec<(Cell, Option<&str>)>> = BTreeMap::new();
    let cells: Vec<Cell> = worked.total.incomplete().collect();
    for cell in &cells {
        for (unit, text) in worked.total.lacking(*cell) {
            of_units.entry(unit).or_default().push((*cell, text));
        }
    }
    if !cells.is_empty() {
        output.line("");
        output.wrapped("", &format!("合计不全的有 {} 格：有的单位没有填数，没有当作 0。", cells.len()));
    }
    for (unit, lacking) in of_units {
        let place = |(cell, text): &(Cell, Option<&str>)| {
            let text = text.map_or_else(|| "空白".to_owned(), |text| format!("写的是“{text}”"));
            format!("{}（{text}）", worked.label(*cell))
        };
        let places: Vec<String> = lacking.iter().take(PLACES).map(place).collect();
        let rest = if lacking.len() > PLACES { " 等" } else { "" };
        let line = format!("{unit}：{} 格，{}{rest}", lacking.len(), places.join("；"));
        output.wrapped("  不全    ", &line);
    }
    for cell in worked.overflowing() {
        let message =
            format!("{}：各单位之和超出一格能写的位数，留作空白。请核对位数最多的单位。", worked.label(cell));
        output.wrapped("  太大    ", &message);
    }
}

/// Whether the sums of the form close in the total, and if not, whose do not.
fn sums(worked: &Worked<'_>, output: &mut Output) {
    let broken = broken_sums(&worked.report);
    if broken == 0 {
        return;
    }
    let unbalanced = worked.total.unbalanced();
    let why = match unbalanced[..] {
        [] => "各单位自己的都平，是有的格不全，或者只调整了一格，没有调整它的合计".to_owned(),
        _ if !worked.unbalances() => format!("{}自己的报告就不平，请退回改正", named(&unbalanced)),
        _ => format!(
            "{}自己的报告就不平，请退回改正；调整表改了一格的，它的合计也要一起调整",
            named(&unbalanced)
        ),
    };
    output.wrapped("  不平    ", &format!("汇总后有 {broken} 处勾稽不平：{why}。"));
}

/// What the rules R01, R03 and R04 say; R02 is said with the coverage.
fn findings(worked: &Worked<'_>, output: &mut Output) {
    let findings: Vec<_> = worked.review.findings.iter().filter(|finding| finding.rule.id != "R02").collect();
    let untold = worked.review.untold();
    if findings.is_empty() && untold.is_empty() {
        return;
    }
    output.line("");
    for finding in findings {
        output.wrapped(&format!("  {} {}  ", finding.severity.label(), finding.rule.id), &finding.message);
    }
    for (rules, reason) in untold {
        output.wrapped(&format!("  {rules}："), reason);
    }
}

/// From where a cell comes.
fn trace(worked: &Worked<'_>, cell: Cell, output: &mut Output) {
    let total = worked.total;
    let sum = total.sum(cell).number().map_or_else(|| "空白".to_owned(), |sum| sum.to_string());
    output.line("");
    output.wrapped("", &format!("{}：{sum}", Place::Cell(cell).label(total.form())));
    let (zero, given): (Vec<_>, Vec<_>) =
        total.contributors(cell).into_iter().partition(|(_, n)| n.is_zero());
    for (unit, number) in given {
        output.wrapped(&format!("  {:>8}  ", number.to_string()), unit);
    }
    for adjustment in total.adjustments_of(cell) {
        output.wrapped(
            &format!("  {:>8}  ", signed(adjustment.amount)),
            &format!("调整：{}", adjustment.reason),
        );
    }
    if !zero.is_empty() {
        output.line(&format!("  {:>8}  另有 {} 个单位", Decimal::whole(0).to_string(), zero.len()));
    }
    let lacking: Vec<&str> = total.lacking(cell).into_iter().map(|(unit, _)| unit).collect();
    if !lacking.is_empty() {
        output.wrapped("            ", &format!("没有填数：{}", named(&lacking)));
    }
}
