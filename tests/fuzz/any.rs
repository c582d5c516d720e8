//! The fuzzer: one program for all targets, so that it is built once. `NIANBAO_FUZZ` names the target.
#![no_main]

// As the suite names it, so that its modules are found beside it.
#[path = "targets.rs"]
mod targets;

use std::sync::LazyLock;

/// The target that is asked for.
static TARGET: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    let named = std::env::var("NIANBAO_FUZZ").unwrap_or_default();
    let found = targets::ALL.iter().find(|(name, _)| *name == named);
    let names: Vec<&str> = targets::ALL.iter().map(|(name, _)| *name).collect();
    found.unwrap_or_else(|| panic!("NIANBAO_FUZZ is one of {names:?}")).1
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| TARGET(bytes));
