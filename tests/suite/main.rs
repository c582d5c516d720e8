//! The integration tests: one binary, one module a subject.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "tests read and damage files, say what they skipped, and stop where they cannot go on"
)]

mod anywhere;
mod arithmetic;
mod charts;
mod cli;
mod composed;
mod confined;
mod copying;
mod corpus;
mod county;
mod damage;
mod damaged;
mod editing;
mod english;
mod exports;
mod findings;
mod hostile;
mod import;
mod in_place;
mod incidence;
mod keys;
mod laws;
mod learning;
mod legacy;
mod letters;
mod library;
mod licences;
mod marks;
mod office;
mod offices;
mod origins;
mod outside;
mod over_ssh;
mod pages;
mod panel;
mod paste;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(feature = "pdf")]
mod printed;
mod pieces;
mod pointing;
mod proofs;
mod pty;
mod prose;
mod random_keys;
mod reach;
mod read_back;
mod rebinding;
mod reviewing;
mod rollup;
mod rules;
mod screens;
mod signatures;
mod slow_line;
mod sound;
mod store;
mod support;
mod suspend;
mod tables;
#[path = "../fuzz/targets.rs"]
mod targets;
mod terminal;
mod tidy;
mod trends;
mod typing;
mod units;
mod workbooks;
