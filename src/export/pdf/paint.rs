//! Pages painted as a PDF, which refers to nothing outside and holds no day.
#![expect(
    clippy::float_arithmetic,
    reason = "krilla takes lengths as floats; they are whole numbers up to here"
)]
#![expect(clippy::cast_precision_loss, reason = "no length of a page has more than 24 bits")]

use std::ops::Range;

use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::{Location, Surface};
use krilla::text::{Glyph, GlyphId};
use krilla::{Document, SerializeSettings};

use super::super::ExportError;
use super::POINT;
use super::flow::{PAGE_WIDTH, Page, Row};
use super::letters::{Letter, Letters};

/// A letter, and where in the text of its row it stands.
struct Placed {
    letter: Letter,
    size: usize,
    range: Range<usize>,
}

impl Glyph for Placed {
    fn glyph_id(&self) -> GlyphId {
        GlyphId::new(self.letter.glyph)
    }

    fn text_range(&self) -> Range<usize> {
        self.range.clone()
    }

    fn x_advance(&self, size: f32) -> f32 {
        self.letter.advance as f32 / self.size as f32 * size
    }

    fn x_offset(&self, _: f32) -> f32 {
        0.0
    }

    fn y_offset(&self, _: f32) -> f32 {
        0.0
    }

    fn y_advance(&self, _: f32) -> f32 {
        0.0
    }

    fn location(&self) -> Option<Location> {
        None
    }
}

/// Paints pages.
pub(super) fn paint(pages: &[Page], letters: &Letters<'_>, title: &str) -> Result<Vec<u8>, ExportError> {
    let settings = SerializeSettings { enable_tagging: false, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    for page in pages {
        let Some(size) = PageSettings::from_wh(points(PAGE_WIDTH), points(page.height)) else { continue };
        let mut sheet = document.start_page_with(size);
        let mut surface = sheet.surface();
        frames(page, &mut surface);
        for row in &page.rows {
            text(row, letters, &mut surface);
        }
        surface.finish();
        sheet.finish();
    }
    let metadata = Metadata::new().title(title.replace('\n', "")).language("zh-CN".to_owned());
    document.set_metadata(metadata.creator("nianbao".to_owned()));
    document.finish().map_err(|_| ExportError::BadFont)
}

fn frames(page: &Page, surface: &mut Surface<'_>) {
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke { width: 0.5, ..Stroke::default() }));
    for frame in &page.frames {
        let (x, y) = (points(frame.x), points(frame.y));
        let Some(rect) = Rect::from_xywh(x, y, points(frame.width), points(frame.height)) else { continue };
        let mut path = PathBuilder::new();
        path.push_rect(rect);
        if let Some(path) = path.finish() {
            surface.draw_path(&path);
        }
    }
    surface.set_stroke(None);
    surface.set_fill(Some(Fill::default()));
}

fn text(row: &Row, letters: &Letters<'_>, surface: &mut Surface<'_>) {
    let mut x = row.x;
    for run in row.letters.chunk_by(|one, next| one.font == next.font) {
        let text: String = run.iter().map(|letter| letter.char).collect();
        let placed = text.char_indices().zip(run);
        let placed: Vec<Placed> = placed
            .map(|((at, char), letter)| Placed {
                letter: *letter,
                size: row.size,
                range: at..at + char.len_utf8(),
            })
            .collect();
        let start = Point::from_xy(points(x), points(row.y));
        surface.draw_glyphs(start, &placed, letters.font(run[0].font), &text, points(row.size), false);
        x += run.iter().map(|letter| letter.advance).sum::<usize>();
    }
}

fn points(length: usize) -> f32 {
    length as f32 / POINT as f32
}
