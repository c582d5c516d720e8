//! What comes into the program and what it asks of the world: the two languages between `tui.rs` and `update`.
//!
//! Nothing here acts. Errors arrive as words, so that the state never holds a file or a socket.

use std::path::PathBuf;

use super::app::exporting::Choice;
use super::app::queue::OnDesk;
use super::keymap::{Command, Step};
use super::remembered::Remembered;
use crate::check::Finding;
use crate::desk::{Desk, Judgement};
use crate::document::recognize::Reading;
use crate::form::terms::Section;
use crate::report::{Place, Report};
use crate::session::{Record, Session};
use crate::store::{Id, Overwrite};
use crate::width::Ambiguous;

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Action {
    /// A key that means something here.
    Command(Command),
    /// Printable characters were typed.
    Type(String),
    /// Text was pasted.
    Paste(String),
    /// Something on the screen was clicked on, for the second time if `is_double`.
    Click {
        /// What, and where in it.
        spot: Spot,
        /// Whether the click before was in the same place just now.
        is_double: bool,
    },
    /// The wheel was turned.
    Wheel(Step),
    /// The terminal has a new size (columns, rows).
    Resize(u16, u16),
    /// The terminal said how wide ambiguous characters are.
    Width(Ambiguous),
    /// Typing rested: what comes next is another phrase.
    Pause,
    /// Typing has gone on for a while: what there is of it is to be kept, and goes on.
    Keep,
    /// An action that comes again, after what was typed has been settled.
    After(Box<Self>),
    /// The world did what an effect asked, or could not.
    Answer(Answer),
}

/// A place on the screen that was clicked on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spot {
    /// What is drawn there.
    pub target: Target,
    /// The column in it, from 0.
    pub x: u16,
    /// The row in it, from 0.
    pub y: u16,
}

/// Something on the screen that can be clicked on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// What a key does: a tab, a hint.
    Command(Command),
    /// A cell, or a line of the cover.
    Place(Place),
    /// The text of the section that is shown.
    Prose,
    /// A line of the list or form that stands on top, by its number.
    Line(usize),
}

/// What came of an effect.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The reports in the library.
    Listed(Vec<Kept>),
    /// A report was opened.
    Opened(Box<Arrival>),
    /// A report was read from a file, to be put into the library.
    Imported(Box<Reading>),
    /// A report was put into the library.
    Created(Id),
    /// The last record is on disk.
    Appended,
    /// The report is on disk.
    Saved,
    /// The report was closed in order.
    Closed(Then, Option<String>),
    /// A report is in the trash.
    Trashed(Id),
    /// What is in the trash.
    Trash(Vec<Kept>),
    /// A report is back from the trash.
    Restored(Id),
    /// A file was written.
    Written(Box<Writing>),
    /// It was not, because there is a file of this name.
    Occupied(Box<Writing>),
    /// The ways in which a path may go on.
    Completed(Vec<String>),
    /// What came of an errand of the desk.
    Desk(Outcome),
    /// There is something to say, and nothing to do.
    Noted(String),
    /// A section was changed in another editor; what should be said of it.
    Rewritten(Section, String, String),
    /// It could not be done.
    Refused(Refusal),
}

/// Why something could not be done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// What could not be done.
    pub task: Task,
    /// What went wrong, with the path.
    pub message: String,
    /// What to do now.
    pub hint: String,
}

/// What may fail.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Task {
    /// Putting edits on disk.
    Keep,
    /// Closing the report.
    Close(Then),
    /// Anything else.
    Other,
}

/// What to do when a report is closed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Then {
    /// Show the library.
    Library,
    /// End the program.
    Quit,
}

/// A report of the library.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its number.
    pub id: Id,
    /// When it was last changed, in seconds since 1970.
    pub modified: u64,
    /// The report, or why it cannot be read.
    pub report: Result<Report, String>,
}

/// A report under review beside the version that was decided on before.
#[derive(Clone, Debug)]
pub struct Recalled {
    /// The version that was decided on.
    pub old: Report,
    /// The one that is under review.
    pub new: Report,
    /// Last year's report, as far as there is one.
    pub last: Option<Report>,
}

/// What is to be done for a report under review, which is told by its number on the desk.
#[derive(Clone, Debug)]
pub enum Errand {
    /// Open it.
    Take(usize),
    /// Keep what is said of it.
    Judge(usize, Box<Judgement>),
    /// Recall the version of it that has this hash.
    Recall(usize, String),
    /// Write letters on these.
    Letters(Vec<usize>),
    /// Add up those that are accepted, or all.
    Total {
        /// Whether only what is accepted is added up.
        accepted: bool,
    },
}

/// What came of a desk's errand.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// The folder was read; and what to know of that, if there is something.
    Surveyed(Box<Desk>, Option<String>),
    /// What is said of a report is on disk.
    Judged(usize, Box<Judgement>),
    /// The version of a report that was decided on before.
    Recalled(Box<Recalled>),
}

/// A report that was opened.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// The report with its history.
    pub session: Session,
    /// Where it comes from.
    pub origin: Origin,
    /// Where the cursor stood.
    pub cursor: Option<Place>,
    /// What was brought back, or what else should be said.
    pub message: Option<String>,
    /// What it is to a reviewer, if somebody reviews.
    pub on_desk: Option<OnDesk>,
}

/// Where an open report comes from, and so whether edits are kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    /// The library: every edit is put on disk.
    Library(Id),
    /// The library, where it is only read. Holds why: who has it open, or that a newer version has written it.
    Locked(Id, String),
    /// This file, looked at without storing it until asked.
    File(PathBuf),
}

/// A report to be written to a file.
#[derive(Clone, Debug)]
pub struct Writing {
    /// The path as it was typed.
    pub path: String,
    /// The format, and what goes with the report.
    pub choice: Choice,
    /// The report.
    pub report: Report,
    /// What is written behind it, if that was chosen.
    pub findings: Option<Vec<Finding>>,
    /// Whether a file that is there already may go.
    pub overwrite: Overwrite,
}

/// Something that the world is asked to do.
#[derive(Clone, Debug)]
pub enum Effect {
    /// List the library.
    List,
    /// Open a report of the library.
    Open(Id),
    /// Put a record on disk.
    Append(Record),
    /// Put a snapshot on disk.
    Save,
    /// Close the report in order, the cursor at this place.
    Close(Place, Then),
    /// Let the report go as it is, without closing it in order.
    Drop,
    /// Put a report into the library.
    Create(Box<Report>),
    /// Put a report into the trash.
    Trash(Id),
    /// List what is in the trash.
    ListTrash,
    /// Bring a report back from the trash.
    Restore(Id),
    /// Read a report from a file, to be looked at.
    Review(PathBuf),
    /// Read the folder under review.
    Survey,
    /// Do something for a report under review.
    Desk(Errand),
    /// Read a report from the file that was typed, to be put into the library.
    Import(String),
    /// Write a report to a file.
    Write(Box<Writing>),
    /// Say in which ways a path may go on.
    Complete(String),
    /// Give the text of a section to another editor.
    HandOff(Section, String),
    /// Give text to the terminal's clipboard.
    Copy(String),
    /// Remember something for the next start.
    Remember(Remembered),
    /// Take the mouse, or leave it to the terminal.
    TakeMouse(bool),
    /// Act on this once the effects before it are done.
    Again(Action),
    /// Stop, and leave the terminal to the shell until it has the program go on.
    Suspend,
    /// End the program.
    Quit,
}
