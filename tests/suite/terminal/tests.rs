//! What the emulator does with the sequences that are easily got wrong, and what it takes for a fault.

use super::emulator::Emulator;
use super::*;

fn emulator(kind: Ambiguous, bytes: &str) -> Emulator {
    let mut emulator = Emulator::new(kind, (10, 4));
    emulator.feed("\x1b[m\x1b[H\x1b[2J");
    // Wherever it comes apart.
    bytes.as_bytes().chunks(1).for_each(|byte| emulator.feed(byte));
    emulator
}

fn rows(emulator: &Emulator) -> [String; 4] {
    std::array::from_fn(|y| emulator.text(y))
}

#[test]
fn only_the_rows_of_the_region_scroll() {
    let lines = "1\r\n2\r\n3\r\n4";
    for (bytes, expected) in [
        ("\x1b[2;3r\x1b[3;1H\n", ["1", "3", "", "4"]),
        ("\x1b[2;3r\x1b[2;1H\x1bM", ["1", "", "2", "4"]),
        ("\x1b[2;3r\x1b[2;1H\x1b[M", ["1", "3", "", "4"]),
        ("\x1b[2;3r\x1b[2;1H\x1b[9L", ["1", "", "", "4"]),
        ("\x1b[2;3r\x1b[4;1H\x1b[L", ["1", "2", "3", "4"]),
        ("\x1b[2;3r\x1b[S", ["1", "3", "", "4"]),
        ("\x1b[3r\x1b[T\x1b[r", ["1", "2", "", "3"]),
        ("\x1b[2;1H\x1b[M", ["1", "3", "4", ""]),
    ] {
        let emulator = emulator(Ambiguous::Narrow, &format!("{lines}{bytes}"));
        assert_eq!(rows(&emulator), expected, "{bytes:?}");
        assert_eq!(emulator.faults, [""; 0], "{bytes:?}");
    }
    assert_eq!(emulator(Ambiguous::Narrow, "abc\x1b[2;3r").at, (0, 0));
}

#[test]
fn a_place_is_kept_with_its_pen() {
    let emulator = emulator(Ambiguous::Narrow, "a\x1b[7m\x1b7\x1b[m\x1b[3;3Hb\x1b8c");
    assert_eq!(rows(&emulator), ["ac", "", "  b", ""]);
    assert_eq!(emulator.picture().reversed(0).first(), Some(&(1..2)));
    assert!(emulator.picture().reversed(2).is_empty());
}

#[test]
fn ambiguous_characters_take_what_the_terminal_gives_them_and_it_says_so() {
    for (kind, answer) in [(Ambiguous::Narrow, "\x1b[2;2R"), (Ambiguous::Wide, "\x1b[2;3R")] {
        assert_eq!(emulator(kind, "\x1b[2;1H…\x1b[6n").answers, answer);
    }
    assert_eq!(emulator(Ambiguous::Wide, "“一”\x1b[1;4H.").text(0), "“\u{fffd}.”");
    assert_eq!(emulator(Ambiguous::Narrow, "“一”\x1b[1;4H.").text(0), "“一.");
}

#[test]
fn what_no_terminal_should_be_sent_is_a_fault() {
    for (bytes, fault) in [
        ("123456789一", "over the edge"),
        ("1234567890\x1b[D", "from behind the last column"),
        ("1234567890\x1b[K", "from behind the last column"),
        ("\x1b[4;1H\n", "scrolls"),
        ("\x1b[5;1H", "off the screen"),
        ("\x1b[2A", "off the screen"),
        ("一\x1b[1;2H\x1b[P", "half of a character"),
        ("\x1b[7m\x1b[K", "underlined or reversed"),
        ("\x1b[?9h", "not known"),
        ("\x1b[5m", "not known"),
    ] {
        let faults = emulator(Ambiguous::Narrow, bytes).faults;
        assert!(faults.len() == 1 && faults[0].contains(fault), "{bytes:?}: {faults:?}");
    }
    assert_eq!(emulator(Ambiguous::Narrow, "1234567890\r\n一\x1b[1;10H.").faults, [""; 0]);
}
