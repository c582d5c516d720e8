//! What was found, as a SARIF 2.1.0 log: one run, one result a finding.
//!
//! A finding that was accepted is a suppressed result, a rule that could not be evaluated an open one. Places are logical
//! locations: what stands in a Word file has no line.

use serde_json::{Value, json};

use super::check::Checked;
use crate::check::{Finding, RULES, Review, Rule, Severity};
use crate::report::edit::Patch;
use crate::report::{Place, Report};

/// How many characters of a sentence are told on either side of the words that a finding is about.
const AROUND: usize = 200;

/// The log of a run of the checks.
pub(super) fn log(checked: &[Checked]) -> Value {
    let read = || checked.iter().filter_map(|one| Some((one, one.outcome.as_ref().ok()?)));
    let results: Vec<Value> =
        read().flat_map(|(one, (report, review))| results(&one.name, report, review)).collect();
    let failures: Vec<Value> = checked.iter().filter_map(failure).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "language": "zh-CN",
                "rules": RULES.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
            }},
            "language": "zh-CN",
            "columnKind": "unicodeCodePoints",
            "artifacts": checked.iter().map(|one| json!({"location": {"uri": uri(&one.name)}})).collect::<Vec<_>>(),
            "invocations": [{
                "executionSuccessful": failures.is_empty(),
                "toolExecutionNotifications": failures,
            }],
            "results": results,
        }],
    })
}

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.explanation},
        "help": {"text": format!("{}\n依据：{}", rule.explanation, rule.basis.label())},
        "defaultConfiguration": {"level": level(rule.severity)},
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn results(file: &str, report: &Report, review: &Review) -> Vec<Value> {
    let found = review.findings.iter().map(|finding| result(file, report, finding));
    let untold = review.unknown.iter().map(|unknown| {
        json!({
            "ruleId": unknown.rule,
            "ruleIndex": index(unknown.rule),
            "kind": "open",
            "level": "none",
            "message": {"text": unknown.reason},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(file)}}}],
        })
    });
    found.chain(untold).collect()
}

fn result(file: &str, report: &Report, finding: &Finding) -> Value {
    let mut result = json!({
        "ruleId": finding.rule.id,
        "ruleIndex": index(finding.rule.id),
        "level": level(finding.severity),
        "message": {"text": message(report, finding)},
        "locations": [{
            "physicalLocation": {"artifactLocation": {"uri": uri(file)}},
            "logicalLocations": finding.places.iter().map(|place| logical(*place, report)).collect::<Vec<_>>(),
        }],
        "properties": {
            "places": finding.places,
            "fixes": finding.fixes.iter().map(|fix| json!({"title": fix.title, "set": Patch(&fix.set)})).collect::<Vec<_>>(),
        },
    });
    if let Some(reason) = &finding.waived {
        result["suppressions"] = json!([{"kind": "external", "status": "accepted", "justification": reason}]);
    }
    result
}

fn message(report: &Report, finding: &Finding) -> String {
    match finding.quote.as_ref().and_then(|quote| quote.sentence(report, AROUND)) {
        Some([before, words, behind]) => format!("{}\n原文：{before}【{words}】{behind}", finding.message),
        None => finding.message.clone(),
    }
}

fn logical(place: Place, report: &Report) -> Value {
    json!({"fullyQualifiedName": place.to_string(), "name": place.label(report.form())})
}

fn failure(one: &Checked) -> Option<Value> {
    let error = &one.outcome.as_ref().err()?.message;
    Some(json!({
        "level": "error",
        "message": {"text": error},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(&one.name)}}}],
    }))
}

fn index(id: &str) -> Option<usize> {
    RULES.iter().position(|rule| rule.id == id)
}

/// The name of a file as a relative or absolute reference (RFC 3986): what a path may not hold is given by its bytes.
fn uri(name: &str) -> String {
    let kept = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    name.bytes()
        .map(|byte| if kept(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn a_file_name_is_a_reference() {
        assert_eq!(uri("报送/a b#1.txt"), "%E6%8A%A5%E9%80%81/a%20b%231.txt");
        assert_eq!(uri("./x-1_y.json"), "./x-1_y.json");
    }
}
