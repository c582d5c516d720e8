//! What is remembered for a user from one start to the next, and how it is spelled. Not precious: where it is lost, the
//! usual is taken.

use super::app::exporting::Choice;
use crate::store::Library;
use crate::width::Ambiguous;

/// Something remembered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Remembered {
    /// How wide the terminal draws ambiguous characters.
    Width(Ambiguous),
    /// How a report was last saved as a file.
    Export(Choice),
}

const WIDTH: &str = "ambiguous";
const EXPORT: &str = "export";

impl Remembered {
    /// Puts it down.
    pub(super) fn store(self, library: &Library) {
        match self {
            Self::Width(ambiguous) => library.remember(WIDTH, width_name(ambiguous)),
            Self::Export(choice) => library.remember(EXPORT, &choice.spelled()),
        }
    }
}

/// The width that was remembered.
pub(super) fn width(library: &Library) -> Option<Ambiguous> {
    library.recall(WIDTH).and_then(|name| width_named(&name))
}

/// How a report was last saved as a file.
pub(super) fn export(library: &Library) -> Choice {
    library.recall(EXPORT).map(|spelled| Choice::read(&spelled)).unwrap_or_default()
}

const fn width_name(ambiguous: Ambiguous) -> &'static str {
    match ambiguous {
        Ambiguous::Narrow => "1",
        Ambiguous::Wide => "2",
        Ambiguous::Safe => "safe",
    }
}

fn width_named(name: &str) -> Option<Ambiguous> {
    [Ambiguous::Narrow, Ambiguous::Wide, Ambiguous::Safe].into_iter().find(|&one| width_name(one) == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_width_is_remembered_by_its_name() {
        for ambiguous in [Ambiguous::Narrow, Ambiguous::Wide, Ambiguous::Safe] {
            assert_eq!(width_named(width_name(ambiguous)), Some(ambiguous));
        }
    }
}
