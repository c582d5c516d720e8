//! The arguments of the commands that print what others are made of: completions, the manual, schemas.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub(in crate::cli) struct Completions {
    #[arg(value_name = "bash|zsh|fish", hide_possible_values = true, help = "哪一种命令行")]
    pub(in crate::cli) shell: Shell,
}

/// The shells that are served.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(in crate::cli) enum Shell {
    Bash,
    Zsh,
    Fish,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Man {
    #[arg(value_name = "目录", help = "写到哪个目录，如 ~/.local/share/man/man1；要先有这个目录")]
    pub(in crate::cli) directory: PathBuf,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Schema {
    #[arg(
        value_name = "report|check",
        hide_possible_values = true,
        help = "report 保存的报告，check 是 check --json 的一行"
    )]
    pub(in crate::cli) shape: Shape,
}

/// What other programs rely on the shape of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(in crate::cli) enum Shape {
    Report,
    Check,
}
