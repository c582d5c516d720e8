//! What a file that goes out must not have in it, told by reading it as the program does that opens it.
//!
//! What is allowed is what the same report has where its texts are harmless: nothing here knows what our exporters write.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use pulldown_cmark as markdown;
use quick_xml::Reader;
use quick_xml::events::Event;
use scraper::Html;

/// What was found in a file that could do something: elements and attributes, formulas, links, fields.
pub(super) type Means = BTreeSet<String>;

/// What a browser makes of a page: its elements, their attributes, and what those say that leads or runs anywhere.
pub(super) fn of_page(bytes: &[u8]) -> Means {
    const LEADING: [&str; 11] = [
        "href",
        "src",
        "style",
        "action",
        "srcset",
        "content",
        "http-equiv",
        "class",
        "formaction",
        "background",
        "data",
    ];
    let page = Html::parse_document(&String::from_utf8_lossy(bytes));
    let mut means = Means::new();
    for node in page.tree.nodes() {
        let scraper::Node::Element(element) = node.value() else { continue };
        means.insert(format!("<{}>", element.name()));
        for (name, value) in element.attrs() {
            let says = if LEADING.contains(&name) || name.starts_with("on") { value } else { "" };
            means.insert(format!("<{} {name}={says}>", element.name()));
        }
        if matches!(element.name(), "style" | "script") {
            let text: String = node
                .children()
                .filter_map(|child| child.value().as_text().map(|text| text.to_string()))
                .collect();
            means.insert(format!("{}: {text}", element.name()));
        }
    }
    means
}

/// What an office program makes of a package: the elements of its parts, its relations, and its formulas and fields.
pub(super) fn of_package(bytes: &[u8]) -> Means {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut means = Means::new();
    for index in 0..package.len() {
        let mut part = package.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        means.insert(format!("part {name}"));
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap_or_else(|error| panic!("{name}: {error}"));
        of_xml(&name, &text, &mut means);
    }
    means
}

fn of_xml(part: &str, text: &str, means: &mut Means) {
    let mut reader = Reader::from_str(text);
    let mut open = Vec::new();
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{part} is no XML: {error}")) {
            Event::Start(start) => {
                element(part, &start, means);
                open.push(start.name().as_ref().to_owned());
            }
            Event::Empty(start) => element(part, &start, means),
            Event::End(_) => drop(open.pop()),
            Event::Text(text) => {
                // What is computed or fetched, not what is shown.
                let is_told = |name: &String| {
                    matches!(&name[..], "f" | "w:instrText" | "formula1" | "formula2" | "definedName")
                };
                if open.last().is_some_and(is_told) {
                    means.insert(format!("{part} computes {}", &*text));
                }
            }
            Event::DocType(_) => drop(means.insert(format!("{part} has a document type"))),
            Event::PI(instruction) => drop(means.insert(format!("{part} instructs {}", &*instruction))),
            Event::Eof => return,
            _ => {}
        }
    }
}

fn element(part: &str, start: &quick_xml::events::BytesStart<'_>, means: &mut Means) {
    let name = start.name().as_ref().to_owned();
    means.insert(format!("{part} <{name}>"));
    for attribute in start.attributes() {
        let attribute =
            attribute.unwrap_or_else(|error| panic!("{part} has an attribute that is none: {error}"));
        let key = attribute.key.as_ref().to_owned();
        let is_told = matches!(&key[..], "Target" | "TargetMode" | "w:instr" | "w:anchor" | "t" | "ref");
        // Where a cell is, and how far it reaches, is no matter.
        if is_told && key != "ref" {
            means.insert(format!("{part} <{name} {key}={}>", &*attribute.value));
        } else {
            means.insert(format!("{part} <{name} {key}>"));
        }
    }
}

/// The cells of a table between commas that a spreadsheet takes for formulas; a negative number is none.
pub(super) fn of_table(bytes: &[u8]) -> Means {
    const SIGNS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let cells =
        reader.records().flat_map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>());
    let is_number = |cell: &str| {
        cell.strip_prefix('-')
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
    };
    let is_formula = |cell: &String| {
        let cell = cell.trim_start_matches('\u{feff}').trim_matches([' ', '\n']);
        // A sign alone stands for nothing and computes nothing.
        cell.starts_with(SIGNS) && !is_number(cell) && cell.chars().count() > 1
    };
    cells.filter(is_formula).map(|cell| format!("computes {cell}")).collect()
}

/// What CommonMark, with tables, makes of a text that is more than text: HTML, links and pictures.
pub(super) fn of_markdown(bytes: &[u8]) -> Means {
    let text = String::from_utf8_lossy(bytes);
    let does = |event| match event {
        markdown::Event::Html(_) | markdown::Event::InlineHtml(_) => Some("an element"),
        markdown::Event::Start(markdown::Tag::HtmlBlock) => Some("an element"),
        markdown::Event::Start(markdown::Tag::Link { .. }) => Some("a link"),
        markdown::Event::Start(markdown::Tag::Image { .. }) => Some("a picture"),
        _ => None,
    };
    markdown::Parser::new_ext(&text, markdown::Options::ENABLE_TABLES)
        .filter_map(does)
        .map(str::to_owned)
        .collect()
}

/// What a terminal that is shown this obeys; line ends are no matter.
pub(super) fn of_terminal(bytes: &[u8]) -> Means {
    let text = String::from_utf8_lossy(bytes);
    let is_obeyed = |c: &char| !matches!(c, '\n' | '\u{feff}') && crate::targets::is_obeyed(*c);
    text.chars().filter(is_obeyed).map(|c| format!("U+{:04X}", c as u32)).collect()
}

/// What a viewer makes of a PDF beside showing it.
#[cfg(feature = "pdf")]
pub(super) fn of_pdf(bytes: &[u8]) -> Means {
    let document = lopdf::Document::load_mem(bytes).unwrap();
    let dictionaries = document.objects.values().filter_map(|object| object.as_dict().ok());
    let keys = dictionaries
        .flat_map(|dictionary| dictionary.iter().map(|(key, _)| String::from_utf8_lossy(key).into_owned()));
    // Fonts name their characters as keys of resources, and these are of the text.
    const DOING: [&str; 12] = [
        "URI",
        "JS",
        "JavaScript",
        "OpenAction",
        "AA",
        "Launch",
        "A",
        "GoToR",
        "SubmitForm",
        "EmbeddedFiles",
        "XFA",
        "Annots",
    ];
    keys.filter(|key| DOING.contains(&key.as_str())).collect()
}
