//! The figures of a unit that stand out: against its own last year, and against the other units of its level.
//!
//! A figure stands out only where it is far off both by its ratio and by its difference. What is told is no fault: it is
//! where one looks first. Shares are not judged here, of small numbers nothing.

use std::collections::BTreeMap;

use super::{Measure, Trends};
use crate::compare::Ratio;
use crate::form::terms::Level;
use crate::number::Decimal;

/// The least ratio of the larger number to the smaller one. Y06 tells a single report of what is five times last year's,
/// since it asks after a slipped digit; among many units what has tripled is worth a question too, while one that has
/// doubled is found in every county every year.
pub const RATIO: i64 = 3;

/// The least difference. With the ratio it means 15 against 45 at the least, which chance does not give: a count of 15
/// comes out between about 7 and 23 by itself. Below that a ratio says nothing; 1 against 6 is one applicant who wrote often.
pub const DIFFERENCE: i64 = 30;

/// The fewest other units that one is compared with: of fewer, each quartile would be one or two units by themselves.
pub const PEERS: usize = 8;

/// How many times the distance between the quartiles a number must be beyond them. Three are the outer fence of Tukey's
/// box plot; the inner one, one and a half, is crossed by some unit in nearly every set of counts, which lean to the right.
const FENCE: i128 = 3;

/// What is judged. Left out is what moves with something that is judged: 办结 with 本年新收, 上年结转 with last year's 结转下年,
/// and the parts of 无法提供 and 复议诉讼.
const JUDGED: [Measure; 15] = [
    Measure::Received,
    Measure::Granted,
    Measure::GrantedInPart,
    Measure::Refused,
    Measure::NotAvailable,
    Measure::NotProcessed,
    Measure::OtherHandling,
    Measure::CarriedOut,
    Measure::Disputes,
    Measure::Corrected,
    Measure::DocumentsMade,
    Measure::DocumentsInForce,
    Measure::Licenses,
    Measure::Penalties,
    Measure::Compulsion,
];

/// A figure of a unit that stands out, against at least one of both.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Outlier {
    /// The unit.
    pub unit: usize,
    /// The year.
    pub year: i64,
    /// The figure.
    pub measure: Measure,
    /// What it is.
    pub count: i64,
    /// The same figure of the unit in the year before, if it is far from that.
    pub last_year: Option<i64>,
    /// The middle of the other units of its level in the same year, if it is far from that.
    pub peers: Option<(Level, Middle)>,
}

impl Outlier {
    /// Without what follows from another of the same unit: where more requests came in, more of them ended in each way.
    fn beside(self, cause: Option<&Self>) -> Self {
        let rises = |outlier: &Self| outlier.last_year.map(|before| outlier.count > before);
        let is_above = |outlier: &Self| outlier.peers.map(|(_, middle)| middle.is_below(outlier.count));
        let follows =
            |side: &dyn Fn(&Self) -> Option<bool>| cause.is_some_and(|cause| side(cause) == side(&self));
        Self {
            last_year: self.last_year.filter(|_| !follows(&rises)),
            peers: self.peers.filter(|_| !follows(&is_above)),
            ..self
        }
    }
}

/// The middle of the numbers of some units.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Middle {
    /// How many units.
    pub units: usize,
    /// The lower quartile, the median and the upper quartile, each times four so that they are whole.
    quarters: [i128; 3],
}

impl Middle {
    /// The middle of some sorted numbers without the one at `left_out`; of none there is none.
    fn without(left_out: usize, sorted: &[i64]) -> Option<Self> {
        let units = sorted.len().checked_sub(1)?;
        let last = units.checked_sub(1)?;
        let at = |nth: usize| i128::from(sorted[nth + usize::from(nth >= left_out)]);
        let quarter = |nth: usize| {
            let (below, rest) = (last * nth / 4, (last * nth % 4) as i128);
            at(below) * (4 - rest) + at((below + 1).min(last)) * rest
        };
        Some(Self { units, quarters: [1, 2, 3].map(quarter) })
    }

    /// The lower quartile, the median and the upper quartile.
    pub fn quartiles(&self) -> [Decimal; 3] {
        let decimal = |quarters: i128| {
            // A quarter of a whole number has two decimals at the most.
            let hundredths = Decimal::whole(i64::try_from(quarters * 25).unwrap_or(i64::MAX));
            hundredths.times_ten_to(-2).unwrap_or(hundredths).trimmed()
        };
        self.quarters.map(decimal)
    }

    /// Between which whole numbers the middle half lies.
    pub const fn half(&self) -> (i128, i128) {
        let [low, _, high] = self.quarters;
        (low / 4, (high + 3) / 4)
    }

    /// Whether the median is below a number.
    const fn is_below(&self, count: i64) -> bool {
        self.quarters[1] < count as i128 * 4
    }

    /// Whether a number is far from all of these.
    fn is_far(&self, count: i64) -> bool {
        let [low, median, high] = self.quarters;
        let (count, reach) = (i128::from(count) * 4, (high - low) * FENCE);
        (count > high + reach || count < low - reach) && stands_out(median, count, 4)
    }
}

/// Whether two numbers, each times `scale`, are far from one another by ratio and by difference.
fn stands_out(one: i128, other: i128, scale: i128) -> bool {
    let (small, large) = (one.min(other), one.max(other));
    large >= small * i128::from(RATIO) && large - small >= i128::from(DIFFERENCE) * scale
}

/// The middle of the other numbers of a level, where there are enough.
fn middle(sorted: &[i64], own: i64) -> Option<Middle> {
    let middle = Middle::without(sorted.binary_search(&own).ok()?, sorted)?;
    (middle.units >= PEERS).then_some(middle)
}

impl Trends<'_> {
    /// The figures of a year that stand out, by unit in the order of the register, and in the order of the form.
    pub fn outliers(&self, year: i64) -> Vec<Outlier> {
        let levels: Vec<(usize, Option<Level>)> =
            self.reported(year).map(|unit| (unit, self.level(unit))).collect();
        let (mut outliers, mut received) = (Vec::new(), BTreeMap::new());
        for measure in JUDGED {
            let counted = levels
                .iter()
                .filter_map(|(unit, level)| Some((*unit, *level, self.count(*unit, year, measure)?)));
            let counted: Vec<(usize, Option<Level>, i64)> = counted.collect();
            let mut of_levels: BTreeMap<Level, Vec<i64>> = BTreeMap::new();
            for (_, level, count) in &counted {
                level.iter().for_each(|level| of_levels.entry(*level).or_default().push(*count));
            }
            of_levels.values_mut().for_each(|counts| counts.sort_unstable());
            for (unit, level, count) in counted {
                let last_year = self.count(unit, year - 1, measure);
                let last_year = last_year.filter(|before| stands_out((*before).into(), count.into(), 1));
                let middle = level.and_then(|level| Some((level, middle(&of_levels[&level], count)?)));
                let peers = middle.filter(|(_, middle)| middle.is_far(count));
                let mut outlier = Outlier { unit, year, measure, count, last_year, peers };
                match measure {
                    Measure::Received => {
                        received.insert(unit, outlier);
                    }
                    _ if Measure::OUTCOMES.contains(&measure) => {
                        outlier = outlier.beside(received.get(&unit))
                    }
                    _ => {}
                }
                if outlier.last_year.is_some() || outlier.peers.is_some() {
                    outliers.push(outlier);
                }
            }
        }
        outliers.sort_by_key(|outlier| (outlier.unit, outlier.measure));
        outliers
    }

    /// The numbers of all units of a level in a year, for whoever draws them beside one that stands out.
    pub fn of_level(&self, level: Level, year: i64, measure: Measure) -> Vec<(usize, i64)> {
        let of_level = self.reported(year).filter(|unit| self.level(*unit) == Some(level));
        of_level.filter_map(|unit| Some((unit, self.count(unit, year, measure)?))).collect()
    }

    /// The outlier as a sentence, with the numbers of both sides.
    pub fn sentence(&self, outlier: &Outlier) -> String {
        let Outlier { unit, year, measure, count, last_year, peers } = *outlier;
        let last_year = last_year.map(|before| {
            let ratio = match Ratio::between(Decimal::whole(before), Decimal::whole(count)) {
                Ratio::NoBase => String::new(),
                ratio => format!("，{ratio}"),
            };
            let more = if count > before { "多" } else { "少" };
            format!("上年 {before} 件{ratio}，{more} {} 件", count.abs_diff(before))
        });
        let peers = peers.map(|(level, middle)| {
            let (than, median) =
                (if middle.is_below(count) { "远多于" } else { "远少于" }, middle.quartiles()[1]);
            let half = match middle.half() {
                (low, high) if low == high => format!("居中的一半都是 {low} 件"),
                (low, high) => format!("居中的一半在 {low} 到 {high} 件之间"),
            };
            let (units, level) = (middle.units, level.label());
            format!("{than}另外 {units} 个同级单位（{level}）：中位数 {median} 件，{half}")
        });
        let sides: Vec<String> = [last_year, peers].into_iter().flatten().collect();
        format!("{} {year} 年{} {count} 件，{}。", self.name(unit), measure.label(), sides.join("；"))
    }
}
