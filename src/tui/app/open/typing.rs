//! What is being typed: an entry or prose that is not in the report until it is settled.
//!
//! When it is settled is decided in `update`.

use super::super::{Line, Message};
use super::{Open, Tab};
use crate::day::Day;
use crate::form::Form;
use crate::form::terms::{Field, Section};
use crate::report::{Edit, Place, Value};
use crate::session::Record;
use crate::tui::editor::lines;

/// A cell or field being typed.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What was typed.
    pub line: Line,
    /// Whether arrow keys move in the line, because what stood there is being changed rather than replaced.
    pub keeps: Keeps,
}

/// What an entry began with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Keeps {
    /// Nothing: what is typed replaces what stood there.
    Nothing,
    /// What stood there.
    Content,
}

impl Open {
    /// Whether something typed is not in the report yet.
    pub fn is_unsettled(&self) -> bool {
        self.typed().is_some()
    }

    /// What was typed and is not in the report, and where it belongs.
    pub fn typed(&self) -> Option<(Place, String)> {
        match &self.entry {
            Some(entry) => Some((self.place(), entry.line.text().to_owned())),
            None => self.unsettled_prose().map(|(section, text)| (Place::Section(section), text)),
        }
    }

    /// Why what is being typed cannot be put into the report.
    pub fn refusal(&self) -> Option<String> {
        let text = self.entry.as_ref()?.line.text().trim();
        let is_year = || {
            let year = Value::read(Field::Year.into(), text).0.and_then(|value| value.as_count());
            year.is_some_and(|year| Form::for_year(year).is_some())
        };
        match self.place() {
            _ if text.is_empty() => None,
            Place::Field(Field::Published) if Day::read(text).is_none() => {
                Some(format!("“{text}”不是日期。请写成 2026-01-15、2026年1月15日 或者 二〇二六年一月十五日"))
            }
            Place::Field(Field::Year) if !is_year() => {
                Some(format!("“{text}”不是年度。请写报告的年份，如 2025"))
            }
            _ => None,
        }
    }

    /// Puts what was typed into the report. Gives the record, and what the clerk should know of it.
    pub fn settle(&mut self) -> Option<(Record, Option<Message>)> {
        if !self.is_writable() {
            return None;
        }
        let (place, text) = self.typed()?;
        self.entry = None;
        let (value, loose) = Value::read(place, &text);
        let label = place.label(self.report().form());
        let message = match &value {
            Some(Value::Number(number)) if loose => {
                Some(Message::Done(format!("{label}：写的是 {text}，按 {number} 记")))
            }
            Some(Value::Text(_)) if place.cell().is_some() => {
                Some(Message::Trouble(format!("{label}：{text} 不是数，先按文字留着")))
            }
            _ => None,
        };
        let edit = Edit::set(place, value);
        let record = match self.unfinished.take() {
            Some(section) if place == Place::Section(section) => self.session.amend(edit),
            _ => self.session.apply(&format!("填写 {label}"), edit),
        }?;
        Some((record, message))
    }

    /// Makes the editors show what the report says, after it was changed other than by them.
    pub fn refresh(&mut self) {
        let report = self.session.report();
        for (section, editor) in &mut self.editors {
            let text = report.text(*section);
            if editor.text().trim_matches('\n') != lines(text).trim_matches('\n') {
                editor.set_text(text);
            }
        }
        self.selected = self.selected.min(self.found().len().saturating_sub(1));
    }

    /// What was typed into the prose that is shown; looking at it is no edit, however its lines end.
    fn unsettled_prose(&self) -> Option<(Section, String)> {
        let Tab::Section(section) = self.tab else { return None };
        let typed = self.editors.get(&section).filter(|_| self.is_writable())?.text().trim_matches('\n');
        let stands = lines(self.report().text(section));
        (typed != stands.trim_matches('\n')).then(|| (section, typed.to_owned()))
    }
}
