//! Damage to what lies beside the reports: judgements, readings, what is remembered; and to the configuration, which is the
//! user's own text.

use nianbao::config;
use nianbao::store::{Grade, Judged, Readings, examine};

use super::damage::{self, Damage};
use super::scene::{CLOSED, HASH, Scene, id};
use crate::proofs::{figure, scale};

/// The files that are damaged, one at a time.
const FILES: [&str; 4] =
    ["desk/ab12.said.json", "desk/ab12.report.json", "readings/1/ab/ab12", "memory.json"];

/// Whether what the file says is still what was said, is no longer there, or is something else.
fn said(scene: &Scene, name: &str) -> Result<bool, String> {
    let judged = Judged::at(&scene.data);
    let kept = match name {
        "desk/ab12.said.json" => {
            let (all, damaged) = judged.all().map_err(|error| error.to_string())?;
            if all.contains_key(HASH) && !damaged.is_empty() {
                return Err("neither there nor told".to_owned());
            }
            all.get(HASH).map(|said| *said == scene.judgement)
        }
        "desk/ab12.report.json" => {
            judged.report(HASH).ok().map(|report| report == scene.versions[&id(CLOSED)][2])
        }
        "readings/1/ab/ab12" => {
            let readings = Readings::open(&scene.data, "1").map_err(|error| error.to_string())?;
            readings.find(HASH).map(|made| made == b"made of it")
        }
        _ => scene.library().recall("width").map(|width| width == "wide"),
    };
    match kept {
        Some(true) => Ok(true),
        None => Ok(false),
        Some(false) => Err("something else than was said".to_owned()),
    }
}

#[test]
fn what_lies_beside_the_reports_is_as_it_was_or_is_told() {
    let scene = Scene::new();
    let mut complaints = Vec::new();
    let (mut all, mut told) = (0, 0);
    for name in FILES {
        let sound = scene.files[name].clone();
        let mut damages = damage::instead(&sound, &[("a reading", &scene.files[FILES[2]])]);
        damages.extend(scale().of(damage::everywhere(&sound), 40, 400));
        for damage in damages {
            scene.lay_out();
            damage.inflict(&scene.data.join(name), &sound);
            let worst = examine(&scene.data).unwrap().worst();
            let complaint = match said(&scene, name) {
                Ok(false) if worst.is_none() && !matches!(damage, Damage::Gone | Damage::Dangling) => {
                    "the doctor says nothing".to_owned()
                }
                Ok(is_there) => {
                    (all, told) = (all + 1, told + usize::from(!is_there));
                    continue;
                }
                Err(complaint) => complaint,
            };
            complaints.push(format!("{name} {damage:?}: {complaint}").chars().take(250).collect::<String>());
        }
    }
    assert!(complaints.is_empty(), "{} complaints\n{}", complaints.len(), complaints.join("\n"));
    figure(
        "D4",
        &format!("judgements, readings, settings: {all} damages, {told} noticed, the rest as it was"),
    );
}

#[test]
fn a_judgement_that_cannot_be_read_makes_the_doctor_fail() {
    let scene = Scene::new();
    scene.lay_out();
    assert_eq!(examine(&scene.data).unwrap().worst(), Some(Grade::Note), "the killed report is told");
    Damage::Flip(13 * 8).inflict(&scene.data.join(FILES[0]), &scene.files[FILES[0]]);
    assert_eq!(examine(&scene.data).unwrap().worst(), Some(Grade::Lost));
}

#[test]
fn a_damaged_configuration_is_followed_or_its_line_is_named() {
    let text = "mouse = true\n[profile]\noverview_limit = 1000\noff = [\"S08\"]\n[keys]\nundo = \"Ctrl+B\"\n";
    let damages = scale().of(damage::everywhere(text.as_bytes()), 100, usize::MAX);
    let (all, mut refused) = (damages.len(), 0);
    for damage in damages {
        let bytes = damage.bytes(text.as_bytes()).unwrap();
        if let Err(faults) = config::parse(&bytes) {
            refused += 1;
            assert!(!faults.is_empty() && faults.iter().all(|fault| fault.line > 0), "{damage:?}");
        }
    }
    figure(
        "D4",
        &format!("the configuration: {all} damages, {refused} refused with their lines, the rest followed"),
    );
}
