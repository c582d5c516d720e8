//! `completions` and `man`: what the definitions of the arguments say, for shells and as a manual.
//!
//! Nothing about a command stands here; it is read from the same definitions as the help.

use std::io::{self, Write};

use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, line_break, roman};

use super::arguments::{self, Completions};
use super::print::Output;
use super::{Error, Status, usage};
use crate::language::Language;
use crate::store::{Overwrite, write_output};

/// Prints what completes our commands in a shell.
pub(super) fn completions(arguments: &Completions, output: &mut Output) -> Result<Status, Error> {
    let shell = match arguments.shell {
        arguments::Shell::Bash => Shell::Bash,
        arguments::Shell::Zsh => Shell::Zsh,
        arguments::Shell::Fish => Shell::Fish,
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut usage::command(output.language()), usage::NAME, &mut script);
    output.text(&String::from_utf8_lossy(&script));
    Ok(Status::Clean)
}

/// Writes the pages of the manual into a directory: one of the program and one of each command.
pub(super) fn man(arguments: &arguments::Man, output: &mut Output) -> Result<Status, Error> {
    for (name, page) in pages(output.language())? {
        let path = arguments.directory.join(format!("{name}.1"));
        write_output(&path, page.as_bytes(), Overwrite::Yes)?;
        output.line(&path.display().to_string());
    }
    Ok(Status::Clean)
}

/// The pages by their names: `nianbao`, `nianbao-check`, ….
fn pages(language: Language) -> Result<Vec<(String, String)>, Error> {
    let mut program = usage::command(language);
    program.build();
    let commands: Vec<Command> = program.get_subcommands().cloned().collect();
    let all = std::iter::once(program).chain(commands);
    all.map(|command| {
        let name = command.get_display_name().unwrap_or(usage::NAME).to_owned();
        let page = page(command, language).map_err(Error::Output)?;
        let page = String::from_utf8_lossy(&page);
        Ok((name, if language == Language::Chinese { in_chinese(&page) } else { page.into_owned() }))
    })
    .collect()
}

/// The page of a command. How it is used is said as its help says it, and what it is for once, beside its name.
fn page(mut command: Command, language: Language) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    let synopsis = section("SYNOPSIS", &usage::of(&mut command, language));
    let has_commands = command.has_subcommands();
    let more = command.get_after_help().map(|more| section("EXTRA", &more.to_string()));
    let title = language.say("nianbao 手册").into_owned();
    let source = format!("{} {}", usage::NAME, env!("CARGO_PKG_VERSION"));
    let manual = Man::new(command).manual(title).source(source);
    manual.render_title(&mut page)?;
    manual.render_name_section(&mut page)?;
    page.write_all(synopsis.as_bytes())?;
    manual.render_options_section(&mut page)?;
    if has_commands {
        manual.render_subcommands_section(&mut page)?;
    }
    page.write_all(more.unwrap_or_default().as_bytes())?;
    if !has_commands {
        page.write_all(section("SEE ALSO", &format!("{}(1)", usage::NAME)).as_bytes())?;
    }
    Ok(page)
}

/// A section of a page, line by line.
fn section(heading: &str, text: &str) -> String {
    let lines = text.lines().flat_map(|line| [roman(line.trim()), line_break()]);
    Roff::new().control("SH", [heading]).text(lines.collect::<Vec<_>>()).to_roff()
}

/// How Chinese is set: a line may end between two characters, but not before a mark that closes or behind one that opens, and
/// is neither filled up with blanks nor hyphenated.
const CHINESE: &str = r".ad l
.nh
.class [han] \[u4E00]-\[u9FFF]
.class [opening] \[u2018] \[u201C] \[u300A] \[u3010] \[uFF08]
.class [closing] \[u2019] \[u201D] \[u3001] \[u3002] \[u300B] \[u3011] \[uFF01] \[uFF09] \[uFF0C] \[uFF1A] \[uFF1B] \[uFF1F]
.cflags 512 \C'[han]'
.cflags 266 \C'[opening]'
.cflags 128 \C'[closing]'
";

/// The headings of a page, which are all of the generator's own words.
const HEADINGS: [(&str, &str); 6] = [
    ("NAME", "名称"),
    ("SYNOPSIS", "用法"),
    ("OPTIONS", "选项"),
    ("SUBCOMMANDS", "命令"),
    ("EXTRA", "补充说明"),
    ("SEE ALSO", "参见"),
];

fn in_chinese(page: &str) -> String {
    let page = page.replace("Possible values:", "可以是：").replacen("\n.SH", &format!("\n{CHINESE}.SH"), 1);
    let line = |line: &str| {
        let heading = line.strip_prefix(".SH ").map(|heading| heading.trim_matches('"'));
        let known = HEADINGS.iter().find(|(english, _)| heading == Some(english));
        known.map_or_else(|| line.to_owned(), |(_, chinese)| format!(".SH {chinese}")) + "\n"
    };
    page.lines().map(line).collect()
}
