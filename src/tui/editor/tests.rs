//! The editor as a clerk uses it: caret, wrapping, selection; and random deeds.

use proptest::prelude::*;

use super::*;
use Motion::{
    Down, Left, PageDown, PageUp, PhraseLeft, PhraseRight, Right, RowEnd, RowStart, TextEnd, TextStart, Up,
};

fn editor(text: &str, columns: usize, height: usize) -> Editor {
    let mut editor = Editor::new(text);
    editor.resize(columns, height, Ambiguous::Narrow);
    editor
}

/// The rows as they are seen, with the caret as `|`.
fn seen(editor: &Editor) -> Vec<String> {
    let (caret_row, column) = editor.caret_place();
    let rows = editor.rows();
    rows.iter()
        .enumerate()
        .map(|(nth, row)| {
            let mut shown = " ".repeat(row.indent) + &editor.text()[row.bytes.clone()];
            if nth == caret_row {
                let at = (0..=shown.len())
                    .filter(|&at| shown.is_char_boundary(at))
                    .find(|&at| width(&shown[..at], Ambiguous::Narrow) == column);
                shown.insert(at.unwrap(), '|');
            }
            shown
        })
        .collect()
}

#[test]
fn a_paragraph_is_shown_indented_and_wrapped() {
    let mut editor = editor("本年度收到申请，均已办结。\n下一步", 12, 10);
    assert_eq!(seen(&editor), ["  |本年度收到", "申请，均已办", "结。", "  下一步"]);
    editor.go(TextEnd, false);
    assert_eq!(seen(&editor), ["  本年度收到", "申请，均已办", "结。", "  下一步|"]);
    editor.resize(12, 2, Ambiguous::Narrow);
    assert_eq!(seen(&editor), ["结。", "  下一步|"]);
    assert_eq!(editor.scrolled(), (2, 4));
    editor.go(TextStart, false);
    assert_eq!(seen(&editor)[0], "  |本年度收到");
}

#[test]
fn up_and_down_keep_their_column() {
    let mut editor = editor("本年度收到申请，均已办结。\n12\n下一步", 12, 10);
    (0..4).for_each(|_| editor.go(Right, false));
    assert_eq!(editor.caret_place(), (0, 10));
    let places: Vec<_> = [Down, Down, Down, Down, Down, Up, Up, Up, Up]
        .map(|motion| {
            editor.go(motion, false);
            editor.caret_place()
        })
        .to_vec();
    assert_eq!(places, [(1, 10), (2, 4), (3, 4), (4, 8), (4, 8), (3, 4), (2, 4), (1, 10), (0, 10)]);
    editor.go(Up, false);
    assert_eq!(editor.caret(), 0);
}

#[test]
fn the_end_of_a_row_is_in_that_row() {
    let mut editor = editor("本年度收到申请，均已办结。", 12, 10);
    editor.go(RowEnd, false);
    assert_eq!(seen(&editor)[0], "  本年度收到|");
    editor.go(Down, false);
    assert_eq!(seen(&editor)[1], "申请，均已办|");
    editor.go(RowStart, false);
    assert_eq!(seen(&editor)[1], "|申请，均已办");
    editor.go(Left, false);
    assert_eq!(seen(&editor)[0], "  本年度收|到");
    editor.go(Right, false);
    assert_eq!(seen(&editor)[1], "|申请，均已办");
}

#[test]
fn pages_leave_one_row_of_the_last() {
    let mut editor = editor(&"政\n".repeat(50), 20, 10);
    editor.go(PageDown, false);
    assert_eq!(editor.caret_place().0 + editor.scrolled().0, 9);
    editor.go(PageDown, false);
    assert_eq!(editor.caret_place().0 + editor.scrolled().0, 18);
    editor.go(PageUp, false);
    assert_eq!(editor.caret_place().0 + editor.scrolled().0, 9);
}

#[test]
fn phrases_are_jumped_over() {
    let text = "收到申请12件，“均已”办结。";
    let mut editor = editor(text, 60, 10);
    let mut ahead = Vec::new();
    while editor.caret() < text.len() {
        editor.go(PhraseRight, false);
        ahead.push(&text[editor.caret()..]);
    }
    assert_eq!(ahead, ["12件，“均已”办结。", "件，“均已”办结。", "均已”办结。", "办结。", ""]);
    let mut back = Vec::new();
    while editor.caret() > 0 {
        editor.go(PhraseLeft, false);
        back.push(&text[editor.caret()..]);
    }
    assert_eq!(back, ["办结。", "均已”办结。", "件，“均已”办结。", "12件，“均已”办结。", text]);
}

#[test]
fn a_selection_is_replaced_cut_and_pasted() {
    let mut editor = editor("甲乙丙\n丁", 60, 10);
    editor.go(Right, false);
    editor.go(Right, true);
    editor.go(Right, true);
    assert_eq!((editor.selected(), editor.selection()), ("乙丙", Some(3..9)));
    editor.insert("字");
    assert_eq!(editor.text(), "甲字\n丁");
    editor.go(Left, true);
    assert_eq!((editor.cut(), editor.text()), ("字".to_owned(), "甲\n丁"));
    editor.insert("一\r\n二\r");
    assert_eq!((editor.text(), editor.caret()), ("甲一\n二\n\n丁", 11));
    assert_eq!(editor.rows().len(), 4);
    editor.select_all();
    editor.go(Left, false);
    assert_eq!((editor.caret(), editor.selection()), (0, None), "an arrow goes to the selection's edge");
    editor.select_all();
    editor.backspace();
    assert_eq!((editor.text(), editor.rows().len()), ("", 1));
}

#[test]
fn enter_parts_a_paragraph_and_backspace_joins_it() {
    let mut editor = editor("甲乙", 60, 10);
    editor.go(Right, false);
    editor.enter();
    assert_eq!(seen(&editor), ["  甲", "  |乙"]);
    editor.backspace();
    assert_eq!(seen(&editor), ["  甲|乙"]);
}

#[test]
fn the_caret_never_stands_inside_a_grapheme() {
    let mut editor = editor("e\u{301}👩\u{200d}🚀x", 60, 10);
    editor.go(Right, false);
    assert_eq!(editor.caret(), 3);
    editor.go(Right, false);
    assert_eq!(&editor.text()[editor.caret()..], "x");
    editor.backspace();
    assert_eq!(editor.text(), "e\u{301}x");
    editor.go(TextStart, false);
    editor.delete();
    assert_eq!(editor.text(), "x");
    editor.select(0..99);
    assert_eq!(editor.selected(), "x");
}

#[test]
fn what_is_shown_is_not_replaced_by_what_is_typed() {
    let shown = || {
        let mut editor = editor("公开信息12条。", 60, 10);
        editor.show(0..6);
        assert_eq!(editor.selected(), "公开");
        editor
    };
    let mut typed = shown();
    typed.insert("了");
    assert_eq!((typed.text(), typed.selected()), ("公开了信息12条。", ""));
    let (mut rubbed, mut cut, mut gone, mut selected) = (shown(), shown(), shown(), shown());
    rubbed.backspace();
    assert_eq!(rubbed.text(), "公信息12条。");
    assert_eq!((cut.cut().as_str(), cut.text()), ("公开", "信息12条。"));
    gone.go(Right, false);
    gone.insert("了");
    assert_eq!(gone.text(), "公开了信息12条。");
    // What is extended by hand is selected like anything else.
    selected.go(Right, true);
    selected.insert("了");
    assert_eq!(selected.text(), "了息12条。");
}

#[test]
fn another_text_changes_only_what_differs() {
    let mut editor = editor("收到12件。", 60, 10);
    editor.set_text("收到13件。");
    assert_eq!((editor.text(), editor.caret()), ("收到13件。", 8));
}

#[test]
fn words_are_found_from_a_place_on_and_round_again() {
    let mut editor = editor("公开。政府公开，公开公开", 60, 10);
    assert_eq!(editor.found("公开公开").len(), 1);
    assert_eq!(editor.found("").len(), 0);
    assert!(editor.seek("公开", 1));
    assert_eq!((editor.selected(), editor.found_here("公开")), ("公开", (Some(1), 4)));
    assert!(editor.seek("公开", editor.text().len()));
    assert_eq!(editor.found_here("公开"), (Some(0), 4));
    assert!(!editor.seek("申请", 0));
    assert_eq!((editor.selected(), editor.caret()), ("", 6));
}

#[derive(Clone, Debug)]
enum Deed {
    Go(Motion, bool),
    Insert(&'static str),
    Backspace,
    Delete,
    Resize(usize, usize),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let motion = prop::sample::select(vec![
        Left,
        Right,
        Up,
        Down,
        PhraseLeft,
        PhraseRight,
        RowStart,
        RowEnd,
        PageUp,
        PageDown,
        TextStart,
        TextEnd,
    ]);
    let text = || {
        prop::sample::select(vec![
            "政",
            "府，",
            "“",
            "a ",
            "\n",
            "\u{301}",
            "长长的一段话（说明）",
            "\u{200d}",
        ])
    };
    let deed = prop_oneof![
        4 => (motion, any::<bool>()).prop_map(|(motion, select)| Deed::Go(motion, select)),
        4 => text().prop_map(Deed::Insert),
        1 => Just(Deed::Backspace),
        1 => Just(Deed::Delete),
        1 => (0_usize..20, 0_usize..5).prop_map(|(columns, height)| Deed::Resize(columns, height)),
    ];
    prop::collection::vec(deed, 0..60)
}

proptest! {
    #[test]
    fn whatever_is_done_is_laid_out_right(deeds in deeds()) {
        let mut editor = editor("原来的文字。\n第二段", 12, 3);
        let (mut columns, mut height) = (12, 3);
        for deed in deeds {
            match deed {
                Deed::Go(motion, select) => editor.go(motion, select),
                Deed::Insert(text) => editor.insert(text),
                Deed::Backspace => editor.backspace(),
                Deed::Delete => editor.delete(),
                Deed::Resize(to, rows) => {
                    (columns, height) = (to, rows.max(1));
                    editor.resize(to, rows, Ambiguous::Narrow);
                }
            }
            let mut fresh = Editor::new(editor.text());
            fresh.resize(columns, usize::MAX / 2, Ambiguous::Narrow);
            let all = fresh.rows();
            let (top, count) = editor.scrolled();
            prop_assert_eq!(count, all.len());
            prop_assert_eq!(&editor.rows()[..], &all[top..count.min(top + height)], "rows are as if laid out afresh");
            prop_assert!(editor.caret_place().0 < height, "the caret is seen");
            prop_assert_eq!(editor.snap(editor.caret()), editor.caret());
        }
    }
}
