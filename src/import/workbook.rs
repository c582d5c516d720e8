//! Workbooks (xlsx): their sheets in order, as tables and paragraphs. Computes no formulas; their results are in the file.
//!
//! What a workbook says of its own structure is kept: its title is a title where a line is the same, and the name of a
//! sheet is a heading where a line is the same or where it names a section.

mod blocks;
mod figures;
mod formats;
mod numeral;
mod sheet;
mod styles;

use std::collections::{BTreeMap, BTreeSet};

use super::package::Package;
use super::remarks::STRUCK;
use super::xml::{Node, Xml};
use super::{ImportError, decode};
use crate::document::{Block, Document};
use crate::form::Form;
use crate::text::key;
pub(super) use figures::shown;
pub(super) use formats::Format;
pub(super) use sheet::{Met, letters};
use sheet::{Range, Rich, Shared};

const DAMAGED: ImportError = ImportError::Broken("工作簿");

/// The most texts that the cells of a workbook share.
const MOST_STRINGS: usize = 100_000;

/// The most sheets that a workbook may have.
const MOST_SHEETS: usize = 200;

/// What a name of a range begins with that checks the tables: what stands in it is no part of the report.
pub(crate) const CHECKS: &str = "核对";

/// The most cells with something in them that the workbook of a report may have; a report has some 500.
const MOST_CELLS: usize = 20_000;

/// The most that a list may have: a province has some thousand units.
const MOST_LISTED: usize = 100_000;

/// Reads a workbook.
///
/// # Errors
/// If it is damaged, or has more in it than a report can have.
pub(super) fn read(bytes: &[u8]) -> Result<Document, ImportError> {
    read_up_to(bytes, MOST_CELLS)
}

/// The same, where it holds a list.
///
/// # Errors
/// If it is damaged, or has more in it than a list can have.
pub(super) fn list(bytes: &[u8]) -> Result<Document, ImportError> {
    read_up_to(bytes, MOST_LISTED)
}

fn read_up_to(bytes: &[u8], most_cells: usize) -> Result<Document, ImportError> {
    let mut package = Package::open(bytes)?;
    let book = Book::read(&text(&mut package, "xl/workbook.xml")?.ok_or(DAMAGED)?)?;
    let parts = match text(&mut package, "xl/_rels/workbook.xml.rels")? {
        Some(text) => relations(&text)?,
        None => BTreeMap::new(),
    };
    let mut shared = Shared { is_from_1904: book.is_from_1904, most_cells, ..Shared::default() };
    if let Some(text) = text(&mut package, "xl/styles.xml")? {
        shared.styles = styles::read(&text)?;
    }
    if let Some(text) = text(&mut package, "xl/sharedStrings.xml")? {
        strings(&text, &mut shared)?;
    }
    let title = match text(&mut package, "docProps/core.xml") {
        Ok(Some(text)) => title(&text).unwrap_or_default(),
        _ => String::new(),
    };
    let (mut sheets, mut remarks, mut hidden) = (Vec::new(), Vec::new(), Vec::new());
    let mut read = BTreeSet::new();
    for (nth, entry) in book.sheets.iter().enumerate() {
        if entry.is_hidden {
            hidden.push(entry.name.as_str());
            continue;
        }
        let usual = format!("xl/worksheets/sheet{}.xml", nth + 1);
        let part = parts.get(&entry.relation).cloned().unwrap_or(usual);
        // Sheets that are nothing but a chart have no cells.
        if part.contains("chartsheets/") || part.contains("dialogsheets/") {
            continue;
        }
        // Read as often as it is named, a small file would cost what a large one does.
        if !read.insert(part.clone()) {
            return Err(DAMAGED);
        }
        let sheet = sheet::read(&text(&mut package, &part)?.ok_or(DAMAGED)?, &mut shared)?;
        remark(&sheet.met, &entry.name, &mut remarks);
        let place = |row: usize| format!("工作表“{}” 第 {row} 行", entry.name);
        let blocks = blocks::blocks(sheet, &book.checks(&entry.name), &mut shared.tabled, place)?;
        sheets.push((entry.name.as_str(), blocks));
    }
    if shared.has_struck {
        remarks.push(STRUCK.to_owned());
    }
    if !hidden.is_empty() {
        remarks.push(format!("有隐藏的工作表没有读入：{}；要读请先取消隐藏。", hidden.join("、")));
    }
    Ok(Document { blocks: joined(sheets, &title), remarks })
}

/// The text of a part; `None` if there is none of this name.
fn text(package: &mut Package<'_>, name: &str) -> Result<Option<String>, ImportError> {
    let text = package.part(name)?.map(|bytes| match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => decode(error.as_bytes()).0.into_owned(),
    });
    Ok(text.map(|text| text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)))
}

/// What the part says that holds the workbook together.
#[derive(Default)]
struct Book {
    sheets: Vec<Entry>,
    is_from_1904: bool,
    /// The ranges that check the tables: `'表三'!$K$4:$K$28`.
    checks: Vec<String>,
}

/// A sheet in the list of them.
struct Entry {
    name: String,
    relation: String,
    is_hidden: bool,
}

impl Book {
    fn read(text: &str) -> Result<Self, ImportError> {
        let mut book = Self::default();
        let mut is_check = false;
        let mut xml = Xml::new(text);
        while let Some(piece) = xml.next()? {
            match piece {
                Node::Element(element) => match element.name() {
                    "sheet" => book.sheets.push(Entry {
                        name: element.attribute("name").unwrap_or_default(),
                        relation: element.attribute("id").unwrap_or_default(),
                        is_hidden: element.attribute("state").is_some_and(|state| state != "visible"),
                    }),
                    "workbookPr" => book.is_from_1904 = element.is("date1904"),
                    "definedName" => {
                        is_check = element.attribute("name").is_some_and(|name| name.starts_with(CHECKS));
                        book.checks.extend(is_check.then(String::new));
                    }
                    _ => {}
                },
                Node::Text(text) => {
                    if let Some(check) = book.checks.last_mut().filter(|_| is_check) {
                        check.push_str(&text);
                    }
                }
                Node::End(_) => is_check = false,
            }
            if book.sheets.len().max(book.checks.len()) > MOST_SHEETS {
                return Err(ImportError::TooMuch("工作表", MOST_SHEETS, "张"));
            }
        }
        Ok(book)
    }

    /// The ranges of a sheet that check its tables.
    fn checks(&self, sheet: &str) -> Vec<Range> {
        let of_sheet = self.checks.iter().filter_map(|check| {
            let (name, range) = check.rsplit_once('!')?;
            let name = name.trim_matches('\'').replace("''", "'");
            (name == sheet).then(|| Range::parse(range))?
        });
        of_sheet.collect()
    }
}

/// The parts that the workbook refers to, by the names it has for them.
fn relations(text: &str) -> Result<BTreeMap<String, String>, ImportError> {
    let mut parts = BTreeMap::new();
    let mut xml = Xml::new(text);
    while let Some(piece) = xml.next()? {
        let Node::Element(element) = piece else { continue };
        if let (Some(id), Some(target)) = (element.attribute("Id"), element.attribute("Target")) {
            let part = match target.strip_prefix('/') {
                Some(from_root) => from_root.to_owned(),
                None => format!("xl/{target}"),
            };
            parts.insert(id, part);
        }
    }
    Ok(parts)
}

/// The texts that cells share, in their order.
fn strings(text: &str, shared: &mut Shared) -> Result<(), ImportError> {
    let strings = &mut shared.strings;
    let mut rich = Rich::default();
    let mut xml = Xml::new(text);
    while let Some(piece) = xml.next()? {
        match piece {
            Node::Element(element) => rich.begin(&element),
            Node::Text(text) => rich.text(&text),
            Node::End(name) if name == "si" => {
                let rich = std::mem::take(&mut rich);
                shared.has_struck |= rich.has_struck;
                strings.push(sheet::unescaped(&rich.text));
                if strings.len() > MOST_STRINGS {
                    return Err(ImportError::TooMuch("文字", MOST_STRINGS, "条"));
                }
            }
            Node::End(name) => rich.end(&name),
        }
    }
    Ok(())
}

/// The title that the workbook gives itself.
fn title(text: &str) -> Result<String, ImportError> {
    let (mut title, mut is_title) = (String::new(), false);
    let mut xml = Xml::new(text);
    while let Some(piece) = xml.next()? {
        match piece {
            Node::Element(element) => is_title = element.name() == "title",
            Node::Text(text) if is_title => title.push_str(&text),
            Node::Text(_) => {}
            Node::End(_) => is_title = false,
        }
    }
    Ok(title.trim().to_owned())
}

/// Says what was met in a sheet that the reader should know of.
pub(super) fn remark(all: &BTreeMap<Met, (usize, String)>, name: &str, remarks: &mut Vec<String>) {
    for (met, (count, first)) in all {
        let sheet = format!("工作表“{name}”");
        let cells = if *count > 1 { format!("{first} 等 {count} 格") } else { format!("{first} 格") };
        remarks.push(match met {
            Met::Truth => format!("{sheet}的 {cells}是逻辑值，照原样读作文字，请核对。"),
            Met::Error => format!("{sheet}的 {cells}公式出错，照原样读作文字，请改成数。"),
            Met::NotComputed => {
                format!("{sheet}的 {cells}是没有算过的公式，留作空白；请用 WPS 或 Excel 打开，保存一次再读。")
            }
            Met::Differs => {
                format!(
                    "{sheet}的 {cells}显示的和实际存的数不同（四舍五入、按万或千显示，或者格式是日期），请对照原文件核对。"
                )
            }
            Met::NotShown => {
                format!("{sheet}的 {cells}存有数，但按格式不显示，或看不出显示成什么，留作空白；请对照原文件填写。")
            }
            Met::Hidden => format!("{sheet}有隐藏的行或列，也读入了，请核对。"),
            Met::Drawing => format!("{sheet}里有图片或文本框，里面的字没有读入，请对照原文件核对。"),
        });
    }
}

/// The sheets one after another, with the headings that the workbook marks.
fn joined(sheets: Vec<(&str, Vec<Block>)>, title: &str) -> Vec<Block> {
    let lines = || sheets.iter().flat_map(|(_, blocks)| blocks).filter_map(line);
    let has_line: Vec<bool> =
        sheets.iter().map(|(name, _)| lines().any(|line| key(line) == key(name))).collect();
    let mut all: Vec<Block> = Vec::new();
    let mut is_titled = title.is_empty();
    for ((name, mut blocks), has_line) in sheets.into_iter().zip(has_line) {
        if !is_titled {
            is_titled = mark(&mut blocks, title, 0);
        }
        let is_marked = mark(&mut blocks, name, 1);
        if !is_marked && !has_line && !blocks.is_empty() && names_a_section(name) {
            let at = blocks.first().and_then(place_of).unwrap_or_default();
            let is_title = |line: &str| line.ends_with("报告") || line.ends_with("年报");
            let after_title = blocks.first().and_then(line).is_some_and(is_title);
            let heading = Block::Heading { level: 1, text: name.to_owned(), at };
            blocks.insert(usize::from(after_title), heading);
        }
        all.append(&mut blocks);
    }
    all
}

/// Marks the first line that has this text as a heading; `false` if there is none.
fn mark(blocks: &mut [Block], heading: &str, level: u8) -> bool {
    let found = blocks.iter_mut().find(|block| line(block) == Some(heading));
    let Some(block) = found else { return false };
    if let Block::Paragraph { text, at } = block {
        *block = Block::Heading { level, text: std::mem::take(text), at: std::mem::take(at) };
    }
    true
}

fn line(block: &Block) -> Option<&str> {
    match block {
        Block::Paragraph { text, .. } => Some(text),
        _ => None,
    }
}

fn place_of(block: &Block) -> Option<String> {
    match block {
        Block::Paragraph { at, .. } | Block::Heading { at, .. } => Some(at.clone()),
        Block::Grid(grid) => grid.rows.first().map(|row| row.at.clone()),
    }
}

/// Whether the name of a sheet is that of a section, with its number or without it, or begins with a number as theirs do.
fn names_a_section(name: &str) -> bool {
    const NUMERALS: [char; 6] = ['一', '二', '三', '四', '五', '六'];
    let numbered = name.trim().strip_prefix(NUMERALS).and_then(|rest| rest.strip_prefix(['、', '.', '．']));
    let bare = key(numbered.unwrap_or(name));
    let is_name = |official: &crate::form::Heading| {
        key(official.title) == bare || official.variants.iter().any(|variant| key(variant) == bare)
    };
    numbered.is_some() || Form::current().decree.headings.iter().any(is_name)
}
