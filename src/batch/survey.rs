//! A folder of reports, read and checked for the desk.

use std::collections::BTreeMap;
use std::num::NonZero;

use super::{Checked, Event, Last, Named, Past, Read, Reader, Unread, in_order};
use crate::check::{Finding, Profile, Severity, copies};
use crate::desk::{Brief, Desk, Filing};
use crate::report::Report;

/// The most reports that are compared with each other, sentence by sentence: two seconds' work.
const MOST_COMPARED: usize = 300;

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
}

impl Survey<'_> {
    /// Reads what is named, and checks each report of the year beside last year's: the one that is named too, else the one
    /// that the library has. Both happen in parallel; `told` hears again and again how many files are done, each counting
    /// twice, and says whether to go on. Gives nothing if it does not. What cannot be read is told and spoils nothing.
    pub fn filings(
        &self,
        named: &[Named],
        is_wanted: &(dyn Fn() -> bool + Sync),
        told: &mut dyn FnMut(usize) -> bool,
    ) -> Option<Vec<Filing>> {
        let mut filings = Vec::new();
        in_order(
            named,
            self.threads,
            |named| self.begun(named, is_wanted),
            |event| {
                if let Event::Done(filing) = event {
                    filings.push(filing);
                }
                told(filings.len())
            },
        );
        if filings.len() < named.len() {
            return None;
        }
        let past = Past::several(self.reader, self.known(named, &filings));
        let year = self.year.or_else(|| Desk::latest_year(&filings));
        let is_due = |filing: &Filing| {
            let year_of = filing.content.as_ref().ok().map(|brief| brief.whose.year());
            year_of.is_some_and(|of| of.is_none() || of == year)
        };
        let due: Vec<usize> = (0..named.len()).filter(|number| is_due(&filings[*number])).collect();
        let copies = self.copies(named, &due, is_wanted);
        let mut looked = 0;
        let check = |number: &usize| {
            let read = self.reader.read_named(&named[*number], is_wanted).ok()?;
            let checked = past.review(&read, self.profile, copies.get(number));
            Some((read.sha256, checked))
        };
        in_order(&due, self.threads, check, |event| {
            if let Event::Done(checked) = event {
                let filing = &mut filings[due[looked]];
                match (&mut filing.content, checked) {
                    (Ok(brief), Some((sha256, checked)))
                        if filing.sha256.as_deref() == Some(sha256.as_str()) =>
                    {
                        tally(brief, checked);
                        brief.copied = copies.get(&due[looked]).cloned();
                    }
                    // What was not checked must not look as if nothing was found.
                    _ => filing.content = Err(CHANGED.to_owned()),
                }
                looked += 1;
            }
            told(named.len() + looked)
        });
        (looked == due.len()).then_some(filings)
    }

    /// What each of the reports that are due has copied from another of them. Each is compared with each, so that only so
    /// many are.
    fn copies(
        &self,
        named: &[Named],
        due: &[usize],
        is_wanted: &dyn Fn() -> bool,
    ) -> BTreeMap<usize, Finding> {
        if due.len() > MOST_COMPARED || self.profile.off.contains("G01") {
            return BTreeMap::new();
        }
        let read = |number: &usize| {
            let report = self.reader.read_named(&named[*number], is_wanted).ok()?.report;
            Some((*number, report))
        };
        let reports: Vec<(usize, Report)> = due.iter().filter_map(read).collect();
        let all: Vec<(&str, &Report)> =
            reports.iter().map(|(number, report)| (named[*number].name.as_str(), report)).collect();
        let found = copies::among(&all, self.profile.similarity);
        reports.iter().zip(found).filter_map(|((number, _), finding)| Some((*number, finding?))).collect()
    }

    /// A filing of which nothing is known yet but whose it is.
    fn begun(&self, named: &Named, is_wanted: &dyn Fn() -> bool) -> Filing {
        let (sha256, content) = match self.reader.read_named(named, is_wanted) {
            Ok(Read { report, sha256 }) => {
                let whose = report.identified();
                (
                    Some(sha256),
                    Ok(Brief { whose, last: None, copied: None, errors: 0, warnings: 0, untold: 0 }),
                )
            }
            Err(Unread { sha256, message }) => (sha256, Err(message)),
        };
        Filing { file: named.name.clone(), sha256, content }
    }

    /// Whose reports there are: those that are named go before those of the library.
    pub fn known(&self, named: &[Named], filings: &[Filing]) -> Vec<Last> {
        let here = named.iter().zip(filings).filter_map(|(named, filing)| {
            let whose = filing.content.as_ref().ok()?.whose.clone();
            Some(Last { whose, source: named.source.as_ref().ok()?.clone() })
        });
        // Where there is no library there is nothing in it.
        here.chain(self.reader.kept().unwrap_or_default()).collect()
    }
}

fn tally(brief: &mut Brief, Checked { review, last, .. }: Checked) {
    brief.errors = review.count(Severity::Error);
    brief.warnings = review.count(Severity::Warning);
    brief.untold = review.unknown.len();
    brief.last = last.map(|last| last.sha256);
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
        let survey =
            Survey { reader: &reader, profile: &profile, threads: NonZero::<usize>::MIN, year: None };
        let read = |change: &dyn Fn(usize)| {
            let mut told = |done| {
                change(done);
                true
            };
            survey.filings(&named, &|| true, &mut told).unwrap()
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
