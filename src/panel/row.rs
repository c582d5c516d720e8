//! A row of the long table: a cell of a report, whose it is, what stands there and how sure that is.
//!
//! [`COLUMNS`] is the only place that says which columns there are; no format knows one of them by name.

use std::borrow::Cow;

use crate::form::terms::Level;
use crate::form::{CellInfo, Form};
use crate::number::Decimal;
use crate::report::{Place, Report, Value};
use crate::units::Unit;

/// A cell of a report.
#[derive(Clone, Debug)]
pub struct Row<'r> {
    /// The name of the file that it is from.
    pub source: &'r str,
    /// The unit whose report it is, where a register knows it.
    pub unit: Option<&'r Unit>,
    /// The report that it is of.
    pub report: &'r Report,
    /// The cell.
    pub info: &'static CellInfo,
    /// What stands there.
    pub value: Option<&'r Value>,
    /// How that is to be taken.
    pub state: State,
}

/// How the content of a cell is to be taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// A number.
    Number,
    /// What is no number, as it was written: `/`, 约20.
    Text,
    /// The report leaves it blank, which is no zero.
    Blank,
    /// Nothing is there, and something that may have stood there was not read.
    Unread,
    /// A number or text, where something else was found too.
    Doubtful,
}

impl State {
    /// Every state, with what it means for whoever adds up.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Number, "填的是数，在 `value` 里"),
        (Self::Text, "填的不是数，如“/”“约20”，原文在 `text` 里"),
        (Self::Blank, "空着：没有填，不等于 0"),
        (Self::Unread, "空着，但文件里有没读进来的内容，可能就是这一格的：不能当作没有填"),
        (Self::Doubtful, "有数或者文字，但读入时这一格有没处理的内容：请看原文件"),
    ];

    /// The key by which the table knows it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Text => "text",
            Self::Blank => "blank",
            Self::Unread => "unread",
            Self::Doubtful => "doubtful",
        }
    }

    fn of(value: Option<&Value>, place: Place, losses: &[Option<Place>]) -> Self {
        // A loss is told at one cell of its row, at its table, or where nobody knows its table at no place.
        let may_be_of_it = |loss: &Option<Place>| match (loss, place) {
            (None, _) => true,
            (Some(Place::Cell(lost)), Place::Cell(cell)) => lost.row == cell.row,
            (Some(Place::Section(lost)), _) => place.section() == Some(*lost),
            (Some(_), _) => false,
        };
        match value {
            None if losses.iter().any(may_be_of_it) => Self::Unread,
            None => Self::Blank,
            Some(_) if losses.contains(&Some(place)) => Self::Doubtful,
            Some(Value::Number(_)) => Self::Number,
            Some(Value::Text(_)) => Self::Text,
        }
    }
}

/// What a cell is among the others: whoever adds up all of them counts totals twice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// It is filled in.
    Entry,
    /// The total of others, keyed like them.
    Total,
    /// The total of others, computed from them by this program.
    Computed,
}

impl Role {
    /// The key by which the table knows it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Entry => "entry",
            Self::Total => "total",
            Self::Computed => "computed",
        }
    }
}

/// What a column holds; any may be empty.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holds {
    /// Text.
    Text,
    /// A whole number.
    Whole,
    /// An exact decimal of at most 16 digits, 4 of them decimals.
    Decimal,
}

/// What a row has in a column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Datum<'r> {
    /// Nothing.
    Empty,
    /// A text, never an empty one.
    Text(Cow<'r, str>),
    /// A whole number.
    Whole(i64),
    /// An exact decimal.
    Decimal(Decimal),
}

impl<'r> Datum<'r> {
    fn text(text: impl Into<Cow<'r, str>>) -> Self {
        match text.into() {
            text if text.is_empty() => Self::Empty,
            text => Self::Text(text),
        }
    }
}

/// A column of the long table.
#[derive(Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// What that means, in the clerk's words.
    pub meaning: &'static str,
    of: for<'a, 'r> fn(&'a Row<'r>) -> Datum<'r>,
}

impl Column {
    /// What a row has in this column.
    pub fn of<'r>(&self, row: &Row<'r>) -> Datum<'r> {
        (self.of)(row)
    }
}

const fn column(
    name: &'static str,
    holds: Holds,
    meaning: &'static str,
    of: for<'a, 'r> fn(&'a Row<'r>) -> Datum<'r>,
) -> Column {
    Column { name, holds, meaning, of }
}

/// The columns, in order. Names and order are relied on by whoever has a query: new ones come at the end.
pub static COLUMNS: [Column; 14] = [
    column("source", Holds::Text, "读自哪个文件（或库里的编号）", |row| {
        Datum::text(row.source)
    }),
    column(
        "unit_code",
        Holds::Text,
        "名册里的代码（名册不写代码的，是全称）；没有名册、名册里没有这个单位的，空着",
        |row| row.unit.map_or(Datum::Empty, |unit| Datum::text(unit.code.as_str())),
    ),
    column(
        "unit_name",
        Holds::Text,
        "名册里的全称；没有代码的，是报告里写的机关名称",
        |row| Datum::text(row.unit.map_or(row.report.agency(), |unit| unit.name.as_str())),
    ),
    column(
        "level",
        Holds::Text,
        "层级，如 `township`（乡镇）；名册和报告都看不出的，空着",
        |row| row.level().map_or(Datum::Empty, |level| Datum::text(level.key())),
    ),
    column("year", Holds::Whole, "年度；报告里没有的，空着", |row| {
        row.report.year().map_or(Datum::Empty, Datum::Whole)
    }),
    column("form", Holds::Text, "表样：`2021` 或 `2019`；两种表样的数不要相加", |row| {
        Datum::text(row.form().decree.key)
    }),
    column(
        "place",
        Holds::Text,
        "位置，如 `requests/received/total`，与 `nianbao set` 里的一样",
        |row| Datum::text(row.place().to_string()),
    ),
    column("section", Holds::Text, "在哪一部分，如“二、主动公开政府信息情况”", |row| {
        row.place()
            .section()
            .map_or(Datum::Empty, |section| Datum::text(Place::from(section).label(row.form())))
    }),
    column(
        "row_label",
        Holds::Text,
        "规定的行名，如“三（三）4.保护第三方合法权益”",
        |row| Datum::text(row.info.row_name.as_str()),
    ),
    column("column_label", Holds::Text, "规定的列名，如“商业企业”", |row| {
        Datum::text(row.info.column_name)
    }),
    column(
        "role",
        Holds::Text,
        "`entry` 填的数；`total` 合计，填的；`computed` 合计，本程序算的",
        |row| Datum::text(row.role().key()),
    ),
    column(
        "value",
        Holds::Decimal,
        "填的数，一位不差（收费金额的单位是万元）；不是数的，空着",
        |row| row.value.and_then(Value::number).map_or(Datum::Empty, Datum::Decimal),
    ),
    column("text", Holds::Text, "填的不是数时，原来的文字", |row| {
        row.value.and_then(Value::text).map_or(Datum::Empty, Datum::text)
    }),
    column("state", Holds::Text, "这一格怎么看，见下表", |row| Datum::text(row.state.key())),
];

impl Row<'_> {
    /// The form that the cell is on.
    pub const fn form(&self) -> &'static Form {
        self.report.form()
    }

    /// The place that the cell is.
    pub fn place(&self) -> Place {
        self.info.cell.into()
    }

    /// The level of the unit: as the register has it, else as the report, else as its name leaves no doubt.
    pub fn level(&self) -> Option<Level> {
        let of_unit = self.unit.and_then(|unit| unit.level);
        of_unit.or_else(|| self.report.level()).or_else(|| Level::of_name(self.report.agency()))
    }

    /// What the cell is among the others.
    pub fn role(&self) -> Role {
        match (self.info.is_total, self.report.computes_totals()) {
            (false, _) => Role::Entry,
            (true, false) => Role::Total,
            (true, true) => Role::Computed,
        }
    }
}

/// Every cell of a report, blank ones too, in the order of the form.
pub fn rows<'r>(
    source: &'r str,
    unit: Option<&'r Unit>,
    report: &'r Report,
) -> impl Iterator<Item = Row<'r>> {
    let lost = report.notices().filter(|notice| notice.kind.is_loss());
    let losses: Vec<Option<Place>> = lost.map(|notice| notice.place).collect();
    report.form().cells().iter().map(move |info| {
        let value = report.get(info.cell);
        let state = State::of(value, info.cell.into(), &losses);
        Row { source, unit, report, info, value, state }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Cell;
    use crate::form::terms::{Column as Of, Row as Line, Section};
    use crate::report::{Edit, Notice, NoticeKind};

    fn cell(row: Line, column: Of) -> Place {
        Cell { row, column }.into()
    }

    fn states(report: &Report) -> Vec<(Place, State)> {
        rows("a.json", None, report).map(|row| (row.place(), row.state)).collect()
    }

    fn lost(kind: NoticeKind, place: Option<Place>) -> Edit {
        let (quote, at, message) = (String::new(), String::new(), String::new());
        Edit { notices: [(Notice { kind, place, quote, at, message }, true)].into(), ..Edit::default() }
    }

    #[test]
    fn a_blank_is_no_zero_and_what_was_not_read_is_no_blank() {
        let blank = Report::new(Form::current());
        assert!(
            states(&blank).len() == 200 && states(&blank).iter().all(|(_, state)| *state == State::Blank)
        );
        let (here, beside) = (cell(Line::Received, Of::Total), cell(Line::Received, Of::NaturalPerson));
        for (kind, place, unread) in [
            (NoticeKind::NotPlaced, Some(here), 7),
            (NoticeKind::TableMissing, Some(Section::Disputes.into()), 15),
            (NoticeKind::TableMissing, Some(Section::Requests.into()), 175),
            (NoticeKind::SectionMissing, Some(Section::Overview.into()), 0),
            (NoticeKind::Identity, Some(crate::form::terms::Field::Year.into()), 0),
            (NoticeKind::Damaged, None, 200),
            (NoticeKind::NumberReread, Some(here), 0),
        ] {
            let mut report = blank.clone();
            report.apply(lost(kind, place));
            let found = states(&report).iter().filter(|(_, state)| *state == State::Unread).count();
            assert_eq!(found, unread, "{kind:?} {place:?}");
        }
        let mut report = blank;
        report.apply(Edit::set(beside, Some(Value::count(0))));
        report.apply(Edit::set(here, Some(Value::Text("/".to_owned()))));
        let at = |report: &Report, place| states(report).into_iter().find(|(at, _)| *at == place).unwrap().1;
        assert_eq!((at(&report, beside), at(&report, here)), (State::Number, State::Text));
        report.apply(lost(NoticeKind::Conflict, Some(here)));
        assert_eq!((at(&report, beside), at(&report, here)), (State::Number, State::Doubtful));
    }

    #[test]
    fn the_columns_hold_what_they_say() {
        let mut report = Report::new(Form::current());
        report.apply(Report::identity("岚桥县青石镇人民政府", None, 2025));
        report.apply(Edit::set(
            cell(Line::Fees, Of::Amount),
            Value::read(cell(Line::Fees, Of::Amount), "0.2500").0,
        ));
        report.apply(Edit::set(cell(Line::Received, Of::Total), Some(Value::Text("/".to_owned()))));
        for row in rows("a.json", None, &report) {
            for column in &COLUMNS {
                let fits = match column.of(&row) {
                    Datum::Empty => true,
                    Datum::Text(text) => column.holds == Holds::Text && !text.is_empty(),
                    Datum::Whole(_) => column.holds == Holds::Whole,
                    Datum::Decimal(number) => column.holds == Holds::Decimal && number.fits_a_cell(),
                };
                assert!(fits, "{} at {}", column.name, row.place());
            }
        }
        let row =
            rows("a.json", None, &report).find(|row| row.place() == cell(Line::Fees, Of::Amount)).unwrap();
        assert_eq!((row.level(), row.role()), (Some(Level::Township), Role::Entry));
        let total = rows("a.json", None, &report).filter(|row| row.role() == Role::Total).count();
        assert!(total > 30, "{total}");
    }
}
