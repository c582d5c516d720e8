//! `letters`: 审核意见 to the offices whose reports were checked, one file a report.
//!
//! What a letter says is [`letter`](crate::letter)'s; here it is named and written. A report that cannot be read, or a
//! file that cannot be written, does not stop the rest.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Serialize;

use super::arguments::Letters;
use super::past::AUTO;
use super::print::Output;
use super::reading::{Readers, Reviewed};
use super::{Desk, Error, Status};
use crate::batch::{self, Named, Past, Read, Unread};
use crate::check::{Review, Severity};
use crate::desk::{Filing, Note, Row, State};
use crate::export;
use crate::form::terms::Field;
use crate::letter::{self, Sender};
use crate::report::Report;
use crate::store::{self, Overwrite};
use crate::width::{self, Ambiguous, fit};

/// A report with what the rules say of it, or why it cannot be read.
struct Checked {
    name: String,
    outcome: Result<(Report, Review), String>,
}

/// What became of one report that was read.
struct Outcome {
    file: String,
    agency: String,
    /// The unit as it is addressed; the file where nobody is named.
    whose: String,
    year: Option<i64>,
    errors: usize,
    warnings: usize,
    notes: usize,
    /// The letter, where one was due; or why there is none.
    letter: Result<Option<String>, Error>,
}

/// The letters of one run.
struct Run<'a> {
    arguments: &'a Letters,
    sender: Sender,
    /// The names that are taken.
    names: BTreeSet<String>,
    outcomes: Vec<Outcome>,
    /// What cannot be read, with why.
    unread: Vec<(String, String)>,
    /// The units that were named and not found so far.
    sought: Vec<&'a str>,
}

/// What `letters --json` prints of a report that was read.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    agency: Option<&'a str>,
    year: Option<i64>,
    errors: usize,
    warnings: usize,
    notes: usize,
    letter: Option<&'a str>,
    error: Option<String>,
}

/// Writes the letters and says what was written, who needs none, and what could not be read.
pub(super) fn run(arguments: &Letters, desk: &Desk, output: &mut Output) -> Result<Status, Error> {
    let profile = desk.config()?.profile;
    let readers = Readers::new(&arguments.batch, desk);
    // What the library has of last year is looked at anyway.
    let last_year = arguments.last_year.iter().filter(|path| **path != Path::new(AUTO));
    let named = batch::each(arguments.reports.iter().chain(last_year), []);
    if named.is_empty() {
        return Err(Error::Empty(arguments.reports.clone()));
    }
    let Reviewed { desk: reviewed, known } =
        readers.desk((&named, &[]), (arguments.year, None), desk, output)?;
    let rows = reviewed.rows();
    let row_of: BTreeMap<usize, &Row> = rows.iter().filter_map(|row| Some((row.filing?, row))).collect();
    let of_file: BTreeMap<&str, (&Filing, &Row)> = reviewed
        .filings
        .iter()
        .enumerate()
        .map(|(number, filing)| (filing.file.as_str(), (filing, row_of[&number])))
        .collect();
    let others = rows.iter().filter(|row| row.state == State::OtherYear).count();
    if let (1.., Some(year)) = (others, reviewed.year) {
        output.note(&format!("另有 {others} 份不是 {year} 年的，没有写审核意见。"));
    }
    let is_due = |named: &Named| of_file[named.name.as_str()].1.state != State::OtherYear;
    let due: Vec<Named> = named.into_iter().filter(is_due).collect();
    let past = Past::several(&readers.reader, &known, None);
    let check = |named: &Named, read: Result<Read, Unread>| {
        let (filing, _) = of_file[named.name.as_str()];
        let copied = filing.copied();
        let outcome = match read {
            Ok(read) => {
                let review = past.review(&read, &profile, copied).review;
                Ok((read.report, review))
            }
            Err(unread) => Err(unread.message),
        };
        Checked { name: named.name.clone(), outcome }
    };
    let mut letters = Run::new(arguments);
    readers.each(&due, output, check, |checked, _| {
        let (filing, row) = of_file[checked.name.as_str()];
        let said = reviewed.judgement(filing);
        letters.take(&checked, said.map_or(&[], |said| &said.notes), row);
    })?;
    letters.say(output);
    if let Some(unit) = letters.sought.first() {
        return Err(Error::NoSuchUnit((*unit).to_owned()));
    }
    let is_failed = !letters.unread.is_empty() || letters.outcomes.iter().any(|one| one.letter.is_err());
    Ok(if is_failed { Status::Failed } else { Status::Clean })
}

/// Whether a report is of the unit that was named, by its full name, its short name or a piece of the full one.
fn is_of(report: &Report, unit: &str) -> bool {
    report.agency().contains(unit.trim()) || report.text(Field::ShortName) == unit.trim()
}

impl<'a> Run<'a> {
    fn new(arguments: &'a Letters) -> Self {
        let sender = Sender {
            name: arguments.from.clone().unwrap_or_default(),
            date: arguments.date,
            deadline: arguments.deadline,
            with_remarks: arguments.info,
        };
        let sought = arguments.unit.iter().map(String::as_str).collect();
        let (names, outcomes, unread) = (BTreeSet::new(), Vec::new(), Vec::new());
        Self { arguments, sender, names, outcomes, unread, sought }
    }

    /// Writes the letter on a report, where it is wanted and due.
    fn take(&mut self, checked: &Checked, notes: &[Note], row: &Row) {
        let (report, review) = match &checked.outcome {
            Ok(reviewed) => (&reviewed.0, &reviewed.1),
            Err(error) => return self.unread.push((checked.name.clone(), error.clone())),
        };
        self.sought.retain(|unit| !is_of(report, unit));
        let units = &self.arguments.unit;
        if !units.is_empty() && !units.iter().any(|unit| is_of(report, unit)) {
            return;
        }
        // What was accepted needs no letter; what was returned needs one, unless another came in its place.
        let is_due = match row.state {
            State::Accepted => false,
            State::Returned => !row.is_replaced,
            _ => letter::is_due(review, notes),
        };
        let is_due = self.arguments.all || is_due;
        let letter = is_due.then(|| self.write(checked, (report, review), notes)).transpose();
        let is_nobodys = report.agency().trim().is_empty();
        self.outcomes.push(Outcome {
            file: checked.name.clone(),
            agency: report.agency().to_owned(),
            whose: if is_nobodys { checked.name.clone() } else { letter::addressee(report) },
            year: report.year(),
            errors: review.count(Severity::Error),
            warnings: review.count(Severity::Warning),
            notes: notes.len(),
            letter,
        });
    }

    /// Writes the letter on one report and gives its path.
    fn write(
        &mut self,
        checked: &Checked,
        (report, review): (&Report, &Review),
        notes: &[Note],
    ) -> Result<String, Error> {
        let (out, kind) = (&self.arguments.out, self.arguments.to);
        let letter = letter::compose(report, review, notes, &self.sender);
        let bytes = export::letter(&letter, &self.sender.name, kind)?;
        let whose = match report.agency().trim() {
            "" => Path::new(&checked.name).file_stem().unwrap_or_default().to_string_lossy().into_owned(),
            _ => letter::addressee(report),
        };
        store::make_output_directory(out)?;
        let path =
            out.join(format!("{}.{}", free(&letter::file_name(&whose), &mut self.names), kind.extension()));
        let overwrite = if self.arguments.force { Overwrite::Yes } else { Overwrite::No };
        store::write_output(&path, &bytes, overwrite)?;
        Ok(batch::spelled(&path))
    }

    fn say(&self, output: &mut Output) {
        let json = self.arguments.json;
        if json {
            self.outcomes.iter().for_each(|outcome| output.json(&Line::new(outcome)));
        } else {
            table(&self.outcomes, output);
        }
        for (name, error) in &self.unread {
            output.unreadable(name, error, json);
        }
        if json || self.outcomes.is_empty() && self.unread.is_empty() {
            return;
        }
        for outcome in &self.outcomes {
            if let Err(error) = &outcome.letter {
                output.note(&format!("{}：{error}。{}", outcome.file, error.hint()));
            }
        }
        let count = |is: fn(&Outcome) -> bool| self.outcomes.iter().filter(|outcome| is(outcome)).count();
        let written = count(|outcome| matches!(outcome.letter, Ok(Some(_))));
        let spared = count(|outcome| matches!(outcome.letter, Ok(None)));
        let failed = count(|outcome| outcome.letter.is_err());
        let mut line = format!("写了审核意见 {written} 份，不用写的 {spared} 份");
        for (count, what) in [(failed, "没有写成的"), (self.unread.len(), "读不了的")] {
            if count > 0 {
                line += &format!("，{what} {count} 份");
            }
        }
        output.line(&format!("{line}。"));
    }
}

/// The name, numbered where this run has one of that name already.
fn free(name: &str, names: &mut BTreeSet<String>) -> String {
    let mut free = name.to_owned();
    // Some file systems take two names that differ in case for one.
    for number in 2.. {
        if names.insert(free.to_lowercase()) {
            break;
        }
        free = format!("{name}（{number}）");
    }
    free
}

/// A row for each report: the unit, what was found, the letter.
fn table(outcomes: &[Outcome], output: &mut Output) {
    let language = output.language();
    let said = |outcome: &Outcome| outcome.row().map(|text| language.say(&text).into_owned());
    let rows: Vec<[String; 3]> = outcomes.iter().map(said).collect();
    let widest = |nth: usize| {
        rows.iter().map(|row| width::width(&row[nth], Ambiguous::Narrow)).max().unwrap_or_default()
    };
    let columns = [widest(0), widest(1)];
    for [unit, found, letter] in &rows {
        let [unit, found] = [(unit, columns[0]), (found, columns[1])]
            .map(|(text, columns)| fit(text, columns, Ambiguous::Narrow));
        output.as_it_stands(&format!("{unit}  {found}  {letter}"));
    }
}

impl Outcome {
    fn row(&self) -> [String; 3] {
        let year = self.year.map_or_else(|| "年度不详".to_owned(), |year| format!("{year} 年"));
        let mut found = format!("错误 {}，提示 {}", self.errors, self.warnings);
        if self.notes > 0 {
            found += &format!("，意见 {}", self.notes);
        }
        let letter = match &self.letter {
            Ok(Some(path)) => path.clone(),
            Ok(None) => "不用写".to_owned(),
            Err(_) => "没有写成".to_owned(),
        };
        [format!("{}，{year}", self.whose), found, letter]
    }
}

impl<'a> Line<'a> {
    fn new(outcome: &'a Outcome) -> Self {
        Self {
            file: &outcome.file,
            agency: Some(outcome.agency.as_str()).filter(|agency| !agency.is_empty()),
            year: outcome.year,
            errors: outcome.errors,
            warnings: outcome.warnings,
            notes: outcome.notes,
            letter: outcome.letter.as_ref().ok().and_then(Option::as_deref),
            error: outcome.letter.as_ref().err().map(ToString::to_string),
        }
    }
}
