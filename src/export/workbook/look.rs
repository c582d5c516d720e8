//! How a workbook looks: fonts, frames, widths and the setting of pages. Knows nothing of what is written.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use crate::form::terms::Section;
use crate::width::{self, Ambiguous};

const FONT: &str = "宋体";

/// The width of a sheet of prose, in the columns that widths are counted in. It is its only column, so that a program
/// that takes a wider font for them does not shrink it to the page: it has to fit as it is.
const PROSE_WIDTH: u16 = 72;

/// So many columns of prose fit on a line of it.
const PROSE_COLUMNS: usize = 60;

/// So many lines of prose fit in a row: a row is no higher than 409 points.
const PROSE_LINES: u32 = 24;

/// The height of a line of prose, and of one in a table, in points.
const PROSE_HEIGHT: u32 = 17;
const TABLE_HEIGHT: u32 = 15;

/// A4, as workbooks number it.
const A4: u8 = 9;

/// A text in the house's font.
fn font(size: u8) -> Format {
    Format::new()
        .set_font_name(FONT)
        .set_font_size(size)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
}

pub(super) fn title() -> Format {
    font(18).set_bold().set_align(FormatAlign::Center)
}

pub(super) fn heading() -> Format {
    font(14).set_bold()
}

pub(super) fn prose() -> Format {
    font(12).set_align(FormatAlign::Top)
}

/// A head of columns or a label of several rows.
pub(super) fn head() -> Format {
    font(11).set_border(FormatBorder::Thin).set_align(FormatAlign::Center)
}

/// A label of one row.
pub(super) fn label() -> Format {
    font(11).set_border(FormatBorder::Thin)
}

/// A cell for a number that is written with so many decimals.
pub(super) fn number(decimals: usize) -> Format {
    let zeros = "0".repeat(decimals);
    head().set_num_format(if decimals == 0 { "0".to_owned() } else { format!("0.{zeros}") })
}

/// A cell in which a text stands. It stays text when somebody edits it, whatever it begins with.
pub(super) fn text() -> Format {
    head().set_quote_prefix()
}

/// A check, which is no part of the table.
pub(super) fn check() -> Format {
    font(10).set_align(FormatAlign::Center).set_font_color(Color::Gray)
}

/// A check that does not close.
pub(super) fn alarm() -> Format {
    Format::new().set_bold().set_font_color(Color::Red)
}

/// The widths of a table's columns, left to right; the last is that of all further ones.
pub(super) const fn widths(section: Section) -> &'static [u16] {
    match section {
        Section::Proactive => &[30, 20],
        Section::Requests => &[6, 12, 42, 9],
        _ => &[8],
    }
}

/// Sets the page of a sheet: A4, as wide as the paper.
pub(super) fn page(sheet: &mut Worksheet, is_wide: bool) {
    sheet.set_paper_size(A4).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    sheet.set_margins(0.6, 0.6, 0.8, 0.8, 0.4, 0.4).set_footer("&C— &P —");
    if is_wide {
        sheet.set_landscape();
    }
}

/// Sets the width of a sheet of prose.
pub(super) fn prose_width(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_column_width(0, PROSE_WIDTH).map(|_| ())
}

/// Over how many rows a paragraph goes, and how high each of them is, in points.
pub(super) fn prose_rows(text: &str) -> (u32, u32) {
    let lines = prose_lines(text, 12);
    let rows = lines.div_ceil(PROSE_LINES);
    (rows, lines.div_ceil(rows) * PROSE_HEIGHT)
}

/// How high a title is, and how high a heading, in points.
pub(super) fn title_height(text: &str) -> u32 {
    prose_lines(text, 18).min(10) * 27 + 12
}

pub(super) fn heading_height(text: &str) -> u32 {
    prose_lines(text, 14).min(10) * 21 + 9
}

/// Over how many lines a text of a size goes on a sheet of prose.
fn prose_lines(text: &str, size: usize) -> u32 {
    let lines = (width::width(text, Ambiguous::Wide) * size).div_ceil(PROSE_COLUMNS * 12).max(1);
    u32::try_from(lines).unwrap_or(1)
}

/// How high a row of a table has to be for a text in a cell so many columns wide.
pub(super) fn table_height(text: &str, columns: u16) -> u32 {
    // A Han character takes a little more than two of the columns that widths are counted in.
    let room = usize::from(columns).saturating_sub(1).max(2);
    let lines =
        text.split('\n').map(|line| (width::width(line, Ambiguous::Wide) * 11).div_ceil(room * 10).max(1));
    u32::try_from(lines.sum::<usize>()).unwrap_or(1).min(24) * TABLE_HEIGHT + 5
}
