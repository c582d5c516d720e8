//! D5: a recovery that is killed before each of its calls that change something, or in which each of them fails once; then
//! recovered again. And a recovery done twice.
//!
//! The calls are those of one dry run under strace; where strace is not, this is skipped aloud.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};

use nianbao::report::Report;

use super::damage::Damage;
use super::scene::{CLOSED, KILLED, Scene, files, id, writable};
use super::{check_again, opened};
use crate::proofs::{figure, scale};
use crate::support::skipped;

/// The calls that change something on the disk.
const CALLS: &str = "write,fsync,fdatasync,ftruncate,rename,renameat,renameat2,link,linkat,unlink,unlinkat";

/// What is done to a call.
const FAULTS: [&str; 3] = ["signal=KILL", "error=ENOSPC", "error=EIO"];

/// A damage to one file of a report, from which it is recovered.
struct Case {
    report: &'static str,
    name: &'static str,
    damage: Damage,
}

fn cases(scene: &Scene) -> Vec<Case> {
    let length = |report, name| scene.file(report, name).len();
    let case = |report, name, damage| Case { report, name, damage };
    let swapped = |name| Damage::Replaced("another report's", scene.file(KILLED, name).to_vec());
    vec![
        case(CLOSED, "journal", Damage::Flip(4 * length(CLOSED, "journal"))),
        case(CLOSED, "report.json", Damage::Flip(4 * length(CLOSED, "report.json"))),
        case(KILLED, "journal", Damage::Cut(length(KILLED, "journal") - 20)),
        case(KILLED, "journal", Damage::Flip(8 * (length(KILLED, "journal") - 40))),
        case(CLOSED, "journal", Damage::Gone),
        case(CLOSED, "report.json", Damage::Gone),
        case(CLOSED, "journal", swapped("journal")),
        case(CLOSED, "report.json", swapped("report.json")),
        case(CLOSED, "journal", Damage::Directory),
    ]
}

impl Case {
    fn lay_out(&self, scene: &Scene) {
        scene.lay_out();
        let directory = scene.data.join("reports").join(self.report);
        self.damage.inflict(&directory.join(self.name), scene.file(self.report, self.name));
    }

    /// What the report is after a recovery that nothing breaks off.
    fn recovered(&self, scene: &Scene) -> Report {
        self.lay_out(scene);
        opened(&scene.data, id(self.report)).report.unwrap()
    }

    /// A run of the program that recovers the report and changes nothing.
    fn command(&self) -> Vec<String> {
        let year = ["set", self.report, "@year=2025"].map(str::to_owned);
        [&[env!("CARGO_BIN_EXE_nianbao").to_owned()], &year[..]].concat()
    }
}

/// Runs a command under strace.
fn strace(scene: &Scene, options: &[&str], command: &[String]) -> std::process::Output {
    let mut traced = Command::new("strace");
    traced.args(["-f", "-qq"]).args(options).arg("--").args(command);
    traced.env("NIANBAO_DATA_DIR", &scene.data).stdin(Stdio::null());
    traced.output().unwrap()
}

/// How often each call is made in a run.
fn calls(scene: &Scene, command: &[String]) -> BTreeMap<String, usize> {
    let log = scene.data.with_file_name("calls");
    let options = ["-o", log.to_str().unwrap(), "-e", &format!("trace={CALLS}")];
    strace(scene, &options, command);
    let mut counts = BTreeMap::new();
    for line in fs::read_to_string(&log).unwrap().lines() {
        // `PID CALL(…`
        let call = line.split_whitespace().nth(1).and_then(|call| call.split_once('('));
        if let Some((call, _)) = call {
            *counts.entry(call.to_owned()).or_default() += 1;
        }
    }
    counts
}

/// Every call of a run, as strace counts them.
fn points(scene: &Scene, command: &[String]) -> Vec<(String, usize)> {
    let counts = calls(scene, command);
    counts.into_iter().flat_map(|(call, count)| (1..=count).map(move |at| (call.clone(), at))).collect()
}

/// Runs a command in which one call meets a fault; its exit status, if it was not killed.
fn faulty(
    scene: &Scene,
    command: &[String],
    (call, at): &(String, usize),
    fault: &str,
) -> (Option<i32>, String) {
    let inject = format!("inject={call}:{fault}:when={at}");
    let output = strace(scene, &["-o", "/dev/null", "-e", &format!("trace={call}"), "-e", &inject], command);
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn can_trace() -> bool {
    let works = Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).output();
    let works = works.is_ok_and(|output| output.status.success());
    if !works {
        skipped("strace is not installed, or may not trace here");
    }
    works
}

/// What is to be found after a recovery that was broken off: the report, and the damaged file.
fn check(scene: &Scene, case: &Case, expected: &Report) -> Result<(), String> {
    let (of, directory) = (id(case.report), scene.data.join("reports").join(case.report));
    let read = scene.library().read(of).map_err(|error| error.to_string())?;
    if read != *expected {
        return Err("reads another version".to_owned());
    }
    let shown = opened(&scene.data, of);
    if shown.report.as_ref() != Some(expected) {
        return Err(format!("opens another version: {:?}", shown.said));
    }
    let is_file = matches!(case.damage, Damage::Flip(_) | Damage::Replaced(..));
    let damaged = case.damage.bytes(scene.file(case.report, case.name)).filter(|_| is_file);
    if damaged.is_some_and(|bytes| !files(&directory).values().any(|kept| *kept == bytes)) {
        return Err(format!("not kept: {:?}", files(&directory).keys()));
    }
    check_again(scene, of, case.name, &shown, &case.damage)
}

#[test]
fn a_recovery_that_is_broken_off_anywhere_is_done_again() {
    if !can_trace() {
        return;
    }
    let scene = Scene::new();
    let (mut runs, mut refused, mut all) = (0, 0, 0);
    for case in scale().of(cases(&scene), 2, 9) {
        let expected = case.recovered(&scene);
        case.lay_out(&scene);
        let points = points(&scene, &case.command());
        assert!(points.len() > 5, "{points:?}");
        all += points.len();
        let tried = points.iter().flat_map(|point| FAULTS.map(|fault| (point, fault))).collect();
        for (point, fault) in scale().of(tried, 6, 30) {
            case.lay_out(&scene);
            let (status, said) = faulty(&scene, &case.command(), point, fault);
            let what = format!("{} {:?} {point:?} {fault}: {said}", case.name, case.damage);
            let is_killed = fault == "signal=KILL";
            assert!(
                is_killed || status == Some(0) || (status == Some(2) && said.contains("提示：")),
                "{what}"
            );
            refused += usize::from(status == Some(2));
            runs += 1;
            check(&scene, &case, &expected).unwrap_or_else(|complaint| panic!("{what}: {complaint}"));
        }
    }
    figure(
        "D5",
        &format!(
            "{runs} recoveries broken off at {all} calls, {refused} of them refused aloud, all done again; 0 lost"
        ),
    );
}

#[test]
fn a_recovery_that_truncates_in_place_is_caught() {
    if !can_trace() {
        return;
    }
    let scene = Scene::new();
    let case = Case { report: CLOSED, name: "journal", damage: Damage::Flip(900) };
    let expected = case.recovered(&scene);
    let good = scene.data.with_file_name("good");
    fs::write(&good, scene.file(CLOSED, "report.json")).unwrap();
    let directory = scene.data.join("reports").join(CLOSED);
    let script = "mv journal journal.damaged-1; dd if=../../../good of=report.json status=none";
    let command = ["sh", "-c", &format!("cd {} && {script}", directory.display())].map(str::to_owned);
    case.lay_out(&scene);
    let caught = points(&scene, &command).into_iter().filter(|point| {
        case.lay_out(&scene);
        faulty(&scene, &command, point, "signal=KILL");
        check(&scene, &case, &expected).is_err()
    });
    let caught = caught.count();
    assert!(caught > 0);
    figure("D5 control", &format!("a recovery that truncates in place: caught at {caught} calls"));
}

#[test]
fn recovered_twice_the_files_are_the_same() {
    let scene = Scene::new();
    let cases = cases(&scene);
    for case in &cases {
        let expected = case.recovered(&scene);
        let kept = |files: BTreeMap<String, Vec<u8>>| -> BTreeMap<_, _> {
            files.into_iter().filter(|(name, _)| !name.ends_with("lock")).collect()
        };
        let once = kept(files(&scene.data));
        let (session, draft) = writable(scene.library().open_session(id(case.report)).unwrap());
        assert_eq!(session.report(), &expected);
        drop(draft);
        assert_eq!(kept(files(&scene.data)), once, "{} {:?}", case.name, case.damage);
    }
    figure("D5", &format!("{} recoveries done twice, byte for byte the same", cases.len()));
}
