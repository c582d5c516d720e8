//! R01 to R04: what came in, and the total of it, against the register, the year before, and a county's own report.
//!
//! The rules themselves, with their basis and their examples, are [`check::rollup`](crate::check::rollup)'s. A difference
//! is explained only where the numbers of one report are the difference; the rest is for whoever knows the county.

mod carried;
mod several;

use super::adjust::signed;
use super::{Gathered, Sum, Total, named};
use crate::check::Review;
use crate::check::rollup::{R01, R02};
use crate::form::Cell;
use crate::form::terms::Field;
use crate::number::Decimal;
use crate::report::{Place, Report};
use crate::units::roster::Part as Role;

/// A cell of a county's report that is not the sum of the units.
struct Difference {
    cell: Cell,
    county: Decimal,
    sum: Decimal,
    /// What the county has more than the units.
    more: Decimal,
}

/// A report whose numbers may explain a difference, and how it is told where they do.
struct Suspect<'r> {
    name: String,
    report: &'r Report,
    is_counted: bool,
}

/// Reviews a total, and a county's own report against it where there is one.
pub fn review(gathered: &Gathered<'_>, total: &Total<'_>, county: Option<&Report>) -> Review {
    let mut review = Review::default();
    match county {
        Some(county) => against(gathered, total, county, &mut review),
        None => review.cannot_tell(&R01, || "没有用 --against 给出本级自己的报告，没有核对".to_owned()),
    }
    units(gathered, &mut review);
    carried::over(gathered, &mut review);
    several::find(gathered, &mut review);
    review
}

/// R01.
fn against(gathered: &Gathered<'_>, total: &Total<'_>, county: &Report, review: &mut Review) {
    if county.form().decree.key != total.form().decree.key {
        let reason = "本级报告与各单位的表样不同，没有核对".to_owned();
        return review.cannot_tell(&R01, || reason);
    }
    let incomplete: Vec<Cell> = total.incomplete().collect();
    let (mut differences, mut unknown) = (Vec::new(), 0);
    for (cell, sum) in total.sums() {
        let (Some(own), Sum::Number(sum)) = (county.number(cell), sum) else {
            unknown += 1;
            continue;
        };
        let more = own.checked_plus(sum.times(-1)).map(Decimal::trimmed);
        match more {
            _ if incomplete.contains(&cell) => unknown += 1,
            Some(more) if !more.is_zero() => differences.push(Difference { cell, county: own, sum, more }),
            _ => {}
        }
    }
    if unknown > 0 {
        let reason = format!("有 {unknown} 格本级报告或者有的单位没有填数，这些格没有核对");
        review.cannot_tell(&R01, || reason);
    }
    explain(gathered, total, &differences, review);
}

/// Finds what differs: together where one report explains it all, else cell by cell.
fn explain(gathered: &Gathered<'_>, total: &Total<'_>, differences: &[Difference], review: &mut Review) {
    const SHOWN: usize = 3;
    let suspects = suspects(gathered, total);
    let label = |cell: Cell| Place::Cell(cell).label(total.form());
    let whole = suspects.iter().find_map(|suspect| suspect.explains(total, differences));
    if let (Some(why), [_, _, ..]) = (&whole, differences) {
        let told = |d: &Difference| format!("{} {} 与 {}", label(d.cell), d.county, d.sum);
        let told: Vec<String> = differences.iter().take(SHOWN).map(told).collect();
        let rest = if differences.len() > SHOWN { " 等" } else { "" };
        let message = format!(
            "有 {} 格与各单位之和不同（{}{rest}），差额逐格正好是{why}。请核对后改正，口径确有不同的写进调整表。",
            differences.len(),
            told.join("；")
        );
        let places = differences.iter().map(|difference| difference.cell.into()).collect();
        review.find(&R01, message, places);
        return;
    }
    let missing: Vec<&str> = gathered.roster.missing().map(|unit| gathered.name(unit)).collect();
    for difference in differences {
        let Difference { cell, county, sum, more } = difference;
        let mut message =
            format!("{}：本级报告 {county}，各单位之和 {sum}，相差 {}", label(*cell), signed(*more));
        let why: Vec<String> =
            suspects.iter().filter_map(|suspect| suspect.explains_one(difference)).collect();
        if let [_] | [_, _] = why[..] {
            message += &format!("，正好是{}", why.join("，或者"));
        } else if !missing.is_empty() && !more.is_negative() {
            message += &format!("，可能是{}的数：没有收到报告", named(&missing));
        }
        message += "。请核对后改正，口径确有不同的写进调整表。";
        review.find(&R01, message, vec![(*cell).into()]);
    }
}

/// The reports of the year on the form of the total, those that were added up first.
fn suspects<'r>(gathered: &Gathered<'r>, total: &Total<'r>) -> Vec<Suspect<'r>> {
    let counted = total.parts().iter().map(|part| Suspect {
        name: part.unit.to_owned(),
        report: part.report,
        is_counted: true,
    });
    let others = gathered.filed.iter().zip(&gathered.roster.parts).filter_map(|(filed, role)| match role {
        Role::Disputed(_) | Role::Outside(_) | Role::Unsure(_) | Role::Unknown => {
            let agency =
                Some(filed.report.agency()).filter(|agency| !agency.is_empty()).unwrap_or("机关不详");
            let name = format!("{agency}（{}）", filed.file);
            Some(Suspect { name, report: &filed.report, is_counted: false })
        }
        _ => None,
    });
    counted.chain(others).filter(|one| one.report.form().decree.key == total.form().decree.key).collect()
}

impl Suspect<'_> {
    /// How this report explains all differences, if its numbers are the difference in every cell.
    fn explains(&self, total: &Total<'_>, differences: &[Difference]) -> Option<String> {
        let zero = Decimal::whole(0);
        let is_all = |sign: i64| {
            total.sums().all(|(cell, _)| {
                let more =
                    differences.iter().find(|difference| difference.cell == cell).map_or(zero, |d| d.more);
                let own = self.report.number(cell).unwrap_or(zero).times(sign);
                more.compare(own).is_eq()
            })
        };
        let sign = [1, -1].into_iter().find(|sign| is_all(*sign))?;
        self.told(sign)
    }

    /// How this report explains one difference, if its number there is the difference.
    fn explains_one(&self, difference: &Difference) -> Option<String> {
        let own = self.report.number(difference.cell).filter(|own| !own.is_zero())?;
        let sign = [1, -1].into_iter().find(|sign| difference.more.compare(own.times(*sign)).is_eq())?;
        self.told(sign)
    }

    fn told(&self, sign: i64) -> Option<String> {
        let Self { name, .. } = self;
        match (self.is_counted, sign) {
            (true, 1) => Some(format!("{name}的数，本级报告可能把它算了两次")),
            (true, _) => Some(format!("{name}的数，本级报告可能漏了它")),
            (false, 1) => Some(format!("{name}的数，这里没有计入合计")),
            (false, _) => None,
        }
    }
}

/// R02.
fn units(gathered: &Gathered<'_>, review: &mut Review) {
    if !gathered.has_register {
        review.cannot_tell(&R02, || "没有单位名册（--units），看不出谁缺报".to_owned());
    }
    let year = gathered.year;
    for unit in gathered.roster.missing() {
        let name = gathered.name(unit);
        let message = match set_aside(gathered, unit) {
            Some(set_aside) => format!("{name}没有能计入合计的 {year} 年度报告，{set_aside}。请核对。"),
            None => format!("{name}没有 {year} 年度的报告，没有计入合计。请催报。"),
        };
        review.find(&R02, message, vec![Field::Agency.into()]);
    }
    for (unit, reports) in gathered.roster.doubled() {
        review.find(&R02, doubled(gathered, unit, reports), vec![Field::Agency.into()]);
    }
}

/// What became of a report of a unit that has none in the total, where one came that may be its.
pub fn set_aside(gathered: &Gathered<'_>, unit: usize) -> Option<String> {
    gathered.filed.iter().zip(&gathered.roster.parts).find_map(|(filed, role)| match role {
        Role::OtherForm(of) if *of == unit => {
            let form = filed.report.form().decree.key;
            Some(format!("有一份用的是 {form} 年表样（{}）", filed.file))
        }
        Role::Unsure(units) if units.contains(&unit) => Some(format!("有一份可能是它的（{}）", filed.file)),
        _ => None,
    })
}

/// What there is to say of a unit with several reports.
pub fn doubled(gathered: &Gathered<'_>, unit: usize, reports: &[usize]) -> String {
    let files: Vec<&str> = reports.iter().map(|report| gathered.filed[*report].file.as_str()).collect();
    let is_counted = reports.iter().any(|report| matches!(gathered.roster.parts[*report], Role::Counted(_)));
    let then = match is_counted {
        true => "各格的数相同，只计了一份。请只留一份",
        false => "数不相同，都没有计入合计。请问清用哪一份，把另外的移走",
    };
    let (name, year) = (gathered.name(unit), gathered.year);
    format!("{name}有 {} 份 {year} 年度的报告（{}），{then}。", files.len(), files.join("、"))
}
