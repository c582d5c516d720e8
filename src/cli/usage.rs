//! Reading the arguments: help and the explanation of a misuse, in Chinese.
//!
//! Which arguments there are is said in [`arguments`](super::arguments).

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, CommandFactory as _, FromArgMatches as _};

use super::arguments::Arguments;

const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// What came of reading the arguments.
pub(super) enum Reading {
    Arguments(Box<Arguments>),
    /// Help or the version was asked for; this is it.
    Help(String),
    /// They cannot be followed, for this reason.
    Misuse(String),
}

/// The name of the program.
pub(super) const NAME: &str = "nianbao";

/// What can be asked for, in Chinese throughout.
pub(super) fn command() -> clap::Command {
    chinese(Arguments::command())
}

/// Reads the arguments of the process, its own name first.
pub(super) fn read(arguments: impl IntoIterator<Item = OsString>) -> Reading {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let matches = command().try_get_matches_from(&arguments);
    match matches.and_then(|matches| Arguments::from_arg_matches(&matches)) {
        Ok(arguments) if arguments.command.is_some() && arguments.file.is_some() => {
            Reading::Misuse("命令前面多了一个文件名".to_owned())
        }
        Ok(arguments) => Reading::Arguments(Box::new(arguments)),
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Reading::Help(help(&error)),
            _ => Reading::Misuse(mistaken_command(&error, &arguments).unwrap_or_else(|| misuse(&error))),
        },
    }
}

/// What is wrong where a word that is no command stands in the place of one: it was taken for a file, and what follows it
/// for too much.
fn mistaken_command(error: &clap::Error, arguments: &[OsString]) -> Option<String> {
    let extra = [ContextKind::InvalidArg, ContextKind::InvalidSubcommand]
        .into_iter()
        .find_map(|kind| error.get(kind));
    let extra = extra.map(words).filter(|extra| !extra.starts_with('-'))?;
    let word = arguments.get(1)?.to_str().filter(|word| !word.starts_with('-') && *word != extra)?;
    let is_command = Arguments::command().get_subcommands().any(|command| command.get_name() == word);
    (matches!(error.kind(), ErrorKind::UnknownArgument | ErrorKind::InvalidSubcommand) && !is_command)
        .then(|| format!("没有“{word}”这个命令，全部命令见 nianbao --help"))
}

/// Gives a command and those below it Chinese headings.
fn chinese(command: clap::Command) -> clap::Command {
    let heading =
        |arg: Arg| if arg.is_positional() { arg.help_heading("参数") } else { arg.help_heading("选项") };
    command.help_template(TEMPLATE).mut_args(heading).mut_subcommands(chinese)
}

fn help(error: &clap::Error) -> String {
    // The only words of clap's own that the template does not reach.
    error.render().to_string().replace("[OPTIONS]", "[选项]")
}

fn misuse(error: &clap::Error) -> String {
    let said = |kind| error.get(kind).map(words).unwrap_or_default();
    let argument = said(ContextKind::InvalidArg);
    let value = said(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 后面缺少内容"),
        ErrorKind::InvalidValue => {
            format!("{argument} 不能是“{value}”，只能是 {}", said(ContextKind::ValidValue))
        }
        ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            format!("{argument} 不能是“{value}”。{reason}")
        }
        ErrorKind::UnknownArgument => match said(ContextKind::SuggestedArg) {
            near if near.is_empty() => format!("没有“{argument}”这个选项，或多写了一个参数"),
            near => format!("没有“{argument}”这个选项，是不是 {near}？"),
        },
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::ArgumentConflict => match said(ContextKind::PriorArg) {
            prior if prior == argument || prior.is_empty() => format!("{argument} 只能写一次"),
            prior => format!("{argument} 与 {prior} 不能同时用"),
        },
        ErrorKind::TooManyValues => format!("{argument} 后面多了“{value}”"),
        ErrorKind::InvalidUtf8 => "参数里有不是 UTF-8 的文字".to_owned(),
        _ => error.render().to_string(),
    }
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(all) => all.join("、"),
        other => other.to_string(),
    }
}
