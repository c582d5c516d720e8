//! Findings as other programs read them.
//!
//! The names and their order are relied on and never change; fields may come to the end.

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use super::{Finding, Fix};
use crate::report::edit::Patch;

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
