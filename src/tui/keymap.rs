//! Which key does what where: one table, from which come dispatch, the hint line, the help screen and the palette.
//!
//! No bare letter is a key: with a Chinese input method on it goes into its window. Nothing here acts; see
//! [`update`](super::update).

mod table;

use super::input::{Code, Key};
pub use table::BINDINGS;

/// Where the keys go: the overlay that stands, else the screen and what is done on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Context {
    /// The list of reports.
    Library,
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
    /// Words to find in prose, and to replace.
    Replace,
}

impl Context {
    /// What the help calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Library => "报告列表",
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
            Self::Replace => "查找替换",
        }
    }
}

/// A way for the cursor to go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// A line up.
    Up,
    /// A line down.
    Down,
    /// One to the left.
    Left,
    /// One to the right.
    Right,
    /// To the beginning of the line.
    LineStart,
    /// To the end of the line.
    LineEnd,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// To the very beginning.
    Start,
    /// To the very end.
    End,
    /// A phrase back.
    PhraseLeft,
    /// A phrase on.
    PhraseRight,
}

/// What a key asks for. What exactly it means follows from where it is given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Command {
    /// Confirms, opens, chooses or answers yes.
    Enter,
    /// Goes on to the right or to the next.
    Tab,
    /// Goes back to the left or to the one before.
    BackTab,
    /// Takes back what is being typed, or closes the overlay.
    Escape,
    /// Deletes before the caret, or blanks the cell.
    Backspace,
    /// Deletes after the caret, or blanks the cell, or throws away the report.
    Delete,
    /// Deletes a phrase before the caret.
    DeletePhrase,
    /// Moves the cursor.
    Go(Step),
    /// Moves the cursor and selects what is on the way.
    Extend(Step),
    /// Selects everything.
    SelectAll,
    /// Edits what stands in the cell instead of replacing it.
    Edit,
    /// Takes the last edit back.
    Undo,
    /// Does the last edit taken back again.
    Redo,
    /// Copies the selection.
    Copy,
    /// Cuts the selection.
    Cut,
    /// Puts in what was copied here.
    Paste,
    /// Saves; there is an autosave, this is peace of mind.
    Save,
    /// Writes the report to a file of any kind.
    Export,
    /// Finds a row of the table, or words of the prose.
    Find,
    /// Finds words of the prose and replaces them.
    Replace,
    /// Replaces the words wherever they stand.
    ReplaceAll,
    /// Puts in a sentence that tells numbers of the tables.
    Compose,
    /// Shows the same section of last year's report.
    LastYear,
    /// Gives the section to another editor.
    HandOff,
    /// Goes to any place of the report.
    GoTo,
    /// Shows the charts.
    Charts,
    /// Shows every command by name.
    Palette,
    /// Shows the help.
    Help,
    /// Explains the finding at the cursor.
    Explain,
    /// Shows the notices of the import.
    Notices,
    /// Goes to the next finding.
    NextFinding,
    /// Goes to the finding before.
    PreviousFinding,
    /// Mends the finding at the cursor.
    Mend,
    /// Accepts the finding at the cursor for a reason, or changes the reason.
    Waive,
    /// Groups the findings by section or by severity.
    Regroup,
    /// Goes to the next empty cell.
    NextBlank,
    /// To the next place that the finding at the cursor is about.
    NextInvolved,
    /// Shows a tab: 0 is the cover, 1 to 6 the sections, 7 the findings.
    ShowTab(u8),
    /// Shows the next tab.
    NextTab,
    /// Shows the tab before.
    PreviousTab,
    /// Fills every blank with 0, on purpose.
    ZeroReport,
    /// Changes between computed and keyed totals.
    SwitchTotals,
    /// Composes the title of agency and year.
    ComposeTitle,
    /// Makes a new report.
    New,
    /// Reads a report from a file.
    Import,
    /// Makes the report that follows the selected one.
    RollOver,
    /// Opens the report that comes with the program.
    Sample,
    /// Goes back to the list of reports.
    Close,
    /// Changes how wide ambiguous characters are taken to be.
    SwitchWidth,
    /// Ends the program.
    Quit,
}

/// One line of the table.
#[derive(Debug)]
pub struct Binding {
    /// What it asks for; the palette runs this.
    pub command: Command,
    /// The keys, with what each asks for; none if only the palette has it.
    pub keys: &'static [(Key, Command)],
    /// The keys as they are called on the screen, where the first key's own name does not say it.
    pub called: &'static str,
    /// Where it holds.
    pub on: &'static [Context],
    /// What the hint line says of it; empty if it is not in the hint line.
    pub hint: &'static str,
    /// What the help says of it.
    pub help: &'static str,
    /// The pinyin initials by which the palette finds it; empty if it is not in the palette.
    pub initials: &'static str,
}

impl Binding {
    /// The key as it is called on the screen; empty if there is none.
    pub fn key(&self) -> String {
        match self.keys.first() {
            Some((key, _)) if self.called.is_empty() => name(*key),
            _ => self.called.to_owned(),
        }
    }
}

/// What a key asks for here; nothing if it is no key here.
pub fn command(context: Context, key: Key) -> Option<Command> {
    bindings(context)
        .flat_map(|binding| binding.keys)
        .find(|(known, _)| *known == key)
        .map(|(_, command)| *command)
}

/// The lines of the table that hold here.
pub fn bindings(context: Context) -> impl Iterator<Item = &'static Binding> {
    BINDINGS.iter().filter(move |binding| binding.on.contains(&context))
}

/// The name of a key as it is printed: `Ctrl+Z`, `F8`, `Alt+1`.
pub fn name(key: Key) -> String {
    let mut name = String::new();
    for (held, modifier) in [(key.ctrl, "Ctrl+"), (key.alt, "Alt+"), (key.shift, "Shift+")] {
        if held {
            name.push_str(modifier);
        }
    }
    match key.code {
        Code::Char(char) => name.extend(char.to_uppercase()),
        Code::F(number) => name.push_str(&format!("F{number}")),
        Code::Enter => name.push_str("Enter"),
        Code::Tab => name.push_str("Tab"),
        Code::Backspace => name.push_str("Backspace"),
        Code::Esc => name.push_str("Esc"),
        Code::Insert => name.push_str("Insert"),
        Code::Delete => name.push_str("Delete"),
        Code::Up => name.push_str("Up"),
        Code::Down => name.push_str("Down"),
        Code::Left => name.push_str("Left"),
        Code::Right => name.push_str("Right"),
        Code::Home => name.push_str("Home"),
        Code::End => name.push_str("End"),
        Code::PageUp => name.push_str("PageUp"),
        Code::PageDown => name.push_str("PageDown"),
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Context; 14] = [
        Context::Library,
        Context::Cover,
        Context::Field,
        Context::Grid,
        Context::Cell,
        Context::Prose,
        Context::Findings,
        Context::Picker,
        Context::Reader,
        Context::Question,
        Context::NewReport,
        Context::Path,
        Context::Reason,
        Context::Replace,
    ];

    #[test]
    fn no_key_means_two_things_in_one_place() {
        for context in ALL {
            let keys: Vec<Key> = bindings(context).flat_map(|b| b.keys).map(|(key, _)| *key).collect();
            for (nth, key) in keys.iter().enumerate() {
                assert!(!keys[..nth].contains(key), "{context:?}: {}", name(*key));
            }
        }
    }

    #[test]
    fn no_bare_character_is_a_key() {
        for (key, _) in BINDINGS.iter().flat_map(|binding| binding.keys) {
            assert!(!matches!(key.code, Code::Char(_)) || key.ctrl || key.alt, "{}", name(*key));
            // What terminals send for Tab, Enter and Backspace.
            assert!(!key.ctrl || !matches!(key.code, Code::Char('i' | 'm' | 'h' | 'j')), "{}", name(*key));
        }
    }

    #[test]
    fn every_function_key_has_a_twin_with_ctrl_or_in_the_palette() {
        for binding in BINDINGS {
            let is_function = |(key, _): &(Key, Command)| matches!(key.code, Code::F(_));
            let has_twin = |binding: &Binding| {
                !binding.initials.is_empty() || binding.keys.iter().any(|(key, _)| key.ctrl)
            };
            if binding.keys.iter().any(is_function) {
                assert!(has_twin(binding), "{}", binding.help);
            }
        }
    }

    #[test]
    fn every_place_says_how_to_go_on_and_how_to_get_help_or_out() {
        for context in ALL {
            assert!(bindings(context).any(|binding| !binding.hint.is_empty()), "{context:?}");
            let leaves = |b: &&Binding| {
                b.keys.iter().any(|(_, c)| matches!(c, Command::Escape | Command::Quit | Command::Close))
            };
            assert!(bindings(context).any(|binding| leaves(&binding)), "{context:?}");
        }
    }
}
