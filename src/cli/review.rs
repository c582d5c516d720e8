//! `review --list`: how each report in a folder stands. The desk itself is the interface's.

use serde::Serialize;

use super::arguments::Review;
use super::print::Output;
use super::reading::Readers;
use super::{Desk as Place, Error, Status};
use crate::desk::{Desk, Filing, Row, State, Unit};
use crate::form::terms::Level;
use crate::language::Language;
use crate::width::{Ambiguous, fit, width};

/// The columns of the numbers of findings: `错误 1234 提示 1234`, and what parts them from the year.
const COUNTS: usize = 21;

/// A line of the queue, for other programs.
#[derive(Serialize)]
struct Listed<'a> {
    /// The file; `null` where a unit has sent nothing.
    file: Option<&'a str>,
    agency: &'a str,
    level: Option<&'static str>,
    year: Option<i64>,
    state: &'static str,
    duplicate: bool,
    late: bool,
    alike: bool,
    unknown_unit: bool,
    /// The units that it may be of, where that is not sure.
    perhaps: &'a [String],
    error: Option<usize>,
    warning: Option<usize>,
    untold: Option<usize>,
    unreadable: Option<&'a str>,
    sha256: Option<&'a str>,
}

/// Reads the folder and lists what is in it, what is to be done first.
pub(super) fn run(arguments: &Review, place: &Place, output: &mut Output) -> Result<Status, Error> {
    let folder = arguments.folder();
    folder.check()?;
    let units = folder.register()?;
    let named = folder.named();
    if named.is_empty() {
        return Err(Error::Empty(folder.paths));
    }
    let reviewed =
        Readers::of(&folder, place).desk((&named, &folder.before()), (folder.year, units), place, output)?;
    let desk = reviewed.desk;
    let rows = desk.rows();
    let language = output.language();
    let states = rows.iter().map(|row| width(&language.say(&state(row)), Ambiguous::Wide));
    let columns = states.max().unwrap_or_default() + 2;
    for row in &rows {
        match arguments.json {
            true => output.json(&Listed::new(&desk, row)),
            false => output.quoted("", &line(&desk, row, columns, language)),
        }
    }
    if !arguments.json {
        output.line(&sum(&rows));
    }
    let is_unread = |row: &Row| row.state == State::Unreadable;
    Ok(match rows.iter().any(is_unread) {
        true => Status::Failed,
        false if rows.iter().any(|row| row.state.is_open() || row.state == State::Missing) => Status::Found,
        false => Status::Clean,
    })
}

/// How many there are of each state: `未审 12，缺报 1`.
fn sum(rows: &[Row]) -> String {
    let count = |state: State| (state, rows.iter().filter(|row| row.state == state).count());
    let told = State::ALL.map(count).into_iter().filter(|(_, count)| *count > 0);
    let told: Vec<String> = told.map(|(state, count)| format!("{} {count}", state.label())).collect();
    format!("共 {} 行：{}", rows.len(), told.join("，"))
}

/// How a line stands, with what is odd about it.
fn state(row: &Row) -> String {
    row.marks().fold(row.state.label().to_owned(), |state, mark| format!("{state}、{mark}"))
}

/// A line, of which the state takes so many columns.
fn line(desk: &Desk, row: &Row, columns: usize, language: Language) -> String {
    let filing = row.filing.map(|filing| &desk.filings[filing]);
    let counts = match filing.map(|filing| &filing.content) {
        Some(Ok(brief)) if row.state != State::OtherYear => {
            format!("错误 {} 提示 {}", brief.errors, brief.warnings)
        }
        _ => String::new(),
    };
    let year = row.year.map_or_else(|| "----".to_owned(), |year| year.to_string());
    let file = match filing {
        Some(Filing { file, content: Err(reason), .. }) => format!("{file}：{}", language.say(reason)),
        Some(filing) => filing.file.clone(),
        None => String::new(),
    };
    let [state, counts] = [(state(row), columns), (counts, COUNTS)]
        .map(|(text, columns)| fit(&language.say(&text), columns, Ambiguous::Wide));
    format!("{state}{counts}{year}  {}  {file}", row.agency).trim_end().to_owned()
}

impl<'a> Listed<'a> {
    fn new(desk: &'a Desk, row: &'a Row) -> Self {
        let filing = row.filing.map(|filing| &desk.filings[filing]);
        let brief = filing.and_then(|filing| filing.brief());
        let brief = brief.filter(|_| row.state != State::OtherYear);
        Self {
            file: filing.map(|filing| filing.file.as_str()),
            agency: &row.agency,
            level: row.level.map(Level::key),
            year: row.year,
            state: row.state.key(),
            duplicate: row.is_duplicate,
            late: row.is_late,
            alike: row.is_alike,
            unknown_unit: row.unit == Unit::Unknown,
            perhaps: if let Unit::Unsure(perhaps) = &row.unit { perhaps } else { &[] },
            error: brief.map(|brief| brief.errors),
            warning: brief.map(|brief| brief.warnings),
            untold: brief.map(|brief| brief.untold),
            unreadable: filing.and_then(|filing| filing.content.as_ref().err()).map(String::as_str),
            sha256: filing.and_then(|filing| filing.sha256.as_deref()),
        }
    }
}
