//! The heads over a table's numbers: whether they are those of the form, in its order.
//!
//! A row is known by its label and its numbers by their count; heads only object. A table without heads, or with heads
//! cut to pieces, is read all the same.

use super::labels::{Labels, RowLabel, is_near, is_value};
use crate::form::terms::{Column, Section};
use crate::text::key;

/// What the heads over some numbers say.
#[derive(Clone, Default, Debug)]
pub(super) struct Heads {
    /// Why the numbers under them cannot be told apart, in the clerk's words.
    pub trouble: Option<String>,
    /// Columns that have another name here: which of the official ones, and the name.
    pub changed: Vec<(usize, String)>,
    /// Columns behind those of the form, which can be left out.
    pub extra: Vec<String>,
    /// How many those are, also once they have been told.
    pub behind: usize,
}

/// What was said over numbers so far, for those that go on in another piece of their table: behind a page break, a line of
/// text, a row that could not be read.
#[derive(Clone, Default, Debug)]
pub(super) struct Above {
    /// The section and the columns of the last row, and its heads.
    last: Option<(Section, Vec<Column>, Heads)>,
    /// Rows of heads that no numbers have followed yet.
    over: Vec<Vec<String>>,
}

impl Above {
    /// What the heads over the last row say of another one with the same columns.
    pub(super) fn heads(&self, section: Section, columns: &[Column]) -> Option<Heads> {
        let (of, like, heads) = self.last.as_ref()?;
        (*of == section && like == columns).then(|| heads.below())
    }

    /// The rows of heads that no numbers have followed yet.
    pub(super) fn rows(&self) -> Vec<Vec<&str>> {
        self.over.iter().map(|row| row.iter().map(String::as_str).collect()).collect()
    }

    /// Adds the rows that have heads of the form, where none has numbers; `false` if there are none.
    pub(super) fn add<'d>(
        &mut self,
        rows: impl Iterator<Item = &'d [&'d str]> + Clone,
        labels: &Labels,
    ) -> bool {
        let before = self.over.len();
        if !rows.clone().flatten().any(|text| is_value(text)) {
            let heads = rows.filter(|row| row.iter().any(|text| labels.is_head(text)));
            self.over.extend(heads.map(|row| row.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>()));
        }
        self.over.len() > before
    }

    /// Goes on below a row with numbers.
    pub(super) fn row(&mut self, row: &RowLabel, heads: &Heads) {
        self.last = Some((row.section, row.columns.clone(), heads.clone()));
        self.over.clear();
    }

    /// Goes on below these rows of heads and no others.
    pub(super) fn over(&mut self, rows: &[Vec<&str>]) {
        let owned = |row: &Vec<&str>| row.iter().map(|text| (*text).to_owned()).collect();
        self.over = rows.iter().map(owned).collect();
    }
}

/// What one field of a row of heads is.
enum Head<'d> {
    /// One of the official columns, by number; the text where it differs.
    Column(usize, Option<&'d str>),
    /// Another heading of the form, or a piece of one.
    Known,
    /// No heading of the form.
    Foreign(&'d str),
}

/// Reads rows of heads over the columns with these official labels; `None` if they say nothing of columns.
///
/// Table 4 has its columns three times over, so their order may begin again.
pub(super) fn read<'d>(rows: &[impl AsRef<[&'d str]>], official: &[&str], labels: &Labels) -> Option<Heads> {
    let read = |row: &[&'d str]| row.iter().filter_map(|text| head(text, official, labels)).collect();
    let rows: Vec<Vec<Head<'_>>> = rows.iter().map(|row| read(row.as_ref())).collect();
    let order = |row: &Vec<Head<'_>>| -> Vec<usize> { row.iter().filter_map(Head::column).collect() };
    let mut present: Vec<usize> = rows.iter().flat_map(order).collect();
    present.sort_unstable();
    present.dedup();
    let mut heads = Heads::default();
    if !rows.iter().all(|row| is_in_order(&order(row))) {
        heads.trouble = Some("各列的顺序与表样不同".to_owned());
    }
    for row in &rows {
        // What stands before the first head of the form is a corner, however it is worded.
        let first = row.iter().position(Head::is_official).unwrap_or(row.len());
        let last = row.iter().rposition(|head| head.column().is_some());
        for (at, head) in row.iter().enumerate() {
            match head {
                Head::Column(column, Some(text)) => heads.changed.push((*column, (*text).to_owned())),
                Head::Foreign(text) if first < at => {
                    let is_before_others = last.is_some_and(|last| at < last);
                    if official.len() == 1 && present.is_empty() {
                        heads.changed.push((0, (*text).to_owned()));
                    } else if is_before_others || present.len() < official.len() {
                        heads.trouble = Some(format!("表样里没有“{}”这一列", text.trim()));
                    } else {
                        heads.extra.push((*text).to_owned());
                    }
                }
                _ => {}
            }
        }
    }
    heads.behind = heads.extra.len();
    let is_silent = present.is_empty() && heads.trouble.is_none() && heads.changed.is_empty();
    (!is_silent).then_some(heads)
}

impl Heads {
    /// What they say to the next row under them: their trouble again, the rest has been told.
    pub(super) fn below(&self) -> Self {
        Self { trouble: self.trouble.clone(), behind: self.behind, ..Self::default() }
    }
}

impl Head<'_> {
    const fn column(&self) -> Option<usize> {
        match self {
            Self::Column(column, _) => Some(*column),
            _ => None,
        }
    }

    const fn is_official(&self) -> bool {
        !matches!(self, Self::Foreign(_))
    }
}

fn head<'d>(text: &'d str, official: &[&str], labels: &Labels) -> Option<Head<'d>> {
    let found = key(text);
    if found.is_empty() || is_value(text) {
        return None;
    }
    if let Some(column) = official.iter().position(|label| key(label) == found) {
        return Some(Head::Column(column, None));
    }
    if labels.is_head(text) || labels.is_fragment(text) || found.starts_with("单位") {
        return Some(Head::Known);
    }
    let is_meant = |label: &str| is_near(&found, &key(label)) || (label == "总计" && found == "合计");
    let mut meant = official.iter().enumerate().filter(|(_, label)| is_meant(label));
    match (meant.next(), meant.next()) {
        (Some((column, _)), None) => Some(Head::Column(column, Some(text))),
        _ => Some(Head::Foreign(text)),
    }
}

/// Whether columns follow one another as in the form, once or several times over.
fn is_in_order(columns: &[usize]) -> bool {
    let (Some(first), Some(last)) = (columns.iter().min(), columns.iter().max()) else { return true };
    let begins_again = columns.windows(2).filter(|pair| pair[0] >= pair[1]);
    let is_whole = |pair: &[usize]| pair[0] == *last && pair[1] == *first;
    let mut breaks = begins_again.peekable();
    breaks.peek().is_none()
        || (columns[0] == *first && columns[columns.len() - 1] == *last && breaks.all(is_whole))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Form;

    const APPLICANTS: [&str; 7] =
        ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"];

    fn heads(rows: &str, official: &[&str]) -> Option<Heads> {
        let rows: Vec<Vec<&str>> = rows.split('\n').map(|row| row.split(' ').collect()).collect();
        read(&rows, official, &Labels::of(Form::current()))
    }

    #[test]
    fn heads_of_the_form_say_nothing_against_it() {
        for rows in [
            "勾稽关系 申请人情况 总计\n自然人 法人或其他组织\n商业企业 科研机构 社会公益组织 法律服务机构 其他",
            "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计",
            "项目 自然人 商业 企业 科研机构 其他 总 计",
        ] {
            let heads = heads(rows, &APPLICANTS).unwrap();
            assert!(
                heads.trouble.is_none() && heads.changed.is_empty() && heads.extra.is_empty(),
                "{heads:?}"
            );
        }
        assert!(heads("三、本年度办理结果", &APPLICANTS).is_none());
    }

    #[test]
    fn other_columns_and_another_order_are_trouble() {
        for rows in [
            "总计 自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他",
            "自然人 商业企业 科研机构 社会公益组织 法律服务机构 小计 总计",
            "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 小计",
        ] {
            assert!(heads(rows, &APPLICANTS).unwrap().trouble.is_some(), "{rows}");
        }
        let old = heads("信息内容 本年新制作数量 本年新公开数量", &["本年制发件数", "本年废止件数"]).unwrap();
        assert!(old.trouble.is_some());
    }

    #[test]
    fn a_column_behind_the_others_is_extra_and_a_renamed_one_is_told() {
        let extra = heads("自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计 备注", &APPLICANTS);
        assert_eq!(extra.unwrap().extra, ["备注"]);
        let renamed = heads("自然人 商业企业 科研机构 社会公益组织 法律服务机关 其他 合计", &APPLICANTS);
        let renamed = renamed.unwrap();
        assert_eq!(renamed.changed, [(4, "法律服务机关".to_owned()), (6, "合计".to_owned())]);
        assert!(renamed.trouble.is_none());
        let unit = heads("信息内容 本年收费金额（单位：元）", &["本年收费金额（单位：万元）"]).unwrap();
        assert_eq!(unit.changed.len(), 1);
    }

    #[test]
    fn columns_may_begin_again_but_only_whole() {
        for (columns, fits) in [
            (&[0, 1, 2, 3, 4, 0, 1, 2, 3, 4][..], true),
            (&[4, 4, 4], true),
            (&[0, 1, 2], true),
            (&[], true),
            (&[4, 0, 1, 2, 3], false),
            (&[0, 2, 1, 3, 4], false),
            (&[4, 0, 1, 2, 3, 4, 0, 1, 2, 3], false),
        ] {
            assert_eq!(is_in_order(columns), fits, "{columns:?}");
        }
    }
}
