//! The program.
#![expect(
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "the way out, until the command line takes over"
)]

use std::process::ExitCode;

fn main() -> ExitCode {
    let options =
        nianbao::tui::Options { file: std::env::args_os().nth(1).map(Into::into), ..Default::default() };
    match nianbao::tui::run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("错误：{error}\n提示：{}", error.hint());
            ExitCode::from(2)
        }
    }
}
