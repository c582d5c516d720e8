//! Last year's reports, as they are named on the command line.

use std::path::Path;

use super::Error;
use super::print::Output;
use super::reading::Readers;
use crate::batch::{self, Last, Named, Past, Read, Source, Unread};

/// What `--last-year` says for the reports of the library.
pub(super) const AUTO: &str = "auto";

/// Finds the reports that are named: a file, a directory, those of the library, or none.
pub(super) fn named<'r>(
    said: Option<&Path>,
    readers: &'r Readers,
    output: &mut Output,
) -> Result<Past<'r>, Error> {
    let reader = &readers.reader;
    let Some(said) = said else { return Ok(Past::several(reader, Vec::new(), None)) };
    if said == Path::new(AUTO) {
        return Ok(Past::several(reader, reader.kept()?, None));
    }
    if said.is_dir() {
        let mut several = Vec::new();
        // What cannot be read here is no report of last year; the rules say that there is none.
        let last = |named: &Named, read: Result<Read, Unread>| {
            let source: Source = named.source.as_ref().ok()?.clone();
            Some(Last { whose: read.ok()?.report.identified(), source })
        };
        readers.each(&batch::all(said), output, last, |last, _| several.extend(last))?;
        return Ok(Past::several(reader, several, None));
    }
    Ok(Past::one(reader, readers.one(&batch::one(said)?)?))
}
