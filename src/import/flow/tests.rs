//! What documents look like in tests, and how files are damaged there.

use super::super::package::tests::zip;
use super::super::{ImportError, Kind};
use super::*;
use crate::document::Document;

/// A document as text: `#` a heading, `|` a row with the spans of its cells, `!` a remark.
pub(in super::super) fn shown(document: &Document) -> Vec<String> {
    let mut lines = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading { level, text, .. } => lines.push(format!("#{level} {text}")),
            Block::Paragraph { text, .. } => lines.push(text.clone()),
            Block::Grid(grid) => lines.extend(grid.rows.iter().map(row)),
        }
    }
    lines.extend(document.remarks.iter().map(|remark| format!("!{remark}")));
    lines
}

fn row(row: &GridRow) -> String {
    let cells = row.cells.iter().map(|cell| match (cell.column_span, cell.row_span) {
        (1, 1) => cell.text.clone(),
        (columns, rows) => format!("{}({columns}×{rows})", cell.text),
    });
    format!("|{}|", cells.collect::<Vec<_>>().join("|"))
}

/// Reads a file thousands of times, each time damaged otherwise: bytes of the container, and bytes, pieces and whole
/// elements of its parts. Gives how many were still read.
pub(in super::super) fn read_damaged(
    parts: &[(&str, &str)],
    read: fn(&[u8]) -> Result<Document, ImportError>,
    times: u64,
) -> usize {
    let mut seed: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut below = |most: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % most.max(1)
    };
    let mut still_read = 0;
    for _ in 0..times {
        let mut parts: Vec<(&str, Vec<u8>)> =
            parts.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())).collect();
        let chosen = below(parts.len());
        let damages_container = below(3) == 0;
        let part = &mut parts[chosen].1;
        for _ in 0..=below(4) {
            let at = below(part.len());
            match below(5) {
                _ if part.is_empty() => {}
                0 => part[at] = below(256) as u8,
                1 => drop(part.drain(at..(at + below(200)).min(part.len()))),
                2 => {
                    let piece = part[at..(at + below(400)).min(part.len())].to_vec();
                    let to = below(part.len());
                    part.splice(to..to, piece);
                }
                // Whole elements twice or not at all keep the part well formed more often.
                3 => elements(part, at, true),
                _ => elements(part, at, false),
            }
        }
        let borrowed: Vec<(&str, &[u8])> = parts.iter().map(|(name, part)| (*name, &part[..])).collect();
        let mut bytes = zip(&borrowed);
        for _ in 0..if damages_container { 3 } else { 0 } {
            let at = below(bytes.len());
            bytes[at] = below(256) as u8;
        }
        let _ = Kind::of(&bytes);
        still_read += usize::from(read(&bytes).is_ok());
    }
    still_read
}

/// Doubles or takes away the element that begins next.
fn elements(part: &mut Vec<u8>, at: usize, doubles: bool) {
    let find = |from: usize, sign: u8| part[from..].iter().position(|byte| *byte == sign).map(|at| from + at);
    let Some(start) = find(at, b'<').filter(|start| part.get(start + 1) != Some(&b'/')) else { return };
    let Some(end) = find(start, b'>').map(|end| end + 1) else { return };
    let name: Vec<u8> = part[start + 1..end].iter().copied().take_while(|b| !b" />".contains(b)).collect();
    let closing = [b"</", &name[..], b">"].concat();
    let rest = &part[end..];
    let length = rest.windows(closing.len()).position(|window| window == closing);
    let end = if part[end - 2] == b'/' { end } else { length.map_or(end, |at| end + at + closing.len()) };
    if doubles {
        let element = part[start..end].to_vec();
        part.splice(start..start, element);
    } else {
        part.drain(start..end);
    }
}

fn cell(column: usize, columns: usize, rows: usize, text: &str) -> Cell {
    let pieces = vec![Piece::Line { level: None, text: text.to_owned() }];
    Cell { column, column_span: columns, row_span: rows, pieces }
}

fn laid(rows: Vec<Vec<Cell>>) -> Vec<String> {
    shown(&Document { blocks: blocks(vec![Piece::Table(rows)]), remarks: Vec::new() })
}

#[test]
fn holes_are_blank_and_cells_end_where_another_begins() {
    let rows = vec![
        vec![cell(0, 1, 9, "甲"), cell(1, 2, 2, "乙"), cell(3, 1, 1, "丙")],
        vec![cell(2, 1, 1, "丁"), cell(5, 1, 1, "戊")],
        vec![cell(1, 1, 1, "己")],
    ];
    assert_eq!(laid(rows), ["|甲(1×3)|乙(2×1)|丙|", "||丁|||戊|", "|己|"]);
}

#[test]
fn frames_around_text_and_tables_are_taken_away() {
    let inner = || Piece::Table(vec![vec![cell(0, 1, 1, "一"), cell(1, 1, 1, "二")]]);
    let mut around = cell(0, 1, 1, "上");
    around.pieces.extend([inner(), Piece::Line { level: Some(1), text: "下".to_owned() }]);
    assert_eq!(laid(vec![vec![around]]), ["上", "|一|二|", "#1 下"]);
    let mut beside = cell(0, 1, 1, "左");
    beside.pieces.push(inner());
    assert_eq!(laid(vec![vec![beside, cell(1, 1, 1, "右")]]), ["|左|右|", "|一|二|"]);
}
