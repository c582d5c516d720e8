//! Ruled tables on a page: which rules belong together, and which cells they leave, each with its spans. Does not know
//! what is written in them, nor that a table goes on on the next page.

use super::lines::Written;
use super::page::{Area, Glyph, POINT, Page, Rule};
use super::{MOST_CELLS, lines};
use crate::import::ImportError;

/// Rules that are no farther apart are one, or meet.
const SLACK: i64 = 3 * POINT;

/// A shorter rule is none.
const SHORTEST: i64 = 5 * POINT;

/// The most rules of each direction that a page may have.
const MOST_RULES: usize = 2_000;

/// A table, or as much of it as stands on a page.
#[derive(Debug)]
pub(super) struct Fragment {
    pub area: Area,
    /// Where its columns begin and the last one ends.
    pub columns: Vec<i64>,
    /// How many rows it has.
    pub rows: usize,
    pub cells: Vec<Cell>,
    /// For each place on its rectangle, row by row, the number of the cell there.
    owners: Vec<usize>,
    edges: Vec<i64>,
}

/// A cell of it.
#[derive(Debug)]
pub(super) struct Cell {
    pub area: Area,
    pub row: usize,
    pub row_span: usize,
    pub written: Written,
}

/// Takes the tables off a page with what is written in them, top to bottom.
///
/// # Errors
/// If there are more rules or cells than any report has.
pub(super) fn take(page: &mut Page) -> Result<Vec<Fragment>, ImportError> {
    let (horizontal, vertical) = (joined(&page.horizontal), joined(&page.vertical));
    if horizontal.len().max(vertical.len()) > MOST_RULES {
        return Err(ImportError::TooMuch("一页上的表格线", MOST_RULES, "条"));
    }
    let mut fragments = Vec::new();
    for (horizontal, vertical) in components(&horizontal, &vertical) {
        fragments.extend(fragment(&horizontal, &vertical)?);
    }
    // A table within a cell of another one is the smaller.
    fragments.sort_by_key(|fragment| (fragment.area.height(), fragment.area.width()));
    let mut written: Vec<Vec<Vec<&Glyph>>> =
        fragments.iter().map(|fragment| vec![Vec::new(); fragment.cells.len()]).collect();
    let mut is_taken = vec![false; page.glyphs.len()];
    for (glyph, is_taken) in page.glyphs.iter().zip(&mut is_taken) {
        let place = |(index, f): (usize, &Fragment)| Some((index, f.cell_at(glyph.area.middle())?));
        if let Some((fragment, cell)) = fragments.iter().enumerate().find_map(place) {
            written[fragment][cell].push(glyph);
            *is_taken = true;
        }
    }
    for (fragment, written) in fragments.iter_mut().zip(&written) {
        for (cell, glyphs) in fragment.cells.iter_mut().zip(written) {
            cell.written = lines::cell(glyphs, cell.area);
        }
    }
    let mut is_taken = is_taken.into_iter();
    page.glyphs.retain(|_| !is_taken.next().unwrap_or_default());
    fragments.retain(|fragment| fragment.cells.iter().any(|cell| !cell.written.text.is_empty()));
    fragments.sort_by_key(|fragment| fragment.area.top);
    Ok(fragments)
}

impl Fragment {
    fn cell_at(&self, (x, y): (i64, i64)) -> Option<usize> {
        let (column, row) = (slot(&self.columns, x)?, slot(&self.edges, y)?);
        self.owners.get(row * (self.columns.len() - 1) + column).copied()
    }
}

/// The number of the space between edges that a place is in.
fn slot(edges: &[i64], at: i64) -> Option<usize> {
    let behind = edges.partition_point(|edge| *edge <= at);
    (behind > 0 && behind < edges.len()).then(|| behind - 1)
}

/// Rules with their pieces joined: programs draw them cell by cell, twice, or dotted.
fn joined(rules: &[Rule]) -> Vec<Rule> {
    let mut rules = rules.to_vec();
    rules.sort_unstable();
    let mut joined: Vec<Rule> = Vec::new();
    for group in rules.chunk_by(|one, other| other.at - one.at <= POINT) {
        let mut group = group.to_vec();
        group.sort_unstable_by_key(|rule| rule.from);
        let at = group[group.len() / 2].at;
        let first = joined.len();
        for rule in group {
            match joined[first..].last_mut() {
                Some(last) if rule.from <= last.to + SLACK => last.to = last.to.max(rule.to),
                _ => joined.push(Rule { at, ..rule }),
            }
        }
    }
    joined.retain(|rule| rule.to - rule.from >= SHORTEST);
    joined
}

/// The rules that hang together: horizontal ones and vertical ones that meet.
fn components(horizontal: &[Rule], vertical: &[Rule]) -> Vec<(Vec<Rule>, Vec<Rule>)> {
    let mut group: Vec<usize> = (0..vertical.len()).collect();
    let mut of_horizontal: Vec<Option<usize>> = Vec::with_capacity(horizontal.len());
    for across in horizontal {
        let mut met = None;
        for index in 0..vertical.len() {
            if !meet(*across, vertical[index]) {
                continue;
            }
            let (from, to) = (group[index], *met.get_or_insert(group[index]));
            if from != to {
                group.iter_mut().filter(|group| **group == from).for_each(|group| *group = to);
            }
        }
        of_horizontal.push(met);
    }
    // A group may have been renamed after a rule was put in it; its vertical rule leads to the name in force.
    let first_met: Vec<Option<usize>> = of_horizontal.iter().map(|met| met.map(|met| group[met])).collect();
    let mut names = group.clone();
    names.sort_unstable();
    names.dedup();
    let of = |name: usize| {
        let across = horizontal.iter().zip(&first_met).filter(|(_, met)| **met == Some(name));
        let down = vertical.iter().zip(&group).filter(|(_, group)| **group == name);
        (across.map(|(rule, _)| *rule).collect(), down.map(|(rule, _)| *rule).collect())
    };
    names.into_iter().map(of).collect()
}

fn meet(across: Rule, down: Rule) -> bool {
    let holds = |rule: Rule, at: i64| (rule.from - SLACK..=rule.to + SLACK).contains(&at);
    holds(across, down.at) && holds(down, across.at)
}

/// The table that rules make; `None` if they leave only one cell, as a frame does.
fn fragment(horizontal: &[Rule], vertical: &[Rule]) -> Result<Option<Fragment>, ImportError> {
    let columns = edges(vertical, horizontal);
    let edges = edges(horizontal, vertical);
    let (wide, high) = (columns.len().saturating_sub(1), edges.len().saturating_sub(1));
    if wide * high < 2 {
        return Ok(None);
    }
    if wide * high > MOST_CELLS {
        return Err(ImportError::TooMuch("表格", MOST_CELLS, "格"));
    }
    let area = Area { left: columns[0], right: columns[wide], top: edges[0], bottom: edges[high] };
    let mut fragment = Fragment {
        area,
        columns,
        rows: high,
        cells: Vec::new(),
        owners: vec![usize::MAX; wide * high],
        edges,
    };
    let right = walls(vertical, &fragment.columns, &fragment.edges);
    let below = walls(horizontal, &fragment.edges, &fragment.columns);
    let is_open_right = |row: usize, column: usize| !right[(column + 1) * high + row];
    let is_open_below = |row: usize, column: usize| !below[(row + 1) * wide + column];
    for place in 0..wide * high {
        if fragment.owners[place] != usize::MAX {
            continue;
        }
        let (row, column) = (place / wide, place % wide);
        let is_free = |row: usize, column: usize| fragment.owners[row * wide + column] == usize::MAX;
        let mut end = column + 1;
        while end < wide && is_open_right(row, end - 1) && is_free(row, end) {
            end += 1;
        }
        let goes_on = |row: usize| {
            (column..end).all(|c| is_open_below(row - 1, c) && is_free(row, c))
                && (column + 1..end).all(|c| is_open_right(row, c - 1))
        };
        let mut bottom = row + 1;
        while bottom < high && goes_on(bottom) {
            bottom += 1;
        }
        for row in row..bottom {
            fragment.owners[row * wide + column..row * wide + end].fill(fragment.cells.len());
        }
        let (columns, edges) = (&fragment.columns, &fragment.edges);
        let area =
            Area { left: columns[column], right: columns[end], top: edges[row], bottom: edges[bottom] };
        fragment.cells.push(Cell { area, row, row_span: bottom - row, written: Written::default() });
    }
    Ok(Some(fragment))
}

/// Where the rules of one direction stand, and where those of the other one end beyond them: tables may be open at
/// their sides.
fn edges(rules: &[Rule], crossing: &[Rule]) -> Vec<i64> {
    let mut edges: Vec<i64> = rules.iter().map(|rule| rule.at).collect();
    edges.extend(crossing.iter().map(|rule| rule.from).min());
    edges.extend(crossing.iter().map(|rule| rule.to).max());
    clustered(edges)
}

/// Places that are no farther apart than the slack, as one.
pub(super) fn clustered(mut places: Vec<i64>) -> Vec<i64> {
    places.sort_unstable();
    places.dedup_by(|next, before| *next - *before <= SLACK);
    places
}

/// For each edge, whether a rule stands on it in each space between the edges of the other direction.
fn walls(rules: &[Rule], edges: &[i64], across: &[i64]) -> Vec<bool> {
    let spaces = across.len() - 1;
    let mut walls = vec![false; edges.len() * spaces];
    for rule in rules {
        let Some(edge) = (0..edges.len()).min_by_key(|edge| (edges[*edge] - rule.at).abs()) else { continue };
        for space in 0..spaces {
            let middle = (across[space] + across[space + 1]) / 2;
            walls[edge * spaces + space] |= (rule.from..=rule.to).contains(&middle);
        }
    }
    walls
}
