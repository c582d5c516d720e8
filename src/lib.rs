//! nianbao.

pub mod form;
pub mod number;
pub mod report;
