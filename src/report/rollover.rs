//! The new year's report from last year's: who reports is kept, the carry-over is proposed, nothing else is copied.

use super::{Edit, Report, Value};
use crate::form::terms::{Column, Field, Row};
use crate::form::{Cell, Form};

impl Report {
    /// The edit with which a blank report becomes the report of `agency` for `year`.
    pub fn identity(agency: &str, level: Option<crate::form::terms::Level>, year: i64) -> Edit {
        let mut edit = Edit::set(Field::Agency, Some(Value::Text(agency.to_owned())));
        edit = edit.then(Edit::set(Field::Year, Some(Value::count(year))));
        edit = edit.then(Edit::set(Field::Title, Some(Value::Text(Form::title(agency, year)))));
        match level {
            Some(level) => edit.then(Edit::set(Field::Level, Some(Value::Text(level.key().to_owned())))),
            None => edit,
        }
    }

    /// The edit with which a blank report becomes the one that follows this year's.
    ///
    /// Last year's 结转下年度 becomes this year's 上年结转, column by column where it is a number; over a gap of years
    /// nothing is carried.
    pub fn rollover(&self, year: i64) -> Edit {
        let mut edit = Self::identity(self.agency(), self.level(), year);
        if let Some(short_name) = self.get(Field::ShortName) {
            edit = edit.then(Edit::set(Field::ShortName, Some(short_name.clone())));
        }
        if self.year() != Some(year - 1) {
            return edit;
        }
        for &column in Column::ALL {
            if let Some(carried) = self.number(Cell { row: Row::CarriedOut, column }) {
                edit =
                    edit.then(Edit::set(Cell { row: Row::CarriedIn, column }, Some(Value::Number(carried))));
            }
        }
        edit
    }
}
