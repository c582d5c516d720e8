//! Compound files, which doc and xls are, whose chains and records are made to break a reader. What the parser does with
//! them is its own; that it ends in a child within the limits is ours.
#![expect(clippy::too_many_lines, reason = "a list of files, each made in a few lines")]

use std::io::{Cursor, Write as _};

use super::{Fate, Made, made};

const DOC: &[u8] = include_bytes!("../../../data/office/yunxi.doc");
const XLS: &[u8] = include_bytes!("../../../data/office/yunxi.xls");

/// A file with bytes written over.
fn patched(file: &'static [u8], at: usize, patch: &'static [u8]) -> impl Fn() -> Vec<u8> {
    move || {
        let mut bytes = file.to_vec();
        bytes[at..at + patch.len()].copy_from_slice(patch);
        bytes
    }
}

/// A file whose table of sectors is written over from its first entry on, by a function of the entry.
fn rechained(file: &'static [u8], next: fn(u32) -> u32) -> impl Fn() -> Vec<u8> {
    move || {
        let mut bytes = file.to_vec();
        let first = u32::from_le_bytes(bytes[76..80].try_into().unwrap()) as usize;
        for number in 0..128 {
            let at = 512 + first * 512 + number * 4;
            bytes[at..at + 4].copy_from_slice(&next(number as u32).to_le_bytes());
        }
        bytes
    }
}

/// A file whose directory has every stream of this size.
fn resized(file: &'static [u8], size: u32) -> impl Fn() -> Vec<u8> {
    move || {
        let mut bytes = file.to_vec();
        let first = u32::from_le_bytes(bytes[48..52].try_into().unwrap()) as usize;
        for entry in 0..4 {
            let at = 512 + first * 512 + entry * 128 + 120;
            bytes[at..at + 4].copy_from_slice(&size.to_le_bytes());
        }
        bytes
    }
}

/// A file with these streams.
fn container(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in streams {
        file.create_stream(name).unwrap().write_all(bytes).unwrap();
    }
    file.into_inner().into_inner()
}

/// A record of a workbook.
fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &u16::try_from(body.len()).unwrap().to_le_bytes(), body].concat()
}

/// A workbook of these records.
fn workbook(records: &[Vec<u8>]) -> Vec<u8> {
    let begin = record(0x809, &[0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    container(&[("Workbook", &[begin, records.concat()].concat())])
}

pub(super) fn all() -> Vec<Made> {
    const ANY: Fate = Fate::Any;
    vec![
        made("loop.doc", ANY, rechained(DOC, |number| number)),
        made("long-loop.doc", ANY, rechained(DOC, |number| (number + 1) % 128)),
        made("chains-beyond.doc", ANY, rechained(DOC, |_| 0xffff_fff0)),
        made("loop.xls", ANY, rechained(XLS, |number| number)),
        made("long-loop.xls", ANY, rechained(XLS, |number| (number + 1) % 128)),
        made("giant-sectors.doc", ANY, patched(DOC, 30, &[63, 0])),
        made("sectors-of-nothing.doc", ANY, patched(DOC, 30, &[0, 0])),
        made("giant-small-sectors.doc", ANY, patched(DOC, 32, &[62, 0])),
        made("many-tables.doc", ANY, patched(DOC, 44, &[0xff, 0xff, 0xff, 0x7f])),
        made("directory-beyond.doc", ANY, patched(DOC, 48, &[0xf0, 0xff, 0xff, 0xff])),
        made("lists-of-tables-in-a-loop.doc", ANY, patched(DOC, 68, &[0, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f])),
        made("giant-streams.doc", ANY, resized(DOC, 0x7fff_ffff)),
        made("giant-streams.xls", ANY, resized(XLS, 0xffff_ffff)),
        made("half.doc", ANY, || DOC[..DOC.len() / 2].to_vec()),
        made("half.xls", ANY, || XLS[..XLS.len() / 2].to_vec()),
        made("head.doc", Fate::Refused(&["损坏"]), || DOC[..512].to_vec()),
        made("ones.doc", Fate::Refused(&["损坏"]), || [&DOC[..8], &[0xff; 100_000]].concat()),
        made("zeros.xls", Fate::Refused(&["损坏"]), || [&XLS[..8], &[0; 100_000]].concat()),
        made("large.doc", ANY, || [DOC, &vec![0x41; 40 << 20][..]].concat()),
        made("encrypted.doc", Fate::Refused(&["密码"]), || container(&[("EncryptedPackage", b"x")])),
        made("slides.doc", Fate::Refused(&["ppt"]), || container(&[("PowerPoint Document", b"x")])),
        made("words-of-ones.doc", ANY, || {
            container(&[("WordDocument", &[0xff; 4096]), ("1Table", &[0xff; 4096])])
        }),
        made("words-of-nothing.doc", ANY, || container(&[("WordDocument", b"")])),
        made("words-and-giant-pieces.doc", ANY, || {
            let mut words = vec![0; 4096];
            words[..2].copy_from_slice(&[0xec, 0xa5]);
            words[0x0a..0x0c].copy_from_slice(&[0, 2]);
            words[0x1a2..0x1aa].copy_from_slice(&[0, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f]);
            let pieces = [&[2, 0xff, 0xff, 0xff, 0x7f][..], &[0xff; 4000]].concat();
            container(&[("WordDocument", &words), ("1Table", &pieces), ("0Table", &pieces)])
        }),
        made("strings-without-end.xls", ANY, || {
            workbook(&[record(0xfc, &[0xff; 8]), record(0x3c, &[0xff; 8000]).repeat(100)])
        }),
        made("corner-cells.xls", ANY, || {
            let cell = |row: u16, column: u16| {
                record(
                    0x203,
                    &[&row.to_le_bytes()[..], &column.to_le_bytes(), &[0, 0], &1f64.to_le_bytes()].concat(),
                )
            };
            workbook(&[
                record(0x200, &[0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0xff, 0xff, 0, 0]),
                cell(0, 0),
                cell(65535, 65535),
            ])
        }),
        made("many-cells.xls", ANY, || {
            let cells = (0..60_000u16)
                .map(|row| record(0x203, &[&row.to_le_bytes()[..], &[0; 4], &1f64.to_le_bytes()].concat()));
            workbook(&cells.collect::<Vec<_>>())
        }),
        made("runs-backwards.xls", ANY, || {
            workbook(&[
                record(0xbd, &[0, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0]),
                record(0xbe, &[0, 0, 0xff, 0xff, 0, 0]),
            ])
        }),
        made("merged-without-end.xls", ANY, || {
            workbook(&vec![
                record(
                    0xe5,
                    &[&[0xff, 0xff][..], &[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff].repeat(1000)].concat()
                );
                200
            ])
        }),
        made("many-sheets.xls", ANY, || {
            workbook(&vec![record(0x85, &[0xff, 0xff, 0xff, 0x7f, 0, 0, 1, 0, b'a']); 100_000])
        }),
        made("with-a-password.xls", ANY, || workbook(&[record(0x2f, &[1, 0, 1, 0, 1, 0])])),
        made("record-beyond.xls", ANY, || workbook(&[vec![0xfc, 0, 0xff, 0xff, 1]])),
        made("nothing-but-records.xls", ANY, || workbook(&vec![record(0, &[]); 2_000_000])),
    ]
}
