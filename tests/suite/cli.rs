//! The command line as a user and a script meet it: words, formats that other programs rely on, exit statuses.

mod batch;
mod check;
mod compare;
mod generated;
mod history;
mod language;
mod letters;
mod library;
mod review;
mod rollup;
mod usage;
mod write;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use nianbao::form::Form;
use nianbao::form::terms::Section;
use nianbao::report::{Place, Report, Value};
use nianbao::session::Session;

/// A directory of its own, with a library in it, in which the program is run.
pub(crate) struct Desk {
    directory: tempfile::TempDir,
}

/// What a run of the program gave.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self { directory: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// The program, not yet run, with a library and without a terminal.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nianbao"));
        command.args(arguments).current_dir(self.directory.path());
        command.env("NIANBAO_DATA_DIR", self.path("library")).stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.feed(arguments, b"")
    }

    /// Runs the program with something on its standard input.
    pub(crate) fn feed(&self, arguments: &[&str], input: &[u8]) -> Run {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A program that does not read its input closes the pipe, which is no concern of ours.
        let _ = child.stdin.take().unwrap().write_all(input);
        let output = child.wait_with_output().unwrap();
        Run {
            status: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Writes a file and gives its name.
    pub(crate) fn write<'a>(&self, name: &'a str, content: impl AsRef<[u8]>) -> &'a str {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
        name
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }
}

impl Run {
    /// The output, which must be all there is to say.
    pub(crate) fn clean(&self) -> &str {
        assert_eq!(self.status, 0, "{}", self.err);
        &self.out
    }

    /// The error and the hint of a run that failed.
    pub(crate) fn failed(&self) -> (&str, &str) {
        assert_eq!(self.status, 2, "{self:?}");
        let (error, hint) = self.err.strip_prefix("错误：").unwrap().split_once("\n提示：").unwrap();
        (error, hint.trim_end())
    }

    /// The lines of the output as JSON.
    pub(crate) fn json(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// Prose in which nothing is to be found.
const PROSE: [(Section, &str); 3] = [
    (
        Section::Overview,
        "2025年，我镇主动公开信息12条，未收到依申请公开；发布前逐条保密审查；维护网站专栏；组织培训、考核和群众评议，没有责任追究。",
    ),
    (Section::Problems, "存在更新不及时的问题，下一步按月检查。"),
    (Section::OtherMatters, "未收取信息处理费，没有其他需要报告的事项。"),
];

/// A report of 云溪镇 for 2025, zero in every cell, with these changes; nothing is to be found in the plain one.
pub(crate) fn report(changes: &[(&str, &str)]) -> Report {
    let mut session = Session::new(Report::new(Form::current()));
    session.apply("", Report::identity("云溪镇人民政府", None, 2025));
    let zeros = Form::current().cells().iter().map(|info| (info.cell.into(), Some(Value::count(0))));
    session.apply("", nianbao::report::Edit { values: zeros.collect(), ..Default::default() });
    for (section, text) in PROSE {
        session.apply("", nianbao::report::Edit::set(section, Some(Value::Text(text.to_owned()))));
    }
    for (place, text) in changes {
        let place = Place::parse(place).unwrap();
        session.apply("", nianbao::report::Edit::set(place, Value::read(place, text).0));
    }
    let notices = session.report().notices().map(|notice| (notice.clone(), false)).collect();
    session.apply("", nianbao::report::Edit { notices, ..Default::default() });
    session.report().clone()
}

/// The same, as a saved file.
pub(crate) fn saved(changes: &[(&str, &str)]) -> String {
    report(changes).to_json()
}

/// The name of a path, for arguments.
pub(crate) fn name(path: &Path) -> &str {
    path.to_str().unwrap()
}
