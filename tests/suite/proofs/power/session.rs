//! A session that is recorded, what it was told is kept at which point, and the question whether a disk holds that.
//!
//! The oracle does not ask the store: it looks at what the program prints when it is started anew.

use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use nianbao::store::Grade;

use super::disk::{Disk, Rules, State};
use super::record::{Op, Recorder};
use crate::proofs::{examined, examined_up_to};
use crate::sound::Dice;

pub(super) const PROGRAM: &str = env!("CARGO_BIN_EXE_nianbao");

/// What there is: reports with their cells, in the library or in the trash, and files beside it.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct World {
    pub(super) reports: BTreeMap<String, Held>,
    pub(super) files: BTreeMap<PathBuf, Vec<u8>>,
}

/// A report: whether it is in the trash, and its cells.
pub(super) type Held = (bool, BTreeMap<String, i64>);

/// A session, step by step.
pub(super) struct Session {
    pub(super) recorder: Recorder,
    /// What there is after each step, from when on it may be, and from when on it must be or something later.
    steps: Vec<(World, usize, usize)>,
    /// The places that were filled in: beside them are totals.
    filled: BTreeSet<String>,
    /// How many reports may be there that nobody was told of.
    pub(super) untold: usize,
}

/// What was found of a session.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) points: usize,
    pub(super) states: usize,
    pub(super) wrong: Vec<String>,
}

impl Tally {
    /// Adds what was found of another session, which is called so.
    pub(super) fn add(&mut self, other: Self, of: &str) {
        self.points += other.points;
        self.states += other.states;
        self.wrong.extend(other.wrong.iter().map(|wrong| format!("{of}: {wrong}")));
    }
}

impl Session {
    pub(super) fn new(recorder: Recorder) -> Self {
        Self { recorder, steps: vec![(World::default(), 0, 0)], filled: BTreeSet::new(), untold: 0 }
    }

    /// The world as it was left last.
    pub(super) fn world(&self) -> World {
        self.steps.last().unwrap().0.clone()
    }

    /// Does something that changes the world and is acknowledged when it returns.
    pub(super) fn step<T>(&mut self, change: impl FnOnce(&mut World), act: impl FnOnce(&Recorder) -> T) -> T {
        let (mut world, start) = (self.world(), self.recorder.mark());
        change(&mut world);
        self.filled.extend(world.reports.values().flat_map(|held| held.1.keys().cloned()));
        let done = act(&self.recorder);
        self.steps.push((world, start, self.recorder.mark()));
        done
    }

    /// Adds to the world of the last step what is known of it only now.
    pub(super) fn amend(&mut self, change: impl FnOnce(&mut World)) {
        change(&mut self.steps.last_mut().unwrap().0);
    }

    /// Runs a command that must succeed and changes the world; gives what it prints.
    pub(super) fn command(&mut self, arguments: &[&str], change: impl FnOnce(&mut World)) -> String {
        let output = self.step(change, |recorder| recorder.run(PROGRAM, arguments, None));
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Runs a command that is killed at some call: what it would have done may be there or not. Gives whether it was.
    pub(super) fn killed(&mut self, arguments: &[&str], at: &str, change: impl FnOnce(&mut World)) -> bool {
        let output = self.step(change, |recorder| recorder.run(PROGRAM, arguments, Some(at)));
        let is_killed = !output.status.success();
        if is_killed {
            self.steps.last_mut().unwrap().2 = usize::MAX;
        }
        is_killed
    }

    /// Sets a cell of a report in the world.
    pub(super) fn cell(id: &str, place: &str, value: i64) -> impl FnOnce(&mut World) {
        move |world| {
            world.reports.get_mut(id).unwrap().1.insert(place.to_owned(), value);
        }
    }

    /// Cuts the power after every operation, in every way that the rules leave, and looks at what is there.
    pub(super) fn cut_everywhere(&self, rules: Rules, each: usize, most: usize) -> Tally {
        let ops = self.recorder.ops();
        let (mut disk, mut dice, mut seen) = (Disk::new(rules), Dice::new(7), BTreeSet::new());
        let mut all = Vec::new();
        for point in 0..=ops.len() {
            if let Some((_, op)) = point.checked_sub(1).map(|at| &ops[at]) {
                disk.perform(op);
            }
            // The last moment of this point is that before the next operation: what was acknowledged then must be there.
            let next = ops.get(point).map_or(usize::MAX - 1, |op| op.0);
            let from = self.steps.iter().rposition(|step| step.2 < next).unwrap();
            let to = self.steps.iter().rposition(|step| step.1 < next).unwrap();
            for state in disk.states(each, &mut dice) {
                if seen.insert((from, to, state.clone())) {
                    all.push((point, from, to, state));
                }
            }
        }
        let mut tally = Tally { points: ops.len() + 1, ..Tally::default() };
        let step = (all.len() / most).max(1);
        for (number, (point, from, to, state)) in all.into_iter().step_by(step).enumerate() {
            tally.states += 1;
            if let Err(why) = self.look(&state, from, to.max(from), number % 2 == 1) {
                let op = point.checked_sub(1).map(|at| brief(&ops[at].1)).unwrap_or_default();
                tally.wrong.push(format!("after {point} ({op}), {rules:?}: {why}"));
            }
        }
        tally
    }

    /// Whether a state of the disk is one of these worlds; `writes` says whether it is written to first.
    fn look(&self, state: &State, from: usize, to: usize, writes: bool) -> Result<(), String> {
        let root = tempfile::tempdir().unwrap();
        for (path, content) in state {
            let path = root.path().join(path);
            match content {
                None => std::fs::create_dir_all(&path).unwrap(),
                Some(content) => std::fs::write(&path, content).unwrap(),
            }
            // Who may read it is not recorded; nobody else, as the program makes it.
            let mode = if content.is_none() { 0o700 } else { 0o600 };
            std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
        }
        let worlds: Vec<&World> = self.steps[from..=to].iter().map(|step| &step.0).collect();
        files_are_whole(state, &worlds)?;
        if worlds.iter().all(|world| world.reports.is_empty()) {
            return Ok(());
        }
        self.compare(&root.path().join("data"), &worlds, writes)
    }

    fn compare(&self, data: &Path, worlds: &[&World], writes: bool) -> Result<(), String> {
        let listed = listed(data)?;
        // Whoever looks makes nothing: before the first report is acknowledged there may be no directory yet.
        if !data.exists() && worlds.iter().any(|world| world.reports.is_empty()) {
            return Ok(());
        }
        let ids: BTreeSet<&String> =
            worlds.iter().flat_map(|world| world.reports.keys()).chain(&listed).collect();
        // A report whose making was cut off is made whole when it is opened; nothing is lost.
        examined_up_to(Grade::Attention, data)?;
        let (mut untold, mut there) = (0, Vec::new());
        for id in ids {
            let is_trashed = !listed.contains(id);
            if is_trashed && !data.join("trash").join(id).is_dir() {
                if worlds.iter().all(|world| world.reports.contains_key(id)) {
                    return Err(format!("{id} is gone"));
                }
                continue;
            }
            if is_trashed {
                std::fs::rename(data.join("trash").join(id), data.join("reports").join(id)).unwrap();
            } else if writes {
                run(data, &["set", id, "overview=断电之后。"])?;
            }
            there.push(id);
            let mut cells = cells(data, id)?;
            cells.retain(|place, _| self.filled.contains(place));
            let mut may = worlds.iter().filter_map(|world| world.reports.get(id)).peekable();
            if may.peek().is_none() {
                untold += 1;
            } else if !may.any(|(trashed, held)| *trashed == is_trashed && held == &cells) {
                let held: Vec<_> = worlds.iter().map(|world| world.reports.get(id)).collect();
                return Err(format!("{id} is {cells:?} (trash: {is_trashed}), not of {held:?}"));
            }
        }
        // What the doctor says is to be done, which is to open it, is enough.
        for id in there {
            run(data, &["set", id, "overview=打开之后。"])?;
        }
        examined(data)?;
        if untold > self.untold { Err(format!("{untold} reports that nobody made")) } else { Ok(()) }
    }
}

/// Every file that stands beside the library, and every JSON in it, is whole.
fn files_are_whole(state: &State, worlds: &[&World]) -> Result<(), String> {
    let paths: BTreeSet<&PathBuf> = worlds.iter().flat_map(|world| world.files.keys()).collect();
    for path in paths {
        let content = state.get(path).cloned().flatten();
        if !worlds.iter().any(|world| world.files.get(path) == content.as_ref()) {
            let content = content.as_deref().map(String::from_utf8_lossy);
            return Err(format!("{} is {content:?}", path.display()));
        }
    }
    for (path, content) in state.iter().filter(|(path, _)| path.extension().is_some_and(|ext| ext == "json"))
    {
        let content = content.as_deref().unwrap_or_default();
        serde_json::from_slice::<serde_json::Value>(content)
            .map_err(|error| format!("{} is half: {error}", path.display()))?;
    }
    Ok(())
}

/// What a fresh program prints, if it is content.
pub(super) fn run(data: &Path, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new(PROGRAM).args(arguments).env("NIANBAO_DATA_DIR", data).output().unwrap();
    if output.status.success() {
        Ok(String::from_utf8(output.stdout).unwrap())
    } else {
        Err(format!("{arguments:?}: {}", String::from_utf8_lossy(&output.stderr)))
    }
}

/// The numbers of the reports that a fresh program lists.
pub(super) fn listed(data: &Path) -> Result<Vec<String>, String> {
    let list = run(data, &["list", "--json"])?;
    let id = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        line["id"].as_str().unwrap().to_owned()
    };
    Ok(list.lines().map(id).collect())
}

/// The cells of natural persons that a fresh program shows of a report: those that the sessions fill in.
pub(super) fn cells(data: &Path, id: &str) -> Result<BTreeMap<String, i64>, String> {
    let shown: serde_json::Value = serde_json::from_str(run(data, &["show", id, "--json"])?.trim()).unwrap();
    let values = shown["values"].as_object().unwrap();
    if !values.contains_key("@agency") {
        return Err(format!("{id} has no name"));
    }
    let own = |(place, value): (&String, &serde_json::Value)| {
        place.ends_with("/natural_person").then(|| (place.clone(), value.as_i64().unwrap()))
    };
    Ok(values.iter().filter_map(own).collect())
}

fn brief(op: &Op) -> String {
    match op {
        Op::Write(path, bytes) => format!("{} bytes to {}", bytes.len(), path.display()),
        other => format!("{other:?}"),
    }
}
