//! A table in the columns of a terminal: names, numbers in columns as wide as the widest of them, and behind each row a
//! text or a bar. It is ASCII but for what stands in it, and of one width on every terminal.

use crate::cli::print::Output;
use crate::language::Language;
use crate::trends::bar::length;
use crate::width::{Ambiguous, fit, pad_left, width};

/// In doubt letters that are of one or two columns count as two, as where text is wrapped.
pub(super) const WIDE: Ambiguous = Ambiguous::Wide;

/// The widest column of names, and the narrowest.
const NAME: [usize; 2] = [34, 10];
/// The longest bar, and the shortest room that is worth one.
const BAR: [usize; 2] = [30, 8];
/// The blanks between two columns.
const GAP: usize = 2;

/// What stands behind the numbers of a row.
pub(super) enum Tail {
    Text(String),
    /// A bar for a number, of at most so much.
    Bar(i64, i64),
}

/// A table, its heads being its first row.
#[derive(Default)]
pub(super) struct Table {
    rows: Vec<(String, Vec<String>, Tail)>,
}

impl Table {
    /// Puts a row below the others.
    pub(super) fn row(&mut self, name: &str, cells: Vec<String>, tail: Tail) {
        self.rows.push((name.to_owned(), cells, tail));
    }

    /// The same in the language of the user.
    fn said(&self, language: Language) -> Self {
        let say = |text: &String| language.say(text).into_owned();
        let row = |(name, cells, tail): &(String, Vec<String>, Tail)| {
            let tail = match tail {
                Tail::Text(text) => Tail::Text(say(text)),
                Tail::Bar(count, most) => Tail::Bar(*count, *most),
            };
            (say(name), cells.iter().map(say).collect(), tail)
        };
        Self { rows: self.rows.iter().map(row).collect() }
    }

    /// Prints it. Where it is too wide it leaves out the first columns, but not the last ones; says how many it left out.
    pub(super) fn print(&self, last: usize, output: &mut Output) -> usize {
        self.said(output.language()).print_as_it_is(last, output)
    }

    fn print_as_it_is(&self, last: usize, output: &mut Output) -> usize {
        let names = self.rows.iter().map(|(name, ..)| width(name, WIDE));
        let longest = names.max().unwrap_or_default().min(NAME[0]);
        let room = output.columns().saturating_sub(GAP + self.tail());
        let all = self.columns();
        let (left_out, gap) = (0..=all.len().saturating_sub(last))
            .flat_map(|left_out| [(left_out, GAP), (left_out, GAP - 1)])
            .find(|(left_out, gap)| longest + taken(&all[*left_out..], *gap) <= room)
            .unwrap_or((all.len().saturating_sub(last), GAP - 1));
        let columns = &all[left_out..];
        let name = longest.min(room.saturating_sub(taken(columns, gap))).max(NAME[1]);
        let bar = output.columns().saturating_sub(GAP + name + taken(columns, gap) + GAP).min(BAR[0]);
        for (label, cells, tail) in &self.rows {
            let cells = cells[left_out..].iter().zip(columns);
            let cells: String = cells.map(|(cell, column)| pad_left(cell, column + gap, WIDE)).collect();
            let tail = match tail {
                Tail::Text(text) => text.clone(),
                Tail::Bar(count, most) => {
                    let long = length(*count, *most, i64::try_from(bar).unwrap_or_default());
                    "#".repeat(usize::try_from(long).unwrap_or_default())
                }
            };
            output.as_it_stands(format!("  {}{cells}  {tail}", fit(label, name, WIDE)).trim_end());
        }
        left_out
    }

    /// How wide each column of numbers is.
    fn columns(&self) -> Vec<usize> {
        let count = self.rows.iter().map(|(_, cells, _)| cells.len()).max().unwrap_or_default();
        let widest = |nth: usize| {
            self.rows.iter().filter_map(|(_, cells, _)| cells.get(nth)).map(|cell| width(cell, WIDE)).max()
        };
        (0..count).map(|nth| widest(nth).unwrap_or_default()).collect()
    }

    /// How much room there has to be behind the numbers.
    fn tail(&self) -> usize {
        let tail = self.rows.iter().map(|(.., tail)| match tail {
            Tail::Text(text) if text.is_empty() => 0,
            Tail::Text(text) => width(text, WIDE) + GAP,
            Tail::Bar(..) => BAR[1] + GAP,
        });
        tail.max().unwrap_or_default()
    }
}

/// How much room columns take, with so many blanks before each.
fn taken(columns: &[usize], gap: usize) -> usize {
    columns.iter().map(|column| column + gap).sum()
}
