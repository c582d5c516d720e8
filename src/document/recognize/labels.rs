//! Official labels, found again in what offices make of them: blanks inside, half-width punctuation, a typo.

use crate::form::terms::{Column, Row, Section};
use crate::form::{self, Cell, Form, Layout, Line};
use crate::number::{self, Reading, half_width};
use crate::text::{is_han, key};

/// Whether a field holds what stands in number cells: a number, a placeholder, or something with a digit first.
pub(super) fn is_value(text: &str) -> bool {
    let text = text.trim();
    match number::read(text) {
        Reading::Blank => false,
        Reading::Plain(_) | Reading::Loose(_) => true,
        Reading::Text => {
            let is_short = text.chars().count() <= 12;
            number::is_placeholder(text)
                || (is_short && text.starts_with(['约', '近', '超']))
                || (is_short
                    && half_width(text.chars().next().unwrap_or(' ')).is_ascii_digit()
                    && !is_numbered(text))
        }
    }
}

/// Whether a text begins like a numbered label: `1.属于国家秘密`, `3、其他`, `2重复申请`.
fn is_numbered(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| half_width(c).is_ascii_digit());
    let rest = rest.trim_start_matches(['.', '．', '、', ' ', ')', '）']);
    rest.starts_with(is_han) && rest.chars().count() > 1
}

/// A row of the form, as the labels of a foreign table are compared with it.
#[derive(Debug)]
pub(super) struct RowLabel {
    pub section: Section,
    pub row: Row,
    pub label: &'static str,
    key: String,
    /// The groups that it is in, outermost first.
    groups: Vec<&'static str>,
    /// The columns of its numbers, left to right.
    pub columns: Vec<Column>,
}

impl RowLabel {
    /// The group that it is in, below 三; the group cell may get lost.
    pub(super) fn group(&self) -> Option<&'static str> {
        self.groups.get(1).copied()
    }

    /// The official labels of the columns of its numbers.
    pub(super) fn column_labels(&self, form: &Form) -> Vec<&'static str> {
        let label = |column: &Column| form.cell(Cell { row: self.row, column: *column });
        self.columns.iter().filter_map(label).map(|info| info.column_name).collect()
    }
}

/// How well a label fits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fit {
    /// It is the official one, but for blanks and punctuation.
    Exact,
    /// It differs by a typo, or leaves something out.
    Changed,
}

/// No label takes more bytes than this, with the groups before it and blanks between all its characters.
const LONGEST_LABEL: usize = 1000;

/// The key of a text that may be a label.
fn searched(text: &str) -> Option<String> {
    (text.len() <= LONGEST_LABEL).then(|| key(text)).filter(|key| !key.is_empty())
}

/// The labels of a form.
#[derive(Debug)]
pub(super) struct Labels {
    pub rows: Vec<RowLabel>,
    groups: Vec<(String, &'static str)>,
    heads: Vec<String>,
    /// All labels of each table, run together: a fragment of one is no text of its own.
    all: Vec<(Section, String)>,
}

impl Labels {
    pub(super) fn of(form: &'static Form) -> Self {
        let mut labels = Self { rows: Vec::new(), groups: Vec::new(), heads: Vec::new(), all: Vec::new() };
        for table in form.decree.tables {
            let mut all = String::new();
            for block in table.blocks {
                labels.take_groups(block.rows);
                labels.take_heads(block, &mut all);
                let columns: Vec<Column> = form::leaves(block.columns).iter().map(|leaf| leaf.key).collect();
                for leaf in form::leaves(block.rows) {
                    all.extend(leaf.groups.iter().map(|group| key(group)));
                    all.push_str(&key(leaf.label));
                    if table.layout == Layout::Down {
                        labels.rows.push(RowLabel {
                            section: table.section,
                            row: leaf.key,
                            label: leaf.label,
                            key: key(leaf.label),
                            groups: leaf.groups,
                            columns: columns.clone(),
                        });
                    }
                }
            }
            labels.all.push((table.section, all));
        }
        labels
    }

    /// The row that a label names, if only by and large.
    pub(super) fn row(&self, text: &str) -> Option<(&RowLabel, Fit)> {
        let key = searched(text)?;
        if let Some(row) = self.named(&key) {
            return Some((row, Fit::Exact));
        }
        Some((self.only(|row| is_near(&key, &row.key))?, Fit::Changed))
    }

    /// The row that a label names but for blanks and punctuation.
    pub(super) fn exact(&self, text: &str) -> Option<&RowLabel> {
        self.named(&searched(text)?)
    }

    fn named(&self, key: &str) -> Option<&RowLabel> {
        if let Some(row) = self.rows.iter().find(|row| row.key == key) {
            return Some(row);
        }
        // Without its number: 重复申请 for 2.重复申请.
        let bare = without_number(key);
        let is_long = bare.chars().count() >= 4;
        let unnumbered = || self.only(|row| is_long && without_number(&row.key) == bare);
        unnumbered().or_else(|| self.behind_groups(key))
    }

    /// The row that a label names behind the groups it is in: 三、本年度办理结果（三）不予公开1.属于国家秘密.
    fn behind_groups(&self, key: &str) -> Option<&RowLabel> {
        let (found, group) = self
            .groups
            .iter()
            .find_map(|(group, label)| Some((key.strip_prefix(group.as_str())?, *label)))?;
        let row = self.rows.iter().find(|row| row.key == found);
        let is_within = |row: &&RowLabel| row.groups.contains(&group);
        row.filter(is_within).or_else(|| self.behind_groups(found))
    }

    /// The row that alone satisfies a condition.
    fn only(&self, fits: impl Fn(&RowLabel) -> bool) -> Option<&RowLabel> {
        let mut found = self.rows.iter().filter(|row| fits(row));
        found.next().filter(|_| found.next().is_none())
    }

    /// The row that stands for all of （六）: the 2019 form and some later reports have no more than one there.
    pub(super) fn single(&self, text: &str) -> Option<&RowLabel> {
        let key = key(text);
        let is_group = |text: &str| text.is_empty() || self.groups.iter().any(|(group, _)| group == text);
        let names = |group: &str| key.strip_suffix(group).is_some_and(is_group);
        let is_named = self.groups.iter().any(|(group, label)| label.starts_with("（六）") && names(group));
        self.rows.iter().find(|row| is_named && row.row == Row::HandledOtherwise)
    }

    /// Whether a text is a heading over columns.
    pub(super) fn is_head(&self, text: &str) -> bool {
        let key = key(text);
        self.heads.contains(&key)
    }

    /// Whether a text is a piece of a label of one of the tables.
    pub(super) fn is_fragment(&self, text: &str) -> bool {
        if text.len() > LONGEST_LABEL {
            return false;
        }
        let is_piece = |text: &str| self.all.iter().any(|(_, all)| all.contains(&key(text)));
        is_piece(text) || text.split_whitespace().all(|word| key(word).chars().count() > 1 && is_piece(word))
    }

    /// Whether a line without values is nothing but a heading, a label or a piece of one. Signs between blanks that are
    /// none of a label's stand for something: 1.属于国家秘密 ？ ？.
    pub(super) fn is_known(&self, text: &str) -> bool {
        const SIGNS: &str = "（）()〔〕[]“”\"‘’'、，,。.．：:；;《》·";
        let is_of_a_label = |word: &str| !key(word).is_empty() || word.chars().all(|c| SIGNS.contains(c));
        let mut words = text.split_whitespace();
        let is_line_drawn = key(text).is_empty() && words.clone().count() == 1;
        is_line_drawn || words.all(is_of_a_label) && (self.is_head(text) || self.is_fragment(text))
    }

    /// The row whose label runs straight into digits: `规章000`.
    pub(super) fn glued(&self, text: &str) -> Option<&RowLabel> {
        let key = key(text);
        let label = key.trim_end_matches(|c: char| c.is_ascii_digit());
        self.rows.iter().find(|row| row.key == label && label.len() < key.len())
    }

    fn take_groups(&mut self, lines: &'static [Line<Row>]) {
        for line in lines {
            if let Line::Group(label, lines) = line {
                self.groups.push((key(label), label));
                self.take_groups(lines);
            }
        }
    }

    fn take_heads(&mut self, block: &form::Block, all: &mut String) {
        let mut texts = vec![block.caption, block.corner];
        for leaf in form::leaves(block.columns) {
            texts.extend(leaf.groups);
            texts.push(leaf.label);
        }
        for leaf in form::leaves(block.rows) {
            texts.extend(leaf.groups.iter().filter(|group| key(group).starts_with("行政")));
        }
        for text in texts {
            let key = key(text);
            all.push_str(&key);
            self.heads.push(key);
        }
    }
}

/// The numbers of sections and groups.
pub(super) const NUMERALS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/// A key without the number in front.
fn without_number(key: &str) -> &str {
    key.trim_start_matches(|c: char| c.is_ascii_digit() || NUMERALS.contains(&c))
}

/// Whether two keys differ by no more than a typo or a left-out explanation.
pub(super) fn is_near(found: &str, official: &str) -> bool {
    // The number in front decides between labels that are alike.
    let is_number = |c: &char| c.is_ascii_digit() || NUMERALS.contains(c);
    let number = |key: &str| key.chars().next().filter(is_number);
    let [length, official_length] = [found, official].map(|key| key.chars().count());
    if length < 4 || number(found).is_some_and(|found| number(official) != Some(found)) {
        return false;
    }
    let allowed = (official_length / 4).clamp(1, 3);
    let is_shortened = length >= 5 && official.starts_with(found);
    // Digits behind a label are numbers that ran into it.
    let is_whole = |rest: &str| !rest.contains(|c: char| c.is_ascii_digit());
    let is_longer = official_length >= 5 && found.strip_prefix(official).is_some_and(is_whole);
    let is_tail = length >= 5 && official.ends_with(found);
    let is_as_long = length.abs_diff(official_length) <= allowed;
    is_shortened || is_longer || is_tail || is_as_long && distance(found, official) <= allowed
}

/// How many characters have to be put in, taken out or changed to make one text of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut costs: Vec<usize> = (0..=other.len()).collect();
    for (i, x) in one.chars().enumerate() {
        let mut diagonal = costs[0];
        costs[0] = i + 1;
        for (j, y) in other.iter().enumerate() {
            let change = diagonal + usize::from(x != *y);
            diagonal = costs[j + 1];
            costs[j + 1] = change.min(diagonal + 1).min(costs[j] + 1);
        }
    }
    costs[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(Row, Fit)> {
        Labels::of(Form::current()).row(text).map(|(row, fit)| (row.row, fit))
    }

    #[test]
    fn labels_are_found_through_blanks_and_punctuation() {
        for text in [
            "(二) 部分公开 (区分处理的, 只计这一情形, 不计其他情形)",
            "3. 危及\"三安全一稳定\"",
            "重 复 申 请",
            "（七）总 计",
        ] {
            assert_eq!(found(text).map(|(_, fit)| fit), Some(Fit::Exact), "{text}");
        }
    }

    #[test]
    fn labels_with_a_typo_are_found_and_said_to_be_changed() {
        assert_eq!(found("2.其他法律行政止公开"), Some((Row::BarredByLaw, Fit::Changed)));
        assert_eq!(found("规范性文件"), Some((Row::NormativeDocuments, Fit::Changed)));
        assert_eq!(found("（二）部分公开"), Some((Row::GrantedInPart, Fit::Changed)));
    }

    #[test]
    fn what_could_be_several_rows_is_none() {
        for text in ["其他", "总计", "小计", "合计", "自然人", "", "1.申请人", "行政", "申请人情况"]
        {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn values_are_told_from_labels() {
        for text in ["0", "１２", "1,234", "12件", "/", "—", "无", "约20", "3-5", "251000元"] {
            assert!(is_value(text), "{text}");
        }
        for text in ["", "1.属于国家秘密", "3. 其他", "规章", "2重复申请", "第二十条"] {
            assert!(!is_value(text), "{text}");
        }
    }
}
