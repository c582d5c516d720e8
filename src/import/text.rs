//! Plain text and Markdown: lines, tabs, pipes and `#`. Says nothing of what they mean.

mod wrapped;

use super::ImportError;
use crate::document::{Block, Document, Grid, GridCell, GridRow};

/// The most cells that the tables of a file may have; those of a report have some 500.
const MOST_CELLS: usize = 20_000;

/// The most lines of text that a file may have.
const MOST_LINES: usize = 20_000;

/// The most lines in all, blank ones too.
const MOST_IN_ALL: usize = 200_000;

/// Counts lines before anything is made of them: tables between commas, too, are no more than these.
///
/// # Errors
/// If there are more of them than a report can have.
pub(super) fn count(text: &str) -> Result<(), ImportError> {
    let is_too_much = |most: usize| Err(ImportError::TooMuch("文字", most, "行"));
    if text.bytes().filter(|byte| matches!(byte, b'\n' | b'\r')).nth(2 * MOST_IN_ALL).is_some() {
        return is_too_much(MOST_IN_ALL);
    }
    // Every line that is none of text is a row with a cell of its own.
    let mut written = text.lines().filter(|line| !line.trim().is_empty());
    if written.nth(MOST_LINES + MOST_CELLS).is_some() { is_too_much(MOST_LINES) } else { Ok(()) }
}

/// Makes a document of text, each line with its number.
///
/// # Errors
/// If there is more of it than a report can have.
pub(super) fn read(text: &str) -> Result<Document, ImportError> {
    let mut blocks: Vec<Block> = Vec::new();
    let (mut is_grid_open, mut has_rule) = (false, false);
    let (mut cell_count, mut line_count) = (0, 0);
    for (number, line) in wrapped::lines(text) {
        let separators = line.bytes().filter(|byte| matches!(byte, b'\t' | b'|')).count();
        cell_count += separators + usize::from(separators > 0);
        if cell_count > MOST_CELLS {
            return Err(ImportError::TooMuch("表格", MOST_CELLS, "格"));
        }
        let at = || format!("第 {number} 行");
        if let Some(cells) = cells(&line) {
            let row = GridRow { cells: cells.into_iter().map(GridCell::new).collect(), at: at() };
            match blocks.last_mut().filter(|_| is_grid_open) {
                // Only the second line is a rule: further down it is a row of placeholders.
                Some(Block::Grid(grid)) if grid.rows.len() == 1 && !has_rule && is_rule(&line) => {
                    has_rule = true
                }
                Some(Block::Grid(grid)) => grid.rows.push(row),
                _ => {
                    has_rule = false;
                    blocks.push(Block::Grid(Grid::new(vec![row])));
                }
            }
            is_grid_open = true;
            continue;
        }
        is_grid_open = false;
        let trimmed = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if trimmed.is_empty() {
            continue;
        }
        line_count += 1;
        if line_count > MOST_LINES {
            return Err(ImportError::TooMuch("文字", MOST_LINES, "行"));
        }
        blocks.push(match heading(trimmed) {
            Some((level, text)) => Block::Heading { level, text: unescape(text), at: at() },
            None => Block::Paragraph { text: unescape(trimmed), at: at() },
        });
    }
    Ok(Document { blocks, remarks: Vec::new() })
}

/// The cells of a line that is a row of a table: separated by tabs, or by pipes.
fn cells(line: &str) -> Option<Vec<String>> {
    let clean = |cells: &[String]| cells.iter().map(|cell| unescape(cell.trim())).collect();
    if line.contains('\t') {
        let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
        return Some(clean(&cells));
    }
    let parts = split_pipes(line.trim());
    let is_blank = |part: Option<&String>| part.is_some_and(|part| part.trim().is_empty());
    let (opens, closes) = (is_blank(parts.first()), is_blank(parts.last()));
    let is_row = parts.len() >= 3 || (parts.len() == 2 && opens);
    let last = parts.len() - usize::from(closes && parts.len() > 2);
    is_row.then(|| clean(&parts[usize::from(opens)..last]))
}

/// Splits at pipes that are not escaped.
fn split_pipes(text: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_escaped = false;
    for c in text.chars() {
        if c == '|' && !is_escaped {
            cells.push(String::new());
        } else if let Some(cell) = cells.last_mut() {
            cell.push(c);
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    cells
}

/// Whether a row is the rule under a Markdown head: `|---|:---:|`. Shorter dashes stand for nothing in a cell.
fn is_rule(line: &str) -> bool {
    let is_rule = |cell: &str| {
        cell.trim_matches([':', ' ']).len() >= 3 && cell.trim_matches([':', ' ', '-']).is_empty()
    };
    line.contains('|') && line.trim().trim_matches('|').split('|').all(is_rule)
}

/// The level and text of a Markdown heading.
fn heading(line: &str) -> Option<(u8, &str)> {
    let text = line.trim_start_matches('#');
    let level = u8::try_from(line.len() - text.len()).ok()?;
    (level > 0 && text.starts_with(' ')).then(|| (level - 1, text.trim()))
}

/// Takes the escapes of our own exports away: `\\|`, `\\#`, `\\<`, `\\]` and `\\\\`.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.next_if(|next| c == '\\' && ['|', '#', '<', ']', '\\'].contains(next)) {
            Some(escaped) => out.push(escaped),
            None => out.push(c),
        }
    }
    out
}
