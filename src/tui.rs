//! The terminal side of the program.
//!
//! It does not know what a report is; that begins where the screens are drawn.

pub mod screen;
pub mod terminal;

pub mod input;

pub mod editor;
