//! Reading all that is named on the command line, in parallel, with progress; and ending in order when it is stopped.
#![expect(clippy::disallowed_methods, reason = "an edge: measures how quickly files are read")]

use std::num::NonZero;
use std::time::{Duration, Instant};

use super::arguments::Batch;
use super::print::Output;
use super::{Desk, Error, interrupt};
use crate::batch::{self, Event, Folder, Last, Named, Read, Reader, Source, Survey, Surveyed, Unread};
use crate::desk;
use crate::store::Judged;
use crate::units::Units;

/// What reads the reports of one run.
pub(super) struct Readers {
    /// Reads each of them.
    pub(super) reader: Reader,
    batch: Batch,
}

/// A reviewer's desk, and whose reports there are to look back on.
pub(super) struct Reviewed {
    pub(super) desk: desk::Desk,
    pub(super) known: Vec<Last>,
}

/// How far a run is.
struct Progress {
    began: Instant,
    /// When it was last said.
    said: Instant,
    done: usize,
    all: usize,
}

impl Readers {
    /// Readers that remember what they have read, unless everything is to be read anew.
    pub(super) fn new(batch: &Batch, desk: &Desk) -> Self {
        let data_dir = desk.data_dir.clone();
        let reader = Reader::remembering(data_dir, batch.fresh);
        Self { reader, batch: batch.clone() }
    }

    /// Readers of one or two reports, which are read anew.
    pub(super) fn plain(desk: &Desk) -> Self {
        Self { reader: Reader::new(desk.data_dir.clone()), batch: Batch::default() }
    }

    /// Reads one report.
    pub(super) fn one(&self, source: &Source) -> Result<Read, Error> {
        Ok(interrupt::guarded(|is_wanted| self.reader.read(source, is_wanted))?)
    }

    /// Readers for a reviewer's desk.
    pub(super) fn of(folder: &Folder, desk: &Desk) -> Self {
        Self::new(&Batch { jobs: folder.jobs, fresh: folder.is_fresh }, desk)
    }

    /// How many reports are read at once.
    fn threads(&self) -> NonZero<usize> {
        self.batch.jobs.unwrap_or_else(batch::processors)
    }

    /// Reads and checks all that is named for a desk, of the year that is named or else the one that is due, and looks up
    /// what was said of it.
    ///
    /// # Errors
    /// If it was stopped, or what was said cannot be looked up.
    pub(super) fn desk(
        &self,
        (named, before): (&[Named], &[Named]),
        (year, units): (Option<i64>, Option<Units>),
        place: &Desk,
        output: &mut Output,
    ) -> Result<Reviewed, Error> {
        let profile = place.config()?.profile;
        let survey = Survey {
            reader: &self.reader,
            profile: &profile,
            threads: self.threads(),
            year,
            units: units.as_ref(),
            before,
        };
        let mut progress = Progress::new(named.len());
        let surveyed = interrupt::guarded(|is_wanted| {
            let surveyed = survey.read(named, is_wanted, &mut |done| {
                progress.done = done / 2;
                progress.say(output);
                is_wanted()
            });
            output.progress("");
            surveyed.ok_or_else(|| stopped(output))
        })?;
        if !surveyed.is_compared && !profile.off.contains("G01") {
            output.note("报告太多，没有逐份互相比对找照抄的（G01）；可以分几个目录来。");
        }
        // Where there is no place for it nothing can have been said.
        let said = place.directory().ok().map(|directory| Judged::at(&directory).all());
        let (judgements, damaged) = said.transpose()?.unwrap_or_default();
        for path in damaged {
            output.note(&format!("这一份审阅记录读不了，里面的决定和批注没有算上：{}", path.display()));
        }
        let Surveyed { year, filings, known, .. } = surveyed;
        Ok(Reviewed { desk: desk::Desk { year, filings, judgements, units }, known })
    }

    /// Reads every report that is named and does `work` on it, in parallel; gives the results in order to `take`.
    ///
    /// # Errors
    /// If it was stopped.
    pub(super) fn each<R: Send>(
        &self,
        named: &[Named],
        output: &mut Output,
        work: impl Fn(&Named, Result<Read, Unread>) -> R + Sync,
        mut take: impl FnMut(R, &mut Output),
    ) -> Result<(), Error> {
        let mut progress = Progress::new(named.len());
        interrupt::guarded(|is_wanted| {
            let one = |named: &Named| {
                let read = self.reader.read_named(named, is_wanted);
                batch::caught(|| work(named, read)).unwrap_or_else(|message| {
                    let read = self.reader.read_named(named, is_wanted);
                    let sha256 =
                        read.map_or_else(|unread| unread.sha256, |read| Some(read.sha256().to_owned()));
                    work(named, Err(Unread { sha256, message, hint: String::new() }))
                })
            };
            batch::in_order(named, self.threads(), one, |event| {
                if !is_wanted() {
                    return false;
                }
                if let Event::Done(result) = event {
                    progress.done += 1;
                    take(result, output);
                }
                progress.say(output);
                true
            });
            output.progress("");
            if is_wanted() {
                return Ok(());
            }
            Err(stopped(output))
        })
    }
}

/// Says that the work was stopped; what was printed so far is whole.
fn stopped(output: &mut Output) -> Error {
    output.note("已停下。再运行一次就接着来：读过的文件只要没有变，不会再读。");
    match output.finish() {
        Ok(()) => Error::Stopped,
        Err(error) => Error::Output(error),
    }
}

impl Progress {
    /// How often it is said where no terminal shows it in one place.
    const SELDOM: Duration = Duration::from_secs(10);

    /// How often it is said on a terminal.
    const OFTEN: Duration = Duration::from_millis(200);

    fn new(all: usize) -> Self {
        let now = Instant::now();
        Self { began: now, said: now, done: 0, all }
    }

    /// Says how far it is, how quick, and how long it will still take; not too often.
    fn say(&mut self, output: &mut Output) {
        let pause = if output.shows_progress() { Self::OFTEN } else { Self::SELDOM };
        if self.said.elapsed() < pause || self.done == self.all {
            return;
        }
        self.said = Instant::now();
        let Self { done, all, .. } = *self;
        let passed = self.began.elapsed().as_millis().max(1);
        let left = if done == 0 {
            String::new()
        } else {
            let rate = done as u128 * 10_000 / passed;
            let seconds = (all - done) as u128 * passed / (done as u128 * 1000) + 1;
            let time =
                if seconds < 100 { format!("{seconds} 秒") } else { format!("{} 分钟", seconds / 60 + 1) };
            format!("，每秒 {}.{} 份，大约还要 {time}", rate / 10, rate % 10)
        };
        output.progress(&format!("已读 {done} / {all} 份{left}"));
    }
}
