//! Finds the report in a document: by headings, labels and the count of numbers, never by the place of a column.
//!
//! Cannot fail. What it could not place, had to change or found missing becomes a notice; a table that is not there is
//! said to be missing and never read as zeros. It knows nothing of file formats.

mod decree;
mod disputes;
mod front;
mod heads;
mod identity;
mod labels;
mod lines;
mod missing;
mod page;
mod rows;
mod sections;
mod signature;
mod title;

use std::borrow::Cow;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::compose::{APPENDIX, is_result};
use super::{Block, Document, Grid, GridRow};
use crate::form::terms::{Field, Section};
use crate::form::{Cell, Form};
use crate::report::{Edit, Notice, NoticeKind, Place, Report, Value};
use decree::form_of;
use heads::Above;
use labels::Labels;
use rows::Fields;
use sections::Part;
use signature::Signature;

/// A line of text, with where it stands.
type Line<'d> = (String, &'d str);

/// Where in the source each place was found, blank or not: `第 2 页 表 3 第 5 行 第 4 列`.
pub type Origins = BTreeMap<Place, String>;

/// A report, and where what is in it was found.
#[derive(Clone, PartialEq, Debug)]
pub struct Reading {
    /// The report.
    pub report: Report,
    /// Where its places were found.
    pub origins: Origins,
}

/// Finds the report in a document. Where its tables do not say which form it is on, its year does.
pub fn recognize(document: &Document) -> Reading {
    if let Some(form) = form_of(document) {
        return recognize_on(form, document);
    }
    let reading = recognize_on(Form::current(), document);
    match reading.report.year().and_then(Form::for_year) {
        Some(form) if form.decree.key != reading.report.form().decree.key => recognize_on(form, document),
        _ => reading,
    }
}

fn recognize_on(form: &'static Form, document: &Document) -> Reading {
    let labels = Labels::of(form);
    let blocks = without_appendix(&document.blocks);
    let parts = sections::cut(&blocks, form);
    let mut to = Recognized::default();
    for part in &parts {
        if let Some(section) = part.section.filter(|section| section.is_table()) {
            to.above = Above::default();
            to.headed.insert(section);
            table(part, section, &labels, form, &mut to);
        }
    }
    to.found_first.clone_from(&to.tables);
    let last = parts.iter().rposition(|part| part.section.is_some_and(|section| !section.is_table()));
    for (index, part) in parts.iter().enumerate() {
        to.above = Above::default();
        match part.section {
            None => front::read(part, &labels, form, &mut to),
            Some(section) if section.is_table() => {}
            Some(section) => prose(part, section, Some(index) == last, &labels, form, &mut to),
        }
    }
    identity::settle(&mut to);
    missing::tell_sections(&parts, form, &mut to);
    missing::tell_tables(form, &mut to);
    let origins = std::mem::take(&mut to.origins);
    Reading { report: to.report(form), origins }
}

/// A document without the results of the checks that this program has written behind a report.
fn without_appendix(blocks: &[Block]) -> Cow<'_, [Block]> {
    fn line(block: &Block) -> &str {
        match block {
            Block::Heading { text, .. } | Block::Paragraph { text, .. } => text.trim(),
            Block::Grid(_) => "",
        }
    }
    let Some(begin) = blocks.iter().rposition(|block| line(block) == APPENDIX) else { return blocks.into() };
    match blocks[begin + 1..].iter().take_while(|block| is_result(line(block))).count() {
        0 => blocks.into(),
        results => [&blocks[..begin], &blocks[begin + 1 + results..]].concat().into(),
    }
}

/// What a notice tells whoever reads a file in which a table is missing to do; whoever only has that file is asked otherwise.
pub const BY_HAND: &str = "；各格留空白，请对照原文件填写。";

/// What a notice says of a wording that an export of ours sets right; it is nothing to whoever has only the file.
pub const EXPORTED: &str = "本程序导出的已照规定写好，重新发布时用导出的文件即可。";

/// The most bytes of prose that a section may have; 50,000 characters are a book.
const LONGEST_SECTION: usize = 150_000;

/// What has been recognized so far.
#[derive(Default)]
struct Recognized {
    values: BTreeMap<Place, Value>,
    origins: Origins,
    /// What was said over the numbers of a table so far.
    above: Above,
    /// The prose of each section.
    texts: BTreeMap<Section, String>,
    /// The sections that have no room for more.
    cut: BTreeSet<Section>,
    /// The title, as it was written.
    title: Option<String>,
    /// Organ and day under the title.
    byline: Option<Signature>,
    /// Organ and day at the end of a section.
    signature: Option<(Section, Signature)>,
    /// Cells for which different values were found: blank.
    conflicts: BTreeSet<Cell>,
    notices: BTreeSet<Notice>,
    /// The tables that were found, if only by their labels.
    tables: BTreeSet<Section>,
    /// Those of them that stand under the heading of a table; a grid in the prose does not add to them.
    found_first: BTreeSet<Section>,
    /// Those that have a heading.
    headed: BTreeSet<Section>,
}

impl Recognized {
    fn set(&mut self, place: impl Into<Place>, value: Value) {
        self.values.insert(place.into(), value);
    }

    /// Puts what a field holds in a cell, with a notice where that is not the plain number.
    fn value(&mut self, cell: Cell, text: &str, at: &str) {
        let place = Place::from(cell);
        self.origin(cell, at.to_owned());
        let (Some(value), is_loose) = Value::read(place, text) else { return };
        match self.values.get(&place) {
            Some(before) if *before != value => {
                let message =
                    format!("同一格出现了两个不同的数：{before} 和 {value}，没有读入，请核对后填写。");
                self.conflicts.insert(cell);
                self.notice(NoticeKind::Conflict, Some(place), text, at, message);
            }
            _ if is_loose => {
                let message = format!("写作“{}”，读作 {value}，请核对。", text.trim());
                self.notice(NoticeKind::NumberReread, Some(place), text, at, message);
            }
            _ if value.text().is_some() => {
                let message = format!("写的是“{value}”，不是数，照原样保留，请改成数。");
                self.notice(NoticeKind::TextInCell, Some(place), text, at, message);
            }
            _ => {}
        }
        self.values.insert(place, value);
    }

    /// Remembers where a place was found first.
    fn origin(&mut self, place: impl Into<Place>, at: String) {
        if !at.is_empty() {
            self.origins.entry(place.into()).or_insert(at);
        }
    }

    fn notice(&mut self, kind: NoticeKind, place: Option<Place>, quote: &str, at: &str, message: String) {
        self.notices.insert(Notice {
            kind,
            place,
            quote: quote.trim().to_owned(),
            at: at.to_owned(),
            message,
        });
    }

    /// Quotes lines that are no part of the report.
    fn left_out(&mut self, lines: &[Line<'_>], section: Option<Section>, message: &str) {
        let Some((_, at)) = lines.first() else { return };
        let quote: Vec<&str> = lines.iter().map(|(text, _)| text.as_str()).collect();
        let place = section.map(Place::from);
        self.notice(NoticeKind::NotPlaced, place, &quote.join("\n"), at, message.to_owned());
    }

    /// The prose of a section so far.
    fn text(&self, section: Section) -> &str {
        self.texts.get(&section).map_or("", String::as_str)
    }

    /// Appends a line of prose to a section, as far as it has room.
    fn push(&mut self, section: Section, line: &str) {
        let room = LONGEST_SECTION.saturating_sub(self.text(section).len() + 1);
        let line = if line.len() <= room {
            line
        } else if self.cut.insert(section) {
            &line[..(0..=room).rev().find(|&at| line.is_char_boundary(at)).unwrap_or_default()]
        } else {
            return;
        };
        match self.texts.entry(section) {
            Entry::Vacant(entry) => {
                entry.insert(line.to_owned());
            }
            Entry::Occupied(mut entry) => entry.get_mut().extend(["\n", line]),
        }
    }

    fn report(mut self, form: &'static Form) -> Report {
        for cell in &self.conflicts {
            self.values.remove(&Place::from(*cell));
        }
        for section in std::mem::take(&mut self.cut) {
            let place = Place::from(section);
            let message = format!("“{}”太长，只读入了前五万字，请核对是不是选错了文件。", place.label(form));
            self.notice(NoticeKind::Damaged, Some(place), "", "", message);
        }
        for (section, text) in std::mem::take(&mut self.texts) {
            if let (Some(value), _) = Value::read(section.into(), &text) {
                self.set(section, value);
            }
        }
        let mut report = Report::new(form);
        report.apply(Edit {
            values: self.values.into_iter().map(|(place, value)| (place, Some(value))).collect(),
            notices: self.notices.into_iter().map(|notice| (notice, true)).collect(),
            ..Edit::default()
        });
        report
    }
}

/// A section that is a table: lines and grids in their order, since a head stands over what comes after it.
fn table(part: &Part<'_>, section: Section, labels: &Labels, form: &'static Form, to: &mut Recognized) {
    let blocks = rows::wrapped::mended(&part.blocks, labels);
    let mut lines: Vec<(&str, &str)> = Vec::new();
    for block in &blocks {
        match block.as_ref() {
            Block::Paragraph { text, at } | Block::Heading { text, at, .. } => lines.push((text, at)),
            Block::Grid(grid) => {
                lines::read(&std::mem::take(&mut lines), section, labels, form, to);
                leave_out(grid, Some(section), labels, form, to);
            }
        }
    }
    lines::read(&lines, section, labels, form, to);
}

/// Reads a grid where there is no prose; quotes it if it is none of the form's.
fn leave_out(
    grid: &Grid,
    section: Option<Section>,
    labels: &Labels,
    form: &'static Form,
    to: &mut Recognized,
) {
    if is_read(grid, section, labels, form, to) {
        return;
    }
    let rows: Vec<Line<'_>> = grid.rows.iter().map(|row| (run_together(row), row.at.as_str())).collect();
    if section.is_none() {
        let message = "报告前面的这张表不是表样里的，没有读入，多半是索引号、公开日期等附带信息。";
        to.left_out(&rows, None, message);
        return;
    }
    for (text, at) in rows {
        let message = "这一行不是表样里的，没有读入。".to_owned();
        to.notice(NoticeKind::NotPlaced, None, &text, at, message);
    }
}

fn run_together(row: &GridRow) -> String {
    row.cells.iter().map(|cell| cell.text.trim()).collect::<Vec<_>>().join(" ")
}

/// A section of prose; a table that is none of the form's stays in it as lines. The last one may end in a signature.
fn prose(
    part: &Part<'_>,
    section: Section,
    is_last: bool,
    labels: &Labels,
    form: &'static Form,
    to: &mut Recognized,
) {
    let mut lines: Vec<Line<'_>> = Vec::new();
    if !part.run_in.is_empty() {
        lines.push((part.run_in.to_owned(), part.at));
    }
    for block in &part.blocks {
        match block {
            Block::Grid(grid) if is_read(grid, Some(section), labels, form, to) => {}
            Block::Grid(grid) => {
                lines.extend(grid.rows.iter().map(|row| (run_together(row), row.at.as_str())));
            }
            Block::Heading { text, at, .. } | Block::Paragraph { text, at } => {
                lines.push((text.clone(), at));
            }
        }
    }
    if is_last || section == Section::OtherMatters {
        let signed = signature::at_end(&mut lines);
        let closing = match &signed {
            Some((_, closing)) => closing.clone(),
            None => page::take_foot(&mut lines),
        };
        let message = "报告末尾的这些文字没有读入，多半是附件名称或者网页上的字；要保留的请写进正文。";
        to.left_out(&closing, Some(section), message);
        to.signature = signed.map(|(signature, _)| (section, signature));
    }
    for (line, _) in &lines {
        to.push(section, line);
    }
}

/// Reads a grid; `false` if it is none of the form's. In the prose only what has most of a table is, and not where the
/// real one stands.
fn is_read(
    grid: &Grid,
    section: Option<Section>,
    labels: &Labels,
    form: &'static Form,
    to: &mut Recognized,
) -> bool {
    let has_spans = grid.rows.iter().flat_map(|row| &row.cells).any(|c| c.column_span > 1 || c.row_span > 1);
    let rows: Vec<Fields<'_>> =
        grid.places().iter().zip(&grid.rows).map(|(places, row)| Fields::of(places, row, grid)).collect();
    let is_prose = section.is_none_or(|section| !section.is_table());
    let above = std::mem::take(&mut to.above);
    let found = rows::find(&rows, has_spans, &above, labels, form);
    if let (true, Some(found)) = (is_prose, &found)
        && let Some(again) = found
            .sections(labels)
            .iter()
            .find(|s| s.is_table() && to.found_first.contains(s) && found.has_most(**s, form))
    {
        let at = grid.rows.first().map_or("", |row| row.at.as_str());
        let message =
            format!("正文里又有一张“{}”的表，当作文字留在正文里，请核对。", Place::from(*again).label(form));
        to.notice(NoticeKind::NotPlaced, section.map(Place::from), "", at, message);
    }
    let found = found.filter(|found| {
        // Where a table has its heading, a few rows elsewhere only retell it; it may be a picture there.
        let is_the_table = |section: &Section| {
            !to.found_first.contains(section)
                && (!to.headed.contains(section)
                    || to.tables.contains(section)
                    || found.has_most(*section, form))
        };
        !is_prose || found.sections(labels).iter().any(is_the_table)
    });
    let mut below = above.clone();
    let is_read = if let Some(found) = &found {
        found.place(labels, form, to);
        found.go_on(&mut below);
        true
    } else {
        // The heads of a table whose numbers come in another piece.
        !is_prose && below.add(rows.iter().map(|fields| fields.texts.as_slice()), labels)
    };
    to.above = below;
    is_read
}

/// Whether anything of a report was recognized: a section, a table, or a title.
pub fn has_substance(report: &Report) -> bool {
    let title = report.text(Field::Title);
    (title.contains("公开") && title.contains("报告"))
        || report.values().any(|(place, _)| place.cell().is_some())
        || report.notices().filter(|notice| notice.kind == NoticeKind::SectionMissing).count() < 6
}
