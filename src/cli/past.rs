//! Last year's reports: found for the reports that are checked. Only whose they are is kept; each is read again when it is
//! wanted, so that thousands of them take no room.

use std::path::Path;

use super::reading::Readers;
use super::{Error, print::Output};
use crate::batch::{self, Named, Read, Reader, Source, Unread};
use crate::check::{Background, Profile, Review};
use crate::report::Report;

/// What `--last-year` says for the reports of the library.
pub(super) const AUTO: &str = "auto";

/// The reports of the year before, as far as they were named.
pub(super) struct Past<'r> {
    reader: &'r Reader,
    named: Reports,
}

enum Reports {
    /// One report, for whatever is checked.
    One(Box<Read>),
    /// Several, for the organs that they are of.
    Several(Vec<Last>),
}

/// A report that may be somebody's of last year.
struct Last {
    /// Whose it is and for which year, and nothing else.
    whose: Report,
    source: Source,
}

impl<'r> Past<'r> {
    /// Finds the reports that are named: a file, a directory, or those of the library.
    pub(super) fn new(said: Option<&Path>, readers: &'r Readers, output: &mut Output) -> Result<Self, Error> {
        let reader = &readers.reader;
        let Some(said) = said else { return Ok(Self { reader, named: Reports::Several(Vec::new()) }) };
        if said == Path::new(AUTO) {
            let kept = reader.library()?.list()?;
            let last = kept.into_iter().filter_map(|entry| {
                Some(Last { whose: entry.report.ok()?.identified(), source: Source::Library(entry.id) })
            });
            return Ok(Self { reader, named: Reports::Several(last.collect()) });
        }
        if said.is_dir() {
            let mut several = Vec::new();
            // What cannot be read here is no report of last year; the rules say that there is none.
            let whose = |named: &Named, read: Result<Read, Unread>| {
                Some((read.ok()?.report.identified(), named.source.as_ref().ok()?.clone()))
            };
            readers.each(&batch::all(said), output, whose, |last, _| {
                several.extend(last.map(|(whose, source)| Last { whose, source }));
            })?;
            return Ok(Self { reader, named: Reports::Several(several) });
        }
        let one = readers.one(&batch::one(said)?)?;
        Ok(Self { reader, named: Reports::One(Box::new(one)) })
    }

    /// The report that `report` follows; or what to say if the one that was named is of another year.
    pub(super) fn before(&self, report: &Report) -> (Option<Read>, Option<String>) {
        let several = match &self.named {
            // A report without a name is taken for what it was named as.
            Reports::One(last)
                if report.is_of_the_year_after(&last.report)
                    && (last.report.agency().is_empty() || report.may_be_of_one_organ(&last.report)) =>
            {
                return (Some((**last).clone()), None);
            }
            Reports::One(last) => {
                let said = format!(
                    "--last-year 的报告是{}的，要检查的是{}的，对不上，没有用上。",
                    whose(&last.report),
                    whose(report)
                );
                return (None, Some(said));
            }
            Reports::Several(several) => several,
        };
        let exact = several.iter().find(|last| report.follows(&last.whose));
        let mut like = several.iter().filter(|last| {
            report.is_of_the_year_after(&last.whose) && report.may_be_of_one_organ(&last.whose)
        });
        // 柳河镇人民政府 may be 云岭县柳河镇人民政府, if only one is.
        let only = like.next().filter(|_| like.next().is_none());
        (exact.or(only).and_then(|last| self.reader.read(&last.source, &|| true).ok()), None)
    }

    /// What the rules say of a report beside its last year's; and what to know of that.
    pub(super) fn review(&self, read: &Read, profile: &Profile) -> (Review, Option<String>) {
        let (last, remark) = self.before(&read.report);
        let (previous, hash) = last.map(|last| (last.report, last.sha256)).unzip();
        let background = Background { previous, profile: profile.clone() };
        (self.reader.review(read, &background, hash.as_deref()), remark)
    }
}

/// Whose report it is, and for which year: `柳河镇人民政府 2024 年`.
fn whose(report: &Report) -> String {
    let agency = Some(report.agency()).filter(|agency| !agency.is_empty()).unwrap_or("看不出哪个机关");
    report.year().map_or_else(|| format!("{agency}年度不详"), |year| format!("{agency} {year} 年"))
}
