//! One sheet: the texts of its cells, as they are seen, with their merges and frames. Says nothing of what they mean.

use std::collections::BTreeMap;

use super::super::ImportError;
use super::super::raised::Raised;
use super::super::xml::{Element, Node, Xml};
use super::figures::shown;
use super::styles::Style;

/// The most merges of a sheet.
const MOST_MERGES: usize = 5_000;
/// The most bytes of text in the cells of a workbook: one text may stand in many.
const MOST_TEXT: usize = 10 << 20;
/// A cell has no more bytes than this.
const LONGEST: usize = 4 * 32_767;
/// Framed cells of a row are remembered up to this many.
const MOST_FRAMES: usize = 64;
/// The columns that a sheet has.
const COLUMNS: usize = 16_384;
/// The rows that a sheet has.
const ROWS: usize = 1_048_576;

/// What the cells of all sheets refer to, and what has been read of them.
#[derive(Default)]
pub(super) struct Shared {
    pub strings: Vec<String>,
    pub styles: Vec<Style>,
    /// Whether days are counted from 1904.
    pub is_from_1904: bool,
    /// Whether text was left out because it is crossed out.
    pub has_struck: bool,
    /// How many cells with something in them there may be.
    pub most_cells: usize,
    /// How many of them have been read,
    pub cells: usize,
    /// and how many bytes of text in them.
    pub text: usize,
    /// How many ranges have been merged,
    pub merged: usize,
    /// and how many cells the tables have, blank ones too.
    pub tabled: usize,
}

/// Where a cell stands: row and column, from 1.
pub(super) type At = (usize, usize);

/// A rectangle of cells, its corners within it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Range {
    pub from: At,
    pub to: At,
}

impl Range {
    /// Reads `$A$1:C3` or `B2`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.split_once(':').unwrap_or((text, text));
        let (a, b) = (place(from)?, place(to)?);
        Some(Self { from: (a.0.min(b.0), a.1.min(b.1)), to: (a.0.max(b.0), a.1.max(b.1)) })
    }

    pub(super) fn has(&self, at: At) -> bool {
        (self.from.0..=self.to.0).contains(&at.0) && (self.from.1..=self.to.1).contains(&at.1)
    }
}

/// Reads the place of a cell: `B3`, `$B$3`.
fn place(text: &str) -> Option<At> {
    let text = text.replace('$', "");
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (column, row) = text.split_at(letters);
    if !(1..=3).contains(&letters) || row.len() > 7 {
        return None;
    }
    let digit = |byte: u8| usize::from(byte.to_ascii_uppercase() - b'A') + 1;
    let column = column.bytes().fold(0, |column, byte| column * 26 + digit(byte));
    let row: usize = row.parse().ok()?;
    ((1..=ROWS).contains(&row) && column <= COLUMNS).then_some((row, column))
}

/// What a column is called, counted from 1.
pub(in crate::import) fn letters(mut column: usize) -> String {
    let mut letters = String::new();
    while column > 0 {
        letters.insert(0, char::from(b'A' + u8::try_from((column - 1) % 26).unwrap_or_default()));
        column = (column - 1) / 26;
    }
    letters
}

/// A row with something in it.
#[derive(Default, Debug)]
pub(super) struct Row {
    /// The texts, by column.
    pub texts: BTreeMap<usize, String>,
    /// The columns of framed cells.
    pub framed: Vec<usize>,
}

/// A sheet.
#[derive(Default, Debug)]
pub(super) struct Sheet {
    pub rows: BTreeMap<usize, Row>,
    pub merges: Vec<Range>,
    /// What was met that the reader should know of, with the first cell of each kind.
    pub met: BTreeMap<Met, (usize, String)>,
}

/// What may be met in a sheet that the reader should know of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(in crate::import) enum Met {
    /// A truth value.
    Truth,
    /// An error value.
    Error,
    /// A formula without a result.
    NotComputed,
    /// A number that is shown otherwise than it is.
    Differs,
    /// A number that is not shown.
    NotShown,
    /// A row or column that is not shown.
    Hidden,
    /// A picture or a text box.
    Drawing,
}

/// Reads a sheet.
pub(super) fn read(text: &str, shared: &mut Shared) -> Result<Sheet, ImportError> {
    let mut reader = Reader {
        shared,
        sheet: Sheet::default(),
        at: (0, 0),
        cell: Cell::default(),
        open: (0, Row::default()),
    };
    let mut xml = Xml::new(text);
    while let Some(piece) = xml.next()? {
        match piece {
            Node::Element(element) => reader.begin(&element)?,
            Node::Text(text) => reader.cell.text(&text),
            Node::End(name) => match name.as_str() {
                "c" => reader.end_cell()?,
                name => reader.cell.end(name),
            },
        }
    }
    reader.close_row();
    Ok(reader.sheet)
}

/// The text of a cell or of a shared string: runs joined, without the reading aids beside them.
#[derive(Default)]
pub(super) struct Rich {
    pub text: String,
    /// Whether something was left out because it is crossed out.
    pub has_struck: bool,
    is_text: bool,
    is_phonetic: bool,
    is_struck: bool,
    raised: Raised,
}

impl Rich {
    pub(super) fn begin(&mut self, element: &Element<'_>) {
        match element.name() {
            "r" => (self.is_struck, self.raised) = (false, Raised::No),
            "strike" => self.is_struck = element.attribute("val").is_none_or(|on| on != "0" && on != "false"),
            "vertAlign" => {
                self.raised = match element.attribute("val").as_deref() {
                    Some("superscript") => Raised::Up,
                    Some("subscript") => Raised::Down,
                    _ => Raised::No,
                };
            }
            "t" => self.is_text = !self.is_phonetic,
            "rPh" => self.is_phonetic = true,
            _ => {}
        }
    }

    pub(super) fn end(&mut self, name: &str) {
        match name {
            "t" => self.is_text = false,
            "rPh" => self.is_phonetic = false,
            _ => {}
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        if !self.is_text || self.text.len() + text.len() > LONGEST {
        } else if self.is_struck {
            self.has_struck |= !text.trim().is_empty();
        } else {
            self.text.push_str(&self.raised.written(text, self.text.chars().next_back()));
        }
    }
}

/// Resolves the escapes of characters that XML cannot hold: `_x000D_`.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        let char = code
            .filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?));
        let end = if char.is_some() { at + 7 } else { at + 2 };
        out.push_str(&rest[..if char.is_some() { at } else { end }]);
        out.extend(char);
        rest = &rest[end..];
    }
    out + rest
}

/// The cell that is being read.
#[derive(Default)]
struct Cell {
    kind: String,
    style: usize,
    value: String,
    rich: Rich,
    is_value: bool,
    has_formula: bool,
}

impl Cell {
    fn text(&mut self, text: &str) {
        if self.is_value && self.value.len() + text.len() <= LONGEST {
            self.value.push_str(text);
        }
        self.rich.text(text);
    }

    fn end(&mut self, name: &str) {
        self.is_value &= name != "v";
        self.rich.end(name);
    }
}

struct Reader<'s> {
    shared: &'s mut Shared,
    sheet: Sheet,
    at: At,
    cell: Cell,
    /// The row that is being read, with its number.
    open: (usize, Row),
}

impl Reader<'_> {
    fn begin(&mut self, element: &Element<'_>) -> Result<(), ImportError> {
        match element.name() {
            "row" => {
                let row = element.number("r").filter(|row| (1..=ROWS).contains(row));
                self.at = (row.unwrap_or((self.at.0 + 1).min(ROWS)), 0);
                if element.is("hidden") {
                    self.meet(Met::Hidden);
                }
            }
            "col" if element.is("hidden") => self.meet(Met::Hidden),
            "drawing" => self.meet(Met::Drawing),
            "c" => {
                let next = (self.at.0.max(1), (self.at.1 + 1).min(COLUMNS));
                self.at = element.attribute("r").and_then(|at| place(&at)).unwrap_or(next);
                self.cell = Cell {
                    kind: element.attribute("t").unwrap_or_default(),
                    style: element.number("s").unwrap_or_default(),
                    ..Cell::default()
                };
            }
            "v" => self.cell.is_value = true,
            "f" => self.cell.has_formula = true,
            "mergeCell" => {
                let range = element.attribute("ref").and_then(|range| Range::parse(&range));
                self.sheet.merges.extend(range.filter(|range| range.from != range.to));
                self.shared.merged += 1;
                if self.shared.merged > MOST_MERGES {
                    return Err(ImportError::TooMuch("合并的单元格", MOST_MERGES, "处"));
                }
            }
            _ => self.cell.rich.begin(element),
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), ImportError> {
        let cell = std::mem::take(&mut self.cell);
        self.shared.has_struck |= cell.rich.has_struck;
        let style = self.shared.styles.get(cell.style).cloned().unwrap_or_default();
        let value = cell.value.trim();
        let text = match cell.kind.as_str() {
            "s" => {
                let string = value.parse().ok().and_then(|index: usize| self.shared.strings.get(index));
                string.cloned().unwrap_or_default()
            }
            "inlineStr" => unescaped(&cell.rich.text),
            "str" => unescaped(&cell.value),
            "b" => {
                self.meet(Met::Truth);
                (if value == "0" { "FALSE" } else { "TRUE" }).to_owned()
            }
            "e" => {
                self.meet(Met::Error);
                value.to_owned()
            }
            "d" => value.split('T').next().unwrap_or_default().to_owned(),
            _ => {
                let shown = shown(value, &style.format, self.shared.is_from_1904);
                if shown.differs {
                    self.meet(if shown.text.is_empty() { Met::NotShown } else { Met::Differs });
                }
                shown.text
            }
        };
        if cell.has_formula && value.is_empty() && cell.kind != "str" {
            self.meet(Met::NotComputed);
        }
        let is_blank = text.trim().is_empty();
        if !is_blank {
            self.shared.cells += 1;
            self.shared.text += text.len();
            if self.shared.cells > self.shared.most_cells {
                return Err(ImportError::TooMuch("表格", self.shared.most_cells, "格"));
            }
            if self.shared.text > MOST_TEXT {
                return Err(ImportError::TooMuch("文字", MOST_TEXT >> 20, "MB"));
            }
        }
        if self.open.0 != self.at.0 {
            self.close_row();
        }
        let row = &mut self.open.1;
        if style.is_framed && row.framed.len() < MOST_FRAMES {
            row.framed.push(self.at.1);
        }
        if !is_blank {
            row.texts.insert(self.at.1, text);
        }
        Ok(())
    }

    /// Keeps the row that has been read, if there is more in it than frames, and begins another.
    fn close_row(&mut self) {
        let (number, row) = std::mem::replace(&mut self.open, (self.at.0, Row::default()));
        if !row.texts.is_empty() {
            let kept = self.sheet.rows.entry(number).or_default();
            kept.texts.extend(row.texts);
            kept.framed.extend(row.framed);
        }
    }

    fn meet(&mut self, met: Met) {
        let (row, column) = self.at;
        let (count, _) =
            self.sheet.met.entry(met).or_insert_with(|| (0, format!("{}{row}", letters(column))));
        *count += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_ranges_are_read_as_they_are_spelled() {
        assert_eq!(place("A1"), Some((1, 1)));
        assert_eq!(place("$XFD$1048576"), Some((ROWS, COLUMNS)));
        for bad in ["", "A", "1", "A0", "XFE1", "A1048577", "AAAA1", "A-1", "A99999999999", "表1"] {
            assert_eq!(place(bad), None, "{bad}");
        }
        assert_eq!(Range::parse("C3:A1"), Some(Range { from: (1, 1), to: (3, 3) }));
    }

    #[test]
    fn escapes_of_characters_are_resolved_and_nothing_else() {
        for (text, plain) in [
            ("甲_x000D_乙", "甲\r乙"),
            ("_x005F_x000D_", "_x000D_"),
            ("_x00_", "_x00_"),
            ("_x", "_x"),
            ("_x甲乙丙丁_", "_x甲乙丙丁_"),
            ("_xD800_", "_xD800_"),
            ("__x0041__", "_A_"),
        ] {
            assert_eq!(unescaped(text), plain, "{text}");
        }
    }
}
