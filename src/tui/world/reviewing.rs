//! The folder under review: its files, and what was said of them, on disk.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use super::super::action::{Answer, Arrival, Errand, Origin, Outcome, Recalled, Refusal, Task};
use super::super::app::queue::OnDesk;
use super::{refusal, totalling};
use crate::batch::{self, Folder, Last, ListError, Named, Past, Read, Reader, Source, Survey, Surveyed};
use crate::check::Profile;
use crate::desk::{Desk, Filing, Judgement};
use crate::export::{self, Kind};
use crate::letter::{self, Sender};
use crate::session::Session;
use crate::store::{self, Judged, Library, StoreError};
use crate::units::{Filed, Units};

/// A folder under review.
pub(in crate::tui) struct Reviewing {
    folder: Folder,
    reader: Reader,
    judged: Judged,
    units: Option<Units>,
    /// The files, as they were found last.
    named: Vec<Named>,
    /// Whose reports they are, as they were read last; those of the library behind them.
    known: Vec<Last>,
}

impl Reviewing {
    /// Begins; nothing is read yet but the register.
    ///
    /// # Errors
    /// If the register cannot be followed, or what is said cannot be kept.
    pub(in crate::tui) fn new(folder: Folder, library: &Library) -> Result<Self, ListError> {
        let data = library.directory();
        let reader = Reader::remembering(Some(data.to_owned()), folder.is_fresh);
        let judged = Judged::open(data)?;
        let units = folder.register()?;
        Ok(Self { folder, reader, judged, units, named: Vec::new(), known: Vec::new() })
    }

    /// Reads the folder. `told` hears how many of how many files are done, and says whether to go on.
    pub(super) fn survey(
        &mut self,
        profile: &Profile,
        told: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Result<Answer, StoreError> {
        let (judgements, damaged) = self.judged.all()?;
        let (named, before) = (self.folder.named(), self.folder.before());
        let survey = Survey {
            reader: &self.reader,
            profile,
            threads: self.folder.jobs.unwrap_or_else(batch::processors),
            year: self.folder.year,
            units: self.units.as_ref(),
            before: &before,
        };
        let is_stopped = AtomicBool::new(false);
        let read = survey.read(&named, &|| !is_stopped.load(Ordering::Relaxed), &mut |done| {
            let goes_on = told(done / 2, named.len());
            is_stopped.store(!goes_on, Ordering::Relaxed);
            goes_on
        });
        let Some(Surveyed { year, filings, known, is_compared }) = read else {
            return Ok(Answer::Noted("已停下。再读一次就接着来，读过的不会再读".to_owned()));
        };
        (self.known, self.named) = (known, named);
        let warning = match damaged.first() {
            Some(path) => Some(format!(
                "审阅记录 {} 读不了，里面的决定和批注没有算上；请找备份，或者删掉它重新审",
                path.display()
            )),
            None if !is_compared && !profile.off.contains("G01") => {
                Some("报告太多，没有逐份互相比对找照抄的；可以分几个目录来".to_owned())
            }
            None => None,
        };
        let desk = Desk { year, filings, judgements, units: self.units.clone() };
        Ok(Answer::Desk(Outcome::Surveyed(Box::new(desk), warning)))
    }

    /// Does something for a report.
    pub(super) fn perform(&self, desk: &Desk, profile: &Profile, errand: Errand) -> Answer {
        let filing = |number: usize| &desk.filings[number];
        match errand {
            Errand::Take(number) => self.take(number, filing(number)),
            Errand::Judge(number, said) => {
                self.judge(number, filing(number), desk.judgement(filing(number)), said)
            }
            Errand::Recall(number, hash) => self.recall(number, filing(number), &hash),
            Errand::Letters(numbers) => self.letters(desk, &numbers, profile),
            Errand::Total { accepted } => totalling::total(self, desk, accepted),
        }
    }

    /// The reports of a year before that lie in the folder or were named for it; not those of the library, which may be the
    /// same ones.
    pub(super) fn filed_for(&self, year: i64) -> Vec<Filed> {
        let mut files = BTreeSet::new();
        let of_year = self.known.iter().filter(|last| last.whose.year() == Some(year));
        let read = |last: &Last| match &last.source {
            Source::File(path) if files.insert(path.canonicalize().ok()?) => {
                let report = self.reader.read(&last.source, &|| true).ok()?.report.without_prose();
                Some(Filed { file: batch::spelled(path), report })
            }
            _ => None,
        };
        of_year.filter_map(read).collect()
    }

    /// What the reports are looked back from.
    fn past(&self) -> Past<'_> {
        Past::several(&self.reader, &self.known, self.units.as_ref())
    }

    /// Opens a report.
    fn take(&self, number: usize, filing: &Filing) -> Answer {
        let read = match self.read(number, filing) {
            Ok(read) => read,
            Err(refusal) => return refusal,
        };
        let last = self.past().before(&read.report).0;
        let path = match &self.named[number].source {
            Ok(Source::File(path)) => path.clone(),
            _ => filing.file.clone().into(),
        };
        Answer::Opened(Box::new(Arrival {
            session: Session::new(read.report),
            origin: Origin::File(path),
            cursor: None,
            message: None,
            on_desk: Some(OnDesk::Filing { number, last: last.map(|last| last.report) }),
        }))
    }

    /// Keeps what is said of a report, on disk.
    fn judge(
        &self,
        number: usize,
        filing: &Filing,
        known: Option<&Judgement>,
        said: Box<Judgement>,
    ) -> Answer {
        let Some(hash) = &filing.sha256 else { return gone(filing, "读不了，记不下决定") };
        let report = match &filing.content {
            Ok(_) => match self.read(number, filing) {
                Ok(read) => Some(read.report),
                Err(refusal) => return refusal,
            },
            Err(_) => None,
        };
        match self.judged.keep(hash, known, &said, report.as_ref()) {
            // Somebody else has said something meanwhile, which must not be lost.
            Ok(false) => gone(filing, "别的窗口刚才也审了这一份"),
            Ok(true) => Answer::Desk(Outcome::Judged(number, said)),
            Err(error) => Answer::Refused(refusal(Task::Other, &error)),
        }
    }

    /// Recalls the version of a report with a hash.
    fn recall(&self, number: usize, filing: &Filing, hash: &str) -> Answer {
        let new = match self.read(number, filing) {
            Ok(read) => read.report,
            Err(refusal) => return refusal,
        };
        let last = self.past().before(&new).0;
        match self.judged.report(hash) {
            Ok(old) => {
                let last = last.map(|last| last.report);
                Answer::Desk(Outcome::Recalled(Box::new(Recalled { old, new, last })))
            }
            Err(error) => Answer::Refused(refusal(Task::Other, &error)),
        }
    }

    /// Writes the letters on some reports, beside the folder.
    fn letters(&self, desk: &Desk, numbers: &[usize], profile: &Profile) -> Answer {
        let directory = self.beside("审核意见");
        let past = self.past();
        let (mut written, mut unread, mut unchanged) = (Vec::new(), Vec::new(), 0);
        for &number in numbers {
            let filing = &desk.filings[number];
            if filing.content.is_err() {
                unread.push(filing.file.as_str());
                continue;
            }
            let read = match self.read(number, filing) {
                Ok(read) => read,
                Err(refusal) => return refusal,
            };
            let copied = filing.copied();
            let review = past.review(&read, profile, copied).review;
            let notes = desk.judgement(filing).map_or(&[][..], |said| &said.notes);
            let letter = letter::compose(&read.report, &review, notes, &Sender::default());
            let bytes = match export::letter(&letter, "", Kind::Word) {
                Ok(bytes) => bytes,
                Err(error) => {
                    let (message, hint) = (error.to_string(), error.hint().to_owned());
                    return Answer::Refused(Refusal { task: Task::Other, message, hint });
                }
            };
            let name = letter::file_name(&letter::addressee(&read.report));
            match store::write_beside(&directory, &name, Kind::Word.extension(), &bytes) {
                Ok((path, true)) => written.push(path),
                Ok((_, false)) => unchanged += 1,
                Err(error) => return Answer::Refused(refusal(Task::Other, &error)),
            }
        }
        let written = match &written[..] {
            [] => String::new(),
            [one] => format!("审核意见已写到 {}。", one.display()),
            several => format!("{} 份审核意见已写到 {}。", several.len(), directory.display()),
        };
        let written = match unchanged {
            0 => written,
            unchanged => format!("{written}另有 {unchanged} 份写过了，没有变，在 {}。", directory.display()),
        };
        match unread.is_empty() {
            true => Answer::Noted(written),
            false => Answer::Noted(format!("{written}读不了，没有写的，请另行告知：{}", unread.join("、"))),
        }
    }

    /// A directory of this name beside what is reviewed: in it, it would be read as reports.
    fn beside(&self, name: &str) -> PathBuf {
        let first =
            self.folder.paths.first().map(|path| path.canonicalize().unwrap_or_else(|_| path.clone()));
        let first = first.unwrap_or_default();
        let whose = first.file_name().unwrap_or_default().to_string_lossy().into_owned();
        first.with_file_name(format!("{whose}-{name}"))
    }

    /// Reads a report again, which must be what it was.
    pub(super) fn read(&self, number: usize, filing: &Filing) -> Result<Read, Answer> {
        let read = self.reader.read_named(&self.named[number], &|| true);
        let read = read.map_err(|unread| gone(filing, &unread.message))?;
        match Some(read.sha256()) == filing.sha256.as_deref() {
            true => Ok(read),
            false => Err(gone(filing, "刚才被改过")),
        }
    }
}

fn gone(filing: &Filing, why: &str) -> Answer {
    let message = format!("{}：{why}", filing.file);
    Answer::Refused(Refusal { task: Task::Other, message, hint: "请重新读一遍目录。".to_owned() })
}
