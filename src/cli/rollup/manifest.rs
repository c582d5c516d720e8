//! What a total was made from, for whoever makes it again: the same bytes from the same files, in whatever order they
//! were named.

use serde::Serialize;

use super::Worked;
use super::account::Adjusted;
use super::gathering::List;
use crate::batch::sha256;
use crate::check::RULES;
use crate::form::terms::Level;

#[derive(Serialize)]
struct Manifest<'a> {
    program: &'static str,
    version: &'static str,
    agency: &'a str,
    year: i64,
    form: &'static str,
    /// The rules that looked at the total.
    rules: Vec<&'static str>,
    /// The hash of the file that was written.
    output_sha256: String,
    /// The code of the unit whose total it is, and the only level that was added up, where these are known.
    parent: Option<&'a str>,
    level: Option<&'static str>,
    /// Whether only what was accepted in review was added up.
    accepted: bool,
    /// How many units there are, and how many of them are in the total.
    expected: usize,
    counted: usize,
    missing: Vec<&'a str>,
    register: Option<Listed<'a>>,
    inputs: Vec<Source<'a>>,
    adjust: Option<Listed<'a>>,
    adjustments: Vec<Adjusted<'a>>,
}

#[derive(Serialize)]
struct Listed<'a> {
    file: &'a str,
    sha256: &'a str,
}

/// A file, and what it is to the total.
#[derive(Serialize)]
struct Source<'a> {
    file: &'a str,
    sha256: &'a str,
    part: &'static str,
    /// The code of its unit, where it is known.
    unit: Option<&'a str>,
}

/// The manifest of a total that is written as `bytes`.
pub(super) fn of(worked: &Worked<'_>, bytes: &[u8]) -> String {
    let gathered = worked.gathered;
    let inputs = worked.inputs.iter().map(|input| {
        let (part, unit) = worked.part(input);
        Source { file: &input.file, sha256: &input.sha256, part, unit: unit.map(|unit| worked.code(unit)) }
    });
    fn list(list: &List) -> Listed<'_> {
        Listed { file: &list.file, sha256: &list.sha256 }
    }
    let manifest = Manifest {
        program: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        agency: worked.report.agency(),
        year: gathered.year,
        form: gathered.form.decree.key,
        rules: RULES.iter().map(|rule| rule.id).filter(|id| id.starts_with('R')).collect(),
        output_sha256: sha256(bytes),
        parent: gathered.scope.parent.map(|parent| worked.code(parent)),
        level: worked.listed.level.map(Level::key),
        accepted: worked.accepted,
        expected: gathered.scope.units.len(),
        counted: worked.total.parts().len(),
        missing: gathered.roster.missing().map(|unit| worked.code(unit)).collect(),
        register: worked.listed.register.as_ref().map(list),
        inputs: inputs.collect(),
        adjust: worked.listed.adjusted_by.as_ref().map(list),
        adjustments: worked.adjusted(),
    };
    // Maps with text for keys always serialize.
    serde_json::to_string_pretty(&manifest).unwrap_or_default() + "\n"
}
