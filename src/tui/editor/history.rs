//! The steps that can be undone and redone, each the change of one place.
//!
//! It does not apply them.

/// The most steps that are remembered.
const LIMIT: usize = 1000;

/// A change of one place in the text.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) at: usize,
    pub(super) removed: String,
    pub(super) inserted: String,
    /// Where the caret and the selection's other end were before.
    pub(super) caret: usize,
    pub(super) anchor: Option<usize>,
}

/// How a change came about; only what is done on end in one way is one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Typed,
    /// By Backspace.
    Erased,
    /// By Delete.
    Deleted,
    /// Always a step of its own.
    Other,
}

#[derive(Clone, Debug, Default)]
pub(super) struct History {
    done: Vec<Change>,
    undone: Vec<Change>,
    /// The kind of the last step, while more may be added to it.
    open: Option<Kind>,
}

impl History {
    pub(super) fn record(&mut self, change: Change, kind: Kind) {
        self.undone.clear();
        let unjoined = match self.done.last_mut() {
            Some(last) if self.open == Some(kind) => last.join(change, kind),
            _ => Some(change),
        };
        if let Some(change) = unjoined {
            if self.done.len() == LIMIT {
                self.done.remove(0);
            }
            self.done.push(change);
        }
        self.open = Some(kind).filter(|&kind| kind != Kind::Other);
    }

    pub(super) fn close(&mut self) {
        self.open = None;
    }

    pub(super) fn undo(&mut self) -> Option<Change> {
        self.close();
        let change = self.done.pop()?;
        self.undone.push(change.clone());
        Some(change)
    }

    pub(super) fn redo(&mut self) -> Option<Change> {
        self.close();
        let change = self.undone.pop()?;
        self.done.push(change.clone());
        Some(change)
    }
}

impl Change {
    /// Takes in the change that follows, or gives it back if it is not at the same place.
    fn join(&mut self, next: Self, kind: Kind) -> Option<Self> {
        match kind {
            Kind::Typed if next.removed.is_empty() && next.at == self.at + self.inserted.len() => {
                self.inserted.push_str(&next.inserted);
            }
            Kind::Erased if next.at + next.removed.len() == self.at => {
                self.removed.insert_str(0, &next.removed);
                self.at = next.at;
            }
            Kind::Deleted if next.at == self.at => self.removed.push_str(&next.removed),
            _ => return Some(next),
        }
        None
    }
}
