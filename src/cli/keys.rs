//! `keys`: which key does what, as a configuration that can be used.
//!
//! Everything it says is read from the table of keys and the configuration.

use serde::Serialize;

use super::arguments::Keys;
use super::print::Output;
use super::{Desk, Error, Status};
use crate::config::KEYS;
use crate::keymap::{BINDINGS, Command, Context};

/// A command as other programs read it.
#[derive(Serialize)]
struct Bound {
    command: &'static str,
    keys: Vec<String>,
    title: String,
    is_default: bool,
}

/// Prints the keys in force.
pub(super) fn run(arguments: &Keys, desk: &Desk, output: &mut Output) -> Result<Status, Error> {
    let config = desk.config()?;
    if !arguments.json {
        output.line(&config.file_note());
        output.line(&format!("[{KEYS}]"));
    }
    for command in Command::all() {
        let keys: Vec<String> = config.keys.keys(command).iter().map(ToString::to_string).collect();
        let line = config.lines.get(command.name());
        let title = title(command);
        if arguments.json {
            output.json(&Bound { command: command.name(), keys, title, is_default: line.is_none() });
            continue;
        }
        let whose = line.map_or_else(String::new, |line| format!("。配置文件第 {line} 行"));
        output.line(&format!("# {title}{whose}"));
        let spelled: Vec<String> = keys.iter().map(|key| format!("{:?}", key)).collect();
        output.line(&match spelled.as_slice() {
            [one] => format!("{} = {one}", command.name()),
            several => format!("{} = [{}]", command.name(), several.join(", ")),
        });
    }
    Ok(Status::Clean)
}

/// What a command does, and where if it does not do the same everywhere.
fn title(command: Command) -> String {
    let lines: Vec<_> = BINDINGS.iter().filter(|binding| binding.commands().contains(&command)).collect();
    if let [line] = lines[..] {
        return line.help.to_owned();
    }
    let told = lines.iter().map(|line| {
        let places: Vec<&str> = line.on.iter().copied().map(Context::label).collect();
        format!("{}：{}", places.join("、"), line.help)
    });
    told.collect::<Vec<_>>().join("。")
}
