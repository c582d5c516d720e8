//! The tour: six steps on the sample, each of which ends when what it asks for has come about.
//!
//! It changes nothing by itself and takes nobody's own report: what is done elsewhere than in the sample takes it no
//! further.

use super::super::keymap::Command;
use super::{App, Overlay, Tab};
use crate::form::terms::Section;

/// Whose report the sample is.
pub const SAMPLE: &str = "云溪镇人民政府";

/// How far the tour has come.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Tour {
    step: Step,
    /// How many changes the sample had when the step began.
    given: u64,
}

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
enum Step {
    #[default]
    Open,
    Table,
    Fill,
    Find,
    Mend,
    HandIn,
    /// Nothing any more; what to remember is still to be read.
    End,
}

impl Tour {
    /// What is to be done now.
    pub fn says(self, app: &App) -> String {
        let way = |command| app.way(command);
        let text = match self.step {
            Step::Open if app.open.is_some() => {
                format!("按 {} 回到报告列表，在那里打开样例", way(Command::Close))
            }
            Step::Open => format!("按 {} 打开样例", way(Command::Sample)),
            Step::Table => format!("按 {} 到第三部分的统计表", way(Command::ShowTab(3))),
            Step::Fill => "改一个数，按 Enter 或者方向键确认，随即存盘".to_owned(),
            Step::Find => format!("按 {} 到下一处问题：上一行说错在哪、应是多少", way(Command::NextFinding)),
            Step::Mend => {
                let [mend, next] = [Command::Mend, Command::NextFinding].map(way);
                format!("按 {mend} 采用改法；这一处没有改法的，按 {next} 往下找")
            }
            Step::HandIn => format!("按 {} 另存为 Word 等文件，就可以交上去", way(Command::Export)),
            Step::End => {
                let [help, palette] = [Command::Help, Command::Palette].map(way);
                return format!("导览完了  {help} 看这里填什么、有哪些键，{palette} 找命令");
            }
        };
        format!("导览 {}/{}  {text}", self.step as usize + 1, Step::End as usize)
    }

    /// The tour after something was done, perhaps with a command, and whether something stood over the screen before;
    /// `None` when it has been read to its end.
    pub fn after(self, app: &App, command: Option<Command>, was_covered: bool) -> Option<Self> {
        let sample = app.open.as_ref().filter(|open| open.report().agency() == SAMPLE);
        let given = sample.map_or(0, |open| open.session.given());
        let Some(open) = sample else {
            return match self.step {
                Step::End if command.is_some() => None,
                Step::End => Some(self),
                _ => Some(Self::default()),
            };
        };
        let next = match self.step {
            Step::Open => Step::Table,
            Step::Table if open.tab == Tab::Section(Section::Requests) => Step::Fill,
            Step::Fill if given > self.given => Step::Find,
            Step::Find if command == Some(Command::NextFinding) && open.current_finding().is_some() => {
                Step::Mend
            }
            Step::Mend if given > self.given => Step::HandIn,
            Step::HandIn if matches!(app.overlay, Some(Overlay::Export(_))) => Step::End,
            Step::End if command.is_some() && !was_covered => return None,
            _ => return Some(self),
        };
        // On the table already, nobody is led there.
        Self { step: next, given }.after(app, None, was_covered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_whose_it_is_said_to_be() {
        let sample = crate::import::read(include_bytes!("../../sample/yunxi_town_2025.txt")).unwrap();
        assert_eq!(sample.agency(), SAMPLE);
    }
}
