//! The program behind 9,600 baud and 300 ms there and back: no key is lost, and a cell costs few bytes.
//!
//! Bytes and the report are asserted, never times.

use std::time::Duration;

use nianbao::form::Cell;
use nianbao::form::terms::{Column, Row};

use crate::pty::{ctrl, go_to, key_in, report};
use crate::terminal::{Line, Terminal};

/// Ten bits a byte, and half of 300 ms each way.
const SLOW: Line = Line { pace: 96, delay: Duration::from_millis(150) };

/// The most bytes that a cell may cost: typed, confirmed, checked, saved.
const CELL: usize = 400;

#[test]
fn no_key_is_lost_and_a_cell_costs_few_bytes() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start_behind(SLOW, data.path(), &[], (80, 24));
    terminal.wait_for("Ctrl+E");
    terminal.send(&ctrl('e'));
    terminal.wait_for("已存");
    go_to(&mut terminal, "requests/state_secret/business");
    terminal.wait_for("Enter 下一格");
    // One at a time.
    let mut costs = Vec::new();
    for number in ["101", "102", "103"] {
        let before = terminal.received.len();
        key_in(&mut terminal, number);
        costs.push(terminal.received.len() - before);
    }
    eprintln!("cells one at a time: {costs:?} bytes");
    // As fast as they are typed blind, with arrows, and an escape that comes apart.
    let before = terminal.received.len();
    for number in 104..116 {
        for key in number.to_string().chars().map(String::from).chain(["\r".to_owned()]) {
            terminal.send(&key);
            std::thread::sleep(Duration::from_millis(10));
        }
    }
    terminal.send("\x1b");
    std::thread::sleep(Duration::from_millis(5));
    terminal.send("[A");
    terminal.send("999\r");
    terminal.send(&ctrl('s'));
    terminal.wait_for("已存盘");
    let blind = terminal.received.len() - before;
    assert!(blind <= 13 * CELL, "{blind} bytes for thirteen cells");
    terminal.send(&ctrl('q'));
    assert_eq!(terminal.exit_status(), 0);

    let kept = report(data.path(), "1");
    let first = Row::ALL.iter().position(|&row| row == Row::StateSecret).unwrap();
    let rows = Row::ALL[first..].iter().take(15);
    let numbers: Vec<Option<i64>> = rows
        .map(|&row| kept.number(Cell { row, column: Column::Business }).and_then(|number| number.as_count()))
        .collect();
    let expected: Vec<Option<i64>> = (101..115).chain([999]).map(Some).collect();
    assert_eq!(numbers, expected);
    eprintln!("thirteen typed blind: {blind} bytes");
}
