//! Rows that move up or down together, as a terminal shows them and in bytes.

use super::*;

/// A page of a long table, its heading and its foot staying, the cursor on one of its rows.
fn page(frame: &mut Frame<'_>, top: usize, rows: u16, here: usize, words: &[&str]) {
    frame.put(1, 0, 38, "本年度办理结果", Modifier::BOLD);
    for y in 1..=rows {
        let nth = top + usize::from(y);
        let text = format!("（{nth}）{}  {}", words[nth % words.len()], nth * 7 % 101);
        let style = if nth == here { Modifier::REVERSED } else { Modifier::empty() };
        frame.put(1, y, 38, &text, style);
    }
    frame.put(1, rows + 2, 38, &format!("第 {here} 行"), Style::new());
    frame.caret(3, (here.saturating_sub(top)) as u16);
}

proptest! {
    #[test]
    fn rows_that_move_are_shown_right(
        steps in prop::collection::vec((0_usize..30, 0_usize..14, 3_u16..10), 1..12),
        words in prop::collection::vec(prop::sample::select(vec!["予以公开", "“三安全”", "", "…", "a"]), 1..5),
    ) {
        for (drawn_for, kind) in [(Narrow, Narrow), (Wide, Wide), (Safe, Narrow), (Safe, Wide)] {
            let mut emulator = Emulator::new(kind, (40, 13));
            let (mut screen, wire) = screen((40, 13), drawn_for);
            for &(top, here, rows) in &steps {
                screen.draw(|frame| page(frame, top, rows, top + here, &words)).unwrap();
                emulator.feed(&wire.sent());
                emulator.shows(&screen);
            }
        }
    }
}

#[test]
fn a_table_that_scrolls_by_a_row_sends_one_row() {
    let (mut screen, wire) = screen((40, 13), Narrow);
    let words = ["予以公开", "部分公开", "属于国家秘密", "其他处理"];
    let mut draw = |top, here| {
        screen.draw(|frame| page(frame, top, 9, here, &words)).unwrap();
        wire.sent()
    };
    draw(4, 13);
    for (top, here) in [(5, 14), (6, 15), (5, 14), (4, 13), (3, 12)] {
        let sent = draw(top, here);
        assert!(sent.contains("\x1b[r"), "{sent:?}");
        assert!(sent.len() <= 110, "{} B {sent:?}", sent.len());
    }
    let sent = draw(20, 21);
    assert!(!sent.contains("\x1b[r"), "nothing of it was there: {sent:?}");
}
