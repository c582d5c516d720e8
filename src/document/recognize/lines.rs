//! Tables that came as lines: one cell a line, labels broken over two, numbers behind the label or glued to it.

use super::heads::{self, Above, Heads};
use super::labels::{Fit, Labels, RowLabel, is_value};
use super::{EXPORTED, Recognized, disputes};
use crate::document::is_page_number;
use crate::form::terms::Section;
use crate::form::{Cell, Form};
use crate::report::NoticeKind;

/// A label is broken over no more lines than this.
const LONGEST_LABEL: usize = 5;

/// A line of more characters is no head of a column.
const LONGEST_HEAD: usize = 16;

/// Reads the lines of a table's section, each with where it stands.
pub(super) fn read(
    lines: &[(&str, &str)],
    section: Section,
    labels: &Labels,
    form: &'static Form,
    to: &mut Recognized,
) {
    let mut reader =
        Reader { section, labels, form, texts: Vec::new(), values: Vec::new(), at: "", strays: Vec::new() };
    for &(line, at) in lines {
        // Behind a label that has no numbers yet, - 2 - are three cells.
        let is_awaited = || reader.values.is_empty() && reader.label(&reader.texts).is_some();
        if is_page_number(line) && !is_awaited() {
            continue;
        }
        let (text, values) = split(line);
        if !text.is_empty() && !reader.values.is_empty() {
            reader.row(to);
        }
        if reader.texts.is_empty() && reader.values.is_empty() {
            reader.at = at;
        }
        if let Some(glued) = labels.glued(&text).filter(|_| values.is_empty()) {
            to.glued(glued, line.trim(), at);
        } else if !text.is_empty() {
            reader.texts.push(text);
        }
        reader.values.extend(values);
    }
    reader.row(to);
    reader.tell_strays(to);
}

/// The text of a line and the values at its end.
fn split(line: &str) -> (String, Vec<&str>) {
    let mut words: Vec<&str> = line.split_whitespace().collect();
    let text = words.iter().rposition(|word| !is_value(word)).map_or(0, |last| last + 1);
    let values = words.split_off(text);
    (words.join(" "), values)
}

/// Lines as rows of heads: each line its words, and the lines that are one word together.
///
/// 总计 may come before the others there, since it takes several rows on paper: its order says nothing.
fn sequences(lines: &[String]) -> Vec<Vec<&str>> {
    let is_single = |line: &&String| !line.contains(' ') && *line != "总计";
    let singles = lines.iter().filter(is_single).filter(|line| line.chars().count() <= LONGEST_HEAD);
    let mut rows = vec![singles.map(String::as_str).collect::<Vec<_>>()];
    rows.extend(lines.iter().filter(|line| line.contains(' ')).map(|line| line.split(' ').collect()));
    rows
}

struct Reader<'l, 'd> {
    section: Section,
    labels: &'l Labels,
    form: &'static Form,
    /// Lines of text that no values have followed yet.
    texts: Vec<String>,
    /// Values that have followed them.
    values: Vec<&'d str>,
    /// Where they begin.
    at: &'d str,
    /// Lines that belong to no label, with where the first of them stands.
    strays: Vec<(String, &'d str)>,
}

impl<'d> Reader<'_, 'd> {
    /// Places the values that have come, under the label that the texts before them end in.
    fn row(&mut self, to: &mut Recognized) {
        let (texts, values) = (std::mem::take(&mut self.texts), std::mem::take(&mut self.values));
        if values.is_empty() {
            // Single words at the end of a run are as often pieces of labels.
            to.above.add(sequences(&texts)[1..].iter().map(Vec::as_slice), self.labels);
            self.stray(&texts);
            return;
        }
        let quote = format!("{} {}", texts.join(""), values.join(" "));
        let Some((row, fit, lines)) = self.label(&texts) else {
            let heads: Vec<Vec<&str>> = to.above.rows().into_iter().chain(sequences(&texts)).collect();
            let trouble = disputes::trouble(&heads, self.labels, self.form);
            let trouble = || trouble;
            if self.section == Section::Disputes
                && disputes::read(&self.spots(&values), trouble, self.at, self.form, to)
            {
                self.stray(&texts);
            } else {
                let message = "这些数没有认得出的行名，没有读入，请对照原文件填写。".to_owned();
                to.notice(NoticeKind::NotPlaced, None, &quote, self.at, message);
            }
            return;
        };
        let (over, label) = texts.split_at(texts.len() - lines);
        let heads = self.heads(row, over, &to.above);
        let (columns, at) = (&row.columns, self.at);
        let anchor = Cell { row: row.row, column: columns[columns.len() - 1] };
        to.tables.insert(row.section);
        to.heads(row, &heads, at);
        if values.len() != columns.len() || heads.trouble.is_some() {
            let reason = heads.trouble.clone().unwrap_or_else(|| {
                format!("“{}”应有 {} 个数，这里有 {} 个，认不准", row.label, columns.len(), values.len())
            });
            let message = format!("{reason}，没有读入，请逐格填写。");
            to.notice(NoticeKind::NotPlaced, Some(anchor.into()), &quote, at, message);
        } else {
            for (column, (spot, value)) in columns.iter().zip(self.spots(&values)) {
                to.value(Cell { row: row.row, column: *column }, value, &spot);
            }
            if fit == Fit::Changed {
                let changed = label.join("");
                let message = format!("原文件里行名写作“{changed}”，表样是“{}”。{EXPORTED}", row.label);
                to.notice(NoticeKind::LabelChanged, Some(anchor.into()), &changed, at, message);
            }
        }
        to.above.row(row, &heads);
        self.stray(over);
    }

    /// Values, each with where it stands.
    fn spots<'v>(&self, values: &[&'v str]) -> Vec<(String, &'v str)> {
        let spot = |nth: usize| match self.at {
            "" => String::new(),
            at => format!("{at} 第 {} 个数", nth + 1),
        };
        values.iter().enumerate().map(|(nth, value)| (spot(nth), *value)).collect()
    }

    /// What the lines before a row say of its columns; without a word there, what was said of the row before.
    fn heads(&self, row: &RowLabel, over: &[String], above: &Above) -> Heads {
        let over: Vec<Vec<&str>> = above.rows().into_iter().chain(sequences(over)).collect();
        heads::read(&over, &row.column_labels(self.form), self.labels)
            .or_else(|| above.heads(row.section, &row.columns))
            .unwrap_or_default()
    }

    /// The row that the last lines name, taken together, and how many lines that takes.
    fn label(&self, texts: &[String]) -> Option<(&RowLabel, Fit, usize)> {
        let last = |lines: usize| texts[texts.len() - lines..].join("");
        let most = texts.len().min(LONGEST_LABEL);
        let exact = (1..=most).find_map(|n| Some((self.labels.exact(&last(n))?, Fit::Exact, n)));
        let near = || (1..=most).find_map(|n| self.labels.row(&last(n)).map(|(row, fit)| (row, fit, n)));
        let single = || Some((self.labels.single(texts.last()?)?, Fit::Changed, 1));
        exact.or_else(near).or_else(single)
    }

    /// Remembers lines that are no label, no heading and no piece of one.
    fn stray(&mut self, texts: &[String]) {
        let strays =
            texts.iter().filter(|text| !self.labels.is_known(text)).map(|text| (text.clone(), self.at));
        self.strays.extend(strays);
    }

    /// Quotes them, all of one section together.
    fn tell_strays(&mut self, to: &mut Recognized) {
        let Some(&(_, at)) = self.strays.first() else { return };
        let quote: Vec<&str> = self.strays.iter().map(|(text, _)| text.as_str()).collect();
        let message = "统计表这一部分里有表外的文字，没有读入；要保留的请写到第一或第六部分。".to_owned();
        to.notice(NoticeKind::NotPlaced, None, &quote.join("\n"), at, message);
    }
}
