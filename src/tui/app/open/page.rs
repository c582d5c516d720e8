//! The page of prose: where this year's text and last year's stand, and which words findings are about.
//!
//! It draws nothing and changes nothing.

use std::ops::Range;

use super::{Open, prose_foot};
use crate::check::Severity;
use crate::form::terms::Section;
use crate::report::{Place, Report};
use crate::tui::editor::{Editor, same_ends};
use crate::width::{Ambiguous, wrap_indented};

/// The most columns in which prose is set; longer lines are hard to read.
const MOST_COLUMNS: usize = 76;

/// The fewest columns of a terminal on which last year's text stands beside this year's.
const BESIDE_FROM: usize = 110;

/// Where the texts stand on a terminal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Page {
    /// The column in which this year's text begins.
    pub left: usize,
    /// The columns that it is set in.
    pub columns: usize,
    /// The column in which last year's text begins and the columns that it is set in, where there is room for it.
    pub beside: Option<(usize, usize)>,
    /// The rows in which text is seen.
    pub rows: usize,
}

impl Open {
    /// The report that this one follows, as the checks have it.
    pub const fn last_year(&self) -> Option<&Report> {
        self.session.background().previous.as_ref()
    }

    /// Where prose stands on a terminal of this size (columns, rows).
    pub fn page(&self, size: (u16, u16)) -> Page {
        let all = usize::from(size.0);
        let rows = usize::from(size.1).saturating_sub(2 + 1 + prose_foot(size.1)).max(1);
        let left = 1;
        if all < BESIDE_FROM || self.last_year().is_none() {
            return Page { left, columns: all.saturating_sub(4).clamp(2, MOST_COLUMNS), beside: None, rows };
        }
        // Two columns more on the right of each: for a mark that hangs, and for the caret; two for the rule between.
        let columns = ((all - 8) / 2).min(MOST_COLUMNS);
        let other = left + columns + 4;
        Page { left, columns, beside: Some((other, (all - other - 2).min(MOST_COLUMNS))), rows }
    }

    /// The words of the section that is shown that standing findings are about, in bytes of the text as it is typed.
    pub fn marked(&self, section: Section) -> Vec<(Range<usize>, Severity)> {
        let Some(editor) = self.editors.get(&section) else { return Vec::new() };
        let (checked, typed) = (self.report().text(section), editor.text());
        let (start, end) = same_ends(checked, typed);
        // Words before and behind what is being typed are still the words that were checked.
        let typed_as = |range: Range<usize>| match () {
            () if range.end <= start => Some(range),
            () if range.start >= checked.len() - end => {
                let moved = |at: usize| at + typed.len() - checked.len();
                Some(moved(range.start)..moved(range.end))
            }
            () => None,
        };
        let quotes = self.session.review().standing().filter_map(|finding| {
            let quote = finding.quote.as_ref().filter(|quote| quote.place == Place::Section(section))?;
            Some((super::travel::bytes(checked, quote), finding.severity))
        });
        quotes.filter_map(|(range, severity)| Some((typed_as(range)?, severity))).collect()
    }

    /// The rows of last year's text that stand beside those that are seen of this year's: the paragraphs of the same
    /// number on one height, as far as there is text. With each, whether it begins a paragraph.
    pub fn rows_beside(&self, section: Section, page: Page, ambiguous: Ambiguous) -> Vec<(&str, bool)> {
        let (Some(last), Some((_, columns)), Some(editor)) =
            (self.last_year(), page.beside, self.editors.get(&section))
        else {
            return Vec::new();
        };
        let text = last.text(section);
        let begins = |row: &Range<usize>| row.start == 0 || text[..row.start].ends_with('\n');
        let rows = wrap_indented(text, 2, columns, ambiguous);
        let first = beside_from(editor, rows.iter().map(&begins), page.rows);
        rows.iter().skip(first).take(page.rows).map(|row| (&text[row.clone()], begins(row))).collect()
    }
}

/// The first row that is seen of a text that is read beside another: its paragraph of the same number is on the height of
/// the one that the caret is in. `begins` says of each row whether it begins a paragraph.
fn beside_from(editor: &Editor, begins: impl Iterator<Item = bool> + Clone, height: usize) -> usize {
    let paragraph = editor.text()[..editor.caret()].matches('\n').count();
    let starts = begins.clone().enumerate().filter(|(_, begins)| *begins).map(|(row, _)| row);
    let start = starts.take(paragraph + 1).last().unwrap_or_default();
    let most = begins.count().saturating_sub(height);
    start.saturating_sub(editor.paragraph_height()).min(most)
}
