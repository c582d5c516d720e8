//! Faults at every point (D1, D2): the program is killed at each system call that changes a file, and each of them fails in
//! each way, while a clerk works.
//!
//! What is judged is what a fresh start finds, against what the screen had called saved. The savers of [`broken`] are
//! judged in the same way and must not pass.

mod broken;
mod calls;
mod clerk;
mod failing;
mod killed;
mod session;
mod tracer;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use calls::Point;
use nix::errno::Errno;
use session::{Done, Found, Session, Subject};

use crate::support::skipped;

/// A session in which nothing happens: what a fresh start finds after each step, and what is called on the way.
struct Undisturbed {
    /// The first is what is found before anything was done.
    states: Vec<Found>,
    /// The calls on files, and whether each changes something.
    points: Vec<(Point, bool)>,
    /// What was called saved and was not synced, with the step.
    unsynced: Vec<String>,
}

/// Plays the session twice; `None`, aloud, where nothing may be traced.
fn undisturbed(subject: &dyn Subject) -> Option<Undisturbed> {
    let (first, second) = match (play(subject), play(subject)) {
        (Ok(first), Ok(second)) => (first, second),
        (Err(error), _) | (_, Err(error)) => {
            skipped(&format!("nothing can be traced here: {error}"));
            return None;
        }
    };
    assert_eq!(first.states, second.states);
    // What depends on how fast it goes, such as what is done when nothing was typed for a second, is not found again.
    let points = first.points.into_iter().filter(|point| second.points.contains(point)).collect();
    Some(Undisturbed { points, unsynced: [first.unsynced, second.unsynced].concat(), ..second })
}

fn play(subject: &dyn Subject) -> Result<Undisturbed, Errno> {
    let mut session = Session::start(subject, None)?;
    let mut states = vec![session.found().unwrap_or_default()];
    for step in subject.steps(session.root.path()) {
        let done = session.perform(&step);
        assert_eq!(done, Done::Saved, "{}\n{}", step.name, session.terminal.text());
        states.push(session.found().unwrap());
    }
    let unsynced = session.unsynced.iter().map(|(step, paths)| format!("{step}: {paths:?}")).collect();
    let seen = session.kill();
    assert_eq!(seen.fault, None);
    Ok(Undisturbed { states, points: seen.points, unsynced })
}

/// Whether a fresh start finds the last state that was called saved, or a later one that was begun.
fn judge(session: &Session<'_>, states: &[Found]) -> Result<(), String> {
    let found = session.found()?;
    let (least, most) = (session.acknowledged, session.issued);
    let allowed = &states[least..=most];
    let is_kept = allowed.iter().any(|state| state.kept == found.kept);
    if is_kept && allowed.iter().any(|state| state.written == found.written) {
        return Ok(());
    }
    let other = states.iter().position(|state| *state == found);
    Err(format!("{least} were called saved and {most} begun; found is {other:?}: {found:?}"))
}

/// Does the same for each of many, as many at once as there are processors; gives the complaints.
fn each<T: Sync>(all: &[T], work: impl Fn(&T) -> Result<(), String> + Sync) -> Vec<String> {
    let (next, complaints) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(4);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(one) = all.get(next.fetch_add(1, Ordering::SeqCst)) {
                    if let Err(complaint) = work(one) {
                        complaints.lock().unwrap().push(complaint);
                    }
                }
            });
        }
    });
    complaints.into_inner().unwrap()
}
