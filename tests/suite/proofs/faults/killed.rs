//! Killed at every call that changes a file (D1): before it is done, and when it has been.

use super::broken::Flaw;
use super::calls::Point;
use super::clerk::{self, Clerk};
use super::session::{Done, Session, Subject};
use super::tracer::{Strike, What};
use super::{Undisturbed, each, judge, undisturbed};
use crate::proofs::{Scale, figure, scale};

/// Plays the session up to a point, where the program is killed, and looks at what is left.
fn killed(subject: &dyn Subject, known: &Undisturbed, strike: &Strike) -> Result<(), String> {
    let told = |what: String| format!("{:?} {:?}: {what}", strike.what, strike.at);
    let mut session = Session::start(subject, Some(strike.clone())).unwrap();
    for step in subject.steps(session.root.path()) {
        match session.perform(&step) {
            Done::Saved => {}
            Done::Ended => break,
            other => return Err(told(format!("{}: {other:?}\n{}", step.name, session.terminal.text()))),
        }
    }
    let unsynced = format!("{:?}", session.unsynced);
    let seen = session.kill();
    if let Some(fault) = seen.fault {
        return Err(told(fault));
    }
    if !seen.is_struck || seen.ended == Some(Some(0)) {
        return Err(told("the call is never made".to_owned()));
    }
    judge(&session, &known.states).and_then(|()| subject.write_again(session.root.path())).map_err(told)?;
    if unsynced == "[]" { Ok(()) } else { Err(told(format!("called saved and not synced: {unsynced}"))) }
}

/// The strikes at the calls that change something.
fn strikes(known: &Undisturbed, whats: &[What]) -> Vec<Strike> {
    let changing = known.points.iter().filter(|(_, changes)| *changes);
    let at = |point: &Point, what: What| Strike { at: point.clone(), what };
    changing.flat_map(|(point, _)| whats.iter().map(|&what| at(point, what)).collect::<Vec<_>>()).collect()
}

/// How many complaints say that something which was called saved is not found.
fn lost(complaints: &[String]) -> usize {
    complaints.iter().filter(|complaint| complaint.contains("were called saved")).count()
}

#[test]
fn what_was_called_saved_is_found_wherever_the_program_was_killed() {
    let Some(known) = undisturbed(&Clerk) else { return };
    let last = known.states.last().unwrap();
    for cell in 0..clerk::CELLS {
        assert!(last.kept.contains(&clerk::number(cell)), "what was typed is not found: {last:?}");
    }
    assert!([clerk::PROSE, clerk::REASON].iter().all(|text| last.kept.contains(text)), "{last:?}");
    assert!(last.written.contains("年报.docx"), "{last:?}");
    assert_eq!(known.unsynced, [""; 0]);
    let whats: &[What] =
        if scale() == Scale::Full { &[What::KilledBefore, What::KilledAfter] } else { &[What::KilledBefore] };
    let all = strikes(&known, whats);
    let points = all.len();
    let chosen = scale().of(all, 4, 40);
    let complaints = each(&chosen, |strike| killed(&Clerk, &known, strike));
    let lost = lost(&complaints);
    // A machine that is busy with something else may let a session stand still; that is no loss, and no proof.
    let broken_off = complaints.len() - lost;
    figure(
        "D1",
        &format!("killed at {} of {points} points, {lost} lost, {broken_off} broken off", chosen.len()),
    );
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn a_saver_that_is_broken_is_caught() {
    let Some(known) = undisturbed(&Flaw::InPlace) else { return };
    let all = strikes(&known, &[What::KilledBefore, What::KilledAfter]);
    let complaints = each(&all, |strike| killed(&Flaw::InPlace, &known, strike));
    let lost = lost(&complaints);
    figure("D1", &format!("control: of a saver in place, killed at {} points, {lost} lost", all.len()));
    assert!(lost >= 3, "{}", complaints.join("\n"));
    for flaw in Flaw::ALL {
        let unsynced = undisturbed(&flaw).unwrap().unsynced;
        assert!(!unsynced.is_empty(), "{flaw:?} is not noticed");
    }
}
