//! Frames drawn, and what a terminal makes of the bytes.

#[path = "../../../tests/suite/terminal/emulator.rs"]
#[expect(dead_code, reason = "the program in a pseudo-terminal sends more than frames")]
mod emulator;
#[path = "../../../tests/suite/terminal/picture.rs"]
#[expect(dead_code, reason = "the screens of the program are asked for more")]
mod picture;
mod pushed;
mod scrolled;

use std::cell::RefCell;
use std::rc::Rc;

use proptest::prelude::*;
use ratatui_core::style::{Color, Modifier};

use super::*;
use crate::width::grapheme_width;
use Ambiguous::{Narrow, Safe, Wide};
use emulator::Emulator;

/// Remembers every write.
#[derive(Clone, Default)]
struct Wire(Rc<RefCell<Vec<Vec<u8>>>>);

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().push(bytes.to_vec());
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Wire {
    fn sent(&self) -> String {
        String::from_utf8(self.0.borrow_mut().drain(..).flatten().collect()).unwrap()
    }
}

impl Emulator {
    /// Asserts that this terminal shows what the screen takes it to show.
    fn shows<W>(&self, screen: &Screen<W>) {
        assert!(self.faults.is_empty(), "{:?}", self.faults);
        let rows = self.picture().rows;
        for (y, x) in (0..rows.len()).flat_map(|y| (0..screen.seen.area().width).map(move |x| (y, x))) {
            let (cell, drawn) = (&screen.seen.row(y)[usize::from(x)], &rows[y][usize::from(x)]);
            let covered = cell.is_covered() && drawn.text == " ";
            assert!(covered || cell.symbol() == drawn.text, "({x}, {y}): {:?}, not {cell:?}", self.text(y));
            let mut codes = Vec::new();
            cell.pen().select(None, &mut codes);
            let mut one = Emulator::new(Narrow, (1, 1));
            one.feed(&[&codes[..], b"."].concat());
            let look = one.picture().rows[0][0].look;
            let alike = drawn.look == look || drawn.text == " " && drawn.look.is_like_on_blank(look);
            assert!(alike, "look of ({x}, {y}): {:?}, not {cell:?}", drawn.look);
        }
    }
}

fn screen(size: (u16, u16), ambiguous: Ambiguous) -> (Screen<Wire>, Wire) {
    let wire = Wire::default();
    (Screen::new(wire.clone(), size, ambiguous, true), wire)
}

#[derive(Clone, Debug)]
struct Piece {
    x: u16,
    y: u16,
    text: String,
    style: Style,
    blank: bool,
}

fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    let text = prop::collection::vec(
        prop::sample::select(vec![
            "a", "1", " ", "   ", "政", "府", "“", "”", "…", "①", "·", "α", "★", "e\u{301}", "😀",
            "\u{202e}", "，", "─",
        ]),
        0..9,
    );
    let style = (0_u8..4, 0_u8..3, 0_u8..16).prop_map(|(fg, bg, bits)| {
        let [fg, bg] = [
            [Color::Reset, Color::Red, Color::DarkGray, Color::Cyan][usize::from(fg)],
            [Color::Reset, Color::Blue, Color::White][usize::from(bg)],
        ];
        let all = [Modifier::BOLD, Modifier::DIM, Modifier::UNDERLINED, Modifier::REVERSED];
        let modifier =
            all.iter().enumerate().filter(|(bit, _)| bits >> bit & 1 == 1).map(|(_, &one)| one).collect();
        Style { fg: Some(fg), bg: Some(bg), add_modifier: modifier, ..Style::default() }
    });
    let piece = (0_u16..14, 0_u16..4, text, style, any::<bool>())
        .prop_map(|(x, y, text, style, blank)| Piece { x, y, text: text.concat(), style, blank });
    prop::collection::vec(piece, 0..8)
}

proptest! {
    #[test]
    fn once_the_width_is_known_only_what_differs_is_drawn(before in pieces(), after in pieces()) {
        for kind in [Narrow, Wide] {
            let (mut screen, wire) = screen((13, 4), Safe);
            let mut emulator = Emulator::new(kind, (13, 4));
            for (mode, pieces) in [(Safe, &before), (kind, &after)] {
                screen.set_ambiguous(mode);
                screen.draw(|frame| {
                    for piece in pieces {
                        frame.put(piece.x, piece.y, 12, &piece.text, piece.style);
                    }
                }).unwrap();
                emulator.feed(&wire.sent());
                emulator.shows(&screen);
            }
        }
    }

    #[test]
    fn terminals_of_both_kinds_show_every_frame(frames in prop::collection::vec(pieces(), 1..5)) {
        for (mode, kind) in [(Narrow, Narrow), (Wide, Wide), (Safe, Narrow), (Safe, Wide)] {
            let (mut screen, wire) = screen((13, 4), mode);
            let mut emulator = Emulator::new(kind, (13, 4));
            for (nth, frame_pieces) in frames.iter().enumerate() {
                screen.draw(|frame| {
                    for piece in frame_pieces {
                        if piece.blank {
                            frame.blank(Rect::new(piece.x, piece.y, 5, 2), piece.style);
                        }
                        frame.put(piece.x, piece.y, 12, &piece.text, piece.style);
                    }
                    if nth % 3 != 1 {
                        frame.caret(nth as u16, 2);
                    }
                }).unwrap();
                prop_assert!(wire.0.borrow().len() <= 1, "one write a frame");
                emulator.feed(&wire.sent());
                emulator.shows(&screen);
                prop_assert_eq!(emulator.caret, nth % 3 != 1);
                prop_assert!(nth % 3 == 1 || emulator.at == (nth, 2));
            }
        }
    }
}

#[test]
fn a_frame_without_changes_sends_nothing() {
    let (mut screen, wire) = screen((20, 3), Narrow);
    let paint = |frame: &mut Frame<'_>| {
        frame.put(0, 0, 20, "政府“信息”公开", Style::new());
        frame.caret(4, 0);
    };
    screen.draw(paint).unwrap();
    assert_eq!(wire.sent(), "\x1b[?25l\x1b[m\x1b[r\x1b[H\x1b[2J政府\x1b7“信息”公开\x1b8\x1b[?25h");
    screen.draw(paint).unwrap();
    assert_eq!(wire.sent(), "");
}

#[test]
fn small_changes_take_few_bytes() {
    let (mut screen, wire) = screen((80, 24), Narrow);
    let mut draw = |number: &str, row: u16, text: &str| {
        screen
            .draw(|frame| {
                for y in 0..8 {
                    frame.put(20, y, 8, "   12   ", Style::new());
                }
                frame.put(20, row, 8, number, Modifier::REVERSED);
                let end = frame.put(0, 20, 80, text, Style::new());
                match text {
                    "" => frame.caret(20, row),
                    _ => frame.caret(end, 20),
                }
            })
            .unwrap();
        wire.sent()
    };
    draw("   12   ", 2, "");
    let sent = draw("   12   ", 3, "");
    assert!(sent.len() <= 40, "a move: {} B {sent:?}", sent.len());
    let sent = draw("    1   ", 3, "");
    assert!(sent.len() <= 12, "a digit: {} B {sent:?}", sent.len());
    draw("", 0, "云溪镇人民政府");
    let sent = draw("", 0, "云溪镇人民政府年");
    assert_eq!(sent, "年");
}

#[test]
fn a_cleared_tail_is_erased_not_overwritten() {
    let (mut screen, wire) = screen((80, 2), Narrow);
    screen.draw(|frame| _ = frame.put(0, 0, 80, &"政府".repeat(20), Color::Red)).unwrap();
    wire.sent();
    screen.draw(|frame| _ = frame.put(0, 0, 80, "政府", Color::Red)).unwrap();
    assert_eq!(wire.sent(), "\x1b[1;5H\x1b[K");
}

#[test]
fn big_frames_are_shown_at_once_with_the_caret_last() {
    let (mut screen, wire) = screen((80, 24), Narrow);
    let mut draw = |char: &str| {
        screen
            .draw(|frame| {
                (0..24).for_each(|y| _ = frame.put(0, y, 80, &char.repeat(40), Style::new()));
                frame.caret(5, 5);
            })
            .unwrap();
        wire.sent()
    };
    draw("政");
    let sent = draw("府");
    assert!(sent.starts_with("\x1b[?2026h\x1b[?25l"));
    assert!(sent.ends_with("\x1b[6;6H\x1b[?25h\x1b[?2026l"), "{:?}", &sent[sent.len() - 40..]);
}

#[test]
fn without_colour_reverse_and_bold_remain() {
    let wire = Wire::default();
    let mut screen = Screen::new(wire.clone(), (10, 1), Narrow, false);
    let style = Style::new().fg(Color::Red).bg(Color::Blue).add_modifier(Modifier::REVERSED | Modifier::BOLD);
    screen.draw(|frame| _ = frame.put(0, 0, 9, "错", style)).unwrap();
    assert!(wire.sent().ends_with("\x1b[1;7m错"));
}

#[test]
fn an_overlay_takes_whole_wide_characters_away() {
    for edge in 0..6 {
        let mut cells = Cells::new((12, 1));
        let plain = Ink::of(Style::new(), true);
        cells.put((0, 0), 12, "政府信息公开", plain, Narrow);
        cells.blank(Rect::new(3, 0, 2 + edge, 1), Ink::of(Style::new().bg(Color::Blue), true));
        cells.put((3, 0), 1, "|", plain, Narrow);
        let row = cells.row(0);
        for (x, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_covered()) {
            let covered = row[x + 1..].iter().take_while(|cell| cell.is_covered()).count();
            assert_eq!(grapheme_width(cell.symbol(), Narrow), 1 + covered, "column {x}, {edge}");
        }
        assert!(!row[0].is_covered() && row[2].is_blank(), "half of 府");
        assert_eq!(row[2].pen(), Pen::PLAIN, "the blanked half keeps the look of its own side");
    }
}

#[test]
fn a_character_of_many_bytes_takes_the_columns_that_it_is_measured_to_take() {
    let heap = |base: &str, mark: &str, times| format!("{base}{}", mark.repeat(times));
    for text in
        [heap("e", "\u{301}", 40), heap("", "\u{605}", 8) + "5", heap("", "ᄀ", 6), heap("क", "\u{94d}क", 9)]
    {
        for kind in [Narrow, Wide, Safe] {
            let mut cells = Cells::new((60, 1));
            let end = cells.put((0, 0), 60, &(text.clone() + "x"), Ink::of(Style::new(), true), kind);
            assert_eq!(usize::from(end), crate::width::width(&text, kind) + 1, "{text:?}");
            let shown: String = cells.row(0).iter().map(Cell::symbol).collect();
            let last = text.chars().next_back().filter(|char| char.is_alphanumeric());
            assert!(
                shown.trim_end().ends_with(&format!("{}x", last.map_or_else(String::new, String::from))),
                "{shown:?}"
            );
        }
    }
}

#[test]
fn text_outside_is_not_drawn() {
    let mut cells = Cells::new((5, 1));
    let mut put = |place, columns, text| cells.put(place, columns, text, Ink::of(Style::new(), true), Narrow);
    assert_eq!(put((9, 0), 5, "a"), 9);
    assert_eq!(put((0, 1), 5, "a"), 0);
    assert_eq!(put((2, 0), 9, "政府"), 4, "half a character does not fit");
    let (mut screen, _) = screen((0, 0), Narrow);
    screen.draw(|frame| frame.caret(3, 3)).unwrap();
}

#[test]
fn after_a_failed_write_everything_is_drawn_again() {
    struct Broken(bool, Wire);
    impl Write for Broken {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            match std::mem::take(&mut self.0) {
                true => Err(io::ErrorKind::TimedOut.into()),
                false => self.1.write(bytes),
            }
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let wire = Wire::default();
    let mut screen = Screen::new(Broken(true, wire.clone()), (10, 1), Narrow, true);
    assert!(screen.draw(|frame| _ = frame.put(0, 0, 9, "甲", Style::new())).is_err());
    screen.draw(|frame| _ = frame.put(0, 0, 9, "甲", Style::new())).unwrap();
    assert!(wire.sent().contains("\x1b[2J甲"));
}
