//! The saved shape of a report, which other programs rely on.
//!
//! `{"schema":1,"form":"2021","values":{PLACE:VALUE,…},"notices":[…],"waivers":[…]}`: counts are JSON integers, amounts
//! and text are strings; blanks, and waivers where there are none, are left out.

mod written;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::error::Category;

use super::waiver;
use super::{Notice, NoticeKind, Place, Report, Value, Values};
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

impl Serialize for Values {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.len()))?;
        for (place, value) in self.iter() {
            map.serialize_entry(&place, &value.to_json(place))?;
        }
        map.end()
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("schema", &SCHEMA)?;
        map.serialize_entry("form", self.form().decree.key)?;
        map.serialize_entry("values", &self.values)?;
        map.serialize_entry("notices", &self.notices)?;
        if !self.waivers.is_empty() {
            let waivers = self.waivers.iter().map(|(waiver, reason)| (waiver, Some(reason)));
            map.serialize_entry("waivers", &waiver::to_saved(waivers))?;
        }
        map.end()
    }
}

/// What stands in the places of a saved report, in their order.
struct Entries {
    values: BTreeMap<Place, serde_json::Value>,
    /// The first spelling that is of no place; it is named before one that is of another form.
    unknown: Option<String>,
}

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ByPlace;
        impl<'de> Visitor<'de> for ByPlace {
            type Value = Entries;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("values by their places")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                // Of a place that stands there twice the last counts.
                let (mut values, mut unknown) = (BTreeMap::new(), None);
                while let Some(spelling) = map.next_key::<String>()? {
                    if let Some(place) = Place::parse(&spelling) {
                        values.insert(place, map.next_value()?);
                    } else {
                        map.next_value::<IgnoredAny>()?;
                        unknown.get_or_insert(spelling);
                    }
                }
                Ok(Entries { values, unknown })
            }
        }
        deserializer.deserialize_map(ByPlace)
    }
}

#[derive(Deserialize)]
struct Shape {
    #[serde(default = "first_schema")]
    schema: u64,
    form: String,
    values: Entries,
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

    /// Reads the saved shape as it stands in a file.
    ///
    /// # Errors
    /// As [`from_json`](Self::from_json), and if it is no UTF-8.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SavedError> {
        let text = std::str::from_utf8(bytes).map_err(|_| SavedError::Shape("不是 UTF-8 文字".to_owned()))?;
        Self::from_json(text)
    }

    /// Reads the saved shape.
    ///
    /// # Errors
    /// If it is of another shape, newer, or names a form or place that there is not.
    pub fn from_json(json: &str) -> Result<Self, SavedError> {
        let (shape, values) = match written::read(json) {
            Some(read) => read,
            None => (serde_json::from_str(json).map_err(|error| why_not(json, &error))?, Vec::new()),
        };
        Self::from_shape(shape, values)
    }

    /// The report of a shape, with the values that were read already; where there are any, the shape has none.
    fn from_shape(shape: Shape, mut values: Vec<(Place, Value)>) -> Result<Self, SavedError> {
        if shape.schema > SCHEMA {
            return Err(SavedError::Newer(shape.schema));
        }
        let form = Form::from_key(&shape.form).ok_or(SavedError::UnknownForm(shape.form))?;
        let mut report = Self::new(form);
        report.notices = shape.notices.into_iter().collect();
        let waivers = waiver::from_saved(shape.waivers);
        report.waivers = waivers.filter_map(|(waiver, reason)| Some((waiver, reason?))).collect();
        let Entries { values: entries, unknown } = shape.values;
        let mut places = values.iter().map(|(place, _)| place).chain(entries.keys());
        let elsewhere = || places.find(|place| !place.is_in(form)).map(Place::to_string);
        if let Some(place) = unknown.or_else(elsewhere) {
            return Err(SavedError::UnknownPlace { place, form: form.decree.key });
        }
        for (place, json) in entries {
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
            values.push((place, value));
        }
        report.values = Values::in_order(values);
        Ok(report)
    }
}

/// Why bytes are no report of ours: a newer version may give it another shape.
fn why_not(json: &str, error: &serde_json::Error) -> SavedError {
    match serde_json::from_str(json) {
        Ok(Version { schema }) if schema > SCHEMA => SavedError::Newer(schema),
        _ => SavedError::Shape(in_words(error)),
    }
}

/// What is wrong with JSON, in words.
fn in_words(error: &serde_json::Error) -> String {
    let at = format!("第 {} 行第 {} 个字节", error.line(), error.column());
    let own = error.to_string();
    match error.classify() {
        Category::Eof => format!("不完整，到{at}就断了"),
        Category::Syntax | Category::Io => format!("不是 JSON，{at}不合写法"),
        // Our own words; those of the reader of JSON begin in English, whatever they quote.
        Category::Data if !own.starts_with(|c: char| c.is_ascii()) => {
            format!("{}，{at}", own.rsplit_once(" at line ").map_or(&*own, |(words, _)| words))
        }
        Category::Data => format!("{at}处的内容不是报告里该有的"),
    }
}

#[derive(Deserialize)]
struct Version {
    schema: u64,
}
