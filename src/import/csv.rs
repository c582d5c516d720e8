//! Tables between commas, semicolons or tabs, with quotes around what has such signs in it. Tells them from prose, which has
//! commas too: a text is one only as a whole, where its rows look like rows of tables and nothing unquoted like a sentence.

use super::ImportError;
use crate::document::{Block, Document, Grid, GridCell, GridRow};
use crate::number::{self, Reading};
use crate::text::unguarded;

/// The most cells that the tables of a file may have; those of a report have some 500.
const MOST_CELLS: usize = 20_000;

/// The most cells that a list may have: a province has some thousand units.
const MOST_LISTED: usize = 400_000;

/// The most rows that a file may have.
const MOST_ROWS: usize = 20_000;

/// A file of tables has at least so many rows with several fields.
const FEWEST_ROWS: usize = 4;

/// A field without quotes that has more characters, or a full stop, is prose.
const PROSE: usize = 60;

/// Reads a text as tables; `None` if it is none.
///
/// # Errors
/// If it has more of them than a report can have.
pub(super) fn read(text: &str) -> Result<Option<Document>, ImportError> {
    for separator in [',', ';', '\t'] {
        // Tabs without quotes are those of plain text, which stands in tables and beside them.
        let is_one = |rows: &Rows| rows.are_tables() && (separator != '\t' || rows.have_quotes());
        if let Some(rows) = Rows::split(text, separator).filter(is_one) {
            if rows.has_more || rows.cells > MOST_CELLS {
                return Err(ImportError::TooMuch("表格", MOST_CELLS, "格"));
            }
            return Ok(Some(rows.document()));
        }
    }
    Ok(None)
}

/// Reads a text as one table, whatever stands in it: between those signs that its first row of several fields has most of.
///
/// # Errors
/// If it has more rows than a list can have, or a quote is not closed.
pub(super) fn list(text: &str) -> Result<Document, ImportError> {
    const SEPARATORS: [char; 4] = [',', ';', '\t', '，'];
    let has_several = |line: &&str| line.contains(SEPARATORS);
    let first = text.lines().find(has_several).unwrap_or_default();
    let separator = SEPARATORS.into_iter().max_by_key(|&sign| first.matches(sign).count()).unwrap_or(',');
    let rows = Rows::split_up_to(text, separator, MOST_LISTED).ok_or(ImportError::Broken("表格"))?;
    if rows.has_more {
        return Err(ImportError::TooMuch("表格", MOST_ROWS, "行"));
    }
    let row = |row: &Row| GridRow {
        cells: row.fields.iter().map(|field| GridCell::new(unguarded(field.text.trim()))).collect(),
        at: format!("第 {} 行", row.line),
    };
    let grid = Grid::new(rows.rows.iter().map(row).collect());
    Ok(Document { blocks: vec![Block::Grid(grid)], remarks: Vec::new() })
}

/// A field, as it was written between separators.
struct Field {
    text: String,
    is_quoted: bool,
}

impl Field {
    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Whether it holds what cells of numbers hold.
    fn is_number(&self) -> bool {
        matches!(number::read(&self.text), Reading::Plain(_) | Reading::Loose(_))
            || number::is_placeholder(&self.text)
    }

    fn is_prose(&self) -> bool {
        !self.is_quoted
            && (self.text.contains(['。', '；', '！', '？']) || self.text.chars().nth(PROSE).is_some())
    }
}

/// A row of fields, with the number of its line.
struct Row {
    line: usize,
    fields: Vec<Field>,
}

impl Row {
    /// Whether it has several fields, and behind the first at least as many numbers and blanks as words.
    fn is_of_a_table(&self) -> bool {
        let rest = self.fields.get(1..).unwrap_or_default();
        let bare = rest.iter().filter(|field| field.is_blank() || field.is_number()).count();
        rest.len() > 1 && bare * 2 >= rest.len()
    }

    /// Its only text, if that stands first: a heading or a paragraph, with blank fields behind it or without.
    fn alone(&self, is_padded: bool) -> Option<&str> {
        let (first, rest) = self.fields.split_first()?;
        let is_alone = rest.is_empty() || is_padded && rest.iter().all(Field::is_blank);
        (is_alone && !first.is_blank()).then_some(&first.text)
    }
}

/// The rows of a text that have something in them.
struct Rows {
    rows: Vec<Row>,
    cells: usize,
    /// Whether there is more of them than was read.
    has_more: bool,
}

impl Rows {
    /// Splits a text; `None` where its quotes are not those of such a file.
    fn split(text: &str, separator: char) -> Option<Self> {
        Self::split_up_to(text, separator, MOST_CELLS)
    }

    /// The same, up to so many cells.
    fn split_up_to(text: &str, separator: char, most: usize) -> Option<Self> {
        let mut rows = Self { rows: Vec::new(), cells: 0, has_more: false };
        let (mut rest, mut line) = (text, 1);
        while !rest.is_empty() {
            if rows.rows.len() >= MOST_ROWS || rows.cells > most {
                rows.has_more = true;
                break;
            }
            let mut row = Row { line, fields: Vec::new() };
            loop {
                let (field, behind) = field(rest, separator)?;
                line += field.text.matches('\n').count();
                row.fields.push(field);
                rest = behind;
                match rest.strip_prefix(separator) {
                    Some(behind) if row.fields.len() <= most => rest = behind,
                    Some(_) => return None,
                    None => break,
                }
            }
            rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\n', '\r'])).unwrap_or(rest);
            line += 1;
            rows.cells += if row.fields.len() > 1 { row.fields.len() } else { 0 };
            if !row.fields.iter().all(Field::is_blank) {
                rows.rows.push(row);
            }
        }
        Some(rows)
    }

    fn have_quotes(&self) -> bool {
        self.rows.iter().flat_map(|row| &row.fields).any(|field| field.is_quoted)
    }

    /// Whether they are tables, with headings and paragraphs between them.
    fn are_tables(&self) -> bool {
        let several: Vec<&Row> = self.rows.iter().filter(|row| row.fields.len() > 1).collect();
        let of_tables = several.iter().filter(|row| row.is_of_a_table()).count();
        of_tables >= FEWEST_ROWS
            && of_tables * 2 >= several.len()
            && !several.iter().flat_map(|row| &row.fields).any(Field::is_prose)
    }

    fn document(self) -> Document {
        // Spreadsheets fill every row up to the longest.
        let width = self.rows.first().map_or(0, |row| row.fields.len());
        let is_padded = width > 1 && self.rows.iter().all(|row| row.fields.len() == width);
        let mut blocks: Vec<Block> = Vec::new();
        for row in self.rows {
            let at = format!("第 {} 行", row.line);
            if let Some(text) = row.alone(is_padded) {
                for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
                    blocks.push(Block::Paragraph { text: unguarded(line).to_owned(), at: at.clone() });
                }
                continue;
            }
            let cells = row.fields.iter().map(|field| GridCell::new(unguarded(field.text.trim()))).collect();
            let row = GridRow { cells, at };
            match blocks.last_mut() {
                Some(Block::Grid(grid)) => grid.rows.push(row),
                _ => blocks.push(Block::Grid(Grid::new(vec![row]))),
            }
        }
        if is_padded {
            blocks.iter_mut().for_each(cut);
        }
        Document { blocks, remarks: Vec::new() }
    }
}

/// Cuts the columns off a grid that are blank to its end in all its rows.
fn cut(block: &mut Block) {
    let Block::Grid(grid) = block else { return };
    let end =
        |row: &GridRow| row.cells.iter().rposition(|cell| !cell.text.is_empty()).map_or(0, |last| last + 1);
    let width = grid.rows.iter().map(end).max().unwrap_or_default();
    grid.rows.iter_mut().for_each(|row| row.cells.truncate(width));
}

/// The field that a text begins with, and what follows it: a separator, the end of a line, or nothing.
fn field(text: &str, separator: char) -> Option<(Field, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([separator, '\n', '\r']).unwrap_or(text.len());
        let (field, rest) = text.split_at(end);
        return Some((Field { text: field.to_owned(), is_quoted: false }, rest));
    };
    let mut field = String::new();
    let mut rest = quoted;
    loop {
        let end = rest.find('"')?;
        field.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.strip_prefix('"') {
            Some(behind) => rest = behind,
            None => break,
        }
        field.push('"');
    }
    let is_closed = rest.is_empty() || rest.starts_with([separator, '\n', '\r']);
    is_closed.then_some((Field { text: field, is_quoted: true }, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grids(text: &str) -> Option<Vec<Vec<Vec<String>>>> {
        let document = read(text).unwrap()?;
        let grids = document.blocks.into_iter().filter_map(|block| match block {
            Block::Grid(grid) => Some(grid),
            _ => None,
        });
        let rows = |grid: Grid| -> Vec<Vec<String>> {
            grid.rows.into_iter().map(|row| row.cells.into_iter().map(|cell| cell.text).collect()).collect()
        };
        Some(grids.map(rows).collect())
    }

    const ROWS: &str = "甲,1,2\n乙,3,4\n丙,5,6\n丁,7,8\n";

    #[test]
    fn rows_of_numbers_are_tables_whatever_separates_them() {
        for separator in [",", ";", "\t"] {
            let grids = grids(&ROWS.replace(',', separator).replace('丙', "\"丙\"")).unwrap();
            assert_eq!(grids.len(), 1);
            assert_eq!(grids[0][3], ["丁", "7", "8"]);
        }
        let quoted = grids("\"甲,\"\"乙\"\"\n丙\",1,2\n甲,1,2\n甲,1,2\n甲,1,\"2\"\n").unwrap();
        assert_eq!(quoted[0][0], ["甲,\"乙\"\n丙", "1", "2"]);
        assert_eq!(quoted[0][3], ["甲", "1", "2"]);
    }

    #[test]
    fn prose_with_commas_is_none() {
        for prose in [
            "甲,乙,丙\n丁,戊,己\n庚,辛,壬\n子,丑,寅\n卯,辰,巳\n",
            "收费1,234,567元\n收费1,234,567元\n收费1,234,567元\n收费1,234,567元\n今年,收到申请12件,均已答复。\n",
            "今年, 1, 2。\n今年, 1, 2。\n今年, 1, 2。\n今年, 1, 2。\n",
            "甲,1,2\n乙,3,4\n丙,5,6\n",
            // Those of plain text.
            &ROWS.replace(',', "\t"),
            "甲,1,2\n\"乙\"丙,3,4\n丙,5,6\n丁,7,8\n戊,1,2\n",
            "\"甲,1,2\n丙,5,6\n丁,7,8\n戊,1,2\n",
            "1,234\n5,678\n9,012\n3,456\n7,890\n",
            "",
        ] {
            assert!(grids(prose).is_none(), "{prose}");
        }
    }

    #[test]
    fn rows_that_a_spreadsheet_filled_up_are_lines_and_tables() {
        let document =
            read("标题,,,\n一、概况,,,\n\"好,很好。\",,,\n甲,1,2,\n乙,3,,\n丙,5,6,\n,,,\n丁,7,8,\n")
                .unwrap()
                .unwrap();
        assert_eq!(document.blocks.len(), 4);
        let Block::Grid(grid) = &document.blocks[3] else { panic!() };
        assert_eq!(grid.rows.len(), 4);
        assert_eq!(grid.rows[3].at, "第 8 行");
        assert_eq!(grid.rows[1].cells.len(), 3);
    }

    proptest::proptest! {
        #[test]
        fn fields_are_those_that_the_csv_crate_writes(
            rows in proptest::collection::vec(proptest::collection::vec("[a,;'\"\n甲 ]{0,6}", 2..5), 1..6)
        ) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let split = Rows::split(&text, ',').unwrap();
            let texts = |row: Row| row.fields.into_iter().map(|field| field.text).collect::<Vec<_>>();
            let found: Vec<Vec<String>> = split.rows.into_iter().map(texts).collect();
            let is_filled = |row: &Vec<String>| row.iter().any(|text| !text.trim().is_empty());
            let expected: Vec<Vec<String>> = rows.into_iter().filter(is_filled).collect();
            proptest::prop_assert_eq!(found, expected);
        }
    }
}
