//! Widths in the three modes, breaking, and what is shown of the invisible.

use unicode_segmentation::UnicodeSegmentation;

use super::*;
use Ambiguous::{Narrow, Safe, Wide};

const ALL: [Ambiguous; 3] = [Narrow, Wide, Safe];

#[test]
fn a_line_goes_on_below_what_stands_behind_its_lead() {
    for (line, begins) in [
        ("Tab                   右一格", "Tab                   "),
        ("  --json  以 JSON 输出", "  --json  "),
        ("  依据：条例", "  "),
        ("不写命令时打开界面", ""),
        ("   ", "   "),
        ("", ""),
    ] {
        assert_eq!(lead(line), begins);
    }
}

#[test]
fn ambiguous_characters_take_what_the_terminal_gives_them() {
    for (text, narrow, wide) in [
        ("危及“三安全一稳定”", 18, 20),
        ("…—·①", 4, 8),
        ("āǎü", 3, 6),
        ("αЖ", 2, 4),
        ("№ℓ", 2, 4),
        ("（一）12", 8, 8),
    ] {
        assert_eq!(width(text, Narrow), narrow, "{text}");
        assert_eq!(width(text, Wide), wide, "{text}");
    }
    assert_eq!(width("⓪➀", Wide), 2, "neutral, although unicode-width widens them");
    assert_eq!(width("e\u{301}", Wide), 1);
}

#[test]
fn substitutes_have_one_width_everywhere() {
    let text = "“三”‘’…—–·①⑳⑴⒈Ⅳ×÷±→≤≥";
    let drawn = drawn(text, Safe);
    assert!(drawn.starts_with("＂三＂＇＇．．－-・(1)(20)(1)1.IV"), "{drawn}");
    assert_eq!(columns_of(&drawn, Narrow), columns_of(&drawn, Wide));
    assert_eq!(width(text, Safe), columns_of(&drawn, Narrow));
    assert!(drawn.graphemes(true).all(|grapheme| is_certain(grapheme, Safe)));
}

#[test]
fn what_has_no_substitute_is_given_two_columns_and_is_not_certain() {
    for grapheme in ["★", "α", "│", "※"] {
        assert_eq!(width(grapheme, Safe), 2, "{grapheme}");
        assert!(!is_certain(grapheme, Safe), "{grapheme}");
        assert!(is_certain(grapheme, Narrow), "{grapheme}");
    }
    for grapheme in ["A", "字", "，", "（", "㈠", "１"] {
        assert!(ALL.iter().all(|&kind| is_certain(grapheme, kind)), "{grapheme}");
    }
    assert!(!is_certain("😀", Narrow) && !is_certain("e\u{301}", Narrow));
}

#[test]
fn the_table_of_letters_is_sorted_and_disjoint() {
    assert!(AMBIGUOUS_LETTERS.iter().all(|(first, last)| first <= last));
    assert!(AMBIGUOUS_LETTERS.windows(2).all(|pair| pair[0].1 < pair[1].0));
}

#[test]
fn the_whole_is_as_wide_as_its_graphemes() {
    for text in [
        "a\u{200d}\u{301}b",
        "\u{301}字\u{202e}x",
        "👩\u{200d}🚀1\u{fe0f}\u{20e3}",
        "\r\n\t“字”",
        "한글각",
        "🇨🇳",
    ] {
        for kind in ALL {
            let sum: usize = text.graphemes(true).map(|grapheme| width(grapheme, kind)).sum();
            assert_eq!(width(text, kind), sum, "{text:?} {kind:?}");
        }
    }
}

#[test]
fn nothing_hidden_or_obeyed_by_a_terminal_is_let_through() {
    assert_eq!(shown("甲\u{202e}乙"), "甲[U+202E]乙");
    assert_eq!(shown("\u{1b}[31m"), "[U+001B][31m");
    assert_eq!(shown("a\u{200b}b\u{feff}c\u{2066}\u{e0041}"), "a[U+200B]b[U+FEFF]c[U+2066][U+E0041]");
    assert_eq!(shown("a\r\n\tb\u{9b}"), "a[U+000D][U+000A][U+0009]b[U+009B]");
    assert_eq!(shown("甲\u{fffe}乙\u{10ffff}"), "甲[U+FFFE]乙[U+10FFFF]", "no character, and never one");
    assert_eq!(shown("\u{301}x"), "[U+0301]x", "a mark with no letter");
    assert_eq!(
        shown("e\u{301}\u{202e}"),
        "e\u{301}[U+202E]",
        "one with its letter stays, whatever else is hidden"
    );
    assert_eq!(shown("甲\u{fe0f}"), "甲[U+FE0F]", "a letter stays, whatever it is joined with");
    assert!(matches!(shown("政府e\u{301}　信息 “公开”"), Cow::Borrowed(_)));
    let all: String = (0..0x11_0000).filter_map(char::from_u32).collect();
    let shown = shown(&all);
    assert!(!shown.chars().any(|char| char.is_control()));
    assert!(shown.graphemes(true).all(|grapheme| grapheme_width(grapheme, Narrow) > 0));
    assert_eq!(super::shown(&shown), shown, "showing twice is showing once");
}

#[test]
fn fit_is_exact_for_every_width() {
    for kind in ALL {
        for columns in 0..24 {
            for text in ["", "12", "政府信息公开", "危及“三安全一稳定”…", "a\u{202e}b", "αβγδ①②"]
            {
                assert_eq!(width(&fit(text, columns, kind), kind), columns, "{text:?} {columns} {kind:?}");
                assert_eq!(
                    width(&pad_left(text, columns, kind), kind),
                    columns,
                    "{text:?} {columns} {kind:?}"
                );
            }
        }
    }
    assert_eq!(fit("政府信息公开", 9, Narrow), "政府信.. ");
    assert_eq!(fit("政府", 5, Narrow), "政府 ");
    assert_eq!(pad_left("12", 5, Narrow), "   12");
    assert_eq!(pad_left("1234567", 5, Narrow), "123..");
}

fn rows(text: &str, columns: usize) -> Vec<&str> {
    wrap(text, columns, Narrow).into_iter().map(|row| &text[row]).collect()
}

#[test]
fn no_row_begins_with_a_closing_mark_or_ends_with_an_opening_one() {
    assert_eq!(rows("甲乙丙丁，戊", 8), ["甲乙丙", "丁，戊"]);
    assert_eq!(rows("甲乙丙（丁）", 8), ["甲乙丙", "（丁）"]);
    assert_eq!(rows("甲乙“丙丁”戊己", 6), ["甲乙", "“丙丁”", "戊己"]);
    assert_eq!(rows("收到申请12345件", 10), ["收到申请", "12345件"]);
    let text = "《中华人民共和国政府信息公开条例》（以下简称《条例》）规定：“行政机关……应当公开。”本年度收到12件、办结11件，\
                占91.7％——其中“三安全一稳定”1件；《通知》（云政办发〔2025〕3号）要求“及时、准确、全面”。";
    for columns in 8..60 {
        for kind in ALL {
            let rows = wrap(text, columns, kind);
            let joined: String = rows.iter().map(|row| &text[row.clone()]).collect();
            assert_eq!(joined, text);
            for row in &rows {
                let row = &text[row.clone()];
                assert!(width(row, kind) <= columns + 2, "{row} {columns} {kind:?}");
                assert!(
                    !row.starts_with(['，', '。', '）', '》', '”', '、', '：', '；', '…', '％']),
                    "{row} {columns}"
                );
                assert!(!row.ends_with(['（', '《', '“', '〔']), "{row} {columns}");
            }
        }
    }
}

#[test]
fn a_row_is_as_full_as_it_can_be() {
    let text = "政".repeat(100);
    assert!(wrap(&text, 20, Narrow).iter().all(|row| row.len() == 30));
    assert_eq!(wrap_indented(&text, 2, 20, Narrow)[0], 0..27);
    assert_eq!(wrap_indented(&text, 2, 20, Narrow)[1], 27..57);
}

#[test]
fn what_is_too_long_is_broken_somewhere() {
    assert_eq!(rows("见https://example.gov.cn", 8), ["见", "https://", "example.", "gov.cn"]);
    assert_eq!(rows("abcdefgh", 3), ["abc", "def", "gh"]);
    assert_eq!(rows("政。", 2), ["政。"], "one closing mark may hang");
    assert_eq!(rows("政府", 1), ["政", "府"]);
    assert_eq!(rows("政府", 0), ["政", "府"]);
    assert!(rows(&"！".repeat(50), 10).iter().all(|row| width(row, Narrow) <= 12));
}

#[test]
fn blanks_stay_at_the_end_of_their_row_and_lines_are_kept() {
    assert_eq!(rows("ab  cd", 2), ["ab  ", "cd"]);
    assert_eq!(rows("", 10), [""]);
    assert_eq!(rows("a\n\nb\n", 10), ["a", "", "b", ""]);
}
