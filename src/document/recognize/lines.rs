//! Tables that came as lines: one cell a line, labels broken over two, numbers behind the label or glued to it.

use super::Recognized;
use super::labels::{Fit, Labels, RowLabel, is_value};
use super::rows;
use crate::form::terms::Section;
use crate::form::{Cell, Form};
use crate::report::NoticeKind;

/// A label is broken into no more words than this, by blanks and line ends.
const LONGEST_LABEL: usize = 8;

/// Reads the lines of a table's section, each with where it stands.
pub(super) fn read(
    lines: &[(&str, &str)],
    section: Section,
    labels: &Labels,
    form: &'static Form,
    to: &mut Recognized,
) {
    let mut reader =
        Reader { section, labels, form, words: Vec::new(), values: Vec::new(), at: "", strays: Vec::new() };
    for &(line, at) in lines {
        let (words, values) = split(line);
        if !words.is_empty() && !reader.values.is_empty() {
            reader.row(to);
        }
        if reader.words.is_empty() && reader.values.is_empty() {
            reader.at = at;
        }
        match labels.glued(line).filter(|_| values.is_empty()) {
            Some(glued) => to.glued(glued, line.trim(), at),
            None => reader.words.extend(words),
        }
        reader.values.extend(values);
    }
    reader.row(to);
    reader.tell_strays(to);
}

/// The words of a line and the values at its end.
fn split(line: &str) -> (Vec<&str>, Vec<&str>) {
    let mut words: Vec<&str> = line.split_whitespace().collect();
    let text = words.iter().rposition(|word| !is_value(word)).map_or(0, |last| last + 1);
    let values = words.split_off(text);
    (words, values)
}

struct Reader<'l, 'd> {
    section: Section,
    labels: &'l Labels,
    form: &'static Form,
    /// Words that no values have followed yet.
    words: Vec<&'d str>,
    /// Values that have followed them.
    values: Vec<&'d str>,
    /// Where they begin.
    at: &'d str,
    /// Words that belong to no label, with where they stand.
    strays: Vec<(&'d str, &'d str)>,
}

impl<'d> Reader<'_, 'd> {
    /// Places the values that have come, under the label that the words before them end in.
    fn row(&mut self, to: &mut Recognized) {
        let (words, values) = (std::mem::take(&mut self.words), std::mem::take(&mut self.values));
        if values.is_empty() {
            self.stray(&words);
            return;
        }
        let quote = || format!("{} {}", words.join(""), values.join(" "));
        match self.label(&words) {
            Some((row, fit, count)) if values.len() == row.columns.len() => {
                to.tables.insert(row.section);
                let changed = words[words.len() - count..].join("");
                for (column, value) in row.columns.iter().zip(&values) {
                    to.value(Cell { row: row.row, column: *column }, value, self.at);
                }
                if fit == Fit::Changed {
                    let cell = Cell { row: row.row, column: row.columns[row.columns.len() - 1] };
                    let message = format!("行名“{changed}”与表样的“{}”不同，请照表样改。", row.label);
                    to.notice(NoticeKind::LabelChanged, Some(cell.into()), &changed, self.at, message);
                }
                self.stray(&words[..words.len() - count]);
            }
            Some((row, _, _)) => {
                to.tables.insert(row.section);
                let cell = Cell { row: row.row, column: row.columns[row.columns.len() - 1] };
                let (wanted, label) = (row.columns.len(), row.label);
                let message = format!(
                    "“{label}”应有 {wanted} 个数，这里有 {} 个，认不准，没有读入，请逐格填写。",
                    values.len()
                );
                to.notice(NoticeKind::NotPlaced, Some(cell.into()), &quote(), self.at, message);
            }
            None if self.section == Section::Disputes && rows::disputes(&values, self.at, self.form, to) => {
                self.stray(&words);
            }
            None => {
                let message = "这些数没有认得出的行名，没有读入，请对照原文件填写。".to_owned();
                to.notice(NoticeKind::NotPlaced, None, quote().trim(), self.at, message);
            }
        }
    }

    /// The row that the last words name, taken together, and how many of them that takes.
    fn label(&self, words: &[&str]) -> Option<(&RowLabel, Fit, usize)> {
        let named = |count: usize| {
            let (row, fit) = self.labels.row(&words[words.len() - count..].join(""))?;
            Some((row, fit, count))
        };
        let most = words.len().min(LONGEST_LABEL);
        let exact = (1..=most).filter_map(named).find(|(_, fit, _)| *fit == Fit::Exact);
        exact.or_else(|| (1..=most).find_map(named))
    }

    /// Remembers words that are no label, no heading and no piece of one.
    fn stray(&mut self, words: &[&'d str]) {
        let is_known = |text: &&str| self.labels.is_head(text) || self.labels.is_fragment(text);
        let strays = words.iter().copied().filter(|text| !is_known(text)).map(|text| (text, self.at));
        self.strays.extend(strays);
    }

    /// Quotes them, all of one section together.
    fn tell_strays(&mut self, to: &mut Recognized) {
        let Some(&(_, at)) = self.strays.first() else { return };
        let quote: Vec<&str> = self.strays.iter().map(|(text, _)| *text).collect();
        let message = "统计表这一部分里有表外的文字，没有读入；要保留的请写到第一或第六部分。".to_owned();
        to.notice(NoticeKind::NotPlaced, None, &quote.join(" "), at, message);
    }
}
