//! The checks: one value a rule, one table of rules, one function that runs them.
//!
//! A rule holds, is broken, or cannot tell; the last is said, never passed over. Rules read [`Facts`] and write
//! [`Review`]; they know nothing of files, screens or history, and cannot fail.

pub mod announced;
pub mod balance;
pub mod claims;
pub mod competence;
pub mod complete;
pub mod contents;
pub mod copies;
pub mod dates;
mod facts;
pub mod figures;
pub mod identity;
pub mod localize;
pub mod numbering;
pub mod organ;
pub mod personal;
pub mod previous;
pub mod profile;
mod review;
pub mod rollup;
mod rule;
mod saved;
pub mod structure;
pub mod text;
pub mod wording;

pub use facts::{Background, Facts};
pub use profile::Profile;
use review::MOST_WORDS;
pub use review::{Finding, Fix, Quote, Review, Unknown};
pub use rule::{Basis, Example, Rule, Severity};

use crate::report::Report;

/// Every rule, family by family as the catalogue has them.
pub static RULES: &[&Rule] = &[
    &balance::A01,
    &balance::A02,
    &balance::A03,
    &balance::A04,
    &complete::A05,
    &complete::A06,
    &complete::A07,
    &localize::A08,
    &previous::Y01,
    &previous::Y02,
    &previous::Y03,
    &previous::Y04,
    &previous::Y05,
    &previous::Y06,
    &previous::Y07,
    &copies::Y08,
    &copies::Y09,
    &claims::P01,
    &claims::P02,
    &claims::P03,
    &claims::P04,
    &claims::P05,
    &claims::P06,
    &claims::P07,
    &claims::P08,
    &figures::P09,
    &figures::P10,
    &figures::P11,
    &announced::P12,
    &identity::I01,
    &identity::I02,
    &organ::I03,
    &dates::I04,
    &dates::I05,
    &dates::I06,
    &wording::I07,
    &structure::S01,
    &structure::S02,
    &structure::S03,
    &structure::S04,
    &structure::S05,
    &structure::S06,
    &contents::S07,
    &contents::S08,
    &contents::S09,
    &contents::S10,
    &numbering::S11,
    &competence::L01,
    &competence::L02,
    &competence::L03,
    &competence::L04,
    &competence::L05,
    &competence::L06,
    &competence::L07,
    &copies::G01,
    &wording::G02,
    &wording::G03,
    &text::T01,
    &personal::T02,
    &text::T03,
    &rollup::R01,
    &rollup::R02,
    &rollup::R03,
    &rollup::R04,
];

/// The rule with this id, in upper or lower case.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id.eq_ignore_ascii_case(id))
}

/// Runs every rule on a report by itself.
pub fn check(report: &Report) -> Review {
    run(&Facts::new(report))
}

/// Runs the rules on a report before its background.
pub fn check_before(report: &Report, background: &Background) -> Review {
    run(&Facts::before(report, background))
}

fn run(facts: &Facts<'_>) -> Review {
    let mut review = Review::default();
    for rule in RULES.iter().filter(|rule| !facts.profile.off.contains(rule.id)) {
        (rule.run)(facts, &mut review);
    }
    review.withdraw_impossible_fixes();
    review.accept(facts.report);
    review
}
