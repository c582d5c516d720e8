//! The words of a letter.
