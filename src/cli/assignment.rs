//! `PLACE=VALUE`, as it is written on the command line.
//!
//! What may stand in a place is decided as everywhere else, by [`Value::read`]; only what would make a report
//! unreadable as a whole (its year, its level) is refused here.

use super::{Error, arguments};
use crate::form::Form;
use crate::form::terms::{Field, Section};
use crate::report::{COMPUTED, Place, Value};

/// How many spellings are offered in place of an unknown one.
const OFFERED: usize = 3;

/// A value for a place; `None` blanks it.
#[derive(Debug)]
pub(super) struct Assignment {
    pub(super) place: Place,
    pub(super) value: Option<Value>,
    /// What was written, where the number was read out of another spelling (１２, 1,234, 12件).
    pub(super) reread: Option<String>,
}

/// Reads an assignment for a report on `form`.
pub(super) fn parse(form: &Form, text: &str) -> Result<Assignment, Error> {
    let (spelling, written) = text.split_once('=').ok_or_else(|| Error::NoAssignment(text.to_owned()))?;
    let place = place(form, spelling.trim())?;
    let refused =
        |allowed: String| Error::Refused { place: place.label(form), value: written.to_owned(), allowed };
    let (value, loose) = Value::read(place, written);
    let value = match (place, value) {
        (Place::Field(Field::Level), Some(value)) => {
            let level = arguments::level(&value.to_string()).map_err(refused)?;
            Some(Value::Text(level.key().to_owned()))
        }
        (Place::Field(Field::Year), Some(value)) => {
            arguments::year(&value.to_string()).map_err(refused)?;
            Some(value)
        }
        (Place::Field(Field::Totals), Some(value)) => match &value.to_string()[..] {
            COMPUTED => Some(value),
            // Keyed is what totals are where nothing is said.
            KEYED => None,
            _ => return Err(refused(totals())),
        },
        (_, value) => value,
    };
    Ok(Assignment { place, value, reread: loose.then(|| written.trim().to_owned()) })
}

/// The word for totals that are keyed.
const KEYED: &str = "keyed";

/// What may be said of totals.
fn totals() -> String {
    format!("只能写 {COMPUTED}（合计由程序按各格自动算）或 {KEYED}（合计由人填写，与各格不符时提示）")
}

/// The place that is spelled, or those that are spelled most like it.
pub(super) fn place(form: &Form, spelling: &str) -> Result<Place, Error> {
    match Place::parse(spelling) {
        Some(place) if place.is_in(form) => Ok(place),
        _ => Err(Error::UnknownPlace {
            spelling: spelling.to_owned(),
            form: form.decree.key,
            near: nearest(form, spelling),
        }),
    }
}

/// The spellings of the form's places that are nearest to an unknown one, nearest first.
fn nearest(form: &Form, spelling: &str) -> Vec<String> {
    let cells = form.cells().iter().map(|info| Place::from(info.cell));
    let prose = Section::PROSE.into_iter().map(Place::from);
    let fields = Field::ALL.iter().map(|&field| Place::from(field));
    let known = cells.chain(prose).chain(fields).map(|place| place.to_string());
    let mut near: Vec<(usize, String)> = known.map(|known| (distance(spelling, &known), known)).collect();
    near.sort_by_key(|(distance, _)| *distance);
    near.into_iter().take(OFFERED).map(|(_, known)| known).collect()
}

/// How many characters have to be put in, left out or changed to make one text the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Assignment, Error> {
        parse(Form::current(), text)
    }

    #[test]
    fn numbers_are_read_as_in_a_cell_and_the_written_form_is_told() {
        let assignment = read("requests/received/total=１２").unwrap();
        assert_eq!(assignment.value, Some(Value::count(12)));
        assert_eq!(assignment.reread.as_deref(), Some("１２"));
        assert_eq!(read("requests/received/total=").unwrap().value, None);
        let text = read("requests/received/total=3-5").unwrap();
        assert_eq!((text.value, text.reread), (Some(Value::Text("3-5".to_owned())), None));
    }

    #[test]
    fn everything_after_the_first_equals_sign_is_the_value() {
        let assignment = read("overview=受理=办结").unwrap();
        assert_eq!(assignment.value, Some(Value::Text("受理=办结".to_owned())));
        assert!(matches!(read("overview"), Err(Error::NoAssignment(_))));
    }

    #[test]
    fn an_unknown_place_is_answered_with_the_nearest() {
        let near = |text: &str| match read(text) {
            Err(Error::UnknownPlace { near, .. }) => near,
            other => panic!("{other:?}"),
        };
        assert_eq!(near("request/recieved/total=1")[0], "requests/received/total");
        assert_eq!(near("@agancy=云溪镇")[0], "@agency");
        assert_eq!(near("proactive/procurement/amount=1").len(), OFFERED);
        assert_eq!(near("requests=1").len(), OFFERED);
    }

    #[test]
    fn the_level_is_taken_by_key_or_name_and_the_year_only_as_a_number() {
        assert_eq!(read("@level=乡镇").unwrap().value, Some(Value::Text("township".to_owned())));
        assert_eq!(read("@level=county").unwrap().value, Some(Value::Text("county".to_owned())));
        assert_eq!(read("@totals=computed").unwrap().value, Some(Value::Text(COMPUTED.to_owned())));
        assert_eq!(read("@totals=keyed").unwrap().value, None);
        let hint = read("@totals=auto").unwrap_err().hint();
        assert!(hint.contains("computed（") && hint.contains("keyed（"), "{hint}");
        for refused in ["@level=镇", "@year=去年", "@year=205", "@totals=maybe"] {
            assert!(matches!(read(refused), Err(Error::Refused { .. })), "{refused}");
        }
    }

    #[test]
    fn distances() {
        for (one, other, expected) in
            [("", "abc", 3), ("一二三", "一三", 1), ("abcd", "abdc", 2), ("x", "x", 0)]
        {
            assert_eq!(distance(one, other), expected, "{one} {other}");
            assert_eq!(distance(other, one), expected, "{other} {one}");
        }
    }
}
