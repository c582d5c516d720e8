//! The desk of a reviewer: what is said of the reports that came in.
//!
//! Reads and writes no files.

use serde::{Deserialize, Serialize};

use crate::report::Place;

/// What a reviewer says of a report, beside what the rules find.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Note {
    /// The cell or section that it is about; none where it is about the report.
    pub place: Option<Place>,
    /// The words of the report that it is about; may be empty.
    #[serde(default)]
    pub quote: String,
    /// What is said.
    pub text: String,
}
