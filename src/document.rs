//! The waist between our report and everybody's files: headings, paragraphs, and grids with spans.
//!
//! Importers make a [`Document`] of bytes and know nothing of the form; exporters make bytes of one. What the document
//! says of a report is [`recognize`]'s to find out, and how a report is laid out is [`compose`]'s.

pub mod compose;
pub mod listing;
pub mod recognize;

/// A text with tables, in reading order.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Document {
    /// Its blocks, in reading order.
    pub blocks: Vec<Block>,
    /// What whoever reads the report should know of the file: bytes that are no text, changes not yet accepted.
    pub remarks: Vec<String>,
}

/// A piece of a document, with where in the source it stands (`第 41 行`; empty when composed).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Block {
    /// A heading; the title has level 0, the six sections have level 1.
    Heading {
        /// 0 for the title, then downwards.
        level: u8,
        /// The words.
        text: String,
        /// Where it stands.
        at: String,
    },
    /// A paragraph of prose.
    Paragraph {
        /// The words.
        text: String,
        /// Where it stands.
        at: String,
    },
    /// A table.
    Grid(Grid),
}

/// A table: rows of cells, a merged cell standing only where it begins.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Grid {
    /// The rows, top to bottom.
    pub rows: Vec<GridRow>,
    /// What the source calls its columns (`C`), where it names them and not all of them are here; else they are counted.
    pub columns: Vec<String>,
}

impl Grid {
    /// A table of these rows.
    pub fn new(rows: Vec<GridRow>) -> Self {
        Self { rows, columns: Vec::new() }
    }

    /// What a column is called, counted from 0: `第 3 列`, `C 列`.
    pub fn column(&self, number: usize) -> String {
        self.columns.get(number).map_or_else(|| format!("第 {} 列", number + 1), |name| format!("{name} 列"))
    }

    /// The texts on a rectangle: a merged cell where it begins, blanks where it goes on. Rows may differ in length where
    /// the source's do.
    pub fn rectangle(&self) -> Vec<Vec<&str>> {
        fn text(cell: Option<&GridCell>) -> &str {
            cell.map_or("", |cell| &cell.text)
        }
        self.places().into_iter().map(|row| row.into_iter().map(text).collect()).collect()
    }

    /// The cells on a rectangle, each where it begins.
    pub fn places(&self) -> Vec<Vec<Option<&GridCell>>> {
        let mut taken: Vec<usize> = Vec::new();
        let mut rectangle = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let mut places: Vec<Option<&GridCell>> = Vec::new();
            let skip = |places: &mut Vec<Option<&GridCell>>, taken: &mut Vec<usize>| {
                while let Some(left) = taken.get_mut(places.len()).filter(|left| **left > 0) {
                    *left -= 1;
                    places.push(None);
                }
            };
            for cell in &row.cells {
                skip(&mut places, &mut taken);
                for column in 0..cell.column_span {
                    if taken.len() <= places.len() {
                        taken.resize(places.len() + 1, 0);
                    }
                    taken[places.len()] = cell.row_span - 1;
                    places.push((column == 0).then_some(cell));
                }
            }
            skip(&mut places, &mut taken);
            // A merged cell beyond the end of a short row goes on there too.
            for left in taken.iter_mut().skip(places.len()) {
                *left = left.saturating_sub(1);
            }
            rectangle.push(places);
        }
        rectangle
    }
}

/// A row of a grid.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct GridRow {
    /// The cells that begin in this row, left to right. Blank cells are there, with an empty text.
    pub cells: Vec<GridCell>,
    /// Where the row stands in the source; empty when composed.
    pub at: String,
}

/// A cell of a grid.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GridCell {
    /// What is written in it; lines are separated by `\n`.
    pub text: String,
    /// How many columns it takes, at least 1.
    pub column_span: usize,
    /// How many rows it takes, at least 1.
    pub row_span: usize,
    /// Whether it is a label or heading rather than content.
    pub is_header: bool,
}

/// Whether a line is the number of a page and nothing else: `— 2 —`, `第 2 页 共 6 页`.
pub fn is_page_number(line: &str) -> bool {
    const DASHES: [char; 4] = ['-', '－', '—', '–'];
    let squeezed: String = line.chars().take(40).filter(|c| !c.is_whitespace()).collect();
    let inner = squeezed.trim_matches(DASHES);
    let is_number = |text: &str| (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let is_between_dashes = squeezed.starts_with(DASHES) && squeezed.ends_with(DASHES) && is_number(inner);
    let pages: Vec<&str> =
        squeezed.split(['第', '页', '共', '，', '/']).filter(|part| !part.is_empty()).collect();
    let is_spelled =
        squeezed.starts_with('第') && squeezed.ends_with('页') && pages.iter().all(|page| is_number(page));
    is_between_dashes || is_spelled && pages.len() <= 2
}

impl GridCell {
    /// A cell of one row and one column.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), column_span: 1, row_span: 1, is_header: false }
    }

    /// A label that takes `row_span` rows and `column_span` columns.
    pub fn header(text: impl Into<String>, row_span: usize, column_span: usize) -> Self {
        Self { text: text.into(), column_span, row_span, is_header: true }
    }
}
