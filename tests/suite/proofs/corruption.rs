//! D4: every truncation and every single flipped bit of every file of the store, and other things in their place: noticed or
//! harmless, never a panic, the last good version opened, the damaged file kept, and nothing shown that was never accepted.
//! D5: the same when the recovery is itself broken off ([`recovery`]).
//!
//! What is right is known from what was accepted when the scene was made, never from the store. The controls are a reader
//! that looks at no checksum and a saver that keeps one file and truncates it in place.

mod beside;
mod damage;
mod program;
mod recovery;
mod scene;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use damage::Damage;
use nianbao::report::Report;
use nianbao::store::{Access, Grade, Id, Library, Opened, examine};
use scene::{CLOSED, KILLED, Scene, files, id};

use super::{Scale, figure, scale};

/// What a reader shows of a report.
#[derive(Debug)]
struct Shown {
    report: Option<Report>,
    /// What it says beside it: what was brought back, or why there is no report.
    said: Option<String>,
}

/// What a damage has come to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Verdict {
    /// It was noticed, and the last version that can be had is shown.
    Noticed,
    /// It makes no difference.
    Harmless,
    /// The journal ends after an earlier record than the last, as it once did: nothing can tell.
    AsItOnceWas,
    /// It is not shown, and that is said: something of somebody's is in the place of a file that is to be written to.
    Refused,
}

/// Whether the files of one name have to be noticed when they are damaged; the others may be lost.
fn is_precious(name: &str) -> bool {
    matches!(name, "journal" | "report.json")
}

/// How many records of a journal are whole before the damage.
fn whole(sound: &[u8], damage: &Damage) -> usize {
    let damaged = damage.bytes(sound).unwrap_or_default();
    let same = sound.iter().zip(&damaged).take_while(|(one, other)| one == other).count();
    sound[..same].iter().filter(|&&byte| byte == b'\n').count().saturating_sub(1)
}

/// Judges what is shown of the report `of` after the damage of one of its files.
fn judge(
    scene: &Scene,
    of: Id,
    name: &str,
    damage: &Damage,
    shown: &Shown,
    usual: &Option<String>,
) -> Result<Verdict, String> {
    let versions = &scene.versions[&of];
    let last = versions.len() - 1;
    let sound = scene.file(&of.to_string(), name);
    let least = if name == "journal" { whole(sound, damage).max(scene.saved[&of]) } else { last };
    let is_told = shown.said != *usual;
    let Some(report) = &shown.report else {
        let may = matches!((name, damage), ("journal", Damage::Link) | ("lock", _));
        return if may && is_told { Ok(Verdict::Refused) } else { Err(format!("lost: {:?}", shown.said)) };
    };
    let Some(at) = versions.iter().rposition(|version| version == report) else {
        return Err("shows what was never accepted".to_owned());
    };
    if at < least {
        return Err(format!("shows version {at}, and {least} is there"));
    }
    let is_end = |bytes: Vec<u8>| bytes.last() == Some(&b'\n') && sound.starts_with(&bytes);
    if name == "journal" && at == whole(sound, damage) && damage.bytes(sound).is_some_and(is_end) {
        return Ok(Verdict::AsItOnceWas);
    }
    match is_told {
        true => Ok(Verdict::Noticed),
        false if !is_precious(name) => Ok(Verdict::Harmless),
        // Through a link to the sound file the report is what it was, and it is written beside the link's end, not through it.
        false if at == last && *damage == Damage::Link => Ok(Verdict::Harmless),
        false => Err(format!("shows version {at} of {last} and says nothing")),
    }
}

/// Opens a report as the program does, to write to it.
fn opened(data: &Path, of: Id) -> Shown {
    match Library::open(data).and_then(|library| library.open_session(of)) {
        Ok(Opened { session, access: Access::Writable(_), recovered, .. }) => {
            Shown { report: Some(session.report().clone()), said: recovered }
        }
        Ok(Opened { access: Access::ReadOnly(why), .. }) => {
            Shown { report: None, said: Some(why.to_string()) }
        }
        Err(error) => Shown { report: None, said: Some(error.to_string()) },
    }
}

/// Does one damage to a file of a report and judges everything that the store makes of it.
fn suffer(
    scene: &Scene,
    report: &str,
    name: &str,
    damage: &Damage,
    usual: &Option<String>,
) -> Result<Verdict, String> {
    scene.lay_out();
    let (of, sound) = (id(report), scene.file(report, name));
    let directory = scene.data.join("reports").join(report);
    damage.inflict(&directory.join(name), sound);
    let library = scene.library();
    // Only looked at first: what is read without opening, and what the doctor says.
    let worst = examine(&scene.data).map_err(|error| error.to_string())?.worst();
    if let Ok(read) = library.read(of) {
        let is_accepted = scene.versions[&of].contains(&read);
        is_accepted.then_some(()).ok_or("reads what was never accepted")?;
    }
    check_versions(scene, &library, of)?;
    let shown = opened(&scene.data, of);
    let verdict = judge(scene, of, name, damage, &shown, usual)?;
    let is_noticed = matches!(verdict, Verdict::Noticed | Verdict::Refused);
    if is_noticed && worst.is_none() {
        return Err("the doctor says nothing".to_owned());
    }
    if verdict == Verdict::Refused {
        return if worst >= Some(Grade::Attention) {
            Ok(verdict)
        } else {
            Err("the doctor is content".to_owned())
        };
    }
    if is_noticed && is_precious(name) {
        check_kept(&directory, name, damage, sound)?;
    }
    check_again(scene, of, name, &shown, damage)?;
    check_versions(scene, &library, of)?;
    Ok(verdict)
}

/// Every version that can be brought back is what was accepted under its number.
fn check_versions(scene: &Scene, library: &Library, of: Id) -> Result<(), String> {
    let mut wrong = None;
    let done = library.versions(of, |version| {
        let accepted = usize::try_from(version.number).ok().and_then(|at| scene.versions[&of].get(at));
        if accepted != Some(version.report) {
            wrong = Some(format!("version {} is not what was accepted", version.number));
        }
    });
    done.map_err(|error| error.to_string())?;
    wrong.map_or(Ok(()), Err)
}

/// What was damaged is kept beside what was put in its place.
fn check_kept(directory: &Path, name: &str, damage: &Damage, sound: &[u8]) -> Result<(), String> {
    let is_kept = match (damage, damage.bytes(sound)) {
        (Damage::Directory, _) => directory.join(format!("{name}.damaged-1/something")).exists(),
        (_, None) | (Damage::Link, _) => true,
        // It is what the journal holds too.
        (Damage::Replaced("an earlier snapshot", _), _) if name == "report.json" => true,
        // What is left of the journal goes on; only the half of a record that was cut off is dropped.
        (Damage::Cut(_), Some(_)) if name == "journal" => true,
        (_, Some(bytes)) => files(directory).iter().any(|(other, kept)| other != name && *kept == bytes),
    };
    is_kept.then_some(()).ok_or_else(|| format!("not kept: {:?}", files(directory).keys()))
}

/// Opened, closed and opened again, the report is the same, nothing more is said, and the doctor is content.
fn check_again(scene: &Scene, of: Id, name: &str, shown: &Shown, damage: &Damage) -> Result<(), String> {
    let opened_again = scene.library().open_session(of).map_err(|error| format!("again: {error}"))?;
    let Access::Writable(mut draft) = opened_again.access else { return Err("not ours".to_owned()) };
    draft.close(&opened_again.session, None).map_err(|error| format!("close: {error}"))?;
    drop(draft);
    let again = opened(&scene.data, of);
    if again.report != shown.report || again.said.is_some() {
        return Err(format!("opened again: {:?}", again.said));
    }
    let examination = examine(&scene.data).map_err(|error| error.to_string())?;
    let grave = examination.all().find(|found| found.grade > Grade::Note);
    match grave {
        Some(found) if is_precious(name) && *damage != Damage::Link => {
            Err(format!("the doctor: {} {}", found.path.display(), found.said))
        }
        _ => Ok(()),
    }
}

/// What is told of the report while it is sound.
fn usual(scene: &Scene, of: Id) -> Option<String> {
    scene.lay_out();
    opened(&scene.data, of).said
}

/// Counts of the verdicts, in words.
fn counted(verdicts: &[Verdict]) -> String {
    let count = |wanted| verdicts.iter().filter(|&&verdict| verdict == wanted).count();
    format!(
        "{} damages: {} noticed, {} harmless, {} refused, {} cut at the end of a record (nothing can tell); 0 silent",
        verdicts.len(),
        count(Verdict::Noticed),
        count(Verdict::Harmless),
        count(Verdict::Refused),
        count(Verdict::AsItOnceWas)
    )
}

#[test]
fn every_damage_of_a_report_is_noticed_or_harmless() {
    let scene = Scene::new();
    let (mut verdicts, mut complaints) = (Vec::new(), Vec::new());
    for report in [CLOSED, KILLED] {
        let usual = usual(&scene, id(report));
        for name in ["journal", "report.json", "lock", "view.json"] {
            let Some(sound) = scene.files.get(&format!("reports/{report}/{name}")) else { continue };
            let other = if report == CLOSED { KILLED } else { CLOSED };
            let swapped = scene.file(other, if name == "view.json" { "lock" } else { name });
            let partner = scene.file(report, if name == "journal" { "report.json" } else { "journal" });
            let earlier = &scene.first[&id(report)];
            let others: [(&'static str, &[u8]); 3] = [
                ("another report's", swapped),
                ("the other file", partner),
                ("an earlier snapshot", earlier),
            ];
            let mut damages = scale().of(damage::instead(sound, &others), 7, 100);
            if name == "journal" {
                let ends = (1..sound.len()).filter(|&end| sound[end - 1] == b'\n');
                damages.extend(scale().of(ends.map(Damage::Cut).collect(), 3, 100));
            }
            damages.extend(scale().of(damage::everywhere(sound), 8, 90));
            for damage in damages {
                let suffered =
                    catch_unwind(AssertUnwindSafe(|| suffer(&scene, report, name, &damage, &usual)));
                match suffered.unwrap_or_else(|_| Err("panicked".to_owned())) {
                    Ok(verdict) => verdicts.push(verdict),
                    Err(complaint) => complaints.push(format!("{report} {name} {damage:?}: {complaint}")),
                }
            }
        }
    }
    let shown: Vec<String> = complaints.iter().map(|line| line.chars().take(250).collect()).collect();
    assert!(complaints.is_empty(), "{} complaints\n{}", complaints.len(), shown.join("\n"));
    figure("D4", &counted(&verdicts));
}

#[test]
fn directories_that_change_places_are_told_and_taken_as_they_are_named() {
    let scene = Scene::new();
    scene.lay_out();
    let at = |name: &str| scene.data.join("reports").join(name);
    for (from, to) in [(CLOSED, "0003"), (KILLED, CLOSED), ("0003", KILLED)] {
        fs::rename(at(from), at(to)).unwrap();
    }
    assert_eq!(examine(&scene.data).unwrap().worst(), Some(Grade::Attention));
    for (now, once) in [(CLOSED, KILLED), (KILLED, CLOSED)] {
        let shown = opened(&scene.data, id(now));
        assert_eq!(shown.report.as_ref(), scene.versions[&id(once)].last());
        assert!(shown.said.unwrap().contains(&format!("原来是报告 {once} 的")));
        let again = opened(&scene.data, id(now));
        assert_eq!((again.report.as_ref(), again.said), (scene.versions[&id(once)].last(), None));
        let mut count = 0;
        scene.library().versions(id(now), |_| count += 1).unwrap();
        assert_eq!(count, scene.versions[&id(once)].len());
    }
    assert!(examine(&scene.data).unwrap().worst() <= Some(Grade::Note));
}

/// A reader that takes what it can parse and looks at no checksum.
fn credulous(data: &Path, of: Id) -> Shown {
    let directory = data.join("reports").join(of.to_string());
    let snapshot = fs::read(directory.join("report.json")).ok();
    let report = snapshot.and_then(|bytes| Report::from_bytes(&bytes).ok());
    Shown { report, said: None }
}

#[test]
fn a_reader_that_looks_at_no_checksum_is_caught() {
    let scene = Scene::new();
    let sound = scene.file(CLOSED, "report.json");
    let mut caught = 0;
    let damages = scale().of((0..8 * sound.len()).map(Damage::Flip).collect(), 100, 1_000);
    let all = damages.len();
    for damage in damages {
        scene.lay_out();
        damage.inflict(&scene.data.join("reports").join(CLOSED).join("report.json"), sound);
        let shown = credulous(&scene.data, id(CLOSED));
        caught += usize::from(judge(&scene, id(CLOSED), "report.json", &damage, &shown, &None).is_err());
    }
    assert!(caught > all / 2, "{caught} of {all}");
    figure("D4 control", &format!("a reader without checksums: caught at {caught} of {all} flipped bits"));
}

#[test]
fn a_saver_that_truncates_its_only_file_is_caught() {
    let mut scene = Scene::new();
    let path = format!("reports/{CLOSED}/report.json");
    scene.files.remove(&format!("reports/{CLOSED}/journal"));
    let sound = scene.files[&path].clone();
    let lengths = Scale::Quick.of((0..sound.len()).collect(), 60, 60);
    let caught = lengths.iter().filter(|&&length| {
        scene.lay_out();
        fs::write(scene.data.join(&path), &sound[..length]).unwrap();
        let shown = opened(&scene.data, id(CLOSED));
        judge(&scene, id(CLOSED), "report.json", &Damage::Cut(length), &shown, &None).is_err()
    });
    let caught = caught.count();
    assert_eq!(caught, lengths.len());
    figure("D4 control", &format!("a saver that truncates in place: caught at {caught} of {caught} lengths"));
}
