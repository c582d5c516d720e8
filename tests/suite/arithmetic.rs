//! The sums stated a second time, in `tests/arithmetic.py`: program and script find the same ones violated, with the
//! same sides.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use nianbao::check;
use nianbao::form::{Equation, Form};
use nianbao::report::{Edit, Report, Value};

use crate::laws::samples;
use crate::sound::{self, Dice};

/// The script, running: a report in, a line out.
struct Script {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Script {
    /// Starts the script; where there is no Python, says so.
    fn start() -> Option<Self> {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/arithmetic.py");
        let started = Command::new("python3").arg(path).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        if started.as_ref().is_err_and(|error| error.kind() == ErrorKind::NotFound) {
            crate::support::skipped(&format!("python3 is not here, so nothing was compared with {path}"));
            return None;
        }
        let mut child = started.unwrap();
        let input = child.stdin.take().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        Some(Self { child, input, output })
    }

    /// The sums that the script finds violated.
    fn violated(&mut self, report: &Report) -> Vec<String> {
        writeln!(self.input, "{}", report.to_json()).unwrap();
        let mut line = String::new();
        assert!(self.output.read_line(&mut line).unwrap() > 0, "the script stopped at {}", report.to_json());
        line.trim_end().split("; ").filter(|sum| !sum.is_empty()).map(str::to_owned).collect()
    }

    /// Ends the script, which has to have nothing to complain of.
    fn end(mut self) {
        drop(self.input);
        assert!(self.child.wait().unwrap().success());
    }
}

/// The sums that the program finds violated, as the script writes them.
fn violated(report: &Report) -> Vec<String> {
    let findings = check::check(report).findings;
    let sums = findings.iter().filter(|finding| ["A01", "A02", "A03", "A04"].contains(&finding.rule.id));
    let mut sums: Vec<String> = sums
        .map(|finding| {
            let (left, right) = sides(&finding.message);
            format!("{} {} {left} {right}", finding.rule.id, finding.places[0])
        })
        .collect();
    sums.sort();
    sums
}

/// Both sides of a violated sum as its message tells them to the clerk: `…：1 + 2 = 3，总计填的是 4，差 1。…`
pub(crate) fn sides(message: &str) -> (i64, i64) {
    let (_, said) = message.rsplit_once('：').unwrap();
    let last = |clause: &str| clause.rsplit(' ').next()?.parse::<i64>().ok();
    let [left, right, difference] = said.splitn(3, '，').collect::<Vec<_>>()[..] else {
        panic!("{message}")
    };
    let (left, right) = last(left).zip(last(right)).unwrap_or_else(|| panic!("{message}"));
    assert!(difference.contains(&format!("差 {}。", (left - right).abs())), "{message}");
    (left, right)
}

/// A sound report after none to four accidents, not all of which do harm.
fn after_accidents(form: &'static Form, dice: &mut Dice) -> Report {
    let counts = if dice.below(2) == 0 { sound::counts(form, dice) } else { sound::spread(form, dice) };
    let mut report = sound::report(form, &counts);
    for _ in 0..dice.below(5) {
        let cell = dice.below(counts.len());
        let next = counts[(cell + 1) % counts.len()];
        let texts = match dice.below(9) {
            0 | 1 => vec![(cell, String::new())],
            2 => vec![(cell, ["/", "约20", "-3", "1.5", "12元", "999999999999"][dice.below(6)].to_owned())],
            3 => vec![(cell, counts[cell].to_string())],
            4 => vec![(cell, (counts[cell] + 1).to_string())],
            5 => vec![(cell, format!("{}0", counts[cell]))],
            6 => vec![(cell, next.to_string())],
            7 => vec![(cell, dice.count().to_string())],
            _ => compensated(&form.equations()[dice.below(form.equations().len())], &counts, dice),
        };
        for (cell, text) in texts {
            let cell = form.cells()[cell].cell;
            report.apply(Edit::set(cell, Value::read(cell.into(), &text).0));
        }
    }
    report
}

/// One more on either side of a sum: it closes as before, while others with those cells do not.
fn compensated(sum: &Equation, counts: &[i64], dice: &mut Dice) -> Vec<(usize, String)> {
    let sides = [&sum.left, &sum.right].map(|side| side[dice.below(side.len())]);
    sides.iter().map(|&cell| (cell, (counts[cell] + 1).to_string())).collect()
}

#[test]
fn a_second_statement_of_the_sums_agrees_with_the_first() {
    let Some(mut script) = Script::start() else { return };
    let form = Form::current();
    let mut dice = Dice::new(711);
    let (mut sound, mut found, mut seen) = (0, 0, BTreeSet::new());
    let reports = samples(500);
    for _ in 0..reports {
        let report = after_accidents(form, &mut dice);
        let ours = violated(&report);
        assert_eq!(ours, script.violated(&report), "program and script at {}", report.to_json());
        sound += usize::from(ours.is_empty());
        found += ours.len();
        seen.extend(ours.iter().map(|sum| sum.split(' ').take(2).collect::<Vec<_>>().join(" ")));
    }
    script.end();
    eprintln!("arithmetic: {reports} reports, {sound} with no sum violated, {found} violated sums compared");
    assert!(sound > 0 && seen.len() == form.equations().len(), "too few reports: {seen:?}");
}
