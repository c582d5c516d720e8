//! The program as a clerk reaches it: over a real `sshd` on this machine, and what is left when the line drops.
//!
//! Skipped, and says so, where there is no `sshd` or it serves nobody here. How soon the program is gone is told, not
//! asserted.

use std::fs::File;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use nianbao::form::terms::Section;
use nianbao::report::{Edit, Place, Value};
use nianbao::store::{Access, Library, Owner};
use portable_pty::CommandBuilder;
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::pty::{alt, ctrl, go_to, key_in, open_sample, report};
use crate::terminal::{Line, Terminal, until};

const SIZE: (u16, u16) = (80, 24);

/// The cells that are confirmed before the line drops, from the top of a column down; the one after them is not.
const CONFIRMED: [(&str, i64); 3] = [
    ("requests/state_secret/business", 4301),
    ("requests/barred_by_law/business", 4302),
    ("requests/security_and_stability/business", 4303),
];

/// Who cuts the line.
#[derive(Clone, Copy, Debug)]
enum Cut {
    /// The clerk's machine is switched off.
    ClientKilled,
    /// The clerk closes the window.
    ClientEnds,
    /// The server loses the connection.
    SessionKilled,
}

/// An `sshd` of the test's own, which serves the user whom the tests run as, and nobody else.
struct Server {
    daemon: Child,
    home: TempDir,
    port: String,
}

impl Server {
    /// Starts one and tries it; where that cannot be, `None`, and the test says that it is skipped.
    fn start() -> Option<Self> {
        Self::try_start().map_err(|why| crate::support::skipped(&why.to_string())).ok()
    }

    fn try_start() -> Result<Self, String> {
        let program = ["/usr/sbin/sshd", "/usr/local/sbin/sshd", "/usr/bin/sshd"].map(Path::new);
        let program = program.into_iter().find(|path| path.exists()).ok_or("there is no sshd here")?;
        // Where only root looks for it and only root can make it; a package's start script makes it otherwise.
        let _ = std::fs::create_dir_all("/run/sshd");
        let home = tempfile::tempdir().unwrap();
        for key in ["host", "client"] {
            let mut maker = Command::new("ssh-keygen");
            output(maker.args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(home.path().join(key)))?;
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
        let (config, log) = (home.path().join("sshd_config"), home.path().join("log"));
        std::fs::write(&config, configuration(home.path(), &port)).unwrap();
        let mut daemon = Command::new(program);
        daemon.args(["-D", "-e", "-f"]).arg(&config).stderr(File::create(&log).unwrap());
        let mut daemon = daemon.stdin(Stdio::null()).spawn().map_err(|error| format!("sshd: {error}"))?;
        let said = || std::fs::read_to_string(&log).unwrap();
        let has_begun = until(|| said().contains("Server listening") || daemon.try_wait().unwrap().is_some());
        let server = Self { daemon, home, port };
        if !has_begun || !said().contains("Server listening") {
            return Err(format!("sshd does not start: {}", said()));
        }
        let mut first = Command::new("ssh");
        // With a terminal, which an ordinary user's sshd cannot give everywhere.
        output(first.arg("-tt").args(server.way_in()).arg("true"))
            .map_err(|why| format!("{why}\n{}", said()))?;
        Ok(server)
    }

    /// What `ssh` has to be told to come in, from nothing but this.
    fn way_in(&self) -> Vec<String> {
        let key = self.home.path().join("client");
        let options = [
            "BatchMode=yes",
            "IdentitiesOnly=yes",
            "IdentityAgent=none",
            "LogLevel=ERROR",
            "StrictHostKeyChecking=no",
            "UserKnownHostsFile=/dev/null",
        ];
        let options = options.into_iter().flat_map(|option| ["-o", option]);
        let plain = ["-F", "none", "-p", &self.port, "-i", key.to_str().unwrap(), "127.0.0.1"];
        options.chain(plain).map(str::to_owned).collect()
    }

    /// The program over a line of its own.
    fn open(&self, data: &Path) -> Terminal {
        let mut command = CommandBuilder::new("ssh");
        command.arg("-tt");
        command.args(self.way_in());
        // By `env`, which every login shell starts the same way.
        let program = env!("CARGO_BIN_EXE_nianbao");
        command.arg(format!("env 'NIANBAO_DATA_DIR={}' '{program}'", data.display()));
        Terminal::run(Line::NEAR, command, data, SIZE, &[])
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

fn configuration(home: &Path, port: &str) -> String {
    let home = home.display();
    format!(
        "Port {port}\nListenAddress 127.0.0.1\nHostKey {home}/host\nPidFile {home}/pid\n\
         AuthorizedKeysFile {home}/client.pub\nPermitRootLogin yes\nPasswordAuthentication no\n\
         KbdInteractiveAuthentication no\nStrictModes no\nUsePAM no\nPrintMotd no\nPrintLastLog no\n"
    )
}

/// Runs a command to its end; where it fails, what it said.
fn output(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let done = command.stdin(Stdio::null()).output().map_err(|error| format!("{name}: {error}"))?;
    let said = || format!("{name}: {}", String::from_utf8_lossy(&done.stderr));
    if done.status.success() { Ok(()) } else { Err(said()) }
}

/// The name of a process, its state and its parent; `None` once it is gone.
fn process(id: u32) -> Option<(String, char, u32)> {
    let status = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let (name, rest) = status.split_once('(')?.1.rsplit_once(") ")?;
    let mut rest = rest.split(' ');
    Some((name.to_owned(), rest.next()?.chars().next()?, rest.next()?.parse().ok()?))
}

/// The process that has the only report open.
fn holder(data: &Path) -> u32 {
    let lock = std::fs::read(data.join("reports/0001/lock")).unwrap();
    serde_json::from_slice::<Owner>(&lock).unwrap().process
}

/// The process that serves the connection over which a program runs.
fn session_of(program: u32) -> u32 {
    let mut id = program;
    loop {
        let (name, _, parent) = process(id).unwrap();
        if name.starts_with("sshd") {
            return id;
        }
        id = parent;
    }
}

/// Cuts the line and waits until the program is gone.
#[track_caller]
fn cut(how: Cut, terminal: &mut Terminal, data: &Path) {
    let program = holder(data);
    let session = session_of(program);
    let since = Instant::now();
    match how {
        Cut::ClientKilled => terminal.kill(),
        Cut::ClientEnds => terminal.terminate(),
        Cut::SessionKilled => {
            kill_process(Pid::from_raw(session.cast_signed()).unwrap(), Signal::KILL).unwrap();
        }
    }
    let is_gone = until(|| process(program).is_none_or(|(_, state, _)| state == 'Z'));
    eprintln!("{how:?}: the program was gone after {} ms", since.elapsed().as_millis());
    assert!(is_gone, "{how:?}: {:?} is still there", process(program));
}

/// The names of all the files that there are for the only report; beside it there are none.
#[track_caller]
fn files(data: &Path) -> Vec<String> {
    let names = |directory: &Path| {
        let entries = std::fs::read_dir(directory).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    // What is remembered of the terminal is there if it has answered.
    let beside = names(data).into_iter().filter(|name| name != "memory.json");
    assert_eq!(beside.collect::<Vec<_>>(), ["reports", "trash"]);
    assert_eq!(names(&data.join("reports")), ["0001"]);
    assert!(names(&data.join("trash")).is_empty());
    names(&data.join("reports/0001"))
}

#[test]
fn when_the_line_drops_only_the_cell_being_typed_is_lost() {
    let Some(server) = Server::start() else { return };
    for how in [Cut::ClientKilled, Cut::ClientEnds, Cut::SessionKilled] {
        let data = tempfile::tempdir().unwrap();
        let mut terminal = server.open(data.path());
        open_sample(&mut terminal);
        let mut expected = report(data.path(), "1");
        go_to(&mut terminal, CONFIRMED[0].0);
        for (place, number) in CONFIRMED {
            key_in(&mut terminal, &number.to_string());
            expected.apply(Edit::set(Place::parse(place).unwrap(), Some(Value::count(number))));
        }
        terminal.send("4304");
        terminal.wait_for("4304");
        cut(how, &mut terminal, data.path());

        assert_eq!(files(data.path()), ["journal", "lock", "report.json", "view.json"], "{how:?}");
        let opened = Library::open(data.path()).unwrap().open_session("1".parse().unwrap()).unwrap();
        assert!(matches!(opened.access, Access::Writable(_)), "{how:?}: {:?}", opened.access);
        assert_eq!(opened.recovered, None, "{how:?}: it ended in order");
        assert_eq!(opened.session.report(), &expected, "{how:?}");
        assert_eq!(opened.session.history().len(), CONFIRMED.len(), "{how:?}");
        drop(opened);

        // Over a new line, what was confirmed last can be undone.
        let mut again = server.open(data.path());
        again.wait_for("共 1 份");
        again.send("\r");
        again.wait_for("4303");
        assert!(!again.text().contains("只读") && !again.text().contains("4304"), "{}", again.text());
        again.send(&ctrl('z'));
        again.wait_for("撤销：");
        assert!(!again.text().contains("4303"), "{}", again.text());
    }
}

#[test]
fn when_the_line_drops_prose_is_kept_as_far_as_it_was_seen() {
    let Some(server) = Server::start() else { return };
    for how in [Cut::ClientKilled, Cut::ClientEnds, Cut::SessionKilled] {
        let data = tempfile::tempdir().unwrap();
        let mut terminal = server.open(data.path());
        open_sample(&mut terminal);
        terminal.send(&alt('1'));
        terminal.wait_for("主动公开");
        terminal.send("\x1b[1;5H写到一半掉了线");
        terminal.wait_for("写到一半掉了线");
        cut(how, &mut terminal, data.path());
        let kept = report(data.path(), "1");
        assert!(kept.text(Section::Overview).starts_with("写到一半掉了线"), "{how:?}: {kept:?}");
    }
}

#[test]
fn an_arrow_whose_bytes_come_apart_on_the_way_is_one_arrow() {
    let Some(server) = Server::start() else { return };
    let data = tempfile::tempdir().unwrap();
    let mut terminal = server.open(data.path());
    open_sample(&mut terminal);
    go_to(&mut terminal, CONFIRMED[2].0);
    // A machine that is busy may take longer than is waited for, so it may try again.
    let is_up = (0..5).any(|_| {
        let before = terminal.cursor();
        terminal.send("\x1b");
        std::thread::sleep(Duration::from_millis(50));
        terminal.send("[A");
        assert!(terminal.wait_until(|terminal| terminal.cursor() != before), "{}", terminal.text());
        terminal.cursor() == (before.0 - 1, before.1)
    });
    assert!(is_up, "{}", terminal.text());
}
