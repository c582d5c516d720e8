//! The terminal interface: takes the terminal, turns what comes into actions, performs the effects, gives it back.
//!
//! What an action means is decided in [`update`], what is seen in [`draw`]; both are pure. Here and in the modules of the
//! terminal itself is the world.
#![expect(
    clippy::disallowed_methods,
    reason = "an edge: reads the clock and the environment once, at the start"
)]

pub mod action;
pub mod app;
pub mod draw;
pub mod editor;
pub mod input;
mod leave;
mod outside;
pub mod remembered;
pub mod screen;
pub mod signals;
pub mod terminal;
pub mod update;
mod wait;
mod world;

use std::io::{self, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::batch::{self, Folder, ListError, ReadError, Source};
use crate::config::{Config, ConfigError};
use crate::keymap;
use crate::language::Language;
use crate::store::{Library, StoreError};
use crate::width::Ambiguous;
use action::{Action, Effect, Spot, Then};
use app::{App, Queue};
use input::{Act, Input, Inputs, Mouse};
use screen::Screen;
use signals::Signals;
use terminal::{Output, TakeError, Terminal};
use wait::Wait;
use world::{Reviewing, World};

/// What the interface is started with.
#[derive(Clone, Default, Debug)]
pub struct Options {
    /// The data directory, if not the usual one.
    pub data_dir: Option<PathBuf>,
    /// The configuration, if not the usual one.
    pub config: Option<PathBuf>,
    /// The language to speak.
    pub language: Language,
    /// A file to look at, not stored until asked.
    pub file: Option<PathBuf>,
    /// How wide ambiguous characters are; if not given, the terminal is asked.
    pub ambiguous: Option<Ambiguous>,
    /// Whether to take the mouse; if not given, the configuration says.
    pub mouse: Option<bool>,
    /// The reports to review, if somebody is to.
    pub folder: Option<Folder>,
}

/// Why the interface could not be shown.
#[derive(Debug, thiserror::Error)]
pub enum TuiError {
    /// There is no terminal to be had.
    #[error(transparent)]
    Terminal(#[from] TakeError),
    /// The library cannot be opened, or the file cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The configuration cannot be followed.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// There is no such folder to review.
    #[error(transparent)]
    Folder(#[from] ReadError),
    /// The register of units cannot be followed.
    #[error(transparent)]
    List(#[from] ListError),
    /// The terminal failed.
    #[error("终端出错：{0}")]
    Io(#[from] io::Error),
}

impl TuiError {
    /// What to do now.
    pub fn hint(&self) -> &str {
        match self {
            Self::Terminal(error) => error.hint(),
            Self::Store(error) => error.hint(),
            Self::Config(error) => error.hint(),
            Self::Folder(error) => error.hint(),
            Self::List(error) => error.hint(),
            Self::Io(_) => "确认过的内容都已存盘；请重新登录后再打开。",
        }
    }
}

/// Shows the interface until the clerk leaves it.
///
/// # Errors
/// If there is no terminal, the library cannot be opened, or the terminal fails.
pub fn run(options: Options) -> Result<(), TuiError> {
    // Before there is a library: where nothing can be shown nothing is made either.
    Terminal::check()?;
    let config = Config::load(options.config)?;
    let file = options.file.map(|named| match batch::one(&named) {
        Ok(Source::Library(id)) => Effect::Open(id),
        _ => Effect::Review(named),
    });
    let directory = Library::locate(options.data_dir)?;
    // Whoever asks for a report that is there makes no library.
    let library = match file {
        Some(Effect::Open(_)) => Library::existing(&directory)?,
        _ => Library::open(&directory)?,
    };
    let reviewing = match options.folder {
        Some(folder) => {
            folder.check()?;
            Some(Reviewing::new(folder, &library)?)
        }
        None => None,
    };
    let known = remembered::width(&library);
    let ambiguous = options.ambiguous.or(known).unwrap_or_default();
    let signals = Arc::new(Signals::watch()?);
    let mut terminal = Terminal::take(Arc::clone(&signals))?;
    let inputs = Inputs::new(terminal.reader()?, Arc::clone(&signals));
    // What is safe on every terminal is never an answer: somebody chose it, because the answer was wrong.
    if options.ambiguous.is_none() && known != Some(Ambiguous::Safe) {
        terminal.probe()?;
    }
    let mouse = options.mouse.unwrap_or(config.mouse);
    terminal.take_mouse(mouse)?;
    let colour = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let screen = Screen::new(terminal.writer()?, terminal.size(), ambiguous, colour);
    let export = remembered::export(&library);
    let app = App::new(terminal.size(), ambiguous, batch::year_due(), config.profile);
    let app = App { keys: config.keys, mouse, export, language: options.language, ..app };
    let is_reviewing = reviewing.is_some();
    let app = App { queue: is_reviewing.then(Queue::default), ..app };
    let world = World::new(library, Box::new(terminal.writer()?)).reviewing(reviewing);
    let (last, ahead) = (Instant::now(), Vec::new());
    let mut interface = Interface {
        app,
        screen,
        terminal,
        inputs,
        ahead,
        signals,
        world,
        last,
        clicked: None,
        unsettled: None,
    };
    let survey = is_reviewing.then_some(Effect::Survey);
    // To read a thousand reports takes a moment, which nobody should spend before a dark screen. Where something else was
    // asked for, the picture of an empty library would only flash up.
    if file.is_none() && !is_reviewing {
        interface.show()?;
    }
    match interface.perform([Effect::List].into_iter().chain(file).chain(survey).collect()) {
        Going::On => interface.run_safely(),
        Going::Ends => Ok(()),
    }
}

/// How long prose is typed at most before it is kept, and how long typing rests between two phrases.
const REST: Duration = Duration::from_secs(1);

/// How soon the second of two clicks comes.
const DOUBLE_CLICK: Duration = Duration::from_millis(500);

/// The interface at work.
struct Interface {
    app: App,
    screen: Screen<Output>,
    terminal: Terminal,
    inputs: Inputs,
    /// What came while a file was read.
    ahead: Vec<Input>,
    signals: Arc<Signals>,
    world: World,
    /// When the last input came.
    last: Instant,
    /// When and where the last click was.
    clicked: Option<(Instant, Mouse)>,
    /// Since when there is prose that is not in the report.
    unsettled: Option<Instant>,
}

/// Whether the program goes on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Going {
    On,
    Ends,
}

impl Interface {
    /// Runs, and takes care that neither a terminal that fails nor a panic takes anything with it.
    fn run_safely(&mut self) -> Result<(), TuiError> {
        match catch_unwind(AssertUnwindSafe(|| self.run())) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => {
                // What was typed is settled first.
                self.end();
                // Asked to end while the terminal took nothing, the program has done so; nobody reads why.
                if self.signals.is_ending() { Ok(()) } else { Err(error) }
            }
            Err(panic) => {
                // The terminal was given back by the hook. Nothing of the state is trusted but the values themselves.
                if let Some(path) = self.world.rescue(&self.app) {
                    let said = format!(
                        "没有存上的内容已写到 {}；重新打开程序，在报告列表里按 {} 读入它。\n",
                        path.display(),
                        self.app.way(keymap::Command::Import)
                    );
                    let _ = io::stderr().write_all(said.as_bytes());
                }
                resume_unwind(panic)
            }
        }
    }

    /// Brings what the state is onto the screen.
    fn show(&mut self) -> io::Result<()> {
        self.screen.set_ambiguous(self.app.ambiguous);
        self.screen.draw(|frame| draw::draw(&self.app, frame))
    }

    fn run(&mut self) -> Result<(), TuiError> {
        loop {
            self.show()?;
            let is_typing =
                self.app.open.as_ref().is_some_and(|open| open.entry.is_none() && open.is_unsettled());
            self.unsettled = self.unsettled.filter(|_| is_typing).or_else(|| is_typing.then(Instant::now));
            let left = self.unsettled.map(|since| REST.saturating_sub(since.elapsed()));
            // Asked before the inputs are: somebody who types without a break must not put it off.
            if left.is_some_and(|left| left.is_zero()) {
                self.act(Action::Keep);
                continue;
            }
            let ahead = std::mem::take(&mut self.ahead);
            let inputs = if ahead.is_empty() { self.inputs.wait(left) } else { ahead };
            if inputs.is_empty() {
                continue;
            }
            if self.last.elapsed() > REST {
                self.act(Action::Pause);
            }
            self.last = Instant::now();
            for input in inputs {
                if self.take_in(input)? == Going::Ends {
                    return Ok(());
                }
            }
        }
    }

    /// Acts on one input.
    fn take_in(&mut self, input: Input) -> Result<Going, TuiError> {
        let action = match input {
            Input::Key(key) => match self.app.command(key) {
                Some(command) => Action::Command(command),
                None => return Ok(Going::On),
            },
            Input::Text(text) => Action::Type(text),
            Input::Paste(text) => Action::Paste(text),
            Input::Mouse(mouse) => match self.pointed(mouse) {
                Some(action) => action,
                None => return Ok(Going::On),
            },
            Input::Width(ambiguous) => {
                if ambiguous == self.app.ambiguous {
                    return Ok(Going::On);
                }
                Action::Width(ambiguous)
            }
            Input::Resize(columns, rows) => {
                self.screen.resize((columns, rows));
                Action::Resize(columns, rows)
            }
            Input::Suspend => return Ok(self.suspend()),
            Input::Resume => {
                self.terminal.retake()?;
                self.back_again()
            }
            Input::Hangup | Input::Terminate => {
                self.end();
                return Ok(Going::Ends);
            }
        };
        Ok(self.act(action))
    }

    /// What the mouse means on what was drawn last.
    fn pointed(&mut self, mouse: Mouse) -> Option<Action> {
        let spot: Spot = match mouse.act {
            Act::WheelUp => return Some(Action::Wheel(keymap::Step::Up)),
            Act::WheelDown => return Some(Action::Wheel(keymap::Step::Down)),
            Act::Press => self.screen.spot(mouse.x, mouse.y)?,
        };
        let before = self.clicked.take();
        let is_double = before.is_some_and(|(when, at)| at == mouse && when.elapsed() < DOUBLE_CLICK);
        // A third click is a first one again.
        self.clicked = (!is_double).then(|| (Instant::now(), mouse));
        Some(Action::Click { spot, is_double })
    }

    fn act(&mut self, action: Action) -> Going {
        let effects = update::update(&mut self.app, action);
        self.perform(effects)
    }

    /// Performs effects in order, and acts on what comes of each before the next.
    fn perform(&mut self, effects: Vec<Effect>) -> Going {
        for effect in effects {
            let next = match effect {
                Effect::Quit => return Going::Ends,
                Effect::Again(action) => Some(action),
                Effect::TakeMouse(mouse) => {
                    // A terminal that fails is noticed at the next frame.
                    let _ = self.terminal.take_mouse(mouse);
                    None
                }
                Effect::Suspend => return self.suspend(),
                Effect::HandOff(section, text) => return self.hand_off(section, &text),
                effect @ (Effect::Review(_) | Effect::Import(_)) => self.read(effect),
                Effect::Survey => self.survey(),
                effect => self.world.perform(&self.app, effect, &mut || true).map(Action::Answer),
            };
            if let Some(action) = next
                && self.act(action) == Going::Ends
            {
                return Going::Ends;
            }
        }
        Going::On
    }

    /// Reads a file, as long as the clerk waits for it.
    fn read(&mut self, effect: Effect) -> Option<Action> {
        let Self { app, screen, inputs, ahead, world, .. } = self;
        let mut wait = Wait::new(app, screen, inputs, ahead);
        world.perform(app, effect, &mut || wait.goes_on("正在读取文件，按 Esc 停止")).map(Action::Answer)
    }

    /// Reads the folder under review, as long as the reviewer waits for it.
    fn survey(&mut self) -> Option<Action> {
        let Self { app, screen, inputs, ahead, world, .. } = self;
        let mut wait = Wait::new(app, screen, inputs, ahead);
        let mut told =
            |done: usize, all: usize| wait.goes_on(&format!("正在读报来的文件：{done} / {all}，按 Esc 停止"));
        let answer = world.survey(app, &mut told).map(Action::Answer);
        // Whoever pressed it had not seen the list that is there now.
        wait.forget_what_was_pressed();
        answer
    }

    /// Ends in order without asking: prose that was typed is kept, a cell that was not confirmed is not.
    fn end(&mut self) {
        self.app.overlay = None;
        self.act(Action::Pause);
        if let Some(open) = &self.app.open {
            let place = open.place();
            self.perform(vec![Effect::Close(place, Then::Library)]);
        }
    }
}
