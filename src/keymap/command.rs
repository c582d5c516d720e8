//! What keys can ask for.

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
    /// Reads a file, to take over what of it is marked.
    Merge,
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
    /// Something that has a meaning only where reports are reviewed.
    Review(Review),
    /// Changes how wide ambiguous characters are taken to be.
    SwitchWidth,
    /// Takes the mouse, or leaves it to the terminal.
    SwitchMouse,
    /// Begins the tour, or ends it.
    Tour,
    /// Stops the program and gives the terminal to the shell, until the shell has it go on.
    Suspend,
    /// Ends the program.
    Quit,
}

/// What a key asks for where reports are reviewed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Review {
    /// Accepts the report.
    Accept,
    /// Returns the report to its unit.
    Return,
    /// Notes something on the report.
    Note,
    /// Goes on to the next report to be reviewed.
    NextFiling,
    /// Compares the report with the version that was decided on before.
    SinceDecided,
    /// Writes the letter on the report.
    Letter,
    /// Writes the letters on every report that is returned.
    Letters,
    /// Adds up the reports.
    Total,
    /// Tells what a cell of the total is made of.
    Shares,
    /// Orders the queue in another way.
    Reorder,
    /// Reads the folder again.
    Reread,
}
