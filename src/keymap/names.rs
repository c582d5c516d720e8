//! The names of the commands, by which the configuration binds keys to them. They are stable: files of users have them.

use super::in_force::title;
use super::{BINDINGS, Binding, Command, Review, Step, distinct};

impl Command {
    /// Its name in the configuration.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Enter => "enter",
            Self::Tab => "tab",
            Self::BackTab => "back_tab",
            Self::Escape => "escape",
            Self::Backspace => "backspace",
            Self::Delete => "delete",
            Self::DeletePhrase => "delete_phrase",
            Self::Go(step) => step.names().0,
            Self::Extend(step) => step.names().1,
            Self::SelectAll => "select_all",
            Self::Edit => "edit",
            Self::Undo => "undo",
            Self::Redo => "redo",
            Self::Copy => "copy",
            Self::Cut => "cut",
            Self::Paste => "paste",
            Self::Save => "save",
            Self::Export => "export",
            Self::Find => "find",
            Self::GoTo => "go_to",
            Self::Palette => "palette",
            Self::Help => "help",
            Self::Explain => "explain",
            Self::Notices => "notices",
            Self::NextFinding => "next_finding",
            Self::PreviousFinding => "previous_finding",
            Self::Mend => "mend",
            Self::Waive => "waive",
            Self::Regroup => "regroup",
            Self::NextBlank => "next_blank",
            Self::NextInvolved => "next_involved",
            Self::ShowTab(number) => tab_name(number),
            Self::NextTab => "next_tab",
            Self::PreviousTab => "previous_tab",
            Self::ZeroReport => "zero_report",
            Self::SwitchTotals => "switch_totals",
            Self::ComposeTitle => "compose_title",
            Self::New => "new",
            Self::Import => "import",
            Self::RollOver => "roll_over",
            Self::Sample => "sample",
            Self::Close => "close",
            Self::Review(review) => review.name(),
            Self::SwitchWidth => "switch_width",
            Self::SwitchMouse => "switch_mouse",
            Self::Tour => "tour",
            Self::Replace => "replace",
            Self::ReplaceAll => "replace_all",
            Self::Compose => "compose",
            Self::LastYear => "last_year",
            Self::HandOff => "hand_off",
            Self::Charts => "charts",
            Self::Merge => "merge",
            Self::Suspend => "suspend",
            Self::Quit => "quit",
        }
    }

    /// Whether it can be called for in the palette, and so needs no key.
    pub fn is_in_palette(self) -> bool {
        !title(self).is_empty()
    }

    /// The command of this name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::all().into_iter().find(|command| command.name() == name)
    }

    /// Every command that the table has, in its order.
    pub fn all() -> Vec<Self> {
        distinct(BINDINGS.iter().flat_map(Binding::commands))
    }
}

impl Review {
    /// Its name in the configuration.
    const fn name(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Return => "return",
            Self::Note => "note",
            Self::NextFiling => "next_filing",
            Self::SinceDecided => "since_decided",
            Self::Letter => "letter",
            Self::Letters => "letters",
            Self::Total => "total",
            Self::Shares => "shares",
            Self::Reorder => "reorder",
            Self::Reread => "reread",
        }
    }
}

/// The name of the command that shows a tab.
const fn tab_name(number: u8) -> &'static str {
    match number {
        0 => "show_cover",
        1 => "show_section_1",
        2 => "show_section_2",
        3 => "show_section_3",
        4 => "show_section_4",
        5 => "show_section_5",
        6 => "show_section_6",
        _ => "show_findings",
    }
}

impl Step {
    /// The name of the move, and of the move that selects.
    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Up => ("up", "select_up"),
            Self::Down => ("down", "select_down"),
            Self::Left => ("left", "select_left"),
            Self::Right => ("right", "select_right"),
            Self::LineStart => ("line_start", "select_line_start"),
            Self::LineEnd => ("line_end", "select_line_end"),
            Self::PageUp => ("page_up", "select_page_up"),
            Self::PageDown => ("page_down", "select_page_down"),
            Self::Start => ("start", "select_start"),
            Self::End => ("end", "select_end"),
            Self::PhraseLeft => ("phrase_left", "select_phrase_left"),
            Self::PhraseRight => ("phrase_right", "select_phrase_right"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_name_of_its_own() {
        for command in Command::all() {
            assert_eq!(Command::of_name(command.name()), Some(command));
        }
        assert_eq!(Command::of_name("Enter"), None);
    }
}
