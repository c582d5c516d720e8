//! Bytes of a keyboard in, keys and text out, split wherever they may be.

use std::io::Write as _;
use std::os::unix::net::UnixStream;
use std::sync::{Mutex, MutexGuard};

use proptest::prelude::*;
use signal_hook::consts::SIGTERM;
use signal_hook::low_level::raise;

use super::*;

fn decode(bytes: &[u8]) -> Vec<Input> {
    let mut decoder = Decoder::default();
    let mut inputs = decoder.feed(bytes);
    while decoder.waiting().is_some() {
        inputs.append(&mut decoder.expire());
    }
    inputs
}

fn key(bytes: &str) -> Key {
    match decode(bytes.as_bytes()).as_slice() {
        [Input::Key(key)] => *key,
        other => panic!("{bytes:?} is {other:?}"),
    }
}

fn text(text: &str) -> Input {
    Input::Text(text.to_owned())
}

#[test]
fn keys_of_all_terminals_are_read() {
    let plain = Key::plain;
    for (code, sequences) in [
        (Code::Up, vec!["\x1b[A", "\x1bOA"]),
        (Code::Left, vec!["\x1b[D", "\x1bOD", "\x1b[1D"]),
        (Code::Home, vec!["\x1b[H", "\x1bOH", "\x1b[1~", "\x1b[7~"]),
        (Code::End, vec!["\x1b[F", "\x1bOF", "\x1b[4~", "\x1b[8~"]),
        (Code::Delete, vec!["\x1b[3~"]),
        (Code::PageUp, vec!["\x1b[5~"]),
        (Code::F(1), vec!["\x1bOP", "\x1b[11~", "\x1b[[A", "\x1b[P"]),
        (Code::F(3), vec!["\x1bOR", "\x1b[R", "\x1b[13~", "\x1b[[C"]),
        (Code::F(5), vec!["\x1b[15~", "\x1b[[E"]),
        (Code::F(6), vec!["\x1b[17~"]),
        (Code::F(10), vec!["\x1b[21~"]),
        (Code::F(12), vec!["\x1b[24~"]),
        (Code::Enter, vec!["\r", "\n", "\x1bOM"]),
        (Code::Backspace, vec!["\x7f", "\x08"]),
        (Code::Tab, vec!["\t"]),
        (Code::Esc, vec!["\x1b"]),
    ] {
        for sequence in sequences {
            assert_eq!(key(sequence), plain(code), "{sequence:?}");
        }
    }
}

#[test]
fn modifiers_are_read() {
    assert_eq!(key("\x1b[1;5C"), Key::plain(Code::Right).with_ctrl());
    assert_eq!(key("\x1b[1;2A"), Key::plain(Code::Up).with_shift());
    assert_eq!(key("\x1b[1;4F"), Key::plain(Code::End).with_shift().with_alt());
    assert_eq!(key("\x1b[3;5~"), Key::plain(Code::Delete).with_ctrl());
    assert_eq!(key("\x1b[1;2R"), Key::plain(Code::F(3)).with_shift());
    assert_eq!(key("\x1bO5P"), Key::plain(Code::F(1)).with_ctrl());
    assert_eq!(key("\x1bO1;5D"), Key::plain(Code::Left).with_ctrl());
    assert_eq!(key("\x1b[Z"), Key::plain(Code::Tab).with_shift());
    assert_eq!(key("\x1b[b"), Key::plain(Code::Down).with_shift(), "rxvt");
    assert_eq!(key("\x1b[7^"), Key::plain(Code::Home).with_ctrl(), "rxvt");
    assert_eq!(key("\x1b[8$"), Key::plain(Code::End).with_shift(), "rxvt");
    assert_eq!(key("\x1b\x1b[A"), Key::plain(Code::Up).with_alt(), "rxvt");
    assert_eq!(key("\x13"), Key::ctrl('s'));
    assert_eq!(key("\x1f"), Key::ctrl('_'));
    assert_eq!(key("\0"), Key::ctrl(' '));
    assert_eq!(key("\x1b1"), Key::alt('1'));
    assert_eq!(key("\x1b\x7f"), Key::plain(Code::Backspace).with_alt());
    assert_eq!(key("\x1b[115;5u"), Key::ctrl('s'));
    assert_eq!(key("\x1b[27;5;13~"), Key::plain(Code::Enter).with_ctrl());
}

#[test]
fn what_an_input_method_commits_is_one_text() {
    assert_eq!(decode("信息公开".as_bytes()), [text("信息公开")]);
    assert_eq!(
        decode(b"12\t3\r"),
        [text("12"), Input::Key(Key::plain(Code::Tab)), text("3"), Input::Key(Key::plain(Code::Enter))]
    );
    assert_eq!(decode("\x1b汉".as_bytes()), [Input::Key(Key::plain(Code::Esc)), text("汉")]);
}

#[test]
fn a_paste_is_data_up_to_its_end() {
    assert_eq!(
        decode(b"\x1b[200~a\rb\r\nc\x1b[A\x03\x1b[200~\x1b[20\x1b[201~d"),
        [Input::Paste("a\nb\nc\x1b[A\x03\x1b[200~\x1b[20".to_owned()), text("d")]
    );
    let mut decoder = Decoder::default();
    assert_eq!(decoder.feed(b"\x1b[200~half"), []);
    assert_eq!(decoder.waiting(), Some(Waiting::Paste));
    assert_eq!(decoder.expire(), [Input::Paste("half".to_owned())]);
    assert_eq!(decoder.feed(b"x"), [text("x")]);
}

#[test]
fn an_end_mark_in_a_paste_is_data_and_what_follows_it_is_not_typed() {
    let sent = "\x1b[200~甲\x1b[201~\r\x11\x1b[201~";
    let expected = [Input::Paste("甲\x1b[201~\n\x11".to_owned())];
    assert_eq!(decode(sent.as_bytes()), expected);
    // However it comes apart.
    let mut decoder = Decoder::default();
    let early: Vec<Input> = sent.bytes().flat_map(|byte| decoder.feed(&[byte])).collect();
    assert_eq!(early, []);
    assert_eq!(decoder.waiting(), Some(Waiting::PasteEnd));
    assert_eq!(decoder.expire(), expected);
    // Two pastes are two, and what is typed between them is typed.
    assert_eq!(
        decode(b"\x1b[200~a\x1b[201~x\x1b[200~b\x1b[201~\x1b[A"),
        [
            Input::Paste("a".to_owned()),
            text("x"),
            Input::Paste("b".to_owned()),
            Input::Key(Key::plain(Code::Up))
        ]
    );
}

#[test]
fn a_paste_that_comes_byte_by_byte_is_one() {
    let pasted = "云溪镇\r12\t3\x1b[A\x03\x07".repeat(40);
    let mut decoder = Decoder::default();
    let sent = format!("\x1b[200~{pasted}\x1b[201~");
    let mut came: Vec<Input> = sent.bytes().flat_map(|byte| decoder.feed(&[byte])).collect();
    came.append(&mut decoder.expire());
    assert_eq!(came, [Input::Paste(pasted.replace('\r', "\n"))]);
}

#[test]
fn the_mouse_is_read_where_it_is_pressed_and_turned() {
    let mouse = |act, x, y| Input::Mouse(Mouse { act, x, y });
    assert_eq!(decode(b"\x1b[<0;1;1M"), [mouse(Act::Press, 0, 0)]);
    assert_eq!(
        decode(b"\x1b[<0;300;80M\x1b[<0;300;80m"),
        [mouse(Act::Press, 299, 79)],
        "the release is nothing"
    );
    assert_eq!(
        decode(b"\x1b[<64;5;6M\x1b[<69;5;6M"),
        [mouse(Act::WheelUp, 4, 5), mouse(Act::WheelDown, 4, 5)]
    );
    assert_eq!(decode(b"\x1b[<16;2;2M"), [mouse(Act::Press, 1, 1)], "with Ctrl");
    for other in [
        "\x1b[<1;2;2M",
        "\x1b[<2;2;2M",
        "\x1b[<35;2;2M",
        "\x1b[<66;2;2M",
        "\x1b[<0;0;0M",
        "\x1b[<0;1M",
        "\x1b[<M",
    ] {
        assert_eq!(decode(other.as_bytes()), [], "{other:?}");
    }
    let mut decoder = Decoder::default();
    let came: Vec<Input> = b"\x1b[<0;17;4M".iter().flat_map(|byte| decoder.feed(&[*byte])).collect();
    assert_eq!(came, [mouse(Act::Press, 16, 3)]);
    assert_eq!(decode(b"\x1b[<99999999999;1;1Mx"), [text("x")]);
}

#[test]
fn caps_lock_makes_no_difference_to_alt_and_ctrl_h_is_backspace() {
    assert_eq!(key("\x1bS"), Key::alt('s'));
    assert_eq!(key("\x08"), Key::plain(Code::Backspace));
}

#[test]
fn answers_of_the_terminal_are_not_keys() {
    assert_eq!(decode(b"\x1b[2;2R"), [Input::Width(Ambiguous::Narrow)]);
    assert_eq!(decode(b"\x1b[2;3R\x1b[?64;1c"), [Input::Width(Ambiguous::Wide)]);
    assert_eq!(decode(b"\x1b[24;80R\x1b[?2026;2$y\x1b[I\x1b[O\x1b[>0;10;1c"), []);
}

#[test]
fn sequences_that_are_cut_off_do_not_swallow_what_follows() {
    assert_eq!(decode(b"\x1b[1;\rx"), [Input::Key(Key::plain(Code::Enter)), text("x")]);
    assert_eq!(decode(b"\x1b[\x1b[A"), [Input::Key(Key::plain(Code::Up))]);
    assert_eq!(decode("\x1b[1汉".as_bytes()), [text("汉")]);
    assert_eq!(decode(b"\x1b["), [Input::Key(Key::alt('['))]);
    assert_eq!(decode(b"\x1b\x1b"), [Input::Key(Key::plain(Code::Esc)), Input::Key(Key::plain(Code::Esc))]);
    assert_eq!(decode(b"\xe6\xb1"), [text("\u{fffd}")]);
    assert_eq!(decode(b"\xff\xc4a"), [text("\u{fffd}\u{fffd}a")]);
    // A control of two bytes is no text either.
    assert_eq!(decode("甲\u{80}\u{9b}乙".as_bytes()), [text("甲"), text("乙")]);
}

/// Joins texts that came apart, which is no difference to whoever types them.
fn joined(inputs: Vec<Input>) -> Vec<Input> {
    inputs.into_iter().fold(Vec::new(), |mut joined, input| {
        match (joined.last_mut(), &input) {
            (Some(Input::Text(before)), Input::Text(more)) => before.push_str(more),
            _ => joined.push(input),
        }
        joined
    })
}

proptest! {
    #[test]
    fn it_does_not_matter_where_the_bytes_are_cut(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "a", "汉字", "\r", "\x1b[A", "\x1b[1;5C", "\x1bOP", "\x1b[[B", "\x1b\x1b[B", "\x1b[200~粘\r\n贴\x1b[201~",
            "\x1b[2;3R", "\x1bx", "😀", "\x1b[8$", "\x7f", "\x1b[<0;17;4M", "\x1b[<0;17;4m", "\x1b[201~",
        ]), 0..12),
        cuts in prop::collection::vec(0_usize..100, 0..12),
    ) {
        let bytes = pieces.concat().into_bytes();
        let mut cuts: Vec<usize> = cuts.into_iter().filter(|&cut| cut < bytes.len()).collect();
        cuts.extend([0, bytes.len()]);
        cuts.sort_unstable();
        let mut decoder = Decoder::default();
        let mut parts: Vec<Input> = cuts.windows(2).flat_map(|cut| decoder.feed(&bytes[cut[0]..cut[1]])).collect();
        parts.append(&mut decoder.expire());
        prop_assert_eq!(joined(parts), joined(decode(&bytes)));
    }

    #[test]
    fn any_bytes_are_read_to_the_end(bytes in prop::collection::vec(prop_oneof![
        any::<u8>(), prop::sample::select(b"\x1b[O;12~$0\r".to_vec())
    ], 0..60)) {
        decode(&bytes);
    }
}

/// Signals reach the whole process, so only one test may read at a time.
static READING: Mutex<()> = Mutex::new(());

fn reader() -> (Inputs, UnixStream, MutexGuard<'static, ()>) {
    let guard = READING.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let (far, near) = UnixStream::pair().unwrap();
    let mut inputs = Inputs::new(near.into(), Arc::new(Signals::watch().unwrap()));
    inputs.escape = Duration::from_millis(25);
    (inputs, far, guard)
}

const SOON: Option<Duration> = Some(Duration::from_secs(5));

#[test]
fn a_burst_is_handed_over_at_once_and_silence_is_waited_out() {
    let (mut inputs, mut far, _guard) = reader();
    far.write_all("信息\x1b[B12".as_bytes()).unwrap();
    assert_eq!(inputs.wait(SOON), [text("信息"), Input::Key(Key::plain(Code::Down)), text("12")]);
    let start = Instant::now();
    assert_eq!(inputs.wait(Some(Duration::from_millis(40))), []);
    assert!(start.elapsed() >= Duration::from_millis(40));
}

#[test]
fn an_escape_alone_is_a_key_and_a_split_sequence_is_one() {
    let (mut inputs, mut far, _guard) = reader();
    far.write_all(b"\x1b").unwrap();
    let start = Instant::now();
    assert_eq!(inputs.wait(SOON), [Input::Key(Key::plain(Code::Esc))]);
    assert!((25..1000).contains(&start.elapsed().as_millis()));
    let slow = std::thread::spawn(move || {
        for part in [b"\x1b".as_slice(), b"[A"] {
            far.write_all(part).unwrap();
            std::thread::sleep(Duration::from_millis(5));
        }
        far
    });
    assert_eq!(inputs.wait(SOON), [Input::Key(Key::plain(Code::Up))]);
    slow.join().unwrap();
}

#[test]
fn a_paste_that_comes_byte_by_byte_with_an_end_mark_in_it_is_one_input() {
    let (mut inputs, mut far, _guard) = reader();
    let slow = std::thread::spawn(move || {
        for byte in "\x1b[200~公开\x1b[201~\x11\r\x1b[201~".bytes() {
            far.write_all(&[byte]).unwrap();
            std::thread::sleep(Duration::from_millis(1));
        }
        far
    });
    assert_eq!(inputs.wait(SOON), [Input::Paste("公开\x1b[201~\x11\n".to_owned())]);
    slow.join().unwrap();
}

#[test]
fn a_timeout_shorter_than_an_escape_does_not_lose_it() {
    let (mut inputs, mut far, _guard) = reader();
    far.write_all(b"\x1b").unwrap();
    let came: Vec<Input> = (0..20).flat_map(|_| inputs.wait(Some(Duration::from_millis(5)))).collect();
    assert_eq!(came, [Input::Key(Key::plain(Code::Esc))]);
}

#[test]
fn a_terminal_that_is_gone_is_said_every_time() {
    let (mut inputs, mut far, _guard) = reader();
    far.write_all(b"x").unwrap();
    drop(far);
    assert_eq!(inputs.wait(SOON), [text("x"), Input::Hangup]);
    assert_eq!(inputs.wait(None), [Input::Hangup]);
}

#[test]
fn signals_wake_the_reader() {
    let (mut inputs, _far, _guard) = reader();
    for (signal, input) in [
        (SIGTERM, Input::Terminate),
        (SIGHUP, Input::Hangup),
        (SIGTSTP, Input::Suspend),
        (SIGCONT, Input::Resume),
    ] {
        raise(signal).unwrap();
        assert_eq!(inputs.wait(SOON), [input]);
    }
    raise(SIGWINCH).unwrap();
    assert_eq!(inputs.wait(Some(Duration::from_millis(20))), [], "a socket has no size");
}
