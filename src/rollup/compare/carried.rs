//! R03: what the units carry in is what they, or those they were merged from, carried over the year before.

use std::collections::BTreeMap;

use crate::check::Review;
use crate::check::rollup::R03;
use crate::form::Cell;
use crate::form::terms::{Column, Row};
use crate::number::Decimal;
use crate::report::{Place, Report};
use crate::rollup::adjust::signed;
use crate::rollup::{Gathered, named};
use crate::units::Match;
use crate::units::roster::unit_of;

/// The columns of table 3.
const APPLICANTS: [Column; 7] = [
    Column::NaturalPerson,
    Column::Business,
    Column::Research,
    Column::PublicInterest,
    Column::LegalService,
    Column::OtherOrganization,
    Column::Total,
];

/// Compares the carry-over of all units whose report is added up.
pub(super) fn over(gathered: &Gathered<'_>, review: &mut Review) {
    let last = match last_year(gathered) {
        Ok(last) => last,
        Err(reason) => return review.cannot_tell(&R03, || reason),
    };
    for column in APPLICANTS {
        let (mut carried_in, mut carried_out, mut where_from) =
            (Decimal::whole(0), Decimal::whole(0), Vec::new());
        for (unit, report) in gathered.roster.counted() {
            let before = last.get(&unit).map(Vec::as_slice).unwrap_or_default();
            let now = gathered.filed[report].report.number(Cell { row: Row::CarriedIn, column });
            let then: Option<Vec<Decimal>> =
                before.iter().map(|report| report.number(Cell { row: Row::CarriedOut, column })).collect();
            let (Some(now), Some(then)) = (now, then) else {
                let reason = format!("{}这一年或上一年的结转没有填数，没有核对完", gathered.name(unit));
                review.cannot_tell(&R03, || reason);
                return;
            };
            let then = then.into_iter().fold(Decimal::whole(0), Decimal::plus);
            (carried_in, carried_out) = (carried_in.plus(now), carried_out.plus(then));
            if !now.compare(then).is_eq() {
                where_from.push(format!("{}上年结转 {now}，去年结转下年度 {then}", gathered.name(unit)));
            }
        }
        if !carried_in.compare(carried_out).is_eq() {
            let cell = Cell { row: Row::CarriedIn, column };
            let more = carried_in.plus(carried_out.times(-1));
            let message = format!(
                "{}：各单位之和 {carried_in}，上年各单位结转下年度之和 {carried_out}，相差 {}。差在：{}。请这些单位核对。",
                Place::Cell(cell).label(gathered.form),
                signed(more),
                where_from.join("；")
            );
            review.find(&R03, message, vec![cell.into()]);
        }
    }
}

/// Last year's reports of each unit that is added up: its own, and those of the units that were merged into it.
fn last_year<'r>(gathered: &Gathered<'r>) -> Result<BTreeMap<usize, Vec<&'r Report>>, String> {
    let mut last: BTreeMap<usize, Vec<&Report>> = BTreeMap::new();
    let mut by_name: BTreeMap<&str, &Report> = BTreeMap::new();
    let of_last_year = gathered.filed.iter().filter(|filed| filed.report.year() == Some(gathered.year - 1));
    for filed in of_last_year {
        match unit_of(gathered.units, &filed.report) {
            Match::Unit(unit, _) => {
                let name = filed.report.agency();
                match by_name.insert(name, &filed.report) {
                    // Last year's file sent again in place of this year's.
                    Some(other) if carries_over_alike(other, &filed.report) => continue,
                    Some(_) if gathered.scope.units.binary_search(&unit).is_ok() => {
                        return Err(format!("{name}上年的报告有两份，结转的数不同，没有核对"));
                    }
                    _ => {}
                }
                last.entry(unit).or_default().push(&filed.report);
            }
            Match::Unsure(_) | Match::Unknown => {
                return Err(format!(
                    "上年有{}的报告（{}），名册里没有这个单位；撤并了的请写在接手单位的原名一栏，再核对",
                    Some(filed.report.agency()).filter(|agency| !agency.is_empty()).unwrap_or("不知哪个单位"),
                    filed.file
                ));
            }
        }
    }
    if last.is_empty() {
        return Err("没有各单位上年的报告，没有核对结转".to_owned());
    }
    let without: Vec<&str> = gathered
        .roster
        .counted()
        .filter(|(unit, _)| !last.contains_key(unit))
        .map(|(unit, _)| gathered.name(unit))
        .collect();
    if without.is_empty() {
        Ok(last)
    } else {
        Err(format!("没有{}上年的报告，没有核对结转", named(&without)))
    }
}

/// Whether two reports carry the same over.
fn carries_over_alike(one: &Report, other: &Report) -> bool {
    let carried =
        |report: &Report| APPLICANTS.map(|column| report.get(Cell { row: Row::CarriedOut, column }).cloned());
    carried(one) == carried(other)
}
