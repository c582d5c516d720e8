//! A session that is played from a script while it is traced: keys are sent, the screen is waited for, and what the screen
//! called saved is put down.
//!
//! It asks nothing of the program's own code. What the program is, and what a fresh start finds, a [`Subject`] says.

use std::path::{Path, PathBuf};

use nix::errno::Errno;
use portable_pty::CommandBuilder;

use super::tracer::{Seen, Strike, Tracer};
use crate::pty::row;
use crate::terminal::{Line, Terminal};

/// Wide enough for all of table 3 and for a message with a path.
pub(super) const SIZE: (u16, u16) = (160, 48);

/// A program that keeps what is typed.
pub(super) trait Subject: Sync {
    /// What is run, with its arguments and its environment.
    fn command(&self, root: &Path) -> (Vec<String>, Vec<(String, String)>);
    /// What is typed.
    fn steps(&self, root: &Path) -> Vec<Step>;
    /// Whether the screen calls everything saved.
    fn is_saved(&self, screen: &str) -> bool;
    /// What the screen says has failed.
    fn refusal(&self, screen: &str) -> Option<String>;
    /// What a fresh start finds; the error is that it finds something broken.
    fn found(&self, root: &Path) -> Result<Found, String>;
    /// Whether it would matter if this were lost in a power cut.
    fn matters(&self, path: &Path) -> bool;
    /// Opens what is there to write to it, as the next session would.
    fn write_again(&self, root: &Path) -> Result<(), String>;
    /// After something was refused: saves what is on the screen elsewhere. Gives what was saved.
    fn save_elsewhere(&self, session: &mut Session<'_>) -> Result<String, String>;
}

/// What a fresh start finds, as text.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Found {
    /// What was kept.
    pub(super) kept: String,
    /// What was written elsewhere: also what could not be kept can be.
    pub(super) written: String,
}

/// Something that is typed and then saved as a whole.
pub(super) struct Step {
    pub(super) name: String,
    pub(super) parts: Vec<Part>,
    pub(super) refused: Refused,
}

/// What is done where a step is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Refused {
    /// It stands on the screen; the next step.
    GoOn,
    /// The same again.
    Repeat,
    /// Nothing more: the next steps need this one.
    Stop,
}

impl Step {
    pub(super) fn new(name: &str, parts: Vec<(String, Shows)>) -> Self {
        let parts = parts.into_iter().map(|(keys, shows)| Part { keys, shows }).collect();
        Self { name: name.to_owned(), parts, refused: Refused::GoOn }
    }

    /// The same with something else to do where it is refused.
    pub(super) fn or(self, refused: Refused) -> Self {
        Self { refused, ..self }
    }
}

/// Keys, and what the screen shows when they have been taken.
pub(super) struct Part {
    keys: String,
    shows: Shows,
}

pub(super) enum Shows {
    Text(String),
    /// This no longer, but that.
    Instead(&'static str, &'static str),
    /// The cursor in another row.
    Moved,
    /// The program has ended.
    Ended,
}

/// What came of a step.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Done {
    Saved,
    /// The screen says what has failed.
    Refused(String),
    /// The program ended before.
    Ended,
    /// Neither is ever said.
    Silent,
}

/// A session under way.
pub(super) struct Session<'a> {
    subject: &'a dyn Subject,
    pub(super) root: tempfile::TempDir,
    pub(super) terminal: Terminal,
    tracer: Option<Tracer>,
    /// How many steps have been begun.
    pub(super) issued: usize,
    /// The last step, from 1, after which the screen called everything saved.
    pub(super) acknowledged: usize,
    /// What was called saved and was not synced, with the step.
    pub(super) unsynced: Vec<(String, Vec<PathBuf>)>,
    /// Whether it was said why something was refused.
    pub(super) is_told: bool,
}

impl<'a> Session<'a> {
    /// Starts the program in a home of its own. The error is that nothing may be traced here.
    pub(super) fn start(subject: &'a dyn Subject, strike: Option<Strike>) -> Result<Self, Errno> {
        let root = tempfile::tempdir().unwrap();
        for name in ["home", "out", "safe"] {
            std::fs::create_dir(root.path().join(name)).unwrap();
        }
        let (words, environment) = subject.command(root.path());
        // It waits until it is traced.
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", "read go; exec \"$0\" \"$@\""]);
        command.args(words);
        let home = root.path().join("home").to_string_lossy().into_owned();
        let mut variables: Vec<(&str, &str)> = vec![("HOME", &home)];
        variables.extend(environment.iter().map(|(name, value)| (&name[..], &value[..])));
        let mut terminal = Terminal::run(Line::NEAR, command, &root.path().join("data"), SIZE, &variables);
        let tracer = Tracer::take(terminal.process(), root.path(), strike)?;
        terminal.send("\n");
        let (tracer, unsynced) = (Some(tracer), Vec::new());
        Ok(Self { subject, root, terminal, tracer, issued: 0, acknowledged: 0, unsynced, is_told: false })
    }

    pub(super) fn seen<T>(&self, ask: impl FnOnce(&Seen) -> T) -> T {
        self.tracer.as_ref().unwrap().seen(ask)
    }

    /// Types a step and waits for what comes of it.
    pub(super) fn perform(&mut self, step: &Step) -> Done {
        self.issued += 1;
        let done = self.type_parts(&step.parts);
        if done == Done::Saved {
            self.acknowledged = self.issued;
            let unsynced =
                self.seen(|seen| seen.unsynced_when_shown.precious(|path| self.subject.matters(path)));
            if !unsynced.is_empty() {
                self.unsynced.push((step.name.clone(), unsynced));
            }
        }
        done
    }

    /// Types something that is no step.
    pub(super) fn type_all(&mut self, parts: Vec<(String, Shows)>) -> Done {
        let parts = Step::new("", parts).parts;
        let done = parts.iter().map(|part| self.type_part(part, false));
        done.reduce(|before, done| if before == Done::Saved { done } else { before }).unwrap_or(Done::Saved)
    }

    fn type_parts(&mut self, parts: &[Part]) -> Done {
        let mut done = Done::Silent;
        for (at, part) in parts.iter().enumerate() {
            done = self.type_part(part, at + 1 == parts.len());
            if done != Done::Saved {
                break;
            }
        }
        done
    }

    /// Types a part; it is done when it shows what it should and, the last one, what was made of it.
    fn type_part(&mut self, part: &Part, is_last: bool) -> Done {
        let (subject, before) = (self.subject, row(&self.terminal));
        let stale = subject.refusal(&self.terminal.text());
        self.terminal.send(&part.keys);
        let tracer = self.tracer.as_ref().unwrap();
        let has_ended = || tracer.seen(|seen| seen.ended.is_some());
        let judge = |terminal: &Terminal| {
            let screen = terminal.text();
            let shows = match &part.shows {
                Shows::Text(text) => screen.contains(text.as_str()),
                Shows::Instead(gone, there) => !screen.contains(gone) && screen.contains(there),
                Shows::Moved => row(terminal) != before,
                Shows::Ended => tracer.seen(|seen| seen.ended == Some(Some(0))),
            };
            let is_saved = matches!(part.shows, Shows::Ended) || subject.is_saved(&screen);
            match subject.refusal(&screen) {
                _ if shows && (!is_last || is_saved) => Some(Done::Saved),
                Some(refusal) if shows || stale.as_ref() != Some(&refusal) => Some(Done::Refused(refusal)),
                _ => None,
            }
        };
        self.terminal.settle_until(|terminal| has_ended() || judge(terminal).is_some());
        if has_ended() {
            // The last that was written comes after the word that it has ended.
            self.terminal.wait_until(|_| false);
        }
        judge(&self.terminal).unwrap_or(if has_ended() { Done::Ended } else { Done::Silent })
    }

    /// Kills the program, if it runs still, and gives what was seen of it.
    pub(super) fn kill(&mut self) -> Seen {
        self.tracer.take().map(Tracer::kill).unwrap_or_default()
    }

    /// What a fresh start finds.
    pub(super) fn found(&self) -> Result<Found, String> {
        self.subject.found(self.root.path())
    }
}
