//! Reading the arguments: help, in the language of the user, and the explanation of a misuse.
//!
//! Which arguments there are is said in [`arguments`](super::arguments).

use std::borrow::Cow;
use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, CommandFactory as _, FromArgMatches as _};

use super::arguments::{Arguments, USAGE};
use super::print::Output;
use crate::language::Language;
use crate::width::{self, Ambiguous};

/// What came of reading the arguments.
pub(super) enum Reading {
    Arguments(Box<Arguments>),
    /// Help or the version was asked for; this is it.
    Help(String),
    /// They cannot be followed, for this reason; and the command that they are of, if there is one.
    Misuse(String, Option<String>),
}

/// The name of the program.
pub(super) const NAME: &str = "nianbao";

/// What can be asked for, in one language throughout.
pub(super) fn command(language: Language) -> clap::Command {
    spoken(Arguments::command(), language)
}

/// Reads the arguments of the process, its own name first.
pub(super) fn read(arguments: Vec<OsString>, language: Language) -> Reading {
    let matches = command(language).try_get_matches_from(&arguments);
    match matches.and_then(|matches| Arguments::from_arg_matches(&matches)) {
        Ok(arguments) if arguments.command.is_some() && arguments.file.is_some() => {
            Reading::Misuse("命令前面多了一个文件名".to_owned(), None)
        }
        Ok(arguments) => match unknown_word(&arguments) {
            Some(word) => Reading::Misuse(format!("没有“{word}”这个命令，也没有这个文件"), None),
            None => Reading::Arguments(Box::new(arguments)),
        },
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Reading::Help(help(&error, language)),
            _ => match mistaken_command(&error, &arguments) {
                Some(reason) => Reading::Misuse(reason, None),
                None => Reading::Misuse(misuse(&error), command_of(&arguments)),
            },
        },
    }
}

/// A word in the place of a file that was probably meant for a command: of small letters only, and no file.
fn unknown_word(arguments: &Arguments) -> Option<&str> {
    let word = arguments.file.as_ref().filter(|_| arguments.command.is_none())?.to_str()?;
    let is_word = !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    (is_word && word != "-" && !std::path::Path::new(word).exists()).then_some(word)
}

/// The command among the arguments.
fn command_of(arguments: &[OsString]) -> Option<String> {
    let commands = Arguments::command();
    let mut words = arguments.iter().skip(1).filter_map(|argument| argument.to_str());
    words.find_map(|word| commands.find_subcommand(word)).map(|command| command.get_name().to_owned())
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

/// Gives a command and those below it our headings, and says its help in a language.
fn spoken(mut command: clap::Command, language: Language) -> clap::Command {
    let say = |text: &str| language.say(text).into_owned();
    let value = |name: &str| match language.say(name) {
        Cow::Borrowed(name) => name.to_owned(),
        Cow::Owned(said) => said.to_uppercase(),
    };
    let argument = |mut arg: Arg| {
        if let Some(help) = arg.get_help().map(|help| say(&help.to_string())) {
            arg = arg.help(help);
        }
        let names = arg.get_value_names().unwrap_or_default().iter();
        let names: Vec<String> =
            names.map(|name| name.split('|').map(value).collect::<Vec<_>>().join("|")).collect();
        if !names.is_empty() && arg.get_action().takes_values() {
            arg = arg.value_names(names);
        }
        // What every command has comes behind what is its own.
        if arg.is_global_set() {
            arg = arg.display_order(usize::MAX);
        }
        let heading = if arg.is_positional() { "参数" } else { "选项" };
        arg.help_heading(say(heading))
    };
    if let Some(about) = command.get_about().map(|about| say(&about.to_string())) {
        command = command.about(about);
    }
    if let Some(after) = command.get_after_help().map(|after| say(&after.to_string())) {
        command = command.after_help(after);
    }
    if command.get_name() == NAME {
        command = command.override_usage(say(USAGE)).subcommand_help_heading(say("命令"));
    }
    command
        .help_template(format!(
            "{{about-with-newline}}\n{}\n\n{{all-args}}{{after-help}}",
            say("用法：{usage}")
        ))
        .mut_args(argument)
        .mut_subcommands(|command| spoken(command, language))
}

/// How far what an option does is indented where it stands below it.
const BELOW: &str = "          ";

/// Prints help, what an option does wrapped beside it. clap breaks lines at blanks only, and Chinese has none.
pub(super) fn print(help: &str, output: &mut Output) {
    for line in help.lines() {
        let (lead, text) = line.split_at(width::lead(line).len());
        // Where hardly anything fits beside it, it goes below.
        if 5 * width::width(lead, Ambiguous::Wide) > 2 * output.columns() && !text.is_empty() {
            output.as_it_stands(lead.trim_end());
            output.rows(BELOW.to_owned(), text);
        } else {
            output.rows(lead.to_owned(), text);
        }
    }
}

fn help(error: &clap::Error, language: Language) -> String {
    in_our_words(&error.render().to_string(), language)
}

/// How a command is used, as its help says it.
pub(super) fn of(command: &mut clap::Command, language: Language) -> String {
    let usage = command.render_usage().to_string();
    in_our_words(usage.trim_start_matches("Usage: "), language)
}

/// Puts in our words the only ones of clap's own that the template does not reach, and its colons.
fn in_our_words(text: &str, language: Language) -> String {
    let text = text.replace("[OPTIONS]", &language.say("[选项]"));
    if language == Language::Chinese { text.replace(":\n", "：\n") } else { text }
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
