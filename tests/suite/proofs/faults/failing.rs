//! Every call on a file fails, once and for good, in each way (D2).

use nix::errno::Errno;

use super::broken::Flaw;
use super::clerk::Clerk;
use super::session::{Done, Refused, Session, Step, Subject};
use super::tracer::{Strike, What};
use super::{Undisturbed, each, judge, undisturbed};
use crate::proofs::{figure, scale};

/// How calls fail, and how the clerk is told.
const ERRORS: [(Errno, &str); 6] = [
    (Errno::ENOSPC, "磁盘已满"),
    (Errno::EIO, "读写出错"),
    (Errno::EROFS, "文件系统是只读的"),
    (Errno::EACCES, "没有权限"),
    (Errno::EMFILE, "打开的文件太多"),
    (Errno::EINTR, "被打断"),
];

/// How many steps are played after the first call has failed.
const MORE: usize = 2;

/// Plays the session up to a call that fails and a little further; then it is killed, and what is left is looked at.
fn failing(subject: &dyn Subject, known: &Undisturbed, strike: &Strike) -> Result<(), String> {
    let mut session = Session::start(subject, Some(strike.clone())).unwrap();
    let told = |session: &Session<'_>, what: String| {
        format!("{:?} {:?}: {what}\n{}", strike.what, strike.at, session.terminal.text())
    };
    let played = play(subject, known, strike, &mut session);
    let leftovers = leftovers(&session, strike);
    let seen = session.kill();
    if let Some(fault) = seen.fault {
        return Err(told(&session, fault));
    }
    if !seen.is_struck {
        return Err(told(&session, "the call is never made".to_owned()));
    }
    played
        .and_then(|()| judge(&session, &known.states))
        .and_then(|()| if leftovers.is_empty() { Ok(()) } else { Err(format!("left behind: {leftovers:?}")) })
        .and_then(|()| subject.write_again(session.root.path()))
        .map_err(|what| told(&session, what))
}

fn play(
    subject: &dyn Subject,
    known: &Undisturbed,
    strike: &Strike,
    session: &mut Session<'_>,
) -> Result<(), String> {
    let mut more = MORE;
    for step in subject.steps(session.root.path()) {
        if session.seen(|seen| seen.is_struck) {
            if more == 0 {
                break;
            }
            more -= 1;
        }
        match perform(subject, known, strike, session, &step)? {
            Done::Saved => {}
            Done::Refused(_) if step.refused == Refused::GoOn => {}
            _ => return Ok(()),
        }
    }
    // What was refused once is saved with what comes next.
    if !is_for_good(strike.what) && session.acknowledged < session.issued {
        return Err("it does not get over it".to_owned());
    }
    Ok(())
}

/// Performs one step; where it is refused, that is looked at, what is on the screen is saved elsewhere, and it is repeated.
fn perform(
    subject: &dyn Subject,
    known: &Undisturbed,
    strike: &Strike,
    session: &mut Session<'_>,
    step: &Step,
) -> Result<Done, String> {
    let done = session.perform(step);
    match &done {
        Done::Saved => return Ok(done),
        Done::Silent => return Err(format!("{}: neither saved nor refused", step.name)),
        // Where nothing can be begun it may say so and leave.
        Done::Ended if session.issued == 1 && session.seen(|seen| seen.ended == Some(Some(2))) => {
            check_message(&session.terminal.text(), session, strike)?;
            return Ok(done);
        }
        Done::Ended => return Err(format!("{}: it has ended", step.name)),
        // It has been said why, and is so still.
        Done::Refused(said) if session.is_told && !said.contains("错误：") => return Ok(done),
        Done::Refused(_) => check_message(&session.terminal.text(), session, strike)?,
    }
    session.is_told = true;
    if !known.states[session.issued - 1].kept.is_empty() {
        let kept = subject.save_elsewhere(session).map_err(|why| format!("另存为 is not possible: {why}"))?;
        let states = &known.states[session.issued - 1..=session.issued];
        if !states.iter().any(|state| state.kept.trim_end() == kept.trim_end()) {
            return Err(format!("what was saved elsewhere is not what was typed: {kept}"));
        }
    }
    if step.refused != Refused::Repeat {
        return Ok(done);
    }
    session.issued -= 1;
    let again = &subject.steps(session.root.path())[session.issued];
    match session.perform(again) {
        Done::Refused(_) if !is_for_good(strike.what) => Err(format!("{}: refused again", step.name)),
        Done::Silent => Err(format!("{}: neither saved nor refused again", step.name)),
        done => Ok(done),
    }
}

/// Whether the message names where, why, and what to do.
fn check_message(screen: &str, session: &Session<'_>, strike: &Strike) -> Result<(), String> {
    let errno = match strike.what {
        What::Fails { errno, .. } => errno,
        _ => Errno::ENOSPC,
    };
    let cause = ERRORS.iter().find(|(error, _)| *error == errno).map_or("", |(_, cause)| cause);
    let root = session.root.path().to_str().unwrap();
    let message: String = screen.split_whitespace().collect();
    for part in [root, cause] {
        if !message.contains(part) {
            return Err(format!("the message does not say {part}"));
        }
    }
    let is_open = session.issued > 2;
    if message.contains(if is_open { "另存" } else { "提示：" }) {
        Ok(())
    } else {
        Err("the message shows no way out".to_owned())
    }
}

const fn is_for_good(what: What) -> bool {
    matches!(what, What::Fails { for_good: true, .. } | What::Short { for_good: true })
}

/// The files that were begun and are still there, though what failed did so once and could be cleared away.
fn leftovers(session: &Session<'_>, strike: &Strike) -> Vec<std::path::PathBuf> {
    if is_for_good(strike.what) || strike.at.kind == "unlink" {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut directories = vec![session.root.path().to_owned()];
    while let Some(directory) = directories.pop() {
        for entry in std::fs::read_dir(directory).unwrap().flatten() {
            if entry.path().is_dir() {
                directories.push(entry.path());
            } else if entry.file_name().to_string_lossy().starts_with(".nianbao-") {
                found.push(entry.path());
            }
        }
    }
    found
}

/// Every way in which the calls of a session can fail; those that only open a file, in the directories that are ours.
fn strikes(known: &Undisturbed) -> Vec<Strike> {
    let ours = known.points.iter().filter(|(point, changes)| {
        *changes || ["data", "out"].iter().any(|root| point.path.starts_with(root))
    });
    let mut strikes = Vec::new();
    for (point, _) in ours {
        let fails = |for_good| ERRORS.map(|(errno, _)| What::Fails { errno, for_good });
        let mut whats: Vec<What> = fails(false).into_iter().chain(fails(true)).collect();
        if point.kind == "write" {
            whats.extend([false, true].map(|for_good| What::Short { for_good }));
        }
        strikes.extend(whats.into_iter().map(|what| Strike { at: point.clone(), what }));
    }
    strikes
}

#[test]
fn whatever_fails_nothing_is_called_saved_that_is_not() {
    let Some(known) = undisturbed(&Clerk) else { return };
    let all = strikes(&known);
    let count = all.len();
    let chosen = scale().of(all, 6, 60);
    let wrong = each(&chosen, |strike| failing(&Clerk, &known, strike));
    figure("D2", &format!("{} of {count} failures, {} not as promised", chosen.len(), wrong.len()));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_saver_that_ignores_failures_is_caught() {
    let Some(known) = undisturbed(&Flaw::InPlace) else { return };
    let chosen = scale().of(strikes(&known), 16, 60);
    let wrong = each(&chosen, |strike| failing(&Flaw::InPlace, &known, strike));
    let caught = wrong.iter().filter(|complaint| complaint.contains("were called saved")).count();
    let count = chosen.len();
    figure("D2", &format!("control: of {count} failures of a saver that ignores them, {caught} caught"));
    assert!(caught >= count / 4, "{}", wrong.join("\n"));
}
