//! The proofs of what the README promises: each one a driver that breaks the program from outside, and a control, a saver
//! or a reader broken on purpose, which the same driver has to catch in the same run.
//!
//! How much is tried is asked with `NIANBAO_PROOFS`; each proof prints its figures. What a proof finds becomes a test of its
//! own beside the code that was mended.

mod corpus;
mod corruption;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod faults;
mod injection;
mod power;
mod soak;
mod surroundings;
mod together;
mod untrusted;

use nianbao::store::Grade;

/// How much of a proof is run.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Scale {
    /// A few of each kind, seconds: what every `cargo test` runs.
    Sample,
    /// What stands in `.ci/run`: a minute or so a proof.
    Quick,
    /// Everything: what is run before a release.
    Full,
}

/// How much is asked for.
pub(crate) fn scale() -> Scale {
    match std::env::var("NIANBAO_PROOFS").as_deref() {
        Ok("full") => Scale::Full,
        Ok("quick") => Scale::Quick,
        _ => Scale::Sample,
    }
}

impl Scale {
    /// What is taken of `all`: evenly spread, with the first and the last, and all of it where everything is asked for.
    pub(crate) fn of<T>(self, all: Vec<T>, sample: usize, quick: usize) -> Vec<T> {
        let most = match self {
            Self::Sample => sample,
            Self::Quick => quick,
            Self::Full => all.len(),
        };
        let count = all.len();
        if most >= count {
            return all;
        }
        let taken: std::collections::BTreeSet<usize> =
            (0..most).map(|number| number * (count - 1) / (most - 1).max(1)).collect();
        all.into_iter().enumerate().filter(|(number, _)| taken.contains(number)).map(|(_, one)| one).collect()
    }
}

/// Prints the figures of a proof, past the harness's capture.
pub(crate) fn figure(proof: &str, what: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "{proof}: {what}");
}

/// A directory for data that nobody else may read, as the program makes one.
pub(crate) fn private() -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt as _;
    let own = std::fs::Permissions::from_mode(0o700);
    tempfile::Builder::new().permissions(own).tempdir().unwrap()
}

/// Whether the doctor finds nothing graver than a note in a data directory in which nobody damaged anything.
pub(crate) fn examined(data: &std::path::Path) -> Result<(), String> {
    examined_up_to(Grade::Note, data)
}

/// Whether the doctor finds nothing graver than this.
pub(crate) fn examined_up_to(most: Grade, data: &std::path::Path) -> Result<(), String> {
    let examination = nianbao::store::examine(data).map_err(|error| error.to_string())?;
    let grave = examination.all().filter(|found| found.grade > most);
    let grave: Vec<String> = grave.map(|found| format!("{}: {}", found.path.display(), found.said)).collect();
    if grave.is_empty() { Ok(()) } else { Err(format!("the doctor says {grave:?}")) }
}

#[test]
fn the_doctor_is_not_content_with_everything() {
    let data = private();
    let library = nianbao::store::Library::open(data.path()).unwrap();
    let id = library.create(&nianbao::report::Report::new(nianbao::form::Form::current())).unwrap();
    assert_eq!(examined(data.path()), Ok(()));
    std::fs::write(data.path().join(format!("reports/{id}/journal")), "half").unwrap();
    assert!(examined(data.path()).is_err());
}

#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
#[test]
fn faults() {
    crate::support::skipped("system calls are stopped on x86_64 Linux only");
}

#[test]
fn a_part_is_spread_over_the_whole() {
    let all: Vec<usize> = (0..100).collect();
    assert_eq!(Scale::Sample.of(all.clone(), 4, 10), [0, 33, 66, 99]);
    assert_eq!(Scale::Sample.of(all.clone(), 1, 10), [0]);
    assert_eq!(Scale::Quick.of(all.clone(), 4, 500).len(), 100);
    assert_eq!(Scale::Full.of(all, 4, 10).len(), 100);
}
