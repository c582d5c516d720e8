//! The form in which a report is saved as a file: where, in which format, what goes with it.
//!
//! A pure value. The format is the one that the path ends in, so that the two cannot disagree.

use std::path::Path;

use super::Line;
use crate::export::Kind;

/// What was last chosen, offered again the next time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Choice {
    /// The format.
    pub kind: Kind,
    /// Whether the paragraph before section one is written.
    pub has_lead: bool,
    /// Whether what the checks have found is written behind the report.
    pub has_findings: bool,
}

impl Default for Choice {
    fn default() -> Self {
        Self { kind: Kind::Word, has_lead: true, has_findings: false }
    }
}

impl Choice {
    const NO_LEAD: &str = "no-lead";
    const FINDINGS: &str = "findings";

    /// The spelling in which it is remembered: `docx no-lead findings`.
    pub fn spelled(self) -> String {
        let extras = [(!self.has_lead, Self::NO_LEAD), (self.has_findings, Self::FINDINGS)];
        let extras = extras.into_iter().filter(|(is_there, _)| *is_there).map(|(_, name)| name);
        std::iter::once(self.kind.extension()).chain(extras).collect::<Vec<_>>().join(" ")
    }

    /// Reads that spelling; of what is not understood, the usual.
    pub fn read(spelled: &str) -> Self {
        let mut words = spelled.split(' ');
        let kind = words.next().and_then(Kind::from_extension).unwrap_or(Self::default().kind);
        let rest: Vec<&str> = words.collect();
        Self { kind, has_lead: !rest.contains(&Self::NO_LEAD), has_findings: rest.contains(&Self::FINDINGS) }
    }
}

/// The form.
#[derive(Clone, Debug)]
pub struct Exporting {
    /// The path.
    pub line: Line,
    /// The ways in which it may go on, if there are several.
    pub ways: Vec<String>,
    /// Whether the paragraph before section one is written.
    pub has_lead: bool,
    /// Whether what the checks have found is written behind the report.
    pub has_findings: bool,
    /// Which field is being filled in.
    pub at: ExportField,
}

/// A field of that form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExportField {
    /// The path.
    Path,
    /// The format.
    Kind,
    /// Whether the paragraph before section one is written.
    Lead,
    /// Whether the findings are.
    Findings,
}

impl ExportField {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Path, Self::Kind, Self::Lead, Self::Findings];

    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Path => "文件",
            Self::Kind => "格式",
            Self::Lead => "引言",
            Self::Findings => "检查结果",
        }
    }
}

impl Exporting {
    /// The form for a file of this name, without its ending; of one of a usual name where there is none.
    pub fn new(name: &str, choice: Choice) -> Self {
        let name = if name.is_empty() { "年报" } else { name };
        Self {
            line: Line::offered(&format!("{name}.{}", choice.kind.extension())),
            ways: Vec::new(),
            has_lead: choice.has_lead,
            has_findings: choice.has_findings,
            at: ExportField::Path,
        }
    }

    /// The format that the path ends in.
    pub fn kind(&self) -> Option<Kind> {
        let path = self.line.text().trim();
        // A path that ends in a separator names a directory.
        Kind::of_path(Path::new(path)).filter(|kind| path.to_lowercase().ends_with(kind.extension()))
    }

    /// What is chosen, once the path ends in a format.
    pub fn choice(&self) -> Option<Choice> {
        Some(Choice { kind: self.kind()?, has_lead: self.has_lead, has_findings: self.has_findings })
    }

    /// Goes to a field some steps on.
    pub fn go(&mut self, steps: isize) {
        let at = ExportField::ALL.iter().position(|&field| field == self.at).unwrap_or_default();
        let last = ExportField::ALL.len() - 1;
        self.at = ExportField::ALL[at.saturating_add_signed(steps).min(last)];
    }

    /// Changes the field that is being filled in to the next of its values, or the one before.
    pub fn turn(&mut self, forward: bool) {
        match self.at {
            ExportField::Path => {}
            ExportField::Kind => self.turn_kind(forward),
            ExportField::Lead => self.has_lead = !self.has_lead,
            ExportField::Findings => self.has_findings = !self.has_findings,
        }
    }

    /// Takes in what is typed: into the path, or a blank, which turns to the next value.
    pub fn typed(&mut self, text: &str) {
        match self.at {
            ExportField::Path => {
                self.line.insert(text);
                self.ways.clear();
            }
            _ if text == " " => self.turn(true),
            _ => {}
        }
    }

    fn turn_kind(&mut self, forward: bool) {
        let path = self.line.text().trim();
        let (stem, at) = match self.kind() {
            Some(kind) => {
                let stem = &path[..path.len() - kind.extension().len() - 1];
                (stem, Kind::ALL.iter().position(|&one| one == kind).unwrap_or_default())
            }
            None => (path, if forward { Kind::ALL.len() - 1 } else { 0 }),
        };
        let step = if forward { 1 } else { Kind::ALL.len() - 1 };
        let kind = Kind::ALL[(at + step) % Kind::ALL.len()];
        let begin = if self.line.is_offered() { Line::offered } else { Line::new };
        self.line = begin(&format!("{stem}.{}", kind.extension()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_remembered_in_words() {
        for kind in Kind::ALL {
            for (has_lead, has_findings) in [(true, true), (true, false), (false, true), (false, false)] {
                let choice = Choice { kind, has_lead, has_findings };
                assert_eq!(Choice::read(&choice.spelled()), choice);
            }
        }
        assert_eq!(Choice::read("doc"), Choice::default());
        assert_eq!(Choice { has_lead: false, ..Choice::default() }.spelled(), "docx no-lead");
    }

    #[test]
    fn the_format_is_the_one_that_the_path_ends_in() {
        let mut form = Exporting::new("云溪镇2025", Choice::default());
        form.at = ExportField::Kind;
        let mut seen = Vec::new();
        for _ in Kind::ALL {
            form.turn(true);
            seen.push(form.line.text().to_owned());
        }
        assert_eq!(seen.last().map(String::as_str), Some("云溪镇2025.docx"), "round again");
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), Kind::ALL.len());
        form.turn(false);
        assert_eq!(form.kind(), Kind::ALL.last().copied());
        form.typed(" ");
        form.typed("不是路径");
        assert_eq!(form.kind(), Some(Kind::Word));
        form.line = Line::new("报告.docx/");
        assert_eq!(form.kind(), None);
        form.line = Line::new("云溪镇.2025");
        assert_eq!(form.choice(), None);
        form.turn(true);
        assert_eq!(form.line.text(), "云溪镇.2025.docx");
    }
}
