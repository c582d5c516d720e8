//! Prints: the only place that writes to standard output and standard error.
//!
//! Whatever a report, a file name or an argument brings along passes through the sanitizer: here, as visible marks in
//! text; beside it in `json`, as escapes, which keep the value. What the program says is put into the language of its
//! user here; a text that is printed as it stands, and JSON, are not. A reader that goes away (`nianbao rules | head`) ends
//! nothing: the rest is not printed, and the exit status is the one that the work deserves. It decides no wording.

use std::io::{self, IsTerminal as _, Write};

use rustix::termios::tcgetwinsize;
use serde::Serialize;

use super::json::{Json, Unreadable};
use crate::language::Language;
use crate::width::{self, Ambiguous};

/// The columns of a line where there is no terminal to ask.
const COLUMNS: usize = 80;

/// The fewest columns that text is wrapped to.
const FEWEST_COLUMNS: usize = 40;

/// Standard output and standard error.
pub struct Output {
    out: Box<dyn Write>,
    notes: Box<dyn Write>,
    state: State,
    language: Language,
    columns: usize,
    is_screen: bool,
    /// Whether standard error is a terminal, where a line can be written over.
    has_status: bool,
    is_status_shown: bool,
}

/// How writing to standard output has gone so far.
enum State {
    Open,
    /// The reader went away, which is its good right.
    Closed,
    Failed(io::Error),
}

impl Output {
    /// The standard output and standard error of the process, which speak this language.
    pub fn standard(language: Language) -> Self {
        let stdout = io::stdout();
        let is_screen = stdout.is_terminal();
        let on_terminal = is_screen.then(|| tcgetwinsize(&stdout).ok()).flatten();
        let columns = on_terminal.map_or(COLUMNS, |size| usize::from(size.ws_col));
        let out = io::BufWriter::new(stdout);
        Self {
            out: Box::new(out),
            notes: Box::new(io::stderr()),
            state: State::Open,
            language,
            columns: columns.max(FEWEST_COLUMNS),
            is_screen,
            has_status: io::stderr().is_terminal(),
            is_status_shown: false,
        }
    }

    /// Whether what is printed is shown on a terminal.
    pub fn is_screen(&self) -> bool {
        self.is_screen
    }

    /// How many columns a line has.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Prints the bytes of a file that is no text, as they are; never to a screen.
    pub fn file(&mut self, bytes: &[u8]) {
        if !self.is_screen {
            self.write(bytes);
        }
    }

    /// The language that is spoken.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Prints one line.
    pub fn line(&mut self, text: &str) {
        self.as_it_stands(&self.language.say(text));
    }

    /// Prints a text of several lines as it stands.
    pub fn text(&mut self, text: &str) {
        text.lines().for_each(|line| self.as_it_stands(line));
    }

    /// Prints one line that was said already, or that somebody wrote.
    pub fn as_it_stands(&mut self, line: &str) {
        self.write(format!("{}\n", width::shown(line)).as_bytes());
    }

    /// Prints a text wrapped to the terminal, `lead` before its first row and blanks before the others.
    pub fn wrapped(&mut self, lead: &str, text: &str) {
        self.quoted(lead, &self.language.say(text));
    }

    /// Prints as much of a text as one row of the terminal has room for behind `lead`.
    pub fn begun(&mut self, lead: &str, text: &str) {
        let row = self.lead(lead) + &self.language.say(text);
        self.as_it_stands(width::fit(&row, self.columns, Ambiguous::Wide).trim_end());
    }

    /// The same for what somebody wrote, which stays as it is.
    pub fn quoted(&mut self, lead: &str, text: &str) {
        self.rows(self.lead(lead), text);
    }

    /// What stands before a text, in the language of the user.
    fn lead(&self, lead: &str) -> String {
        let mut lead = self.language.say(lead).into_owned();
        // A mark of full width has its blank in it.
        if lead.ends_with(':') {
            lead.push(' ');
        }
        lead
    }

    /// The same for a lead and a text that were said already.
    pub fn rows(&mut self, mut lead: String, text: &str) {
        let margin = width::width(&lead, Ambiguous::Wide);
        let columns = self.columns.saturating_sub(margin);
        for row in width::wrap(text, columns, Ambiguous::Wide) {
            self.as_it_stands(format!("{lead}{}", &text[row]).trim_end());
            lead = " ".repeat(margin);
        }
    }

    /// Prints a value as JSON, on one line.
    pub fn json(&mut self, value: &impl Serialize) {
        self.json_line(&Json::new(value));
    }

    /// Prints JSON that is there already, on one line.
    pub fn json_text(&mut self, json: &str) {
        self.json_line(&Json::spelled(json));
    }

    /// Prints a line of JSON that was made elsewhere.
    pub(super) fn json_line(&mut self, line: &Json) {
        self.write(line.bytes());
    }

    /// Says something beside the result, on standard error.
    pub fn note(&mut self, text: &str) {
        self.flush();
        self.clear_status();
        for line in text.lines() {
            let said = self.language.say(line);
            let shown = width::shown(&said);
            for row in width::wrap(&shown, self.columns, Ambiguous::Wide) {
                // There is nowhere left to say that standard error does not take text.
                let _ = writeln!(self.notes, "{}", shown[row].trim_end());
            }
        }
    }

    /// Whether progress is shown in one place, which is written over.
    pub fn shows_progress(&self) -> bool {
        self.has_status
    }

    /// Shows how far a long work is, on standard error; nothing ends it.
    pub fn progress(&mut self, text: &str) {
        if self.is_screen {
            self.flush();
        }
        if self.has_status {
            self.clear_status();
            if !text.is_empty() {
                let shown =
                    width::fit(&width::shown(&self.language.say(text)), self.columns - 1, Ambiguous::Wide);
                let _ = write!(self.notes, "{}", shown.trim_end());
                self.is_status_shown = true;
            }
        } else if !text.is_empty() {
            self.note(text);
        }
    }

    /// Takes away what shows how far the work is: something else is written now.
    fn clear_status(&mut self) {
        if std::mem::take(&mut self.is_status_shown) {
            let _ = write!(self.notes, "\r\x1b[K");
        }
    }

    /// Says why one of several files or reports is passed over: as a line of JSON in its place, or beside the result.
    pub fn unreadable(&mut self, file: &str, error: &impl ToString, json: bool) {
        let error = error.to_string();
        if json {
            self.json(&Unreadable { file, error: &error });
            return;
        }
        self.note(&passed_over(file, &error));
    }

    /// Says why the program could not do what was asked, and what to do now.
    pub fn failure(&mut self, error: &str, hint: &str) {
        self.note(&format!("错误：{error}"));
        self.hint(hint);
    }

    /// Says what to do now.
    pub(super) fn hint(&mut self, hint: &str) {
        self.note(&format!("提示：{hint}"));
    }

    /// Ends the output.
    ///
    /// # Errors
    /// If something could not be written, unless because the reader went away.
    pub fn finish(&mut self) -> io::Result<()> {
        self.flush();
        match std::mem::replace(&mut self.state, State::Closed) {
            State::Failed(error) => Err(error),
            State::Open | State::Closed => Ok(()),
        }
    }

    fn flush(&mut self) {
        if matches!(self.state, State::Open) {
            let result = self.out.flush();
            self.keep(result);
        }
    }

    fn write(&mut self, bytes: &[u8]) {
        if self.is_screen {
            self.clear_status();
        }
        if matches!(self.state, State::Open) {
            let result = self.out.write_all(bytes);
            self.keep(result);
        }
    }

    fn keep(&mut self, result: io::Result<()>) {
        self.state = match result {
            Ok(()) => return,
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => State::Closed,
            Err(error) => State::Failed(error),
        };
    }
}

/// Why `file` is passed over, its name once, and first: that is what a list is looked through by.
fn passed_over(file: &str, error: &str) -> String {
    let error = error.replacen(&format!("：{file}（"), "（", 1);
    match error.strip_suffix(&format!("：{file}")).unwrap_or(&error) {
        named if named.contains(&format!("“{file}”")) => named.to_owned(),
        error => format!("{file}：{error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A writer that takes `room` bytes and then fails.
    struct Short {
        room: usize,
        kind: io::ErrorKind,
    }

    impl Write for Short {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.room == 0 {
                return Err(self.kind.into());
            }
            let taken = bytes.len().min(self.room);
            self.room -= taken;
            Ok(taken)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn short(kind: io::ErrorKind) -> Output {
        let out = Box::new(Short { room: 3, kind });
        Output {
            out,
            notes: Box::new(io::sink()),
            state: State::Open,
            language: Language::Chinese,
            columns: COLUMNS,
            is_screen: false,
            has_status: false,
            is_status_shown: false,
        }
    }

    #[test]
    fn a_file_that_is_passed_over_is_named_once() {
        assert_eq!(passed_over("a.docx", "读取失败：a.docx（没有权限）"), "a.docx：读取失败（没有权限）");
        assert_eq!(passed_over("a.docx", "不是普通文件：a.docx"), "a.docx：不是普通文件");
        assert_eq!(passed_over("a.docx", "没有“a.docx”这个文件"), "没有“a.docx”这个文件");
        assert_eq!(passed_over("a.docx", "没有认出年度报告"), "a.docx：没有认出年度报告");
    }

    #[test]
    fn a_reader_that_goes_away_is_no_failure() {
        let mut output = short(io::ErrorKind::BrokenPipe);
        output.line("年度报告");
        output.line("年度报告");
        assert!(output.finish().is_ok());
    }

    #[test]
    fn a_full_disk_is_a_failure_that_later_lines_do_not_hide() {
        let mut output = short(io::ErrorKind::StorageFull);
        output.line("年度报告");
        output.line("");
        assert_eq!(output.finish().unwrap_err().kind(), io::ErrorKind::StorageFull);
    }
}
