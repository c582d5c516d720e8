//! Finding and replacing in prose: the two lines that are typed, and which of them is.
//!
//! A pure value; where the words stand is the editor's affair ([`find`](crate::tui::editor)).

use super::Line;

/// The bar below the text in which words are sought and others given for them.
#[derive(Clone, Default, Debug)]
pub struct Replacing {
    /// The words that are sought.
    pub sought: Line,
    /// The words that are put in their place.
    pub with: Line,
    /// Whether the second line is being typed.
    pub is_at_with: bool,
    /// Where in the text the search began.
    pub from: usize,
}

impl Replacing {
    /// The line that is being typed.
    pub const fn line(&mut self) -> &mut Line {
        if self.is_at_with { &mut self.with } else { &mut self.sought }
    }
}
