//! The child: takes its limits on itself, reads one file from its standard input, answers, ends.

use std::alloc::{Layout, handle_alloc_error};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, Read as _, Write as _};
use std::process::ExitCode;
use std::time::Duration;

use rustix::process::{Resource, Rlimit, Signal, setrlimit};
use serde::{Deserialize, Serialize};

use super::Limits;
use crate::document::recognize::Reading;
use crate::import;

/// The argument that makes the program a child; the limits follow it.
pub(super) const ARGUMENT: &str = "--read-confined";

/// The signal that ends a child which has used the processor too long.
pub(super) const OUT_OF_TIME: i32 = Signal::XCPU.as_raw();

/// What a child answers.
#[derive(Serialize, Deserialize)]
pub(super) enum Answer {
    /// What it has read.
    Read {
        /// The report, in the saved shape.
        report: String,
        /// Where its places were found, by their spelling.
        origins: BTreeMap<String, String>,
    },
    /// Why there is none.
    Refused {
        message: String,
        hint: String,
        /// Whether another program may know the file.
        is_foreign: bool,
    },
}

/// The limits that the arguments of a child name; nothing if they are not those of one.
pub(super) fn limits(arguments: impl IntoIterator<Item = OsString>) -> Option<Limits> {
    let arguments: Vec<OsString> = arguments.into_iter().skip(1).take(4).collect();
    let [argument, megabytes, seconds] = &arguments[..] else { return None };
    let number = |argument: &OsString| argument.to_str()?.parse().ok();
    let (megabytes, seconds) = (number(megabytes)?, number(seconds)?);
    (argument == ARGUMENT).then_some(Limits { megabytes, seconds, patience: Duration::MAX })
}

/// Reads what comes and answers.
pub(super) fn run(limits: Limits) -> ExitCode {
    // The words of a panic are for nobody: the parent sees that there is no answer.
    std::panic::set_hook(Box::new(|_| {}));
    match hold(limits).map_err(io::Error::from).and_then(|()| answer()) {
        Ok(()) => ExitCode::SUCCESS,
        // Said as every other allocation that fails.
        Err(error) if error.kind() == io::ErrorKind::OutOfMemory => handle_alloc_error(Layout::new::<u8>()),
        Err(_) => ExitCode::FAILURE,
    }
}

/// Takes the limits on this process. From then on it can open no file, write into none and leave no image of itself.
fn hold(limits: Limits) -> rustix::io::Result<()> {
    let bytes = limits.megabytes << 20;
    for (resource, soft, hard) in [
        (Resource::As, bytes, bytes),
        // At the soft limit it ends by a signal of its own, which tells the parent why.
        (Resource::Cpu, limits.seconds, limits.seconds + 2),
        (Resource::Core, 0, 0),
        (Resource::Fsize, 0, 0),
        // Standard input, output and error are there already.
        (Resource::Nofile, 3, 3),
    ] {
        setrlimit(resource, Rlimit { current: Some(soft), maximum: Some(hard) })?;
    }
    Ok(())
}

fn answer() -> io::Result<()> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    let answer = match import::locate(&bytes) {
        Ok(Reading { report, origins }) => Answer::Read {
            report: report.to_json(),
            origins: origins.into_iter().map(|(place, at)| (place.to_string(), at)).collect(),
        },
        Err(error) => Answer::Refused {
            message: error.to_string(),
            hint: error.hint().to_owned(),
            is_foreign: error.is_foreign(),
        },
    };
    let mut output = io::stdout().lock();
    output.write_all(&serde_json::to_vec(&answer)?)?;
    output.flush()
}
