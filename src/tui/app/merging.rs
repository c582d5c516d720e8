//! What a file has otherwise than the open report, place by place, and what of it is going to be taken over.
//!
//! A pure value. Nothing that was typed is taken over unasked: only what is blank here is marked from the start.

use crate::compare::{self, Change};
use crate::document::recognize::Reading;
use crate::prose::length;
use crate::report::{Edit, Notice, Place, Report, Value};

/// A file beside the open report.
#[derive(Clone, Debug)]
pub struct Merging {
    /// Whose report the file is.
    pub about: String,
    /// What it has otherwise, in the order of the form.
    pub differences: Vec<Difference>,
    /// What was said when the file was read, below them.
    pub notices: Vec<Notice>,
    /// Which of all these lines is selected.
    pub selected: usize,
}

/// A place where the two differ.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The place.
    pub place: Place,
    /// What stands there in the open report.
    pub ours: Option<Value>,
    /// What the file has.
    pub theirs: Value,
    /// Where in the file it stands; empty if that is not known.
    pub at: String,
    /// Whether it is going to be taken over.
    pub is_taken: bool,
}

impl Merging {
    /// Compares the open report with a file. What is blank in the file is no difference, and computed totals follow by
    /// themselves. What is blank here is marked, unless the file is of another organ or year.
    pub fn between(ours: &Report, read: &Reading) -> Self {
        let (form, theirs) = (ours.form(), &read.report);
        let is_said = |organ: &str| !organ.is_empty();
        let is_of_another =
            is_said(ours.agency()) && is_said(theirs.agency()) && ours.agency() != theirs.agency()
                || ours.year().is_some() && theirs.year().is_some() && ours.year() != theirs.year();
        let difference = |Change { place, old: ours, new }| {
            let at = read.origins.get(&place).cloned().unwrap_or_default();
            Some(Difference { place, is_taken: ours.is_none() && !is_of_another, ours, theirs: new?, at })
        };
        let changes =
            compare::changes(ours, theirs).into_iter().filter(|change| !ours.is_computed(change.place));
        let differences = changes.filter_map(difference).collect();
        let year = theirs.year().map_or_else(String::new, |year| format!(" {year} 年"));
        let agency = if theirs.agency().is_empty() { "没有写明机关" } else { theirs.agency() };
        let another = if is_of_another { "，不是同一份，没有代为勾选" } else { "" };
        let about = match theirs.form().decree.key == form.decree.key {
            true => format!("{agency}{year}{another}"),
            false => format!("{agency}{year}{another}，表样不同，只比较两边都有的格"),
        };
        Self {
            about,
            differences,
            selected: 0,
            notices: theirs.notices_gravest_first().into_iter().cloned().collect(),
        }
    }

    /// How many are going to be taken over.
    pub fn taken(&self) -> usize {
        self.differences.iter().filter(|one| one.is_taken).count()
    }

    /// Marks all, or none if all are marked.
    pub fn mark_all(&mut self) {
        let is_taken = self.taken() < self.differences.len();
        self.differences.iter_mut().for_each(|one| one.is_taken = is_taken);
    }

    /// How many lines there are.
    pub const fn lines(&self) -> usize {
        self.differences.len() + self.notices.len()
    }

    /// The edit that takes over what is marked, with what was said of it and of the whole file when it was read.
    pub fn edit(&self) -> Edit {
        let taken = self.differences.iter().filter(|one| one.is_taken);
        let values: std::collections::BTreeMap<_, _> =
            taken.map(|one| (one.place, Some(one.theirs.clone()))).collect();
        if values.is_empty() {
            return Edit::default();
        }
        let is_of_taken = |notice: &&Notice| notice.place.is_none_or(|place| values.contains_key(&place));
        let notices = self.notices.iter().filter(is_of_taken).map(|notice| (notice.clone(), true)).collect();
        Edit { values, notices, ..Edit::default() }
    }
}

impl Difference {
    /// The difference in one line, behind the label of its place; of prose how much there is.
    pub fn told(&self) -> String {
        let is_prose = matches!(self.place, Place::Section(_));
        let side = |value: &Value| match value.text() {
            Some(text) if is_prose => format!("{} 字", length(text)),
            _ => value.to_string(),
        };
        let ours = self.ours.as_ref().map_or_else(|| "空".to_owned(), side);
        let at = if self.at.is_empty() { String::new() } else { format!("（{}）", self.at) };
        format!("现 {ours}，文件 {}{at}", side(&self.theirs))
    }

    /// Where two texts begin to differ: what either has there.
    pub fn words(&self) -> Option<(String, String)> {
        let (ours, theirs) =
            (self.ours.as_ref().and_then(Value::text).unwrap_or_default(), self.theirs.text()?);
        let same = ours.chars().zip(theirs.chars()).take_while(|(one, other)| one == other).count();
        let from = same.saturating_sub(BEFORE);
        let part = |text: &str| -> String {
            let shown: String = text.chars().skip(from).take(MOST).collect();
            let shown = shown.replace('\n', " ");
            if from > 0 { format!("..{shown}") } else { shown }
        };
        Some((part(ours), part(theirs)))
    }
}

/// How many characters before the first other one are shown,
const BEFORE: usize = 8;
/// and how many in all; no line is longer.
const MOST: usize = 120;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::recognize::Origins;
    use crate::form::Form;
    use crate::form::terms::{Field, Section};

    fn report(values: &[(&str, &str)]) -> Report {
        let mut report = Report::new(Form::current());
        for (place, text) in values {
            let place = Place::parse(place).unwrap();
            report.apply(Edit::set(place, Value::read(place, text).0));
        }
        report
    }

    fn read(report: &Report) -> Reading {
        Reading { report: report.clone(), origins: Origins::new() }
    }

    #[test]
    fn only_what_is_blank_here_is_marked_and_nothing_is_cleared() {
        let ours = report(&[
            ("requests/received/business", "3"),
            ("requests/received/research", "5"),
            ("overview", "今年公开七件。"),
        ]);
        let theirs = report(&[
            ("requests/received/business", "4"),
            ("requests/carried_in/business", "2"),
            ("overview", "今年公开八件。"),
            ("@agency", "岚桥县青石镇人民政府"),
        ]);
        let mut merging = Merging::between(&ours, &read(&theirs));
        assert_eq!(merging.differences.len(), 4);
        let mut merged = ours.clone();
        merged.apply(merging.edit());
        assert_eq!(merged.text(Section::Overview), "今年公开七件。");
        assert_eq!(merged.text(Field::Agency), "岚桥县青石镇人民政府");
        assert_eq!(merged.values().count(), ours.values().count() + 2);
        merging.mark_all();
        merged.apply(merging.edit());
        assert!(theirs.values().all(|(place, value)| merged.get(place) == Some(value)));
        assert!(merged.get(Place::parse("requests/received/research").unwrap()).is_some());
        merging.mark_all();
        assert_eq!(merging.taken(), 0);
        assert_eq!(merging.edit(), Edit::default());
    }

    #[test]
    fn what_differs_is_told_in_a_line_and_in_its_words() {
        let ours = report(&[("overview", "本镇今年主动公开政府信息七件，没有收费。")]);
        let theirs = report(&[("overview", "本镇今年主动公开政府信息十八件。")]);
        let mut theirs = read(&theirs);
        theirs.origins.insert(Section::Overview.into(), "第 2 段".to_owned());
        let merging = Merging::between(&ours, &theirs);
        assert_eq!(merging.differences[0].told(), "现 20 字，文件 16 字（第 2 段）");
        let (ours, theirs) = merging.differences[0].words().unwrap();
        assert_eq!(
            (ours.as_str(), theirs.as_str()),
            ("..主动公开政府信息七件，没有收费。", "..主动公开政府信息十八件。")
        );
    }

    #[test]
    fn of_another_organ_or_year_nothing_is_marked_and_what_was_not_read_is_told() {
        let ours = report(&[("@agency", "云溪镇人民政府"), ("@year", "2025")]);
        for (agency, year, marked) in
            [("云溪镇人民政府", "2025", 1), ("青石镇人民政府", "2025", 0), ("云溪镇人民政府", "2024", 0)]
        {
            let mut theirs =
                report(&[("@agency", agency), ("@year", year), ("requests/received/business", "4")]);
            for (place, message) in [(None, "整份"), (Place::parse("requests/granted/business"), "没有读入")]
            {
                let notice = Notice {
                    kind: crate::report::NoticeKind::NotPlaced,
                    place,
                    quote: String::new(),
                    at: String::new(),
                    message: message.to_owned(),
                };
                theirs.apply(Edit { notices: [(notice, true)].into(), ..Edit::default() });
            }
            let mut merging = Merging::between(&ours, &read(&theirs));
            assert_eq!(merging.taken(), marked, "{agency} {year}");
            assert_eq!(merging.lines(), merging.differences.len() + 2);
            merging.differences.iter_mut().for_each(|one| one.is_taken = true);
            let kept: Vec<String> = merging.edit().notices.into_keys().map(|notice| notice.message).collect();
            assert_eq!(kept, ["整份"], "of the file, and not of a place that nothing was taken for");
        }
    }
}
