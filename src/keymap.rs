//! Which key does what where: one table, from which come dispatch, the hint line, the help screen, the palette and the
//! configuration.
//!
//! No bare letter is a key: with a Chinese input method on it goes into its window. Nothing here acts; see
//! [`update`](crate::tui::update).

mod command;
mod in_force;
mod key;
mod names;
mod spelling;
mod table;

use std::borrow::Cow;

pub use command::{Command, Review, Step};
pub use in_force::{Clash, Keymap};
pub use key::{Code, Key};
pub use spelling::read;
pub use table::BINDINGS;

/// Where the keys go: the overlay that stands, else the screen and what is done on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Context {
    /// The list of reports.
    Library,
    /// The queue of reports to review.
    Queue,
    /// The cover of a report, nothing being typed.
    Cover,
    /// A field of the cover is being typed.
    Field,
    /// A table, nothing being typed.
    Grid,
    /// A cell is being typed.
    Cell,
    /// A section of prose.
    Prose,
    /// The list of findings.
    Findings,
    /// A list to choose from.
    Picker,
    /// A text to read.
    Reader,
    /// A question to answer.
    Question,
    /// The form of a new report.
    NewReport,
    /// A path to type.
    Path,
    /// The reason for which a finding is accepted.
    Reason,
    /// What is noted on a report under review.
    Note,
    /// Words to find in prose, and to replace.
    Replace,
    /// What a file has otherwise.
    Merge,
}

impl Context {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::Library,
        Self::Queue,
        Self::Cover,
        Self::Field,
        Self::Grid,
        Self::Cell,
        Self::Prose,
        Self::Findings,
        Self::Picker,
        Self::Reader,
        Self::Question,
        Self::NewReport,
        Self::Path,
        Self::Reason,
        Self::Note,
        Self::Replace,
        Self::Merge,
    ];

    /// What the help calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Library => "报告列表",
            Self::Queue => "待审报告",
            Self::Cover => "封面",
            Self::Field => "正在填写封面",
            Self::Grid => "统计表",
            Self::Cell => "正在填写一格",
            Self::Prose => "文字部分",
            Self::Findings => "检查结果",
            Self::Picker => "选择",
            Self::Reader => "阅读",
            Self::Question => "询问",
            Self::NewReport => "新建报告",
            Self::Path => "输入路径",
            Self::Reason => "填写理由",
            Self::Note => "批注",
            Self::Replace => "查找替换",
            Self::Merge => "读入并比较",
        }
    }
}

/// One line of the table.
#[derive(Clone, Debug)]
pub struct Binding {
    /// What it asks for; the palette runs this.
    pub command: Command,
    /// The keys, with what each asks for; none if it is called for in the palette only.
    pub keys: Cow<'static, [(Key, Command)]>,
    /// The keys as they are called on the screen, where the first key's own name does not say it.
    pub called: &'static str,
    /// Where it holds.
    pub on: &'static [Context],
    /// What the hint line says of it; empty if it is not in the hint line.
    pub hint: &'static str,
    /// What the help says of it.
    pub help: &'static str,
    /// What the palette calls it; empty if it is not in the palette.
    pub title: &'static str,
}

impl Binding {
    /// The key as it is called on the screen, of several commands the first of each; empty if there is none.
    pub fn key(&self) -> String {
        if !self.called.is_empty() {
            return self.called.to_owned();
        }
        let firsts = self.keys.iter().enumerate().filter(|(nth, _)| self.is_first(*nth));
        firsts.map(|(_, (key, _))| key.to_string()).collect::<Vec<_>>().join("/")
    }

    /// What the help says of it, and which keys there are besides.
    pub fn explained(&self) -> String {
        let others =
            self.keys.iter().enumerate().filter(|(nth, _)| self.called.is_empty() && !self.is_first(*nth));
        let others: Vec<String> = others.map(|(_, (key, _))| key.to_string()).collect();
        match others.is_empty() {
            true => self.help.to_owned(),
            false => format!("{}，也可以按 {}", self.help, others.join("、")),
        }
    }

    /// Everything that it asks for.
    pub fn commands(&self) -> Vec<Command> {
        distinct(std::iter::once(self.command).chain(self.keys.iter().map(|(_, command)| *command)))
    }

    /// Whether none of the keys before asks for what this one does.
    fn is_first(&self, nth: usize) -> bool {
        self.keys[..nth].iter().all(|(_, command)| *command != self.keys[nth].1)
    }
}

/// Each of the items once, where it comes first.
fn distinct<T: PartialEq>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut distinct = Vec::new();
    for item in items {
        if !distinct.contains(&item) {
            distinct.push(item);
        }
    }
    distinct
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_means_two_things_in_one_place() {
        assert_eq!(Keymap::default().clashes(), []);
    }

    #[test]
    fn no_bare_character_is_a_key() {
        for (key, _) in BINDINGS.iter().flat_map(|binding| binding.keys.iter()) {
            assert!(!matches!(key.code, Code::Char(_)) || key.ctrl || key.alt, "{key}");
        }
    }

    #[test]
    fn a_command_has_the_same_keys_wherever_it_holds() {
        for command in Command::all() {
            let lists = BINDINGS.iter().filter_map(|binding| {
                let keys: Vec<Key> =
                    binding.keys.iter().filter(|(_, c)| *c == command).map(|(key, _)| *key).collect();
                (!keys.is_empty()).then_some(keys)
            });
            for keys in lists {
                assert_eq!(keys, Keymap::default().keys(command), "{}", command.name());
            }
        }
    }

    #[test]
    fn every_function_key_has_a_twin_with_ctrl_or_in_the_palette() {
        for binding in BINDINGS {
            let is_function = |(key, _): &(Key, Command)| matches!(key.code, Code::F(_));
            let has_twin = !binding.title.is_empty() || binding.keys.iter().any(|(key, _)| key.ctrl);
            assert!(has_twin || !binding.keys.iter().any(is_function), "{}", binding.help);
        }
    }

    #[test]
    fn what_the_palette_has_is_where_the_palette_is() {
        let palette = BINDINGS.iter().find(|binding| binding.command == Command::Palette).unwrap();
        for binding in BINDINGS.iter().filter(|binding| !binding.title.is_empty()) {
            assert!(binding.on.iter().any(|context| palette.on.contains(context)), "{}", binding.title);
            let alike = BINDINGS.iter().filter(|other| other.title == binding.title);
            assert_eq!(alike.count(), 1, "{}", binding.title);
        }
    }

    #[test]
    fn every_place_says_how_to_go_on_and_how_to_get_help_or_out() {
        let keymap = Keymap::default();
        for context in Context::ALL {
            assert!(keymap.bindings(context).any(|binding| !binding.hint.is_empty()), "{context:?}");
            let leaves = |b: &&Binding| {
                b.keys.iter().any(|(_, c)| matches!(c, Command::Escape | Command::Quit | Command::Close))
            };
            assert!(keymap.bindings(context).any(|binding| leaves(&binding)), "{context:?}");
        }
    }
}
