//! The saved shape of a report, which other programs rely on.
//!
//! `{"schema":1,"form":"2021","values":{PLACE:VALUE,…},"notices":[…],"waivers":[…]}`: counts are JSON integers, amounts
//! and text are strings; blanks, and waivers where there are none, are left out.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};

use super::waiver;
use super::{Notice, NoticeKind, Place, Report, Value};
use crate::form::terms::{Column, Field};
use crate::form::{Cell, Form};

/// The version of the saved shape that this program writes.
pub const SCHEMA: u64 = 1;

/// Why a saved report could not be read.
#[derive(Debug, thiserror::Error)]
pub enum SavedError {
    /// It is no JSON, or JSON of another shape.
    #[error("不是本程序保存的报告（{0}）")]
    Shape(String),
    /// It was written by a newer version of the program.
    #[error("这份报告由更新的版本保存（格式 {0}，本版本只认到 {SCHEMA}）")]
    Newer(u64),
    /// It names a form that this version does not know.
    #[error("不认识的表样“{0}”，只有 2021 和 2019")]
    UnknownForm(String),
    /// It names a place that the form does not have.
    #[error("表样 {form} 里没有“{place}”这个位置")]
    UnknownPlace {
        /// The spelling that is not known.
        place: String,
        /// The form of the report.
        form: &'static str,
    },
    /// It holds at some place what cannot stand there.
    #[error("“{place}”处的内容既不是数也不是文字：{json}")]
    NotAValue {
        /// The place.
        place: String,
        /// What stands there.
        json: String,
    },
}

impl Value {
    /// The value as it is saved at `place`.
    pub fn to_json(&self, place: Place) -> serde_json::Value {
        let decimal = matches!(place, Place::Cell(Cell { column: Column::Amount, .. }));
        match self {
            Self::Number(number) => match number.as_whole() {
                Some(whole) if !decimal => whole.into(),
                _ => number.to_string().into(),
            },
            Self::Text(text) => text.as_str().into(),
        }
    }

    /// Reads a saved value as if it were typed; `null` is blank.
    ///
    /// # Errors
    /// If it is neither a number nor text.
    pub fn from_json(place: Place, json: &serde_json::Value) -> Result<Option<Self>, SavedError> {
        Ok(Self::read(place, &spelled(place, json)?).0)
    }
}

/// The spelling of a saved value.
fn spelled<'a>(place: Place, json: &'a serde_json::Value) -> Result<Cow<'a, str>, SavedError> {
    match json {
        serde_json::Value::Null => Ok(Cow::default()),
        serde_json::Value::String(text) => Ok(text.into()),
        serde_json::Value::Number(number) if is_numeric(place) => Ok(number.to_string().into()),
        _ => Err(SavedError::NotAValue { place: place.to_string(), json: json.to_string() }),
    }
}

/// Whether numbers may stand at a place; elsewhere `"2024"` is text.
const fn is_numeric(place: Place) -> bool {
    matches!(place, Place::Cell(_) | Place::Field(Field::Year))
}

struct Values<'a>(&'a BTreeMap<Place, Value>);

impl Serialize for Values<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (place, value) in self.0 {
            map.serialize_entry(place, &value.to_json(*place))?;
        }
        map.end()
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("schema", &SCHEMA)?;
        map.serialize_entry("form", self.form().decree.key)?;
        map.serialize_entry("values", &Values(&self.values))?;
        map.serialize_entry("notices", &self.notices)?;
        if !self.waivers.is_empty() {
            let waivers = self.waivers.iter().map(|(waiver, reason)| (waiver, Some(reason)));
            map.serialize_entry("waivers", &waiver::to_saved(waivers))?;
        }
        map.end()
    }
}

#[derive(Deserialize)]
struct Shape {
    #[serde(default = "first_schema")]
    schema: u64,
    form: String,
    values: BTreeMap<String, serde_json::Value>,
    #[serde(default)]
    notices: Vec<Notice>,
    #[serde(default)]
    waivers: Vec<waiver::Saved>,
}

const fn first_schema() -> u64 {
    1
}

impl Report {
    /// The saved shape, on one line.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads the saved shape.
    ///
    /// # Errors
    /// If it is of another shape, newer, or names a form or place that there is not.
    pub fn from_json(json: &[u8]) -> Result<Self, SavedError> {
        let version: Result<Version, _> = serde_json::from_slice(json);
        if let Ok(Version { schema }) = version
            && schema > SCHEMA
        {
            return Err(SavedError::Newer(schema));
        }
        let shape: Shape = serde_json::from_slice(json).map_err(|e| SavedError::Shape(e.to_string()))?;
        debug_assert!(shape.schema <= SCHEMA, "newer files are refused above");
        let form = Form::from_key(&shape.form).ok_or(SavedError::UnknownForm(shape.form))?;
        let mut report = Self::new(form);
        report.notices = shape.notices.into_iter().collect();
        let waivers = waiver::from_saved(shape.waivers);
        report.waivers = waivers.filter_map(|(waiver, reason)| Some((waiver, reason?))).collect();
        for (spelling, json) in shape.values {
            let place = Place::parse(&spelling).filter(|place| place.is_in(form));
            let Some(place) = place else {
                return Err(SavedError::UnknownPlace { place: spelling, form: form.decree.key });
            };
            let text = spelled(place, &json)?;
            let (Some(value), is_loose) = Value::read(place, &text) else { continue };
            if is_loose {
                // Written by hand or by another program.
                report.notices.insert(Notice {
                    kind: NoticeKind::NumberReread,
                    place: Some(place),
                    quote: text.to_string(),
                    at: String::new(),
                    message: format!("写作“{text}”，读作 {value}"),
                });
            }
            report.values.insert(place, value);
        }
        Ok(report)
    }
}

#[derive(Deserialize)]
struct Version {
    schema: u64,
}
