//! A sample of the damages through the program itself, as a clerk meets them.

use std::process::{Command, Output, Stdio};

use super::damage::{self, Damage};
use super::scene::{CLOSED, KILLED, Scene, id};
use crate::proofs::{figure, scale};

/// Runs the program on the scene's data directory.
pub(super) fn run(scene: &Scene, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nianbao"));
    command.args(arguments).env("NIANBAO_DATA_DIR", &scene.data).stdin(Stdio::null());
    command.output().unwrap()
}

/// What the program makes of a damage; the exit statuses of `show` and of `doctor`.
fn shown(scene: &Scene, report: &str, damage: &Damage) -> Result<(i32, i32), String> {
    let show = run(scene, &["show", report, "--json"]);
    let doctor = run(scene, &["doctor"]);
    let log = run(scene, &["log", report]);
    for output in [&show, &doctor, &log] {
        let status = output.status.code().ok_or("killed by a signal")?;
        if !(0..=2).contains(&status) {
            return Err(format!("ended with {status}: {}", String::from_utf8_lossy(&output.stderr)));
        }
    }
    let (status, text) = (show.status.code().unwrap(), String::from_utf8_lossy(&show.stdout).into_owned());
    let is_accepted = scene.versions[&id(report)].iter().any(|version| version.to_json() == text.trim_end());
    let is_told = String::from_utf8_lossy(&show.stderr).contains("提示：");
    match status {
        0 if !is_accepted => return Err(format!("shows what was never accepted: {text}")),
        2 if !is_told => return Err("fails without a word".to_owned()),
        _ => {}
    }
    let said = String::from_utf8_lossy(&doctor.stdout).into_owned();
    let about = said.lines().filter(|line| line.contains(&format!("reports/{report}")));
    if about.count() == 0 && !matches!(damage, Damage::Cut(_)) {
        return Err(format!("the doctor says nothing: {said}"));
    }
    Ok((status, doctor.status.code().unwrap()))
}

#[test]
fn the_program_shows_what_was_accepted_and_its_doctor_tells() {
    let scene = Scene::new();
    let (mut runs, mut failed, mut found) = (0, 0, 0);
    for (report, name) in [(CLOSED, "journal"), (CLOSED, "report.json"), (KILLED, "journal")] {
        let sound = scene.file(report, name);
        let others = [("another report's", scene.file(if report == CLOSED { KILLED } else { CLOSED }, name))];
        let mut damages = scale().of(damage::instead(sound, &others), 4, 100);
        damages.extend(scale().of(damage::everywhere(sound), 4, 50));
        for damage in damages {
            scene.lay_out();
            damage.inflict(&scene.data.join("reports").join(report).join(name), sound);
            match shown(&scene, report, &damage) {
                Ok((show, doctor)) => {
                    runs += 1;
                    failed += usize::from(show == 2);
                    found += usize::from(doctor > 0);
                }
                Err(complaint) => panic!("{report} {name} {damage:?}: {complaint}"),
            }
        }
    }
    figure(
        "D4",
        &format!("through the program: {runs} damages, {failed} not shown and told, {found} found by doctor"),
    );
}

#[test]
fn the_doctor_changes_nothing_and_tells_what_it_does_not_know() {
    let scene = Scene::new();
    scene.lay_out();
    std::fs::write(scene.data.join("reports").join(CLOSED).join("旧稿.docx"), b"of somebody").unwrap();
    Damage::Flip(900)
        .inflict(&scene.data.join("reports").join(KILLED).join("journal"), scene.file(KILLED, "journal"));
    let before = super::files(&scene.data);
    let doctor = run(&scene, &["doctor", "--json"]);
    assert_eq!(super::files(&scene.data), before);
    let said = String::from_utf8(doctor.stdout).unwrap();
    assert_eq!((doctor.status.code(), said.lines().count()), (Some(1), 3), "{said}");
    assert!(said.contains("旧稿.docx") && said.contains("attention"), "{said}");
}
