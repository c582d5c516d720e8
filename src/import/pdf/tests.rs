//! Files that are damaged, garbled or larger than any report.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::*;

/// A file with a page for each content, all with one font.
fn file(contents: &[Vec<u8>], font: Dictionary) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let (tree, font) = (document.new_object_id(), document.add_object(font));
    let mut kids: Vec<Object> = Vec::new();
    for content in contents {
        let mut stream = Stream::new(Dictionary::new(), content.clone());
        stream.compress().unwrap();
        let content = document.add_object(stream);
        kids.push(
            document
                .add_object(dictionary! {
                    "Type" => "Page", "Parent" => tree, "Contents" => content,
                    "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
                    "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
                })
                .into(),
        );
    }
    let count = i64::try_from(kids.len()).unwrap();
    document.set_object(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count });
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// A font of two-byte codes that does not say what they mean.
fn silent(encoding: &str, ordering: &str) -> Dictionary {
    dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "Song", "Encoding" => encoding,
        "DescendantFonts" => vec![
            dictionary! {
                "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => "Song",
                "CIDSystemInfo" => dictionary! {
                    "Registry" => Object::string_literal("Adobe"),
                    "Ordering" => Object::string_literal(ordering),
                    "Supplement" => 0,
                },
            }
            .into(),
        ],
    }
}

/// The content of a page that shows a line, as codes of two bytes.
fn shows(text: &str) -> Vec<u8> {
    let codes: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    format!("BT /F1 12 Tf 60 700 Td <{codes}> Tj ET").into_bytes()
}

fn error(bytes: &[u8]) -> ImportError {
    read(bytes).map(|_| ()).unwrap_err()
}

#[test]
fn codes_are_characters_only_where_the_font_says_so() {
    let page = [shows("云溪镇公开信息")];
    let document = read(&file(&page, silent("UniGB-UTF16-H", "GB1"))).unwrap();
    let text = "云溪镇公开信息".to_owned();
    let at = "第 1 页 第 1 段".to_owned();
    assert_eq!(document.blocks, [crate::document::Block::Paragraph { text, at }]);
    // The numbers of glyphs, which look like characters to whoever takes them for codes.
    let glyphs = read(&file(&page, silent("Identity-H", "Identity")));
    assert!(matches!(glyphs, Err(ImportError::Garbled)), "{glyphs:?}");
}

/// What a page reads as, of which the content is this, in a font whose characters are so many thousandths wide.
fn lines_of(content: &str, width: i64) -> Vec<String> {
    let mut font = silent("UniGB-UTF16-H", "GB1");
    let Ok(Object::Array(descendants)) = font.get_mut(b"DescendantFonts") else { panic!() };
    let Object::Dictionary(descendant) = &mut descendants[0] else { panic!() };
    descendant.set("DW", width);
    let document = read(&file(&[content.as_bytes().to_vec()], font)).unwrap();
    let text = |block| match block {
        crate::document::Block::Paragraph { text, .. } => text,
        other => panic!("{other:?}"),
    };
    document.blocks.into_iter().map(text).collect()
}

/// A piece of text of a size at a place.
fn set(size: &str, (x, y): (&str, &str), text: &str) -> String {
    let codes: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    format!("BT /F1 {size} Tf {x} {y} Td <{codes}> Tj ET\n")
}

#[test]
fn what_a_line_goes_through_is_left_out_and_what_it_underlines_is_not() {
    // The middle of the second character and of no other; a line below the third; a table's line through the fourth row.
    let text = set("12", ("60", "700"), "云溪镇人");
    let struck = format!("{text}72 705 m 84 705 l S\n84 698 m 96 698 l S\n");
    let read = read(&file(&[struck.into_bytes()], silent("UniGB-UCS2-H", "GB1"))).unwrap();
    let lines: Vec<&str> = read
        .blocks
        .iter()
        .filter_map(|block| match block {
            crate::document::Block::Paragraph { text, .. } => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(lines.concat().replace(' ', ""), "云镇人");
    assert_eq!(read.remarks.iter().filter(|remark| remark.contains("划掉")).count(), 1);
    let in_table = format!("{text}60 705 m 120 705 l S\n60 650 m 60 750 l S\n120 650 m 120 750 l S\n");
    let read = super::read(&file(&[in_table.into_bytes()], silent("UniGB-UCS2-H", "GB1"))).unwrap();
    assert!(read.remarks.iter().all(|remark| !remark.contains("划掉")), "{:?}", read.remarks);
}

#[test]
fn equal_digits_of_small_type_are_two_and_bold_that_is_drawn_twice_is_one() {
    for size in ["1", "4", "4.5", "5", "6", "9", "12"] {
        for digits in ["22", "55", "1111111", "100000", "3.33"] {
            let once = set(size, ("60", "700"), &format!("云{digits}"));
            assert_eq!(lines_of(&once, 500), [format!("云{digits}")], "{size}");
        }
    }
    for (size, aside) in [("9", "60.3"), ("12", "60.5"), ("12", "61"), ("6", "60.2"), ("22", "61.5")] {
        let twice = set(size, ("60", "700"), "云1122") + &set(size, (aside, "700.2"), "云1122");
        assert_eq!(lines_of(&twice, 500), ["云1122"], "{size} {aside}");
    }
}

/// Lines of 12 points one under the other, as long as they are.
fn page_of(lines: &[&str]) -> String {
    let line = |(nth, line): (usize, &&str)| set("12", ("72", &(760 - 24 * nth).to_string()), line);
    lines.iter().enumerate().map(line).collect()
}

#[test]
fn short_lines_are_not_joined_to_one_another() {
    for lines in [
        &[
            "云溪镇人民政府２０２５年年度报告",
            "一、总体情况",
            "全镇公开信息。",
            "四、行政复议、行政诉讼情况",
            "五、存在的问题及改进情况",
            "六、其他需要报告的事项",
        ][..],
        &["云溪镇人民政府２０２５年年度报告", "一、总体情况", "二、主动公开政府信息情况"],
        &[
            "四、政府信息公开行政复议、行政诉讼情况",
            "五、存在的主要问题及改进情况没有",
            "六、其他需要报告的事项",
        ],
        &["四、政府信息公开行政复议、行政诉讼情况", "联系电话", "没有"],
        &["（一）主动公开", "（二）依申请公开", "（三）平台建设"],
    ] {
        assert_eq!(lines_of(&page_of(lines), 1000), lines);
    }
    // What is full goes on, wherever the right margin is.
    let full = "全镇各科室和村居委会认真执行中华人民共和国政府信息公开条例加强管理服务工作";
    let narrow = "全镇各科室和村居委会认真执行中华人民共和国政府信息公开";
    for (full, count) in [(full, 1), (narrow, 3)] {
        let mut lines = vec![full; count];
        lines.push("管理。");
        lines.push("一、总体情况");
        assert_eq!(
            lines_of(&page_of(&lines), 1000),
            [full.repeat(count) + "管理。", "一、总体情况".to_owned()]
        );
    }
    // A number of an article is no heading.
    let article = [full, &(full[..full.len() - 3].to_owned() + "第"), "二、三款的规定。"];
    assert_eq!(lines_of(&page_of(&article), 1000), [article.concat()]);
}

#[test]
fn what_is_raised_is_no_digit_of_the_number_before_it() {
    let base = set("12", ("60", "700"), "云12");
    for (x, y, text, read) in [
        ("78", "704", "1", "云12[1]"),
        ("78", "704", "13", "云12[13]"),
        ("78", "697.5", "1", "云12[1]"),
        ("78", "700", "1", "云121"),
        ("78", "704", "注", "云12注"),
    ] {
        assert_eq!(lines_of(&(base.clone() + &set("7", (x, y), text)), 500), [read], "{y}");
    }
    let area = set("12", ("60", "700"), "占地12m")
        + &set("7", ("90", "704"), "2")
        + &set("12", ("93.5", "700"), "。");
    assert_eq!(lines_of(&area, 500), ["占地12m²。"]);
}

#[test]
fn text_that_is_no_chinese_is_refused() {
    for text in ["Yunxi Town", "\u{e001}\u{e002}云溪", "\u{fffd}云溪镇"] {
        let garbled = error(&file(&[shows(text)], silent("UniGB-UCS2-H", "GB1")));
        assert!(matches!(garbled, ImportError::Garbled), "{text}: {garbled}");
    }
}

#[test]
fn more_than_any_report_is_refused_by_name() {
    let font = || silent("UniGB-UCS2-H", "GB1");
    let page = shows("云溪镇");
    assert!(read(&file(&vec![page.clone(); 200], font())).is_ok());
    let rules = |count: usize| -> Vec<u8> {
        let rule = |nth: usize| format!("{0} 0 m {0} 800 l S 0 {0} m 590 {0} l S\n", nth);
        [page.clone(), (0..count).map(|nth| rule(nth * 2)).collect::<String>().into_bytes()].concat()
    };
    for (bytes, words) in [
        (file(&vec![page.clone(); 201], font()), "200 页"),
        (file(&[vec![b' '; 5 << 20]], font()), "100 MB"),
        (file(&vec![vec![b' '; 3 << 20]; 3], font()), "100 MB"),
        (file(&[rules(3_000)], font()), "条"),
        (file(&[rules(290)], font()), "格"),
        (file(&[], font()), "损坏"),
        (b"%PDF-1.7\n".to_vec(), "损坏"),
    ] {
        let error = read(&bytes).map(|_| words).unwrap_err();
        assert!(error.to_string().contains(words), "{words}: {error}");
    }
}

#[test]
fn damaged_copies_return() {
    let rules = "BT /F1 9 Tf 60 600 Td <4E916EAA9547> Tj ET 50 500 200 200 re S 50 600 m 250 600 l S 150 500 m 150 700 l S";
    let page = [shows("云溪镇公开信息"), b"\n".to_vec(), rules.as_bytes().to_vec()].concat();
    let good = file(&[page.clone(), page], silent("UniGB-UCS2-H", "GB1"));
    assert!(read(&good).is_ok());
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut below = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % limit
    };
    let mut read_all_the_same = 0;
    for _ in 0..300 {
        let mut bytes = good.clone();
        for _ in 0..=below(4) {
            let at = below(bytes.len());
            match below(5) {
                0 => bytes[at] = u8::try_from(below(256)).unwrap(),
                1 => bytes[at] ^= 1 << below(8),
                2 => bytes.truncate(at.max(1)),
                3 => drop(bytes.drain(at..(at + below(40)).min(bytes.len()))),
                // Numbers are what structure is made of.
                _ => bytes
                    .iter_mut()
                    .skip(at)
                    .find(|byte| byte.is_ascii_digit())
                    .into_iter()
                    .for_each(|b| *b = b'9'),
            }
        }
        read_all_the_same += usize::from(read(&bytes).is_ok());
    }
    std::panic::set_hook(hook);
    assert!((1..300).contains(&read_all_the_same), "{read_all_the_same}");
}
