//! The state of the screens: what is open, where the cursor is, which overlay stands.
//!
//! A pure value. It changes by [`update`](super::update::update) only and knows neither keys nor drawing.

pub mod brief;
pub mod charts;
pub mod exporting;
pub mod line;
pub mod mark;
pub mod merging;
pub mod open;
pub mod overlay;
pub mod pinyin;
pub mod queue;
pub mod replacing;
pub mod sheet;
pub mod shelf;
pub mod sums;
pub mod tour;

pub use crate::day::Moment;
use exporting::Choice;
pub use line::Line;
pub use open::{Cover, Entry, Grouping, Open, Saved, Tab};
pub use overlay::{Asked, Overlay, Pick};
use queue::OnDesk;
pub use queue::Queue;
pub use shelf::Shelf;
pub use tour::Tour;

use super::input::{Code, Key};
use super::keymap::{Binding, Command, Context, Keymap, Review};
use crate::check::{Background, Finding, Profile};
use crate::language::Language;
use crate::report::Report;
use crate::width::Ambiguous;

/// Everything that the screens show.
#[derive(Clone, Debug)]
pub struct App {
    /// The library.
    pub shelf: Shelf,
    /// The reports to review, where somebody reviews a folder.
    pub queue: Option<Queue>,
    /// The report that is open; if none is, the queue or the library is shown.
    pub open: Option<Box<Open>>,
    /// What stands over the screen and owns the keys.
    pub overlay: Option<Overlay>,
    /// The tour, while somebody takes it.
    pub tour: Option<Tour>,
    /// What was last said to the clerk.
    pub message: Option<Message>,
    /// The size of the terminal (columns, rows).
    pub size: (u16, u16),
    /// How wide ambiguous characters are.
    pub ambiguous: Ambiguous,
    /// The language in which is spoken.
    pub language: Language,
    /// What was copied here.
    pub clipboard: String,
    /// The year that reports are due for.
    pub year: i64,
    /// What custom decides.
    pub profile: Profile,
    /// The keys in force.
    pub keys: Keymap,
    /// Whether the program takes the mouse.
    pub mouse: bool,
    /// How a report was last saved as a file.
    pub export: Choice,
}

/// Something said to the clerk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Message {
    /// Something was done.
    Done(String),
    /// Something went wrong, or needs care.
    Trouble(String),
}

impl Message {
    /// The words.
    pub fn text(&self) -> &str {
        match self {
            Self::Done(text) | Self::Trouble(text) => text,
        }
    }
}

impl App {
    /// Starts with an empty library, to be listed, for the reports of `year`.
    pub fn new(size: (u16, u16), ambiguous: Ambiguous, year: i64, profile: Profile) -> Self {
        Self {
            shelf: Shelf::default(),
            queue: None,
            open: None,
            overlay: None,
            tour: None,
            message: None,
            size,
            ambiguous,
            language: Language::default(),
            clipboard: String::new(),
            year,
            profile,
            keys: Keymap::default(),
            mouse: false,
            export: Choice::default(),
        }
    }

    /// Where keys go.
    pub fn context(&self) -> Context {
        self.overlay.as_ref().map_or_else(|| self.below(), Overlay::context)
    }

    /// Where keys would go if nothing stood over the screen.
    fn below(&self) -> Context {
        let list = if self.queue.is_some() { Context::Queue } else { Context::Library };
        self.open.as_ref().map_or(list, |open| open.context())
    }

    /// What a key asks for. A way to another place leads there through something to read that stands over the screen.
    pub fn command(&self, key: Key) -> Option<Command> {
        let own = self.keys.command(self.context(), key);
        let leads_away = key.ctrl || key.alt || matches!(key.code, Code::F(_) | Code::Tab);
        match &self.overlay {
            Some(Overlay::Reader { .. } | Overlay::Charts { .. }) if leads_away => {
                own.or_else(|| self.keys.command(self.below(), key))
            }
            _ => own,
        }
    }

    /// How a command is called for, as it is said in a message.
    pub fn way(&self, command: Command) -> String {
        self.keys.way(command)
    }

    /// The report that the open one follows: the one that it is reviewed beside, else the library's.
    pub fn last_year(&self) -> Option<&Report> {
        let open = self.open.as_ref()?;
        match &open.on_desk {
            Some(on_desk) => on_desk.last(),
            None => self.shelf.last_year(open.report()),
        }
    }

    /// What the open report was found to have copied from another's under review.
    fn copied(&self) -> Option<&Finding> {
        let number = self.open.as_ref()?.on_desk.as_ref()?.number()?;
        self.queue.as_ref()?.desk.filings.get(number)?.copied()
    }

    /// The report under review that is open or selected, by its number on the desk.
    pub fn reviewed(&self) -> Option<usize> {
        match &self.open {
            Some(open) => open.on_desk.as_ref()?.number(),
            None => self.queue.as_ref()?.selected()?.filing,
        }
    }

    /// Whether a line of the table of keys has a meaning now.
    pub fn offers(&self, binding: &Binding) -> bool {
        let Command::Review(command) = binding.command else { return true };
        let is_of_total = command == Review::Shares;
        match self.open.as_ref().map(|open| &open.on_desk) {
            Some(Some(OnDesk::Total(_))) => is_of_total,
            _ => self.queue.is_some() && !is_of_total,
        }
    }

    /// The charts of the open report and of the other years of its organ that the library has.
    pub fn charts(&self) -> Vec<Vec<charts::Line>> {
        let Some(open) = &self.open else { return Vec::new() };
        charts::charts(open.report(), &self.shelf.other_years(open.report()), self.size.0)
    }

    /// Checks the open report against the one that it follows, whenever that is another one than before.
    pub fn look_back(&mut self) {
        let last = self.last_year();
        let copied = self.copied();
        let Some(background) = self.open.as_ref().map(|open| open.session.background()) else { return };
        if background.previous.as_ref() != last
            || background.copied.as_ref() != copied
            || background.profile != self.profile
        {
            let (previous, copied, profile) = (last.cloned(), copied.cloned(), self.profile.clone());
            if let Some(open) = &mut self.open {
                open.session.set_background(Background { previous, copied, profile });
            }
        }
    }

    /// Opens a list to choose from. What somebody wrote is in it as it is, the program's own words in the user's language, in
    /// which they are sought too.
    pub fn pick(&mut self, title: impl Into<String>, items: impl IntoIterator<Item = (String, Pick)>) {
        let said = |(text, pick): (String, Pick)| match pick {
            Pick::Words(_) | Pick::Sentence(_) => (text, pick),
            pick => (self.language.say(&text).into_owned(), pick),
        };
        self.overlay = Some(Overlay::picker(title, items.into_iter().map(said).collect()));
    }

    /// Says that something was done.
    pub fn say(&mut self, text: impl Into<String>) {
        self.message = Some(Message::Done(text.into()));
    }

    /// Says that something went wrong, or needs care.
    pub fn warn(&mut self, text: impl Into<String>) {
        self.message = Some(Message::Trouble(text.into()));
    }
}
