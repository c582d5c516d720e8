//! A claim against every way to read it, and the ways out of a difference: the number into the prose, or the cell put right.

use super::super::{Facts, Fix, MOST_WORDS, Quote, Review, Rule};
use super::{P01, P02, P03, P04, P05, P06, P07, P08};
use crate::form::terms::{Row, Section};
use crate::form::{Cell, Equation, Kind, Sum};
use crate::number::Decimal;
use crate::prose::{Claim, Subject};
use crate::report::{Place, Value};

/// Whether a claim belongs to a rule. What denies belongs to P08, and so does what asserts where a whole table is zero.
fn is_of(rule: &'static Rule, claim: &Claim, facts: &Facts<'_>) -> bool {
    let (asserted, table) = match &claim.subject {
        Subject::Received | Subject::NewlyReceived | Subject::InHand | Subject::Handled => {
            (&P01, Some(Section::Requests))
        }
        Subject::CarriedIn | Subject::CarriedOut | Subject::Carried => (&P02, None),
        Subject::Concluded | Subject::Outcome(..) | Subject::Both(..) => (&P03, None),
        Subject::Applicants(_) => (&P04, None),
        Subject::Disputes(..) => (&P05, Some(Section::Disputes)),
        Subject::Verdict(..) => (&P05, None),
        Subject::Text(..) => (&P06, None),
        Subject::Decision(_) | Subject::Fees => (&P07, None),
    };
    let is = |other: &'static Rule| std::ptr::eq(rule, other);
    // The tables are looked at for the two rules alone that it can belong to.
    let is_denied = || claim.is_denial || table.is_some_and(|table| facts.is_all_zero(table));
    is(&P08) && is_denied() || is(asserted) && !is_denied()
}

/// Compares every claim of a rule with the cells.
pub(super) fn compare(rule: &'static Rule, facts: &Facts<'_>, review: &mut Review) {
    let mut broken = 0;
    for (section, claim) in facts.claims().iter().filter(|(_, claim)| claim.is_ours()) {
        if !is_of(rule, claim, facts) {
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
        // By their numbers in the form: 三（四）1 至 三（四）3.
        // The columns of one row by their names.
        [first, .., last] if first.row == last.row => {
            let last = label(last);
            let column = last.rsplit('，').next().unwrap_or_default();
            format!("“{}”至“{column}” {} 格合计", label(first), reading.len())
        }
        [first, .., last] => {
            let number = |cell: &Cell| {
                let name = facts.form.cell(*cell).map_or("", |info| info.row_name.as_str());
                name.split_once('.').map_or(name, |(number, _)| number).to_owned()
            };
            format!("“{}”至“{}” {} 格合计", number(first), number(last), reading.len())
        }
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
    // What prose denies is no number for a cell, nor is one put where the total is computed.
    if let [cell] = reading
        && !claim.is_denial
        && !facts.report.is_computed(*cell)
    {
        let title = format!("表里的 {value} 改为 {}", claim.value);
        fixes.push(Fix { title, set: [(Place::from(*cell), Some(Value::Number(claim.value)))].into() });
        // Where the sums of the table ask for the number of the prose, it is the table that is wrong.
        if closes_its_sums(*cell, claim.value, facts) {
            fixes.reverse();
        }
    }
    fixes
}

/// Whether some sum of a cell does not close as it is, and all would with another number in it.
fn closes_its_sums(cell: Cell, number: Decimal, facts: &Facts<'_>) -> bool {
    let Some(index) = facts.form.index(cell) else { return false };
    let is_of_it = |sum: &&Equation| sum.left.contains(&index) || sum.right.contains(&index);
    let broken = |counts: &[Option<i64>]| {
        let sums = facts.form.equations().iter().filter(is_of_it);
        sums.filter(|sum| sum.sides(counts).is_some_and(|(left, right)| left != right)).count()
    };
    let mut counts = facts.counts.clone();
    counts[index] = number.as_count();
    broken(&facts.counts) > 0 && broken(&counts) == 0
}

impl Facts<'_> {
    /// What some cells add up to; `None` where one holds no number.
    pub(in crate::check) fn added(&self, cells: &[Cell]) -> Option<Decimal> {
        match cells {
            [cell] => self.number_in(*cell),
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
        let mut others = self.form.cells().iter().zip(&self.counts).filter(|(_, count)| **count != Some(0));
        !others.any(|(info, _)| info.kind == Kind::Count && info.cell.section() == table)
    }
}
