//! Last year's reports, found for the reports that are checked. Only whose they are is kept; each is read again when it is
//! wanted, so that thousands of them take no room.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{Read, Reader, Source};
use crate::check::{self, Background, Finding, Profile, Review};
use crate::report::Report;
use crate::units::{Match, Units, unit_of};

/// The reports of the year before.
#[derive(Debug)]
pub struct Past<'r> {
    reader: &'r Reader,
    known: Known<'r>,
    units: Option<&'r Units>,
}

#[derive(Debug)]
enum Known<'r> {
    /// One report, for whatever is checked.
    One(Box<Read>),
    /// Several, for the organs that they are of; and those of each year.
    Several(Cow<'r, [Last]>, HashMap<i64, OfYear>),
}

/// The reports of one year, by their numbers.
#[derive(Default, Debug)]
struct OfYear {
    all: Vec<usize>,
    /// Each organ's, of several the first.
    by_name: HashMap<String, usize>,
    /// Each unit's of the register, of several the first.
    by_unit: HashMap<usize, usize>,
}

/// A report that may be somebody's of last year.
#[derive(Clone, Debug)]
pub struct Last {
    /// Whose it is and for which year, and nothing else.
    pub whose: Report,
    /// Where it is read.
    pub source: Source,
}

/// What the rules say of a report.
#[derive(Debug)]
pub struct Checked {
    /// What they say.
    pub review: Review,
    /// Last year's report, beside which it was checked.
    pub last: Option<Read>,
    /// What to know of the one that was named, if it was not used.
    pub remark: Option<String>,
}

impl<'r> Past<'r> {
    /// One report, which is last year's of whatever is checked.
    pub fn one(reader: &'r Reader, last: Read) -> Self {
        Self { reader, known: Known::One(Box::new(last)), units: None }
    }

    /// Several, of which each is last year's of its own organ; there may be none.
    ///
    /// Where there is a register an organ is found under its former names too.
    pub fn several(
        reader: &'r Reader,
        several: impl Into<Cow<'r, [Last]>>,
        units: Option<&'r Units>,
    ) -> Self {
        let several = several.into();
        let mut years: HashMap<i64, OfYear> = HashMap::new();
        for (number, last) in several.iter().enumerate() {
            if let Some(year) = last.whose.year() {
                let of_year = years.entry(year).or_default();
                of_year.all.push(number);
                of_year.by_name.entry(last.whose.agency().to_owned()).or_insert(number);
                if let Some(Match::Unit(unit, _)) = units.map(|units| unit_of(units, &last.whose)) {
                    of_year.by_unit.entry(unit).or_insert(number);
                }
            }
        }
        Self { reader, known: Known::Several(several, years), units }
    }

    /// The report that `report` follows; or what to say if the one that was named is of another year.
    pub fn before(&self, report: &Report) -> (Option<Read>, Option<String>) {
        let (several, years) = match &self.known {
            // A report without a name is taken for what it was named as.
            Known::One(last)
                if report.is_of_the_year_after(&last.report)
                    && (last.report.agency().is_empty() || report.may_be_of_one_organ(&last.report)) =>
            {
                return (Some((**last).clone()), None);
            }
            Known::One(last) => {
                let said = format!(
                    "--last-year 的报告是{}的，要检查的是{}的，对不上，没有用上。",
                    whose(&last.report),
                    whose(report)
                );
                return (None, Some(said));
            }
            Known::Several(several, years) => (several, years),
        };
        let Some(of_year) = report.year().and_then(|year| years.get(&(year - 1))) else {
            return (None, None);
        };
        let exact = Some(report.agency()).filter(|agency| !agency.is_empty());
        let exact = exact.and_then(|agency| of_year.by_name.get(agency)).map(|number| &several[*number]);
        // 柳河镇人民政府 may be 云岭县柳河镇人民政府, if only one is.
        let only = || {
            let of_year = of_year.all.iter().map(|number| &several[*number]);
            let mut like = of_year.filter(|last| report.may_be_of_one_organ(&last.whose));
            like.next().filter(|_| like.next().is_none())
        };
        let of_unit = || match unit_of(self.units?, report) {
            Match::Unit(unit, _) => of_year.by_unit.get(&unit).map(|number| &several[*number]),
            Match::Unsure(_) | Match::Unknown => None,
        };
        (
            exact
                .or_else(of_unit)
                .or_else(only)
                .and_then(|last| self.reader.read(&last.source, &|| true).ok()),
            None,
        )
    }

    /// What the rules say of a report beside its last year's, and where it was compared with those of others, what was
    /// found to be copied.
    pub fn review(&self, read: &Read, profile: &Profile, copied: Option<&Finding>) -> Checked {
        let (last, remark) = self.before(&read.report);
        let background = Background {
            previous: last.as_ref().map(|last| last.report.clone()),
            copied: copied.cloned(),
            profile: profile.clone(),
        };
        let review = check::check_before(&read.report, &background);
        Checked { review, last, remark }
    }
}

/// Whose report it is, and for which year: `柳河镇人民政府 2024 年`.
fn whose(report: &Report) -> String {
    let agency = Some(report.agency()).filter(|agency| !agency.is_empty()).unwrap_or("看不出哪个机关");
    report.year().map_or_else(|| format!("{agency}年度不详"), |year| format!("{agency} {year} 年"))
}
