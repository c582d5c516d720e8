//! The program behind 9,600 baud and 300 ms there and back: no key is lost, and a cell costs few bytes.
//!
//! Bytes and the report are asserted, never times.

use std::time::Duration;

use nianbao::form::Cell;
use nianbao::form::terms::Column;

use crate::pty::{FIRST_ROWS, alt, ctrl, key_in, open_sample, report};
use crate::terminal::{Line, Terminal};

/// Ten bits a byte, and half of 300 ms each way.
const SLOW: Line = Line { pace: 96, delay: Duration::from_millis(150) };

/// The most bytes that a cell may cost: typed, confirmed, checked, saved.
const CELL: usize = 400;

#[test]
fn no_key_is_lost_and_a_cell_costs_few_bytes() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start_behind(SLOW, data.path(), &[], (80, 24), &[]);
    open_sample(&mut terminal);
    terminal.send(&alt('3'));
    // The first row of the table.
    assert!(terminal.wait_until(|terminal| terminal.cursor().0 == 4));
    let (_, column) = terminal.cursor();
    terminal.send("\x1b[C");
    assert!(terminal.wait_until(|terminal| terminal.cursor().1 > column));
    let before = terminal.received.len();
    // One at a time.
    for number in ["101", "102", "103", "104"] {
        key_in(&mut terminal, number);
    }
    let patient = terminal.received.len() - before;
    assert!(patient <= 4 * CELL, "{patient} bytes for four cells");
    // Blind, as fast as a machine, with an arrow that comes apart.
    for number in 105..112 {
        for key in number.to_string().chars().map(String::from).chain(["\r".to_owned()]) {
            terminal.send(&key);
            std::thread::sleep(Duration::from_millis(10));
        }
    }
    terminal.send("\x1b");
    std::thread::sleep(Duration::from_millis(5));
    terminal.send("[B");
    terminal.send("\x1b[A");
    terminal.send("112\r");
    terminal.send(&ctrl('s'));
    terminal.wait_for("已存盘");
    let blind = terminal.received.len() - before - patient;
    assert!(blind <= 8 * CELL, "{blind} bytes for eight cells");
    eprintln!("behind 9,600 baud: {patient} bytes for four cells, {blind} for eight typed blind");
    terminal.send(&ctrl('q'));
    assert_eq!(terminal.exit_status(), 0);

    let kept = report(data.path(), "1");
    let number =
        |row| kept.number(Cell { row, column: Column::Business }).and_then(|number| number.as_count());
    assert_eq!(FIRST_ROWS.map(number), std::array::from_fn(|nth| i64::try_from(nth + 101).ok()));
}

#[test]
fn over_a_network_a_sequence_may_come_apart_for_longer() {
    let data = tempfile::tempdir().unwrap();
    let network = [("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22")];
    let mut terminal = Terminal::start_behind(Line::NEAR, data.path(), &[], (80, 24), &network);
    open_sample(&mut terminal);
    terminal.send(&alt('3'));
    terminal.wait_for("Enter 下一格");
    // Longer than is waited for on the machine itself; a machine that is busy may take longer still, so it may try again.
    let is_down = (0..5).any(|_| {
        let before = terminal.cursor();
        terminal.send("\x1b");
        std::thread::sleep(Duration::from_millis(45));
        terminal.send("[B");
        assert!(terminal.wait_until(|terminal| terminal.cursor() != before), "{}", terminal.text());
        let is_down = terminal.cursor() == (before.0 + 1, before.1);
        terminal.send(&ctrl('z'));
        is_down
    });
    assert!(is_down, "{}", terminal.text());
}
