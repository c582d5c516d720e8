//! Waiting for a file that takes a while to read: it is said, and the clerk can stop it.

use std::time::{Duration, Instant};

use super::app::App;
use super::draw;
use super::input::{Code, Input, Inputs, Key};
use super::keymap::Command;
use super::screen::Screen;
use super::terminal::Output;

/// What is at hand while the program waits.
pub(super) struct Wait<'i> {
    pub(super) app: &'i App,
    pub(super) screen: &'i mut Screen<Output>,
    pub(super) inputs: &'i mut Inputs,
    /// What comes meanwhile and is answered afterwards, unless it is forgotten.
    pub(super) ahead: &'i mut Vec<Input>,
    /// When it was last said that the program waits.
    said: Option<Instant>,
}

impl<'i> Wait<'i> {
    /// How often it is said how far the work is.
    const OFTEN: Duration = Duration::from_millis(200);

    pub(super) fn new(
        app: &'i App,
        screen: &'i mut Screen<Output>,
        inputs: &'i mut Inputs,
        ahead: &'i mut Vec<Input>,
    ) -> Self {
        Self { app, screen, inputs, ahead, said: None }
    }

    /// Whether to wait on: until Escape is pressed, or something comes that ends the program.
    pub(super) fn goes_on(&mut self, words: &str) -> bool {
        if self.said.is_none_or(|said| said.elapsed() >= Self::OFTEN) {
            let mut app = self.app.clone();
            app.say(words);
            // A terminal that fails is noticed at the next frame.
            let _ = self.screen.draw(|frame| draw::draw(&app, frame));
            self.said = Some(Instant::now());
        }
        let came = self.inputs.wait(Some(Duration::ZERO));
        let is_escape = |input: &Input| matches!(input, Input::Key(Key { code: Code::Esc, .. }));
        let goes_on = !came.iter().any(|input| is_escape(input) || self.ends(input));
        self.ahead.extend(came.into_iter().filter(|input| !is_escape(input)));
        goes_on
    }

    /// Forgets what was pressed meanwhile, but for what ends the program.
    pub(super) fn forget_what_was_pressed(self) {
        let is_pressed = |input: &Input| {
            matches!(input, Input::Key(_) | Input::Text(_) | Input::Paste(_) | Input::Mouse(_))
        };
        let mut came = std::mem::take(self.ahead);
        came.extend(self.inputs.wait(Some(Duration::ZERO)));
        *self.ahead = came.into_iter().filter(|input| !is_pressed(input) || self.ends(input)).collect();
    }

    /// Whether the program ends with it.
    fn ends(&self, input: &Input) -> bool {
        match input {
            Input::Hangup | Input::Terminate => true,
            Input::Key(key) => self.app.command(*key) == Some(Command::Quit),
            _ => false,
        }
    }
}
