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

use std::sync::LazyLock;

pub use facts::{Background, Facts};
pub use profile::Profile;
use review::MOST_WORDS;
pub use review::{Finding, Fix, Quote, Review, Unknown};
pub use rule::{Basis, Example, Rule, Severity};

use crate::report::Report;

/// The families of rules in the order of the catalogue, by the letter that their ids begin with.
const FAMILIES: &str = "AYPISLGTR";

/// Every rule, family by family as the catalogue has them. Each file of rules lists its own; the compiler takes one that is in no
/// list for dead code, if nothing else names it, and a test counts them.
pub static RULES: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    let mut rules = [
        announced::RULES,
        balance::RULES,
        claims::RULES,
        competence::RULES,
        complete::RULES,
        contents::RULES,
        copies::RULES,
        dates::RULES,
        figures::RULES,
        identity::RULES,
        localize::RULES,
        numbering::RULES,
        organ::RULES,
        personal::RULES,
        previous::RULES,
        rollup::RULES,
        structure::RULES,
        text::RULES,
        wording::RULES,
    ]
    .concat();
    rules.sort_by_key(|rule| (FAMILIES.find(&rule.id[..1]), rule.id));
    rules
});

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
