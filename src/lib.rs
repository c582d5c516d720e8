//! nianbao.

pub mod check;
pub mod document;
pub mod export;
pub mod form;
pub mod import;
pub mod number;
pub mod report;
pub mod session;
pub mod store;
pub mod tui;
pub mod width;
