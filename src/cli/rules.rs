//! `rules`: what is checked, on which basis, with an example that is wrong and one that is right.
//!
//! Everything it says is read from the rules themselves.

use serde::Serialize;

use std::collections::BTreeSet;

use super::arguments::Rules;
use super::print::Output;
use super::{Desk, Error, Status};
use crate::check::profile::{OFF, SETTINGS};
use crate::check::{Example, RULES, Rule, Severity};
use crate::config::Config;
use crate::form::Form;
use crate::language::Language;
use crate::report::Place;
use crate::width::{Ambiguous, fit, width};

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
    unknown: Vec<serde_json::Map<String, serde_json::Value>>,
}

/// A setting of the profile as other programs read it.
#[derive(Serialize)]
struct InForce {
    key: &'static str,
    value: String,
    title: &'static str,
    why: String,
}

/// Prints all rules, explains one or a family, or prints what custom decides.
pub(super) fn run(arguments: &Rules, desk: &Desk, output: &mut Output) -> Result<Status, Error> {
    if arguments.profile {
        profile(&desk.config()?, arguments.json, output);
        return Ok(Status::Clean);
    }
    let rules = match &arguments.rule {
        None => RULES.to_vec(),
        Some(named) => find(named)?,
    };
    match (arguments.json, &rules[..]) {
        (true, rules) => rules.iter().for_each(|rule| output.json(&describe(rule))),
        (false, [rule]) => explain(rule, output),
        (false, rules) => rules.iter().for_each(|rule| list(rule, output)),
    }
    Ok(Status::Clean)
}

/// The ids of the rules that are named by id, name or the letter of their family.
pub(super) fn named(names: &[String]) -> Result<BTreeSet<&'static str>, Error> {
    let mut ids = BTreeSet::new();
    for name in names {
        ids.extend(find(name)?.iter().map(|rule| rule.id));
    }
    Ok(ids)
}

fn find(named: &str) -> Result<Vec<&'static Rule>, Error> {
    let is_meant = |rule: &&'static Rule| {
        let family = &rule.id[..1];
        [rule.id, rule.name, family].iter().any(|known| known.eq_ignore_ascii_case(named.trim()))
    };
    let found: Vec<_> = RULES.iter().copied().filter(is_meant).collect();
    if found.is_empty() { Err(Error::UnknownRule(named.to_owned())) } else { Ok(found) }
}

/// Prints what custom decides: what is in force, and who says so.
fn profile(config: &Config, json: bool, output: &mut Output) {
    let rows = SETTINGS.iter().map(|setting| {
        let value = setting.written((setting.get)(&config.profile));
        (setting.key, value, setting.title, setting.why)
    });
    let off: Vec<String> = config.profile.off.iter().map(|id| format!("\"{id}\"")).collect();
    let off = (OFF, format!("[{}]", off.join(", ")), "不查的规则（只能是各地做法和参考级的）", "默认全查");
    if !json {
        output.line(&config.file_note());
        output.line("[profile]");
    }
    for (key, value, title, why) in rows.chain([off]) {
        let why = match config.lines.get(key) {
            Some(line) => format!("配置文件第 {line} 行"),
            None => format!("默认：{why}"),
        };
        if json {
            output.json(&InForce { key, value, title, why });
        } else {
            output.line(&format!("# {title}。{why}"));
            output.line(&format!("{key} = {value}"));
        }
    }
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
        unknown: examples(rule.unknown),
    }
}

fn patch(example: Example) -> serde_json::Map<String, serde_json::Value> {
    example.iter().map(|&(place, value)| (place.to_owned(), value.into())).collect()
}

fn list(rule: &Rule, output: &mut Output) {
    let label = |severity: Severity| output.language().say(severity.label());
    let columns = Severity::ALL.map(|severity| width(&label(severity), Ambiguous::Narrow)).into_iter().max();
    let severity = fit(&label(rule.severity), columns.unwrap_or_default(), Ambiguous::Narrow);
    output.wrapped(&format!("{}  {severity}  {:<18}  ", rule.id, rule.name), rule.title);
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
    if let Some(example) = first(rule.unknown) {
        output.line("这样核对不了，会说明：");
        patched(example, output);
    }
}

fn patched(example: Example, output: &mut Output) {
    for &(spelling, value) in example {
        output.quoted("  ", &circumstance(spelling, value, output.language()));
    }
}

/// One line of an example in words: what stands where, or what else is so.
fn circumstance(spelling: &str, value: &str, language: Language) -> String {
    let say = |text: &str| language.say(text).into_owned();
    let written = |spelling: &str| match value {
        "" => format!("{} = {}", say(&label(spelling)), say("（空白）")),
        text => format!("{} = {}", say(&label(spelling)), text.replace('\n', " ")),
    };
    match spelling.split_once(':') {
        _ if spelling == "!form" => say(&format!("用 {value} 年的表样")),
        _ if spelling.starts_with('!') => {
            say(&format!("读入文件时有“{}”的提示，关于{}", &spelling[1..], label(value)))
        }
        Some(("last", "")) => say("没有上年报告"),
        Some(("last", "=")) => say("上年报告的三张表与今年一格不差"),
        Some(("last", place)) => format!("{} {}", say("上年报告里"), written(place)),
        Some(("other", place)) => format!("{} {}", say("同一文件夹里另一单位的报告"), written(place)),
        Some(("profile", key)) => say(&format!("配置里 {key} = {value}")),
        _ => written(spelling),
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
