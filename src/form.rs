//! The form: what a decree prescribes, as data, and what follows from it.
//!
//! A table has two axes, each a tree of lines: a leaf holds a number, a group is only a heading, a total is the sum of
//! the leaves beside it. With the equations between rows that says every sum once; checks, explanations, automatic
//! totals, formulas in workbooks, recognition of foreign tables and generated test reports all derive from it.
//! Nothing here knows a value: see [`report`](crate::report).

mod axis;
mod guidance;
mod outcomes;
pub mod terms;
pub mod v2019;
pub mod v2021;

use std::sync::LazyLock;

pub use axis::{Leaf, Line, leaves, mark};
use axis::{summands, total};
pub use guidance::Guidance;
pub use outcomes::Outcome;
use terms::{Column, Row, Section};

use crate::day::YEARS;

/// What the cells of a column may hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A whole number, not negative.
    Count,
    /// A whole number that may be negative (2019: 本年增/减).
    Change,
    /// An exact decimal, not negative (fees, 万元).
    Amount,
}

/// One stretch of a table with column heads of its own; table 2 stacks several.
#[derive(Debug)]
pub struct Block {
    /// The heading over the whole block, or nothing.
    pub caption: &'static str,
    /// The text of the corner cell over the row labels.
    pub corner: &'static str,
    /// The rows, top to bottom.
    pub rows: &'static [Line<Row>],
    /// The columns, left to right.
    pub columns: &'static [Line<Column>],
}

/// An equation between rows that holds in every column: the rows of one side add up to those of the other.
#[derive(Debug)]
pub struct Balance {
    /// The rows of the left side.
    pub left: [Row; 2],
    /// The rows of the right side.
    pub right: [Row; 2],
}

/// How a table is laid out on paper.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Layout {
    /// Rows below one another, as the axes say.
    Down,
    /// All rows side by side in a single line of numbers, their labels on top of the column heads (table 4).
    Across,
}

/// One of the three statistics tables.
#[derive(Debug)]
pub struct Table {
    /// The section that the table is.
    pub section: Section,
    /// How it is laid out on paper.
    pub layout: Layout,
    /// Its blocks, top to bottom.
    pub blocks: &'static [Block],
    /// The equation that the form prints, if it prints one.
    pub balance: Option<Balance>,
}

/// The official heading of a section.
#[derive(Debug)]
pub struct Heading {
    /// The section.
    pub section: Section,
    /// Its number: 一 … 六.
    pub numeral: &'static str,
    /// Its official title.
    pub title: &'static str,
    /// Titles that published reports use for it.
    pub variants: &'static [&'static str],
}

/// A decree of the State Council office, as const data.
#[derive(Debug)]
pub struct Decree {
    /// The key of the form in files.
    pub key: &'static str,
    /// The document that sets the form.
    pub document: &'static str,
    /// The first report year it is for.
    pub first_year: i64,
    /// The last report year it is for, if another form followed.
    pub last_year: Option<i64>,
    /// The six sections, in order.
    pub headings: &'static [Heading],
    /// The three tables, in order.
    pub tables: &'static [Table],
}

/// A cell of a table, by its row and column.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Cell {
    /// The row.
    pub row: Row,
    /// The column.
    pub column: Column,
}

impl Cell {
    /// The table that the cell is in.
    pub fn section(self) -> Section {
        match self.row {
            row if row < Row::Received => Section::Proactive,
            row if row < Row::Reconsideration => Section::Requests,
            _ => Section::Disputes,
        }
    }
}

/// What the form knows of one of its cells.
#[derive(Debug)]
pub struct CellInfo {
    /// The cell.
    pub cell: Cell,
    /// What it may hold.
    pub kind: Kind,
    /// Its row by official label, with the numbers of the groups it is in: `三（三）4.保护第三方合法权益`.
    pub row_name: String,
    /// Its column by official label: `商业企业`.
    pub column_name: &'static str,
    /// Whether it is the total of an equation, so that it can be computed.
    pub is_total: bool,
}

/// Which of the form's sums an equation is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Sum {
    /// 新收 + 上年结转 = 办理结果总计 + 结转下年度, in a column of table 3.
    Balance,
    /// 办理结果总计 = the sum of the outcomes, in a column of table 3.
    Outcome,
    /// 总计 = the sum of the six applicants, in a row of table 3.
    Row,
    /// 总计 = the sum of the four results, in a block of table 4.
    Dispute,
}

/// A sum that must hold: the cells of the left side add up to those of the right.
#[derive(Debug)]
pub struct Equation {
    /// Which sum it is.
    pub sum: Sum,
    /// The cells of the left side, as indexes into [`Form::cells`].
    pub left: Vec<usize>,
    /// The cells of the right side; a single one, the total, except in a [`Sum::Balance`].
    pub right: Vec<usize>,
}

impl Equation {
    /// The cells of both sides, left side first.
    pub fn cells(&self) -> impl Iterator<Item = usize> + '_ {
        self.left.iter().chain(&self.right).copied()
    }

    /// What the left side and the right side add up to; `None` where a cell has no count.
    pub fn sides(&self, counts: &[Option<i64>]) -> Option<(i64, i64)> {
        let add = |cells: &[usize]| cells.iter().try_fold(0, |sum, &cell| Some(sum + counts[cell]?));
        Some((add(&self.left)?, add(&self.right)?))
    }
}

/// A decree with its cells numbered and its sums written out.
#[derive(Debug)]
pub struct Form {
    /// The decree.
    pub decree: &'static Decree,
    cells: Vec<CellInfo>,
    equations: Vec<Equation>,
    equations_of: Vec<Vec<usize>>,
    systems: Vec<Vec<usize>>,
    index: Vec<Option<usize>>,
}

static FORMS: LazyLock<[Form; 2]> = LazyLock::new(|| [&v2021::DECREE, &v2019::DECREE].map(Form::new));

impl Form {
    /// Every form, the one in force first.
    pub fn all() -> &'static [Self] {
        &*FORMS
    }

    /// The form in force.
    pub fn current() -> &'static Self {
        &FORMS[0]
    }

    /// The form with this key (`2021`, `2019`).
    pub fn from_key(key: &str) -> Option<&'static Self> {
        FORMS.iter().find(|form| form.decree.key == key)
    }

    /// The years for which there is a form.
    pub fn years() -> std::ops::Range<i64> {
        let first = FORMS.iter().map(|form| form.decree.first_year).min();
        first.unwrap_or(YEARS.end)..YEARS.end
    }

    /// The form that a report for `year` has to use; `None` for years before there was one, and
    /// for what is no year.
    pub fn for_year(year: i64) -> Option<&'static Self> {
        FORMS.iter().find(|form| {
            let decree = form.decree;
            decree.first_year <= year && year <= decree.last_year.unwrap_or(YEARS.end - 1)
        })
    }

    /// All cells, in the order of the form.
    pub fn cells(&self) -> &[CellInfo] {
        &self.cells
    }

    /// All sums, in the order of the form: row by row, then column by column.
    pub fn equations(&self) -> &[Equation] {
        &self.equations
    }

    /// The equations that a cell is in, as indexes into [`Form::equations`].
    pub fn equations_of(&self, cell: usize) -> &[usize] {
        &self.equations_of[cell]
    }

    /// The equations, as indexes into [`Form::equations`], in systems that share no cell: those of table 3, and each block of
    /// table 4 by itself.
    pub fn systems(&self) -> &[Vec<usize>] {
        &self.systems
    }

    /// The number of a cell in [`Form::cells`]; `None` if this form has no such cell.
    pub fn index(&self, cell: Cell) -> Option<usize> {
        self.index[slot(cell)]
    }

    /// What the form knows of a cell; `None` if it has no such cell.
    pub fn cell(&self, cell: Cell) -> Option<&CellInfo> {
        self.index(cell).map(|index| &self.cells[index])
    }

    /// The table that a section is; `None` for prose.
    pub fn table(&self, section: Section) -> Option<&'static Table> {
        self.decree.tables.iter().find(|table| table.section == section)
    }

    /// The official heading of a section; `None` for the lead.
    pub fn heading(&self, section: Section) -> Option<&'static Heading> {
        self.decree.headings.iter().find(|heading| heading.section == section)
    }

    /// The title that a report of this organ for this year must have.
    pub fn title(agency: &str, year: i64) -> String {
        format!("{agency}{year}年政府信息公开工作年度报告")
    }

    fn new(decree: &'static Decree) -> Self {
        let mut form = Self {
            decree,
            cells: Vec::new(),
            equations: Vec::new(),
            equations_of: Vec::new(),
            systems: Vec::new(),
            index: vec![None; Row::ALL.len() * Column::ALL.len()],
        };
        for table in decree.tables {
            for block in table.blocks {
                form.number(block);
            }
            for block in table.blocks {
                form.sum_up(table, block);
            }
        }
        form.equations_of = vec![Vec::new(); form.cells.len()];
        for (number, equation) in form.equations.iter().enumerate() {
            for cell in equation.cells() {
                form.equations_of[cell].push(number);
            }
        }
        let (of_table_4, of_table_3): (Vec<_>, Vec<_>) =
            (0..form.equations.len()).partition(|nth| form.equations[*nth].sum == Sum::Dispute);
        form.systems =
            std::iter::once(of_table_3).chain(of_table_4.into_iter().map(|nth| vec![nth])).collect();
        for equation in &form.equations {
            if let [total] = equation.right[..] {
                form.cells[total].is_total = true;
            }
        }
        form
    }

    /// Gives every cell of a block its number.
    fn number(&mut self, block: &'static Block) {
        for row in leaves(block.rows) {
            for column in leaves(block.columns) {
                let cell = Cell { row: row.key, column: column.key };
                self.index[slot(cell)] = Some(self.cells.len());
                self.cells.push(CellInfo {
                    cell,
                    kind: kind(column.key),
                    row_name: row.name(),
                    column_name: column.label,
                    is_total: false,
                });
            }
        }
    }

    /// Writes out the sums of a block.
    fn sum_up(&mut self, table: &Table, block: &'static Block) {
        let at = |row, column| self.index[slot(Cell { row, column })].into_iter();
        let (rows, columns) = (leaves(block.rows), leaves(block.columns));
        let (row_total, column_total) = (total(block.rows), total(block.columns));
        let mut equations = Vec::new();
        if let Some(total) = column_total {
            let sum = if table.layout == Layout::Across { Sum::Dispute } else { Sum::Row };
            equations.extend(rows.iter().map(|row| Equation {
                sum,
                left: columns.iter().filter(|c| c.key != total).flat_map(|c| at(row.key, c.key)).collect(),
                right: at(row.key, total).collect(),
            }));
        }
        if let Some(total) = row_total {
            let parts = summands(block.rows, total);
            equations.extend(columns.iter().map(|column| Equation {
                sum: Sum::Outcome,
                left: parts.iter().flat_map(|row| at(*row, column.key)).collect(),
                right: at(total, column.key).collect(),
            }));
        }
        if let Some(Balance { left, right }) = &table.balance {
            equations.extend(columns.iter().map(|column| Equation {
                sum: Sum::Balance,
                left: left.iter().flat_map(|row| at(*row, column.key)).collect(),
                right: right.iter().flat_map(|row| at(*row, column.key)).collect(),
            }));
        }
        self.equations.extend(equations);
    }
}

/// What a column holds; the same in every decree.
const fn kind(column: Column) -> Kind {
    match column {
        Column::Change => Kind::Change,
        Column::Amount => Kind::Amount,
        _ => Kind::Count,
    }
}

const fn slot(cell: Cell) -> usize {
    cell.row as usize * Column::ALL.len() + cell.column as usize
}

#[cfg(test)]
mod tests;
