//! The terminal left to the shell or to another editor, and taken back.

use super::action::{Action, Answer, Refusal, Task};
use super::outside::Handed;
use super::{Going, Interface, terminal};
use crate::form::terms::Section;
use crate::keymap;

impl Interface {
    /// Leaves the terminal to the shell until that has the program go on; refuses where there is no such shell.
    pub(super) fn suspend(&mut self) -> Going {
        if !terminal::can_stop() {
            let message = "这里不能挂起：没有可以回去的命令行，停下就回不来了".to_owned();
            let quit = self.app.way(keymap::Command::Quit);
            let hint = format!("要离开请按 {quit} 退出；要同时用命令行，请另开一个窗口。");
            return self.act(Action::Answer(Answer::Refused(Refusal { task: Task::Other, message, hint })));
        }
        self.act(Action::Pause);
        // A terminal that is gone comes as an input too.
        let _ = self.terminal.suspend();
        self.inputs.forget_stop();
        let size = self.back_again();
        self.act(size)
    }

    /// Gives a section to another editor, and takes in what came of it. The file goes only after that.
    pub(super) fn hand_off(&mut self, section: Section, text: &str) -> Going {
        let handed = match Handed::new(self.world.directory(), section, text) {
            Ok(handed) => handed,
            Err(refusal) => return self.act(Action::Answer(refusal)),
        };
        let Ok((answer, is_done)) = handed.edit(section, &mut self.terminal) else {
            // The terminal is gone; that comes as an input too.
            return Going::On;
        };
        self.inputs.forget_signals();
        let size = self.back_again();
        self.act(size);
        let going = self.act(Action::Answer(answer));
        if is_done {
            handed.remove();
        }
        going
    }

    /// The terminal may have been used by others and may have another size.
    pub(super) fn back_again(&mut self) -> Action {
        let size = self.terminal.size();
        self.screen.resize(size);
        Action::Resize(size.0, size.1)
    }
}
