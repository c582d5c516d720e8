//! The body of a Word document: paragraphs, runs and tables, through everything that may stand around them.

use super::super::ImportError;
use super::super::flow::{Budget, Piece};
use super::super::ordinal;
use super::super::raised::Raised;
use super::super::remarks::Remarks;
use super::super::xml::{Element, Xml};
use super::numbering::Numbering;
use super::styles::{Properties, Styles, is_on};
use super::symbol::symbol;
use super::table::{CellDraft, Merge, Row, merged};

/// What reads an element where it stands, into `T`.
type Take<T> = fn(&mut Body, &mut Xml<'_>, &Element<'_>, &mut T) -> Result<(), ImportError>;

/// A body that is being read.
pub(super) struct Body {
    styles: Styles,
    numbering: Numbering,
    budget: Budget,
    pub remarks: Remarks,
    /// For each field that is open, whether its result has begun: what stands before is its formula.
    fields: Vec<bool>,
    /// The text of paragraphs whose marks were deleted: they go on in the next.
    carried: String,
    /// How many pieces of content have been read.
    content: usize,
}

/// A paragraph that is being read.
#[derive(Default)]
struct Paragraph {
    properties: Properties,
    text: String,
    /// What the run says of its text.
    run: Look,
    /// How its first text looks.
    first: Option<Look>,
    /// What stands in text boxes that hang on it, before its text and behind.
    before: Vec<Piece>,
    behind: Vec<Piece>,
}

/// How the text of a run looks, as far as that says what it is.
#[derive(Clone, Copy, Default)]
struct Look {
    is_hidden: bool,
    is_struck: bool,
    raised: Raised,
    /// How far it is moved up, in half points, and its size.
    position: i32,
    size: Option<usize>,
}

impl Look {
    /// What properties say, and where they do not, as before.
    fn said(self, properties: &Properties) -> Self {
        Self {
            is_hidden: properties.is_hidden.unwrap_or(self.is_hidden),
            is_struck: properties.is_struck.unwrap_or(self.is_struck),
            raised: properties.raised.unwrap_or(self.raised),
            position: properties.position.unwrap_or(self.position),
            size: properties.size.or(self.size),
        }
    }

    /// Where text stands beside the first of its paragraph. LibreOffice moves what is raised, and mostly makes it smaller;
    /// what is moved a little and as large as the rest is not raised, nor is a whole line.
    fn beside(self, first: Self) -> Raised {
        let is_smaller = self.size.is_some_and(|size| first.size.is_none_or(|first| size < first));
        let least = if is_smaller { 2 } else { 6 };
        match self.position.saturating_sub(first.position) {
            apart if apart.saturating_abs() < least => self.raised,
            1.. => Raised::Up,
            _ => Raised::Down,
        }
    }
}

impl Body {
    pub(super) fn new(styles: Styles, numbering: Numbering) -> Self {
        Self {
            styles,
            numbering,
            budget: Budget::default(),
            remarks: Remarks::default(),
            fields: Vec::new(),
            carried: String::new(),
            content: 0,
        }
    }

    /// Reads the whole part.
    pub(super) fn read(&mut self, xml: &mut Xml<'_>) -> Result<Vec<Piece>, ImportError> {
        let mut pieces = Vec::new();
        self.each(xml, &mut pieces, Self::block)?;
        self.line(None, String::new(), &mut pieces)?;
        Ok(pieces)
    }

    /// Gives what stands in the element that has just begun, also where something else is around it.
    fn each<T>(&mut self, xml: &mut Xml<'_>, to: &mut T, take: Take<T>) -> Result<(), ImportError> {
        xml.elements(|xml, element| match element.name() {
            "sdt" => self.control(xml, to, take),
            "AlternateContent" => self.alternatives(xml, to, take),
            "ins" | "moveTo" => {
                self.remarks.has_changes = true;
                self.each(xml, to, take)
            }
            "del" | "moveFrom" => {
                self.remarks.has_changes = true;
                Ok(())
            }
            _ => take(self, xml, &element, to),
        })
    }

    /// A content control: what is in it, unless that is only the invitation to write something.
    fn control<T>(&mut self, xml: &mut Xml<'_>, to: &mut T, take: Take<T>) -> Result<(), ImportError> {
        let mut is_invitation = false;
        xml.elements(|xml, element| match element.name() {
            "sdtPr" => xml.elements(|_, property| {
                is_invitation |= property.name() == "showingPlcHdr" && is_on(&property);
                Ok(())
            }),
            "sdtContent" if !is_invitation => self.each(xml, to, take),
            _ => Ok(()),
        })
    }

    /// The same content for several versions of Word: the first that has something for us.
    fn alternatives<T>(&mut self, xml: &mut Xml<'_>, to: &mut T, take: Take<T>) -> Result<(), ImportError> {
        let before = self.content;
        xml.elements(|xml, _| if self.content == before { self.each(xml, to, take) } else { Ok(()) })
    }

    /// What may stand in the body, in a cell or in a text box.
    fn block(
        &mut self,
        xml: &mut Xml<'_>,
        element: &Element<'_>,
        to: &mut Vec<Piece>,
    ) -> Result<(), ImportError> {
        match element.name() {
            "p" => self.paragraph(xml, to),
            "tbl" => self.table(xml, to),
            "altChunk" => {
                self.remarks.has_file = true;
                Ok(())
            }
            _ => self.each(xml, to, Self::block),
        }
    }

    fn paragraph(&mut self, xml: &mut Xml<'_>, to: &mut Vec<Piece>) -> Result<(), ImportError> {
        let carried = std::mem::take(&mut self.carried);
        let mut paragraph = Paragraph { text: carried, ..Paragraph::default() };
        paragraph.properties = self.styles.complete(Properties::default(), true);
        self.each(xml, &mut paragraph, Self::run)?;
        // A formula does not go on in the next paragraph; a field that was never ended would swallow the rest.
        self.fields.fill(true);
        let Paragraph { properties, text, before, behind, .. } = paragraph;
        self.remarks.has_changes |= properties.is_inserted || properties.is_deleted;
        to.extend(before);
        if properties.is_deleted {
            self.carried = text;
        } else {
            let list = properties.list.filter(|list| *list > 0);
            let number =
                list.and_then(|list| self.numbering.next(list, properties.list_level.unwrap_or_default()));
            let text = match number {
                Some(number) if !text.trim().is_empty() => ordinal::before(&number, text.trim_start()),
                _ => text,
            };
            self.line(properties.level, text, to)?;
        }
        to.extend(behind);
        Ok(())
    }

    fn line(&mut self, level: Option<u8>, text: String, to: &mut Vec<Piece>) -> Result<(), ImportError> {
        let text = std::mem::take(&mut self.carried) + &text;
        if !text.trim().is_empty() {
            self.budget.line()?;
            to.push(Piece::Line { level, text });
        }
        Ok(())
    }

    /// What may stand in a paragraph and in a run.
    fn run(
        &mut self,
        xml: &mut Xml<'_>,
        element: &Element<'_>,
        to: &mut Paragraph,
    ) -> Result<(), ImportError> {
        let written = match element.name() {
            "pPr" => {
                to.properties = self.styles.complete(Properties::read(xml)?, true);
                return Ok(());
            }
            "r" => {
                to.run = Look::default().said(&to.properties);
                return self.each(xml, to, Self::run);
            }
            "rPr" => {
                to.run = to.run.said(&self.styles.complete(Properties::read(xml)?, false));
                return Ok(());
            }
            "drawing" | "pict" | "object" => return self.picture(xml, to),
            "fldChar" => {
                self.field(element);
                return Ok(());
            }
            "footnoteReference" | "endnoteReference" => {
                self.remarks.has_notes = true;
                return Ok(());
            }
            // The reading above a character, the code of a field, and what was deleted, are no text.
            "rt" | "instrText" | "delText" | "delInstrText" => return Ok(()),
            "t" => {
                let is_kept = element.attribute("space").is_some_and(|space| space == "preserve");
                let text = xml.written()?;
                if is_kept { text } else { text.trim_matches(['\n', '\r', '\t', ' ']).to_owned() }
            }
            "tab" | "ptab" => "\t".to_owned(),
            "br" | "cr" => "\n".to_owned(),
            "noBreakHyphen" => "-".to_owned(),
            "sym" => symbol(element).to_string(),
            _ => return self.each(xml, to, Self::run),
        };
        let is_blank = written.trim().is_empty();
        if to.run.is_hidden {
            self.remarks.has_hidden |= !is_blank;
        } else if to.run.is_struck && !is_blank {
            self.remarks.has_struck = true;
        } else if !self.fields.contains(&false) {
            self.content += 1;
            let raised = if is_blank { Raised::No } else { to.run.beside(*to.first.get_or_insert(to.run)) };
            to.text.push_str(&raised.written(&written, to.text.chars().next_back()));
        }
        Ok(())
    }

    /// The beginning, the middle or the end of a field.
    fn field(&mut self, mark: &Element<'_>) {
        match mark.attribute("fldCharType").as_deref() {
            Some("begin") => self.fields.push(false),
            Some("separate") => {
                self.fields.pop();
                self.fields.push(true);
            }
            _ => {
                self.fields.pop();
            }
        }
    }

    /// A picture or a shape: what is in its text boxes, or else the remark that it is there.
    fn picture(&mut self, xml: &mut Xml<'_>, to: &mut Paragraph) -> Result<(), ImportError> {
        let mut shape = Shape::default();
        let fields = std::mem::take(&mut self.fields);
        self.each(xml, &mut shape, Self::shape)?;
        self.fields = fields;
        self.remarks.pictures += usize::from(shape.is_picture);
        self.content += usize::from(shape.is_picture);
        if to.text.is_empty() {
            to.before.extend(shape.pieces)
        } else {
            to.behind.extend(shape.pieces)
        }
        Ok(())
    }

    fn shape(&mut self, xml: &mut Xml<'_>, element: &Element<'_>, to: &mut Shape) -> Result<(), ImportError> {
        match element.name() {
            "txbxContent" => {
                let carried = std::mem::take(&mut self.carried);
                self.each(xml, &mut to.pieces, Self::block)?;
                self.line(None, String::new(), &mut to.pieces)?;
                self.carried = carried;
                return Ok(());
            }
            "blip" | "imagedata" | "OLEObject" | "chart" | "relIds" => to.is_picture = true,
            _ => {}
        }
        self.each(xml, to, Self::shape)
    }

    fn table(&mut self, xml: &mut Xml<'_>, to: &mut Vec<Piece>) -> Result<(), ImportError> {
        self.line(None, String::new(), to)?;
        self.budget.open_table()?;
        let mut rows = Vec::new();
        self.each(xml, &mut rows, Self::row)?;
        self.budget.close_table();
        to.push(Piece::Table(merged(rows)));
        Ok(())
    }

    fn row(
        &mut self,
        xml: &mut Xml<'_>,
        element: &Element<'_>,
        to: &mut Vec<Row>,
    ) -> Result<(), ImportError> {
        if element.name() != "tr" {
            return self.each(xml, to, Self::row);
        }
        let mut row = Row::default();
        self.each(xml, &mut row, Self::cell)?;
        if row.after > 0 {
            row.push(CellDraft { span: row.after, merge: Merge::No, pieces: Vec::new() }, &mut self.budget)?;
        }
        if !row.is_left_out {
            to.push(row);
        }
        Ok(())
    }

    fn cell(&mut self, xml: &mut Xml<'_>, element: &Element<'_>, to: &mut Row) -> Result<(), ImportError> {
        match element.name() {
            "trPr" => xml.elements(|_, property| self.row_property(&property, to)),
            "tc" => {
                let mut cell = CellDraft { span: 1, merge: Merge::No, pieces: Vec::new() };
                self.each(xml, &mut cell, Self::content)?;
                self.line(None, String::new(), &mut cell.pieces)?;
                to.push(cell, &mut self.budget)
            }
            _ => self.each(xml, to, Self::cell),
        }
    }

    fn row_property(&mut self, property: &Element<'_>, to: &mut Row) -> Result<(), ImportError> {
        let columns = property.number("val").unwrap_or_default();
        match property.name() {
            "gridBefore" if columns > 0 => {
                return to.push(
                    CellDraft { span: columns, merge: Merge::No, pieces: Vec::new() },
                    &mut self.budget,
                );
            }
            "gridAfter" => to.after = columns,
            "ins" => self.remarks.has_changes = true,
            "del" => (self.remarks.has_changes, to.is_left_out) = (true, true),
            "hidden" if is_on(property) => (self.remarks.has_hidden, to.is_left_out) = (true, true),
            _ => {}
        }
        Ok(())
    }

    /// What may stand in a cell.
    fn content(
        &mut self,
        xml: &mut Xml<'_>,
        element: &Element<'_>,
        to: &mut CellDraft,
    ) -> Result<(), ImportError> {
        if element.name() != "tcPr" {
            return self.block(xml, element, &mut to.pieces);
        }
        xml.elements(|_, property| {
            match property.name() {
                "gridSpan" => to.span = property.number("val").unwrap_or(1).max(1),
                "vMerge" => {
                    let begins = property.attribute("val").is_some_and(|value| value == "restart");
                    to.merge = if begins { Merge::Begins } else { Merge::GoesOn };
                }
                "cellIns" | "cellDel" | "cellMerge" => self.remarks.has_changes = true,
                _ => {}
            }
            Ok(())
        })
    }
}

/// A picture, a shape or an embedded object that is being read.
#[derive(Default)]
struct Shape {
    pieces: Vec<Piece>,
    is_picture: bool,
}
