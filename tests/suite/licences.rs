//! What is shipped may be shipped: every crate in it is under a licence that asks for no more than to be named.

use std::process::Command;

/// Those licences (SPDX). Files under the last one are shipped as they are published.
const KNOWN: [&str; 13] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Zlib",
    "MPL-2.0",
];

/// Whether a licence expression can be met by known licences: all parts of an AND, one of an OR. `/` is an old OR.
fn is_met(expression: &str) -> bool {
    let all = expression.split(" AND ").map(|part| part.trim_matches(['(', ')', ' ']));
    all.into_iter().all(|part| {
        let mut choices = part.split(" OR ").flat_map(|choice| choice.split('/'));
        choices.any(|choice| KNOWN.contains(&choice.trim()))
    })
}

#[test]
fn every_crate_that_is_shipped_may_be() {
    for (expression, expected) in [
        ("MIT", true),
        ("GPL-3.0-only", false),
        ("GPL-2.0 OR MIT", true),
        ("Unlicense/MIT", true),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("MIT AND GPL-2.0", false),
        ("", false),
    ] {
        assert_eq!(is_met(expression), expected, "{expression}");
    }
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "--prefix", "none", "-e", "normal", "--format", "{l}|{p}"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let tree = String::from_utf8(tree.stdout).unwrap();
    let crates: Vec<(&str, &str)> = tree.lines().filter_map(|line| line.split_once('|')).collect();
    assert!(crates.len() > 100, "{tree}");
    let others: Vec<&(&str, &str)> = crates.iter().filter(|(licence, _)| !is_met(licence)).collect();
    assert!(others.is_empty(), "{others:?}");
}
