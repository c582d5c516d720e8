//! The program stopped for a while: under a shell that has it go on, and where there is none.
//!
//! The shell is a real one with job control, in a real terminal.

use std::path::Path;

use nianbao::form::Form;
use nianbao::form::terms::Section;
use nianbao::report::{Place, Report, Value};
use nianbao::store::Library;
use rustix::process::{Pid, Signal, kill_process};

use crate::pty::{alt, ctrl, go_to, report, seen};
use crate::terminal::Terminal;

const SIZE: (u16, u16) = (80, 24);

/// A shell that starts the program as a job, says whether it has got its terminal back when the job stops, and has it go
/// on after a line from the keyboard.
const SHELL: &str = "\
    set -m\n\
    sh -c 'echo $$ > \"$NIANBAO_DATA_DIR/pid\"; exec \"$NIANBAO\" --mouse'\n\
    stty -a > \"$NIANBAO_DATA_DIR/modes\"; echo shell has it; read line\n\
    fg > /dev/null\n\
    echo left with $?";

/// A library with one report, opened in the program that a script starts.
fn opened(data: &Path, script: &str) -> Terminal {
    Library::open(data).unwrap().create(&Report::new(Form::current())).unwrap();
    let mut terminal = Terminal::start_script(data, script, SIZE);
    terminal.wait_for("共 1 份");
    terminal.send("\r");
    terminal.wait_for("已存");
    terminal
}

/// Chooses the command in the palette.
fn suspend(terminal: &mut Terminal, name: &str) {
    terminal.send(&ctrl('p'));
    terminal.wait_for("拼音首字母");
    terminal.send(name);
    let is_first = |t: &Terminal| t.text().lines().nth(4).is_some_and(|line| line.contains("挂起"));
    assert!(terminal.wait_until(is_first), "{}", terminal.text());
    terminal.send("\r");
}

/// The program itself, whoever has started it.
fn signal(data: &Path, signal: Signal) {
    let id = std::fs::read_to_string(data.join("pid")).unwrap();
    kill_process(Pid::from_raw(id.trim().parse().unwrap()).unwrap(), signal).unwrap();
}

/// Waits until the shell has the terminal, as it was before the program came, and asserts that.
#[track_caller]
fn shell_has_it(data: &Path, terminal: &mut Terminal) {
    terminal.wait_for("shell has it");
    assert!(terminal.is_restored(), "{}", terminal.text());
    let sent = String::from_utf8_lossy(&terminal.received).into_owned();
    let last = |mode: &str| sent.rfind(&format!("\x1b[?{mode}"));
    for mode in ["1049", "2004", "1000", "1006"] {
        assert!(last(&format!("{mode}l")) > last(&format!("{mode}h")), "{mode}");
    }
    assert!(last("25h") > last("25l"));
    let modes = std::fs::read_to_string(data.join("modes")).unwrap();
    for mode in ["icanon", "echo", "isig", "opost", "icrnl"] {
        assert!(modes.split([' ', '\n', ';']).any(|word| word == mode), "{mode}: {modes}");
    }
}

#[test]
fn suspended_in_the_palette_it_stops_and_goes_on_with_what_was_there() {
    let data = tempfile::tempdir().unwrap();
    for (nth, name) in ["挂起", "guaqi", "gq"].into_iter().enumerate() {
        let id = (nth + 1).to_string();
        let data = data.path().join(&id);
        let mut terminal = opened(&data, SHELL);
        terminal.send(&alt('3'));
        go_to(&mut terminal, "requests/received/business");
        terminal.send("77");
        terminal.wait_for("77");
        // The palette has what was typed confirmed and kept; the screen is the same without it.
        terminal.send(&ctrl('p'));
        terminal.wait_for("拼音首字母");
        terminal.send("\x1b");
        assert!(terminal.wait_until(|t| !t.text().contains("拼音首字母") && t.text().contains("已存")));
        let (before, caret) = (seen(&terminal), terminal.cursor());
        suspend(&mut terminal, name);
        shell_has_it(&data, &mut terminal);
        let place = Place::parse("requests/received/business").unwrap();
        assert_eq!(report(&data, "1").get(place), Some(&Value::count(77)));
        let sent = terminal.received.len();
        terminal.send("\r");
        let is_same = terminal.wait_until(|t| seen(t) == before && t.cursor() == caret);
        assert!(is_same, "{before:#?}\n{}", terminal.text());
        let again = String::from_utf8_lossy(&terminal.received[sent..]).into_owned();
        for mode in ["1049", "2004", "1000", "1006"] {
            assert_eq!(again.matches(&format!("\x1b[?{mode}h")).count(), 1, "{mode}: {again}");
        }
        // Keys are read one by one again, and Ctrl+Z is still not of the terminal.
        terminal.send("878");
        terminal.wait_for("878");
        terminal.send("\r");
        terminal.send(&ctrl('z'));
        terminal.wait_for("已撤销");
        terminal.send(&ctrl('q'));
        terminal.wait_for("left with 0");
        assert_eq!(report(&data, "1").get(place), Some(&Value::count(77)));
    }
}

#[test]
fn it_is_suspended_from_the_list_of_reports_too() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start_script(data.path(), SHELL, SIZE);
    terminal.wait_for("Ctrl+E");
    let before = seen(&terminal);
    suspend(&mut terminal, "gq");
    shell_has_it(data.path(), &mut terminal);
    terminal.send("\r");
    assert!(terminal.wait_until(|t| seen(t) == before), "{}", terminal.text());
    terminal.send(&ctrl('q'));
    terminal.wait_for("left with 0");
}

#[test]
fn stopped_from_outside_it_keeps_prose_and_a_cell_stays_half_typed() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = opened(data.path(), SHELL);
    terminal.send(&alt('1'));
    terminal.wait_for("在这里输入");
    terminal.send("今年公开");
    terminal.wait_for("今年公开");
    signal(data.path(), Signal::TSTP);
    shell_has_it(data.path(), &mut terminal);
    assert_eq!(report(data.path(), "1").text(Section::Overview), "今年公开");
    // In a window that has another size meanwhile.
    terminal.resize((100, 30));
    terminal.send("\r");
    terminal.wait_for("今年公开");
    assert_eq!(terminal.text().lines().count(), 30, "{}", terminal.text());
    terminal.send("信息");
    terminal.wait_for("今年公开信息");
    terminal.send(&ctrl('q'));
    terminal.wait_for("left with 0");
    assert_eq!(report(data.path(), "1").text(Section::Overview), "今年公开信息");

    let data = tempfile::tempdir().unwrap();
    let mut terminal = opened(data.path(), SHELL);
    go_to(&mut terminal, "requests/received/business");
    terminal.send("77");
    terminal.wait_for("77");
    let before = seen(&terminal);
    signal(data.path(), Signal::TSTP);
    shell_has_it(data.path(), &mut terminal);
    let place = Place::parse("requests/received/business").unwrap();
    assert_eq!(report(data.path(), "1").get(place), None);
    terminal.send("\r");
    assert!(terminal.wait_until(|t| seen(t) == before), "{}", terminal.text());
    terminal.send("8\r");
    terminal.wait_for("778");
    terminal.send(&ctrl('q'));
    terminal.wait_for("left with 0");
    assert_eq!(report(data.path(), "1").get(place), Some(&Value::count(778)));
}

#[test]
fn a_program_that_started_it_is_stopped_with_it() {
    let data = tempfile::tempdir().unwrap();
    // The shell waits for the outer one, which has no job control and stays in between.
    let script = SHELL.replace("exec \"$NIANBAO\" --mouse", "\"$NIANBAO\" --mouse; exit $?");
    let mut terminal = Terminal::start_script(data.path(), &script, SIZE);
    terminal.wait_for("Ctrl+E");
    suspend(&mut terminal, "gq");
    shell_has_it(data.path(), &mut terminal);
    terminal.send("\r");
    terminal.wait_for("Ctrl+E");
    terminal.send(&ctrl('q'));
    terminal.wait_for("left with 0");
}

#[test]
fn where_no_shell_could_have_it_go_on_it_refuses_and_does_not_stop() {
    let number = "echo $$ > \"$NIANBAO_DATA_DIR/pid\";";
    for script in [
        // The first of its session.
        format!("{number} exec \"$NIANBAO\""),
        // Under a shell without job control.
        format!("sh -c '{number} exec \"$NIANBAO\"'; echo left with $?"),
    ] {
        let data = tempfile::tempdir().unwrap();
        let mut terminal = opened(data.path(), &script);
        go_to(&mut terminal, "requests/received/business");
        suspend(&mut terminal, "gq");
        terminal.wait_for("这里不能挂起");
        terminal.wait_for("Ctrl+Q");
        terminal.send("77");
        assert!(terminal.wait_until(|t| !t.text().contains("不能挂起") && t.text().contains("77")));
        signal(data.path(), Signal::TSTP);
        terminal.wait_for("这里不能挂起");
        terminal.send("8\r");
        terminal.wait_for("778");
        terminal.send(&ctrl('q'));
        assert_eq!(terminal.exit_status(), 0);
        assert!(terminal.is_restored());
        let place = Place::parse("requests/received/business").unwrap();
        assert_eq!(report(data.path(), "1").get(place), Some(&Value::count(778)));
    }
}

#[test]
fn an_editor_that_stops_itself_stops_the_program_and_both_go_on() {
    let data = tempfile::tempdir().unwrap();
    let editor = data.path().join("editor.sh");
    std::fs::write(&editor, "kill -STOP $$; printf '停了又来。' > \"$1\"").unwrap();
    let script = format!("export EDITOR='sh {}'\n{SHELL}", editor.display());
    let mut terminal = opened(data.path(), &script);
    terminal.send(&alt('1'));
    terminal.wait_for("在这里输入");
    terminal.send("\x1be");
    shell_has_it(data.path(), &mut terminal);
    terminal.send("\r");
    terminal.wait_for("停了又来。");
    terminal.send(&ctrl('q'));
    terminal.wait_for("left with 0");
    assert_eq!(report(data.path(), "1").text(Section::Overview), "停了又来。");
}
