//! The points of a letter: what is one fault is one point, in the order of the report.
//!
//! How a point is worded is [`wording`](super::wording)'s.

use crate::check::{Finding, Review, Severity};
use crate::desk::Note;
use crate::form::terms::Section;
use crate::report::{Place, Report};

/// One thing that a letter says.
#[derive(Clone, Debug)]
pub struct Point<'a> {
    /// The findings that are one fault together.
    pub findings: Vec<&'a Finding>,
    /// What the rules suspect behind sums that do not close, where they do.
    pub slip: Option<&'a Finding>,
    /// What the reviewer says; then there are no findings.
    pub note: Option<&'a Note>,
}

/// Where a point stands in the order of a letter: what is of no place last, else the section, the place, the character.
type Order = (bool, Option<Section>, Option<Place>, usize);

impl Point<'_> {
    /// How grave it is; none for a note.
    pub fn severity(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }

    /// Where it is: what is to be changed, as far as that is known.
    pub fn place(&self) -> Option<Place> {
        let finding = self.slip.or_else(|| self.findings.first().copied()).and_then(Finding::place);
        finding.or_else(|| self.note?.place)
    }

    fn order(&self, report: &Report) -> Order {
        let place = self.place();
        let quote = self.findings.first().and_then(|finding| finding.quote.as_ref());
        let noted = self.note.and_then(|note| begin(report, note));
        let start = quote.map(|quote| quote.start).or(noted).unwrap_or_default();
        (place.is_none(), place.and_then(Place::section), place, start)
    }
}

/// What a letter says of a report: the findings that stand, those that are only worth a look by choice, and the notes.
pub fn points<'a>(
    report: &Report,
    review: &'a Review,
    notes: &'a [Note],
    with_remarks: bool,
) -> Vec<Point<'a>> {
    let mut points: Vec<Point<'a>> = Vec::new();
    let slips: Vec<&Finding> = review.standing().filter(|finding| finding.rule.id == "A08").collect();
    let least = if with_remarks { Severity::Info } else { Severity::Warning };
    let said = review.standing().filter(|finding| finding.severity >= least && finding.rule.id != "A08");
    for finding in said {
        match points.iter_mut().find(|point| point.findings.iter().any(|other| are_one_fault(other, finding)))
        {
            Some(point) => point.findings.push(finding),
            None => {
                let slip = slips.iter().copied().find(|slip| explains(slip, finding));
                points.push(Point { findings: vec![finding], slip, note: None });
            }
        }
    }
    // A suspicion is of sums; where these were accepted, it is a remark by itself.
    let is_told =
        |slip: &Finding| points.iter().filter_map(|point| point.slip).any(|told| std::ptr::eq(told, slip));
    let alone: Vec<&Finding> = slips.into_iter().filter(|slip| with_remarks && !is_told(slip)).collect();
    points.extend(alone.into_iter().map(|slip| Point { findings: vec![slip], slip: None, note: None }));
    points.extend(notes.iter().map(|note| Point { findings: Vec::new(), slip: None, note: Some(note) }));
    points.sort_by_cached_key(|point| point.order(report));
    points
}

/// Whether two findings are one fault: mended by the same edit, or the same thing said of several rows or sentences.
fn are_one_fault(one: &Finding, other: &Finding) -> bool {
    let mended = |finding: &Finding| finding.fixes.first().map(|fix| fix.set.clone());
    let section = |finding: &Finding| finding.place().map(Place::section);
    let is_bare = |finding: &Finding| finding.quote.is_none() && finding.fixes.is_empty();
    let is_alike = split(&one.message).1 == split(&other.message).1 || is_bare(one) && is_bare(other);
    let is_of_one_rule = one.rule.id == other.rule.id && section(one) == section(other);
    mended(one).is_some_and(|edit| mended(other) == Some(edit)) || is_of_one_rule && is_alike
}

/// Whether a suspected slip is what is behind a sum that does not close.
fn explains(slip: &Finding, sum: &Finding) -> bool {
    let first = sum.fixes.first().filter(|_| sum.is_of_a_sum());
    first.is_some_and(|fix| slip.fixes.iter().any(|other| other.set == fix.set))
}

/// What a message is about, and what it says of it.
pub(super) fn split(message: &str) -> (&str, &str) {
    message.split_once('：').unwrap_or(("", message))
}

/// Where the words of a note begin in their section, in characters, if they are still there.
pub(super) fn begin(report: &Report, note: &Note) -> Option<usize> {
    let text = report.text(note.place?);
    let at = text.find(&note.quote).filter(|_| !note.quote.is_empty())?;
    Some(text[..at].chars().count())
}
