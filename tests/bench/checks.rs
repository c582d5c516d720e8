//! What checking costs: `cargo bench --bench checks`. Figures only; nothing here can fail a build.

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on stops")]

#[path = "../suite/sound.rs"]
mod sound;

use divan::{Bencher, black_box};
use nianbao::check::localize::localize;
use nianbao::check::{self, Background, Facts};
use nianbao::form::Form;
use nianbao::form::terms::Section;
use nianbao::report::{Edit, Place, Report, Value};
use nianbao::session::Session;
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

/// Sentences of the kind that section one is made of, with figures, shares and denials in them.
const SENTENCES: &str = "2025年，我镇主动公开政府信息158条，其中政务动态97条、惠民政策41条、其他20条，同比增长12.5%。\
    新收政府信息公开申请17件，上年结转2件，均在法定期限内办结，其中予以公开9件，部分公开3件，占63.2%，无法提供5件，结转下年0件。\
    未发生因政府信息公开引发的行政复议、行政诉讼。制发行政规范性文件2件，废止1件，现行有效6件。\
    加强“云溪发布”公众号管理，按照“谁公开、谁审查”的原则落实三级审核，全年组织培训2次，参训人员76人次。";

/// An open report with a section of 1,000 characters in it and last year's report behind it.
fn open() -> Session {
    let form = Form::current();
    let mut report = sound::report(form, &sound::counts(form, &mut Dice::new(3)));
    let text: String = SENTENCES.chars().cycle().take(1000).collect();
    report.apply(Edit::set(Section::Overview, Some(Value::Text(text))));
    let previous = Some(sound::last_year(&report));
    let mut session = Session::new(report);
    session.set_background(Background { previous, ..Background::default() });
    session
}

/// A keystroke in a section of 1,000 characters, with all rules.
#[divan::bench(sample_count = 1000, sample_size = 1)]
fn keystroke(bencher: Bencher) {
    let mut session = open();
    let text = session.report().text(Section::Overview).to_owned();
    let mut at = 0;
    bencher.bench_local(|| {
        at = (at + 7) % text.chars().count();
        let typed: String = text.chars().take(at).chain(['数']).chain(text.chars().skip(at)).collect();
        black_box(session.apply("输入", Edit::set(Section::Overview, Some(Value::Text(typed)))));
    });
}

/// A confirmed cell, with all rules.
#[divan::bench(sample_count = 1000, sample_size = 1)]
fn confirmed_cell(bencher: Bencher) {
    let mut session = open();
    let cells: Vec<Place> = Form::current().cells().iter().map(|info| info.cell.into()).collect();
    let mut next = 0;
    bencher.bench_local(|| {
        next += 1;
        let place = cells[next % cells.len()];
        black_box(session.apply("填写", Edit::set(place, Some(Value::count(next as i64)))));
    });
}
