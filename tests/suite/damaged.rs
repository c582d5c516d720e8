//! Damaged copies of real files: what is read wrong is always announced.
//!
//! The damage is done to the document, so that it serves every format, and to the bytes of what is text.

use nianbao::document::recognize::recognize;
use nianbao::document::{Block, Document, Grid, GridCell, GridRow};
use nianbao::import::{self, ImportError};
use nianbao::report::{Place, Report};

use crate::laws::samples;
use crate::sound::Dice;
use crate::support::{shared, truth};

/// The real files that a truth is known of.
const FILES: [(&str, &str); 6] = [
    ("baliying_town_2024", "txt"),
    ("hangzhou_style_2025", "html"),
    ("hongze_2023", "pdf"),
    ("shanghai_office_2019", "html"),
    ("shanghai_stcsm_2024", "pdftext.md"),
    ("shuyang_fgj_2023", "html"),
];

/// How many damaged copies of each file are read, or as many more as are asked for.
fn copies() -> usize {
    samples(200)
}

fn file(name: &str, kind: &str) -> Option<(Vec<u8>, Document)> {
    let bytes = std::fs::read(shared(&format!("corpus/{name}.{kind}"))?).unwrap();
    match import::document(&bytes) {
        Ok(document) => Some((bytes, document)),
        Err(ImportError::Unsupported(kind)) => {
            crate::support::skipped(&format!("{name} is {kind}, which is not read yet"));
            None
        }
        Err(error) => panic!("{name}: {error}"),
    }
}

/// The least share of cells that is read right, in thousandths: a reader that gives nothing is never wrong.
const LEAST: usize = 600;

/// What was done to a document, and to which numbers. A wrong cell is announced by a notice of its own.
fn tell(report: &Report, truth: &Report, damage: &str, tally: &mut Tally) {
    for info in truth.form().cells() {
        let (right, read) = (truth.get(info.cell), report.get(info.cell));
        tally.all += usize::from(right.is_some());
        tally.right +=
            usize::from(right.is_some() && right.map(ToString::to_string) == read.map(ToString::to_string));
        let Some(value) = read.filter(|read| right.map(ToString::to_string) != Some(read.to_string())) else {
            continue;
        };
        let place = Place::from(info.cell);
        let is_told = report.notices().any(|notice| notice.place == Some(place));
        tally.announced += usize::from(is_told);
        if !is_told {
            let right = right.map(ToString::to_string).unwrap_or_default();
            tally.silent.push(format!("{place} is {value} for “{right}” after {damage}"));
        }
    }
}

#[derive(Default)]
struct Tally {
    all: usize,
    right: usize,
    announced: usize,
    /// The cells that are wrong without a word.
    silent: Vec<String>,
}

impl Tally {
    fn tell(&self, name: &str) -> bool {
        let Self { all, right, announced, silent } = self;
        let share = right * 1000 / (*all).max(1);
        let (whole, tenths) = (share / 10, share % 10);
        eprintln!("{name}: {whole}.{tenths} % of {all} cells right, {announced} wrong and announced");
        assert!(share >= LEAST, "{name}: too little is read to tell anything");
        for silent in silent.iter().take(30) {
            eprintln!("{name}: {silent}");
        }
        silent.is_empty()
    }
}

/// A document with another number in every cell of its grids that has one, all different.
fn renumbered(document: &Document) -> Document {
    let mut document = document.clone();
    let mut count = 1000;
    for cell in
        grids(&mut document).into_iter().flat_map(|grid| &mut grid.rows).flat_map(|row| &mut row.cells)
    {
        if !cell.text.is_empty() && cell.text.trim().bytes().all(|byte| byte.is_ascii_digit()) {
            count += 1;
            cell.text = count.to_string();
        }
    }
    document
}

fn grids(document: &mut Document) -> Vec<&mut Grid> {
    let grids = document.blocks.iter_mut().filter_map(|block| match block {
        Block::Grid(grid) => Some(grid),
        _ => None,
    });
    grids.collect()
}

#[test]
fn a_damaged_document_is_never_read_wrong_without_a_word() {
    let mut is_told = true;
    for (seed, (name, kind)) in FILES.into_iter().enumerate() {
        let Some((_, document)) = file(name, kind) else { continue };
        let Some(truth) = truth(name) else { continue };
        let numbered = renumbered(&document);
        let numbered_truth = recognize(&numbered).report;
        let filled = |report: &Report| report.values().filter(|(place, _)| place.cell().is_some()).count();
        assert!(filled(&numbered_truth) >= filled(&recognize(&document).report), "{name}");
        let mut dice = Dice::new(2_025 + seed as u64);
        let mut tally = Tally::default();
        for copy in 0..copies() {
            let (document, truth) =
                if copy % 2 == 0 { (&numbered, &numbered_truth) } else { (&document, &truth) };
            let mut damaged = document.clone();
            let damage: Vec<String> = (0..1 + copy % 3).map(|_| damage(&mut damaged, &mut dice)).collect();
            let damage = damage.join(", ");
            tell(&recognize(&damaged).report, truth, &damage, &mut tally);
        }
        is_told &= tally.tell(name);
    }
    assert!(is_told);
}

#[test]
fn a_file_with_broken_bytes_is_never_read_wrong_without_a_word() {
    let mut is_told = true;
    for (seed, (name, kind)) in FILES.into_iter().enumerate() {
        let Some((bytes, _)) = file(name, kind).filter(|_| kind != "pdf") else { continue };
        let Some(truth) = truth(name) else { continue };
        let mut dice = Dice::new(7_025 + seed as u64);
        let mut tally = Tally::default();
        for copy in 0..copies() {
            let mut damaged = bytes.clone();
            let breaks = 1 + dice.below(20);
            for _ in 0..breaks {
                // No byte of a digit or a sign: that would be another number to any reader.
                let at = dice.below(damaged.len());
                damaged[at] = 0x80 + dice.below(0x80) as u8;
            }
            let Ok(report) = import::read(&damaged) else { continue };
            tell(&report, &truth, &format!("{breaks} bytes, copy {copy}"), &mut tally);
        }
        is_told &= tally.tell(name);
    }
    assert!(is_told);
}

/// Damages a document in one of the ways in which documents are, and says how.
fn damage(document: &mut Document, dice: &mut Dice) -> String {
    let mut grids = grids(document);
    if grids.is_empty() {
        return "nothing".to_owned();
    }
    let which = dice.below(grids.len());
    let grid = &mut *grids[which];
    let row = dice.below(grid.rows.len());
    let at = grid.rows[row].at.clone();
    let what = match dice.below(9) {
        0 | 1 => typo(grid, dice),
        2 => blanks(grid, dice),
        3 => {
            let doubled = grid.rows[row].clone();
            grid.rows.insert(row, doubled);
            "a row doubled".to_owned()
        }
        4 if grid.rows.len() > 1 => {
            grid.rows.remove(row);
            "a row lost".to_owned()
        }
        5 => shift(&mut grid.rows[row], dice),
        6 => {
            let is_number = |cell: &GridCell| cell.text.trim().parse::<u64>().is_ok();
            let heads: Vec<GridRow> =
                grid.rows.iter().take_while(|row| !row.cells.iter().any(is_number)).cloned().collect();
            grid.rows.splice(row..row, heads);
            "the heads repeated".to_owned()
        }
        7 => shift_all(grid, dice),
        8 if row > 0 => {
            let below = cut(grid, row);
            let has_page_number = dice.below(2) == 0;
            let grid =
                document.blocks.iter().enumerate().filter(|(_, block)| matches!(block, Block::Grid(_)));
            let index = grid.map(|(index, _)| index).nth(which).unwrap();
            let page = Block::Paragraph { text: "— 3 —".to_owned(), at: String::new() };
            let between = has_page_number.then_some(page);
            document.blocks.splice(index + 1..index + 1, between.into_iter().chain([Block::Grid(below)]));
            "the table cut in two".to_owned()
        }
        _ => "nothing".to_owned(),
    };
    format!("{what} at {at}")
}

/// A label of a grid, if the dice hit one.
fn label<'g>(grid: &'g mut Grid, dice: &mut Dice) -> Option<&'g mut String> {
    let cells = grid.rows.iter_mut().flat_map(|row| &mut row.cells).map(|cell| &mut cell.text);
    let mut labels: Vec<&mut String> =
        cells.filter(|text| text.chars().filter(|c| c.is_alphabetic()).count() >= 3).collect();
    (!labels.is_empty()).then(|| labels.swap_remove(dice.below(labels.len())))
}

fn typo(grid: &mut Grid, dice: &mut Dice) -> String {
    let Some(label) = label(grid, dice) else { return "nothing".to_owned() };
    let before = label.clone();
    let mut chars: Vec<char> = label.chars().collect();
    for _ in 0..=dice.below(2) {
        let at = dice.below(chars.len());
        match dice.below(4) {
            0 if chars.len() > 2 => drop(chars.remove(at)),
            1 => chars.insert(at, '的'),
            2 if at + 1 < chars.len() => chars.swap(at, at + 1),
            _ => chars[at] = ['止', '己', '未', '五', '2'][dice.below(5)],
        }
    }
    *label = chars.into_iter().collect();
    format!("“{before}” written as “{label}”")
}

fn blanks(grid: &mut Grid, dice: &mut Dice) -> String {
    let Some(label) = label(grid, dice) else { return "nothing".to_owned() };
    let blank = [" ", "\u{3000}", "\n", "\u{a0}"][dice.below(4)];
    let spaced =
        label.chars().map(|c| if dice.below(3) == 0 { format!("{c}{blank}") } else { c.to_string() });
    *label = spaced.collect();
    format!("blanks in “{}”", label.replace('\n', "↵"))
}

/// Moves the cells of a row: one is lost, or one too many is there.
fn shift(row: &mut GridRow, dice: &mut Dice) -> String {
    if row.cells.is_empty() {
        return "nothing".to_owned();
    }
    let at = dice.below(row.cells.len());
    if dice.below(2) == 0 {
        let lost = row.cells.remove(at);
        return format!("the cell “{}” lost", lost.text);
    }
    row.cells.insert(at, GridCell::new(""));
    format!("a blank cell before cell {}", at + 1)
}

/// Moves the cells of all rows in which one begins in a column.
fn shift_all(grid: &mut Grid, dice: &mut Dice) -> String {
    let width = grid.places().iter().map(Vec::len).max().unwrap_or_default();
    let column = dice.below(width.max(1));
    let is_lost = dice.below(2) == 0;
    let places: Vec<Option<usize>> = grid
        .places()
        .iter()
        .map(|row| {
            let found = row.get(column).is_some_and(Option::is_some);
            found.then(|| row[..column].iter().flatten().count())
        })
        .collect();
    for (row, at) in grid.rows.iter_mut().zip(places) {
        let Some(at) = at else { continue };
        if is_lost {
            row.cells.remove(at);
        } else {
            row.cells.insert(at, GridCell::new(""));
        }
    }
    format!("column {} {}", column + 1, if is_lost { "lost" } else { "blank before it" })
}

/// Cuts a grid before a row, as a page does: the merged cells end there.
fn cut(grid: &mut Grid, row: usize) -> Grid {
    let below = grid.rows.split_off(row);
    for (index, above) in grid.rows.iter_mut().enumerate() {
        for cell in &mut above.cells {
            cell.row_span = cell.row_span.min(row - index);
        }
    }
    Grid::new(below)
}
