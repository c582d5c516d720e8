//! What checking costs: `cargo bench --bench checks`. Figures only; nothing here can fail a build.

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on stops")]

#[path = "../suite/sound.rs"]
mod sound;

use divan::{Bencher, black_box};
use nianbao::check::localize::localize;
use nianbao::check::{self, Facts};
use nianbao::form::Form;
use nianbao::form::terms::Section;
use nianbao::report::{Edit, Report, Value};
use sound::Dice;

fn main() {
    divan::main();
}

/// Reports with `slips` wrong cells in table 3 each.
fn wrong(slips: usize) -> Vec<Report> {
    let form = Form::current();
    let requests: Vec<usize> =
        (0..form.cells().len()).filter(|&c| form.cells()[c].cell.section() == Section::Requests).collect();
    let mut dice = Dice::new(8);
    let mut reports = Vec::new();
    for _ in 0..200 {
        let counts = sound::counts(form, &mut dice);
        let mut report = sound::report(form, &counts);
        for _ in 0..slips {
            let cell = requests[dice.below(requests.len())];
            let count = counts[cell] + 1 + dice.count();
            report.apply(Edit::set(form.cells()[cell].cell, Some(Value::count(count))));
        }
        reports.push(report);
    }
    reports
}

/// Localization of one report with that many wrong cells.
#[divan::bench(args = [1, 2, 3, 4, 6], sample_count = 1000, sample_size = 1)]
fn localization(bencher: Bencher, slips: usize) {
    let reports = wrong(slips);
    let mut next = 0;
    bencher
        .with_inputs(|| {
            next = (next + 1) % reports.len();
            &reports[next]
        })
        .bench_local_values(|report| black_box(localize(&Facts::new(report))));
}

/// All rules on one report with 0, 1 or 2 wrong cells.
#[divan::bench(args = [0, 1, 2], sample_count = 1000, sample_size = 1)]
fn all_rules(bencher: Bencher, slips: usize) {
    let reports = wrong(slips);
    let mut next = 0;
    bencher
        .with_inputs(|| {
            next = (next + 1) % reports.len();
            &reports[next]
        })
        .bench_local_values(|report| black_box(check::check(report)));
}
