//! The program: reads the arguments, has them carried out, prints the error, gives the exit status.

use std::ffi::OsString;
use std::process::ExitCode;

use nianbao::cli::print::Output;
use nianbao::cli::{self, Request, Status};
use nianbao::confine;
use nianbao::language::Language;
use nianbao::tui::{self, Options};

fn main() -> ExitCode {
    if let Some(code) = confine::serve(std::env::args_os()) {
        return code;
    }
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let language = cli::language(&arguments);
    let mut output = Output::standard(language);
    let outcome = run(arguments, language, &mut output).unwrap_or_else(|(error, hint)| {
        output.failure(&error, &hint);
        Status::Failed
    });
    outcome.into()
}

/// Does what the arguments ask for; an error comes as words, with what to do now.
fn run(
    arguments: Vec<OsString>,
    language: Language,
    output: &mut Output,
) -> Result<Status, (String, String)> {
    let said = |error: cli::Error| (error.to_string(), error.hint());
    match cli::read(arguments, language).map_err(said)? {
        Request::Errand(errand) => errand.run(output).map_err(said),
        Request::Interface { file, data_dir, config, ambiguous, mouse, folder } => {
            let shown = tui::run(Options { data_dir, config, language, file, ambiguous, mouse, folder });
            shown.map(|()| Status::Clean).map_err(|error| (error.to_string(), error.hint().to_owned()))
        }
    }
}
