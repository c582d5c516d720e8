//! nianbao.

pub mod number;
pub mod width;
pub mod form;
pub mod report;
pub mod check;
pub mod session;
pub mod document;
pub mod import;
pub mod export;
pub mod store;
pub mod cli;
pub mod tui;
