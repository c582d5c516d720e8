//! Text that is pushed along its row, as a terminal shows it and in bytes.

use super::*;

proptest! {
    #[test]
    fn text_that_is_pushed_along_its_row_is_shown_right(
        edits in prop::collection::vec((0_usize..24, 0_usize..9, prop::sample::select(vec![
            "政", "府信息", "a", "12", "，", "“", "…", "α", "e\u{301}", "😀", "", " ",
        ])), 1..12),
        styled in 0_usize..90,
    ) {
        for (drawn_for, kind) in [(Narrow, Narrow), (Wide, Wide), (Safe, Narrow), (Safe, Wide)] {
            let mut text: Vec<char> = "政府信息公开年报，依申请公开“三安全”12件。".chars().collect();
            let mut emulator = Emulator::new(kind, (50, 3));
            let (mut screen, wire) = screen((50, 3), drawn_for);
            for (at, gone, came) in &edits {
                let start = (*at).min(text.len());
                let end = (start + gone).min(text.len());
                text.splice(start..end, came.chars());
                let shown: String = text.iter().collect();
                screen
                    .draw(|frame| {
                        let (plain, marked) = shown.split_at(shown.floor_char_boundary(styled));
                        let end = frame.put(1, 1, 47, plain, Style::new());
                        frame.put(end, 1, 48 - end.min(48), marked, Modifier::UNDERLINED);
                        frame.caret(2, 2);
                    })
                    .unwrap();
                emulator.feed(&wire.sent());
                emulator.shows(&screen);
            }
        }
    }
}

#[test]
fn a_character_typed_or_deleted_in_the_middle_of_a_row_moves_the_rest() {
    let text = "政府信息公开工作年度报告的总体情况。".repeat(2);
    let (mut screen, wire) = screen((80, 3), Narrow);
    let draw = |screen: &mut Screen<Wire>, text: &str| {
        screen
            .draw(|frame| {
                frame.put(1, 1, 78, text, Style::new());
                frame.caret(5, 1);
            })
            .unwrap();
        wire.sent()
    };
    draw(&mut screen, &text);
    assert_eq!(draw(&mut screen, &text.replacen("信息", "信的息", 1)).len(), "\x1b[2C\x1b[2@的\x1b[4D".len());
    assert!(draw(&mut screen, &text).len() < 15);
    assert!(draw(&mut screen, &text.replacen("信息", "信各种息", 1)).len() < 30);
}
