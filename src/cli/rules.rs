//! `rules`: what is checked, on which basis, with an example that is wrong and one that is right.
//!
//! Everything it says is read from the rules themselves.

use serde::Serialize;

use super::arguments::Rules;
use super::print::Output;
use super::{Error, Status};
use crate::check::{Example, RULES, Rule};
use crate::form::Form;
use crate::report::Place;

/// A rule as other programs read it.
#[derive(Serialize)]
struct Described {
    id: &'static str,
    name: &'static str,
    severity: &'static str,
    title: &'static str,
    basis: String,
    explanation: &'static str,
    wrong: Vec<serde_json::Map<String, serde_json::Value>>,
    right: Vec<serde_json::Map<String, serde_json::Value>>,
}

/// Prints all rules, or explains one.
pub(super) fn run(arguments: &Rules, output: &mut Output) -> Result<Status, Error> {
    let rules = match &arguments.rule {
        None => RULES.to_vec(),
        Some(named) => vec![find(named)?],
    };
    match (arguments.json, &arguments.rule) {
        (true, _) => rules.iter().for_each(|rule| output.json(&describe(rule))),
        (false, None) => rules.iter().for_each(|rule| list(rule, output)),
        (false, Some(_)) => rules.iter().for_each(|rule| explain(rule, output)),
    }
    Ok(Status::Clean)
}

fn find(named: &str) -> Result<&'static Rule, Error> {
    let known = |rule: &&&Rule| rule.id.eq_ignore_ascii_case(named) || rule.name == named;
    RULES.iter().find(known).copied().ok_or_else(|| Error::UnknownRule(named.to_owned()))
}

fn describe(rule: &Rule) -> Described {
    let examples = |examples: &'static [Example]| examples.iter().map(|example| patch(example)).collect();
    Described {
        id: rule.id,
        name: rule.name,
        severity: rule.severity.key(),
        title: rule.title,
        basis: rule.basis.label(),
        explanation: rule.explanation,
        wrong: examples(rule.wrong),
        right: examples(rule.right),
    }
}

fn patch(example: Example) -> serde_json::Map<String, serde_json::Value> {
    example.iter().map(|&(place, value)| (place.to_owned(), value.into())).collect()
}

fn list(rule: &Rule, output: &mut Output) {
    output.wrapped(&format!("{}  {}  {:<18}  ", rule.id, rule.severity.label(), rule.name), rule.title);
}

fn explain(rule: &Rule, output: &mut Output) {
    output.line(&format!("{} {}（{}）", rule.id, rule.name, rule.severity.label()));
    output.wrapped("", rule.title);
    output.wrapped("依据：", &rule.basis.label());
    output.wrapped("说明：", rule.explanation);
    // An example that changes nothing shows nothing.
    let first = |examples: &'static [Example]| examples.iter().find(|example| !example.is_empty());
    if let Some(example) = first(rule.wrong) {
        output.line("这样会报：");
        patched(example, output);
    }
    if let Some(example) = first(rule.right) {
        output.line("这样不报：");
        patched(example, output);
    }
}

fn patched(example: Example, output: &mut Output) {
    for &(spelling, value) in example {
        let written = match (spelling.strip_prefix('!'), value) {
            (Some("form"), form) => format!("用 {form} 年的表样"),
            (Some(kind), about) => format!("读入文件时有“{kind}”的提示，关于{}", label(about)),
            (None, "") => format!("{} = （空白）", label(spelling)),
            (None, text) => format!("{} = {}", label(spelling), text.replace('\n', " ")),
        };
        output.wrapped("  ", &written);
    }
}

/// A place in the words of the first form that has it.
fn label(spelling: &str) -> String {
    let label =
        |place: Place| Form::all().iter().find(|form| holds(form, place)).map(|form| place.label(form));
    Place::parse(spelling).and_then(label).unwrap_or_else(|| spelling.to_owned())
}

/// Whether a form has a place, a table as a whole included.
fn holds(form: &Form, place: Place) -> bool {
    place.cell().is_none() || place.is_in(form)
}
