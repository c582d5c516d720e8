//! The tour: six steps on the sample, each of which ends when what it asks for is done.
//!
//! It changes nothing of a report by itself, and whoever does something else meanwhile is let do it.

use super::super::keymap::{Command, Context};

/// How far the tour has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tour {
    step: usize,
}

/// What is to be done in a step, where, and what is said of it; the key is named before.
struct Step {
    command: Command,
    /// Where it counts; nothing for everywhere.
    context: Option<Context>,
    text: &'static str,
}

const fn step(command: Command, text: &'static str) -> Step {
    Step { command, context: None, text }
}

const STEPS: [Step; 6] = [
    step(Command::Sample, "打开样例"),
    step(Command::ShowTab(3), "到第三部分的统计表"),
    Step {
        command: Command::Enter,
        context: Some(Context::Cell),
        text: "确认：先输入一个数，再按它，随即存盘",
    },
    step(Command::NextFinding, "到下一处问题：下面说错在哪、应是多少"),
    step(Command::Mend, "采用改法；这一处没有改法的，先往下找"),
    step(Command::Export, "另存为 Word 等文件，就可以交了"),
];

impl Tour {
    /// The beginning; with a report open already, the step behind the first.
    pub const fn new(is_open: bool) -> Self {
        Self { step: is_open as usize }
    }

    /// The number of the step, from 1, and of how many.
    pub const fn number(self) -> (usize, usize) {
        (self.step + 1, STEPS.len())
    }

    /// What is to be done now: by which command, and what it does.
    pub const fn task(self) -> (Command, &'static str) {
        let Step { command, text, .. } = STEPS[self.step];
        (command, text)
    }

    /// The tour after a command was given somewhere; `None` behind the last step.
    pub fn after(self, command: Command, context: Context) -> Option<Self> {
        let step = &STEPS[self.step];
        let is_done = command == step.command && step.context.is_none_or(|wanted| wanted == context);
        let next = self.step + usize::from(is_done);
        (next < STEPS.len()).then_some(Self { step: next })
    }
}
