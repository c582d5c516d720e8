//! Files of LibreOffice, damaged ones, and workbooks made record by record.

use office_oxide::DocumentIR;
use office_oxide::ir::{Element, ListItem, Paragraph, Section as Part, Table, TableCell, TableRow, TextSpan};
use office_oxide::ir::{InlineContent, List, TextBox};

use super::*;
use crate::document::Grid;
use crate::form::terms::{Field, Section};
use crate::report::{NoticeKind, Place, Report, Value};

/// A text with the tables 2 and 4, written by LibreOffice.
const TEXT: &[u8] = include_bytes!("../../../tests/data/office/yunxi.doc");
/// A workbook with the whole report on one sheet, written by LibreOffice.
const WORKBOOK: &[u8] = include_bytes!("../../../tests/data/office/yunxi.xls");

fn count(report: &Report, place: &str) -> Option<Value> {
    report.get(Place::parse(place).unwrap()).cloned()
}

#[test]
fn a_text_and_a_workbook_are_read_whole() {
    for (bytes, has_requests) in [(TEXT, false), (WORKBOOK, true)] {
        let report = crate::import::read(bytes).unwrap();
        assert_eq!(report.text(Field::Title), "云溪镇人民政府2025年政府信息公开工作年度报告");
        assert_eq!(report.text(Field::Published), "2026-01-20");
        assert_eq!(report.text(Section::Problems), "存在更新不及时的问题，下一步按月检查。");
        assert_eq!(count(&report, "proactive/regulations/in_force"), Some(Value::count(3)));
        assert_eq!(count(&report, "disputes/reconsideration/upheld"), Some(Value::count(0)));
        let business = count(&report, "requests/received/business");
        assert_eq!(business, has_requests.then(|| Value::count(12)));
        let missing = report.notices().filter(|notice| notice.kind == NoticeKind::TableMissing).count();
        assert_eq!((report.notices().count(), missing), (missing, usize::from(!has_requests)));
    }
}

#[test]
fn every_row_and_paragraph_says_where_it_stands() {
    let places = |bytes: &[u8]| -> Vec<String> {
        let blocks = read(bytes).unwrap().blocks;
        let at = |block: &Block| match block {
            Block::Paragraph { at, .. } | Block::Heading { at, .. } => at.clone(),
            Block::Grid(grid) => grid.rows.last().unwrap().at.clone(),
        };
        blocks.iter().map(at).collect()
    };
    assert_eq!(places(TEXT)[..2], ["第 1 段", "第 2 段"]);
    assert!(places(TEXT).iter().any(|at| at == "表 2 第 4 行"));
    assert!(places(WORKBOOK).iter().any(|at| at == "工作表“Sheet1”第 2 行"));
}

/// The file with bytes in place of others, which are there once.
fn patched(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let at: Vec<usize> = (0..bytes.len() - from.len()).filter(|&at| bytes[at..].starts_with(from)).collect();
    let [at] = at[..] else { panic!("{} times there", at.len()) };
    let mut bytes = bytes.to_vec();
    bytes[at..at + to.len()].copy_from_slice(to);
    bytes
}

/// An entry of the directory: the name in 64 bytes, then its length.
fn entry(name: &str) -> Vec<u8> {
    let units: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
    let length = u16::try_from(units.len()).unwrap().to_le_bytes();
    let mut entry = [units, vec![0; 64]].concat();
    entry.truncate(64);
    [entry, length.to_vec()].concat()
}

fn named(name: &str) -> Vec<u8> {
    patched(TEXT, &entry("WordDocument"), &entry(name))
}

#[test]
fn what_a_file_holds_is_told_by_its_streams() {
    let fails = |bytes: &[u8]| read(bytes).unwrap_err();
    assert!(matches!(fails(&named("EncryptedPackage")), ImportError::Encrypted));
    assert!(fails(&named("PowerPoint Document")).to_string().contains("ppt"));
    let old = fails(&named("CONTENTS"));
    assert!(old.is_foreign() && old.hint().contains("LibreOffice") && old.hint().contains("docx"), "{old}");
    assert!(matches!(fails(&TEXT[..700]), ImportError::Broken(_)));
}

#[test]
fn a_file_with_a_password_is_said_to_have_one() {
    // The stream of the text begins with its magic; among its flags is the one that it is encrypted.
    let start = TEXT.chunks(512).position(|sector| sector.starts_with(&[0xec, 0xa5])).unwrap() * 512;
    let mut text = TEXT.to_vec();
    text[start + 11] |= 1;
    assert!(matches!(read(&text).unwrap_err(), ImportError::Encrypted));
    let locked = workbook(&[(0x2f, vec![0; 54])], &[]);
    assert!(matches!(read(&locked).unwrap_err(), ImportError::Encrypted));
}

/// A record of a workbook.
type Record = (u16, Vec<u8>);

/// A workbook with one sheet, in a container of its own.
fn workbook(globals: &[Record], sheet: &[Record]) -> Vec<u8> {
    let bytes = |records: &[Record]| -> Vec<u8> {
        let record = |(id, data): &Record| {
            [&id.to_le_bytes()[..], &u16::try_from(data.len()).unwrap().to_le_bytes(), data].concat()
        };
        records.iter().flat_map(record).collect()
    };
    let begin = |kind: u8| (0x0809, vec![0, 6, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let name = |at: u32| (0x85, [&at.to_le_bytes()[..], &[0, 0, 2, 0], b"S1"].concat());
    let end = (0x0a, Vec::new());
    let front = |at| bytes(&[&[begin(5)], globals, &[name(at), end.clone()]].concat());
    let at = u32::try_from(front(0).len()).unwrap();
    container("Workbook", [front(at), bytes(&[&[begin(0x10)], sheet, &[end]].concat())].concat())
}

/// A compound file with one stream.
fn container(name: &str, mut stream: Vec<u8>) -> Vec<u8> {
    const SECTOR: usize = 512;
    const END: u32 = 0xffff_fffe;
    // Shorter streams are kept in another way.
    stream.resize(stream.len().max(4096).next_multiple_of(SECTOR), 0);
    let sectors = stream.len() / SECTOR;
    let tables = (sectors + 2).div_ceil(SECTOR / 4 - 1) + 1;
    assert!(tables <= 109, "the header has room for no more");
    let number = |number: usize| u32::try_from(number).unwrap();
    let mut next: Vec<u32> = vec![0xffff_fffd; tables];
    next.push(END);
    next.extend((1..sectors).map(|at| number(tables + 1 + at)));
    next.push(END);
    next.resize(tables * SECTOR / 4, 0xffff_ffff);
    let mut header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    header.resize(24, 0);
    header.extend([0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0, 6, 0, 0, 0, 0, 0, 0, 0]);
    for field in [0, number(tables), number(tables), 0, 4096, END, 0, END, 0] {
        header.extend(field.to_le_bytes());
    }
    let places = (0..109).map(|at| if at < tables { number(at) } else { u32::MAX });
    header.extend(places.flat_map(u32::to_le_bytes));
    let directory = |name: &str, kind: u8, child: u32, start: u32, size: usize| {
        let links = [u32::MAX, u32::MAX, child].into_iter().flat_map(u32::to_le_bytes).collect();
        let place = [start, number(size), 0].into_iter().flat_map(u32::to_le_bytes).collect();
        [entry(name), vec![kind, 1], links, vec![0; 36], place].concat()
    };
    let root = directory("Root Entry", 5, 1, END, 0);
    let file = directory(name, 2, u32::MAX, number(tables + 1), stream.len());
    let mut directories = [root, file].concat();
    directories.resize(SECTOR, 0);
    let next = next.into_iter().flat_map(u32::to_le_bytes).collect();
    [header, next, directories, stream].concat()
}

/// A number in a cell.
fn number(row: u16, column: u16, number: f64) -> Record {
    let place = [row, column, 0].into_iter().flat_map(u16::to_le_bytes);
    (0x203, place.chain(number.to_le_bytes()).collect())
}

/// Merged ranges: rows, then columns.
fn merged(ranges: &[[u16; 4]]) -> Record {
    let count = u16::try_from(ranges.len()).unwrap();
    (0xe5, [count].iter().chain(ranges.iter().flatten()).flat_map(|n| n.to_le_bytes()).collect())
}

fn grids(document: &Document) -> Vec<&Grid> {
    let blocks = document.blocks.iter();
    blocks.filter_map(|block| if let Block::Grid(grid) = block { Some(grid) } else { None }).collect()
}

#[test]
fn the_columns_of_a_sheet_are_those_in_which_something_begins() {
    let cells =
        [number(1, 0, 7.0), number(1, 4, 12.5), number(2, 4, 1234.0), number(3, 0, 5.0), number(5, 3, 9.0)];
    let merges = [merged(&[[1, 3, 0, 2], [1, 1, 4, 6], [2, 60_000, 4, 200]])];
    let document = read(&workbook(&[], &[&cells[..], &merges].concat())).unwrap();
    let grids = grids(&document);
    let [grid] = grids[..] else { panic!("{document:?}") };
    let cells: Vec<Vec<(&str, usize, usize)>> = grid
        .rows
        .iter()
        .map(|row| {
            row.cells.iter().map(|cell| (cell.text.as_str(), cell.row_span, cell.column_span)).collect()
        })
        .collect();
    assert_eq!(cells[0], [("7", 3, 1), ("", 1, 1), ("12.5", 1, 1)]);
    assert_eq!(cells[1], [("", 1, 1), ("1234", 4, 1)]);
    assert_eq!(cells[2], [("", 1, 1)], "what lies under a merge is not seen");
}

#[test]
fn numbers_are_as_their_format_shows_them_as_in_new_workbooks() {
    let format = |id: u16, code: &str| {
        let units: Vec<u8> = code.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = u16::try_from(units.len() / 2).unwrap();
        (0x41e, [&id.to_le_bytes()[..], &length.to_le_bytes(), &[1], &units].concat())
    };
    let style = |id: u16| (0xe0, [&[0, 0][..], &id.to_le_bytes(), &[0; 16]].concat());
    let styled = |row, column, value, style: u8| {
        let (kind, mut data) = number(row, column, value);
        data[4] = style;
        (kind, data)
    };
    let globals = [format(170, "0!.0,\"万\""), style(0), style(1), style(170), style(9), style(14)];
    let cells = [
        styled(0, 0, 12.5, 0),
        styled(0, 1, 12.5, 1),
        styled(0, 2, 120_000.0, 2),
        styled(0, 3, 0.5, 3),
        styled(0, 4, 46_037.0, 4),
    ];
    let shown = |sheet: &[Record]| {
        let document = read(&workbook(&globals, sheet)).unwrap();
        let texts =
            |grid: &&Grid| grid.rows[0].cells.iter().map(|cell| cell.text.clone()).collect::<Vec<_>>();
        (grids(&document).first().map(texts).unwrap(), document.remarks)
    };
    let (texts, remarks) = shown(&cells);
    assert_eq!(texts, ["12.5", "13", "12.0万", "50%", "2026年1月15日"]);
    assert!(matches!(&remarks[..], [remark] if remark.contains("B1 等 2 格")), "{remarks:?}");
    for hidden in [
        (0x7d, vec![1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0]),
        (0x208, [vec![0; 12], vec![0x20, 0, 0, 0]].concat()),
    ] {
        let (_, remarks) = shown(&[&[hidden], &cells[..]].concat());
        assert!(remarks.iter().any(|remark| remark.contains("隐藏的行或列")), "{remarks:?}");
    }
}

#[test]
fn more_cells_merges_or_lines_than_a_report_can_have_are_refused_by_name() {
    let refused = |sheet: &[Record]| read(&workbook(&[], sheet)).unwrap_err().to_string();
    let many: Vec<Record> =
        (0..101).flat_map(|row| (0..200).map(move |column| number(row, column, 1.0))).collect();
    assert!(refused(&many).contains("20000 格"));
    let merges: Vec<[u16; 4]> = (0..1_000).map(|row| [row, row, 0, 1]).collect();
    let merges = vec![merged(&merges); 6];
    assert!(refused(&[&many[..2], &merges].concat()).contains("5000 处"));
    let lines: Vec<Record> = (0..20_001).map(|row| number(row, 0, 1.0)).collect();
    assert!(refused(&lines).contains("20000 行"));
}

fn words(text: &str) -> Element {
    let content = vec![InlineContent::Text(TextSpan::plain(text))];
    Element::Paragraph(Paragraph { content, ..Paragraph::default() })
}

fn text(elements: Vec<Element>) -> Result<Document, ImportError> {
    let mut text = DocumentIR::default();
    text.sections.push(Part { elements, ..Part::default() });
    let mut pages = Pages::default();
    words::read(&text, &mut pages).map(|()| pages.document)
}

fn cell(content: Vec<Element>, row_span: u32, col_span: u32) -> TableCell {
    TableCell { content, row_span, col_span, ..TableCell::default() }
}

fn table(rows: Vec<Vec<TableCell>>) -> Element {
    let rows = rows.into_iter().map(|cells| TableRow { cells, ..TableRow::default() }).collect();
    Element::Table(Table { rows, ..Table::default() })
}

#[test]
fn spans_are_kept_to_the_table_and_tables_in_cells_stand_behind_it() {
    let inner = table(vec![vec![cell(vec![words("内")], 1, 1)]]);
    let outer = vec![
        vec![cell(vec![words("甲"), words("乙")], 9, u32::MAX), cell(vec![inner], 0, 0)],
        vec![cell(vec![words("丙")], 1, 1)],
    ];
    let document = text(vec![words("一"), table(outer)]).unwrap();
    let grids = grids(&document);
    let first = &grids[0].rows[0].cells;
    assert_eq!((first[0].text.as_str(), first[0].row_span, first[0].column_span), ("甲\n乙", 2, 64));
    assert_eq!((first[1].row_span, first[1].column_span), (1, 1));
    assert_eq!(
        (grids[1].rows[0].cells[0].text.as_str(), grids[1].rows[0].at.as_str()),
        ("内", "表 2 第 1 行")
    );
}

#[test]
fn a_text_is_followed_only_so_deep_and_so_far() {
    let mut nested = words("底");
    for _ in 0..200 {
        nested = Element::TextBox(TextBox { content: vec![nested], ..TextBox::default() });
    }
    let document = text(vec![words("面"), nested]).unwrap();
    assert_eq!(document.blocks.len(), 1);
    assert!(document.remarks[0].contains("太深"), "{:?}", document.remarks);
    let rows = vec![vec![cell(vec![words("0")], 1, 1); 64]; 313];
    assert!(text(vec![table(rows)]).unwrap_err().to_string().contains("20000 格"));
    let lines = vec![words("甲"); 20_001];
    assert!(text(lines).unwrap_err().to_string().contains("20000 行"));
    let items = vec![ListItem { content: vec![words("更新不及时")], nested: None }];
    let list = Element::List(List { ordered: true, items, ..List::default() });
    let document = text(vec![list]).unwrap();
    assert!(document.remarks[0].contains("自动编号") && document.blocks.len() == 1);
}

#[test]
fn lists_in_a_cell_are_read_whole_and_what_is_not_is_said() {
    let list = |content, nested| {
        Element::List(List { items: vec![ListItem { content, nested }], ..List::default() })
    };
    let items = vec![ListItem { content: vec![words("丁")], nested: None }];
    let deeper = List { items, ..List::default() };
    let deepest = list(vec![words("丙"), list(vec![words("乙")], None)], Some(deeper));
    let document = text(vec![table(vec![vec![cell(vec![words("甲"), deepest], 1, 1)]])]).unwrap();
    assert_eq!(grids(&document)[0].rows[0].cells[0].text, "甲\n丙\n乙\n丁");
    assert!(document.remarks.is_empty(), "{:?}", document.remarks);
    let mut nested = list(vec![words("底")], None);
    for _ in 0..20 {
        nested = list(vec![words("层"), nested], None);
    }
    let document = text(vec![table(vec![vec![cell(vec![nested], 1, 1)]])]).unwrap();
    assert!(document.remarks[0].contains("太深"), "{:?}", document.remarks);
}

#[test]
fn what_is_raised_or_crossed_out_is_no_digit_of_a_number() {
    let span = |text, strikethrough, vertical_align| {
        InlineContent::Text(TextSpan { strikethrough, vertical_align, ..TextSpan::plain(text) })
    };
    let content = vec![
        span("12", false, None),
        span("1", false, Some(office_oxide::ir::VerticalAlign::Superscript)),
        span("3", true, None),
    ];
    let words = Element::Paragraph(Paragraph { content, ..Paragraph::default() });
    let document = text(vec![table(vec![vec![cell(vec![words], 1, 1)]])]).unwrap();
    assert_eq!(grids(&document)[0].rows[0].cells[0].text, "12[1]");
    assert!(document.remarks[0].contains("划掉"), "{:?}", document.remarks);
}

#[test]
fn whatever_is_done_to_a_file_reading_it_returns() {
    let mut seed = 7_u64;
    let mut draw = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    };
    let (mut read_whole, mut refused) = (0, 0);
    for file in [TEXT, WORKBOOK] {
        for _ in 0..500 {
            let mut bytes = file.to_vec();
            match draw(4) {
                0 => bytes.truncate(draw(file.len())),
                1 => {
                    let (from, to, length) = (draw(file.len() - 600), draw(file.len() - 600), draw(512));
                    bytes.copy_within(from..from + length, to);
                }
                // Where lengths and numbers of sectors stand.
                2 => (0..4).for_each(|_| bytes[draw(2_048)] = [0, 1, 0x7f, 0xff][draw(4)]),
                _ => {
                    (0..1 + draw(8)).for_each(|_| bytes[draw(file.len())] = u8::try_from(draw(256)).unwrap())
                }
            }
            match crate::import::read(&bytes) {
                Ok(_) => read_whole += 1,
                Err(error) => refused += usize::from(!error.hint().is_empty()),
            }
        }
    }
    assert_eq!(read_whole + refused, 1_000);
    assert!(read_whole > 100 && refused > 100, "{read_whole} {refused}");
}
