//! Texts, tables between commas and saved reports made to break a reader; and kinds of files that are none of ours.

use super::{CONFINED, Fate, Made, made};

const HEAD: &str = "云岭县水务局2025年政府信息公开工作年度报告\n一、总体情况\n主动公开信息12条。\n";

const REFUSED: Fate = Fate::Refused(&["行", "格", "空的", "处理器时间", "没有认出", "内存"]);

fn text(inner: impl Fn() -> String + 'static) -> impl Fn() -> Vec<u8> {
    move || (HEAD.to_owned() + &inner()).into_bytes()
}

fn texts() -> Vec<Made> {
    vec![
        made("one-line.txt", Fate::Any, text(|| "编制说明".repeat(4_000_000))),
        made("one-line-of-digits.txt", Fate::Any, text(|| "1".repeat(45 << 20))),
        made("one-line-of-numerals.txt", Fate::Any, text(|| "一二三、".repeat(2 << 20))),
        made("one-line-of-brackets.txt", Fate::Any, text(|| "（".repeat(5 << 20))),
        made("one-line-of-marks.txt", Fate::Any, text(|| "。，；".repeat(4 << 20))),
        made(
            "one-line-of-combining-marks.txt",
            Fate::Any,
            text(|| "e".to_owned() + &"\u{301}".repeat(10 << 20)),
        ),
        made("one-line-of-direction-marks.txt", Fate::Any, text(|| "\u{202e}".repeat(5 << 20))),
        made("short-lines.txt", REFUSED, text(|| "a\n".repeat(20 << 20))),
        made("only-line-ends.txt", REFUSED, || vec![b'\n'; 50 << 20]),
        made("only-returns.txt", REFUSED, || vec![b'\r'; 50 << 20]),
        made("only-blanks.txt", Fate::Refused(&["空的"]), || vec![b' '; 50 << 20]),
        made("only-wide-blanks.txt", Fate::Refused(&["空的"]), || "\u{3000}".repeat(16 << 20).into_bytes()),
        made("only-commas.csv", Fate::Any, || vec![b','; 20 << 20]),
        made("only-tabs.txt", REFUSED, text(|| "\t".repeat(20 << 20))),
        made("only-pipes.md", REFUSED, text(|| "|".repeat(20 << 20))),
        made("only-quotes.csv", Fate::Any, || vec![b'"'; 20 << 20]),
        made("open-quote.csv", Fate::Any, || {
            format!("甲,1,2\n乙,1,2\n丙,1,2\n丁,1,2\n\"{}", "甲,乙\n".repeat(1 << 20)).into_bytes()
        }),
        made("many-cells.csv", REFUSED, || "规章,1,2,3\n".repeat(10_000).into_bytes()),
        made("one-row.csv", REFUSED, || {
            format!("规章,1,2,3\n{0}{0}{0}{0}", format!("甲{}\n", ",1".repeat(3_000_000))).into_bytes()
        }),
        made("nul.txt", Fate::Refused(&["二进制"]), || [HEAD.as_bytes(), &[0; 1000]].concat()),
        made("nul-and-no-more.txt", Fate::Refused(&["二进制"]), || vec![0; 50 << 20]),
        made("half-a-character.txt", Fate::Any, || [&[0xff, 0xfe], &[b'x'; 1001][..]].concat()),
        made("wide-characters.txt", Fate::Any, || {
            [&[0xff, 0xfe], &[0x00, 0xd8].repeat(1 << 20)[..]].concat()
        }),
        made("broken-gbk.txt", Fate::Any, || {
            [&encoding_rs::GBK.encode(HEAD).0[..], &[0x81; 1 << 20]].concat()
        }),
        made("undeclared-gbk.txt", Fate::Refused(CONFINED), || {
            encoding_rs::GBK.encode("云岭县水务局：编制说明，依申请公开。\n").0.repeat(1_300_000)
        }),
        made("headings.txt", REFUSED, text(|| "二、主动公开政府信息情况\n".repeat(100_000))),
        made(
            "one-row-again-and-again.txt",
            Fate::Any,
            text(|| format!("二、主动公开政府信息情况\n{}", "规章\t1\t2\t3\n".repeat(4_900))),
        ),
        made(
            "million-digits-in-a-cell.txt",
            Fate::Any,
            text(|| format!("二、主动公开政府信息情况\n规章\t{}\t2\t3\n", "9".repeat(1_000_000))),
        ),
        made("deep-markdown.md", Fate::Any, text(|| "#".repeat(10 << 20))),
        made("backslashes.md", Fate::Any, text(|| "\\".repeat(10 << 20) + "|1|2|")),
    ]
}

/// A saved report with this among its values.
fn saved(inner: impl Fn() -> String + 'static) -> impl Fn() -> Vec<u8> {
    move || {
        format!("{{\"form\":\"2021\",\"values\":{{\"@agency\":\"云岭县水务局\",\"@year\":2025,\"overview\":\"甲\"{}}}}}", inner()).into_bytes()
    }
}

/// A saved report that is smaller than the largest file, and takes more memory than there is where nothing limits it.
pub(super) fn heavy() -> Vec<u8> {
    format!("{{\"form\":\"2021\",\"values\":{{\"overview\":[{}1]}}}}", "[[[1]]],".repeat(3_000_000))
        .into_bytes()
}

fn reports() -> Vec<Made> {
    const SAVED: Fate = Fate::Refused(&["保存", "JSON", "格式", "读不", "损坏", "不认识", "不是", "没有"]);
    vec![
        made("deep.json", SAVED, || [b"{\"form\":".to_vec(), vec![b'['; 5 << 20]].concat()),
        made("deep-objects.json", SAVED, || b"{\"a\":".repeat(1 << 20)),
        made(
            "deep-value.json",
            Fate::Any,
            saved(|| format!(",\"requests/received/total\":{}1{}", "[".repeat(100), "]".repeat(100))),
        ),
        made(
            "million-digits.json",
            Fate::Any,
            saved(|| format!(",\"requests/received/total\":{}", "9".repeat(1_000_000))),
        ),
        made(
            "endless-exponent.json",
            Fate::Any,
            saved(|| ",\"requests/received/total\":1e999999999".to_owned()),
        ),
        made("lists-of-lists.json", Fate::Refused(&["内存超过 448 MB", "处理器时间"]), heavy),
        made("same-key.json", Fate::Any, saved(|| ",\"@year\":2024".repeat(500_000))),
        made(
            "unknown-keys.json",
            Fate::Any,
            saved(|| (0..500_000).map(|n| format!(",\"x{n}\":1")).collect()),
        ),
        made("unknown-form.json", SAVED, || b"{\"form\":\"9999\",\"values\":{}}".to_vec()),
        made("giant-text.json", Fate::Any, saved(|| format!(",\"problems\":\"{}\"", "甲".repeat(10 << 20)))),
        made(
            "escapes.json",
            Fate::Any,
            saved(|| format!(",\"problems\":\"{}\"", "\\u001b]0;x\\u0007".repeat(100_000))),
        ),
        made("half-a-pair.json", Fate::Any, saved(|| ",\"problems\":\"\\ud800\"".to_owned())),
        made("not-unicode.json", Fate::Any, || {
            b"{\"form\":\"2021\",\"values\":{\"@agency\":\"\xff\xfe\xff\"}}".to_vec()
        }),
        made("half.json", SAVED, || b"{\"form\":\"2021\",\"values\":{\"@agency\":\"".to_vec()),
        made("more-behind.json", Fate::Any, || b"{\"form\":\"2021\",\"values\":{}} {}".to_vec()),
        made("notices.json", Fate::Any, || {
            let notice =
                "{\"kind\":\"not-placed\",\"place\":null,\"quote\":\"x\",\"at\":\"\",\"message\":\"x\"}";
            format!(
                "{{\"form\":\"2021\",\"values\":{{\"@year\":2025}},\"notices\":[{}]}}",
                vec![notice; 200_000].join(",")
            )
            .into_bytes()
        }),
        made(
            "year-beyond-time.json",
            Fate::Any,
            saved(|| ",\"@published\":\"999999999999-99-99\",\"@year\":9223372036854775807".to_owned()),
        ),
    ]
}

fn others() -> Vec<Made> {
    vec![
        made("archive.docx", Fate::Refused(&["压缩包"]), || b"Rar!\x1a\x07\x01\x00".to_vec()),
        made("picture.docx", Fate::Refused(&["图片"]), || b"\x89PNG\r\n\x1a\n".repeat(1000)),
        made("program.docx", Fate::Refused(&["二进制"]), || {
            [&b"\x7fELF\x02\x01\x01"[..], &[0; 4096]].concat()
        }),
        made("one-byte-more.txt", Fate::Refused(&["50 MB"]), || vec![b'x'; (50 << 20) + 1]),
        made("nothing.txt", Fate::Refused(&["空的"]), Vec::new),
        made("letter.mht", Fate::Refused(&["mht"]), || {
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n".repeat(1000)
        }),
        made("flat.xml", Fate::Refused(&["Word 2003"]), || {
            b"<?xml version=\"1.0\"?><office:document xmlns:office=\"x\">".repeat(10_000)
        }),
    ]
}

pub(super) fn all() -> Vec<Made> {
    texts().into_iter().chain(reports()).chain(others()).collect()
}
