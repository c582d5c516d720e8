//! A folder of reports, read and checked for the desk.

use std::collections::BTreeMap;
use std::num::NonZero;

use super::{Checked, Event, Last, Named, Past, Reader, Unread, caught, in_order, year_due};
use crate::check::{Finding, Profile, Severity, copies};
use crate::day::Day;
use crate::desk::{Brief, Desk, Filing};
use crate::form::terms::Field;
use crate::report::Report;
use crate::units::Units;

/// The most that is compared of all reports together, in bytes; a thousand have so much. It takes some twenty times that in
/// memory.
const MOST_COMPARED: usize = 8 << 20;

/// What is said of a file that is another one, or gone, when it is to be checked.
const CHANGED: &str = "读的时候被改了或者移走了，请重新读目录";

/// What reads a folder for the desk.
#[derive(Debug)]
pub struct Survey<'s> {
    /// Reads the reports.
    pub reader: &'s Reader,
    /// What custom decides.
    pub profile: &'s Profile,
    /// How many are read at once.
    pub threads: NonZero<usize>,
    /// The year that is reviewed, if it was named.
    pub year: Option<i64>,
    /// Who has to report, if there is a register.
    pub units: Option<&'s Units>,
    /// Reports of last year, to be looked back on and not reviewed.
    pub before: &'s [Named],
}

/// What a folder holds.
#[derive(Debug)]
pub struct Surveyed {
    /// The year that is reviewed.
    pub year: Option<i64>,
    /// What came in.
    pub filings: Vec<Filing>,
    /// Whose reports there are, for which years: those that are named, and those of the library.
    pub known: Vec<Last>,
    /// Whether the reports were compared with each other; not if they are too much, or G01 is off.
    pub is_compared: bool,
}

impl Survey<'_> {
    /// Reads what is named, and checks each report of the year beside last year's: the one that is named too, else the one
    /// that the library has. All of it happens in parallel; `told` hears again and again how many files are done, each
    /// counting twice, and says whether to go on. Gives nothing if it does not. What cannot be read is told and spoils
    /// nothing.
    pub fn read(
        &self,
        named: &[Named],
        is_wanted: &(dyn Fn() -> bool + Sync),
        told: &mut dyn FnMut(usize) -> bool,
    ) -> Option<Surveyed> {
        let begun = |named: &Named| self.begun(named, is_wanted);
        let (mut filings, extents): (Vec<Filing>, Vec<usize>) =
            self.round(named, begun, &mut |done| told(done))?.into_iter().unzip();
        let year = self.year.or_else(|| Desk::year_of(&filings, year_due()));
        let is_due = |filing: &Filing| {
            let year_of = filing.brief().map(|brief| brief.whose.year());
            year_of.is_some_and(|of| of.is_none() || of == year)
        };
        let due: Vec<usize> = (0..named.len()).filter(|number| is_due(&filings[*number])).collect();
        let extent: usize = due.iter().map(|number| extents[*number]).sum();
        let is_compared = extent <= MOST_COMPARED && !self.profile.off.contains("G01");
        let copies = match is_compared {
            true => self.copies(named, &due, is_wanted, &mut || told(named.len()))?,
            false => BTreeMap::new(),
        };
        let last = |named: &Named| {
            let whose = self.reader.read_named(named, is_wanted).ok()?.report.identified();
            Some(Last { whose, source: named.source.as_ref().ok()?.clone() })
        };
        let before = self.round(self.before, last, &mut |_| told(named.len()))?;
        let known = self.known(named, &filings, before.into_iter().flatten());
        let past = Past::several(self.reader, &known, self.units);
        let check = |number: &usize| {
            let read = self.reader.read_named(&named[*number], is_wanted).map_err(|_| CHANGED.to_owned())?;
            if Some(read.sha256()) != filings[*number].sha256.as_deref() {
                return Err(CHANGED.to_owned());
            }
            caught(|| past.review(&read, self.profile, copies.get(number)))
        };
        let checked = self.round(&due, check, &mut |done| told(named.len() + done))?;
        for (number, checked) in due.into_iter().zip(checked) {
            let filing = &mut filings[number];
            match (&mut filing.content, checked) {
                (Ok(brief), Ok(checked)) => {
                    tally(brief, checked);
                    brief.copied = copies.get(&number).cloned();
                }
                (content, Err(message)) => *content = Err(message),
                (Err(_), Ok(_)) => {}
            }
        }
        Some(Surveyed { year, filings, known, is_compared })
    }

    /// Does something with each, in parallel; gives what came of it in order, or nothing if that is not wanted any more.
    fn round<T: Sync, R: Send>(
        &self,
        items: &[T],
        work: impl Fn(&T) -> R + Sync,
        told: &mut dyn FnMut(usize) -> bool,
    ) -> Option<Vec<R>> {
        let mut results = Vec::new();
        in_order(items, self.threads, work, |event| {
            if let Event::Done(result) = event {
                results.push(result);
            }
            told(results.len())
        });
        (results.len() == items.len()).then_some(results)
    }

    /// What each of the reports that are due has copied from another of them: each is compared with each.
    fn copies(
        &self,
        named: &[Named],
        due: &[usize],
        is_wanted: &(dyn Fn() -> bool + Sync),
        told: &mut dyn FnMut() -> bool,
    ) -> Option<BTreeMap<usize, Finding>> {
        let read = |number: &usize| {
            let report = self.reader.read_named(&named[*number], is_wanted).ok()?.report;
            Some((*number, report))
        };
        let reports: Vec<(usize, Report)> =
            self.round(due, read, &mut |_| told())?.into_iter().flatten().collect();
        let all: Vec<(&str, &Report)> =
            reports.iter().map(|(number, report)| (named[*number].name.as_str(), report)).collect();
        let found = copies::among(&all, self.profile.similarity, told)?;
        Some(
            reports
                .iter()
                .zip(found)
                .filter_map(|((number, _), finding)| Some((*number, finding?)))
                .collect(),
        )
    }

    /// A filing of which nothing is known yet but whose it is, and how much of it would be compared.
    fn begun(&self, named: &Named, is_wanted: &dyn Fn() -> bool) -> (Filing, usize) {
        let mut extent = 0;
        let (sha256, content) = match self.reader.read_named(named, is_wanted) {
            Ok(read) => {
                extent = copies::extent(&read.report);
                let whose = read.report.identified();
                (
                    Some(read.sha256().to_owned()),
                    Ok(Brief {
                        whose,
                        last: None,
                        copied: None,
                        is_late: false,
                        errors: 0,
                        warnings: 0,
                        untold: 0,
                    }),
                )
            }
            Err(Unread { sha256, message, .. }) => (sha256, Err(message)),
        };
        (Filing { file: named.name.clone(), sha256, content }, extent)
    }

    /// Whose reports there are: those that are named go before those of the library.
    fn known(&self, named: &[Named], filings: &[Filing], before: impl Iterator<Item = Last>) -> Vec<Last> {
        let here = named.iter().zip(filings).filter_map(|(named, filing)| {
            let whose = filing.brief()?.whose.clone();
            Some(Last { whose, source: named.source.as_ref().ok()?.clone() })
        });
        // Where there is no library there is nothing in it.
        here.chain(before).chain(self.reader.kept().unwrap_or_default()).collect()
    }
}

fn tally(brief: &mut Brief, Checked { review, last, .. }: Checked) {
    let published = Day::read(brief.whose.text(Field::Published)).map(Day::year);
    let is_of_a_later_year = published.zip(brief.whose.year()).is_some_and(|(year, of)| year > of);
    // The rule also finds what was published too early.
    brief.is_late = is_of_a_later_year && review.standing().any(|finding| finding.rule.id == "I06");
    brief.errors = review.count(Severity::Error);
    brief.warnings = review.count(Severity::Warning);
    brief.untold = review.unknown.len();
    brief.last = last.map(|last| last.sha256().to_owned());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::all;

    #[test]
    fn what_changes_while_the_folder_is_read_does_not_look_as_if_nothing_was_found() {
        let home = tempfile::tempdir().unwrap();
        let text = |town: &str| {
            format!("{town}镇人民政府2025年政府信息公开工作年度报告\n一、总体情况\n公开信息12条。\n")
        };
        for (file, town) in [("1.txt", "云溪"), ("2.txt", "柳河"), ("3.txt", "西坪")] {
            std::fs::write(home.path().join(file), text(town)).unwrap();
        }
        let named = all(home.path());
        let (reader, profile) = (Reader::new(Some(home.path().join(".data"))), Profile::DEFAULT);
        let survey = Survey {
            reader: &reader,
            profile: &profile,
            threads: NonZero::<usize>::MIN,
            year: None,
            units: None,
            before: &[],
        };
        let read = |change: &dyn Fn(usize)| {
            let mut told = |done| {
                change(done);
                true
            };
            survey.read(&named, &|| true, &mut told).unwrap().filings
        };
        let sound = read(&|_| {});
        assert!(sound.iter().all(|filing| filing.content.as_ref().unwrap().untold > 0));
        // All are read, and none is checked.
        let changed = read(&|done| {
            if done == named.len() {
                std::fs::write(home.path().join("1.txt"), text("白石")).unwrap();
                let _ = std::fs::remove_file(home.path().join("2.txt"));
            }
        });
        let reasons: Vec<Option<&str>> =
            changed.iter().map(|filing| filing.content.as_ref().err().map(String::as_str)).collect();
        assert_eq!(reasons, [Some(CHANGED), Some(CHANGED), None]);
    }
}
