//! Finds the report in a document: by headings, labels and the count of numbers, never by the place of a column.
//!
//! Cannot fail. What it could not place, had to change or found missing becomes a notice; a table that is not there is
//! said to be missing and never read as zeros. It knows nothing of file formats.

mod heads;
mod identity;
mod labels;
mod lines;
mod rows;
mod sections;

use std::collections::{BTreeMap, BTreeSet};

use super::{Block, Document, Grid};
use crate::form::terms::{Field, Section};
use crate::form::{Cell, Form};
use crate::report::{Edit, Notice, NoticeKind, Place, Report, Value};
use labels::Labels;
use rows::Fields;
use sections::Part;

/// Finds the report in a document. Where its tables do not say which form it is on, its year does.
pub fn recognize(document: &Document) -> Report {
    if let Some(form) = form_of(document) {
        return recognize_on(form, document);
    }
    let report = recognize_on(Form::current(), document);
    match report.year().and_then(Form::for_year) {
        Some(form) if form.decree.key != report.form().decree.key => recognize_on(form, document),
        _ => report,
    }
}

fn recognize_on(form: &'static Form, document: &Document) -> Report {
    let labels = Labels::of(form);
    let parts = sections::cut(&document.blocks, form);
    let mut to = Recognized::default();
    for part in &parts {
        if let Some(section) = part.section.filter(|section| section.is_table()) {
            table(part, section, &labels, form, &mut to);
        }
    }
    to.found_first.clone_from(&to.tables);
    for part in &parts {
        match part.section {
            None => front(part, &labels, form, &mut to),
            Some(section) if section.is_table() => {}
            Some(section) => prose(part, section, &labels, form, &mut to),
        }
    }
    tell_sections(&parts, form, &mut to);
    tell_tables(form, &mut to);
    to.report(form)
}

/// What has been recognized so far.
#[derive(Default)]
struct Recognized {
    values: BTreeMap<Place, Value>,
    /// Cells for which different values were found: blank.
    conflicts: BTreeSet<Cell>,
    notices: BTreeSet<Notice>,
    /// The tables that were found, if only by their labels.
    tables: BTreeSet<Section>,
    /// Those of them that stand under the heading of a table; a grid in the prose does not add to them.
    found_first: BTreeSet<Section>,
}

impl Recognized {
    fn set(&mut self, place: impl Into<Place>, value: Value) {
        self.values.insert(place.into(), value);
    }

    /// Puts what a field holds in a cell, with a notice where that is not the plain number.
    fn value(&mut self, cell: Cell, text: &str, at: &str) {
        let place = Place::from(cell);
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

    fn notice(&mut self, kind: NoticeKind, place: Option<Place>, quote: &str, at: &str, message: String) {
        self.notices.insert(Notice {
            kind,
            place,
            quote: quote.trim().to_owned(),
            at: at.to_owned(),
            message,
        });
    }

    /// Appends prose to a section.
    fn prose(&mut self, section: Section, lines: &[&str]) {
        if lines.is_empty() {
            return;
        }
        let mut text =
            self.values.remove(&section.into()).map(|value| value.to_string() + "\n").unwrap_or_default();
        text.push_str(&lines.join("\n"));
        if let (Some(value), _) = Value::read(section.into(), &text) {
            self.set(section, value);
        }
    }

    fn report(mut self, form: &'static Form) -> Report {
        for cell in &self.conflicts {
            self.values.remove(&Place::from(*cell));
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

/// The form that a document is on, by the words that only one of them has; `None` if they do not tell.
fn form_of(document: &Document) -> Option<&'static Form> {
    const OLD: [&str; 6] = [
        "本年新制作数量",
        "本年新公开数量",
        "对外公开总数量",
        "上一年项目数量",
        "采购项目数量",
        "其他对外管理服务事项",
    ];
    const NEW: [&str; 5] =
        ["本年制发件数", "本年废止件数", "现行有效件数", "本年处理决定数量", "本年收费金额"];
    let mut text = String::new();
    for block in &document.blocks {
        match block {
            Block::Heading { text: words, .. } | Block::Paragraph { text: words, .. } => {
                text.push_str(&labels::key(words))
            }
            Block::Grid(grid) => {
                text.extend(grid.rows.iter().flat_map(|row| &row.cells).map(|cell| labels::key(&cell.text)));
            }
        }
    }
    let count = |words: &[&str]| words.iter().filter(|word| text.contains(**word)).count();
    match count(&OLD).cmp(&count(&NEW)) {
        std::cmp::Ordering::Greater => Form::from_key("2019"),
        std::cmp::Ordering::Less => Form::from_key("2021"),
        std::cmp::Ordering::Equal => None,
    }
}

/// What stands before the first section: the title and the lead.
fn front(part: &Part<'_>, labels: &Labels, form: &'static Form, to: &mut Recognized) {
    let title = part.blocks.iter().find_map(|block| match block {
        Block::Heading { level: 0, text, .. } => Some(text.as_str()),
        _ => None,
    });
    let mut lines: Vec<&str> = part.blocks.iter().filter_map(|block| paragraph(block)).collect();
    let title = title.map(str::to_owned).or_else(|| {
        // The first line that ends in 报告; a long title may be broken over up to three.
        let ends = |line: &&str| line.trim().ends_with("报告") && line.chars().count() < 60;
        let end = lines.iter().take(6).position(ends)?;
        let has_year = |line: &str| {
            labels::key(line).contains('年') && labels::key(line).contains(|c: char| c.is_ascii_digit())
        };
        let mut start = (end.saturating_sub(2)..=end).rev().find(|&i| has_year(lines[i])).unwrap_or(end);
        let is_year_first = labels::key(lines[start]).starts_with(|c: char| c.is_ascii_digit());
        if is_year_first && start > 0 && identity::is_name(lines[start - 1]) {
            start -= 1;
        }
        let title = lines[start..=end].iter().map(|line| line.trim()).collect();
        lines.drain(..=end);
        Some(title)
    });
    if let Some(title) = title {
        identity::read_title(&title, to);
    }
    to.prose(Section::Lead, &lines);
    leave_out(grids(part, labels, form, to), to);
}

/// A section that is a table.
fn table(part: &Part<'_>, section: Section, labels: &Labels, form: &'static Form, to: &mut Recognized) {
    for lines in part.blocks.split(|block| matches!(block, Block::Grid(_))) {
        let lines: Vec<(&str, &str)> = lines
            .iter()
            .filter_map(|block| match block {
                Block::Paragraph { text, at } | Block::Heading { text, at, .. } => {
                    Some((text.as_str(), at.as_str()))
                }
                Block::Grid(_) => None,
            })
            .collect();
        lines::read(&lines, section, labels, form, to);
    }
    leave_out(grids(part, labels, form, to), to);
}

/// Quotes grids that are none of the form's, where there is no prose to keep them in.
fn leave_out(foreign: Vec<&Grid>, to: &mut Recognized) {
    for row in foreign.into_iter().flat_map(|grid| &grid.rows) {
        let quote: Vec<&str> = row.cells.iter().map(|cell| cell.text.trim()).collect();
        let message = "这一行不是表样里的，没有读入。".to_owned();
        to.notice(NoticeKind::NotPlaced, None, &quote.join(" "), &row.at, message);
    }
}

/// A section of prose; a table that is none of the form's stays in it as lines.
fn prose(part: &Part<'_>, section: Section, labels: &Labels, form: &'static Form, to: &mut Recognized) {
    let foreign = grids(part, labels, form, to);
    let mut lines = Vec::from_iter(Some(part.run_in.to_owned()).filter(|line| !line.is_empty()));
    for block in &part.blocks {
        match block {
            Block::Grid(grid) if foreign.contains(&grid) => {
                let row = |row: &super::GridRow| {
                    row.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" ")
                };
                lines.extend(grid.rows.iter().map(row));
            }
            _ => lines.extend(paragraph(block).map(str::to_owned)),
        }
    }
    to.prose(section, &lines.iter().map(String::as_str).collect::<Vec<_>>());
    if section == Section::OtherMatters {
        let text = to.values.get(&section.into()).map(ToString::to_string).unwrap_or_default();
        identity::read_date(&text, to);
    }
}

fn paragraph(block: &Block) -> Option<&str> {
    match block {
        Block::Paragraph { text, .. } | Block::Heading { level: 1.., text, .. } => Some(text),
        _ => None,
    }
}

/// Reads the grids of a part; gives back those that are none of the form's.
fn grids<'d>(part: &Part<'d>, labels: &Labels, form: &'static Form, to: &mut Recognized) -> Vec<&'d Grid> {
    let mut foreign = Vec::new();
    for block in &part.blocks {
        let Block::Grid(grid) = block else { continue };
        let has_spans =
            grid.rows.iter().flat_map(|row| &row.cells).any(|c| c.column_span > 1 || c.row_span > 1);
        let texts = grid.rectangle();
        let rows: Vec<Fields<'_>> =
            texts.into_iter().zip(&grid.rows).map(|(texts, row)| Fields { texts, at: &row.at }).collect();
        let mut trial = Recognized::default();
        let is_of_the_form = rows::read(&rows, has_spans, labels, form, &mut trial);
        let is_prose = part.section.is_none_or(|section| !section.is_table());
        if is_of_the_form && !(is_prose && trial.tables.is_subset(&to.found_first)) {
            rows::read(&rows, has_spans, labels, form, to);
        } else {
            foreign.push(grid);
        }
    }
    foreign
}

/// Says which sections are missing, doubled, out of order or titled otherwise.
fn tell_sections(parts: &[Part<'_>], form: &Form, to: &mut Recognized) {
    let mut furthest = None;
    for official in form.decree.headings {
        let section = official.section;
        let name = format!("{}、{}", official.numeral, official.title);
        let found: Vec<&Part<'_>> = parts.iter().filter(|part| part.section == Some(section)).collect();
        let Some(first) = found.first() else {
            let message = format!("没有找到“{name}”这一部分，请补上。");
            to.notice(NoticeKind::SectionMissing, Some(section.into()), "", "", message);
            continue;
        };
        if let [_, second, ..] = found[..] {
            let message = format!("“{name}”出现了两次，请合成一处。");
            to.notice(NoticeKind::SectionDoubled, Some(section.into()), &second.heading, second.at, message);
        }
        if !first.is_official {
            let message = format!("标题写作“{}”，规定的是“{name}”，请照规定改。", first.heading.trim());
            to.notice(NoticeKind::SectionTitle, Some(section.into()), &first.heading, first.at, message);
        }
        let position = parts.iter().position(|part| part.section == Some(section));
        if position < furthest {
            let message = format!("“{name}”的位置不对，六个部分请按规定的顺序排。");
            to.notice(NoticeKind::SectionOrder, Some(section.into()), &first.heading, first.at, message);
        }
        furthest = furthest.max(position);
    }
}

/// Says which tables are missing.
fn tell_tables(form: &Form, to: &mut Recognized) {
    for table in form.decree.tables {
        if !to.tables.contains(&table.section) {
            let place = Place::from(table.section);
            let message = format!(
                "没有找到“{}”的统计表，可能是图片；各格留空白，请对照原文件填写。",
                place.label(form)
            );
            to.notice(NoticeKind::TableMissing, Some(place), "", "", message);
        }
    }
}

impl Report {
    /// Whether anything of a report was recognized: a section, a table, or a title.
    pub fn has_substance(&self) -> bool {
        let title = self.text(Field::Title);
        (title.contains("公开") && title.contains("报告"))
            || self.values().any(|(place, _)| place.cell().is_some())
            || self.notices().filter(|notice| notice.kind == NoticeKind::SectionMissing).count() < 6
    }
}
