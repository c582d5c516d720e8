//! The body of an OpenDocument text: paragraphs, lists and tables, through everything that may stand around them.

use super::super::ImportError;
use super::super::flow::{Budget, Cell, Piece};
use super::super::ordinal;
use super::super::remarks::Remarks;
use super::super::xml::{Element, Node, Xml};
use super::lists::Styles;
use super::looks::Look;

/// No more blanks than this stand for one element.
const MOST_BLANKS: usize = 200;
/// No row and no cell is repeated more often than this.
const MOST_REPEATED: usize = 64;

/// A body that is being read.
pub(super) struct Body {
    styles: Styles,
    budget: Budget,
    pub remarks: Remarks,
    /// The lists that are open: the style of the outermost, and how many there are.
    list: Option<(String, usize)>,
    /// The number that the next paragraph of an item gets.
    number: Option<String>,
}

/// A paragraph that is being read.
#[derive(Default)]
struct Paragraph {
    text: String,
    look: Look,
    /// What stands in text boxes that hang on it, before its text and behind.
    before: Vec<Piece>,
    behind: Vec<Piece>,
}

/// A row that is being read.
#[derive(Default)]
struct Row {
    cells: Vec<Cell>,
    columns: usize,
}

/// What is in a frame or a shape.
#[derive(Default)]
struct Shape {
    pieces: Vec<Piece>,
    is_picture: bool,
}

impl Body {
    pub(super) fn new(styles: Styles) -> Self {
        Self { styles, budget: Budget::default(), remarks: Remarks::default(), list: None, number: None }
    }

    /// Reads the whole part.
    pub(super) fn read(&mut self, xml: &mut Xml<'_>) -> Result<Vec<Piece>, ImportError> {
        let mut pieces = Vec::new();
        xml.elements(|xml, _| {
            xml.elements(|xml, element| match element.name() {
                "automatic-styles" => self.styles.take(xml),
                "body" => self.blocks(xml, &mut pieces),
                _ => Ok(()),
            })
        })?;
        Ok(pieces)
    }

    /// What stands in the element that has just begun: a body, a section, a cell, a text box.
    fn blocks(&mut self, xml: &mut Xml<'_>, to: &mut Vec<Piece>) -> Result<(), ImportError> {
        xml.elements(|xml, element| match element.name() {
            "p" | "h" => self.paragraph(xml, &element, to),
            "list" => self.list(xml, &element, to),
            "table" => self.table(xml, to),
            "section" if element.attribute("display").is_some_and(|display| display == "none") => {
                self.remarks.has_hidden = true;
                Ok(())
            }
            "tracked-changes" => xml.elements(|_, change| {
                self.remarks.has_changes |= change.name() == "changed-region";
                Ok(())
            }),
            // The patterns of an index are no text of it.
            name if name.ends_with("-source") => Ok(()),
            "forms" | "annotation" | "title" | "desc" => Ok(()),
            name if is_shape(name) => {
                let mut shape = Shape::default();
                self.shape(xml, &mut shape)?;
                self.remarks.pictures += usize::from(shape.is_picture);
                to.extend(shape.pieces);
                Ok(())
            }
            _ => self.blocks(xml, to),
        })
    }

    /// A list: its numbers go on from those before only where it says so.
    fn list(
        &mut self,
        xml: &mut Xml<'_>,
        list: &Element<'_>,
        to: &mut Vec<Piece>,
    ) -> Result<(), ImportError> {
        let outer = self.list.clone();
        let own = list.attribute("style-name");
        let (style, level) = match &outer {
            Some((style, level)) => (own.unwrap_or_else(|| style.clone()), level + 1),
            None => (own.unwrap_or_default(), 0),
        };
        let goes_on = list.attribute("continue-numbering").is_some_and(|value| value == "true")
            || list.attribute("continue-list").is_some();
        if outer.is_none() && !goes_on {
            self.styles.restart(&style);
        }
        self.list = Some((style.clone(), level));
        xml.elements(|xml, item| {
            self.number = None;
            if item.name() == "list-item" {
                let start = item.number("start-value").and_then(|start| u32::try_from(start).ok());
                // An item that only holds a deeper list has no number of its own.
                self.item(xml, &style, level, start, to)?;
            } else {
                self.blocks(xml, to)?;
            }
            self.number = None;
            Ok(())
        })?;
        self.list = outer;
        Ok(())
    }

    /// An item: its first paragraph has the number.
    fn item(
        &mut self,
        xml: &mut Xml<'_>,
        style: &str,
        level: usize,
        start: Option<u32>,
        to: &mut Vec<Piece>,
    ) -> Result<(), ImportError> {
        let mut is_first = true;
        xml.elements(|xml, element| match element.name() {
            "p" | "h" => {
                self.number = if is_first { self.styles.next(style, level, start) } else { None };
                is_first = false;
                self.paragraph(xml, &element, to)
            }
            "list" => self.list(xml, &element, to),
            _ => self.blocks(xml, to),
        })
    }

    fn paragraph(
        &mut self,
        xml: &mut Xml<'_>,
        element: &Element<'_>,
        to: &mut Vec<Piece>,
    ) -> Result<(), ImportError> {
        let mut number = self.number.take();
        let level = element.number("outline-level").filter(|_| element.name() == "h").unwrap_or(1);
        let is_header = element.attribute("is-list-header").is_some_and(|value| value == "true");
        if element.name() == "h" && self.list.is_none() && !is_header {
            number = self.styles.next_heading(level.saturating_sub(1));
        }
        let is_title = element.attribute("style-name").is_some_and(|name| name == "Title");
        let level = match element.name() {
            _ if is_title => Some(0),
            "h" => u8::try_from(level).ok(),
            _ => None,
        };
        let list = self.list.take();
        let mut paragraph = Paragraph { look: self.styles.look(element), ..Paragraph::default() };
        self.run(xml, &mut paragraph)?;
        self.list = list;
        to.extend(paragraph.before);
        if !paragraph.text.trim().is_empty() {
            self.budget.line()?;
            let text = match number {
                Some(number) => ordinal::before(&number, paragraph.text.trim_start()),
                None => paragraph.text,
            };
            to.push(Piece::Line { level, text });
        }
        to.extend(paragraph.behind);
        Ok(())
    }

    /// What stands in a paragraph and in a span.
    fn run(&mut self, xml: &mut Xml<'_>, to: &mut Paragraph) -> Result<(), ImportError> {
        xml.children(|xml, node| match node {
            Node::Text(text) => {
                self.write(&text, to);
                Ok(())
            }
            Node::Element(element) => self.inline(xml, &element, to),
            Node::End(_) => Ok(()),
        })
    }

    fn inline(
        &mut self,
        xml: &mut Xml<'_>,
        element: &Element<'_>,
        to: &mut Paragraph,
    ) -> Result<(), ImportError> {
        match element.name() {
            "s" if !to.look.is_unread() => {
                let count = element.number("c").unwrap_or(1).min(MOST_BLANKS);
                to.text.extend(std::iter::repeat_n(' ', count));
            }
            "tab" if !to.look.is_unread() => to.text.push('\t'),
            "line-break" if !to.look.is_unread() => to.text.push('\n'),
            "note" => self.remarks.has_notes = true,
            "hidden-text" | "hidden-paragraph" => self.remarks.has_hidden = true,
            "change-start" | "change-end" | "change" => self.remarks.has_changes = true,
            // Comments, the reading above a character, and the number that another program put there.
            "annotation" | "ruby-text" | "number" | "title" | "desc" => {}
            name if is_shape(name) => {
                let mut shape = Shape::default();
                self.shape(xml, &mut shape)?;
                self.remarks.pictures += usize::from(shape.is_picture);
                if to.text.is_empty() {
                    to.before.extend(shape.pieces)
                } else {
                    to.behind.extend(shape.pieces)
                }
            }
            _ => {
                let outer = to.look;
                to.look = outer.with(self.styles.look(element));
                self.run(xml, to)?;
                to.look = outer;
            }
        }
        Ok(())
    }

    /// Blanks and line ends of the file are one blank, and none at the beginning.
    fn write(&mut self, text: &str, to: &mut Paragraph) {
        const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];
        let is_blank = text.trim().is_empty();
        self.remarks.has_hidden |= to.look.is_hidden && !is_blank;
        self.remarks.has_struck |= to.look.is_struck() && !is_blank;
        if to.look.is_unread() {
            return;
        }
        let text = to.look.raised().written(text, to.text.chars().next_back());
        for c in text.chars() {
            if !BLANKS.contains(&c) {
                to.text.push(c);
            } else if !(to.text.is_empty() || to.text.ends_with(BLANKS)) {
                to.text.push(' ');
            }
        }
    }

    /// What is in a frame or a shape: text, a table, a picture.
    fn shape(&mut self, xml: &mut Xml<'_>, to: &mut Shape) -> Result<(), ImportError> {
        xml.elements(|xml, element| match element.name() {
            "text-box" => self.blocks(xml, &mut to.pieces),
            "p" => self.paragraph(xml, &element, &mut to.pieces),
            "list" => self.list(xml, &element, &mut to.pieces),
            "table" => self.table(xml, &mut to.pieces),
            "image" | "object" | "object-ole" => {
                to.is_picture = true;
                Ok(())
            }
            "title" | "desc" => Ok(()),
            _ => self.shape(xml, to),
        })
    }

    fn table(&mut self, xml: &mut Xml<'_>, to: &mut Vec<Piece>) -> Result<(), ImportError> {
        self.budget.open_table()?;
        let list = self.list.take();
        let mut rows = Vec::new();
        self.rows(xml, &mut rows)?;
        self.list = list;
        self.budget.close_table();
        to.push(Piece::Table(rows));
        Ok(())
    }

    fn rows(&mut self, xml: &mut Xml<'_>, to: &mut Vec<Vec<Cell>>) -> Result<(), ImportError> {
        xml.elements(|xml, element| match element.name() {
            "table-row" => {
                let mut row = Row::default();
                self.cells(xml, &mut row)?;
                let repeated = element.number("number-rows-repeated").unwrap_or(1).clamp(1, MOST_REPEATED);
                for _ in 1..repeated {
                    to.push(self.copied(&row)?);
                }
                to.push(row.cells);
                Ok(())
            }
            "table-header-rows" | "table-rows" | "table-row-group" => self.rows(xml, to),
            _ => Ok(()),
        })
    }

    /// A row that is repeated, counted once more.
    fn copied(&mut self, row: &Row) -> Result<Vec<Cell>, ImportError> {
        let copy = |cell: &Cell| Cell { pieces: copies(&cell.pieces), ..*cell };
        for cell in &row.cells {
            self.budget.cell(cell.column, cell.column_span)?;
        }
        Ok(row.cells.iter().map(copy).collect())
    }

    fn cells(&mut self, xml: &mut Xml<'_>, to: &mut Row) -> Result<(), ImportError> {
        xml.elements(|xml, element| {
            let repeated = element.number("number-columns-repeated").unwrap_or(1).clamp(1, MOST_REPEATED);
            match element.name() {
                "table-cell" => {
                    let span = |name| element.number(name).unwrap_or(1).max(1);
                    let mut pieces = Vec::new();
                    self.blocks(xml, &mut pieces)?;
                    let row_span = span("number-rows-spanned");
                    for _ in 0..repeated {
                        let column_span = span("number-columns-spanned");
                        let column = to.columns;
                        // What a cell takes to the right is covered by cells of its own.
                        self.budget.cell(column, column_span)?;
                        to.columns += 1;
                        let pieces =
                            if repeated == 1 { std::mem::take(&mut pieces) } else { copies(&pieces) };
                        to.cells.push(Cell { column, column_span, row_span, pieces });
                    }
                }
                "covered-table-cell" => {
                    for _ in 0..repeated {
                        to.columns = self.budget.cell(to.columns, 1)?;
                    }
                }
                _ => {}
            }
            Ok(())
        })
    }
}

/// The lines of a cell that is repeated.
fn copies(pieces: &[Piece]) -> Vec<Piece> {
    let copied = pieces.iter().filter_map(|piece| match piece {
        Piece::Line { level, text } => Some(Piece::Line { level: *level, text: text.clone() }),
        Piece::Table(_) => None,
    });
    copied.collect()
}

/// Whether an element is drawn.
fn is_shape(name: &str) -> bool {
    matches!(
        name,
        "frame" | "custom-shape" | "rect" | "ellipse" | "g" | "line" | "path" | "polygon" | "caption"
    )
}
