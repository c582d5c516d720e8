//! The total of the reports under review, with last year's beside it.

use std::collections::BTreeMap;

use super::super::action::{Answer, Arrival, Origin, Refusal, Task};
use super::super::app::queue::{OnDesk, Totalled};
use super::Reviewing;
use crate::check::rollup::R02;
use crate::desk::{Desk, Row, State};
use crate::form::Form;
use crate::form::terms::Level;
use crate::report::Report;
use crate::rollup::{Gathered, Total, compare, named};
use crate::session::Session;
use crate::units::{Filed, Match, Scope, Units};

/// Adds up the reports under review: those that are accepted, or all.
pub(super) fn total(reviewing: &Reviewing, desk: &Desk, accepted: bool) -> Answer {
    let Some((year, form)) = desk.year.and_then(|year| Some((year, Form::for_year(year)?))) else {
        return refused("看不出审阅的是哪一年", "请用 --year 写明年度，再打开一次。");
    };
    let (mut filed, mut unread) = (Vec::new(), Vec::new());
    let is_of_the_year = |number: &usize| {
        desk.filings[*number].brief().is_some_and(|brief| brief.whose.year().is_none_or(|of| of == year))
    };
    filed.extend(reviewing.filed_for(year - 1));
    for number in desk.added_up(accepted).into_iter().filter(is_of_the_year) {
        let file = desk.filings[number].file.clone();
        match reviewing.read(number, &desk.filings[number]) {
            Ok(read) => filed.push(Filed { file, report: read.report.without_prose() }),
            Err(_) => unread.push(file),
        }
    }
    let of_year = |year: i64| filed.iter().filter(move |filed| filed.report.year() == Some(year));
    let known = || Units::of_names(of_year(year).map(|filed| filed.report.agency()));
    let (units, has_register) = desk.units.clone().map_or_else(|| (known(), false), |units| (units, true));
    let scope = match has_register.then(|| units.scope(None, None)) {
        Some(Ok(scope)) => scope,
        Some(Err(error)) => return refused(&error.to_string(), "请核对单位名册。"),
        None => Scope { parent: None, units: (0..units.all().len()).collect() },
    };
    let gathered = Gathered::new((&units, has_register), &scope, (year, form), &filed);
    let total = gathered.total(Vec::new());
    if total.parts().is_empty() {
        return refused("没有可以汇总的报告", "请先通过几份，或者选全部加起来。");
    }
    let last = Form::for_year(year - 1).and_then(|form| {
        let gathered = Gathered::new((&units, has_register), &scope, (year - 1, form), &filed);
        let total = gathered.total(Vec::new());
        (!total.parts().is_empty()).then(|| as_report(&gathered, &total))
    });
    let report = as_report(&gathered, &total);
    let totalled = Totalled {
        last,
        coverage: (total.parts().len(), scope.units.len()),
        account: account(&gathered, &total, (&desk.rows(), &unread), accepted),
        units: total.parts().iter().map(|part| part.unit.to_owned()).collect(),
        shares: shares(&total),
    };
    Answer::Opened(Box::new(Arrival {
        session: Session::new(report),
        origin: Origin::File("汇总".into()),
        cursor: None,
        message: None,
        on_desk: Some(OnDesk::Total(Box::new(totalled))),
    }))
}

fn as_report(gathered: &Gathered<'_>, total: &Total<'_>) -> Report {
    let parent = gathered.scope.parent.map(|parent| &gathered.units.all()[parent]);
    let name = parent.map_or("", |parent| parent.name.as_str());
    let level = parent.and_then(|parent| parent.level).or_else(|| Level::of_name(name));
    total.report(name, level, gathered.year)
}

/// Who is in a total and who is not, and what the rules of roll-ups find.
fn account(
    gathered: &Gathered<'_>,
    total: &Total<'_>,
    (rows, unread): (&[Row], &[String]),
    accepted: bool,
) -> Vec<String> {
    let (counted, expected) = (total.parts().len(), gathered.scope.units.len());
    let which = if accepted { "只加了已通过的" } else { "审没审的都加了" };
    let mut text =
        vec![format!("{} 年度：{expected} 个单位，加进了 {counted} 个（{which}）。", gathered.year)];
    if !unread.is_empty() {
        text.push(format!(
            "刚才被改过或者读不了，没有加进的：{}。请重新读一遍目录再汇总。",
            unread.join("、")
        ));
    }
    text.extend(left_out(gathered, rows));
    if !gathered.has_register {
        text.push("没有单位名册，看不出谁缺报；打开时用 --units 写上名册。".to_owned());
    }
    for (unit, reports) in gathered.roster.doubled() {
        text.push(compare::doubled(gathered, unit, reports));
    }
    let incomplete: Vec<_> = total.incomplete().collect();
    if !incomplete.is_empty() {
        text.push(format!(
            "有 {} 格不全：有的单位没有填数，没有当作 0；各格的说明在读入说明里。",
            incomplete.len()
        ));
    }
    let unbalanced = total.unbalanced();
    if !unbalanced.is_empty() {
        text.push(format!("各单位自己的勾稽就不平的：{}。", named(&unbalanced)));
    }
    let review = compare::review(gathered, total, None);
    // Who is missing or there twice is told already, with how that stands here.
    let others = review.findings.iter().filter(|finding| finding.rule.id != R02.id);
    text.extend(others.map(|finding| finding.in_words()));
    text
}

/// The units that are not in a total, by how their reports stand.
fn left_out(gathered: &Gathered<'_>, rows: &[Row]) -> Vec<String> {
    let is_of = |row: &&Row, unit: usize| {
        row.state != State::OtherYear
            && matches!(gathered.units.find(&row.agency), Match::Unit(found, _) if found == unit)
    };
    let state =
        |unit: usize| rows.iter().find(|row| is_of(row, unit)).map_or(State::Missing, |row| row.state);
    let missing: Vec<(usize, State)> = gathered.roster.missing().map(|unit| (unit, state(unit))).collect();
    let of_state = |wanted: State| {
        let names =
            missing.iter().filter(|(_, state)| *state == wanted).map(|(unit, _)| gathered.name(*unit));
        let names: Vec<&str> = names.collect();
        (!names.is_empty())
            .then(|| format!("没有加进的，{} {} 个：{}。", wanted.label(), names.len(), names.join("、")))
    };
    State::ALL.into_iter().filter_map(of_state).collect()
}

/// What each unit gives to each cell, the largest first.
fn shares(total: &Total<'_>) -> BTreeMap<crate::form::Cell, Vec<(usize, crate::number::Decimal)>> {
    let numbers: BTreeMap<&str, usize> =
        total.parts().iter().enumerate().map(|(number, part)| (part.unit, number)).collect();
    let of = |cell| {
        let given = total.contributors(cell);
        given.into_iter().map(|(unit, number)| (numbers[unit], number)).collect()
    };
    total.sums().map(|(cell, _)| (cell, of(cell))).collect()
}

fn refused(message: &str, hint: &str) -> Answer {
    let (message, hint) = (message.to_owned(), hint.to_owned());
    Answer::Refused(Refusal { task: Task::Other, message, hint })
}
