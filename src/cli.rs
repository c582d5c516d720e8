//! The command line: what was asked for, done with the core and the store, and said.
//!
//! It decides nothing about reports; every command is a few calls to the modules above. The interface is opened by
//! `main`, which knows both.

mod arguments;
mod assignment;
mod check;
mod compare;
mod convert;
mod digest;
mod doctor;
mod error;
mod generated;
mod history;
mod interrupt;
mod json;
mod keys;
mod letters;
mod library;
mod panel;
mod past;
pub mod print;
mod reading;
mod review;
mod rollup;
mod rules;
mod sarif;
mod schema;
mod set;
mod trends;
mod usage;
mod verdict;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use arguments::{Arguments, Command, Width};
pub use error::Error;
use print::Output;
use reading::Readers;
use usage::Reading;

use crate::batch::{self, Folder};
use crate::config::Config;
use crate::language::Language;
use crate::report::Report;
use crate::store::Library;
use crate::width::Ambiguous;

/// How a run of the program ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// Done, and nothing found that was asked to count, or differing.
    Clean,
    /// Done, and something was found, or differs.
    Found,
    /// Something could not be done.
    Failed,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Clean => 0,
            Status::Found => 1,
            Status::Failed => 2,
        })
    }
}

/// What the arguments ask for.
#[derive(Debug)]
pub enum Request {
    /// The interface: on a file to review, or on the library.
    Interface {
        /// The file to review.
        file: Option<PathBuf>,
        /// The data directory, where it was named.
        data_dir: Option<PathBuf>,
        /// The configuration, where it was named.
        config: Option<PathBuf>,
        /// How wide ambiguous characters are, where it was said.
        ambiguous: Option<Ambiguous>,
        /// Whether to take the mouse, where it was said.
        mouse: Option<bool>,
        /// The reports to review, if somebody is to.
        folder: Option<Folder>,
    },
    /// A command, to be [run](Errand::run).
    Errand(Errand),
}

/// A command with its arguments.
#[derive(Debug)]
pub struct Errand(Task);

#[derive(Debug)]
enum Task {
    Help(String),
    Command { command: Box<Command>, desk: Desk },
}

/// The language to speak: what `--lang` says, else `NIANBAO_LANG`, else the configuration.
///
/// It is told before the arguments are read, because their help is said in it. What cannot be followed is passed over here;
/// whoever reads the arguments and the configuration says what is wrong with them.
pub fn language(arguments: &[OsString]) -> Language {
    let options = arguments.split(|argument| argument == "--").next().unwrap_or_default();
    let said = |option: &str| {
        options.iter().enumerate().find_map(|(nth, argument)| match argument == option {
            true => options.get(nth + 1).cloned(),
            false => Some(OsString::from(argument.to_str()?.strip_prefix(option)?.strip_prefix('=')?)),
        })
    };
    let lang = said("--lang");
    Config::language(lang.as_ref().and_then(|lang| lang.to_str()), said("--config").map(PathBuf::from))
}

/// Reads the arguments of the process, its own name first.
///
/// # Errors
/// If they, or what the environment says of the language, cannot be followed.
pub fn read(arguments: Vec<OsString>, language: Language) -> Result<Request, Error> {
    Config::check_environment().map_err(Error::Misuse)?;
    match usage::read(arguments, language) {
        Reading::Help(text) => Ok(Request::Errand(Errand(Task::Help(text)))),
        Reading::Misuse(reason, None) => Err(Error::Misuse(reason)),
        Reading::Misuse(reason, Some(command)) => Err(Error::Misread { command, reason }),
        Reading::Arguments(arguments) => {
            let Arguments { file, data_dir, config, ambiguous, mouse, no_mouse, command, .. } = *arguments;
            let folder = match &command {
                Some(Command::Review(review)) if !review.list && !review.json => Some(review.folder()),
                _ => None,
            };
            Ok(match command.filter(|_| folder.is_none()) {
                None => {
                    let ambiguous = match ambiguous {
                        Some(Width::Said(ambiguous)) => Some(ambiguous),
                        Some(Width::Asked) | None => None,
                    };
                    let mouse = (mouse || no_mouse).then_some(mouse);
                    Request::Interface { file, data_dir, config, ambiguous, mouse, folder }
                }
                Some(command) => {
                    let desk = Desk { data_dir, config };
                    Request::Errand(Errand(Task::Command { command: Box::new(command), desk }))
                }
            })
        }
    }
}

impl Errand {
    /// Does what the command asks for and prints what came of it.
    ///
    /// # Errors
    /// If it cannot be done, or its result not be printed.
    pub fn run(&self, output: &mut Output) -> Result<Status, Error> {
        let status = match &self.0 {
            Task::Help(text) => {
                usage::print(text, output);
                Status::Clean
            }
            Task::Command { command, desk } => {
                // Nowhere is it passed over silently that what the user decided cannot be followed.
                if command.needs_configuration() {
                    desk.config()?;
                }
                done(command, desk, output)?
            }
        };
        output.finish().map_err(Error::Output)?;
        Ok(status)
    }
}

/// Does what a command asks for.
fn done(command: &Command, desk: &Desk, output: &mut Output) -> Result<Status, Error> {
    match command {
        Command::New(arguments) => library::new(arguments, desk, output),
        Command::List(arguments) => library::list(arguments, desk, output),
        Command::Show(arguments) => convert::show(arguments, desk, output),
        Command::Set(arguments) => set::run(arguments, desk, output),
        Command::Log(arguments) => history::log(arguments, desk, output),
        Command::Restore(arguments) => history::restore(arguments, desk, output),
        Command::Delete(arguments) => history::delete(arguments, desk, output),
        Command::Check(arguments) => check::run(arguments, desk, output),
        Command::Review(arguments) => review::run(arguments, desk, output),
        Command::Compare(arguments) => compare::run(arguments, desk, output),
        Command::Convert(arguments) => convert::convert(arguments, desk, output),
        Command::Letters(arguments) => letters::run(arguments, desk, output),
        Command::Rollup(arguments) => rollup::run(arguments, desk, output),
        Command::Trends(arguments) => trends::run(arguments, desk, output),
        Command::Rules(arguments) => rules::run(arguments, desk, output),
        Command::Import(arguments) => library::import(arguments, desk, output),
        Command::Export(arguments) => convert::export(arguments, desk, output),
        Command::Keys(arguments) => keys::run(arguments, desk, output),
        Command::Doctor(arguments) => doctor::run(arguments, desk, output),
        Command::Path(arguments) => library::path(arguments, desk, output),
        Command::Schema(arguments) => schema::run(arguments, output),
        Command::Completions(arguments) => generated::completions(arguments, output),
        Command::Man(arguments) => generated::man(arguments, output),
    }
}

/// Where the commands find the library and what the user decided.
#[derive(Debug)]
struct Desk {
    data_dir: Option<PathBuf>,
    config: Option<PathBuf>,
}

impl Desk {
    /// The data directory, whether it is there or not.
    fn directory(&self) -> Result<PathBuf, Error> {
        Ok(Library::locate(self.data_dir.clone())?)
    }

    /// What the user decided.
    fn config(&self) -> Result<Config, Error> {
        Ok(Config::load(self.config.clone())?)
    }

    /// Reads the report that is named.
    fn read(&self, named: &Path) -> Result<Report, Error> {
        let read = Readers::plain(self).one(&batch::one(named)?).map_err(|error| error.about(named))?;
        Ok(read.report)
    }

    /// Opens the library that is there.
    fn library(&self) -> Result<Library, Error> {
        Ok(Library::existing(&self.directory()?)?)
    }

    /// Opens the library, made if it is not there.
    fn library_or_new(&self) -> Result<Library, Error> {
        Ok(Library::open(&self.directory()?)?)
    }
}
