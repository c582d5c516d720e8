//! Writes a nation's reports to be measured on: `cargo bench --bench county -- DIR 10000`, in five formats of equal shares,
//! or with `--json-only` as JSON. Each county of fifty units has a folder of its own; a register beside the folder
//! (`DIR-名册.csv`) lists all of them.
//! Measures nothing itself.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "it writes files, and stops where it cannot"
)]
#![allow(dead_code, reason = "faults are planted by the suite")]

#[path = "../county/generated.rs"]
mod generated;
#[path = "../suite/sound.rs"]
mod sound;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use generated::Shape;

const SEED: u64 = 20_250_131;

/// The units of a county.
const UNITS: usize = 50;

/// The five formats, as this program writes them.
const SHAPES: [Shape; 5] = [Shape::Word, Shape::Page, Shape::Text, Shape::Workbook, Shape::Json];

fn main() {
    let mut arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let is_json_only = arguments.iter().any(|argument| argument == "--json-only");
    arguments.retain(|argument| argument != "--json-only");
    let (Some(directory), Some(reports)) = (arguments.first(), arguments.get(1)) else {
        eprintln!("cargo bench --bench county -- DIR REPORTS [--json-only]");
        return;
    };
    let (directory, reports) = (PathBuf::from(directory), reports.parse().unwrap());
    let begin = Instant::now();
    let shapes = if is_json_only { &SHAPES[4..] } else { &SHAPES };
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let written = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..threads).map(|_| scope.spawn(|| write(&directory, reports, shapes, &next))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect::<Vec<(usize, String)>>()
    });
    register(&directory, written);
    eprintln!("{reports} reports in {} ms", begin.elapsed().as_millis());
}

/// Writes one county after the other until all reports are written, and gives the lines of their registers.
fn write(directory: &Path, reports: usize, shapes: &[Shape], next: &AtomicUsize) -> Vec<(usize, String)> {
    let mut registers = Vec::new();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let units = reports.saturating_sub(number * UNITS).min(UNITS);
        if units == 0 {
            return registers;
        }
        let county = generated::numbered(SEED, number, units, 1);
        let folder = directory.join(format!("{number:04}{}", county.units[0].name));
        std::fs::create_dir_all(&folder).unwrap();
        // One unit of a county was two, but not in the last year.
        for (at, filing) in county.filings.iter().enumerate() {
            let shape = shapes[at % shapes.len()];
            let name = Path::new(&filing.file).with_extension(shape.extension());
            std::fs::write(folder.join(name.file_name().unwrap()), shape.bytes(&filing.report)).unwrap();
        }
        registers.push((number, county.register()));
    }
}

/// Writes the register of all units, one county after the other under one province.
fn register(directory: &Path, mut counties: Vec<(usize, String)>) {
    const PROVINCE: &str = "9999999,江北省人民政府,,省级政府,,\n";
    counties.sort();
    let mut list = String::new();
    for (_, county) in counties {
        let (head, units) = county.split_once('\n').unwrap();
        let (county, units) = units.split_once('\n').unwrap();
        if list.is_empty() {
            list = format!("{head}\n{PROVINCE}");
        }
        // The parent of a county is the province.
        let mut fields: Vec<&str> = county.split(',').collect();
        fields[4] = "9999999";
        list += &format!("{}\n{units}", fields.join(","));
    }
    // Beside the folder: what is in it is read as reports.
    let mut file = directory.as_os_str().to_owned();
    file.push("-名册.csv");
    std::fs::write(file, list).unwrap();
}
