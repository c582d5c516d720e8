//! The integration tests: one binary, one module a subject.

mod corpus;
mod import;
mod laws;
mod rules;
mod sound;
mod store;
mod support;
