//! What was found in one report, for the clerk: grouped by section, wrapped to the terminal.
//!
//! The words of each finding are its rule's; here they are only put in order.

use std::collections::BTreeMap;

use super::print::Output;
use crate::check::{Finding, Fix, Review, Severity};
use crate::form::Form;
use crate::form::terms::Section;
use crate::report::{Place, Report};

/// How many characters of a sentence are shown on either side of the words that a finding is about.
const AROUND: usize = 40;

/// How many ways to mend a finding are printed; the likeliest come first.
const MOST_FIXES: usize = 3;

/// Prints what `review` says of `report`, which was read from `file`.
pub(super) fn print(file: &str, report: &Report, review: &Review, output: &mut Output) {
    output.wrapped("", &heading(file, report));
    let mut sections: BTreeMap<Option<Section>, Vec<&Finding>> = BTreeMap::new();
    for finding in &review.findings {
        sections.entry(finding.places.first().and_then(|place| place.section())).or_default().push(finding);
    }
    let mut said = Vec::new();
    for (section, findings) in sections {
        output.line("");
        output.line(&part(section.map(Place::from), report.form()));
        findings.into_iter().for_each(|finding| print_finding(finding, report, &mut said, output));
    }
    output.line("");
    output.line(&summary(review));
    for (rules, reason) in review.untold() {
        output.wrapped(&format!("  {rules}："), reason);
    }
}

/// The part of the report that a place is in, in the clerk's words.
pub(super) fn part(place: Option<Place>, form: &Form) -> String {
    let section = place.and_then(Place::section);
    section.map_or_else(|| "封面".to_owned(), |section| Place::from(section).label(form))
}

/// The counts of findings in words: `错误 2，提示 1，参考 0`.
pub(super) fn counts(review: &Review) -> String {
    let [error, warning, info] =
        [Severity::Error, Severity::Warning, Severity::Info].map(|severity| review.count(severity));
    format!("错误 {error}，提示 {warning}，参考 {info}")
}

/// Whose report it is, for which year, on which form.
pub(super) fn heading(file: &str, report: &Report) -> String {
    let agency = Some(report.agency()).filter(|agency| !agency.is_empty()).unwrap_or("机关不详");
    let year = report.year().map_or_else(|| "年度不详".to_owned(), |year| format!("{year} 年"));
    format!("{file}：{agency}，{year}（{} 年表样）", report.form().decree.key)
}

/// Prints a finding; of a way to mend it that was `said` for another one only the beginning is said again.
fn print_finding<'r>(finding: &'r Finding, report: &Report, said: &mut Vec<&'r Fix>, output: &mut Output) {
    let lead = format!("  {} {}  ", finding.severity.label(), finding.rule.id);
    output.wrapped(&lead, &finding.message);
    if let Some([before, words, behind]) = finding.quote.as_ref().and_then(|q| q.sentence(report, AROUND)) {
        output.quoted("            原文：", &format!("{before}【{words}】{behind}"));
    }
    if let Some(reason) = &finding.waived {
        return output.quoted("            已说明：", reason);
    }
    for fix in finding.fixes.iter().take(MOST_FIXES) {
        match said.contains(&fix) {
            true => output.begun("            改法：", &fix.title),
            false => output.wrapped("            改法：", &fix.title),
        }
        said.push(fix);
    }
    if let Some(more @ 1..) = finding.fixes.len().checked_sub(MOST_FIXES) {
        output.line(&format!("            另有 {more} 种改法，用 --json 看全部"));
    }
}

fn summary(review: &Review) -> String {
    let accepted = review.findings.iter().filter(|finding| finding.waived.is_some()).count();
    let mut summary = format!("合计：{}", counts(review));
    if accepted > 0 {
        summary += &format!("，已说明 {accepted}");
    }
    match review.unknown.len() {
        0 => summary + "。",
        unknown => format!("{summary}。有 {unknown} 条规则无法核对："),
    }
}
