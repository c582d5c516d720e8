//! PDF: the official layout after GB/T 9704, as Word has it, with the fonts that it needs in it.
//!
//! The text is laid out in lines and boxes on pages first, in thousandths of a point, and painted then. The same report
//! in the same fonts is the same bytes. It does not look for fonts, and it shapes no scripts: a character is a glyph.

mod flow;
mod letters;
mod paint;
mod table;

use flow::{Flow, Side, Style};
use letters::Letters;

use super::ExportError;
use super::faces::{Faces, Role};
use super::paper;
use crate::document::Block;
use crate::document::compose::Composed;
use crate::form::terms::Field;
use crate::report::Report;
use crate::width;

/// A point, in the unit of all lengths here.
const POINT: usize = 1000;
/// A twentieth of a point, in which the paper is measured.
const TWIP: usize = POINT / 20;
/// The line of the text: 28 points.
const LINE: usize = 28 * POINT;
/// 三号, and the indent of two characters.
const SIZE: usize = 16 * POINT;
const INDENT: usize = 2 * SIZE;

const BODY: Style = Style { role: Role::Body, size: SIZE, line: LINE, indent: INDENT, side: Side::Both };
const HEADING: Style = Style { role: Role::Heading, ..BODY };
const SIGNATURE: Style = Style { indent: 0, side: Side::Right, ..BODY };
const TITLE: Style =
    Style { role: Role::Title, size: 22 * POINT, line: 35 * POINT, indent: 0, side: Side::Centre };

/// Writes a report.
pub(super) fn write(report: &Report, composed: &Composed, faces: &Faces) -> Result<Vec<u8>, ExportError> {
    if Role::ALL.iter().any(|role| faces.of(*role).is_empty()) {
        return Err(ExportError::NoFont);
    }
    let letters = Letters::new(faces)?;
    let mut flow = Flow::new(&letters);
    lay_out(composed, &mut flow);
    let pages = flow.finish();
    letters.complete()?;
    paint::paint(&pages, &letters, &shown(report.text(Field::Title)))
}

fn lay_out(composed: &Composed, flow: &mut Flow<'_, '_>) {
    let Composed { blocks, signed, .. } = composed;
    for (index, block) in blocks.iter().enumerate() {
        match block {
            Block::Heading { level: 0, text, .. } => {
                let title = paper::broken_title(&shown(text), |title| flow.rows(title, TITLE));
                flow.text(&title, 0, TITLE, 0);
                flow.skip(LINE);
            }
            Block::Heading { text, .. } => {
                // A heading stays with what follows it: a line, or a table where that fits on a page with it.
                let kept = match blocks.get(index + 1) {
                    Some(Block::Grid(grid)) => table::Table::new(grid, flow.letters()).kept(),
                    _ => LINE,
                };
                flow.text(&shown(text), 0, HEADING, kept);
            }
            Block::Paragraph { text, .. } if signed.contains(&index) => {
                flow.text(&shown(text), 0, SIGNATURE, 0)
            }
            Block::Paragraph { text, .. } => {
                let text = shown(text);
                let (head, rest) = paper::split_head(&text);
                let is_alone = rest.is_empty() && !head.is_empty();
                flow.text(&text, head.len(), BODY, if is_alone { LINE } else { 0 });
            }
            Block::Grid(grid) => table::Table::new(grid, flow.letters()).place(flow),
        }
    }
}

/// A text as it is printed: what cannot be seen becomes a visible mark.
fn shown(text: &str) -> String {
    let lines = text
        .split('\n')
        .map(|line| width::shown(&line.replace('\t', "  ").replace('\u{a0}', " ")).into_owned());
    lines.collect::<Vec<_>>().join("\n")
}
