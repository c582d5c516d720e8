//! A list in a document: rows under heads that are known by their names, in whatever order the columns stand.
//!
//! What the columns mean is for whoever reads the list: the register of units, the adjustments of a total.

use super::{Block, Document, Grid};
use crate::text::key;

/// A head takes no more columns than this, whatever a file says.
const MOST_SPAN: usize = 64;

/// A column that a list may have: the heads by which it is known.
pub type Heads = &'static [&'static str];

/// The rows of a list.
#[derive(Debug)]
pub struct Listing {
    /// Whether each of the columns that were asked for is there.
    pub has: Vec<bool>,
    /// The rows below the heads that have something in them.
    pub rows: Vec<Entry>,
}

/// A row of a list.
#[derive(Debug)]
pub struct Entry {
    /// Where it stands.
    pub at: String,
    /// What stands in each of the columns that were asked for.
    texts: Vec<String>,
    /// The only text of a row that has one, where its column cannot be told.
    pub stray: Option<String>,
}

impl Entry {
    /// What stands in a column; empty if nothing does.
    pub fn text(&self, column: usize) -> &str {
        self.texts.get(column).map(String::as_str).unwrap_or_default()
    }

    /// What stands in a column, taken apart at `、`, `；`, commas, slashes and blanks.
    pub fn several(&self, column: usize) -> impl Iterator<Item = &str> {
        let signs = |c: char| c.is_whitespace() || matches!(c, '、' | ';' | '；' | ',' | '，' | '/' | '／');
        self.text(column).split(signs).filter(|part| !part.is_empty())
    }
}

impl Listing {
    /// Reads the first list of a document that has these columns; `None` if no row has two of the heads.
    pub fn read(document: &Document, columns: &[Heads]) -> Option<Self> {
        let mut found: Option<(Vec<Option<usize>>, Vec<Entry>)> = None;
        for block in &document.blocks {
            match (block, &mut found) {
                (Block::Grid(grid), _) => read_grid(grid, columns, &mut found),
                (Block::Heading { text, at, .. } | Block::Paragraph { text, at }, Some((_, rows))) => {
                    rows.push(Entry { at: at.clone(), texts: Vec::new(), stray: Some(text.clone()) });
                }
                _ => {}
            }
        }
        let (at, rows) = found?;
        Some(Self { has: at.iter().map(Option::is_some).collect(), rows })
    }
}

fn read_grid(grid: &Grid, columns: &[Heads], found: &mut Option<(Vec<Option<usize>>, Vec<Entry>)>) {
    for (at, texts) in unmerged(grid) {
        match found {
            None => *found = heads(&texts, columns).map(|heads| (heads, Vec::new())),
            // A file of several sheets has the heads on each.
            Some((known, _)) if heads(&texts, columns).is_some_and(|heads| heads == *known) => {}
            Some((known, rows)) => {
                let text = |column: &Option<usize>| column.and_then(|column| texts.get(column).copied());
                let texts: Vec<String> =
                    known.iter().map(|c| text(c).unwrap_or_default().to_owned()).collect();
                if texts.iter().any(|text| !text.is_empty()) {
                    rows.push(Entry { at: at.to_owned(), texts, stray: None });
                }
            }
        }
    }
}

/// Where in a row of heads each column stands; `None` if fewer than two are there.
fn heads(texts: &[&str], columns: &[Heads]) -> Option<Vec<Option<usize>>> {
    let bare = |text: &str| key(text.split(['（', '(']).next().unwrap_or_default());
    let stands = |names: &Heads| texts.iter().position(|text| names.contains(&bare(text).as_str()));
    let found: Vec<Option<usize>> = columns.iter().map(stands).collect();
    (found.iter().flatten().count() >= 2).then_some(found)
}

/// The rows of a grid with what stands in each column; a merged cell stands in all that it takes.
fn unmerged(grid: &Grid) -> Vec<(&str, Vec<&str>)> {
    // For each column, how many rows the cell above still takes, and its text.
    let mut held: Vec<(usize, &str)> = Vec::new();
    let mut rows = Vec::new();
    for row in &grid.rows {
        let mut cells = row.cells.iter();
        let mut texts: Vec<&str> = Vec::new();
        loop {
            let column = texts.len();
            if let Some((left, text)) = held.get_mut(column).filter(|(left, _)| *left > 0) {
                *left -= 1;
                texts.push(text);
                continue;
            }
            let Some(cell) = cells.next() else {
                // What is held further right stands behind blanks.
                if held.iter().skip(column).all(|(left, _)| *left == 0) {
                    break;
                }
                texts.push("");
                continue;
            };
            for _ in 0..cell.column_span.clamp(1, MOST_SPAN) {
                let column = texts.len();
                held.resize(held.len().max(column + 1), (0, ""));
                held[column] = (cell.row_span.saturating_sub(1), cell.text.trim());
                texts.push(cell.text.trim());
            }
        }
        rows.push((row.at.as_str(), texts));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{GridCell, GridRow};

    #[test]
    fn a_merged_cell_stands_in_all_its_rows_and_columns_are_known_by_name() {
        let row = |cells: Vec<GridCell>| GridRow { cells, at: String::new() };
        let mut level = GridCell::new("乡镇");
        level.row_span = 2;
        let grid = Grid::new(vec![
            row(vec![GridCell::new("岚桥县名册")]),
            row(["层级", "备注", "单位 全称（必填）"].map(GridCell::new).into()),
            row(vec![level, GridCell::new("x"), GridCell::new("甲镇")]),
            row(vec![GridCell::new(""), GridCell::new("乙镇")]),
            row(vec![]),
        ]);
        let stray = Block::Paragraph { text: "丙镇".to_owned(), at: "第 9 行".to_owned() };
        let document = Document { blocks: vec![Block::Grid(grid), stray], remarks: Vec::new() };
        let listing = Listing::read(&document, &[&["单位全称"], &["层级"], &["代码"]]).unwrap();
        assert_eq!(listing.has, [true, true, false]);
        let read: Vec<_> = listing.rows.iter().map(|row| (row.text(0), row.text(1), &row.stray)).collect();
        assert_eq!(
            read,
            [("甲镇", "乡镇", &None), ("乙镇", "乡镇", &None), ("", "", &Some("丙镇".to_owned()))]
        );
        assert!(Listing::read(&document, &[&["代码"], &["全称"]]).is_none());
    }
}
