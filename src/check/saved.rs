//! Findings as other programs read them and as they are kept: one shape.
//!
//! The names and their order are relied on and never change; fields may come to the end. A finding is read back by the id
//! of its rule; what a rule is called and says of itself is the rule's.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Finding, Fix, Quote, Review, Rule, Severity, Unknown, rule};
use crate::report::edit::Patch;
use crate::report::{Edit, Place};

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut found = serializer.serialize_struct("Finding", 8)?;
        found.serialize_field("rule", self.rule.id)?;
        found.serialize_field("name", self.rule.name)?;
        found.serialize_field("severity", self.severity.key())?;
        found.serialize_field("message", &self.message)?;
        found.serialize_field("places", &self.places)?;
        found.serialize_field("quote", &self.quote)?;
        found.serialize_field("fixes", &self.fixes)?;
        found.serialize_field("waived", &self.waived)?;
        found.end()
    }
}

impl Serialize for Fix {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fix = serializer.serialize_struct("Fix", 2)?;
        fix.serialize_field("title", &self.title)?;
        fix.serialize_field("set", &Patch(&self.set))?;
        fix.end()
    }
}

impl<'de> Deserialize<'de> for Finding {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Shape {
            rule: String,
            severity: String,
            message: String,
            places: Vec<Place>,
            quote: Option<Quote>,
            fixes: Vec<Fix>,
            waived: Option<String>,
        }
        let Shape { rule, severity, message, places, quote, fixes, waived } =
            Shape::deserialize(deserializer)?;
        let severity = Severity::ALL.into_iter().find(|known| known.key() == severity);
        let severity = severity.ok_or_else(|| D::Error::custom("no such severity"))?;
        Ok(Self { rule: known(&rule)?, severity, message, places, quote, fixes, waived })
    }
}

impl<'de> Deserialize<'de> for Fix {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Shape {
            title: String,
            set: BTreeMap<Place, serde_json::Value>,
        }
        let Shape { title, set } = Shape::deserialize(deserializer)?;
        // An edit has the same values in the same spelling.
        let edit = serde_json::from_value(serde_json::json!({ "set": set }));
        Ok(Self { title, set: edit.map(|edit: Edit| edit.values).map_err(D::Error::custom)? })
    }
}

impl<'de> Deserialize<'de> for Unknown {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Shape {
            rule: String,
            reason: String,
        }
        let Shape { rule, reason } = Shape::deserialize(deserializer)?;
        Ok(Self { rule: known(&rule)?.id, reason })
    }
}

fn known<E: serde::de::Error>(id: &str) -> Result<&'static Rule, E> {
    rule(id).ok_or_else(|| E::custom("no such rule"))
}

impl Review {
    /// The review as it is kept, on one line.
    pub fn to_json(&self) -> String {
        // Maps with text for keys always serialize.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads what [`to_json`](Self::to_json) wrote; `None` for anything else.
    pub fn from_json(json: &[u8]) -> Option<Self> {
        serde_json::from_slice(json).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Form;
    use crate::form::terms::Section;
    use crate::report::{Report, Value};

    #[test]
    fn a_review_is_read_back_as_it_was() {
        let mut report = Report::new(Form::current());
        report.apply(Report::identity("云溪镇人民政府", None, 2025));
        let overview = "全年收到政府信息公开申请12件，收取行政事业性收费20456元。";
        report.apply(Edit::set(Section::Overview, Some(Value::Text(overview.to_owned()))));
        for (place, count) in [("requests/received/business", 3), ("proactive/fees/amount", 3)] {
            report.apply(Edit::set(Place::parse(place).unwrap(), Some(Value::count(count))));
        }
        let review = crate::check::check(&report);
        let has = |of: fn(&Finding) -> bool| review.findings.iter().any(of);
        assert!(has(|finding| finding.quote.is_some()) && has(|finding| !finding.fixes.is_empty()));
        assert!(!review.unknown.is_empty());
        assert_eq!(Review::from_json(review.to_json().as_bytes()), Some(review));
        assert_eq!(Review::from_json(br#"{"findings":[],"unknown":[{"rule":"Z99","reason":""}]}"#), None);
    }
}
