//! F1: what fuzzing has kept, run again: every file of `tests/fuzz/corpus` through the law of its target.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use super::figure;
use crate::targets;

/// The most bytes that are kept of all targets together.
const LARGEST: usize = 300_000;

/// The files of a target, by name.
fn kept(target: &str) -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target);
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(directory).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn the_corpus_keeps_the_laws() {
    let (mut count, mut size, mut broken) = (0, 0, Vec::new());
    for (target, law) in targets::ALL {
        let files = kept(target);
        assert!(!files.is_empty(), "nothing is kept of {target}");
        for file in files {
            let bytes = std::fs::read(&file).unwrap();
            (count, size) = (count + 1, size + bytes.len());
            if catch_unwind(AssertUnwindSafe(|| law(&bytes))).is_err() {
                broken.push(file);
            }
        }
    }
    figure(
        "F1",
        &format!(
            "{count} files of {} targets, {} KB, {} break a law",
            targets::ALL.len(),
            size / 1000,
            broken.len()
        ),
    );
    assert!(size <= LARGEST, "{size} bytes are too many to keep");
    assert!(broken.is_empty(), "{broken:#?}");
}
