//! The terminal under a pseudo-terminal: taken, given back, refused.

use std::fs::{File, OpenOptions};
use std::io::Read as _;

use portable_pty::{MasterPty, PtySize, native_pty_system};
use rustix::termios::LocalModes;

use super::*;

fn pty() -> (Box<dyn MasterPty + Send>, File) {
    let size = PtySize { rows: 24, cols: 100, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).unwrap();
    let path = pair.master.tty_name().unwrap();
    let tty = OpenOptions::new().read(true).write(true).open(path).unwrap();
    (pair.master, tty)
}

fn on(tty: &File) -> io::Result<Terminal> {
    let signals = Arc::new(Signals::watch().unwrap());
    Terminal::on(tty.try_clone().unwrap().into(), tty.try_clone().unwrap().into(), signals)
}

fn is_raw(tty: &File) -> bool {
    !tcgetattr(tty).unwrap().local_modes.contains(LocalModes::ICANON)
}

#[test]
fn the_terminal_is_given_back_as_it_was() {
    let (master, tty) = pty();
    let mut reader = master.try_clone_reader().unwrap();
    let mut terminal = on(&tty).unwrap();
    assert!(is_raw(&tty));
    assert_eq!(terminal.size(), (100, 24));
    terminal.give_back().unwrap();
    assert!(!is_raw(&tty));
    terminal.retake().unwrap();
    terminal.retake().unwrap();
    assert!(is_raw(&tty));
    terminal.probe().unwrap();
    drop(terminal);
    assert!(!is_raw(&tty));
    let expected = [ENTER, LEAVE, ENTER, PASTES, "\x1b[2;1H…\x1b[6n", LEAVE].concat();
    let mut sent = vec![0; expected.len()];
    reader.read_exact(&mut sent).unwrap();
    assert_eq!(String::from_utf8(sent).unwrap(), expected);
}

#[test]
fn the_mouse_is_asked_for_again_after_a_stop_and_given_back_only_if_it_was() {
    let (master, tty) = pty();
    let mut reader = master.try_clone_reader().unwrap();
    let mut terminal = on(&tty).unwrap();
    terminal.take_mouse(false).unwrap();
    terminal.take_mouse(true).unwrap();
    terminal.take_mouse(true).unwrap();
    terminal.give_back().unwrap();
    terminal.retake().unwrap();
    terminal.take_mouse(false).unwrap();
    drop(terminal);
    let expected = [ENTER, MOUSE, NO_MOUSE, LEAVE, ENTER, MOUSE, NO_MOUSE, LEAVE].concat();
    let mut sent = vec![0; expected.len()];
    reader.read_exact(&mut sent).unwrap();
    assert_eq!(String::from_utf8(sent).unwrap(), expected);
}

#[test]
fn what_was_not_read_is_not_left_to_the_shell() {
    let (master, tty) = pty();
    let terminal = on(&tty).unwrap();
    master.take_writer().unwrap().write_all(b"\x1b[2;2R\rrm x\r").unwrap();
    drop(terminal);
    assert_eq!(rustix::io::ioctl_fionread(&tty).unwrap(), 0);
}

#[test]
fn what_is_no_terminal_is_refused() {
    let file = tempfile::tempfile().unwrap();
    assert!(on(&file).is_err());
    assert!(TakeError::NotATerminal("").hint().contains("nianbao check"));
}
